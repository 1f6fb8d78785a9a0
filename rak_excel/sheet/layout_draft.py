"""A layout drafted from somebody's workbook: its columns, its page, its titles and its signatures, as data.

It says what the workbook says.  Where that had to be guessed a comment begins with *diduga*, and what has no
place in a layout is a comment alone and a finding.
"""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, Words, column_letters
from rak_excel.nodes import Mapping
from rak_excel.plan.headings import near_field
from rak_excel.plan.model import BANDS, SCHEDULES
from rak_excel.plan.values import NIHIL, parse_tick, read_rupiah
from rak_excel.sheet.body import Body
from rak_excel.sheet.draft_frame import Around, around
from rak_excel.sheet.draft_page import Line, digit_pixels, page_lines, plain, quoted
from rak_excel.sheet.layout import Layout
from rak_excel.sheet.recognise import recognise
from rak_excel.sheet.seen import SeenBook, Worn
from rak_excel.sheet.sight import Sight
from rak_excel.sheet.table import Found, find_table


class Drafted(NamedTuple):
    """The text of a layout, what could not be placed, and how much was guessed; `""` where no table is."""

    text: str
    findings: tuple[Finding, ...]
    guesses: int = 0


class Drawn(NamedTuple):
    """One entry of the columns: its field, the columns of the sheet that it stands for, and its width."""

    field: str
    first: int
    last: int
    width: float
    words: str
    comment: str = ""


def draft(book: SeenBook, layouts: Sequence[Layout], name: str, file: str) -> Drafted:
    """Draft a layout of a name from the first sheet with a table; `layouts` are the forms to know it by."""
    made = recognise(book, layouts)
    if not made.sheets:
        return Drafted("", tuple(one for one in made.findings if one.rule is rules.TABEL_TIDAK_ADA))
    read = made.sheets[0]
    sheet = book.sheet(read.sheet)
    found = find_table(sight := Sight(sheet), layouts) if sheet is not None else None
    if found is None:
        raise RuntimeError("a table was found, and then was not")
    return _Draft(sight, found, read.root).drafted(name, file)


_ALIGNED: Final = {"center": "tengah", "right": "kanan"}
_MERGED: Final = {"nomor": "sasaran", "sasaran": "sasaran", "indikator": "indikator", "biaya": "bersama"}
_CENTRED: Final = ("nomor", "target", "satuan", "kode")
_GUESS: Final = "diduga: "


class _Draft:
    """One sheet becomes the lines of a layout."""

    def __init__(self, sight: Sight, found: Found, root: Mapping) -> None:
        self.sight, self.found, self.root = sight, found, root
        self.body = Body(sight, found)
        self.findings: list[Finding] = []
        self.fields = {column: field for field, column in found.columns.items()}
        self.drawn: list[Drawn] = []
        self.table: list[Line] = []
        # a line of the title close above the table is no band: it would stand over every column
        over = {one.above.strip() for one in found.headings.values()}
        self.titled = len(over) == 1 and over != {""}
        self.first = found.first + self.titled
        self.columns()

    def drafted(self, name: str, file: str) -> Drafted:
        """The whole text."""
        around_it = around(self.sight, self.first, self.body.last, self.root, self.spans())
        self.findings.extend(around_it.findings)
        sheet = self.sight.sheet
        lines = [
            Line(f"# Dirancang dari {plain(file)}, lembar {plain(sheet.name)}, oleh rak layout new."),
            Line("# Yang bertanda “diduga” tidak dikatakan berkas itu: periksa dan ubah bila perlu."),
            Line(f"layout: {name}"),
            Line("version: 1"),
            Line(f"about: {quoted(f'Rencana aksi, menurut {file}')}"),
            Line(),
            *page_lines(sheet.dress, self.worn(self.found.last + 1), self.width()),
            Line(),
            *around_it.titles,
            Line(),
            *self.styles(around_it),
            Line("# lebar kolom dalam satuan Excel"),
            Line("columns:", "" if self.has_widths else f"{_GUESS}lebar kolom tidak disebut"),
            *self.table,
            Line(),
            *self.below(),
            *around_it.signature,
        ]
        guesses = sum(_GUESS in line.comment for line in lines)
        text = "".join(f"{line.written}\n" for line in lines)
        return Drafted(re.sub(r"\n{3,}", "\n\n", text), tuple(self.findings), guesses)

    def tell(self, column: int, sebab: Words) -> None:
        """A heading has no place in the layout."""
        heading = self.found.headings[column]
        value = f"{self.above(column)} {heading.text}".strip()
        suggestion = near_field(heading.text)
        place = self.sight.place(heading.row, heading.column)
        self.findings.append(
            rules.TIDAK_DITEMPATKAN.at("", value, place=place, suggestion=suggestion, sebab=sebab)
        )
        at = f"{column_letters(heading.column)}{heading.row}"
        asked = f"{{field: ?, heading: {quoted(value)}, width: {self.widths(column, column):g}}}"
        self.table.append(Line(f"  # - {asked}", f"{at}: {sebab.id}"))

    # --- columns ---

    def columns(self) -> None:
        """Every heading as an entry, or as a comment."""
        done: set[str] = set()
        for column, heading in sorted(self.found.headings.items()):
            if not heading.text.strip():
                continue
            field = self.fields.get(column)
            key, period, _ = (field or "").partition("[")
            if field is None:
                self.tell(column, _TWICE if column in self.found.twice else _UNKNOWN)
            elif period and key not in done:
                done.add(key)
                self.band(key)
            elif not period:
                self.single(field, column)
        if not self.drawn:
            self.table.append(Line("  []"))

    def single(self, field: str, column: int) -> None:
        """A column of its own."""
        heading = self.found.headings[column]
        last = max(self.sight.box(heading.row, heading.column)[1], column)
        above = self.above(column)
        words = " ".join(f"{above} {heading.text}".split())
        comment = ""
        if last > column:
            comment = f"{_GUESS}di berkas itu kolom {column_letters(column)}-{column_letters(last)}"
        path = field if field == "nomor" else _PATHS.get(field, f"kegiatan.{field}")
        style = "rupiah" if field == "biaya" else self.style(field, column)
        merge = f", merge: {_MERGED[field]}" if field in _MERGED else ""
        if field in _MERGED and field != "biaya" and not comment and self.repeats(field):
            comment = f"{_GUESS}di berkas itu diulang di tiap baris"
        if column in self.sight.sheet.hidden_columns:
            comment = f"{_GUESS}kolomnya disembunyikan di berkas itu"
        if above:
            comment = f"{_GUESS}judul di atasnya digabung ke sini"
        if re.search(r"20\d\d", words):
            comment = f"{_GUESS}tahun di judul ini tidak berganti sendiri"
        width = self.widths(column, last)
        told = f"field: {path}, heading: {quoted(words)}, width: {width:g}, style: {style}{merge}"
        self.draw(Drawn(path, column, last, width, told, comment))

    def above(self, column: int) -> str:
        """What stands over a heading, and over some others but not over all."""
        return "" if self.titled else " ".join(self.found.headings[column].above.split())

    def style(self, field: str, column: int) -> str:
        """How the values of a column are aligned, as the first of them is."""
        look = self.worn(self.found.last + 1, column)
        if look is None or not look.align:
            return "tengah" if field in _CENTRED else "teks"
        return _ALIGNED.get(look.align, "teks")

    def repeats(self, field: str) -> bool:
        """Whether neighbouring rows have one text, each in a cell of its own."""
        parts = [line.parents.get(field) for line in self.body.lines]
        told = [(part.top, part.cell.text) for part in parts if part is not None and part.cell.text]
        return any(one[1] == other[1] and one[0] != other[0] for one, other in pairwise(told))

    def band(self, key: str) -> None:
        """The periods under one heading as one entry, where they are whole and in order."""
        count = BANDS[key]
        columns = {
            int(field.partition("[")[2][:-1]): column
            for field, column in self.found.columns.items()
            if field.partition("[")[0] == key
        }
        order = [columns.get(number) for number in range(1, count + 1)]
        first = order[0]
        sebab = None
        if first is None or order != list(range(first, first + count)):
            sebab = Words(f"harus {count} periode berurutan", f"it must be {count} periods side by side")
        elif key in SCHEDULES and any(one.field.rpartition(".")[2] in SCHEDULES for one in self.drawn):
            sebab = Words("jadwal sudah ada di kolom lain", "there is a schedule in other columns")
        if sebab is not None or first is None:
            for column in sorted(columns.values()):
                self.tell(column, sebab or _UNKNOWN)
            return
        headings = [self.found.headings[column] for column in range(first, first + count)]
        above = self.above(first)
        comment = "" if above else f"{_GUESS}tidak ada judul di atas periodenya"
        kind, guess = self.kind(key)
        periods = ", ".join(quoted(" ".join(one.text.split())) for one in headings)
        width = max(self.widths(column, column) for column in range(first, first + count))
        told = (
            f"field: kegiatan.{key}, band: {quoted(above or _BAND[key])}, periods: [{periods}], "
            f"kind: {kind}, width: {width:g}"
        )
        self.draw(Drawn(f"kegiatan.{key}", first, first + count - 1, width * count, told, comment or guess))

    def kind(self, key: str) -> tuple[str, str]:
        """What stands in the periods: ticks, values, or money; with a word where nothing stands there."""
        texts = [
            text
            for line in self.body.lines
            for number in range(1, BANDS[key] + 1)
            if (text := line.text(f"{key}[{number}]")) and text.lower() not in NIHIL
        ]
        if key in SCHEDULES:
            if not texts:
                return "tick", f"{_GUESS}centang, sebab semua barisnya kosong"
            ticked = all(parse_tick(text) is not None for text in texts)
            return "tick" if ticked else "value", ""
        amounts = [read_rupiah(text).amount for text in texts]
        if not texts:
            return "rupiah", f"{_GUESS}rupiah, sebab semua barisnya kosong"
        whole = all(amount is not None for amount in amounts)
        return "rupiah" if whole and max(amount or 0 for amount in amounts) >= _MONEY else "value", ""

    def draw(self, one: Drawn) -> None:
        """An entry, as it is written."""
        self.drawn.append(one)
        self.table.append(Line(f"  - {{{one.words}}}", one.comment))

    # --- what is measured ---

    def widths(self, first: int, last: int) -> float:
        """The width of columns together, as Excel's dialogue counts it for Arial 10, in halves."""
        dress = self.sight.sheet.dress
        wide = 0.0
        for column in range(first, last + 1):
            if dress is not None:
                pixels = dress.widths.get(column, dress.usual_width) * digit_pixels(dress.normal)
                wide += max(pixels - _PADDING, 0) / _DIGIT
        return min(max(math.ceil(2 * wide - _SLACK) / 2, 2), 120)

    @property
    def has_widths(self) -> bool:
        """Whether the file tells how wide its columns are."""
        dress = self.sight.sheet.dress
        return dress is not None and bool(dress.widths)

    def width(self) -> float:
        """The width of the table."""
        return sum(one.width for one in self.drawn)

    def worn(self, row: int, column: int | None = None) -> Worn | None:
        """How a cell looks; without a column the first that is drawn."""
        dress = self.sight.sheet.dress
        at = column if column is not None else min((one.first for one in self.drawn), default=1)
        return dress.looks.get((row, at)) if dress is not None else None

    def spans(self) -> list[tuple[str, int, int, float]]:
        """The fields from left to right, with their columns on the sheet and their widths."""
        return [(one.field, one.first, one.last, one.width) for one in self.drawn]

    # --- what else the layout says ---

    def styles(self, around_it: Around) -> Iterator[Line]:
        """How the roles look, where that is not as usual."""
        told: list[str] = []
        body = self.worn(self.found.last + 1)
        head = self.worn(self.first)
        size = body.size if body is not None else 0
        if around_it.title is not None and around_it.title.size and around_it.title.size != size:
            told.append(f"judul: {{size: {min(max(around_it.title.size, 6), 24):g}}}")
        if head is not None:
            looks = [f'fill: "{head.fill}"'] if head.fill not in ("", "#FFFFFF") else []
            looks += [] if head.bold else ["bold: false"]
            told += [f"kepala: {{{', '.join(looks)}}}"] if looks else []
        if any(look is not None and look.valign == "top" for look in self.texts()):
            told.append("teks: {valign: top}")
        if around_it.name is not None:
            told.append(
                "nama: {underline: true}" if around_it.name.bold else "nama: {bold: false, underline: true}"
            )
        if told:
            yield Line("styles:")
            yield from (Line(f"  {one}") for one in told)
            yield Line()

    def texts(self) -> Iterator[Worn | None]:
        """How the texts of the first row look."""
        for one in self.drawn:
            if "style: teks" in one.words:
                yield self.worn(self.found.last + 1, one.first)

    def below(self) -> Iterator[Line]:
        """The row of column numbers, and the total."""
        first = min(self.found.headings)
        cell = self.sight.cell(self.found.last, first)
        if cell is not None and cell.text.strip().strip("()") == "1" and self.found.last > self.found.first:
            yield Line("column_numbers: true", "baris 1, 2, 3 … di bawah judul kolom")
            yield Line()
        row = self.body.total
        fields = [
            one.field
            for one in self.drawn[1:]
            if row is not None
            and ("style: rupiah" in one.words or "kind: rupiah" in one.words)
            and any(self.sight.cell(row, at) is not None for at in range(one.first, one.last + 1))
        ]
        if row is not None and fields:
            label = next((cell.text for _, cell in self.sight.seen(row) if cell.kind == "text"), "JUMLAH")
            told = fields[0] if len(fields) == 1 else f"[{', '.join(fields)}]"
            yield Line(f"total: {{label: {quoted(label)}, field: {told}}}")
            yield Line()


_PATHS: Final = {"sasaran": "sasaran.uraian", "indikator": "indikator.uraian", "kegiatan": "kegiatan.uraian"}
_PADDING: Final = 5
_DIGIT: Final = 7
"""Pixels of padding in a column, and of a digit as a layout's widths count it (ECMA-376, 18.3.1.13)."""
_SLACK: Final = 0.15
"""Of half a digit: what a width loses where it is rounded to pixels."""
_MONEY: Final = 1_000
_UNKNOWN: Final = Words("judulnya tidak dikenal", "its heading is not known")
_TWICE: Final = Words("judul ini sudah dipakai kolom lain", "another column has this heading already")
_BAND: Final = {
    "triwulan": "Triwulan",
    "bulan": "Bulan",
    "semester": "Semester",
    "anggaran_triwulan": "Anggaran",
    "realisasi_triwulan": "Realisasi",
}
