"""How often the gender of a real noun is right: nouns of public texts whose determiner shows it.

    python tests/bench/genders.py FOLDER

reads the columns `text` of `*.csv` of a folder, takes what the tagger calls a noun right after `le`, `la`, `un`…, and
keeps those met at least twice, four times in five with one gender. No text is kept.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from pipeline.language.lexicon.nouns import gender_of
from pipeline.language.models.parsing import load_parser

_SHOWN = {
    **dict.fromkeys(("le", "un", "ce", "cet", "du", "au"), "m"),
    **dict.fromkeys(("la", "une", "cette", "ma", "ta", "sa"), "f"),
}
N_MIN, SHARE_MIN = 2, 0.8


def shown_genders(texts: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Noun → the gender that its determiners show, and how often it was met with one."""
    votes: dict[str, Counter[str]] = {}
    for doc in load_parser().pipe(texts, disable=["parser", "attribute_ruler"]):
        for token in doc[1:]:
            before = doc[token.i - 1]
            is_word = token.text.isalpha() or "-" in token.text
            if token.pos_ == "NOUN" and is_word and before.lower_ in _SHOWN:
                votes.setdefault(token.lower_, Counter())[_SHOWN[before.lower_]] += 1
    found = {}
    for noun, counts in votes.items():
        gender, n = counts.most_common(1)[0]
        if n >= N_MIN and n >= SHARE_MIN * counts.total():
            found[noun] = gender, counts.total()
    return found


def main(folder: Path) -> None:
    tables = (pd.read_csv(path) for path in sorted(folder.glob("*.csv")))
    texts = sorted({str(text).replace("’", "'") for table in tables if "text" in table for text in table["text"]})
    shown = shown_genders(texts)
    nouns: Counter[str] = Counter()
    uses: Counter[str] = Counter()
    for noun, (gender, n) in shown.items():
        given = gender_of(noun)
        outcome = "silent" if not given else "right" if given == gender else "wrong"
        nouns[outcome] += 1
        uses[outcome] += n
    for outcome in ("right", "wrong", "silent"):
        print(f"{outcome}: {nouns[outcome] / nouns.total():.3f} of nouns, {uses[outcome] / uses.total():.3f} of uses")
    print(f"{nouns.total()} nouns, {uses.total()} uses")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
