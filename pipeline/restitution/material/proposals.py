"""What may answer an obstacle by its words alone, where no link was found."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from pipeline.language.text.words import content_stems
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.model import Group, Item

ANSWER_SHARE = 0.2
SHORT_MIN = 3


class Proposals:
    """Ideas that may answer an obstacle, link or no link, found by the words that they hold.

    Parameters
    ----------
    items : the ideas. They are read once, however many obstacles are asked about.
    """

    def __init__(self, kinship: Kinship, items: Iterable[Item]) -> None:
        self._kinship = kinship
        holders: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._n_items = 0
        for row, item in enumerate(items):
            self._n_items = row + 1
            for stem in set(content_stems(item.text)) - kinship.places:
                holders[stem].append(row)
        self._holders = dict(holders)
        self._longer: dict[str, list[str]] = {}
        for stem in self._holders:
            if len(stem) > SHORT_MIN:
                self._longer.setdefault(stem[:-1], []).append(stem)

    def may_answer(self, obstacle: Group, share: float = ANSWER_SHARE) -> bool:
        """Whether one of the ideas holds so much, by weight, of what the obstacle's title names.

        Two forms of one word are near enough (`payé`, `payer`): that nothing answers is only said when nothing might.
        """
        named = self._kinship.subjects(obstacle.title)
        held = np.zeros(self._n_items)
        for stem, weight in named.items():
            forms = [stem, *self._longer.get(stem, ()), *([stem[:-1]] if len(stem) > SHORT_MIN else [])]
            rows = [np.frombuffer(self._holders[form], dtype=np.uint32) for form in forms if form in self._holders]
            if rows:
                held[np.unique(np.concatenate(rows))] += weight
        due = share * round(sum(named.values()), 6)
        return bool((np.round(held, 6) >= due).any())
