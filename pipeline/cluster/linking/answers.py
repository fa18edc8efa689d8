"""Which action answers which obstacle: each is the other's likeliest one, and names no place that the other does not;
and which idea, said in answer to a proposal, opposes or backs it.

A subject that everybody speaks of gives each obstacle many likely answers, of which few answer it: of the best three of
each obstacle, read on real workshops, four in ten were right; seven in ten of these are.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import EST, NORD, SUD
from pipeline.cluster.linking.signs import ANSWERS, Reading, answer_score, least_likeness, load_weights, read_text
from pipeline.cluster.rows import Matrix, centred
from pipeline.contracts.checks import empty
from pipeline.language.text.folding import fold
from pipeline.language.vocabulary.cues import CON, PRO

N_READ = 20_000
"""Obstacles, and answers, that are linked at most: those of the smallest ids, which are hashes, hence drawn evenly."""
N_CANDIDATES = 24
"""Answers looked at for an obstacle, the nearest ones: an answer shares words or meaning with what it answers."""
_NAME = re.compile(r"(?<=[\w,;:)] )[A-ZÀÂÉÈÊÎÔŒ][\w’'-]{2,}")
"""A word with a capital inside a sentence: a place, a street, a person."""
_BATCH = 1_024
"""Obstacles whose likeness to all answers is held at once."""


def link(sources: pd.DataFrame, vectors: npt.NDArray[np.float32], threshold: float) -> pd.DataFrame:
    """The table `links` of a corpus: pairs of an obstacle and an answer that are each other's likeliest, from
    `threshold` on. Nobody answers herself, in one contribution.

    Parameters
    ----------
    sources : item_id, contribution_id, text, axis, facet and status of each item, ids in order.
    vectors : of the sentences, shape (n, d).
    threshold : probability from which an answer is one.
    """
    rows = linkable(sources)
    obstacles, answers = (rows[rows["axis"] == axis].head(N_READ) for axis in (EST, SUD))
    if obstacles.empty or answers.empty:
        return empty("links")
    kept = np.sort(np.concatenate([obstacles["row"], answers["row"]]))
    obstacles, answers = (part.assign(row=np.searchsorted(kept, part["row"])) for part in (obstacles, answers))
    points = centred(vectors[kept].astype(np.float32))
    texts = dict(zip(sources["item_id"].iloc[kept], sources["text"].iloc[kept], strict=True))
    readings = [read_text(text) for text in texts.values()]
    best: dict[str, tuple[float, str]] = {}
    best_of_answer: dict[str, tuple[float, str]] = {}
    for start in range(0, len(obstacles), _BATCH):
        some = obstacles.iloc[start : start + _BATCH]
        for item, answer, score in _scored(some, answers, points, readings, threshold):
            best[item] = min(best.get(item, (0.0, "")), (-score, answer))
            best_of_answer[answer] = min(best_of_answer.get(answer, (0.0, "")), (-score, item))
    found = [
        (answer, item, ANSWERS, -score)
        for item, (score, answer) in best.items()
        if -score >= threshold and best_of_answer[answer][1] == item and _names(texts[answer]) <= _names(texts[item])
    ]
    return pd.DataFrame(found, columns=LINK)


def linkable(sources: pd.DataFrame) -> pd.DataFrame:
    """item_id, contribution_id, axis and row of the items that may be linked: their axis is sure, and who objects to a
    proposal asks for no answer."""
    rows = sources[["item_id", "contribution_id", "axis"]].assign(row=np.arange(len(sources)))
    is_told = sources["facet"].ne("tension").fillna(True) | rows["axis"].ne(EST)
    return rows[is_told & sources["status"].eq("sur")]


LINK = ["from_item", "to_item", "kind", "score"]
_KINDS = {CON: "objects", PRO: "supports"}
_OPENING = 60
"""Characters of an answer in which what it says of the proposal begins: what comes later may be of something else."""
_SURE = 0.9
"""How often a side read in answers is the right one (`models/stances/card.md`); files leave less doubt."""


def link_sides(items: pd.DataFrame, answered: pd.DataFrame) -> pd.DataFrame:
    """Rows of `links`: the idea on which an answer to a proposal opens, and the proposal that it opposes or backs.

    Parameters
    ----------
    items : item_id, contribution_id, start, text and axis of each item, on the rose or not.
    answered : see `pipeline.stances.evidence.answered_sides`.

    Notes
    -----
    The proposal is the last idea in the words that the answer is about, unless it tells what is there or lacks; where
    these words are a title, the first idea of sud.
    """
    sided = answered[answered["stance"].isin(_KINDS)]
    heard = items[items["contribution_id"].isin({*sided["contribution_id"], *sided["target"]})]
    ideas: dict[str, list[tuple[str, int, str, str]]] = {}
    columns = ["contribution_id", "item_id", "start", "text", "axis"]
    for of, *idea in heard.sort_values(["contribution_id", "start"])[columns].itertuples(index=False):
        ideas.setdefault(of, []).append(tuple(idea))
    found: dict[tuple[str, str], tuple[str, float]] = {}
    sides = sided[["contribution_id", "target", "about", "stance"]]
    for answer, target, about, stance in sides.itertuples(index=False):
        said, proposal = ideas.get(answer, ()), _proposal(ideas.get(target, ()), about)
        if proposal and said and said[0][1] <= _OPENING and answer != target:
            found[said[0][0], proposal] = _KINDS[stance], _SURE
    return pd.DataFrame([(*ends, *told) for ends, told in found.items()], columns=LINK)


def _proposal(ideas: Sequence[tuple[str, int, str, str]], about: str) -> str:
    """The proposal that is answered, "" where none is sure."""
    words = " ".join(fold(about).split())
    within = [(item, axis) for item, _, text, axis in ideas if " ".join(fold(text).split()) in words]
    if within:
        return "" if within[-1][1] in (NORD, EST) else within[-1][0]
    return next((item for item, *_, axis in ideas if axis == SUD), "")


def _scored(
    obstacles: pd.DataFrame, answers: pd.DataFrame, points: Matrix, readings: Sequence[Reading], threshold: float
) -> list[tuple[str, str, float]]:
    """The score of each obstacle and of its nearest answers, but those that cannot reach the threshold."""
    weights, found = load_weights(), list[tuple[str, str, float]]()
    least = [least_likeness(is_met, threshold, weights) for is_met in (False, True)]
    likeness = np.round(points[obstacles["row"].to_numpy()] @ points[answers["row"].to_numpy()].T, 4)
    told = list(answers[["item_id", "contribution_id", "row"]].itertuples(index=False))
    highest = likeness.max(axis=1).tolist()
    for line, (item, own, row) in enumerate(obstacles[["item_id", "contribution_id", "row"]].itertuples(index=False)):
        if highest[line] < least[readings[row].needs > 0]:
            continue
        for column in _nearest(likeness[line]):
            (answer, of, place), alike = told[column], float(likeness[line, column])
            if of != own and alike >= least[(readings[row].needs & readings[place].meets) > 0]:
                found.append((item, answer, answer_score(readings[row], readings[place], alike, weights)))
    return found


def _names(text: str) -> set[str]:
    return {fold(name) for name in _NAME.findall(text)}


def _nearest(likeness: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """The columns of the highest values; equal values are all taken or broken by place."""
    if len(likeness) <= N_CANDIDATES:
        return np.arange(len(likeness))
    cut = np.partition(likeness, -N_CANDIDATES)[-N_CANDIDATES]
    return np.flatnonzero(likeness >= cut)[: 2 * N_CANDIDATES]
