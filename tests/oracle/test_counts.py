"""What `rak import` makes of thousands of edited workbooks: nothing is read wrongly in silence.

Some hundred sequences here, of other seeds than the page; the page's own where the clients are asked.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from oracle import runner
from oracle.judging import Outcome, Result
from oracle.page import page
from oracle.plans import changed
from rak_excel import api
from rak_excel.plan.values import BERSAMA
from rak_excel.sheet import body, sight, ties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from conftest import Golden
    from rak_excel.plan.model import Kegiatan, Plan

READER = "rak_excel.api:reimport"
PAGE = Path(__file__).parents[2] / "docs/suntingan.md"
COUNTED = range(5_300)
"""The seeds of the page; some have no effect and are not counted."""
OTHERS = range(700_000, 700_400)
LEAST = 0.95
"""The share that must be read as meant, what was lost being told."""


def test_some_hundred_sequences_are_read_as_meant_or_told() -> None:
    tally = runner.run(OTHERS, READER)

    assert tally.total.total() > 380
    assert tally.failures == []
    assert tally.right >= LEAST


def test_the_page_shows_what_is_counted(golden: Golden) -> None:
    """Under a minute on two cores."""
    if os.environ.get("RAK_REQUIRE_CLIENTS") != "1":
        pytest.skip("thousands of sequences are counted in CI, where RAK_REQUIRE_CLIENTS=1")
    tally = runner.run_many(COUNTED, READER, jobs=2)

    assert tally.total.total() >= 5_000
    assert tally.failures == []
    assert tally.right >= LEAST
    golden(PAGE, page(tally, COUNTED))


def reader(data: bytes) -> Result:
    """What `rak import` understands."""
    made = api.reimport(data)
    return made.plans, made.findings


# --- readers with a fault --------------------------------------------------------------------------------


def without_last(plan: Plan) -> Plan:
    """The last kegiatan is dropped, and what is then empty."""
    goal = plan.sasaran[-1]
    ind = goal.indikator[-1]
    inds = (*goal.indikator[:-1], *([replace(ind, kegiatan=ind.kegiatan[:-1])] if ind.kegiatan[1:] else []))
    goals = (*plan.sasaran[:-1], *([replace(goal, indikator=inds)] if inds else []))
    return replace(plan, sasaran=goals)


def shifted(one: Kegiatan) -> Kegiatan:
    """Its ticks stand one period further on."""
    return replace(one, triwulan=(*one.triwulan[-1:], *one.triwulan[:-1]))


def alone(one: Kegiatan) -> Kegiatan:
    """Its cost is not shared but nil."""
    return replace(one, biaya=None) if one.biaya == BERSAMA else one


def wrapped(change: Callable[[Plan], Plan]) -> Callable[[bytes], Result]:
    """The reader with its plans changed and its findings as they are."""

    def faulty(data: bytes) -> Result:
        plans, findings = reader(data)
        return tuple(change(plan) for plan in plans), findings

    return faulty


class Fault(NamedTuple):
    """A fault of a reader: how it is planted, and the edits that should show it."""

    plant: Callable[[pytest.MonkeyPatch], Callable[[bytes], Result]]
    kinds: Sequence[str] = ()


def trusts_ids(patch: pytest.MonkeyPatch) -> Callable[[bytes], Result]:
    """A row is the kegiatan of its id, whatever its text says."""
    tie = ties.tie_rows

    def trusting(table: body.Body, rows: Sequence[ties.BaseRow], document: str, number: int) -> object:
        for line in table.lines:
            if line.filled and line.key is not None and line.key.number <= len(rows):
                text = rows[line.key.number - 1].kegiatan.uraian or ""
                line.values["kegiatan"] = line.values["kegiatan"]._replace(text=text)
        return tie(table, rows, document, number)

    patch.setattr("rak_excel.sheet.recognise.tie_rows", trusting)
    return reader


def drops_hidden_rows(patch: pytest.MonkeyPatch) -> Callable[[bytes], Result]:
    records = body.Body.records

    def visible(table: body.Body) -> Iterator[object]:
        hidden = table.sight.sheet.hidden_rows
        return (record for record in records(table) if record.row not in hidden)

    patch.setattr(body.Body, "records", visible)
    return reader


def forgets_what_lies_under_merges(patch: pytest.MonkeyPatch) -> Callable[[bytes], Result]:
    patch.setattr(sight.Sight, "hidden_values", lambda _: None)
    return reader


FAULTS = {
    "ids are trusted blindly": Fault(trusts_ids, ["separuh kolom diurutkan", "id diisi ke bawah"]),
    "hidden rows are dropped": Fault(
        drops_hidden_rows, ["baris disembunyikan", "saringan (filter) dipasang"]
    ),
    "a value under a merge is ignored": Fault(
        forgets_what_lies_under_merges,
        ["dua sasaran digabung, teks lama tersembunyi", "biaya digabung, angka lama tersembunyi"],
    ),
    "the last row is dropped": Fault(lambda _: wrapped(without_last)),
    "ticks are shifted": Fault(lambda _: wrapped(lambda plan: changed(plan, shifted))),
    "a shared cost is nil": Fault(
        lambda _: wrapped(lambda plan: changed(plan, alone)), ["biaya digabung untuk lebih banyak kegiatan"]
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_planted_in_the_reader_is_counted_as_silently_wrong(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = FAULTS[fault]
    seeds = range(0, 120, 4)
    before = runner.run(seeds, reader, only=planted.kinds)
    after = runner.run(seeds, planted.plant(monkeypatch), only=planted.kinds)

    assert before.failures == []
    assert after.total[Outcome.SILENT] > after.total.total() / 2
    assert after.total[Outcome.CRASH] == 0
