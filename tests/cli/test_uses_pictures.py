"""The subcommands reconstruct, sample, interpolate, merge, denoise, anomaly, compress, encode, decode, plot, report."""
import html.parser
import json
import pathlib
import random
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree

from idx_files import HEIGHT, WIDTH, write_dataset
from loom_program import Case

NUMPY = "/usr/bin/python3"  # which has Debian's numpy


def png_size(path):
    data = pathlib.Path(path).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and data[-8:-4] == b"IEND", path
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


class Uses(Case):
    """One small model, trained once and copied to the folder of each test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        import tempfile
        cls.shared = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.shared.cleanup)
        folder = pathlib.Path(cls.shared.name)
        maker = Case()
        write_dataset(folder / "data")
        maker.train(folder / "data", folder / "m.safetensors", "--validation", 40)

    def setUp(self):
        super().setUp()
        shutil.copytree(self.shared.name, self.folder, dirs_exist_ok=True)
        self.data, self.model = self.folder / "data", self.folder / "m.safetensors"

    def both(self, *arguments):
        """Runs the command with figures in both formats and themes; returns its numbers."""
        sizes = set()
        pictures = []
        for theme in ("light", "dark"):
            out = self.folder / f"{theme}.png"
            figures = json.loads(self.loom(*arguments, "--json", "--out", out, "--theme", theme))
            sizes.add(png_size(out))
            pictures.append(out.read_bytes())
        self.assertEqual(len(sizes), 1)
        self.assertNotEqual(*pictures)
        self.svg(*arguments)
        return figures

    def svg(self, *arguments):
        out = self.folder / "x.svg"
        self.loom(*arguments, "--out", out)
        root = xml.etree.ElementTree.parse(out).getroot()
        self.assertTrue(root.tag.endswith("svg"))
        words = " ".join(element.text or "" for element in root.iter() if element.tag.endswith("text"))
        return root, words

    def test_reconstruct(self):
        figures = self.both("reconstruct", self.model, "--data", self.data, "--images", 5)
        self.assertEqual(len(figures["images"]), 5)
        self.assertEqual({image["label"] for image in figures["images"]}, {0, 1})
        for image in figures["images"]:
            self.assertAlmostEqual(image["excess_over_floor"], image["bce"] - image["entropy_floor"], places=6)
            self.assertGreater(image["excess_over_floor"], 0)
            self.assertTrue(image["kl"] > 0 and 0 < image["mse"] < 1 and len(image["mu"]) == 2)
        chosen = json.loads(self.loom("reconstruct", self.model, "--data", self.data, "--index", "3,17", "--json"))
        self.assertEqual([image["index"] for image in chosen["images"]], [3, 17])
        self.assertIn("mean", self.loom("reconstruct", self.model, "--data", self.data))
        self.refused("reconstruct", self.model, "--data", self.data, "--index", "80", words=["--index", "80", "79"])
        self.refused("reconstruct", self.model, "--data", self.data, "--images", "81", words=["81"])
        self.refused("reconstruct", self.model, "--data", self.data, "--out", "x.gif", words=["x.gif", ".png"])
        self.refused("reconstruct", self.model, "--data", self.data, "--out", self.folder / "x.png", "--theme", "pink",
                     words=["pink", "light"])

    def test_sample(self):
        z = {}
        for source in ("prior", "aggregate", "class:1"):
            figures = self.both("sample", self.model, "--from", source, "--count", 7)
            self.assertEqual(len(figures["z"]), 7)
            again = json.loads(self.loom("sample", self.model, "--from", source, "--count", 3, "--json"))
            self.assertEqual(again["z"], figures["z"][:3])
            z[source] = str(figures["z"])
        self.assertEqual(len(set(z.values())), 3)
        other = json.loads(self.loom("sample", self.model, "--count", 7, "--seed", 5, "--json"))
        self.assertNotEqual(str(other["z"]), z["prior"])
        mean, drawn = self.folder / "mean.png", self.folder / "drawn.png"
        self.loom("sample", self.model, "--out", mean)
        self.loom("sample", self.model, "--bernoulli", "--out", drawn)
        self.assertNotEqual(mean.read_bytes(), drawn.read_bytes())
        self.refused("sample", self.model, "--from", "class:7", words=["class:7", "0, 1"])
        self.refused("sample", self.model, "--from", "posterior", words=["posterior", "aggregate"])

    def test_interpolate(self):
        figures = self.both("interpolate", self.model, "--from=-1,0.5", "--to", "image:3", "--data", self.data, "--path",
                            "straight,spherical,geodesic", "--steps", 6)
        self.assertEqual([path["path"] for path in figures["paths"]], ["straight", "spherical", "geodesic"])
        for path in figures["paths"]:
            self.assertEqual((len(path["z"]), len(path["change"])), (6, 5))
            for found, wanted in zip(path["z"][0] + path["z"][-1], figures["from"] + figures["to"]):
                self.assertAlmostEqual(found, wanted, places=4)
        self.refused("interpolate", self.model, "--from", "image:3", "--to", "0,0", words=["--from", "--data"])
        self.refused("interpolate", self.model, "--from", "1,2,3", "--to", "0,0", words=["--from", "3", "2"])
        self.refused("interpolate", self.model, "--from", "1,2", "--to", "0,0", "--path", "crooked", words=["crooked"])

    def test_merge(self):
        figures = self.both("merge", self.model, "--data", self.data, "--a", "image:1", "--b", "image:5")
        self.assertEqual([r["name"] for r in figures["results"]],
                         ["pixel average", "latent average", "class-mean arithmetic"])
        a, b, average = figures["a"]["z"], figures["b"]["z"], figures["results"][1]["z"]
        for x, y, z in zip(a, b, average):
            self.assertAlmostEqual((x + y) / 2, z, places=5)
        pixels = figures["results"][0]
        self.assertAlmostEqual(pixels["distance_to_a"], pixels["distance_to_b"], places=6)
        self.refused("merge", self.model, "--data", self.data, "--a", "0,0", "--b", "image:5", words=["--a", "image"])
        self.refused("merge", self.model, "--data", self.data, "--a", "image:0", "--b", "image:99", words=["--b", "99"])

    def test_denoise(self):
        for noise, level in (("gaussian", 0.3), ("masking", 0.5), ("salt-and-pepper", 0.2)):
            with self.subTest(noise):
                figures = self.both("denoise", self.model, "--data", self.data, "--noise", noise, "--level", level)
                names = [method["name"] for method in figures["methods"]]
                self.assertEqual((names[0], names[-1], len(names)), ("noisy", "median filter", 3))
                for method in figures["methods"]:
                    self.assertTrue(0 < method["mse"] < 1 and method["psnr"] > 0)
                one = json.loads(self.loom("denoise", self.model, "--data", self.data, "--noise", noise, "--level", level,
                                           "--threads", 1, "--json"))
                self.assertEqual(one, figures)
        clean = json.loads(self.loom("denoise", self.model, "--data", self.data, "--level", 0, "--json"))
        self.assertEqual((clean["methods"][0]["mse"], clean["methods"][0]["psnr"]), (0, None))
        shutil.copy(self.model, self.folder / "second.safetensors")
        two = json.loads(self.loom("denoise", self.model, self.folder / "second.safetensors", "--data", self.data, "--json"))
        self.assertEqual([m["name"] for m in two["methods"]], ["noisy", "m", "second", "median filter"])
        self.refused("denoise", self.model, "--data", self.data, "--noise", "fog", words=["fog", "masking"])
        self.refused("denoise", self.model, "--data", self.data, "--noise", "masking", "--level", 2, words=["2", "0 to 1"])

    def test_anomaly(self):
        other = write_dataset(self.folder / "other", test=60)
        path = other / "t10k-images-idx3-ubyte"
        content = bytearray(path.read_bytes())
        content[16:] = bytes(255 * random.Random(i).randrange(2) for i in range(len(content) - 16))  # noise
        path.write_bytes(content)
        figures = self.both("anomaly", self.model, "--data", self.data, "--against", other, "--image", 3)
        measures = {measure["name"]: measure for measure in figures["measures"]}
        self.assertEqual(set(measures), {"squared_error", "negative_elbo", "excess", "typicality", "exact"})
        self.assertGreater(measures["squared_error"]["auroc"], 0.99)
        self.assertGreater(measures["excess"]["auroc"], 0.99)
        for measure in measures.values():
            self.assertTrue(0 <= measure["percentile_of_image"] <= 1)
        left = json.loads(self.loom("anomaly", self.model, "--data", self.data, "--leave-out", "1", "--json"))
        self.assertEqual(left["inlier_images"] + left["outlier_images"], 80)
        by_class = json.loads(self.loom("anomaly", self.model, "--data", self.data, "--by-class", "--json"))["classes"]
        self.assertEqual(by_class[1]["measures"], left["measures"])
        for first, second in zip(*(c["measures"] for c in by_class)):  # two classes: their AUROCs add up to 1
            self.assertAlmostEqual(first["auroc"] + second["auroc"], 1, places=9)
        wrong = self.folder / "wrong.png"
        self.loom("decode", self.model, "--z", "0,0", "--out", wrong, "--scale", 2)
        self.refused("anomaly", self.model, "--data", self.data, "--image", wrong, words=["wrong.png", "24x20", "12x10"])
        right = self.folder / "right.png"
        self.loom("decode", self.model, "--z", "0,0", "--out", right, "--scale", 1)
        self.assertIn("right.png", self.loom("anomaly", self.model, "--data", self.data, "--image", right))
        self.refused("anomaly", self.model, "--data", self.data, words=["--against", "--leave-out"])
        self.refused("anomaly", self.model, "--data", self.data, "--leave-out", "hat", words=["hat", "class 0"])

    def test_compress(self):
        figures = self.both("compress", self.model, "--data", self.data)
        self.assertEqual(figures["raw_bits"], 8 * HEIGHT * WIDTH)
        ways = {kind: [w for w in figures["ways"] if w["kind"] == kind] for kind in ("model, kl", "model, f16", "pca",
                                                                                   "jpeg", "png")}
        self.assertEqual(ways["model, f16"][0]["bytes"], 4)
        self.assertEqual(ways["model, kl"][0]["bits"], figures["kl_bits"])
        self.assertEqual([w["dimensions"] for w in ways["pca"]], [1, 2, 4, 8, 16, 32, 64])
        for family in ("pca", "jpeg"):  # more bits give less error
            errors = [w["mse"] for w in ways[family]]
            self.assertEqual(errors, sorted(errors, reverse=True))
            bits = [w["bits"] for w in ways[family]]
            self.assertEqual(bits, sorted(bits))
        self.assertEqual(ways["png"][0]["mse"], 0)
        self.assertLess(ways["png"][0]["bits"], figures["raw_bits"])

    def test_encode_as_npy(self):
        out = self.folder / "codes.npy"
        self.loom("encode", self.model, "--data", self.data, "--out", out)
        self.loom("encode", self.model, "--data", self.data, "--out", self.folder / "codes.csv")
        read = ("import numpy, sys, json; a = numpy.load(sys.argv[1]); l = numpy.load(sys.argv[2]);"
                "print(json.dumps([a.shape, str(a.dtype), a.tolist(), str(l.dtype), l.tolist()]))")
        if subprocess.run([NUMPY, "-c", "import numpy"], capture_output=True).returncode != 0:
            self.skipTest("no numpy")
        shape, kind, codes, label_kind, labels = json.loads(subprocess.run(
            [NUMPY, "-c", read, out, self.folder / "codes.labels.npy"], capture_output=True, text=True, check=True).stdout)
        self.assertEqual((shape, kind, label_kind), ([80, 4], "float32", "uint8"))
        rows = [line.split(",") for line in (self.folder / "codes.csv").read_text().splitlines()[1:]]
        for row, code, label in zip(rows, codes, labels):
            self.assertEqual(int(row[1]), label)
            for written, number in zip(row[2:], code):
                self.assertAlmostEqual(float(written), number, places=6)
        self.loom("encode", self.model, "--data", self.data, "--out", self.folder / "x", "--format", "npy")
        self.assertEqual((self.folder / "x").read_bytes(), out.read_bytes())
        self.refused("encode", self.model, "--data", self.data, "--out", out, "--format", "xls", words=["xls"])

    def test_decode_many(self):
        one, many, svg = (self.folder / name for name in ("one.png", "many.png", "many.svg"))
        self.loom("decode", self.model, "--z", "0,1", "--out", one, "--scale", 2)
        self.assertEqual(png_size(one), (2 * WIDTH, 2 * HEIGHT))
        self.loom("decode", self.model, "--z", "0,1", "--z=-1,2", "--z", "1,1", "--out", many)
        self.loom("encode", self.model, "--data", self.data, "--out", self.folder / "codes.csv")
        self.loom("decode", self.model, "--points", self.folder / "codes.csv", "--out", svg)
        images = [e for e in xml.etree.ElementTree.parse(svg).getroot().iter() if e.tag.endswith("image")]
        self.assertEqual(len(images), 80)
        (self.folder / "bad.csv").write_text("1,2\n3\n")
        self.refused("decode", self.model, "--points", self.folder / "bad.csv", "--out", svg, words=["bad.csv", "line 2"])
        (self.folder / "bad.csv").write_text("1,2\n3,x\n")
        self.refused("decode", self.model, "--points", self.folder / "bad.csv", "--out", svg, words=["bad.csv", "point 2"])
        self.refused("decode", self.model, "--out", svg, words=["--z", "--points"])

    def test_plot(self):
        for kind, words in (("manifold", ["z1", "z2"]), ("scatter", ["before training", "after 2 epochs"]),
                            ("losses", ["epoch", "validation"])):
            with self.subTest(kind):
                _, found = self.svg("plot", kind, self.model)
                for word in words:
                    self.assertIn(word, found)
                self.loom("plot", kind, self.model, "--out", self.folder / "x.png")
                png_size(self.folder / "x.png")
        self.svg("plot", "reconstructions", self.model, "--data", self.data)
        (self.folder / "m.replay.safetensors").unlink()
        _, found = self.svg("plot", "scatter", self.model)
        self.assertNotIn("before training", found)
        (self.folder / "m.jsonl").unlink()
        self.refused("plot", "losses", self.model, "--out", "x.png", words=["m.jsonl", "m.replay.safetensors"])
        self.refused("plot", "pie", self.model, "--out", "x.png")
        self.refused("plot", "manifold", self.model, words=["--out"])

    def test_damaged_replay_and_record(self):
        (self.folder / "m.replay.safetensors").write_bytes(b"nonsense")
        self.refused("plot", "scatter", self.model, "--out", self.folder / "x.png", words=["m.replay.safetensors"])
        (self.folder / "m.jsonl").write_text('{"event":"epoch"}\n')
        self.refused("plot", "losses", self.model, "--out", self.folder / "x.png", words=["m.jsonl", "line 1", "training"])

    def test_models_that_do_not_fit(self):
        deep = self.folder / "deep.safetensors"
        self.train(self.data, deep, "--validation", 40, "--latent", 5, epochs=1)
        self.refused("plot", "manifold", deep, "--out", self.folder / "x.png", words=["two latent dimensions", "5"])
        self.refused("interpolate", deep, "--from", "image:1", "--to", "image:2", "--data", self.data, "--path", "geodesic",
                     words=["two latent dimensions", "5"])
        _, words = self.svg("plot", "scatter", deep)
        self.assertIn("first direction", words)
        figures = self.both("reconstruct", deep, "--data", self.data)
        self.assertEqual(len(figures["images"][0]["mu"]), 5)
        other = write_dataset(self.folder / "other")
        for path in other.glob("*images*"):  # 12 x 10 becomes 10 x 12
            content = bytearray(path.read_bytes())
            content[8:16] = content[12:16] + content[8:12]
            path.write_bytes(content)
        for command in ("reconstruct", "denoise", "compress", "report"):
            with self.subTest(command):
                self.refused(command, self.model, "--data", other, *(["--out", "x.html"] if command == "report" else []),
                             words=["10x12", "12x10"])

    def test_report(self):
        out = self.folder / "report.html"
        self.loom("report", self.model, "--data", self.data, "--out", out)
        page = out.read_text()
        headings, links = [], []

        class Reader(html.parser.HTMLParser):
            inside = False

            def handle_starttag(self, tag, attributes):
                self.inside = tag == "h2"
                links.extend(value for name, value in attributes if name in ("src", "href"))

            def handle_data(self, words):
                if self.inside and words.strip():
                    headings.append(words)

        Reader().feed(page)
        for heading in ("From code to image", "New images", "Removing noise", "Training", "Origin"):
            self.assertIn(heading, headings)
        self.assertGreater(len(links), 20)
        for link in links:  # everything is embedded in the file
            self.assertTrue(link.startswith("#") or link.startswith("data:"), link)
        self.assertNotIn("@import", page)
        self.assertEqual(re.findall(r"url\(", page), [])
        self.assertEqual([], [x for x in re.findall(r"https?://[^\"' <]+", page) if "w3.org" not in x])
        self.refused("report", self.model, "--data", self.data, "--out", self.folder / "r.pdf", words=["r.pdf", ".html"])


if __name__ == "__main__":
    unittest.main()
