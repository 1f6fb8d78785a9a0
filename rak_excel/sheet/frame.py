"""What stands around the table: title lines above it, signatories below, read by the layout's own templates.

A line that still prints what the base has is the base's, letter by letter; only an edited one is taken apart.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from rak_excel import rules
from rak_excel.findings import Words
from rak_excel.nodes import Scalar
from rak_excel.plan.codec import LABELS, SIGNATORY_KEYS
from rak_excel.plan.model import JUDUL, Penandatangan, Plan
from rak_excel.sheet.layout import PLACEHOLDER, Layout, Signature, fill
from rak_excel.sheet.sight import Sight, name
from rak_excel.sheet.titles import FreeTitles, is_two

Cell = tuple[int, int]

_MOST: Final = 24
"""Cells above or lines below a table that are looked at for a title or a signature."""
_TITLES: Final = ("judul", "tahun", "unit")


class Fit(NamedTuple):
    """How well a text fits a template, and the values it then gives."""

    score: float
    values: dict[str, str]


# --- templates ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _pattern(template: str) -> re.Pattern[str]:
    """A template as a pattern: white space, case and what stands close to punctuation do not matter."""
    parts = PLACEHOLDER.split(template)
    made = []
    for at, part in enumerate(parts):
        if at % 2:
            made.append(f"(?P<{part}>.*?)" if part not in parts[1:at:2] else f"(?P={part})")
            continue
        words = re.findall(r"\w+|[^\w\s]", part)
        literal = r"\s*".join(map(re.escape, words))
        if words and at and part[:1].strip() == "" and words[0].isalnum():
            literal = rf"\b{literal}"
        if words and words[-1].isalnum() and at < len(parts) - 1:
            literal += r"(?![^\W\d])"
        made.append(literal)
    return re.compile(r"\s*".join(made), re.DOTALL | re.IGNORECASE)


def _is_bare(template: str) -> bool:
    """Whether a template is a placeholder and nothing else, so that any text fits it."""
    return PLACEHOLDER.fullmatch(template.strip()) is not None


def _taken(template: str, text: str) -> dict[str, str] | None:
    match = _pattern(template).fullmatch(text.strip())
    return {key: value.strip() for key, value in match.groupdict().items()} if match else None


def _flat(text: str) -> str:
    return " ".join(text.split())


# --- above the table ---------------------------------------------------------------------------------------


Titles: TypeAlias = dict[str, Scalar]
"""The fields that stand above the table, each with its cell."""


def read_titles(sight: Sight, layout: Layout, first: int, base: Plan | None) -> Titles:
    """Read the lines above row `first`; what no template knows is told."""
    cells = [(row, column) for row in sight.filled(1, first - 1) for column, _ in sight.seen(row)]
    known = {key: str(getattr(base, key)) for key in _TITLES} if base is not None else {}
    templates = (*layout.title, *layout.info)
    texts = [sight.text(*at) for at in cells[:_MOST]]
    fits = {
        (t, c): fit
        for t, template in enumerate(templates)
        for c, text in enumerate(texts)
        if (fit := _title_fit(template, text, known)) is not None
    }
    chosen = _in_order(len(templates), len(texts), {pair: fit.score for pair, fit in fits.items()})
    reader = _Titles(sight, {})
    used: set[Cell] = set()
    for t, c in sorted(chosen):
        reader.take(cells[c], fits[t, c].values)
        used.add(cells[c])
    for t, template in enumerate(templates):
        if t not in {one for one, _ in chosen} and not _is_bare(template):
            used |= reader.search(template, [at for at in cells if at not in used], known)
    if base is None and not _is_of_layout(reader.titles, used, cells):
        return _read_freely(sight, layout, first, cells, reader.titles)
    rest: dict[int, list[Cell]] = {}
    for at in cells:
        if at not in used:
            rest.setdefault(at[0], []).append(at)
    for line in rest.values():
        sight.leave(rules.TEKS_DI_LUAR_TABEL, line)
    _missing_title(sight, layout, first, base, reader.titles)
    return reader.titles


def _is_of_layout(titles: Titles, used: Container[Cell], cells: Iterable[Cell]) -> bool:
    """Whether the lines above a table are plainly those of its layout: all are read, each as one value."""
    texts = {key: titles[key].text for key in _TITLES if key in titles}
    if len(texts) < len(_TITLES) or not re.fullmatch(r"20\d\d", texts["tahun"].strip()):
        return False
    whole = all(at in used for at in cells)
    return whole and not any(is_two(texts[key]) for key in ("judul", "unit"))


def _read_freely(sight: Sight, layout: Layout, first: int, cells: Sequence[Cell], titles: Titles) -> Titles:
    """The title lines of a form that is none of ours; what they do not say, the layout's templates do."""
    free = FreeTitles(sight, cells[:_MOST])
    told = {line.at for line in free.rest}
    for key, cell in titles.items():
        at = (cell.line, cell.column)
        if key in free.titles or not cell.text.strip() or free.is_read(at):
            continue
        if key == "tahun" or (at in told and not is_two(cell.text)):
            free.titles[key] = cell
            free.rest = [line for line in free.rest if line.at != at]
    free.tell_rest()
    _beyond(sight, cells[_MOST:])
    sight.read.update((cell.line, cell.column) for cell in free.titles.values())
    _missing_title(sight, layout, first, None, free.titles)
    return free.titles


def _beyond(sight: Sight, cells: Sequence[Cell]) -> None:
    """Tell of the cells that are too far from the table's heading to be looked at."""
    rows: dict[int, list[Cell]] = {}
    for at in cells:
        rows.setdefault(at[0], []).append(at)
    for line in rows.values():
        sight.leave(rules.TEKS_DI_LUAR_TABEL, line)


def _title_fit(template: str, text: str, known: Mapping[str, str]) -> Fit | None:
    """How well one cell fits one title line."""
    if known and _flat(fill(template, dict(known))) == _flat(text):
        return Fit(4, {key: known[key] for key in PLACEHOLDER.findall(template)})
    if _is_bare(template):
        (key,) = PLACEHOLDER.findall(template)
        return Fit(2 if "rencana" in text.casefold() else 1, {key: text})
    values = _taken(template, text)
    if values is None or not all(values.values()):
        return None
    if "tahun" in values and not any(char.isdigit() for char in values["tahun"]):
        return None
    return Fit(3 if re.fullmatch(r"20\d\d", values.get("tahun", "2000")) else 2.5, values)


def _in_order(rows: int, columns: int, scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The pairs of the highest sum in which both sides keep their order; of equals, the later ones."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for r in range(1, rows + 1):
        for c in range(1, columns + 1):
            paired = best[r - 1][c - 1] + scores.get((r - 1, c - 1), -1.0)
            best[r][c] = max(best[r - 1][c], best[r][c - 1], paired)
    pairs = []
    r, c = rows, columns
    while r and c:
        score = scores.get((r - 1, c - 1))
        if score is not None and best[r][c] == best[r - 1][c - 1] + score:
            pairs.append((r - 1, c - 1))
            r, c = r - 1, c - 1
        elif best[r][c] == best[r][c - 1]:
            c -= 1
        else:
            r -= 1
    return pairs


class _Titles:
    """Gathers the values of title lines; a value that stands in two places must be the same in both."""

    def __init__(self, sight: Sight, titles: Titles) -> None:
        self.sight = sight
        self.titles = titles

    def take(self, at: Cell, values: Mapping[str, str], from_: Cell | None = None) -> None:
        """Keep the values of one line."""
        self.sight.read.add(at)
        for key, value in values.items():
            first = self.titles.get(key)
            if first is None or not first.text:
                self.titles[key] = self.sight.scalar(*(from_ or at), value)
            elif _flat(first.text) != _flat(value):
                self.sight.tell(
                    rules.DUA_TEMPAT_BERBEDA,
                    from_ or at,
                    value,
                    key,
                    bidang=LABELS[key],
                    sel=name(first.line, first.column),
                    lain=first.text,
                )

    def search(self, template: str, cells: Sequence[Cell], known: Mapping[str, str]) -> set[Cell]:
        """Look for a line out of its order, or for one whose value stands in the cell beside it."""
        for at in cells:
            text = self.sight.text(*at)
            fit = _title_fit(template, text, known)
            if fit is not None:
                self.take(at, fit.values)
                return {at}
            values = _taken(template, text)
            beside = next((one for one in cells if one[0] == at[0] and one[1] > at[1]), None)
            if values is not None and len(values) == 1 and not any(values.values()) and beside is not None:
                (key,) = values
                self.sight.read.add(beside)
                self.take(at, {key: self.sight.text(*beside)}, beside)
                return {at, beside}
        return set()


def _missing_title(sight: Sight, layout: Layout, first: int, base: Plan | None, titles: Titles) -> None:
    """A title that is gone is the base's, or the usual one, with a note; the decoder knows the usual one."""
    printed = {key for template in (*layout.title, *layout.info) for key in PLACEHOLDER.findall(template)}
    if "judul" in printed and "judul" not in titles:
        judul = base.judul if base is not None else JUDUL
        sight.tell(rules.JUDUL_TIDAK_ADA, (first, 1), None, "judul", dipakai=judul)
        titles["judul"] = Scalar(judul, first, 1)


# --- below the table -----------------------------------------------------------------------------------


class Block(NamedTuple):
    """One signatory as it is read: each field with its cell."""

    values: dict[str, Scalar]


class _Line(NamedTuple):
    """One line below the table: its cell, its text, and the empty rows above it."""

    at: Cell
    text: str
    gap: int


_RANK: Final = re.compile(
    r"(?i)^\W*(?:pembina|penata|pengatur|juru)\b|\b(?:gol|golongan)\b|\b[IV]+\s*[/.-]\s*[a-e]\b"
)
_MONTH: Final = r"(?:jan|feb|peb|mar|apr|mei|jun|jul|ag|sep|okt|nov|nop|des)[a-z]*"
_DATE: Final = re.compile(rf"(?i)\d.*{_MONTH}|{_MONTH}.*\d|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|\b20\d\d\b")
# `Dikeluarkan di : Kendari`, and below it `Tanggal : 2 Januari 2025`; joined before they are read
_PLACED: Final = re.compile(
    r"(?i)\s*(?:dikeluarkan|ditetapkan|dibuat|disahkan)\s+di\s*:?\s*(?P<tempat>[^\n]+?)"
    r"(?:\s*\n\s*(?:pada\s+)?tanggal\s*:?\s*(?P<tanggal>[^\n]+))?\s*"
)
_DATED: Final = re.compile(r"(?i)\s*(?:pada\s+)?tanggal\s*:?\s*\S")
_REMARK: Final = re.compile(r":\s*\S")
_OPENING: Final = re.compile(
    r"(?i)(?:me|di)?(?:ngetahui|nyetujui|setujui|ngesahkan|sahkan|ketahui|tetapkan|buat|susun)\b|pihak|atasan|yang\b|a\.?n\.|hormat"
)


def read_signatures(
    sight: Sight,
    layout: Layout,
    last: int,
    keys: Iterable[Cell],
    base: Sequence[Penandatangan],
    starts: Container[int] = (),
) -> list[Block]:
    """Read the signatories below row `last`, from left to right; every other text there is told.

    `starts` are the columns in which the layout begins a signature.
    """
    known = set(keys)
    cells = [
        (row, column)
        for row in sight.filled(last + 1, sight.last_row)
        for column, _ in sight.seen(row)
        if (row, column) not in known
    ]
    own = [{key: getattr(one, key) for key in SIGNATORY_KEYS} for one in base]
    told = [_Known(*pair) for pair in zip(layout.signature.told(base), own, strict=True)]
    blocks: list[tuple[int, _Parsed]] = []
    for column, lines in _columns(sight, cells[: _MOST * 8], starts):
        place = len(blocks)
        own_first = [*told[place : place + 1], *told[:place], *told[place + 1 :]]
        parsed = _Parser(sight, layout.signature, lines, own_first).parse()
        if parsed is not None:
            blocks.append((column, parsed))
    blocks = [(column, one) for column, one in blocks if not _is_note(one, [other for _, other in blocks])]
    used = {at for _, one in blocks for at in one.used}
    sight.read |= used
    rest: dict[int, list[Cell]] = {}
    for at in cells:
        if at not in used:
            rest.setdefault(at[0], []).append(at)
    for line in rest.values():
        sight.leave(rules.TEKS_DI_LUAR_TABEL, line)
    return [Block(parsed.values) for _, parsed in sorted(blocks, key=lambda one: one[0])]


def _is_note(one: "_Parsed", others: Sequence["_Parsed"]) -> bool:
    """Whether two lines with room between them only look like a signatory: those stand side by side."""
    first = min(row for row, _ in one.used)
    below = any(first > max(row for row, _ in other.used) for other in others)
    return below and not one.sure


def _columns(sight: Sight, cells: Sequence[Cell], starts: Container[int]) -> list[tuple[int, list[_Line]]]:
    """The lines below the table, those that stand in one column together.

    A line that begins within the width of a larger group is one of it: somebody has moved it a little.  A
    line alone counts only where the layout begins a signature, in one of `starts`.
    """
    groups: dict[int, list[Cell]] = {}
    for at in cells:
        groups.setdefault(at[1], []).append(at)
    large = {
        column: group
        for column, group in groups.items()
        if len(group) > 1 or (column in starts and sight.text(*group[0]).strip().endswith(","))
    }
    for column, group in groups.items():
        home = next(
            (
                one
                for one, others in large.items()
                if one < column <= max(sight.box(*at)[1] for at in others) and len(others) > len(group)
            ),
            None,
        )
        if home is not None:
            large[home] = sorted([*large[home], *group])
            large.pop(column, None)
    made = []
    for column, group in sorted(large.items()):
        lines: list[_Line] = []
        end = group[0][0]
        for at in group[:_MOST]:
            text = sight.text(*at).strip()
            if lines and _DATED.match(text) and _PLACED.fullmatch(lines[-1].text):
                before = lines.pop()
                lines.append(before._replace(text=f"{before.text}\n{text}"))
                sight.read.add(at)
            else:
                lines.append(_Line(at, text, max(0, at[0] - end - 1)))
            end = sight.box(*at)[0]
        made.append((column, lines))
    return made


class _Known(NamedTuple):
    """A signatory of the base: what its block prints, and what its fields are."""

    printed: dict[str, str]
    own: dict[str, str]


class _Parsed(NamedTuple):
    """A signatory, and the cells it was read from; `sure` where the base or a NIP says that it is one."""

    values: dict[str, Scalar]
    used: set[Cell]
    sure: bool


class _Parser:
    """Gives the lines of one block to the slots of a layout's signature, in order, as they fit best."""

    def __init__(
        self, sight: Sight, signature: Signature, lines: Sequence[_Line], told: Sequence[_Known]
    ) -> None:
        self.sight = sight
        self.signature = signature
        self.lines = lines
        self.room = min(2, signature.space)
        # further down stands no name but a note; forms that are not ours may leave more room
        self.most_room = signature.space + (1 if told else 3)
        self.told = told
        self.openings = {_flat(text) for texts in signature.opening.values() for text in texts if text}
        self.above: Sequence[tuple[str, ...]] = [choices for choices in signature.above if choices]
        self.set_above(self.above)

    def set_above(self, above: Sequence[tuple[str, ...]]) -> None:
        """Look for the lines above the name in this order."""
        slots = [*above, (self.signature.name,), *self.signature.below]
        self.slots = [choices for choices in slots if choices]
        self.name_at = len(above)

    def parse(self) -> _Parsed | None:
        """The signatory, or `None` where the lines are none."""
        best: tuple[float, list[int], _Known | None, Sequence[tuple[str, ...]]] | None = None
        for above in self.orders():
            self.set_above(above)
            for known in (*self.told, None):
                score, chosen = self.best(known)
                # of equals the base decides, and in it the signatory of the same place
                if best is None or score > best[0]:
                    best = (score, chosen, known, above)
        if best is None:
            return None
        _, chosen, known, above = best
        self.set_above(above)
        if not self.is_signatory(chosen, known):
            return None
        return self.taken(chosen, known)

    def orders(self) -> list[Sequence[tuple[str, ...]]]:
        """The orders in which the lines above a name may stand: the layout's, and in a foreign form others.

        Where the layout has the opening above the date, others have it below, and the other way round.
        """
        if self.told or len(self.above) < 3:
            return [self.above]
        first, second, *rest = self.above
        return [self.above, [second, first, *rest]]

    def best(self, known: _Known | None) -> tuple[float, list[int]]:
        """The best line of each slot (-1 for none) and the score, by dynamic programming."""
        lines, slots = self.lines, self.slots
        # best[s][l]: slots from s on with lines from l on
        table: list[list[tuple[float, list[int]]]] = [
            [(0.0, [])] * (len(lines) + 1) for _ in range(len(slots) + 1)
        ]
        for s in range(len(slots) - 1, -1, -1):
            for at in range(len(lines), -1, -1):
                score, rest = table[s + 1][at]
                made = (score, [-1, *rest])
                for line in range(at, len(lines)):
                    fit = self.fit(s, line, known)
                    if fit is None:
                        continue
                    score, rest = table[s + 1][line + 1]
                    between = 0.5 * (line - at) if at else 0.0
                    if made[0] < fit - between + score:
                        made = (fit - between + score, [line, *rest])
                table[s][at] = made
        return table[0][0]

    def fit(self, slot: int, line: int, known: _Known | None) -> float | None:
        """How well a line fits a slot; `None` where it cannot be that."""
        text = self.lines[line].text
        if known is not None and self.prints(self.slots[slot], line, known):
            return 6.0
        keys = {key for choice in self.slots[slot] for key in PLACEHOLDER.findall(choice)}
        gap = self.lines[line].gap
        if _REMARK.search(text) and (slot == self.name_at or "jabatan" in keys):
            return None
        if slot == self.name_at:
            if self.is_nip(line) or gap > self.most_room:
                return None
            if _RANK.search(text):
                return 0.5 if line else None
            follows = self.lines[line + 1].gap == 0 if line + 1 < len(self.lines) else True
            return (4.0 if gap >= self.room else 1.0) + 0.25 * follows if line else None
        if "jabatan" in keys:
            closes = line + 1 < len(self.lines) and self.lines[line + 1].gap >= self.room
            return 2.0 + 1.0 * text.endswith(",") + 1.0 * closes
        if "nip" in keys:
            return 4.0 if self.is_nip(line) else None
        if "tempat" in keys or "tanggal" in keys:
            if _PLACED.fullmatch(text):
                return 3.0
            return 2.0 if _DATE.search(text) else None if text.endswith((",", ":")) else 0.25
        if "pangkat" in keys:
            if self.is_nip(line):
                return None
            return 1.5 if _RANK.search(text) else 0.75 if gap == 0 else None
        if _flat(text) in self.openings:
            return 4.0
        return 1.5 if _OPENING.search(text) else 0.5 if text.endswith((",", ":")) else 0.2

    def is_nip(self, line: int) -> bool:
        """Whether a line is a NIP: said so, or digits and nothing else."""
        text = self.lines[line].text
        if re.match(r"(?i)'?\s*nip\b", text):
            return True
        digits = re.sub(r"[\s.'+e]", "", text)
        return len(digits) >= 9 and digits.isdecimal()

    def is_signatory(self, chosen: Sequence[int], known: _Known | None) -> bool:
        """Whether these are a signatory: the base's word, a NIP, or room to sign between role and name.

        A name may be deleted: then no text may be left over, or the role end as the layout prints it.
        """
        pairs = [(at, "".join(slot)) for at, slot in zip(chosen, self.slots, strict=True) if at >= 0]
        role = next((at for at, slot in pairs if "{jabatan}" in slot), -1)
        name_line = chosen[self.name_at]
        if self.is_known(chosen, known):
            return True
        has_nip = any("{nip}" in slot for _, slot in pairs)
        if name_line < 0:
            printed, whole = self.lines[role].text.endswith(","), len(pairs) == len(self.lines)
            return role >= 0 and printed + has_nip + whole > 1
        return has_nip or (role >= 0 and self.lines[name_line].gap >= self.room)

    def is_known(self, chosen: Sequence[int], known: _Known | None) -> bool:
        """Whether role or name are those of a signatory of the base."""
        return known is not None and any(self.prints(slot, at, known) for slot, at in self.telling(chosen))

    def telling(self, chosen: Sequence[int]) -> Iterator[tuple[tuple[str, ...], int]]:
        """The slots of role and name with their lines: what makes a signatory."""
        for slot, at in zip(self.slots, chosen, strict=True):
            if at >= 0 and ("{jabatan}" in "".join(slot) or "{nama}" in "".join(slot)):
                yield slot, at

    def prints(self, slot: Sequence[str], line: int, known: _Known) -> bool:
        """Whether a line is what a slot prints for a signatory of the base."""
        text = _flat(self.lines[line].text)
        return any(_flat(fill(choice, known.printed)) == text for choice in slot)

    def taken(self, chosen: Sequence[int], known: _Known | None) -> _Parsed:
        """The values of the chosen lines."""
        values: dict[str, Scalar] = {}
        used: set[Cell] = set()
        for slot, at in zip(self.slots, chosen, strict=True):
            if at < 0:
                continue
            line = self.lines[at]
            used.add(line.at)
            for key, value in self.values(slot, line, known).items():
                values[key] = self.sight.scalar(*line.at, value)
        sure = self.is_known(chosen, known) or "nip" in values
        return _Parsed(values, used, sure)

    def values(self, slot: Sequence[str], line: _Line, known: _Known | None) -> dict[str, str]:
        """What one line says: the base's own values where it prints them, else by the template."""
        for choice in slot:
            if known is not None and _flat(fill(choice, known.printed)) == _flat(line.text):
                return {key: known.own[key] for key in PLACEHOLDER.findall(choice)}
        keys = [key for choice in slot for key in PLACEHOLDER.findall(choice)]
        if "tempat" in keys and "tanggal" in keys:
            return self.places(line)
        if keys == ["nip"]:
            match = re.match(r"(?i)'?\s*nip\b[\s.:]*(.*)", line.text, re.DOTALL)
            return {"nip": match[1] if match else line.text}
        if keys == ["pengantar"] and _flat(line.text) in self.openings:
            return {"pengantar": ""}
        if keys == ["pangkat"] and not _RANK.search(line.text):
            self.sight.tell(rules.PANGKAT_DIDUGA, line.at, line.text)
        for choice in slot:
            values = _taken(choice, line.text)
            if values is not None and all(values.values()):
                return values
        # a comma or another mark of the template was dropped
        return {keys[0]: line.text}

    def places(self, line: _Line) -> dict[str, str]:
        """Place and date; where a comma could divide them in more than one way, the reading is told."""
        text = line.text
        labelled = _PLACED.fullmatch(text)
        if labelled is not None:
            return {key: value.strip() for key, value in labelled.groupdict("").items() if value.strip()}
        parts = [part.strip() for part in text.split(",")]
        if len(parts) == 2:
            return {"tempat": parts[0], "tanggal": parts[1]}
        if len(parts) == 1:
            if _DATE.search(text):
                return {"tanggal": text}
            self.tell_places(line, {"tempat": text})
            return {"tempat": text}
        made = {"tempat": ", ".join(parts[:-1]), "tanggal": parts[-1]}
        self.tell_places(line, made)
        return made

    def tell_places(self, line: _Line, made: Mapping[str, str]) -> None:
        dibaca = Words(
            ", ".join(f"{LABELS[key].id} “{value}”" for key, value in made.items()),
            ", ".join(f"{LABELS[key].en} “{value}”" for key, value in made.items()),
        )
        self.sight.tell(rules.TEMPAT_TANGGAL_DIDUGA, line.at, line.text, dibaca=dibaca)
