"""Which texts are probably meant to be the same: they are proposed, never joined.

Names of regions, years, case and punctuation do not count: one goal of two offices is alike to the full.  To
compare all with all would take hours for a nation's texts.  So only those are compared that share most of
their words (cut to their stems, so that *terwujudnya* meets *terwujud*).  Each is entered under triples of
its rarest words, so many of them that two which share as many words as they must share one of these triples.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple, TypeAlias

from rak_excel.plan.kantor import tanpa_wilayah

ALIKE: Final = 0.8
"""From here on two texts are proposed to be the same."""

_STEM: Final = 5
"""Letters of a word that count: what follows is mostly a suffix (-nya, -kan) or a slip."""
_APART: Final = 5
"""One word in so many may differ, and one in any text; never more than so many words."""
_YEAR: Final = re.compile(r"\b(?:tahun )?20\d\d\b")
_OFFICE: Final = re.compile(r"\b(?:kip|kpud|komisi (?:pemilihan umum|independen pemilihan))\b")

_Stems: TypeAlias = tuple[int, ...]
"""The stems of a text by their numbers, the rarest first."""


class Like(NamedTuple):
    """The number of the text that one is like, and how much, up to 1."""

    number: int
    likeness: float


def neutral(text: str) -> str:
    """A text without what differs between offices and years that mean the same.

    Examples:
        >>> neutral("Meningkatnya kapasitas SDM KPU Kabupaten Lahat, Tahun 2026")
        'meningkatnya kapasitas sdm kpu'
    """
    folded = " ".join(re.sub(r"[\W_]+", " ", tanpa_wilayah(text).casefold().replace("&", " dan ")).split())
    return " ".join(_YEAR.sub(" ", _OFFICE.sub("kpu", folded)).split())


def near_same(texts: Sequence[str]) -> list[Like | None]:
    """For each text the earlier one that it is like; `None` for those that are like none before them.

    A text is only compared with those that are like none themselves, so that a chain of small steps does not
    lead from one goal to quite another.
    """
    plain = [neutral(text) for text in texts]
    stems = _numbered(plain)
    found: list[Like | None] = []
    first: dict[str, int] = {}
    entered: dict[_Stems, list[int]] = {}
    for number, one in enumerate(plain):
        before = first.setdefault(one, number)
        if before != number:
            root = found[before]
            found.append(Like(before, 1.0) if root is None else root)
            continue
        keys = list(_keys(stems[number]))
        near = {other for key in keys for other in entered.get(key, ())}
        like = _best(number, near, stems, plain)
        found.append(like)
        if like is None:
            for key in keys:
                entered.setdefault(key, []).append(number)
    return found


def _numbered(plain: Sequence[str]) -> list[_Stems]:
    """The stems of each text; a stem that fewer texts have has a smaller number."""
    counts = Counter(stem for one in plain for stem in {word[:_STEM] for word in one.split()})
    numbers = {stem: at for at, stem in enumerate(sorted(counts, key=lambda stem: (counts[stem], stem)))}
    return [tuple(sorted({numbers[word[:_STEM]] for word in one.split()})) for one in plain]


def _needed(size: int) -> int:
    """How many stems two texts share at least, the larger of which has so many."""
    return max(1, size - min(_APART, max(1, size // _APART)))


def _keys(stems: _Stems) -> Iterator[_Stems]:
    """Under what a text is entered and looked for: triples of its rarest stems, a short one under less."""
    needed = _needed(len(stems))
    for size in range(min(needed, 3), min(len(stems), 3) + 1):
        yield from combinations(stems[: len(stems) - needed + size], size)


def _best(number: int, near: Iterable[int], stems: Sequence[_Stems], plain: Sequence[str]) -> Like | None:
    """The text that one is most like, the first of several."""
    own = frozenset(stems[number])
    best: Like | None = None
    for other in sorted(near):
        if len(own.intersection(stems[other])) < _needed(max(len(own), len(stems[other]))):
            continue
        likeness = _likeness(plain[other], plain[number])
        if likeness >= ALIKE and (best is None or likeness > best.likeness):
            best = Like(other, likeness)
    return best


def _likeness(one: str, other: str) -> float:
    """How much two neutral texts are alike, by the three letters in a row that they share (Dice)."""
    first, second = _trigrams(one), _trigrams(other)
    return min(round(2 * len(first & second) / (len(first) + len(second)), 3), _NOT_THE_SAME)


_NOT_THE_SAME: Final = 0.999
"""What two texts that differ in anything at all come to at most."""


@lru_cache(maxsize=2048)
def _trigrams(plain: str) -> frozenset[str]:
    framed = f" {plain} "
    return frozenset(framed[at : at + 3] for at in range(len(framed) - 2))
