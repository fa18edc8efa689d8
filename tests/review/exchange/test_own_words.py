"""Where some words went, and where the text tells them."""

from dataclasses import replace

import pytest
from reading import group_named

from pipeline.contracts.draft import (
    Block,
    FactNode,
    FactRef,
    NamedNode,
    NamedRef,
    Section,
    Sentence,
    TextNode,
    WordsNode,
    WordsRef,
)
from pipeline.review.exchange.own_words import (
    CITED,
    COUNTED,
    HIDDEN,
    TOLD,
    Mention,
    as_text,
    read_mentions,
    trace,
)
from pipeline.review.session import Session, Wish
from pipeline.workshop.records import Item

BUS = "Pas assez de bus le soir"


def the_item(session: Session, text: str) -> Item:
    return next(item for item in session.state.items.values() if item.text.startswith(text))


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("RAS", "hors des quatre axes"),
        ("Le local est froid", "Dit une fois"),
        ("Il n'y a plus de bus", "parmi les 6 idées de ce groupe"),
    ],
    ids=["off the axes", "a weak signal", "in a group that is not told"],
)
def test_what_is_not_in_the_text_says_why(session: Session, text: str, fate: str) -> None:
    assert fate in trace(session.state, the_item(session, text), {}).fate


def test_decisions_are_told_first(session: Session) -> None:
    item, bus = the_item(session, "Il n'y a plus de bus"), group_named(session.state, BUS)
    counted = {item.item_id: (Mention("Est", "Le bus manque.", COUNTED),)}
    assert "elle compte dans cette phrase" in trace(session.state, item, counted).fate
    session.act("Anne", Wish("ne_pas_citer", items=(item.item_id,)), value=True)
    assert trace(session.state, session.state.items[item.item_id], {}).fate.startswith("Elle compte, mais")
    session.act("Anne", Wish("reject", groups=(bus,)))
    assert "n’a pas été retenu" in trace(session.state, session.state.items[item.item_id], counted).fate
    session.act("Anne", Wish("hide", items=(item.item_id,)), value=True)
    told = trace(session.state, session.state.items[item.item_id], counted)
    assert "a été retirée" in told.fate
    assert told.places == ()


def test_masked_names_are_hidden_and_listed(session: Session) -> None:
    item = the_item(session, "Merci à Jeanne Morel")
    item.masks = ((8, 14), (8, 20))
    assert session.state.masked_names() == {"Jeanne Morel", "Jeanne"}
    item.masks = ((8, 20),)
    assert item.hiding(item.masks, HIDDEN) == f"Merci à {HIDDEN} pour le café"


def words(kind: str, item: str, text: str) -> WordsNode:
    return WordsNode("quote" if kind == "quote" else "report", text, WordsRef(item, "c", (0, 1), ((0, 1),)))


TITLED = Sentence((NamedNode("title", "La salle froide", NamedRef(group_id="g1")), TextNode(" revient.")), ("i1", "i3"))
SAID = Sentence((TextNode("On lit "), words("quote", "i1", "il fait froid"), TextNode(".")), ("i1",))
NOTED = Sentence((TextNode("On note "), words("report", "i2", "un courant d’air"), TextNode(".")), ("i2",))
COUNTS = Sentence((FactNode("Deux tables", FactRef("g2.tables", "tables")), TextNode(" le disent.")), ("i4",))
SECTIONS = (Section("est", "Axe Est", (Block("paragraph", (TITLED, SAID, NOTED, COUNTS)),), "est"),)


def test_each_item_has_its_places_the_most_telling_first() -> None:
    items = read_mentions(SECTIONS)
    assert [place.how for place in items["i1"]] == [CITED, COUNTED]
    assert [place.how for place in items["i2"]] == [TOLD]
    assert [place.how for place in items["i3"]] == [COUNTED]
    assert items["i1"][0].sentence == "On lit «\u00a0il fait froid\u00a0»."
    assert items["i1"][0].section == "Axe Est"


def test_a_sentence_that_an_assistant_wrote_tells_what_it_cites_and_nothing_of_a_group_beside() -> None:
    written = replace(TITLED, rewritten=True, sources=("i1",))
    items = read_mentions((replace(SECTIONS[0], blocks=(Block("paragraph", (written, COUNTS)),)),))
    assert {key: [place.how for place in told] for key, told in items.items()} == {"i1": [TOLD], "i4": [COUNTED]}


def test_words_that_may_not_be_said_are_left_out() -> None:
    assert as_text(SAID, {"i1"}) == "On lit «\u00a0[…]\u00a0»."
    assert read_mentions(SECTIONS, {"i2"})["i2"][0].sentence == "On note […]."
