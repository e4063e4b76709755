"""tools/draw_structure.py: .github/structure.svg is up to date, and the drawing shows the table."""

import importlib.util
import pathlib
import re
import sys
import unittest
import xml.etree.ElementTree
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
spec = importlib.util.spec_from_file_location("draw_structure", ROOT / "tools/draw_structure.py")
drawing = importlib.util.module_from_spec(spec)
spec.loader.exec_module(drawing)
SVG = "{http://www.w3.org/2000/svg}"

DIAMOND = {"core": [], "nn": ["core"], "data": ["core"], "cli": ["nn", "data", "core"], "cli/commands": ["cli", "nn"]}


def of_table(table):
    return mock.patch.object(drawing.check_structure, "MAY_INCLUDE", table)


class Drawing(unittest.TestCase):
    def test_the_file_is_up_to_date(self):
        self.assertEqual(drawing.draw(), drawing.OUT.read_text(), "run tools/draw_structure.py")

    def test_arrows_that_follow_from_others_are_left_out(self):
        with of_table(DIAMOND):
            self.assertEqual({"core": [], "nn": ["core"], "data": ["core"], "cli": ["data", "nn"], "cli/commands": ["cli"]},
                             drawing.arrows())

    def test_a_folder_is_above_all_that_it_may_include(self):
        with of_table(DIAMOND):
            self.assertEqual({"core": 0, "nn": 1, "data": 1, "cli": 2, "cli/commands": 3}, drawing.layers(drawing.arrows()))

    def test_every_folder_has_a_box_and_no_two_boxes_touch(self):
        root = xml.etree.ElementTree.fromstring(drawing.draw())
        names = [text.text for text in root.iter(SVG + "text")]
        self.assertEqual(sorted(drawing.check_structure.MAY_INCLUDE), sorted(names))
        boxes = [tuple(float(rect.get(key)) for key in ("x", "y", "width", "height")) for rect in root.iter(SVG + "rect")]
        self.assertEqual(len(names), len(boxes))
        width, height = (float(root.get(key)) for key in ("width", "height"))
        for i, (x, y, w, h) in enumerate(boxes):
            self.assertTrue(0 < x and x + w < width and 0 < y and y + h < height, names[i])
            for j in range(i):
                a, b, c, d = boxes[j]
                self.assertFalse(x < a + c and a < x + w and y < b + d and b < y + h, f"{names[i]} lies on {names[j]}")

    def test_every_arrow_points_down_and_crosses_no_box(self):
        root = xml.etree.ElementTree.fromstring(drawing.draw())
        boxes = [tuple(float(rect.get(key)) for key in ("x", "y", "width", "height")) for rect in root.iter(SVG + "rect")]
        lines = [path.get("d") for path in root.iter(SVG + "path") if "C" in path.get("d")]
        self.assertEqual(sum(map(len, drawing.arrows().values())), len(lines))
        for line in lines:
            x, y = 0.0, -1.0
            for command, numbers in re.findall(r"([MCV])([^MCV]*)", line):
                values = [float(number) for number in numbers.split()]
                below = values[-1]
                self.assertGreater(below, y, line)
                if command == "V":  # straight through a layer
                    for a, b, c, d in boxes:
                        self.assertFalse(a < x < a + c and y < b + d and b < below, line)
                y = below
                x = values[-2] if command != "V" else x


if __name__ == "__main__":
    unittest.main()
