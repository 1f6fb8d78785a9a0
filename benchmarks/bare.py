"""A workbook drawn with XlsxWriter's public calls alone: what `bench.py` measures `rak build` against.

It draws what a person sees of our workbook, as a careful user of XlsxWriter would write it for this one
form: texts as texts, numbers, merges, formats, row heights, column widths, print set-up, the live total.
It computes nothing: what to draw was prepared by `bench.py`, a pickle of one `Drawing` a sheet, each
followed by its rows.  Rows are read while they are drawn, so that no more than one is held.

    python bare.py CELLS OUTPUT.xlsx       draw
    python bare.py CELLS                   only read the cells
    python bare.py                         do nothing: the difference is what reading costs
"""

import pickle
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeAlias

Drawn: TypeAlias = tuple[int, int, int, object, int, int]
"""A cell: row, column, the number of its format, its value, and over how many rows and columns it goes.

A formula is a pair of its text and its result.
"""


class Drawing(NamedTuple):
    """All of a sheet but its cells."""

    name: str
    default_format: dict[str, Any]
    formats: list[dict[str, Any]]
    widths: list[int]
    heights: list[float]
    page: dict[str, Any]


Sheets: TypeAlias = Iterable[tuple[Drawing, Iterable[list[Drawn]]]]


def draw(sheets: Sheets, target: str | IO[bytes]) -> None:
    """Draw the sheets into a new workbook."""
    import xlsxwriter

    workbook: Any = None
    for drawing, rows in sheets:
        if workbook is None:
            options = {
                "in_memory": True,
                "default_format_properties": drawing.default_format,
                "default_column_width": 72,
            }
            workbook = xlsxwriter.Workbook(target, options)
        draw_sheet(workbook, drawing, rows)
    workbook.close()


def draw_sheet(workbook: Any, drawing: Drawing, rows: Iterable[list[Drawn]]) -> None:  # noqa: ANN401 - not typed
    """Draw one sheet."""
    sheet = workbook.add_worksheet(drawing.name)
    formats = [workbook.add_format(properties) for properties in drawing.formats]
    for column, width in enumerate(drawing.widths):
        sheet.set_column_pixels(column, column, width)
    for row, points in enumerate(drawing.heights):
        sheet.set_row(row, points)
    for cells in rows:
        for row, column, number, value, deep, wide in cells:
            form = formats[number]
            if deep > 1 or wide > 1:
                sheet.merge_range(row, column, row + deep - 1, column + wide - 1, "", form)
            if isinstance(value, str):
                sheet.write_string(row, column, value, form)
            elif isinstance(value, tuple):
                sheet.write_formula(row, column, value[0], form, value[1])
            elif value is None:
                sheet.write_blank(row, column, None, form)
            else:
                sheet.write_number(row, column, value, form)
    set_up_print(sheet, drawing.page)


def set_up_print(sheet: Any, page: dict[str, Any]) -> None:  # noqa: ANN401 - not typed
    """The paper and what stands on every page."""
    sheet.set_paper(page["paper"])
    if page["landscape"]:
        sheet.set_landscape()
    sheet.set_margins(*page["margins"])
    sheet.set_print_scale(page["scale"])
    sheet.center_horizontally()
    sheet.repeat_rows(*page["repeated"])
    sheet.print_area(*page["area"])
    sheet.set_h_pagebreaks(page["breaks"])
    sheet.set_footer(page["footer"])
    sheet.hide_gridlines(2)
    sheet.freeze_panes(*page["frozen"])


def read(stream: IO[bytes]) -> Iterator[tuple[Drawing, Iterator[list[Drawn]]]]:
    """The sheets of a prepared file; each one's rows are to be read before the next sheet."""
    for _ in range(pickle.load(stream)):
        drawing = Drawing(*pickle.load(stream))
        yield drawing, (pickle.load(stream) for _ in range(pickle.load(stream)))


def main() -> None:
    """Draw, or only read, or nothing."""
    if len(sys.argv) == 1:
        return
    with Path(sys.argv[1]).open("rb") as stream:
        if len(sys.argv) > 2:
            draw(read(stream), sys.argv[2])
        else:
            for _, rows in read(stream):
                for _ in rows:
                    pass


if __name__ == "__main__":
    main()
