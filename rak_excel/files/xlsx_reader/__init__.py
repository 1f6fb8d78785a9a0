"""A workbook as its cells hold it, read in one pass: no macro, link or formula is run.

openpyxl hides what lies under a merge, does not decode `_x000D_`, and takes seconds for a large plan.
"""

from rak_excel.files.xlsx_reader.book import Read, read

__all__ = ["Read", "read"]
