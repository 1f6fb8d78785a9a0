"""A form is data: kpu's file has no fault, every fault of another is told at its place, other forms work."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from rak_excel import api, loading
from rak_excel.plan.model import Band
from rak_excel.sheet import layout as layout_module
from rak_excel.sheet.grid import Cell, Formula
from rak_excel.sheet.layout import PAPERS, Layout, fill

if TYPE_CHECKING:
    from rak_excel.loading import LoadedLayout
    from rak_excel.sheet.grid import Sheet

KPU: Final = api.layout_text("kpu")
LINES: Final = KPU.split("\n")


def at(line: str, column: int = 1) -> tuple[int, int]:
    """The place in kpu's file of the one line that holds a text."""
    (number,) = [number for number, one in enumerate(LINES, 1) if line in one]
    return number, column


def changed(*changes: tuple[str, str]) -> str:
    text = KPU
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def read(text: str) -> LoadedLayout:
    return loading.read_layout(text.encode(), "uji.yaml")


def told(text: str) -> list[tuple[str, str, int, int]]:
    return [
        (one.code, one.path, one.place.line, one.place.column)
        for one in read(text).findings
        if one.place is not None
    ]


def laid_out(text: str) -> Layout:
    """The layout of a file in which nothing is found wrong."""
    made = read(text)
    assert [finding.message("en") for finding in made.findings] == []
    assert made.layout is not None
    return made.layout


# --- the official form ---------------------------------------------------------------------------------


def test_every_layout_that_comes_with_the_package_is_without_fault() -> None:
    assert [name for name in loading.layout_names() if loading.layout_named(name).findings] == []


def test_the_official_form_asks_for_what_its_columns_print() -> None:
    form = laid_out(KPU).form

    assert form.name == "kpu"
    assert form.bands == (Band("triwulan", "tick"),)
    assert form.percent is True
    assert form.signatories == 2
    assert form.fields == {
        "nomor",
        "sasaran.uraian",
        "indikator.uraian",
        "kegiatan.target",
        "kegiatan.uraian",
        "kegiatan.triwulan",
        "kegiatan.biaya",
        "kegiatan.pelaksana",
    }


def test_the_official_form_is_landscape_folio_with_the_ticks_of_the_document() -> None:
    made = laid_out(KPU)

    assert (made.page.paper, made.page.landscape, made.tick) == ("F4", True, "√")
    assert made.title == ("{judul}", "TAHUN {tahun}")
    assert made.info == ("Unit Organisasi : {unit}", "Tahun Anggaran : {tahun}")


def test_the_code_knows_no_column_of_the_official_form() -> None:
    """The headings stand in kpu.yaml alone; what other forms are called is data of the headings' module.

    A recapitulation is a form of its own, with headings of its own.
    """
    made = laid_out(KPU)
    words = {column.heading for column in made.columns} | {
        column.band for column in made.columns if column.band
    }
    words = {word for word in words if len(word) > 3} | {made.page.footer, *made.info}
    package = Path(layout_module.__file__).parents[1]
    sources = {
        path: path.read_text()
        for path in package.rglob("*.py")
        if path.name not in ("headings.py", "rekap_fields.py")
    }

    assert len(words) > 5
    assert [
        (path.name, word) for path, text in sources.items() for word in words if f'"{word}"' in text
    ] == []


# --- every fault at its place --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("layout: kpu\n", "layout: ^Kpu Baru\n", "RAK301", "layout"),
        ("version: 1", "version: ^satu", "RAK301", "version"),
        ("version: 1", "version: ^0", "RAK301", "version"),
        ("version: 1", "^versi: 1", "RAK101", "versi"),
        ("version: 1", "version: 1\n^version: 2", "RAK102", ""),
        ("  paper: F4", "  paper: ^A3", "RAK301", "page.paper"),
        ("orientation: landscape", "orientation: ^mendatar", "RAK301", "page.orientation"),
        ("{top: 1.5,", "{top: ^15,", "RAK301", "page.margins.top"),
        ("{top: 1.5,", "{^atas: 1.5,", "RAK101", "page.margins.atas"),
        ('"Halaman {halaman}', '^"Halaman {lembar}', "RAK303", "page.footer"),
        ('"Halaman {halaman}', f'^"{"Halaman " * 40}{{halaman}}', "RAK301", "page.footer"),
        ("{name: Arial,", "{name: ^Calibri,", "RAK301", "font.name"),
        ("size: 10}", "size: ^40}", "RAK301", "font.size"),
        ("size: 10}", "size: ^10pt}", "RAK301", "font.size"),
        ('["{judul}"', '[^"{jdul}"', "RAK303", "title"),
        ("{judul: {size: 12}}", "{^judl: {size: 12}}", "RAK101", "styles.judl"),
        ("{judul: {size: 12}}", "{judul: {^ukuran: 12}}", "RAK101", "styles.judul.ukuran"),
        ("{judul: {size: 12}}", "{judul: {size: ^99}}", "RAK301", "styles.judul.size"),
        ("{judul: {size: 12}}", "{judul: {bold: ^ya}}", "RAK301", "styles.judul.bold"),
        ("{judul: {size: 12}}", "{judul: {fill: ^merah}}", "RAK301", "styles.judul.fill"),
        ("{judul: {size: 12}}", "{judul: {align: ^tengah}}", "RAK301", "styles.judul.align"),
        ("{judul: {size: 12}}", "{judul: ^besar}", "RAK103", "styles.judul"),
        ("{field: nomor, ", "{field: ^nmor, ", "RAK301", "columns[0].field"),
        ("{field: nomor, ", "{^feld: nomor, ", "RAK101", "columns[0].feld"),
        ("{field: nomor, ", "{field: nomor, ^field: nomor, ", "RAK102", "columns[0]"),
        ("width: 5,  style: tengah, merge", "width: ^satu, merge", "RAK301", "columns[0].width"),
        ("width: 5,  style: tengah, merge", "width: ^1, merge", "RAK301", "columns[0].width"),
        ("style: tengah, merge", "style: ^miring, merge", "RAK301", "columns[0].style"),
        ("style: tengah, merge: sasaran", "style: tengah, merge: ^indikator", "RAK301", "columns[0].merge"),
        ("merge: bersama", "merge: ^sasaran", "RAK301", "columns[6].merge"),
        ("periods: [T1, T2, T3, T4]", "periods: ^[T1, T2, T3]", "RAK301", "columns[5]"),
        ("kind: tick", "kind: ^rupiah", "RAK301", "columns[5].kind"),
        ("style: centang", "style: ^teks", "RAK301", "columns[5].style"),
        ("{field: kegiatan.pelaksana", "^{field: kegiatan.biaya", "RAK102", "columns[7]"),
        ("field: kegiatan.biaya}", "field: ^kegiatan.biya}", "RAK303", "total.field"),
        ("field: kegiatan.biaya}", "field: ^kegiatan.target}", "RAK301", "total.field"),
        ("keep_with_rows: 2", "keep_with_rows: ^0", "RAK301", "signature.keep_with_rows"),
        ("space: 3 ", "space: ^3,5 ", "RAK301", "signature.space"),
        ("1: [[kegiatan.triwulan,", "1: [^[kegiatan.triwlan,", "RAK303", "signature.blocks.1"),
        ("1: [[kegiatan.triwulan, kegiatan.pelaksana]]", "1: [^[kegiatan.triwulan]]",
         "RAK301", "signature.blocks.1"),
        ("1: [[kegiatan.triwulan, kegiatan.pelaksana]]", "^1: []", "RAK301", "signature.blocks.1"),
        ("1: [[kegiatan.triwulan", "^satu: [[kegiatan.triwulan", "RAK301", "signature.blocks.satu"),
        ('"{jabatan},"', '^"{jabtan},"', "RAK303", "signature.above"),
        ('name: "{nama}"', 'name: ^"{nma}"', "RAK303", "signature.name"),
        ('"NIP. {nip}"', '^"NIP. {nik}"', "RAK303", "signature.below"),
        ("signature:\n", "signature: ^tidak\nx:\n", "RAK103", "signature"),
    ],
)  # fmt: skip
def test_a_fault_of_a_form_is_told_at_its_place(old: str, new: str, code: str, path: str) -> None:
    """The mark ^ shows where the finding must point."""
    before = changed((old, new)).partition("^")[0]
    place = before.count("\n") + 1, len(before) - before.rfind("\n")
    text = changed((old, new.replace("^", "", 1)))

    assert (code, path, *place) in told(text)
    assert read(text).layout is None


@pytest.mark.parametrize("key", ["layout", "version", "page", "font", "title", "columns", "signature"])
def test_a_form_without_a_part_that_it_needs_is_told(key: str) -> None:
    text = re.sub(rf"(?m)^{key}:.*\n(?:(?:[ #].*)?\n)*", "", KPU)

    assert ("RAK302", key) in [(code, path) for code, path, _, _ in told(text)]


def test_all_faults_of_a_form_come_out_of_one_run() -> None:
    text = changed(("version: 1", "version: x"), ("paper: F4", "paper: A3"), ("merge: bersama", "merge: apa"))

    assert [code for code, _, _, _ in told(text)] == ["RAK301", "RAK301", "RAK301"]


@pytest.mark.parametrize("columns", ["[]", "tidak", "{a: b}", "[teks]"])
def test_a_form_without_columns_is_told_and_never_taken_in_silence(columns: str) -> None:
    text = re.sub(r"(?m)^columns:\n(  - .*\n)+", f"columns: {columns}\n", KPU)

    assert read(text).layout is None
    assert [one.code for one in read(text).findings if one.path.startswith("columns")] != []


@pytest.mark.parametrize("text", ["", "# kosong\n", "- daftar\n", "a: [\n", "layout: kpu\n"])
def test_a_file_that_is_no_form_is_told(text: str) -> None:
    made = read(text)

    assert made.layout is None
    assert made.findings != ()


def test_two_forms_in_one_file_are_told() -> None:
    made = read(f"{KPU}---\n{KPU}")
    line = KPU.count("\n") + 2 + LINES.index("layout: kpu")

    assert made.layout is None
    assert [one.place.line for one in made.findings if one.place is not None] == [line]


@pytest.mark.parametrize(
    "blocks",
    [
        "[[nomor, kegiatan.pelaksana], [kegiatan.triwulan, kegiatan.pelaksana]]",
        "[[nomor, kegiatan.biaya], [kegiatan.biaya, kegiatan.pelaksana]]",
    ],
)
def test_signature_blocks_that_overlap_are_told(blocks: str) -> None:
    """Excel calls a workbook damaged when two merged ranges overlap."""
    old = "[[nomor, indikator.uraian], [kegiatan.triwulan, kegiatan.pelaksana]]"

    assert ("RAK301", "signature.blocks.2", *at(old, 5)) in told(changed((old, blocks)))


def test_a_form_has_blocks_for_every_number_of_signatories_up_to_its_most() -> None:
    text = re.sub(r"    1: \[\[.*\n", "", KPU)

    assert [(code, path) for code, path, _, _ in told(text)] == [("RAK302", "signature.blocks.1")]


def test_a_number_of_signatories_given_twice_is_told() -> None:
    text = changed(("    2: [[", "    1: [[kegiatan.biaya, kegiatan.pelaksana]]\n    2: [["))

    assert [code for code, _, _, _ in told(text)] == ["RAK102"]


def test_columns_too_wide_for_the_paper_are_told() -> None:
    text = re.sub(r"width: \d+", "width: 100", KPU)

    assert [code for code, _, _, _ in told(text)] == ["RAK304"]


def test_a_total_in_the_first_column_leaves_no_room_for_its_label() -> None:
    lines = [line for line in LINES if "field: kegiatan.biaya, " not in line]
    first = next(number for number, line in enumerate(lines) if "field: nomor" in line)
    biaya = next(line for line in LINES if "field: kegiatan.biaya, " in line)
    text = "\n".join([*lines[:first], biaya, *lines[first:]])

    assert [code for code, _, _, _ in told(text)] == ["RAK301"]


def test_a_form_refuses_aliases_like_any_yaml_of_ours() -> None:
    assert "RAK009" in [code for code, _, _, _ in told(changed(("version: 1", "version: &v 1")))]


# --- other forms ---------------------------------------------------------------------------------------

PLAN: Final = """\
rak: 1
tahun: 2026
unit: KPU Kabupaten Lahat
sasaran:
  - uraian: Tersedianya data
    indikator:
      - uraian: Persentase data yang tersedia
        target: 100
        kegiatan:
KEGIATAN
penandatangan:
  - {jabatan: Ketua, nama: SARJANI}
"""
FIELDS: Final = {
    "uraian": "Rapat",
    "triwulan": "[1, 3]",
    "biaya": "5000",
    "pelaksana": "Sekretariat",
}


def drawn(layout: str, folder: Path, plan: str = PLAN, **fields: str) -> Sheet:
    """The sheet of a plan on a form of its own; neither may have a fault."""
    laid_out(layout)
    path = folder / "uji.yaml"
    path.write_text(layout)
    one = ", ".join(f"{key}: {value}" for key, value in {**FIELDS, **fields}.items() if value)
    text = plan.replace("KEGIATAN", f"          - {{{one}}}")
    loaded = loading.load_bytes(text.encode(), "plan.yaml", str(path))
    assert [(finding.code, finding.message("en")) for finding in loaded.findings] == []
    (sheet,) = api.build(loaded.plans, loaded.layouts[0]).sheets
    return sheet


def body(sheet: Sheet) -> list[Cell]:
    rows = range(sheet.heading[1] + 1, sheet.table.last_row + 1)
    return sorted(cell for cell in sheet.visible() if cell.row in rows)


def row_of(sheet: Sheet) -> list[object]:
    return [cell.value for cell in body(sheet)]


def test_a_form_without_a_cost_column_has_no_total_and_asks_for_no_cost(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^total:.*\n|^  - \{field: kegiatan\.biaya.*\n", "", KPU)
    sheet = drawn(text, tmp_path, biaya="")

    assert row_of(sheet) == [
        1, "Tersedianya data", "Persentase data yang tersedia", 100, "Rapat", "√", None, "√",
        None, "Sekretariat",
    ]  # fmt: skip
    assert sheet.total is None
    assert sheet.prompts == ()
    assert not any(isinstance(cell.value, Formula) for cell in sheet.cells)


def test_a_form_without_a_kegiatan_column_has_one_row_an_indikator(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^  - \{field: kegiatan\.uraian.*\n", "", KPU)
    sheet = drawn(text, tmp_path, uraian="")

    assert row_of(sheet) == [
        1, "Tersedianya data", "Persentase data yang tersedia", 100, "√", None, "√",
        None, 5000, "Sekretariat",
    ]  # fmt: skip


def test_an_indikator_of_two_kegiatan_does_not_fit_a_form_without_that_column(tmp_path: Path) -> None:
    """Each indikator has exactly one kegiatan there; a second row would repeat its text."""
    path = tmp_path / "uji.yaml"
    path.write_text(re.sub(r"(?m)^  - \{field: kegiatan\.uraian.*\n", "", KPU))
    one = "          - {triwulan: [1], biaya: 5, pelaksana: A}"
    loaded = loading.load_bytes(PLAN.replace("KEGIATAN", f"{one}\n{one}").encode(), "plan.yaml", str(path))

    assert not loaded.ok


MONTHS: Final = "[Jan, Feb, Mar, Apr, Mei, Jun, Jul, Agt, Sep, Okt, Nov, Des]"
BAND: Final = (
    "field: kegiatan.triwulan,  band: Rencana Pelaksanaan, periods: [T1, T2, T3, T4], "
    "kind: tick, width: 5, style: centang"
)


MONEY: Final = (
    "field: kegiatan.anggaran_triwulan, band: Anggaran, periods: [K1, K2, K3, K4], kind: rupiah, width: 9"
)


def test_a_form_of_twelve_months_has_twelve_columns(tmp_path: Path) -> None:
    months = f"field: kegiatan.bulan, band: Jadwal, periods: {MONTHS}, kind: tick, width: 5"
    text = changed((BAND, months)).replace("[kegiatan.triwulan, ", "[kegiatan.bulan, ")
    sheet = drawn(text, tmp_path, triwulan="", bulan="[1, 12]")

    assert row_of(sheet)[5:17] == ["√", *[None] * 10, "√"]


def test_a_form_of_values_prints_numbers_and_texts(tmp_path: Path) -> None:
    text = changed((BAND, BAND.replace("kind: tick", "kind: value").replace("centang", "tengah")))
    sheet = drawn(text, tmp_path, triwulan="{1: 25, 2: '50,5%', 3: 2 Lap}")

    assert row_of(sheet)[5:9] == [25, 50.5, "2 Lap", None]
    assert sheet.choices == ()


def test_a_form_of_half_years_has_two_columns(tmp_path: Path) -> None:
    half = "field: kegiatan.semester, band: Semester, periods: [I, II], kind: tick, width: 5"
    text = changed((BAND, half)).replace("[kegiatan.triwulan, ", "[kegiatan.semester, ")
    sheet = drawn(text, tmp_path, triwulan="", semester="[2]")

    assert row_of(sheet)[5:7] == [None, "√"]


def test_a_form_may_hold_money_by_quarter_beside_the_ticks(tmp_path: Path) -> None:
    sheet = drawn(
        changed((BAND, f"{BAND}}}\n  - {{{MONEY}")), tmp_path, anggaran_triwulan="{1: 1.500, 4: 3.500}"
    )

    assert row_of(sheet)[5:13] == ["√", None, "√", None, 1500, None, None, 3500]


def test_a_total_row_can_sum_several_columns_of_money(tmp_path: Path) -> None:
    """Each has a live sum of its own; the cost's is the one that the ceiling watches."""
    text = changed(
        (BAND, f"{BAND}}}\n  - {{{MONEY}"),
        ("JUMLAH, field: kegiatan.biaya}", "JUMLAH, field: [kegiatan.anggaran_triwulan, kegiatan.biaya]}"),
    )
    plan = PLAN.replace("sasaran:", "pagu: 9000\nsasaran:")
    sheet = drawn(text, tmp_path, plan, anggaran_triwulan='{1: 1.500, 2: "-", 4: 3.500}')
    assert sheet.total is not None
    row = sheet.total.first_row
    told = [
        (cell.column, cell.columns, cell.value.result if isinstance(cell.value, Formula) else cell.value)
        for cell in sheet.visible()
        if cell.row == row
    ]

    assert told == [
        (0, 9, "JUMLAH"), (9, 1, 1500), (10, 1, 0), (11, 1, 0), (12, 1, 3500), (13, 1, 5000), (14, 1, None),
    ]  # fmt: skip
    assert sheet.total.first_column == 13
    assert (sheet.alarms[-1].cells, sheet.alarms[-1].formula) == (sheet.total, f"{sheet.total.a1}>9000")
    assert [one.cells.first_column for one in sheet.prompts] == [9, 10, 11, 12, 13]
    assert ["bersama" in one.formula for one in sheet.prompts] == [False] * 4 + [True]


def test_where_the_cost_is_not_summed_the_ceiling_watches_no_total(tmp_path: Path) -> None:
    text = changed(
        (BAND, f"{BAND}}}\n  - {{{MONEY}"),
        ("JUMLAH, field: kegiatan.biaya}", "JUMLAH, field: kegiatan.anggaran_triwulan}"),
    )
    plan = PLAN.replace("sasaran:", "pagu: 9000\nsasaran:")
    sheet = drawn(text, tmp_path, plan, anggaran_triwulan="{1: 1.500}")

    assert sheet.total is not None
    assert sheet.total.first_column == 9
    assert not any("9000" in one.formula for one in sheet.alarms)


def test_a_form_without_a_kegiatan_column_warns_of_rows_without_a_period(tmp_path: Path) -> None:
    sheet = drawn(re.sub(r"(?m)^  - \{field: kegiatan\.uraian.*\n", "", KPU), tmp_path, uraian="")
    row = sheet.heading[1] + 2

    assert sheet.alarms[0].formula.startswith(f'AND($C{row}<>"",COUNTA($E{row}:$H{row})')


OPENED: Final = "    2: [[nomor, indikator.uraian], [kegiatan.triwulan, kegiatan.pelaksana]]\n"
TWO: Final = PLAN.replace(
    "  - {jabatan: Ketua, nama: SARJANI}",
    "  - {jabatan: Ketua, nama: SARJANI}\n  - {jabatan: Sekretaris, nama: MERY, pengantar: 'Yang membuat,'}",
)


def test_a_form_can_print_its_own_words_above_its_signatories(tmp_path: Path) -> None:
    """The plan's own word is stronger; one signatory alone has no such word here."""
    text = changed((OPENED, f'{OPENED}  opening: {{2: ["Mengetahui,", "Pembuat,"]}}\n'))
    several = [cell.value for cell in drawn(text, tmp_path, TWO).visible() if cell.role == "penandatangan"]
    alone = [cell.value for cell in drawn(text, tmp_path).visible() if cell.role == "penandatangan"]

    assert several == ["Mengetahui,", "Yang membuat,", "Ketua,", "Sekretaris,"]
    assert alone == ["Ketua,"]


def test_two_signatories_stand_side_by_side(tmp_path: Path) -> None:
    plan = PLAN.replace(
        "  - {jabatan: Ketua, nama: SARJANI}",
        "  - {jabatan: Ketua, nama: SARJANI, pengantar: 'Mengetahui,'}\n"
        "  - {jabatan: Sekretaris, nama: MERY, nip: 198205062010122002, tempat: Lahat, tanggal: 2 Januari}",
    )
    sheet = drawn(KPU, tmp_path, plan)
    last = sheet.total.last_row if sheet.total is not None else 0
    signed = [
        (cell.row - last, cell.column, cell.columns, cell.value)
        for cell in sheet.visible()
        if cell.row > last
    ]

    assert signed == [
        (2, 0, 3, "Mengetahui,"),
        (3, 5, 6, "Lahat, 2 Januari"),
        (4, 0, 3, "Ketua,"),
        (4, 5, 6, "Sekretaris,"),
        (8, 0, 3, "SARJANI"),
        (8, 5, 6, "MERY"),
        (9, 5, 6, "NIP. 198205062010122002"),
    ]


def test_more_signatories_than_the_form_holds_are_an_error() -> None:
    text = PLAN.replace("  - {jabatan: Ketua, nama: SARJANI}", "  - {jabatan: K, nama: S}\n" * 3)
    one = "          - {uraian: Rapat, triwulan: 1, biaya: 5, pelaksana: A}"
    loaded = loading.load_bytes(text.replace("KEGIATAN", one).encode(), "plan.yaml")

    assert [finding.code for finding in loaded.findings] == ["RAK224"]


def test_a_row_of_column_numbers_belongs_to_the_heading(tmp_path: Path) -> None:
    sheet = drawn(KPU + "column_numbers: true\n", tmp_path)
    numbers = [cell for cell in sheet.visible() if cell.row == sheet.heading[1]]

    assert [cell.value for cell in numbers] == [str(number) for number in range(1, 12)]
    assert sheet.heading[1] - sheet.heading[0] == 2


def test_a_coloured_heading_and_other_looks_are_taken_over(tmp_path: Path) -> None:
    styles = 'styles: {judul: {size: 12}, kepala: {fill: "#D9E1F2", bold: false, valign: top}}'
    sheet = drawn(changed(("styles: {judul: {size: 12}}", styles)), tmp_path)

    assert (sheet.looks["kepala"].fill, sheet.looks["kepala"].bold, sheet.looks["kepala"].valign) == (
        "#D9E1F2",
        False,
        "top",
    )


@pytest.mark.parametrize(
    ("paper", "orientation", "points"),
    [
        ("F4", "landscape", 936),
        ("A4", "landscape", 841.9),
        ("A4", "portrait", 595.3),
        ("F4", "portrait", 612),
    ],
)
def test_the_print_scale_follows_paper_and_orientation(
    paper: str, orientation: str, points: float, tmp_path: Path
) -> None:
    text = changed(
        ("paper: F4", f"paper: {paper}"), ("orientation: landscape", f"orientation: {orientation}")
    )
    made = laid_out(text)
    sheet = drawn(text, tmp_path)
    room = points - 2 * 1.2 * 72 / 2.54

    assert (sheet.page.paper, sheet.page.landscape) == (paper, orientation == "landscape")
    assert made.paper_points[0] == pytest.approx(room)
    assert sheet.scale == int(100 * room / made.column_points)


def test_a_plan_may_ask_for_another_paper(tmp_path: Path) -> None:
    sheet = drawn(KPU, tmp_path, PLAN.replace("rak: 1\n", "rak: 1\nkertas: A4\n"))

    assert sheet.page.paper == "A4"
    assert sheet.scale == laid_out(changed(("paper: F4", "paper: A4"))).scale


def test_another_tick_is_drawn_and_offered(tmp_path: Path) -> None:
    sheet = drawn(KPU + "tick: v\n", tmp_path)

    assert row_of(sheet)[5:9] == ["v", None, "v", None]


def test_a_one_row_heading_suffices_where_no_band_is(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^  - \{field: kegiatan\.triwulan.*\n", "", KPU).replace(
        "kegiatan.triwulan,", "kegiatan.biaya,"
    )
    sheet = drawn(text, tmp_path, triwulan="")

    assert sheet.heading[0] == sheet.heading[1]


def test_every_column_that_the_family_of_forms_has_can_be_laid_out(tmp_path: Path) -> None:
    more = "".join(
        f"  - {{field: kegiatan.{field}, heading: {field}, width: 8}}\n"
        for field in ("kode", "satuan", "program", "sub_kegiatan")
    )
    text = changed(("\ntotal:", f"{more}\ntotal:"))
    sheet = drawn(text, tmp_path, kode="1.2", satuan="Dokumen", program="P", sub_kegiatan="S")

    assert row_of(sheet)[-4:] == ["1.2", "Dokumen", "P", "S"]


@pytest.mark.parametrize("ending", [".yaml", ".csv"])
def test_an_empty_input_can_be_made_for_every_form(ending: str, tmp_path: Path) -> None:
    lines = [
        line for line in LINES if not line.startswith("  - {field") or "nomor" in line or "indikator" in line
    ]
    text = (
        "\n".join(lines)
        .replace("total:", "#")
        .replace("kegiatan.triwulan, kegiatan.pelaksana", "nomor, nomor")
    )
    text = text.replace(
        "[[nomor, indikator.uraian], [nomor, nomor]]",
        "[[nomor, nomor], [indikator.uraian, indikator.uraian]]",
    )
    for form in (text, re.sub(r"(?m)^  - \{field: kegiatan\.uraian.*\n", "", KPU)):
        laid_out(form)
        path = tmp_path / "uji.yaml"
        path.write_text(form)

        assert b"indikator" in api.blank(ending, str(path), f"baru{ending}")


@pytest.mark.parametrize(
    ("field", "value"),
    [("target", "100"), ("uraian", "Rapat"), ("pelaksana", "Sekretariat"), ("biaya", "5000")],
)
def test_a_field_that_a_form_does_not_print_is_a_note(field: str, value: str, tmp_path: Path) -> None:
    """The paper will not show it, so the author is told; the workbook keeps it."""
    text = re.sub(rf"(?m)^  - {{field: kegiatan\.{field}.*\n", "", KPU)
    if field == "biaya":
        text = re.sub(r"(?m)^total:.*\n", "", text)
    path = tmp_path / "uji.yaml"
    path.write_text(
        text.replace("kegiatan.pelaksana]", "kegiatan.triwulan]") if field == "pelaksana" else text
    )
    one = ", ".join(f"{key}: {told_value}" for key, told_value in {**FIELDS, field: value}.items())
    loaded = loading.load_bytes(
        PLAN.replace("KEGIATAN", f"          - {{{one}}}").encode(), "plan.yaml", str(path)
    )

    assert [finding.code for finding in loaded.findings] == ["RAK223"]


# --- small words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "values", "text"),
    [
        ("NIP. {nip}", {"nip": "1"}, "NIP. 1"),
        ("NIP. {nip}", {"nip": ""}, ""),
        ("{a}, {b}", {"a": "x", "b": ""}, ""),
        ("{a}", {"a": "{b}", "b": "y"}, "{b}"),
        ("tetap", {}, "tetap"),
    ],
)
def test_a_template_is_filled_or_left_out(template: str, values: dict[str, str], text: str) -> None:
    assert fill(template, values) == text


@pytest.mark.parametrize(("paper", "size"), [("F4", (216, 330)), ("A4", (210, 297))])
def test_a_paper_has_its_real_size(paper: str, size: tuple[int, int]) -> None:
    assert (round(PAPERS[paper].short / 72 * 25.4), round(PAPERS[paper].long / 72 * 25.4)) == size
