"""What no model reads: answers that say nothing, other languages, whole pages."""

import numpy as np
import pandas as pd
import pytest
from labelled import each

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.model import Scored, unreadable_reason, with_doubts

test_an_answer_that_says_nothing_is_off_the_axes = each(
    unreadable_reason,
    "RAS",
    "r.a.s.",
    "Idem",
    "néant",
    "N/A",
    "NSP",
    "Rien à signaler.",
    "rien",
    "Ne sait pas",
    "Je ne sais pas !",
    "sans avis",
    "Pas d’avis",
    "aucune remarque",
    "Pas de réponse",
    "non concernée",
    "…",
    "12",
    "",
    is_told="vide",
)

test_a_text_that_says_something_is_read = each(
    unreadable_reason,
    "Rien le dimanche",
    "Pas de réponse de la mairie depuis un an",
    "Aucune salle",
    "On ne sait pas qui appeler",
    "Sans objet défini, la réunion ne sert à rien",
    "Rasés, les arbres de la place",
    "Idem pour les transports",
    "Pas d'avis de passage",
    "Aucun bus",
    "merci",
    is_told="",
)


def test_other_languages_and_pages_are_told() -> None:
    assert unreadable_reason("We should have more buses for the people that work at night") == "autre_langue"
    assert unreadable_reason("le car du soir " * 200) == "trop_long"


CODES = [f"p_{code}" for code in AXIS_CODES]
UNSURE = [0.05, 0.45, 0.30, 0.15, 0.05]
LONG = "le bus ne passe plus le soir"


def surely(alone: str, bare: str) -> Scored:
    """An idea that is of one axis by itself, and of one by its words without their heading."""
    chances = [np.eye(5)[[AXIS_CODES.index(code)]] for code in (alone, bare)]
    return Scored(chances[0], chances[1], np.zeros((1, 0), np.float32), np.zeros((1, 0), np.float16))


@pytest.mark.parametrize(
    ("text", "reason", "alone", "bare", "doubt", "other"),
    [
        (LONG, "", "est", "sud", "titre", "sud"),
        (LONG, "", "ouest", "est", "voisines", "ouest"),
        (LONG, "", "ouest", "sud", "titre", "sud"),
        ("le bus", "", "est", "est", "court", "sud"),
        (LONG, "", "est", "est", "proches", "sud"),
        (LONG, "autre_langue", "est", "sud", "autre_langue", "sud"),
    ],
)
def test_what_is_to_reread_says_which_axes_hesitate_and_why(
    text: str, reason: str, alone: str, bare: str, doubt: str, other: str
) -> None:
    tags = pd.DataFrame([UNSURE], columns=CODES).assign(axis="est", second_axis="sud", status="a_relire")
    scored = surely(alone, bare)
    found = with_doubts(tags, [text], [reason], scored)
    assert found["doubt"].tolist() == [doubt]
    assert found["second_axis"].tolist() == [other]
    sure = with_doubts(tags.assign(status="sur", second_axis=None), [text], [""], scored)
    assert sure["doubt"].isna().all()
    assert sure["second_axis"].isna().all()


def test_an_idea_that_leans_nowhere_says_so() -> None:
    flat = pd.DataFrame([[0.24, 0.22, 0.2, 0.18, 0.16]], columns=CODES)
    tags = flat.assign(axis="nord", second_axis=None, status="a_relire")
    found = with_doubts(tags, [LONG], [""], surely("nord", "nord"))
    assert (found["doubt"].tolist(), found["second_axis"].tolist()) == (["epars"], ["est"])
