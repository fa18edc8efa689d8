"""What a piece of text is, labelled by hand."""

import pytest
from labelled import each

from pipeline.language.models.parsing import parse
from pipeline.language.syntax import workshop_lexicon
from pipeline.language.syntax.phrases import CLAUSE, INFINITIVE, LACK, NOUN, QUESTION, opens_on_infinitive, read

test_an_infinitive_opens_a_phrase = each(
    lambda text: opens_on_infinitive(next(iter(parse([text])))),
    ("réparer la cale", True),
    ("se voir une fois par mois", True),
    ("ne plus attendre la marée", True),
    ("s'organiser à plusieurs", True),
    ("quartier du port", False),
    ("cahier des marées", False),
    ("ne pas", False),
    ("le ponton", False),
    ("accueillir est un métier", False),
    ("goûter des enfants", False),
    ("goûter les huîtres du parc", True),
    ("grelinetter les massifs", True),
    ("PANIER", False),
)


def test_an_infinitive_is_found_further_on() -> None:
    doc = next(iter(parse(["à réparer avant l'hiver"])))
    assert not opens_on_infinitive(doc)
    assert opens_on_infinitive(doc, 1)


KINDS = [
    ("réparer la cale", INFINITIVE),
    ("ne pas fermer la criée le lundi", INFINITIVE),
    ("à expérimenter dans deux ports", INFINITIVE),
    ("pas de rampe pour les fauteuils", LACK),
    ("plus aucune rampe", LACK),
    ("les filets sèchent sur le quai", CLAUSE),
    ("l'atelier se termine là", CLAUSE),
    ("on change de ponton tous les ans", CLAUSE),
    ("un ponton neuf", NOUN),
    ("entretien des filets", NOUN),
    ("qui répare la cale ?", QUESTION),
]


@pytest.mark.parametrize(("text", "kind"), KINDS, ids=[text for text, _ in KINDS])
def test_what_a_segment_is(text: str, kind: str) -> None:
    phrase = read(next(iter(parse([text]))))
    assert phrase is not None
    assert phrase.kind == kind


test_what_does_not_hold_together = each(
    lambda text: read(next(iter(parse([text])))),
    "un ponton sur le",
    "si la criée ferme",
    "the port",
    "parce que le quai glisse",
    is_told=None,
)

test_only_names_keep_their_capital = each(
    lambda text: workshop_lexicon.learn(["chez Odile, le vestiaire"]).lowered(text),
    ("Ouvrir l’école", "ouvrir l’école"),
    ("L’école ouverte", "l’école ouverte"),
    ("CCAS absent", "CCAS absent"),
    ("Odile aide tout le monde", "Odile aide tout le monde"),
    ("Vestiaire solidaire", "vestiaire solidaire"),
    ("Claire fait un bilan rapide", "Claire fait un bilan rapide"),
    ("À la mairie", "à la mairie"),
    ("Habiter, c'est dormir ou participer ?", "habiter, c'est dormir ou participer ?"),
    ("Olivier, tu répares quoi ?", "Olivier, tu répares quoi ?"),
)
