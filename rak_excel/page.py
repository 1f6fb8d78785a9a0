"""What a page asks that runs in a browser: files go in as bytes, plain values and new files come out.

Nothing is opened and nothing is written.  A file is its name and what it holds; every verb returns an
`Answer`, also where a file cannot be read: then it holds the findings and no file.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple, ParamSpec, TypeAlias

from rak_excel import api, loading, report, rules
from rak_excel.findings import Finding, Language, RakError, exit_code
from rak_excel.loading import TEXTS, WORKBOOKS, Loaded
from rak_excel.plan.model import size_of
from rak_excel.plan.values import rupiah

if TYPE_CHECKING:
    from rak_excel.sheet.konflik import Question

File: TypeAlias = tuple[str, bytes]
"""A file's name and what it holds."""

MOST: Final = 32
MOST_OF_TEXT: Final = 4
"""Megabytes of a file; 30,000 activities are ten, and a page has one thread and no C parser."""

_P = ParamSpec("_P")


class Answer(NamedTuple):
    """What is to be shown, as plain values that JSON can hold, and the files that are offered."""

    shown: dict[str, Any]
    files: tuple[File, ...] = ()


def _answering(verb: Callable[_P, Answer]) -> Callable[_P, Answer]:
    """A verb that answers with findings where it would raise them."""

    @wraps(verb)
    def answer(*given: _P.args, **options: _P.kwargs) -> Answer:
        try:
            return verb(*given, **options)
        except RakError as error:
            return Answer({"check": report.findings_json(error.findings, 1)})

    return answer


# --- begin -----------------------------------------------------------------------------------------------


def layouts() -> Answer:
    """The forms there are, the usual one first."""
    names = sorted(loading.layout_names(), key=lambda name: (name != loading.DEFAULT_LAYOUT, name))
    known = [(name, loading.layout_named(name).layout) for name in names]
    return Answer({"layouts": [{"name": name, "about": one.about} for name, one in known if one is not None]})


@_answering
def blank(layout: str, name: str = "rencana.xlsx") -> Answer:
    """An empty input for a form, by the ending of its name."""
    return Answer({"check": report.findings_json((), 0)}, ((name, api.blank(_ending(name), layout, name)),))


# --- check and build -------------------------------------------------------------------------------------


@_answering
def examine(file: File, language: Language = "id") -> Answer:
    """All that is wrong with a file, the form as it will be printed, and what can be made of it.

    `check` is what `rak check --format json` prints; `drawn` holds the sheets, whose cells name the findings
    by their numbers.  The files are the official workbook where nothing is wrong, and a marked copy of a
    workbook in which something was found; `official` and `marked` are their names.
    """
    name = file[0]
    loaded = _load(file)
    told = (*loaded.findings, *api.too_tall(loaded))
    drawn = api.views(loaded, told)
    shown = _described(loaded) | {
        "check": report.findings_json(told, 1),
        "drawn": drawn,
        "official": None,
        "marked": None,
    }
    files: list[File] = []
    if loaded.plans and exit_code(told) == 0:
        made, late = api.workbook(loaded)
        if late:
            shown["check"] = report.findings_json((*told, *late), 1)
        else:
            shown["official"] = api.targets((_plain(name),), None)[0].name
            files.append((shown["official"], made))
    if told and _ending(name) in WORKBOOKS:
        for marked in _marked(loaded, file, told, language):
            shown["marked"] = marked[0]
            files.append(marked)
    return Answer(shown, tuple(files))


def _marked(loaded: Loaded, file: File, told: Sequence[Finding], language: Language) -> Iterable[File]:
    """The marked copy, if the workbook can be opened at all."""
    if not loaded.plans and not any(one.place for one in told):
        return
    try:
        name = PurePosixPath(file[0])
        yield name.with_stem(f"{name.stem}-ditandai").name, api.mark(loaded, file[1], told, language)
    except RakError:
        return  # a part of it cannot be changed without doubt


# --- back ------------------------------------------------------------------------------------------------


@_answering
def bring(workbook: File, source: File | None = None, answers: Sequence[Sequence[Any]] = ()) -> Answer:
    """What an edited workbook says, and its source with that in it; without a source, a new one.

    `answers` settle conflicts: for each the number of its plan, its key, and `ours` (the source's side) or
    `theirs`.  While there are conflicts without an answer, there is no file.
    """
    from rak_excel import importing  # what aligns and merges plans, which checking need not pay for

    swapped = source is not None and _is_swapped(workbook, source)
    if source is not None and swapped:
        workbook, source = source, workbook
    if source is not None and workbook[0] == source[0]:
        workbook = (f"suntingan/{workbook[0]}", workbook[1])
    for file in filter(None, (workbook, source)):
        _refuse_size(file)
    asked = importing.Asked(
        workbook=workbook[0],
        into=source[0] if source is not None else None,
        backup=False,
        answers=tuple(importing.Answer(int(plan), str(key), side) for plan, key, side in answers),
    )
    made = importing.bring(asked, dict(filter(None, (workbook, source))))
    files = [(write.path, write.data) for write in made.writes]
    if source is None and made.exit == 0 and made.again.plans:
        stem = PurePosixPath(workbook[0]).stem
        files = [(name, importing.as_new(made.again.loaded, name)) for name in _new_names(stem)]
    return Answer(
        _described(made.again.loaded)
        | {
            "swapped": swapped,
            "check": report.findings_json(made.findings, 1 if source is None else 2),
            "receipt": [line._asdict() for line in made.receipt],
            "differences": report.differences_json(made.again.differences),
            "conflicts": [_question(one) for one in made.conflicts],
            "merged": made.target is not None,
        },
        tuple(files),
    )


def _is_swapped(workbook: File, source: File) -> bool:
    """Whether the official workbook stands where its source should: nobody need know which is which."""
    if _ending(source[0]) not in WORKBOOKS or _load(source).recognised is None:
        return False
    return _ending(workbook[0]) not in WORKBOOKS or _load(workbook).recognised is None


def _new_names(stem: str) -> tuple[str, str]:
    """What a new source is called: an input sheet, and a text that can be kept under version control."""
    return f"{stem}-isian.xlsx", f"{stem}.yaml"


def _question(one: "Question") -> dict[str, Any]:
    from rak_excel.plan.conflict import tell  # see above

    told = tell(one.conflict)
    return {
        "plan": one.plan,
        "key": one.conflict.key,
        "code": one.conflict.code,
        "of": one.name._asdict() if one.name is not None else None,
        **{name: words._asdict() for name, words in told._asdict().items()},
    }


# --- compare ---------------------------------------------------------------------------------------------


@_answering
def compare(before: File, after: File) -> Answer:
    """What differs between two files of any form, as `rak diff --format json` prints it."""
    from rak_excel import reimport  # see above

    one, other = _load(before), _load(after)
    told = [finding for loaded in (one, other) for finding in loaded.findings if finding.is_error]
    shown: dict[str, Any] = {"check": report.findings_json(told, 2)}
    if not told:
        shown["differences"] = report.differences_json(reimport.compare(one, other))
    return Answer(shown)


# --- what all of them need -------------------------------------------------------------------------------


def _load(file: File) -> Loaded:
    """A file of any form.

    Raises:
        RakError: it is larger than a page can read.
    """
    _refuse_size(file)
    return loading.load_bytes(file[1], file[0])


def _refuse_size(file: File) -> None:
    name, data = file
    most = MOST_OF_TEXT if _ending(name) in TEXTS else MOST
    if len(data) > most << 20:
        raise RakError(rules.BERKAS_TERLALU_BESAR.at(batas=most).placed(None, name))


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _plain(name: str) -> str:
    """A name without what would make a path, or standard input, of it."""
    return name.replace("/", "_").replace("\\", "_").replace("\0", "_") if name != loading.STDIN else "_"


def _described(loaded: Loaded) -> dict[str, Any]:
    """What kind of file it is, and what it holds."""
    kind = (
        "official"
        if loaded.recognised is not None
        else "form"
        if loaded.filled is not None
        else "text"
        if loaded.plans
        else None
    )
    goals, rows, total = size_of(loaded.plans)
    return {
        "file": loaded.file,
        "kind": kind,
        "size": {
            "rencana": len(loaded.plans),
            "sasaran": goals,
            "kegiatan": rows,
            "jumlah_biaya": rupiah(total),
        },
    }
