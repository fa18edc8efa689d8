"""Columns brought together: people first, then the machine where nothing speaks against it."""

from __future__ import annotations

import pytest

from pipeline.programme.columns import Column, Near
from pipeline.programme.threads import Decided, weave

SURE, DOUBTFUL = (0.6, 0.4), (0.35, 0.1)
PLACES = ("a", "b", "c")


def columns(*keys: str, vouched: bool = True) -> dict[str, Column]:
    return {key: Column(key, key[0], "est", (), None, "", vouched) for key in keys}


def near(one: str, other: str, how: tuple[float, float] = SURE) -> Near:
    return Near(one, other, *how)


@pytest.fixture(autouse=True)
def _not_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Column, "is_alone", False)


def held(found: object) -> list[tuple[str, ...]]:
    return sorted(thread.columns for thread in found.threads)  # type: ignore[attr-defined]


def test_what_is_near_from_one_to_the_next_is_one() -> None:
    woven = weave(columns("a1", "b1", "c1"), [near("a1", "b1"), near("b1", "c1")], Decided(), PLACES)
    assert held(woven) == [("a1", "b1", "c1")]


def test_what_no_person_vouches_for_is_asked() -> None:
    woven = weave(columns("a1", "b1", vouched=False), [near("a1", "b1")], Decided(), PLACES)
    assert (held(woven), [one[:2] for one in woven.questions]) == ([], [("a1", "b1")])


def test_a_person_goes_before_the_machine() -> None:
    given = [near("a1", "b1"), near("a2", "b2", DOUBTFUL)]
    decided = Decided(said={("a1", "b1"): (False, "Anne"), ("a2", "b2"): (True, "Anne")})
    woven = weave(columns("a1", "b1", "a2", "b2"), given, decided, PLACES)
    assert (held(woven), woven.questions) == ([("a2", "b2")], ())


def test_the_machine_never_puts_two_groups_of_a_workshop_together() -> None:
    given = [near("a1", "b1"), near("b1", "c1"), near("a2", "c1")]
    woven = weave(columns("a1", "a2", "b1", "c1"), given, Decided(), PLACES)
    assert held(woven) == [("a1", "b1", "c1")]


def test_what_a_person_parted_is_not_joined_by_the_way_round() -> None:
    given = [near("a1", "b1"), near("b1", "c1")]
    woven = weave(columns("a1", "b1", "c1"), given, Decided(said={("a1", "c1"): (False, "Anne")}), PLACES)
    assert held(woven) == [("a1", "b1")]


def test_parts_of_one_group_of_a_run_are_one() -> None:
    parts = {key: Column(key, key[0], "est", (), None, "run/g") for key in ("a1", "b1")}
    assert held(weave(parts, [], Decided(), PLACES)) == [("a1", "b1")]


def test_the_last_title_that_a_person_gave_stands() -> None:
    decided = Decided(titles=[(("a1",), "Un", "Anne"), (("b1", "a1"), "Deux", "Luc")])
    (thread,) = weave(columns("a1", "b1"), [near("a1", "b1")], decided, PLACES).threads
    assert (thread.title, thread.titled_by) == ("Deux", "Luc")
