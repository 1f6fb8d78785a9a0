"""The input sheet: a form with drop-downs, prompts and live warnings, empty or filled with a plan.

What it asks for follows from the columns of a layout; its rows are those of a CSV.  It says with the words of
the rules what the check would say, and blocks nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from rak_excel.plan.codec import KERTAS
from rak_excel.plan.encode import encode
from rak_excel.plan.model import BANDS, JUDUL, SCHEDULES, USUAL_LAYOUT, Band, Form, Penandatangan, Plan
from rak_excel.plan.rows import TICK, unnest
from rak_excel.plan.values import EXACT_DIGITS, parse_tick, read_rupiah
from rak_excel.sheet.form_help import LISTED, Spots, helps
from rak_excel.sheet.form_words import (
    EXAMPLE_TITLE,
    GUIDE_TITLE,
    UNITS,
    WARNING_TITLE,
    example,
    legends,
    remark,
    steps,
)
from rak_excel.sheet.grid import NO_COLUMN, Book, Cell, Formula, Prompt, Range, Sheet, Value
from rak_excel.sheet.labels import (
    GUIDE,
    HINT,
    HINT_GUIDE,
    LIST_HEADINGS,
    LISTS,
    MARK,
    MARK_GUIDE,
    MARK_LAYOUT,
    ROOT_LABELS,
    SHEET,
    SIGNATORY_LABELS,
    TITLE,
    TOTAL,
    VERSION,
    head_of,
    seal,
    signatory_heading,
)
from rak_excel.sheet.layout import LEAST_SCALE, ROLES, Layout, Look
from rak_excel.sheet.measure import Measure, merged, pixels, whole
from rak_excel.sheet.table import name_of

ROOM: Final = 500
"""Rows to fill in, at least."""
_SPARE: Final = 100
_SUMMED: Final = 10_000
"""The row down to which the live total looks: more rows may be added than are drawn."""
_YEAR: Final = 2024
"""The year that an empty form is dated with."""

LINE: Final = 18.0
"""The height of a row of one line."""
_TITLE: Final = 24.0
HIGHEST: Final = 409.0
"""Excel has no higher row."""
_YELLOW: Final = "#FFF8DC"
_BLUE: Final = "#D9E2F3"
_RUPIAH: Final = ROLES["rupiah"].number
_TEXT: Final = "@"
# LibreOffice wants the mark of the language first in each part
_BALANCE: Final = '[$-421]"Sisa pagu "#,##0;[$-421]"Di atas pagu "#,##0;'

_LOOKS: Final[dict[str, Look]] = {
    "judul": Look(bold=True, wrap=False, size=14),
    "subjudul": Look(bold=True, wrap=False),
    "keterangan": Look(italic=True, wrap=False),
    "penjelasan": Look(),
    "label": Look(align="right", wrap=False, indent=1),
    "isian": Look(border=True, fill=_YELLOW, indent=1),
    "isian_teks": Look(border=True, fill=_YELLOW, number=_TEXT, indent=1),
    "isian_rupiah": Look(border=True, fill=_YELLOW, number=_RUPIAH, wrap=False, indent=1),
    "jumlah": Look(align="right", bold=True, wrap=False, indent=1),
    "jumlah_rupiah": Look(
        align="right", bold=True, border=True, wrap=False, shrink=True, indent=1, number=_RUPIAH
    ),
    "sisa": Look(
        wrap=False, number=_BALANCE, indent=1
    ),
    "kepala": Look(align="center", bold=True, border=True, fill=_BLUE),
    "teks": Look(valign="top", border=True),
    "tengah": Look(align="center", valign="top", border=True),
    "apa_adanya": Look(align="center", valign="top", border=True, number=_TEXT),
    "centang": Look(align="center", valign="top", border=True),
    "rupiah": Look(
        align="right", valign="top", border=True, wrap=False, shrink=True, indent=1, number=_RUPIAH
    ),
}  # fmt: skip

_WIDTHS: Final = {
    "nomor": 5.0, "sasaran": 30.0, "indikator": 34.0, "target": 11.0, "satuan": 11.0, "kode": 15.0,
    "program": 26.0, "kegiatan": 40.0, "sub_kegiatan": 30.0, "biaya": 18.0, "pelaksana": 34.0,
}  # fmt: skip
_BAND_WIDTHS: Final = {"tick": 5.0, "value": 8.0, "rupiah": 16.0}
_ROLES: Final = {
    "nomor": "tengah",
    "target": "apa_adanya",
    "satuan": "apa_adanya",
    "kode": "apa_adanya",
    "biaya": "rupiah",
}
_BAND_ROLES: Final = {"tick": "centang", "value": "apa_adanya", "rupiah": "rupiah"}
_VALUE_ROLES: Final = {"pagu": "isian_rupiah", "nip": "isian_teks", "tanggal": "isian_teks"}

_LABEL_ROOM: Final = 10
_VALUE_ROOM: Final = 24

_PELAKSANA: Final = (
    "Sub Bagian Perencanaan, Data dan Informasi",
    "Sub Bagian Keuangan, Umum, dan Logistik",
    "Sub Bagian Hukum dan SDM",
    "Sub Bagian Teknis Penyelenggaraan Pemilu, Partisipasi dan Hubungan Masyarakat",
)
"""The units that the list of an empty form begins with; they are there to be changed."""


def blank(layout: Layout) -> Book:
    """An empty form for a layout."""
    return book([(None, layout)])


def filled(plan: Plan, layout: Layout) -> Book:
    """A form that holds a plan; what rows cannot tell is told at `rows.unnest`."""
    return book([(plan, layout)])


def book(several: Sequence[tuple[Plan | None, Layout]]) -> Book:
    """A form of one sheet a plan, with its instructions and its list of units."""
    measure = Measure()
    names = [SHEET if len(several) == 1 else f"{SHEET} {number}" for number in range(1, len(several) + 1)]
    drawn = [_Drawer(plan, layout, measure) for plan, layout in several]
    sheets = [one.sheet(name) for one, name in zip(drawn, names, strict=True)]
    guide = drawn[0].guide()
    first = several[0][0]
    layout = drawn[0].layout
    units = {one.pelaksana: None for plan, _ in several if plan for one in plan.kegiatan if one.pelaksana}
    return Book(
        sheets=(*sheets, guide, _lists(layout, list(units) or list(_PELAKSANA))),
        title=TITLE.capitalize(),
        year=(first.tahun if first else 0) or _YEAR,
        carried=(),
        properties=(
            (MARK, str(VERSION)),
            (MARK_LAYOUT, " ".join(f"{one.name}/{one.version}" for _, one in several)[:255]),
            (MARK_GUIDE, seal(str(cell.value) for cell in guide.cells if cell.value is not None)),
        ),
    )


class Column(NamedTuple):
    """One column of the table, as it is drawn."""

    field: str
    heading: str
    width: float
    role: str


def columns_of(form: Form, fields: Iterable[str]) -> tuple[Column, ...]:
    """The columns of a table that has these fields."""
    kinds = {band.key: band.kind for band in form.bands}
    made = []
    for field in fields:
        key = field.partition("[")[0]
        heading = head_of(field, percent=form.percent)
        if key in BANDS:
            kind = kinds.get(key, "value")
            made.append(Column(field, heading, _BAND_WIDTHS[kind], _BAND_ROLES[kind]))
        else:
            made.append(Column(field, heading, _WIDTHS[key], _ROLES.get(key, "teks")))
    return tuple(made)


def _slots(widths: Sequence[float]) -> list[tuple[int, int]]:
    """The pairs of columns that have room for labels and for values beside them.

    A label stands at the right of its column, and runs over the blank columns left of it.

    Examples:
        >>> _slots([5, 30, 34, 11, 40, 5, 5, 5, 5, 18, 34])
        [(1, 2), (3, 4), (9, 10)]
    """
    found: list[tuple[int, int]] = []
    for column in range(1, len(widths)):
        begin = found[-1][1] + 1 if found else 0
        if widths[column] >= _VALUE_ROOM and sum(widths[begin:column]) >= _LABEL_ROOM:
            found.append((column - 1, column))
    return found or [(0, 1)]


class _Drawer:
    """Draws the form of one plan."""

    def __init__(self, plan: Plan | None, layout: Layout, measure: Measure) -> None:
        self.plan = plan
        self.layout = layout
        self.measure = measure
        self.rows = [] if plan is None else _inherited(unnest(encode(plan)))
        own = dict.fromkeys(name_of(column) for column in layout.columns)
        beside = dict.fromkeys(field for row in self.rows for field in row if field != "nomor")
        fields = dict.fromkeys((*own, *beside))
        self.form = _with_bands(layout.form, fields, self.rows)
        self.columns = columns_of(self.form, fields)
        self.at = {column.field: number for number, column in enumerate(self.columns)}
        self.widths = tuple(column.width for column in self.columns)
        self.slots = _slots(self.widths)
        if self.slots[-1][1] >= len(self.widths):
            self.widths += (_VALUE_ROOM,)
        self.cells: list[Cell] = []
        self.values: dict[str, tuple[int, int]] = {}

    # --- the sheet to fill in ---

    def sheet(self, name: str) -> Sheet:
        """The sheet that is filled in."""
        total_row = self.fields()
        heading = total_row + 1
        rows = (heading + 1, heading + max(ROOM, len(self.rows) + _SPARE))
        total, balance = self.total(total_row, heading)
        self.cells.extend(
            Cell(heading, at, "kepala", column.heading) for at, column in enumerate(self.columns)
        )
        heights = [self.height_above(row) for row in range(heading)]
        heights.append(self.height(heading, "kepala"))
        heights.extend(self.body(*rows))
        made = helps(Spots(self.at, heading, rows, self.values, total, balance), self.form)
        table = Range(heading, 0, rows[1], len(self.columns) - 1)
        return replace(
            self.plain(name, heights, table),
            heading=(heading, heading),
            choices=made.choices,
            prompts=made.prompts,
            alarms=made.alarms,
            fold=(1, total_row - 1),
            digits=tuple(
                Range(rows[0], at, rows[1], at)
                for at, column in enumerate(self.columns)
                if column.role == "apa_adanya"
            )
            + tuple(Range(*cell, *cell) for path, cell in self.values.items() if path.endswith("nip")),
        )

    def plain(self, name: str, heights: Sequence[float], table: Range) -> Sheet:
        """A sheet with the cells drawn so far and without any help."""
        layout, page = self.layout, self.layout.page
        width = sum(0.75 * pixels(width) for width in self.widths)
        return Sheet(
            name=name,
            cells=tuple(sorted(self.cells, key=lambda cell: cell[:2])),
            widths=self.widths,
            heights=tuple(heights),
            breaks=(),
            heading=(0, 0),
            key_column=NO_COLUMN,
            scale=max(LEAST_SCALE, min(100, int(100 * layout.paper_points[0] / width))),
            page=page,
            font=layout.font,
            size=layout.size,
            looks=_LOOKS,
            table=table,
            grows=True,
        )

    def fields(self) -> int:
        """Draw the fields above the table; the row below the last of them."""
        root = self.root_fields()
        signed = self.plan.penandatangan if self.plan is not None else ()
        count = max(self.form.signatories, len(signed), 1)
        blocks = [root, *(_signatory(signed[at] if at < len(signed) else None) for at in range(count))]
        top = 0
        for first in range(0, len(blocks), len(self.slots)):
            beside = blocks[first : first + len(self.slots)]
            for number, (slot, block) in enumerate(zip(self.slots, beside, strict=False), first):
                self.block(top, slot, block, number)
            top += 1 + max(map(len, beside))
            if not first:
                top = max(top, len(root) + 3)
        self.cells.append(Cell(0, 0, "judul", TITLE))
        self.cells.append(Cell(len(root) + 1, 0, "keterangan", HINT))
        self.cells.append(Cell(len(root) + 2, 0, "keterangan", HINT_GUIDE))
        return top

    def block(self, top: int, slot: tuple[int, int], block: dict[str, Value], number: int) -> None:
        """Draw one block of labels and values; number 0 are the plan's own."""
        left, right = slot
        if number:
            self.cells.append(Cell(top, right, "subjudul", signatory_heading(number)))
        labels = SIGNATORY_LABELS if number else ROOT_LABELS
        for row, (key, value) in enumerate(block.items(), top + 1):
            self.cells.append(Cell(row, left, "label", labels[key]))
            self.cells.append(Cell(row, right, _VALUE_ROLES.get(key, "isian"), value))
            self.values[f"penandatangan[{number - 1}].{key}" if number else key] = (row, right)

    def root_fields(self) -> dict[str, Value]:
        """The plan's own fields with their values."""
        plan = self.plan
        if plan is None:
            name = self.layout.name
            dress: dict[str, Value] = {"tata_letak": name} if name != USUAL_LAYOUT else {}
            return {"tahun": None, "unit": None, "judul": JUDUL, "pagu": None, "kertas": None, **dress}
        told: dict[str, Value] = {
            "tahun": plan.tahun or None,
            "unit": plan.unit,
            "judul": plan.judul,
            "pagu": plan.pagu,
            "kertas": plan.kertas,
            "lembar": plan.lembar,
            "tata_letak": plan.tata_letak or (self.layout.name if self.layout.name != USUAL_LAYOUT else ""),
        }
        return {
            key: None if value == "" else value
            for key, value in told.items()
            if value != "" or key not in ("lembar", "tata_letak")
        }

    def total(self, row: int, heading: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
        """Draw the live total, and beside it what is left of the pagu."""
        at = self.at.get("biaya")
        if at is None:
            return None, None
        jumlah = self.plan.jumlah_biaya if self.plan is not None else 0
        costs = Range(heading, at, max(_SUMMED, heading + len(self.rows) + _SPARE), at).a1.replace("$", "")
        self.cells.append(Cell(row, at, "jumlah_rupiah", Formula(f"SUM({costs})", jumlah)))
        if at:
            self.cells.append(Cell(row, at - 1, "jumlah", TOTAL))
        if at + 1 == len(self.columns):
            return (row, at), None
        pagu, total = (Range(*cell, *cell).a1 for cell in (self.values["pagu"], (row, at)))
        given = self.plan.pagu if self.plan is not None else None
        left = 0 if given is None else given - jumlah
        self.cells.append(Cell(row, at + 1, "sisa", Formula(f"IF(ISNUMBER({pagu}),{pagu}-{total},0)", left)))
        return (row, at), (row, at + 1)

    def body(self, first: int, last: int) -> list[float]:
        """Draw the rows of the table, filled and blank; their heights."""
        heights = []
        for row in range(first, last + 1):
            given = self.rows[row - first] if row - first < len(self.rows) else {}
            points = LINE
            for at, (field, _, width, role) in enumerate(self.columns):
                value = _value(given.get(field, ""), role)
                self.cells.append(Cell(row, at, role, value))
                if isinstance(value, str):
                    points = max(points, self.needs(value, role, width))
            heights.append(min(points, HIGHEST))
        return heights

    def needs(self, text: str, role: str, width: float) -> float:
        """Points that a text needs in a column."""
        return needs(self.measure, self.layout, text, role, width)

    def height(self, row: int, role: str) -> float:
        """The height of a row of headings."""
        cells = [cell for cell in self.cells if cell.row == row]
        return max(_TITLE, *(self.needs(str(one.value), role, self.widths[one.column]) for one in cells))

    def height_above(self, row: int) -> float:
        """The height of a row above the table: of its values, since labels are not wrapped."""
        wrapped = [cell for cell in self.cells if cell.row == row and _LOOKS[cell.role].wrap]
        needs = [
            self.needs(str(cell.value), cell.role, self.widths[cell.column])
            for cell in wrapped
            if cell.value is not None
        ]
        return min(HIGHEST, max([_TITLE if not row else LINE, *needs]))

    # --- the page of instructions ---

    def guide(self) -> Sheet:
        """The page of instructions: steps, a worked example in the same columns, and the warnings."""
        self.cells, heights = [], [_TITLE]
        self.cells.append(Cell(0, 0, "judul", GUIDE_TITLE))
        self.tell(heights, steps(self.form))
        heights.append(LINE)
        self.cells.append(Cell(len(heights), 0, "subjudul", EXAMPLE_TITLE))
        heights.append(LINE)
        top = len(heights)
        self.cells.extend(Cell(top, at, "kepala", column.heading) for at, column in enumerate(self.columns))
        heights.append(self.height(top, "kepala"))
        self.rows = list(example(self.form, self.at))
        heights.extend(self.body(len(heights), len(heights) + len(self.rows) - 1))
        table = Range(top, 0, len(heights) - 1, len(self.columns) - 1)
        self.tell(heights, [remark(self.form)])
        heights.append(LINE)
        self.cells.append(Cell(len(heights), 0, "subjudul", WARNING_TITLE))
        heights.append(LINE)
        self.tell(heights, [legend.text for legend in legends(self.form)])
        return self.plain(GUIDE, heights, table)

    def tell(self, heights: list[float], texts: Iterable[str]) -> None:
        """Draw texts as wide as the table, each in a row of its own."""
        width = merged(self.widths)
        for text in texts:
            self.cells.append(Cell(len(heights), 0, "penjelasan", text, 1, len(self.widths)))
            heights.append(max(LINE, self.needs(text, "penjelasan", width)))


def needs(measure: Measure, layout: Layout, text: str, role: str, width: float) -> float:
    """Points that a text needs in a column, in whole pixels; nothing where it is shrunk to fit."""
    look = _LOOKS[role]
    if look.shrink:
        return 0.0
    return whole(measure.needs(text, layout.font, look.bold, look.size or layout.size, width))


def _signatory(one: Penandatangan | None) -> dict[str, Value]:
    return {key: (getattr(one, key) or None) if one is not None else None for key in SIGNATORY_LABELS}


def _inherited(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """The rows without the targets that a blank cell repeats: those of the same indikator's row above."""
    made = []
    last: tuple[str | None, str | None] | None = None
    for row in rows:
        target = (row.get("target"), row.get("satuan"))
        own = {field: text for field, text in row.items() if field not in ("target", "satuan")}
        repeated = bool(own) and "sasaran" not in row and "indikator" not in row and target == last
        made.append(own if repeated else row)
        last = target
    return made


def _with_bands(form: Form, fields: Iterable[str], rows: Sequence[dict[str, str]]) -> Form:
    """The form with the bands that a plan has and its layout has not."""
    known = {band.key for band in form.bands}
    extra = []
    for key in dict.fromkeys(field.partition("[")[0] for field in fields):
        if key in BANDS and key not in known:
            texts = [text for row in rows for field, text in row.items() if field.startswith(f"{key}[")]
            ticks = key in SCHEDULES and all(parse_tick(text) is not None for text in texts)
            extra.append(Band(key, "tick" if ticks else "value"))
    return replace(form, bands=(*form.bands, *extra)) if extra else form


def _value(text: str, role: str) -> Value:
    """What a cell of the table holds: an amount is a number, so that it can be summed."""
    if not text:
        return None
    if role == "rupiah":
        amount = read_rupiah(text).amount
        return text if amount is None or len(str(amount)) > EXACT_DIGITS else amount
    if role == "tengah" and text.isascii() and text.isdigit() and len(text) < 5:
        return int(text)
    return text


# --- the lists -----------------------------------------------------------------------------------------


def _lists(layout: Layout, units: Sequence[str]) -> Sheet:
    """The sheet of the words that drop-downs offer; the units are the planner's own."""
    columns: tuple[Sequence[str], ...] = (units, (TICK, "-"), KERTAS)
    last = max(LISTED, len(units))
    cells = [Cell(0, at, "kepala", heading) for at, heading in enumerate(LIST_HEADINGS)]
    for at, words in enumerate(columns):
        count = last if at == 0 else len(words)
        role = "teks" if at else "isian"
        cells.extend(
            Cell(row, at, role, words[row - 1] if row <= len(words) else None) for row in range(1, count + 1)
        )
    return Sheet(
        name=LISTS,
        cells=tuple(sorted(cells, key=lambda cell: cell[:2])),
        widths=(80.0, 10.0, 10.0),
        heights=(LINE,) * (last + 1),
        breaks=(),
        heading=(0, 0),
        key_column=NO_COLUMN,
        scale=100,
        page=replace(layout.page, landscape=False),
        font=layout.font,
        size=layout.size,
        looks=_LOOKS,
        table=Range(0, 0, last, len(columns) - 1),
        prompts=(Prompt(Range(1, 0, last, 0), "", LIST_HEADINGS[0], UNITS),),
        grows=True,
    )
