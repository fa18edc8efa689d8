"""Whether words stand alone, judged on sentences of ours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.syntax.standing import INPUTS, LEAD_MIN, LOST_MAX, features_of, judge

LOST = [
    "Ça ferme trop tôt",
    "Ils pourraient y dormir gratuitement",
    "Avec ça on tient un mois",
    "Mais la salle est froide",
    "Et le four à pain du bourg reste froid",
    "Prête le four à pain du bourg aux voisins",
    "Permet aux anciens de se retrouver le jeudi",
    "Sa toiture fuit depuis dix ans",
    "À budget constant, ils vendraient de meilleurs légumes",
    "Parce que les camions passent trop vite",
    "Chez eux, le loyer est trop cher",
    "On ne leur laisse pas assez de place",
    "C'est pour cette raison que beaucoup y renoncent",
    "Des permanences comme celle-là dans chaque commune",
    "D'où l'intérêt d'une navette",
    "La même chose au collège",
]
STANDS = [
    "Le four à pain reste froid tout l'hiver",
    "Recenser les logements vides du bourg",
    "Manque de bancs devant la mairie",
    "Créer une navette entre la gare et le collège pour les élèves du soir",
    "Comment faire venir les jeunes aux réunions du conseil de quartier ?",
    "Pas assez de places en crèche",
    "Les habitants du hameau attendent toujours la fibre",
    "Les parents, les enseignants et la mairie se parlent peu",
    "Ouvrir la bibliothèque le soir pour les salariés",
    "Les deux écoles du bourg devraient se parler",
    "Les bénévoles du marché préparent la soupe",
    "L'une des écoles n'a plus de cantine",
]


@pytest.mark.parametrize("text", LOST)
def test_what_leans_on_words_before_has_lost_its_subject(text: str) -> None:
    assert judge(text).lost > LOST_MAX


@pytest.mark.parametrize("text", STANDS)
def test_what_names_its_matter_stands(text: str) -> None:
    assert judge(text).lost <= LOST_MAX


PAIRS = [
    ("Les jeunes du foyer ne viennent plus", "Ils ne viennent plus"),
    ("La halle pourrait abriter le bal d'été", "Elle pourrait abriter le bal d'été"),
    ("Cette année, la fête du village est en mai", "Cette fête du village est en mai"),
    ("Il faut ouvrir la salle des fêtes le dimanche", "Il faut l'ouvrir le dimanche"),
    ("Le toit de la salle fuit", "Son toit fuit"),
    ("Les horaires des bus ne vont à personne", "D'ailleurs ils ne vont à personne"),
]


@pytest.mark.parametrize(("whole", "torn"), PAIRS)
def test_the_sentence_that_names_its_matter_is_trusted_more(whole: str, torn: str) -> None:
    assert judge(whole).lost < judge(torn).lost


def test_a_fragment_and_a_sentence_are_told_apart() -> None:
    assert judge("et pour les").fragment > judge("Le car du soir ne passe plus au hameau").fragment


@given(st.text(max_size=120))
def test_any_text_is_judged(text: str) -> None:
    assert len(features_of(text)) == len(INPUTS)
    assert all(0 <= chance <= 1 for chance in judge(text))


def test_chances_sum_to_one_and_the_bounds_are_in_order() -> None:
    assert np.isclose(sum(judge("La halle du marché est fermée")), 1, atol=1e-3)
    assert 0 < LEAD_MIN < LOST_MAX < 1


def test_an_apostrophe_and_a_last_stop_change_nothing() -> None:
    assert judge("L'école du bourg n'a plus d'infirmière.") == judge("L’école du bourg n’a plus d’infirmière")
