"""Which side words take: negation that bears on the act, conditions, and negation that opposes nothing."""

import numpy as np
import pytest
from labelled import each, false_of

from pipeline.learned import Linear
from pipeline.stances.reading import (
    STANCES,
    StanceModel,
    backs_removal,
    direction_of,
    features_of,
    is_mocking,
    load_stances,
    looks_ironic,
    opens_on_removal,
    read_stances,
    says_plainly,
    title_of_removal,
    tokens_of,
)

CASES = [
    ("Surtout pas de terrasse chauffée sur les quais", "contre"),
    ("Nous ne voulons pas de vigiles à la bibliothèque", "contre"),
    ("Non au passage à la semaine de six jours", "contre"),
    ("Je suis contre le passage à la semaine de six jours", "contre"),
    ("Oui au marché de nuit, à condition que les riverains soient prévenus", "nuance"),
    ("D'accord pour le pédalo, mais pas en juillet", "nuance"),
    ("Il n'y a pas de fontaine au cimetière", "inconnu"),
    ("On ne sait pas où poser son vélo", "inconnu"),
    ("Personne ne nous a dit que la salle était fermée", "inconnu"),
    ("Ne plus attendre trois heures aux urgences", "inconnu"),
    ("Ne pas hésiter à demander de l'aide", "inconnu"),
    ("Créer une épicerie dans l'ancienne gare", "inconnu"),
    ("Le gymnase a ouvert en 1974", "inconnu"),
    ("On lutte contre le froid avec des couvertures", "inconnu"),
    ("Des amendes contre les mauvais payeurs", "inconnu"),
    ("Et nous allons tendre vers un gymnase qui servira la commune", "inconnu"),
    ("J'entends les contre propositions qui arriveront sur cette salle", "inconnu"),
    ("Mais tu sais qu'on nous a déjà promis un gymnase ?", "inconnu"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_side_is_told_where_words_take_one(text: str, expected: str) -> None:
    assert read_stances([text]) == [expected]


def test_who_defends_a_thing_is_never_against_it() -> None:
    defended = ["Ne fermez pas le lavoir", "Il ne faut pas supprimer le lavoir", "Non à la fermeture du lavoir"]
    assert "contre" not in read_stances(defended, ["lavoir"] * 3)


def test_what_is_lost_turns_the_sides_round() -> None:
    (thing,) = load_stances().read(["Je suis contre"], ["la piscine"])
    (loss,) = load_stances().read(["Je suis contre"], ["la fermeture de la piscine"])
    assert (thing.stance, loss.stance) == ("contre", "pour")


def test_each_text_is_read_by_itself() -> None:
    texts = [text for text, _ in CASES]
    assert read_stances(texts) == [read_stances([text])[0] for text in texts]
    assert read_stances([]) == []


test_a_proposal_to_take_away_is_known_by_its_head = each(
    opens_on_removal,
    ("Supprimer la réunion du lundi", True),
    ("Il faut interdire les pétards", True),
    ("Ne pas supprimer la réunion du lundi", False),
    ("La réunion du lundi, il faut la supprimer", False),
    ("Ouvrir la réunion à tous", False),
    ("Mettre fin aux pétards", True),
    ("Stop aux pétards", True),
    ("En finir avec les pétards", True),
    ("Mettre la salle à disposition", False),
)


def test_words_of_the_subject_leave_no_trace_but_their_place() -> None:
    """A number and a noun are one blank, the object of the question is told apart, closed words stay."""
    grams = {one for one in features_of("Pas 3 bancs ni tables", frozenset(), "tables") if one[0] != "@"}
    shape = ["^", "pas", "_", "ni", "<objet>", "$"]
    runs = {" ".join(shape[at : at + n]) for n in (1, 2, 3) for at in range(7 - n)}
    apart = {f"{shape[at]} .. {shape[other]}" for at in range(6) for other in range(at + 2, min(6, at + 5))}
    assert grams == runs | apart


@pytest.mark.parametrize(
    "text",
    ["Bravo, plus un seul banc à l'ombre", "Quelle chance, encore une taxe", "Merci pour le bruit jusque dans la nuit"],
)
def test_praise_that_looks_ironic_is_never_for(text: str) -> None:
    assert looks_ironic(text)
    assert "pour" not in read_stances([text, text], ["projet", "fermeture du lavoir"])


@pytest.mark.parametrize(
    ("text", "is_mock"),
    [
        ("Merci de nous avoir laissés patienter sous l'averse", True),
        ("Merci pour l'attente au guichet", True),
        ("Bravo pour le retard du chantier", True),
        ("Merci de patienter à l'accueil", False),
        ("Bravo pour la halle, on y va sans attente", False),
        ("Quel plaisir de ne plus attendre le car", False),
    ],
)
def test_thanks_for_what_nobody_wants_are_against(text: str, is_mock: bool) -> None:
    assert is_mocking(text) is is_mock
    assert not is_mock or read_stances([text]) == ["contre"]


def test_plain_praise_is_not_ironic() -> None:
    assert not looks_ironic("Bravo pour la halle")


test_two_denials_never_refuse = false_of(
    lambda text: "contre" in read_stances([text], ["halle"]),
    "Personne ne refuse la halle",
    "On ne peut pas se priver de la halle",
)

test_turns_are_read_where_words_make_them = each(
    lambda text, turn: turn in features_of(text, frozenset()),
    ("Faut-il une halle ?", "@asks", True),
    ("Il faut une halle", "@asks", False),
    ("Ne pas supprimer la halle", "@removes_denied", True),
    ("Supprimer la halle", "@removes_denied", False),
    ("Favorable à la halle", "@cue_for", True),
    ("Pas favorable à la halle", "@cue_for", False),
    ("Chanter", "<inf>", True),
    ("Fondre", "<inf>", True),
    ("Battre", "<inf>", True),
    ("Lire", "<inf>", True),
    ("Grandir", "<inf>", True),
)


def test_what_is_meant_against_something_bad_is_told_by_its_name() -> None:
    assert tokens_of("Des amendes contre les mauvais payeurs, vite") == ["des", "amendes", ",", "vite"]


def test_a_word_that_a_model_knows_is_read_as_it_is() -> None:
    weights = np.zeros((len(STANCES), 1))
    weights[STANCES.index("contre")] = 3.0
    known = StanceModel(Linear(weights, np.zeros(len(STANCES)), ("lavoir",), STANCES), {})
    lavoir, halle = known.shares(["Le lavoir", "La halle"])
    assert STANCES[lavoir.argmax()] == "contre"
    assert set(halle) == {0.25}


test_what_a_text_would_have_more_or_less_of = each(
    direction_of,
    ("Moins de bancs au lavoir", ("banc", -1)),
    ("Il y a trop de bancs", ("banc", -1)),
    ("Réduire les bancs", ("banc", -1)),
    ("Non, pas de bancs", ("banc", -1)),
    ("N'installez pas de bancs", ("banc", -1)),
    ("Enlever les bancs", ("banc", -1)),
    ("Plus de bancs", ("banc", 1)),
    ("Il n'y a pas assez de bancs", ("banc", 1)),
    ("Il n'y a pas de bancs", ("banc", 1)),
    ("Ne supprimez pas les bancs", ("banc", 1)),
    ("Oui, gardons les bancs", ("banc", 1)),
    ("Les bancs du lavoir", ("banc", 0)),
)

test_who_backs_a_loss_is_known = each(
    backs_removal,
    ("Pour la fermeture du lavoir", True),
    ("Contre la fermeture du lavoir", False),
    ("Non à la fermeture du lavoir", False),
    ("Ne fermez pas le lavoir", False),
    ("Pour le lavoir", False),
)

test_a_title_asks_for_a_loss_or_names_a_thing = each(
    title_of_removal,
    ("Fermer le lavoir", True),
    ("La fermeture du lavoir", True),
    ("Il faut supprimer le lavoir", True),
    ("Arrêts de car", None),
    ("Le lavoir", False),
    ("Ne pas fermer le lavoir", False),
)


test_who_is_only_not_against_takes_no_side = each(
    lambda text: read_stances([text])[0],
    ("Pas contre un bac de nuit", "inconnu"),
    ("Je ne suis pas opposée au bac de nuit", "inconnu"),
    ("Pas contre si le port est prévenu", "nuance"),
    ("Ni l'un ni l'autre", "inconnu"),
    ("Oui et non", "inconnu"),
    ("Non, les deux", "inconnu"),
    ("Ça dépend", "nuance"),
    ("Oui, mais pas en juillet", "nuance"),
)


test_a_side_is_said_plainly_of_what_a_title_names = each(
    says_plainly,
    ("Je suis contre les bancs", "contre", "Des bancs au lavoir", True),
    ("Gardons les bancs", "pour", "Des bancs au lavoir", True),
    ("Ne fermez pas le lavoir", "contre", "Fermer le lavoir", True),
    ("Pour la fermeture du lavoir", "pour", "Fermer le lavoir", False),
    ("Fermer le lavoir", "pour", "Fermer le lavoir", True),
    ("Je suis contre", "contre", "Des bancs au lavoir", False),
    ("Je suis contre les bancs ?", "contre", "Des bancs au lavoir", False),
    ("Les bancs coûtent cher", "contre", "Des bancs au lavoir", False),
)
