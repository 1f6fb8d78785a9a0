"""The rows of a merged plan, put together of rows that stood there and new ones."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rak_excel.files.csv_patch.records import Record, cell_of, usual
from rak_excel.files.csv_patch.table import Goal, Group, Table, fields_of
from rak_excel.plan.model import BANDS, Indikator, Kegiatan, Period, Plan, Sasaran
from rak_excel.plan.rows import renumbered
from rak_excel.plan.spelling import amount_like, is_rupiah, target_like
from rak_excel.plan.values import NIHIL, parse_tick, read_target


def patched(table: Table, merged: Plan, sources: Mapping[str, str]) -> list[Record]:
    """The rows of the merged plan, with what stands between and below them."""
    builder = _Builder(table, merged, sources)
    gap, count = table.usual_gap(), len(merged.sasaran)
    written = list(table.before)
    for number, goal in enumerate(merged.sasaran, 1):
        rows, former = builder.goal(number - 1, goal)
        written += rows
        trail = former.trail if former is not None and former is not table.goals[-1] else gap
        if number < count or any(not one.blank for one in trail):
            written += trail
    written += table.after
    # a key line that stood among rows which are gone
    return [*written, *(one for one in table.strays if one in table.rows and one not in written)]


@dataclass(frozen=True, slots=True)
class _Above:
    """What a blank target and satuan repeat, as the reader of rows sees it."""

    paired: bool
    target: str | None = None
    satuan: str | None = None
    own: tuple[str, str] = ("", "")

    def seen(self, target: str, satuan: str) -> "_Above":
        """What holds after a row with these cells."""
        new = self
        if target or self.target is None:
            new = replace(new, target=target)
        if target or satuan or not self.paired or self.satuan is None:
            new = replace(new, satuan=satuan)
        return new

    def means(self) -> tuple[str, str]:
        target = self.target or self.own[0]
        return read_target(target).text if target else "", self.satuan or self.own[1]


class _Builder:
    """Puts the rows of the merged plan together."""

    def __init__(self, table: Table, merged: Plan, sources: Mapping[str, str]) -> None:
        self.table, self.merged, self.sources = table, merged, sources
        self.columns = table.columns
        self.numbers = self.numbered()
        self.repeats = {
            name for name in ("nomor", "sasaran", "indikator", "target", "satuan") if self.is_repeated(name)
        }
        self.amounts = usual(
            (
                re.sub(r"\d+", "0", text)
                for text in table.cells("biaya")
                if re.search(r"\d{4}|\d[.\s]\d", text)
            ),
            "",
        )
        shaped = (text for text in table.cells("biaya") if re.sub(r"\d+", "0", text) == self.amounts)
        self.amounts = next(shaped, "")

    # --- the ways of the file ---

    def first_cell(self, goal: Goal, name: str) -> str:
        column = self.columns.get(name)
        return next((text for one in goal.records if (text := one.text(column).strip())), "")

    def numbered(self) -> list[str]:
        """The text of each merged goal's number."""
        table = self.table
        if "nomor" not in self.columns:
            return [""] * len(self.merged.sasaran)
        written = [self.first_cell(goal, "nomor") for goal in table.goals]
        formers = [self.former_goal(at) for at in range(len(self.merged.sasaran))]
        return renumbered(written, formers, usual(iter(written), "1"))

    def former_goal(self, at: int) -> int | None:
        path = self.sources.get(f"sasaran[{at}]")
        return int(path[len("sasaran[") : -1]) if path is not None else None

    def is_repeated(self, name: str) -> bool:
        """Whether most rows below the first one of their parent write this again."""
        column = self.columns.get(name)
        wide = name in ("nomor", "sasaran")
        texts = [
            row.text(column).strip()
            for goal in self.table.goals
            for rows in (
                [[row for group in goal.groups for row in group.rows]]
                if wide
                else [g.rows for g in goal.groups]
            )
            for row in rows[1:]
        ]
        return sum(map(bool, texts)) * 2 > len(texts)

    # --- goals ---

    def goal(self, number: int, goal: Sasaran) -> tuple[list[Record], Goal | None]:
        at = self.former_goal(number)
        former = self.table.goals[at] if at is not None else None
        if former is not None and at is not None:
            same = self.table.ours.sasaran[at] == goal and self.unmoved(goal, number, at)
            if same and self.numbers[number] == self.first_cell(former, "nomor"):
                return former.records, former
        return _Rows(self, number, goal, former).records(), former

    def unmoved(self, goal: Sasaran, number: int, former: int) -> bool:
        """Whether all that stands below a goal stood below it in this order."""
        paths = [
            f".indikator[{i}]{below}"
            for i, indikator in enumerate(goal.indikator)
            for below in ("", *(f".kegiatan[{k}]" for k in range(len(indikator.kegiatan))))
        ]
        return all(
            self.sources.get(f"sasaran[{number}]{path}") == f"sasaran[{former}]{path}" for path in paths
        )

    def former_group(self, path: str) -> Group | None:
        found = re.findall(r"\d+", self.sources.get(path, ""))
        return self.table.goals[int(found[0])].groups[int(found[1])] if len(found) == 2 else None

    def former_row(self, path: str) -> tuple[Record, Kegiatan] | None:
        found = [int(number) for number in re.findall(r"\d+", self.sources.get(path, ""))]
        if len(found) != 3:
            return None
        record = self.table.goals[found[0]].groups[found[1]].rows[found[2]]
        return record, self.table.ours.sasaran[found[0]].indikator[found[1]].kegiatan[found[2]]

    # --- values ---

    def text(self, name: str, value: Any, old: str) -> str:  # noqa: ANN401 - any field's value
        """A value as the file writes such values."""
        band = name.partition("[")[0]
        if band in BANDS:
            return self.period(band, value, old)
        if name == "biaya" and value is None:
            return usual((text for text in self.table.cells("biaya") if text.lower() in NIHIL), "nihil")
        if name == "biaya" and isinstance(value, int):
            return amount_like(value, old, self.amounts)
        return str(value)

    def period(self, band: str, value: Period, old: str) -> str:
        names = [name for name in self.columns if name.startswith(f"{band}[")]
        if value is True:
            return usual((text for text in self.table.cells(*names) if parse_tick(text)), "√")
        if value is False:
            ticks = all(
                isinstance(period, bool)
                for plan in (self.table.ours, self.merged)
                for kegiatan in plan.kegiatan
                for period in getattr(kegiatan, band)
            )
            blank = (
                ""
                for record in self.table.rows
                for name in names
                if not record.text(self.columns[name]).strip()
            )
            crosses = (text for text in self.table.cells(*names) if ticks and parse_tick(text) is False)
            return usual(iter([*blank, *crosses]), "")
        if value.isdigit() and self.is_money(band, names):
            return amount_like(int(value), old, *self.table.cells(*names), self.amounts)
        return target_like(value, old)

    def is_money(self, band: str, names: Sequence[str]) -> bool:
        """Whether the values of a band were read as amounts."""
        pairs = (
            (record.text(self.columns[name]).strip(), period)
            for goal, told in zip(self.table.goals, self.table.ours.sasaran, strict=True)
            for group, indikator in zip(goal.groups, told.indikator, strict=True)
            for record, kegiatan in zip(group.rows, indikator.kegiatan, strict=True)
            for name in names
            for number, period in enumerate(getattr(kegiatan, band), 1)
            if name == f"{band}[{number}]"
        )
        return any(is_rupiah(text, value) for text, value in pairs)


class _Rows:
    """The rows of one goal that is not as it was."""

    def __init__(self, builder: _Builder, number: int, goal: Sasaran, former: Goal | None) -> None:
        self.builder, self.table, self.columns = builder, builder.table, builder.columns
        self.path, self.value = f"sasaran[{number}]", goal
        self.number = builder.numbers[number]
        self.former = former
        self.written: list[Record] = []
        self.named = self.counted = False
        self.taken: set[int] = set()

    def records(self) -> list[Record]:
        heads = list(self.former.heads) if self.former is not None else []
        # a row that only named a goal without indikator takes the first one in
        host = (
            heads.pop() if heads and self.former and not self.former.groups and self.value.indikator else None
        )
        for head in heads:
            self.goal_cells(self.take(head), was_first=True)
        for i, indikator in enumerate(self.value.indikator):
            self.indikator(f"{self.path}.indikator[{i}]", indikator, host)
            host = None
        if not self.written:
            self.goal_cells(self.take(None), was_first=False)
        left = [
            one
            for key, behind in (self.former.behind.items() if self.former is not None else ())
            if key not in self.taken
            for one in behind
            if not one.blank
        ]
        return [*self.written, *left]

    def indikator(self, path: str, indikator: Indikator, host: Record | None) -> None:
        group = self.builder.former_group(path)
        heads = list(group.heads) if group is not None else []
        above = _Above("target" in self.columns)
        if heads and group is not None and not group.rows and indikator.kegiatan:
            host = heads.pop()
        for head in heads:
            above = self.head(head, indikator, above)
        begun = bool(heads)
        for k, kegiatan in enumerate(indikator.kegiatan):
            above = self.row(f"{path}.kegiatan[{k}]", indikator, kegiatan, above, host, first=not begun)
            begun, host = True, None
        if not begun:
            record = self.take(host)
            self.goal_cells(record, was_first=False)
            self.put(record, "indikator", indikator.uraian)

    def head(self, head: Record, indikator: Indikator, above: _Above) -> _Above:
        """A row that names an indikator and holds no kegiatan."""
        record = self.take(head)
        self.goal_cells(record, was_first=True)
        if record.text(self.columns.get("indikator")).strip():
            self.put(record, "indikator", indikator.uraian)
        for name in ("target", "satuan"):
            values = {getattr(kegiatan, name) for kegiatan in indikator.kegiatan}
            old = record.text(self.columns.get(name)).strip()
            if old and len(values) == 1:
                value = values.pop()
                self.put(record, name, value if _read(name, old) != value else old, old)
        target, satuan = (record.text(self.columns.get(name)).strip() for name in ("target", "satuan"))
        above = above.seen(target, satuan)
        return replace(above, own=(above.target or "", above.satuan or ""))

    def row(
        self,
        path: str,
        indikator: Indikator,
        kegiatan: Kegiatan,
        above: _Above,
        host: Record | None,
        *,
        first: bool,
    ) -> _Above:
        found = self.builder.former_row(path)
        before = found[1] if found is not None else None
        record = self.take(found[0] if found is not None else host)
        was_first = (
            self.table.firsts.get(id(found[0]), (False, False)) if found is not None else (False, False)
        )
        self.goal_cells(
            record, was_first=was_first[0] or not self.is_own(found[0] if found is not None else None)
        )
        moved = was_first[1] or not self.is_sibling(path)
        self.below("indikator", record, indikator.uraian, first=first, moved=moved)
        self.own_cells(record, before, kegiatan)
        return self.shared(record, kegiatan, above, first=first, moved=moved)

    # --- where a row stood ---

    def is_own(self, record: Record | None) -> bool:
        return self.former is not None and record is not None and record in self.former.records

    def is_sibling(self, path: str) -> bool:
        parent = path.rpartition(".")[0]
        return self.builder.sources.get(path, "-").rpartition(".")[0] == self.builder.sources.get(parent)

    def take(self, record: Record | None) -> Record:
        """A row to be filled: a copy of one that stood there, or a new one."""
        table = self.table
        if record is not None:
            new = record.copy()
            self.written.append(new)
            if self.is_own(record) and self.former is not None:
                self.taken.add(id(record))
                self.written += self.former.behind.get(id(record), ())
            return new
        cells = [cell_of("", table.separator, quoted=quoted) for quoted in table.quoted]
        new = Record(cells, table.newline)
        self.written.append(new)
        return new

    # --- cells ---

    def put(self, record: Record, name: str, value: Any, old: str | None = None) -> None:  # noqa: ANN401 - any field
        column = self.columns.get(name)
        if column is None:
            return
        text = record.text(column).strip() if old is None else old
        written = target_like(value, text) if name == "target" else self.builder.text(name, value, text)
        quoted = not record.line and column < len(self.table.quoted) and self.table.quoted[column]
        record.put(column, written, self.table.separator, quoted=quoted)

    def goal_cells(self, record: Record, *, was_first: bool) -> None:
        """The number and the text of the goal, where this row has to tell them."""
        for name, value, told in (
            ("nomor", self.number, self.counted),
            ("sasaran", self.value.uraian, self.named),
        ):
            if (
                record.line
                and name == "sasaran"
                and not told
                and record in self.written
                and self.only_head(record, name)
            ):
                continue
            self.below(name, record, value, first=not told, moved=was_first)
        self.counted = self.counted or bool(record.text(self.columns.get("nomor")).strip())
        self.named = self.named or bool(record.text(self.columns.get("sasaran")).strip())

    def only_head(self, record: Record, name: str) -> bool:
        """Whether a later row of the goal's own will tell its text."""
        if self.former is None or not self.former.heads:
            return False
        later = [one for one in self.former.heads if one.line > record.line]
        blank = not record.text(self.columns.get(name)).strip()
        return blank and any(one.text(self.columns.get(name)).strip() for one in later)

    def below(self, name: str, record: Record, value: str, *, first: bool, moved: bool) -> None:
        """A cell that later rows of its parent may leave blank."""
        old = record.text(self.columns.get(name)).strip()
        if first:
            self.put(record, name, value)
        elif name in self.builder.repeats or (old and not moved):
            self.put(record, name, value if _squeezed(old) != _squeezed(value) else old)
        elif old:
            self.put(record, name, "")

    def own_cells(self, record: Record, before: Kegiatan | None, kegiatan: Kegiatan) -> None:
        was = fields_of(before) if before is not None else {}
        now = fields_of(kegiatan)
        for name in dict.fromkeys((*was, *now)):
            value = now.get(name, False if name.endswith("]") else "")
            if before is None or name not in was or was[name] != value:
                self.put(record, name, value)

    def shared(
        self, record: Record, kegiatan: Kegiatan, above: _Above, *, first: bool, moved: bool
    ) -> _Above:
        """Target and satuan: as they stand, left blank to repeat what is above, or written."""
        typed = tuple(record.text(self.columns.get(name)).strip() for name in ("target", "satuan"))
        wanted = kegiatan.target, kegiatan.satuan
        blank, as_it_is = ("", ""), typed
        choices = (
            [blank, as_it_is]
            if moved and not first and "target" not in self.builder.repeats
            else [as_it_is, blank]
        )
        if not typed[0] and "target" in self.builder.repeats and not record.line:
            choices = []
        for choice in choices:
            if above.seen(*choice).means() == wanted and not (first and choice == blank and any(wanted)):
                for name, text in zip(("target", "satuan"), choice, strict=True):
                    self.put(record, name, text, text)
                return above.seen(*choice)
        for name, text in zip(("target", "satuan"), wanted, strict=True):
            self.put(
                record,
                name,
                text
                if _read(name, record.text(self.columns.get(name)).strip()) != text
                else record.text(self.columns.get(name)).strip(),
            )
        return above.seen(*(record.text(self.columns.get(name)).strip() for name in ("target", "satuan")))


def _read(name: str, text: str) -> str:
    return read_target(text).text if name == "target" and text else text


def _squeezed(text: str) -> str:
    return " ".join(text.split())
