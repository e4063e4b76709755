#!/usr/bin/env python3
"""Checks the rules of the source tree that no compiler checks: who may include whom, and words with a place of their own.

Prints one line per violation and ends with 1 if there are any. Long files are only named.
"""

import pathlib
import re
import sys

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"

# What a folder may include directly; what those may include, it may too.
MAY_INCLUDE = {
    "core": [], "nn": ["core"], "weights": ["core"], "data": ["core"], "raster": ["core"], "plot": ["raster"],
    "model": ["nn", "weights"],
    "analysis": ["model"],
    "train": ["data", "model"],
    "explorer": ["analysis", "data", "raster"], "api": ["analysis"],
    "convert": ["model"],
    "cli": ["train", "explorer", "convert", "plot"],
}
# Libraries of others, by the first characters of the header, and the folders they belong to. Standard ones go anywhere.
LIBRARIES = {
    "imgui": ["explorer"], "SDL": ["explorer"], "emscripten": ["explorer"], "GLES": ["explorer"], "GL/": ["explorer"],
    "CLI/": ["cli"], "stb_": ["cli", "data", "explorer", "plot"], "stb/": ["cli", "data", "explorer", "plot"], "zlib": ["data", "plot"],
}
# pattern, where it is allowed (a regular expression on the path below src/), why
WORDS = [
    (r"\b(28|784)\b", r"core/image\.(h|cpp)|explorer/.*_panel\.cpp", "the size of a picture is known only to core/image"),
    (r"__EMSCRIPTEN__", r"explorer/platform_sdl\.cpp", "only platform_sdl.cpp tells the page from the native program"),
    (r"\bEM_JS\b|\bEM_ASM\b|<emscripten", r"explorer/platform_(sdl|web)\.cpp", "only the platform files know the browser"),
    (r"std::(normal|uniform_real|uniform_int|bernoulli)_distribution|std::shuffle", r"-", "differs between standard libraries: use core/rng.h"),
    (r"std::random_device|\b[sd]?rand48?\(", r"-", "no hidden seed: use core/rng.h"),
    (r"\bEigen::(MatrixXf|MatrixXd|VectorXf|VectorXd)\b", r"-", "column-major: a Ref to our Matrix would copy; use core/types.h"),
    (r"#include <(iostream|fstream|sstream|iomanip|format|regex)>", r"cli/.*", "doubles the size of the wasm module"),
    (r"\bexit\(|\babort\(", r"cli/.*|explorer/(main|platform_sdl)\.cpp", "a library throws Error"),
]
LONG = 350  # lines

COMMENT_OR_STRING = re.compile(r'//[^\n]*|/\*.*?\*/|R"\((?:.*?)\)"|"(?:\\.|[^"\\\n])*"', re.S)
INCLUDE = re.compile(r'^\s*#include\s+["<]([^">]+)[">]', re.M)


def closure(folder):
    reached, todo = {folder}, [folder]
    while todo:
        for direct in MAY_INCLUDE[todo.pop()]:
            if direct not in reached:
                reached.add(direct)
                todo.append(direct)
    return reached


def blank(match):
    """Removes a comment or string but keeps its lines, and keeps the names after #include."""
    start = match.string.rfind("\n", 0, match.start()) + 1
    if match[0].startswith('"') and match.string[start:match.start()].lstrip().startswith("#include"):
        return match[0]
    return re.sub(r"[^\n]", " ", match[0])


def check_file(path, report):
    name = path.relative_to(SRC).as_posix()
    folder = name.split("/")[0]
    text = path.read_text()
    code = COMMENT_OR_STRING.sub(blank, text)

    def line(position):
        return code.count("\n", 0, position) + 1

    if folder not in MAY_INCLUDE:
        report(name, 1, f"folder {folder} is not in the table of tools/check_structure.py")
        return
    for match in INCLUDE.finditer(code):
        top = match[1].split("/")[0]
        if top in MAY_INCLUDE and top not in closure(folder):
            report(name, line(match.start(1)), f"{folder} may not include {match[1]}")
        for library, folders in LIBRARIES.items():
            if match[1].startswith(library) and folder not in folders:
                report(name, line(match.start(1)), f"{folder} may not include {match[1]}")
    for pattern, allowed, why in WORDS:
        if not re.fullmatch(allowed, name):
            for match in re.finditer(pattern, code):
                report(name, line(match.start()), f"{match[0]}: {why}")
    if text.count("\n") > LONG:
        print(f"note: src/{name} has {text.count(chr(10))} lines")


def main():
    violations = []

    def report(name, line, what):
        violations.append(f"src/{name}:{line}: {what}")

    files = sorted(path for path in SRC.rglob("*") if path.suffix in (".h", ".cpp"))
    for path in files:
        check_file(path, report)
    print("\n".join(violations), end="\n" if violations else "")
    print(f"check_structure: {len(files)} files, {len(violations)} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
