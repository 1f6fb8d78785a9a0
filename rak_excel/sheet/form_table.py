"""The table of an input sheet when another plan is in it: what each cell of each row shall hold."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from rak_excel.plan.model import BANDS, Kegiatan, Plan
from rak_excel.plan.rows import bare_nomor, renumbered
from rak_excel.plan.values import BERSAMA, plain_number, read_target
from rak_excel.sheet.form import columns_of
from rak_excel.sheet.form_cells import Cells
from rak_excel.sheet.form_merges import Merges
from rak_excel.sheet.form_reader import FormSheet
from rak_excel.sheet.form_rows import Held, Line, Order
from rak_excel.sheet.form_typing import Typist, value_of
from rak_excel.sheet.layout import Layout
from rak_excel.sheet.moving import Extent, Spot
from rak_excel.sheet.seen import Seen
from rak_excel.sheet.sight import Sight

PARENTS: Final = ("nomor", "sasaran", "indikator")
SHARED: Final = ("target", "satuan")
_BLANK: Final = ("", False)


class _Seen(NamedTuple):
    """The target and satuan that a blank cell repeats, as the reader of rows sees them.

    `own` are those of the row that named the indikator alone.
    """

    paired: bool
    target: str | None = None
    satuan: str | None = None
    own: tuple[str, str] = ("", "")

    def after(self, target: str, satuan: str) -> "_Seen":
        """What holds after a row with these two."""
        new = self
        if target or self.target is None:
            new = new._replace(target=target)
        if target or satuan or not self.paired or self.satuan is None:
            new = new._replace(satuan=satuan)
        return new

    def means(self) -> tuple[str, str]:
        return self.target or self.own[0], self.satuan or self.own[1]


class Table:
    """Puts a merged plan into the rows of a table."""

    def __init__(
        self,
        sheet: FormSheet,
        cells: Cells,
        extent: Extent,
        layout: Layout,
        plans: tuple[Plan, Plan],
        sources: Mapping[str, str],
    ) -> None:
        self.sheet, self.cells, self.layout = sheet, cells, layout
        self.columns = dict(sheet.columns)
        self.merged = plans[1]
        self.sight = Sight(cells.seen)
        self.held = Held(sheet, cells.seen, extent)
        self.order = Order(self.held, *plans, sources)
        self.lines = self.order.lines
        self.starts, self.openings = self._firsts()
        self.old_starts, self.old_openings = self.held.begins()
        self.homes = self.held.homes()
        self.typist = Typist(self._samples(), layout.form)
        self.repeats = {field for field in (*PARENTS, *SHARED) if self._is_repeated(field)}
        self.numbers = self._numbers()
        fields = {column: field for field, column in self.columns.items()}
        self.merges = Merges(cells.seen, self.held, self.lines, fields, self._goes_on)
        self.likes = self._add_columns()
        self.own_fields = [field for field in self.columns if field not in (*PARENTS, *SHARED)]

    # --- what stands there ---

    def _firsts(self) -> tuple[set[int], set[int]]:
        """The lines in which a sasaran, and those in which an indikator begins."""
        starts: dict[int, int] = {}
        openings: dict[Spot, int] = {}
        for line in self.lines:
            if line.goal is not None:
                starts.setdefault(line.goal, line.at)
                if line.indikator is not None:
                    openings.setdefault((line.goal, line.indikator), line.at)
        return set(starts.values()), set(openings.values())

    def _rows(self) -> Iterator[int]:
        return (row for goal in self.held.goals for group in goal.groups for row in group.rows)

    def _samples(self) -> Iterator[tuple[str, Seen | None]]:
        for row in self._rows():
            for field, column in self.columns.items():
                if not self.sight.is_hidden(row, column):
                    yield field, self.cells.raw(row, column)

    def visible(self, row: int | None, column: int) -> str:
        """The text that a cell itself shows."""
        raw = self.cells.raw(row, column)
        if raw is None or row is None or self.sight.is_hidden(row, column):
            return ""
        return raw.text.strip().replace("\r\n", "\n").replace("\r", "\n")

    def _is_repeated(self, field: str) -> bool:
        """Whether most rows below the first one of their parent write this again."""
        column = self.columns.get(field)
        if column is None:
            return False
        begins = self.old_starts if field in ("nomor", "sasaran") else self.old_openings
        texts = [self.visible(row, column) for row in self._rows() if row not in begins]
        return sum(map(bool, texts)) * 2 > len(texts)

    def _numbers(self) -> list[str]:
        """The number of each sasaran: in the order of the plan where they are so, else as somebody chose."""
        column = self.columns.get("nomor")
        count = len(self.merged.sasaran)
        if column is None:
            return [""] * count
        written = [
            next((text for row in sorted(goal.rows()) if (text := self.visible(row, column))), "")
            for goal in self.held.goals
        ]
        formers = [self.order.former_goal(at) for at in range(count)]
        return renumbered(written, formers, next(iter(written), "1"))

    # --- merges ---

    def _goes_on(self, field: str, first: Line, line: Line) -> bool:
        """Whether a row under a merge says what it shall, where the merge begins in another one."""
        if line.goal is None:
            return line.old is None or self.held.is_blank(line.old)
        if field in ("nomor", "sasaran"):
            return line.at not in self.starts
        opens = line.at in self.openings or (line.goal, line.indikator) != (first.goal, first.indikator)
        if field == "indikator" or (opens and field in SHARED):
            return not opens  # a blank never reaches over its parent
        if first.kegiatan is None or line.kegiatan is None:
            return field in SHARED
        if field == "biaya":
            is_sum = first.kegiatan.biaya not in (None, "")
            return line.kegiatan.biaya == (BERSAMA if is_sum else first.kegiatan.biaya)
        fields = SHARED if field in SHARED else (field,)
        return all(value_of(first.kegiatan, one) == value_of(line.kegiatan, one) for one in fields)

    # --- writing ---

    def write(self) -> None:
        """Every cell that changes."""
        state = _Seen(paired=False)
        for line in self.lines:
            if line.goal is None:
                continue
            if line.at in self.openings:
                state = _Seen(paired=set(SHARED) <= self.columns.keys())
            self._parents(line)
            if line.indikator is not None:
                state = self._shared(line, state)
            if line.kegiatan is not None:
                self._own(line, line.kegiatan)

    def _put(self, line: Line, field: str, value: Any) -> None:  # noqa: ANN401 - any field's value
        """Write a value; what is blank already stays as it is."""
        column = self.columns[field]
        raw = self.cells.raw(line.old, column)
        typed = self.typist.typed(field, value, raw)
        if typed is not None or (raw is not None and (raw.text.strip() or raw.formula)):
            old = (line.old, column) if line.old is not None else None
            like = (line.row, self.likes[field]) if field in self.likes else None
            self.cells.put((line.row, column), typed, old, like)

    def _keep(self, line: Line, field: str, value: Any) -> None:  # noqa: ANN401 - any field's value
        """Leave a cell as it is; where it is a formula, it must go on showing this."""
        column = self.columns[field]
        raw = self.cells.raw(line.old, column)
        if raw is not None and raw.formula and line.old is not None:
            typed = self.typist.typed(field, value, raw)
            self.cells.keep((line.row, column), typed, (line.old, column))

    def _is_covered(self, line: Line, field: str) -> bool:
        """Whether a cell comes to lie under a merge; it is emptied, since nobody would see what it holds."""
        column = self.columns[field]
        covered = (line.at, column) in self.merges.covered
        if covered and self.visible(line.old, column):
            self._put(line, field, "")
        return covered

    def _surfaces(self, line: Line, field: str) -> bool:
        """Whether a cell lay under a merge: what it holds was not seen."""
        return line.old is not None and self.sight.is_hidden(line.old, self.columns[field])

    def _parents(self, line: Line) -> None:
        """Number, sasaran and indikator."""
        number = line.goal or 0
        goal = self.merged.sasaran[number]
        home = self.homes.get(line.old or 0, ())
        former = self.order.former_goal(number)
        place = _Place(
            line.at in self.starts, line.old in self.old_starts, former is not None and home[:1] == (former,)
        )
        self._parent(line, "nomor", self.numbers[number], place)
        self._parent(line, "sasaran", goal.uraian, place)
        if line.indikator is not None:
            self._parent(line, "indikator", goal.indikator[line.indikator].uraian, self._inside(line))

    def _inside(self, line: Line) -> "_Place":
        """Where a row stands in its indikator."""
        former = self.order.former(f"sasaran[{line.goal}].indikator[{line.indikator}]")
        home = self.homes.get(line.old or 0, ())
        return _Place(
            line.at in self.openings, line.old in self.old_openings, bool(former) and home == former
        )

    def _parent(self, line: Line, field: str, wanted: str, place: "_Place") -> None:
        """A cell that says to whom its row belongs: blank says *as above*."""
        if field not in self.columns or self._is_covered(line, field):
            return
        text = self.visible(line.old, self.columns[field])
        same = text == wanted or (field == "nomor" and bool(text) and bare_nomor(text) == bare_nomor(wanted))
        if place.is_first or (line.is_fresh and field in self.repeats):
            keeps = same and bool(text)
        elif not text or (field not in self.repeats and (place.was_first or not place.stays)):
            keeps, wanted = False, ""
        else:
            keeps = same
        if keeps:
            self._keep(line, field, wanted)
        else:
            self._put(line, field, wanted)

    # --- target and satuan ---

    def _shared(self, line: Line, state: _Seen) -> _Seen:
        """Target and satuan: as they stand, left blank to repeat what is above, or written."""
        typed = self._read(line, "target"), self._read(line, "satuan")
        if line.kegiatan is None:
            return self._shared_of_head(line, typed, state)
        place = self._inside(line)
        wanted = line.kegiatan.target, line.kegiatan.satuan
        blank = ("", "")
        if line.is_fresh:
            choices = [] if "target" in self.repeats else [blank]
        elif "target" not in self.repeats and not place.is_first and (place.was_first or not place.stays):
            choices = [blank, typed]
        else:
            choices = [typed, blank]
        for choice in choices:
            if state.after(*choice).means() == wanted:
                for field, text, held in zip(SHARED, choice, typed, strict=True):
                    self._share(line, field, text, held)
                return state.after(*choice)
        for field, text, held in zip(SHARED, wanted, typed, strict=True):
            self._share(line, field, text, held)
        return state.after(*wanted)

    def _share(self, line: Line, field: str, wanted: str, held: str) -> None:
        if field not in self.columns or self._is_covered(line, field):
            return
        if held == wanted and not self._surfaces(line, field):
            self._keep(line, field, wanted)
        else:
            self._put(line, field, wanted)

    def _shared_of_head(self, line: Line, typed: tuple[str, str], state: _Seen) -> _Seen:
        """A row that names its indikator alone may say the target of all its kegiatan."""
        indikator = self.merged.sasaran[line.goal or 0].indikator[line.indikator or 0]
        told = {(one.target, one.satuan) for one in indikator.kegiatan}
        wanted = told.pop() if any(typed) and len(told) == 1 else typed
        for field, text, held in zip(SHARED, wanted, typed, strict=True):
            self._share(line, field, text, held)
        new = state.after(*wanted)
        return new._replace(own=new.means()) if line.at in self.openings else new

    def _read(self, line: Line, field: str) -> str:
        """What a cell says of itself, as it is read; blank where it lies under a merge."""
        column = self.columns.get(field)
        if column is None or (line.at, column) in self.merges.covered:
            return ""
        text, raw = self.visible(line.old, column), self.cells.raw(line.old, column)
        if not text or raw is None or field == "satuan":
            return text
        return plain_number(text) if raw.kind in ("number", "percent") else read_target(text).text

    # --- the kegiatan itself ---

    def _own(self, line: Line, kegiatan: Kegiatan) -> None:
        """All that a row says of its kegiatan alone."""
        for field in self.own_fields:
            value = value_of(kegiatan, field)
            if self._is_covered(line, field):
                continue
            held = line.was is not None and not self._surfaces(line, field)
            if held and value_of(line.was, field) == value:
                self._keep(line, field, value)
            else:
                self._put(line, field, value)

    # --- columns ---

    def _missing(self) -> list[str]:
        """The fields that hold something and have no column."""
        needed: dict[str, None] = {}
        for kegiatan in self.merged.kegiatan:
            for field in _FIELDS:
                if field not in self.columns and value_of(kegiatan, field) not in _BLANK:
                    needed[field] = None
        return [field for field in _FIELDS if field in needed]

    def _add_columns(self) -> dict[str, int]:
        """New columns right of all that stands there; each looks like the last one that is known."""
        missing = self._missing()
        right = max(self.sight.last_column, *self.columns.values())
        near = max(self.columns.values())
        form = self.layout.form
        for column, drawn in enumerate(columns_of(form, missing), right + 1):
            self.columns[drawn.field] = column
            heading = self.sheet.heading
            self.cells.put((heading, column), drawn.heading, None, (heading, near))
        return dict.fromkeys(missing, near)


class _Place(NamedTuple):
    """Whether a row is the first of its parent, was the first of its former one, and is still under that."""

    is_first: bool
    was_first: bool
    stays: bool


_FIELDS: Final = (
    *("target", "satuan", "kode", "program", "kegiatan", "sub_kegiatan", "biaya", "pelaksana"),
    *(f"{key}[{number}]" for key, count in BANDS.items() for number in range(1, count + 1)),
)
