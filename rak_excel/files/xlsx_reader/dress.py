"""How a sheet is dressed: widths, paper, fonts, fills.  Read only when asked for; no import needs it."""

import colorsys
import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from rak_excel.files.xlsx_reader.archive import Archive, Part, Refused
from rak_excel.files.xlsx_reader.shared import ADDRESS, COLUMNS, column_number
from rak_excel.sheet.seen import Dress, Worn

_Each = TypeVar("_Each")

ROWS: Final = 5_000
"""Rows whose cells' looks are kept: a form shows itself in the first few, and below its table."""
CELLS: Final = 200_000
STYLES: Final = 65_490
"""Excel's own limit of styles in a workbook."""
_USUAL: Final = 9.140625
"""The width of a column of which nothing is told, with its padding."""
_CM: Final = 2.54
_NUMBER: Final = re.compile(r"\d{1,6}(?:\.\d{1,20})?", re.ASCII)
_OFF: Final = frozenset({"0", "false", "none"})
_SLOTS: Final = (
    *("lt1", "dk1", "lt2", "dk2"),
    *(f"accent{number}" for number in range(1, 7)),
    *("hlink", "folHlink"),
)
"""The colours of a theme in the order in which cells count them (ECMA-376, 18.8.3)."""
# the palette that files of Excel 2003 and of other programs still count in (ECMA-376, 18.8.27)
_INDEXED: Final = re.findall(
    "[0-9A-F]{6}",
    """000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF
    000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF
    800000 008000 000080 808000 800080 008080 C0C0C0 808080
    9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF
    000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF
    00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99
    3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696
    003366 339966 003300 333300 993300 993366 333399 333333""",
)


def number(text: str | None) -> float | None:
    """A number of an attribute; `None` where it is none, or out of all measure."""
    return float(text) if text is not None and _NUMBER.fullmatch(text) else None


class _Theme(Part):
    """The colours that cells name by their place in the theme."""

    root = "theme"

    def __init__(self, archive: Archive, name: str) -> None:
        super().__init__(archive, name)
        self.colours: dict[str, str] = {}
        self.slot = ""
        if name in archive:
            self.read()

    def tag(self, name: str) -> str:
        """The local name of every tag: a theme has a namespace of its own."""
        return name.rpartition(" ")[2]

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """A colour begins, or tells what it is."""
        if tag in _SLOTS:
            self.slot = tag
        elif tag in {"srgbClr", "sysClr"} and self.slot:
            self.colours.setdefault(self.slot, attributes.get("lastClr") or attributes.get("val", ""))

    def finish(self, tag: str, text: str) -> None:  # noqa: ARG002 - as every part has it
        """A colour ends."""
        if tag == self.slot:
            self.slot = ""


class Wardrobe(Part):
    """The looks that cells name by number, in `looks`."""

    root = "styleSheet"

    def __init__(self, archive: Archive, name: str, theme: str) -> None:
        super().__init__(archive, name)
        self.theme = _colours(archive, theme)
        self.fonts: list[Worn] = []
        self.fills: list[str] = []
        self.looks: list[Worn] = []
        self.inside = ""
        if name in archive:
            self.read()

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """A font, a fill or a style of cells begins, or tells something of itself."""
        if tag in {"fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs", "borders"}:
            self.inside = tag
        elif self.inside == "fonts":
            self._font(tag, attributes)
        elif self.inside == "fills":
            if tag == "fill" and len(self.fills) < STYLES:
                self.fills.append("")
            elif tag == "fgColor" and self.fills:
                self.fills[-1] = self._colour(attributes)
            elif tag == "patternFill" and attributes.get("patternType", "none") == "none":
                self.inside = "no fill"
        elif self.inside == "no fill" and tag == "fill":
            self.inside = "fills"
            self.begin(tag, attributes)
        elif self.inside == "cellXfs" and len(self.looks) < STYLES:
            self._style(tag, attributes)

    def _font(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "font" and len(self.fonts) < STYLES:
            self.fonts.append(Worn())
        if not self.fonts:
            return
        font, value = self.fonts[-1], attributes.get("val", "")
        if tag == "name":
            font = font._replace(font=value[:100])
        elif tag == "sz":
            font = font._replace(size=number(value) or 0)
        elif tag == "b":
            font = font._replace(bold=value not in _OFF)
        elif tag == "i":
            font = font._replace(italic=value not in _OFF)
        elif tag == "u":
            font = font._replace(underline=value not in _OFF)
        self.fonts[-1] = font

    def _style(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "xf":
            font = _at(self.fonts, attributes.get("fontId", "0")) or Worn()
            self.looks.append(font._replace(fill=_at(self.fills, attributes.get("fillId", "0")) or ""))
        elif tag == "alignment" and self.looks:
            across, down = attributes.get("horizontal", ""), attributes.get("vertical", "")
            self.looks[-1] = self.looks[-1]._replace(align=across, valign=down)

    def _colour(self, attributes: dict[str, str]) -> str:
        """A colour as `#RRGGBB`; `""` for the one that every program chooses for itself."""
        plain = attributes.get("rgb", "")[-6:]
        if "theme" in attributes:
            slot = _at(_SLOTS, attributes["theme"]) or ""
            plain = self.theme.get(slot, "")
        elif "indexed" in attributes:
            plain = _at(_INDEXED, attributes["indexed"]) or ""
        if re.fullmatch("[0-9A-Fa-f]{6}", plain) is None:
            return ""
        return _tinted(plain, attributes.get("tint", ""))


def _colours(archive: Archive, theme: str) -> Mapping[str, str]:
    """The colours of a theme; a damaged one, which no import reads, has none."""
    try:
        return _Theme(archive, theme).colours
    except Refused:
        return {}


def _at(items: Sequence[_Each], index: str) -> _Each | None:
    """The item that a file names by its number, if there is one."""
    at = int(index) if index.isdecimal() and index.isascii() and len(index) < 6 else len(items)
    return items[at] if at < len(items) else None


def _tinted(plain: str, tint: str) -> str:
    """A colour made lighter, or darker where the tint is below zero (ECMA-376, 18.8.19)."""
    by = number(tint.removeprefix("-")) or 0
    if not 0 < by <= 1:
        return f"#{plain.upper()}"
    red, green, blue = (int(plain[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 - by) + (0 if tint.startswith("-") else by)
    return "#" + "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, light, full))


class Dressing(Part):
    """The looks of one sheet's cells, its columns' widths and its page."""

    root = "worksheet"

    def __init__(self, archive: Archive, name: str, wardrobe: Wardrobe) -> None:
        super().__init__(archive, name)
        self.wardrobe = wardrobe
        self.widths: dict[int, float] = {}
        self.usual = _USUAL
        self.paper: int | None = None
        self.landscape: bool | None = None
        self.margins: dict[str, float] = {}
        self.footer = ""
        self.looks: dict[tuple[int, int], Worn] = {}
        self.row = self.column = self.columns = 0
        self.read()

    @property
    def dress(self) -> Dress:
        """What was read."""
        return Dress(
            _at(self.wardrobe.fonts, "0") or Worn(),
            self.widths,
            self.usual,
            self.paper,
            self.landscape,
            self.margins,
            self.footer,
            self.looks,
        )

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """A row, a cell, a column or the page begins."""
        if tag == "c":
            self._cell(attributes)
        elif tag == "row":
            text = attributes.get("r", "")
            self.row = int(text) if text.isdecimal() and len(text) < 8 else self.row + 1
            self.column = 0
        elif tag == "col":
            self._width(attributes)
        elif tag == "sheetFormatPr":
            self.usual = number(attributes.get("defaultColWidth")) or self.usual
        elif tag == "pageMargins":
            found = ((side, number(attributes.get(side))) for side in ("top", "right", "bottom", "left"))
            self.margins = {side: _CM * inches for side, inches in found if inches is not None}
        elif tag == "pageSetup":
            paper = number(attributes.get("paperSize"))
            self.paper = None if paper is None else int(paper)
            self.landscape = attributes.get("orientation") == "landscape"

    def finish(self, tag: str, text: str) -> None:
        """The footer ends."""
        if tag == "oddFooter":
            self.footer = text[:1000]

    def _cell(self, attributes: dict[str, str]) -> None:
        match = ADDRESS.fullmatch(attributes.get("r", ""))
        self.column = (column_number(match[1]) if match else None) or self.column + 1
        look = _at(self.wardrobe.looks, attributes.get("s", "0"))
        if look is not None and self.row <= ROWS and len(self.looks) < CELLS:
            self.looks[self.row, self.column] = look

    def _width(self, attributes: dict[str, str]) -> None:
        width, first, last = (number(attributes.get(key)) for key in ("width", "min", "max"))
        if width is None or first is None or last is None:
            return
        numbers = range(max(int(first), 1), min(int(last), COLUMNS) + 1)
        self.columns += len(numbers)
        if self.columns <= 4 * COLUMNS:
            self.widths.update(dict.fromkeys(numbers, width))
