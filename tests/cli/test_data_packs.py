"""Data packs: writing, describing, training, and errors."""
import json
import unittest

from idx_files import HEIGHT, WIDTH, write_dataset
from loom_program import DENSE, ROOT, Case, json_lines, start
from png_files import write_pictures

SMALL = ["--validation", 20]
PACKS = ROOT / "weights/data"


class Own(Case):
    def pack(self, data, split, *more):
        out = self.folder / f"{split}.pack"
        self.loom("data", "pack", "--data", data, "--split", split, "--out", out, *more)
        return out

    def test_from_pack_to_card(self):
        data = write_dataset(self.folder / "shapes")
        train = self.pack(data, "train", "--images", 120, "--levels", 16, "--name", "Small shapes", "--licence", "CC0",
                          "--source", "me")
        test = self.pack(data, "test")
        info = json.loads(self.loom("data", "info", train, "--json"))
        self.assertEqual([info[key] for key in ("name", "title", "published", "split", "licence", "source")],
                         ["custom", "Small shapes", False, "train", "CC0", "me"])
        self.assertEqual([info[key] for key in ("images", "levels", "image", "class_names", "labels")],
                         [120, 16, [1, HEIGHT, WIDTH], [], True])
        self.assertEqual(info["original"]["images"], 300)
        self.assertEqual(info["bytes"], train.stat().st_size)
        words = self.loom("data", "info", train)
        for part in ("120 of 300 images of Small shapes (training), 16 grey levels", info["sha256"], "CC0"):
            self.assertIn(part, words)

        model = self.folder / "m.safetensors"
        self.train(train, model, *SMALL, "--test-data", test)
        part = f"120 of 300 images at 16 grey levels of Small shapes (training), pack SHA-256 {info['sha256']}"
        card = model.with_suffix(".md").read_text()
        self.assertIn(f"| data | {part}; 20 of them are kept for validation |", card)
        self.assertIn("Data: Small shapes, CC0, me.", card)
        self.assertIn(f"loom train {DENSE} --data train.pack --test-data test.pack --out m.safetensors", card)
        self.assertIn(info["images_sha256"], card)
        self.assertIn(f"dataset_part: {part}\n", self.loom("info", model))
        self.assertEqual(json_lines(model.with_suffix(".jsonl"))[0]["dataset_part"], part)
        self.assertEqual(json.loads(self.loom("info", model, "--json"))["encoded_test_images"], 80)

        # The test pack is the whole test set unchanged, so its figures are those of the IDX files.
        from_pack = json.loads(self.loom("evaluate", model, "--data", test, "--json"))
        from_files = json.loads(self.loom("evaluate", model, "--data", data, "--json"))
        self.assertIn("all 80 images of shapes (test)", from_pack.pop("dataset_part"))
        self.assertEqual(from_pack, from_files)
        self.loom("encode", model, "--data", test, "--out", self.folder / "codes.csv")
        self.loom("anomaly", model, "--data", train, "--test-data", test, "--by-class")

    def test_without_a_test_set(self):
        data = write_dataset(self.folder / "shapes")
        train, model = self.pack(data, "train"), self.folder / "m.safetensors"
        process = start("train", DENSE, "--data", train, "--out", model, "--epochs", 1, *SMALL)
        err = process.communicate(timeout=120)[1]
        self.assertEqual(process.returncode, 0, err)
        self.assertIn("no test figures", err)
        self.assertIn("--test-data", err)
        self.assertIn("No test set was present", model.with_suffix(".md").read_text())

    def test_the_same_bytes_every_time_and_as_from_the_files(self):
        data = write_dataset(self.folder / "shapes")
        first = self.pack(data, "train").read_bytes()
        self.assertEqual(self.pack(data, "train").read_bytes(), first)
        weights = []
        for name, source in (("a", [data]), ("b", [self.folder / "train.pack", "--test-data", data])):
            model = self.folder / f"{name}.safetensors"
            self.train(*source[:1], model, *SMALL, *source[1:])
            codes = self.folder / f"{name}.npy"
            self.loom("encode", model, "--data", data, "--out", codes)
            weights.append(codes.read_bytes())
        self.assertEqual(weights[0], weights[1])

    def test_pictures_without_classes(self):
        data = write_pictures(self.folder / "pictures", classes=())
        out = self.folder / "p.pack"
        process = start("data", "pack", "--data", data, "--split", "train", "--levels", 8, "--out", out)
        printed, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, err)
        self.assertIn("licence of these images is not known", err)
        self.assertIn("images of pictures (training), 8 grey levels", printed)
        info = json.loads(self.loom("data", "info", out, "--json"))
        self.assertEqual([info["licence"], info["labels"], info["class_names"]], ["", False, []])
        again = self.folder / "again.pack"
        self.loom("data", "pack", "--data", out, "--split", "train", "--images", 10, "--out", again)
        info = json.loads(self.loom("data", "info", again, "--json"))
        self.assertEqual([info["images"], info["levels"], info["labels"]], [10, 8, False])

    def test_refused(self):
        data = write_dataset(self.folder / "shapes")
        train, test = self.pack(data, "train"), self.pack(data, "test")
        model = self.folder / "m.safetensors"
        self.train(data, model, *SMALL, epochs=1)
        self.refused("evaluate", model, "--data", train, words=["train.pack", "training images", "--test-data"])
        self.refused("train", DENSE, "--data", test, "--out", self.folder / "n.safetensors",
                     words=["test.pack", "test images", "training images are expected"])
        self.refused("train", DENSE, "--data", train, "--test-data", self.folder / "none", "--out",
                     self.folder / "n.safetensors", words=["none"])
        self.refused("evaluate", model, "--data", test, "--resize", "5x5", words=["a data pack", "resizing"])
        pack = ["data", "pack", "--data", data, "--split", "train", "--out", self.folder / "x.pack"]
        self.refused(*pack, "--images", 301, words=["300 images", "301"])
        self.refused(*pack, "--levels", 300, words=["--levels"])
        self.refused(*pack, "--levels", 1, words=["--levels is 1"])
        self.refused("data", words=["subcommand"])
        self.refused("data", "info", data / "train-images-idx3-ubyte", words=["not a data pack"])
        damaged = bytearray(test.read_bytes())
        damaged[-1] ^= 1
        test.write_bytes(damaged)
        for command in (["data", "info", test], ["evaluate", model, "--data", test]):
            self.refused(*command, words=["test.pack", "SHA-256"])
        test.write_bytes(damaged[:-1])
        self.refused("data", "info", test, words=["cut short"])
        self.assertFalse((self.folder / "x.pack").exists())
        self.assertFalse((self.folder / "n.safetensors").exists())


class Shipped(Case):
    """The packs in weights/data."""

    def test_descriptions(self):
        for name, licence in (("fashion-mnist", "MIT"), ("mnist", "CC BY-SA 3.0")):
            for split, file, levels in (("test", "test", 256), ("train", "train-10k", 16)):
                info = json.loads(self.loom("data", "info", PACKS / f"{name}-{file}.pack", "--json"))
                self.assertEqual([info[key] for key in ("name", "split", "images", "levels", "licence", "published")],
                                 [name, split, 10000, levels, licence, split == "test"])

    def test_figures_of_the_test_pack_equal_those_of_the_card(self):
        model = ROOT / "weights/fashion-pca-2d.safetensors"
        info = json.loads(self.loom("info", model, "--json"))
        card = json.loads(info["provenance"]["metrics"])
        figures = json.loads(self.loom("evaluate", model, "--data", PACKS / "fashion-mnist-test.pack", "--json"))
        self.assertEqual(figures["dataset"], "fashion-mnist")
        self.assertEqual(figures["images_sha256"], card["images_sha256"])
        self.assertAlmostEqual(figures["mse"], card["mse"], places=6)

    def test_train_on_a_tenth(self):
        """One epoch of a small network, to check the card for a real pack."""
        train, model = PACKS / "fashion-mnist-train-10k.pack", self.folder / "m.safetensors"
        self.train(train, model, "--hidden", 16, epochs=1)
        sha = json.loads(self.loom("data", "info", train, "--json"))["sha256"]
        part = f"10,000 of 60,000 images at 16 grey levels of Fashion-MNIST (training), pack SHA-256 {sha}"
        card = model.with_suffix(".md").read_text()
        self.assertIn(f"| data | {part}; 1000 of them are kept for validation |", card)
        self.assertIn("Data: Fashion-MNIST, MIT, (c) 2017 Zalando SE", card)
        provenance = json.loads(self.loom("info", model, "--json"))["provenance"]
        self.assertEqual([provenance[key] for key in ("dataset", "dataset_origin", "dataset_part")],
                         ["custom", "fashion-mnist", part])
        self.refused("train", "mnist-vae-2d", "--data", train, "--out", self.folder / "n.safetensors",
                     words=["Fashion-MNIST", "the recipe is for mnist"])
        self.refused("train", DENSE, "--data", train, "--test-data", PACKS / "mnist-test.pack", "--out",
                     self.folder / "n.safetensors", words=["is mnist", "fashion-mnist"])


if __name__ == "__main__":
    unittest.main()
