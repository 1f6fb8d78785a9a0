"""Random plans, always the same, with the shape and the texts of published ones."""

import random
from typing import Final

from rak_excel import api, loading
from rak_excel.sheet.grid import Book

_TEXT: Final = """
penyusunan program kegiatan dan anggaran pengelolaan revisi kajian analisa prosedur mekanisme penganggaran
kebijakan supervisi monitoring pelaksanaan konsolidasi nasional penguatan kelembagaan organisasi pelatihan
teknis kepemiluan badan adhoc sosialisasi kepada masyarakat stakeholder rapat koordinasi lintas sektor ATK
layanan jaringan infrastruktur pemeliharaan pembayaran honorarium dukungan operasional bimtek kampanye debat
materi pengadaan barang jasa logistik pendistribusian inventarisasi pemungutan penghitungan suara rekapitulasi
berjenjang pengiriman gudang laporan penggandaan dokumentasi publikasi pendidikan pemilih pemutakhiran data
berkelanjutan penyelesaian sengketa penetapan peserta advokasi hukum penyuluhan peraturan keputusan arsip
persuratan kepegawaian disiplin kinerja gaji tunjangan pegawai perjalanan dinas keuangan verifikasi faktual
administrasi pencalonan pasangan calon partai politik dana tahapan pemilu pilkada serta untuk dalam rangka
peningkatan kompetensi yang tepat waktu sesuai dengan ketentuan berlaku kabupaten Lahat akuntabilitas
pelayanan informasi publik pengawasan internal reformasi birokrasi evaluasi tindak lanjut hasil pemeriksaan
"""
_WORDS: Final = _TEXT.split()
_GOALS: Final = ("Terlaksananya", "Terwujudnya", "Tersedianya", "Meningkatnya", "Terselesaikannya")
_DOERS: Final = (
    "Sub Bagian Perencanaan, Data dan Informasi",
    "Sub Bagian Keuangan, Umum, dan Logistik",
    "Sub Bagian Hukum dan SDM",
    "Sub Bagian Teknis Penyelenggaraan Pemilu, Partisipasi dan Hubungan Masyarakat",
)
_HEAD: Final = "rak: 1\ntahun: 2024\nunit: Sekretariat KPU Kabupaten Lahat\nsasaran:\n"
_TAIL: Final = (
    "penandatangan:\n  jabatan: Sekretaris\n  nama: MERY ANGGRAINY\n  nip: 198205062010122002\n"
    "  tempat: Lahat\n  tanggal: 2 Januari 2024\n"
)


def plan_text(kegiatan: int, seed: int = 1) -> str:
    """A plan without faults, of the shape and the texts of the published ones: two kegiatan to a sasaran."""
    chance = random.Random(seed)
    lines = [_HEAD]
    left = kegiatan
    while left:
        lines.append(f"  - uraian: {_phrase(chance, chance.choice(_GOALS), 4, 16)}\n    indikator:\n")
        for _ in range(chance.choice((1, 1, 1, 1, 2))):
            count = min(left, chance.choice((1, 1, 2, 2, 3, 4)))
            if not count:
                break
            left -= count
            lines.append(f"      - uraian: {_phrase(chance, 'Persentase', 5, 18)}\n")
            lines.append(f"        target: {chance.choice((100, 100, 100, 90, '89,5'))}\n        kegiatan:\n")
            lines.extend(_kegiatan(chance, first=number == 0) for number in range(count))
    return "".join([*lines, _TAIL])


def _phrase(chance: random.Random, begin: str, least: int, most: int) -> str:
    words = [begin, *chance.choices(_WORDS, k=chance.randint(least, most))]
    if chance.random() < 0.3:
        words[len(words) // 2] += ","
    if chance.random() < 0.15:
        words.append("KPU Kabupaten Lahat")
    return " ".join(words)


def _kegiatan(chance: random.Random, *, first: bool) -> str:
    biaya = f"{chance.randint(1_000, 9_000_000) * 1_000:,}".replace(",", ".")
    if not first and chance.random() < 0.1:
        biaya = "bersama"
    quarters = sorted(chance.sample(range(1, 5), chance.choice((2, 4, 4))))
    text = _phrase(chance, chance.choice(_WORDS).capitalize(), 2, 13)
    return (
        f"          - uraian: {text}\n            triwulan: {quarters}\n"
        f"            biaya: {biaya}\n            pelaksana: {chance.choice(_DOERS)}\n"
    )


def book_of(text: str) -> Book:
    """The book of a plan's text, by all that `rak build` does before writing."""
    loaded = loading.load_bytes(text.encode(), "plan.yaml")
    drawn = api.draw(loaded.plans, loaded.layouts)
    if loaded.findings or drawn.book is None:
        raise RuntimeError(f"the plan has findings: {loaded.findings[:3]}")
    return drawn.book
