"""What words our sentences may take in, and what they leave to stand by themselves."""

from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.contracts.draft import WordsNode, WordsRef
from pipeline.language.syntax import workshop_lexicon
from pipeline.restitution.prose.clauses import taken
from pipeline.restitution.prose.forms import ACT, THING

TELLING: Any = SimpleNamespace(lexicon=workshop_lexicon.learn([]))


@pytest.mark.parametrize(
    ("words", "axis", "form"),
    [
        ("le club des aînés cuisine une soupe", "nord", None),
        ("le troc de graines avec une bourse aux plantes", "nord", THING),
        ("une journée pour accueillir les nouveaux", "sud", THING),
        ("tenir une buvette est aussi le moyen de se parler", "sud", None),
        ("ouvrir l’atelier qui est fermé le samedi", "sud", ACT),
        ("proposer un repas par saison", "sud", None),
        ("laissons la place aux jeunes", "sud", None),
        ("saisons de fêtes dans chaque hameau", "sud", THING),
    ],
)
def test_what_a_sentence_of_ours_takes_in(words: str, axis: str, form: str | None) -> None:
    found = taken(TELLING, WordsNode("report", words, WordsRef("i1", "c1", (0, len(words)), ())), axis)
    assert (None if found is None else found.form) == form
