"""How far around an idea a quotation may reach: its sentence, and never into words that nobody may show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restitution.material.sentence_bounds import reach, reaches, sentence_around
from pipeline.restitution.quoting.spans import _SENTENCE

TEXT = "Les bus passent tôt. Le numéro existe, personne n'appelle. Et le soir ?\nAutre ligne"


def span_of(words: str, text: str = TEXT) -> tuple[int, int]:
    at = text.index(words)
    return at, at + len(words)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Le numéro existe", "Le numéro existe, personne n'appelle."),
        ("personne n'appelle.", "Le numéro existe, personne n'appelle."),
        ("bus", "Les bus passent tôt."),
        ("le soir", "Et le soir ?"),
        ("Autre", "Autre ligne"),
    ],
)
def test_the_sentence_around(words: str, sentence: str) -> None:
    low, high = sentence_around(TEXT, span_of(words))
    assert TEXT[low:high] == sentence


def test_nothing_that_may_not_be_shown_is_reached() -> None:
    hidden = span_of("personne n'appelle.")
    low, high = reach(TEXT, span_of("Le numéro existe"), [hidden])
    assert "personne" not in TEXT[low:high]
    assert TEXT[low:high].startswith("Le numéro existe")


@given(st.text(alphabet="ab. !?…»\n", max_size=60), st.data())
def test_a_reach_holds_the_idea_and_stays_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = reach(text, (start, end), [])
    assert 0 <= low <= start <= end <= high <= len(text)


@pytest.mark.parametrize(
    ("text", "span", "blocked", "shown"),
    [
        ("Pas de car. On attend dehors.", (0, 11), (), "Pas de car. On attend dehors."),
        ("Pas de car. On attend dehors.", (0, 11), ((12, 29),), "Pas de car."),
        ("Pas de car. " + "On attend dehors. " * 20, (0, 11), (), "Pas de car."),
    ],
    ids=["short", "something hidden", "long"],
)
def test_all_of_a_short_contribution_may_be_shown(
    text: str, span: tuple[int, int], blocked: tuple[tuple[int, int], ...], shown: str
) -> None:
    _, (low, high) = reaches(text, span, blocked)
    assert text[low:high] == shown


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("À quelle porte frapper : mairie ? com com ? assistante sociale ?", 1),
        ("Qui paie ? La commune ne peut plus.", 2),
        ("Le car passe tôt. Il ne revient pas.", 2),
    ],
    ids=["examples after a question", "a question, then a statement", "two statements"],
)
def test_a_question_mark_before_a_lower_case_word_ends_no_sentence(text: str, n: int) -> None:
    assert len(_SENTENCE.findall(text)) == n


def test_what_follows_etc_in_lower_case_goes_on_with_the_sentence() -> None:
    text = "La commune prête les cars, etc. sans jamais le dire. Puis elle ferme."
    assert text[slice(*sentence_around(text, (0, 8)))] == "La commune prête les cars, etc. sans jamais le dire."
