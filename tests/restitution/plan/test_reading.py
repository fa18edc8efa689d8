"""What may be told: by weight, several contributions, a dispute, or a person's word; who is against."""

from dataclasses import replace
from typing import Any

import pytest
from workshop_told import group_of, hand_made, rated

from pipeline.contracts.titles import MACHINE
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.plan.reading import (
    Reading,
    spread_of,
    unit_of,
    weight_of,
)
from pipeline.workshop.model import Material, Stand

TEXTS = ("Le four à pain est froid", "Un four à pain froid tout l'hiver", "Froid, le four à pain l'est le samedi")


@pytest.mark.parametrize(
    ("texts", "changes", "told"),
    [
        (TEXTS[:1], {}, True),
        (TEXTS[:1], {"is_titled": True, "origin": MACHINE, "is_put": False}, True),
        (TEXTS, {"origin": MACHINE, "is_put": False}, False),
        (TEXTS[:1], {"origin": MACHINE, "author_text": "Le four, c'est nous."}, True),
    ],
    ids=["participants", "a person", "a machine", "an author's text"],
)
def test_a_title_has_its_heading_as_soon_as_people_gave_or_took_it(
    texts: tuple[str, ...], changes: dict[str, Any], told: bool
) -> None:
    material, group = group_of("Le four à pain est froid", *texts)
    reading = Reading.of(replace(material, groups={"g": replace(group, **changes)}))
    assert reading.is_told(reading.units["g"]) is told


def test_the_heaviest_come_first() -> None:
    material = hand_made()
    groups = {key: replace(one, position=0) for key, one in material.groups.items()}
    reading = Reading.of(replace(material, groups=groups))
    weights = [unit.weight for unit in reading.by_weight["est"]]
    assert weights == sorted(weights, reverse=True)
    assert [unit for unit, *_ in reading.titles["est"]] == [u for u in reading.by_weight["est"] if reading.is_told(u)]


def test_what_is_alone_is_in_no_told_group() -> None:
    material, group = group_of("Le four", *TEXTS[:2], "La poste ferme", group=["g", "g", ""])
    members = group.members[:2]
    reading = Reading.of(replace(material, groups={"g": replace(group, members=members, is_accepted=True)}))
    assert {item.item_id for item in reading.alone("est")} == {"i2"}


@pytest.mark.parametrize("stance", ["contre", "nuance"])
def test_who_is_against_or_asks_for_something_first_is_not_told_alone(stance: str) -> None:
    material, _ = group_of("Le four", *TEXTS, group="", stance=["inconnu", stance, "pour"], votes=[0, 3, 3])
    reading = Reading.of(replace(material, groups={}))
    assert {item.item_id for item in reading.alone("est")} == {"i0", "i2"}


def test_who_is_against_is_known_by_their_file_or_by_a_person_and_never_by_a_machine() -> None:
    texts = ("Chauffer le four à pain", "Surtout pas de four à pain", "Oui, si le bois est sec", "Non au four à pain")
    sides = {"stance": ["pour", "contre", "nuance", "contre"], "is_sided": [False, True, True, False]}
    material, group = group_of("Chauffer le four à pain", *texts, axis="sud", **sides)
    reading = Reading.of(material)
    told = {kind: [item.item_id for item in items] for kind, items in reading.against(group).items()}
    assert told == {"objection": ["i1"], "condition": ["i2"]}
    linked = replace(material, stands=(Stand("objects", "i3", "i0"), Stand("objects", "i2", "i0", False)))
    told = {kind: [item.item_id for item in items] for kind, items in Reading.of(linked).against(group).items()}
    assert told == {"objection": ["i3", "i1"], "condition": ["i2"]}


COUNTED = ("Le four à pain est froid", "Le four à pain du bourg est froid", "Un four à pain froid tout l'hiver")


def test_what_is_told_is_counted_once_by_contribution() -> None:
    _, group = group_of("Le four à pain", *COUNTED, contribution_id=["c0", "c0", "c2"], votes=[3, 0, 2])
    spread = spread_of(group.members)
    assert (spread.contributions, spread.tables, spread.votes, spread.channels) == (2, 3, 5, ("postit",))


def test_a_title_moves_no_weight() -> None:
    material, group = group_of("Le four à pain est froid", *COUNTED)
    renamed = replace(group, title="Tout autre chose", is_titled=True)
    assert unit_of(renamed, Kinship(material)).weight == unit_of(group, Kinship(material)).weight


def test_places_and_votes_make_it_heavier() -> None:
    at_one, at_many = (group_of("Le four", *COUNTED, table=table)[1].members for table in ("1", ["1", "2", "3"]))
    assert weight_of(at_many) > weight_of(at_one)
    assert weight_of([replace(at_one[0], votes=9)]) > weight_of(at_one[:1])
    assert weight_of([]) == 0


def camps_of(material: Material) -> tuple[str, dict[str, list[str]]]:
    """The question that two camps answer under the title of a material, "" for the title; side → ideas."""
    reading = Reading.of(material)
    on, found = reading.camps([*reading.units.values()])
    return on, {side: [item.item_id for item in items] for side, items in found.items()}


def test_two_camps_on_a_title_are_those_whose_words_say_so_plainly() -> None:
    texts = ("Je suis pour les bancs du lavoir", "Non, pas de bancs", "Ras le bol du lavoir", "Des bancs au lavoir")
    material, _ = group_of("Des bancs au lavoir", *texts, axis="sud", stance=["pour", "contre", "contre", "pour"])
    assert camps_of(material) == ("", {"pour": ["i0"], "contre": ["i1"]})
    alone, _ = group_of("Des bancs au lavoir", *texts[::2], axis="sud", stance=["pour", "contre"])
    assert camps_of(alone) == ("", {})


def test_a_side_on_another_question_is_in_no_camp_of_a_title() -> None:
    texts = ("Je suis pour les bancs", "Non, pas de bancs", "Oui aux bancs")
    sides = {"stance": ["pour", "contre", "pour"], "is_sided": [False, True, True]}
    about = ["", "Faut-il fermer le lavoir ?", "Faut-il des bancs au lavoir ?"]
    material, group = group_of("Des bancs au lavoir", *texts, axis="sud", stance_on=about, **sides)
    assert camps_of(material) == ("", {})
    assert group.sides == (2, 0, 0, 1)


def test_rows_that_give_high_and_low_marks_are_two_camps_of_the_thing_that_a_title_names() -> None:
    assert camps_of(rated("Accueil au téléphone", "51", "ne")) == ("avis-Note", {"pour": ["i0"], "contre": ["i1"]})
    assert camps_of(rated("Accueil au téléphone", "53", "ne")) == ("", {})  # neither high nor low is no side
    assert camps_of(rated("Horaires du téléphone", "51", "ne")) == ("", {})  # another thing of the telephone


def test_who_gives_a_high_mark_and_blames_one_thing_is_in_no_camp() -> None:
    assert camps_of(rated("Accueil au téléphone", "454", "een")) == ("", {})
    assert camps_of(rated("Accueil au téléphone", "514", "nee")) == ("avis-Note", {"pour": ["i0"], "contre": ["i1"]})


def test_marks_of_several_things_take_no_side_on_what_the_row_says() -> None:
    assert camps_of(rated("Accueil au téléphone", "5111", "neee", second="5111"))[0] == "avis-Note"
    assert camps_of(rated("Accueil au téléphone", "5111", "neee", second="1555")) == ("", {})
