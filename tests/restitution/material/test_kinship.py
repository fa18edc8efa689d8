"""Who is told with whom: strangers of a group are left aside, and a number covers only what its words say."""

from dataclasses import replace

import pytest
from labelled import each
from workshop_told import group_of

from pipeline.restitution.material.kinship import Kinship, find_words, got_past, is_opposite, says_the_contrary
from pipeline.workshop.model import Item, Material


def item_of(material: Material, words: str) -> Item:
    return next(item for item in material.items.values() if item.text.startswith(words))


@pytest.mark.parametrize(
    ("changes", "is_lack"),
    [
        ({}, False),
        ({"text": "Les jeunes ratent leurs rendez-vous faute de car", "confidence": 0.8}, True),
        ({"text": "Sans rendez-vous, on ressort avec le dossier envoyé", "confidence": 0.8}, False),
    ],
    ids=["plain", "a lack", "no lack"],
)
def test_a_lack_is_no_resource(material: Material, changes: dict[str, object], is_lack: bool) -> None:
    resource = replace(item_of(material, "Les Volants solidaires :"), **changes)
    assert says_the_contrary(resource) is is_lack


@pytest.mark.parametrize(
    ("text", "is_obstacle"),
    [
        ("Le four est réparé grâce à la cagnotte des voisins", False),
        ("Le prêt d'une salle a permis de garder la chorale", False),
        ("On a réussi à garder la dernière classe", False),
        ("Deux familles ont enfin réussi à se loger", False),
        ("Pas de frein de notre côté", False),
        ("Les gens ont honte de demander", True),
        ("Personne ne sait à qui demander", True),
    ],
    ids=["thanks to", "allowed", "one managed", "they managed", "no obstacle", "shame", "nobody knows"],
)
def test_what_went_well_is_no_obstacle(material: Material, text: str, is_obstacle: bool) -> None:
    obstacle = next(item for item in material.items.values() if item.axis == "est")
    assert says_the_contrary(replace(obstacle, text=text, source_text=text)) is not is_obstacle


test_an_obstacle_left_behind_is_known = each(
    got_past,
    ("La banque refusait, on a changé de garant et depuis on est tranquilles", True),
    ("Depuis on n'a plus de boulanger", False),
    ("Le prêt a permis d'acheter le four", True),
    ("La banque refuse de prêter", False),
    names=["since then all is well", "since then all is worse", "allowed", "refuses"],
)


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        ("Hier, la salle d'été fermait", "La salle d’été", "la salle d'été"),
        ("Faut-il fermer la salle ?", "Fermer la salle", "fermer la salle ?"),
        ("Les salles sont froides", "La salle", None),
        ("Bâtir un four commun.", "Bâtir un four commun.", "Bâtir un four commun"),
        ("Rien", "", None),
    ],
    ids=["first capital and apostrophe", "with its question mark", "inside a word", "last stop", "nothing"],
)
def test_words_are_found_as_people_wrote_them(text: str, title: str, found: str | None) -> None:
    span = find_words(text, title)
    assert (None if span is None else text[slice(*span)]) == found


def test_a_title_that_a_person_gave_is_surely_of_ideas_that_say_its_rare_words() -> None:
    texts = ("Le lavoir du bourg", "Le bourg dort", "Le bourg rit", "Le bourg chante", "Le bourg danse", "Le bourg lit")
    material, group = group_of("Le lavoir du bourg", *texts, strength=0.5)
    given = replace(group, origin="personne", is_put=False, is_titled=True, is_accepted=False)
    kinship = Kinship(material)
    first, *others = given.members
    assert kinship.truth(first, given) > 1 > max(kinship.truth(one, given) for one in others)
    assert [item.item_id for item in kinship(given)] == ["i0"]
    assert len(kinship(replace(given, group_id="looked at", is_accepted=True))) == len(texts)
    alone = replace(given, group_id="none", title="La place des jeunes")
    assert len(kinship(alone)) == 1  # the surest, where none is sure


@pytest.mark.parametrize(
    ("stances", "is_accepted", "n"),
    [
        (["contre", "contre", "inconnu"], False, 3),
        (["contre", "pour", "inconnu"], False, 2),
        (["contre", "contre", "inconnu"], True, 1),
    ],
)
def test_a_complaint_says_the_obstacle_unless_somebody_is_for_what_it_is_about_or_people_looked(
    stances: list[str], is_accepted: bool, n: int
) -> None:
    texts = ("Le four du bourg fume trop", "Le four du bourg ne chauffe pas", "Le four du bourg ferme le lundi")
    material, group = group_of("Le four du bourg", *texts, axis="est", stance=stances, strength=0.9)
    own = replace(group, origin="personne", is_put=False, is_accepted=is_accepted)
    assert len(Kinship(material)(own)) == n


test_words_that_say_the_contrary_of_a_title = each(
    is_opposite,
    ("Multiplication des tours de garde", "Moins de gardes, moins de veilles", True),
    ("Il y a trop de veilles", "Moins de gardes, moins de veilles", True),
    ("Moins de gardes, et trop de brume", "Moins de gardes, moins de veilles", False),
    ("Augmenter le nombre de phares", "Moins de gardes, moins de veilles", False),
    ("Des gilets pour les pêcheurs, à l’exception des mousses", "Équiper tout le monde à bord", True),
    ("Tous les carnets, sauf le carnet de bord", "Finir de numériser les carnets", True),
    ("Ouvrir la criée, sauf le lundi", "Une criée ouverte aux voisins", False),
    ("Ouvrir la criée, sauf si la houle monte", "Une criée ouverte à tous", False),
)
