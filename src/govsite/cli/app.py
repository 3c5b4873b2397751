"""The command line as a whole: commands, wrong usage, and what happens when govsite itself fails."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from govsite import __version__
from govsite.cli.words import SpeakingGroup, words

# Each command lives in a module of its name, read when it is called: `--help` must not load the whole tool.
COMMANDS = (
    "init",
    "new",
    "import",
    "export",
    "build",
    "check",
    "serve",
    "edit",
    "search",
    "obligations",
    "stats",
    "approve",
    "ledger",
    "addresses",
    "plan",
    "rollup",
    "fix",
    "mask",
    "keygen",
    "pack",
    "verify",
    "install",
    "kiosk",
    "theme",
    "diff",
    "publish",
    "explain",
    "completion",
)


@click.group(
    "govsite",
    cls=SpeakingGroup,
    help="cli.help",
    modules=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(
    __version__, prog_name="govsite", message="%(prog)s %(version)s", help="cli.option.version"
)
def cli() -> None:
    """Group of all commands."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 clean · 1 problems · 2 wrong usage or settings · 3 a bug in govsite."""
    _speak_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        result = cli.main(args=given, prog_name="govsite", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return int(leaving.exit_code)
    except click.UsageError as error:
        click.echo(f"{words()('cli.usage_error')}: {_usage_words(error)}", err=True)
        if error.ctx is not None:
            click.echo(words()("cli.see_help", command=error.ctx.command_path), err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(words()("cli.interrupted"), err=True)
        return 130
    except Exception as error:  # noqa: BLE001 - the last door: a user sees a sentence, never a traceback
        if {"-v", "--verbose"} & set(given):
            import traceback

            traceback.print_exc()
        click.echo(words()("cli.bug", error=f"{type(error).__name__}: {error}"), err=True)
        return 3
    return result if isinstance(result, int) else 0


def _usage_words(error: click.UsageError) -> str:
    """What is wrong with the usage, in our own words as far as we know them."""
    from govsite.hanzi.nearest import nearest

    t = words()
    if isinstance(error, click.NoSuchOption):
        near = nearest(error.option_name, error.possibilities or [])
        hint = " " + t("cli.did_you_mean", nearest=near) if near else ""
        return t("cli.no_such_option", name=error.option_name) + hint
    if isinstance(error, click.MissingParameter):
        return t("cli.missing", name=error.param.human_readable_name if error.param else "")
    if isinstance(error, click.BadParameter):
        name = error.param.human_readable_name if error.param else ""
        return t("cli.bad_value", name=name, value=error.message)
    word = str(getattr(error, "command_name", ""))  # click 8.4 on
    if word:
        near = nearest(word, COMMANDS)
        return t("cli.no_such_command", name=word) + (
            " " + t("cli.did_you_mean", nearest=near) if near else ""
        )
    return error.format_message()


def _speak_utf8() -> None:
    """Windows consoles and pipes may be set to another encoding; what cannot be shown must not end in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
