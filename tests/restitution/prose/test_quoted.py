"""Around a whole quotation: who asks, who gives examples, who speaks of herself."""

from __future__ import annotations

import pytest
from workshop_told import survey_group, whole

from pipeline.restitution.prose.phrases import voice
from pipeline.restitution.prose.quoted import asks, quoted
from pipeline.restitution.prose.sayings import Saying
from pipeline.restitution.writers.reading import plain


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("Les nouveaux ne savent pas à quelle porte frapper : mairie ? com com ?", False),
        ("Une chose nous reste à comprendre ensemble : comment accueillir ?", True),
        ("Qui conduira dans cinq ans ?", True),
        ("Le car passe à six heures", False),
    ],
    ids=["a statement and examples", "a question announced", "a question", "a statement"],
)
def test_who_gives_examples_asks_nothing(text: str, is_asked: bool) -> None:
    assert asks(text) is is_asked


def told(words: str, channel: str = "postit", name: str = "est", bare: bool = False) -> str:
    telling, group = survey_group(channel, words, words, "Le four est froid")
    (item, _) = group.members
    saying = Saying(item, whole(item), voice(name))
    sentence = telling.hand.write(quoted(telling, saying, bare=bare, is_first=True))
    return plain(sentence).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("words", "verbs"),
    [
        ("Qui conduira dans cinq ans ?", ("demande", "se demande")),
        ("Demander une rampe à la gare", ("lit-on", "On lit", "écrit-on")),
        ("J'ai attendu deux heures au guichet hier matin", ("raconte", "témoigne", "confie", "explique")),
        (
            "Le guichet ferme avant la sortie des usines chaque jour",
            ("constate", "déplore", "signale", "résume", "regrette", "observe", "lit-on", "écrit-on", "On lit"),
        ),
    ],
    ids=["a question", "a request", "someone's own story", "a statement"],
)
def test_the_verb_says_what_the_words_do(words: str, verbs: tuple[str, ...]) -> None:
    said = told(words)
    assert f"« {words} »" in said
    assert any(verb in said.replace(words, "") for verb in verbs), said


def test_what_is_heard_is_not_read() -> None:
    words = "Le guichet ferme avant la sortie des usines chaque jour"
    for bare in (True, False):
        assert "lit" not in told(words, channel="transcript", bare=bare).replace(words, "").split()
