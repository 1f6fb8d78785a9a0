"""What stands on an input sheet besides the plan: the names of its sheets, its labels and its headings.

Both directions use it: `form` draws a sheet with these words, `form_reader` knows a sheet by them.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from rak_excel.plan.codec import SIGNATORY_KEYS
from rak_excel.plan.headings import heading_of

SHEET: Final = "Isian"
GUIDE: Final = "Petunjuk"
LISTS: Final = "Daftar"

MARK: Final = "rak_form"
"""The custom property of an input sheet: the version of its form; it helps, and is never needed."""
MARK_LAYOUT: Final = "rak_form_layout"
MARK_GUIDE: Final = "rak_form_guide"
"""The custom property with the seal of the page of instructions: whether anything was typed on it."""
VERSION: Final = 1

TITLE: Final = "ISIAN RENCANA AKSI KINERJA"
HINT: Final = "Isi sel kuning dan tabel di bawahnya; tanda * berarti harus diisi."
HINT_GUIDE: Final = "Cara mengisi dan contohnya ada di lembar Petunjuk."
TOTAL: Final = "Jumlah biaya"

ROOT_LABELS: Final[dict[str, str]] = {
    "tahun": "Tahun *",
    "unit": "Unit organisasi *",
    "judul": "Judul",
    "pagu": "Pagu (Rp)",
    "kertas": "Kertas",
    "lembar": "Nama lembar",
    "tata_letak": "Tata letak",
}
SIGNATORY_LABELS: Final[dict[str, str]] = {
    "jabatan": "Jabatan *",
    "nama": "Nama *",
    "nip": "NIP",
    "pangkat": "Pangkat",
    "tempat": "Tempat",
    "tanggal": "Tanggal",
    "pengantar": "Pengantar",
}
_ALSO: Final[dict[str, str]] = {
    "rak": "rak | versi",
    "tahun": "tahun | tahun anggaran | tahun rencana",
    "unit": "unit | unit organisasi | unit kerja | nama unit",
    "judul": "judul | judul rencana",
    "pagu": "pagu | pagu anggaran | batas biaya",
    "kertas": "kertas | ukuran kertas",
    "lembar": "lembar | nama lembar",
    "tata_letak": "tata letak | formulir",
    "jabatan": "jabatan",
    "nama": "nama | nama lengkap | nama pejabat",
    "nip": "nip",
    "pangkat": "pangkat | pangkat golongan | pangkat golongan ruang | pangkat gol ruang",
    "tempat": "tempat",
    "tanggal": "tanggal",
    "pengantar": "pengantar",
}
_SIGNATORY: Final = r"penanda ?tangan"
_LONGEST: Final = 60


class Label(NamedTuple):
    """What a label names: a key of the plan, or one of a signatory, with the number it says."""

    key: str
    signatory: bool = False
    number: int | None = None


def signatory_heading(number: int) -> str:
    """What stands above the fields of a signatory.

    Examples:
        >>> heading_number(signatory_heading(2))
        2
    """
    return f"Penandatangan {number}" if number == 1 else f"Penandatangan {number} (bila ada)"


def heading_number(text: str) -> int | None:
    """The number of the signatory whose fields stand below a heading; `None` where it is no such heading."""
    folded = _folded(text)
    match = re.fullmatch(rf"{_SIGNATORY}(?: (\d{{1,2}}))?", folded)
    return int(match[1] or 1) if match else None


@lru_cache(maxsize=512)
def label_of(text: str) -> Label | None:
    """What a label means, or `None`; case, stars, colons and brackets do not matter.

    Examples:
        >>> label_of("TAHUN ANGGARAN :"), label_of("NIP penandatangan 2").number
        (Label(key='tahun', signatory=False, number=None), 2)
        >>> label_of("penandatangan.1.jabatan").key, label_of("Catatan") is None
        ('jabatan', True)
    """
    if len(text) > _LONGEST:
        return None
    folded = _folded(text)
    numbers = re.findall(r"\b\d{1,2}\b", folded)
    bare = " ".join(re.sub(rf"\b\d{{1,2}}\b|\b{_SIGNATORY}\b", " ", folded).split())
    key = _keys().get(bare)
    if key is None or len(numbers) > 1:
        return None
    signatory = key in SIGNATORY_KEYS
    if not signatory and bare != folded:
        return None
    return Label(key, signatory, int(numbers[0]) if numbers else None)


def _folded(text: str) -> str:
    bare = re.sub(r"\([^)]*\)", " ", text.casefold())
    return " ".join(re.sub(r"[^\w]+|_", " ", bare).split())


@cache
def _keys() -> dict[str, str]:
    return {word.strip(): key for key, words in _ALSO.items() for word in words.split("|")}


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")


def head_of(field: str, *, percent: bool = False) -> str:
    """The heading of a field's column; `percent` tells that targets are per cent.

    Examples:
        >>> head_of("triwulan[1]"), head_of("bulan[8]"), head_of("target", percent=True)
        ('T1', 'Agt', 'Target (%)')
        >>> head_of("sub_kegiatan"), head_of("anggaran_triwulan[2]")
        ('Sub kegiatan', 'Anggaran T2')
    """
    name, _, number = field.partition("[")
    if name == "bulan":
        return _MONTHS[int(number[:-1]) - 1]
    if name == "semester":
        return f"Smt {number[:-1]}"
    told = heading_of(field).replace("_", " ")
    told = told[0].upper() + re.sub(r"\bt(?=\d)", "T", told[1:])
    unit = {"target": " (%)" if percent else "", "biaya": " (Rp)"}
    return told + unit.get(field, "")


LIST_HEADINGS: Final = (head_of("pelaksana"), "Tanda", ROOT_LABELS["kertas"])
"""The headings of the lists: of the planner's own units, and of the words that a form knows."""


def seal(texts: Iterable[str]) -> str:
    """A hash of the texts of a sheet, in whatever order they come."""
    import hashlib  # 4 MB that reading a workbook need not pay

    return hashlib.sha256("\0".join(sorted(texts)).encode()).hexdigest()
