"""Asks a server without keys for jobs that run behind, and waits for them.

    background_jobs.py ENDPOINT PROJECT train               prints the id of the iteration that was promised
    background_jobs.py ENDPOINT PROJECT iteration ID        waits, and prints status and name of the iteration
    background_jobs.py ENDPOINT PROJECT forget ID           deletes the iteration
    background_jobs.py ENDPOINT PROJECT export ID           asks for a model
    background_jobs.py ENDPOINT PROJECT exported ID         waits, and prints status and files of the model
    background_jobs.py ENDPOINT PROJECT upload FILE…        adds pictures; prints how many are there
    background_jobs.py ENDPOINT PROJECT stall PROCESS N     ends the server N times within a request that stalls
    background_jobs.py ENDPOINT PROJECT end PROCESS FILE    ends the server within the request; prints what it answers
"""
import io
import json
import os
import signal
import socket
import sys
import time
import urllib.request
import zipfile

endpoint, project, job, *names = sys.argv[1:]


def ask(method, path, body=None, kind="application/json"):
    request = urllib.request.Request(
        f"{endpoint}/customvision/v3.3/training/projects/{project}{path}", body, {"Content-Type": kind}, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or "null")


def wait(look, working):
    deadline = time.monotonic() + 150
    while (found := look())["status"] == working:
        assert time.monotonic() < deadline, found
        time.sleep(0.05)
    return found


def end(process):
    """Asks the server to end, and waits until it takes no more requests."""
    os.kill(int(process), signal.SIGTERM)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection((host, int(port))).close()
        except OSError:
            return
        time.sleep(0.02)
    sys.exit("the server takes new requests")


host, port = endpoint.removeprefix("http://").rsplit(":", 1)
if job == "train":
    begun = ask("POST", "/train")
    assert begun["status"] == "Training", begun
    print(begun["id"])
elif job == "iteration":
    ended = wait(lambda: ask("GET", f"/iterations/{names[0]}"), "Training")
    print(ended["status"], ended["name"], ended.get("trainingErrorDetails") or "")
elif job == "forget":
    ask("DELETE", f"/iterations/{names[0]}")
elif job == "export":
    print(ask("POST", f"/iterations/{names[0]}/export?platform=ONNX")["status"])
elif job == "exported":
    export = wait(lambda: ask("GET", f"/iterations/{names[0]}/export")[0], "Exporting")
    with urllib.request.urlopen(export["downloadUri"]) as answer:
        files = zipfile.ZipFile(io.BytesIO(answer.read())).namelist()
    print(export["status"], *sorted(files))
elif job == "upload":
    for name in names:
        with open(name, "rb") as file:
            ask("POST", "/images", file.read(), "application/octet-stream")
    print(ask("GET", "/images/count"))
elif job == "stall":
    line = socket.create_connection((host, int(port)))
    line.sendall(
        f"POST /customvision/v3.3/training/projects/{project}/images HTTP/1.1\r\nHost: {host}:{port}\r\n"
        "Content-Type: application/octet-stream\r\nContent-Length: 100\r\n\r\nabc".encode())
    # An answer to another tells that the server has read what was sent before.
    ask("GET", "/tags")
    for _ in range(int(names[1])):
        end(names[0])
    # Kept until the server lets go of it.
    try:
        while line.recv(65536):
            pass
    except ConnectionResetError:
        pass
elif job == "end":
    with open(names[1], "rb") as file:
        picture = file.read()
    line = socket.create_connection((host, int(port)))
    half = len(picture) // 2
    line.sendall(
        f"POST /customvision/v3.3/training/projects/{project}/images HTTP/1.1\r\nHost: {host}:{port}\r\n"
        f"Content-Type: application/octet-stream\r\nContent-Length: {len(picture)}\r\n\r\n".encode() + picture[:half])
    # An answer to another tells that the server has read what was sent before.
    ask("GET", "/tags")
    end(names[0])
    line.sendall(picture[half:])
    answer = b""
    while part := line.recv(65536):
        answer += part
    head, body = answer.split(b"\r\n\r\n", 1)
    print(head.split()[1].decode(), json.loads(body)["images"][0]["status"])
