"""The periods of a band, changed in the shape that they have: list, words, or mapping."""

from collections.abc import Iterator, Sequence

from rak_excel.files.yaml_patch.keys import Keys
from rak_excel.files.yaml_patch.lists import Piece
from rak_excel.files.yaml_patch.spots import Edit, Entry, Spot
from rak_excel.files.yaml_patch.style import Style
from rak_excel.plan.model import BANDS, Period
from rak_excel.plan.spelling import period_like, periods_like
from rak_excel.plan.values import parse_tick, read_periods


def set_band(
    keys: Keys, style: Style, key: str, before: Sequence[Period], after: Sequence[Period], like: Spot | None
) -> list[int | Piece] | None:
    """Set a band of a kegiatan; of a list it comes back which items stay and which come in."""
    node = keys.spot.get(key)
    ticks = [number for number, period in enumerate(after, 1) if period is True]
    only_ticks = all(isinstance(period, bool) for period in after)
    if not after:
        keys.drop(key)
    elif node is not None and node.kind == "map" and _readable(node, key):
        keys.inner += _Cells(keys, style, key, node).edits(before, after)
    elif node is not None and node.kind == "scalar" and node.text.strip() and only_ticks and ticks:
        words = periods_like(ticks, BANDS[key], node.text.strip())
        keys.put(key, style.scalar(words, node, flow=keys.spot.flow))
    elif node is not None and node.kind == "list" and only_ticks and node.items and ticks:
        return _elements(style, node, ticks, key)
    else:
        keys.put(key, style.new_band(key, after, None if node is not None else like, flow=keys.spot.flow))
    return None


def _readable(node: Spot, key: str) -> bool:
    named = [read_periods(entry.name.text, BANDS[key]) for entry in node.entries]
    return bool(node.entries) and all(numbers is not None and len(numbers) == 1 for numbers in named)


def _elements(style: Style, node: Spot, ticks: Sequence[int], key: str) -> list[int | Piece]:
    """The items of a list of periods in their order: those that stay, and new ones between them."""
    left = set(ticks)
    kept: list[tuple[int, int]] = []
    for at, item in enumerate(node.items):
        numbers = read_periods(item.text, BANDS[key]) if item.kind == "scalar" else None
        if numbers and left.issuperset(numbers):
            left.difference_update(numbers)
            kept.append((numbers[0], at))
    like = node.items[0]
    new = (
        (
            number,
            Piece(style.scalar(period_like(number, BANDS[key], like.text), like, flow=node.flow), flow=True),
        )
        for number in left
    )
    ordered: list[tuple[int, int | Piece]] = sorted([*kept, *new], key=lambda pair: pair[0])
    return [element for _, element in ordered]


class _Cells:
    """A band that is a mapping of period to tick or value."""

    def __init__(self, keys: Keys, style: Style, key: str, node: Spot) -> None:
        self.keys, self.style, self.key, self.node = keys, style, key, node
        self.count = BANDS[key]
        self.named = {
            (read_periods(entry.name.text, self.count) or (0,))[0]: entry for entry in reversed(node.entries)
        }

    def edits(self, before: Sequence[Period], after: Sequence[Period]) -> Iterator[Edit]:
        like = self.node.entries[0].name.text
        names = {
            number: self.named[number].name.text
            if number in self.named
            else period_like(number, self.count, like)
            for number in range(1, self.count + 1)
        }
        cells = Keys(self.keys.lines, self.node, [names[number] for number in sorted(names)])
        ticks = all(isinstance(period, bool) for period in (*before, *after))
        blank = self.sample(ticks=ticks, filled=False)
        for number, period in enumerate(after, 1):
            if len(before) == len(after) and before[number - 1] == period:
                continue
            entry = self.named.get(number)
            if period is not False:
                cells.put(names[number], self.cell(period, entry, ticks=ticks))
            elif entry is not None:
                text = self.keys.lines.text[blank.start : blank.end] if blank is not None else ""
                if text:
                    cells.put(names[number], text)
                else:
                    cells.drop(names[number])
        yield from cells.edits()

    def cell(self, period: Period, entry: Entry | None, *, ticks: bool) -> str:
        sample = self.sample(ticks=ticks, filled=True)
        own = entry.value if entry is not None and entry.value.text.strip() else None
        if period is True:
            text = sample.text.strip() if sample is not None and parse_tick(sample.text) else "√"
        else:
            text = self.style.value(self.key, str(period), (own or sample or self.node).text)
        return self.style.scalar(text, own or sample, flow=self.node.flow)

    def sample(self, *, ticks: bool, filled: bool) -> Spot | None:
        """Another cell that is ticked or filled, or one that is not."""
        for _, value, _ in self.node.entries:
            if (parse_tick(value.text) is True if ticks else bool(value.text.strip())) is filled:
                return value
        return None
