"""Decisions about groups."""

from __future__ import annotations

from reading import group_named

from pipeline.review.log.replay import replay
from pipeline.review.session import Session, Wish


def test_a_paragraph_is_flagged_when_its_figures_change(session: Session) -> None:
    bus = group_named(session.state, "Pas assez de bus le soir")
    moved = session.state.items_of(bus)[0].item_id
    text, _ = session.act("Anne", Wish("texte", groups=(bus,)), text="Six personnes parlent du bus.")
    assert session.outcomes[text.decision_id].message == ""
    state = session.start.copy()
    state.members[bus].pop(moved)
    state.items[moved].group_id = None
    state.touched.add(bus)
    replayed = replay(state, session.log)
    assert "chiffres" in replayed.outcomes[text.decision_id].message
    assert replayed.state.groups[bus].author_text == "Six personnes parlent du bus."


def test_a_verdict_can_be_taken_back(session: Session) -> None:
    group = next(iter(session.state.groups))
    for op, state in (("accept", "accepte"), ("rouvrir", "machine"), ("reject", "rejete"), ("rouvrir", "machine")):
        session.act("Anne", Wish(op, groups=(group,)))
        assert session.state.groups[group].state == state


def test_a_title_true_of_too_few_is_doubtful_until_a_person_renames_or_accepts(session: Session) -> None:
    bus = group_named(session.state, "Pas assez de bus le soir")
    n = session.state.groups[bus].n_items
    for state in (session.start, session.state):
        state.groups[bus].title_coverage = round(2 / n, 4)

    def told() -> tuple[bool, int | None]:
        return session.state.groups[bus].has_doubtful_title, session.state.groups[bus].n_true

    assert [key for key, group in session.state.groups.items() if group.has_doubtful_title] == [bus]
    assert told() == (True, 2)
    renamed, _ = session.act("Anne", Wish("rename", groups=(bus,)), title="Les bus")
    assert told() == (False, None)
    session.set_undone("Anne", renamed.decision_id, True)
    assert told() == (True, 2)
    moved, _ = session.act("Anne", Wish("move", items=(session.state.items_of(bus)[0].item_id,)))
    assert told() == (True, None)  # which ones it is true of is not known any more
    other = next(item.item_id for item in session.state.items.values() if item.axis == "est" and item.group_id != bus)
    exchanged, _ = session.act("Anne", Wish("move", items=(other,)), group_id=bus)
    assert (session.state.groups[bus].n_items, *told()) == (n, True, None)
    session.set_undone("Anne", exchanged.decision_id, True)
    session.set_undone("Anne", moved.decision_id, True)
    session.act("Anne", Wish("accept", groups=(bus,)))
    assert told() == (False, 2)


def test_a_new_title_takes_the_question_of_the_machine_away_not_hers(session: Session) -> None:
    bus, temps = (
        group_named(session.state, title)
        for title in ("Pas assez de bus le soir", "Le temps manque pour se coordonner")
    )
    for group in (bus, temps):
        session.start.groups[group].question = "Comment faire pour que les bus passent ?"
        session.state.groups[group].question = "Comment faire pour que les bus passent ?"
    session.act("Anne", Wish("problematique", groups=(temps,)), question="Où trouver du temps ?")
    session.act("Anne", Wish("accept", groups=(bus,)))
    assert session.state.groups[bus].question == "Comment faire pour que les bus passent ?"
    rename, _ = session.act("Anne", Wish("rename", groups=(bus,)), title="L'accès aux soins")
    session.act("Anne", Wish("rename", groups=(temps,)), title="Le temps")
    assert session.state.groups[bus].question is None
    assert session.state.groups[temps].question == "Où trouver du temps ?"
    session.set_undone("Anne", rename.decision_id, True)
    assert session.state.groups[bus].question == "Comment faire pour que les bus passent ?"
