"""The page as staff use it: opened from a folder in real browsers, without a network, with real files."""

from __future__ import annotations

import base64
import io
import json
import shutil
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import pytest

from browser.bidi import PATIENCE
from browser.conftest import PICTURES
from commands import run
from rak_excel import loading

if TYPE_CHECKING:
    from browser.bidi import Browser
    from browser.watch import Watch

pytestmark = pytest.mark.client

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
LAHAT: Final = EXAMPLES / "lahat-2024.yaml"
HOUSEKEEPING: Final = (
    "accounts.google.com", "clients2.google.com", "update.googleapis.com", "www.google.com",
    "content-autofill.googleapis.com", "safebrowsing.googleapis.com",
    "optimizationguide-pa.googleapis.com",
    "firefox.settings.services.mozilla.com", "content-signature-2.cdn.mozilla.net",
    "push.services.mozilla.com",
    "detectportal.firefox.com", "location.services.mozilla.com", "merino.services.mozilla.com",
)  # fmt: skip
"""Hosts that browsers ask by themselves; that the page asks none of them is seen in their log."""
EVIL: Final = "<img src=x onerror=\"document.title='kena'\"><script>document.title='kena'</script>"


@pytest.fixture(autouse=True)
def folder(own_folder: Path) -> None:
    """A folder for what is built and edited."""


def shot(browser: Browser, name: str, *, whole: bool = True) -> None:
    browser.picture(PICTURES / browser.name / f"{name}.png", whole=whole)


def ready(browser: Browser) -> None:
    browser.wait("document.getElementById('state').dataset.state === 'ready'")


def tab(browser: Browser, name: str) -> None:
    browser.ask(f"document.getElementById('tab-{name}').click()")


def give(browser: Browser, task: str, *files: Path, zone: int = 1) -> None:
    """Choose files in a zone of a task, and wait for what the page says."""
    before = f"document.querySelector('#{task} .result').replaceChildren()"
    browser.ask(before)
    browser.choose(f"#{task} .drops .zone:nth-child({zone}) input", *files)


def drop(browser: Browser, selector: str, *files: Path) -> None:
    """Let go of files over a part of the page."""
    given = [[file.name, base64.b64encode(file.read_bytes()).decode()] for file in files]
    browser.ask(
        "(() => { const files = new DataTransfer();"
        f"for (const [name, data] of {json.dumps(given)})"
        "files.items.add(new File([Uint8Array.from(atob(data), one => one.charCodeAt(0))], name));"
        "const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: files });"
        f"document.querySelector({json.dumps(selector)}).dispatchEvent(event) }})()"
    )


def answered(browser: Browser, task: str, count: int = 1) -> None:
    browser.wait(
        f"document.querySelectorAll('#{task} article').length === {count}"
        " && document.getElementById('state').dataset.state === 'ready'"
    )


def text(browser: Browser, selector: str) -> str:
    return str(browser.ask(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''"))


def download(browser: Browser, task: str, name: str) -> bytes:
    selector = json.dumps(f'#{task} a[download="{name}"]')
    browser.ask(f"document.querySelector({selector}).click()")
    return browser.downloaded(name)


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook; how they are packed depends on the zlib at hand."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(data: bytes, changes: dict[int | str, int | str]) -> bytes:
    """A workbook in which somebody typed over some cells and saved."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for old, new in changes.items():
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == old]
        cells[0].value = new
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def command_json(*words: str) -> Any:
    return json.loads(run(*words, "--format", "json").stdout)


# --- the whole ring ----------------------------------------------------------------------------------------


def filled(data: bytes) -> bytes:
    """The input sheet with one sasaran typed in."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    fields: dict[str, int | str] = {
        "C2": 2026, "C3": "KPU Kabupaten Lahat", "E2": "Sekretaris", "E3": "MERY ANGGRAINY",
        "E4": "198205062010122002", "A11": 1, "B11": "Terwujudnya layanan", "C11": "Persentase layanan",
        "D11": 100, "E11": "Layanan perkantoran", "F11": "√", "J11": 306461000, "K11": "Sub Bagian Umum",
    }  # fmt: skip
    for cell, value in fields.items():
        sheet[cell] = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_the_whole_ring_gives_what_the_commands_give(browser: Browser) -> None:
    ready(browser)
    shot(browser, "mulai")
    browser.ask("document.querySelector('#blanks button').focus()")
    browser.ask("document.activeElement.click()")
    sheet = browser.downloaded("rencana-kpu.xlsx")
    assert browser.ask("document.activeElement.download") == "rencana-kpu.xlsx"
    run("init", "kosong.xlsx")
    assert parts(sheet) == parts(Path("kosong.xlsx").read_bytes())

    Path("isian.xlsx").write_bytes(filled(sheet))
    tab(browser, "examine")
    give(browser, "examine", Path("isian.xlsx").absolute())
    answered(browser, "examine")
    official = download(browser, "examine", "isian-RAK.xlsx")
    assert run("build", "isian.xlsx").exit_code == 0
    assert parts(official) == parts(Path("isian-RAK.xlsx").read_bytes())

    Path("isian-RAK.xlsx").write_bytes(
        edited(official, {306461000: 310000000, "Sub Bagian Umum": "Sub Bagian Keuangan"})
    )
    tab(browser, "bring")
    give(browser, "bring", Path("isian-RAK.xlsx").absolute())
    answered(browser, "bring")
    give(browser, "bring", Path("isian.xlsx").absolute(), zone=2)
    answered(browser, "bring")
    shot(browser, "kembalikan")
    merged = download(browser, "bring", "isian.xlsx")
    assert "310.000.000" in text(browser, "#bring article")
    assert run("import", "isian-RAK.xlsx", "--into", "isian.xlsx", "--no-backup").exit_code == 0
    assert parts(merged) == parts(Path("isian.xlsx").read_bytes())
    assert loading.load("isian.xlsx").plan.jumlah_biaya == 310000000
    assert browser.complaints == []


def test_findings_and_workbooks_are_those_of_the_commands(browser: Browser) -> None:
    names = ["lahat-2024.yaml", "lahat-2024-sekretariat.csv", "belum-benar.yaml", "opd.yaml"]
    for name in names:
        shutil.copy(EXAMPLES / name, name)
    tab(browser, "examine")
    give(browser, "examine", *(Path(name).absolute() for name in names))
    answered(browser, "examine", len(names))
    shot(browser, "periksa")
    told = [command_json("check", name) for name in names]
    heed = [one["summary"]["errors"] == 0 < one["summary"]["warnings"] for one in told]

    assert (
        browser.ask("[...document.querySelectorAll('#examine article')].map(one => one.answer.check)") == told
    )
    assert [
        "Lihat dulu peringatannya" in one
        for one in browser.ask(
            "[...document.querySelectorAll('#examine .verdict')].map(one => one.textContent)"
        )
    ] == heed
    for name, one in zip(names, told, strict=True):
        if not one["summary"]["errors"]:
            run("build", name)
            target = Path(name).with_suffix(".xlsx").name
            assert parts(download(browser, "examine", target)) == parts(Path(target).read_bytes())


def test_several_files_are_told_one_after_the_other(browser: Browser) -> None:
    """Those that are given while others are being read come after them."""
    tab(browser, "examine")
    give(browser, "examine", LAHAT, EXAMPLES / "belum-benar.yaml")
    drop(browser, "#examine .drop", EXAMPLES / "terkecil.yaml")
    answered(browser, "examine", 3)

    assert browser.ask("[...document.querySelectorAll('#examine h3')].map(one => one.textContent)") == [
        "lahat-2024.yaml", "belum-benar.yaml", "terkecil.yaml",
    ]  # fmt: skip


# --- what is drawn -----------------------------------------------------------------------------------------


def test_a_finding_leads_to_its_cell_and_back(browser: Browser) -> None:
    tab(browser, "examine")
    give(browser, "examine", EXAMPLES / "belum-benar.yaml")
    answered(browser, "examine")
    browser.ask("document.querySelector('#examine li[data-number=\"1\"] button').click()")
    shot(browser, "salah", whole=False)

    assert text(browser, "#examine td.chosen") == "64.80"
    assert browser.ask("document.activeElement.closest('td').className").split()[:3] == [
        "border",
        "line",
        "found",
    ]

    browser.ask("[...document.querySelectorAll('#examine td.found.warning button')][0].click()")

    assert browser.ask("document.activeElement.dataset.number") == "0"
    assert "RAK220" in text(browser, "#examine li.chosen")


def test_the_form_has_the_pages_merges_and_heights_of_the_workbook(browser: Browser) -> None:
    tab(browser, "examine")
    give(browser, "examine", LAHAT)
    answered(browser, "examine")
    book = openpyxl.load_workbook(io.BytesIO(download(browser, "examine", "lahat-2024.xlsx")))
    breaks = [len(sheet.row_breaks.brk) + 1 for sheet in book.worksheets if sheet.sheet_state == "visible"]
    first = book.worksheets[0]
    whole = [one for one in first.merged_cells.ranges if one.max_row <= first.row_breaks.brk[0].id]
    drawn = browser.ask(
        "[...document.querySelectorAll('#examine .paper')[0].querySelectorAll('td')]"
        ".filter(one => one.rowSpan * one.colSpan > 1).length"
    )
    heights = browser.ask(
        "(() => { const paper = document.querySelector('#examine .paper');"
        "const point = parseFloat(getComputedStyle(paper).getPropertyValue('--point'));"
        "const scale = document.querySelector('#examine article').answer.drawn[0].scale / 100;"
        "return [...paper.querySelectorAll('tr')]"
        ".map(one => one.getBoundingClientRect().height / point / scale) })()"
    )
    wanted = [first.row_dimensions[row].height or 13.5 for row in range(1, len(heights) + 1)]

    assert browser.ask("document.querySelectorAll('#examine .paper').length") == sum(breaks)
    assert drawn == len(whole)
    assert all(abs(one - other) < 0.15 * other + 2 for one, other in zip(heights, wanted, strict=True))


# --- edits come back ---------------------------------------------------------------------------------------


def conflict() -> tuple[Path, Path]:
    """A workbook and a source in which two costs were changed differently."""
    shutil.copy(LAHAT, "lahat.yaml")
    run("build", "lahat.yaml")
    workbook, source = Path("lahat.xlsx").absolute(), Path("lahat.yaml").absolute()
    workbook.write_bytes(edited(workbook.read_bytes(), {306461000: 307000000, 43320000: 44000000}))
    before = source.read_text("utf-8")
    source.write_text(
        before.replace("306.461.000", "308.000.000").replace("43.320.000", "45.000.000"), "utf-8"
    )
    return workbook, source


def test_conflicts_are_settled_by_clicking_one_side(browser: Browser) -> None:
    workbook, source = conflict()
    tab(browser, "bring")
    give(browser, "bring", workbook)
    answered(browser, "bring")
    give(browser, "bring", source, zone=2)
    answered(browser, "bring")
    shot(browser, "konflik")
    assert browser.ask("document.querySelectorAll('#bring fieldset').length") == 2
    assert browser.ask("document.querySelectorAll('#bring a[download]').length") == 0

    browser.ask("document.querySelectorAll('#bring fieldset')[0].querySelector('[value=theirs]').click()")
    browser.wait(
        "document.querySelectorAll('#bring :checked').length === 1 && document.querySelector('#bring .bad')"
    )
    browser.ask("document.querySelectorAll('#bring fieldset')[1].querySelector('[value=ours]').click()")
    browser.wait("document.querySelector('#bring a[download]')")
    shot(browser, "konflik-selesai")
    settled = download(browser, "bring", "lahat.yaml")

    run("import", "lahat.xlsx", "--into", "lahat.yaml", "--conflicts", "k.xlsx")
    book = openpyxl.load_workbook("k.xlsx")
    for row, word in ((4, "buku kerja"), (5, "sumber")):
        book.worksheets[0].cell(row, 6).value = word
    book.save("k.xlsx")
    assert run("import", "lahat.xlsx", "--into", "lahat.yaml", "--resolve", "k.xlsx").exit_code == 0
    assert settled == source.read_bytes()


def test_two_files_are_compared_in_the_words_of_the_plan(browser: Browser) -> None:
    workbook, _ = conflict()
    tab(browser, "compare")
    give(browser, "compare", LAHAT)
    browser.wait("document.querySelectorAll('#compare .taken').length === 1")
    give(browser, "compare", workbook, zone=2)
    answered(browser, "compare")
    shot(browser, "bandingkan")
    told = command_json("diff", str(LAHAT), "lahat.xlsx")
    said = browser.ask("[...document.querySelectorAll('#compare li')].map(one => one.textContent)")

    assert said == [change["message"]["id"] for plan in told["plans"] for change in plan["changes"]]
    assert len(said) == 2


# --- what a file cannot do ---------------------------------------------------------------------------------


def test_no_text_of_a_file_becomes_markup(browser: Browser) -> None:
    """In every field, and in the names of sheet and file."""
    one = json.dumps(EVIL)
    plan = f"""\
rak: 1
judul: {one}
tahun: 2026
unit: {one}
lembar: "<b onclick=1>'x"
{one}: 1
sasaran:
  - uraian: {one}
    indikator:
      - uraian: {one}
        target: {one}
        kegiatan:
          - {{uraian: {one}, triwulan: [{one}], biaya: {one}, pelaksana: {one}}}
penandatangan: {{jabatan: {one}, nama: {one}, nip: {one}, pangkat: {one}, tempat: {one}, tanggal: {one}}}
"""
    name = Path("<img src=x onerror=document.title='kena'>.yaml").absolute()
    name.write_text(plan, "utf-8")
    good = Path("<i>b.yaml").absolute()
    good.write_text(
        plan.replace(f"[{one}], biaya: {one}", "[1], biaya: 1")
        .replace(f"{one}: 1\n", "")
        .replace(f"nip: {one}, ", ""),
        "utf-8",
    )
    tab(browser, "examine")
    give(browser, "examine", name, good)
    answered(browser, "examine", 2)
    shot(browser, "nakal")
    tab(browser, "compare")
    give(browser, "compare", LAHAT)
    browser.wait("document.querySelectorAll('#compare .taken').length === 1")
    give(browser, "compare", good, zone=2)
    answered(browser, "compare")

    assert (
        browser.ask("document.querySelectorAll('main img, main script, main i, [onerror], [onclick]').length")
        == 0
    )
    assert browser.ask("document.title") == "Rencana Aksi Kinerja"
    assert EVIL in browser.ask("document.querySelectorAll('#examine article')[1].textContent")
    assert browser.complaints == []


def bomb() -> bytes:
    """A workbook whose sheet would unpack to 400 MB."""
    run("build", str(LAHAT), "-o", "b.xlsx")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(Path("b.xlsx").read_bytes()).items():
            archive.writestr(name, b" " * (400 << 20) if name.endswith("sheet1.xml") else data)
    return packed.getvalue()


def broken() -> bytes:
    """A workbook whose sheet ends in the middle of an element."""
    run("build", str(LAHAT), "-o", "b.xlsx")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(Path("b.xlsx").read_bytes()).items():
            archive.writestr(name, data[:900] if name.endswith("sheet1.xml") else data)
    return packed.getvalue()


def many(cost: str, count: int) -> bytes:
    """A plan with very many kegiatan of a cost."""
    row = "          - {{uraian: Kegiatan {}, triwulan: [1], {}, pelaksana: Divisi Hukum}}\n"
    rows = "".join(row.format(number, cost) for number in range(count))
    head, _, rest = Path(EXAMPLES / "terkecil.yaml").read_text("utf-8").partition("        kegiatan:\n")
    return f"{head}        kegiatan:\n{rows}{rest[rest.index('penandatangan') :]}".encode()


def test_hostile_files_end_in_a_sentence_and_the_next_file_is_read(browser: Browser) -> None:
    hostile = {
        "bom.xlsx": bomb(),
        "rusak.xlsx": broken(),
        "besar.xlsx": b"PK\x03\x04" + b"x" * (50 << 20),
        "besar.yaml": b"a: " + b"x" * (50 << 20),
        "dalam.yaml": b"[" * 100_000,
        "dalam-juga.yaml": b"a:\n" + b"".join(b" " * at + b"- a:\n" for at in range(1, 3000, 2)),
        "acak.csv": bytes(range(256)) * 4000,
        "kosong.xlsx": b"",
        "ribuan-salah.yaml": many("biaya: banyak", 3000),
        "panjang.csv": b"no,sasaran\n" + b'"' + b"x" * 3_000_000,
    }
    for name, data in hostile.items():
        Path(name).write_bytes(data)
    tab(browser, "examine")
    give(browser, "examine", *(Path(name).absolute() for name in hostile), LAHAT)
    answered(browser, "examine", len(hostile) + 1)
    shot(browser, "berbahaya")
    said = browser.ask(
        "[...document.querySelectorAll('#examine article')]"
        ".map(one => one.answer?.check.summary.errors ?? -1)"
    )

    assert said[-1] == 0
    assert all(errors > 0 for errors in said[:-1])
    assert browser.ask("document.querySelectorAll('#examine .alarm').length") == 0


def test_work_can_be_cancelled_and_the_page_goes_on(browser: Browser) -> None:
    big = Path("besar.yaml").absolute()
    big.write_bytes(many("biaya: 1", 20_000))
    ready(browser)
    tab(browser, "examine")
    give(browser, "examine", big, LAHAT)
    browser.wait("document.getElementById('state').dataset.state === 'busy'")
    shot(browser, "sibuk", whole=False)
    browser.ask("new Promise(done => setTimeout(done, 50))")
    assert (
        browser.ask("document.getElementById('state').dataset.state") == "busy"
    )  # and the page still answers
    browser.ask("document.getElementById('cancel').click()")
    browser.wait("document.querySelector('#examine article')")

    assert "Dibatalkan: besar.yaml" in text(browser, "#examine article")
    ready(browser)
    give(browser, "examine", LAHAT)
    answered(browser, "examine")
    assert text(browser, "#examine .verdict").startswith("Buku kerjanya siap diunduh.")


# --- nobody is asked ---------------------------------------------------------------------------------------


def strangers(watch: Watch) -> list[str]:
    """What was asked of hosts that browsers do not ask by themselves."""
    return [line for line in watch.asked if not any(host in line for host in HOUSEKEEPING)]


def test_no_request_leaves(browser: Browser, page: Path, watch: Watch) -> None:
    """The browser's own log names nothing but the page and what is in it."""
    browser.requests.clear()
    browser.open(page)
    ready(browser)
    tab(browser, "examine")
    give(browser, "examine", LAHAT)
    answered(browser, "examine")

    assert [url for url in browser.requests if not url.startswith(("file:", "blob:", "data:"))] == []
    assert [
        url for url in browser.requests if url.startswith("file:") and not url.endswith("/rak.html")
    ] == []
    assert strangers(watch) == []


ATTEMPTS: Final = {
    "fetch": "fetch(where).catch(() => 0)",
    "xhr": "const x = new XMLHttpRequest(); x.open('GET', where); x.send()",
    "image": "new Image().src = where",
    "socket": "new WebSocket(where.replace('http', 'ws'))",
    "events": "new EventSource(where)",
    "beacon": "navigator.sendBeacon(where, 'x')",
    "script": "document.head.append(Object.assign(document.createElement('script'), { src: where }))",
    "frame": "document.body.append(Object.assign(document.createElement('iframe'), { src: where }))",
    "style": "document.head.append(Object.assign(document.createElement('link'),"
    " { rel: 'stylesheet', href: where }))",
    "font": "document.fonts.add(new FontFace('x', `url(${where})`)); document.fonts.load('1em x')",
    "form": "const x = document.createElement('form'); x.action = where; document.body.append(x); x.submit()",
    "module": "import(where).catch(() => 0)",
    "prefetch": "document.head.append(Object.assign(document.createElement('link'),"
    " { rel: 'prefetch', href: where }))",
    "worker": "new Worker(URL.createObjectURL(new Blob([`fetch('${where}')`])))",
    "worker-xhr": "new Worker(URL.createObjectURL(new Blob([`const x = new XMLHttpRequest();"
    "x.open('GET', '${where}'); x.send()`])))",
    "worker-script": "new Worker(URL.createObjectURL(new Blob([`importScripts('${where}')`])))",
}
"""What a script could try, had a file ever become one."""


def test_the_policy_lets_no_script_ask(browser: Browser, watch: Watch) -> None:
    browser.ask(
        "(() => { window.refused = new Set();"
        "addEventListener('securitypolicyviolation', (event) => refused.add(event.blockedURI)) })()"
    )
    for name, attempt in ATTEMPTS.items():
        where = json.dumps(f"http://{name}.example/")
        browser.ask(f"(() => {{ const where = {where}; try {{ {attempt} }} catch {{ /* refused */ }} }})()")
    browser.ask("new Promise(done => setTimeout(done, 1000))")

    assert strangers(watch) == []
    refused = browser.ask("[...refused]")
    silent = ("worker", "prefetch")  # a worker tells itself; the Firefox of the tests fetches nothing ahead
    assert [
        name
        for name in ATTEMPTS
        if not name.startswith(silent) and not any(f"//{name}.example" in url for url in refused)
    ] == []


def test_the_watch_sees_what_another_page_asks(running: Browser, watch: Watch) -> None:
    """Else that it saw nothing would prove nothing."""
    other = Path("lain.html").absolute()
    other.write_text("<!doctype html><img src='http://rak.example/seen'>")
    running.open(other)
    until = time.monotonic() + PATIENCE
    while not (seen := [line for line in watch.asked if "rak.example" in line]):
        assert time.monotonic() < until, watch.asked
        time.sleep(0.05)
    watch.asked[:] = [line for line in watch.asked if "rak.example" not in line]

    assert seen


# --- for everybody -----------------------------------------------------------------------------------------


def test_the_keyboard_is_enough(browser: Browser) -> None:
    ready(browser)
    browser.ask("document.getElementById('tab-begin').focus()")
    browser.press("\ue014")

    assert browser.ask("document.activeElement.id") == "tab-examine"
    assert browser.ask("document.getElementById('examine').hidden") is False

    browser.press("\ue004")

    assert browser.ask("document.activeElement.type") == "file"
    if browser.ask("document.hasFocus()"):  # a Firefox without a window has none, and shows none
        assert (
            browser.ask("getComputedStyle(document.activeElement.closest('label')).outlineStyle") == "solid"
        )

    give(browser, "examine", EXAMPLES / "terkecil.yaml")
    answered(browser, "examine")

    assert browser.ask("document.activeElement.closest('section')?.id") == "examine"


def test_everything_has_a_name_in_both_languages(browser: Browser) -> None:
    """For whoever hears the page instead of seeing it."""
    ready(browser)
    tab(browser, "examine")
    give(browser, "examine", EXAMPLES / "belum-benar.yaml")
    answered(browser, "examine")
    nameless = (
        "[...document.querySelectorAll('button, a, input, [role], fieldset, progress')]"
        ".filter(one => !(one.getAttribute('aria-label') || one.textContent || one.labels?.[0]?.textContent"
        " || document.getElementById(one.getAttribute('aria-labelledby'))?.textContent || '').trim())"
        ".filter(one => one.getAttribute('role') !== 'status').map(one => one.outerHTML)"
    )
    assert browser.ask(nameless) == []
    in_indonesian = text(browser, "body")

    browser.ask("document.querySelector('[data-language=en]').click()")
    shot(browser, "english")

    assert browser.ask(nameless) == []
    assert browser.ask("document.documentElement.lang") == "en"
    assert "To be mended (4)" in text(browser, "#examine")
    assert "Harus diperbaiki (4)" in in_indonesian


def test_a_narrow_window_needs_no_scrolling_sideways(browser: Browser) -> None:
    browser.resize(400, 800)
    ready(browser)
    tab(browser, "examine")
    give(browser, "examine", EXAMPLES / "belum-benar.yaml")
    answered(browser, "examine")
    shot(browser, "sempit")

    assert browser.ask("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_files_can_be_dropped_beside_the_zone_too(browser: Browser) -> None:
    Path("jatuh.yaml").write_text("rak: 1\ntahun: x")
    drop(browser, "footer", Path("jatuh.yaml"))
    answered(browser, "examine")

    assert browser.ask("document.getElementById('examine').hidden") is False
    assert text(browser, "#examine h3") == "jatuh.yaml"
    assert "RAK" in text(browser, "#examine li")


def test_two_files_that_are_dropped_together_are_both_taken(browser: Browser) -> None:
    shutil.copy(EXAMPLES / "terkecil.yaml", "t.yaml")
    run("build", "t.yaml")
    tab(browser, "bring")
    drop(browser, "#bring .drop", Path("t.xlsx"), Path("t.yaml"))
    answered(browser, "bring")

    assert browser.ask("[...document.querySelectorAll('#bring .zone span')].map(one => one.textContent)") == [
        "t.xlsx", "t.yaml",
    ]  # fmt: skip
    assert "Sumbernya sudah memuat semua itu" in text(browser, "#bring .verdict")


def test_where_two_files_are_given_a_finding_names_its_own(browser: Browser) -> None:
    tab(browser, "compare")
    drop(browser, "footer", LAHAT, EXAMPLES / "belum-benar.yaml")
    answered(browser, "compare")
    shot(browser, "tidak-terbandingkan")

    assert text(browser, "#compare .verdict").startswith("Belum dapat dibandingkan.")
    assert text(browser, "#compare .place b") == "belum-benar.yaml, baris 14, kolom 20"

    tab(browser, "bring")
    drop(browser, "footer", EXAMPLES / "belum-benar.yaml")
    answered(browser, "bring")

    assert "Tidak ada yang berbeda" not in text(browser, "#bring")


def test_a_start_that_was_given_up_is_made_up_for(browser: Browser) -> None:
    tab(browser, "examine")
    give(browser, "examine", LAHAT)
    browser.wait("!document.getElementById('cancel').hidden")
    browser.ask("document.getElementById('cancel').click()")
    ready(browser)

    assert browser.ask("document.querySelectorAll('#layouts input').length") == len(loading.layout_names())


def test_the_first_start_tells_how_long_it_takes(browser: Browser) -> None:
    told = browser.ask("document.getElementById('told').textContent")
    ready(browser)

    assert "2 sampai 6 detik" in told
