"""weights/: every model that ships is whole. A file that is forgotten in a list would be there and never be seen."""

import json
import unittest

from loom_program import ROOT

WEIGHTS = ROOT / "weights"


class Shipped(unittest.TestCase):
    def test_every_weight_file_has_its_row_and_its_card(self):
        rows = json.loads((WEIGHTS / "models.json").read_text())
        files = {path.name for path in WEIGHTS.glob("*.safetensors") if not path.name.endswith(".replay.safetensors")}
        self.assertEqual({row["file"] for row in rows}, files)
        self.assertEqual(len({row["name"] for row in rows}), len(rows))
        for file in files:
            with self.subTest(file):
                self.assertTrue((WEIGHTS / file).with_suffix(".md").is_file())

    def test_the_readme_lists_them_in_a_table(self):
        readme = (ROOT / "README.md").read_text()
        for row in json.loads((WEIGHTS / "models.json").read_text()):
            self.assertIn(f"| `{row['name']}` |", readme)


if __name__ == "__main__":
    unittest.main()
