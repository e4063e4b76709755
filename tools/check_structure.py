#!/usr/bin/env python3
"""Checks the rules of the source tree that no compiler checks: which folders may include which, how many files a folder
may hold, and which files may use certain words.

Prints one line per violation and exits with status 1 if there are any. Long files are only noted.
tests/cli/test_check_structure.py calls `check(src)`.
"""

import pathlib
import re
import sys

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"

# What the files of a folder may include directly; they may also include what those folders may include. A folder inside
# another has its own row, and "explorer/*" stands for explorer and all folders in it. There must be no cycles.
MAY_INCLUDE = {
    "core": [], "core/files": ["core"], "core/json": ["core"],
    "nn/kernels": ["core"], "nn": ["core/json", "nn/kernels"], "nn/portable": ["nn/kernels"],
    "nn/likelihood": ["nn/kernels"],
    "weights": ["core/files", "core/json"],
    "film": ["core"],
    "raster": ["core"], "plot": ["core/files", "raster"],
    "data/images": ["core/files"], "data": ["data/images"], "data/pack": ["core/json", "data"],
    "data/folder": ["data"], "data/idx": ["data"], "data/arrays": ["data"],
    "data/load": ["data/arrays", "data/folder", "data/idx", "data/pack"],
    "model": ["nn", "nn/likelihood", "weights"],
    "analysis/plane": ["model"],
    "analysis/density": ["analysis/plane"], "analysis/metric": ["analysis/plane"],
    "analysis/bound": ["analysis/density"],
    "train": ["data", "model"],
    "train/session": ["train"],
    "train_api": ["train/session"],
    "uses": ["analysis/*", "data"],
    "api": ["analysis/*"],
    "convert": ["model"],

    "explorer/texts": ["uses"],
    "explorer/state": ["explorer/texts"],
    "explorer/link": ["explorer/overlays", "explorer/tools"],
    "explorer/model": ["data/pack", "explorer/state"],
    "explorer/model/training": ["explorer/model"], "explorer/model/images": ["explorer/model"],
    "explorer/layout": ["explorer/state"],
    "explorer/draw/svg": ["explorer/state", "raster"],
    "explorer/draw": ["explorer/draw/svg", "explorer/layout", "explorer/model/images", "explorer/model/training"],
    "explorer/session": ["explorer/model/images", "explorer/model/training"],
    "explorer/overlays": ["explorer/draw"],
    "explorer/tools": ["explorer/draw", "explorer/session"],
    "explorer/tools/training": ["explorer/tools"], "explorer/tools/playing": ["explorer/tools"],
    "explorer/play": ["explorer/overlays", "explorer/tools"],
    "explorer/app/input": ["explorer/session"],
    "explorer/app/navigation": ["explorer/link", "explorer/session"],
    "explorer/app": ["explorer/app/input", "explorer/app/navigation", "explorer/overlays", "explorer/play", "explorer/tools"],
    "explorer/app/access": ["explorer/app"],
    "explorer/panels": ["explorer/app/access"],
    "explorer/platform": ["explorer/panels"],
    "explorer/first": ["explorer/draw", "explorer/link"],

    "cli": ["convert", "data/load", "plot", "train/session", "uses"],
    "cli/figures": ["cli"],
    "cli/pictures": ["cli"],
    "cli/training": ["cli/figures"],
    "cli/commands": ["cli/pictures", "cli/training", "explorer/*", "film"],
}
# Third-party libraries, by the prefix of their headers, and the folders that may use them. Standard headers are allowed
# everywhere.
LIBRARIES = {
    "imgui": ["explorer"], "SDL": ["explorer"], "emscripten": ["explorer"], "GLES": ["explorer"], "GL/": ["explorer"],
    "CLI/": ["cli"], "stb/": ["cli", "data", "explorer", "plot"], "zlib": ["data"], "gif_lib": ["film"],
}
# pattern, the files that may contain it (a regular expression for the path below src/; "-": none), the reason
WORDS = [
    (r"\bStateWriter\b", r"explorer/(app/update\.cpp|session/session\.h)", "everything in ExplorerState is changed by app/update.cpp"),
    (r"\b(28|784)\b", r"core/image\.cpp|explorer/panels/.*_panel\.cpp", "the size of a picture is known only to core/image"),
    (r"__EMSCRIPTEN__", r"-", "page and native program differ by the files that are compiled: explorer/platform"),
    (r"\bEM_JS\b|\bEM_ASM\b|<emscripten", r"explorer/platform/platform_web\.cpp", "only platform_web.cpp calls the browser"),
    (r"std::(normal|uniform_real|uniform_int|bernoulli)_distribution|std::shuffle", r"-", "differs between standard libraries: use core/rng.h"),
    (r"\bSTB\w*_IMPLEMENTATION\b|\bSTB(TT|I|IW)_\w*STATIC\b", r"-", "the code of stb is in tools/cmake/stb.cpp"),
    (r"std::random_device|\b[sd]?rand48?\(", r"-", "no hidden seed: use core/rng.h"),
    (r"\bEigen::(MatrixXf|MatrixXd|VectorXf|VectorXd)\b", r"-", "column-major: a Ref to our Matrix would copy; use core/types.h"),
    (r"#include <(iostream|fstream|sstream|iomanip|format|regex)>", r"cli/.*", "doubles the size of the wasm module"),
    (r"\bexit\(|\babort\(", r"cli/commands/main\.cpp", "a library throws Error"),
]
# Files that each need a row in a table: their names, a pattern for the name that the row contains, the table's file.
ROWS = [
    (r"explorer/overlays/overlay_\w+\.cpp", r"^std::unique_ptr<OverlayLayer> (make_\w+)\(", "explorer/overlays/overlays.cpp"),
    (r"explorer/tools/(training/)?tool_\w+\.cpp", r"^std::unique_ptr<ToolLayer> (make_\w+)\(", "explorer/tools/tools.cpp"),
    (r"nn/\w+\.h", r"^void forward\(const (\w+)& layer,", "nn/layer.h"),
    (r"cli/commands/\w+\.cpp", r"^void (add_\w+)\(CLI::App& app[,)]", "cli/commands/main.cpp"),
]
LONG = 350  # lines
CROWDED = 27  # files in a folder, without its subfolders

COMMENT_OR_STRING = re.compile(r'//[^\n]*|/\*.*?\*/|R"\((?:.*?)\)"|"(?:\\.|[^"\\\n])*"', re.S)
INCLUDE = re.compile(r'^\s*#include\s+["<]([^">]+)[">]', re.M)


def direct(folder):
    """The folders that a row names, with "explorer/*" spelt out."""
    for name in MAY_INCLUDE[folder]:
        if name.endswith("/*"):
            yield from (row for row in MAY_INCLUDE if row == name[:-2] or row.startswith(name[:-1]))
        else:
            yield name


def closure(folder):
    reached, todo = {folder}, [folder]
    while todo:
        for name in direct(todo.pop()):
            if name not in reached:
                reached.add(name)
                todo.append(name)
    return reached


def find_circle(start, following):
    """A path from `start` back to `start` as a list, or None. `following(node)`: the nodes that `node` points to."""
    todo, seen = [[start]], set()
    while todo:
        way = todo.pop()
        for node in following(way[-1]):
            if node == start:
                return way + [start]
            if node not in seen:
                seen.add(node)
                todo.append(way + [node])
    return None


def check_table(report):
    for folder in MAY_INCLUDE:
        for name in direct(folder):
            if name not in MAY_INCLUDE:
                report("", 0, f"tools/check_structure.py: the row of {folder} names {name}, which has no row")
                return  # with an invalid table, include cycles need not be reported
    for folder in MAY_INCLUDE:
        circle = find_circle(folder, lambda node: direct(node))
        if circle and folder == min(circle):
            report("", 0, "tools/check_structure.py: the table goes round in a circle: " + " -> ".join(circle))


def blank(match):
    """Replaces a comment or string by blanks, so that line numbers stay; keeps the names after #include."""
    start = match.string.rfind("\n", 0, match.start()) + 1
    if match[0].startswith('"') and match.string[start:match.start()].lstrip().startswith("#include"):
        return match[0]
    return re.sub(r"[^\n]", " ", match[0])


def check_file(name, code, files, report):
    folder = name.rpartition("/")[0]

    def line(position):
        return code.count("\n", 0, position) + 1

    if folder not in MAY_INCLUDE:
        report(name, 1, f"folder {folder} is not in the table of tools/check_structure.py")
        return
    allowed_folders = closure(folder)
    tops = {row.split("/")[0] for row in MAY_INCLUDE}
    for match in INCLUDE.finditer(code):
        header = match[1]
        owner = header.rpartition("/")[0]
        if header.split("/")[0] in tops and owner not in allowed_folders:
            report(name, line(match.start(1)), f"{folder} may not include {header}")
        for library, folders in LIBRARIES.items():
            if header.startswith(library) and header not in files and folder.split("/")[0] not in folders:
                report(name, line(match.start(1)), f"{folder} may not include {header}")
    for pattern, allowed, why in WORDS:
        if not re.fullmatch(allowed, name):
            for match in re.finditer(pattern, code):
                report(name, line(match.start()), f"{match[0]}: {why}")


def check_circles(files, report):
    """Headers that include one another in a circle, within a folder too."""
    for name in files:
        circle = find_circle(name, lambda node: [h for h in INCLUDE.findall(files[node]) if h in files])
        if circle and name == min(circle):
            report(name, 1, "headers include one another in a circle: " + " -> ".join(circle))


def check_rows(files, report):
    """Files that are compiled but never used, because they have no row in their table."""
    for names, pattern, table in ROWS:
        for name, code in files.items():
            if not re.fullmatch(names, name) or name == table:
                continue
            made = re.findall(pattern, code, re.M)
            # cli/commands may have files that several commands share, and nn holds more than layers.
            if not made and not name.startswith(("cli/commands/", "nn/")):
                report(name, 1, f"has nothing for the table of {table}: no {pattern}")
            for function in made:
                if len(re.findall(rf"\b{function}\b(?!\(\);)", files.get(table, ""))) == 0:
                    report(name, 1, f"{function} has no row in {table}")


def check_folders(files, report):
    counts = {}
    for name in files:
        folder = name.rpartition("/")[0]
        counts[folder] = counts.get(folder, 0) + 1
    for folder, count in sorted(counts.items()):
        if count > CROWDED:
            report(folder, 0, f"{count} files, at most {CROWDED} belong in a folder")


def check(src):
    """(number of files, violations, notes) of the tree at `src`."""
    violations, notes = [], []

    def report(name, line, what):
        place = f"src/{name}" if name else ""
        violations.append(": ".join(part for part in (f"{place}:{line}" if line else place, what) if part))

    paths = sorted(path for path in src.rglob("*") if path.suffix in (".h", ".cpp"))
    texts = {path.relative_to(src).as_posix(): path.read_text() for path in paths}
    files = {name: COMMENT_OR_STRING.sub(blank, text) for name, text in texts.items()}
    check_table(report)
    if not violations:
        for name, code in files.items():
            check_file(name, code, files, report)
    check_circles(files, report)
    check_rows(files, report)
    check_folders(files, report)
    for name, text in texts.items():
        if text.count("\n") > LONG:
            notes.append(f"src/{name} has {text.count(chr(10))} lines")
    return len(files), violations, notes


def main():
    count, violations, notes = check(SRC)
    for note in notes:
        print(f"note: {note}")
    print("\n".join(violations), end="\n" if violations else "")
    print(f"check_structure: {count} files, {len(violations)} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
