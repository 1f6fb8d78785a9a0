"""The references in formulas: followed when rows move, translated when formulas do."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from rak_excel.files.xlsx_package.addresses import COLUMNS, ROWS, Area, column_number
from rak_excel.files.xlsx_package.moved import Moved
from rak_excel.findings import column_letters
from rak_excel.sheet.unmark import sheet_of

_CELL: Final = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_PART: Final = r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]"
_TOKEN: Final = re.compile(
    rf"""
    "(?:[^"]|"")*"                                                  # a text
    | (?P<sheet>(?:'(?:[^']|'')+'|(?:\[[^\]]*\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!)?
      (?P<ref>{_CELL}(?::{_CELL})?|\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}}|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}})
      (?![\w(!.\[])
    | (?P<name>(?:'(?:[^']|'')+'!)?[^\W\d][\w.\\?]*(?:[!(]|{_PART})?)    # a function, a name, a table
    | {_PART}                                                       # a part of the table around it
    | [0-9][0-9.]*(?:[Ee][+-]?[0-9]+)?
    """,
    re.VERBOSE,
)
_CORNER: Final = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]{0,7})")
_OPAQUE: Final = frozenset(
    {"INDIRECT(", "OFFSET(", "ADDRESS(", "ROW(", "ROWS(", "CELL(", "INDEX(", "NOW(", "TODAY(", "RAND("}
)


class _Corner(NamedTuple):
    """One end of a reference; 0 where it tells no row or no column."""

    fixed_column: bool
    column: int
    fixed_row: bool
    row: int

    @property
    def text(self) -> str:
        column = f"{'$' * self.fixed_column}{column_letters(self.column)}" if self.column else ""
        return f"{column}{'$' * self.fixed_row}{self.row}" if self.row else column


def _corner(text: str) -> _Corner | None:
    match = _CORNER.fullmatch(text)
    if match is None:
        return None
    # of whole rows, `$5`, the first sign is the row's
    fixed_row = bool(match[3]) or (not match[2] and bool(match[1]))
    corner = _Corner(
        bool(match[1]) and bool(match[2]), column_number(match[2]), fixed_row, int(match[4] or 0)
    )
    return corner if corner.row <= ROWS and corner.column <= COLUMNS and text else None


def _corners(reference: str) -> list[_Corner]:
    """The ends of a reference; none where it is no reference that Excel knows."""
    found = [_corner(part) for part in reference.split(":")]
    known = [one for one in found if one is not None]
    if len(known) < len(found) or any((not one.row) != (not known[0].row) for one in known):
        return []
    return known if len(known) > 1 or (known[0].row and known[0].column) else []


class Used(NamedTuple):
    """What a formula reads: cells of a sheet (`""` its own), or what only Excel can tell."""

    sheet: str
    area: Area | None


def used(formula: str) -> Iterator[Used]:
    """What a formula reads, as far as its text tells."""
    if "#REF!" in formula:
        yield Used("", None)
    for match in _TOKEN.finditer(formula):
        if match["ref"] is None:
            name = match["name"]
            if (
                name
                and (not name.endswith("(") or name.upper() in _OPAQUE)
                and name.upper() not in _CONSTANTS
            ) or match[0].startswith("["):
                yield Used("", None)
            continue
        corners = _corners(match["ref"])
        if not corners:
            continue
        sheet = sheet_of(match["sheet"] + "A1") if match["sheet"] else ""
        rows = [one.row or limit for one, limit in zip((corners[0], corners[-1]), (1, ROWS), strict=True)]
        columns = [
            one.column or limit for one, limit in zip((corners[0], corners[-1]), (1, COLUMNS), strict=True)
        ]
        yield Used(sheet, Area(min(rows), min(columns), max(rows), max(columns)))


_CONSTANTS: Final = frozenset({"TRUE", "FALSE"})

_Change = Callable[[str, list[_Corner]], str | None]


def _changed(formula: str, change: _Change) -> str:
    """The formula with references changed; `change` gets the sheet that one names, and its ends."""

    def of_match(match: re.Match[str]) -> str:
        if match["ref"] is None:
            return match[0]
        corners = _corners(match["ref"])
        before = match["sheet"] or ""
        made = change(sheet_of(before + "A1") if before else "", corners) if corners else None
        return match[0] if made is None else before + made

    return _TOKEN.sub(of_match, formula)


class Followed(NamedTuple):
    """A formula after rows have moved.

    `sure` tells that it means what it meant, `is_stale` that it reads several rows, of which some moved: its
    value may be another one now.
    """

    text: str
    sure: bool
    is_stale: bool = False


def follow(formula: str, moved: Moved, sheet: str, home: str) -> Followed:
    """A formula of sheet `home` after rows of `sheet` have moved.

    Examples:
        >>> from rak_excel.sheet.moving import Row, Rows
        >>> insert = Moved(Rows(5, 5, (Row(5), Row(5, is_new=True))))
        >>> follow('SUM(B2:B9)+A5+"A9"+LOG10(X!A9)', insert, "RAK", "RAK")
        Followed(text='SUM(B2:B10)+A5+"A9"+LOG10(X!A9)', sure=True, is_stale=True)
        >>> follow("RAK!$B$7", insert, "RAK", "Lain").text
        'RAK!$B$8'
    """
    doubts: list[str] = []
    stale: list[str] = []

    def change(named: str, corners: list[_Corner]) -> str | None:
        if ":" in named and "[" not in named:  # several sheets at once: ours may be among them
            doubts.append(named)
            return None
        if (named or home).lower() != sheet.lower():
            return None
        first, last = corners[0], corners[-1]
        top, bottom = sorted((first.row or 1, last.row or ROWS))
        if top < bottom and bottom >= moved.first and top <= moved.last:
            stale.append(named)
        if not first.row:
            return None
        if not moved.touches(top, bottom):
            return None
        if len(corners) == 1:
            row = moved.row(top)
            if row is None:
                doubts.append(first.text)
                return "#REF!"
            return first._replace(row=row).text
        span, sure = moved.span(top, bottom, grow=top < bottom)
        if span is None:
            doubts.append(first.text)
            return "#REF!"
        if not sure:
            doubts.append(first.text)
        return f"{first._replace(row=span.top).text}:{last._replace(row=span.bottom).text}"

    text = _changed(formula, change)
    return Followed(text, not doubts, bool(stale))


def translate(formula: str, rows: int, columns: int) -> str:
    """A formula as it stands so many rows and columns further, where Excel shares it.

    Examples:
        >>> translate("B2*$C$1+D$4", 3, 1)
        'C5*$C$1+E$4'
    """

    def change(_: str, corners: list[_Corner]) -> str:
        return ":".join(_shifted(one, rows, columns).text for one in corners)

    return _changed(formula, change)


def follow_relative(formula: str, moved: Moved, sheet: str, tops: tuple[int, int]) -> Followed:
    """A formula of a format or a check: what it says of its own row goes with its area, the rest follows.

    `tops` are the first row of its area before and after; a range that begins fixed in it, as `B$2:B2` does,
    still begins there.
    """
    doubts: list[str] = []
    before, after = tops

    def change(named: str, corners: list[_Corner]) -> str | None:
        is_here = not named or named.lower() == sheet.lower()
        if not is_here or not corners[0].row:
            return None
        if not all(one.fixed_row for one in corners):
            return ":".join(end(one).text for one in corners)
        followed = follow(":".join(one.text for one in corners), moved, sheet, sheet)
        if not followed.sure:
            doubts.append(followed.text)
        return followed.text

    def end(corner: _Corner) -> _Corner:
        if not corner.fixed_row:
            return _shifted(corner, after - before, 0)
        return corner._replace(row=after) if corner.row == before else _followed(corner, moved, doubts)

    text = _changed(formula, change)
    return Followed(text, not doubts)


def _followed(corner: _Corner, moved: Moved, doubts: list[str]) -> _Corner:
    row = moved.row(corner.row)
    if row is None:
        doubts.append(corner.text)
        return corner
    return corner._replace(row=row)


def _shifted(corner: _Corner, rows: int, columns: int) -> _Corner:
    row, column = corner.row, corner.column
    if row and not corner.fixed_row:
        row = (row - 1 + rows) % ROWS + 1
    if column and not corner.fixed_column:
        column = (column - 1 + columns) % COLUMNS + 1
    return corner._replace(row=row, column=column)
