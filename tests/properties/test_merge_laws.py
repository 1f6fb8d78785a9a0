"""The laws of merging, each over thousands of plans and edits."""

from __future__ import annotations

import os
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from properties.edits import Doc, docs, edited, hints
from rak_excel.plan.diff import apply, diff
from rak_excel.plan.merge import Merged, merge

if TYPE_CHECKING:
    from rak_excel.plan.model import Plan

MANY = settings(
    max_examples=int(os.environ.get("RAK_EXAMPLES", "100")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

OURS, THEIRS = 2 * 10**6, 3 * 10**6


@st.composite
def three(
    draw: Any, *, unique: bool, shared: bool, kinds: tuple[str, ...] = (), most: int = 5
) -> tuple[Doc, Doc, Doc]:
    """A base and what two people made of it."""
    base = draw(docs(unique=unique, shared=shared))
    # what both add may be the same
    first = draw(st.sampled_from([OURS, THEIRS]))
    ours = draw(edited(base, OURS, most=most, unique=unique, kinds=kinds))
    theirs = draw(edited(base, THEIRS if unique else first, most=most, unique=unique, kinds=kinds))
    return base, ours, theirs


ANY = st.booleans().flatmap(lambda unique: three(unique=unique, shared=True))


# --- diff ----------------------------------------------------------------------------------------------


@MANY
@given(ANY)
def test_applying_a_difference_gives_the_later_plan(docs: tuple[Doc, Doc, Doc]) -> None:
    for before, after in pairwise(docs):
        assert apply(diff(before.plan(), after.plan()), before.plan()) == after.plan()


@MANY
@given(docs(unique=False), docs(unique=False))
def test_applying_a_difference_of_strangers_gives_the_later_plan(before: Doc, after: Doc) -> None:
    assert apply(diff(before.plan(), after.plan()), before.plan()) == after.plan()


@MANY
@given(docs(unique=False))
def test_a_plan_does_not_differ_from_itself(doc: Doc) -> None:
    assert diff(doc.plan(), doc.copy().plan()) == ()


# --- one side stands still -----------------------------------------------------------------------------


@MANY
@given(ANY, st.booleans())
def test_what_one_side_did_alone_is_taken(docs: tuple[Doc, Doc, Doc], told: bool) -> None:
    base, side, _ = docs
    known = hints(side, base) if told else {}

    taken = merge(base.plan(), base.plan(), side.plan(), theirs_of=known)
    kept = merge(base.plan(), side.plan(), base.plan(), ours_of=known)
    both = merge(base.plan(), side.plan(), side.plan(), theirs_of=known)

    assert [one.plan for one in (taken, kept, both)] == [side.plan()] * 3
    assert [one.conflicts for one in (taken, kept, both)] == [()] * 3


@MANY
@given(ANY, st.randoms(use_true_random=False))
def test_no_hint_can_change_what_one_side_did(docs: tuple[Doc, Doc, Doc], drawn: Any) -> None:
    """Ids may be torn from their rows in any way: copied, sorted apart, of another document."""
    base, side, _ = docs
    there = sorted(side.paths())
    known = {drawn.choice(there): path for path in sorted(base.paths())} | {"kegiatan[x]": "sasaran[99]"}

    taken = merge(base.plan(), base.plan(), side.plan(), theirs_of=known)
    kept = merge(base.plan(), side.plan(), base.plan(), ours_of=known)
    both = merge(base.plan(), side.plan(), side.plan(), theirs_of=known)

    assert [one.plan for one in (taken, kept, both)] == [side.plan()] * 3
    assert [one.conflicts for one in (taken, kept, both)] == [()] * 3


@MANY
@given(docs(unique=False), docs(unique=False))
def test_a_stranger_on_one_side_is_taken_whole(base: Doc, side: Doc) -> None:
    assert merge(base.plan(), base.plan(), side.plan())[:2] == (side.plan(), ())
    assert merge(base.plan(), side.plan(), base.plan())[:2] == (side.plan(), ())
    assert merge(base.plan(), side.plan(), side.plan())[:2] == (side.plan(), ())


# --- both sides ----------------------------------------------------------------------------------------


@MANY
@given(ANY)
def test_swapping_the_sides_gives_the_same(docs: tuple[Doc, Doc, Doc]) -> None:
    base, ours, theirs = (doc.plan() for doc in docs)

    one, other = merge(base, ours, theirs), merge(base, theirs, ours)

    assert swapped(one) == swapped(other, back=True)
    if not one.conflicts:
        assert unordered(one.plan) == unordered(other.plan)


def swapped(merged: Merged, *, back: bool = False) -> Counter[Any]:
    """The conflicts without their keys, the sides put back."""
    return Counter(
        repr((one.kind, one.part, one.field, one.base_path, one.base, sides[::-1] if back else sides))
        for one in merged.conflicts
        for sides in [[(one.ours_path, one.ours), (one.theirs_path, one.theirs)]]
    )


def unordered(plan: Plan) -> Any:
    """A plan in which the order of siblings does not count."""
    goals = Counter(
        (
            goal.uraian,
            frozenset(
                Counter(
                    (indikator.uraian, frozenset(Counter(indikator.kegiatan).items()))
                    for indikator in goal.indikator
                ).items()
            ),
        )
        for goal in plan.sasaran
    )
    return goals, Counter(plan.penandatangan), plan.tahun, plan.unit, plan.judul, plan.pagu


@MANY
@given(ANY)
def test_merging_twice_gives_the_same(docs: tuple[Doc, Doc, Doc]) -> None:
    base, ours, theirs = docs

    one = merge(base.plan(), ours.plan(), theirs.plan())

    assert one == merge(base.copy().plan(), ours.copy().plan(), theirs.copy().plan())


@MANY
@given(
    three(unique=True, shared=True, most=8),
    st.lists(st.sampled_from(["ours", "theirs"]), min_size=12, max_size=12),
)
def test_choices_leave_no_conflict(docs: tuple[Doc, Doc, Doc], answers: list[str]) -> None:
    base, ours, theirs = (doc.plan() for doc in docs)
    conflicts = merge(base, ours, theirs).conflicts
    choices = {one.key: answers[at % len(answers)] for at, one in enumerate(conflicts)}

    merged = merge(base, ours, theirs, choices=choices)

    assert len(choices) == len(conflicts)
    assert (merged.conflicts, merged.stale) == ((), ())


@MANY
@given(ANY)
def test_every_part_of_the_result_names_its_source(docs: tuple[Doc, Doc, Doc]) -> None:
    base, ours, theirs = (doc.plan() for doc in docs)

    merged = merge(base, ours, theirs)

    of_ours = merge(base, ours, base).sources
    assert set(of_ours) == set(of_ours.values())
    assert len(set(merged.sources.values())) == len(merged.sources)
    assert set(merged.sources.values()) <= set(of_ours)


# --- judged by who each part is ------------------------------------------------------------------------

Facts = dict[Any, Any]
ROW = ("uraian", "target", "biaya", "pelaksana", "satuan", "bulan")
OWN = ("tahun", "unit", "pagu", "judul", "lembar", "tata_letak", "kertas")


def facts(doc: Doc) -> Facts:
    """A document as flat facts about numbers: fields, periods, parents."""
    found: Facts = {("plan", name): value for name, value in doc.own.items()}
    parents = doc.parents()
    for number, node in doc.nodes().items():
        found["parent", number] = parents.get(number)
        for name, value in node.fields.items():
            if name == "triwulan":
                found |= {("field", number, f"triwulan[{at}]"): cell for at, cell in enumerate(value)}
            else:
                found["field", number, name] = value
    return found


def numbers_of(doc: Doc) -> set[int]:
    return set(doc.nodes())


def put_together(base: Doc, ours: Doc, theirs: Doc) -> tuple[Facts, bool]:
    """The facts of the merge, by number; and whether any of them is disputed."""
    plans = [facts(doc) for doc in (base, ours, theirs)]
    for one in plans:
        for name, value in (
            ("judul", "RENCANA AKSI KINERJA"),
            ("lembar", ""),
            ("tata_letak", ""),
            ("kertas", ""),
        ):
            one.setdefault(("plan", name), value)
        for number in {key[1] for key in one if key[0] == "field"}:
            if ("field", number, "biaya") in one:
                for name, blank in (("satuan", ""), ("bulan", ())):
                    one.setdefault(("field", number, name), blank)
    who = [numbers_of(doc) for doc in (base, ours, theirs)]
    gone, disputed = set(), False
    for number in who[0]:
        for deleter, keeper in ((1, 2), (2, 1)):
            if number not in who[deleter]:
                gone.add(number)
                if number in who[keeper] and touched(number, plans[0], plans[keeper], who[0]):
                    disputed = True
    result: Facts = {}
    for key in {key for one in plans for key in one}:
        if key[0] != "plan" and key[1] in gone:
            continue
        was, one, two = (plan.get(key, "absent") for plan in plans)
        if "absent" in (one, two):
            result[key] = two if one == "absent" else one
        elif two in (one, was):
            result[key] = one
        elif one == was:
            result[key] = two
        else:
            disputed = True
    return result, disputed


def touched(number: int, base: Facts, side: Facts, known: set[int]) -> bool:
    """Whether a side changed a part, or put something below it."""
    about = {key for one in (base, side) for key in one if key[0] != "plan" and key[1] == number}
    if any(base.get(key) != side.get(key) for key in about):
        return True
    return any(
        key[0] == "parent" and value == number and (key[1] not in known or base["parent", key[1]] != number)
        for key, value in side.items()
    )


@MANY
@given(three(unique=True, shared=False, most=6), st.booleans())
def test_the_merge_is_what_both_sides_did_or_a_conflict(docs: tuple[Doc, Doc, Doc], told: bool) -> None:
    """Part by part, judged by an oracle that knows who each part is and reads no text."""
    base, ours, theirs = docs
    expected, disputed = put_together(base, ours, theirs)
    of = [hints(side, base) if told else {} for side in (ours, theirs)]

    merged = merge(base.plan(), ours.plan(), theirs.plan(), ours_of=of[0], theirs_of=of[1])

    assert any(one.kind != "order" for one in merged.conflicts) == disputed
    assert all(both_ordered(one, docs) for one in merged.conflicts if one.kind == "order")
    if not merged.conflicts:
        assert flat(merged.plan) == flat_facts(expected)
        assert turned_around(merged.plan, docs, expected) == set()


@MANY
@given(three(unique=True, shared=True, most=8), st.sampled_from(["ours", "theirs"]))
def test_choosing_one_side_everywhere_loses_nothing_of_it(docs: tuple[Doc, Doc, Doc], side: str) -> None:
    """Whatever that side changed, added or deleted stands in the result, judged fact by fact."""
    base, ours, theirs = docs
    plans = base.plan(), ours.plan(), theirs.plan()
    keys = [one.key for one in merge(*plans).conflicts]

    merged = merge(*plans, choices=dict.fromkeys(keys, side)).plan

    names = {text(node): number for doc in docs for number, node in doc.nodes().items()}
    before, after = facts_of(plans[0], names), facts_of(plans[1 if side == "ours" else 2], names)
    result = facts_of(merged, names)
    assert {key: result.get(key) for key in after if after[key] != before.get(key)} == {
        key: value for key, value in after.items() if value != before.get(key)
    }
    assert not {key[1] for key in before} - {key[1] for key in after} & {key[1] for key in result}


def text(node: Any) -> str:
    return str(node.fields.get("jabatan") or node.fields["uraian"])


def facts_of(plan: Plan, names: dict[str, int]) -> Facts:
    """A plan as flat facts about numbers, its parts known by their texts."""
    found: Facts = {("plan", name): getattr(plan, name) for name in OWN}
    for goal in plan.sasaran:
        found["parent", names[goal.uraian]] = 0
        found["uraian", names[goal.uraian]] = goal.uraian
        for indikator in goal.indikator:
            found["parent", names[indikator.uraian]] = names[goal.uraian]
            found["uraian", names[indikator.uraian]] = indikator.uraian
            for row in indikator.kegiatan:
                number = names[str(row.uraian)]
                found["parent", number] = names[indikator.uraian]
                found |= {(name, number): getattr(row, name) for name in ROW}
                found |= {(f"triwulan[{at}]", number): cell for at, cell in enumerate(row.triwulan)}
    found |= {("nama", names[one.jabatan]): one.nama for one in plan.penandatangan}
    return found


def sequences(doc: Doc) -> dict[int, list[int]]:
    """Who stands under whom, in order."""
    return {node.number: [one.number for one in node.below] for node in doc.root.walk() if node.level < 3}


def both_ordered(conflict: Any, docs: tuple[Doc, Doc, Doc]) -> bool:
    """Whether both sides had a hand in the order under some part."""
    ours = docs[1]
    parent = 0 if not conflict.ours_path else ours.paths()[conflict.ours_path]
    orders = [sequences(doc).get(parent, []) for doc in docs]
    both = [one for one in orders[1] if one in orders[2]]
    new = [one for one in both if one not in orders[0]]
    old = [[one for one in order if one in both and one not in new] for order in orders]
    return bool(new) or (old[0] != old[1] and old[0] != old[2] and old[1] != old[2])


def turned_around(plan: Plan, docs: tuple[Doc, Doc, Doc], known: Facts) -> set[tuple[int, int]]:
    """Pairs of siblings that one side turned around and the merge did not, or the merge alone did."""
    told = [
        text
        for goal in plan.sasaran
        for text in [
            goal.uraian,
            *(
                text
                for indikator in goal.indikator
                for text in [indikator.uraian, *(str(row.uraian) for row in indikator.kegiatan)]
            ),
        ]
    ]
    place = {text: at for at, text in enumerate(told)}
    orders = [sequences(doc) for doc in docs]
    wrong = set()
    for parent, siblings in orders[0].items():
        both = [one for one in siblings if all(one in order.get(parent, []) for order in orders)]
        for at, one in enumerate(both):
            for two in both[at + 1 :]:
                turned = any(order[parent].index(two) < order[parent].index(one) for order in orders[1:])
                texts = [known["field", number, "uraian"] for number in (one, two)]
                if (place[texts[1]] < place[texts[0]]) != turned:
                    wrong.add((one, two))
    return wrong


@MANY
@given(three(unique=True, shared=True, most=4, kinds=("set", "share", "delete", "add", "move", "sort")))
def test_every_shared_cost_shares_the_amount_that_was_meant(docs: tuple[Doc, Doc, Doc]) -> None:
    base, ours, theirs = docs
    merged = merge(base.plan(), ours.plan(), theirs.plan())
    if merged.conflicts:
        return
    numbers = {
        node.fields["uraian"]: number
        for doc in docs
        for number, node in doc.nodes().items()
        if node.level < 9
    }
    before = [heads(doc.plan(), numbers) for doc in docs]
    for row, head in heads(merged.plan, numbers).items():
        was, one, two = (side.get(row, "own") for side in before)
        if row not in ours.nodes() or row not in theirs.nodes():
            assert head == (two if row not in ours.nodes() else one)
        else:
            assert head == (two if one == was else one)
            assert one == two or was == one or was == two  # noqa: PLR1714 (None and numbers)


def heads(plan: Plan, numbers: dict[str, int]) -> dict[int, int | None]:
    """Whose amount each row with a shared cost shares; `None` where nothing above it is an amount."""
    found: dict[int, int | None] = {}
    for goal in plan.sasaran:
        head: int | None = None
        for row in goal.kegiatan:
            number = numbers[str(row.uraian)]
            if row.biaya == "bersama":
                found[number] = head
            else:
                head = number if isinstance(row.biaya, int) else None
    return found


def flat(plan: Plan) -> Counter[Any]:
    """Every part with its fields and the text of its parent."""
    found: Counter[Any] = Counter()
    for goal in plan.sasaran:
        found["sasaran", goal.uraian] += 1
        for indikator in goal.indikator:
            found["indikator", indikator.uraian, goal.uraian] += 1
            for row in indikator.kegiatan:
                own = (getattr(row, name) for name in ROW)
                found[("kegiatan", indikator.uraian, row.triwulan, *own)] += 1
    for one in plan.penandatangan:
        found["penandatangan", one.jabatan, one.nama] += 1
    found[
        "plan", plan.tahun, plan.unit, plan.pagu, plan.judul, plan.lembar, plan.tata_letak, plan.kertas
    ] += 1
    return found


def flat_facts(known: Facts) -> Counter[Any]:
    """The same of the oracle's facts."""

    def of(number: int, name: str) -> Any:
        return known.get(("field", number, name))

    found: Counter[Any] = Counter()
    for kind, number, *_ in [key for key in known if key[0] == "parent"]:
        assert kind == "parent"
        parent = known["parent", number]
        if of(number, "jabatan") is not None:
            found["penandatangan", of(number, "jabatan"), of(number, "nama")] += 1
        elif of(number, "target") is not None:
            ticks = tuple(of(number, f"triwulan[{at}]") for at in range(4))
            found[("kegiatan", of(parent, "uraian"), ticks, *(of(number, name) for name in ROW))] += 1
        elif parent == 0:
            found["sasaran", of(number, "uraian")] += 1
        else:
            found["indikator", of(number, "uraian"), of(parent, "uraian")] += 1
    own = (
        known["plan", name] for name in ("tahun", "unit", "pagu", "judul", "lembar", "tata_letak", "kertas")
    )
    found[("plan", *own)] += 1
    return found
