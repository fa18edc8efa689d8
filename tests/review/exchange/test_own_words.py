"""Where some words went, told to who said them."""

from __future__ import annotations

import pytest
from reading import group_named

from pipeline.review.exchange.own_words import HIDDEN, find_words, masked, masked_names, trace
from pipeline.review.exchange.where_told import COUNTED, Place, Places
from pipeline.review.log.state import Item
from pipeline.review.session import Session, Wish

BUS = "Pas assez de bus le soir"


def the_item(session: Session, text: str) -> Item:
    return next(item for item in session.state.items.values() if item.text.startswith(text))


def test_words_are_found_accents_and_case_aside_the_best_first(session: Session) -> None:
    found = find_words(session.state, "DEMARCHES en ligne agees", Places())
    assert found[0].text == "Les démarches en ligne perdent les personnes âgées"
    assert find_words(session.state, "hélicoptère", Places()) == []
    assert find_words(session.state, "  ", Places()) == []


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("RAS", "hors des quatre axes"),
        ("Le local est froid", "signaux faibles"),
        ("Il n'y a plus de bus", "parmi les 6 paroles de ce groupe"),
    ],
    ids=["off the axes", "a weak signal", "in a group that is not told"],
)
def test_what_is_not_in_the_text_says_why(session: Session, text: str, fate: str) -> None:
    assert fate in trace(session.state, the_item(session, text), Places()).fate


def test_decisions_are_told_first(session: Session) -> None:
    item, bus = the_item(session, "Il n'y a plus de bus"), group_named(session.state, BUS)
    counted = Places(items={item.item_id: (Place("Est", "Le bus manque.", COUNTED),)})
    assert "elle compte dans cette phrase" in trace(session.state, item, counted).fate
    session.act("Anne", Wish("ne_pas_citer", items=(item.item_id,)), value=True)
    assert trace(session.state, session.state.items[item.item_id], Places()).fate.startswith("Elle compte, mais")
    session.act("Anne", Wish("reject", groups=(bus,)))
    assert "n’a pas été retenu" in trace(session.state, session.state.items[item.item_id], counted).fate
    session.act("Anne", Wish("hide", items=(item.item_id,)), value=True)
    told = trace(session.state, session.state.items[item.item_id], counted)
    assert "a été retirée" in told.fate
    assert told.places == ()


def test_masked_names_are_hidden_and_listed_the_longest_first(session: Session) -> None:
    item = the_item(session, "Merci à Jeanne Morel")
    item.masks = ((8, 14), (8, 20))
    assert masked_names(session.state) == ("Jeanne Morel", "Jeanne")
    item.masks = ((8, 20),)
    assert masked(item) == f"Merci à {HIDDEN} pour le café"
