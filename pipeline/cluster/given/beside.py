"""What stands beside the texts of an axis: headings, the order in which they were said, groups that people made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.cluster.pairs.views import Ideas
from pipeline.cluster.rows import Matrix

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Beside:
    """What stands beside texts.

    Attributes
    ----------
    headings : shape (n,), the heading or question above each, "" for none.
    topics, of_headings : shape (n, d), sentence vectors of the texts and of their headings, zeros for none.
    places : shape (n,), see `pipeline.cluster.given.reading_order`; −1 where order says nothing.
    made : shape (n,), the number of the group that participants put each text in, −1 for none.
    under : shape (n, d), sentence vectors of each heading followed by its text; those of the texts without headings.
    axis : on which the texts are.
    """

    headings: Sequence[str]
    topics: npt.NDArray[np.float16]
    of_headings: npt.NDArray[np.float16]
    places: Labels
    made: Labels
    under: npt.NDArray[np.float16]
    axis: str = ""

    def ideas(self, texts: Sequence[str], meanings: npt.NDArray[np.float16], points: Matrix) -> Ideas:
        """These texts with what stands beside them."""
        return Ideas(
            texts, self.headings, self.topics, self.of_headings, meanings, points, self.places, self.under, self.axis
        )

    def take(self, rows: Labels) -> Beside:
        """What stands beside some rows."""
        headings = [self.headings[row] for row in rows]
        places, made, under = self.places[rows], self.made[rows], self.under[rows]
        return Beside(headings, self.topics[rows], self.of_headings[rows], places, made, under, self.axis)


def under_headings(texts: Sequence[str], headings: Sequence[str]) -> list[str]:
    """Each text after its heading, as a person who reads a wall from the top has them in mind."""
    return [f"{heading} : {text}" if heading else text for text, heading in zip(texts, headings, strict=True)]


def nothing_beside(topics: npt.NDArray[np.float16]) -> Beside:
    """Texts of which only the vectors are known, shape (n, d)."""
    unknown = np.full(len(topics), -1, dtype=np.int64)
    return Beside([""] * len(topics), topics, np.zeros_like(topics), unknown, unknown, topics)
