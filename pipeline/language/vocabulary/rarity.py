"""In how many texts of the annotated corpus each stem and concept stands, as `rarity` counted them."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from math import log
from pathlib import Path

from pipeline.language.text.lists import read_text
from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary.concepts import concepts_in

COUNTS = "stem_counts.txt"
PROVENANCE = "# "
"""How the lines begin that are no counts: the key of a concept is `#` and its number."""


@cache
def background() -> tuple[int, dict[str, int]]:
    """The number of texts counted, and in how many of them each stem (or `#12`, a concept) stands."""
    lines = [line for line in read_text(__name__, COUNTS).splitlines() if not line.startswith(PROVENANCE)]
    counts = {key: int(count) for key, _, count in (line.partition("\t") for line in lines)}
    return counts.pop(""), counts


_COUNT_MIN = 2
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


def count_stems(corpus: Path) -> dict[str, int]:
    """Number of distinct texts under the key `""`, and of the texts that hold each stem and concept."""
    lines = [line for path in sorted(corpus.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = sorted({str(json.loads(line)["text"]) for line in lines})
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(content_stems(text)))
        counts.update({f"#{concept}" for concept in concepts_in(content_words(text))})
    return {"": len(texts), **{key: counts[key] for key in sorted(counts) if counts[key] >= _COUNT_MIN}}


def _write() -> None:
    from pipeline.resources import corpus

    counts = count_stems(corpus() / "annotated")
    head = [line for line in read_text(__name__, COUNTS).splitlines() if line.startswith(PROVENANCE)]
    lines = [*head, *(f"{key}\t{count}" for key, count in counts.items())]
    (Path(__file__).parent / "data" / COUNTS).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    from pipeline.language.vocabulary import rarity  # data are found by the name of a module: this one has another

    rarity._write()
