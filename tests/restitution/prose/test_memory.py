"""What was told: an idea, those shown with it, those tied to it; and what another section told is left aside."""

from __future__ import annotations

from dataclasses import replace

import pytest
from workshop_told import told_workshop, whole

from pipeline.restitution.material.model import Item, Material
from pipeline.restitution.prose.memory import Memory


@pytest.fixture(scope="module")
def material() -> Material:
    return told_workshop().material


@pytest.fixture
def item(material: Material) -> Item:
    return next(item for item in material.items.values() if item.text == "Pas de car après 18 h")


def test_words_that_were_told_are_known_by_their_idea(material: Material, item: Item) -> None:
    memory = Memory(material)
    memory.take(whole(item))
    assert memory.told == {item.item_id}
    assert memory.heard == ["Pas de car après 18 h"]


def test_an_idea_shown_in_the_same_words_is_told_too(material: Material, item: Item) -> None:
    text = "Pas de car après 18 h et le four est froid"
    first = replace(item, text=text[:21], source_text=text, end=21)
    second = replace(item, item_id="i2", text=text[25:], source_text=text, start=25, end=len(text))
    both = replace(material, items={first.item_id: first, "i2": second})
    memory = Memory(both)
    memory.take(whole(replace(first, text=text, end=len(text))))
    assert memory.told == {first.item_id, "i2"}


def test_the_same_idea_on_another_channel_is_known(material: Material, item: Item) -> None:
    tied = replace(item, item_id="i2", contribution_id="c2", tied_to=item.item_id)
    both = replace(material, items={item.item_id: item, "i2": tied})
    memory = Memory(both)
    memory.take(whole(item))
    assert "i2" in memory.tied_to_told


def test_a_section_leaves_aside_what_another_told_and_hears_nothing_of_it(material: Material, item: Item) -> None:
    memory = Memory(material, told={item.item_id})
    memory.kept.add("i9")
    assert memory.said == {item.item_id, "i9"}
    assert memory.heard == []
    other = Memory(material)
    other.take(whole(item))
    assert Memory(material).with_all([memory, other]).heard == ["Pas de car après 18 h"]
