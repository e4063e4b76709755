"""subset_font.py IN.ttf OUT.ttf: keeps the characters that the panels use and adds the arrows that Roboto lacks."""

import sys

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

GREEK = range(0x391, 0x3CA)
SIGNS = "−–—…‘’“”•·×°±≤≥≈²√Σ∞∫"
# Stem and head of an arrow to the right, in em, centred at the height of the minus sign.
ARROW = [(0.06, 0.32), (0.62, 0.32), (0.44, 0.14), (0.50, 0.08), (0.78, 0.355), (0.50, 0.63), (0.44, 0.57), (0.62, 0.39), (0.06, 0.39)]
CENTER = (0.42, 0.355)
TURNS = {"→": (1, 0), "↑": (0, 1), "←": (-1, 0), "↓": (0, -1)}  # cosine and sine of the turn


def add_arrow(font, character):
    em = font["head"].unitsPerEm
    cosine, sine = TURNS[character]
    pen = TTGlyphPen(None)
    for index, (x, y) in enumerate(reversed(ARROW)):  # TrueType outlines run clockwise
        dx, dy = x - CENTER[0], y - CENTER[1]
        point = (round(em * (CENTER[0] + cosine * dx - sine * dy)), round(em * (CENTER[1] + sine * dx + cosine * dy)))
        pen.moveTo(point) if index == 0 else pen.lineTo(point)
    pen.closePath()
    name = f"uni{ord(character):04X}"
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (round(2 * em * CENTER[0]), font["glyf"][name].xMin if hasattr(font["glyf"][name], "xMin") else 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(character)] = name


def main(source, target):
    font = TTFont(source)
    for character in TURNS:
        if ord(character) not in font.getBestCmap():
            add_arrow(font, character)
    options = Options()
    options.hinting = False
    options.layout_features = []  # ImGui supports neither ligatures nor kerning pairs
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "kern", "FFTM", "hdmx", "VDMX", "LTSH"]
    options.name_IDs = [0, 1, 2, 13]
    options.glyph_names = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*range(0x20, 0x7F), *range(0xA0, 0x100), *GREEK, *map(ord, SIGNS), *map(ord, TURNS)])
    subsetter.subset(font)
    font.save(target)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
