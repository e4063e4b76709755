"""loom train: output files, interruption, resuming, reproducibility."""
import random
import signal
import time
import unittest

from idx_files import write_dataset
from loom_program import CONV, DENSE, Case, json_lines, start

# Recipes keep 5,000 images for validation, but these data sets have only 300, so tests set a smaller number.
SMALL = ["--validation", "40"]


class Train(Case):
    def test_writes_weights_record_and_card(self):
        for recipe in (DENSE, CONV):
            with self.subTest(recipe):
                data = write_dataset(self.folder / recipe / "data", compressed=recipe == CONV)
                out = self.folder / recipe / "m.safetensors"
                printed = self.train(data, out, *SMALL, recipe=recipe)
                self.assertIn("epoch 2/2", printed)
                for word in ("reconstruction", "kl", "negative_elbo", "validation", "images/s"):
                    self.assertIn(word, printed)
                record = json_lines(out.with_suffix(".jsonl"))
                self.assertEqual([line["event"] for line in record], ["run", "epoch", "epoch"])
                self.assertLess(record[2]["training"]["negative_elbo"], record[1]["training"]["negative_elbo"])
                card = out.with_suffix(".md").read_text()
                self.assertIn(f"loom train {recipe} --data DIR --out m.safetensors --epochs 2 --validation 40", card)
                self.assertFalse(out.with_name("m.safetensors.resume").exists())

    def test_same_bytes_for_any_threads_and_with_f32(self):
        data = write_dataset(self.folder / "data")
        for extra in ([], ["--f32"]):
            weights = []
            for threads in (1, 2, 3):
                out = self.folder / f"{threads}.safetensors"
                self.train(data, out, *SMALL, *extra, "--threads", threads, "--batch-size", 96, "--force")
                weights.append(out.read_bytes())
            self.assertEqual(weights[0], weights[1])
            self.assertEqual(weights[0], weights[2])

    def test_options_take_effect(self):
        data = write_dataset(self.folder / "data")
        weights = set()
        for i, option in enumerate(([], ["--seed", 1], ["--learning-rate", 5e-4], ["--beta", 4], ["--batch-size", 32])):
            out = self.folder / f"{i}.safetensors"
            self.train(data, out, *SMALL, *option)
            weights.add(out.read_bytes())
        self.assertEqual(len(weights), 5)

    def interrupted_run(self, data, out, sent, wait):
        """Starts a long run and stops it by a signal `wait` seconds after the first save."""
        process = start("train", DENSE, "--data", data, "--out", out, "--epochs", 250, *SMALL)
        state = out.with_name(out.name + ".resume")
        while not state.exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(wait)
        process.send_signal(sent)
        _, err = process.communicate(timeout=60)
        self.assertNotEqual(process.returncode, 0)
        self.assertFalse(out.exists())
        self.assertTrue(state.exists())
        return err

    def test_interrupted_and_killed_runs_resume_with_the_same_result(self):
        data = write_dataset(self.folder / "data")
        whole = self.folder / "whole.safetensors"
        self.train(data, whole, *SMALL, epochs=250)
        generator = random.Random(7)
        for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            with self.subTest(sent.name):
                out = self.folder / f"{sent.name}.safetensors"
                err = self.interrupted_run(data, out, sent, 0.2 + 0.3 * generator.random())
                if sent != signal.SIGKILL:
                    self.assertIn("--resume", err)
                command = ["train", DENSE, "--data", data, "--out", out, "--epochs", 250, *SMALL]
                self.refused(*command, words=["interrupted run", "--resume"])
                self.refused(*command, "--resume", "--beta", 2, words=["other settings", "beta"])
                self.loom(*command, "--resume", "--threads", 1)
                self.assertEqual(out.read_bytes(), whole.read_bytes())
                losses = [line.get("training") for line in json_lines(out.with_suffix(".jsonl"))]
                self.assertEqual(losses, [line.get("training") for line in json_lines(whole.with_suffix(".jsonl"))])

    def test_nothing_to_resume(self):
        data = write_dataset(self.folder / "data")
        self.refused("train", DENSE, "--data", data, "--out", self.folder / "m.safetensors", "--resume", *SMALL,
                     words=["m.safetensors.resume", "no interrupted run"])

    def test_without_a_test_set_it_says_so(self):
        data = write_dataset(self.folder / "data")
        for path in data.glob("t10k*"):
            path.unlink()
        out = self.folder / "m.safetensors"
        self.train(data, out, *SMALL)
        self.assertIn("no test figures", out.with_suffix(".md").read_text())


if __name__ == "__main__":
    unittest.main()
