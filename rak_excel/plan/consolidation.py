"""What many plans come to, taken together: one recapitulation, and why each plan counts in it or does not.

Values only.  `consolidate` makes them; sheets, tidy files and frames show them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

from rak_excel.findings import Finding, Place, Words

Costs: TypeAlias = tuple[int, int, int, int, int]
"""Rupiah in the four quarters, and rupiah that no quarter is known for."""

NO_COSTS: Final[Costs] = (0, 0, 0, 0, 0)

Status: TypeAlias = Literal[
    "dipakai",
    "salinan",
    "digantikan",
    "perlu-dipilih",
    "tahun-lain",
    "salah",
    "dikecualikan",
    "tidak-terbaca",
]
"""Why a plan counts (`dipakai`), or why it does not."""

UnitStatus: TypeAlias = Literal["masuk", "perlu-dipilih", "salah", "tahun-lain", "belum"]
"""A unit has a plan that counts, versions to choose from, only faulty ones, ones of another year, or none."""


class Head(NamedTuple):
    """One plan of one file, as far as it decides what counts; `number` is its place in the file, from 0.

    `hash` is of its meaning, `base` that of the plan its workbook was built from.  `place` is where its unit
    stands.  `errors`, `warnings` and `notes` count what was found in this plan.
    """

    number: int
    unit: str
    tahun: int
    jabatan: str
    judul: str
    hash: str
    base: str | None
    sasaran: int
    indikator: int
    kegiatan: int
    biaya: int
    costs: Costs
    errors: int
    warnings: int
    notes: int
    place: Place | None


class FileHead(NamedTuple):
    """One file: its name, its form (`YAML`, `CSV`, `lembar isian`, `buku kerja`), its plans.

    `unreadable` says why nothing could be read; `excluded` the pattern that leaves it out, then it was not
    read at all.  Findings that belong to no plan are counted here alone.
    """

    file: str
    form: str
    plans: tuple[Head, ...]
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    unreadable: Finding | None = None
    excluded: str | None = None


class PlanRow(NamedTuple):
    """What became of one plan, or of a file without any (`number` is `None`): a row of *Berkas*.

    `unit_no` is the number of its unit in *Rekap*; `because` says in words why it does not count, such as the
    file that counts instead.
    """

    file: str
    form: str
    number: int | None
    unit_no: int | None
    unit: str
    tahun: int | None
    jabatan: str
    status: Status
    because: Words
    kegiatan: int
    biaya: int
    errors: int
    warnings: int
    notes: int
    place: Place | None


class UnitRow(NamedTuple):
    """One unit, a row of *Rekap*: the sums of its plans that count, and findings of all of its files.

    `spellings` are the other ways its name is written; `kode` and `provinsi` are of its region, blank where
    it is not known.
    """

    no: int
    unit: str
    spellings: tuple[str, ...]
    kode: str
    provinsi: str
    status: UnitStatus
    rencana: int
    sasaran: int
    indikator: int
    kegiatan: int
    biaya: int
    costs: Costs
    errors: int
    warnings: int
    notes: int


class KegiatanRow(NamedTuple):
    """One kegiatan of a plan that counts: a row of *Semua Kegiatan*, and of the tidy files.

    Texts are as the author wrote them.  `t1`..`t4` tell whether it is scheduled in a quarter; `jadwal` is the
    schedule in the words of its own form.  `biaya` is `None` where there is no amount of its own, for the
    reason in `jenis_biaya`; `biaya_t1` .. `biaya_tanpa_jadwal` add up to it.  `sel` is a cell, or in a text
    file the number of the line.
    """

    no_unit: int
    unit: str
    kode_wilayah: str
    provinsi: str
    tahun: int
    jabatan: str
    no_sasaran: int
    sasaran: str
    no_indikator: int
    indikator: str
    no_kegiatan: int
    kegiatan: str
    kode: str
    program: str
    sub_kegiatan: str
    target: str
    satuan: str
    t1: bool
    t2: bool
    t3: bool
    t4: bool
    jadwal: str
    jenis_biaya: Literal["jumlah", "nihil", "bersama", ""]
    biaya: int | None
    biaya_t1: int
    biaya_t2: int
    biaya_t3: int
    biaya_t4: int
    biaya_tanpa_jadwal: int
    pelaksana: str
    berkas: str
    lembar: str
    sel: str


class PelaksanaRow(NamedTuple):
    """One unit in charge, its spellings folded: `pelaksana` is the usual one, `spellings` all, counted."""

    no: int
    pelaksana: str
    spellings: tuple[tuple[str, int], ...]
    units: int
    kegiatan: int
    biaya: int
    costs: Costs


class SasaranRow(NamedTuple):
    """One text of a sasaran, joined only with texts that are the same but for white space.

    `like` is the number of the row that it is proposed to be the same as, `likeness` from 0 to 1 how near.
    """

    no: int
    sasaran: str
    units: int
    indikator: int
    kegiatan: int
    biaya: int
    like: int | None
    likeness: float


class TriwulanRow(NamedTuple):
    """One quarter (1 to 4), or 0 for what has none: kegiatan scheduled in it, units that have any, rupiah."""

    triwulan: int
    kegiatan: int
    units: int
    biaya: int


class FindingRow(NamedTuple):
    """One finding with the unit it is about (`None`: of no unit that is known)."""

    unit_no: int | None
    unit: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Consolidation:
    """Many plans as one recapitulation.

    `rows` and `findings` begin anew with each call, and stream: a nation's activities need not be in memory
    at once.  `kegiatan` and `told` are how many they yield.  `own` are the findings of the consolidation
    itself, which are among `findings` too.  `sasaran_no` and `pelaksana_no` give the number of the row that a
    kegiatan's text is counted in.
    """

    tahun: int | None
    units: tuple[UnitRow, ...]
    plans: tuple[PlanRow, ...]
    pelaksana: tuple[PelaksanaRow, ...]
    sasaran: tuple[SasaranRow, ...]
    triwulan: tuple[TriwulanRow, ...]
    kegiatan: int
    told: int
    own: tuple[Finding, ...]
    rows: Callable[[], Iterator[KegiatanRow]]
    findings: Callable[[], Iterator[FindingRow]]
    sasaran_no: Callable[[str], int]
    pelaksana_no: Callable[[str], int]

    @property
    def biaya(self) -> int:
        """The sum of all units' costs in rupiah."""
        return sum(unit.biaya for unit in self.units)
