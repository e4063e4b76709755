"""The user's own data: folders of pictures and IDX pairs with any names, used like the published data sets."""
import csv
import json
import struct
import unittest

from idx_files import HEIGHT, WIDTH, blobs, idx
from loom_program import CONV, DENSE, Case, start
from png_files import png, write_pictures
from test_uses import grey_png

SMALL = ["--validation", 20]


class Pictures(Case):
    def test_end_to_end(self):
        for recipe in (DENSE, CONV):
            with self.subTest(recipe):
                data = write_pictures(self.folder / recipe / "data")
                model = self.folder / recipe / "m.safetensors"
                self.train(data, model, *SMALL, recipe=recipe, epochs=1)
                info = json.loads(self.loom("info", model, "--json"))
                self.assertEqual(info["model"]["image"], [1, 20, 16])
                self.assertEqual(info["model"]["class_names"], ["high", "low"])
                held_out = info["encoded_test_images"]
                self.assertTrue(10 <= held_out <= 60, held_out)  # one in ten of 300
                figures = json.loads(self.loom("evaluate", model, "--data", data, "--json"))
                self.assertEqual(figures["images"], held_out)
                self.assertIn(info["provenance"]["dataset_images_sha256"], model.with_suffix(".md").read_text())
                codes = self.folder / recipe / "codes.csv"
                self.loom("encode", model, "--data", data, "--out", codes)
                rows = list(csv.DictReader(codes.read_text().splitlines()))
                self.assertEqual({row["label"] for row in rows}, {"0", "1"})
                picture = self.folder / recipe / "x.png"
                self.loom("decode", model, "--z", "0.5,0.5", "--out", picture, "--scale", 1)
                self.assertEqual(grey_png(picture)[:2], (16, 20))

    def test_without_classes(self):
        data = write_pictures(self.folder / "data", classes=())
        model = self.folder / "m.safetensors"
        self.train(data, model, *SMALL, epochs=1)
        self.assertEqual(json.loads(self.loom("info", model, "--json"))["model"]["class_names"], [])

    def test_the_split_of_a_picture_does_not_depend_on_the_others(self):
        data = write_pictures(self.folder / "data")
        model = self.folder / "m.safetensors"
        self.train(data, model, *SMALL, epochs=1)
        before = json.loads(self.loom("evaluate", model, "--data", data, "--json"))
        for i, path in enumerate(sorted((data / "high").iterdir())):
            path.rename(path.with_name(f"renamed-{i:04}.png"))
        after = json.loads(self.loom("evaluate", model, "--data", data, "--json"))
        self.assertEqual(before, after)

    def test_train_and_test_folders(self):
        data = self.folder / "data"
        write_pictures(data / "train", 100)
        write_pictures(data / "test", 30, classes=("low",), seed=2)
        model = self.folder / "m.safetensors"
        self.train(data, model, *SMALL, epochs=1)
        info = json.loads(self.loom("info", model, "--json"))
        self.assertEqual(info["encoded_test_images"], 30)
        codes = self.folder / "codes.csv"
        self.loom("encode", model, "--data", data, "--out", codes)
        self.assertEqual({row["label"] for row in csv.DictReader(codes.read_text().splitlines())}, {"1"})

    def test_sizes(self):
        data = write_pictures(self.folder / "data", 60)
        odd = data / "low" / "odd.png"
        odd.write_bytes(png(30, 24, [9] * 720))
        out = self.folder / "m.safetensors"
        command = ["train", DENSE, "--data", data, "--out", out, "--epochs", 1, *SMALL]
        self.refused(*command, words=["low/odd.png", "24x30", "20x16", "high/0000.png", "--resize"])
        self.loom(*command, "--resize", "10x8")
        self.assertEqual(json.loads(self.loom("info", out, "--json"))["model"]["image"], [1, 10, 8])
        self.assertIn("--data DIR --resize 10x8 --out", out.with_suffix(".md").read_text())
        self.refused("evaluate", out, "--data", write_pictures(self.folder / "other", 40), words=["1x20x16", "1x10x8"])
        (self.folder / "large").mkdir()
        (self.folder / "large" / "a.png").write_bytes(png(65, 64, [0] * 65 * 64))
        self.refused("train", DENSE, "--data", self.folder / "large", "--out", out, "--force", words=["a.png", "64x65", "--resize"])
        for size in ("0x8", "65x8", "8", "8x", "8x8x8", "-1x4", "axb"):
            with self.subTest(size):
                self.refused(*command, "--force", f"--resize={size}", words=["resize"])

    def test_damaged_pictures(self):
        good = png(16, 20, list(range(256)) + [0] * 64)
        flipped = bytearray(good)
        flipped[50] ^= 1
        broken = {"cut.png": good[:-30], "empty.png": b"", "text.png": b"hello", "flipped.png": bytes(flipped),
                  "head.png": good[:8], "cut.jpg": b"\xff\xd8\xff\xe0" + bytes(40), "chunk.png": good[:8] + b"\xff" * 40}
        data = write_pictures(self.folder / "data", 60)
        out = self.folder / "m.safetensors"
        command = ["train", DENSE, "--data", data, "--out", out, "--epochs", 1, *SMALL]
        for name, content in broken.items():
            with self.subTest(name):
                path = data / "low" / name
                path.write_bytes(content)
                self.refused(*command, words=[f"low/{name}", "--skip-broken"])
                path.unlink()
        for name, content in broken.items():
            (data / "low" / name).write_bytes(content)
        process = start(*command, "--skip-broken")
        _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, err)
        self.assertIn(f"{len(broken)} image files that cannot be read are left out", err)
        self.assertIn("chunk.png", err)

    def test_invalid_folders(self):
        out = self.folder / "m.safetensors"
        data = write_pictures(self.folder / "data", 20)
        (data / "stray.png").write_bytes(png(16, 20, [0] * 320))
        self.refused("train", DENSE, "--data", data, "--out", out, words=["stray.png", "subfolders", "high"])
        (data / "stray.png").unlink()
        (data / "empty").mkdir()
        self.refused("train", DENSE, "--data", data, "--out", out, words=["data/empty", "no PNG or JPEG"])
        (data / "empty").rename(data / ("x" * 41))
        self.refused("train", DENSE, "--data", data, "--out", out, words=["x" * 41, "41 bytes", "40"])
        many = self.folder / "many"
        for i in range(65):
            (many / f"c{i}").mkdir(parents=True)
            (many / f"c{i}" / "a.png").write_bytes(png(4, 4, [0] * 16))
        self.refused("train", DENSE, "--data", many, "--out", out, words=["65 subfolders", "64"])
        self.assertFalse(out.exists())


class IdxPairs(Case):
    def write_pair(self, count=300):
        images, labels = blobs(count, 1)
        folder = self.folder / "data"
        folder.mkdir()
        (folder / "faces.images.idx").write_bytes(idx([count, HEIGHT, WIDTH], images))
        (folder / "moods").write_bytes(idx([count], labels))
        (folder / "notes.txt").write_text("about the data")
        return folder

    def test_pair_with_any_names(self):
        data = self.write_pair()
        for path, name in ((data, "a"), (data / "faces.images.idx", "b")):
            out = self.folder / f"{name}.safetensors"
            self.train(path, out, *SMALL, epochs=1)
            self.assertTrue(10 <= json.loads(self.loom("info", out, "--json"))["encoded_test_images"] <= 60)
        self.assertEqual((self.folder / "a.safetensors").read_bytes(), (self.folder / "b.safetensors").read_bytes())

    def test_images_alone(self):
        data = self.write_pair()
        (data / "moods").unlink()
        out = self.folder / "m.safetensors"
        self.train(data, out, *SMALL, epochs=1)
        codes = self.folder / "codes.csv"
        self.loom("encode", out, "--data", data, "--out", codes)
        self.assertNotIn("label", csv.DictReader(codes.read_text().splitlines()).fieldnames)

    def test_refused(self):
        data, out = self.write_pair(), self.folder / "m.safetensors"
        self.refused("train", DENSE, "--data", data, "--out", out, "--resize", "8x8", words=["IDX", "resizing"])
        self.refused("train", DENSE, "--data", data, "--out", out, "--skip-broken", words=["IDX", "skipping"])
        (data / "more").write_bytes((data / "faces.images.idx").read_bytes())
        self.refused("train", DENSE, "--data", data, "--out", out, words=["2 IDX files of images", "faces.images.idx", "more"])
        (data / "moods").write_bytes(idx([2], [0, 1]))
        self.refused("train", DENSE, "--data", data / "more", "--out", out, words=["300 images", "moods has 2 labels"])
        self.refused("train", DENSE, "--data", data / "notes.txt", "--out", out, words=["notes.txt", "not an IDX file"])
        (data / "more").write_bytes(struct.pack(">IIII", 0x803, 2**31, 60, 60))
        self.refused("train", DENSE, "--data", data / "more", "--out", out, words=["more", "number of items"])


if __name__ == "__main__":
    unittest.main()
