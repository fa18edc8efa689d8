"""The model of natures and objects written down: its weights, what was measured, and the card that tells it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.classify.reading.beside.natures import save_natures
from pipeline.learned import METRICS
from pipeline.workbench.cards import CARD
from pipeline.workbench.natures import N_FOLDS, LearntNatures

_NAMES = {"est": "obstacles (est)", "sud": "propositions (sud)"}
_OF_NATURES = (
    ("accuracy", "nature juste"),
    ("accuracy_second", "nature juste, seconde lecture comptée"),
    ("macro_f1", "macro-F1"),
    ("macro_f1_second", "macro-F1, seconde lecture comptée"),
    ("least", "probabilité au-dessous de laquelle rien n'est dit"),
    ("told", "part des idées dont la nature est dite"),
    ("told_right", "natures dites qui sont justes, seconde lecture comptée"),
)
_OF_OBJECTS = (
    ("exact", "objet exact (mêmes mots pleins)"),
    ("head", "même premier mot"),
    ("f1", "F1 des mots"),
    ("least", "note au-dessous de laquelle rien n'est dit"),
    ("told", "part des idées dont l'objet est dit"),
    ("told_exact", "objets dits exacts"),
    ("told_head", "objets dits de même premier mot"),
    ("told_overlap", "objets dits qui ont un mot commun avec celui du lecteur"),
)


def write_model(folder: Path, found: LearntNatures, encoder_sha256: str) -> None:
    """The weights, `metrics.json`, and the card that tells it."""
    save_natures(folder, found.heads, found.rankers, encoder_sha256)
    write_metrics(folder, found.metrics, card(found.metrics))


def write_metrics(folder: Path, metrics: dict[str, Any], told: str) -> None:
    """`metrics.json`, and the card that tells it."""
    (folder / METRICS).write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / CARD).write_text(told, encoding="utf-8")


def card(metrics: dict[str, Any]) -> str:
    """The card of the model."""
    axes = list(metrics)
    counts = [
        f"- {_NAMES[axis]} : {metrics[axis]['n_real']} idées réelles de {metrics[axis]['n_sources']} dépôts, "
        f"{metrics[axis]['n_written']} idées écrites pour le projet"
        for axis in axes
    ]
    head = [f"| | {' | '.join(_NAMES[axis] for axis in axes)} |", "| --- |" + " ---: |" * len(axes)]
    rows = [
        f"| {told} | {' | '.join(number(metrics[axis][part][name]) for axis in axes)} |"
        for part, names in (("natures", _OF_NATURES), ("objects", _OF_OBJECTS))
        for name, told in names
    ]
    return _CARD.format(counts="\n".join(counts), table="\n".join([*head, *rows]), n_folds=N_FOLDS)


_CARD = """# De quelle nature est une idée, et de quoi parle-t-elle ?

_Les chiffres de cette page sont écrits par `pipeline.workbench.natures_card` à partir de `metrics.json`._

Pour un obstacle (est) ou une proposition (sud), une régression logistique dit sa nature (`configs/natures.toml`) : elle
lit le vecteur du sujet, les indices de l'acte, et les racines des mots, connues par l'empreinte de leur seule case. Une
régression linéaire dit son objet : parmi les groupes nominaux du texte, trouvés par le lexique sans analyse, celui qui
tiendrait dans un titre. Rien n'est dit quand rien n'est sûr. Aucune des deux ne dépend des modèles des axes.

## Apprises de

{counts}

Les idées réelles viennent de dépôts publics : `corpus/references_natures.csv` dit lesquels (version, chemin, empreinte)
et aucun texte n'est dans le modèle. Toutes ces lectures, celles des textes réels comme celles de `corpus/natures.csv`,
ont été faites par des modèles de langue, une fois chacune ; aucun lecteur humain n'a relu.

## Mesure

Des dépôts entiers sont mis de côté, en {n_folds} parts ; seuls des textes réels sont mesurés.

{table}

## Limites

- Treize natures proches : une seule lecture a été faite, et beaucoup d'idées en ont une seconde défendable.
- L'objet ne prend que les mots du texte : celui que le lecteur a formulé autrement n'est jamais trouvé.
"""


def number(value: float) -> str:
    """A number as the cards write it."""
    return f"{value:.2f}".replace(".", ",")
