"""The essential: titles as they were given, axis by axis; words, votes and sides beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from labelled import each
from workshop_told import draft_of, group_of, seen, telling_of, told_workshop

from pipeline.restitution.proofreading import faults
from pipeline.restitution.sections.essential import essential_section
from pipeline.restitution.sections.positions import ballots, choices, decided, votes
from pipeline.workshop.questions import Question

SPREAD = " (table 1, trois idées)"


def essential(axis: str, *titles: str, **changes: Any) -> str:
    """What the essential says of titles of one axis, each over three ideas of its own."""
    groups, items = {}, {}
    for n, title in enumerate(titles):
        texts = (f"{title} au bourg {n}", f"{title} à la ferme {n}", f"{title} près du pont {n}")
        material, group = group_of(title, *texts, axis=axis, table="1", **changes)
        members = tuple(
            replace(one, item_id=f"{n}{one.item_id}", contribution_id=f"{n}{one.contribution_id}", group=f"g{n}")
            for one in group.members
        )
        groups[f"g{n}"] = replace(group, group_id=f"g{n}", members=members, is_titled=True)
        items |= {one.item_id: one for one in members}
    draft = draft_of(replace(material, items=items, groups=groups))
    sentences = [one for one in draft.sections[0].sentences if one.role == "weighs"]
    assert [fault for one in sentences for fault in faults(one, "fine")] == []
    return " ".join(map(seen, sentences)).replace(SPREAD, "")


test_titles_are_told_as_they_were_given_axis_by_axis = each(
    lambda axis, titles: essential(axis, *titles),
    (
        "sud",
        ("Ouvrir le lavoir", "Aider les fermes"),
        "Ce que l’on pourrait faire : ouvrir le lavoir ; aider les fermes.",
    ),
    (
        "est",
        ("Des chemins pleins de boue", "On ne se croise plus", "Le lavoir ? Oublié !"),
        "Ce qui freine : des chemins pleins de boue ; on ne se croise plus ; le lavoir ? Oublié !.",
    ),
    ("nord", ("Merci au fournil",), "Ce qui existe et marche : merci au fournil."),
    ("ouest", ("Le lavoir est à tous",), "Ce que l’on se demande : le lavoir est à tous."),
)


@pytest.mark.parametrize(("is_read", "told"), [(False, "que personne n’a encore relu"), (True, "relu en partie")])
def test_the_state_of_the_text_is_that_of_what_was_looked_at(is_read: bool, told: str) -> None:
    material, group = group_of("Rouvrir le lavoir", *("Rouvrir le lavoir au bourg", "Laver à la ferme"), axis="sud")
    own = replace(group, is_titled=True, origin="personne")
    first = draft_of(replace(material, groups={"g": own}, is_read=is_read)).sections[0].blocks[0]
    assert first.kind == "motto" and told in first.value.text


@pytest.mark.parametrize(
    ("is_accepted", "is_axisless", "is_topic"), [(False, True, True), (False, False, False), (True, True, False)]
)
def test_a_title_to_which_a_machine_alone_gave_an_axis_is_no_proposal(
    is_accepted: bool, is_axisless: bool, is_topic: bool
) -> None:
    material, group = group_of(
        "Laver à la ferme", *("Laver à la ferme le lundi", "Laver à la ferme le soir"), axis="sud"
    )
    own = replace(group, is_titled=not is_accepted, is_accepted=is_accepted, origin="personne", is_put=False)
    titles = {group.title: "" if is_axisless else group.axis}
    told = [
        seen(one) for one in draft_of(replace(material, groups={"g": own}, axes_given=titles)).sections[0].sentences
    ]
    assert any("faire : laver à la ferme" in one for one in told) is not is_topic


def test_how_widely_titles_are_said_stands_beside_them_once_people_looked() -> None:
    telling = told_workshop()
    section = essential_section(telling, telling.plan.section("essentiel"), 1_000)
    text = " ".join(map(seen, section.sentences))
    assert "pas de car le soir pour les jeunes (trois tables sur quatre, enquête)" in text
    assert "mettre en commun les minibus (" in text


def test_accepted_titles_are_all_named_while_there_is_room_and_no_axis_is_lost() -> None:
    def told(n: int, words_max: int) -> str:
        things = {"est": "lavoir", "sud": "moulin"}
        titles = [(axis, f"Le {things[axis]} numéro {at} du bourg") for axis in things for at in range(n)]
        made = [group_of(title, f"{title} fuit", axis=axis) for axis, title in titles]
        items, groups = {}, {}
        for at, (material, group) in enumerate(made):
            item = replace(material.items["i0"], item_id=f"i{at}", contribution_id=f"c{at}", group=f"g{at}")
            items[item.item_id] = item
            groups[f"g{at}"] = replace(group, group_id=f"g{at}", members=(item,), is_accepted=True, origin="personne")
        telling = telling_of(replace(made[0][0], items=items, groups=groups))
        return " ".join(map(seen, essential_section(telling, telling.plan.section("essentiel"), words_max).sentences))

    assert told(8, 1_000).count("numéro") == 16
    short = told(8, 110)
    assert short.count("lavoir numéro") >= 4
    assert short.count("moulin numéro") >= 4
    assert short.count("numéro") < 16


def test_the_essential_keeps_within_its_words_and_drops_the_last_things_first() -> None:
    telling = told_workshop()
    plan = telling.plan.section("essentiel")
    (whole,) = essential_section(telling, plan, 1_000).blocks
    roles = [one.role for one in whole.sentences]
    assert roles == ["", *["weighs"] * (len(roles) - 3), "disputed", ""]  # then what titles ask
    assert any(seen(one).startswith("Mais à ce frein – ") for one in whole.sentences)
    for most in range(50, whole.n_words):
        short = essential_section(telling, plan, most).blocks[0]
        assert short.n_words <= most


def test_a_vote_of_which_only_those_against_were_counted_is_neither_won_nor_lost() -> None:
    def asked(about: str, sides: dict[str, int]) -> Question:
        return Question(about, "w", about, sides, {}, is_vote=True, is_scale=False, has_people=False)

    material, _ = group_of("Le lavoir", "Le lavoir est à sec", "Le lavoir fuit")
    told = telling_of(replace(material, questions=(asked("La digue", {"contre": 3}), asked("Le bac", {"pour": 9}))))
    assert [seen(sentence) for sentence in ballots(told)] == ["Le vote approuve « Le bac » (9 pour)."]


def test_choices_put_to_the_vote_are_told_with_all_their_voices_and_decide_nothing() -> None:
    def chosen(about: str, answers: dict[str, int]) -> Question:
        sides = {"sans": sum(answers.values())}
        return Question(about, "w", about, sides, answers, is_vote=True, is_scale=False, has_people=False)

    material, _ = group_of("Le lavoir", "Le lavoir est à sec", "Le lavoir fuit")
    asked = (chosen("Le jour", {"Mardi": 4, "Jeudi": 2}), chosen("L'heure", {"Huit heures": 9, "Midi": 3}))
    told = telling_of(replace(material, questions=asked))
    assert [seen(sentence) for sentence in choices(told)] == [
        "Des choix ont été mis au vote : « L'heure » (« Huit heures » 9, « Midi » 3) et "
        "« Le jour » (« Mardi » 4, « Jeudi » 2)."
    ]
    assert ballots(told) == decided(told) == []
    (block,) = votes(told, ()).blocks
    assert seen(block.sentences[0]) == "« Le jour » : « Mardi » (4), « Jeudi » (2)."
