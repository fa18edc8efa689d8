"""What words our sentences may take in, and what they leave to stand by themselves."""

from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.contracts.draft import WordsNode, WordsRef
from pipeline.language.syntax import workshop_lexicon
from pipeline.restitution.prose.forms import ACT, THING, taken_in

TELLING: Any = SimpleNamespace(lexicon=workshop_lexicon.learn([]))


@pytest.mark.parametrize(
    ("words", "axis", "form"),
    [
        ("tenir une buvette est aussi le moyen de se parler", "sud", ""),
        ("ouvrir l’atelier qui est fermé le samedi", "sud", ACT),
        ("ouvrir l’atelier si la salle est fermée le samedi", "sud", ACT),
        ("ouvrir l’atelier qui est fermé le samedi", "est", ""),
        ("proposer un repas par saison", "sud", ""),
        ("laissons la place aux jeunes", "sud", ""),
        ("une journée pour accueillir les nouveaux", "sud", THING),
        ("une journée pour accueillir les nouveaux", "ouest", ""),
        ("la journée pour accueillir les nouveaux", "sud", ""),
    ],
)
def test_the_acts_and_things_that_a_sentence_of_ours_takes_in(words: str, axis: str, form: str) -> None:
    node = WordsNode("report", words, WordsRef("i1", "c1", (0, len(words)), ()))
    taken = taken_in(TELLING, node, axis)
    assert ("" if taken is None else taken.form) == form
