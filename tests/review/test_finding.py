"""Sentences looked for, in any form of their words."""

from labelled import false_of, true_of
from reading import weak_signals

from pipeline.review.finding import find, matcher
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


def test_axes_are_counted_whichever_is_asked_for(session: Session) -> None:
    state = session.state
    everything, by_axis = find(state)
    assert len(everything) == len(state.items) == sum(by_axis.values())
    bus, by_axis = find(state, query="bus")
    assert {"bus" in item.text.lower() for item in bus} == {True}
    one, again = find(state, query="bus", axis="est")
    assert len(one) == by_axis["est"] > 0
    assert again == by_axis
    assert find(state, kind="signaux")[0] == list(weak_signals(state))
