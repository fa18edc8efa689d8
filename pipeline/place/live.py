"""Placing while a person sorts: the chance of each title for each idea after each act, from the vectors of a run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pipeline.place.features import NOTHING, Beside, Examples, IdeaTexts, Sides, beside_examples, headed
from pipeline.place.model import PlaceModel, as_chances
from pipeline.place.stage import said_by_people
from pipeline.place.titles import Title


@dataclass
class LivePlacing:
    """Ideas of a run, with what is worth keeping from one act to the next.

    `axes` : probabilities of each idea, in the order of `AXIS_CODES`, shape (n, 5).
    """

    ideas: IdeaTexts
    axes: npt.NDArray[np.float64]
    model: PlaceModel
    _own: Beside = field(init=False)
    _rows: dict[str, int] = field(init=False)
    _above: dict[str, tuple[str, float]] = field(init=False)
    _read: dict[str, Sides] = field(default_factory=dict)
    _scores: tuple[tuple[str, ...], npt.NDArray[np.float64], npt.NDArray[np.float64]] | None = None
    _told: dict[tuple[tuple[str, ...], tuple[str, ...]], npt.NDArray[np.float64]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        vectors = Sides(self.ideas.topics, self.ideas.said)
        self._own = Beside.of(self.ideas.texts, vectors, self.model.background, self.ideas.headings)
        self._above = headed(self.ideas.texts, self.ideas.headings, set(self.ideas.texts))
        self._rows = {text: row for row, text in enumerate(self.ideas.texts)}

    def chances(self, titles: Sequence[Title]) -> npt.NDArray[np.float64]:
        """What `find` goes by, shape (n, m): the chance of each title for each idea with its axis; 1 or 0 where a
        person decided. Only what an act changed is computed again."""
        if not titles:
            return np.zeros((len(self.ideas), 0))
        beside = {}
        for column, title in enumerate(titles):
            if title.examples or title.refused:
                key = (title.examples, title.refused)
                if key not in self._told:
                    above = dict(self._above[text] for text in title.examples if text in self._above)
                    under, away = map(self._beside, key)
                    self._told[key] = beside_examples(self._own, Examples(under, away, above))
                beside[column] = self._told[key]
        odds, drawn = self._odds(tuple(title.text for title in titles))
        chances = as_chances(self.model.told_by(odds, beside))
        found = np.array(self.model.joint(chances, self.axes, titles, self.ideas.together, drawn), dtype=np.float64)
        for row, column, is_under in said_by_people(self.ideas.texts, titles):
            found[row, column] = 1.0 if is_under else 0.0
        return found

    def _odds(self, texts: tuple[str, ...]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """The odds of titles alone, and what each draws; the other titles count, so that one more changes all."""
        if self._scores is None or self._scores[0] != texts:
            sides = self._sides(texts)
            titles = self.model.background.titles(texts, sides)
            self._scores = (texts, self.model.scores(self.ideas, titles), self.model.draws(titles, sides))
        return self._scores[1:]

    def _sides(self, texts: Sequence[str]) -> Sides:
        if new := [text for text in dict.fromkeys(texts) if text not in self._read]:
            read = self.model.read_titles(new)
            self._read |= {text: Sides(read.topics[[row]], read.said[[row]]) for row, text in enumerate(new)}
        return _joined(self._read[text] for text in texts)

    def _beside(self, texts: Sequence[str]) -> Beside:
        """Ideas of a person, by the vectors of the run where they are ideas of it."""
        if not texts:
            return NOTHING
        rows = map(self._rows.get, texts)
        sides = (
            self._sides([text]) if row is None else Sides(self.ideas.topics[[row]], self.ideas.said[[row]])
            for text, row in zip(texts, rows, strict=True)
        )
        return Beside.of(texts, _joined(sides), self.model.background)


def _joined(sides: Iterable[Sides]) -> Sides:
    return Sides(*map(np.concatenate, zip(*sides, strict=True)))
