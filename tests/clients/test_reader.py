"""What LibreOffice saves is read as what it was; what it saves in another form is told for what that is."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter

from clients import libreoffice
from rak_excel import api
from rak_excel.files.xlsx_reader import read
from rak_excel.loading import load
from rak_excel.sheet.grid import HIDDEN_SHEET

if TYPE_CHECKING:
    from pathlib import Path

    from rak_excel.sheet.seen import Seen, SeenBook

pytestmark = pytest.mark.client

EXAMPLE = "examples/lahat-2024.yaml"


def book_of(path: Path) -> SeenBook:
    """A workbook in which nothing is wrong."""
    found = read(path.read_bytes(), path.name)
    assert found.findings == ()
    assert found.book is not None
    return found.book


def resaved(path: Path, folder: Path, profile: Path) -> SeenBook:
    """The workbook as LibreOffice opens and saves it."""
    [saved] = libreoffice.convert([path], "xlsx", folder, profile)
    return book_of(saved)


def values(book: SeenBook) -> dict[tuple[str, int, int], Seen]:
    """Every cell of every sheet."""
    return {(sheet.name, row, column): cell for sheet in book.sheets for row, column, cell in sheet.cells()}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder for what LibreOffice is given; it writes beside it."""
    folder = tmp_path / "asal"
    folder.mkdir()
    return folder / "rencana.xlsx"


def test_our_workbook_is_the_same_after_libreoffice_saved_it(
    source: Path, tmp_path: Path, profile: Path, request: pytest.FixtureRequest
) -> None:
    plans = load(request.config.rootpath / EXAMPLE).plans
    source.write_bytes(api.render(api.build(plans), ".xlsx"))
    before = book_of(source)
    after = resaved(source, tmp_path, profile)

    assert values(after) == values(before)
    assert [sorted(sheet.merges) for sheet in after.sheets] == [
        sorted(sheet.merges) for sheet in before.sheets
    ]
    assert {
        key: value for key, value in after.properties.items() if key.startswith("rak_")
    } == before.properties
    assert set(before.names) <= set(after.names)
    # LibreOffice knows no state veryHidden
    assert [(sheet.name, sheet.state) for sheet in after.sheets[-1:]] == [(HIDDEN_SHEET, "hidden")]


def test_cells_of_every_kind_survive_libreoffice(source: Path, tmp_path: Path, profile: Path) -> None:
    with xlsxwriter.Workbook(str(source)) as book:
        page = book.add_worksheet("RAK")
        day = datetime(2024, 1, 31, 10, 30, tzinfo=UTC).replace(tzinfo=None)
        page.write_number(0, 0, 0.895, book.add_format({"num_format": "0.0%"}))
        page.write_datetime(0, 1, day, book.add_format({"num_format": "[$-421]dd mmmm yyyy hh:mm"}))
        page.write_number(0, 2, 100, book.add_format({"num_format": '0"%"'}))
        page.write_number(0, 3, 0.4375, book.add_format({"num_format": "h:mm"}))
        page.write_number(0, 4, 1.25, book.add_format({"num_format": "[h]:mm"}))
        page.write_boolean(0, 5, True)
        page.insert_checkbox(0, 6, True)
        page.write_formula(0, 7, "=SUM(C1:C2)", None, 100)
        page.write_formula(0, 8, "=1/0", None, "#DIV/0!")
        page.write_number(0, 9, 306461000, book.add_format({"num_format": "#,##0"}))
        page.write_number(0, 10, 198205062010122002)
        page.write_string(0, 11, "a\n _x0041_ 😀 =1+1 ")
        page.write_rich_string(0, 12, "biasa ", book.add_format({"bold": True}), "tebal")
        page.merge_range("A3:B4", "atas")
        page.write_string(3, 1, "di bawah gabungan")
        page.write_comment(0, 0, "catatan", {"author": "x"})
        page.set_row(6, None, None, {"hidden": True})
        page.set_column(20, 21, None, None, {"hidden": True})
    before = book_of(source)
    after = resaved(source, tmp_path, profile)

    assert values(after) == values(before)
    kinds = "percent date number date date boolean boolean number error number number text text text text"
    assert [cell.kind for _, _, cell in before.sheets[0].cells()] == kinds.split()
    for book in (before, after):
        (sheet,) = book.sheets
        assert sheet.rows[4][2].text == "di bawah gabungan"
        assert sheet.notes == {(1, 1): "catatan"}
        assert (sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)) == ([7], [21, 22])


def test_what_openpyxl_saved_is_calculated_by_libreoffice(
    source: Path, tmp_path: Path, profile: Path
) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["A3"] = 5, "=A1*2", True
    made = io.BytesIO()
    workbook.save(made)
    source.write_bytes(made.getvalue())

    def told(book: SeenBook) -> list[tuple[str, bool]]:
        return [(cell.text, cell.stored) for cell in values(book).values()]

    assert told(book_of(source)) == [("5", True), ("", False), ("TRUE", True)]
    assert told(resaved(source, tmp_path, profile)) == [("5", True), ("10", True), ("TRUE", True)]


FORMS = {
    "xls": ("RAK033", "xls", ".xls)"),
    "ods": ("RAK033", "ods", ".ods"),
    "fods": ("RAK033", "fods", ".fods"),
    "html": ("RAK033", "html", "HTML"),
    "pdf": ("RAK034", "pdf", "PDF"),
    "csv": ("RAK035", "csv", "CSV"),
}


@pytest.mark.parametrize("ending", FORMS)
def test_another_form_under_a_false_name_is_told(
    ending: str, source: Path, tmp_path: Path, profile: Path
) -> None:
    code, form, word = FORMS[ending]
    with xlsxwriter.Workbook(str(source)) as book:
        page = book.add_worksheet()
        for row in range(3):
            page.write_row(row, 0, ["Sasaran", "Indikator", row])
    command = ["soffice", f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless"]
    libreoffice._run([*command, "--convert-to", form, "--outdir", str(tmp_path), str(source)])
    found = read((tmp_path / f"rencana.{ending}").read_bytes(), "rencana.xlsx")

    assert [finding.code for finding in found.findings] == [code]
    assert word in found.findings[0].message()
