"""Books and listings to Excel workbooks, the same bytes every time; and whether a workbook is one of ours."""

from typing import IO

from rak_excel.files.xlsx_writer.archive import is_recap, untouched
from rak_excel.findings import Finding
from rak_excel.sheet.grid import Book
from rak_excel.sheet.listing import ListingBook

__all__ = ["is_recap", "untouched", "write", "write_listings"]


def write(book: Book) -> bytes:
    """The bytes of a workbook of plans."""
    from rak_excel.files.xlsx_writer import books  # XlsxWriter takes 80 ms, and no other call here needs it

    return books.write(book)


def write_listings(book: ListingBook, out: IO[bytes]) -> tuple[Finding, ...]:
    """Write a workbook of listings, and tell what it cannot hold; rows are read once, and never kept.

    Raises:
        RakError: a listing has more rows than a sheet of Excel (RAK641).
    """
    from rak_excel.files.xlsx_writer import listings  # as above

    return listings.write(book, out)
