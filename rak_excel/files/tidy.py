"""Tidy tables as CSV and JSON: one row an activity, written row by row, for programs to read.

A CSV is that of RFC 4180 in UTF-8: commas, CRLF, quotes where they are needed; ticks are `true` and `false`,
a blank is nothing at all.  A JSON holds one row a line, and a seal over the rows.  Amounts are exact integers
of any size, and texts stay as they are, those too that Excel would run as a formula: what Excel is to open is
a workbook.
"""

import codecs
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from rak_excel.plan.consolidation import KegiatanRow

COLUMNS: Final = KegiatanRow._fields
"""The columns, in the order of both forms."""

_ROWS: Final = 500
"""How many rows a piece holds."""
_END: Final = "\r\n"
_HEADING: Final = (",".join(COLUMNS) + _END).encode()

_OPEN: Final = b'{"version":1,"what":"rak consolidate","rows":['
_SEAL: Final = '\n],"count":{count},"sha256":"{seal}"}}\n'


def csv_parts(rows: Iterable[KegiatanRow]) -> Iterator[bytes]:
    r"""A CSV, piece by piece.

    Examples:
        >>> b"".join(csv_parts([])).startswith(b"no_unit,unit,kode_wilayah,")
        True
    """
    yield _HEADING
    for some in _several(rows):
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator=_END).writerows(map(_texts, some))
        yield out.getvalue().encode()


def _texts(row: KegiatanRow) -> Iterator[object]:
    return (("true" if value else "false") if isinstance(value, bool) else value for value in row)


def json_parts(rows: Iterable[KegiatanRow]) -> Iterator[bytes]:
    """A JSON of `{"version": 1, "what": ..., "rows": [...], "count": ..., "sha256": ...}`, piece by piece.

    `sha256` is of all that stands from the first row to the last.
    """
    yield _OPEN
    seal, count = hashlib.sha256(), 0
    for some in _several(rows):
        lines = [json.dumps(row._asdict(), ensure_ascii=False, separators=(",", ":")) for row in some]
        part = ("," if count else "") + "\n" + ",\n".join(lines)
        count += len(lines)
        seal.update(part.encode())
        yield part.encode()
    yield _SEAL.format(count=count, seal=seal.hexdigest()).encode()


def _several(rows: Iterable[KegiatanRow]) -> Iterator[list[KegiatanRow]]:
    some: list[KegiatanRow] = []
    for row in rows:
        some.append(row)
        if len(some) == _ROWS:
            yield some
            some = []
    if some:
        yield some


# --- what stands there already -----------------------------------------------------------------------------


def csv_untouched(parts: Iterable[bytes]) -> bool | None:
    """Whether a CSV is as it was written; `None` where it is none of ours.

    A CSV has no room for a seal.  What a spreadsheet saves has another form (a mark at its beginning, other
    separators, quotes or line ends), and is known by it; a value changed in a plain editor is not.
    """
    lines = _lines(parts)
    head = next(lines, "")
    names = head.strip("\ufeff\r\n").replace('"', "").replace(";", ",").replace("\t", ",")
    if tuple(names.split(",")) != COLUMNS:
        return None
    if head.encode() != _HEADING:
        return False
    seen, written = hashlib.sha256(), hashlib.sha256()

    def read() -> Iterator[str]:
        for line in lines:
            seen.update(line.encode())
            yield line

    try:
        for record in csv.reader(read(), strict=True):
            out = io.StringIO(newline="")
            csv.writer(out, lineterminator=_END).writerow(record)
            written.update(out.getvalue().encode())
    except csv.Error:
        return False
    return seen.digest() == written.digest()


def json_untouched(parts: Iterable[bytes]) -> bool | None:
    """Whether a JSON is as it was written, by its seal; `None` where it is none of ours."""
    seal, begun, held = hashlib.sha256(), False, b""
    for part in parts:
        held += part
        if not begun and len(held) >= len(_OPEN):
            if not held.startswith(_OPEN):
                return None
            held, begun = held[len(_OPEN) :], True
        if begun and len(held) > _LONGEST_SEAL:
            seal.update(held[:-_LONGEST_SEAL])
            held = held[-_LONGEST_SEAL:]
    last, bracket, end = held.rpartition(b"\n],")
    if not begun or not bracket:
        return False if begun else None
    seal.update(last)
    return re.fullmatch(rb'"count":\d+,"sha256":"%s"}\n' % seal.hexdigest().encode(), end) is not None


_LONGEST_SEAL: Final = 200


def _lines(parts: Iterable[bytes]) -> Iterator[str]:
    """The lines of a text with their ends; what is no UTF-8 is shown as such, and so is none of ours."""
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    rest = ""
    for part in parts:
        *lines, rest = (rest + decode(part)).split("\n")
        for line in lines:
            yield f"{line}\n"
    rest += decode(b"", final=True)
    if rest:
        yield rest
