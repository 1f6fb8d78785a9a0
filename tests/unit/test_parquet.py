"""Tidy tables as Parquet: exact integers, one schema, the same bytes every time, or nothing at all."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from consolidations import ROW, row
from rak_excel.files import disk, parquet
from rak_excel.findings import Place, RakError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rak_excel.plan.consolidation import KegiatanRow

MOST: Final = 9_223_372_036_854_775_807


def table(*rows: KegiatanRow) -> Any:
    return pq.read_table(io.BytesIO(b"".join(parquet.parts(rows))))


def test_every_value_comes_back_as_it_was() -> None:
    rows = [
        row(kegiatan=text, biaya=biaya)
        for text in ("=1+1", "dua\nbaris", "√ 🙂", "")
        for biaya in (None, 0, MOST)
    ]

    assert table(*rows).to_pylist() == [one._asdict() for one in rows]


def test_rupiah_are_64_bit_integers_and_only_a_cost_can_be_blank() -> None:
    """A float holds no more than fifteen digits."""
    schema = table().schema
    kinds = {name: str(schema.field(name).type) for name in schema.names}

    assert schema.names == list(ROW._fields)
    assert {kinds[name] for name in schema.names if name.startswith("biaya")} == {"int64"}
    assert {kinds[name] for name in schema.names if name.startswith("no_") or name == "tahun"} == {"int32"}
    assert {kinds[name] for name in ("t1", "t2", "t3", "t4")} == {"bool"}
    assert [name for name in schema.names if schema.field(name).nullable] == ["biaya"]
    assert set(kinds.values()) == {"int64", "int32", "bool", "string"}


def test_the_same_rows_give_the_same_bytes() -> None:
    rows = [row(no_kegiatan=number) for number in range(100)]

    assert b"".join(parquet.parts(rows)) == b"".join(parquet.parts(iter(rows)))


def test_the_file_says_what_it_is() -> None:
    data = b"".join(parquet.parts([ROW]))
    metadata = pq.read_metadata(io.BytesIO(data)).metadata

    assert (metadata[b"rak"], metadata[b"rak.version"]) == (b"rak consolidate", b"1")
    assert parquet.untouched([data[:100], data[100:]]) is True


def test_an_edit_is_known_by_the_seal() -> None:
    """Programs that change a Parquet write it anew, and may carry the metadata over."""
    out = io.BytesIO()
    pq.write_table(table(ROW, row(biaya=1)).slice(1), out)

    assert parquet.untouched([out.getvalue()]) is False


def test_what_another_program_wrote_is_none_of_ours() -> None:
    out = io.BytesIO()
    pq.write_table(pa.table({"biaya": [1]}), out)

    assert parquet.untouched([out.getvalue()]) is None
    assert parquet.untouched([b"PAR1 dan lain-lain"]) is None
    assert parquet.untouched([]) is None


def test_rows_are_written_by_groups() -> None:
    """Peak memory is that of a group, however many there are."""
    taken = 0

    def rows() -> Iterator[KegiatanRow]:
        nonlocal taken
        for number in range(2 * parquet.GROUP + 1):
            taken += 1
            yield row(no_kegiatan=number)

    pieces = parquet.parts(rows())
    first = next(pieces)

    assert taken == parquet.GROUP
    read = pq.ParquetFile(io.BytesIO(first + b"".join(pieces)))
    assert (read.num_row_groups, read.metadata.num_rows) == (3, taken)


@pytest.mark.parametrize("name", ["biaya", "biaya_t1", "biaya_tanpa_jadwal"])
def test_an_amount_beyond_64_bits_is_told_at_its_row_and_nothing_is_written(
    name: str, tmp_path: Path
) -> None:
    rows = [ROW, row(**{name: MOST + 1}, berkas="masuk/a.xlsx", lembar="RAK 2026", sel="AB12")]
    with pytest.raises(RakError) as caught:
        disk.write_parts(tmp_path / "rekap.parquet", parquet.parts(rows))
    (finding,) = caught.value.findings

    assert (finding.code, finding.value) == ("RAK652", str(MOST + 1))
    assert (finding.file, finding.place) == ("masuk/a.xlsx", Place(12, 28, "RAK 2026"))
    assert list(tmp_path.iterdir()) == []


def test_the_row_of_a_text_is_its_line() -> None:
    with pytest.raises(RakError) as caught:
        list(parquet.parts([row(biaya=MOST + 1, berkas="a.yaml", lembar="", sel="17")]))

    assert caught.value.findings[0].place == Place(17, 1)


def test_without_pyarrow_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(RakError) as caught:
        next(parquet.parts([ROW]))
    (finding,) = caught.value.findings

    assert (finding.code, caught.value.exit) == ("RAK651", 2)
    assert 'pip install "rak-excel[parquet]"' in finding.hint("en")
