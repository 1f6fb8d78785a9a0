"""What a workbook carries unseen so that it can be read back: identity, fingerprint and the base.

The base is the plan it was built from.  It holds the meaning, not the author's comments.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from rak_excel.plan.canonical import canonical, to_json
from rak_excel.plan.model import FORMAT_VERSION, Plan
from rak_excel.sheet.grid import Book, Formula, Range, Sheet
from rak_excel.sheet.layout import Layout

CHUNK: Final = 29_900
"""Characters of the base in one cell; Excel holds 32,767, Google Sheets' own limit is higher."""


def document(plans: tuple[Plan, ...]) -> dict[str, object]:
    """The plans as JSON with their dress, which the content hash leaves out."""
    told = to_json(plans)
    for plan, one in zip(plans, told["plans"], strict=True):
        one |= {"lembar": plan.lembar, "kertas": plan.kertas, "tata_letak": plan.tata_letak}
    return told


def keys(content: str, plan: int, count: int) -> list[str]:
    """The ids of a plan's kegiatan: they name the document, the plan in it and the row of the base.

    Examples:
        >>> keys("0123456789abcdef", 0, 2)
        ['01234567-1-1', '01234567-1-2']
    """
    return [f"{content[:8]}-{plan + 1}-{number}" for number in range(1, count + 1)]


def checksum(base: str) -> str:
    """What tells whether the text of a base is still whole: CRC-32, as archives have it."""
    return f"{zlib.crc32(base.encode()):08x}"


class Shown(NamedTuple):
    """What a person sees of a sheet: each value with row and column from 0, kind and text; the merges."""

    name: str
    values: Iterable[tuple[int, int, str, str]]
    merges: Iterable[Range]


def fingerprint(sheets: Iterable[Sheet]) -> str:
    """A hash of what a person sees: each value with its place, and the merges.

    A formula counts with its result, since programs write the same formula in different words.
    """
    return seal(Shown(sheet.name, _values(sheet), _merges(sheet)) for sheet in sheets)


def seal(sheets: Iterable[Shown]) -> str:
    """The hash itself, the same for a sheet that was drawn and for one that was read."""
    import hashlib  # 4 MB that reading an edited workbook need not pay

    digest = hashlib.sha256()
    for name, values, merges in sheets:
        digest.update(json.dumps([name, sorted(values), sorted(merges)]).encode())
    return digest.hexdigest()


def _values(sheet: Sheet) -> Iterator[tuple[int, int, str, str]]:
    for row, column, _, value, *_ in sheet.visible():
        if isinstance(value, str):
            if value:
                yield row, column, "text", value
        elif value is not None:
            number = value.result if isinstance(value, Formula) else value
            whole = isinstance(number, float) and number.is_integer()
            yield row, column, "number", str(int(number) if whole else number)


def _merges(sheet: Sheet) -> Iterator[Range]:
    for row, column, _, _, rows, columns, _ in sheet.visible():
        if rows * columns > 1:
            yield Range(row, column, row + rows - 1, column + columns - 1)


def bind(
    plans: tuple[Plan, ...], layouts: Sequence[Layout], sheets: tuple[Sheet, ...], told: dict[str, object]
) -> Book:
    """Put sheets into one book that carries the plans they show; `told` is their `document`.

    The hidden sheet has the columns: key, value, -, words of the drop-down; the base follows its key in as
    many rows as it needs.
    """
    content = str(told["hash"])
    mark = fingerprint(sheets)
    facts = [
        ("format", str(FORMAT_VERSION)),
        ("layout", " ".join(f"{one.name}/{one.version}" for one in layouts)),
        ("document", content),
        ("fingerprint", mark),
        *(("sheet", sheet.name) for sheet in sheets),
    ]
    base = canonical(told)
    facts.append(("sum", checksum(base)))
    facts.extend(("base", base[at : at + CHUNK]) for at in range(0, len(base), CHUNK))
    ticks = list(dict.fromkeys(layout.tick for layout in layouts))
    words = [word for tick in ticks for word in (tick, "-")]
    facts.extend([("", "")] * (len(words) - len(facts)))
    rows = [(*fact, "", words[at]) if at < len(words) else fact for at, fact in enumerate(facts)]
    return Book(
        sheets=tuple(
            _offered(sheet, 2 * ticks.index(layout.tick))
            for sheet, layout in zip(sheets, layouts, strict=True)
        ),
        title=" ".join(f"{plans[0].judul} {plans[0].tahun}".split()),
        year=plans[0].tahun,
        carried=tuple(rows),
        properties=(
            ("rak_format", str(FORMAT_VERSION)),
            ("rak_layout", facts[1][1][:255]),
            ("rak_document", content),
            ("rak_fingerprint", mark),
        ),
    )


def _offered(sheet: Sheet, row: int) -> Sheet:
    """The sheet with its drop-downs pointing at the words of its own form, which begin in this row."""
    choices = tuple(choice._replace(source=Range(row, 3, row + 1, 3)) for choice in sheet.choices)
    return sheet if choices == sheet.choices else replace(sheet, choices=choices)
