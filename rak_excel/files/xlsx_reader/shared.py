"""What the sheets of a workbook share or have beside them: texts, styles, notes; and addresses of cells."""

import re
from typing import Final

from rak_excel.files.xlsx_reader.archive import Archive, Part, over
from rak_excel.files.xlsx_reader.formats import BUILT_IN, Form, form_of
from rak_excel.sheet.grid import Range
from rak_excel.sheet.seen import Seen

ROWS: Final = 1_048_576
COLUMNS: Final = 16_384
CELL_LIMIT: Final = 2_000_000
TEXT_LIMIT: Final = 1_000_000

ADDRESS: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


def plain(text: str) -> str:
    r"""A stored text as Excel shows it: `_xHHHH_` is a character, and a line break is a line feed.

    Examples:
        >>> plain("a_x000D_\nb"), plain("_x005F_x0041_"), plain("_xD83D__xDE00_")
        ('a\nb', '_x0041_', '😀')
    """
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def column_number(letters: str) -> int | None:
    """The number of a column, from 1; `None` where Excel has none of that name.

    Examples:
        >>> column_number("A"), column_number("XFD"), column_number("XFE"), column_number("A1")
        (1, 16384, None, None)
    """
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return None
        number = 26 * number + ord(letter) - 64
        if number > COLUMNS:
            return None
    return number or None


def range_of(reference: str) -> Range | None:
    """A range as the file writes it (`A1:B2`, `A1`); `None` where it is none, or outside of the sheet.

    Examples:
        >>> range_of("B2:A1"), range_of("A1:XFE1")
        (Range(first_row=0, first_column=0, last_row=1, last_column=1), None)
    """
    corners = []
    for corner in reference.split(":"):
        match = ADDRESS.fullmatch(corner)
        column = column_number(match[1]) if match else None
        if match is None or column is None or int(match[2]) > ROWS:
            return None
        corners.append((int(match[2]) - 1, column - 1))
    if len(corners) > 2:
        return None
    rows, columns = zip(*corners, strict=True)
    return Range(min(rows), min(columns), max(rows), max(columns))


class _Rich(Part):
    """A part with rich texts, read as plain; what tells the pronunciation is left out."""

    def __init__(self, archive: Archive, name: str) -> None:
        super().__init__(archive, name)
        self.pieces: list[str] = []
        self.phonetic = 0

    def begin(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - as all parts are told
        """A pronunciation begins."""
        if tag == "rPh":
            self.phonetic += 1

    def finish(self, tag: str, text: str) -> None:
        """A run of a text ends."""
        if tag == "t":
            if not self.phonetic:
                self.pieces.append(text)
        elif tag == "rPh":
            self.phonetic -= 1

    def taken(self) -> str:
        """The text since the last one."""
        text = plain("".join(self.pieces))
        self.pieces.clear()
        return text


class Strings(_Rich):
    """The texts that cells share, under their numbers as cells write them."""

    root = "sst"

    def __init__(self, archive: Archive, name: str) -> None:
        super().__init__(archive, name)
        self.cells: dict[str, Seen] = {}
        if name in archive:
            self.read()

    def finish(self, tag: str, text: str) -> None:
        """A text ends."""
        if tag != "si":
            super().finish(tag, text)
            return
        if len(self.cells) >= TEXT_LIMIT:
            raise over(self.name, "lebih dari 1.000.000 teks", "more than 1,000,000 texts")
        self.cells[str(len(self.cells))] = Seen(self.taken())


class Styles(Part):
    """What numbers of each style are, under the style's number as cells write it."""

    root = "styleSheet"

    def __init__(self, archive: Archive, name: str) -> None:
        super().__init__(archive, name)
        self.forms: dict[str, Form] = {}
        self.codes: dict[str, Form] = {str(number): form for number, form in BUILT_IN.items()}
        self.inside = ""
        if name in archive:
            self.read()
        else:
            self.forms["0"] = "number"

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Take a format, or a style of cells; differential styles have both tags as well."""
        if tag in {"numFmts", "cellXfs", "cellStyleXfs", "dxfs"}:
            self.inside = tag
        elif tag == "numFmt" and self.inside == "numFmts":
            self.codes[attributes.get("numFmtId", "")] = form_of(attributes.get("formatCode", ""))
        elif tag == "xf" and self.inside == "cellXfs":
            self.forms[str(len(self.forms))] = self.codes.get(attributes.get("numFmtId", "0"), "number")


class Notes(_Rich):
    """The notes of a sheet by row and column, from 1."""

    root = "comments"

    def __init__(self, archive: Archive, name: str) -> None:
        super().__init__(archive, name)
        self.notes: dict[tuple[int, int], str] = {}
        self.reference = ""
        self.read()

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """A note begins."""
        super().begin(tag, attributes)
        if tag == "comment":
            self.reference = attributes.get("ref", "")

    def finish(self, tag: str, text: str) -> None:
        """A note ends."""
        super().finish(tag, text)
        if tag == "comment":
            at = range_of(self.reference)
            if at is not None:
                self.notes[at.first_row + 1, at.first_column + 1] = self.taken()


class Drawing(Part):
    """Where the pictures, charts and shapes of a sheet begin, by row and column from 1."""

    root = "wsDr"

    def __init__(self, archive: Archive, name: str) -> None:
        super().__init__(archive, name)
        self.places: list[tuple[int, int]] = []
        self.at: dict[str, int] | None = None
        self.read()

    def begin(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - as every part has it
        """A picture, or the cell at its upper left corner, begins."""
        if tag in {"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"}:
            self.places.append((1, 1))
        elif tag == "from":
            self.at = {"row": 0, "col": 0}

    def finish(self, tag: str, text: str) -> None:
        """One of the numbers of that cell ends, or all of them."""
        if self.at is not None and tag in self.at:
            self.at[tag] = int(text) if text.isdecimal() and len(text) < 8 else 0
        elif tag == "from" and self.at is not None and self.places:
            self.places[-1] = self.at["row"] + 1, self.at["col"] + 1
            self.at = None
