"""A folder as it comes together at a province or the nation: offices, and all that happens to their plans.

What becomes of each plan is decided here, when it is made; `Truth` says it.
"""

from __future__ import annotations

import csv
import io
import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from offices.faults import LAYOUT_OF, MAKERS, Planted, edited
from offices.plans import LAYOUTS, TAHUN, Office, Sums, ketua_plan, offices, plan_of, sums_of
from offices.writing import csv_of, input_sheet, official, resaved, yaml_of
from rak_excel import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rak_excel.findings import Rule
    from rak_excel.plan.consolidation import Status, UnitStatus
    from rak_excel.plan.model import Plan

FORMS: Final = (
    *("yaml", "isian", "resmi", "csv", "resmi-sunting", "yaml", "isian", "resmi-lain", "resmi", "csv"),
    *("yaml", "isian", "resmi", "csv", "resmi-sunting", "yaml", "isian-lain", "resmi", "csv"),
)
"""How plans are sent: `lain` was saved again by another program, `sunting` edited in it by hand."""
ENDINGS: Final = {"yaml": ".yaml", "csv": ".csv"}
WORDS: Final = {"yaml": "YAML", "csv": "CSV", "isian": "lembar isian", "resmi": "buku kerja"}
"""What the recapitulation calls a form."""
UNEDITED: Final = ("dua-pita", "kpu-tanpa-biaya", "target-triwulan")
"""Layouts in which no cost is edited by hand: there is none, or it has quarters of its own."""
EXCLUDED: Final = "*-konsep.*"
"""The pattern of what is to be left out."""


class Sent(NamedTuple):
    """One plan of one file (`number` from 0), the office it is of, and what becomes of it.

    `unit` is the office's name as it stands there; `plan` is `None` where it does not count for its faults.
    """

    file: str
    number: int
    form: str
    office: Office | None
    unit: str
    status: Status
    plan: Plan | None


@dataclass(frozen=True)
class Truth:
    """All that there is to know of a folder: its files, what became of each plan, what was planted where."""

    files: dict[str, bytes] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    planted: list[tuple[str, Planted]] = field(default_factory=list)
    expected: list[Office] = field(default_factory=list)
    """The offices that ought to have sent something: those of the list, `units`."""

    @property
    def counted(self) -> list[Sent]:
        """The plans that count."""
        return [one for one in self.sent if one.status == "dipakai"]

    def sums(self) -> dict[str, Sums]:
        """What each office comes to, by its name."""
        found: dict[str, Sums] = {one.name: Sums() for one in self.expected}
        for one in self.counted:
            assert one.office is not None
            assert one.plan is not None
            found[one.office.name] = found.get(one.office.name, Sums()).plus(sums_of(one.plan))
        return found

    def statuses(self) -> dict[str, UnitStatus]:
        """What is to be said of each office, by its name."""
        of_office: dict[str, set[Status]] = defaultdict(set)
        for one in self.sent:
            if one.office is not None:
                of_office[one.office.name].add(one.status)
        return {one.name: _unit_status(of_office[one.name]) for one in self.expected}

    def own(self, units: str) -> Iterator[tuple[Rule, str]]:
        """What adding up must tell besides: a rule, and the file it is told of; `units` is the list."""
        of_status = {
            "salinan": rules.SALINAN,
            "digantikan": rules.DIGANTIKAN,
            "tahun-lain": rules.TAHUN_TIDAK_DIHITUNG,
        }
        rivals: dict[str, list[str]] = defaultdict(list)
        files: dict[str, list[Sent]] = defaultdict(list)
        for one in sorted(self.sent):
            if one.status in of_status:
                yield of_status[one.status], one.file
            if one.office is not None:
                files[one.office.name].append(one)
                if one.status == "perlu-dipilih":
                    rivals[one.office.name].append(one.file)
        for several in rivals.values():
            yield rules.PERLU_DIPILIH, several[0]
        for office in self.expected:
            if self.statuses()[office.name] != "masuk":
                yield rules.BELUM_MASUK, units
            otherwise = [one.file for one in files[office.name] if one.unit != office.name]
            if otherwise:
                yield rules.EJAAN_UNIT, otherwise[0]
        names: dict[str, list[str]] = defaultdict(list)
        for file in sorted({one.file for one in self.sent if one.status != "dikecualikan"}):
            names[file.rpartition("/")[2]].append(file)
        for several in names.values():
            if len(several) > 1:
                yield rules.NAMA_BERKAS_SAMA, several[0]

    def units(self) -> bytes:
        """The list of the offices that ought to send, as CSV."""
        out = io.StringIO()
        csv.writer(out).writerows([("unit",), *((one.name,) for one in self.expected)])
        return out.getvalue().encode()

    def write(self, folder: Path) -> None:
        """Put all files in their places, and the list beside them."""
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _unit_status(statuses: set[Status]) -> UnitStatus:
    if "dipakai" in statuses:
        return "masuk"
    if "perlu-dipilih" in statuses:
        return "perlu-dipilih"
    if "salah" in statuses:
        return "salah"
    return "tahun-lain" if "tahun-lain" in statuses else "belum"


class Shares(NamedTuple):
    """How many of each there are in a folder."""

    faults: int
    copies: int
    versions: int
    ambiguous: int
    other_year: int
    missing: int
    excluded: int
    unreadable: int
    ketua: int

    @classmethod
    def usual(cls, count: int) -> Shares:
        """Five in a hundred are faulty, and one or two in a hundred meet with everything else."""
        some = max(1, count // 100)
        return cls(
            faults=max(12, count // 20),
            copies=2 * some,
            versions=2 * some,
            ambiguous=some,
            other_year=some,
            missing=2 * some,
            excluded=some,
            unreadable=2,
            ketua=2 * some,
        )


def made(count: int, seed: int = 1, begin: str = "", shares: Shares | None = None) -> Truth:
    """A folder of so many offices, always the same."""
    return _Folder(seed).fill(count, begin, shares or Shares.usual(count))


class _Folder:
    """A folder that is being filled."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.truth = Truth()
        self.layouts = cycle(LAYOUTS)
        self.forms = cycle(FORMS)

    def fill(self, count: int, begin: str, shares: Shares) -> Truth:
        """Have each office send what it sends."""
        every = list(islice(offices(begin), count))
        self.truth.expected.extend(every)
        mixed = self.chance.sample(every, len(every))
        left = iter(mixed)
        ways: list[tuple[int, Callable[[Office], None]]] = [
            (shares.missing, self.nothing),
            (shares.copies, self.copies),
            (shares.versions, self.versions),
            (shares.ambiguous, self.ambiguous),
            (shares.other_year, self.another_year),
            (shares.excluded, self.draft),
            (shares.ketua, self.ketua),
        ]
        for number, way in ways:
            for office in islice(left, number):
                way(office)
        kinds = self.kinds()
        for office in islice(left, shares.faults):
            self.faulty(office, *next(kinds))
        for office in left:
            self.plain(office)
        for number in range(shares.unreadable):
            self.unreadable(number)
        return self.truth

    # --- what an office sends --------------------------------------------------------------------------

    def plain(self, office: Office) -> None:
        """Its plan, in one of the forms."""
        form, layout = next(self.forms), next(self.layouts)
        if form == "resmi-sunting":
            data, plan = edited(self.plan(office, "kpu" if layout in UNEDITED else layout), self.chance)
        else:
            plan = self.plan(office, layout)
            data = self.drawn(plan, form)
        self.put(self.name(office, form), form, data, office, plan)

    def nothing(self, office: Office) -> None:
        """Nothing at all."""

    def faulty(self, office: Office, form: str, kind: str) -> None:
        """A plan with a fault."""
        plan = self.plan(office, LAYOUT_OF.get(kind) or self.chance.choice(("kpu", "kpu", "bulanan", "opd")))
        done = MAKERS[form][kind](plan, self.chance)
        name = self.name(office, form)
        status: Status = "dipakai" if done.counts is not None else "salah"
        self.put(name, form, done.data, office, done.counts, status, unit=plan.unit)
        self.truth.planted.extend((name, planted) for planted in done.planted)

    def kinds(self) -> Iterator[tuple[str, str]]:
        """Every kind of fault in every form, again and again; each kind once before any comes twice."""
        every = [(form, kind) for form, makers in MAKERS.items() for kind in makers]
        self.chance.shuffle(every)
        seen: dict[str, int] = defaultdict(int)
        turns = []
        for form, kind in every:
            turns.append((seen[kind], form, kind))
            seen[kind] += 1
        return cycle((form, kind) for _, form, kind in sorted(turns, key=lambda turn: turn[0]))

    def copies(self, office: Office) -> None:
        """Its plan, and the same again: the very file in another folder, or built into a workbook."""
        plan = self.plan(office, "kpu")
        name = self.name(office, "yaml")
        other, form, data = f"kiriman-ulang/{name}", "yaml", yaml_of(plan).data
        if self.chance.random() < 0.5:
            other, form, data = name.replace(".yaml", ".xlsx"), "resmi", official(plan)
        first = min(name, other)  # of equals the first by its name counts
        self.put(name, "yaml", yaml_of(plan).data, office, plan, "dipakai" if name == first else "salinan")
        self.put(other, form, data, office, plan, "dipakai" if other == first else "salinan")

    def versions(self, office: Office) -> None:
        """A workbook that was built, then edited: beside its source, and at times edited twice over."""
        plan = self.plan(office, "kpu")
        name = self.name(office, "yaml")
        self.put(name, "yaml", yaml_of(plan).data, office, plan, "digantikan")
        data, newer = edited(plan, self.chance)
        stem = name.removesuffix(".yaml")
        if self.chance.random() < 0.5:
            self.put(f"{stem}-revisi.xlsx", "resmi", data, office, newer)
            return
        self.put(f"{stem}-revisi.xlsx", "resmi", data, office, newer, "digantikan")
        data, newest = edited(newer, self.chance)
        self.put(f"{stem}-revisi-2.xlsx", "resmi", data, office, newest)

    def ambiguous(self, office: Office) -> None:
        """Two plans of which nobody can say which is the newer."""
        for number in (1, 2):
            plan = plan_of(office, "kpu", f"{self.seed} versi {number}")
            name = self.name(office, "yaml").replace(".yaml", f"-{number}.yaml")
            self.put(name, "yaml", yaml_of(plan).data, office, plan, "perlu-dipilih")

    def another_year(self, office: Office) -> None:
        """The plan of the year before, beside this year's or alone."""
        plan = self.plan(office, "kpu")
        old = replace(plan_of(office, "kpu", f"{self.seed} lama"), tahun=TAHUN - 1)
        signed = tuple(
            replace(one, tanggal=one.tanggal.replace(str(TAHUN), str(TAHUN - 1))) for one in old.penandatangan
        )
        old = replace(old, penandatangan=signed)
        name = self.name(office, "yaml")
        if self.chance.random() < 0.7:
            self.put(name, "yaml", yaml_of(plan).data, office, plan)
        self.put(
            name.replace(".yaml", f"-{old.tahun}.yaml"), "yaml", yaml_of(old).data, office, old, "tahun-lain"
        )

    def draft(self, office: Office) -> None:
        """Its plan, and a draft that is to be left out by its name."""
        self.plain(office)
        plan = plan_of(office, "kpu", f"{self.seed} konsep")
        name = self.name(office, "yaml").replace(".yaml", "-konsep.yaml")
        self.put(name, "yaml", yaml_of(plan).data, None, plan, "dikecualikan")

    def ketua(self, office: Office) -> None:
        """Two plans, the Sekretaris's and the Ketua's, in one file or in two."""
        plan, other = self.plan(office, "kpu"), ketua_plan(office, "kpu", str(self.seed))
        way = self.chance.choice(("one text", "one workbook", "two files"))
        if way == "two files":
            self.put(self.name(office, "csv"), "csv", csv_of(plan).data, office, plan)
            name = self.name(office, "yaml").replace(".yaml", "-ketua.yaml")
            self.put(name, "yaml", yaml_of(other).data, office, other)
            return
        form = "yaml" if way == "one text" else "resmi"
        data = yaml_of(plan, None, other).data if form == "yaml" else official(plan, other)
        name = self.name(office, form)
        self.put(name, form, data, office, plan)
        self.put(name, form, data, office, other, number=1)

    def unreadable(self, number: int) -> None:
        """A file that is damaged, or is not what its name says."""
        whole = official(plan_of(self.truth.expected[0], "kpu", "rusak"))
        data = whole[: len(whole) // 2] if number % 2 else b"bukan buku kerja"
        name, rule = (
            f"dari-surel/rusak-{number + 1}.xlsx",
            rules.BUKU_KERJA_RUSAK if number % 2 else rules.BUKAN_BUKU_KERJA,
        )
        self.put(name, "", data, None, None, "tidak-terbaca")
        self.truth.planted.append((name, Planted("berkas-rusak", rule)))

    # --- putting it there ------------------------------------------------------------------------------

    def plan(self, office: Office, layout: str) -> Plan:
        """A plan of this office, which at times spells its own name otherwise."""
        plan = plan_of(office, layout, str(self.seed))
        dice = self.chance.random()
        if dice < 0.06:
            return replace(plan, unit=plan.unit.upper())
        return replace(plan, unit=plan.unit.replace("Kabupaten", "Kab.")) if dice < 0.12 else plan

    def name(self, office: Office, form: str) -> str:
        """Where it lies: in a folder of its province; some have a folder of their own, all with one name."""
        ending = ENDINGS.get(form, ".xlsx")
        province = office.provinsi.lower().replace(" ", "-")
        if sum(map(ord, office.name)) % 11 == 0:
            return f"{province}/{office.stem}/rak{ending}"
        return f"{province}/{office.stem}{ending}"

    def drawn(self, plan: Plan, form: str) -> bytes:
        """A plan in a form."""
        if form == "yaml":
            return yaml_of(plan).data
        if form == "csv":
            return csv_of(plan, separator=self.chance.choice(",;")).data
        data = input_sheet(plan) if form.startswith("isian") else official(plan)
        return resaved(data) if form.endswith("lain") else data

    def put(
        self,
        name: str,
        form: str,
        data: bytes,
        office: Office | None,
        plan: Plan | None,
        status: Status = "dipakai",
        number: int = 0,
        unit: str = "",
    ) -> None:
        """A plan of a file, with what becomes of it."""
        self.truth.files[name] = data
        words = WORDS.get(form.partition("-")[0], "")
        named = unit or (plan.unit if plan is not None else "")
        self.truth.sent.append(Sent(name, number, words, office, named, status, plan))


def plain(begin: int, end: int, seed: int = 1) -> Truth:
    """Plans without any fault, of the offices numbered from `begin` up to `end`, in mixed forms."""
    folder = _Folder(seed + begin)
    for office in islice(offices(), begin, end):
        folder.truth.expected.append(office)
        folder.plain(office)
    return folder.truth
