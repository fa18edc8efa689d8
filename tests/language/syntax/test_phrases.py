"""What a piece of text is, and how our sentences take it in, labelled by hand."""

import json

import pytest
from labelled import each

from pipeline.language.models.parsing import parse
from pipeline.language.syntax import phrases, workshop_lexicon
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
    ("aucun pêcheur ne vient", CLAUSE),
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

test_the_form_of_a_phrase = each(
    lambda text: phrases.analyse(text).kind,
    ("Il n'y a pas un studio à louer", "clause"),
    ("Les agriculteurs qui vont mal ne viennent pas au CCAS", "clause"),
    ("Des postes d'aide à domicile restent vacants", "clause"),
    ("Les Volants solidaires conduisent chez le médecin", "clause"),
    ("Personne ne sait que le transport existe", "clause"),
    ("Manque de bus", "noun"),
    ("Une navette partagée le mardi", "noun"),
    ("Ouvrir l’école le soir et le samedi", "infinitive"),
    ("Se voir une fois par mois", "infinitive"),
    ("Écrire une charte de l’antenne tous ensemble", "infinitive"),
    ("Que le rectorat recrute les AESH", "wish"),
    ("Nourrir quelqu'un : une aide, ou un droit ?", "question"),
    ("Rien à louer à l'année", "fragment"),
    ("Sans voiture on ne va nulle part", "fragment"),
    ("MSA absente", "fragment"),
    ("Minibus associatifs qui ne roulent que le week-end", "fragment"),
    ("Un territoire d'où l'on peut repartir sans être en faute", "fragment"),
    ("Mauvaise lumière au vestiaire (on n'y voyait plus rien)", "fragment"),
    ("La piscine est froide (on gelait)", "clause"),
    ("", "fragment"),
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


def test_what_is_known_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Les horaires du bus", "Ouvrir la salle le soir", "Le bus passe trop tôt", "Qui décide ?", "…"]
    forms = [phrases.analyse(text) for text in texts]
    assert [form.kind for form in forms] == ["noun", "infinitive", "clause", "question", "fragment"]
    monkeypatch.setattr(phrases, "parse", None)
    assert [phrases.analyse(text) for text in texts] == forms


def test_a_text_that_another_thread_has_just_read_has_its_form(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Les horaires du bus"
    form = phrases.analyse(text)

    class ReadMeanwhile(dict[str, phrases.Phrase]):
        def get(self, key, default=None):  # type: ignore[no-untyped-def]
            found = super().get(key, default)
            self[text] = form
            return found

    monkeypatch.setattr(phrases, "_KNOWN", ReadMeanwhile())
    assert phrases.analyse(text) == form


def test_no_more_forms_are_kept_than_are_told_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["1", "2 3", "Qui décide ?", "Que le bus passe", "…", "Où ?", ""]
    kinds = [phrases.analyse(text).kind for text in texts]
    monkeypatch.setattr(phrases, "_KNOWN", {})
    monkeypatch.setattr(phrases, "_N_KNOWN", 3)
    assert [phrases.analyse(text).kind for text in texts] == kinds
    assert len(phrases._KNOWN) <= 3


def test_forms_that_were_kept_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Les horaires du bus", "Ouvrir la salle le soir", "bus rares", "Qui décide ?"]
    with phrases.kept_forms({}) as kept:
        told = {text: phrases.analyse(text) for text in texts}
    monkeypatch.setattr(phrases, "_KNOWN", {})
    monkeypatch.setattr(phrases, "parse", None)
    with phrases.kept_forms(json.loads(json.dumps(kept))) as again:
        assert {text: phrases.analyse(text) for text in texts} == told
    assert again == kept
    phrases.analyse("Qui décide ?")
    assert again == kept  # what is asked for afterwards is another's
