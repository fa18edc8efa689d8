"""The chance that a title is true of an idea, alone and together with its axis: logistic regressions, learnt from walls
that readers sorted under titles and from titles typed before sorting (`models/place/card.md`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.axes import AXIS_CODES, COMPASS_CODES
from pipeline.language.models.encoders import load_encoder, titled
from pipeline.learned import Learned, Linear, ModelFolder
from pipeline.place.features import (
    EXAMPLES,
    NOTHING,
    Background,
    Beside,
    Examples,
    IdeaTexts,
    Matrix,
    Sides,
    TitleTexts,
    Vectors,
    View,
    beside_examples,
    beside_others,
    features,
)
from pipeline.place.titles import Title

PLACE = ModelFolder("place", "de ce qui va sous un titre", "rosace train --profile titres --murs DOSSIER")
BLOCK, PAIRS = 4_096, 1 << 20
"""Ideas whose chances are computed together, and pairs of an idea and a title: what bounds memory."""
DECIMALS = 4
"""Of chances: the last digits of a processor decide nothing."""
LEAST = 1e-4
PROFILES = ("precis", "rapide")
TOPICS_BACKGROUND, SAID_BACKGROUND = "topics_background", "said_background"
ODDS = "odds"
JOINT = ("chance", "axis", "any_axis", "around", "far_around", "draws")
"""What is put together of an idea and a title, see `joint_inputs`."""
AROUND = (1.0, 0.5, 0.25)
"""How much the ideas one, two and three places before and after count."""
FAR_AROUND = tuple(round(1_000 * 0.85**step) for step in range(12))
"""How much those count, and the next, in what is said of further on, in thousandths."""
MOST_DRAWN = 300
"""Titles that tell what each draws: as many as people give. Proposals come after them, and cost no square of them."""
UNSURE = 3
"""Of so many ideas beside, what is said further on is half told."""
MOST_ODDS = 6.0
"""Odds, in logarithms, beyond which an idea counts no more for others, or a title."""


class _Read(NamedTuple):
    """Titles against the background, by column, what a person put under one and took away from it, and what each
    draws, see `draws`."""

    titles: TitleTexts
    told: Mapping[int, tuple[Beside, Beside]]
    drawn: npt.NDArray[np.float64]


@dataclass(frozen=True)
class PlaceModel:
    """What `models/place/` holds for a profile.

    Attributes
    ----------
    sha256 : of the manifest, hence of every weight.
    background : what everything is told against.
    head : the chance that a title is true of an idea, from `features`.
    examples_head : that chance again, beside the ideas that a person put under the title and took away.
    joint_head : from that chance and `JOINT`'s others, that it goes there, its axis being that of the title.
    cut : chance from which an idea is placed under a title.
    sure : chance from which nineteen placings out of twenty are right, on sources that taught nothing; 1 for none.
    read_titles : titles → their vectors.
    """

    sha256: str
    background: Background
    head: Linear
    examples_head: Linear
    joint_head: Linear
    cut: float
    sure: float
    read_titles: Callable[[Sequence[str]], Sides]
    _known: dict[tuple[Title, ...], _Read] = field(default_factory=dict, compare=False, repr=False)

    def chances(self, ideas: IdeaTexts, titles: Sequence[Title]) -> Matrix:
        """The chance that each title is true of each idea, or speaks of what it opposes: shape (n, m).

        It depends on that idea and on the titles, never on the other ideas.
        """
        found = np.zeros((len(ideas), len(titles)), dtype=np.float32)
        if not len(ideas) or not titles:
            return found
        read = self._read(tuple(titles))
        told = {
            column: Examples(*both, dict(ideas.above[one] for one in titles[column].examples if one in ideas.above))
            for column, both in read.told.items()
        }
        for start, part in _parts(ideas, len(titles)):
            vectors, background = Sides(part.topics, part.said), self.background
            own = Beside.of(part.texts, vectors, background, part.headings) if told else NOTHING
            beside = {column: beside_examples(own, one) for column, one in told.items()}
            found[start : start + len(part)] = as_chances(self.told_by(self.scores(part, read.titles), beside))
        return found

    def _read(self, titles: tuple[Title, ...]) -> _Read:
        if titles not in self._known:
            told = {
                column: (self._beside(title.examples), self._beside(title.refused))
                for column, title in enumerate(titles)
                if title.examples or title.refused
            }
            texts = [title.text for title in titles]
            sides = self.read_titles(texts)
            read = self.background.titles(texts, sides)
            for other in list(self._known)[:-1]:  # two stay: all the titles, and those of people among them
                del self._known[other]
            self._known[titles] = _Read(read, told, self.draws(read, sides))
        return self._known[titles]

    def _beside(self, texts: Sequence[str]) -> Beside:
        return Beside.of(texts, self.read_titles(texts), self.background) if texts else NOTHING

    def scores(self, ideas: IdeaTexts, titles: TitleTexts) -> npt.NDArray[np.float64]:
        """The odds, in logarithms, that each title is true of each idea, whatever is under it: shape (n, m)."""
        weights = dict(zip(self.head.inputs, self.head.weights[0].tolist(), strict=True))
        scores = np.full((len(ideas), len(titles.texts)), float(self.head.bias[0]))
        for name, values in features(ideas, titles, self.background):
            scores += weights[name] * values  # one after the other: their order is that of the sum
        return scores

    def draws(self, titles: TitleTexts, vectors: Sides) -> npt.NDArray[np.float64]:
        """What each title draws of the others, of the `MOST_DRAWN` first ones of more, see `draws`: shape (m,)."""
        others = IdeaTexts.of_titles(titles.texts, vectors).part(0, MOST_DRAWN)
        return draws((start, self.scores(part, titles)) for start, part in _parts(others, len(titles.texts)))

    def told_by(
        self, scores: npt.NDArray[np.float64], beside: Mapping[int, npt.NDArray[np.float64]]
    ) -> npt.NDArray[np.float64]:
        """Those odds, shape (n, m), once a person put ideas under some titles or took some away: by number of the
        title, see `beside_examples`."""
        found = scores.copy()
        for column, one in beside_others(beside).items():
            weighed = np.column_stack([scores[:, column], one]) * self.examples_head.weights[0]
            found[:, column] = float(self.examples_head.bias[0]) + sum(weighed.T)
        return found

    def joint(
        self,
        chances: Matrix,
        axes: npt.NDArray[np.floating],
        titles: Sequence[Title],
        together: npt.NDArray[np.int64] | None = None,
        drawn: npt.NDArray[np.float64] | None = None,
    ) -> Matrix:
        """The chance that each idea goes under each title, its axis being that of the title: shape (n, m).

        `axes` : probabilities of each idea, in the order of `AXIS_CODES`, shape (n, 5). `together` : the part of a
        document of each, see `IdeaTexts`. `drawn` : what each title draws; None: it is read.
        """
        drawn = self._read(tuple(titles)).drawn if drawn is None else drawn
        scores = np.full(chances.shape, float(self.joint_head.bias[0]))
        of_titles = [title.axis or title.leaning or None for title in titles]
        inputs = joint_inputs(log_odds(chances), axes, of_titles, together, drawn)
        for weight, values in zip(self.joint_head.weights[0].tolist(), inputs, strict=True):
            scores += weight * values
        return as_chances(scores)


def as_chances(scores: npt.NDArray[np.float64]) -> Matrix:
    """Chances of odds in logarithms."""
    return np.asarray(np.round(1.0 / (1.0 + np.exp(-scores)), DECIMALS), dtype=np.float32)


def log_odds(chances: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Logarithms of odds, of chances kept away from 0 and 1."""
    kept = np.clip(np.asarray(chances, dtype=np.float64), LEAST, 1 - LEAST)
    return np.asarray(np.log(kept) - np.log1p(-kept))


OfTitle = str | tuple[float, ...] | None
"""The axis of a title, else how far it leans to each, else None."""


def axis_shares(axes: npt.NDArray[np.floating], of_titles: Sequence[OfTitle]) -> npt.NDArray[np.float64]:
    """The probability that each idea is on the axis of each title, be it another one each time (on any of the rose, for
    a title of which nothing is known)."""
    known = np.asarray(axes, dtype=np.float64)
    any_axis = sum(known[:, AXIS_CODES.index(code)] for code in COMPASS_CODES)
    columns = [
        any_axis if axis is None
        else known[:, AXIS_CODES.index(axis)] if isinstance(axis, str)
        else sum(known[:, place] * share for place, share in enumerate(axis))
        for axis in of_titles
    ]  # fmt: skip
    return np.asarray(np.clip(np.column_stack(columns), LEAST, 1.0))


def joint_inputs(
    odds: npt.NDArray[np.float64],
    axes: npt.NDArray[np.floating],
    of_titles: Sequence[OfTitle],
    together: npt.NDArray[np.int64] | None,
    drawn: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], ...]:
    """`JOINT` of each pair, shapes that stretch to (n, m): log-odds, the logarithm of the share of the title's axis,
    whether nothing is known of it (it then agrees with all, which tells nothing), what is said around the idea and
    further on, and what the title draws, see `draws`."""
    any_axis = np.array([[float(axis is None) for axis in of_titles]])
    shares = np.log(axis_shares(axes, of_titles))
    return odds, shares, any_axis, *_around(odds, shares, together), drawn[None]


def _around(
    odds: npt.NDArray[np.float64], shares: npt.NDArray[np.float64], together: npt.NDArray[np.int64] | None
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Who speaks of something goes on for a while. How much likelier each title is for the ideas beside each one than
    for their whole part of the document; and in logarithms, than any title is for the ideas further on, their axes
    counted; shape (n, m). In whole hundredths and thousandths, so that sums are exact."""
    near, far = np.zeros_like(odds), np.zeros_like(odds)
    if together is None or not len(odds):
        return near, far
    _, group, sizes = np.unique(together, return_inverse=True, return_counts=True)
    order = np.argsort(group, kind="stable")
    group, starts = group[order], np.cumsum(sizes) - sizes
    kept = np.rint(100 * np.clip(odds, -MOST_ODDS, MOST_ODDS))[order]
    above = kept - (np.add.reduceat(kept, starts, axis=0) / sizes[:, None])[group]
    near[order] = _beside(above, group, AROUND) / 100
    likely = as_chances(odds + shares)[order].astype(np.float64)
    told = np.rint(1_000 * likely / (1.0 + likely.sum(axis=1, keepdims=True)))
    n_beside = _beside(np.ones((len(odds), 1)), group, FAR_AROUND) / 1_000
    unsure = UNSURE / odds.shape[1]
    far[order] = np.log((_beside(told, group, FAR_AROUND) / 1e6 + unsure) / unsure / (n_beside / UNSURE + 1.0))
    return near, far


def _beside(
    values: npt.NDArray[np.float64], group: npt.NDArray[np.int64], weights: Sequence[float]
) -> npt.NDArray[np.float64]:
    """The weighed sum of the rows before and after each one in its group, the nearest first."""
    found = np.zeros_like(values)
    for step, weight in enumerate(weights, start=1):
        rows = np.flatnonzero(group[step:] == group[:-step])
        found[rows + step] += weight * values[rows]
        found[rows] += weight * values[rows + step]
    return found


def _parts(ideas: IdeaTexts, n_titles: int) -> Iterator[tuple[int, IdeaTexts]]:
    size = max(1, min(BLOCK, PAIRS // max(1, n_titles)))
    for start in range(0, len(ideas), size):
        yield start, ideas.part(start, start + size)


def draws(parts: Iterable[tuple[int, npt.NDArray[np.float64]]]) -> npt.NDArray[np.float64]:
    """How much likelier each title is for the other titles, taken for ideas, than their others are, in logarithms,
    shape (m,): a title whose words are those of everybody draws what is not its own. It depends on no idea.

    `parts` : the odds of each title (in columns) for some titles (in rows), and the number of the first of these.
    """
    whole, others = np.zeros((1, 0)), np.zeros(0)
    for start, odds in parts:
        apart = 1.0 - np.eye(len(odds), odds.shape[1], start)
        kept = np.clip(odds, -MOST_ODDS, MOST_ODDS) * apart
        told = (kept - kept.sum(axis=1, keepdims=True) / max(1, odds.shape[1] - 1)) * apart
        whole = np.vstack([whole if start else np.zeros((1, odds.shape[1])), told]).sum(axis=0, keepdims=True)
        others = apart.sum(axis=0) + (others if start else 0.0)
    return np.asarray(np.round(whole[0] / np.maximum(1.0, others), DECIMALS))


@lru_cache(maxsize=2)
def load_place(profile: str) -> PlaceModel:
    """The model of a profile, loaded once per process.

    Raises ModelError: a file is missing or altered, or the vectors come from other encoders.
    """
    with PLACE.reading(PLACE.path) as learned:
        return _opened(learned, profile)


def _opened(learned: Learned, profile: str) -> PlaceModel:
    facts, heads = learned.facts, learned.heads
    encoder = load_encoder()
    read_said = _said_reader(facts) if profile == PROFILES[0] else None
    if encoder.sha256 != facts["topics_sha256"]:
        raise ValueError("l'encodeur des sujets n'est pas celui dont les vecteurs ont servi")

    def read(texts: Sequence[str]) -> Sides:
        if read_said is None:
            return Sides(encoder.encode(texts).astype(np.float16), np.zeros((len(texts), 0), dtype=np.float16))
        with ThreadPoolExecutor(1) as beside:  # a title that is typed waits for the slower encoder alone
            said = beside.submit(read_said, texts)
            return Sides(encoder.encode(texts).astype(np.float16), said.result())

    said = View.of(heads[SAID_BACKGROUND].weights) if read_said is not None else None
    background = Background(View.of(heads[TOPICS_BACKGROUND].weights), said)
    beside, joint = learned.head(f"{profile}_examples", (ODDS, *EXAMPLES)), learned.head(f"{profile}_joint", JOINT)
    cut, sure = (float(facts[name][profile]) for name in ("cuts", "sure"))
    return PlaceModel(learned.sha256, background, heads[profile], beside, joint, cut, sure, read)


def _said_reader(facts: Mapping[str, Any]) -> Callable[[Sequence[str]], Vectors]:
    from pipeline.classify.reading.store import model_folder, open_branch
    from pipeline.classify.stage import load_axis_model

    model: Any = load_axis_model("precis")
    if open_branch(model_folder("precis")) != facts["said_sha256"]:
        raise ValueError("la branche des titres n'est pas celle dont les vecteurs ont servi")
    return lambda texts: np.asarray(titled(model.encoder.encode(texts, [""] * len(texts)).ideas), dtype=np.float16)
