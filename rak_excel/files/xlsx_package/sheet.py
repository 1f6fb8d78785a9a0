"""A sheet's part: its cells found, or made where they have to be, and what has a place of its own in it."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final

from rak_excel.files.xlsx_package.addresses import COLUMNS, ROWS, Area, area_of, cell_of
from rak_excel.files.xlsx_package.archive import unsure
from rak_excel.files.xlsx_package.notes import Sizes
from rak_excel.files.xlsx_package.package import Package
from rak_excel.files.xlsx_package.xml import Element, Tree, whole
from rak_excel.findings import column_letters

ORDER: Final = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF",
    "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_PIXELS_A_UNIT: Final = 7
_PIXELS_A_POINT: Final = 4 / 3
_TRUE: Final = ("1", "true")


class Sheet:
    """One sheet's part.

    `cells` says of which rows the cells are looked at, `formulas` whether into them and all else too, `alone`
    whether cells without a formula do not matter.
    """

    def __init__(
        self,
        package: Package,
        part: str,
        cells: Callable[[int], bool],
        *,
        styles: frozenset[str] | None = None,
        formulas: bool = False,
        alone: bool = False,
    ) -> None:
        self.formulas = formulas
        self.package = package
        self.part = part
        self.wanted = cells
        self.styles = styles
        self.row = 0
        self.alone, self.last = alone, ""
        self.tree = Tree(part, package.archive.read(part), self._keep, _has_no_formula if alone else None)
        data = self.tree.root.first("sheetData")
        if self.tree.root.tag != "worksheet" or data is None:
            raise unsure(part, "tidak memuat baris", "it holds no rows")
        self.data = data
        self.rows: list[tuple[int, Element]] = []
        number = 0
        for row in data.all("row"):
            number = self._row_number(row.attributes, number)
            self.rows.append((number, row))
        self.by_row: dict[int, list[Element]] = {}
        for number, row in self.rows:
            self.by_row.setdefault(number, []).append(row)
        self.merges = self._merges()
        self.made: dict[int, dict[int, int]] = {}

    def _row_number(self, attributes: dict[str, str], before: int) -> int:
        number = whole(attributes.get("r"), before + 1)
        if not 0 < number <= ROWS:
            raise unsure(self.part, "nomor baris di luar lembar", "a row outside of the sheet")
        return number

    def _keep(self, parent: Element, tag: str, attributes: dict[str, str]) -> bool:
        if tag == "row":
            self.row = self._row_number(attributes, self.row)
            self.last = ""
            return True
        if tag == "c":
            if self.alone:
                self.last = attributes.setdefault("r", self._next())
            return self.wanted(self.row) and (self.styles is None or attributes.get("s") in self.styles)
        if parent.tag == "c":
            return self.formulas and (tag == "f" or (tag == "v" and bool(parent.children)))
        return self.formulas or tag not in {"extLst", "conditionalFormatting", "dataValidations"}

    def _next(self) -> str:
        """The address right of the last cell."""
        before = cell_of(self.last)
        return f"{column_letters((before[1] if before else 0) + 1)}{self.row}"

    def _merges(self) -> tuple[Area, ...]:
        held = self.tree.root.first("mergeCells")
        found = (area_of(one.attributes.get("ref", "")) for one in (held.all("mergeCell") if held else []))
        return tuple(area for area in found if area is not None)

    def first_of(self, row: int, column: int) -> tuple[int, int]:
        """The cell itself, or the first cell of the merge that covers it."""
        for area in self.merges:
            if area.top <= row <= area.bottom and area.left <= column <= area.right:
                return area.top, area.left
        return row, column

    # --- cells -------------------------------------------------------------------------------------------

    def cells_of(self, row: Element) -> list[tuple[int, Element]]:
        """The cells of a row with their columns; one that tells none stands right of the one before."""
        found = []
        column = 0
        for one in row.all("c"):
            at = cell_of(one.attributes.get("r", ""))
            column = at[1] if at is not None else column + 1
            found.append((column, one))
        return found

    def styled(self) -> Iterable[tuple[Element, int]]:
        """The cells that were looked for by their styles, with these."""
        for _, row in self.rows:
            for one in row.all("c"):
                yield one, whole(one.attributes.get("s"))

    def default_style(self, row: int, column: int) -> int:
        """The style that a cell which is not there has."""
        for one in self.by_row.get(row, []):
            if one.attributes.get("customFormat") in _TRUE:
                return whole(one.attributes.get("s"))
        for col in self._cols():
            if whole(col.attributes.get("min")) <= column <= whole(col.attributes.get("max")):
                return whole(col.attributes.get("style"))
        return 0

    def restyle(self, cells: dict[tuple[int, int], Callable[[int], int]]) -> None:
        """Give cells a style made of the one they have; those that are not there are made."""
        absent: dict[tuple[int, int], Callable[[int], str]] = {}
        prefix = self.tree.root.prefix
        for (row, column), styled in cells.items():
            held = next(
                (
                    one
                    for element in self.by_row.get(row, [])
                    for at, one in self.cells_of(element)
                    if at == column
                ),
                None,
            )
            if held is not None:
                self.tree.set(held, s=str(styled(whole(held.attributes.get("s")))))
            else:
                name = f'{prefix}c r="{column_letters(column)}{row}"'
                absent[row, column] = partial(_styled, name, styled)
        self.create(absent)

    def create(self, cells: Mapping[tuple[int, int], Callable[[int], str]]) -> None:
        """Make cells that are not there; each is told the style it would have, and says how it is written."""
        by_row: dict[int, dict[int, str]] = {}
        for row, column in sorted(cells):
            by_row.setdefault(row, {})[column] = cells[row, column](self.default_style(row, column))
        for number, columns in by_row.items():
            self._make(number, columns)
        if cells:
            self._dimension(list(cells))

    def _make(self, number: int, made: Mapping[int, str]) -> None:
        """Put cells into one row, in order; the row too where it is not there."""
        prefix = self.tree.root.prefix
        if number not in self.by_row:
            new = f'<{prefix}row r="{number}">{"".join(made.values())}</{prefix}row>'
            after = next((pair for pair in self.rows if pair[0] > number), None)
            if after is None:
                self.tree.append(self.data, new)
            else:
                self.tree.insert(after[1].start, new)
                if "r" not in after[1].attributes:
                    self.tree.set(after[1], r=str(after[0]))
            return
        row = self.by_row[number][0]
        held = self.cells_of(row)
        numbered = set()
        behind = []
        for column, new in made.items():
            after_cell = next((pair for pair in held if pair[0] > column), None)
            if after_cell is None:
                behind.append(new)
                continue
            self.tree.insert(after_cell[1].start, new)
            if "r" not in after_cell[1].attributes and after_cell[0] not in numbered:
                numbered.add(after_cell[0])
                self.tree.set(after_cell[1], r=f"{column_letters(after_cell[0])}{number}")
        self.tree.append(row, "".join(behind))
        self._span(row, made)

    def _span(self, row: Element, columns: Iterable[int]) -> None:
        """Widen what a row says of its cells; wrong spans let some programs lose cells."""
        first, _, last = row.attributes.get("spans", "").partition(":")
        if first.isdecimal() and last.isdecimal():
            low, high = min(int(first), *columns), max(int(last), *columns)
            if f"{low}:{high}" != row.attributes["spans"]:
                self.tree.set(row, spans=f"{low}:{high}")

    def _dimension(self, cells: list[tuple[int, int]]) -> None:
        held = self.tree.root.first("dimension")
        area = area_of(held.attributes.get("ref", "")) if held is not None else None
        if held is None or area is None:
            return
        rows, columns = zip(*cells, strict=True)
        grown = Area(
            min(area.top, *rows), min(area.left, *columns), max(area.bottom, *rows), max(area.right, *columns)
        )
        if grown != area:
            self.tree.set(held, ref=grown.ref)

    # --- what stands beside the cells --------------------------------------------------------------------

    def _cols(self) -> list[Element]:
        held = self.tree.root.first("cols")
        return held.all("col") if held is not None else []

    def sizes(self) -> Sizes:
        """The pixels of columns and rows, as far as the sheet tells them."""
        columns: dict[int, int] = {}
        for col in self._cols():
            first, last = whole(col.attributes.get("min")), whole(col.attributes.get("max"))
            width = 0 if col.attributes.get("hidden") in _TRUE else _pixels(col.attributes.get("width"), 1)
            if width is not None:
                columns.update(dict.fromkeys(range(first, min(last, first + 256, COLUMNS) + 1), width))
        rows: dict[int, int] = {}
        for number, row in self.rows:
            height = 0 if row.attributes.get("hidden") in _TRUE else _pixels(row.attributes.get("ht"), 0)
            if height is not None:
                rows[number] = height
        held = self.tree.root.first("sheetFormatPr")
        told = held.attributes if held is not None else {}
        return Sizes(
            columns,
            rows,
            _pixels(told.get("defaultColWidth"), 1) or Sizes({}, {}).column,
            _pixels(told.get("defaultRowHeight"), 0) or Sizes({}, {}).row,
        )

    def widths(self) -> dict[int, float]:
        """The widths of columns as they are written, as far as the sheet tells them."""
        found: dict[int, float] = {}
        for col in self._cols():
            first, last = whole(col.attributes.get("min")), whole(col.attributes.get("max"))
            try:
                width = float(col.attributes.get("width", ""))
            except ValueError:
                continue
            found.update(dict.fromkeys(range(first, min(last, first + 256, COLUMNS) + 1), width))
        return found

    def name_drawing(self, relation: str) -> None:
        """Name the drawing of the notes' boxes."""
        held = self.tree.root.first("legacyDrawing")
        new = f'<{self.tree.root.prefix}legacyDrawing xmlns:r="{self.package.office}" r:id="{relation}"/>'
        if held is not None:
            self.tree.replace(held.start, held.end, new)
        else:
            self.tree.put(new, "legacyDrawing", ORDER)

    def save(self) -> None:
        """Put what was changed into the part."""
        self.package.save(self.tree)


def _has_no_formula(one: Element) -> bool:
    return one.tag == "c" and one.first("f") is None


def _styled(name: str, styled: Callable[[int], int], style: int) -> str:
    return f'<{name} s="{styled(style)}"/>'


def _pixels(text: str | None, is_width: int) -> int | None:
    try:
        size = float(text) if text else None
    except ValueError:
        return None
    if size is None or not 0 <= size < 2_000:
        return None
    return round(size * (_PIXELS_A_UNIT if is_width else _PIXELS_A_POINT))
