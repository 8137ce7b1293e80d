"""Makes the committed fixtures beside this file: small pictures and the pixels Pillow sees in them.

Needs numpy and Pillow 13. The same run of numbers gives the same files on every computer, as far as
Pillow's encoder does.

- `png.json`: every colour type, depth, interlacing and kind of transparency, written by the small
  encoder below so that the samples are known. The expected pixels are computed from the samples by
  the rules of `decodeImage`, and compared with Pillow's where Pillow follows the same rules.
- `jpeg.json`: kinds of JPEG written by Pillow, or by TurboJPEG where Pillow does not write them, with
  Pillow's pixels.
- `reduced.json`: most of these, with Pillow's pixels at a half, a quarter and an eighth of their size.
- `gif.json`, `bmp.json`, `webp.json`: kinds of these, written by Pillow or by the small encoders below,
  with Pillow's pixels.
- `heic.json`: HEIC files written by `heif-enc` (Debian's libheif-examples), with the pixels that went in.
- `resize.json`: one picture and Pillow's bicubic resizes of it.
"""

import base64
import ctypes
import io
import json
import pathlib
import struct
import subprocess
import tempfile
import zlib

import numpy as np
from PIL import Image, ImageOps

from pillow_pixels import over_gray, upright_rgb

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
    # Text and a profile that would take 20 MB each, were anybody to look at them.
    bomb = zlib.compress(bytes(20_000_000), 9)
    bombs = chunk(b"zTXt", b"Comment\0\0" + bomb) + chunk(b"iCCP", b"name\0\0" + bomb)
    samples = random.integers(0, 256, (9, 11, 3))
    fixtures.append(fixture("text and profile unread", png(samples, 2, 8, before_pixels=bombs), samples))
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


def turbo_jpeg(image, subsampling):
    """A JPEG with one of TurboJPEG's numbers for kinds of subsampling."""
    turbo = ctypes.CDLL("libturbojpeg.so.0")
    turbo.tjInitCompress.restype = ctypes.c_void_p
    out, size = ctypes.POINTER(ctypes.c_ubyte)(), ctypes.c_ulong()
    handle = ctypes.c_void_p(turbo.tjInitCompress())
    status = turbo.tjCompress2(
        handle, image.tobytes(), image.width, 0, image.height, 0, ctypes.byref(out), ctypes.byref(size),
        subsampling, 90, 0)
    assert status == 0
    return ctypes.string_at(out, size.value)


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
        "4:1:1": turbo_jpeg(picture, 5),
        "4:4:0": turbo_jpeg(picture, 4),
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
    return with_pixels_of_pillow(kinds)


def reduced_fixtures(jpegs):
    """One orientation stands for all: the picture is turned after it was decoded."""
    fixtures = []
    for jpeg in jpegs:
        if jpeg["name"] == "one pixel" or jpeg["name"][:-1] == "orientation " and jpeg["name"][-1] != "6":
            continue
        data = base64.b64decode(jpeg["file"])
        for divisor in (2, 4, 8):
            rgb = np.asarray(upright_rgb(io.BytesIO(data), divisor))
            fixtures.append(fixture(f"{jpeg['name']} at 1/{divisor}", data, rgb))
    return fixtures


def with_pixels_of_pillow(kinds):
    return [fixture(name, data, np.asarray(upright_rgb(io.BytesIO(data)))) for name, data in kinds.items()]


# GIF


def gif(image, screen=None, at=(0, 0), **options):
    """A GIF by Pillow; `screen` is another size to announce, `at` another place for the frame."""
    out = io.BytesIO()
    image.save(out, "GIF", **options)
    data = bytearray(out.getvalue())
    if screen:
        data[6:10] = struct.pack("<HH", *screen)
    frame = data.index(b",", 13 + (3 << (data[10] & 7) + 1 if data[10] & 128 else 0))
    data[frame + 1 : frame + 5] = struct.pack("<HH", *at)
    return bytes(data)


def with_local_colors(data):
    """Moves the colours of the file to its frame."""
    bits = data[10] & 7
    colors = data[13 : 13 + (6 << bits)]
    rest = data[13 + (6 << bits) :]
    frame = rest.index(b",")
    return (
        data[:10] + bytes([data[10] & 0x7F]) + data[11:13] + rest[: frame + 9]
        + bytes([rest[frame + 9] | 0x80 | bits]) + colors + rest[frame + 10 :])


def gif_fixtures():
    small = photo(37, 29)
    indexed = small.quantize(50)
    noisy = Image.fromarray(np.random.default_rng(SEED).integers(0, 256, (90, 80), dtype=np.uint8))
    noisy.putpalette(np.random.default_rng(SEED).integers(0, 256, 768, dtype=np.uint8).tobytes())
    few = small.quantize(3)
    others = [photo(37, 29).rotate(90 * turn).quantize(50) for turn in (1, 2)]
    return with_pixels_of_pillow({
        "GIF": gif(indexed, interlace=0),
        "GIF interlaced": gif(indexed, interlace=1),
        "GIF with a full table of codes": gif(noisy, interlace=0),
        "GIF of 4 colours": gif(few),
        "GIF of 2 grays": gif(small.convert("1")),
        "GIF of grays": gif(small.convert("L")),
        "GIF transparent": gif(indexed, transparency=7),
        "GIF with the colours in the frame": with_local_colors(gif(indexed)),
        "GIF on a larger screen": gif(indexed, screen=(50, 40), at=(6, 3)),
        "GIF transparent on a larger screen": gif(indexed, screen=(50, 40), at=(6, 3), transparency=7),
        "GIF beyond its screen": gif(indexed, screen=(30, 20), at=(5, 0)),
        "GIF of grays on a larger screen": gif(small.convert("L"), screen=(50, 40)),
        "GIF with three frames": gif(indexed, save_all=True, append_images=others, comment=b"one, two; three"),
        "GIF of one pixel": gif(photo(1, 1).quantize(2)),
    })


# BMP


def padded_rows(rows):
    return b"".join(row + bytes(-len(row) % 4) for row in rows)


def bmp(width, height, bits, pixels, colors=b"", header=40, compression=0, masks=(), count=0, offset=None):
    """A BMP; `height` is negative where the first row comes first, `masks` follow a short header."""
    if header == 12:
        fields = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        fields = struct.pack(
            "<IIiHHIIIIII", header, width, height, 1, bits, compression, len(pixels), 2835, 2835, count, 0)
        packed = struct.pack(f"<{len(masks)}I", *masks)
        fields += packed if header == 40 else packed.ljust(header - 40, b"\0")
    start = 14 + len(fields) + len(colors)
    file = b"BM" + struct.pack("<IHHI", start + len(pixels), 0, 0, start if offset is None else offset)
    return file + fields + colors + pixels


def bmp_fixtures():
    random = np.random.default_rng(SEED)
    width, height = 21, 10
    kinds = {}
    for bits in (1, 4, 8):
        numbers = random.integers(0, 2**bits, (height, width))
        rows = padded_rows(scanlines(numbers[i : i + 1, :, None], bits)[1:] for i in range(height))
        table = random.integers(0, 256, (2**bits, 4), dtype=np.uint8)
        colors = table.tobytes()
        kinds[f"BMP {bits} bits"] = bmp(width, height, bits, rows, colors)
        kinds[f"BMP {bits} bits, first row first"] = bmp(width, -height, bits, rows, colors)
        kinds[f"BMP {bits} bits, OS/2"] = bmp(
            width, height, bits, rows, table[:, :3].tobytes(), header=12)
        kinds[f"BMP {bits} bits, without place of pixels"] = bmp(width, height, bits, rows, colors, offset=0)
        kinds[f"BMP {bits} bits, colours forgotten"] = bmp(width, height, bits, rows, colors, offset=54)
    few = random.integers(0, 20, (height, width))
    rows = padded_rows(bytes(row) for row in few.astype(np.uint8))
    kinds["BMP 8 bits, 20 colours"] = bmp(width, height, 8, rows, colors[:80], count=20)
    for bits, masks in [
        (16, []), (16, [0xF800, 0x7E0, 0x1F]), (16, [0x7C00, 0x3E0, 0x1F]), (24, []), (32, []),
        (24, [0xFF0000, 0xFF00, 0xFF]), (32, [0xFF0000, 0xFF00, 0xFF, 0]),
        (32, [0xFF000000, 0xFF0000, 0xFF00, 0]), (32, [0xFF000000, 0xFF00, 0xFF, 0]),
        (32, [0xFF000000, 0xFF0000, 0xFF00, 0xFF]), (32, [0xFF, 0xFF00, 0xFF0000, 0xFF000000]),
        (32, [0xFF0000, 0xFF00, 0xFF, 0xFF000000]), (32, [0xFF000000, 0xFF00, 0xFF, 0xFF0000]),
        (32, [0, 0, 0, 0]),
    ]:
        rows = padded_rows(random.bytes(width * bits // 8) for _ in range(height))
        places = " ".join(f"{mask:x}" for mask in masks)
        compression = 3 if masks else 0
        if len(masks) < 4 or masks[3] == 0:
            kinds[f"BMP {bits} bits {places}, short header"] = bmp(
                width, height, bits, rows, compression=compression, masks=masks[:3])
        for header in (56, 64, 108, 124):
            kinds[f"BMP {bits} bits {places}, header of {header}"] = bmp(
                width, height, bits, rows, header=header, compression=compression, masks=masks)
    # The last row is padded for reading, not for the format.
    kinds["BMP 24 bits, last row unpadded"] = kinds["BMP 24 bits , short header"][:-1]
    runs8 = (
        bytes([21, 3, 0, 0]) + bytes([5, 9, 0, 5, 1, 2, 3, 4, 5, 0, 11, 200, 0, 0])
        + bytes([0, 2, 7, 1]) + bytes([14, 77, 0, 0]) + bytes([40, 8, 0, 0]) * 5 + bytes([21, 1, 0, 1]))
    kinds["BMP runs of 8 bits"] = bmp(width, height, 8, runs8, colors, compression=1)
    kinds["BMP runs of 8 bits, first row first"] = bmp(width, -height, 8, runs8, colors, compression=1)
    runs4 = (
        bytes([21, 0x37, 0, 0]) + bytes([5, 0x9A, 0, 5, 0x12, 0x34, 0x50, 0, 11, 0xC8, 0, 0])
        + bytes([0, 2, 7, 1]) + bytes([14, 0x77, 0, 0]) + bytes([40, 0x81, 0, 0]) * 5 + bytes([21, 0x10, 0, 1]))
    colors4 = random.integers(0, 256, (16, 4), dtype=np.uint8).tobytes()
    kinds["BMP runs of 4 bits"] = bmp(width, height, 4, runs4, colors4, compression=2)
    return with_pixels_of_pillow(kinds)


# WebP


def webp(image, **options):
    out = io.BytesIO()
    image.save(out, "WEBP", **options)
    return out.getvalue()


def webp_fixtures():
    picture = photo(37, 29)
    clear = picture.copy()
    clear.putalpha(picture.convert("L"))
    half = Image.new("RGBA", (37, 29))
    half.paste(clear.crop((0, 0, 11, 13)), (8, 6))
    kinds = {
        "WebP lossy": webp(picture, quality=80),
        "WebP lossless": webp(picture, lossless=True),
        "WebP lossy with transparency": webp(clear, quality=80),
        "WebP lossless with transparency": webp(clear, lossless=True, exact=True),
        "WebP with three frames": webp(picture, save_all=True, append_images=[picture.rotate(90)] * 2, lossless=True),
        "WebP with a small first frame": webp(half, save_all=True, append_images=[clear], lossless=True),
        "WebP of one pixel": webp(photo(1, 1), lossless=True),
    }
    for value in (1, 3, 5, 6, 8):
        kinds[f"WebP orientation {value}"] = webp(photo(23, 15), lossless=True, exif=exif_with_orientation(value))
    kinds["WebP orientation without the mark of JPEG"] = webp(
        photo(23, 15), lossless=True, exif=exif_with_orientation(6).removeprefix(b"Exif\0\0"))
    return with_pixels_of_pillow(kinds)


# HEIC


def heic(image):
    with tempfile.TemporaryDirectory() as folder:
        image.save(f"{folder}/in.png")
        subprocess.run(
            ["heif-enc", "-q", "95", "-p", "chroma=444", "-o", f"{folder}/out.heic", f"{folder}/in.png"],
            check=True, capture_output=True)
        return pathlib.Path(f"{folder}/out.heic").read_bytes()


def heic_fixtures():
    picture = photo(64, 48)
    clear = picture.copy()
    clear.putalpha(picture.convert("L"))
    return [
        fixture("HEIC", heic(picture), np.asarray(picture)),
        fixture("HEIC with transparency", heic(clear), np.asarray(over_gray(clear))),
    ]


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
    jpegs = jpeg_fixtures()
    write_json("jpeg.json", jpegs)
    write_json("reduced.json", reduced_fixtures(jpegs))
    write_json("gif.json", gif_fixtures())
    write_json("bmp.json", bmp_fixtures())
    write_json("webp.json", webp_fixtures())
    write_json("heic.json", heic_fixtures())
    write_json("resize.json", resize_fixtures())
