"""`rosace draft`: the restitution again, after decisions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.synthesize import Length, Model, Plan, Sections, keys_of, report
from pipeline.cli.terminal.results import Json, Quiet


def draft(
    run: Annotated[
        Path, typer.Argument(metavar="RESULTATS", help="Dossier de résultats écrit par « rosace synthesize ».")
    ],
    config: Annotated[Path | None, typer.Option("--config", help="Fichier TOML posé sur configs/default.toml.")] = None,
    plan: Plan = None,
    length: Length = None,
    sections: Sections = None,
    model: Model = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Rejoue les décisions et récrit la restitution, sans relire les fichiers.

    Sans --config, la configuration est celle de la dernière exécution.
    """
    from pipeline.api import draft as draft_again
    from pipeline.cli.terminal.progress import RunProgress

    with RunProgress(quiet) as progress:
        made = draft_again(
            run,
            config=config,
            plan=plan,
            length=length,
            sections=keys_of(sections),
            model=model,
            progress=progress,
        )
    sys.exit(report(made, as_json, quiet))
