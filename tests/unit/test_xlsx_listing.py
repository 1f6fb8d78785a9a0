"""Listings as workbooks: every text as it was, nothing Excel would repair, and no row held in memory."""

from __future__ import annotations

import gc
import io
import re
import tempfile
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

import openpyxl
import pytest

import recaps
from rak_excel.files import xlsx_reader
from rak_excel.files.xlsx_writer import archive, is_recap, listings, untouched
from rak_excel.findings import RakError
from rak_excel.loading import load_bytes
from rak_excel.sheet.listing import (
    CHARACTERS,
    DIGITS,
    MARKS,
    Chart,
    Column,
    Frame,
    Listing,
    ListingBook,
    Live,
    Series,
    Spot,
    Tint,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rak_excel.sheet.listing import Plain
    from recaps import Written

NS: Final = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
ODD: Final = (
    "=1+1", "{=1}", "@SUM(A1)", "+62 811", "-5", "http://kpu.go.id", "internal:Sheet1!A1", "#N/A", "TRUE",
    "0123", "1e5", "NaN", "2024-01-01", "<r>x</r>", "<b>tebal</b>", "_x0041_", "_x005F_", "_x000D_", "'petik",
    '"kutip"', "a & b", "&amp;", "]]>", "<!-- x -->", "\U0001f600", "a\nb", "a\tb", " di tepi ",
    "spasi  ganda", "a\u00a0b", "e\u0301", "{row}", "%s", "\x01\x1f", "\ufffe",
)  # fmt: skip

pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning:openpyxl")


def listing(rows: Sequence[Sequence[Plain]], **fields: Any) -> Listing:
    columns = (
        Column("No.", "tengah", 6),
        Column("Teks", "teks", 30),
        Column(
            "Dua kali",
            "bilangan",
            12,
            "A{row}*2",
            Live("SUM({cells})", sum(2 * int(row[0] or 0) for row in rows)),
        ),
    )
    given: dict[str, Any] = {"spots": (Spot(0, 0, "judul", "Judul"),), "totals": "below", **fields}
    return Listing(Frame("Daftar", 2, len(rows)), columns, lambda: iter(rows), "TabelDaftar", **given)


def made(*sheets: Listing, year: int = 2026) -> Written:
    return recaps.written(ListingBook("Rekap", year, "rekap", sheets, "{halaman} dari {jumlah_halaman}"))


def texts(*several: str) -> list[tuple[Plain, ...]]:
    return [(number, text, 2 * number) for number, text in enumerate(several, 1)]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive_:
        return {name: archive_.read(name) for name in archive_.namelist()}


def xml(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> ET.Element:
    return ET.fromstring(parts(data)[name])


# --- texts and numbers -----------------------------------------------------------------------------------


def test_every_text_stays_the_text_it_was() -> None:
    """No text of a file becomes a formula, a link, an error or markup."""
    data = made(listing(texts(*ODD))).data
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    cells = [sheet.cell(row, 2) for row in range(4, 4 + len(ODD))]
    read = xlsx_reader.read(data, "x.xlsx").book

    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell for cell in cells if cell.hyperlink] == []
    assert read is not None
    seen = [read.sheets[0].rows[row][2].text for row in range(4, 4 + len(ODD))]
    assert [text for text, was in zip(seen, ODD, strict=True) if text.strip() != was.strip()] == []


def test_white_space_at_the_edges_is_kept() -> None:
    [cell] = [
        one
        for one in xml(made(listing(texts(" di tepi "))).data).iter(f"{{{NS['m']}}}c")
        if one.get("r") == "B4"
    ]
    text = cell.find("m:is/m:t", NS)

    assert text is not None
    assert text.text == " di tepi "
    assert text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_a_name_that_no_character_set_holds_is_shown_by_its_numbers() -> None:
    """Linux gives names of files that are not UTF-8 with lone halves of characters."""
    data = made(listing(texts("r\udce9kap.xlsx"))).data

    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["B4"].value == r"r\udce9kap.xlsx"


def test_a_formula_has_the_value_it_was_given_and_the_number_of_its_row() -> None:
    data = made(listing(texts("a", "b"))).data
    formulas = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]

    assert [formulas[f"C{row}"].value for row in (4, 5, 6)] == ["=A4*2", "=A5*2", "=SUM($C$4:$C$5)"]
    assert [values[f"C{row}"].value for row in (4, 5, 6)] == [2, 4, 6]


def test_a_row_that_has_no_value_has_no_formula() -> None:
    data = made(listing([(1, "a", None)])).data

    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["C4"].value is None


def test_a_text_longer_than_a_cell_is_cut_with_a_mark_and_told() -> None:
    long = "\U0001f600" * 20_000  # two units each
    written = made(listing(texts("biasa", long, "x" * CHARACTERS, long)))
    cell = openpyxl.load_workbook(io.BytesIO(written.data)).worksheets[0]["B5"].value
    [told] = written.findings

    assert isinstance(cell, str)
    assert len(cell.encode("utf-16-le")) // 2 <= CHARACTERS
    assert cell.endswith("\U0001f600 …")
    assert (told.code, dict(told.facts)) == ("RAK643", {"banyak": 2, "batas": CHARACTERS, "sel": "Daftar!B5"})


def test_a_number_that_excel_rounds_is_told() -> None:
    rows = [(DIGITS, "masih tepat", None), (DIGITS + 1, "tidak", None), (-DIGITS - 2, "tidak", None)]
    written = made(listing(rows, totals=""))
    [told] = written.findings

    assert (told.code, told.value, dict(told.facts)) == (
        "RAK642", str(DIGITS + 1), {"banyak": 2, "sel": "Daftar!A5"},
    )  # fmt: skip
    assert f"<v>{DIGITS + 1}</v>".encode() in parts(written.data)["xl/worksheets/sheet1.xml"]


# --- what Excel would repair -----------------------------------------------------------------------------


@pytest.mark.parametrize("totals", ["", "above", "below"])
def test_rows_ascend_and_no_cell_is_written_twice(totals: str) -> None:
    sheet = listing(
        texts("a", "b"), totals=totals, spots=(Spot(0, 0, "judul", "J"), Spot(8, 0, "teks", "K", 3))
    )
    root = xml(made(sheet).data)
    rows = [int(row.get("r", "")) for row in root.iter(f"{{{NS['m']}}}row")]
    cells = [cell.get("r") for cell in root.iter(f"{{{NS['m']}}}c")]

    assert rows == sorted(set(rows))
    assert len(cells) == len(set(cells))


def test_the_table_has_its_headings_as_they_stand_in_its_cells() -> None:
    data = made(listing(texts("a", "b"))).data
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    table = sheet.tables["TabelDaftar"]

    assert table.ref == table.autoFilter.ref == "A3:C5"
    assert [one.name for one in table.tableColumns] == [cell.value for cell in sheet[3]]


def test_a_table_without_rows_has_one_blank_row() -> None:
    data = made(listing([])).data
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]

    assert sheet.tables["TabelDaftar"].ref == "A3:C4"
    assert [cell.value for cell in sheet[4]] == [None] * 3
    assert sheet["C5"].value == "=SUM($C$4:$C$4)"


def test_what_is_stored_need_not_be_calculated_on_opening() -> None:
    """A nation's activities take seconds to calculate."""
    calculation = xml(made(listing(texts("a"))).data, "xl/workbook.xml").find("m:calcPr", NS)

    assert calculation is not None
    assert calculation.get("fullCalcOnLoad") is None
    assert int(calculation.get("calcId", "")) >= 191029


def test_more_rows_than_a_sheet_has_are_told_before_any_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "ROWS", 5)

    def rows() -> Iterator[Sequence[Plain]]:
        raise AssertionError("rows were asked for")

    fits, not_ = (
        Listing(Frame("Daftar", 2, length), (Column("No.", "tengah", 6),), rows, "Tabel") for length in (2, 3)
    )
    with pytest.raises(AssertionError, match="rows were asked for"):
        made(fits)
    with pytest.raises(RakError) as caught:
        made(not_)
    [told] = caught.value.findings
    assert (told.code, dict(told.facts)) == ("RAK641", {"lembar": "Daftar", "banyak": 6, "batas": 5})


def test_fewer_rows_than_were_promised_are_a_mistake_of_ours() -> None:
    sheet = Listing(Frame("Daftar", 2, 3), (Column("No.", "tengah", 6),), lambda: iter([(1,)]), "Tabel")

    with pytest.raises(ValueError, match="Daftar has 1 rows, not 3"):
        made(sheet)
    gc.collect()  # nothing is left open that would complain


# --- the file --------------------------------------------------------------------------------------------


def test_the_same_listings_make_the_same_bytes() -> None:
    one, other = (made(listing(texts(*ODD), **decorated())).data for _ in range(2))

    assert one == other


def decorated() -> dict[str, Any]:
    series = Series("S", "'Daftar'!$B$4:$B$5", "'Daftar'!$A$4:$A$5", ("a", "b"), (1, 2), "#3E6A9E")
    return {
        "bars": (2,),
        "tints": (Tint((0, 0), "$A4=1", "#FBE5E3", "#8C1D18"),),
        "charts": (Chart("bar", "Judul", series, "#,##0", 2, 4, 400, 300),),
    }


@pytest.mark.parametrize("kind", ["bar", "column"])
def test_a_chart_is_native_and_knows_the_values_of_its_cells(kind: Any) -> None:
    fields = decorated()
    fields["charts"] = (fields["charts"][0]._replace(kind=kind),)
    chart = parts(made(listing(texts("a", "b"), **fields)).data)["xl/charts/chart1.xml"].decode()

    assert re.findall(r"<c:f>(.*?)</c:f>", chart) == ["'Daftar'!$B$4:$B$5", "'Daftar'!$A$4:$A$5"]
    assert re.findall(r"<c:v>(.*?)</c:v>", chart) == ["S", "a", "b", "1", "2"]


def test_a_year_that_no_date_has_is_none_of_excels_business() -> None:
    """A report of files of which none could be read has no year."""
    assert (
        openpyxl.load_workbook(io.BytesIO(made(listing(texts("a")), year=0).data)).properties.title == "Rekap"
    )


def test_it_is_known_as_ours_and_as_no_plan() -> None:
    data = made(listing(texts("a"))).data
    loaded = load_bytes(data, "rekap.xlsx")

    assert is_recap(data)
    assert (untouched(data, MARKS["rekap"]), untouched(data, MARKS["temuan"]), untouched(data)) == (
        True,
        None,
        None,
    )
    assert [one.code for one in loaded.findings] == ["RAK640"]


def test_what_somebody_saved_again_is_known_still_and_edited() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(listing(texts("a"))).data))
    saved = io.BytesIO()
    book.save(saved)

    assert is_recap(saved.getvalue())
    assert untouched(saved.getvalue(), MARKS["rekap"]) is False


@pytest.mark.parametrize("data", [b"", b"PK", b"tahun: 2026", b"PK\x03\x04" + b"x" * 40], ids=repr)
def test_what_is_no_workbook_is_none_of_ours(data: bytes) -> None:
    assert not is_recap(data)
    assert untouched(data, MARKS["rekap"]) is None


def test_a_recapitulation_that_unpacks_to_far_too_much_is_not_looked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "_HUGE", 1_000)

    assert untouched(made(listing(texts("a"))).data, MARKS["rekap"]) is False


# --- many rows -------------------------------------------------------------------------------------------


def many(length: int) -> Listing:
    def rows() -> Iterator[Sequence[Plain]]:
        return (
            (number, f"Kegiatan nomor {number} dari sangat banyak", 2 * number) for number in range(length)
        )

    columns = listing([]).columns
    return Listing(Frame("Daftar", 2, length), columns, rows, "TabelDaftar")


def peak(length: int) -> int:
    """The most memory that a listing of so many rows takes while it is written, without its own bytes."""
    tracemalloc.start()
    data = made(many(length)).data
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most - len(data)


def test_memory_does_not_grow_with_the_rows() -> None:
    made(many(10))  # what is imported and compiled once
    rows = 20_000

    assert peak(rows) - peak(rows // 10) < 8 * rows  # a cell that is kept takes fifty bytes at least


def test_no_folder_to_write_in_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise OSError("no folder")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, none)

    assert is_recap(made(many(100)).data)
