#!/usr/bin/env python3
"""How quick the workbench is on a generated project of 100,000 images, in a terminal of 200 x 60.

    TAGBENCH=.build/release/tagbench python3 Tests/Benchmarks/workbench.py [--images 100000]

Runs the program in a pseudo-terminal, types keys, and takes the time until the answer comes out of it:
what the terminal itself needs is not in it. Needs Pillow for the pictures. Prints one line a figure with
its goal, and ends with status 1 when a goal is missed; on a computer that is busy with other things the
figures say little.
"""
import argparse, fcntl, io, os, pty, random, re, select, shutil, signal, sqlite3, statistics, struct, subprocess
import sys, tempfile, termios, threading, time, uuid

COLUMNS, ROWS = 200, 60
CURSOR = b"\x1b[44m"  # the ground of the row under the cursor, and of nothing else
TAGS = ["daisy", "dahlia", "daffodil", "rose", "tulip", "lily", "iris", "poppy", "aster", "violet"]
RECIPE = "general/2"
COMPACT_VALUES = 2864  # in an embedding of a compact project
PICTURES = 2000  # images that have a thumbnail: the first ones


class GeneratedProject:
    """A new project of a library, whose images are written straight into its tables, as if they had been imported."""

    def __init__(self, program, folder, name, tags, rng, *options):
        environment = dict(os.environ, TAGBENCH_LIBRARY=f"{folder}/library", TAGBENCH_USER="bench")
        subprocess.run([program, "project", "create", name, *options], env=environment, check=True, stdout=subprocess.DEVNULL)
        for tag in tags:
            subprocess.run([program, "tag", "create", tag, "--project", name], env=environment, check=True,
                           stdout=subprocess.DEVNULL)
        self.rng = rng
        self.db = sqlite3.connect(f"{folder}/library/library.sqlite")
        self.id = self.db.execute("SELECT id FROM project WHERE name = ?", (name,)).fetchone()[0]
        self.tags = self.db.execute("SELECT id, number FROM tag WHERE project = ? ORDER BY number", (self.id,)).fetchall()
        self.change = self.db.execute(
            "INSERT INTO change (project, time, actor, command, undoable) VALUES (?, 0, 'bench', 'import', 0)",
            (self.id,)).lastrowid

    def add(self, name, size):
        """Adds an image without a tag; returns its id, its number and its content's hash."""
        image, content = uuid.UUID(int=self.rng.getrandbits(128)).bytes, self.rng.randbytes(32)
        self.db.execute("INSERT INTO content VALUES (?, 'jpeg', ?, 640, 480, ?)", (content, size, self.rng.getrandbits(63)))
        number = self.db.execute(
            "INSERT INTO image (id, project, content, name, path, created, present, byteCount) VALUES (?, ?, ?, ?, ?, 0, 1, ?)",
            (image, self.id, content, name, f"photos/{name}", size)).lastrowid
        self.db.execute("INSERT INTO event (change, project, kind, image, old, new) VALUES (?, ?, 'membership', ?, 0, 1)",
                        (self.change, self.id, image))
        return image, number, content

    def give(self, image, number, tag):
        """Gives an image the tag in this place of the list."""
        self.db.execute("INSERT INTO label VALUES (?, ?)", (number, self.tags[tag][1]))
        self.db.execute("INSERT INTO event (change, project, kind, image, tag, old, new) VALUES (?, ?, 'label', ?, ?, 0, 1)",
                        (self.change, self.id, image, self.tags[tag][0]))

    def close(self):
        self.db.commit()
        self.db.close()


def generate(program, folder, count):
    """Makes a library: two thirds of the images tagged, three quarters of these judged by an iteration."""
    rng = random.Random(7)
    project = GeneratedProject(program, folder, "many", TAGS, rng)
    db, tags = project.db, [tag for tag, _ in project.tags]
    images, labels = [], []
    for number in range(count):
        name = f"IMG_{rng.randrange(10_000):04}_{number}.jpg"
        image, image_number, content = project.add(name, 20_000 + rng.randrange(3_000_000))
        images.append((image, content))
        if number % 3:
            tag = rng.randrange(len(tags))
            labels.append((image, image_number, tag))
            project.give(image, image_number, tag)
    iteration = uuid.UUID(int=rng.getrandbits(128)).bytes
    db.execute("INSERT INTO iteration (id, project, number, name, present, position, trainedAt, seconds, type, domain, recipe, "
               "seed, settings, metrics, head) VALUES (?, ?, 1, 'Iteration 1', 1, 0, 0, 1, 'multiclass', 'general', "
               "'general/2', 0, '{}', '{}', x'')", (iteration, project.id))
    for index, tag in enumerate(tags):
        db.execute("INSERT INTO iterationClass VALUES (?, ?, ?, ?, 'regular')", (iteration, index, tag, TAGS[index]))
    for row, (image, image_number, tag) in enumerate(labels[:len(labels) * 3 // 4]):
        predicted = tag if rng.random() < 0.9 else rng.randrange(len(tags))
        certainty = rng.uniform(0.4, 1)
        others = (1 - certainty) / (len(tags) - 1)
        probabilities = struct.pack(f"<{len(tags)}f", *[certainty if t == predicted else others for t in range(len(tags))])
        db.execute("INSERT INTO iterationImage (iteration, row, image, given, groupNumber, fold, probabilities, judgedClass, "
                   "judgedPresent, certainty, number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
                   (iteration, row, image, str(tag), row, row % 5, probabilities, predicted, certainty, image_number))
    project.close()
    from PIL import Image, ImageFilter
    cache = sqlite3.connect(f"{folder}/library/cache.sqlite")
    jpegs = []
    for _ in range(40):
        small = Image.frombytes("RGB", (16, 12), rng.randbytes(16 * 12 * 3))
        picture = small.resize((256, 192)).filter(ImageFilter.GaussianBlur(3))
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=90)
        jpegs.append(data.getvalue())
    cache.executescript("""
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1'), ('2');
        CREATE TABLE thumbnail (
          content BLOB NOT NULL PRIMARY KEY, jpeg BLOB NOT NULL, checksum INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE embedding (
          content BLOB NOT NULL, recipe TEXT NOT NULL, halves BLOB NOT NULL, checksum INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (content, recipe)) WITHOUT ROWID;
        """)
    sums = [checksum(jpeg) for jpeg in jpegs]
    for number, (_, content) in enumerate(images[:PICTURES]):
        place = number % len(jpegs)
        cache.execute("INSERT INTO thumbnail VALUES (?, ?, ?)", (content, jpegs[place], sums[place]))
    # Short ones, that are there and never read: the workbench would begin to compute them.
    cache.executemany("INSERT INTO embedding (content, recipe, halves) VALUES (?, ?, x'0000')",
                      ((content, RECIPE) for _, content in images))
    cache.commit()
    cache.close()


def generate_trained(program, folder, count=100_000, tagged_count=30_000, tag_count=20):
    """Adds a project whose tagged images have embeddings of the real size: its training takes as long as keys are typed."""
    rng = random.Random(8)
    project = GeneratedProject(program, folder, "trained", [f"tag {tag}" for tag in range(tag_count)], rng, "--domain", "compact")
    # Several of each tag; every byte pair is a half of at most 2.
    patterns = []
    for _ in range(40 * tag_count):
        halves = bytearray(rng.randbytes(2 * COMPACT_VALUES))
        halves[1::2] = bytes(byte & 0x3F for byte in halves[1::2])
        patterns.append((bytes(halves), checksum(halves)))
    cache = sqlite3.connect(f"{folder}/library/cache.sqlite")
    thumbnails = cache.execute("SELECT jpeg, checksum FROM thumbnail LIMIT 40").fetchall()
    for number in range(count):
        image, image_number, content = project.add(f"IMG_{number}.jpg", 1000)
        if number < PICTURES:
            cache.execute("INSERT INTO thumbnail VALUES (?, ?, ?)", (content, *thumbnails[number % len(thumbnails)]))
        if number % 10 >= 10 * tagged_count / count:
            cache.execute("INSERT INTO embedding (content, recipe, halves) VALUES (?, 'compact/2', x'0000')", (content,))
            continue
        pattern = rng.randrange(len(patterns))
        project.give(image, image_number, pattern % tag_count)
        cache.execute("INSERT INTO embedding VALUES (?, 'compact/2', ?, ?)", (content, *patterns[pattern]))
    project.close()
    cache.commit()
    cache.close()


def checksum(data):
    """That of the cache's entries: FNV-1a over eight bytes at a time."""
    value = 0xCBF29CE484222325
    whole = len(data) // 8 * 8
    for word in struct.unpack(f"<{whole // 8}Q", data[:whole]) + tuple(data[whole:]):
        value = (value ^ word) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
        value ^= value >> 32
    return struct.unpack("<q", struct.pack("<Q", value))[0]


class Terminal:
    """The program in a pseudo-terminal that reads and throws away what it draws."""

    def __init__(self, program, folder, project="many"):
        self.start = time.perf_counter()
        self.process, self.master = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", TAGBENCH_LIBRARY=f"{folder}/library",
                              TAGBENCH_USER="bench", XDG_STATE_HOME=f"{folder}/state", XDG_CONFIG_HOME=f"{folder}/config")
            os.environ.pop("NO_COLOR", None)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execv(program, [program, "--project", project])
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def read(self, limit):
        """What comes within a time; empty when nothing does."""
        ready, _, _ = select.select([self.master], [], [], max(0, limit))
        return os.read(self.master, 1 << 16) if ready else b""

    def wait_for(self, text, limit=20):
        seen, end = b"", time.perf_counter() + limit
        while text not in seen:
            if time.perf_counter() > end:
                sys.exit(f"{text!r} did not appear")
            seen += self.read(0.1)
        return time.perf_counter()

    def settle(self, quiet=0.12, limit=20):
        """Waits until nothing has come for a while; returns when the last byte came and how many there were."""
        last, count, end = time.perf_counter(), 0, time.perf_counter() + limit
        while time.perf_counter() < end:
            data = self.read(quiet)
            if not data:
                break
            last, count = time.perf_counter(), count + len(data)
        return last, count

    def key(self, keys, quiet=0.12):
        """Types keys; returns the times to the first and to the last byte, and the bytes within 25 ms."""
        self.settle(0.03)
        start = time.perf_counter()
        os.write(self.master, keys.encode())
        data = self.read(5)
        first, early = time.perf_counter() - start, len(data)
        latest = first
        while time.perf_counter() - start < 0.025:
            if more := self.read(0.025 - (time.perf_counter() - start)):
                latest, early = time.perf_counter() - start, early + len(more)
        last, count = self.settle(quiet)
        return first, (last - start if count else latest), early

    def answer(self, keys, limit=2):
        """Types keys; returns the time until the row under the cursor is drawn anew, whatever else is drawn meanwhile."""
        while self.read(0.02):
            pass
        start, seen = time.perf_counter(), b""
        os.write(self.master, keys.encode())
        while CURSOR not in seen and time.perf_counter() - start < limit:
            seen += self.read(0.05)
        return time.perf_counter() - start

    def sheet(self):
        """Opens the contact sheet; returns the times to the first and to the last picture."""
        self.settle(0.03)
        start = time.perf_counter()
        os.write(self.master, b"z")
        first, last = None, start
        while data := self.read(0.3):
            last = time.perf_counter()
            # The colours of pictures; the screen's own are the first sixteen.
            if not first and re.search(rb"48;5;(?:1[6-9]|[2-9]\d|\d{3})\D", data):
                first = last
        return first - start, last - start

    def resident(self):
        with open(f"/proc/{self.process}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def processor_time(self):
        with open(f"/proc/{self.process}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def leave(self, limit=20):
        """Presses q; returns the seconds until the process is over, infinite where it has to be killed."""
        start = time.time()
        os.write(self.master, b"q")
        while os.waitpid(self.process, os.WNOHANG) == (0, 0):
            if time.time() - start > limit:
                self.end(signal.SIGKILL)
                return float("inf")
            try:
                self.read(0.01)
            except OSError:
                # The terminal is given back before the process is over.
                time.sleep(0.01)
        return time.time() - start

    def end(self, by=signal.SIGTERM):
        os.kill(self.process, by)
        try:
            while os.read(self.master, 1 << 16):
                pass
        except OSError:
            pass
        os.waitpid(self.process, 0)


missed = []


def report(name, value, unit, goal):
    mark = "" if value <= goal else "  missed"
    if mark:
        missed.append(name)
    print(f"{name:<58}{value:>9.1f} {unit:<4} goal {goal:g}{mark}", flush=True)


def report_latencies(name, milliseconds, median_goal, worst_goal):
    ordered = sorted(milliseconds)
    report(f"{name}, median", statistics.median(ordered), "ms", median_goal)
    report(f"{name}, 99th percentile", ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], "ms", worst_goal)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--keep", help="a folder to make the library in, or to find it in")
    arguments = parser.parse_args()
    program = os.path.abspath(os.environ["TAGBENCH"])
    with tempfile.TemporaryDirectory(prefix="tagbench-bench-") as temporary:
        folder = arguments.keep or temporary
        if not os.path.exists(f"{folder}/library/cache.sqlite"):
            os.makedirs(folder, exist_ok=True)
            generate(program, folder, arguments.images)
        print(f"{arguments.images} images, {COLUMNS} x {ROWS}, load {os.getloadavg()[0]:.1f}")
        measure_starts(program, folder, f"{temporary}/empty")
        measure(program, folder)
        measure_beside_jobs(program, folder, own_training=True)
        measure_beside_jobs(program, folder, own_training=False)
    if missed:
        sys.exit(f"missed: {', '.join(missed)}")


def measure_starts(program, folder, empty):
    """How long it takes until the program has answered, on this library and on an empty one."""

    def run(folder, *arguments):
        environment = dict(os.environ, TAGBENCH_LIBRARY=f"{folder}/library", TAGBENCH_USER="bench")
        start = time.perf_counter()
        subprocess.run([program, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)
        return (time.perf_counter() - start) * 1000

    def paint(folder, text):
        terminal = Terminal(program, folder)
        painted = (terminal.wait_for(text) - terminal.start) * 1000
        terminal.settle(0.5)
        terminal.end()
        return painted

    os.makedirs(empty, exist_ok=True)
    run(empty, "project", "create", "many")
    # In turn, so that a busy moment hits both.
    rounds = [(run(folder, "--version"), run(folder, "status", "--project", "many"), run(empty, "status"),
               paint(folder, b"_0.jpg"), paint(empty, b"Press i to import")) for _ in range(9)]
    version, status, empty_status, painted, empty_painted = map(statistics.median, zip(*rounds))
    report("--version", version, "ms", 50)
    report("status", status, "ms", 50)
    report("status, as against an empty library", status / empty_status, "x", 2)
    report("first paint", painted, "ms", 150)
    report("first paint, as against an empty library", painted / empty_painted, "x", 2)


def measure(program, folder):
    terminal = Terminal(program, folder)
    terminal.wait_for(b"_0.jpg")
    terminal.settle(1)

    # Down from the first image and up from the last, in turn: every key moves the cursor.
    keys = ["j" * 39 + "G", "k" * 39 + "g"]
    # A jump needs longer until its rows and its picture are there, which are no part of the next move.
    moves = [terminal.key(key, quiet=0.5 if key in "gG" else 0.12) for _ in range(3) for run in keys for key in run]
    report_latencies("moving", [first * 1000 for first, _, _ in moves], 5, 16)
    # Pictures that were shown before come at once; those of the first rounds follow later.
    steps = [early for step, (_, _, early) in enumerate(moves[:80]) if step % 40 != 39]
    report("bytes for moving by one, without the picture, median", statistics.median(steps), "B", 2000)
    report("bytes for moving by one, without the picture, most", max(steps), "B", 2000)
    terminal.key("g")
    report_latencies("tagging", [terminal.key(str(1 + step % 9))[0] * 1000 for step in range(60)], 5, 16)
    report_latencies("marking", [terminal.key(" ")[0] * 1000 for _ in range(60)], 5, 16)
    terminal.key("\x1b")
    terminal.key("\t\t")
    filters = [terminal.key("j" if step % 9 < 8 else "gjj") for step in range(27)]
    report_latencies("filtering by tag, key to frame", [first * 1000 for first, _, _ in filters], 5, 16)
    report("filtering by tag, with the new list, worst", max(last for _, last, _ in filters) * 1000, "ms", 100)
    terminal.key("g\t")

    # The list alone: the picture of another image follows once the cursor rests.
    terminal.key("+")
    terminal.key("/")
    typed = []
    for text in ["IMG_42", "rose", "tag:dai", "p<0.6", "wrong"]:
        typed += [terminal.key(letter)[1] for letter in text]
        terminal.key("\x15")
    report("typing into the filter, with the new list, median", statistics.median(typed) * 1000, "ms", 50)
    report("typing into the filter, with the new list, worst", max(typed) * 1000, "ms", 50)
    terminal.key("\x1b")
    terminal.key("\x1b")
    terminal.key("+")

    terminal.key("g")
    terminal.key("v")
    for _ in range(18):
        terminal.key("\x1b[6~", quiet=0.03)
    terminal.key("v")
    _, last, _ = terminal.key("3", quiet=0.4)
    report("tagging about 1,000 marked images, to the last frame", last * 1000, "ms", 200)

    terminal.key("g")
    first, last = terminal.sheet()
    report("contact sheet, first picture", first * 1000, "ms", 50)
    report("contact sheet, all pictures", last * 1000, "ms", 200)
    pages = [terminal.key("\x1b[6~", quiet=0.001)[0] * 1000 for _ in range(30)]
    report_latencies("contact sheet, paging", pages, 5, 33)
    terminal.key("z")
    report("resident", terminal.resident(), "MB", 250)
    terminal.settle(1)
    before, start = terminal.processor_time(), time.perf_counter()
    time.sleep(10)
    share = (terminal.processor_time() - before) / (time.perf_counter() - start) * 100
    report("processor while idle, over 10 s", share, "%", 0.1)
    terminal.end()


def measure_beside_jobs(program, folder, own_training):
    """The same keys while the workbench imports pictures and embeds them, and it or another process trains."""
    environment = dict(os.environ, TAGBENCH_LIBRARY=f"{folder}/library", TAGBENCH_USER="bench")
    train = [program, "train", "--project", "trained"]
    if b"trained" not in subprocess.check_output([program, "project", "list"], env=environment):
        generate_trained(program, folder)
    # New ones each time.
    pictures = f"{folder}/pictures-{time.time_ns()}"
    make_pictures(pictures, 1000)

    def embeddings():
        with sqlite3.connect(f"{folder}/library/cache.sqlite") as cache:
            return cache.execute("SELECT count(*) FROM embedding").fetchone()[0]

    terminal = Terminal(program, folder, "trained" if own_training else "many")
    terminal.wait_for(b"_0.jpg")
    terminal.settle(1)
    # As in another terminal, whose processes share the processors with this one's as one.
    trainer = None if own_training else subprocess.Popen(
        train, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if own_training:
            terminal.key("T", quiet=0.3)
        # The last answers whether the folder's name shall become a tag.
        for keys in ["i", pictures, "\r", "n"]:
            terminal.key(keys, quiet=0.3)
        before = start = embeddings()
        while start == before:
            terminal.settle(0.1, limit=0.5)
            before = embeddings()
        where = "its own jobs" if own_training else "another's training"
        keys = ["j" * 39 + "G", "k" * 39 + "g"]
        report_latencies(f"moving beside {where}", [terminal.answer(key) * 1000 for run in keys for key in run], 33, 33)
        report_latencies(f"tagging beside {where}", [terminal.answer(str(1 + step % 9)) * 1000 for step in range(60)], 33, 33)
        report_latencies(f"marking beside {where}", [terminal.answer(" ") * 1000 for _ in range(60)], 33, 33)
        made = embeddings() - before
        print(f"meanwhile {made} of 1000 new pictures were embedded")
        if not 0 < made < 1000:
            sys.exit("there was no import beside the keys")
        # One project is trained once at a time.
        if subprocess.run(train, env=environment, capture_output=True).returncode == 0:
            sys.exit("there was no training beside the keys")
    finally:
        terminal.end()
        if trainer:
            trainer.terminate()
            trainer.wait()
        shutil.rmtree(pictures)


def make_pictures(folder, count):
    from PIL import Image
    os.makedirs(folder)
    rng = random.Random()
    for number in range(count):
        small = Image.frombytes("RGB", (24, 18), rng.randbytes(24 * 18 * 3))
        small.resize((960, 720)).save(f"{folder}/{number:04}.jpg", quality=85)


if __name__ == "__main__":
    main()
