"""What ties the parts together: relations and content types, read and added to."""

import posixpath
from collections.abc import Callable
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from rak_excel import rules
from rak_excel.files.xlsx_package.archive import Archive, unsure
from rak_excel.files.xlsx_package.xml import OFFICE, STRICT, STRICT_OFFICE, Tree, quoted
from rak_excel.findings import RakError

TYPES: Final = "[Content_Types].xml"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_NO_RELATIONS: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'
)


class Relation(NamedTuple):
    """What a part is related to; `part` is `""` where that lies outside."""

    id: str
    kind: str
    part: str


class Package:
    """The parts of a workbook as a graph."""

    def __init__(self, data: bytes) -> None:
        self.archive = Archive(data)
        self.known: dict[str, tuple[Relation, ...]] = {}
        self.workbook = self.first("", "officeDocument") or "xl/workbook.xml"
        if self.workbook not in self.archive:
            raise RakError(rules.BAGIAN_HILANG.at(value=self.workbook))
        self.office = OFFICE

    def tree(self, part: str) -> Tree:
        """A part as a tree."""
        return Tree(part, self.archive.read(part))

    def save(self, tree: Tree) -> None:
        """Put a tree's edits into its part."""
        if tree.edits:
            self.archive.write(tree.part, tree.content())

    def spoken(self, workbook: Tree) -> None:
        """Take over which of the two namespaces the workbook is written in."""
        if workbook.space == STRICT:
            self.office = STRICT_OFFICE

    # --- relations ---------------------------------------------------------------------------------------

    def relations(self, source: str) -> tuple[Relation, ...]:
        """What a part is related to, in the order of the file; a type is told by its last word."""
        if source not in self.known:
            part = rels_of(source)
            self.known[source] = (
                tuple(
                    Relation(
                        one.attributes.get("Id", ""),
                        one.attributes.get("Type", "").rpartition("/")[2],
                        _target(source, one.attributes),
                    )
                    for one in self.tree(part).root.all("Relationship")
                )
                if part in self.archive
                else ()
            )
        return self.known[source]

    def first(self, source: str, kind: str) -> str:
        """The part that the first relation of a kind leads to; `""` where there is none.

        Raises:
            RakError: it leads to a part that is not there.
        """
        part = next((one.part for one in self.relations(source) if one.kind == kind and one.part), "")
        if part and source and part not in self.archive:
            raise unsure(part, "disebut tetapi tidak ada", "it is named and not there")
        return part

    def relate(self, source: str, kind: str, part: str) -> str:
        """Add a relation; its id."""
        rels = rels_of(source)
        tree = Tree(rels, self.archive.read(rels) if rels in self.archive else _NO_RELATIONS.encode())
        taken = {one.id.lower() for one in self.relations(source)}
        number = 1
        while f"rid{number}" in taken:
            number += 1
        target = quote(posixpath.relpath(part, posixpath.dirname(source) or "."))
        tree.append(
            tree.root,
            f'<{tree.root.prefix}Relationship Id="rId{number}" Type="{self.office}/{kind}" '
            f'Target="{quoted(target)}"/>',
        )
        self.archive.write(rels, tree.content())
        self.known.pop(source, None)
        return f"rId{number}"

    # --- parts -------------------------------------------------------------------------------------------

    def add(self, name: Callable[[int], str], content: str, kind: str) -> str:
        """Add a part under the first name that is free, with its content type; the name."""
        part = self.archive.unused(name)
        self.archive.write(part, content.encode())
        self.declare(part, kind)
        return part

    def declare(self, part: str, kind: str) -> None:
        """Tell a part's content type."""
        tree = self.tree(TYPES)
        ending = posixpath.splitext(part)[1].lstrip(".").lower()
        prefix = tree.root.prefix
        default = next(
            (
                one.attributes.get("ContentType")
                for one in tree.root.all("Default")
                if one.attributes.get("Extension", "").lower() == ending
            ),
            None,
        )
        if default == kind:
            return
        if ending == "vml" and default is None:
            first = next(iter(tree.root.children), None)
            tree.insert(
                first.start if first else tree.root.inner,
                f'<{prefix}Default Extension="vml" ContentType="{kind}"/>',
            )
        else:
            override = f'<{prefix}Override PartName="/{quoted(part)}" ContentType="{kind}"/>'
            tree.append(tree.root, override)
        self.archive.write(TYPES, tree.content())

    def forget(self, part: str) -> None:
        """Leave a part out, with its content type and the relations of the workbook to it."""
        tree = self.tree(TYPES)
        for one in tree.root.all("Override"):
            if unquote(one.attributes.get("PartName", "")).lstrip("/").lower() == part.lower():
                tree.remove(one)
        self.save(tree)
        rels = self.tree(rels_of(self.workbook))
        for one in rels.root.all("Relationship"):
            if _target(self.workbook, one.attributes).lower() == part.lower():
                rels.remove(one)
        self.save(rels)
        self.known.pop(self.workbook, None)
        self.archive.drop(part)


def rels_of(source: str) -> str:
    """The part that holds the relations of a part.

    Examples:
        >>> rels_of("xl/workbook.xml"), rels_of("")
        ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(source: str, attributes: dict[str, str]) -> str:
    if attributes.get("TargetMode", "").lower() == "external":
        return ""
    path = unquote(attributes.get("Target", "").replace("\\", "/").partition("#")[0])
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), path)).lstrip("/")
    return "" if joined == "." else joined
