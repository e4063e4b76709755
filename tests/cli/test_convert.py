"""loom convert: precisions, ONNX files checked by python3-onnx, and errors."""
import json
import subprocess
import unittest

from idx_files import write_dataset
from loom_program import CONV, DENSE, ROOT, Case

GOLDEN = ROOT / "tests/golden"
SYSTEM_PYTHON = "/usr/bin/python3"  # which has Debian's packages

CHECK = """
import sys, onnx
from onnx.checker import check_model
for path in sys.argv[1:]:
    model = onnx.load(path)
    check_model(model, full_check=True)
    values = [*model.graph.input, *model.graph.output]
    shapes = {v.name: [d.dim_param or d.dim_value for d in v.type.tensor_type.shape.dim] for v in values}
    print(__import__("json").dumps({"opset": model.opset_import[0].version, "shapes": shapes,
                                    "metadata": {p.key: p.value for p in model.metadata_props}}))
"""


class Convert(Case):
    def trained(self, recipe, name="m.safetensors"):
        out = self.folder / name
        if not (self.folder / "data").exists():
            write_dataset(self.folder / "data")
        self.train(self.folder / "data", out, "--validation", 40, "--f32", recipe=recipe, epochs=1)
        return out

    def test_precisions(self):
        model = self.trained(DENSE)
        f16, f32 = self.folder / "half.safetensors", self.folder / "single.safetensors"
        self.loom("convert", model, "--to", "f16", "--out", f16)
        self.loom("convert", model, "--out", f32)
        self.assertEqual(f32.read_bytes(), model.read_bytes())
        self.assertLess(f16.stat().st_size, 0.6 * model.stat().st_size)
        again = self.folder / "again.safetensors"
        self.loom("convert", f16, "--to", "f16", "--out", again)
        self.assertEqual(again.read_bytes(), f16.read_bytes())
        info = [json.loads(self.loom("info", path, "--json")) for path in (model, f16)]
        self.assertEqual(*info)

    def test_onnx_by_the_checker(self):
        if subprocess.run([SYSTEM_PYTHON, "-c", "import onnx"], capture_output=True).returncode:
            self.skipTest("python3-onnx is not installed: tools/setup test installs it")
        for recipe in (DENSE, CONV):
            with self.subTest(recipe):
                out = self.folder / f"{recipe}.onnx"
                self.loom("convert", self.trained(recipe, f"{recipe}.safetensors"), "--to", "onnx", "--out", out)
                parts = [out.with_name(f"{recipe}-{part}.onnx") for part in ("encoder", "decoder")]
                checked = subprocess.run([SYSTEM_PYTHON, "-c", CHECK, *parts], capture_output=True, text=True)
                self.assertEqual(checked.returncode, 0, checked.stderr)
                encoder, decoder = map(json.loads, checked.stdout.splitlines())
                self.assertEqual(encoder["shapes"], {"image": ["batch", 1, 12, 10], "mu": ["batch", 2], "logvar": ["batch", 2]})
                self.assertEqual(decoder["shapes"], {"z": ["batch", 2], "picture": ["batch", 1, 12, 10]})
                self.assertEqual(encoder["opset"], 13)
                self.assertEqual(decoder["metadata"]["recipe"], recipe)

    def test_one_part(self):
        model, out = self.trained(DENSE), self.folder / "x.onnx"
        self.loom("convert", model, "--to", "onnx", "--part", "decoder", "--out", out)
        self.loom("convert", model, "--to", "onnx", "--out", self.folder / "both.onnx")
        self.assertEqual(out.read_bytes(), (self.folder / "both-decoder.onnx").read_bytes())

    def test_import_is_a_model_like_any_other(self):
        for framework in ("pytorch", "keras"):
            with self.subTest(framework):
                out = self.folder / f"{framework}.safetensors"
                self.loom("convert", "--from", GOLDEN / f"import_{framework}.safetensors",
                          "--layers", GOLDEN / f"import_{framework}.json", "--out", out)
                info = json.loads(self.loom("info", out, "--json"))
                self.assertEqual(info["model"]["encoder"][0]["pad"], [1, 1, 1, 1] if framework == "pytorch" else [0, 0, 1, 1])
                self.assertEqual(info["provenance"]["imported_from"], f"import_{framework}.safetensors")
                self.loom("decode", out, "--z", "0,0", "--out", self.folder / "x.png")

    def test_refused(self):
        model, out = self.trained(DENSE), self.folder / "x"
        tensors, layers = GOLDEN / "import_keras.safetensors", GOLDEN / "import_keras.json"
        for arguments, words in (
                ([], ["a weight file or --from"]),
                ([model, "--from", tensors, "--layers", layers], ["only one of"]),
                (["--from", tensors], ["--layers"]),
                ([model, "--layers", layers], ["--from"]),
                ([model, "--part", "decoder"], ["--part", "onnx"]),
                ([model, "--to", "f8"], ["f8"]),
                ([model, "--to", "onnx", "--part", "middle"], ["middle"]),
                ([self.folder / "no.safetensors"], ["no.safetensors"]),
                ([tensors], ["import_keras.safetensors", "not of a model of this program"]),
                (["--from", layers, "--layers", layers], ["import_keras.json"]),
                (["--from", tensors, "--layers", tensors], ["import_keras.safetensors"]),
                (["--from", tensors, "--layers", GOLDEN / "import_pytorch.json"], ["import_pytorch.json", "conv.weight"])):
            with self.subTest(words[-1]):
                self.refused("convert", *arguments, "--out", out, words=words)
        self.assertFalse(out.exists())


if __name__ == "__main__":
    unittest.main()
