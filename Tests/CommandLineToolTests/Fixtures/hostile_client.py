"""Sends requests that are wrong in many ways; every answer must be a JSON error or a proper answer.

Arguments: endpoint, training key, prediction key, how many requests, seed. Prints `done` at the end.
"""

import json
import random
import re
import socket
import sys
import urllib.parse

endpoint, training_key, prediction_key = sys.argv[1:4]
count, seed = int(sys.argv[4]), int(sys.argv[5])
host, port = urllib.parse.urlsplit(endpoint).hostname, urllib.parse.urlsplit(endpoint).port
rng = random.Random(seed)
NOBODY = "00000000-0000-4000-8000-000000000000"


def exchange(data, shutdown=False, timeout=30):
    """What the server answers to bytes: status and body; `None` when it hangs up without a word."""
    with socket.create_connection((host, port), timeout) as connection:
        try:
            connection.sendall(data)
            if shutdown:
                connection.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass  # It may have answered before it read everything.
        answer = b""
        while True:
            try:
                part = connection.recv(65536)
            except ConnectionResetError:
                break
            if not part:
                break
            answer += part
            head, separator, body = answer.partition(b"\r\n\r\n")
            if separator:
                length = [l for l in head.lower().split(b"\r\n") if l.startswith(b"content-length:")]
                if length and len(body) >= int(length[0].split(b":")[1]):
                    break
        if not answer:
            return None
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split(b" ")[1]), body


def call(method, path, body=b"", headers=(), **options):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}:{port}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers]
    if not any(name.lower() in ("content-length", "transfer-encoding") for name, _ in headers):
        lines.append(f"Content-Length: {len(body)}")
    return exchange("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body, **options)


keys = [("Training-Key", training_key), ("Prediction-Key", prediction_key)]
status, body = call(
    "POST", "/customvision/v3.3/training/projects?name=hostile&classificationType=Multiclass", headers=keys
)
assert status == 200, body
project = json.loads(body)["id"]
status, body = call("POST", f"/customvision/v3.3/training/projects/{project}/tags?name=t", headers=keys)
tag = json.loads(body)["id"]

VALUES = [
    "", "0", "-1", "1e400", "9" * 40, "NaN", "true", "null", "x" * 3000, "%", "%ff", "%00", "a%2Fb", "ü",
    "..", "../../etc/passwd", "'", "\"", "{}", "[]", NOBODY, NOBODY.upper(), project, tag, ",", ",".join([tag] * 70),
    "1969-13-45T99:99:99Z", "2020-01-01T00:00:00.1234567Z", "Newest", "key eq 'v'", "((((", "ONNX",
]
status, body = call("GET", "/openapi.json")
assert status == 200, body
# Method, path and the names of the query of all that is served.
OPERATIONS = [
    (method.upper(), path, [p["name"] for p in entry["parameters"] if p["in"] == "query"])
    for path, methods in json.loads(body)["paths"].items() for method, entry in methods.items()
]
OPERATIONS += [
    ("POST", "/customvision/v3.3/training/projects/{project}/images/regions", []),
    ("POST", "/customvision/v3.3/training/projects/{project}/images/{image}/regionproposals", []),
    ("POST", "/customvision/v3.1/prediction/{project}/detect/iterations/{name}/image", []),
]
# What stands in the places of a path: nothing that makes it another path.
PARTS = [value for value in VALUES if value not in ("", "..", project)] + [tag, tag]
QUERIES = [
    "name", "description", "domainId", "classificationType", "type", "tagIds", "imageIds", "iterationId",
    "take", "skip", "orderBy", "taggingStatus", "$filter", "threshold", "ids", "allIterations", "forceTrain",
    "trainingType", "publishName", "predictionId", "overwrite", "platform", "flavor", "token", "path", "store",
]
TYPES = [
    "application/json", "application/octet-stream", "multipart/form-data", "multipart/form-data; boundary=b",
    "multipart/form-data; boundary=", "text/plain", "application/json; charset=utf-16", "",
]


def value(depth=0):
    """Some JSON."""
    kind = rng.randrange(9 if depth < 3 else 6)
    if kind < 3:
        return rng.choice(VALUES)
    if kind == 3:
        return rng.choice([0, -1, 1 << 70, 1.5, 1e300, True, False, None])
    if kind < 6:
        return rng.choice([None, "", [], {}])
    if kind < 8:
        names = [
            "images", "tagIds", "tags", "id", "imageId", "tagId", "name", "contents", "regions", "metadata",
            "url", "maxCount", "orderBy", "continuation", "session", "startTime", "threshold", "settings",
            "selectedTags", "customBaseModelInfo", "type", "description", "minThreshold", "sortBy",
        ]
        return {rng.choice(names): value(depth + 1) for _ in range(rng.randrange(5))}
    return [value(depth + 1) for _ in range(rng.randrange(5))]


def body_and_type():
    kind = rng.randrange(6)
    if kind == 0:
        return rng.randbytes(rng.randrange(400)), rng.choice(TYPES)
    if kind == 1:
        part = b"--b\r\nContent-Disposition: form-data; name=\"imageData\"\r\n\r\n" + rng.randbytes(50)
        whole = part + b"\r\n--b--\r\n"
        return whole[: rng.randrange(len(whole) + 1)], "multipart/form-data; boundary=b"
    if kind == 2:
        text = json.dumps(value()).encode()
        return text[: rng.randrange(len(text) + 1)], "application/json"
    if kind == 3:
        return b"[" * rng.choice([10, 600, 100000]), "application/json"
    return json.dumps(value()).encode(), "application/json"


def check(outcome, request):
    if outcome is None:
        return  # Hung up on what is no HTTP.
    status, body = outcome
    assert status < 500, (status, body[:300], request)
    if status >= 400:
        answer = json.loads(body)
        assert answer["code"] and answer["message"], (status, body[:300], request)


statuses = {}
for number in range(count):
    if number == 0:
        # One whose length says more than may come, and one that says less than it sends.
        huge = [("Content-Length", str(1 << 62)), *keys]
        outcome = call("POST", f"/customvision/v3.3/training/projects/{project}/images", b"x", huge)
        assert outcome and outcome[0] == 413, outcome
        check(outcome, "huge")
        continue
    if number % 50 == 49:
        # A body that breaks off: the server waits no longer than the client is there.
        headers = [("Content-Length", "1000"), *keys]
        path = f"/customvision/v3.3/training/projects/{project}/images"
        check(call("POST", path, b"only this", headers, shutdown=True), "broken off")
        continue
    method, path, known = rng.choice(OPERATIONS)
    # The project is needed still.
    is_last = method == "DELETE" and path.endswith("/{project}")
    if not is_last and rng.random() < 0.9:
        path = path.replace("{project}", project)
    path = re.sub(r"\{\w+\}", lambda _: urllib.parse.quote(rng.choice(PARTS), safe="%"), path)
    if rng.random() < 0.1:
        path = path.replace("/v3.", rng.choice(["/v9.", "/v3.0/", "/", "/v3.4-preview/"]), 1)
    if rng.random() < 0.1:
        method = rng.choice(["GET", "POST", "PATCH", "PUT", "HEAD", "OPTIONS"])
    names = rng.sample(known, rng.randrange(len(known) + 1)) + rng.sample(QUERIES, rng.choice([0, 0, 1, 2]))
    query = "&".join(f"{name}={urllib.parse.quote(rng.choice(VALUES), safe='%')}" for name in names)
    path += f"?{query}" if query else ""
    body, kind = (b"", "") if method in ("GET", "HEAD") else body_and_type()
    headers = [(name, key) for name, key in keys if rng.random() < 0.95]
    if kind:
        headers.append(("Content-Type", kind))
    outcome = call(method, path, body, headers)
    request = (method, path, body[:200], kind)
    if method == "HEAD":
        assert outcome is None or outcome[0] < 500, (outcome, request)
    else:
        check(outcome, request)
    if outcome:
        statuses[outcome[0]] = statuses.get(outcome[0], 0) + 1

print(" ".join(f"{status}:{number}" for status, number in sorted(statuses.items())))
assert call("GET", "/health") == (200, b'{"status":"ok"}')
print("done")
