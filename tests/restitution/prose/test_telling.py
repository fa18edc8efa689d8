"""Sentences and titles: notes lose their colons, questions come last."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from workshop_told import group_of, telling_of, told_workshop

from pipeline.contracts.draft import TextNode
from pipeline.restitution.prose.telling import Telling, phrases, ways
from pipeline.restitution.quoting.quotes import report_node
from pipeline.restitution.writers.reading import plain


@pytest.fixture(scope="module")
def telling() -> Telling:
    """What tells the hand-made workshop."""
    return told_workshop()


def test_words_of_a_note_are_told_without_quotation_marks() -> None:
    material, _ = group_of("Le four", "Le four : il est froid", channel="note", provenance="note")
    telling = telling_of(material)
    from pipeline.restitution.quoting.standing import standing_words

    found = standing_words(material.items["i0"])
    assert found is not None
    node = telling.words_at(found.ref)
    assert (node.kind, node.text) == ("report", "le four\u00a0: il est froid")
    assert plain(telling.say("Les notes précisent : {q}.", ["i0"], q=[node])).endswith("le four – il est froid.")


def test_what_comes_after_the_colon_of_a_note_loses_its_capital() -> None:
    text = "Une navette pour le bourg : Avec les voisins de Courvielle"
    material, _ = group_of("Une navette", text, channel="note", provenance="note")
    telling = telling_of(material)
    node = telling.words_at(report_node(material.items["i0"], (0, len(text))).ref)
    said = plain(telling.say("{q}.", ["i0"], q=[node])).replace("\u00a0", " ")
    assert said == "Une navette pour le bourg : avec les voisins de Courvielle."


def test_nothing_stands_between_brackets(telling: Telling) -> None:
    assert telling.in_brackets([]) == []
    assert "".join(node.text for node in telling.in_brackets([TextNode("oui")])) == " (oui)"


SLOTS = {"who": "", "n": "", "v": "", "at": "", "q": "", "l": "", "b": "", "x": ""}


def _ways(table: Any) -> list[str]:
    return [table] if isinstance(table, str) else [way for value in table.values() for way in _ways(value)]


def test_every_sentence_of_the_file_has_known_slots_and_what_it_has_not_is_said() -> None:
    told = {name: table for name, table in phrases().items() if name not in ("essential", "beside", "where")}
    assert all(way.format(**SLOTS) != way for way in _ways(told))
    assert ways("spread.speaks.p") == "{who} en parlent{v}."
    with pytest.raises(KeyError):
        ways("spread.sings")


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
