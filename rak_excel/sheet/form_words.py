"""What an input sheet says to whoever fills it in: prompts, warnings and the page of instructions.

The words of a prompt or a warning are those of the rule that the check goes by, so that both say the same.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Rule
from rak_excel.plan.checks import EXAMPLES
from rak_excel.plan.codec import LABELS, label
from rak_excel.plan.model import BANDS, SCHEDULES, Band, Form
from rak_excel.plan.rows import TICK
from rak_excel.sheet.labels import LISTS, head_of

UNITS: Final = "Tambah, ubah atau hapus nama pelaksana di sini; lembar isian memakainya sebagai pilihan."
ABOVE: Final = "Kosong: sama dengan di atasnya."

_BLANK: Final = {
    "sasaran": "sasaran.uraian",
    "indikator": "indikator.uraian",
    "kegiatan": "kegiatan.uraian",
    "unit": "unit",
    "jabatan": "penandatangan.jabatan",
    "nama": "penandatangan.nama",
}
_RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "nomor": (rules.NOMOR_BUKAN_URUTAN,),
    "target": (rules.TANPA_TARGET,),
    "biaya": (rules.KEGIATAN_TANPA_BIAYA, rules.BUKAN_RUPIAH),
    "pelaksana": (rules.KEGIATAN_TANPA_PELAKSANA,),
    "tahun": (rules.BUKAN_TAHUN,),
    "pagu": (rules.BUKAN_RUPIAH,),
    "kertas": (rules.BUKAN_KERTAS,),
    "lembar": (rules.NAMA_LEMBAR,),
    "nip": (rules.NIP_SALAH_PANJANG,),
}
# what no rule speaks of, since it may be left blank
_OPTIONAL: Final = {
    "judul": "Judul di atas tabel; boleh diganti.",
    "satuan": "Satuan target, misalnya Dokumen. Kosong: sama dengan di atasnya.",
    "kode": "Kode kegiatan, misalnya 3355.EBA.994.",
    "pangkat": "Boleh kosong; misalnya Pembina (IV/a).",
    "tempat": "Boleh kosong; misalnya Lahat.",
    "tanggal": "Boleh kosong; misalnya 2 Januari 2026.",
    "pengantar": "Boleh kosong; baris di atas jabatan, misalnya Mengetahui,",
}


def remedy(rule: Rule, **facts: str) -> str:
    """What a rule says is to be done, as a sentence.

    Examples:
        >>> remedy(rules.BUKAN_KERTAS)
        'Tulis F4 atau A4.'
    """
    told = rule.remedy.id.format(**facts)
    return f"{told[0].upper()}{told[1:]}."


def prompt(key: str) -> str:
    """What is said when a cell of this key or column is chosen; `""` where there is nothing to say.

    Each sentence has its own line, for LibreOffice breaks no other.

    Examples:
        >>> prompt("tahun"), prompt("program")
        ('Tulis empat angka, misalnya 2026.', '')
        >>> prompt("nomor").splitlines()[1]
        'Kosong: sama dengan di atasnya.'
    """
    told = [remedy(rule) for rule in _RULES.get(key, ())]
    path = _BLANK.get(key)
    if path is not None:
        told.append(remedy(rules.BELUM_DIISI, bidang=label(path).id, contoh=EXAMPLES[path]))
    if key in ("nomor", "sasaran", "indikator", "target"):
        told.append(ABOVE)
    return "\n".join(told) or _OPTIONAL.get(key, "")


def band_prompt(band: Band) -> str:
    """What is said when a cell of a band is chosen."""
    told = []
    if band.key in SCHEDULES:
        told.append(remedy(rules.KEGIATAN_TANPA_PERIODE, pita=LABELS[band.key].id))
    if band.kind == "tick":
        told.append(remedy(rules.BUKAN_CENTANG))
    elif band.kind == "rupiah":
        told.append(remedy(rules.BUKAN_RUPIAH))
    return "\n".join(told)


# --- the page of instructions ------------------------------------------------------------------------------

GUIDE_TITLE: Final = "PETUNJUK PENGISIAN"
EXAMPLE_TITLE: Final = "Contoh isi tabel"
WARNING_TITLE: Final = "Sel menjadi merah bila ada yang belum benar"

_STEPS: Final[tuple[tuple[str, str], ...]] = (
    ("", "Isi sel kuning di atas tabel: tahun, unit dan penandatangan. Tanda * berarti harus diisi."),
    (
        "kegiatan.uraian",
        (
            "Tulis satu kegiatan pada satu baris. No, sasaran, indikator dan target cukup ditulis sekali: "
            "sel kosong di bawahnya berarti sama dengan di atasnya. Sel boleh digabung ke bawah."
        ),
    ),
    (
        "kegiatan.biaya",
        (
            "Biaya ditulis tanpa sen. Kosong tidak berarti nihil: tulis nihil atau - bila tidak ada, "
            "dan bersama bila biayanya satu dengan kegiatan di atasnya (dihitung sekali)."
        ),
    ),
    (
        "kegiatan.biaya",
        (
            "Jumlah biaya di atas tabel dihitung sendiri. Biaya yang menjadi kuning tersimpan sebagai teks: "
            "terbaca, tetapi tidak ikut dijumlahkan di sana."
        ),
    ),
    (
        "kegiatan.pelaksana",
        f"Pelaksana dipilih dari daftar atau diketik sendiri; daftarnya boleh diubah di lembar {LISTS}.",
    ),
    (
        "",
        (
            "Klik sebuah sel untuk melihat petunjuknya. Baris boleh disisipkan, dihapus, disalin dan "
            "dipindahkan. Kolom tambahan sendiri tidak ikut dibaca."
        ),
    ),
    (
        "",
        (
            "Simpan, lalu periksa dan bangun buku kerja resminya: rak check BERKAS.xlsx, lalu "
            "rak build BERKAS.xlsx. Hasilnya BERKAS-RAK.xlsx."
        ),
    ),
)
_REMARKS: Final = (
    (
        "Baris 2 dan 3: no, sasaran, indikator dan target kosong, jadi sama dengan baris 1. "
        "Biaya baris 3 bersama: satu dengan baris 2."
    ),
    "Tiap indikator satu baris; sasaran yang kosong sama dengan di atasnya.",
)


class Legend(NamedTuple):
    """A live warning of the form: the rule it goes by, and what the rule says is to be done."""

    rule: Rule
    text: str


def legends(form: Form) -> Iterator[Legend]:
    """The live warnings of a form, in the order of its fields."""
    wanted: list[tuple[bool, Rule, dict[str, str]]] = [
        (True, rules.BUKAN_TAHUN, {}),
        (True, rules.NIP_SALAH_PANJANG, {}),
        (form.has("kegiatan.target"), rules.TANPA_TARGET, {}),
        (form.has("kegiatan.biaya"), rules.KEGIATAN_TANPA_BIAYA, {}),
        (form.has("kegiatan.biaya"), rules.BUKAN_RUPIAH, {}),
        (form.has("kegiatan.biaya"), rules.BERSAMA_TANPA_BIAYA, {}),
        (form.has("kegiatan.biaya"), rules.DI_ATAS_PAGU, {}),
        (form.has("kegiatan.pelaksana"), rules.KEGIATAN_TANPA_PELAKSANA, {}),
    ]
    if form.schedule is not None:
        pita = {"pita": LABELS[form.schedule.key].id}
        wanted.insert(3, (True, rules.KEGIATAN_TANPA_PERIODE, pita))
        if form.schedule.kind == "tick":
            wanted.insert(4, (True, rules.BUKAN_CENTANG, {}))
    for applies, rule, facts in wanted:
        if applies:
            name = rule.name.replace("-", " ").replace("nip", "NIP")
            yield Legend(
                rule, f"{name[0].upper()}{name[1:]} ({rule.code}): {rule.remedy.id.format(**facts)}."
            )


def steps(form: Form) -> tuple[str, ...]:
    """How to fill in the form, step by step."""
    told = [step for field, step in _STEPS if not field or form.has(field)]
    return tuple(f"{number}. {step}" for number, step in enumerate(told, 1))


def remark(form: Form) -> str:
    """What is to be seen in the example."""
    return _REMARKS[0] if form.has("kegiatan.uraian") else _REMARKS[1]


_EXAMPLE: Final[tuple[dict[str, str], ...]] = (
    {
        "nomor": "1",
        "sasaran": "Terwujudnya layanan perkantoran yang andal",
        "indikator": "Persentase layanan perkantoran yang terpenuhi",
        "target": "100",
        "satuan": "%",
        "kode": "994.001",
        "program": "Dukungan Manajemen",
        "kegiatan": "Pembayaran gaji dan tunjangan",
        "biaya": "1250000000",
        "pelaksana": "Sub Bagian Keuangan, Umum, dan Logistik",
    },
    {
        "kode": "994.002",
        "program": "Dukungan Manajemen",
        "kegiatan": "Pemeliharaan gedung kantor",
        "biaya": "75000000",
        "pelaksana": "Sub Bagian Keuangan, Umum, dan Logistik",
    },
    {
        "kode": "994.003",
        "program": "Dukungan Manajemen",
        "kegiatan": "Pemeliharaan kendaraan dinas",
        "biaya": "bersama",
        "pelaksana": "Sub Bagian Keuangan, Umum, dan Logistik",
    },
    {
        "indikator": "Nilai laporan keuangan",
        "target": "WTP",
        "satuan": "Opini",
        "kode": "994.004",
        "program": "Dukungan Manajemen",
        "kegiatan": "Penyusunan laporan keuangan",
        "biaya": "nihil",
        "pelaksana": "Sub Bagian Keuangan, Umum, dan Logistik",
    },
    {
        "nomor": "2",
        "sasaran": "Meningkatnya kompetensi pegawai",
        "indikator": "Persentase pegawai yang mengikuti pelatihan",
        "target": "90",
        "satuan": "%",
        "kode": "994.005",
        "program": "Dukungan Manajemen",
        "kegiatan": "Pelatihan teknis kepemiluan",
        "biaya": "40000000",
        "pelaksana": "Sub Bagian Hukum dan SDM",
    },
)
_SHARES: Final = ((1, 2, 3, 4), (2, 4), (2, 4), (2, 4), (3,))
"""The quarters of each row of the example; longer and shorter bands have their share of them."""


def example(form: Form, fields: Iterable[str]) -> tuple[dict[str, str], ...]:
    """The rows of the worked example, as texts, for the columns of a form."""
    kinds = {band.key: band.kind for band in form.bands}
    columns = tuple(fields)
    made = []
    for row, quarters in zip(_EXAMPLE, _SHARES, strict=True):
        if not form.has("kegiatan.uraian") and "indikator" not in row:
            continue
        told = {field: text for field, text in row.items() if field in columns}
        for field in columns:
            key, _, number = field.partition("[")
            if key in BANDS and (quarter := int(number[:-1]) * 4 / BANDS[key]) in quarters:
                told[field] = {"tick": TICK, "value": f"{quarter * 25:g}", "rupiah": "10000000"}[kinds[key]]
        made.append(told)
    return tuple(made)


@cache
def guide_texts() -> frozenset[str]:
    """Every text that the page of instructions of any form can show."""
    fields = [
        *_EXAMPLE[0],
        "sub_kegiatan",
        *(f"{key}[{number}]" for key, count in BANDS.items() for number in range(1, count + 1)),
    ]
    told = {GUIDE_TITLE, EXAMPLE_TITLE, WARNING_TITLE, *_REMARKS, TICK, "10000000"}
    told.update(f"{number}. {step}" for number in range(1, len(_STEPS) + 1) for _, step in _STEPS)
    told.update(text for row in _EXAMPLE for text in row.values())
    told.update(f"{share * 25:g}" for share in range(1, 5))
    told.update(head_of(field, percent=percent) for field in fields for percent in (False, True))
    for key in SCHEDULES:
        parts = frozenset({"kegiatan.target", "kegiatan.biaya", "kegiatan.pelaksana"})
        told.update(legend.text for legend in legends(Form("", parts, (Band(key, "tick"),))))
    return frozenset(told)
