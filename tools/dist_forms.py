"""Other forms of dist/: an npm package, one HTML file for file://, a zip for learning platforms."""

import base64
import gzip
import hashlib
import html
import io
import json
import re
import shutil
import subprocess
import zipfile

# --- one HTML file ------------------------------------------------------------------------------------------------------

IMPORT = re.compile(r"^import\s+(?:(\w+)|\*\s+as\s+(\w+)|\{([^}]*)\})\s+from\s+'([^']+)';\n", re.M)
EXPORT = re.compile(r"^export\s+(default\s+)?((?:async\s+)?function\*?|class|const|let)\s+(\w+)", re.M)
EXPORT_DEFAULT = re.compile(r"\bexport default (\w+);")
DYNAMIC = re.compile(r"\bimport\('(\.{1,2}/[^']+?)(?:\?[^']*)?'\)")


class Bundle:
    """Bundles modules as functions in one script, each after the modules that it imports. Supports only the forms of
    import and export that our files and Emscripten's use, and refuses others; `export let` gives no live bindings."""

    def __init__(self, folder):
        self.folder, self.modules, self.entered = folder, {}, set()

    def add(self, path):
        path = path.resolve()
        name = path.relative_to(self.folder.resolve()).as_posix()
        if name in self.modules:
            return name
        if name in self.entered:
            raise SystemExit(f"dist_forms: {name} imports itself by way of others, which a single file cannot have")
        self.entered.add(name)
        code, exports = path.read_text(), []

        def take_import(match):
            default, space, names, where = match.groups()
            module = f"modules[{json.dumps(self.add(path.parent / where))}]"
            if names is not None:
                return f"const {{{names.replace(' as ', ': ')}}} = {module};\n"
            return f"const {default or space} = {module}{'.default' if default else ''};\n"

        def take_export(match):
            default, kind, own = match.groups()
            exports.append(f"default: {own}" if default else own)
            return f"{kind} {own}"

        code = IMPORT.sub(take_import, code)
        code = DYNAMIC.sub(lambda match: f"Promise.resolve(modules[{json.dumps(self.add(path.parent / match[1]))}])", code)
        code = EXPORT.sub(take_export, code)
        code = EXPORT_DEFAULT.sub(lambda match: exports.append(f"default: {match[1]}") or "", code)
        code = code.replace("import.meta.url", "document.baseURI")
        rest = re.search(r"^\s*(import|export)\s[^\n]*|import\.meta[^\n]{0,40}", code, re.M)
        if rest:
            raise SystemExit(f"dist_forms: {name}: a single file cannot have {rest[0]!r}")
        self.modules[name] = f"modules[{json.dumps(name)}] = await (async () => {{\n{code}\nreturn {{{', '.join(exports)}}};\n}})();\n"
        return name

    def script(self):
        text = "const modules = {};\n" + "".join(self.modules.values())
        if shutil.which("node"):  # checks the syntax, so that visitors do not find a missing brace
            checked = subprocess.run(["node", "--input-type=module", "--check"], input=text, text=True, capture_output=True, check=False)
            if checked.returncode:
                raise SystemExit(f"dist_forms: the modules of {', '.join(self.modules)} do not parse: {checked.stderr.strip()}")
        return text


def csp_hash(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def packed(name, content):
    """A file embedded in the page; download.js finds it by this id."""
    text = base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()
    return f'<script type="application/gzip" id="file:{html.escape(name)}">{text}</script>\n'


TRAINED_IN_SINGLE_FILE = "fashion-mnist"  # the pack that is inside


def single_file(folder, files, models, training=(), model_name=None):
    """index.html of the folder with everything embedded, including one model and the images of one data set for
    training. It makes no network requests."""
    chosen = [dict(model) for model in models if model["name"] == (model_name or models[0]["name"])]
    if not chosen:
        raise SystemExit(f"dist_forms: there is no model {model_name}; known are {', '.join(model['name'] for model in models)}")
    for other in ("replay", "images"):
        chosen[0].pop(other, None)
    wasm = files["loom-explorer.wasm"]["path"]
    bundle = Bundle(folder)
    bundle.add(folder / "page.js")
    script = bundle.script().replace("</script", "<\\/script")
    page = (folder / "index.html").read_text()
    page = re.sub(r'<link rel="(?:module)?preload"[^>]*>\n|<script(?: type="importmap")?>.*?</script>\n', "", page, flags=re.S)
    page = re.sub(r'<link rel="(manifest|alternate|help)"[^>]*>\n', "", page)
    page = re.sub(r'<link rel="stylesheet" href="([^"]+)">',
                  lambda match: f"<style>{(folder / match[1]).read_text()}</style>", page)
    packs = [pack for pack in training if pack["name"] == TRAINED_IN_SINGLE_FILE]
    content = packed("build.json", json.dumps({"models": chosen, "training": packs}).encode())
    inside = [wasm, chosen[0]["path"], files["loom-film.wasm"]["path"], files["loom-train.wasm"]["path"], "training_worker.js"]
    for pack in packs:
        inside += sorted(path.relative_to(folder).as_posix() for path in (folder / pack["path"]).glob("*.pack"))
    content += "".join(packed(name, (folder / name).read_bytes()) for name in inside)
    inline = f'<script type="module">{script}</script>'
    page, replaced = re.subn(r'<script type="module" src="page.js"></script>\n', "", page)
    scripts = re.findall(r'<script[^>]*\bsrc="[^"]*"[^>]*>', page)
    if replaced != 1 or scripts:
        raise SystemExit(f"dist_forms: index.html should load page.js and no other script, found {scripts or 'no page.js'}")
    page = page.replace("</body>", content + inline + "\n</body>")
    styles = " ".join(csp_hash(style) for style in re.findall(r"<style>(.*?)</style>", page, re.S))
    policy = (f"default-src 'none'; script-src {csp_hash(script)} 'wasm-unsafe-eval'; style-src {styles}; "
              "img-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'")
    page, replaced = re.subn(r'(http-equiv="Content-Security-Policy" content=")[^"]*', lambda match: match[1] + policy, page)
    if replaced != 1:
        raise SystemExit("dist_forms: index.html has no Content-Security-Policy to make stricter")
    return page.encode()


# --- npm ----------------------------------------------------------------------------------------------------------------

# Files whose comments and indentation are removed in dist/: those that other pages import, and those that every visitor
# downloads before the first image appears.
LEAN = ["loom.js", "download.js", "sha256.js", "training.js", "training_worker.js",
        "page.js", "loader.js", "first_view.js", "heap.js", "status.js", "texts.js", "style.css"]
NPM_FILES = ["loom.js", "loom.d.ts", "download.js", "sha256.js", "training.js", "training.d.ts", "training_worker.js"]


def npm_package(folder, build, web, models, weights, version, licences):
    """Writes a folder for `npm pack`: the modules for decoding and training, their types, and the first model."""
    folder.mkdir(parents=True)
    core = {name: (build / name).read_bytes() for name in ("loom-core.js", "loom-core.wasm", "loom-train.wasm")}
    for name, content in core.items():
        (folder / name).write_bytes(content)
    for name in NPM_FILES:
        text = (web / name).read_text()
        for file, content in core.items():
            text = text.replace(f"@{file}#bytes@", str(len(content))).replace(f"@{file}#sha256@", hashlib.sha256(content).hexdigest())
            text = text.replace(f"@{file}@", f"./{file}")
        (folder / name).write_text(text)
    model = models[0]
    (folder / "models").mkdir()
    (folder / "models" / model["file"]).write_bytes((weights / model["file"]).read_bytes())
    card = weights / f"{model['name']}.md"
    (folder / "models" / card.name).write_bytes(card.read_bytes())
    (folder / "LICENSE").write_bytes(licences["LatentLoom"])
    (folder / "licences").mkdir()
    for name in ("Eigen", "Emscripten"):
        if name in licences:
            (folder / "licences" / f"{name}.txt").write_bytes(licences[name])
    (folder / "package.json").write_text(json.dumps({
        "name": "latent-loom", "version": version, "type": "module", "license": "MIT", "sideEffects": ["./training_worker.js"],
        "description": "Decode, encode, analyse and train small variational autoencoders: WebAssembly, no dependencies",
        "keywords": ["autoencoder", "vae", "latent space", "webassembly", "fashion-mnist"],
        "main": "./loom.js", "types": "./loom.d.ts",
        "exports": {".": {"types": "./loom.d.ts", "default": "./loom.js"}, "./loom-core.wasm": "./loom-core.wasm",
                    "./training.js": {"types": "./training.d.ts", "default": "./training.js"}, "./loom-train.wasm": "./loom-train.wasm",
                    "./models/*": "./models/*", "./package.json": "./package.json"},
        "files": [*NPM_FILES, *core, "models", "licences"], "engines": {"node": ">=20.6"},
    }, indent=2) + "\n")
    (folder / "README.md").write_text(npm_readme(model))


def npm_readme(model):
    return f"""# latent-loom

Small autoencoders and variational autoencoders in the browser and in node: decode points of the latent space, encode images,
compute densities and losses. One WebAssembly module, no dependencies; it contacts no other site.

```js
import {{load}} from 'latent-loom';

const model = await load(new URL(import.meta.resolve('latent-loom/models/{model["file"]}')));
const image = model.decode([0.3, -1.2]);              // Float32Array of {{height}} * {{width}} grey values
const {{mu}} = model.encode(image);                     // and back
const [place] = model.analyse({{z: [0.3, -1.2]}});      // density, prior, hole, shares of the classes
const [loss] = model.analyse({{pictures: image}});      // reconstruction and KL in nats
console.log(model.info.classNames, place.shares, loss.negativeElbo);
model.close();
```

`train({{pixels, labels, shape: [28, 28]}}, {{recipe: 'mnist-vae-2d', epochs: 5}}, onProgress)` trains a model of your own images with
the same code as the command line, in a worker where there is one; `createTraining` in `latent-loom/training.js` can also pause,
step, change beta on the way and save a state to go on later.

`load` takes an address, a `File` or the bytes of a weight file; `decode` and `encode` take one row or many. If you only decode, use
`load(url, {{part: 'decoder'}})`, which downloads only as much of the file as that needs. Errors name the file and the item, and say
what was found and what was expected. `loom.d.ts` has all functions and types. Your bundler must copy `loom-core.wasm` (those that
support `new URL(..., import.meta.url)` do), or pass its bytes: `load(url, {{wasm: bytes}})`.

The model in `models/` is described in `models/{model["name"]}.md`. MIT for code and weights; the module contains Eigen (MPL 2) and
Emscripten's libraries, see `licences/`.
"""


# --- learning platforms -------------------------------------------------------------------------------------------------

LAUNCH = "index.html"


def scorm_manifest(files, title):
    listed = "\n".join(f'      <file href="{html.escape(name)}"/>' for name in files)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="latent-loom" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
    xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>{html.escape(title)}</title>
      <item identifier="explorer" identifierref="page">
        <title>{html.escape(title)}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="asset" href="{LAUNCH}">
{listed}
    </resource>
  </resources>
</manifest>
"""


def lms_zip(page, licence, title="Latent Loom"):
    """A SCORM 1.2 package, the same bytes every time. It is of type "asset": it reports nothing to the platform."""
    files = {LAUNCH: page, "LICENSE.txt": licence}
    content = {"imsmanifest.xml": scorm_manifest(list(files), title).encode(), **files}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
