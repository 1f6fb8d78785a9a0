"""The workbook's bytes: every text unchanged, every help where it belongs, the same bytes each time."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rak_excel import api, loading
from rak_excel.files.xlsx_writer import archive, untouched, write
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.sheet.grid import HIDDEN_SHEET
from rak_excel.sheet.measure import pixels

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from rak_excel.sheet.layout import Layout

NS: Final = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
TICKS: Final = (True, False, False, True)
ODD: Final = (
    "=1+1", "{=1}", "@x", "+62 811", "-5", "- butir", "http://kpu.go.id", "https://kpu.go.id/a b",
    "mailto:a@b.id",
    "ftp://x", "internal:Sheet1!A1", "#N/A", "#REF!", "TRUE", "FALSE", "0123", "1e5", "1,5", "306.461",
    "Infinity",
    "NaN", "2024-01-01", "10:30", "<r>x</r>", "<r><t>x</t></r>", "<b>tebal</b>", "_x0041_", "_x005F_",
    "_x000D_",
    "_xD83D_", "'petik", "''", '"kutip"', "a & b", "&amp;", "]]>", "<![CDATA[x]]>", "<!-- x -->", "😀",
    "√ ✓", "a\nb",
    "a\n\nb", "a\tb", "spasi  ganda", "a\u00a0b", "a\u200bb", "a\u2028b", "e\u0301", "\ufeffx",
    "%s {0} {unit}", "$A$1",
    "198205062010122002", "a" * 300,
)  # fmt: skip


def plan(*uraian: str, biaya: int | None = 5000, **fields: Any) -> Plan:
    rows = tuple(Kegiatan(text, "100", TICKS, biaya, "Sekretariat") for text in uraian or ("Rapat",))
    goals = (Sasaran("Tersedianya data", (Indikator("Persentase data", rows),)),)
    made = Plan(2026, "KPU Kabupaten Lahat", goals, (Penandatangan("Ketua", "SARJANI"),))
    return replace(made, **fields)


def built(*plans: Plan, layout: Layout | None = None) -> bytes:
    return write(api.build(plans, layout))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def sheet_of(data: bytes) -> Worksheet:
    made: Worksheet = opened(data).worksheets[0]
    return made


def xml_of(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> ET.Element:
    return ET.fromstring(parts(data)[name])


@cache
def simple() -> bytes:
    return built(plan("Rapat", "Jaringan", pagu=9000))


# --- text is text --------------------------------------------------------------------------------------


def test_every_text_arrives_unchanged_in_openpyxl() -> None:
    sheet = sheet_of(built(plan(*ODD)))
    read = [row[4].value for row in sheet.iter_rows(min_row=9, max_row=8 + len(ODD))]

    # openpyxl 3.1.5 takes every x005F_ out of a text, also where it stands for itself
    assert read == [text.replace("_x005F_", "_") for text in ODD]


def test_every_text_stands_in_the_file_as_the_standard_says() -> None:
    """ECMA-376, 22.9.2.19: a character may be written _xHHHH_, so an underscore that begins one must be."""
    data = built(plan(*ODD))
    shared = ["".join(node.itertext()) for node in xml_of(data, "xl/sharedStrings.xml").findall("m:si", NS)]
    read = []
    for cell in xml_of(data).iterfind(".//m:c", NS):
        if re.fullmatch(r"E\d+", cell.attrib["r"]) and int(cell.attrib["r"][1:]) >= 9 and "t" in cell.attrib:
            value = cell.find("m:v", NS)
            text = shared[int(value.text or "")] if value is not None else "".join(cell.itertext())
            read.append(re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text))

    assert read[: len(ODD)] == list(ODD)


def test_white_space_at_the_ends_of_a_text_is_marked_to_be_kept() -> None:
    """Excel drops it otherwise; a part of a text can begin with a line break."""
    made = api.build(plan())
    (sheet,) = made.sheets
    cells = tuple(cell._replace(value="  a \n") if cell.value == "Rapat" else cell for cell in sheet.cells)
    data = write(replace(made, sheets=(replace(sheet, cells=cells),)))

    assert b'<t xml:space="preserve">  a \n</t>' in parts(data)["xl/sharedStrings.xml"]
    assert sheet_of(data)["E9"].value == "  a \n"


def test_nothing_that_was_typed_becomes_a_formula_a_link_or_an_error() -> None:
    data = built(
        plan(
            *ODD, unit="=1+1", judul="@SUM(A1)", penandatangan=(Penandatangan("=cmd|' /C calc'!A0", "#N/A"),)
        )
    )
    formulas = [cell.findtext("m:f", namespaces=NS) for cell in xml_of(data).iterfind(".//m:c[m:f]", NS)]
    types = {cell.attrib.get("t") for cell in xml_of(data).iterfind(".//m:c", NS)}

    assert formulas == ["SUM(J8:INDEX(J:J,ROW()-1))"]
    assert types == {None, "s", "inlineStr"}
    assert not any("hyperlink" in name or "externalLink" in name for name in parts(data))
    assert b"<hyperlink" not in parts(data)["xl/worksheets/sheet1.xml"]


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
        lambda text: text == text.strip()
    )
)
@settings(max_examples=60)
def test_any_text_arrives_unchanged(text: str) -> None:
    value = sheet_of(built(plan(text)))["E9"].value

    assert value == text.replace("_x005F_", "_") or "\ufffe" in text or "\uffff" in text


# --- numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "amount", [0, 1, 306_461_000, 41_815_844_000, 999_999_999_999_999, 100_000_000_000_001]
)
def test_an_amount_is_exact_to_the_last_of_fifteen_digits(amount: int) -> None:
    data = built(plan(biaya=amount))

    assert f"<v>{amount}</v>".encode() in parts(data)["xl/worksheets/sheet1.xml"]
    assert sheet_of(data)["J9"].value == amount


def test_money_has_thousands_separators_and_nil_is_a_dash() -> None:
    sheet = sheet_of(built(plan(biaya=None)))

    assert sheet["J9"].value == "-"
    assert "#,##0" in sheet["J9"].number_format


def test_the_total_is_a_formula_with_its_right_value_stored() -> None:
    data = built(plan("A", "B", "C", biaya=1_000_000_000_001))
    stored = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]

    assert sheet_of(data)["J12"].value == "=SUM(J8:INDEX(J:J,ROW()-1))"
    assert stored["J12"].value == 3_000_000_000_003


# --- the sheet's set-up --------------------------------------------------------------------------------


def test_merges_columns_and_heights_stand_in_the_file() -> None:
    (sheet,) = api.build(plan("Rapat", "Jaringan", pagu=9000)).sheets
    read = sheet_of(simple())
    merges = {str(one) for one in read.merged_cells.ranges}

    assert {"A1:K1", "A7:A8", "F7:I7", "A9:A10", "B9:B10", "C9:C10", "A11:I11"} <= merges
    assert [read.row_dimensions[at + 1].height for at in range(len(sheet.heights))] == list(sheet.heights)


def test_columns_are_as_wide_in_pixels_as_the_form_says() -> None:
    """A digit of the workbook's default font, Times New Roman 12, is 8 pixels."""
    (sheet,) = api.build(plan()).sheets
    read = [
        round(float(node.attrib["width"]) * 8)
        for node in xml_of(simple()).iterfind("m:cols/m:col", NS)
        for _ in range(int(node.attrib["min"]), int(node.attrib["max"]) + 1)
    ]

    assert read[:-1] == [pixels(width) for width in sheet.widths]


def test_every_row_of_the_sheet_has_a_height_of_its_own() -> None:
    """LibreOffice draws a row without one 15 points high, whatever its text needs (7.4.7)."""
    for row in xml_of(simple()).iterfind(".//m:row", NS):
        assert float(row.attrib["ht"]) > 0
        assert row.attrib["customHeight"] == "1"


def test_every_cell_of_a_merge_has_the_style_of_its_first() -> None:
    """LibreOffice draws the right and lower line of a merge from the cells that it covers (7.4.7)."""
    styles = {cell.attrib["r"]: cell.attrib["s"] for cell in xml_of(simple()).iterfind(".//m:c", NS)}

    for first, covered in (("A9", "A10"), ("B9", "B10"), ("F7", "I7"), ("A7", "A8"), ("A11", "I11")):
        assert styles[first] == styles[covered]


def test_every_cell_of_the_table_is_bordered_on_all_four_sides() -> None:
    sheet = sheet_of(simple())
    firsts = [
        sheet[where]
        for where in ("A7", "F7", "F8", "A9", "B9", "D9", "D10", "J10", "K10", "A11", "J11", "K11")
    ]
    sides = [getattr(cell.border, side) for cell in firsts for side in ("left", "top")]

    assert {side.style for side in sides} == {"thin"}


def test_the_ids_stand_in_a_hidden_column_outside_the_print_area() -> None:
    sheet = sheet_of(simple())

    assert sheet.column_dimensions["L"].hidden is True
    assert [sheet["L9"].value[-4:], sheet["L10"].value[-4:]] == ["-1-1", "-1-2"]
    assert sheet.print_area == "'RAK 2026'!$A$1:$K$17"


def test_the_page_is_set_up_without_fit_to_page() -> None:
    """Under fit-to-page Excel ignores manual breaks (XlsxWriter's documentation, `fit_to_pages`)."""
    root = xml_of(simple())
    setup = root.find("m:pageSetup", NS)
    (layout_sheet,) = api.build(plan()).sheets
    assert setup is not None

    assert (setup.attrib["paperSize"], setup.attrib["orientation"]) == ("14", "landscape")
    assert setup.attrib["scale"] == str(layout_sheet.scale)
    assert root.find("m:sheetPr/m:pageSetUpPr", NS) is None
    assert not {"fitToWidth", "fitToHeight"} & set(setup.attrib)


def test_a4_has_excels_code_for_it() -> None:
    setup = xml_of(built(plan(kertas="A4"))).find("m:pageSetup", NS)
    assert setup is not None

    assert setup.attrib["paperSize"] == "9"


def test_heading_rows_are_repeated_and_frozen() -> None:
    sheet = sheet_of(simple())

    assert sheet.print_title_rows == "$7:$8"
    assert sheet.freeze_panes == "A9"


def test_the_footer_counts_the_pages() -> None:
    assert xml_of(simple()).findtext("m:headerFooter/m:oddFooter", namespaces=NS) == (
        '&C&"Arial"&8Halaman &P dari &N'
    )


@pytest.mark.parametrize(
    ("footer", "written"), [("2026 & {halaman}", '&C&"Arial"&8 2026 && &P'), ("{halaman}", '&C&"Arial"&8&P')]
)
def test_a_footer_is_printed_as_its_layout_says(footer: str, written: str) -> None:
    """A digit right behind the size of the font would become part of it."""
    kpu = loading.layout_named("kpu").layout
    assert kpu is not None
    data = built(plan(), layout=replace(kpu, page=replace(kpu.page, footer=footer)))

    assert xml_of(data).findtext("m:headerFooter/m:oddFooter", namespaces=NS) == written


def test_page_breaks_stand_before_the_rows_of_the_sheet() -> None:
    one = plan(*["Pelaksanaan penyusunan laporan pertanggungjawaban keuangan " * 4] * 30)
    (sheet,) = api.build(one).sheets
    breaks = [int(node.attrib["id"]) for node in xml_of(built(one)).iterfind("m:rowBreaks/m:brk", NS)]

    assert breaks == list(sheet.breaks) != []


def test_names_lead_to_the_table_and_the_total() -> None:
    sheet = sheet_of(simple())

    assert sheet.defined_names["RAK_Tabel"].attr_text == "'RAK 2026'!$A$7:$K$10"
    assert sheet.defined_names["RAK_Jumlah"].attr_text == "'RAK 2026'!$J$11"


@pytest.mark.parametrize(
    "name", ["O'Brien", "a!b", "RAK & <b>", "1", "A1", "é √", "R1C1", "a, b", "TRUE", "x" * 31]
)
def test_names_lead_to_a_sheet_of_any_name(name: str) -> None:
    data = built(plan(lembar=name))
    quoted = name.replace("'", "''")

    assert sheet_of(data).title == name
    assert sheet_of(data).defined_names["RAK_Tabel"].attr_text == f"'{quoted}'!$A$7:$K$9"
    assert sheet_of(data).print_title_rows == "$7:$8"


# --- helps ---------------------------------------------------------------------------------------------


def validations(data: bytes) -> dict[str, ET.Element]:
    found = xml_of(data).iterfind("m:dataValidations/m:dataValidation", NS)
    return {node.attrib["sqref"]: node for node in found}


def test_the_drop_down_of_ticks_points_at_a_range() -> None:
    """A list text over 255 characters makes Excel offer to repair the file."""
    node = validations(simple())["F9:I10"]
    hidden = opened(simple())[HIDDEN_SHEET]

    assert (node.attrib["type"], node.attrib["errorStyle"]) == ("list", "information")
    assert node.findtext("m:formula1", namespaces=NS) == "_rak!$D$1:$D$2"
    assert [hidden["D1"].value, hidden["D2"].value] == ["√", "-"]


def test_the_check_of_costs_informs_and_never_blocks() -> None:
    node = validations(simple())["J9:J10"]

    assert (node.attrib["type"], node.attrib["errorStyle"]) == ("custom", "information")
    assert '"nihil"' in (node.findtext("m:formula1", namespaces=NS) or "")
    assert node.attrib["prompt"] == "Rupiah bulat tanpa sen; - bila nihil."


def test_live_warnings_watch_ticks_costs_and_ceiling() -> None:
    rules = {
        node.attrib["sqref"]: node.findtext("m:cfRule/m:formula", namespaces=NS)
        for node in xml_of(simple()).iterfind("m:conditionalFormatting", NS)
    }

    assert rules == {
        "F9:I10": 'AND($E9<>"",COUNTA($F9:$I9)-COUNTIF($F9:$I9,"-")=0)',
        "J9:J10": 'AND($E9<>"",$J9="")',
        "J11": "$J$11>9000",
    }


# --- carriers ------------------------------------------------------------------------------------------


def test_the_hidden_sheet_is_very_hidden_and_carries_the_base() -> None:
    book = opened(simple())
    hidden = book[HIDDEN_SHEET]
    base = "".join(str(row[1].value) for row in hidden.iter_rows() if row[0].value == "base")

    assert hidden.sheet_state == "veryHidden"
    assert book.active is book.worksheets[0]
    assert json.loads(base)["hash"] == api.as_json((plan("Rapat", "Jaringan", pagu=9000),))["hash"]


def test_a_long_base_stands_in_many_short_cells() -> None:
    one = plan(*[f"{number} " + "Rapat koordinasi " * 40 for number in range(150)])
    hidden = opened(built(one))[HIDDEN_SHEET]
    chunks = [str(row[1].value) for row in hidden.iter_rows() if row[0].value == "base"]

    assert len(chunks) > 1
    assert max(map(len, chunks)) < 30_000
    assert json.loads("".join(chunks))["hash"] == api.as_json((one,))["hash"]


def test_the_properties_name_the_document() -> None:
    book = opened(simple())
    custom = {node.attrib["name"] for node in xml_of(simple(), "docProps/custom.xml")}

    assert custom == {"rak_format", "rak_layout", "rak_document", "rak_fingerprint", "rak_parts"}
    assert book.properties.title == "RENCANA AKSI KINERJA 2026"
    assert book.properties.created.isoformat() == "2026-01-01T00:00:00"


def test_every_part_is_well_formed_xml() -> None:
    texts = {
        name: part for name, part in parts(built(plan(*ODD))).items() if name.endswith((".xml", ".rels"))
    }

    assert [name for name, part in texts.items() if ET.fromstring(part) is None] == []


def test_several_plans_are_several_sheets_in_their_order() -> None:
    data = built(plan(lembar="Ketua"), plan(lembar="Sekretariat"))

    assert opened(data).sheetnames == ["Ketua", "Sekretariat", HIDDEN_SHEET]


# --- the same bytes ------------------------------------------------------------------------------------


def test_writing_again_gives_the_same_bytes() -> None:
    assert built(plan(*ODD)) == built(plan(*ODD))


SCRIPT: Final = (
    "import hashlib, sys; from rak_excel import load, build; from rak_excel.files.xlsx_writer import write; "
    "print(hashlib.sha256(write(build(load(sys.argv[1]).plans))).hexdigest())"
)


def test_folder_zone_locale_and_hash_seed_change_no_byte(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "examples" / "lahat-2024.yaml"
    copy = tmp_path / "lain" / "salinan.yaml"
    copy.parent.mkdir()
    copy.write_bytes(source.read_bytes())
    here = {"PATH": os.environ["PATH"], "PYTHONPATH": str(source.parents[1])}
    runs = [
        (source, tmp_path, {"TZ": "Asia/Jakarta", "PYTHONHASHSEED": "1", "LC_ALL": "C"}),
        (
            copy,
            copy.parent,
            {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "LANG": "id_ID"},
        ),
    ]
    hashes = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(path)],
            env={**here, **env},
            cwd=cwd,
            capture_output=True,
            check=True,
        ).stdout
        for path, cwd, env in runs
    }

    assert len(hashes) == 1


def test_the_archive_records_neither_clock_nor_computer() -> None:
    with zipfile.ZipFile(io.BytesIO(simple())) as archive:
        entries = archive.infolist()

    assert {(entry.date_time, entry.create_system, entry.external_attr) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o600 << 16)
    }


# --- untouched -----------------------------------------------------------------------------------------


def resaved(data: bytes) -> bytes:
    book, out = opened(data), io.BytesIO()
    book.save(out)
    return out.getvalue()


def foreign() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def test_a_workbook_as_we_wrote_it_is_untouched() -> None:
    assert untouched(simple()) is True
    assert untouched(built(plan(*ODD))) is True


def test_a_workbook_of_ours_that_somebody_saved_is_not() -> None:
    assert untouched(resaved(simple())) is False


def test_a_workbook_of_ours_with_one_letter_changed_is_not() -> None:
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for name, part in parts(simple()).items():
            archive.writestr(name, part.replace(b"Rapat", b"Rapot"))

    assert untouched(changed.getvalue()) is False


def test_a_workbook_of_ours_that_was_only_packed_again_is_untouched() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts(simple()).items():
            archive.writestr(name, part)

    assert untouched(packed.getvalue()) is True


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"rak: 1\n",
        foreign(),
        zipped(a=b"b"),
        zipped(docProps__custom=b"rak_document"),
        built(plan())[:-200],
        built(plan())[:3000],
        b"\xd0\xcf\x11\xe0" + bytes(600),
    ],
    ids=["empty", "zip-head", "text", "foreign", "zip", "other-part", "truncated", "torn", "ole"],
)
def test_what_is_not_ours_is_nobodys_to_overwrite(data: bytes) -> None:
    assert untouched(data) is None


def test_a_directory_that_lies_about_its_place_is_nobodys_to_overwrite() -> None:
    """Where bytes were torn out of the middle, zipfile looks for a part before the file begins."""
    whole = built(plan())

    assert untouched(whole[:60] + whole[1_500:]) is None


def test_an_archive_of_very_many_parts_is_not_even_listed() -> None:
    """Each of them would be an object: a file of 64 MB holds a million."""
    many = zipped(**{f"p{number}": b"" for number in range(5_001)})

    assert untouched(many) is None


def test_a_workbook_that_unpacks_to_far_too_much_is_edited_and_not_looked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "_LARGE", 1_000)

    assert untouched(simple()) is False


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_workbook_never_raises(data: st.DataObject) -> None:
    damaged = bytearray(simple())
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))

    assert untouched(bytes(damaged)) in (True, False, None)
