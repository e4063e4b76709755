"""IDX files as data sets have them: other names and folders, labels of other types, pairs of sets, transposed images."""
import csv
import gzip
import json
import struct

from idx_files import HEIGHT, WIDTH, blobs, idx, idx_of, write_dataset
from loom_program import DENSE, Case, start
from png_files import png

COUNT = 120


class IdxFiles(Case):
    def train_once(self, data, *more):
        """Standard error and `loom info` of a training that must succeed."""
        self.out = self.folder / "m.safetensors"
        self.out.unlink(missing_ok=True)
        process = start("train", DENSE, "--data", data, "--out", self.out, "--epochs", 1, "--hidden", 8,
                        "--validation", 5, *more)
        _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, err)
        return err, json.loads(self.loom("info", self.out, "--json"))

    def labels_of(self, data, *more):
        codes = self.folder / "codes.csv"
        self.loom("encode", self.out, "--data", data, "--out", codes, *more)
        return {int(row["label"]) for row in csv.DictReader(codes.read_text().splitlines())}

    def refused_train(self, data, *words):
        return self.refused("train", DENSE, "--data", data, "--out", self.folder / "refused.safetensors", words=words)

    def write(self, name, *files):
        folder = self.folder / name
        folder.mkdir()
        for file, content in files:
            (folder / file).write_bytes(content)
        return folder

    def test_labels_of_other_types(self):
        images, labels = blobs(COUNT, 1)
        pixels = gzip.compress(idx([COUNT, HEIGHT, WIDTH], images))
        columns = [value for label in labels for value in (label, 7, 9)]
        kinds = {"int-columns": ("labels-idx2-int", idx_of("i", [COUNT, 3], columns)),
                 "int": ("labels-idx1-int", idx_of("i", [COUNT], labels)),
                 "short": ("labels-idx1-short", idx_of("h", [COUNT], labels)),
                 "byte-columns": ("labels-idx2-ubyte", idx([COUNT, 3], columns)),
                 "signed": ("labels-idx1-byte", idx_of("b", [COUNT], labels))}
        for name, (file, content) in kinds.items():
            for stored in (content, gzip.compress(content)):
                with self.subTest(name, packed=stored is not content):
                    data = self.write(f"{name}{len(stored)}", ("qmnist-train-images-idx3-ubyte", pixels),
                                      (f"qmnist-train-{file}", stored))
                    self.train_once(data)
                    self.assertEqual(self.labels_of(data), {0, 1})

    def test_labels_that_cannot_be_read_are_named(self):
        images, labels = blobs(COUNT, 1)
        data = self.write("data", ("a-images-idx3-ubyte", idx([COUNT, HEIGHT, WIDTH], images)))
        bad = data / "a-labels-idx2-int"
        for content, words in ((idx_of("i", [COUNT], [256] * COUNT), ["label 0", "255"]),
                               (idx_of("i", [COUNT], [-1] * COUNT), ["label 0", "255"]),
                               (idx_of("i", [COUNT, 3], labels), ["labels (120, 3)", "1440 bytes"]),
                               (idx_of("i", [7], [0] * 7), ["120 images", "7 labels"])):
            bad.write_bytes(content)
            self.refused_train(data, "a-labels-idx2-int", *words)
        bad.unlink()
        self.assertIn("no labels beside these images", self.train_once(data)[0])

    def test_images_of_other_types_are_named(self):
        images, _ = blobs(COUNT, 1)
        kinds = ((idx_of("i", [COUNT, HEIGHT, WIDTH], images), ["32-bit integer", "3 dimensions"]),
                 (idx_of("f", [COUNT, HEIGHT, WIDTH], images), ["32-bit floating point", "unsigned byte"]),
                 (idx([COUNT, HEIGHT, WIDTH, 1], images), ["4 dimensions"]),
                 (bytes([0, 0, 8, 3]) + struct.pack("<III", COUNT, HEIGHT, WIDTH) + images, ["little-endian"]))
        for i, (content, words) in enumerate(kinds):
            data = self.write(f"data{i}", ("images-idx", content))
            for path in (data, data / "images-idx"):
                self.refused_train(path, "images-idx: ", *words)

    def test_files_in_folders(self):
        plain = write_dataset(self.folder / "plain")
        expected = self.train_once(plain)[1]["provenance"]["dataset_images_sha256"]
        for place in ("MNIST/raw", "raw", "a/b", "archive"):
            with self.subTest(place):
                data = self.folder / f"in-{place.replace('/', '-')}"
                (data / place).parent.mkdir(parents=True)
                write_dataset(data / place)
                info = self.train_once(data)[1]
                self.assertEqual(info["provenance"]["dataset_images_sha256"], expected)
                self.assertEqual(info["encoded_test_images"], 80)
        named = self.folder / "named"
        for path in plain.iterdir():
            (named / path.name).mkdir(parents=True)
            (named / path.name / path.name).write_bytes(path.read_bytes())
        info = self.train_once(named)[1]
        self.assertEqual(info["provenance"]["dataset_images_sha256"], expected)
        self.assertEqual(info["encoded_test_images"], 80)

    def sets(self, name, words, prefix="letters-", ending=""):
        files = []
        for word, count in zip(words, (COUNT, 30)):
            images, labels = blobs(count, count)
            files.append((f"{prefix}{word}-images-idx3-ubyte{ending}", idx([count, HEIGHT, WIDTH], images)))
            files.append((f"{prefix}{word}-labels-idx1-ubyte{ending}", idx([count], [l + 1 for l in labels])))
        return self.write(name, *files)

    def test_pairs_of_sets(self):
        for i, (words, prefix, ending) in enumerate([(("train", "test"), "emnist-letters-", ""), (("train", "t10k"), "k49-", ""),
                                                     (("train", "t10k"), "", ".idx"), (("train", "test"), "x.", "")]):
            data = self.sets(f"data{i}", words, prefix, ending)
            image_file = data / f"{prefix}{words[0]}-images-idx3-ubyte{ending}"
            test_file = data / f"{prefix}{words[1]}-images-idx3-ubyte{ending}"
            for path in (data, image_file, test_file):
                with self.subTest(path.name):
                    self.assertEqual(self.train_once(path)[1]["encoded_test_images"], 30)
                    self.assertEqual(self.labels_of(path), {1, 2})
        both = self.sets("both", ("train", "test"))
        for path in self.sets("other", ("train", "test"), "balanced-").iterdir():
            path.rename(both / path.name)
        self.refused_train(both, "4 IDX files of images", "name the file of images")
        self.assertEqual(self.train_once(both / "letters-train-images-idx3-ubyte")[1]["encoded_test_images"], 30)

    def test_class_names_from_a_mapping(self):
        data = self.sets("data", ("train", "test"))
        mapping = data / "letters-mapping.txt"
        for lines, names in (("1 65 97\n2 66 98\n", ["0", "Aa", "Bb"]), ("0 48\r\n1 49\r\n2 50\r\n", ["0", "1", "2"]),
                             ("2 233\n\n1 90\n", ["0", "Z", "é"])):
            mapping.write_text(lines, newline="")
            self.assertEqual(self.train_once(data)[1]["model"]["class_names"], names)
        for lines, words in (("1 65\n", ["no line for label 2"]), ("1 x\n", ["a line is no label"]), ("99 65\n", ["0 to 63"]),
                             ("1 27\n2 66\n", ["a line is no label"])):
            mapping.write_text(lines)
            self.refused_train(data, "letters-mapping.txt", *words)

    def test_transpose_and_invert(self):
        data = self.sets("data", ("train", "test"))
        turned = self.folder / "turned"
        turned.mkdir()
        for path in data.iterdir():
            content = path.read_bytes()
            if "images" in path.name:
                count = struct.unpack(">I", content[4:8])[0]
                pixels = content[16:]
                size = HEIGHT * WIDTH
                content = idx([count, WIDTH, HEIGHT], [255 - pixels[n * size + y * WIDTH + x] for n in range(count)
                                                       for x in range(WIDTH) for y in range(HEIGHT)])
            (turned / path.name).write_bytes(content)
        plain = self.train_once(data)[1]["provenance"]["dataset_images_sha256"]
        info = self.train_once(turned, "--transpose", "--invert")[1]
        self.assertEqual(info["provenance"]["dataset_images_sha256"], plain)
        self.assertEqual(info["model"]["image"], [1, HEIGHT, WIDTH])
        self.assertIn("--data DIR --transpose --invert --out", self.out.with_suffix(".md").read_text())
        self.assertEqual(self.labels_of(turned, "--transpose", "--invert"), {1, 2})

    def test_ink_on_a_transparent_background(self):
        data = self.folder / "data"
        data.mkdir()
        for i in range(60):
            ink = [255 * ((x + i) % 16 < 8) for y in range(20) for x in range(16)]
            (data / f"{i:02}.png").write_bytes(png(16, 20, [v for alpha in ink for v in (0, 0, 0, alpha)], colour=6))
        white = self.folder / "white"
        white.mkdir()
        for i in range(60):
            (white / f"{i:02}.png").write_bytes(png(16, 20, [255 * ((x + i) % 16 < 8) for y in range(20) for x in range(16)]))
        self.assertIn("empty images, the same grey everywhere: 60 of 60; --invert shows", self.train_once(data)[0])
        hashes = [self.train_once(data, "--invert")[1], self.train_once(white)[1]]
        self.assertEqual(*(info["provenance"]["dataset_images_sha256"] for info in hashes))
        (white / "empty.png").write_bytes(png(16, 20, [7] * 320))
        err = self.train_once(white)[0]
        self.assertIn("empty images, the same grey everywhere: 1 of", err)
        self.assertIn("--invert", err)
