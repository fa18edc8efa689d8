"""Words told without quotation marks are spelt as an author would; quotations and the document of words keep theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from workshop_told import draft_of, group_of, seen, telling_of

from pipeline.contracts.draft import Draft, Sentence, WordsNode
from pipeline.restitution.quoting.lock import check, problem_of
from pipeline.restitution.words import write_words
from pipeline.restitution.writers.annex import spellings
from pipeline.workshop.model import Material

TYPED = "Creer un four commun au centre du bourg , avec l ecole"
TOLD = "créer un four commun au centre du bourg, avec l’école"
QUOTED = "Je trouve que la reunion du soir etait trop longue pour nous"


def workshop_of(*texts: str) -> Material:
    return group_of("Un four et des réunions au bourg", *texts, "Le four demande un bois bien sec", axis="sud")[0]


def nodes(draft: Draft, kind: str) -> list[WordsNode]:
    return [node for s in draft.sections for one in s.sentences for node in one.words if node.kind == kind]


def said(draft: Draft) -> str:
    return " ".join(seen(one) for section in draft.sections for one in section.sentences)


def test_what_is_told_is_mended_and_its_source_is_as_typed() -> None:
    material = workshop_of(TYPED, QUOTED)
    draft = draft_of(material)
    told, _ = nodes(draft, "report")
    assert told.text == TOLD
    source = material.items[told.ref.item_id].source_text
    assert source[slice(*told.ref.span)] == TYPED
    assert [mend[2].strip() for mend in told.mends] == ["Creer", "bourg ,", "l ecole"]
    assert all(TYPED[low:high] == before for low, high, before, _ in told.mends)
    telling = telling_of(material)
    assert check(draft, telling.places.facts, material) > 0
    assert "ailleurs, des fautes de frappe ont été corrigées" in said(draft)
    assert "<td>Creer</td><td>Créer</td>" in spellings(draft)


def test_what_is_quoted_is_as_typed() -> None:
    draft = draft_of(workshop_of(TYPED, QUOTED))
    assert [node.text for node in nodes(draft, "quote")] == [QUOTED]


def test_the_document_of_words_mends_nothing() -> None:
    material = workshop_of(TYPED, QUOTED)
    assert TYPED in said(write_words(telling_of(material), draft_of(material)))
    notes = replace(material, items={k: replace(i, provenance="note") for k, i in material.items.items()})
    notes = replace(notes, groups={"g": replace(material.groups["g"], members=tuple(notes.items.values()))})
    words = write_words(telling_of(notes), draft_of(notes))
    assert nodes(words, "report")
    assert TYPED in said(words)


def test_nothing_is_said_where_nothing_was_mended() -> None:
    draft = draft_of(workshop_of("Créer un four commun au centre du bourg", QUOTED))
    assert nodes(draft, "report")
    assert "fautes de frappe" not in said(draft)
    assert spellings(draft) == ""


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"text": TOLD.replace("commun", "public")}, "note altérée"),
        ({"text": TOLD.replace("école", "écoles")}, "note altérée"),
        ({"text": TOLD.replace("centre", "Centre")}, "note altérée"),
        ({"mends": ()}, "note altérée"),
        ({"mends": ((0, 5, "Creer", "Fermer"),), "text": TOLD.replace("créer", "fermer")}, "corrigée autrement"),
        ({"kind": "quote"}, "citation altérée"),
    ],
    ids=("another word", "another number", "another case", "mends not told", "a mend of nobody", "quoted"),
)
def test_the_lock_refuses_what_no_mend_lists(change: dict[str, object], problem: str) -> None:
    material = workshop_of(TYPED, QUOTED)
    told, _ = nodes(draft_of(material), "report")
    facts = telling_of(material).places.facts
    sources = (told.ref.item_id,)
    assert problem_of(Sentence((told,), sources), facts, material) == ""
    altered = replace(told, **change)  # type: ignore[arg-type]
    assert problem in problem_of(Sentence((altered,), sources), facts, material)
