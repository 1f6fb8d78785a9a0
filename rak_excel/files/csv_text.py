"""CSV to nodes and back: encoding, separator and line ends are found and reported.

A value's place is the physical line on which its record begins, and its number in the record from 1.
Texts that begin with `=`, `+`, `-` or `@` are data: they are read and written as they stand.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from itertools import count, islice, repeat
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, Place, shown
from rak_excel.nodes import Mapping, Node, Scalar, Sequence
from rak_excel.plan.headings import field_of, heading_of
from rak_excel.plan.model import Penandatangan, Plan
from rak_excel.plan.rows import Table, nest, unnest

SEPARATORS: Final = (",", ";", "\t")

_ROOT_KEYS: Final = frozenset({"rak", *(field.name for field in fields(Plan))} - {"sasaran", "penandatangan"})
_SIGNATORY_KEYS: Final = frozenset(field.name for field in fields(Penandatangan))
# the labels of the official sheet's title lines
_ALSO: Final = {"tahun_anggaran": "tahun", "unit_organisasi": "unit"}
_SIGNATORY: Final = re.compile(r"penandatangan(?:[._]?(\d{1,3}))?[._](.+)", re.DOTALL | re.ASCII)

_HEADED: Final = 3
"""Known fields that make a record the heading row."""
_SNIFFED: Final = 100
"""Records, blank ones apart, in which a heading row is looked for before a separator is given up."""

# what XML 1.0 cannot carry (section 2.2), and the bytes that fitted no encoding
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOST: Final = "\udfff"


class Dialect(NamedTuple):
    """How a CSV is written; `declared` tells of a first line `sep=`.

    The encoding has Python's name; both UTF-16 begin with a byte order mark, as `utf-8-sig` does.
    """

    encoding: str = "utf-8-sig"
    separator: str = ","
    newline: str = "\r\n"
    declared: bool = False

    def __str__(self) -> str:
        r"""The dialect as `-v` tells it, in words that need no language.

        Examples:
            >>> print(Dialect("cp1252", "\t", "\n"), "|", Dialect(separator=";", declared=True))
            cp1252, LF, “TAB” | utf-8-sig, CRLF, “sep=;”
        """
        separator = "TAB" if self.separator == "\t" else self.separator
        newline = self.newline.replace("\r", "CR").replace("\n", "LF")
        return f"{self.encoding}, {newline}, “{'sep=' * self.declared}{separator}”"


EXCEL: Final = Dialect()
"""What Excel opens by a double click where the comma is the list separator; else `;` is needed."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a CSV holds: its nodes, what was wrong with it, its text and how it was written.

    `fields` are the known columns in the order of the file; `roots` is empty where nothing was found.
    """

    roots: tuple[Mapping, ...]
    findings: tuple[Finding, ...]
    text: str
    sniffed: Dialect
    fields: tuple[str, ...] = ()

    def caret(self, place: Place) -> int | None:
        """The character of a physical line at which a place's value begins, from 1.

        `None` where the value begins on a later line, or is left out of its record.
        """
        start = _line_start(self.text, place.line)
        if start is None:
            return None
        at = start
        plain, quoted = _patterns(self.sniffed.separator)
        for _ in range(place.column - 1):
            match = quoted.match(self.text, at) or plain.match(self.text, at)
            at = match.end() if match else at
            if self.text[at : at + 1] != self.sniffed.separator:
                return None
            at += 1
        return None if "\n" in self.text[start:at] else at - start + 1


def read(data: bytes) -> Read:
    r"""Read a CSV as Excel, LibreOffice or a hand writes it; nothing in it raises.

    Key lines stand above the heading row, which is known by its words: the empty line between may be
    missing.  Texts keep their characters; a line break in them becomes a line feed.

    Examples:
        >>> found = read(b"tahun;2026\n\nno;sasaran;indikator;kegiatan\n1;A;x;Rapat, lagi\n")
        >>> found.sniffed.separator, found.fields
        (';', ('nomor', 'sasaran', 'indikator', 'kegiatan'))
    """
    decoded, encoding = _decode(data)
    raw = decoded.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNFIT.sub(_shown, raw)
    separator, declared = _sniff(raw)
    sniffed = Dialect(encoding, separator, _newline(decoded), declared)
    reader = _Reader(raw, separator, skip_first=declared)
    if not reader.records:
        findings = (*reader.findings, rules.BERKAS_KOSONG.at(place=Place(1, 1)))
        return Read((), findings, text, sniffed)
    root = reader.root()
    found = sorted(reader.findings, key=lambda finding: finding.place or Place(0, 0))
    return Read((root,), tuple(found), text, sniffed, reader.fields)


# --- bytes to text -------------------------------------------------------------------------------------


def _decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding; a byte that does not fit is left as a lone surrogate."""
    if data.startswith(BOM_UTF8):
        return data[3:].decode("utf-8", "surrogateescape"), "utf-8-sig"
    for mark, encoding in ((BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            try:
                return data[2:].decode(encoding), encoding
            except UnicodeDecodeError:
                return data[2:].decode(encoding, "replace").replace("\ufffd", _LOST), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
    lost = sum("\udc80" <= char <= "\udcff" for char in text)
    good = sum(char > "\x7f" for char in text) - lost
    if lost <= good:  # UTF-8, or UTF-8 with a broken byte: in cp1252, √ would be “âˆš” everywhere
        return text, "utf-8"
    return data.decode("cp1252", "surrogateescape"), "cp1252"


def _newline(text: str) -> str:
    both = text.count("\r\n")
    counted = {"\r\n": both, "\n": text.count("\n") - both, "\r": text.count("\r") - both}
    return max(counted, key=lambda mark: counted[mark])


def _shown(match: re.Match[str]) -> str:
    """What stands for an unfit character in the text that is shown."""
    return "\ufffd" if match[0] > "\x1f" else " "


# --- text to records -----------------------------------------------------------------------------------


class _Record(NamedTuple):
    """One record: the physical line it begins on, and its cells."""

    line: int
    cells: list[str]


@cache
def _patterns(separator: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A cell as it stands, and one in quotation marks, which a separator or a line's end must follow."""
    mark = re.escape(separator)
    return (
        re.compile(rf"[^{mark}\n]*+"),
        re.compile(rf' *+"([^"]*+(?:""[^"]*+)*+)" *+(?=[{mark}\n]|\Z)'),
    )


def _records(
    text: str, separator: str, findings: list[Finding], *, skip_first: bool = False
) -> Iterator[_Record]:
    """The records of a text that are not blank."""
    at, line = 0, 1
    if skip_first:
        at, line = text.find("\n") + 1 or len(text), 2
    blank = f"{separator} \t\u00a0"
    while at < len(text):
        end = _line_end(text, at)
        row = text[at:end]
        if '"' in row:
            cells, end = _quoted_record(text, at, separator, findings, line)
            if any(cell.strip() for cell in cells):
                yield _Record(line, cells)
            line += text.count("\n", at, end)
        elif row.strip(blank):
            yield _Record(line, row.split(separator))
        at, line = end + 1, line + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _quoted_record(
    text: str, at: int, separator: str, findings: list[Finding], line: int
) -> tuple[list[str], int]:
    """The cells of a record that holds quotation marks, and where it ends."""
    plain, quoted = _patterns(separator)
    cells: list[str] = []
    closed, end = True, _line_end(text, at)
    while True:
        mark = text.find('"', at, end)
        if mark < 0:
            cells += text[at:end].split(separator)
            return cells, end
        opens = True
        if mark > at:
            *before, begun = text[at:mark].split(separator)
            cells += before
            at, opens = mark - len(begun), not begun.strip(" ")
        match = quoted.match(text, at) if opens else plain.match(text, at)
        if match is not None:
            cells.append(match[1].replace('""', '"') if opens else match[0])
            at = match.end()
        else:
            # where one is not closed on its line, none after it is: no need to look again
            torn = _torn(text, at, separator) if closed else None
            closed = torn is not None
            stop = text.find(separator, at, end)
            stop = torn.end() if torn else end if stop < 0 else stop
            cells.append(_tell_torn(text[at:stop], torn, findings, Place(line, len(cells) + 1)))
            at = stop
        if not text.startswith(separator, at):
            return cells, at
        at += 1
        if at > end:
            end = _line_end(text, at)


def _torn(text: str, at: int, separator: str) -> re.Match[str] | None:
    """A quoted cell with bare quotation marks inside, if it ends on its own physical line."""
    mark = re.escape(separator)
    return re.compile(rf' *"([^\n]*?)" *(?=[{mark}\n]|\Z)').match(text, at)


def _tell_torn(cell: str, torn: re.Match[str] | None, findings: list[Finding], place: Place) -> str:
    """Report a quoted cell that is not well formed, and make the best of it.

    One that is never closed ends at the next separator, so that the rest of the file is read.
    """
    if torn is None:
        findings.append(rules.KUTIP_TIDAK_DITUTUP.at(place=place))
        return cell.lstrip(" ")[1:]
    inside = torn[1].replace('""', '"')
    findings.append(rules.KUTIP_TIDAK_DIGANDAKAN.at("", inside, place=place))
    return inside


def _line_start(text: str, line: int) -> int | None:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
        if not at:
            return None
    return at


_NAMED: Final = re.compile(r'"?sep=([^\w"\n ])\1*"?\1*(?:\n|\Z)', re.IGNORECASE)
"""The first line by which a file tells Excel its separator."""


def _sniff(text: str) -> tuple[str, bool]:
    """The separator, and whether the file names one in its first line.

    It is the one by which the heading row with the most known columns is found.
    """
    named = _NAMED.match(text)
    choices = SEPARATORS if named is None else (named[1], *SEPARATORS)
    known: dict[str, int] = {}
    for separator in choices:
        records = islice(_records(text, separator, [], skip_first=named is not None), _SNIFFED)
        known[separator] = max((len(_known(record)) for record in records), default=0)
    best = max(choices, key=lambda separator: known[separator])
    if known[best] < _HEADED:  # no heading row: the key lines tell
        best = named[1] if named else max(SEPARATORS, key=text[:2000].count)
    return best, named is not None


def _known(record: _Record) -> set[str]:
    """The fields that a record's cells mean; none where it is too short for a heading row."""
    if len(record.cells) < _HEADED:
        return set()
    return {field for cell in record.cells if (field := field_of(cell)) is not None}


# --- records to nodes ----------------------------------------------------------------------------------


class _Reader:
    """One pass over the records of one file."""

    def __init__(self, text: str, separator: str, *, skip_first: bool) -> None:
        self.separator = separator
        self.findings: list[Finding] = []
        self.fields: tuple[str, ...] = ()
        self.records = list(_records(text, separator, self.findings, skip_first=skip_first))
        if _UNFIT.search(text):
            fit = [self.fit(record) for record in self.records]
            self.records = [record for record in fit if any(cell.strip() for cell in record.cells)]

    def fit(self, record: _Record) -> _Record:
        """The record without the characters that no cell can hold; each cell that has one is told."""
        cells = []
        for column, cell in enumerate(record.cells, 1):
            match = _UNFIT.search(cell)
            if match is not None:
                self.findings.append(_unfit(match[0], Place(record.line, column)))
            cells.append(cell if match is None else _UNFIT.sub("", cell))
        return _Record(record.line, cells)

    def root(self) -> Mapping:
        """The nodes of the plan: its key lines, and the sasaran of its table."""
        at = next((i for i, record in enumerate(self.records) if len(_known(record)) >= _HEADED), None)
        if at is None:
            self.no_heading()
            lines = [record for record in self.records if _is_known(key_of(record.cells[0]))]
            return Mapping(_grouped(list(self.pairs(lines))), 1, 1)
        headings = _scalars(self.records[at])
        fields = tuple(field_of(heading.text) for heading in headings)
        self.fields = tuple(dict.fromkeys(field for field in fields if field is not None))
        lines, rows = self.records[:at], []
        for record in self.records[at + 1 :]:
            if self.is_key_line(record):
                lines.append(record)
                place = Place(record.line, 1)
                self.findings.append(rules.KUNCI_DI_BAWAH_TABEL.at("", record.cells[0].strip(), place=place))
            else:
                rows.append(_scalars(record))
        nested = nest(Table(headings, fields, tuple(rows)))
        self.findings.extend(nested.findings)
        key = Scalar("sasaran", headings[0].line, headings[0].column)
        return Mapping((*_grouped(list(self.pairs(lines))), (key, nested.sasaran)), self.records[0].line, 1)

    def no_heading(self) -> None:
        """Say that no heading row was found, at the record that is most like one."""
        best = max(self.records, key=lambda record: (len(_known(record)), len(record.cells)))
        self.findings.append(rules.PEMISAH_TIDAK_JELAS.at(place=Place(best.line, 1)))

    def is_key_line(self, record: _Record) -> bool:
        """Whether a record below the heading row is a key with its value, and no row of the table."""
        key = key_of(record.cells[0])
        if not _is_known(key) or any(cell.strip() for cell in record.cells[2:]):
            return False
        # in the first column of a table without numbers, a sasaran may well be called `unit`
        return key not in _ROOT_KEYS or self.fields[0] == "nomor"

    def pairs(self, lines: Iterable[_Record]) -> Iterator[tuple[Scalar, Scalar]]:
        """The keys with their values; what stands beside a pair is told."""
        for line, cells in lines:
            key = key_of(cells[0])
            value = cells[1] if len(cells) > 1 else ""
            first = 2 if key else 1
            beside = [column for column, cell in enumerate(cells, 1) if column > first and cell.strip()]
            if beside:
                stray = ", ".join(cells[column - 1].strip() for column in beside)
                whole = shown(f'"{self.separator.join(cells[1 : beside[-1]])}"') if key else None
                place = Place(line, beside[0])
                self.findings.append(rules.SEL_BERLEBIH.at("", stray, place=place, suggestion=whole))
            if key:
                yield Scalar(key, line, 1), Scalar(value, line, 2)


def _is_known(key: str) -> bool:
    match = _SIGNATORY.fullmatch(key)
    return key in _ROOT_KEYS or (match is not None and match[2] in _SIGNATORY_KEYS)


def _unfit(char: str, place: Place) -> Finding:
    code = ord(char)
    if char == _LOST:
        return rules.BUKAN_UTF8.at("", "U+FFFD", place=place)
    if 0xDC80 <= code <= 0xDCFF:
        return rules.BUKAN_UTF8.at("", f"0x{code & 0xFF:02X}", place=place)
    return rules.KARAKTER_KENDALI_BERKAS.at("", f"U+{code:04X}", place=place)


def _scalars(record: _Record) -> tuple[Scalar, ...]:
    return tuple(map(Scalar, record.cells, repeat(record.line), count(1)))


@lru_cache(maxsize=256)
def key_of(written: str) -> str:
    """A key in our spelling, or as it was typed where it is none of ours.

    Examples:
        >>> key_of("Tata Letak:"), key_of("Penandatangan 2 Jabatan"), key_of("Lokasi Kerja")
        ('tata_letak', 'penandatangan.2.jabatan', 'Lokasi Kerja')
    """
    bare = written.strip().rstrip(": ")
    folded = re.sub(r"_?\._?", ".", re.sub(r"[\s_-]+", "_", bare.casefold()))
    folded = _ALSO.get(folded, folded.replace("penanda_tangan", "penandatangan", 1))
    if folded in _ROOT_KEYS:
        return folded
    match = _SIGNATORY.fullmatch(folded)
    if match is None:
        return bare
    return ".".join(part for part in ("penandatangan", match[1], match[2]) if part)


def _grouped(pairs: list[tuple[Scalar, Scalar]]) -> tuple[tuple[Scalar, Node], ...]:
    """The pairs as entries, those of the signatories nested by their number; blank ones are none."""
    entries: list[tuple[Scalar, Node]] = []
    signatories: dict[int, list[tuple[Scalar, Node]]] = {}
    for key, value in pairs:
        match = _SIGNATORY.fullmatch(key.text)
        if match is None:
            entries.append((key, value))
            continue
        below = (Scalar(match[2], key.line, key.column), value)
        signatories.setdefault(int(match[1] or 1), []).append(below)
    made = [Mapping(tuple(below), below[0][0].line, 1) for _, below in sorted(signatories.items())]
    filled = [
        one for one in made if any(node.text.strip() for _, node in one.entries if isinstance(node, Scalar))
    ]
    if made:
        line = min(one.line for one in made)
        entries.append((Scalar("penandatangan", line, 1), Sequence(tuple(filled or made[:1]), line, 1)))
    return tuple(entries)


# --- one column of any table -----------------------------------------------------------------------------


class Column(NamedTuple):
    """The cells below a heading, each with its physical line; `found` tells whether the heading is there."""

    cells: tuple[tuple[int, str], ...]
    findings: tuple[Finding, ...]
    text: str
    found: bool = True


def column(data: bytes, heading: str) -> Column:
    r"""The cells of one column of a table whose first record is its heading row.

    Separator and encoding are found as for a plan; case and spaces of the heading do not matter.

    Examples:
        >>> column(b"No;Unit\n1;KPU Kabupaten Lahat\n", "unit").cells
        ((2, 'KPU Kabupaten Lahat'),)
    """
    text = _decode(data)[0].replace("\r\n", "\n").replace("\r", "\n")
    named = _NAMED.match(text)
    choices = SEPARATORS if named is None else (named[1], *SEPARATORS)
    for separator in (*choices, _NONE):
        findings: list[Finding] = []
        records = _records(text, separator, findings, skip_first=named is not None)
        first = next(records, _Record(1, []))
        at = next((n for n, cell in enumerate(first.cells) if cell.strip().casefold() == heading), None)
        # a comma in the only column of a table separates nothing
        if at is not None and (len(first.cells) > 1 or separator == _NONE):
            cells = tuple((line, cells[at] if at < len(cells) else "") for line, cells in records)
            return Column(cells, tuple(findings), _UNFIT.sub(_shown, text))
    return Column((), (), _UNFIT.sub(_shown, text), found=False)


_NONE: Final = "\0"
"""The separator of a table with one column."""


# --- nodes to bytes ------------------------------------------------------------------------------------


def write(root: Mapping, columns: tuple[str, ...], dialect: Dialect = EXCEL) -> bytes:
    """Write the nodes of a plan as a CSV, with these fields as its columns.

    Fields that a kegiatan has beside them get columns of their own at the end, so that nothing is lost.
    Where the dialect's encoding cannot hold the text, or would be taken for another, it is UTF-8 with a
    byte order mark.
    """
    rows = list(unnest(root))
    beside = dict.fromkeys(field for row in rows for field in row if row[field].strip() and field != "nomor")
    columns = tuple(dict.fromkeys((*columns, *beside)))
    lines: list[list[str]] = [[f"sep={dialect.separator}"]] if dialect.declared else []
    lines += [*_key_lines(root), []]
    lines.append([heading_of(field) for field in columns])
    lines += [[row.get(field, "") for field in columns] for row in rows]
    text = "".join(f"{_line(cells, dialect.separator)}{dialect.newline}" for cells in lines)
    mark = {"utf-16-le": BOM_UTF16_LE, "utf-16-be": BOM_UTF16_BE}.get(dialect.encoding, b"")
    written = mark + text.encode(dialect.encoding, "replace")
    return written if _decode(written)[0] == text else text.encode("utf-8-sig", "replace")


def _key_lines(root: Mapping) -> Iterator[list[str]]:
    for key, node in root.entries:
        if isinstance(node, Scalar):
            yield [key.text, node.text]
        elif key.text == "penandatangan":
            all_of_them = node.items if isinstance(node, Sequence) else (node,)
            for number, one in enumerate(all_of_them, 1):
                prefix = "penandatangan." if len(all_of_them) == 1 else f"penandatangan.{number}."
                below = one.entries if isinstance(one, Mapping) else ()
                yield from (
                    [f"{prefix}{name.text}", value.text] for name, value in below if isinstance(value, Scalar)
                )


def _line(cells: list[str], separator: str) -> str:
    return separator.join([_quoted(cell, separator) if cell else cell for cell in cells])


def _quoted(text: str, separator: str) -> str:
    """A cell's text, in quotation marks where it would not be read back without them."""
    if text.isalnum():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if separator in text or '"' in text or "\n" in text or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text
