"""The model of what is worth quoting written down: its weights, what was measured, and the card that tells it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.classify.reading.beside.worth import LABELS, save_worth
from pipeline.workbench.natures_card import number, write_metrics
from pipeline.workbench.worth import N_FOLDS, LearntWorth

_TOLD = ("0 : pas telle quelle", "1 : acceptable", "2 : un auteur la citerait volontiers")


def write_model(folder: Path, found: LearntWorth, encoder_sha256: str) -> None:
    """The weights, `metrics.json`, and the card that tells it."""
    save_worth(folder, found.head, encoder_sha256)
    write_metrics(folder, found.metrics, card(found.metrics))


def card(metrics: dict[str, Any]) -> str:
    """The card of the model."""
    rows = [
        f"| {told} | {number(metrics['overall'][str(label)])} | {number(metrics['top'][str(label)])} |"
        for label, told in zip(LABELS, _TOLD, strict=True)
    ]
    told = {name: number(metrics[name]) for name in ("auc_acceptable", "auc_gladly", "agreement")}
    return _CARD.format(**(metrics | told), table="\n".join(rows), n_folds=N_FOLDS)


_CARD = """# Une idée vaut-elle d'être citée telle quelle ?

_Les chiffres de cette page sont écrits par `pipeline.workbench.worth_card` à partir de `metrics.json`._

Sous son axe et sa rubrique, une idée se cite volontiers (2), passe (1), ou ne se cite pas telle quelle (0 : un
fragment, une phrase obscure sans ce qui la précédait, une procédure, une banalité, ou ce qui n'est pas de son axe).
Deux régressions logistiques disent la chance de 1 au moins, et celle de 2 ; leur moyenne, de 0 à 1, est la valeur de
l'idée. Elles lisent les vecteurs du texte et de la rubrique, les indices de l'acte, l'axe, et la forme du texte :
longueur, deux bouts, signes, personnes, verbe. Elles ne dépendent pas des modèles des axes. Rien n'est dit hors des
axes.

## Apprise de

{n_texts} idées réelles de {n_sources} dépôts publics : `corpus/references_valeur.csv` dit lesquels (version, chemin,
empreinte), et aucun texte n'est dans le modèle. **Leurs {n_readings} lectures ont été faites par des modèles de
langue**, deux lecteurs ; aucun lecteur humain n'a relu. De {n_read_twice} idées que les deux ont lues, la part qui a
reçu la même note est de {agreement} : cela dit l'accord de machines, non celui d'auteurs.

## Mesure

Des dépôts entiers sont mis de côté, en {n_folds} parts.

- aire sous la courbe, 1 au moins contre 0 : {auc_acceptable} (0,50 au hasard)
- aire sous la courbe, 2 contre le reste : {auc_gladly}

| lecture | toutes les idées | le cinquième que le modèle préfère |
| --- | ---: | ---: |
{table}

## Limites

- Elle sert à choisir entre des idées, non à juger d'une seule, ni de qui l'a dite.
- L'axe est celui que les lecteurs avaient sous les yeux : sous un axe mal lu, la valeur l'est aussi.
"""
