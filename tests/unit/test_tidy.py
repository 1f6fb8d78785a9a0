"""Tidy tables as text: what they hold is exact, whole and the same every time."""

from __future__ import annotations

import csv
import io
import json
from typing import Final

import pytest

from consolidations import ROW, row
from rak_excel.files import tidy

HUGE: Final = 10**24 + 7
ODD: Final = (
    "=1+1",
    "+62 811",
    "-",
    "@SUM(A1)",
    'kutip "ganda", koma; titik koma\ttab',
    "dua\nbaris",
    "baris\r\nWindows",
    "pemisah\u2028baris",
    " spasi ",
    "√ “é” 🙂",
    "",
)


def made(*rows: object) -> bytes:
    return b"".join(tidy.csv_parts(rows))  # type: ignore[arg-type]


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("text", ODD)
def test_a_csv_gives_every_text_back(text: str) -> None:
    """Also one that Excel would run as a formula: data stay exact."""
    (found,) = read(made(row(kegiatan=text, sasaran=text)))

    assert (found["kegiatan"], found["sasaran"]) == (text, text)


def test_a_csv_is_that_of_the_standard() -> None:
    data = made(row(kegiatan="a, b", biaya=None, jenis_biaya="nihil", t1=True, t2=False))
    head, line, end = data.split(b"\r\n")

    assert head.decode().split(",") == list(ROW._fields)
    assert end == b""
    assert b'"a, b"' in line
    (found,) = read(data)
    assert (found["biaya"], found["t1"], found["t2"]) == ("", "true", "false")


def test_amounts_of_any_size_stay_exact() -> None:
    (in_csv,) = read(made(row(biaya=HUGE)))
    (in_json,) = json.loads(b"".join(tidy.json_parts([row(biaya=HUGE)])))["rows"]

    assert in_csv["biaya"] == str(HUGE)
    assert in_json["biaya"] == HUGE


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1_500])
def test_a_json_holds_every_row_and_says_how_many(count: int) -> None:
    rows = [row(no_kegiatan=number) for number in range(count)]
    told = json.loads(b"".join(tidy.json_parts(rows)))

    assert (told["version"], told["what"], told["count"]) == (1, "rak consolidate", count)
    assert told["rows"] == [one._asdict() for one in rows]


@pytest.mark.parametrize("parts", [tidy.csv_parts, tidy.json_parts])
def test_rows_are_written_as_they_come(parts: object) -> None:
    """A nation's activities are never in memory at once."""
    taken = 0

    def rows() -> object:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield row(no_kegiatan=number)

    pieces = iter(parts(rows()))  # type: ignore[operator]
    next(pieces)
    next(pieces)

    assert taken <= 1_000


# --- what stands there already -----------------------------------------------------------------------------

ROWS: Final = [row(no_kegiatan=number, kegiatan=text) for number, text in enumerate(ODD)]
CSV: Final = made(*ROWS)
JSON: Final = b"".join(tidy.json_parts(ROWS))
PIECES: Final = (1, 7, 1_000, 1_000_000)


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize("size", PIECES)
def test_what_was_written_is_known_again(size: int) -> None:
    assert tidy.csv_untouched(cut(CSV, size)) is True
    assert tidy.json_untouched(cut(JSON, size)) is True
    assert tidy.csv_untouched(cut(made(), size)) is True
    assert tidy.json_untouched(cut(b"".join(tidy.json_parts([])), size)) is True


@pytest.mark.parametrize(
    "edited",
    [
        b"\xef\xbb\xbf" + CSV,
        CSV.replace(b",", b";"),
        CSV.replace(b"\r\n", b"\n"),
        CSV.replace(b",true,", b',"true",'),
        CSV.removesuffix(b"\r\n"),
        CSV + b"catatan",
    ],
    ids=["mark", "semicolons", "line ends", "quotes", "cut", "a line more"],
)
def test_a_csv_that_a_spreadsheet_saved_is_known(edited: bytes) -> None:
    assert tidy.csv_untouched([edited]) is False


@pytest.mark.parametrize("size", PIECES)
@pytest.mark.parametrize(
    "edited",
    [JSON.replace(b"Lahat", b"Lahit", 1), JSON.replace(b"},\n{", b"},{", 1), JSON[:-40], JSON + b" "],
    ids=["a letter", "a line end", "cut", "a blank more"],
)
def test_a_json_tells_any_edit_by_its_seal(edited: bytes, size: int) -> None:
    assert tidy.json_untouched(cut(edited, size)) is False


@pytest.mark.parametrize(
    "foreign", [b"", b"a,b\r\n1,2\r\n", b'{"version":1}', b"\xff\xfe\x00", b"PK\x03\x04"]
)
def test_what_somebody_else_made_is_none_of_ours(foreign: bytes) -> None:
    assert tidy.csv_untouched([foreign]) is None
    assert tidy.json_untouched([foreign]) is None
