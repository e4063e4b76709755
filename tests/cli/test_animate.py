"""loom animate: what the explorer plays, as an animated GIF."""
import struct
import unittest

from loom_program import DENSE, ROOT, Case


def frames(content):
    """Size of the film, and for each frame its centiseconds and its place and size, without decoding the pixels."""
    assert content[:6] == b"GIF89a", content[:6]
    width, height, flags = struct.unpack("<HHB", content[6:11])
    at, found, time = 13 + (3 << (flags & 7) + 1 if flags & 128 else 0), [], 0
    while content[at] != 0x3b:
        if content[at] == 0x21:
            if content[at + 1] == 0xf9:
                time = struct.unpack("<H", content[at + 4:at + 6])[0]
            at += 2
        else:
            x, y, w, h, flags = struct.unpack("<HHHHB", content[at + 1:at + 10])
            found.append((time, (x, y, w, h)))
            at += 11 + (3 << (flags & 7) + 1 if flags & 128 else 0)
        while content[at]:
            at += content[at] + 1
        at += 1
    assert at == len(content) - 1
    return (width, height), found


class Animate(Case):
    def film(self, *arguments):
        out = self.folder / "film.gif"
        said = self.loom("animate", "--weights", ROOT / "weights", "--size", "320x240", "--out", out, *arguments)
        return said, frames(out.read_bytes())

    def test_path(self):
        said, (size, found) = self.film("--walk", "path", "--fps", 5, "--state", f"m={DENSE}&a=-1,-1&b=1,1")
        self.assertEqual(size, (320, 240))
        self.assertIn("31 frames of 320x240 pixels, 7.0 s", said)
        self.assertEqual(found[0][1], (0, 0, 320, 240))
        self.assertTrue(all(w * h < 320 * 240 for _, (_, _, w, h) in found[1:]))
        self.assertGreater(len(found), 25)  # equal frames are one
        self.assertEqual(sum(time for time, _ in found), 30 * 20 + 100)

    def test_path_between_classes_and_back(self):
        self.assertIn("61 frames", self.film("--walk", "path", "--fps", 5, "--back", "--state", f"m={DENSE}")[0])

    def test_border_and_classes(self):
        self.assertIn("11 frames", self.film("--walk", "border", "--fps", 5, "--speed", 4, "--state", f"m={DENSE}&pair=2,4")[0])
        self.assertIn("31 frames", self.film("--walk", "classes", "--fps", 5, "--speed", 5, "--state", f"m={DENSE}")[0])

    def test_replay_shows_each_epoch_and_is_the_same_every_time(self):
        arguments = ["--walk", "replay", "--fps", 4, "--state", f"m={DENSE}&overlay=density"]
        said, (_, found) = self.film(*arguments)
        self.assertIn("21 frames", said)  # of 20 epochs and before training
        self.assertEqual(len(found), 21)
        first = (self.folder / "film.gif").read_bytes()
        self.film(*arguments)
        self.assertEqual((self.folder / "film.gif").read_bytes(), first)

    def test_bad_input(self):
        out, weights = self.folder / "a.gif", ("--weights", ROOT / "weights")
        self.refused("animate", *weights, "--walk", "replay", "--out", out, "--state", "m=fashion-dense-vae-10d",
                     words=["--walk replay", "no training replay"])
        self.refused("animate", *weights, "--walk", "path", "--out", self.folder / "a.png", words=["expected a .gif file"])
        self.refused("animate", *weights, "--walk", "spiral", "--out", out, words=["--walk"])
        self.refused("animate", *weights, "--walk", "path", "--fps", 0, "--out", out, words=["--fps"])
        self.refused("animate", *weights, "--walk", "path", "--size", "3x3", "--out", out, words=["--size", "WIDTHxHEIGHT"])
        self.refused("animate", *weights, "--walk", "classes", "--fps", 50, "--speed", "0.1", "--out", out,
                     words=["at most 3000"])
        self.refused("animate", *weights, "--walk", "path", "--out", self.folder / "no" / "a.gif", words=["a.gif"])
        self.assertFalse(out.exists())


if __name__ == "__main__":
    unittest.main()
