"""Figures that a restitution may tell, on the hand-made workshop and on labelled values."""

from __future__ import annotations

from dataclasses import replace

import pytest
from workshop_told import group_of, hand_made, plan_of

from pipeline.restitution.material.facts import _sessions, compute_facts, n_places


def test_the_figures_of_the_workshop() -> None:
    material = hand_made()
    facts = compute_facts(material, plan_of(material).units)
    assert facts["tables"].value == 4
    assert facts["participants"].value == 31
    assert facts["date.a"].value == "1er mars 2026"
    bus = facts["g-bus.tables"]
    assert (bus.numerator, bus.denominator, tuple(bus.labels)) == (3, 4, ("1", "2", "3"))
    assert facts["g-bus.enquete"].part == (1, facts["enquete"].value)
    assert sum(int(facts[f"axe.{axis}"].value) for axis in ("nord", "est", "sud", "ouest")) == facts["idees"].value


def test_a_name_that_stands_twice_is_one_name_to_check() -> None:
    material = hand_made()
    items = dict(material.items)
    (key,) = [key for key, item in items.items() if item.masks]
    items["again"] = replace(items[key], item_id="again", contribution_id="elsewhere")
    assert compute_facts(replace(material, items=items), {})["noms"].value == 1


@pytest.mark.parametrize(
    ("channels", "places"),
    [(("postit", "postit"), 2), (("enquete", "enquete"), 1), (("enquete", "postit"), 2)],
    ids=["two tables", "one survey", "a survey and a table"],
)
def test_the_survey_is_one_place(channels: tuple[str, str], places: int) -> None:
    members = hand_made().groups["g-bus"].members[:2]
    found = [replace(i, channel=c, table=str(n)) for n, (i, c) in enumerate(zip(members, channels, strict=True))]
    assert n_places(found) == places


@pytest.mark.parametrize(
    ("channel", "days", "told"),
    [
        ("note", ("2024-05-03", "2024-05-04"), "documents datés des 3 et 4 mai 2024"),
        ("note", ("2025-03-09", "2023-10-22"), "documents datés des 22 octobre 2023 et 9 mars 2025"),
        ("note", tuple(f"202{n}-06-01" for n in range(5)), "documents datés du 1er juin 2020 au 1er juin 2024"),
        ("postit", ("2024-05-03", "2024-05-04"), ""),
        ("note", ("1er mai", "3 mai"), ""),
        ("note", ("3 mai", "8 octobre"), "documents datés des 3 mai et 8 octobre"),
    ],
)
def test_the_days_of_documents_are_told_as_theirs(channel: str, days: tuple[str, ...], told: str) -> None:
    said = (f"Chauffer le four {n}" for n in range(len(days)))
    material, _ = group_of("Le four", *said, channel=channel, date=list(days))
    assert _sessions([replace(one, attributes="") for one in material.items.values()]) == told
