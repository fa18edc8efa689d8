"""The pair model written down: its weights, what was measured, and the card that tells it in French."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.cluster.learning.pairs import CONSENSUS, SCORES
from pipeline.cluster.pairs.model import METRICS, WEIGHTS, PairModel, save_pairs

CARD = "card.md"


def write_model(folder: Path, model: PairModel, metrics: dict[str, Any]) -> None:
    """The weights, `metrics.json`, and the card that tells it."""
    save_pairs(folder, model)
    (folder / METRICS).write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / CARD).write_text(card(metrics), encoding="utf-8")


def card(metrics: dict[str, Any]) -> str:
    """The card of the pair model."""
    lines = [
        "| profil | murs | méthode | accord (AMI) | paires justes | paires retrouvées | idées seules |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {row['profile']} | {_kind(row)} | {_method(row, metrics['cuts'])} | "
            + " | ".join(_number(row[name]) for name in SCORES)
            + " |"
            for row in metrics["means"]
        ),
    ]
    return _CARD.format(
        table="\n".join(lines),
        n_walls=len(metrics["walls"]),
        n_ideas=sum(metrics["walls"].values()),
        cut=_number(metrics["cuts"]["headings"]),
        bare=_number(metrics["cuts"]["bare"]),
        file=WEIGHTS,
    )


def _kind(row: dict[str, Any]) -> str:
    size = "petits" if row["small"] else "entiers"
    return f"{size}, {'avec' if row['headings'] else 'sans'} rubriques"


def _method(row: dict[str, Any], cuts: dict[str, float]) -> str:
    if row["method"] == CONSENSUS:
        return "consensus de hiérarchies"
    is_chosen = float(row["method"]) == cuts["headings" if row["headings"] else "bare"]
    told = f"paires, coupe à {_number(float(row['method']))}"
    return f"**{told}**" if is_chosen else told


_CARD = """# Deux idées vont-elles ensemble ?

_Les chiffres de cette page sont écrits par `pipeline.cluster.learning.pairs` à partir de `metrics.json`._

Deux régressions logistiques (`{file}`) lisent une paire d'idées d'un même axe : proximité des sujets, du sens, des mots
et des lettres, rang parmi les voisines, rubrique commune ; puis ce que disent les autres paires de ces deux idées. Une
liaison moyenne en fait les groupes : elle est coupée à {cut} quand la moitié des idées au moins ont une rubrique, à
{bare} sinon. En dessous de cinq idées, au-dessus de 6 000 textes différents, et sous 300 quand aucune rubrique ne
distingue les idées (post-its sans titre, réponses à une seule question), un consensus de hiérarchies groupe.

Apprises de {n_walls} murs réels, {n_ideas} idées triées en colonnes par un lecteur ; ces lectures ont été produites
avec des modèles de langue. Chaque mur est lu avec et sans ses rubriques, par les vecteurs de chaque profil. Aucun texte
n'est dans le modèle : `corpus/references_murs.csv` dit d'où ils viennent (dépôt, version, chemin, empreinte).

## Mesure

Chaque mur est groupé par un modèle qui ne l'a pas vu, les axes étant donnés ; les petits murs sont tirés des mêmes
idées, sept par sept. En gras, la coupe retenue. Deux lecteurs attentifs s'accordent entre
0,85 et 0,88 (AMI).

{table}

## Limites

- Sept murs et un seul lecteur pour chacun : d'autres trient plus fin ou plus large.
- L'axe est donné ici ; dans un atelier il est lu, et une idée mal lue n'est pas avec ses semblables.
- Plus de la moitié des paires d'une même colonne n'ont aucun mot commun : sans rubrique, le modèle en manque beaucoup.
"""


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
