"""Notes of cells: their texts in one part, their boxes in a drawing of an old kind, both spliced.

What is ours stands between two fences, so that it is found again whoever saved the file, and an existing
note keeps its text.  Where a cell has a thread of comments, its note is Excel's own shadow of it and stays.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from rak_excel.files.xlsx_package.addresses import COLUMNS, ROWS, Area, cell_of
from rak_excel.files.xlsx_package.archive import unsure
from rak_excel.files.xlsx_package.moved import Moved
from rak_excel.files.xlsx_package.package import Package
from rak_excel.files.xlsx_package.xml import MAIN, OFFICE, STRICT, Element, Tree, escaped, stored, whole
from rak_excel.sheet.unmark import FENCE, OURS

AUTHOR: Final = "rak"
NOTES: Final = "comments"
DRAWING: Final = "vmlDrawing"
_NOTES_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_THREAD: Final = "tc="
_LONGEST: Final = 32_000

_SHAPE: Final = re.compile(rb"<((?:\w+:)?)shape\b[^>]*?(?:/>|>.*?</\1shape\s*>)", re.DOTALL)
_SHAPE_ROW: Final = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*</")
_SHAPE_COLUMN: Final = re.compile(rb"<(?:\w+:)?Column>\s*(\d+)\s*</")
_SHAPE_ID: Final = re.compile(rb"_x0000_s(\d+)")
_BLOCK: Final = re.compile(rb"""idmap\b[^>]*?\bdata\s*=\s*["'](\d{1,5})\b""")
_IS_NOTE: Final = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
_ROOT_ENDS: Final = re.compile(rb"</xml\s*>\s*\Z")

_ANCHOR: Final = re.compile(rb"(<(?:\w+:)?Anchor>)([\s\d,]+)(</)")
_HEAD: Final = 2048
_BOUND: Final = re.compile(
    rb"""xmlns:(\w+)\s*=\s*["']urn:schemas-microsoft-com:(vml|office:office|office:excel)["']"""
)

_CHARACTERS: Final = 46
_WIDTH: Final = 330
_LINE: Final = 16
_AROUND: Final = 14
_ROW_PIXELS: Final = 20
_COLUMN_PIXELS: Final = 64


class Sizes(NamedTuple):
    """Pixels of columns and rows that are not of the usual size, from 1."""

    columns: Mapping[int, int]
    rows: Mapping[int, int]
    column: int = _COLUMN_PIXELS
    row: int = _ROW_PIXELS


class Notes:
    """The notes of one sheet."""

    def __init__(self, package: Package, sheet: str) -> None:
        self.package = package
        self.sheet = sheet
        self.part = package.first(sheet, NOTES)
        self.tree = package.tree(self.part) if self.part else None
        self.by_cell: dict[tuple[int, int], Element] = {}
        self.authors: list[str] = []
        if self.tree is not None:
            self._read(self.tree)

    def _read(self, tree: Tree) -> None:
        authors, listed = tree.root.first("authors"), tree.root.first("commentList")
        if tree.root.tag != "comments" or authors is None or listed is None:
            raise unsure(self.part, "susunannya lain", "it is built in another way")
        self.authors = [one.text for one in authors.all("author")]
        for one in listed.all("comment"):
            cell = cell_of(one.attributes.get("ref", ""))
            if cell is not None:
                self.by_cell[cell] = one

    def is_thread(self, note: Element) -> bool:
        """Whether Excel keeps a thread of comments under this note."""
        author = whole(note.attributes.get("authorId"), -1)
        return 0 <= author < len(self.authors) and self.authors[author].startswith(_THREAD)

    # --- taking ours out ---------------------------------------------------------------------------------

    def clean(self) -> bool:
        """Take out all that is ours; whether there was any."""
        if self.tree is None:
            return False
        gone = set()
        found = False
        for cell, note in self.by_cell.items():
            texts = [one for one in note.walk() if one.tag == "t"]
            whole_text = "".join(one.text for one in texts)
            left = OURS.sub("", whole_text)
            if left == whole_text:
                continue
            found = True
            if left.strip():
                self._keep(self.tree, texts, whole_text)
            else:
                self.tree.remove(note)
                gone.add(cell)
        if found:
            self.package.save(self.tree)
            drawing = self._drawing()
            if gone and drawing:
                self.package.archive.write(drawing, _without_boxes(self.package.archive.read(drawing), gone))
            self.tree = self.package.tree(self.part)
            self.by_cell = {}
            self._read(self.tree)
        return found

    @staticmethod
    def _keep(tree: Tree, texts: list[Element], text: str) -> None:
        """Cut what is ours out of the runs of a note; a run of which nothing is left goes."""
        cuts = [match.span() for match in OURS.finditer(text)]
        at = 0
        for one in texts:
            end = at + len(one.text)
            left = "".join(
                char
                for place, char in enumerate(one.text, at)
                if not any(start <= place < stop for start, stop in cuts)
            )
            if left != one.text:
                run = one.parent
                if not left and run is not None and run.tag == "r":
                    tree.remove(run)
                else:
                    tree.replace(one.start, one.end, _t(tree, left))
            at = end

    # --- adding ------------------------------------------------------------------------------------------

    def add(self, texts: Mapping[tuple[int, int], str], sizes: Sizes) -> str | None:
        """Add texts to cells; the id of the drawing's relation where the sheet has to name it."""
        wanted = {
            cell: text
            for cell, text in texts.items()
            if cell not in self.by_cell or not self.is_thread(self.by_cell[cell])
        }
        if not wanted:
            return None
        if self.tree is None:
            self._new()
        tree = self.tree
        if tree is None:
            raise RuntimeError("the part of the notes was not made")
        author = self._author(tree)
        listed = tree.root.first("commentList")
        if listed is None:
            raise RuntimeError("the part of the notes has no list")
        fresh = []
        for cell, text in wanted.items():
            note = self.by_cell.get(cell)
            if note is None:
                fresh.append(_note(tree, cell, author, text))
            else:
                self._extend(tree, note, text)
        tree.append(listed, "".join(fresh))
        self.package.save(tree)
        return self._draw(wanted, sizes)

    def _new(self) -> None:
        space = MAIN if self.package.office == OFFICE else STRICT
        content = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{space}">'
            "<authors></authors><commentList></commentList></comments>"
        )
        folder = _folder(self.package)
        self.part = self.package.add(lambda count: f"{folder}comments{count}.xml", content, _NOTES_TYPE)
        self.package.relate(self.sheet, NOTES, self.part)
        self.tree = self.package.tree(self.part)

    def _author(self, tree: Tree) -> int:
        if AUTHOR in self.authors:
            return self.authors.index(AUTHOR)
        authors = tree.root.first("authors")
        if authors is not None:
            tree.append(authors, f"<{tree.root.prefix}author>{AUTHOR}</{tree.root.prefix}author>")
        return len(self.authors)

    def _extend(self, tree: Tree, note: Element, text: str) -> None:
        """Put our text below the one of a note."""
        held = note.first("text")
        if held is None:
            raise unsure(self.part, "catatan tanpa teks", "a note without a text")
        p = tree.root.prefix
        plain, runs = held.first("t"), held.all("r")
        before = "".join(one.text for one in held.walk() if one.tag == "t")
        run = _run(p, text, "\n" if before else "")
        if runs:
            tree.insert(runs[-1].end, run)
        elif plain is not None:  # a text beside runs is allowed and not shown by every program
            tree.replace(plain.start, plain.end, f"<{p}r>{_t(tree, plain.text)}</{p}r>{run}")
        elif held.children:
            tree.insert(held.children[0].start, run)
        else:
            tree.append(held, run)

    # --- boxes -------------------------------------------------------------------------------------------

    def _drawing(self) -> str:
        """The drawing of the boxes; a sheet may have another one for pictures in its header."""
        drawings = [one for one in self.package.relations(self.sheet) if one.kind == DRAWING]
        if len(drawings) > 1:
            named = _legacy(self.package, self.sheet)
            drawings = [one for one in drawings if one.id == named]
        elif drawings and not _legacy(self.package, self.sheet):
            drawings = []
        return drawings[0].part if drawings else ""

    def _draw(self, texts: Mapping[tuple[int, int], str], sizes: Sizes) -> str | None:
        drawing = self._drawing()
        held = self.package.archive.read(drawing) if drawing else b""
        boxes = {_cell_of_shape(shape) for shape in _notes_in(held)}
        whole_texts = {cell: f"{self._before(cell)}\n{text}".lstrip("\n") for cell, text in texts.items()}
        missing = {cell: text for cell, text in whole_texts.items() if cell not in boxes}
        if not drawing:  # a note without a box is not shown: all of them get one
            return self._new_drawing({**dict.fromkeys(self.by_cell, ""), **missing}, sizes)
        held = _grown(held, whole_texts, sizes)
        block = _BLOCK.search(held)
        least = 1024 * int(block[1]) if block else 1024
        first = max((int(match[1]) for match in _SHAPE_ID.finditer(held)), default=least) + 1
        end = _ROOT_ENDS.search(held)
        prefixes = _prefixes(held)
        if end is None or prefixes is None:
            raise unsure(drawing, "susunannya lain", "it is built in another way")
        shapes = "".join(
            _shape(first + number, cell, text, sizes, prefixes)
            for number, (cell, text) in enumerate(missing.items())
        )
        kind = "" if b'id="_x0000_t202"' in held or not missing else _SHAPE_TYPE.format(**prefixes)
        made = held[: end.start()] + (kind + shapes).encode() + held[end.start() :]
        self.package.archive.write(drawing, made)
        return None

    def _before(self, cell: tuple[int, int]) -> str:
        """The text that a note had before ours."""
        note = self.by_cell.get(cell)
        return "".join(one.text for one in note.walk() if one.tag == "t") if note is not None else ""

    def _new_drawing(self, missing: Mapping[tuple[int, int], str], sizes: Sizes) -> str:
        folder = f"{_folder(self.package)}drawings/"
        name = self.package.archive.unused(lambda count: f"{folder}vmlDrawing{count}.vml")
        block = whole(re.sub(r"\D", "", name.rpartition("/")[2]), 1)
        shapes = "".join(
            _shape(1024 * block + number, cell, text, sizes, _USUAL)
            for number, (cell, text) in enumerate(missing.items(), 1)
        )
        self.package.archive.write(name, _drawing(block, shapes).encode())
        self.package.declare(name, _DRAWING_TYPE)
        return self.package.relate(self.sheet, DRAWING, name)


def _folder(package: Package) -> str:
    folder = package.workbook.rpartition("/")[0]
    return f"{folder}/" if folder else ""


def _legacy(package: Package, sheet: str) -> str:
    """The relation that the sheet names for its boxes."""
    tree = Tree(sheet, package.archive.read(sheet), lambda _, tag, __: tag == "legacyDrawing")
    one = tree.root.first("legacyDrawing")
    if one is None:
        return ""
    return next((value for name, value in one.attributes.items() if name.endswith(" id")), "")


def _t(tree: Tree, text: str) -> str:
    p = tree.root.prefix
    return f'<{p}t xml:space="preserve">{escaped(text)}</{p}t>'


def _fenced(text: str) -> str:
    return f"{FENCE}\n{text[:_LONGEST]}\n{FENCE}"


def _run(p: str, text: str, before: str = "") -> str:
    return (
        f'<{p}r><{p}rPr><{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/><{p}family val="2"/>'
        f'</{p}rPr><{p}t xml:space="preserve">{before}{stored(_fenced(text))}</{p}t></{p}r>'
    )


def _note(tree: Tree, cell: tuple[int, int], author: int, text: str) -> str:
    p = tree.root.prefix
    ref = Area(*cell, *cell).ref
    return f'<{p}comment ref="{ref}" authorId="{author}"><{p}text>{_run(p, text)}</{p}text></{p}comment>'


# --- the drawing: it is often no proper XML, so it is never parsed -----------------------------------------

_USUAL: Final = {"v": "v", "o": "o", "x": "x"}
_SHAPE_TYPE: Final = (
    '<{v}:shapetype id="_x0000_t202" coordsize="21600,21600" {o}:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<{v}:stroke joinstyle="miter"/><{v}:path gradientshapeok="t" {o}:connecttype="rect"/></{v}:shapetype>'
)
_SHAPE_FORM: Final = (
    '<{v}:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
    'margin-left:80pt;margin-top:5pt;width:248pt;height:80pt;z-index:1;visibility:hidden" '
    'fillcolor="#ffffe1" {o}:insetmode="auto"><{v}:fill color2="#ffffe1"/>'
    '<{v}:shadow on="t" color="black" obscured="t"/><{v}:path {o}:connecttype="none"/>'
    '<{v}:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></{v}:textbox>'
    '<{x}:ClientData ObjectType="Note"><{x}:MoveWithCells/><{x}:SizeWithCells/>'
    "<{x}:Anchor>{anchor}</{x}:Anchor><{x}:AutoFill>False</{x}:AutoFill>"
    "<{x}:Row>{row}</{x}:Row><{x}:Column>{column}</{x}:Column></{x}:ClientData></{v}:shape>"
)


def _drawing(block: int, shapes: str) -> str:
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
        f'<o:idmap v:ext="edit" data="{block}"/></o:shapelayout>{_SHAPE_TYPE.format(**_USUAL)}{shapes}</xml>'
    )


def _prefixes(drawing: bytes) -> dict[str, str] | None:
    """The prefixes under which a drawing knows its three namespaces."""
    bound = {match[2]: match[1].decode() for match in _BOUND.finditer(drawing[:_HEAD])}
    known = {"v": bound.get(b"vml"), "o": bound.get(b"office:office"), "x": bound.get(b"office:excel")}
    found = {name: prefix for name, prefix in known.items() if prefix is not None}
    return found if len(found) == len(known) else None


def _shape(number: int, cell: tuple[int, int], text: str, sizes: Sizes, prefixes: Mapping[str, str]) -> str:
    anchor = ", ".join(map(str, _anchor(cell, text, sizes)))
    row, column = cell
    return _SHAPE_FORM.format(number=number, anchor=anchor, row=row - 1, column=column - 1, **prefixes)


def _anchor(cell: tuple[int, int], text: str, sizes: Sizes) -> tuple[int, ...]:
    """Where a box begins and ends, cells from 0 and pixels in them: right of its cell, high as its text."""
    row, column = cell
    lines = sum(-(-max(len(line), 1) // _CHARACTERS) for line in _fenced(text).split("\n"))
    left, right = column + 1, 15 + _WIDTH
    while right > (width := sizes.columns.get(left, sizes.column)) and left < COLUMNS:
        right -= width
        left += 1
    bottom, depth = row, 2 + min(lines * _LINE + _AROUND, 600)
    while depth > (height := sizes.rows.get(bottom, sizes.row)) and bottom < ROWS:
        depth -= height
        bottom += 1
    start = min(column, COLUMNS - 1)
    return start, 15 if column < COLUMNS else 0, row - 1, 2, left - 1, right, bottom - 1, depth


def _notes_in(drawing: bytes) -> list[bytes]:
    return [match[0] for match in _SHAPE.finditer(drawing) if _IS_NOTE.search(match[0])]


def _cell_of_shape(shape: bytes) -> tuple[int, int] | None:
    row, column = _SHAPE_ROW.search(shape), _SHAPE_COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else None


def shapes_moved(drawing: bytes, moved: Moved) -> bytes:
    """A drawing of boxes after rows have moved: each goes with the cell of its note."""

    def of_match(match: re.Match[bytes]) -> bytes:
        shape = match[0]
        cell = _cell_of_shape(shape) if _IS_NOTE.search(shape) else None
        row = moved.row(cell[0]) if cell is not None else None
        if cell is None or row == cell[0]:
            return shape
        if row is None:
            return b""
        by = row - cell[0]
        shape = _SHAPE_ROW.sub(lambda one: one[0].replace(one[1], str(row - 1).encode()), shape, count=1)
        anchor = _ANCHOR.search(shape)
        numbers = [int(one) for one in anchor[2].split(b",")] if anchor else []
        if anchor is None or len(numbers) != 8:
            return shape
        numbers[2], numbers[6] = max(numbers[2] + by, 0), max(numbers[6] + by, 0)
        return shape[: anchor.start(2)] + ", ".join(map(str, numbers)).encode() + shape[anchor.end(2) :]

    return _SHAPE.sub(of_match, drawing)


def _grown(drawing: bytes, texts: Mapping[tuple[int, int], str], sizes: Sizes) -> bytes:
    """Make boxes as large as their texts now need; none gets smaller."""

    def grown(match: re.Match[bytes]) -> bytes:
        shape = match[0]
        cell = _cell_of_shape(shape) if _IS_NOTE.search(shape) else None
        held = _ANCHOR.search(shape)
        numbers = tuple(int(one) for one in held[2].split(b",")) if held else ()
        if cell is None or cell not in texts or held is None or len(numbers) != 8:
            return shape
        needed = _anchor(cell, texts[cell], sizes)
        made = (*numbers[:4], *max(numbers[4:6], needed[4:6]), *max(numbers[6:], needed[6:]))
        if made == numbers:
            return shape
        return shape[: held.start(2)] + ", ".join(map(str, made)).encode() + shape[held.end(2) :]

    return _SHAPE.sub(grown, drawing)


def _without_boxes(drawing: bytes, cells: set[tuple[int, int]]) -> bytes:
    def kept(match: re.Match[bytes]) -> bytes:
        gone = _IS_NOTE.search(match[0]) and _cell_of_shape(match[0]) in cells
        return b"" if gone else match[0]

    return _SHAPE.sub(kept, drawing)
