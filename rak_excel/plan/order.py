"""Two orders of the same siblings become one, and newcomers of both sides find their place."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeVar

T = TypeVar("T", bound=Hashable)

_MOST_BLOCKS: Final = 400
"""More blocks than these, all reordered by both sides, are no edit that anyone could follow."""


def merge_orders(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> list[T] | None:
    """One order that contains what both sides changed, or `None` where they contradict each other.

    What counts is which of two comes first: where one side turned a pair around, it is turned around.  Both
    can only turn a pair the same way; but the pairs may run in a circle, and that is the contradiction.

    Examples:
        >>> merge_orders("abcd", "bacd", "abdc")
        ['b', 'a', 'd', 'c']
        >>> merge_orders("abc", "bac", "acb") is None
        True
    """
    found: list[T] = []
    for start, end in _segments(base, ours, theirs):
        one = _merge_segment(base[start:end], ours[start:end], theirs[start:end])
        if one is None:
            return None
        found.extend(one)
    return found


def _segments(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> list[tuple[int, int]]:
    """The shortest stretches that hold the same elements in all three orders."""
    place = {element: at for at, element in enumerate(base)}
    found: list[tuple[int, int]] = []
    start = reach = 0
    for at, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        reach = max(reach, place[one], place[other])
        if reach == at:
            found.append((start, at + 1))
            start = at + 1
    return found


def _merge_segment(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> list[T] | None:
    if len(base) == 1 or list(ours) == list(theirs) or list(base) == list(theirs):
        return list(ours)
    if list(base) == list(ours):
        return list(theirs)
    blocks = _blocks(base, ours, theirs)
    if len(blocks) > _MOST_BLOCKS:
        return None
    heads = [block[0] for block in blocks]
    at_base, at_ours, at_theirs = (
        {element: at for at, element in enumerate(order)} for order in (base, ours, theirs)
    )
    before: dict[T, int] = dict.fromkeys(heads, 0)
    for at, one in enumerate(heads):
        for other in heads[at + 1 :]:
            was = at_base[one] < at_base[other]
            now = at_ours[one] < at_ours[other]
            first = now if now != was else at_theirs[one] < at_theirs[other]
            before[other if first else one] += 1
    ranked = sorted(blocks, key=lambda block: before[block[0]])
    if [before[block[0]] for block in ranked] != list(range(len(ranked))):
        return None
    return [element for block in ranked for element in block]


def _blocks(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> list[list[T]]:
    """Runs that follow each other in all three orders move as one."""
    follows = [dict(pairwise(order)) for order in (ours, theirs)]
    blocks: list[list[T]] = [[base[0]]]
    for element in base[1:]:
        last = blocks[-1][-1]
        if all(order.get(last) == element for order in follows):
            blocks[-1].append(element)
        else:
            blocks.append([element])
    return blocks


def insert(
    order: Sequence[T], ours: Sequence[T], theirs: Sequence[T], clinging: Collection[T] = ()
) -> list[T]:
    """Put the elements that only one side has into an order, each where its side has it.

    At one place those of ours come first; but what clings (a row that shares the cost of the one above) stays
    directly below what it clings to, also where the other side put something there.

    Examples:
        >>> insert("ab", "axb", "ayb")
        ['a', 'x', 'y', 'b']
        >>> insert("ab", "axb", "ayb", clinging={"y"})
        ['a', 'y', 'x', 'b']
    """
    known = {element: at for at, element in enumerate(order)}
    gaps: dict[int, tuple[list[T], list[T]]] = {}
    for number, side in enumerate((ours, theirs)):
        for element, at in places(side, known):
            gaps.setdefault(at, ([], []))[number].append(element)
    found: list[T] = []
    for at in range(-1, len(order)):
        if at >= 0:
            found.append(order[at])
        if at in gaps:
            runs = [_split(run, clinging) for run in gaps[at]]
            found.extend(element for number in (0, 1) for run in runs for element in run[number])
    return found


def _split(run: list[T], clinging: Collection[T]) -> tuple[list[T], list[T]]:
    count = next((at for at, element in enumerate(run) if element not in clinging), len(run))
    return run[:count], run[count:]


def places(side: Sequence[T], known: Mapping[T, int]) -> list[tuple[T, int]]:
    """After which place of the order each newcomer of a side goes.

    Behind all that stand before it on its side, if all that stand behind it there come later; where the
    other side has mixed them, directly below its neighbour.
    """
    behind = [len(known)] * (len(side) + 1)
    for at in range(len(side) - 1, -1, -1):
        behind[at] = min(behind[at + 1], known.get(side[at], len(known)))
    found: list[tuple[T, int]] = []
    reach = neighbour = -1
    for at, element in enumerate(side):
        if element in known:
            reach, neighbour = max(reach, known[element]), known[element]
        else:
            found.append((element, reach if reach < behind[at] else neighbour))
    return found
