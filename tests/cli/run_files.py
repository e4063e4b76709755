#!/usr/bin/env python3
"""run_files.py: runs the files test_*.py in this folder, two at a time, and prints the output of each as a whole.

The last line has the total number of tests. The exit status is 1 if one has failed.
"""
import concurrent.futures
import pathlib
import re
import subprocess
import sys

AT_ONCE = 2
FOLDER = pathlib.Path(__file__).parent


def run(file):
    return subprocess.run([sys.executable, "-m", "unittest", "-v", file.stem], cwd=FOLDER, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def main():
    files = sorted(FOLDER.glob("test_*.py"), key=lambda file: -file.stat().st_size)
    ran = 0
    failed = []
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for file, result in zip(files, pool.map(run, files)):
            print(result.stdout)
            counts = re.search(r"^Ran (\d+) test", result.stdout, re.M)
            ran += int(counts[1]) if counts else 0
            if result.returncode != 0 or not counts:
                failed.append(file.name)
    for name in failed:
        print(f"FAILED {name}")
    print(f"cli files: {len(files)}, Ran {ran} tests, {len(failed)} files failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
