"""Figures as French writes them."""

from labelled import each

from pipeline.cli.output import count

test_counts = each(
    lambda n, nouns: count(n, *nouns),
    (0, ("ligne",), "0 ligne"),
    (1, ("signal faible", "signaux faibles"), "1 signal faible"),
    (2, ("signal faible", "signaux faibles"), "2 signaux faibles"),
    (1_200, ("idée",), "1\u202f200 idées"),
    names=["none", "one", "two", "thousands"],
)
