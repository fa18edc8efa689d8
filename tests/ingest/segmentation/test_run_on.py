"""Long speech without stops: where it goes on to something else."""

from __future__ import annotations

import pytest

from pipeline.ingest.segmentation.clauses import run_on_cuts

CLUB = "le club a trois équipes de jeunes qui jouent le samedi matin sur le vieux terrain"
VETERANS = "on a aussi deux équipes de vétérans qui jouent le dimanche soir"


@pytest.mark.parametrize("link", ["et puis", "donc", "et puis euh", "en plus", "par contre", "alors du coup"])
def test_a_link_of_speech_and_a_new_clause(link: str) -> None:
    text = f"{CLUB} {link} {VETERANS}"
    assert [text[cut:] for cut in run_on_cuts(text, 0, len(text))] == [f"{link} {VETERANS}"]


WHOLE = [
    ("a short stretch", "on joue le samedi et puis on joue le dimanche"),
    ("no link", f"{CLUB} avec {VETERANS}"),
    ("no subject after the link", f"{CLUB} et puis parfois aussi le mercredi soir quand il fait encore jour"),
    ("few words after", f"{CLUB} avec les parents qui aident et puis on part"),
    ("few words before", f"on a marché et puis {CLUB} avec tous les parents de la commune"),
    ("a word that holds open", f"{CLUB} parce que et puis {VETERANS}"),
]


@pytest.mark.parametrize("text", [case[1] for case in WHOLE], ids=[case[0] for case in WHOLE])
def test_what_goes_on(text: str) -> None:
    assert run_on_cuts(text, 0, len(text)) == []


def test_cuts_are_places_of_the_whole_text() -> None:
    before, speech = "Bonjour à tous. ", f"{CLUB} et puis {VETERANS}"
    (cut,) = run_on_cuts(before + speech, len(before), len(before) + len(speech))
    assert (before + speech)[cut:] == f"et puis {VETERANS}"


def test_each_part_is_long_enough() -> None:
    text = f"{CLUB} et puis {VETERANS} donc on voudrait un créneau de plus pour tout le monde"
    found = [text[cut:] for cut in run_on_cuts(text, 0, len(text))]
    assert [part.split(" on ")[0] for part in found] == ["et puis", "donc"]
