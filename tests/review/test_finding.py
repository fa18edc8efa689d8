"""Sentences looked for, in any form of their words; filters whose counts follow; who says a group."""

from __future__ import annotations

from labelled import false_of, true_of
from reading import weak_signals

from pipeline.review.finding import CHANNEL, TABLE, Wanted, columns_of, find, matcher
from pipeline.review.session import Session

test_a_word_is_found_in_any_form = true_of(
    lambda query, text: matcher(query)(text),
    ("ECOLE", "Le four de l’école"),
    ("bénévole", "Former des bénévoles à l'aide aux démarches"),
    ("pouvoir", "Les jeunes ne peuvent pas venir"),
    ("peut", "Ils ne peuvent pas venir"),
    ("organisation", "Qui organise la journée ?"),
    ("habitant", "Des habitant·e·s accueillent"),
    ("covoit", "On pourrait covoiturer"),
    ("local", "Des locaux vides"),
    ("pas de bus", "Le bus manque"),
    ("", "N'importe quoi"),
)

test_other_words_are_not = false_of(
    lambda query, text: matcher(query)(text),
    ("école four", "Le four du hameau"),
    ("bus", "Un abus"),
    ("car", "Le bocal"),
)


def test_columns_that_tell_kinds_of_people(session: Session) -> None:
    assert columns_of(session.state) == (TABLE, CHANNEL, "commune")  # one profile for all tells nothing


def test_counts_follow_the_other_filters(session: Session) -> None:
    state, columns = session.state, columns_of(session.state)
    everything = find(state, Wanted(), columns)
    assert len(everything.items) == len(state.items)
    assert sum(everything.counts["axe"].values()) == len(state.items)
    bus = find(state, Wanted(query="bus"), columns)
    assert {"bus" in item.text.lower() for item in bus.items} == {True}
    one = find(state, Wanted(query="bus", chosen={TABLE: "2"}), columns)
    assert bus.counts[TABLE]["2"] == len(one.items) == one.counts[TABLE]["2"]
    assert one.counts[TABLE] == bus.counts[TABLE]  # its own values stay to choose from
    assert sum(one.counts["axe"].values()) == len(one.items)
    assert find(state, Wanted(kind="signaux"), columns).items == tuple(weak_signals(state))
    assert find(state, Wanted(votes=1), columns).items == ()
