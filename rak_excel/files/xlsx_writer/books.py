"""A book of plans, or of what is asked about them, in XlsxWriter's words."""

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import xlsxwriter
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.worksheet import Worksheet

from rak_excel.files.xlsx_writer import archive
from rak_excel.findings import column_letters
from rak_excel.sheet.grid import HIDDEN_SHEET, NO_COLUMN, Book, Cell, Choice, Formula, Range, Sheet
from rak_excel.sheet.layout import PAPERS
from rak_excel.sheet.measure import NORMAL, pixels

_VALIGN: Final = {"top": "top", "center": "vcenter", "bottom": "bottom"}


def write(book: Book) -> bytes:
    """The workbook's bytes, the same every time."""
    workbook = _Workbook(
        io.BytesIO(),
        {
            "in_memory": True,
            "default_format_properties": {"font_name": NORMAL[0], "font_size": NORMAL[1]},
            "default_column_width": 72,
        },
    )
    created = datetime(book.year, 1, 1)  # noqa: DTZ001 - XlsxWriter wants it without a zone
    workbook.set_properties({"title": book.title, "created": created})
    for name, value in (*book.properties, (archive.PARTS, archive.NO_HASH)):
        workbook.set_custom_property(name, value, "text")
    for sheet in book.sheets:
        _SheetWriter(workbook, sheet).write()
    if book.carried:
        _carry(workbook, book)
    workbook.close()
    return archive.packed(workbook.parts())


def _carry(workbook: "_Workbook", book: Book) -> None:
    """Add the hidden sheet with what the book carries."""
    hidden = workbook.add_worksheet(HIDDEN_SHEET, _Worksheet)
    hidden.size(len(book.carried), max(map(len, book.carried)))
    hidden.draw(
        (
            Cell(row, column, "", value)
            for row, values in enumerate(book.carried)
            for column, value in enumerate(values)
            if value
        ),
        {("", False): 0},
    )
    hidden.very_hidden()


class _Packager(Packager):
    """Keeps the parts for us instead of handing them over to be zipped."""

    def _create_package(self) -> list[object]:
        self.made = super()._create_package()
        return []

    def _write_shared_strings_file(self) -> None:
        strings = _SharedStrings()
        strings.string_table = self.workbook.str_table
        strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
        strings._assemble_xml_file()


class _SharedStrings(SharedStrings):
    """XlsxWriter's table of texts, in a fifth of the time: only odd texts go through all its tests."""

    def _write_sst_strings(self) -> None:
        write = self.fh.write
        for text in self.string_table.string_array:
            if text.isprintable() and "_x" not in text and text == text.strip():
                if "&" in text or "<" in text or ">" in text:
                    write(f"<si><t>{self._escape_data(text)}</t></si>")
                else:
                    write(f"<si><t>{text}</t></si>")
            else:
                self._write_si(text)


class _Workbook(xlsxwriter.Workbook):
    """A workbook whose parts are taken before they are zipped: no part is deflated twice."""

    def _get_packager(self) -> _Packager:
        self.packager = _Packager()
        return self.packager

    def parts(self) -> dict[str, bytes]:
        """The parts by name, after `close()`; with them the workbook is done."""
        made = self.packager.made
        # packager and sheets know their workbook: together they would stay until a search for garbage
        del self.packager
        self.worksheets_objs.clear()
        self.sheetnames.clear()
        return {name: part.getvalue().encode() for part, name, _ in made}


class _Worksheet(Worksheet):
    """A worksheet that takes finished cells, three times as fast as XlsxWriter's calls and as exact.

    XlsxWriter takes a text like `<r>…</r>` for its own rich strings and writes it unescaped; here it goes
    into the cell itself, as text.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[str]] = []
        self.points: tuple[float, ...] = ()
        self.grows = False
        self.fold = range(0)
        self.letters = [column_letters(column + 1) for column in range(64)]

    def size(self, rows: int, columns: int) -> None:
        """Make room for so many rows and columns."""
        self.lines = [[""] * columns for _ in range(rows)]

    def draw(self, cells: Iterable[Cell], forms: Mapping[tuple[str, bool], int]) -> None:
        """Set cells, each in the format of its role; a text that was seen before costs one look-up."""
        lines, letters = self.lines, self.letters
        table = self.str_table
        strings = table.string_table
        at, line, number = -1, lines[0], ""
        for row, column, role, value, rows, columns, top in cells:
            form = forms[role, top]
            if rows > 1 or columns > 1:
                self.cover(row, column, rows, columns, form)
            if row != at:
                at, line, number = row, lines[row], f'{row + 1}" s="'
            where = f'<c r="{letters[column]}{number}{form}"'
            if value is None:
                cell = f"{where}/>"
            elif isinstance(value, str):
                index = strings.get(value)
                if index is None and value.startswith("<r>"):
                    text = self._escape_data(self._escape_control_characters(value))
                    cell = f'{where} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
                else:
                    if index is None:
                        strings[value] = index = len(strings)
                    table.count += 1
                    cell = f'{where} t="s"><v>{index}</v></c>'
            elif isinstance(value, Formula):
                cell = f"{where}><f>{self._escape_data(value.text)}</f><v>{value.result}</v></c>"
            else:
                cell = f"{where}><v>{value}</v></c>"
            line[column] = cell
        table.unique_count = len(strings)

    def cover(self, row: int, column: int, rows: int, columns: int, form: int) -> None:
        """Set a merge: every cell has the format, since programs draw the borders from each of them."""
        last_row, last_column = row + rows, column + columns
        for beside in range(column, last_column):
            letter = self.letters[beside]
            for at in range(row, last_row):
                self.lines[at][beside] = f'<c r="{letter}{at + 1}" s="{form}"/>'
        self.merge.append([row, column, last_row - 1, last_column - 1])

    def _assemble_xml_file(self) -> None:
        self._check_dimensions(len(self.lines) - 1, max(map(len, self.lines)) - 1)
        self._check_dimensions(0, 0)
        super()._assemble_xml_file()

    def _write_rows(self) -> None:
        # a height that is not custom is fitted anew when somebody types into the row
        custom = "" if self.grows else ' customHeight="1"'
        for row, line in enumerate(self.lines):
            points = f' ht="{self.points[row]:g}"{custom}' if self.points else ""
            level = ' outlineLevel="1"' if row in self.fold else ""
            self.fh.write(f'<row r="{row + 1}"{points}{level}>{"".join(line)}</row>')

    def _write_merge_cell(self, merged_range: list[int]) -> None:
        row, column, last_row, last_column = merged_range
        first, last = f"{self.letters[column]}{row + 1}", f"{self.letters[last_column]}{last_row + 1}"
        self.fh.write(f'<mergeCell ref="{first}:{last}"/>')


class _Formats(dict[tuple[str, bool], int]):
    """Role, and whether it stands at the top -> index of the format, made when it is first asked for."""

    def __init__(self, workbook: xlsxwriter.Workbook, sheet: Sheet) -> None:
        super().__init__()
        self.workbook = workbook
        self.sheet = sheet

    def __missing__(self, key: tuple[str, bool]) -> int:
        role, top = key
        look = self.sheet.looks[role]
        properties: dict[str, Any] = {
            "font_name": self.sheet.font,
            "font_size": look.size or self.sheet.size,
            "align": look.align,
            "valign": "top" if top else _VALIGN[look.valign],
            "text_wrap": look.wrap,
            "bold": look.bold,
            "italic": look.italic,
            "underline": int(look.underline),
            "border": int(look.border),
            "shrink": look.shrink,
            "indent": look.indent,
        }
        if look.number:
            properties["num_format"] = look.number
        if look.fill:
            properties["bg_color"] = look.fill
        self[key] = index = int(self.workbook.add_format(properties)._get_xf_index())
        return index


class _SheetWriter:
    """One sheet in XlsxWriter's words."""

    def __init__(self, workbook: xlsxwriter.Workbook, sheet: Sheet) -> None:
        self.workbook = workbook
        self.sheet = sheet
        self.out = workbook.add_worksheet(sheet.name, _Worksheet)

    def write(self) -> None:
        sheet, out = self.sheet, self.out
        self.columns()
        out.size(len(sheet.heights), max(len(sheet.widths), sheet.key_column + 1))
        out.points = sheet.heights
        out.grows = sheet.grows
        if sheet.fold is not None:
            out.fold = range(sheet.fold[0], sheet.fold[1] + 1)
            out.outline_row_level = 1
            out.outline_settings(symbols_below=False)
        out.draw(sheet.cells, _Formats(self.workbook, sheet))
        self.print_setup()
        self.helps()

    def columns(self) -> None:
        for column, width in enumerate(self.sheet.widths):
            self.out.set_column_pixels(column, column, pixels(width))
        key = self.sheet.key_column
        if key != NO_COLUMN:
            self.out.set_column_pixels(key, key, pixels(12), None, {"hidden": True})

    def print_setup(self) -> None:
        sheet, out, page = self.sheet, self.out, self.sheet.page
        out.set_paper(PAPERS[page.paper].code)
        if page.landscape:
            out.set_landscape()
        else:
            out.set_portrait()
        out.set_margins(*(points / 72 for points in (page.left, page.right, page.top, page.bottom)))
        out.set_print_scale(sheet.scale)
        out.center_horizontally()
        out.repeat_rows(*sheet.heading)
        if sheet.key_column != NO_COLUMN:
            out.print_area(0, 0, len(sheet.heights) - 1, sheet.key_column - 1)
        out.set_h_pagebreaks(list(sheet.breaks))
        footer = page.footer.replace("&", "&&")
        footer = footer.replace("{halaman}", "&P").replace("{jumlah_halaman}", "&N")
        gap = " " if footer[:1].isdigit() else ""  # else the digit would belong to the size of the font
        out.set_footer(f'&C&"{sheet.font}"&8{gap}{footer}', {"margin": 0.3})
        out.hide_gridlines(2)
        out.freeze_panes(sheet.heading[1] + 1, 0)

    def name(self, name: str, cells: Range) -> None:
        """Name a range; `define_name` takes no sheet whose own name holds an apostrophe or a `!`."""
        quoted = self.sheet.name.replace("'", "''")
        self.workbook.defined_names.append([name, self.out.index, f"'{quoted}'!{cells.a1}", False])

    def helps(self) -> None:
        sheet, out = self.sheet, self.out
        self.name("RAK_Tabel", sheet.table)
        if sheet.total is not None:
            self.name("RAK_Jumlah", sheet.total)
        for choice in sheet.choices:
            out.data_validation(
                *choice.cells,
                {
                    "validate": "list",
                    "source": _words_of(choice),
                    "show_error": choice.answers,
                    **_told(choice.title, choice.prompt),
                },
            )
        for prompt in sheet.prompts:
            allowed = (
                {"validate": "custom", "value": f"={prompt.formula}"}
                if prompt.formula
                else {"validate": "any"}
            )
            out.data_validation(*prompt.cells, {**allowed, **_told(prompt.title, prompt.prompt)})
        formats: dict[str, object] = {}
        for alarm in sheet.alarms:
            if alarm.fill not in formats:
                formats[alarm.fill] = self.workbook.add_format({"bg_color": alarm.fill})
            out.conditional_format(
                *alarm.cells,
                {"type": "formula", "criteria": f"={alarm.formula}", "format": formats[alarm.fill]},
            )
        if sheet.digits:
            out.ignore_errors(
                {"number_stored_as_text": " ".join(one.a1.replace("$", "") for one in sheet.digits)}
            )


def _told(title: str, prompt: str) -> dict[str, str]:
    """What a validation says: when the cell is chosen, and to an entry that it does not know."""
    return {
        "input_title": title,
        "input_message": prompt,
        "error_type": "information",
        "error_title": title,
        "error_message": prompt,
    }


def _words_of(choice: Choice) -> str:
    """The formula that gives the words of a drop-down."""
    name = choice.sheet if choice.sheet == HIDDEN_SHEET else "'" + choice.sheet.replace("'", "''") + "'"
    words = f"{name}!{choice.source.a1}"
    if not choice.grows:
        return f"={words}"
    first = f"{name}!{choice.source._replace(last_row=choice.source.first_row).a1}"
    return f"=OFFSET({first},0,0,MAX(1,COUNTA({words})),1)"
