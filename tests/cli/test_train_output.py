"""Where a training writes: places that cannot be written, finished models, two runs at once, and what killed runs leave."""
import hashlib
import json
import os
import pathlib
import signal
import subprocess
import time

from idx_files import write_dataset
from loom_program import DENSE, Case, start

SMALL = ("--hidden", 8, "--validation", 5, "--threads", 1)


class TrainOutput(Case):
    def setUp(self):
        super().setUp()
        self.data = write_dataset(self.folder / "data")
        self.out = self.folder / "m.safetensors"

    def train(self, *more, out=None, epochs=1):
        process = start("train", DENSE, "--data", self.data, "--out", out or self.out, "--epochs", epochs, *SMALL, *more)
        stdout, err = process.communicate(timeout=120)
        return process.returncode, stdout + err

    def refused_train(self, *words, out=None, more=()):
        err = self.refused("train", DENSE, "--data", self.data, "--out", out or self.out, "--epochs", 1, *SMALL, *more, words=words)
        self.assertNotIn("epoch 1/", err)
        return err

    def files(self, folder=None):
        return sorted(path.name for path in (folder or self.folder).iterdir() if path.name != "data")

    def test_places_that_cannot_be_written_are_refused_before_the_first_step(self):
        models = self.folder / "models"
        models.mkdir()
        for out in (models, f"{models}/", f"{self.folder}/new/"):
            self.refused_train("is a folder; name the file to write", f"{DENSE}.safetensors", out=out)
        self.refused_train("there is no folder", out=self.folder / "none" / "m.safetensors")
        self.refused_train("a weight file ends in .safetensors", out=self.folder / "m.md")
        for ending in (".md", ".jsonl", ".replay.safetensors", ".safetensors.resume"):
            taken = self.folder / f"n{ending}"
            taken.mkdir()
            self.refused_train(f"n{ending}: is a folder", out=self.folder / "n.safetensors")
            taken.rmdir()
        (self.folder / "link.safetensors").symlink_to(self.folder / "away" / "m.safetensors")
        self.refused_train("there is no folder", "away", out=self.folder / "link.safetensors")
        self.assertEqual(self.files(models), [])
        self.assertEqual(self.files(), ["link.safetensors", "models"])

    def test_a_finished_model_is_replaced_only_by_force(self):
        self.assertEqual(self.train()[0], 0)
        before = {name: (self.folder / name).read_bytes() for name in self.files()}
        for more in ((), ("--resume",), ("--seed", 5), ("--seed", 5, "--resume")):
            self.refused_train("there is a model already; --force replaces it", f"to train it further, add --start {self.out}", more=more)
        self.assertEqual({name: (self.folder / name).read_bytes() for name in self.files()}, before)
        code, words = self.train("--force", "--seed", 5)
        self.assertEqual(code, 0, words)
        self.assertNotEqual(self.out.read_bytes(), before["m.safetensors"])
        self.assertEqual(self.files(), sorted(before))

    def interrupt(self, *more):
        """Starts a long run and stops it after its first epoch."""
        process = start("train", DENSE, "--data", self.data, "--out", self.out, "--epochs", 100000, *SMALL, *more)
        for line in process.stdout:
            if line.startswith("epoch 1/"):
                break
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertTrue(pathlib.Path(f"{self.out}.resume").exists())

    def test_an_interrupted_run_is_given_up_only_by_force(self):
        self.interrupt()
        self.refused_train("--resume to continue it, or --force to begin again")
        self.refused_train("was started with other settings", "--force without --resume begins again", more=("--resume",))
        code, words = self.train("--force")
        self.assertEqual(code, 0, words)
        self.assertFalse(pathlib.Path(f"{self.out}.resume").exists())

    def test_a_run_that_diverges_says_which_command_begins_again(self):
        diverging = ("--loss", "linear_mse", "--optimizer", "sgd", "--learning-rate", 10, "--clip-norm", 0)
        code, words = self.train(*diverging, epochs=5)
        if code == 0:
            self.skipTest("it did not diverge")
        self.assertIn("--force and another setting, such as --learning-rate 1", words)
        code, words = self.train("--loss", "linear_mse", "--optimizer", "sgd", "--learning-rate", 0.001, "--force")
        self.assertEqual(code, 0, words)

    def test_two_runs_do_not_write_the_same_file(self):
        first = start("train", DENSE, "--data", self.data, "--out", self.out, "--epochs", 100000, *SMALL)
        for line in first.stdout:
            if line.startswith("epoch 1/"):
                break
        for more in ((), ("--resume",), ("--force",)):
            self.refused_train(f"another run (process {first.pid}) is writing this file", more=more)
        code, words = self.train(out=self.folder / "other.safetensors")
        self.assertEqual(code, 0, words)
        first.kill()  # the lock goes with the process
        first.communicate(timeout=60)
        code, words = self.train("--force")
        self.assertEqual(code, 0, words)
        self.assertFalse(any(name.endswith(".lock") for name in self.files()))

    def test_files_left_by_killed_processes_are_removed(self):
        gone = subprocess.Popen(["true"])
        gone.wait()
        long_ago = time.time() - 3600
        kept = [f".loom-{os.getpid()}-0.tmp", ".loom-notes.tmp", "loom-1-1.tmp"]  # of a process that runs, and of others
        for name in (f".loom-{gone.pid}-3.tmp", *kept):
            (self.folder / name).write_text("half")
            os.utime(self.folder / name, (long_ago, long_ago))
        fresh = f".loom-{gone.pid}-4.tmp"  # perhaps of another machine
        (self.folder / fresh).write_text("half")
        self.assertEqual(self.train()[0], 0)
        self.assertEqual([name for name in self.files() if name.endswith(".tmp")], sorted([*kept, fresh]))

    def test_the_card_of_own_data_says_nothing_that_is_not_so(self):
        self.assertEqual(self.train("--latent", 5)[0], 0)
        card = self.out.with_suffix(".md").read_text()
        self.assertIn("Fully connected variational autoencoder of own data with 5 latent dimensions.", card)
        self.assertIn("Weights: not stated. Data: own data (its own licence applies)", card)
        self.assertTrue(card.startswith("# m\n"), card[:40])
        for words in ("Fashion", "MNIST", "MIT", "two latent", "PCA", "Intended use"):
            self.assertNotIn(words, card)
        provenance = json.loads(self.loom("info", self.out, "--json"))["provenance"]
        self.assertEqual(provenance["description"], "fully connected variational autoencoder of own data with 5 latent dimensions")
        self.assertNotIn("license", provenance)
        self.assertEqual(hashlib.sha256(self.out.read_bytes()).hexdigest() in card, True)

    def test_posterior_collapse_is_said_wherever_figures_are(self):
        code, words = self.train("--beta", 1000)
        self.assertEqual(code, 0, words)
        sentence = "posterior collapse: 2 of 2 latent dimensions are hardly used"
        self.assertIn(f"warning: {sentence}", words)
        self.assertIn(f"Warning: {sentence}", self.out.with_suffix(".md").read_text())
        process = start("evaluate", self.out, "--data", self.data)
        self.assertIn(f"warning: {sentence}", "".join(process.communicate(timeout=60)))
        report = self.folder / "r.html"
        self.loom("report", self.out, "--data", self.data, "--out", report)
        self.assertIn(f"Warning: {sentence}", report.read_text())
