"""What of an idea may be shown: whole sentences that read alone, where their mood is of the axis."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from labelled import each
from workshop_told import item_of

from pipeline.axes import COMPASS_CODES
from pipeline.restitution.plan.showing import (
    appeal,
    bareness,
    is_of_heading,
    own_words,
    plain_words,
    points_back,
    reads_well,
    shown_words,
)

WORDS_MAX = 18
HOLDABLE = (
    "Les jeunes restent chez eux",
    "Le dernier car part à 17 h 40",
    "Un four à pain au bourg",
    "le four à pain du bourg",
    "Recenser les logements vides",
    "Louer cher, c'est aussi payer les travaux",
    "Une navette partagée le vendredi",
    "Les loyers sont trop chers pour les saisonniers",
    "Manque de bénévoles pour tenir la buvette",
    "Ouvrir la salle des fêtes aux associations",
    "480 € de loyer pour une passoire",
    "Des trottoirs trop étroits pour les poussettes",
    "Il faut un guichet ouvert le samedi",
    "Il n'y a plus de médecin au bourg",
    "Les horaires de la poste (9 h à 11 h) excluent les salariés",
    "La mairie « ouverte » le samedi",
    "moins de vitesse devant l'école",
    "Le four est froid. Il fume",
    "Le car part tôt... les jeunes restent",
    "Pourquoi le car part si tôt ?",
    "Le four : froid tout l'hiver",
)
"""Words that our own sentence may hold."""
NOT_HOLDABLE = (
    "J'ai peur la nuit sur la place",
    "Nous manquons de bois sec",
    "mon fils attend le car une heure",
    "Vous ne répondez jamais au téléphone",
    "ta voisine prend le car",
    "pour moi le car du soir manque",
    "pas de bus ds le bourg",
    "manque de place pr les vélos",
    "svp une navette le soir",
    "Les asso manquent de local",
    "Stop à la vitesse !!!",
    "PAS DE MEDECIN au bourg",
    "SCANDALEUX cette attente au guichet",
    "Elle attend toujours une réponse de la mairie",
    "Ils ne viennent plus au marché",
    "C'est trop cher pour tout le monde",
    "ça coûte trop cher",
    "Ce dernier ferme trop tôt",
    "À cet effet, une navette",
    "Et aussi les trottoirs du bourg",
    "Là où le car ne passe plus",
    "est trop cher pour les familles",
    "Fait perdre une heure aux lycéens",
    "Merci aux bénévoles du vestiaire",
    "Oui à la navette du vendredi",
    "Car",
    "Écrire à jean@exemple.example",
    "Appeler le 06 12 34 56 78",
    "Le local ☺ du bourg",
    "Le car du matin passe devant l'école et devant la mairie puis devant le stade mais pas devant le collège du bourg",
)
"""Of one person, in haste, cried, pointing back, cut, too long, or with personal data."""

test_our_own_sentence_holds_words_of_nobody_that_are_understood_alone = each(
    lambda text: plain_words(item_of(text), 1, WORDS_MAX) is not None,
    *([(text, True) for text in HOLDABLE] + [(text, False) for text in NOT_HOLDABLE]),
)


@pytest.mark.parametrize("changes", [{"masks": ((0, 3),)}, {"quote_choice": "bannie"}, {"is_quotable": False}])
def test_masked_or_banned_words_are_never_ours(changes: dict[str, Any]) -> None:
    item = item_of(HOLDABLE[0], **changes)
    assert plain_words(item, 1, WORDS_MAX) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Le four reste froid l'hiver", "report"),
        ("J'attends le car une heure chaque soir", "quote"),
        ("Au manque de bois sec pour le four", ""),
        ("En comptant le bois du four chaque semaine", ""),
        ("Sans voiture, on ne va nulle part au bourg", "report"),
        ("Le four du bourg chauffe sur", ""),
        ("Le four du bourg chauffe mieux que nous", "quote"),
        ("Le four", ""),
    ],
)
def test_whole_words_are_told_in_our_sentence_else_quoted_and_ends_of_sentences_are_not(text: str, told: str) -> None:
    node = shown_words(item_of(text))
    assert ("" if node is None else node.kind) == told
    assert node is None or node.text.lower() == text.lower()


@pytest.mark.parametrize(
    ("after", "told"), [(". Le pain cuit", True), (", mais il fume", False), (". Sauf l'hiver", False)]
)
def test_words_that_a_but_turns_are_not_told_without_it(after: str, told: bool) -> None:
    words = "Le four du bourg chauffe le samedi"
    item = item_of(f"{words}{after}")
    first = replace(item, end=len(words), text=words)
    node = shown_words(first)
    assert (node is not None and node.text.lower() == words.lower()) is told


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (" :", False),  # what opens a list
        (" :\nun moulin", False),
        ("\net la farine au moulin", False),  # a line cut in two
        ("\nLe moulin tourne", True),
        (" : le moulin tourne", True),
    ],
)
def test_words_that_go_on_below_are_not_told_without_what_ends_them(after: str, told: bool) -> None:
    words = "Le four du bourg chauffe le samedi"
    item = replace(item_of(f"{words}{after}", provenance="note"), end=len(words), text=words)
    assert (shown_words(item, "Le four") is not None) is told
    act = "Rallumer le four du bourg le samedi"
    assert shown_words(replace(item_of(f"{act}{after}", provenance="note", axis="sud"), end=len(act), text=act))


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Le lavoir n'est pas couvert", True),
        ("Le lavoir est pas couvert", False),  # half of its negation
        ("Ne parle pas des haies du lavoir", False),  # who does not?
        ("Ne pas couvrir le lavoir", True),
        ("Arrivent ensuite les lavandières du bourg", False),
        ("Particulièrement utile aux lavandières du bourg", False),
        ("Une laverie pour le linge des gîtes", True),
        ("Qui rouvrira le lavoir du bourg ?", True),
        ("Aux lavandières pour laver, rincer et sécher", False),
        ("Les lavoir du bourg sont à sec", False),
        ("Il faut un charte du lavoir", False),
        ("Il faut une super charte du lavoir", True),
        ("On voit la tour du lavoir et une tour du bourg", True),
        ("Le maire passe la parole à son adjointe", False),  # nothing of the matter
        ("Nous lavons notre linge au lavoir", False),  # who?
        ("Le lavoir : pas couvert l'hiver", False),  # a label and a note
        ("Laver le linge des gîtes si le lavoir est couvert", True),
    ],
)
def test_what_is_told_has_its_subject_its_negation_and_its_agreement(text: str, is_told: bool) -> None:
    item = item_of(text, axis="sud", provenance="note", voice="")
    node = own_words(item, item.own)
    assert node is not None
    assert reads_well(item, node) is is_told


def test_what_says_only_that_something_matters_appeals_less() -> None:
    plain, vague = (
        appeal(item_of(text), text, "Le four")
        for text in ("Le four du bourg chauffe le samedi", "Le four du bourg est vraiment essentiel")
    )
    assert plain > vague


test_what_is_hard_to_sign_without_a_title = each(
    lambda text: bareness(text) > bareness("Le four du bourg chauffe le samedi"),
    ("Du four du bourg", True),
    ("Elle chauffe aussi le samedi", True),
    ("Le four du bourg : le samedi", True),
    ("Qui chauffe le four du bourg ?", False),
)


def test_a_title_names_what_words_under_it_point_to() -> None:
    item = item_of("Personne ne répond des fuites de ce lavoir", provenance="note")
    assert shown_words(item, "Le lavoir à l'abandon") is not None
    assert shown_words(item, "La poste à l'abandon") is None


def test_words_that_join_a_sentence_to_the_one_before_are_left_aside() -> None:
    node = shown_words(item_of("Par ailleurs, le lavoir du bourg fuit de partout", provenance="note"))
    assert node is not None
    assert node.text == "le lavoir du bourg fuit de partout"


@pytest.mark.parametrize(
    ("lead", "clause", "is_told"),
    [
        ("Mme Roux précise que ", "le lavoir du bourg fuit depuis deux ans", True),
        ("Mme Roux ne précise pas que ", "le lavoir du bourg fuit depuis deux ans", False),
        ("Mme Roux doute que ", "le lavoir du bourg fuit depuis deux ans", False),
        ("Mme Roux précise que ", "le lavoir du bourg fuit et que la mairie attend", False),
        ("Sur la question de l'eau, elle rappelle que ", "le lavoir du bourg fuit depuis deux ans", True),
    ],
)
def test_what_a_note_reports_that_somebody_says_is_a_sentence(lead: str, clause: str, is_told: bool) -> None:
    text = lead + clause
    item = item_of(clause, source_text=text, start=len(lead), end=len(text), provenance="note", channel="note")
    item = replace(item, masks=((0, len("Mme Roux")),))
    node = shown_words(replace(item, voice="Voix 1, élue"))
    assert (node is not None and node.text == clause) is is_told
    for voice in ("", "Voix 1"):  # who says it is told nowhere else
        node = shown_words(replace(item, voice=voice))
        assert node is None or "que le lavoir" in node.text


def test_what_a_side_holds_is_told_with_who_holds_it() -> None:
    lead, clause = "Le comité regrette le chantier et considère que ", "le lavoir du bourg doit rester ouvert"
    item = item_of(clause, source_text=f"{lead}{clause}.", start=len(lead), end=len(lead + clause))
    node = shown_words(replace(item, provenance="note", channel="note", voice=""))
    assert node is not None
    assert node.text == lead + clause


def test_words_appeal_by_their_chance_their_worth_and_what_they_say_of_the_title() -> None:
    def of(text: str, **known: Any) -> float:
        return appeal(item_of(text, **{"strength": 0.6, "worth": 0.5, **known}), text, "Un lavoir ouvert")

    plain = of("Le lavoir pourrait ouvrir le samedi matin")
    assert of("Le lavoir pourrait ouvrir le samedi matin", strength=0.9) > plain
    assert of("Le lavoir pourrait ouvrir le samedi matin", worth=0.9) > plain
    assert of("Le lavoir pourrait ouvrir le samedi matin", votes=3) > plain
    assert of("Le gymnase pourrait fermer le samedi matin") < plain
    assert of("Le lavoir du bourg") < plain, "too short to say much"
    assert of("Le lavoir pourrait-il ouvrir le samedi matin ?") < plain
    assert of("pourrait ouvrir le lavoir le samedi matin") < plain, "the end of a sentence"


@pytest.mark.parametrize(
    ("axis", "stance", "is_other"),
    [
        ("nord", "contre", True),
        ("nord", "pour", False),
        ("est", "pour", True),
        ("est", "contre", False),
        ("sud", "pour", False),
    ],
)
def test_who_is_against_praises_nothing_and_who_is_content_tells_no_obstacle(
    axis: str, stance: str, is_other: bool
) -> None:
    assert item_of("Le lavoir du bourg", axis=axis, stance=stance).is_of_other_side is is_other


@pytest.mark.parametrize("axis", ["nord", "est"])
def test_a_middling_mark_or_a_mock_praises_nothing(axis: str) -> None:
    middling = replace(item_of("Merci pour le lavoir du bourg", axis=axis), is_middling=True)
    assert middling.is_of_other_side is (axis == "nord")
    assert item_of("Merci pour l'attente au lavoir", axis=axis).is_of_other_side is (axis == "nord")


test_what_only_points_to_a_thing_is_no_proof = each(
    points_back,
    ("Porter ce projet avec les écoles", True),
    ("Travailler avec eux le samedi", True),
    ("Le car de cette année passe", False),
    ("Ce qui manque le plus au bourg", False),
    ("Les habitants du quartier de la gare ferment ces volets", True),
    ("Les volets du quartier de la gare, ces volets, tombent", False),
)


@pytest.mark.parametrize(
    ("heading", "axes"),
    [
        ("Ce qui a bien fonctionné", {"nord", "ouest"}),
        ("Ce qui a moins bien fonctionné", {"est", "sud", "ouest"}),
        ("Points forts", {"nord", "ouest"}),
        ("À améliorer", {"est", "sud", "ouest"}),
        ("Choses à garder", {"nord", "ouest"}),
        ("Arguments > Pour le lavoir", {"nord", "est"}),
        ("Quelles initiatives avez-vous prises pour le lavoir ?", {"nord", "est"}),
        ("Avez-vous des idées pour le lavoir ?", set(COMPASS_CODES)),
        ("Le lavoir", set(COMPASS_CODES)),
    ],
)
def test_a_list_of_what_went_well_holds_no_obstacle_and_one_of_what_did_not_no_resource(
    heading: str, axes: set[str]
) -> None:
    item = item_of("Le lavoir du bourg", context=heading)
    assert {axis for axis in COMPASS_CODES if is_of_heading(item, axis)} == axes
