"""What people decided about which ideas go together."""

from __future__ import annotations

from reading import group_named

from pipeline.review.decided import decided_pairs
from pipeline.review.session import Session, Wish

COLD, PHONE = "Le local est froid en hiver", "Personne ne répond au téléphone de la préfecture"
CAR, BUS = "Sans voiture on ne peut pas venir aux ateliers", "Pas assez de bus le soir"


def test_groups_accepted_ideas_placed_and_answers_are_told(session: Session) -> None:
    before, answers = decided_pairs(session.state)
    assert (before["is_settled"].any(), before["is_placed"].any(), answers) == (False, False, [])
    bus = group_named(session.state, BUS)
    session.act("Anne", Wish("accept", groups=(bus,)))
    session.act("Anne", Wish("move", items=(session.state.by_text[CAR][0],)), group_id=bus)
    session.act("Anne", Wish("meme", items=tuple(session.state.by_text[text][0] for text in (COLD, PHONE))), value=True)
    items, answers = decided_pairs(session.state)
    assert set(items.loc[items["is_settled"], "issue"]) == {bus}
    assert items.loc[items["is_placed"], "text"].tolist() == [CAR]
    ((one, other, value),) = answers
    assert ({items["text"][one], items["text"][other]}, value) == ({COLD, PHONE}, True)
    assert items["issue"][one] == items["issue"][other]


def test_a_group_that_was_rejected_holds_nothing_together(session: Session) -> None:
    bus = group_named(session.state, BUS)
    session.act("Anne", Wish("reject", groups=(bus,)))
    items, _ = decided_pairs(session.state)
    assert bus not in set(items["issue"])
    assert not items["is_settled"].any()
