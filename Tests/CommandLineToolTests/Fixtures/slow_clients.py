"""Clients that send their requests a piece at a time, and one that does not wait for them.

Usage: slow_clients.py ENDPOINT. Prints `done`.
"""

import socket
import sys
import urllib.request

endpoint = sys.argv[1]
host, port = endpoint.removeprefix("http://").rsplit(":", 1)
BODY = b'{"images": []}'
HEAD = (
    "POST /customvision/v3.3/training/projects/00000000-0000-4000-8000-000000000000/images/files HTTP/1.1\r\n"
    f"Host: {host}:{port}\r\nContent-Type: application/json\r\nContent-Length: {len(BODY)}\r\nConnection: close\r\n\r\n"
).encode()

slow = []
for number in range(200):
    connection = socket.create_connection((host, int(port)))
    # Some stop within the head, some within the body.
    request = HEAD + BODY
    sent = number % len(request)
    connection.sendall(request[:sent])
    slow.append((connection, request[sent:]))

for _ in range(50):
    with urllib.request.urlopen(f"{endpoint}/customvision/v3.3/training/projects") as answer:
        assert answer.status == 200

for connection, rest in slow:
    for place in range(0, len(rest), 64):
        connection.sendall(rest[place : place + 64])
    answer = b""
    while part := connection.recv(65536):
        answer += part
    assert answer.startswith(b"HTTP/1.1 404") and b"NotFoundProject" in answer, answer
print("done")
