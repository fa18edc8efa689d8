"""Figures that a restitution may tell, on the hand-made workshop and on labelled values."""

from dataclasses import replace

import pytest
from workshop_told import hand_made, plan_of

from pipeline.restitution.material.facts import compute_facts, n_places


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
    ("names", "days", "told"),
    [
        (["reunion", "conseil", "CR du soir", "PV", "atelier"], 5, "cinq rencontres, du 1er au 5 mars 2026"),
        (["reunion", "lettre", "CR du soir", "PV", "atelier"], 5, "du 1er au 5 mars 2026"),
        (["reunion", "conseil", "lettre"], 2, "deux rencontres, 1er et 2 mars 2026 (un document sans date)"),
    ],
)
def test_days_are_counted_as_meetings_where_documents_are_of_meetings_and_what_has_none_is_said(
    names: list[str], days: int, told: str
) -> None:
    material = hand_made()
    first = next(iter(material.items.values()))
    dates = [f"2026-03-0{n + 1}" if n < days else "" for n in range(len(names))]
    items = {
        name: replace(first, item_id=name, contribution_id=name, source=f"{name}.md", date=date, channel="note")
        for name, date in zip(names, dates, strict=True)
    }
    workshops = [{**material.workshops[0], "date": ", ".join(filter(None, dates))}]
    found = compute_facts(replace(material, items=items, workshops=workshops), {})["date.a"].value
    assert str(found).replace("\u00a0", " ") == told
    published = [
        {**workshops[0], "date": "2026-03-01, 2026-03-02"}
    ]  # the second day is told by no word of the second file
    two = {
        name: replace(one, date=one.date if name == names[0] else "")
        for name, one in items.items()
        if name in names[:2]
    }
    found = compute_facts(replace(material, items=two, workshops=published), {})["date.a"].value
    assert str(found).replace("\u00a0", " ") == "1er et 2 mars 2026"
