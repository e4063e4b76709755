"""tools/check_structure.py finds every kind of violation. Each case is a small tree of its own."""

import importlib.util
import pathlib
import re
import tempfile
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
spec = importlib.util.spec_from_file_location("check_structure", ROOT / "tools/check_structure.py")
structure = importlib.util.module_from_spec(spec)
spec.loader.exec_module(structure)


def violations(files):
    """The violations in a tree that is given as {path below src/: text}."""
    with tempfile.TemporaryDirectory() as folder:
        src = pathlib.Path(folder)
        for name, text in files.items():
            (src / name).parent.mkdir(parents=True, exist_ok=True)
            (src / name).write_text(text)
        return structure.check(src)[1]


def include(*headers):
    return "".join(f'#include "{header}"\n' for header in headers)


class Includes(unittest.TestCase):
    def test_allowed_includes(self):
        self.assertEqual([], violations({
            "core/a.h": "", "nn/b.h": include("core/a.h"),
            "cli/commands/c.cpp": include("cli/pictures/d.h", "core/a.h", "nn/b.h"), "cli/pictures/d.h": "",
        }))

    def test_a_library_may_not_include_a_folder_above_it(self):
        self.assertEqual(["src/core/a.h:2: core may not include nn/b.h"],
                         violations({"core/a.h": "\n" + include("nn/b.h"), "nn/b.h": ""}))

    def test_a_subfolder_has_its_own_row(self):
        self.assertEqual(["src/cli/pictures/a.cpp:1: cli/pictures may not include cli/commands/b.h"],
                         violations({"cli/pictures/a.cpp": include("cli/commands/b.h"), "cli/commands/b.h": ""}))
        self.assertEqual(["src/cli/a.cpp:1: cli may not include cli/pictures/b.h"],
                         violations({"cli/a.cpp": include("cli/pictures/b.h"), "cli/pictures/b.h": ""}))

    def test_folders_of_the_explorer(self):
        self.assertEqual(["src/explorer/state/a.h:1: explorer/state may not include explorer/tools/b.h"],
                         violations({"explorer/state/a.h": include("explorer/tools/b.h"), "explorer/tools/b.h": ""}))
        self.assertEqual([], violations({"explorer/tools/b.h": include("explorer/state/a.h", "uses/c.h"),
                                         "explorer/state/a.h": "", "uses/c.h": ""}))

    def test_a_star_means_a_folder_and_its_subfolders(self):
        table = {"core": [], "core/inner": ["core"], "cli": ["core/*"]}
        with mock.patch.object(structure, "MAY_INCLUDE", table):
            self.assertEqual([], violations({"core/a.h": "", "core/inner/b.h": include("core/a.h"),
                                             "cli/c.cpp": include("core/a.h", "core/inner/b.h")}))

    def test_uses_may_include_neither_cli_nor_plot_nor_train(self):
        self.assertEqual(["src/uses/a.cpp:1: uses may not include cli/common.h",
                          "src/uses/a.cpp:2: uses may not include plot/page.h",
                          "src/uses/a.cpp:3: uses may not include train/trainer.h"],
                         violations({"uses/a.cpp": include("cli/common.h", "plot/page.h", "train/trainer.h")}))

    def test_a_folder_without_a_row(self):
        self.assertEqual(["src/cli/other/a.cpp:1: folder cli/other is not in the table of tools/check_structure.py"],
                         violations({"cli/other/a.cpp": ""}))

    def test_includes_in_comments_are_ignored(self):
        self.assertEqual([], violations({"core/a.h": '// #include "nn/b.h"\n'}))

    def test_third_party_libraries(self):
        self.assertEqual(["src/uses/a.cpp:1: uses may not include CLI/CLI.hpp"],
                         violations({"uses/a.cpp": "#include <CLI/CLI.hpp>\n"}))


class Cycles(unittest.TestCase):
    def test_of_headers_in_one_folder(self):
        self.assertEqual(["src/core/a.h:1: headers include one another in a circle: core/a.h -> core/b.h -> core/a.h"],
                         violations({"core/a.h": include("core/b.h"), "core/b.h": include("core/a.h")}))

    def test_of_the_table(self):
        table = {"core": ["nn"], "nn": ["weights"], "weights": ["core"]}
        with mock.patch.object(structure, "MAY_INCLUDE", table):
            self.assertEqual(["tools/check_structure.py: the table goes round in a circle: core -> nn -> weights -> core"],
                             violations({"core/a.h": ""}))

    def test_of_the_table_through_a_star(self):
        table = {"explorer": [], "explorer/state": ["explorer/*"]}
        with mock.patch.object(structure, "MAY_INCLUDE", table):
            self.assertEqual(
                ["tools/check_structure.py: the table goes round in a circle: explorer/state -> explorer/state"],
                violations({"explorer/state/a.h": ""}))

    def test_a_missing_row(self):
        with mock.patch.object(structure, "MAY_INCLUDE", {"nn": ["cores"]}):
            self.assertEqual(["tools/check_structure.py: the row of nn names cores, which has no row"],
                             violations({"nn/a.h": ""}))


class Rows(unittest.TestCase):
    def test_an_overlay_needs_a_row(self):
        overlay = {"explorer/overlays/overlay_new.cpp": "std::unique_ptr<OverlayLayer> make_new() {}\n"}
        table = "std::unique_ptr<OverlayLayer> make_new();\n"
        self.assertEqual(["src/explorer/overlays/overlay_new.cpp:1: make_new has no row in explorer/overlays/overlays.cpp"],
                         violations({**overlay, "explorer/overlays/overlays.cpp": table}))
        self.assertEqual([], violations({**overlay, "explorer/overlays/overlays.cpp": table + "Overlay{make_new}"}))

    def test_a_command_needs_a_row(self):
        command = {"cli/commands/new.cpp": "void add_new(CLI::App& app) {}\n"}
        self.assertEqual(["src/cli/commands/new.cpp:1: add_new has no row in cli/commands/main.cpp"],
                         violations({**command, "cli/commands/main.cpp": ""}))
        self.assertEqual([], violations({**command, "cli/commands/main.cpp": "loom::add_new(app);"}))

    def test_a_layer_must_be_in_the_variant(self):
        layer = {"nn/new.h": "void forward(const New& layer, const Matrix& x, Matrix& y, Scratch&);\n", "nn/other.h": "int x;\n"}
        self.assertEqual(["src/nn/new.h:1: New has no row in nn/layer.h"], violations({**layer, "nn/layer.h": ""}))
        self.assertEqual([], violations({**layer, "nn/layer.h": "using Layer = std::variant<Linear, New>;"}))

    def test_a_file_without_a_function_for_the_table(self):
        self.assertIn("src/explorer/tools/tool_new.cpp:1: has nothing for the table of explorer/tools/tools.cpp",
                      violations({"explorer/tools/tool_new.cpp": "int x;\n"})[0])


class Folders(unittest.TestCase):
    def test_too_many_files(self):
        files = {f"uses/{n}.h": "" for n in range(structure.CROWDED)}
        self.assertEqual([], violations(files))
        self.assertEqual([f"src/uses: {structure.CROWDED + 1} files, at most {structure.CROWDED} belong in a folder"],
                         violations(files | {"uses/more.h": ""}))

    def test_subfolders_are_counted_separately(self):
        files = {f"cli/{n}.h": "" for n in range(structure.CROWDED)}
        self.assertEqual([], violations(files | {"cli/commands/more.h": ""}))


class Words(unittest.TestCase):
    def test_the_size_of_a_picture(self):
        why = "the size of a picture is known only to core/image"
        self.assertEqual([f"src/nn/a.cpp:1: 28: {why}"], violations({"nn/a.cpp": "int side = 28;  // not 784\n"}))
        self.assertEqual([], violations({"core/image.cpp": "int side = 28;\n", "nn/b.cpp": "// 28\n"}))

    def test_only_the_file_that_is_named_may_use_a_word(self):
        self.assertEqual([], violations({"explorer/platform/platform_web.cpp": "EM_JS(void, f, (), {})\n"}))
        self.assertEqual(["src/explorer/app/app.cpp:1: EM_JS: only platform_web.cpp calls the browser"],
                         violations({"explorer/app/app.cpp": "EM_JS(void, f, (), {})\n"}))

    def test_every_file_that_may_use_a_word_does(self):
        for pattern, allowed, _ in structure.WORDS:
            if allowed == "-" or allowed.endswith("/.*"):  # nobody, or a whole folder
                continue
            for name in self.alternatives(allowed):
                files = [path for path in (ROOT / "src").rglob("*") if path.is_file()
                         and re.fullmatch(name, path.relative_to(ROOT / "src").as_posix())]
                code = [structure.COMMENT_OR_STRING.sub(structure.blank, path.read_text()) for path in files]
                self.assertTrue(any(re.search(pattern, text) for text in code), f"{pattern} is in no {name}")

    @staticmethod
    def alternatives(allowed):
        """The patterns that a pattern consists of: a|b/(c|d) -> a, b/c, b/d."""
        for part in re.split(r"\|(?![^(]*\))", allowed):
            group = re.search(r"\(([^)]*)\)", part)
            yield from ([part[:group.start()] + one + part[group.end():] for one in group[1].split("|")] if group else [part])


class ThisTree(unittest.TestCase):
    def test_has_no_violations(self):
        count, found, _ = structure.check(ROOT / "src")
        self.assertGreater(count, 400)
        self.assertEqual([], found)


if __name__ == "__main__":
    unittest.main()
