"""What people get wrong, planted in a file of any form, with the place where it must be found.

A kind is a name; `MAKERS` says for each form what can be planted in it.  A maker gets a plan without faults,
and gives the file's bytes, what is to be found in it, and the plan as it then counts (`None`: not at all).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from offices.plans import TAHUN, nip
from offices.texts import DOERS, OTHER_SPELLINGS
from offices.writing import At, Desk, Raw, Spot, Written, csv_of, input_sheet, official, rows, yaml_of
from rak_excel import rules
from rak_excel.plan.model import Kegiatan, Plan

if TYPE_CHECKING:
    import random

    from rak_excel.findings import Rule


class Planted(NamedTuple):
    """A fault: its kind, the rule that tells it, and its place: a line of a text, or a cell of a sheet."""

    kind: str
    rule: Rule
    line: int | None = None
    sheet: str | None = None
    cell: str | None = None


class Made(NamedTuple):
    """A file with a fault, and the plan as it counts in a recapitulation, if it does."""

    data: bytes
    planted: tuple[Planted, ...]
    counts: Plan | None


Maker = Callable[[Plan, "random.Random"], Made]

# --- where to plant ----------------------------------------------------------------------------------------


def _priced(plan: Plan, chance: random.Random) -> At:
    """A kegiatan with an amount that nobody shares, whose doer is named elsewhere too."""
    every = list(rows(plan))
    doers = Counter(one.pelaksana for _, one in every)
    after = [one.biaya for _, one in every[1:]] + [None]
    return chance.choice(
        [
            at
            for (at, one), below in zip(every, after, strict=True)
            if isinstance(one.biaya, int) and below != "bersama" and doers[one.pelaksana] > 2
        ]
    )


def _one(plan: Plan, at: At) -> Kegiatan:
    g, i, k = at
    return plan.sasaran[g].indikator[i].kegiatan[k]


def _with(plan: Plan, at: At, **fields: object) -> Plan:
    """The plan with other values in one kegiatan."""
    g, i, k = at
    sasaran = plan.sasaran[g]
    indikator = sasaran.indikator[i]
    changed = replace(indikator.kegiatan[k], **fields)  # type: ignore[arg-type]
    indikator = replace(indikator, kegiatan=(*indikator.kegiatan[:k], changed, *indikator.kegiatan[k + 1 :]))
    sasaran = replace(sasaran, indikator=(*sasaran.indikator[:i], indikator, *sasaran.indikator[i + 1 :]))
    return replace(plan, sasaran=(*plan.sasaran[:g], sasaran, *plan.sasaran[g + 1 :]))


def _band(plan: Plan) -> str:
    return "bulan" if plan.tata_letak == "bulanan" else "triwulan"


# --- in texts ----------------------------------------------------------------------------------------------

Text = Callable[[Plan, Raw], Written]
Draw = Callable[[Plan], bytes]


def _typed(
    kind: str, rule: Rule, name: str, text: str | None, *, begins: bool = False
) -> Callable[[Text], Maker]:
    """A text typed into a field of a kegiatan, or the field left out: then it is told where that begins."""

    def form(write: Text) -> Maker:
        def make(plan: Plan, chance: random.Random) -> Made:
            at = _priced(plan, chance)
            field = _band(plan) if name == "periode" else name
            written = write(plan, Raw({Spot(at, field): text}))
            line = written.lines[Spot(at, "" if begins else field)]
            counts = None if rule.severity == "error" else plan
            return Made(written.data, (Planted(kind, rule, line),), counts)

        return make

    return form


def _signed(kind: str, rule: Rule, change: Callable[[str], str]) -> Callable[[Text], Maker]:
    """Another NIP than there is."""

    def form(write: Text) -> Maker:
        def make(plan: Plan, chance: random.Random) -> Made:
            name = "nip" if len(plan.penandatangan) == 1 else "nip.1"
            written = write(plan, Raw({Spot(None, name): change(nip(chance))}))
            counts = None if rule.severity == "error" else plan
            return Made(written.data, (Planted(kind, rule, written.lines[Spot(None, name)]),), counts)

        return make

    return form


def _shared(write: Text) -> Maker:
    """A shared cost at the top of its goal."""

    def make(plan: Plan, chance: random.Random) -> Made:
        every = [at for at, _ in rows(plan) if at[1:] == (0, 0)]
        costs = {at: one.biaya for at, one in rows(plan)}
        order = list(costs)
        alone = [at for at in every if order[-1] == at or costs[order[order.index(at) + 1]] != "bersama"]
        at = chance.choice(alone)
        written = write(plan, Raw({Spot(at, "biaya"): "bersama"}))
        planted = Planted("bersama-tanpa-biaya", rules.BERSAMA_TANPA_BIAYA, written.lines[Spot(at, "biaya")])
        return Made(written.data, (planted,), None)

    return make


Change = Callable[[Plan, At], dict[str, str]]
"""Other texts for a kegiatan than there should be, by their fields."""


def _changed(kind: str, rule: Rule, change: Change) -> Callable[[Text], Maker]:
    """A text that fits its field and is wrong, typed by the author."""

    def form(write: Text) -> Maker:
        def make(plan: Plan, chance: random.Random) -> Made:
            at = _priced(plan, chance)
            ((name, text),) = change(plan, at).items()
            plan = _with(plan, at, **{name: text})
            written = write(plan, Raw())
            return Made(written.data, (Planted(kind, rule, written.lines[Spot(at, name)]),), plan)

        return make

    return form


def _retyped(kind: str, rule: Rule, change: Change) -> Callable[[Draw], Maker]:
    """The same, typed over a cell of a workbook."""

    def form(draw: Draw) -> Maker:
        def make(plan: Plan, chance: random.Random) -> Made:
            at = _priced(plan, chance)
            ((name, text),) = change(plan, at).items()
            one = _one(plan, at)
            desk = Desk(draw(plan))
            cell = desk.cell_of(desk.row_of(one.uraian or ""), getattr(one, name))
            desk.page[cell].value = text
            planted = Planted(kind, rule, None, desk.page.title, cell)
            return Made(desk.saved(), (planted,), _with(plan, at, **{name: text}))

        return make

    return form


def _other_office(plan: Plan, at: At) -> dict[str, str]:
    other = "KPU Kabupaten Asmat" if "Asmat" not in plan.unit else "KPU Kabupaten Sambas"
    return {"uraian": f"{_one(plan, at).uraian} bersama {other}"}


def _other_year(plan: Plan, at: At) -> dict[str, str]:
    return {"uraian": f"{_one(plan, at).uraian} atas capaian tahun {TAHUN - 2}"}


def _spelt(plan: Plan, at: At) -> dict[str, str]:
    return {"pelaksana": OTHER_SPELLINGS[DOERS.index(_one(plan, at).pelaksana)]}


def _ceiling(write: Text) -> Maker:
    def make(plan: Plan, _: random.Random) -> Made:
        plan = replace(plan, pagu=sum(one.biaya for one in plan.kegiatan if isinstance(one.biaya, int)) - 1)
        written = write(plan, Raw())
        planted = Planted("di-atas-pagu", rules.DI_ATAS_PAGU, written.lines[Spot(None, "pagu")])
        return Made(written.data, (planted,), plan)

    return make


def _twice(write: Text) -> Maker:
    """One activity stands twice in the plan, with its doer and its amount."""

    def make(plan: Plan, chance: random.Random) -> Made:
        at = _priced(plan, chance)
        later = chance.choice([one for one, _ in rows(plan) if one > at] or [at])
        if later == at:
            at = next(one for one, of in rows(plan) if one < at and isinstance(of.biaya, int))
        first = _one(plan, at)
        again = {"uraian": first.uraian, "pelaksana": first.pelaksana, "biaya": first.biaya}
        plan = _with(plan, later, **again, anggaran_triwulan=(), sub_kegiatan=first.sub_kegiatan)
        written = write(plan, Raw())
        planted = Planted("kegiatan-berulang", rules.KEGIATAN_BERULANG, written.lines[Spot(later, "uraian")])
        return Made(written.data, (planted,), plan)

    return make


def _unknown_key(plan: Plan, chance: random.Random) -> Made:
    at = _priced(plan, chance)
    written = yaml_of(plan, Raw(key=(at, "sumber_dana")))
    planted = Planted(
        "kunci-tidak-dikenal", rules.KUNCI_TIDAK_DIKENAL, written.lines[Spot(at, "sumber_dana")]
    )
    return Made(written.data, (planted,), None)


def _unknown_column(plan: Plan, chance: random.Random) -> Made:
    at = _priced(plan, chance)
    written = csv_of(plan, Raw(column="sumber dana", column_at=at))
    heading = min(line for spot, line in written.lines.items() if spot.at is not None) - 1
    return Made(written.data, (Planted("kolom-tidak-dikenal", rules.KOLOM_TIDAK_DIKENAL, heading),), plan)


def _no_year(write: Text) -> Maker:
    def make(plan: Plan, _: random.Random) -> Made:
        written = write(plan, Raw({Spot(None, "tahun"): "dua ribu dua enam"}))
        line = written.lines[Spot(None, "tahun")]
        return Made(written.data, (Planted("bukan-tahun", rules.BUKAN_TAHUN, line),), None)

    return make


def _unlike_budget(write: Text) -> Maker:
    """A quarterly budget that does not add up to the cost: only adding up tells it, at the activity."""

    def make(plan: Plan, chance: random.Random) -> Made:
        at = _priced(plan, chance)
        plan = _with(plan, at, anggaran_triwulan=("1000", False, "2500", False))
        written = write(plan, Raw())
        line = written.lines[Spot(at, "uraian")]
        return Made(written.data, (Planted("anggaran-berbeda", rules.ANGGARAN_BERBEDA, line),), plan)

    return make


def _commas(write: Text) -> Maker:
    """An amount grouped as the English do, which is read, and told."""

    def make(plan: Plan, chance: random.Random) -> Made:
        at = _priced(plan, chance)
        written = write(plan, Raw({Spot(at, "biaya"): f"{_one(plan, at).biaya:,}"}))
        return Made(
            written.data,
            (Planted("koma-ribuan", rules.RUPIAH_INGGRIS, written.lines[Spot(at, "biaya")]),),
            plan,
        )

    return make


_TEXTS: Final[dict[str, Callable[[Text], Maker]]] = {
    "biaya-bukan-rupiah": _typed("biaya-bukan-rupiah", rules.BUKAN_RUPIAH, "biaya", "1,5 juta"),
    "biaya-tinggal-pecahan": _typed("biaya-tinggal-pecahan", rules.BUKAN_RUPIAH, "biaya", "64.80"),
    "tanpa-pelaksana": _typed(
        "tanpa-pelaksana", rules.KEGIATAN_TANPA_PELAKSANA, "pelaksana", None, begins=True
    ),
    "tanpa-biaya": _typed("tanpa-biaya", rules.KEGIATAN_TANPA_BIAYA, "biaya", None, begins=True),
    "tanpa-periode": _typed("tanpa-periode", rules.KEGIATAN_TANPA_PERIODE, "periode", None, begins=True),
    "nip-salah-panjang": _signed("nip-salah-panjang", rules.NIP_SALAH_PANJANG, lambda text: text[:-1]),
    "nip-meragukan": _signed("nip-meragukan", rules.NIP_MERAGUKAN, lambda text: f"{text[:4]}13{text[6:]}"),
    "bersama-tanpa-biaya": _shared,
    "kantor-lain": _changed("kantor-lain", rules.KANTOR_LAIN, _other_office),
    "tahun-lain": _changed("tahun-lain", rules.TAHUN_LAIN, _other_year),
    "ejaan-berbeda": _changed("ejaan-berbeda", rules.EJAAN_BERBEDA, _spelt),
    "di-atas-pagu": _ceiling,
    "kegiatan-berulang": _twice,
    "bukan-tahun": _no_year,
    "koma-ribuan": _commas,
    "anggaran-berbeda": _unlike_budget,
}

# --- in workbooks ------------------------------------------------------------------------------------------

Touch = Callable[[Desk, int, Kegiatan], str]
"""Does something in the row of a kegiatan, and gives the cell at which it must be told."""


def _touched(kind: str, rule: Rule, touch: Touch) -> Callable[[Draw], Maker]:
    """Something typed into the row of a kegiatan that fits no field: the plan does not count."""

    def form(draw: Draw) -> Maker:
        def make(plan: Plan, chance: random.Random) -> Made:
            one = _one(plan, _priced(plan, chance))
            desk = Desk(draw(plan))
            cell = touch(desk, desk.row_of(one.uraian or ""), one)
            return Made(desk.saved(), (Planted(kind, rule, None, desk.page.title, cell),), None)

        return make

    return form


def _put(name: str, value: object) -> Touch:
    """A value in place of the one there is."""

    def touch(desk: Desk, row: int, one: Kegiatan) -> str:
        cell = desk.cell_of(row, getattr(one, name))
        desk.page[cell].value = value
        return cell

    return touch


def _no_ticks(desk: Desk, row: int, _: Kegiatan) -> str:
    """No tick is left in the row; what is missing is told where the band begins."""
    ticks = [cell for cell in desk.page[row] if cell.value == "√"]
    for cell in ticks:
        cell.value = None
    first = ("T1", "I", "TW I", "Jan")
    (head,) = {
        cell.column_letter
        for cells in desk.page.iter_rows(max_row=row)
        for cell in cells
        if cell.value in first
    }
    return f"{head}{row}"


def _lost_digits(draw: Draw) -> Maker:
    """A NIP typed as a number: Excel keeps fifteen digits of it."""

    def make(plan: Plan, _: random.Random) -> Made:
        desk = Desk(draw(plan))
        (number,) = [who.nip for who in plan.penandatangan if who.nip]
        (cell,) = [one.coordinate for cells in desk.page.iter_rows() for one in cells if one.value == number]
        desk.page[cell].value = int(number[:15] + "000")
        return Made(desk.saved(), (Planted("nip-rusak", rules.NIP_RUSAK, None, desk.page.title, cell),), None)

    return make


def _under_a_merge(draw: Draw) -> Maker:
    """Two cells of doers merged by a program that keeps the lower one's value out of sight."""

    def make(plan: Plan, _: random.Random) -> Made:
        at = next(
            at
            for at, one in rows(plan)
            if at[2] and _one(plan, (*at[:2], at[2] - 1)).pelaksana != one.pelaksana
        )
        above, below = _one(plan, (*at[:2], at[2] - 1)), _one(plan, at)
        desk = Desk(draw(plan))
        row = desk.row_of(below.uraian or "")
        cell = desk.page[desk.cell_of(row, below.pelaksana)]
        letter, kept = cell.column_letter, cell.value
        desk.page.merge_cells(f"{letter}{row - 1}:{letter}{row}")
        desk.page._cells[(row, cell.column)] = type(cell)(desk.page, row, cell.column, kept)
        counts = _with(plan, at, pelaksana=above.pelaksana)
        planted = Planted(
            "di-bawah-gabungan", rules.NILAI_DI_BAWAH_GABUNGAN, None, desk.page.title, f"{letter}{row}"
        )
        return Made(desk.saved(), (planted,), counts)

    return make


_CELLS: Final[dict[str, Callable[[Draw], Maker]]] = {
    "biaya-bukan-rupiah": _touched("biaya-bukan-rupiah", rules.BUKAN_RUPIAH, _put("biaya", "banyak")),
    "biaya-tinggal-pecahan": _touched("biaya-tinggal-pecahan", rules.BUKAN_RUPIAH, _put("biaya", 306.461)),
    "tanpa-pelaksana": _touched("tanpa-pelaksana", rules.KEGIATAN_TANPA_PELAKSANA, _put("pelaksana", None)),
    "kantor-lain": _retyped("kantor-lain", rules.KANTOR_LAIN, _other_office),
    "tahun-lain": _retyped("tahun-lain", rules.TAHUN_LAIN, _other_year),
    "ejaan-berbeda": _retyped("ejaan-berbeda", rules.EJAAN_BERBEDA, _spelt),
    "sel-galat": _touched("sel-galat", rules.SEL_GALAT, _put("pelaksana", "#REF!")),
    "sel-tanggal": _touched("sel-tanggal", rules.SEL_TANGGAL, _put("pelaksana", dt.date(TAHUN, 3, 1))),
    "rumus-tanpa-nilai": _touched("rumus-tanpa-nilai", rules.RUMUS_BELUM_DIHITUNG, _put("biaya", "=1000*25")),
}
_TICKED: Final = _touched("tanpa-periode", rules.KEGIATAN_TANPA_PERIODE, _no_ticks)

MAKERS: Final[dict[str, dict[str, Maker]]] = {
    "yaml": {name: form(yaml_of) for name, form in _TEXTS.items()} | {"kunci-tidak-dikenal": _unknown_key},
    "csv": {name: form(csv_of) for name, form in _TEXTS.items()} | {"kolom-tidak-dikenal": _unknown_column},
    "isian": {name: form(input_sheet) for name, form in _CELLS.items()}
    | {"nip-rusak": _lost_digits(input_sheet)},
    "resmi": {name: form(official) for name, form in _CELLS.items()}
    | {"tanpa-periode": _TICKED(official), "di-bawah-gabungan": _under_a_merge(official)},
}
"""For each form, what can be planted in it."""
LAYOUT_OF: Final = {"anggaran-berbeda": "dua-pita"}
"""The layout that a kind of fault needs; others can be in any that has costs and ticks."""
KINDS: Final = tuple(dict.fromkeys(kind for makers in MAKERS.values() for kind in makers))
"""Every kind of fault."""


def edited(plan: Plan, chance: random.Random) -> tuple[bytes, Plan]:
    """An official workbook in which somebody typed another cost, rightly, and the plan that it holds now."""
    at = _priced(plan, chance)
    one = _one(plan, at)
    assert isinstance(one.biaya, int)
    desk = Desk(official(plan))
    desk.page[desk.cell_of(desk.row_of(one.uraian or ""), one.biaya)].value = one.biaya + 1_000
    return desk.saved(), _with(plan, at, biaya=one.biaya + 1_000)
