"""Listings to a workbook: rows go straight into the deflated part, so that memory does not grow with them."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import IO, Any, Final, NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

from rak_excel import rules
from rak_excel.files.xlsx_writer.archive import NO_HASH, PARTS, Archive, Stream
from rak_excel.findings import Finding, RakError, column_letters
from rak_excel.sheet.layout import PAPERS
from rak_excel.sheet.listing import (
    CHARACTERS,
    DIGITS,
    FONT,
    HEIGHT,
    MARKS,
    ROLES,
    ROWS,
    SIZE,
    Chart,
    Live,
    Plain,
    Spot,
    Value,
)
from rak_excel.sheet.listing import Listing as Sheet
from rak_excel.sheet.listing import ListingBook as Book
from rak_excel.sheet.measure import NORMAL, Measure, pixels, whole

_FIRST: Final = 1980
_LAST: Final = 9999
"""Years that a date of creation can have."""

_SHEETS: Final = "xl/worksheets/sheet"
_ENGINE: Final = 191029
"""The calculation engine of Excel 2019 and 365: values it has stored are not calculated again on opening."""

_BATCH: Final = 1 << 17
"""Characters of rows that are handed on together."""

_LINE: Final = "#C9D1DF"
_GREY: Final = "#595959"
_INK: Final = "#1F3864"
_BAR: Final = "#BFD0E8"
_GAP: Final = 10
"""Pixels between a chart and what stands left of it."""

_BUTTON: Final = 3.5
"""What the button of a filter takes of a heading's width."""

_ODD: Final = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ESCAPED: Final = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_CUT: Final = " …"
_SHORT: Final = CHARACTERS // 2
"""Characters up to which no text is too long for a cell, even where each counts as two."""

_SPACE: Final = ' xml:space="preserve"'


def write(book: Book, out: IO[bytes]) -> tuple[Finding, ...]:
    """Write the workbook, and tell what of its content Excel cannot hold as it is.

    Raises:
        RakError: a listing has more rows than a sheet of Excel; nothing was read then.
        OSError: it cannot be written.
    """
    told = [
        rules.LEBIH_DARI_LEMBAR.at(lembar=one.name, banyak=_rows_of(one), batas=ROWS)
        for one in book.listings
        if _rows_of(one) > ROWS
    ]
    if told:
        raise RakError(*told)
    archive = Archive(out)
    workbook = _Workbook(
        _Nowhere(),
        {
            "in_memory": True,
            "default_format_properties": {"font_name": NORMAL[0], "font_size": NORMAL[1]},
            "default_column_width": 72,
        },
    )
    created = datetime(min(max(book.year, _FIRST), _LAST), 1, 1)  # noqa: DTZ001 - XlsxWriter wants it without a zone
    workbook.set_properties({"title": book.title, "created": created})
    for name, value in ((MARKS[book.kind], book.kind), (PARTS, NO_HASH)):
        workbook.set_custom_property(name, value, "text")
    workbook.calc_id, workbook.calc_on_load = _ENGINE, False
    texts = _Texts()
    for sheet in book.listings:
        _SheetWriter(workbook, sheet, texts).write(book.footer)
    workbook.archive = archive
    try:
        workbook.close()
        archive.finish()
    except FileCreateError as error:  # XlsxWriter's own name for what the system says
        archive.abandon()
        raise error.args[0] from None
    except BaseException:
        archive.abandon()
        raise
    return tuple(texts.findings())


def _rows_of(sheet: Sheet) -> int:
    """The number of the last row that is written."""
    below = max((spot.row + 1 for spot in sheet.spots), default=0)
    return max(sheet.frame.last + (sheet.totals == "below"), below)


# --- XlsxWriter, its parts in an archive of ours ---------------------------------------------------------


class _Packager(Packager):
    """Hands each part on to the archive when the next begins; sheets are deflated as they are written."""

    def __init__(self, archive: Archive) -> None:
        super().__init__()
        self.archive = archive
        self.open: tuple[str, io.StringIO] | None = None

    def _filename(self, name: str) -> io.StringIO:
        self.done()
        part = self.archive.stream(name) if name.startswith(_SHEETS) else io.StringIO()
        self.open = (name, part)
        return part

    def _create_package(self) -> list[object]:
        super()._create_package()
        self.done()
        return []

    def done(self) -> None:
        """End the part that is written."""
        if self.open is None:
            return
        name, part = self.open
        self.open = None
        if isinstance(part, Stream):
            part.finish()
        else:
            self.archive.add(name, part.getvalue().encode())


class _Nowhere(io.BytesIO):
    """Takes XlsxWriter's own archive; it stays open, since a failure clears both away in any order."""

    def close(self) -> None:
        """Do nothing."""


class _Workbook(xlsxwriter.Workbook):
    """A workbook whose parts go into an archive of ours."""

    archive: Archive

    def _get_packager(self) -> _Packager:
        return _Packager(self.archive)


class _Worksheet(Worksheet):
    """A worksheet that asks for its rows when they are written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Callable[[], Iterator[str]] = lambda: iter(())

    def _write_rows(self) -> None:
        write = self.fh.write
        length = 0
        for line in self.lines():
            write(line)
            length += len(line)
            if length > _BATCH:
                self.fh.hand_on()
                length = 0


# --- texts and numbers -----------------------------------------------------------------------------------


class _Texts:
    """Values as they stand in a cell; what of them Excel cannot hold: how many, and where the first is."""

    def __init__(self) -> None:
        self.cut = 0
        self.first_cut = ""
        self.rounded = 0
        self.first_rounded = ("", "")

    def text(self, value: str, sheet: str, letters: str, row: int) -> str:
        """A text as XML, cut where it is too long."""
        if len(value) > _SHORT and _units(value) > CHARACTERS:
            self.first_cut = self.first_cut or f"{sheet}!{letters}{row}"
            self.cut += 1
            value = _cut(value)
        return value if _ODD.search(value) is None else _escaped(value)

    def number(self, value: float, sheet: str, letters: str, row: int) -> str:
        """A number as XML."""
        if not -DIGITS <= value <= DIGITS:
            if not self.rounded:
                self.first_rounded = (str(value), f"{sheet}!{letters}{row}")
            self.rounded += 1
        return str(value)

    def findings(self) -> Iterator[Finding]:
        """What was told."""
        if self.rounded:
            value, cell = self.first_rounded
            yield rules.LEBIH_DARI_15_ANGKA.at(value=value, banyak=self.rounded, sel=cell)
        if self.cut:
            yield rules.TEKS_DIPOTONG.at(banyak=self.cut, batas=CHARACTERS, sel=self.first_cut)


def _units(text: str) -> int:
    """How long a text is for Excel."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str) -> str:
    """As much of a text as a cell holds, and a mark that it goes on."""
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (CHARACTERS - len(_CUT))]
    return kept.decode("utf-16-le", "ignore") + _CUT


def _escaped(text: str) -> str:
    """A text in which something stands that XML, or Excel's own escape in it, would take for its own.

    A lone half of a character, as names of files can have, is shown by its number: no XML can hold it.
    """
    text = text.encode("utf-8", "backslashreplace").decode()
    text = _ESCAPED.sub("_x005F_", text)
    return escape(_CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text))


# --- one sheet -------------------------------------------------------------------------------------------


class _SheetWriter:
    """One listing in XlsxWriter's words."""

    def __init__(self, workbook: _Workbook, sheet: Sheet, texts: _Texts) -> None:
        self.workbook = workbook
        self.sheet = sheet
        self.frame = sheet.frame
        self.texts = texts
        self.out = workbook.add_worksheet(sheet.name, _Worksheet)
        self.forms = {role: self.form(role) for role in ROLES}
        self.spots: dict[int, list[Spot]] = {}
        for spot in sheet.spots:
            self.spots.setdefault(spot.row, []).append(spot)

    def write(self, footer: str) -> None:
        out, columns = self.out, self.sheet.columns
        for at, column in enumerate(columns):
            out.set_column_pixels(at, at, pixels(column.width))
        for row, points in self.heights.items():
            out.row_sizes[row] = [int(points / 0.75), False]  # charts are placed by it
        out._check_dimensions(0, 0)
        widest = max(spot.column + spot.span for spot in self.sheet.spots) if self.sheet.spots else 1
        out._check_dimensions(_rows_of(self.sheet) - 1, max(len(columns), widest) - 1)
        out.lines = self.lines
        for spot in self.sheet.spots:
            if spot.span > 1:
                out.merge.append([spot.row, spot.column, spot.row, spot.column + spot.span - 1])
        self.table()
        self.colours()
        for chart in self.sheet.charts:
            self.chart(chart)
        self.print_setup(footer)

    def form(self, role: str) -> int:
        """The index of a role's format."""
        style = ROLES[role]
        properties: dict[str, Any] = {
            "font_name": FONT,
            "font_size": style.size,
            "align": style.align,
            "valign": "vcenter",
            "indent": style.indent,
            "bold": style.bold,
            "italic": style.italic,
            "underline": int(style.underline),
            "text_wrap": style.wrap,
            "num_format": style.number or "General",
        }
        if style.fill:
            properties["bg_color"] = style.fill
        if style.ink:
            properties["font_color"] = style.ink
        if style.line:
            properties |= {"border": 1, "border_color": _LINE}
        return int(self.workbook.add_format(properties)._get_xf_index())

    @cached_property
    def heights(self) -> dict[int, float]:
        """Points of the rows outside of the table, and of its heading."""
        measure = Measure()
        needs = (
            measure.needs(one.heading, FONT, True, SIZE, one.width - _BUTTON) for one in self.sheet.columns
        )
        return {self.frame.head: whole(max(needs) + 4), **dict(self.sheet.heights)}

    # --- rows ---

    def lines(self) -> Iterator[str]:
        """All rows as XML, in their order."""
        frame, sheet = self.frame, self.sheet
        above = sorted(row for row in self.spots if row < frame.head)
        totals = tuple(self.totals())
        for row in above:
            yield self.line(row, self.spots[row])
        if sheet.totals == "above":
            yield self.line(frame.head - 1, totals)
        yield self.line(
            frame.head, [Spot(frame.head, at, "kepala", one.heading) for at, one in enumerate(sheet.columns)]
        )
        yield from self.table_lines()
        if sheet.totals == "below":
            yield self.line(frame.last, totals)
        for row in sorted(row for row in self.spots if row > frame.head):
            yield self.line(row, self.spots[row])

    def totals(self) -> Iterator[Spot]:
        """The cells of the row of totals."""
        if not self.sheet.totals:
            return
        row = self.frame.last if self.sheet.totals == "below" else self.frame.head - 1
        for at, (column, value) in enumerate(zip(self.sheet.columns, self.sheet.total(), strict=True)):
            role = f"jumlah_{column.role}" if f"jumlah_{column.role}" in ROLES else ""
            yield Spot(row, at, role or ("jumlah_bilangan" if isinstance(value, Live) else "jumlah"), value)

    def line(self, row: int, spots: Sequence[Spot]) -> str:
        """One row outside of the table."""
        cells = []
        for spot in sorted(spots, key=lambda one: one.column):
            form = self.forms[spot.role]
            cells.append(self.cell(column_letters(spot.column + 1), row + 1, form, spot.value))
            beside = range(spot.column + 1, spot.column + spot.span)
            cells.extend(f'<c r="{column_letters(at + 1)}{row + 1}" s="{form}"/>' for at in beside)
        points = self.heights.get(row, HEIGHT)
        return f'<row r="{row + 1}" ht="{points:g}" customHeight="1">{"".join(cells)}</row>'

    def cell(self, letters: str, row: int, form: int, value: Value) -> str:
        """One cell as XML."""
        begin, name = f'<c r="{letters}{row}" s="{form}"', self.sheet.name
        formula, result = (
            (f"<f>{escape(value.text)}</f>", value.result) if isinstance(value, Live) else ("", value)
        )
        if result is None or result == "":
            return f"{begin}/>"
        if not isinstance(result, str):
            return f"{begin}>{formula}<v>{self.texts.number(result, name, letters, row)}</v></c>"
        text = self.texts.text(result, name, letters, row)
        if formula:
            return f'{begin} t="str">{formula}<v>{text}</v></c>'
        return f'{begin} t="inlineStr"><is><t{_SPACE}>{text}</t></is></c>'

    def table_lines(self) -> Iterator[str]:
        """The rows of the table as XML."""
        frame = self.frame
        columns = [
            _Column.of(column_letters(at + 1), self.forms[one.role], one.formula)
            for at, one in enumerate(self.sheet.columns)
        ]
        fit = self.sheet.height
        row = frame.first
        for values in self.sheet.rows():
            points = HEIGHT if fit is None else fit(values)
            cells = self.table_line(row, values, columns)
            yield f'<row r="{row}" ht="{points:g}" customHeight="1">{cells}</row>'
            row += 1
        if row == frame.first:  # a table of Excel has one row at least
            yield self.line(
                row - 1, [Spot(row - 1, at, one.role, None) for at, one in enumerate(self.sheet.columns)]
            )
            row += 1
        if row - 1 != frame.last:
            raise ValueError(f"{frame.name} has {row - frame.first} rows, not {frame.length}")

    def table_line(self, row: int, values: Sequence[Plain], columns: "Sequence[_Column]") -> str:
        """The cells of a row; nearly all time of a large book goes here, so a usual cell costs no call."""
        name, text, number = self.frame.name, self.texts.text, self.texts.number
        at, cells = str(row), []
        for (letters, begin, form, formula), value in zip(columns, values, strict=True):
            if value is None or value == "":
                cells.append(f"{begin}{at}{form}/>")
            elif isinstance(value, str):
                odd = len(value) > _SHORT or _ODD.search(value) is not None
                shown = text(value, name, letters, row) if odd else value
                if formula:
                    cells.append(f'{begin}{at}{form} t="str">{at.join(formula)}<v>{shown}</v></c>')
                else:
                    cells.append(f'{begin}{at}{form} t="inlineStr"><is><t{_SPACE}>{shown}</t></is></c>')
            else:
                shown = number(value, name, letters, row)
                cells.append(f"{begin}{at}{form}>{at.join(formula)}<v>{shown}</v></c>")
        return "".join(cells)

    # --- around the rows ---

    def table(self) -> None:
        """The Excel table: XlsxWriter's own call would note each of its cells."""
        frame, columns = self.frame, self.sheet.columns
        last = column_letters(len(columns))
        where = f"A{frame.head + 1}:{last}{frame.last}"
        blank = {"total_string": "", "total_function": "", "custom_total": "", "formula": "", "format": None}
        self.out.ignore_errors({"number_stored_as_text": where})  # targets and codes are texts on purpose
        self.out.tables.append(
            {
                "name": self.sheet.table,
                "range": where,
                "autofilter": where,
                "totals_row_shown": False,
                "header_row_count": 1,
                "style": "",
                "show_first_col": False,
                "show_last_col": False,
                "show_row_stripes": False,
                "show_col_stripes": False,
                "columns": [
                    {"id": at, "name": column.heading, **blank} for at, column in enumerate(columns, 1)
                ],
            }
        )

    def colours(self) -> None:
        """Data bars, and colours that follow what the cells say."""
        frame, out = self.frame, self.out
        for column in self.sheet.bars:
            bar = {"type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": _BAR}
            bar |= {"min_type": "num", "min_value": 0, "bar_border_color": _BAR}
            out.conditional_format(frame.first - 1, column, frame.last - 1, column, bar)
        for tint in self.sheet.tints:
            first, last = (frame.first - 1, frame.last - 1) if tint.row is None else (tint.row, tint.row)
            form = self.workbook.add_format({"bg_color": tint.fill, "font_color": tint.ink})
            how = {"type": "formula", "criteria": f"={tint.formula}", "format": form}
            out.conditional_format(first, tint.columns[0], last, tint.columns[1], how)

    def chart(self, chart: Chart) -> None:
        """A native chart; what its cells hold now is in it too, for programs that calculate nothing."""
        made = self.workbook.add_chart({"type": chart.kind})
        one = chart.series
        small = {"name": FONT, "size": 8, "color": _GREY}
        made.add_series(
            {
                "name": one.name,
                "categories": f"={one.categories}",
                "values": f"={one.values}",
                "categories_data": list(one.labels),
                "values_data": list(one.numbers),
                "fill": {"color": one.colour},
                "gap": 45,
                "data_labels": {"value": True, "num_format": chart.number, "font": small},
            }
        )
        made.set_title(
            {"name": chart.title, "overlay": False, "name_font": {"name": FONT, "size": 11, "color": _INK}}
        )
        made.set_legend({"none": True})
        # every bar tells its number, so that no axis of numbers is needed
        names = {"num_font": small, "line": {"color": _LINE}, "major_tick_mark": "none", "interval_unit": 1}
        numbers = {"visible": False, "min": 0, "major_gridlines": {"visible": False}}
        bar = chart.kind == "bar"  # XlsxWriter turns the axes of bars round; the first row is on top
        made.set_x_axis(numbers if bar else names)
        made.set_y_axis({**names, "reverse": True} if bar else numbers)
        made.set_chartarea({"border": {"color": _LINE}, "fill": {"color": "#FFFFFF"}})
        made.set_size({"width": chart.width, "height": chart.height})
        beside = _GAP if chart.column else 0
        self.out.insert_chart(chart.row, chart.column, made, {"object_position": 3, "x_offset": beside})

    def print_setup(self, footer: str) -> None:
        """Landscape A4, as wide as the paper, the heading on every page."""
        sheet, out, frame = self.sheet, self.out, self.frame
        out.set_paper(PAPERS["A4"].code)
        out.set_landscape()
        out.set_margins(0.4, 0.4, 0.45, 0.6)
        out.fit_to_pages(1, 1 if sheet.one_page else 0)
        out.repeat_rows(frame.head)
        if sheet.printed:
            out.print_area(0, 0, _rows_of(sheet) - 1, sheet.printed - 1)
        footer = footer.replace("&", "&&").replace("{halaman}", "&P").replace("{jumlah_halaman}", "&N")
        name = sheet.name.replace("&", "&&")
        out.set_footer(f'&L&"{FONT}"&8{name}&R&"{FONT}"&8{footer}', {"margin": 0.3})
        out.hide_gridlines(2)
        out.freeze_panes(frame.head + 1, sheet.frozen)


class _Column(NamedTuple):
    """What is the same in all cells of a column, as XML; the formula in pieces around the row's number."""

    letters: str
    begin: str
    form: str
    formula: tuple[str, ...]

    @classmethod
    def of(cls, letters: str, form: int, formula: str) -> "_Column":
        pieces = f"<f>{escape(formula)}</f>".split("{row}") if formula else []
        return cls(letters, f'<c r="{letters}', f'" s="{form}"', tuple(pieces))
