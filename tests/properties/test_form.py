"""What a form holds is what a plan says: filled by us, or by a hand that types anything anywhere.

    RAK_LONG=1000 pytest tests/properties/test_form.py

draws as many for each property.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from properties import strategies
from properties.forms import KPU, Hand, unaccounted
from properties.test_recognise import LAYOUTS, plans
from rak_excel import loading
from rak_excel.files import csv_text, xlsx_reader, xlsx_writer
from rak_excel.plan.canonical import content_hash
from rak_excel.plan.codec import decode
from rak_excel.plan.encode import encode
from rak_excel.sheet import form
from rak_excel.sheet.form_reader import read_form

if TYPE_CHECKING:
    from rak_excel.plan.model import Plan
    from rak_excel.sheet.grid import Book
    from rak_excel.sheet.layout import Layout
    from rak_excel.sheet.seen import SeenBook

EXAMPLES: Final = int(os.environ.get("RAK_LONG", "20"))
any_plan = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
any_hand = settings(max_examples=5 * EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def from_bytes(book: Book) -> SeenBook:
    """A form as it is read from its file."""
    read = xlsx_reader.read(xlsx_writer.write(book), "x.xlsx")
    assert read.book is not None
    return read.book


def plan_of(book: SeenBook, layout: Layout) -> tuple[Plan, list[str]]:
    """The plan of a form, and the codes of what is told on the way."""
    made = read_form(book)
    assert made is not None
    (sheet,) = made.sheets
    return decode(sheet.root, layout.form).plan, [one.code for one in (*made.findings, *sheet.findings)]


@any_plan
@given(strategies.plans(most=8))
def test_a_form_filled_with_a_plan_is_that_plan(plan: Plan) -> None:
    """An office whose source is a form must find its plan in it, to the character."""
    again, told = plan_of(from_bytes(form.filled(plan, KPU)), KPU)

    assert again == plan
    assert content_hash((again,)) == content_hash((plan,))
    assert [code for code in told if code != "RAK135"] == []  # goals of one text, which a plan may have


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_form_of_any_layout_says_what_a_csv_says(name: str) -> None:
    """Both are rows under headings; what rows cannot tell, neither of them tells."""
    layout = LAYOUTS[name]

    @any_plan
    @given(plans(layout))
    def holds(plan: Plan) -> None:
        (root,) = csv_text.read(csv_text.write(encode(plan), loading.columns_of(layout))).roots

        seen = Hand(book=form.filled(plan, layout)).book()

        assert plan_of(seen, layout)[0] == decode(root, layout.form).plan

    holds()


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_empty_form_of_any_layout_holds_nothing(name: str) -> None:
    plan, told = plan_of(from_bytes(form.blank(LAYOUTS[name])), LAYOUTS[name])

    assert told == []
    assert (plan.tahun, plan.unit, plan.sasaran) == (0, "", ())


_TEXTS: Final = (
    "1", "2", "5000", "Rapat", "Tersedianya data", "√", "x", "nihil", "-", "bersama", "JUMLAH", "Tahun",
    "NIP", "Penandatangan 2", "Sekretariat", "Biaya", "T1", "catatan sendiri", "2026", "a\nb", "Jumlah biaya",
    "Kegiatan",
)  # fmt: skip
_KINDS: Final = ("text", "text", "text", "number", "boolean", "date", "error", "percent")
_cells: Final = st.tuples(
    st.integers(1, 24),
    st.integers(1, 14),
    st.sampled_from(_TEXTS),
    st.sampled_from(_KINDS),
    st.sampled_from(("", "", "", "A1*2")),
    st.booleans(),
)
_merges: Final = st.tuples(st.integers(1, 24), st.integers(1, 13), st.integers(0, 3), st.integers(0, 2))
_NUMBERS: Final = {"number", "percent"}


@any_hand
@given(st.lists(_cells, max_size=25), st.lists(_merges, max_size=2), st.booleans())
def test_whatever_is_typed_wherever_becomes_something(
    cells: list[tuple[int, int, str, str, str, bool]], merges: list[tuple[int, int, int, int]], marked: bool
) -> None:
    """Nothing that somebody typed is lost in silence."""
    hand = Hand()
    if not marked:
        hand.properties.pop("rak_form")
    for row, column, text, kind, formula, stored in cells:
        if kind in _NUMBERS and not text.isdigit():
            continue
        name = f"{'ABCDEFGHIJKLMN'[column - 1]}{row}"
        hand.put(name, text if stored or not formula else "", kind, formula, stored=stored)  # type: ignore[arg-type]  # drawn
    taken: set[tuple[int, int]] = set()
    for row, column, rows, columns in merges:
        squares = {(row + down, column + right) for down in range(rows + 1) for right in range(columns + 1)}
        last = f"{'ABCDEFGHIJKLMNOP'[column - 1 + columns]}{row + rows}"
        if len(squares) > 1 and not squares & taken:
            hand.merge(f"{'ABCDEFGHIJKLMN'[column - 1]}{row}:{last}")
            taken |= squares
    if read_form(hand.book()) is None:
        return

    assert hand.load().plans
    assert unaccounted(hand) == []
