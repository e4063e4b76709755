"""Runs build/release/loom, or the program that the environment variable LOOM names."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOOM = os.environ.get("LOOM", str(ROOT / "build/release/loom"))
DENSE, CONV = "fashion-dense-vae-2d", "fashion-conv-vae-2d"


def start(*arguments, **options):
    return subprocess.Popen([LOOM, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            **options)


class Case(unittest.TestCase):
    """A test with its own empty folder."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def loom(self, *arguments, **options):
        """Output of a run that must succeed."""
        process = start(*arguments, **options)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, err)
        return out

    def refused(self, *arguments, words=(), **options):
        """The run must fail with a short message that contains all the words, and not by a signal."""
        process = start(*arguments, **options)
        out, err = process.communicate(timeout=120)
        self.assertGreater(process.returncode, 0, out + err)
        self.assertLess(len(err), 2000)
        for word in words:
            self.assertIn(word, err)
        return err

    def train(self, data, out, *more, recipe=DENSE, epochs=2):
        return self.loom("train", recipe, "--data", data, "--out", out, "--epochs", epochs, *more)

    def files(self):
        return sorted(str(p.relative_to(self.folder)) for p in self.folder.rglob("*") if p.is_file())


def json_lines(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]
