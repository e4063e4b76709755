"""Runs the commands of weights/README.md as they are written there."""
import json
import re
import shlex
import unittest

from loom_program import ROOT, Case
from real_data import real_data

README = ROOT / "weights/README.md"


def commands():
    """The lines in the page's code blocks that call the program."""
    inside = False
    for line in README.read_text().splitlines():
        if line.startswith("```"):
            inside = not inside
        elif inside and line.startswith("build/release/loom "):
            yield shlex.split(line)[1:]


class Readme(Case):
    def test_every_command(self):
        """Runs them with output files moved out of the repository. Commands that need the real data are skipped if it is
        missing; the packs that they write must equal those in the repository."""
        ran, data = 0, real_data()
        (self.folder / "weights/data").mkdir(parents=True)
        for command in commands():
            source_data = command[command.index("--data") + 1] if "--data" in command else ""
            if source_data.startswith("data/") and not data:
                continue
            written = command[command.index("--out") + 1] if "--out" in command else None
            arguments = []
            for word in command:
                made = word == written or (self.folder / word).is_file()
                source = ROOT / word
                if word.startswith("data/"):
                    arguments.append(data / word.removeprefix("data/"))
                else:
                    arguments.append(self.folder / word if made else source if source.is_file() else word)
            with self.subTest(shlex.join(command)):
                self.loom(*arguments)
                if command[:2] == ["data", "pack"]:
                    self.assertEqual((self.folder / written).read_bytes(), (ROOT / written).read_bytes())
                ran += 1
        self.assertGreaterEqual(ran, 10 + 4 * bool(data))
        made = [name for name in self.files() if not name.startswith(("tenth", "weights/data/"))]
        self.assertEqual(made, ["conv-decoder.onnx", "conv-encoder.onnx", "dense-f32.safetensors", "mine.png",
                                "mine.safetensors"])

    def test_the_json_is_json(self):
        blocks = re.findall(r"^```json\n(.*?)^```$", README.read_text(), re.S | re.M)
        self.assertEqual([json.loads(block)["convention"] for block in blocks], ["pytorch"])


if __name__ == "__main__":
    unittest.main()
