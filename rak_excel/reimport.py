"""The way back: what a workbook says now, against the plan it was built from.

`api` and the commands ask here; it is imported when the first of them does.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, TypeAlias

from rak_excel.findings import Finding, Words
from rak_excel.loading import Loaded, load_bytes
from rak_excel.plan.align import Hints, fold
from rak_excel.plan.diff import DRESS, Change, diff, short, tell
from rak_excel.plan.model import Plan, size_of
from rak_excel.plan.values import rupiah

WORKBOOK_NAME: Final = "buku-kerja.xlsx"

Pair: TypeAlias = tuple[int | None, int | None]
"""The numbers of one plan in two files; `None` in the file that does not have it."""


class Difference(NamedTuple):
    """What differs between two plans; `before` or `after` is `None` where its file has no such plan.

    `told` says every change in the words of the plan; `unread` is set where values could not be read, which
    are no changes.
    """

    name: Words
    before: Plan | None
    after: Plan | None
    changes: tuple[Change, ...]
    told: tuple[Words, ...]
    unread: bool = False


class Reimported(NamedTuple):
    """A workbook read back, and what differs from the plans it was built from.

    `against` names the source whose plans stand in for those where the workbook has lost them.
    """

    loaded: Loaded
    differences: tuple[Difference, ...]
    against: str | None = None

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans it shows, blank where a value did not fit."""
        return self.loaded.plans

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found while it was read."""
        return self.loaded.findings

    @property
    def has_base(self) -> bool:
        """Whether the plans it was built from are known."""
        return self.loaded.recognised is not None and bool(self.loaded.recognised.base)


def reimport(data: bytes, name: str = "", source: str | None = None) -> Reimported:
    """Read a workbook, or any other form, back into plans; layouts are looked for beside its source too."""
    return against_base(load_bytes(data, name or WORKBOOK_NAME, source=source))


def against_base(loaded: Loaded) -> Reimported:
    """What a file that was read says, compared with the plans it was built from."""
    if loaded.recognised is None or not loaded.recognised.base:
        return Reimported(loaded, ())
    base, sheets = loaded.recognised.base, loaded.recognised.sheets
    pairs: list[Pair] = [(sheet.base, number) for number, sheet in enumerate(sheets)]
    pairs += [(number, None) for number in range(len(base)) if number not in {before for before, _ in pairs}]
    made = _differences(base, loaded, pairs, DRESS - {"lembar"})
    return Reimported(
        loaded, tuple(_as_read(loaded, number, one) for one, (_, number) in zip(made, pairs, strict=True))
    )


def _as_read(loaded: Loaded, number: int | None, one: Difference) -> Difference:
    """A difference less the values that could not be read: nobody deleted them."""
    if number is None or one.before is None or one.after is None:
        return one
    paths = {error.path for error in errors_of(loaded, number) if error.value}
    lost = lost_columns(loaded, number)
    known = tuple(
        change for change in one.changes if change.kind != "changed" or not is_at(change, paths, lost)
    )
    told = tuple(tell(change, one.before, one.after) for change in known)
    return one._replace(changes=known, told=told, unread=len(known) < len(one.changes))


def errors_of(loaded: Loaded, number: int) -> Iterator[Finding]:
    """The errors in values of plan `number` of a file."""
    return (one for one in about(loaded, number, loaded.findings) if one.is_error)


def about(loaded: Loaded, number: int, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Those of the findings of a file that are about values of its plan `number`."""
    book = loaded.recognised or loaded.filled
    sheet = book.sheets[number].sheet if book is not None else None
    begins = [root.line for root in loaded.origins]
    stop = begins[number + 1] if sheet is None and number + 1 < len(begins) else None
    for one in findings:
        place = one.place
        if not one.path or place is None or place.sheet != sheet:
            continue
        if sheet is not None or (place.line >= begins[number] and (stop is None or place.line < stop)):
            yield one


def lost_columns(loaded: Loaded, number: int) -> frozenset[str]:
    """The fields whose column a sheet of the workbook has no more."""
    read = loaded.recognised
    return frozenset(read.sheets[number].lost) if read is not None else frozenset()


def is_at(change: Change, paths: Collection[str], lost: Collection[str]) -> bool:
    """Whether a changed value stands at one of some paths, or in one of some columns."""
    band = change.field.partition("[")[0]
    name = change.part if change.field == "uraian" else change.field
    own = (".".join(step for step in (change.after, field) if step) for field in (change.field, band))
    return name in lost or band in lost or any(path in paths for path in own)


def compare(before: Loaded, after: Loaded) -> tuple[Difference, ...]:
    """The meaning that differs between two files; plans are paired by unit and role, then by order."""
    return tuple(_differences(before.plans, after, pair(before.plans, after.plans), DRESS))


def hints_of(loaded: Loaded, number: int, base: Plan) -> Hints:
    """The paths in `base` that the rows of a plan speak of, if they speak of that plan at all."""
    read = loaded.recognised
    if read is None:
        return {}
    return read.sheets[number].hints if plan_of_base(loaded, number) == base else {}


def plan_of_base(loaded: Loaded, number: int) -> Plan | None:
    """The plan that plan `number` of a workbook was built from."""
    read = loaded.recognised
    at = read.sheets[number].base if read is not None else None
    return read.base[at] if read is not None and at is not None else None


def pair(before: Sequence[Plan], after: Sequence[Plan]) -> list[Pair]:
    """Plans of two files that are the same one, in the order of the later file; then those that are gone.

    Examples:
        >>> one, other = Plan(2024, "A", (), ()), Plan(2024, "B", (), ())
        >>> pair((one, other), (other, one)), pair((one,), (other, one))
        ([(1, 0), (0, 1)], [(None, 0), (0, 1)])
    """
    left = list(range(len(before)))
    found: dict[int, int] = {}
    for same in (_name, _order):
        for at, plan in enumerate(after):
            fit = next((one for one in left if same(before[one]) == same(plan)), None)
            if at not in found and fit is not None:
                found[at] = fit
                left.remove(fit)
    return [*((found.get(at), at) for at in range(len(after))), *((one, None) for one in left)]


def _name(plan: Plan) -> tuple[str, ...]:
    """What people tell plans apart by."""
    return fold(plan.unit).lower(), *(fold(one.jabatan).lower() for one in plan.penandatangan)


def _order(_: Plan) -> None:
    """Nothing but the order tells which is which."""


def _differences(
    before: Sequence[Plan], after: Loaded, pairs: Sequence[Pair], dress: Collection[str]
) -> Iterator[Difference]:
    """What differs between the plans of each pair; `dress` are the fields of a plan that do not count."""
    for one, other in pairs:
        was = before[one] if one is not None else None
        now = after.plans[other] if other is not None else None
        if was is None or now is None or other is None:
            yield _whole(was, now)
            continue
        changes = tuple(
            change
            for change in diff(was, now, hints_of(after, other, was))
            if change.part != "plan" or change.field not in dress
        )
        yield Difference(plan_words(now), was, now, changes, tuple(tell(one, was, now) for one in changes))


def _whole(before: Plan | None, after: Plan | None) -> Difference:
    """A plan that one of the files does not have."""
    plan = after or before
    if plan is None:
        raise ValueError("a pair has a plan")
    name = plan_words(plan)
    if before is None:
        told = Words(f"{name.id} ditambahkan", f"{name.en} added")
    else:
        told = Words(f"{name.id} dihapus", f"{name.en} removed")
    return Difference(name, before, after, (), (told,))


def plan_words(plan: Plan) -> Words:
    """What people call a plan: its unit and year, and the role that signs it."""
    role = f", {short(plan.penandatangan[0].jabatan)}" if plan.penandatangan else ""
    name = f"{short(plan.unit)} {plan.tahun}{role}"
    return Words(f"rencana {name}", f"plan {name}")


# --- what is said of it ----------------------------------------------------------------------------------


def receipt(again: Reimported) -> tuple[Words, ...]:
    """What was understood, and what differs from the plans it was built from, in the words of the plan."""
    if not again.plans:
        return ()
    goals, rows, total = size_of(again.plans)
    lines = [
        Words(
            f"terbaca: {goals} sasaran, {rows} kegiatan, jumlah {rupiah(total)}",
            f"read: {goals} goals, {rows} activities, total {rupiah(total)}",
        )
    ]
    count = sum(len(one.told) for one in again.differences)
    asal = Words("asalnya", "its base") if again.against is None else Words(again.against, again.against)
    if again.has_base and not count:
        rest = _BUT_UNREAD if any(one.unread for one in again.differences) else _NOTHING
        lines.append(
            Words(
                f"tidak ada yang berubah dari {asal.id}{rest.id}", f"nothing differs from {asal.en}{rest.en}"
            )
        )
    elif count:
        lines.append(Words(f"berbeda dari {asal.id}: {count}", f"differs from {asal.en}: {count}"))
    return (*lines, *_listed(again.differences))


def will_change(source: Loaded, plans: Sequence[Plan], again: Reimported) -> tuple[Words, ...]:
    """What will differ in a source that is to hold these plans, if that is not what the receipt says."""
    if source.plans == (again.loaded.recognised.base if again.loaded.recognised is not None else ()):
        return ()
    pairs: list[Pair] = [(at if at < len(source.plans) else None, at) for at in range(len(plans))]
    made = tuple(_differences(source.plans, replace(source, plans=tuple(plans)), pairs, frozenset()))
    count = sum(len(one.told) for one in made)
    if not count or [one.told for one in made if one.told] == [
        one.told for one in again.differences if one.told
    ]:
        return ()
    head = Words(f"yang berubah di {source.file}: {count}", f"what changes in {source.file}: {count}")
    return (head, *_listed(made))


def _listed(differences: Sequence[Difference]) -> Iterator[Words]:
    """A line for every change, below the name of its plan where there are several."""
    for one in differences:
        if len(differences) > 1 and one.changes:
            yield Words(f"{one.name.id}:", f"{one.name.en}:")
        yield from (Words(f"  {told.id}", f"  {told.en}") for told in one.told)


_NOTHING: Final = Words("", "")
_BUT_UNREAD: Final = Words(", selain yang tidak terbaca", ", but for what could not be read")
