"""What a section tells and what it leaves: who is asked, what heads a lead, words that do not come back too often."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from atelier import with_words, workshop

from pipeline.config import load_config
from pipeline.language.syntax import sentence_forms
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Group, Item, Material
from pipeline.restitution.prose.phrases import voice
from pipeline.restitution.prose.quoted import asks
from pipeline.restitution.prose.sayings import Saying
from pipeline.restitution.prose.sequence import chain
from pipeline.restitution.prose.telling import Telling, start_telling
from pipeline.restitution.quoting.quotes import quote_node
from pipeline.restitution.sections.sud import addressee, heads, kind_of, told_action
from pipeline.restitution.stage import RestitutionResult, write_restitution
from pipeline.restitution.writers.reading import plain


@pytest.fixture(scope="module")
def telling() -> Telling:
    """A telling of the hand-made workshop."""
    material: Material = read_material(workshop())
    return start_telling(
        material, compute_facts(material), sentence_forms.learn(i.text for i in material.items.values())
    )


def titled(telling: Telling, title: str, facet: str) -> Group:
    """A group of one idea that says its title."""
    like = telling.material.groups["g-toit"]
    member: Item = replace(like.members[0], text=title, source_text=title, end=len(title), facet=facet)
    return replace(like, group_id=title, title=title, members=(member,))


@pytest.mark.parametrize(
    ("title", "facet", "kind"),
    [
        ("Demander à l’État un poste de médecin", "demande", "demand"),
        ("Que la Région remette un car à 19 h", "demande", "demand"),
        ("En attendant l’État, si chaque commune versait un euro", "engagement", "action"),
        ("Sans la mairie, ouvrir la salle le samedi", "demande", "action"),
        ("Ouvrir la salle un soir par semaine", "demande", "action"),
        ("Prêter une grange pour une rencontre", "engagement", "commitment"),
        ("Recenser les logements vides", "action", "action"),
    ],
)
def test_only_what_is_asked_of_someone_is_a_demand(telling: Telling, title: str, facet: str, kind: str) -> None:
    assert kind_of(telling, titled(telling, title, facet)) == kind


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("L’État doit payer une rampe", "l’État"),
        ("Obtenir de la MSA une permanence", "la MSA"),
        ("En attendant l’État, on se débrouille", ""),
        ("Faire cela sans la Région, avec la com com", "la communauté de communes"),
    ],
)
def test_whom_a_demand_is_made_to(words: str, name: str) -> None:
    assert addressee((), words) == name


@pytest.mark.parametrize(
    ("title", "bold"),
    [
        ("Recenser les logements vides", True),
        ("Faut-il livrer les cantines ensemble ?", True),
        ("On a les clés, il suffit d’une convention", False),
        ("Prêter nos salles après la fermeture", False),
    ],
)
def test_what_may_head_a_lead_in_bold(telling: Telling, title: str, bold: bool) -> None:
    assert heads(telling, titled(telling, title, "action")) is bold


def survey_group(channel: str, title: str, *texts: str) -> tuple[Telling, Group]:
    """A group titled `title` that is all a workshop said, each text by another person on one channel."""
    material: Material = read_material(workshop())
    like = material.groups["g-toit"]
    members = tuple(
        replace(
            like.members[0], item_id=f"i{n}", contribution_id=f"c{n}", text=text, source_text=text, start=0,
            end=len(text), channel=channel, table="", voice=f"v{n}",
            provenance="note" if channel == "note" else "ecrit", group="g", facet="action", stance="inconnu",
        )
        for n, text in enumerate(texts)
    )  # fmt: skip
    group = replace(like, group_id="g", title=title, members=members)
    material = replace(material, items={item.item_id: item for item in members}, groups={"g": group}, answers={})
    return start_telling(material, compute_facts(material), sentence_forms.learn(texts)), group


def told_of(channel: str, title: str, *texts: str) -> str:
    """What is told of that group under its lead in bold."""
    telling, group = survey_group(channel, title, *texts)
    said = " ".join(plain(sentence) for sentence in chain(telling, told_action(telling, group, 2)))
    return said.replace("\u202f", " ").replace("\u00a0", " ")


def chained(channel: str, *texts: str, related: bool = False, one_voice: bool = False) -> list[str]:
    """The sentences that tell these obstacles one after the other."""
    telling, group = survey_group(channel, texts[0], *texts)
    members = [replace(item, axis="est", facet="frein") for item in group.members]
    if one_voice:
        members = [replace(item, contribution_id="c0") for item in members]
    nodes = [
        telling.titles.report(item, (0, item.end)) if channel == "note" else quote_node(item, (0, item.end))
        for item in members
    ]
    sayings = [Saying(item, node, voice("est")) for item, node in zip(members, nodes, strict=True)]
    said = [plain(sentence) for sentence in chain(telling, sayings, related=related)]
    return [text.replace("\u202f", " ").replace("\u00a0", " ") for text in said]


def test_two_matters_are_not_told_in_one_breath() -> None:
    said = chained("note", "Les clients partent à Bressac", "Le four du boulanger est en panne")
    assert len(said) == 2
    same = chained("note", "Le four du boulanger est en panne", "Le four du boulanger est trop petit")
    assert len(same) == 1


def test_no_sentence_says_that_one_said_that_one_did() -> None:
    said = chained("note", "On a appris la fermeture par le journal", "On ne voit plus le garde champêtre")
    assert said[0].count("on a appris la fermeture par le journal") == 1
    assert not [text for text in said if re.search(r"\bon (?:a|constate)\b.* qu’on\b", text, re.IGNORECASE)], said


def test_someone_who_corrects_herself_is_not_quoted_as_two() -> None:
    texts = ("Nous au moulin on n'a pas les relevés", "on a des relevés mais tous les six mois")
    assert len(chained("enquete", *texts, related=True, one_voice=True)) == 2
    assert len(chained("enquete", *texts, related=True)) == 1


def test_notes_in_a_row_share_a_sentence_rather_than_a_formula() -> None:
    texts = [
        "Contrats de trois mois, puis chômage", "Saisonniers en camion, sans douche",
        "Four en panne, client perdu", "Studios rares, loyers doublés", "Route fermée, car supprimé",
    ]  # fmt: skip
    said = chained("note", *texts)
    assert len(said) <= 3
    assert sum("ceci" in text for text in said) <= 1


def test_an_answer_that_hangs_on_its_question_is_told_with_it() -> None:
    texts = ("à apprendre à écouter avant de jouer", "Entretenir un geste", "Chanter c'est être ensemble")
    telling, group = survey_group("enquete", texts[0], *texts)
    asked = "À quoi sert une école de musique ?"
    members = [replace(item, axis="ouest", facet="sens", context=asked) for item in group.members]
    sayings = [Saying(item, quote_node(item, (0, item.end)), voice("ouest")) for item in members]
    said = [plain(one).replace("\u00a0", " ") for one in chain(telling, sayings, related=False)]
    assert said[0].startswith("À la question « À quoi sert une école de musique ?")
    assert said[0].endswith("répond : « à apprendre à écouter avant de jouer ».")
    assert said[1] == "Une autre réponse : « Entretenir un geste »."
    assert "question" not in said[2]


def test_the_survey_is_not_named_where_there_is_nothing_else() -> None:
    telling, group = survey_group("enquete", "Prêter la salle", "Prêter la salle", "Ouvrir le four")
    assert telling.places.in_brackets(group.members[0]) == []
    both = replace(telling.material, items={**telling.material.items, "n": replace(group.members[0], channel="note")})
    other = start_telling(both, telling.places.facts, telling.titles.lexicon)
    assert [node.text for node in other.places.in_brackets(group.members[0])] == ["enquête"]


def test_strangers_of_a_group_are_not_counted_as_asking_what_its_title_asks() -> None:
    said = told_of(
        "enquete",
        "Prêter la salle des mariages",
        "Prêter la salle des mariages",
        "Répétition commune des harmonies",
        "Faire payer les voisins au prorata",
    )
    assert "réponses" not in said


def test_answers_that_ask_the_same_are_counted() -> None:
    said = told_of(
        "enquete",
        "Prêter la salle des mariages",
        "Prêter la salle des mariages",
        "Nous prêter la salle des mariages",
        "La salle des mariages prêtée le soir",
    )
    assert "trois réponses sur trois" in said


def test_a_proposal_that_another_one_replaces_is_told_as_its_rival() -> None:
    said = told_of(
        "note",
        "Limiter les gîtes plutôt que les interdire",
        "Limiter les gîtes plutôt que les interdire",
        "Interdire les gîtes de tourisme au bourg",
    )
    assert re.search(r"(?:plutôt|au contraire) ceci : interdire les gîtes de tourisme au bourg", said)
    assert "Il a été proposé d’interdire" not in said
    assert "a été faite" not in said


def sentences(result: RestitutionResult, key: str) -> list[str]:
    """The sentences of the paragraphs of a section."""
    parts = [part for part in result.draft.sections if part.key == key]
    return [plain(s) for part in parts for b in part.blocks if b.kind == "paragraph" for s in b.sentences]


@pytest.mark.parametrize("key", ["nord", "est", "sud", "ouest"])
def test_two_sentences_in_a_row_never_open_alike(result: RestitutionResult, key: str) -> None:
    openings = [" ".join(said.split()[:4]) for said in sentences(result, key)]
    assert openings
    assert not [one for one, two in pairwise(openings) if one == two]


def test_no_way_of_saying_comes_back_more_than_twice_in_a_section(result: RestitutionResult) -> None:
    verbs = ("ajoute", "précise", "constate", "lit-on", "écrit-on", "On lit", "une personne")
    for key in ("nord", "est", "sud", "ouest"):
        counts = Counter(verb for said in sentences(result, key) for verb in verbs if verb in said)
        assert all(n <= 2 for n in counts.values()), (key, counts)


def test_a_signal_is_shown_whole_or_not_at_all() -> None:
    made = with_words(workshop(), 27, "Planter une haie fruitière avec l'école. Elle a déjà les plants")
    said = write_restitution(made, load_config()).files["restitution.txt"].decode()
    assert "« Planter une haie fruitière avec l'école. Elle a déjà les plants »" in said.replace("\u00a0", " ")
    vague = with_words(workshop(), 27, "Elle attend toujours une réponse de leur part")
    assert "Elle attend toujours" not in write_restitution(vague, load_config()).files["restitution.txt"].decode()


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("Les nouveaux ne savent pas à quelle porte frapper : mairie ? com com ?", False),
        ("Une chose nous reste à comprendre ensemble : comment accueillir ?", True),
        ("Qui conduira dans cinq ans ?", True),
        ("Le car passe à six heures", False),
    ],
    ids=["a statement and examples", "a question announced", "a question", "a statement"],
)
def test_who_gives_examples_asks_nothing(text: str, is_asked: bool) -> None:
    assert asks(text) is is_asked
