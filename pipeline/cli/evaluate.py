"""`rosace evaluate`: how good axes, groups, ideas, frames, positions or a restitution are, against the bounds of the
configuration."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.options import PATH, config_option
from pipeline.resources import need_workbench

TAKES: dict[str, tuple[str, ...]] = {
    "axes": ("--gold",),
    "groups": ("--gold", "--murs"),
    "ideas": ("--gold",),
    "frames": ("--gold",),
    "positions": (),
    "drafts": ("DOSSIER", "--modele"),
    "placing": (),
    "themes": ("DOSSIER",),
}
"""What can be measured, and what may be given with it."""
NEEDED = {
    "drafts": "attend un dossier de résultats : rosace evaluate drafts runs/mon-atelier",
    "themes": "attend un tableau rendu par « rosace place » : rosace evaluate themes reponses.csv",
}


@click.command()
@click.argument(
    "kind",
    type=click.Choice(list(TAKES)),
    metavar="QUOI",
    help="axes, groups, ideas, frames, positions, drafts, placing ou themes.",
)
@click.argument(
    "target",
    type=PATH,
    required=False,
    metavar="[DOSSIER]",
    help="Pour drafts : un dossier de résultats de « rosace synthesize ». Pour themes : un tableau rendu par "
    "« rosace place », avec une colonne code où une personne a écrit ses titres.",
)
@click.option(
    "--gold", type=PATH, help="Tableau annoté par des personnes (axes, groups) ou banc d'essai jsonl (ideas, frames)."
)
@click.option(
    "--murs",
    "walls",
    type=PATH,
    help="Pour groups : dossier de murs triés (wall_*.csv), chacun mis de côté à son tour.",
)
@click.option("--profile", help="Pour axes : precis ou rapide.")
@click.option(
    "--modele", "model", help="Pour drafts : adresse d'un modèle de langue ; mesure le texte avec lui et sans."
)
@config_option
def evaluate(
    kind: str,
    target: Path | None,
    gold: Path | None,
    walls: Path | None,
    profile: str | None,
    model: str | None,
    config: Path | None,
) -> None:
    """Mesure les axes, les groupes, les idées, les passages, les positions, une restitution ou les placements sous
    des titres, contre [evaluation].

    « themes » compare, dans un tableau, les titres placés à ceux qu'une personne a codés : accord, précision et rappel
    par titre avec leurs intervalles, titres à reformuler ; aucune borne.

    Le code de sortie est 0 quand toutes les bornes sont tenues, 2 sinon.
    """
    from pipeline.config import load_config
    from pipeline.errors import RosaceError, UsageError

    need_workbench("rosace evaluate")
    given = {"DOSSIER": target, "--gold": gold, "--murs": walls, "--modele": model}
    useless = [name for name, value in given.items() if value is not None and name not in TAKES[kind]]
    if useless:
        raise UsageError(f"« rosace evaluate {kind} » n'attend pas {useless[0]}.")
    if kind in NEEDED and target is None:
        raise UsageError(f"« rosace evaluate {kind} » {NEEDED[kind]}")
    from pipeline.workbench.measuring import MEASURES, Given
    from pipeline.workbench.scoreboard import problems, table

    settings = load_config(config, profil=profile)
    asked = Given(settings, target or Path(), gold, walls, model, lambda message: print(message, file=sys.stderr))
    lines = MEASURES[kind](asked)
    for row in table(lines):
        print(row)
    missed = [line for line in lines if not line.holds]
    if missed:
        for row in problems(missed):
            print(row)
        names = " ; ".join(line.label for line in missed)
        raise RosaceError(
            f"borne non tenue : {names}. Les bornes sont dans la section [evaluation] de la configuration."
        )
