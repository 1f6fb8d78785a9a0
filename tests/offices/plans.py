"""Plans of real size for real offices, and their sums, counted here and not by the product.

A plan is a value of `rak_excel.plan.model`; all that is said about it comes from the numbers drawn here.
"""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from offices.texts import DOERS, FIRST, GOALS, LAST, WORK, Goal
from rak_excel.plan.model import Biaya, Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.plan.wilayah import semua_wilayah

if TYPE_CHECKING:
    from collections.abc import Iterator

TAHUN: Final = 2026
SIZE: Final = 28
"""Kegiatan of a plan, about."""
LAYOUTS: Final = (
    *("kpu",) * 8,
    *("bulanan",) * 3,
    *("dua-pita",) * 3,
    *("dua-penandatangan",) * 2,
    *("opd",) * 2,
    "kpu-tanpa-biaya",
    "target-triwulan",
)
"""The layouts in use, the usual one more often."""
MONTHLY: Final = "bulanan"
VALUES: Final = ("dua-pita", "target-triwulan")
WITHOUT_COST: Final = ("kpu-tanpa-biaya", "target-triwulan")


class Office(NamedTuple):
    """An election office: the code of its region, and its name in full."""

    kode: str
    name: str
    provinsi: str

    @property
    def stem(self) -> str:
        """A file's name without its ending."""
        return self.name.removeprefix("Sekretariat ").lower().replace(" ", "-")


BOARDS: Final = (
    "",  # the election office itself
    *("Dinas Pendidikan", "Dinas Kesehatan", "Dinas Sosial", "Dinas Perhubungan", "Dinas Pertanian"),
    *("Dinas Perpustakaan", "Dinas Lingkungan Hidup", "Dinas Perdagangan", "Dinas Pemuda dan Olahraga"),
)
"""Offices that each region has."""


def offices(begin: str = "") -> Iterator[Office]:
    """Every election office in the order of the codes, from the region `begin` on and around; then others."""
    regions = [one for one in semua_wilayah() if one[0] >= begin] + [
        one for one in semua_wilayah() if one[0] < begin
    ]
    provinces = {kode: nama for kode, jenis, nama in regions if jenis == "provinsi"}
    for board in BOARDS:
        for kode, jenis, nama in regions:
            name = board or ("Sekretariat KIP" if kode.startswith("11") else "Sekretariat KPU")
            full = f"Provinsi {nama}" if jenis == "provinsi" else f"{jenis.capitalize()} {nama}"
            yield Office(kode, f"{name} {full}", provinces[kode[:2]])


# --- one plan ----------------------------------------------------------------------------------------------


def plan_of(office: Office, layout: str, seed: str, size: int = SIZE) -> Plan:
    """A plan without faults."""
    chance = random.Random(f"{office.kode} {layout} {seed}")
    several = chance.sample(GOALS, len(GOALS))
    left = size + chance.randint(-4, 4)
    sasaran: list[Sasaran] = []
    for goal in several:
        if left <= 0:
            break
        count = min(left, chance.randint(2, 5))
        left -= count
        sasaran.append(_sasaran(chance, goal, layout, count))
    return Plan(
        tahun=TAHUN,
        unit=office.name,
        sasaran=tuple(sasaran),
        penandatangan=_signed(chance, office, layout),
        tata_letak=layout,
    )


def _sasaran(chance: random.Random, goal: Goal, layout: str, count: int) -> Sasaran:
    works = [f"{work} {objek}" for work in WORK for objek in goal.objek]
    texts = chance.sample(works, count)
    if layout == "target-triwulan":  # each indikator stands for its only kegiatan
        names = goal.indikator[:count]
        kegiatan: list[tuple[Kegiatan, ...]] = [
            (_kegiatan(chance, layout, None, shares=False),) for _ in names
        ]
    else:
        names = goal.indikator[: 1 + (count > 3)]
        cut = count if len(names) == 1 else chance.randint(1, count - 1)
        made: list[Kegiatan] = []
        for text in texts:
            made.append(
                _kegiatan(chance, layout, text, shares=bool(made) and made[-1].biaya not in (None, ""))
            )
        kegiatan = [tuple(made[:cut]), tuple(made[cut:])][: len(names)]
    targets = [chance.choice(("100", "100", "95", "90", "87.5")) for _ in names]
    usual = goal.sasaran[0] if chance.random() < 0.9 else chance.choice(goal.sasaran)
    return Sasaran(
        usual,
        tuple(
            Indikator(name, tuple(replace(one, target=target) for one in below))
            for name, target, below in zip(names, targets, kegiatan, strict=True)
        ),
    )


def _kegiatan(chance: random.Random, layout: str, uraian: str | None, *, shares: bool) -> Kegiatan:
    made = Kegiatan(uraian, pelaksana=chance.choice(DOERS))
    if layout == MONTHLY:
        months = set(chance.sample(range(12), chance.choice((1, 2, 4, 5, 12))))
        made = replace(made, bulan=tuple(month in months for month in range(12)))
    else:
        quarters = set(chance.sample(range(4), chance.choice((1, 2, 3, 4, 4))))
        ticks = tuple(quarter in quarters for quarter in range(4))
        if layout in VALUES:
            made = replace(
                made, triwulan=tuple(str(chance.randint(1, 90)) if one else False for one in ticks)
            )
        else:
            made = replace(made, triwulan=ticks)
    if layout == "opd":
        made = replace(
            made, program="Program Dukungan Manajemen", sub_kegiatan=f"Rincian {(uraian or '').lower()}"
        )
    if layout == "target-triwulan":
        made = replace(made, satuan="%")
    if layout in WITHOUT_COST:
        return made
    biaya = _biaya(chance, shares=shares)
    made = replace(made, biaya=biaya)
    if layout == "dua-pita" and isinstance(biaya, int) and chance.random() < 0.7:
        made = replace(made, anggaran_triwulan=_parts(chance, biaya))
    return made


def _biaya(chance: random.Random, *, shares: bool) -> Biaya:
    dice = chance.random()
    if shares and dice < 0.1:
        return "bersama"
    if dice < 0.15:
        return None
    if dice < 0.3:  # an amount that four quarters cannot share equally
        return chance.randint(1_000_000, 90_000_000)
    return chance.randint(1_000, 900_000) * 1_000


def _parts(chance: random.Random, biaya: int) -> tuple[str | bool, ...]:
    """An amount cut into four, as an office plans to draw it."""
    cuts = sorted(chance.randint(0, biaya) for _ in range(3))
    ends = [0, *cuts, biaya]
    parts = [end - begin for begin, end in pairwise(ends)]
    return tuple(str(part) if part else False for part in parts)


def _signed(chance: random.Random, office: Office, layout: str) -> tuple[Penandatangan, ...]:
    place = office.name.split(" ", 3)[-1]
    sekretaris = Penandatangan(
        "Sekretaris",
        _name(chance),
        nip(chance),
        tempat=place,
        tanggal=f"{chance.randint(2, 28)} Januari {TAHUN}",
    )
    if layout != "dua-penandatangan":
        return (sekretaris,)
    return (Penandatangan("Ketua", _name(chance)), sekretaris)


def ketua_plan(office: Office, layout: str, seed: str) -> Plan:
    """The plan that the commissioners of the same office sign."""
    chance = random.Random(f"ketua {office.kode} {seed}")
    plan = plan_of(office, layout, f"ketua {seed}", size=8)
    return replace(
        plan,
        unit=office.name.removeprefix("Sekretariat "),
        penandatangan=(Penandatangan("Ketua", _name(chance)),),
    )


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


def nip(chance: random.Random) -> str:
    """A civil servant's number as they are given."""
    born = f"{chance.randint(1968, 1992)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    began = f"{chance.randint(2000, 2019)}{chance.randint(1, 12):02}"
    return f"{born}{began}{chance.choice('12')}{chance.randint(1, 20):03}"


# --- its sums ----------------------------------------------------------------------------------------------


class Sums(NamedTuple):
    """What a plan comes to: counts, rupiah, rupiah a quarter, and rupiah that no quarter is known for."""

    sasaran: int = 0
    indikator: int = 0
    kegiatan: int = 0
    biaya: int = 0
    t1: int = 0
    t2: int = 0
    t3: int = 0
    t4: int = 0
    tanpa: int = 0

    def plus(self, other: Sums) -> Sums:
        """Both together."""
        return Sums(*(one + two for one, two in zip(self, other, strict=True)))


class Counted(NamedTuple):
    """One kegiatan as it counts: its amount, its quarters, the rest, and when it is scheduled."""

    kegiatan: Kegiatan
    biaya: int | None
    parts: tuple[int, int, int, int]
    tanpa: int
    scheduled: tuple[bool, bool, bool, bool]


def sums_of(plan: Plan) -> Sums:
    """What a plan comes to."""
    counted = list(counted_of(plan))
    quarters = [sum(one.parts[quarter] for one in counted) for quarter in range(4)]
    return Sums(
        sasaran=len(plan.sasaran),
        indikator=sum(len(sasaran.indikator) for sasaran in plan.sasaran),
        kegiatan=len(counted),
        biaya=sum(one.biaya or 0 for one in counted),
        t1=quarters[0],
        t2=quarters[1],
        t3=quarters[2],
        t4=quarters[3],
        tanpa=sum(one.tanpa for one in counted),
    )


def counted_of(plan: Plan) -> Iterator[Counted]:
    """Every kegiatan of a plan as it counts."""
    for sasaran in plan.sasaran:
        rows = [kegiatan for indikator in sasaran.indikator for kegiatan in indikator.kegiatan]
        for at, one in enumerate(rows):
            scheduled = tuple(bool(months) for months in _months(one))
            if not isinstance(one.biaya, int):
                yield Counted(one, None, (0, 0, 0, 0), 0, scheduled)  # type: ignore[arg-type]
                continue
            end = at + 1
            while end < len(rows) and rows[end].biaya == "bersama":
                end += 1
            parts, tanpa = _quarters(one, rows[at:end])
            yield Counted(one, one.biaya, parts, tanpa, scheduled)  # type: ignore[arg-type]


def _months(one: Kegiatan) -> list[set[int]]:
    """The months of each quarter that a kegiatan is scheduled in; a whole quarter is three."""
    if one.bulan:
        return [{month for month in range(q * 3, q * 3 + 3) if one.bulan[month]} for q in range(4)]
    values = one.triwulan or (False,) * 4
    planned = [value not in (False, "", "0") for value in values]
    return [set(range(q * 3, q * 3 + 3)) if planned[q] else set() for q in range(4)]


def _quarters(one: Kegiatan, sharing: list[Kegiatan]) -> tuple[tuple[int, int, int, int], int]:
    """The quarters of an amount, by the rule that the recapitulation states.

    As planned by the office itself, where that adds up; else equal parts over the months that it and those
    who share in it are scheduled in, in whole rupiah, and what is left over to the last of the quarters.
    """
    biaya = one.biaya
    assert isinstance(biaya, int)
    planned = [int(part) if part else 0 for part in one.anggaran_triwulan or ()]
    if planned and sum(planned) == biaya:
        return (planned[0], planned[1], planned[2], planned[3]), 0
    months = [set[int]().union(*(_months(each)[quarter] for each in sharing)) for quarter in range(4)]
    every = sum(map(len, months))
    if not every:
        return (0, 0, 0, 0), biaya
    parts = [biaya * len(of_quarter) // every for of_quarter in months]
    last = max(quarter for quarter in range(4) if months[quarter])
    parts[last] += biaya - sum(parts)
    return (parts[0], parts[1], parts[2], parts[3]), 0
