"""Parses of sentences: each is made once, together with others where it can be, and only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pipeline.cluster.naming.candidate import Candidate
from pipeline.cluster.naming.shared_phrases import reads_well

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NOTHING = np.zeros((0, 0))


class Parses:
    """Sentences → parses."""

    def __init__(self) -> None:
        self._known: dict[str, Doc] = {}

    def read(self, sentences: Iterable[str]) -> None:
        """Parse those that are not known yet."""
        from pipeline.language.models.parsing import parse

        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._known]
        for sentence, doc in zip(new, parse(new), strict=True):
            doc.tensor = _NOTHING  # three quarters of its memory, which nobody reads
            self._known[sentence] = doc

    def look_ahead(self, ranked: Sequence[Sequence[Candidate]]) -> None:
        """Parse, of each group, what tells which of its candidates is the first that holds."""
        waiting = [self._asked(candidates) for candidates in ranked]
        while waiting:
            asked = [(one, sentence) for one in waiting for sentence in [next(one, None)] if sentence is not None]
            self.read(sentence for _, sentence in asked)
            waiting = [one for one, _ in asked]

    def _asked(self, candidates: Sequence[Candidate]) -> Iterator[str]:
        for one in candidates:
            for place in one.places:
                yield place.sentence
                if reads_well(place, self[place.sentence]):
                    return
            if not one.places:
                return

    def hold(self, one: Candidate) -> bool:
        """Whether the phrase of a title reads well in one of its sentences; one that was parsed to be found does."""
        return not one.places or any(reads_well(place, self[place.sentence]) for place in one.places)

    def __getitem__(self, sentence: str) -> Doc:
        if sentence not in self._known:
            self.read([sentence])
        return self._known[sentence]
