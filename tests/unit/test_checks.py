"""What a well-formed plan can still get wrong is told once, at its place; what is right is left alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any, Final

import pytest

from rak_excel import loading
from rak_excel.plan.checks import check, folded_unit
from rak_excel.plan.model import Band, Biaya, Form, Indikator, Kegiatan, Penandatangan, Plan, Sasaran

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
TICKS: Final = (True, False, False, False)
KETUA: Final = Penandatangan("Ketua", "SARJANI")
FORM: Final = Form(
    "kpu",
    frozenset(
        {
            *("nomor", "sasaran.uraian", "indikator.uraian", "kegiatan.uraian", "kegiatan.target"),
            *("kegiatan.triwulan", "kegiatan.biaya", "kegiatan.pelaksana"),
        }
    ),
    (Band("triwulan", "tick"),),
    percent=True,
    signatories=2,
)


def kegiatan(uraian: str | None = "Layanan perkantoran", **fields: Any) -> Kegiatan:
    """A right activity, with what a test says instead."""
    right = Kegiatan(uraian, "100", TICKS, None, "Sekretariat")
    return replace(right, **fields)


def costs(*biaya: Biaya) -> tuple[Kegiatan, ...]:
    return tuple(kegiatan(f"Kegiatan {number}", biaya=one) for number, one in enumerate(biaya, 1))


def plan(*kegiatan_: Kegiatan, indikator: str = "Persentase layanan", **fields: Any) -> Plan:
    """A right plan of one goal and one indicator, with what a test says instead."""
    goal = Sasaran("Terwujudnya layanan", (Indikator(indikator, kegiatan_ or (kegiatan(),)),))
    return replace(Plan(2026, "Sekretariat KPU Kabupaten Lahat", (goal,), (KETUA,)), **fields)


def goals(*several: Sequence[Kegiatan]) -> tuple[Sasaran, ...]:
    """One goal for each group of activities, each with one indicator."""
    return tuple(
        Sasaran(f"Sasaran {number}", (Indikator(f"Persentase {number}", tuple(group)),))
        for number, group in enumerate(several, 1)
    )


def told(plan_: Plan, form: Form = FORM) -> list[tuple[str, str]]:
    return [(finding.code, finding.path) for finding in check(plan_, form)]


def codes(plan_: Plan, form: Form = FORM) -> list[str]:
    return [finding.code for finding in check(plan_, form)]


def without(*fields: str) -> Form:
    """The form less some of its columns."""
    bands = tuple(band for band in FORM.bands if band.key not in fields)
    return replace(FORM, fields=FORM.fields - {f"kegiatan.{field}" for field in fields}, bands=bands)


AT: Final = "sasaran[0].indikator[0].kegiatan[{}].{}".format


def test_a_right_plan_has_no_findings() -> None:
    assert told(plan()) == []


# --- what must be there ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "blank"), [("tahun", 0), ("unit", ""), ("sasaran", ()), ("penandatangan", ())]
)
def test_year_unit_goals_and_signatory_are_needed(field: str, blank: object) -> None:
    lacking: dict[str, Any] = {field: blank}

    assert told(plan(**lacking)) == [("RAK106", field)]


@pytest.mark.parametrize("field", ["jabatan", "nama"])
def test_a_signatory_has_a_role_and_a_name(field: str) -> None:
    lacking: dict[str, Any] = {field: ""}

    assert told(plan(penandatangan=(KETUA, replace(KETUA, **lacking)))) == [
        ("RAK106", f"penandatangan[1].{field}")
    ]


def test_a_commissioner_needs_no_nip() -> None:
    assert told(plan(penandatangan=(replace(KETUA, jabatan="Anggota", nip=""),))) == []


def test_more_signatories_than_the_form_has_room_for_are_an_error() -> None:
    assert told(plan(penandatangan=(KETUA,) * 3)) == [("RAK224", "penandatangan")]
    assert told(plan(penandatangan=(KETUA,) * 2)) == []


def test_a_goal_needs_an_indicator_and_an_indicator_an_activity() -> None:
    bare = (Sasaran("A"), Sasaran("B", (Indikator("x"),)))

    assert told(plan(sasaran=bare)) == [
        ("RAK201", "sasaran[0].indikator"),
        ("RAK202", "sasaran[1].indikator[0].kegiatan"),
    ]


def test_every_part_has_a_text() -> None:
    blank = (Sasaran("", (Indikator("", (kegiatan(""),)),)),)

    assert told(plan(sasaran=blank)) == [
        ("RAK106", "sasaran[0].uraian"),
        ("RAK106", "sasaran[0].indikator[0].uraian"),
        ("RAK106", AT(0, "uraian")),
    ]


def test_a_part_without_text_is_named_by_its_number() -> None:
    (blank, period) = check(plan(kegiatan(), kegiatan("", triwulan=())), FORM)

    assert blank.code == "RAK106"
    assert period.message("id") == "kegiatan ke-2 tidak punya triwulan"
    assert period.message("en") == "activity number 2 has no quarter"


@pytest.mark.parametrize(
    ("field", "blank", "code"),
    [("triwulan", (), "RAK204"), ("biaya", "", "RAK205"), ("pelaksana", "", "RAK206")],
)
def test_an_activity_needs_what_the_form_has_a_column_for(field: str, blank: object, code: str) -> None:
    lacking = plan(kegiatan(), kegiatan("Rapat", **{field: blank}))

    assert told(lacking) == [(code, AT(1, field))]
    assert code not in codes(lacking, without(field))


def test_four_empty_quarters_are_no_period() -> None:
    assert codes(plan(kegiatan(triwulan=(False,) * 4))) == ["RAK204"]


@pytest.mark.parametrize("biaya", [None, 0])
def test_nil_and_zero_are_costs(biaya: Biaya) -> None:
    """Blank is not nil: only what was not filled in is missing."""
    assert told(plan(kegiatan(biaya=biaya))) == []


def test_an_indicator_without_a_target_is_told_once_for_all_its_activities() -> None:
    lacking = plan(kegiatan("Rapat", target=""), kegiatan("Pelatihan", target=""))

    assert told(lacking) == [("RAK203", "sasaran[0].indikator[0].target")]
    assert told(lacking, without("target")) == []


def test_an_activity_without_a_target_is_told_where_others_have_their_own() -> None:
    lacking = plan(kegiatan("Rapat", target="90"), kegiatan("Pelatihan", target=""))

    assert told(lacking) == [("RAK203", AT(1, "target"))]


def test_a_form_without_activities_names_them_by_their_indicator() -> None:
    (finding,) = check(plan(kegiatan(None, pelaksana=""), indikator="Persentase kasus"), without("uraian"))

    assert finding.message("id") == "kegiatan “Persentase kasus” tidak punya pelaksana"


def test_a_form_without_activities_has_room_for_one_under_each_indicator() -> None:
    """A second row would repeat the indicator's text."""
    assert told(plan(kegiatan(None), kegiatan(None)), without("uraian")) == [
        ("RAK208", "sasaran[0].indikator[0].kegiatan[1]")
    ]
    assert told(plan(kegiatan(None)), without("uraian")) == []


# --- shared costs and sums -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("biaya", "at"),
    [
        ([5000, "bersama", "bersama"], []),
        ([0, "bersama"], []),
        (["bersama", 5000], [0]),
        ([None, "bersama"], [1]),
        ([5000, None, "bersama"], [2]),
    ],
)
def test_a_shared_cost_needs_an_amount_right_above_it(biaya: list[Biaya], at: list[int]) -> None:
    assert told(plan(*costs(*biaya))) == [("RAK207", AT(k, "biaya")) for k in at]


def test_a_cost_is_shared_over_indicators_but_not_over_goals() -> None:
    first, second = costs(5000, "bersama")
    one_goal = (Sasaran("A", (Indikator("x", (first,)), Indikator("y", (second,)))),)

    assert told(plan(sasaran=one_goal)) == []
    assert told(plan(sasaran=goals([first], [second]))) == [
        ("RAK207", "sasaran[1].indikator[0].kegiatan[0].biaya")
    ]


def test_a_shared_cost_below_a_blank_one_is_no_second_fault() -> None:
    assert codes(plan(*costs("", "bersama"))) == ["RAK205"]


def test_the_ceiling_holds_for_the_sum_with_each_shared_cost_counted_once() -> None:
    shared = costs(300, "bersama", 200, None)
    (finding,) = check(plan(*shared, pagu=499), FORM)

    assert told(plan(*shared, pagu=500)) == []
    assert (finding.code, finding.path) == ("RAK210", "pagu")
    assert finding.message("id") == "jumlah biaya 500 di atas pagu 499 (selisih 1)"


def test_no_sum_is_told_while_a_cost_is_not_known() -> None:
    """It would change with the mending of that cost."""
    faulty = frozenset({AT(0, "biaya")})

    assert check(plan(*costs("", 900), pagu=500), FORM, faulty) == ()


def test_amounts_are_what_a_cell_of_excel_holds() -> None:
    assert told(plan(*costs(999_999_999_999_999))) == []
    assert codes(plan(*costs(10**15))) == ["RAK222", "RAK124"]
    assert told(plan(*costs(-5000))) == [("RAK124", AT(0, "biaya"))]


def test_a_sum_of_more_digits_than_excel_keeps_is_told() -> None:
    assert told(plan(*costs(9 * 10**14, 10**14))) == [("RAK222", "sasaran")]


def test_a_text_longer_than_a_cell_is_told_in_a_plan_made_in_python_too() -> None:
    assert told(plan(kegiatan("x" * 32_768))) == [("RAK119", AT(0, "uraian"))]


# --- what stands twice -----------------------------------------------------------------------------------


def test_an_activity_written_twice_under_one_indicator_is_told() -> None:
    (finding,) = check(plan(kegiatan("Rapat inti"), kegiatan("RAPAT  inti", biaya=5000)), FORM)

    assert (finding.code, finding.path) == ("RAK211", AT(1, "uraian"))
    assert finding.message("id").endswith("kegiatan ke-1 pada indikator ke-1 sasaran 1")


def test_one_text_with_two_doers_is_no_repetition() -> None:
    assert told(plan(kegiatan(), kegiatan(pelaksana="Sub Bagian Hukum"))) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"), [(5000, 5000, ["RAK211"]), (5000, 6000, []), (None, None, [])]
)
def test_an_activity_of_another_goal_is_a_repetition_only_with_the_same_amount(
    first: Biaya, second: Biaya, expected: list[str]
) -> None:
    two = goals([kegiatan(biaya=first)], [kegiatan(biaya=second)])

    assert codes(plan(sasaran=two)) == expected


# --- spellings of a unit ---------------------------------------------------------------------------------


def doers(*names: str) -> Plan:
    return plan(*(kegiatan(f"Kegiatan {number}", pelaksana=name) for number, name in enumerate(names)))


@pytest.mark.parametrize(
    "other",
    [
        "sub bagian hukum dan sdm",
        "Subbagian Hukum dan SDM",
        "Subbag. Hukum dan SDM",
        "Sub-Bag Hukum & SDM",
        "Sub Bagian Hukum, dan SDM",
        "Sub Bagian Hukum&SDM",
    ],
)
def test_the_rarer_spelling_of_a_unit_is_told_with_the_usual_one(other: str) -> None:
    usual = "Sub Bagian Hukum dan SDM"
    (finding,) = check(doers(other, usual, usual), FORM)

    assert (finding.code, finding.path, finding.value) == ("RAK212", AT(0, "pelaksana"), other)
    assert finding.suggestion == usual


def test_a_spelling_is_told_once_however_often_it_stands() -> None:
    usual, other = "Sub Bagian Hukum dan SDM", "Subbag Hukum dan SDM"

    assert codes(doers(other, other, usual, usual, usual)) == ["RAK212"]


def test_different_units_may_be_written_with_different_capitals() -> None:
    """The reference has both; a name is compared whole."""
    assert told(doers("Sub bagian Hukum dan SDM", "Sub Bagian Perencanaan, Data dan Informasi")) == []


def test_a_line_break_is_no_spelling() -> None:
    assert told(doers("Sub Bagian\nHukum", "Sub Bagian Hukum")) == []


def test_no_unit_is_no_spelling() -> None:
    assert codes(doers("", "~", "-")) == ["RAK206", "RAK217", "RAK217"]


def test_a_unit_of_more_words_is_another_unit() -> None:
    assert folded_unit("Sub Bagian Hukum") != folded_unit("Sub Bagian Hukum dan SDM")


# --- targets ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("uraian", ["Jumlah badan ad hoc", "JUMLAH\nbadan ad hoc"])
def test_a_number_is_not_counted_in_per_cent(uraian: str) -> None:
    assert told(plan(indikator=uraian)) == [("RAK214", "sasaran[0].indikator[0].uraian")]


@pytest.mark.parametrize("fields", [{"target": "2 Lap"}, {"target": "12", "satuan": "dokumen"}])
def test_a_number_may_be_counted_in_its_unit(fields: dict[str, str]) -> None:
    form = replace(FORM, fields=FORM.fields | {"kegiatan.satuan"})

    assert told(plan(kegiatan(**fields), indikator="Jumlah dokumen"), form) == []


def test_a_number_is_right_in_a_form_whose_targets_are_not_in_per_cent() -> None:
    assert told(plan(kegiatan(target="250"), indikator="Jumlah dokumen"), replace(FORM, percent=False)) == []


def test_only_a_word_of_its_own_counts() -> None:
    assert told(plan(indikator="Persentase jumlah dokumen")) == []


@pytest.mark.parametrize(
    ("target", "expected"), [("100", []), ("100.5", ["RAK215"]), ("1.500", []), ("WTP", [])]
)
def test_a_percentage_over_100_is_told(target: str, expected: list[str]) -> None:
    assert codes(plan(kegiatan(target=target))) == expected


@pytest.mark.parametrize("uraian", ["Indeks SPBE", "Nilai kinerja anggaran", "Skor SAKIP"])
def test_an_index_or_a_mark_may_be_over_100(uraian: str) -> None:
    assert told(plan(kegiatan(target="120"), indikator=uraian)) == []


def test_a_percentage_is_told_once_where_activities_inherit_it() -> None:
    assert codes(plan(kegiatan("Rapat", target="120"), kegiatan("Pelatihan", target="120"))) == ["RAK215"]


def test_two_targets_under_one_indicator_are_noted() -> None:
    (finding,) = check(plan(kegiatan("Rapat", target="100"), kegiatan("Pelatihan", target="90")), FORM)

    assert (finding.code, finding.path) == ("RAK216", "sasaran[0].indikator[0].target")
    assert finding.message("id").endswith(": 100, 90")


# --- what was left over in copying -----------------------------------------------------------------------

OTHER: Final = "Rapat KPU Kabupaten Muara Enim"


@pytest.mark.parametrize(
    ("left_over", "path"),
    [
        (plan(judul=OTHER), "judul"),
        (plan(sasaran=(replace(plan().sasaran[0], uraian=OTHER),)), "sasaran[0].uraian"),
        (plan(indikator=OTHER), "sasaran[0].indikator[0].uraian"),
        (plan(kegiatan(OTHER)), AT(0, "uraian")),
        (plan(kegiatan(pelaksana=OTHER)), AT(0, "pelaksana")),
        (plan(penandatangan=(replace(KETUA, jabatan=OTHER),)), "penandatangan[0].jabatan"),
        (plan(penandatangan=(replace(KETUA, pengantar=OTHER),)), "penandatangan[0].pengantar"),
    ],
)
def test_another_office_is_told_wherever_it_is_printed(left_over: Plan, path: str) -> None:
    (finding,) = check(left_over, FORM)

    assert (finding.code, finding.path, finding.value) == ("RAK220", path, "KPU Kabupaten Muara Enim")


@pytest.mark.parametrize(
    "text",
    [
        "Rapat KPU Kabupaten Lahat",
        "Rapat KPU Kab. Lahat dengan KPU Provinsi Sumatera Selatan",
        "Koordinasi dengan KPU RI",
        "Pelayanan KIP (Keterbukaan Informasi Publik)",
        "Pemetaan batu bara, pati dan padang rumput",
        "Perjalanan dinas ke Bandung",
        "Rapat KPU Provinsi/KIP Aceh dan KPU/KIP Kabupaten/Kota",
    ],
)
def test_what_is_no_other_office_is_left_alone(text: str) -> None:
    assert told(plan(kegiatan(text))) == []


def test_a_province_may_name_its_own_regencies() -> None:
    sumsel = "KPU Provinsi Sumatera Selatan"

    assert told(plan(kegiatan(OTHER), unit=sumsel)) == []
    assert codes(plan(kegiatan("Rapat KPU Kota Bandung"), unit=sumsel)) == ["RAK220"]


@pytest.mark.parametrize("unit", ["Sekretariat", "KPU Bandung", "Dinas Pendidikan"])
def test_where_the_own_region_is_not_known_no_other_is_told(unit: str) -> None:
    assert told(plan(kegiatan(OTHER), unit=unit)) == []


def test_another_year_is_told() -> None:
    (finding,) = check(plan(kegiatan("Laporan kinerja tahun 2024")), FORM)

    assert (finding.code, finding.value) == ("RAK221", "2024")


@pytest.mark.parametrize(
    "text",
    [
        "Laporan kinerja tahun 2026",
        "Sosialisasi UU Nomor 7 Tahun 2017",
        "Evaluasi Pemilu 2024",
        "Evaluasi Pilkada Tahun 2024",
        "Renstra tahun 2025-2029",
        "Pengadaan 2024 kotak suara",
    ],
)
def test_a_year_of_a_regulation_an_election_or_a_period_is_left_alone(text: str) -> None:
    assert told(plan(kegiatan(text))) == []


def test_where_the_own_year_is_not_known_no_other_is_told() -> None:
    assert codes(plan(kegiatan("Laporan kinerja tahun 2024"), tahun=0)) == ["RAK106"]


# --- what the form does not print ------------------------------------------------------------------------


def test_a_field_without_a_column_is_noted_once() -> None:
    extra = plan(kegiatan("Rapat"), kegiatan("Pelatihan", kode="A1"), kegiatan("Survei", kode="A2"))

    assert told(extra) == [("RAK223", AT(1, "kode"))]


def test_a_cost_that_is_not_printed_is_noted() -> None:
    assert told(plan(kegiatan(biaya=5000)), without("biaya")) == [("RAK223", AT(0, "biaya"))]


# --- one fault, one finding, at its place ----------------------------------------------------------------

TEXT: Final = """\
rak: 1
tahun: 2026
unit: KPU Kabupaten Lahat
sasaran:
  - uraian: Terwujudnya layanan
    indikator:
      - uraian: Persentase layanan
        target: 100
        kegiatan:
          - uraian: Rapat
            triwulan: [1]
            biaya: 5000
            pelaksana: Sekretariat
          - uraian: Pelatihan
            triwulan: [2]
            biaya: bersama
            pelaksana: Sekretariat
penandatangan:
  jabatan: Ketua
  nama: SARJANI
"""


def placed(text: str, file: str = "plan.yaml") -> list[tuple[str, int, int]]:
    """Code, line and column of all that is found in a text."""
    found = loading.load_bytes(text.encode(), file).findings
    return [(one.code, one.place.line, one.place.column) for one in found if one.place is not None]


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


def test_the_text_that_the_tests_change_is_right() -> None:
    assert placed(TEXT) == []


@pytest.mark.parametrize(
    ("key", "typed", "place"),
    [
        ("rak:", "Rak:", (1, 1)),
        ("tahun:", "tahn:", (2, 1)),
        ("unit:", "Unit Kerja:", (3, 1)),
        ("sasaran:\n", "sasran:\n", (4, 1)),
        ("indikator:\n", "indikatr:\n", (6, 5)),
        ("target:", "targt:", (8, 9)),
        ("uraian: Rapat", "kegiatan: Rapat", (10, 13)),
        ("triwulan: [1]", "tw: [1]", (11, 13)),
        ("triwulan: [1]", "T1: √", (11, 13)),
        ("biaya: 5000", "anggaran: 5000", (12, 13)),
        ("pelaksana: Sekretariat\npen", "penanggung jawab: Sekretariat\npen", (17, 13)),
        ("penandatangan:", "penandatangn:", (18, 1)),
        ("jabatan:", "jabatn:", (19, 3)),
    ],
)
def test_a_misspelt_key_is_one_finding_with_the_key_that_was_meant(
    key: str, typed: str, place: tuple[int, int]
) -> None:
    text = changed(key, typed)
    (finding,) = loading.load_bytes(text.encode(), "plan.yaml").findings

    assert (finding.code, finding.place) == ("RAK101", (*place, None))
    assert finding.suggestion == key.partition(":")[0]


def test_a_key_that_is_there_is_not_meant_by_another() -> None:
    text = changed("            biaya: 5000\n", "            biaya: 5000\n            anggaran: 6000\n")
    (finding,) = loading.load_bytes(text.encode(), "plan.yaml").findings

    assert (finding.code, finding.suggestion) == ("RAK101", None)


def test_a_value_that_does_not_fit_is_not_missing_too() -> None:
    """Nor is it the fault of the activity that shares it."""
    assert placed(changed("5000", "1,5")) == [("RAK110", 12, 20)]
    assert placed(changed("[1]", "[5]")) == [("RAK112", 11, 24)]
    assert placed(changed("tahun: 2026", "tahun: 26")) == [("RAK114", 2, 8)]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("tahun: 2026\n", ("RAK106", 1, 1)),
        ("        target: 100\n", ("RAK203", 7, 9)),
        ("            triwulan: [1]\n", ("RAK204", 10, 13)),
        ("            triwulan: [2]\n", ("RAK204", 14, 13)),
        ("  nama: SARJANI\n", ("RAK106", 19, 3)),
    ],
)
def test_a_missing_field_stands_where_its_item_begins(line: str, place: tuple[str, int, int]) -> None:
    assert placed(changed(line, "")) == [place]


def test_a_blank_field_stands_where_its_value_would() -> None:
    assert placed(changed("biaya: 5000", "biaya:")) == [("RAK205", 12, 19)]


def test_an_inherited_target_stands_at_the_indicator() -> None:
    assert placed(changed("target: 100", "target: 120")) == [("RAK215", 8, 17)]


def test_a_value_in_a_list_has_its_own_place() -> None:
    assert placed(changed("[2]", "[2, 3, T7]")) == [("RAK112", 15, 30)]


def test_all_faults_of_a_file_are_told_in_its_order() -> None:
    text = (
        TEXT.replace("tahun: 2026", "tahun: dua ribu")
        .replace("biaya: 5000", "biaya: 1,5 juta")
        .replace("triwulan: [2]", "triwulan: V")
        .replace("jabatan: Ketua", "jabatan:")
        .replace("nama: SARJANI", "nip: 123")
    )

    assert placed(text) == [
        ("RAK114", 2, 8),
        ("RAK110", 12, 20),
        ("RAK112", 15, 23),
        ("RAK106", 19, 3),
        ("RAK106", 19, 11),
        ("RAK115", 20, 8),
    ]


def test_what_follows_an_item_that_is_none_keeps_its_place() -> None:
    empty = changed(
        "          - uraian: Rapat\n", "          -\n          - teks\n          - uraian: Rapat\n"
    )
    text = empty.replace("            triwulan: [2]\n", "")

    assert placed(text) == [("RAK103", 10, 12), ("RAK103", 11, 13), ("RAK204", 16, 13)]


def test_missing_fields_of_one_item_are_told_one_by_one() -> None:
    text = changed("tahun: 2026\nunit: KPU Kabupaten Lahat\n", "")

    assert placed(text) == [("RAK106", 1, 1), ("RAK106", 1, 1)]


def test_every_plan_of_a_stream_is_checked() -> None:
    second = TEXT.replace("biaya: 5000", "biaya: 1,5").replace("rak: 1\n", "")

    assert placed(f"{TEXT}---\n{second}") == [("RAK108", 22, 1), ("RAK110", 32, 20)]


def test_two_sheets_of_one_name_are_told_at_the_second() -> None:
    named = TEXT.replace("tahun:", "lembar: Ketua\ntahun:")

    assert placed(f"{named}---\n{named.replace('Ketua', 'KETUA')}") == [("RAK122", 24, 9)]


def test_each_signatory_of_a_list_is_checked() -> None:
    text = changed(
        "  jabatan: Ketua\n  nama: SARJANI\n",
        "  - {jabatan: Ketua, nama: SARJANI}\n  - {jabatan: Sekretaris}\n",
    )

    assert placed(text) == [("RAK106", 20, 5)]


def test_a_signatory_written_as_text_is_told_what_it_must_be() -> None:
    text = changed("penandatangan:\n  jabatan: Ketua\n  nama: SARJANI\n", "penandatangan: SARJANI\n")

    assert placed(text) == [("RAK103", 18, 16)]


def test_what_stands_behind_an_alias_is_not_missing_too() -> None:
    assert placed(changed("biaya: 5000", "biaya: *x")) == [("RAK009", 12, 20)]
    assert placed(changed("tahun: 2026", "tahun: *x")) == [("RAK009", 2, 8)]


def test_a_bare_dash_does_not_hide_what_stands_below_it() -> None:
    """It is how the form prints nil, so it is typed often."""
    text = (
        TEXT.replace("tahun: 2026", "tahun: 26")
        .replace("biaya: 5000", "biaya: -")
        .replace("triwulan: [2]", "triwulan: [9]")
        .replace("biaya: bersama", "biaya: -   # nihil")
        .replace("pelaksana: Sekretariat\npen", "pelaksana: -\npen")
    )

    assert placed(text) == [
        ("RAK114", 2, 8),
        ("RAK013", 12, 20),
        ("RAK112", 15, 24),
        ("RAK013", 16, 20),
        ("RAK013", 17, 24),
    ]


def test_a_bare_dash_is_told_where_more_is_broken_too() -> None:
    text = changed("biaya: 5000", "biaya: -").replace("nama: SARJANI", 'nama: "SARJANI')

    assert placed(text) == [("RAK013", 12, 20), ("RAK132", 20, 9)]


def test_a_dash_inside_a_text_is_a_dash() -> None:
    text = changed("biaya: bersama", "biaya: -").replace(
        "uraian: Pelatihan", "uraian: |\n              Acara: -"
    )
    loaded = loading.load_bytes(text.encode(), "plan.yaml")

    assert [finding.code for finding in loaded.findings] == ["RAK013"]
    assert [one.uraian for one in loaded.plan.kegiatan] == ["Rapat", "Acara: -"]


# --- layouts ---------------------------------------------------------------------------------------------


def test_a_layout_that_is_not_found_is_one_finding_at_the_plan(tmp_path: Path) -> None:
    """What that form would have needed is not known."""
    path = tmp_path / "plan.yaml"
    text = TEXT.replace("unit:", "tata_letak: formulir-kami.yaml\nunit:").replace("triwulan:", "bulan:")
    path.write_text(text, encoding="utf-8")
    (finding,) = loading.load(path).findings

    assert (finding.code, finding.file, finding.place) == ("RAK125", str(path), (3, 13, None))


def test_a_misspelt_layout_is_the_one_that_was_meant() -> None:
    text = TEXT.replace("unit:", "tata_letak: kpuu\nunit:").replace("biaya: bersama", "biaya:")

    assert placed(text) == [("RAK125", 3, 13), ("RAK205", 17, 19)]


def test_a_layout_that_was_mended_is_read_again(tmp_path: Path) -> None:
    own = tmp_path / "sendiri.yaml"
    path = tmp_path / "plan.yaml"
    path.write_text(TEXT.replace("unit:", "tata_letak: sendiri.yaml\nunit:"), encoding="utf-8")
    right = (loading.TEMPLATES / "layouts" / "kpu.yaml").read_text(encoding="utf-8")
    own.write_text(right.replace("paper: F4", "paper: A5"), encoding="utf-8")
    before = [finding.code for finding in loading.load(path).findings]
    own.write_text(right, encoding="utf-8")

    assert before == ["RAK301"]
    assert loading.load(path).findings == ()


def test_faults_of_a_layout_are_not_mixed_with_those_of_the_plan(tmp_path: Path) -> None:
    own = (loading.TEMPLATES / "layouts" / "kpu.yaml").read_text(encoding="utf-8")
    (tmp_path / "sendiri.yaml").write_text(own.replace("paper: F4", "paper: A5"), encoding="utf-8")
    path = tmp_path / "plan.yaml"
    text = TEXT.replace("unit:", "tata_letak: sendiri.yaml\nunit:").replace("biaya: 5000", "biaya: 1,5")
    path.write_text(text, encoding="utf-8")
    found = [(finding.code, Path(finding.file or "").name) for finding in loading.load(path).findings]

    assert found == [("RAK110", "plan.yaml"), ("RAK301", "sendiri.yaml")]


# --- tables ----------------------------------------------------------------------------------------------

TABLE: Final = dedent(
    """\
    rak,1
    tahun,2026
    unit,KPU Kabupaten Lahat
    penandatangan.jabatan,Ketua
    penandatangan.nama,SARJANI

    no,sasaran,indikator,target,kegiatan,t1,t2,t3,t4,biaya,pelaksana
    1,Terwujudnya layanan,Persentase layanan,100,Rapat,√,,,,5000,Sekretariat
    ,,,,Pelatihan,√,,,,bersama,Sekretariat
    """
)


def test_a_table_is_checked_as_a_tree_is() -> None:
    text = (
        TABLE.replace("5000", '"1,5"').replace("Pelatihan,√", "Pelatihan,").replace("bersama,S", "bersama,")
    )
    text = text.replace(",ekretariat", ",")

    assert placed(TABLE, "plan.csv") == []
    assert placed(text, "plan.csv") == [("RAK110", 8, 10), ("RAK204", 9, 6), ("RAK206", 9, 11)]


def test_a_misspelt_heading_is_one_finding_at_the_heading() -> None:
    text = TABLE.replace("pelaksana", "pelaksna")
    (finding,) = loading.load_bytes(text.encode(), "plan.csv").findings

    assert (finding.code, finding.place, finding.suggestion) == ("RAK128", (7, 11, None), "pelaksana")


def test_every_missing_column_is_told_once_and_not_in_its_rows() -> None:
    lines = [line.split(",") for line in TABLE.splitlines()]
    text = "\n".join(",".join(line[:9] if len(line) > 2 else line) for line in lines)

    assert placed(text, "plan.csv") == [("RAK128", 7, 1), ("RAK128", 7, 1)]


def test_a_table_without_a_heading_row_is_not_a_plan_without_goals() -> None:
    text = TABLE.replace("no,sasaran,indikator,target,kegiatan,t1,t2,t3,t4,biaya,pelaksana\n", "")

    assert placed(text, "plan.csv")[0][0] == "RAK005"
    assert len(placed(text, "plan.csv")) == 1


def test_a_file_of_another_kind_is_one_finding() -> None:
    assert placed("nama,alamat\nSARJANI,Lahat\n", "plan.csv") == [("RAK005", 1, 1)]


# --- the reference ---------------------------------------------------------------------------------------


def test_the_reference_is_right_but_for_three_things() -> None:
    """Goal 4 counts a number under %, goal 8 has two targets, goal 11 names another office."""
    found = loading.load(EXAMPLES / "lahat-2024.yaml").findings

    assert [(one.code, one.path.partition(".")[0]) for one in found] == [
        ("RAK214", "sasaran[3]"),
        ("RAK216", "sasaran[7]"),
        ("RAK220", "sasaran[10]"),
    ]


@pytest.mark.parametrize(
    ("pelaksana", "expected"), [("461", ["RAK217"]), ("-", ["RAK217"]), ("Divisi 1", []), ("KPU", [])]
)
def test_a_unit_in_charge_is_named_in_letters(pelaksana: str, expected: list[str]) -> None:
    """`306,461` in a CSV without quotes leaves its last three digits in the column of the doer."""
    one = kegiatan(pelaksana=pelaksana)

    assert codes(plan(one)) == expected
