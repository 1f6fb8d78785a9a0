"""What a stored number says: its shortest spelling, and by its format a percent, a date or a time."""

import re
from datetime import date, timedelta
from decimal import Context, Decimal
from math import isfinite
from typing import Final, Literal

Form = Literal["number", "percent", "date", "time", "elapsed"]
"""What a number format shows; `elapsed` is `[h]:mm`, which counts on over 24 hours."""

BUILT_IN: Final[dict[int, Form]] = {
    **dict.fromkeys((9, 10), "percent"),
    # 27-36 and 50-58 are dates in East Asian Excel, where they are used without a code in the file
    **dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), "date"),
    **dict.fromkeys((*range(18, 22), 45, 47), "time"),
    46: "elapsed",
}
"""Formats that a file names by number alone (ECMA-376, 18.8.30)."""

_WHOLE: Final = re.compile("-?[0-9]{1,40}", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,4})?")
_EXACT: Final = Context(prec=60)
_PLAIN: Final = 10**16
"""From here on a number that is stored with an exponent has lost digits, and keeps it in sight."""
_SMALL: Final = 1e-20

_CODE: Final = re.compile(
    r"""
      "[^"]*"?                # quoted
    | \\. | _. | \*.          # escaped, as wide as, filled up with
    | \[(?P<elapsed>h+|m+|s+)\]
    | \[[^\]]*\]?             # colour, condition, currency, language
    | (?P<plain>general | e[+-])
    | (?P<noon>am/pm | a/p)
    | (?P<letter>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_DAYS: Final = 2_958_466
"""One more than the serial number of 9999-12-31, the last day that Excel knows."""
_DAYS_1904: Final = 1462
_LEAP_1900: Final = 60
"""The 29th of February 1900, which Excel has and the world had not."""
_DAY_SECONDS: Final = 86_400


def form_of(code: str) -> Form:
    r"""What a number format shows, by the section for positive numbers.

    Examples:
        >>> form_of("0.0%"), form_of('0"%"'), form_of(r"0\%")
        ('percent', 'number', 'number')
        >>> form_of(r"[$-421]dd\ mmmm\ yyyy;@"), form_of("h:mm"), form_of('"Rp"#,##0.00;[Red]-"Rp"#,##0')
        ('date', 'time', 'number')
    """
    letters = set()
    for match in _CODE.finditer(code):
        if match["elapsed"]:
            return "elapsed"
        letter = "h" if match["noon"] else (match["letter"] or "").lower()
        if letter == ";":
            break
        letters.add(letter)
    if "%" in letters:
        return "percent"
    if letters & {"y", "d", "b", "e"}:
        return "date"
    if letters & {"h", "s"}:
        return "time"
    return "date" if "m" in letters else "number"


def number_text(stored: str) -> str | None:
    """The shortest exact spelling of a stored number at the 15 digits that Excel has; `None` if it is none.

    Examples:
        >>> number_text("3.06461E8"), number_text("0.30000000000000004"), number_text("198205062010122002")
        ('306461000', '0.3', '198205062010122002')
        >>> number_text("1.9820506201012202E+17"), number_text("1,5")
        ('1.98205062010122e+17', None)
    """
    if _WHOLE.fullmatch(stored):
        return str(int(stored))
    if not _NUMBER.fullmatch(stored):
        return None
    value = float(stored)
    if not isfinite(value):
        return None
    text = f"{value:.15g}"
    if "e" not in text:
        return "0" if text == "-0" else text
    if abs(value) < 1:
        return text if abs(value) < _SMALL else f"{Decimal(text):f}"
    return str(int(Decimal(text))) if abs(value) < _PLAIN else text


def percent_text(text: str) -> str:
    """A number's text times a hundred, exactly.

    Examples:
        >>> percent_text("0.895"), percent_text("1"), percent_text("0.07")
        ('89.5', '100', '7')
    """
    if "e" in text:
        return number_text(repr(float(text) * 100)) or text
    hundred = f"{_EXACT.multiply(Decimal(text), Decimal(100)):f}"
    return hundred.rstrip("0").rstrip(".") if "." in hundred else hundred


def moment_text(text: str, form: Form, *, from_1904: bool = False) -> str | None:
    """A serial number's text as date, time or both; `None` where Excel has no day for it.

    Examples:
        >>> moment_text("45322", "date"), moment_text("45322.4375", "date"), moment_text("0.4375", "time")
        ('2024-01-31', '2024-01-31 10:30', '10:30')
        >>> moment_text("60", "date"), moment_text("1.25", "elapsed"), moment_text("-1", "date")
        ('1900-02-29', '30:00', None)
    """
    serial = float(text)
    if not 0 <= serial < _DAYS:
        return None
    days, seconds = divmod(round(serial * _DAY_SECONDS), _DAY_SECONDS)
    if form == "elapsed":
        return _clock(days * _DAY_SECONDS + seconds)
    if form == "time" and days == 0:
        return _clock(seconds)
    days += _DAYS_1904 if from_1904 else 0
    if days >= _DAYS:
        return None
    return _day(days) + (f" {_clock(seconds)}" if seconds else "")


def _day(days: int) -> str:
    """The day of a serial number that counts from 1900."""
    if days in {0, _LEAP_1900}:  # as Excel shows them, though there were no such days
        return "1900-02-29" if days else "1900-01-00"
    return (date(1899, 12, 30 if days > _LEAP_1900 else 31) + timedelta(days)).isoformat()


def _clock(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")
