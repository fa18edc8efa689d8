"""The page on method says why each group is told or is not, and what no link answers."""

from __future__ import annotations

from dataclasses import replace

from atelier import workshop
from workshop_told import group_of, plan_of

from pipeline.restitution.writers.annex import reasons
from pipeline.workshop.load import read_material


def test_every_group_has_its_reason() -> None:
    material = read_material(workshop())
    page = reasons(plan_of(material), material)
    assert page.count("<tr><td>") == len(material.groups)
    assert "<td>Mettre en commun les minibus</td><td>Sud</td><td>3</td><td>3</td>" in page
    narrow = {"g-toit": replace(material.groups["g-toit"], coverage=0.7)}
    narrowed = replace(material, groups=material.groups | narrow)
    assert "non\u00a0: dit par une seule contribution" in reasons(plan_of(narrowed), narrowed)


def test_an_obstacle_that_no_link_answers_is_for_the_author_to_check() -> None:
    material = read_material(workshop())
    assert "<li>Pas de car le soir pour les jeunes</li>" not in reasons(plan_of(material), material)
    left = replace(material, answers={"g-loyers": material.answers["g-loyers"]})
    assert "<li>Pas de car le soir pour les jeunes</li>" in reasons(plan_of(left), left)
    none = replace(material, answers={})
    assert "Obstacles sans réponse reliée" not in reasons(plan_of(none), none)


def test_a_title_is_text() -> None:
    material, _ = group_of("<b>Le four à pain</b>", "<b>Le four à pain</b> est froid")
    assert "<b>" not in reasons(plan_of(material), material)
