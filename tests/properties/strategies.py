"""Plans that a unit could write: any number of goals, any length of text, every kind of cost and signature.

They are for the official form, or for any other that we ship.  A text is drawn as its length and a seed, and
its words follow from these: so sixty goals with texts that fill pages are still small for hypothesis, and a
failing plan shrinks to few goals with short texts.
"""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from rak_excel import loading
from rak_excel.plan.model import BANDS, Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.plan.values import BERSAMA
from rak_excel.sheet.measure import Measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from rak_excel.plan.model import Biaya, Period
    from rak_excel.sheet.layout import Layout

WORDS: Final = tuple(
    """
    rapat koordinasi persiapan pemilihan umum komisi kabupaten kota dan dengan yang untuk dalam rangka di ke
    pelaksanaan tahapan penyusunan laporan keuangan peningkatan kapasitas sumber daya manusia pegawai pada
    anggaran sosialisasi kepada masyarakat tentang terkait data pemilih berkelanjutan serta evaluasi sarana
    pertanggungjawaban mempertanggungjawabkan ketidaksesuaian penyelenggaraan Pemilu serentak bimbingan II
    PPK PPS KPPS logistik distribusi surat suara rekapitulasi hasil penetapan calon anggota DPRD pengadaan
    aplikasi Sirekap jaringan gudang arsip naskah dinas disiplin kinerja reformasi birokrasi zona integritas
    fasilitasi kampanye partisipasi antarlembaga publikasi layanan PPID terwujudnya persentase dokumen tepat
    """.split()  # noqa: SIM905 - read as prose
)
ODD: Final = tuple(
    """
    undang-undang rata-rata dan/atau KPU/Bawaslu/DKPP (KPU) (satu/dua) pra-/pasca- e-KTP 2020-2024 2020–2024
    100% 50,5% 306.461.000 Rp1.500.000,00 1/2 1) a. – & - √ “Pemilih” “(dua)” Jum'at kpu.go.id/berita/2024/
    Kajian/Analisa, rapat,koordinasi,dan dll. : ; a=b =1+1 @sekretariat #2 *) <r> {tahun} N/A \\ ~ A&B
    """.split()  # noqa: SIM905 - as above
)
MOST: Final = 44
"""Lines of a text that fill a page of the official form's table, on the flatter of both papers."""
LESS: Final = 36
"""The same for the flattest page of all forms."""

_measure = Measure()
LAYOUTS: Final = {
    name: made for name in loading.layout_names() if (made := loading.layout_named(name).layout) is not None
}
"""All forms that we ship."""
KPU: Final = LAYOUTS[loading.DEFAULT_LAYOUT]
OTHERS: Final = [name for name in LAYOUTS if name != KPU.name]


@cache
def text(
    words: int, number: int, width: float, font: str = "Arial", size: float = 10, most: int = MOST
) -> str:
    """So many words, or as many as a page can show in a column of this width.

    One text in four has odd words in it; one in four has line breaks.
    """
    drawn = random.Random(f"{words} {number}")
    odd = 0.2 if number % 4 == 1 else 0.0
    feed = 0.1 if number % 4 == 2 else 0.0
    told = []
    for at in range(words):
        told.append(drawn.choice(ODD if drawn.random() < odd else WORDS))
        if at < words - 1:
            told.append(drawn.choice(("\n", "\n", "\n\n")) if drawn.random() < feed else " ")
    if told[0] not in WORDS:
        told[0] = "Rapat"
    told[0] = told[0].capitalize()
    while len(told) > 1 and _measure.lines("".join(told), font, False, size, width) > most:
        del told[-max(2, len(told) // 20 * 2) :]
    return "".join(told).strip()


def texts(field: str, *, longest: int = 400, layout: Layout = KPU) -> st.SearchStrategy[str]:
    """Texts for a column: mostly a few words, sometimes one, sometimes what fills a page."""
    lengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 25, 30, 40, 60, 100, longest]
    return st.builds(
        text,
        st.sampled_from([length for length in lengths if length <= longest]),
        st.integers(0, 255),
        st.just(next(column.width for column in layout.columns if column.field == field)),
        st.just(layout.font),
        st.just(layout.size),
        st.just(MOST if layout is KPU else LESS),
    )


amounts: Final = st.one_of(
    st.integers(1, 999).map(lambda millions: millions * 1_000_000),
    st.sampled_from([0, 1, 999, 1_000, 203_660_000, 22_118_450_000]),
    st.integers(0, 10**12),
)
"""Whole rupiah, from nothing at all to what the whole country's election costs."""

costs: Final[st.SearchStrategy[Biaya]] = st.one_of(amounts, amounts, st.none(), st.just(BERSAMA))
targets: Final = st.sampled_from(
    ["100", "100", "100", "90", "89.5", "0", "B", "WTP", "2 Lap", "Bulan Maret", "1.500", "75 Dokumen Kajian"]
)
ticks: Final = st.integers(1, 15).map(lambda bits: tuple(bool(bits >> at & 1) for at in range(4)))
pelaksana: Final = st.one_of(
    st.sampled_from(
        [
            "Sub Bagian Perencanaan, Data dan Informasi",
            "Sub Bagian Keuangan, Umum, dan Logistik",
            "Sub bagian Hukum dan SDM",
            "Sub Bagian Teknis Penyelenggaraan Pemilu Partisipasi Hubungan Masyarakat",
            "Sekretaris",
        ]
    ),
    texts("kegiatan.pelaksana", longest=40),
)
kegiatan: Final = st.builds(
    Kegiatan,
    uraian=texts("kegiatan.uraian"),
    target=targets,
    triwulan=ticks,
    biaya=costs,
    pelaksana=pelaksana,
)
indikator: Final = st.builds(
    Indikator,
    uraian=texts("indikator.uraian"),
    kegiatan=st.lists(kegiatan, min_size=1, max_size=4).map(tuple),
)


def _shares(sasaran: Sasaran) -> Sasaran:
    """A goal in which only a kegiatan below an amount shares its cost; the others have none."""
    amount = False
    made = []
    for one in sasaran.indikator:
        rows = []
        for row in one.kegiatan:
            if row.biaya == BERSAMA:
                rows.append(row if amount else replace(row, biaya=None))
            else:
                rows.append(row)
                amount = row.biaya is not None
        made.append(replace(one, kegiatan=tuple(rows)))
    return replace(sasaran, indikator=tuple(made))


sasaran: Final = st.builds(
    Sasaran,
    uraian=texts("sasaran.uraian"),
    # CSV, whose rows repeat their parents, cannot tell two neighbours of one text
    indikator=st.lists(indikator, min_size=1, max_size=3, unique_by=lambda one: one.uraian).map(tuple),
).map(_shares)

penandatangan: Final = st.builds(
    Penandatangan,
    jabatan=st.sampled_from(
        ["Sekretaris", "Ketua", "Kepala Sub Bagian Teknis Penyelenggaraan Pemilu dan Hubungan Masyarakat"]
    ),
    nama=st.sampled_from(["MERY ANGGRAINY", "SARJANI", "Dr. H. ABDURRAHMAN WAHYUDI NOTONEGORO, S.H., M.Si."]),
    nip=st.sampled_from(["", "198205062010122002"]),
    pangkat=st.sampled_from(["", "Pembina Tingkat I (IV/b)"]),
    tempat=st.sampled_from(["", "Lahat"]),
    tanggal=st.sampled_from(["", "2 Januari 2024"]),
    pengantar=st.sampled_from(["", "Mengetahui,"]),
)


values: Final[st.SearchStrategy[Period]] = st.sampled_from(["25", "50", "100", "87.5", "0", "2 Lap", False])
money: Final[st.SearchStrategy[Period]] = st.one_of(amounts.map(str), st.sampled_from(["-", False]))


def _periods(strategy: st.SearchStrategy[Period], count: int) -> st.SearchStrategy[tuple[Period, ...]]:
    return st.lists(strategy, min_size=count, max_size=count).filter(any).map(tuple)


def _sasaran(layout: Layout) -> st.SearchStrategy[Sasaran]:
    """Goals with what a form prints of them."""
    shape = layout.form
    fields: dict[str, st.SearchStrategy[Any]] = {
        "uraian": texts("kegiatan.uraian", layout=layout) if shape.has("kegiatan.uraian") else st.none()
    }
    for field in ("program", "sub_kegiatan", "pelaksana"):
        if shape.has(f"kegiatan.{field}"):
            fields[field] = texts(f"kegiatan.{field}", longest=40, layout=layout)
    known = {"target": targets, "satuan": st.sampled_from(["%", "Dokumen", "Laporan"]), "biaya": costs}
    fields |= {field: one for field, one in known.items() if shape.has(f"kegiatan.{field}")}
    of_kind: dict[str, st.SearchStrategy[Period]] = {"tick": st.booleans(), "value": values, "rupiah": money}
    fields |= {band.key: _periods(of_kind[band.kind], BANDS[band.key]) for band in shape.bands}
    rows = st.lists(
        st.builds(Kegiatan, **fields), min_size=1, max_size=4 if shape.has("kegiatan.uraian") else 1
    )
    parts = st.builds(Indikator, uraian=texts("indikator.uraian", layout=layout), kegiatan=rows.map(tuple))
    several = st.lists(parts, min_size=1, max_size=3, unique_by=lambda one: one.uraian)
    made = st.builds(Sasaran, uraian=texts("sasaran.uraian", layout=layout), indikator=several.map(tuple))
    return made.map(_shares) if shape.has("kegiatan.biaya") else made


def plans_for(layout: Layout, *, most: int = 60) -> st.SearchStrategy[Plan]:
    """Plans that name a form and are fit for it."""
    if layout is KPU:
        return plans(most=most).map(lambda plan: replace(plan, tata_letak=layout.name))
    goals = _sasaran(layout)
    return st.tuples(
        plans(most=1), _numbers(most).flatmap(lambda n: st.lists(goals, min_size=n, max_size=n))
    ).map(lambda drawn: replace(drawn[0], tata_letak=layout.name, sasaran=tuple(drawn[1])))


def plans_of_any_form(*, most: int = 60) -> st.SearchStrategy[Plan]:
    """Plans that name a form; every second one is of the official form."""
    return st.one_of(
        plans_for(KPU, most=most),
        st.sampled_from(OTHERS).flatmap(lambda name: plans_for(LAYOUTS[name], most=most)),
    )


def _numbers(most: int) -> st.SearchStrategy[int]:
    few = st.integers(1, min(8, most))
    return st.one_of(few, few, st.integers(1, most))


def plans(*, most: int = 60) -> st.SearchStrategy[Plan]:
    """Plans of up to `most` goals; two in three are of eight or fewer, as offices have them."""
    goals = _numbers(most).flatmap(lambda count: st.lists(sasaran, min_size=count, max_size=count))
    return st.builds(
        Plan,
        tahun=st.integers(2019, 2034),
        unit=st.sampled_from(
            ["Sekretariat KPU Kabupaten Lahat", "KPU Kota Lubuklinggau", "Sekretariat Komisi " * 9 + "Umum"]
        ),
        sasaran=goals.map(tuple),
        penandatangan=st.lists(penandatangan, min_size=1, max_size=2).map(tuple),
        judul=st.sampled_from(["RENCANA AKSI KINERJA", "PERUBAHAN RENCANA AKSI KINERJA " * 5 + "TAHUNAN"]),
        pagu=st.one_of(st.none(), amounts),
        lembar=st.sampled_from(["", "Sekretariat", "RAK & 'lampiran"]),
        kertas=st.sampled_from(["", "F4", "A4"]),
    )


def drawn(count: int, number: int, strategy: Callable[[], st.SearchStrategy[Plan]] = plans) -> list[Plan]:
    """So many plans, to be printed in one start of a slow program; the same number draws the same plans.

    A run of hypothesis goes on with variations of what it drew first, so each plan is from a run of its own.
    """
    return [_drawn(number * 100_000 + at, strategy()) for at in range(count)]


def _drawn(number: int, strategy: st.SearchStrategy[Plan]) -> Plan:
    made: list[Plan] = []

    @seed(number)
    @settings(
        max_examples=2,
        phases=(Phase.generate,),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(plan: Plan) -> None:
        made.append(plan)

    collect()
    return made[-1]
