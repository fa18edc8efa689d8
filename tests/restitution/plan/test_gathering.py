"""What no group tells: votes against, then ideas in their own words by where they were said, the voted ones first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workshop_told import group_of

from pipeline.contracts.plan import Part
from pipeline.restitution.material.model import Material
from pipeline.restitution.plan.gathering import leans, points, rest_parts
from pipeline.restitution.plan.paragraphs import Section
from pipeline.restitution.plan.reading import WORTH_MIN, Reading

TEXTS = (
    "Chauffer le four à pain le samedi",
    "Prêter la salle des fêtes aux écoliers du bourg",
    "Ouvrir la bibliothèque aux gens de passage",
    "Les cars du matin passent avant la sortie des classes",
    "La mairie garde la clé du gymnase tout l'hiver",
)
"""Ideas `i0` to `i4`."""


def alone(**changes: Any) -> tuple[Section, Material]:
    """A section of ideas that no group holds."""
    material, _ = group_of("Le four", *TEXTS, axis="sud", group="", **changes)
    material = replace(material, groups={})
    return Section.of(Reading.of(material), "standard", {}), material


def parts(**changes: Any) -> list[Part]:
    section, material = alone(**changes)
    return rest_parts(section, "sud", list(material.items.values()))


def listed(part: Part) -> list[str]:
    return [ref.item_id for one in part.paragraphs for statement in one.statements for ref in statement.words]


def kinds(part: Part) -> list[str]:
    return [statement.kind for one in part.paragraphs for statement in one.statements]


def test_what_was_voted_against_is_told_as_such_and_what_was_voted_for_leads_the_list() -> None:
    refused, said = parts(votes=[0, 4, 0, 1, 2], votes_against=[0, 0, 0, 3, 2], table="1")
    assert (kinds(refused), listed(refused)) == (["rejected"], ["i3"])
    assert kinds(said) == ["place", *["point"] * 4]
    assert listed(said) == ["i1", "i4", "i0", "i2"]  # as many for as against, then those that nobody voted on


def test_each_place_has_its_list_and_the_only_ideas_of_theirs_share_one() -> None:
    found = parts(table=["1", "1", "2", "3", "1"])
    assert [listed(part) for part in found] == [["i0", "i1", "i4"], ["i2", "i3"]]
    leads = [part.paragraphs[0].statements[0] for part in found]
    assert [bool(lead.units) for lead in leads] == [True, False]


def test_headings_tell_lists_apart_where_there_are_no_tables() -> None:
    headings = ["Ce qui a bien marché", "Ce qui a bien marché", "Que changer ici ?", "Que changer ici ?", "x"]
    assert [listed(part) for part in parts(table="", context=headings)] == [["i0", "i1"], ["i2", "i3"]]


def test_the_only_idea_of_an_axis_is_listed_all_the_same() -> None:
    assert [listed(part) for part in parts(table="1", confidence=[0.9, 0.5, 0.5, 0.5, 0.5])] == [["i0"]]


def test_the_worthiest_and_those_that_others_go_with_come_first_and_the_worthless_are_left_out() -> None:
    found = parts(table="1", worth=[0.5, WORTH_MIN - 0.01, 0.9, 0.5, 0.6], company=[0, 9, 0, 8, 0])
    assert [listed(part) for part in found] == [["i3", "i2", "i4", "i0"]]


def test_votes_bring_an_idea_of_little_worth() -> None:
    assert listed(parts(table="1", worth=[0.9, 0.25, 0.9, 0.9, 0.9], votes=[0, 5, 0, 0, 0])[0])[0] == "i1"


def test_how_many_said_something_of_the_kind_there_is_counted_over_the_axis() -> None:
    section, material = alone(table=["1", "1", "1", "1", "2"], worth=[0.9, 0.9, 0.1, 0.1, 0.1])
    (part,) = rest_parts(section, "sud", list(material.items.values()))
    lead = part.paragraphs[0].statements[0]
    assert section.made[lead.units[0]].spread.contributions == len(TEXTS) - 1
    assert listed(part) == ["i0", "i1"]


def test_an_idea_is_shown_with_all_that_its_short_contribution_says() -> None:
    whole = "Prêter la salle des fêtes aux écoliers du bourg. La mairie a refusé deux fois."
    texts = ["Chauffer le four à pain le samedi", whole, *TEXTS[2:]]
    section, material = alone(table="1", source_text=texts)
    (part,) = rest_parts(section, "sud", list(material.items.values()))
    shown = {ref.item_id: whole[slice(*ref.span)] for s in part.paragraphs[0].statements for ref in s.words}
    assert shown["i1"] == whole.rstrip(".")


def test_words_that_lean_on_what_was_said_before_are_known() -> None:
    assert [leans(text) for text in ("Ils pourraient acheter mieux", "Avec cette offre, on gagne du temps")] == [
        True
    ] * 2
    assert [leans(text) for text in ("Il faut un four à pain", "Le four manque aux écoliers")] == [False] * 2


def test_points_take_places_in_turn_those_that_people_voted_for_first() -> None:
    section, material = alone(table=["1", "1", "1", "2", "3"], votes=[0, 3, 0, 0, 0])
    found = [s.words[0].item_id for s in points(section, "sud", list(material.items.values()), 3)]
    assert found == ["i1", "i3", "i4"]


def test_what_the_model_is_not_sure_of_is_no_point() -> None:
    section, material = alone(table="1", confidence=0.5)
    assert points(section, "sud", list(material.items.values()), 9) == []


def test_where_nothing_is_worth_listing_the_best_is_listed_all_the_same() -> None:
    assert [listed(part) for part in parts(table="1", worth=[0.25, 0.1, 0.28, 0.1, 0.1])] == [["i2", "i0"]]
