"""loom evaluate, info, decode, encode, recipes: their output."""
import csv
import json
import math
import struct
import unittest
import zlib

from idx_files import HEIGHT, WIDTH, write_dataset
from loom_program import CONV, DENSE, Case


def grey_png(path):
    """Reads width, height and rows of an 8-bit grey PNG without an image library."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, body = 8, b""
    while at < len(data):
        (size,), kind = struct.unpack(">I", data[at:at + 4]), data[at + 4:at + 8]
        chunk = data[at + 8:at + 8 + size]
        assert zlib.crc32(kind + chunk) == struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", chunk[:10])
            assert (depth, colour) == (8, 0)
        body += chunk if kind == b"IDAT" else b""
        at += 12 + size
    return width, height, zlib.decompress(body)


class Uses(Case):
    def setUp(self):
        super().setUp()
        self.data = write_dataset(self.folder / "data")
        self.model = self.folder / "m.safetensors"
        self.train(self.data, self.model, "--validation", 40)

    def test_evaluate(self):
        figures = json.loads(self.loom("evaluate", self.model, "--data", self.data, "--json"))
        self.assertEqual(figures["images"], 80)
        self.assertAlmostEqual(figures["negative_elbo"], figures["reconstruction"] + figures["kl"], places=6)
        self.assertGreater(figures["reconstruction"], figures["entropy_floor"])
        self.assertTrue(0 < figures["mse"] < 1 and -1 <= figures["ssim"] <= 1)
        self.assertAlmostEqual(sum(figures["kl_per_dimension"]), figures["kl"], places=3)
        again = json.loads(self.loom("evaluate", self.model, "--data", self.data, "--json", "--threads", 1))
        self.assertEqual(figures, again)
        printed = self.loom("evaluate", self.model, "--data", self.data)
        self.assertIn(f"{figures['negative_elbo']:.2f} nats per image", printed)

    def test_metrics_in_the_file_equal_those_of_evaluate(self):
        info = json.loads(self.loom("info", self.model, "--json"))
        stored = json.loads(info["provenance"]["metrics"])
        printed = json.loads(self.loom("evaluate", self.model, "--data", self.data, "--json"))
        for key, value in printed.items():  # the file keeps nine digits
            for kept, exact in zip(*(x if isinstance(x, list) else [x] for x in (stored[key], value)), strict=True):
                if isinstance(exact, float):
                    self.assertLessEqual(abs(kept - exact), 1e-8 * abs(exact), key)
                else:
                    self.assertEqual(kept, exact, key)
        self.assertIn("smoothness_mean", stored)

    def test_info(self):
        info = json.loads(self.loom("info", self.model, "--json"))
        self.assertEqual(info["model"]["image"], [1, HEIGHT, WIDTH])
        self.assertEqual(info["encoded_test_images"], 80)
        self.assertEqual(info["provenance"]["recipe"], DENSE)
        printed = self.loom("info", self.model)
        for word in ("variational autoencoder", "1x12x10", "linear", "gelu_tanh", "80 encoded test images"):
            self.assertIn(word, printed)

    def test_decode(self):
        out = self.folder / "x.png"
        self.loom("decode", self.model, "--z", "0.3,-1.2", "--out", out, "--scale", 3)
        width, height, _ = grey_png(out)
        self.assertEqual((width, height), (WIDTH * 3, HEIGHT * 3))
        first = out.read_bytes()
        self.loom("decode", self.model, "--z", "-1,2", "--out", out, "--scale", 3)
        self.assertNotEqual(first, out.read_bytes())

    def test_encode(self):
        out = self.folder / "codes.csv"
        self.loom("encode", self.model, "--data", self.data, "--out", out)
        rows = list(csv.DictReader(out.read_text().splitlines()))
        self.assertEqual(len(rows), 80)
        self.assertEqual(list(rows[0]), ["index", "label", "mu_1", "mu_2", "logvar_1", "logvar_2"])
        self.assertTrue(all(math.isfinite(float(value)) for row in rows for value in row.values()))

    def test_recipes(self):
        printed = self.loom("recipes")
        self.assertIn(DENSE, printed)
        self.assertIn(CONV, printed)


if __name__ == "__main__":
    unittest.main()
