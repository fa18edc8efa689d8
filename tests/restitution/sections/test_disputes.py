"""Disagreements that words tell themselves: both sides, in the words of each."""

from __future__ import annotations

from dataclasses import replace

from workshop_told import telling_of, told_workshop

from pipeline.contracts.plan import Plan
from pipeline.restitution.sections.disputes import told_disputes
from pipeline.restitution.writers.reading import plain
from pipeline.workshop.model import Item, Material


def notes(*lines: tuple[str, str], provenance: str = "note") -> Material:
    """A workshop of contributions given as (name, text), each idea a sentence of it."""
    material = told_workshop().material
    model = next(iter(material.items.values()))
    items: dict[str, Item] = {}
    for name, text in lines:
        start = 0
        for sentence in text.split("| "):
            whole = text.replace("| ", " ")
            at = whole.index(sentence, start)
            start = at + len(sentence)
            key = f"{name}{at}"
            items[key] = replace(
                model, item_id=key, contribution_id=name, start=at, end=start, text=sentence, source_text=whole,
                context="Le port", table="", group="", provenance=provenance, channel="note", masks=(), named=(),
                blocked=(), lead="", quote_choice="", is_quotable=True, is_hidden=False, voice="", votes=0,
            )  # fmt: skip
    return replace(material, items=items, groups={}, stands=(), answers={}, pairs={}, questions=())


def told(material: Material) -> list[str]:
    blocks = told_disputes(replace(telling_of(material), plan=Plan((), {})))  # where nothing else tells them
    return [" ".join(plain(one) for one in block.sentences).replace("\u00a0", " ") for block in blocks]


def test_what_is_objected_and_answered_is_told_with_both() -> None:
    said = (
        "Des riverains regrettent que le bac fasse autant de bruit.| À quoi la régie répond que le moteur sera changé."
    )
    (one,) = told(notes(("a", said)))
    assert "regrettent que le bac fasse" in one
    assert "la régie répond que le moteur sera changé" in one
    asked = ("a", "Mme Louvel demande si le ponton n'est pas dangereux pour les enfants.")
    (two,) = told(notes(asked, ("b", "M. Aubry répond que le ponton est vérifié chaque année.")))
    assert "le ponton est vérifié chaque année" in two


def test_a_question_and_its_answer_are_no_dispute() -> None:
    asked = ("a", "M. Aubry demande à quelle date le ponton sera rouvert.")
    assert told(notes(asked, ("b", "Mme Louvel répond que le ponton ouvre en mai."))) == []


def test_a_dispute_that_is_announced_is_told_with_the_next_sentence() -> None:
    said = "Le nouveau sens du quai est un sujet clivant.| Les pêcheurs le refusent, les promeneurs en sont contents."
    (one,) = told(notes(("a", said)))
    assert one.index("clivant") < one.index("les promeneurs en sont contents")


def test_two_proposals_that_undo_one_another_are_told_together() -> None:
    lines = ("a", "Augmenter la taxe sur les bateaux du port"), ("b", "Diminuer la taxe sur les bateaux du port")
    (one,) = told(notes(*lines, provenance="ecrit"))
    assert "À l’inverse : « Diminuer la taxe sur les bateaux du port »" in one.replace("\u202f", " ")
    assert told(notes(("a", f"{lines[0][1]}.| {lines[1][1]}."), provenance="ecrit")) == []  # of one person
