"""Rows of a sheet taken out, put in or into another order, with all of the sheet's part that tells a row."""

from collections.abc import Iterable
from typing import Final

from rak_excel.files.xlsx_package.addresses import ROWS, Area, area_of, cell_of
from rak_excel.files.xlsx_package.archive import unsure
from rak_excel.files.xlsx_package.formulas import follow, follow_relative, translate
from rak_excel.files.xlsx_package.moved import Moved, Span, areas
from rak_excel.files.xlsx_package.package import Package
from rak_excel.files.xlsx_package.sheet import Sheet
from rak_excel.files.xlsx_package.xml import Element, escaped, local_name, utf8, whole
from rak_excel.findings import Place, Words, column_letters
from rak_excel.sheet.moving import Bound

FORMULA: Final = Words("rumus", "a formula")
MERGE: Final = Words("sel gabungan", "merged cells")
FORMAT: Final = Words("format bersyarat", "a conditional format")
CHECK: Final = Words("pemeriksaan isian", "a data validation")
LINK: Final = Words("tautan", "a link")
FILTER: Final = Words("saringan", "a filter")

_HOLDERS: Final = frozenset(
    {
        "sparklines",
        "sparklineGroup",
        "sparklineGroups",
        "conditionalFormattings",
        "dataValidations",
        "ext",
        "extLst",
    }
)
_LOOKS: Final = ("ht", "customHeight", "s", "customFormat", "thickTop", "thickBot", "outlineLevel")


class RowMover:
    """Moves the rows of one sheet, and tells what was bound to them."""

    def __init__(self, sheet: Sheet, name: str, moved: Moved) -> None:
        self.sheet, self.name, self.moved = sheet, name, moved
        self.tree = sheet.tree
        self.bound: list[Bound] = []
        self.formula_moved = False
        self.stale: set[tuple[str, tuple[int, int]]] = set()

    def tell(self, what: Words, row: int, column: int, *, lost: bool) -> None:
        """Note that something is bound to a row."""
        self.bound.append(Bound(what, Place(row, max(column, 1), self.name), lost))

    def run(self) -> None:
        """Do it all.

        Raises:
            RakError: a formula covers cells of rows that go different ways.
        """
        moved = self.moved
        if any(number > ROWS - max(moved.delta, 0) for number, row in self.sheet.rows if row.children):
            raise unsure(self.sheet.part, "barisnya melampaui lembar", "its rows would leave the sheet")
        self._rows()
        self._merges()
        self._formats()
        self._checks()
        self._links()
        self._ranges()
        self._breaks()
        self._extensions()

    # --- rows and cells ----------------------------------------------------------------------------------

    def _rows(self) -> None:
        moved = self.moved
        pieces: dict[int, bytes] = {}
        region: list[Element] = []
        for number, row in self.sheet.rows:
            since = len(self.tree.edits)
            cells = self.sheet.cells_of(row)
            for column, cell in cells:
                self._formula(number, column, cell)
            inside = moved.first <= number <= moved.last
            to = moved.row(number)
            if to is not None and (inside or moved.moves(number)):
                self._number(row, cells, to)
            if inside:
                region.append(row)
                made = self.tree.take(row, since)
                if to is not None:
                    pieces[to] = pieces.get(to, b"") + made
        for to, source in moved.new.items():
            like = self.sheet.by_row.get(source)
            if like:
                pieces[to] = self._blank(like[0], to)
        self._put(region, b"".join(pieces[at] for at in sorted(pieces)))
        self._dimension()

    def _put(self, region: list[Element], new: bytes) -> None:
        """Put the rows in the place of those that were there, or before the first row below."""
        if region:
            for row in region[1:]:
                self.tree.remove(row)
            self.tree.replace(region[0].start, region[0].end, new)
            return
        below = next((row for number, row in self.sheet.rows if number > self.moved.last), None)
        if below is not None:
            self.tree.insert(below.start, new)
        else:
            self.tree.append(self.sheet.data, new.decode())

    def _number(self, row: Element, cells: Iterable[tuple[int, Element]], to: int) -> None:
        self.tree.set(row, r=str(to))
        for column, cell in cells:
            self.tree.set(cell, r=f"{column_letters(column)}{to}")

    def _blank(self, like: Element, to: int) -> bytes:
        """An empty row that looks like another one."""
        prefix = like.prefix
        looks = "".join(f' {name}="{like.attributes[name]}"' for name in _LOOKS if name in like.attributes)
        cells = "".join(
            f'<{prefix}c r="{column_letters(column)}{to}" s="{whole(cell.attributes.get("s"))}"/>'
            for column, cell in self.sheet.cells_of(like)
        )
        return f'<{prefix}row r="{to}"{looks}>{cells}</{prefix}row>'.encode()

    def _formula(self, row: int, column: int, cell: Element) -> None:
        """Let a cell's formula follow."""
        one = cell.first("f")
        if one is None:
            return
        to = self.moved.row(row)
        if self.moved.moves(row):
            self.formula_moved = True
            self.tell(FORMULA, row, column, lost=to is None)
        if one.attributes.get("t") in {"array", "dataTable"}:
            self._array(one)
        followed = follow(one.text, self.moved, self.name, self.name)
        if followed.is_stale and to is not None:
            self.stale.add((self.name.lower(), (to, column)))
        if followed.text != one.text:
            self.formula_moved = True
            self.tree.fill(one, followed.text)
        if not followed.sure and to is not None:
            self.tell(FORMULA, row, column, lost=True)

    def _array(self, one: Element) -> None:
        """A formula of several cells: they have to stay together."""
        area = area_of(one.attributes.get("ref", ""))
        if area is None or not self.moved.touches(area.top, area.bottom):
            return
        span, sure = self.moved.span(area.top, area.bottom, grow=False)
        is_whole = span is not None and span.bottom - span.top == area.bottom - area.top
        if (span is None and area.top != area.bottom) or (span is not None and not (sure and is_whole)):
            raise unsure(
                self.sheet.part,
                f"rumus larik {area.ref} akan terpisah",
                f"the array formula {area.ref} would be torn apart",
            )
        if one.attributes.get("t") == "dataTable":
            raise unsure(self.sheet.part, f"tabel data {area.ref}", f"the data table {area.ref}")
        if span is not None:
            self.tree.set(one, ref=_over(area, span).ref)

    def _dimension(self) -> None:
        held = self.tree.root.first("dimension")
        area = area_of(held.attributes.get("ref", "")) if held is not None else None
        if held is not None and area is not None:
            span, _ = self.moved.span(area.top, area.bottom, grow=True)
            if span is not None and (span.top, span.bottom) != (area.top, area.bottom):
                self.tree.set(held, ref=_over(area, span).ref)

    # --- what tells rows beside the cells ----------------------------------------------------------------

    def _merges(self) -> None:
        held = self.tree.root.first("mergeCells")
        if held is None:
            return
        made = []
        for one in held.all("mergeCell"):
            area = area_of(one.attributes.get("ref", ""))
            if area is None:
                raise unsure(self.sheet.part, "rentang gabungan tidak dikenal", "a merge that is no range")
            span, sure = self.moved.span(area.top, area.bottom, grow=False)
            if area.top != area.bottom and not sure:
                self.tell(MERGE, area.top, area.left, lost=True)
            elif span is not None and _over(area, span)[:2] != _over(area, span)[2:]:
                made.append((one, area, _over(area, span)))
        if not made:
            self.tree.remove(held)
            return
        kept = {id(one): (area, new) for one, area, new in made}
        for one in held.all("mergeCell"):
            if id(one) not in kept:
                self.tree.remove(one)
            elif kept[id(one)][0] != kept[id(one)][1]:
                self.tree.set(one, ref=kept[id(one)][1].ref)
        if "count" in held.attributes and len(made) != len(held.children):
            self.tree.set(held, count=str(len(made)))

    def _formats(self) -> None:
        for one in self.tree.root.all("conditionalFormatting"):
            if self.is_gone(one.attributes.get("sqref", "")):
                self._lost(FORMAT, one)
            self._follow(one, [below for rule in one.all("cfRule") for below in rule.all("formula")], FORMAT)

    def _checks(self) -> None:
        held = self.tree.root.first("dataValidations")
        if held is None:
            return
        listed = held.all("dataValidation")
        kept = [one for one in listed if not self.is_gone(one.attributes.get("sqref", ""))]
        for one in listed:
            if one not in kept:
                self._lost(CHECK, one)
        if not kept:
            self.tree.remove(held)
            return
        for one in listed:
            self._follow(one, [below for tag in ("formula1", "formula2") for below in one.all(tag)], CHECK)
        if "count" in held.attributes and len(kept) != len(listed):
            self.tree.set(held, count=str(len(kept)))

    def is_gone(self, sqref: str) -> bool:
        """Whether nothing is left of areas; what is no area, such as a whole column, stays."""
        held = known_areas(sqref)
        return len(held) == len(sqref.split()) > 0 and not areas(self.moved, held)

    def _lost(self, what: Words, one: Element) -> None:
        first = known_areas(one.attributes.get("sqref", ""))[0]
        self.tell(what, first.top, first.left, lost=True)

    def _follow(self, one: Element, formulas: Iterable[Element], what: Words) -> None:
        """Let an element with areas follow, and its formulas, which speak of the first of their cells."""
        sqref = one.attributes.get("sqref", "")
        before = known_areas(sqref)
        after = areas(self.moved, before)
        if self.is_gone(sqref):
            self.tree.remove(one)
        elif before and len(before) == len(sqref.split()):
            if after != before:
                self.tree.set(one, sqref=" ".join(area.ref for area in after))
            self._speaking(formulas, before, after, what)

    def _speaking(
        self, formulas: Iterable[Element], before: list[Area], after: list[Area], what: Words
    ) -> None:
        tops = min(area.top for area in before), min(area.top for area in after)
        alone = len(before) == len(after) == 1 and before[0][:2] == before[0][2:]
        for formula in formulas:
            followed = (
                follow(formula.text, self.moved, self.name, self.name)
                if alone
                else follow_relative(formula.text, self.moved, self.name, tops)
            )
            if followed.text != formula.text:
                self.tree.fill(formula, followed.text)
            if not followed.sure:
                self.tell(what, before[0].top, before[0].left, lost=True)

    def _links(self) -> None:
        held = self.tree.root.first("hyperlinks")
        if held is None:
            return
        kept = 0
        for one in held.all("hyperlink"):
            area = area_of(one.attributes.get("ref", ""))
            span = self.moved.span(area.top, area.bottom, grow=False)[0] if area is not None else None
            kept += area is None or span is not None
        if not kept:
            self.tree.remove(held)
            for one in held.all("hyperlink"):
                self._lost_link(one)
            return
        for one in held.all("hyperlink"):
            self._link(one)

    def _lost_link(self, one: Element) -> None:
        area = area_of(one.attributes.get("ref", ""))
        if area is not None:
            self.tell(LINK, area.top, area.left, lost=True)

    def _link(self, one: Element) -> None:
        area = area_of(one.attributes.get("ref", ""))
        values: dict[str, str | None] = {}
        if area is not None:
            span, _ = self.moved.span(area.top, area.bottom, grow=False)
            if span is None:
                self._lost_link(one)
                self.tree.remove(one)
                return
            if _over(area, span) != area:
                values["ref"] = _over(area, span).ref
        target = one.attributes.get("location")
        if target:
            followed = follow(target, self.moved, self.name, self.name)
            if followed.text != target and followed.sure:
                values["location"] = followed.text
        self.tree.set(one, **values)

    def _ranges(self) -> None:
        """Ranges that are one rectangle, or areas without formulas."""
        for one in self.tree.root.walk():
            if one.tag in {"autoFilter", "sortState", "sortCondition"} and one.attributes.get("ref"):
                self._range(one)
            elif one.tag in {"protectedRange", "ignoredError"} and one.attributes.get("sqref"):
                after = areas(self.moved, known_areas(one.attributes["sqref"]))
                if after:
                    self.tree.set(one, sqref=" ".join(area.ref for area in after))
            elif one.tag in {"cellWatch", "inputCells"}:
                at = cell_of(one.attributes.get("r", ""))
                to = self.moved.row(at[0]) if at is not None else None
                if at is not None and to is not None and to != at[0]:
                    self.tree.set(one, r=Area(to, at[1], to, at[1]).ref)

    def _range(self, one: Element) -> None:
        area = area_of(one.attributes["ref"])
        if area is None:
            return
        span, sure = self.moved.span(area.top, area.bottom, grow=True)
        if span is None or not sure:
            self.tell(FILTER, area.top, area.left, lost=True)
        if span is not None and _over(area, span) != area:
            self.tree.set(one, ref=_over(area, span).ref)

    def _breaks(self) -> None:
        held = self.tree.root.first("rowBreaks")
        for one in held.all("brk") if held is not None else []:
            below = whole(one.attributes.get("id")) + 1
            to = self.moved.row(below)
            if to is None:  # the row that began the page is gone: the next one begins it
                after = (self.moved.row(row) for row in range(below, self.moved.last + 2))
                to = next((row for row in after if row is not None), below)
            if to != below:
                self.tree.set(one, id=str(max(to - 1, 1)))

    def _extensions(self) -> None:
        """What newer programs keep apart: areas in `sqref`, formulas in `f`."""
        held = self.tree.root.first("extLst")
        if held is None:
            return
        gone: set[Element] = set()
        for one in held.walk():
            told = next((below for below in one.children if local_name(below) == "sqref"), None)
            if told is None:
                continue
            before = known_areas(told.text)
            after = areas(self.moved, before)
            if self.is_gone(told.text):
                self.tell(FORMAT, before[0].top, before[0].left, lost=True)
                gone.add(one)
            elif before:
                if after != before:
                    self.tree.fill(told, " ".join(area.ref for area in after))
                formulas = [below for below in one.walk() if local_name(below) == "f" and below.text]
                self._speaking(formulas, before, after, FORMAT)
        self._take_out(gone)

    def _take_out(self, gone: set[Element]) -> None:
        """Take elements out, with what held nothing else."""
        grown = True
        while grown:
            parents = {
                one.parent
                for one in gone
                if one.parent is not None
                and local_name(one.parent) in _HOLDERS
                and all(other in gone for other in one.parent.all(one.tag))
            }
            grown = not parents <= gone
            gone |= parents
        for one in gone:
            if one.parent not in gone:
                self.tree.remove(one)
        for parent in {one.parent for one in gone if one.parent is not None} - gone:
            if "count" in parent.attributes:
                left = sum(child not in gone for child in parent.children)
                self.tree.set(parent, count=str(left))


def known_areas(sqref: str) -> list[Area]:
    """The areas of a list of references."""
    return [area for ref in sqref.split() if (area := area_of(ref)) is not None]


def _over(area: Area, span: Span) -> Area:
    return Area(span.top, area.left, span.bottom, area.right)


def may_share(package: Package, part: str) -> bool:
    """Whether cells of a sheet may share formulas."""
    return b"shared" in utf8(part, package.archive.read(part))


def unshare(package: Package, part: str) -> None:
    """Write out the formulas that cells of a sheet share: each can go its own way then."""
    if not may_share(package, part):
        return
    sheet = Sheet(package, part, lambda _: True, formulas=True)
    shared: dict[str, tuple[int, int, str]] = {}
    for number, row in sheet.rows:
        for column, cell in sheet.cells_of(row):
            one = cell.first("f")
            if one is None or one.attributes.get("t") != "shared":
                continue
            index, text = one.attributes.get("si", ""), one.text
            if text:
                shared.setdefault(index, (number, column, text))
            elif index in shared:
                top, left, first = shared[index]
                text = translate(first, number - top, column - left)
            else:
                raise unsure(part, "rumus bersama tanpa pangkal", "a shared formula without its first")
            name = one.name
            sheet.tree.replace(one.start, one.end, f"<{name}>{escaped(text)}</{name}>")
    sheet.save()
