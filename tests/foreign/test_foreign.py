"""Workbooks that offices made are read as they mean it, or it is told at the very cell what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from clients import libreoffice
from foreign import daerah, kpu, provinsi
from foreign.hands import HANDS, spaced
from foreign.judge import data_of, read, silent, told_cell, unaccounted, unnamed, untold, wrongs
from foreign.meant import MAKERS
from rak_excel.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

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


@every_workbook
@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.__name__)
def test_what_means_the_same_is_read_the_same(name: str, hand: Callable[[Worksheet, int], None]) -> None:
    before = read(data_of(MAKERS[name]().book))
    buku = MAKERS[name]()
    for title in sorted({one.sheet for one in buku.meant}):
        heading = min(one.heading for one in buku.meant if one.sheet == title)
        hand(buku.book[title], heading)
    after = read(data_of(buku.book))

    assert after.plans == before.plans
    assert _errors(after) == _errors(before)
    assert unaccounted(after) == []
    assert unnamed(after) == []


@every_workbook
def test_empty_rows_between_the_rows_do_not_matter(name: str) -> None:
    before = read(data_of(MAKERS[name]().book))
    buku = MAKERS[name]()
    for title in sorted({one.sheet for one in buku.meant}):
        rows = [butir.baris for one in buku.meant if one.sheet == title for butir in one.butir[:-1]]
        spaced(buku.book[title], rows)
    after = read(data_of(buku.book))

    assert after.plans == before.plans
    assert _errors(after) == _errors(before)
    assert unaccounted(after) == []


def _errors(loaded: Loaded) -> list[str]:
    return sorted(one.code for one in loaded.findings if one.is_error)


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
