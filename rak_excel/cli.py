"""The command line: options, one verb, a report, an exit code."""

import gc
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn, TypeAlias, TypeVar

import click

from rak_excel import api, loading, report, rules
from rak_excel.findings import Finding, Language, RakError, Words, exit_code
from rak_excel.plan.values import rupiah

_COMMAND = TypeVar("_COMMAND", bound=Callable[..., Any])
_LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")
COLLECTOR: Final = (10_000_000, 10, 10)
"""Thresholds of Python's search for garbage: plans and nodes make no cycles, so it would find little."""

_SLOW: Final = 1.0
"""Seconds after which a terminal is told what is going on."""


@dataclass(slots=True)
class Talk:
    """How to speak: the language, how much, and since when the command runs."""

    language: Language
    quiet: bool = False
    verbose: bool = False
    began: float = field(default_factory=time.monotonic)
    shown: bool = False

    def say(self, words: Words) -> None:
        """A sentence beside the result, unless -q asks for silence."""
        if not self.quiet:
            self.clear()
            click.echo(getattr(words, self.language), err=True)

    def more(self, words: Words) -> None:
        """A sentence that only -v asks for."""
        if self.verbose:
            self.say(words)

    def progress(self, number: int, of: int, name: str) -> None:
        """Where a slow command is, on a terminal only."""
        if self.quiet or not sys.stderr.isatty() or time.monotonic() - self.began < _SLOW:
            return
        click.echo(f"\r\x1b[K[{number}/{of}] {name}", err=True, nl=False)
        self.shown = True

    def clear(self) -> None:
        """Take the progress line away."""
        if self.shown:
            click.echo("\r\x1b[K", err=True, nl=False)
            self.shown = False

    def findings(self, findings: Iterable[Finding], sources: dict[str, loading.Source], *, err: bool) -> None:
        """Findings as text; -q leaves errors only."""
        self.clear()
        told = [one for one in findings if one.is_error or not self.quiet]
        stream = sys.stderr if err else sys.stdout
        colour = stream.isatty() and "NO_COLOR" not in os.environ
        click.echo(
            report.text(told, sources, self.language, colour=colour), err=err, nl=False, color=colour or None
        )


def _language_of(args: Sequence[str]) -> Language:
    """The language, before click reads anything: help and usage errors speak it too."""
    asked = os.environ.get("RAK_LANG", "id")
    for at, arg in enumerate(args):
        if arg.startswith("--lang="):
            asked = arg.removeprefix("--lang=")
        elif arg == "--lang" and at + 1 < len(args):
            asked = args[at + 1]
    return "en" if asked == "en" else "id"


# --- click, in two languages -----------------------------------------------------------------------------


class _Option(click.Option):
    """An option whose help has two languages."""

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:  # noqa: ANN401 - click's own arguments
        super().__init__(*args, **kwargs)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = getattr(self.words, _talk(ctx).language)
        return super().get_help_record(ctx)


def _talk(ctx: click.Context) -> Talk:
    talk = ctx.find_root().obj
    return talk if isinstance(talk, Talk) else Talk(_language_of(()))


def _show_help(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


class _Bilingual(click.Command):
    """A command whose help has two languages."""

    words: Words
    help_option: click.Option | None = None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Always the same option, as click wants it; its own would load gettext for every command."""
        if self.help_option is None:
            self.help_option = click.Option(
                ctx.help_option_names, is_flag=True, expose_value=False, is_eager=True, callback=_show_help
            )
        self.help_option.help = _say(ctx, "Tampilkan bantuan ini.", "Show this help.")
        return self.help_option

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - click's signature
        return self.help or ""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)
        pieces = [{"[OPTIONS]": _say(ctx, "[OPSI]", "[OPTIONS]")}.get(piece, piece) for piece in pieces]
        pieces = [
            {"COMMAND [ARGS]...": _say(ctx, "PERINTAH [ARGUMEN]...", "COMMAND [ARGS]...")}.get(piece, piece)
            for piece in pieces
        ]
        formatter.write_usage(ctx.command_path, " ".join(pieces), _say(ctx, "Pemakaian: ", "Usage: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(getattr(self.words, _talk(ctx).language))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section(_say(ctx, "Opsi", "Options")):
            formatter.write_dl(records)


class _Command(_Bilingual):
    """A command that does one thing."""


class _Group(_Bilingual, click.Group):
    """A command with commands below it."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _Bilingual.format_options(self, ctx, formatter)
        with formatter.section(_say(ctx, "Perintah", "Commands")):
            formatter.write_dl(
                [
                    (name, getattr(command.words, _talk(ctx).language).partition("\n")[0])
                    for name, command in sorted(self.commands.items())
                    if isinstance(command, _Bilingual)
                ]
            )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            known = ", ".join(sorted(self.commands))
            ctx.fail(
                _say(
                    ctx,
                    f"perintah “{args[0]}” tidak dikenal; yang dikenal: {known}",
                    f"command “{args[0]}” is not known; known are: {known}",
                )
            )
        return super().resolve_command(ctx, args)


class _Rak(_Group):
    """The roof: sets the language, and turns everything that can end a command into an exit code."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own arguments
    ) -> click.Context:
        extra.setdefault("obj", Talk(_language_of(args)))
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would end with 1, which says that something was found
            sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - the reader has gone; nothing is left to tell
            return 0

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:  # noqa: ANN401
        words = list(sys.argv[1:] if args is None else args)
        language = _language_of(words)
        extra["standalone_mode"] = False
        try:
            code = super().main(words, *rest, **extra)
        except click.UsageError as error:
            click.echo(_usage(error, language), err=True)
            code = 2
        except click.Abort:
            code = 130
        except click.exceptions.Exit as ended:
            code = ended.exit_code
        except RakError as error:
            click.echo(report.text(error.findings, {}, language), err=True, nl=False)
            code = error.exit
        except Exception as error:  # noqa: BLE001 - the last net: a fault of ours is a sentence too
            finding = rules.KESALAHAN_KAMI.at(sebab=f"{type(error).__name__}: {error}")
            click.echo(report.text([finding], {}, language), err=True, nl=False)
            if "-v" in words or "--verbose" in words:
                import traceback  # 5 ms that only a fault of ours pays

                traceback.print_exc()
            code = finding.rule.exit
        sys.exit(code if isinstance(code, int) else 0)


def _say(ctx: click.Context, indonesian: str, english: str) -> str:
    return english if _talk(ctx).language == "en" else indonesian


def _usage(error: click.UsageError, language: Language) -> str:
    """A usage error in the user's language; click's own words are English."""
    ctx = error.ctx
    lines = [ctx.get_usage()] if ctx is not None else []
    if language == "en":
        return "\n".join([*lines, f"error: {error.format_message()}"])
    name = (
        error.param.get_error_hint(ctx)
        if isinstance(error, click.BadParameter) and error.param and ctx
        else ""
    )
    if isinstance(error, click.NoSuchOption):
        told = f"opsi {error.option_name} tidak dikenal"
        if error.possibilities:
            told += f"; maksud Anda {', '.join(error.possibilities)}?"
    elif isinstance(error, click.MissingParameter):
        told = f"{name} belum disebut"
    elif isinstance(error, click.BadParameter) and error.param and isinstance(error.param.type, click.Choice):
        told = (
            f"nilai untuk {name} tidak dikenal; yang dikenal: {', '.join(map(str, error.param.type.choices))}"
        )
    elif isinstance(error, click.BadOptionUsage):
        told = f"opsi {error.option_name} perlu satu nilai"
    elif "unexpected extra argument" in error.message:
        told = "argumen terlalu banyak"
    else:
        told = error.message
    return "\n".join([*lines, f"salah: {told}"])


_Decorator: TypeAlias = Callable[[Any], Any]


def _option(*names: str, words: Words, **kwargs: Any) -> _Decorator:  # noqa: ANN401 - click's own arguments
    return click.option(*names, cls=_Option, words=words, **kwargs)


def _flag(*names: str, words: Words, **kwargs: Any) -> _Decorator:  # noqa: ANN401 - click's own arguments
    return _option(*names, words=words, is_flag=True, **kwargs)


def _common(command: _COMMAND) -> _COMMAND:
    """The options that every command has."""

    def keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
        def set_it(ctx: click.Context, _: click.Parameter, value: Any) -> None:  # noqa: ANN401 - as click gives it
            if value:
                setattr(_talk(ctx), name, value)

        return set_it

    quiet = Words("Hanya kesalahan.", "Errors only.")
    verbose = Words("Ceritakan lebih banyak.", "Tell more.")
    lang = Words("Bahasa pesan: id atau en.", "Language of messages: id or en.")
    for option in (
        _option(
            "--lang", words=lang, type=click.Choice(_LANGUAGES), expose_value=False, callback=keep("language")
        ),
        _flag("-v", "--verbose", words=verbose, expose_value=False, callback=keep("verbose")),
        _flag("-q", "--quiet", words=quiet, expose_value=False, callback=keep("quiet")),
    ):
        command = option(command)
    return command


_format_option = _option(
    "--format", "form", type=click.Choice(("text", "json")), default="text",
    words=Words("Bentuk laporan.", "Form of the report."),
)  # fmt: skip
_layout_option = _option(
    "--layout", metavar="NAMA|BERKAS",
    words=Words("Tata letak: nama, atau berkas .yaml.", "Layout: a name, or a .yaml file."),
)  # fmt: skip


def _command(group: _Group, name: str, words: Words) -> Callable[[Callable[..., Any]], _Command]:
    """Declare a command with its help in two languages and the options all have."""

    def declare(function: Callable[..., Any]) -> _Command:
        command = click.command(name, cls=_Command)(_common(function))
        command.words = words
        group.add_command(command)
        return command

    return declare


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from importlib.metadata import version  # 15 ms that no other command needs

        click.echo(f"rak-excel {version('rak-excel')}")
        ctx.exit()


@click.group("rak", cls=_Rak)
@_flag(
    "--version",
    words=Words("Tampilkan versi.", "Show the version."),
    expose_value=False,
    is_eager=True,
    callback=_version,
)
@_common
def rak() -> None:
    """Set up nothing: the commands do."""


rak.words = Words(
    "Rencana Aksi Kinerja: diperiksa, lalu menjadi buku kerja resmi.",
    "Rencana Aksi Kinerja: checked, then drawn as the official workbook.",
)


# --- check and show --------------------------------------------------------------------------------------


@_command(
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
@_format_option
@_layout_option
@click.pass_obj
def check_command(talk: Talk, files: tuple[str, ...], form: str, layout: str | None) -> int:
    loaded = _load_all(talk, files, layout)
    told = [(*one.findings, *api.too_tall(one)) for one in loaded]
    findings = [finding for of_one in told for finding in of_one]
    if form == "json":
        talk.clear()
        click.echo(report.json_text(findings, len(loaded)), nl=False)
    else:
        for one, of_one in zip(loaded, told, strict=True):
            talk.findings(of_one, one.sources, err=False)
        talk.say(Words(*(report.summary(findings, len(loaded), language) for language in _LANGUAGES)))
    return exit_code(findings)


@_command(
    rak,
    "show",
    Words(
        "Tampilkan rencana seperti yang dipahami.\n\n"
        "Sebagai tabel untuk dibaca, atau JSON yang tetap bentuknya.",
        "Show a plan as it is understood.\n\nAs a table for people, or as JSON of one stable shape.",
    ),
)
@click.argument("file", metavar="BERKAS")
@_format_option
@_layout_option
@click.pass_obj
def show_command(talk: Talk, file: str, form: str, layout: str | None) -> int:
    (loaded,) = _load_all(talk, (file,), layout, folders=False)
    if not loaded.ok:
        talk.findings(loaded.findings, loaded.sources, err=True)
    elif form == "json":
        click.echo(report.dumps(api.as_json(loaded.plans)), nl=False)
    else:
        click.echo("\n".join(report.plan_text(plan, talk.language) for plan in loaded.plans), nl=False)
    return exit_code(loaded.findings)


def _load_all(
    talk: Talk, files: Iterable[str], layout: str | None, *, folders: bool = True
) -> list[loading.Loaded]:
    """Read every file, and tell with -v how; one bad file does not hide the next."""
    loaded = []
    paths = [path for file in files for path in (loading.files_in(file) if folders else (file,))]
    for number, path in enumerate(paths, 1):
        talk.progress(number, len(paths), path)
        one = (
            loading.load_bytes(_stdin(), path, layout)
            if path == loading.STDIN
            else loading.load(path, layout)
        )
        loaded.append(one)
        if one.sniffed:
            talk.more(Words(f"{path}: {one.sniffed}", f"{path}: {one.sniffed}"))
    talk.clear()
    return loaded


def _stdin() -> bytes:
    return sys.stdin.buffer.read()


# --- build -----------------------------------------------------------------------------------------------


@_command(
    rak,
    "build",
    Words(
        "Bangun buku kerja resmi.\n\n"
        "Di samping masukan dengan nama yang sama, atau di -o. Semua BERKAS diperiksa sebelum yang pertama "
        "ditulis.",
        "Build the official workbook.\n\n"
        "Beside the input under the same name, or at -o. All inputs are checked before the first is written.",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="BERKAS...")
@_option(
    "-o",
    "output",
    metavar="KELUARAN",
    words=Words(
        "Berkas keluaran; folder bila masukannya beberapa.", "The output; a folder for several inputs."
    ),
)
@_layout_option
@_flag(
    "--force", words=Words("Timpa buku kerja yang sudah disunting.", "Build over a workbook that was edited.")
)
@_flag("--pdf", words=Words("Cetak juga ke PDF dengan LibreOffice.", "Print to PDF too, with LibreOffice."))
@click.pass_obj
def build_command(
    talk: Talk, files: tuple[str, ...], output: str | None, layout: str | None, force: bool, pdf: bool
) -> int:
    loaded = _load_all(talk, files, layout)
    targets = api.targets([one.file for one in loaded], output)
    findings = [finding for one in loaded for finding in one.findings]
    for one in loaded:
        talk.findings(one.findings, one.sources, err=True)
    if any(finding.is_error for finding in findings):
        return exit_code(findings)
    api.refuse_losses(targets, force=force)
    made = []
    for number, one in enumerate(loaded, 1):
        talk.progress(number, len(loaded), one.file)
        made.append(api.workbook(one))
    troubles = [(one, finding) for one, (_, told) in zip(loaded, made, strict=True) for finding in told]
    for one, finding in troubles:
        talk.findings([finding], one.sources, err=True)
    if troubles:
        return exit_code([finding for _, finding in troubles])
    for one, target, (data, _) in zip(loaded, targets, made, strict=True):
        api.write(target, data)
        talk.say(_receipt(target, one))
    if pdf:
        _print(talk, targets, [data for data, _ in made])
    return 0


def _print(talk: Talk, targets: list[Path], made: list[bytes]) -> None:
    for number, (target, data) in enumerate(zip(targets, made, strict=True), 1):
        paper = target.with_suffix(".pdf")
        talk.progress(number, len(targets), str(paper))
        api.write(paper, api.print_pdf(data, target.stem))
        talk.say(Words(f"dicetak: {paper}", f"printed: {paper}"))


def _receipt(target: Path, loaded: loading.Loaded) -> Words:
    goals = sum(len(plan.sasaran) for plan in loaded.plans)
    rows = sum(1 for plan in loaded.plans for _ in plan.kegiatan)
    total = rupiah(sum(plan.jumlah_biaya for plan in loaded.plans))
    return Words(
        f"dibuat: {target} ({goals} sasaran, {rows} kegiatan, jumlah {total})",
        f"built: {target} (goals: {goals}, activities: {rows}, total: {total})",
    )


# --- init, explain, layout ---------------------------------------------------------------------------------


@_command(
    rak,
    "init",
    Words(
        "Buat masukan kosong untuk diisi.\n\nBentuknya menurut akhiran nama: .yaml atau .csv.",
        "Make an empty input to fill in.\n\nIts form follows the ending of the name: .yaml or .csv.",
    ),
)
@click.argument("path", metavar="BERKAS")
@_layout_option
@_flag("--force", words=Words("Timpa berkas yang sudah ada.", "Replace a file that exists."))
@click.pass_obj
def init_command(talk: Talk, path: str, layout: str | None, force: bool) -> int:
    data = api.blank(Path(path).suffix.lower() if path != loading.STDIN else ".yaml", layout, Path(path).name)
    if path == loading.STDIN:
        click.echo(data, nl=False)
        return 0
    api.write_new(Path(path), data, force=force)
    talk.say(
        Words(
            f"dibuat: {path}; isi, lalu periksa dengan: rak check {path}",
            f"made: {path}; fill it in, then: rak check {path}",
        )
    )
    return 0


@_command(
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


@click.group("layout", cls=_Group)
@_common
def layout() -> None:
    """Set up nothing: the commands below do."""


rak.add_command(layout)

layout.words = Words("Tata letak: daftar, tampilkan, periksa.", "Layouts: list, show, check.")


@_command(layout, "list", Words("Daftar tata letak yang ada.", "List the layouts there are."))
def layout_list_command() -> int:
    for name in loading.layout_names():
        made = loading.layout_named(name).layout
        click.echo(f"{name:<20} {made.about if made is not None else ''}".rstrip())
    return 0


@_command(layout, "show", Words("Tampilkan berkas sebuah tata letak.", "Show the file of a layout."))
@click.argument("name", metavar="NAMA")
def layout_show_command(name: str) -> int:
    click.echo(api.layout_text(name), nl=False)
    return 0


@_command(layout, "check", Words("Periksa berkas tata letak baru.", "Check the file of a new layout."))
@click.argument("file", metavar="BERKAS")
@_format_option
@click.pass_obj
def layout_check_command(talk: Talk, file: str, form: str) -> int:
    made = api.layout_file(file)
    if form == "json":
        click.echo(report.json_text(made.findings, 1), nl=False)
    else:
        talk.findings(made.findings, made.sources, err=False)
        talk.say(Words(*(report.summary(made.findings, 1, language) for language in _LANGUAGES)))
    return exit_code(made.findings)


def main() -> None:
    """Run `rak`; what it prints survives a console that lacks a character."""
    # to look through all that a plan is made of, again and again while it grows, would take a tenth of a
    # build's time, half of a large one's; and the modules stay until the end
    gc.freeze()
    gc.set_threshold(*COLLECTOR)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    rak.main(prog_name="rak")
