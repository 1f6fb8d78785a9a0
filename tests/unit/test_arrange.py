"""A plan on its form: which cell stands where, over how many rows, how high, and what helps the editor."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

import pytest

from rak_excel import api, loading
from rak_excel.findings import RakError
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.sheet.arrange import TALLEST, arrange
from rak_excel.sheet.grid import Cell, Formula, Range
from rak_excel.sheet.measure import Measure

if TYPE_CHECKING:
    from rak_excel.findings import Finding
    from rak_excel.plan.model import Biaya
    from rak_excel.sheet.grid import Sheet
    from rak_excel.sheet.layout import Layout

TICKS: Final = (True, False, False, True)
SIGNED: Final = Penandatangan("Sekretaris", "MERY ANGGRAINY", "198205062010122002")
PIXEL: Final = 0.75


def kpu() -> Layout:
    made = loading.layout_named("kpu").layout
    assert made is not None
    return made


def row(uraian: str = "Rapat", biaya: Biaya = 5000, target: str = "100") -> Kegiatan:
    return Kegiatan(uraian, target, TICKS, biaya, "Sekretariat")


def plan(*sasaran: Sasaran, **fields: object) -> Plan:
    made = Plan(2026, "KPU Kabupaten Lahat", sasaran or (goal(row()),), (SIGNED,))
    return replace(made, **fields)  # type: ignore[arg-type]  # fields of a plan, by name


def goal(*kegiatan: Kegiatan, uraian: str = "Tersedianya data", of: str = "Persentase data") -> Sasaran:
    return Sasaran(uraian, (Indikator(of, kegiatan),))


def drawn(one: Plan, layout: Layout | None = None) -> Sheet:
    (sheet,) = api.build(one, layout).sheets
    return sheet


def refused(one: Plan) -> list[Finding]:
    with pytest.raises(RakError) as caught:
        api.build(one)
    return list(caught.value.findings)


def first_row(sheet: Sheet) -> int:
    return sheet.heading[1] + 1


def column(sheet: Sheet, at: int) -> list[tuple[int, int, object]]:
    """Row within the table, rows covered, and value of every cell of a column of the body."""
    first, last = first_row(sheet), sheet.table.last_row
    cells = sorted(cell for cell in sheet.cells if cell.column == at and first <= cell.row <= last)
    return [(cell.row - first, cell.rows, cell.value) for cell in cells]


NOMOR, SASARAN, INDIKATOR, TARGET, URAIAN, T1, BIAYA, PELAKSANA, KEY = 0, 1, 2, 3, 4, 5, 9, 10, 11

# --- above the table ---------------------------------------------------------------------------------------


def test_the_title_stands_over_the_whole_table_and_the_unit_below_it() -> None:
    head = [cell[:6] for cell in drawn(plan()).cells if cell.row < drawn(plan()).heading[0]]

    assert head == [
        (0, 0, "judul", "RENCANA AKSI KINERJA", 1, 11),
        (1, 0, "judul", "TAHUN 2026", 1, 11),
        (3, 0, "keterangan", "Unit Organisasi : KPU Kabupaten Lahat", 1, 11),
        (4, 0, "keterangan", "Tahun Anggaran : 2026", 1, 11),
    ]


def test_every_column_but_the_periods_is_merged_over_both_rows_of_the_heading() -> None:
    sheet = drawn(plan())
    top = sheet.heading[0]
    heading = [
        (cell.row - top, cell.column, cell.value, cell.rows, cell.columns)
        for cell in sheet.visible()
        if top <= cell.row <= sheet.heading[1]
    ]

    assert heading == [
        (0, 0, "No.", 2, 1),
        (0, 1, "Sasaran Strategis", 2, 1),
        (0, 2, "Indikator Kinerja Strategis", 2, 1),
        (0, 3, "Target (%)", 2, 1),
        (0, 4, "Kegiatan yang akan dilaksanakan", 2, 1),
        (0, 5, "Rencana Pelaksanaan", 1, 4),
        (0, 9, "Perkiraan Biaya", 2, 1),
        (0, 10, "Pelaksana", 2, 1),
        (1, 5, "T1", 1, 1),
        (1, 6, "T2", 1, 1),
        (1, 7, "T3", 1, 1),
        (1, 8, "T4", 1, 1),
    ]


# --- merges ------------------------------------------------------------------------------------------------


def test_chains_of_merges_run_independently_of_each_other() -> None:
    """The reference's case: one cost over two rows, here over two indikator inside a goal of three rows."""
    goals = (
        Sasaran(
            "A",
            (Indikator("x", (row("1", 7), row("2", 203_660_000))), Indikator("y", (row("3", "bersama"),))),
        ),
        goal(row("4", 1)),
    )
    sheet = drawn(plan(*goals))

    assert column(sheet, NOMOR) == [(0, 3, 1), (3, 1, 2)]
    assert column(sheet, SASARAN) == [(0, 3, "A"), (3, 1, "Tersedianya data")]
    assert column(sheet, INDIKATOR) == [(0, 2, "x"), (2, 1, "y"), (3, 1, "Persentase data")]
    assert column(sheet, URAIAN) == [(0, 1, "1"), (1, 1, "2"), (2, 1, "3"), (3, 1, "4")]
    assert column(sheet, BIAYA) == [(0, 1, 7), (1, 2, 203_660_000), (3, 1, 1)]


def test_equal_values_of_neighbours_are_not_merged() -> None:
    sheet = drawn(plan(goal(row("1", 5)), goal(row("2", 5))))

    assert column(sheet, SASARAN) == [(0, 1, "Tersedianya data"), (1, 1, "Tersedianya data")]
    assert column(sheet, BIAYA) == [(0, 1, 5), (1, 1, 5)]


def test_no_two_cells_overlap_and_the_table_has_no_hole() -> None:
    goals = (goal(row("1", 7), row("2", "bersama"), row("3", None)), goal(row("4", 1)))
    sheet = drawn(plan(*goals))
    squares = [
        {
            (r, c)
            for r in range(cell.row, cell.row + cell.rows)
            for c in range(cell.column, cell.column + cell.columns)
        }
        for cell in sheet.cells
    ]
    table = {(r, c) for r in range(sheet.table.first_row, sheet.table.last_row + 1) for c in range(KEY)}

    assert not any(one & other for one, other in combinations(squares, 2))
    assert table <= set().union(*squares)


def test_every_row_looks_like_the_first() -> None:
    sheet = drawn(plan(goal(row("1", 7), row("2", None, "WTP"), row("3", 0, "89.5"))))
    body = [cell for cell in sheet.visible() if first_row(sheet) <= cell.row <= sheet.table.last_row]
    roles = {(cell.column, cell.role) for cell in body}

    assert len(roles) == KEY
    assert all(sheet.looks[role].border for _, role in roles)


# --- values ------------------------------------------------------------------------------------------------


def test_nil_is_a_dash_and_zero_is_a_number() -> None:
    assert column(drawn(plan(goal(row("1", None), row("2", 0)))), BIAYA) == [(0, 1, "-"), (1, 1, 0)]


def test_a_tick_is_the_sign_of_the_document_and_its_absence_an_empty_cell() -> None:
    sheet = drawn(plan())

    assert [column(sheet, T1 + at)[0][2] for at in range(4)] == ["√", None, None, "√"]


@pytest.mark.parametrize(
    ("target", "value"),
    [
        ("100", 100),
        ("89.5", 89.5),
        ("0", 0),
        ("B", "B"),
        ("2 Lap", "2 Lap"),
        ("1.500", "1.500"),
        ("0123", "0123"),
    ],
)
def test_a_target_is_a_number_or_a_text(target: str, value: object) -> None:
    assert column(drawn(plan(goal(row(target=target)))), TARGET) == [(0, 1, value)]


def test_a_number_too_wide_for_its_column_is_a_text() -> None:
    """Excel would show ### for the number; a text is wrapped."""
    assert column(drawn(plan(goal(row(target="123456789012345")))), TARGET) == [(0, 1, "123456789012345")]


def test_the_total_is_a_live_sum_with_its_right_value() -> None:
    sheet = drawn(plan(goal(row("1", 7), row("2", 5), row("3", "bersama"), row("4", None))))
    (total,) = [cell for cell in sheet.cells if isinstance(cell.value, Formula)]
    first, last = first_row(sheet) + 1, sheet.table.last_row + 2

    assert total[:3] == (last - 1, BIAYA, "jumlah_rupiah")
    assert total.value == Formula(f"SUM(J{first - 1}:INDEX(J:J,ROW()-1))", 12)
    assert sheet.total == Range(last - 1, BIAYA, last - 1, BIAYA)


def test_the_row_of_the_total_is_bordered_from_edge_to_edge() -> None:
    sheet = drawn(plan())
    assert sheet.total is not None
    cells = [cell for cell in sheet.visible() if cell.row == sheet.total.first_row]

    assert [
        (cell.column, cell.columns, cell.value) for cell in cells if not isinstance(cell.value, Formula)
    ] == [
        (0, 9, "JUMLAH"),
        (10, 1, None),
    ]
    assert all(sheet.looks[cell.role].border for cell in cells)


def test_the_signature_stands_on_the_right_below_the_total() -> None:
    sheet = drawn(plan())
    assert sheet.total is not None
    below = [cell for cell in sheet.visible() if cell.row > sheet.total.last_row]

    assert [
        (cell.row - sheet.total.last_row, cell.column, cell.columns, cell.role, cell.value) for cell in below
    ] == [
        (2, 5, 6, "penandatangan", "Sekretaris,"),
        (6, 5, 6, "nama", "MERY ANGGRAINY"),
        (7, 5, 6, "penandatangan", "NIP. 198205062010122002"),
    ]
    assert sheet.looks["nama"].bold


def test_a_commissioner_signs_without_a_nip() -> None:
    sheet = drawn(plan(penandatangan=(Penandatangan("Ketua", "SARJANI"),)))

    assert [cell.value for cell in sheet.visible() if cell.role in ("penandatangan", "nama")] == [
        "Ketua,",
        "SARJANI",
    ]


# --- ids ---------------------------------------------------------------------------------------------------


def test_an_id_travels_with_each_kegiatan_directly_right_of_the_table() -> None:
    sheet = drawn(plan(goal(row("1"), row("2")), goal(row("3"))))
    ids = column(sheet, KEY)

    assert sheet.key_column == KEY == sheet.table.last_column + 1
    assert [(at, rows) for at, rows, _ in ids] == [(0, 1), (1, 1), (2, 1)]
    assert len({value for _, _, value in ids}) == 3


# --- heights -----------------------------------------------------------------------------------------------

WORDS: Final = "Pelaksanaan penyusunan laporan pertanggungjawaban keuangan "


def test_every_height_is_whole_pixels_and_no_more_than_excel_draws() -> None:
    sheet = drawn(
        plan(goal(row(WORDS * 5), row(WORDS * 18), uraian=WORDS * 15, of=WORDS * 9), judul=WORDS * 9)
    )

    assert [height for height in sheet.heights if height % PIXEL or not 0 < height <= 409] == []


def test_a_merged_text_raises_the_rows_under_it() -> None:
    short = drawn(plan(goal(row("1"), row("2"), row("3"))))
    tall = drawn(plan(goal(row("1"), row("2"), row("3"), uraian=WORDS * 10)))
    first, last = first_row(tall), tall.table.last_row + 1
    look = kpu().columns[SASARAN]
    need = Measure().needs((WORDS * 10).strip(), "Arial", bold=False, size=10, width=look.width)

    assert sum(tall.heights[first:last]) >= need > sum(short.heights[first:last])
    assert max(tall.heights[first:last]) - min(tall.heights[first:last]) <= PIXEL


def test_a_kegiatan_taller_than_excels_row_takes_more_rows_merged_in_every_column() -> None:
    long = (WORDS * 18).strip()
    sheet = drawn(plan(goal(row("1"), row(long), row("3"))))
    ids = column(sheet, KEY)
    parts = ids[2][0] - ids[1][0]

    assert parts == 2
    assert [column(sheet, at)[1][:2] for at in (TARGET, URAIAN, T1, T1 + 1, BIAYA, PELAKSANA)] == [
        (1, parts)
    ] * 6
    assert column(sheet, SASARAN) == [(0, 4, "Tersedianya data")]
    assert column(sheet, URAIAN) == [(0, 1, "1"), (1, 2, long), (3, 1, "3")]
    assert max(sheet.heights) <= TALLEST


def test_a_text_taller_than_a_page_is_an_error_that_names_it() -> None:
    (finding,) = refused(plan(goal(row("1"), row(WORDS * 200))))

    assert (finding.code, finding.path) == ("RAK310", "sasaran[0].indikator[0].kegiatan[1].uraian")
    assert finding.value == WORDS * 200


@pytest.mark.parametrize(
    ("one", "path"),
    [
        (plan(judul=WORDS * 200), "judul"),
        (plan(unit=WORDS * 200), "unit"),
        (plan(penandatangan=(Penandatangan(WORDS * 100, "MERY"),)), "penandatangan[0].jabatan"),
        (plan(penandatangan=(Penandatangan("Ketua", WORDS * 100),)), "penandatangan[0].nama"),
        (plan(goal(row(), uraian=WORDS * 200)), "sasaran[0].uraian"),
        (plan(goal(row(), of=WORDS * 200)), "sasaran[0].indikator[0].uraian"),
    ],
    ids=["judul", "unit", "jabatan", "nama", "sasaran", "indikator"],
)
def test_no_text_anywhere_is_taller_than_its_page(one: Plan, path: str) -> None:
    assert [(finding.code, finding.path) for finding in refused(one)] == [("RAK310", path)]


def test_every_text_too_tall_is_told_in_one_run() -> None:
    findings = refused(plan(goal(row(WORDS * 200), row(WORDS * 201), uraian=WORDS * 202)))

    assert sorted(finding.path.rpartition("].")[2] for finding in findings) == ["uraian"] * 3


# --- pages -------------------------------------------------------------------------------------------------


def page_room(sheet: Sheet) -> float:
    repeated = sum(sheet.heights[sheet.heading[0] : sheet.heading[1] + 1])
    return kpu().paper_points[1] / (sheet.scale / 100) - repeated


def test_a_goal_that_does_not_fit_begins_a_page() -> None:
    goals = [goal(*[row(WORDS * 4)] * 4, uraian=f"Sasaran {number}") for number in range(6)]
    sheet = drawn(plan(*goals))
    starts = {first_row(sheet) + at for at, _, _ in column(sheet, SASARAN)}

    assert sheet.breaks
    assert set(sheet.breaks) <= starts


def test_a_cut_goal_shows_its_text_at_the_top_and_the_others_in_the_middle() -> None:
    sheet = drawn(plan(goal(*[row(WORDS * 6)] * 12), goal(row())))
    crossing = {
        cell.column
        for cell in sheet.cells
        if cell.rows > 1 and any(cell.row < at < cell.row + cell.rows for at in sheet.breaks)
    }

    assert {cell.column for cell in sheet.cells if cell.top} == crossing == {NOMOR, SASARAN, INDIKATOR}


def test_the_total_and_the_signature_have_rows_of_the_table_above_them() -> None:
    sheet = drawn(plan(*[goal(row(WORDS * 3)) for _ in range(40)]))
    assert sheet.total is not None

    assert sheet.total.first_row - max(sheet.breaks) >= 2
    assert max(sheet.breaks) > first_row(sheet)


def test_a_last_row_as_tall_as_a_page_goes_on_beside_the_total() -> None:
    one = plan(goal(row("1"), row((WORDS * 22).strip())))
    sheet = drawn(one)
    assert sheet.total is not None
    last = sheet.breaks[-1]

    assert last == sheet.total.first_row - 1
    assert all(
        cell.row + cell.rows == sheet.total.first_row
        for cell in sheet.visible()
        if cell.row > first_row(sheet) and cell.row <= sheet.table.last_row
    )


def test_no_page_is_taller_than_the_paper() -> None:
    sheet = drawn(plan(*[goal(*[row(WORDS * (number % 7 + 1))] * (number % 5 + 1)) for number in range(30)]))
    edges = [first_row(sheet), *sheet.breaks, len(sheet.heights)]
    tall = [sum(sheet.heights[start:end]) for start, end in pairwise(edges)]

    assert max(tall) <= page_room(sheet)
    assert tall[0] + sum(sheet.heights[: sheet.heading[0]]) <= page_room(sheet)


# --- helps -------------------------------------------------------------------------------------------------


def test_the_drop_down_stands_over_the_ticks_of_the_body_alone() -> None:
    sheet = drawn(plan(goal(row("1"), row("2"))))

    assert [choice.cells for choice in sheet.choices] == [
        Range(first_row(sheet), T1, first_row(sheet) + 1, T1 + 3)
    ]


def test_the_check_of_costs_knows_the_words_of_the_form() -> None:
    sheet = drawn(plan(goal(row("1"), row("2"))))
    (amount,) = sheet.prompts

    assert amount.cells == Range(first_row(sheet), BIAYA, first_row(sheet) + 1, BIAYA)
    assert [
        word for word in ('"-"', '"nihil"', '"bersama"', "ISNUMBER", "INT") if word not in amount.formula
    ] == []


def test_alarms_watch_ticks_costs_and_the_ceiling() -> None:
    with_pagu, without = drawn(plan(pagu=9000)), drawn(plan())
    first = first_row(without) + 1

    assert [alarm.formula for alarm in without.alarms] == [
        f'AND($E{first}<>"",COUNTA($F{first}:$I{first})-COUNTIF($F{first}:$I{first},"-")=0)',
        f'AND($E{first}<>"",$J{first}="")',
    ]
    assert with_pagu.alarms[-1][:2] == (with_pagu.total, f"$J${first + 1}>9000")


def test_prompts_and_titles_are_within_excels_limits() -> None:
    """XlsxWriter drops a validation whose title is over 32 or whose message is over 255 characters."""
    sheet = drawn(plan())
    titles = [*(one.title for one in sheet.choices), *(one.title for one in sheet.prompts)]
    prompts = [*(one.prompt for one in sheet.choices), *(one.prompt for one in sheet.prompts)]
    formulas = [*(one.formula for one in sheet.prompts), *(one.formula for one in sheet.alarms)]

    assert max(map(len, titles)) <= 32
    assert max(map(len, [*prompts, *formulas])) <= 255


# --- the same again ----------------------------------------------------------------------------------------


def test_arranging_again_gives_the_same_sheet() -> None:
    one, measure = plan(goal(row(WORDS * 3), row("2", "bersama"))), Measure()
    keys = ["a", "b"]

    assert arrange(one, kpu(), "RAK", keys, measure) == arrange(one, kpu(), "RAK", keys, Measure())


def test_a_sheet_ends_its_cells_in_reading_order() -> None:
    cells: list[Cell] = list(drawn(plan(goal(row("1", 7), row("2", "bersama")))).cells)

    assert [cell.row for cell in cells] == sorted(cell.row for cell in cells)
