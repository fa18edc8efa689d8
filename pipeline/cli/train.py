"""`rosace train`: learn models again."""

from __future__ import annotations

import sys
from typing import Any

import click

from pipeline.cli.options import PATH, config_option
from pipeline.resources import need_workbench


@click.command()
@click.option(
    "--profile",
    default="rapide",
    help="rapide (dix minutes), precis et titres (demandent [train]), groupes, liens (deux minutes), valeur, "
    "seules ou positions.",
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
    "--sans-gemma",
    "with_second",
    is_flag=True,
    flag_value=False,
    default=True,
    show_default=False,
    help="precis : sans la seconde lecture (Gemma 3 270M, sous ses propres conditions), qui est alors retirée.",
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
    groupes et liens, qui lisent ses vecteurs. Avec --murs, groupes apprend aussi quelles idées vont ensemble et de
    quelles idées un titre est vrai ; titres (demande --murs), quelles idées vont sous un titre qu'une personne donne.
    valeur, seules et positions demandent --extra. À côté de chaque modèle sont écrits metrics.json et sa
    fiche card.md.
    """
    need_workbench("rosace train")
    from pipeline.workbench.training import Request
    from pipeline.workbench.training import train as learn

    for folder in learn(Request(**options), lambda message: print(f"  {message}", file=sys.stderr)):
        print(folder)
