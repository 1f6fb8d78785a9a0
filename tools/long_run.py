"""Have LibreOffice print many random plans, and tell every text that is cut or row that is too high.

    python tools/long_run.py 1000 [NUMBER]

NUMBER, 1 if not given, chooses other plans; a plan can be drawn again with its own two numbers:
`strategies.drawn(1, NUMBER)[0]`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from clients import paper
from clients.test_pages_on_paper import loose_rows
from properties import sheets, strategies
from rak_excel import api

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCH: Final = 20
NAMES: Final = (
    "plans", "pages", "rows", "texts", "pages that are cut", "pages too many", "broken texts",
    "rows two lines too high", "rows a line too high",
)  # fmt: skip
FAULTS: Final = NAMES[4:-1]
"""All but the last, which may happen to a row of two hundred."""


def main(count: int, number: int) -> int:
    """Print so many plans, and tell how many faults there are."""
    began = time.monotonic()
    totals = dict.fromkeys(NAMES, 0)
    with tempfile.TemporaryDirectory() as profile:
        for first in range(0, count, BATCH):
            numbers = range(number + first, number + min(first + BATCH, count))
            for at, found in zip(numbers, _judged(numbers, Path(profile)), strict=True):
                for name, told in found.items():
                    totals[name] += told if isinstance(told, int) else len(told)
                    for one in () if isinstance(told, int) else told:
                        print(f"plan {at}: {name}: {one}", flush=True)
            print(f"{time.monotonic() - began:.0f} s: {totals}", flush=True)
    return sum(totals[name] for name in FAULTS)


def _judged(numbers: range, profile: Path) -> list[dict[str, int | Sequence[object]]]:
    books = [api.build(strategies.drawn(1, at)[0]) for at in numbers]
    with tempfile.TemporaryDirectory() as folder:
        printed = paper.print_books(books, Path(folder), profile)
    made: list[dict[str, int | Sequence[object]]] = []
    for one in printed:
        seen = paper.cells_seen(one)
        pages = sum(len(sheets.pages(sheet)) for sheet in one.book.sheets)
        values: list[int | Sequence[object]] = [
            1,
            pages,
            sum(len(sheet.heights) for sheet in one.book.sheets),
            len(seen),
            one.cut_pages(),
            abs(len(one.ink) - pages),
            [(cell.page, cell.cell, cell.lines) for cell in seen if not cell.whole],
            loose_rows(one, empty=2),
            loose_rows(one),
        ]
        made.append(dict(zip(NAMES, values, strict=True)))
    return made


if __name__ == "__main__":
    asked = [int(one) for one in sys.argv[1:]]
    sys.exit(1 if main(*asked, *(1000, 1)[len(asked) :]) else 0)
