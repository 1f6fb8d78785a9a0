"""What is kept of a file says all that reading it again would say."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import openpyxl
import pytest

from commands import run
from gallery_setups import SET_UP
from many_files import WRONG, plan
from rak_excel import api, digest, loading, report, rules
from rak_excel.findings import Place
from rak_excel.plan.canonical import content_hash

if TYPE_CHECKING:
    from rak_excel.digest import Digest

CASES: Final = Path(__file__).parents[1] / "cases" / "findings"
TEXTS: Final = sorted(
    path for path in CASES.rglob("*") if path.suffix in loading.TEXTS and "layout" not in path.name
)
WORKBOOKS: Final = sorted(
    code
    for code in SET_UP
    if code.startswith(("RAK03", "RAK04", "RAK4")) and " check " in api.read_example(CASES / code).command
)

pytestmark = pytest.mark.usefixtures("own_folder")


def again(one: Digest, name: str | None = None) -> Digest:
    return digest.from_bytes(digest.to_bytes(one), name or one.file)


def of(text: str, name: str = "plan.yaml") -> Digest:
    Path(name).write_text(text, encoding="utf-8")
    return digest.digest_file(name)


# --- nothing is lost -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_text_is_the_same_when_it_is_taken_out_again(path: Path) -> None:
    one = digest.digest_file(str(path))
    loaded = loading.load(path)

    assert again(one) == one
    assert one.findings == (*loaded.findings, *api.too_tall(loaded))
    assert one.plans == loaded.plans
    assert report.told(zip(one.findings, one.quotes, strict=True)) == report.text(
        one.findings, loaded.sources
    )


@pytest.mark.parametrize("code", WORKBOOKS)
def test_a_workbook_is_the_same_when_it_is_taken_out_again(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (CASES / code).glob("plan.*"):
        Path(path.name).write_bytes(path.read_bytes())
    SET_UP[code](monkeypatch)
    name = next(str(path) for path in sorted(Path().iterdir()) if path.suffix in loading.WORKBOOKS)
    one = digest.digest_file(name)

    assert again(one) == one
    assert one.findings == loading.load(name).findings


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_is_kept_under_one_name_is_right_for_another(path: Path) -> None:
    """The name is no part of what is kept."""
    name = str(path)
    other = f"lain/Salinan plan{path.suffix}"
    kept = digest.read(name)
    read = digest.read(other, given=path.read_bytes())

    assert not kept.lasting or again(kept.digest, other) == read.digest


def test_a_name_that_is_no_text_is_given_back() -> None:
    one = of(plan(biaya=WRONG))

    assert {finding.file for finding in again(one, "a\udcff.yaml").findings} == {"a\udcff.yaml"}


def test_a_fact_that_could_not_be_kept_is_a_fault_of_ours_and_not_dropped() -> None:
    odd = rules.TIDAK_TERBACA.at(sebab=object()).placed(None, "a.yaml")

    with pytest.raises(TypeError):
        digest.to_bytes(digest.unreadable("a.yaml", (odd,)))


@pytest.mark.parametrize("length", [0, 5, 12, 40, -1])
def test_bytes_that_are_cut_are_no_digest(length: int) -> None:
    data = digest.to_bytes(of(plan(biaya=WRONG)))

    with pytest.raises(ValueError, match=r"."):
        digest.from_bytes(data[:length], "a.yaml")


def test_many_findings_are_told_with_few_in_memory() -> None:
    one = of(plan(biaya=WRONG))
    (finding,), many = one.findings, 1 << 16
    data = digest.to_bytes(
        replace(one, findings=(finding,) * many, owners=(0,) * many, quotes=one.quotes * many)
    )
    tracemalloc.start()
    told = sum(1 for _ in digest.told_in(data, "plan.yaml").findings)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert told == many
    assert peak < 16 * many  # not even a pair of pointers a finding


# --- which files may be kept -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "layout", "lasting"),
    [
        ("", None, True),
        ("", "kpu", True),
        ("tata_letak: kpu\n", None, True),
        ("tata_letak: tidakada\n", None, True),
        ("tata_letak: milik.yaml\n", None, False),
        ("tata_letak: [milik.yaml]\n", None, True),
        ("", "milik.yaml", False),
    ],
)
def test_what_a_layout_of_ones_own_decides_is_not_kept(more: str, layout: str | None, lasting: bool) -> None:
    """It may change tomorrow, and is looked for beside the plan."""
    own = (loading.TEMPLATES / "layouts" / "kpu.yaml").read_bytes()
    Path("milik.yaml").write_bytes(own)

    assert digest.read("plan.yaml", layout, (plan() + more).encode()).lasting is lasting


def test_a_workbook_that_was_built_in_a_layout_of_ones_own_is_not_kept() -> None:
    own = (loading.TEMPLATES / "layouts" / "kpu.yaml").read_bytes()
    Path("milik.yaml").write_bytes(own)
    Path("plan.yaml").write_text(plan() + "tata_letak: milik.yaml\n", encoding="utf-8")
    assert run("build", "plan.yaml").exit_code == 0

    assert not digest.read("plan.xlsx").lasting


@pytest.mark.parametrize("name", ["tidakada.yaml", "rak.pdf", "rusak.xlsx"])
def test_what_could_not_be_read_is_not_kept(name: str) -> None:
    Path("rak.pdf").write_bytes(b"%PDF")
    Path("rusak.xlsx").write_bytes(b"PK\3\4 dan seterusnya")

    assert not digest.read(name).lasting


# --- plans and places ------------------------------------------------------------------------------------


def test_a_finding_belongs_to_the_document_it_stands_in() -> None:
    one = of(f"{plan()}---\n{plan(biaya=WRONG)}---\n{plan(biaya=WRONG)}")

    assert [finding.code for finding in one.findings] == ["RAK110", "RAK110"]
    assert one.owners == (1, 2)


def test_a_finding_about_the_whole_file_belongs_to_no_plan() -> None:
    assert digest.digest_file("tidakada.yaml").owners == (None,)


def test_a_finding_of_a_workbook_belongs_to_the_plan_of_its_sheet() -> None:
    Path("plan.yaml").write_text(f"{plan()}---\n{plan().replace('Ketua', 'Sekretaris')}", encoding="utf-8")
    run("build", "plan.yaml")
    book = openpyxl.load_workbook("plan.xlsx")
    for sheet in book.worksheets[:2]:
        sheet["J9"] = WRONG
    book.create_sheet("Notulen").append(["rapat"])
    book.save("plan.xlsx")
    one = digest.digest_file("plan.xlsx")
    owners = {(finding.code, owner) for finding, owner in zip(one.findings, one.owners, strict=True)}

    assert owners >= {("RAK110", 0), ("RAK110", 1), ("RAK405", None)}


def test_a_text_tells_where_its_unit_and_each_kegiatan_stand() -> None:
    one = of(plan(goals=1))

    assert one.units == (Place(3, 7),)
    assert [place.line for place in one.places[0]] == [10, 11]
    assert len(one.places[0]) == sum(1 for _ in one.plans[0].kegiatan)


def test_a_workbook_tells_the_cells_of_its_kegiatan_and_the_hash_of_what_it_was_built_from() -> None:
    of(plan(goals=1))
    run("build", "plan.yaml")
    base = content_hash(loading.load("plan.yaml").plans)
    book = openpyxl.load_workbook("plan.xlsx")
    book.worksheets[0]["K10"] = "Keuangan"
    book.save("plan.xlsx")
    one = digest.digest_file("plan.xlsx")

    assert [place.cell for place in one.places[0]] == ["E9", "E10"]
    assert one.bases == (base,)
    assert one.hashes != (base,)
    assert one.form == "buku kerja"


@pytest.mark.parametrize(
    ("name", "form"), [("a.yaml", "YAML"), ("a.csv", "CSV"), ("a.xlsx", "lembar isian"), ("a.pdf", "")]
)
def test_the_form_of_a_file_is_a_word(name: str, form: str) -> None:
    run("init", name)
    Path("a.pdf").write_bytes(b"%PDF")

    assert digest.digest_file(name).form == form
