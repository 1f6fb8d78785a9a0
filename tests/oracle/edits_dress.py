"""What leaves the plan as it is, or loses part of it: columns, headings, sheets, carriers, other programs."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from oracle.kinds import a_page, edit
from oracle.plans import sentence
from oracle.sheets import Cell, Column, Grid, Line, Rect, copied
from oracle.truth import OWN, PERIODS, Demand, Fact, Hole

if TYPE_CHECKING:
    from random import Random

    from oracle.sheets import Value
    from oracle.truth import Desk, Page

SYNONYMS: Final = {
    "nomor": ["No", "NO.", "Nomor"],
    "sasaran": ["Sasaran", "Sasaran Kinerja", "SASARAN  STRATEGIS"],
    "indikator": ["Indikator Kinerja", "Indikator\nKinerja Strategis", "Indikator"],
    "target": ["Target", "Target\n( % )"],
    "uraian": ["Kegiatan", "Rencana Aksi", "Uraian Kegiatan"],
    "biaya": ["Anggaran (Rp)", "Biaya", "Perkiraan Biaya (Rp)", "Anggaran"],
    "pelaksana": ["Penanggung Jawab", "Unit Pelaksana", "PELAKSANA"],
}
PERIOD_NAMES: Final = ("TW {roman}", "Triwulan {number}", "Tw. {roman}", "T{number}", "Triwulan\n{roman}")
HEADS: Final = {
    "nomor": "No.",
    "sasaran": "Sasaran Strategis",
    "indikator": "Indikator Kinerja Strategis",
    "target": "Target (%)",
    "uraian": "Kegiatan yang akan dilaksanakan",
    "biaya": "Perkiraan Biaya",
    "pelaksana": "Pelaksana",
    **{name: f"T{at}" for at, name in enumerate(PERIODS, 1)},
}


# --- hiding ----------------------------------------------------------------------------------------------


@edit("baris disembunyikan", "tampilan", nothing=True)
def hide_rows(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    first, last = page.table()
    rows = draw.sample(range(first, last + 1), min(3, last - first + 1))
    for row in rows:
        page.grid.lines[row].hidden = True
    return f"sembunyikan baris {page.grid.name}!{', '.join(str(row + 1) for row in sorted(rows))}"


@edit("kolom disembunyikan", "tampilan", nothing=True)
def hide_columns(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    column = draw.choice(page.grid.columns)
    column.hidden = True
    return f"sembunyikan kolom {column.field or 'tambahan'} di {page.grid.name}"


@edit("kolom id ditampilkan", "tampilan", weight=0.5, nothing=True)
def show_ids(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    column = page.column("id")
    if column is None:
        return None
    page.grid.columns[column].hidden = False
    return f"tampilkan kolom id di {page.grid.name}"


@edit("saringan (filter) dipasang", "tampilan", nothing=True)
def filter_rows(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    first, last = page.table()
    if page.grid.filtered or last < first:
        return None
    page.grid.filtered = Rect(first - 1, 0, last, len(page.grid.columns) - 1)
    for line in page.grid.lines[first : last + 1]:
        line.hidden = draw.random() < 0.5
    return f"saring {page.grid.name}"


@edit("lebar kolom dan tinggi baris diubah", "tampilan", weight=0.5, nothing=True)
def resize(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    draw.choice(page.grid.columns).width = 20
    draw.choice(page.grid.lines).height = 60
    return f"ubah lebar kolom dan tinggi baris di {page.grid.name}"


# --- columns ---------------------------------------------------------------------------------------------


@edit("kolom kosong disisipkan", "tampilan", weight=1.5, nothing=True)
def empty_column(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    at = draw.randint(0, len(page.grid.columns))
    page.grid.insert_column(at, Column())
    return f"sisip kolom kosong {at + 1} di {page.grid.name}"


@edit("kolom Keterangan ditambahkan", "tampilan", weight=1.5, nothing=True)
def notes_column(desk: Desk, draw: Random) -> str | None:
    """The plan stays, and since nobody knows the column its cells must be told."""
    page = a_page(desk, draw)
    names = [
        name
        for name in ("indikator", "target", "uraian", "biaya", "pelaksana")
        if page.column(name) is not None
    ]
    if not names or any(one.why == "kolom Keterangan" for one in page.demands):
        return None
    after = page.column(draw.choice(names))
    if after is None:
        return None
    at = after + 1
    if at < len(page.grid.columns) and page.grid.columns[at].field.startswith("triwulan"):
        at = after
    page.grid.insert_column(at, Column())
    top = page.heading[0].cells[at]
    top.put("Keterangan")
    if draw.random() < 0.5:
        first = page.grid.row_of(page.heading[0])
        if page.grid.merge_at(first, at) is None:
            page.grid.merge(Rect(first, at, first + len(page.heading) - 1, at))
    page.demands.append(Demand("kolom Keterangan", (top,), texts=("Keterangan",), floor="note"))
    for slot in page.slots()[: draw.randint(1, 4)]:
        text = sentence(draw, 3, "Catatan")
        cell = page.grid.lines[page.rows(slot)[0]].cells[at]
        cell.put(text)
        page.demands.append(Demand("isi Keterangan", (cell,), texts=(text,), floor="note"))
    return f"kolom Keterangan {at + 1} di {page.grid.name}"


@edit("kolom dipindah", "tampilan", weight=1.5, nothing=True)
def move_column(desk: Desk, draw: Random) -> str | None:
    """Two neighbours change places, with their headings; ticks under the heading of their band."""
    page = a_page(desk, draw)
    if page.grid.filtered or page.total is None:
        return None
    fields = [column.field for column in page.grid.columns]
    pairs = [
        at
        for at in range(len(fields) - 1)
        if fields[at]
        and fields[at + 1]
        and "id" not in (fields[at], fields[at + 1])
        and (fields[at] in PERIODS) == (fields[at + 1] in PERIODS)
    ]
    if not pairs:
        return None
    at = draw.choice(pairs)
    ticks = fields[at] in PERIODS
    top = page.grid.row_of(page.heading[1 if ticks else 0])
    bottom = page.table()[1]
    total = page.grid.row_of(page.total)
    crossing = [
        rect
        for rect in page.grid.merges
        if rect.left <= at + 1 and rect.right >= at and rect.left != rect.right
    ]
    if any(top <= rect.bottom and rect.top <= bottom for rect in crossing):
        return None
    page.grid.swap_columns(at, top, bottom)
    if not any(rect.top == total for rect in crossing):
        cells = page.grid.lines[total].cells
        cells[at], cells[at + 1] = cells[at + 1], cells[at]
    return f"tukar kolom {fields[at]} dan {fields[at + 1]} di {page.grid.name}"


def heading_cell(page: Page, name: str) -> Cell | None:
    """The cell that names a column."""
    column = page.column(name)
    if column is None:
        return None
    line = page.heading[-1 if name in PERIODS else 0]
    return page.grid.anchor(page.grid.row_of(line), column)


@edit("judul kolom diganti sinonim", "tampilan", weight=2, nothing=True)
def rename_heading(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    if draw.random() < 0.3:
        template = draw.choice(PERIOD_NAMES)
        for at, name in enumerate(PERIODS):
            cell = heading_cell(page, name)
            if cell is not None:
                cell.put(template.format(number=at + 1, roman=("I", "II", "III", "IV")[at]))
        return f"judul triwulan di {page.grid.name}: {template!r}"
    name = draw.choice(list(SYNONYMS))
    cell = heading_cell(page, name)
    if cell is None:
        return None
    cell.put(draw.choice(SYNONYMS[name]))
    page.strange.pop(name, None)
    return f"judul kolom {name} di {page.grid.name}: {cell.value!r}"


@edit("judul kolom diganti kata tak dikenal", "taksa", weight=0.6)
def strange_heading(desk: Desk, draw: Random) -> str | None:
    """The column may still be known by its place or by the base; if it is not, its loss must be told."""
    page = a_page(desk, draw)
    name = draw.choice(["target", "biaya", "pelaksana"])
    cell = heading_cell(page, name)
    if cell is None:
        return None
    cell.put("Kolom Istimewa")
    page.strange[name] = ("Kolom Istimewa", HEADS[name])
    return f"judul kolom {name} di {page.grid.name}: “Kolom Istimewa”"


@edit("kolom nomor dihapus", "tampilan", weight=0.7)
def delete_numbers(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    column = page.column("nomor")
    texts = [goal.uraian.value for goal, _ in page.goals()]
    if column is None or len(set(texts)) < len(texts) or page.settled:
        return None
    page.grid.delete_column(column)
    return f"hapus kolom nomor di {page.grid.name}"


@edit("kolom dihapus", "kehilangan", weight=0.7)
def delete_column(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    name = draw.choice(["target", "biaya", "pelaksana", "uraian", "sasaran", "indikator", *PERIODS])
    column = page.column(name)
    if column is None:
        return None
    page.grid.delete_column(column)
    for slot in page.slots():
        if name in OWN:
            slot.facts[name] = Fact(slot.facts[name].value, Hole("free"))
    page.loose = page.loose or name not in OWN or name == "uraian"
    page.demands.append(Demand(f"kolom {name} hilang", texts=(HEADS[name],)))
    return f"hapus kolom {name} di {page.grid.name}"


# --- cells outside the table -----------------------------------------------------------------------------


@edit("catatan di bawah tanda tangan", "tampilan", nothing=True)
def note_below(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    for _ in range(2):
        page.grid.lines.append(Line([Cell() for _ in page.grid.columns], None))
    text = draw.choice(["Catatan: rapat tanggal 3", "Tembusan: Ketua KPU Provinsi", "Dicetak dari Excel"])
    page.grid.lines[-1].cells[draw.choice([0, 1])].put(text)
    return f"catatan “{text}” di bawah tanda tangan {page.grid.name}"


@edit("catatan di kanan tabel", "tampilan", nothing=True)
def note_right(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    for _ in range(2):
        page.grid.insert_column(len(page.grid.columns), Column())
    for line in page.grid.lines:
        line.cells[-1].style = line.cells[-2].style = 0
    first, last = page.table()
    row = draw.randint(first, last)
    text = sentence(draw, 3, "Cek")
    page.grid.lines[row].cells[-1].put(text)
    page.demands.append(
        Demand("catatan di kanan", (page.grid.lines[row].cells[-1],), texts=(text,), floor="note")
    )
    return f"catatan “{text}” di kanan tabel {page.grid.name}!{row + 1}"


# --- sheets ----------------------------------------------------------------------------------------------


@edit("lembar lain ditambahkan", "tampilan", nothing=True)
def extra_sheet(desk: Desk, draw: Random) -> str | None:
    name = f"Catatan {1 + sum(grid.name.startswith('Catatan') for grid in desk.order)}"
    rows: list[list[Value]] = [
        ["Daftar hadir", None, None],
        ["No", "Nama", "Jumlah"],
        [1, "SITI", 5000],
        [2, "BUDI", None],
    ]
    lines = [Line([Cell(value) for value in row], None) for row in rows[: draw.randint(1, 4)]]
    grid = Grid(name, lines, [Column(), Column(), Column()])
    desk.order.insert(draw.randint(0, len(desk.order)), grid)
    return f"lembar “{name}” ditambahkan"


@edit("lembar diganti nama", "tampilan", nothing=True)
def rename_sheet(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    before = page.grid.name
    page.grid.name = draw.choice(["Revisi", "RAK final", "Lembar d'Lahat"]) + f" {desk.pages.index(page) + 1}"
    return f"lembar “{before}” menjadi “{page.grid.name}”"


@edit("lembar ditukar urutannya", "tampilan")
def reorder_sheets(desk: Desk, draw: Random) -> str | None:
    """Two plans may keep the order of the base, or take that of the sheets."""
    draw.random()
    if len(desk.pages) < 2:
        return None
    one, other = (desk.order.index(page.grid) for page in desk.pages)
    desk.order[one], desk.order[other] = desk.order[other], desk.order[one]
    desk.reordered = True
    return "kedua lembar rencana ditukar"


@edit("satu lembar rencana dihapus", "tampilan", weight=0.5)
def delete_sheet(desk: Desk, draw: Random) -> str | None:
    if len(desk.pages) < 2 or desk.doubled:
        return None
    page = draw.choice(desk.pages)
    desk.pages.remove(page)
    desk.order.remove(page.grid)
    desk.reordered = False
    gone = Demand("rencana hilang", texts=(page.base.lembar,), by_base=True)
    desk.pages[0].demands.append(gone)
    return f"lembar “{page.grid.name}” dihapus"


@edit("lembar disalin dalam buku yang sama", "taksa", weight=0.4, last=True)
def double_sheet(desk: Desk, draw: Random) -> str | None:
    """A plan more, or the same plan and a word about the copy."""
    page = a_page(desk, draw)
    if desk.resaved or desk.doubled:
        return None
    (grid,) = copied([page.grid])
    grid.name = f"{page.grid.name[:26]} (2)"
    for cell, source in zip(
        (cell for line in grid.lines for cell in line.cells),
        (cell for line in page.grid.lines for cell in line.cells),
        strict=True,
    ):
        cell.take(source)
    desk.order.append(grid)
    desk.doubled.append((page, grid))
    desk.pages[0].demands.append(Demand("lembar ganda", texts=(grid.name, page.grid.name), floor="note"))
    return f"lembar “{page.grid.name}” disalin"


# --- carriers --------------------------------------------------------------------------------------------


@edit("kolom id dihapus", "pembawa", nothing=True)
def delete_ids(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    column = page.column("id")
    if column is None:
        return None
    page.grid.delete_column(column)
    return f"hapus kolom id di {page.grid.name}"


@edit("kolom id dikosongkan", "pembawa", nothing=True)
def blank_ids(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    column = page.column("id")
    if column is None:
        return None
    for line in page.grid.lines:
        if draw.random() < 0.9:
            line.cells[column].put(None)
    return f"kosongkan kolom id di {page.grid.name}"


def lose_base(desk: Desk) -> None:
    """Without the hidden sheet; drop-downs that pointed there are gone with it."""
    desk.order = [grid for grid in desk.order if grid.name != "_rak"]
    desk.base = False
    for page in desk.pages:
        page.grid.helps = [one for one in page.grid.helps if "_rak" not in "".join(one.formulas)]


@edit("lembar _rak dihapus", "pembawa", nothing=True)
def delete_base(desk: Desk, draw: Random) -> str | None:
    draw.random()
    if not desk.base:
        return None
    lose_base(desk)
    return "hapus lembar _rak"


@edit("properti dokumen hilang", "pembawa", nothing=True)
def delete_properties(desk: Desk, draw: Random) -> str | None:
    draw.random()
    return "hapus properti dokumen" if desk.parts.pop("docProps/custom.xml", None) else None


@edit("nama tabel dan jumlah dihapus", "pembawa", nothing=True)
def delete_names(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    if not page.grid.names:
        return None
    page.grid.names.clear()
    return f"hapus nama-nama di {page.grid.name}"


@edit("semua pembawa hilang", "pembawa", nothing=True)
def lose_all(desk: Desk, draw: Random) -> str | None:
    draw.random()
    lose_base(desk)
    desk.parts.pop("docProps/custom.xml", None)
    for page in desk.pages:
        page.grid.names.clear()
        column = page.column("id")
        if column is not None:
            page.grid.delete_column(column)
    return "hilang: id, _rak, properti, nama"


@edit("disalin sebagai nilai ke buku baru", "pembawa", last=True)
def as_values(desk: Desk, draw: Random) -> str | None:
    """Paste values: no formulas, merges, looks or carriers; with `Keep source formatting`, merges stay."""
    if desk.doubled or any(one.hidden for page in desk.pages for one in page.demands):
        return None
    merges = draw.random() < 0.5
    desk.data()  # calculates the totals that are pasted
    lose_base(desk)
    desk.parts.pop("docProps/custom.xml", None)
    desk.order = [page.grid for page in desk.pages]
    for number, page in enumerate(desk.pages, 1):
        _flatten(page, number, frozenset(desk.looks.values()), merges=merges)
    return "salin sebagai nilai ke buku baru" + (", gabungan ikut" if merges else "")


def _flatten(page: Page, number: int, looks: frozenset[int], *, merges: bool) -> None:
    grid = page.grid
    grid.name, grid.names, grid.helps, grid.filtered, grid.breaks = f"Sheet{number}", {}, [], None, []
    for cell in list(grid.formulas()):
        cell.put(cell.value, error=cell.error)  # Excel calculates what was never calculated, and pastes that
    for slot in page.slots():
        for name, fact in slot.facts.items():
            if fact.calculated is not None:
                slot.facts[name] = Fact(fact.value)
    if merges:
        return
    grid.merges = []
    for slot in page.slots():
        target = page.cell(slot, "target")
        if target is not None and target.style in looks and isinstance(target.value, int | float):
            slot.facts["target"] = Fact(f"{target.value:g}")  # what a per cent or a date is without its look
        cost = slot.facts["biaya"]
        if cost.value == "bersama" and cost.hole is None:  # a blank cell now; nothing says that it is shared
            slot.facts["biaya"] = Fact("bersama", Hole("shared"))
    for cell in (cell for line in grid.lines for cell in line.cells):
        cell.style = 0


# --- other programs --------------------------------------------------------------------------------------


@edit("disimpan ulang oleh openpyxl", "pembawa", nothing=True, last=True)
def by_openpyxl(desk: Desk, draw: Random) -> str | None:
    draw.random()
    if desk.resaved:
        return None
    desk.resaved = "openpyxl"
    return "simpan ulang dengan openpyxl"


def through_openpyxl(data: bytes) -> bytes:
    """The workbook loaded and saved: stored values of formulas and what hides under merges are gone."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
