"""Figures as French writes them."""

import pytest

from pipeline.cli.output import count


@pytest.mark.parametrize(
    ("n", "nouns", "told"),
    [
        (0, ("ligne",), "0 ligne"),
        (1, ("signal faible", "signaux faibles"), "1 signal faible"),
        (2, ("signal faible", "signaux faibles"), "2 signaux faibles"),
        (1_200, ("idée",), "1\u202f200 idées"),
    ],
    ids=["none", "one", "two", "thousands"],
)
def test_counts(n: int, nouns: tuple[str, ...], told: str) -> None:
    assert count(n, *nouns) == told
