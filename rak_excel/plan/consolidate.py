"""Many plans into one recapitulation, reconciled to the rupiah.

What decides is small and kept (`FileHead`); activities and findings are streamed from the files that were
read, as often as they are asked for.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal, Protocol

from rak_excel import rules
from rak_excel.findings import Finding, Place, RakError, Severity, Words, shown
from rak_excel.plan.checks import folded_unit
from rak_excel.plan.consolidation import (
    NO_COSTS,
    Consolidation,
    Costs,
    FileHead,
    FindingRow,
    Head,
    KegiatanRow,
    PelaksanaRow,
    SasaranRow,
    TriwulanRow,
    UnitRow,
)
from rak_excel.plan.deciding import Decision, Listed, Own, Wanted, decide
from rak_excel.plan.kantor_unit import kantor_of
from rak_excel.plan.likeness import near_same
from rak_excel.plan.model import Biaya, Plan
from rak_excel.plan.per_triwulan import Spread, added, schedule, spread, weights
from rak_excel.plan.values import rupiah


class Source(Protocol):
    """A file that was read and checked, as `digest.Digest` is."""

    @property
    def file(self) -> str:
        """Its name."""

    @property
    def form(self) -> str:
        """What form it has."""

    @property
    def plans(self) -> Sequence[Plan]:
        """The plans in it."""

    @property
    def hashes(self) -> Sequence[str]:
        """The hash of each plan's meaning."""

    @property
    def bases(self) -> Sequence[str | None]:
        """The hash of the plan that each one's workbook was built from."""

    @property
    def units(self) -> Sequence[Place | None]:
        """Where each plan's unit stands."""

    @property
    def places(self) -> Sequence[Sequence[Place]]:
        """Where each kegiatan of each plan stands."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What was found in it."""

    @property
    def owners(self) -> Sequence[int | None]:
        """The number of the plan that each finding is about."""


# --- what decides --------------------------------------------------------------------------------------


def head(source: Source) -> FileHead:
    """What of a file decides which of its plans count."""
    counts: dict[int | None, list[int]] = {number: [0, 0, 0] for number in (None, *range(len(source.plans)))}
    unreadable: Finding | None = None
    for owner, finding in told_in(source):
        counts[owner][_AT[finding.severity]] += 1
        if not source.plans and (unreadable is None or (finding.is_error and not unreadable.is_error)):
            unreadable = finding
    plans = tuple(_head(source, number, counts[number]) for number in range(len(source.plans)))
    errors, warnings, notes = counts[None]
    return FileHead(source.file, source.form, plans, errors, warnings, notes, unreadable)


_AT: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def _head(source: Source, number: int, counts: Sequence[int]) -> Head:
    plan = source.plans[number]
    told = [one.costs for one in spread(plan)]
    errors, warnings, notes = counts
    return Head(
        number=number,
        unit=plan.unit,
        tahun=plan.tahun,
        jabatan=" ".join(plan.penandatangan[0].jabatan.split()) if plan.penandatangan else "",
        judul=plan.judul,
        hash=source.hashes[number],
        base=source.bases[number],
        sasaran=len(plan.sasaran),
        indikator=sum(len(sasaran.indikator) for sasaran in plan.sasaran),
        kegiatan=len(told),
        biaya=plan.jumlah_biaya,
        costs=added(NO_COSTS, *told),
        errors=errors,
        warnings=warnings,
        notes=notes,
        place=source.units[number],
    )


def told_in(source: Source) -> Iterator[tuple[int | None, Finding]]:
    """What was found in a file, with the number of the plan it is about, and what adding up finds besides."""
    yield from zip(source.owners, source.findings, strict=True)
    faulty = {
        owner for owner, finding in zip(source.owners, source.findings, strict=True) if finding.is_error
    }
    if None in faulty:
        return
    for number, plan in enumerate(source.plans):
        if number not in faulty and any(one.anggaran_triwulan for one in plan.kegiatan):
            yield from ((number, finding) for finding in _budgets(source, number))


def _budgets(source: Source, number: int) -> Iterator[Finding]:
    """Each quarterly budget that does not add up to the cost it is of."""
    for at, one in enumerate(spread(source.plans[number])):
        if one.budget is None:
            continue
        sasaran, indikator, kegiatan = one.at
        name = shown(one.kegiatan.uraian or source.plans[number].sasaran[sasaran].indikator[indikator].uraian)
        amount = one.kegiatan.biaya
        yield rules.ANGGARAN_BERBEDA.at(
            f"sasaran[{sasaran}].indikator[{indikator}].kegiatan[{kegiatan}].anggaran_triwulan",
            bagian=Words(f"kegiatan “{name}”", f"activity “{name}”"),
            anggaran=rupiah(one.budget),
            biaya=rupiah(amount) if isinstance(amount, int) else "-",
        ).placed(_place(source, number, at), source.file)


def _place(source: Source, number: int, at: int) -> Place | None:
    """Where a kegiatan of a plan stands, where that is known."""
    places = source.places[number]
    return places[at] if at < len(places) else None


def listed(file: str, rows: Iterable[tuple[int, str]]) -> tuple[Listed, tuple[Finding, ...]]:
    """The units of a list, from its lines and the names in them, and what is wrong with it."""
    units: dict[str, tuple[int, str]] = {}
    told = []
    for line, text in rows:
        name = " ".join(text.split())
        place = Place(line, 1)
        if not name:
            told.append(rules.UNIT_KOSONG.at(place=place).placed(None, file))
            continue
        before, _ = units.setdefault(kantor_of(name).key, (line, name))
        if before != line:
            told.append(rules.UNIT_BERULANG.at("", name, baris=before, place=place).placed(None, file))
    return Listed(file, tuple(Wanted(name, line) for line, name in units.values())), tuple(told)


# --- activities ----------------------------------------------------------------------------------------


def rows(source: Source, number: int, unit: UnitRow) -> Iterator[KegiatanRow]:
    """The activities of one plan of a file, in order."""
    plan = source.plans[number]
    jabatan = " ".join(plan.penandatangan[0].jabatan.split()) if plan.penandatangan else ""
    for at, one in enumerate(spread(plan)):
        yield _row(plan, jabatan, unit, one, _place(source, number, at), source.file)


def _row(plan: Plan, jabatan: str, unit: UnitRow, one: Spread, place: Place | None, file: str) -> KegiatanRow:
    g, i, k = one.at
    kegiatan, sasaran = one.kegiatan, plan.sasaran[g]
    t1, t2, t3, t4 = weights(kegiatan)
    biaya = kegiatan.biaya
    return KegiatanRow(
        no_unit=unit.no,
        unit=unit.unit,
        kode_wilayah=unit.kode,
        provinsi=unit.provinsi,
        tahun=plan.tahun,
        jabatan=jabatan,
        no_sasaran=g + 1,
        sasaran=sasaran.uraian,
        no_indikator=i + 1,
        indikator=sasaran.indikator[i].uraian,
        no_kegiatan=k + 1,
        kegiatan=kegiatan.uraian or "",
        kode=kegiatan.kode,
        program=kegiatan.program,
        sub_kegiatan=kegiatan.sub_kegiatan,
        target=kegiatan.target,
        satuan=kegiatan.satuan,
        t1=t1 > 0,
        t2=t2 > 0,
        t3=t3 > 0,
        t4=t4 > 0,
        jadwal=schedule(kegiatan),
        jenis_biaya=_kind(biaya),
        biaya=biaya if isinstance(biaya, int) else None,
        biaya_t1=one.costs[0],
        biaya_t2=one.costs[1],
        biaya_t3=one.costs[2],
        biaya_t4=one.costs[3],
        biaya_tanpa_jadwal=one.costs[4],
        pelaksana=kegiatan.pelaksana,
        berkas=file,
        lembar=place.sheet or "" if place is not None else "",
        sel=(place.cell or str(place.line)) if place is not None else "",
    )


def _kind(biaya: Biaya) -> Literal["jumlah", "nihil", "bersama", ""]:
    if biaya is None:
        return "nihil"
    return "jumlah" if isinstance(biaya, int) else biaya


# --- sums ----------------------------------------------------------------------------------------------


class _Sum:
    """What many activities come to; it grows while they stream by."""

    __slots__ = ("biaya", "costs", "indikator", "kegiatan", "spellings", "units")

    def __init__(self) -> None:
        self.units: set[int] = set()
        self.indikator = self.kegiatan = self.biaya = 0
        self.costs = NO_COSTS
        self.spellings: Counter[str] = Counter()

    def add(self, row: KegiatanRow, costs: Costs) -> None:
        """Take in one activity."""
        self.units.add(row.no_unit)
        self.kegiatan += 1
        self.biaya += row.biaya or 0
        if row.biaya:
            self.costs = added(self.costs, costs)


class _Sums:
    """All that is added up in one pass over the activities that count."""

    def __init__(self) -> None:
        self.pelaksana: dict[str, _Sum] = {}
        self.sasaran: dict[str, _Sum] = {}
        self.triwulan = [_Sum() for _ in range(5)]
        self.whole = _Sum()

    def add_plan(self, plan: Plan) -> None:
        """Take in what no activity tells: how many indikator there are."""
        for sasaran in plan.sasaran:
            self.sasaran.setdefault(_flat(sasaran.uraian), _Sum()).indikator += len(sasaran.indikator)

    def add(self, row: KegiatanRow) -> None:
        """Take in one activity."""
        costs = costs_in(row)
        self.whole.add(row, costs)
        self.sasaran.setdefault(_flat(row.sasaran), _Sum()).add(row, costs)
        name = _flat(row.pelaksana)
        doer = self.pelaksana.setdefault(folded_unit(name), _Sum())
        doer.add(row, costs)
        doer.spellings[name] += 1
        ticks = (row.t1, row.t2, row.t3, row.t4)
        for quarter, (tick, cost) in enumerate(zip((*ticks, not any(ticks)), costs, strict=True)):
            of = self.triwulan[quarter]
            of.biaya += cost
            if tick:
                of.kegiatan += 1
                of.units.add(row.no_unit)


def costs_in(row: KegiatanRow) -> Costs:
    """The cost of an activity over the quarters."""
    return row.biaya_t1, row.biaya_t2, row.biaya_t3, row.biaya_t4, row.biaya_tanpa_jadwal


def _flat(text: str) -> str:
    return " ".join(text.split())


def _pelaksana_rows(sums: dict[str, _Sum]) -> Iterator[tuple[str, PelaksanaRow]]:
    """Each unit in charge under its folded name, the costliest first."""
    ranked = sorted(sums.items(), key=lambda item: (-item[1].biaya, -item[1].kegiatan, item[0]))
    for number, (key, one) in enumerate(ranked, 1):
        spellings = sorted(one.spellings.items(), key=lambda item: (-item[1], item[0]))
        yield (
            key,
            PelaksanaRow(
                number, spellings[0][0], tuple(spellings), len(one.units), one.kegiatan, one.biaya, one.costs
            ),
        )


def _sasaran_rows(sums: dict[str, _Sum]) -> Iterator[SasaranRow]:
    """Each text, that of most units first; a text is proposed to be the same as one above it."""
    ranked = sorted(sums.items(), key=lambda item: (-len(item[1].units), -item[1].kegiatan, item[0]))
    likes = near_same([text for text, _ in ranked])
    for number, ((text, one), like) in enumerate(zip(ranked, likes, strict=True), 1):
        yield SasaranRow(
            number,
            text,
            len(one.units),
            one.indikator,
            one.kegiatan,
            one.biaya,
            None if like is None else like.number + 1,
            0.0 if like is None else like.likeness,
        )


def _triwulan_rows(sums: Sequence[_Sum]) -> Iterator[TriwulanRow]:
    for quarter, one in zip((1, 2, 3, 4, 0), sums, strict=True):
        yield TriwulanRow(quarter, one.kegiatan, len(one.units), one.biaya)


# --- the whole -----------------------------------------------------------------------------------------


def consolidate(
    heads: Sequence[FileHead],
    sources: Callable[[], Iterable[Source]],
    wanted: Listed | None = None,
    told: Iterable[Finding] = (),
    faulty: Callable[[], Iterable[Source]] | None = None,
) -> Consolidation:
    """The recapitulation of many files.

    `heads` are of all of them; `sources` gives those that were read, again with each call, and `faulty` at
    least those in which something was found.  `wanted` are the units that should be there, `told` what was
    found before.

    Raises:
        RakError: a total is not the sum of its parts, which is a mistake of ours.
    """
    decision = decide(heads, wanted)
    own = (*(Own(None, one) for one in told), *decision.own)
    streams = _Streams(decision, sources, faulty or sources, own)
    sums = _added_up(streams)
    pelaksana = dict(_pelaksana_rows(sums.pelaksana))
    sasaran = tuple(_sasaran_rows(sums.sasaran))
    numbers_of = {one.sasaran: one.no for one in sasaran}
    made = Consolidation(
        tahun=decision.tahun,
        units=decision.units,
        plans=decision.plans,
        pelaksana=tuple(pelaksana.values()),
        sasaran=sasaran,
        triwulan=tuple(_triwulan_rows(sums.triwulan)),
        kegiatan=sums.whole.kegiatan,
        told=sum(map(_count, heads)) + len(streams.own),
        own=tuple(one.finding for one in streams.own),
        rows=streams.rows,
        findings=streams.findings,
        sasaran_no=lambda text: numbers_of[_flat(text)],
        pelaksana_no=lambda text: pelaksana[folded_unit(_flat(text))].no,
    )
    apart = differences(made, sums.whole.costs)
    if apart:
        raise RakError(*(rules.KESALAHAN_KAMI.at(sebab=one) for one in apart))
    return made


def _added_up(streams: "_Streams") -> "_Sums":
    """The sums of all activities that count."""
    sums = _Sums()
    for source, numbers in streams.counted():
        for number in numbers:
            sums.add_plan(source.plans[number])
            for row in rows(source, number, streams.unit_of(source, number)):
                sums.add(row)
    return sums


def _count(file: FileHead) -> int:
    """How many findings a file has."""
    of_plans = sum(one.errors + one.warnings + one.notes for one in file.plans)
    return file.errors + file.warnings + file.notes + of_plans


class _Streams:
    """What is streamed from the files, as it was decided."""

    def __init__(
        self,
        decision: Decision,
        sources: Callable[[], Iterable[Source]],
        faulty: Callable[[], Iterable[Source]],
        own: tuple[Own, ...],
    ) -> None:
        self.decision, self.sources, self.faulty, self.own = decision, sources, faulty, own

    def unit_of(self, source: Source, number: int) -> UnitRow:
        """The unit of a plan that counts."""
        return self.decision.units[self.decision.units_of[source.file, number] - 1]

    def counted(self) -> Iterator[tuple[Source, list[int]]]:
        """The files that hold plans which count, with the numbers of these."""
        for source in self.sources():
            numbers = [n for n in range(len(source.plans)) if (source.file, n) in self.decision.counted]
            if numbers:
                yield source, numbers

    def rows(self) -> Iterator[KegiatanRow]:
        """Every activity that counts."""
        for source, numbers in self.counted():
            for number in numbers:
                yield from rows(source, number, self.unit_of(source, number))

    def findings(self) -> Iterator[FindingRow]:
        """Every finding: our own, then those of the files."""
        for one in self.own:
            yield self._finding(one.unit_no, one.finding)
        for source in self.faulty():
            for owner, finding in told_in(source):
                at = self.decision.unit_of_file.get(source.file)
                number = at if owner is None else self.decision.units_of.get((source.file, owner))
                yield self._finding(number, finding)

    def _finding(self, number: int | None, finding: Finding) -> FindingRow:
        return FindingRow(number, "" if number is None else self.decision.units[number - 1].unit, finding)


def differences(made: Consolidation, costs: Costs) -> tuple[Words, ...]:
    """Every total that differs from another one of the same; `costs` are the sum over the activities."""
    biaya = sum(costs)
    told = [
        *_apart("Rekap", made, made.units, biaya),
        *_apart("Per Pelaksana", made, made.pelaksana, biaya),
        *_apart("Per Sasaran", made, made.sasaran, biaya),
    ]
    by_quarter = tuple(one.biaya for one in made.triwulan)
    of_units = added(NO_COSTS, *(one.costs for one in made.units))
    of_pelaksana = added(NO_COSTS, *(one.costs for one in made.pelaksana))
    for sheet, quarters in (
        ("Per Triwulan", by_quarter),
        ("Rekap", of_units),
        ("Per Pelaksana", of_pelaksana),
    ):
        told += [
            _difference(sheet, f"triwulan {number}" if number < 5 else "tanpa jadwal", one, other)
            for number, (one, other) in enumerate(zip(quarters, costs, strict=True), 1)
            if one != other
        ]
    return tuple(told)


def _apart(
    sheet: str, made: Consolidation, of: Sequence[UnitRow | PelaksanaRow | SasaranRow], biaya: int
) -> Iterator[Words]:
    kegiatan, cost = sum(one.kegiatan for one in of), sum(one.biaya for one in of)
    if kegiatan != made.kegiatan:
        yield _difference(sheet, "kegiatan", kegiatan, made.kegiatan)
    if cost != biaya:
        yield _difference(sheet, "biaya", cost, biaya)


def _difference(sheet: str, what: str, total: int, rows_of: int) -> Words:
    return Words(
        f"jumlah {what} pada {sheet} {rupiah(total)}, pada Semua Kegiatan {rupiah(rows_of)}",
        f"the sum of {what} on {sheet} is {rupiah(total)}, on Semua Kegiatan {rupiah(rows_of)}",
    )
