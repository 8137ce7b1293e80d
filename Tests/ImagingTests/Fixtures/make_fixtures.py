"""Makes the committed fixtures beside this file: small pictures and the pixels Pillow sees in them.

Needs numpy and Pillow 13. The same run of numbers gives the same files on every computer, as far as
Pillow's encoder does.

- `png.json`: every colour type, depth, interlacing and kind of transparency, written by the small
  encoder below so that the samples are known. The expected pixels are computed from the samples by
  the rules of `decodeImage`, and compared with Pillow's where Pillow follows the same rules.
- `jpeg.json`: kinds of JPEG written by Pillow, with Pillow's pixels.
- `resize.json`: one picture and Pillow's bicubic resizes of it.
"""

import base64
import io
import json
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageOps

from pillow_pixels import over_gray

HERE = pathlib.Path(__file__).parent
SEED = 20260101
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def encoded(data):
    return base64.b64encode(data).decode()


def fixture(name, data, rgb):
    height, width, _ = rgb.shape
    return {
        "name": name,
        "file": encoded(data),
        "width": width,
        "height": height,
        "rgb": encoded(rgb.astype(np.uint8).tobytes()),
    }


def write_json(name, value):
    (HERE / name).write_text(json.dumps(value, indent=0) + "\n")


# PNG


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def scanlines(samples, depth):
    """Packs `height × width × channels` samples to rows, each with filter 0."""
    rows = []
    for row in samples.reshape(samples.shape[0], -1):
        if depth == 16:
            packed = row.astype(">u2").tobytes()
        elif depth == 8:
            packed = row.astype(np.uint8).tobytes()
        else:
            bits = "".join(format(value, f"0{depth}b") for value in row)
            bits += "0" * (-len(bits) % 8)
            packed = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
        rows.append(b"\0" + packed)
    return b"".join(rows)


def png(samples, color_type, depth, interlaced=False, before_pixels=b""):
    height, width = samples.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, int(interlaced))
    if interlaced:
        passes = [samples[y::dy, x::dx] for x, y, dx, dy in ADAM7]
        pixels = b"".join(scanlines(part, depth) for part in passes if part.size)
    else:
        pixels = scanlines(samples, depth)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before_pixels
        + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND", b"")
    )


def eight_bits(samples, depth):
    return samples >> 8 if depth == 16 else samples * 255 // (2**depth - 1)


def laid_over_gray(rgb, alpha):
    rgba = np.concatenate([rgb, alpha[..., None]], axis=2).astype(np.uint8)
    return np.asarray(over_gray(Image.fromarray(rgba, "RGBA")))


def expected(samples, color_type, depth, palette, transparent):
    if color_type == 3:
        index = samples[..., 0]
        rgb = palette[index]
        if transparent is None:
            return rgb
        alpha = np.full(256, 255)
        alpha[: len(transparent)] = transparent
        return laid_over_gray(rgb, alpha[index])
    values = eight_bits(samples, depth)
    channels = samples.shape[2]
    rgb = values[..., :3] if channels >= 3 else values[..., :1].repeat(3, axis=2)
    if channels in (2, 4):
        return laid_over_gray(rgb, values[..., -1])
    if transparent is not None:
        clear = (samples == np.array(transparent)).all(axis=2)
        return laid_over_gray(rgb, np.where(clear, 0, 255))
    return rgb


def png_fixtures():
    random = np.random.default_rng(SEED)
    fixtures = []
    for color_type, channels, depths in [
        (0, 1, [1, 2, 4, 8, 16]), (2, 3, [8, 16]), (3, 1, [1, 2, 4, 8]), (4, 2, [8, 16]), (6, 4, [8, 16]),
    ]:
        for depth in depths:
            samples = random.integers(0, 2**depth, (9, 11, channels))
            palette = random.integers(0, 256, (2**depth, 3)) if color_type == 3 else None
            kinds = [None]
            if color_type == 3:
                kinds.append([0, 77, 255, 200][: 2**depth])
            elif color_type in (0, 2):
                kinds.append([int(value) for value in samples[4, 5]])
            for transparent in kinds:
                chunks = b""
                if palette is not None:
                    chunks += chunk(b"PLTE", palette.astype(np.uint8).tobytes())
                if transparent is not None:
                    form = "B" if color_type == 3 else "H"
                    chunks += chunk(b"tRNS", struct.pack(f">{len(transparent)}{form}", *transparent))
                rgb = expected(samples, color_type, depth, palette, transparent)
                for interlaced in (False, True):
                    name = f"type {color_type}, {depth} bits"
                    name += ", tRNS" if transparent else ""
                    name += ", interlaced" if interlaced else ""
                    data = png(samples, color_type, depth, interlaced, chunks)
                    check_with_pillow(name, data, rgb, color_type, depth, transparent)
                    fixtures.append(fixture(name, data, rgb))
    samples = random.integers(0, 256, (9, 11, 3))
    gamma = chunk(b"gAMA", struct.pack(">I", 100000)) + chunk(b"sRGB", b"\0")
    fixtures.append(fixture("gamma ignored", png(samples, 2, 8, before_pixels=gamma), samples))
    samples = random.integers(0, 256, (9, 11, 4))
    gamma = chunk(b"gAMA", struct.pack(">I", 100000))
    fixtures.append(
        fixture("gamma ignored under transparency", png(samples, 6, 8, before_pixels=gamma),
                expected(samples, 6, 8, None, None)))
    samples = random.integers(0, 256, (9, 11, 3))
    exif = chunk(b"eXIf", b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHH", 1, 0x0112, 3, 1, 6, 0))
    fixtures.append(
        fixture("turned by eXIf", png(samples, 2, 8, before_pixels=exif), np.rot90(samples, -1)))
    return fixtures


def check_with_pillow(name, data, rgb, color_type, depth, transparent):
    if depth == 16 and (color_type == 0 or transparent):
        return  # Pillow clips 16-bit gray, and compares the lower 8 bits of a transparent colour.
    if depth < 8 and color_type == 0 and transparent:
        return  # Pillow compares gray stretched to 8 bits with a transparent gray that is not.
    image = Image.open(io.BytesIO(data))
    if "A" in image.getbands() or transparent:
        image = over_gray(image.convert("RGBA"))
    assert (np.asarray(image.convert("RGB")) == rgb).all(), name


# JPEG


def photo(width, height):
    """Smooth areas, an edge and some noise, in every colour."""
    random = np.random.default_rng(SEED)
    y, x = np.mgrid[0:height, 0:width]
    picture = np.stack([x * 255 / width, y * 255 / height, 255 - (x + y) * 255 / (width + height)], 2)
    picture[(x - width / 2) ** 2 + (y - height / 2) ** 2 < (height / 3) ** 2] = (230, 40, 60)
    picture += random.normal(0, 6, picture.shape)
    return Image.fromarray(picture.clip(0, 255).astype(np.uint8))


def jpeg(image, **options):
    out = io.BytesIO()
    image.save(out, "JPEG", **{"quality": 90, **options})
    return out.getvalue()


def exif_with_orientation(value):
    exif = Image.Exif()
    exif[0x0112] = value
    return exif.tobytes()


def with_adobe_transform(data, value):
    """Declares the colours of a CMYK file: 0 leaves them as they are, 2 makes them YCCK."""
    at = data.index(b"Adobe") + 11
    return data[:at] + bytes([value]) + data[at + 1 :]


def jpeg_fixtures():
    picture = photo(37, 29)
    cmyk = jpeg(picture.convert("CMYK"))
    kinds = {
        "4:4:4": jpeg(picture, subsampling=0),
        "4:2:2": jpeg(picture, subsampling=1),
        "4:2:0": jpeg(picture, subsampling=2),
        "4:1:1": jpeg(picture, subsampling="4:1:1"),
        "progressive": jpeg(picture, progressive=True),
        "optimised": jpeg(picture, optimize=True, quality=60),
        "restart intervals": jpeg(picture, restart_marker_blocks=2),
        "gray": jpeg(picture.convert("L")),
        "kept as RGB": jpeg(picture, keep_rgb=True),
        "CMYK": cmyk,
        "YCCK": with_adobe_transform(cmyk, 2),
        "one pixel": jpeg(photo(1, 1)),
    }
    for value in range(1, 9):
        kinds[f"orientation {value}"] = jpeg(photo(23, 15), exif=exif_with_orientation(value))
    fixtures = []
    for name, data in kinds.items():
        upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
        fixtures.append(fixture(name, data, np.asarray(upright)))
    return fixtures


# Resizing


def resize_fixtures():
    random = np.random.default_rng(SEED)
    source = Image.fromarray(random.integers(0, 256, (47, 61, 3), dtype=np.uint8))
    sizes = [
        (61, 47), (30, 24), (7, 5), (1, 1), (20, 47), (61, 13), (60, 5), (90, 70), (2, 80), (64, 3), (59, 31),
    ]
    results = []
    for size in sizes:
        resized = source.resize(size, Image.Resampling.BICUBIC)
        results.append({"width": size[0], "height": size[1], "rgb": encoded(resized.tobytes())})
    return {
        "width": source.width,
        "height": source.height,
        "rgb": encoded(source.tobytes()),
        "results": results,
    }


if __name__ == "__main__":
    write_json("png.json", png_fixtures())
    write_json("jpeg.json", jpeg_fixtures())
    write_json("resize.json", resize_fixtures())
