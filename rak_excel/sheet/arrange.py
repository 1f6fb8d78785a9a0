"""A plan and a layout become a sheet: cells, merges, heights, page breaks, and helps for whoever edits."""

from collections.abc import Callable, Sequence
from functools import cache
from math import ceil
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding
from rak_excel.plan.codec import label
from rak_excel.plan.model import SCHEDULES, Indikator, Kegiatan, Period, Plan, Sasaran
from rak_excel.plan.values import BERSAMA, number_of
from rak_excel.sheet.grid import Alarm, Cell, Choice, Formula, Prompt, Range, Sheet, Value
from rak_excel.sheet.layout import PLACEHOLDER, Column, Layout, fill
from rak_excel.sheet.measure import Measure, merged, whole
from rak_excel.sheet.paginate import PIXEL, Group, Pages, grow, paginate

TALLEST: Final = 408.75
"""Points of the tallest row, in whole pixels (Microsoft, "Excel specifications and limits": 409)."""

_RESERVE: Final = 0.985
# a printer driver's own margins and rounding; Excel breaks by itself where a page is fuller than it thinks
NIL: Final = "-"
_COST: Final = "kegiatan.biaya"


class Arranged(NamedTuple):
    """A sheet, or `None` where findings say why the plan cannot be printed."""

    sheet: Sheet | None
    findings: tuple[Finding, ...]


def arrange(plan: Plan, layout: Layout, name: str, keys: Sequence[str], measure: Measure) -> Arranged:
    """Arrange a plan that has passed its checks.

    `keys` are the ids of its kegiatan, in order; `name` is the sheet's.  A text taller than a page is a
    finding: no break could show it whole.
    """
    return _Arranger(plan, layout.on_paper(plan.kertas), name, keys, measure).arrange()


class _Row(NamedTuple):
    """One kegiatan with its parents, and where they stand in the plan."""

    nomor: int
    sasaran: Sasaran
    indikator: Indikator
    kegiatan: Kegiatan
    at: tuple[int, int, int]


class _Chain(NamedTuple):
    """One column's way down the sheet: its values, and which rows each of them covers."""

    column: int
    role: str
    groups: tuple[Group, ...]
    values: list[Value]


class _Outside(NamedTuple):
    """A text above or below the table, and which field of the plan made it as long as it is."""

    points: float
    path: str
    value: str
    cell: Cell


class _Arranger:
    def __init__(self, plan: Plan, layout: Layout, name: str, keys: Sequence[str], measure: Measure) -> None:
        self.plan = plan
        self.layout = layout
        self.name = name
        self.keys = keys
        self.measure = measure
        self.findings: list[Finding] = []
        self.outside: list[_Outside] = []
        self.cells: list[Cell] = []
        self.heights: list[float] = []
        self.last_column = len(layout.columns) - 1
        self.line = whole(measure.needs("", layout.font, False, layout.size, 10))
        self.rows = [
            _Row(g + 1, sasaran, indikator, kegiatan, (g, i, k))
            for g, sasaran in enumerate(plan.sasaran)
            for i, indikator in enumerate(sasaran.indikator)
            for k, kegiatan in enumerate(indikator.kegiatan)
        ]

    def arrange(self) -> Arranged:
        self.head()
        heading = self.heading()
        first_row = len(self.heights)
        above = sum(self.heights[: heading[0]])
        repeated = sum(self.heights[heading[0] :])
        paper = self.layout.paper_points[1] / (self.layout.scale / 100) * _RESERVE
        page = (paper - repeated) // PIXEL * PIXEL
        self.leave_room(above, page)
        chains, heights = self.body(page)
        signature = self.signature()
        total_height = self.total_height()
        tail = total_height + sum(rows for rows, _ in signature)
        self.leave_room(tail + self.line, page)
        if self.findings:
            return Arranged(None, tuple(self.findings))
        pages = paginate(
            heights,
            self.levels,
            own=self.own,
            first=(paper - repeated - above) // PIXEL * PIXEL,
            page=page,
            tail=tail,
            keep=self.layout.signature.keep_with_rows,
        )
        physical = self.draw_body(first_row, chains, pages)
        breaks = tuple(
            first_row + (physical[row] if row < len(physical) - 1 else physical[-1] - 1)
            for row in pages.breaks
        )
        last_row = len(self.heights) - 1
        total = self.draw_total(first_row, total_height)
        self.draw_signature(signature)
        table = Range(heading[0], 0, last_row, self.last_column)
        return Arranged(self.sheet(heading, first_row, table, total, breaks), ())

    def sheet(
        self,
        heading: tuple[int, int],
        first_row: int,
        table: Range,
        total: Range | None,
        breaks: tuple[int, ...],
    ) -> Sheet:
        layout = self.layout
        rows = (first_row, table.last_row)
        return Sheet(
            name=self.name,
            cells=tuple(self.cells),
            widths=tuple(column.width for column in layout.columns),
            heights=tuple(self.heights),
            breaks=breaks,
            heading=heading,
            key_column=self.last_column + 1,
            scale=layout.scale,
            page=layout.page,
            font=layout.font,
            size=layout.size,
            looks=layout.looks,
            table=table,
            total=total,
            choices=self.choices(rows),
            prompts=self.amounts(rows),
            alarms=self.alarms(rows, total),
        )

    # --- above the table ---

    def add(self, row_height: float) -> int:
        self.heights.append(row_height)
        return len(self.heights) - 1

    def size_of(self, role: str) -> float:
        return self.layout.looks[role].size or self.layout.size

    def text_height(self, text: str, role: str, columns: Sequence[Column]) -> float:
        """Points that a text needs in these columns merged."""
        size, font = self.size_of(role), self.layout.font
        width = merged(column.width for column in columns)
        return whole(self.measure.needs(text, font, self.layout.looks[role].bold, size, width))

    def head(self) -> None:
        values = {"judul": self.plan.judul, "tahun": str(self.plan.tahun), "unit": self.plan.unit}
        for templates, role in ((self.layout.title, "judul"), (self.layout.info, "keterangan")):
            for template in templates:
                text = fill(template, values)
                points = self.text_height(text, role, self.layout.columns)
                cell = Cell(self.add(points), 0, role, text, 1, self.last_column + 1)
                self.cells.append(cell)
                self.is_outside(cell, points, template, values, "")
            if templates:
                self.add(self.line)

    def heading(self) -> tuple[int, int]:
        """The heading rows: two where the form has a band, and one of numbers where it asks for it."""
        columns = self.layout.columns
        deep = 2 if any(column.band for column in columns) else 1
        first = len(self.heights)
        needs = [[self.line] for _ in range(deep)]
        spanning = [self.line]
        at = 0
        while at < len(columns):
            column = columns[at]
            if not column.band:
                self.cells.append(Cell(first, at, "kepala", column.heading, deep))
                spanning.append(self.text_height(column.heading, "kepala", [column]))
                at += 1
                continue
            end = at
            while end < len(columns) and columns[end].band and columns[end].field == column.field:
                self.cells.append(Cell(first + 1, end, "kepala", columns[end].heading))
                needs[1].append(self.text_height(columns[end].heading, "kepala", [columns[end]]))
                end += 1
            self.cells.append(Cell(first, at, "kepala", column.band, 1, end - at))
            needs[0].append(self.text_height(column.band, "kepala", columns[at:end]))
            at = end
        heights = [max(need) for need in needs]
        grow(heights, 0, deep, max(spanning))
        for one in heights:
            self.add(one)
        if self.layout.column_numbers:
            row = self.add(self.line)
            # as texts: the total's sum begins at the heading
            self.cells.extend(Cell(row, at, "kepala", str(at + 1)) for at in range(len(columns)))
        self.cells.sort(key=lambda cell: cell[:2])
        return first, len(self.heights) - 1

    # --- the table ---

    def body(self, page: float) -> tuple[list[_Chain], list[float]]:
        """Every column's values and groups, and the height of each kegiatan's row."""
        starts = self.group_starts()
        groups = {merge: _groups(rows, len(self.rows)) for merge, rows in starts.items()}
        needs = {merge: [0.0] * len(rows) for merge, rows in starts.items()}
        chains = []
        for at, column in enumerate(self.layout.columns):
            value = self.value_of(column)
            values = [value(self.rows[row]) for row in starts[column.merge]]
            self.need(column, values, needs[column.merge], page, starts[column.merge])
            chains.append((at, column, values))
        heights = [max(self.line, need) for need in needs[""]]
        self.own = tuple(heights)
        filled = {
            merge: tuple(
                Group(start, end, need)
                for (start, end), need in zip(groups[merge], needs[merge], strict=True)
            )
            for merge in groups
        }
        nested = sorted(
            (group for merge in ("indikator", "bersama", "sasaran") for group in filled[merge]),
            key=lambda group: group.end - group.start,
        )
        for group in nested:
            grow(heights, *group)
        self.levels = (filled["sasaran"], filled["indikator"], filled["bersama"])
        return [_Chain(at, c.style, filled[c.merge], values) for at, c, values in chains], heights

    def group_starts(self) -> dict[str, list[int]]:
        """The first row of every group, for each way a column can be merged."""
        rows = self.rows
        return {
            "": list(range(len(rows))),
            "sasaran": [r for r, row in enumerate(rows) if row.at[1:] == (0, 0)],
            "indikator": [r for r, row in enumerate(rows) if row.at[2] == 0],
            "bersama": [r for r, row in enumerate(rows) if row.kegiatan.biaya != BERSAMA],
        }

    def value_of(self, column: Column) -> Callable[[_Row], Value]:
        """How the column's value is taken from a row."""
        part, _, field = column.field.partition(".")
        if part == "nomor":
            return lambda row: row.nomor
        if part == "sasaran":
            return lambda row: row.sasaran.uraian
        if part == "indikator":
            return lambda row: row.indikator.uraian
        if column.period:
            period = cache(lambda periods: self.period(periods, column))
            return lambda row: period(getattr(row.kegiatan, field))
        if field == "biaya":
            return lambda row: NIL if row.kegiatan.biaya is None else row.kegiatan.biaya
        if field == "target":
            number = cache(lambda text: self.number(text, column))
            return lambda row: number(row.kegiatan.target)
        return lambda row: getattr(row.kegiatan, field)

    def period(self, periods: tuple[Period, ...], column: Column) -> Value:
        period = periods[column.period - 1] if periods else False
        if isinstance(period, bool):
            return self.layout.tick if period else None
        return int(period) if column.style == "rupiah" and period.isdigit() else self.number(period, column)

    def number(self, text: str, column: Column) -> Value:
        """A number as a number, unless the column is too narrow: Excel would show ### for it."""
        number = number_of(text)
        if number is None:
            return text
        look = self.layout.looks[column.style]
        size = self.size_of(column.style)
        fits = self.measure.fits(text, self.layout.font, look.bold, size, column.width)
        return number if fits else text

    def need(
        self, column: Column, values: list[Value], needs: list[float], page: float, starts: list[int]
    ) -> None:
        """Raise each need to what the column's text takes; a text taller than the page is told."""
        look = self.layout.looks[column.style]
        if not look.wrap:
            return
        font, bold, size, width = self.layout.font, look.bold, self.size_of(column.style), column.width
        heights = self.measure.heights(font, bold, size, width)
        for at, value in enumerate(values):
            if not isinstance(value, str):
                continue
            points = heights[value]
            if points > needs[at]:
                needs[at] = whole(points)
            if points > page:
                self.too_tall(column, self.rows[starts[at]], value, page)

    def too_tall(self, column: Column, row: _Row, value: str, page: float) -> None:
        part, _, field = column.field.partition(".")
        g, i, k = row.at
        path = f"sasaran[{g}]"
        if part != "sasaran":
            path += f".indikator[{i}]"
        if part == "kegiatan":
            path += f".kegiatan[{k}]"
        look, size = self.layout.looks[column.style], self.size_of(column.style)
        lines = self.measure.lines(value, self.layout.font, look.bold, size, column.width)
        fit = int(lines * page / self.text_height(value, column.style, [column]))
        self.tell_too_tall(f"{path}.{field}", value, lines, fit)

    def tell_too_tall(self, path: str, value: str, lines: int, fit: int) -> None:
        self.findings.append(
            rules.TEKS_LEBIH_DARI_HALAMAN.at(path, value, bidang=label(path), perlu=lines, muat=fit)
        )

    def is_outside(self, cell: Cell, points: float, template: str, values: dict[str, str], path: str) -> None:
        """Remember a text above or below the table, by the longest field in it."""
        name = max(PLACEHOLDER.findall(template), key=lambda one: len(values[one]), default=None)
        if name is not None:
            self.outside.append(_Outside(points, path + name, values[name], cell))

    def leave_room(self, points: float, page: float) -> None:
        """Tell the tallest text above or below the table where it needs more than a row or a page has."""
        worst = max(self.outside, key=lambda one: one.points, default=None)
        self.outside = []
        if worst is not None and (worst.points > TALLEST or points > page):
            columns = self.layout.columns[worst.cell.column : worst.cell.column + worst.cell.columns]
            look, size = self.layout.looks[worst.cell.role], self.size_of(worst.cell.role)
            width = merged(column.width for column in columns)
            lines = self.measure.lines(str(worst.cell.value), self.layout.font, look.bold, size, width)
            most = min(TALLEST, worst.points - max(0.0, points - page))
            self.tell_too_tall(worst.path, worst.value, lines, max(1, int(lines * most / worst.points)))

    def draw_body(self, first_row: int, chains: list[_Chain], pages: Pages) -> list[int]:
        """The table's cells, row by row; returns the first physical row of each kegiatan, and the end."""
        physical = [0]
        for at, points in enumerate(pages.heights):
            parts = max(1, ceil(points / TALLEST))
            each = ceil(points / parts / PIXEL) * PIXEL
            self.heights.extend([each] * parts)
            if pages.apart and at == len(pages.heights) - 1:
                self.heights.append(self.line)
                parts += 1
            physical.append(physical[-1] + parts)
        table: list[list[Cell]] = [[] for _ in self.rows]
        cut = pages.crossing
        make = tuple.__new__  # a third of the time of calling Cell
        for column, role, groups, values in chains:
            for group, value in zip(groups, values, strict=True):
                start = physical[group[0]]
                span = physical[group[1]] - start
                top = span > 1 and (group in cut or (pages.apart and group[1] == len(self.rows)))
                table[group[0]].append(make(Cell, (first_row + start, column, role, value, span, 1, top)))
        key_column = self.last_column + 1
        for at, cells in enumerate(table):
            cells.append(Cell(first_row + physical[at], key_column, "kunci", self.keys[at]))
            self.cells.extend(cells)
        return physical

    # --- below the table ---

    def total_height(self) -> float:
        if not self.layout.total:
            return 0.0
        first = self.layout.totals[0]
        return self.text_height(self.layout.total, "jumlah", self.layout.columns[:first])

    def sum_of(self, column: Column) -> int:
        """The sum of a column of money, each shared amount counted once."""
        field = column.field.removeprefix("kegiatan.")
        if not column.period:
            return self.plan.jumlah_biaya
        bands = (getattr(one, field) for one in self.plan.kegiatan)
        periods = (str(band[column.period - 1]) for band in bands if band)
        return sum(int(period) for period in periods if period.isdigit())

    def draw_total(self, first_row: int, total_height: float) -> Range | None:
        """The totals: each a live sum from the heading to the row above, both left out of it as texts.

        So a row inserted at either end is in it, and deleting the first row does not break it.  Returns the
        total of the cost, or the first one.
        """
        if not self.layout.total:
            return None
        row = self.add(total_height)
        totals = self.layout.totals
        self.cells.append(Cell(row, 0, "jumlah", self.layout.total, 1, totals[0]))
        for at, following in zip(totals, [*totals[1:], self.last_column + 1], strict=True):
            column = Range(first_row, at, first_row, at).a1.split("$")[1]
            text = f"SUM({column}{first_row}:INDEX({column}:{column},ROW()-1))"
            amount = self.sum_of(self.layout.columns[at])
            self.cells.append(Cell(row, at, "jumlah_rupiah", Formula(text, amount)))
            if at + 1 < following:
                self.cells.append(Cell(row, at + 1, "jumlah", None, 1, following - at - 1))
        at = next((at for at in totals if at in self.columns_of(field=_COST)), totals[0])
        return Range(row, at, row, at)

    def signature(self) -> list[tuple[float, list[Cell]]]:
        """The rows of the signature block, the empty one above it first; cells count rows from 0."""
        layout = self.layout.signature
        signatories = self.plan.penandatangan
        blocks = layout.blocks[len(signatories)]
        told = layout.told(signatories)
        rows: list[tuple[float, list[Cell]]] = [(self.line, [])]
        for choices in layout.above:
            rows.extend(self.signature_row(choices, told, blocks, "penandatangan"))
        rows.extend([(self.line, [])] * layout.space)
        rows.extend(self.signature_row((layout.name,), told, blocks, "nama"))
        for choices in layout.below:
            rows.extend(self.signature_row(choices, told, blocks, "penandatangan"))
        return rows

    def signature_row(
        self,
        choices: tuple[str, ...],
        told: list[dict[str, str]],
        blocks: tuple[tuple[int, int], ...],
        role: str,
    ) -> list[tuple[float, list[Cell]]]:
        """One line of every signatory side by side, or nothing where none of them has it."""
        cells: list[Cell] = []
        points = self.line
        for number, (values, (first, last)) in enumerate(zip(told, blocks, strict=True)):
            template = next((choice for choice in choices if fill(choice, values)), None)
            if template is not None:
                text = fill(template, values)
                cells.append(Cell(0, first, role, text, 1, last - first + 1))
                need = self.text_height(text, role, self.layout.columns[first : last + 1])
                self.is_outside(cells[-1], need, template, values, f"penandatangan[{number}].")
                points = max(points, need)
        return [(points, cells)] if cells else []

    def draw_signature(self, rows: list[tuple[float, list[Cell]]]) -> None:
        for points, cells in rows:
            row = self.add(points)
            self.cells.extend(cell._replace(row=row) for cell in cells)

    # --- helps for whoever edits ---

    def columns_of(self, *, field: str = "", style: str = "") -> list[int]:
        return [
            at
            for at, column in enumerate(self.layout.columns)
            if (not field or column.field == field) and (not style or column.style == style)
        ]

    def choices(self, rows: tuple[int, int]) -> tuple[Choice, ...]:
        ticks = self.columns_of(style="centang")
        if not ticks:
            return ()
        cells = Range(rows[0], ticks[0], rows[1], ticks[-1])
        source = Range(0, 3, 1, 3)
        prompt = f"Pilih {self.layout.tick} bila dilaksanakan, kosongkan bila tidak."
        return (Choice(cells, source, "Waktu pelaksanaan", prompt),)

    def amounts(self, rows: tuple[int, int]) -> tuple[Prompt, ...]:
        made = []
        for at, column in enumerate(self.layout.columns):
            if not column.is_money:
                continue
            cost = column.field == _COST
            cells = Range(rows[0], at, rows[1], at)
            cell = Range(rows[0], at, rows[0], at).a1.replace("$", "")
            shared = f',LOWER({cell})="bersama"' if cost else ""
            # INT of a text is an error in Excel, so texts are compared in a branch of their own
            formula = (
                f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),"
                f'OR({cell}="-",LOWER({cell})="nihil"{shared}))'
            )
            title = "Biaya" if cost else label(column.field).id.capitalize()
            made.append(Prompt(cells, formula, title, "Rupiah bulat tanpa sen; - bila nihil."))
        return tuple(made)

    def alarms(self, rows: tuple[int, int], total: Range | None) -> tuple[Alarm, ...]:
        """Colours for a kegiatan without period or cost, and for a total above the ceiling."""
        made = []
        # without a kegiatan column each indikator has one row
        texts = self.columns_of(field="kegiatan.uraian") or self.columns_of(field="indikator.uraian")
        if texts:
            text = Range(rows[0], texts[0], rows[0], texts[0]).a1.split("$")[1]
            for key in SCHEDULES:
                band = self.columns_of(field=f"kegiatan.{key}")
                if band:
                    cells = Range(rows[0], band[0], rows[1], band[-1])
                    periods = Range(rows[0], band[0], rows[0], band[-1]).a1.split("$")
                    of_row = f"${periods[1]}{periods[2]}${periods[3]}{rows[0] + 1}"
                    made.append(
                        Alarm(
                            cells, f'AND(${text}{rows[0] + 1}<>"",COUNTA({of_row})-COUNTIF({of_row},"-")=0)'
                        )
                    )
            for at in self.columns_of(field=_COST):
                cells = Range(rows[0], at, rows[1], at)
                cost = cells.a1.split("$")[1]
                made.append(Alarm(cells, f'AND(${text}{rows[0] + 1}<>"",${cost}{rows[0] + 1}="")'))
        if total is not None and _COST in self.layout.total_fields and self.plan.pagu is not None:
            made.append(Alarm(total, f"{total.a1}>{self.plan.pagu}"))
        return tuple(made)


def _groups(starts: list[int], count: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], count], strict=True))
