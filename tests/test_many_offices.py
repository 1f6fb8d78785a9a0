"""550 offices in mixed forms, one in twenty with a planted fault, through the commands as they are typed.

What must come out was decided when the files were made (`offices`), and none of it by the product.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import warnings
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import pytest

from clients import ooxml, recalculating
from offices import folder as offices
from offices.plans import TAHUN, Counted, Sums, counted_of
from offices.texts import DOERS, OTHER_SPELLINGS
from rak_excel import batch, consolidating
from rak_excel.files import crew

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from offices.folder import Sent, Truth
    from rak_excel.plan.model import Plan

COUNT: Final = 550
LIST: Final = "daftar.csv"
OPTIONS: Final = ("--expect", LIST, "--exclude", offices.EXCLUDED)
UNREADABLE: Final = 4


@dataclass(frozen=True)
class Province:
    """A folder of offices, the truth about it, and what the commands said."""

    path: Path
    truth: Truth
    found: list[dict[str, Any]]
    sheets: dict[str, list[dict[str, Any]]]
    rows: list[dict[str, str]]


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Province:
    """All offices, checked and added up once; later commands find the files in the cache."""
    path = tmp_path_factory.mktemp("nasional")
    truth = put(path, COUNT)
    environment = {**os.environ, "RAK_CACHE": str(path / "simpanan")}
    environment.pop("RAK_LANG", None)

    def rak(*words: str) -> str:
        command = [sys.executable, "-m", "rak_excel", *words]
        ran = subprocess.run(command, cwd=path, env=environment, capture_output=True, check=False)
        assert ran.returncode == UNREADABLE, ran.stderr.decode()
        return ran.stdout.decode()

    rak("-q", "consolidate", "masuk", "-o", "rekap.xlsx", *OPTIONS)
    rak("-q", "consolidate", "masuk", "-o", "rekap.csv", *OPTIONS)
    found = json.loads(rak("-q", "check", "masuk", "--format", "json"))["findings"]
    rows = list(csv.DictReader(io.StringIO((path / "rekap.csv").read_bytes().decode(), newline="")))
    return Province(path, truth, found, tables(path / "rekap.xlsx"), rows)


def put(path: Path, count: int) -> Truth:
    """Write a folder of offices, and the list of those that ought to be there."""
    truth = offices.made(count)
    truth.write(path / "masuk")
    (path / LIST).write_bytes(truth.units())
    return truth


def tables(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Each sheet's table as openpyxl shows the stored values: a row by its headings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl does not know Excel's newer conditional formats
        book = openpyxl.load_workbook(path, data_only=True)
    found = {}
    for page in book:
        (table,) = page.tables.values()
        head, *rows = page[table.ref]
        names = [cell.value for cell in head]
        found[page.title] = [dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows]
    return found


def of_plan(one: Sent) -> Plan:
    assert one.plan is not None
    return one.plan


def counted(truth: Truth) -> Iterator[tuple[Sent, Counted]]:
    """Every kegiatan that counts, in the order of files, and of plans in them."""
    for one in sorted(truth.counted, key=lambda sent: (sent.file, sent.number)):
        for kegiatan in counted_of(of_plan(one)):
            yield one, kegiatan


# --- what is wrong -----------------------------------------------------------------------------------------


def test_at_least_twelve_kinds_of_faults_are_planted_in_one_of_twenty_plans(nation: Province) -> None:
    files = {file for file, _ in nation.truth.planted}

    assert len({planted.kind for _, planted in nation.truth.planted}) >= 12
    assert len(files) >= COUNT // 20
    assert {one.status for one in nation.truth.sent} == {
        *("dipakai", "salinan", "digantikan", "perlu-dipilih", "tahun-lain", "salah", "dikecualikan"),
        "tidak-terbaca",
    }
    assert {one.form for one in nation.truth.sent} - {""} == {"YAML", "CSV", "lembar isian", "buku kerja"}


def test_every_planted_fault_is_found_at_its_place_and_nothing_else_is(nation: Province) -> None:
    found = Counter(
        (one["file"], one["code"], one["line"], one["sheet"], one["cell"]) for one in nation.found
    )
    planted = Counter(
        (f"masuk/{file}", one.rule.code, one.line, one.sheet, one.cell)
        for file, one in nation.truth.planted
        if not one.rule.code.startswith("RAK6")  # what only adding up can tell
    )

    assert found == planted


def test_the_recapitulation_tells_the_same_and_what_only_adding_up_can_tell(nation: Province) -> None:
    own = re.compile("RAK6(?!15)")
    told = [row for row in nation.sheets["Temuan"] if not own.match(row["Kode"])]
    found = Counter(
        (row["Berkas"], row["Kode"], row["Lembar"], str(row["Sel atau baris"] or "")) for row in told
    )
    planted = Counter(
        (f"masuk/{file}", one.rule.code, one.sheet, one.cell or str(one.line or ""))
        for file, one in nation.truth.planted
    )

    assert found == planted
    assert Counter(
        (row["Kode"], row["Berkas"]) for row in nation.sheets["Temuan"] if own.match(row["Kode"])
    ) == (
        Counter(
            (rule.code, f"masuk/{file}" if file != LIST else LIST) for rule, file in nation.truth.own(LIST)
        )
    )


def test_missing_units_are_told_at_their_lines_of_the_list(nation: Province) -> None:
    statuses = nation.truth.statuses()
    missing = {
        office.name: str(line)
        for line, office in enumerate(nation.truth.expected, 2)
        if statuses[office.name] != "masuk"
    }

    assert missing == {
        row["Unit"]: row["Sel atau baris"] for row in nation.sheets["Temuan"] if row["Berkas"] == LIST
    }


def test_findings_of_a_unit_are_those_that_are_listed(nation: Province) -> None:
    listed: dict[int, Counter[str]] = defaultdict(Counter)
    for row in nation.sheets["Temuan"]:
        if row["No. unit"] is not None:
            listed[row["No. unit"]][row["Tingkat"]] += 1

    assert {
        row["No."]: (row["Salah"], row["Peringatan"], row["Catatan"]) for row in nation.sheets["Rekap"]
    } == {
        row["No."]: tuple(listed[row["No."]][word] for word in ("salah", "peringatan", "catatan"))
        for row in nation.sheets["Rekap"]
    }


# --- what counts -------------------------------------------------------------------------------------------


def test_every_file_has_the_status_that_it_was_made_for(nation: Province) -> None:
    found = {
        (row["Berkas"], row["Rencana ke-"]): row["Status"].replace(" ", "-")
        for row in nation.sheets["Berkas"]
        if row["Berkas"] is not None
    }

    assert found == {
        (f"masuk/{one.file}", None if one.office is None else one.number + 1): one.status
        for one in nation.truth.sent
    }


def test_units_that_have_sent_nothing_stand_below_the_files(nation: Province) -> None:
    missing = [unit for unit, status in nation.truth.statuses().items() if status == "belum"]

    assert [row["Unit"] for row in nation.sheets["Berkas"] if row["Berkas"] is None] == missing


def test_a_plan_that_does_not_count_says_what_counts_instead(nation: Province) -> None:
    used = defaultdict(set)
    for one in nation.truth.counted:
        used[one.office].add(f"masuk/{one.file}")
    reasons = {row["Berkas"]: row["Keterangan"] for row in nation.sheets["Berkas"]}
    instead = [one for one in nation.truth.sent if one.status in ("salinan", "digantikan")]

    assert [
        one.file
        for one in instead
        if not any(file in reasons[f"masuk/{one.file}"] for file in used[one.office])
    ] == []


def test_every_unit_comes_to_its_exact_sums(nation: Province) -> None:
    columns = (
        *("Sasaran", "Indikator", "Kegiatan", "Biaya (Rp)"),
        *(f"Biaya triwulan {roman}" for roman in ("I", "II", "III", "IV")),
        "Biaya tanpa jadwal",
    )
    found = {row["Unit"]: Sums(*(row[name] for name in columns)) for row in nation.sheets["Rekap"]}
    words = {
        "masuk": "masuk",
        "salah": "salah",
        "perlu-dipilih": "perlu dipilih",
        "tahun-lain": "tahun lain",
        "belum": "belum mengirim",
    }

    assert found == nation.truth.sums()
    assert {row["Unit"]: row["Status"] for row in nation.sheets["Rekap"]} == {
        unit: words[status] for unit, status in nation.truth.statuses().items()
    }
    assert [row["Unit"] for row in nation.sheets["Rekap"]] == [
        office.name for office in nation.truth.expected
    ]


def test_every_quarter_comes_to_its_exact_sums(nation: Province) -> None:
    kegiatan, biaya, units = Counter[int](), Counter[int](), defaultdict(set)
    for sent, one in counted(nation.truth):
        when = [quarter for quarter in range(4) if one.scheduled[quarter]] or [4]
        for quarter in when:
            kegiatan[quarter] += 1
            units[quarter].add(sent.office)
        for quarter, part in enumerate((*one.parts, one.tanpa)):
            biaya[quarter] += part

    assert [
        (row["Kegiatan terjadwal"], row["Unit"], row["Biaya (Rp)"]) for row in nation.sheets["Per Triwulan"]
    ] == [(kegiatan[quarter], len(units[quarter]), biaya[quarter]) for quarter in range(5)]


def test_every_doer_comes_to_its_exact_sums_whatever_its_spelling(nation: Province) -> None:
    usual = {name: name for name in DOERS} | dict(zip(OTHER_SPELLINGS, DOERS, strict=True))
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for _, one in counted(nation.truth):
        sums = found[usual[one.kegiatan.pelaksana]]
        sums[0] += 1
        sums[1] += one.biaya or 0

    assert {
        row["Pelaksana"]: [row["Kegiatan"], row["Biaya (Rp)"]] for row in nation.sheets["Per Pelaksana"]
    } == found


def test_every_goal_comes_to_its_exact_sums_and_near_ones_stay_apart(nation: Province) -> None:
    units, indikator, kegiatan, biaya = defaultdict(set), Counter[str](), Counter[str](), Counter[str]()
    for one in nation.truth.counted:
        for sasaran in of_plan(one).sasaran:
            rows = [row for each in sasaran.indikator for row in each.kegiatan]
            units[sasaran.uraian].add(one.office)
            indikator[sasaran.uraian] += len(sasaran.indikator)
            kegiatan[sasaran.uraian] += len(rows)
            biaya[sasaran.uraian] += sum(row.biaya for row in rows if isinstance(row.biaya, int))

    assert {
        row["Sasaran"]: (row["Unit"], row["Indikator"], row["Kegiatan"], row["Biaya (Rp)"])
        for row in nation.sheets["Per Sasaran"]
    } == {text: (len(units[text]), indikator[text], kegiatan[text], biaya[text]) for text in units}


def test_every_activity_is_one_row_with_exact_amounts(nation: Province) -> None:
    """In the tidy file; the sheet *Semua Kegiatan* holds the same."""
    ticks = ("t1", "t2", "t3", "t4")
    amounts = ("biaya", "biaya_t1", "biaya_t2", "biaya_t3", "biaya_t4", "biaya_tanpa_jadwal")
    texts = ("kegiatan", "target", "pelaksana", "program", "sub_kegiatan", "satuan")
    found = [
        (
            row["berkas"],
            [row[name] for name in texts],
            [row[name] == "true" for name in ticks],
            [int(row[name]) if row[name] else None for name in amounts],
        )
        for row in nation.rows
    ]

    assert found == [
        (
            f"masuk/{sent.file}",
            [getattr(one.kegiatan, name) or "" for name in ("uraian", *texts[1:])],
            list(one.scheduled),
            [one.biaya, *one.parts, one.tanpa],
        )
        for sent, one in counted(nation.truth)
    ]
    assert [
        (row["Berkas"], row["Kegiatan"] or "", row["Biaya (Rp)"]) for row in nation.sheets["Semua Kegiatan"]
    ] == [(berkas, kegiatan[0], amount[0]) for berkas, kegiatan, _, amount in found]
    assert {row["tahun"] for row in nation.rows} == {str(TAHUN)}


def test_the_place_of_an_activity_is_where_it_stands(nation: Province) -> None:
    """Of one file in ten every row is looked up: a cell that holds its text, or a line that does."""
    files = sorted({row["berkas"] for row in nation.rows if row["kegiatan"]})[::10]
    shown: dict[str, dict[tuple[str, str], str]] = {}
    for file in files:
        path = nation.path / file
        if path.suffix == ".xlsx":
            shown[file] = {
                (page.title, cell.coordinate): str(cell.value or "")
                for page in openpyxl.load_workbook(path)
                for cells in page.iter_rows()
                for cell in cells
            }
        else:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
            shown[file] = {("", str(number)): line for number, line in enumerate(lines, 1)}

    assert [
        (row["berkas"], row["sel"])
        for row in nation.rows
        if row["berkas"] in shown
        and row["kegiatan"] not in shown[row["berkas"]].get((row["lembar"], row["sel"]), "")
    ] == []


# --- strangers -------------------------------------------------------------------------------------------


@pytest.mark.client
@pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning:openpyxl")
def test_libreoffice_calculates_every_formula_of_the_nation_to_the_stored_value(
    nation: Province, tmp_path: Path, profile: Path
) -> None:
    every = list(recalculating.calculated((nation.path / "rekap.xlsx").read_bytes(), tmp_path, profile))

    assert [one for one in every if not one.agrees] == []
    assert len(every) > len(nation.rows)  # each activity has a link


@pytest.mark.client
def test_the_validator_has_no_complaint_about_the_nation(nation: Province, validator: str) -> None:
    assert ooxml.complaints(validator, nation.path / "rekap.xlsx") == []


# --- order and workers -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A smaller folder, which is added up again and again."""
    path = tmp_path_factory.mktemp("provinsi")
    put(path, 40)
    return path


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".json", ".parquet"])
def test_neither_order_nor_workers_change_a_byte(
    ending: str, province: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(province)
    folders = sorted(str(one.relative_to(province)) for one in (province / "masuk").iterdir())
    made = []
    for number, (inputs, cores) in enumerate([(["masuk"], 1), (folders, 2), (folders[::-1], 3)]):
        monkeypatch.setattr(crew, "cores", lambda cores=cores: cores)
        monkeypatch.setattr(batch, "WORKERS_PAY", 0 if cores > 1 else 1 << 60)
        output = f"rekap-{number}{ending}"
        asked = consolidating.Asked(tuple(inputs), output, LIST, (offices.EXCLUDED,), cache=False)
        consolidating.carry_out(asked, consolidating.bring(asked))
        made.append((province / output).read_bytes())
        (province / output).unlink()

    assert made[0] == made[1] == made[2]
