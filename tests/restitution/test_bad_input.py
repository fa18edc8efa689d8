"""Workshops of little, or of one thing only: each document says what it can, and no more."""

from dataclasses import replace
from typing import Any

import pytest
from workshop_told import group_of, plan_of, seen, telling_of

from pipeline.config import load_config
from pipeline.contracts.draft import Draft
from pipeline.restitution.draft import write_draft
from pipeline.restitution.quoting.lock import check
from pipeline.workshop.model import Material

THREE = ("Le four à pain est froid", "La poste ferme le lundi", "Le marché manque de bancs")
COLD = ("Le four à pain est froid", "Un four à pain froid", "Le four à pain est froid le samedi")


def told(material: Material) -> str:
    """What the text says, once the lock has read it."""
    telling = telling_of(material)
    draft: Draft = write_draft(telling, load_config().restitution)
    assert draft.left_out == ()
    check(draft, telling.places.facts, material)
    keys = ("essentiel", "nord", "est", "sud", "ouest")
    return " ".join(seen(sentence) for part in draft.sections if part.key in keys for sentence in part.sentences)


def alone(material: Material) -> Material:
    """The same ideas, in no group."""
    items = {key: replace(item, group="") for key, item in material.items.items()}
    return replace(material, items=items, groups={})


def test_of_three_post_its_nothing_recurs() -> None:
    assert "en parlent" not in told(alone(group_of("", *THREE)[0]))


def test_one_voice_is_told_as_one() -> None:
    changes: dict[str, Any] = {"channel": "transcript", "provenance": "transcription", "voice": "v1", "table": ""}
    said = told(
        group_of(
            "Manque de four à pain",
            "Le four à pain manque",
            "Il manque un four à pain",
            "Ici manque un four à pain",
            **changes,
        )[0]
    )
    assert "en parle" not in said  # said again and again by one person, it is told once, where it was said


def test_only_objections_make_no_proposal_and_no_disagreement() -> None:
    texts = ("Le four à pain coûte trop de bois", "Personne ne veut du four à pain", "Non au four à pain du bourg")
    said = told(group_of("Allumer le four à pain", *texts, axis="sud", stance="contre")[0])
    assert "propose" not in said
    assert "Les avis se partagent" not in said


def test_without_tables_ideas_are_counted() -> None:
    material, _ = group_of("Le four à pain est froid", *COLD, table="")
    said = told(replace(material, tables={}))
    assert "(trois idées)" in said
    assert "table" not in said.replace("tableau", "")


def test_what_waits_for_a_person_is_told_of_nobody() -> None:
    said = told(group_of("Le four à pain est froid", *THREE, status="a_relire")[0])
    assert "four" not in said


def test_many_answers_to_one_question_are_one_matter() -> None:
    texts = [f"Il manque un bus vers le bourg numéro {n}" for n in range(1_500)]
    voices = [f"v{n}" for n in range(1_500)]
    said = told(group_of("Manque de bus", *texts, channel="enquete", table="", voice=voices)[0])
    assert "1 500 personnes sur 1 500 en parlent" in said


@pytest.mark.parametrize("length", ["essentiel", "standard", "complet"])
def test_nothing_at_all_is_a_plan_of_nothing(length: str) -> None:
    material = replace(alone(group_of("", *THREE)[0]), items={})
    assert not any(plan_of(material, length).axes.values())
