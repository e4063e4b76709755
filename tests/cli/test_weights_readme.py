"""The commands of weights/README.md, run as they stand there."""
import json
import re
import shlex
import unittest

from loom_program import ROOT, Case

README = ROOT / "weights/README.md"


def commands():
    """Lines of the page, inside fences, that call the program."""
    inside = False
    for line in README.read_text().splitlines():
        if line.startswith("```"):
            inside = not inside
        elif inside and line.startswith("build/release/loom "):
            yield shlex.split(line)[1:]


class Readme(Case):
    def test_every_command(self):
        """Only what they write, and read again, is moved out of the repository."""
        ran = 0
        for command in commands():
            written = command[command.index("--out") + 1] if "--out" in command else None
            arguments = []
            for word in command:
                made = word == written or (self.folder / word).exists()
                source = ROOT / word
                arguments.append(self.folder / word if made else source if source.is_file() else word)
            with self.subTest(shlex.join(command)):
                self.loom(*arguments)
                ran += 1
        self.assertGreaterEqual(ran, 7)
        self.assertEqual(self.files(), ["conv-decoder.onnx", "conv-encoder.onnx", "dense-f32.safetensors", "mine.png",
                                        "mine.safetensors"])

    def test_the_json_is_json(self):
        blocks = re.findall(r"^```json\n(.*?)^```$", README.read_text(), re.S | re.M)
        self.assertEqual([json.loads(block)["convention"] for block in blocks], ["pytorch"])


if __name__ == "__main__":
    unittest.main()
