"""CSV tables and NumPy's arrays as data sets, in the forms in which they are downloaded."""
import gzip
import io
import json
import struct
import zipfile
import zlib

from idx_files import HEIGHT, WIDTH, blobs, idx
from loom_program import DENSE, Case, start

COUNT, SIDE = 120, 10
IMAGES, LABELS = blobs(COUNT, 1)


def square(pixels):
    """The images cut to SIDE x SIDE, because tables hold square ones."""
    size = HEIGHT * WIDTH
    return [pixels[n * size + y * WIDTH + x] for n in range(len(pixels) // size) for y in range(SIDE) for x in range(SIDE)]


SQUARE = square(IMAGES)


def npy(values, shape, descr="|u1", order=False, version=1):
    code = {"|u1": "B", "|i1": "b", "<i4": "i", "<i8": "q", ">u2": "H", "<f4": "f", "<f8": "d", ">f4": "f"}[descr]
    sign = ">" if descr[0] == ">" else "<"
    header = f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': ({', '.join(map(str, shape))},), }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    length = struct.pack("<H" if version == 1 else "<I", len(header))
    return b"\x93NUMPY" + bytes([version, 0]) + length + header.encode() + struct.pack(f"{sign}{len(values)}{code}", *values)


def npz(arrays, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as file:
        for name, content in arrays.items():
            file.writestr(name + ".npy", content)
    return out.getvalue()


def table(pixels, labels=None, header=True, last=False, separator=",", end="\n"):
    size = SIDE * SIDE
    names = [f"pixel{i}" for i in range(size)]
    rows = []
    for n in range(len(pixels) // size):
        cells = [str(v) for v in pixels[n * size:(n + 1) * size]]
        label = [] if labels is None else [str(labels[n])]
        rows.append(separator.join(cells + label if last else label + cells))
    named = names + ["label"] if last else ["label"] + names
    return (([separator.join(named if labels is not None else names)] if header else []) + rows, end)


def text(rows_and_end):
    rows, end = rows_and_end
    return (end.join(rows) + end).encode()


class Arrays(Case):
    def train_once(self, data, *more):
        """Standard error and the record of a training that must succeed."""
        self.out = self.folder / "m.safetensors"
        self.out.unlink(missing_ok=True)
        process = start("train", DENSE, "--data", data, "--out", self.out, "--epochs", 1, "--hidden", 8, "--validation", 5, *more)
        _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, err)
        info = json.loads(self.loom("info", self.out, "--json"))
        return err, info["provenance"]["dataset_images_sha256"], info["model"]["image"]

    def refused_train(self, data, *words):
        return self.refused("train", DENSE, "--data", data, "--out", self.folder / "m.safetensors", words=words)

    def write(self, name, **files):
        folder = self.folder / name
        folder.mkdir()
        for file, content in files.items():
            (folder / file.replace("__", ".")).write_bytes(content)
        return folder

    def wanted(self):
        """What the same images give as IDX files."""
        data = self.folder / "idx"
        if not data.exists():
            data.mkdir()
            (data / "a-images-idx3-ubyte").write_bytes(idx([COUNT, SIDE, SIDE], SQUARE))
            (data / "a-labels-idx1-ubyte").write_bytes(idx([COUNT], LABELS))
        return self.train_once(data)[1:]

    def test_tables(self):
        wanted = self.wanted()
        forms = {"kaggle": table(SQUARE, LABELS), "no header": table(SQUARE, LABELS, header=False),
                 "label last": table(SQUARE, LABELS, last=True), "semicolons": table(SQUARE, LABELS, separator=";"),
                 "windows": table(SQUARE, LABELS, end="\r\n"), "tabs": table(SQUARE, LABELS, separator="\t")}
        for name, form in forms.items():
            for stored in (text(form), gzip.compress(text(form))):
                with self.subTest(name, packed=stored[:2] == b"\x1f\x8b"):
                    path = self.folder / ("t.csv.gz" if stored[:2] == b"\x1f\x8b" else "t.csv")
                    path.write_bytes(stored)
                    err, *got = self.train_once(path)
                    self.assertEqual(got, list(wanted))
                    self.assertNotIn("no labels", err)
                    path.unlink()
        self.assertIn("no labels with these images", self.train_once(self.write("plain", t__csv=text(table(SQUARE))))[0])
        cells = [[f'"{cell}"' for cell in row.split(",")] for row in table(SQUARE, LABELS)[0]]
        quoted = self.write("quoted", t__csv=b"\xef\xbb\xbf" + "\n".join(map(",".join, cells)).encode())
        self.assertEqual(list(self.train_once(quoted)[1:]), list(wanted))

    def test_tables_of_two_sets(self):
        half = COUNT // 2 * SIDE * SIDE
        folder = self.write("two", **{"fashion-mnist_train__csv": text(table(SQUARE[:half], LABELS[:COUNT // 2])),
                                      "fashion-mnist_test__csv": text(table(SQUARE[half:], LABELS[COUNT // 2:]))})
        for data in (folder, folder / "fashion-mnist_train.csv", folder / "fashion-mnist_test.csv"):
            with self.subTest(data.name):
                self.train_once(data)
                lines = self.loom("evaluate", self.out, "--data", data, "--json")
                self.assertEqual(json.loads(lines)["images"], COUNT - COUNT // 2)

    def test_bad_tables_are_named(self):
        rows, _ = table(SQUARE, LABELS)
        def cell(row, column, value):
            cells = rows[row].split(",")
            cells[column] = value
            return text((rows[:row] + [",".join(cells)] + rows[row + 1:], "\n"))
        cases = {"256": ("row 3, column 5", "'256'", "0 to 255"), "0.5": ("'0.5'",), "-1": ("'-1'",), "": ("''",), "x": ("'x'",)}
        for value, words in cases.items():
            with self.subTest(value):
                self.refused_train(self.write(f"bad{value}", t__csv=cell(2, 4, value)), *words)
        short = text((rows[:5] + [rows[5].rsplit(",", 1)[0]] + rows[6:], "\n"))
        self.refused_train(self.write("short", t__csv=short), "row 6 has 100 values", "expected 101")
        self.refused_train(self.write("odd", t__csv=b"a,b,c\n1,2,3\n"), "3 values in a row", "such as 785")
        self.refused_train(self.write("empty", t__csv=b""), "no rows")
        self.refused_train(self.write("several", a__csv=text((rows, "\n")), b__csv=text((rows, "\n"))), "a.csv", "b.csv")

    def test_arrays(self):
        wanted = list(self.wanted())
        shapes = [(COUNT, SIDE, SIDE), (COUNT, SIDE * SIDE), (COUNT, SIDE, SIDE, 1), (COUNT, 1, SIDE, SIDE)]
        for shape in shapes:
            for labels in ((COUNT,), (COUNT, 1)):
                with self.subTest(shape=shape, labels=labels):
                    data = self.write(f"n{len(shape)}{shape[1]}{len(labels)}", images__npy=npy(SQUARE, shape), labels__npy=npy(LABELS, labels, "<i8"))
                    self.assertEqual(list(self.train_once(data)[1:]), wanted)
        for descr in ("|u1", "<i4", "<i8", ">u2", "<f4", "<f8", ">f4"):
            for version in (1, 2):
                with self.subTest(descr, version=version):
                    data = self.write(f"t{descr[1:]}{descr[0] == '>'}{version}", x__npy=npy(SQUARE, shapes[0], descr, version=version),
                                      y__npy=npy(LABELS, (COUNT,), "|i1"))
                    self.assertEqual(list(self.train_once(data)[1:]), wanted)

    def test_archives_of_arrays(self):
        half = COUNT // 2
        parts = {"train": (SQUARE[:half * SIDE * SIDE], LABELS[:half]), "test": (SQUARE[half * SIDE * SIDE:], LABELS[half:])}
        keras = {f"{'x' if i == 0 else 'y'}_{part}": npy(v, (half, SIDE, SIDE) if i == 0 else (half,)) for part, pair in parts.items()
                 for i, v in enumerate(pair)}
        medmnist = {f"{part}_{'images' if i == 0 else 'labels'}": npy(v, (half, SIDE, SIDE) if i == 0 else (half, 1))
                    for part, pair in [*parts.items(), ("val", parts["test"])] for i, v in enumerate(pair)}
        single = {"X": npy(SQUARE, (COUNT, SIDE * SIDE), "<f4"), "y": npy(LABELS, (COUNT,))}
        hashes = set()
        for name, arrays in {"keras": keras, "medmnist": medmnist, "single": single}.items():
            for compression in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                with self.subTest(name, compression=compression):
                    path = self.folder / f"{name}.npz"
                    path.write_bytes(npz(arrays, compression))
                    err, digest, _ = self.train_once(path)
                    hashes.add((name, digest))
                    self.assertEqual("validation images are not used" in err, name == "medmnist")
                    if name != "single":
                        self.assertEqual(json.loads(self.loom("evaluate", self.out, "--data", path, "--json"))["images"], half)
        self.assertEqual(len(hashes), 3)
        self.assertEqual(len({digest for name, digest in hashes if name != "single"}), 1)

    def test_bad_arrays_are_named(self):
        good = npy(SQUARE, (COUNT, SIDE, SIDE))
        cases = {"half": (npy([v / 255 for v in SQUARE], (COUNT, SIDE, SIDE), "<f4"), "expected whole numbers of 0 to 255", "astype('uint8')"),
                 "colour": (npy(SQUARE * 3, (COUNT, SIDE, SIDE, 3)), "no images among its arrays", "(120, 10, 10, 3)"),
                 "fortran": (npy(SQUARE, (COUNT, SIDE, SIDE), order=True), "Fortran", "ascontiguousarray"),
                 "short": (good[:-1], "elements need", "the file holds"),
                 "header": (good[:40], "ends inside the header"),
                 "text": (good.replace(b"|u1", b"<U9"), "elements of type", "<U9"),
                 "large": (npy([0] * 65 * 65, (1, 65, 65)), "65x65", "expected 1x1 to 64x64"),
                 "negative": (npy([-1] + SQUARE[1:], (COUNT, SIDE, SIDE), "<i4"), "element 0 is -1")}
        for name, (content, *words) in cases.items():
            with self.subTest(name):
                self.refused_train(self.write(name, images__npy=content), *words)
        self.refused_train(self.write("labels", x__npy=good, y__npy=npy(LABELS[1:], (COUNT - 1,))), "120 images", "119 labels")
        self.refused_train(self.write("two", a__npy=good, b__npy=good), "2 arrays that could be the images", "x_train")
        path = self.folder / "m.npz"
        whole = npz({"x": good})
        for name, content, words in (("cut", whole[:-30], ("no directory",)), ("crc", whole.replace(struct.pack("<I", zlib.crc32(good)), bytes(4)), ("checksum",)),
                                     ("bits", whole[:200] + bytes([whole[200] ^ 255]) + whole[201:], ("damaged",)), ("none", npz({}), ("no images",))):
            with self.subTest(name):
                path.write_bytes(content)
                self.refused_train(path, *words)
        self.assertIn("no labels with these images", self.train_once(self.write("plain", images__npy=good))[0])
