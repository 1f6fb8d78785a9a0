"""Where on a sheet the table is, and which column holds which field: headings are known by meaning."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.plan.headings import field_of, near_field
from rak_excel.plan.model import BANDS, Plan
from rak_excel.plan.values import parse_tick, read_rupiah
from rak_excel.sheet.layout import Column, Layout
from rak_excel.sheet.sight import Sight, listed, name

_WHOLE: Final = 1_000
"""More than any number of headings is worth."""
_FIELD: Final = 3.0
"""What a column is worth that a layout and a sheet both have, and what one costs that only the layout has."""
_OWN: Final = 4.0
"""What it is worth to be the layout of the base: a column that was lost, and a little more."""
_KNOWN: Final = 3
"""Known headings that make a row the heading row."""
_SCANNED: Final = 400
"""Rows with as many short texts in which headings are looked for before a sheet is given up."""
SHORT: Final = 80
_DEEPEST: Final = 4
_ANCHORS: Final = frozenset({"sasaran", "indikator", "kegiatan"})


class Heading(NamedTuple):
    """The heading of one column: its text, what stands above it, and its cell."""

    text: str
    above: str
    row: int
    column: int


class Found:
    """A table: the layout it was recognised as, its heading rows, and the column of each field.

    `missing` are the layout's columns that are not there; `unknown` and `twice` the headings that have no
    field of their own.
    """

    __slots__ = ("columns", "first", "headings", "last", "layout", "missing", "twice", "unknown")

    def __init__(self, layout: Layout, first: int, last: int, headings: dict[int, Heading]) -> None:
        self.layout = layout
        self.first = first
        self.last = last
        self.headings = headings
        self.columns: dict[str, int] = {}
        self.unknown: list[int] = []
        self.twice: list[int] = []
        self.missing: list[Column] = []

    @property
    def missing_money(self) -> bool:
        """Whether the layout has a column of money that is not there, which is told by itself."""
        return any(column.is_money for column in self.missing)

    def label(self, field: str) -> str:
        """What the sheet or the layout calls the column of a field."""
        column = self.columns.get(field)
        if column is not None and column in self.headings:
            return " ".join(self.headings[column].text.split())
        return next((label_of(one) for one in self.layout.columns if name_of(one) == field), field)


# total rows as forms print them (Kalsel: JUMLAH TOTAL, Total Pagu)
_TOTAL: Final = re.compile(
    r"(?:grand )?(?:jumlah|total)(?: total| keseluruhan| semua)?(?: pagu| biaya| anggaran)?", re.IGNORECASE
)


def is_total_label(text: str, own: str) -> bool:
    """Whether a text is what a row of totals is called, on any form or on the one that says `own`.

    Examples:
        >>> [is_total_label(text, "") for text in ("JUMLAH :", "Total Pagu", "Jumlah laporan")]
        [True, True, False]
    """
    flat = " ".join(text.split()).rstrip(" :.")
    return _TOTAL.fullmatch(flat) is not None or (bool(own) and flat.casefold() == own.casefold())


@lru_cache(maxsize=512)
def name_of(column: Column) -> str:
    """The field of a layout's column as headings name it: `biaya`, `sasaran`, `triwulan[3]`."""
    part, _, below = column.field.partition(".")
    if below in ("", "uraian"):
        return part
    return f"{below}[{column.period}]" if column.period else below


def label_of(column: Column) -> str:
    """What a message calls a layout's column."""
    return f"{column.band} {column.heading}".strip()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A heading's letters and digits, without case."""
    return "".join(char for char in text.casefold() if char.isalnum())


def find_table(sight: Sight, layouts: Sequence[Layout], built_with: str = "") -> Found | None:
    """Find the table of a sheet, or `None` where none of its rows is a heading.

    `built_with` is the layout that the workbook or its base says it was built with: where its columns are all
    there it is that one, whatever was added; else it weighs more than another.
    """
    top = top_of(sight, layouts)
    if top is None:
        return None
    first, last = _block(sight, top)
    headings = _headings(sight, first, last)
    best: tuple[float, Found] | None = None
    for layout in layouts:
        score, found = _matched(layout, first, last, headings)
        if layout.name == built_with:
            score += _OWN if found.missing else _WHOLE
        if best is None or score > best[0]:
            best = (score, found)
    if best is None or not _ANCHORS & best[1].columns.keys():
        return None
    found = best[1]
    found.last = _past_numbers(sight, found.last)
    return found


# --- heading rows ----------------------------------------------------------------------------------------


def top_of(sight: Sight, layouts: Sequence[Layout]) -> int | None:
    """The first row that is plainly a heading."""
    scanned = 0
    for row in sight.rows:
        if len(_short(sight, row)) < _KNOWN:
            continue
        scanned += 1
        if scanned > _SCANNED:
            return None
        if is_heading(sight, row, layouts):
            return row
    return None


def is_heading(sight: Sight, row: int, layouts: Sequence[Layout]) -> bool:
    """Whether enough texts of a row are headings that the layouts or the family's forms have."""
    own = _words(tuple(layouts))
    texts = _short(sight, row)
    known = {field for text in texts if (field := _alone(text, own))}
    return len(known) >= _KNOWN and (bool(known & _ANCHORS) or any(fold(text) in own for text in texts))


def _short(sight: Sight, row: int) -> list[str]:
    return [cell.text for _, cell in sight.seen(row) if cell.kind == "text" and len(cell.text) <= SHORT]


def _words(layouts: tuple[Layout, ...]) -> frozenset[str]:
    return frozenset().union(*(_words_of(layout.columns) for layout in layouts))


@lru_cache(maxsize=32)
def _words_of(columns: tuple[Column, ...]) -> frozenset[str]:
    return frozenset(fold(column.heading) for column in columns)


def _alone(text: str, own: frozenset[str]) -> str | None:
    folded = fold(text)
    return field_of(text) or (folded if folded in own and folded else None)


def _block(sight: Sight, top: int) -> tuple[int, int]:
    """The first and last row of the heading: as deep as its merges, or with periods under a band."""
    corners = [sight.corner(top, column) for column in range(1, sight.last_column + 1)]
    bottom = min(max(sight.box(*corner)[0] for corner in corners), top + _DEEPEST - 1)
    first = max(min(row for row, _ in corners), top - _DEEPEST + 1)
    if _periods_below(sight, top - 1, top) and first == top:
        first = top - 1
    if bottom == top and _periods_below(sight, top, top + 1):
        bottom = top + 1
    return first, bottom


def _periods_below(sight: Sight, upper: int, lower: int) -> bool:
    """Whether the lower of two rows names the periods of a band in the upper one."""
    if not any(True for _ in sight.seen(upper)):
        return False
    above = ""
    count = 0
    for column, cell in sight.seen(lower):
        above = sight.text(upper, column).strip() or above
        if len(cell.text) > SHORT or len(above) > SHORT:
            return False
        # a period that stands alone, such as TW I, has values below it and no periods
        if not _is_period(field_of(above)):
            count += _is_period(field_of(cell.text, above))
    return count > 1


def _is_period(field: str | None) -> bool:
    return field is not None and field.partition("[")[0] in BANDS


def _past_numbers(sight: Sight, last: int) -> int:
    """The last heading row, with the row of column numbers below it."""
    row = next((row for row in sight.rows if row > last), None)
    if row is None:
        return last
    numbers = [cell.text.strip().strip("()") for _, cell in sight.seen(row)]
    if len(numbers) >= _KNOWN and all(number.isdecimal() and len(number) < 3 for number in numbers):
        counted = [int(number) for number in numbers]
        if counted[0] == 1 and all(after - before == 1 for before, after in pairwise(counted)):
            return row
    return last


def _headings(sight: Sight, first: int, last: int) -> dict[int, Heading]:
    """The heading of every column that has one, with the band above it."""
    made: dict[int, Heading] = {}
    band = ""
    for column in range(1, sight.last_column + 1):
        corners: list[tuple[int, int]] = []
        for row in range(first, last + 1):
            corner = sight.corner(row, column)
            if corner not in corners and sight.text(*corner).strip() and corner[0] >= first:
                corners.append(corner)
        if not corners:
            continue
        row, at = corners[-1]
        if at != column and len(corners) == 1:
            band = sight.text(row, at)
            made[column] = Heading("", band, row, column)
            continue
        above = " ".join(sight.text(*corner).strip() for corner in corners[:-1])
        if not above and row > first and band:  # the band was unmerged: its text stands over the first only
            above = band
        band = above
        made[column] = Heading(sight.text(row, at), above, row, at)
    return made


# --- fields ------------------------------------------------------------------------------------------------


def _matched(layout: Layout, first: int, last: int, headings: dict[int, Heading]) -> tuple[float, Found]:
    """The columns that a layout's fields have under these headings, and how well they fit."""
    found = Found(layout, first, last, headings)
    own = _own(layout)
    counts: dict[str, int] = {}
    for heading in headings.values():
        counts[heading.above] = counts.get(heading.above, 0) + bool(heading.text.strip())
    names = {name_of(column) for column in layout.columns}
    score = 0.0
    taken: dict[int, str] = {}
    ways: tuple[Callable[[Heading], str | None], ...] = (
        own.get_exactly,
        own.get_alone,
        lambda heading: _meant(heading, counts[heading.above]),
    )
    # a form is known by its columns first; of forms with the same columns its own words decide
    for way, worth in zip(ways, (0.3, 0.1, 0.1), strict=True):
        for column, heading in headings.items():
            name = None if column in taken or not heading.text.strip() else way(heading)
            if name is None or name in found.columns:
                continue
            found.columns[name] = column
            taken[column] = name
            score += _FIELD + worth if name in names else _FIELD * -(name == "kegiatan") - 0.5
    for column, heading in headings.items():
        if column in taken or not heading.text.strip():
            continue
        meant = own.get_exactly(heading)
        (found.unknown if meant is None else found.twice).append(column)
    found.missing = [column for column in layout.columns if name_of(column) not in found.columns]
    return score - sum(_FIELD if column.field != "nomor" else 0.5 for column in found.missing), found


class _Own(NamedTuple):
    """A layout's own headings, with and without the band above."""

    exact: dict[tuple[str, str], str]
    alone: dict[str, str]

    def get_exactly(self, heading: Heading) -> str | None:
        """The field whose heading and band these are."""
        above, text = fold(heading.above), fold(heading.text)
        return self.exact.get((above, text)) or self.exact.get(("", above + text))

    def get_alone(self, heading: Heading) -> str | None:
        """The field whose heading this is, whatever stands above."""
        return None if heading.above.strip() else self.alone.get(fold(heading.text))


@lru_cache(maxsize=32)
def _own_of(columns: tuple[Column, ...]) -> _Own:
    exact = {(fold(column.band), fold(column.heading)): name_of(column) for column in columns}
    texts = [fold(column.heading) for column in columns]
    alone = {
        text: name_of(column)
        for text, column in zip(texts, columns, strict=True)
        if texts.count(text) == 1 and not text.isdecimal()
    }
    return _Own(exact, alone)


def _own(layout: Layout) -> _Own:
    return _own_of(layout.columns)


def _meant(heading: Heading, of: int) -> str | None:
    above = " ".join(heading.above.split())
    return field_of(heading.text, above, of) or (field_of(f"{above} {heading.text}") if above else None)


# --- columns that are not plain ------------------------------------------------------------------------


def guess_columns(sight: Sight, found: Found, base: Sequence[Plan]) -> None:
    """Give a missing field the column of an unknown heading where place or base, and the values, fit.

    Every guess is told.  A heading that was deleted counts as unknown.
    """
    order = {name_of(column): at for at, column in enumerate(found.layout.columns)}
    for missing in list(found.missing):
        fits = [
            column for column in _unnamed(sight, found) if _fits(sight, found, missing, column, base, order)
        ]
        if len(fits) != 1:
            continue
        (column,) = fits
        heading = found.headings.get(column)
        at = (heading.row, heading.column) if heading else (found.first, column)
        text = heading.text if heading and heading.text.strip() else name(found.first, column)
        sight.tell(rules.KOLOM_DIDUGA, at, text, kolom=label_of(missing))
        found.columns[name_of(missing)] = column
        found.missing.remove(missing)
        if column in found.unknown:
            found.unknown.remove(column)


def tell_values(sight: Sight, found: Found) -> None:
    """Take a band of ticks that holds values for one of values; every such band is told.

    Only numbers make it one, and most of its cells: one odd text among ticks is a slip.
    """
    for field in {column.field for column in found.layout.columns if column.style == "centang"}:
        columns = [column for column in found.layout.columns if column.field == field]
        at = [found.columns[name_of(column)] for column in columns if name_of(column) in found.columns]
        texts = [text for column in at for text in _body(sight, found, column)]
        values = [text for text in texts if parse_tick(text) is None]
        if len(values) * 2 <= len(texts) or not all(map(_VALUE.fullmatch, values)):
            continue
        first = found.headings[min(at)]
        kolom = " ".join((columns[0].band if not first.above else first.above).split())
        sight.tell(rules.PITA_BERISI_NILAI, (first.row, first.column), kolom=kolom, layout=found.layout.name)
        changed = (
            replace(column, style="tengah") if column.field == field else column
            for column in found.layout.columns
        )
        found.layout = replace(found.layout, columns=tuple(changed))


_VALUE: Final = re.compile(r"\d+(?:[.,]\d+)?\s*%?")


def _unnamed(sight: Sight, found: Found) -> list[int]:
    """Columns without a known heading in which something stands."""
    known = {*found.columns.values(), *found.twice}
    first, last = min(known), max(known)
    candidates = [column for column in range(max(1, first - 1), last + 2) if column not in known]
    return [column for column in candidates if next(_body(sight, found, column), None) is not None]


def _body(sight: Sight, found: Found, column: int) -> Iterator[str]:
    """The texts of a column below the heading, as far as rows of the table go."""
    beside = [at for field, at in found.columns.items() if field not in ("nomor", "sasaran")]
    for row in sight.filled(found.last + 1, sight.last_row):
        cells = sight.rows[row]
        cell = cells.get(column)
        if cell is not None and cell.text.strip() and sum(at in cells for at in beside) > 1:
            yield cell.text.strip()


def _fits(
    sight: Sight, found: Found, missing: Column, column: int, base: Sequence[Plan], order: dict[str, int]
) -> bool:
    texts = list(_body(sight, found, column))
    known = _base_texts(missing, base)
    if known and not missing.period:
        return sum(" ".join(text.split()) in known for text in texts) * 2 >= len(texts)
    if not _between(found, missing, column, order):
        return False
    if missing.style == "centang":
        ticks = [text == found.layout.tick or parse_tick(text) for text in texts]
        return None not in ticks and True in ticks
    return missing.style == "rupiah" and all(
        read_rupiah(text).amount is not None or text == "-" for text in texts
    )


def _between(found: Found, missing: Column, column: int, order: dict[str, int]) -> bool:
    """Whether a column stands between the neighbours that the layout gives the missing one."""
    at = order[name_of(missing)]
    near = {order[field]: where for field, where in found.columns.items() if field in order}
    left = [where for index, where in near.items() if index == at - 1]
    right = [where for index, where in near.items() if index == at + 1]
    return (
        bool(left or right)
        and all(where < column for where in left)
        and all(column < where for where in right)
    )


def _base_texts(missing: Column, base: Sequence[Plan]) -> frozenset[str]:
    """The values that the base has in a column, as texts."""
    part, _, below = missing.field.partition(".")
    values: set[object] = set()
    for plan in base:
        if part == "sasaran":
            values.update(one.uraian for one in plan.sasaran)
        elif part == "indikator":
            values.update(one.uraian for goal in plan.sasaran for one in goal.indikator)
        elif part == "kegiatan" and not missing.period:
            values.update(getattr(one, below) for one in plan.kegiatan)
    values.discard("")
    return frozenset("-" if value is None else " ".join(str(value).split()) for value in values)


def tell_columns(sight: Sight, found: Found) -> None:
    """Tell what is missing, twice or unknown among the columns, with what stands in them."""
    for column in found.missing:
        if column.field != "nomor":
            sight.tell(rules.KOLOM_HILANG, (found.last, 1), kolom=label_of(column), path="sasaran")
    for at in found.twice:
        heading = found.headings[at]
        sight.tell(rules.KOLOM_BERULANG, (heading.row, heading.column), heading.text)
    for at in found.unknown:
        heading = found.headings[at]
        cells = [
            (row, at) for row in sight.filled(found.last + 1, sight.last_row) if (row, at) in sight.outside
        ]
        isi = listed((row, column, sight.text(row, column)) for row, column in cells) or "-"
        suggestion = near_field(heading.text) if len(heading.text) <= SHORT else None
        sight.tell(
            rules.KOLOM_TIDAK_DIKENAL,
            (heading.row, heading.column),
            heading.text,
            isi=isi,
            suggestion=suggestion,
        )
