"""Which of many plans count: one of each kind of each office, of one year, and for the others why not.

A plan is known by its office, who answers for it, and its year: the secretary of a KPU has one, whether its
unit is called KPU or Sekretariat KPU, and the chairman has another.  Of several alike one counts only where
that is certain: the others have the same content, or it was made from them and then edited.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from rak_excel import rules
from rak_excel.findings import Finding, Place, Severity, Words, typed
from rak_excel.plan.codec import near
from rak_excel.plan.consolidation import (
    NO_COSTS,
    FileHead,
    Head,
    PlanRow,
    Status,
    UnitRow,
    UnitStatus,
)
from rak_excel.plan.kantor_unit import Kantor, jabatan_of, kantor_of
from rak_excel.plan.per_triwulan import added

NO_REASON: Final = Words("", "")
_COMPARED: Final = 2_000
"""Pairs of names that are compared to find the one that was meant."""


class Wanted(NamedTuple):
    """A unit that should be there, and the line of the list that names it."""

    unit: str
    line: int


class Listed(NamedTuple):
    """The units that should be there, in their order, and the file that lists them."""

    file: str
    units: tuple[Wanted, ...]


class Own(NamedTuple):
    """A finding of the consolidation itself, with the number of the unit it is about."""

    unit_no: int | None
    finding: Finding


class Decision(NamedTuple):
    """What counts: `counted` are file and number of the plans that do.

    `units_of` gives the number of a plan's unit, `unit_of_file` that of a file whose plans are all of one.
    """

    tahun: int | None
    units: tuple[UnitRow, ...]
    plans: tuple[PlanRow, ...]
    counted: frozenset[tuple[str, int]]
    units_of: Mapping[tuple[str, int], int]
    unit_of_file: Mapping[str, int]
    own: tuple[Own, ...]


class _Plan(NamedTuple):
    """One plan with what it is known by; `pattern` fits its file and no other."""

    file: FileHead
    head: Head
    kantor: Kantor
    jabatan: str
    pattern: str

    @property
    def at(self) -> tuple[str, int]:
        return self.file.file, self.head.number

    @property
    def is_faulty(self) -> bool:
        return self.head.errors + self.file.errors > 0 or not self.is_known

    @property
    def is_known(self) -> bool:
        return bool(self.head.tahun and self.head.unit.strip())

    @property
    def kind(self) -> tuple[str, str]:
        return self.kantor.key, self.jabatan

    @property
    def unit(self) -> str:
        return " ".join(self.head.unit.split())

    @property
    def name(self) -> str:
        """The file, and where it holds several plans, which of them."""
        if len(self.file.plans) == 1:
            return self.file.file
        place = self.head.place
        which = place.sheet if place is not None and place.sheet is not None else f"{self.head.number + 1}"
        return f"{self.file.file}[{which}]"


class _Verdict(NamedTuple):
    """What becomes of a plan, and why."""

    status: Status
    because: Words = NO_REASON


def decide(files: Sequence[FileHead], listed: Listed | None = None) -> Decision:
    """Which plans count, what becomes of the others, and the units; in whatever order the files come."""
    files = sorted(files, key=lambda file: file.file)
    plans = list(_planned(files))
    tahun, told = _year(plans)
    verdicts: dict[tuple[str, int], _Verdict] = {}
    own: list[tuple[str | None, Finding]] = [(None, one) for one in told]
    for kind in _of_one_kind(plan for plan in plans if plan.is_known and plan.head.tahun == tahun):
        own += _judged(kind, verdicts)
    for plan in plans:
        if plan.at not in verdicts:
            own += _without_rivals(plan, tahun, verdicts)
    own += [(None, one) for one in _same_names(files)]
    if not any(one.status == "dipakai" for one in verdicts.values()) and files:
        own.append((None, rules.TIDAK_ADA_YANG_DIHITUNG.at(banyak=len(files))))
    return _assembled(_Judged(files, plans, verdicts, tahun), own, listed)


def _planned(files: Sequence[FileHead]) -> Iterator[_Plan]:
    names = Counter(_name(file) for file in files)
    for file in files:
        alone = names[_name(file)] == 1
        pattern = re.sub(r"[*?[]", r"[\g<0>]", _name(file) if alone else file.file)
        for head in file.plans:
            yield _Plan(file, head, kantor_of(head.unit), jabatan_of(head.jabatan), pattern)


def _name(file: FileHead) -> str:
    return file.file.rpartition("/")[2]


# --- the year ------------------------------------------------------------------------------------------


def _year(plans: Iterable[_Plan]) -> tuple[int | None, list[Finding]]:
    """The year of most plans, of several the newest; copies and versions are one plan."""
    kinds: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for plan in plans:
        if plan.is_known:
            kinds[plan.head.tahun].add(plan.kind)
    if not kinds:
        return None, []
    most = max(len(one) for one in kinds.values())
    newest, *others = sorted((year for year, one in kinds.items() if len(one) == most), reverse=True)
    lain = ", ".join(str(year) for year in sorted(others))
    return newest, [rules.TAHUN_SERI.at(tahun=newest, lain=lain)] if others else []


def _without_rivals(
    plan: _Plan, tahun: int | None, verdicts: dict[tuple[str, int], _Verdict]
) -> Iterator[tuple[str, Finding]]:
    """What becomes of a plan of another year, or of one of which nobody knows what plan it is."""
    year = plan.head.tahun
    if not plan.is_known or tahun is None:
        verdicts[plan.at] = _faults_of(plan)
        return
    verdicts[plan.at] = _Verdict("tahun-lain", Words(f"tahun {year}, bukan {tahun}", f"{year}, not {tahun}"))
    found = rules.TAHUN_TIDAK_DIHITUNG.at("tahun", str(year), tahun=tahun)
    yield plan.kantor.key, found.placed(plan.head.place, plan.file.file)


def _faults_of(plan: _Plan) -> _Verdict:
    count = plan.head.errors + plan.file.errors
    return _Verdict("salah", Words(f"{count} kesalahan", f"{count} error(s)"))


# --- versions ------------------------------------------------------------------------------------------


def _of_one_kind(plans: Iterable[_Plan]) -> Iterable[list[_Plan]]:
    kinds: dict[tuple[str, str], list[_Plan]] = defaultdict(list)
    for plan in plans:
        kinds[plan.kind].append(plan)
    return kinds.values()


def _judged(kind: list[_Plan], verdicts: dict[tuple[str, int], _Verdict]) -> Iterator[tuple[str, Finding]]:
    """What becomes of all that are one plan: its versions and their copies."""
    versions: dict[str, list[_Plan]] = defaultdict(list)
    for plan in sorted(kind, key=lambda plan: (plan.is_faulty, plan.at)):
        versions[plan.head.hash].append(plan)
    newer = _superseded(versions)
    rivals = [copies[0] for version, copies in versions.items() if version not in newer]
    rivals.sort(key=lambda plan: plan.at)
    for version, (first, *copies) in versions.items():
        if version in newer:
            yield _superseded_by(first, versions[newer[version]][0], verdicts)
        elif first.is_faulty:
            verdicts[first.at] = _faults_of(first)
        elif len(rivals) == 1:
            verdicts[first.at] = _Verdict("dipakai")
        else:
            others = ", ".join(plan.name for plan in rivals if plan.at != first.at)
            verdicts[first.at] = _Verdict(
                "perlu-dipilih", Words(f"versi lain: {others}", f"other versions: {others}")
            )
        for copy in copies:
            yield _copied_from(first, copy, verdicts)
    if len(rivals) > 1:
        yield _to_choose(rivals)


def _superseded(versions: Mapping[str, Sequence[_Plan]]) -> dict[str, str]:
    """Each version that an edited one was made from, over any number of steps, with the newest of these."""
    older = {
        version: {plan.head.base for plan in copies} & versions.keys() - {version}
        for version, copies in versions.items()
    }
    once = {base for bases in older.values() for base in bases}
    newest = sorted(
        (version for version in versions if version not in once), key=lambda one: versions[one][0].at
    )
    found: dict[str, str] = {}
    for version in newest:  # versions that supersede each other have none that is newest: they stay rivals
        waiting = [*older[version]]
        while waiting:
            base = waiting.pop()
            if base is not None and base not in found:
                found[base] = version
                waiting += older[base]
    return found


def _superseded_by(
    plan: _Plan, newer: _Plan, verdicts: dict[tuple[str, int], _Verdict]
) -> tuple[str, Finding]:
    verdicts[plan.at] = _Verdict(
        "digantikan", Words(f"digantikan {newer.name}", f"superseded by {newer.name}")
    )
    found = rules.DIGANTIKAN.at("unit", lain=newer.name, perintah=_exclude(newer, [plan]))
    return plan.kantor.key, found.placed(plan.head.place, plan.file.file)


def _copied_from(first: _Plan, copy: _Plan, verdicts: dict[tuple[str, int], _Verdict]) -> tuple[str, Finding]:
    same = Words(f"sama isinya dengan {first.name}", f"the same content as {first.name}")
    verdicts[copy.at] = _Verdict("salinan", same)
    found = rules.SALINAN.at("unit", lain=first.name)
    return copy.kantor.key, found.placed(copy.head.place, copy.file.file)


def _to_choose(rivals: Sequence[_Plan]) -> tuple[str, Finding]:
    """That several versions are there, and how to choose between them."""
    first = rivals[0]
    found = rules.PERLU_DIPILIH.at(
        "unit",
        first.unit,
        banyak=len(rivals),
        jabatan=first.head.jabatan or "-",
        tahun=first.head.tahun,
        berkas=", ".join(plan.name for plan in rivals),
        perintah=_exclude(first, rivals[1:]),
    )
    return first.kantor.key, found.placed(first.head.place, first.file.file)


def _exclude(plan: _Plan, others: Sequence[_Plan]) -> Words:
    """How to leave a plan out, and not the others."""
    file = plan.file.file
    if any(other.file.file == file for other in others):
        return Words(f"hapus lembarnya di {file}", f"delete its sheet in {file}")
    told = f"--exclude {typed(plan.pattern)}"
    return Words(told, told)


def _same_names(files: Iterable[FileHead]) -> Iterator[Finding]:
    """Files of one name in different folders, each name once."""
    names: dict[str, list[str]] = defaultdict(list)
    for file in files:
        if file.excluded is None:
            names[_name(file).casefold()].append(file.file)
    for first, *others in names.values():
        if others:
            more = len(others)
            lain = Words(f"{more} folder lain", f"{more} other folders") if more > 1 else Words(*others * 2)
            yield rules.NAMA_BERKAS_SAMA.at("", first.rpartition("/")[2], lain=lain).placed(None, first)


# --- units ---------------------------------------------------------------------------------------------


class _Judged(NamedTuple):
    """All plans with what becomes of them."""

    files: Sequence[FileHead]
    plans: Sequence[_Plan]
    verdicts: Mapping[tuple[str, int], _Verdict]
    tahun: int | None


class _Unit(NamedTuple):
    """An office: its name, and its plans in the order of their files."""

    kantor: Kantor
    name: str
    plans: Sequence[_Plan]
    wanted: Wanted | None

    @property
    def spellings(self) -> tuple[str, ...]:
        return tuple(sorted({plan.unit for plan in self.plans} - {self.name}))


def _assembled(judged: _Judged, own: list[tuple[str | None, Finding]], listed: Listed | None) -> Decision:
    units = list(_units(judged.plans, listed))
    status = {unit.kantor.key: _status(unit, judged.verdicts) for unit in units}
    own += _told_of_units(units, status, listed)
    numbers = {unit.kantor.key: number for number, unit in enumerate(units, 1)}
    units_of = {plan.at: numbers[plan.kantor.key] for plan in judged.plans if plan.unit}
    unit_of_file = {}
    for file in judged.files:
        of_one = {units_of.get((file.file, head.number)) for head in file.plans}
        if len(of_one) == 1 and (number := of_one.pop()) is not None:
            unit_of_file[file.file] = number
    told = [Own(None if key is None else numbers[key], finding) for key, finding in own]
    told.sort(key=lambda one: (one.finding.file or "", one.finding.place or (0, 0), one.finding.code))
    counts = _counts(judged, units_of, unit_of_file, told)
    counted = {at for at, verdict in judged.verdicts.items() if verdict.status == "dipakai"}
    return Decision(
        judged.tahun,
        tuple(
            _unit_row(unit, number, status[unit.kantor.key], counted, counts[number])
            for number, unit in enumerate(units, 1)
        ),
        tuple(_plan_rows(judged, units_of)),
        frozenset(counted),
        units_of,
        unit_of_file,
        tuple(told),
    )


def _units(plans: Iterable[_Plan], listed: Listed | None) -> Iterator[_Unit]:
    """The units in their order: that of the list, then by the region's code and the name."""
    by_key: dict[str, list[_Plan]] = defaultdict(list)
    for plan in plans:
        if plan.unit:
            by_key[plan.kantor.key].append(plan)
    for wanted in listed.units if listed is not None else ():
        kantor = kantor_of(wanted.unit)
        yield _Unit(kantor, wanted.unit, by_key.pop(kantor.key, ()), wanted)
    rest = [_Unit(of[0].kantor, _usual(plan.unit for plan in of), of, None) for of in by_key.values()]
    yield from sorted(rest, key=_order)


def _order(unit: _Unit) -> tuple[bool, bool, str, str, str]:
    kantor = unit.kantor
    return not kantor.nation, not kantor.kode, kantor.kode, unit.name.casefold(), unit.name


def _usual(spellings: Iterable[str]) -> str:
    """The most frequent spelling, of several the shortest."""
    counts = Counter(spellings)
    return min(counts, key=lambda one: (-counts[one], len(one), one))


def _status(unit: _Unit, verdicts: Mapping[tuple[str, int], _Verdict]) -> UnitStatus:
    statuses = {verdicts[plan.at].status for plan in unit.plans}
    if "dipakai" in statuses:
        return "masuk"
    of_unit: tuple[UnitStatus, ...] = ("perlu-dipilih", "salah", "tahun-lain")
    return next((one for one in of_unit if one in statuses), "belum")


_NOT_IN: Final[dict[UnitStatus, Words]] = {
    "perlu-dipilih": Words("versinya perlu dipilih", "one of its versions has to be chosen"),
    "salah": Words("rencananya memuat kesalahan", "its plan has errors"),
    "tahun-lain": Words("rencananya untuk tahun lain", "its plan is for another year"),
    "belum": Words("rencananya belum ada", "its plan is not there yet"),
}


def _told_of_units(
    units: Sequence[_Unit], status: Mapping[str, UnitStatus], listed: Listed | None
) -> Iterator[tuple[str, Finding]]:
    for unit in units:
        key = unit.kantor.key
        if unit.spellings and unit.plans:
            ejaan = ", ".join(f"“{one}”" for one in unit.spellings)
            other = next(plan for plan in unit.plans if plan.unit != unit.name)
            found = rules.EJAAN_UNIT.at("unit", unit.name, ejaan=ejaan)
            yield key, found.placed(other.head.place, other.file.file)
        if not unit.kantor.certain and unit.plans and re.search(r"\bkpu\b", unit.kantor.key):
            first = unit.plans[0]
            yield (
                key,
                rules.WILAYAH_TIDAK_PASTI.at("unit", unit.name).placed(first.head.place, first.file.file),
            )
    if listed is not None:
        yield from _against_list(units, status, listed)


def _against_list(
    units: Sequence[_Unit], status: Mapping[str, UnitStatus], listed: Listed
) -> Iterator[tuple[str, Finding]]:
    """Units of the list without a plan that counts, and units with plans that are not in the list."""
    beyond = {unit.name: unit for unit in units if unit.wanted is None}
    missing = {unit.name: unit for unit in units if status[unit.kantor.key] != "masuk" and unit.wanted}
    few = len(beyond) * len(missing) <= _COMPARED
    for unit in missing.values():
        key = unit.kantor.key
        line = unit.wanted.line if unit.wanted else 1
        found = rules.BELUM_MASUK.at(
            "", unit.name, sebab=_NOT_IN[status[key]], daftar=listed.file, place=_line(line)
        )
        yield key, found.placed(None, listed.file)
    for unit in beyond.values():
        first = unit.plans[0]
        meant = near(unit.name, missing) if few else None
        found = rules.DI_LUAR_DAFTAR.at("unit", unit.name, daftar=listed.file, suggestion=meant)
        yield unit.kantor.key, found.placed(first.head.place, first.file.file)


def _line(number: int) -> Place:
    return Place(number, 1)


# --- rows ----------------------------------------------------------------------------------------------


def _counts(
    judged: _Judged,
    units_of: Mapping[tuple[str, int], int],
    unit_of_file: Mapping[str, int],
    own: Iterable[Own],
) -> dict[int, tuple[int, int, int]]:
    """Errors, warnings and notes of each unit: of its plans, of files that are its alone, and our own."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for file in judged.files:
        for head in file.plans:
            number = units_of.get((file.file, head.number))
            if number is not None:
                _count(counts[number], head.errors, head.warnings, head.notes)
        if file.file in unit_of_file:
            _count(counts[unit_of_file[file.file]], file.errors, file.warnings, file.notes)
    for one in own:
        if one.unit_no is not None:
            severity = one.finding.severity
            _count(counts[one.unit_no], *(severity is kind for kind in Severity))
    return defaultdict(
        lambda: (0, 0, 0), {number: (one[0], one[1], one[2]) for number, one in counts.items()}
    )


def _count(counts: list[int], *more: int) -> None:
    for at, number in enumerate(more):
        counts[at] += number


def _unit_row(
    unit: _Unit, number: int, status: UnitStatus, counted: set[tuple[str, int]], counts: tuple[int, int, int]
) -> UnitRow:
    heads = [plan.head for plan in unit.plans if plan.at in counted]
    return UnitRow(
        number,
        unit.name,
        unit.spellings,
        unit.kantor.kode,
        unit.kantor.provinsi,
        status,
        len(heads),
        sum(head.sasaran for head in heads),
        sum(head.indikator for head in heads),
        sum(head.kegiatan for head in heads),
        sum(head.biaya for head in heads),
        added(NO_COSTS, *(head.costs for head in heads)),
        *counts,
    )


def _plan_rows(judged: _Judged, units_of: Mapping[tuple[str, int], int]) -> Iterator[PlanRow]:
    for file in judged.files:
        for head in file.plans:
            at = (file.file, head.number)
            verdict = judged.verdicts[at]
            yield PlanRow(
                file.file, file.form, head.number, units_of.get(at), " ".join(head.unit.split()),
                head.tahun or None, head.jabatan, verdict.status, verdict.because, head.kegiatan, head.biaya,
                head.errors, head.warnings, head.notes, head.place,
            )  # fmt: skip
        if not file.plans:
            verdict = _unread(file)
            yield PlanRow(
                file.file, file.form, None, None, "", None, "", verdict.status, verdict.because, 0, 0,
                file.errors, file.warnings, file.notes, None,
            )  # fmt: skip


def _unread(file: FileHead) -> _Verdict:
    if file.excluded is not None:
        return _Verdict("dikecualikan", Words(f"pola “{file.excluded}”", f"pattern “{file.excluded}”"))
    why = file.unreadable
    if why is None:
        return _Verdict("tidak-terbaca", Words("tidak berisi rencana", "it holds no plan"))
    return _Verdict("tidak-terbaca", Words(why.message("id"), why.message("en")))
