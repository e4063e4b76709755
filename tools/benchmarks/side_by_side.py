"""Compares the page with TensorFlow.js and ONNX Runtime Web and measures its frames: runs tools/benchmarks/page/*.mjs
and frames.mjs, and prints tables and whether our figures meet their limits."""

import base64
import json
import statistics

from report import ROOT, output_of, spread, table

BENCHMARKS = ROOT / "tools/benchmarks"
NAMES = {"explorer": "Latent Loom, explorer", "loom": "Latent Loom, loom-core", "tfjs": "TensorFlow.js", "ort": "ONNX Runtime Web"}
FLAGSHIP = "fashion-conv-vae-2d"
TRAIN_BAR = 4  # at least so many times as fast as the faster back end of TensorFlow.js
HOVER_BAR = 333  # ms
TEST_PACK = "fashion-mnist-test.pack"
# our page, peer, limit: our bytes until the first image, as a share of the peer's
BYTE_BARS = [("loom", "ort", 1 / 10), ("loom", "tfjs", 1 / 2), ("explorer", "ort", 1 / 4), ("explorer", "tfjs", 1)]


def node(script, *arguments):
    return json.loads(output_of("node", BENCHMARKS / script, *arguments))


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def judged(what, ours, theirs, bar):
    ratio = ours / theirs
    return [what, f"{ratio:.3f}", f"{bar:.2f}", "holds" if ratio <= bar else f"MISSED, {ratio / bar - 1:.0%} above"]


def visits(options):
    """Bytes and time until the first image is painted."""
    results = node("page/visits.mjs", options.repeat)
    networks = list(results[0]["milliseconds"])
    print("Until the first image is painted, each visit in a new browser with a new profile. Needed: the files as packed by brotli\n"
          "at quality 11 that were asked for before it, and of our weight files only the start that holds the decoder, behind which\n"
          "the host fell silent (* if the page needed the rest too). Arrived: packed bytes by then at 10 Mbit/s, by the browser's count.\n"
          f"Times in ms from the start of the navigation (medians of {options.repeat} visits, the pages in turn).\n")
    table(["model", "page", "bytes needed", "bytes arrived", *networks],
          [[r["model"], NAMES[r["page"]], f"{needed(r):,}{'' if r['partly'] or r['page'] not in ('explorer', 'loom') else ' *'}",
            spread(r["arrived"]), *(spread(r["milliseconds"][network]) for network in networks)] for r in results])
    for r in results:
        if r["model"] == FLAGSHIP:
            print(f"{NAMES[r['page']]}: " + ", ".join(f"{path.rsplit('/', 1)[-1]} {size:,}" for path, size in
                                                    sorted(r["files"].items(), key=lambda file: -file[1])))
    print()
    return results


def needed(visit):
    return sum(visit["files"].values())


def decodes(options):
    """The time of one decode by each engine."""
    results = node("page/decode.mjs", options.seconds)
    print("One decode in Chromium, ms: p50 / p95; all engines in one page and in turn, on one thread, from points in a Float32Array to\n"
          "pixels in one. Their pixels differ by at most "
          f"{max(value for r in results for value in r['different'].values()):.1e}.\n")
    engines = list(results[0]["milliseconds"])
    table(["model", "points", *(NAMES[engine] for engine in engines)],
          [[r["model"], r["batch"], *(f"{quantile(times, 0.5):.3f} / {quantile(times, 0.95):.3f}" for times in r["milliseconds"].values())]
           for r in results])
    return results


def bars(visited, decoded):
    """Our figures divided by those of the others, and their limits."""
    rows = []
    flagship = {r["page"]: r for r in visited if r["model"] == FLAGSHIP}
    for ours, peer, bar in BYTE_BARS:
        rows.append(judged(f"bytes, {NAMES[ours]} to {NAMES[peer]}", needed(flagship[ours]), needed(flagship[peer]), bar))
    for network in flagship["loom"]["milliseconds"]:
        median = {page: statistics.median(r["milliseconds"][network]) for page, r in flagship.items()}
        for ours in ("loom", "explorer"):
            for peer in ("tfjs", "ort"):
                rows.append(judged(f"painted, {network}, {NAMES[ours]} to {NAMES[peer]}", median[ours], median[peer], 1))
    for r in decoded:
        median = {engine: statistics.median(times) for engine, times in r["milliseconds"].items()}
        rows.append(judged(f"decode, {r['model']}, {r['batch']} points, loom-core to {NAMES['ort']}", median["loom"], median["ort"], 1))
    print(f"Our figures divided by those of the others ({FLAGSHIP} where no model is named)\n")
    table(["what", "ratio", "at most", ""], rows)


def page(options):
    """Bytes and time until the first image, and the time of a decode, compared with the alternatives."""
    output_of("node", BENCHMARKS / "page/build.mjs", options.loom or ROOT / "build/release/loom")
    visited = visits(options)
    decoded = decodes(options)
    bars(visited, decoded)
    return {"visits": visited, "decode": decoded}


def page_train(options):
    """Training in Chromium compared with TensorFlow.js, and the result of the panel's default settings."""
    loom = options.loom or ROOT / "build/release/loom"
    output_of("node", BENCHMARKS / "page/build.mjs", loom)
    all_results = node("page/train.mjs", options.repeat, options.seconds)
    results, whole = all_results["results"], all_results["whole"]
    print("Training in Chromium, images/s on one thread: ours in a worker, TensorFlow.js in the page with its WebAssembly and its\n"
          "plain JavaScript back end; the same network, initial weights, images and batch. The mean losses of the first 60\n"
          f"steps differ by at most 5 % (medians of {options.repeat} runs, in turn)\n")
    rows, ratios = [], []
    for r in results:
        median = {engine: statistics.median(rates) for engine, rates in r["rates"].items()}
        ratios.append(median["loom"] / max(median["wasm"], median["cpu"]))
        rows.append([r["network"], f"{r['parameters']:,}", r["batch"], *(spread(r["rates"][engine]) for engine in ("loom", "wasm", "cpu")),
                     f"{ratios[-1]:.1f}", "holds" if ratios[-1] >= TRAIN_BAR else "MISSED"])
    table(["network", "weights", "batch", "Latent Loom", "TensorFlow.js, wasm", "TensorFlow.js, cpu", "ratio", f"at least {TRAIN_BAR}"], rows)
    path = ROOT / "build/bench-page/trained.safetensors"
    path.write_bytes(base64.b64decode(whole.pop("model")))
    evaluated = json.loads(output_of(loom, "evaluate", path, "--data", ROOT / "weights/data" / TEST_PACK, "--json"))
    whole["test"] = evaluated
    first, last = whole["epochs"][0], whole["epochs"][-1]
    print(f"The default choice of the panel: first epoch after {first['seconds']:.1f} s ({first['held_out']:.1f} nats), all {len(whole['epochs'])} after "
          f"{last['seconds']:.1f} s, download and compilation included; {evaluated['negative_elbo']:.2f} nats on the 10,000 test images.")
    print()
    return all_results


def hover(options):
    """From the first time that the pointer is on a mark until its original has been drawn."""
    results = node("page/hover.mjs", options.repeat)
    print(f"The first original of a visit, from the pointer on its mark until it has been drawn, in Chromium, ms\n"
          f"(medians of {options.repeat} visits)\n")
    medians = {network: statistics.median(times) for network, times in results.items()}
    table(["network", "ms", f"at most {HOVER_BAR}"],
          [[network, spread(times), "holds" if medians[network] <= HOVER_BAR else "MISSED"] for network, times in results.items()])
    return results


def frames(options):
    """CPU time that the program takes for a frame."""
    results = node("frames.mjs", options.repeat, *(["--software"] if options.software else []))
    how = "without WebGL, our rasteriser included" if options.software else "with WebGL, the GPU's work excluded"
    print(f"A frame while the point is dragged, in Chromium {how}, ms; and how many are drawn in two seconds in which\n"
          "nothing happens, which must be 0\n")
    table(["overlay", "frames", "p50", "p95", "idle frames"],
          [[r["overlay"], len(r["milliseconds"]), f"{quantile(r['milliseconds'], 0.5):.2f}", f"{quantile(r['milliseconds'], 0.95):.2f}",
            r["idle"]] for r in results])
    restless = [r["overlay"] for r in results if r["idle"]]
    print(f"DRAWN AT REST: {', '.join(restless)}\n" if restless else "No overlay draws while nothing happens.\n")
    return results
