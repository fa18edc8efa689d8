"""Words of French that a cut must know: fillers, abbreviations, verbs that look like nouns. Read from `data/`."""

from __future__ import annotations

from pipeline.language.text.lists import read_lines, read_words

FILLERS = tuple(dict.fromkeys(form for one in read_lines(__name__, "fillers") for form in (one, one.replace("'", "’"))))
"""What may stand uncovered at the edges of an item."""

EDGE_FILLERS = frozenset(FILLERS) - {
    "là", "quand même", "et", "donc", "après", "puis", "alors", "du coup", "enfin", "quoi",
}  # fmt: skip
"""Fillers that are one wherever they stand at an edge: the others may be the first word of the idea."""

VERBS_ALSO_NOUNS = read_words(__name__, "verbs_also_nouns")
"""Verb forms that are nouns or adjectives as well ("manque", "reste")."""

ABBREVIATIONS = read_words(__name__, "abbreviations")
"""Abbreviations in lower case, without their full stop."""

ABBREVIATIONS_BEFORE_NUMBERS = read_words(__name__, "abbreviations_before_numbers")
"""Those that a number follows ("p. 12", "sept. 2023")."""

CLOSING_ABBREVIATIONS = read_words(__name__, "closing_abbreviations")
"""Those that often end a sentence: a capital after them begins the next one."""
