"""Adds pictures and tags to a server until it is gone, and prints what it was told is done.

Usage: acknowledged_work.py ENDPOINT PROJECT TAG OTHER_TAG PICTURE MARK, where pictures of another mark are others.

Writes `started` to standard error after the first answers. Prints {image id: the tag that was acknowledged last, or
null where a change of it was asked for and not answered}.
"""

import http.client
import json
import sys
import threading
import urllib.request

endpoint, project, first, second, picture, mark = sys.argv[1:7]
base = f"{endpoint}/customvision/v3.3/training/projects/{project}"
content = open(picture, "rb").read()
known, lock = {}, threading.Lock()


def ask(path, body, kind):
    request = urllib.request.Request(base + path, body, {"Content-Type": kind})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())


def work(worker):
    number = 0
    while True:
        number += 1
        # Behind the picture's end, where no decoder looks: another content each time.
        body = content + f"{mark} {worker} {number}".encode()
        summary = ask(f"/images?tagIds={first}", body, "application/octet-stream")
        image = summary["images"][0]["image"]["id"]
        with lock:
            known[image] = first
            if len(known) == 8:
                print("started", file=sys.stderr, flush=True)
        if number % 2:
            with lock:
                known[image] = None
            entry = json.dumps({"tags": [{"imageId": image, "tagId": second}]}).encode()
            created = ask("/images/tags", entry, "application/json")["created"]
            assert created == [{"imageId": image, "tagId": second}], created
            with lock:
                known[image] = second


def until_gone(worker):
    try:
        work(worker)
    except (OSError, http.client.HTTPException):
        pass  # The server was killed.


threads = [threading.Thread(target=until_gone, args=(worker,)) for worker in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps(known))
