"""Words and titles as they stand in our sentences."""

from dataclasses import replace

import pytest

from pipeline.restitution.prose.telling import Telling


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Recenser les logements vides", "recenser les logements vides"),
        ("Pas de car après 18 h", "pas de car après 18 h"),
        ("Logement : repérer le vide", "logement – repérer le vide"),
        ("Les « vrais » loyers", "les “vrais” loyers"),
        ("À qui demander ?", "à qui demander ?"),
    ],
)
def test_a_title_enters_a_sentence_low(telling: Telling, title: str, said: str) -> None:
    assert telling.title(replace(telling.material.groups["g-toit"], title=title)).text == said


def test_questions_come_last_among_titles(telling: Telling) -> None:
    groups = {
        key: replace(one, title="Et les loyers ?") for key, one in telling.material.groups.items() if key == "g-bus"
    }
    asked = replace(telling, material=replace(telling.material, groups=telling.material.groups | groups))
    assert [nodes[0].text for nodes in asked.named(["g-bus", "g-loyers"])][-1] == "et les loyers ?"
