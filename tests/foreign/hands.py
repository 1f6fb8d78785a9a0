"""What a hand does to a foreign workbook without changing what it means: cells stand elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.formula import ArrayFormula

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet


def rearrange(sheet: Worksheet, row_of: Callable[[int], int], column_of: Callable[[int], int]) -> None:
    """Put every cell where its row and column go; merges reach as far as the cells they covered."""
    merges = [CellRange(str(one)) for one in sheet.merged_cells.ranges]
    for one in merges:
        sheet.unmerge_cells(one.coord)
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    values = {(cell.row, cell.column): cell.value for cell in cells}
    for at in values:
        sheet.cell(*at).value = None
    for (row, column), value in values.items():
        assert not isinstance(value, ArrayFormula)
        sheet.cell(row_of(row), column_of(column)).value = value
    for one in merges:
        sheet.merge_cells(
            start_row=row_of(one.min_row),
            end_row=row_of(one.max_row),
            start_column=column_of(one.min_col),
            end_column=column_of(one.max_col),
        )
    for line in list(sheet.row_dimensions.values()):
        line.hidden = False
    for letters in list(sheet.column_dimensions.values()):
        letters.hidden = False


def shifted(sheet: Worksheet, _heading: int) -> None:
    """Three empty rows above all of it, two empty columns at its left."""
    rearrange(sheet, lambda row: row + 3, lambda column: column + 2)


def spaced(sheet: Worksheet, rows: list[int]) -> None:
    """An empty row below each of these rows."""
    rearrange(sheet, lambda row: row + sum(one < row for one in rows), lambda column: column)


def with_empty_columns(sheet: Worksheet, _heading: int) -> None:
    """An empty column after every second one."""
    rearrange(sheet, lambda row: row, lambda column: column + (column - 1) // 2)


def filled_down(sheet: Worksheet, heading: int) -> None:
    """No merged cells below the heading: each row has the text again."""
    for one in [CellRange(str(one)) for one in sheet.merged_cells.ranges]:
        if one.min_row <= heading + 2 or one.min_row == one.max_row or one.min_col != one.max_col:
            continue
        value = sheet.cell(one.min_row, one.min_col).value
        if not isinstance(value, str):  # a number would be a cost of its own in each row
            continue
        sheet.unmerge_cells(one.coord)
        for row in range(one.min_row, one.max_row + 1):
            sheet.cell(row, one.min_col).value = value


def shouted(sheet: Worksheet, heading: int) -> None:
    """The headings in capitals, each word on a line of its own."""
    for cell in sheet[heading]:
        if isinstance(cell.value, str):
            cell.value = cell.value.upper().replace(" ", "\n")


def costs_typed(sheet: Worksheet, heading: int) -> None:
    """Every amount of money as a text with points, as it is pasted from a letter."""
    for row in sheet.iter_rows(min_row=heading + 2):
        for cell in row:
            if isinstance(cell.value, int) and cell.value >= 1_000_000:
                cell.value = "Rp" + f"{cell.value:,}".replace(",", ".") + ",-"


HANDS = (shifted, with_empty_columns, filled_down, shouted, costs_typed)
