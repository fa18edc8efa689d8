"""Sentences that tell what others said."""

from __future__ import annotations

import pytest

from pipeline.ingest.formats.documents.reporting import is_reported, reported_share

REPORTED = [
    "Il a été évoqué que le quai glisse l'hiver.",
    "Plusieurs pistes ont également été proposées.",
    "Les habitants du port ont demandé une échelle.",
    "Le groupe a unanimement souligné la montée de la vase.",
]
SAID = ["Le quai glisse l'hiver.", "On a proposé une échelle à la mairie.", "J'ai été noté absent.", "Une échelle !"]


@pytest.mark.parametrize("sentence", REPORTED)
def test_reported(sentence: str) -> None:
    assert is_reported(sentence)


@pytest.mark.parametrize("sentence", SAID)
def test_said(sentence: str) -> None:
    assert not is_reported(sentence)


def test_the_share_counts_sentences() -> None:
    assert reported_share([f"{REPORTED[0]} {REPORTED[1]}", "Le quai glisse chaque hiver."]) == pytest.approx(2 / 3)
    assert reported_share([]) == 0.0
