"""A consolidation as listings: the recapitulation, whose live sums agree on every sheet."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from rak_excel.findings import Language, Words
from rak_excel.plan.consolidation import (
    Consolidation,
    Costs,
    KegiatanRow,
    PelaksanaRow,
    PlanRow,
    SasaranRow,
    UnitRow,
)
from rak_excel.plan.per_triwulan import RULE
from rak_excel.sheet import rekap_fields as fields
from rak_excel.sheet.listing import (
    Field,
    Frame,
    Listing,
    ListingBook,
    Live,
    Plain,
    Spot,
    Table,
    Value,
)
from rak_excel.sheet.rekap_cocok import Sum, Sums, reconciliation
from rak_excel.sheet.rekap_grafik import Picture, Place, picture, quarter, quarters
from rak_excel.sheet.temuan import (
    AMBER,
    FOOTER,
    RED,
    TOTAL,
    coloured,
    findings_listing,
    findings_table,
    fitted,
    link,
    linked,
    positive,
    said,
)

_TITLE: Final = Words("REKAPITULASI RENCANA AKSI KINERJA", "RECAPITULATION OF ACTION PLANS")
_YEAR: Final = Words("TAHUN", "YEAR")
_SEEN: Final = Words("Jumlah yang tampak", "Total of what is shown")
_TALL: Final = ((0, 24.0),)
_RULE_SPAN: Final = 6
_ONE_PAGE: Final = 45
"""Units that can be read on one page, with the comparison of sheets below them."""

_HEAD: Final = 4
"""Rows above the heading of every table: a title, what it counts, a verdict, and a rule or the totals."""

_BELOW: Final = _HEAD + 8
_PLACES: Final = (Place(_BELOW, 0, 340, 260), Place(_BELOW, 3, 340, 260))
"""Where the charts of *Per Triwulan* stand."""


class Tables(NamedTuple):
    """Where every table of the book stands, so that formulas of one sheet find the others."""

    rekap: Table
    pelaksana: Table
    sasaran: Table
    triwulan: Table
    kegiatan: Table
    temuan: Table
    berkas: Table


def book(made: Consolidation, language: Language = "id") -> ListingBook:
    """The recapitulation as a workbook: *Rekap*, *Grafik*, and a sheet for each way to look at it.

    What is live has the value of today: sums are taken from the rows, and stored as they are.
    """
    return _Recap(made, language).book()


def _tables(made: Consolidation) -> Tables:
    def table(name: str, columns: tuple[Field, ...], rows: int) -> Table:
        return Table(Frame(name, _HEAD, rows), columns)

    missing = sum(unit.status == "belum" for unit in made.units)
    return Tables(
        rekap=table("Rekap", fields.REKAP, len(made.units)),
        pelaksana=table("Per Pelaksana", fields.PELAKSANA, len(made.pelaksana)),
        sasaran=table("Per Sasaran", fields.SASARAN, len(made.sasaran)),
        triwulan=table("Per Triwulan", fields.TRIWULAN, len(made.triwulan)),
        kegiatan=table("Semua Kegiatan", fields.KEGIATAN, made.kegiatan),
        temuan=findings_table(_HEAD, made.told, units=True),
        berkas=table("Berkas", fields.BERKAS, len(made.plans) + missing),
    )


class _Recap:
    """One consolidation in one language, sheet by sheet."""

    def __init__(self, made: Consolidation, language: Language) -> None:
        self.made = made
        self.language = language
        self.tables = _tables(made)
        year = f" {said(_YEAR, language)} {made.tahun}" if made.tahun is not None else ""
        self.title = f"{said(_TITLE, language)}{year}"

    def book(self) -> ListingBook:
        """All sheets."""
        tables, made = self.tables, self.made
        shown = Picture(tables.rekap, tables.triwulan, self.title, self.counted(), self.language)
        return ListingBook(
            title=self.title.capitalize(),
            year=made.tahun or 0,
            kind="rekap",
            listings=(
                self.rekap(),
                picture(shown, made.units, made.triwulan),
                self.pelaksana(),
                self.sasaran(),
                self.triwulan(shown),
                self.kegiatan(),
                self.temuan(),
                self.berkas(),
            ),
            footer=said(FOOTER, self.language),
        )

    # --- words ---

    def say(self, id_: str, en: str) -> str:
        """One of two phrases."""
        return id_ if self.language == "id" else en

    def counted(self) -> str:
        """How many units there are, and what became of each."""
        many = Counter(unit.status for unit in self.made.units)
        told = [
            f"{many[status]} {said(words, self.language)}"
            for status, (words, _) in fields.UNIT_STATUS.items()
            if many[status] or status == "masuk"
        ]
        provinces = {unit.provinsi for unit in self.made.units}
        where = f"{self.say('Provinsi', 'Province')} {provinces.pop()}, " if len(provinces) == 1 else ""
        return f"{where}{len(self.made.units)} {self.say('unit', 'units')}: {', '.join(told)}"

    def spots(self, about: str, *more: Spot) -> tuple[Spot, ...]:
        """The title of a sheet, how many units it is about, and what its rows are."""
        return (
            Spot(0, 0, "judul", self.title),
            Spot(1, 0, "keterangan", self.counted()),
            Spot(2, 0, "keterangan", about),
            *more,
        )

    def totals(self, label: str, many: Mapping[str, float]) -> dict[str, Value]:
        """The row of totals: of what a filter shows, where one is set."""
        live = {name: Live("SUBTOTAL(109,{cells})", value) for name, value in many.items()}
        return {label: said(TOTAL, self.language), **live}

    def per(self, table: Table, key: str) -> dict[str, str]:
        """The formulas of a row that sums what has its number in a column of *Semua Kegiatan*."""
        rows = self.tables.kegiatan
        where = f"{rows.there(key)},{table.letter('no')}{{row}}"
        live = {"kegiatan": f"COUNTIFS({where})", "biaya": f"SUMIFS({rows.there('biaya')},{where})"}
        live |= {name: f"SUMIFS({rows.there(name)},{where})" for name in fields.COSTS}
        return live | self.share(table)

    @staticmethod
    def share(table: Table) -> dict[str, str]:
        """The formula of a cost's part of all."""
        cost = table.here("biaya")
        return {"persen": f"IF(SUM({cost})=0,0,{table.letter('biaya')}{{row}}/SUM({cost}))"}

    # --- the sheets ---

    def rekap(self) -> Listing:
        """A row a unit, and below them whether all sheets come to the same."""
        table, units = self.tables.rekap, self.made.units
        names = ("rencana", "sasaran", "indikator", "kegiatan", "biaya")
        many: dict[str, float] = {name: sum(getattr(unit, name) for unit in units) for name in names}
        many["persen"] = 1 if many["biaya"] else 0
        many |= _costs(unit.costs for unit in units)
        many |= {
            "salah": sum(unit.errors for unit in units),
            "peringatan": sum(unit.warnings for unit in units),
            "catatan": sum(unit.notes for unit in units),
        }
        columns = table.columns(self.language, self.per(table, "no_unit"), self.totals("unit", many))
        cocok = reconciliation(self.sums(), table, table.frame.last + 2, self.language)
        colours = ((said(words, self.language), colour) for words, colour in fields.UNIT_STATUS.values())
        rule = said(RULE, self.language)
        return Listing(
            frame=table.frame,
            columns=columns,
            rows=lambda: map(self.unit_row, units),
            table="TabelRekap",
            spots=(
                Spot(0, 0, "judul", self.title),
                Spot(1, 0, "keterangan", self.counted()),
                cocok.verdict,
                Spot(3, 0, "aturan", rule, table.at("provinsi")),
                *cocok.spots,
            ),
            heights=(*_TALL, (cocok.heading, 28)),
            height=fitted(columns),
            totals="below",
            bars=(table.at("persen"),),
            tints=(
                *coloured(table, "status", colours),
                *positive(table, "salah", RED),
                *cocok.tints,
            ),
            printed=table.at("provinsi"),
            frozen=2,
            one_page=len(units) <= _ONE_PAGE,
        )

    def unit_row(self, unit: UnitRow) -> Sequence[Plain]:
        """One unit."""
        status, _ = fields.UNIT_STATUS[unit.status]
        return (
            unit.no, unit.unit, said(status, self.language),
            unit.rencana, unit.sasaran, unit.indikator, unit.kegiatan, unit.biaya,
            _part(unit.biaya, self.made.biaya), *unit.costs,
            unit.errors, unit.warnings, unit.notes, unit.provinsi, unit.kode, "; ".join(unit.spellings),
        )  # fmt: skip

    def sums(self) -> tuple[Sums, ...]:
        """What each sheet comes to; *Semua Kegiatan*, which all others sum, is the last."""
        made, tables = self.made, self.tables

        def live(table: Table, name: str, result: int) -> Sum:
            return Sum(f"SUM({table.here(name) if table is tables.rekap else table.there(name)})", result)

        def both(table: Table, rows: Sequence[UnitRow | PelaksanaRow | SasaranRow]) -> Sums:
            kegiatan = live(table, "kegiatan", sum(row.kegiatan for row in rows))
            return Sums(table.frame.name, kegiatan, live(table, "biaya", sum(row.biaya for row in rows)))

        rekap, rows = tables.rekap, tables.kegiatan
        first, last = rekap.here(fields.COSTS[0]), rekap.here(fields.COSTS[-1])
        by_quarter = f"SUM({first.partition(':')[0]}:{last.partition(':')[2]})"
        return (
            both(rekap, made.units),
            Sums(
                self.say("Rekap, menurut triwulan", "Rekap, by quarter"),
                None,
                Sum(by_quarter, sum(sum(unit.costs) for unit in made.units)),
            ),
            both(tables.pelaksana, made.pelaksana),
            both(tables.sasaran, made.sasaran),
            Sums(
                tables.triwulan.frame.name,
                None,
                live(tables.triwulan, "biaya", sum(row.biaya for row in made.triwulan)),
            ),
            Sums(
                rows.frame.name,
                Sum(f"COUNT({rows.there('no_unit')})", made.kegiatan),
                live(rows, "biaya", made.biaya),
            ),
        )

    def pelaksana(self) -> Listing:
        """A row a unit in charge."""
        table, rows = self.tables.pelaksana, self.made.pelaksana
        total = sum(row.biaya for row in rows)
        many: dict[str, float] = {"kegiatan": sum(row.kegiatan for row in rows), "biaya": total}
        many |= {"persen": 1 if total else 0, **_costs(row.costs for row in rows)}
        columns = table.columns(
            self.language, self.per(table, "no_pelaksana"), self.totals("pelaksana", many)
        )

        blank = self.say("(tidak diisi)", "(not filled in)")

        def values() -> Iterator[Sequence[Plain]]:
            for row in rows:
                written = "; ".join(f"{text or blank} ({count})" for text, count in row.spellings)
                share = _part(row.biaya, total)
                yield (
                    row.no,
                    row.pelaksana or blank,
                    row.units,
                    row.kegiatan,
                    row.biaya,
                    share,
                    *row.costs,
                    written,
                )

        about = self.say(
            "Ejaan yang berbeda dari satu pelaksana dihitung sebagai satu; semua ejaannya di kolom terakhir.",
            "Spellings of one unit in charge count as one; the last column has all of them.",
        )
        return Listing(
            table.frame, columns, values, "TabelPelaksana", self.spots(about),
            heights=_TALL, height=fitted(columns), totals="below", bars=(table.at("persen"),), frozen=2,
        )  # fmt: skip

    def sasaran(self) -> Listing:
        """A row a text of a sasaran, with the one it may be the same as."""
        table, rows = self.tables.sasaran, self.made.sasaran
        total = sum(row.biaya for row in rows)
        texts = {row.no: row.sasaran for row in rows}
        live = self.per(table, "no_teks_sasaran")
        numbers, near = table.here("no"), f"{table.letter('mirip')}{{row}}"
        live["teks_mirip"] = f"INDEX({table.here('sasaran')},MATCH({near},{numbers},0))"
        many = {
            "indikator": sum(row.indikator for row in rows),
            "kegiatan": sum(row.kegiatan for row in rows),
        }
        totals = self.totals("sasaran", {**many, "biaya": total, "persen": 1 if total else 0})
        columns = table.columns(self.language, live, totals)

        def values() -> Iterator[Sequence[Plain]]:
            for row in rows:
                like = (None, None, None) if row.like is None else (row.like, row.likeness, texts[row.like])
                share = _part(row.biaya, total)
                yield row.no, row.sasaran, row.units, row.indikator, row.kegiatan, row.biaya, share, *like

        about = self.say(
            "Hanya sasaran yang bunyinya sama dihitung sebagai satu; yang mirip diusulkan, tidak digabung.",
            "Only sasaran of the same text count as one; those nearly the same are proposed, never joined.",
        )
        return Listing(
            table.frame, columns, values, "TabelSasaran", self.spots(about),
            heights=_TALL, height=fitted(columns), totals="below", bars=(table.at("persen"),), frozen=2,
            tints=tuple(positive(table, "mirip", AMBER)),
        )  # fmt: skip

    def triwulan(self, shown: Picture) -> Listing:
        """A row a quarter, and what has none; beside them both charts."""
        table, all_ = self.tables.triwulan, self.tables.kegiatan
        rows = sorted(self.made.triwulan, key=lambda row: row.triwulan or 5)
        total = sum(row.biaya for row in rows)
        number = f"{table.letter('no')}{{row}}"
        ticks = [all_.there(name) for name in fields.QUARTERS]
        none = "*".join(f"({one}=0)" for one in ticks) + f"*({all_.there('no_unit')}<>0)"
        costs = [all_.there(name) for name in (fields.COSTS[-1], *fields.COSTS[:-1])]
        live = {
            "kegiatan": f"CHOOSE({number}+1,SUMPRODUCT({none}),{','.join(f'SUM({one})' for one in ticks)})",
            "biaya": f"CHOOSE({number}+1,{','.join(f'SUM({one})' for one in costs)})",
        }
        columns = table.columns(
            self.language,
            live | self.share(table),
            self.totals("triwulan", {"biaya": total, "persen": 1 if total else 0}),
        )
        return Listing(
            table.frame,
            columns,
            lambda: (
                (
                    one.triwulan,
                    quarter(one.triwulan, self.language),
                    one.kegiatan,
                    one.units,
                    one.biaya,
                    _part(one.biaya, total),
                )
                for one in rows
            ),
            "TabelTriwulan",
            self.spots(
                self.say(
                    "Satu kegiatan dihitung di setiap triwulan jadwalnya.",
                    "A kegiatan counts in every quarter that it is scheduled in.",
                ),
                Spot(3, 0, "aturan", said(RULE, self.language), _RULE_SPAN),
            ),
            heights=(*_TALL, (3, 28)),
            totals="below",
            charts=tuple(quarters(shown, rows, _PLACES)),
            one_page=True,
        )

    def kegiatan(self) -> Listing:
        """One tidy row a kegiatan; the totals above the heading are of what a filter shows."""
        table, made, language = self.tables.kegiatan, self.made, self.language
        costs = _costs(unit.costs for unit in made.units)
        totals = self.totals("unit", {"biaya": made.biaya, **costs}) | {"unit": said(_SEEN, language)}
        columns = table.columns(language, {"tautan": link(table, language)}, totals)

        def values() -> Iterator[Sequence[Plain]]:
            biaya = 0
            for row in made.rows():
                biaya += row.biaya or 0
                yield self.kegiatan_row(row)
            if biaya != made.biaya:
                raise ValueError(f"rows come to {biaya}, units to {made.biaya}")

        about = self.say(
            "Satu baris satu kegiatan, sebagaimana ditulis; TW I-IV = triwulan jadwalnya.",
            "One row a kegiatan, as it is written; Q I-IV = the quarters it is scheduled in.",
        )
        return Listing(
            table.frame, columns, values, "SemuaKegiatan", self.spots(about),
            heights=_TALL, totals="above", frozen=2, printed=fields.PRINTED,
        )  # fmt: skip

    def kegiatan_row(self, row: KegiatanRow) -> Sequence[Plain]:
        """One kegiatan."""
        return (
            row.no_unit, row.unit, row.sasaran, row.indikator, row.kegiatan, row.target, row.satuan,
            *(1 if tick else None for tick in (row.t1, row.t2, row.t3, row.t4)), row.biaya, row.pelaksana,
            linked(row.berkas, row.lembar, row.sel, self.language), row.kode_wilayah, row.provinsi, row.tahun,
            row.jabatan, row.no_sasaran, row.no_indikator, row.no_kegiatan, row.kode, row.program,
            row.sub_kegiatan, row.jadwal, row.jenis_biaya, row.biaya_t1, row.biaya_t2, row.biaya_t3,
            row.biaya_t4, row.biaya_tanpa_jadwal, row.berkas, row.lembar, row.sel,
            self.made.pelaksana_no(row.pelaksana), self.made.sasaran_no(row.sasaran),
        )  # fmt: skip

    def temuan(self) -> Listing:
        """A row a finding."""
        table = self.tables.temuan
        about = self.say(
            "Setiap temuan, termasuk yang tentang gabungannya (RAK6xx); tautannya membuka berkas di selnya.",
            "Every finding, those about the whole too (RAK6xx); its link opens the file at the cell.",
        )
        return findings_listing(table, self.made.findings, self.spots(about), self.language)

    def berkas(self) -> Listing:
        """A row a plan or file, and what became of it; last the units that have sent none."""
        table, made = self.tables.berkas, self.made
        many: dict[str, float] = {
            "kegiatan": sum(plan.kegiatan for plan in made.plans),
            "biaya": sum(plan.biaya for plan in made.plans),
            "salah": sum(plan.errors for plan in made.plans),
            "peringatan": sum(plan.warnings for plan in made.plans),
            "catatan": sum(plan.notes for plan in made.plans),
        }
        columns = table.columns(
            self.language, {"tautan": link(table, self.language)}, self.totals("berkas", many)
        )
        belum, grey = fields.UNIT_STATUS["belum"]
        colours = [(said(words, self.language), colour) for words, colour in fields.STATUS.values()]

        def values() -> Iterator[Sequence[Plain]]:
            yield from map(self.plan_row, made.plans)
            for unit in made.units:
                if unit.status == "belum":
                    row: list[Plain] = [None] * len(columns)
                    row[table.at("status")] = said(belum, self.language)
                    row[table.at("no_unit")], row[table.at("unit")] = unit.no, unit.unit
                    yield row

        about = self.say(
            "Setiap berkas dan rencana, dipakai atau tidak, dan sebabnya. Jumlah di bawah memuat semuanya.",
            "Every file and plan, whether it counts, and why not. The totals below are of all of them.",
        )
        return Listing(
            table.frame, columns, values, "TabelBerkas", self.spots(about),
            heights=_TALL, height=fitted(columns), totals="below", frozen=1,
            printed=table.at("tautan"),
            tints=tuple(coloured(table, "status", [*colours, (said(belum, self.language), grey)])),
        )  # fmt: skip

    def plan_row(self, plan: PlanRow) -> Sequence[Plain]:
        """One plan, or a file without any."""
        place = plan.place
        sheet, cell = (place.sheet or "", place.cell or str(place.line)) if place is not None else ("", "")
        status, _ = fields.STATUS[plan.status]
        number = None if plan.number is None else plan.number + 1
        return (
            plan.file, plan.form, said(status, self.language), said(plan.because, self.language),
            plan.unit_no, plan.unit, plan.tahun, plan.jabatan, plan.kegiatan, plan.biaya, plan.errors,
            plan.warnings, plan.notes, linked(plan.file, sheet, cell, self.language), number, sheet, cell,
        )  # fmt: skip


def _part(biaya: int, of: int) -> float:
    """What a formula of `share` comes to."""
    return biaya / of if of else 0


def _costs(costs: Iterable[Costs]) -> dict[str, float]:
    """Sums by the name of their column."""
    several = [*costs]
    return {name: sum(one[at] for one in several) for at, name in enumerate(fields.COSTS)}
