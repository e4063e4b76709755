"""Writes PNG files without an image library, and folders of them."""
import math
import pathlib
import random
import struct
import zlib

CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}  # PNG colour types: grey, RGB, grey and alpha, RGBA


def png(width, height, samples, colour=0, depth=8):
    """The bytes of a PNG file; `samples` are ordered by row, then column, then channel."""
    code = "B" if depth == 8 else "H"
    row = width * CHANNELS[colour]
    lines = b"".join(b"\0" + struct.pack(f">{row}{code}", *samples[y * row:(y + 1) * row]) for y in range(height))

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def blob(generator, height, width, high):
    """A bright blob in the upper or lower half."""
    cy, cx = height * (0.3 if high else 0.7) + 2 * generator.random(), width * (0.2 + 0.6 * generator.random())
    return [int(255 * math.exp(-((y - cy) ** 2 + (x - cx) ** 2) / 8)) for y in range(height) for x in range(width)]


def write_pictures(folder, count=300, height=20, width=16, classes=("high", "low"), seed=1):
    """`count` grey PNGs in a subfolder per class, or in `folder` itself without classes. Returns the folder."""
    folder = pathlib.Path(folder)
    generator = random.Random(seed)
    for i in range(count):
        name = classes[i % len(classes)] if classes else ""
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / f"{i:04}.png").write_bytes(png(width, height, blob(generator, height, width, i % 2 == 0)))
    return folder
