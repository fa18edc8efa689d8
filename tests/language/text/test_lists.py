"""Patterns that are looked for together, against each of them looked for alone."""

import re

from pipeline.language.text.lists import N_TOGETHER, standing_in

FIRST = ("four", "cale", "halle", "pont", "barque", "lavoir", "verger", "moulin")
PATTERNS = {word: re.compile(rf"\b(?:{word}s?)\b") for word in FIRST}
PATTERNS |= {"opens": re.compile(r"^(?:non|oui)\b"), "asks": re.compile(r"\bfaut\b|\?$")}


def test_patterns_looked_for_together_are_those_that_stand_alone() -> None:
    assert len(PATTERNS) > N_TOGETHER
    found = standing_in(PATTERNS)
    for text in ("", "Le four et la cale", "non, les ponts", "la halle ?", "les fournils, oui", "il faut deux lavoirs"):
        assert found(text) == {key for key, pattern in PATTERNS.items() if pattern.search(text)}, text
    assert found("Le four et la cale") == {"four", "cale"}
