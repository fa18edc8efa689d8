"""Count in how many texts of the annotated corpus each stem and concept stands, for `language.vocabulary.rarity`.

python -m pipeline.workbench.stem_counts
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.language.text.lists import read_text
from pipeline.language.text.words import content_stems, content_words
from pipeline.language.vocabulary import rarity
from pipeline.language.vocabulary.concepts import concepts_in
from pipeline.workbench.examples import CORPUS_FOLDER, read_folder

_COUNT_MIN = 2


def count_stems(corpus: Path) -> dict[str, int]:
    """Number of distinct texts under the key `""`, and of the texts that hold each stem and concept."""
    texts = sorted({str(row["text"]) for _, row in read_folder(corpus)})
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(content_stems(text)))
        counts.update({f"#{concept}" for concept in concepts_in(content_words(text))})
    return {"": len(texts), **{key: counts[key] for key in sorted(counts) if counts[key] >= _COUNT_MIN}}


def _write() -> None:
    counts = count_stems(CORPUS_FOLDER)
    known = read_text(rarity.__name__, rarity.COUNTS).splitlines()
    head = [line for line in known if line.startswith(rarity.PROVENANCE)]
    lines = [*head, *(f"{key}\t{count}" for key, count in counts.items())]
    path = Path(rarity.__file__).parent / "data" / rarity.COUNTS
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write()
