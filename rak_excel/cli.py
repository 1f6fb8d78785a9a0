"""The command line: options, one verb, a report, an exit code."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from rak_excel import api, batch, loading, report, rules
from rak_excel.console import (
    LANGUAGES,
    Group,
    Rak,
    Talk,
    command,
    common,
    flag,
    format_option,
    layout_option,
    no_cache_option,
    option,
)
from rak_excel.findings import NOTHING_WRITTEN, RakError, Words, exit_code
from rak_excel.plan.model import Size
from rak_excel.plan.values import rupiah


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from importlib.metadata import version  # 15 ms that no other command needs

        click.echo(f"rak-excel {version('rak-excel')}")
        ctx.exit()


@click.group("rak", cls=Rak)
@flag(
    "--version",
    words=Words("Tampilkan versi.", "Show the version."),
    expose_value=False,
    is_eager=True,
    callback=_version,
)
@common
def rak() -> None:
    """Set up nothing: the commands do."""


rak.words = Words(
    "Rencana Aksi Kinerja: diperiksa, lalu menjadi buku kerja resmi.",
    "Rencana Aksi Kinerja: checked, then drawn as the official workbook.",
)


# --- check and show --------------------------------------------------------------------------------------


@command(
    rak,
    "check",
    Words(
        "Periksa rencana dan laporkan semua kesalahannya.\n\n"
        "Setiap BERKAS (atau folder) dibaca seluruhnya; status keluar 0 bila semua dapat dibangun, "
        "1 bila ada yang salah, 4 bila ada yang tidak terbaca.",
        "Check plans and tell every fault of them.\n\n"
        "Every BERKAS (file or folder) is read to the end; the exit code is 0 where all can be built, "
        "1 where something is wrong, 4 where something cannot be read.",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="BERKAS...")
@format_option
@layout_option
@option(
    "--mark",
    metavar="SALINAN",
    words=Words(
        "Tulis salinan buku kerja: sel yang salah diwarnai dan diberi catatan, lembar Temuan mendaftarnya.",
        "Write a copy of the workbook: faulty cells coloured and noted, a sheet Temuan lists them.",
    ),
)
@option(
    "--report",
    "listing",
    metavar="LAPORAN.xlsx",
    words=Words(
        "Tulis semua temuan ke buku kerja, dengan tautan ke berkas dan selnya.",
        "Write all findings to a workbook, with links to file and cell.",
    ),
)
@no_cache_option
@click.pass_obj
def check_command(
    talk: Talk,
    files: tuple[str, ...],
    form: str,
    layout: str | None,
    mark: str | None,
    listing: str | None,
    no_cache: bool,
) -> int:
    target = api.mark_target(files, mark) if mark is not None else None
    inputs = _read_all(talk, files, layout, cache=not no_cache)
    tally = report.Tally()
    listed = api.listing_target(inputs.names, listing) if listing is not None else None
    if form == "json":
        told = (one for file in inputs.told() for one, _ in tally.of_file(file.findings))
        for part in report.json_parts(told, tally):
            click.echo(part, nl=False)
    else:
        for file in inputs.told():
            _tell(talk, file, tally, err=False)
        talk.say(Words(*(tally.text(language) for language in LANGUAGES)))
    if target is not None:
        findings = [one for file in inputs.told() for one, _ in file.findings]
        written = api.write_marked(inputs.names[0], target, findings, talk.language)
        made = Words(f"ditandai: {target}", f"marked: {target}")
        none = Words("tidak ditandai: buku kerjanya tidak terbaca", "not marked: the workbook was not read")
        talk.say(made if written else none)
    if listed is not None:
        talk.findings(batch.write_report(inputs, listed, talk.language), {}, err=True)
        talk.say(Words(f"laporan: {listed}", f"report: {listed}"))
    return tally.exit


def _read_all(
    talk: Talk, files: Iterable[str], layout: str | None, *, cache: bool
) -> batch.AtHand | batch.Digests:
    """Read every file, of a folder too; tell what was wrong with the cache, which is no fault of a file."""
    names = [name for file in files for name in loading.files_in(file)]
    inputs = batch.read(
        names,
        layout,
        cache=cache,
        progress=talk.progress,
        given=_given_among(names),
        named=frozenset(files),
    )
    talk.clear()
    talk.findings(inputs.findings, {}, err=True)
    return inputs


def _tell(talk: Talk, file: report.Told, tally: report.Tally, *, err: bool) -> None:
    """Tell the findings of a file, and with -v how it was read."""
    if file.sniffed:
        talk.more(Words(f"{file.file}: {file.sniffed}", f"{file.file}: {file.sniffed}"))
    talk.told(tally.of_file(file.findings), err=err)


@command(
    rak,
    "show",
    Words(
        "Tampilkan rencana seperti yang dipahami.\n\n"
        "Sebagai tabel untuk dibaca, atau JSON yang tetap bentuknya.",
        "Show a plan as it is understood.\n\nAs a table for people, or as JSON of one stable shape.",
    ),
)
@click.argument("file", metavar="BERKAS")
@format_option
@layout_option
@click.pass_obj
def show_command(talk: Talk, file: str, form: str, layout: str | None) -> int:
    (loaded,) = _load_all(talk, (file,), layout)
    if not loaded.ok:
        talk.findings(loaded.findings, loaded.sources, err=True)
    elif form == "json":
        click.echo(report.dumps(api.as_json(loaded.plans)), nl=False)
    else:
        click.echo("\n".join(report.plan_text(plan, talk.language) for plan in loaded.plans), nl=False)
    return exit_code(loaded.findings)


def _load_all(talk: Talk, files: Iterable[str], layout: str | None) -> list[loading.Loaded]:
    """Read every file, and tell with -v how; one bad file does not hide the next."""
    loaded = []
    for path in files:
        one = (
            loading.load_bytes(_stdin(), path, layout)
            if path == loading.STDIN
            else loading.load(path, layout)
        )
        loaded.append(one)
        if one.sniffed:
            talk.more(Words(f"{path}: {one.sniffed}", f"{path}: {one.sniffed}"))
    return loaded


def _stdin() -> bytes:
    return sys.stdin.buffer.read()


def _given(name: str) -> bytes | None:
    """What a file holds that stands on standard input; of any other nothing is known yet."""
    return _stdin() if name == loading.STDIN else None


def _given_among(names: Iterable[str]) -> bytes | None:
    """What stands on standard input, where it is one of the inputs."""
    return _stdin() if loading.STDIN in names else None


def _put(path: str, data: bytes) -> None:
    """Put a file in its place, or on standard output."""
    if path == loading.STDIN:
        click.echo(data, nl=False)
    else:
        api.write(Path(path), data)


# --- diff ------------------------------------------------------------------------------------------------


@command(
    rak,
    "diff",
    Words(
        "Tampilkan apa yang berbeda antara dua berkas, dalam bahasa rencana.\n\n"
        "A dan B boleh dari bentuk apa pun; status keluar 0 bila sama, 1 bila berbeda atau ada yang salah, "
        "4 bila ada yang tidak terbaca.",
        "Show what differs between two files, in the words of the plan.\n\n"
        "A and B may be of any form; the exit code is 0 where they are the same, 1 where they differ or "
        "something is wrong, 4 where something cannot be read.",
    ),
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@format_option
@click.pass_obj
def diff_command(talk: Talk, before: str, after: str, form: str) -> int:
    one, other = _load_all(talk, (before, after), None)
    findings = [*one.findings, *other.findings]
    for loaded in (one, other):
        talk.findings([told for told in loaded.findings if told.is_error], loaded.sources, err=True)
    if any(finding.is_error for finding in findings):
        return exit_code(findings)
    from rak_excel import reimport  # what aligns plans, which no other command need pay for

    told = reimport.compare(one, other)
    as_json = report.dumps(report.differences_json(told)) if form == "json" else ""
    click.echo(as_json or report.differences_text(told, talk.language), nl=False)
    if not any(difference.told for difference in told):
        talk.say(Words("tidak ada yang berbeda", "nothing differs"))
        return 0
    return 1


# --- import ----------------------------------------------------------------------------------------------


@command(
    rak,
    "import",
    Words(
        "Baca buku kerja resmi (atau bentuk lain) kembali menjadi rencana.\n\n"
        "Dengan -o ditulis berkas baru; dengan --into digabungkan ke sumber yang ada. Tanpa keduanya hanya "
        "diceritakan apa yang terbaca dan apa yang berubah. Status keluar 3 bila ada konflik.",
        "Read an official workbook (or another form) back into a plan.\n\n"
        "With -o a new file is written; with --into it is merged into the source there is. With neither it "
        "is only told what was read and what changed. The exit code is 3 where there are conflicts.",
    ),
)
@click.argument("workbook", metavar="BUKU_KERJA")
@option(
    "-o",
    "output",
    metavar="RENCANA",
    words=Words(
        "Berkas baru: .yaml, .csv, atau .xlsx (lembar isian).",
        "A new file: .yaml, .csv or .xlsx (input sheet).",
    ),
)
@option(
    "--into",
    metavar="SUMBER",
    words=Words(
        "Gabungkan ke sumber ini; yang lama disimpan sebagai NAMA.bak.",
        "Merge into this source; the former one is kept as NAME.bak.",
    ),
)
@option(
    "--conflicts",
    metavar="KONFLIK.xlsx",
    words=Words(
        "Tulis konfliknya ke lembar ini, untuk dipilih di Excel.",
        "Write the conflicts to this sheet, to be settled in Excel.",
    ),
)
@option(
    "--resolve",
    metavar="KONFLIK.xlsx",
    words=Words(
        "Baca pilihan dari lembar itu, lalu gabungkan.", "Read the choices from that sheet, then merge."
    ),
)
@flag(
    "--force", words=Words("Timpa -o atau --conflicts yang ada.", "Replace -o or --conflicts if it exists.")
)
@flag(
    "--partial",
    words=Words(
        "Tulis juga bila ada yang salah: yang terbaca saja.", "Write in spite of errors: what was understood."
    ),
)
@flag("--no-backup", words=Words("Jangan simpan NAMA.bak.", "Keep no NAME.bak."))
@click.pass_obj
def import_command(talk: Talk, /, no_backup: bool, **given: Any) -> int:  # noqa: ANN401 - options, as Asked has them
    from rak_excel import importing  # what aligns and merges plans, which no other command need pay for

    asked = importing.Asked(**given, backup=not no_backup, language=talk.language)
    wrong = importing.contradiction(asked)
    if wrong is not None:
        raise click.UsageError(getattr(wrong, talk.language))
    piped = _given(asked.workbook)
    made = importing.bring(asked, {} if piped is None else {asked.workbook: piped})
    talk.findings(made.findings, dict(made.sources), err=True)
    for line in made.receipt:
        talk.say(line, err=asked.output is not None or asked.into is not None)
    importing.carry_out(made)
    if made.printed is not None:
        click.echo(made.printed, nl=False)
    told = importing.outcome(asked, made)
    if told is not None:
        talk.say(told)
    return made.exit


# --- build -----------------------------------------------------------------------------------------------


@command(
    rak,
    "build",
    Words(
        "Bangun buku kerja resmi.\n\n"
        "Di samping masukan dengan nama yang sama, atau di -o. Semua BERKAS diperiksa sebelum yang pertama "
        "ditulis; yang salah diceritakan, yang benar dibangun.",
        "Build the official workbook.\n\n"
        "Beside the input under the same name, or at -o. All inputs are checked before the first is written; "
        "what is wrong is told, what is right is built.",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="BERKAS...")
@option(
    "-o",
    "output",
    metavar="KELUARAN",
    words=Words(
        "Berkas keluaran; folder bila masukannya beberapa.", "The output; a folder for several inputs."
    ),
)
@layout_option
@flag(
    "--force", words=Words("Timpa buku kerja yang sudah disunting.", "Build over a workbook that was edited.")
)
@flag("--pdf", words=Words("Cetak juga ke PDF dengan LibreOffice.", "Print to PDF too, with LibreOffice."))
@no_cache_option
@click.pass_obj
def build_command(
    talk: Talk,
    files: tuple[str, ...],
    output: str | None,
    layout: str | None,
    force: bool,
    pdf: bool,
    no_cache: bool,
) -> int:
    inputs = _read_all(talk, files, layout, cache=not no_cache)
    named = frozenset(files)
    # what a folder holds besides its sources are the workbooks that were built from them
    numbers = [
        number
        for number, one in enumerate(inputs.told())
        if one.form != loading.OFFICIAL or one.file in named
    ]
    targets = dict(zip(numbers, api.targets([inputs.names[one] for one in numbers], output), strict=True))
    tally = report.Tally()
    orders = []
    for number, one in enumerate(inputs.told()):
        if number in targets:
            _tell(talk, one, tally, err=True)
            orders.extend([] if tally.here else [batch.Order(number, targets[number])])
    code, made = tally.exit, []
    for built in batch.built(inputs, orders, force=force, progress=talk.progress):
        talk.told(built.findings, err=True)
        code = max(code, exit_code([finding for finding, _ in built.findings]))
        if built.size is not None:
            made.append(built.target)
            talk.say(_receipt(built.target, built.size))
    talk.clear()
    if tally.files > report.MANY:
        talk.say(Words(*(tally.text(language) for language in LANGUAGES)))
        talk.say(Words(f"dibuat: {len(made)} dari {tally.files}", f"built: {len(made)} of {tally.files}"))
    return max(code, _print(talk, made) if pdf else 0)


def _print(talk: Talk, targets: list[Path]) -> int:
    """Print what was built; a workbook that cannot be printed stops no other."""
    code = 0
    for number, target in enumerate(targets, 1):
        paper = target.with_suffix(".pdf")
        talk.progress(number, len(targets), str(paper))
        try:
            api.print_pdf(target, paper)
        except RakError as error:
            if not api.can_print():
                raise
            talk.findings([one.placed(None, str(paper)) for one in error.findings], {}, err=True)
            code = max(code, error.exit)
        else:
            talk.say(Words(f"dicetak: {paper}", f"printed: {paper}"))
    return code


def _receipt(target: Path, size: Size) -> Words:
    goals, rows, total = size
    return Words(
        f"dibuat: {target} ({goals} sasaran, {rows} kegiatan, jumlah {rupiah(total)})",
        f"built: {target} (goals: {goals}, activities: {rows}, total: {rupiah(total)})",
    )


# --- consolidate -----------------------------------------------------------------------------------------


@command(
    rak,
    "consolidate",
    Words(
        "Gabungkan banyak rencana menjadi satu rekapitulasi.\n\n"
        "BERKAS boleh folder, dan bentuknya boleh bercampur. Bentuk rekapitulasi menurut akhiran nama: "
        ".xlsx, .parquet, .csv, atau .json. Rencana yang tidak dihitung disebut dengan alasannya, dan yang "
        "lain tetap digabungkan. Status keluar 1 bila ada yang salah, 4 bila ada yang tidak terbaca.",
        "Add up many plans in one recapitulation.\n\n"
        "A BERKAS may be a folder, and forms may be mixed. The form of the recapitulation follows the ending "
        "of its name: .xlsx, .parquet, .csv or .json. A plan that does not count is named with the reason, "
        "and the others are added up all the same. The exit code is 1 where something is wrong, 4 where "
        "something cannot be read.",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="BERKAS...")
@option(
    "-o",
    "output",
    metavar="REKAP.xlsx",
    required=True,
    words=Words(
        "Rekapitulasinya: .xlsx, .parquet, .csv, atau .json.",
        "The recapitulation: .xlsx, .parquet, .csv or .json.",
    ),
)
@option(
    "--expect",
    metavar="UNIT.csv",
    words=Words(
        "Daftar unit yang seharusnya ada, berkolom “unit”; yang belum masuk disebut.",
        "A list of the units that should be there, with a column “unit”; those missing are told.",
    ),
)
@option(
    "--exclude",
    metavar="POLA",
    multiple=True,
    words=Words(
        'Lewati berkas yang namanya cocok, misalnya "*lama*"; boleh berkali-kali.',
        'Leave out files whose name fits, for instance "*old*"; may be given several times.',
    ),
)
@no_cache_option
@click.pass_obj
def consolidate_command(talk: Talk, /, no_cache: bool, **given: Any) -> int:  # noqa: ANN401 - options, as Asked has them
    from rak_excel import consolidating  # what adds up plans, which no other command need pay for

    asked = consolidating.Asked(**given, cache=not no_cache, again=talk.verbose, language=talk.language)
    brought = consolidating.bring(asked, talk.progress, _stdin)
    talk.clear()
    for file in brought.told():
        talk.told(file.findings, err=True)
    talk.findings(consolidating.carry_out(asked, brought), {}, err=True)
    for words in brought.says:
        talk.say(words)
    return brought.exit


# --- init, explain, layout ---------------------------------------------------------------------------------


@command(
    rak,
    "init",
    Words(
        "Buat masukan kosong untuk diisi, atau salinan rencana tahun lalu.\n\nBentuknya menurut akhiran "
        "nama: .yaml, .csv, atau .xlsx (lembar isian). Dengan --from, berkas tahun lalu (buku kerja siapa "
        "pun, atau bentuk lain) disalin ke tahun baru. Diceritakan dulu yang tidak terbaca, lalu setiap "
        "tempat yang masih menyebut tahun lama atau kantor lain. Yang terbaca ditulis juga bila ada yang "
        "salah; status keluar lalu 1.",
        "Make an empty input to fill in, or a copy of last year's plan.\n\nIts form follows the ending of "
        "the name: .yaml, .csv, or .xlsx (the input sheet). With --from, last year's file (anybody's "
        "workbook, or another form) is copied to a new year. What could not be read is told first, then "
        "every place that still names an old year or another office. What was understood is written in "
        "spite of errors; the exit code is 1 then.",
    ),
)
@click.argument("path", metavar="BERKAS")
@option(
    "--from",
    "old",
    metavar="LAMA",
    words=Words(
        "Mulai dari berkas tahun lalu; perlu --tahun.", "Begin with last year's file; needs --tahun."
    ),
)
@option(
    "--tahun",
    metavar="TAHUN",
    words=Words("Tahun rencana yang baru.", "The year of the new plan."),
)
@option(
    "--unit",
    metavar="NAMA",
    words=Words("Nama unit yang baru, bila kantornya lain.", "The new unit's name, if it is another office."),
)
@option(
    "--clear",
    multiple=True,
    type=click.Choice(("centang", "biaya")),
    words=Words(
        "Kosongkan centang (isi tiap periode) atau biaya (juga anggaran tiap periode dan pagu); boleh dua.",
        "Clear centang (what stands in the periods) or biaya (also money of periods, the ceiling); or both.",
    ),
)
@layout_option
@flag("--force", words=Words("Timpa berkas yang sudah ada.", "Replace a file that exists."))
@click.pass_obj
def init_command(
    talk: Talk,
    /,
    path: str,
    old: str | None,
    layout: str | None,
    force: bool,
    **given: Any,  # noqa: ANN401 - options, as Asked has them
) -> int:
    if old is not None or any(given.values()):
        return _adopt(talk, path, old, layout=layout, force=force, **given)
    data = api.blank(Path(path).suffix.lower() if path != loading.STDIN else ".yaml", layout, path)
    if path == loading.STDIN:
        click.echo(data, nl=False)
        return 0
    api.write_new(Path(path), data, force=force)
    made = (f"dibuat: {path}; isi, lalu periksa dengan: ", f"made: {path}; fill it in, then: ")
    talk.say(Words(*(f"{words}rak check {path}" for words in made)))
    return 0


def _adopt(talk: Talk, path: str, old: str | None, **given: Any) -> int:  # noqa: ANN401 - as Asked has them
    """Tell of last year's file, write this year's, and tell what is left to do in it."""
    from rak_excel import adopting  # what merges plans, which a blank input need not pay for

    wrong = adopting.contradiction(old, given["tahun"])
    if wrong is not None or old is None:
        raise click.UsageError(getattr(wrong, talk.language))
    made = adopting.adopt(adopting.Asked(old, path, **given), _given(old))
    talk.findings(made.findings, dict(made.sources), err=True)
    if made.data is not None:
        _put(path, made.data)
    talk.findings(made.left, dict(made.sources), err=True)
    talk.say(made.told or NOTHING_WRITTEN)
    return made.exit


@command(
    rak,
    "explain",
    Words(
        "Jelaskan sebuah aturan menurut kodenya.\n\nArtinya, contoh, dan apa yang harus dilakukan.",
        "Explain a rule by its code.\n\nWhat it means, an example, and what to do.",
    ),
)
@click.argument("code", metavar="KODE")
@click.pass_obj
def explain_command(talk: Talk, code: str) -> int:
    rule = next((rule for rule in rules.RULES if code.upper() in (rule.code, rule.code[3:])), None)
    if rule is None:
        raise click.UsageError(
            f"aturan “{code}” tidak ada" if talk.language == "id" else f"there is no rule “{code}”"
        )
    click.echo(report.rule_text(rule, api.example(rule.code), talk.language), nl=False)
    return 0


@click.group("layout", cls=Group)
@common
def layout() -> None:
    """Set up nothing: the commands below do."""


rak.add_command(layout)

layout.words = Words("Tata letak: daftar, tampilkan, rancang, periksa.", "Layouts: list, show, draft, check.")


@command(layout, "list", Words("Daftar tata letak yang ada.", "List the layouts there are."))
def layout_list_command() -> int:
    for name in loading.layout_names():
        made = loading.layout_named(name).layout
        click.echo(f"{name:<20} {made.about if made is not None else ''}".rstrip())
    return 0


@command(layout, "show", Words("Tampilkan berkas sebuah tata letak.", "Show the file of a layout."))
@click.argument("name", metavar="NAMA")
def layout_show_command(name: str) -> int:
    click.echo(api.layout_text(name), nl=False)
    return 0


@command(layout, "check", Words("Periksa berkas tata letak baru.", "Check the file of a new layout."))
@click.argument("file", metavar="BERKAS")
@format_option
@click.pass_obj
def layout_check_command(talk: Talk, file: str, form: str) -> int:
    made = api.layout_file(file)
    if form == "json":
        click.echo(report.json_text(made.findings, 1), nl=False)
    else:
        talk.findings(made.findings, made.sources, err=False)
        talk.say(Words(*(report.summary(made.findings, 1, language) for language in LANGUAGES)))
    return exit_code(made.findings)


@command(
    layout,
    "new",
    Words(
        "Rancang tata letak dari buku kerja siapa pun.\n\n"
        "Judul kolom, lebar, kertas, huruf, warna kepala, judul dan tanda tangannya menjadi NAMA.yaml; yang "
        "harus ditebak bertanda “diduga”, judul kolom yang tidak dikenal menjadi komentar.",
        "Draft a layout from anybody's workbook.\n\n"
        "Its headings, widths, paper, font, colours, titles and signatures become NAMA.yaml; what had to be "
        "guessed says “diduga”, a heading that is not known becomes a comment.",
    ),
)
@click.argument("name", metavar="NAMA")
@option(
    "--from",
    "workbook",
    metavar="BERKAS.xlsx",
    required=True,
    words=Words("Buku kerja yang ditiru.", "The workbook to follow."),
)
@flag("--force", words=Words("Timpa berkas yang sudah ada.", "Replace a file that exists."))
@click.pass_obj
def layout_new_command(talk: Talk, name: str, workbook: str, force: bool) -> int:
    from rak_excel import drafting  # what reads workbooks, which no other command on layouts need pay for

    made = drafting.drafted(name, workbook, force=force, given=_given(workbook))
    if made.data:
        _put(made.path, made.data)
    talk.findings(made.findings, made.sources, err=True)
    talk.say(made.told or NOTHING_WRITTEN)
    return made.exit


def main() -> None:
    """Run `rak`; what it prints survives a console that lacks a character."""
    batch.tune()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    rak.main(prog_name="rak")
