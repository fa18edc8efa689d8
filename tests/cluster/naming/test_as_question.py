"""Questions that people asked, disagreements told as questions, and tales of the past."""

from __future__ import annotations

import pytest

from pipeline.cluster.naming.rewording import as_asked, as_debate, tells_past
from pipeline.language.syntax.phrases import CLAUSE, INFINITIVE, NOUN, QUESTION, Phrase


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Comment toucher ceux qui ne viennent pas ?", QUESTION, "Comment toucher ceux qui ne viennent pas ?"),
        ("à qui s'adresser", QUESTION, "À qui s'adresser ?"),
        ("le quai est fermé ?", QUESTION, None),
        ("comment je fais ?", QUESTION, None),
        ("le quai est fermé", CLAUSE, None),
    ],
)
def test_a_question_is_one_that_people_asked(text: str, kind: str, expected: str | None) -> None:
    assert as_asked(Phrase(text, kind)) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("ouvrir la cale le soir", INFINITIVE, "Faut-il ouvrir la cale le soir ?"),
        ("une criée le dimanche", NOUN, "Une criée le dimanche : pour ou contre ?"),
        ("et si on ouvrait la cale ?", QUESTION, "Et si on ouvrait la cale ?"),
        ("la cale est ouverte", CLAUSE, None),
    ],
)
def test_a_disagreement_is_asked(text: str, kind: str, expected: str | None) -> None:
    assert as_debate(Phrase(text, kind)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("on avait une criée", True), ("ils ont fermé la cale", True), ("la cale est fermée", False)],
)
def test_a_tale_of_the_past_is_known(text: str, expected: bool) -> None:
    assert tells_past(text) is expected
