"""Somebody's own workbook, changed in a few of its parts: what is not changed stays byte for byte.

Nothing is loaded and saved again: text is spliced into the XML at the places where it belongs.
"""

from rak_excel.files.xlsx_package.marks import is_marked, marked
from rak_excel.files.xlsx_package.patch import Patched, extent, patched, what_is_bound

__all__ = [
    "Patched",
    "extent",
    "is_marked",
    "marked",
    "patched",
    "what_is_bound",
]
