"""In how many texts of the annotated corpus each stem and concept stands, as `rarity` counted them."""

from __future__ import annotations

from functools import cache

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
