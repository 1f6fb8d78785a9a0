"""`rak consolidate`: what is read, what is written, what is told, and the exit code that scripts rest on."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import openpyxl
import pytest

from commands import run
from rak_excel import api, loading

if TYPE_CHECKING:
    from click.testing import Result

ROOT: Final = Path(__file__).parents[2]
PLAN: Final = """\
rak: 1
tahun: {tahun}
unit: {unit}
sasaran:
  - uraian: Terwujudnya layanan perkantoran
    indikator:
      - uraian: Persentase layanan yang terpenuhi
        target: 100
        kegiatan:
          - {{uraian: Layanan perkantoran, triwulan: semua, biaya: {biaya}, pelaksana: Umum}}
penandatangan: {{jabatan: Ketua, nama: SARJANI}}
"""
LAHAT: Final = "KPU Kabupaten Lahat"
JAMBI: Final = "KPU Kota Jambi"
PIDIE: Final = "KIP Kabupaten Pidie"
REGIONS: Final = (
    "Jambi",
    "Palembang",
    "Medan",
    "Padang",
    "Bengkulu",
    "Serang",
    "Bogor",
    "Malang",
    "Kediri",
    "Batu",
)


@pytest.fixture(autouse=True)
def folder(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, with a cache of its own beside it."""
    monkeypatch.setenv("RAK_CACHE", str(own_folder.parent / f"{own_folder.name}-cache"))


def write(name: str, unit: str = LAHAT, biaya: str = "1.000.000", tahun: int = 2026) -> None:
    text(name, PLAN.format(unit=unit, biaya=biaya, tahun=tahun))


def text(name: str, content: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(content, encoding="utf-8")


def rows(name: str = "rekap.csv") -> list[dict[str, str]]:
    with Path(name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def total(name: str = "rekap.csv") -> int:
    return sum(int(row["biaya"] or 0) for row in rows(name))


def consolidate(*words: str, code: int = 0) -> Result:
    result = run("consolidate", *words)
    assert result.exit_code == code, result.output
    return result


# --- what is written --------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # openpyxl knows no newer data bars
def test_the_ending_of_the_name_tells_the_form() -> None:
    write("lahat.yaml")
    for name in ("rekap.xlsx", "rekap.csv", "rekap.json"):
        result = consolidate("lahat.yaml", "-o", name)
        assert f"dibuat: {name} (1 unit, 1 rencana, 1 kegiatan, jumlah 1.000.000)" in result.output

    book = openpyxl.load_workbook("rekap.xlsx")
    assert {
        "Rekap",
        "Per Pelaksana",
        "Per Sasaran",
        "Per Triwulan",
        "Semua Kegiatan",
        "Temuan",
        "Berkas",
    } <= {*book.sheetnames}
    assert [row["unit"] for row in rows()] == [LAHAT]
    assert json.loads(Path("rekap.json").read_text(encoding="utf-8"))["rows"][0]["biaya"] == 1_000_000


def test_all_forms_of_a_plan_are_one_plan() -> None:
    write("masuk/lahat.yaml")
    loaded = loading.load("masuk/lahat.yaml")
    api.save(loaded.plans, "masuk/tabel.csv")
    api.save(api.build(loaded.plans), "masuk/resmi.xlsx")
    assert run("import", "masuk/lahat.yaml", "-o", "masuk/isian.xlsx").exit_code == 0
    consolidate("masuk", "-o", "rekap.csv")

    assert total() == 1_000_000
    result = consolidate("masuk", "-o", "rekap.json", "-v")
    assert "tidak dihitung: 3 salinan" in result.output


def test_files_are_named_as_links_from_the_folder_of_the_output() -> None:
    write("kiriman/jambi/rak.yaml", JAMBI)
    consolidate("kiriman", "-o", "kiriman/rekap.csv")
    consolidate("kiriman", "-o", "hasil/2026/rekap.csv")

    assert rows("kiriman/rekap.csv")[0]["berkas"] == "jambi/rak.yaml"
    assert rows("hasil/2026/rekap.csv")[0]["berkas"] == "../../kiriman/jambi/rak.yaml"
    assert rows("kiriman/rekap.csv")[0]["sel"] == "10"


def test_neither_the_order_nor_a_file_named_twice_changes_a_byte() -> None:
    write("a.yaml")
    write("b.yaml", JAMBI)
    write("lain/c.yaml", PIDIE)
    consolidate("a.yaml", "b.yaml", "lain", "-o", "satu.xlsx")
    consolidate("lain", "b.yaml", "./a.yaml", "lain/c.yaml", "-o", "dua.xlsx")

    assert Path("satu.xlsx").read_bytes() == Path("dua.xlsx").read_bytes()


def test_a_plan_from_standard_input_counts() -> None:
    write("a.yaml")
    result = run(
        "consolidate", "a.yaml", "-", "-o", "rekap.csv", given=PLAN.format(unit=JAMBI, biaya=7, tahun=2026)
    )

    assert result.exit_code == 0
    assert total() == 1_000_007


@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # openpyxl knows no newer data bars
def test_without_a_plan_that_counts_the_recapitulation_still_says_why() -> None:
    text("masuk/a.yaml", PLAN.format(unit=LAHAT, biaya="mahal", tahun=2026))
    result = consolidate("masuk", "-o", "rekap.xlsx", code=1)

    assert "RAK616" in result.output
    told = [cell.value for row in openpyxl.load_workbook("rekap.xlsx")["Temuan"].iter_rows() for cell in row]
    assert "RAK110" in told


@pytest.mark.parametrize("mistyped", ["tiada", "kosong"])
def test_a_mistyped_name_makes_no_empty_recapitulation_of_a_former_one(mistyped: str) -> None:
    write("kiriman/lahat.yaml")
    Path("kosong").mkdir()
    consolidate("kiriman", "-o", "rekap.csv")
    before = Path("rekap.csv").read_bytes()

    told = consolidate(mistyped, "-o", "rekap.csv", code=4)

    assert mistyped in told.output
    assert Path("rekap.csv").read_bytes() == before


def test_one_unreadable_file_does_not_stop_the_rest() -> None:
    write("a.yaml")
    text("b.xlsx", "bukan buku kerja")
    result = consolidate("a.yaml", "b.xlsx", "tidak-ada.yaml", "-o", "rekap.csv", code=4)

    assert total() == 1_000_000
    assert "tidak dihitung: 2 tidak terbaca" in result.output


# --- what is left out -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pattern", ["*lama*", "jambi-lama.yaml", "arsip/*", "masuk/arsip/*", "jambi-lam?.yaml"]
)
def test_a_pattern_fits_the_name_or_the_path(pattern: str) -> None:
    write("masuk/lahat.yaml")
    text("masuk/arsip/jambi-lama.yaml", "ini: bukan rencana")
    result = consolidate("masuk", "-o", "rekap.csv", "--exclude", pattern)

    assert f"  masuk/arsip/jambi-lama.yaml: pola “{pattern}”" in result.output
    assert "1 berkas: 0 salah" in result.output


def test_an_excluded_file_is_not_read() -> None:
    write("masuk/lahat.yaml")
    Path("masuk/folder.xlsx").write_bytes(b"bukan buku kerja")
    consolidate("masuk", "-o", "rekap.csv", code=4)
    consolidate("masuk", "-o", "rekap.csv", "--exclude", "folder*")

    assert total() == 1_000_000


def test_a_pattern_that_leaves_out_nothing_is_told_once() -> None:
    write("lahat.yaml")
    result = consolidate("lahat.yaml", "-o", "rekap.csv", "--exclude", "zzz", "--exclude", "zzz")

    assert result.output.count("RAK611") == 1


def test_recapitulations_of_ours_and_the_list_are_no_inputs_of_a_folder() -> None:
    write("lahat.yaml")
    text("unit.csv", f"unit\n{LAHAT}\n")
    for name in ("rekap.xlsx", "rekap.csv", "lain.xlsx"):
        consolidate(".", "-o", name, "--expect", "unit.csv")
    result = consolidate(".", "-o", "lain.csv", "--expect", "unit.csv")

    assert "1 berkas: 0 salah, 0 peringatan, 0 catatan" in result.output


# --- what must not be lost --------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("a.csv",), (".",), ("b.yaml", "--expect", "a.csv")])
def test_an_output_that_is_an_input_is_refused(words: tuple[str, ...]) -> None:
    write("b.yaml")
    api.save(loading.load("b.yaml").plans, "a.csv")
    before = Path("a.csv").read_bytes()
    consolidate(*words, "-o", "a.csv", code=2)

    assert Path("a.csv").read_bytes() == before


@pytest.mark.parametrize("name", ["rekap.xlsx", "rekap.csv", "rekap.json"])
def test_a_file_that_is_none_of_ours_is_not_overwritten(name: str) -> None:
    write("lahat.yaml")
    if name == "rekap.xlsx":
        openpyxl.Workbook().save(name)
    else:
        text(name, "catatan sendiri\n")
    before = Path(name).read_bytes()
    result = consolidate("lahat.yaml", "-o", name, code=2)

    assert "RAK620" in result.output
    assert Path(name).read_bytes() == before


@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # openpyxl knows no newer data bars
@pytest.mark.parametrize("name", ["rekap.xlsx", "rekap.csv", "rekap.json"])
def test_a_recapitulation_that_was_edited_is_not_overwritten(name: str) -> None:
    write("lahat.yaml")
    consolidate("lahat.yaml", "-o", name)
    if name == "rekap.xlsx":
        book = openpyxl.load_workbook(name)
        book["Rekap"]["A1"] = "Rekapitulasi kami"
        book.save(name)
    else:
        old, new = ("1000000", "2000000") if name == "rekap.json" else (",", ";")
        text(name, Path(name).read_text(encoding="utf-8").replace(old, new))
    before = Path(name).read_bytes()
    result = consolidate("lahat.yaml", "-o", name, code=3)

    assert "RAK618" in result.output
    assert Path(name).read_bytes() == before


def test_a_recapitulation_that_nobody_touched_is_made_anew() -> None:
    write("lahat.yaml")
    consolidate("lahat.yaml", "-o", "rekap.csv")
    write("lahat.yaml", biaya="5")
    consolidate("lahat.yaml", "-o", "rekap.csv")

    assert total() == 5


def test_an_output_that_is_open_in_excel_is_told_before_all_is_read() -> None:
    text("lahat.yaml", "rusak")
    Path("~$rekap.xlsx").touch()
    result = consolidate("lahat.yaml", "-o", "rekap.xlsx", code=4)

    assert "~$rekap.xlsx" in result.output
    assert "lahat.yaml" not in result.output


@pytest.mark.parametrize("name", ["rekap.xlsx", "rekap.csv"])
def test_a_disk_that_is_full_amid_the_writing_leaves_the_former_one_whole(name: str) -> None:
    """The limit on a file's size strikes where a full disk would: in the middle of a part."""
    write("a/satu.yaml")
    consolidate("a", "-o", name)
    before = Path(name).read_bytes()
    for number, region in enumerate(REGIONS):
        write(f"a/{number}.yaml", f"KPU Kota {region}")
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); "
        "from rak_excel.cli import main; sys.argv[0] = 'rak'; main()"
    )
    words = ("consolidate", "a", "-o", name, "--no-cache")
    ran = subprocess.run([sys.executable, "-c", limited, *words], capture_output=True, text=True, check=False)

    assert ran.returncode == 4
    assert "RAK010" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert Path(name).read_bytes() == before
    assert {path.name for path in Path().iterdir()} == {"a", name}


def test_nothing_is_written_where_the_list_cannot_be_read() -> None:
    write("lahat.yaml")
    consolidate("lahat.yaml", "-o", "rekap.csv", "--expect", "tidak-ada.csv", code=4)

    assert not Path("rekap.csv").exists()


# --- the list of units ------------------------------------------------------------------------------------


def test_a_list_may_have_any_separator_encoding_and_further_columns() -> None:
    write("lahat.yaml", "KPU Kota Parepare")
    table = "sep=;\nNo;Unit;Ketua\n1;KPU Kota Parepare;José\n2;KPU Kab. Lahat;–\n"
    Path("unit.csv").write_bytes(table.encode("cp1252"))
    result = consolidate("lahat.yaml", "-o", "rekap.csv", "--expect", "unit.csv", code=1)

    assert "unit.csv:4:1: salah RAK606: unit “KPU Kab. Lahat” belum masuk" in result.output
    assert "1 unit belum masuk" in result.output


def test_a_list_of_one_column_may_have_commas_in_its_names() -> None:
    write("a.yaml", "Dinas Perumahan, Permukiman dan Pertanahan")
    text("unit.csv", "unit\nDinas Perumahan, Permukiman dan Pertanahan\n")

    assert "RAK6" not in consolidate("a.yaml", "-o", "rekap.csv", "--expect", "unit.csv").output


# --- what is told -----------------------------------------------------------------------------------------


def many() -> None:
    """More files than are told one by one: each has the same warning, one has an error."""
    for number, region in enumerate(REGIONS):
        write(f"masuk/{number}.yaml", f"KPU Kota {region}")
        path = Path(f"masuk/{number}.yaml")
        path.write_text(
            path.read_text(encoding="utf-8").replace("yang terpenuhi", "KPU Kabupaten Lahat"),
            encoding="utf-8",
        )
    text("masuk/x.yaml", PLAN.format(unit=LAHAT, biaya="mahal", tahun=2026))
    write("masuk/y.yaml", JAMBI, "3")


def test_of_many_files_findings_are_summed_up_and_our_own_told_in_full() -> None:
    many()
    result = consolidate("masuk", "-o", "rekap.csv", code=1)

    assert result.output.count("RAK220") == 1
    assert "peringatan RAK220 kantor-lain: 10 di 10 berkas, pertama masuk/0.yaml:7:17" in result.output
    assert "masuk/0.yaml:3:7: salah RAK603:" in result.output
    assert "12 berkas: 2 salah, 10 peringatan, 0 catatan" in result.output


def test_with_v_every_finding_is_told_with_its_line() -> None:
    many()
    result = consolidate("masuk", "-o", "rekap.csv", "-v", code=1)

    assert result.output.count("peringatan RAK220: ") == 10
    assert "      - uraian: Persentase layanan KPU Kabupaten Lahat" in result.output


def test_with_q_only_errors_are_told() -> None:
    many()
    result = consolidate("masuk", "-o", "rekap.csv", "-q", code=1)

    assert "RAK220" not in result.output
    assert "RAK603" in result.output
    assert "dibuat" not in result.output


def test_findings_name_files_as_they_were_typed() -> None:
    write("masuk/a.yaml")
    write("masuk/b.yaml", biaya="7")
    result = consolidate("masuk", "-o", "hasil/rekap.csv", code=1)

    assert "\nmasuk/a.yaml:3:7: salah RAK603" in f"\n{result.output}"


def test_what_does_not_count_has_the_name_it_was_given_and_of_two_plans_in_a_file_who_answers(
    tmp_path: Path,
) -> None:
    for name, unit in (("a.yaml", LAHAT), ("c.yaml", JAMBI), ("d.yaml", PIDIE)):
        write(name, unit)
    both = (PLAN.format(unit=LAHAT, biaya=1, tahun=2025) for _ in range(2))
    text("b.yaml", "---\n".join(both).replace("Ketua", "Sekretaris", 1))
    result = consolidate(".", "-o", str(tmp_path / "rekap.csv"))

    assert "  b.yaml (Sekretaris): tahun 2025, bukan 2026\n" in result.output
    assert "  b.yaml (Ketua): tahun 2025, bukan 2026\n" in result.output


# --- once more --------------------------------------------------------------------------------------------


def test_a_second_run_over_the_same_files_writes_nothing_and_says_the_same() -> None:
    many()
    first = consolidate("masuk", "-o", "rekap.xlsx", code=1)
    os.utime("rekap.xlsx", (1, 1))
    second = consolidate("masuk", "-o", "rekap.xlsx", code=1)

    assert Path("rekap.xlsx").stat().st_mtime == 1
    assert "sudah mutakhir, tidak ditulis ulang: rekap.xlsx (9 unit" in second.output
    assert second.output.replace("sudah mutakhir, tidak ditulis ulang", "dibuat") == first.output


@pytest.mark.parametrize("words", [("--no-cache",), ("-v",), ("--exclude", "y*"), ("--lang", "en")])
def test_other_options_ask_for_all_of_it_again(words: tuple[str, ...]) -> None:
    many()
    consolidate("masuk", "-o", "rekap.xlsx", code=1)
    os.utime("rekap.xlsx", (1, 1))
    consolidate("masuk", "-o", "rekap.xlsx", *words, code=1)

    assert Path("rekap.xlsx").stat().st_mtime != 1


def changed_plan() -> None:
    write("masuk/9.yaml", "KPU Kota Batu", "77")


def new_plan() -> None:
    write("masuk/baru.yaml", PIDIE, "77")


def lost_output() -> None:
    Path("rekap.csv").unlink()


@pytest.mark.parametrize("change", [changed_plan, new_plan, lost_output])
def test_whatever_has_changed_is_seen(change: object) -> None:
    many()
    consolidate("masuk", "-o", "rekap.csv", code=1)
    assert callable(change)
    change()
    result = consolidate("masuk", "-o", "rekap.csv", code=1)

    assert "dibuat: rekap.csv" in result.output
    assert (77 in {int(row["biaya"]) for row in rows()}) is (change is not lost_output)


def test_a_layout_of_a_plans_own_is_read_anew_each_time() -> None:
    many()
    text(
        "masuk/9.yaml",
        "tata_letak: sendiri.yaml\n" + PLAN.format(unit="KPU Kota Batu", biaya="9", tahun=2026),
    )
    layout = api.layout_text("kpu")
    Path("masuk/sendiri.yaml").write_text(layout, encoding="utf-8")
    words = ("masuk", "-o", "rekap.csv", "--exclude", "sendiri.yaml")
    consolidate(*words, code=1)
    Path("masuk/sendiri.yaml").write_text("bukan tata letak", encoding="utf-8")
    result = consolidate(*words, code=1)

    assert "dibuat: rekap.csv" in result.output
    assert "KPU Kota Batu" not in {row["unit"] for row in rows()}


# --- what it costs the others -----------------------------------------------------------------------------


def test_importing_the_package_does_not_load_what_adds_up() -> None:
    script = "import rak_excel, rak_excel.cli, sys; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)

    heavy = {"rak_excel.plan.consolidate", "rak_excel.plan.deciding", "hashlib", "json", "sqlite3", "csv"}
    assert heavy & set(ran.stdout.split()) == set()
