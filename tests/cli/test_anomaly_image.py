"""`loom anomaly --image`: an image whose scores mean something else than they seem to is named."""
from idx_files import HEIGHT, WIDTH, write_dataset
from loom_program import DENSE, Case, start
from png_files import png


class AnomalyImage(Case):
    def test_empty_and_bright_images_are_named(self):
        data = self.folder / "data"
        write_dataset(data)
        model = self.folder / "m.safetensors"
        process = start("train", DENSE, "--data", data, "--out", model, "--epochs", 1, "--hidden", 8, "--validation", 5)
        _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, err)
        box = [4 < x < 9 and 4 < y < 9 for y in range(HEIGHT) for x in range(WIDTH)]
        transparent = [v for inside in box for v in (0, 0, 0, 255 * inside)]
        cases = {
            "black": (png(WIDTH, HEIGHT, [0] * len(box)), ["an empty image"]),
            "grey": (png(WIDTH, HEIGHT, [90] * len(box)), ["an empty image"]),
            "ink": (png(WIDTH, HEIGHT, transparent, colour=6), ["an empty image", "transparent parts count as black"]),
            "black-on-white": (png(WIDTH, HEIGHT, [0 if inside else 255 for inside in box]), ["has a bright border"]),
            "usual": (png(WIDTH, HEIGHT, [255 * inside for inside in box]), []),
        }
        for name, (content, words) in cases.items():
            with self.subTest(name):
                path = self.folder / f"{name}.png"
                path.write_bytes(content)
                process = start("anomaly", model, "--data", data, "--image", path)
                _, err = process.communicate(timeout=120)
                self.assertEqual(process.returncode, 0, err)
                for word in words:
                    self.assertIn(word, err)
                for word in ("an empty image", "has a bright border"):
                    self.assertEqual(word in err, word in words, err)
