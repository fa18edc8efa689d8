"""The second document: every idea that may be shown, once, under its title, with its table and its votes."""

from collections import Counter
from dataclasses import replace

import pytest
from atelier import SAID, decided, workshop
from workshop_told import group_of, rated, seen, spaced, telling_of, told_workshop

from pipeline.config import load_config
from pipeline.contracts.draft import Draft, Sentence
from pipeline.contracts.titles import MACHINE, PERSON
from pipeline.restitution.draft import write_draft
from pipeline.restitution.quoting.lock import check
from pipeline.restitution.words import BESIDE, COUNTED, MARKED, OUTSIDE, TITLED, UNTITLED, write_words
from pipeline.workshop.load import read_material
from pipeline.workshop.model import Material
from pipeline.workshop.tables import RestitutionTables


def words_of(material: Material) -> Draft:
    telling = telling_of(material)
    made = write_words(telling, write_draft(telling, load_config().restitution))
    assert made.left_out == ()
    check(made, telling.places.facts, material)
    return made


def under(made: Draft) -> dict[str, tuple[str, str]]:
    """Idea → the title that it stands under, and what leads its list; each idea once."""
    found: list[tuple[str, tuple[str, str]]] = []
    for section in made.sections:
        title, lead = section.title, ""
        for block in section.blocks:
            title = block.value.text if block.kind == "heading" else title
            lead = seen(block.sentences[0]) if block.kind == "paragraph" else "" if block.kind == "heading" else lead
            if block.kind == "list":
                found += [(key, (spaced(title), lead)) for one in block.sentences for key in one.quoted_items]
    assert [key for key, n in Counter(key for key, _ in found).items() if n > 1] == []
    return dict(found)


def test_every_idea_that_may_be_shown_stands_once_under_its_title() -> None:
    material = told_workshop().material
    found = under(words_of(material))
    assert set(found) == set(material.items)
    assert len(found) == len(SAID)
    for key, item in material.items.items():
        title = found[key][0]
        assert title == (spaced(material.groups[item.group].title) if item.group else title)
        assert bool(item.group) or title in (UNTITLED, OUTSIDE)


def test_a_title_that_no_person_took_heads_nothing_beside_those_of_people() -> None:
    material = told_workshop().material
    proposed = replace(material.groups["g-loyers"], origin=MACHINE, is_accepted=False, is_titled=False)
    assert proposed.is_proposed
    found = under(words_of(replace(material, groups=material.groups | {"g-loyers": proposed})))
    assert {found[item.item_id][0] for item in proposed.members} == {UNTITLED}


def test_an_axis_heads_titles_where_a_person_gives_it_and_no_idea_that_a_machine_alone_read_there() -> None:
    """Complaints and wishes stood under what exists and works."""
    material = told_workshop().material
    groups = {
        key: replace(one, is_accepted=False, is_titled=False, origin=PERSON, is_put=False)
        for key, one in material.groups.items()
    }
    given = {one.title: "" for one in groups.values()} | {groups["g-bus"].title: "est"}
    sections = {one.key: one for one in words_of(replace(material, groups=groups, axes_given=given)).sections}
    heads = {key: {block.groups for block in one.blocks if block.groups} for key, one in sections.items()}
    assert heads["est"] == {("g-bus",)}
    assert heads["autres_titres"] == {(key,) for key in groups} - heads["est"]
    assert {"nord", "sud", "ouest"}.isdisjoint(sections)
    whole = {**given, groups["g-bus"].title: ""}
    titles = [one.title for one in words_of(replace(material, groups=groups, axes_given=whole)).sections]
    assert titles[0] == TITLED
    assert not any(one.axis for one in words_of(replace(material, groups=groups, axes_given=whole)).sections)


def test_a_title_on_several_axes_heads_its_ideas_once() -> None:
    material, group = group_of("Le four", "Le four est froid", "Chauffer le four", "Un banc")
    first, second, other = group.members
    own = replace(group, origin=PERSON, is_titled=True, is_put=False)
    parts = {"g": replace(own, members=(first,)), "g2": replace(own, group_id="g2", axis="sud", members=(second,))}
    items = {first.item_id: first, second.item_id: replace(second, group="g2", axis="sud"),
             other.item_id: replace(other, group="")}  # fmt: skip
    parts["g2"] = replace(parts["g2"], members=(items[second.item_id],))
    made = words_of(replace(material, items=items, groups=parts, axes_given={"Le four": ""}))
    heads = [block.value.text for one in made.sections for block in one.blocks if block.kind == "heading"]
    assert heads == ["Le four"]
    assert under(made)[other.item_id] == (UNTITLED, "")


def test_those_that_the_restitution_counts_are_told_from_the_others() -> None:
    telling = told_workshop()
    found = under(words_of(telling.material))
    told = telling.plan.units["g-loyers"].members
    leads = {key: lead for key, (title, lead) in found.items() if title == telling.material.groups["g-loyers"].title}
    assert {key for key, lead in leads.items() if lead == COUNTED} == set(told)
    assert {key for key, lead in leads.items() if lead == BESIDE} == leads.keys() - set(told)
    assert {lead for title, lead in found.values() if title == "Recenser les logements vides"} == {""}


@pytest.mark.parametrize("row", [{"is_hidden": True}, {"is_quotable": False}])
def test_what_may_not_be_shown_is_nowhere(row: dict[str, bool]) -> None:
    made: RestitutionTables = workshop()
    item = made.items["item_id"].iloc[1]
    found = under(words_of(read_material(decided(made, item, **row))))
    assert item not in found
    assert len(found) == len(SAID) - 1


def led_by(before: str, idea: str, *, after: str = "") -> Draft:
    """The words of a workshop of one idea, which has its subject in the sentence before it."""
    material, group = group_of("Le four", f"{after}{before} {idea}")
    led = replace(material.items["i0"], start=len(after) + len(before) + 1, text=idea, lead=before)
    members = tuple(led if one.item_id == "i0" else one for one in group.members)
    groups = {group.group_id: replace(group, members=members)}
    return words_of(replace(material, items={**material.items, "i0": led}, groups=groups))


FROM, THEY = "Le four du bourg est froid.", "Ils pourraient y cuire le pain des écoles."


def test_an_idea_stands_with_its_table_its_votes_and_its_side() -> None:
    texts = ("Chauffer le four à pain le samedi", "Prêter le four à pain", "Le four coûte trop de bois", "Moi j'aime")
    changes = {"votes": [4, 3, 0, 0], "votes_against": [0, 2, 0, 0], "stance": ["inconnu", "pour", "contre", "nuance"]}
    assert {
        "« Chauffer le four à pain le samedi » (table 1, quatre voix).",
        "« Prêter le four à pain » (table 2, trois voix pour, deux voix contre).",
        "« Le four coûte trop de bois » (table 3, contre).",
    } <= lines_of(group_of("Chauffer le four à pain", *texts, axis="sud", **changes)[0])


@pytest.mark.parametrize(
    ("is_read", "is_sided", "is_told"), [(True, False, True), (False, True, True), (False, False, False)]
)
def test_the_side_that_a_machine_reads_in_a_group_is_not_told(is_read: bool, is_sided: bool, is_told: bool) -> None:
    texts = ("Chauffer le four à pain le samedi", "Le four coûte trop de bois")
    material, made = group_of("Chauffer le four", *texts, axis="sud", stance=["inconnu", "contre"], is_sided=is_sided)
    group = replace(made, origin="personne", is_accepted=is_read, is_put=False)
    told = {seen(s) for one in words_of(replace(material, groups={"g": group})).sections for s in one.sentences}
    assert ("« Le four coûte trop de bois » (table 2, contre)." in told) is is_told


def test_who_speaks_is_told_where_files_name_several() -> None:
    spoken = {"channel": "transcript", "voice": ["Voix 1", "Voix 2"]}
    told = lines_of(group_of("Prêter le four", "Je garde les clés", "Prêter le four", **spoken)[0])
    assert {"« Je garde les clés » (Voix 1, table 1).", "« Prêter le four » (Voix 2, table 2)."} <= told


def test_alone_an_idea_has_no_side_but_what_its_file_tells() -> None:
    texts = ("Non au four, pas question", "Le four du bourg, un jour sur deux")
    material, _ = group_of("Le four", *texts, stance=["contre", "contre"], group="")
    assert {f"« {texts[0]} » (table 1).", f"« {texts[1]} » (table 2, contre)."} <= lines_of(
        replace(material, groups={})
    )


@pytest.mark.parametrize("text", ['"garder le lavoir" ici', "(au maire) garder le lavoir", "[garder ?]"])
def test_a_note_that_opens_on_a_sign_is_not_left_out(text: str) -> None:
    material, _ = group_of("Le lavoir", text, channel="note", provenance="note")
    assert set(under(words_of(material))) == {"i0"}


def test_words_stand_as_they_were_written() -> None:
    material = told_workshop().material
    found = [node for section in words_of(material).sections for s in section.sentences for node in s.words]
    quotes = [(node.text, material.items[node.ref.item_id]) for node in found if node.kind == "quote"]
    assert quotes
    assert all(item.masks or text in item.source_text for text, item in quotes)


@pytest.mark.parametrize("after", ["", "Nous avons parlé du marché, de la fête et de la place. " * 18])
def test_the_sentence_before_is_shown_where_an_idea_has_its_subject_there(after: str) -> None:
    """No idea is lost for it in a long contribution."""
    (told,) = [seen(one) for one in sentences(led_by(FROM, THEY, after=after)) if "i0" in one.quoted_items]
    assert "est froid" in told and "→" in told and "cuire le pain" in told
    alone, _ = group_of("Le four", f"{FROM} {THEY}")
    assert not any("→" in seen(one) for one in sentences(words_of(alone)))


def test_words_that_go_on_from_those_before_stand_after_them() -> None:
    made = led_by("On ne veut plus entendre", "le bac passe bien assez souvent le dimanche", after=" : ")
    assert "On ne veut plus entendre → « le bac passe bien assez souvent le dimanche » (table 1)." in [
        spaced(seen(one)) for one in sentences(made)
    ]


def test_a_table_is_heard_by_its_words_and_by_no_count() -> None:
    texts = ("Le four à pain chauffe le samedi", "Le four à pain fume", "Le four à pain", "Le four à pain, le four")
    material, _ = group_of("Le four à pain", *texts, table=["Groupe 10", "Groupe 2", "Groupe 3", "Groupe 4"])
    tables = {(one.workshop, one.table): "" for one in reversed(material.items.values())}
    material = replace(material, tables=tables)
    telling = telling_of(material)
    draft = write_draft(telling, load_config().restitution)
    told = {key for section in draft.sections for one in section.sentences for key in one.quoted_items}
    counted = {key for section in draft.sections for one in section.sentences for key in one.sources}
    assert told < set(material.items) <= counted, "all are counted, not all are told"
    found = next(one for one in write_words(telling, draft).sections if one.key == "sans_voix")
    assert found.title == "Groupes que la restitution ne fait pas entendre"
    silent = [one.table.lower() for one in material.items.values() if one.item_id not in told]
    assert silent
    assert spaced(found.sentences[0].text).endswith(f" : {' ; '.join(silent)}.")


def test_what_a_row_says_stands_with_its_mark_and_what_its_mark_denies_is_set_apart() -> None:
    material = rated("Accueil au téléphone", "514", "nee")
    assert "« Accueil très aimable au téléphone » (« Note » : « 5 »)." in set(map(spaced, lines_of(material)))
    told = words_of(replace(material, axes_given={"Accueil au téléphone": "est"})).sections
    assert MARKED in [seen(one) for one in told[0].sentences]


def lines_of(material: Material) -> set[str]:
    return {seen(one) for one in sentences(words_of(material))}


def sentences(made: Draft) -> list[Sentence]:
    return [one for section in made.sections for block in section.blocks for one in block.sentences]
