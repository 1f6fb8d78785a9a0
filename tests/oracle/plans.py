"""Documents that an office could write, small enough that thousands of them are read in a test."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Final

from oracle.truth import built
from rak_excel.findings import RakError
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran

if TYPE_CHECKING:
    from collections.abc import Callable

    from rak_excel.plan.model import Biaya

WORDS: Final = tuple(
    """
    rapat koordinasi persiapan verifikasi pemilih komisi daerah dan dengan untuk dalam rangka pelaksanaan
    tahapan penyusunan laporan keuangan kapasitas sumber daya pegawai anggaran sosialisasi kepada masyarakat
    data berkelanjutan evaluasi sarana pertanggungjawaban logistik distribusi surat suara rekapitulasi calon
    pengadaan aplikasi jaringan gudang arsip naskah dinas disiplin kinerja integritas kampanye partisipasi
    publikasi layanan dokumen tepat berkala terpadu internal teknis hukum humas
    """.split()  # noqa: SIM905 - read as prose
)
UNITS: Final = (
    "Sub Bagian Perencanaan, Data dan Informasi",
    "Sub Bagian Keuangan, Umum, dan Logistik",
    "Sub Bagian Hukum dan SDM",
    "Sub Bagian Teknis Penyelenggaraan Pemilu",
    "Divisi Hukum dan Pengawasan",
)
TARGETS: Final = ("100", "100", "100", "90", "89.5", "B", "WTP", "2 Lap", "Bulan Maret")
LONG: Final = 1_180
"""Characters of a kegiatan that is taller than a row of Excel, and shorter than a page."""


def sentence(draw: Random, words: int, first: str = "") -> str:
    """So many words; enough of them that no two texts are the same by chance."""
    told = [draw.choice(WORDS) for _ in range(words)]
    return " ".join([first or told[0].capitalize(), *told[1:], str(draw.randrange(10, 10_000))])


def document(number: int) -> tuple[Plan, ...]:
    """The plans of one document, always the same for a number."""
    draw = Random(f"dokumen {number}")
    while True:
        count = 2 if draw.random() < 0.25 else 1
        plans = tuple(_plan(draw, at, count) for at in range(count))
        try:
            built(plans)
        except RakError:  # a text taller than a page: another draw
            continue
        return plans


def changed(plan: Plan, change: Callable[[Kegiatan], Kegiatan]) -> Plan:
    """A plan with every kegiatan changed."""
    return replace(
        plan,
        sasaran=tuple(
            replace(
                goal,
                indikator=tuple(
                    replace(ind, kegiatan=tuple(change(one) for one in ind.kegiatan))
                    for ind in goal.indikator
                ),
            )
            for goal in plan.sasaran
        ),
    )


def _plan(draw: Random, at: int, of: int) -> Plan:
    rows = draw.randint(5, 30 if of == 1 else 15)
    goals: list[Sasaran] = []
    used: list[str] = []
    while sum(1 for goal in goals for _ in goal.kegiatan) < rows:
        goals.append(_sasaran(draw, used))
    return Plan(
        tahun=2024,
        unit=("Sekretariat KPU Kabupaten Lahat", "KPU Kabupaten Lahat")[at],
        sasaran=tuple(goals),
        penandatangan=_signatories(draw, at),
        pagu=draw.choice([None, None, 50_000_000_000]),
        lembar=("Sekretariat", "Ketua")[at] if of > 1 else "",
    )


def _sasaran(draw: Random, used: list[str]) -> Sasaran:
    inds = []
    amount = False
    for _ in range(draw.choice([1, 1, 1, 2, 3])):
        target = draw.choice(TARGETS)
        rows: list[Kegiatan] = []
        for _ in range(draw.choice([1, 1, 2, 3, 4, 5])):
            biaya = _biaya(draw, amount=amount)
            amount = biaya is not None
            rows.append(_kegiatan(draw, used, target if draw.random() < 0.9 else draw.choice(TARGETS), biaya))
        inds.append(Indikator(sentence(draw, draw.randint(4, 14), "Persentase"), tuple(rows)))
    return Sasaran(sentence(draw, draw.randint(4, 14), "Terlaksananya"), tuple(inds))


def _biaya(draw: Random, *, amount: bool) -> Biaya:
    die = draw.random()
    if die < 0.15 and amount:
        return "bersama"
    if die < 0.3:
        return None
    return 0 if die < 0.32 else draw.randrange(1, 40_000) * 1_000 * draw.choice([1, 10, 100])


def _kegiatan(draw: Random, used: list[str], target: str, biaya: Biaya) -> Kegiatan:
    uraian = sentence(draw, draw.randint(2, 15))
    die = draw.random()
    if die < 0.02:
        uraian = sentence(draw, LONG // 8)[: LONG + 150].rstrip()
    elif die < 0.06 and used:
        uraian = draw.choice(used)
    elif die < 0.1:
        uraian = "\n".join((uraian, sentence(draw, 4)))
    used.append(uraian)
    bits = draw.randint(1, 15)
    ticks = tuple(bool(bits >> at & 1) for at in range(4))
    return Kegiatan(uraian, target, ticks, biaya, draw.choice(UNITS))


def _signatories(draw: Random, at: int) -> tuple[Penandatangan, ...]:
    dated = draw.random() < 0.5
    told = {"tempat": "Lahat", "tanggal": "2 Januari 2024"} if dated else {}
    rank = "Pembina Tingkat I (IV/b)" if draw.random() < 0.3 else ""
    secretary = Penandatangan("Sekretaris", "MERY ANGGRAINY", "198205062010122002", rank, **told)
    chair = Penandatangan("Ketua", "SARJANI", **told)
    if draw.random() < 0.25:
        first = Penandatangan("Ketua", "SARJANI", pengantar="Mengetahui," if draw.random() < 0.5 else "")
        return first, secretary
    return (secretary,) if at == 0 else (chair,)
