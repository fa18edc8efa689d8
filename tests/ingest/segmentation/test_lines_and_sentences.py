"""Coarse cuts: lines, sentence ends, lists."""

from itertools import pairwise

import pytest
from labelled import each

from pipeline.ingest.segmentation.lines_and_sentences import (
    ABBREVIATIONS,
    ABBREVIATIONS_BEFORE_NUMBERS,
    CLOSING_ABBREVIATIONS,
    cut_lines,
    cut_lists,
    cut_sentences,
    cut_width,
    is_cut,
    is_over,
)


def pieces(text: str, cut: object) -> list[str]:
    cuts: dict[int, int] = {}
    cut(text, cuts)  # type: ignore[operator]
    edges = [0, *sorted(cuts), len(text)]
    return [text[a:b].strip() for a, b in pairwise(edges)]


test_sentences = each(
    lambda text: len(pieces(text, cut_sentences)),
    ("Le toit fuit. La scène penche.", 2),
    ("Voir p. 12 du dossier", 1),
    ("Formation : 2 j. par an", 1),
    ("les subv. arrivent en déc., après la saison", 1),
    ("M. Arnaud ouvre à 8 h. Le soir il ferme.", 2),
    ("Quel bruit ! Quelle chaleur ?", 2),
)


def test_a_line_that_its_editor_cut_goes_on() -> None:
    assert len(pieces("Nous demandons un abri pour les vélos des élèves et\ndes agents", cut_lines)) == 1
    assert len(pieces("un abri\nun banc", cut_lines)) == 2


test_lists = each(
    lambda text: len(pieces(text, cut_lists)),
    ("un bal / un loto / une kermesse", 3),
    ("auprès des clubs / associations", 1),
    ("1. un bal 2. un loto", 2),
    ("un parking relais ; des bus du soir", 2),
    ("Trop de bruit -> personne ne dort", 1),
    ("Trop de bruit -> fermer la rue", 2),
)


@pytest.mark.parametrize(
    ("word", "lists"),
    [("fig", {"any", "before numbers"}), ("etc", {"any", "closing"}), ("mme", {"any"}), ("quai", set())],
)
def test_the_full_stop_of_an_abbreviation(word: str, lists: set[str]) -> None:
    known = {
        "any": ABBREVIATIONS, "before numbers": ABBREVIATIONS_BEFORE_NUMBERS, "closing": CLOSING_ABBREVIATIONS
    }  # fmt: skip
    assert {name for name, words in known.items() if word in words} == lists


PAGE = (
    "Le quai glisse depuis que la commune a retiré les planches du",
    "Ponton neuf et depuis que les vedettes y passent trop vite le",
    "12 mai comme les autres jours de la semaine et du mois entier",
    "Un banc",
)


def test_an_editor_cuts_full_lines_in_the_middle_of_a_sentence() -> None:
    width = cut_width(PAGE)
    assert width == len(PAGE[2])
    assert [is_cut(line, following, width) for line, following in pairwise(PAGE)] == [True, True, False]
    assert is_over(PAGE[0], PAGE[1], width) and not is_over(PAGE[3], PAGE[0], width)
    assert cut_width(("Un banc", "Un quai", "Un bac")) == 0
