"""Output of all benchmarks of tools/bench: the machine, medians with their ranges, tables, JSON."""

import os
import pathlib
import platform
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def output_of(*command, **options):
    return subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT, **options).stdout


def cpu_model():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def commit():
    try:
        name = output_of("git", "describe", "--always", "--dirty", stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return name.strip()


def machine():
    return {"processor": cpu_model(), "cores": len(os.sched_getaffinity(0)), "load": round(os.getloadavg()[0], 1),
            "commit": commit(), "time": time.strftime("%Y-%m-%d %H:%M")}


def summary(values):
    return {"median": statistics.median(values), "low": min(values), "high": max(values), "runs": len(values)}


def spread(values, digits=0):
    """1,234 (1,200..1,300)"""
    s = summary(values)
    return f"{s['median']:,.{digits}f} ({s['low']:,.{digits}f}..{s['high']:,.{digits}f})"


def table(head, rows):
    rows = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    rows.insert(1, ["-" * width for width in widths])
    for row in rows:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")
    print(flush=True)
