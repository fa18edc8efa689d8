"""What the words of a workshop teach: genders, names, and the first letter of a phrase inside a sentence."""

from labelled import each

from pipeline.language.syntax.phrases import FRAGMENT, NOUN
from pipeline.language.syntax.workshop_lexicon import learn

TEXTS = [
    "le chalut est neuf et un chalut coûte cher",
    "cette palangre casse, ma palangre aussi",
    "le voile et la voile",
    "on part à Kerlouan le matin",
    "la criée ferme, et la Criée nous manque",
]
LEARNT = learn(TEXTS)


def test_determiners_tell_genders() -> None:
    assert (LEARNT.genders["chalut"], LEARNT.genders["palangre"]) == ("m", "f")


def test_a_noun_that_people_disagree_on_has_no_gender() -> None:
    assert "voile" not in LEARNT.genders


def test_a_name_is_never_written_without_its_capital() -> None:
    assert "Kerlouan" in LEARNT.names
    assert "Criée" not in LEARNT.names
    assert "criée" in LEARNT.commons


test_a_phrase_inside_a_sentence = each(
    LEARNT.lowered,
    ("Le bac part à midi", "le bac part à midi"),
    ("L'écluse", "l'écluse"),
    ("Criée fermée", "criée fermée"),
    ("Réparer la cale", "réparer la cale"),
    ("Bouées qui dérivent", "bouées qui dérivent"),
    ("Kerlouan attend son bac", "Kerlouan attend son bac"),
    ("CCAS de la ville", "CCAS de la ville"),
    ("Thérèse prête sa barque", "Thérèse prête sa barque"),
    ("3 bacs", "3 bacs"),
    ("« bac »", "« bac »"),
)


def test_a_noun_has_the_gender_of_the_lexicon_else_that_people_give_it() -> None:
    phrase = learn(["une tourbe"]).phrase("Manque de rampes")
    assert (phrase.kind, phrase.noun, phrase.gender, phrase.low) == (NOUN, "manque", "m", "manque de rampes")
    assert learn(["on attend un charte"]).phrase("Charte de la criée").gender == "f"  # a slip
    assert learn(["on voit la tour du port"]).phrase("Tour du port").gender == "f"
    assert learn(["un tour de quai"]).phrase("Tour du port").gender == "m"
    assert learn(["sa gabarine est à sec"]).phrase("Gabarine à sec").gender == "f"


def test_a_name_asks_for_no_article() -> None:
    phrase = LEARNT.phrase("Kerlouan")
    assert (phrase.kind, phrase.noun) == (FRAGMENT, "")


def test_order_changes_nothing() -> None:
    assert learn(reversed(TEXTS)) == LEARNT
