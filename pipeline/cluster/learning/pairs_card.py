"""The pair model written down: its weights, what was measured, and the card that tells it in French."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.cluster.learning.measure_pairs import GROUPS, LARGE, PAIRS, SCORES, STACKS
from pipeline.cluster.pairs.model import PairModel, save_pairs
from pipeline.learned import METRICS, WEIGHTS

CARD = "card.md"

NOTES = "notes.md"
"""Written by hand: what was tried. The card ends with it."""
CURVED = "precis"


def write_model(folder: Path, model: PairModel, metrics: dict[str, Any]) -> None:
    """The weights, `metrics.json`, and the card that tells it."""
    save_pairs(folder, model)
    (folder / METRICS).write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    notes = folder / NOTES
    (folder / CARD).write_text(
        card(metrics, notes.read_text(encoding="utf-8") if notes.is_file() else ""), encoding="utf-8"
    )


def card(metrics: dict[str, Any], notes: str = "") -> str:
    """The card of the pair model."""
    told = _CARD.format(
        groups=_table(metrics, GROUPS),
        stacks=_table(metrics, STACKS),
        curve=_curve(metrics, GROUPS),
        curve_same=_curve(metrics, STACKS),
        n_walls=len(metrics["walls"]),
        n_ideas=sum(metrics["walls"].values()),
        n_measured=len(metrics["measured"]),
        large=LARGE,
        cut=_number(metrics["cuts"][GROUPS]),
        cut_same=_number(metrics["cuts"][STACKS]),
        file=WEIGHTS,
    )
    return f"{told}\n{notes}" if notes else told


def _table(metrics: dict[str, Any], level: str) -> str:
    """One line per profile and way of reading, at the cut that groups are made at, and the other methods."""
    rows = [row for row in metrics["means"] if row["level"] == level]
    rows = [row for row in rows if row["method"] != PAIRS or is_chosen(row, metrics["cuts"])]
    lines = [
        "| profil | murs | méthode | accord (AMI) | paires justes | retrouvées | F | seules | purs | mêlés | faux |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {row['profile']} | {way_told(row)} | {row['method']} | "
            + " | ".join(_number(row[name]) for name in SCORES)
            + " |"
            for row in rows
        ),
    ]
    return "\n".join(lines)


def _curve(metrics: dict[str, Any], level: str) -> str:
    """Agreement and share of right pairs at each cut, whole walls."""
    rows = [row for row in metrics["means"] if (row["level"], row["method"]) == (level, PAIRS)]
    rows = [row for row in rows if row["profile"] == CURVED and not row["small"]]
    ways = list(dict.fromkeys(way_told(row) for row in rows))
    lines = [f"| coupe | {' | '.join(ways)} |", f"| --- |{' --- |' * len(ways)}"]
    for cut in sorted({row["cut"] for row in rows}):
        here = {way_told(row): row for row in rows if row["cut"] == cut}
        told = [f"{_number(here[way]['ami'])} · {_number(here[way]['precision'])}" for way in ways]
        name = f"**{_number(cut)}**" if cut == metrics["cuts"][level] else _number(cut)
        lines.append(f"| {name} | {' | '.join(told)} |")
    return "\n".join(lines)


def way_told(row: dict[str, Any]) -> str:
    """How the walls of a row of measures were read."""
    size = "petits" if row["small"] else "entiers"
    beside = {
        (True, True): "avec rubriques et ordre", (True, False): "avec rubriques", (False, True): "avec ordre seul",
        (False, False): "sans rubriques ni ordre",
    }  # fmt: skip
    return f"{size}, {beside[bool(row['headings']), bool(row['order'])]}"


def level_told(row: dict[str, Any]) -> str:
    """What a row of measures is about."""
    return "piles" if row["level"] == STACKS else "groupes"


def is_chosen(row: dict[str, Any], cuts: dict[str, float]) -> bool:
    """Whether a row of measures is of the cut that groups or stacks are made at."""
    return bool(row["method"] == PAIRS and row["cut"] == cuts[row["level"]])


_CARD = """# Deux idées vont-elles ensemble ?

_Les chiffres de cette page sont écrits par `pipeline.cluster.learning.measure_pairs` à partir de `metrics.json`._

Des régressions logistiques (`{file}`) lisent une paire d'idées d'un même axe : proximité des sujets, du sens, des mots
et des lettres, du texte lu sous sa rubrique, rang parmi les voisines, rubrique commune, distance dans l'ordre où les
idées ont été dites. Il y en a une pour chaque situation : avec ou sans rubrique, avec ou sans un ordre qui veut dire
quelque chose. Une liaison moyenne en fait les groupes (une colonne du mur), coupée à {cut} ; une autre, à l'intérieur,
les piles (des idées qui disent la même chose), coupée à {cut_same}. Une paire douteuse reste séparée : la coupe préfère
des groupes purs à des groupes complets. Au-dessus de 6 000 textes différents sur un axe, autant de représentants sont
groupés, et les autres suivent celui dont ils sont le plus proches.

Apprises de {n_walls} murs réels, {n_ideas} idées triées en colonnes et en piles par un lecteur ; ces lectures ont été
produites avec des modèles de langue. Chaque mur est lu avec et sans ses rubriques, avec et sans son ordre, par les
vecteurs de chaque profil, entier et tiré en petits murs. `--with-decisions` y ajoute ce que des personnes ont décidé à
la relecture. Aucun texte n'est dans le modèle : `corpus/references_murs.csv` dit d'où ils viennent (dépôt,
version, chemin, empreinte) et où chaque idée a été mise.

## Mesure

Les {n_measured} murs d'au moins {large} idées sont groupés par un modèle qui n'a vu aucun mur de leur source, les axes
étant donnés ; les petits murs sont tirés des mêmes idées, sept par sept et trois par trois. Deux lecteurs attentifs
s'accordent entre 0,83 et 0,91 (AMI). Un groupe
de deux idées ou plus est pur quand elles sont toutes d'une même colonne, mêlé quand plus de la moitié le sont, faux
sinon. Les autres méthodes lisent les mêmes textes, un mur entier à la fois ; leurs groupes sont ensuite coupés par axe.

### Groupes

{groups}

Selon la coupe, en gras celle qui est retenue (murs entiers, `precis` : accord · paires justes) :

{curve}

### Piles

{stacks}

{curve_same}

## Limites

- Un seul lecteur pour chaque mur : d'autres trient plus fin ou plus large.
- L'axe est donné ici ; dans un atelier il est lu, et une idée mal lue n'est pas avec ses semblables.
- Plus de la moitié des paires d'une même colonne n'ont aucun mot commun : sans rubrique, le modèle en manque beaucoup.
"""


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
