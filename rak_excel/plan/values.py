"""The grammars of the form's values: rupiah, target, tick, period, NIP.  Strict, and never a silent guess."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, NamedTuple

from rak_excel.findings import Words

_SPACES: Final = " \u00a0\u202f\u2009"
_RUPIAH: Final = re.compile(
    rf"(?:rp\.?[{_SPACES}]*)?(?P<digits>0|[1-9]\d*|[1-9]\d{{0,2}}(?:\.\d{{3}})+|[1-9]\d{{0,2}}(?:[{_SPACES}]\d{{3}})+)"
    r"(?:,-|,00)?",
    re.IGNORECASE | re.ASCII,
)
_ENGLISH: Final = r"(?:rp\.?\s*)?([1-9]\d{0,2}(?:,\d{3}){2,})(?:\.00)?"
_NUMBER: Final = re.compile(r"(0|[1-9]\d*)(?:[.,](\d+))?", re.ASCII)
_NUMERIC: Final = re.compile(r"0\d+(?:[.,]\d+)?|\d{1,3}(?:[.,]\d{3})+", re.ASCII)
_CANONICAL: Final = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:\d{1,2}|\d{4,}))?", re.ASCII)

NIHIL: Final = frozenset({"-", "–", "—", "nihil"})
BERSAMA: Final = "bersama"
EXACT_DIGITS: Final = 15
"""Excel keeps 15 significant digits of a number (Microsoft, "Excel specifications and limits")."""

TRUE: Final = frozenset({"√", "✓", "✔", "☑", "v", "x", "1", "ya", "y", "true", "benar"})
FALSE: Final = frozenset({"", "-", "0", "tidak", "false", "salah", "☐"})


class Rupiah(NamedTuple):
    """An amount, or why there is none; `english` tells that commas grouped the thousands."""

    amount: int | None
    english: bool = False
    reason: Words | None = None


def parse_rupiah(text: str) -> int | None:
    """Read an amount as Indonesian offices write it, or return `None`.

    A point groups thousands and a comma begins the sen, which are dropped only when they are zero: no
    amount is ever rounded.  A point that does not stand before exactly three digits is refused rather than
    guessed at: `1.5` may be one and a half, or a slip for 1.500.

    Examples:
        >>> parse_rupiah("Rp 306.461.000,-")
        306461000
        >>> parse_rupiah("1.5") is None
        True
    """
    return read_rupiah(text).amount


@lru_cache(maxsize=4096)
def read_rupiah(text: str) -> Rupiah:
    """Read an amount and say how it was read, or why it was refused.

    Examples:
        >>> read_rupiah("306,461,000")
        Rupiah(amount=306461000, english=True, reason=None)
        >>> read_rupiah("306,461").reason.en
        'it can be read as 306461 or as 306.461 (three decimals)'
    """
    match = _RUPIAH.fullmatch(text.strip())
    if match is not None:
        return Rupiah(int(re.sub(r"\D", "", match["digits"])))
    english = re.fullmatch(_ENGLISH, text.strip(), re.IGNORECASE | re.ASCII)
    if english is not None:
        return Rupiah(int(english[1].replace(",", "")), english=True)
    return Rupiah(None, reason=_why_no_rupiah(text.strip()))


def rupiah(amount: int) -> str:
    """Write an amount as the form prints it.

    Examples:
        >>> rupiah(306461000)
        '306.461.000'
    """
    return f"{amount:,}".replace(",", ".")


def _why_no_rupiah(text: str) -> Words:
    bare = re.sub(r"(?i)^rp\.?\s*", "", text)
    if bare.startswith(("-", "−", "(")) and any(char.isdigit() for char in bare):
        return Words("jumlah rupiah tidak boleh negatif", "an amount cannot be negative")
    if re.fullmatch(r"[\d.,]+e[+-]?\d+", bare, re.IGNORECASE):
        return Words(
            "ini notasi ilmiah dari program lain, angka aslinya sudah hilang",
            "this is another program's scientific notation, the original digits are gone",
        )
    if re.fullmatch(r"\d{1,3},\d{3}", bare):
        whole = bare.replace(",", "")
        return Words(
            f"dapat dibaca {whole} atau {bare} (tiga angka desimal)",
            f"it can be read as {whole} or as {bare.replace(',', '.')} (three decimals)",
        )
    if re.fullmatch(r"\d+[.,]\d+", bare):
        joined = re.sub(r"\D", "", bare)
        comma = bare.replace(".", ",")
        return Words(f"dapat dibaca {comma} atau {joined}", f"it can be read as {comma} or as {joined}")
    if re.fullmatch(r"[\d.]+,\d+", bare):
        return Words(
            "ada sen atau pengelompokan angka yang tidak lazim",
            "it holds sen or digits grouped in no known way",
        )
    if re.search(r"(?i)juta|ribu|miliar|milyar|triliun|[a-z]{3}", bare):
        return Words("jumlah ditulis dengan kata", "the amount is written in words")
    return Words("bentuk angkanya tidak dikenal", "its form is not known")


def whole_number(number: str, kind: str) -> tuple[str, Words | None]:
    """The digits of an amount that a cell of a workbook holds as a number, or why it is none.

    Examples:
        >>> whole_number("3.06461e+08", "number")
        ('306461000', None)
        >>> whole_number("306.461", "number")[1].en
        'its cell holds a fraction; Excel may have taken the grouping dot for a decimal one'
    """
    if kind == "percent":
        return "", Words("selnya berformat persen", "its cell is formatted as a percentage")
    try:
        exact = Decimal(number)
    except InvalidOperation:
        return number, None
    if exact != exact.to_integral_value():
        return "", Words(
            "selnya berisi pecahan; Excel mungkin membaca titik ribuan sebagai koma",
            "its cell holds a fraction; Excel may have taken the grouping dot for a decimal one",
        )
    return format(exact.to_integral_value(), "f"), None


def plain_number(number: str) -> str:
    """A cell's number without exponent, as it is printed.

    Examples:
        >>> plain_number("1e-05"), plain_number("89.5")
        ('0.00001', '89.5')
    """
    return format(Decimal(number), "f") if "e" in number.lower() else number


class Target(NamedTuple):
    """A target as text with a dot for decimals; `kept` tells that a number-like text was kept as typed."""

    text: str
    kept: bool = False


@lru_cache(maxsize=4096)
def read_target(text: str) -> Target:
    """Read a target or a period's value: a number in one spelling, or the text as typed.

    Examples:
        >>> read_target("89,50 %").text, read_target("WTP").text
        ('89.5', 'WTP')
        >>> read_target("1.500")
        Target(text='1.500', kept=True)
    """
    bare = text.removesuffix("%").rstrip()
    match = _NUMBER.fullmatch(bare)
    if match is not None:
        decimals = (match[2] or "").rstrip("0")
        if len(match[2] or "") != 3 and len(decimals) != 3:
            return Target(f"{match[1]}.{decimals}" if decimals else match[1])
    return Target(text, kept=match is not None or _NUMERIC.fullmatch(bare) is not None)


def number_of(target: str) -> float | None:
    """The number that a target or value is, or `None` where it is a text.

    More than 15 digits are a text: Excel would change them.

    Examples:
        >>> number_of("89.5"), number_of("WTP"), number_of("1.500")
        (89.5, None, None)
    """
    if len(target) > EXACT_DIGITS or _CANONICAL.fullmatch(target) is None:
        return None
    return float(target) if "." in target else int(target)


def parse_tick(text: str) -> bool | None:
    """Read a tick, or return `None` for what is neither a tick nor its absence.

    Examples:
        >>> parse_tick("√"), parse_tick("-"), parse_tick("25")
        (True, False, None)
    """
    folded = text.strip().lower()
    return True if folded in TRUE else False if folded in FALSE else None


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb peb februari pebruari february",
            "mar mrt maret march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "agt agu ags aug agust agustus august",
            "sep sept september",
            "okt oct oktober october",
            "nov nop november nopember",
            "des dec desember december",
        ),
        1,
    )
    for name in names.split()
}
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_PREFIX: Final = {
    count: rf"(?:{words})?[ .-]?"
    for count, words in ((4, "triwulan|tribulan|triw|tw|t|q"), (12, "bulan|bln|b"), (2, "semester|sem|s"))
}


def read_periods(text: str, count: int) -> tuple[int, ...] | None:
    """Read which periods a text names, from 1, or return `None` where a word is none of them.

    Examples:
        >>> read_periods("T1 T3", 4), read_periods("1-4", 4), read_periods("semua", 4)
        ((1, 3), (1, 2, 3, 4), (1, 2, 3, 4))
        >>> read_periods("T5", 4) is None
        True
    """
    folded = text.strip().lower()
    if folded in ("semua", "all"):
        return tuple(range(1, count + 1))
    found: list[int] = []
    folded = re.sub(r"\b(triwulan|tribulan|triw|tw|bulan|bln|semester|sem)[ .-]+(?=[\divx])", r"\1", folded)
    folded = re.sub(r"\s*(?:–|—|-|\bs\.?/?d\.?(?=\s)|\bsampai\b)\s*", "-", folded)
    for word in re.split(r"(?:[\s,;&+/]|\bdan\b)+", folded):
        if not word:
            continue
        ends = [_period(part, count) for part in word.split("-")]
        if None in ends or len(ends) > 2:
            return None
        first, last = ends[0] or 0, ends[-1] or 0
        if last < first:
            return None
        found.extend(range(first, last + 1))
    return tuple(found)


def _period(word: str, count: int) -> int | None:
    number: int | None = None
    match = re.fullmatch(_PREFIX[count] + r"0?(\d{1,2})", word, re.ASCII)
    roman = re.fullmatch(_PREFIX[count] + r"([ivx]+)", word)
    if match is not None:
        number = int(match[1])
    elif roman is not None and roman[1] in _ROMAN:
        number = _ROMAN.index(roman[1]) + 1
    elif count == 12:
        number = _MONTHS.get(word.rstrip("."))
    return number if number is not None and 1 <= number <= count else None


_LONG: Final = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905
)


def tanggal(iso: str) -> str:
    """A date as letters write it; `""` for a text that is no date of the calendar.

    Examples:
        >>> tanggal("2024-01-02"), tanggal("2024-13-40")
        ('2 Januari 2024', '')
    """
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return ""
    return f"{day.day} {_LONG[day.month - 1]} {day.year}"


class Nip(NamedTuple):
    """A NIP's digits, or why they are none; `doubt` names a digit group out of the rules."""

    digits: str
    ruined: bool = False
    doubt: Words | None = None


def read_nip(text: str) -> Nip:
    """Read a civil servant's number: spaces, dots and a leading `NIP` or apostrophe fall away.

    The digits come back even where their count is wrong; the caller says so.

    Source: Peraturan Kepala BKN Nomor 22 Tahun 2007 (PNS: birth date, date of appointment, sex, serial);
    a PPPK has 21 and up where a PNS has the month.

    Examples:
        >>> read_nip("19820506 201012 2 002").digits
        '198205062010122002'
        >>> read_nip("1.98205E+17").ruined
        True
    """
    bare = re.sub(r"(?i)^'?\s*nip\s*[.:]*\s*", "", text.strip()).lstrip("'")
    if re.fullmatch(r"\d(?:[.,]\d+)?e\+?\d+", bare, re.IGNORECASE):
        return Nip("", ruined=True)
    digits = re.sub(r"[\s.\u00a0]", "", bare)
    if digits in ("-", "–"):
        return Nip("")
    whole = len(digits) == 18 and digits.isascii() and digits.isdigit()
    return Nip(digits, doubt=_doubt_of_nip(digits) if whole else None)


def _doubt_of_nip(digits: str) -> Words | None:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    try:
        date(max(year, 1), month, day)
        born = 1900 <= year <= 2100
    except ValueError:
        born = False
    if not born:
        return Words(
            f"angka 1-8 ({digits[:8]}) bukan tanggal lahir", f"digits 1-8 ({digits[:8]}) are no birth date"
        )
    if not 1900 <= int(digits[8:12]) <= 2100:
        return Words(f"angka 9-12 ({digits[8:12]}) bukan tahun", f"digits 9-12 ({digits[8:12]}) are no year")
    appointed = int(digits[12:14])
    if not (1 <= appointed <= 12 or appointed >= 21):
        return Words(
            f"angka 13-14 ({digits[12:14]}) bukan bulan 01-12 atau tanda PPPK (21 ke atas)",
            f"digits 13-14 ({digits[12:14]}) are neither a month 01-12 nor a PPPK's mark (21 and up)",
        )
    if digits[14] not in "12":
        return Words(f"angka 15 ({digits[14]}) bukan 1 atau 2", f"digit 15 ({digits[14]}) is neither 1 nor 2")
    if digits[15:] == "000":
        return Words("angka 16-18 (000) bukan nomor urut", "digits 16-18 (000) are no serial number")
    return None
