#!/usr/bin/env python3
"""The benchmarks of tools/bench, which installs and builds what they need. Prints tables; --json writes all runs."""

import argparse
import collections
import json
import os
import pathlib
import statistics
import subprocess
import sys

import networks
import report
import side_by_side
from report import ROOT, output_of, spread, table

BENCHMARKS = ROOT / "tools/benchmarks"
NATIVE = ROOT / "build/release"
TORCH_PYTHON = "/usr/bin/python3"  # Debian's, which has python3-torch; another Python may come first on the PATH
RECIPES = ["fashion-dense-vae-2d", "fashion-conv-vae-2d"]


def train(options):
    """The five networks that the project began with. A step is only forward pass, backward pass and optimiser."""
    print(f"Training, images/s (batch 128, float32; medians of {options.repeat} rounds, ours and PyTorch in turn)\n")
    results = []
    for name, description in networks.descriptions().items():
        path = NATIVE / f"bench-{name.replace(' ', '-')}.json"
        path.write_text(json.dumps(description))
        data = pathlib.Path(options.data) / description["data"]
        for threads in (1, 2):
            results.append({"network": name, "what": description["what"], "threads": threads,
                            **train_rounds(options, path, data, threads, "plain")})
    rows = [[r["network"], r["what"], r["threads"], *comparison(r)] for r in results]
    table(["network", "", "threads", *COMPARED], rows)
    for threads in (1, 2):
        ratios = [r["ratio"] for r in results if r["threads"] == threads]
        print(f"{threads} threads: geometric mean of the ratios {statistics.geometric_mean(ratios):.2f}, lowest {min(ratios):.2f}")
    print()
    return results


def recipes(options):
    """Two of our own recipes, with and without gradient clipping and weight averaging."""
    print(f"Training recipes, images/s (batch 128, float32; medians of {options.repeat} rounds, ours and PyTorch in turn)\n"
          "recipe: with gradient clipping and an average of the weights, as the recipe trains; plain: without both\n")
    results = []
    data = pathlib.Path(options.data) / "fashion-mnist"
    for recipe in RECIPES:
        path = NATIVE / f"bench-{recipe}.json"
        path.write_text(output_of(NATIVE / "bench_train", "describe", recipe, data))
        for threads in (1, 2):
            for mode in ("recipe", "plain"):
                results.append({"recipe": recipe, "threads": threads, "mode": mode,
                                **train_rounds(options, path, data, threads, mode)})
    table(["recipe", "threads", "steps", *COMPARED],
          [[r["recipe"], r["threads"], r["mode"], *comparison(r)] for r in results])
    return results


COMPARED = ["Latent Loom", "PyTorch", "its faster way", "ratio"]


def comparison(r):
    return [spread(r["ours"]), spread(r["torch"][r["best"]]), r["best"], f"{r['ratio']:.2f}"]


def train_rounds(options, description, data, threads, mode):
    """Runs ours, PyTorch, ours, PyTorch and so on, so that other load on the machine affects both."""
    environment = os.environ | {"OMP_NUM_THREADS": str(threads), "OMP_PROC_BIND": "true", "OMP_PLACES": "cores"}
    rounds = {"ours": [], "torch": collections.defaultdict(list), "ours_processor": [],
              "torch_processor": collections.defaultdict(list)}
    for _ in range(options.repeat):
        wall, processor = output_of(NATIVE / "bench_train", "run", description, data, threads, options.seconds, mode).split()
        rounds["ours"].append(float(wall))
        rounds["ours_processor"].append(float(processor))
        ways = json.loads(output_of(TORCH_PYTHON, BENCHMARKS / "torch_train.py", description, data, threads,
                                    options.seconds, mode, env=environment))
        for way, (wall, processor) in ways.items():
            rounds["torch"][way].append(wall)
            rounds["torch_processor"][way].append(processor)
    medians = {way: statistics.median(values) for way, values in rounds["torch"].items()}
    best = max(medians, key=medians.get)
    return rounds | {"best": best, "ratio": statistics.median(rounds["ours"]) / medians[best]}


def gflops(options):
    """The kernels, natively and as wasm with and without SIMD."""
    print(f"Kernels, GFLOP/s on one thread (medians of {options.repeat} runs)\n")
    results = collections.defaultdict(lambda: collections.defaultdict(list))
    for _ in range(options.repeat):
        for line in output_of(NATIVE / "bench_kernels").splitlines():
            kernel, value = line.split("\t")
            results["native"][kernel].append(float(value))
    for row in json.loads(output_of("node", BENCHMARKS / "kernels.mjs", options.repeat)):
        for kernel, value in row["kernels"].items():
            results[row["where"]][kernel].append(value)
    kernels = list(results["native"])
    table(["where", *kernels], [[where, *(spread(values[k], 1) for k in kernels)] for where, values in results.items()])
    return results


def decode(options):
    """One call of loom_decode, natively and in the page's module."""
    weights = sorted(path for path in (ROOT / "weights").glob("*.safetensors") if ".replay." not in path.name)
    if not weights:
        sys.exit("bench: there are no weights/*.safetensors to decode with")
    print(f"One call of loom_decode, ms: p50 / p95, each the median of {options.repeat} runs of a second\n")
    results = collections.defaultdict(list)  # (file, where, batch): [p50, p95] per run
    for _ in range(options.repeat):
        for path in weights:
            for line in output_of(NATIVE / "bench_decode", path, 1, 64, 400).splitlines():
                batch, *times = line.split("\t")
                results[path.stem, "native", batch].append([float(time) for time in times])
    files = [path.relative_to(ROOT) for path in weights]
    for row in json.loads(output_of("node", BENCHMARKS / "decode.mjs", options.repeat, *files)):
        for batch, times in row["batches"].items():
            results[row["file"].removeprefix("weights/").removesuffix(".safetensors"), row["where"], batch].append(times)
    rows = collections.defaultdict(list)
    for (name, where, _), runs in results.items():
        rows[name, where].append(" / ".join(f"{report.summary(column)['median']:.3f}" for column in zip(*runs)))
    table(["model", "where", "1 point", "64 points", "400 points"], [[*key, *cells] for key, cells in sorted(rows.items())])
    return [{"model": name, "where": where, "batch": int(batch), "p50_p95": runs} for (name, where, batch), runs in results.items()]


def density(options):
    """The density of all classes on 128 x 128 cells from the encoded test set of the first model, natively and in the page."""
    path = ROOT / "weights" / json.loads((ROOT / "weights/models.json").read_text())[0]["file"]
    results = collections.defaultdict(list)  # where: [p50, p95] per run
    quantiles = lambda times: [statistics.median(times), sorted(times)[int(0.95 * (len(times) - 1))]]
    for _ in range(options.repeat):
        results["native"].append(quantiles([float(line) for line in output_of(NATIVE / "bench_density", path).split()]))
    for row in json.loads(output_of("node", BENCHMARKS / "density.mjs", options.repeat, path.relative_to(ROOT))):
        posteriors = row["posteriors"]
        results[row["where"]].append(quantiles(row["times"]))
    print(f"{posteriors} posteriors on 128 x 128 cells, ms: p50 / p95, each the median of {options.repeat} runs of 21\n")
    medians = lambda runs: " / ".join(f"{statistics.median(column):.2f}" for column in zip(*runs))
    table(["where", "ms"], [[where, medians(runs)] for where, runs in results.items()])
    return results


BENCHES = {"train": train, "recipes": recipes, "gflops": gflops, "decode": decode, "density": density, "page": side_by_side.page, "page-train": side_by_side.page_train,
           "hover": side_by_side.hover, "frames": side_by_side.frames}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="+", choices=list(BENCHES))
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2, help="length of a measurement of training or decoding")
    parser.add_argument("--software", action="store_true", help="frames: without WebGL")
    parser.add_argument("--loom", default="", help="the native program (default: build/release/loom)")
    parser.add_argument("--data", default="")
    parser.add_argument("--json", default="")
    options = parser.parse_args()
    results = {"machine": report.machine(), "command": "tools/bench " + " ".join(sys.argv[1:])}
    print("{processor}, {cores} cores, load {load}; commit {commit}, {time}".format(**results["machine"]))
    print(results["command"] + "\n", flush=True)
    for what in options.what:
        results[what] = BENCHES[what](options)
    results["load_at_the_end"] = os.getloadavg()[0]
    print(f"load at the end: {os.getloadavg()[0]:.1f}")
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=1)


if __name__ == "__main__":
    main()
