"""What `arrange` draws, `recognise` reads again: any plan, any form, from the bytes of the file.

    RAK_LONG=1000 pytest tests/properties/test_recognise.py

draws as many plans for each property.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from properties import strategies
from rak_excel import api, loading
from rak_excel.files import xlsx_reader
from rak_excel.findings import RakError
from rak_excel.nodes import Node, Scalar, Sequence
from rak_excel.plan.canonical import content_hash
from rak_excel.plan.codec import decode
from rak_excel.plan.model import BANDS, Indikator, Kegiatan, Penandatangan, Plan, Sasaran
from rak_excel.plan.values import BERSAMA
from rak_excel.sheet.base import fingerprint_of, key_of
from rak_excel.sheet.carriers import fingerprint
from rak_excel.sheet.grid import Range
from rak_excel.sheet.recognise import Recognised, recognise
from rak_excel.sheet.seen import Kind, Seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rak_excel.sheet.layout import Layout
    from rak_excel.sheet.seen import SeenBook

EXAMPLES: Final = int(os.environ.get("RAK_LONG", "25"))
any_plan = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

# --- forms of the family, as data ------------------------------------------------------------------------

_HEAD: Final = """
layout: {name}
version: 1
page: {{paper: F4, orientation: landscape, margins: {{top: 1.5, right: 1, bottom: 1.5, left: 1}}}}
font: {{name: Arial, size: 10}}
title: ["{{judul}}", "TAHUN {{tahun}}"]
info: ["Unit Organisasi : {{unit}}"]
signature:
  keep_with_rows: 2
  space: 3
  blocks:
    1: [[{right}]]
    2: [[{left}], [{right}]]
  above: ["{{pengantar}}", ["{{tempat}}, {{tanggal}}", "{{tempat}}", "{{tanggal}}"], "{{jabatan}},"]
  name: "{{nama}}"
  below: ["{{pangkat}}", "NIP. {{nip}}"]
columns:
"""
_NOMOR: Final = "  - {field: nomor, heading: No., width: 5, style: tengah, merge: sasaran}\n"
_SASARAN: Final = "  - {field: sasaran.uraian, heading: Sasaran, width: 26, style: teks, merge: sasaran}\n"
_INDIKATOR: Final = (
    "  - {field: indikator.uraian, heading: Indikator Kinerja, width: 26, style: teks, merge: indikator}\n"
)
_UNMERGED: Final = (_SASARAN + _INDIKATOR).replace(", merge: sasaran", "").replace(", merge: indikator", "")
_TARGET: Final = "  - {field: kegiatan.target, heading: Target, width: 9, style: tengah}\n"
_KEGIATAN: Final = "  - {field: kegiatan.uraian, heading: Kegiatan, width: 28, style: teks}\n"
_BIAYA: Final = (
    "  - {field: kegiatan.biaya, heading: Anggaran (Rp), width: 17, style: rupiah, merge: bersama}\n"
)
_PELAKSANA: Final = "  - {field: kegiatan.pelaksana, heading: Penanggung Jawab, width: 26, style: teks}\n"
_TICKS: Final = (
    "  - {field: kegiatan.triwulan, band: Triwulan, periods: [I, II, III, IV], kind: tick, width: 5, "
    "style: centang}\n"
)
_MONTHS: Final = (
    "  - {field: kegiatan.bulan, band: Jadwal, "
    "periods: [Jan, Feb, Mar, Apr, Mei, Jun, Jul, Agt, Sep, Okt, Nov, Des], "
    "kind: tick, width: 4, style: centang}\n"
)
_TOTAL: Final = "total: {label: JUMLAH, field: kegiatan.biaya}\n"

_FORMS: Final = {
    "bulan-bertitik": _NOMOR + _SASARAN + _INDIKATOR + _TARGET + _KEGIATAN + _MONTHS + _BIAYA + _PELAKSANA
    + _TOTAL + "tick: ●\ncolumn_numbers: true\n",
    "berkode": _NOMOR + _SASARAN + _INDIKATOR + _TARGET
    + "  - {field: kegiatan.program, heading: Program, width: 20, style: teks}\n"
    + "  - {field: kegiatan.kode, heading: Kode, width: 9, style: tengah}\n"
    + _KEGIATAN
    + "  - {field: kegiatan.sub_kegiatan, heading: Sub Kegiatan, width: 20, style: teks}\n"
    + _BIAYA + _TICKS + _PELAKSANA + _TOTAL + "column_numbers: true\n",
    "tanpa-gabungan": _UNMERGED
    + _TARGET + _KEGIATAN + _TICKS + _PELAKSANA,
}  # fmt: skip


def form(name: str) -> Layout:
    """One of the forms, read as any layout is."""
    ends = {"left": "sasaran.uraian, indikator.uraian", "right": "kegiatan.target, kegiatan.pelaksana"}
    text = _HEAD.format(name=name, **ends) + _FORMS[name]
    made = loading.read_layout(text.encode(), f"{name}.yaml")
    assert made.layout is not None, [one.message("en") for one in made.findings]
    return made.layout


LAYOUTS: Final = strategies.LAYOUTS | {name: form(name) for name in _FORMS}
"""Every form that we ship, and some that an office might write."""

# --- plans that such forms print -------------------------------------------------------------------------

words: Final = st.lists(
    st.sampled_from(
        [
            *("Rapat", "koordinasi", "jumlah", "TOTAL", "data", "2024", "NIP.", "Kegiatan", "=1+1", "Tahun,"),
            *("a\nb", "√", "-", "(satu)", "Jumlah", "1", "Sasaran"),
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
# a text alone that is a tick, a dash or the word for a total would be something else in some cells
texts: Final = words.map(lambda text: f"Uraian {text}")
few: Final = st.one_of(st.sampled_from(["Uraian sama", "Uraian lain"]), texts)
ticks: Final = st.lists(st.booleans(), min_size=4, max_size=4).filter(any).map(tuple)
months: Final = st.lists(st.booleans(), min_size=12, max_size=12).filter(any).map(tuple)
values: Final = (
    st.lists(st.sampled_from(["25", "50.5", "2 Lap", "0", False]), min_size=4, max_size=4)
    .filter(any)
    .map(tuple)
)
money: Final = st.one_of(
    st.just(()),
    st.lists(st.sampled_from(["1000000", "0", "-", False]), min_size=4, max_size=4).filter(any).map(tuple),
)
costs: Final[st.SearchStrategy[Any]] = st.one_of(
    st.sampled_from([0, 1, 203_660_000, 999_999_999_999_999]),
    st.none(),
    st.just(BERSAMA),
    st.integers(0, 10**10),
)
_FIELDS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "target": st.sampled_from(["100", "89.5", "WTP", "1.500", "0.125", "2 Lap", "-"]),
    "satuan": st.sampled_from(["%", "Dokumen", ""]),
    "kode": st.sampled_from(["", "5.01.01", "0123"]),
    "program": st.one_of(st.just(""), few),
    "sub_kegiatan": st.one_of(st.just(""), few),
    "biaya": costs,
    "pelaksana": few,
    "bulan": months,
    "anggaran_triwulan": money,
}
_signatory: Final = st.builds(
    Penandatangan,
    jabatan=st.sampled_from(
        ["Sekretaris", "Ketua", "a.n. KETUA\nPlt. Sekretaris", "Kepala Bagian Umum, Logistik"]
    ),
    nama=st.sampled_from(["MERY ANGGRAINY", "Dr. H. SARJANI, S.H., M.Si."]),
    nip=st.sampled_from(["", "198205062010122002"]),
    pangkat=st.sampled_from(["", "Pembina Tingkat I (IV/b)", "Perwira"]),
    tempat=st.sampled_from(["", "Lahat", "Lahat, Sumatera Selatan"]),
    tanggal=st.sampled_from(["", "2 Januari 2024", "Selasa, 2 Januari 2024"]),
    pengantar=st.sampled_from(["", "Mengetahui,", "Lahat"]),
)


@st.composite
def plans(draw: st.DrawFn, layout: Layout) -> Plan:
    """A plan for a form, with what the form does not print besides."""
    shape = layout.form
    fields = {name: strategy for name, strategy in _FIELDS.items() if shape.has(f"kegiatan.{name}")}
    if shape.has("kegiatan.triwulan"):
        ticked = next(band.kind for band in shape.bands if band.key == "triwulan") == "tick"
        fields["triwulan"] = ticks if ticked else values
    hidden = draw(st.sampled_from(["", "satuan", "kode", "program", "realisasi_triwulan"]))
    if hidden and not shape.has(f"kegiatan.{hidden}"):
        fields[hidden] = st.one_of(st.just(()), values) if hidden in BANDS else _FIELDS[hidden]

    def kegiatan() -> Kegiatan:
        uraian = draw(few) if shape.has("kegiatan.uraian") else None
        return Kegiatan(uraian, **{name: draw(one) for name, one in fields.items()})

    most = 3 if shape.has("kegiatan.uraian") else 1

    def indikator() -> Indikator:
        return Indikator(draw(few), tuple(kegiatan() for _ in range(draw(st.integers(1, most)))))

    def sasaran() -> Sasaran:
        made = Sasaran(draw(few), tuple(indikator() for _ in range(draw(st.integers(1, 3)))))
        return _shared(made) if shape.has("kegiatan.biaya") else made

    return Plan(
        tahun=draw(st.integers(2019, 2034)),
        unit=draw(
            st.sampled_from(["KPU Kota Batu", "Unit Organisasi : KPU", "Sekretariat KPU\nKabupaten Lahat"])
        ),
        sasaran=tuple(sasaran() for _ in range(draw(st.integers(1, 4)))),
        penandatangan=tuple(draw(_signatory) for _ in range(draw(st.integers(1, 2)))),
        judul=draw(st.sampled_from(["RENCANA AKSI KINERJA", "TAHUN 2024", "PERUBAHAN\nRENCANA AKSI"])),
        pagu=draw(st.one_of(st.none(), st.integers(0, 10**12))),
        lembar=draw(st.sampled_from(["", "Sekretariat"])),
        tata_letak=layout.name if layout.name in strategies.LAYOUTS else f"{layout.name}.yaml",
        kertas=draw(st.sampled_from(["", "A4"])),
    )


def _shared(sasaran: Sasaran) -> Sasaran:
    """Only a kegiatan below an amount may share it."""
    made = []
    above: Any = None
    for indikator in sasaran.indikator:
        rows = []
        for one in indikator.kegiatan:
            kept = one if one.biaya != BERSAMA or isinstance(above, int) else replace(one, biaya=7)
            above = kept.biaya if kept.biaya != BERSAMA else above
            rows.append(kept)
        made.append(replace(indikator, kegiatan=tuple(rows)))
    return replace(sasaran, indikator=tuple(made))


# --- the laws --------------------------------------------------------------------------------------------


def read_bytes(data: bytes) -> SeenBook:
    """A file as the reader sees it."""
    read = xlsx_reader.read(data, "rencana.xlsx")
    assert read.book is not None, read.findings
    return read.book


def built(plan: Plan, layout: Layout) -> bytes:
    """The official workbook of a plan, unless no page can show it."""
    try:
        return api.render(api.build(plan, layout), ".xlsx")
    except RakError:
        assume(condition=False)
        raise


def places(node: Node) -> Iterator[tuple[int, int]]:
    """The places of all values below a node."""
    if isinstance(node, Scalar):
        yield node.line, node.column
    else:
        for below in node.items if isinstance(node, Sequence) else [one for _, one in node.entries]:
            yield from places(below)


def unaccounted(book: SeenBook, made: Recognised) -> list[str]:
    """Cells of plans' sheets that are neither read, nor known decoration, nor told."""
    left = []
    for one in made.sheets:
        sheet = book.sheet(one.sheet)
        assert sheet is not None
        known = {*places(one.root), *one.decoration, *one.outside}
        left += [
            f"{row},{column}: {cell.text}"
            for row, column, cell in sheet.cells()
            if (cell.text.strip() or cell.formula) and (row, column) not in known
        ]
    return left


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_drawn_is_read_as_the_same_plan(name: str) -> None:
    """An office that builds and imports without an edit must find not one value changed."""
    layout = LAYOUTS[name]

    @any_plan
    @given(plans(layout))
    def holds(plan: Plan) -> None:
        book = read_bytes(built(plan, layout))
        made = recognise(book, [LAYOUTS["kpu"], *LAYOUTS.values()])
        (sheet,) = made.sheets
        decoded = decode(sheet.root, layout.form)

        assert decoded.plan == plan
        assert content_hash((decoded.plan,)) == content_hash((plan,))
        assert sheet.layout == layout
        assert made.unedited
        assert all(now == before for now, before in sheet.hints.items())
        assert len(sheet.hints) == sum(1 for _ in plan.kegiatan)
        assert [one for one in (*made.findings, *sheet.findings) if one.code != "RAK135"] == []
        assert unaccounted(book, made) == []

    holds()


@pytest.mark.parametrize("name", LAYOUTS)
def test_without_anything_carried_the_printed_plan_is_read_or_a_finding_says_what_is_open(name: str) -> None:
    """Programs drop what they do not know; the paper must be enough."""
    layout = LAYOUTS[name]

    @any_plan
    @given(plans(layout))
    def holds(plan: Plan) -> None:
        book = read_bytes(built(plan, layout))
        visible = book.sheets[0]
        rows = {
            row: {column: cell for column, cell in cells.items() if key_of(cell.text) is None}
            for row, cells in visible.rows.items()
        }
        bare = replace(book, sheets=(replace(visible, rows=rows),), properties={}, names={})
        made = recognise(bare, list(LAYOUTS.values()))
        (sheet,) = made.sheets
        decoded = decode(sheet.root, layout.form).plan
        told = {one.code for one in sheet.findings}

        assert sheet.layout == layout
        assert unaccounted(bare, made) == []
        assert [len(one.indikator) for one in decoded.sasaran] == [
            len(one.indikator) for one in plan.sasaran
        ] or ("RAK423" in told)
        if "RAK423" not in told:
            assert _printed(decoded, layout) == _printed(plan, layout)

    holds()


def _printed(plan: Plan, layout: Layout) -> list[tuple[object, ...]]:
    """What a form prints of a plan's rows."""
    return [
        (sasaran.uraian, indikator.uraian, *(getattr(one, field) for field in _columns(layout)))
        for sasaran in plan.sasaran
        for indikator in sasaran.indikator
        for one in indikator.kegiatan
    ]


def _columns(layout: Layout) -> list[str]:
    fields = dict.fromkeys(column.field for column in layout.columns)
    return [field.removeprefix("kegiatan.") for field in fields if field.startswith("kegiatan.")]


@any_plan
@given(strategies.plans(most=20))
def test_a_plan_as_units_write_it_is_read_from_its_pages(plan: Plan) -> None:
    """Texts that fill pages, rows cut in two, long signatures: nothing of it is lost on the way back."""
    book = read_bytes(api.render(api.build(plan), ".xlsx"))
    made = recognise(book, [LAYOUTS["kpu"]])
    decoded = decode(made.sheets[0].root, LAYOUTS["kpu"].form)

    assert decoded.plan == plan
    assert made.unedited
    assert unaccounted(book, made) == []


@any_plan
@given(plans(LAYOUTS["kpu"]))
def test_a_drawn_book_and_its_file_have_one_fingerprint(plan: Plan) -> None:
    """Whether somebody edited a workbook must not depend on who looks."""
    book = api.build(plan)

    assert fingerprint(book.sheets) == fingerprint_of(read_bytes(api.render(book, ".xlsx")))


@any_plan
@given(plans(LAYOUTS["kpu"]), st.data())
def test_one_cleared_cell_of_a_row_changes_nothing_but_its_field(plan: Plan, data: st.DataObject) -> None:
    """A hole in one cell must not shift what stands in others."""
    layout = LAYOUTS["kpu"]
    book = read_bytes(built(plan, layout))
    whole = book.sheets[0]
    first = decode(recognise(book, [layout]).sheets[0].root, layout.form).plan
    rows = [row for row, cells in whole.rows.items() if 12 in cells]
    row, column = data.draw(st.sampled_from(rows)), data.draw(st.sampled_from([5, 10, 11]))
    cells = {at: cell for at, cell in whole.rows[row].items() if at != column}
    edited = replace(book, sheets=(replace(whole, rows={**whole.rows, row: cells}), *book.sheets[1:]))
    made = decode(recognise(edited, [layout]).sheets[0].root, layout.form).plan
    differing = [
        (at, field)
        for at, (one, other) in enumerate(zip(first.kegiatan, made.kegiatan, strict=True))
        for field in Kegiatan.__dataclass_fields__
        if getattr(one, field) != getattr(other, field)
    ]

    assert {field for _, field in differing} <= {{5: "uraian", 10: "biaya", 11: "pelaksana"}[column]}


odd: Final = st.sampled_from(
    [
        *(
            "JUMLAH",
            "No.",
            "Sasaran Strategis",
            "Kegiatan yang akan dilaksanakan",
            "T1",
            "√",
            "-",
            "bersama",
            " ",
        ),
        *(
            "01234567-1-1",
            "NIP. 1",
            "TAHUN 2024",
            "Sekretaris,",
            "Unit Organisasi :",
            "Rencana Pelaksanaan",
            "1",
        ),
        *("=1+1", "x" * 300, "Mengetahui,", "Lahat, 2 Januari 2024", "\n", "Total", "306.461"),
    ]
)
kinds: Final[st.SearchStrategy[Kind]] = st.sampled_from(
    ["text", "text", "number", "percent", "boolean", "date", "error"]
)


@cache
def ours() -> SeenBook:
    """A workbook with everything that a form has: merges of each kind, a tall kegiatan, two signatures."""
    all_four = (True, True, False, True)

    def row(text: str, biaya: Any, target: str = "100") -> Kegiatan:
        return Kegiatan(text, target, all_four, biaya, f"Sub Bagian {text[:5]}")

    first = Indikator(
        "Persentase perencanaan", (row("Rapat", 5_000), row("Cetak", BERSAMA), row("Kirim", None))
    )
    long = Indikator(
        "Nilai data", (row("Pemutakhiran data pemilih " * 60, 7, "90"), row("Arsip", 8, "2 Lap"))
    )
    signatory = Penandatangan("Sekretaris", "MERY ANGGRAINY", "198205062010122002", tempat="Lahat")
    plan = Plan(
        2024,
        "KPU Kota Batu",
        (Sasaran("Perencanaan", (first, Indikator("Lain", (row("Revisi", 1),)))), Sasaran("Data", (long,))),
        (Penandatangan("Ketua", "SARJANI", pengantar="Mengetahui,"), signatory),
    )
    return read_bytes(built(plan, LAYOUTS["kpu"]))


@st.composite
def scrambled(draw: st.DrawFn) -> SeenBook:
    """A workbook of ours in which anything was typed anywhere, and anything merged."""
    book = ours()
    sheet = book.sheets[0]
    rows = {row: dict(cells) for row, cells in sheet.rows.items()}
    last = max(rows) + 2
    for _ in range(draw(st.integers(1, 12))):
        row, column = draw(st.integers(1, last)), draw(st.integers(1, 14))
        match draw(st.sampled_from(["type", "clear", "row", "formula"])):
            case "type":
                rows.setdefault(row, {})[column] = Seen(draw(odd), draw(kinds))
            case "formula":
                rows.setdefault(row, {})[column] = Seen("", "number", "A1", stored=False)
            case "clear":
                rows.get(row, {}).pop(column, None)
            case _:
                rows.pop(row, None)
    merges = list(sheet.merges)
    for _ in range(draw(st.integers(0, 6))):
        top, left = draw(st.integers(0, last)), draw(st.integers(0, 13))
        merges.append(Range(top, left, top + draw(st.integers(0, 9)), left + draw(st.integers(0, 5))))
    merges = draw(st.permutations(merges))[: draw(st.integers(0, len(merges)))]
    ordered = {row: dict(sorted(rows[row].items())) for row in sorted(rows)}
    made = replace(
        sheet,
        rows=ordered,
        merges=tuple(merges),
        hidden_rows=frozenset(draw(st.lists(st.integers(1, last), max_size=3))),
        hidden_columns=frozenset(draw(st.lists(st.integers(1, 14), max_size=3))),
    )
    return replace(book, sheets=(made, *(book.sheets[1:] if draw(st.booleans()) else ())))


@any_plan
@given(scrambled())
def test_whatever_was_typed_or_merged_every_cell_is_accounted_for(book: SeenBook) -> None:
    """Nothing is lost in silence: a cell is read, is known decoration, or is told."""
    made = recognise(book, list(LAYOUTS.values()))
    for sheet in made.sheets:
        decode(sheet.root, sheet.layout.form)

    assert unaccounted(book, made) == []
    assert made.sheets or made.extra or not any(cells for cells in book.sheets[0].rows.values())
