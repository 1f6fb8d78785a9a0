"""One sheet's part to cells: the only part that is long, so the only one that is read for speed."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rak_excel import rules
from rak_excel.files.xlsx_reader.archive import Archive, Part, Refused, over
from rak_excel.files.xlsx_reader.formats import moment_text, number_text, percent_text
from rak_excel.files.xlsx_reader.shared import (
    ADDRESS,
    CELL_LIMIT,
    COLUMNS,
    ROWS,
    Strings,
    Styles,
    column_number,
    plain,
    range_of,
)
from rak_excel.findings import Finding, Place, Rule, Words, column_letters
from rak_excel.sheet.seen import Kind, Seen

if TYPE_CHECKING:
    from rak_excel.sheet.grid import Range

_TRUE: Final = frozenset({"1", "true"})
_FALSE: Final = frozenset({"0", "false"})
_CONSTANTS: Final = {"TRUE()": "TRUE", "FALSE()": "FALSE"}
_MERGES: Final = 500_000
_ARRAYS: Final = 1_000_000
"""Cells that array formulas may cover in a workbook."""
_MERGED: Final = 2_000_000
"""Cells that merges may cover in a workbook, up to each sheet's last cell; 30,000 rows have a fifth."""
_ISO: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(?:\.\d*)?)?Z?", re.ASCII)

_OUTSIDE: Final = Words(
    "alamat di luar barisnya atau lembar Excel", "an address outside of its row or of Excel's sheet"
)
_SHORT: Final = 5
"""Of a number with fewer characters, as most targets are, there is one for all cells."""
_NO_ROW: Final = "\0"
_COLUMN: Final = re.compile("[0-9]{1,5}")


class Cells(Part):
    """The cells of one sheet, with its merges and what is hidden in it.

    A cell costs four calls from expat, so `start` and `end` decide by themselves what most elements are.
    """

    root = "worksheet"

    def __init__(
        self, archive: Archive, name: str, sheet: str, strings: Strings, styles: Styles, *, from_1904: bool
    ) -> None:
        super().__init__(archive, name)
        self.sheet, self.strings, self.forms, self.from_1904 = sheet, strings.cells, styles.forms, from_1904
        self.rows: dict[int, dict[int, Seen]] = {}
        self.merges: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.lost: dict[Rule, tuple[str, Place, int]] = {}
        # the row that is open, and the cell in it
        self.row = self.column = self.columns = 0
        self.row_text, self.cut = _NO_ROW, -1
        self.cells: dict[int, Seen] = {}
        self.letters: dict[str, int] = {}
        self.short: dict[Seen, Seen] = {}
        self.cell: dict[str, str] = {}
        self.value: str | None = None
        self.formula = ""
        self.formula_attributes: dict[str, str] = {}
        self.pieces: list[str] | None = None
        self.phonetic = 0
        self.shared: dict[str, str] = {}
        self.arrays: list[tuple[Range, str]] = []
        self.tag_c = self.tag_v = ""
        self.read()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins: a cell, its value, or something rarer."""
        self.begun += 1
        if name == self.tag_c:
            if "r" not in attributes:
                attributes["r"] = self._next()
            self.cell = attributes
            self.value = None
            self.formula = ""
        else:
            self.texts.clear()
            if name != self.tag_v:
                self.begin(self.tag(name), attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self.ended += 1
        if name == self.tag_c:
            if self.value is not None or self.formula:
                self._store()
        elif name == self.tag_v:
            self.value = "".join(self.texts)
        else:
            self.finish(self.tag(name), "")

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """A rarer element begins."""
        if tag == "row":
            self._row(attributes)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "f":
            self.formula_attributes = attributes
        elif tag == "is":
            self.pieces = []
        elif tag == "rPh":
            self.phonetic += 1
        elif tag == "col":
            self._columns(attributes)
        elif tag == "worksheet":
            self.tag_c, self.tag_v = f"{self.space} c", f"{self.space} v"

    def finish(self, tag: str, text: str) -> None:  # noqa: ARG002 - joined only where it counts
        """A rarer element ends."""
        if tag == "row":
            self._row_ends()
        elif tag == "f":
            self._formula("".join(self.texts), self.formula_attributes)
        elif tag == "t":
            if self.pieces is not None and not self.phonetic:
                self.pieces.append("".join(self.texts))
        elif tag == "rPh":
            self.phonetic -= 1
        elif tag == "is" and self.pieces is not None:
            self.value = "".join(self.pieces)
            self.pieces = None
            self.cell["t"] = "inlineStr"
        elif tag == "worksheet":
            self._sheet_ends()

    # --- rows and addresses ------------------------------------------------------------------------------

    def _row(self, attributes: dict[str, str]) -> None:
        text = attributes.get("r") or str(self.row + 1)
        row = int(text) if text.isdecimal() and text.isascii() and len(text) <= len(str(ROWS)) else 0
        if not 0 < row <= ROWS:
            raise self.wrong(text, _OUTSIDE)
        self.row = row
        self.row_text = str(row)
        self.cut = -len(self.row_text)
        self.column = 0
        self.cell = {}
        self.cells = self.rows.get(row) or {}
        if attributes.get("hidden") in _TRUE or attributes.get("ht") == "0":
            self.hidden_rows.add(row)

    def _row_ends(self) -> None:
        if self.cells:
            self.archive.cells += len(self.cells)
            if self.archive.cells > CELL_LIMIT:
                raise over(self.name, "lebih dari 2.000.000 sel", "more than 2,000,000 cells")
            self.rows[self.row] = self.cells
        # a cell that stands in no row has no place
        self.row_text, self.cut = _NO_ROW, -1

    def _next(self) -> str:
        """The address of a cell that tells none: right of the one before."""
        reference = self.cell["r"] if self.cell else ""
        before = self.letters.get(reference[: self.cut]) or (self._address(reference) if reference else 0)
        if before >= COLUMNS:
            raise self.wrong(self.row_text, _OUTSIDE)
        return f"{column_letters(before + 1)}{self.row_text}"

    def _address(self, reference: str) -> int:
        """The column of an address in this row."""
        match = ADDRESS.fullmatch(reference)
        column = column_number(match[1]) if match else None
        if match is None or column is None or match[2] != self.row_text:
            self.column = column or self.column
            raise self.wrong(reference, _OUTSIDE)
        self.letters[reference[: self.cut]] = column
        return column

    def place(self) -> Place:
        """Where the reading stands."""
        return Place(max(self.row, 1), max(self.column, 1), self.sheet)

    def wrong(self, value: str, why: Words) -> Refused:
        """A cell or a row is not as the format wants it."""
        return Refused(rules.SEL_RUSAK.at(value=value, sebab=why, place=self.place()))

    # --- what a cell holds -------------------------------------------------------------------------------

    def _store(self) -> None:
        """Take the cell that has just ended."""
        cell, value = self.cell, self.value
        reference = cell["r"]
        column = self.letters.get(reference[: self.cut]) if reference.endswith(self.row_text) else None
        column = column or self._address(reference)
        self.column = column
        if column in self.cells:
            raise self.wrong(reference, Words("sel ini ditulis dua kali", "this cell is written twice"))
        if self.formula:
            seen = self._calculated(cell, self.formula, value)
        elif cell.get("t") == "s":
            seen = self._string(value or "")
        else:
            seen = Seen(*self._typed(cell, value or ""))
            if len(seen.text) < _SHORT:
                seen = self.short.setdefault(seen, seen)
        if seen.text or seen.formula:
            self.cells[column] = seen

    def _calculated(self, cell: dict[str, str], formula: str, value: str | None) -> Seen:
        """A formula with its stored value.

        LibreOffice stores a boolean that somebody typed or ticked as the formula `TRUE()`.  openpyxl keeps no
        values, and writes an empty one; of an empty text only Excel's own kind `str` tells.
        """
        constant = _CONSTANTS.get(formula)
        if constant is not None:
            return Seen(constant, "boolean")
        if value is None or (not value and cell.get("t") != "str"):
            return Seen("", "text", formula, stored=False)
        return Seen(*self._typed(cell, value), formula)

    def _typed(self, cell: dict[str, str], value: str) -> tuple[str, Kind]:
        """A value's text and kind, by the type that the cell tells."""
        kind = cell.get("t", "n")
        if kind in {"str", "inlineStr"}:
            return plain(value), "text"
        value = value.strip()
        if kind == "n" or not value:
            return self._number(cell, value)
        if kind == "s":
            return self._string(value)[:2]
        if kind == "b" and (value in _TRUE or value in _FALSE):
            return ("TRUE" if value in _TRUE else "FALSE"), "boolean"
        if kind == "e":
            return value, "error"
        if kind == "d":
            match = _ISO.fullmatch(value)
            if match is None:
                return value, "text"
            clock = f"{match[2]}{'' if match[3] in {None, ':00'} else match[3]}" if match[2] else "00:00"
            return match[1] + ("" if clock == "00:00" else f" {clock}"), "date"
        raise self.wrong(
            value, Words(f"jenis isi “{kind}” tidak dikenal", f"a content of unknown type “{kind}”")
        )

    def _string(self, value: str) -> Seen:
        seen = self.strings.get(value)
        if seen is not None:
            return seen
        number = value.strip().lstrip("0") or "0"
        if not value.strip():
            return Seen("")
        if number not in self.strings:
            self._lose(rules.TEKS_SEL_HILANG, value)
        return self.strings.get(number, Seen(""))

    def _number(self, cell: dict[str, str], value: str) -> tuple[str, Kind]:
        """A number, and by its style what it is shown as."""
        style = cell.get("s", "0")
        form = self.forms.get(style)
        if form is None:
            form = self.forms.get(style.lstrip("0") or "0", "number")
            if "s" in cell and (style.lstrip("0") or "0") not in self.forms:
                self._lose(rules.GAYA_SEL_HILANG, style)
        if value.isdigit() and value.isascii() and len(value) < 16 and value[0] != "0":
            text: str | None = value
        else:
            text = number_text(value) if value else ""
        if text is None:
            raise self.wrong(value, Words("bukan bilangan yang sah", "no valid number"))
        if form == "number" or not text:
            return text, "number"
        if form == "percent":
            return percent_text(text), "percent"
        moment = moment_text(text, form, from_1904=self.from_1904)
        return (text, "number") if moment is None else (moment, "date")

    def _lose(self, rule: Rule, value: str) -> None:
        """Count what cells point to and is not there; the first is told."""
        first, place, count = self.lost.get(rule, (value, self.place(), 0))
        self.lost[rule] = (first, place, count + 1)

    def findings(self) -> list[Finding]:
        """What cells point to and is not there, one finding for each kind."""
        return [
            rule.at(value=value, place=place, banyak=count)
            for rule, (value, place, count) in self.lost.items()
        ]

    # --- formulas, merges, columns -----------------------------------------------------------------------

    def _formula(self, text: str, attributes: dict[str, str]) -> None:
        """A cell's formula; one that is shared stands in the first of its cells alone."""
        kind = attributes.get("t")
        if kind == "shared":
            text = text or self.shared.get(attributes.get("si", ""), "?")
            self.shared.setdefault(attributes.get("si", ""), text)
        elif kind == "dataTable":
            text = "TABLE()"
        self.formula = plain(text)
        if kind in {"array", "dataTable"}:
            area = range_of(attributes.get("ref", ""))
            if area is not None:
                self.arrays.append((area, self.formula))

    def _merge(self, reference: str) -> None:
        area = range_of(reference)
        if area is None:
            raise self.wrong(
                reference, Words("rentang gabungan di luar lembar", "a merge outside of the sheet")
            )
        if area[:2] != area[2:]:
            self.merges.append(area)
        if len(self.merges) > _MERGES:
            raise over(self.name, "terlalu banyak sel gabungan", "too many merges")

    def _columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") not in _TRUE and attributes.get("width") != "0":
            return
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if not (_COLUMN.fullmatch(first) and _COLUMN.fullmatch(last)):
            return
        numbers = range(max(int(first), 1), min(int(last), COLUMNS) + 1)
        self.columns += len(numbers)
        if self.columns > 4 * COLUMNS:
            raise over(self.name, "terlalu banyak kolom", "too many columns")
        self.hidden_columns.update(numbers)

    def _sheet_ends(self) -> None:
        """Mark the cells of array formulas, and put rows and cells into order."""
        for area, formula in self.arrays:
            rows = range(area.first_row + 1, area.last_row + 2)
            columns = range(area.first_column + 1, area.last_column + 2)
            self.archive.filled += len(rows) * len(columns)
            if self.archive.filled > _ARRAYS:
                raise over(self.name, "rumus larik terlalu besar", "array formulas are too large")
            for row in rows:
                cells = self.rows.get(row, {})
                for column in columns:
                    if column in cells and not cells[column].formula:
                        cells[column] = cells[column]._replace(formula=formula)
        for row, cells in self.rows.items():
            if any(after < before for before, after in pairwise(cells)):
                self.rows[row] = dict(sorted(cells.items()))
        if any(after < before for before, after in pairwise(self.rows)):
            self.rows = dict(sorted(self.rows.items()))
        self._count_merged()

    def _count_merged(self) -> None:
        """Refuse merges that cover more than can be looked at; beyond the last cell they hide nothing."""
        last_row = max(self.rows, default=0)
        last_column = max(map(max, self.rows.values()), default=0) if self.merges else 0
        for area in self.merges:
            high = min(area.last_row + 1, last_row) - area.first_row
            wide = min(area.last_column + 1, last_column) - area.first_column
            self.archive.merged += max(0, high) * max(0, wide)
        if self.archive.merged > _MERGED:
            raise over(self.name, "terlalu banyak sel di bawah gabungan", "too many cells under merges")
