#!/usr/bin/env python3
"""Draws the pictures of the README from the real program: sample pictures, typed keys, and what tmux shows then.

    TAGBENCH=.build/release/tagbench python3 docs/draw_screens.py [--into docs]

Needs tmux and a program that is set up. Every picture is an SVG of rectangles, lines and text, so that the cells
of a photo look alike whatever font the reader has. In the animated one, rows take turns.
"""
import argparse, html, os, re, subprocess, tempfile, time

COLUMNS, ROWS = 120, 36
WIDTH, HEIGHT = 8, 17  # pixels of a cell
BACKGROUND, FOREGROUND = "#1b1d23", "#d5d8de"

# What is typed for each still, one after another in one run of the program; a pause follows every key.
STILLS = [
    ("workbench", ["j", "j", "j"]),
    ("suspects", ["W"]),
    ("contact-sheet", ["W", "z"]),
    ("performance", ["z", "p"]),
]

# The animated picture: keys, the seconds until it is looked, what is said of it, and how many seconds it is shown.
TOUR = [
    ([], 0, "118 photos, tagged and trained on: precision and recall of every tag", 3),
    (["W"], 2, "W  the most suspicious tags first, with reasons and the nearest pictures", 4),
    (["y"], 1.5, "y  takes the tag that is suggested", 2),
    (["y"], 1.5, "y  the next; behind each key everything is learned anew", 2),
    (["y"], 1.5, "y  the accuracy below rises", 2),
    (["Escape"], 1.5, "Escape  back to all images", 2),
    (["T"], 4, "T  trained again in a moment: the figures of the new iteration", 4),
    (["/", "tag:dah"], 1.5, "/  lists while you type: names, tags, terms", 3),
    (["Enter", "z"], 3, "z  a contact sheet", 3),
]


def run(*arguments, **options):
    return subprocess.run(arguments, check=True, capture_output=True, text=True, **options).stdout


class Session:
    """The program at work in a terminal, on a library of its own."""

    def __init__(self, program, environment):
        self.tmux = ["tmux", "-L", f"tagbench-screens-{os.getpid()}-{id(self)}"]
        run(*self.tmux, "new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), program, env=environment)
        run(*self.tmux, "set", "-g", "status", "off")
        run(*self.tmux, "resize-window", "-x", str(COLUMNS), "-y", str(ROWS))
        time.sleep(5)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run([*self.tmux, "kill-server"], capture_output=True)

    def type(self, keys, pause):
        for key in keys:
            run(*self.tmux, "send-keys", key)
            time.sleep(0.7)
        time.sleep(pause)
        return run(*self.tmux, "capture-pane", "-e", "-p")


def make_library(program, folder):
    """Imports and trains; returns the environment in which the program finds it."""
    environment = dict(os.environ, TAGBENCH_LIBRARY=f"{folder}/library", TAGBENCH_USER="me", TERM="xterm-256color",
                       XDG_STATE_HOME=f"{folder}/state", XDG_CONFIG_HOME=f"{folder}/config", LC_ALL="C.UTF-8")
    environment.pop("NO_COLOR", None)
    samples = os.path.join(os.path.dirname(__file__), "..", "sample-data")
    run(program, "project", "create", "flowers", env=environment)
    # Broken files among the samples make this end with status 1.
    subprocess.run([program, "import", samples, "--tags-from-folders"], env=environment, capture_output=True)
    for _ in range(2):
        run(program, "train", env=environment)
    return environment


def palette(number):
    base = ["#23262d", "#e0606b", "#8ec07c", "#e0b85f", "#6c9ee8", "#c287e0", "#5fbfc4", "#d5d8de",
            "#7b818c", "#f2868f", "#a9d89a", "#f0d080", "#8fb6f5", "#d6a6ee", "#83d8dc", "#ffffff"]
    if number < 16:
        return base[number]
    if number < 232:
        levels = [0, 95, 135, 175, 215, 255]
        number -= 16
        return "#%02x%02x%02x" % (levels[number // 36], levels[number // 6 % 6], levels[number % 6])
    return "#%02x%02x%02x" % ((8 + 10 * (number - 232),) * 3)


class Pen:
    """The colours and attributes that escape sequences have set."""

    def __init__(self):
        self.take([0])

    def take(self, codes):
        codes = list(codes)
        while codes:
            code = codes.pop(0)
            if code == 0:
                self.fore, self.back, self.bold, self.dim, self.reverse, self.under = None, None, False, False, False, False
            elif code == 1: self.bold = True
            elif code == 2: self.dim = True
            elif code == 4: self.under = True
            elif code == 7: self.reverse = True
            elif code == 22: self.bold = self.dim = False
            elif code == 24: self.under = False
            elif code == 27: self.reverse = False
            elif code in (38, 48):
                kind = codes.pop(0)
                color = palette(codes.pop(0)) if kind == 5 else "#%02x%02x%02x" % tuple(codes.pop(0) for _ in range(3))
                if code == 38: self.fore = color
                else: self.back = color
            elif code == 39: self.fore = None
            elif code == 49: self.back = None
            elif 30 <= code <= 37: self.fore = palette(code - 30)
            elif 40 <= code <= 47: self.back = palette(code - 40)
            elif 90 <= code <= 97: self.fore = palette(code - 82)
            elif 100 <= code <= 107: self.back = palette(code - 92)

    def style(self):
        fore, back = self.fore or FOREGROUND, self.back or BACKGROUND
        if self.reverse:
            fore, back = back, fore
        if self.dim:
            fore = "#" + "".join("%02x" % ((int(fore[i:i + 2], 16) * 3 + int(back[i:i + 2], 16) * 2) // 5) for i in (1, 3, 5))
        return fore, back, self.bold, self.under


# Parts of a cell that block characters fill: left, top, right, bottom in eighths.
BLOCKS = {"█": [(0, 0, 8, 8)], "▀": [(0, 0, 8, 4)], "▐": [(4, 0, 8, 8)], "▔": [(0, 0, 8, 1)], "▕": [(7, 0, 8, 8)]}
BLOCKS |= {chr(0x2580 + n): [(0, 8 - n, 8, 8)] for n in range(1, 8)}
BLOCKS |= {chr(0x2590 - n): [(0, 0, n, 8)] for n in range(1, 8)}
QUARTERS = {"1": (0, 0, 4, 4), "2": (4, 0, 8, 4), "3": (0, 4, 4, 8), "4": (4, 4, 8, 8)}
for character, parts in zip("▖▗▘▙▚▛▜▝▞▟", ["3", "4", "1", "134", "14", "123", "124", "2", "23", "234"]):
    BLOCKS[character] = [QUARTERS[part] for part in parts]
# Lines through a cell: from the middle to these sides, thin or thick; a bow where the corner is round.
LINES = {"─": ("lr", 1), "│": ("tb", 1), "╭": ("rb", 1), "╮": ("lb", 1), "╰": ("rt", 1), "╯": ("lt", 1), "━": ("lr", 3),
         "╸": ("l", 3), "┃": ("tb", 3)}


def cells(line):
    """The characters of a captured line with their styles, one for each column; `None` behind a wide one."""
    pen, found, index = Pen(), [], 0
    while index < len(line):
        match = re.compile(r"\x1b\[([0-9;]*)m").match(line, index)
        if match:
            pen.take([int(code or 0) for code in match.group(1).split(";")])
            index = match.end()
        elif line[index] in "\x0e\x0f":
            index += 1
        else:
            found.append((line[index], pen.style()))
            index += 1
    blank = (" ", Pen().style())
    return (found + [blank] * COLUMNS)[:COLUMNS]


def frame(shapes, rows=ROWS):
    width, height = COLUMNS * WIDTH + 24, rows * HEIGHT + 24
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 {width} {height}" width="{width}" height="{height}" '
            f'font-family="ui-monospace,Menlo,Consolas,DejaVu Sans Mono,monospace" font-size="13.2" shape-rendering="crispEdges">\n'
            f'<rect x="-12" y="-12" width="{width}" height="{height}" rx="8" fill="{BACKGROUND}"/>\n' + "\n".join(shapes) + "\n</svg>\n")


def lines(screen):
    return (screen.split("\n") + [""] * ROWS)[:ROWS]


def shapes_of(line, row):
    content = cells(line)
    return grounds(content, row) + marks(content, row)


def still(screen):
    return frame([shape for row, line in enumerate(lines(screen)) for shape in shapes_of(line, row)])


def animation(screens, captions, seconds):
    """Each row is drawn once for every time that it changes, and seen from then until it changes again."""
    starts = [sum(seconds[:index]) for index in range(len(seconds) + 1)]
    columns = [lines(screen) + [f"\x1b[1;33m {caption}"] for screen, caption in zip(screens, captions)]
    groups = []
    for row in range(ROWS + 1):
        first = 0
        for index in range(1, len(columns) + 1):
            if index == len(columns) or columns[index][row] != columns[first][row]:
                shapes = shapes_of(columns[first][row], row + (0.5 if row == ROWS else 0))
                groups += [turn(starts[first], starts[index], starts[-1]), *shapes, "</g>"] if shapes else []
                first = index
    return frame(groups, ROWS + 2)


def turn(start, end, total):
    """The beginning of a group that is seen for a part of the animation, or always."""
    if start == 0 and end == total:
        return "<g>"
    # Where nothing moves, the beginning is seen.
    values, times = ("hidden;visible;hidden", [0, start, end]) if start else ("visible;hidden", [0, end])
    if end == total:
        values, times = values.removesuffix(";hidden"), times[:-1]
    return (f'<g visibility="{"hidden" if start else "visible"}"><animate attributeName="visibility" values="{values}" '
            f'keyTimes="{";".join(f"{time / total:.4f}" for time in times)}" dur="{total:g}s" calcMode="discrete" '
            f'repeatCount="indefinite"/>')


def grounds(content, row):
    shapes, start = [], 0
    for column in range(1, COLUMNS + 1):
        if column == COLUMNS or content[column][1][1] != content[start][1][1]:
            color = content[start][1][1]
            if color != BACKGROUND:
                shapes.append(box(start * WIDTH, row * HEIGHT, (column - start) * WIDTH, HEIGHT, color))
            start = column
    return shapes


def marks(content, row):
    shapes, text = [], []

    def flush():
        if text:
            column, style = text[0][0], text[0][2]
            shown = "".join(character for _, character, _ in text)
            if shown.strip():
                extra = (' font-weight="bold"' if style[2] else "") + (' text-decoration="underline"' if style[3] else "")
                shapes.append(f'<text x="{column * WIDTH}" y="{row * HEIGHT + 13}" fill="{style[0]}"{extra} xml:space="preserve" '
                              f'textLength="{len(shown) * WIDTH}" lengthAdjust="spacingAndGlyphs">{html.escape(shown)}</text>')
            text.clear()

    for column, (character, style) in enumerate(content):
        left, top = column * WIDTH, row * HEIGHT
        if character in BLOCKS:
            flush()
            for x0, y0, x1, y1 in BLOCKS[character]:
                shapes.append(box(left + x0 * WIDTH / 8, top + y0 * HEIGHT / 8, (x1 - x0) * WIDTH / 8, (y1 - y0) * HEIGHT / 8, style[0]))
        elif character in LINES:
            flush()
            shapes.append(stroke(left, top, *LINES[character], style[0]))
        elif character == " ":
            flush()
        else:
            if text and text[0][2] != style:
                flush()
            text.append((column, character, style))
    flush()
    return shapes


def box(x, y, width, height, color):
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{color}"/>'


def stroke(left, top, sides, width, color):
    middle_x, middle_y = left + WIDTH / 2, top + HEIGHT / 2
    ends = {"l": (left, middle_y), "r": (left + WIDTH, middle_y), "t": (middle_x, top), "b": (middle_x, top + HEIGHT)}
    first = ends[sides[0]]
    second = ends[sides[1]] if len(sides) > 1 else (middle_x, middle_y)
    straight = len(sides) == 1 or sides in ("lr", "tb")
    bend = "L" if straight else f"Q{middle_x:g} {middle_y:g} "
    smooth = "" if straight else ' shape-rendering="auto"'
    return (f'<path d="M{first[0]:g} {first[1]:g}{bend}{second[0]:g} {second[1]:g}" stroke="{color}" stroke-width="{width}" '
            f'fill="none"{smooth}/>')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--into", default=os.path.dirname(os.path.abspath(__file__)))
    arguments = parser.parse_args()
    program = os.path.abspath(os.environ["TAGBENCH"])

    def write(name, text):
        path = os.path.join(arguments.into, f"{name}.svg")
        with open(path, "w") as file:
            file.write(text)
        print(f"{path}: {os.path.getsize(path) // 1000} kB")

    with tempfile.TemporaryDirectory(prefix="tagbench-screens-") as folder:
        environment = make_library(program, folder)
        with Session(program, environment) as session:
            for name, keys in STILLS:
                write(name, still(session.type(keys, 1.5)))
        with Session(program, environment) as session:
            screens = [session.type(keys, pause) for keys, pause, _, _ in TOUR]
        write("tour", animation(screens, [caption for _, _, caption, _ in TOUR], [seconds for *_, seconds in TOUR]))


if __name__ == "__main__":
    main()
