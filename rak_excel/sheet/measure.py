"""How many lines a wrapped text takes in a column, and how high they are.

No spreadsheet fits a row to wrapped text in merged cells, so every height is computed here,
from real advance widths and for the narrowest column and the stingiest line breaking known:
what is counted here is enough in Excel and in LibreOffice alike.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from rak_excel.sheet.widths import FACES, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FONTS: Final = frozenset(family for family, _ in FACES)
"""The families that can be measured; Excel and LibreOffice need the same height only for these."""

NORMAL: Final = ("Times New Roman", 12)
"""The workbook's default font, whatever its cells use: the measure of its columns.

A digit of it is 8 pixels at 96 dots an inch and 6 points on paper, without rounding at any scale
of the screen, so Excel's and LibreOffice's columns are equally wide.  With Arial 10 (7 pixels,
but 5.56 points) LibreOffice's would be 5.7 % wider, and texts take fewer lines there.
"""

# A column of width w, as Excel's own dialogue counts it for Arial 10 or Calibri 11, is 7w pixels for text
# and 5 for padding and grid line (ECMA-376, 18.3.1.13).
_PIXEL: Final = 0.75
_DIGIT: Final = 7
_PADDING: Final = 5
# Points of room that LibreOffice may have more, since it keeps less of the padding.
_MORE: Final = 2.25
# Kerning, which is not counted, narrows a line by so much at most.
_KERNING: Final = 0.006

# LibreOffice 7.4 draws n lines n * size * this high at most, and keeps 2 points around them.  Excel for Mac
# draws 12 points for Arial or Times 9, 13 for 10, ... 19 for 16 (office2pdf, pull request 1245); Excel for
# Windows makes rows of n times 12.75 points for n lines of Arial 10.
_PITCH: Final = {"Arial": 1.12, "Times New Roman": 1.116}
_AROUND: Final = 2.0
_EXCEL: Final = 3.0
# A row may be too high in LibreOffice by 6 % of its lines and one line, less a pixel.
_SLACK: Final = 1.06

# Ems, for characters that the faces lack and another font must draw.  Emoji are wider than their em in
# each font known; marks add nothing, but may send their letter to a wider font; LibreOffice has a tab
# stop every half inch; and what has no shape has no width.
_EMOJI: Final = 1.4
_OTHER: Final = 1.0
_MARK: Final = 0.25
_TAB: Final = 4.0

# A word which no program breaks, next to others of its kind: not inside it, and always at the blank.
_PLAIN: Final = r"[(\[]*[^\W_](?:[.,]?[^\W_])*[.,;:!?%)\]]*"
_SPECIAL: Final = 1 << 40
_LINE_END: Final = r"\r\n|[\n\r\u0085\u2028\u2029]"
# A word that can be told apart from its neighbours by its blanks alone.
_ALONE: Final = r"[(\[“]*[^\W_](?:[^ ]*[^\W_])?[.,;:!?%)\]]*"

# Where a line may break.  LibreOffice asks ICU (Unicode line breaking, Annex 14, whose versions differ),
# Excel breaks at any blank and hyphen.  A chunk of text goes up to the end of a match, and the blanks at
# its end are free.  `_SURE`: any program breaks there.  `_SOME`: some do, but not where ICU lets
# brackets, points and digits hold on to their neighbours.  `_ANY`: any place where any of them does.
_BLANKS: Final = r"(?<![ (\[{“‘«])(?<!\A) +(?![ )\]}!?;:,./…”’»])(?:(?<![\"'”’»] )|(?![(\[{]))"
_INSIDE: Final = r"(?<=[-–—/…!?|\\\u00ad\u200b])(?! )|(?=[—%])(?<! )"
_SURE: Final = rf"{_BLANKS}(?!%)|(?<=[^\W\d_]-)(?=[^\W\d_])"
_SOME: Final = rf"{_BLANKS}|(?!(?<=[-/])\d)(?:{_INSIDE})"
_ANY: Final = rf" +|{_INSIDE}"


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern when the first text needs it: a plan that is only checked needs none."""
    return re.compile(source)


def pixels(width: float) -> int:
    """Pixels of a whole column, to be set with `set_column_pixels` under the default font `NORMAL`.

    Examples:
        >>> pixels(10)
        75
    """
    return int(_DIGIT * width + 0.5) + _PADDING


def merged(widths: Iterable[float]) -> float:
    """The width of one column that has as much room for text as these columns merged.

    It is more than their sum: the padding between them is room too.

    Examples:
        >>> merged([12])
        12.0
        >>> round(merged([12, 30]), 3)
        42.714
    """
    return (sum(map(pixels, widths)) - _PADDING) / _DIGIT


def room(width: float) -> float:
    """Points that a line of text has in a column of this width.

    Examples:
        >>> room(10)
        52.5
    """
    return (pixels(width) - _PADDING) * _PIXEL


def height(lines: int, family: str, size: float) -> float:
    """Points that so many lines need in LibreOffice, in one row; for Excel see `Measure.needs`.

    Examples:
        >>> height(1, "Arial", 10), height(3, "Arial", 10)
        (13.5, 36.0)
    """
    return whole(lines * size * _PITCH[family] + _AROUND)


def whole(points: float) -> float:
    """The height in whole pixels, rounded up: XlsxWriter would round to the nearest.

    Examples:
        >>> whole(20.3)
        21.0
    """
    return math.ceil(points / _PIXEL) * _PIXEL


class _Characters(dict[str, int]):
    """Character -> units, of one face; what the face lacks is estimated when it is met."""

    def __init__(self, packed: str) -> None:
        super().__init__()
        for line in packed.split("\n")[1:-1]:
            first, widths = int(line[:4], 16), line[5:]
            for at in range(0, len(widths), 3):
                self[chr(first + at // 3)] = int(widths[at : at + 3], 16)

    def __missing__(self, char: str) -> int:
        self[char] = units = math.ceil(_estimate(char) * UNITS)
        return units


def _estimate(char: str) -> float:
    """The width in ems of a character that the face lacks: rather too wide than too narrow."""
    if char == "\t":
        return _TAB
    match unicodedata.category(char):
        case "Cc" | "Cf" | "Cs":
            return 0.0
        case "Mn" | "Me":
            return _MARK
        case "So" | "Sk" | "Sm" | "Cn":
            return _EMOJI
        case _:
            return _OTHER


class _Words(dict[str, int]):
    """Word -> units with one blank after it, of one face; `_SPECIAL` where lines may break inside."""

    def __init__(self, chars: _Characters) -> None:
        super().__init__()
        self.chars = chars
        self.chunks = _Chunks(chars)
        self.parts = _Parts()

    def __missing__(self, word: str) -> int:
        self[word] = units = self.chunks[word + " "][1] if _pattern(_PLAIN).fullmatch(word) else _SPECIAL
        return units


class _Chunks(dict[str, tuple[int, int]]):
    """Chunk -> its units without the blanks at its end, and with them."""

    def __init__(self, chars: _Characters) -> None:
        super().__init__()
        self.chars = chars

    def __missing__(self, chunk: str) -> tuple[int, int]:
        body, whole = (
            sum(map(self.chars.__getitem__, chunk.rstrip(" "))),
            sum(map(self.chars.__getitem__, chunk)),
        )
        self[chunk] = body, whole
        return body, whole


class _Parts(dict[str, tuple[str, ...]]):
    """Word -> the chunks that it is on its own; none if the words beside it have a say in that."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        self[word] = parts = tuple(_split(word + " ", _SURE)) if _pattern(_ALONE).fullmatch(word) else ()
        return parts


def _split(line: str, breaks: str) -> list[str]:
    """The chunks of a line: it is cut at the end of each match."""
    ends = [match.end() for match in _pattern(breaks).finditer(line)]
    return [line[start:end] for start, end in zip([0, *ends], [*ends, len(line)], strict=True) if start < end]


class _Column(dict[str, int]):
    """Text -> lines, in one face and size, in a column with `room` units for a line.

    They are enough in any program, or, if `few`, in the one that makes the most of the room.
    `doubtful` are the texts that may take fewer lines if a line has `more` units of room.
    """

    def __init__(self, words: _Words, room: int, few: bool, more: int = 0) -> None:
        super().__init__()
        self.words = words
        self.room = room
        self.few = few
        self.more = more
        self.doubtful: set[str] = set()

    def __missing__(self, text: str) -> int:
        """Count the lines: most texts are plain words, and are counted here in some 2 us."""
        room = self.room + self.words.chars[" "]
        widths = [*map(self.words.__getitem__, text.split(" "))]
        total = sum(widths)
        nearest = total - room
        if total >= _SPECIAL:
            lines, nearest = self._count(text), 0
        elif total <= room:
            lines = 1
        else:
            lines, used = 1, 0
            for width in widths:
                used += width
                if used > room:
                    lines += 1
                    nearest = min(nearest, used - room)
                    used = width
                    if width > room:
                        lines, nearest = self._count(text), 0
                        break
        if lines > 1 and nearest <= self.more:
            self.doubtful.add(text)
        self[text] = lines
        return lines

    def _count(self, text: str) -> int:
        """Count the lines of a text with line feeds, special characters or words too long for a line."""
        total = 0
        for line in _pattern(_LINE_END).split(text):
            if self.few:
                total += self._wrap(_split(line, _ANY))[0]
                continue
            chunks: list[str] = []
            for parts in map(self.words.parts.__getitem__, line.split(" ")):
                if not parts:
                    chunks = _split(line, _SURE)
                    break
                chunks += parts
            lines, cut = self._wrap(chunks)
            if cut:  # only then can more places to break make more lines
                lines = max(lines, *(self._wrap(_split(line, breaks))[0] for breaks in (_SOME, _ANY)))
            total += lines
        return total

    def _wrap(self, chunks: list[str]) -> tuple[int, bool]:
        """The lines that the chunks take, and whether one had to be cut."""
        widths, room = self.words.chunks, self.room
        lines, used, first, cut = 1, 0, 0, False
        for at, chunk in enumerate(chunks):
            width, whole = widths[chunk]
            if used + width > room:
                if at - 1 > first and chunks[at - 1].endswith("/"):
                    # LibreOffice 7.4 does not like to break after a slash, and goes back by one place.
                    lines, first, used = lines + 1, at - 1, widths[chunks[at - 1]][1]
                if used and used + width > room:
                    lines, first, used = lines + 1, at, 0
                if width > room:
                    cut = True
                    more, last = self._cut(chunk.rstrip(" "))
                    lines += more
                    used = last - width
            used += whole
        return lines, cut

    def _cut(self, chunk: str) -> tuple[int, int]:
        """How many more lines a chunk takes that fits in none, and what it uses of the last."""
        lines, used = 0, 0
        for width in map(self.words.chars.__getitem__, chunk):
            if used and used + width > self.room:
                lines, used = lines + 1, 0
            used += width
        return lines, used


class _Faces(dict[tuple[str, bool], _Words]):
    def __missing__(self, face: tuple[str, bool]) -> _Words:
        self[face] = words = _Words(_Characters(FACES[face]))
        return words


class _Columns(dict[tuple[str, bool, float, float], _Column]):
    def __init__(self, faces: _Faces, few: bool) -> None:
        super().__init__()
        self.faces = faces
        self.few = few

    def __missing__(self, key: tuple[str, bool, float, float]) -> _Column:
        family, bold, size, width = key
        more_points = _MORE + _KERNING * room(width)
        points = room(width) + more_points * self.few
        more = math.ceil(more_points * UNITS / size)
        self[key] = column = _Column(self.faces[family, bold], int(points * UNITS / size), self.few, more)
        return column


class _Heights(dict[str, float]):
    """Text -> points that it needs in one column, in one face and size; see `Measure.needs`."""

    def __init__(self, lines: _Column, fewest: _Column, family: str, size: float) -> None:
        super().__init__()
        self.lines = lines
        self.fewest = fewest
        self.pitch = size * _PITCH[family]
        self.excel = math.ceil(size) + _EXCEL

    def __missing__(self, text: str) -> float:
        lines = self.lines[text]
        fewest = self.fewest[text] if text in self.lines.doubtful else lines
        most = (fewest * _SLACK + 1) * self.pitch - _PIXEL
        self[text] = points = max(lines * self.pitch + _AROUND, min(lines * self.excel, most))
        return points


class Measure:
    """Measures texts, and remembers every word and answer for as long as it lives.

    Widths are those of `set_column`; for merged columns see `merged`.

    Examples:
        >>> measure = Measure()
        >>> measure.lines("Rapat koordinasi persiapan pemilihan", "Arial", False, 10, 18)
        2
    """

    def __init__(self) -> None:
        self._faces = _Faces()
        self._columns = _Columns(self._faces, few=False)
        self._roomiest = _Columns(self._faces, few=True)
        self._heights: dict[tuple[str, bool, float, float], _Heights] = {}

    def lines(self, text: str, family: str, bold: bool, size: float, width: float) -> int:
        """Lines that the text takes when wrapped; a line feed begins a new one, and none is one line."""
        return self._columns[family, bold, size, width][text]

    def needs(self, text: str, family: str, bold: bool, size: float, width: float) -> float:
        """Points that the text needs in height, not yet in whole pixels.

        LibreOffice's lines are surely there.  Excel's are a tenth to a fifth higher, and get as
        much more as may be empty in LibreOffice: a line and 6 %.  That is all they need for up to
        8 to 10 lines; of longer texts Excel may cut the last lines.

        Examples:
            >>> Measure().needs("Rapat koordinasi persiapan pemilihan", "Arial", False, 10, 20)
            26.0
        """
        return self.heights(family, bold, size, width)[text]

    def heights(self, family: str, bold: bool, size: float, width: float) -> Mapping[str, float]:
        """What every text of one column needs: it answers as `needs` does, twice as fast."""
        key = (family, bold, size, width)
        if key not in self._heights:
            self._heights[key] = _Heights(self._columns[key], self._roomiest[key], family, size)
        return self._heights[key]

    def width_of(self, text: str, family: str, bold: bool, size: float) -> float:
        """Points that the text is wide on one line."""
        chars = self._faces[family, bold].chars
        lines = _pattern(_LINE_END).split(text)
        return max(sum(map(chars.__getitem__, line)) for line in lines) * size / UNITS

    def fits(self, text: str, family: str, bold: bool, size: float, width: float) -> bool:
        """Whether a number shown as this text is shown, not as ###: numbers are never wrapped."""
        return self.width_of(text, family, bold, size) <= room(width)
