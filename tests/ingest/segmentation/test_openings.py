"""How a stretch opens, and whether it stands alone, labelled by hand."""

from labelled import FIRST, each, false_of, true_of

from pipeline.ingest.segmentation.openings import (
    ACTS,
    PROBLEM_START,
    begins_act,
    begins_infinitive,
    brings_subject,
    can_stand,
    has_own_subject,
    is_dependent,
    n_words,
    opener,
    tokens,
)

test_infinitives = true_of(
    begins_infinitive, "relancer le bal", "ne pas fermer", "d'abord repeindre", "s'inscrire", "être là"
)
test_no_infinitives = false_of(
    begins_infinitive, "chantier fermé", "loyers chers", "la piscine", "plaisir de lire", "foyer rural"
)
test_what_to_do = true_of(begins_act, "il faudrait un préau", "pourquoi pas un bal", "et si on chantait", "planter")
test_problems = true_of(PROBLEM_START.match, "on manque de bancs", "pas de préau", "Trop de bruit", "personne ne vient")


def test_an_opener_knows_elisions_and_asides() -> None:
    hangs = opener("hanging")
    assert all(hangs.match(text) for text in ("lorsqu'il pleut", "lorsqu’il pleut", "et quand il pleut", "D’après moi"))
    assert not hangs.match("siffler")


def test_tokens_have_both_apostrophes() -> None:
    assert {"qu'", "qu’", "que"} <= tokens("subordinates")


def test_a_need_has_its_noun() -> None:
    assert ACTS["propose"].match("besoin d’ombre")
    assert ACTS["propose"].match("on a besoin de lits")


test_words_are_counted = each(
    n_words,
    ("", 0),
    ("l'école du bourg", 3),
    ("un porte-clés", 2),
    ("12 € à 3", 1),
    ("… – !", 0),
    names=["nothing", "an elision", "a compound", "numbers", "signs"],
)
test_hangs_on_what_follows = true_of(
    is_dependent,
    "quand il pleut",
    "si le toit fuit",
    "pour les petits",
    "avec un peu d'aide",
    "parce que c'est loin",
    "et quand il gèle",
)

test_hangs_on_nothing = false_of(
    is_dependent, "le toit fuit", "il pleut", "les bancs", "dans le bourg la halle s'effondre"
)

STANDING = [
    ("a clause", "le toit fuit", True),
    ("a lack", "pas assez de bancs", True),
    ("a condition and its clause", "quand il pleut, le toit fuit, la cave se remplit", True),
    ("a condition alone", "quand le toit fuit", False),
    ("a noun", "les bancs du port", False),
    ("a word that holds open", "le toit fuit depuis que", False),
    ("a subordinate without its verb", "je crois que les enfants du bourg", False),
    ("two words", "toit percé", False),
]

test_can_stand = each(can_stand, *STANDING, names=FIRST)

ALONE = [
    ("its own noun", "la chorale répète le mardi", "", True),
    ("on", "on répète le mardi soir", "", True),
    ("a pronoun that points back", "elle répète le mardi soir", "", False),
    ("je goes on", "je répète le mardi soir", "je chante au bourg", False),
    ("je begins", "je répète le mardi soir", "la chorale est belle", True),
    ("a next step", "ensuite la chorale répète le mardi", "", False),
    ("after a conjunction", "la chorale répète le mardi", "quand le local est libre", False),
    ("too short", "la chorale répète", "", False),
    ("no verb", "la chorale du mardi soir", "", False),
]

test_stands_alone = each(has_own_subject, *ALONE, names=FIRST)


def test_something_new_to_speak_of() -> None:
    assert brings_subject("le boulanger ferme à midi")
    assert brings_subject("il y a des trous partout")
    assert not brings_subject("il ferme à midi")
    assert not brings_subject("on ferme à midi")
