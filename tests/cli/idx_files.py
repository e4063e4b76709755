"""Small synthetic data sets as IDX files, and damaged copies of them."""
import gzip
import math
import pathlib
import random
import struct

HEIGHT, WIDTH = 12, 10
NAMES = {
    ("train", "images"): "train-images-idx3-ubyte",
    ("train", "labels"): "train-labels-idx1-ubyte",
    ("test", "images"): "t10k-images-idx3-ubyte",
    ("test", "labels"): "t10k-labels-idx1-ubyte",
}


def idx(dims, payload):
    return bytes([0, 0, 8, len(dims)]) + b"".join(struct.pack(">I", d) for d in dims) + bytes(payload)


def blobs(count, seed):
    """Images of one bright blob whose position varies, labelled by its height."""
    generator = random.Random(seed)
    images, labels = bytearray(), bytearray()
    for _ in range(count):
        cy, cx = 3 + 6 * generator.random(), 3 + 4 * generator.random()
        for y in range(HEIGHT):
            for x in range(WIDTH):
                images.append(int(255 * math.exp(-((y - cy) ** 2 + (x - cx) ** 2) / 5)))
        labels.append(1 if cy > 6 else 0)
    return images, labels


def write_dataset(folder, training=300, test=80, compressed=False):
    """The four files in `folder`, which is created. Returns it."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    for split, count, seed in (("train", training, 1), ("test", test, 2)):
        images, labels = blobs(count, seed)
        for kind, content in (("images", idx([count, HEIGHT, WIDTH], images)), ("labels", idx([count], labels))):
            path = folder / NAMES[split, kind]
            if compressed:
                path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, mtime=0))
            else:
                path.write_bytes(content)
    return folder


def idx_of(code, dims, values):
    """An IDX file of another element type: "b", "h", "i", "f" or "d" as in struct."""
    number = {"b": 9, "h": 11, "i": 12, "f": 13, "d": 14}[code]
    return (bytes([0, 0, number, len(dims)]) + b"".join(struct.pack(">I", d) for d in dims) +
            struct.pack(f">{len(values)}{code}", *values))
