"""The live help of an input sheet: its drop-downs, its prompts, and the cells that turn red.

A formula here says what a check says; where they differ, the check counts.  Formulas are as of the first cell
of their range, and know the columns of one form only by their fields.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import column_letters
from rak_excel.plan.codec import LABELS
from rak_excel.plan.model import BANDS, Band, Form
from rak_excel.plan.values import BERSAMA, FALSE, NIHIL, TRUE
from rak_excel.sheet.form_words import band_prompt, prompt, remedy
from rak_excel.sheet.grid import Alarm, Choice, Prompt, Range
from rak_excel.sheet.labels import LISTS, TOTAL, head_of

LISTED: Final = 200
"""Rows of the list that a planner can make longer."""
PELAKSANA: Final = Range(1, 0, LISTED, 0)
TICKS: Final = Range(1, 1, 2, 1)
PAPERS: Final = Range(1, 2, 2, 2)

_AS_TEXT: Final = "#FFEB9C"
"""Amber: it is read, but a program that calculates leaves it out."""
_PARENTS: Final = ("nomor", "sasaran", "indikator", "target", "satuan")


class Spots(NamedTuple):
    """Where the parts of an input sheet stand, from 0.

    `columns` are those of the fields, `rows` the first and last row to fill in, `values` the cells of the
    fields above the table by their paths, `total` and `balance` the live sum and what is left of the pagu.
    """

    columns: dict[str, int]
    heading: int
    rows: tuple[int, int]
    values: dict[str, tuple[int, int]]
    total: tuple[int, int] | None
    balance: tuple[int, int] | None


class Helps(NamedTuple):
    """What a sheet offers to whoever fills it in."""

    choices: tuple[Choice, ...]
    prompts: tuple[Prompt, ...]
    alarms: tuple[Alarm, ...]


def helps(spots: Spots, form: Form) -> Helps:
    """All help for the cells of one input sheet."""
    made = _Helper(spots, form)
    return Helps(tuple(made.choices()), tuple(made.prompts()), tuple(made.alarms()))


def one(row: int, column: int) -> Range:
    """A range of a single cell."""
    return Range(row, column, row, column)


class _Helper:
    """Builds the help of one sheet."""

    def __init__(self, spots: Spots, form: Form) -> None:
        self.spots = spots
        self.columns = spots.columns
        self.first, self.last = spots.rows
        self.kinds = {band.key: band.kind for band in form.bands}
        self.schedule = form.schedule
        self.text = next((field for field in ("kegiatan", "indikator") if field in self.columns), None)

    # --- where ---

    def down(self, first: str, last: str = "") -> Range:
        """The cells of a field, or of neighbouring fields, in all rows."""
        return Range(self.first, self.columns[first], self.last, self.columns[last or first])

    def at(self, field: str, *, above: bool = False) -> str:
        """The cell of a field in the first row, or in the row above, as a formula names it for every row."""
        return f"${column_letters(self.columns[field] + 1)}{self.first + (0 if above else 1)}"

    def bands(self) -> Iterator[tuple[Band, str, str]]:
        """The bands that have columns, each with its first and last field."""
        for key, count in BANDS.items():
            fields = [field for n in range(1, count + 1) if (field := f"{key}[{n}]") in self.columns]
            if fields:
                yield Band(key, self.kinds.get(key, "value")), fields[0], fields[-1]

    def value(self, path: str) -> str:
        """The cell of a field above the table, as every formula names it."""
        return one(*self.spots.values[path]).a1

    # --- choices and prompts ---

    def choices(self) -> Iterator[Choice]:
        """The drop-downs: any other word may be typed too."""
        for band, first, last in self.bands():
            if band.kind == "tick":
                yield Choice(
                    self.down(first, last), TICKS, _title(LABELS[band.key].id), band_prompt(band), LISTS,
                    answers=False,
                )  # fmt: skip
        if "pelaksana" in self.columns:
            yield Choice(
                self.down("pelaksana"), PELAKSANA, head_of("pelaksana"), prompt("pelaksana"), LISTS,
                grows=True, answers=False,
            )  # fmt: skip
        if "kertas" in self.spots.values:
            cells = one(*self.spots.values["kertas"])
            yield Choice(cells, PAPERS, "Kertas", prompt("kertas"), LISTS)

    def prompts(self) -> Iterator[Prompt]:
        """What is said when a cell is chosen; numbers are looked at, texts are not."""
        for field in self.columns:
            if "[" in field or field == "pelaksana" or not prompt(field):
                continue
            formula = _is_money(self.at(field), BERSAMA, *NIHIL) if field == "biaya" else ""
            yield Prompt(self.down(field), formula, head_of(field), prompt(field))
        for band, first, last in self.bands():
            if band.kind != "tick" and band_prompt(band):
                formula = ""
                if band.kind == "rupiah":
                    formula = _is_money(self.at(first).replace("$", ""), *NIHIL)
                yield Prompt(self.down(first, last), formula, _title(LABELS[band.key].id), band_prompt(band))
        for path, cell in self.spots.values.items():
            key = path.rpartition(".")[2]
            if key != "kertas" and prompt(key):
                yield Prompt(one(*cell), self.allowed(path, key), _title(LABELS[key].id), prompt(key))
        if self.spots.total is not None:
            yield Prompt(one(*self.spots.total), "", TOTAL, remedy(rules.DI_ATAS_PAGU))

    def allowed(self, path: str, key: str) -> str:
        """The formula of what a field above the table may hold; `""` where anything goes."""
        cell = self.value(path)
        if key == "tahun":
            return _is_year(cell)
        if key == "pagu":
            return _is_money(cell)
        return _is_nip(cell) if key == "nip" else ""

    # --- alarms ---

    def alarms(self) -> Iterator[Alarm]:
        """The cells that turn red, and those that a sum leaves out."""
        for path in self.spots.values:
            key = path.rpartition(".")[2]
            cell = self.value(path)
            if key == "tahun":
                yield Alarm(one(*self.spots.values[path]), f'AND({cell}<>"",NOT({_is_year(cell)}))')
            elif key == "nip":
                yield Alarm(one(*self.spots.values[path]), f'AND({cell}<>"",{_is_no_nip(cell)})')
            elif key == "pagu":
                yield from _money_alarms(one(*self.spots.values[path]), cell, ())
        if self.text is not None:
            yield from self.row_alarms(self.text)
        for band, first, last in self.bands():
            cell = self.at(first).replace("$", "")
            if band.kind == "tick":
                yield Alarm(self.down(first, last), f'AND({cell}<>"",NOT({_is_word(cell, TRUE | FALSE)}))')
            elif band.kind == "rupiah":
                yield from _money_alarms(self.down(first, last), cell, NIHIL)
        if "biaya" in self.columns:
            yield from _money_alarms(self.down("biaya"), self.at("biaya"), NIHIL | {BERSAMA})
            yield Alarm(self.down("biaya"), self.shared_with_nothing())
        if self.spots.total is not None and "pagu" in self.spots.values:
            total, pagu = one(*self.spots.total), self.value("pagu")
            for cells in (total, *([one(*self.spots.balance)] if self.spots.balance else [])):
                yield Alarm(cells, f"AND(ISNUMBER({pagu}),{total.a1}>{pagu})")

    def row_alarms(self, text: str) -> Iterator[Alarm]:
        """What a row lacks that has a text."""
        columns, active = self.columns, f'{self.at(text)}<>""'
        if self.schedule is not None:
            for band, first, last in self.bands():
                if band.key == self.schedule.key:
                    cells = f"{self.at(first)}:{self.at(last)}"
                    blank = f'COUNTA({cells})-COUNTIF({cells},"-")=0'
                    yield Alarm(self.down(first, last), f"AND({active},{blank})")
        for field in ("biaya", "pelaksana"):
            if field in columns:
                yield Alarm(self.down(field), f'AND({active},{self.at(field)}="")')
        for field in ("sasaran", "indikator"):
            if field in columns and field != text:  # of the first row; any other may be blank
                letter = column_letters(columns[field] + 1)
                cells = f"{letter}${self.first + 1}:{letter}{self.first + 1}"
                yield Alarm(self.down(field), f"AND({active},COUNTA({cells})=0)")
        if {"indikator", "target"} <= columns.keys():
            begun, before = self.at("indikator"), self.at("indikator", above=True)
            blank = f'{self.at("target")}=""'
            yield Alarm(self.down("target"), f'AND({begun}<>"",{begun}<>{before},{blank})')
        others = [field for field in columns if field not in (*_PARENTS, text)]
        if others and text == "kegiatan":
            filled = "+".join(f"COUNTA({self.at(field)})" for field in others)
            yield Alarm(self.down(text), f'AND({self.at(text)}="",{filled}>0)')

    def shared_with_nothing(self) -> str:
        """Whether a cost is shared and has no amount above it, as far as the row above tells.

        A sasaran that is written again on every row is the same one.
        """
        cost, above = self.at("biaya"), self.at("biaya", above=True)
        text = self.at(self.text or "biaya", above=True)
        heading = f"${column_letters(self.columns['biaya'] + 1)}${self.spots.heading + 1}"
        nothing = [f"ROW({cost})=ROW({heading})+1", f'AND({above}="",{text}<>"")', _is_word(above, NIHIL)]
        nothing.extend(
            f'AND({self.at(field)}<>"",{self.at(field)}<>{self.at(field, above=True)})'
            for field in ("nomor", "sasaran")
            if field in self.columns
        )
        return f'AND(LOWER({cost})="{BERSAMA}",OR({",".join(nothing)}))'


# --- formulas ------------------------------------------------------------------------------------------


def _title(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _is_word(cell: str, words: Iterable[str]) -> str:
    """Whether a cell holds one of some words, in any case."""
    told = ",".join(f'LOWER({cell})="{word}"' for word in sorted(words) if word)
    return f"OR({told})" if told else "FALSE"


def _is_money(cell: str, *words: str) -> str:
    """Whether a cell holds whole rupiah, or one of some words.

    `IF` and not `OR` decides: the whole part of a text would make all of it an error.
    """
    return f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),{_is_word(cell, words)})"


def _money_alarms(cells: Range, cell: str, words: Iterable[str]) -> Iterator[Alarm]:
    """Red for what is no amount, amber for an amount that was typed as a text."""
    amount = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(UPPER({cell}),"RP",""),".","")," ","")'
    as_text = f"AND(ISTEXT({cell}),ISNUMBER(VALUE({amount})))"
    yield Alarm(cells, as_text, _AS_TEXT)
    yield Alarm(cells, f'AND({cell}<>"",NOT({_is_money(cell, *words)}),NOT({as_text}))')


def _is_year(cell: str) -> str:
    return f'AND(ISNUMBER(VALUE({cell})),LEN({cell})=4,LEFT({cell},2)="20")'


def _bare_nip(cell: str) -> str:
    """The digits of a NIP, without what the reader passes over."""
    bare = f"UPPER({cell})"
    for mark in ("NIP", ".", ":", " ", "'"):
        bare = f'SUBSTITUTE({bare},"{mark}","")'
    return bare


def _is_nip(cell: str) -> str:
    """Whether a cell is as long as a NIP, or a dash; a validation has room for no more (255 characters)."""
    return f'OR({cell}="-",LEN({_bare_nip(cell)})=18)'


def _is_no_nip(cell: str) -> str:
    """Whether a cell holds something else than 18 digits; a dash says that there is none."""
    bare = _bare_nip(cell)
    return f'AND({cell}<>"-",OR(ISNUMBER({cell}),LEN({bare})<>18,ISERROR(VALUE({bare}))))'
