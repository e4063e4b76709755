"""loom analyse: the figures of a small model, as JSON and as text."""
import json
import math
import unittest

from idx_files import write_dataset
from loom_program import Case


class Analyse(Case):
    def setUp(self):
        super().setUp()
        self.data = write_dataset(self.folder / "data")
        self.model = self.folder / "m.safetensors"
        self.train(self.data, self.model, "--validation", 40, epochs=20)

    def analyse(self, *more):
        return json.loads(self.loom("analyse", self.model, "--json", "--grid", 128, "--draws", 300, *more))

    def test_without_images(self):
        result = self.analyse()
        self.assertEqual((result["images"], result["latent_dim"], result["grid"]), (80, 2, 128))
        figures = result["figures"]
        self.assertNotIn("images", figures)
        units, density, overlap = figures["units"], figures["density"], figures["overlap"]
        self.assertAlmostEqual(units["kl"], sum(units["kl_per_dimension"]), places=9)
        self.assertAlmostEqual(units["kl_bits"] * math.log(2), units["kl"], places=9)
        self.assertAlmostEqual(density["marginal_kl"] + density["mutual_information"], units["kl"], places=9)
        self.assertTrue(0 <= density["hole_mass_0.01"] <= density["hole_mass_0.1"] <= density["hole_mass_0.5"] <= 1)
        self.assertAlmostEqual(density["coverage"], 1 - density["hole_mass_0.1"], places=9)
        self.assertAlmostEqual(density["mass_on_grid"], 1, delta=0.1)
        self.assertEqual(len(figures["holes"]["component_list"]), figures["holes"]["components"])
        masses = [hole["prior_mass"] for hole in figures["holes"]["component_list"]]
        self.assertEqual(masses, sorted(masses, reverse=True))
        self.assertLess(sum(masses), density["hole_mass_0.1"] + 0.01)
        matrix = overlap["bhattacharyya"]
        self.assertTrue(all(abs(matrix[a][b] - matrix[b][a]) < 1e-6 for a in range(2) for b in range(2)))
        self.assertTrue(0.5 <= overlap["bayes_accuracy"] <= 1)
        self.assertTrue(0 <= overlap["class_entropy"] <= math.log(2) + 1e-6)
        self.assertTrue(0 <= figures["neighbours"]["accuracy"] <= 1)
        self.assertGreater(figures["geometry"]["pixel_magnification_95"], figures["geometry"]["pixel_magnification_5"])
        self.assertGreater(figures["map"]["smoothness_worst"], figures["map"]["smoothness_mean"])

    def test_with_images(self):
        figures = self.analyse("--data", self.data, "--images", 20)["figures"]["images"]
        self.assertEqual(figures["images"], 20)
        self.assertLessEqual(figures["least_loss"], figures["refined_negative_elbo"])
        self.assertLessEqual(figures["refined_negative_elbo"], figures["negative_elbo"] + 1e-3)
        self.assertLessEqual(-figures["log_p"], figures["refined_negative_elbo"] + 1e-3)
        self.assertLessEqual(figures["iwae_100"], figures["log_p"] + 0.05)
        self.assertAlmostEqual(figures["gap_mean"], figures["log_p"] + figures["negative_elbo"], places=6)
        self.assertLessEqual(figures["gap_refined_mean"], figures["gap_mean"] + 1e-3)
        self.assertGreaterEqual(figures["gap_worst"], figures["gap_median"])

    def test_results_depend_neither_on_threads_nor_on_the_source_of_the_codes(self):
        one, two = (self.analyse("--data", self.data, "--images", 10, "--threads", n) for n in (1, 2))
        self.assertEqual(one, two)
        stored = self.analyse()["figures"]  # codes of the file are rounded to 16 bits
        self.assertAlmostEqual(stored["density"]["marginal_kl"], one["figures"]["density"]["marginal_kl"], places=2)

    def test_text(self):
        printed = self.loom("analyse", self.model, "--grid", 64)
        for words in ("80 images", "marginal_kl", "hole_mass_0.1", "bayes_accuracy", "round_trip_90", "nats per image",
                      "need images: give --data DIR"):
            self.assertIn(words, printed)
        self.assertNotIn("need images", self.loom("analyse", self.model, "--grid", 64, "--data", self.data, "--images", 2))

    def test_a_collapsed_model_is_reported(self):
        model = self.folder / "collapsed.safetensors"
        self.train(self.data, model, "--validation", 40, "--beta", 1000, epochs=10)
        result = json.loads(self.loom("analyse", model, "--json", "--grid", 64))
        self.assertIn("posterior collapse: 2 of 2", result["figures"]["units"]["warning"])
        self.assertEqual(result["figures"]["units"]["active_units"], 0)
        self.assertIn("warning: posterior collapse", self.loom("analyse", model, "--grid", 64))

    def test_invalid_options(self):
        self.refused("analyse", self.model, "--grid", 5, words=["grid"])
        self.refused("analyse", self.folder / "none.safetensors", words=["none.safetensors"])
        self.refused("analyse", self.model, "--data", self.folder / "nowhere", words=["nowhere"])


if __name__ == "__main__":
    unittest.main()
