"""Images without classes get no class figures: no accuracy, no "class 0", no column of labels."""
import json
import zipfile

from idx_files import HEIGHT, WIDTH, blobs, idx, write_dataset
from loom_program import DENSE, Case, start
from png_files import png
from test_arrays import SIDE, SQUARE, npy, npz, table, text

SMALL = ("--hidden", 8, "--validation", 5, "--epochs", 1, "--threads", 1)
CLASS_WORDS = ("class 0", "bayes_accuracy", "left_out_accuracy", "neighbourhood_hit", "label_entropy", "Bhattacharyya", "accuracy", '"class"', '"label"')


class Unlabelled(Case):
    def data_sets(self):
        count = len(SQUARE) // SIDE ** 2
        files = {"idx": ("images-idx3-ubyte", idx([count, SIDE, SIDE], SQUARE)), "csv": ("t.csv", text(table(SQUARE))),
                 "npy": ("images.npy", npy(SQUARE, (count, SIDE, SIDE))), "npz": ("a.npz", npz({"x": npy(SQUARE, (count, SIDE, SIDE))}, zipfile.ZIP_STORED))}
        for name, (file, content) in files.items():
            folder = self.folder / name
            folder.mkdir()
            (folder / file).write_bytes(content)
            yield name, folder
        folder = self.folder / "png"
        folder.mkdir()
        for n in range(count):
            (folder / f"{n:03}.png").write_bytes(png(SIDE, SIDE, SQUARE[n * SIDE ** 2:(n + 1) * SIDE ** 2]))
        yield "png", folder

    def outputs(self, data):
        """What every command says about a model of these images, by command."""
        model = self.folder / f"{data.name}.safetensors"
        process = start("train", DENSE, "--data", data, "--out", model, *SMALL)
        stdout, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, err)
        said = {"train": stdout, "card": model.with_suffix(".md").read_text(), "info": self.loom("info", model)}
        for command in (("analyse", "--images", 4), ("evaluate",), ("reconstruct", "--images", 4), ("merge", "--a", "image:0", "--b", "image:1")):
            for form in ((), ("--json",)):
                said[" ".join(map(str, command + form))] = self.loom(command[0], model, "--data", data, *command[1:], *form)
        self.loom("encode", model, "--data", data, "--out", self.folder / "c.csv")
        said["codes"] = (self.folder / "c.csv").read_text()
        said["npy"] = self.loom("encode", model, "--data", data, "--out", self.folder / "c.npy")
        report = self.folder / "r.html"
        self.loom("report", model, "--data", data, "--out", report)
        said["report"] = report.read_text()
        return said

    def test_no_class_figures_anywhere(self):
        for name, data in self.data_sets():
            said = self.outputs(data)
            for command, words in said.items():
                with self.subTest(name, command=command):
                    for word in CLASS_WORDS:
                        self.assertNotIn(word, words)
            self.assertTrue(said["codes"].startswith("index,mu_1,mu_2,"), said["codes"][:40])
            self.assertFalse((self.folder / "c.labels.npy").exists())

    def test_with_classes_they_are_there(self):
        data = write_dataset(self.folder / "data")
        said = self.outputs(data)
        self.assertIn("left_out_accuracy", said["analyse --images 4"])
        self.assertTrue(said["codes"].startswith("index,label,mu_1"))
        self.assertTrue((self.folder / "c.labels.npy").exists())
        self.assertIn("class 0", said["reconstruct --images 4"] + said["reconstruct --images 4 --json"])
