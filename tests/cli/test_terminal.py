"""Nothing that comes from a file, its name or an argument reaches the terminal as it is."""
import json
import struct
import subprocess

from idx_files import write_dataset
from loom_program import DENSE, LOOM, Case, start
from png_files import png

# Clears the screen, sets the title, rings, returns the carriage, a C1 sequence, turns the direction, hides.
HOSTILE = "a\x1b[2J\x1b]0;title\x07\rb\x9b2Jc\u202etxt.exe\u2066d\u200be\x7ff\nloom: note: all is well"
SHOWN = r"a\u001b[2J\u001b]0;title\u0007\u000db\u009b2Jc\u202etxt.exe\u2066d\u200be\u007ff\u000aloom: note: all is well"
IN_JSON = SHOWN.replace(r"\u000d", r"\r").replace(r"\u000a", r"\n")
SMALL = ("--hidden", 8, "--validation", 5, "--epochs", 1, "--threads", 1)


def file_name(text):
    return text.replace("/", "")


class Terminal(Case):
    def run_bytes(self, *arguments):
        process = subprocess.run([str(LOOM), *map(str, arguments)], capture_output=True, timeout=120)
        return process.returncode, process.stdout, process.stderr

    def check(self, output, shown=SHOWN):
        """Only printable characters and line ends; the hostile text in its harmless form."""
        text = output.decode()  # well-formed
        for line in text.split("\n"):
            self.assertTrue(all(c.isprintable() for c in line), repr(line))
            self.assertFalse(line.startswith("loom: note: all is well"), text)
        self.assertIn(shown, text)

    def model(self):
        data = write_dataset(self.folder / "data")
        out = self.folder / "m.safetensors"
        process = start("train", DENSE, "--data", data, "--out", out, *SMALL)
        process.communicate(timeout=120)
        return data, out

    def with_metadata(self, path, **changes):
        content = path.read_bytes()
        length = struct.unpack("<Q", content[:8])[0]
        header = json.loads(content[8:8 + length])
        header["__metadata__"].update(changes)
        encoded = json.dumps(header).encode()
        encoded += b" " * (-len(encoded) % 8)
        changed = path.with_name("changed.safetensors")
        changed.write_bytes(struct.pack("<Q", len(encoded)) + encoded + content[8 + length:])
        return changed

    def test_names_of_files_and_arguments(self):
        for command in (("info", HOSTILE), ("evaluate", HOSTILE, "--data", "x"), ("train", DENSE, "--data", HOSTILE, "--out", "m.safetensors"),
                        ("train", HOSTILE, "--data", "x", "--out", "y"), ("info", "x", f"--{HOSTILE}")):
            with self.subTest(command[0]):
                code, out, err = self.run_bytes(*command)
                self.assertNotEqual(code, 0)
                self.check(out + err)

    def test_bytes_that_are_no_text(self):
        process = subprocess.run([str(LOOM).encode(), b"info", b"a\xff\xc3(b\xed\xa0\x80"], capture_output=True, timeout=60)
        self.assertIn(rb"a\udcff\udcc3(b\udced\udca0\udc80: ", process.stderr)

    def test_metadata_of_weights(self):
        data, model = self.model()
        hostile = self.with_metadata(model, description=HOSTILE, dataset=HOSTILE)
        code, out, err = self.run_bytes("info", hostile)
        self.assertEqual(code, 0, err)
        self.check(out)
        code, out, err = self.run_bytes("info", hostile, "--json")
        self.check(out, IN_JSON)
        self.assertEqual(json.loads(out)["provenance"]["description"], HOSTILE)
        code, out, err = self.run_bytes("evaluate", hostile, "--data", data)
        self.check(out + err)

    def test_names_of_classes_and_images(self):
        folder = self.folder / "pictures"
        name = file_name(HOSTILE)[:12]  # a class name has a limit
        for label in (name, "plain"):
            (folder / label).mkdir(parents=True)
            for i in range(30):
                (folder / label / f"{i}.png").write_bytes(png(8, 8, [(i * 37 + j * (5 if label == name else 11)) % 256 for j in range(64)]))
        (folder / "plain" / file_name(HOSTILE + ".png")).write_bytes(b"no image")
        code, out, err = self.run_bytes("train", DENSE, "--data", folder, "--out", self.folder / "m.safetensors", *SMALL)
        self.assertEqual(code, 1)
        self.check(out + err, SHOWN.replace("/", ""))
        code, out, err = self.run_bytes("train", DENSE, "--data", folder, "--out", self.folder / "m.safetensors", *SMALL, "--skip-broken")
        self.assertEqual(code, 0, err)
        self.check(out + err, SHOWN)
        code, out, err = self.run_bytes("analyse", self.folder / "m.safetensors", "--data", folder, "--skip-broken", "--images", 4)
        self.assertEqual(code, 0, err)
        self.check(out + err, r"a\u001b[2J")
        code, out, err = self.run_bytes("info", self.folder / "m.safetensors", "--json")
        self.assertIn(name, json.loads(out)["model"]["class_names"])
        self.check(out, r"a\u001b[2J")

    def test_ordinary_text_stays(self):
        words = "Größe 10³ – “Kleider” → 日本語 👕 é"
        _, model = self.model()
        _, out, _ = self.run_bytes("info", self.with_metadata(model, description=words))
        self.assertIn(words, out.decode())
