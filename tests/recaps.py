"""Consolidations made by hand, every sum added up here; and the listings made of them, as text."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rak_excel import rules
from rak_excel.files.xlsx_writer import write_listings
from rak_excel.findings import Place, Words, column_letters
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
from rak_excel.sheet.listing import Live

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rak_excel.findings import Finding
    from rak_excel.plan.consolidation import Costs, Status, UnitStatus
    from rak_excel.sheet.listing import ListingBook, Value

REGIONS: Final = (
    "Ogan Komering Ulu", "Ogan Komering Ilir", "Muara Enim", "Lahat", "Musi Rawas", "Musi Banyuasin",
    "Banyuasin",
    "Ogan Komering Ulu Selatan", "Ogan Komering Ulu Timur", "Ogan Ilir", "Empat Lawang",
    "Penukal Abab Lematang Ilir", "Musi Rawas Utara",
)  # fmt: skip
GOALS: Final = (
    "Tersedianya data dan informasi kepemiluan yang akurat",
    "Meningkatnya kualitas layanan administrasi perkantoran",
    "Tersedianya data dan informasi kepemiluan yg akurat",
)
DOERS: Final = ("Subbagian Umum dan Logistik", "Sub Bagian Umum & Logistik", "Subbagian Perencanaan", "")


class Written(NamedTuple):
    """A workbook of listings, and what it cannot hold."""

    data: bytes
    findings: tuple[Finding, ...]


def written(book: ListingBook) -> Written:
    out = io.BytesIO()
    findings = write_listings(book, out)
    return Written(out.getvalue(), findings)


def kegiatan(unit: int, number: int, **fields: Any) -> KegiatanRow:
    """A kegiatan of a unit; of every seventh the cost is shared, every fifth has no schedule."""
    biaya = None if number % 7 == 6 else 1_250_000 * (unit + 1) + 333_333 * number
    ticks = (False,) * 4 if number % 5 == 4 else tuple((number + at) % 3 == 0 for at in range(4))
    costs = spread(biaya or 0, ticks)
    row = KegiatanRow(
        no_unit=unit,
        unit=f"KPU Kabupaten {REGIONS[(unit - 1) % len(REGIONS)]}",
        kode_wilayah=f"16.{unit:02d}",
        provinsi="Sumatera Selatan",
        tahun=2026,
        jabatan="Sekretaris",
        no_sasaran=1,
        sasaran=GOALS[number % 3],
        no_indikator=number // 4 + 1,
        indikator=f"Persentase dokumen yang selesai tepat waktu, kelompok {number // 4 + 1}",
        no_kegiatan=number + 1,
        kegiatan=f"Penyusunan laporan bulanan kegiatan nomor {number + 1}",
        kode=f"076.01.{number:03d}",
        program="Program Dukungan Manajemen",
        sub_kegiatan="",
        target="100",
        satuan="persen",
        t1=ticks[0],
        t2=ticks[1],
        t3=ticks[2],
        t4=ticks[3],
        jadwal=", ".join(f"TW {at}" for at, tick in enumerate(ticks, 1) if tick),
        jenis_biaya="bersama" if biaya is None else "jumlah",
        biaya=biaya,
        biaya_t1=costs[0],
        biaya_t2=costs[1],
        biaya_t3=costs[2],
        biaya_t4=costs[3],
        biaya_tanpa_jadwal=costs[4],
        pelaksana=DOERS[number % 4],
        berkas=f"kiriman/{unit:02d} rencana.xlsx",
        lembar="RAK 2026 Sekretaris",
        sel=f"E{number + 9}",
    )
    return row._replace(**fields)


def spread(biaya: int, ticks: Sequence[bool]) -> Costs:
    """A cost in equal parts over its quarters, what is left over in the last."""
    last = max((at for at, tick in enumerate(ticks) if tick), default=4)
    part = biaya // max(sum(ticks), 1)
    parts = [part if tick else 0 for tick in ticks] + [0]
    parts[last] += biaya - sum(parts)
    return (parts[0], parts[1], parts[2], parts[3], parts[4])


def costs_of(rows: Iterable[KegiatanRow]) -> Costs:
    """The five sums of some rows."""
    several = [
        (row.biaya_t1, row.biaya_t2, row.biaya_t3, row.biaya_t4, row.biaya_tanpa_jadwal) for row in rows
    ]
    first, second, third, fourth, none = (sum(one[at] for one in several) for at in range(5))
    return first, second, third, fourth, none


def biaya_of(rows: Iterable[KegiatanRow]) -> int:
    """The cost of some rows."""
    return sum(row.biaya or 0 for row in rows)


def folded(text: str) -> str:
    """How spellings of a unit in charge are told to be one, for the texts used here."""
    return "".join(text.lower().replace("&", "dan").split())


STATUSES: Final[tuple[tuple[Status, Words], ...]] = (
    ("salinan", Words("sama dengan {}", "the same as {}")),
    ("digantikan", Words("digantikan oleh {}", "superseded by {}")),
    ("dikecualikan", Words("cocok dengan --exclude *-konsep*", "fits --exclude *-konsep*")),
    ("tidak-terbaca", Words("arsip rusak", "a damaged archive")),
)


def recap(rows: Sequence[KegiatanRow], missing: Sequence[UnitStatus] = ()) -> Consolidation:
    """The consolidation of these rows, and of units of which no plan counts."""
    of_unit: dict[int, list[KegiatanRow]] = defaultdict(list)
    for row in rows:
        of_unit[row.no_unit].append(row)
    units = [unit_row(mine) for mine in of_unit.values()]
    for number, status in enumerate(missing, max(of_unit, default=0) + 1):
        name = f"KPU Kota {('Palembang', 'Prabumulih', 'Pagar Alam', 'Lubuk Linggau')[number % 4]}"
        blank = (0, 0, 0, 0, 0)
        units.append(UnitRow(number, name, (), "", "Sumatera Selatan", status, 0, 0, 0, 0, 0, blank, 2, 1, 0))
    findings = tuple(told(units))
    pelaksana = tuple(pelaksana_rows(rows))
    sasaran = tuple(sasaran_rows(rows))
    doers = {folded(text): one.no for one in pelaksana for text, _ in one.spellings}
    goals = {one.sasaran: one.no for one in sasaran}
    return Consolidation(
        tahun=2026,
        units=tuple(units),
        plans=tuple(plan_rows(units)),
        pelaksana=pelaksana,
        sasaran=sasaran,
        triwulan=tuple(triwulan_rows(rows)),
        kegiatan=len(rows),
        told=len(findings),
        own=(),
        rows=lambda: iter(rows),
        findings=lambda: iter(findings),
        sasaran_no=lambda text: goals[text],
        pelaksana_no=lambda text: doers[folded(text)],
    )


def usual(units: int = 3, each: int = 9, missing: Sequence[UnitStatus] = ("belum", "salah")) -> Consolidation:
    """So many units with so many kegiatan, and some of which no plan counts."""
    rows = [kegiatan(unit, number) for unit in range(1, units + 1) for number in range(each)]
    return recap(rows, missing)


def unit_row(rows: Sequence[KegiatanRow]) -> UnitRow:
    """A unit whose one plan counts."""
    one = rows[0]
    spellings = (f"SEKRETARIAT {one.unit.upper()}",) if one.no_unit % 2 else ()
    sasaran, indikator = len({row.sasaran for row in rows}), len({row.no_indikator for row in rows})
    return UnitRow(
        one.no_unit, one.unit, spellings, one.kode_wilayah, one.provinsi, "masuk", 1, sasaran, indikator,
        len(rows), biaya_of(rows), costs_of(rows), 0, one.no_unit % 3, 1,
    )  # fmt: skip


def plan_rows(units: Sequence[UnitRow]) -> list[PlanRow]:
    """A row for each unit that sent something, and one of each reason not to count."""
    made = []
    for unit in units:
        if unit.status != "belum":
            status: Status = "dipakai" if unit.status == "masuk" else "salah"
            file = f"kiriman/{unit.no:02d} rencana.xlsx"
            place = Place(4, 3, "RAK 2026 Sekretaris")
            made.append(
                PlanRow(
                    file, "buku kerja", 0, unit.no, unit.unit, 2026, "Sekretaris", status, Words("", ""),
                    unit.kegiatan, unit.biaya, unit.errors, unit.warnings, unit.notes, place,
                )
            )  # fmt: skip
    for number, (status, because) in enumerate(STATUSES):
        words = Words(*(text.format(made[0].file) if made else text for text in because))
        file = f"kiriman/lain {number}.yaml"
        made.append(
            PlanRow(file, "YAML", None, None, "", None, "", status, words, 0, 0, 1, 0, 0, Place(1, 1))
        )
    return made


def pelaksana_rows(rows: Sequence[KegiatanRow]) -> list[PelaksanaRow]:
    """A row for each unit in charge."""
    of_one: dict[str, list[KegiatanRow]] = defaultdict(list)
    for row in rows:
        of_one[folded(row.pelaksana)].append(row)
    made = []
    for number, mine in enumerate(of_one.values(), 1):
        spellings = tuple(Counter(row.pelaksana for row in mine).most_common())
        units = len({row.no_unit for row in mine})
        name = spellings[0][0]
        made.append(PelaksanaRow(number, name, spellings, units, len(mine), biaya_of(mine), costs_of(mine)))
    return made


def sasaran_rows(rows: Sequence[KegiatanRow]) -> list[SasaranRow]:
    """A row for each text of a sasaran; the third is like the first."""
    texts = list(dict.fromkeys(row.sasaran for row in rows))
    made = []
    for number, text in enumerate(texts, 1):
        mine = [row for row in rows if row.sasaran == text]
        near = 1 if text == GOALS[2] and texts[0] == GOALS[0] else None
        units = len({row.no_unit for row in mine})
        indikator = len({(row.no_unit, row.no_indikator) for row in mine})
        made.append(
            SasaranRow(number, text, units, indikator, len(mine), biaya_of(mine), near, 0.96 if near else 0.0)
        )
    return made


def triwulan_rows(rows: Sequence[KegiatanRow]) -> list[TriwulanRow]:
    """The four quarters, and what has none."""
    costs = costs_of(rows)
    made = []
    for quarter in (1, 2, 3, 4, 0):
        mine = [
            row
            for row in rows
            if (getattr(row, f"t{quarter}") if quarter else not any((row.t1, row.t2, row.t3, row.t4)))
        ]
        made.append(TriwulanRow(quarter, len(mine), len({row.no_unit for row in mine}), costs[quarter - 1]))
    return made


def told(units: Sequence[UnitRow]) -> list[FindingRow]:
    """Findings of every severity, in a sheet and in a text, and one of no unit."""
    made = []
    for unit in units:
        place = Place(12 + unit.no, 10, "RAK 2026 Sekretaris")
        why = Words("ada kata di dalamnya", "there are words in it")
        found = rules.BUKAN_RUPIAH.at(value="1,5 juta rupiah", bidang="biaya", alasan=why, place=place)
        made.append(
            FindingRow(unit.no, unit.unit, replace(found, file=f"kiriman/{unit.no:02d} rencana.xlsx"))
        )
    text = rules.STRIP_TANPA_KUTIP.at(place=Place(31, 14)).placed(None, "kiriman/rencana #2 (100%).yaml")
    return [*made, FindingRow(None, "", text)]


# --- listings as text ------------------------------------------------------------------------------------


def dump(book: ListingBook) -> str:
    """A workbook of listings as text: all that stands in it, formulas as of the first row."""
    lines = [f"{book.title} | {book.year} | {book.kind} | {book.footer}"]
    for sheet in book.listings:
        lines += [
            "",
            f"=== {sheet.name}: {sheet.table} {sheet.frame.here(0)}, totals {sheet.totals or 'none'}",
        ]
        lines += [
            f"{at(spot.row, spot.column)} {spot.role}: {told_value(spot.value)}" for spot in sheet.spots
        ]
        for number, column in enumerate(sheet.columns):
            live = f" ={column.formula.replace('{row}', str(sheet.frame.first))}" if column.formula else ""
            total = f" | {told_value(sheet.total()[number])}" if column.total is not None else ""
            lines.append(f"  {column.heading} ({column.role}, {column.width:g}){live}{total}")
        lines += ["  " + " | ".join(told_value(value) for value in row) for row in sheet.rows()]
        lines += [f"  {tint.columns} {tint.row} {tint.formula} {tint.fill}" for tint in sheet.tints]
        lines += [f"  {chart.kind} “{chart.title}” {chart.number} {chart.series}" for chart in sheet.charts]
    return "\n".join(lines) + "\n"


def at(row: int, column: int) -> str:
    """A cell from 0 as Excel names it."""
    return f"{column_letters(column + 1)}{row + 1}"


def told_value(value: Value) -> str:
    """A value in a dump: a formula with what it comes to."""
    if isinstance(value, Live):
        return f"={value.text} -> {value.result!r}"
    return "" if value is None else repr(value)
