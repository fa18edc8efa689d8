"""The card of the links, in French, from what was measured."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.cluster.linking.answer_score import INTERCEPT, SIGNS
from pipeline.cluster.linking.weights import ANSWERS, SIDES, KindWeights
from pipeline.learned import METRICS

CARD = "card.md"

_ANSWER_SIGNS = {
    "meaning": "cosinus des phrases",
    "subjects": "sujets communs",
    "concepts": "notions communes, les rares d’abord",
    "covered": "part des notions de l’obstacle que la réponse reprend",
    "meets": "la réponse apporte ce que l’obstacle demande",
    "meets_share": "part de ce qu’il demande",
    "brings": "la réponse dit des mots que l’obstacle n’a pas",
    "takes_away": "elle interdit, supprime, limite",
    "celebrates": "elle fête ou décore",
}
_SIDE_NAMES = {"objects": "objections", "supports": "soutiens"}
_HALVES = {"dev": "`dev`", "test": "`test` (jamais apprise)"}
_READ = {"each": "chaque atelier à part", "whole": "tous ses ateliers ensemble"}

_CARD = """# Ce qui répond, s’oppose, appuie

_Les chiffres de cette page sont écrits par `rosace train --profile liens`._

Trois régressions logistiques : une action ou une ressource lèverait un obstacle (`answers`) ; une idée s’oppose à une
proposition faite par d’autres (`objects`) ; elle l’appuie (`supports`). Un lien est proposé aux personnes à partir
d’une première borne, et raconté sans elles à partir d’une seconde, la plus basse où {precision} des liens d’ateliers
qui n’avaient rien appris étaient justes. Personne ne se répond, ne s’oppose ni ne s’appuie dans une contribution.

| lien | proposé à partir de | raconté à partir de |
| --- | ---: | ---: |
{bounds}

## Réponses

| ce qui est pesé, de 0 à 1 | poids |
| --- | ---: |
{signs}
| constante | {intercept} |

Apprises sur les paires jugées de `corpus/benchmarks/links.jsonl`, sauf leur partie `test`, et sur deux fois plus de
paires tirées au hasard, tenues pour fausses.

| partie | paires | première réponse juste | précision moyenne | précision des liens racontés | rappel |
| --- | ---: | ---: | ---: | ---: | ---: |
{answers}

Ces paires ont été écrites pour le projet avec un modèle de langue, et les mots des besoins viennent du même auteur :
ces chiffres sont optimistes. Elles sont plus souvent « même objet sans le lever » qu’un atelier ne l’est.

## Objections et soutiens

Apprises sur les ateliers `dev` de `corpus/benchmarks/objections.jsonl`, chacun à part puis tous ensemble, et sur des
idées de `corpus/ideas`, tenues pour n’en viser aucune. Ce qui est pesé : l’axe et la facette lus par le modèle, les
tournures de qui est pour ou contre, puis ce que l’idée partage avec la proposition (sens, mots rares, ce qu’elle nomme
d’abord, ce qui vient d’être proposé dans un compte rendu ou une transcription). « Tous ses ateliers ensemble » : une
proposition visée parmi 65 ou 108, comme dans un atelier de plusieurs tables.

| partie | lu | lien | il y en a | proposés | précision | rappel | racontés | précision | rappel |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
{sides}

Ces textes ont été écrits pour le projet avec un modèle de langue, par qui a aussi choisi ce qui est pesé.
"""


def card(weights: Mapping[str, KindWeights], metrics: Mapping[str, Any], precision: float) -> str:
    """The card of the weights."""
    of_answers = weights[ANSWERS].weights
    bounds = [
        f"| {name} | {_number(weights[kind].kept)} | {_number(weights[kind].told)} |"
        for kind, name in ((ANSWERS, "réponses"), *((kind, _SIDE_NAMES[kind]) for kind in SIDES))
    ]
    answers = [
        f"| `{half}`{' (jamais apprise)' if half == 'test' else ''} | {found['n_pairs']:.0f} | "
        + " | ".join(_number(found[name]) for name in ("precision_at_1", "average_precision", "precision", "recall"))
        + " |"
        for half, found in metrics[ANSWERS].items()
    ]
    sides = [
        f"| {_HALVES[half]} | {_READ[read]} | {_SIDE_NAMES[kind]} | {found['n']:.0f} | "
        + " | ".join(
            f"{found[f'n_{name}']:.0f} | {_number(found[f'precision_{name}'])} | {_number(found[f'recall_{name}'])}"
            for name in ("kept", "told")
        )
        + " |"
        for half, of_half in metrics["sides"].items()
        for read, kinds in of_half.items()
        for kind, found in kinds.items()
    ]
    return _CARD.format(
        precision=f"{precision * 100:.0f}\u00a0%",
        bounds="\n".join(bounds),
        signs="\n".join(f"| {_ANSWER_SIGNS[name]} | {_number(of_answers[name])} |" for name in SIGNS),
        intercept=_number(of_answers[INTERCEPT]),
        answers="\n".join(answers),
        sides="\n".join(sides),
    )


def write_report(
    folder: Path, weights: Mapping[str, KindWeights], metrics: Mapping[str, Any], precision: float
) -> None:
    """Write metrics and card beside the weights."""
    (folder / METRICS).write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / CARD).write_text(card(weights, metrics, precision), encoding="utf-8")


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-", "−")
