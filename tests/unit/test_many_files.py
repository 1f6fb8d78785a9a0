"""`rak check` and `rak build` over many files: nothing is lost, nothing stops the rest."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

import openpyxl
import pytest

from commands import run
from many_files import environment, folder, plan, rak
from rak_excel import api, batch, loading, report, rules
from rak_excel.files import crew, store
from rak_excel.files import office as printer
from rak_excel.findings import RakError

if TYPE_CHECKING:
    from click.testing import Result
    from openpyxl.workbook import Workbook

MANY: Final = 20
WRONG_ONES: Final = frozenset({3, 11})

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own."""
    made = tmp_path_factory.mktemp("simpanan")
    monkeypatch.setenv("RAK_CACHE", str(made))
    return made


@pytest.fixture
def pays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache and two processes pay, however small the files are."""
    monkeypatch.setattr(batch, "KEEPING_PAYS", 0)
    monkeypatch.setattr(batch, "WORKERS_PAY", 0)
    monkeypatch.setattr(crew, "cores", lambda: 2)


def said(one: Result) -> tuple[int, str, str]:
    return one.exit_code, one.stdout, one.stderr


# --- check: the same as ever ---------------------------------------------------------------------------


@pytest.mark.parametrize("options", [(), ("--format", "json"), ("-q",), ("-v",), ("--lang", "en")])
def test_what_is_told_is_the_same_by_whatever_way_the_files_are_read(
    options: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    folder(MANY, WRONG_ONES)
    Path("rak/100.csv").write_text("unit;KPU\nno;sasaran\n", encoding="utf-8")
    Path("rak/101.xlsx").write_bytes(b"PK\3\4")
    plain = said(run("check", "rak", *options))
    request.getfixturevalue("pays")

    assert said(run("check", "rak", *options)) == plain
    assert said(run("check", "rak", *options)) == plain
    assert said(run("check", "rak", "--no-cache", *options)) == plain


def test_the_order_of_the_names_is_the_order_of_the_report() -> None:
    names = folder(MANY, WRONG_ONES)[::-1]
    found = run("check", *names).stdout

    assert re.findall(r"(?m)^(\S+):\d+:\d+: salah", found) == [names[8], names[16]]


def test_json_comes_piece_by_piece_and_is_the_document_it_always_was() -> None:
    names = folder(3, frozenset({1}))
    findings = [one for name in names for one in loading.load(name).findings]

    assert run("check", *names, "--format", "json").stdout == report.json_text(findings, 3)
    assert run("check", names[0], "--format", "json").stdout == report.json_text([], 1)


# --- check: the summary ----------------------------------------------------------------------------------


def summary_of(stderr: str) -> list[str]:
    return [line for line in stderr.splitlines() if " berkas, pertama " in line]


def test_the_findings_of_many_files_are_summed_up_by_rule_the_worst_first() -> None:
    names = folder(MANY, WRONG_ONES)
    for name in names[5:8]:
        text = Path(name).read_text(encoding="utf-8")
        Path(name).write_text(text.replace("rak: 1\n", "") + "pagu: 1\n", encoding="utf-8")
    found = run("check", "rak")

    assert summary_of(found.stderr) == [
        "salah RAK110 biaya-bukan-rupiah: 2 di 2 berkas, pertama rak/003.yaml:10:56",
        "peringatan RAK210 di-atas-pagu: 3 di 3 berkas, pertama rak/005.yaml:19:7",
        "catatan RAK108 tanpa-versi: 3 di 3 berkas, pertama rak/005.yaml:1:1",
    ]
    assert found.stderr.endswith(f"{MANY} berkas: 2 salah, 3 peringatan, 3 catatan\n")


@pytest.mark.parametrize(("many", "summed"), [(report.MANY, False), (report.MANY + 1, True)])
def test_few_files_are_told_without_a_summary_by_rule(many: int, summed: bool) -> None:
    folder(many, frozenset({1}))
    told = json.loads(run("check", "rak", "--format", "json").stdout)

    assert bool(summary_of(run("check", "rak").stderr)) is summed
    assert list(told) == ["version", "findings", "summary", *(["groups"] if summed else [])]


def test_json_of_many_files_sums_up_by_rule_too() -> None:
    folder(MANY, WRONG_ONES)
    told = json.loads(run("check", "rak", "--format", "json").stdout)

    assert told["groups"] == [
        {
            "code": "RAK110",
            "name": "biaya-bukan-rupiah",
            "severity": "error",
            "findings": 2,
            "files": 2,
            "first": {"file": "rak/003.yaml", "line": 10, "column": 56, "sheet": None, "cell": None},
        }
    ]
    assert told["summary"] == {"files": MANY, "errors": 2, "warnings": 0, "notes": 0}


# --- check: what can go wrong ------------------------------------------------------------------------------


@pytest.mark.usefixtures("pays")
def test_what_is_wrong_with_the_cache_is_told_beside_the_report_and_no_fault_of_a_file(cache: Path) -> None:
    folder(MANY)
    (cache / store.NAME).write_bytes(b"milik program lain")
    found = run("check", "rak", "--format", "json")

    assert (found.exit_code, json.loads(found.stdout)["summary"]["warnings"]) == (0, 0)
    assert "peringatan RAK632" in found.stderr
    assert "RAK632" not in run("check", "rak", "--no-cache").output


@pytest.mark.usefixtures("pays")
def test_a_file_that_is_gone_when_its_turn_comes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    names = folder(MANY)
    real = loading.files_in

    def listed(path: str) -> tuple[str, ...]:
        found = real(path)
        Path(names[4]).unlink()
        return found

    monkeypatch.setattr(loading, "files_in", listed)
    found = run("check", "rak")

    assert found.exit_code == 4
    assert found.stdout.startswith(f"{names[4]}: salah RAK001")
    assert f"{MANY} berkas: 1 salah" in found.stderr


@pytest.mark.usefixtures("pays")
def test_a_file_that_may_not_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    names = folder(3)
    real = Path.read_bytes

    def refused(path: Path) -> bytes:
        if str(path) == names[1]:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    monkeypatch.setattr(crew, "cores", lambda: 1)
    found = run("check", "rak")

    assert found.exit_code == 4
    assert f"{names[1]}: salah RAK001" in found.stdout
    assert "tidak ada izin" in found.stdout


def test_a_folder_that_may_not_be_looked_into_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in it would be missing without a word."""
    folder(2)
    Path("rak/lahat").mkdir()
    look = os.scandir

    def refused(path: str) -> os._ScandirIterator[str]:
        if str(path).endswith("lahat"):
            raise PermissionError(13, "Permission denied", path)
        return look(path)

    monkeypatch.setattr(os, "scandir", refused)
    monkeypatch.setattr(os, "access", lambda path, _: not str(path).endswith("lahat"))
    found = run("check", "rak")

    assert (found.exit_code, found.stderr[:8]) == (4, "3 berkas")
    assert re.match("rak/lahat: salah RAK001: .*tidak ada izin", found.stdout)


def test_a_fault_of_ours_in_one_of_few_files_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    names = folder(3, frozenset({2}))
    real = loading.load

    def broken(path: str, layout: str | None = None) -> loading.Loaded:
        if path == names[0]:
            raise ZeroDivisionError("uji")
        return real(path, layout)

    monkeypatch.setattr(loading, "load", broken)
    found = run("check", "rak")

    assert found.exit_code == 4
    assert re.findall(r"(?m)^(\S+?):.*? salah (RAK\d+)", found.stdout) == [
        (names[0], "RAK900"),
        (names[2], "RAK110"),
    ]


def test_two_processes_of_rak_may_use_one_cache_at_once() -> None:
    folder(60, WRONG_ONES)
    words = rak("check", "rak", "--format", "json")
    env = environment(RAK_CACHE=os.environ["RAK_CACHE"])
    running = [
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) for _ in range(3)
    ]
    told = [one.communicate() for one in running]

    assert [err for _, err in told] == [b""] * 3
    assert {out for out, _ in told} == {run("check", "rak", "--format", "json").stdout.encode()}
    assert [one.returncode for one in running] == [1] * 3


def opened(name: str) -> Workbook:
    """A report as openpyxl sees it, which does not know all that Excel does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(name)


# --- check: the report -------------------------------------------------------------------------------------


def test_the_report_lists_every_finding_and_every_file() -> None:
    folder(MANY, WRONG_ONES)
    found = run("check", "rak", "--report", "hasil/laporan.xlsx")
    book = opened("hasil/laporan.xlsx")
    texts = {str(cell.value) for row in book["Temuan"] for cell in row}

    assert (found.exit_code, found.stderr.splitlines()[-1]) == (1, "laporan: hasil/laporan.xlsx")
    assert {"RAK110", "../rak/003.yaml", "../rak/011.yaml"} <= texts
    assert book.sheetnames == ["Ringkasan", "Temuan", "Berkas"]


def test_a_report_without_a_single_plan_can_be_written() -> None:
    found = run("check", "tidakada.yaml", "--report", "laporan.xlsx")

    assert found.exit_code == 4
    assert Path("laporan.xlsx").exists()


@pytest.mark.usefixtures("pays")
def test_the_report_is_the_same_by_whatever_way_the_files_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    folder(MANY, WRONG_ONES)
    run("check", "rak", "--report", "a.xlsx")
    run("check", "rak", "--report", "b.xlsx")
    monkeypatch.setattr(batch, "KEEPING_PAYS", 1 << 40)
    run("check", "rak", "--report", "c.xlsx")

    assert Path("a.xlsx").read_bytes() == Path("b.xlsx").read_bytes() == Path("c.xlsx").read_bytes()


def test_a_report_in_the_folder_is_passed_over_and_replaced_as_long_as_nobody_edits_it() -> None:
    folder(3, frozenset({1}))
    first = run("check", "rak", "--report", "rak/laporan.xlsx")
    again = run("check", "rak", "--report", "rak/laporan.xlsx")
    assert (first.exit_code, said(again)) == (1, said(first))
    book = opened("rak/laporan.xlsx")
    book.worksheets[0]["A1"] = "catatan"
    book.save("rak/laporan.xlsx")
    edited = Path("rak/laporan.xlsx").read_bytes()

    assert run("check", "rak", "--report", "rak/laporan.xlsx").exit_code == 3
    assert Path("rak/laporan.xlsx").read_bytes() == edited


@pytest.mark.parametrize(
    ("output", "code"), [("laporan.pdf", 2), ("rak/000.yaml", 2), ("lain.xlsx", 2), ("rak/000.xlsx", 2)]
)
def test_a_report_takes_the_place_of_nothing_else(output: str, code: int) -> None:
    folder(2)
    run("build", "rak")
    openpyxl.Workbook().save("lain.xlsx")
    before = {path: path.read_bytes() for path in Path().rglob("*.*")}

    assert run("check", "rak", "--report", output).exit_code == code
    assert {path: path.read_bytes() for path in Path().rglob("*.*")} == before


@pytest.mark.usefixtures("pays")
def test_a_report_that_is_named_is_told_to_be_no_plan() -> None:
    folder(3)
    run("check", "rak", "--report", "laporan.xlsx")

    assert "RAK640" in run("check", "laporan.xlsx").stdout
    assert "RAK640" in run("check", "laporan.xlsx", "rak").stdout


# --- build -------------------------------------------------------------------------------------------------


def workbooks() -> list[str]:
    return sorted(path.stem for path in Path("rak").glob("*.xlsx"))


@pytest.mark.parametrize("ways", ["few", "many"])
def test_what_is_right_is_built_and_what_is_wrong_is_told(ways: str, request: pytest.FixtureRequest) -> None:
    names = folder(MANY, WRONG_ONES)
    if ways == "many":
        request.getfixturevalue("pays")
    found = run("build", "rak")

    assert found.exit_code == 1
    assert workbooks() == [Path(name).stem for n, name in enumerate(names) if n not in WRONG_ONES]
    assert found.stderr.count("salah RAK110 biaya-bukan-rupiah: 2 di 2 berkas") == 1
    assert re.findall(r"(?m)^dibuat: rak/(\d+)", found.stderr) == workbooks()
    assert found.stderr.endswith(f"dibuat: {MANY - 2} dari {MANY}\n")


@pytest.mark.parametrize("ways", ["few", "many"])
def test_a_workbook_that_was_edited_stays_and_all_others_are_built(
    ways: str, request: pytest.FixtureRequest
) -> None:
    names = folder(4)
    run("build", "rak")
    book = openpyxl.load_workbook("rak/001.xlsx")
    book.worksheets[0]["A1"] = "DISUNTING"
    book.save("rak/001.xlsx")
    edited = Path("rak/001.xlsx").read_bytes()
    openpyxl.Workbook().save("rak/002.xlsx")
    before = Path("rak/000.xlsx").read_bytes()
    for name in names:
        text = Path(name).read_text(encoding="utf-8")
        Path(name).write_text(text.replace("250.000", "260.000"), encoding="utf-8")
    if ways == "many":
        request.getfixturevalue("pays")
    found = run("build", *names)

    assert found.exit_code == 3
    assert (found.stderr.count("RAK510"), found.stderr.count("RAK023")) == (1, 1)
    assert Path("rak/001.xlsx").read_bytes() == edited
    assert re.findall(r"(?m)^dibuat: rak/(\d+)", found.stderr) == ["000", "003"]
    assert Path("rak/000.xlsx").read_bytes() != before


@pytest.mark.usefixtures("pays")
def test_two_files_of_one_name_cannot_go_into_one_folder_and_nothing_is_written() -> None:
    for name in ("rak/lahat", "rak/muara-enim"):
        Path(name).mkdir(parents=True)
        Path(name, "rak.yaml").write_text(plan(), encoding="utf-8")
    found = run("build", "rak", "-o", "keluar")

    assert found.exit_code == 2
    assert "rak/lahat/rak.yaml" in found.stderr
    assert not Path("keluar").exists()
    assert run("build", "rak").exit_code == 0


@pytest.mark.usefixtures("pays")
def test_a_full_disk_is_told_of_each_file_it_strikes(monkeypatch: pytest.MonkeyPatch) -> None:
    names = folder(6)
    real = os.fsync
    left = iter([True, True, False, True, True, True])

    def full(handle: int) -> None:
        if not next(left):
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    found = run("build", "rak")

    assert found.exit_code == 4
    assert found.stderr.count("ruang simpan penuh") == 1
    assert len(workbooks()) == len(names) - 1
    assert [path for path in Path("rak").iterdir() if path.name.startswith(".rak-")] == []


def test_a_workbook_that_cannot_be_printed_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    folder(3)

    def pdf(_: bytes, name: str) -> bytes:
        if name == "001":
            raise RakError(rules.TANPA_LIBREOFFICE.at(sebab="uji"))
        return b"%PDF"

    monkeypatch.setattr(printer, "pdf", pdf)
    monkeypatch.setattr(printer, "program", lambda: "soffice")
    found = run("build", "rak", "--pdf")

    assert found.exit_code == 4
    assert "rak/001.pdf: salah RAK024" in found.stderr
    assert sorted(path.name for path in Path("rak").glob("*.pdf")) == ["000.pdf", "002.pdf"]


def test_thousands_of_outputs_are_told_apart_at_once() -> None:
    """A comparison of each with each would take minutes."""
    names = [f"kantor/{number}/rak{number}.yaml" for number in range(20_000)]
    calls = 0
    real = os.path.realpath

    def counted(path: Path) -> str:
        nonlocal calls
        calls += 1
        return real(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os.path, "realpath", counted)
        assert len(api.targets(names, "keluar")) == len(names)
    assert calls <= 2 * len(names)


# --- what a command pays for -------------------------------------------------------------------------------

POOLS: Final = {"multiprocessing", "concurrent.futures", "rak_excel.files.crew", "subprocess"}
STORES: Final = {"sqlite3", "rak_excel.files.store"}
FRAMES: Final = {"pandas", "numpy", "pyarrow"}


@pytest.mark.parametrize(
    "words",
    [
        ("check", "rak/000.yaml"),
        ("check", "rak"),
        ("check", "rak/000.xlsx", "--format", "json"),
        ("build", "rak/000.yaml", "-o", "lain.xlsx"),
        ("import", "rak/000.xlsx", "-o", "baru.yaml"),
    ],
)
def test_a_few_files_load_neither_a_pool_nor_a_database_nor_pandas(
    words: tuple[str, ...], cache: Path
) -> None:
    folder(2)
    run("build", "rak/000.yaml")
    script = f"import sys\nsys.argv[1:] = {list(words)!r}\nfrom rak_excel.cli import main\n"
    script += "try:\n    main()\nexcept SystemExit:\n    print('@', *sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env=environment(RAK_CACHE=str(cache)),
    )  # fmt: skip
    loaded = set(ran.stdout.partition("@")[2].split())

    assert "rak_excel.loading" in loaded
    assert loaded & (POOLS | STORES | FRAMES) == set()
    assert [*cache.iterdir()] == []


def test_many_files_load_no_pandas_and_those_that_were_kept_no_pool() -> None:
    folder(MANY)
    words = rak(
        "check", "rak", before="import atexit, sys; atexit.register(lambda: print('@', *sys.modules))"
    )
    env = environment(RAK_CACHE=os.environ["RAK_CACHE"])
    first, second = (
        subprocess.run(words, capture_output=True, text=True, check=True, env=env).stdout for _ in range(2)
    )
    read, kept = (set(one.partition("@")[2].split()) for one in (first, second))

    assert read >= STORES | {"concurrent.futures.process"}
    assert read & FRAMES == set()
    assert kept & {"multiprocessing", "concurrent.futures.process"} == set()


# --- on a terminal -----------------------------------------------------------------------------------------


def test_a_terminal_gets_a_bar_and_a_pipe_none() -> None:
    folder(MANY, WRONG_ONES)
    words = rak("check", "rak", before="from rak_excel import console; console._SLOW = console._BLINK = 0")
    env = environment(RAK_CACHE=os.environ["RAK_CACHE"])
    main, side = pty.openpty()
    running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=side, env=env)
    os.close(side)
    shown = b""
    try:
        while part := os.read(main, 4096):
            shown += part
    except OSError:  # Linux says so when the other side has closed it
        pass
    told = running.communicate()[0]
    piped = subprocess.run(words, capture_output=True, check=False, env=env)

    assert b"[############" in shown
    assert f"{MANY}/{MANY}".encode() in shown
    assert shown.rpartition(b"\x1b[K")[2].decode().splitlines() == piped.stderr.decode().splitlines()
    assert (told, b"\x1b" in piped.stderr) == (piped.stdout, False)


def test_the_memory_of_a_run_does_not_grow_with_the_number_of_files() -> None:
    def peak(many: int) -> int:
        script = "from resource import *; print(getrusage(RUSAGE_SELF)[2], getrusage(RUSAGE_CHILDREN)[2])"
        before = f"import atexit; atexit.register(lambda: exec({script!r}))"
        ran = subprocess.run(
            rak("check", "rak", "--no-cache", before=before),
            capture_output=True, text=True, check=True, env=environment(RAK_CACHE=os.environ["RAK_CACHE"]),
        )  # fmt: skip
        assert f"{many} berkas" in ran.stderr
        return max(int(one) for one in ran.stdout.split())

    folder(1, goals=14)
    run("build", "rak/000.yaml", "-o", "satu.xlsx")
    data = Path("satu.xlsx").read_bytes()
    for number in range(1, 100):
        Path(f"rak/{number:03}.xlsx").write_bytes(data)
    few = peak(100)
    for number in range(100, 600):
        Path(f"rak/{number:03}.xlsx").write_bytes(data)

    assert peak(600) < few * 1.1
