"""The command line: one file per command. Each parses, calls one function, prints, and returns an exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from pipeline.cli import (
    bench,
    classify,
    clean,
    cluster,
    doctor,
    draft,
    evaluate,
    inspect,
    nouveau,
    retirer,
    review,
    synthesize,
    train,
)
from pipeline.cli.terminal import helping, usage
from pipeline.errors import EXIT_INTERRUPTED, EXIT_USAGE, RosaceError

COMMANDS: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("nouveau", nouveau.nouveau),
    ("synthesize", synthesize.synthesize_corpus),
    ("inspect", inspect.inspect),
    ("classify", classify.classify),
    ("cluster", cluster.cluster),
    ("review", review.review),
    ("draft", draft.draft),
    ("retirer", retirer.retirer),
    ("evaluate", evaluate.evaluate),
    ("train", train.train),
    ("bench", bench.bench),
    ("clean", clean.clean),
    ("doctor", doctor.doctor),
)

app = typer.Typer(
    name="rosace",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    cls=helping.Group,
)
for _name, _function in COMMANDS:
    app.command(_name, cls=helping.Command)(_function)


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"rosace {version('rosace')}")
        raise typer.Exit


@app.callback()
def rosace(
    version: Annotated[
        bool, typer.Option("--version", help="Dit la version installée.", callback=_tell_version, is_eager=True)
    ] = False,
) -> None:
    """Des paroles d'un atelier de dialogue territorial à une restitution prête à coller, en français, hors ligne."""


def main() -> None:
    """Run `rosace`: user errors become one French message and an exit code; a bug stays a traceback."""
    try:
        sys.exit(app(standalone_mode=False, prog_name="rosace"))
    except RosaceError as error:
        print(f"rosace : {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except usage.PARSER_ERROR as error:
        if not sys.argv[1:]:
            print(error)  # the help
            sys.exit(EXIT_USAGE)
        print(f"rosace : {usage.in_french(error)}", file=sys.stderr)
        sys.exit(EXIT_USAGE)
    except (KeyboardInterrupt, typer.Abort):
        print(
            "\nrosace : interrompu. Relancez la même commande : elle reprendra où elle s'est arrêtée.",
            file=sys.stderr,
        )
        sys.exit(EXIT_INTERRUPTED)
