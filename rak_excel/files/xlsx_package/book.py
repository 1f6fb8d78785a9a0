"""The workbook's own part: its sheets and defined names, and how a sheet is added."""

from typing import Final, NamedTuple

from rak_excel.files.xlsx_package.archive import unsure
from rak_excel.files.xlsx_package.package import Package
from rak_excel.files.xlsx_package.xml import Element, quoted, whole

ORDER: Final = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches",
)  # fmt: skip
SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class Entry(NamedTuple):
    """A sheet as the workbook lists it; `part` is `""` where it has no cells."""

    name: str
    part: str
    element: Element


class Workbook:
    """The workbook's part as a tree, with what its sheets are."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.tree = package.tree(package.workbook)
        package.spoken(self.tree)
        sheets = self.tree.root.first("sheets")
        if self.tree.root.tag != "workbook" or sheets is None:
            raise unsure(package.workbook, "daftar lembarnya tidak ditemukan", "its sheets are not found")
        self.listed = sheets
        parts = {one.id: one.part for one in package.relations(package.workbook) if one.kind == "worksheet"}
        self.sheets = tuple(
            Entry(one.attributes.get("name", ""), parts.get(relation_id(one.attributes), ""), one)
            for one in sheets.all("sheet")
        )

    def sheet(self, name: str) -> Entry | None:
        """The sheet of a name, without regard to case, where it has cells."""
        return next((one for one in self.sheets if one.part and one.name.lower() == name.lower()), None)

    def names(self) -> list[Element]:
        """The defined names."""
        listed = self.tree.root.first("definedNames")
        return listed.all("definedName") if listed is not None else []

    def define(self, name: str, reference: str) -> None:
        """Give a hidden name a reference, another one where it is there."""
        known = next((one for one in self.names() if one.attributes.get("name") == name), None)
        listed = self.tree.root.first("definedNames")
        prefix = self.tree.root.prefix
        made = f'<{prefix}definedName name="{name}" hidden="1">{quoted(reference)}</{prefix}definedName>'
        if known is not None:
            self.tree.replace(known.start, known.end, made)
        elif listed is not None:
            self.tree.append(listed, made)
        else:
            made = f"<{prefix}definedNames>{made}</{prefix}definedNames>"
            self.tree.put(made, "definedNames", ORDER)

    def calculate_on_load(self) -> None:
        """Let every program that calculates do so when it opens the workbook."""
        held = self.tree.root.first("calcPr")
        if held is not None:
            self.tree.set(held, fullCalcOnLoad="1")
        else:
            self.tree.put(f'<{self.tree.root.prefix}calcPr fullCalcOnLoad="1"/>', "calcPr", ORDER)

    def add_sheet(self, base: str, content: str) -> tuple[str, str]:
        """Add a sheet behind all others under a name that is free; the name and the part."""
        taken = {one.name.lower() for one in self.sheets}
        name, number = base, 2
        while name.lower() in taken:
            name, number = f"{base} ({number})", number + 1
        folder = self.package.workbook.rpartition("/")[0]
        begin = f"{folder}/" if folder else ""
        part = self.package.add(lambda count: f"{begin}worksheets/sheet{count}.xml", content, SHEET)
        relation = self.package.relate(self.package.workbook, "worksheet", part)
        identity = max((whole(one.element.attributes.get("sheetId")) for one in self.sheets), default=0) + 1
        prefix = self.tree.root.prefix
        self.tree.append(
            self.listed,
            f'<{prefix}sheet xmlns:r="{self.package.office}" name="{quoted(name)}" sheetId="{identity}" '
            f'r:id="{relation}"/>',
        )
        return name, part

    def save(self) -> None:
        """Put what was changed into the part."""
        self.package.save(self.tree)


def relation_id(attributes: dict[str, str]) -> str:
    """The id of the relation that an element names."""
    return next(
        (value for name, value in attributes.items() if name.endswith("/relationships id")),
        "",
    )


def quoted_sheet(name: str) -> str:
    """A sheet's name as a reference writes it.

    Examples:
        >>> quoted_sheet("it's")
        "'it''s'"
    """
    escaped = name.replace("'", "''")
    return f"'{escaped}'"
