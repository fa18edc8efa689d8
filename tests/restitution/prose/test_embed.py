"""How people's words enter a sentence: what is told before « », and what can be understood alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atelier import workshop

from pipeline.language.syntax import own_words
from pipeline.language.syntax.predicates import predicate
from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Item
from pipeline.restitution.prose.embed import woven
from pipeline.restitution.prose.stands_alone import is_clear, stands_alone
from pipeline.restitution.quoting.quotes import quote_node


@pytest.fixture(scope="module")
def postit() -> Item:
    """One post-it of the hand-made workshop."""
    items = read_material(workshop()).items.values()
    return next(item for item in items if item.text == "Pas de car après 18 h")


def shown(item: Item, words: str, axis: str) -> str:
    """Words as they enter a sentence, « » around what is quoted."""
    said = replace(item, text=words, source_text=words, start=0, end=len(words), axis=axis, masks=())
    lexicon = own_words.learn([words])
    nodes = woven(lexicon, said, quote_node(said, (0, len(words)))).nodes
    return "".join(f"« {node.text} »" if node.kind == "quote" else node.text for node in nodes)


WOVEN = (
    (
        "est",
        "Les retraités ne sortent plus après cinq heures",
        "que les retraités « ne sortent plus après cinq heures »",
    ),
    ("est", "Le poste d'animateur s'arrête en juin", "que le poste d'animateur « s'arrête en juin »"),
    ("est", "On ne trouve plus de relais", "« On ne trouve plus de relais »"),
    ("est", "Pas de car le dimanche", "qu’il n’y a pas de car le dimanche"),
    ("est", "Pas de car : on attend", "« Pas de car : on attend »"),
    ("est", "Je ne sors plus le soir", "« Je ne sors plus le soir »"),
    ("est", "Le car ne passe plus ! C'est dur", "« Le car ne passe plus ! C'est dur »"),
    ("sud", "Repeindre l'ancienne gare avec les jeunes", "de repeindre « l'ancienne gare avec les jeunes »"),
    ("sud", "Aller voir les propriétaires à deux", "d’aller voir « les propriétaires à deux »"),
    ("sud", "Mettre en commun les minibus du foot", "de mettre en commun « les minibus du foot »"),
    ("sud", "Se retrouver une fois par mois à la mairie", "de se retrouver « une fois par mois à la mairie »"),
    ("sud", "Un seul cahier pour tous les métiers", "un « seul cahier pour tous les métiers »"),
    ("sud", "Que les communes achètent ensemble", "que « les communes achètent ensemble »"),
    ("sud", "Qu'une salle reste ouverte le soir", "qu’« une salle reste ouverte le soir »"),
    ("nord", "Le jardin partagé : 40 paniers par semaine", "le « jardin partagé : 40 paniers par semaine »"),
    ("nord", "Merci aux voisins qui déneigent le chemin", "les « voisins qui déneigent le chemin »"),
    ("est", "Les horaires changent et personne ne le sait", "« Les horaires changent et personne ne le sait »"),
    ("est", "ce n est pas la bonne porte", "« ce n est pas la bonne porte »"),
    ("ouest", "Être utile, c'est être attendu", "« Être utile, c'est être attendu »"),
    ("nord", "La médiathèque prête des livres audio, personne ne le sait", None),
    ("nord", "Le vestiaire du quartier : ouvert le mardi", "le « vestiaire du quartier : ouvert le mardi »"),
    ("ouest", "Regarder ensemble ce n'est pas regarder seul", None),
    ("sud", "Il faudrait que la mairie ouvre la salle", None),
    ("sud", "Proposer à l'école une semaine sans écran", None),
    ("ouest", "C'est quoi, aider ?", "« C'est quoi, aider ? »"),
    ("est", "Le fioul à 1,20 € le litre ça passe plus", None),
    ("est", "la fosse du camping déborde à chaque orage", "que la fosse du camping « déborde à chaque orage »"),
    ("est", "la halle ferme à 5 h", "que la halle « ferme à 5 h »"),
    ("nord", "la fanfare anime toutes les fêtes du bourg", "que la fanfare « anime toutes les fêtes du bourg »"),
    ("nord", "la commission mixte du lycée et du collège", "la « commission mixte du lycée et du collège »"),
)


@pytest.mark.parametrize(("axis", "words", "expected"), WOVEN, ids=[words for _, words, _ in WOVEN])
def test_words_are_woven_to_the_letter(postit: Item, axis: str, words: str, expected: str | None) -> None:
    assert shown(postit, words, axis) == (expected or f"« {words} »")


@pytest.mark.parametrize(
    ("clause", "subject"),
    [
        ("Les agriculteurs en difficulté ne poussent jamais la porte", "Les agriculteurs en difficulté"),
        ("Le local jeunes est fermé depuis le dégât des eaux", "Le local jeunes"),
        ("Le vestiaire a été débordé tout l'hiver", "Le vestiaire"),
        ("On change d'école tous les ans", "On"),
        ("Les gens qui viennent au café ne repartent pas seuls", None),
        ("Le dernier car part à cinq heures, les jeunes restent chez eux", None),
        ("C'est toujours les mêmes qui viennent", None),
        ("Le secret sert parfois de paravent pour ne pas travailler ensemble", "Le secret"),
    ],
)
def test_a_clause_is_cut_at_its_verb_or_not_at_all(clause: str, subject: str | None) -> None:
    at = predicate(clause)
    assert (None if at is None else clause[:at].strip()) == subject


@pytest.mark.parametrize(
    ("words", "alone"),
    [
        ("Planter une haie fruitière avec les deux écoles", True),
        ("L’abribus, c’est leur maison des jeunes", True),
        ("Accueillir, c’est proposer des services ou ouvrir sa porte ?", True),
        ("Il faut demander à la mairie une clé pour le local", True),
        ("C’est là qu’elle dit ce qui ne va pas", False),
        ("Personne ne lit celui de l’autre", False),
        ("On ne nous dit rien", False),
        ("Le Grain de sel !", False),
        ("Nous inviter !", False),
        ("Pour moi, un endroit où un enfant peut rentrer seul", False),
        ("qui ferme, qui nettoie, qui répond en cas de pépin ?", False),
        ("Elle attend depuis trois mois un rendez-vous chez le dentiste", False),
    ],
)
def test_what_can_be_understood_alone(words: str, alone: bool) -> None:
    assert stands_alone(words) is alone


@pytest.mark.parametrize(
    ("title", "clear"),
    [("Recenser les logements vides", True), ("C’est un frein aussi, on a le droit de le dire ?", False)],
)
def test_a_title_names_its_matter(title: str, clear: bool) -> None:
    assert is_clear(title) is clear
