#!/usr/bin/env python3
"""Assembles dist/: the page, the wasm modules and the weights, ready for any static web host.

The files of web/ keep their names, which are what people link to and embed. Modules and weights go to assets/ with the
first 12 digits of their SHA-256 in the name, so browsers can cache them forever. In the text files of web/,
@loom-core.js@ (any asset's plain name between at signs) is replaced by the asset's path relative to that file;
@loom-core.js#bytes@, #sha256@ and #integrity@ by its size, its hash and its integrity attribute. build.json lists
all files.
"""

import argparse
import base64
import gzip
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import dist_forms

TEXT = {".html", ".js", ".mjs", ".css", ".json", ".svg", ".md", ".ts", ".txt"}
COMPRESS = TEXT | {".wasm", ".safetensors"}
TOKEN = re.compile(r"@([A-Za-z0-9_.-]+\.(?:js|wasm|safetensors))(?:#(bytes|sha256|integrity))?@")
# Bytes of all files that `import {load}` fetches, compressed with brotli. With a model of 117 kB that is half of what a page
# with TensorFlow.js fetches (tools/bench page).
CORE_LIMIT = 58_600


PAGES = ("index.html", "embed.html")


class Dist:
    """The new folder. `old` is the previous one; compressed files of unchanged files are taken from it."""

    def __init__(self, folder, old):
        self.folder, self.old, self.files = folder, old, {}

    def add(self, name, path, content):
        """Writes dist/path; `name` is what build.json and the tokens call it."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self.files[name] = {"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        if target.suffix in COMPRESS:
            self.compress(path, content)

    def add_asset(self, name, content):
        stem, suffix = os.path.splitext(name)
        path = f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:12]}{suffix}"
        self.add(name, path, content)
        return path

    def compress(self, path, content):
        target, old = self.folder / path, self.old / path
        unchanged = old.is_file() and old.read_bytes() == content
        for suffix, function in ((".gz", gzip_bytes), (".br", brotli_bytes)):
            earlier = pathlib.Path(f"{old}{suffix}")
            if unchanged and earlier.is_file():
                shutil.copyfile(earlier, f"{target}{suffix}")
                continue
            packed = function(content)
            if packed is not None and len(packed) < 0.95 * len(content):
                pathlib.Path(f"{target}{suffix}").write_bytes(packed)


def gzip_bytes(content):
    return gzip.compress(content, 9, mtime=0)


def brotli_bytes(content):
    if not shutil.which("brotli"):
        return None
    return subprocess.run(["brotli", "--stdout", "--quality=11", "-"], input=content, stdout=subprocess.PIPE, check=True).stdout


def add_module(dist, build, name):
    """A module's JavaScript contains the name of its wasm file, so the wasm file is hashed and named first."""
    script, binary = build / f"{name}.js", build / f"{name}.wasm"
    if not script.is_file():
        sys.exit(f"assemble_dist: {script} is missing; cmake --build --preset wasm makes it")
    path = dist.add_asset(f"{name}.wasm", binary.read_bytes())
    text = script.read_text().replace(f"{name}.wasm", os.path.basename(path))
    dist.add_asset(f"{name}.js", without_comments(f"{name}.js", text).encode())


def start_bytes(content):
    """How many bytes of a weight file a page needs for decoding: the header and the tensors of the decoder."""
    begin = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:begin])
    return begin + max((entry["data_offsets"][1] for name, entry in header.items() if name.startswith("decoder.")), default=0)


def test_loss(content):
    """The loss over the test images that the file states, if it is in nats. Models trained in the page are compared
    with it."""
    facts = json.loads(content[8:8 + int.from_bytes(content[:8], "little")])["__metadata__"]
    metrics, model = json.loads(facts.get("metrics", "{}")), json.loads(facts["model"])
    if metrics.get("loss") != "bernoulli" or "reconstruction" not in metrics:
        return {}
    return {"loss": {"dataset": metrics["dataset"], "latent_dim": model["latent_dim"], "variational": model["variational"],
                     "reconstruction": metrics["reconstruction"], "kl": metrics.get("kl", 0)}}


def add_package(dist, name, folder):
    """An npm package with one module. If npm has not installed it, the page works without it: its token is removed."""
    module = folder / "index.mjs"
    if not module.is_file():
        print(f"assemble_dist: no {name} (tools/setup wasm gets it where there is npm)")
        dist.files[f"{name}.js"] = None
        return
    dist.add_asset(f"{name}.js", module.read_bytes())
    dist.add(f"licences/{name}.txt", f"licences/{name}.txt", (folder / "LICENSE").read_bytes())


def add_pack(dist, source):
    """Splits a data pack into its header and its blocks, which web/packs.js fetches one by one. Returns the entry of
    build.json: the folder, and size and SHA-256 of the header. The header has the sizes and hashes of the blocks."""
    content = source.read_bytes()
    begin = 48 + int.from_bytes(content[12:16], "little")  # src/data/pack/pack_header.h
    header = json.loads(content[48:begin])
    folder = f"assets/{source.stem}.{hashlib.sha256(content).hexdigest()[:12]}/"
    dist.add(source.name, f"{folder}header.pack", content[:begin])
    for index, block in enumerate(header["blocks"]):
        at = begin + block["offset"]
        (dist.folder / f"{folder}{index}.pack").write_bytes(content[at:at + block["packed_bytes"]])
    if header["labels"]:
        at = begin + header["labels"]["offset"]
        (dist.folder / f"{folder}labels.pack").write_bytes(content[at:at + header["labels"]["packed_bytes"]])
    return {**dist.files[source.name], "path": folder}


def add_weights(dist, weights):
    """The models that the page offers, in the order of weights/models.json, each with the path of its file in dist/."""
    index = weights / "models.json"
    if index.is_file():
        models = json.loads(index.read_text())
        models = models["models"] if isinstance(models, dict) else models
    else:
        models = [{"name": path.stem, "file": path.name} for path in sorted(weights.glob("*.safetensors"))
                  if not path.name.endswith(".replay.safetensors")]
    packs = {}
    for model in models:
        source = weights / model["file"]
        if not source.is_file():
            sys.exit(f"assemble_dist: {index} names {model['file']}, which is not there")
        dist.add_asset(source.name, source.read_bytes())
        model.update(dist.files[source.name], start_bytes=start_bytes(source.read_bytes()), **test_loss(source.read_bytes()))
        if "images" in model:
            pack = weights / model["images"]["path"]
            if not pack.is_file():
                sys.exit(f"assemble_dist: {index} names {model['images']['path']}, which is not there")
            if pack not in packs:
                packs[pack] = add_pack(dist, pack)
            model["images"] = packs[pack]
        replay = source.with_suffix(".replay.safetensors")
        if replay.is_file():
            dist.add_asset(replay.name, replay.read_bytes())
            model["replay"] = dist.files[replay.name]
    return models


def add_training(dist, weights):
    """The data packs for training. A page fetches one when the visitor starts a training run."""
    packs = []
    for source in sorted(weights.glob("data/*-train-*.pack")):
        content = source.read_bytes()
        header = json.loads(content[48:48 + int.from_bytes(content[12:16], "little")])
        packs.append({"name": header["name"], "title": header["title"], **add_pack(dist, source)})
    return packs


def allow_inline_scripts(text):
    """The Content-Security-Policy of a page allows its inline scripts, including the import map, by their hashes."""
    for content in re.findall(r'<script(?: type="importmap")?>(.*?)</script>', text, re.S):
        text = text.replace("script-src ", f"script-src {dist_forms.csp_hash(content)} ", 1)
    return text


def without_comments(path, text):
    """Without indentation and comments (in JavaScript only comments on lines of their own): a quarter shorter."""
    comments = re.compile(r"/\*.*?\*/", re.S) if path.endswith(".css") else re.compile(r"^[ \t]*//[^\n]*\n", re.M)
    return re.sub(r"^[ \t]+", "", comments.sub("", text), flags=re.M)


def add_page(dist, web):
    for source in sorted(path for path in web.rglob("*") if path.is_file()):
        path = source.relative_to(web).as_posix()
        content = source.read_bytes()
        if source.suffix in TEXT:
            content = allow_inline_scripts(substitute(dist, path, content.decode())).encode()
        if path in dist_forms.LEAN:
            content = without_comments(path, content.decode()).encode()
        dist.add(path, path, content)


def substitute(dist, path, text):
    def relative(match):
        if match[1] not in dist.files:
            sys.exit(f"assemble_dist: web/{path} asks for {match[0]}, but there is no such file")
        file = dist.files[match[1]]
        if file is None:
            return ""
        if match[2] == "integrity":
            return "sha256-" + base64.b64encode(bytes.fromhex(file["sha256"])).decode()
        if match[2]:
            return str(file[match[2]])
        to = os.path.relpath(dist.files[match[1]]["path"], os.path.dirname(path) or ".")
        return to if to.startswith(".") else f"./{to}"  # `import` does not resolve a bare name as a URL

    return TOKEN.sub(relative, text)


def version_scripts(dist):
    """Adds the version to the addresses of the scripts and styles that pages load, and of build.json: hosts let browsers
    keep them for some minutes, and old scripts must not run in a new page. Import maps do it for imports."""
    scripts = sorted(path for path in dist.files if re.fullmatch(r"[^/]+\.js", path) and path != "sw.js")
    version = hashlib.sha256("".join(file["sha256"] for file in dist.files.values()).encode()).hexdigest()[:8]
    imports = json.dumps({f"./{path}": f"./{path}?v={version}" for path in scripts}, separators=(",", ":"))[1:-1]
    for page in PAGES:
        text = (dist.folder / page).read_text()
        text = re.sub(r'((?:src|href)=")((?:[\w-]+\.(?:js|css)|build\.json))"', rf'\1\2?v={version}"', text)
        old = re.search(r'<script type="importmap">(.*?)</script>', text)[1]
        new = f'{{"imports":{{{imports}}},{old[1:]}'
        text = text.replace(old, new).replace(dist_forms.csp_hash(old), dist_forms.csp_hash(new))
        dist.add(page, page, text.encode())
    loader = (dist.folder / "loader.js").read_text()
    if loader.count("VERSION = ''") != 1:
        sys.exit("assemble_dist: web/loader.js has no VERSION to set")
    dist.add("loader.js", "loader.js", loader.replace("VERSION = ''", f"VERSION = '?v={version}'").encode())


def check_core_size(dist):
    """Checks that the module `loom.js` is as small as the README promises."""
    parts = [dist.files[name]["path"] for name in ("loom-core.wasm", "loom-core.js", "loom.js", "download.js")]
    packed = [dist.folder / f"{path}.br" for path in parts]
    if not all(path.is_file() for path in packed):
        print("assemble_dist: no brotli, so the size of loom-core is not checked")
        return
    size = sum(path.stat().st_size for path in packed)
    if size > CORE_LIMIT:
        sys.exit(f"assemble_dist: {' + '.join(parts)} are {size} bytes after brotli, at most {CORE_LIMIT} are promised")
    print(f"assemble_dist: import {{load}} takes {size} bytes after brotli, at most {CORE_LIMIT} are promised")


def add_forms(dist, options, models, training, licences):
    page = dist_forms.single_file(dist.folder, dist.files, models, training)
    dist.add("latent-loom.html", "latent-loom.html", page)
    dist.add("latent-loom-scorm.zip", "latent-loom-scorm.zip", dist_forms.lms_zip(page, licences["LatentLoom"]))
    dist_forms.npm_package(dist.folder / "npm", options.build, options.web, models, options.weights, options.version, licences)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--web", type=pathlib.Path, required=True)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="where the two modules are")
    parser.add_argument("--weights", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--package", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--version", default="0.0.0", help="of the npm package")
    parser.add_argument("--licence", action="append", default=[], metavar="NAME=FILE,...")
    options = parser.parse_args()
    if not options.web.is_dir():
        sys.exit(f"assemble_dist: {options.web} is missing")

    new = options.out.with_name(options.out.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    dist = Dist(new, options.out)
    for name in ("loom-core", "loom-explorer"):
        add_module(dist, options.build, name)
    dist.add_asset("loom-first.wasm", (options.build / "loom-first.wasm").read_bytes())  # used by first_view.js
    dist.add_asset("loom-film.wasm", (options.build / "loom-film.wasm").read_bytes())  # used by film.js
    dist.add_asset("loom-train.wasm", (options.build / "loom-train.wasm").read_bytes())  # used by training.js
    for package in options.package:
        name, _, folder = package.partition("=")
        add_package(dist, name, pathlib.Path(folder))
    models, training = add_weights(dist, options.weights), add_training(dist, options.weights)
    add_page(dist, options.web)
    licences = {}
    for licence in options.licence:
        name, _, sources = licence.partition("=")
        licences[name] = b"\n".join(pathlib.Path(source).read_bytes() for source in sources.split(","))
        dist.add(f"licences/{name}.txt", f"licences/{name}.txt", licences[name])
    dist.files = {name: file for name, file in dist.files.items() if file}
    check_core_size(dist)
    add_forms(dist, options, models, training, licences)
    version_scripts(dist)
    manifest = json.dumps({"files": dist.files, "models": models, "training": training}, indent=1, ensure_ascii=False) + "\n"
    dist.add("build.json", "build.json", manifest.encode())
    shutil.rmtree(options.out, ignore_errors=True)
    new.rename(options.out)
    total = sum(file["bytes"] for file in dist.files.values())
    print(f"assemble_dist: {options.out.name}/ has {len(dist.files)} files, {total / 1e6:.1f} MB before compression")


if __name__ == "__main__":
    main()
