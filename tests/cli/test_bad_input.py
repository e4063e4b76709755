"""Bad input gives a clear error and an exit code that is not 0, and leaves no partial files."""
import gzip
import json
import os
import pathlib
import resource
import signal
import struct
import unittest

from idx_files import NAMES, idx, write_dataset
from loom_program import DENSE, ROOT, Case

IMAGES, LABELS = NAMES["train", "images"], NAMES["train", "labels"]


def small_files_only():
    """In the child process: writing beyond 16 kB fails, as on a full disk, instead of killing the program."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16384, 16384))


class BadData(Case):
    def refuse_training(self, data, *words):
        out = self.folder / "out" / "m.safetensors"
        out.parent.mkdir(exist_ok=True)
        self.refused("train", DENSE, "--data", data, "--out", out, "--validation", 40, words=words)
        self.assertEqual(list(out.parent.iterdir()), [])

    def changed(self, name, content):
        data = write_dataset(self.folder / "data")
        (data / name).write_bytes(content((data / name).read_bytes()))
        return data

    def test_missing_folder(self):
        self.refuse_training(self.folder / "nowhere", "nowhere", IMAGES, "fetch-data")

    def test_truncated(self):
        self.refuse_training(self.changed(IMAGES, lambda b: b[:-5]), IMAGES)

    def test_too_long(self):
        self.refuse_training(self.changed(IMAGES, lambda b: b + b"x"), IMAGES)

    def test_truncated_gz(self):
        self.refuse_training(self.changed(IMAGES, lambda b: gzip.compress(b)[:-20]), IMAGES)

    def test_damaged_gz(self):
        self.refuse_training(self.changed(IMAGES, lambda b: gzip.compress(b)[:-6] + b"\0\0\0\0\0\0"), IMAGES)

    def test_labels_for_images(self):
        data = write_dataset(self.folder / "data")
        (data / IMAGES).write_bytes((data / LABELS).read_bytes())
        self.refuse_training(data, IMAGES, "labels")

    def test_counts_disagree(self):
        self.refuse_training(self.changed(LABELS, lambda b: idx([299], b[8:-1])), "300", "299")

    def test_huge_count_in_the_header(self):
        self.refuse_training(self.changed(IMAGES, lambda b: b[:4] + struct.pack(">III", 2**31, 28, 28)), IMAGES)

    def test_gzip_bomb(self):
        self.refuse_training(self.changed(IMAGES, lambda b: gzip.compress(b + bytes(80_000_000))), IMAGES)

    def test_images_of_another_size_than_the_model(self):
        small = write_dataset(self.folder / "data")
        self.train(small, self.folder / "m.safetensors", "--validation", 40)
        other = self.folder / "other"
        other.mkdir()
        for (split, kind), name in NAMES.items():
            (other / name).write_bytes(idx([9, 8, 8], bytes(576)) if kind == "images" else idx([9], bytes(9)))
        self.refused("evaluate", self.folder / "m.safetensors", "--data", other, words=["1x8x8", "1x12x10"])

    def test_mnist_under_the_fashion_name(self):
        mnist = pathlib.Path(os.environ.get("LOOM_DATA", ROOT.parent / "shared/data")) / "mnist"
        if not mnist.exists():
            self.skipTest("no real data: set LOOM_DATA or run tools/fetch-data")
        self.refuse_training(mnist, "MNIST", "Fashion-MNIST")


class BadWeights(Case):
    def setUp(self):
        super().setUp()
        self.data = write_dataset(self.folder / "data")
        self.model = self.folder / "m.safetensors"
        self.train(self.data, self.model, "--validation", 40)
        self.good = self.model.read_bytes()

    def refuse(self, content, *words):
        bad = self.folder / "bad.safetensors"
        bad.write_bytes(content)
        for command in (["info", bad], ["decode", bad, "--z", "0,0", "--out", self.folder / "x.png"],
                        ["evaluate", bad, "--data", self.data]):
            self.refused(*command, words=["bad.safetensors", *words])
        self.assertFalse((self.folder / "x.png").exists())

    def header(self):
        size = struct.unpack("<Q", self.good[:8])[0]
        return json.loads(self.good[8:8 + size]), self.good[8 + size:]

    def with_header(self, header, body):
        text = json.dumps(header).encode()
        text += b" " * (-len(text) % 8)
        return struct.pack("<Q", len(text)) + text + body

    def test_empty_truncated_and_garbage(self):
        self.refuse(b"")
        self.refuse(self.good[:-1])
        self.refuse(self.good[:1000])
        self.refuse(bytes(range(256)) * 40)
        self.refuse(b"\x89PNG\r\n\x1a\n" + bytes(100))

    def test_nan(self):
        header, body = self.header()
        begin = header["decoder.0.weight"]["data_offsets"][0]
        self.refuse(self.with_header(header, body[:begin] + b"\x00\x7e" + body[begin + 2:]), "decoder.0.weight", "NaN")

    def test_foreign_file(self):
        header, body = self.header()
        del header["__metadata__"]
        self.refuse(self.with_header(header, body), "not of a model of this program")

    def test_missing_and_foreign_tensor(self):
        header, body = self.header()
        header["stranger.weight"] = header.pop("encoder.0.bias")
        self.refuse(self.with_header(header, body), "encoder.0.bias", "missing", "stranger.weight")

    def test_oversized(self):
        bad = self.folder / "big.safetensors"
        with bad.open("wb") as file:
            file.truncate(65 << 20)
        self.refused("info", bad, words=["big.safetensors"])

    def test_hostile_layer_sizes(self):
        header, body = self.header()
        model = json.loads(header["__metadata__"]["model"])
        model["decoder"][0]["out"] = 2**20
        header["__metadata__"]["model"] = json.dumps(model)
        self.refuse(self.with_header(header, body), "decoder")


class BadOptions(Case):
    def test_unknown_names(self):
        for arguments in ([], ["trian"], ["train"], ["train", DENSE], ["info"], ["recipes", "--all"],
                          ["info", "x", "--jsn"], ["decode", "x", "--z", "0,0"]):
            with self.subTest(arguments):
                self.refused(*arguments)

    def test_wrong_values(self):
        data = write_dataset(self.folder / "data")
        out = self.folder / "m.safetensors"
        for option, value, word in (("--epochs", 0, "epochs"), ("--epochs", "many", "epochs"), ("--seed", -1, "seed"),
                                    ("--learning-rate", "nan", "learning"), ("--beta", -2, "beta"),
                                    ("--batch-size", 0, "batch"), ("--threads", -1, "threads"),
                                    ("--validation", 300, "300")):
            with self.subTest(option):
                self.refused("train", DENSE, "--data", data, "--out", out, option, value, words=[word])
        self.refused("train", "fashion-magic", "--data", data, "--out", out, words=["fashion-magic", DENSE])
        self.assertEqual([name for name in self.files() if not name.startswith("data")], [])

    def test_wrong_point(self):
        data = write_dataset(self.folder / "data")
        model, out = self.folder / "m.safetensors", self.folder / "x.png"
        self.train(data, model, "--validation", 40)
        for z in ("1", "1,2,3", "a,b", "1,", "nan,0", "inf,0", "1 2", ""):
            with self.subTest(z):
                self.refused("decode", model, f"--z={z}", "--out", out)
        self.assertFalse(out.exists())

    def test_folder_that_cannot_be_written(self):
        data = write_dataset(self.folder / "data")
        self.refused("train", DENSE, "--data", data, "--out", self.folder / "no" / "m.safetensors", "--validation", 40,
                     words=["no/m.safetensors"])

    def test_full_disk(self):
        data = write_dataset(self.folder / "data")
        before = self.files()
        self.refused("train", DENSE, "--data", data, "--out", self.folder / "m.safetensors", "--validation", 40,
                     words=["m.safetensors"], preexec_fn=small_files_only)
        self.assertEqual(self.files(), before)

    def test_full_disk_keeps_the_old_file(self):
        data = write_dataset(self.folder / "data", test=2000)
        model, codes = self.folder / "m.safetensors", self.folder / "codes.csv"
        self.train(data, model, "--validation", 40)
        codes.write_text("precious")
        before = self.files()
        self.refused("encode", model, "--data", data, "--out", codes, words=["codes.csv"], preexec_fn=small_files_only)
        self.assertEqual(codes.read_text(), "precious")
        self.assertEqual(self.files(), before)


if __name__ == "__main__":
    unittest.main()
