"""Every operation against every other, both ways round; the outcome of each pair is written here by hand."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

import pytest

from properties.edits import Doc, Edit, Node, words
from rak_excel.plan.merge import Merged, merge

if TYPE_CHECKING:
    from collections.abc import Callable


def row(number: int, biaya: Any = "own", **fields: Any) -> Node:
    """A kegiatan with words and a cost of its own."""
    own = {
        "uraian": words(number),
        "target": "100",
        "triwulan": (True, False, False, False),
        "biaya": 1000 + number if biaya == "own" else biaya,
        "pelaksana": "Sub Bagian Umum",
    }
    return Node(number, 3, own | fields)


def base() -> Doc:
    """Goal 1 with indikator 2 (rows 3, 20, 4, and 5 that shares the cost of 4) and 6 (7); 8 with 9."""
    one = Node(1, 1, {"uraian": words(1)})
    one.below = [
        Node(2, 2, {"uraian": words(2)}, [row(3), row(20), row(4), row(5, "bersama")]),
        Node(6, 2, {"uraian": words(6)}, [row(7)]),
    ]
    two = Node(8, 1, {"uraian": words(8)}, [Node(9, 2, {"uraian": words(9)}, [row(10), row(11)])])
    signatories = [
        Node(12, 9, {"jabatan": "Sekretaris", "nama": "Mery"}),
        Node(13, 9, {"jabatan": "Ketua", "nama": "Syarif"}),
    ]
    return Doc(Node(0, 0, {}, [one, two]), {"tahun": 2024, "unit": "Sekretariat", "pagu": 9000}, signatories)


def put(number: int, name: str, value: Any) -> Edit:
    return Edit("set", number, name, value)


def add(parent: int, after: int, node: Node) -> Edit:
    return Edit("add", parent=parent, after=after, value=node)


def lose_pelaksana(doc: Doc) -> None:
    for node in doc.root.walk():
        if node.level == 3:
            node.fields["pelaksana"] = ""


COPY = {"uraian": words(3), "biaya": 1003}

OPERATIONS: dict[str, tuple[Edit | Callable[[Doc], None], ...]] = {
    "text": (put(3, "uraian", f"{words(3)} revisi"),),
    "other text": (put(3, "uraian", f"{words(3)} tahap dua"),),
    "cost": (put(3, "biaya", 111),),
    "other cost": (put(3, "biaya", None),),
    "doer": (put(3, "pelaksana", "Sub Bagian Hukum"),),
    "tick 2": (put(3, "triwulan[1]", True),),
    "tick 3": (put(3, "triwulan[2]", True),),
    "target": (put(3, "target", "90"),),
    "indikator text": (put(2, "uraian", f"{words(2)} revisi"),),
    "goal text": (put(1, "uraian", f"{words(1)} revisi"),),
    "add": (add(2, 3, row(30)),),
    "add, other cost": (add(2, 3, row(30, 77)),),
    "add another": (add(2, 3, row(31)),),
    "delete": (Edit("delete", 3),),
    "delete indikator": (Edit("delete", 2),),
    "delete goal": (Edit("delete", 1),),
    "move": (Edit("move", 3, parent=6, after=7),),
    "move elsewhere": (Edit("move", 3, parent=9, after=11),),
    "move down": (Edit("move", 3, parent=2, after=5),),
    "sort": (Edit("sort", parent=2, value=(20, 3, 4, 5)),),
    "sort otherwise": (Edit("sort", parent=2, value=(3, 4, 5, 20)),),
    "copy": (add(2, 3, row(32, **COPY)),),
    "merge cost": (put(11, "biaya", "bersama"),),
    "unmerge cost": (put(5, "biaya", 500),),
    "head's cost": (put(4, "biaya", 9999),),
    "insert into shared": (add(2, 4, row(33)),),
    "add a sharer": (add(2, 4, row(34, "bersama")),),
    "delete head": (Edit("delete", 4), put(5, "biaya", 1004)),
    "pagu": (Edit("plan", field="pagu", value=8000),),
    "other pagu": (Edit("plan", field="pagu", value=None),),
    "unit": (Edit("plan", field="unit", value="Sekretariat KPU"),),
    "signatory": (put(12, "nama", "Merry"),),
    "delete signatory": (Edit("delete", 12),),
    "delete column": (lose_pelaksana,),
}

ROW_EDITS = ("text", "other text", "cost", "other cost", "doer", "tick 2", "tick 3", "target")
ADDITIONS = ("add", "add, other cost", "add another", "copy", "insert into shared", "add a sharer")
SHARED_EDITS = ("unmerge cost", "head's cost", "delete head")
MOVES = ("move", "move elsewhere")

CONFLICTS: dict[tuple[str, str], str] = {
    # the same field changed differently
    ("text", "other text"): "RAK501",
    ("cost", "other cost"): "RAK501",
    ("pagu", "other pagu"): "RAK501",
    ("unmerge cost", "delete head"): "RAK501",
    # edit, addition or move against the deletion of the row, its indikator, its goal
    **{(one, "delete"): "RAK502" for one in (*ROW_EDITS, *MOVES)},
    **{
        (one, gone): "RAK502"
        for one in (*ROW_EDITS, *ADDITIONS, *SHARED_EDITS, *MOVES, "indikator text")
        for gone in ("delete indikator", "delete goal")
    },
    ("goal text", "delete goal"): "RAK502",
    ("head's cost", "delete head"): "RAK502",
    ("signatory", "delete signatory"): "RAK502",
    # moved twice
    ("move", "move elsewhere"): "RAK503",
    # a shared cost whose amount the other side took away
    ("add a sharer", "delete head"): "RAK504",
    # orders that contradict each other: 20 before 3, 3 before 4, 4 before 20
    ("sort", "sort otherwise"): "RAK505",
    # added on both sides, and not equal
    ("add", "add, other cost"): "RAK506",
    # cells of a column that the other side deleted
    **{(one, "delete column"): "RAK507" for one in ("doer", *ADDITIONS)},
}
"""Every pair that is a conflict; all others are merged."""

ORDERS: dict[tuple[str, str], list[int]] = {
    ("move down", "sort otherwise"): [4, 5, 20, 3],
}
"""Rows of indikator 2 where the result is that of neither edit after the other."""


PARTS: dict[str, tuple[Edit, ...]] = {"own cost below head": (put(5, "biaya", 1004),)}

ANSWERS: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {
    ("unmerge cost", "delete head"): {"ours": ("delete head", "unmerge cost")},
    ("head's cost", "delete head"): {"ours": ("head's cost", "own cost below head")},
    ("move", "delete indikator"): {"ours": ("move", "delete indikator")},
    ("move elsewhere", "delete indikator"): {"ours": ("move elsewhere", "delete indikator")},
    ("move elsewhere", "delete goal"): {"ours": ("move elsewhere", "delete goal")},
    **{(one, "delete column"): {"theirs": (one, "delete column")} for one in ADDITIONS},
}
"""What an answer makes where an operation did more than what is disputed, and the rest of it is merged."""


def expected(one: str, other: str) -> str | None:
    return CONFLICTS.get((one, other)) or CONFLICTS.get((other, one))


def made(*names: str) -> Doc:
    """The base after some operations; what both sides did alike happens once."""
    doc = base()
    for name in dict.fromkeys(names):
        for step in OPERATIONS[name] if name in OPERATIONS else PARTS[name]:
            if isinstance(step, Edit):
                if step.kind in ("add", "sort") or step.number in {0, *doc.nodes()}:
                    kept(step, doc).apply(doc)
            else:
                step(doc)
    return doc


def kept(step: Edit, doc: Doc) -> Edit:
    """A sort of the rows that are still there, with newcomers behind their neighbours."""
    if step.kind != "sort":
        return step
    here = [one.number for one in doc.nodes()[2].below] if 2 in doc.nodes() else []
    order = [number for number in step.value if number in here]
    for at, number in enumerate(here):
        if number not in order:
            order.insert(order.index(here[at - 1]) + 1 if at else 0, number)
    return Edit("sort", parent=2, value=tuple(order)) if here else Edit("none")


def merged(ours: str, theirs: str) -> Merged:
    lost = {name: frozenset({"pelaksana"} if name == "delete column" else ()) for name in (ours, theirs)}
    return merge(
        base().plan(), made(ours).plan(), made(theirs).plan(), ours_lost=lost[ours], theirs_lost=lost[theirs]
    )


PAIRS = list(combinations_with_replacement(OPERATIONS, 2))


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=[f"{one} x {other}" for one, other in PAIRS])
def test_two_operations(one: str, other: str) -> None:
    code = expected(one, other)

    for ours, theirs in ((one, other), (other, one)):
        result = merged(ours, theirs)

        assert {conflict.code for conflict in result.conflicts} == ({code} if code else set())
        if code is None and (one, other) in ORDERS:
            texts = [words(number) for number in ORDERS[one, other]]
            assert [row.uraian for row in result.plan.sasaran[0].indikator[0].kegiatan] == texts
        elif code is None:
            assert result.plan in (made(ours, theirs).plan(), made(theirs, ours).plan())


@pytest.mark.parametrize(("one", "other"), sorted(CONFLICTS))
def test_a_conflict_shows_both_sides_and_takes_either_answer(one: str, other: str) -> None:
    conflicts = merged(one, other).conflicts
    plans = base().plan(), made(one).plan(), made(other).plan()
    lost = [frozenset({"pelaksana"} if name == "delete column" else ()) for name in (one, other)]

    for side, name in (("ours", one), ("theirs", other)):
        choices = {conflict.key: side for conflict in conflicts}
        result = merge(*plans, choices=choices, ours_lost=lost[0], theirs_lost=lost[1])

        assert (result.conflicts, result.stale) == ((), ())
        assert result.plan == made(*ANSWERS.get((one, other), {}).get(side, (name,))).plan()
