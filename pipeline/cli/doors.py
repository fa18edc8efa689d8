"""Doors of the workbench, which learns and measures from the repository: `rosace evaluate`, `train` and `bench`."""

import sys
from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import PATH, config_option
from pipeline.resources import need_workbench

KINDS = ("axes", "groups", "ideas", "frames", "positions", "drafts", "placing", "themes")
"""What can be measured."""
NEEDED = {
    "drafts": "attend un dossier de résultats : rosace evaluate drafts runs/mon-atelier",
    "themes": "attend un tableau rendu par « rosace place » : rosace evaluate themes reponses.csv",
}
"""What is measured of a folder, or of a table, and how it is asked for."""


@click.command()
@click.argument(
    "kind",
    type=click.Choice(KINDS),
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
@click.option("--gold", type=PATH, help="Pour axes : tableau annoté par des personnes.")
@click.option("--profile", help="Pour axes : precis ou rapide.")
@config_option
def evaluate(kind: str, target: Path | None, gold: Path | None, profile: str | None, config: Path | None) -> None:
    """Mesure les axes, les groupes, les idées, les passages, les positions, une restitution ou les placements sous
    des titres, contre [evaluation].

    « themes » compare, dans un tableau, les titres placés à ceux qu'une personne a codés : accord, précision et rappel
    par titre avec leurs intervalles, titres à reformuler ; aucune borne.

    Le code de sortie est 0 quand toutes les bornes sont tenues, 2 sinon.
    """
    from pipeline.config import load_config
    from pipeline.errors import RosaceError, UsageError

    need_workbench("rosace evaluate")
    for name, value, kinds in (("DOSSIER", target, NEEDED), ("--gold", gold, ("axes",))):
        if value is not None and kind not in kinds:
            raise UsageError(f"« rosace evaluate {kind} » n'attend pas {name}.")
    if kind in NEEDED and target is None:
        raise UsageError(f"« rosace evaluate {kind} » {NEEDED[kind]}")
    from pipeline.workbench.measuring import MEASURES, Given
    from pipeline.workbench.reports import aligned, problems

    settings = load_config(config, profil=profile)
    asked = Given(settings, target or Path(), gold, lambda message: print(message, file=sys.stderr))
    lines = MEASURES[kind](asked)
    for row in aligned(lines):
        print(row)
    missed = [line for line in lines if not line.holds]
    if missed:
        for row in problems(missed):
            print(row)
        names = " ; ".join(line.label for line in missed)
        raise RosaceError(
            f"borne non tenue : {names}. Les bornes sont dans la section [evaluation] de la configuration."
        )


@click.command()
@click.option(
    "--profile",
    default="rapide",
    help="rapide (dix minutes), precis et titres (demandent [train]), groupes, valeur, seules ou positions.",
)
@click.option(
    "--extra",
    type=PATH,
    multiple=True,
    help="Textes réels en plus (csv), chacun présent dans les références de corpus/.",
)
@click.option(
    "--with-decisions",
    "runs",
    type=PATH,
    multiple=True,
    help="rapide et precis : dossier de résultats dont les corrections d'axe servent d'exemples.",
)
@click.option(
    "--garder-encodeurs",
    "keep_encoders",
    is_flag=True,
    help="precis : reprend les encodeurs en place ; n'apprend que la façon de mettre leurs lectures en commun. "
    "titres : reprend la branche des titres.",
)
@click.option(
    "--murs",
    "walls",
    type=PATH,
    help="groupes : dossier de murs triés (wall_*.csv), dont sont apprises aussi les paires d'idées ; titres : dossier "
    "de murs titrés, avec leurs textes (axes_train*.csv).",
)
@click.option("--out", type=PATH, help="Où écrire le modèle (sinon à la place de l'ancien).")
@config_option
def train(**options: Any) -> None:
    """Réapprend un modèle sur les textes du dépôt, et le garde s'il n'est pas moins bon que celui en place.

    rapide et precis sont comparés à ceux en place sur les textes que ni l'ancien ni le nouveau n'ont appris, si les
    deux ont été mesurés sur les mêmes ; sinon sur les thèmes mis de côté. Tout réapprentissage de precis est suivi de
    groupes, qui lit ses vecteurs. Avec --murs, groupes apprend aussi quelles idées vont ensemble ; titres (demande
    --murs), quelles idées vont sous un titre qu'une personne donne. valeur, seules et positions demandent --extra. À
    côté de chaque modèle sont écrits metrics.json et sa fiche card.md.
    """
    need_workbench("rosace train")
    from pipeline.workbench.training import Request
    from pipeline.workbench.training import train as learn

    for folder in learn(Request(**options), lambda message: print(f"  {message}", file=sys.stderr)):
        print(folder)


@click.command()
@click.option("--sizes", default="100,1000,10000", help="Nombres de contributions, séparés par des virgules.")
@click.option("--profiles", default="rapide,precis", help="Profils, séparés par des virgules.")
@click.option("--out", type=PATH, default=Path("runs/mesures"), help="Dossier des mesures.")
def bench(sizes: str, profiles: str, out: Path) -> None:
    """Mesure le temps et la mémoire de chaque étape, et l'exposant de croissance.

    Les mesures d'autres tailles déjà faites dans ce dossier sont gardées : --sizes 1000000 ajoute une taille.
    """
    from pipeline.config import load_config
    from pipeline.errors import UsageError

    need_workbench("rosace bench")
    from pipeline.workbench.speed import as_markdown, growth_exponent, measure, merged, read_report, write_report

    try:
        numbers = sorted({int(size) for size in sizes.split(",")})
    except ValueError as error:
        raise UsageError(f"--sizes attend des nombres entiers séparés par des virgules, reçu « {sizes} ».") from error
    out.mkdir(parents=True, exist_ok=True)
    costs = read_report(out / "mesures.json")
    for found in measure(numbers, profiles.split(","), out, load_config().graine):
        print(as_markdown(found[-1:]).splitlines()[-1], file=sys.stderr)
        costs = merged(costs, found)
        write_report(costs, out)  # an interrupted measure keeps what it found
    print(as_markdown(costs))
    for profile in sorted({cost.profile for cost in costs}):
        exponent = growth_exponent(costs, profile)
        said = "non mesuré (il faut deux tailles d'au moins 10 000)" if exponent is None else f"{exponent:.2f}"
        print(f"Exposant de croissance ({profile}) : {said}")
    print(out / "mesures.md")
