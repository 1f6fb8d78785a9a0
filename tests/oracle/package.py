"""Between an .xlsx and grids: read from a workbook the product built, written as a program would save it.

The styles, theme and properties of the built file are kept; sheets, strings and the workbook part are
written anew.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr, unescape

from oracle.sheets import Cell, Column, Grid, Help, Line, Rect
from rak_excel.findings import column_letters

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NS: Final = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES: Final = "application/vnd.openxmlformats-officedocument"
_RELS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_APP: Final = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Excel</Application></Properties>"
)
_EPOCH: Final = (2024, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook: its grids, and the parts that no edit touches."""

    grids: tuple[Grid, ...]
    parts: Mapping[str, str]
    looks: Mapping[str, int] = field(default_factory=dict)


# --- reading ---------------------------------------------------------------------------------------------


def read(data: bytes) -> Package:
    """The grids of a workbook as the product writes it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    strings = [
        "".join(text.text or "" for text in one.iter(f"{_MAIN}t"))
        for one in ET.fromstring(parts["xl/sharedStrings.xml"])
    ]
    book = ET.fromstring(parts["xl/workbook.xml"])
    grids = []
    for number, sheet in enumerate(book.iter(f"{_MAIN}sheet"), 1):
        grid = _grid(parts[f"xl/worksheets/sheet{number}.xml"], strings)
        grid.name, grid.state = sheet.attrib["name"], sheet.attrib.get("state", "visible")
        grids.append(grid)
    for name in book.iter(f"{_MAIN}definedName"):
        reference = (name.text or "").rpartition("!")[2].replace("$", "")
        grids[int(name.attrib["localSheetId"])].names[name.attrib["name"]] = _rect(reference)
    kept = {
        name: part for name, part in parts.items() if not re.match(r"xl/(worksheets|workbook|sharedS)", name)
    }
    styles, looks = _with_looks(kept["xl/styles.xml"])
    kept["xl/styles.xml"] = styles
    return Package(tuple(grids), kept, looks)


def _grid(part: str, strings: list[str]) -> Grid:
    root = ET.fromstring(part)
    lines = []
    for row in root.iter(f"{_MAIN}row"):
        cells: list[Cell] = []
        for one in row:
            while column_letters(len(cells) + 1) != re.match("[A-Z]+", one.attrib["r"])[0]:  # type: ignore[index]
                cells.append(Cell())
            cells.append(_cell(one, strings))
        height = row.attrib.get("ht")
        lines.append(Line(cells, float(height) if height else None))
    width = max(len(line.cells) for line in lines)
    for line in lines:
        line.cells.extend(Cell() for _ in range(width - len(line.cells)))
    columns = [Column() for _ in range(width)]
    for one in root.iter(f"{_MAIN}col"):
        for at in range(int(one.attrib["min"]) - 1, int(one.attrib["max"])):
            columns[at] = Column("", float(one.attrib["width"]), one.attrib.get("hidden") == "1")
    grid = Grid("", lines, columns, [_rect(one.attrib["ref"]) for one in root.iter(f"{_MAIN}mergeCell")])
    grid.helps = _helps(part)
    view = re.search(r"<sheetViews>.*?</sheetViews>", part)
    setup = re.search(r"<printOptions.*?</headerFooter>", part)
    grid.view, grid.setup = view[0] if view else "", setup[0] if setup else ""
    grid.breaks = [int(one.attrib["id"]) for one in root.iter(f"{_MAIN}brk")]
    return grid


def _cell(one: ET.Element, strings: list[str]) -> Cell:
    style = int(one.attrib.get("s", "0"))
    value, formula = one.find(f"{_MAIN}v"), one.find(f"{_MAIN}f")
    kind = one.attrib.get("t", "n")
    if kind == "inlineStr":
        return Cell("".join(text.text or "" for text in one.iter(f"{_MAIN}t")), style)
    if value is None or value.text is None:
        return Cell(None, style)
    if kind == "s":
        return Cell(strings[int(value.text)], style)
    number = float(value.text) if re.search(r"[.eE]", value.text) else int(value.text)
    return Cell(number, style, (formula.text or "") if formula is not None else "")


def _helps(part: str) -> list[Help]:
    made = []
    for tag in ("conditionalFormatting", "dataValidation"):
        for found in re.finditer(rf"<{tag} ([^>]*)>(.*?)</{tag}>", part):
            cells = re.search(r'sqref="([^"]*)"', found[1])
            inner = re.search(r"<cfRule[^>]*>", found[2])
            formulas = re.findall(r"<formula\d?>(.*?)</formula\d?>", found[2])
            head = inner[0] if inner else re.sub(r' ?sqref="[^"]*"', "", found[1])
            told = [unescape(text, {"&quot;": '"'}) for text in formulas]
            made.append(Help(tag, head, _rect(cells[1]) if cells else None, told))
    return made


def _rect(reference: str) -> Rect:
    first, _, last = reference.partition(":")
    ends = []
    for end in (first, last or first):
        letters, digits = re.fullmatch(r"([A-Z]*)(\d*)", end).groups()  # type: ignore[union-attr]
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        ends.append((int(digits or 1) - 1, max(column - 1, 0)))
    return Rect(*ends[0], *ends[1])


def _with_looks(styles: str) -> tuple[str, dict[str, int]]:
    """The styles with two looks more that people choose: a per cent and a date."""
    found = re.search(r'<cellXfs count="(\d+)">', styles)
    if found is None:
        raise ValueError("styles without cellXfs")
    count = int(found[1])
    more = "".join(
        f'<xf numFmtId="{code}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for code in (9, 14)
    )
    styles = styles.replace(found[0], f'<cellXfs count="{count + 2}">').replace(
        "</cellXfs>", f"{more}</cellXfs>"
    )
    return styles, {"percent": count, "date": count + 1}


# --- writing ---------------------------------------------------------------------------------------------


def write(package: Package) -> bytes:
    """The workbook's bytes, as a program that is not ours would save it."""
    strings: dict[str, int] = {}
    parts = {name: part for name, part in package.parts.items() if name not in _OURS}
    for number, grid in enumerate(package.grids, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(grid, strings, selected=number == 1)
    parts["xl/sharedStrings.xml"] = (
        f'{_XML}<sst {_NS} count="{len(strings)}" uniqueCount="{len(strings)}">'
        + "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
        + "</sst>"
    )
    parts["xl/workbook.xml"] = _workbook(package.grids)
    parts["docProps/app.xml"] = _XML + _APP
    parts |= _links(parts, len(package.grids))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(parts, key=lambda name: name != "[Content_Types].xml"):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name], compresslevel=1)
    return made.getvalue()


_OURS: Final = ("[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "docProps/app.xml")


def _sheet(grid: Grid, strings: dict[str, int], *, selected: bool) -> str:
    letters = [column_letters(at + 1) for at in range(len(grid.columns))]
    rows = []
    for row, line in enumerate(grid.lines, 1):
        height = f' ht="{line.height:g}" customHeight="1"' if line.height else ""
        hidden = ' hidden="1"' if line.hidden else ""
        cells = [_told(cell, f"{letters[at]}{row}", strings) for at, cell in enumerate(line.cells)]
        rows.append(f'<row r="{row}"{height}{hidden}>{"".join(cells)}</row>')
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{one.width:g}" hidden="{int(one.hidden)}" customWidth="1"/>'
        for at, one in enumerate(grid.columns, 1)
    )
    count = len(grid.breaks)
    view = grid.view if selected else grid.view.replace(' tabSelected="1"', "")
    merges = "".join(f'<mergeCell ref="{rect.a1}"/>' for rect in grid.merges)
    breaks = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in grid.breaks)
    return (
        f"{_XML}<worksheet {_NS}>{view}"
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{"".join(rows)}</sheetData>'
        + (f'<autoFilter ref="{grid.filtered.a1}"/>' if grid.filtered else "")
        + (f'<mergeCells count="{len(grid.merges)}">{merges}</mergeCells>' if merges else "")
        + _help_parts(grid)
        + grid.setup
        + (f'<rowBreaks count="{count}" manualBreakCount="{count}">{breaks}</rowBreaks>' if breaks else "")
        + "</worksheet>"
    )


def _told(cell: Cell, where: str, strings: dict[str, int]) -> str:
    head = f'<c r="{where}" s="{cell.style}"'
    value = cell.value
    formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
    if formula and not cell.stored:
        return f"{head}>{formula}</c>"
    if cell.error:
        return f'{head} t="e">{formula}<v>{value}</v></c>'
    if value is None or value == "":
        return f"{head}/>"
    if isinstance(value, bool):
        return f'{head} t="b">{formula}<v>{int(value)}</v></c>'
    if isinstance(value, str):
        if formula:
            return f'{head} t="str">{formula}<v>{escape(value)}</v></c>'
        return f'{head} t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
    return f"{head}>{formula}<v>{value!r}</v></c>"


def _help_parts(grid: Grid) -> str:
    formats, checks = [], []
    for one in grid.helps:
        if one.cells is None or any("#REF!" in text for text in one.formulas):
            continue
        told = [escape(text) for text in one.formulas]
        if one.tag == "conditionalFormatting":
            formats.append(
                f'<conditionalFormatting sqref="{one.cells.a1}">{one.head}'
                f"<formula>{told[0]}</formula></cfRule></conditionalFormatting>"
            )
        else:
            formula = f"<formula1>{told[0]}</formula1>"
            checks.append(f'<dataValidation {one.head} sqref="{one.cells.a1}">{formula}</dataValidation>')
    if checks:
        formats.append(f'<dataValidations count="{len(checks)}">{"".join(checks)}</dataValidations>')
    return "".join(formats)


def _workbook(grids: tuple[Grid, ...]) -> str:
    sheets, names = [], []
    for number, grid in enumerate(grids, 1):
        state = f' state="{grid.state}"' if grid.state != "visible" else ""
        sheets.append(f'<sheet name={quoteattr(grid.name)} sheetId="{number}"{state} r:id="rId{number}"/>')
        quoted = "'" + grid.name.replace("'", "''") + "'"
        for name, rect in sorted(grid.names.items()):
            if rect is None:
                told = "#REF!"
            elif name == "_xlnm.Print_Titles":
                told = f"{quoted}!${rect.top + 1}:${rect.bottom + 1}"
            else:
                cells = re.sub("([A-Z]+)([0-9]+)", r"$\1$\2", rect.a1)
                told = f"{quoted}!{cells}"
            names.append(
                f'<definedName name="{name}" localSheetId="{number - 1}">{escape(told)}</definedName>'
            )
    defined = f"<definedNames>{''.join(names)}</definedNames>" if names else ""
    return (
        f'{_XML}<workbook {_NS}><workbookPr defaultThemeVersion="124226"/>'
        f"<bookViews><workbookView/></bookViews><sheets>{''.join(sheets)}</sheets>{defined}"
        '<calcPr calcId="191029"/></workbook>'
    )


def _links(parts: Mapping[str, str], sheets: int) -> dict[str, str]:
    """Content types and relationships."""
    kinds = {
        "xl/workbook.xml": f"{_TYPES}.spreadsheetml.sheet.main+xml",
        "xl/styles.xml": f"{_TYPES}.spreadsheetml.styles+xml",
        "xl/sharedStrings.xml": f"{_TYPES}.spreadsheetml.sharedStrings+xml",
        "xl/theme/theme1.xml": f"{_TYPES}.theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": f"{_TYPES}.extended-properties+xml",
        "docProps/custom.xml": f"{_TYPES}.custom-properties+xml",
    }
    kinds |= {
        f"xl/worksheets/sheet{n}.xml": f"{_TYPES}.spreadsheetml.worksheet+xml" for n in range(1, sheets + 1)
    }
    told = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in kinds.items()
        if name in parts
    )
    types = (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )
    inner = [(f"worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    inner += [("styles.xml", "styles"), ("sharedStrings.xml", "sharedStrings"), ("theme/theme1.xml", "theme")]
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    outer = [
        ("xl/workbook.xml", f"{_RELS}/officeDocument"),
        ("docProps/core.xml", f"{package}/metadata/core-properties"),
        ("docProps/app.xml", f"{_RELS}/extended-properties"),
        ("docProps/custom.xml", f"{_RELS}/custom-properties"),
    ]
    return {
        "[Content_Types].xml": types,
        "xl/_rels/workbook.xml.rels": _rels([(target, f"{_RELS}/{kind}") for target, kind in inner]),
        "_rels/.rels": _rels([one for one in outer if one[0] in parts]),
    }


def _rels(links: list[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>'
        for at, (target, kind) in enumerate(links, 1)
    )
    return f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{told}</Relationships>'
