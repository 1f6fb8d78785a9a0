"""A form that an office made becomes a layout, and its plan is drawn with it and read back the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreign import daerah, kpu, provinsi
from foreign.judge import data_of
from foreign.meant import MAKERS
from rak_excel import adopting, api, drafting, loading, rules

MODULES = (daerah, kpu, provinsi)
"""Where the makers stand, which are known once they are imported."""
every_workbook = pytest.mark.parametrize("name", MAKERS)


@every_workbook
def test_every_foreign_form_is_drafted_without_a_fault(name: str) -> None:
    """What has no place in a layout is told at a cell of the workbook, and is a comment of the draft."""
    made = drafting.drafted("-", "asing.xlsx", given=data_of(MAKERS[name]().book))
    comments = [line for line in made.data.decode().splitlines() if line.lstrip().startswith("#   ")]
    comments += [line for line in made.data.decode().splitlines() if line.startswith("  # - {field: ?")]

    assert {one.rule for one in made.findings} <= {rules.TIDAK_DITEMPATKAN}
    assert len(comments) == len(made.findings)
    assert loading.read_layout(made.data, "asing.yaml").layout is not None


@every_workbook
def test_a_plan_adopted_with_the_drafted_form_is_drawn_and_read_back(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the old workbook lacks is filled in first: who signs, and the unit."""
    monkeypatch.chdir(tmp_path)
    data = data_of(MAKERS[name]().book)
    Path("form.yaml").write_bytes(drafting.drafted("form", "lama.xlsx", given=data).data)
    asked = adopting.Asked("lama.xlsx", "baru.yaml", "2027", unit="KPU Kabupaten Lahat", layout="form.yaml")
    text = (adopting.adopt(asked, data).data or b"").decode()
    unsigned = "penandatangan: []\n"
    text = text.replace(unsigned, "penandatangan: {jabatan: Kepala, nama: AHMAD}\n")

    loaded = loading.load_bytes(text.encode(), "baru.yaml")
    missing = [one.path for one in loaded.findings if one.is_error]
    if missing:
        assert not MAKERS[name]().right
        return
    drawn, faults = api.workbook(loaded)

    assert faults == ()
    back = api.reimport(drawn, "baru.xlsx")
    assert [one for one in back.findings if one.is_error] == []
    assert [told for one in back.differences for told in one.told] == []
