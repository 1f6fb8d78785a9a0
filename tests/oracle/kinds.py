"""The kinds of edit, and how a sequence of them is drawn."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from oracle.truth import Desk, Page, Slot

Edit: TypeAlias = "Callable[[Desk, Random], str | None]"
"""Does one edit and says in words what it did; `None` where there is nothing to do it to."""


class Kind(NamedTuple):
    """A kind of edit.  `nothing` tells that the plan stays as it was; `last` that nothing may follow it."""

    name: str
    group: str
    weight: float
    nothing: bool
    last: bool
    run: Edit


KINDS: Final[dict[str, Kind]] = {}


def edit(
    name: str, group: str, *, weight: float = 1.0, nothing: bool = False, last: bool = False
) -> Callable[[Edit], Edit]:
    """Register an edit under its name."""

    def register(run: Edit) -> Edit:
        if name in KINDS:
            raise ValueError(f"{name} is given twice")
        KINDS[name] = Kind(name, group, weight, nothing, last, run)
        return run

    return register


class Done(NamedTuple):
    """One edit that was made: its kind, and its words."""

    kind: str
    words: str


def sequence(seed: int, *, only: Sequence[str] = (), longest: int = 8) -> list[str]:
    """The kinds of edit of a sequence; one alone in every fourth."""
    draw = Random(f"urutan {seed}")
    count = 1 if seed % 4 == 0 else draw.randint(1, longest)
    kinds = [KINDS[name] for name in only] or list(KINDS.values())
    drawn = draw.choices(kinds, [kind.weight for kind in kinds], k=count)
    firsts = [kind.name for kind in drawn if not kind.last]
    return firsts + [kind.name for kind in drawn if kind.last][:1]


def perform(desk: Desk, kinds: Sequence[str], seed: int, keep: Sequence[int] | None = None) -> list[Done]:
    """Make the edits; each draws for itself, so that leaving one out (`keep`) changes the others little."""
    done = []
    for at, name in enumerate(kinds):
        if keep is None or at in keep:
            words = KINDS[name].run(desk, Random(f"suntingan {seed} {at}"))
            if words is not None:
                done.append(Done(name, words))
    return done


# --- what edits choose from ------------------------------------------------------------------------------


def a_page(desk: Desk, draw: Random) -> Page:
    """One of the plans."""
    return draw.choice(desk.pages)


def a_row(desk: Desk, draw: Random, name: str) -> tuple[Page, Slot] | None:
    """A kegiatan whose field still has a column."""
    page = a_page(desk, draw)
    slots = page.slots()
    if page.column(name) is None or not slots:
        return None
    return page, draw.choice(slots)


def where(page: Page, slot: Slot) -> str:
    """A kegiatan in words."""
    rows = page.rows(slot)
    return f"{page.grid.name}!{rows[0] + 1} “{str(slot.facts['uraian'].value)[:30]}”"
