"""What holds for the sheet of any plan that a unit could write; real programs judge it in tests/clients.

    RAK_LONG=1000 pytest tests/properties

draws as many plans for each property.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from properties import sheets, strategies
from rak_excel import api, loading
from rak_excel.findings import RakError, column_letters
from rak_excel.plan.values import BERSAMA
from rak_excel.sheet.grid import Formula
from rak_excel.sheet.measure import Measure, height

if TYPE_CHECKING:
    from rak_excel.plan.model import Plan

EXAMPLES: Final = int(os.environ.get("RAK_LONG", "40"))
PIXEL: Final = 0.75
# What a page may hold at most is left to the paginator, as long as it leaves no more than this empty.
NEARLY: Final = 0.98
KEEP: Final = 2
MEASURE: Final = Measure()

any_plan = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),  # explaining takes minutes
    suppress_health_check=list(HealthCheck),
)


@any_plan
@given(strategies.plans_of_any_form())
def test_each_square_of_the_table_is_in_exactly_one_cell(plan: Plan) -> None:
    """Excel calls a workbook damaged when two merges overlap, and a gap would be an unlined hole."""
    sheet = sheets.sheet_of(plan)
    squares = Counter(
        (row, column)
        for cell in sheet.cells
        for row in sheets.rows(cell)
        for column in range(cell.column, cell.column + cell.columns)
    )
    table = {(row, column) for row in sheets.body(sheet) for column in range(sheet.key_column)}

    assert max(squares.values()) == 1
    assert table <= squares.keys()


@any_plan
@given(strategies.plans_of_any_form())
def test_merges_are_the_tree_of_the_plan(plan: Plan) -> None:
    """Each column tells one kind of part, in the plan's order, in as many cells as there are parts."""
    sheet = sheets.sheet_of(plan)
    fields = {column.field for column in sheets.layout_of(sheet).columns}
    kegiatan = sheets.column(sheet, sheets.row_field(sheet))
    starts = [cell.row for cell in kegiatan]
    goals = [sum(len(one.indikator[i].kegiatan) for i in range(len(one.indikator))) for one in plan.sasaran]
    indicators = [len(one.kegiatan) for goal in plan.sasaran for one in goal.indikator]
    costs: list[int] = []
    for one in plan.kegiatan:
        costs += [0] * (one.biaya != BERSAMA)
        costs[-1] += 1

    def spans(field: str) -> list[int]:
        return [sum(row in sheets.rows(cell) for row in starts) for cell in sheets.column(sheet, field)]

    expected = {
        "nomor": goals,
        "sasaran.uraian": goals,
        "indikator.uraian": indicators,
        "kegiatan.biaya": costs,
    }
    plain = {column.field for column in sheets.layout_of(sheet).columns if not column.period}
    each = [1] * len(starts)
    assert {field: spans(field) for field in plain} == {field: expected.get(field, each) for field in plain}
    assert {*expected} - {"nomor", "kegiatan.biaya"} <= fields


@any_plan
@given(strategies.plans_of_any_form())
def test_every_text_stands_in_exactly_one_cell(plan: Plan) -> None:
    """What an official wrote is on the sheet once, as it was written."""
    sheet = sheets.sheet_of(plan)
    rows = list(plan.kegiatan)
    expected: dict[str, list[object]] = {
        "nomor": list(range(1, len(plan.sasaran) + 1)),
        "sasaran.uraian": [one.uraian for one in plan.sasaran],
        "indikator.uraian": [one.uraian for goal in plan.sasaran for one in goal.indikator],
        "kegiatan.biaya": ["-" if one.biaya is None else one.biaya for one in rows if one.biaya != BERSAMA],
    }
    for column in sheets.layout_of(sheet).columns:
        values = [cell.value for cell in sheets.column(sheet, column.field, column.period)]
        field = column.field.removeprefix("kegiatan.")
        if column.field in expected:
            assert values == expected[column.field]
        elif column.period:
            periods = [getattr(one, field)[column.period - 1] for one in rows]
            shown = {True: "√", False: None}
            assert [None if one is None else str(one) for one in values] == [
                shown[one] if isinstance(one, bool) else one for one in periods
            ]
        else:
            assert [str(value) for value in values] == [getattr(one, field) for one in rows]


@any_plan
@given(strategies.plans_of_any_form())
def test_the_signature_names_everyone_with_all_that_is_given(plan: Plan) -> None:
    """A signature without its rank or date has to be typed in by hand, and then the file is another one."""
    sheet = sheets.sheet_of(plan)
    below = [str(cell.value) for cell in sheet.cells if cell.row > sheet.table.last_row + 1]
    wanted: list[str] = []
    openings = sheets.layout_of(sheet).signature.opening.get(len(plan.penandatangan), ("", ""))
    for one, opening in zip(plan.penandatangan, openings, strict=False):
        day = ", ".join(filter(None, (one.tempat, one.tanggal)))
        nip = f"NIP. {one.nip}" if one.nip else ""
        lines = (one.pengantar or opening, day, f"{one.jabatan},", one.nama, one.pangkat, nip)
        wanted += filter(None, lines)

    assert Counter(below) == Counter(wanted)


@any_plan
@given(strategies.plans_of_any_form())
def test_the_total_sums_every_cost_and_the_row_directly_above_it(plan: Plan) -> None:
    """A kegiatan that someone inserts directly above JUMLAH must be in the sum."""
    sheet = sheets.sheet_of(plan)
    rows = sheets.body(sheet)
    totals = [cell for cell in sheet.cells if isinstance(cell.value, Formula)]
    for total in totals:
        column = sheets.layout_of(sheet).columns[total.column]
        cells = sheets.column(sheet, column.field, column.period)
        costs = [cell.value for cell in cells if isinstance(cell.value, int)]
        letter = column_letters(total.column + 1)
        assert total.row == rows.stop
        text = f"SUM({letter}{rows.start}:INDEX({letter}:{letter},ROW()-1))"
        assert total.value == Formula(text, sum(costs))
        assert column.field != "kegiatan.biaya" or plan.jumlah_biaya == sum(costs)
    money = [at for at, column in enumerate(sheets.layout_of(sheet).columns) if column.style == "rupiah"]
    assert [total.column for total in totals] == money


@any_plan
@given(strategies.plans_of_any_form())
def test_rows_are_whole_pixels_and_never_taller_than_excel_draws(plan: Plan) -> None:
    """Excel cuts a row at 409 points without a word, and rounds others to pixels, down too."""
    heights = sheets.sheet_of(plan).heights

    assert all(points % PIXEL == 0 for points in heights)
    assert max(heights) <= 409


@any_plan
@given(strategies.plans_of_any_form())
def test_every_text_has_its_height_on_the_page_on_which_it_begins(plan: Plan) -> None:
    """No program fits a row to wrapped text in a merge, and what is cut by a page break nobody can read."""
    sheet = sheets.sheet_of(plan)
    short = []
    for cell in sheet.cells:
        look = sheet.looks[cell.role]
        if not isinstance(cell.value, str) or not look.wrap:
            continue
        cuts = sheets.crossed(sheet, cell)
        size = look.size or sheet.size
        width = sheets.width(sheet, cell)
        need = height(MEASURE.lines(cell.value, sheet.font, look.bold, size, width), sheet.font, size)
        seen = range(cell.row, min([*cuts, cell.row + cell.rows]))
        if sheets.points(sheet, seen) < need or (cuts and not cell.top):
            short.append(cell)

    assert not short


@any_plan
@given(strategies.plans_of_any_form())
def test_no_page_holds_more_than_its_paper(plan: Plan) -> None:
    """A page that is too full breaks by itself, in the middle of a goal and with one row on the next."""
    sheet = sheets.sheet_of(plan)
    full = []
    for number, rows in enumerate(sheets.pages(sheet)):
        heading = sheets.repeated(sheet) if number else 0
        full.append(sheets.points(sheet, rows) + heading)

    assert max(full) <= sheets.paper(sheet)


@any_plan
@given(strategies.plans_of_any_form())
def test_no_goal_is_cut_that_could_stand_on_a_page(plan: Plan) -> None:
    """A goal over two pages is signed by people who saw half of it.

    The last goal shares its page with total and signature; so does the one before if both are so short that
    fewer than two kegiatan would stand above the total.
    """
    sheet, endless = sheets.sheet_of(plan), sheets.endless(plan)
    kegiatan = sheets.column(endless, sheets.row_field(endless))
    glued = kegiatan[max(0, len(kegiatan) - KEEP)].row
    room = (sheets.paper(sheet) - sheets.repeated(sheet)) * NEARLY
    above = sheets.points(sheet, range(sheet.heading[0]))
    goals = sheets.column(sheet, "sasaran.uraian")
    for number, (cell, natural) in enumerate(
        zip(goals, sheets.column(endless, "sasaran.uraian"), strict=True)
    ):
        if sheets.crossed(sheet, cell):
            rows = sheets.rows(natural)
            end = len(endless.heights) if rows.stop > glued else rows.stop
            titles = above if number == 0 else 0
            assert sheets.points(endless, range(rows.start, end)) > room - titles


@any_plan
@given(strategies.plans_of_any_form())
def test_total_and_signature_stand_together_below_rows_of_the_table(plan: Plan) -> None:
    """A signature alone on a page could be put under any table."""
    sheet, endless = sheets.sheet_of(plan), sheets.endless(plan)
    last = sheets.pages(sheet)[-1]
    table = sheets.body(sheet)
    starts = [cell.row for cell in sheets.column(sheet, sheets.row_field(sheet))]
    natural = [cell.row for cell in sheets.column(endless, sheets.row_field(sheet))]
    room = (sheets.paper(sheet) - sheets.repeated(sheet)) * NEARLY
    keep = min(KEEP, len(starts))
    fits = sheets.points(endless, range(natural[-keep], len(endless.heights))) <= room

    assert last.start <= table.stop - 1
    assert sum(row in last for row in starts) >= (keep if fits else 0)


@any_plan
@given(strategies.plans_of_any_form())
def test_the_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    """A workbook that differs from yesterday's has been edited; nothing else may make it differ."""
    assert api.render(api.build(plan), ".xlsx") == api.render(api.build(plan), ".xlsx")


@any_plan
@given(strategies.plans_of_any_form())
def test_yaml_holds_the_whole_plan(plan: Plan) -> None:
    """A plan written by a program is read by people as the same plan."""
    loaded = loading.load_bytes(api.render(plan, ".yaml"), "rencana.yaml")

    assert loaded.unwrap() == plan


@any_plan
@given(strategies.plans_of_any_form())
def test_csv_holds_the_whole_plan(plan: Plan) -> None:
    """The same plan in any form has the same content hash."""
    loaded = loading.load_bytes(api.render(plan, ".csv"), "rencana.csv")

    assert loaded.unwrap() == plan
    assert api.as_json(loaded.plans)["hash"] == api.as_json((plan,))["hash"]


@st.composite
def too_tall(draw: st.DrawFn) -> tuple[Plan, str]:
    """A plan with one text that no page can show, and its path."""
    plan = draw(strategies.plans(most=3))
    words = draw(st.integers(800, 3000))
    long = " ".join(strategies.WORDS[at % len(strategies.WORDS)] for at in range(words))
    g = draw(st.integers(0, len(plan.sasaran) - 1))
    goal = plan.sasaran[g]
    i = draw(st.integers(0, len(goal.indikator) - 1))
    indikator = goal.indikator[i]
    k = draw(st.integers(0, len(indikator.kegiatan) - 1))
    match draw(st.sampled_from(["sasaran", "indikator", "uraian", "target", "pelaksana"])):
        case "sasaran":
            path, goal = f"sasaran[{g}].uraian", replace(goal, uraian=long)
        case "indikator":
            path, indikator = f"sasaran[{g}].indikator[{i}].uraian", replace(indikator, uraian=long)
        case field:
            path = f"sasaran[{g}].indikator[{i}].kegiatan[{k}].{field}"
            rows = list(indikator.kegiatan)
            change: dict[str, Any] = {field: long}
            rows[k] = replace(rows[k], **change)
            indikator = replace(indikator, kegiatan=tuple(rows))
    parts = list(goal.indikator)
    parts[i] = indikator
    goals = list(plan.sasaran)
    goals[g] = replace(goal, indikator=tuple(parts))
    return replace(plan, sasaran=tuple(goals)), path


@any_plan
@given(too_tall())
def test_a_text_taller_than_a_page_is_told_with_its_path(drawn: tuple[Plan, str]) -> None:
    """Whoever wrote it must hear which text to shorten; a workbook would show it cut."""
    plan, path = drawn
    with pytest.raises(RakError) as caught:
        api.build(plan)

    assert [(finding.code, finding.path) for finding in caught.value.findings] == [("RAK310", path)]


@pytest.mark.parametrize("field", ["judul", "unit", "jabatan", "nama", "pengantar", "pangkat", "tempat"])
def test_a_text_outside_of_the_table_can_be_taller_than_a_page_too(field: str) -> None:
    """A head or a signature that fills the page leaves no room for the table."""
    plan = strategies.drawn(1, 7)[0]
    change: dict[str, Any] = {field: ("Sekretariat Komisi Pemilihan Umum " * 800).strip()}
    if field in ("judul", "unit"):
        plan, path = replace(plan, **change), field
    else:
        one = replace(plan.penandatangan[0], **change)
        plan, path = replace(plan, penandatangan=(one,)), f"penandatangan[0].{field}"
    with pytest.raises(RakError) as caught:
        api.build(plan)

    assert [(finding.code, finding.path) for finding in caught.value.findings] == [("RAK310", path)]
