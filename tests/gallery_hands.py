"""How the workbook of a case in tests/cases/findings comes about, and what hands do to it.

`before`, `by_hand` and `in_parts` enter the functions of gallery_setups.py under their rule.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import openpyxl
import openpyxl.cell.cell
from click.testing import CliRunner

from rak_excel.cli import rak

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    Hand: TypeAlias = Callable[[Workbook, Worksheet], object]
    Parts: TypeAlias = dict[str, bytes]
    SetUp: TypeAlias = Callable[[pytest.MonkeyPatch], None]

SET_UP: Final[dict[str, SetUp]] = {}
"""What a case needs that no file in its folder can be, by its rule."""

SHEET: Final = "xl/worksheets/sheet1.xml"
PLAN: Final = """\
tahun: 2026
unit: KPU Kabupaten Lahat
sasaran:
  - uraian: Terwujudnya layanan perkantoran
    indikator:
      - uraian: Persentase layanan yang terpenuhi
        target: 100
        kegiatan:
          - {uraian: Layanan perkantoran, triwulan: semua, biaya: 1.000.000, pelaksana: Umum}
penandatangan: {jabatan: Ketua, nama: SARJANI}
"""
"""The plan of a workbook whose content does not matter."""


# --- how a workbook comes about ------------------------------------------------------------------------


def before(code: str) -> Callable[[SetUp], SetUp]:
    """Whatever has to happen before the command of a case."""

    def add(function: SetUp) -> SetUp:
        SET_UP[code] = function
        return function

    return add


def by_hand(code: str, *source: tuple[str, str]) -> Callable[[Hand], Hand]:
    """`plan.yaml` is built, the first sheet of its workbook edited; then `source` is replaced in the plan."""

    def add(edit: Hand) -> Hand:
        def set_up(_: pytest.MonkeyPatch) -> None:
            run("build", "plan.yaml")
            edited("plan.xlsx", edit)
            replaced(*source)

        SET_UP[code] = set_up
        return edit

    return add


def in_parts(code: str, name: str = "plan.xlsx") -> Callable[[Callable[[Parts], object]], object]:
    """The parts of a built workbook are changed, as a fault of a disk or of a program changes them."""

    def add(change: Callable[[Parts], object]) -> object:
        def set_up(_: pytest.MonkeyPatch) -> None:
            parts = built()
            change(parts)
            Path(name).write_bytes(packed(parts))

        SET_UP[code] = set_up
        return change

    return add


def run(*words: str, code: int = 0) -> None:
    """Type a command; it has to end as it should."""
    result = CliRunner().invoke(rak, words)
    assert result.exit_code == code, result.output


def edited(name: str, edit: Hand) -> None:
    """Open, edit and save a workbook."""
    book = openpyxl.load_workbook(name)
    edit(book, book.worksheets[0])
    book.save(name)


def replaced(*source: tuple[str, str]) -> None:
    """Edit the source."""
    text = Path("plan.yaml").read_text(encoding="utf-8")
    for old, new in source:
        assert old in text
        text = text.replace(old, new)
    Path("plan.yaml").write_text(text, encoding="utf-8")


def built() -> Parts:
    """The parts of a workbook: of the case's plan, or of any."""
    own = Path("plan.yaml").is_file()
    if not own:
        Path("plan.yaml").write_text(PLAN, encoding="utf-8")
    run("build", "plan.yaml")
    if not own:
        Path("plan.yaml").unlink()
    return parts_of("plan.xlsx")


def parts_of(name: str) -> Parts:
    """The parts of a workbook."""
    with zipfile.ZipFile(name) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def put(parts: Parts, part: str, old: bytes, new: bytes) -> None:
    """Replace something in a part, once."""
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)


# --- what hands do in a spreadsheet program --------------------------------------------------------------


def insert_row(sheet: Worksheet, at: int) -> None:
    """Insert a blank row; merges that it falls into grow."""
    for area in list(sheet.merged_cells.ranges):
        if area.min_row >= at:
            area.shift(row_shift=1)
        elif area.max_row >= at:
            area.expand(down=1)
    sheet.insert_rows(at)


def cut(sheet: Worksheet, row: int, to: int, columns: str = "DEFGHIJKL") -> None:
    """Cut cells out of a row and paste them into another."""
    for column in columns:
        copied(sheet, row, to, column)
        sheet[f"{column}{row}"] = None


def copied(sheet: Worksheet, row: int, to: int, columns: str = "DEFGHIJKL") -> None:
    """Copy cells of a row to another."""
    for column in columns:
        sheet[f"{column}{to}"] = sheet[f"{column}{row}"].value


def swapped(sheet: Worksheet, row: int, other: int, columns: str) -> None:
    """Sort two rows of some columns the other way round."""
    for column in columns:
        above, below = sheet[f"{column}{row}"].value, sheet[f"{column}{other}"].value
        sheet[f"{column}{row}"], sheet[f"{column}{other}"] = below, above


def cleared(sheet: Worksheet, columns: str, first: int = 9, last: int = 10) -> None:
    """Delete what stands in some columns."""
    for column in columns:
        for row in range(first, last + 1):
            cell = sheet[f"{column}{row}"]
            if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                cell.value = None


def typed(sheet: Worksheet, row: int, **cells: str | int | None) -> None:
    """Type into cells of a row."""
    for column, value in cells.items():
        sheet[f"{column}{row}"] = value
