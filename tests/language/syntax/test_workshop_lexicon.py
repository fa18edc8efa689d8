"""What the words of a workshop teach: names, and the first letter of a phrase inside a sentence."""

from labelled import each

from pipeline.language.syntax.workshop_lexicon import learn

TEXTS = [
    "le chalut est neuf et un chalut coûte cher",
    "cette palangre casse, ma palangre aussi",
    "on part à Kerlouan le matin",
    "la criée ferme, et la Criée nous manque",
]
LEARNT = learn(TEXTS)


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


def test_order_changes_nothing() -> None:
    assert learn(reversed(TEXTS)) == LEARNT
