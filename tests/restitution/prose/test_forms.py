"""What words our sentences may take in, and what they leave to stand by themselves."""

from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.contracts.draft import WordsNode, WordsRef
from pipeline.language.syntax import workshop_lexicon
from pipeline.restitution.prose.forms import taken_act

TELLING: Any = SimpleNamespace(lexicon=workshop_lexicon.learn([]))


@pytest.mark.parametrize(
    ("words", "axis", "is_act"),
    [
        ("tenir une buvette est aussi le moyen de se parler", "sud", False),
        ("ouvrir l’atelier qui est fermé le samedi", "sud", True),
        ("ouvrir l’atelier qui est fermé le samedi", "est", False),
        ("proposer un repas par saison", "sud", False),
        ("laissons la place aux jeunes", "sud", False),
        ("une journée pour accueillir les nouveaux", "sud", False),
    ],
)
def test_the_acts_that_a_sentence_of_ours_takes_in(words: str, axis: str, is_act: bool) -> None:
    node = WordsNode("report", words, WordsRef("i1", "c1", (0, len(words)), ()))
    assert (taken_act(TELLING, node, axis) is not None) is is_act
