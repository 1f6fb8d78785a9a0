"""How long `rak consolidate` takes for hundreds of plans, beside a script that only loads the same workbooks.

    python benchmarks/many.py                  17, 550 and 5,500 plans; some ten minutes
    python benchmarks/many.py --most 550       without the largest folder; two minutes
    python benchmarks/many.py --markdown       the tables as docs/performance.md shows them

The plans are of real size and in mixed forms, without faults: YAML, CSV, input sheets, official workbooks,
some edited or saved again by another program (`tests/offices`).  The bare side is `bare_loads.py`, with as
many processes as there are cores: it loads every workbook with openpyxl and does nothing, and texts not at
all; ours reads and checks all files, adds them up and writes REKAP.xlsx.  Both run in turn, round by round;
processor time is that of all processes together, memory the peak of the largest one.  The second run finds
all files as they were: at first with the recapitulation gone, then with it in its place.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple
from unittest import mock

from measuring import ROOT, Spread, Table, Used, median, of, run

sys.path.insert(0, str(ROOT / "tests"))

from offices import folder as offices

SIZES: Final = (17, 550, 5_500)
RUNS: Final = {17: 9, 550: 5, 5_500: 2}
"""How many rounds of each size."""
BARE: Final = ROOT / "benchmarks" / "bare_loads.py"
CORES: Final = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
_SHARE: Final = 50
"""Plans that one process makes at a time."""


class Folder(NamedTuple):
    """Plans on the disk, and how many of their files are workbooks."""

    path: Path
    files: int
    workbooks: int


def prepare(size: int, path: Path) -> Folder:
    """Write so many plans, each of another office."""
    shares = [(begin, min(begin + _SHARE, size)) for begin in range(0, size, _SHARE)]
    with ProcessPoolExecutor(CORES) as pool:
        names = [name for some in pool.map(_write, shares, [path] * len(shares)) for name in some]
    return Folder(path, len(names), sum(name.endswith(".xlsx") for name in names))


def _write(share: tuple[int, int], path: Path) -> list[str]:
    """Write the plans of some of the offices."""
    truth = offices.plain(*share)
    truth.write(path)
    return list(truth.files)


def ours(folder: Folder, *options: str, keep: bool = False) -> Used:
    """One consolidation, as somebody types it."""
    made = folder.path.with_suffix(".xlsx")
    if not keep:
        made.unlink(missing_ok=True)
    return run("-m", "rak_excel", "-q", "consolidate", folder.path, "-o", made, *options)


class Measured(NamedTuple):
    """All rounds of one size."""

    first: list[Used]
    bare: list[Used]
    second: list[Used]
    third: list[Used]


def measured(folder: Folder, runs: int) -> Measured:
    """Both sides in turn, after a round that only compiles modules; then the runs that find all as it was."""
    found = Measured([], [], [], [])
    for number in range(runs + 1):
        theirs = run(BARE, folder.path, str(CORES))
        first = ours(folder, "--no-cache")
        if number:
            found.bare.append(theirs)
            found.first.append(first)
    with tempfile.TemporaryDirectory() as cache, mock.patch.dict(os.environ, RAK_CACHE=cache):
        ours(folder)
        for _ in range(runs):
            found.second.append(ours(folder))
            found.third.append(ours(folder, keep=True))
    return found


def tell(sizes: Sequence[int], path: Path, *, markdown: bool) -> None:
    """All tables."""
    found = {}
    folders = {}
    for size in sizes:
        folders[size] = prepare(size, path / str(size))
        found[size] = measured(folders[size], RUNS[size])
        shutil.rmtree(folders[size].path)
    _tell_time(folders, found, markdown=markdown)
    _tell_memory(found, markdown=markdown)
    _tell_growth(found, markdown=markdown)
    _tell_second(found, markdown=markdown)


def _tell_time(folders: dict[int, Folder], found: dict[int, Measured], *, markdown: bool) -> None:
    table = Table(
        f"Many plans, ratio to a bare openpyxl load of their workbooks, {CORES} cores",
        *("plans", "workbooks", "clock: min / median / max", "processor: median", "ours", "bare"),
        "plans a second",
    )
    for size, one in found.items():
        pairs = list(zip(one.first, one.bare, strict=True))
        clock = Spread.of(first.clock / bare.clock for first, bare in pairs)
        processor = Spread.of(first.processor / bare.processor for first, bare in pairs)
        first, bare = median(one.first), median(one.bare)
        counts, seconds = (f"{size:,}", f"{folders[size].workbooks:,}"), (of(first.clock), of(bare.clock))
        table.add(*counts, clock, f"{processor.median:.2f}", *seconds, f"{size / first.clock:.0f}")
    table.tell(markdown=markdown)


def _tell_memory(found: dict[int, Measured], *, markdown: bool) -> None:
    table = Table("Many plans, peak memory of the largest process", "plans", "ours", "bare")
    for size, one in found.items():
        table.add(f"{size:,}", *(f"{median(side).memory:.0f} MB" for side in (one.first, one.bare)))
    table.tell(markdown=markdown)


def _tell_growth(found: dict[int, Measured], *, markdown: bool) -> None:
    table = Table("Many plans, growth", "plans", "times as many", "times the processor time", "bare")
    sizes = list(found)
    for least, most in pairwise(sizes):
        took = [
            median(getattr(found[most], side)).processor / median(getattr(found[least], side)).processor
            for side in ("first", "bare")
        ]
        times = (f"{one:.1f}" for one in (most / least, *took))
        table.add(f"{least:,} to {most:,}", *times)
    table.tell(markdown=markdown)


def _tell_second(found: dict[int, Measured], *, markdown: bool) -> None:
    table = Table(
        "Many plans, a second run, clock", "plans", "first", "recapitulation gone", "nothing changed", "share"
    )
    for size, one in found.items():
        first, second, third = (median(side).clock for side in (one.first, one.second, one.third))
        table.add(f"{size:,}", of(first), of(second), of(third), f"{third / first:.0%}")
    table.tell(markdown=markdown)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description="How long rak consolidate takes for hundreds of plans.")
    asked.add_argument("--most", type=int, default=SIZES[-1], help="plans of the largest folder")
    asked.add_argument("--markdown", action="store_true", help="print Markdown")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        tell([size for size in SIZES if size <= told.most], Path(name), markdown=told.markdown)


if __name__ == "__main__":
    main()
