"""The columns of a recapitulation in their order, and the words of what becomes of a plan."""

from collections.abc import Mapping
from typing import Final

from rak_excel.findings import Words
from rak_excel.plan.consolidation import Status, UnitStatus
from rak_excel.sheet.listing import Field
from rak_excel.sheet.temuan import AMBER, GREEN, GREY, RED

PERCENT: Final = Words("% dari jumlah", "% of total")
ROMAN: Final = ("I", "II", "III", "IV")
"""The four quarters."""

QUARTERS: Final = ("t1", "t2", "t3", "t4")
"""Columns of *Semua Kegiatan* that tell whether a kegiatan is scheduled in a quarter."""

COSTS: Final = (*(f"biaya_{name}" for name in QUARTERS), "biaya_tanpa_jadwal")
"""Columns of the cost a quarter, and of what no quarter is known for."""

UNIT_STATUS: Final[Mapping[UnitStatus, tuple[Words, tuple[str, str]]]] = {
    "masuk": (Words("masuk", "in"), GREEN),
    "perlu-dipilih": (Words("perlu dipilih", "to be chosen"), AMBER),
    "salah": (Words("salah", "faulty"), RED),
    "tahun-lain": (Words("tahun lain", "another year"), AMBER),
    "belum": (Words("belum mengirim", "not sent"), GREY),
}
STATUS: Final[Mapping[Status, tuple[Words, tuple[str, str]]]] = {
    "dipakai": (Words("dipakai", "counts"), GREEN),
    "salinan": (Words("salinan", "copy"), GREY),
    "digantikan": (Words("digantikan", "superseded"), GREY),
    "perlu-dipilih": (Words("perlu dipilih", "to be chosen"), AMBER),
    "tahun-lain": (Words("tahun lain", "another year"), AMBER),
    "salah": (Words("salah", "faulty"), RED),
    "dikecualikan": (Words("dikecualikan", "excluded"), GREY),
    "tidak-terbaca": (Words("tidak terbaca", "unreadable"), RED),
}

_COSTS: Final = tuple(
    Field(name, words, "rupiah", 15)
    for name, words in zip(
        COSTS,
        (
            *(Words(f"Biaya triwulan {roman}", f"Cost quarter {roman}") for roman in ROMAN),
            Words("Biaya tanpa jadwal", "Cost without schedule"),
        ),
        strict=True,
    )
)
REKAP: Final = (
    Field("no", Words("No.", "No."), "tengah", 5),
    Field("unit", Words("Unit", "Unit"), "teks", 36),
    Field("status", Words("Status", "Status"), "tengah", 14),
    Field("rencana", Words("Rencana", "Plans"), "bilangan", 9),
    Field("sasaran", Words("Sasaran", "Sasaran"), "bilangan", 9),
    Field("indikator", Words("Indikator", "Indikator"), "bilangan", 10),
    Field("kegiatan", Words("Kegiatan", "Kegiatan"), "bilangan", 10),
    Field("biaya", Words("Biaya (Rp)", "Cost (Rp)"), "rupiah", 16),
    Field("persen", PERCENT, "persen", 10),
    *_COSTS,
    Field("salah", Words("Salah", "Errors"), "bilangan", 8),
    Field("peringatan", Words("Peringatan", "Warnings"), "bilangan", 12),
    Field("catatan", Words("Catatan", "Notes"), "bilangan", 9),
    Field("provinsi", Words("Provinsi", "Province"), "sebaris", 24),
    Field("kode", Words("Kode wilayah", "Region code"), "tengah", 9),
    Field("ejaan", Words("Ejaan lain", "Other spellings"), "sebaris", 60),
)
PELAKSANA: Final = (
    Field("no", Words("No.", "No."), "tengah", 6),
    Field("pelaksana", Words("Pelaksana", "Pelaksana"), "teks", 44),
    Field("unit", Words("Unit", "Units"), "bilangan", 8),
    Field("kegiatan", Words("Kegiatan", "Kegiatan"), "bilangan", 10),
    Field("biaya", Words("Biaya (Rp)", "Cost (Rp)"), "rupiah", 16),
    Field("persen", PERCENT, "persen", 10),
    *_COSTS,
    Field("ejaan", Words("Ditulis sebagai (berapa kali)", "Written as (how often)"), "teks", 60),
)
SASARAN: Final = (
    Field("no", Words("No.", "No."), "tengah", 6),
    Field("sasaran", Words("Sasaran", "Sasaran"), "teks", 60),
    Field("unit", Words("Unit", "Units"), "bilangan", 8),
    Field("indikator", Words("Indikator", "Indikator"), "bilangan", 10),
    Field("kegiatan", Words("Kegiatan", "Kegiatan"), "bilangan", 10),
    Field("biaya", Words("Biaya (Rp)", "Cost (Rp)"), "rupiah", 16),
    Field("persen", PERCENT, "persen", 10),
    Field("mirip", Words("Mungkin sama dengan No.", "May be the same as no."), "tengah", 11),
    Field("kemiripan", Words("Kemiripan", "Likeness"), "mirip", 11),
    Field("teks_mirip", Words("Bunyi yang mirip", "The text like it"), "teks", 60),
)
TRIWULAN: Final = (
    Field("no", Words("No.", "No."), "urutan", 6),
    Field("triwulan", Words("Triwulan", "Quarter"), "teks", 26),
    Field("kegiatan", Words("Kegiatan terjadwal", "Kegiatan scheduled"), "bilangan", 14),
    Field("unit", Words("Unit", "Units"), "bilangan", 12),
    Field("biaya", Words("Biaya (Rp)", "Cost (Rp)"), "rupiah", 24),
    Field("persen", PERCENT, "persen", 10),
)
KEGIATAN: Final = (
    Field("no_unit", Words("No. unit", "Unit no."), "tengah", 7),
    Field("unit", Words("Unit", "Unit"), "sebaris", 34),
    Field("sasaran", Words("Sasaran", "Sasaran"), "sebaris", 36),
    Field("indikator", Words("Indikator", "Indikator"), "sebaris", 36),
    Field("kegiatan", Words("Kegiatan", "Kegiatan"), "sebaris", 48),
    Field("target", Words("Target", "Target"), "tengah", 9),
    Field("satuan", Words("Satuan", "Satuan"), "sebaris", 11),
    *(
        Field(name, Words(f"TW {roman}", f"Q {roman}"), "centang", 5)
        for name, roman in zip(QUARTERS, ROMAN, strict=True)
    ),
    Field("biaya", Words("Biaya (Rp)", "Cost (Rp)"), "rupiah", 18),
    Field("pelaksana", Words("Pelaksana", "Pelaksana"), "sebaris", 34),
    Field("tautan", Words("Tautan", "Link"), "tautan", 8),
    Field("kode_wilayah", Words("Kode wilayah", "Region code"), "tengah", 9),
    Field("provinsi", Words("Provinsi", "Province"), "sebaris", 20),
    Field("tahun", Words("Tahun", "Year"), "tengah", 7),
    Field("jabatan", Words("Jabatan", "Office"), "sebaris", 20),
    Field("no_sasaran", Words("No. sasaran", "Sasaran no."), "tengah", 9),
    Field("no_indikator", Words("No. indikator", "Indikator no."), "tengah", 9),
    Field("no_kegiatan", Words("No. kegiatan", "Kegiatan no."), "tengah", 9),
    Field("kode", Words("Kode", "Code"), "sebaris", 16),
    Field("program", Words("Program", "Program"), "sebaris", 28),
    Field("sub_kegiatan", Words("Sub-kegiatan", "Sub-kegiatan"), "sebaris", 28),
    Field("jadwal", Words("Jadwal", "Schedule"), "sebaris", 20),
    Field("jenis_biaya", Words("Jenis biaya", "Kind of cost"), "tengah", 10),
    *_COSTS,
    Field("berkas", Words("Berkas", "File"), "sebaris", 36),
    Field("lembar", Words("Lembar", "Sheet"), "sebaris", 18),
    Field("sel", Words("Sel atau baris", "Cell or line"), "tengah", 9),
    Field("no_pelaksana", Words("No. pelaksana", "Pelaksana no."), "tengah", 9),
    Field("no_teks_sasaran", Words("No. di Per Sasaran", "No. in Per Sasaran"), "tengah", 10),
)
PRINTED: Final = 13
"""Columns of *Semua Kegiatan* that can be read on paper; the others are for filters and sums."""

BERKAS: Final = (
    Field("berkas", Words("Berkas", "File"), "teks", 46),
    Field("bentuk", Words("Bentuk", "Form"), "tengah", 13),
    Field("status", Words("Status", "Status"), "tengah", 14),
    Field("keterangan", Words("Keterangan", "Because"), "teks", 46),
    Field("no_unit", Words("No. unit", "Unit no."), "tengah", 7),
    Field("unit", Words("Unit", "Unit"), "teks", 34),
    Field("tahun", Words("Tahun", "Year"), "tengah", 7),
    Field("jabatan", Words("Jabatan", "Office"), "teks", 20),
    Field("kegiatan", Words("Kegiatan", "Kegiatan"), "bilangan", 10),
    Field("biaya", Words("Biaya (Rp)", "Cost (Rp)"), "rupiah", 18),
    Field("salah", Words("Salah", "Errors"), "bilangan", 8),
    Field("peringatan", Words("Peringatan", "Warnings"), "bilangan", 12),
    Field("catatan", Words("Catatan", "Notes"), "bilangan", 9),
    Field("tautan", Words("Tautan", "Link"), "tautan", 8),
    Field("rencana", Words("Rencana ke-", "Plan no."), "tengah", 9),
    Field("lembar", Words("Lembar", "Sheet"), "teks", 22),
    Field("sel", Words("Sel atau baris", "Cell or line"), "tengah", 9),
)
