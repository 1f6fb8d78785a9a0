"""Make a folder of plausible offices with planted faults, to try `rak consolidate` with.

    python tools/many_offices.py demo/rekap             40 offices, and demo/rekap-unit.csv: who ought to send
    python tools/many_offices.py FOLDER --count 550     as many as there are election offices

The same count gives the same files.  A folder that holds something already is refused.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from offices import folder as offices

if TYPE_CHECKING:
    from offices.folder import Truth

COUNT: Final = 40
FAULTS: Final = 6
"""How many plans of the demo are faulty, besides all that is doubled, old, missing or unreadable."""
BEGIN: Final = "33"
"""The region that the offices begin with: Jawa Tengah."""
SEED: Final = 2
"""With this number the few faults are of many kinds."""


def make(folder: Path, count: int = COUNT) -> Truth:
    """Write the offices' files into a folder, and the list of those that ought to send beside it."""
    shares = offices.Shares.usual(count)
    if count == COUNT:
        shares = shares._replace(faults=FAULTS)
    truth = offices.made(count, SEED, BEGIN, shares)
    truth.write(folder)
    units_of(folder).write_bytes(truth.units())
    return truth


def units_of(folder: Path) -> Path:
    """Where the list of the offices stands."""
    return folder.with_name(f"{folder.name}-unit.csv")


def main() -> None:
    """Make them, and tell where."""
    asked = argparse.ArgumentParser(description="Make a folder of plausible offices with planted faults.")
    asked.add_argument("folder", type=Path, help="where to: a new folder")
    asked.add_argument("--count", type=int, default=COUNT, help="how many offices")
    told = asked.parse_args()
    if told.folder.exists() and any(told.folder.iterdir()):
        asked.error(f"{told.folder} is not empty")
    truth = make(told.folder, told.count)
    print(f"{told.count} offices, {len(truth.files)} files: {told.folder}; the list: {units_of(told.folder)}")


if __name__ == "__main__":
    main()
