"""How rare words and concepts are in what people say in workshops: document frequencies over the annotated corpus.

A workshop of forty ideas cannot tell by itself that « bus » means more than « aller »; the counts of some thousands of
ideas can. They were counted once and nothing counts them again: models were learnt with the weights they give.
"""

from functools import cache
from math import log

from pipeline.language.text.lists import read_text

COUNTS = "stem_counts.txt"
PROVENANCE = "# "
"""How the lines begin that are no counts: the key of a concept is `#` and its number."""


@cache
def background() -> tuple[int, dict[str, int]]:
    """The number of texts counted, and in how many of them each stem (or `#12`, a concept) stands."""
    lines = [line for line in read_text(__name__, COUNTS).splitlines() if not line.startswith(PROVENANCE)]
    counts = {key: int(count) for key, _, count in (line.partition("\t") for line in lines)}
    return counts.pop(""), counts


_CONCEPT_TRUST = 20
"""The background weighs less for concepts: what a corpus is about is told by few of them."""


def stem_weight(stem: str, n_here: int, n_texts: int) -> float:
    """Weight of a stem that stands in `n_here` of the `n_texts` texts at hand: the rarer, the more it tells."""
    total, counts = background()
    return log((total + n_texts) / (1 + counts.get(stem, 0) + n_here))


def concept_weight(concept: int, n_here: int, n_texts: int) -> float:
    """The same for a concept, which the texts at hand may make common."""
    total, counts = background()
    known = counts.get(f"#{concept}", 0) / _CONCEPT_TRUST
    return max(0.0, log((total / _CONCEPT_TRUST + n_texts) / (1 + known + n_here)))
