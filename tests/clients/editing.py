"""Somebody at LibreOffice: what a hand does in a workbook, cell by cell, and then saves as .xlsx.

The steps go through the program's own commands, as its menus and keys do, so that a number is recognised, a
merge moves down and a formula grows as they would for whoever sits there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clients import libreoffice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Step = str
"""What a hand does once, as Basic."""


def typed(cell: str, text: str) -> Step:
    """Type into a cell and press Enter: what looks like a number or a date becomes one."""
    return f'Pick {_text(cell)} : Command "EnterString", "StringName", {_text(text)}'


def cleared(cells: str) -> Step:
    """Press Delete."""
    return f'Pick {_text(cells)} : Command "ClearContents"'


def noted(cell: str, text: str) -> Step:
    """Give a cell a note."""
    return f'Pick {_text(cell)} : Command "InsertAnnotation", "Text", {_text(text)}'


def inserted(row: int, count: int = 1) -> Step:
    """Insert blank rows above a row."""
    return f'{_rows(row, count)} : Command "InsertRowsBefore"'


def deleted(row: int, count: int = 1) -> Step:
    """Delete whole rows."""
    return f'{_rows(row, count)} : Command "DeleteRows"'


def hidden(row: int, count: int = 1) -> Step:
    """Hide whole rows."""
    return f'{_rows(row, count)} : Command "HideRow"'


def merged(cells: str) -> Step:
    """Merge cells; as in Excel only the first keeps its content."""
    return f"Join {_text(cells)}"


def unmerged(cells: str) -> Step:
    """Split a merge into its cells."""
    return f'Pick {_text(cells)} : Command "SplitCell"'


def sorted_by(cells: str, column: int, *, descending: bool = False) -> Step:
    """Sort a range without headings by one column of the sheet, from 1."""
    options = (
        '"ByRows", True, "HasHeader", False, "IncludeAttribs", False,'
        f' "Col1", {column}, "Ascending1", {not descending}'
    )
    return f'Pick {_text(cells)} : Command "DataSort", {options}'


def copied(cells: str, to: str) -> Step:
    """Copy a range, and paste it from another cell on."""
    return f'Pick {_text(cells)} : Command "Copy" : Pick {_text(to)} : Command "Paste"'


def filled_down(cells: str) -> Step:
    """Fill a range with its first row."""
    return f'Pick {_text(cells)} : Command "FillDown"'


def edit(source: Path, target: Path, steps: Iterable[Step], profile: Path) -> None:
    """Open a workbook in LibreOffice, do all steps on its first sheet, and save it under another name.

    Basic that fails would say nothing: it tells the step in a file.
    """
    trouble = target.with_suffix(".trouble")
    marked = (f"nth = {number}\n  {step}" for number, step in enumerate(steps, 1))
    basic = _BASIC.format(steps="\n  ".join(marked))
    target.unlink(missing_ok=True)
    libreoffice.run_basic(basic, [str(source.resolve()), str(target.resolve()), str(trouble)], profile)
    if trouble.exists():
        raise RuntimeError(trouble.read_text(errors="replace"))
    if not target.exists():
        raise RuntimeError(f"LibreOffice did not write {target.name}")


def speaks(language: str, profile: Path) -> Path:
    """A fresh profile of somebody whose computer is set to a language such as `id-ID`; its folder again."""
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(language=language))
    return profile


def _rows(row: int, count: int) -> Step:
    return f'Pick "A{row}:AMJ{row + count - 1}"'


def _text(text: str) -> str:
    """A text as Basic writes it."""
    lines = (line.replace('"', '""') for line in text.split("\n"))
    return " & Chr(10) & ".join(f'"{line}"' for line in lines)


_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{language}</value></prop></item>
</oor:items>
"""
_BASIC: Final = """
Private document As Object
Private sheet As Object
Private dispatcher As Object
Private nth As Integer

Sub Main(source As String, target As String, trouble As String)
  On Error GoTo Failed
  Dim quiet(0) As New com.sun.star.beans.PropertyValue
  quiet(0).Name = "Hidden" : quiet(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToUrl(source), "_blank", 0, quiet())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  sheet = document.Sheets.getByIndex(0)
  document.CurrentController.setActiveSheet(sheet)
  {steps}
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = "Calc MS Excel 2007 XML"
  document.storeToURL(ConvertToUrl(target), how())
  document.close(True)
  Exit Sub
Failed:
  Dim file As Integer
  file = FreeFile
  Open trouble For Output As #file
  Print #file, "step " & nth & ": " & Error$
  Close #file
  If Not IsNull(document) Then document.close(True)
End Sub

Sub Pick(cells As String)
  document.CurrentController.select(sheet.getCellRangeByName(cells))
End Sub

Sub Join(cells As String)
  Dim all : all = sheet.getCellRangeByName(cells)
  Dim row As Integer, column As Integer
  For row = 0 To all.Rows.Count - 1
    For column = 0 To all.Columns.Count - 1
      ' cells that hold something would be asked about, and nobody is there to answer
      If row + column > 0 Then all.getCellByPosition(column, row).clearContents(1023)
    Next
  Next
  Pick cells
  Command "MergeCells"
End Sub

Sub Command(name As String, Optional n1, Optional v1, Optional n2, Optional v2, _
    Optional n3, Optional v3, Optional n4, Optional v4, Optional n5, Optional v5)
  Dim given(4) As New com.sun.star.beans.PropertyValue
  If Not IsMissing(n1) Then given(0).Name = n1 : given(0).Value = v1
  If Not IsMissing(n2) Then given(1).Name = n2 : given(1).Value = v2
  If Not IsMissing(n3) Then given(2).Name = n3 : given(2).Value = v3
  If Not IsMissing(n4) Then given(3).Name = n4 : given(3).Value = v4
  If Not IsMissing(n5) Then given(4).Name = n5 : given(4).Value = v5
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" & name, "", 0, given())
End Sub
"""
