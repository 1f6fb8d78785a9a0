"""The rows of a table to the tree of a plan: each cell begins, continues or repeats a part.

`rows.nest` compares texts, as a CSV must.  A sheet shows more: two merged cells of one text are two parts,
and what the base held apart or together decides where the sheet can be read in two ways.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, Literal

from rak_excel import rules
from rak_excel.findings import Words
from rak_excel.nodes import Mapping, Node, Scalar
from rak_excel.nodes import Sequence as Items
from rak_excel.plan.model import BANDS, SCHEDULES
from rak_excel.plan.values import BERSAMA
from rak_excel.sheet.body import Body, Line, Part
from rak_excel.sheet.sight import Sight, listed, name
from rak_excel.sheet.ties import BaseRow

Kind = Literal["sasaran", "indikator"]
_WORDS: Final[dict[Kind, Words]] = {
    "sasaran": Words("sasaran", "goal"),
    "indikator": Words("indikator", "indicator"),
}
_DEPTHS: Final[dict[Kind, int]] = {"sasaran": 1, "indikator": 2}
"""How many indices the place of a part has in the base."""
_BLANK: Final = Part(Scalar("", 0, 0), -1)
_INHERITED: Final = ("target", "satuan")
_UNPRINTED: Final = ("kode", "program", "sub_kegiatan", "target", "satuan", *BANDS, "biaya", "pelaksana")


class _Bases:
    """The parts of the base that the rows of a group come from, counted.

    `most` is the one that most of them come from, of equals the first.
    """

    __slots__ = ("counts", "most")

    def __init__(self, parts: Iterable[tuple[int, ...]]) -> None:
        self.counts: dict[tuple[int, ...], tuple[int, int]] = {}
        self.most: tuple[int, ...] | None = None
        for part in parts:
            self.add(part)

    def add(self, part: tuple[int, ...]) -> None:
        """Count one more row."""
        count, order = self.counts.get(part, (0, -len(self.counts)))
        self.counts[part] = (count + 1, order)
        if self.most is None or self.counts[part] > self.counts[self.most]:
            self.most = part


class _Group:
    """A sasaran or an indikator that is being filled.

    `top` is the row in which its cell begins; `bases` are the parts of the base that its rows come from,
    counted when they are first asked for.
    """

    __slots__ = ("bases", "cell", "groups", "kind", "last", "lines", "nomor", "nomor_top", "rows", "top")

    def __init__(self, kind: Kind, cell: Scalar, top: int, nomor: str = "", nomor_top: int = -1) -> None:
        self.kind = kind
        self.cell = cell
        self.top = top
        self.nomor = nomor
        self.nomor_top = nomor_top
        self.bases: _Bases | None = None
        self.groups: list[_Group] = []
        self.lines: list[Line] = []
        self.rows: dict[str, list[_Group]] = {}
        self.last: dict[str, Scalar] = {}

    @property
    def text(self) -> str:
        """Its text with white space squeezed."""
        return " ".join(self.cell.text.split())


class Tree:
    """One pass over the lines of a table, with the base at hand where there is one."""

    def __init__(self, sight: Sight, body: Body, base: Sequence[BaseRow]) -> None:
        self.sight = sight
        self.body = body
        self.base = base
        self.groups: list[_Group] = []
        self.rows: dict[str, list[_Group]] = {}
        self.above: list[Line] = []
        # the parts of the base whose blank cells were told to be read as a group
        self.joined: set[tuple[_Group, tuple[int, ...]]] = set()
        self.hinted = [line for line in body.lines if line.hint is not None]
        self.kept = self.unprinted_fields()
        for line in body.lines:
            self.add(line)
        self.tell_numbers()

    def unprinted_fields(self) -> tuple[str, ...]:
        """The fields that neither form nor sheet has a column for, and the base has values of."""
        printed = {column.field.removeprefix("kegiatan.") for column in self.body.found.layout.columns}
        printed.update(field.partition("[")[0] for field in self.body.found.columns)
        return tuple(
            field
            for field in _UNPRINTED
            if field not in printed and any(getattr(row.kegiatan, field) not in ("", ()) for row in self.base)
        )

    def add(self, line: Line) -> None:
        """Put a line where it belongs."""
        at = self.base[line.hint].at if line.hint is not None else None
        goal = self.sasaran_of(line, at)
        part = line.parents.get("indikator", _BLANK)
        if not (line.filled or part.cell.text.strip()):
            return
        below = self.indikator_of(line, goal, part, at)
        if not line.filled:
            return
        self.inherit(line, below)
        self.share(line)
        line.path = (
            f"sasaran[{len(self.groups) - 1}].indikator[{len(goal.groups) - 1}].kegiatan[{len(below.lines)}]"
        )
        below.lines.append(line)
        for group, depth in ((goal, 1), (below, 2)):
            if at is not None and group.bases is not None:
                group.bases.add(at[:depth])
        self.above.append(line)

    # --- which sasaran, which indikator ---

    def sasaran_of(self, line: Line, at: tuple[int, int, int] | None) -> _Group:
        """The sasaran a line belongs to, begun here where it is a new one."""
        part, nomor = line.parents.get("sasaran", _BLANK), line.parents.get("nomor", _BLANK)
        number = _number(nomor.cell.text)
        current = self.groups[-1] if self.groups else None
        if current is not None and self.begins_below(line, current, part):
            current.cell, current.top = part.cell, part.top
            current.nomor, current.nomor_top = number, nomor.top
            return current
        if current is not None and self.goes_on(line, current, part, at, nomor=nomor):
            if part.cell.text.strip() and not current.text:
                current.cell, current.top = part.cell, part.top
            if number and not current.nomor:
                current.nomor, current.nomor_top = number, nomor.top
            return current
        cell = part.cell if part is not _BLANK else Scalar("", line.row, nomor.cell.column or 1)
        new = _Group("sasaran", cell, part.top, number, nomor.top)
        self.tell_repeated(new, self.rows, at, f"sasaran[{len(self.groups)}]")
        self.groups.append(new)
        self.above = []
        return new

    def indikator_of(self, line: Line, goal: _Group, part: Part, at: tuple[int, int, int] | None) -> _Group:
        """The indikator a line belongs to, begun here where it is a new one."""
        current = goal.groups[-1] if goal.groups else None
        if current is not None and not self.body.whole:
            if goal.top == line.row and self.begins_below(line, current, part):
                current.cell, current.top = part.cell, part.top
                return current
            if self.goes_on(line, current, part, at):
                return current
        cell = part.cell if part is not _BLANK else Scalar("", line.row, goal.cell.column)
        new = _Group("indikator", cell, part.top)
        path = f"sasaran[{len(self.groups) - 1}].indikator[{len(goal.groups)}]"
        self.tell_repeated(new, goal.rows, at, path)
        goal.groups.append(new)
        return new

    def goes_on(
        self, line: Line, current: _Group, part: Part, at: tuple[int, int, int] | None, nomor: Part = _BLANK
    ) -> bool:
        """Whether a line still speaks of the group above it."""
        if part.top == current.top and part.top >= 0:
            return True
        same = self.same_base(current, at)
        number = _number(nomor.cell.text) if nomor.top != current.nomor_top else ""
        other = bool(number and current.nomor and number != current.nomor)
        text = " ".join(part.cell.text.split())
        if not text:
            return self.goes_on_blank(line, current, part, same, other=other)
        if not current.text and not current.lines and not current.groups and not other:
            return True  # a number alone on its row: the text comes below it
        if text != current.text or other:
            return False
        if same or (same is False and self.base_text(line, current.kind) == text == self.main_text(current)):
            return bool(same)
        if number and number == current.nomor:
            return True
        if self.is_tall(part, current.cell) and self.is_tall(Part(current.cell, current.top), part.cell):
            return False
        self.sight.tell(
            rules.DIBACA_SATU,
            (part.cell.line, part.cell.column),
            text,
            self.path_of(current),
            bagian=_WORDS[current.kind],
        )
        return True

    def begins_below(self, line: Line, current: _Group, part: Part) -> bool:
        """Whether the rows so far stand above the first sasaran or indikator, and it begins here.

        Somebody has inserted them above the first row of the table, where no merge could grow over them.
        """
        first = self.groups[0]
        if current not in (first, *first.groups[:1]) or len(first.groups) > 1 or len(self.groups) > 1:
            return False
        if current.text or not self.above or not part.cell.text.strip() or part.top != line.row:
            return False
        # a number that is not the first leaves room for a goal of its own, unless the base knows of none
        number = "" if self.is_new(line) or current is not first else line.text("nomor")
        if _number(number) not in ("", "1") or self.is_tall(Part(current.cell, current.top), current.cell):
            return False
        for above in self.above:
            self.sight.tell(
                rules.IKUT_DI_BAWAH,
                (above.row, part.cell.column),
                above.text(self.body.text_field),
                bagian=_WORDS[current.kind],
            )
        return True

    def is_new(self, line: Line) -> bool:
        """Whether the base knows this line, and none of those above it."""
        return line.hint is not None and all(above.hint is None for above in self.above)

    def same_base(self, current: _Group, at: tuple[int, int, int] | None) -> bool | None:
        """Whether the base has a line in the group above; `None` where it does not say.

        The group above is the one that most of its rows come from: a row moved into it brings no other along.
        """
        bases = self.bases_of(current)
        if at is None or not bases.counts:
            return None
        group = at[: _DEPTHS[current.kind]]
        return (current, group) in self.joined or group == bases.most

    def bases_of(self, group: _Group) -> _Bases:
        """The parts of the base that a group's rows come from."""
        if group.bases is None:
            lines = [line for one in (group, *group.groups) for line in one.lines]
            rows = (self.base[line.hint] for line in lines if line.hint is not None)
            group.bases = _Bases(row.at[: _DEPTHS[group.kind]] for row in rows)
        return group.bases

    def base_text(self, line: Line, kind: Kind) -> str:
        """The text that the base has for a line's sasaran or indikator."""
        row = self.base[line.hint] if line.hint is not None else None
        return " ".join(getattr(row, kind).uraian.split()) if row is not None else ""

    def main_text(self, group: _Group) -> str:
        """The text that the base has for the part that most rows of a group come from."""
        most = self.bases_of(group).most
        return self.texts[most] if most is not None else ""

    def goes_on_blank(
        self, line: Line, current: _Group, part: Part, same: bool | None, *, other: bool
    ) -> bool:
        """Whether a blank cell means the one above: not beside its own number, nor as a box of its own."""
        if other:
            return same is True
        if same is not True and part.top == line.row and self.is_tall(part, part.cell):
            return False
        depth = _DEPTHS[current.kind]
        alone = same is False and self.stands_alone(line, depth)
        if same is None and line.hint is not None and not self.bases_of(current).counts:
            # the base knows this line and none above it: its own text may have gone with another row
            same = self.base_text(line, current.kind) == current.text
        if same is False and line.hint is not None and part is not _BLANK:
            self.tell_before(current)
            if not alone:
                self.tell_goes_on(line, part, current)
                self.joined.add((current, self.base[line.hint].at[:depth]))
        return not alone

    def tell_goes_on(self, line: Line, part: Part, current: _Group) -> None:
        """Tell that a line with a blank cell was read as the group above it."""
        self.sight.tell(
            rules.IKUT_DI_ATAS,
            (line.row, part.cell.column),
            line.text(self.body.text_field),
            bagian=_WORDS[current.kind],
        )

    def tell_before(self, current: _Group) -> None:
        """Rows directly above one of another group may be of that, unless they stand as in the base."""
        for at in range(len(self.above) - 1, -1, -1):
            above, before = self.above[at], self.above[at - 1].hint if at else None
            part = above.parents.get(current.kind, _BLANK)
            stays = above.hint is not None and (before is None or before < above.hint)
            if stays or part.top != above.row or part.cell.text.strip():
                return
            self.tell_goes_on(above, part, current)

    def stands_alone(self, line: Line, depth: int) -> bool:
        """Whether a line stands in the base's order as the first of a group that is nowhere else.

        Then nobody has moved it: the text of its sasaran or indikator was deleted with the row that held it,
        and is nowhere on the sheet.  Where that row is there with its indikator, its sasaran was merged with
        the one above, and unmerged.
        """
        at = self.order.get(line, -1)
        if at < 1 or line.hint is None:
            return False
        group, place = self.base[line.hint].at[:depth], self.base[line.hint].at[depth:]
        if depth == 1 and not any(place) and line.text("indikator"):
            return False
        if self.firsts[group] < at or self.texts[group] in self.shown[depth - 1]:
            return False
        near = [one.hint or 0 for one in self.hinted[at - 1 : at + 2]]
        return near == sorted(near)

    @cached_property
    def texts(self) -> dict[tuple[int, ...], str]:
        """The text of each sasaran and indikator of the base."""
        texts: dict[tuple[int, ...], str] = {}
        for row in self.base:
            if row.at[:2] not in texts:
                texts[row.at[:1]] = " ".join(row.sasaran.uraian.split())
                texts[row.at[:2]] = " ".join(row.indikator.uraian.split())
        return texts

    @cached_property
    def shown(self) -> tuple[frozenset[str], frozenset[str]]:
        """The texts of sasaran and of indikator that stand on the sheet."""
        lines = self.body.lines
        return (
            frozenset(line.text("sasaran") for line in lines),
            frozenset(line.text("indikator") for line in lines),
        )

    @cached_property
    def order(self) -> dict[Line, int]:
        """The place of each line among those that the base knows."""
        return {line: at for at, line in enumerate(self.hinted)}

    @cached_property
    def firsts(self) -> dict[tuple[int, ...], int]:
        """For each sasaran and indikator of the base the place of the first line that comes from it."""
        firsts: dict[tuple[int, ...], int] = {}
        for at, line in enumerate(self.hinted):
            place = self.base[line.hint or 0].at
            firsts.setdefault(place[:1], at)
            firsts.setdefault(place[:2], at)
        return firsts

    def is_tall(self, part: Part, cell: Scalar) -> bool:
        """Whether a cell is merged over several rows."""
        return part.top >= 0 and self.sight.box(part.top, cell.column)[0] > part.top

    def path_of(self, group: _Group) -> str:
        """The path of the text of the group that is being filled."""
        path = f"sasaran[{len(self.groups) - 1}]"
        return (
            f"{path}.uraian"
            if group.kind == "sasaran"
            else f"{path}.indikator[{len(self.groups[-1].groups) - 1}].uraian"
        )

    def tell_repeated(
        self,
        new: _Group,
        rows: dict[str, list[_Group]],
        at: tuple[int, int, int] | None,
        path: str,
    ) -> None:
        """Tell of a text that a part further up has too, unless the base has it twice."""
        text = new.text
        if text and text in rows:
            bases = (self.bases_of(one).counts for one in rows[text] if one.text == text)
            known = at is not None and all(one and at[: _DEPTHS[new.kind]] not in one for one in bases)
            if not known:
                where = (new.cell.line, new.cell.column)
                self.sight.tell(
                    rules.BUTIR_BERULANG,
                    where,
                    text,
                    f"{path}.uraian",
                    bagian=_WORDS[new.kind],
                    baris=rows[text][0].cell.line,
                )
        if text:
            rows.setdefault(text, []).append(new)

    def tell_numbers(self) -> None:
        """Goals are numbered by their order, whatever their numbers say."""
        wrong = []
        column = self.body.found.columns.get("nomor")
        for number, group in enumerate(self.groups, 1):
            if group.nomor and group.nomor != str(number) and column is not None:
                wrong.append((max(group.nomor_top, 1), column, group.nomor))
        if wrong:
            self.sight.tell(rules.NOMOR_TIDAK_URUT, wrong[0][:2], wrong[0][2], isi=listed(wrong))

    # --- values that follow from above ---

    def inherit(self, line: Line, indikator: _Group) -> None:
        """A blank target is the one above in the same indikator."""
        for key in _INHERITED:
            cell = line.values.get(key)
            if cell is None:
                continue
            above = indikator.last.get(key)
            blank = not cell.text.strip() and not self.body.is_open(cell)
            if blank and above is not None and above.text.strip():
                bidang = (
                    Words("target", "the target")
                    if key == "target"
                    else Words("satuan", "the unit of measure")
                )
                self.sight.tell(
                    rules.SEPERTI_DI_ATAS,
                    (cell.line, cell.column),
                    None,
                    bidang=bidang,
                    dibaca=above.text.strip(),
                )
                line.values[key] = above
            indikator.last[key] = line.values[key]

    def share(self, line: Line) -> None:
        """A blank cost is shared where the base says so and the amount above still stands."""
        cell = line.values.get("biaya")
        if cell is None or cell.text.strip() or line.hint is None or self.body.is_open(cell):
            return
        if self.base[line.hint].kegiatan.biaya != BERSAMA:
            return
        hint = line.hint
        for above in reversed(self.above):
            hint -= 1
            if above.hint != hint:
                return
            biaya = self.base[hint].kegiatan.biaya
            if above.biaya != biaya:
                return
            if biaya == BERSAMA:
                continue
            if isinstance(biaya, int):
                line.values["biaya"] = Scalar(BERSAMA, cell.line, cell.column)
                amount = above.values["biaya"]
                self.sight.tell(
                    rules.BERSAMA_DARI_DASAR, (cell.line, cell.column), sel=name(amount.line, amount.column)
                )
            return

    # --- nodes ---

    def sequence(self) -> Items:
        """The list of sasaran that a plan's nodes hold.

        Groups and values go as they become nodes: a large table is not held twice.
        """
        self.make_keys()
        nodes = []
        self.groups.reverse()
        while self.groups:
            nodes.append(self.group_node(self.groups.pop()))
        return Items(tuple(nodes), self.body.found.last, 1)

    def make_keys(self) -> None:
        """The keys of all parts; those of a kegiatan have the places of their headings."""
        found = self.body.found
        self.plain: list[tuple[Scalar, str]] = []
        self.bands: dict[str, list[tuple[Scalar, str]]] = {}
        words = ("uraian", "indikator", "kegiatan", *BANDS)
        self.words = {word: Scalar(word, found.last, 1) for word in words}
        for one, column in found.columns.items():
            band, _, number = one.partition("[")
            row = found.headings[column].row if column in found.headings else found.last
            if band in BANDS:
                self.bands.setdefault(band, []).append((Scalar(number[:-1], row, column), one))
            elif one not in ("nomor", "sasaran", "indikator"):
                self.plain.append((Scalar("uraian" if one == "kegiatan" else one, row, column), one))
        for periods in self.bands.values():
            periods.sort(key=lambda period: int(period[0].text))

    def group_node(self, group: _Group) -> Mapping:
        """One sasaran or indikator with what is below it."""
        line, column = max(group.cell.line, 1), max(group.cell.column, 1)
        if group.kind == "sasaran":
            below: tuple[Node, ...] = tuple(self.group_node(one) for one in group.groups)
        else:
            below = tuple(self.kegiatan_node(one) for one in group.lines)
        word = "indikator" if group.kind == "sasaran" else "kegiatan"
        text, items = (self.words["uraian"], group.cell), (self.words[word], Items(below, line, column))
        return Mapping((text, items), line, column)

    def kegiatan_node(self, line: Line) -> Mapping:
        """One kegiatan; values of the base that the sheet does not print stand at its text."""
        values = line.values
        entries: list[tuple[Scalar, Node]] = [(key, values[field]) for key, field in self.plain]
        for band, periods in self.bands.items():
            cells = tuple([(key, values[field]) for key, field in periods])
            if band in SCHEDULES or any(cell.text.strip() for _, cell in cells):
                first = cells[0][1]
                entries.append((self.words[band], Mapping(cells, first.line, first.column)))
        place = values.get(self.body.text_field) or next(iter(values.values()))
        row, column = line.row, place.column
        line.values = {}
        entries.extend(self.unprinted(line, row, column))
        return Mapping(tuple(entries), row, column)

    def unprinted(self, line: Line, row: int, column: int) -> list[tuple[Scalar, Node]]:
        """The fields of the base's kegiatan that neither form nor sheet has a column for."""
        if line.hint is None or not self.kept:
            return []
        kegiatan = self.base[line.hint].kegiatan
        return [
            (Scalar(field, row, column), node)
            for field in self.kept
            if (node := _node(getattr(kegiatan, field), row, column)) is not None
        ]


def _node(value: object, row: int, column: int) -> Node | None:
    """A value of a plan as an author would write it, at the place of another."""
    if value in ("", ()):
        return None
    if isinstance(value, tuple):
        return Mapping(
            tuple(
                (Scalar(str(number), row, column), Scalar(_period(period), row, column))
                for number, period in enumerate(value, 1)
            ),
            row,
            column,
        )
    text = "nihil" if value is None else str(value)
    return Scalar(text, row, column)


def _period(period: object) -> str:
    return ("√" if period else "") if isinstance(period, bool) else str(period)


def _number(text: str) -> str:
    """A typed number in one spelling: `1`, `1.` and `01` are the same."""
    bare = text.strip().rstrip(".) ")
    return str(int(bare)) if bare.isascii() and bare.isdecimal() and len(bare) < 10 else bare.casefold()
