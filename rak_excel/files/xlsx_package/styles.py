"""The styles of cells: one is cloned with another fill, and whatever is there already is used again."""

import re
from typing import Final

from rak_excel.files.xlsx_package.package import Package
from rak_excel.files.xlsx_package.xml import (
    MAIN,
    OFFICE,
    STRICT,
    Element,
    attributes_of,
    whole,
    with_attributes,
)

ORDER: Final = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_FONT: Final = '<{p}font><{p}sz val="11"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>'
_NO_FILL: Final = '<{p}fill><{p}patternFill patternType="none"/></{p}fill>'
_GRAY: Final = '<{p}fill><{p}patternFill patternType="gray125"/></{p}fill>'
_BORDER: Final = "<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>"
_XF: Final = '<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
_NEW: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<styleSheet xmlns="{{space}}"><fonts count="1">{_FONT}</fonts>'
    f'<fills count="2">{_NO_FILL}{_GRAY}</fills><borders count="1">{_BORDER}</borders>'
    f'<cellStyleXfs count="1">{_XF}</cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class _List:
    """One of the lists of the part: what it holds as it is written, and what was added."""

    def __init__(self, element: Element | None, tag: str, defaults: tuple[str, ...]) -> None:
        self.element = element
        held = [one.raw for one in element.all(tag)] if element is not None else []
        self.kept = len(held)
        self.items = held or [default.encode() for default in defaults]

    def index(self, raw: bytes) -> int:
        """The number of an item, which is added where it is not there."""
        if raw not in self.items:
            self.items.append(raw)
        return self.items.index(raw)


class Styles:
    """The styles of a workbook; the part is made where it has none."""

    def __init__(self, package: Package) -> None:
        self.package = package
        part = package.first(package.workbook, "styles") or self._made()
        self.tree = package.tree(part)
        self.p = self.tree.root.prefix
        self.fonts = self._list("fonts", "font", _FONT)
        self.fills = self._list("fills", "fill", _NO_FILL, _GRAY)
        self.borders = self._list("borders", "border", _BORDER)
        self.xfs = self._list("cellXfs", "xf", _XF)
        self.colours = self._colours()
        self.clones: dict[tuple[int, int], int] = {}

    def _made(self) -> str:
        package = self.package
        space = MAIN if package.office == OFFICE else STRICT
        folder = package.workbook.rpartition("/")[0]
        part = package.add(
            lambda count: f"{folder}/styles{'' if count == 1 else count}.xml".lstrip("/"),
            _NEW.format(space=space, p=""),
            _TYPE,
        )
        package.relate(package.workbook, "styles", part)
        return part

    def _list(self, tag: str, item: str, *defaults: str) -> _List:
        return _List(self.tree.root.first(tag), item, tuple(one.format(p=self.p) for one in defaults))

    def _colours(self) -> dict[int, str]:
        """The colours of solid fills."""
        found = {}
        held = self.tree.root.first("fills")
        for number, fill in enumerate(held.all("fill") if held is not None else []):
            pattern = fill.first("patternFill")
            colour = pattern.first("fgColor") if pattern is not None else None
            if (
                pattern is not None
                and colour is not None
                and pattern.attributes.get("patternType") == "solid"
            ):
                found[number] = colour.attributes.get("rgb", "").upper()
        return found

    # --- styles of cells ---------------------------------------------------------------------------------

    def xf(self, style: int) -> bytes:
        """A style as it is written; the first one for a number that is not there."""
        return self.xfs.items[style if style < len(self.xfs.items) else 0]

    def fill_of(self, style: int) -> int:
        """The fill of a style."""
        fill = whole(attributes_of(self.xf(style)).get(b"fillId", b"0").decode())
        return fill if fill < len(self.fills.items) else 0

    def filled(self, style: int, fill: int) -> int:
        """The style that is another one but for its fill."""
        key = (style, fill)
        if key not in self.clones:
            raw = with_attributes(self.xf(style), fillId=str(fill), applyFill="1")
            self.clones[key] = self.xfs.index(raw)
        return self.clones[key]

    def unfilled(self, style: int, fill: int) -> int:
        """The style that `filled` was asked for: the first that differs from it in its fill alone."""
        key = (style, -1 - fill)
        if key not in self.clones:
            wanted = _but_fill(self.xf(style))
            same = (
                number
                for number, raw in enumerate(self.xfs.items)
                if _but_fill(raw) == wanted and self.fill_of(number) == fill
            )
            self.clones[key] = next(same, -1)
        found = self.clones[key]
        return found if found >= 0 else self.filled(style, fill)

    # --- styles of our own sheet -------------------------------------------------------------------------

    def solid(self, colour: str) -> int:
        """The fill of one colour."""
        raw = (
            '<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{colour}"/>'
            '<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
        )
        return self.fills.index(raw.format(p=self.p, colour=colour).encode())

    def font(self, before: str = "", after: str = "") -> int:
        """Arial 10, with what stands before and after its size."""
        named = '<{p}name val="Arial"/><{p}family val="2"/>'
        raw = f'<{{p}}font>{before}<{{p}}sz val="10"/>{after}{named}</{{p}}font>'
        return self.fonts.index(raw.format(p=self.p).encode())

    def frame(self) -> int:
        """A thin grey line around a cell."""
        sides = "".join(
            f'<{{p}}{side} style="thin"><{{p}}color rgb="FFBFBFBF"/></{{p}}{side}>'
            for side in ("left", "right", "top", "bottom")
        )
        return self.borders.index(
            f"<{{p}}border>{sides}<{{p}}diagonal/></{{p}}border>".format(p=self.p).encode()
        )

    def text(self, font: int, fill: int, border: int) -> int:
        """A style of wrapped texts at the top of their cells."""
        base = ' xfId="0"' if self.tree.root.first("cellStyleXfs") is not None else ""
        raw = (
            f'<{{p}}xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="{border}"{base} '
            'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            '<{p}alignment vertical="top" wrapText="1"/></{p}xf>'
        )
        return self.xfs.index(raw.format(p=self.p).encode())

    # --- writing -----------------------------------------------------------------------------------------

    def save(self) -> None:
        """Put what was added into the part."""
        lists = {"fonts": self.fonts, "fills": self.fills, "borders": self.borders, "cellXfs": self.xfs}
        for tag, held in lists.items():
            if len(held.items) == held.kept:
                continue
            added = b"".join(held.items[held.kept :]).decode()
            count = str(len(held.items))
            if held.element is None:
                made = f'<{self.p}{tag} count="{count}">{added}</{self.p}{tag}>'
                self.tree.put(made, tag, ORDER)
            else:
                self.tree.append(held.element, added)
                self.tree.set(held.element, count=count)
        self.package.save(self.tree)


def percents(package: Package) -> frozenset[int]:
    """The styles that show a number as percent."""
    part = package.first(package.workbook, "styles")
    if not part:
        return frozenset()
    root = package.tree(part).root
    formats, xfs = root.first("numFmts"), root.first("cellXfs")
    codes = {"9", "10"} | {
        one.attributes.get("numFmtId", "")
        for one in (formats.all("numFmt") if formats is not None else [])
        if "%" in _LITERAL.sub("", one.attributes.get("formatCode", ""))
    }
    listed = xfs.all("xf") if xfs is not None else []
    return frozenset(at for at, one in enumerate(listed) if one.attributes.get("numFmtId") in codes)


_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')


def _but_fill(raw: bytes) -> tuple[dict[bytes, bytes], bytes]:
    """What a style is beside its fill."""
    attributes = attributes_of(raw)
    rest = raw[raw.index(b">") :]
    return {key: value for key, value in attributes.items() if key not in {b"fillId", b"applyFill"}}, rest
