"""What differs between two plans, in the words of the plan."""

from typing import Literal, NamedTuple

Part = Literal["plan", "sasaran", "indikator", "kegiatan", "penandatangan"]


class Change(NamedTuple):
    """One difference.

    `before` and `after` are the paths of the part (`sasaran[0].indikator[1].kegiatan[2]`, `""` for the plan itself)
    in the one plan and the other; an added part has no `before`, a removed one no `after`.  `field` is the field
    below the part (`biaya`, `triwulan[2]`, `uraian`) of a `changed` one, else `""`.  `old` and `new` are the values
    of the field, or the text of the part.
    """

    kind: Literal["changed", "added", "removed", "moved"]
    part: Part
    before: str
    after: str
    field: str
    old: object
    new: object
