"""Tidy tables as Parquet: one row an activity, written in groups of rows, with an explicit schema.

Rupiah are 64-bit integers, never floats.  The file's metadata say what it is.  pyarrow is an extra:
`pip install "rak-excel[parquet]"`.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from rak_excel import rules
from rak_excel.findings import Place, RakError
from rak_excel.plan.consolidation import KegiatanRow

if TYPE_CHECKING:
    import pyarrow as pa

WHAT: Final = {"rak": "rak consolidate", "rak.version": "1"}
SEAL: Final = "rak.sha256"
"""What the metadata of a file of ours hold, and the name of the hash of all that stands before them."""

GROUP: Final = 20_000
"""Rows of a group, which is what writer and reader hold at a time: some ten megabytes."""

NUMBERS: Final = ("no_unit", "tahun", "no_sasaran", "no_indikator", "no_kegiatan")
TICKS: Final = ("t1", "t2", "t3", "t4")
RUPIAH: Final = ("biaya", "biaya_t1", "biaya_t2", "biaya_t3", "biaya_t4", "biaya_tanpa_jadwal")
MOST: Final = (1 << 63) - 1


def parts(rows: Iterable[KegiatanRow]) -> Iterator[bytes]:
    """A Parquet file, piece by piece.

    Raises:
        RakError: pyarrow is not installed; or an amount is beyond 2^63 - 1, with the place of its row.
    """
    arrow = _arrow()
    import pyarrow.parquet  # the half of pyarrow that only writing needs

    made = schema(arrow)
    sink = _Sink()
    several = iter(rows)
    with pyarrow.parquet.ParquetWriter(sink, made, compression="zstd", store_schema=False) as writer:
        while group := list(islice(several, GROUP)):
            for row in group:
                _fits(row)
            columns = zip(*group, strict=True)
            arrays = [arrow.array(column, field.type) for column, field in zip(columns, made, strict=True)]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=made))
            yield sink.drained()
        writer.add_key_value_metadata({**WHAT, SEAL: sink.seal.hexdigest()})
    yield sink.drained()


def schema(arrow: Any) -> "pa.Schema":  # noqa: ANN401 - the module itself
    """The columns with their types; only `biaya` can be null."""
    kinds = {
        **dict.fromkeys(NUMBERS, arrow.int32()),
        **dict.fromkeys(TICKS, arrow.bool_()),
        **dict.fromkeys(RUPIAH, arrow.int64()),
    }
    fields = [
        arrow.field(name, kinds.get(name, arrow.string()), nullable=name == "biaya")
        for name in KegiatanRow._fields
    ]
    return arrow.schema(fields)


def untouched(pieces: Iterable[bytes]) -> bool | None:
    """Whether a file is as it was written, by its seal; `None` where it is none of ours.

    Raises:
        RakError: pyarrow is not installed.
    """
    arrow = _arrow()
    import pyarrow.parquet  # the half of pyarrow that only reading needs

    data = b"".join(pieces)
    try:
        found = pyarrow.parquet.read_metadata(arrow.BufferReader(data)).metadata or {}
    except (arrow.ArrowException, OSError, ValueError):
        return None
    told = {key.decode(errors="replace"): text.decode(errors="replace") for key, text in found.items()}
    if any(told.get(key) != text for key, text in WHAT.items()):
        return None
    footer = int.from_bytes(data[-8:-4], "little") + 8
    return hashlib.sha256(memoryview(data)[:-footer]).hexdigest() == told.get(SEAL)


def _arrow() -> Any:  # noqa: ANN401 - the module itself
    try:
        import pyarrow as pa  # an extra of some hundred megabytes
    except ImportError as error:
        raise RakError(rules.TANPA_PYARROW.at()) from error
    return pa


def _fits(row: KegiatanRow) -> None:
    for name in RUPIAH:
        amount = getattr(row, name)
        if amount is not None and amount > MOST:
            told = rules.RUPIAH_DI_ATAS_64_BIT.at("", str(amount), kolom=name)
            raise RakError(told.placed(_place(row), row.berkas))


def _place(row: KegiatanRow) -> Place | None:
    """Where the kegiatan of a row stands: a cell, or the line of a text."""
    letters = row.sel.rstrip("0123456789")
    line = row.sel[len(letters) :]
    if not line:
        return None
    if not letters:
        return Place(int(line), 1)
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return Place(int(line), column, row.lembar)


class _Sink:
    """What pyarrow writes into: pieces that are taken away as they come, so that none are kept."""

    closed = False

    def __init__(self) -> None:
        self.held: list[bytes] = []
        self.seal = hashlib.sha256()

    def write(self, data: "pa.Buffer | bytes") -> int:
        """Keep a piece until it is taken."""
        self.held.append(bytes(data))
        self.seal.update(data)
        return len(data)

    def drained(self) -> bytes:
        """What came since the last time."""
        some = b"".join(self.held)
        self.held.clear()
        return some

    def writable(self) -> bool:
        """Whether it can be written to; pyarrow asks."""
        return True

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is open."""
