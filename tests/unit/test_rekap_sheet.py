"""The recapitulation and the report as listings: what stands where, and sums that agree or say so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import recaps
from rak_excel import rules
from rak_excel.findings import Language, Place
from rak_excel.sheet import rekap, temuan
from rak_excel.sheet.listing import SIZE, Column, Live
from rak_excel.sheet.rekap_grafik import MOST

if TYPE_CHECKING:
    from conftest import Golden
    from rak_excel.plan.consolidation import Consolidation
    from rak_excel.sheet.listing import Listing, ListingBook, Value

CASES: Final = Path(__file__).parents[1] / "cases" / "rekap"
LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")
BOTH: Final = pytest.mark.parametrize("language", LANGUAGES)


def sheets(book: ListingBook) -> dict[str, Listing]:
    return {sheet.name: sheet for sheet in book.listings}


def sheet(made: Consolidation, name: str, language: Language = "id") -> Listing:
    return sheets(rekap.book(made, language))[name]


def column(of: Listing, heading: str) -> list[Value]:
    number = [one.heading for one in of.columns].index(heading)
    return [row[number] for row in of.rows()]


def texts(of: Listing) -> list[str]:
    values = [spot.value.result if isinstance(spot.value, Live) else spot.value for spot in of.spots]
    return [value for value in values if isinstance(value, str)]


# --- the whole ---------------------------------------------------------------------------------------------


@BOTH
def test_the_recapitulation_of_two_units_and_two_that_lack(language: Language, golden: Golden) -> None:
    made = recaps.usual(units=2, each=5)

    golden(CASES / f"dua-unit.{language}.txt", recaps.dump(rekap.book(made, language)))


def test_sheets_are_called_the_same_in_both_languages() -> None:
    names = [list(sheets(rekap.book(recaps.usual(), language))) for language in LANGUAGES]

    assert names[0] == names[1] == [
        "Rekap", "Grafik", "Per Pelaksana", "Per Sasaran", "Per Triwulan", "Semua Kegiatan", "Temuan",
        "Berkas",
    ]  # fmt: skip


@BOTH
def test_no_table_has_two_headings_alike_or_a_blank_one(language: Language) -> None:
    """Excel would repair the workbook."""
    for of in rekap.book(recaps.usual(), language).listings:
        headings = [one.heading.lower() for one in of.columns]
        assert len(set(headings)) == len(headings)
        assert all(heading.strip() and "\n" not in heading for heading in headings)


def test_every_table_of_a_book_has_a_name_of_its_own() -> None:
    names = Counter(of.table.lower() for of in rekap.book(recaps.usual()).listings)

    assert max(names.values()) == 1


def test_every_total_is_the_sum_of_its_column() -> None:
    for of in rekap.book(recaps.usual(units=5, each=14)).listings:
        rows = [*of.rows()]
        for number, total in enumerate(of.total()):
            if isinstance(total, Live):
                several = [row[number] for row in rows]
                assert total.result == pytest.approx(
                    sum(one for one in several if isinstance(one, int | float))
                )


def test_nothing_at_all_makes_a_recapitulation_too() -> None:
    made = recaps.recap([], ["belum"])

    assert column(sheet(made, "Rekap"), "% dari jumlah") == [0]
    assert [*sheet(made, "Semua Kegiatan").rows()] == []
    assert rekap.book(replace(made, tahun=None, units=())).title == "Rekapitulasi rencana aksi kinerja"


# --- sums that agree, or say that they do not ------------------------------------------------------------


def test_sheets_that_come_to_the_same_say_so() -> None:
    of = sheet(recaps.usual(), "Rekap")
    [verdict] = texts(replace(of, spots=tuple(one for one in of.spots if one.role == "vonis")))

    assert verdict.startswith("Jumlah semua lembar sama")


def test_a_sheet_that_comes_to_something_else_is_told_with_what_it_lacks() -> None:
    made = recaps.usual()
    short = made.pelaksana[0]._replace(
        biaya=made.pelaksana[0].biaya - 7, kegiatan=made.pelaksana[0].kegiatan - 1
    )
    rekap_sheet = sheet(replace(made, pelaksana=(short, *made.pelaksana[1:])), "Rekap")
    row = next(spot.row for spot in rekap_sheet.spots if spot.value == "Per Pelaksana")
    apart = [
        spot.value.result
        for spot in rekap_sheet.spots
        if spot.row == row and isinstance(spot.value, Live) and spot.value.text.count("-") == 1
    ]

    assert "JUMLAH ANTARLEMBAR BERBEDA" in "".join(texts(rekap_sheet))
    assert apart == [-1, -7]


def test_rows_that_do_not_come_to_the_units_are_never_written() -> None:
    made = recaps.usual()
    lacking = replace(made, rows=lambda: iter([*made.rows()][1:]))

    with pytest.raises(ValueError, match="rows come to"):
        list(sheet(lacking, "Semua Kegiatan").rows())


def test_no_formula_has_a_text_that_excel_takes_for_too_long() -> None:
    """255 characters of one text, 8,192 of a formula."""
    for of in rekap.book(recaps.usual(units=MOST + 9)).listings:
        formulas = [one.formula for one in of.columns]
        formulas += [spot.value.text for spot in of.spots if isinstance(spot.value, Live)]
        assert max(map(len, formulas)) < 8_192
        assert max(len(text) for formula in formulas for text in formula.split('"')[1::2] or [""]) <= 255


# --- the sheets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("units", "rows", "bars"),
    [(2, 4, 4), (MOST - 1, MOST + 1, MOST + 1), (MOST, MOST + 1, MOST), (200, MOST + 1, MOST)],
)
def test_the_picture_shows_as_many_units_as_can_be_read(units: int, rows: int, bars: int) -> None:
    """Two more units have sent nothing: they are shown while there is room."""
    made = recaps.usual(units, each=2)
    grafik = sheet(made, "Grafik")
    chart = grafik.charts[0].series
    costs = [int(str(one)) for one in column(grafik, "Biaya (Rp)")]

    assert len(costs) == grafik.frame.length == rows
    assert len(chart.numbers) == len(chart.labels) == bars
    assert sum(costs) == made.biaya
    assert list(chart.numbers) == costs[:bars] == sorted(chart.numbers, reverse=True)


def test_units_without_any_cost_are_shown_too() -> None:
    rows = [recaps.kegiatan(unit, 6) for unit in range(1, MOST + 9)]

    assert len(sheet(recaps.recap(rows), "Grafik").charts[0].series.numbers) == MOST


def test_units_beyond_the_greatest_are_one_row_and_no_bar() -> None:
    """As a bar 520 units would dwarf the others."""
    grafik, english = (sheet(recaps.usual(50), "Grafik", language) for language in LANGUAGES)

    assert column(grafik, "Unit")[-1] == "22 unit lainnya"
    assert column(english, "Unit")[-1] == "22 other units"
    assert grafik.charts[0].title.startswith("30 unit dengan biaya terbesar, dari 52 (")
    assert english.charts[0].title.startswith("The 30 units of greatest cost, of 52 (")


@pytest.mark.parametrize(
    ("most", "words"),
    [
        (9_000_000, "rupiah"),
        (90_000_000, "juta rupiah"),
        (90_000_000_000, "miliar rupiah"),
        (9 * 10**14, "triliun"),
    ],
)
def test_a_chart_counts_in_what_its_costs_come_to(most: int, words: str) -> None:
    row = recaps.kegiatan(1, 0, biaya=most, biaya_t1=most, biaya_t2=0, biaya_t3=0, biaya_t4=0)

    assert f"({words}" in sheet(recaps.recap([row]), "Grafik").charts[0].title


def test_a_doer_that_is_not_filled_in_has_a_name_on_the_sheet() -> None:
    assert "(tidak diisi)" in column(sheet(recaps.usual(), "Per Pelaksana"), "Pelaksana")


def test_a_text_like_another_is_shown_beside_it_and_not_joined() -> None:
    of = sheet(recaps.usual(), "Per Sasaran")

    assert column(of, "Mungkin sama dengan No.") == [None, None, 1]
    assert column(of, "Bunyi yang mirip")[2] == column(of, "Sasaran")[0]


def test_a_kegiatan_without_an_amount_of_its_own_has_none_on_the_sheet() -> None:
    row = recaps.kegiatan(1, 6)
    of = sheet(recaps.recap([row]), "Semua Kegiatan")

    assert column(of, "Biaya (Rp)") == [None]
    assert column(of, "Jenis biaya") == ["bersama"]


def test_units_that_have_sent_nothing_stand_among_the_files_too() -> None:
    of = sheet(recaps.usual(), "Berkas")

    assert column(of, "Status")[-1] == "belum mengirim"
    assert column(of, "Unit")[-1] == recaps.usual().units[3].unit


# --- links -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "cell", "shown"),
    [
        ("kiriman/a.xlsx", "E5", "buka"),
        ("-", "12", None),
        ("", "", None),
        ("x" * 240 + ".xlsx", "E5", None),
        ("#" * 100 + ".xlsx", "E5", None),
        ("a.yaml", "12", "buka"),
    ],
)
def test_a_row_has_a_link_where_one_can_lead_to_it(file: str, cell: str, shown: str | None) -> None:
    """A link of Excel has 255 characters, and standard input is no file."""
    lembar = "" if file.endswith("yaml") else "RAK 2026"
    row = recaps.kegiatan(1, 0, berkas=file, lembar=lembar, sel=cell)

    assert column(sheet(recaps.recap([row]), "Semua Kegiatan"), "Tautan") == [shown]


# --- the report of a check -------------------------------------------------------------------------------

FOUND: Final = (
    rules.STRIP_TANPA_KUTIP.at(place=Place(31, 14)).placed(None, "b.yaml"),
    rules.BERKAS_KOSONG.at(place=Place(1, 1)).placed(None, "b.yaml"),
    rules.STRIP_TANPA_KUTIP.at(place=Place(7, 2, "RAK 2026")).placed(None, "a #1.xlsx"),
    rules.SIMPANAN_RUSAK.at(value="x"),
)
FILES: Final = (
    temuan.Checked("a #1.xlsx", "buku kerja", ("KPU Kabupaten Lahat", "Sekretariat"), 28),
    temuan.Checked("b.yaml", "YAML", ("KPU Kota Jambi",), 0),
    temuan.Checked("benar.csv", "CSV", ("KPU Provinsi Jambi",), 12),
)


@BOTH
def test_the_report_of_three_files(language: Language, golden: Golden) -> None:
    made = temuan.report(FILES, lambda: iter(FOUND), 2026, language)

    golden(CASES / f"laporan.{language}.txt", recaps.dump(made))


def test_the_report_puts_the_worst_and_most_frequent_first() -> None:
    summary = sheets(temuan.report(FILES, lambda: iter(FOUND), 2026))["Ringkasan"]

    assert column(summary, "Kode") == ["RAK013", "RAK002", "RAK630"]
    assert column(summary, "Banyak") == [2, 1, 1]
    assert column(summary, "Berkas") == [2, 1, 1]


def test_a_report_without_findings_says_so() -> None:
    made = sheets(temuan.report(FILES, lambda: iter(()), 2026))

    assert texts(made["Temuan"])[1] == "3 berkas, 4 rencana: 0 salah, 0 peringatan, 0 catatan"
    assert [*made["Ringkasan"].rows()] == []


def test_a_very_long_text_is_quoted_as_far_as_it_tells_which_is_meant() -> None:
    long = replace(FOUND[3], value="panjang " * 9_000)
    told = column(sheets(temuan.report(FILES, lambda: iter([long]), 2026))["Temuan"], "Tertulis")

    assert told == ["panjang " * 37 + "panj…"]


def test_a_row_is_as_high_as_its_longest_text() -> None:
    made = sheets(temuan.report(FILES, lambda: iter(FOUND), 2026))["Berkas"]
    assert made.height is not None
    heights = [made.height(row) for row in made.rows()]

    assert heights[0] > heights[1] == heights[2]  # two units, one below the other


def test_a_path_is_given_a_line_more_where_it_cannot_begin_on_one() -> None:
    """LibreOffice draws three lines of this: the words, the path up to its last hyphen, the rest."""
    points = temuan.fitted([Column("Keterangan", "teks", 46)])
    path = "rekap/daerah-istimewa-yogyakarta/kpu-kabupaten-bantul.xlsx"

    assert points([f"sama isinya dengan {path}"]) > 3 * 1.118 * SIZE + 2 > points(["satu\ndua"])
