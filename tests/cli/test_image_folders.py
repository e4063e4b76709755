"""Folders of images as people have them: layouts, what systems leave behind, and files in other formats."""
import json
import struct

from loom_program import DENSE, Case, start
from png_files import png, write_pictures

OTHER_FORMATS = {
    "WebP": b"RIFF\x24\0\0\0WEBPVP8L" + bytes(30), "GIF": b"GIF89a" + bytes(30), "BMP": b"BM" + bytes(60),
    "TIFF": b"II*\0" + bytes(40), "HEIF or AVIF": b"\0\0\0\x1cftypavif" + bytes(30)}
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"


class Folders(Case):
    def run_train(self, data):
        """Standard error, the number of encoded test images and the classes of a training that must succeed."""
        out = self.folder / "m.safetensors"
        out.unlink(missing_ok=True)
        process = start("train", DENSE, "--data", data, "--out", out, "--epochs", 1, "--hidden", 8, "--validation", 5)
        _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, err)
        info = json.loads(self.loom("info", out, "--json"))
        return err, info["encoded_test_images"], info["model"]["class_names"]

    def refused_train(self, data, *words):
        out = self.folder / "m.safetensors"
        err = self.refused("train", DENSE, "--data", data, "--out", out, words=words)
        self.assertFalse(out.exists())
        return err

    def test_sets_by_many_names(self):
        names = [("training", "testing"), ("Train", "Test"), ("trainingSet", "testSet"), ("train_set", "TEST"),
                 ("train", "val"), ("train", "valid"), ("Training", "Validation")]
        for training, test in names:
            with self.subTest(training=training, test=test):
                data = self.folder / f"{training}-{test}"
                write_pictures(data / training, 40)
                write_pictures(data / test, 12, seed=2)
                err, tests, classes = self.run_train(data)
                self.assertEqual((tests, classes), (12, ["high", "low"]))
                self.assertEqual(test.lower().startswith("val"), "used as the test set" in err)

    def test_a_validation_set_beside_a_test_set_is_said_to_be_unused(self):
        data = self.folder / "data"
        for name, count in (("train", 40), ("validation", 20), ("test", 12)):
            write_pictures(data / name, count)
        (data / "LICENSE").write_text("x")
        (data / "empty_subfolder_XYZ").mkdir()
        err, tests, _ = self.run_train(data)
        self.assertEqual(tests, 12)
        for words in ("validation: not used", "empty_subfolder_XYZ: no images", "left out: 1 other file"):
            self.assertEqual(err.count(words), 1, err)

    def test_archive_folders_around(self):
        for inside in ("archive", "trainingSet/trainingSet", "a/b/c"):
            with self.subTest(inside):
                data = self.folder / inside.replace("/", "-")
                write_pictures(data / inside, 100)
                _, tests, classes = self.run_train(data)
                self.assertEqual(classes, ["high", "low"])
                self.assertTrue(2 <= tests <= 25, tests)
        data = self.folder / "both"
        write_pictures(data / "archive/train", 40)
        write_pictures(data / "archive/test", 12)
        self.assertEqual(self.run_train(data)[1], 12)

    def test_one_class_is_no_archive(self):
        self.assertEqual(self.run_train(write_pictures(self.folder / "data", 100, classes=("only",)))[2], ["only"])

    def test_what_systems_leave_behind(self):
        left = ["__MACOSX/high/._0.png", ".DS_Store", "high/.DS_Store", "@eaDir/0.png/SYNOPHOTO_THUMB_S.png",
                "high/Thumbs.db", "low/desktop.ini", ".ipynb_checkpoints/a.png"]
        for name in left:
            with self.subTest(name):
                data = write_pictures(self.folder / name.replace("/", "-"), 60)
                (data / name).parent.mkdir(parents=True, exist_ok=True)
                (data / name).write_bytes(b"\0\5\x16\7" + bytes(60))
                err, _, classes = self.run_train(data)
                self.assertEqual(classes, ["high", "low"])
                self.assertIn("passed over as hidden or left by a system: 1, the first: ", err)

    def test_other_formats_are_counted_by_kind(self):
        data = write_pictures(self.folder / "data", 60)
        for i, content in enumerate(OTHER_FORMATS.values()):
            for k in range(i + 1):
                (data / "low" / f"{i}-{k}.png").write_bytes(content)  # whatever the name says
        (data / "high" / "notes.txt").write_text("x")
        err = self.run_train(data)[0]
        for count, kind in enumerate(OTHER_FORMATS, 1):
            self.assertIn(f"{count} {kind} image", err)
        self.assertIn("1 other file;", err)

    def test_only_other_formats(self):
        for kind, content in OTHER_FORMATS.items():
            with self.subTest(kind):
                data = self.folder / kind.split()[0]
                (data / "a").mkdir(parents=True)
                for i in range(3):
                    (data / "a" / f"{i}.{kind.lower()}").write_bytes(content)
                self.refused_train(data, f"3 {kind} images", "convert the images to PNG first", "looked for PNG or JPEG")

    def test_archives_and_tables_of_others_say_what_to_do(self):
        for name, content, words in (("a.zip", b"PK\x03\x04" + bytes(60), "1 zip file; unpack the zip file first"),
                                     ("a.parquet", b"PAR1" + bytes(60), "1 Parquet file; convert it to a CSV table or a NumPy array"),
                                     ("a.h5", b"\x89HDF\r\n\x1a\n" + bytes(60), "1 HDF5 file; convert it to a CSV table or a NumPy array")):
            with self.subTest(name):
                data = self.folder / name.replace(".", "")
                data.mkdir()
                (data / name).write_bytes(content)
                self.refused_train(data, words)

    def test_images_are_told_by_content(self):
        for ending in ("jfif", "dat", ""):
            data = write_pictures(self.folder / f"data{ending}", 40)
            for path in list(data.rglob("*.png")):
                path.rename(path.with_suffix("." + ending if ending else ""))
            self.assertEqual(self.run_train(data)[2], ["high", "low"])

    def test_pointers_empty_classes_and_sizes_are_named(self):
        data = write_pictures(self.folder / "data", 60)
        odd = data / "low" / "odd.png"
        odd.write_bytes(POINTER)
        self.refused_train(data, "low/odd.png", "Git LFS pointer", "git lfs pull")
        for height, width in ((9000, 4), (4, 9000)):
            odd.write_bytes(png(width, height, [0] * height * width))
            self.refused_train(data, "low/odd.png", f"is {height}x{width}", "8192")
        frame = struct.pack(">HBHH", 11, 8, 20000, 30)  # of a JPEG, states its size
        odd.write_bytes(b"\xff\xd8\xff\xe0\0\4ab\xff\xc0" + frame + bytes(4) + b"\xff\xd9")
        self.refused_train(data, "low/odd.png", "is 20000x30", "8192")
        odd.unlink()
        (data / "none").mkdir()
        self.refused_train(data, "data/none", "no PNG or JPEG images in this class, which holds nothing")
        (data / "none" / "a.webp").write_bytes(OTHER_FORMATS["WebP"])
        self.refused_train(data, "data/none", "which holds 1 WebP image")

    def test_nothing_found_says_what_was_seen(self):
        data = self.folder / "data"
        for name in ("first", "second"):
            (data / name / "deep" / "deeper").mkdir(parents=True)
        self.refused_train(data, "the folders first, second", "looked for PNG or JPEG")
        other = self.folder / "other"
        other.mkdir()
        (other / "a.parquet").write_bytes(b"PAR1" + bytes(100))
        (other / "b.zip").write_bytes(b"PK\3\4" + bytes(100))
        self.refused_train(other, "1 zip file", "1 Parquet file")
        nothing = self.folder / "nothing"
        nothing.mkdir()
        self.refused_train(nothing, "it holds nothing")
