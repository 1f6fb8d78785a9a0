"""A workbook is read for what its cells hold, whoever wrote it; what is none is told for what it is."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rak_excel.files.xlsx_reader import archive as limits
from rak_excel.files.xlsx_reader import book, read, shared
from rak_excel.files.xlsx_reader import cells as sheets
from rak_excel.files.xlsx_reader.formats import Form, form_of, moment_text, number_text
from rak_excel.findings import Place
from rak_excel.sheet.grid import Range
from rak_excel.sheet.seen import Seen, SeenBook, SeenSheet

if TYPE_CHECKING:
    from types import ModuleType

    from rak_excel.findings import Finding

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATION: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"


def relations(*targets: tuple[str, str]) -> str:
    """A part with relations `r1`, `r2` ... of a kind to a target."""
    told = "".join(
        f'<Relationship Id="r{number}" Target="{target}" '
        f'Type="{kind if "/" in kind else f"{RELATION}/{kind}"}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{told}</Relationships>'


def parts(rows: str = "", *, around: str = "{}", strings: str = "", styles: str = "") -> dict[str, str]:
    """The parts of a workbook with one sheet, *RAK*; `around` is what stands in it beside the rows."""
    data = f"<sheetData>{rows}</sheetData>"
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><workbookPr/>'
            '<sheets><sheet name="RAK" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        SHEET: f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATION}">{around.format(data)}</worksheet>',
        STRINGS: f'<sst xmlns="{MAIN}">{strings}</sst>',
        STYLES: f'<styleSheet xmlns="{MAIN}">{styles or "<cellXfs><xf/></cellXfs>"}</styleSheet>',
    }


def packed(content: dict[str, str] | dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The archive of parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as target:
        for name, part in content.items():
            target.writestr(name, part)
    return made.getvalue()


def book_of(data: bytes) -> SeenBook:
    """A workbook in which nothing is wrong."""
    found = read(data, "rencana.xlsx")
    assert found.findings == ()
    assert found.book is not None
    return found.book


def sheet_of(data: bytes) -> SeenSheet:
    """The first sheet of a workbook in which nothing is wrong."""
    return book_of(data).sheets[0]


def cells(rows: str, **told: str) -> dict[tuple[int, int], Seen]:
    """The cells of rows in XML."""
    return {(row, column): cell for row, column, cell in sheet_of(packed(parts(rows, **told))).cells()}


def one(cell: str, **told: str) -> Seen:
    """The only cell of a sheet."""
    (seen,) = cells(f'<row r="1">{cell}</row>', **told).values()
    return seen


def refusal(data: bytes, name: str = "rencana.xlsx") -> Finding:
    """The one finding about a file that cannot be read."""
    found = read(data, name)
    (finding,) = found.findings
    assert (found.book, finding.is_error, finding.file) == (None, True, name)
    return finding


# --- what a cell holds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1"><v>306461000</v></c>', Seen("306461000", "number")),
        ('<c r="A1"><v>3.06461E8</v></c>', Seen("306461000", "number")),
        ('<c r="A1"><v>306461000.0</v></c>', Seen("306461000", "number")),
        ('<c r="A1" t="n"><v> 007 </v></c>', Seen("7", "number")),
        ('<c r="A1"><v>-5</v></c>', Seen("-5", "number")),
        ('<c r="A1" t="s"><v>1</v></c>', Seen("dua")),
        ('<c r="A1" t="s"><v>01</v></c>', Seen("dua")),
        ('<c r="A1" t="str"><v>√</v></c>', Seen("√")),
        ('<c r="A1" t="inlineStr"><is><t> a </t></is></c>', Seen(" a ")),
        ('<c r="A1"><is><t>a</t></is></c>', Seen("a")),
        ('<c r="A1" t="b"><v>1</v></c>', Seen("TRUE", "boolean")),
        ('<c r="A1" t="b"><v>0</v></c>', Seen("FALSE", "boolean")),
        ('<c r="A1" t="e"><v>#REF!</v></c>', Seen("#REF!", "error")),
        ('<c r="A1" t="d"><v>2024-01-31T00:00:00</v></c>', Seen("2024-01-31", "date")),
        ('<c r="A1" t="d"><v>2024-01-31T10:30:00Z</v></c>', Seen("2024-01-31 10:30", "date")),
        ('<c r="A1" t="d"><v>Maret</v></c>', Seen("Maret")),
    ],
)
def test_a_cell_is_read_by_the_type_it_tells(cell: str, expected: Seen) -> None:
    assert one(cell, strings="<si><t>satu</t></si><si><t>dua</t></si>") == expected


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"/>',
        '<c r="A1" s="0"></c>',
        '<c r="A1"><v></v></c>',
        '<c r="A1" t="s"><v/></c>',
        '<c r="A1" t="s"><v>0</v></c>',
        '<c r="A1" t="inlineStr"><is><t></t></is></c>',
        '<c r="A1" t="inlineStr"/>',
        '<c r="A1" t="b"><v></v></c>',
        '<c r="A1"><f/></c>',
    ],
)
def test_a_cell_that_shows_nothing_is_left_out(cell: str) -> None:
    assert cells(f'<row r="1">{cell}</row>', strings="<si><t/></si>") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<t>biasa</t>", "biasa"),
        ('<t xml:space="preserve"> tepi </t>', " tepi "),
        ("<r><t>tebal </t></r>\n  <r><rPr><b/></rPr><t>miring</t></r>", "tebal miring"),
        ("<t>課</t><rPh sb='0' eb='1'><t>カ</t></rPh><phoneticPr fontId='1'/>", "課"),
        ("<t>a_x000D_\nb</t>", "a\nb"),
        ("<t>a_x000d_b</t>", "a\nb"),
        ("<t>a&#13;b</t>", "a\nb"),
        ("<t>_x005F_x0041_ _x0041_ x0041_</t>", "_x0041_ A x0041_"),
        ("<t>_xD83D__xDE00_</t>", "😀"),
        ("<t>_xD83D_</t>", "\N{REPLACEMENT CHARACTER}"),
        ("<t>Data &amp; <![CDATA[<Informasi>]]></t>", "Data & <Informasi>"),
    ],
)
def test_a_text_is_the_text_that_excel_shows(text: str, expected: str) -> None:
    shared = one('<c r="A1" t="s"><v>0</v></c>', strings=f"<si>{text}</si>")
    inline = one(f'<c r="A1" t="inlineStr"><is>{text}</is></c>')

    assert (shared, inline) == (Seen(expected), Seen(expected))


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("0.30000000000000004", "0.3"),
        ("89.5", "89.5"),
        ("306.461", "306.461"),
        ("0.33333333333333331", "0.333333333333333"),
        ("198205062010122002", "198205062010122002"),
        ("1.9820506201012202E+17", "1.98205062010122e+17"),
        ("3.6E+15", "3600000000000000"),
        ("1E-05", "0.00001"),
        ("1E-300", "1e-300"),
        ("-0", "0"),
        ("-0.0", "0"),
        (".5", "0.5"),
        ("+5", "5"),
    ],
)
def test_a_number_is_spelt_at_the_digits_that_excel_has(stored: str, text: str) -> None:
    assert number_text(stored) == text


@pytest.mark.parametrize(
    "stored", ["", "1,5", "1_000", "NaN", "INF", "1e999", "²", "١", "0x10", "5 5", "1e", "."]
)
def test_what_only_python_takes_for_a_number_is_damage(stored: str) -> None:
    assert number_text(stored) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(5e-324)
@example(123456789012345678.0)
def test_a_float_is_read_back_to_fifteen_digits(value: float) -> None:
    """Excel and openpyxl store 17 digits; the last two only make a cost look like 0.30000000000000004."""
    text = number_text(repr(value))

    assert text is not None
    assert float(text) == float(f"{value:.15g}")


@given(st.integers(-(10**18), 10**18))
def test_a_whole_number_is_read_exactly(value: int) -> None:
    assert number_text(str(value)) == str(value)


# --- number formats --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("General", "number"),
        ("0%", "percent"),
        ("0.0\\ %;[Red]-0.0\\ %", "percent"),
        ('0"%"', "number"),
        ("0\\%", "number"),
        ("#,##0;-#,##0;0%", "number"),
        ('_("Rp"* #,##0_);_("Rp"* \\(#,##0\\);_("Rp"* "-"_);_(@_)', "number"),
        ("[$Rp-421]#,##0.00", "number"),
        ("[Red][>100]0", "number"),
        ('0 "hari"', "number"),
        ("0.00E+00", "number"),
        ("@", "number"),
        ("", "number"),
        ('"tak berakhir', "number"),
        ("[tak berakhir", "number"),
        ("dd/mm/yyyy", "date"),
        ("[$-421]dd\\ mmmm\\ yyyy;@", "date"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd", "date"),
        ("mmm-yy", "date"),
        ("mmmm", "date"),
        ("dd/mm/yy h:mm", "date"),
        ("h:mm AM/PM", "time"),
        ("mm:ss.0", "time"),
        ("[h]:mm", "elapsed"),
        ("[mm]:ss", "elapsed"),
    ],
)
def test_a_format_code_tells_percents_and_dates(code: str, form: Form) -> None:
    assert form_of(code) == form


@pytest.mark.parametrize(
    ("number", "stored", "expected"),
    [
        (9, "1", Seen("100", "percent")),
        (10, "0.895", Seen("89.5", "percent")),
        (10, "7.0000000000000007E-2", Seen("7", "percent")),
        (10, "1E-20", Seen("0.000000000000000001", "percent")),
        (10, "1.5E30", Seen("1.5e+32", "percent")),
        (14, "45322", Seen("2024-01-31", "date")),
        (17, "45352", Seen("2024-03-01", "date")),
        (22, "45322.4375", Seen("2024-01-31 10:30", "date")),
        (22, "45322.999999", Seen("2024-02-01", "date")),
        (20, "0.4375", Seen("10:30", "date")),
        (21, "0.43751157407407409", Seen("10:30:01", "date")),
        (20, "45322.4375", Seen("2024-01-31 10:30", "date")),
        (46, "1.25", Seen("30:00", "date")),
        (27, "45322", Seen("2024-01-31", "date")),
        (14, "0", Seen("1900-01-00", "date")),
        (14, "59", Seen("1900-02-28", "date")),
        (14, "60", Seen("1900-02-29", "date")),
        (14, "61", Seen("1900-03-01", "date")),
        (14, "2958465", Seen("9999-12-31", "date")),
        (14, "2958465.9999999", Seen("2958465.9999999", "number")),
        (14, "2958466", Seen("2958466", "number")),
        (14, "-1", Seen("-1", "number")),
        (4, "1234.5", Seen("1234.5", "number")),
        (164, "0.5", Seen("50", "percent")),
        (165, "100", Seen("100", "number")),
        (15, "1", Seen("1", "number")),
    ],
)
def test_a_number_is_what_its_style_shows(number: int, stored: str, expected: Seen) -> None:
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="0.0%"/>'
        '<numFmt numFmtId="165" formatCode="0&quot;%&quot;"/>'
        '<numFmt numFmtId="15" formatCode="0"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/><xf numFmtId="9"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs>'
        '<dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs>'
    )

    assert one(f'<c r="A1" s="1"><v>{stored}</v></c>', styles=styles) == expected


def test_a_workbook_may_count_its_days_from_1904() -> None:
    content = parts('<row r="1"><c r="A1" s="1"><v>43860</v></c><c r="B1" s="2"><v>0.5</v></c></row>')
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
        "<workbookPr/>", '<workbookPr date1904="1"/>'
    )
    content[STYLES] = content[STYLES].replace("<xf/>", '<xf/><xf numFmtId="14"/><xf numFmtId="20"/>')

    assert [cell.text for _, _, cell in sheet_of(packed(content)).cells()] == ["2024-01-31", "12:00"]


@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.floats(-1, 3_000_000),
    st.sampled_from(["date", "time", "elapsed"]),
)
@example(2958465.99999999, "date")
@example(1e-300, "time")
def test_no_serial_number_breaks_the_calendar(value: float, form: Form) -> None:
    """A cost that Excel took for a date may be any number."""
    text = number_text(repr(value))
    assert text is not None
    moment = moment_text(text, form)

    # within half a second of the year 10000 both answers are right
    assert (moment is not None) == (0 <= float(text) < 2_958_466) or 2_958_465.999 < float(text) < 2_958_466
    assert moment is None or re.fullmatch(r"(\d{4}-\d\d-\d\d)?( ?\d{2,}:\d\d(:\d\d)?)?", moment)


# --- formulas --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1"><f>SUM(J9:J12)</f><v>7</v></c>', Seen("7", "number", "SUM(J9:J12)")),
        ('<c r="A1" t="str"><f>B1&amp;"x"</f><v>1x</v></c>', Seen("1x", "text", 'B1&"x"')),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', Seen("", "text", "B1")),
        ('<c r="A1"><f>B1</f></c>', Seen("", "text", "B1", stored=False)),
        ('<c r="A1"><f>B1</f><v></v></c>', Seen("", "text", "B1", stored=False)),
        ('<c r="A1" t="s"><f>B1</f><v>0</v></c>', Seen("satu", "text", "B1")),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', Seen("#DIV/0!", "error", "1/0")),
        ('<c r="A1" t="b"><f aca="false">TRUE()</f><v>1</v></c>', Seen("TRUE", "boolean")),
        ('<c r="A1"><f>FALSE()</f><v></v></c>', Seen("FALSE", "boolean")),
        ('<c r="A1" t="b"><f>B1=1</f><v>0</v></c>', Seen("FALSE", "boolean", "B1=1")),
        ('<c r="A1"><f t="dataTable" ref="A1:A1" r1="C1"/><v>3</v></c>', Seen("3", "number", "TABLE()")),
        ('<c r="A1"><f t="shared" si="4"/><v>3</v></c>', Seen("3", "number", "?")),
    ],
)
def test_a_formula_stands_beside_its_stored_value(cell: str, expected: Seen) -> None:
    assert one(cell, strings="<si><t>satu</t></si>") == expected


def test_a_shared_formula_marks_every_cell_that_shares_it() -> None:
    found = cells(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>'
    )

    assert [cell.formula for cell in found.values()] == ["B1*2", "B1*2"]


def test_an_array_formula_marks_every_cell_it_fills() -> None:
    found = cells(
        '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2</f><v>1</v></c><c r="B1"><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c></row>'
    )

    assert {at: cell.formula for at, cell in found.items()} == {(1, 1): "B1:B2", (1, 2): "", (2, 1): "B1:B2"}


# --- where a cell stands ---------------------------------------------------------------------------------


def test_rows_and_cells_without_an_address_follow_the_ones_before() -> None:
    found = cells(
        '<row><c><v>1</v></c><c/><c><v>3</v></c><c r="Z1"><v>26</v></c><c><v>27</v></c></row>'
        '<row r="5"><c r="B5"/><c><v>8</v></c></row><row><c><v>9</v></c></row>'
    )

    assert {at: cell.text for at, cell in found.items()} == {
        (1, 1): "1", (1, 3): "3", (1, 26): "26", (1, 27): "27", (5, 3): "8", (6, 1): "9",
    }  # fmt: skip


def test_rows_and_cells_out_of_order_are_put_in_order() -> None:
    found = cells(
        '<row r="2"><c r="C2"><v>3</v></c><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="2"><c r="E2"><v>4</v></c></row>'
    )

    assert list(found) == [(1, 1), (2, 1), (2, 3), (2, 5)]


@pytest.mark.parametrize(
    ("rows", "value", "place"),
    [
        ('<row r="0"/>', "0", (1, 1)),
        ('<row r="1048577"/>', "1048577", (1, 1)),
        ('<row r="-1"/>', "-1", (1, 1)),
        ('<row r="1e3"/>', "1e3", (1, 1)),
        ('<row r="2"><c r="A1"><v>1</v></c></row>', "A1", (2, 1)),
        ('<row r="5"><c r="A15"><v>1</v></c></row>', "A15", (5, 1)),
        ('<row r="5"><c r="B5"/><c r="C6"><v>1</v></c></row>', "C6", (5, 3)),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "XFE1", (1, 1)),
        ('<row r="1"><c r="XFD1"/><c><v>1</v></c></row>', "1", (1, 1)),
        ('<row r="1"><c r="?"><v>1</v></c></row>', "?", (1, 1)),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "A1", (1, 1)),
        ('<row r="1"><c r="B1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>', "B1", (1, 2)),
        ('<row r="1"><c r="B1"><v>satu</v></c></row>', "satu", (1, 2)),
        ('<row r="1"><c r="B1" t="b"><v>ya</v></c></row>', "ya", (1, 2)),
        ('<row r="1"><c r="B1" t="baru"><v>1</v></c></row>', "1", (1, 2)),
        ('<c r="A1"><v>1</v></c>', "A1", (1, 1)),
        ('<row r="3"/><c r="A3"><v>1</v></c>', "A3", (3, 1)),
    ],
)
def test_a_cell_that_excel_could_not_place_or_read_is_told(
    rows: str, value: str, place: tuple[int, int]
) -> None:
    finding = refusal(packed(parts(rows)))

    assert (finding.code, finding.value, finding.place) == ("RAK043", value, Place(*place, "RAK"))


def test_the_last_cell_of_excel_is_read() -> None:
    assert cells('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>') == {
        (1_048_576, 16_384): Seen("1", "number")
    }


def test_values_under_a_merge_are_kept() -> None:
    sheet = sheet_of(
        packed(
            parts(
                '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>',
                around='{}<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="D4:C3"/>'
                '<mergeCell ref="F6"/></mergeCells>',
            )
        )
    )

    assert sheet.merges == (Range(0, 0, 1, 1), Range(2, 2, 3, 3))
    assert sheet.rows == {1: {1: Seen("1", "number"), 2: Seen("2", "number")}}


@pytest.mark.parametrize("reference", ["", "A1:XFE2", "A0:B2", "A1:B2:C3", "A1:B1048577", "Sheet!A1:B2"])
def test_a_merge_outside_of_the_sheet_is_told(reference: str) -> None:
    around = f'{{}}<mergeCells><mergeCell ref="{reference}"/></mergeCells>'
    finding = refusal(packed(parts(around=around)))

    assert (finding.code, finding.value) == ("RAK043", reference)


def test_hidden_rows_and_columns_are_told() -> None:
    sheet = sheet_of(
        packed(
            parts(
                '<row r="2" hidden="1"/><row r="3" ht="0"/>'
                '<row r="4" hidden="false"><c r="A4"><v>1</v></c></row>',
                around='<cols><col min="1" max="1" width="5"/><col min="3" max="5" hidden="true"/>'
                '<col min="7" max="7" width="0"/><col min="x" max="y" hidden="1"/></cols>{}',
            )
        )
    )

    assert (sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)) == ([2, 3], [3, 4, 5, 7])


def test_what_stands_in_a_foreign_namespace_is_no_cell() -> None:
    found = cells(
        '<row r="1"><x:c xmlns:x="urn:x" r="A1"><v>1</v></x:c><c r="B1"><v>2</v></c></row>',
        around='{}<extLst><ext><x14:c xmlns:x14="urn:y" r="C1"><x14:v>1</x14:v></x14:c></ext></extLst>',
    )

    assert list(found) == [(1, 2)]


# --- the parts of a workbook -----------------------------------------------------------------------------


def two_sheets() -> dict[str, str]:
    """A workbook with a second, hidden sheet, notes, names and properties, under names of its own."""
    content = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    content["_rels/.rels"] = relations(
        ("officeDocument", "/isi/buku.xml"), ("custom-properties", "docProps/custom.xml")
    )
    content["isi/buku.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:q="{RELATION}"><sheets>'
        '<sheet name="RAK &amp; lain" sheetId="1" q:id="r1"/>'
        '<sheet name="_rak" sheetId="2" state="veryHidden" q:id="r2"/></sheets>'
        '<definedNames><definedName name="Umum">$A$1</definedName>'
        '<definedName name="RAK_Tabel" localSheetId="1">\'_rak\'!$A$1:$B$9</definedName>'
        "</definedNames></workbook>"
    )
    content["isi/_rels/buku.xml.rels"] = relations(
        ("worksheet", "..\\xl\\worksheets\\sheet1.xml"), ("worksheet", "/isi/lembar%20dua.xml")
    )
    content["isi/Lembar dua.xml"] = content[SHEET].replace("<v>1<", "<v>2<")
    content["isi/_rels/lembar dua.xml.rels"] = relations(
        ("hyperlink", "http://contoh.id"), ("comments", "../komentar.xml")
    )
    content["komentar.xml"] = (
        f'<comments xmlns="{MAIN}"><commentList><comment ref="C4"><text><r><t>Ketua:</t></r>'
        "<r><t> cek</t></r></text></comment></commentList></comments>"
    )
    content["docProps/custom.xml"] = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property name="rak_format"><vt:lpwstr>1</vt:lpwstr></property>'
        '<property name="jumlah"><vt:i4>12</vt:i4></property></Properties>'
    )
    del content["xl/workbook.xml"], content["xl/_rels/workbook.xml.rels"]
    return content


def test_parts_are_found_by_their_relations_whatever_their_names() -> None:
    book = book_of(packed(two_sheets()))

    assert [(sheet.name, sheet.state, sheet.rows[1][1].text) for sheet in book.sheets] == [
        ("RAK & lain", "visible", "1"),
        ("_rak", "veryHidden", "2"),
    ]
    assert book.sheets[1].notes == {(4, 3): "Ketua: cek"}
    assert book.names == {"Umum": "$A$1", "_rak!RAK_Tabel": "'_rak'!$A$1:$B$9"}
    assert book.properties == {"rak_format": "1", "jumlah": "12"}
    assert book.sheet("_RAK") is book.sheets[1]


def test_the_strict_namespaces_are_the_same_workbook() -> None:
    content = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings="<si><t>a</t></si>")
    strict = {}
    for name, part in content.items():
        strict[name] = part.replace(MAIN, STRICT[MAIN]).replace(RELATION, STRICT[RELATION])

    assert book_of(packed(strict)) == book_of(packed(content))


def test_a_prefix_before_every_tag_is_the_same_workbook() -> None:
    """The Open XML SDK writes `x:row` and `x:c`."""
    content = parts(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        strings="<si><t>a</t></si>",
        around='{}<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
    )
    prefixed = dict(content)
    for name in (SHEET, STRINGS, STYLES, "xl/workbook.xml"):
        prefixed[name] = re.sub(r"<(/?)(\w)", r"<\1x:\2", content[name]).replace("xmlns=", "xmlns:x=")

    assert book_of(packed(prefixed)) == book_of(packed(content))


def test_white_space_between_the_tags_is_no_text() -> None:
    content = parts(
        '<row r="1"><c r="A1"><f>B1</f><v>1</v></c><c r="B1" t="inlineStr"><is><t>a</t></is></c></row>'
    )
    spaced = content | {SHEET: content[SHEET].replace("><", ">\n  <")}

    assert book_of(packed(spaced)) == book_of(packed(content))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_a_part_may_be_written_in_another_encoding(encoding: str) -> None:
    content = parts(strings="<si><t>é</t></si>", rows='<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    declared = encoding.partition("-sig")[0]
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    encoded = {name: part.encode() for name, part in content.items()}
    encoded[STRINGS] = (head + content[STRINGS]).encode(encoding)

    assert sheet_of(packed(encoded)).rows == {1: {1: Seen("é")}}


def test_a_sheet_that_is_only_a_chart_has_no_cells() -> None:
    content = parts()
    content["xl/_rels/workbook.xml.rels"] = relations(("chartsheet", "chartsheets/sheet1.xml"))

    assert sheet_of(packed(content)) == SeenSheet("RAK", "visible", {}, parsed=False)


def test_a_large_hidden_sheet_is_not_read_and_a_note_tells() -> None:
    """A hidden data base of a million rows may stand in an office's workbook."""
    content = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace("<sheet ", '<sheet state="hidden" ')
    content[SHEET] = content[SHEET].replace("<sheetData>", "<sheetData>" + "<row/>" * 3_000_000)
    found = read(packed(content), "rencana.xlsx")

    assert [(finding.code, finding.value) for finding in found.findings] == [("RAK045", "RAK")]
    assert found.book is not None
    assert found.book.sheets == (SeenSheet("RAK", "hidden", {}, parsed=False),)


def test_only_the_sheets_that_are_wanted_are_read() -> None:
    asked = []

    def wanted(name: str, state: str, megabytes: int) -> bool:
        asked.append((name, state, megabytes))
        return name == "_rak"

    found = read(packed(two_sheets()), "rencana.xlsx", wanted)

    assert asked == [("RAK & lain", "visible", 1), ("_rak", "veryHidden", 1)]
    assert found.book is not None
    assert [(sheet.parsed, bool(sheet.rows)) for sheet in found.book.sheets] == [(False, False), (True, True)]


def test_macros_are_noted_and_the_cells_are_read() -> None:
    content = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    content["xl/_rels/workbook.xml.rels"] = relations(
        ("worksheet", "worksheets/sheet1.xml"),
        ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
    )
    content["xl/vbaProject.bin"] = "Sub Auto_Open()"
    found = read(packed(content), "rencana.xlsm")

    assert [finding.code for finding in found.findings] == ["RAK044"]
    assert found.book is not None
    assert found.book.sheets[0].rows == {1: {1: Seen("1", "number")}}


def test_a_text_that_cells_point_to_in_vain_is_told_with_the_first_cell() -> None:
    rows = (
        '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>7</v></c>'
        '<c r="C3" t="s"><v>-1</v></c></row>'
    )
    finding = refusal(packed(parts(rows, strings="<si><t>a</t></si>")))

    assert (finding.code, finding.value, finding.place) == ("RAK038", "7", Place(3, 2, "RAK"))
    assert dict(finding.facts)["banyak"] == 2


def test_a_number_of_an_unknown_style_is_read_with_a_warning() -> None:
    rows = '<row r="1"><c r="A1" s="7"><v>0.5</v></c><c r="B1" s="8"/><c r="C1" s="-1"><v>1</v></c></row>'
    found = read(packed(parts(rows)), "rencana.xlsx")

    assert [(finding.code, finding.value, finding.place) for finding in found.findings] == [
        ("RAK039", "7", Place(1, 1, "RAK"))
    ]
    assert found.book is not None
    assert found.book.sheets[0].rows == {1: {1: Seen("0.5", "number"), 3: Seen("1", "number")}}


# --- what is no workbook ---------------------------------------------------------------------------------


def ole(stream: str) -> bytes:
    """The beginning and a directory entry of an old compound file."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(200)


def opendocument(kind: str) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": mimetype, "content.xml": "<x/>"}, zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "RAK030", "0 byte"),
        (b"PK\x03\x04" + bytes(100), "RAK031", "daftar isinya"),
        (packed(parts())[:-200], "RAK031", "daftar isinya"),
        (b"\x00\x01" + packed(parts())[2:], "RAK031", "awal"),
        (ole("EncryptedPackage"), "RAK032", "sandi"),
        (ole("Workbook"), "RAK033", ".xls"),
        (ole("Book"), "RAK033", ".xls"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(99), "RAK033", ".xls"),
        (opendocument("spreadsheet"), "RAK033", ".ods"),
        (packed({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "RAK033", ".xlsb"),
        (packed({"Index/Document.iwa": "", "x": ""}), "RAK033", "iWork"),
        (b"\xef\xbb\xbf<html><table>", "RAK033", "HTML"),
        (b"\r\n <!DOCTYPE HTML PUBLIC '-//W3C//DTD'>", "RAK033", "HTML"),
        (b"<TABLE border=1>", "RAK033", "HTML"),
        ("<html>".encode("utf-16"), "RAK033", "HTML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "RAK033", "HTML"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "RAK033", "2003"),
        (b'<?xml version="1.0"?><office:document xmlns:office="x"/>', "RAK033", ".fods"),
        (b'<?xml version="1.0"?><svg/>', "RAK034", "XML"),
        (b"%PDF-1.7\n...", "RAK034", "PDF"),
        (b"{\\rtf1}", "RAK034", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "RAK034", "gambar"),
        (ole("WordDocument"), "RAK034", ".doc"),
        (ole("Lain"), "RAK034", "Office"),
        (opendocument("text"), "RAK034", "OpenDocument"),
        (packed({"[Content_Types].xml": "", "word/document.xml": ""}), "RAK034", ".docx"),
        (packed({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "RAK034", ".pptx"),
        (packed({"foto.jpg": ""}), "RAK034", "ZIP"),
        (packed({}), "RAK034", "ZIP kosong"),
        (b"\x00\x00\x00", "RAK034", "kosong"),
        (b"\xff\xfe", "RAK034", "kosong"),
        (b"\x01\x02\x03", "RAK034", "tidak dikenal"),
        (b"Yth. Bapak Ketua", "RAK034", "teks biasa"),
        (b"no,sasaran,indikator\n1,a,b\n", "RAK035", "CSV"),
        ("no;sasaran\r\n1;é\r\n".encode("cp1252"), "RAK035", "CSV"),
        ("no\tsasaran\n1\ta".encode("utf-16"), "RAK035", "CSV"),
        (b"no,sasaran\n" * 2000 + b"\xc3", "RAK035", "CSV"),
        (b"rak: 1\ntahun: 2026\n", "RAK035", "YAML"),
    ],
)  # fmt: skip
def test_a_file_is_told_for_what_it_is(data: bytes, code: str, word: str) -> None:
    finding = refusal(data)

    assert (finding.code, finding.rule.exit) == (code, 4)
    assert word in finding.message()
    assert finding.message("en") != finding.message()


@pytest.mark.parametrize(
    ("missing", "value"),
    [
        ("xl/workbook.xml", "xl/workbook.xml"),
        (SHEET, SHEET),
        ("xl/_rels/workbook.xml.rels", "(RAK)"),
    ],
)
def test_a_missing_part_is_named(missing: str, value: str) -> None:
    content = parts()
    del content[missing]
    finding = refusal(packed(content))

    assert (finding.code, finding.value) == ("RAK036", value)


def test_a_workbook_without_sheets_is_none() -> None:
    content = parts() | {"xl/workbook.xml": f'<workbook xmlns="{MAIN}"/>'}

    assert refusal(packed(content)).code == "RAK036"


def test_a_link_out_of_the_workbook_is_not_followed() -> None:
    content = parts()
    content["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATION}/worksheet" '
        'Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )

    assert refusal(packed(content)).code == "RAK036"


@pytest.mark.parametrize(
    ("part", "content", "line"),
    [
        (SHEET, f'<worksheet xmlns="{MAIN}">\n<sheetData>\n<row></sheetData></worksheet>', 3),
        (SHEET, f'<worksheet xmlns="{MAIN}">\n<sheetData>', 2),
        (SHEET, f'<worksheet xmlns="{MAIN}">\n&tidakAda;</worksheet>', 2),
        (SHEET, f'<worksheet xmlns="{MAIN}">\n<x:a/></worksheet>', 2),
        (SHEET, '<html xmlns="http://www.w3.org/1999/xhtml"/>', 1),
        (SHEET, "<worksheet/>", 1),
        (SHEET, "", 1),
        (SHEET, "\0", 1),
        (STRINGS, f'<?xml version="1.0" encoding="punycode"?><sst xmlns="{MAIN}"/>', 1),
        (STRINGS, f'<?xml version="1.0" encoding="tidak-ada"?><sst xmlns="{MAIN}"/>', 1),
        (STYLES, "tidak", 1),
        ("xl/workbook.xml", f'<workbook xmlns="{MAIN}">\x01</workbook>', 1),
        ("_rels/.rels", "<Relationships", 1),
    ],
)
def test_broken_xml_is_told_with_its_part_and_line(part: str, content: str, line: int) -> None:
    finding = refusal(packed(parts() | {part: content}))
    facts = dict(finding.facts)

    assert (finding.code, facts["bagian"], facts["baris"]) == ("RAK037", part, line)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (f'<worksheet xmlns="{MAIN}"><sheetData>', "terpotong"),
        (f'<worksheet xmlns="{MAIN}"><sheetDa', "terpotong"),
        ("", "tidak ada isinya"),
    ],
)
def test_a_part_that_ends_too_early_is_told_as_that(content: str, why: str) -> None:
    assert refusal(packed(parts() | {SHEET: content})).message().endswith(f": {why}")


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml", SHEET, STRINGS, STYLES])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_before_its_entities_are_read(part: str, encoding: str) -> None:
    content = parts()
    hostile = (
        '<!DOCTYPE a [<!ENTITY b "'
        + "b" * 999
        + '"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        + content[part]
    )
    encoded = {name: text.encode() for name, text in content.items()}
    encoded[part] = hostile.encode(encoding)
    finding = refusal(packed(encoded))

    assert (finding.code, dict(finding.facts)["bagian"]) == ("RAK041", part)


@pytest.mark.parametrize(
    "name", ["../luar.xml", "xl/../../luar.xml", "/mutlak.xml", "C:\\luar.xml", "xl\\..\\..\\x"]
)
def test_a_part_that_points_out_of_the_archive_is_refused(name: str) -> None:
    assert refusal(packed(parts() | {name: ""})).code == "RAK042"


@pytest.mark.parametrize("name", ["RAK", "rak"])
def test_two_sheets_of_one_name_are_refused(name: str) -> None:
    """A finding could not say in which of them its cell is."""
    content = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    again = f'<sheet name="{name}" sheetId="2" r:id="r1"/></sheets>'
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace("</sheets>", again)
    finding = refusal(packed(content))

    assert finding.code == "RAK037"
    assert name in finding.message("id")


def test_a_sheet_outside_of_the_list_of_sheets_is_refused() -> None:
    """Excel does not open such a file, and what marks or changes a workbook would not know of the sheet."""
    content = parts()
    stray = '</sheets><definedNames><sheet name="Lain" sheetId="2" r:id="r1"/></definedNames>'
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace("</sheets>", stray)

    assert refusal(packed(content)).code == "RAK037"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", [SHEET, SHEET.upper(), SHEET.replace("/", "\\")])
def test_two_parts_of_one_name_are_refused(name: str) -> None:
    made = io.BytesIO(packed(parts()))
    with zipfile.ZipFile(made, "a") as target:
        target.writestr(name, "")

    assert refusal(made.getvalue()).code == "RAK042"


def forged(content: dict[str, str], part: str, **fields: int) -> bytes:
    """An archive whose directory lies about a part."""
    made = io.BytesIO(packed(content))
    with zipfile.ZipFile(made, "a") as target:
        entry = target.getinfo(part)
        for field, value in fields.items():
            setattr(entry, field, value)
        target._didModify = True  # type: ignore[attr-defined]
    return made.getvalue()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"file_size": 10}, "RAK031"),
        ({"file_size": 10_000}, "RAK031"),
        ({"CRC": 1}, "RAK031"),
        ({"compress_size": 10}, "RAK031"),
        ({"header_offset": 7}, "RAK031"),
        ({"compress_type": zipfile.ZIP_LZMA}, "RAK031"),
        ({"compress_type": 99}, "RAK031"),
        ({"flag_bits": 1}, "RAK032"),
        ({"file_size": limits.PART_LIMIT + 1}, "RAK040"),
        ({"file_size": limits.TOTAL_LIMIT + 1}, "RAK040"),
    ],
)
def test_an_archive_that_lies_is_not_believed(fields: dict[str, int], code: str) -> None:
    assert refusal(forged(parts(), SHEET, **fields)).code == code


# --- bounds ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "around"),
    [
        ("", "{}" + "<a>" * 50_000),
        ("<row>" + "<c>" * 50_000, "{}"),
        ("", "{}<a " + " ".join(f'x{number}=""' for number in range(60_000)) + "/>"),
        ("", "{}<a b='" + "x" * 600_000 + "'/>"),
        ("", "{}<!--" + "x" * 600_000 + "-->"),
        ("", "{}" + "".join(f"<n{number}/>" for number in range(40_000))),
        ("", "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 9 + "</cols>{}"),
        ('<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row>', "{}"),
        ('<row r="1"><c r="A1"><v>' + "9" * 2_000_000 + "</v></c></row>", "{}"),
        ("", "{}" + " " * 2_000_000),
    ],
    ids=[
        "depth",
        "cells in cells",
        "attributes",
        "attribute",
        "comment",
        "names",
        "columns",
        "array",
        "text",
        "blanks",
    ],
)
def test_what_no_workbook_needs_is_refused(rows: str, around: str) -> None:
    assert refusal(packed(parts(rows, around=around))).code in {"RAK040", "RAK043"}


@pytest.mark.parametrize(
    ("limit", "value", "rows"),
    [
        ("ELEMENT_LIMIT", 1_000, "<row/>" * 1_100),
        ("READ_LIMIT", 10_000, "<row/>" * 2_000),
        ("PART_LIMIT", 10_000, "<row/>" * 2_000),
        ("ARCHIVE_LIMIT", 500, ""),
        ("PARTS_LIMIT", 5, ""),
    ],
)
def test_every_limit_is_kept(limit: str, value: int, rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(parts(rows))
    assert read(data, "rencana.xlsx").findings == ()
    monkeypatch.setattr(limits, limit, value)

    assert refusal(data).code == "RAK040"


def test_a_part_that_unpacks_to_far_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_RATIO_FROM", 100_000)

    assert refusal(packed(parts("<row/>" * 100_000))).code == "RAK040"


@pytest.mark.parametrize(
    ("module", "limit", "below"),
    [
        (sheets, "CELL_LIMIT", 9),
        (shared, "TEXT_LIMIT", 2),
        (sheets, "_MERGES", 1),
        (sheets, "_MERGED", 3),
        (book, "SHEET_LIMIT", 0),
    ],
)
def test_cells_texts_merges_and_sheets_are_counted(
    module: ModuleType, limit: str, below: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = packed(
        parts(
            "".join(f'<row r="{row}"><c><v>1</v></c><c><v>2</v></c></row>' for row in range(1, 6)),
            strings="<si><t>a</t></si>" * 3,
            around='{}<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/></mergeCells>',
        )
    )
    monkeypatch.setattr(module, limit, below + 1)
    assert read(data, "rencana.xlsx").findings == ()
    monkeypatch.setattr(module, limit, below)

    assert refusal(data).code == "RAK040"


@pytest.mark.parametrize(
    "around",
    [
        "{}<mergeCells>"
        + "".join(f'<mergeCell ref="A{row}:XFD{row}"/>' for row in range(1, 1_000))
        + "</mergeCells>",
        '{}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ],
    ids=["many", "one"],
)
def test_merges_over_millions_of_cells_are_refused_and_beyond_the_last_cell_they_do_not_count(
    around: str,
) -> None:
    """A file of 30 kB, with some such sheets, would keep a computer busy for minutes."""
    row = '<row r="999"><c r="{}999"><v>1</v></c></row>'

    assert refusal(packed(parts(row.format("XFD"), around=around))).code == "RAK040"
    assert sheet_of(packed(parts(row.format("B"), around=around))).merges


# --- agreement with others -------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff\r"), max_size=40)
VALUES = st.one_of(
    TEXTS,
    st.sampled_from(
        ["=1+1", "_x0041_", "_x005F_", " tepi ", "0123", "1e5", "<r>a</r>", "a\nb", "√", "&amp;", "]]>"]
    ),
    st.integers(-(10**15), 10**15),
    st.floats(-1e15, 1e15, allow_nan=False),
    st.booleans(),
    st.none(),
)


def expected(value: Any) -> Seen | None:
    """What a value is read as."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return Seen(value)
    if isinstance(value, bool):
        return Seen(str(value).upper(), "boolean")
    return Seen(str(number_text(f"{value:.16G}")), "number")  # as XlsxWriter writes it


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(VALUES, max_size=5), max_size=8))
def test_what_xlsxwriter_writes_is_read_exactly(table: list[list[Any]]) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("RAK")
        for row, values in enumerate(table):
            for column, value in enumerate(values):
                if isinstance(value, str) and not value.startswith("<r>"):
                    sheet.write_string(row, column, value)
                elif isinstance(value, bool):
                    sheet.write_boolean(row, column, value)
                elif value is not None and not isinstance(value, str):
                    sheet.write_number(row, column, value)
    wanted = {
        (row, column): seen
        for row, values in enumerate(table, 1)
        for column, value in enumerate(values, 1)
        if (seen := expected(value)) and not seen.text.startswith("<r>")
    }

    assert {(row, column): seen for row, column, seen in sheet_of(made.getvalue()).cells()} == wanted


def written_by(program: str) -> bytes:
    """The same table, written by one program or another: values of every kind under merges."""
    made = io.BytesIO()
    day = datetime(2024, 1, 31, 10, 30, tzinfo=UTC).replace(tzinfo=None)
    rows: list[list[Any]] = [
        ["teks\nbaris", 306461000, 0.895, True, day],
        [" tepi ", 89.5, 1, False, "√"],
        ["a", "b", 5, 6, 7],
    ]
    formats = {(0, 2): "0.0%", (0, 4): "dd/mm/yyyy hh:mm", (1, 2): "0%"}
    if program == "openpyxl":
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        assert sheet is not None
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                sheet.cell(row + 1, column + 1, value).number_format = formats.get((row, column), "General")
        sheet.merge_cells("A5:C6")
        workbook.save(made)
        return made.getvalue()
    with xlsxwriter.Workbook(made, {"in_memory": True, "constant_memory": program == "inline"}) as book:
        page = book.add_worksheet()
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                page.write(
                    row, column, value, book.add_format({"num_format": formats.get((row, column), "")})
                )
        page.merge_range("A5:C6", "")
    return made.getvalue()


@pytest.mark.parametrize("program", ["openpyxl", "xlsxwriter", "inline"])
def test_openpyxl_sees_the_same_values(program: str) -> None:
    data = written_by(program)
    sheet = sheet_of(data)
    theirs = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active
    assert theirs is not None

    seen = {(row, column): cell for row, column, cell in sheet.cells()}
    for row in theirs.iter_rows(max_row=3):
        for cell in row:
            mine = seen[cell.row or 0, cell.column or 0]
            value: Any = cell.value
            if mine.kind == "percent":
                assert float(mine.text) == pytest.approx(value * 100)
            elif mine.kind == "date":
                assert mine.text == value.isoformat(" ", "minutes")
            elif mine.kind == "number":
                assert float(mine.text) == value
            else:
                assert mine.text == (str(value).upper() if mine.kind == "boolean" else value)
    assert {cell.kind for cell in seen.values()} == {"text", "number", "percent", "boolean", "date"}
    assert sheet.merges == (Range(4, 0, 5, 2),)


# --- damage of every kind --------------------------------------------------------------------------------

SOUND = {name: part.encode() for name, part in two_sheets().items()} | {
    "xl/vbaProject.bin": b"x",
    SHEET: parts(
        '<row r="1" spans="1:3"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"><f>A1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>a</t></r></is></c><c r="B2" s="1"><v>0.5</v></c></row>',
        around='<cols><col min="1" max="2" hidden="1"/></cols>{}'
        '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
    )[SHEET].encode(),
}  # fmt: skip
TOKENS = [
    b"<c>", b"</c>", b"<v>", b"</v>", b"<row>", b"</row>", b"<is><t>x</t></is>", b"<f t='shared' si='9'/>",
    b"<f t='array' ref='A1:C9'>A</f>", b"<mergeCell ref='ZZ'/>", b"<col min='1' max='99999999' hidden='1'/>",
    b"-1", b"1e999", b"NaN", b"XFE1", b"A0", b"1048577", b"9" * 5000, b' t="zz"', b' t="d"', b' s="-1"',
    b"&x;", b"&#0;", b"_xD800_", b"_x0000_", b"<!DOCTYPE x>", b"<!--", b"]]>", b"<![CDATA[", b"\0", b'r="',
    b'<?xml version="1.0" encoding="idna"?>', b"../../x", b'TargetMode="External"', b"\xc2\xb2", b"x:", b"",
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sound workbook with some bytes or some XML changed, in a part or in the archive itself."""

    def changed(content: bytes) -> bytes:
        for _ in range(draw(st.integers(1, 4))):
            start = draw(st.integers(0, len(content)))
            end = min(len(content), start + draw(st.sampled_from([0, 1, 3, 20, 400])))
            piece = draw(st.sampled_from(TOKENS) | st.binary(max_size=6))
            content = content[:start] + piece + content[end:]
        return content

    content = dict(SOUND)
    if draw(st.booleans()):
        return changed(packed(content))
    name = draw(st.sampled_from(sorted(content)))
    content[name] = changed(content[name])
    return packed(content)


@settings(max_examples=300, deadline=5_000, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_no_damage_raises_or_hangs(data: bytes) -> None:
    """A book is there exactly where no finding is an error, and it holds only what has a place."""
    found = read(data, "rusak.xlsx")

    assert (found.book is None) == any(finding.is_error for finding in found.findings)
    for finding in found.findings:
        assert all((finding.message("id"), finding.message("en"), finding.hint()))
    for sheet in found.book.sheets if found.book else ():
        for row, column, cell in sheet.cells():
            assert 0 < row <= 1_048_576
            assert 0 < column <= 16_384
            assert cell.text.encode() or cell.formula


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    assert refusal(data).rule.exit == 4
