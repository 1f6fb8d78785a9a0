"""Typing into cells: texts, costs, targets, ticks, the lines above the table and the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oracle.kinds import a_page, a_row, edit, where
from oracle.plans import UNITS, sentence
from oracle.truth import PERIODS, Fact, Hole

if TYPE_CHECKING:
    from random import Random

    from oracle.sheets import Cell, Value
    from oracle.truth import Desk, Page, Slot

TOLD: Final = Hole("told")
TRUE_WORDS: Final = ("v", "V", "x", "X", "ya", "Ya", "y", "✓", "✔", "☑", 1, True)
FALSE_WORDS: Final = ("-", 0, "tidak", None, False)
NIL_WORDS: Final = ("-", "nihil", "Nihil", "–", " - ")


def dotted(amount: int) -> str:
    """An amount with points between the thousands."""
    return f"{amount:,}".replace(",", ".")


def costed(desk: Desk, draw: Random) -> tuple[Page, Slot] | None:
    """A kegiatan with a cost cell of its own."""
    found = a_row(desk, draw, "biaya")
    if found is None:
        return None
    page, _ = found
    slots = [slot for slot in page.slots() if slot.facts["biaya"].value != "bersama"]
    return (page, draw.choice(slots)) if slots else None


def type_cost(desk: Desk, draw: Random, cell: Value, fact: Fact, formula: str = "") -> str | None:
    """Type into a cost cell; the kegiatan that share it see it too."""
    found = costed(desk, draw)
    if found is None:
        return None
    page, slot = found
    if not isinstance(fact.value, int) and not fact.hole and shares(page, slot):
        return None
    page.put(slot, "biaya", cell, fact, formula)
    shown = f"={formula}" if formula else repr(cell)
    return f"{where(page, slot)}: biaya {shown}"


def shares(page: Page, slot: Slot) -> bool:
    """Whether the kegiatan below shares this one's cost."""
    slots = page.slots()
    below = slots[slots.index(slot) + 1 :][:1]
    return any(one.facts["biaya"].value == "bersama" for one in below)


# --- texts -----------------------------------------------------------------------------------------------


@edit("teks kegiatan atau pelaksana diubah", "nilai", weight=3)
def change_text(desk: Desk, draw: Random) -> str | None:
    name = draw.choice(["uraian", "pelaksana"])
    found = a_row(desk, draw, name)
    if found is None:
        return None
    page, slot = found
    text = draw.choice(UNITS) if name == "pelaksana" and draw.random() < 0.5 else sentence(draw, 5)
    page.put(slot, name, text, text)
    return f"{where(page, slot)}: {name} “{text}”"


@edit("teks dengan ganti baris, tanda = atau spasi", "nilai")
def odd_text(desk: Desk, draw: Random) -> str | None:
    found = a_row(desk, draw, "uraian")
    if found is None:
        return None
    page, slot = found
    plain = sentence(draw, 4)
    text = draw.choice(
        [f"{plain}\nbaris kedua", f"={plain}", f"  {plain}  ", f"+{plain}", f"{plain} √ – “x”"]
    )
    page.put(slot, "uraian", text, text.strip())
    return f"{where(page, slot)}: uraian {text!r}"


@edit("teks sasaran atau indikator diubah", "nilai", weight=2)
def change_group_text(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    name = draw.choice(["sasaran", "indikator"])
    column = page.column(name)
    slots = draw.choice([s for _, s in page.goals()] if name == "sasaran" else page.groups())
    if column is None or page.loose or any(one.hidden for one in page.demands):
        return None
    first, last = page.span(slots)
    cells = [line.cells[column] for line in page.grid.lines[first : last + 1]]
    told = [cell for cell in cells if not cell.blank]
    if not told or told[0] is not cells[0]:
        return None
    text = sentence(draw, 6, "Persentase" if name == "indikator" else "Terwujudnya")
    for cell in told:
        cell.put(text)
    part = slots[0].goal if name == "sasaran" else slots[0].ind
    part.uraian = Fact(text)
    return f"{where(page, slots[0])}: {name} “{text}”"


@edit("sel wajib dikosongkan", "nilai", weight=0.5)
def clear_cell(desk: Desk, draw: Random) -> str | None:
    name = draw.choice(["biaya", "pelaksana", "uraian"])
    found = costed(desk, draw) if name == "biaya" else a_row(desk, draw, name)
    if found is None or (name == "biaya" and shares(*found)):
        return None
    page, slot = found
    cell = page.put(slot, name, None, "")
    if cell is not None:
        page.demand(f"{name} kosong", cell, blank=True)
    return f"{where(page, slot)}: {name} dikosongkan"


@edit("sel dipotong dan ditempel di baris lain", "nilai", weight=0.7)
def cut_cell(desk: Desk, draw: Random) -> str | None:
    """What stood in the other row is gone, as it is meant; the cell that was cut is blank."""
    name = draw.choice(["pelaksana", "uraian"])
    found = a_row(desk, draw, name)
    if found is None:
        return None
    page, slot = found
    others = [one for one in page.slots() if one is not slot and page.simple(one)]
    cell = page.cell(slot, name)
    if not others or cell is None or not page.simple(slot) or slot.facts[name].value == "":
        return None
    other = draw.choice(others)
    told = f"{where(page, slot)}: {name} dipotong, ditempel di {where(page, other)}"
    fact = slot.facts[name]
    page.put(other, name, cell.value, fact, cell.formula)
    page.put(slot, name, None, "")
    page.demand(f"{name} kosong", cell, blank=True)
    return told


@edit("teks sebagai rumus dengan nilai tersimpan", "nilai", weight=0.5)
def text_formula(desk: Desk, draw: Random) -> str | None:
    found = a_row(desk, draw, "pelaksana")
    if found is None:
        return None
    page, slot = found
    unit = draw.choice(UNITS)
    page.put(slot, "pelaksana", unit, Fact(unit, calculated=True), f'TRIM("{unit}")')
    return f'{where(page, slot)}: pelaksana =TRIM("{unit}")'


# --- costs -----------------------------------------------------------------------------------------------


@edit("biaya diubah", "nilai", weight=3)
def change_cost(desk: Desk, draw: Random) -> str | None:
    amount = draw.randrange(1, 900_000) * 1_000
    return type_cost(desk, draw, amount, Fact(amount))


@edit("biaya menjadi nihil atau “-”", "nilai", weight=2)
def nil_cost(desk: Desk, draw: Random) -> str | None:
    return type_cost(desk, draw, draw.choice(NIL_WORDS), Fact(None))


@edit("biaya 0", "nilai", weight=0.5)
def zero_cost(desk: Desk, draw: Random) -> str | None:
    return type_cost(desk, draw, 0, Fact(0))


@edit("biaya ditempel sebagai teks", "nilai", weight=2)
def text_cost(desk: Desk, draw: Random) -> str | None:
    amount = draw.randrange(1_000, 900_000) * 1_000
    told = dotted(amount)
    text = draw.choice(
        [
            told,
            f"Rp {told}",
            f"Rp. {told},-",
            f"Rp{told},00",
            told.replace(".", " "),
            told.replace(".", "\u00a0"),
            f"  {told} ",
            told.replace(".", ","),
            str(amount),
        ]
    )
    return type_cost(desk, draw, text, Fact(amount))


@edit("biaya bilangan pecahan (306.461)", "kehilangan", weight=0.6)
def float_cost(desk: Desk, draw: Random) -> str | None:
    return type_cost(desk, draw, draw.randrange(1_000, 900_000) / 1_000 + 0.0005, Fact("", TOLD))


@edit("biaya bilangan bulat bertipe pecahan", "nilai", weight=0.5)
def whole_float_cost(desk: Desk, draw: Random) -> str | None:
    amount = draw.randrange(1, 900) * 1_000_000
    return type_cost(desk, draw, float(amount), Fact(amount))


@edit("biaya berkata-kata atau dapat dibaca dua cara", "kehilangan", weight=0.5)
def doubtful_cost(desk: Desk, draw: Random) -> str | None:
    text = draw.choice(["1,5 juta", "306,461", "1.5", "12.34.567", "-5000", "3.06461E+08", "seratus ribu"])
    return type_cost(desk, draw, text, Fact("", TOLD))


@edit("biaya sebagai rumus dengan nilai tersimpan", "nilai")
def cost_formula(desk: Desk, draw: Random) -> str | None:
    one, other = draw.randrange(1, 900_000) * 1_000, draw.randrange(1, 900) * 1_000
    return type_cost(desk, draw, one + other, Fact(one + other, calculated=True), f"{one}+{other}")


@edit("biaya sebagai rumus yang belum dihitung", "kehilangan", weight=0.6)
def stale_formula(desk: Desk, draw: Random) -> str | None:
    one, other = draw.randrange(1, 900_000) * 1_000, draw.randrange(1, 900) * 1_000
    return type_cost(desk, draw, one + other, Fact(one + other, calculated=False), f"{one}+{other}")


@edit("biaya berisi galat (#REF!)", "kehilangan", weight=0.4)
def error_cost(desk: Desk, draw: Random) -> str | None:
    found = costed(desk, draw)
    if found is None:
        return None
    page, slot = found
    cell = page.put(slot, "biaya", None, Fact("", TOLD))
    if cell is not None:
        cell.put("#REF!", error=True)
    return f"{where(page, slot)}: biaya #REF!"


@edit("jumlah ditimpa angka lain", "nilai")
def type_total(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    column = page.column("biaya")
    if page.total is None or column is None:
        return None
    value: Value = draw.choice([123_456_789, 0, None, "Rp 123.456.789"])
    page.total.cells[column].put(value)
    return f"{page.grid.name}: JUMLAH ditimpa {value!r}"


# --- targets ---------------------------------------------------------------------------------------------


def type_target(desk: Desk, draw: Random, cell: Value, fact: Fact, look: str = "") -> str | None:
    """Type into a target cell."""
    found = a_row(desk, draw, "target")
    if found is None:
        return None
    page, slot = found
    typed = page.cell(slot, "target")
    if typed is not None and look:
        typed.style = desk.looks[look]
    elif typed is not None:
        cell, fact = page.looked(typed, cell, fact)
    page.put(slot, "target", cell, fact)
    return f"{where(page, slot)}: target {cell!r} {look}".rstrip()


@edit("target diubah", "nilai", weight=2)
def change_target(desk: Desk, draw: Random) -> str | None:
    choices: list[tuple[Value, str]] = [
        (75, "75"),
        (82.5, "82.5"),
        (0, "0"),
        ("A", "A"),
        ("3 Dokumen", "3 Dokumen"),
        ("WTP", "WTP"),
        (95.0, "95"),
    ]
    cell, text = draw.choice(choices)
    return type_target(desk, draw, cell, Fact(text))


@edit("target angka sebagai teks", "nilai")
def text_target(desk: Desk, draw: Random) -> str | None:
    cell, text = draw.choice(
        [("75", "75"), (" 75 ", "75"), ("75%", "75"), ("82,5", "82.5"), ("82.5 %", "82.5")]
    )
    return type_target(desk, draw, cell, Fact(text))


@edit("target sel persen", "nilai")
def percent_target(desk: Desk, draw: Random) -> str | None:
    cell, text = draw.choice([(0.9, "90"), (1, "100"), (0.895, "89.5")])
    return type_target(desk, draw, cell, Fact(text), "percent")


@edit("target menjadi tanggal", "kehilangan", weight=0.4)
def date_target(desk: Desk, draw: Random) -> str | None:
    return type_target(desk, draw, draw.choice([45_352, 45_293]), Fact("", TOLD), "date")


# --- ticks -----------------------------------------------------------------------------------------------


def type_tick(
    desk: Desk, draw: Random, words: dict[bool, tuple[Value, ...]], hole: Hole | None = None
) -> str | None:
    """Type into the cell of a period: what is ticked gets a word for no tick, and the other way round."""
    name = draw.choice(PERIODS)
    found = a_row(desk, draw, name)
    if found is None:
        return None
    page, slot = found
    ticked = not slot.facts[name].value
    cell = draw.choice(words[ticked])
    page.put(slot, name, cell, Fact(ticked and hole is None, hole))
    return f"{where(page, slot)}: {name} {cell!r}"


@edit("centang diubah", "nilai", weight=3)
def change_tick(desk: Desk, draw: Random) -> str | None:
    return type_tick(desk, draw, {True: ("√",), False: (None,)})


@edit("centang dengan kata lain (v, x, ya, -, …)", "nilai", weight=3)
def tick_word(desk: Desk, draw: Random) -> str | None:
    return type_tick(desk, draw, {True: TRUE_WORDS, False: FALSE_WORDS})


@edit("centang berisi yang bukan centang", "kehilangan", weight=0.4)
def no_tick(desk: Desk, draw: Random) -> str | None:
    words = ("25%", "kadang", 25, "Maret")
    return type_tick(desk, draw, {True: words, False: words}, TOLD)


# --- above the table -------------------------------------------------------------------------------------


@edit("judul atau unit diubah", "nilai")
def change_title(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    name = draw.choice(["judul", "unit"])
    text = sentence(draw, 2, "RENCANA AKSI" if name == "judul" else "Sekretariat KPU")
    lead = draw.choice(["Unit Organisasi : ", "Unit Organisasi: ", "UNIT ORGANISASI : "])
    page.cells[name].put(text if name == "judul" else lead + text)
    page.scalars[name] = Fact(text)
    return f"{page.grid.name}: {name} “{text}”"


@edit("tahun diubah di kedua tempat", "nilai", weight=0.7)
def change_year(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    year = draw.choice([2025, 2026, 2027])
    page.cells["tahun"].put(f"TAHUN {year}")
    page.cells["tahun anggaran"].put(f"Tahun Anggaran : {year}")
    page.demands = [one for one in page.demands if one.why != "dua tahun"]
    page.scalars["tahun"] = Fact(year)
    return f"{page.grid.name}: tahun {year} di kedua tempat"


@edit("tahun diubah di satu tempat saja", "kehilangan", weight=0.5)
def change_one_year(desk: Desk, draw: Random) -> str | None:
    page = a_page(desk, draw)
    if page.scalars["tahun"].hole:
        return None
    name = draw.choice(["tahun", "tahun anggaran"])
    year = page.scalars["tahun"].value + draw.choice([1, 2])
    page.cells[name].put(f"TAHUN {year}" if name == "tahun" else f"Tahun Anggaran : {year}")
    page.scalars["tahun"] = Fact(page.scalars["tahun"].value, TOLD)
    page.demand("dua tahun", page.cells["tahun"], page.cells["tahun anggaran"], texts=(str(year),))
    return f"{page.grid.name}: tahun {year} hanya di {name}"


# --- the signature ---------------------------------------------------------------------------------------


def signed(desk: Desk, draw: Random, *names: str) -> tuple[Page, int, str, Cell] | None:
    """A line of a signature that is printed."""
    page = a_page(desk, draw)
    printed = [name for name in page.cells if name.partition(".")[2] in names]
    if not printed:
        return None
    name = draw.choice(printed)
    number, _, field = name.partition(".")
    return page, int(number), field, page.cells[name]


@edit("penandatangan diubah", "nilai", weight=2)
def change_signatory(desk: Desk, draw: Random) -> str | None:
    found = signed(desk, draw, "jabatan", "nama", "pangkat", "tanggal", "pengantar")
    if found is None:
        return None
    page, number, name, cell = found
    one = page.signatories[number]
    if name == "jabatan":
        one[name] = Fact(draw.choice(["Plt. Sekretaris", "Kepala Sub Bagian Hukum", "Wakil Ketua"]))
        cell.put(one[name].value + draw.choice([",", ",", " ,", ""]))
    elif name == "tanggal":
        one["tempat"], one["tanggal"] = Fact("Pagar Alam"), Fact("15 Maret 2024")
        cell.put("Pagar Alam, 15 Maret 2024")
    else:
        texts = {
            "nama": ["Dr. H. ABDUL RAHMAN, S.H., M.Si.", "SITI AMINAH"],
            "pangkat": ["Penata (III/c)", "Pembina (IV/a)"],
            "pengantar": ["Menyetujui,", "Mengetahui"],
        }
        one[name] = Fact(draw.choice(texts[name]))
        cell.put(one[name].value)
    return f"{page.grid.name}: penandatangan {number + 1}, {name} “{cell.value}”"


NIP: Final = "197903152005021003"


@edit("NIP diketik ulang", "nilai")
def change_nip(desk: Desk, draw: Random) -> str | None:
    found = signed(desk, draw, "nip")
    if found is None:
        return None
    page, number, _, cell = found
    spaced = f"{NIP[:8]} {NIP[8:14]} {NIP[14]} {NIP[15:]}"
    cell.put(
        draw.choice([f"NIP. {NIP}", f"NIP {spaced}", f"NIP: {NIP}", f"NIP.{NIP}", NIP, f"NIP. {spaced}"])
    )
    page.signatories[number]["nip"] = Fact(NIP)
    return f"{page.grid.name}: NIP penandatangan {number + 1} “{cell.value}”"


@edit("NIP dihapus", "nilai", weight=0.5)
def remove_nip(desk: Desk, draw: Random) -> str | None:
    found = signed(desk, draw, "nip")
    if found is None:
        return None
    page, number, _, cell = found
    cell.put(None)
    page.signatories[number]["nip"] = Fact("")
    return f"{page.grid.name}: NIP penandatangan {number + 1} dikosongkan"


@edit("NIP menjadi bilangan", "kehilangan", weight=0.6)
def numeric_nip(desk: Desk, draw: Random) -> str | None:
    found = signed(desk, draw, "nip")
    if found is None:
        return None
    page, number, _, cell = found
    cell.put(1.98205062010122e17)
    page.signatories[number]["nip"] = Fact("", TOLD)
    return f"{page.grid.name}: NIP penandatangan {number + 1} menjadi bilangan"


@edit("nama penandatangan dihapus", "nilai", weight=0.3)
def remove_name(desk: Desk, draw: Random) -> str | None:
    found = signed(desk, draw, "nama")
    if found is None:
        return None
    page, number, _, cell = found
    cell.put(None)
    page.signatories[number]["nama"] = Fact("", Hole("told"))
    return f"{page.grid.name}: nama penandatangan {number + 1} dikosongkan"
