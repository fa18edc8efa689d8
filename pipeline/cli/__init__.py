"""The command line: one file per command. Each parses, calls one function, prints, and returns an exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
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
    export,
    home,
    inspect,
    nouveau,
    retirer,
    review,
    synthesize,
    train,
)
from pipeline.cli.programme import compare
from pipeline.cli.terminal import completion, console, helping, usage
from pipeline.errors import EXIT_INTERRUPTED, EXIT_USAGE, RosaceError

COMMANDS: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("nouveau", nouveau.nouveau),
    ("synthesize", synthesize.synthesize_corpus),
    ("inspect", inspect.inspect),
    ("classify", classify.classify),
    ("cluster", cluster.cluster),
    ("review", review.review),
    ("draft", draft.draft),
    ("export", export.export),
    ("compare", compare.compare),
    ("retirer", retirer.retirer),
    ("evaluate", evaluate.evaluate),
    ("train", train.train),
    ("bench", bench.bench),
    ("clean", clean.clean),
    ("doctor", doctor.doctor),
)

app = typer.Typer(
    name="rosace",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    cls=helping.Group,
)
for _name, _function in COMMANDS:
    app.command(_name, cls=helping.Command)(_function)


@app.callback(invoke_without_command=True)
def rosace(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Dit la version installée.")] = False,
    completes: Annotated[
        bool,
        typer.Option("--install-completion", help="Fait compléter commandes et options par la touche Tab du terminal."),
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--dossier", metavar="CHEMIN", help="Sans commande : où sont les ateliers (par défaut, Rosace chez vous)."
        ),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Sans commande : ouvrir le navigateur.")
    ] = True,
) -> None:
    """Des paroles d'un atelier de dialogue territorial à une restitution prête à coller, en français, hors ligne.

    Sans commande, ouvre la page d'accueil : tout s'y fait sans terminal.
    """
    if version:
        from importlib.metadata import version as version_of

        print(f"rosace {version_of('rosace')}")
    elif completes:
        print(completion.install())
    elif context.invoked_subcommand is None:
        home.home(folder, browser)


def main() -> None:
    """Run `rosace`: user errors become one French message and an exit code; a bug stays a traceback."""
    console.show_anything()
    completion.answer_shells()
    try:
        sys.exit(app(standalone_mode=False, prog_name="rosace"))
    except RosaceError as error:
        print(f"rosace : {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except usage.PARSER_ERROR as error:
        print(f"rosace : {usage.in_french(error)}", file=sys.stderr)
        sys.exit(EXIT_USAGE)
    except (KeyboardInterrupt, typer.Abort):
        print(
            "\nrosace : interrompu. Relancez la même commande : elle reprendra où elle s'est arrêtée.",
            file=sys.stderr,
        )
        sys.exit(EXIT_INTERRUPTED)
