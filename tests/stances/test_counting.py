"""Who is on which side, each counted once."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stances.counting import (
    Heard,
    OfCard,
    Sides,
    Spread,
    conclusion,
    count_sides,
    count_spread,
    n_ideas,
    told_sides,
)


def side(item: str, stance: str, voice: str = "", lead: str = "", workshop: str = "a") -> Heard:
    return Heard(item, lead, voice, workshop, "", "postit", stance)


def test_a_voice_counts_once_however_often_it_says_so() -> None:
    pasted = [side(f"i{n}", "contre", voice="Léa") for n in range(14)]
    assert count_sides([*pasted, side("j", "pour", voice="Omar")]) == Sides(1, 1, 0, 0)


def test_ideas_of_unknown_voices_count_each_and_what_repeats_one_with_it() -> None:
    said = [side("i", "contre"), side("j", "contre", lead="i"), side("k", "contre"), side("l", "inconnu")]
    assert count_sides(said) == Sides(0, 2, 0, 1)


def test_who_says_what_another_said_is_somebody_else() -> None:
    said = [side("i", "contre", voice="Léa"), side("j", "contre", voice="Omar", lead="i")]
    assert count_sides(said) == Sides(0, 2, 0, 0)


def test_who_takes_both_sides_is_for_on_a_condition_and_a_side_outweighs_none() -> None:
    both = [side("i", "pour", voice="Léa"), side("j", "contre", voice="Léa")]
    once = [side("k", "inconnu", voice="Omar"), side("l", "contre", voice="Omar")]
    assert count_sides([*both, *once]) == Sides(0, 1, 1, 0)


def test_where_a_group_comes_from_is_counted_as_written() -> None:
    """A known voice and four unknown ones at a table, one of another: (1 + 2 + 1 + √9) × 1.25; two ideas: √2."""
    said = [Heard(f"i{n}", "", voice, "a", table, "postit", "inconnu") for n, (voice, table) in enumerate(
        [("Léa", "1"), ("", "1"), ("", "1"), ("", "1"), ("", "1"), ("", "2")]
    )]  # fmt: skip
    tied = Heard("j", "i0", "Léa", "a", "1", "note", "inconnu")
    assert count_spread([*said, tied], 9) == Spread(7, 6, 9, 1, 2, 2, 8.75)
    assert count_spread([side(one, "inconnu") for one in "kl"], 0) == Spread(2, 2, 0, None, 0, 1, 1.414)


def test_what_repeats_an_idea_that_is_not_there_is_one() -> None:
    assert n_ideas([side("i", "pour"), side("j", "pour", lead="i"), side("k", "pour", lead="hidden")]) == 2


def test_one_voice_of_two_workshops_is_two_people() -> None:
    said = [side("i", "pour", voice="1"), side("j", "pour", voice="1", workshop="b")]
    assert count_sides(said) == Sides(2, 0, 0, 0)


def test_sides_are_told_apart_and_only_where_somebody_takes_one() -> None:
    assert told_sides(Sides(3, 2, 0, 4)) == "pour 3, contre 2, sans position 4"
    assert told_sides(Sides(0, 0, 1, 0)) == "à condition 1"
    assert told_sides(Sides(0, 0, 0, 7)) == ""


SIDES = st.lists(
    st.tuples(
        st.sampled_from(("pour", "contre", "nuance", "inconnu")),
        st.sampled_from(("", "", "Léa", "Omar")),
        st.integers(min_value=0, max_value=9),
        st.sampled_from(("a", "b")),
    ),
    max_size=10,
)


@given(SIDES, st.randoms())
def test_the_sides_and_those_without_one_are_all(rows: list[tuple[str, str, int, str]], order: random.Random) -> None:
    said = [
        side(f"i{n}", stance, voice, f"i{lead}" if lead < n else "", workshop)
        for n, (stance, voice, lead, workshop) in enumerate(rows)
    ]
    counts = count_sides(said)
    voices = {(one.workshop, one.voice) for one in said if one.voice}
    unknown = [one for one in said if not one.voice]
    assert len(voices) <= sum(counts) <= len(voices) + len(unknown)
    if not any(one.tied_to for one in said):
        assert sum(counts) == len(voices) + len(unknown)
    shuffled = list(said)
    order.shuffle(shuffled)
    assert count_sides(shuffled) == counts


@pytest.mark.parametrize(
    ("card", "place"),
    [
        ((("est", True, ""),), 0),
        ((("est", True, ""), ("sud", True, "")), 1),
        ((("est", True, ""), ("sud", False, "")), 0),
        ((("sud", True, ""), ("est", True, "")), 0),
        ((("est", True, ""), ("nord", True, "un")), 1),
        ((("est", True, ""), ("nord", False, "un")), 0),
        ((("est", True, ""), ("nord", True, "")), 0),
        ((("est", True, ""), ("ouest", True, ""), ("sud", True, "")), 0),
        ((("ouest", True, ""), ("est", True, "un"), ("sud", True, "")), 2),
    ],
)
def test_people_vote_for_what_a_card_opens_on_or_comes_to(card: tuple[tuple[str, bool, str], ...], place: int) -> None:
    words = ("un", "deux", "trois")
    told = [OfCard(axis, is_sure, words[rank], lead) for rank, (axis, is_sure, lead) in enumerate(card)]
    assert conclusion(told) == place
