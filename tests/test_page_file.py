"""The page as a file: small, always the same, with a policy that fits it, and code that a linter has read."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

import pytest

from conftest import not_here
from rak_excel import loading

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "page"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The page, made twice."""
    folder = tmp_path_factory.mktemp("page")
    texts = []
    for name in ("one.html", "other.html"):
        command = [sys.executable, str(ROOT / "tools" / "make_page.py"), str(folder / name)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            not_here(f"the page cannot be made, perhaps for want of a network: {done.stderr[-300:]}")
        texts.append((folder / name).read_text("utf-8"))
    return texts


@pytest.mark.client
def test_the_page_is_small_and_always_the_same(made: list[str]) -> None:
    one, other = made

    assert one == other
    assert len(one.encode()) <= 12 << 20


@pytest.mark.client
def test_the_policy_names_the_very_script_and_style_of_the_page(made: list[str]) -> None:
    text = made[0]
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    [style] = re.findall(r"(?s)<style>(.*?)</style>", text)
    [script] = re.findall(r"(?s)<script>(.*?)</script>", text)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    assert rules == {
        "default-src": "'none'",
        "script-src": f"{digest(script)} blob: 'wasm-unsafe-eval'",
        "style-src": digest(style),
        "worker-src": "blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.client
def test_the_page_names_nothing_that_could_be_asked_for(made: list[str]) -> None:
    own = re.sub(r'(?s)<script type="text/plain" data-part=.*?</script>', "", made[0])

    assert re.findall(r"""(?:src|href|action)=["'][^#"']+""", own) == []
    assert re.findall(r"https?://[\w./-]+", own) == []


@pytest.mark.client
def test_the_page_holds_the_wheel_and_no_copy(made: list[str]) -> None:
    names = re.findall(r'data-part="([^"]+)"', made[0])

    assert [re.sub(r"-\d[\d.]*", "", name) for name in names if name.endswith(".whl")] == [
        "rak_excel-py3-none-any.whl",
        "xlsxwriter-py3-none-any.whl",
        "pyyaml-py3-none-any.whl",
    ]


@pytest.mark.client
def test_pythons_own_library_is_compiled_already(made: list[str]) -> None:
    """To do so in the browser took half of the start."""
    [packed] = re.findall(r'data-part="python_stdlib.zip">([^<]+)<', made[0])
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(base64.b64decode(packed)))) as archive:
        names = archive.namelist()

    assert "zipfile/__init__.pyc" in names
    assert [name for name in names if name.endswith(".py")] == []


def test_the_pages_own_code_can_be_read_in_one_sitting() -> None:
    lines = {path.name: path.read_text("utf-8").count("\n") for path in PAGE.iterdir()}

    assert sum(lines.values()) <= 2_000
    assert max(lines.values()) <= 700


def test_every_script_opens_with_its_purpose() -> None:
    first = {path.name: path.read_text("utf-8").split("\n", 1)[0] for path in PAGE.glob("*.js")}

    assert [name for name, line in first.items() if not re.match(r"// .+\.$", line)] == []


def test_the_page_calls_one_module_of_the_package() -> None:
    worker = (PAGE / "worker.js").read_text("utf-8")

    assert re.findall(r"(?m)^(?:from|import) (?:rak_excel\S*).*$", worker) == ["from rak_excel import page"]


def test_no_text_goes_in_as_markup() -> None:
    scripts = "".join(path.read_text("utf-8") for path in PAGE.glob("*.js"))

    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", scripts)
        == []
    )


def test_nothing_is_kept_after_the_page_is_closed() -> None:
    scripts = "".join(path.read_text("utf-8") for path in PAGE.glob("*.js"))

    assert (
        re.findall(r"localStorage|sessionStorage|indexedDB|\.cookie|\bcaches\b|serviceWorker", scripts) == []
    )


def test_every_word_is_said_in_both_languages_and_asked_for() -> None:
    words = (PAGE / "words.js").read_text("utf-8")
    keys = re.findall(r"(?m)^  (\w+): \[", words)
    others = "".join(path.read_text("utf-8") for path in PAGE.iterdir() if path.name != "words.js")

    assert len(keys) == len(set(keys)) > 50
    assert [key for key in keys if not re.search(rf"[\"'`]{key}[\"'`]", others) and key not in _BUILT] == []


def test_every_form_is_told_in_english_too() -> None:
    """What a layout tells of itself is Indonesian."""
    [forms] = re.findall(r"(?s)const FORMS = \{(.*?)\};", (PAGE / "words.js").read_text("utf-8"))
    names = re.findall(r'(?m)^  "?([\w-]+)"?: "', forms)

    assert sorted(names) == list(loading.layout_names())


_BUILT: Final = {"one_error", "one_warning", "one_note", "drop_before", "drop_after"}
"""Keys that a script puts together."""


@pytest.mark.client
def test_the_linter_has_nothing_to_say() -> None:
    program = shutil.which("biome") or str(ROOT / "node_modules" / ".bin" / "biome")
    if not Path(program).exists():
        not_here("not installed: biome (npm install @biomejs/biome@2.6.8)")
    command = [program, "ci", "--error-on-warnings", str(PAGE)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PAGE, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
