"""Where the published data sets are on this machine."""
import os
import pathlib

from loom_program import ROOT


def real_data():
    """The folder with fashion-mnist/ and mnist/, or None."""
    for folder in (os.environ.get("LOOM_DATA"), ROOT.parent / "shared/data", ROOT / "data"):
        if folder and (pathlib.Path(folder) / "fashion-mnist").is_dir():
            return pathlib.Path(folder)
    return None
