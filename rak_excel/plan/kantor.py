"""Which other offices and which other years a text names: what copy and paste leaves behind.

An office is named by a word that announces it (KPU, KIP, Kabupaten, Kota, Provinsi and their long and
short forms) and a name of the Kemendagri list after it.  A name alone never counts: Batu, Pati and
Malang are words, and people travel to Bandung.

How a name is read:

* The longest name wins.  Spaces, line breaks, hyphens and case do not matter, so `Bau-Bau`, `Baubau` and
  `BAU BAU` are one.  Where the capitals stop earlier (`Kota Padang panjang lebar`), both readings must
  be foreign.
* After a level that has the name, that region is meant: `Kota Bandung` is not `Kabupaten Bandung`.  After
  a level that has not (`Kota Lahat`, the town), or after KPU alone (`KPU Bandung`), every region of that
  name is meant, and the name is foreign when all of them are.
* KIP alone is also Keterbukaan Informasi Publik: without a level only names in Aceh count after it.
* A name that is also a word (`_KATA`) counts after KPU alone only when it has a capital, and after a level
  only when that level has the name.  A few that begin other phrases, or are short (`_PERLU_TINGKAT`, and
  `Kepulauan Aru` written as `Aru`), always need their level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from rak_excel.plan.wilayah import semua_wilayah

if TYPE_CHECKING:
    from collections.abc import Iterator

_ACEH: Final = "11"

# Names in use beside the official one: short forms, older names, other spellings.
_NAMA_LAIN: Final = """
11 Nanggroe Aceh Darussalam, NAD | 11.12 Abdya
12 Sumut | 12.01 Tapteng | 12.02 Taput | 12.03 Tapsel | 12.06 Tanah Karo | 12.12 Toba Samosir, Tobasa
12.13 Madina | 12.14 Nisel | 12.16 Humbahas | 12.18 Sergai | 12.20 Paluta | 12.21 Palas | 12.22 Labusel
12.23 Labura | 12.72 Siantar | 12.77 Padang Sidempuan
13 Sumbar | 13.01 Pessel | 13.03 Sawahlunto Sijunjung | 13.07 50 Kota, Lima Puluh Koto
14.02 Inhu | 14.04 Inhil | 14.06 Rohul | 14.07 Rohil | 14.09 Kuansing
15.06 Tanjab Barat, Tanjabbar | 15.07 Tanjab Timur, Tanjabtim
16 Sumsel | 16.01 OKU | 16.02 OKI | 16.05 Mura | 16.06 Muba | 16.08 OKU Timur, OKUT
16.09 OKU Selatan, OKUS | 16.12 PALI | 16.13 Muratara
18.01 Lamsel | 18.02 Lamteng | 18.03 Lampura | 18.04 Lambar | 18.05 Tuba | 18.07 Lamtim | 18.12 Tubaba
19 Bangka Belitung, Kepulauan Babel, Babel | 21 Kepri
31 DKI Jakarta, DK Jakarta, Daerah Khusus Jakarta, Jakarta, DKI, DKJ
32 Jabar | 33 Jateng | 33.72 Solo | 35 Jatim
34 DI Yogyakarta, DI Jogjakarta, DIY, Yogyakarta, Jogjakarta, Jogja, Yogya | 34.71 Jogjakarta, Jogja, Yogya
52 NTB | 52.01 Lobar | 52.02 Loteng | 52.03 Lotim | 52.07 KSB | 52.08 KLU
53 NTT | 53.02 TTS | 53.03 TTU | 53.15 Mabar | 53.18 SBD | 53.19 Matim
61 Kalbar | 62 Kalteng | 62.01 Kobar | 62.02 Kotim
63 Kalsel | 63.04 Batola | 63.06 HSS | 63.07 HST | 63.08 HSU
64 Kaltim | 64.02 Kutai Kertanegara, Kukar | 64.07 Kubar | 64.08 Kutim | 64.09 PPU
64.11 Mahakam Hulu, Mahulu | 65 Kaltara | 65.04 KTT
71 Sulut | 71.01 Bolmong | 71.05 Minsel | 71.06 Minut | 71.07 Mitra | 71.08 Bolmong Utara, Bolmut
71.09 Sitaro | 71.10 Bolmong Timur, Boltim | 71.11 Bolmong Selatan, Bolsel
72 Sulteng | 72.07 Bangkep | 72.08 Parimo | 72.12 Morut
73 Sulsel | 73.10 Pangkajene Kepulauan, Pangkep | 73.14 Sidrap | 73.18 Tator | 73.22 Lutra | 73.24 Lutim
73.26 Torut | 74 Sultra | 74.05 Konsel | 74.08 Kolut | 74.09 Konut | 74.10 Butur | 74.11 Koltim
74.12 Konkep | 74.13 Mubar | 74.14 Buteng | 74.15 Busel
76 Sulbar | 76.01 Mamuju Utara, Matra | 76.04 Polewali Mamasa, Polman | 76.06 Mateng
81.01 Malteng | 81.02 Malra | 81.03 Maluku Tenggara Barat, MTB | 81.05 SBT | 81.06 SBB | 81.08 MBD
82 Malut | 82.01 Halbar | 82.02 Halteng | 82.03 Halut | 82.04 Halsel | 82.06 Haltim | 82.72 Tidore
"""


def _kumpulan(kata: str) -> frozenset[str]:
    """Make a set of the words of a text."""
    return frozenset(kata.split())


_KATA: Final = _kumpulan(
    """agam asahan banjar batang batu batubara bone buru depok garut kendal kudus kuningan landak lebak lingga
    malang medan metro padang palu pati rembang serang siak sigi solo subang tegal"""
)
_PERLU_TINGKAT: Final = _kumpulan("mitra mura palas puncak tuba")

_EJAAN: Final = {"kep": "kepulauan", "sumatra": "sumatera"}

# `Kota Agung` after one of these is a subdistrict, a village or a street; `ibu kota` is the common noun.
_BUKAN_KOTA: Final = _kumpulan("ibu kecamatan kec kelurahan kel desa distrik jalan jln jl")

_TANDA_KANTOR: Final = ("kpu", "kab", "kota", "kip", "prov", "prop", "komisi")


@dataclass(frozen=True, slots=True)
class Asal:
    """The region a plan belongs to.

    `jenis` is `pusat` (KPU RI), `provinsi`, `kabupaten` or `kota`; `kode` is Kemendagri's, and
    empty for `pusat`.
    """

    jenis: str
    nama: str
    kode: str

    @property
    def lengkap(self) -> str:
        """The name with its level, as an office writes it after KPU.

        Examples:
            >>> Asal("kabupaten", "Lahat", "16.04").lengkap
            'Kabupaten Lahat'
        """
        return self.nama if self.jenis == "pusat" else f"{self.jenis.title()} {self.nama}"

    def mencakup(self, kode: str) -> bool:
        """Whether a region may be named in this plan: itself, its province, or a part of it.

        Examples:
            >>> lahat = Asal("kabupaten", "Lahat", "16.04")
            >>> [lahat.mencakup(kode) for kode in ("16.04", "16", "16.12")]
            [True, True, False]
        """
        return kode.startswith(self.kode) or kode == self.kode[:2]


def asal(unit: str) -> Asal | None:
    """Recognise the region in a plan's `unit`, or return `None`.

    An office without a region, or with RI, is the national one.  A name that two regions share
    (`KPU Bandung`) is not guessed at, unless the province beside it decides.

    Examples:
        >>> asal("Sekretariat KPU Kab. Hulu Sungai Selatan")
        Asal(jenis='kabupaten', nama='Hulu Sungai Selatan', kode='63.06')
        >>> asal("Sekretariat KPU Prov. Kaltim").lengkap
        'Provinsi Kalimantan Timur'
        >>> asal("KPU Bandung") is None
        True
    """
    sebutan = [bacaan[0] for _, _, bacaan in _semua_sebutan(unit)]
    if not sebutan:
        sebutan = [frozenset(kode for kode, _ in _indeks().get(_lipat(unit.lower().split()), ()))]
    provinsi = {kode for satu in sebutan if len(satu) == 1 for kode in satu if len(kode) == 2}
    daerah = {kode for satu in sebutan if not satu <= provinsi for kode in satu}
    if len(daerah) > 1 and provinsi:
        daerah = {kode for kode in daerah if kode[:2] in provinsi}
    pilihan = daerah or provinsi
    if len(pilihan) == 1:
        return _menurut_kode()[pilihan.pop()]
    if not pilihan and _pola(_PUSAT).search(unit.lower()):
        return Asal("pusat", "Republik Indonesia", "")
    return None


def nama_kantor_lain(text: str, asal: Asal) -> tuple[str, ...]:
    """Find the names of other offices, as written, with the words that announce them.

    White space in them is made single spaces, and a name written twice is given once.  A sister
    regency of the same province is another office; the formula *KPU Provinsi/KIP Aceh dan
    KPU/KIP Kabupaten/Kota* of the decrees is none.

    Examples:
        >>> lahat = Asal("kabupaten", "Lahat", "16.04")
        >>> nama_kantor_lain("Persentase KPU Kabupaten Penukal Abab Lematang Ilir menetapkan jadwal", lahat)
        ('KPU Kabupaten Penukal Abab Lematang Ilir',)
        >>> nama_kantor_lain("Rapat KPU Kabupaten Lahat di Kab/Kota se-Provinsi Sumatera Selatan", lahat)
        ()
    """
    if not asal.kode or not _ada_tanda(text.lower()):
        return ()
    lain = [
        " ".join(text[awal:akhir].split())
        for awal, akhir, bacaan in _semua_sebutan(text)
        if not any(asal.mencakup(kode) for satu in bacaan for kode in satu)
    ]
    return tuple(dict.fromkeys(lain))


def tahun_lain(text: str, tahun: int) -> tuple[str, ...]:
    """Find the years that are neither this plan's nor plainly a regulation's, an election's or a period's.

    Only 20xx directly after *tahun*, *TA* or *anggaran* counts.  Last year's report and next year's
    budget are found too: they may be meant, which is why the finding is a warning.

    Examples:
        >>> tahun_lain("Laporan Kinerja Tahun 2023 dan anggaran TA 2024", 2024)
        ('2023',)
        >>> tahun_lain("PKPU Nomor 8 Tahun 2022, Pilkada Tahun 2020, Renstra Tahun 2020-2024", 2024)
        ()
    """
    if "20" not in text:
        return ()
    kecil = text.lower()
    lain = [
        cocok["tahun"]
        for cocok in _pola(_TAHUN).finditer(kecil)
        if int(cocok["tahun"]) != tahun and not cocok["sesudah"] and not _milik_lain(kecil, cocok)
    ]
    return tuple(dict.fromkeys(lain))


def pindah_tahun(text: str, dari: int, ke: int) -> str:
    """Move the year where a text plainly says it, as `tahun_lain` understands it.

    Examples:
        >>> pindah_tahun("Laporan Kinerja TAHUN 2025 menurut PKPU Nomor 8 Tahun 2025", 2025, 2026)
        'Laporan Kinerja TAHUN 2026 menurut PKPU Nomor 8 Tahun 2025'
    """
    kecil = text.lower()
    if str(dari) not in text or len(kecil) != len(text):
        return text
    for cocok in reversed([*_pola(_TAHUN).finditer(kecil)]):
        if int(cocok["tahun"]) == dari and not cocok["sesudah"] and not _milik_lain(kecil, cocok):
            text = f"{text[: cocok.start('tahun')]}{ke}{text[cocok.end('tahun') :]}"
    return text


def sebut_tahun(text: str, tahun: int) -> bool:
    """Whether a text names a year at all, whatever it says of it.

    Examples:
        >>> sebut_tahun("Lahat, 2 Januari 2025", 2025), sebut_tahun("306.462.025", 2025)
        (True, False)
    """
    return str(tahun) in text and re.search(rf"(?<![\d.,]){tahun}(?![\d]|[.,]\d)", text) is not None


def tanpa_wilayah(text: str) -> str:
    """A text with every region that it names left out; the office that announces one stays.

    Examples:
        >>> tanpa_wilayah("Sekretariat KPU Kab. Lahat"), tanpa_wilayah("Layanan di Kota Palembang terpenuhi")
        ('Sekretariat KPU', 'Layanan di terpenuhi')
    """
    if not _ada_tanda(text.lower()):
        return text
    bagian, posisi = [], 0
    kecil = _huruf_kecil(text)
    for awal, akhir, _ in _semua_sebutan(text):
        awalan = _pola(_AWALAN).match(kecil, awal)
        sampai = awalan.end("kantor") if awalan is not None and awalan["kantor"] else awal
        bagian += [text[posisi:awal], text[awal:sampai]]
        posisi = akhir
    return " ".join("".join([*bagian, text[posisi:]]).split()) if bagian else text


def provinsi(asal: Asal) -> str:
    """The name of the province that a region is, or lies in; none of the national office.

    Examples:
        >>> provinsi(Asal("kabupaten", "Lahat", "16.04")), provinsi(Asal("pusat", "Republik Indonesia", ""))
        ('Sumatera Selatan', '')
    """
    return _menurut_kode()[asal.kode[:2]].nama if asal.kode else ""


# Names of regions


def _ada_tanda(kecil: str) -> bool:
    """Whether a text has what could announce an office; most have not, and no pattern is tried on them."""
    for tanda in _TANDA_KANTOR:  # noqa: SIM110 - three times as fast as any()
        if tanda in kecil:
            return True
    return False


def _lipat(kata: list[str]) -> str:
    """Make one key of the words of a name, without what separates them."""
    return "".join([_EJAAN.get(satu, satu) for satu in kata])


@cache
def _menurut_kode() -> dict[str, Asal]:
    """Each region under its code."""
    return {
        kode: Asal(jenis, nama.removeprefix("Administrasi "), kode) for kode, jenis, nama in semua_wilayah()
    }


@cache
def _indeks() -> dict[str, tuple[tuple[str, str], ...]]:
    """The code and the level of every region that a folded name can mean."""
    indeks: dict[str, tuple[tuple[str, str], ...]] = {}
    wilayah = _menurut_kode()
    nama_kode = [(satu.nama, satu.kode) for satu in wilayah.values()]
    for butir in _NAMA_LAIN.replace("\n", "|").split("|"):
        kode, _, daftar = butir.strip().partition(" ")
        nama_kode += [(nama, kode) for nama in daftar.split(", ") if nama]
    for nama, kode in nama_kode:
        kunci = _lipat(_pola(_SATU_KATA).findall(nama.lower()))
        indeks[kunci] = (*indeks.get(kunci, ()), (kode, wilayah[kode].jenis))
    for kunci in _nama_pulau():
        indeks.setdefault(kunci, tuple(_pulau(kunci, indeks)))
    return indeks


def _pulau(kunci: str, indeks: dict[str, tuple[tuple[str, str], ...]]) -> Iterator[tuple[str, str]]:
    """What `Aru` means: the region called Kepulauan Aru or Pulau Aru."""
    for awal in ("kepulauan", "pulau"):
        yield from indeks.get(awal + kunci, ())


@cache
def _nama_pulau() -> frozenset[str]:
    """The names of island regencies without *Kepulauan* or *Pulau*, where no other region has that name."""
    resmi = {satu.nama.replace("Kep. ", "Kepulauan ") for satu in _menurut_kode().values()}
    pendek = {nama.partition(" ")[2] for nama in resmi if nama.startswith(("Kepulauan ", "Pulau "))}
    return frozenset(_lipat(nama.lower().split()) for nama in pendek - resmi - {"Bangka Belitung"})


# Regions in a text


def _huruf_kecil(text: str) -> str:
    """Lower the case, every character in its old place (`İ` would become two)."""
    kecil = text.lower()
    if len(kecil) != len(text):
        kecil = "".join([huruf.lower() if len(huruf.lower()) == 1 else huruf for huruf in text])
    return kecil


def _semua_sebutan(text: str) -> Iterator[tuple[int, int, list[frozenset[str]]]]:
    """Where a text names a region, from left to right, and the codes it may mean, longest name first."""
    kecil = _huruf_kecil(text)
    posisi = 0
    while awalan := _pola(_AWALAN).search(kecil, posisi):
        posisi = awalan.end()
        bacaan = _bacaan(text, awalan)
        if bacaan and not _bukan_kota(awalan):
            posisi = bacaan[0][0]
            yield awalan.start(), posisi, [kode for _, kode in bacaan]


def _bacaan(text: str, awalan: re.Match[str]) -> list[tuple[int, frozenset[str]]]:
    """Where a name after an announcing word ends, and the codes it means; longest first."""
    kata = _kata_nama(awalan.string, awalan.end())
    if not kata:
        return []
    tingkat = awalan["tingkat"] or awalan["tingkat_saja"] or ""
    berhuruf_besar = text[awalan.end()].isupper()
    hasil = []
    for banyak in range(len(kata), 0, -1):
        _, akhir, kunci = kata[banyak - 1]
        if kunci not in _indeks():
            continue
        kode = _kode(kunci, tingkat, _hanya_kip(awalan), berhuruf_besar)
        if not kode or _rumusan_aceh(kode, awalan) or (banyak > 1 and _kata_depan(text, awalan)):
            continue
        hasil.append((akhir, kode))
        if not berhuruf_besar or not any(_huruf_awal_kecil(text, *satu) for satu in kata[1:banyak]):
            break
    return hasil


def _kata_nama(kecil: str, posisi: int) -> list[tuple[int, int, str]]:
    """The words that may be a name: start, end, and the folded name up to there."""
    hasil: list[tuple[int, int, str]] = []
    deret = _pola(_DERET).match(kecil, posisi)
    if deret is None:
        return hasil
    kunci = ""
    for satu in _pola(_SATU_KATA).finditer(kecil, posisi, deret.end()):
        kata = satu[0]
        kunci += _EJAAN.get(kata, kata)
        hasil.append((*satu.span(), kunci))
        if len(kunci) >= _terpanjang().get(kunci[:2], 0):
            break
    return hasil


@cache
def _terpanjang() -> dict[str, int]:
    """How long a folded name can be that begins so (one letter, or two): reading on would be in vain."""
    panjang: dict[str, int] = {}
    for kunci in _indeks():
        for awal in (kunci[:1], kunci[:2]):
            panjang[awal] = max(len(kunci), panjang.get(awal, 0))
    return panjang


@cache
def _kode(kunci: str, tingkat: str, hanya_kip: bool, berhuruf_besar: bool) -> frozenset[str]:
    """The codes that a folded name means after these announcing words; none where it does not count."""
    wilayah = _indeks()[kunci]
    semua = frozenset(kode for kode, _ in wilayah)
    perlu_tingkat = kunci in _PERLU_TINGKAT or kunci in _nama_pulau()
    if tingkat:
        tepat = frozenset(kode for kode, jenis in wilayah if jenis[:3] in tingkat)
        return tepat or (frozenset() if perlu_tingkat or kunci in _KATA else semua)
    if perlu_tingkat or (kunci in _KATA and not berhuruf_besar):
        return frozenset()
    return frozenset(kode for kode in semua if kode.startswith(_ACEH)) if hanya_kip else semua


def _hanya_kip(awalan: re.Match[str]) -> bool:
    """Whether the office is a KIP, and not also a KPU."""
    kantor = awalan["kantor"]
    return kantor is not None and "kpu" not in kantor and "umum" not in kantor


def _rumusan_aceh(kode: frozenset[str], awalan: re.Match[str]) -> bool:
    """Whether this is the *KIP Aceh* of *KPU Provinsi/KIP Aceh*, which stands for all provinces."""
    if kode != {_ACEH} or not _hanya_kip(awalan):
        return False
    sebelum = awalan.string[max(0, awalan.start() - 30) : awalan.start()]
    return bool(_pola(_SESUDAH_PROVINSI).search(sebelum))


def _bukan_kota(awalan: re.Match[str]) -> bool:
    """Whether *kota* belongs to the word before it, as in *ibu kota* and *Kecamatan Kota Agung*."""
    if (awalan["tingkat_saja"] or "")[:4] != "kota":
        return False
    sebelum = awalan.string[max(0, awalan.start() - 20) : awalan.start()].split()
    return bool(sebelum) and sebelum[-1].strip("./") in _BUKAN_KOTA


def _kata_depan(text: str, awalan: re.Match[str]) -> bool:
    """Whether a name begins with the preposition *di* (rapat KPU di Yogyakarta), not Daerah Istimewa."""
    ditulis = _pola(_SATU_KATA).match(text, awalan.end())
    if ditulis is None or ditulis[0].lower() != "di":
        return False
    tingkat = awalan["tingkat"] or awalan["tingkat_saja"]
    return ditulis[0] != "DI" or (not tingkat.startswith("pro") if tingkat else text.isupper())


def _huruf_awal_kecil(text: str, awal: int, akhir: int, _kunci: str) -> bool:
    """Whether a word of a name begins small where the name's first word does not."""
    return text[awal].islower() and text[awal:akhir] != "dan"


# Years in a text

_PEMILU: Final = _kumpulan(
    "pemilu pemilukada pilkada pemilihan pilgub pilbup pilwali pilwalkot pilwako pilpres pileg psu"
)
_PERIODE: Final = _kumpulan("renstra rpjmn rpjmd rpjpn rpjpd")
# After one of these the year is no longer the election's: Pemilu dan Laporan Kinerja Tahun 2023.
_PUTUS: Final = _kumpulan(
    """aksi anggaran arsip bmn bulan capaian data dipa dokumen evaluasi kegiatan keuangan kinerja lakip
    laporan layanan lkj lkjip lppa monitoring pegawai pengelolaan penyusunan perjanjian program rapat
    realisasi reformasi rencana renja revisi rka rkakl sakip semester spip supervisi target triwulan"""
)


def _milik_lain(kecil: str, cocok: re.Match[str]) -> bool:
    """Whether what stands before a year says that it is a regulation's, an election's or a period's."""
    sebelum = kecil[max(0, cocok.start() - 300) : cocok.start()]
    if _pola(_RENTANG).search(sebelum) or _pola(_NOMOR_ATURAN).search(sebelum):
        return True
    if "tentang" in sebelum and _pola(_JUDUL_ATURAN).search(sebelum):
        return True
    kata = _pola(_SATU_KATA).findall(_pola(_BATAS).split(sebelum)[-1])
    # A fiscal year is an election's only where nothing stands between them.
    jauh = 18 if cocok["pemicu"] == "tahun" else 1
    for jarak, satu in enumerate(reversed(kata[-jauh:])):
        sebelumnya = kata[-2 - jarak] if jarak + 1 < len(kata) else ""
        if satu in _PEMILU and sebelumnya not in ("komisi", "independen"):
            return True
        if jarak < 6 and (satu in _PERIODE or (sebelumnya, satu) == ("rencana", "strategis")):
            return True
        if satu in _PUTUS:
            return False
    return False


# Patterns, all for text in small letters

_KANTOR: Final = r"(?:kpud?|kip|komisi\s+(?:pemilihan\s+umum(?:\s+daerah)?|independen\s+pemilihan))"
_JENJANG: Final = r"(?:kabupaten|kab|kota|prov(?:insi)?|prop(?:insi)?)\b\.?"
_TINGKAT: Final = rf"{_JENJANG}(?:\s*/\s*{_JENJANG})*(?:\s*adm(?:inistrasi)?\b\.?)?"
# The words that announce a name, and what separates them from it.
_AWALAN: Final = (
    rf"\b(?:(?P<kantor>{_KANTOR}(?:\s*/\s*{_KANTOR})*)\b(?:[\s.-]*(?P<tingkat>{_TINGKAT})[\s.:-]*|[\s-]+)"
    rf"|(?P<tingkat_saja>{_TINGKAT})[\s.:-]*)"
)
_SATU_KATA: Final = r"\w+"
# The words that may be its name.  A point joins only abbreviations (Kep. Seribu, D.I. Yogyakarta);
# elsewhere it ends the sentence.
_DERET: Final = r"\w+(?:(?:(?<!\w{4})\.\s*|[\s'’&‐‑-]+)\w+){0,4}"
_PUSAT: Final = (
    rf"\b{_KANTOR}\s*(?:\Z|\(?(?:r\.?\s?i\b|republik\s+indonesia|pusat\b))"
    rf"|\b(?:sekretariat\s+jenderal|setjen)\s+{_KANTOR}(?!\s+{_JENJANG})"
)
_SESUDAH_PROVINSI: Final = r"\bpro[vp](?:insi)?\b[\s./,(]*(?:(?:dan|atau|maupun)\b[\s/]*)*\Z"

_SAMBUNG: Final = "[-‐‑–—/~]"
_SAMPAI: Final = r"\b(?:s\s*[./]?\s*d\b\.?|sampai(?:\s+dengan)?|hingga)"
_NOMOR: Final = r"(?:nomor|nomer|no)\b[\s.:]*"
_ANGKA: Final = r"(?:[^\s,&]*\d[^\s,&]*|[.…_]{2,}|…)"
_ATURAN: Final = (
    r"(?:uu|undang[-\s]?undang|pp|perp?pu|perpres|keppres|inpres|permen\w*|kepmen\w*|pmk|pkpu|perbawaslu|perda"
    r"|perbup|perwal\w*|pergub|surat\s+edaran|se|sk|peraturan|keputusan|instruksi)\b"
)
# `sesudah` is what makes a range of the year, or a regulation (Tahun 2017 Nomor 182).
_TAHUN: Final = (
    r"\b(?P<pemicu>tahun(?:\s+anggaran)?|t\.?\s?a\.?|anggaran)[\s.:(-]*(?P<tahun>20\d\d)(?!\d|[.,]\d)"
    rf"(?P<sesudah>\s*(?:{_SAMBUNG}|{_SAMPAI})\s*(?:(?:tahun(?:\s+anggaran)?|t\.?a\.?)\s*)?20\d\d"
    rf"|{_SAMBUNG}\d\d(?!\d)|[\s,]*\b{_NOMOR}\d)?"
)
_RENTANG: Final = rf"(?:20\d\d\s*{_SAMBUNG}|{_SAMPAI}|\b(?:sejak|mulai|antara|periode))\s*\Z"
_NOMOR_ATURAN: Final = (
    rf"\b(?:{_NOMOR}|{_ATURAN}[\s.:]*(?:(?!tri|sem|tw|tah|bul|no)[a-z]+\s+){{0,4}}(?:{_NOMOR})?){_ANGKA}"
    rf"(?:(?:\s*[,&]\s*|\s+(?:dan|jo\.?|juncto)\s+)(?:{_NOMOR})?{_ANGKA})*[\s,]*\Z"
    r"|\b(?:uu|undang[-\s]?undang|pkpu|perpres|perp?pu|peraturan\s+kpu)\s*\Z"
)
_JUDUL_ATURAN: Final = rf"\b(?:{_NOMOR}|{_ATURAN})[^;]*\d[^;]*\btentang\b[^;.]*\Z"
_BATAS: Final = r"[.;:]\s"


@cache
def _pola(sumber: str) -> re.Pattern[str]:
    """Compile a pattern when the first text needs it: all together cost more than a small plan's check."""
    return re.compile(sumber)
