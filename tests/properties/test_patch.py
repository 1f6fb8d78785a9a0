"""What a merge changed gets back into its author's file, and nothing else moves."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from properties.authors import ROOT, Author, Clerk
from properties.edits import Doc, Node, docs, edited, hints, words
from rak_excel.files import csv_patch, csv_text, yaml_text
from rak_excel.files.csv_patch.records import sheet_of
from rak_excel.files.yaml_patch import patch
from rak_excel.plan.codec import decode
from rak_excel.plan.encode import encode
from rak_excel.plan.model import Form, Plan

MANY = settings(
    max_examples=int(os.environ.get("RAK_EXAMPLES", "100")),
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FORM = Form("kpu", frozenset({"kegiatan.uraian", "kegiatan.biaya"}), ())

WILD = (
    *("Satu: dua", "- strip", "# bukan catatan", "dua\nbaris", "“kutip” \"dua\" 'satu'", "ya, [dan] {lagi}"),
    *(
        "1.500",
        "garis \\ miring",
        "yes",
        "null",
        "100 %",
        "a #b",
        "é√",
        "> lipat",
        "tiga\n\nbaris\nlagi",
        "akhir:",
    ),
)
Case = tuple[Doc, Doc, int]
NEW = 5 * 10**6


def wild(doc: Doc, seed: int) -> Doc:
    """Texts that YAML would read as something else, and values of the rarer fields."""
    dice = random.Random(seed)
    for node in doc.root.walk()[1:]:
        if dice.random() < 0.2:
            node.fields["uraian"] = dice.choice(WILD)
        if node.level == 3 and dice.random() < 0.2:
            node.fields["kode"] = f"{dice.randrange(9)}.{dice.randrange(100)}"
        if node.level == 3 and dice.random() < 0.1:
            node.fields["anggaran_triwulan"] = ("25", False, "89.5", dice.choice(["WTP", False]))
    return doc


def changed(doc: Doc, seed: int) -> Doc:
    """More edits: of signatories, rare fields, and whole lists."""
    dice = random.Random(seed)
    nodes = doc.root.walk()[1:]
    for _ in range(dice.choice([0, 1, 2])):
        kind = dice.choice(["wild", "signatory", "shuffle", "empty", "blank", "kode", "band", "target"])
        node = dice.choice(nodes) if nodes else None
        if kind == "signatory":
            number = NEW + dice.randrange(1000)
            new = Node(
                number,
                9,
                {"jabatan": words(number, 1), "nama": words(number + 1, 2), "nip": "198205062010122002"},
            )
            doc.signatories.insert(dice.randrange(len(doc.signatories) + 1), new)
        elif kind == "shuffle":
            dice.shuffle(doc.signatories)
        elif node is None:
            continue
        elif kind == "wild":
            node.fields["uraian"] = dice.choice(WILD)
        elif kind == "empty":
            node.below.clear()
        elif node.level != 3:
            continue
        elif kind == "blank":
            name, value = dice.choice([("pelaksana", ""), ("biaya", ""), ("triwulan", ())])
            node.fields[name] = value
        elif kind == "kode":
            node.fields["kode"] = dice.choice(["", "7.1"])
        elif kind == "band":
            node.fields["anggaran_triwulan"] = dice.choice([(), ("50", "25", False, False), (False,) * 4])
        elif kind == "target":
            node.fields["target"] = dice.choice(["", "89.5", "1.500"])
    return doc


@st.composite
def cases(draw: Any, *, kinds: tuple[str, ...] = ()) -> Case:
    """A plan, what became of it, and the seed of its author."""
    unique = draw(st.booleans())
    ours = wild(draw(docs(unique=unique, shared=True)), draw(st.integers(0, 10**9)))
    merged = draw(edited(ours, NEW * 2, most=6, unique=unique, kinds=kinds))
    if not kinds:
        merged = changed(merged, draw(st.integers(0, 10**9)))
    for node in merged.root.walk()[1:]:
        node.fields["uraian"] = node.fields["uraian"].strip()
    return ours, merged, draw(st.integers(0, 10**9))


def read(text: str) -> list[Plan]:
    found = yaml_text.read(text.encode())
    assert found.findings == (), (text, found.findings)
    return [decode(root, FORM).plan for root in found.roots]


def written(case: Case) -> tuple[Author, str]:
    """The author's text, and what it became."""
    ours, merged, seed = case
    author = Author(seed)
    author.document(ours, opened=False)
    text = author.out.text
    assert read(text) == [ours.plan()]
    return author, patch(text, 0, ours.plan(), merged.plan(), hints(merged, ours))


@MANY
@given(cases())
def test_the_patched_text_is_read_as_the_merged_plan(case: Case) -> None:
    author, patched = written(case)

    assert read(patched) == [case[1].plan()], f"{author.out.text}\n=======\n{patched}"


@MANY
@given(cases(), st.integers(0, 10**9), st.booleans())
def test_another_document_of_the_stream_keeps_its_bytes(case: Case, other: int, first: bool) -> None:
    ours, merged, seed = case
    author, stranger = Author(seed), Author(other)
    stranger.out.newline = author.out.newline
    author.document(ours, opened=not first)
    stranger.document(merged, opened=first)
    own, strange = author.out.lines, stranger.out.lines
    text = author.out.newline.join(
        line.text for line in (*own, *strange) if first
    ) or author.out.newline.join(line.text for line in (*strange, *own))
    kept = author.out.newline.join(line.text for line in strange)

    patched = patch(text, int(not first), ours.plan(), merged.plan(), hints(merged, ours))

    assert read(patched) == [merged.plan()] * 2
    assert patched.endswith(kept) if first else patched.startswith(kept)


@MANY
@given(cases())
def test_every_comment_stays_with_its_part_and_goes_with_it(case: Case) -> None:
    ours, merged, _ = case
    author, patched = written(case)
    alive = {ROOT: None, **merged.nodes()}

    found = Counter(re.findall(r"# (c\d+c) ", patched))
    wrong = []
    for comment, (owner, name) in author.out.comments.items():
        node = alive.get(owner)
        expected = {int(owner in alive)}
        if (
            node is not None
            and name in node.fields
            and node.fields[name] != ours.nodes()[owner].fields.get(name)
        ):
            expected = {0, 1}
        if name in ("target", "satuan") or (owner == ROOT and ours.own.get(name) != merged.own.get(name)):
            expected |= {0}
        if found[comment] not in expected:
            wrong.append((comment, owner, name, found[comment]))

    assert not wrong, f"{wrong}\n{author.out.text}\n=======\n{patched}"


@MANY
@given(cases(kinds=("set", "text", "delete", "add", "plan")))
def test_lines_of_what_is_untouched_stay_in_their_order(case: Case) -> None:
    """Judged without the patch's own eyes: every line knows of which parts it tells."""
    ours, merged, _ = case
    author, patched = written(case)
    touched = _touched(ours, merged)

    # a blank line stands between two items, and goes with the lower one
    kept = [line.text for line in author.out.lines if line.text and not line.owners & {*touched, -1}]
    after = iter(re.split("\r?\n", patched.removeprefix("\ufeff")))
    lost = [line for line in kept if line not in after]

    assert not lost, f"{lost[:1]}\n{author.out.text}\n=======\n{patched}"


def _touched(ours: Doc, merged: Doc) -> set[int]:
    before, after = ours.nodes(), merged.nodes()
    touched = {
        number for number in before if number not in after or before[number].fields != after[number].fields
    }
    if ours.own != merged.own:
        touched.add(ROOT)
    for number, node in {ROOT: ours.root, **before}.items():
        other = {ROOT: merged.root, **after}.get(number)
        if other is None:
            continue
        if [one.number for one in node.below] != [one.number for one in other.below]:
            touched.add(-number)
        shared = [
            {(one.fields.get("target"), one.fields.get("satuan")) for one in each.below}
            for each in (node, other)
        ]
        if node.level == 2 and shared[0] != shared[1]:
            touched |= {number, *(one.number for one in node.below)}
    if [one.number for one in ours.signatories] != [one.number for one in merged.signatories]:
        touched |= {ROOT, *(one.number for one in ours.signatories)}
    return touched


# --- CSV -----------------------------------------------------------------------------------------------


def read_csv(data: bytes) -> Plan:
    """The plan of a file, which a table can tell in more ways than one."""
    (root,) = csv_text.read(data).roots
    return decode(root, FORM).plan


@st.composite
def tables(draw: Any) -> tuple[Doc, Doc, Clerk]:
    """A plan that a table can tell, what became of it, and who writes it."""
    ours = draw(docs(unique=True, shared=True))
    merged = draw(edited(ours, NEW * 2, most=6, unique=True))
    dice = random.Random(draw(st.integers(0, 10**9)))
    if draw(st.booleans()):
        merged = changed(merged, dice.randrange(10**9))
    for node in merged.root.walk():
        # no schedule beside the one of the heading, and no blank where a table repeats
        node.fields.pop("bulan", None)
        if node.level == 3:
            node.fields["target"] = node.fields["target"] or "100"
            node.fields["triwulan"] = node.fields["triwulan"] or (False,) * 4
    return ours, merged, Clerk(dice.randrange(10**9))


def representable(plan: Plan) -> bool:
    columns = (
        "nomor",
        "sasaran",
        "indikator",
        "target",
        "kegiatan",
        *(f"triwulan[{at}]" for at in range(1, 5)),
    )
    return read_csv(csv_text.write(encode(plan), (*columns, "biaya", "pelaksana"))) == plan


@MANY
@given(tables())
def test_the_patched_table_is_read_as_the_merged_plan(case: tuple[Doc, Doc, Clerk]) -> None:
    ours, merged, clerk = case
    data = clerk.write(ours)
    assume(read_csv(data) == ours.plan() and representable(merged.plan()))

    patched = csv_patch.patch(data, ours.plan(), merged.plan(), hints(merged, ours))

    assert read_csv(patched) == merged.plan(), (
        f"{data.decode('latin-1')}\n=======\n{patched.decode('latin-1')}"
    )


@MANY
@given(tables())
def test_rows_of_an_untouched_goal_keep_their_bytes(case: tuple[Doc, Doc, Clerk]) -> None:
    ours, merged, clerk = case
    data = clerk.write(ours)
    assume(read_csv(data) == ours.plan())
    patched = csv_patch.patch(data, ours.plan(), merged.plan(), hints(merged, ours))
    encoding = csv_text.read(patched).sniffed.encoding
    text = patched.decode("utf-16" if encoding.startswith("utf-16") else encoding)

    places = {goal.number: at for at, goal in enumerate(ours.root.below)}
    lost = [
        clerk.blocks[goal.number]
        for at, goal in enumerate(merged.root.below)
        if goal.number in places
        and repr(goal) == repr(ours.root.below[places[goal.number]])
        and [one.number for one in goal.walk()]
        == [one.number for one in ours.root.below[places[goal.number]].walk()]
        and (at == places[goal.number] or "nomor" not in clerk.fields or not clerk.numbered)
        and clerk.blocks[goal.number].removesuffix(clerk.newline) not in text
    ]

    assert not lost, f"{lost[0]}\n-------\n{data.decode('latin-1')}\n=======\n{text}"


@MANY
@given(tables())
def test_a_note_beside_a_row_stays_with_it_and_goes_with_it(case: tuple[Doc, Doc, Clerk]) -> None:
    ours, merged, clerk = case
    clerk.noted = True
    data = clerk.write(ours)
    assume(read_csv(data) == ours.plan())
    patched = csv_patch.patch(data, ours.plan(), merged.plan(), hints(merged, ours))
    text = csv_text.read(patched).text

    alive = {number for number, node in merged.nodes().items() if node.level == 3}
    found = Counter(re.findall(r"catatan (\d+)\.", text))
    wrong = [number for number in clerk.rows if number and found[str(number)] != int(number in alive)]

    assert not wrong, f"{wrong}\n{data.decode('latin-1')}\n=======\n{text}"


@MANY
@given(tables())
def test_a_table_is_written_as_its_file_is(case: tuple[Doc, Doc, Clerk]) -> None:
    ours, merged, clerk = case
    data = clerk.write(ours)
    before = csv_text.read(data)
    patched = csv_patch.patch(data, ours.plan(), merged.plan(), hints(merged, ours))
    after = csv_text.read(patched)

    written = "".join(after.text)
    expected = before.sniffed
    try:
        written.encode(expected.encoding)
    except UnicodeEncodeError:
        expected = expected._replace(encoding="utf-8-sig")
    if written.isascii() and expected.encoding == "cp1252":
        expected = expected._replace(encoding="utf-8")
    assert after.sniffed._replace(newline="") == expected._replace(newline="")
    assert after.text.endswith("\n") == before.text.endswith("\n")


OWN = {"kegiatan": "uraian", "biaya": "biaya", "pelaksana": "pelaksana"}


@MANY
@given(tables())
def test_a_cell_that_did_not_change_is_typed_as_before(case: tuple[Doc, Doc, Clerk]) -> None:
    ours, merged, clerk = case
    clerk.noted = True
    data = clerk.write(ours)
    assume(read_csv(data) == ours.plan())
    patched = csv_patch.patch(data, ours.plan(), merged.plan(), hints(merged, ours))

    before, after = ours.nodes(), merged.nodes()
    wrong = []
    for record in sheet_of(patched, csv_text.read(patched).sniffed).records:
        note = next((cell.text for cell in record.cells if cell.text.startswith("catatan ")), None)
        for name, raw in clerk.raws.get(note or "", {}).items():
            number = int(re.sub(r"\D", "", note or ""))
            field = OWN.get(name, "")
            same = field and before[number].fields[field] == after[number].fields[field]
            if name in ("t1", "t2", "t3", "t4"):
                at = int(name[1]) - 1
                same = before[number].fields["triwulan"][at] == after[number].fields["triwulan"][at]
            if same and record.cells[clerk.fields.index(name)].raw != raw:
                wrong.append((number, name, raw, record.cells[clerk.fields.index(name)].raw))

    assert not wrong, f"{wrong}\n{data.decode('latin-1')}\n=======\n{patched.decode('latin-1')}"
