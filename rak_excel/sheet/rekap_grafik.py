"""The picture of a recapitulation: the greatest units by cost, and the quarters, as native charts."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rak_excel.findings import Language, Words
from rak_excel.plan.consolidation import TriwulanRow, UnitRow
from rak_excel.sheet.listing import Chart, Field, Frame, Listing, Live, Plain, Series, Spot, Table
from rak_excel.sheet.rekap_fields import PERCENT, ROMAN
from rak_excel.sheet.temuan import TOTAL, said

MOST: Final = 30
"""Bars that can be read on one page; of more units the greatest are shown, the others as one row."""

_BLUE: Final = "#3E6A9E"
_TEAL: Final = "#5B8F8A"
_HEAD: Final = 3
_ROW: Final = 20
"""Pixels of a row."""

_PAPER: Final = 1.45
"""How wide a landscape page is for its height, margins apart."""

_BARS: Final = 360
_WIDE: Final = 636
_LOW: Final = 300
_GAP: Final = 16
"""Pixels of charts: how high bars are at least, how wide they are, how high columns are,
and how far these stand apart."""

_FIELDS: Final = (
    Field("urutan", Words("Urutan", "Rank"), "tengah", 8),
    Field("no_unit", Words("No. unit", "Unit no."), "tengah", 8),
    Field("unit", Words("Unit", "Unit"), "sebaris", 40),
    Field("biaya", Words("Biaya (Rp)", "Cost (Rp)"), "rupiah", 20),
    Field("persen", PERCENT, "persen", 9),
)
_BY_UNIT: Final = Words("Biaya menurut unit", "Cost by unit")
_GREATEST: Final = Words("{} unit dengan biaya terbesar, dari {}", "The {} units of greatest cost, of {}")
_ACTIVITIES: Final = Words("Kegiatan terjadwal menurut triwulan", "Kegiatan scheduled by quarter")
_COST: Final = Words("Biaya menurut triwulan", "Cost by quarter")
_OTHERS: Final = Words("{} unit lainnya", "{} other units")
_PLAIN: Final = "#,##0"
_SCALES: Final = (
    (100_000_000_000_000, "#,##0.0,,,,", Words("triliun rupiah", "trillion rupiah")),
    (10_000_000_000, "#,##0.0,,,", Words("miliar rupiah", "billion rupiah")),
    (10_000_000, "#,##0,,", Words("juta rupiah", "million rupiah")),
    (0, _PLAIN, Words("rupiah", "rupiah")),
)
"""From what cost on a chart counts in what; a comma at the end of a format divides by a thousand."""


class Picture(NamedTuple):
    """What the charts are of: two tables of the book, its title and what it counts."""

    rekap: Table
    triwulan: Table
    title: str
    counted: str
    language: Language


class Place(NamedTuple):
    """The cell at which a chart begins, from 0, and its pixels."""

    row: int
    column: int
    width: int
    height: int


def _scale(most: int, language: Language) -> tuple[str, str]:
    """The number format of an axis, and what it counts in."""
    number, words = next((number, words) for least, number, words in _SCALES if most >= least)
    return number, said(words, language)


def picture(of: Picture, units: Sequence[UnitRow], triwulan: Sequence[TriwulanRow]) -> Listing:
    """The sheet *Grafik*, on one sheet of paper: units in the order of their cost, and three charts."""
    ordered = sorted(units, key=lambda unit: (-unit.biaya, unit.no))
    shown = ordered
    if len(ordered) > MOST + 1:
        shown = [unit for unit in ordered if unit.biaya][:MOST] or ordered[:MOST]
    others = len(ordered) - len(shown)
    table = Table(Frame("Grafik", _HEAD, len(shown) + (others > 0)), _FIELDS)
    rows = tuple(_ranked(shown, ordered, of.language))
    total = sum(unit.biaya for unit in ordered)
    columns = table.columns(
        of.language,
        _live(of, table, others),
        {
            "unit": said(TOTAL, of.language),
            "biaya": Live("SUM({cells})", total),
            "persen": Live("SUM({cells})", 1 if total else 0),
        },
    )
    return Listing(
        table.frame,
        columns,
        lambda: iter(rows),
        "TabelGrafik",
        (Spot(0, 0, "judul", of.title), Spot(1, 0, "keterangan", of.counted)),
        heights=((0, 24),),
        totals="below",
        charts=tuple(_charts(of, table, shown, len(ordered), triwulan)),
        one_page=True,
    )


def _ranked(
    shown: Sequence[UnitRow], all_: Sequence[UnitRow], language: Language
) -> Iterator[tuple[Plain, ...]]:
    total = sum(unit.biaya for unit in all_)
    for rank, unit in enumerate(shown, 1):
        yield rank, unit.no, unit.unit, unit.biaya, unit.biaya / total if total else 0
    rest = total - sum(unit.biaya for unit in shown)
    if len(shown) < len(all_):
        words = said(_OTHERS, language).format(len(all_) - len(shown))
        yield None, None, words, rest, rest / total if total else 0


def _live(of: Picture, table: Table, others: int) -> dict[str, str]:
    """The formulas of a row: by the number of its unit, and all others where it has none."""
    number, cost = (f"{table.letter(name)}{{row}}" for name in ("no_unit", "biaya"))
    numbers, units, costs = (of.rekap.there(name) for name in ("no", "unit", "biaya"))
    name = f"INDEX({units},MATCH({number},{numbers},0))"
    amount = f"SUMIFS({costs},{numbers},{number})"
    if others:
        head = table.frame._replace(length=table.frame.length - 1)
        rest = f"SUM({costs})-SUMPRODUCT(SUMIFS({costs},{numbers},{head.here(table.at('no_unit'))}))"
        words = said(_OTHERS, of.language).format(others)
        name = f'IF(ISNUMBER({number}),{name},"{words}")'
        amount = f"IF(ISNUMBER({number}),{amount},{rest})"
    return {"unit": name, "biaya": amount, "persen": f"IF(SUM({costs})=0,0,{cost}/SUM({costs}))"}


def _charts(
    of: Picture, table: Table, shown: Sequence[UnitRow], units: int, triwulan: Sequence[TriwulanRow]
) -> Iterator[Chart]:
    """Costs beside the table, the quarters below both.

    Units that have no row of their own are no bar: together they would dwarf all others.
    """
    costs = tuple(unit.biaya for unit in shown)
    number, money = _scale(max(costs, default=0), of.language)
    what = said(_BY_UNIT if len(shown) == units else _GREATEST, of.language).format(len(shown), units)
    title = f"{what} ({money})"
    bars = table._replace(frame=table.frame._replace(length=len(shown)))
    names = tuple(unit.unit for unit in shown)
    series = Series(title, bars.there("unit"), bars.there("biaya"), names, costs, _BLUE)
    tall = max(_BARS, _ROW * (table.frame.length + 3))
    wide = max(_WIDE, int(_PAPER * (tall + _LOW + 7 * _ROW)) - _WIDE)
    yield Chart("bar", title, series, number, _HEAD, len(_FIELDS), wide, tall)
    below = _HEAD + tall // _ROW + 2
    places = Place(below, 0, _WIDE - _GAP, _LOW), Place(below, len(_FIELDS), wide, _LOW)
    yield from quarters(of, triwulan, places)


def quarters(
    of: Picture,
    triwulan: Sequence[TriwulanRow],
    places: Sequence[Place],
) -> Iterator[Chart]:
    """Activities and costs of the quarters, a chart at each place; what has none only if there is any."""
    told = [row for row in triwulan if row.triwulan or row.kegiatan or row.biaya]
    frame = of.triwulan.frame._replace(length=len(told))
    labels, kegiatan, biaya = (
        frame.there(of.triwulan.at(name)) for name in ("triwulan", "kegiatan", "biaya")
    )
    names = tuple(quarter(row.triwulan, of.language) for row in told)
    number, money = _scale(max((row.biaya for row in told), default=0), of.language)
    counts, costs = tuple(row.kegiatan for row in told), tuple(row.biaya for row in told)
    title = said(_ACTIVITIES, of.language)
    yield Chart("column", title, Series(title, labels, kegiatan, names, counts, _TEAL), _PLAIN, *places[0])
    title = f"{said(_COST, of.language)} ({money})"
    yield Chart("column", title, Series(title, labels, biaya, names, costs, _BLUE), number, *places[1])


_QUARTER: Final = Words("Triwulan", "Quarter")
_NONE: Final = Words("Tanpa jadwal", "No schedule")


def quarter(number: int, language: Language) -> str:
    """What a quarter is called; 0 is what has none."""
    return f"{said(_QUARTER, language)} {ROMAN[number - 1]}" if number else said(_NONE, language)
