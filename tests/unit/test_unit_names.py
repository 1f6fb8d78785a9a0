"""Which names mean one office, and which mean one plan of it."""

from __future__ import annotations

from itertools import combinations

import pytest

from rak_excel.plan.kantor_unit import jabatan_of, kantor_of


@pytest.mark.parametrize(
    "names",
    [
        (
            "Sekretariat KPU Kab. Lahat",
            "KPU Kabupaten Lahat",
            "SEKRETARIAT  KPU KAB.LAHAT",
            "Komisi Pemilihan Umum Kabupaten Lahat",
            "KPU Kabupaten Lahat Provinsi Sumatera Selatan",
            "Kabupaten Lahat",
            "KPU-Kabupaten\nLahat",
        ),
        (
            "KIP Kabupaten Aceh Besar",
            "Komisi Independen Pemilihan Kab. Aceh Besar",
            "KPU/KIP Kab. Aceh Besar",
        ),
        (
            "KPU RI",
            "KPU",
            "Sekretariat Jenderal KPU",
            "Setjen KPU RI",
            "Komisi Pemilihan Umum Republik Indonesia",
        ),
        ("KPU Provinsi Kalimantan Timur", "Sekretariat KPU Prov. Kaltim"),
        ("KPU Kota Bau-Bau", "KPU Kota Baubau"),
        ("KPU Kabupaten Antah", "KPU KAB. ANTAH", "Sekretariat KPU Kab Antah"),
        ("KPU Provinsi Berantah", "KPU Prov. Berantah"),
        ("Dinas Perhubungan & Pariwisata Kab. Lahat", "Dinas Perhubungan dan Pariwisata Kabupaten Lahat"),
    ],
)
def test_spellings_of_one_office_have_one_key(names: tuple[str, ...]) -> None:
    assert len({kantor_of(name).key for name in names}) == 1


def test_offices_that_differ_in_region_level_or_kind_have_different_keys() -> None:
    names = (
        "KPU Kabupaten Lahat",
        "KPU Kabupaten Bandung",
        "KPU Kota Bandung",
        "KPU Provinsi Sumatera Selatan",
        "KPU RI",
        "Bawaslu Kabupaten Lahat",
        "Subbagian Umum KPU Kabupaten Lahat",
        "Dinas Kesehatan",
        "KPU Bandung",
    )

    assert [pair for pair in combinations(names, 2) if kantor_of(pair[0]).key == kantor_of(pair[1]).key] == []


def test_an_uncertain_region_is_never_guessed() -> None:
    bandung = kantor_of("Sekretariat KPU Bandung")

    assert (bandung.kode, bandung.provinsi, bandung.certain) == ("", "", False)
    assert bandung.key == kantor_of("KPU BANDUNG").key


def test_an_office_knows_its_code_and_province() -> None:
    lahat, nation = kantor_of("KPU Kab. Lahat"), kantor_of("KPU RI")

    assert (lahat.kode, lahat.provinsi, lahat.nation) == ("16.04", "Sumatera Selatan", False)
    assert (nation.kode, nation.provinsi, nation.nation) == ("", "", True)


@pytest.mark.parametrize(
    "name",
    [
        "Plt. Sekretaris",
        "Plh Sekretaris,",
        "SEKRETARIS KPU KAB. LAHAT",
        "Pj. Sekretaris",
        "Pelaksana Tugas Sekretaris",
    ],
)
def test_who_stands_in_answers_for_the_same_plan(name: str) -> None:
    assert jabatan_of(name) == jabatan_of("Sekretaris")


def test_two_positions_answer_for_two_plans() -> None:
    assert len({jabatan_of(one) for one in ("Sekretaris", "Ketua", "Sekretaris Jenderal", "")}) == 4
