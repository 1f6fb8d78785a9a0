"""The live total above an input sheet's table, and what is left of the pagu: their values after an edit."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from rak_excel.findings import column_letters
from rak_excel.sheet.form_cells import Cells, number_in
from rak_excel.sheet.form_reader import FormSheet
from rak_excel.sheet.labels import TOTAL
from rak_excel.sheet.moving import CellEdit, Spot
from rak_excel.sheet.seen import Seen

_SUM: Final = re.compile(r"SUM\(\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)\)")
_BALANCE: Final = re.compile(r"IF\(ISNUMBER\(([A-Z$]+[\d$]+)\),\1-([A-Z$]+[\d$]+),0\)")


def totals(sheet: FormSheet, cells: Cells, goes_to: Mapping[int, int]) -> Iterator[CellEdit]:
    """What the sum of the costs and the balance beside it are now, where they are as the form has them.

    `goes_to` tells the row to which a row of the table goes.  Any other formula is left to the program that
    calculates.
    """
    at = sheet.columns.get("biaya")
    if at is None:
        return
    for row in range(1, sheet.heading):
        label, cell = cells.raw(row, at - 1), cells.raw(row, at)
        if (
            label is None
            or cell is None
            or label.text.strip() != TOTAL
            or not _is_sum(cells, cell, sheet, at)
        ):
            continue
        total = _total(cells, at, sheet.heading, goes_to)
        if total is None:
            return
        yield CellEdit(row, at, _whole(total), result=True)
        beside = cells.raw(row, at + 1)
        match = _BALANCE.fullmatch(beside.formula) if beside is not None else None
        pagu = sheet.values.get("pagu")
        if match is not None and pagu is not None:
            names = [name.replace("$", "") for name in match.groups()]
            if names == [_name(pagu), _name((row, at))]:
                given = number_in(cells.edits.get(pagu), cells.raw(*pagu))
                yield CellEdit(
                    row, at + 1, _whole(given - total if given is not None else Decimal(0)), result=True
                )
        return


def _is_sum(cells: Cells, cell: Seen, sheet: FormSheet, at: int) -> bool:
    """Whether a formula sums all costs of the table and nothing else."""
    match = _SUM.fullmatch(cell.formula)
    if match is None or {match[1], match[3]} != {column_letters(at)}:
        return False
    last = max((row for row, held in cells.seen.rows.items() if at in held), default=0)
    return sheet.heading <= int(match[2]) <= sheet.heading + 1 and int(match[4]) >= last


def _total(cells: Cells, at: int, heading: int, goes_to: Mapping[int, int]) -> Decimal | None:
    """The sum of the numbers in a column; `None` where a cell holds something else that counts."""
    found: dict[int, Decimal | None] = {}
    for row, held in cells.seen.rows.items():
        to = goes_to.get(row)
        if row <= heading or at not in held or to is None:
            continue
        if held[at].kind == "date":
            return None
        found[to] = number_in(None, held[at])
    for (row, column), edit in cells.edits.items():
        if column == at and row > heading:
            found[row] = number_in(edit, None)
    return sum((number for number in found.values() if number is not None), Decimal(0))


def _whole(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number


def _name(at: Spot) -> str:
    return f"{column_letters(at[1])}{at[0]}"
