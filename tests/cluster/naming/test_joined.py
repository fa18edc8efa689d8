"""Two titles told as one."""

from __future__ import annotations

from pipeline.cluster.naming.candidate import Candidate, Title
from pipeline.cluster.naming.joined import joined_titles


def candidate(text: str, covered: list[bool], kind: str = "noun", key: str = "") -> Candidate:
    return Candidate(Title(text, None, tuple(covered)), frozenset((key or text).split()), 1.0, kind)


def test_two_titles_that_are_true_of_more_together_are_one() -> None:
    parts = [candidate("Le ponton", [True, True, False]), candidate("La criée", [False, False, True])]
    (found,) = joined_titles(parts, 88)
    assert found.title.text == "Le ponton et la criée"
    assert found.title.covered == (True, True, True)
    assert found.title.coverage == 1.0
    assert found.title.n_parts == 2


def test_titles_of_two_kinds_of_one_thing_or_too_long_are_not_joined() -> None:
    ponton = candidate("Le ponton", [True, False], key="ponton")
    assert joined_titles([ponton, candidate("Ouvrir la criée", [False, True], "infinitive")], 88) == []
    assert joined_titles([ponton, candidate("Le ponton rouge", [False, True], key="ponton rouge")], 88) == []
    assert joined_titles([ponton, candidate("La criée", [False, True])], 12) == []
    assert joined_titles([ponton, candidate("La criée", [True, False])], 88) == []
    assert joined_titles([], 88) == []
