"""The colours of the page's style sheets equal those of src/core/palette.h, with the same names."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HEADER = (ROOT / "src/core/palette.h").read_text()
STYLE = (ROOT / "web/style.css").read_text()
COURSE = (ROOT / "web/course/course.css").read_text()


def palette(name):
    body = re.search(rf"Palette {name}\{{([^}}]*)\}}", HEADER)[1]
    return {key.replace("_", "-"): value for key, value in re.findall(r"\.(\w+) = rgb\(0x(\w{6})\)", body)}


def blocks(is_dark, style=STYLE):
    """The sets of colours that a style sheet defines for the light or the dark theme, as {name: value}."""
    found = [dict(re.findall(r"--([\w-]+): #(\w{6});", body)) for body in re.findall(r"\{([^{}]*)\}", style)]
    return [colors for colors in found if "panel" in colors and (int(colors["panel"][:2], 16) < 128) == is_dark]


class StyleSheet(unittest.TestCase):
    def test_light(self):
        self.check(blocks(is_dark=False), palette("kLight"), times=1)

    def test_dark_as_the_system_says_and_as_chosen(self):
        self.check(blocks(is_dark=True), palette("kDark"), times=2)

    def check(self, found, expected, times):
        self.assertEqual(times, len(found))
        for colors in found:
            self.assertGreater(len(colors), 10)
            self.assertEqual({name: expected.get(name, "not in src/core/palette.h") for name in colors}, colors)

    def test_both_have_the_same_names(self):
        names = {tuple(sorted(colors)) for colors in blocks(is_dark=False) + blocks(is_dark=True)}
        self.assertEqual(1, len(names))


class Course(unittest.TestCase):
    def test_light_and_dark(self):
        for is_dark, name in ((False, "kLight"), (True, "kDark")):
            (found,) = blocks(is_dark, COURSE)
            expected = palette(name)
            expected["paper"] = expected["plane"]  # the background of the printed lesson
            del found["soft"]  # background of exercises; the explorer has no such colour
            self.assertGreater(len(found), 5)
            self.assertEqual({key: expected[key] for key in found}, found)


if __name__ == "__main__":
    unittest.main()
