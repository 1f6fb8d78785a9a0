"""How an author spells amounts, targets and periods, so that a changed one looks like those beside it."""

import re
from collections.abc import Sequence
from typing import Final

from rak_excel.plan.values import number_of, read_periods, read_rupiah, read_target, rupiah

_AMOUNT: Final = re.compile(
    r"(?P<lead>rp\.?\s*)?(?P<digits>\d[\d.,\s]*?)(?P<tail>,-|,00)?", re.IGNORECASE | re.ASCII
)
_GROUPED: Final = re.compile(r"\d{1,3}([.\s])\d{3}(?:\1\d{3})*")
_NUMBERED: Final = re.compile(r"(\D*?)(0?)(\d{1,2})", re.ASCII)
_ROMAN: Final = re.compile(r"(.*?)([ivx]+)", re.IGNORECASE)
_ROMANS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_MONTHS: Final = (
    "januari februari maret april mei juni juli agustus september oktober november desember".split()  # noqa: SIM905
)
_RANGE: Final = re.compile(r"\w+(\s*[-–—]\s*)\w+")
_WORD: Final = re.compile(r"[^\s,;&+/–—-]+")
_PARTED: Final = re.compile(r"\s*[,;&+/]\s*")
_BETWEEN: Final = re.compile(r"(?<=\w)\s+(?=\w)")


def amount_like(amount: int, *likes: str) -> str:
    """Write an amount as others are written: the first that shows how stands for all.

    English commas are not followed: `306,461` could not be read again.

    Examples:
        >>> amount_like(5000000, "Rp 306.461.000,-"), amount_like(5000000, "0", "306461000")
        ('Rp 5.000.000,-', '5000000')
        >>> amount_like(5000000, "nihil")
        '5.000.000'
    """
    shown = [match for like in likes if (match := _AMOUNT.fullmatch(like.strip())) is not None]
    written = rupiah(amount)
    for match in shown:
        grouped = _GROUPED.fullmatch(match["digits"])
        if grouped is not None:
            written = written.replace(".", grouped[1])
            break
        if len(match["digits"]) > 3 and match["digits"].isdigit():
            written = str(amount)
            break
    if shown:
        written = f"{shown[0]['lead'] or ''}{written}{shown[0]['tail'] or ''}"
    return written if read_rupiah(written).amount == amount else rupiah(amount)


def target_like(value: str, like: str = "") -> str:
    """Write a target or a period's value with the author's decimal sign and `%`; a text as it is.

    Examples:
        >>> target_like("89.5"), target_like("89.5", "90.25"), target_like("89.5", "100 %")
        ('89,5', '89.5', '89,5 %')
        >>> target_like("WTP", "100%"), target_like("1.500")
        ('WTP', '1.500')
    """
    if number_of(value) is None:
        return value
    written = value if re.search(r"\d\.\d", like) else value.replace(".", ",")
    percent = re.search(r"\s*%$", like.strip())
    written += percent[0] if percent else ""
    return written if read_target(written).text == value else value


def period_like(number: int, count: int, like: str = "") -> str:
    """Write the name of a period as another one is written.

    Examples:
        >>> period_like(3, 4, "T1"), period_like(3, 4, "TW II"), period_like(3, 12, "Jan"), period_like(3, 4)
        ('T3', 'TW III', 'Mar', '3')
    """
    like = like.strip()
    numbered, roman = _NUMBERED.fullmatch(like), _ROMAN.fullmatch(like)
    written = str(number)
    if numbered is not None:
        written = f"{numbered[1]}{number:02}" if numbered[2] else f"{numbered[1]}{number}"
    elif roman is not None and roman[2].lower() in _ROMANS:
        name = _ROMANS[number - 1]
        written = roman[1] + (name.upper() if roman[2].isupper() else name)
    elif count == 12 and like:
        name = _MONTHS[number - 1]
        name = name if like.lower() in _MONTHS and len(like) > 3 else name[:3]
        written = name.upper() if like.isupper() else name.title() if like[0].isupper() else name
    return written if read_periods(written, count) == (number,) else str(number)


def periods_like(numbers: Sequence[int], count: int, like: str) -> str:
    """Write which periods are meant, in words as others are written.

    Examples:
        >>> periods_like((1, 3), 4, "T1 T2"), periods_like((2, 3), 4, "1-4"), periods_like((1, 4), 4, "semua")
        ('T1 T3', '2-3', 'T1 T4')
        >>> periods_like((2, 3), 4, "TW I, TW II")
        'TW II, TW III'
    """
    if read_periods(like, count) == tuple(numbers):
        return like
    words = _PARTED.split(like) if _PARTED.search(like) else _WORD.findall(like)
    if words and words[0].lower() in ("semua", "all"):
        words = ["T1"] if count == 4 else ["1"]
    names = [period_like(number, count, words[0] if words else "") for number in numbers]
    ranged, between = _RANGE.search(like), _BETWEEN.search(like)
    parted = _PARTED.search(like)
    if ranged is not None and len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1:
        written = f"{names[0]}{ranged[1]}{names[-1]}"
    else:
        joint = parted or between
        written = (joint[0] if joint is not None else " ").join(names)
    known = read_periods(written, count) == tuple(numbers)
    return written if known else " ".join(str(number) for number in numbers)


def is_rupiah(text: str, value: object) -> bool:
    """Whether a period's text was read as an amount, which a value that is no money would not be.

    Examples:
        >>> is_rupiah("5.000.000", "5000000"), is_rupiah("25", "25")
        (True, False)
    """
    return (
        isinstance(value, str) and str(read_rupiah(text).amount) == value and read_target(text).text != value
    )
