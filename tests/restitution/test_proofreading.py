"""What a proofreader marks in our words, and what she leaves alone: people's words, pronouns, aspirated h."""

import pytest
from labelled import each

from pipeline.contracts.draft import NamedNode, NamedRef, Node, Sentence, TextNode, WordsNode, WordsRef
from pipeline.restitution.proofreading import faults
from pipeline.workbench.drafts import misspelt, near_repeats, own_words


def sentence(*nodes: tuple[str, str]) -> Sentence:
    return Sentence(tuple(_node(kind, text) for kind, text in nodes), ("i1",))


def _node(kind: str, text: str) -> Node:
    if kind == "text":
        return TextNode(text)
    if kind == "place":
        return NamedNode("place", text, NamedRef(table="1"))
    return WordsNode("quote" if kind == "quote" else "report", text, WordsRef("i1", "c1", (0, 1), ((0, 1),)))


FAULTY = [
    ("On l’a dit ; c’est noté.", "espace ordinaire devant « ; », « ! », « ? » ou « : »"),
    ("Une question reste : laquelle.", "espace ordinaire devant « ; », « ! », « ? » ou « : »"),
    ("Comment faire?", "espace manquante devant « ; », « ! » ou « ? »"),
    ('On parle de "lien.', "guillemet droit"),
    ("On l'a dit.", "apostrophe droite"),
    ("On a  dit.", "espace double"),
    ("On a dit , puis noté.", "espace devant une virgule ou un point"),
    ("On a dit...", "points de suspension en trois points"),
    ("On a dit,, puis noté.", "ponctuation double"),
    ("On a dit\u202f?.", "ponctuation double"),
    ("La demande de les habitants.", "« de le », « à les »… non contracté"),
    ("On tient à le pouvoir.", "« de le », « à les »… non contracté"),
    ("La réponse de le quartier.", "« de le », « à les »… non contracté"),
    ("On a parlé des les horaires.", "article doublé"),
    ("On a dit que il manque un car.", "élision manquante"),
    ("Si il manque un car, on marche.", "élision manquante"),
    ("On a besoin de aide.", "élision manquante"),
    ("On a relevé la école.", "élision manquante"),
    ("On loue le ordinateur, un off compris.", "élision manquante"),
    ("On a la habitude de Havre.", "élision manquante"),
    ("Elle vient de Arles.", "élision manquante"),
    ("On a relevé l’hameau.", "élision devant une consonne"),
    ("On a parlé d’la route.", "élision devant une consonne"),
    ("On a parlé de de la route.", "mot répété"),
    ("on a parlé.", "majuscule manquante"),
    ("On a parlé", "ponctuation finale manquante"),
]


@pytest.mark.parametrize(("text", "rule"), FAULTY, ids=[f"{row[1]} {n}" for n, row in enumerate(FAULTY)])
def test_a_fault_of_ours_is_named(text: str, rule: str) -> None:
    assert [fault.rule for fault in faults(sentence(("text", text)), "fine")] == [rule]


test_good_french_is_left_alone = each(
    lambda text: faults(sentence(("text", text)), "fine"),
    "On l’a dit\u202f; c’est noté\u00a0: une question reste ouverte, laquelle\u202f?",
    "Il a été proposé de le faire, de les entendre et de la rendre à ceux qui l’attendent.",
    "On parle du hameau, de la hausse, du oui, de la onzième heure et de l’habitude.",
    "On nous nous le demande\u202f: suis-je à l’heure ou non\u202f?",
    "Que ce soit dit, le ou la responsable reste à nommer…",
    "S’il manque un car, elle et lui y vont.",
    "La carte Pass Pass et les connecteurs OU et ET ont été compris.",
    "Y a-t-il une suite à donner\u202f?",
    "Le off et l’off, le open space, le one-man-show et le underground plaisent.",
    "Le ouï-dire court, le huis clos dure, le hot-dog est bon et l’hôte rit.",
    "On lit de A à Z, le E et l’E, le e-commerce et l’e-mail, le iPhone et l’iPhone.",
    "On parle de Henri et d’Henri, de Haïti et d’Haïti, de la ouate, du haïku, de l’ouïe, du ouï-dire.",
    "On clarifie le hiatus\u202f; on préfère l’ICS à l’XML dans le HLM, sous la mention TL;DR.",
    is_told=[],
)


def test_the_words_of_people_are_never_corrected() -> None:
    words = 'on à  dit que il faut de les "car" ...'
    assert faults(sentence(("text", "On lit "), ("quote", words), ("text", ".")), "fine") == []
    assert faults(sentence(("text", "On a noté ceci\u00a0: "), ("report", words), ("text", ".")), "fine") == []


def test_a_fault_between_our_words_and_theirs_is_ours() -> None:
    found = faults(sentence(("text", "On a relevé que "), ("report", "elle manque"), ("text", ".")), "fine")
    assert [fault.rule for fault in found] == ["élision manquante"]
    found = faults(sentence(("text", "La demande de "), ("place", "les tables"), ("text", " revient.")), "fine")
    assert [fault.rule for fault in found] == ["« de le », « à les »… non contracté"]
    assert faults(sentence(("text", "On a relevé que "), ("quote", "elle manque"), ("text", ".")), "fine") == []


def test_plain_spaces_are_no_fault_when_asked_for() -> None:
    assert faults(sentence(("text", "On l’a dit ; c’est noté.")), "aucune") == []


def test_points_of_a_list_need_no_full_stop() -> None:
    assert faults(sentence(("quote", "pas de car"), ("text", ", à la table")), "fine", is_prose=False) == []


def test_only_our_words_are_spelt() -> None:
    found = own_words(
        sentence(("text", "Les habitant·es l’ont dit à la CAF, entend-on "), ("quote", "zorglub"), ("text", "."))
    )
    assert found == ["Les", "habitants", "ont", "dit", "à", "la", "entend-on"]


def test_unknown_words_are_found_by_the_dictionary() -> None:
    assert misspelt(["restitution", "entend-on", "post-its", "recuellies", "à", "Decaux"]) == ("recuellies",)
    assert misspelt([]) == ()


def test_sentences_nearly_the_same_are_found_once() -> None:
    texts = [
        "Le car du soir manque aux lycéens du plateau et aux apprentis.",
        "Le médecin part à la retraite sans remplaçant.",
        "Aux apprentis et aux lycéens du plateau, le car du soir manque.",
        "Le car manque.",
        "Le car manque.",
    ]
    assert near_repeats(texts) == [texts[2]]
