"""Draw examples/excel/rak-2025.xlsx: last year's plan as an office made it by hand, not by our writer.

Run it from the repository; docs/berkas-lama.md shows what `rak` makes of the workbook.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TARGET: Final = Path(__file__).parents[1] / "examples" / "excel" / "rak-2025.xlsx"
WIDTHS: Final = dict(zip("ABCDEFGHIJKLM", (5, 27, 27, 10, 10, 38, 6, 6, 6, 6, 18, 26, 12), strict=True))
LEFT: Final = ("No.", "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Target", "Rencana Aksi")
RIGHT: Final = ("Anggaran (Rp)", "Penanggung Jawab", "Bukti Dukung")
KUL: Final = "Subbagian Keuangan, Umum dan Logistik"
DATA: Final = "Subbagian Perencanaan, Data dan Informasi"
I_DATA: Final = "Persentase data pemilih yang dimutakhirkan"
TATA_KELOLA: Final = "Terwujudnya tata kelola yang akuntabel"
RAPAT: Final = "Rapat pemutakhiran data pemilih Tahun 2025"
LAPORAN: Final = "Penyusunan Laporan Kinerja Tahun 2024"
USULAN: Final = "Penyusunan usulan anggaran Tahun 2026"
NONE: Final = (None,) * 5
ROWS: Final[tuple[tuple[Any, ...], ...]] = (
    (
        *(1, "Tersedianya data pemilih yang mutakhir", I_DATA, "%", 95),
        *(RAPAT, "√", None, "√", None, "Rp 42.500.000", DATA, "Berita acara"),
    ),
    (*NONE, "Koordinasi dengan KPU Kabupaten Banjar", None, "√", None, None, "7.250.000", DATA, "Laporan"),
    (
        *(2, TATA_KELOLA, "Nilai SAKIP", "Nilai", 72.5),
        *(LAPORAN, "√", None, None, None, None, KUL, "Laporan"),
    ),
    (*NONE, USULAN, None, None, "√", "√", "-", KUL, "RKA"),
)
SIGNED: Final = (
    *(("B13", "Mengetahui,"), ("B14", "Ketua,"), ("B18", "RUSDI HIDAYAT")),
    *(("K13", "Marabahan, 6 Januari 2025"), ("K14", "Sekretaris,"), ("K18", "SITI RAHMAWATI")),
    *(("K19", "Pembina"), ("K20", "NIP. 19780412 200312 2 005")),
)
CENTRED: Final = (1, 4, 5, 7, 8, 9, 10)


def main() -> None:
    """Draw the sheet from top to bottom."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "RENAKSI"
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    titles(sheet)
    headings(sheet)
    body(sheet)
    signatures(sheet)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    if (footer := sheet.HeaderFooter.oddFooter) is not None:
        footer.center.text = "Halaman &P dari &N"
    book.save(TARGET)


def titles(sheet: Worksheet) -> None:
    """Two centred lines."""
    for row, text in ((1, "RENCANA AKSI KINERJA TAHUN 2025"), (2, "SEKRETARIAT KPU KABUPATEN BARITO KUALA")):
        sheet.cell(row, 1, text).font = Font("Arial", 12, bold=True)
        sheet.cell(row, 1).alignment = Alignment(horizontal="center")
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=13)


def headings(sheet: Worksheet) -> None:
    """Two rows with a band, and the numbers of the columns."""
    for column, text in (*enumerate(LEFT, 1), *enumerate(RIGHT, 11)):
        sheet.cell(4, column, text)
        sheet.merge_cells(start_row=4, start_column=column, end_row=5, end_column=column)
    sheet.cell(4, 7, "Jadwal Pelaksanaan")
    sheet.merge_cells("G4:J4")
    for column, text in enumerate(("TW I", "TW II", "TW III", "TW IV"), 7):
        sheet.cell(5, column, text)
    for column in range(1, 14):
        sheet.cell(6, column, column)
        for row in (4, 5, 6):
            dressed(sheet, row, column, Font("Arial", 10, bold=True), "center", "center")
            sheet.cell(row, column).fill = PatternFill("solid", fgColor="FFE2EFDA")


def body(sheet: Worksheet) -> None:
    """The rows, their goals merged, and a total that was typed."""
    for row, values in enumerate(ROWS, 7):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column, value)
            across = "center" if column in CENTRED else "right" if column == 11 else "left"
            dressed(sheet, row, column, Font("Arial", 10), across, "top")
    for first in (7, 9):
        for column in range(1, 6):
            sheet.merge_cells(start_row=first, start_column=column, end_row=first + 1, end_column=column)
    sheet.cell(11, 1, "JUMLAH TOTAL")
    sheet.merge_cells("A11:J11")
    sheet.cell(11, 11, 49_750_000).number_format = "#,##0"
    for column in range(1, 14):
        dressed(
            sheet, 11, column, Font("Arial", 10, bold=True), "right" if column == 11 else "center", "center"
        )


def signatures(sheet: Worksheet) -> None:
    """Two blocks, the right one with a date."""
    for cell, text in SIGNED:
        is_name = cell[1:] == "18"
        sheet[cell] = text
        sheet[cell].font = Font("Arial", 10, bold=is_name, underline="single" if is_name else None)


def dressed(sheet: Worksheet, row: int, column: int, font: Font, across: str, down: str) -> None:
    """A cell with its font, its place in the cell, and a frame."""
    line = Side("thin")
    cell = sheet.cell(row, column)
    cell.font = font
    cell.border = Border(line, line, line, line)
    cell.alignment = Alignment(horizontal=across, vertical=down, wrap_text=True)


if __name__ == "__main__":
    main()
