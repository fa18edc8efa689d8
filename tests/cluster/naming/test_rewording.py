"""The phrase of one person, told for several."""

import pytest
from labelled import each

from pipeline.cluster.naming.pieces import pieces
from pipeline.cluster.naming.rewording import as_debate, as_told
from pipeline.language.models.parsing import parse
from pipeline.language.syntax.phrases import CLAUSE, INFINITIVE, NOUN, QUESTION, Phrase, read

TOLD = [
    ("sud", "Il faudrait créer un café associatif", "créer un café associatif"),
    ("sud", "On pourrait mutualiser les minibus des clubs", "mutualiser les minibus des clubs"),
    ("sud", "Pourquoi ne pas ouvrir la bibliothèque le lundi ?", "ouvrir la bibliothèque le lundi"),
    ("sud", "Je veux bien prêter ma grange", "prêter sa grange"),
    ("sud", "Il suffit d'une convention avec l'école", "une convention avec l'école"),
    ("sud", "Je veux bien m'occuper de ma mère", "je veux bien m'occuper de ma mère"),
    ("sud", "Il faut que le bailleur remette un gardien", "il faut que le bailleur remette un gardien"),
    ("sud", "Que les voisins se parlent", "que les voisins se parlent"),
    ("sud", "Une navette le dimanche", "une navette le dimanche"),
    ("sud", "La loi doit obliger à la loyauté", "la loi doit obliger à la loyauté"),
    ("est", "Il faudrait un car le soir", "il faudrait un car le soir"),
    ("ouest", "Je pose toujours mon sac avant de parler", "poser toujours son sac avant de parler"),
    ("ouest", "Je demande toujours « et moi, je sers à quoi ? »", "demander toujours « et moi, je sers à quoi ? »"),
    ("ouest", "Je garde ce que je reçois", "je garde ce que je reçois"),
    ("ouest", "J'ai perdu mes clés", "j'ai perdu mes clés"),
]


@pytest.mark.parametrize(("axis", "text", "expected"), TOLD, ids=[text for _, text, _ in TOLD])
def test_a_phrase_is_told_for_anyone_where_that_is_certain(axis: str, text: str, expected: str) -> None:
    phrase = read(next(iter(parse([pieces(text, 88)[0]]))))
    assert phrase is not None
    assert as_told(phrase, axis).text == expected


test_a_disagreement_is_asked = each(
    lambda text, kind: as_debate(Phrase(text, kind)).text,
    ("ouvrir la cale le soir", INFINITIVE, "Faut-il ouvrir la cale le soir ?"),
    ("une criée le dimanche", NOUN, "Une criée le dimanche : pour ou contre ?"),
    ("et si on ouvrait la cale ?", QUESTION, "Et si on ouvrait la cale ?"),
    ("la cale est ouverte", CLAUSE, "la cale est ouverte"),
)
