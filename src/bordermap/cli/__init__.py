"""The command line: one file per command, loaded only when it is called.

Exit codes: 0 all rows used · 1 nothing usable, a missing or unreadable input too · 2 wrong command line ·
3 done, with rejects · 4 an output could not be written · 70 a bug of ours · 130 interrupted.
"""

from __future__ import annotations

import importlib
import os
import sys

import click

from bordermap import __version__
from bordermap.errors import BordermapError
from bordermap.text import plain

#: Command → what the overview says of it. The module has the command's name.
COMMANDS = {
    "check": "Say what is in a file, what is wrong with it, and what to do.",
    "convert": "Rewrite incidents into another format, and say what it cannot hold.",
    "duplicates": "List pairs of incidents that may be one, and merge those you decide on.",
    "embed": "Print the lines that put a page into a web page.",
    "enrich": "Add country, nearest border and distance to every incident.",
    "explain": "Tell the cause, an example and the cure of a fault's code.",
    "locate": "List the places that names may mean, for you to choose.",
    "borders": "List the land borders of a country, with lengths and line status.",
    "places": "Find a place by its name in any script, and say how it matched.",
    "render": "Draw incidents as one HTML file that opens anywhere.",
    "summary": "Count incidents by border, time, place or party.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called, not for ``--help``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"bordermap.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The overview, written from the table above so that no module is imported."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(__version__, prog_name="bordermap")
def bordermap() -> None:
    """Maps of reported border incidents that a reader can check.

    `bordermap render` without anything else draws the bundled casebook: rocket fire and armed incidents
    reported on Afghanistan's northern border, who said what, and how precisely.
    """


def main() -> None:
    """Run the command line and end the process with the code that its outcome has."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command line; faults become one ``Error:`` line and one ``Hint:`` line.

    Args:
        arguments: What stands after the program's name.

    Returns:
        The exit code.
    """
    try:
        # NO_COLOR (no-color.org) turns colours off; elsewhere the terminal decides.
        colour = False if os.environ.get("NO_COLOR") else None
        outcome = bordermap.main(arguments, prog_name="bordermap", standalone_mode=False, color=colour)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else 0
    except BordermapError as error:
        return _complain(f"{error} [{error.code}]", error.hint, error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return 2
    except click.ClickException as error:
        return _complain(error.format_message(), _usage_hint(error), 2)
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; keep the interpreter from complaining about it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("BORDERMAP_DEBUG"):
            raise
        return _unforeseen(error)


def _unforeseen(error: Exception) -> int:
    if isinstance(error, MemoryError):
        words = "there is not enough memory for this input", "BM207"
        return _complain(f"{words[0]} [{words[1]}]", "Split it, or use a machine with more memory.", 1)
    return _complain(
        f"{type(error).__name__}: {error}",
        "This is a bug in bordermap. Run it again with BORDERMAP_DEBUG=1 and report what it prints.",
        70,
    )


def _complain(message: str, hint: str, code: int) -> int:
    click.echo(f"Error: {plain(message)}", err=True)
    click.echo(f"Hint: {plain(hint)}", err=True)
    return code


def _usage_hint(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"See `{context.command_path if context else 'bordermap'} --help`."
