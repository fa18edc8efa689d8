"""The hand: neighbours differ, an empty place goes with its comma, a quotation in lower case opens nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from workshop_told import told_workshop

from pipeline.contracts.draft import TextNode, WordsNode, WordsRef
from pipeline.restitution.material.model import Material
from pipeline.restitution.prose.frames import Frame, Hand
from pipeline.restitution.writers.reading import plain

WAYS = ("{place}, on a vu {x}.", "On a vu {place} {x}.", "Il a été vu {place} {x}.")


@pytest.fixture(scope="module")
def material() -> Material:
    return told_workshop().material


def frame(
    source: str, place: str = "à la table 2", templates: tuple[str, ...] = WAYS, turn: int | None = None
) -> Frame:
    return Frame(templates, (source,), {"place": [TextNode(place)] if place else [], "x": "un héron"}, turn)


def quote(words: str) -> WordsNode:
    return WordsNode("quote", words, WordsRef("i1", "c1", (0, len(words)), ((0, len(words)),)))


def test_two_sentences_in_a_row_are_never_said_the_same_way(material: Material) -> None:
    hand = Hand(material)
    said = [plain(hand.write(frame(f"i{n}"))) for n in range(60)]
    assert len(set(said)) == len(WAYS)
    assert not [one for one, two in pairwise(said) if one == two]


def test_what_comes_before_changes_the_next_sentence_at_most(material: Material) -> None:
    def said(first: str) -> list[str]:
        hand = Hand(material)
        return [plain(hand.write(frame(source))) for source in (first, *(f"i{n}" for n in range(40)))]

    runs = [said(f"other{n}")[1:] for n in range(6)]
    assert len({tuple(run[6:]) for run in runs}) == 1


def test_a_place_that_is_not_known_goes_with_its_comma(material: Material) -> None:
    said = {plain(Hand(material).write(frame(f"i{n}", place=""))) for n in range(30)}
    assert said == {"On a vu un héron.", "Il a été vu un héron."}


def test_what_is_said_once_a_theme_is_said_in_turn(material: Material) -> None:
    ways = ("Reste {x}.", "Une question demeure : {x}.", "À reprendre : {x}.")
    said = [plain(Hand(material).write(frame("i1", "", ways, turn))) for turn in range(4)]
    assert len(set(said)) == 3
    assert said[3] == said[0]


def test_a_quotation_opens_a_sentence_with_its_own_capital_or_not_at_all(material: Material) -> None:
    ways = ("{x}, lit-on.", "On lit ceci : {x}.")
    for n in range(20):
        low = Frame(ways, (f"i{n}",), {"x": quote("le car passe vide")})
        assert plain(Hand(material).write(low)).startswith("On lit")
    openings = {
        plain(Hand(material).write(Frame(ways, (f"i{n}",), {"x": quote("Le car passe")})))[0] for n in range(20)
    }
    assert openings == {"O", "«"}


def test_no_quotation_opens_just_after_another(material: Material) -> None:
    hand = Hand(material)
    ends = Frame(("On lit : {x}.",), ("i0",), {"x": quote("Le car passe vide")})
    assert plain(hand.write(ends)).endswith("».")
    ways = ("{x}, lit-on.", "On lit ceci : {x}.")
    assert all(
        plain(hand.write(Frame(ways, (f"i{n}",), {"x": quote("Le four est froid")}))).startswith("On lit")
        for n in range(10)
    )


def test_a_word_just_picked_is_not_picked_again(material: Material) -> None:
    hand = Hand(material)
    picked = [hand.pick(("dit", "note", "signale"), f"i{n}") for n in range(30)]
    assert not [one for one, two in pairwise(picked) if one == two]


def test_the_words_of_a_frame_are_counted_once() -> None:
    found = Frame(("On lit {x}.", "{x}, lit-on."), ("i1",), {"x": quote("le car passe"), "b": quote("le car passe")})
    assert len(found.words) == 1
    assert found.n_words == 6
