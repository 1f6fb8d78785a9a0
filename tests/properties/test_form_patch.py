"""What a merge changed gets back into an input sheet as its owner wrote it, and nothing else moves.

    RAK_EXAMPLES=2000 pytest tests/properties/test_form_patch.py

draws as many for each property.
"""

from __future__ import annotations

import io
import os
import random
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias
from unittest.mock import patch

import openpyxl
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from properties.edits import Doc, Node, docs, edited, hints
from properties.packages import parts_of
from properties.test_patch import changed
from rak_excel.files import xlsx_writer
from rak_excel.loading import Loaded, layout_named, load_bytes
from rak_excel.merging import Merging, patched_source
from rak_excel.plan.encode import encode
from rak_excel.plan.merge import Merged
from rak_excel.plan.rows import unnest
from rak_excel.sheet import form

if TYPE_CHECKING:
    from rak_excel.plan.model import Plan

MANY: Final = settings(
    max_examples=int(os.environ.get("RAK_EXAMPLES", "40")),
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
NEW: Final = 5 * 10**6
FIELDS: Final = (
    "nomor", "sasaran", "indikator", "target", "kegiatan", "triwulan[1]", "triwulan[2]", "triwulan[3]",
    "triwulan[4]", "biaya", "pelaksana",
)  # fmt: skip
SHEET: Final = "xl/worksheets/sheet1.xml"
NOTE: Final = 13
"""The column of a note of the owner's own on each row."""
HEADS: Final = ("nomor", "sasaran", "indikator")
PARENTS: Final = (*HEADS, "target")
Texts: TypeAlias = tuple[dict[str, str], int]
"""The texts of a row by their fields, and the number of its kegiatan."""


class Written(NamedTuple):
    """A form as its owner left it, and the numbers of the kegiatan that are noted beside them."""

    data: bytes
    notes: tuple[int, ...]


def lines_of(goal: Node) -> list[Node | None]:
    """The kegiatan of a sasaran in order; `None` is the row of a part that has none."""
    made: list[Node | None] = []
    for one in goal.below:
        made.extend(one.below or (None,))
    return made or [None]


class Owner:
    """Somebody who fills in a form in a way of his own."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        dice = self.dice = random.Random(seed)
        self.repeated = {field for field in PARENTS if dice.random() < 0.15}
        self.merged = {field for field in (*PARENTS, "biaya", "pelaksana") if dice.random() < 0.3}
        self.gap = dice.choice([0, 0, 0, 1])
        self.tick = dice.choice(["√", "v", "x"])
        self.number = dice.choice(["{}", "{}.", ""])
        self.apart = dice.random() < 0.2

    def __repr__(self) -> str:
        """Enough to have him again."""
        return f"Owner({self.seed})"

    def write(self, doc: Doc) -> Written:
        """The form of a document."""
        plan, drawn = doc.plan(), load_bytes(_blank(), "a.xlsx").filled
        assert drawn is not None
        sheet = drawn.sheets[0]
        book = openpyxl.load_workbook(io.BytesIO(_blank()))
        page = book.worksheets[0]
        typed: dict[tuple[int, int], Any] = {
            sheet.values[key]: getattr(plan, key) for key in ("tahun", "unit", "judul", "pagu")
        }
        for block, one in zip(sheet.blocks, plan.penandatangan, strict=False):
            typed |= {at: getattr(one, key) for key, at in block.items()}
        rows, first = self.rows(doc), sheet.heading + 1
        for at, (texts, number) in enumerate(rows, first):
            for column, field in enumerate(FIELDS, 1):
                typed[at, column] = self.typed(field, texts.get(field, ""))
            typed[at, NOTE] = f"catatan {number}." if number else ""
        typed[sheet.heading, NOTE] = "Catatan"
        for (row, column), value in typed.items():
            if value not in ("", None):
                page.cell(row, column, value)
        for top, bottom, column in self.areas(rows):
            page.merge_cells(None, first + top, column, first + bottom, column)
        made = io.BytesIO()
        book.save(made)
        return Written(made.getvalue(), tuple(number for _, number in rows if number))

    def typed(self, field: str, text: str) -> str | int:
        """A text as he types it."""
        digits = text.replace(".", "")
        if field == "biaya" and digits.isdigit():
            return int(digits)
        if field == "nomor" and text:
            shown = self.number.format(text)
            return int(shown) if shown.isdigit() else shown
        return self.tick if text == "√" else text

    def rows(self, doc: Doc) -> list[Texts]:
        """The texts of each row with the number of its kegiatan, 0 where it has none."""
        made: list[Texts] = []
        told = unnest(encode(doc.plan()))
        for goal in doc.root.below:
            made.extend([({}, 0)] * (self.gap if made else 0))
            above: dict[str, str] = {}
            for line in lines_of(goal):
                texts = dict(next(told))
                head: dict[str, str] = {field: texts.pop(field) for field in HEADS if field in texts}
                if self.apart and line is not None and head:
                    made.append((head, 0))
                else:
                    texts = {**head, **texts}
                if "indikator" in head:
                    above.pop("target", None)
                if "target" not in self.repeated and texts.get("target") == above.get("target"):
                    texts.pop("target", None)
                texts |= {one: above[one] for one in self.repeated if one in above and not texts.get(one)}
                above |= {field: text for field, text in {**head, **texts}.items() if field in PARENTS}
                made.append((texts, line.number if line is not None else 0))
        return made

    def areas(self, rows: list[Texts]) -> list[tuple[int, int, int]]:
        """Merges that say what the blank cells under them say anyway, or one value for several rows."""
        found = []
        for column, field in enumerate(FIELDS, 1):
            at = 0
            while field in self.merged - self.repeated and at < len(rows):
                end = at
                while end + 1 < len(rows) and self.joins(field, rows[at][0], rows[end + 1]):
                    end += 1
                if end > at and rows[at][0].get(field) and self.dice.random() < 0.8:
                    found.append((at, end, column))
                at = end + 1
        return found

    def joins(self, field: str, first: dict[str, str], row: Texts) -> bool:
        """Whether a row may lie under a merge that begins with another one."""
        texts, number = row
        if not number:
            return False
        if field in ("nomor", "sasaran"):
            return "nomor" not in texts and not texts.get("sasaran")
        if field in ("indikator", "target"):
            return not texts.get("indikator") and "nomor" not in texts and not texts.get(field)
        if field == "biaya":
            return texts.get("biaya") == "bersama" and first.get("biaya", "").replace(".", "").isdigit()
        return bool(first.get(field)) and texts.get(field) == first.get(field)


@cache
def _blank() -> bytes:
    layout = layout_named("kpu").layout
    assert layout is not None
    with patch.object(form, "ROOM", 25):
        return xlsx_writer.write(form.blank(layout))


@st.composite
def cases(draw: Any) -> tuple[Doc, Doc, Owner]:
    """A plan that a table can tell, what became of it, and who filled in its form."""
    ours = draw(docs(unique=True, shared=True))
    kinds = draw(st.sampled_from([(), ("move", "move", "sort", "delete", "add", "share")]))
    merged = draw(edited(ours, NEW * 2, most=6, unique=True, kinds=kinds))
    dice = random.Random(draw(st.integers(0, 10**9)))
    if draw(st.booleans()):
        merged = changed(merged, dice.randrange(10**9))
    for doc in (ours, merged):
        for node in doc.root.walk():
            for name in ("bulan", "anggaran_triwulan", "kode", "satuan"):
                node.fields.pop(name, None)
            if "uraian" in node.fields:
                node.fields["uraian"] = node.fields["uraian"].strip()
            if node.level == 3:
                node.fields["target"] = node.fields["target"] or "100"
                node.fields["triwulan"] = node.fields["triwulan"] or (False,) * 4
        doc.own.update(lembar="", tata_letak="", kertas="")
    del merged.signatories[2:]
    return ours, merged, Owner(draw(st.integers(0, 10**9)))


def representable(plan: Plan) -> bool:
    layout = layout_named("kpu").layout
    assert layout is not None
    with patch.multiple(form, ROOM=0, _SPARE=0):
        made = xlsx_writer.write(form.filled(plan, layout))
    return load_bytes(made, "a.xlsx").plans == (plan,)


def brought(source: Loaded, data: bytes, ours: Doc, merged: Doc) -> bytes:
    one = Merged(merged.plan(), (), hints(merged, ours))
    return patched_source(source, data, Merging((one,), (), (), (), source)).data


def opened(case: tuple[Doc, Doc, Owner]) -> tuple[Written, Loaded]:
    ours, merged, owner = case
    written = owner.write(ours)
    source = load_bytes(written.data, "masukan.xlsx")
    assume(source.plans == (ours.plan(),) and representable(merged.plan()))
    return written, source


@MANY
@given(cases())
def test_the_patched_form_is_read_as_the_merged_plan(case: tuple[Doc, Doc, Owner]) -> None:
    ours, merged, _ = case
    written, source = opened(case)

    data = brought(source, written.data, ours, merged)

    assert load_bytes(data, "masukan.xlsx").plans == (merged.plan(),)


@MANY
@given(cases())
def test_what_the_owner_noted_beside_a_row_stays_with_it_or_is_told(case: tuple[Doc, Doc, Owner]) -> None:
    ours, merged, _ = case
    written, source = opened(case)
    one = Merged(merged.plan(), (), hints(merged, ours))
    patched = patched_source(source, written.data, Merging((one,), (), (), (), source))

    alive = {number: node.fields["uraian"] for number, node in merged.nodes().items() if node.level == 3}
    beside = {
        int(re.sub(r"\D", "", str(row[NOTE - 1].value))): row[4].value
        for row in openpyxl.load_workbook(io.BytesIO(patched.data)).worksheets[0].iter_rows()
        if str(row[NOTE - 1].value).startswith("catatan ")
    }
    before = set(written.notes)
    assert beside == {number: text for number, text in alive.items() if number in before}
    told = [finding.code for finding in patched.findings]
    assert ("RAK517" in told) == bool(before - alive.keys())


def rows_of(data: bytes) -> dict[int, str]:
    """The rows of the sheet as they are written, by the number beside them; their own left out."""
    parts = parts_of(data)
    shared = re.findall(r"<si>.*?</si>", parts.get("xl/sharedStrings.xml", b"").decode(), re.DOTALL)
    found: dict[int, str] = {}
    for row in re.findall(r"<row .*?</row>", parts[SHEET].decode(), re.DOTALL):
        cell = re.search(r'<c r="M\d+".*?</c>', row, re.DOTALL)
        index = re.search(r't="s".*?<v>(\d+)</v>', cell[0]) if cell is not None else None
        text = shared[int(index[1])] if index is not None else cell[0] if cell is not None else ""
        number = re.search(r"catatan (\d+)\.", text)
        if number is not None:
            found[int(number[1])] = re.sub(r'(\br="[A-Z]*)\d+"', r'\1"', row)
    return found


@MANY
@given(cases())
def test_rows_of_an_untouched_goal_keep_their_bytes(case: tuple[Doc, Doc, Owner]) -> None:
    ours, merged, owner = case
    written, source = opened(case)

    before, after = rows_of(written.data), rows_of(brought(source, written.data, ours, merged))

    assert before.keys() == {*written.notes}
    places = {goal.number: at for at, goal in enumerate(ours.root.below)}
    kept = [
        node.number
        for at, goal in enumerate(merged.root.below)
        if goal.number in places and repr(goal) == repr(ours.root.below[places[goal.number]])
        if at == places[goal.number] or not owner.number
        for node in goal.walk()
        if node.level == 3
    ]
    assert {one: after[one] for one in kept} == {one: before[one] for one in kept}
