"""Two sayings in one sentence, only when nothing false would tie them."""

from __future__ import annotations

import re

from workshop_told import chained


def test_two_matters_are_not_told_in_one_breath() -> None:
    said = chained("note", "Les clients partent à Bressac", "Le four du boulanger est en panne")
    assert len(said) == 2
    same = chained("note", "Le four du boulanger est en panne", "Le four du boulanger est trop petit")
    assert len(same) == 1


def test_no_sentence_says_that_one_said_that_one_did() -> None:
    said = chained("note", "On a appris la fermeture par le journal", "On ne voit plus le garde champêtre")
    assert said[0].count("on a appris la fermeture par le journal") == 1
    assert not [text for text in said if re.search(r"\bon (?:a|constate)\b.* qu’on\b", text, re.IGNORECASE)], said


def test_someone_who_corrects_herself_is_not_quoted_as_two() -> None:
    texts = ("Nous au moulin on n'a pas les relevés", "on a des relevés mais tous les six mois")
    assert len(chained("enquete", *texts, related=True, one_voice=True)) == 2
    assert len(chained("enquete", *texts, related=True)) == 1


def test_notes_in_a_row_share_a_sentence_rather_than_a_formula() -> None:
    texts = [
        "Contrats de trois mois, puis chômage", "Saisonniers en camion, sans douche",
        "Four en panne, client perdu", "Studios rares, loyers doublés", "Route fermée, car supprimé",
    ]  # fmt: skip
    said = chained("note", *texts)
    assert len(said) <= 3
    assert sum("ceci" in text for text in said) <= 1
