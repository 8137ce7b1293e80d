"""The server: predictions over HTTP beside the bare network and a Python service, many clients, memory, uploads.

    server.py [pace] [clients] [memory] [uploads]

- pace: ClassifyImageWithNoStore, compact, JPEGs of 100 KB, loopback, four connections that are kept. In turns with it
  the same compiled network on ready-made tensors (EmbeddingPace), and server_peer.py under uvicorn with the number of
  workers that was best before. Clients are processes of their own, on the same processors; their time is told apart.
- clients: 200 connections at once.
- memory: 10,000 predictions and 90,000 cheap requests, resident memory on the way.
- uploads: 1,000 JPEGs of 1 megapixel in batches of 64 through the official SDK, in turns with `tagbench import` of the
  same files into a new library; without the networks, and with them until every embedding is there.
"""
import contextlib
import itertools
import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = os.environ.get("TAGBENCH", ".build/release/tagbench")
PACE = os.environ.get("EMBEDDING_PACE", ".build/release/EmbeddingPace")
ROUNDS = int(os.environ.get("TAGBENCH_BENCH_ROUNDS", "9"))
SECONDS = float(os.environ.get("TAGBENCH_BENCH_SECONDS", "5"))
PREDICTIONS = int(os.environ.get("TAGBENCH_BENCH_PREDICTIONS", "10000"))
UPLOADS = int(os.environ.get("TAGBENCH_BENCH_UPLOADS", "1000"))
CONNECTIONS = 4
TRAINING = "/customvision/v3.3/training"
KEYS = {"training": "a-training-key", "prediction": "a-prediction-key"}


# What runs in processes of its own.

def load(port, connections, count, seconds, *files):
    """Asks over connections that are kept until so many answers or seconds have passed; prints what came of it.

    Every file holds a whole request; they are sent in turns.
    """
    requests = [Path(file).read_bytes() for file in files]
    numbers = itertools.count()
    statuses, delays, lock = {}, [], threading.Lock()
    barrier = threading.Barrier(int(connections) + 1)
    deadline = None

    def ask():
        nonlocal deadline
        barrier.wait()
        found, waits, line = {}, [], None
        while (number := next(numbers)) < int(count) and time.perf_counter() < deadline:
            start = time.perf_counter()
            try:
                if line is None:
                    line = socket.create_connection(("127.0.0.1", int(port)), timeout=120)
                    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                line.sendall(requests[number % len(requests)])
                answer = b""
                while (end := answer.find(b"\r\n\r\n")) < 0:
                    more = line.recv(65536)
                    if not more:
                        raise ConnectionError("closed")
                    answer += more
                head = answer[:end].lower()
                size = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
                while len(answer) < end + 4 + size:
                    answer += line.recv(65536)
                status = head.split()[1].decode()
            except (OSError, IndexError, ValueError) as error:
                status, line = type(error).__name__, None
            found[status] = found.get(status, 0) + 1
            waits.append(time.perf_counter() - start)
        with lock:
            delays.extend(waits)
            for status, times in found.items():
                statuses[status] = statuses.get(status, 0) + times

    workers = [threading.Thread(target=ask) for _ in range(int(connections))]
    for worker in workers:
        worker.start()
    used = time.process_time()
    start = time.perf_counter()
    deadline = start + float(seconds)
    barrier.wait()
    for worker in workers:
        worker.join()
    took = time.perf_counter() - start
    delays.sort()
    print(json.dumps({
        "seconds": took, "statuses": statuses, "client": time.process_time() - used,
        "median": delays[len(delays) // 2], "worst": delays[-1]}))


def upload(endpoint, project, folder, at_once):
    """Sends all files of a folder through the official SDK, so many batches of 64 at once; prints the seconds, and
    the processor's of this process."""
    from azure.cognitiveservices.vision.customvision.training import CustomVisionTrainingClient
    from azure.cognitiveservices.vision.customvision.training.models import ImageFileCreateBatch, ImageFileCreateEntry
    from msrest.authentication import ApiKeyCredentials

    trainer = CustomVisionTrainingClient(endpoint, ApiKeyCredentials(in_headers={"Training-key": KEYS["training"]}))
    files = sorted(Path(folder).iterdir())

    def send(first):
        batch = ImageFileCreateBatch(images=[
            ImageFileCreateEntry(name=file.name, contents=file.read_bytes()) for file in files[first:first + 64]])
        answer = trainer.create_images_from_files(project, batch)
        assert answer.is_batch_successful, [image.status for image in answer.images]

    start, used = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(int(at_once)) as workers:
        for _ in workers.map(send, range(0, len(files), 64)):
            pass
    print(json.dumps({"seconds": time.perf_counter() - start, "client": time.process_time() - used}))


# What the benchmark is made of.

def run(*command, environment=None):
    start = time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, env={**os.environ, **(environment or {})})
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}: {done.stderr}")
    return time.perf_counter() - start, done.stdout


def processor_of(*command):
    """Seconds of the processor that a program took, and what it printed."""
    def taken():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = taken()
    _, output = run(*command)
    return taken() - before, output


def role(name, *arguments):
    return json.loads(run(sys.executable, __file__, name, *arguments)[1])


class Server:
    """A program that serves, until it is left."""

    def __init__(self, command, folder, environment=None):
        self.log = open(folder / "log", "ab")
        self.process = subprocess.Popen(
            [str(part) for part in command], stdout=subprocess.PIPE, stderr=self.log, text=True,
            env={**os.environ, **(environment or {})}, start_new_session=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()

    def memory(self):
        """Resident megabytes."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) * 1024 / 1e6

    def processor(self):
        """Seconds of the processor, of the program and what it has started."""
        total = 0
        for process in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = process.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[2]) == self.process.pid:
                total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")


class Tagbench(Server):
    def __init__(self, folder, library, environment=None):
        super().__init__(
            [PROGRAM, "serve", "--port", "0", "--library", library, "--training-key", KEYS["training"],
             "--prediction-key", KEYS["prediction"]], folder, environment)
        for line in self.process.stdout:
            if "http://" in line:
                self.endpoint = line.split(" on ")[1].strip()
                self.port = int(self.endpoint.rsplit(":", 1)[1])
                return
        sys.exit("the server does not say where it serves")

    def ask(self, method, path, body=None):
        request = urllib.request.Request(
            self.endpoint + TRAINING + path, method=method, data=body,
            headers={"Training-Key": KEYS["training"], "Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")


class Peer(Server):
    def __init__(self, folder, graph, head, workers):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        threads = max(1, round(os.cpu_count() / workers))
        super().__init__(
            [sys.executable, "-m", "uvicorn", "server_peer:app", "--app-dir", HERE, "--port", self.port,
             "--workers", workers, "--log-level", "warning"], folder,
            {"PEER_GRAPH": str(graph), "PEER_HEAD": str(head), "PEER_THREADS": str(threads),
             "OPENBLAS_NUM_THREADS": "1"})


def classifying(port, project, picture):
    """A whole request, as bytes."""
    head = (
        f"POST /customvision/v3.1/prediction/{project}/classify/iterations/live/image/nostore HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{port}\r\nPrediction-Key: {KEYS['prediction']}\r\n"
        f"Content-Type: application/octet-stream\r\nContent-Length: {len(picture)}\r\n\r\n")
    return head.encode() + picture


def asking(port, path):
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nTraining-Key: {KEYS['training']}\r\n\r\n".encode()


def pictures_of(count, byte_count):
    """JPEGs of 800 × 600 that have about so many bytes."""
    import io

    from importing import make_picture
    from PIL import Image

    for number in range(count):
        image = make_picture(number).resize((800, 600), Image.BICUBIC)
        files = []
        for quality in range(50, 97, 2):
            file = io.BytesIO()
            image.save(file, "JPEG", quality=quality)
            files.append(file.getvalue())
        yield min(files, key=lambda file: abs(len(file) - byte_count))


def write_requests(folder, name, requests):
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{name} {number}" for number in range(len(requests))]
    for path, request in zip(paths, requests):
        path.write_bytes(request)
    return paths


def answered(found):
    """The answers of a load, all of them good."""
    if set(found["statuses"]) != {"200"}:
        sys.exit(f"answers that are none: {found['statuses']}")
    return found["statuses"]["200"]


def prepare(folder):
    """A library with a published compact iteration of three tags. What they are is of no matter here."""
    from importing import make_picture

    for tag in range(3):
        place = folder / "train" / f"tag {tag}"
        place.mkdir(parents=True)
        for number in range(6):
            make_picture(1000 + 6 * tag + number).save(place / f"{number}.jpg", quality=90)
    library = folder / "library"
    common = ("--library", library, "--json")
    project = json.loads(run(PROGRAM, "project", "create", "p", "--domain", "compact", *common)[1])["id"]
    run(PROGRAM, "import", folder / "train", "--tags-from-folders", *common)
    run(PROGRAM, "train", *common)
    run(PROGRAM, "iteration", "publish", "1", "live", *common)
    return library, project


def pace(folder, library, project, pictures):
    import numpy as np

    parts = json.loads(run(PROGRAM, "doctor", "--json")[1])["parts"]
    graph = next(part["path"] for part in parts if part["part"] == "network compact")
    head = folder / "head.npy"
    np.save(head, np.random.default_rng(1).normal(0, 0.01, (2864, 3)).astype(np.float32))

    def measure(server, seconds):
        files = write_requests(
            folder / "requests", f"{server.port}",
            [classifying(server.port, project, picture) for picture in pictures])
        before = server.processor()
        found = role("load", server.port, CONNECTIONS, 10**9, seconds, *files)
        count = answered(found)
        return {
            "rate": count / found["seconds"], "client": 1000 * found["client"] / count,
            "server": 1000 * (server.processor() - before) / count, "median": 1000 * found["median"]}

    def warm(server):
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", server.port)).close()
                break
            except OSError:
                if time.monotonic() > deadline:
                    sys.exit("a server does not answer")
                time.sleep(0.1)
        # More than once each worker.
        measure(server, 2)

    trials = {workers: [] for workers in (1, 2, 3)}
    with contextlib.ExitStack() as stack:
        # All wait beside each other, and are asked in turns.
        peers = {workers: stack.enter_context(Peer(folder, graph, head, workers)) for workers in trials}
        for peer in peers.values():
            warm(peer)
        for _ in range(3):
            for workers, peer in peers.items():
                trials[workers].append(measure(peer, SECONDS / 2)["rate"])
    trials = {workers: statistics.median(rates) for workers, rates in trials.items()}
    best = max(trials, key=trials.get)
    print("FastAPI, predictions a second by number of workers: " + ", ".join(
        f"{workers}: {rate:.1f}" for workers, rate in trials.items()))
    rates = {"network": [], "tagbench": [], "peer": []}
    details = {"tagbench": [], "network": [], "peer": []}
    with Tagbench(folder, library) as ours, Peer(folder, graph, head, best) as peer:
        warm(ours)
        warm(peer)
        network_count = max(50, int(SECONDS * 40))
        for _ in range(ROUNDS):
            # What loading the network takes of the processor is in the shorter run, too.
            less, _ = processor_of(PACE, "compact", 10)
            more, rate = processor_of(PACE, "compact", 10 + network_count)
            rates["network"].append(float(rate))
            details["network"].append({"server": 1000 * (more - less) / network_count, "client": 0})
            for name, server in [("tagbench", ours), ("peer", peer)]:
                found = measure(server, SECONDS)
                details[name].append(found)
                rates[name].append(found["rate"])
    print(f"\nPredictions over HTTP, {len(pictures)} JPEGs of 100 KB in turns, {ROUNDS} rounds of {SECONDS:.0f} s:\n")
    print("| | a second (median) | tagbench is (each round; median) | ms of the processor each: server / client |")
    print("|---|---|---|---|")
    for name, label in [
        ("tagbench", "tagbench"), ("network", "the bare network on ready-made tensors"),
        ("peer", f"FastAPI, Pillow and onnxruntime, {best} workers"),
    ]:
        ratios = [mine / other for mine, other in zip(rates["tagbench"], rates[name])]
        text = "" if name == "tagbench" else " / ".join(
            f"{ratio:.2f}" for ratio in ratios) + f"; {statistics.median(ratios):.2f}"
        used = " / ".join(
            f"{statistics.median(found[key] for found in details[name]):.1f}" for key in ("server", "client"))
        print(f"| {label} | {statistics.median(rates[name]):.1f} | {text} | {used} |")
    print(flush=True)


def clients(folder, library, project, pictures):
    with Tagbench(folder, library) as server:
        files = write_requests(
            folder / "requests", "client", [classifying(server.port, project, picture) for picture in pictures])
        found = role("load", server.port, 200, 2000, 600, *files)
        print(
            f"200 connections at once: {found['statuses']} in {found['seconds']:.0f} s, "
            f"median wait {found['median']:.1f} s, worst {found['worst']:.1f} s\n", flush=True)
        answered(found)


def memory(folder, library, project, pictures):
    with Tagbench(folder, library) as server:
        asked = write_requests(
            folder / "requests", "asked", [classifying(server.port, project, picture) for picture in pictures])
        paths = ["", "/tags", "/images/count", "/iterations", "/images/tagged?take=10"]
        cheap = write_requests(
            folder / "requests", "cheap",
            [asking(server.port, f"{TRAINING}/projects/{project}{path}") for path in paths]
            + [asking(server.port, path) for path in ("/health", "/metrics", f"{TRAINING}/projects")])
        seen = [("at the start", server.memory())]
        part = PREDICTIONS // 10
        rates = []
        for number in range(1, 11):
            answered(role("load", server.port, CONNECTIONS, part, 3600, *asked))
            found = role("load", server.port, 16, 9 * part, 3600, *cheap)
            rates.append(answered(found) / found["seconds"])
            seen.append((f"after {number * part} predictions and {number * 9 * part} cheap requests", server.memory()))
        print("Resident memory: " + "; ".join(f"{megabytes:.0f} MB {when}" for when, megabytes in seen))
        print(f"Cheap requests a second, 16 connections: {statistics.median(rates):.0f}\n", flush=True)


def uploads(folder):
    from importing import make_pictures

    make_pictures(folder / "upload", UPLOADS, drawn_every=25)
    alone = {"TAGBENCH_RUNTIME": str(folder / "none")}
    kinds = [
        ("with embeddings", {}, 1), ("alone, one batch after the other", alone, 1), ("alone, two batches at once", alone, 2)]
    found = {kind: [] for kind, _, _ in kinds}
    shares = []
    for number in range(3):
        for kind, environment, at_once in kinds:
            library = folder / f"library {kind} {number}"
            common = ("--library", library, "--json")
            run(PROGRAM, "project", "create", "p", "--domain", "compact", *common)
            imported, _ = run(PROGRAM, "import", folder / "upload", *common, environment=environment)
            shutil.rmtree(library)
            project = json.loads(run(PROGRAM, "project", "create", "p", "--domain", "compact", *common)[1])["id"]
            with Tagbench(folder, library, environment) as server:
                start = time.perf_counter()
                done = role("upload", server.endpoint, project, folder / "upload", at_once)
                sent = done["seconds"]
                if environment != alone:
                    wait_for_embeddings(library)
                    sent = time.perf_counter() - start
            found[kind].append((UPLOADS / imported, UPLOADS / sent))
            shares.append(done["client"] / UPLOADS * 1000)
            shutil.rmtree(library)
    print(f"{UPLOADS} JPEGs of 1 megapixel in batches of 64 through the SDK, 3 rounds:\n")
    print("| | `tagbench import`, images a second | through the server | of it (each round) |")
    print("|---|---|---|---|")
    for kind, rates in found.items():
        ours, theirs = (statistics.median(column) for column in zip(*rates))
        ratios = " / ".join(f"{server / command:.2f}" for command, server in rates)
        print(f"| {kind} | {ours:.1f} | {theirs:.1f} | {ratios} |")
    print(f"\nThe SDK's own processor time: {statistics.median(shares):.1f} ms an image\n", flush=True)


def wait_for_embeddings(library):
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        with sqlite3.connect(f"file:{library}/cache.sqlite?mode=ro", uri=True) as cache:
            if cache.execute("SELECT count(*) FROM embedding").fetchone()[0] >= UPLOADS:
                return
        time.sleep(0.1)
    sys.exit("the server does not make the embeddings")


def main(parts):
    print(f"Load when it began: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        if {"pace", "clients", "memory"} & set(parts):
            library, project = prepare(folder)
            pictures = list(pictures_of(24, 100_000))
            for part in parts:
                if part != "uploads":
                    globals()[part](folder, library, project, pictures)
        if "uploads" in parts:
            uploads(folder)


if __name__ == "__main__":
    if sys.argv[1:2] in (["load"], ["upload"]):
        globals()[sys.argv[1]](*sys.argv[2:])
    else:
        main(sys.argv[1:] or ["pace", "clients", "memory", "uploads"])
