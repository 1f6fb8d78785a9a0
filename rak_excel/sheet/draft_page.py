"""The paper and the font of a drafted layout; and how its lines are written."""

import json
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from rak_excel.sheet.layout import CM, LEAST_SCALE, PAPERS
from rak_excel.sheet.layout_reader import LONGEST_FOOTER
from rak_excel.sheet.measure import FONTS, pixels
from rak_excel.sheet.seen import Dress, Worn


class Line(NamedTuple):
    """One line of a layout's file, with the comment behind it."""

    text: str = ""
    comment: str = ""

    @property
    def written(self) -> str:
        """The line as it stands in the file."""
        return f"{self.text}   # {plain(self.comment)}" if self.comment else self.text


def plain(text: str) -> str:
    """A text on one line, as a comment may hold it."""
    flat = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(flat.split())[:200]


def quoted(text: str) -> str:
    """A text as a value of a layout's file.

    Examples:
        >>> quoted("Penanggung Jawab"), quoted("Sasaran (umum)"), quoted("1")
        ('Penanggung Jawab', '"Sasaran (umum)"', '1')
    """
    flat = plain(text.replace("{", "(").replace("}", ")"))
    return flat if re.fullmatch(r"[^\W_]+(?:[ ./-][^\W_]+)*", flat) else json.dumps(flat, ensure_ascii=False)


def digit_pixels(font: Worn) -> int:
    """How wide the digits of a workbook's normal font are, in which its columns are counted.

    Examples:
        >>> [digit_pixels(Worn(*font)) for font in (("Calibri", 11), ("Times New Roman", 12), ("Arial", 11))]
        [7, 8, 8]
    """
    return max(round(_DIGITS.get(font.font, 0.52) * (font.size or 11) * 96 / 72), 1)


_DIGITS: Final = {"Arial": 0.556, "Times New Roman": 0.5, "Calibri": 0.507}
"""Ems that a digit is wide."""
_CODES: Final = {paper.code: name for name, paper in PAPERS.items()}
_USUAL: Final = {"top": 1.9, "right": 1.8, "bottom": 1.9, "left": 1.8}
"""Excel's own margins, in cm."""
_GUESS: Final = "diduga: "


def page_lines(dress: Dress | None, body: Worn | None, width: float) -> Iterator[Line]:
    """What the layout says of its paper and its font, for a table of a width."""
    yield Line("page:")
    code = dress.paper if dress is not None else None
    known = _CODES.get(code or 0)
    asked = "kertas tidak disebut" if code is None else f"kertasnya berkode {code}, bukan F4 atau A4"
    yield Line(f"  paper: {known or 'F4'}", "" if known else f"{_GUESS}{asked}")
    yield _orientation(dress, known or "F4", width)
    yield _margins(dress)
    footer, guess = _footer(dress.footer if dress is not None else "")
    if footer or guess:
        yield Line(f"  footer: {json.dumps(footer, ensure_ascii=False)}", guess)
    yield Line()
    yield _font(body)


def _orientation(dress: Dress | None, paper: str, width: float) -> Line:
    landscape = dress.landscape if dress is not None else None
    narrow = 100 * (PAPERS[paper].short - 2 * CM) < LEAST_SCALE * 0.75 * pixels(width)
    if landscape is None or (not landscape and narrow):
        why = "arah kertas tidak disebut" if landscape is None else "tegak terlalu sempit untuk tabelnya"
        return Line("  orientation: landscape", f"{_GUESS}{why}")
    return Line(f"  orientation: {'landscape' if landscape else 'portrait'}")


def _margins(dress: Dress | None) -> Line:
    given = dress.margins if dress is not None else {}
    sides = {side: round(given.get(side, usual), 1) for side, usual in _USUAL.items()}
    fit = {side: min(max(size, 0.5), 8.0) for side, size in sides.items()}
    told = ", ".join(f"{side}: {size:g}" for side, size in fit.items())
    guess = "" if fit == sides else f"{_GUESS}paling sedikit 0,5 dan paling banyak 8 cm"
    return Line(f"  margins: {{{told}}}", guess if given else f"{_GUESS}margin tidak disebut")


def _footer(code: str) -> tuple[str, str]:
    """A footer in our words; what else it asks of Excel is left out, with a word."""
    text = re.sub(r'&"[^"]*"|&\d{1,3}|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&[BIUESXY]', "", code)
    text = text.replace("&P", "\0").replace("&N", "\1").replace("&&", "\2")
    lost = re.search(r"&[ADFGTZ]", text) is not None
    text = " ".join(re.sub(r"&[A-Za-z]", " ", text).replace("{", "(").replace("}", ")").split())
    text = plain(text.replace("\0", "‹1›").replace("\1", "‹2›").replace("\2", "&"))
    text = text.replace("‹1›", "{halaman}").replace("‹2›", "{jumlah_halaman}")[:LONGEST_FOOTER]
    return text, f"{_GUESS}tanggal, nama berkas atau gambarnya tidak ikut" if lost else ""


def _font(body: Worn | None) -> Line:
    name = body.font if body is not None and body.font else ""
    size = body.size if body is not None and body.size else 10.0
    fit = min(max(size, 6), 16)
    guess = ""
    if name not in FONTS:
        guess = f"{_GUESS}aslinya {name or 'tidak disebut'}, yang lebarnya tidak dapat diukur"
    elif fit != size:
        guess = f"{_GUESS}aslinya {size:g} titik"
    serif = re.search(r"(?i)times|roman|(?<!sans )serif|garamond|georgia|cambria|bookman", name) is not None
    told = name if name in FONTS else "Times New Roman" if serif else "Arial"
    return Line(f"font: {{name: {told}, size: {fit:g}}}", guess)
