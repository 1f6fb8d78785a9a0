"""A copy of somebody's workbook in which findings are seen: coloured cells, notes, and a list with links."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from rak_excel.files.xlsx_package.addresses import COLUMNS, ROWS, Area, area_of
from rak_excel.files.xlsx_package.archive import Archive
from rak_excel.files.xlsx_package.book import Workbook, quoted_sheet
from rak_excel.files.xlsx_package.notes import Notes
from rak_excel.files.xlsx_package.package import Package, rels_of
from rak_excel.files.xlsx_package.sheet import Sheet
from rak_excel.files.xlsx_package.styles import Styles
from rak_excel.files.xlsx_package.xml import MAIN, OFFICE, STRICT, quoted, stored, whole
from rak_excel.findings import RakError, Severity, column_letters
from rak_excel.sheet.mark import SHEET, WIDTHS, Listed, Mark
from rak_excel.sheet.unmark import NAME, sheet_of

_KEPT: Final = len(WIDTHS) + 2
_PLACE: Final = 3
_WORST: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_LINKS: Final = 65_000
"""Excel opens no sheet with more than 65,530 links."""

# The last two places hold the number of the fill that the cell had before, four bits each: a colour is all
# that Excel, LibreOffice and others keep of a fill, and it goes where its cell goes.
_COLOURS: Final = {
    Severity.ERROR: (0xFE, 0xC0, 0xC0),
    Severity.WARNING: (0xFE, 0xE0, 0x90),
    Severity.NOTE: (0xDC, 0xE0, 0xF0),
}
_FILLS: Final = 256


def marked(data: bytes, marks: Sequence[Mark], rows: Sequence[Listed]) -> bytes:
    """The workbook with its findings shown; every part that shows none of them stays byte for byte.

    What an earlier marking left is taken out first.  The first of `rows` is the heading of the list.

    Raises:
        RakError: the workbook cannot be opened, or a part cannot be changed without doubt.
    """
    package = Package(data)
    book = Workbook(package)
    styles = Styles(package)
    known = _cleaned(package, book, styles)
    fills = _Fills(styles)
    for name, of_sheet in _by_sheet(marks).items():
        entry = book.sheet(name)
        if entry is not None and entry.part != known.part:
            _mark_sheet(package, entry.part, of_sheet, fills)
    _list(book, styles, fills, rows, known)
    return package.archive.packed()


def is_marked(data: bytes) -> bool:
    """Whether a file is a marked copy that nobody has saved since."""
    try:
        package = Package(data)
        book = Workbook(package)
        part = _our_sheet(book)
        return bool(part) and _seal(package.archive, part).encode() in package.archive.read(part)
    except RakError:
        return False


def _by_sheet(marks: Sequence[Mark]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.place.sheet is not None:
            found.setdefault(mark.place.sheet.lower(), []).append(mark)
    return found


class _Fills:
    """Which colour a cell gets, so that its own can be given back."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.before: list[int] = [0]

    def style(self, severity: Severity, style: int) -> int:
        """The style of a marked cell."""
        fill = self.styles.fill_of(style)
        if fill not in self.before:
            if len(self.before) == _FILLS:
                return style  # no number is left to remember its fill by: the note is all it gets
            self.before.append(fill)
        return self.styles.filled(style, self.styles.solid(_colour(severity, self.before.index(fill))))


def _colour(severity: Severity, number: int) -> str:
    red, green, blue = _COLOURS[severity]
    return f"FF{red:02X}{green + (number >> 4):02X}{blue + (number & 15):02X}"


def _number_in(colour: str) -> int | None:
    """The number that a colour of ours holds."""
    try:
        red, green, blue = bytes.fromhex(colour[2:])
    except ValueError:
        return None
    if (red, green & 0xF0, blue & 0xF0) not in _COLOURS.values():
        return None
    return (green & 15) << 4 | blue & 15


def _mark_sheet(package: Package, part: str, marks: Sequence[Mark], fills: _Fills) -> None:
    """Colour the cells of one sheet, and give them notes."""
    rows = {mark.place.line for mark in marks}
    sheet = Sheet(package, part, rows.__contains__)
    by_cell: dict[tuple[int, int], list[Mark]] = {}
    for mark in marks:
        if 0 < mark.place.line <= ROWS and 0 < mark.place.column <= COLUMNS:
            by_cell.setdefault(sheet.first_of(mark.place.line, mark.place.column), []).append(mark)
    if not by_cell:
        return
    if not {row for row, _ in by_cell} <= rows:  # first cells of merges stand higher
        sheet = Sheet(package, part, {row for row, _ in by_cell}.__contains__)
    worst = {
        cell: min((mark.severity for mark in of_one), key=_WORST.index) for cell, of_one in by_cell.items()
    }
    sheet.restyle({cell: partial(fills.style, severity) for cell, severity in worst.items()})
    texts = {cell: "\n".join(mark.note for mark in of_one) for cell, of_one in by_cell.items()}
    relation = Notes(package, part).add(texts, sheet.sizes())
    if relation is not None:
        sheet.name_drawing(relation)
    sheet.save()


# --- what an earlier marking left --------------------------------------------------------------------------


class _Known(NamedTuple):
    """The list of an earlier marking: its sheet's name and part."""

    name: str
    part: str


def _our_sheet(book: Workbook) -> str:
    return _known(book).part


def _known(book: Workbook) -> _Known:
    for one in book.names():
        entry = book.sheet(sheet_of(one.text)) if one.attributes.get("name") == NAME else None
        if entry is not None:
            return _Known(entry.name, entry.part)
    return _Known("", "")


def _cleaned(package: Package, book: Workbook, styles: Styles) -> _Known:
    """Take out notes and colours of an earlier marking; its list will be written over."""
    known = _known(book)
    named = any(one.attributes.get("name") == NAME for one in book.names())
    others = [one.part for one in book.sheets if one.part and one.part != known.part]
    noted = [Notes(package, part).clean() for part in others]
    if not named and not any(noted):
        return known
    numbers = {fill: _number_in(colour) for fill, colour in styles.colours.items()}
    ours = {
        str(style): number
        for style in range(len(styles.xfs.items))
        if (number := numbers.get(styles.fill_of(style))) is not None
    }
    before = _fills_before(package, book, known, styles)
    for part in others:
        sheet = Sheet(package, part, lambda _: True, styles=frozenset(ours))
        for one, style in sheet.styled():
            fill = before.get(ours[str(style)], 0)
            sheet.tree.set(one, s=str(styles.unfilled(style, fill)))
        sheet.save()
    return known


def _fills_before(package: Package, book: Workbook, known: _Known, styles: Styles) -> Mapping[int, int]:
    """The fills that the list's hidden cells keep, by their numbers."""
    if not known.part:
        return {}
    reference = next(one.text for one in book.names() if one.attributes.get("name") == NAME)
    area = area_of(reference.rpartition("!")[2])
    if area is None:
        return {}
    sheet = Sheet(package, known.part, lambda row: area.top <= row <= area.bottom)
    return {
        number - area.top: styles.fill_of(whole(one.attributes.get("s")))
        for number, row in sheet.rows
        for column, one in sheet.cells_of(row)
        if column == area.left
    }


# --- the list ----------------------------------------------------------------------------------------------


class _Looks:
    """The styles of the list's cells."""

    def __init__(self, styles: Styles) -> None:
        p = "{p}"
        frame = styles.frame()
        plain = styles.font()
        self.text = styles.text(plain, 0, frame)
        self.heading = styles.text(styles.font(f"<{p}b/>"), styles.solid("FFD9E1F2"), frame)
        blue = styles.font(f"<{p}u/>", f'<{p}color rgb="FF0563C1"/>')
        self.link = styles.text(blue, 0, frame)
        self.severity = {
            severity: styles.text(plain, styles.solid(_colour(severity, 0)), frame) for severity in _COLOURS
        }


def _list(book: Workbook, styles: Styles, fills: _Fills, rows: Sequence[Listed], known: _Known) -> None:
    """Write the list into its sheet, a new one or that of an earlier marking; the last of all changes."""
    package = book.package
    name, part = known if known.part else book.add_sheet(SHEET, "")
    package.archive.drop(rels_of(part))
    column = column_letters(_KEPT)
    book.define(NAME, f"{quoted_sheet(name)}!${column}$1:${column}${len(fills.before)}")
    kept = [styles.filled(0, fill) for fill in fills.before]
    drawn = _drawn(book, _Looks(styles), kept, rows)
    styles.save()
    book.save()
    seal = _seal(package.archive, part)
    package.archive.write(part, drawn.replace(_UNSEALED, seal, 1).encode())


_UNSEALED: Final = "?" * 64


def _seal(archive: Archive, but: str) -> str:
    """A hash of all parts but one."""
    told = "\n".join(f"{name} {crc} {size}" for name, crc, size in archive.sums() if name != but.lower())
    return hashlib.sha256(told.encode()).hexdigest()


def _drawn(book: Workbook, looks: _Looks, kept: Sequence[int], rows: Sequence[Listed]) -> str:
    """The sheet's part."""
    space = MAIN if book.package.office == OFFICE else STRICT
    view = (
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        if book.tree.root.first("bookViews") is not None
        else ""
    )
    cols = "".join(
        f'<col min="{number}" max="{number}" width="{width:g}" customWidth="1"/>'
        for number, width in enumerate(WIDTHS, 1)
    )
    cols += f'<col min="{_KEPT}" max="{_KEPT + 1}" width="2" hidden="1" customWidth="1"/>'
    count = max(len(rows), len(kept))
    lines = "".join(
        _row(number, rows[number - 1] if number <= len(rows) else None, kept, looks)
        for number in range(1, count + 1)
    )
    links = "".join(_link(number, row) for number, row in enumerate(rows[:_LINKS], 1))
    last = Area(1, 1, max(len(rows), 1), len(WIDTHS))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{space}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{column_letters(_KEPT + 1)}{count}"/>'
        f'{view}<sheetFormatPr defaultRowHeight="15"/><cols>{cols}</cols><sheetData>{lines}</sheetData>'
        f'<autoFilter ref="{last.ref}"/>{f"<hyperlinks>{links}</hyperlinks>" if links else ""}'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _row(number: int, row: Listed | None, kept: Sequence[int], looks: _Looks) -> str:
    """A row of the list, and beside it, hidden, a fill to remember."""
    cells = ""
    height = ""
    if row is not None:
        height = f' ht="{row.height:g}" customHeight="1"'
        cells = "".join(
            _text(number, column, text, _style(row, column, looks) if number > 1 else looks.heading)
            for column, text in enumerate(row.texts, 1)
        )
    if number <= len(kept):
        cells += f'<c r="{column_letters(_KEPT)}{number}" s="{kept[number - 1]}"/>'
    if number == 1:
        cells += _text(1, _KEPT + 1, _UNSEALED, 0)
    return f'<row r="{number}"{height}>{cells}</row>'


def _style(row: Listed, column: int, looks: _Looks) -> int:
    if column == 1 and row.severity is not None:
        return looks.severity[row.severity]
    return looks.link if column == _PLACE and row.place is not None else looks.text


def _text(row: int, column: int, text: str, style: int) -> str:
    reference = f"{column_letters(column)}{row}"
    if not text:
        return f'<c r="{reference}" s="{style}"/>'
    held = f'<is><t xml:space="preserve">{stored(text)}</t></is>'
    return f'<c r="{reference}" s="{style}" t="inlineStr">{held}</c>'


def _link(number: int, row: Listed) -> str:
    if row.place is None or row.place.sheet is None:
        return ""
    target = quoted(f"{quoted_sheet(row.place.sheet)}!{row.place.cell}")
    return f'<hyperlink ref="{column_letters(_PLACE)}{number}" location="{target}"/>'
