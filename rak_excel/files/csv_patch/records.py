"""A CSV as records that remember how they were typed: joined again, they are the file."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rak_excel.files.csv_text import Dialect

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_MARKS: Final = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
_CODECS: Final = {"utf-8-sig": "utf-8"}


class Cell(NamedTuple):
    """A cell as it was typed, and its text."""

    raw: str
    text: str

    @property
    def quoted(self) -> bool:
        """Whether it stands in quotation marks."""
        return self.raw.lstrip(" ").startswith('"')


class Record:
    """One record: the physical line it begins on (0 for a new one), its cells and its line break."""

    def __init__(self, cells: Sequence[Cell], end: str, line: int = 0) -> None:
        self.cells = list(cells)
        self.end = end
        self.line = line

    def copy(self) -> "Record":
        """A record that can be changed."""
        return Record(self.cells, self.end, self.line)

    def text(self, column: int | None) -> str:
        """The text of a cell, blank where the record is shorter."""
        return self.cells[column].text if column is not None and column < len(self.cells) else ""

    @property
    def blank(self) -> bool:
        """Whether nothing is typed in it."""
        return not any(cell.text.strip("\u00a0 \t\n") for cell in self.cells)

    def put(self, column: int, text: str, separator: str, *, quoted: bool = False) -> None:
        """Set the text of a cell, in quotation marks if it had them or needs them."""
        while len(self.cells) <= column:
            self.cells.append(Cell("", ""))
        cell = self.cells[column]
        if cell.text.strip() != text:
            self.cells[column] = cell_of(text, separator, quoted=quoted or cell.quoted)


def cell_of(text: str, separator: str, *, quoted: bool) -> Cell:
    """A cell with a text, in quotation marks where it is told to have them or could not be read without.

    Examples:
        >>> cell_of("a,b", ",", quoted=False).raw, cell_of("a,b", ";", quoted=False).raw
        ('"a,b"', 'a,b')
    """
    needs = separator in text or '"' in text or "\n" in text or text != text.strip()
    doubled = text.replace('"', '""')
    return Cell(f'"{doubled}"' if needs or quoted else text, text)


class Sheet(NamedTuple):
    """The records of a file; `first` is a line `sep=` that comes before them."""

    first: str
    records: list[Record]
    dialect: Dialect

    def bytes(self, *, safe: bool = False) -> bytes:
        """The file with these records; `safe` is UTF-8 with a byte order mark, which holds everything."""
        separator, last = self.dialect.separator, self.records[-1] if self.records else None
        lines = (
            separator.join(cell.raw for cell in record.cells)
            + (record.end or ("" if record is last else self.dialect.newline))
            for record in self.records
        )
        text = self.first + "".join(lines)
        encoding = self.dialect.encoding
        if not safe:
            try:
                return _MARKS.get(encoding, b"") + text.encode(
                    _CODECS.get(encoding, encoding), "surrogateescape"
                )
            except UnicodeEncodeError:
                pass
        return text.encode("utf-8-sig", "surrogateescape")


def sheet_of(data: bytes, dialect: Dialect) -> Sheet:
    """The records of a file that was read, blank lines among them."""
    mark = _MARKS.get(dialect.encoding, b"")
    text = data[len(mark) :].decode(_CODECS.get(dialect.encoding, dialect.encoding), "surrogateescape")
    start = 0
    if dialect.declared:
        found = _BREAK.search(text)
        start = found.end() if found is not None else len(text)
    return Sheet(text[:start], list(_records(text, start, dialect)), dialect)


def _records(text: str, start: int, dialect: Dialect) -> Iterator[Record]:
    """Cut the text as the reader does."""
    mark = re.escape(dialect.separator)
    ends = rf"(?=[{mark}\r\n]|\Z)"
    plain = re.compile(rf"[^{mark}\r\n]*+")
    closed = re.compile(rf' *+"([^"]*+(?:""[^"]*+)*+)" *+{ends}')
    torn = re.compile(rf' *"([^\r\n]*?)" *{ends}')
    at, line = start, 2 if dialect.declared else 1
    while at < len(text):
        cells: list[Cell] = []
        begun = at
        while True:
            found = closed.match(text, at) or torn.match(text, at)
            if found is not None:
                cells.append(Cell(found[0], _with_line_feeds(found[1].replace('""', '"'))))
            else:
                found = plain.match(text, at)
                cells.append(Cell(text[at : found.end()], text[at : found.end()]) if found else Cell("", ""))
            at = found.end() if found is not None else at
            if text[at : at + 1] != dialect.separator:
                break
            at += 1
        stop = _BREAK.match(text, at)
        end = stop[0] if stop is not None else ""
        at += len(end)
        yield Record(cells, end, line)
        line += len(_BREAK.findall(text, begun, at))


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def usual(texts: Iterator[str], otherwise: str) -> str:
    """The text that is typed most often."""
    counted = Counter(texts).most_common(1)
    return counted[0][0] if counted else otherwise
