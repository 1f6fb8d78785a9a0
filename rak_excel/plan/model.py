"""The plan as a value: no places, no files; equal when the content is equal.

A blank field is `""` (for a band: `()`), so that a half-filled plan is a value too and the checks can say
what is missing.  `None` is never "missing": as a cost it is *nihil*, printed `-`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

Biaya: TypeAlias = int | Literal["bersama", ""] | None
"""Whole rupiah; `None` for nihil; `"bersama"` for a share in the amount above; `""` for not filled in."""

Period: TypeAlias = bool | str
"""One cell of a band: a tick, or a value as text (decimals with a dot, no `%`)."""

JUDUL: Final = "RENCANA AKSI KINERJA"
USUAL_LAYOUT: Final = "kpu"
"""The layout of a plan that names none."""
FORMAT_VERSION: Final = 1

BANDS: Final[dict[str, int]] = {
    "triwulan": 4,
    "bulan": 12,
    "semester": 2,
    "anggaran_triwulan": 4,
    "realisasi_triwulan": 4,
}
"""Every band a kegiatan can have, with its number of periods."""

SCHEDULES: Final = ("triwulan", "bulan", "semester")
"""The bands that say when; the others hold values beside them."""


@dataclass(frozen=True, slots=True)
class Penandatangan:
    """One signatory.  `nip` is 18 digits without spaces, or `""` for those who have none."""

    jabatan: str
    nama: str
    nip: str = ""
    pangkat: str = ""
    tempat: str = ""
    tanggal: str = ""
    pengantar: str = ""


@dataclass(frozen=True, slots=True)
class Kegiatan:
    """One activity, one row of the form.

    `uraian` is `None` in forms without a kegiatan column.  `target` is the effective one, wherever the
    author wrote it, as text with a dot for decimals.
    """

    uraian: str | None
    target: str = ""
    triwulan: tuple[Period, ...] = ()
    biaya: Biaya = ""
    pelaksana: str = ""
    satuan: str = ""
    kode: str = ""
    program: str = ""
    sub_kegiatan: str = ""
    bulan: tuple[Period, ...] = ()
    semester: tuple[Period, ...] = ()
    anggaran_triwulan: tuple[Period, ...] = ()
    realisasi_triwulan: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Indikator:
    """One performance indicator of a sasaran."""

    uraian: str
    kegiatan: tuple[Kegiatan, ...] = ()


@dataclass(frozen=True, slots=True)
class Sasaran:
    """One strategic goal; its number is its place in the plan."""

    uraian: str
    indikator: tuple[Indikator, ...] = ()

    @property
    def kegiatan(self) -> Iterator[Kegiatan]:
        """All activities of the goal, in order."""
        for indikator in self.indikator:
            yield from indikator.kegiatan


@dataclass(frozen=True, slots=True)
class Plan:
    """One table with one signature block.

    `lembar`, `tata_letak` and `kertas` are dress, not meaning: they do not count in the content hash.
    """

    tahun: int
    unit: str
    sasaran: tuple[Sasaran, ...]
    penandatangan: tuple[Penandatangan, ...]
    judul: str = JUDUL
    pagu: int | None = None
    lembar: str = ""
    tata_letak: str = ""
    kertas: str = ""

    @property
    def kegiatan(self) -> Iterator[Kegiatan]:
        """All activities of the plan, in order."""
        for sasaran in self.sasaran:
            yield from sasaran.kegiatan

    @property
    def jumlah_biaya(self) -> int:
        """The sum of the costs in rupiah, each shared amount counted once."""
        return sum(kegiatan.biaya for kegiatan in self.kegiatan if isinstance(kegiatan.biaya, int))


class Size(NamedTuple):
    """How many sasaran and kegiatan several plans have, and the sum of their costs in rupiah."""

    sasaran: int
    kegiatan: int
    biaya: int


def size_of(plans: Iterable[Plan]) -> Size:
    """What a receipt says of plans, taken together."""
    several = tuple(plans)
    return Size(
        sum(len(plan.sasaran) for plan in several),
        sum(1 for plan in several for _ in plan.kegiatan),
        sum(plan.jumlah_biaya for plan in several),
    )


class Band(NamedTuple):
    """The periods a form prints under one heading, and whether they hold ticks, values or rupiah."""

    key: str
    kind: Literal["tick", "value", "rupiah"]


@dataclass(frozen=True, slots=True)
class Form:
    """What a plan must contain because its form prints it.

    `fields` are paths below their part, such as `kegiatan.biaya` or `sasaran.uraian`.  There can be up to
    `signatories`, and `usual_signatories` are those that a blank input asks for.
    """

    name: str
    fields: frozenset[str]
    bands: tuple[Band, ...]
    percent: bool = False
    signatories: int = 1
    usual_signatories: int = 1

    def has(self, field: str) -> bool:
        """Whether the form prints a field.

        Examples:
            >>> Form("kpu", frozenset({"kegiatan.biaya"}), ()).has("kegiatan.biaya")
            True
        """
        return field in self.fields

    @property
    def schedule(self) -> Band | None:
        """The band that says when, if the form has one."""
        return next((band for band in self.bands if band.key in SCHEDULES), None)
