"""`rak layout new`: a workbook's form as a layout of ours, with what was guessed and what has no place."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import pytest
from openpyxl.styles import Alignment, Color, Font, PatternFill

from commands import run
from rak_excel import api, drafting, loading
from rak_excel.files import xlsx_reader

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from rak_excel.sheet.layout import Layout
    from rak_excel.sheet.seen import Dress

ROOT: Final = Path(__file__).parents[2]
EXAMPLES: Final = ROOT / "examples"


pytestmark = pytest.mark.usefixtures("own_folder")


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def made(data: bytes, name: str = "asing.xlsx") -> drafting.Made:
    return drafting.drafted("-", name, given=data)


def layout_of(data: bytes) -> Layout:
    """The drafted layout, in which nothing is found wrong."""
    draft = made(data)
    read = loading.read_layout(draft.data, "a.yaml")
    assert [one.message("en") for one in read.findings] == []
    assert read.layout is not None
    return read.layout


# --- a form of ours comes back ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", loading.layout_names())
def test_what_a_layout_draws_is_drafted_as_that_layout(name: str) -> None:
    """But for what the workbook does not show: fewer signatories than the form has room for."""
    plan = loading.load(EXAMPLES / f"{'lahat-2024' if name == 'kpu' else name}.yaml")
    data, _ = api.workbook(plan)
    old, new = plan.layouts[0], layout_of(data)
    signing = len(plan.plans[0].penandatangan)

    assert new.columns == old.columns
    assert (new.font, new.size, new.looks, new.tick) == (old.font, old.size, old.looks, old.tick)
    assert (new.title, new.info) == (old.title, old.info)
    assert (new.total, new.total_fields) == (old.total, old.total_fields)
    assert new.column_numbers == old.column_numbers
    assert new.page == old.page
    assert new.signature.blocks[signing] == old.signature.blocks[signing]
    assert new.signature.opening == old.signature.opening
    assert (new.signature.space, new.signature.below) == (old.signature.space, old.signature.below)
    assert b"diduga:" not in made(data).data


# --- a form of somebody else -----------------------------------------------------------------------------

HEADS: Final[list[Any]] = [
    "Sasaran",
    "Indikator",
    "Target",
    "Rencana Aksi",
    "TW I",
    "TW II",
    "TW III",
    "TW IV",
    "Pagu",
    "PIC",
]
ROW: Final[list[Any]] = ["Layanan", "Persentase layanan", 80, "Rapat", "v", None, None, None, 1500000, "Umum"]


def small() -> tuple[Workbook, Worksheet]:
    """A table with its headings in row 4, and nothing told of how it looks."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"] = "RENCANA AKSI TAHUN 2025", "DINAS PERHUBUNGAN KOTA PALU"
    for row, values in ((4, HEADS), (5, ROW)):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column, value)
    sheet["I8"], sheet["I9"] = "Palu, 3 Januari 2025", "Kepala Dinas,"
    sheet["I13"], sheet["I14"] = "ANWAR SADAT", "NIP: 19700101 199503 1 004"
    return book, sheet


def lines(data: bytes) -> list[str]:
    return made(data).data.decode().splitlines()


def line(data: bytes, begin: str) -> str:
    (found,) = [one for one in lines(data) if one.lstrip().startswith(begin)]
    return found.strip()


def test_what_the_file_does_not_tell_is_guessed_and_says_so() -> None:
    data = saved(small()[0])

    assert line(data, "paper:") == "paper: F4   # diduga: kertas tidak disebut"
    assert line(data, "font:").endswith("# diduga: aslinya Calibri, yang lebarnya tidak dapat diukur")
    assert line(data, "columns:") == "columns:   # diduga: lebar kolom tidak disebut"
    assert "band: Triwulan" in line(data, "- {field: kegiatan.triwulan")
    assert line(data, "- {field: kegiatan.triwulan").endswith("# diduga: tidak ada judul di atas periodenya")
    assert layout_of(data).page.paper == "F4"


def test_titles_name_what_a_plan_tells_in_its_place() -> None:
    book, sheet = small()
    assert layout_of(saved(book)).title == ("{judul} TAHUN {tahun}", "{unit}")

    sheet["A2"] = "Unit Kerja : Bidang Angkutan"
    assert layout_of(saved(book)).info == ("Unit Kerja : {unit}",)


def test_a_title_in_one_line_or_one_cell_is_taken_apart() -> None:
    book, sheet = small()
    sheet["A1"], sheet["A2"] = "RENCANA AKSI TAHUN 2025 DINAS PERHUBUNGAN KOTA PALU", None
    assert layout_of(saved(book)).title == ("{judul} TAHUN {tahun} {unit}",)

    sheet["A1"] = "RENCANA AKSI\nTAHUN 2025\nDINAS PERHUBUNGAN KOTA PALU"
    assert layout_of(saved(book)).title == ("{judul}", "TAHUN {tahun}", "{unit}")


def test_the_signature_stands_where_it_stood_with_its_own_words() -> None:
    layout = layout_of(saved(small()[0]))
    fields = [column.field for column in layout.columns]
    ((first, last),) = layout.signature.blocks[1]

    assert fields[last] == "kegiatan.pelaksana"
    assert sum(column.width for column in layout.columns[first : last + 1]) >= 30
    assert layout.signature.above[0] == ("{tempat}, {tanggal}", "{tempat}", "{tanggal}")
    assert layout.signature.above[-1] == ("{jabatan},",)
    assert layout.signature.below[-1] == ("NIP: {nip}",)
    assert layout.signature.space == 3


def test_two_signatories_give_two_blocks_and_their_openings() -> None:
    book, sheet = small()
    sheet["A8"], sheet["A9"], sheet["A13"] = "Mengetahui,", "Wali Kota,", "H. HADIANTO"
    layout = layout_of(saved(book))

    assert sorted(layout.signature.blocks) == [1, 2]
    assert layout.signature.blocks[1] == layout.signature.blocks[2][1:]
    assert layout.signature.opening == {2: ("Mengetahui,", "")}


def test_a_heading_without_a_field_is_a_comment_and_a_finding_at_its_cell() -> None:
    book, sheet = small()
    sheet["K4"], sheet["L4"] = "Bukti Dukung", "Rencana Aksi"
    draft = made(saved(book))

    assert [(one.code, one.value, one.place and one.place.cell) for one in draft.findings] == [
        ("RAK305", "Bukti Dukung", "K4"),
        ("RAK305", "Rencana Aksi", "L4"),
    ]
    assert "  # - {field: ?, heading: Bukti Dukung, width: 8.5}   # K4: judulnya tidak dikenal" in (
        draft.data.decode().splitlines()
    )
    assert draft.exit == 0


def test_a_band_that_is_not_whole_is_told_column_by_column() -> None:
    book, sheet = small()
    sheet["H4"] = "Catatan"
    draft = made(saved(book))

    assert [one.place and one.place.cell for one in draft.findings] == ["E4", "F4", "G4", "H4"]
    assert not any(column.period for column in layout_of(saved(book)).columns)


def test_a_label_that_no_plan_fills_is_told() -> None:
    book, sheet = small()
    sheet["A3"] = "Nomor : 12/PR.01/2025"
    draft = made(saved(book))

    assert [(one.code, one.place and one.place.cell) for one in draft.findings] == [("RAK305", "A3")]


def test_values_or_ticks_or_money_in_the_periods_are_seen_by_what_stands_there() -> None:
    book, sheet = small()
    assert "kind: tick" in line(saved(book), "- {field: kegiatan.triwulan")
    sheet["E5"], sheet["F5"] = 25, 50
    assert "kind: value" in line(saved(book), "- {field: kegiatan.triwulan")
    for column in "EFGH":
        sheet[f"{column}4"] = f"Anggaran {sheet[f'{column}4'].value}"
        sheet[f"{column}5"] = 2_500_000
    assert "kind: rupiah" in line(saved(book), "- {field: kegiatan.anggaran_triwulan")


def test_a_table_that_is_too_wide_upright_is_laid_down() -> None:
    book, sheet = small()
    sheet.page_setup.orientation = "portrait"
    assert line(saved(book), "orientation:") == "orientation: portrait"

    for column in "ABCDIJ":
        sheet.column_dimensions[column].width = 45
    assert line(saved(book), "orientation:") == (
        "orientation: landscape   # diduga: tegak terlalu sempit untuk tabelnya"
    )


@pytest.mark.parametrize(
    ("footer", "expected"),
    [
        ('&C&"Arial,Bold"&8Hal. &P dari &N', 'footer: "Hal. {halaman} dari {jumlah_halaman}"'),
        ("&LTanya && jawab", 'footer: "Tanya & jawab"'),
        ("&R&D &P", 'footer: "{halaman}"   # diduga: tanggal, nama berkas atau gambarnya tidak ikut'),
        ("&C{rahasia}", 'footer: "(rahasia)"'),
    ],
)
def test_a_footer_keeps_its_words_and_page_numbers(footer: str, expected: str) -> None:
    book, _ = small()
    with_footer = footed(saved(book), footer)

    assert line(with_footer, "footer:") == expected
    assert made(with_footer).exit == 0


def footed(data: bytes, footer: str) -> bytes:
    """The workbook with a footer as Excel writes it."""
    told = footer.replace("&", "&amp;").replace('"', "&quot;")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                end = f"<headerFooter><oddFooter>{told}</oddFooter></headerFooter></worksheet>"
                part = part.replace(b"</worksheet>", end.encode())
            new.writestr(name, part)
    return stream.getvalue()


def test_a_text_of_the_file_cannot_become_more_than_a_text() -> None:
    """Quotes, braces, line breaks and comment signs of a heading stay within it."""
    book, sheet = small()
    sheet["J4"] = "PIC"
    sheet["D4"] = 'Rencana Aksi (a: "b", {c} # d)\nlayout: lain'
    sheet["K4"] = 'x}\n  - {field: nomor, heading: "No", width: 5}'
    sheet.title = "a\u2028b # c"
    layout = layout_of(saved(book))

    assert layout.name == "asing"
    assert [column.field for column in layout.columns if column.field == "nomor"] == []


def test_a_long_heading_is_written_as_soon_as_a_short_one() -> None:
    """Once the end of a word was looked for in every letter of it, over and over."""
    book, sheet = small()
    sheet["K4"] = "x" * 150 + ":"
    draft = made(saved(book))

    assert [one.place and one.place.cell for one in draft.findings] == ["K4"]
    assert draft.exit == 0


# --- how it looks ----------------------------------------------------------------------------------------


def dress_of(book: Workbook) -> Dress:
    read = xlsx_reader.read(saved(book), "a.xlsx", dressed=True)
    assert read.book is not None
    dress = read.book.sheets[0].dress
    assert dress is not None
    return dress


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        (Color(rgb="FFBDD7EE"), "#BDD7EE"),
        (Color(theme=4), "#4F81BD"),
        (Color(theme=4, tint=0.5999938962981048), "#B9CDE5"),
        (Color(theme=0, tint=-0.1499984740745262), "#D9D9D9"),
        (Color(indexed=22), "#C0C0C0"),
        (Color(indexed=64), ""),
        (Color(theme=40), ""),
    ],
)
def test_a_fill_is_the_colour_that_the_file_names_tinted_as_the_standard_says(
    colour: Color, expected: str
) -> None:
    book, sheet = small()
    sheet["A4"].fill = PatternFill("solid", fgColor=colour)

    assert dress_of(book).looks[4, 1].fill == expected


def test_fonts_and_alignment_are_those_of_the_cell() -> None:
    book, sheet = small()
    sheet["A4"].font = Font("Times New Roman", 11, bold=True, underline="single")
    sheet["A4"].alignment = Alignment(horizontal="center", vertical="top")
    look = dress_of(book).looks[4, 1]

    assert (look.font, look.size, look.bold, look.italic, look.underline) == (
        *("Times New Roman", 11, True, False, True),
    )
    assert (look.align, look.valign) == ("center", "top")


def test_nobody_pays_for_looks_who_does_not_ask() -> None:
    read = xlsx_reader.read(saved(small()[0]), "a.xlsx")

    assert read.book is not None
    assert [sheet.dress for sheet in read.book.sheets] == [None]


def test_a_damaged_theme_takes_away_its_colours_only() -> None:
    book, sheet = small()
    sheet["A4"].fill = PatternFill("solid", fgColor=Color(theme=4))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<kosong/>" if "theme" in name else old.read(name))

    assert made(stream.getvalue()).exit == 0
    assert b"fill:" not in made(stream.getvalue()).data


# --- the command -----------------------------------------------------------------------------------------


def test_the_file_is_made_beside_and_an_existing_one_only_with_force() -> None:
    Path("asing.xlsx").write_bytes(saved(small()[0]))

    assert run("layout", "new", "Dinas Kami", "--from", "asing.xlsx").exit_code == 0
    assert "layout: dinas-kami" in Path("Dinas Kami.yaml").read_text("utf-8").splitlines()
    assert run("layout", "check", "Dinas Kami.yaml").output == "1 berkas: 0 salah, 0 peringatan, 0 catatan\n"
    Path("a.yaml").write_bytes(b"catatan\n")
    again = run("layout", "new", "a.yaml", "--from", "asing.xlsx")
    assert "RAK020" in again.stderr
    assert Path("a.yaml").read_bytes() == b"catatan\n"
    assert run("layout", "new", "a.yaml", "--from", "asing.xlsx", "--force").exit_code == 0


def test_standard_input_and_output_take_part() -> None:
    data = saved(small()[0])
    found = run("layout", "new", "-", "--from", "-", given=data)

    assert found.exit_code == 0
    assert loading.read_layout(found.stdout.encode(), "a.yaml").layout is not None


@pytest.mark.parametrize("content", [b"PK\x03\x04 rusak", b"", saved(openpyxl.Workbook())])
def test_what_holds_no_table_makes_no_file(content: bytes) -> None:
    Path("a.xlsx").write_bytes(content)
    found = run("layout", "new", "a", "--from", "a.xlsx")

    assert found.exit_code in (1, 4)
    assert "salah RAK" in found.stderr
    assert found.stderr.endswith("tidak ada yang ditulis\n")
    assert not Path("a.yaml").exists()


def test_a_plan_built_with_the_draft_is_read_back_without_loss() -> None:
    """By what it carries, and by its headings and the draft alone."""
    Path("asing.xlsx").write_bytes(saved(small()[0]))
    assert run("layout", "new", "uji", "--from", "asing.xlsx").exit_code == 0
    told = run("init", "a.yaml", "--from", "asing.xlsx", "--tahun", "2026", "--layout", "uji.yaml")
    assert told.exit_code == 0
    assert run("build", "a.yaml").exit_code == 0

    assert run("import", "a.xlsx").stdout.endswith("tidak ada yang berubah dari asalnya\n")
    bare = openpyxl.load_workbook("a.xlsx")
    del bare["_rak"]
    Path("polos.xlsx").write_bytes(saved(bare))
    back = loading.load("polos.xlsx", "uji.yaml").unwrap()
    plan = loading.load("a.yaml").unwrap()
    assert (back.sasaran, back.penandatangan) == (plan.sasaran, plan.penandatangan)
    assert (back.judul, back.tahun, back.unit) == (plan.judul, plan.tahun, plan.unit)
