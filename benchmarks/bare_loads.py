"""The bare side of `many.py`: every workbook of a folder loaded with openpyxl, by a pool of processes.

    python benchmarks/bare_loads.py FOLDER WORKERS

Nothing is done with what was loaded.  Texts are not loaded at all: openpyxl has nothing to load them with.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import openpyxl


def load(path: str) -> None:
    """Load a workbook, as any script does."""
    openpyxl.load_workbook(path)


def main(folder: str, workers: int) -> None:
    """Load them all."""
    names = sorted(str(path) for path in Path(folder).rglob("*.xlsx"))
    with ProcessPoolExecutor(workers) as pool:
        for _ in pool.map(load, names, chunksize=8):
            pass


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
