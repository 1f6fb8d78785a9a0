"""Findings as colours and notes in the cells of a workbook, and as the rows of a list that links to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rak_excel.findings import SEVERITY, Finding, Language, Place, Severity, Words
from rak_excel.sheet.measure import Measure, whole

SHEET: Final = "Temuan"
HEADINGS: Final = (
    Words("Tingkat", "Severity"),
    Words("Kode", "Code"),
    Words("Tempat", "Place"),
    Words("Temuan", "Finding"),
    Words("Yang harus dilakukan", "What to do"),
    Words("Tertulis", "As written"),
)
WIDTHS: Final = (12.0, 9.0, 20.0, 52.0, 48.0, 26.0)
FONT: Final = ("Arial", 10)
_WORST: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_NONE: Final = Words("Tidak ada temuan.", "Nothing was found.")
_MORE: Final = Words("… dan {} temuan lagi, lihat lembar Temuan", "… and {} more, see sheet Temuan")
_IN_A_NOTE: Final = 8
"""Findings that one note tells; a cell with more is told of in the list alone."""
_HIGHEST: Final = 409.0


class Mark(NamedTuple):
    """A cell to colour, with the text of its note; rows and columns count from 1."""

    place: Place
    severity: Severity
    note: str


class Listed(NamedTuple):
    """A row of the list: its texts under `HEADINGS`, the cell it links to, and its height in points."""

    texts: tuple[str, ...]
    severity: Severity | None = None
    place: Place | None = None
    height: float = 15.0


@dataclass(frozen=True, slots=True)
class Marking:
    """All that a marked copy shows; the first row of the list is its heading."""

    marks: tuple[Mark, ...]
    rows: tuple[Listed, ...]


def mark(findings: Sequence[Finding], language: Language = "id") -> Marking:
    """The marks of findings: one a cell, in the order of the findings, the worst one decides its colour."""
    by_cell: dict[tuple[str, int, int], list[Finding]] = {}
    for finding in findings:
        place = finding.place
        if place is not None and place.sheet is not None:
            by_cell.setdefault((place.sheet.lower(), place.line, place.column), []).append(finding)
    marks = tuple(_mark(of_one, language) for of_one in by_cell.values())
    measure = Measure()
    told = [_listed(finding, language) for finding in findings]
    if not told:
        told = [Listed(("", "", "", getattr(_NONE, language), "", ""))]
    heading = Listed(tuple(getattr(words, language) for words in HEADINGS))
    return Marking(marks, tuple(row._replace(height=_height(row.texts, measure)) for row in (heading, *told)))


def _mark(findings: list[Finding], language: Language) -> Mark:
    place = findings[0].place
    if place is None:
        raise ValueError("a mark needs a cell")
    severity = min((finding.severity for finding in findings), key=_WORST.index)
    lines = [line for finding in findings[:_IN_A_NOTE] for line in _told(finding, language)]
    if len(findings) > _IN_A_NOTE:
        lines.append(getattr(_MORE, language).format(len(findings) - _IN_A_NOTE))
    return Mark(place, severity, "\n".join(lines))


def _told(finding: Finding, language: Language) -> Iterable[str]:
    word = getattr(SEVERITY[finding.severity], language)
    yield f"{word} {finding.code}: {finding.message(language)}"
    yield f"→ {finding.hint(language)}"


def _listed(finding: Finding, language: Language) -> Listed:
    place = finding.place if finding.place is not None and finding.place.sheet is not None else None
    where = f"{place.sheet}!{place.cell}" if place is not None else finding.path
    word = getattr(SEVERITY[finding.severity], language)
    texts = (
        word,
        finding.code,
        where,
        finding.message(language),
        finding.hint(language),
        finding.value or "",
    )
    return Listed(texts, finding.severity, place)


def _height(texts: tuple[str, ...], measure: Measure) -> float:
    """What the highest text of a row needs: no spreadsheet fits rows of a file when it opens it."""
    family, size = FONT
    needs = (
        measure.needs(text, family, False, size, width)
        for text, width in zip(texts, WIDTHS, strict=True)
        if text
    )
    return min(_HIGHEST, whole(max(needs, default=13.0)))
