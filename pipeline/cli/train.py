"""`rosace train`: learn models again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.resources import need_workbench


def train(
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            help="rapide (dix minutes), precis (demande [train]), groupes, liens (deux minutes), natures ou valeur.",
        ),
    ] = ("rapide"),
    extra: Annotated[
        list[Path] | None,
        typer.Option("--extra", help="Textes réels en plus (csv), chacun présent dans les références de corpus/."),
    ] = None,
    with_decisions: Annotated[
        list[Path] | None,
        typer.Option(
            "--with-decisions",
            help="Dossier de résultats dont les corrections d'axe servent d'exemples ; groupes : dont les fusions, les "
            "séparations, les déplacements et les réponses apprennent quelles idées vont ensemble (avec --murs).",
        ),
    ] = None,
    measured: Annotated[
        Path | None,
        typer.Option("--mesure", help="Textes réels qui servent seulement à mesurer (csv), jamais appris."),
    ] = None,
    keep_encoders: Annotated[
        bool,
        typer.Option(
            "--garder-encodeurs",
            help="precis : reprend les encodeurs en place ; n'apprend que la façon de mettre leurs lectures en commun.",
        ),
    ] = False,
    without_second: Annotated[
        bool,
        typer.Option(
            "--sans-gemma",
            help="precis : sans la seconde lecture (Gemma 3 270M, sous ses propres conditions), qui est alors retirée.",
        ),
    ] = False,
    walls: Annotated[
        Path | None,
        typer.Option(
            "--murs",
            help="groupes : dossier de murs triés (wall_*.csv), dont sont apprises aussi les paires d'idées.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Où écrire le modèle (sinon à la place de l'ancien).")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Fichier TOML posé sur configs/default.toml.")] = None,
) -> None:
    """Réapprend un modèle sur les textes du dépôt, et le garde s'il n'est pas moins bon que celui en place.

    rapide et precis sont comparés à ceux en place sur les textes que ni l'ancien ni le nouveau n'ont appris, si les
    deux ont été mesurés sur les mêmes ; sinon sur les thèmes mis de côté. Tout réapprentissage de precis est suivi de
    groupes et liens, qui lisent ses vecteurs. Avec --murs, groupes apprend aussi quelles idées vont ensemble et de
    quelles idées un titre est vrai. natures et valeur demandent --extra. À côté de chaque modèle sont écrits
    metrics.json et sa fiche card.md.
    """
    need_workbench("rosace train")
    from pipeline.workbench.training import Request
    from pipeline.workbench.training import train as learn

    request = Request(
        profile,
        extra or [],
        with_decisions or [],
        measured,
        keep_encoders,
        not without_second,
        walls,
        out,
        config,
    )
    for folder in learn(request, lambda message: print(f"  {message}", file=sys.stderr)):
        print(folder)
