"""What a reader hands over: text, lists and mappings, each knowing its place."""

from typing import NamedTuple, TypeAlias


class Scalar(NamedTuple):
    """One value as the author wrote it; nothing is guessed about its type.

    `line` and `column` count from 1: of the text, or the row and column of the sheet.  `kind` is `""` for
    what was typed as text; a cell of a workbook may be a `number`, a `percent` (its text is 100 for 100 %),
    a `boolean`, a `date` (as it is shown) or an `error`.
    """

    text: str
    line: int
    column: int
    kind: str = ""


class Sequence(NamedTuple):
    """A list of nodes."""

    items: tuple["Node", ...]
    line: int
    column: int


class Mapping(NamedTuple):
    """Keys with their nodes, in the author's order; repeated keys are all kept."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int

    def get(self, key: str) -> "Node | None":
        """The first node under a key, or `None`."""
        for name, node in self.entries:
            if name.text == key:
                return node
        return None


Node: TypeAlias = Scalar | Sequence | Mapping


def find(root: Node, path: str) -> Node:
    """The node at a path, or where it is missing, the nearest one above it.

    Examples:
        >>> root = Mapping(((Scalar("tahun", 1, 1), Scalar("2024", 1, 8)),), 1, 1)
        >>> find(root, "tahun").text
        '2024'
        >>> find(root, "sasaran[3].uraian") is root
        True
    """
    node = root
    for step in path.replace("[", ".[").split("."):
        below = _step(node, step)
        if below is None:
            return node
        node = below
    return node


def _step(node: Node, step: str) -> Node | None:
    if step.startswith("["):
        index = int(step[1:-1])
        if isinstance(node, Sequence):
            return node.items[index] if index < len(node.items) else None
        # a list of one may be written without its dash
        return node if isinstance(node, Mapping) and index == 0 else None
    return node.get(step) if isinstance(node, Mapping) else None
