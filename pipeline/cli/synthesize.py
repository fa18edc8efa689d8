"""`rosace synthesize`: from a corpus folder to a restitution; `rosace draft`: the same after decisions."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import (
    PATH,
    config_option,
    document_options,
    json_option,
    profile_option,
    quiet_option,
    run_argument,
    themes_option,
    workers_option,
)
from pipeline.cli.output import print_json, tell
from pipeline.errors import EXIT_DONE, EXIT_REFUSED
from pipeline.resources import is_repository

if TYPE_CHECKING:
    from pipeline.api import Synthesis


@click.command()
@click.argument(
    "folder",
    metavar="ATELIER",
    help="Dossier de l'atelier (ses fichiers et atelier.toml).",
)
@click.option("--out", type=PATH, help="Dossier des résultats (par défaut runs/<nom>).")
@profile_option
@config_option
@workers_option
@click.option("--scheduler", help="Adresse d'un ordonnanceur Dask : tcp://hote:8786.")
@themes_option()
@click.option(
    "--garder-groupes",
    "keep_groups",
    is_flag=True,
    help="Garde les titres du résultat précédent, propositions comprises : les idées nouvelles sont rangées dessous. "
    "À redonner chaque fois (ou garder_groupes dans --config).",
)
@document_options
@click.option(
    "--sans-pseudonymisation",
    "keep_personal_data",
    is_flag=True,
    help="Garde courriels, téléphones et noms des locuteurs.",
)
@json_option
@quiet_option
def synthesize(as_json: bool, quiet: bool, **options: Any) -> None:
    """Lit un dossier d'atelier et écrit la restitution, prête à relire et à coller."""
    from pipeline import api
    from pipeline.cli.progress import RunProgress

    with RunProgress(quiet) as progress:
        made = api.synthesize(progress=progress, **options)
    sys.exit(report(made, as_json, quiet))


@click.command()
@run_argument
@config_option
@document_options
@json_option
@quiet_option
def draft(as_json: bool, quiet: bool, **options: Any) -> None:
    """Rejoue les décisions et récrit la restitution, sans relire les fichiers.

    Sans --config, la configuration est celle de la dernière exécution.
    """
    from pipeline import api
    from pipeline.cli.progress import RunProgress

    with RunProgress(quiet) as progress:
        made = api.draft(progress=progress, **options)
    sys.exit(report(made, as_json, quiet))


def report(made: Synthesis, as_json: bool, quiet: bool) -> int:
    """Print what a run did, where it is and what comes next; returns the exit code."""
    if not made.ran:
        tell("Rien n'a changé depuis la dernière fois : tout est à jour.", quiet)
    for warning in made.warnings:
        tell(f"  · {warning}", quiet)
    for source, reason in made.refused:
        print(f"  ✗ Refusé : {source} : {reason}", file=sys.stderr)
    page = (made.page if made.page.is_file() else made.path).resolve()
    if as_json:
        print_json(
            {"page": page, **vars(made), "path": page.parent, "refused": [one._asdict() for one in made.refused]}
        )
    else:
        print(page)
    command = "make review RUN=" if is_repository() else "rosace review "
    tell(f"Ensuite : ouvrez cette page dans votre navigateur, puis relisez : {command}{made.path}", quiet or as_json)
    return EXIT_REFUSED if made.refused else EXIT_DONE
