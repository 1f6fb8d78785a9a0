"""An input sheet as somebody filled it in becomes nodes: fields above, below them the rows of a CSV.

It is known by its labels and headings; the mark that it carries only helps.  Every cell that is not empty
ends in a node, is known decoration, or is told in a finding.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, Place
from rak_excel.nodes import Mapping, Node, Scalar, Sequence
from rak_excel.plan.codec import meant_key
from rak_excel.plan.headings import field_of
from rak_excel.plan.model import BANDS
from rak_excel.plan.rows import Table, nest
from rak_excel.plan.values import BERSAMA, NIHIL, read_rupiah, rupiah
from rak_excel.sheet.form_words import GUIDE_TITLE, guide_texts
from rak_excel.sheet.grid import HIDDEN_SHEET
from rak_excel.sheet.labels import (
    HINT,
    HINT_GUIDE,
    LIST_HEADINGS,
    MARK,
    MARK_GUIDE,
    ROOT_LABELS,
    TITLE,
    TOTAL,
    VERSION,
    Label,
    heading_number,
    label_of,
    seal,
)
from rak_excel.sheet.seen import Seen, SeenBook, SeenSheet
from rak_excel.sheet.sight import Sight, listed, name, rows_named

_KNOWN: Final = 3
"""Known headings that make a row the heading row."""
_ANCHORS: Final = frozenset({"sasaran", "indikator", "kegiatan"})
_SHORT: Final = 80
_SCANNED: Final = 200
"""Rows in which the heading is looked for."""
_NEEDED: Final = frozenset({"tahun", "unit"})
"""The labels by which a sheet is known that has lost its mark."""
_PARENTS: Final = ("nomor", "sasaran", "indikator", "target", "satuan")
_DECORATION: Final = frozenset({TITLE, HINT, HINT_GUIDE})

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet that was filled in.  Rows and columns count from 1.

    `columns` gives the column of each field that has one, `heading` the row of the headings; `values` are the
    cells of the fields above by their paths, `blocks` those of all signatories by their keys, in order, and
    `spare` those of signatories left blank.
    `decoration` are cells that say nothing of the plan, `outside` those that findings tell because they are
    no part of it; all others are read.
    """

    root: Mapping
    sheet: str
    heading: int
    columns: dict[str, int]
    values: dict[str, Cell]
    blocks: tuple[dict[str, Cell], ...]
    spare: tuple[dict[str, Cell], ...]
    findings: tuple[Finding, ...]
    decoration: frozenset[Cell]
    outside: frozenset[Cell]


@dataclass(frozen=True, slots=True)
class FormRead:
    """An input sheet's workbook: a sheet for each plan, and what was found on the others."""

    sheets: tuple[FormSheet, ...]
    findings: tuple[Finding, ...]


def read_form(book: SeenBook) -> FormRead | None:
    """Read every input sheet of a workbook; `None` where it has none.

    An official workbook is none, whatever else it holds.
    """
    marked = MARK in book.properties
    if not marked and book.sheet(HIDDEN_SHEET) is not None:
        return None
    opened = [
        one
        for sheet in book.sheets
        if sheet.state == "visible" and (one := _open(sheet, marked=marked)) is not None
    ]
    if not opened:
        return None
    version = book.properties.get(MARK, "").strip() or str(VERSION)
    read = {one.sight.sheet.name: one for one in opened}
    findings = [
        finding
        for sheet in book.sheets
        if sheet.name not in read and sheet.rows and sheet.name.lower() != HIDDEN_SHEET
        for finding in _beside(sheet, book.properties.get(MARK_GUIDE, ""))
    ]
    return FormRead(tuple(_Reader(one).read(version) for one in opened), tuple(findings))


# --- which sheet is what -------------------------------------------------------------------------------


class _Opened(NamedTuple):
    """A sheet with its heading row, and the labels above it with their values' cells."""

    sight: Sight
    heading: int
    labels: tuple[tuple[Cell, Label, Cell], ...]


def _open(sheet: SeenSheet, *, marked: bool) -> _Opened | None:
    sight = Sight(sheet)
    heading = _heading(sight)
    if heading is None or (not marked and _has_band(sight, heading)):
        return None
    labels = tuple(_labels(sight, heading))
    keys = {label.key for _, label, _ in labels}
    is_form = keys >= _NEEDED or (marked and len(keys) > 1)
    return _Opened(sight, heading, labels) if is_form else None


def _heading(sight: Sight) -> int | None:
    """The row of the headings; `None` where there is none."""
    for scanned, row in enumerate(sight.rows):
        if scanned > _SCANNED:
            return None
        texts = [cell.text for _, cell in sight.seen(row) if len(cell.text) <= _SHORT]
        known = {field for text in texts if (field := field_of(text)) is not None}
        if len(known) >= _KNOWN and known & _ANCHORS:
            return row
    return None


def _has_band(sight: Sight, heading: int) -> bool:
    """Whether periods stand in a second row of headings, as official forms have them."""
    below = [field_of(cell.text) or "" for _, cell in sight.seen(heading + 1) if len(cell.text) <= _SHORT]
    return sum(field.partition("[")[0] in BANDS for field in below) > 1


def _labels(sight: Sight, heading: int) -> Iterator[tuple[Cell, Label, Cell]]:
    """Every label above the headings, with the cell of the value beside it."""
    for row in sight.filled(1, heading - 1):
        taken = 0
        for column, cell in sight.seen(row):
            label = label_of(cell.text) if cell.kind == "text" and column > taken else None
            if label is not None:
                taken = sight.box(row, column)[1] + 1
                yield (row, column), label, sight.corner(row, taken)


def _beside(sheet: SeenSheet, guide: str) -> Iterator[Finding]:
    """The cells of another sheet that are no known decoration, in one finding."""
    cells = [
        (row, column, cell.text or f"={cell.formula}")
        for row, column, cell in sheet.cells()
        if cell.text.strip() or cell.formula
    ]
    texts = [text for _, _, text in cells]
    first = {column: cell.text.strip() for column, cell in sheet.rows.get(1, {}).items()}
    if {*LIST_HEADINGS[:2]} <= {*first.values()}:
        cells = [one for one in cells if first.get(one[1]) not in LIST_HEADINGS]
    elif GUIDE_TITLE in texts and seal(texts) == guide:  # as it was drawn, by whatever version
        return
    elif GUIDE_TITLE in texts:
        cells = [one for one in cells if one[2] not in guide_texts()]
    if cells:
        rule = rules.LEMBAR_LAIN if sheet.state == "visible" else rules.LEMBAR_TERSEMBUNYI
        place = Place(*cells[0][:2], sheet.name)
        yield rule.at("", sheet.name, place=place, isi=listed(cells))


# --- one sheet -----------------------------------------------------------------------------------------


class _Reader:
    """One sheet becomes nodes."""

    def __init__(self, opened: _Opened) -> None:
        self.sight, self.heading, self.labels = opened
        self.texts = {
            column: text
            for column in range(1, self.sight.last_column + 1)
            if self.sight.corner(self.heading, column) == (self.heading, column)
            and (text := self.sight.text(self.heading, column)).strip()
        }
        self.fields = {column: field_of(text) for column, text in self.texts.items()}
        self.columns: dict[str, int] = {}
        for column, field in self.fields.items():
            if field is not None:
                self.columns.setdefault(field, column)
        self.heads = {
            head[0]
            for (row, column), label, (_, last) in self.labels
            if label.signatory and (head := _head_above(self.sight, row, column, last)) is not None
        }
        self.values: dict[str, Cell] = {}
        self.blocks: tuple[dict[str, Cell], ...] = ()
        self.spare: tuple[dict[str, Cell], ...] = ()

    def read(self, version: str) -> FormSheet:
        """Everything that the sheet says."""
        sight = self.sight
        rows = tuple(self.rows())
        headings = tuple(sight.scalar(self.heading, column) for column in self.texts)
        nested = nest(Table(headings, tuple(self.fields.values()), rows))
        sight.findings.extend(self.on_sheet(finding) for finding in nested.findings)
        sight.decoration.update((self.heading, column) for column in self.texts)
        root = self.root(version, self.above(rows), nested.sasaran)
        self.strays()
        self.tell_formulas()
        self.tell_hidden(rows)
        return FormSheet(
            root,
            sight.sheet.name,
            self.heading,
            self.columns,
            self.values,
            self.blocks,
            self.spare,
            tuple(sight.findings),
            frozenset(sight.decoration),
            frozenset(sight.outside),
        )

    def on_sheet(self, finding: Finding) -> Finding:
        """A finding about rows, with the sheet in its place."""
        place = finding.place
        return (
            finding if place is None else replace(finding, place=place._replace(sheet=self.sight.sheet.name))
        )

    # --- the table ---

    def rows(self) -> Iterator[tuple[Scalar, ...]]:
        """The rows below the headings that hold anything under one of them."""
        sight = self.sight
        printed = set(self.texts.values())
        for row, cells in sight.rows.items():
            if row <= self.heading:
                continue
            own = [column for column in self.texts if self.is_filled(row, column)]
            if len(own) >= _KNOWN and all(cells[column].text in printed for column in own):
                sight.decoration.update((row, column) for column in own)
            elif own:
                yield tuple(self.scalar(row, column) for column in self.texts)

    def is_filled(self, row: int, column: int) -> bool:
        """Whether a person sees something in a cell, or a formula that was never calculated."""
        cell = self.sight.cell(row, column)
        return (
            cell is not None
            and bool(cell.text.strip() or cell.formula)
            and not self.sight.is_hidden(row, column)
        )

    def scalar(self, row: int, column: int) -> Scalar:
        """What a row says in a column: a cell merged downwards says it in each of its rows.

        Of sasaran, indikator and target a blank cell does so anyway; a cost is one amount for all.
        """
        sight, field = self.sight, self.fields[column]
        corner = sight.corner(row, column)
        if corner == (row, column):
            return self.own(row, column, field)
        above = sight.scalar(*corner)
        blank = corner[1] != column or corner[0] <= self.heading or not above.text.strip()
        if blank or field is None or field in _PARENTS:
            return Scalar("", row, column)
        if field == "biaya" and above.text.strip().lower() not in NIHIL:
            return Scalar(BERSAMA, row, column)
        if field == "kegiatan":
            sight.tell(rules.SATU_TEKS_BEBERAPA_BARIS, (row, column), above.text)
        return above._replace(line=row, column=column)

    def own(self, row: int, column: int, field: str | None) -> Scalar:
        """What a cell itself says; one that is merged over several columns cannot be told apart."""
        sight = self.sight
        cell = sight.cell(row, column)
        if cell is None:
            return Scalar("", row, column)
        if field is None or self.columns[field] != column:
            sight.outside.add((row, column))
            return Scalar(cell.text or f"={cell.formula}", row, column)
        sight.read.add((row, column))
        last_row, last = sight.box(row, column)
        over = [other for other, at in self.columns.items() if column <= at <= last]
        if len(over) > 1 and cell.text.strip():
            gabungan = f"{name(row, column)}:{name(last_row, last)}"
            kolom = ", ".join(" ".join(self.texts[self.columns[other]].split()) for other in over)
            sight.tell(rules.GABUNGAN_MELINTANG, (row, column), cell.text, gabungan=gabungan, kolom=kolom)
        return sight.scalar(row, column)

    def strays(self) -> None:
        """Tell of the cells below the headings that have no heading over them, column by column."""
        sight = self.sight
        columns: dict[int, list[tuple[int, int, str]]] = {}
        for row in sight.filled(self.heading, sight.last_row):
            for column in sight.rows[row]:
                if column not in self.texts and self.is_filled(row, column):
                    columns.setdefault(column, []).append((row, column, self.shown(row, column)))
        for _, cells in sorted(columns.items()):
            sight.outside.update((row, column) for row, column, _ in cells)
            sight.tell(rules.SEL_TANPA_JUDUL, cells[0][:2], cells[0][2], isi=listed(cells))

    def shown(self, row: int, column: int) -> str:
        """A cell's text, or its formula where that has no value."""
        cell = self.sight.cell(row, column) or Seen("")
        return cell.text.strip() or f"={cell.formula}"

    # --- above the table ---

    def above(self, rows: tuple[tuple[Scalar, ...], ...]) -> list[tuple[Scalar, Node]]:
        """Account for every cell above the headings; the keys that were meant by labels that are none."""
        sight = self.sight
        labels = {at for at, _, _ in self.labels}
        values = {at for _, _, at in self.labels}
        missing = [key for key in ROOT_LABELS if key not in {label.key for _, label, _ in self.labels}]
        meant: list[tuple[Scalar, Node]] = []
        sight.decoration.update(labels)
        sight.read.update(at for at in values if self.is_filled(*at))
        for row in sight.filled(1, self.heading - 1):
            left: list[Cell] = []
            for column in sight.rows[row]:
                at = (row, column)
                if not self.is_filled(*at) or at in labels or at in values:
                    continue
                beside = sight.corner(row, sight.box(row, column)[1] + 1)
                if self.is_decoration(at, rows):
                    sight.decoration.add(at)
                elif self.is_filled(*beside) and beside not in labels and meant_key(self.shown(*at), missing):
                    sight.decoration.add(at)
                    sight.read.add(beside)
                    values.add(beside)
                    meant.append((sight.scalar(*at), sight.scalar(*beside)))
                else:
                    left.append(at)
            if left:
                sight.outside.update(left)
                shown = " | ".join(self.shown(*at) for at in left)
                sight.tell(rules.TEKS_DI_LUAR_TABEL, left[0], shown)
        return meant

    def is_decoration(self, at: Cell, rows: tuple[tuple[Scalar, ...], ...]) -> bool:
        """Whether a cell above the headings is one that the form itself has."""
        row, column = at
        cell = self.sight.rows[row][column]
        if cell.text in _DECORATION or at in self.heads:
            return True
        if cell.text.strip() == TOTAL:
            return self.is_filled(row, column + 1)
        if cell.formula:
            return cell.formula.upper().startswith(("SUM(", "IF(ISNUMBER("))
        return self.sight.text(row, column - 1).strip() == TOTAL and self.is_sum(at, cell, rows)

    def is_sum(self, at: Cell, cell: Seen, rows: tuple[tuple[Scalar, ...], ...]) -> bool:
        """Whether a total that was typed over is still the sum; any other is told."""
        index = list(self.fields.values()).index("biaya") if "biaya" in self.columns else None
        costs = [read_rupiah(row[index].text).amount for row in rows] if index is not None else []
        total = sum(cost for cost in costs if cost is not None)
        amount = read_rupiah(cell.text).amount
        if amount != total:
            tertulis = cell.text if amount is None else rupiah(amount)
            self.sight.outside.add(at)
            self.sight.tell(rules.JUMLAH_DITIMPA, at, cell.text, tertulis=tertulis, jumlah=rupiah(total))
        return True

    # --- nodes ---

    def root(self, version: str, meant: list[tuple[Scalar, Node]], sasaran: Sequence) -> Mapping:
        """The nodes of the plan."""
        sight = self.sight
        newer = version.isdecimal() and int(version) > VERSION
        entries: list[tuple[Scalar, Node]] = []
        if not any(label.key == "rak" for _, label, _ in self.labels):
            entries.append((Scalar("rak", 1, 1), Scalar(version if newer else str(VERSION), 1, 1)))
        for at, label, value in self.labels:
            if not label.signatory:
                entries.append((Scalar(label.key, *at), sight.scalar(*value)))
                self.values.setdefault(label.key, value)
        entries.extend(meant)
        if not sasaran.items:  # what is missing is missing in the first row
            sasaran = Sequence((), self.heading + 1, self.columns.get("sasaran", min(self.texts)))
        entries.append((Scalar("sasaran", self.heading, min(self.texts)), sasaran))
        signed = self.signatories()
        if signed is not None:
            entries.append((Scalar("penandatangan", signed.line, signed.column), signed))
        return Mapping(tuple(entries), 1, 1)

    def signatories(self) -> Sequence | None:
        """The signatories that were filled in, else the first blank one; `None` where there are no labels."""
        blocks = _blocks(self.sight, self.labels)
        if not blocks:
            return None
        filled = [block for block in blocks if any(self.is_filled(*at) for _, _, at in block)]
        kept = filled or blocks[:1]
        made = []
        for number, block in enumerate(kept):
            self.values.update({f"penandatangan[{number}].{label.key}": at for _, label, at in block})
            entries = tuple((Scalar(label.key, *at), self.sight.scalar(*value)) for at, label, value in block)
            made.append(Mapping(entries, *block[0][2]))
        cells = [{label.key: at for _, label, at in block} for block in blocks]
        self.blocks = tuple(cells)
        self.spare = tuple(one for one, block in zip(cells, blocks, strict=True) if block not in kept)
        return Sequence(tuple(made), *kept[0][0][2])

    # --- what is told of the whole sheet ---

    def tell_formulas(self) -> None:
        """Tell of the formulas among the cells that were read."""
        paths = {at: path for path, at in self.values.items()}
        for row, column in sorted(self.sight.read):
            cell = self.sight.cell(row, column)
            if cell is not None and cell.formula:
                self.sight.tell_formula((row, column), cell, paths.get((row, column), ""))

    def tell_hidden(self, rows: tuple[tuple[Scalar, ...], ...]) -> None:
        """Tell of what is read although a person does not see it, and of what is not read: notes."""
        sight, sheet = self.sight, self.sight.sheet
        hidden = [row[0].line for row in rows if row[0].line in sheet.hidden_rows]
        if hidden:
            sight.tell(rules.BARIS_TERSEMBUNYI, (hidden[0], 1), baris=rows_named(hidden))
        columns = sorted(column for column in self.columns.values() if column in sheet.hidden_columns)
        if columns:
            kolom = ", ".join(" ".join(self.texts[column].split()) for column in columns)
            sight.tell(rules.KOLOM_TERSEMBUNYI, (self.heading, columns[0]), kolom=kolom)
        sight.hidden_values()
        notes = sorted(sheet.notes.items())
        if notes:
            isi = listed((row, column, text) for (row, column), text in notes)
            sight.tell(rules.CATATAN_SEL, notes[0][0], isi=isi)


_Block = list[tuple[Cell, Label, Cell]]


def _blocks(sight: Sight, labels: tuple[tuple[Cell, Label, Cell], ...]) -> list[_Block]:
    """The labels of each signatory, in the order of their numbers, else of their places.

    A signatory's labels stand below each other; another begins where a label comes again.
    """
    found: dict[tuple[int, int, int], _Block] = {}
    begun: dict[int, tuple[int, int, int]] = {}
    for at, label, value in labels:
        if not label.signatory:
            continue
        row, column = at
        head = _head_above(sight, row, column, value[1])
        number = label.number or (head[1] if head is not None else None)
        key = begun.get(column)
        if (
            key is None
            or key[0] != (number or _UNNUMBERED)
            or (head is not None and head[0][0] > key[1])
            or any(other.key == label.key for _, other, _ in found[key])
        ):
            key = begun[column] = (number or _UNNUMBERED, row, column)
        found.setdefault(key, []).append((at, label, value))
    return [block for _, block in sorted(found.items())]


_UNNUMBERED: Final = 100


def _head_above(sight: Sight, row: int, first: int, last: int) -> tuple[Cell, int] | None:
    """The nearest heading of a signatory above some columns, and the number it says."""
    for above in range(row - 1, max(0, row - 12), -1):
        for column in range(first, last + 1):
            number = heading_number(sight.text(above, column))
            if number is not None:
                return (above, column), number
    return None
