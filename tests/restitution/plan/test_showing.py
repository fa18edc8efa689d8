"""What of an idea may be shown: whole sentences that read alone, where their mood is of the axis."""

from dataclasses import replace
from typing import Any

import pytest
from labelled import each
from workshop_told import group_of, item_of

from pipeline.axes import COMPASS_CODES
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.plan.showing import (
    appeal,
    bareness,
    is_of_heading,
    may_stand,
    points_back,
    says_title,
    shown_words,
)


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


test_descriptions_are_no_proposals_and_no_questions = each(
    lambda text, axis: shown_words(item_of(text, axis=axis, provenance="note")) is not None,
    ("Les lavandières rincent le linge au lavoir", "sud", False),
    ("Les lavandières rincent le linge au lavoir", "ouest", False),
    ("Les lavandières rincent le linge au lavoir", "est", True),
    ("Rouvrir le lavoir aux lavandières du bourg", "sud", True),
    ("Une laverie pour le linge des gîtes", "sud", True),
    ("Il faudrait rouvrir le lavoir du bourg", "sud", True),
    ("Comment rouvrir le lavoir du bourg ?", "ouest", True),
    ("Il est important de rouvrir le lavoir du bourg", "ouest", True),
)
test_what_is_of_the_course_of_the_meeting_or_written_in_haste_is_not_shown = each(
    lambda text: shown_words(item_of(text)) is not None,
    ("Le maire passe la parole à son adjointe", False),
    ("#lavoir #bourg le lavoir du bourg fuit de partout", False),
    ("Le lavoir du bourg fuit de partout", True),
    ("Au manque de bois sec pour le four", False),
    ("Le four du bourg chauffe sur", False),
    ("Le four", False),
    ("Les comptes du lavoir, heureusement justes, étant mal présentés", False),
    ("Les comptes du lavoir, heureusement justes, sont mal présentés", True),
    ("Vendus lors des foires, ils paient le toit du lavoir", False),
    ("C’est le rendez-vous des lavandières du bourg", False),
    ("Le club des lavandières l’a fait au moulin", False),
)
test_what_was_only_to_be_spoken_of_is_not_shown = each(
    lambda heading, text: may_stand(replace(item_of(text, provenance="note"), context=heading)),
    ("Ordre du jour", "Le lavoir : retour sur la visite", False),
    ("Ordre du jour", "Le lavoir du bourg fuit de partout", True),
    ("Travaux", "Le lavoir : retour sur la visite", True),
)


def test_an_idea_says_a_title_by_its_chance_and_by_words_of_it_that_tell_it_from_others() -> None:
    texts = ("Le lavoir du bourg fuit", "Le moulin du bourg fuit", "Prévoir une buvette", "Prévoir un lavoir couvert")
    material, group = group_of("Un lavoir à sec", *texts, strength=0.9, axis="sud")
    kinship = Kinship(material)
    assert [says_title(item, group, kinship) for item in group.members] == [True, False, False, True]
    assert not says_title(replace(group.members[0], strength=0.0), replace(group, title="Le bourg"), kinship)
    planned = replace(group, title="Prévoir un lavoir")
    assert not says_title(group.members[2], planned, kinship), "what is planned tells proposals apart, not that it is"


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
    assert shown_words(item, "Les lavoirs à l'abandon") is None, "which of them"


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


test_who_is_against_praises_nothing_and_who_is_content_tells_no_obstacle = each(
    lambda axis, stance: item_of("Le lavoir du bourg", axis=axis, stance=stance).is_of_other_side,
    ("nord", "contre", True),
    ("nord", "pour", False),
    ("est", "pour", True),
    ("est", "contre", False),
    ("sud", "pour", False),
)


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
        ("Nos propositions", {"sud", "ouest"}),
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


test_words_that_answer_others_or_say_themselves_again_are_not_shown = each(
    lambda text: shown_words(item_of(text)) is not None,
    ("Il s’agit également d’une fontaine qui coule tout l’été sur la place", False),
    ("La fontaine coule également tout l’été sur la place du bourg", True),
    ("une fontaine à sec une fontaine à sec", False),
)


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("Selon eux, il faudrait fermer le lavoir du bourg.", False),
        ("On nous dit que le lavoir du bourg doit être fermé.", False),
        ("Bravo, encore une belle idée : fermer le lavoir du bourg !", False),
        ("Supprimer le lavoir du bourg, quelle brillante idée !", False),
        ("Selon la saison, il faudrait fermer le lavoir du bourg.", True),
        ("Bravo à tous, il faudrait ouvrir le lavoir du bourg le soir !", True),
    ],
)
def test_what_others_want_and_mockery_are_no_proposal_of_their_author(words: str, is_told: bool) -> None:
    assert (shown_words(item_of(words, axis="sud")) is not None) is is_told
