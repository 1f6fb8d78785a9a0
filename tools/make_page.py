"""Make dist/rak.html: the page, Python and this package in one file that asks nobody for anything.

What comes from the registries is pinned by its hash and kept in a cache outside of the tree.  The same inputs
give the same bytes: no clock is asked, archives are packed anew in order of their names.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "page"
TARGET: Final = ROOT / "dist" / "rak.html"
CACHE: Final = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rak-excel" / "page"
MOST: Final = 12 << 20

SCRIPTS: Final = ("words.js", "dom.js", "engine.js", "findings.js", "form.js", "app.js")
"""In the order in which they need each other."""


class Pinned(NamedTuple):
    """A file of a registry: its name there, its SHA-256, and what fetches it into a folder."""

    file: str
    sha256: str
    fetch: tuple[str, ...]


_WHEEL: Final = (
    sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
    "--only-binary=:all:",
)  # fmt: skip
PYODIDE: Final = Pinned(
    "pyodide-314.0.7.tgz",
    "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0",
    ("npm", "pack", "--silent", "pyodide@314.0.7"),
)
XLSXWRITER: Final = Pinned(
    "xlsxwriter-3.3.1-py3-none-any.whl",
    "8e2c89e59d733fe59e112317218c64fbbc276d90a8c144ebd6f7fa15e7ab184a",
    (*_WHEEL, "XlsxWriter==3.3.1"),
)
# no wheel of it is without a C parser; that one is left out below, and its loader in Python needs none
PYYAML: Final = Pinned(
    "pyyaml-6.0.3-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64.whl",
    "b8bb0864c5a28024fac8a632c443c87c5aa6f215c0b126c449ae1a150412f31d",
    (
        *_WHEEL,
        "--platform=manylinux2014_x86_64",
        "--python-version=3.11",
        "--implementation=cp",
        "PyYAML==6.0.3",
    ),
)

RUNTIME: Final = (
    "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json",
)  # fmt: skip
UNUSED: Final = frozenset(
    (
        "_pyrepl", "bdb.py", "cProfile.py", "cmd.py", "code.py", "curses", "dbm", "doctest.py",
        "ensurepip", "ftplib.py", "idlelib", "imaplib.py", "lib2to3", "mailbox.py", "multiprocessing",
        "netrc.py", "nntplib.py", "optparse.py", "pdb.py", "pickletools.py", "poplib.py", "profile.py",
        "pstats.py", "pydoc.py", "pydoc_data", "smtplib.py", "sqlite3", "statistics.py", "test", "tkinter",
        "trace.py", "turtle.py", "turtledemo", "unittest", "venv", "wsgiref", "xmlrpc", "zipapp.py",
    )
)  # fmt: skip
"""Parts of Python's own library that neither the package nor Pyodide's start imports."""
ENCODINGS: Final = frozenset(
    (
        "__init__", "aliases", "ascii", "cp1252", "cp437", "idna", "latin_1", "punycode",
        "raw_unicode_escape", "unicode_escape", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_8",
        "utf_8_sig",
    )
)  # fmt: skip


# --- what comes from elsewhere -----------------------------------------------------------------------------


def pinned(one: Pinned) -> bytes:
    """A file of a registry, from the cache or fetched into it; never one with another hash."""
    kept = CACHE / one.file
    if not kept.is_file():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            subprocess.run(one.fetch, cwd=folder, check=True, stdout=subprocess.DEVNULL)
            (Path(folder) / one.file).replace(kept)
    data = kept.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != one.sha256:
        raise SystemExit(f"{kept} is not the file that was pinned: its SHA-256 is {found}")
    return data


def wheel() -> tuple[str, bytes]:
    """The wheel of this package, built as for a release."""
    here = ["--no-isolation"] if _has("hatchling") else []
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "build", "--wheel", *here, "--outdir", folder, str(ROOT)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"the wheel cannot be built:\n{done.stdout}{done.stderr}")
        [made] = Path(folder).glob("*.whl")
        return made.name, made.read_bytes()


def _has(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(module) is not None


def repacked(data: bytes, keep: Callable[[str], bool]) -> bytes:
    """An archive with some of its files, stored, so that what packs the whole can do so better."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in sorted(before.namelist()):
            if keep(name) and not name.endswith("/"):
                after.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), before.read(name))
    return packed.getvalue()


def is_used(name: str) -> bool:
    """Whether a file of Python's own library is of use in the page."""
    top, _, below = name.partition("/")
    return top not in UNUSED and (top != "encodings" or Path(below).stem in ENCODINGS)


def runtime() -> dict[str, bytes]:
    """Pyodide, with the part of Python's own library that is of use, compiled: that halves the start."""
    made = {}
    with tarfile.open(fileobj=io.BytesIO(pinned(PYODIDE))) as archive:
        for name in RUNTIME:
            file = archive.extractfile(f"package/{name}")
            if file is None:
                raise SystemExit(f"{PYODIDE.file} holds no {name}")
            made[name] = file.read()
    with tempfile.TemporaryDirectory() as folder:
        for name, data in made.items():
            (Path(folder) / name).write_bytes(data)
        used, compiled = Path(folder) / "used.zip", Path(folder) / "compiled.zip"
        used.write_bytes(repacked(made["python_stdlib.zip"], is_used))
        command = ["node", str(ROOT / "tools" / "compile_library.mjs"), folder, str(used), str(compiled)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        made["python_stdlib.zip"] = compiled.read_bytes()
    return made


def parts() -> dict[str, bytes]:
    """All that the worker starts from, by the names it asks for."""
    made = runtime()
    # Pyodide compares versions with it; the packages it lists are on another computer
    made["pyodide-lock.json"] = json.dumps(json.loads(made["pyodide-lock.json"]) | {"packages": {}}).encode()
    name, data = wheel()
    made[name] = data
    made["xlsxwriter-py3-none-any.whl"] = repacked(pinned(XLSXWRITER), lambda _: True)
    made["pyyaml-py3-none-any.whl"] = repacked(pinned(PYYAML), lambda name: not name.endswith(".so"))
    return made


# --- one file ----------------------------------------------------------------------------------------------


def script() -> str:
    """The page's modules as one script, each in a scope of its own."""
    return '"use strict";\n' + "".join(scope(name, (PAGE / name).read_text("utf-8")) for name in SCRIPTS)


def scope(name: str, text: str) -> str:
    """A module as a function that is called once and returns what it exports."""
    exported = re.findall(r"(?m)^export (?:class|const|function) (\w+)", text)
    text = re.sub(r"(?m)^export ", "", text)
    text = re.sub(r'(?ms)^import (\{.*?\}) from "\./(\w+)\.js";', r"const \1 = from_\2;", text)
    called = f"from_{name.removesuffix('.js')}"
    return f"const {called} = (() => {{\n{text}return {{ {', '.join(exported)} }};\n}})();\n"


def source(text: str) -> str:
    """The hash by which a policy allows an inline text."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def policy(style: str, code: str) -> str:
    """What the page may do: run its own script and worker, start WebAssembly; ask nobody for anything."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {source(code)} blob: 'wasm-unsafe-eval'",
            f"style-src {source(style)}",
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def embedded(made: Mapping[str, bytes]) -> str:
    """The parts as text in the page: gzip in base64."""
    lines = []
    for name, data in made.items():
        packed = base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()
        lines.append(f'<script type="text/plain" data-part="{html.escape(name)}">{packed}</script>')
    return "\n".join(lines)


def page(made: Mapping[str, bytes]) -> str:
    """The whole page: what page.html names is put in its place."""
    style, code = (PAGE / "page.css").read_text("utf-8"), script()
    worker = (PAGE / "worker.js").read_text("utf-8")
    if any("</" in text for text in (style, code, worker)):
        raise SystemExit("a tag in a script or style would end it")
    version = next(name for name in made if name.startswith("rak_excel-")).split("-")[1]
    places = {
        "content=\"default-src 'none'\"": f'content="{html.escape(policy(style, code), quote=False)}"',
        '<link rel="stylesheet" href="page.css">': f"<style>{style}</style>",
        '<span id="version"></span>': html.escape(version),
        '<script type="module" src="app.js"></script>': (
            f'{embedded(made)}\n<script type="text/plain" id="worker">{worker}</script>\n'
            f"<script>{code}</script>"
        ),
    }
    text = (PAGE / "page.html").read_text("utf-8")
    for place, content in places.items():
        before, found, after = text.partition(place)
        if not found:
            raise SystemExit(f"page.html has no {place}")
        text = f"{before}{content}{after}"
    return text


def main(target: Path = TARGET) -> None:
    """Write the page, and tell its size."""
    made = page(parts()).encode()
    if len(made) > MOST:
        raise SystemExit(f"the page has {len(made):,} bytes, more than {MOST:,}")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(made)
    print(f"{target}: {len(made) / (1 << 20):.1f} MB")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
