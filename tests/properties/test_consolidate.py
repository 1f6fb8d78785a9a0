"""The laws of adding up many plans: every sum is that of its parts, and nothing counts twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rak_excel.digest import Digest
from rak_excel.plan.canonical import content_hash
from rak_excel.plan.consolidate import consolidate, head
from rak_excel.plan.kantor_unit import jabatan_of, kantor_of
from rak_excel.plan.model import BANDS, SCHEDULES, Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.plan.per_triwulan import costs_of, split, spread, weights
from rak_excel.plan.values import BERSAMA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rak_excel.plan.consolidation import Consolidation
    from rak_excel.plan.model import Biaya, Period
    from rak_excel.plan.per_triwulan import Quarters

UNITS: Final = (
    "KPU Kabupaten Lahat",
    "Sekretariat KPU Kab. Lahat",
    "KIP Kabupaten Pidie",
    "KPU Bandung",
    "KPU RI",
)


# texts and names of a few spellings each, so that much of it meets
GOALS: Final = ("Terwujudnya layanan", "Terwujudnya  layanan\n", "Layanan KPU Kabupaten Lahat", "")
DOERS: Final = ("Sub Bagian Umum & Logistik", "Subbag. Umum dan Logistik", "Hukum", "")
JABATAN: Final = ("Sekretaris", "Plt. Sekretaris", "Ketua")

amounts: Final = st.one_of(st.integers(0, 9), st.integers(0, 10**15 - 1))
costs: Final[st.SearchStrategy[Biaya]] = st.one_of(amounts, st.none(), st.just(BERSAMA), st.just(""))
values: Final[st.SearchStrategy[Period]] = st.sampled_from([True, False, "25", "0", "", "-", "rapat"])


def band(count: int) -> st.SearchStrategy[tuple[Period, ...]]:
    return st.lists(values, min_size=count, max_size=count).map(tuple)


@st.composite
def kegiatan(draw: st.DrawFn, schedule: str) -> Kegiatan:
    """An activity with a schedule of its plan's band, and perhaps with money of each quarter."""
    biaya = draw(costs)
    money: tuple[Period, ...] = ()
    if isinstance(biaya, int) and draw(st.booleans()):
        parts = split(biaya + draw(st.integers(0, 1)), draw(st.tuples(*[st.integers(0, 1)] * 4)))
        money = tuple(str(part) for part in parts[:4])
    bands = {schedule: draw(band(BANDS[schedule])), "anggaran_triwulan": money}
    return replace(
        Kegiatan("Rapat", "100", biaya=biaya, pelaksana=draw(st.sampled_from(DOERS))),
        **bands,  # type: ignore[arg-type]  # bands alone
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of one of a few offices, whatever a check would say of it."""
    rows = st.lists(kegiatan(draw(st.sampled_from(SCHEDULES))), min_size=1, max_size=3).map(tuple)
    parts = st.lists(st.builds(Indikator, uraian=st.just("I"), kegiatan=rows), min_size=1, max_size=2)
    goals = st.builds(Sasaran, uraian=st.sampled_from(GOALS), indikator=parts.map(tuple))
    return Plan(
        draw(st.sampled_from((2026, 2026, 2026, 2025))),
        draw(st.sampled_from(UNITS)),
        tuple(draw(st.lists(goals, min_size=1, max_size=2))),
        (Penandatangan(draw(st.sampled_from(JABATAN)), "SARJANI"),),
    )


@st.composite
def folders(draw: st.DrawFn) -> tuple[Digest, ...]:
    """Files of one or two plans, some of them copies, some built from another and edited."""
    several = draw(st.lists(plans(), min_size=1, max_size=6))
    files: list[Digest] = []
    for number, plan in enumerate(several):
        base = draw(st.sampled_from([None, *several]))
        again = draw(st.sampled_from([plan, *several]))
        held = (plan, again) if draw(st.booleans()) else (plan,)
        files.append(file(f"{number:02}.yaml", held, base))
    return tuple(files)


def file(name: str, plans: tuple[Plan, ...], base: Plan | None = None) -> Digest:
    nothing = (None,) * len(plans)
    bases = nothing if base is None else (content_hash((base,)),) * len(plans)
    hashes = tuple(content_hash((plan,)) for plan in plans)
    return Digest(
        name, "YAML", plans=plans, hashes=hashes, bases=bases, units=nothing, places=((),) * len(plans)
    )


def added(files: Sequence[Digest]) -> Consolidation:
    return consolidate([head(one) for one in files], lambda: files)


def all_of(made: Consolidation) -> tuple[Any, ...]:
    tables = (made.tahun, made.units, made.plans, made.pelaksana, made.sasaran, made.triwulan, made.own)
    return (*tables, list(made.rows()), list(made.findings()))


law: Final = settings(deadline=None, suppress_health_check=list(HealthCheck))


@law
@given(folders())
def test_every_way_to_add_up_comes_to_the_same(files: tuple[Digest, ...]) -> None:
    made = added(files)
    rows = list(made.rows())
    plans = {(one.file, number): plan for one in files for number, plan in enumerate(one.plans)}
    counted = [plans[one.file, one.number or 0] for one in made.plans if one.status == "dipakai"]
    total = sum(plan.jumlah_biaya for plan in counted)

    assert total == sum(row.biaya or 0 for row in rows) == made.biaya
    assert [sum(one.biaya for one in of) for of in (made.units, made.pelaksana, made.sasaran)] == [total] * 3
    assert sum(one.biaya for one in made.triwulan) == total
    assert len(rows) == made.kegiatan == sum(1 for plan in counted for _ in plan.kegiatan)
    assert [sum(one.kegiatan for one in of) for of in (made.units, made.pelaksana, made.sasaran)] == [
        len(rows)
    ] * 3
    assert sum(one.indikator for one in made.sasaran) == sum(one.indikator for one in made.units)
    for quarter in range(5):
        of_quarter = [costs_of(plan)[quarter] for plan in counted]
        assert sum(of_quarter) == made.triwulan[quarter].biaya
        assert sum(of_quarter) == sum(one.costs[quarter] for one in made.units)
        assert sum(of_quarter) == sum(one.costs[quarter] for one in made.pelaksana)


@law
@given(folders(), st.randoms(use_true_random=False))
def test_the_order_of_the_files_changes_nothing(files: tuple[Digest, ...], chance: Any) -> None:
    shuffled = list(files)
    chance.shuffle(shuffled)
    before = added(files)
    after = consolidate([head(one) for one in shuffled], lambda: files)

    assert all_of(after) == all_of(before)


@law
@given(folders())
def test_a_plan_counts_once_at_most_and_no_plan_is_left_unsaid(files: tuple[Digest, ...]) -> None:
    made = added(files)
    kinds = [
        (kantor_of(one.unit).key, jabatan_of(one.jabatan), one.tahun)
        for one in made.plans
        if one.status == "dipakai"
    ]

    assert len(kinds) == len(set(kinds))
    assert len(made.plans) == sum(len(one.plans) for one in files)
    assert all(one.because.id for one in made.plans if one.status != "dipakai")


@law
@given(folders(), st.integers(0, 5), st.sampled_from(["00-.yaml", "zz.yaml"]))
def test_a_copy_of_a_file_changes_no_sum(files: tuple[Digest, ...], which: int, name: str) -> None:
    copied = replace(files[which % len(files)], file=name)
    before, after = added(files), added((*files, copied))

    def sums(made: Consolidation) -> tuple[Any, ...]:
        units = [one._replace(warnings=0, notes=0, unit="", spellings=()) for one in made.units]
        return made.tahun, units, made.pelaksana, made.sasaran, made.triwulan

    assert sums(after) == sums(before)


@given(st.integers(0, 10**18), st.tuples(*[st.integers(0, 3)] * 4))
def test_splitting_a_cost_loses_no_rupiah(amount: int, periods: Quarters) -> None:
    parts = split(amount, periods)

    assert sum(parts) == amount
    assert min(parts) >= 0
    assert all(period or not part for part, period in zip(parts, periods, strict=False))
    assert (parts[4] == amount) if not any(periods) else (parts[4] == 0)


@law
@given(plans())
def test_every_cost_of_a_plan_is_spread_whole(plan: Plan) -> None:
    told = list(spread(plan))

    assert [one.kegiatan for one in told] == list(plan.kegiatan)
    for one in told:
        biaya = one.kegiatan.biaya
        assert sum(one.costs) == (biaya if isinstance(biaya, int) else 0)
        assert min(weights(one.kegiatan)) >= 0
