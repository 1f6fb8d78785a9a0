"""Conflicts as a sheet on which staff choose, and their choices read back from it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, Language, Place, Words
from rak_excel.plan.conflict import Conflict, tell
from rak_excel.plan.threeway import Side
from rak_excel.sheet.grid import Book, Cell, Choice, Range, Sheet
from rak_excel.sheet.layout import Look, Page
from rak_excel.sheet.measure import Measure, merged, whole
from rak_excel.sheet.seen import SeenBook, SeenSheet

MARK: Final = "rak_konflik"
"""The custom property that tells such a workbook; its value is the version of the sheet."""
_SEALS: Final = (f"{MARK}_buku", f"{MARK}_sumber")

VERSION: Final = "1"
_SHEET: Final = Words("Konflik", "Conflicts")
_TITLE: Final = Words("KONFLIK", "CONFLICTS")
_STEPS: Final = Words(
    "Pilih di kolom terakhir mana yang berlaku, simpan, lalu jalankan:",
    "Choose in the last column which one holds, save, then run:",
)
_HEADINGS: Final = (
    Words("No.", "No."),
    Words("Yang dipersoalkan", "What it is about"),
    Words("Semula", "Before"),
    Words("Buku kerja", "Workbook"),
    Words("Sumber", "Source"),
    Words("Pilihan", "Choice"),
)
_WIDTHS: Final = (5.0, 40.0, 30.0, 36.0, 36.0, 14.0)
_ANSWERS: Final[dict[Side, Words]] = {
    "theirs": Words("buku kerja", "workbook"),
    "ours": Words("sumber", "source"),
}
_PROMPT: Final = Words(
    "Pilih “buku kerja” atau “sumber” dari daftar.", "Choose “workbook” or “source” from the list."
)
_HEAD: Final = 2
_WORKBOOK: Final = 3
_SOURCE: Final = 4
_CHOICE: Final = len(_HEADINGS) - 1
_KEY: Final = re.compile(r"(\d{1,4})\|(RAK5\d\d:.+)", re.DOTALL)
_FONT: Final = ("Arial", 10.0)
_LOOKS: Final = {
    "judul": Look(bold=True, wrap=False, size=14),
    "keterangan": Look(italic=True),
    "kepala": Look(align="center", bold=True, border=True, fill="#DDEBF7"),
    "teks": Look(valign="top", border=True),
    "tengah": Look(align="center", valign="top", border=True),
    "isian": Look(align="center", valign="top", border=True, fill="#FFF2CC"),
    "kunci": Look(wrap=False),
}
_PAGE: Final = Page("F4", True, 36.0, 36.0, 36.0, 36.0, "{halaman} / {jumlah_halaman}")
_HIGHEST: Final = 409.0


class Question(NamedTuple):
    """A conflict, the number of its plan in the source, and its name if there are several."""

    plan: int
    conflict: Conflict
    name: Words | None = None


class Between(NamedTuple):
    """The files that conflicts stand between, workbook first, and the command that settles them."""

    names: tuple[str, str]
    seals: tuple[str, str]
    command: str


class Chosen(NamedTuple):
    """One row read back: the plan, the key of its conflict, the side that holds, and the cell that says so.

    `side` is what was typed, where that is no answer.
    """

    plan: int
    key: str
    side: str
    place: Place


class Choices(NamedTuple):
    """What a sheet of conflicts says: its rows, and which workbook and source it was written for."""

    rows: tuple[Chosen, ...]
    seals: tuple[str, str]
    findings: tuple[Finding, ...]

    def of(self, plan: int) -> dict[str, str]:
        """The answers for one plan of the source, by the key of the conflict."""
        return {row.key: row.side for row in self.rows if row.plan == plan and row.side in _ANSWERS}


def book(questions: Sequence[Question], between: Between, year: int, language: Language = "id") -> Book:
    """The workbook of some conflicts."""
    words = [getattr(_ANSWERS[side], language) for side in _ANSWERS]
    return Book(
        sheets=(_sheet(questions, between, language),),
        title=getattr(_TITLE, language).capitalize(),
        year=year,
        carried=tuple(("", "", "", word) for word in words),
        properties=((MARK, VERSION), *zip(_SEALS, between.seals, strict=True)),
    )


def _sheet(questions: Sequence[Question], between: Between, language: Language) -> Sheet:
    last = _HEAD + len(questions)
    cells = [
        Cell(0, 0, "judul", getattr(_TITLE, language)),
        Cell(1, 0, "keterangan", f"{getattr(_STEPS, language)}\n{between.command}", 1, len(_WIDTHS)),
    ]
    beneath = dict(zip((_WORKBOOK, _SOURCE), between.names, strict=True))
    for at, words in enumerate(_HEADINGS):
        lines = [getattr(words, language), beneath.get(at, "")]
        cells.append(Cell(_HEAD, at, "kepala", "\n".join(filter(None, lines))))
    for number, question in enumerate(questions, 1):
        cells.extend(_row(number, question, language))
    choice = Choice(
        cells=Range(_HEAD + 1, _CHOICE, last, _CHOICE),
        source=Range(0, 3, len(_ANSWERS) - 1, 3),
        title=getattr(_HEADINGS[_CHOICE], language),
        prompt=getattr(_PROMPT, language),
    )
    return Sheet(
        name=getattr(_SHEET, language),
        cells=tuple(cells),
        widths=_WIDTHS,
        heights=tuple(_heights(cells, last)),
        breaks=(),
        heading=(_HEAD, _HEAD),
        key_column=len(_WIDTHS),
        scale=80,
        page=_PAGE,
        font=_FONT[0],
        size=_FONT[1],
        looks=_LOOKS,
        table=Range(_HEAD, 0, last, _CHOICE),
        choices=(choice,),
        grows=True,
    )


def _row(number: int, question: Question, language: Language) -> Iterator[Cell]:
    told = tell(question.conflict)
    row = _HEAD + number
    what = getattr(told.what, language)
    if question.name is not None:
        what = f"{getattr(question.name, language)}: {what}"
    texts = (what, *(getattr(words, language) for words in (told.base, told.theirs, told.ours)))
    yield Cell(row, 0, "tengah", number)
    for at, text in enumerate(texts, 1):
        yield Cell(row, at, "teks", text)
    yield Cell(row, _CHOICE, "isian", None)
    yield Cell(row, _CHOICE + 1, "kunci", f"{question.plan}|{question.conflict.key}")


def _heights(cells: Sequence[Cell], last: int) -> Iterator[float]:
    """The height of every row, so that all of its texts can be seen."""
    measure = Measure()
    needs = [18.0] * (last + 1)
    for cell in cells:
        look = _LOOKS[cell.role]
        if isinstance(cell.value, str) and look.wrap:
            width = merged(_WIDTHS) if cell.columns > 1 else _WIDTHS[cell.column]
            points = measure.needs(cell.value, _FONT[0], look.bold, look.size or _FONT[1], width)
            needs[cell.row] = max(needs[cell.row], whole(points))
    return (min(points, _HIGHEST) for points in needs)


# --- and back --------------------------------------------------------------------------------------------


def read(seen: SeenBook) -> Choices:
    """The choices on a sheet of conflicts, however its rows were sorted.

    A blank or unknown one is told, and so are two of one conflict that differ: a row may have been copied.
    """
    rows: list[Chosen] = []
    answers: dict[tuple[int, str], tuple[str, str]] = {}
    findings: list[Finding] = []
    for sheet in seen.sheets:
        for row, _, match in _keys(sheet):
            column = _choice_column(sheet)
            cell = sheet.rows[row].get(column)
            typed = cell.text.strip() if cell is not None else ""
            chosen = Chosen(int(match[1]), match[2], _side(typed), Place(row, column, sheet.name))
            rows.append(chosen)
            side, before = answers.setdefault((chosen.plan, chosen.key), (chosen.side, typed))
            if side != chosen.side:
                typed = f"{before} / {typed}"
            if side != chosen.side or chosen.side not in _ANSWERS:
                findings.append(rules.PILIHAN_TIDAK_DIKENAL.at(value=typed, place=chosen.place))
    workbook, source = (seen.properties.get(name, "") for name in _SEALS)
    return Choices(tuple(rows), (workbook, source), tuple(findings))


def answered(answers: Iterable[tuple[int, str, Side]], seals: tuple[str, str]) -> Choices:
    """The choices that were made without a sheet: for each the number of the plan, the key and the side."""
    rows = tuple(
        Chosen(plan, key, side, Place(1, number)) for number, (plan, key, side) in enumerate(answers, 1)
    )
    return Choices(rows, seals, ())


def _keys(sheet: SeenSheet) -> Iterator[tuple[int, int, re.Match[str]]]:
    for row, column, cell in sheet.cells():
        match = _KEY.fullmatch(cell.text)
        if match is not None:
            yield row, column, match


def _choice_column(sheet: SeenSheet) -> int:
    """The column under the heading of the choices; where it was renamed, the one it was drawn in."""
    headings = {word.lower() for word in _HEADINGS[_CHOICE]}
    found = (column for _, column, cell in sheet.cells() if cell.text.strip().lower() in headings)
    return next(found, _CHOICE + 1)


def _side(typed: str) -> str:
    """The side that an answer names, in either language; anything else as it stands."""
    folded = " ".join(typed.lower().split())
    return next((side for side, words in _ANSWERS.items() if folded in (side, *words)), typed)
