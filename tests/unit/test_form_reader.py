"""What somebody types into the form is read for what it shows, or is told with its cell."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from properties.forms import KPU, Hand, unaccounted
from rak_excel import loading
from rak_excel.plan.canonical import content_hash
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.sheet import form, labels
from rak_excel.sheet.form_reader import read_form
from rak_excel.sheet.seen import Kind, Seen

TICKS: Final = (True, False, False, True)
RAPAT: Final = Kegiatan("Rapat", "100", TICKS, 5000, "Sekretariat")
ROW: Final = (
    "1",
    "Tersedianya data",
    "Persentase data",
    "100",
    "Rapat",
    "√",
    "",
    "",
    "√",
    "5000",
    "Sekretariat",
)
EMPTY: Final = (
    ("RAK106", "C2"),
    ("RAK106", "E2"),
    ("RAK106", "C3"),
    ("RAK106", "E3"),
    ("RAK106", "B11"),
)


def plan(*kegiatan: Kegiatan) -> Plan:
    goal = Sasaran("Tersedianya data", (Indikator("Persentase data", kegiatan or (RAPAT,)),))
    return Plan(2026, "KPU Kabupaten Lahat", (goal,), (Penandatangan("Ketua", "SARJANI"),))


def typed(*rows: tuple[str, ...]) -> Hand:
    """A form with its fields and these rows."""
    hand = Hand()
    hand.fields()
    for number, row in enumerate(rows or (ROW,), 11):
        hand.row(number, *row)
    return hand


def below(*texts: str) -> tuple[str, ...]:
    """A row whose sasaran, indikator and target are those above."""
    return ("", "", "", "", *texts)


# --- which workbook it is --------------------------------------------------------------------------------


def test_an_empty_form_says_what_is_not_filled_in_where_it_is_to_be_typed() -> None:
    assert tuple(Hand().codes()) == EMPTY


def test_a_filled_form_is_the_plan() -> None:
    loaded = typed().load()

    assert loaded.findings == ()
    assert loaded.plan == plan()
    assert loaded.filled is not None


def test_a_form_is_known_without_its_mark() -> None:
    """Google Sheets drops the properties of a workbook."""
    hand = typed()
    hand.properties.clear()

    assert hand.load().plan == plan()


def test_an_official_workbook_is_no_form() -> None:
    hand = typed()
    hand.properties.clear()
    hand.cells["_rak"] = {(1, 1): Seen("format"), (1, 2): Seen("1")}

    assert read_form(hand.book()) is None


def test_a_table_with_two_rows_of_headings_is_no_form() -> None:
    hand = typed()
    hand.properties.clear()
    for column in "FGHI":
        hand.put(f"{column}10", "Rencana Pelaksanaan" if column == "F" else "")
        hand.put(f"{column}11", f"T{'FGHI'.index(column) + 1}")

    assert read_form(hand.book()) is None


def test_a_table_without_the_fields_is_no_form() -> None:
    hand = typed()
    hand.properties.clear()
    hand.put("B2", "")

    assert read_form(hand.book()) is None


def test_a_form_of_a_newer_version_is_told() -> None:
    hand = typed()
    hand.properties["rak_form"] = "2"

    assert ("RAK107", "A1") in hand.codes()


# --- fields above the table ------------------------------------------------------------------------------


def test_the_fields_may_be_moved_and_renamed() -> None:
    hand = typed()
    for old, new, label, value in (
        ("B2", "G3", "TAHUN ANGGARAN:", "2027"),
        ("B3", "G4", "Unit Kerja", "KPU Kota"),
    ):
        hand.put(old, "")
        hand.put(f"C{old[1]}", "")
        hand.put(new, label)
        hand.put(f"H{new[1]}", value)

    assert (hand.load().plan.tahun, hand.load().plan.unit) == (2027, "KPU Kota")


def test_every_field_is_read() -> None:
    more = {
        "C4": "PERUBAHAN", "C5": "9.000", "C6": "A4", "E4": "198205062010122002", "E5": "Pembina",
        "E6": "Lahat", "E7": "2 Januari 2026", "E8": "Mengetahui,", "K2": "Sekretaris", "K3": "MERY",
    }  # fmt: skip
    hand = typed()
    hand.fields(**more)
    read = hand.load()
    first = Penandatangan(
        "Ketua", "SARJANI", "198205062010122002", "Pembina", "Lahat", "2 Januari 2026", "Mengetahui,"
    )

    assert [one.code for one in read.findings] == []
    assert read.plan == replace(
        plan(),
        judul="PERUBAHAN",
        pagu=9000,
        kertas="A4",
        penandatangan=(first, Penandatangan("Sekretaris", "MERY")),
    )


def test_the_second_signatory_alone_is_the_only_one() -> None:
    hand = typed()
    for cell in ("E2", "E3"):
        hand.put(cell, "")
    hand.fields(E2="", E3="", K2="Sekretaris", K3="MERY")
    (sheet,) = hand.read().sheets

    assert hand.load().plan.penandatangan == (Penandatangan("Sekretaris", "MERY"),)
    assert sheet.values["penandatangan[0].nama"] == (3, 11)
    assert [one["nama"] for one in sheet.spare] == [(3, 5)]


def test_signatories_are_counted_as_their_headings_say() -> None:
    hand = typed()
    hand.put("E1", "Penandatangan 2")
    hand.put("K1", "Penandatangan 1")
    hand.fields(K2="Sekretaris", K3="MERY")

    assert [one.nama for one in hand.load().plan.penandatangan] == ["MERY", "SARJANI"]


def test_keys_as_a_csv_has_them_are_labels_too() -> None:
    hand = typed()
    for cell, label in (("D2", "penandatangan.1.jabatan"), ("D3", "penandatangan.1.nama"), ("B3", "unit")):
        hand.put(cell, label)

    assert hand.load().plan == plan()


def test_a_label_that_was_misspelt_is_told_for_what_it_was_meant() -> None:
    hand = typed()
    hand.properties.clear()
    hand.properties["rak_form"] = "1"
    hand.put("B5", "Paguu")
    hand.put("C5", "9000", "number")
    read = hand.load()

    assert [(one.code, one.place and one.place.cell, one.suggestion) for one in read.findings] == [
        ("RAK101", "B5", "pagu")
    ]


def test_a_label_that_stands_twice_is_told() -> None:
    hand = typed()
    hand.put("G3", "Tahun")
    hand.put("H3", "2027")

    assert hand.codes() == [("RAK102", "G3")]


def test_a_note_of_ones_own_above_the_table_is_told_and_left_alone() -> None:
    hand = typed()
    hand.put("G4", "draf kedua")

    assert hand.codes() == [("RAK416", "G4")]
    assert unaccounted(hand) == []


@pytest.mark.parametrize(
    ("cell", "text", "kind", "code"),
    [
        ("E4", "1.98205062010122e+17", "number", "RAK116"),
        ("E4", "198205062010122", "number", "RAK115"),
        ("C2", "1905-07-18", "date", "RAK451"),
        ("C3", "#REF!", "error", "RAK450"),
        ("C3", "TRUE", "boolean", "RAK452"),
        ("C5", "0.5", "number", "RAK110"),
        ("C6", "A5", "text", "RAK121"),
        ("E7", "2026-01-02", "date", "RAK453"),
    ],
)
def test_a_field_that_holds_something_else_is_told_in_its_cell(
    cell: str, text: str, kind: Kind, code: str
) -> None:
    hand = typed()
    hand.put(cell, text, kind)

    assert hand.codes() == [(code, cell)]


# --- rows ------------------------------------------------------------------------------------------------


def test_a_blank_is_what_stands_above() -> None:
    hand = typed(ROW, below("Cetak", "", "√", "", "", "bersama", "Sekretariat"))
    second = Kegiatan("Cetak", "100", (False, True, False, False), "bersama", "Sekretariat")

    assert hand.load().plan == plan(RAPAT, second)


def test_cells_merged_downwards_mean_the_same_as_blanks() -> None:
    hand = typed(ROW, below("Cetak", "", "√", "", "", "bersama", "Sekretariat"))
    for column in "ABCD":
        hand.merge(f"{column}11:{column}12")

    assert hand.codes() == []
    assert len([*hand.load().plan.kegiatan]) == 2


def test_a_cost_merged_downwards_is_shared() -> None:
    hand = typed(ROW, below("Cetak", "√", "", "", "", "", "Sekretariat"))
    hand.merge("J11:J12")

    assert hand.codes() == []
    assert [one.biaya for one in hand.load().plan.kegiatan] == [5000, "bersama"]
    assert hand.load().plan.jumlah_biaya == 5000


def test_nil_merged_downwards_is_nil_in_each_row() -> None:
    hand = typed((*ROW[:9], "nihil", ROW[10]), below("Cetak", "√", "", "", "", "", "Sekretariat"))
    hand.merge("J11:J12")

    assert [one.biaya for one in hand.load().plan.kegiatan] == [None, None]


def test_a_doer_and_a_tick_merged_downwards_are_those_of_each_row() -> None:
    hand = typed(ROW, below("Cetak", "", "", "", "", "0", ""))
    hand.merge("K11:K12")
    hand.merge("F11:F12")
    second = [*hand.load().plan.kegiatan][1]

    assert hand.codes() == []
    assert (second.pelaksana, second.triwulan) == ("Sekretariat", (True, False, False, False))


def test_a_text_merged_over_rows_that_differ_is_told() -> None:
    hand = typed(ROW, below("", "√", "", "", "", "0", "Sekretariat"))
    hand.merge("E11:E12")

    assert ("RAK424", "E12") in hand.codes()
    assert [one.uraian for one in hand.load().plan.kegiatan] == ["Rapat", "Rapat"]


def test_a_tall_row_of_merged_cells_is_one() -> None:
    hand = typed(ROW)
    for column in "ABCDEFGHIJK":
        hand.merge(f"{column}11:{column}13")

    assert hand.load().plan == plan()


def test_a_tick_merged_sideways_is_not_guessed_at() -> None:
    hand = typed(ROW)
    hand.put("I11", "")
    hand.merge("F11:I11")

    assert hand.codes() == [("RAK419", "F11")]


def test_a_value_hidden_under_a_merge_is_told() -> None:
    """Excel drops it; LibreOffice and other programs keep it."""
    hand = typed(ROW, below("Cetak", "√", "", "", "", "0", "Sekretariat"))
    hand.merge("B11:B12")
    hand.put("B12", "Sasaran lain")

    assert hand.codes() == [("RAK410", "B12")]
    assert unaccounted(hand) == []


@pytest.mark.parametrize(
    ("text", "kind", "cost"),
    [
        ("5000", "number", 5000),
        ("5.000", "text", 5000),
        ("Rp 5.000,-", "text", 5000),
        ("5 000", "text", 5000),
        ("5\u00a0000", "text", 5000),
        ("0", "number", 0),
        ("-", "text", None),
        ("NIHIL", "text", None),
    ],
)
def test_a_cost_is_read_however_it_was_pasted(text: str, kind: Kind, cost: int | None) -> None:
    hand = typed()
    hand.put("J11", text, kind)

    assert hand.codes() == []
    assert [one.biaya for one in hand.load().plan.kegiatan] == [cost]


@pytest.mark.parametrize(
    ("cell", "text", "kind", "code"),
    [
        ("J11", "5.001", "number", "RAK110"),
        ("J11", "5", "percent", "RAK110"),
        ("J11", "lima juta", "text", "RAK110"),
        ("J11", "2026-01-05", "date", "RAK451"),
        ("J11", "#N/A", "error", "RAK450"),
        ("E11", "2026-01-05", "date", "RAK451"),
        ("K11", "TRUE", "boolean", "RAK452"),
        ("F11", "mungkin", "text", "RAK113"),
        ("F11", "2026-01-05", "date", "RAK451"),
    ],
)
def test_what_fits_no_field_is_told_in_its_cell(cell: str, text: str, kind: Kind, code: str) -> None:
    hand = typed()
    hand.put(cell, text, kind)

    assert (code, cell) in hand.codes()
    assert hand.load().ok is False


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("100", "percent", "100"),
        ("89.5", "percent", "89.5"),
        ("100", "number", "100"),
        ("1500", "number", "1500"),
        ("89,5 %", "text", "89.5"),
        ("2 Lap", "text", "2 Lap"),
    ],
)
def test_a_target_is_read_for_what_it_shows(text: str, kind: Kind, target: str) -> None:
    hand = typed()
    hand.put("D11", text, kind)

    assert [one.target for one in hand.load().plan.kegiatan] == [target]


def test_a_checkbox_of_excel_is_a_tick() -> None:
    hand = typed()
    hand.put("G11", "TRUE", "boolean")
    hand.put("I11", "FALSE", "boolean")

    assert [one.triwulan for one in hand.load().plan.kegiatan] == [(True, True, False, False)]
    assert hand.codes() == []


def test_a_formula_is_read_for_its_value_and_told() -> None:
    hand = typed()
    hand.put("J11", "6000", "number", "2*3000")

    assert hand.codes() == [("RAK412", "J11")]
    assert hand.load().plan.jumlah_biaya == 6000


def test_a_formula_without_a_value_is_an_error_and_nothing_else() -> None:
    hand = typed()
    hand.put("J11", "", "text", "2*3000", stored=False)

    assert hand.codes() == [("RAK411", "J11")]


def test_a_formula_for_a_field_without_a_value_is_an_error_and_nothing_else() -> None:
    hand = typed()
    hand.put("C2", "", "text", "YEAR(NOW())", stored=False)

    assert hand.codes() == [("RAK411", "C2")]


def test_a_total_that_was_never_calculated_is_no_fault() -> None:
    """Openpyxl saves formulas without their values."""
    hand = typed()
    hand.put("J9", "", "text", "SUM(J10:J10001)", stored=False)
    hand.put("K9", "", "text", "IF(ISNUMBER($C$5),$C$5-$J$9,0)", stored=False)

    assert hand.codes() == []


def test_a_total_that_was_typed_over_is_told_where_it_is_wrong() -> None:
    hand = typed()
    hand.put("J9", "5000", "number")
    right = hand.codes()
    hand.put("J9", "9000", "number")

    assert (right, hand.codes()) == ([], [("RAK414", "J9")])


def test_rows_beyond_the_room_are_read() -> None:
    hand = typed()
    hand.row(2000, *below("Cetak", "√", "", "", "", "7000", "Sekretariat"))

    assert hand.load().plan.jumlah_biaya == 12000


def test_blank_rows_are_passed_over() -> None:
    hand = typed()
    hand.row(20, *below("Cetak", "√", "", "", "", "7000", "Sekretariat"))

    assert len([*hand.load().plan.kegiatan]) == 2


def test_a_total_row_typed_below_is_told_and_left_out() -> None:
    hand = typed()
    hand.row(12, "", "", "", "", "JUMLAH", "", "", "", "", "5000", "")

    assert hand.codes() == [("RAK137", "E12")]


def test_headings_pasted_again_are_passed_over() -> None:
    hand = typed()
    for column in "ABCDEFGHIJK":
        hand.put(f"{column}12", hand.cells["Isian"][10, "ABCDEFGHIJK".index(column) + 1].text)

    assert hand.load().plan == plan()
    assert hand.codes() == []


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    hand = typed()
    hand.hidden_rows.update((3, 11))
    hand.hidden_columns.add(10)

    assert hand.codes() == [("RAK421", "J10"), ("RAK420", "A11")]
    assert hand.load().plan == plan()


def test_notes_on_cells_are_told() -> None:
    hand = typed()
    hand.notes[11, 5] = "tanya Pak Ketua"

    assert hand.codes() == [("RAK428", "E11")]


# --- columns and sheets of one's own ---------------------------------------------------------------------


def test_a_column_of_ones_own_is_told_with_what_it_holds() -> None:
    hand = typed()
    hand.put("L10", "Keterangan")
    hand.put("L11", "tunggu DIPA")
    (finding,) = hand.load().findings

    assert (finding.code, finding.place and finding.place.cell) == ("RAK126", "L10")
    assert unaccounted(hand) == []


def test_cells_without_a_heading_are_told_column_by_column() -> None:
    hand = typed()
    hand.put("M11", "cek")
    hand.put("M13", "cek lagi")
    hand.put("N12", "12", "number")

    assert hand.codes() == [("RAK415", "M11"), ("RAK415", "N12")]
    assert unaccounted(hand) == []


def test_columns_may_be_moved() -> None:
    hand = typed()
    cells = hand.cells["Isian"]
    for row in (10, 11):
        cells[row, 3], cells[row, 11] = cells[row, 11], cells[row, 3]

    assert hand.load().plan == plan()


def test_a_column_without_its_heading_is_told_and_so_are_its_cells() -> None:
    hand = typed()
    hand.put("K10", "")

    assert ("RAK128", "A10") in hand.codes()
    assert ("RAK415", "K11") in hand.codes()


def test_a_column_that_stands_twice_is_an_error() -> None:
    hand = typed()
    hand.put("L10", "Penanggung Jawab")
    hand.put("L11", "Ketua")

    assert hand.codes() == [("RAK127", "L10")]


def test_the_list_and_the_instructions_are_not_told() -> None:
    hand = typed()
    hand.cells["Daftar"][6, 1] = Seen("Sub Bagian Baru")

    assert hand.codes() == []


def test_what_is_typed_beside_the_list_or_into_the_instructions_is_told() -> None:
    hand = typed()
    hand.cells["Daftar"][2, 5] = Seen("nomor telepon")
    hand.cells["Petunjuk"][40, 1] = Seen("tanya Bu Mery")

    assert hand.codes() == [("RAK405", "A40"), ("RAK405", "E2")]
    assert unaccounted(hand) == []


def test_instructions_of_another_version_are_known_by_their_seal() -> None:
    hand = typed()
    hand.cells["Petunjuk"][3, 1] = Seen("2. Kalimat versi lama.")
    loud = hand.codes()
    texts = [cell.text for cell in hand.cells["Petunjuk"].values()]
    hand.properties["rak_form_guide"] = labels.seal(texts)

    assert (loud, hand.codes()) == ([("RAK405", "A3")], [])


def test_other_sheets_are_told_and_hidden_ones_louder() -> None:
    hand = typed()
    hand.cells["Lampiran"] = {(1, 1): Seen("rincian")}
    hand.cells["Lama"] = {(4, 2): Seen("rahasia")}
    hand.states["Lama"] = "hidden"

    assert hand.codes() == [("RAK405", "A1"), ("RAK406", "B4")]
    assert unaccounted(hand) == []


def test_a_copied_sheet_is_another_plan() -> None:
    book = form.book([(plan(), KPU), (replace(plan(), unit="KPU Kota Palembang"), KPU)])
    hand = Hand(book=book)
    loaded = hand.load()

    assert [one.unit for one in loaded.plans] == ["KPU Kabupaten Lahat", "KPU Kota Palembang"]
    assert loaded.findings == ()


def test_a_finding_says_on_which_sheet_it_is() -> None:
    hand = Hand(book=form.book([(plan(), KPU), (replace(plan(), tahun=0), KPU)]))
    (finding,) = hand.load().findings

    assert finding.place is not None
    assert (finding.place.sheet, finding.place.cell) == ("Isian 2", "C2")


def test_where_a_patch_must_write_is_told() -> None:
    (sheet,) = typed().read().sheets

    assert sheet.heading == 10
    assert (sheet.columns["kegiatan"], sheet.columns["triwulan[4]"]) == (5, 9)
    assert sheet.values["pagu"] == (5, 3)


# --- nothing is lost -------------------------------------------------------------------------------------


def test_every_cell_of_a_form_is_read_decoration_or_told() -> None:
    hand = typed(ROW, (*ROW[:3], "90", "Cetak", "", "x", "", "", "bersama", "Sekretariat"))
    hand.put("A5", "?")
    hand.put("D9", "catatan")
    hand.put("L12", "di luar")
    hand.put("A400", "3", "number")

    assert unaccounted(hand) == []


def test_the_account_sees_what_is_lost() -> None:
    """The judge must be able to find a fault."""
    hand = typed()
    hand.put("M11", "cek")

    assert unaccounted(hand, ()) == [("Isian", (11, 13), "cek")]


def test_the_plan_of_a_form_has_the_hash_of_the_plan() -> None:
    plans = loading.load("examples/lahat-2024.yaml").plans

    assert [content_hash(Hand(one).load().plans) for one in plans] == [content_hash((one,)) for one in plans]
