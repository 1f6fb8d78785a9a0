"""An input sheet under somebody's hands, and an account of what became of each cell, by the cells alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rak_excel import loading
from rak_excel.nodes import Mapping, Node, Scalar, Sequence
from rak_excel.sheet import form
from rak_excel.sheet.form_reader import read_form
from rak_excel.sheet.grid import Formula, Range
from rak_excel.sheet.seen import Kind, Seen, SeenBook, SeenSheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rak_excel.findings import Finding
    from rak_excel.plan.model import Plan
    from rak_excel.sheet.form_reader import FormRead, FormSheet
    from rak_excel.sheet.grid import Book, Value

_made = loading.layout_named("kpu").layout
assert _made is not None
KPU: Final = _made


def place(cell: str) -> tuple[int, int]:
    """Row and column of a cell that is named as Excel names it."""
    match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    assert match is not None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def seen(value: Value) -> Seen:
    """A drawn value as a reader hands it over."""
    if isinstance(value, Formula):
        return Seen(str(value.result), "number", value.text)
    return Seen(str(value), "text" if isinstance(value, str) else "number")


class Hand:
    """A form in which somebody types; the first sheet is the one to be filled in."""

    def __init__(self, plan: Plan | None = None, book: Book | None = None) -> None:
        made = book or (form.blank(KPU) if plan is None else form.filled(plan, KPU))
        self.cells = {
            sheet.name: {
                (cell.row + 1, cell.column + 1): seen(cell.value)
                for cell in sheet.cells
                if cell.value not in (None, "")
            }
            for sheet in made.sheets
        }
        self.name = made.sheets[0].name
        self.merges: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.notes: dict[tuple[int, int], str] = {}
        self.states: dict[str, str] = {}
        self.properties = dict(made.properties)

    def put(
        self, cell: str, text: str, kind: Kind = "text", formula: str = "", *, stored: bool = True
    ) -> None:
        """Type into a cell of the sheet; an empty text clears it."""
        at = place(cell)
        self.cells[self.name].pop(at, None)
        if text or formula:
            self.cells[self.name][at] = Seen(text, kind, formula, stored)

    def row(self, number: int, *texts: str) -> None:
        """Type a row of the table; digits are numbers, as Excel takes them."""
        for column, text in zip("ABCDEFGHIJK", texts, strict=False):
            self.put(f"{column}{number}", text, "number" if text.isdigit() else "text")

    def fields(self, **more: str) -> None:
        """Fill in what must stand above the table."""
        for cell, text in {
            "C2": "2026",
            "C3": "KPU Kabupaten Lahat",
            "E2": "Ketua",
            "E3": "SARJANI",
            **more,
        }.items():
            self.put(cell, text, "number" if text.isdigit() and cell == "C2" else "text")

    def merge(self, area: str) -> None:
        """Merge cells as Excel does: only the first value stays."""
        first, last = map(place, area.split(":"))
        self.merges.append(Range(first[0] - 1, first[1] - 1, last[0] - 1, last[1] - 1))
        for row in range(first[0], last[0] + 1):
            for column in range(first[1], last[1] + 1):
                if (row, column) != first:
                    self.cells[self.name].pop((row, column), None)

    def book(self) -> SeenBook:
        """The workbook as a reader hands it over."""
        return SeenBook(tuple(self.sheets()), self.properties, {})

    def sheets(self) -> Iterator[SeenSheet]:
        """The sheets with their cells in order."""
        for name, cells in self.cells.items():
            rows: dict[int, dict[int, Seen]] = {}
            for (row, column), cell in sorted(cells.items()):
                rows.setdefault(row, {})[column] = cell
            if name != self.name:
                yield SeenSheet(name, self.states.get(name, "visible"), rows)  # type: ignore[arg-type]  # a test's
                continue
            yield SeenSheet(
                name,
                "visible",
                rows,
                tuple(self.merges),
                frozenset(self.hidden_rows),
                frozenset(self.hidden_columns),
                self.notes,
            )

    def read(self) -> FormRead:
        """The workbook as an input sheet."""
        read = read_form(self.book())
        assert read is not None
        return read

    def load(self) -> loading.Loaded:
        """The workbook as every command reads it."""
        return loading._filled_in(self.read(), "x.xlsx", None, ())

    def codes(self) -> list[tuple[str, str | None]]:
        """What is told of it: codes with cells."""
        return [(one.code, one.place.cell if one.place else None) for one in self.load().findings]


def scalars(node: Node) -> Iterator[Scalar]:
    """Every scalar of a tree, keys apart."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    elif isinstance(node, Mapping):
        for _, below in node.entries:
            yield from scalars(below)


def keys(root: Mapping) -> Iterator[tuple[int, int]]:
    """The places of the labels that became keys of the plan or of a signatory."""
    for key, node in root.entries:
        yield key.line, key.column
        for item in node.items if isinstance(node, Sequence) and key.text == "penandatangan" else ():
            yield from keys(item) if isinstance(item, Mapping) else ()


def flat(text: object) -> str:
    """A text as messages show it."""
    return " ".join(str(text).split())


def told(findings: Iterable[Finding]) -> set[str]:
    """Every text that findings quote or list."""
    said: set[str] = set()
    for one in findings:
        said.update(flat(quoted) for quoted in re.findall("“([^”]*)”", f"{one.message()} {one.value or ''}"))
        for text in (one.value or "", *(fact for _, fact in one.facts)):
            said.update(flat(part)[:40] for part in re.split(r" \| |, ", str(text)))
            said.add(flat(text)[:40])
    return said


def unaccounted(
    hand: Hand, found: tuple[Finding, ...] | None = None
) -> list[tuple[str, tuple[int, int], str]]:
    """The cells that are not empty and became nothing: no node, no known decoration, no finding.

    Decoration is what an empty form has, in that place or above the table.  A number of a sasaran, and a text
    that is written again as in the row above, count as read: they say where a part begins.
    """
    findings = hand.load().findings if found is None else found
    said = told(findings)
    twice = {one.place.column for one in findings if one.code == "RAK127" and one.place is not None}
    sheets = {one.sheet: one for one in hand.read().sheets}
    drawn = Hand().cells
    printed = {cell.text for cell in drawn["Isian"].values() if cell.kind == "text"}
    lost = []
    for name, cells in hand.cells.items():
        sheet = sheets.get(name)
        places = {(one.line, one.column): one.text for one in scalars(sheet.root)} if sheet else {}
        labels = set(keys(sheet.root)) if sheet else set()
        for at, cell in sorted(cells.items()):
            text = flat(cell.text or f"={cell.formula}")
            known = not text or places.get(at) == cell.text or cell == drawn.get(name, {}).get(at)
            if known or text[:40] in said or at in labels:
                continue
            if sheet and at[0] < sheet.heading and cell.text in printed:
                continue
            if sheet and at in sheet.decoration and cell.text.startswith("Penandatangan"):
                continue  # it says whose fields stand below
            if sheet and at[0] == sheet.heading and at[1] in sheet.columns.values():
                continue  # it says what stands below
            if at[1] in twice:
                continue  # an error tells the whole column
            if not (sheet and repeats(sheet, cells, at)):
                lost.append((name, at, cell.text))
    return lost


def repeats(sheet: FormSheet, cells: dict[tuple[int, int], Seen], at: tuple[int, int]) -> bool:
    """Whether a cell of the table only says again where its row belongs."""
    row, column = at
    field = next((name for name, where in sheet.columns.items() if where == column), "")
    if row <= sheet.heading or field not in ("nomor", "sasaran", "indikator"):
        return False
    above = [cells[other, column].text for other in range(sheet.heading + 1, row) if (other, column) in cells]
    return field == "nomor" or flat(cells[at].text) in [flat(text) for text in above[-1:]]
