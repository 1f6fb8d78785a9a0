"""The tables of a consolidation as pandas frames, with documented columns and dtypes.

Rupiah and counts are exact 64-bit integers (`Int64` where a cell can be blank), never floats; texts are
pandas strings, ticks are bool.  pandas is an extra: `pip install "rak-excel[frames]"`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from rak_excel import rules
from rak_excel.findings import Finding, Language, RakError
from rak_excel.plan.consolidation import Consolidation, KegiatanRow

try:
    import pandas as pd
except ImportError as error:  # an extra of some hundred megabytes
    raise ImportError('rak_excel.frames needs pandas: pip install "rak-excel[frames]"') from error

TEXT: Final = "string"
WHOLE: Final = "int64"
MAYBE: Final = "Int64"
TICK: Final = "bool"
SHARE: Final = "float64"

_NUMBERS: Final = ("no_unit", "tahun", "no_sasaran", "no_indikator", "no_kegiatan")
_QUARTERS: Final = ("biaya_t1", "biaya_t2", "biaya_t3", "biaya_t4", "biaya_tanpa_jadwal")
_COSTS: Final = ("biaya", *_QUARTERS)
_TOLD: Final = ("kesalahan", "peringatan", "catatan")


def _typed(names: Iterable[str], **kinds: Sequence[str]) -> dict[str, str]:
    """The dtype of each column: text unless it is said otherwise."""
    by_name = {name: kind for kind, some in kinds.items() for name in some}
    return {name: by_name.get(name, TEXT) for name in names}


KEGIATAN: Final = _typed(
    KegiatanRow._fields,
    int64=(*_NUMBERS, *_QUARTERS),
    Int64=("biaya",),
    bool=("t1", "t2", "t3", "t4"),
)
REKAP: Final = _typed(
    (
        "no",
        "unit",
        "ejaan",
        "kode_wilayah",
        "provinsi",
        "status",
        "rencana",
        "sasaran",
        "indikator",
        "kegiatan",
        *_COSTS,
        *_TOLD,
    ),
    int64=("no", "rencana", "sasaran", "indikator", "kegiatan", *_COSTS, *_TOLD),
)
PER_PELAKSANA: Final = _typed(
    ("no", "pelaksana", "ejaan", "unit", "kegiatan", *_COSTS), int64=("no", "unit", "kegiatan", *_COSTS)
)
PER_SASARAN: Final = _typed(
    ("no", "sasaran", "unit", "indikator", "kegiatan", "biaya", "mirip_no", "kemiripan"),
    int64=("no", "unit", "indikator", "kegiatan", "biaya"),
    Int64=("mirip_no",),
    float64=("kemiripan",),
)
PER_TRIWULAN: Final = _typed(
    ("triwulan", "kegiatan", "unit", "biaya"), int64=("triwulan", "kegiatan", "unit", "biaya")
)
TEMUAN: Final = _typed(
    (
        "no_unit",
        "unit",
        "kode",
        "nama",
        "tingkat",
        "berkas",
        "lembar",
        "sel",
        "baris",
        "kolom",
        "isi",
        "pesan",
        "saran",
    ),
    Int64=("no_unit", "baris", "kolom"),
)
BERKAS: Final = _typed(
    (
        "berkas",
        "bentuk",
        "no_rencana",
        "no_unit",
        "unit",
        "tahun",
        "jabatan",
        "status",
        "sebab",
        "kegiatan",
        "biaya",
        *_TOLD,
        "lembar",
        "sel",
    ),
    int64=("kegiatan", "biaya", *_TOLD),
    Int64=("no_rencana", "no_unit", "tahun"),
)

TABLES: Final[dict[str, dict[str, str]]] = {
    "kegiatan": KEGIATAN,
    "rekap": REKAP,
    "per_pelaksana": PER_PELAKSANA,
    "per_sasaran": PER_SASARAN,
    "per_triwulan": PER_TRIWULAN,
    "temuan": TEMUAN,
    "berkas": BERKAS,
}
"""The columns of every frame with their dtypes, by the name of the function that makes it."""

_MOST: Final = (1 << 63) - 1
_CHUNK: Final = 20_000


def kegiatan(made: Consolidation) -> "pd.DataFrame":
    """One row an activity of the plans that count: the columns of the tidy files.

    Raises:
        RakError: an amount is beyond 2^63 - 1.
    """
    return _frame(made.rows(), KEGIATAN)


def rekap(made: Consolidation) -> "pd.DataFrame":
    """One row a unit: what it comes to, in rupiah and counts; `ejaan` are the other spellings of its name.

    Raises:
        RakError: an amount is beyond 2^63 - 1.
    """
    rows = (
        (
            one.no,
            one.unit,
            _listed(one.spellings),
            one.kode,
            one.provinsi,
            one.status,
            one.rencana,
            one.sasaran,
            one.indikator,
            one.kegiatan,
            one.biaya,
            *one.costs,
            one.errors,
            one.warnings,
            one.notes,
        )
        for one in made.units
    )
    return _frame(rows, REKAP)


def per_pelaksana(made: Consolidation) -> "pd.DataFrame":
    """One row a unit in charge; `ejaan` are all of its spellings, each with its count.

    Raises:
        RakError: an amount is beyond 2^63 - 1.
    """
    rows = (
        (
            one.no,
            one.pelaksana,
            _listed(f"{text} ({count})" for text, count in one.spellings),
            one.units,
            one.kegiatan,
            one.biaya,
            *one.costs,
        )
        for one in made.pelaksana
    )
    return _frame(rows, PER_PELAKSANA)


def per_sasaran(made: Consolidation) -> "pd.DataFrame":
    """One row a text of a sasaran; `mirip_no` is the row it is proposed to be the same as, if any.

    Raises:
        RakError: an amount is beyond 2^63 - 1.
    """
    rows = (
        (one.no, one.sasaran, one.units, one.indikator, one.kegiatan, one.biaya, one.like, one.likeness)
        for one in made.sasaran
    )
    return _frame(rows, PER_SASARAN)


def per_triwulan(made: Consolidation) -> "pd.DataFrame":
    """One row a quarter, 1 to 4, and 0 for what has none.

    Raises:
        RakError: an amount is beyond 2^63 - 1.
    """
    return _frame(((one.triwulan, one.kegiatan, one.units, one.biaya) for one in made.triwulan), PER_TRIWULAN)


def temuan(made: Consolidation, language: Language = "id") -> "pd.DataFrame":
    """One row a finding, with its place: `sel` of a sheet, or `baris` and `kolom` of a text."""
    rows = ((one.unit_no, one.unit, *_told(one.finding, language)) for one in made.findings())
    return _frame(rows, TEMUAN)


def berkas(made: Consolidation, language: Language = "id") -> "pd.DataFrame":
    """One row a plan of each file, and one of each file without any: what became of it, and why.

    Raises:
        RakError: an amount is beyond 2^63 - 1.
    """
    rows = (
        (
            one.file,
            one.form,
            one.number if one.number is None else one.number + 1,
            one.unit_no,
            one.unit,
            one.tahun,
            one.jabatan,
            one.status,
            getattr(one.because, language),
            one.kegiatan,
            one.biaya,
            one.errors,
            one.warnings,
            one.notes,
            (one.place.sheet if one.place else None) or "",
            (one.place.cell if one.place else None) or "",
        )
        for one in made.plans
    )
    return _frame(rows, BERKAS)


def _told(finding: Finding, language: Language) -> Iterator[object]:
    place = finding.place
    in_text = place is not None and place.sheet is None
    yield from (finding.code, finding.rule.name, str(finding.severity), finding.file or "")
    yield (place.sheet if place else None) or ""
    yield (place.cell if place else None) or ""
    yield place.line if in_text and place else None
    yield place.column if in_text and place else None
    yield from (finding.value or "", finding.message(language), finding.hint(language))


def _listed(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def _frame(rows: Iterable[Sequence[object] | Iterator[object]], columns: dict[str, str]) -> "pd.DataFrame":
    """Rows as a frame of these columns, taken by the ten thousand: few are values of Python at a time."""
    several = iter(rows)
    frames = []
    while chunk := [tuple(row) for row in islice(several, _CHUNK)]:
        by_column = zip(*chunk, strict=True)
        frames.append(
            pd.DataFrame(
                {
                    name: _column(name, kind, cells)
                    for (name, kind), cells in zip(columns.items(), by_column, strict=True)
                }
            )
        )
    if not frames:
        frames = [pd.DataFrame({name: pd.array([], dtype=kind) for name, kind in columns.items()})]
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def _column(name: str, kind: str, cells: Sequence[Any]) -> Any:  # noqa: ANN401 - pandas is not typed
    if kind in (WHOLE, MAYBE):
        beyond = next((cell for cell in cells if cell is not None and cell > _MOST), None)
        if beyond is not None:
            raise RakError(rules.RUPIAH_DI_ATAS_64_BIT.at("", str(beyond), kolom=name))
    return pd.array(list(cells), dtype=kind)
