"""How good the groups are, beside the field's methods on the same vectors: `rosace evaluate groups`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.cluster.given import nothing_beside
from pipeline.cluster.grouping.likeness import Meaning
from pipeline.cluster.grouping.partition import partition
from pipeline.cluster.linking.signs import ANSWERS, load_weights
from pipeline.cluster.table import group_texts
from pipeline.config import ClusterConfig
from pipeline.extras import need
from pipeline.language.models.encoders import Encoder
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.cues import CON, PRO, stance_of
from pipeline.resources import corpus, in_repository
from pipeline.workbench.learning import precision_recall
from pipeline.workbench.link_benchmarks import (
    BENCHMARKS,
    LEFT_OUT,
    ReadAxes,
    judged_pairs,
    judged_sides,
    measure_links,
    measure_sides,
    read_jsonl,
    read_pairs,
)
from pipeline.workbench.rivals import RIVALS, singletons

Labels = npt.NDArray[np.int64]
N_BOOTSTRAPS = 5
BOOTSTRAP_SHARE = 0.85


@dataclass(frozen=True)
class GroupScores:
    """The scores of one method on one corpus.

    Attributes
    ----------
    n_items, n_found, n_true : items, groups found, groups made by people (None without gold).
    ami, ari, v_measure : agreement with people, weak signals counted as singletons (None without gold).
    weak_share : share of the items left in no group.
    largest_share : share of the items in the largest group.
    stability : mean adjusted Rand index between the partition and those of `N_BOOTSTRAPS` samples of 85 %.
    same_when_shuffled : whether the order of the rows changes nothing.
    coherence : mean normalised pointwise mutual information of the five commonest stems of each group.
    """

    corpus: str
    method: str
    n_items: int
    n_found: int
    n_true: int | None
    ami: float | None
    ari: float | None
    v_measure: float | None
    weak_share: float
    largest_share: float
    stability: float
    same_when_shuffled: bool
    coherence: float


def score_partitions(
    corpus: str, texts: Sequence[str], gold: Sequence[str] | None, meaning: Meaning, seed: int
) -> list[GroupScores]:
    """Our groups and the rivals' on one corpus."""
    order = np.argsort(np.array(texts, dtype=object), kind="stable")
    ordered = [texts[row] for row in order]
    labels = None if gold is None else pd.factorize(np.array([gold[row] for row in order], dtype=object))[0]
    topics = meaning.vectors(ordered)
    vectors = meaning.alike(ordered, topics)
    ours = partial(_ours, topics=dict(zip(ordered, topics, strict=True)))
    methods: dict[str, Callable[..., Labels]] = {"rosace": ours, **RIVALS}
    return [_score(corpus, name, method, ordered, labels, vectors, seed) for name, method in methods.items()]


def _ours(
    texts: Sequence[str],
    vectors: npt.NDArray[np.float16],
    seed: int,
    topics: Mapping[str, npt.NDArray[np.float16]],
) -> Labels:
    """Grouped as a run does, `topics` being the vector of each text."""
    order = sorted(range(len(texts)), key=lambda row: texts[row])
    labels = np.empty(len(texts), dtype=np.int64)
    given = [texts[row] for row in order]
    read = np.array([topics[text] for text in given])
    labels[order] = partition(given, vectors[order], seed, beside=nothing_beside(read)).labels
    return labels


def _score(
    corpus: str, name: str, method: Callable[..., Labels], texts: list[str], gold: Any, vectors: Any, seed: int
) -> GroupScores:
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, v_measure_score

    labels = method(texts, vectors, seed)
    alone = singletons(labels)
    sizes = np.bincount(labels[labels >= 0]) if (labels >= 0).any() else np.zeros(1, dtype=np.int64)
    random = np.random.default_rng(seed)
    shuffled = random.permutation(len(texts))
    again = method([texts[row] for row in shuffled], vectors[shuffled], seed)
    stability = []
    for _ in range(N_BOOTSTRAPS):
        rows = np.sort(random.choice(len(texts), int(BOOTSTRAP_SHARE * len(texts)), replace=False))
        sample = method([texts[row] for row in rows], vectors[rows], seed)
        stability.append(adjusted_rand_score(alone[rows], singletons(sample)))
    return GroupScores(
        corpus=corpus,
        method=name,
        n_items=len(texts),
        n_found=int((sizes > 0).sum()),
        n_true=None if gold is None else int(gold.max()) + 1,
        ami=None if gold is None else round(float(adjusted_mutual_info_score(gold, alone)), 3),
        ari=None if gold is None else round(float(adjusted_rand_score(gold, alone)), 3),
        v_measure=None if gold is None else round(float(v_measure_score(gold, alone)), 3),
        weak_share=round(float((labels < 0).mean()), 3),
        largest_share=round(float(sizes.max() / len(texts)), 3),
        stability=round(float(np.mean(stability)), 3),
        same_when_shuffled=bool(adjusted_rand_score(alone[shuffled], singletons(again)) == 1.0),
        coherence=round(npmi(texts, labels), 3),
    )


def npmi(texts: Sequence[str], labels: Labels, n_words: int = 5) -> float:
    """Mean normalised pointwise mutual information of the commonest stems of each group, in [−1, 1]."""
    stems = [set(content_stems(text)) for text in texts]
    rows_of: dict[str, set[int]] = {}
    for row, known in enumerate(stems):
        for stem in known:
            rows_of.setdefault(stem, set()).add(row)
    values: list[float] = []
    found: list[int] = np.unique(labels[labels >= 0]).tolist()
    for label in found:
        counts: dict[str, int] = {}
        for row in np.flatnonzero(labels == label).tolist():
            for stem in stems[row]:
                counts[stem] = counts.get(stem, 0) + 1
        top = sorted(counts, key=lambda stem: (-counts[stem], stem))[:n_words]
        for place, one in enumerate(top):
            for other in top[place + 1 :]:
                together = len(rows_of[one] & rows_of[other]) / len(texts)
                expected = len(rows_of[one]) * len(rows_of[other]) / len(texts) ** 2
                value = (
                    -1.0 if together == 0 else 1.0 if together == 1 else np.log(together / expected) / -np.log(together)
                )
                values.append(float(value))
    return float(np.mean(values)) if values else 0.0


def title_scores(titles: Sequence[tuple[str, str]]) -> dict[str, float]:
    """How titles differ and how long they are.

    Parameters
    ----------
    titles : (axis or corpus, title) of each group.

    Returns
    -------
    diversity : share of distinct stems among all stems of the titles; specificity : mean number of content words;
    near_identical : pairs on one axis whose stems overlap by at least 70 %; mean_length : characters.
    """
    stems = [(axis, frozenset(content_stems(title))) for axis, title in titles]
    every = [stem for _, found in stems for stem in found]
    near = sum(
        len(one & other) >= 0.7 * max(1, min(len(one), len(other)))
        for place, (axis, one) in enumerate(stems)
        for other_axis, other in stems[place + 1 :]
        if axis == other_axis
    )
    return {
        "diversity": round(len(set(every)) / max(1, len(every)), 3),
        "specificity": round(len(every) / max(1, len(titles)), 2),
        "near_identical": float(near),
        "mean_length": round(float(np.mean([len(title) for _, title in titles])) if titles else 0.0, 1),
    }


def read_benchmark(name: str) -> list[dict[str, Any]]:
    """The judged pairs of `corpus/benchmarks/<name>.jsonl`."""
    return read_jsonl(BENCHMARKS / f"{name}.jsonl")


SAME_OBJECT = 0.45
"""Cosine from which two texts that share no word are about one object; measured on the benchmark of stances."""


def are_opposed(one: str, other: str, likeness: float) -> bool:
    """Whether one text is for and the other against, about one object.

    Parameters
    ----------
    likeness : cosine of their sentence vectors, or any measure of what they are about.
    """
    sides = {stance_of(one), stance_of(other)}
    return sides == {PRO, CON} and (
        likeness >= SAME_OBJECT or bool(set(content_stems(one)) & set(content_stems(other)))
    )


def score_stances(encoder: Encoder) -> dict[str, float]:
    """Precision and recall of opposed pairs on the stance benchmark."""
    pairs = read_benchmark("stance")
    one = encoder.encode([pair["one"] for pair in pairs])
    other = encoder.encode([pair["other"] for pair in pairs])
    likeness = np.round(np.einsum("ij,ij->i", one, other), 4)
    found = np.array(
        [are_opposed(pair["one"], pair["other"], float(value)) for pair, value in zip(pairs, likeness, strict=True)]
    )
    true = np.array([pair["opposed"] for pair in pairs])
    return {"n_pairs": float(len(pairs)), **precision_recall(found, true)}


def score_links(encoder: Encoder, threshold: float, half: str | None = None) -> dict[str, float]:
    """Precision@1, average precision, and precision and recall at the threshold on the links benchmark, or a part."""
    pairs = [pair for pair in judged_pairs() if half in (None, pair.half)]
    return measure_links(pairs, read_pairs(pairs, encoder), load_weights()[ANSWERS].weights, threshold)


def score_sides(encoder: Encoder, read_axes: ReadAxes) -> dict[str, dict[str, float]]:
    """Precision and recall of objections and supports, in each workshop of the benchmark that taught nothing."""
    return measure_sides(judged_sides(read_axes, encoder), load_weights(), LEFT_OUT, whole=False)


def evaluate_groups(
    table: pd.DataFrame | None, settings: ClusterConfig, seed: int, meaning: Meaning, read_axes: ReadAxes
) -> dict[str, Any]:
    """Everything `rosace evaluate groups` tells.

    Parameters
    ----------
    table : columns `text` and `label` (the group that people gave), and perhaps `corpus`; without it, the project's
        annotated items are grouped by subject, axis by axis, which people did not group: no agreement is told.
    settings : of titles and links.
    meaning : what texts are grouped by, ours and the rivals' alike.
    read_axes : texts and headings → the probabilities of the axes and the facet.

    Raises
    ------
    MissingExtraError : the packages of the rivals are not installed.
    """
    corpora = _corpora(table)
    need("mesures", "rosace evaluate groups")
    scores: list[GroupScores] = []
    titles: list[tuple[str, str]] = []
    for name, texts, gold in corpora:
        scores += score_partitions(name, texts, gold, meaning, seed)
        found = group_texts(texts, None, meaning, settings, seed)
        titles += [(name, str(title)) for title in found.drop_duplicates("group")["group_title"] if title]
    return {
        "groups": [vars(score) for score in scores],
        "titles": title_scores(titles),
        "stance": score_stances(meaning.topics),
        "links": score_links(meaning.topics, settings.liens.seuil),
        "sides": score_sides(meaning.topics, read_axes),
    }


def _corpora(table: pd.DataFrame | None) -> list[tuple[str, list[str], list[str] | None]]:
    if table is not None:
        names = table["corpus"] if "corpus" in table.columns else pd.Series("table", index=table.index)
        return [
            (str(name), part["text"].astype(str).tolist(), part["label"].astype(str).tolist())
            for name, part in table.groupby(names, sort=True)
        ]
    paths = sorted(in_repository(corpus() / "annotated").glob("*.jsonl"))
    items = pd.DataFrame([line for path in paths for line in read_jsonl(path)])[
        ["text", "axis", "theme"]
    ].drop_duplicates("text")
    items = items[items["axis"].isin(COMPASS_CODES)]
    return [
        (f"annotated, {axis}", part["text"].head(300).tolist(), None) for axis, part in items.groupby("axis", sort=True)
    ]
