"""Which field a heading means, and how a field is headed in a CSV.

Headings are matched by meaning, never by position: case, spaces, line breaks, hyphens, brackets, a year, `%`
and `Rp` do not matter, and the words that other forms of the family use for a field are known.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

# As printed in the forms that were read, named after their offices; after an asterisk, composed.
_SYNONYMS: Final[dict[str, str]] = {
    # Lahat, Kalsel; *
    "nomor": "no | nomor | no urut | nomor urut | no sasaran | nomor sasaran",
    # Lahat, BBPOM Banjarmasin, Jawa Barat, BPKP Sulbar, Kalsel, Kaltim, WP-eSAKIP; *
    "sasaran": "sasaran | sasaran strategis | sasaran kinerja | sasaran program | kinerja utama | kinerja "
    "| kegiatan utama | sasaran kegiatan | uraian sasaran",
    # Lahat, Kalsel, Jawa Barat, Kaltim, BPKP Sulbar, a Renstra report, Jombang; *
    "indikator": "indikator | indikator kinerja | indikator kinerja strategis | indikator kinerja utama "
    "| indikator kinerja program | indikator sasaran | indikator kinerja individu | iku "
    "| indikator kinerja sasaran | indikator kinerja sasaran strategis | indikator sasaran strategis "
    "| indikator kinerja kegiatan | indikator kegiatan | indikator program | uraian indikator | ikk",
    # Lahat, Kalsel, a PK's action plan, Jawa Barat
    "target": "target | target tahunan | target pk | target perjanjian kinerja | target kinerja",
    # Banjarnegara, Pringsewu; *
    "satuan": "satuan | satuan target",
    # Lahat, Pringsewu, a schedule form, WP-eSAKIP, Jawa Barat, Kalsel; *
    "kegiatan": "kegiatan | kegiatan yang akan dilaksanakan | rencana aksi | rencana aksi kegiatan "
    "| uraian kegiatan rencana aksi | aktivitas | program kegiatan sub kegiatan | program kegiatan "
    "| kegiatan yang dilaksanakan | uraian kegiatan | nama kegiatan | rencana kegiatan | renaksi",
    # a Renstra report; *
    "kode": "kode | kode kegiatan",
    # Jawa Barat; *
    "program": "program | nama program",
    "sub_kegiatan": "sub kegiatan | nama sub kegiatan",
    # Lahat, Banjarnegara, Kalsel, WP-eSAKIP, Jawa Barat, a Renstra report; *
    "biaya": "biaya | perkiraan biaya | anggaran | pagu anggaran | rencana pagu | alokasi pagu "
    "| target keuangan | rp | pagu | rencana biaya | perkiraan anggaran | rencana anggaran "
    "| kebutuhan anggaran | alokasi anggaran | jumlah anggaran | target anggaran",
    # Lahat, Banjarnegara, two e-SAKIP prints, a Renstra report; *
    "pelaksana": "pelaksana | penanggung jawab | pj | pjk | pic | bidang | unit pelaksana "
    "| unit kerja perangkat daerah penanggung jawab | unit kerja penanggung jawab | unit penanggung jawab "
    "| unit kerja pelaksana | sub bagian pelaksana | pelaksana kegiatan | penanggung jawab kegiatan "
    "| penanggung jawab pelaksana | pelaksana penanggung jawab",
}

# What stands over the periods, or before one in the same heading, by the prefix of its field.
_BANDS: Final[dict[str, str]] = {
    # Lahat, Kalsel, a PK's action plan, Jawa Barat, WP-eSAKIP, a schedule form, BBPOM Banjarmasin; *
    "": "rencana pelaksanaan | target rencana aksi | target | target kinerja | target kegiatan | target pk "
    "| target perjanjian kinerja | target tahunan | schedule time | waktu | waktu pelaksanaan | jadwal "
    "| jadwal pelaksanaan | jadwal kegiatan | rencana pelaksanaan kegiatan | target pelaksanaan "
    "| target capaian | pelaksanaan | periode | rencana",
    # Jawa Barat; *
    "anggaran_": f"{_SYNONYMS['biaya']} | keuangan | anggaran kas | rencana penyerapan",
    # WP-eSAKIP; *
    "realisasi_": "realisasi | realisasi kinerja | realisasi kegiatan | realisasi target",
}

# Under these the same words mean what was reached, not what is planned.
_REACHED: Final = ("realisasi", "capaian", "baseline", "selisih", "sisa", "catatan", "evaluasi", "kendala")

_MONTHS: Final = (
    ("januari", "january", "jan"),
    ("februari", "pebruari", "february", "feb", "peb"),
    ("maret", "march", "mar", "mrt"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("agustus", "august", "agust", "agt", "agu", "ags", "aug"),  # Agt: BBPOM Banjarmasin
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "december", "des", "dec"),
)
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_WORDS: Final = {"pertama": 1, "satu": 1, "dua": 2, "tiga": 3, "empat": 4}

_LONGEST: Final = 150
_HEADS: Final = {
    "nomor": "no",
    "triwulan": "t{}",
    "bulan": "b{:02}",
    "semester": "semester {}",
    "anggaran_triwulan": "anggaran t{}",
    "realisasi_triwulan": "realisasi t{}",
}


@lru_cache(maxsize=2048)
def field_of(heading: str, above: str = "", of: int = 4) -> str | None:
    r"""Name the field that a heading means, or return `None`.

    `above` is the heading of the band over it, where a form prints two rows.  A bare `I` or `1` means a
    period only under such a band; where the band does not say of what (*Schedule Time*), the number `of`
    periods under it decides: 4 are quarters, more are months, 2 half-years.

    Money in thousands or millions is none of our fields: it would be read as whole rupiah.

    Examples:
        >>> field_of("Indikator Kinerja\nStrategis"), field_of("TW-I"), field_of("Anggaran (Rp)")
        ('indikator', 'triwulan[1]', 'biaya')
        >>> field_of("III", "Target Triwulan"), field_of("Triw I", "Target Keuangan"), field_of("I")
        ('triwulan[3]', 'anggaran_triwulan[1]', None)
        >>> field_of("Anggaran (ribuan rupiah)") is None
        True
    """
    if len(heading) > _LONGEST:
        return None
    if not above.strip():
        return _alone(heading)
    upper, lower = _key(above), _key(heading)
    period = _period(upper + lower) or _period(lower + upper)
    if period is not None:
        return period
    if any(word in upper for word in _REACHED):
        return None
    band = _lead(upper)
    if band is not None and (number := _number(lower)) is not None:
        return _numbered(band, number, of, upper)
    if lower in ("uraian", "nama"):
        return _alone(above)
    field = _alone(heading)
    if band and field is not None:  # money, whatever its periods are called
        return f"{band}{field}" if field.startswith("triwulan[") else None if field == "target" else field
    return field


def heading_of(field: str) -> str:
    """Name the heading that a field has in a CSV of ours.

    Examples:
        >>> heading_of("nomor"), heading_of("triwulan[1]"), heading_of("bulan[3]"), heading_of("biaya")
        ('no', 't1', 'b03', 'biaya')
    """
    name, _, number = field.partition("[")
    return _HEADS.get(name, name).format(int(number[:-1]) if number else 0)


def percent(heading: str) -> bool:
    """Whether a heading says that its values are per cent.

    Examples:
        >>> percent("Target ( %)"), percent("Target (persen)"), percent("Target")
        (True, True, False)
    """
    return "%" in heading or re.search(r"(?i)\b(?:persen|prosen)", heading) is not None


def near_field(heading: str) -> str | None:
    """Name the field that a misspelt heading was probably meant to be.

    Examples:
        >>> near_field("Pelaksna"), near_field("Keterangan")
        ('pelaksana', None)
    """
    from difflib import get_close_matches  # 4 ms that a right file need not pay

    match = get_close_matches(_key(heading[:_LONGEST]), _fields(), 1, 0.8)
    return _fields()[match[0]] if match else None


@cache
def _fields() -> dict[str, str]:
    return {_key(word): field for field, words in _SYNONYMS.items() for word in (field, *words.split("|"))}


@cache
def _leads() -> dict[str, str]:
    return {_key(word): band for band, words in _BANDS.items() for word in words.split("|")}


def _key(text: str) -> str:
    """A heading's letters and digits alone: `Sub-Kegiatan` and `subkegiatan` are one word."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return "".join(char for char in text.casefold() if char.isalnum())


def _alone(heading: str) -> str | None:
    whole = _key(heading)
    if re.search(r"(?<!t)ribu|juta|miliar|milyar|triliun", whole):
        return None
    # what stands in brackets mostly explains (Rp, Jan-Mar), but `Triwulan (I)` needs it
    bare = _key(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", heading))
    for key in (whole, bare):
        field = _fields().get(key) or _fields().get(_untailed(key)) or _period(key)
        if field is not None:
            return field
    return None


def _untailed(key: str) -> str:
    """A key without a year or a unit at its end; one that is nothing else stays."""
    return (
        re.sub(r"(?:(?:tahunanggaran|tahun|thn|ta)?20\d\d|(?:dalam)?(?:rupiah|rp|persen))+$", "", key) or key
    )


def _period(key: str) -> str | None:
    bare = _untailed(key)
    money = "anggaran_" if key.endswith(("rp", "rupiah")) else ""
    for name, pattern in _patterns():
        match = pattern.fullmatch(bare)
        if match is None:
            continue
        band = _lead(match[1])
        if band is None or ((band or money) and name != "triwulan"):
            continue
        return f"{band or money}{name}[{_number(match[2])}]"
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    months = "|".join(word for words in _MONTHS for word in words)
    return (
        (
            "triwulan",
            re.compile(
                r"(.*?)(?:triwulan|tribulan|triw|trw|tw|kuartal|t|q)(?:ke)?0?([1-4]|i{1,3}|iv|pertama|satu|dua|tiga|empat)"
            ),
        ),
        ("bulan", re.compile(rf"(.*?)(?:bulan|bln)?({months})(?:\d\d)?")),
        ("bulan", re.compile(r"(.*?)(?:bulan|bln|b)(?:ke)?0?([1-9]|1[0-2])")),
        ("bulan", re.compile(r"(.*?)(?:bulan|bln)(i{1,3}|iv|vi{0,3}|ix|xi{0,2})")),
        ("semester", re.compile(r"(.*?)(?:semester|smt|sem)(?:ke)?0?([12]|i{1,2}|pertama|satu|dua)")),
        ("semester", re.compile(r"()s([12])")),
    )


def _lead(words: str) -> str | None:
    """The prefix of the band that the words over or before a period name; `None` where none is known."""
    bare = re.sub(
        r"(?:setiap|tiap|per)?(?:triwulanan|triwulan|tribulan|tw|bulanan|bulan|semesteran|semester)?$",
        "",
        _untailed(words),
    )
    if not bare:
        return ""
    return _leads().get(bare, _leads().get(words))


def _number(word: str) -> int | None:
    if word.isdecimal() and len(word) <= 2:
        return int(word)
    if word in _ROMAN:
        return _ROMAN.index(word) + 1
    month = next((number for number, words in enumerate(_MONTHS, 1) if word in words), None)
    return _WORDS.get(word, month)


def _numbered(band: str, number: int, of: int, words: str) -> str | None:
    """The field of a bare number under a band."""
    # of more than four some months may have been deleted: they are no quarters
    name, count = ("semester", 2) if of == 2 else ("triwulan", 4) if of <= 4 else ("bulan", 12)
    if re.search(r"triwulan|tribulan|tw", words):
        name, count = "triwulan", 4
    elif "bulan" in words:
        name, count = "bulan", 12
    elif "semester" in words:
        name, count = "semester", 2
    if not 1 <= number <= count or (band and name != "triwulan"):
        return None
    return f"{band}{name}[{number}]"
