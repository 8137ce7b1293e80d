"""Answers with Pillow's pixels, for tests that compare ours with them over many files.

Each line on standard input is a request: a path, optionally followed by a tab and `WIDTHxHEIGHT`
to resize to. The answer is a line `ok WIDTH HEIGHT` and the RGB bytes, or a line `error NAME`.
"""

import sys
import warnings

import numpy as np
from PIL import Image, ImageOps

GRAY = (128, 128, 128)
Image.MAX_IMAGE_PIXELS = 100_000_000


def over_gray(image):
    """Lays RGBA over neutral gray in the file's own values."""
    base = Image.new("RGB", image.size, GRAY)
    base.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return base


def gray_of_16_bits(image):
    """Cuts 16-bit gray to its upper 8 bits; Pillow's own conversion clips everything above 255."""
    values = np.asarray(image).astype(np.uint16)
    gray = (values >> 8).astype(np.uint8)
    transparent = image.info.get("transparency")
    if transparent is not None:
        gray[values == transparent] = 128
    return Image.fromarray(gray).convert("RGB")


def upright_rgb(path, divisor=1):
    """The pixels of a file; those of a JPEG at a half, a quarter or an eighth of its size, if asked."""
    with Image.open(path) as image:
        if image.format not in ("JPEG", "PNG", "GIF", "BMP", "WEBP"):
            raise ValueError("another kind of file")
        image.draft(None, (image.width // divisor, image.height // divisor))
        upright = ImageOps.exif_transpose(image)
        upright.info = {**image.info, **upright.info}
        if upright.mode.startswith("I;16"):
            return gray_of_16_bits(upright)
        if "A" in upright.getbands() or "transparency" in upright.info:
            return over_gray(upright.convert("RGBA"))
        return upright.convert("RGB")


def main():
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        path, _, size = line.rstrip("\n").partition("\t")
        try:
            image = upright_rgb(path)
            if size:
                width, height = map(int, size.split("x"))
                image = image.resize((width, height), Image.Resampling.BICUBIC)
            sys.stdout.buffer.write(f"ok {image.width} {image.height}\n".encode() + image.tobytes())
        except Exception as error:  # Whatever Pillow says, it could not read the file.
            sys.stdout.buffer.write(f"error {type(error).__name__}\n".encode())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
