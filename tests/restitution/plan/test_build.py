"""The whole plan: what is shown, what is left aside and why, each idea's words once; the same every time."""

from dataclasses import replace
from typing import Any

import pytest
from workshop_told import draft_of, group_of, hand_made, plan_of, seen, telling_of

from pipeline.contracts.draft import WordsNode
from pipeline.contracts.draft_files import dump_plan, load_plan
from pipeline.contracts.plan import Plan
from pipeline.contracts.titles import PARTICIPANTS, PERSON
from pipeline.errors import ArtifactError
from pipeline.restitution.plan import reading
from pipeline.restitution.plan.build import ALONE, SHOWN
from pipeline.restitution.sections.titled import BESIDE, NEAR, told_section
from pipeline.workshop.model import Item, Material
from pipeline.workshop.questions import Question


def words_shown(plan: Plan, axis: str = "") -> list[str]:
    """The ideas whose words an axis shows, or all of them, in order."""
    entries = (one for key, found in plan.axes.items() if axis in ("", key) for one in found)
    return [line.words.item_id for one in entries for line in one.lines]


@pytest.mark.parametrize("length", ["essentiel", "standard", "complet"])
def test_no_words_are_shown_twice_and_a_title_has_few(material: Material, length: str) -> None:
    plan = plan_of(material, length)
    assert tuple(plan.axes) == ("nord", "est", "sud", "ouest")
    assert words_shown(plan)
    assert len(words_shown(plan)) == len(set(words_shown(plan)))
    assert all(len(one.lines) <= SHOWN[length] for found in plan.axes.values() for one in found if one.units)
    assert len(words_shown(plan_of(material, "essentiel"))) <= len(words_shown(plan_of(material, "complet")))


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


def voted_on(plan: Plan) -> list[str]:
    return [ref.item_id for ref in plan.voted]


def test_what_people_voted_for_comes_first_and_what_they_voted_against_is_told_with_its_votes() -> None:
    plan = alone(table="1", votes=[0, 9, 0, 5, 1], votes_against=[0, 0, 6, 0, 0])
    assert words_shown(plan)[:2] == ["i1", "i3"]
    assert "i2" not in words_shown(plan)
    assert voted_on(plan) == ["i1", "i2", "i3"]  # shown above or not


def test_what_was_put_to_the_vote_is_told_once_though_another_idea_of_its_paragraph_holds_the_votes() -> None:
    whole = "Le four à pain du bourg : 8 pour. Les membres sont favorables à un prêt."
    material, _ = group_of("Le four", "Les membres sont favorables à un prêt", group="", votes=8, source_text=whole)
    about = "Le four à pain du bourg"
    vote = Question("vote-1", "a", about, {"pour": 8}, {}, True, False, False)
    assert voted_on(plan_of(replace(material, groups={}))) == ["i0"]
    assert voted_on(plan_of(replace(material, groups={}, questions=(vote,)))) == []


def test_what_minutes_put_to_the_vote_is_no_idea_of_theirs() -> None:
    material, _ = group_of("Le four", *TEXTS, axis="sud", group="", worth=0.9, provenance="note")
    point = Question("vote-1", "a", TEXTS[1], {"pour": 8}, {}, True, False, False)
    free = replace(material, groups={})
    assert "i1" in words_shown(plan_of(free))
    assert "i1" not in words_shown(plan_of(replace(free, questions=(point,))))


def test_each_document_is_heard_where_some_of_its_words_may_be_shown() -> None:
    sources = ["a.md", "a.md", "a.md", "a.md", "b.md"]
    texts = (
        "Le four à pain perd sa chaleur par une porte rouillée",
        "Le four à pain manque de bois sec chaque hiver",
        "Le four à pain attire trop peu d’enfants des écoles",
        "Le four à pain coûte cher aux commerçants voisins",
        "Le four à pain gêne le passage des camions",
    )
    material, _ = group_of("Le four à pain", *texts, strength=[0.95, 0.95, 0.95, 0.95, 0.85], source=sources)
    for length, is_heard in (("standard", True), ("essentiel", False)):
        told = words_shown(plan_of(material, length))
        assert ("i4" in told) is is_heard
        assert len(told) == SHOWN[length] + is_heard


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
        assert voted_on(plan) == ["i3", "i1", "i2", "i0"]


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


@pytest.mark.parametrize("length", ["essentiel", "standard", "complet"])
def test_each_axis_shows_few_words_of_what_no_title_takes(length: str) -> None:
    texts = tuple(f"{text} {where}" for text in TEXTS for where in ("du haut", "du canal", "de la gare", "des Prés"))
    assert 0 < len(words_shown(alone(length, texts))) <= ALONE[length]


def titled(title: str, *texts: str, **changes: Any) -> Plan:
    """What is shown under a title that a person typed, where a machine put ideas."""
    made = {"strength": 0.9, "worth": 0.8, "table": "", "axis": "est"} | changes
    material, group = group_of(title, *texts, **made)
    own = replace(group, is_titled=True, origin=PERSON, is_put=False)
    return plan_of(replace(material, groups={"g": own}, items=material.items | others()))


def others() -> dict[str, Item]:
    """What else was said, so that the words of a title tell what is said of it."""
    return {key: replace(one, group="", table="", axis="hors_axe") for key, one in hand_made().items.items()}


def test_only_what_surely_says_a_title_is_shown_under_it() -> None:
    texts = ("Le lavoir du bourg fuit de partout", "On paie trop cher", "Le lavoir du haut est à sec depuis juin")
    assert words_shown(titled("Un lavoir qui fuit", *texts)) == ["i0", "i2"]
    assert words_shown(titled("Un lavoir qui fuit", *texts[1:2])) == []


def test_a_title_shows_other_people_and_no_card_and_no_words_twice() -> None:
    texts = (
        "Le lavoir du bourg fuit sur la place",
        "Le vieux lavoir fuit dans le canal",
        "Un lavoir neuf qui fuit l'hiver",
    )
    spoken: dict[str, Any] = {"channel": "transcript", "provenance": "transcription"}
    assert len(words_shown(titled("Le lavoir fuit", *texts, **spoken, voice=["Zoé", "Zoé", "Ugo"]))) == 2
    assert len(words_shown(titled("Le lavoir fuit", *texts, contribution_id="c"))) == 1
    assert len(words_shown(titled("Le lavoir fuit", *texts[:1] * 3))) == 1


def test_what_stands_under_a_title_is_not_said_again_by_what_no_title_takes() -> None:
    said = "Le lavoir du bourg fuit sur la place"
    material, group = group_of("Le lavoir fuit", said, strength=0.9, worth=0.8, table="", axis="est")
    one = material.items["i0"]
    again = replace(one, item_id="i9", group="", worth=0.9)
    elsewhere = replace(again, item_id="i8", contribution_id="c8")
    own = replace(group, is_titled=True, origin=PERSON, is_put=False)
    items = {"i0": one, "i8": elsewhere, "i9": again}
    plan = plan_of(replace(material, groups={"g": own}, items=items | others()))
    assert words_shown(plan) == ["i0"]
    assert {*words_shown(plan_of(replace(material, groups={}, items={"i8": elsewhere} | others())))} == {"i8"}


def test_both_sides_are_shown_where_their_file_tells_them() -> None:
    texts = (
        "Un lavoir couvert pour les enfants de l'école",
        "Un lavoir couvert où sécher les draps des gîtes",
        "Couvrir le lavoir avec les tuiles du presbytère",
        "Abriter les bancs et le lavoir du vent du nord",
        "Pas question de couvrir le lavoir, la toiture coûterait trop cher",
    )
    sides: dict[str, Any] = {"axis": "sud", "stance": [*["pour"] * 4, "contre"], "strength": [0.9, 0.9, 0.9, 0.9, 0.5]}
    found = {}
    for is_sided in (True, False):
        material, group = group_of("Un lavoir couvert", *texts, **sides, worth=0.8, is_sided=is_sided)
        found[is_sided] = words_shown(plan_of(replace(material, groups={"g": replace(group, is_accepted=True)})))
    assert "i4" in found[True]
    assert "i4" not in found[False]


def test_at_least_so_many_are_counted_where_nobody_looked_each_text_once_and_none_for_few() -> None:
    texts = tuple(f"Le lavoir du {where} fuit toutes les nuits" for where in ("bourg", "canal", "pont", "port", "parc"))
    assert titled("Le lavoir fuit", *texts).units["g.au_moins"].spread.contributions == 4  # four of five, surely
    assert titled("Le lavoir fuit", *texts, *texts).units["g.au_moins"].spread.contributions == 4
    assert "g.au_moins" not in titled("Le lavoir fuit", *texts[:3]).units
    assert "g.au_moins" not in titled("La poste ferme", *texts).units


@pytest.mark.parametrize(
    ("after", "changes", "shown", "reply"),
    [
        ("On y travaille depuis juin", {}, ["i0"], "i1"),
        ("On y travaille depuis juin", {"voice": "Zoé"}, ["i0"], ""),  # she goes on
        ("On y travaille depuis juin", {"context": ["Le lavoir", "La poste"]}, ["i0"], ""),
        ("Et le moulin, qui le répare ?", {}, ["i0"], ""),
        ("On y travaille depuis juin", {"quote_choice": ["", "bannie"]}, [], ""),  # nobody may read the answer
        ("On y travaille depuis juin", {"channel": "enquete"}, ["i0"], ""),  # each answered alone
    ],
)
def test_a_question_that_was_answered_is_shown_with_its_answer(
    after: str, changes: dict[str, Any], shown: list[str], reply: str
) -> None:
    spoken = {"channel": "note", "provenance": "note", "voice": ["Zoé", "Ugo"], "axis": "ouest", "table": ""}
    texts = ("Comment réparer le lavoir du bourg ?", after)
    material, _ = group_of("Le lavoir", *texts, **{**spoken, "worth": 0.9, "group": "", **changes})
    items = {key: replace(one, axis="ouest" if key == "i0" else "est") for key, one in material.items.items()}
    plan = plan_of(replace(material, items=items, groups={}))
    assert words_shown(plan, "ouest") == shown
    lines = [line for one in plan.axes["ouest"] for line in one.lines]
    assert [line.reply.item_id if line.reply else "" for line in lines] == ([reply] if shown else [])


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
        groups[f"g-{axis}"] = replace(like, members=members, is_put=origin == PARTICIPANTS, **given)
        items |= {one.item_id: one for one in members}
    return replace(material, groups=groups, items=items)


STAGE = (
    ("nord", "La scène du marché réunit tout le bourg le dimanche"),
    ("est", "La scène du marché prend l'eau dès qu'il pleut"),
    ("sud", "Couvrir la scène du marché avant l'automne"),
)


@pytest.mark.parametrize("is_read", [True, False])
def test_a_title_is_told_once_with_its_other_axes_under_it(is_read: bool) -> None:
    more = (("est", "La scène du marché prend l'eau les soirs de bal"), ("est", "La scène du marché est trop petite"))
    made = under("La scène du marché", *STAGE, *STAGE, *more)
    made = replace(made, items=made.items | others())
    groups = {key: replace(one, is_accepted=is_read) for key, one in made.groups.items()}
    found = draft_of(replace(made, groups=groups))
    headings = [
        (section.key, block.value.text)
        for section in found.sections
        for block in section.blocks
        if block.kind == "heading"
    ]
    assert headings == [("est", "La scène du marché")]
    lines = [seen(one) for section in found.sections if section.key == "est" for one in section.sentences]
    counts = [line for line in lines if "parlent" in line]
    assert counts == ["Les huit tables en parlent." if is_read else "Au moins quatre contributions en parlent."]


def test_titles_that_were_given_without_axes_are_told_in_their_order() -> None:
    made = under("La scène du marché", *STAGE, *STAGE)
    stage = {key: replace(one, is_accepted=True) for key, one in made.groups.items()}
    item = replace(
        made.items["i0"], item_id="four", contribution_id="four", text="Le four", axis="nord", group="g-four"
    )
    oven = replace(stage["g-nord"], group_id="g-four", title="Le four à pain", members=(item,))
    titled = replace(made, groups={"g-four": oven, **stage}, items=made.items | {"four": item})
    given = {"La scène du marché": "", "Le four à pain": ""}
    found = draft_of(replace(titled, axes_given=given))
    sections = [(one.key, one.axis) for one in found.sections]
    assert ("titres", "") in sections and "rose" not in {key for key, _ in sections}
    assert not {"nord", "est", "sud", "ouest"} & {key for key, _ in sections}
    headings = [
        b.value.text for one in found.sections if one.key == "titres" for b in one.blocks if b.kind == "heading"
    ]
    assert headings == ["La scène du marché", "Le four à pain"]
    on_axes = draft_of(replace(titled, axes_given=given | {"Le four à pain": "nord"}))
    assert {"nord"} <= {one.key for one in on_axes.sections} and "titres" not in {one.key for one in on_axes.sections}


def test_rubrics_of_a_person_head_her_titles_in_her_order_beside_axes_or_without() -> None:
    made = under("La scène du marché", *STAGE, *STAGE)
    stage = {key: replace(one, is_accepted=True) for key, one in made.groups.items()}
    items, groups = dict(made.items), dict(stage)
    for name, title in (("four", "Le four à pain"), ("quai", "Le quai de bois")):
        items[name] = replace(made.items["i0"], item_id=name, contribution_id=name, text=title, axis="nord", group=name)
        groups[name] = replace(stage["g-nord"], group_id=name, title=title, members=(items[name],))
    titled = replace(made, groups=groups, items=items | others())
    given = {"Le four à pain": "", "Le quai de bois": "", "La scène du marché": "", "Le phare": ""}
    rubrics = {"Le four à pain": "Et après", "La scène du marché": "Ce soir-là", "Le phare": "Et après"}

    def sections(material: Material) -> list[tuple[str, list[str]]]:
        found = [
            one for one in draft_of(material).sections if one.key not in ("essentiel", "recueil", "rose", "savoir_plus")
        ]
        return [(one.title, [b.value.text for b in one.blocks if b.kind == "heading"]) for one in found]

    told = replace(titled, axes_given=given, rubrics_given=rubrics, empty_titles=("Le phare",))
    assert sections(told) == [
        ("Et après", ["Le four à pain"]),
        ("Ce qui a été dit", ["Le quai de bois"]),
        ("Ce soir-là", ["La scène du marché"]),
    ]
    (after,) = (one for one in draft_of(told).sections if one.title == "Et après")
    assert "Le phare" in seen(after.sentences[-1])
    essential = next(one for one in draft_of(told).sections if one.key == "essentiel")
    assert any(seen(one).startswith("Sous « Ce soir-là », ce dont on parle") for one in essential.sentences)
    mixed = sections(replace(told, axes_given=given | {"Le quai de bois": "nord"}))
    assert [title.replace("\u00a0", " ") for title, _ in mixed][:2] == ["Et après", "Nord : ce qui existe et marche"]
    assert ("Ce soir-là", ["La scène du marché"]) in mixed
    alone = replace(told, rubrics_given=rubrics | {"Le quai de bois": "Ce soir-là"})
    assert [title for title, _ in sections(alone)] == ["Et après", "Ce soir-là", BESIDE], "what no title takes"


def lines_of(material: Material) -> dict[str, list[str]]:
    return {one.key: [seen(sentence) for sentence in one.sentences] for one in draft_of(material).sections}


def test_what_stands_under_a_title_is_told_nowhere_else() -> None:
    made = under("La scène du marché", *STAGE[:1], ("sud", "Couvrir la scène du marché"), ("sud", "Éclairer la scène"))
    items = {key: replace(one, quote_choice="choisie" if one.axis == "nord" else "") for key, one in made.items.items()}
    groups = {
        key: replace(group, members=tuple(items[one.item_id] for one in group.members))
        for key, group in made.groups.items()
    }
    lines = [line for found in lines_of(replace(made, items=items, groups=groups)).values() for line in found]
    assert sum("réunit tout le bourg" in line for line in lines) == 1


def test_an_author_s_text_is_told_once_under_a_title_of_several_axes() -> None:
    made = under("La scène du marché", *STAGE)
    groups = {key: replace(one, author_text="La scène, c'est nous.") for key, one in made.groups.items()}
    lines = [line for found in lines_of(replace(made, groups=groups)).values() for line in found]
    assert sum("c'est nous" in line for line in lines) == 1


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


@pytest.mark.parametrize(
    ("title", "strength", "length", "lines"),
    [
        ("Un lavoir à sec", 0.6, "standard", 1),
        ("Un lavoir à sec", 0.6, "essentiel", 0),
        ("Un lavoir à sec", 0.3, "standard", 0),
        ("Puiser encore", 0.6, "standard", 0),  # no word of it is said
        ("Puiser encore", 0.7, "standard", 1),
    ],
)
def test_the_words_that_come_nearest_to_a_title_that_none_surely_says_are_shown_as_unsure(
    title: str, strength: float, length: str, lines: int
) -> None:
    words = (
        "Le lavoir de la place perd son eau depuis trois étés",
        "Plus d’eau au lavoir du haut du bourg depuis juin",
    )
    texts = (*words, "La fontaine fuit", "Des bancs cassés au parc", "Une haie à tailler")
    material, group = group_of(title, *texts, axis="est", strength=strength, provenance="ecrit")
    own = replace(group, is_titled=True, origin=PERSON, is_put=False)
    made = replace(material, groups={"g": own})
    (entry,) = (one for one in plan_of(made, length).axes["est"] if one.units)
    assert (entry.lines, len(entry.unsure)) == ((), lines)
    told = [seen(one) for one in told_section(telling_of(made, length), "est").sentences]
    assert (NEAR[0] in told) is bool(lines)
    assert sum(one.startswith(f"{title} – ") for one in told) == lines


@pytest.mark.parametrize(("channel", "n"), [("postit", 1), ("transcript", 0)])
def test_what_is_said_aloud_comes_near_to_no_title_of_which_it_says_no_word(channel: str, n: int) -> None:
    said = ("La poste du haut est fermée depuis juin", "La fontaine fuit")
    material, group = group_of("Un lavoir à sec", *said, strength=[0.9, 0.1], channel=channel)
    own = replace(group, is_titled=True, origin=PERSON, is_put=False, members=group.members[:1])
    (entry,) = (one for one in plan_of(replace(material, groups={"g": own})).axes["est"] if one.units)
    assert len(entry.unsure) == n


def test_titles_of_which_nothing_is_sure_are_named_once() -> None:
    material, group = group_of("Un lavoir à sec", *TEXTS[:2], axis="sud", quote_choice="bannie")
    own = replace(group, is_titled=True, origin=PERSON, is_put=False)
    empty = {"empty_titles": ("Le moulin", "La poste"), "axes_given": {"Le moulin": "sud"}}
    found = draft_of(replace(material, groups={"g": own}, **empty))
    (named,) = (section for section in found.sections if section.key == "sud")
    assert [block.kind for block in named.blocks] == ["motto", "paragraph", "paragraph"]
    assert [seen(one) for one in named.sentences] == [
        "Titre donné, dont les paroles sont dans le document des paroles : Un lavoir à sec.",
        "Titre donné, encore sans parole : Le moulin.",
    ]
