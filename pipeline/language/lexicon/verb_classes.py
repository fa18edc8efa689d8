"""What verbs tell of a situation: welcome, unwelcome, someone's words; and which say nothing without an object."""

from __future__ import annotations

from pipeline.language.text.lists import read_words


def unwelcome_verbs() -> frozenset[str]:
    """What an obstacle says that someone or something does, and that one would rather avoid."""
    return read_words(__name__, "unwelcome_verbs")


def welcome_verbs() -> frozenset[str]:
    """What « on » does that is no obstacle by itself."""
    return read_words(__name__, "welcome_verbs")


def reporting_verbs() -> frozenset[str]:
    """What tells someone's words: the obstacle is what they say."""
    return read_words(__name__, "reporting_verbs")


def transitive_verbs() -> frozenset[str]:
    """Verbs that say nothing without an object."""
    return read_words(__name__, "transitive_verbs")
