"""How true a title is of the texts of its group: the share of them that say what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary.concepts import concepts_in
from pipeline.language.vocabulary.rarity import stem_weight

SAID = 0.6
"""Share of the weight of a title's words that a text must say."""
LIKE = 0.6
"""What a word weighs that a text tells by another of the same concept."""
KIN = 0.5
"""What a text counts that says no word of a phrase, and tells it by other words of the same concepts."""
RARE = 0.01
"""What rarity is worth beside coverage: it decides between phrases that cover as much."""


class Coverage:
    """What the texts of a group say, asked about one phrase after another.

    Parameters
    ----------
    texts : shape (n,), the most central first.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._stems = [frozenset(content_stems(text)) for text in texts]
        self._concepts = [concepts_in(content_words(text)) for text in texts]
        self._counts = Counter(stem for stems in self._stems for stem in stems)
        self.n = len(texts)

    @staticmethod
    def stems_of(phrase: str) -> frozenset[str]:
        """The stems of a phrase that carry a subject."""
        return frozenset(content_stems(phrase))

    def of(self, stems: frozenset[str]) -> float:
        """Share of the texts that say at least half of a phrase, its rare words counting more."""
        if not stems or not self.n:
            return 0.0
        weights = {stem: self._weight(stem) for stem in stems}
        concepts = {stem: concepts_in([stem]) for stem in stems}
        total = sum(weights.values())
        covered = 0.0
        for said, told in zip(self._stems, self._concepts, strict=True):
            share = sum(
                weight * (1.0 if stem in said else LIKE if concepts[stem] & told else 0.0)
                for stem, weight in weights.items()
            )
            says_it = round(share / total, 6) >= SAID
            covered += (1.0 if stems & said else KIN) * says_it
        return round(covered / self.n, 6)

    def touched(self, phrase: str) -> float:
        """Share of the texts that say a word of a phrase, or another of one of its concepts."""
        stems, concepts = self.stems_of(phrase), concepts_in(content_words(phrase))
        found = (bool(stems & said or concepts & told) for said, told in zip(self._stems, self._concepts, strict=True))
        return sum(found) / self.n if self.n else 0.0

    def has_lone(self, stems: frozenset[str]) -> bool:
        """Whether a phrase says a word that one text alone says, where there are two or more."""
        return self.n > 1 and any(self._counts[stem] < 2 for stem in stems)

    def lone_share(self, stems: frozenset[str]) -> float:
        """Share of the words of a phrase that one text alone says."""
        return sum(self._counts[stem] < 2 for stem in stems) / len(stems) if stems and self.n > 1 else 0.0

    def rarity(self, stems: frozenset[str]) -> float:
        """A little for each word, more for a rare one."""
        return RARE * sum(map(self._weight, stems)) / max(1, len(stems))

    def _weight(self, stem: str) -> float:
        return max(0.1, stem_weight(stem, self._counts[stem], self.n))
