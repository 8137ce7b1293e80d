"""Writes widths.tsv: display widths by the Python package wcwidth, for DisplayWidthTests.

    pip install wcwidth==0.9.4 && python make_widths.py

Lines: first and last code point (hexadecimal) and the width of each between; then sequences as text and their
width. The package tells the same for every computer, unlike the C library.
"""

import pathlib

from wcwidth import wcswidth, wcwidth

SEQUENCES = [
    "daisy", "日本語", "한국어", "ﾊﾝｶｸ", "ＡＢＣ", "e\u0301", "ä̈", "ท้องฟ้า", "שלום", "مرحبا",
    "👍", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "🇩🇪🇫🇷", "❤️", "1️⃣", "☝🏽", "⌚", "✈", "🌻 daisy.jpg",
]

lines = []
start, width = 0, wcwidth(chr(0))
for point in range(1, 0x110000):
    # Surrogates are no characters.
    current = None if 0xD800 <= point <= 0xDFFF else wcwidth(chr(point))
    if current != width:
        if width is not None:
            lines.append(f"{start:X}\t{point - 1:X}\t{width}")
        start, width = point, current
lines.append(f"{start:X}\t{0x10FFFF:X}\t{width}")
lines += [f"{text}\t{wcswidth(text)}" for text in SEQUENCES]
pathlib.Path(__file__).with_name("widths.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
