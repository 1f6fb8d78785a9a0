"""`rak init --from`: last year's file becomes this year's input, and what it leaves behind is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import pytest

from commands import run
from rak_excel import loading
from rak_excel.plan.tahun_baru import moved

if TYPE_CHECKING:
    from click.testing import Result

PLAN: Final = """\
rak: 1
judul: RENCANA AKSI KINERJA 2025
tahun: 2025
unit: KPU Kabupaten Lahat
pagu: 100.000
lembar: RAK 2025
sasaran:
  - uraian: Tersedianya data
    indikator:
      - uraian: Persentase sarana terpasang
        target: 100
        kegiatan:
          - {uraian: Rapat KPU Kabupaten Banjar, triwulan: [1], biaya: 10.000, pelaksana: Divisi Hukum}
          - {uraian: Laporan tahun 2024, triwulan: [2], biaya: bersama, pelaksana: Divisi Data}
          - {uraian: Arsip tahun 2025, triwulan: [4], biaya: nihil, pelaksana: Divisi Data}
penandatangan: {jabatan: Ketua, nama: SARJANI, tempat: Lahat, tanggal: 2 Januari 2025}
"""
ENDINGS: Final = pytest.mark.parametrize("ending", ["yaml", "csv", "xlsx"])


@pytest.fixture(autouse=True)
def folder(own_folder: Path) -> None:  # noqa: ARG001 - it stands there
    """Last year's plan, and the official workbook that was built from it."""
    Path("lama.yaml").write_text(PLAN, "utf-8")
    assert run("build", "lama.yaml", "-o", "lama.xlsx").exit_code == 0


def adopted(*words: str, old: str = "lama.yaml", new: str = "baru.yaml") -> Result:
    return run("init", new, "--from", old, "--tahun", "2026", *words)


def told(found: Result) -> list[tuple[str, str]]:
    """The findings of the new file, each with its place."""
    lines = [line for line in found.stderr.splitlines() if line.startswith("baru.")]
    return [(line.split(": ")[0], line.split(": ")[1][-6:]) for line in lines]


def test_the_year_moves_in_the_title_the_sheet_and_where_a_text_says_its_own() -> None:
    found = adopted()
    plan = loading.load("baru.yaml").unwrap()

    assert found.exit_code == 0
    assert (plan.tahun, plan.judul, plan.lembar) == (2026, "RENCANA AKSI KINERJA 2026", "RAK 2026")
    assert [one.uraian for one in plan.kegiatan] == [
        *("Rapat KPU Kabupaten Banjar", "Laporan tahun 2024", "Arsip tahun 2026")
    ]
    assert plan.penandatangan[0].tanggal == "2 Januari 2025"


@ENDINGS
def test_every_old_year_and_other_office_is_told_at_its_place_in_the_new_file(ending: str) -> None:
    places = {
        "yaml": ["2:8", "13:21", "17:21", "21:21", "29:12"],
        "csv": ["4:2", "13:5", "14:5", "15:5", "9:2"],
        "xlsx": ["B7", "E14", "E15", "E16", "G8"],
    }
    codes = {"RAK225", "RAK220", "RAK221", "RAK226"}

    found = told(adopted(new=f"baru.{ending}"))

    assert {code for _, code in found} == codes
    assert len(found) == len(places[ending])
    for place, code in found:
        (at,) = [cell for cell in _texts(f"baru.{ending}") if cell[0] == place]
        assert MARKS[code].intersection(at[1].split()), (place, code, at)


MARKS: Final = {"RAK225": {"2026"}, "RAK220": {"Banjar"}, "RAK221": {"2024"}, "RAK226": {"2025"}}
"""The word that stands at the place of a finding."""


def _texts(name: str) -> list[tuple[str, str]]:
    """Every place of a file as findings name it, with what stands there, by means of others than ours."""
    if name.endswith(".xlsx"):
        sheet = openpyxl.load_workbook(name)["Isian"]
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        return [(f"{name}[Isian]!{cell.coordinate}", str(cell.value)) for cell in cells]
    lines = Path(name).read_text("utf-8-sig").splitlines()
    if name.endswith(".csv"):
        return [
            (f"{name}:{number}:{at}", field)
            for number, line in enumerate(lines, 1)
            for at, field in enumerate(line.split(","), 1)
        ]
    return [
        (f"{name}:{number}:{at}", line[at - 1 :])
        for number, line in enumerate(lines, 1)
        for at in range(1, len(line))
    ]


def test_a_year_that_was_next_year_is_told_since_nobody_else_would() -> None:
    """RAK221 cannot see it: it is the new plan's own year."""
    Path("lama.yaml").write_text(PLAN.replace("Laporan tahun 2024", "Usulan anggaran tahun 2026"), "utf-8")

    codes = {code for _, code in told(adopted())}

    assert "RAK227" in codes
    assert "Usulan anggaran tahun 2026" in Path("baru.yaml").read_text("utf-8")


def test_regulations_elections_and_periods_keep_their_year_and_are_told() -> None:
    text = "Pemilihan Tahun 2025 menurut PKPU Nomor 8 Tahun 2025 dan Renstra 2025-2029"
    plan = loading.load_bytes(PLAN.replace("Arsip tahun 2025", text).encode(), "a.yaml").unwrap()

    made = moved(plan, 2026)

    assert text in [one.uraian for one in made.plan.kegiatan]
    assert [one.code for one in made.findings if one.path.endswith("kegiatan[2].uraian")] == ["RAK226"]


@pytest.mark.parametrize("judul", ["RENCANA AKSI 2025-2029", "RENSTRA 2021 - 2025", "NOMOR 12025"])
def test_a_title_with_a_period_of_years_is_left(judul: str) -> None:
    plan = loading.load_bytes(PLAN.replace("RENCANA AKSI KINERJA 2025", judul).encode(), "a.yaml").unwrap()

    assert moved(plan, 2026).plan.judul == judul


@ENDINGS
@pytest.mark.parametrize("old", ["lama.yaml", "lama.xlsx"])
def test_ticks_and_costs_are_cleared_when_asked_and_the_checks_ask_for_them(old: str, ending: str) -> None:
    found = adopted("--clear", "centang", "--clear", "biaya", old=old, new=f"baru.{ending}")
    loaded = loading.load(f"baru.{ending}")
    plan = loaded.plan

    assert found.exit_code == 0
    assert [one.biaya for one in plan.kegiatan] == ["", "bersama", ""]
    assert not any(any(one.triwulan) for one in plan.kegiatan)
    assert plan.pagu is None
    assert [one.target for one in plan.kegiatan] == ["100"] * 3
    assert sorted(one.code for one in loaded.findings if one.is_error) == [
        *("RAK204", "RAK204", "RAK204", "RAK205", "RAK205")
    ]
    assert "5 hal masih harus diisi" in found.stderr


@ENDINGS
def test_without_clearing_all_else_stays(ending: str) -> None:
    adopted(new=f"baru.{ending}")
    old, new = loading.load("lama.yaml").unwrap(), loading.load(f"baru.{ending}").unwrap()

    assert [(one.triwulan, one.biaya, one.pelaksana) for one in new.kegiatan] == [
        (one.triwulan, one.biaya, one.pelaksana) for one in old.kegiatan
    ]
    assert new.pagu == old.pagu


def test_a_workbook_made_by_hand_is_adopted_in_spite_of_what_is_wrong() -> None:
    """What is wrong is told of the old file, what was understood is written, and the exit code says so."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Renaksi"
    rows: list[list[Any]] = [
        ["RENCANA AKSI TAHUN 2025"],
        [],
        [
            "No",
            "Sasaran",
            "Indikator",
            "Target",
            "Rencana Aksi",
            "TW I",
            "TW II",
            "TW III",
            "TW IV",
            "Anggaran",
            "PJ",
        ],
        [1, "Layanan", "Persentase layanan", "80", "Rapat tahun 2025", "v", None, None, None, None, "Umum"],
        [None, None, None, "80", "Cetak", None, "v", None, None, 1500000, "Umum"],
    ]
    for row in rows:
        sheet.append(row)
    book.save("tangan.xlsx")

    found = adopted(old="tangan.xlsx")

    assert found.exit_code == 1
    assert "tangan.xlsx[Renaksi]!J4: salah RAK205" in found.stderr
    assert found.stderr.index("tangan.xlsx[") < found.stderr.index("baru.yaml:")
    plan = loading.load("baru.yaml").plan
    assert plan.tahun == 2026
    assert [one.uraian for one in plan.kegiatan] == ["Rapat tahun 2026", "Cetak"]
    assert [one.biaya for one in plan.kegiatan] == ["", 1500000]


def test_what_holds_no_plan_makes_no_file() -> None:
    openpyxl.Workbook().save("kosong.xlsx")

    found = adopted(old="kosong.xlsx")

    assert found.exit_code == 1
    assert found.stderr.endswith("tidak ada yang ditulis\n")
    assert not Path("baru.yaml").exists()


def test_an_existing_file_is_replaced_only_with_force() -> None:
    Path("baru.yaml").write_bytes(b"catatan saya\n")

    assert "RAK020" in adopted().stderr
    assert Path("baru.yaml").read_bytes() == b"catatan saya\n"
    assert adopted("--force").exit_code == 0
    assert loading.load("baru.yaml").plan.tahun == 2026


def test_the_old_file_is_never_written_over() -> None:
    found = adopted("--force", new="./lama.yaml")

    assert "RAK021" in found.stderr
    assert Path("lama.yaml").read_text("utf-8") == PLAN


def test_another_office_gives_its_name() -> None:
    found = adopted("--unit", "KPU Kabupaten Banjar")

    assert loading.load("baru.yaml").plan.unit == "KPU Kabupaten Banjar"
    assert "RAK220" not in found.stderr


@pytest.mark.parametrize("old", ["lama.yaml", "lama.xlsx"])
@pytest.mark.parametrize("given", [(), ("--layout", "form/uji.yaml")])
def test_a_layout_of_ones_own_is_found_from_the_new_folder(old: str, given: tuple[str, ...]) -> None:
    shown = run("layout", "show", "kpu-tanpa-biaya").stdout
    Path("form").mkdir()
    Path("form/uji.yaml").write_text(shown.replace("layout: kpu-tanpa-biaya", "layout: uji"), "utf-8")
    Path("lama.yaml").write_text(PLAN.replace("lembar: RAK 2025", "tata_letak: form/uji.yaml"), "utf-8")
    assert run("build", "lama.yaml", "-o", "lama.xlsx", "--force").exit_code == 0

    made = adopted(*given, old=old, new="tahun/ini/baru.yaml")

    assert made.exit_code == 0
    loaded = loading.load("tahun/ini/baru.yaml")
    assert loaded.plan.tata_letak == "../../form/uji.yaml"
    assert loaded.layouts[0].name == "uji"


def test_standard_input_and_output_take_part() -> None:
    found = run("init", "-", "--from", "-", "--tahun", "2026", given=PLAN.encode())

    assert found.exit_code == 0
    assert loading.load_bytes(found.stdout.encode(), "a.yaml").unwrap().tahun == 2026


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        (("--from", "lama.yaml"), "--from perlu --tahun"),
        (("--from", "lama.yaml", "--tahun", "26"), "--tahun “26” bukan tahun"),
        (("--tahun", "2026"), "--tahun, --unit dan --clear perlu --from"),
        (("--clear", "biaya"), "--tahun, --unit dan --clear perlu --from"),
        (("--unit", "KPU"), "--tahun, --unit dan --clear perlu --from"),
    ],
)
def test_options_that_need_another_say_so(words: tuple[str, ...], tells: str) -> None:
    found = run("init", "baru.yaml", *words)

    assert found.exit_code == 2
    assert tells in found.stderr
