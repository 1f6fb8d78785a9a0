"""The laws of the house that a machine can read: floors, doors, sizes, the face."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import types
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import rak_excel

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE: Final = Path(rak_excel.__file__).parent
ROOT: Final = PACKAGE.parent
MODULES: Final = sorted(PACKAGE.rglob("*.py"))
GENERATED: Final = {"widths.py", "wilayah.py"}
LONGEST_FUNCTION: Final = 45
LONGEST_MODULE: Final = 700

PURE: Final = [path for path in MODULES if path.parent.name in ("plan", "sheet")]
LATE: Final = {"api.py", "batch.py", "importing.py", "loading.py", "merging.py"}
"""The modules that import a format when it is first asked for."""


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


every_module = pytest.mark.parametrize("path", MODULES, ids=name_of)
pure_module = pytest.mark.parametrize("path", PURE, ids=name_of)


# --- floors --------------------------------------------------------------------------------------------


def test_every_module_imports_only_the_floors_below_it() -> None:
    """The contract of pyproject.toml: floors, no circles, plan and sheet know no tool, formats apart."""
    script = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([str(script), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout


def test_the_contract_names_every_room() -> None:
    text = (ROOT / "pyproject.toml").read_text()

    assert [
        name
        for name in ("exhaustive = true", "acyclic_siblings", "independence", "forbidden")
        if name not in text
    ] == []


# --- every file ----------------------------------------------------------------------------------------


@every_module
def test_a_file_opens_with_its_purpose(path: Path) -> None:
    first = path.read_text().split("\n", 1)[0]

    assert first.startswith(('"""', 'r"""'))
    assert first.rstrip('"').endswith((".", "`."))


@every_module
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions(path)}

    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@every_module
def test_no_module_is_longer_than_one_can_read(path: Path) -> None:
    if path.name in GENERATED | {"rules.py"}:  # data, not to be read from end to end
        assert len([*functions(path)]) <= 3
    else:
        assert path.read_text().count("\n") <= LONGEST_MODULE


@every_module
def test_late_imports_stand_in_the_joining_modules_or_say_what_they_spare(path: Path) -> None:
    lines = path.read_text().splitlines()
    late = [
        lines[node.lineno - 1]
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert path.name in LATE or [line for line in late if "  # " not in line] == []


def called(path: Path) -> set[str]:
    """The names of what a module calls, such as `open`, `time.monotonic` or `read_text`."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            names.add(ast.unparse(node.func))
            if isinstance(node.func, ast.Attribute):
                names.add(node.func.attr)
    return names


@pure_module
def test_plan_and_sheet_open_nothing_print_nothing_and_know_no_clock(path: Path) -> None:
    forbidden = {
        "open", "print", "input", "read_text", "read_bytes", "write_text", "write_bytes", "now", "today",
        "utcnow",
        "monotonic", "perf_counter", "uuid4", "getenv", "getlocale",
    }  # fmt: skip
    imported = {
        alias.name for node in ast.walk(tree(path)) if isinstance(node, ast.Import) for alias in node.names
    } | {node.module or "" for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)}

    assert called(path) & forbidden == set()
    assert (
        imported & {"os", "sys", "time", "random", "secrets", "uuid", "locale", "pathlib", "io", "tempfile"}
        == set()
    )


def opened(path: Path) -> set[str]:
    """The calls of a module that open, read or write a file, such as `open` or `path.read_text`."""
    opening = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkstemp", "fdopen"}
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    return {name for call in calls if (name := ast.unparse(call)).rpartition(".")[2] in opening}


@every_module
def test_only_the_doors_open_files(path: Path) -> None:
    if path.name == "console.py":  # the null device takes the place of a reader that has gone
        assert opened(path) - {"formatter.write_text"} == {"open"}
    elif path.parent.name != "files":
        # a part of an archive that is made of bytes, as the next test sees to, is no file
        assert opened(path) - {"self.zip.open"} == set()


@pytest.mark.parametrize("path", [path for path in MODULES if path.parent.name != "files"], ids=name_of)
def test_archives_are_made_of_bytes_or_of_a_stream_that_was_given(path: Path) -> None:
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    archives = [call for call in calls if ast.unparse(call.func).endswith("ZipFile")]
    streams = {arg.arg for arg in ast.walk(tree(path)) if isinstance(arg, ast.arg) and is_stream(arg)}

    assert [ast.unparse(one) for one in archives if not is_of_bytes(one.args[0], streams)] == []
    assert bool(archives) or "self.zip.open" not in opened(path)


def is_of_bytes(argument: ast.expr, streams: set[str]) -> bool:
    if isinstance(argument, ast.Name):
        return argument.id in streams
    return isinstance(argument, ast.Call) and ast.unparse(argument.func) == "io.BytesIO"


def is_stream(argument: ast.arg) -> bool:
    return argument.annotation is not None and ast.unparse(argument.annotation) == "IO[bytes]"


@every_module
def test_every_dataclass_is_frozen(path: Path) -> None:
    """Lists live inside one function; what is handed over does not change."""
    module = import_module("rak_excel." + name_of(path).removesuffix(".py").replace("/",
    ".")) if path.stem not in (
        "__init__", "__main__") else types.ModuleType("x")  # fmt: skip
    made = [
        one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__
    ]
    loose = [
        one.__name__
        for one in made
        if is_dataclass(one) and not one.__dataclass_params__.frozen  # type: ignore[attr-defined]  # not typed
    ]

    assert loose == (["Talk"] if path.name == "console.py" else [])  # what a command says changes as it goes
    assert [
        one.__name__
        for one in made
        if is_dataclass(one) and any(re.search(r"\blist\b", str(f.type)) for f in fields(one))
    ] == []


# --- the face ------------------------------------------------------------------------------------------


def test_the_face_is_sorted_and_true() -> None:
    offered = {
        name
        for name, value in vars(rak_excel).items()
        if name[0] != "_" and not isinstance(value, types.ModuleType)
    }

    assert list(rak_excel.__all__) == sorted(rak_excel.__all__)
    assert set(rak_excel.__all__) == offered


def test_the_face_has_fifteen_names_at_most_and_each_tells_what_it_is() -> None:
    assert len(rak_excel.__all__) <= 15
    assert [name for name in rak_excel.__all__ if not getattr(rak_excel, name).__doc__] == []


# --- what a command pays for ---------------------------------------------------------------------------


def imported(script: str) -> set[str]:
    """The modules that a script has loaded when it ends."""
    ran = subprocess.run(
        [sys.executable, "-c", f"{script}\nimport sys; print(*sys.modules)"],
        capture_output=True, text=True, check=True, cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return set(ran.stdout.split())


def test_the_commands_load_neither_a_format_nor_a_spreadsheet_before_they_need_one() -> None:
    heavy = {
        "openpyxl",
        "xlsxwriter",
        "pandas",
        "numpy",
        "fontTools",
        "yaml",
        "difflib",
        "rak_excel.sheet.arrange",
    }

    assert imported("import rak_excel.cli") & heavy == set()


def test_checking_a_plan_loads_no_writer() -> None:
    script = "import rak_excel; assert rak_excel.load('examples/terkecil.yaml').ok"

    assert (
        imported(script) & {"openpyxl", "xlsxwriter", "rak_excel.sheet.arrange", "rak_excel.files.csv_text"}
        == set()
    )


def test_building_a_plan_loads_no_reader_of_workbooks() -> None:
    script = (
        "import rak_excel; from rak_excel import api; "
        "api.render(rak_excel.build(rak_excel.load('examples/terkecil.yaml').plans), '.xlsx')"
    )

    assert "openpyxl" not in imported(script)
