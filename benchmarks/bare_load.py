"""A workbook loaded with openpyxl and nothing else: what `back.py` measures `rak import` against.

python bare_load.py WORKBOOK.xlsx
"""

import sys

import openpyxl

openpyxl.load_workbook(sys.argv[1])
