"""loom render: the explorer's view of a link as an image, and its map as SVG."""
import re
import unittest
import xml.etree.ElementTree as xml

from loom_program import DENSE, ROOT, Case

SVG = "{http://www.w3.org/2000/svg}"


class Render(Case):
    def test_map_as_svg(self):
        out = self.folder / "map.svg"
        said = self.loom("render", "--weights", ROOT / "weights", "--size", "640x480", "--out", out, "--theme", "light",
                         "--state", f"m={DENSE}&z=0.5,-1&overlay=density")
        self.assertIn(DENSE, said)
        picture = xml.parse(out).getroot()
        self.assertEqual((picture.get("width"), picture.get("height")), ("640", "480"))
        marks = picture.findall(f".//{SVG}use")
        self.assertGreater(len(marks), 5000)
        symbols = {symbol.get("id") for symbol in picture.findall(f".//{SVG}path")}
        self.assertEqual({mark.get("href")[1:] for mark in marks} - symbols, set())
        self.assertEqual(len({mark.get("fill") for mark in marks}), 10)
        words = {text.text for text in picture.findall(f".//{SVG}text")}
        self.assertLessEqual({"Bag", "Trouser", "0"}, words)
        (density,) = picture.findall(f".//{SVG}image")
        self.assertRegex(density.get("href"), re.compile(r"^data:image/png;base64,iVBOR"))
        self.assertNotIn("texture:", out.read_text())


if __name__ == "__main__":
    unittest.main()
