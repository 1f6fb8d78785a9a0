"""Plans that know who each part is, and edits whose result is known from the edit itself.

A `Doc` is a plan whose parts carry a number.  Edits act on numbers, so that what two people did can be put
together part by part without looking at any text: that is the oracle by which the merge is judged.
"""

from __future__ import annotations

import random
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st

from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran

KINDS = ("sasaran", "indikator", "kegiatan")
DOERS = ("Sub Bagian Perencanaan", "Sub Bagian Hukum", "Sub Bagian Umum")
ROOT = 0


@dataclass(repr=False)
class Node:
    """One part: who it is, its own fields, and what stands below it."""

    number: int
    level: int
    fields: dict[str, Any]
    below: list[Node] = field(default_factory=list)

    def __repr__(self) -> str:
        """Short enough to read a failing example."""
        told = {name: value for name, value in self.fields.items() if value not in ("100", DOERS[0])}
        if "triwulan" in told:
            told["triwulan"] = "".join("01"[cell] for cell in told["triwulan"])
        return f"{self.number}:{' '.join(map(str, told.values()))}{self.below or ''}"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        printer.text(repr(self))

    def walk(self) -> list[Node]:
        """The part and everything below it, in reading order."""
        return [self, *(one for child in self.below for one in child.walk())]


@dataclass
class Doc:
    """A plan; `root` stands for the plan itself."""

    root: Node
    own: dict[str, Any]
    signatories: list[Node]

    def plan(self) -> Plan:
        """The plan as a value."""
        goals = tuple(
            Sasaran(
                goal.fields["uraian"],
                tuple(
                    Indikator(one.fields["uraian"], tuple(Kegiatan(**row.fields) for row in one.below))
                    for one in goal.below
                ),
            )
            for goal in self.root.below
        )
        signatories = tuple(Penandatangan(**one.fields) for one in self.signatories)
        return Plan(sasaran=goals, penandatangan=signatories, **self.own)

    def paths(self) -> dict[str, int]:
        """Who stands at each path."""
        found: dict[str, int] = {}
        for g, goal in enumerate(self.root.below):
            found[f"sasaran[{g}]"] = goal.number
            for i, indikator in enumerate(goal.below):
                found[f"sasaran[{g}].indikator[{i}]"] = indikator.number
                for k, kegiatan in enumerate(indikator.below):
                    found[f"sasaran[{g}].indikator[{i}].kegiatan[{k}]"] = kegiatan.number
        found |= {f"penandatangan[{n}]": one.number for n, one in enumerate(self.signatories)}
        return found

    def nodes(self) -> dict[int, Node]:
        """Every part by its number, the plan itself left out."""
        return {one.number: one for one in [*self.root.walk()[1:], *self.signatories]}

    def parents(self) -> dict[int, int]:
        """Under whom each part stands."""
        return {child.number: node.number for node in self.root.walk() for child in node.below}

    def copy(self) -> Doc:
        """A document that can be edited by itself."""
        return deepcopy(self)


@lru_cache(maxsize=4096)
def words(number: int, count: int = 4) -> str:
    """A text that shares no word with that of another number."""
    drawn = random.Random(number)
    return " ".join("".join(drawn.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(count))


def hints(side: Doc, base: Doc) -> dict[str, str]:
    """Which part of the base each part of a side is, as the ids of a workbook would tell it."""
    known = {number: path for path, number in base.paths().items()}
    return {path: known[number] for path, number in side.paths().items() if number in known}


# --- drawing a plan ------------------------------------------------------------------------------------

numbers = st.integers(0, 10**6)


def row_fields(number: int, draw: Any, *, unique: bool) -> dict[str, Any]:
    """The fields of a kegiatan: its own words and its own cost, or what many rows of a real plan have."""
    ticks = draw(st.integers(0, 15))
    text = words(number) if unique else draw(st.sampled_from(["Rapat", "Rapat koordinasi", "Bimtek", ""]))
    biaya = 1000 + number if unique else draw(st.sampled_from([100, 200, None, 0, "bersama", ""]))
    return {
        "uraian": text,
        "target": draw(st.sampled_from(["100", "90", "B"])),
        "triwulan": tuple(bool(ticks >> at & 1) for at in range(4)),
        "biaya": biaya,
        "pelaksana": draw(st.sampled_from(DOERS)),
    }


@st.composite
def docs(draw: Any, *, unique: bool = True, shared: bool = False) -> Doc:
    """A plan of one to three goals.

    `unique`: each part has words and a cost of its own.  `shared`: some rows share the cost of the one above.
    """
    counter = iter(range(1, 10**6))

    def text(number: int) -> str:
        return words(number) if unique else draw(st.sampled_from(["Satu", "Dua", "Satu dua", ""]))

    root = Node(ROOT, 0, {})
    for _ in range(draw(st.integers(1, 3))):
        number = next(counter)
        goal = Node(number, 1, {"uraian": text(number)})
        root.below.append(goal)
        above = False
        for _ in range(draw(st.integers(0 if not unique else 1, 3))):
            number = next(counter)
            indikator = Node(number, 2, {"uraian": text(number)})
            goal.below.append(indikator)
            for _ in range(draw(st.integers(0, 4))):
                number = next(counter)
                row = Node(number, 3, row_fields(number, draw, unique=unique))
                if shared and above and draw(st.booleans()):
                    row.fields["biaya"] = "bersama"
                above = True
                indikator.below.append(row)
    signatories = [
        Node(10**6 + n, 9, {"jabatan": words(10**6 + n, 1), "nama": words(10**7 + n, 2)})
        for n in range(draw(st.integers(1, 2)))
    ]
    own = {
        "tahun": 2024,
        "unit": "Sekretariat KPU Kabupaten Lahat",
        "pagu": draw(st.sampled_from([None, 5000])),
    }
    return Doc(root, own, signatories)


# --- edits ---------------------------------------------------------------------------------------------

VALUES: dict[str, tuple[Any, ...]] = {
    "target": ("80", "70", "WTP"),
    "biaya": (111, 222, None, 0),
    "pelaksana": ("Sub Bagian Teknis", "Sub Bagian Data"),
    "satuan": ("Dokumen", "Laporan"),
    "bulan": ((True,) * 12, (False,) * 12),
}
OWN_VALUES: dict[str, tuple[Any, ...]] = {
    "tahun": (2025, 2026),
    "unit": ("Sekretariat KPU Kota Pagar Alam", "Sekretariat KIP Aceh"),
    "pagu": (1, 2, None),
    "judul": ("RENCANA AKSI", "RENCANA KERJA"),
    "lembar": ("Lembar", ""),
    "tata_letak": ("kpu", ""),
    "kertas": ("A4", ""),
}


KINDS_OF_EDIT = ("set", "set", "set", "text", "delete", "add", "move", "sort", "plan")


@dataclass(frozen=True)
class Edit:
    """One edit: what it does, to whom, and the rest."""

    kind: str
    number: int = 0
    field: str = ""
    value: Any = None
    parent: int = 0
    after: int = 0

    def apply(self, doc: Doc) -> None:
        """Make the edit, as a person would."""
        nodes = {ROOT: doc.root, **doc.nodes()}
        if self.kind == "plan":
            doc.own[self.field] = self.value
        elif self.kind == "set":
            _set(nodes[self.number].fields, self.field, self.value)
        elif self.kind == "delete":
            _above(doc, self.number).remove(nodes[self.number])
        elif self.kind == "add":
            _put(nodes[self.parent].below, deepcopy(self.value), self.after)
        elif self.kind == "move":
            node = nodes[self.number]
            _above(doc, self.number).remove(node)
            _put(nodes[self.parent].below, node, self.after)
        elif self.kind == "sort":
            nodes[self.parent].below.sort(key=lambda one: self.value.index(one.number))


def _set(fields: dict[str, Any], name: str, value: Any) -> None:
    band, _, at = name.partition("[")
    if at:
        cells = list(fields[band])
        cells[int(at[:-1])] = value
        fields[band] = tuple(cells)
    else:
        fields[name] = value


def _above(doc: Doc, number: int) -> list[Node]:
    for node in doc.root.walk():
        if any(child.number == number for child in node.below):
            return node.below
    return doc.signatories


def _put(siblings: list[Node], node: Node, after: int) -> None:
    at = next((at + 1 for at, one in enumerate(siblings) if one.number == after), 0)
    siblings.insert(at, node)


@st.composite
def edits(
    draw: Any, doc: Doc, first: int, *, unique: bool = True, kinds: tuple[str, ...] = ()
) -> Edit | None:
    """One edit that can be made to a document; `first` numbers what it adds.  `None`: there is none."""
    kind = draw(
        st.sampled_from(kinds or ("set", "set", "set", "text", "delete", "add", "move", "sort", "plan"))
    )
    levels = {level: [one for one in doc.nodes().values() if one.level == level] for level in (1, 2, 3, 9)}
    if kind == "plan":
        name = draw(st.sampled_from(sorted(OWN_VALUES)))
        return Edit("plan", field=name, value=draw(st.sampled_from(OWN_VALUES[name])))
    if kind == "add":
        parents = [doc.root, *levels[1], *levels[2]]
        parent = draw(st.sampled_from(parents))
        after = draw(st.sampled_from([ROOT, *(one.number for one in parent.below)]))
        fields = row_fields(first, draw, unique=unique) if parent.level == 2 else {"uraian": words(first)}
        return Edit("add", parent=parent.number, after=after, value=Node(first, parent.level + 1, fields))
    if kind == "sort":
        parent = draw(st.sampled_from([doc.root, *levels[1], *levels[2]]))
        order = draw(st.permutations([one.number for one in parent.below]))
        return Edit("sort", parent=parent.number, value=tuple(order)) if len(order) > 1 else None
    level = draw(st.sampled_from([3, 3, 3, 2, 1, 9] if kind in ("text", "delete") else [3, 3, 2]))
    level = 3 if kind in ("set", "share") else level
    if not levels[level]:
        return None
    node = draw(st.sampled_from(levels[level]))
    if kind == "delete":
        return Edit("delete", node.number)
    if kind == "move":
        parents = levels[level - 1]
        parent = draw(st.sampled_from(parents))
        after = draw(st.sampled_from([ROOT, *(one.number for one in parent.below if one is not node)]))
        return Edit("move", node.number, parent=parent.number, after=after)
    if kind == "text":
        name = "nama" if level == 9 else "uraian"
        added = draw(st.sampled_from(["revisi", "tahap dua"]))
        return Edit("set", node.number, name, f"{node.fields[name]} {added}")
    if kind == "share":
        shared = node.fields["biaya"] == "bersama"
        return Edit("set", node.number, "biaya", draw(numbers) if shared else "bersama")
    if draw(st.booleans()):
        at = draw(st.integers(0, 3))
        return Edit("set", node.number, f"triwulan[{at}]", not node.fields["triwulan"][at])
    name = draw(st.sampled_from(sorted(VALUES)))
    return Edit("set", node.number, name, draw(st.sampled_from(VALUES[name])))


@st.composite
def edited(
    draw: Any, base: Doc, first: int, *, most: int = 5, unique: bool = True, kinds: tuple[str, ...] = ()
) -> Doc:
    """A document after some edits."""
    doc = base.copy()
    for number in range(draw(st.integers(0, most))):
        edit = draw(edits(doc, first + number, unique=unique, kinds=kinds))
        if edit is not None:
            edit.apply(doc)
    return doc
