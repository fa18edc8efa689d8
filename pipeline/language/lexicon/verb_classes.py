"""What verbs tell of a situation: welcome, unwelcome, someone's words; and which say nothing without an object."""

from __future__ import annotations

from pipeline.language.text.lists import read_words

UNWELCOME_VERBS = read_words(__name__, "unwelcome_verbs")
"""What an obstacle says that someone or something does, and that one would rather avoid."""
WELCOME_VERBS = read_words(__name__, "welcome_verbs")
"""What « on » does that is no obstacle by itself."""
REPORTING_VERBS = read_words(__name__, "reporting_verbs")
"""What tells someone's words: the obstacle is what they say."""
TRANSITIVE_VERBS = read_words(__name__, "transitive_verbs")
"""Verbs that say nothing without an object."""
