"""The paragraph of a group: how widely, the words that say it, what is held against it, what answers it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled import each
from workshop_told import group_of, hand_made

from pipeline.contracts.plan import Paragraph, Statement
from pipeline.restitution.plan.paragraphs import ACTS, OF_PLACE, SHOWN, Section, title_paragraphs
from pipeline.restitution.plan.reading import Reading
from pipeline.workshop.model import Material

TEXTS = (
    "Chauffer le four à pain le samedi",
    "Allumer le four à pain avec les écoliers du bourg",
    "Prêter le four à pain aux boulangers de passage",
    "Le four à pain coûte trop de bois pour si peu",
    "Le four à pain, oui, si quelqu'un surveille les flammes",
)


def only_paragraph(section, unit):
    """The paragraph of a title that is on one axis; None for none."""
    told = title_paragraphs(section, [unit])
    assert len(told) < 2
    return next(iter(told), None)


def planned(material: Material, group_id: str = "g") -> tuple[Section, Paragraph | None]:
    section = Section(Reading.of(material), "standard")
    return section, only_paragraph(section, section.reading.units[group_id])


def statements(material: Material, group_id: str = "g") -> dict[str, Statement]:
    """The statements of the paragraph by kind, in order: each once, but those of places."""
    _, paragraph = planned(material, group_id)
    told = () if paragraph is None else paragraph.statements
    kinds = [one.kind for one in told if one.kind != "told"]
    assert len(set(kinds)) == len(kinds)
    return {one.kind: one for one in told}


def titled(title: str, *texts: str, group: dict[str, Any] | None = None, **changes: Any) -> Material:
    """A workshop that is one group, whose title is true of all of it."""
    material, made = group_of(title, *texts, **changes)
    return replace(material, groups={"g": replace(made, **(group or {}))})


test_a_group_opens_on_how_widely_it_is_said = each(
    lambda title, changes: list(statements(titled(title, *TEXTS, axis="sud", group=changes))),
    ("Chauffer le four à pain", {}, ["spread", "told"]),
    ("À qui est le four à pain ?", {}, ["spread", "told"]),
    ("Four", {"is_titled": True}, ["spread", "told"]),
    ("Chauffer le four à pain", {"author_text": "Le four, c'est nous."}, ["author"]),
    ("Chauffer le four à pain", {"question": "Comment chauffer ?"}, ["spread", "told"]),
    (
        "Chauffer le four à pain",
        {"question": "Comment ?", "is_asked": True},
        ["spread", "told", "question"],
    ),
    names=[
        "a title",
        "a question",
        "unless a person gave it",
        "an author's own text",
        "a machine's question",
        "a person's question",
    ],
)


def test_what_a_machine_put_together_is_told_in_its_words_and_never_counted() -> None:
    found = statements(titled("Chauffer le four à pain", *TEXTS, axis="sud", group={"origin": "machine"}))
    assert list(found) == ["told"]
    accepted = {"origin": "machine", "is_accepted": True}
    assert "spread" in statements(titled("Chauffer le four à pain", *TEXTS, axis="sud", group=accepted))


def test_what_is_known_of_an_obstacle_comes_in_order() -> None:
    texts = (
        "Le four à pain ne chauffe plus le samedi",
        "Le four à pain reste froid parce que les réserves de bois manquent",
        "Le four à pain marche très bien pour la fête du village",
        "Le four à pain a repris grâce à la cagnotte des voisins",
    )
    sides = ["inconnu", "pour", "contre", "inconnu"]
    asked = {"is_asked": True, "question": "Qui rallume le four ?"}
    material = titled(
        "Le four à pain est froid", *texts, stance=sides, facet=[*["frein"] * 3, "traversee"], group=asked
    )
    _, paragraph = planned(material)
    assert paragraph is not None
    assert [(one.kind, [ref.item_id for ref in one.words]) for one in paragraph.statements] == [
        ("spread", []), ("told", ["i0"]), ("told", ["i1"]), ("objection", ["i2"]), ("question", []),
    ]  # fmt: skip


def test_words_are_told_place_by_place_few_of_each() -> None:
    texts = (*TEXTS[:3], "Balayer le four à pain après la fournée", "Nettoyer la voûte du four à pain")
    tables = ["1", "1", "1", "2", "3"]
    _, paragraph = planned(titled("Tenir le four à pain", *texts, axis="sud", table=tables))
    assert paragraph is not None
    places = [[tables[int(ref.item_id[1:])] for ref in one.words] for one in paragraph.statements if one.words]
    assert SHOWN["standard"] < sum(map(len, places)) <= ACTS * SHOWN["standard"]
    assert all(len(set(one)) == 1 and len(one) <= ACTS * OF_PLACE for one in places)
    assert sorted(places) == places


GIVEN: dict[str, Any] = {"origin": "personne", "is_titled": True, "is_accepted": False}
OTHERS = (
    "Balayer la cour de l'école",
    "Repeindre les volets du stade",
    "Planter des pommiers au verger",
    "Curer le puits",
)


def words_shown(title: str, *texts: str, axis: str = "ouest", **changes: list[Any]) -> set[str]:
    """The ideas shown under a title that a person gave, and whose ideas nobody looked at, among ideas of none."""
    padded = {name: [*values, *values[-1:] * len(OTHERS)] for name, values in changes.items()}
    material, group = group_of(title, *texts, *OTHERS, axis=axis, **padded)
    own = replace(group, members=group.members[: len(texts)], **GIVEN)
    beside = {item.item_id: replace(item, group="") for item in group.members[len(texts) :]}
    found = statements(replace(material, items=material.items | beside, groups={"g": own}))
    return {ref.item_id for one in found.values() for ref in one.words}


def test_a_title_is_seen_in_ideas_that_say_its_words_or_that_are_likely_of_it() -> None:
    texts = (
        "Le lavoir garde la mémoire des lavandières",
        "On se retrouve le samedi sous les arcades du bourg",
        "Il y a un vrai entrain chez les voisins",
    )
    found = words_shown("Le lavoir et ses lavandières", *texts, strength=[0.8, 0.97, 0.4], table=["1", "1", "1"])
    assert found == {"i0", "i1"}


def test_a_title_that_proposes_does_not_show_what_says_its_contrary() -> None:
    texts = ("Limiter les réunions du lavoir à une heure", "Une multiplication des réunions du lavoir")
    strong = {"strength": [0.9, 0.95], "table": ["1", "1"]}
    assert words_shown("Moins de réunions au lavoir", *texts, axis="sud", **strong) == {"i0"}
    assert words_shown("Moins de réunions au lavoir", texts[1], axis="sud", strength=[0.95]) == set()
    assert words_shown("Des réunions au lavoir", texts[1], axis="sud", strength=[0.95]) == {"i0"}


@pytest.mark.parametrize(("title", "stance"), [("Un lavoir ou un musée ?", "inconnu"), ("Un lavoir", "contre")])
def test_both_sides_of_a_title_are_shown(title: str, stance: str) -> None:
    texts = (
        "Un lavoir sert aux lavandières du bourg", "Un lavoir accueille les baigneurs du canal",
        "Un lavoir rafraîchit tout le quartier", "Un lavoir abrite un marché de fleurs",
        "Un lavoir plaît aux peintres de passage", "Un musée à côté du lavoir coûterait moins",
    )  # fmt: skip
    others = [f"Le pré {n} reste en fleurs" for n in range(150)]

    def last_is_shown(title: str, stance: str) -> bool:
        worth, sides = [0.9] * 5 + [0.6, 0.5], [*["inconnu"] * 5, stance, "inconnu"]
        pad = len(others) - 1
        changes = {"worth": worth + [0.5] * pad, "stance": sides + ["inconnu"] * pad}
        return "i5" in words_shown(title, *texts, *others, strength=[1.0] * 6 + [0.0] * (pad + 1), **changes)

    assert last_is_shown(title, stance)
    assert not last_is_shown("Un lavoir", "inconnu")


def test_words_that_hold_an_idea_of_another_group_are_not_shown() -> None:
    texts = ("Chauffer le four à pain et repeindre le lavoir", "Allumer le four à pain avec les écoliers du bourg")
    material = titled("Chauffer le four à pain", *texts, axis="sud", group={"is_titled": True})
    first = replace(material.items["i0"], end=len("Chauffer le four à pain"), text="Chauffer le four à pain")
    beside = replace(first, item_id="i9", start=first.end + 4, end=len(texts[0]), text="repeindre le lavoir", group="")
    group = replace(material.groups["g"], members=(first, material.groups["g"].members[1]))
    cut = replace(material, groups={"g": group}, items=material.items | {"i0": first, "i9": beside})
    assert [ref.item_id for ref in statements(cut)["told"].words] == ["i1"]


def test_an_obstacle_is_told_with_what_would_answer_it() -> None:
    found = statements(hand_made(), "g-bus")
    assert list(found)[-1] == "answer"
    assert found["answer"].units == ("g-bus", "g-navette", "g-region")


def test_nothing_is_shown_twice_and_words_that_a_person_chose_are_shown() -> None:
    for chosen in range(len(TEXTS)):
        choice = ["choisie" if n == chosen else "" for n in range(len(TEXTS))]
        _, paragraph = planned(titled("Chauffer le four à pain", *TEXTS, axis="sud", quote_choice=choice))
        assert paragraph is not None
        shown = [ref.item_id for one in paragraph.statements for ref in one.words]
        assert len(shown) == len(set(shown))
        assert f"i{chosen}" in shown


def test_a_title_that_a_person_accepted_is_told_with_its_count_even_where_no_words_may_be_shown() -> None:
    banned: dict[str, Any] = {"quote_choice": ["bannie", "bannie"]}
    found = statements(titled("Chauffer le four à pain", *TEXTS[:2], axis="sud", group={"is_titled": True}, **banned))
    assert {kind: one.words for kind, one in found.items()} == {"spread": ()}


def test_what_got_past_an_obstacle_is_no_word_of_it_and_weak_words_come_last() -> None:
    texts = (
        "Le four reste froid l'hiver",
        "Le bois du four manque aux boulangers",
        "Le four fume sur la place du bourg",
    )
    changes: dict[str, Any] = {"facet": ["frein", "traversee", "frein"], "worth": [0.8, 0.8, 0.1]}
    found = statements(titled("Le four à pain", *texts, group={"is_titled": True}, **changes))
    assert {ref.item_id for one in found.values() for ref in one.words} <= {"i0", "i2"}


def test_an_objection_that_opens_on_the_proposal_is_told_whole() -> None:
    texts = ("Chauffer le four à pain", "Chauffer le four à pain ? Et qui coupera le bois, encore les voisins ?")
    material, _ = group_of("Chauffer le four à pain", *texts, axis="sud", stance=["inconnu", "contre"])
    assert [ref.span for ref in statements(material)["objection"].words] == [(0, len(texts[1]))]


def test_an_objection_without_words_to_show_is_told_all_the_same() -> None:
    sides: dict[str, Any] = {"stance": [*["inconnu"] * 4, "contre"], "quote_choice": ["", "", "", "", "bannie"]}
    found = statements(titled("Chauffer le four à pain", *TEXTS, axis="sud", **sides))
    assert found["objection"].words == ()
    assert found["objection"].items == ("i4",)


SIDES = st.lists(st.sampled_from(["inconnu", "pour", "contre", "nuance"]), min_size=2, max_size=8)
SAID = (
    "Chauffer le four à pain avec le bois des vergers",
    "Le four à pain servirait aux écoliers du mercredi",
    "Un four à pain rassemble les anciens et les familles",
    "Le four à pain abîme les murs de la chapelle",
    "Le four à pain demande une assurance et un extincteur",
    "Les boulangers de passage prendraient le four à pain",
    "La fête du hameau se tiendrait autour du four à pain",
    "Le four à pain enfume la terrasse du café",
)


@settings(max_examples=40)
@given(sides=SIDES)
def test_nobody_who_opposes_is_counted_among_those_who_say_it(sides: list[str]) -> None:
    material = titled("Rallumer le four à pain", *SAID[: len(sides)], axis="sud", stance=sides)
    section, paragraph = planned(material)
    unit = section.reading.units["g"]
    theirs = {side: {f"i{n}" for n, one in enumerate(sides) if one == side} for side in sides}
    against, conditions = theirs.get("contre", set()), theirs.get("nuance", set())
    assert set(unit.members) == {f"i{n}" for n in range(len(sides))} - against - conditions
    assert unit.spread.contributions == unit.spread.tables == len(sides) - len(against) - len(conditions)
    told = {one.kind: one for one in (paragraph.statements if paragraph is not None else ())}
    for kind, items in (("objection", against), ("condition", conditions)):
        assert (kind in told) is bool(items)
        if items:
            side = section.made[f"g.{kind}"]
            assert (set(side.members), side.spread.contributions) == (items, len(items))
            assert set(told[kind].items) == items
            assert not items & set(told["spread"].items if "spread" in told else ())
