"""Somebody's own workbook is changed where it has to be, and nowhere else."""

from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter

from properties.packages import (
    SOURCES,
    changed,
    colours,
    found,
    marked_at,
    notes,
    opened,
    packed,
    parts_of,
    plain,
    rich,
    seen,
    values,
    written_by_openpyxl,
)
from rak_excel import api
from rak_excel.cli import rak
from rak_excel.files.xlsx_package import is_marked
from rak_excel.files.xlsx_reader import read
from rak_excel.findings import Finding, RakError, Severity
from rak_excel.loading import load
from rak_excel.sheet.unmark import FENCE, unmarked

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result
    from openpyxl.worksheet.worksheet import Worksheet


MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET: Final = "xl/worksheets/sheet1.xml"


def refusal(call: Callable[[], object]) -> list[str]:
    with pytest.raises(RakError) as told:
        call()
    return [finding.code for finding in told.value.findings]


every_source = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)


# --- marking -------------------------------------------------------------------------------------------


@every_source
def test_a_stranger_sees_colour_note_and_link(source: Callable[[], bytes]) -> None:
    data = marked_at(source(), found("Isi '24 A", "C3"), found("Isi '24 A", "D5", Severity.WARNING, "awas"))

    assert {cell: colours(data, "Isi '24 A")[cell] for cell in ("C3", "D5")} == {
        "C3": "FFFEC0C1",
        "D5": "FFFEE090",
    }
    assert notes(data, "Isi '24 A")["C3"] == f"{FENCE}\nsalah RAK999: salah\n→ ubah\n{FENCE}"
    listed = opened(data)["Temuan"]
    assert [[cell.value for cell in row[:4]] for row in listed.iter_rows(max_row=3)] == [
        ["Tingkat", "Kode", "Tempat", "Temuan"],
        ["salah", "RAK999", "Isi '24 A!C3", "salah"],
        ["peringatan", "RAK999", "Isi '24 A!D5", "awas"],
    ]
    assert [listed[cell].hyperlink.location for cell in ("C2", "C3")] == [
        "'Isi ''24 A'!C3",
        "'Isi ''24 A'!D5",
    ]


@every_source
def test_a_mark_changes_no_value(source: Callable[[], bytes]) -> None:
    before = seen(source())
    after = unmarked(seen(marked_at(source(), found("Isi '24 A", "C3"), found("Lain", "A1"))))

    assert values(after) == values(before)
    assert [sheet.name for sheet in after.sheets] == [sheet.name for sheet in before.sheets]
    assert [(sheet.merges, sheet.notes) for sheet in after.sheets] == [
        (sheet.merges, sheet.notes) for sheet in before.sheets
    ]
    assert after.names == before.names


@every_source
def test_only_the_parts_that_show_something_change(source: Callable[[], bytes]) -> None:
    before = parts_of(source())
    after = parts_of(marked_at(source(), found("Isi '24 A", "C3")))
    touched = {name for name in before if after[name] != before[name]}

    assert list(after)[: len(before)] == list(before)
    assert {name for name in touched if "omments" not in name and not name.endswith((".vml", ".rels"))} == {
        "[Content_Types].xml", "xl/styles.xml", "xl/workbook.xml", SHEET,
    }  # fmt: skip


def test_a_changed_sheet_differs_in_the_cell_alone() -> None:
    before, after = (parts_of(data)[SHEET] for data in (rich(), marked_at(rich(), found("Isi '24 A", "C3"))))

    assert re.sub(rb'(<c r="C3") s="\d+"', rb"\1", after) == re.sub(rb'(<c r="C3") s="\d+"', rb"\1", before)


def test_the_rest_of_a_cells_format_stays() -> None:
    page = opened(marked_at(rich(), found("Isi '24 A", "A1")))["Isi '24 A"]

    assert (page["A1"].font.b, page["A1"].border.left.style, page["B1"].fill.fgColor.rgb) == (
        True, "thin", "FFFFFF00",
    )  # fmt: skip


def test_the_worst_finding_colours_the_cell_and_the_note_tells_all() -> None:
    data = marked_at(rich(), found("Lain", "A9", Severity.NOTE, "satu"), found("Lain", "A9", words="dua"))

    assert colours(data, "Lain")["A9"] == "FFFEC0C0"
    assert re.findall("satu|dua", notes(data, "Lain")["A9"]) == ["satu", "dua"]


def test_an_existing_note_keeps_its_text_and_gets_ours_below() -> None:
    text = notes(marked_at(rich(), found("Isi '24 A", "B2")), "Isi '24 A")["B2"]

    assert text.startswith("catatan lama\n— rak —\nsalah RAK999")


def test_a_covered_cell_marks_its_merge() -> None:
    data = marked_at(rich(), found("Isi '24 A", "B13"), found("Isi '24 A", "A12", words="dua"))

    assert set(notes(data, "Isi '24 A")) == {"B2", "D9", "A12"}
    assert notes(data, "Isi '24 A")["A12"].count("RAK999") == 2


@pytest.mark.parametrize("cell", ["A1", "E3", "C5", "A20", "XFD1048576"])
def test_a_cell_that_is_not_there_is_made_in_its_place(cell: str) -> None:
    def fill(page: Worksheet) -> None:
        page["B3"], page["D3"], page["B7"] = "b", "d", "x"

    data = marked_at(plain(fill), found("RAK", cell))
    sheet = parts_of(data)[SHEET].decode()
    cells = [coordinate_to_tuple(one) for one in re.findall(r'<c r="(\w+)"', sheet)]

    assert cells == sorted(cells)
    assert cell in notes(data, "RAK")
    assert values(unmarked(seen(data))) == values(seen(plain(fill)))


def test_a_cell_that_is_made_looks_like_its_row_or_column() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        page = book.add_worksheet("RAK")
        page.set_column("B:C", 20, book.add_format({"italic": True}))
        page.set_row(4, 30, book.add_format({"bold": True}))
    page = openpyxl.load_workbook(
        io.BytesIO(marked_at(made.getvalue(), found("RAK", "C2"), found("RAK", "C5"), found("RAK", "D9")))
    )["RAK"]

    assert [(page[cell].font.b, page[cell].font.i) for cell in ("C2", "C5", "D9")] == [
        (False, True), (True, False), (False, False),
    ]  # fmt: skip


def test_cells_and_rows_without_addresses_keep_their_places() -> None:
    rows = (
        b'<row><c><v>1</v></c><c r="D1"><v>4</v></c><c><v>5</v></c></row>'
        b'<row r="5"><c><v>5</v></c></row><row><c><v>6</v></c></row>'
    )
    before = changed(
        plain(lambda _: None), SHEET, (b"<sheetData></sheetData>", b"<sheetData>" + rows + b"</sheetData>")
    )
    after = marked_at(before, found("RAK", "B1"), found("RAK", "D3"), found("RAK", "B6"), found("RAK", "E1"))

    assert values(unmarked(seen(after))) == values(seen(before))
    assert set(notes(after, "RAK")) == {"B1", "D3", "B6", "E1"}


def test_findings_without_a_cell_are_listed_too() -> None:
    data = marked_at(rich(), found(None, words="berkas"), found("Tidak ada", "A1"), found("Bagan", "A1"))
    listed = opened(data)["Temuan"]

    assert [cell.value for cell in listed["D"]] == ["Temuan", "berkas", "salah", "salah"]
    assert listed["C2"].hyperlink is None


def test_the_list_takes_a_name_that_is_free() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("temuan")
    made = io.BytesIO()
    book.save(made)

    assert opened(marked_at(made.getvalue())).sheetnames == [
        "Sheet", "temuan", "Temuan (2)",
    ]  # fmt: skip


def test_what_looks_like_markup_stays_text() -> None:
    words = "<b>&amp; _x0041_ \x02 ]]> \"'"
    data = marked_at(rich(), found("Lain", "A1", words=words))

    assert "<b>&amp; _x0041_ \\x02 ]]> \"'" in seen(data).sheets[1].notes[1, 1]
    assert seen(data).sheets[-1].rows[2][4].text == "<b>&amp; _x0041_ \\x02 ]]> \"'"


def test_a_thread_of_comments_is_left_alone() -> None:
    data = changed(rich(), "xl/comments1.xml", (b"<author>Budi</author>", b"<author>tc={0-0}</author>"))
    after = marked_at(data, found("Isi '24 A", "B2"), found("Isi '24 A", "D9"))

    assert notes(after, "Isi '24 A")["B2"] == "catatan lama"
    assert colours(after, "Isi '24 A")["B2"] == "FFFEC0C0"
    assert FENCE in notes(after, "Isi '24 A")["D9"]


def test_a_prefix_and_another_encoding_are_no_hindrance() -> None:
    """Programs built on Microsoft's own library write `<x:c>`."""
    parts = parts_of(plain(lambda page: page.append(["é", 2])))
    for name in (SHEET, "xl/styles.xml", "xl/workbook.xml"):
        text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", parts[name].decode())
        parts[name] = text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').encode()
    parts[SHEET] = f'<?xml version="1.0" encoding="UTF-16"?>{parts[SHEET].decode()}'.encode("utf-16")
    data = marked_at(packed(parts), found("RAK", "A1"), found("RAK", "C4"))

    assert set(notes(data, "RAK")) == {"A1", "C4"}
    assert colours(data, "RAK") == {"A1": "FFFEC0C0", "C4": "FFFEC0C0"}
    assert values(unmarked(seen(data))) == values(seen(packed(parts)))


# --- marking again -------------------------------------------------------------------------------------


@every_source
def test_marking_again_changes_not_a_byte(source: Callable[[], bytes]) -> None:
    findings = (
        found("Isi '24 A", "C3"),
        found("Isi '24 A", "B2"),
        found("Isi '24 A", "H30"),
        found("Lain", "A1"),
    )
    once = marked_at(source(), *findings)

    assert marked_at(once, *findings) == once


@every_source
def test_what_was_mended_gets_its_own_look_back(source: Callable[[], bytes]) -> None:
    once = marked_at(source(), found("Isi '24 A", "A1"), found("Isi '24 A", "C3"), found("Isi '24 A", "B2"))
    after = marked_at(once)

    assert colours(after, "Isi '24 A") == colours(source(), "Isi '24 A")
    assert notes(after, "Isi '24 A") == notes(source(), "Isi '24 A")


def test_colours_are_known_again_after_another_program_moved_and_saved_them() -> None:
    """A user mends the copy: inserts rows, saves it, and checks it again."""
    once = marked_at(
        written_by_openpyxl(), found("Isi '24 A", "A1"), found("Isi '24 A", "C3"), found("Lain", "F9")
    )
    book = opened(once)
    page = book["Isi '24 A"]
    page["C30"]._style = page["C3"]._style
    book["Temuan"].title = "Daftar"
    book.defined_names["RAK_Temuan"].value = book.defined_names["RAK_Temuan"].value.replace(
        "Temuan", "Daftar"
    )
    made = io.BytesIO()
    book.save(made)
    after = marked_at(made.getvalue(), found("Lain", "A1"))

    assert colours(after, "Isi '24 A") == {**colours(rich(), "Isi '24 A"), "C30": "FFFFC7CE"}
    assert opened(after).sheetnames == ["Isi '24 A", "Lain", "Bagan", "Daftar"]


def test_without_the_list_our_colours_and_notes_are_still_known() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(marked_at(plain(lambda page: page.append([1])), found("RAK", "A1")))
    )
    del book["Temuan"]
    made = io.BytesIO()
    book.save(made)
    after = marked_at(made.getvalue())

    assert (colours(after, "RAK"), notes(after, "RAK")) == ({}, {})


def test_what_a_user_wrote_below_our_note_stays() -> None:
    once = marked_at(rich(), found("Isi '24 A", "C3"))
    more = changed(
        once, "xl/comments1.xml", (f"\n{FENCE}</t>".encode(), f"\n{FENCE}\nsudah saya tanya</t>".encode())
    )

    assert notes(marked_at(more), "Isi '24 A")["C3"].strip() == "sudah saya tanya"


def test_a_copy_is_known_until_somebody_saves_it() -> None:
    once = marked_at(rich(), found("Lain", "A1"))
    saved = io.BytesIO()
    opened(once).save(saved)

    assert [is_marked(data) for data in (once, saved.getvalue(), rich(), b"", b"PK\x03\x04")] == [
        True, False, False, False, False,
    ]  # fmt: skip


# --- what cannot be done -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "before", "after", "code"),
    [
        (SHEET, b"<sheetData", b"<sheetDatum", "RAK037"),
        (SHEET, b"<worksheet", b"<!DOCTYPE a><worksheet", "RAK041"),
        ("xl/workbook.xml", b"sheets>", b"sheetz>", "RAK046"),
        ("xl/comments1.xml", b"commentList>", b"list>", "RAK046"),
        ("xl/drawings/vmlDrawing1.vml", b"</xml>", b"", "RAK046"),
        ("xl/worksheets/_rels/sheet1.xml.rels", b"../comments1.xml", b"../comments9.xml", "RAK046"),
    ],
)  # fmt: skip
def test_a_part_that_cannot_be_spliced_surely_is_told_and_nothing_is_made(
    part: str, before: bytes, after: bytes, code: str
) -> None:
    data = changed(rich(), part, (before, after))

    assert refusal(lambda: marked_at(data, found("Isi '24 A", "C3"))) == [code]


@pytest.mark.parametrize("encoding", [b"x-none", b"utf-7", b"shift_jis", b"hex"])
def test_an_encoding_declared_behind_a_mark_of_utf8_is_told(encoding: bytes) -> None:
    data = changed(rich(), "xl/styles.xml", (b"<?xml", b"\xef\xbb\xbf<?xml"), (b"UTF-8", encoding))

    assert refusal(lambda: marked_at(data, found("Isi '24 A", "C3"))) == ["RAK046"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", rich()[:9000], b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_archive_is_told(data: bytes) -> None:
    assert refusal(lambda: marked_at(data)) == ["RAK031"]


def test_a_workbook_without_styles_gets_some() -> None:
    parts = parts_of(plain(lambda page: page.append([1])))
    del parts["xl/styles.xml"]
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", parts[rels])
    parts["[Content_Types].xml"] = re.sub(rb"<Override [^>]*styles[^>]*/>", b"", parts["[Content_Types].xml"])

    assert colours(marked_at(packed(parts), found("RAK", "A1")), "RAK") == {"A1": "FFFEC0C0"}


# --- the command ---------------------------------------------------------------------------------------

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "lahat-2024.yaml"


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The Lahat workbook in a folder to stand in, with a cost that is none in J9."""
    monkeypatch.chdir(tmp_path)
    book = opened(api.render(api.build(load(EXAMPLE).plans), ".xlsx"))
    book.worksheets[0]["J9"] = "64.80"
    book.save("rencana.xlsx")
    return Path("rencana.xlsx")


def run(*args: str) -> Result:
    return CliRunner().invoke(rak, ["check", *args])


def test_check_writes_the_copy_and_keeps_its_exit_code(workbook: Path) -> None:
    told = run("rencana.xlsx", "--mark", "tanda.xlsx")

    assert (told.exit_code, told.stderr.splitlines()[-1]) == (1, "ditandai: tanda.xlsx")
    assert "RAK110" in notes(Path("tanda.xlsx").read_bytes(), "Sekretariat")["J9"]
    assert load("tanda.xlsx").plans == load(workbook).plans


def test_a_copy_tells_the_same_as_its_original(workbook: Path) -> None:
    """Our own notes and list are no content of the plan."""
    run(str(workbook), "--mark", "tanda.xlsx")

    assert run("tanda.xlsx").stdout.replace("tanda", "rencana") == run("rencana.xlsx").stdout


def test_an_untouched_copy_is_written_over_and_an_edited_one_never(workbook: Path) -> None:
    assert [run(str(workbook), "--mark", "tanda.xlsx").exit_code for _ in range(2)] == [1, 1]
    opened(Path("tanda.xlsx").read_bytes()).save("tanda.xlsx")
    told = run(str(workbook), "--mark", "tanda.xlsx")

    assert told.exit_code == 2
    assert "RAK048" in told.stderr


@pytest.mark.parametrize(
    ("args", "exit_code", "code"),
    [
        (("rencana.xlsx", "--mark", "rencana.xlsx"), 2, "RAK021"),
        (("rencana.xlsx", "--mark", "./rencana.XLSX"), 1, ""),
        (("rencana.xlsx", "--mark", "tanda.xlsm"), 2, "RAK025"),
        (("rencana.xlsx", "rencana.xlsx", "--mark", "tanda.xlsx"), 2, "RAK047"),
        (("-", "--mark", "tanda.xlsx"), 2, "RAK047"),
        (("rencana.yaml", "--mark", "tanda.xlsx"), 2, "RAK047"),
        (("tidak-ada.xlsx", "--mark", "tanda.xlsx"), 4, "RAK001"),
    ],
)
def test_what_cannot_be_marked_is_told(
    workbook: Path, args: tuple[str, ...], exit_code: int, code: str
) -> None:
    told = run(*args)

    assert (told.exit_code, code in told.output, workbook.exists()) == (exit_code, True, True)
    assert not Path("tanda.xlsx").exists()


def test_a_workbook_with_macros_stays_one(workbook: Path) -> None:
    workbook.rename("rencana.xlsm")

    assert "“tanda.xlsx” tidak berakhir .xlsm" in run("rencana.xlsm", "--mark", "tanda.xlsx").stderr

    assert run("rencana.xlsm", "--mark", "tanda.xlsm").exit_code == 1
    assert is_marked(Path("tanda.xlsm").read_bytes())


# --- laws ----------------------------------------------------------------------------------------------

cells = st.builds(lambda row, column: (row, column), st.integers(1, 16), st.integers(1, 9))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(cells, st.sampled_from(list(Severity))), max_size=12),
    st.sampled_from(["rich", "saved"]),
)
def test_marking_keeps_every_value_and_taking_marks_out_every_look(
    places: list[tuple[tuple[int, int], Severity]], which: str
) -> None:
    """The copy is what the user goes on working with."""
    data = _KEPT[which]
    findings = [
        _at(row, column, severity, f"temuan {number}")
        for number, ((row, column), severity) in enumerate(places)
    ]
    once = marked_at(data, *findings)

    assert values(unmarked(seen(once))) == values(seen(data))
    assert marked_at(once, *findings) == once
    again = marked_at(once)
    assert colours(again, "Isi '24 A") == colours(data, "Isi '24 A")
    assert unmarked(seen(again)).sheets[0].notes == seen(data).sheets[0].notes


_KEPT: Final = {"rich": rich(), "saved": written_by_openpyxl()}


def _at(row: int, column: int, severity: Severity, words: str) -> Finding:
    return found("Isi '24 A", f"{get_column_letter(column)}{row}", severity, words)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The workbook with some bytes of one of its parts changed, cut or doubled."""
    parts = parts_of(data)
    name = chance.choice([one for one in parts if one.endswith((".xml", ".rels", ".vml"))])
    part = bytearray(parts[name])
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(part))
        match chance.randrange(4):
            case 0:
                part[at] = chance.choice(b"<>\"'/=0A &")
            case 1:
                del part[at : at + chance.randint(1, 40)]
            case 2:
                part[at:at] = part[at : at + chance.randint(1, 60)]
            case _:
                start = part.find(b"<", at)
                end = part.find(b">", start) + 1
                del part[start:end]
        if not part:
            break
    parts[name] = bytes(part)
    return packed(parts)


def test_whatever_stands_in_the_parts_there_is_a_copy_or_a_finding() -> None:
    chance = random.Random(4)
    outcomes = {"copy": 0, "finding": 0}
    once = marked_at(rich(), found("Isi '24 A", "C3"), found("Isi '24 A", "B2"))
    for _ in range(400):
        data = mutated(chance.choice([once, *_KEPT.values()]), chance)
        try:
            made = marked_at(data, found("Isi '24 A", "C3"), found("Isi '24 A", "B13"), found("Lain", "K4"))
        except RakError:
            outcomes["finding"] += 1
            continue
        outcomes["copy"] += 1
        before = read(data, "a.xlsx").book
        if before is not None:
            assert values(unmarked(seen(made))) == values(unmarked(before))

    assert min(outcomes.values()) > 40


def test_a_flipped_byte_of_the_archive_is_a_copy_or_a_finding() -> None:
    chance = random.Random(5)
    whole = rich()
    for _ in range(200):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        try:
            made = marked_at(bytes(data), found("Isi '24 A", "C3"))
        except RakError:
            continue
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            assert "xl/worksheets/sheet3.xml" in archive.namelist()
