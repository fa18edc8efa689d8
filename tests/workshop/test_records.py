"""Names that a text does not show, however many there are."""

import time

from labelled import each

from pipeline.workshop.records import masking

test_names_are_masked_where_they_stand_as_words = each(
    lambda text, names: masking(names)(text),
    ("Anne Roux chante", ("Anne", "Anne Roux"), "[…] chante"),
    ("Anne et Anneau", ("Anne",), "[…] et Anneau"),
    ("Jean-Luc, puis Jean", ("Jean-Luc", "Jean"), "[…], puis […]"),
    ("chez le @zoe du bourg", ("@zoe", ""), "chez le […] du bourg"),
    ("a@zoe", ("@zoe",), "a@zoe"),
    ("anne Roux", ("Anne",), "anne Roux"),
    ("Anne", (), "Anne"),
    names=["the longest", "a word of it", "each", "a sign", "inside a word", "as it is written", "none"],
)


def test_capitals_are_as_small_letters_where_it_is_asked() -> None:
    assert masking(("Élan Roux",), "[nom]", folds=True)("Merci ÉLAN ROUX, İ") == "Merci [nom], İ"


def test_thousands_of_names_are_asked_of_thousands_of_texts_in_no_time() -> None:
    unnamed = masking(f"Prénom{n} Nom{n}" for n in range(20_000))
    started = time.process_time()
    told = [unnamed(f"La salle {n} selon Prénom{n} Nom{n}") for n in range(20_000)]
    assert set(told) == {f"La salle {n} selon […]" for n in range(20_000)}
    assert time.process_time() - started < 5
