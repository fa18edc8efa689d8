"""The whole plan: what is told, what is left aside and why, each idea's words once; the same every time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from workshop_told import draft_of, group_of, hand_made, plan_of, seen, spaced

from pipeline.contracts.draft import WordsNode
from pipeline.contracts.draft_files import dump_plan, load_plan
from pipeline.contracts.plan import Plan
from pipeline.contracts.titles import PARTICIPANTS, PERSON
from pipeline.errors import ArtifactError
from pipeline.restitution.plan import reading
from pipeline.restitution.plan.build import ALONE, BESIDE, WEIGHING
from pipeline.restitution.plan.paragraphs import ACTS, OF_PLACE
from pipeline.restitution.writers.reading import plain
from pipeline.workshop.model import Material

KEYS = ("essentiel", "nord", "est", "sud", "ouest")


@pytest.fixture(scope="module")
def material() -> Material:
    """The hand-made workshop."""
    return hand_made()


@pytest.mark.parametrize("length", ["essentiel", "standard", "complet"])
def test_each_axis_shows_no_words_twice_and_every_word_rests_on_its_idea(material: Material, length: str) -> None:
    plan = plan_of(material, length)
    assert tuple(section.key for section in plan.sections) == KEYS
    for section in plan.sections[1:]:
        spans = [(ref.contribution_id, ref.span) for p in section.paragraphs for s in p.statements for ref in s.words]
        assert len(spans) == len(set(spans))
    assert plan.statements
    assert all({ref.item_id for ref in s.words} <= set(s.items) for s in plan.statements)
    assert all(unit.spread.contributions <= len(unit.members) for unit in plan.units.values())
    assert len(plan_of(material, "essentiel").told) <= len(plan.told) <= len(plan_of(material, "complet").told)


def test_it_is_written_and_read_again_and_is_the_same_every_time(material: Material) -> None:
    plan = plan_of(material)
    assert load_plan(dump_plan(plan)) == plan == plan_of(material)
    with pytest.raises(ArtifactError, match=r"plan\.json"):
        load_plan({"version": 0})


def test_what_is_left_aside_says_why(material: Material) -> None:
    units = plan_of(material).units
    assert {key: units[key].reason for key in ("g-bus", "g-loyers", "g-region", "g-toit")} == {
        "g-bus": "told", "g-loyers": "told", "g-region": "told", "g-toit": "told",
    }  # fmt: skip
    waiting = {key: replace(item, status="a_relire") for key, item in material.items.items() if item.group == "g-toit"}
    groups = {"g-toit": replace(material.groups["g-toit"], members=tuple(waiting.values()))}
    unsure = replace(material, items=material.items | waiting, groups=material.groups | groups)
    assert plan_of(unsure).units["g-toit"].reason == "to_read_again"


TEXTS = (
    "Chauffer le four à pain le samedi",
    "Prêter la salle des fêtes aux écoliers du bourg",
    "Ouvrir la bibliothèque aux gens de passage",
    "Repeindre le lavoir avec les classes",
    "Planter des pommiers devant le stade",
)


def alone(length: str = "standard", texts: tuple[str, ...] = TEXTS, **changes: Any) -> Plan:
    """What is said of ideas that no group holds."""
    material, _ = group_of("Le four", *texts, axis="sud", group="", **{"worth": 0.9, **changes})
    return plan_of(replace(material, groups={}), length)


def shown(plan: Plan, key: str = "sud") -> list[tuple[str, list[str]]]:
    statements = (s for paragraph in plan.section(key).paragraphs for s in paragraph.statements)
    return [(s.kind, [ref.item_id for ref in s.words]) for s in statements]


def test_one_voice_alone_makes_no_recurrence_and_names_no_group() -> None:
    plan = alone(texts=TEXTS[:1])
    assert (shown(plan), shown(plan, "essentiel")) == ([("told", ["i0"])], [])


def test_what_people_voted_for_comes_first_and_what_they_voted_against_is_told_with_its_votes() -> None:
    plan = alone(table="1", votes=[0, 9, 0, 5, 1], votes_against=[0, 0, 6, 0, 0])
    assert shown(plan, "essentiel") == []
    assert [kind for kind, _ in shown(plan)] == ["told"]
    assert "i2" not in shown(plan)[0][1]
    assert shown(plan, "votes") == [("voted", ["i1"]), ("voted", ["i2"]), ("voted", ["i3"])]  # told above or not


def test_no_voted_card_is_left_out_for_one_that_weighs_less() -> None:
    texts = (
        "Rallonger le marché du jeudi",
        "Merci à Odile pour le bal",
        "et alors quand ça dure, que ça dure et que ça dure encore, le discours du maire sur l'estrade mouillée, tout "
        "le monde finit par regarder ses pieds au lieu de danser comme prévu",
        "Le marché du jeudi, le rallonger",
    )
    facets = ["action", "celebrer", "action", "action"]
    for length in ("standard", "complet"):
        masks = [(), ((8, 13),), (), ()]
        plan = alone(length, texts, votes=[3, 9, 8, 12], facet=facets, masks=masks)
        assert [words for _, words in shown(plan, "votes")] == [["i3"], ["i1"], ["i2"], ["i0"]]
    quotes = [one.manners for one in plan.section("votes").paragraphs[0].statements]
    assert quotes[1:3] == [("quote",), ("quote",)]


def test_the_essential_says_most_votes_of_the_true_maximum() -> None:
    material, _ = group_of(
        "Le four", *TEXTS, axis="sud", group="", votes=[2, 4, 3, 9, 1], votes_against=[0, 0, 6, 0, 5]
    )
    material = replace(material, groups={})
    draft = draft_of(material)
    told = {one.key: [seen(sentence) for sentence in one.sentences] for one in draft.sections}
    assert [line.partition(" : ")[0] for line in told["votes"]] == [
        "Neuf voix", "Trois voix pour, six voix contre", "Une voix pour, cinq voix contre", "Quatre voix",
    ]  # fmt: skip
    assert any(line.startswith("En tête des votes, avec neuf voix : ") for line in told["essentiel"])
    banned = replace(material.items["i3"], quote_choice="bannie", is_quotable=False)
    draft = draft_of(replace(material, items=material.items | {"i3": banned}))
    told = {one.key: [seen(sentence) for sentence in one.sentences] for one in draft.sections}
    assert not any("En tête" in line for line in told["essentiel"])


def test_likes_are_told_as_likes_after_the_votes_and_never_added_to_them() -> None:
    likes = '{"compté en": "mention j’aime"}'
    given = {"votes": [4, 12, 5, 2, 0], "votes_against": [0, 0, 3, 0, 0], "attributes": ["{}", *[likes] * 4]}
    material, group = group_of("Le four", *TEXTS, axis="sud", **given)
    spread = reading.spread_of(group.members)
    assert (spread.votes, spread.votes_against, spread.mark) == (4, 0, "")
    spread = reading.spread_of(group.members[1:])
    assert (spread.votes, spread.votes_against, spread.mark) == (19, 3, "mention j’aime")
    draft = draft_of(replace(material, groups={}))
    told = {one.key: (one.title, [seen(sentence) for sentence in one.sentences]) for one in draft.sections}
    title, lines = told["votes"]
    assert title == "Ce qui a été voté ou aimé"
    assert [line.partition(" : ")[0] for line in lines] == [
        "Quatre voix", "Douze mentions j’aime", "Cinq mentions j’aime, trois contre",
    ]  # fmt: skip
    assert any(line.startswith("En tête des votes, avec quatre voix : ") for line in told["essentiel"][1])


@pytest.mark.parametrize("side", ["contre", "nuance"])
def test_who_is_against_proposes_nothing(side: str) -> None:
    plan = alone(table="1", stance=["inconnu", side, "pour", "inconnu", "inconnu"])
    assert "i1" not in {key for _, words in (*shown(plan), *shown(plan, "essentiel")) for key in words}
    assert len(plan.told) == len(TEXTS) - 1


@pytest.mark.parametrize("length", ["essentiel", "standard", "complet"])
def test_each_axis_has_few_words_and_each_place_fewer(length: str) -> None:
    texts = tuple(f"{text} {where}" for text in TEXTS for where in ("du haut", "du canal", "de la gare", "des Prés"))
    found = [words for _, words in shown(alone(length, texts, table=[str(1 + n % 4) for n in range(20)]))]
    assert found
    assert sum(map(len, found)) <= ACTS * ALONE[length]
    assert all(len(words) <= ACTS * OF_PLACE for words in found)


def groups_of(n: int, **changes: Any) -> Material:
    """A workshop of so many groups of three contributions each, and ideas in none."""
    matters = (
        ("four à pain", "samedi", "verger"), ("salle des fêtes", "écoliers", "théâtre"), ("lavoir", "peinture", "été"),
        ("bibliothèque", "passage", "roman"), ("stade", "pommiers", "match"), ("gymnase", "judo", "nuit"),
    )  # fmt: skip
    material, _ = group_of("Le four", "Le four")
    groups, items = {}, {}
    for name, first, second in matters[:n]:
        texts = (f"Rouvrir le {name} le plus tôt", f"Le {name} pour {first}", f"Un {name} avec {second} et musique")
        _, group = group_of(f"Rouvrir le {name}", *texts, axis="sud", **changes)
        members = tuple(
            replace(one, item_id=f"{name}-{one.item_id}", contribution_id=f"{name}-{one.item_id}", group=name)
            for one in group.members
        )
        groups[name] = replace(group, group_id=name, members=members)
        items |= {one.item_id: one for one in members}
    _, beside = group_of("Le four", "Creuser une mare derrière l'école", axis="sud", group="", confidence=0.9)
    return replace(material, groups=groups, items=items | {one.item_id: one for one in beside.members})


def test_where_people_gave_titles_a_few_ideas_that_none_takes_are_told_and_not_quoted() -> None:
    acts = (
        "Curer le puits", "Nourrir les canards", "Vendre le miel", "Semer des fleurs", "Repeindre le banc",
        "Tailler la haie", "Planter des tilleuls", "Prêter la tondeuse",
    )  # fmt: skip
    texts = tuple(f"{act} du jardin public" for act in acts)

    def beside(provenance: str) -> set[str]:
        own = {"axis": "sud", "group": "", "worth": 0.9, "provenance": provenance}
        _, like = group_of("Le four", *texts, **own, table=[str(n) for n in range(len(texts))])
        found = {f"b{n}": replace(one, item_id=f"b{n}", contribution_id=f"b{n}") for n, one in enumerate(like.members)}
        titled = _with(groups_of(2), is_accepted=False, is_titled=True, origin="personne")
        return plan_of(replace(titled, items=titled.items | found)).told & found.keys()

    assert 1 < len(beside("note")) <= ACTS * BESIDE["standard"]
    assert not beside("transcription")


def _with(material: Material, **changes: Any) -> Material:
    """The same with other groups."""
    return replace(material, groups={key: replace(one, **changes) for key, one in material.groups.items()})


def test_a_title_that_nobody_took_is_no_claim_of_the_essential() -> None:
    unread = _with(groups_of(3), is_accepted=False, origin="machine")
    assert "weighs" not in [kind for kind, _ in shown(plan_of(unread), "essentiel")]
    taken = _with(groups_of(3), is_accepted=False, is_titled=True, origin="personne")
    assert [kind for kind, _ in shown(plan_of(taken), "essentiel")] == ["weighs"]


def test_the_essential_names_the_heaviest_groups_of_an_axis() -> None:
    plan = plan_of(groups_of(6))
    told = [paragraph.unit for paragraph in plan.section("sud").paragraphs if paragraph.unit]
    assert len(told) == 6
    (weighs,) = [s for p in plan.section("essentiel").paragraphs for s in p.statements]
    assert (weighs.kind, list(weighs.units)) == ("weighs", told[: WEIGHING["sud"]])


def test_what_is_disputed_is_named_last_in_the_essential(material: Material) -> None:
    last = plan_of(material).section("essentiel").paragraphs[-1].statements
    assert [(one.kind, one.units) for one in last] == [("disputed", ("g-loyers",))]


def under(title: str, *sides: tuple[str, str], origin: str = "personne", **changes: Any) -> Material:
    """A workshop of one title that a person typed, with ideas on several axes: (axis, words)."""
    material, like = group_of(title, *(words for _, words in sides), **changes)
    groups, items = {}, {}
    for axis in dict.fromkeys(axis for axis, _ in sides):
        members = tuple(
            replace(one, axis=axis, group=f"g-{axis}", confidence=0.9, strength=0.9)
            for one, (of, _) in zip(like.members, sides, strict=True)
            if of == axis
        )
        given = {"group_id": f"g-{axis}", "axis": axis, "origin": origin, "is_titled": True}
        groups[f"g-{axis}"] = replace(like, members=members, **given)
        items |= {one.item_id: one for one in members}
    return replace(material, groups=groups, items=items)


def told(material: Material) -> dict[str, list[str]]:
    return {one.key: [seen(sentence) for sentence in one.sentences] for one in draft_of(material).sections}


STAGE = (
    ("nord", "La scène du marché réunit tout le bourg le dimanche"),
    ("est", "La scène du marché prend l'eau dès qu'il pleut"),
    ("sud", "Couvrir la scène du marché avant l'automne"),
)


def test_a_title_of_which_most_ideas_are_on_one_axis_is_named_under_it_alone() -> None:
    more = tuple(("est", f"La scène du marché prend l'eau {when}") for when in ("au printemps", "les soirs de bal"))
    found = told(under("La scène du marché prend l’eau", *STAGE[:2], *more))
    assert [line for line in found["essentiel"] if "scène" in line] == [
        "Ce qui freine : la scène du marché prend l’eau."
    ]


@pytest.mark.parametrize("is_read", [True, False])
def test_a_title_is_told_once_with_its_other_axes_under_it(is_read: bool) -> None:
    more = (("est", "La scène du marché prend l'eau les soirs de bal"),)
    made = under("La scène du marché", *STAGE, *more)
    groups = {key: replace(one, is_accepted=is_read) for key, one in made.groups.items()}
    found = draft_of(replace(made, groups=groups))
    headings = [
        (section.key, block.value.text)
        for section in found.sections
        for block in section.blocks
        if block.kind == "heading"
    ]
    assert headings == [("est", "La scène du marché")]
    lines = [spaced(seen(one)) for section in found.sections if section.key == "est" for one in section.sentences]
    assert all(any(text[3:25] in line for line in lines) for _, text in STAGE)
    beside = [line.split(" :")[0].split(",")[0] for line in lines if line.startswith("Du côté")]
    assert beside == ["Du côté de ce qui existe", "Du côté des propositions"] * is_read  # else a machine says it
    assert any("en parle" in line for line in lines) is is_read  # what nobody looked at is not counted


def test_what_stands_under_a_title_is_told_nowhere_else() -> None:
    made = under("La scène du marché", *STAGE[:1], ("sud", "Couvrir la scène du marché"), ("sud", "Éclairer la scène"))
    items = {key: replace(one, quote_choice="choisie" if one.axis == "nord" else "") for key, one in made.items.items()}
    groups = {
        key: replace(group, members=tuple(items[one.item_id] for one in group.members))
        for key, group in made.groups.items()
    }
    lines = [line for found in told(replace(made, items=items, groups=groups)).values() for line in found]
    assert sum("réunit tout le bourg" in line for line in lines) == 1


def test_an_author_s_text_is_told_once_under_a_title_of_several_axes() -> None:
    made = under("La scène du marché", *STAGE)
    groups = {key: replace(one, author_text="La scène, c'est nous.") for key, one in made.groups.items()}
    lines = [line for found in told(replace(made, groups=groups)).values() for line in found]
    assert sum("c'est nous" in line for line in lines) == 1


def test_an_obstacle_that_begins_as_an_act_is_no_proposal() -> None:
    material, group = group_of(
        "L'attente", "attendre le bus, une heure, et sous la pluie", axis="est", provenance="note"
    )
    lines = told(replace(material, groups={"g": replace(group, is_accepted=True)}))["est"]
    assert not any("propose" in line or "ttendre le bus" in line for line in lines)


PLACES = (
    "Le portage de repas passe chaque midi chez les anciens du bourg",
    "Etre utile aux voisins du bourg chaque semaine",
    "C’est quoi, un village ?",
    "Depuis, lui le fait",
    "Le verger communal donne des pommes à toute l’école",
    "Une place vide",
)
"""Words of a title, of which some neither stand alone nor fit their axis."""
CHANGES: dict[str, Any] = {"votes": [9, 0, 0, 0, 4, 0], "stance": [*["inconnu"] * 5, "contre"]}


def words_of(material: Material) -> dict[str, set[str]]:
    """The ideas whose words each section shows."""
    sections = draft_of(material).sections
    nodes = [(part.key, node) for part in sections for one in part.sentences for node in one.nodes]
    found: dict[str, set[str]] = {}
    for key, node in nodes:
        if isinstance(node, WordsNode):
            found.setdefault(key, set()).add(node.ref.item_id)
    return found


TITLED = [
    (title, origin, is_accepted)
    for title in ("Le village qui accueille", "Village")
    for origin in (PERSON, PARTICIPANTS, "machine")
    for is_accepted in (True, False)
]


@pytest.mark.parametrize("provenance", ["ecrit", "note", "transcription"])
@pytest.mark.parametrize(("title", "origin", "is_accepted"), [*TITLED, ("", PARTICIPANTS, False)])
def test_a_choice_is_obeyed_wherever_words_are_told(
    provenance: str, origin: str, is_accepted: bool, title: str
) -> None:
    def held(choice: list[str]) -> dict[str, set[str]]:
        material, group = group_of(
            title or "Village", *PLACES, axis="nord", provenance=provenance, quote_choice=choice, **CHANGES,
            group="g" if title else "",
        )  # fmt: skip
        own = replace(group, origin=origin, is_titled=origin == PERSON, is_accepted=is_accepted)
        return words_of(replace(material, groups={"g": own} if title else {}))

    for n in range(len(PLACES)):
        chosen = held(["choisie" if n == m else "" for m in range(len(PLACES))])
        assert f"i{n}" in chosen["nord"]
        banned = held(["bannie" if n == m else "" for m in range(len(PLACES))])
        assert f"i{n}" not in set().union(*banned.values())
    assert not held(["bannie"] * len(PLACES))


def test_titles_of_which_no_words_are_told_are_named_once() -> None:
    titles = _with(groups_of(6, quote_choice="bannie"), is_accepted=False, is_titled=True, origin="personne")
    found = draft_of(titles)
    told = [spaced(plain(one)).lower() for section in found.sections for one in section.sentences]
    for group in titles.groups.values():
        assert sum(group.title.lower() in line for line in told) == 1, group.title
    (named,) = (section for section in found.sections if section.key == "sud")
    assert not any(block.kind == "heading" for block in named.blocks)
