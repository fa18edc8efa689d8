"""The words that one text alone says, found where they are quoted."""

from __future__ import annotations

import pytest

from pipeline.ingest.withdrawal.quotations import OwnWords

MINE = "Mon voisin du troisième prête son garage aux jeunes"
OTHERS = ("Les jeunes de mon voisin", "il prête son garage aux autres")
QUOTES = [
    ("Titre : mon VOISIN du troisieme prete son garage aux jeunes !", "Titre : [retiré] !"),
    ("voisin du troisième, prête", "[retiré]"),
    ("il prête son garage aux jeunes du lycée", "il prête [retiré] du lycée"),
    ("il prête son garage aux autres", "il prête son garage aux autres"),
    ("un garage prêté", "un garage prêté"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), QUOTES, ids=[text or "vide" for text, _ in QUOTES])
def test_runs_of_its_own_words_go(text: str, expected: str) -> None:
    own = OwnWords(MINE, OTHERS, 4)
    assert own.scrubbed(text) == expected
    assert own.are_in(text) == (text != expected)


def test_what_others_say_too_stays() -> None:
    assert not OwnWords("Plus de bus le soir", ["plus de bus le soir !"], 4).are_in("Plus de bus le soir")


def test_a_short_text_is_looked_for_whole() -> None:
    assert OwnWords("Garage prêté", (), 4).scrubbed("Un garage prêté par an") == "Un [retiré] par an"
    assert OwnWords("Garage", (), 4).scrubbed("Garage !") == "[retiré] !"
    assert OwnWords("Garage", (), 4).scrubbed("Un garage") == "Un garage"
