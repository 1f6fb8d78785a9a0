"""Title lines of a workbook that no layout drew: title, year and office in any order, on one line or many.

The lines of a cell count one by one, so that a title typed with line breaks is read as if it stood in cells.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.nodes import Scalar
from rak_excel.plan.codec import LABELS
from rak_excel.sheet.sight import Sight, name

Cell = tuple[int, int]

_JUDUL: Final = re.compile(r"(?i)\b(?:rencana\s+aksi|renaksi|rapk|rak)\b")
_TAHUN: Final = re.compile(
    r"(?i)(?:\b(?:tahun(?:\s+anggaran)?|t\.?\s?a\.?)\s*[:.]?\s*)(20\d\d)\b(?!\s*[-/]\s*20\d\d)"
)
_LABEL: Final = re.compile(
    r"(?i)\s*(?:nama\s+)?(?:unit(?:\s+(?:organisasi|kerja|pelaksana))?|satuan\s+kerja|satker|perangkat\s+daerah"
    r"|opd|skpd|instansi)\s*:\s*(.*)"
)
# words that the name of an office begins with, not of a role: `Kepala Dinas` is none
_UNIT: Final = re.compile(
    r"(?i)\s*(?:sekretariat|kpu|kip|komisi|dinas|badan|balai|kecamatan|kelurahan|desa|inspektorat|puskesmas"
    r"|uptd?|rsud|rumah\s+sakit|sub\s?-?bagian|subbag|bagian|bidang|seksi|kantor|satuan|biro|direktorat|deputi"
    r"|divisi|lembaga|universitas|fakultas|politeknik|sekolah|pusat|unit|kementerian)\b"
)
_OVER: Final = re.compile(r"(?i)\s*pemerintah\b")


class _Line(NamedTuple):
    """One line of a title cell."""

    at: Cell
    text: str


class FreeTitles:
    """Title, year and office as far as the lines above a table tell them, and the lines that tell nothing."""

    def __init__(self, sight: Sight, cells: Iterable[Cell]) -> None:
        self.sight = sight
        self.titles: dict[str, Scalar] = {}
        self.rest: list[_Line] = []
        for line in self.lines(cells):
            if not self.labelled(line):
                self.plain(line)
        self.offices()

    def lines(self, cells: Iterable[Cell]) -> Iterator[_Line]:
        """The lines of all cells that hold any, in reading order."""
        for at, text in self.joined(list(cells)):
            for line in text.split("\n"):
                if line.strip():
                    yield _Line(at, line.strip())

    def joined(self, cells: list[Cell]) -> Iterator[tuple[Cell, str]]:
        """The texts of cells; a label, its colon and its value that stand side by side are one."""
        while cells:
            at = cells.pop(0)
            text = self.sight.text(*at)
            while cells and cells[0][0] == at[0]:
                beside = self.sight.text(*cells[0]).strip()
                if not beside.startswith(":") and text.strip()[-1:] != ":":
                    break
                self.sight.read.add(at)
                at = cells.pop(0)
                text = f"{text.strip()} {beside}"
            yield at, text

    def keep(self, key: str, line: _Line, text: str) -> None:
        """Keep a value; the first of two stays, and the other line is told."""
        first = self.titles.get(key)
        if first is not None:
            if " ".join(first.text.split()) != " ".join(text.split()):
                self.differs(key, line, text, first)
            return
        self.titles[key] = self.sight.scalar(*line.at, text)

    def differs(self, key: str, line: _Line, text: str, first: Scalar) -> None:
        """Tell of a value that stands in two places, and is not the same in both."""
        sel = name(first.line, first.column)
        self.sight.read.add(line.at)
        self.sight.tell(
            rules.DUA_TEMPAT_BERBEDA, line.at, text, key, bidang=LABELS[key], sel=sel, lain=first.text
        )

    def labelled(self, line: _Line) -> bool:
        """Read an office that a label names."""
        match = _LABEL.fullmatch(line.text)
        if match is None or not match[1].strip():
            return False
        self.keep("unit", line, match[1].strip())
        return True

    def plain(self, line: _Line) -> None:
        """Read a line without a label: the year is taken out, and stands between title and office."""
        match = _TAHUN.search(line.text)
        parts = [line.text]
        if match is not None:
            self.keep("tahun", line, match[1])
            around = (line.text[: match.start()], line.text[match.end() :])
            parts = [part.strip(" -,:\t") for part in around]
        for part in parts:
            if not part:
                continue
            if _JUDUL.search(part) and "judul" not in self.titles and not _UNIT.match(part):
                self.keep("judul", line, part)
            else:
                self.rest.append(_Line(line.at, part))

    def offices(self) -> None:
        """Of the lines that are left, the first that begins as an office does is the unit."""
        if "unit" in self.titles:
            return
        for pattern in (_UNIT, _OVER):
            found = next((line for line in self.rest if pattern.match(line.text)), None)
            if found is not None:
                self.keep("unit", found, found.text)
                self.rest.remove(found)
                self.sight.tell(rules.UNIT_TANPA_LABEL, found.at, found.text, "unit")
                return

    def tell_rest(self) -> None:
        """Tell of the lines that are neither title, year nor office, row by row."""
        rows: dict[int, list[_Line]] = {}
        for line in self.rest:
            rows.setdefault(line.at[0], []).append(line)
        for lines in rows.values():
            self.sight.outside.update(line.at for line in lines if not self.is_read(line.at))
            told = " | ".join(line.text for line in lines)
            self.sight.tell(rules.TEKS_DI_LUAR_TABEL, lines[0].at, told)

    def is_read(self, at: Cell) -> bool:
        """Whether a cell holds one of the values."""
        return any((one.line, one.column) == at for one in self.titles.values())


def is_title(text: str) -> bool:
    """Whether a line tells a title, a year or a labelled office.

    Examples:
        >>> is_title("Unit Kerja : Umum"), is_title("TAHUN 2026"), is_title("Lahat, 2 Januari 2026")
        (True, True, False)
    """
    return bool(_JUDUL.search(text) or _TAHUN.search(text) or _LABEL.match(text))


def is_two(text: str) -> bool:
    """Whether a text is more than the one value of a title line.

    Examples:
        >>> is_two("RENCANA AKSI TAHUN 2026"), is_two("Unit Kerja : Umum"), is_two("RENCANA AKSI KINERJA")
        (True, True, False)
    """
    return _TAHUN.search(text) is not None or _LABEL.fullmatch(text) is not None or "\n" in text.strip()
