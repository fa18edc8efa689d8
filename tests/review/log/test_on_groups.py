"""Decisions about groups, items moved between them, and the counts that follow."""

import dataclasses

from reading import group_named, weak_signals

from pipeline.review.log.membership import count_again
from pipeline.review.log.ops import describe
from pipeline.review.log.replay import replay
from pipeline.review.log.state import ReviewState
from pipeline.review.session import Session, Wish
from pipeline.workshop.records import MachineTables


def test_a_paragraph_is_flagged_when_its_figures_change(session: Session, bus: str) -> None:
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


def test_a_title_true_of_too_few_is_doubtful_until_a_person_renames_or_accepts(session: Session, bus: str) -> None:
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


def test_rename_move_merge_split_create(session: Session) -> None:
    bus, temps = (
        group_named(session.state, t) for t in ("Pas assez de bus le soir", "Le temps manque pour se coordonner")
    )
    session.act("Anne", Wish("rename", groups=(bus,)), title="Le bus manque")
    assert session.state.groups[bus].title == "Le bus manque"
    assert session.state.groups[bus].decided_by == "Anne"
    assert session.state.groups[bus].worded == {"title"}

    moved = session.state.items_of(bus)[0].item_id
    n = session.state.groups[bus].n_items
    session.act("Anne", Wish("move", items=(moved,)), group_id=temps)
    assert session.state.items[moved].group_id == temps
    assert session.state.groups[bus].n_items == n - 1

    ticked = tuple(item.item_id for item in session.state.items_of(temps)[:2])
    decision, _ = session.act("Anne", Wish("split", items=ticked, groups=(temps,)), title="À part")
    new = str(decision.after.group_id)
    assert set(session.state.members[new]) == set(ticked)
    assert session.state.groups[new].axis == "est"

    session.act("Anne", Wish("merge", groups=(bus, new)))
    assert new not in session.state.groups
    assert set(ticked) <= set(session.state.members[bus])

    weak = tuple(item.item_id for item in weak_signals(session.state) if item.axis == "sud")
    decision, _ = session.act("Anne", Wish("create", items=weak), title="Du commun", axis="sud")
    assert session.state.groups[str(decision.after.group_id)].n_items == len(weak)


def test_merging_groups_of_two_axes_is_a_conflict(session: Session) -> None:
    groups = tuple(group_named(session.state, t) for t in ("Pas assez de bus le soir", "Tenir un agenda partagé"))
    _, outcome = session.act("Anne", Wish("merge", groups=groups))
    assert outcome.state == "conflit"
    assert "axe" in outcome.message
    assert set(groups) <= set(session.state.groups)


def test_groups_that_are_merged_keep_their_stacks(session: Session) -> None:
    bus, temps = (
        group_named(session.state, t) for t in ("Pas assez de bus le soir", "Le temps manque pour se coordonner")
    )
    before = {item.item_id: item.stack_id for key in (bus, temps) for item in session.state.items_of(key)}
    session.act("Anne", Wish("merge", groups=(bus, temps)))
    assert {key: session.state.items[key].stack_id for key in before} == before


def test_counts_are_made_as_the_grouping_stage_makes_them(machine: MachineTables) -> None:
    state = ReviewState.from_machine(machine)
    expected = {key: dataclasses.astuple(group) for key, group in state.groups.items()}
    state.touched = set(state.groups)
    count_again(state)
    assert {key: dataclasses.astuple(group) for key, group in state.groups.items()} == expected


def test_a_part_of_the_text_is_written_erased_and_undone(session: Session) -> None:
    written, _ = session.act("Anne", Wish("ecrire", part="fil_rouge"), text="Un fil.")
    assert session.state.parts == {"fil_rouge": ("Un fil.", "Anne")}
    assert describe(session.state, written) == "a écrit «\u00a0Fil rouge\u00a0»"
    erased, _ = session.act("Odile", Wish("ecrire", part="fil_rouge"))
    assert describe(session.state, erased) == "a effacé «\u00a0Fil rouge\u00a0»"
    assert (session.state.parts, erased.before.value) == ({}, "Un fil.")
    session.set_undone("Odile", erased.decision_id, True)
    assert session.state.parts == {"fil_rouge": ("Un fil.", "Anne")}
    assert replay(session.start, session.log).state.parts == session.state.parts


def test_a_theme_is_renamed_while_it_is_there(session: Session) -> None:
    theme = next(iter(session.state.themes))
    decision, outcome = session.act("Anne", Wish("rename", theme_id=theme), title="Venir et repartir")
    assert (outcome.state, session.state.themes[theme].title) == ("rejouee", "Venir et repartir")
    without = session.start.copy()
    del without.themes[theme]
    assert replay(without, session.log).outcomes[decision.decision_id].state == "orpheline"
