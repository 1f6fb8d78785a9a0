"""Which office a unit is, and who answers for a plan, however their names are written."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from rak_excel.plan.checks import folded_unit
from rak_excel.plan.kantor import asal, provinsi, tanpa_wilayah

_OFFICE: Final = "kpu"
_SAME: Final = (
    (re.compile(r"\bkomisi (?:pemilihan umum(?: daerah)?|independen pemilihan)\b"), _OFFICE),
    (re.compile(r"\b(?:kip|kpud)\b"), _OFFICE),
    (re.compile(r"\bkpu(?: kpu)+\b"), _OFFICE),
    (re.compile(r"\b(?:setjen|sekjen)\b"), "sekretariat jenderal"),
    (re.compile(r"\bkab\b"), "kabupaten"),
    (re.compile(r"\bpro[vp]\b"), "provinsi"),
)
_NATION: Final = re.compile(r"\b(?:republik indonesia|r ?i|pusat)\b")
_SECRETARIAT: Final = re.compile(r"\bsekretariat(?: jenderal)?\b")
_ACTING: Final = re.compile(r"^(?:(?:plt|plh|pj|pjs|pelaksana (?:tugas|harian)|penjabat)\b )+")


class Kantor(NamedTuple):
    """An office: its `key` is the same for all spellings.

    `kode` is of its region, `""` where it is not certain, or is the whole nation (then `nation` is set);
    `certain` tells that the region is known.
    """

    key: str
    kode: str
    provinsi: str
    nation: bool
    certain: bool


@lru_cache(maxsize=4096)
def kantor_of(unit: str) -> Kantor:
    """The office that a plan's unit names.

    The secretariat of a KPU belongs to the same office; a KIP is a KPU.  An office without any word but its
    region is a KPU too.  Where a region is not certain (`KPU Bandung`), the text alone is the key.

    Examples:
        >>> kantor_of("Sekretariat KPU Kab. Lahat").key == kantor_of("KPU KABUPATEN LAHAT").key
        True
        >>> kantor_of("KPU Kota Bandung").key == kantor_of("KPU Kabupaten Bandung").key
        False
    """
    flat = " ".join(unit.split())
    home = asal(flat)
    if home is None:
        whole = _folded(flat)
        return Kantor(f"{_bare(whole) or whole}|?", "", "", nation=False, certain=False)
    bare = tanpa_wilayah(flat)
    whole = _folded(bare)
    if home.jenis == "pusat":
        whole = " ".join(_NATION.sub(" ", whole).split())
    elif bare == flat or not whole:  # nothing but the name of a region
        whole = _OFFICE
    key = f"{_bare(whole) or _OFFICE}|{home.kode or 'ri'}"
    return Kantor(key, home.kode, provinsi(home), home.jenis == "pusat", certain=True)


def _folded(text: str) -> str:
    name = folded_unit(text)
    for pattern, plain in _SAME:
        name = pattern.sub(plain, name)
    return name


def _bare(whole: str) -> str:
    """The office's own words without its secretariat."""
    return " ".join(_SECRETARIAT.sub(" ", whole).split())


@lru_cache(maxsize=4096)
def jabatan_of(jabatan: str) -> str:
    """What tells who answers for a plan, also while somebody else stands in.

    Examples:
        >>> jabatan_of("Plt. Sekretaris KPU Kab. Lahat,") == jabatan_of("SEKRETARIS")
        True
    """
    name = _ACTING.sub("", _folded(tanpa_wilayah(jabatan)))
    return " ".join(re.sub(rf"\b{_OFFICE}\b", " ", _NATION.sub(" ", name)).split())
