#!/usr/bin/env python3
"""tools/draw_structure.py [--check]   draws .github/structure.svg: the folders of src/ and what each may include

The arrows are those of MAY_INCLUDE in tools/check_structure.py, without those that follow from others. A folder is
drawn one layer above the highest folder that it may include, so every arrow points down. --check writes nothing and
exits with status 1 if the file is out of date. The colours are legible on a white and on a black page.
"""
import pathlib
import sys
from xml.sax.saxutils import escape

import check_structure

OUT = pathlib.Path(__file__).resolve().parent.parent / ".github/structure.svg"

BOX_WIDTH, BOX_HEIGHT, FLOOR_HEIGHT, GAP, MARGIN = 132, 28, 58, 18, 10
LANE_WIDTH = 6  # of an arrow that passes through a layer
SWEEPS = 100    # up and down through the layers; enough for the drawing to settle
PULL = 0.25     # how strongly every box is pulled towards the middle, so that the drawing does not lean
# The first part of a folder's name, and the colours of its box. Any other folder is a library.
FILLS = {"cli": ("#fbe3c8", "#b3701c"), "explorer": ("#d3e5fb", "#2f6fb5"), "": ("#e7e9ec", "#6b7480")}
TEXT, ARROW = "#1f2328", "#7d8590"


def arrows():
    """{folder: what it may include directly}, without what it may include through another of these."""
    reach = {folder: check_structure.closure(folder) - {folder} for folder in check_structure.MAY_INCLUDE}
    return {folder: sorted(name for name in reach[folder] if not any(name in reach[other] for other in reach[folder]))
            for folder in reach}


def layers(below):
    """{folder: its layer}, 0 for a folder that may include nothing."""
    def layer(folder):
        return 1 + max((layer(name) for name in below[folder]), default=-1)
    return {folder: layer(folder) for folder in below}


def lanes(below, layer):
    """An arrow across several layers gets a place in each layer between: ((upper, lower), layer). Returns the places of
    every layer, and the pairs of places in neighbouring layers that a line joins."""
    rows = [[] for _ in range(1 + max(layer.values()))]
    for folder in sorted(layer):
        rows[layer[folder]].append(folder)
    joined = []
    for upper in sorted(below):
        for lower in below[upper]:
            way = [upper] + [((upper, lower), level) for level in range(layer[upper] - 1, layer[lower], -1)] + [lower]
            for place in way[1:-1]:
                rows[place[1]].append(place)
            joined += zip(way, way[1:])
    return rows, joined


def half_width(place):
    return (BOX_WIDTH if isinstance(place, str) else LANE_WIDTH) / 2


def spread(row, wanted):
    """x of the places, in this order, as near to `wanted` as their widths allow: the mean of two solutions, one that
    resolves overlaps to the right and one that resolves them to the left."""
    right, left = {}, {}
    edge = float("-inf")
    for place in row:
        right[place] = max(wanted[place], edge + GAP + half_width(place))
        edge = right[place] + half_width(place)
    edge = float("inf")
    for place in reversed(row):
        left[place] = min(wanted[place], edge - GAP - half_width(place))
        edge = left[place] - half_width(place)
    return {place: (right[place] + left[place]) / 2 for place in row}


def arrange(rows, joined):
    """{place: x}. Repeatedly moves the places of each layer towards the ends of their arrows; x = 0 is the middle."""
    x = {}
    for row in rows:
        x.update(spread(row, dict.fromkeys(row, 0.0)))
    above, under = {}, {}
    for upper, lower in joined:
        under.setdefault(upper, []).append(lower)
        above.setdefault(lower, []).append(upper)
    for sweep in range(SWEEPS):
        both = sweep > SWEEPS // 2  # at first only the neighbouring layer visited before, which sorts better
        for row in rows if sweep % 2 else reversed(rows):
            wanted = {}
            for place in row:
                near = (under if sweep % 2 else above).get(place, [])
                if both or not near:
                    near = above.get(place, []) + under.get(place, [])
                wanted[place] = (1 - PULL) * sum(x[other] for other in near) / len(near)
            x.update(spread(sorted(row, key=lambda place: (wanted[place], x[place])), wanted))
    left = min(x[place] - half_width(place) for place in x)
    return {place: round(x[place] - left + MARGIN, 1) for place in x}


def draw():
    below = arrows()
    layer = layers(below)
    rows, joined = lanes(below, layer)
    x = arrange(rows, joined)
    width = round(max(x[place] + half_width(place) for place in x) + MARGIN)
    height = (len(rows) - 1) * FLOOR_HEIGHT + BOX_HEIGHT + 2 * MARGIN

    def top(level):
        return MARGIN + (len(rows) - 1 - level) * FLOOR_HEIGHT

    lines, heads, boxes = [], [], []
    for upper in sorted(below):
        for lower in below[upper]:
            path, at = "", (x[upper], top(layer[upper]) + BOX_HEIGHT)
            for level in range(layer[upper] - 1, layer[lower] - 1, -1):
                last = level == layer[lower]
                to = (x[lower] if last else x[((upper, lower), level)], top(level) - (5 if last else 0))
                bend = (to[1] - at[1]) / 2
                path += f" C{at[0]:g} {at[1] + bend:g} {to[0]:g} {to[1] - bend:g} {to[0]:g} {to[1]:g}"
                at = to
                if not last:
                    at = (to[0], to[1] + BOX_HEIGHT)
                    path += f" V{at[1]:g}"
            lines.append(f'<path d="M{x[upper]:g} {top(layer[upper]) + BOX_HEIGHT:g}{path}"/>')
            heads.append(f'<path d="M{at[0] - 4:g} {at[1] - 3:g}h8l-4 8z"/>')
    for folder in sorted(below):
        fill, edge = FILLS.get(folder.split("/")[0], FILLS[""])
        names = ", ".join(below[folder])
        what = f"{folder} may include {names} and what they may" if names else f"{folder} includes no other folder"
        y = top(layer[folder])
        boxes.append(f'<g><title>{escape(what)}</title><rect x="{x[folder] - BOX_WIDTH / 2:g}" y="{y}" '
                     f'width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="5" fill="{fill}" stroke="{edge}"/>'
                     f'<text x="{x[folder]:g}" y="{y + BOX_HEIGHT / 2 + 4:g}">{escape(folder)}</text></g>')
    newline = "\n"
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">
<title>The folders of src/: each may include those that its arrows lead down to</title>
<g fill="none" stroke="{ARROW}" stroke-width="1.4">
{newline.join(lines)}
</g>
<g fill="{ARROW}">
{newline.join(heads)}
</g>
<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12" fill="{TEXT}" text-anchor="middle">
{newline.join(boxes)}
</g>
</svg>
"""


def main():
    if sys.argv[1:] == ["--check"]:
        if OUT.exists() and OUT.read_text() == draw():
            return 0
        print(f"draw_structure: {OUT.name} is out of date: run tools/draw_structure.py")
        return 1
    if sys.argv[1:]:
        print(__doc__)
        return 2
    OUT.write_text(draw())
    return 0


if __name__ == "__main__":
    sys.exit(main())
