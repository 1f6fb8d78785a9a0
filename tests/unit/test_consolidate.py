"""Which plans count and why others do not, and what those that count come to."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, Final

import pytest

import rak_excel
from rak_excel import rules
from rak_excel.digest import Digest
from rak_excel.findings import Place, Severity
from rak_excel.plan.canonical import content_hash
from rak_excel.plan.consolidate import consolidate, differences, head, listed
from rak_excel.plan.consolidation import FileHead
from rak_excel.plan.deciding import Listed, Wanted, decide
from rak_excel.plan.model import Indikator, Kegiatan, Penandatangan, Plan, Sasaran

if TYPE_CHECKING:
    from pathlib import Path

    from rak_excel.findings import Finding, Rule
    from rak_excel.plan.consolidation import Consolidation
    from rak_excel.plan.deciding import Decision

LAHAT: Final = "KPU Kabupaten Lahat"
JAMBI: Final = "KPU Kota Jambi"
PIDIE: Final = "KIP Kabupaten Pidie"
FIRST: Final = (True, False, False, False)
LAST: Final = (False, False, False, True)


def kegiatan(biaya: int | None = 100, pelaksana: str = "Umum", uraian: str = "Rapat") -> Kegiatan:
    return Kegiatan(uraian, "100", FIRST, biaya, pelaksana)


def plan(
    unit: str = LAHAT,
    *rows: Kegiatan,
    tahun: int = 2026,
    jabatan: str = "Ketua",
    sasaran: str = "Terwujudnya layanan",
) -> Plan:
    goals = (Sasaran(sasaran, (Indikator("Persentase layanan", rows or (kegiatan(),)),)),)
    return Plan(tahun, unit, goals, (Penandatangan(jabatan, "SARJANI"),))


def file(
    name: str, *plans: Plan, base: Plan | None = None, findings: tuple[tuple[int | None, Finding], ...] = ()
) -> Digest:
    """A file as it was read; each kegiatan stands in a line of its own."""
    places = tuple(tuple(Place(10 + at, 3) for at, _ in enumerate(one.kegiatan)) for one in plans)
    return Digest(
        name,
        "YAML",
        "",
        plans,
        tuple(content_hash((one,)) for one in plans),
        tuple(None if base is None else content_hash((base,)) for _ in plans),
        tuple(Place(2, 7) for _ in plans),
        places,
        tuple(finding.placed(Place(5, 1), name) for _, finding in findings),
        tuple(owner for owner, _ in findings),
        ((),) * len(findings),
    )


def fault(owner: int | None = 0) -> tuple[tuple[int | None, Finding], ...]:
    return ((owner, rules.KEGIATAN_BERULANG.at("", "Rapat", lain="x")), (owner, _error()))


def _error() -> Finding:
    return rules.BERKAS_KOSONG.at()


def decided(*files: Digest, wanted: Listed | None = None) -> Decision:
    return decide([head(one) for one in files], wanted)


def statuses(made: Decision) -> dict[str, str]:
    """What becomes of the first plan of each file."""
    return {one.file: one.status for one in made.plans if not one.number}


def codes(made: Decision) -> list[str]:
    return sorted(one.finding.code for one in made.own)


def found(made: Decision, rule: Rule) -> Finding:
    """The only finding of a rule."""
    [one] = [own.finding for own in made.own if own.finding.rule is rule]
    return one


def added(*files: Digest, wanted: Listed | None = None) -> Consolidation:
    return consolidate([head(one) for one in files], lambda: files, wanted)


# --- versions and copies ----------------------------------------------------------------------------------


def test_of_two_files_of_one_content_one_counts() -> None:
    made = decided(file("b.yaml", plan()), file("a.yaml", plan()))

    assert statuses(made) == {"a.yaml": "dipakai", "b.yaml": "salinan"}
    assert codes(made) == ["RAK601"]
    assert made.own[0].finding.file == "b.yaml"
    assert made.own[0].finding.place == Place(2, 7)


def test_what_was_made_from_a_plan_and_edited_supersedes_it() -> None:
    old, new = plan(), plan(LAHAT, kegiatan(200))
    made = decided(file("a.yaml", old), file("a.xlsx", new, base=old))

    assert statuses(made) == {"a.yaml": "digantikan", "a.xlsx": "dipakai"}
    assert codes(made) == ["RAK602"]


def test_edits_may_follow_each_other() -> None:
    first, second, third = (plan(LAHAT, kegiatan(n)) for n in (1, 2, 3))
    made = decided(
        file("3.xlsx", third, base=second), file("1.yaml", first), file("2.xlsx", second, base=first)
    )

    assert statuses(made) == {"1.yaml": "digantikan", "2.xlsx": "digantikan", "3.xlsx": "dipakai"}


def test_a_gap_in_the_chain_leaves_it_to_the_user() -> None:
    first, second, third = (plan(LAHAT, kegiatan(n)) for n in (1, 2, 3))
    made = decided(file("1.yaml", first), file("3.xlsx", third, base=second))

    assert set(statuses(made).values()) == {"perlu-dipilih"}


def test_two_versions_that_nothing_ties_together_do_not_count() -> None:
    made = decided(
        file("a.yaml", plan()), file("b.yaml", plan(LAHAT, kegiatan(200))), file("j.yaml", plan(JAMBI))
    )
    [own] = made.own

    assert statuses(made) == {"a.yaml": "perlu-dipilih", "b.yaml": "perlu-dipilih", "j.yaml": "dipakai"}
    assert own.finding.rule is rules.PERLU_DIPILIH
    assert "a.yaml, b.yaml" in own.finding.message()
    assert "--exclude a.yaml" in own.finding.hint()
    assert [(unit.unit, unit.status) for unit in made.units] == [(JAMBI, "masuk"), (LAHAT, "perlu-dipilih")]


def test_two_edits_of_one_plan_supersede_it_and_are_to_be_chosen_from() -> None:
    old = plan()
    one, other = (file(f"{n}.xlsx", plan(LAHAT, kegiatan(n)), base=old) for n in (1, 2))

    assert statuses(decided(file("a.yaml", old), one, other)) == {
        "a.yaml": "digantikan", "1.xlsx": "perlu-dipilih", "2.xlsx": "perlu-dipilih",
    }  # fmt: skip


def test_versions_that_supersede_each_other_are_to_be_chosen_from() -> None:
    one, other = plan(), plan(LAHAT, kegiatan(200))
    made = decided(file("a.xlsx", one, base=other), file("b.xlsx", other, base=one))

    assert set(statuses(made).values()) == {"perlu-dipilih"}


def test_a_newer_version_with_errors_does_not_bring_the_older_one_back() -> None:
    old = plan()
    made = decided(file("a.yaml", old), file("b.xlsx", plan(LAHAT, kegiatan(2)), base=old, findings=fault()))

    assert statuses(made) == {"a.yaml": "digantikan", "b.xlsx": "salah"}
    assert made.units[0].status == "salah"


def test_a_version_that_may_be_newer_and_has_errors_leaves_it_to_the_user() -> None:
    made = decided(file("a.yaml", plan()), file("b.yaml", plan(LAHAT, kegiatan(2)), findings=fault()))

    assert statuses(made) == {"a.yaml": "perlu-dipilih", "b.yaml": "salah"}
    assert "RAK603" in codes(made)


def test_the_command_that_leaves_a_version_out_names_no_other_file() -> None:
    versions = [file(f"{folder}/rak [1].yaml", plan(LAHAT, kegiatan(n))) for n, folder in enumerate("ab")]
    choose = found(decided(*versions), rules.PERLU_DIPILIH)

    assert '--exclude "a/rak [[]1].yaml"' in choose.hint()


def test_two_versions_in_one_file_are_told_by_their_sheets() -> None:
    both = file("a.xlsx", plan(), plan(LAHAT, kegiatan(2)))
    both = replace(both, units=(Place(4, 1, "RAK"), Place(4, 1, "RAK (2)")))
    choose = found(decided(both), rules.PERLU_DIPILIH)

    assert "a.xlsx[RAK], a.xlsx[RAK (2)]" in choose.message()
    assert "--exclude" not in choose.hint()


def test_a_plan_of_the_chairman_and_one_of_the_secretary_count_both() -> None:
    made = decided(
        file("a.yaml", plan()), file("b.yaml", plan("Sekretariat KPU Kab. Lahat", jabatan="Sekretaris"))
    )

    assert [(unit.unit, unit.rencana, unit.spellings) for unit in made.units] == [
        (LAHAT, 2, ("Sekretariat KPU Kab. Lahat",))
    ]
    assert codes(made) == ["RAK608"]


def test_the_secretary_has_one_plan_under_whichever_name_of_the_unit() -> None:
    """Both counted, the sum of the office would be twice what it is."""
    made = decided(
        file("a.yaml", plan(jabatan="Sekretaris")),
        file("b.yaml", plan(f"Sekretariat {LAHAT}", jabatan="Plt. Sekretaris")),
    )

    assert set(statuses(made).values()) == {"perlu-dipilih"}
    assert codes(made) == ["RAK603", "RAK608", "RAK616"]


# --- errors, years, files ---------------------------------------------------------------------------------


def test_a_plan_with_an_error_does_not_count_and_the_other_of_its_file_does() -> None:
    made = decided(file("a.yaml", plan(), plan(JAMBI), findings=fault(1)))

    assert [(one.unit, one.status) for one in made.plans] == [(LAHAT, "dipakai"), (JAMBI, "salah")]


def test_an_error_of_no_plan_counts_for_all_of_the_file() -> None:
    made = decided(file("a.yaml", plan(), plan(JAMBI), findings=fault(None)))

    assert {one.status for one in made.plans} == {"salah"}
    assert codes(made) == ["RAK616"]


def test_the_year_of_most_plans_counts() -> None:
    made = decided(
        file("a.yaml", plan(tahun=2025)), file("b.yaml", plan(JAMBI, tahun=2025)), file("c.yaml", plan(PIDIE))
    )

    assert made.tahun == 2025
    assert statuses(made)["c.yaml"] == "tahun-lain"
    assert codes(made) == ["RAK604"]
    assert [unit.status for unit in made.units if unit.unit == PIDIE] == ["tahun-lain"]


def test_copies_and_versions_have_one_vote_for_the_year() -> None:
    old = [file(f"{n}.yaml", plan(PIDIE, kegiatan(n % 2), tahun=2025)) for n in range(5)]
    made = decided(*old, file("a.yaml", plan()), file("b.yaml", plan(JAMBI)))

    assert made.tahun == 2026


def test_of_years_with_as_many_plans_the_newest_counts_and_it_is_an_error() -> None:
    made = decided(file("a.yaml", plan(tahun=2025)), file("b.yaml", plan(JAMBI)))

    assert made.tahun == 2026
    assert codes(made) == ["RAK604", "RAK605"]


def test_a_file_that_is_left_out_or_cannot_be_read_says_why() -> None:
    unreadable = file("x.xlsx", findings=((None, rules.BERKAS_KOSONG.at()),))
    made = decide([FileHead("b.yaml", "", (), excluded="b*"), head(unreadable), head(file("a.yaml", plan()))])

    assert statuses(made) == {"a.yaml": "dipakai", "b.yaml": "dikecualikan", "x.xlsx": "tidak-terbaca"}
    assert [one.because.id for one in made.plans] == ["", "pola “b*”", "berkas tidak berisi rencana"]


def test_a_plan_without_unit_or_year_is_of_no_unit() -> None:
    nameless = file("a.yaml", replace(plan(), unit=""), findings=fault())
    timeless = file("b.yaml", replace(plan(JAMBI), tahun=0), findings=fault())
    made = decided(nameless, timeless)

    assert [(one.status, one.unit_no) for one in made.plans] == [("salah", None), ("salah", 1)]
    assert made.tahun is None


def test_files_of_one_name_in_different_folders_are_told_once() -> None:
    made = decided(*(file(f"{n}/Rak.yaml", plan(unit)) for n, unit in enumerate((LAHAT, JAMBI, PIDIE))))

    assert codes(made) == ["RAK610"]
    assert "2 folder lain" in made.own[0].finding.message()


def test_an_office_whose_region_is_not_certain_is_told() -> None:
    assert codes(decided(file("a.yaml", plan("KPU Bandung")), file("b.yaml", plan("Dinas Kesehatan")))) == [
        "RAK619"
    ]


# --- the list of units ------------------------------------------------------------------------------------

LIST: Final = Listed("unit.csv", (Wanted(PIDIE, 2), Wanted("KPU Kab. Lahat", 3)))


def test_a_unit_of_the_list_without_a_plan_is_missing_and_has_its_row() -> None:
    made = decided(file("a.yaml", plan()), wanted=LIST)
    missing = next(one for one in made.own if one.finding.rule is rules.BELUM_MASUK)

    assert [(unit.no, unit.unit, unit.status) for unit in made.units] == [
        (1, PIDIE, "belum"),
        (2, "KPU Kab. Lahat", "masuk"),
    ]
    assert (missing.unit_no, missing.finding.file, missing.finding.place) == (1, "unit.csv", Place(2, 1))


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ([], "belum ada"),
        ([file("p.yaml", plan(PIDIE, tahun=2025))], "tahun lain"),
        ([file("p.yaml", plan(PIDIE), findings=fault())], "kesalahan"),
        ([file(f"{n}.yaml", plan(PIDIE, kegiatan(n))) for n in (1, 2)], "perlu dipilih"),
    ],
)
def test_a_missing_unit_says_what_is_the_matter(files: list[Digest], why: str) -> None:
    made = decided(file("a.yaml", plan()), file("j.yaml", plan(JAMBI)), *files, wanted=LIST)

    assert why in found(made, rules.BELUM_MASUK).message()


def test_a_unit_that_is_not_in_the_list_counts_and_is_told_with_the_name_that_was_meant() -> None:
    wanted = Listed("unit.csv", (Wanted("Dinas Kesehatan", 2),))
    made = decided(file("a.yaml", plan("Dinas Kesehatn")), wanted=wanted)

    assert [unit.status for unit in made.units] == ["belum", "masuk"]
    assert found(made, rules.DI_LUAR_DAFTAR).suggestion == "Dinas Kesehatan"


def test_a_list_is_read_by_office_and_what_is_wrong_with_it_is_told() -> None:
    units, told = listed(
        "unit.csv", [(2, " KPU  Kabupaten Lahat"), (3, " "), (4, "Sekretariat KPU Kab. Lahat")]
    )

    assert units.units == (Wanted(LAHAT, 2),)
    assert [(one.code, one.place) for one in told] == [("RAK613", Place(3, 1)), ("RAK614", Place(4, 1))]


def test_units_stand_in_the_order_of_their_regions() -> None:
    names = ("Dinas Kesehatan", LAHAT, "KPU RI", JAMBI, PIDIE, "KPU Provinsi Aceh")
    made = decided(*(file(f"{n}.yaml", plan(name)) for n, name in enumerate(names)))

    assert [unit.unit for unit in made.units] == [
        "KPU RI", "KPU Provinsi Aceh", PIDIE, JAMBI, LAHAT, "Dinas Kesehatan",
    ]  # fmt: skip


# --- sums -------------------------------------------------------------------------------------------------


def test_activities_stream_with_their_unit_their_quarters_and_their_place() -> None:
    shared = replace(kegiatan(), biaya="bersama", triwulan=LAST)
    made = added(
        file("masuk/a.yaml", plan("Sekretariat KPU Kab. Lahat", kegiatan(100), shared, kegiatan(None)))
    )
    rows = list(made.rows())

    assert [(row.jenis_biaya, row.biaya, row.biaya_t1, row.biaya_t4) for row in rows] == [
        ("jumlah", 100, 50, 50), ("bersama", None, 0, 0), ("nihil", None, 0, 0),
    ]  # fmt: skip
    assert [(row.t1, row.t4, row.jadwal) for row in rows[:2]] == [
        (True, False, "TW I"),
        (False, True, "TW IV"),
    ]
    assert [(row.berkas, row.lembar, row.sel) for row in rows[:2]] == [
        ("masuk/a.yaml", "", "10"),
        ("masuk/a.yaml", "", "11"),
    ]
    assert (rows[0].no_unit, rows[0].kode_wilayah, rows[0].provinsi) == (1, "16.04", "Sumatera Selatan")
    assert [row.no_kegiatan for row in rows] == [1, 2, 3]


def test_a_cell_is_named_as_excel_names_it() -> None:
    one = replace(file("a.xlsx", plan()), places=((Place(9, 5, "RAK 2026"),),))
    [row] = added(one).rows()

    assert (row.lembar, row.sel) == ("RAK 2026", "E9")


def test_only_what_counts_is_added_up() -> None:
    made = added(
        file("a.yaml", plan()),
        file("a-copy.yaml", plan()),
        file("b.yaml", plan(JAMBI), findings=fault()),
        file("c.yaml", plan(PIDIE, kegiatan(7))),
    )

    assert (made.biaya, made.kegiatan, sum(row.biaya or 0 for row in made.rows())) == (107, 2, 107)


def test_units_in_charge_are_folded_and_all_their_spellings_shown() -> None:
    names = ("Sub Bagian Umum & Logistik", "Subbag. Umum dan Logistik", "Sub Bagian Umum & Logistik", "Hukum")
    made = added(
        file("a.yaml", plan(LAHAT, *(kegiatan(n + 1, name, f"R{n}") for n, name in enumerate(names))))
    )
    first = made.pelaksana[0]

    assert (first.pelaksana, first.spellings) == (names[0], ((names[0], 2), (names[1], 1)))
    assert (first.kegiatan, first.biaya) == (3, 6)
    assert [made.pelaksana_no(name) for name in names] == [1, 1, 1, 2]


def test_texts_of_sasaran_are_joined_by_white_space_alone_and_near_ones_proposed() -> None:
    texts = ("Terwujudnya layanan KPU", "Terwujudnya  layanan\nKPU", f"Terwujudnya layanan {PIDIE}")
    made = added(
        *(
            file(f"{n}.yaml", plan(unit, sasaran=text))
            for n, (unit, text) in enumerate(zip((LAHAT, JAMBI, PIDIE), texts, strict=True))
        )
    )

    assert [(one.sasaran, one.units, one.biaya, one.like, one.likeness) for one in made.sasaran] == [
        (texts[0], 2, 200, None, 0.0), (texts[2], 1, 100, 1, 1.0),
    ]  # fmt: skip
    assert made.sasaran_no(texts[1]) == 1


def test_quarters_count_what_is_scheduled_in_them_and_what_has_none() -> None:
    never = replace(kegiatan(7, uraian="R2"), triwulan=())
    every = replace(kegiatan(8, uraian="R3"), triwulan=(True,) * 4)
    made = added(file("a.yaml", plan(LAHAT, kegiatan(1), never, every)), file("b.yaml", plan(JAMBI)))

    assert [tuple(one) for one in made.triwulan] == [
        (1, 3, 2, 103), (2, 1, 1, 2), (3, 1, 1, 2), (4, 1, 1, 2), (0, 1, 1, 7),
    ]  # fmt: skip


def test_a_quarterly_budget_that_does_not_add_up_is_a_warning_at_its_kegiatan() -> None:
    one = replace(kegiatan(), anggaran_triwulan=("1", "", "", ""))
    made = added(file("a.yaml", plan(LAHAT, kegiatan(uraian="A"), one)))
    [told] = [row for row in made.findings() if row.finding.rule is rules.ANGGARAN_BERBEDA]

    assert (told.unit_no, told.finding.file, told.finding.place) == (1, "a.yaml", Place(11, 3))
    assert made.units[0].warnings == 1


def test_every_finding_streams_with_its_unit_and_is_counted_there() -> None:
    made = added(
        file("a.yaml", plan(), findings=((0, rules.KEGIATAN_BERULANG.at("", "Rapat", lain="x")),)),
        file("b.yaml", plan(JAMBI), findings=fault(None)),
        file("c.yaml", plan(PIDIE), plan(JAMBI, kegiatan(3), jabatan="Sekretaris"), findings=fault(None)),
        wanted=LIST,
    )
    told = list(made.findings())

    assert len(told) == made.told
    for unit in made.units:
        of_unit = [row.finding.severity for row in told if row.unit_no == unit.no]
        assert [of_unit.count(one) for one in Severity] == [
            unit.errors,
            unit.warnings,
            unit.notes,
        ]
    assert {row.unit for row in told if row.finding.file == "b.yaml"} == {JAMBI}
    assert {
        row.unit_no
        for row in told
        if row.finding.file == "c.yaml" and row.finding.rule is rules.BERKAS_KOSONG
    } == {None}
    assert [row.finding for row in told[: len(made.own)]] == list(made.own)


def test_streams_begin_anew_with_each_call() -> None:
    made = added(file("a.yaml", plan()), file("b.yaml", plan(JAMBI)))

    assert list(made.rows()) == list(made.rows())
    assert list(made.findings()) == list(made.findings())


def test_the_order_of_the_files_changes_nothing() -> None:
    old = plan()
    files = (
        file("a.yaml", old),
        file("b.xlsx", plan(LAHAT, kegiatan(5)), base=old),
        file("c.yaml", plan(JAMBI, tahun=2025)),
        file("d.yaml", plan(JAMBI), findings=fault()),
    )
    made = {repr(decided(*order)) for order in permutations(files)}

    assert len(made) == 1


def test_a_total_that_is_not_the_sum_of_its_parts_is_told_with_its_sheet() -> None:
    made = added(file("a.yaml", plan()))
    costs = (100, 0, 0, 0, 0)
    wrong = replace(made, units=(made.units[0]._replace(biaya=99, kegiatan=2, costs=(99, 0, 0, 0, 0)),))

    assert differences(made, costs) == ()
    assert [one.id for one in differences(wrong, costs)] == [
        "jumlah kegiatan pada Rekap 2, pada Semua Kegiatan 1",
        "jumlah biaya pada Rekap 99, pada Semua Kegiatan 100",
        "jumlah triwulan 1 pada Rekap 99, pada Semua Kegiatan 100",
    ]


def test_files_that_change_while_they_are_added_up_are_a_fault_that_is_told() -> None:
    before, after = file("a.yaml", plan()), file("a.yaml", plan(LAHAT, kegiatan(1)))

    with pytest.raises(rak_excel.RakError) as raised:
        consolidate([head(before)], lambda: [after])

    assert raised.value.exit == 4


# --- the face ---------------------------------------------------------------------------------------------


def test_the_face_adds_up_files_folders_and_plans_made_in_python(tmp_path: Path) -> None:
    rak_excel.save([plan()], tmp_path / "masuk" / "lahat.yaml")
    rak_excel.save([plan(JAMBI, kegiatan(7))], tmp_path / "jambi.csv")
    made = rak_excel.consolidate([tmp_path / "masuk", str(tmp_path / "jambi.csv"), plan(PIDIE, kegiatan(1))])

    assert [(unit.unit, unit.biaya) for unit in made.units] == [(PIDIE, 1), (JAMBI, 7), (LAHAT, 100)]
    assert made.own == ()


def test_the_face_counts_a_plan_in_python_once_and_none_with_errors() -> None:
    made = rak_excel.consolidate([plan(), plan(), replace(plan(JAMBI), penandatangan=())])

    assert sorted(one.status for one in made.plans) == ["dipakai", "salah", "salinan"]
    assert rak_excel.consolidate(plan()).biaya == made.biaya == 100


def test_the_face_reads_a_file_once_that_is_named_twice(tmp_path: Path) -> None:
    rak_excel.save([plan()], tmp_path / "lahat.yaml")
    made = rak_excel.consolidate([tmp_path, tmp_path / "lahat.yaml"])

    assert [one.status for one in made.plans] == ["dipakai"]
