"""The rows of a CSV's table: those of an untouched goal are copied, in the others only cells change."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from rak_excel.files.csv_patch.records import Record, Sheet, cell_of
from rak_excel.nodes import Mapping as MappingNode
from rak_excel.nodes import Node
from rak_excel.nodes import Sequence as SequenceNode
from rak_excel.plan.headings import field_of, heading_of
from rak_excel.plan.model import BANDS, Kegiatan, Plan

_OWN: Final = {
    "uraian": "kegiatan",
    **{key: key for key in ("kode", "program", "sub_kegiatan", "pelaksana", "biaya")},
}
_COLUMNS: Final = (
    "nomor",
    "sasaran",
    "indikator",
    "target",
    "kegiatan",
    *(f"triwulan[{n}]" for n in range(1, 5)),
    "biaya",
    "pelaksana",
)


class Group:
    """An indikator as it stands: rows of its own above its kegiatan, and the row of each of these."""

    def __init__(self) -> None:
        self.heads: list[Record] = []
        self.rows: list[Record] = []


class Goal:
    """A sasaran as it stands.

    `behind` are the blank and total rows that follow a row inside it, `trail` those that follow the last one.
    """

    def __init__(self, records: list[Record], trail: list[Record], groups: list[Group]) -> None:
        self.records, self.trail, self.groups = records, trail, groups
        self.heads: list[Record] = []
        self.behind: dict[int, list[Record]] = {}


class Table:
    """The table of a file."""

    def __init__(
        self, sheet: Sheet, root: MappingNode, heading: Record, strays: Sequence[Record], ours: Plan
    ) -> None:
        self.sheet, self.heading, self.strays, self.ours = sheet, heading, strays, ours
        rows = self.rows = sheet.records[sheet.records.index(heading) + 1 :]
        self.separator, self.newline = sheet.dialect.separator, sheet.dialect.newline
        self.columns: dict[str, int] = {}
        for at, cell in enumerate(heading.cells):
            name = field_of(cell.text)
            if name is not None:
                self.columns.setdefault(name, at)
        self.by_line = {record.line: record for record in rows}
        self.goals = list(self.read_goals(root))
        first = self.goals[0].records[0] if self.goals else None
        self.before = list(rows[: rows.index(first)]) if first is not None else list(rows)
        self.after = self.goals[-1].trail if self.goals else []
        self.quoted = [self.mostly_quoted(at) for at in range(len(heading.cells))]

    # --- as it stands ---

    def read_goals(self, root: MappingNode) -> Iterator[Goal]:
        """The goals with their rows."""
        nodes = _items(root.get("sasaran"))
        starts = [self.rows.index(self.by_line[node.line]) for node in nodes]
        stops = [*starts[1:], len(self.rows)][: len(starts)]
        for node, start, stop in zip(nodes, starts, stops, strict=True):
            yield self.read_goal(node, self.rows[start:stop])

    def read_goal(self, node: MappingNode, records: Sequence[Record]) -> Goal:
        """One goal, of the rows from its first to the next one's."""
        groups = [Group() for _ in _items(node.get("indikator"))]
        begins = {one.line: group for one, group in zip(_items(node.get("indikator")), groups, strict=True)}
        rows: dict[int, Group] = {}
        for one, group in zip(_items(node.get("indikator")), groups, strict=True):
            rows |= {kegiatan.line: group for kegiatan in _items(one.get("kegiatan"))}
        last = max(
            (at for at, one in enumerate(records) if one.line in rows or one.line in begins), default=0
        )
        if not groups:
            last = max(at for at, one in enumerate(records) if not at or not self.is_stray(one))
        goal = Goal(list(records[: last + 1]), list(records[last + 1 :]), groups)
        heads, above = goal.heads, records[0]
        for record in goal.records:
            heads = begins[record.line].heads if record.line in begins else heads
            if record.line in rows:
                rows[record.line].rows.append(record)
            elif self.is_stray(record):
                goal.behind.setdefault(id(above), []).append(record)
                continue
            else:
                heads.append(record)
            above = record
        return goal

    def is_stray(self, record: Record) -> bool:
        """Whether a row is no part of the plan: blank, a key line, or one that prints a total."""
        texts = [cell.text.strip().lower() for cell in record.cells if cell.text.strip()]
        return not texts or record in self.strays or texts[0].startswith(("jumlah", "total", "grand total"))

    def mostly_quoted(self, column: int) -> bool:
        """Whether most cells of a column stand in quotation marks."""
        cells = [one.cells[column] for one in self.rows if column < len(one.cells) and not one.blank]
        return sum(cell.quoted for cell in cells) * 2 > len(cells)

    def cells(self, *fields: str) -> Iterator[str]:
        """The texts of some columns that are not blank."""
        for name in fields:
            for record in self.rows:
                if text := record.text(self.columns.get(name)).strip():
                    yield text

    @cached_property
    def firsts(self) -> dict[int, tuple[bool, bool]]:
        """Whether a row is the first of its goal, and of its indikator."""
        return {
            id(record): (record is goal.records[0], record is group.rows[0])
            for goal in self.goals
            for group in goal.groups
            for record in group.rows
        }

    # --- as it shall be ---

    def usual_gap(self) -> list[Record]:
        """The blank rows between most goals."""
        gaps = [goal.trail for goal in self.goals[:-1]]
        if not gaps or sum(bool(gap) and all(one.blank for one in gap) for gap in gaps) * 2 <= len(gaps):
            return []
        like = next(gap for gap in gaps if gap and all(one.blank for one in gap))
        return [Record(one.cells, one.end or self.newline) for one in like]

    def add_columns(self, merged: Plan) -> None:
        """Columns for what has none, right of all that stands there."""
        missing = [name for name in _needed(merged) if name not in self.columns]
        if not missing:
            return
        width = max(len(record.cells) for record in (self.heading, *self.rows))
        for at, name in enumerate(missing, width):
            self.heading.put(at, heading_of(name), self.separator)
            self.columns[name] = at
        self.quoted += [False] * (width + len(missing) - len(self.quoted))


def _items(node: Node | None) -> list[MappingNode]:
    items = node.items if isinstance(node, SequenceNode) else ()
    return [one for one in items if isinstance(one, MappingNode)]


def _needed(plan: Plan) -> dict[str, None]:
    """The fields that hold something."""
    names: dict[str, None] = {}
    for goal in plan.sasaran:
        names |= dict.fromkeys(["sasaran"] if goal.uraian else [])
        for indikator in goal.indikator:
            names |= dict.fromkeys(["indikator"] if indikator.uraian else [])
            for kegiatan in indikator.kegiatan:
                names |= dict.fromkeys(fields_of(kegiatan))
                names |= {key: None for key in ("target", "satuan") if getattr(kegiatan, key)}
    return names


def fields_of(kegiatan: Kegiatan) -> dict[str, Any]:
    """The fields of a kegiatan's own that are not blank, by the name of their column."""
    found = {name: getattr(kegiatan, key) for key, name in _OWN.items()}
    found = {
        name: value for name, value in found.items() if value != "" and (value is not None or name == "biaya")
    }
    for key in BANDS:
        for number, period in enumerate(getattr(kegiatan, key), 1):
            if period is not False or key == "triwulan":
                found[f"{key}[{number}]"] = period
    return found


def new_table(sheet: Sheet) -> Record:
    """A heading row below a file that had none."""
    newline, separator = sheet.dialect.newline, sheet.dialect.separator
    if sheet.records:
        sheet.records[-1].end = sheet.records[-1].end or newline
        sheet.records.append(Record([cell_of("", separator, quoted=False)], newline))
    heading = Record([cell_of(heading_of(name), separator, quoted=False) for name in _COLUMNS], newline)
    sheet.records.append(heading)
    return heading
