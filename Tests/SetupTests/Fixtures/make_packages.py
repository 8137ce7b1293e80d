"""Writes packages/tiny-1.0-py3-none-any.whl and packages/other-2.0-py3-none-any.whl.

tiny has a stored file, one deflated with fixed codes, one with codes of its own, one of long
overlapping runs and an empty one; what they hold is computed by ZipArchiveTests again.
"""

import pathlib
import zipfile
import zlib

folder = pathlib.Path(__file__).resolve().parent / "packages"
folder.mkdir(exist_ok=True)


def numbers(count):
    """Bytes without pattern, from a linear congruential generator."""
    state, out = 1, bytearray()
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        out.append(state >> 16 & 255)
    return bytes(out)


def write(name, files):
    with zipfile.ZipFile(folder / name, "w") as archive:
        for path, (data, method) in files.items():
            info = zipfile.ZipInfo(path, (2024, 1, 1, 0, 0, 0))
            archive.writestr(info, data, method, 9)


text = b"".join(b"%d bottles, " % count for count in range(2000))
write("tiny-1.0-py3-none-any.whl", {
    "tiny/stored.bin": (numbers(1000), zipfile.ZIP_STORED),
    "tiny/fixed.txt": (b"short", zipfile.ZIP_DEFLATED),
    "tiny/text.txt": (text, zipfile.ZIP_DEFLATED),
    "tiny/runs.bin": (b"a" * 5000 + b"ab" * 5000 + bytes(40000), zipfile.ZIP_DEFLATED),
    "tiny/random.bin": (numbers(4000), zipfile.ZIP_DEFLATED),
    "tiny/empty.txt": (b"", zipfile.ZIP_DEFLATED),
    "tiny-1.0.dist-info/LICENSE": (b"free", zipfile.ZIP_STORED),
})
write("other-2.0-py3-none-any.whl", {"other/data.txt": (b"other data", zipfile.ZIP_DEFLATED)})
