"""Findings as listings, each with a link to its file and cell; the report of `rak check --report`."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from rak_excel.findings import SEVERITY, Finding, Language, Severity, Words
from rak_excel.sheet.listing import (
    FONT,
    HEIGHT,
    ROLES,
    SIZE,
    Column,
    Field,
    Frame,
    Listing,
    ListingBook,
    Live,
    Plain,
    Spot,
    Table,
    Tint,
    Value,
)
from rak_excel.sheet.measure import Measure, whole

FOOTER: Final = Words("halaman {halaman} dari {jumlah_halaman}", "page {halaman} of {jumlah_halaman}")
TOTAL: Final = Words("Jumlah", "Total")
OPEN: Final = Words("buka", "open")
"""What a link is called."""

RED: Final = ("#FBE5E3", "#8C1D18")
AMBER: Final = ("#FFF3D9", "#7A5200")
BLUE: Final = ("#E8EEF7", "#33507A")
GREEN: Final = ("#E4F1E7", "#2E6B3E")
GREY: Final = ("#EFEFEF", "#595959")
"""Fill and ink of what is told, quiet enough for a list of hundreds."""

_QUIET: Final = {Severity.ERROR: RED, Severity.WARNING: AMBER, Severity.NOTE: BLUE}
_TARGET: Final = 255
"""Characters of a link's target, the most that HYPERLINK takes."""

_QUOTE: Final = 300
"""Characters of what was written that are quoted."""

_REMEMBERED: Final = 5_000
"""Rows after which measured texts are forgotten, so that a long list needs no more memory."""

_HIGHEST: Final = 409.0
_PATH: Final = re.compile(r"\S*/\S*")
_INDENT: Final = 1.5
"""What the indent of a text takes of its column's width."""

Told: TypeAlias = tuple[int | None, str, Finding]
"""The number and name of the unit that a finding is about, and the finding."""


class Checked(NamedTuple):
    """One file that was checked: its form, the offices of its plans, and how many kegiatan they have."""

    file: str
    form: str
    units: tuple[str, ...]
    kegiatan: int


# --- shared with the recapitulation ----------------------------------------------------------------------


def said(words: Words, language: Language) -> str:
    """A phrase in the language asked for."""
    return words.id if language == "id" else words.en


def link(table: Table, language: Language) -> str:
    """The formula of a link from the columns `berkas`, `lembar` and `sel` of its own row.

    Neither `%` nor `#` of a file's name may stand in a link as it is.  A file of text has no sheet, and the
    link opens the file.
    """
    file, sheet, cell = (f"{table.letter(name)}{{row}}" for name in ("berkas", "lembar", "sel"))
    inside = f'"#\'"&SUBSTITUTE({sheet},"\'","\'\'")&"\'!"&{cell}'
    target = f'SUBSTITUTE(SUBSTITUTE({file},"%","%25"),"#","%23")&IF({sheet}="","",{inside})'
    return f'HYPERLINK({target},"{said(OPEN, language)}")'


def linked(file: str, sheet: str, cell: str, language: Language) -> str | None:
    """What the link of a row shows; `None` where no link can lead there: no file, or too long a name."""
    target = f"{file}#'{sheet}'!{cell}"
    more = target.count("'") + 2 * sum(map(file.count, "%#"))
    fits = file not in ("", "-") and len(target) + more <= _TARGET
    return said(OPEN, language) if fits else None


def fitted(columns: Sequence[Column]) -> Callable[[Sequence[Plain]], float]:
    """The height of a row, in points, so that all of its texts can be seen."""
    wrapped = [
        (at, column.width - _INDENT)
        for at, column in enumerate(columns)
        if ROLES[column.role].wrap and not column.formula
    ]
    measure, rows = Measure(), 0

    def points(values: Sequence[Plain]) -> float:
        nonlocal measure, rows
        rows += 1
        if rows % _REMEMBERED == 0:
            measure = Measure()
        needs = [
            measure.needs(_PATH.sub(_whole, value), FONT, False, SIZE, width)
            for at, width in wrapped
            if isinstance(value := values[at], str) and value
        ]
        return min(_HIGHEST, max(HEIGHT, whole(max(needs, default=0.0) + 2)))

    return points


def _whole(path: re.Match[str]) -> str:
    """A path as one word: LibreOffice breaks none at its hyphens as long as it can begin a line."""
    return path[0].replace("-", "_")


def coloured(table: Table, name: str, colours: Iterable[tuple[str, tuple[str, str]]]) -> Iterator[Tint]:
    """Colours of a column by the word that stands in it."""
    at = table.at(name)
    cell = f"${table.letter(name)}{table.frame.first}"
    for word, (fill, ink) in colours:
        yield Tint((at, at), f'{cell}="{word}"', fill, ink)


def positive(table: Table, name: str, colour: tuple[str, str]) -> Iterator[Tint]:
    """A colour where a count is not zero."""
    at = table.at(name)
    yield Tint((at, at), f"N(${table.letter(name)}{table.frame.first})>0", *colour)


def by_severity(table: Table, language: Language) -> Iterator[Tint]:
    """The colours of the column `tingkat`."""
    words = ((said(SEVERITY[severity], language), _QUIET[severity]) for severity in _QUIET)
    return coloured(table, "tingkat", words)


_UNIT: Final = (
    Field("no_unit", Words("No. unit", "Unit no."), "tengah", 7),
    Field("unit", Words("Unit", "Unit"), "teks", 28),
)
_FINDING: Final = (
    Field("tingkat", Words("Tingkat", "Severity"), "tengah", 11),
    Field("kode", Words("Kode", "Code"), "tengah", 9),
    Field("temuan", Words("Temuan", "Finding"), "teks", 50),
    Field("perbaikan", Words("Yang harus dilakukan", "What to do"), "teks", 44),
    Field("tertulis", Words("Tertulis", "As written"), "teks", 22),
    Field("tautan", Words("Tautan", "Link"), "tautan", 8),
    Field("berkas", Words("Berkas", "File"), "teks", 30),
    Field("lembar", Words("Lembar", "Sheet"), "teks", 22),
    Field("sel", Words("Sel atau baris", "Cell or line"), "tengah", 9),
)


def findings_table(head: int, length: int, *, units: bool) -> Table:
    """Where the columns of a list of findings stand on its sheet."""
    return Table(Frame("Temuan", head, length), (*_UNIT, *_FINDING) if units else _FINDING)


def findings_listing(
    table: Table, told: Callable[[], Iterator[Told]], spots: tuple[Spot, ...], language: Language
) -> Listing:
    """The sheet *Temuan*: a row a finding, in the order in which they are told."""
    columns = table.columns(language, {"tautan": link(table, language)})
    units = len(table.fields) > len(_FINDING)

    def rows() -> Iterator[Sequence[Plain]]:
        for number, unit, finding in told():
            row = _finding_row(finding, language)
            yield (number, unit, *row) if units else row

    return Listing(
        frame=table.frame,
        columns=columns,
        rows=rows,
        table="TabelTemuan",
        spots=spots,
        height=fitted(columns),
        tints=tuple(by_severity(table, language)),
    )


def _finding_row(finding: Finding, language: Language) -> tuple[Plain, ...]:
    file, sheet, cell = standing(finding)
    return (
        said(SEVERITY[finding.severity], language),
        finding.code,
        finding.message(language),
        finding.hint(language),
        _quoted(finding.value or ""),
        linked(file, sheet, cell, language),
        file,
        sheet,
        cell,
    )


def _quoted(text: str) -> str:
    """What was written, as far as it tells which text is meant: the whole of it stands in the file."""
    return text if len(text) <= _QUOTE else f"{text[:_QUOTE]}…"


def standing(finding: Finding) -> tuple[str, str, str]:
    """Where a finding stands: its file, its sheet, and its cell, or the number of the line in a text."""
    place = finding.place
    if place is None:
        return finding.file or "", "", ""
    return finding.file or "", place.sheet or "", place.cell or str(place.line)


# --- the report of a check -------------------------------------------------------------------------------

_TITLE: Final = Words("LAPORAN PEMERIKSAAN RENCANA AKSI KINERJA", "REPORT OF CHECKED ACTION PLANS")
_COUNTED: Final = Words(
    "{files} berkas, {plans} rencana: {errors} salah, {warnings} peringatan, {notes} catatan",
    "{files} files, {plans} plans: {errors} errors, {warnings} warnings, {notes} notes",
)
_SUMMARY: Final = (
    Field("tingkat", Words("Tingkat", "Severity"), "tengah", 11),
    Field("kode", Words("Kode", "Code"), "tengah", 9),
    Field("nama", Words("Nama temuan", "Name of the finding"), "teks", 30),
    Field("banyak", Words("Banyak", "Count"), "bilangan", 10),
    Field("berkas", Words("Berkas", "Files"), "bilangan", 10),
    Field("contoh", Words("Contoh", "Example"), "teks", 52),
    Field("perbaikan", Words("Yang harus dilakukan", "What to do"), "teks", 52),
)
_FILES: Final = (
    Field("no", Words("No.", "No."), "tengah", 6),
    Field("berkas", Words("Berkas", "File"), "teks", 44),
    Field("bentuk", Words("Bentuk", "Form"), "tengah", 14),
    Field("unit", Words("Unit", "Unit"), "teks", 44),
    Field("kegiatan", Words("Kegiatan", "Kegiatan"), "bilangan", 11),
    Field("salah", Words("Salah", "Errors"), "bilangan", 9),
    Field("peringatan", Words("Peringatan", "Warnings"), "bilangan", 12),
    Field("catatan", Words("Catatan", "Notes"), "bilangan", 9),
    Field("tautan", Words("Tautan", "Link"), "tautan", 8),
)
_HEAD: Final = 3


class _Counts:
    """Findings counted by rule and by file, with the first of each rule."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.first: dict[str, Finding] = {}
        self.rules: Counter[str] = Counter()
        self.files: Counter[tuple[str, Severity]] = Counter()
        self.files_of: dict[str, set[str]] = {}
        for finding in findings:
            file = finding.file or ""
            self.first.setdefault(finding.code, finding)
            self.rules[finding.code] += 1
            self.files[file, finding.severity] += 1
            self.files_of.setdefault(finding.code, set()).add(file)

    def of(self, severity: Severity) -> int:
        """How many findings are that bad."""
        return sum(count for (_, one), count in self.files.items() if one is severity)

    def worst_first(self) -> list[str]:
        """The codes, errors first, then the most frequent."""
        order = list(Severity)
        return sorted(
            self.rules, key=lambda code: (order.index(self.first[code].severity), -self.rules[code], code)
        )


def report(
    files: Sequence[Checked], findings: Callable[[], Iterator[Finding]], year: int, language: Language = "id"
) -> ListingBook:
    """The report of checked files: *Ringkasan* by finding, *Temuan* each with its link, *Berkas*.

    `findings` begins anew with each call; it is asked twice, and may stream.  A file is named as it is seen
    from the report's folder, there and in `files`.  `year` stands for the date, since no clock is asked.
    """
    counts = _Counts(findings())
    title = said(_COUNTED, language).format(
        files=len(files),
        plans=sum(len(file.units) for file in files),
        errors=counts.of(Severity.ERROR),
        warnings=counts.of(Severity.WARNING),
        notes=counts.of(Severity.NOTE),
    )
    spots = (Spot(0, 0, "judul", said(_TITLE, language)), Spot(1, 0, "keterangan", title))
    table = findings_table(_HEAD, sum(counts.rules.values()), units=False)
    listings = (
        _summary(counts, table, spots, language),
        findings_listing(table, lambda: ((None, "", one) for one in findings()), spots, language),
        _files(files, counts, spots, language),
    )
    return ListingBook(said(_TITLE, language).capitalize(), year, "temuan", listings, said(FOOTER, language))


def _summary(counts: _Counts, told: Table, spots: tuple[Spot, ...], language: Language) -> Listing:
    """The sheet *Ringkasan*: a row a rule."""
    codes = counts.worst_first()
    table = Table(Frame("Ringkasan", _HEAD, len(codes)), _SUMMARY)
    live = {"banyak": f"COUNTIFS({told.there('kode')},{table.letter('kode')}{{row}})"}
    totals: dict[str, Value] = {
        "nama": said(TOTAL, language),
        "banyak": Live("SUBTOTAL(109,{cells})", sum(counts.rules.values())),
    }
    columns = table.columns(language, live, totals)

    def rows() -> Iterator[Sequence[Plain]]:
        for code in codes:
            first = counts.first[code]
            yield (
                said(SEVERITY[first.severity], language),
                code,
                first.rule.name.replace("-", " "),
                counts.rules[code],
                len(counts.files_of[code]),
                first.message(language),
                first.hint(language),
            )

    return Listing(
        table.frame,
        columns,
        rows,
        "TabelRingkasan",
        spots,
        height=fitted(columns),
        totals="below",
        bars=(table.at("banyak"),),
        tints=tuple(by_severity(table, language)),
    )


def _files(files: Sequence[Checked], counts: _Counts, spots: tuple[Spot, ...], language: Language) -> Listing:
    """The sheet *Berkas*: a row a file."""
    table = Table(Frame("Berkas", _HEAD, len(files)), _FILES)
    file = f"{table.letter('berkas')}{{row}}"
    live = {
        "tautan": f'HYPERLINK(SUBSTITUTE(SUBSTITUTE({file},"%","%25"),"#","%23"),"{said(OPEN, language)}")'
    }
    several = {"kegiatan": sum(one.kegiatan for one in files)}
    for name, severity in zip(("salah", "peringatan", "catatan"), _QUIET, strict=True):
        several[name] = sum(counts.files[one.file, severity] for one in files)
    totals: dict[str, Value] = {name: Live("SUBTOTAL(109,{cells})", value) for name, value in several.items()}
    columns = table.columns(language, live, totals | {"berkas": said(TOTAL, language)})

    def rows() -> Iterator[Sequence[Plain]]:
        for number, one in enumerate(files, 1):
            units, found = "\n".join(one.units), (counts.files[one.file, severity] for severity in _QUIET)
            opens = linked(one.file, "", "", language)
            yield (number, one.file, one.form, units, one.kegiatan, *found, opens)

    return Listing(
        table.frame,
        columns,
        rows,
        "TabelBerkas",
        spots,
        height=fitted(columns),
        totals="below",
        tints=tuple(positive(table, "salah", RED)),
    )
