"""An input sheet gets other values and other rows; what is bound to a row goes with it, or is told."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from properties.packages import ISI, changed, notes, opened, packed, parts_of, plain, rich, seen, values
from rak_excel.files.xlsx_package import extent, patched, what_is_bound
from rak_excel.files.xlsx_package.formulas import follow, follow_relative, translate
from rak_excel.files.xlsx_package.moved import Moved
from rak_excel.findings import RakError
from rak_excel.sheet.moving import Box, CellEdit, Row, Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from rak_excel.sheet.seen import Seen

SHEET: Final = "xl/worksheets/sheet1.xml"
INSERT: Final = Rows(4, 4, (Row(4), Row(4, is_new=True)))
DELETE: Final = Rows(4, 5, (Row(5),))
SWAP: Final = Rows(4, 5, (Row(5), Row(4)))


def cell(data: bytes, row: int, column: int, sheet: str = ISI) -> Seen | None:
    page = seen(data).sheet(sheet)
    assert page is not None
    return page.rows.get(row, {}).get(column)


def formula(data: bytes, row: int, column: int, sheet: str = ISI) -> str:
    found = cell(data, row, column, sheet)
    assert found is not None
    return found.formula


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(RakError) as told:
        call()
    return [finding.code for finding in told.value.findings]


# --- values --------------------------------------------------------------------------------------------


def test_a_cell_gets_another_value_and_keeps_its_look() -> None:
    edits = [CellEdit(3, 3, 777), CellEdit(4, 2, "=1+1 <&> _x0041_"), CellEdit(5, 3, None)]
    data = patched(rich(), ISI, edits).data
    before, after = (opened(one)[ISI] for one in (rich(), data))

    assert (cell(data, 3, 3), cell(data, 4, 2), cell(data, 5, 3)) == (
        ("777", "number", "", True), ("=1+1 <&> _x0041_", "text", "", True), None,
    )  # fmt: skip
    for at in ("C3", "C5"):
        assert after[at].fill.fgColor.rgb == before[at].fill.fgColor.rgb
    touched = {(3, 3), (4, 2), (5, 3), (11, 3)}
    held = (values(seen(one)) for one in (rich(), data))
    first, second = ({at: one for at, one in of_one.items() if at[1:] not in touched} for of_one in held)
    assert first == second


def test_a_value_may_go_where_nothing_was() -> None:
    data = patched(rich(), ISI, [CellEdit(2, 7, "g"), CellEdit(40, 2, 5), CellEdit(41, 2, None)]).data

    assert (cell(data, 2, 7), cell(data, 40, 2)) == (("g", "text", "", True), ("5", "number", "", True))
    assert b'r="B41"' not in parts_of(data)[SHEET]


def test_a_number_in_a_cell_of_percents_is_what_a_person_reads() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        page = book.add_worksheet("RAK")
        page.write_number(0, 0, 1, book.add_format({"num_format": "0%"}))
        page.write_number(0, 1, 1, book.add_format({"num_format": '0"%"'}))
        page.write_number(0, 2, 1, book.add_format({"num_format": "0.0%;[Red]-0%"}))
    edits = [CellEdit(1, 1, 90), CellEdit(1, 2, 90), CellEdit(1, 3, Decimal("12.5"))]
    after = seen(patched(made.getvalue(), "RAK", edits).data).sheets[0].rows[1]

    assert [one.text for one in after.values()] == ["90", "90", "12.5"]


def test_a_cell_may_take_the_look_of_another_and_hold_a_tick() -> None:
    data = patched(
        rich(), ISI, [CellEdit(3, 12, value=True, like=(3, 3)), CellEdit(4, 12, None, like=(3, 3))]
    ).data
    page = opened(data)[ISI]

    assert cell(data, 3, 12) == ("TRUE", "boolean", "", True)
    assert [page[name].fill.fgColor.rgb for name in ("L3", "L4")] == [page["C3"].fill.fgColor.rgb] * 2


def test_only_the_sheet_changes_where_only_texts_do() -> None:
    before, after = parts_of(rich()), parts_of(patched(rich(), ISI, [CellEdit(2, 2, "lain")]).data)

    assert {name for name in before if before[name] != after[name]} == {SHEET}
    assert list(before) == list(after)


def test_a_formula_that_reads_what_changed_forgets_its_value() -> None:
    """LibreOffice, viewers and phones show what is stored: nothing is better than a wrong total."""
    data = patched(rich(), ISI, [CellEdit(3, 3, 777)]).data
    found = cell(data, 11, 3)

    assert found == ("", "text", "SUM(C2:C9)", False)
    assert b'fullCalcOnLoad="1"' in parts_of(data)["xl/workbook.xml"]


def test_a_formula_keeps_its_value_where_nothing_that_it_reads_changed() -> None:
    data = patched(rich(), ISI, [CellEdit(3, 2, "lain")]).data

    assert cell(data, 11, 3) == ("36000", "number", "SUM(C2:C9)", True)


def test_a_formula_may_be_given_the_value_that_it_has_now() -> None:
    edits = [CellEdit(3, 3, 777), CellEdit(11, 3, 34_777, result=True)]

    assert cell(patched(rich(), ISI, edits).data, 11, 3) == ("34777", "number", "SUM(C2:C9)", True)


@pytest.mark.parametrize(
    ("text", "is_stale"),
    [
        ("RAK!A1*2", True),
        ("RAK!A2*2", False),
        ("SUM(RAK!A1:A9)", True),
        ("SUM(RAK!A:A)", True),
        ("SUM(RAK!1:2)", True),
        ("Pagu", True),
        ("INDIRECT(A9)", True),
        ("B1+1", True),
        ('"A1"&TRUE', False),
        ("[1]RAK!A1", False),
        ("Tabel1[A2]", True),
    ],
)  # fmt: skip
def test_what_a_formula_reads_is_told_from_its_text(text: str, is_stale: bool) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        page = book.add_worksheet("RAK")
        page.write_row(0, 0, [1])
        other = book.add_worksheet("Lain")
        other.write_formula(0, 1, "=RAK!A1", None, 1)
        other.write_formula(0, 2, f"={text}", None, 7)
    after = seen(patched(made.getvalue(), "RAK", [CellEdit(1, 1, 2)]).data).sheets[1].rows[1]

    assert after[3].stored is not is_stale


def test_a_value_over_a_formula_takes_it_away_and_its_chain() -> None:
    parts = parts_of(rich())
    parts["xl/calcChain.xml"] = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"'
        b' Target="calcChain.xml"/></Relationships>',
    )
    data = patched(packed(parts), ISI, [CellEdit(11, 3, 5)]).data

    assert cell(data, 11, 3) == ("5", "number", "", True)
    assert [name for name in parts_of(data) if "calcChain" in name] == []
    assert b"calcChain" not in parts_of(data)["xl/_rels/workbook.xml.rels"]


SHARED: Final = (
    b'<c r="D2"><f t="shared" ref="D2:D4" si="0">C2*$C$11</f><v>1</v></c>',
    b'<c r="D3"><f t="shared" si="0"/><v>2</v></c>',
    b'<c r="D4"><f t="shared" si="0"/><v>3</v></c>',
)


def with_shared() -> bytes:
    rows = b"".join(
        b'<row r="%d"><c r="C%d"><v>1</v></c>%s</row>' % (at, at, one) for at, one in enumerate(SHARED, 2)
    )
    held = b"<sheetData>" + rows + b"</sheetData>"
    return changed(plain(lambda _: None), SHEET, (b"<sheetData></sheetData>", held))


def test_formulas_that_cells_share_are_written_out_when_the_first_goes() -> None:
    data = patched(with_shared(), "RAK", [CellEdit(2, 4, 9)]).data

    assert [formula(data, row, 4, "RAK") for row in (2, 3, 4)] == ["", "C3*$C$11", "C4*$C$11"]


def test_a_formula_over_several_cells_is_not_torn() -> None:
    data = changed(rich(), SHEET, (b"<f>SUM(C2:C9)</f>", b'<f t="array" ref="C11:C12">SUM(C2:C9)</f>'))

    assert refused(lambda: patched(data, ISI, [CellEdit(11, 3, 5)])) == ["RAK046"]
    assert refused(lambda: patched(data, ISI, [], Rows(12, 12, ()))) == ["RAK046"]


def test_an_unknown_sheet_is_told() -> None:
    assert refused(lambda: patched(rich(), "Tidak ada", [])) == ["RAK046"]


# --- rows ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        (INSERT, ["1", "2", "3", None, "4", "5", "6", "7", "8"]),
        (DELETE, ["1", "2", "4", "5", "6", "7", "8"]),
        (SWAP, ["1", "2", "4", "3", "5", "6", "7", "8"]),
    ],
)
def test_rows_are_put_in_taken_out_and_moved(rows: Rows, numbers: list[str | None]) -> None:
    data = patched(rich(), ISI, [], rows).data
    held = [cell(data, row, 1) for row in range(2, 2 + len(numbers))]

    assert [one.text if one else None for one in held] == numbers
    assert cell(data, 12 + len(numbers) - 8, 1) == ("gabungan", "text", "", True)


def test_what_tells_rows_follows_an_inserted_one() -> None:
    data = patched(rich(), ISI, [], INSERT).data
    book = opened(data)
    page = book[ISI]
    sheet = parts_of(data)[SHEET].decode()

    assert formula(data, 12, 3) == "SUM(C2:C10)"
    assert [str(one) for one in page.merged_cells.ranges] == ["A13:B14"]
    assert re.findall(r'(?:sqref|ref)="([^"]*)"', sheet[sheet.index("</sheetData>") :]) == [
        "A1:D10", "A13:B14", "C2:C10", "A2:A10", "D6",
    ]  # fmt: skip
    assert "<xm:sqref>C2:C10</xm:sqref>" in sheet
    assert sorted(notes(data, ISI)) == ["B2", "D10"]
    assert book.defined_names["Pagu"].attr_text == "'Isi ''24 A'!$C$12"
    assert b"$C$2:$C$10" in parts_of(data)["xl/charts/chart1.xml"]
    boxes, pictures = (parts_of(data)[f"xl/drawings/{name}"] for name in ("vmlDrawing1.vml", "drawing1.xml"))
    assert re.findall(rb"<x:Row>(\d+)<", boxes) == [b"1", b"9"]
    assert re.findall(rb"<xdr:row>(\d+)<", pictures) == [b"2", b"2", b"7", b"13"]


def test_what_goes_with_a_deleted_row_is_told_first() -> None:
    rows = Rows(2, 5, (Row(3), Row(4)))
    told = [(one.what.id, one.place.cell, one.lost) for one in what_is_bound(rich(), ISI, rows)]

    assert [one for one in told if one[2]] == [("catatan", "B2", True), ("tautan", "D5", True)]
    assert ("catatan", "D9", False) in told
    data = patched(rich(), ISI, [], rows).data
    assert sorted(notes(data, ISI)) == ["D7"]
    assert b"<hyperlinks" not in parts_of(data)[SHEET]


def test_a_new_row_looks_like_its_neighbour() -> None:
    page = opened(patched(rich(), ISI, [], INSERT).data)[ISI]

    assert (page["C5"].fill.fgColor.rgb, page["C5"].number_format) == ("FFFFC7CE", "#,##0")


def test_a_row_gets_the_height_that_its_texts_need() -> None:
    data = patched(rich(), ISI, [CellEdit(40, 1, "jauh")], INSERT, {5: 45, 40: 30.75}).data
    page = opened(data)[ISI]

    assert [page.row_dimensions[row].height for row in (4, 5, 40)] == [None, 45, 30.75]


def test_a_merge_grows_where_a_row_is_put_between_and_parts_where_rows_part() -> None:
    between = patched(rich(), ISI, [], Rows(12, 13, (Row(12), Row(12, is_new=True), Row(13))))
    apart = patched(rich(), ISI, [], Rows(11, 13, (Row(12), Row(11), Row(13))))

    assert [str(one) for one in opened(between.data)[ISI].merged_cells.ranges] == ["A12:B14"]
    assert list(opened(apart.data)[ISI].merged_cells.ranges) == []
    assert [(one.what.id, one.place.cell) for one in apart.lost] == [("sel gabungan", "A12")]


def test_merges_are_undone_before_rows_move_and_made_afterwards() -> None:
    swap = Rows(11, 13, (Row(12), Row(11), Row(13)))
    made = patched(
        rich(), ISI, [], swap, parted=[Box(12, 1, 13, 2)], joined=[Box(2, 1, 3, 1), Box(5, 1, 5, 2)]
    )

    assert [one.what.id for one in made.lost if one.what.id == "sel gabungan"] == []
    assert sorted(str(one) for one in opened(made.data)[ISI].merged_cells.ranges) == ["A2:A3", "A5:B5"]
    none = patched(made.data, ISI, [], parted=[Box(2, 1, 3, 1), Box(5, 1, 5, 2)]).data
    assert b"mergeCell" not in parts_of(none)[SHEET]
    again = patched(none, ISI, [], joined=[Box(2, 1, 3, 1)]).data
    assert b'<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>' in parts_of(again)[SHEET]


def test_the_extent_of_a_sheet_is_what_its_part_tells() -> None:
    made = extent(patched(rich(), ISI, [CellEdit(40, 1, "jauh")], heights={3: 45}).data, ISI)

    assert (made.last, made.heights) == (40, {3: 45})


def test_a_formula_whose_rows_part_is_told() -> None:
    lost = patched(rich(), ISI, [], Rows(8, 10, (Row(8), Row(10), Row(9)))).lost

    assert [one.place.cell for one in lost if one.what.id == "rumus"] == ["C11"]


def test_formulas_that_cells_share_go_their_own_ways() -> None:
    data = patched(with_shared(), "RAK", [], Rows(3, 4, (Row(4), Row(3)))).data

    assert [formula(data, row, 4, "RAK") for row in (2, 3, 4)] == ["C2*$C$11", "C3*$C$11", "C4*$C$11"]


def test_a_table_grows_and_is_never_torn() -> None:
    grown = patched(rich(), "Lain", [], Rows(3, 3, (Row(3), Row(3, is_new=True)))).data

    assert b'ref="A1:B5"' in parts_of(grown)["xl/tables/table1.xml"]
    assert refused(lambda: patched(rich(), "Lain", [], Rows(1, 2, (Row(2), Row(1))))) == ["RAK046"]


def test_rows_that_would_leave_the_sheet_are_told() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("RAK").write_number(1_048_575, 0, 1)

    assert refused(lambda: patched(made.getvalue(), "RAK", [], INSERT)) == ["RAK046"]


def test_a_row_cannot_come_from_elsewhere_or_be_there_twice() -> None:
    for order in ((Row(9),), (Row(4), Row(4))):
        with pytest.raises(ValueError, match="a row"):
            Moved(Rows(4, 5, order))


@pytest.mark.parametrize(
    ("text", "rows", "after"),
    [
        ("A4", DELETE, "#REF!"),
        ("SUM(A4:A5)", DELETE, "SUM(A4:A4)"),
        ("SUM(A1:A9)+$B$9", DELETE, "SUM(A1:A8)+$B$8"),
        ("A4+A5", SWAP, "A5+A4"),
        ("SUM(A4:A5)", SWAP, "SUM(A4:A5)"),
        ("SUM(A:A)+SUM(3:9)", INSERT, "SUM(A:A)+SUM(3:10)"),
        ("Lain!A9+'Isi ''24 A'!A9+[1]Lain!A9", INSERT, "Lain!A9+'Isi ''24 A'!A10+[1]Lain!A9"),
        ('"A9"&Tabel1[A9]&LOG10(1)&A9()', INSERT, '"A9"&Tabel1[A9]&LOG10(1)&A9()'),
        ("A1:A1048576", INSERT, "A1:A1048576"),
        ("XFE9+A1048577+A0", INSERT, "XFE9+A1048577+A0"),
    ],
)
def test_a_formula_follows(text: str, rows: Rows, after: str) -> None:
    assert follow(text, Moved(rows), ISI, ISI).text == after


@pytest.mark.parametrize(
    "rows", [Rows(2, 5, (Row(2, is_new=True), Row(2), Row(3), Row(5), Row(4))), Rows(2, 3, (Row(3),))]
)
def test_a_range_that_begins_at_the_top_of_its_format_still_does(rows: Rows) -> None:
    told = follow_relative('AND($E2<>"",COUNTA(B$2:B2)=0)', Moved(rows), "RAK", (2, 2))

    assert told == ('AND($E2<>"",COUNTA(B$2:B2)=0)', True, False)


def test_a_shared_formula_wraps_around_the_sheet_as_in_excel() -> None:
    assert translate("A1+XFD$1", -1, 1) == "B1048576+A$1"


# --- laws ----------------------------------------------------------------------------------------------


@st.composite
def orders(draw: st.DrawFn) -> Rows:
    """Rows taken out, moved, and new ones put in, somewhere in a sheet of twelve."""
    first = draw(st.integers(1, 12))
    last = draw(st.integers(first, 13))
    kept = draw(st.lists(st.sampled_from(range(first, last + 1)), unique=True))
    order = [Row(row) for row in kept]
    for at, source in draw(st.lists(st.tuples(st.integers(0, 20), st.integers(first, last)), max_size=3)):
        order.insert(min(at, len(order)), Row(source, is_new=True))
    return Rows(first, last, tuple(order))


def ruled() -> bytes:
    """A sheet whose every row reads itself, its neighbours' total, and is read from outside."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page, other = book.add_worksheet("RAK"), book.add_worksheet("Lain")
        for row in range(12):
            page.write_row(row, 0, [row + 1, f"baris {row + 1}"])
            page.write_formula(row, 2, f"=A{row + 1}*2", None, 2 * row + 2)
            page.write_comment(row, 1, f"baris {row + 1}")
            other.write_formula(row, 0, f"=RAK!$B${row + 1}", None, f"baris {row + 1}")
    return made.getvalue()


RULED: Final = ruled()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(orders())
def test_a_row_takes_along_all_that_speaks_of_it(rows: Rows) -> None:
    """Value, formula, note, and what other sheets say of it, or nothing of them where it went."""
    book = seen(patched(RULED, "RAK", [], rows).data)
    page, other = book.sheets
    moved = Moved(rows)
    where = {row: moved.row(row) for row in range(1, 13)}

    assert {cells[2].text: row for row, cells in page.rows.items()} == {
        f"baris {row}": to for row, to in where.items() if to is not None
    }
    assert {row: cells[3].formula for row, cells in page.rows.items()} == {
        to: f"A{to}*2" for to in where.values() if to is not None
    }
    assert page.notes == {(to, 2): f"baris {row}" for row, to in where.items() if to is not None}
    assert [cells[1].formula for cells in other.rows.values()] == [
        "RAK!#REF!" if to is None else f"RAK!$B${to}" for to in where.values()
    ]
