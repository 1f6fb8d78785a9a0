"""Workbooks that offices made are read as they mean it, or it is told at the very cell what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from clients import libreoffice
from openpyxl.worksheet.cell_range import CellRange

from foreign import daerah, kpu, provinsi
from foreign.judge import data_of, read, silent, told_cell, unaccounted, unnamed, untold, wrongs
from foreign.meant import MAKERS
from rak_excel import rules
from rak_excel.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from foreign.meant import Buku
    from rak_excel.loading import Loaded

LEAST: Final = 12
every_workbook = pytest.mark.parametrize("name", MAKERS)


def judged(buku: Buku, loaded: Loaded) -> None:
    """Nothing was read wrongly in silence, and no cell is lost."""
    assert silent(buku.meant, loaded) == []
    assert [cell for meant in buku.meant for cell in untold(meant, loaded)] == []
    assert unaccounted(loaded) == []
    assert unnamed(loaded) == []


def test_there_are_workbooks_of_every_family() -> None:
    modules = [make.__module__ for make in MAKERS.values()]

    assert len(MAKERS) >= LEAST
    assert set(modules) == {kpu.__name__, provinsi.__name__, daerah.__name__}


@every_workbook
def test_a_foreign_workbook_is_read_right_or_loud(name: str) -> None:
    buku = MAKERS[name]()

    judged(buku, read(data_of(buku.book)))


@every_workbook
def test_what_can_be_read_is_read_right(name: str) -> None:
    """A workbook that our forms can hold has no excuse: all of it is read, and nothing is an error."""
    buku = MAKERS[name]()
    loaded = read(data_of(buku.book))
    if not buku.right:
        assert any(one.severity is Severity.ERROR for one in loaded.findings)
        return

    assert list(wrongs(buku.meant, loaded)) == []


@every_workbook
def test_sheets_that_are_no_plan_are_told(name: str) -> None:
    buku = MAKERS[name]()
    loaded = read(data_of(buku.book))

    assert [where for where in buku.told if not told_cell(loaded, *where)] == []


@pytest.mark.client
def test_they_are_read_the_same_after_libreoffice_saved_them(tmp_path: Path, profile: Path) -> None:
    paths = []
    for name, make in MAKERS.items():
        paths.append(tmp_path / f"{name}.xlsx")
        make().book.save(paths[-1])

    for path in libreoffice.convert(paths, "xlsx", tmp_path / "saved", profile):
        judged(MAKERS[path.stem](), read(path.read_bytes()))


# --- what a hand may do to each of them ----------------------------------------------------------------


def moved(buku: Buku) -> Loaded:
    """The sheet with three rows and two columns more at its beginning, as openpyxl moves cells."""
    for sheet in buku.book.worksheets:
        merges = [CellRange(str(one)) for one in sheet.merged_cells.ranges]
        for one in merges:
            sheet.unmerge_cells(one.coord)
        sheet.move_range(sheet.dimensions, rows=3, cols=2, translate=True)
        for one in merges:
            one.shift(col_shift=2, row_shift=3)
            sheet.merge_cells(one.coord)
    return read(data_of(buku.book))


@every_workbook
def test_where_a_table_stands_does_not_matter(name: str) -> None:
    buku = MAKERS[name]()
    before = read(data_of(buku.book))
    after = moved(buku)

    assert after.plans == before.plans
    assert _codes(after) == _codes(before)
    assert unaccounted(after) == []


def _codes(loaded: Loaded) -> list[str]:
    """The codes but those of hidden rows and columns, which stay where they are."""
    return sorted(
        one.code
        for one in loaded.findings
        if one.rule not in (rules.BARIS_TERSEMBUNYI, rules.KOLOM_TERSEMBUNYI)
    )


@every_workbook
def test_a_note_typed_anywhere_is_told_or_becomes_a_value(name: str) -> None:
    """Every free cell of the sheet, one after the other: none swallows a text in silence."""
    note = "periksa lagi, belum disetujui"
    for title in sorted({one.sheet for one in MAKERS[name]().meant}):
        free = _free(MAKERS[name](), title)
        for at in free[:: max(1, len(free) // 12)]:
            buku = MAKERS[name]()
            buku.book[title][at] = note
            loaded = read(data_of(buku.book))

            assert unaccounted(loaded) == [], at
            assert unnamed(loaded) == [], at
            assert told_cell(loaded, title, at) or note in str(loaded.plans), at


def _free(buku: Buku, title: str) -> list[str]:
    """The cells without a value in the rectangle that is used, and one row and column around it."""
    sheet = buku.book[title]
    merged = {cell for one in sheet.merged_cells.ranges for row in one.rows for cell in row}
    return [
        sheet.cell(row, column).coordinate
        for row in range(1, sheet.max_row + 2)
        for column in range(1, sheet.max_column + 2)
        if sheet.cell(row, column).value is None and (row, column) not in merged
    ]
