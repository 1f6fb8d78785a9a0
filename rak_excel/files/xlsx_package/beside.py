"""What other parts tell of a sheet's rows: notes, threads, pictures, tables, names, charts, other sheets."""

import re
from typing import Final

from rak_excel.files.xlsx_package.addresses import Area, area_of, cell_of
from rak_excel.files.xlsx_package.archive import unsure
from rak_excel.files.xlsx_package.book import Workbook
from rak_excel.files.xlsx_package.formulas import follow
from rak_excel.files.xlsx_package.moved import Moved
from rak_excel.files.xlsx_package.notes import DRAWING, NOTES, shapes_moved
from rak_excel.files.xlsx_package.package import Package
from rak_excel.files.xlsx_package.xml import Element, Tree, local_name, whole
from rak_excel.findings import Place, Words
from rak_excel.sheet.moving import Bound

NOTE: Final = Words("catatan", "a note")
PICTURE: Final = Words("gambar atau bentuk", "a picture or shape")
TABLE: Final = Words("tabel", "a table")
NAME: Final = Words("nama {}", "the name {}")
CHART: Final = Words("grafik", "a chart")
OTHER: Final = Words("rumus di lembar lain", "a formula on another sheet")
PIVOT: Final = Words("tabel pivot", "a pivot table")
CONTROL: Final = Words("tombol atau kotak isian", "a button or control")

_CHART_PART: Final = re.compile(r"/charts/[^/]+\.xml\Z")
_PIVOT_PART: Final = re.compile(r"/pivotcache/pivotcachedefinition[^/]*\.xml\Z")


class Beside:
    """Lets the parts around a sheet follow its rows."""

    def __init__(self, package: Package, book: Workbook, part: str, name: str, moved: Moved) -> None:
        self.package, self.book, self.part, self.name, self.moved = package, book, part, name, moved
        self.bound: list[Bound] = []
        self.formula_moved = False
        self.stale: set[tuple[str, tuple[int, int]]] = set()

    def tell(self, what: Words, row: int, column: int, *, lost: bool) -> None:
        """Note that something is bound to a row."""
        self.bound.append(Bound(what, Place(max(row, 1), max(column, 1), self.name), lost))

    def run(self) -> None:
        """Do it all.

        Raises:
            RakError: a table would be torn apart, or a part is built in another way.
        """
        for relation in self.package.relations(self.part):
            if not relation.part or relation.part not in self.package.archive:
                continue
            if relation.kind in {NOTES, "threadedComment"}:
                self._notes(relation.part)
            elif relation.kind == DRAWING:
                self._boxes(relation.part)
            elif relation.kind == "drawing":
                self._drawing(relation.part)
            elif relation.kind == "table":
                self._table(relation.part)
            elif relation.kind == "ctrlProp":
                self.tell(CONTROL, self.moved.first, 1, lost=True)
        self._names()
        self._other_sheets()
        self._elsewhere()

    # --- notes and pictures ------------------------------------------------------------------------------

    def _notes(self, part: str) -> None:
        tree = self.package.tree(part)
        for one in tree.root.walk():
            at = cell_of(one.attributes.get("ref", "")) if "ref" in one.attributes else None
            if at is None or not self.moved.moves(at[0]):
                continue
            to = self.moved.row(at[0])
            if to is None:
                tree.remove(one)
            else:
                tree.set(one, ref=Area(to, at[1], to, at[1]).ref)
            if local_name(one) == "comment":
                self.tell(NOTE, *at, lost=to is None)
        self.package.save(tree)

    def _boxes(self, part: str) -> None:
        held = self.package.archive.read(part)
        made = shapes_moved(held, self.moved)
        if made != held:
            self.package.archive.write(part, made)

    def _drawing(self, part: str) -> None:
        tree = self.package.tree(part)
        for anchor in tree.root.children:
            begin = next((one for one in anchor.children if local_name(one) == "from"), None)
            end = next((one for one in anchor.children if local_name(one) == "to"), None)
            if begin is None or anchor.attributes.get("editAs") == "absolute":
                continue
            first, row = _row_in(begin)
            at = self._near(row)
            if self.moved.moves(row):
                column = next((whole(one.text) for one in begin.children if local_name(one) == "col"), 0)
                self.tell(PICTURE, row, column + 1, lost=self.moved.row(row) is None)
            if first is not None and at != row:
                tree.fill(first, str(at - 1))
            if end is not None:
                last, below = _row_in(end)
                is_one = anchor.attributes.get("editAs") == "oneCell" or self.moved.moves(row)
                to = below + at - row if is_one else self._near(below)
                if last is not None and to != below:
                    tree.fill(last, str(max(to, at) - 1))
        self.package.save(tree)

    def _near(self, row: int) -> int:
        """Where a row goes; where it is taken out, the row that stands in its place."""
        to = self.moved.row(row)
        while to is None:
            row += 1
            to = self.moved.row(row)
        return to

    def _table(self, part: str) -> None:
        tree = self.package.tree(part)
        for one in tree.root.walk():
            area = area_of(one.attributes.get("ref", ""))
            if area is None or not self.moved.touches(area.top, area.bottom):
                continue
            span, sure = self.moved.span(area.top, area.bottom, grow=True)
            keeps_head = self.moved.row(area.top) == (span.top if span else None)
            if span is None or not sure or not keeps_head:
                raise unsure(
                    part, f"tabel {area.ref} akan terpisah", f"the table {area.ref} would be torn apart"
                )
            tree.set(one, ref=Area(span.top, area.left, span.bottom, area.right).ref)
        self.package.save(tree)

    # --- references from elsewhere -----------------------------------------------------------------------

    def _names(self) -> None:
        for one in self.book.names():
            local = one.attributes.get("localSheetId")
            index = whole(local, -1)
            home = self.book.sheets[index].name if 0 <= index < len(self.book.sheets) else ""
            followed = follow(one.text, self.moved, self.name, home)
            if followed.text != one.text:
                self.book.tree.fill(one, followed.text)
            if not followed.sure:
                shown = one.attributes.get("name", "")
                what = Words(*(words.format(shown) for words in NAME))
                self.tell(what, self.moved.first, 1, lost=True)

    def _other_sheets(self) -> None:
        for entry in self.book.sheets:
            if not entry.part or entry.part == self.part or not self._speaks_of_us(entry.part):
                continue
            tree = Tree(entry.part, self.package.archive.read(entry.part))
            for one in tree.root.walk():
                if local_name(one) in {"f", "formula", "formula1", "formula2"} and one.text:
                    self._follow(tree, one, entry.name, OTHER)
                elif one.tag == "hyperlink" and one.attributes.get("location"):
                    followed = follow(one.attributes["location"], self.moved, self.name, entry.name)
                    if followed.text != one.attributes["location"] and followed.sure:
                        tree.set(one, location=followed.text)
            self.package.save(tree)

    def _elsewhere(self) -> None:
        """Charts name the cells that they draw; so do pivot tables."""
        for part in self.package.archive.parts():
            if _CHART_PART.search(part) and self._speaks_of_us(part):
                tree = self.package.tree(part)
                for one in tree.root.walk():
                    if local_name(one) == "f" and one.text:
                        self._follow(tree, one, "", CHART)
                self.package.save(tree)
            elif _PIVOT_PART.search(part):
                self._pivot(part)

    def _pivot(self, part: str) -> None:
        tree = self.package.tree(part)
        for one in tree.root.walk():
            area = area_of(one.attributes.get("ref", ""))
            if one.attributes.get("sheet", "").lower() != self.name.lower() or area is None:
                continue
            span, sure = self.moved.span(area.top, area.bottom, grow=True)
            if span is None or not sure:
                self.tell(PIVOT, area.top, area.left, lost=True)
            elif self.moved.touches(area.top, area.bottom):
                tree.set(one, ref=Area(span.top, area.left, span.bottom, area.right).ref)
        self.package.save(tree)

    def _follow(self, tree: Tree, one: Element, home: str, what: Words) -> None:
        followed = follow(one.text, self.moved, self.name, home)
        cell = cell_of(one.parent.attributes.get("r", "")) if one.parent is not None else None
        if followed.is_stale and cell is not None:
            self.stale.add((home.lower(), cell))
        if followed.text != one.text:
            tree.fill(one, followed.text)
            self.formula_moved = True
        if not followed.sure:
            self.tell(what, self.moved.first, 1, lost=True)

    def _speaks_of_us(self, part: str) -> bool:
        """Whether a part may name the sheet: most do not, and need not be looked through."""
        name = self.name.replace("'", "''").replace("&", "&amp;").replace("<", "&lt;").encode()
        held = self.package.archive.read(part).lower()
        return name.lower() in held or b"&#" in held or held[:2] in {b"\xff\xfe", b"\xfe\xff"}


def _row_in(anchor: Element) -> tuple[Element | None, int]:
    """The element that tells an anchor's row, and the row from 1."""
    one = next((below for below in anchor.children if local_name(below) == "row"), None)
    return one, whole(one.text.strip() if one is not None else None) + 1
