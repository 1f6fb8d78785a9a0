"""The whole ring by hand: somebody at LibreOffice fills in a form, heads edit what is built, all comes back.

What must come of it is written here by whoever knows the edits, and read with the command's own JSON or by
openpyxl, a stranger.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import openpyxl
import pytest
from click.testing import CliRunner

from clients import editing, libreoffice
from clients.editing import (
    cleared,
    copied,
    deleted,
    filled_down,
    hidden,
    inserted,
    merged,
    noted,
    sorted_by,
    typed,
    unmerged,
)
from rak_excel.cli import rak

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.client

ROOT: Final = Path(__file__).parents[2]
PDI: Final = "Sub Bagian Perencanaan, Data dan Informasi"
SDM: Final = "Sub Bagian Hukum dan SDM"
KUL: Final = "Sub Bagian Keuangan, Umum, dan Logistik"

FIELDS: Final = {
    "C2": "2026", "C3": "Sekretariat KPU Kabupaten Lahat", "C5": "Rp 750.000.000",
    "E2": "Sekretaris", "E3": "MERY ANGGRAINY", "E4": "198205062010122002", "E6": "Lahat",
    "E7": "5 Januari 2026",
}  # fmt: skip
# as many ways to write a tick and a cost as staff have; the last row of a shared cost stays blank
ROWS: Final = {
    "A11": "1", "B11": "Terlaksananya perencanaan", "C11": "Persentase dokumen yang selesai", "D11": "100",
    "E11": "Penyusunan rencana kerja", "F11": "√", "G11": "√", "H11": "√", "I11": "√",
    "J11": "306.461.000", "K11": PDI,
    "E12": "Rapat koordinasi", "G12": "v", "I12": "V", "J12": "Rp 43.320.000", "K12": PDI,
    "E13": "Evaluasi anggaran", "I13": "1", "J13": "10261000", "K13": PDI,
    "E14": "Pelatihan Badan Adhoc", "F14": "x", "G14": "x", "J14": "203.660.000", "K14": SDM,
    "E15": "Sosialisasi tahapan", "G15": "ya", "K15": SDM,
    "A16": "2", "B16": "Tertibnya pengelolaan keuangan", "C16": "Opini laporan keuangan", "D16": "WTP",
    "E16": "Penyusunan laporan keuangan", "G16": "√", "I16": "√", "J16": "nihil", "K16": KUL,
    "C17": "Persentase tagihan yang dibayar", "D17": "92,5",
    "E17": "Pembayaran tagihan", "F17": "√", "G17": "√", "H17": "√", "I17": "√",
    "J17": "64804000", "K17": KUL,
}  # fmt: skip
FILLED: Final = (
    *(typed(cell, text) for cell, text in (FIELDS | ROWS).items()),
    merged("B11:B15"),
    merged("C11:C15"),
    merged("J14:J15"),
)
# the head's: a cost, a text, two ticks, the first two kegiatan sorted, one added that shares its cost with
# the next, one deleted
HEAD: Final = (
    typed("J9", "310.000.000"),
    typed("E15", "Pembayaran gaji dan tagihan"),
    typed("H10", "v"),
    cleared("F12"),
    sorted_by("E9:K10", 5, descending=True),
    inserted(15),
    typed("D15", "WTP"),
    typed("E15", "Rekonsiliasi aset"),
    typed("G15", "√"),
    typed("J15", "25.000.000"),
    typed("K15", KUL),
    merged("J15:J16"),
    deleted(11),
)

# sasaran, indikator, kegiatan, target, triwulan, biaya, pelaksana
Row = tuple[str, str, str, str, str, "int | str | None", str]
DOKUMEN: Final = ("Terlaksananya perencanaan", "Persentase dokumen yang selesai")
OPINI: Final = ("Tertibnya pengelolaan keuangan", "Opini laporan keuangan")
TAGIHAN: Final = ("Tertibnya pengelolaan keuangan", "Persentase tagihan yang dibayar")
BEFORE: Final[list[Row]] = [
    (*DOKUMEN, "Penyusunan rencana kerja", "100", "1234", 306_461_000, PDI),
    (*DOKUMEN, "Rapat koordinasi", "100", "24", 43_320_000, PDI),
    (*DOKUMEN, "Evaluasi anggaran", "100", "4", 10_261_000, PDI),
    (*DOKUMEN, "Pelatihan Badan Adhoc", "100", "12", 203_660_000, SDM),
    (*DOKUMEN, "Sosialisasi tahapan", "100", "2", "bersama", SDM),
    (*OPINI, "Penyusunan laporan keuangan", "WTP", "24", None, KUL),
    (*TAGIHAN, "Pembayaran tagihan", "92.5", "1234", 64_804_000, KUL),
]
AFTER: Final[list[Row]] = [
    (*DOKUMEN, "Rapat koordinasi", "100", "234", 43_320_000, PDI),
    (*DOKUMEN, "Penyusunan rencana kerja", "100", "1234", 310_000_000, PDI),
    (*DOKUMEN, "Pelatihan Badan Adhoc", "100", "2", 203_660_000, SDM),
    (*DOKUMEN, "Sosialisasi tahapan", "100", "2", "bersama", SDM),
    (*OPINI, "Penyusunan laporan keuangan", "WTP", "24", None, KUL),
    (*OPINI, "Rekonsiliasi aset", "WTP", "2", 25_000_000, KUL),
    (*TAGIHAN, "Pembayaran gaji dan tagihan", "92.5", "1234", "bersama", KUL),
]
BESIDE: Final = {
    "judul": "RENCANA AKSI KINERJA", "tahun": 2026, "unit": "Sekretariat KPU Kabupaten Lahat",
    "tata_letak": "kpu", "pagu": 750_000_000,
    "penandatangan": [{
        "jabatan": "Sekretaris", "nama": "MERY ANGGRAINY", "nip": "198205062010122002", "pangkat": None,
        "tempat": "Lahat", "tanggal": "5 Januari 2026", "pengantar": None,
    }],
}  # fmt: skip
# the cells of the new workbook that are others than those of the first: one row left goal 1, one came to 2
CHANGED: Final = {
    "E9": "Rapat koordinasi", "F9": None, "J9": 43_320_000,
    "E10": "Penyusunan rencana kerja", "F10": "√", "H10": "√", "J10": 310_000_000,
    "E11": "Pelatihan Badan Adhoc", "G11": "√", "I11": None, "J11": 203_660_000, "K11": SDM,
    "E12": "Sosialisasi tahapan", "F12": None, "J12": None,
    "A13": 2, "B13": OPINI[0], "C13": OPINI[1], "D13": "WTP", "E13": "Penyusunan laporan keuangan",
    "I13": "√", "J13": "-", "K13": KUL,
    "A14": None, "B14": None, "C14": None, "E14": "Rekonsiliasi aset", "I14": None, "J14": 25_000_000,
    "E15": "Pembayaran gaji dan tagihan", "J15": None,
}  # fmt: skip
MERGES_LEFT: Final = {"A9:A13", "B9:B13", "C9:C13", "J12:J13", "A14:A15", "B14:B15"}
MERGES_CAME: Final = {
    "A9:A12", "B9:B12", "C9:C12", "J11:J12", "A13:A15", "B13:B15", "C13:C14", "J14:J15",
}  # fmt: skip


class Office(NamedTuple):
    """The form as it was filled in, what was built of it, and what the head made of that."""

    profile: Path
    form: Path
    official: Path
    edited: Path

    def edit(self, source: str, target: str, *steps: str) -> None:
        """Do these steps on a workbook in LibreOffice."""
        editing.edit(Path(source), Path(target), steps, self.profile)


def run(*arguments: str, code: int = 0) -> str:
    """What a command says; it must end with this code."""
    done = CliRunner().invoke(rak, arguments, prog_name="rak")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == code, done.output
    return done.output


def shown(path: str) -> dict[str, Any]:
    """The only plan of a file, as scripts see it."""
    (plan,) = json.loads(run("show", path, "--format", "json"))["plans"]
    assert isinstance(plan, dict)
    return plan


def rows_of(plan: dict[str, Any]) -> list[Row]:
    return [
        (
            sasaran["uraian"],
            indikator["uraian"],
            one["uraian"],
            one["target"],
            "".join(str(number) for number, tick in enumerate(one["triwulan"], 1) if tick),
            one["biaya"],
            one["pelaksana"],
        )
        for sasaran in plan["sasaran"]
        for indikator in sasaran["indikator"]
        for one in indikator["kegiatan"]
    ]


def sheet_of(path: str | Path) -> Worksheet:
    """The first sheet, as openpyxl has it."""
    return openpyxl.load_workbook(path).worksheets[0]


def cells_of(path: str) -> dict[str, Any]:
    """Every cell that somebody sees on the official sheet."""
    return {cell.coordinate: cell.value for row in sheet_of(path).iter_rows(max_col=11) for cell in row}


def notes_of(sheet: Worksheet) -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment
    }  # fmt: skip


def merges_of(path: str) -> set[str]:
    return {str(one) for one in sheet_of(path).merged_cells.ranges}


@pytest.fixture(scope="module", params=["id-ID", "en-US"])
def desk(request: pytest.FixtureRequest, profile: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A form filled in by hand, built, and edited by hand; under an English setting 306.461.000 is a text."""
    assert profile.is_dir()
    folder = tmp_path_factory.mktemp("meja")
    office = Office(
        editing.speaks(request.param, folder / "profil"),
        *(folder / name for name in ("masukan.xlsx", "resmi.xlsx", "kepala.xlsx")),
    )
    run("init", str(folder / "kosong.xlsx"))
    editing.edit(folder / "kosong.xlsx", office.form, FILLED, office.profile)
    run("build", str(office.form), "-o", str(office.official))
    editing.edit(office.official, office.edited, HEAD, office.profile)
    return office


@pytest.fixture
def office(desk: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Copies of what lies on the desk, in the folder one works in."""
    for path in desk[1:]:
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    return desk


def source_of(ending: str) -> str:
    """The name of a source in one of the three forms, which says what the form says."""
    if ending == "xlsx":
        return "masukan.xlsx"
    run("import", "masukan.xlsx", "-o", f"sumber.{ending}")
    return f"sumber.{ending}"


@pytest.mark.usefixtures("office")
def test_a_form_filled_in_by_hand_is_clean_and_says_what_was_typed() -> None:
    assert run("check", "masukan.xlsx") == "1 berkas: 0 salah, 0 peringatan, 0 catatan\n"
    plan = shown("masukan.xlsx")

    assert rows_of(plan) == BEFORE
    assert {key: plan[key] for key in BESIDE} == BESIDE
    assert plan["jumlah_biaya"] == 628_506_000


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("ending", ["xlsx", "yaml", "csv"])
def test_what_the_head_did_arrives_in_the_source_and_in_the_next_workbook(ending: str) -> None:
    source = source_of(ending)
    run("import", "kepala.xlsx", "--into", source)
    plan = shown(source)
    run("build", source, "-o", "baru.xlsx")
    before, after = cells_of("resmi.xlsx"), cells_of("baru.xlsx")

    assert rows_of(plan) == AFTER
    assert {key: plan[key] for key in BESIDE} == BESIDE
    assert plan["jumlah_biaya"] == 581_980_000
    assert {cell: after[cell] for cell in after if after[cell] != before.get(cell)} == CHANGED
    assert before.keys() == after.keys()
    assert merges_of("resmi.xlsx") - merges_of("baru.xlsx") == MERGES_LEFT
    assert merges_of("baru.xlsx") - merges_of("resmi.xlsx") == MERGES_CAME
    assert Path(f"{source}.bak").exists()


@pytest.mark.parametrize("ending", ["xlsx", "yaml", "csv"])
def test_rows_that_were_copied_filled_down_unmerged_and_hidden_arrive(ending: str, office: Office) -> None:
    """The copied row brings its hidden id along, and the hidden one is part of the plan still."""
    source = source_of(ending)
    office.edit(
        "resmi.xlsx",
        "lain.xlsx",
        inserted(11),
        copied("D10:L10", "D11"),
        typed("E11", "Rapat lanjutan"),
        filled_down("K12:K13"),
        unmerged("J13:J14"),
        typed("J14", "50.000.000"),
        hidden(12),
    )
    told = run("import", "lain.xlsx", "--into", source)
    first, second, third, fourth, fifth, *rest = BEFORE

    assert rows_of(shown(source)) == [
        first,
        second,
        (*DOKUMEN, "Rapat lanjutan", *second[3:]),
        third,
        (*fourth[:6], PDI),
        (*fifth[:5], 50_000_000, SDM),
        *rest,
    ]
    assert [code for code in ("RAK420", "RAK433") if code in told] == ["RAK420", "RAK433"]


def test_what_a_planner_wrote_beside_the_plan_goes_with_its_row_or_is_told(office: Office) -> None:
    own = {"L10": "Catatan saya", "L12": "tanya Pak Budi", "L13": "dari tahun lalu"}
    steps = (typed(cell, text) for cell, text in own.items())
    office.edit("masukan.xlsx", "milik.xlsx", *steps, noted("J12", "cek lagi"))
    told = run("import", "kepala.xlsx", "--into", "milik.xlsx")
    sheet = sheet_of("milik.xlsx")

    assert rows_of(shown("milik.xlsx")) == AFTER
    assert {cell.coordinate: cell.value for cell in sheet["L"] if cell.value} == {
        "L10": "Catatan saya", "L11": "tanya Pak Budi"
    }  # fmt: skip
    assert {cell: text.strip() for cell, text in notes_of(sheet).items()} == {"J11": "cek lagi"}
    assert "“dari tahun lalu” (L13)" in told


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("ending", ["xlsx", "yaml", "csv"])
def test_an_edited_workbook_is_not_built_over_until_its_edits_are_in(ending: str) -> None:
    source = source_of(ending)
    edited = Path("kepala.xlsx").read_bytes()
    told = run("build", source, "-o", "kepala.xlsx", code=3)

    assert f"rak import kepala.xlsx --into {source}" in told
    assert Path("kepala.xlsx").read_bytes() == edited

    run("import", "kepala.xlsx", "--into", source)
    run("build", source, "-o", "kepala.xlsx")

    assert rows_of(shown("kepala.xlsx")) == AFTER
    assert "sudah sama" in run("import", "kepala.xlsx", "--into", source)


def test_a_conflict_is_settled_by_hand(office: Office) -> None:
    """The planner changes in the form what the head changed in the workbook, and they ask each other."""
    office.edit("masukan.xlsx", "kini.xlsx", typed("J11", "300.000.000"), typed("E17", "Pembayaran honor"))
    before = Path("kini.xlsx").read_bytes()
    told = run("import", "kepala.xlsx", "--into", "kini.xlsx", "--conflicts", "konflik.xlsx", code=3)
    assert "--resolve konflik.xlsx" in told
    sheet = sheet_of("konflik.xlsx")
    asked = [[cell.value for cell in row[1:5]] for row in sheet.iter_rows(min_row=4)]
    answers = {"300.000.000": "sumber", "“Pembayaran honor”": "buku kerja"}
    chosen = [typed(f"F{row}", answers[str(texts[3])]) for row, texts in enumerate(asked, 4)]
    office.edit("konflik.xlsx", "dipilih.xlsx", *chosen)
    run("import", "kepala.xlsx", "--into", "kini.xlsx", "--resolve", "dipilih.xlsx")

    assert [texts[1:] for texts in asked] == [
        ["306.461.000", "310.000.000", "300.000.000"],
        ["“Pembayaran tagihan”", "“Pembayaran gaji dan tagihan”", "“Pembayaran honor”"],
    ]
    assert rows_of(shown("kini.xlsx")) == [
        AFTER[0], (*AFTER[1][:5], 300_000_000, PDI), *AFTER[2:]
    ]  # fmt: skip
    assert Path("kini.xlsx.bak").read_bytes() == before


# --- nothing was edited ----------------------------------------------------------------------------------


def saved_by_libreoffice(path: Path, profile: Path) -> Path:
    folder = path.parent / "disimpan"
    folder.mkdir()
    return libreoffice.convert([path], "xlsx", folder, profile)[0]


def saved_by_openpyxl(path: Path, _: Path) -> Path:
    target = path.with_stem("openpyxl")
    openpyxl.load_workbook(path).save(target)
    return target


def marked_and_saved(path: Path, profile: Path) -> Path:
    target = path.with_stem("bertanda")
    run("check", str(path), "--mark", str(target))
    return saved_by_libreoffice(target, profile)


CLIENTS: Final = (saved_by_libreoffice, saved_by_openpyxl, marked_and_saved)


def hash_of(path: str) -> str:
    told = json.loads(run("show", path, "--format", "json"))["hash"]
    assert isinstance(told, str)
    return told


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("name", ["lahat-2024.yaml", "lahat-2024-sekretariat.csv", "lahat.xlsx"])
def test_what_nobody_edited_changes_no_byte_of_its_source(
    client: Callable[[Path, Path], Path],
    name: str,
    tmp_path: Path,
    profile: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    if name.endswith("xlsx"):
        run("import", str(ROOT / "examples" / "lahat-2024.yaml"), "-o", name)
    else:
        shutil.copy(ROOT / "examples" / name, name)
    source = Path(name).read_bytes()
    run("build", name, "-o", "resmi.xlsx")
    saved = client(tmp_path / "resmi.xlsx", profile)
    told = run("import", str(saved), "--into", name)

    assert "sudah sama, tidak ditulis ulang" in told
    assert Path(name).read_bytes() == source
    assert not Path(f"{name}.bak").exists()

    new = f"baru{Path(name).suffix}"
    run("import", str(saved), "-o", new)

    assert hash_of(new) == hash_of(name)
    assert hash_of(str(saved)) == hash_of(name)


@pytest.mark.usefixtures("office")
def test_a_form_filled_in_by_hand_keeps_every_byte_where_nothing_was_edited(office: Office) -> None:
    before = Path("masukan.xlsx").read_bytes()
    saved = saved_by_libreoffice(Path("resmi.xlsx").resolve(), office.profile)

    assert "sudah sama" in run("import", str(saved), "--into", "masukan.xlsx")
    assert Path("masukan.xlsx").read_bytes() == before


# --- marked copies ---------------------------------------------------------------------------------------


def test_a_marked_copy_shows_its_notes_in_libreoffice(office: Office) -> None:
    """Form and workbook alike, when somebody typed a cost that is none and forgot the quarters."""
    office.edit("masukan.xlsx", "salah.xlsx", typed("J12", "1,5 juta"), cleared("I13"))
    office.edit("resmi.xlsx", "keliru.xlsx", typed("J10", "1,5 juta"), cleared("I11"))
    for name, cost, ticks in (("salah.xlsx", "J12", "F13"), ("keliru.xlsx", "J10", "F11")):
        run("check", name, "--mark", "bertanda.xlsx", code=1)
        office.edit("bertanda.xlsx", "dibuka.xlsx")
        seen = openpyxl.load_workbook("dibuka.xlsx")
        notes = notes_of(seen.worksheets[0])
        listed = [[cell.value for cell in row[1:3]] for row in seen["Temuan"].iter_rows(min_row=2)]

        assert {cell: note.splitlines()[1].partition(":")[0] for cell, note in notes.items()} == {
            cost: "salah RAK110", ticks: "salah RAK204"
        }  # fmt: skip
        assert "1,5 juta" in notes[cost]
        assert sorted(listed) == sorted(
            [[code, f"{seen.sheetnames[0]}!{cell}"] for code, cell in (("RAK110", cost), ("RAK204", ticks))]
        )
        Path("bertanda.xlsx").unlink()
