"""What is read of the items of an axis before they are grouped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from pipeline.cluster import corpus
from pipeline.cluster.corpus import with_headings_read
from pipeline.cluster.given import nothing_beside

TEXTS = ["Bus rares", "Salle froide", "Plus de bancs"]


@pytest.mark.parametrize(
    ("headings", "most", "is_read"),
    [
        (["Frein"] * 3, 3, True),
        (["Frein"] * 3, 2, False),
        (["Frein", "Frein", "Idée"], 2, True),
        ([""] * 3, 3, False),
    ],
)
def test_one_heading_above_many_ideas_is_not_read_before_each(
    headings: list[str], most: int, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "N_UNDER_ONE", most)

    def reads(texts: Sequence[str]) -> npt.NDArray[np.float16]:
        return np.array([[len(text)] for text in texts], dtype=np.float16)

    topics = reads(TEXTS)
    found = with_headings_read(replace(nothing_beside(topics), headings=headings), TEXTS, reads)
    assert found is not None
    told = [f"{heading} : {text}" for heading, text in zip(headings, TEXTS, strict=True)]
    assert (found.under == (reads(told) if is_read else topics)).all()
