"""Whether all sheets of a recapitulation come to the same: live, on paper, and told at the top."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rak_excel.findings import Language, Words, column_letters
from rak_excel.sheet.listing import Live, Spot, Table, Tint
from rak_excel.sheet.temuan import RED, said

_TITLE: Final = Words("Pencocokan jumlah antarlembar", "Totals of the sheets compared")
_HEADINGS: Final = {
    "unit": Words("Lembar", "Sheet"),
    "kegiatan": Words("Kegiatan", "Kegiatan"),
    "biaya": Words("Biaya (Rp)", "Cost (Rp)"),
    "persen": Words("Selisih kegiatan", "Kegiatan apart"),
    "biaya_t1": Words("Selisih biaya (Rp)", "Cost apart (Rp)"),
}
"""What stands in the block, by the column of *Rekap* it stands in."""

_SAME: Final = Words(
    "Jumlah semua lembar sama: Rekap, Per Pelaksana, Per Sasaran, Per Triwulan, dan Semua Kegiatan.",
    "All sheets come to the same: Rekap, Per Pelaksana, Per Sasaran, Per Triwulan and Semua Kegiatan.",
)
_APART: Final = Words(
    "JUMLAH ANTARLEMBAR BERBEDA: lihat Pencocokan di bawah tabel ini.",
    "SHEETS COME TO DIFFERENT TOTALS: see the comparison below this table.",
)


class Sum(NamedTuple):
    """A live sum without its `=`, and what it comes to."""

    text: str
    result: int


class Sums(NamedTuple):
    """What one sheet comes to; `kegiatan` is `None` where the sheet counts one of them more than once."""

    name: str
    kegiatan: Sum | None
    biaya: Sum


class Reconciliation(NamedTuple):
    """The block below *Rekap*, the verdict on top, and the red of both where something differs.

    `heading` is the row of its heading, from 0.
    """

    verdict: Spot
    spots: tuple[Spot, ...]
    tints: tuple[Tint, ...]
    heading: int


def reconciliation(sums: Sequence[Sums], rekap: Table, row: int, language: Language) -> Reconciliation:
    """Compare the sheets with the last of them; the block begins in this row, from 0."""
    first, last = row + 2, row + 1 + len(sums)
    span = [rekap.letter(name) for name in ("persen", "biaya_t1")]
    apart = f"SUMPRODUCT(ABS(${span[0]}${first + 1}:${span[1]}${last + 1}))"
    differs = any(far for one in sums for far in _apart(one, sums[-1]))
    words = [said(one, language) for one in (_SAME, _APART)]
    verdict = Live(f'IF({apart}=0,"{words[0]}","{words[1]}")', words[differs])
    wide = rekap.at("kegiatan") - rekap.at("unit")
    spots = [Spot(row, rekap.at("unit"), "subjudul", said(_TITLE, language))]
    spots += (
        Spot(row + 1, rekap.at(name), "kepala", said(heading, language), wide if name == "unit" else 1)
        for name, heading in _HEADINGS.items()
    )
    for at, one in enumerate(sums, first):
        spots.extend(_line(one, sums[-1], rekap, at, last))
    columns = [rekap.at(name) for name in ("persen", "biaya_t1")]
    cells = (
        Tint((columns[0], columns[1]), f"N({column_letters(columns[0] + 1)}{at + 1})<>0", *RED, row=at)
        for at in range(first, last + 1)
    )
    told = Tint((0, 0), f"{apart}<>0", *RED, row=2)
    return Reconciliation(Spot(2, 0, "vonis", verdict), tuple(spots), (told, *cells), row + 1)


def _apart(one: Sums, whole: Sums) -> Iterator[int | None]:
    """How far a sheet is from the last, in kegiatan and in rupiah."""
    for mine, all_ in ((one.kegiatan, whole.kegiatan), (one.biaya, whole.biaya)):
        yield None if mine is None or all_ is None else mine.result - all_.result


def _line(one: Sums, whole: Sums, rekap: Table, row: int, last: int) -> Iterator[Spot]:
    """A sheet's row: its sums, and how far they are from those of the last row."""
    yield Spot(row, rekap.at("unit"), "teks", one.name, rekap.at("kegiatan") - rekap.at("unit"))
    columns = (("kegiatan", one.kegiatan, "persen"), ("biaya", one.biaya, "biaya_t1"))
    for (name, sum_, beside), apart in zip(columns, _apart(one, whole), strict=True):
        letter = rekap.letter(name)
        live = None if apart is None else Live(f"{letter}{row + 1}-{letter}${last + 1}", apart)
        yield Spot(row, rekap.at(name), "bilangan", None if sum_ is None else Live(*sum_))
        yield Spot(row, rekap.at(beside), "bilangan", live)
