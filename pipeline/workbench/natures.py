"""Learning the nature and the object of obstacles and proposals, and measuring both on sources left out.

    rosace train --profile natures --extra TEXTES.csv

The ideas of the annotated corpus that `corpus/natures.csv` names are always learnt from; the real texts of the csv are
too, each checked against `corpus/references_natures.csv`. What is measured leaves whole sources out: `N_FOLDS` folds of
`repo`; the written ideas are always in what is learnt from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.classify.reading.beside import NatureHead, nature_features, save_natures
from pipeline.classify.reading.objects import DECIMALS, FEATURES, ObjectRanker, candidates
from pipeline.errors import UsageError
from pipeline.language.models.encoders import Encoder
from pipeline.language.syntax.function_words import DETERMINERS, of
from pipeline.language.text.words import stem, words
from pipeline.learned import Linear
from pipeline.natures import natures
from pipeline.resources import corpus, in_repository
from pipeline.workbench.cards import card, write_card
from pipeline.workbench.examples import CORPUS_FOLDER, load_corpus, referenced_texts
from pipeline.workbench.learning import fit_logistic, left_out, share

LABELS = corpus() / "natures.csv"
REFERENCES = corpus() / "references_natures.csv"
COLUMNS = ("repo", "text", "axis", "nature", "second", "object")
WRITTEN = ""
"""`repo` of the ideas written for the project."""
_TOOLS = frozenset(word.rstrip("'") for word in DETERMINERS | of("prepositions", "joins")) | {"du", "des", "a"}
N_FOLDS = 5
INVERSE_PENALTY = 1.0
MAX_ITERATIONS = 200
SECOND_WEIGHT = 0.3
"""Of a text with a second reading, what that reading weighs."""
BALANCE = 0.5
"""Rare natures weigh more, by the square root of their rarity."""
RIGHT_WANTED, LEAST_CHANCES = 0.65, np.arange(0.0, 0.7, 0.05)
"""Share of the told natures that should be right, the second reading counted; and what is tried to have it."""
OBJECT_PENALTY = 3.0
OVERLAP_WANTED, LEAST_SCORES = 0.7, np.arange(0.2, 0.7, 0.05)
"""Share of the told objects that should share a word with the reader's."""
_AXIS_NAMES = {"est": "obstacles (est)", "sud": "propositions (sud)"}
_TOLD = {
    "natures": {
        "accuracy": "nature juste",
        "accuracy_second": "nature juste, seconde lecture comptée",
        "macro_f1": "macro-F1",
        "macro_f1_second": "macro-F1, seconde lecture comptée",
        "least": "probabilité au-dessous de laquelle rien n'est dit",
        "told": "part des idées dont la nature est dite",
        "told_right": "natures dites qui sont justes, seconde lecture comptée",
    },
    "objects": {
        "exact": "objet exact (mêmes mots pleins)",
        "head": "même premier mot",
        "f1": "F1 des mots",
        "least": "note au-dessous de laquelle rien n'est dit",
        "told": "part des idées dont l'objet est dit",
        "told_exact": "objets dits exacts",
        "told_head": "objets dits de même premier mot",
        "told_overlap": "objets dits qui ont un mot commun avec celui du lecteur",
    },
}
"""What the card tells of natures and of objects: measure → its name."""


@dataclass(frozen=True)
class LearntNatures:
    """Heads and rankers by axis, and what was measured of them."""

    heads: dict[str, NatureHead]
    rankers: dict[str, ObjectRanker]
    metrics: dict[str, Any]


def load_written(labels: Path = LABELS, folder: Path = CORPUS_FOLDER) -> pd.DataFrame:
    """The ideas of the annotated corpus whose nature was read, columns `COLUMNS`."""
    read = pd.read_csv(in_repository(labels), dtype=str, keep_default_na=False)
    texts = load_corpus(folder)[["id", "text", "axis"]]
    return read.merge(texts, on="id").assign(repo=WRITTEN)[list(COLUMNS)]


def load_real(path: Path, references: Path = REFERENCES) -> pd.DataFrame:
    """Real texts whose nature was read, columns `COLUMNS`, each checked against the published references.

    Raises
    ------
    UsageError : a column or a reference is missing, or a nature is unknown.
    """
    table = referenced_texts(path, COLUMNS, references)
    read = zip(table["axis"], table["nature"], strict=True)
    bad = sorted({str(nature) for axis, nature in read if nature not in natures().get(axis, ())})
    if bad:
        raise UsageError(f"{path} : natures inconnues {bad} ; voir configs/natures.toml.")
    return table


def learn(examples: pd.DataFrame, encoder: Encoder) -> LearntNatures:
    """Fit and measure, axis by axis.

    Parameters
    ----------
    examples : columns `COLUMNS`.
    """
    heads, rankers, metrics = {}, {}, {}
    for axis in natures():
        part = examples[examples["axis"] == axis].reset_index(drop=True)
        features = nature_features(part["text"].tolist(), encoder.encode(part["text"].tolist()).astype(np.float16))
        heads[axis], of_natures = _learn_head(part, features, list(natures()[axis]))
        rankers[axis], of_objects = _learn_ranker(part[part["object"] != ""].reset_index(drop=True))
        n_written = int((part["repo"] == WRITTEN).sum())
        counts = {
            "n_real": len(part) - n_written,
            "n_written": n_written,
            "n_sources": len(set(part["repo"]) - {WRITTEN}),
        }
        metrics[axis] = {**counts, "natures": of_natures, "objects": of_objects}
    return LearntNatures(heads, rankers, metrics)


def _folds(part: pd.DataFrame) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Rows learnt from and rows measured: whole sources; the written ideas are never measured."""
    is_written = (part["repo"] == WRITTEN).to_numpy(dtype=bool)
    real, written = np.flatnonzero(~is_written), np.flatnonzero(is_written)
    for kept, out in left_out(part["repo"].to_numpy()[real], N_FOLDS):
        yield np.concatenate([real[kept], written]), real[out]


def _learn_head(part: pd.DataFrame, features: Any, codes: Sequence[str]) -> tuple[NatureHead, dict[str, Any]]:
    found, rows = [], []
    for kept, out in _folds(part):
        head = _fitted(part.iloc[kept], features[kept], codes, 0.0)
        found.append(head.chances(features[out]))
        rows.append(out)
    chances, measured = np.vstack(found), part.iloc[np.concatenate(rows)]
    metrics = _nature_metrics(chances, measured, codes)
    return _fitted(part, features, codes, metrics["least"]), metrics


def _fitted(part: pd.DataFrame, features: Any, codes: Sequence[str], least: float) -> NatureHead:
    from scipy.sparse import vstack

    first, second = part["nature"].to_numpy(dtype=object), part["second"].to_numpy(dtype=object)
    has_second = np.isin(second, codes) & (second != first)
    names = np.concatenate([first, second[has_second]]).astype(str)
    shares = np.concatenate(
        [np.where(has_second, 1 - SECOND_WEIGHT, 1.0), np.full(int(has_second.sum()), SECOND_WEIGHT)]
    )
    totals = {name: float(shares[names == name].sum()) for name in sorted(set(names))}
    mean = sum(totals.values()) / len(totals)
    weights = shares * np.array([(mean / totals[name]) ** BALANCE for name in names])
    learnt = fit_logistic(
        vstack([features, features[has_second]]),
        names,
        INVERSE_PENALTY,
        weights=weights,
        max_iterations=MAX_ITERATIONS,
    )
    places = [codes.index(name) for name in learnt.outputs]
    told = np.zeros((len(codes), features.shape[1]), dtype=np.float32)
    bias = np.full(len(codes), -1e3)  # a nature that nobody read is never told
    told[places], bias[places] = learnt.weights, learnt.bias
    return NatureHead(Linear(told, bias, outputs=tuple(codes)), least)


def _nature_metrics(chances: npt.NDArray[np.float64], measured: pd.DataFrame, codes: Sequence[str]) -> dict[str, Any]:
    from sklearn.metrics import f1_score

    told = np.array(codes, dtype=object)[chances.argmax(axis=1)]
    first, second = measured["nature"].to_numpy(dtype=object), measured["second"].to_numpy(dtype=object)
    lenient = np.where(told == second, second, first)
    is_right = told == lenient
    surest = chances.max(axis=1)
    least = next((t for t in LEAST_CHANCES if is_right[surest >= t].mean() >= RIGHT_WANTED), LEAST_CHANCES[-1])
    kept = surest >= least
    return {
        "accuracy": share(told == first),
        "accuracy_second": share(is_right),
        "macro_f1": round(float(f1_score(first.astype(str), told.astype(str), average="macro")), 3),
        "macro_f1_second": round(float(f1_score(lenient.astype(str), told.astype(str), average="macro")), 3),
        "least": round(float(least), 2),
        "told": share(kept),
        "told_right": share(is_right[kept]),
    }


def _stems(phrase: str) -> list[str]:
    """The stems of a phrase but its tool words; « temps » says nothing in a sentence, and may be an object."""
    return [stem(word) for word in words(phrase) if word not in _TOOLS]


def stems_f1(one: str, other: str) -> float:
    """How much two phrases share: the F1 of their stems."""
    ours, theirs = Counter(_stems(one)), Counter(_stems(other))
    total = sum(ours.values()) + sum(theirs.values())
    return 2 * sum((ours & theirs).values()) / total if total else 0.0


@dataclass(frozen=True)
class _Phrases:
    """The phrases of one text: their features, how much each shares with the object, and their first stems."""

    features: npt.NDArray[np.float64]
    shared: npt.NDArray[np.float64]
    heads: list[str]
    wanted: str


def _learn_ranker(part: pd.DataFrame) -> tuple[ObjectRanker, dict[str, Any]]:
    texts = []
    for text, wanted in zip(part["text"], part["object"], strict=True):
        groups, features = candidates(text)
        heads = [(_stems(group.text) or [""])[0] for group in groups]
        shared = np.array([stems_f1(group.text, wanted) for group in groups])
        texts.append(_Phrases(features, shared, heads, (_stems(wanted) or [""])[0]))
    found: list[tuple[float, float, bool]] = []
    for kept, out in _folds(part):
        ranker = _fitted_ranker([texts[row] for row in kept], 0.0)
        found += [_chosen(ranker, texts[row]) for row in out]
    metrics = _object_metrics(np.array(found, dtype=np.float64))
    return _fitted_ranker(texts, metrics["least"]), metrics


def _fitted_ranker(texts: Sequence[_Phrases], least: float) -> ObjectRanker:
    from sklearn.linear_model import Ridge

    held = [one for one in texts if len(one.shared)]
    weights = np.concatenate([np.full(len(one.shared), len(one.shared) ** -0.5) for one in held])
    ridge = Ridge(OBJECT_PENALTY).fit(
        np.vstack([one.features for one in held]), np.concatenate([one.shared for one in held]), sample_weight=weights
    )
    weights, bias = np.round(ridge.coef_, DECIMALS)[None], np.array([round(float(ridge.intercept_), DECIMALS)])
    return ObjectRanker(Linear(weights, bias, FEATURES), least)


def _chosen(ranker: ObjectRanker, text: _Phrases) -> tuple[float, float, bool]:
    """The score of the phrase that is chosen, how much of the object it is, whether its first word is the same."""
    if not len(text.shared):
        return -1.0, 0.0, False
    scores = ranker.scores(text.features)
    best = int(scores.argmax())
    return float(scores[best]), float(text.shared[best]), text.heads[best] == text.wanted


def _object_metrics(chosen: npt.NDArray[np.float64]) -> dict[str, Any]:
    scores, shared, same_head = chosen[:, 0], chosen[:, 1], chosen[:, 2] > 0
    least = next((t for t in LEAST_SCORES if np.mean(shared[scores >= t] > 0) >= OVERLAP_WANTED), LEAST_SCORES[-1])
    kept = scores >= least
    return {
        "exact": share(shared > 0.999),
        "head": share(same_head),
        "f1": round(float(shared.mean()), 3),
        "least": round(float(least), 2),
        "told": share(kept),
        "told_exact": share(shared[kept] > 0.999),
        "told_head": share(same_head[kept]),
        "told_overlap": share(shared[kept] > 0),
    }


def write_model(folder: Path, found: LearntNatures, encoder_sha256: str) -> None:
    """The weights, `metrics.json`, and the card that tells it."""
    save_natures(folder, found.heads, found.rankers, encoder_sha256)
    write_card(folder, found.metrics, natures_card(found.metrics))


def natures_card(metrics: dict[str, Any]) -> str:
    return card("natures.md.j2", axes=metrics, names=_AXIS_NAMES, told=_TOLD, n_folds=N_FOLDS)
