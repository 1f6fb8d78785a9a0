"""How the command line speaks: two languages, talk beside the result, and every end as an exit code."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NoReturn, TypeAlias, TypeVar

import click

from rak_excel import loading, report, rules
from rak_excel.findings import Finding, Language, RakError, Words

_COMMAND = TypeVar("_COMMAND", bound=Callable[..., Any])
LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")
_SLOW: Final = 1.0
"""Seconds after which a terminal is told what is going on."""


@dataclass(slots=True)
class Talk:
    """How to speak: the language, how much, and since when the command runs."""

    language: Language
    quiet: bool = False
    verbose: bool = False
    began: float = field(default_factory=time.monotonic)
    shown: float = 0.0

    def say(self, words: Words, *, err: bool = True) -> None:
        """A sentence beside the result, unless -q asks for silence; or one that is the result itself."""
        if not self.quiet or not err:
            self.clear()
            click.echo(getattr(words, self.language), err=err)

    def more(self, words: Words) -> None:
        """A sentence that only -v asks for."""
        if self.verbose:
            self.say(words)

    def progress(self, number: int, of: int, name: str) -> None:
        """Where a slow command is, on a terminal only."""
        now = time.monotonic()
        if self.quiet or not sys.stderr.isatty() or now - self.began < _SLOW:
            return
        if now - self.shown < _BLINK and number < of:
            return
        click.echo(f"\r\x1b[K{_bar(number, of, name, _columns())}", err=True, nl=False)
        self.shown = now

    def clear(self) -> None:
        """Take the progress line away."""
        if self.shown:
            click.echo("\r\x1b[K", err=True, nl=False)
            self.shown = 0.0

    def findings(self, findings: Iterable[Finding], sources: dict[str, loading.Source], *, err: bool) -> None:
        """Findings as text; -q leaves errors only."""
        several = tuple(findings)
        self.told(zip(several, report.quotes(several, sources), strict=True), err=err)

    def told(self, quoted: Iterable[report.Quoted], *, err: bool) -> None:
        """The same of findings with the lines they quote; however many there are, few are in memory."""
        self.clear()
        left = (one for one in quoted if one[0].is_error or not self.quiet)
        stream = sys.stderr if err else sys.stdout
        colour = stream.isatty() and "NO_COLOR" not in os.environ
        while some := [*islice(left, _AT_ONCE)]:
            text = report.told(some, self.language, colour=colour)
            click.echo(text, err=err, nl=False, color=colour or None)


_AT_ONCE: Final = 1000
_BLINK: Final = 0.1
"""Seconds between two pictures of a progress bar."""
_BAR: Final = 24


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except OSError:
        return 80


def _bar(number: int, of: int, name: str, columns: int) -> str:
    """A bar as far as the work is done, the counts, and the end of the name as far as it fits.

    Examples:
        >>> _bar(3, 12, "lahat/rak.xlsx", 80)
        '[######..................] 3/12 lahat/rak.xlsx'
    """
    done = _BAR * number // of
    begin = f"[{'#' * done}{'.' * (_BAR - done)}] {number}/{of} "
    room = max(0, columns - len(begin) - 1)
    plain = "".join(char if char.isprintable() else "?" for char in name)
    return f"{begin}{plain if len(plain) <= room else plain[len(plain) - room :]}"


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


class Command(_Bilingual):
    """A command that does one thing."""


class Group(_Bilingual, click.Group):
    """A command with commands below it."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, and the commands below with the first line of each."""
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
        """Without a command the help is shown, which is a mistake of usage."""
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """An unknown command is told with those that are known."""
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


class Rak(Group):
    """The roof: sets the language, and turns everything that can end a command into an exit code."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own arguments
    ) -> click.Context:
        """The language is set before anything is read."""
        extra.setdefault("obj", Talk(_language_of(args)))
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """A reader that has gone away is no fault."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would end with 1, which says that something was found
            sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - the reader has gone; nothing is left to tell
            return 0

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:  # noqa: ANN401
        """Run a command, and end with its exit code."""
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


def option(*names: str, words: Words, **kwargs: Any) -> _Decorator:  # noqa: ANN401 - click's own arguments
    """An option with its help in two languages."""
    return click.option(*names, cls=_Option, words=words, **kwargs)


def flag(*names: str, words: Words, **kwargs: Any) -> _Decorator:  # noqa: ANN401 - click's own arguments
    """An option that is given or not."""
    return option(*names, words=words, is_flag=True, **kwargs)


def common(command: _COMMAND) -> _COMMAND:
    """The options that every command has."""

    def keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
        def set_it(ctx: click.Context, _: click.Parameter, value: Any) -> None:  # noqa: ANN401 - as click gives it
            if value:
                setattr(_talk(ctx), name, value)

        return set_it

    quiet = Words("Hanya kesalahan.", "Errors only.")
    verbose = Words("Ceritakan lebih banyak.", "Tell more.")
    lang = Words("Bahasa pesan: id atau en.", "Language of messages: id or en.")
    for one in (
        option(
            "--lang", words=lang, type=click.Choice(LANGUAGES), expose_value=False, callback=keep("language")
        ),
        flag("-v", "--verbose", words=verbose, expose_value=False, callback=keep("verbose")),
        flag("-q", "--quiet", words=quiet, expose_value=False, callback=keep("quiet")),
    ):
        command = one(command)
    return command


format_option = option(
    "--format", "form", type=click.Choice(("text", "json")), default="text",
    words=Words("Bentuk laporan.", "Form of the report."),
)  # fmt: skip
no_cache_option = flag(
    "--no-cache",
    words=Words(
        "Baca semua berkas lagi; jangan pakai atau isi simpanan.",
        "Read every file again; neither use nor fill the cache.",
    ),
)
layout_option = option(
    "--layout", metavar="NAMA|BERKAS",
    words=Words("Tata letak: nama, atau berkas .yaml.", "Layout: a name, or a .yaml file."),
)  # fmt: skip


def command(group: Group, name: str, words: Words) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command with its help in two languages and the options all have."""

    def declare(function: Callable[..., Any]) -> Command:
        made = click.command(name, cls=Command)(common(function))
        made.words = words
        group.add_command(made)
        return made

    return declare
