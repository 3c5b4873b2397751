"""Commands whose help is Chinese first. Click's own words are replaced here, in one place."""

from __future__ import annotations

import keyword
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import click

from govsite.messages.catalogue import LANGUAGES, Translate, translator


def spoken_language() -> str:
    """The language to speak before options are read: `--lang` wherever it stands, else `GOVSITE_LANG`, else Chinese."""
    arguments = sys.argv[1:]
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return _known(argument.removeprefix("--lang="))
        if argument == "--lang" and index + 1 < len(arguments):
            return _known(arguments[index + 1])
    return _known(os.environ.get("GOVSITE_LANG", "zh"))


def _known(lang: str) -> str:
    return lang if lang in LANGUAGES else "zh"


def words() -> Translate:
    """Words in the language to speak."""
    return translator(spoken_language())


_PIECES = {"[OPTIONS]": "cli.piece.options", "COMMAND [ARGS]...": "cli.piece.command"}


class _Speaking(click.Command):
    """A command that looks its texts up when they are shown. `help` holds a key of the catalogue."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "cli.option.help"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = [
            words()(_PIECES[piece]) if piece in _PIECES else piece for piece in self.collect_usage_pieces(ctx)
        ]
        formatter.write_usage(ctx.command_path, " ".join(pieces), f"{words()('cli.usage')}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.help:
            formatter.write(f"\n  {words()(self.help)}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = []
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Option) and parameter.help and not parameter.hidden:
                record = parameter.get_help_record(ctx)
                if record:
                    rows.append((record[0], words()(parameter.help)))
        _write_rows(formatter, words()("cli.options"), rows)

    def get_short_help_str(self, limit: int = 45) -> str:
        return words()(self.help) if self.help else ""


class SpeakingCommand(_Speaking):
    """A single command."""


class SpeakingGroup(_Speaking, click.Group):
    """A group of commands. modules: names of commands, each in a module of its name beside this one; inside: what stands
    before the names of modules and of texts of a group in a group (`ledger_`).
    """

    command_class = SpeakingCommand

    def __init__(self, *args: Any, modules: Sequence[str] = (), inside: str = "", **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._modules = tuple(modules)
        self._inside = inside

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order given."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command, its module read now."""
        if name not in self._modules:
            return None
        word = f"{name}_" if keyword.iskeyword(name) else name
        command = getattr(import_module(f"govsite.cli.{self._inside}{word}"), word)
        return command if isinstance(command, click.Command) else None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then the commands with what they do."""
        _Speaking.format_options(self, ctx, formatter)
        _write_rows(
            formatter,
            words()("cli.commands"),
            [(name, words()(f"cli.{self._inside}{name}")) for name in self._modules],
        )


def _write_rows(formatter: click.HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
    """A two-column list that is aligned under Chinese text as well."""
    from govsite.hanzi.width import display_width

    if not rows:
        return
    width = max(display_width(left) for left, _ in rows)
    formatter.write(f"\n{heading}:\n")
    for left, right in rows:
        formatter.write(f"  {left}{' ' * (width - display_width(left))}  {right}\n")


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def option(*names: str, of: str = "", **settings: Any) -> Decorator:
    """`click.option` whose help is the catalogue's text for its first long name.

    of: the command in which the option means something of its own.
    """
    long_name = next(name for name in names if name.startswith("--")).split("/")[0].removeprefix("--")
    key = f"{of}_{long_name}" if of else long_name
    return click.option(*names, help=f"cli.option.{key.replace('-', '_')}", **settings)
