"""Units: what is counted, in which stacks, and a weight that no title moves."""

from __future__ import annotations

from dataclasses import replace

from workshop_told import group_of

from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.plan.units import spread_of, stacks_of, unit_alone, unit_of, weight_of

TEXTS = ("Le four à pain est froid", "Le four à pain du bourg est froid", "Un four à pain froid tout l'hiver")


def test_what_is_told_is_counted_once_by_contribution() -> None:
    _, group = group_of("Le four à pain", *TEXTS, contribution_id=["c0", "c0", "c2"], votes=[3, 0, 2])
    spread = spread_of(group.members)
    assert (spread.contributions, spread.tables, spread.votes, spread.channels) == (2, 3, 5, ("postit",))


def test_a_group_is_the_ideas_that_say_its_title() -> None:
    material, group = group_of("Le four à pain est froid", *TEXTS, "La poste ferme le lundi")
    unit = unit_of(group, Kinship(material))
    assert unit.members == ("i0", "i1", "i2")
    assert unit.is_titled


def test_the_widest_stack_comes_first() -> None:
    _, group = group_of("Le four", *TEXTS, stack=["a", "b", "b"])
    assert stacks_of(group.members) == (("i1", "i2"), ("i0",))


def test_a_title_moves_no_weight() -> None:
    material, group = group_of("Le four à pain est froid", *TEXTS)
    renamed = replace(group, title="Tout autre chose", is_titled=True)
    assert unit_of(renamed, Kinship(material)).weight == unit_of(group, Kinship(material)).weight


def test_places_votes_and_what_hangs_on_it_make_it_heavier() -> None:
    at_one, at_many = (group_of("Le four", *TEXTS, table=table)[1].members for table in ("1", ["1", "2", "3"]))
    assert weight_of(at_many) > weight_of(at_one)
    assert weight_of([replace(at_one[0], votes=9)]) > weight_of(at_one[:1])
    assert weight_of(at_one, 2) > weight_of(at_one)
    assert weight_of([]) == 0


def test_an_idea_alone_is_a_unit_of_one() -> None:
    _, group = group_of("Le four", TEXTS[0], votes=4)
    unit = unit_alone(group.members[0])
    assert (unit.unit_id, unit.spread.contributions, unit.spread.votes) == ("i0", 1, 4)
