"""A small consolidation made by hand, and rows of one, with whatever a test is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rak_excel import rules
from rak_excel.findings import Place, Words
from rak_excel.plan.consolidation import (
    Consolidation,
    FindingRow,
    KegiatanRow,
    PelaksanaRow,
    PlanRow,
    SasaranRow,
    TriwulanRow,
    UnitRow,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW: Final = KegiatanRow(
    no_unit=1,
    unit="Sekretariat KPU Kabupaten Lahat",
    kode_wilayah="16.04",
    provinsi="Sumatera Selatan",
    tahun=2026,
    jabatan="Sekretaris",
    no_sasaran=1,
    sasaran="Tersedianya data",
    no_indikator=1,
    indikator="Persentase data",
    no_kegiatan=1,
    kegiatan="Rapat",
    kode="",
    program="",
    sub_kegiatan="",
    target="100",
    satuan="",
    t1=True,
    t2=False,
    t3=False,
    t4=True,
    jadwal="TW I, TW IV",
    jenis_biaya="jumlah",
    biaya=5_000_001,
    biaya_t1=2_500_000,
    biaya_t2=0,
    biaya_t3=0,
    biaya_t4=2_500_001,
    biaya_tanpa_jadwal=0,
    pelaksana="Sub Bagian Hukum",
    berkas="masuk/lahat.xlsx",
    lembar="RAK 2026",
    sel="E9",
)


def row(**fields: Any) -> KegiatanRow:
    """A row with these values; the others are those of `ROW`."""
    return ROW._replace(**fields)


FINDINGS: Final = (
    FindingRow(
        1,
        "Sekretariat KPU Kabupaten Lahat",
        rules.KEGIATAN_TANPA_BIAYA.at(
            "sasaran[0].indikator[0].kegiatan[0].biaya", bagian=Words("kegiatan “Rapat”", "activity “Rapat”")
        ).placed(Place(10, 10, "RAK 2026"), "masuk/lahat.xlsx"),
    ),
    FindingRow(
        None,
        "",
        rules.BUKAN_TAHUN.at("tahun", "dua ribu").placed(Place(2, 8), "masuk/tanpa.yaml"),
    ),
)


def consolidation(rows: Sequence[KegiatanRow] = (ROW,), biaya: int = 5_000_001) -> Consolidation:
    """One unit that counts and one that has sent nothing, with these rows; `biaya` is what all tables say."""
    costs = (biaya - 2_500_001, 0, 0, 2_500_001, 0)
    unit = UnitRow(
        1,
        ROW.unit,
        ("KPU Kab. Lahat",),
        "16.04",
        "Sumatera Selatan",
        "masuk",
        1,
        1,
        1,
        1,
        biaya,
        costs,
        1,
        0,
        0,
    )
    missing = UnitRow(
        2,
        "KPU Kota Palembang",
        (),
        "16.71",
        "Sumatera Selatan",
        "belum",
        0,
        0,
        0,
        0,
        0,
        (0, 0, 0, 0, 0),
        0,
        0,
        0,
    )
    none, place = Words("", ""), Place(2, 1, "RAK 2026")
    file = ("masuk/lahat.xlsx", "buku kerja")
    plan = PlanRow(*file, 0, 1, ROW.unit, 2026, "Sekretaris", "dipakai", none, 1, biaya, 1, 0, 0, place)
    why = Words("rusak", "damaged")
    damaged = PlanRow(
        "masuk/rusak.xlsx", "", None, None, "", None, "", "tidak-terbaca", why, 0, 0, 1, 0, 0, None
    )
    return Consolidation(
        tahun=2026,
        units=(unit, missing),
        plans=(plan, damaged),
        pelaksana=(PelaksanaRow(1, ROW.pelaksana, ((ROW.pelaksana, 1),), 1, 1, biaya, costs),),
        sasaran=(
            SasaranRow(1, "Tersedianya data", 1, 1, 1, biaya, None, 0.0),
            SasaranRow(2, "Tersedianya  data.", 0, 0, 0, 0, 1, 0.97),
        ),
        triwulan=tuple(
            TriwulanRow(number, int(number in (1, 4)), int(number in (1, 4)), costs[number - 1])
            for number in (1, 2, 3, 4, 0)
        ),
        kegiatan=len(rows),
        told=len(FINDINGS),
        own=(),
        rows=lambda: iter(rows),
        findings=lambda: iter(FINDINGS),
        sasaran_no=lambda _: 1,
        pelaksana_no=lambda _: 1,
    )
