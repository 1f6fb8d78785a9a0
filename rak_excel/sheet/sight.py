"""One sheet as it is seen: its cells with the merges over them, and a memory of what became of each."""

from collections.abc import Container, Iterable, Iterator
from typing import Final

from rak_excel import rules
from rak_excel.findings import Finding, Place, Rule, column_letters
from rak_excel.nodes import Scalar
from rak_excel.sheet.seen import Seen, SeenSheet

_SQUARES: Final = 4_000_000
"""Squares under merges that are looked at; a real sheet of 30,000 rows has a tenth."""
_LISTED: Final = 5


class Sight:
    """One seen sheet.  Rows and columns count from 1.

    `over` tells for each column and row the first cell of the merge that covers it (not for that first
    cell itself); `boxes` the last row and column of the merge that begins in a cell.
    """

    def __init__(self, sheet: SeenSheet) -> None:
        self.sheet = sheet
        self.rows = sheet.rows
        self.last_row = max(sheet.rows, default=0)
        self.last_column = max((max(cells, default=0) for cells in sheet.rows.values()), default=0)
        self.boxes: dict[tuple[int, int], tuple[int, int]] = {}
        self.over: dict[int, dict[int, tuple[int, int]]] = {}
        self.findings: list[Finding] = []
        self.decoration: set[tuple[int, int]] = set()
        self.outside: set[tuple[int, int]] = set()
        self.read: set[tuple[int, int]] = set()
        self._merges()

    def _merges(self) -> None:
        left = _SQUARES
        for top, first, bottom, last in self.sheet.merges:
            # what lies beyond the last cell hides nothing
            bottom, last = min(bottom, self.last_row - 1), min(last, self.last_column - 1)  # noqa: PLW2901
            if bottom < top or last < first:
                continue
            left -= (bottom - top + 1) * (last - first + 1)
            if left < 0:
                return
            corner = (top + 1, first + 1)
            self.boxes[corner] = (bottom + 1, last + 1)
            for column in range(first + 1, last + 2):
                over = self.over.setdefault(column, {})
                for row in range(top + 1, bottom + 2):
                    over.setdefault(row, corner)
        for row, column in self.boxes:
            over = self.over.get(column, {})
            if over.get(row) == (row, column):
                del over[row]

    # --- looking ---

    def cell(self, row: int, column: int) -> Seen | None:
        """What a cell itself holds."""
        cells = self.rows.get(row)
        return cells.get(column) if cells else None

    def corner(self, row: int, column: int) -> tuple[int, int]:
        """The cell whose value is shown at a place."""
        over = self.over.get(column)
        return over.get(row, (row, column)) if over else (row, column)

    def text(self, row: int, column: int) -> str:
        """The text that is shown at a place."""
        cell = self.cell(*self.corner(row, column))
        return cell.text if cell is not None else ""

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether a place lies under a merge and is not its first cell."""
        over = self.over.get(column)
        return over is not None and row in over

    def box(self, row: int, column: int) -> tuple[int, int]:
        """The last row and column of the cell that begins at a place."""
        return self.boxes.get((row, column), (row, column))

    def seen(self, row: int) -> Iterator[tuple[int, Seen]]:
        """The cells of a row that a person sees, from left to right."""
        for column, cell in self.rows.get(row, {}).items():
            if cell.text.strip() and not self.is_hidden(row, column):
                yield column, cell

    def filled(self, first: int, last: int) -> Iterator[int]:
        """The rows between two that hold anything, in order."""
        return (row for row in self.rows if first <= row <= last)

    # --- telling ---

    def place(self, row: int, column: int) -> Place:
        """A place for a finding."""
        return Place(row, column, self.sheet.name)

    def tell(
        self, rule: Rule, at: tuple[int, int], value: str | None = None, path: str = "", **facts: object
    ) -> None:
        """Report something about a cell."""
        suggestion = facts.pop("suggestion", None)
        told = suggestion if isinstance(suggestion, str) else None
        self.findings.append(rule.at(path, value, place=self.place(*at), suggestion=told, **facts))

    def leave(self, rule: Rule, cells: list[tuple[int, int]]) -> None:
        """Report cells that are no part of the plan, in one finding at the first of them."""
        self.outside.update(cells)
        self.tell(rule, cells[0], " | ".join(self.text(*at).strip() for at in cells))

    def scalar(self, row: int, column: int, text: str | None = None) -> Scalar:
        """A cell as a node; `text` where only a part of it is the value."""
        cell = self.cell(row, column)
        if cell is None:
            return Scalar("", row, column)
        return Scalar(cell.text if text is None else text, row, column, kind_of(cell))

    def tell_formula(self, at: tuple[int, int], cell: Seen, path: str = "") -> None:
        """Tell of a formula: that its value was read, or that it has none."""
        formula = f"={cell.formula}"
        if cell.stored:
            self.tell(rules.RUMUS_DIBACA, at, cell.text, path, rumus=formula)
        else:
            self.tell(rules.RUMUS_BELUM_DIHITUNG, at, formula, path)

    def other_formulas(self, told: Container[tuple[int, int]]) -> None:
        """Tell of the formulas in cells that were read, and of every one without a value."""
        for row, cells in self.rows.items():
            for column, cell in cells.items():
                if not cell.formula or (row, column) in told:
                    continue
                if not cell.stored:
                    self.outside.add((row, column))
                    self.tell_formula((row, column), cell)
                elif (row, column) in self.read:
                    self.tell_formula((row, column), cell)

    def hidden_values(self) -> None:
        """Tell of every value that lies under a merge."""
        for column, over in self.over.items():
            for row, corner in over.items():
                cells = self.rows.get(row)
                if cells is None or column not in cells or not cells[column].text.strip():
                    continue
                self.outside.add((row, column))
                gabungan = f"{name(*corner)}:{name(*self.boxes[corner])}"
                self.tell(rules.NILAI_DI_BAWAH_GABUNGAN, (row, column), cells[column].text, gabungan=gabungan)


def kind_of(cell: Seen) -> str:
    """The kind of a cell as a node has it."""
    return "" if cell.kind == "text" else cell.kind


def name(row: int, column: int) -> str:
    """A cell's name as Excel says it.

    Examples:
        >>> name(12, 28)
        'AB12'
    """
    return f"{column_letters(column)}{row}"


def listed(cells: Iterable[tuple[int, int, str]]) -> str:
    """Cells with their texts as a message names them, the first few of many.

    Examples:
        >>> listed([(4, 1, "satu"), (5, 1, "dua")])
        'A4 “satu”, A5 “dua”'
    """
    every = list(cells)
    told = ", ".join(
        f"{name(row, column)} “{' '.join(text.split())[:40]}”" for row, column, text in every[:_LISTED]
    )
    more = len(every) - _LISTED
    return told if more <= 0 else f"{told}, … (+{more})"


def rows_named(rows: Iterable[int]) -> str:
    """Row numbers as a message names them, neighbours as a range.

    Examples:
        >>> rows_named([4, 5, 6, 9])
        '4-6, 9'
    """
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    told = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs[:12])
    return told if len(runs) <= 12 else f"{told}, …"
