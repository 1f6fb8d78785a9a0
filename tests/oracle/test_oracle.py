"""The oracle before it judges anybody: it knows what each edit means, and it is not fooled."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from oracle import eye, judging, package, runner, shown
from oracle import page as pages
from oracle.judging import Outcome, Result, demanded, judge
from oracle.kinds import KINDS, perform, sequence
from oracle.plans import changed, document
from oracle.truth import OWN, Expected, Notice, built, desk, expected
from rak_excel.findings import Finding, Place, Rule, Severity, Words
from rak_excel.plan.canonical import content_hash

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from rak_excel.plan.model import Plan

GOLDEN = Path(__file__).with_name("kinds.txt")
SEEDS = range(240)
WARNING = Rule("RAK998", "uji", Severity.WARNING, Words("{value}", "{value}"), Words("", ""))
ERROR = replace(WARNING, code="RAK999", severity=Severity.ERROR)
NOTE = replace(WARNING, code="RAK997", severity=Severity.NOTE)


def told(notice: Notice, rule: Rule = WARNING) -> Finding:
    """The finding that a notice asks for."""
    text = notice.texts[0] if notice.texts else notice.why
    spot = next((spot for spot in notice.spots if spot.rows), None)
    place = None if spot is None else Place(min(spot.rows), spot.column or 1, notice.sheet)
    return rule.at(value=text, place=place)


def ideal(wanted: Expected, number: int = 0) -> Result:
    """What a perfect reader returns."""
    reading = wanted.readings[number]
    return tuple(sheaf.plan for sheaf in reading.plans), [told(notice) for notice in demanded(reading)]


@cache
def trials(kind: str = "") -> tuple[runner.Trial, ...]:
    """Sequences that had an effect; or one kind of edit alone."""
    seeds = range(0, 80, 4) if kind else SEEDS
    made = (runner.trial(seed, only=[kind] if kind else []) for seed in seeds)
    return tuple(one for one in made if one.done)


# --- what edits mean -------------------------------------------------------------------------------------


def test_every_kind_of_edit_means_what_is_written_down() -> None:
    """kinds.txt shows each edit's cells beside the plan it is said to make; it was read line by line.

    After a change: `python -m oracle --golden tests/oracle/kinds.txt`, and read what git shows.
    """
    assert shown.every_kind() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if kind.nothing])
def test_an_edit_that_changes_nothing_expects_the_unchanged_plan(kind: str) -> None:
    for one in trials(kind):
        base = "_rak" in kind or "semua" in kind
        wanted = tuple(replace(plan, pagu=None) if base else plan for plan in one.plans)
        assert content_hash(one.expected.plans) == content_hash(wanted)


def test_the_cells_show_what_the_books_say() -> None:
    """A second way to the plan, reading the cells with the columns known, agrees with what edits noted."""
    open_ended = {
        "baris disisipkan di atas kegiatan pertama",
        "baris pertama gabungan dihapus, teksnya ikut hilang",
    }
    for seed in SEEDS:
        now = desk(document(seed // runner.PER_DOCUMENT))
        done = perform(now, sequence(seed), seed)
        if open_ended & {one.kind for one in done}:
            continue
        for page, sheaf, seen in zip(
            now.pages, expected(now).readings[0].plans, eye.plans(now), strict=False
        ):
            gone = [name for name in OWN if page.column(name) is None]
            differences = [
                one
                for one in judging.row_differences(sheaf, seen)
                if one.field not in gone and (one.field, one.expected, one.got) != ("biaya", "bersama", "")
            ]
            assert sheaf.loose or not differences, (seed, done)


def test_a_seed_makes_the_same_workbook_every_time() -> None:
    assert runner.trial(11).data == runner.trial(11).data


# --- what is written -------------------------------------------------------------------------------------


def test_openpyxl_sees_the_cells_of_the_built_workbook_in_ours() -> None:
    for number in range(5):
        plans = document(number)
        ours = openpyxl.load_workbook(io.BytesIO(desk(plans).data()))
        theirs = openpyxl.load_workbook(io.BytesIO(built(plans)[2]))
        assert [_seen(sheet) for sheet in ours] == [_seen(sheet) for sheet in theirs]


def _seen(sheet: Worksheet) -> tuple[object, ...]:
    cells = [[cell.value for cell in row] for row in sheet]
    return sheet.title, sheet.sheet_state, cells, sorted(map(str, sheet.merged_cells.ranges))


def test_every_edited_workbook_can_be_opened() -> None:
    for seed in range(60):
        one = runner.trial(seed)
        assert openpyxl.load_workbook(io.BytesIO(one.data)).sheetnames


def test_a_total_is_calculated_as_excel_does_after_an_edit() -> None:
    now = desk(shown.SMALL[:1])
    page = now.pages[0]
    page.put(page.slots()[0], "biaya", 500, 500)
    sheet = openpyxl.load_workbook(io.BytesIO(now.data()), data_only=True).worksheets[0]

    assert sheet["J20"].value == shown.SMALL[0].jumlah_biaya - 1000 + 500


# --- judging ---------------------------------------------------------------------------------------------


def test_a_reader_that_knows_the_plan_and_tells_each_loss_is_right() -> None:
    outcomes = {judge(one.expected, ideal(one.expected)).outcome for one in trials()}

    assert outcomes == {Outcome.RIGHT, Outcome.TOLD}


def test_every_accepted_reading_is_right() -> None:
    for one in trials():
        for number in range(len(one.expected.readings)):
            assert judge(one.expected, ideal(one.expected, number)).outcome in (Outcome.RIGHT, Outcome.TOLD)


def test_a_reader_that_sees_no_edit_is_never_right_where_the_plan_changed() -> None:
    for one in trials():
        verdict = judge(one.expected, (one.plans, ()))
        same = any(
            content_hash(tuple(x.plan for x in r.plans)) == content_hash(one.plans)
            for r in one.expected.readings
        )
        if not same and not any(sheaf.loose for sheaf in one.expected.readings[0].plans):
            assert verdict.outcome is Outcome.SILENT, runner.story(one, verdict)


def test_a_loss_that_is_not_told_is_silently_wrong() -> None:
    """The meant plan without a single finding is not enough where something was lost."""
    lossy = [one for one in trials() if any(n.floor == "warning" for n in demanded(one.expected.readings[0]))]

    assert len(lossy) > 50
    assert {judge(one.expected, (one.expected.plans, ())).outcome for one in lossy} <= {
        Outcome.SILENT,
        Outcome.RIGHT,
    }


BUILT = expected(desk(shown.SMALL[:1]))
PLAN = shown.SMALL[0]


def without_row(plan: Plan) -> Plan:
    """Rapat dua (row 10 of the sheet) is lost."""
    first, *goals = plan.sasaran
    one, *inds = first.indikator
    fewer = replace(one, kegiatan=(one.kegiatan[0], one.kegiatan[2]))
    return replace(plan, sasaran=(replace(first, indikator=(fewer, *inds)), *goals))


def with_cost(plan: Plan, biaya: int) -> Plan:
    """Rapat satu (row 9) has another cost."""
    first, *goals = plan.sasaran
    one, *inds = first.indikator
    row = replace(one.kegiatan[0], biaya=biaya)
    changed = replace(one, kegiatan=(row, *one.kegiatan[1:]))
    return replace(plan, sasaran=(replace(first, indikator=(changed, *inds)), *goals))


def joined(plan: Plan) -> Plan:
    """Both indikator of the first goal have become one."""
    first, *goals = plan.sasaran
    one, two = first.indikator
    return replace(
        plan,
        sasaran=(replace(first, indikator=(replace(one, kegiatan=one.kegiatan + two.kegiatan),)), *goals),
    )


@pytest.mark.parametrize(
    ("plan", "findings", "outcome"),
    [
        (PLAN, [], Outcome.RIGHT),
        (PLAN, [NOTE.at(value="catatan")], Outcome.RIGHT),
        (PLAN, [WARNING.at(value="di atas pagu")], Outcome.RIGHT),
        (PLAN, [ERROR.at(value="tanpa sebab", place=Place(9, 10, "Satu"))], Outcome.LOUD),
        (without_row(PLAN), [], Outcome.SILENT),
        (without_row(PLAN), [NOTE.at(value="dilewati", place=Place(10, 1, "Satu"))], Outcome.SILENT),
        (without_row(PLAN), [WARNING.at(value="dilewati", place=Place(11, 1, "Satu"))], Outcome.SILENT),
        (without_row(PLAN), [WARNING.at(value="dilewati", place=Place(10, 1, "Satu"))], Outcome.LOUD),
        (without_row(PLAN), [WARNING.at(value="Rapat dua dilewati")], Outcome.LOUD),
        (with_cost(PLAN, 1), [WARNING.at(value="kolom lain", place=Place(9, 4, "Satu"))], Outcome.SILENT),
        (with_cost(PLAN, 1), [WARNING.at(value="biaya", place=Place(9, 10, "Satu"))], Outcome.LOUD),
        (with_cost(PLAN, 1), [WARNING.at(value="biaya", place=Place(9, 10, "Lain"))], Outcome.SILENT),
        (with_cost(PLAN, 1), [WARNING.at(value="1000", place=Place(12, 4, "Satu"))], Outcome.SILENT),
        (with_cost(PLAN, 1), [WARNING.at(value="J9, J12", place=Place(12, 10, "Satu"))], Outcome.LOUD),
        (joined(PLAN), [], Outcome.SILENT),
        (joined(PLAN), [WARNING.at(value="biaya", place=Place(12, 10, "Satu"))], Outcome.SILENT),
        (joined(PLAN), [WARNING.at(value="indikator", place=Place(11, 3, "Satu"))], Outcome.SILENT),
        (joined(PLAN), [WARNING.at(value="indikator", place=Place(12, 3, "Satu"))], Outcome.LOUD),
        (replace(PLAN, pagu=None), [], Outcome.SILENT),
        (replace(PLAN, lembar="Lain", tata_letak="lain"), [], Outcome.RIGHT),
        (replace(PLAN, penandatangan=()), [], Outcome.SILENT),
        (None, [], Outcome.SILENT),
        (None, [ERROR.at(value="tidak terbaca")], Outcome.LOUD),
    ],
)
def test_a_result_is_judged(plan: Plan | None, findings: list[Finding], outcome: Outcome) -> None:
    assert judge(BUILT, ((plan,) if plan else (), findings)).outcome is outcome


def test_the_name_of_a_strange_column_tells_its_loss_but_no_wrong_value() -> None:
    now = desk(shown.SMALL[:1])
    perform(now, ["judul kolom diganti kata tak dikenal"], 2)
    ((name, _),) = now.pages[0].strange.items()
    named = [WARNING.at(value="Kolom Istimewa", place=Place(7, 4, "Satu"))]
    blank: dict[str, Any] = {name: ""}
    other: dict[str, Any] = {name: "lain"}
    lost = changed(PLAN, lambda one: replace(one, **blank))
    wrong = changed(PLAN, lambda one: replace(one, **other))

    assert judge(expected(now), ((lost,), named)).outcome is Outcome.LOUD
    assert judge(expected(now), ((lost,), ())).outcome is Outcome.SILENT
    assert judge(expected(now), ((wrong,), named)).outcome is Outcome.SILENT


def test_an_invented_row_is_silently_wrong() -> None:
    wanted = expected(desk((without_row(PLAN),)))

    assert judge(wanted, ((PLAN,), ())).outcome is Outcome.SILENT


def test_a_traceback_is_an_outcome() -> None:
    def reader(data: bytes) -> Result:
        raise KeyError(len(data))

    assert runner.verdict(runner.trial(0), reader).outcome is Outcome.CRASH


# --- running ---------------------------------------------------------------------------------------------


def test_a_failing_sequence_is_made_small_and_kept(tmp_path: Path) -> None:
    def unedited(data: bytes) -> Result:
        del data
        return document(0), ()

    one = next(one for one in trials() if len(one.done) > 4 and runner.verdict(one, unedited).outcome.bad)
    story = runner.keep_failure(one.seed, unedited, tmp_path)

    assert "  1. " in story
    assert "  2. " not in story
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".txt", ".xlsx", ".xlsx"]
    assert package.read((tmp_path / f"{one.seed}-asal.xlsx").read_bytes()).grids


def test_counts_are_a_table_with_a_row_for_each_kind() -> None:
    tally = runner.run(range(40), lambda _: ((), ()))

    assert tally.bad == tally.total.total() > 30
    assert pages.page(tally, range(40)).count("\n| ") == len(KINDS) + 2
