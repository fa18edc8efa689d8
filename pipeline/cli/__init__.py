"""The command line: each command parses, calls one function, prints, and returns an exit code."""

import sys
from pathlib import Path

import click

from pipeline.cli import doctor, doors, output, review, runs, salle, tables, workshops
from pipeline.cli.options import PATH, port_option, refusal, speak_french
from pipeline.errors import EXIT_INTERRUPTED, EXIT_USAGE, RosaceError
from pipeline.metering import rare_gc_for_good

speak_french()  # here, since the parser keeps the first help that it was asked for

COMMANDS = (
    workshops.nouveau,
    runs.synthesize,
    workshops.inspect,
    tables.classify,
    tables.place,
    tables.themes,
    tables.cluster,
    review.review,
    salle.salle,
    runs.draft,
    runs.export,
    runs.compare,
    runs.retirer,
    doors.evaluate,
    doors.train,
    doors.bench,
    runs.clean,
    doctor.doctor,
)
EXAMPLES = Path(__file__).parent / "data" / "examples.txt"


class InOrder(click.Group):
    """A group that lists its commands in the order in which they serve."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        return list(self.commands)


@click.group(
    "rosace",
    cls=InOrder,
    invoke_without_command=True,
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
    context_settings={"show_default": True},
)
@click.option("--version", is_flag=True, help="Dit la version installée.")
@click.option(
    "--dossier", "folder", type=PATH, help="Sans commande : où sont les ateliers (par défaut, Rosace chez vous)."
)
@click.option("--browser/--no-browser", default=True, help="Sans commande : ouvrir le navigateur.")
@port_option
@click.pass_context
def app(context: click.Context, version: bool, folder: Path | None, browser: bool, port: int) -> None:
    """Des paroles d'un atelier de dialogue territorial à une restitution prête à coller, en français, hors ligne.

    Sans commande, ouvre la page d'accueil : tout s'y fait sans terminal.
    """
    if version:
        from importlib.metadata import version as version_of

        print(f"rosace {version_of('rosace')}")
    elif context.invoked_subcommand is None:
        from pipeline.config import load_config

        review.open_home(load_config(None), browser, folder, port)


def examples() -> list[str]:
    """Calls of each command, to copy."""
    lines = EXAMPLES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


for _command in COMMANDS:
    _calls = [f"  {call}" for call in examples() if call.split()[1] == _command.name]
    _command.epilog = "\n".join(["\b", "Exemples :", *_calls])
    app.add_command(_command)


def main() -> None:
    """Run `rosace`: user errors become one French message and an exit code; a bug stays a traceback."""
    output.show_anything()
    rare_gc_for_good()
    try:
        sys.exit(app(standalone_mode=False, prog_name="rosace"))
    except RosaceError as error:
        print(f"rosace : {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        print(f"rosace : {refusal(error)}", file=sys.stderr)
        sys.exit(EXIT_USAGE)
    except (KeyboardInterrupt, click.Abort):
        print(
            "\nrosace : interrompu. Relancez la même commande : elle reprendra à l'étape interrompue.", file=sys.stderr
        )
        sys.exit(EXIT_INTERRUPTED)
