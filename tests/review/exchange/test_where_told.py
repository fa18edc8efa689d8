"""Where the text speaks of an item or of a group."""

from __future__ import annotations

from pipeline.contracts.draft import (
    Block,
    FactNode,
    FactRef,
    Section,
    Sentence,
    TextNode,
    TitleNode,
    TitleRef,
    WordsNode,
    WordsRef,
)
from pipeline.review.exchange.where_told import CITED, COUNTED, TOLD, as_text, read_places


def words(kind: str, item: str, text: str) -> WordsNode:
    return WordsNode("quote" if kind == "quote" else "report", text, WordsRef(item, "c", (0, 1), ((0, 1),)))


TITLED = Sentence((TitleNode("La salle froide", TitleRef("g1")), TextNode(" revient.")), ("i1", "i3"))
SAID = Sentence((TextNode("On lit "), words("quote", "i1", "il fait froid"), TextNode(".")), ("i1",))
NOTED = Sentence((TextNode("On note "), words("report", "i2", "un courant d’air"), TextNode(".")), ("i2",))
COUNTS = Sentence((FactNode("Deux tables", FactRef("g2.tables", "tables")), TextNode(" le disent.")), ("i4",))
SECTIONS = (Section("est", "Axe Est", (Block("paragraph", (TITLED, SAID, NOTED, COUNTS)),), "est"),)


def test_each_item_has_its_places_the_most_telling_first() -> None:
    items = read_places(SECTIONS).items
    assert [place.how for place in items["i1"]] == [CITED, COUNTED]
    assert [place.how for place in items["i2"]] == [TOLD]
    assert [place.how for place in items["i3"]] == [COUNTED]
    assert items["i1"][0].sentence == "On lit «\u00a0il fait froid\u00a0»."
    assert items["i1"][0].section == "Axe Est"


def test_a_group_is_named_by_its_title_or_by_its_figures() -> None:
    assert set(read_places(SECTIONS).groups) >= {"g1", "g2"}


def test_words_that_may_not_be_said_are_left_out() -> None:
    assert as_text(SAID, {"i1"}) == "On lit «\u00a0[…]\u00a0»."
    assert read_places(SECTIONS, {"i2"}).items["i2"][0].sentence == "On note […]."
