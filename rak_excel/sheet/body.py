"""The rows of a table on a sheet: which of them are kegiatan, where the table ends, what each cell holds."""

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Final, NamedTuple, TypeAlias

from rak_excel import rules
from rak_excel.nodes import Scalar
from rak_excel.plan.headings import field_of
from rak_excel.plan.model import BANDS
from rak_excel.plan.values import BERSAMA, NIHIL, parse_tick, read_rupiah, rupiah
from rak_excel.sheet.base import Key, key_of
from rak_excel.sheet.seen import Seen
from rak_excel.sheet.sight import Sight, kind_of, name, rows_named
from rak_excel.sheet.table import SHORT, Found, fold, is_total_label, name_of

PARENTS: Final = ("nomor", "sasaran", "indikator")

# what stands over the rows of one activity of a budget (LKj of KPU Kaltim: KEGIATAN 3355: …)
_SECTION: Final = re.compile(
    r"(?i)\s*(?:program|(?:sub\s?-?)?kegiatan|tujuan|misi|output|keluaran|komponen|k?ro)\b"
    r"[\s.:]*[\dA-Z.]*\s*[:.-]"
)
_FEW: Final = 5
"""Headings of another list are fewer."""


class Part(NamedTuple):
    """What a row shows of its sasaran or indikator: the cell, and the row in which that cell begins."""

    cell: Scalar
    top: int


Over: TypeAlias = Mapping[int, tuple[int, int]] | None
"""The rows of a column that lie under merges, with the first cell of each."""
_NOTHING: Final = Part(Scalar("", 0, 0), 0)


class Line:
    """One row of the table that says something; `filled` where it is a kegiatan.

    `tree` fills in `path` and `hint`: where the kegiatan stands in the plan, and in the base.
    """

    __slots__ = ("filled", "hint", "key", "parents", "path", "row", "values")

    def __init__(
        self,
        row: int,
        values: dict[str, Scalar],
        parents: Mapping[str, Part],
        key: Key | None,
        *,
        filled: bool,
    ) -> None:
        self.row = row
        self.values = values
        self.parents = parents
        self.key = key
        self.filled = filled
        self.path = ""
        self.hint: int | None = None

    def text(self, field: str) -> str:
        """A value or a parent's text with its white space squeezed."""
        cell = self.values.get(field) or self.parents.get(field, _NOTHING).cell
        return " ".join(cell.text.split())

    @property
    def biaya(self) -> int | str | None:
        """The cost as the row shows it: an amount, nil, `bersama`, or the text that is none of these."""
        return self.amount("biaya")

    def amount(self, field: str) -> int | str | None:
        """What the row shows in a column of money, as `biaya` does."""
        text = self.text(field)
        if text.lower() in NIHIL:
            return None
        amount = read_rupiah(text).amount
        return text if amount is None else amount


class _Record:
    """What a row holds, before it is known what the row is."""

    __slots__ = ("filled", "key", "level", "parents", "row", "strays", "wide")

    def __init__(self, row: int) -> None:
        self.row = row
        self.level: list[int] = []
        self.parents: list[int] = []
        self.strays: list[int] = []
        self.wide: list[int] = []
        self.key: Key | None = None
        self.filled = False

    @property
    def cells(self) -> list[tuple[int, int]]:
        """All cells of the row that hold something, from left to right."""
        columns = sorted({*self.level, *self.parents, *self.strays, *self.wide})
        return [(self.row, column) for column in columns]


class Body:
    """The table below its heading, read once from top to bottom."""

    def __init__(self, sight: Sight, found: Found) -> None:
        self.sight = sight
        self.found = found
        columns = found.columns
        self.fields = {column: field for field, column in columns.items()}
        self.text_field = "kegiatan" if "kegiatan" in columns else "indikator"
        self.whole = self.text_field == "indikator" and not any(
            column.field == "kegiatan.uraian" for column in found.layout.columns
        )
        self.level = {
            field: column
            for field, column in columns.items()
            if field not in PARENTS or (self.whole and field == "indikator")
        }
        money = {name_of(column) for column in found.layout.columns if column.is_money}
        self.money = [
            at for field, at in columns.items() if field in money or field.startswith(("biaya", "anggaran_"))
        ]
        self.wide: dict[int, list[int]] = {}
        for (row, column), (_, last) in sight.boxes.items():
            if last > column:
                self.wide.setdefault(row, []).append(column)
        self.beside: list[tuple[str, int, Over]] = [
            (field, column, sight.over.get(column)) for field, column in self.level.items()
        ]
        self.above: list[tuple[str, int, Over]] = [
            (field, columns[field], sight.over.get(columns[field])) for field in PARENTS if field in columns
        ]
        self.parts: dict[str, Part] = {}
        self.own_tick = "" if parse_tick(found.layout.tick) else found.layout.tick
        # the row of column numbers below the heading, which copies of the heading have too
        lowest = tuple(cell.text for _, cell in sight.seen(found.last))
        self.numbers = lowest if all(text.strip().strip("()").isdecimal() for text in lowest) else ()
        self.formulas: list[tuple[int, int]] = []
        self.keys: set[tuple[int, int]] = set()
        self.owners: dict[tuple[int, int], int] = {}
        self.lists: set[tuple[int, int]] = set()
        self.lines: list[Line] = []
        self.total: int | None = None
        self.last = found.last
        self.read()

    # --- what each row is ---

    def read(self) -> None:
        """Take the rows apart, find the end, and read what is inside."""
        inside = self.without_sections(self.bounded(self.without_lists(list(self.records()))))
        self.fill(inside)
        for record in inside:
            self.strays(record)
            if record.filled or record.parents or record.level:
                self.lines.append(self.line(record))
        self.tell_hidden()

    def records(self) -> Iterator[_Record]:
        """What every row below the heading holds; repeated headings are passed over."""
        sight, found = self.sight, self.found
        printed = {
            fold(cell.text)
            for row in range(found.first, found.last + 1)
            for _, cell in sight.seen(row)
            if not cell.text.strip().isdecimal()
        }
        titles = {cell.text for row in sight.filled(1, found.first - 1) for _, cell in sight.seen(row)}
        waiting: list[_Record] = []
        for row, cells in sight.rows.items():
            if row <= found.last:
                continue
            record = self.record(row, cells)
            if not record.cells:
                continue
            if self.is_heading(record, printed):
                for copied in (*waiting, record):
                    sight.decoration.update(copied.cells)
                waiting = []
            elif titles and all(cells[column].text in titles for _, column in record.cells):
                waiting.append(record)  # the title of a page's copy, if a heading follows
            else:
                yield from waiting
                yield record
                waiting = []
        yield from waiting

    def is_heading(self, record: _Record, printed: set[str]) -> bool:
        """Whether a row only repeats headings, as each page of a copy has them."""
        cells = self.sight.rows[record.row]
        if self.numbers and tuple(cells[column].text for _, column in record.cells) == self.numbers:
            return True
        first = (record.parents or record.level or record.wide or record.strays)[0]
        if len(cells[first].text) > SHORT or fold(cells[first].text) not in printed or len(record.cells) < 2:
            return False
        return all(fold(cells[column].text) in printed for _, column in record.cells)

    def record(self, row: int, cells: Mapping[int, Seen]) -> _Record:
        """What one row holds, each cell by what its column is."""
        record = _Record(row)
        over_of, fields, level = self.sight.over, self.fields, self.level
        wide = self.wide.get(row, ())
        for column, cell in cells.items():
            text = cell.text
            if not (text and not text.isspace()) and not cell.formula:
                continue
            over = over_of.get(column)
            if over is not None and row in over:
                continue
            known = fields.get(column)
            if column in wide and self.covers(row, column) > 1:
                record.wide.append(column)
            elif known is None:
                key = key_of(text) if text[8:9] == "-" else None
                if key is None:
                    record.strays.append(column)
                else:
                    record.key = record.key or key
                    self.keys.add((row, column))
                continue
            elif known in level:
                record.level.append(column)
            else:
                record.parents.append(column)
            # LibreOffice makes formulas of boolean cells (26.2)
            if cell.formula and not (cell.kind == "boolean" and cell.stored):
                self.formulas.append((row, column))
        return record

    def covers(self, row: int, column: int) -> int:
        """How many columns of the table a merged cell covers."""
        last = self.sight.boxes[row, column][1]
        return sum(column <= at <= last for at in self.fields)

    # --- what is none of the table ---

    def without_lists(self, records: list[_Record]) -> list[_Record]:
        """The rows above another list that stands below the table, as forms without costs have one."""
        for at, record in enumerate(records):
            columns = self.other_columns(record)
            if not at or not columns or record.row - 1 == records[at - 1].row:
                continue
            cells: list[tuple[int, int]] = []
            for step, below in enumerate(records[at:]):
                mine = [cell for cell in below.cells if cell[1] in columns]
                if not mine or below.row - record.row != step:
                    break
                cells += mine
            self.sight.outside.update(cells)
            self.lists.update(cells)
            texts = ((cell, " ".join(self.sight.text(*cell).split())) for cell in cells)
            isi = ", ".join(f"{name(*cell)} “{text}”" for cell, text in texts)
            self.sight.tell(rules.DAFTAR_LAIN, cells[0], isi=isi)
            return records[:at]
        return records

    def other_columns(self, record: _Record) -> range:
        """The columns of another list, if a row is its heading: a few texts, one of another field.

        What stands apart in the row is none of it: a signature may begin beside the list.
        """
        cells = self.sight.rows[record.row]
        texts = [column for _, column in record.cells if cells[column].kind == "text"]
        meant = (
            column for column in texts if column in self.fields and self.is_other(cells[column].text, column)
        )
        first = last = next(meant, 0)
        if not first or len(texts) >= _FEW or self.is_row(record):
            return range(0)
        first, last = self.run(texts, first, -1), self.run(texts, last, 1)
        return range(first, last + 1) if last > first else range(0)

    def is_other(self, text: str, column: int) -> bool:
        """Whether a text is the heading of another field than its column's; `Bulan Maret` may be a target."""
        field = field_of(text)
        return field not in (None, self.fields[column]) and str(field).partition("[")[0] not in BANDS

    def run(self, columns: list[int], column: int, step: int) -> int:
        """The last of the columns that stand side by side; one without a heading may lie between."""
        end, column = column, column + step
        while column in columns or (column > 0 and column not in self.fields and abs(column - end) < _FEW):
            if column in columns:
                end = column
            column += step
        return end

    def without_sections(self, records: list[_Record]) -> list[_Record]:
        """The rows but those that only name a section, such as `KEGIATAN 3355: …`."""
        kept = []
        sasaran = self.found.columns.get("sasaran", 0)
        for record, below in zip_longest(records, records[1:]):
            lone = len(record.cells) == 1 and not record.wide
            own = below is not None and sasaran in below.parents
            if lone and own and _SECTION.match(self.sight.text(*record.cells[0])):
                self.sight.leave(rules.BARIS_BUKAN_KEGIATAN, record.cells)
            else:
                kept.append(record)
        return kept

    # --- where the table ends ---

    def bounded(self, records: list[_Record]) -> list[_Record]:
        """The rows that belong to the table; sets `total` and `last`."""
        totals = [at for at, record in enumerate(records) if self.is_total(record)]
        end = self.last_total(records, totals)
        if end is None:
            likely = [at for at, record in enumerate(records) if self.is_likely(record)]
            inside = records[: likely[-1] + 1] if likely else []
            self.last = inside[-1].row if inside else self.found.last
            return inside
        self.total = self.last = records[end].row
        inside = [record for at, record in enumerate(records[:end]) if at not in totals]
        for at in totals:
            if at < end:
                self.tell_total(records[at])
        for record in records[end + 1 :]:
            if not self.is_row(record):
                break
            inside.append(record)
            self.last = record.row
            where = (record.row, self.level.get(self.text_field, 1))
            self.sight.tell(rules.BARIS_DI_BAWAH_JUMLAH, where, self.sight.text(*where))
        return inside

    def last_total(self, records: list[_Record], totals: list[int]) -> int | None:
        """The total of the whole table: the first one that is not followed by more rows and their total."""
        end = None
        for at in totals:
            if end is None or (end + 1 < at and self.is_row(records[end + 1])):
                end = at
        return end

    def is_total(self, record: _Record) -> bool:
        """Whether a row only prints a total."""
        sight, money = self.sight, self.money
        limit = min(money, default=sight.last_column)
        labels = [
            at for at in (*record.wide, *record.parents, *record.level, *record.strays) if at not in money
        ]
        if not labels or len(labels) > 2 or (label := min(labels)) > limit:
            return False
        if not is_total_label(sight.text(record.row, label), self.found.layout.total):
            return False
        return not any(at in self.fields for at in labels if at != label)

    def is_row(self, record: _Record) -> bool:
        """Whether a row below the total is plainly one of the table."""
        has = {self.fields[column] for column in record.level}
        return not record.wide and self.text_field in has and len(has) > 2

    def is_likely(self, record: _Record) -> bool:
        """Whether a row is one of the table, where no total ends it."""
        return not record.wide and (
            self.level.get(self.text_field, 0) in record.level or len(record.level) > 1
        )

    def tell_total(self, record: _Record) -> None:
        """A total in the middle of the table is left out, and told."""
        cells = list(record.cells)
        isi = ", ".join(self.sight.text(*at).strip() for at in cells[1:]) or "-"
        self.sight.outside.update(cells)
        self.sight.tell(rules.BARIS_JUMLAH, cells[0], self.sight.text(*cells[0]).strip(), isi=isi)

    # --- which rows are kegiatan ---

    def fill(self, records: list[_Record]) -> None:
        """Mark the rows that are kegiatan.

        A cell merged downwards from a row that has nothing else belongs to the rows below.
        """
        sight = self.sight
        text_column = self.level.get(self.text_field)
        below = sight.last_row + 1
        for record in reversed(records):
            if record.wide and not record.level:
                continue
            bottoms = [sight.box(record.row, column)[0] for column in record.level]
            # a row of tall cells alone is none where each of them reaches down to a row that is one
            record.filled = bool(bottoms) and (text_column in record.level or below > min(bottoms))
            if record.filled:
                below = record.row

    def strays(self, record: _Record) -> None:
        """Report what stands in a row of the table and is none of its values."""
        sight = self.sight
        for column in record.wide:
            last_row, last = sight.boxes[record.row, column]
            over = [at for at in sorted(self.fields) if column <= at <= last]
            if not record.level:
                sight.leave(rules.BARIS_BUKAN_KEGIATAN, [(record.row, column)])
                continue
            if column not in self.fields:
                sight.outside.add((record.row, column))
            kolom = ", ".join(self.found.label(self.fields[at]) for at in over)
            gabungan = f"{name(record.row, column)}:{name(last_row, last)}"
            text = sight.text(record.row, column)
            sight.tell(rules.GABUNGAN_MELINTANG, (record.row, column), text, gabungan=gabungan, kolom=kolom)
        sight.outside.update((record.row, column) for column in record.strays)

    # --- what each row says ---

    def line(self, record: _Record) -> Line:
        """What a row shows, with what reaches down to it from merged cells above."""
        row, sight = record.row, self.sight
        parents: Mapping[str, Part] = {
            key: self.part(key, row, column, over) for key, column, over in self.above
        }
        if self.lines and self.lines[-1].parents == parents:
            parents = self.lines[-1].parents  # of rows under one merge there is one
        if not record.filled:
            return Line(row, {}, parents, record.key, filled=False)
        values = {}
        cells, boxes = sight.rows[row], sight.boxes
        for key, column, over in self.beside:
            if over is not None and (row in over or (row, column) in boxes):
                values[key] = self.merged(key, row, column)
            elif column in cells:
                text, kind, _, _ = cells[column]
                values[key] = Scalar(text, row, column, "" if kind == "text" else kind)
            else:
                values[key] = Scalar("", row, column)
        if self.own_tick:
            self.ticked(values)
        return Line(row, values, parents, record.key, filled=True)

    def part(self, key: str, row: int, column: int, over: Over) -> Part:
        """What a row shows of a sasaran or indikator; of one merged cell it is always the same."""
        corner = over.get(row, (row, column)) if over is not None else (row, column)
        last = self.parts.get(key)
        if last is None or last.top != corner[0] or corner[1] != column:
            shown = self.sight.scalar(*corner) if corner[1] == column else Scalar("", row, column)
            last = self.parts[key] = Part(shown, corner[0])
        return last

    def merged(self, field: str, row: int, column: int) -> Scalar:
        """The value of a merged cell in one of its rows: repeated, or a share in its cost."""
        corner = self.sight.corner(row, column)
        if corner[1] != column:
            return Scalar("", row, column)
        cell = self.sight.cell(*corner)
        text = cell.text if cell is not None else ""
        owner = self.owners.setdefault(corner, row)
        known = bool(text.strip()) or (cell is not None and not cell.stored)
        if owner != row and field == "biaya" and known and text.strip().lower() not in NIHIL:
            return Scalar(BERSAMA, row, column)
        if owner != row and field == "kegiatan" and text.strip():
            self.sight.tell(rules.SATU_TEKS_BEBERAPA_BARIS, (row, column), text)
        return Scalar(text, *corner, kind_of(cell) if cell is not None else "")

    def ticked(self, values: dict[str, Scalar]) -> None:
        """A layout's own tick, where it is none that everybody knows, is written as one."""
        for key, cell in values.items():
            if key.partition("[")[0] in BANDS and cell.text.strip() == self.own_tick:
                values[key] = cell._replace(text="√")

    # --- what is told of the whole table ---

    def tell_hidden(self) -> None:
        """Hidden rows and columns count like any other."""
        sheet, sight = self.sight.sheet, self.sight
        rows = [line.row for line in self.lines if line.row in sheet.hidden_rows]
        if rows:
            sight.tell(rules.BARIS_TERSEMBUNYI, (rows[0], 1), baris=rows_named(rows))
        hidden = sorted(column for column in self.fields if column in sheet.hidden_columns)
        if hidden:
            kolom = ", ".join(self.found.label(self.fields[column]) for column in hidden)
            sight.tell(rules.KOLOM_TERSEMBUNYI, (self.found.first, hidden[0]), kolom=kolom)

    def is_open(self, cell: Scalar) -> bool:
        """Whether a blank value is a formula that nobody has calculated."""
        seen = self.sight.cell(cell.line, cell.column) if not cell.text else None
        return seen is not None and bool(seen.formula)

    def tell_formulas(self, path_of: Mapping[int, str]) -> set[tuple[int, int]]:
        """Tell of formulas among the values, and return their cells.

        `path_of` gives the path of the kegiatan of a row.
        """
        told = set()
        for row, column in self.formulas:
            if row == self.total or row > self.last or (row, column) in self.sight.outside:
                continue
            field = self.fields.get(column, "")
            inside = row in path_of and field in self.level
            if not inside:
                self.sight.decoration.add((row, column))
            path = f"{path_of[row]}.{_below(field)}" if inside else ""
            self.sight.tell_formula((row, column), self.sight.rows[row][column], path)
            told.add((row, column))
        return told

    def tell_sum(self) -> None:
        """Tell of totals that somebody typed over with another amount, and of what stands beside them."""
        if self.total is None:
            return
        sight, row = self.sight, self.total
        sight.decoration.update((row, column) for column in self.money)
        for column, cell in sight.seen(row):
            if (row, column) in self.keys:
                continue
            if is_total_label(cell.text, self.found.layout.total):
                sight.decoration.add((row, column))
                if not self.money and not self.found.missing_money:
                    sight.tell(rules.JUMLAH_TANPA_BIAYA, (row, column), " ".join(cell.text.split()))
            elif column not in self.money:
                sight.leave(rules.TEKS_DI_LUAR_TABEL, [(row, column)])
        for column in self.money:
            self.tell_total_of((row, column))

    def tell_total_of(self, at: tuple[int, int]) -> None:
        """Tell of the total of one column that says another amount than its cells."""
        total = self.sight.cell(*at)
        if total is None or re.match(r"(?i)\s*(?:SUM|SUBTOTAL|AGGREGATE)\(", total.formula):
            return
        costs = [line.amount(self.fields[at[1]]) for line in self.lines if line.filled]
        amounts = [cost for cost in costs if isinstance(cost, int)]
        unread = [cost for cost in costs if isinstance(cost, str) and cost not in ("", BERSAMA)]
        amount = read_rupiah(total.text).amount
        if not unread and total.text.strip() and amount != sum(amounts):
            tertulis = total.text if amount is None else rupiah(amount)
            jumlah = rupiah(sum(amounts))
            self.sight.tell(rules.JUMLAH_DITIMPA, at, total.text, tertulis=tertulis, jumlah=jumlah)


def _below(field: str) -> str:
    """The path of a field below its kegiatan; one period counts as its whole band."""
    return "uraian" if field == "kegiatan" else field.partition("[")[0]
