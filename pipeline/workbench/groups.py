"""How good the groups are, beside the field's methods on the same vectors, and the stances and links inside them:
`rosace evaluate groups`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.api.grouping import axis_reader, meaning_of
from pipeline.axes import COMPASS_CODES
from pipeline.classify.stage import load_axis_model
from pipeline.cluster.given import nothing_beside
from pipeline.cluster.grouping.likeness import Meaning
from pipeline.cluster.grouping.partition import partition
from pipeline.cluster.linking.signs import ANSWERS, load_weights
from pipeline.cluster.table import group_texts
from pipeline.config import Config, Floors
from pipeline.errors import UsageError
from pipeline.extras import need
from pipeline.language.models.encoders import Encoder
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.cues import CON, PRO, stance_of
from pipeline.tables import find_text_column, header_key, read_table
from pipeline.workbench.examples import BENCHMARKS, CORPUS_FOLDER, read_folder, read_jsonl
from pipeline.workbench.learning import precision_recall
from pipeline.workbench.links import (
    LEFT_OUT,
    judged_pairs,
    judged_sides,
    measure_links,
    measure_sides,
    read_pairs,
)
from pipeline.workbench.pairs import RIVALS, singletons, wall_lines
from pipeline.workbench.scoreboard import Line, number

Labels = npt.NDArray[np.int64]
OURS = "rosace"
LABEL_COLUMNS = ("label", "groupe", "group", "étiquette")
N_BOOTSTRAPS = 5
BOOTSTRAP_SHARE = 0.85
N_MOST = 300
"""Annotated items of an axis that are grouped."""


@dataclass(frozen=True)
class GroupScores:
    """The scores of one method on one corpus.

    Attributes
    ----------
    n_found, n_true : groups found, groups made by people (None without gold).
    ami : agreement with people, weak signals counted as singletons (None without gold).
    weak_share : share of the items left in no group.
    stability : mean adjusted Rand index between the partition and those of `N_BOOTSTRAPS` samples of 85 %.
    coherence : mean normalised pointwise mutual information of the five commonest stems of each group.
    """

    corpus: str
    method: str
    n_found: int
    n_true: int | None
    ami: float | None
    weak_share: float
    stability: float
    coherence: float


def groups_lines(gold: Path | None, settings: Config, walls: Path | None = None) -> list[Line]:
    """All that `rosace evaluate groups` tells.

    Parameters
    ----------
    gold : a table of texts and of the groups that people gave them, and perhaps their corpus; without it, the project's
        annotated items are grouped by subject, axis by axis, which people did not group: no agreement is told.
    walls : a folder of walls to measure the pair model on; None: what was measured when it was learnt.

    Raises
    ------
    MissingExtraError : the packages of the rivals are not installed.
    UsageError : the table has no column of groups, or the folder no walls.
    """
    floors = settings.evaluation["groups"]
    meaning = meaning_of(settings)
    corpora = _annotated() if gold is None else _labelled(gold)
    need("mesures", "rosace evaluate groups")
    scores: list[GroupScores] = []
    titles: list[str] = []
    for name, texts, labels in corpora:
        scores += score_partitions(name, texts, labels, meaning, settings.graine)
        found = group_texts(texts, None, meaning, settings.cluster, settings.graine)
        titles += [str(title) for title in found.drop_duplicates("group")["group_title"] if title]
    ours = [score for score in scores if score.method == OURS]
    lines = [_group_line(score) for score in scores]
    if gold is not None:
        lines.append(
            Line("Accord avec les personnes (AMI), moyenne", _mean(one.ami or 0.0 for one in ours), floors["ami"])
        )
    return [
        *lines,
        Line("Stabilité, moyenne", _mean(one.stability for one in ours), floors["stabilite"]),
        Line("Part des signaux faibles, moyenne", _mean(one.weak_share for one in ours), floors["signaux_max"], True),
        Line("Mots différents des titres", diversity(titles)),
        *wall_lines(settings, walls),
        *_link_lines(meaning.topics, settings),
    ]


def _group_line(score: GroupScores) -> Line:
    told = f"{score.n_found} groupes" + (f" pour {score.n_true}" if score.n_true is not None else "")
    detail = f"{told}, {number(score.weak_share)} hors groupe, stabilité {number(score.stability)}"
    if score.ami is None:
        return Line(f"{score.corpus}, {score.method} : cohérence", score.coherence, detail=detail)
    return Line(f"{score.corpus}, {score.method} : AMI", score.ami, detail=detail)


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return round(float(sum(found)) / max(1, len(found)), 3)


def _link_lines(encoder: Encoder, settings: Config) -> list[Line]:
    floors = settings.evaluation["groups"]
    stance, pairs = score_stances(encoder), judged_pairs()
    links = measure_links(
        pairs, read_pairs(pairs, encoder), load_weights()[ANSWERS].weights, settings.cluster.liens.seuil
    )
    read_axes = axis_reader(load_axis_model(settings.profil), encoder)
    sides = measure_sides(judged_sides(read_axes, encoder), load_weights(), LEFT_OUT, whole=False)
    recall = f"rappel {number(stance['recall'])}"
    mean = f"précision moyenne {number(links['average_precision'])}"
    return [
        Line("Oppositions, précision", stance["precision"], floors["oppositions_precision"], detail=recall),
        Line("Liens, première réponse juste", links["precision_at_1"], floors["liens_premier"], detail=mean),
        *side_lines(sides, floors),
    ]


def side_lines(sides: dict[str, dict[str, float]], floors: Floors) -> list[Line]:
    """Objections and supports that are proposed to people, then those told without their word."""
    return [
        Line(
            f"{name}, {what}, précision",
            found[f"precision_{bound}"],
            floor,
            detail=f"rappel {number(found[f'recall_{bound}'])}, {found[f'n_{bound}']:.0f} liens",
        )
        for kind, name in (("objects", "Objections"), ("supports", "Soutiens"))
        for found in (sides[kind],)
        for bound, what, floor in (
            ("kept", "proposées" if kind == "objects" else "proposés", floors["positions_proposees"]),
            ("told", "racontées" if kind == "objects" else "racontés", floors["positions_racontees"]),
        )
    ]


def score_partitions(
    corpus: str, texts: Sequence[str], gold: Sequence[str] | None, meaning: Meaning, seed: int
) -> list[GroupScores]:
    """Our groups and the rivals' on one corpus."""
    order = np.argsort(np.array(texts, dtype=object), kind="stable")
    ordered = [texts[row] for row in order]
    labels = None if gold is None else pd.factorize(np.array([gold[row] for row in order], dtype=object))[0]
    topics = meaning.vectors(ordered)
    vectors = meaning.alike(ordered, topics)
    topic_of = dict(zip(ordered, topics, strict=True))

    def ours(texts: Sequence[str], vectors: npt.NDArray[np.float16], seed: int) -> Labels:
        beside = nothing_beside(np.array([topic_of[text] for text in texts]))
        return partition(texts, vectors, seed, beside=beside).labels

    methods: dict[str, Callable[..., Labels]] = {OURS: ours, **RIVALS}
    return [_score(corpus, name, method, ordered, labels, vectors, seed) for name, method in methods.items()]


def _score(
    corpus: str, name: str, method: Callable[..., Labels], texts: list[str], gold: Any, vectors: Any, seed: int
) -> GroupScores:
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    labels = method(texts, vectors, seed)
    alone = singletons(labels)
    random = np.random.default_rng(seed)
    random.permutation(len(texts))  # drawn first since the first measures, with which new ones are compared
    stability = []
    for _ in range(N_BOOTSTRAPS):
        rows = np.sort(random.choice(len(texts), int(BOOTSTRAP_SHARE * len(texts)), replace=False))
        sample = method([texts[row] for row in rows], vectors[rows], seed)
        stability.append(adjusted_rand_score(alone[rows], singletons(sample)))
    return GroupScores(
        corpus=corpus,
        method=name,
        n_found=len(np.unique(labels[labels >= 0])),
        n_true=None if gold is None else int(gold.max()) + 1,
        ami=None if gold is None else round(float(adjusted_mutual_info_score(gold, alone)), 3),
        weak_share=round(float((labels < 0).mean()), 3),
        stability=round(float(np.mean(stability)), 3),
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
    for label in np.unique(labels[labels >= 0]).tolist():
        counts = Counter(stem for row in np.flatnonzero(labels == label).tolist() for stem in stems[row])
        top = sorted(counts, key=lambda stem: (-counts[stem], stem))[:n_words]
        for one, other in combinations(top, 2):
            together = len(rows_of[one] & rows_of[other]) / len(texts)
            expected = len(rows_of[one]) * len(rows_of[other]) / len(texts) ** 2
            if together in (0, 1):
                values.append(1.0 if together else -1.0)
            else:
                values.append(float(np.log(together / expected) / -np.log(together)))
    return float(np.mean(values)) if values else 0.0


def diversity(titles: Sequence[str]) -> float:
    """Share of distinct stems among those of all titles, each counted once a title."""
    stems = [stem for title in titles for stem in set(content_stems(title))]
    return round(len(set(stems)) / max(1, len(stems)), 3)


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


def _labelled(path: Path) -> list[tuple[str, list[str], list[str] | None]]:
    table = read_table(path)
    wanted = {header_key(name) for name in LABEL_COLUMNS}
    label = next((str(column) for column in table.columns if header_key(str(column)) in wanted), None)
    if label is None:
        raise UsageError(
            f"{path} : aucune colonne de groupes. Attendu : une colonne « label » ou « groupe » qui dit, pour chaque "
            f"texte, le groupe que des personnes lui ont donné ; trouvé : {', '.join(map(str, table.columns))}."
        )
    text = find_text_column(table)
    names = table["corpus"] if "corpus" in table.columns else pd.Series("table", index=table.index)
    return [
        (str(name), part[text].astype(str).tolist(), part[label].astype(str).tolist())
        for name, part in table.groupby(names, sort=True)
    ]


def _annotated() -> list[tuple[str, list[str], list[str] | None]]:
    items = pd.DataFrame([row for _, row in read_folder(CORPUS_FOLDER)])[["text", "axis"]].drop_duplicates("text")
    items = items[items["axis"].isin(COMPASS_CODES)]
    return [
        (f"annotated, {axis}", part["text"].head(N_MOST).tolist(), None)
        for axis, part in items.groupby("axis", sort=True)
    ]
