"""Whatever stands in a file, `rak` tells it: no exception, a code it knows, a place inside the file.

    RAK_LONG=5000 pytest tests/properties/test_fuzz.py

tries as many files for each property.
"""

from __future__ import annotations

import copy
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rak_excel import api, loading, report
from rak_excel.cli import rak
from rak_excel.findings import RakError, exit_code
from rak_excel.rules import RULES

if TYPE_CHECKING:
    from rak_excel.findings import Finding
    from rak_excel.loading import Loaded
    from rak_excel.plan.model import Plan
    from rak_excel.sheet.grid import Book
    from rak_excel.sheet.layout import Layout

CODES: Final = {rule.code for rule in RULES}
TEXT: Final = (Path(__file__).parents[2] / "examples" / "lahat-2024.yaml").read_text().partition("---\n")[0]
CSV: Final = """\
rak,1
tahun,2026
unit,KPU Kabupaten Lahat
penandatangan.jabatan,Ketua
penandatangan.nama,SARJANI

no,sasaran,indikator,target,kegiatan,t1,t2,t3,t4,biaya,pelaksana
1,Tersedianya data,Persentase data,100,Rapat,v,,,,"306.461.000",Sekretariat
,,,90,"Kajian ""awal""
lanjutan",,√,-,,bersama,Sub Bagian Hukum
2,Lain,Persentase lain,B,Rapat,x,x,x,x,nihil,Sekretaris
"""
LONG: Final = int(os.environ.get("RAK_LONG", "0"))


def examples(count: int) -> settings:
    return settings(max_examples=LONG or count, deadline=None, suppress_health_check=list(HealthCheck))


fast = examples(150)


def held(loaded: Loaded) -> None:
    """What every finding of a file must be."""
    assert exit_code(loaded.findings) in (0, 1, 4)
    for finding in loaded.findings:
        assert finding.code in CODES
        assert finding.code != "RAK900"
        words = [finding.message("id"), finding.message("en"), finding.hint("id"), finding.hint("en")]
        assert all(words)
        assert words[0] != words[1]
        source = loaded.sources.get(finding.file or "")
        if finding.place is not None and source is not None:
            lines = source.text.split("\n")
            assert 1 <= finding.place.line <= len(lines)
            assert finding.place.column >= 1
            if source.caret is None:
                assert finding.place.column <= len(lines[finding.place.line - 1]) + 1
        elif exit_code([finding]) == 1:
            assert finding.place is not None, finding.code
    shown = report.text(loaded.findings, loaded.sources)
    assert [line for line in shown.split("\n") if not line.isprintable()] == []
    assert json.loads(report.json_text(loaded.findings, 1))["summary"]["files"] == 1


# --- any bytes -----------------------------------------------------------------------------------------


@fast
@given(st.binary(max_size=120) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"\xff\xfe")
@example(b"\xff\xfea")
@example(b"\xef\xbb\xbf")
@example(b"sep=")
@example(b'"')
@example(b"rak: 1\nsasaran: [{indikator: [{kegiatan: [{}]}]}]\n")
@example(b"rak,1\n\nno,sasaran,indikator,kegiatan,t1,biaya\n,,,,,\n")
@pytest.mark.parametrize("name", ["a.yaml", "a.csv", "-"])
def test_any_bytes_are_told(name: str, data: bytes) -> None:
    held(loading.load_bytes(data, name))


@examples(40)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
@pytest.mark.parametrize("ending", [".yaml", ".csv"])
def test_any_bytes_go_through_the_command(ending: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        path.write_bytes(data)
        found = CliRunner().invoke(rak, ["check", str(path)])

    assert found.exit_code in (0, 1, 4)
    assert "RAK900" not in found.output
    assert "Traceback" not in found.output


# --- a right file, spoilt ------------------------------------------------------------------------------


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> bytes:
    """A right file with a few of its characters taken out, doubled or replaced."""
    data = bytearray(text.encode())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data) - 1))
        length = draw(st.integers(0, 12))
        put = draw(
            st.sampled_from(
                [
                    b"",
                    b"\n",
                    b"\r",
                    b"\t",
                    b": ",
                    b"- ",
                    b"[",
                    b"}",
                    b'"',
                    b"'",
                    b"#",
                    b"&a ",
                    b"*a",
                    b",",
                    b";",
                ]
            )
            | st.binary(max_size=3)
        )
        data[at : at + length] = put
    return bytes(data)


@fast
@given(spoilt(TEXT))
def test_a_spoilt_yaml_is_told(data: bytes) -> None:
    held(loading.load_bytes(data, "a.yaml"))


@fast
@given(spoilt(CSV))
def test_a_spoilt_csv_is_told(data: bytes) -> None:
    held(loading.load_bytes(data, "a.csv"))


WHOLE: Final[dict[str, Any]] = yaml.load(TEXT, Loader=yaml.BaseLoader)
VALUES: Final[st.SearchStrategy[Any]] = st.sampled_from(
    ["", " ", "0", "-1", "1.5", "306,461", "nihil", "bersama", "semua", "T9", "√", "x" * 40_000, "=1+1",
     "\u2028", "😀",
     [], {}, ["1", "2"], [["1"]], [{}], {"1": "25"}, {"1": ["2"]}, {"": ""}, {"uraian": "x"}, None, "2024",
      "Jumlah"]
)  # fmt: skip


def parts_of(node: Any) -> list[Any]:
    """All lists and mappings of a tree."""
    if isinstance(node, dict):
        return [node, *(part for value in node.values() for part in parts_of(value))]
    if isinstance(node, list):
        return [node, *(part for value in node for part in parts_of(value))]
    return []


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A right plan with keys dropped, doubled or renamed, and values of other types."""
    plan = copy.deepcopy(WHOLE)
    doubled = []
    for _ in range(draw(st.integers(1, 5))):
        part = draw(st.sampled_from(parts_of(plan)))
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        if not keys:
            continue
        key = draw(st.sampled_from(keys))
        change = draw(st.sampled_from(["drop", "rename", "replace", "swap", "double"]))
        if change == "drop":
            del part[key]
        elif change == "replace":
            part[key] = copy.deepcopy(draw(VALUES))
        elif change == "swap":
            other = draw(st.sampled_from(keys))
            part[key], part[other] = part[other], part[key]
        elif isinstance(part, dict) and change == "rename":
            part[draw(st.sampled_from(["uraan", "biaya", "kegiatan", "triwulan", "x", ""]))] = part.pop(key)
        elif isinstance(part, dict):
            doubled.append(key)
        else:
            part.append(part[key])
    text = yaml.dump(plan, Dumper=_Plain, allow_unicode=True, sort_keys=False)
    return text + "".join(f"{key}: x\n" for key in doubled)


class _Plain(yaml.SafeDumper):
    """Writes no alias, since a plan may hold none."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


@examples(120)
@given(mutated())
def test_a_mutated_plan_is_told_or_built(text: str) -> None:
    loaded = loading.load_bytes(text.encode(), "a.yaml")
    held(loaded)

    if loaded.ok:
        data, told = api.workbook(loaded)
        assert bool(data) != bool(told)
        assert all(finding.place is not None for finding in told)


def attempt(plan: Plan, layout: Layout | None) -> tuple[Book | None, tuple[Finding, ...]]:
    """A book, or the findings that say why there is none."""
    try:
        return api.build(plan, layout), ()
    except RakError as refused:
        return None, refused.findings


@examples(60)
@given(mutated())
def test_a_mutated_plan_built_in_python_is_told_or_drawn(text: str) -> None:
    """What a script makes of a half-right plan ends in a book or in findings."""
    for plan in loading.load_bytes(text.encode(), "a.yaml").plans:
        book, findings = attempt(plan, None)

        assert (book is None) == bool(findings)
        assert all(finding.is_error for finding in findings)


# --- a form, spoilt ------------------------------------------------------------------------------------


LAYOUT: Final = api.layout_text("kpu")


@fast
@given(spoilt(LAYOUT))
def test_a_spoilt_layout_is_told_or_usable(data: bytes) -> None:
    made = loading.read_layout(data, "uji.yaml")

    assert (made.layout is None) == bool(made.findings)
    assert all(finding.place is not None for finding in made.findings)
    if made.layout is not None:
        loaded = loading.load_bytes(SMALL.encode(), "a.yaml")
        book, findings = attempt(loaded.plan, made.layout)

        assert (book is None) == bool(findings)
        assert book is None or api.render(book, ".xlsx")[:2] == b"PK"


SMALL: Final = (Path(__file__).parents[2] / "examples" / "terkecil.yaml").read_text()
