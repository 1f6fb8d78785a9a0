"""Several tables on one sheet: where each begins, with its own title, is cut before anything is read.

A heading that only repeats, below the same title or none, is no table of its own: each page of a copy has it.
Where a signature stands in between, it is one all the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from rak_excel.sheet.layout import Layout
from rak_excel.sheet.seen import SeenSheet
from rak_excel.sheet.sight import Sight
from rak_excel.sheet.table import SHORT, fold, is_heading, top_of
from rak_excel.sheet.titles import is_title

_ABOVE: Final = 8
"""Rows above a heading in which its title is looked for."""
_MOST_CELLS: Final = 2
"""Cells of a title row; a row of the table has more."""


def parts(sheet: SeenSheet, layouts: Sequence[Layout]) -> tuple[SeenSheet, ...]:
    """The sheet cut above the title of every further table; the whole sheet where there is one table."""
    sight = Sight(sheet)
    top = top_of(sight, layouts)
    if top is None:
        return (sheet,)
    begins = [0, *_begins(sight, layouts, top)]
    ends = [*(row - 1 for row in begins[1:]), sight.last_row]
    if len(begins) == 1:
        return (sheet,)
    return tuple(_part(sheet, first, last) for first, last in zip(begins, ends, strict=True))


def _begins(sight: Sight, layouts: Sequence[Layout], top: int) -> Iterator[int]:
    """The rows in which the titles of the tables after the first one begin."""
    heads = {fold(cell.text) for _, cell in sight.seen(top)}
    own = _texts(sight, 1, top - 1)
    before = top
    for row, cells in sight.rows.items():
        if row <= top + 1 or not any(
            cell.kind == "text" and len(cell.text) <= SHORT and fold(cell.text) in heads
            for cell in cells.values()
        ):
            continue
        if not is_heading(sight, row, layouts):
            continue
        first = _title_above(sight, before, row)
        signed = [at for at in sight.filled(before + 1, (first or row) - 1) if _is_signed(sight, at)]
        texts = _texts(sight, first or row, row - 1)
        if signed or not texts <= own:
            own = texts
            yield first or signed[-1] + 1
        before = row


def _title_above(sight: Sight, before: int, heading: int) -> int | None:
    """The first row of the title above a heading, with the lines that stand directly above it."""
    rows = sight.filled(max(before + 1, heading - _ABOVE), heading - 1)
    near = [row for row in rows if _is_line(sight, row)]
    titled = [row for row in near if any(is_title(cell.text) for _, cell in sight.seen(row))]
    if not titled:
        return None
    first = titled[0]
    while first - 1 in near:
        first -= 1
    return first


def _is_line(sight: Sight, row: int) -> bool:
    """Whether a row may be one of a title: few cells, and no NIP that closes a signature."""
    texts = [cell.text.strip() for _, cell in sight.seen(row)]
    return 0 < len(texts) <= _MOST_CELLS and not any(_closes(text) for text in texts)


def _is_signed(sight: Sight, row: int) -> bool:
    return any(cell.text.strip().lstrip("'")[:3].casefold() == "nip" for _, cell in sight.seen(row))


def _closes(text: str) -> bool:
    bare = text.lstrip("'")
    return bare[:3].casefold() == "nip" or bare.replace(" ", "").isdecimal()


def _texts(sight: Sight, first: int, last: int) -> frozenset[str]:
    return frozenset(
        " ".join(cell.text.split()) for row in sight.filled(first, last) for _, cell in sight.seen(row)
    )


def _part(sheet: SeenSheet, first: int, last: int) -> SeenSheet:
    """The rows of a sheet from one to another, each with the number it has."""
    return replace(
        sheet,
        rows={row: cells for row, cells in sheet.rows.items() if first <= row <= last},
        merges=tuple(one for one in sheet.merges if first <= one.first_row + 1 and one.last_row + 1 <= last),
        hidden_rows=frozenset(row for row in sheet.hidden_rows if first <= row <= last),
        notes={at: text for at, text in sheet.notes.items() if first <= at[0] <= last},
        pictures=tuple(at for at in sheet.pictures if first <= at[0] <= last),
    )
