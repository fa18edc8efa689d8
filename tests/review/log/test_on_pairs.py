"""An answer about two ideas: what it would do, what it does, what it leaves to people."""

from __future__ import annotations

from collections import Counter

from reading import facts, group_named

from pipeline.contracts.checks import validate
from pipeline.review.log.on_pairs import Regrouping, foresee, is_decided, name_group, to_name, words_for
from pipeline.review.pairs import Pair, pair_of
from pipeline.review.session import Session, Wish
from pipeline.review.stage import review
from pipeline.workshop.records import MachineTables

BUS, TEMPS = "Pas assez de bus le soir", "Le temps manque pour se coordonner"
CAR, MEETINGS = "Sans voiture on ne peut pas venir aux ateliers", "Les réunions se chevauchent, personne ne vient"
COLD, PHONE = "Le local est froid en hiver", "Personne ne répond au téléphone de la préfecture"
LOST, MINIBUS = "Les démarches en ligne perdent les personnes âgées", "Mettre en commun nos minibus"


def ids(session: Session, *texts: str) -> tuple[str, ...]:
    return tuple(session.state.by_text[text][0] for text in texts)


def pair(session: Session, one: str, other: str) -> Pair:
    return pair_of(*ids(session, one, other))


def test_what_an_answer_would_do_is_foreseen_and_nothing_is_done(session: Session) -> None:
    before = facts(session.state)
    found = foresee(session.state, pair(session, CAR, MEETINGS), True)
    car, meetings = ids(session, CAR, MEETINGS)
    assert found.before[car] != found.before[meetings]
    assert found.after[car] == found.after[meetings] is not None
    assert facts(session.state) == before


def test_an_answer_that_says_what_is_changes_nothing(session: Session) -> None:
    assert foresee(session.state, pair(session, CAR, MEETINGS), False) == Regrouping({}, {})
    one, other = session.state.items_of(group_named(session.state, BUS))[:2]
    assert foresee(session.state, pair_of(one.item_id, other.item_id), True) == Regrouping({}, {})


def test_gains_are_counted() -> None:
    joined = Regrouping({"a": "X", "b": "X", "c": "Y", "d": "Y"}, dict.fromkeys("abcd", "X"))
    assert joined.gains(True) == Counter(joined=1)
    moved = Regrouping({"a": "X", "b": "X", "c": "Y", "d": "Y"}, {"a": "Y", "b": None, "c": "Y", "d": "Y"})
    assert moved.gains(True) == Counter(moved=1)
    placed = Regrouping({"a": None, "b": "X", "c": "X"}, dict.fromkeys("abc", "X"))
    assert placed.gains(True) == Counter(placed=1)
    assert Regrouping({"a": None, "b": None}, {"a": "N", "b": "N"}).gains(True) == Counter(formed=1)
    third = Regrouping({"a": "X", "b": "X", "c": "Y", "d": "Y"}, {"a": "N", "b": "X", "c": "N", "d": "Y"})
    assert third.gains(True) == Counter(formed=1)
    parted = Regrouping(dict.fromkeys("abc", "X"), {"a": "X", "b": "X", "c": None})
    assert parted.gains(False) == Counter(parted=1)
    assert Regrouping({}, {}).gains(True) == Regrouping({}, {}).gains(None) == Counter()


def test_the_largest_part_keeps_the_id_and_the_title(session: Session) -> None:
    bus = group_named(session.state, BUS)
    items = session.state.items_of(bus)
    parted = pair_of(items[0].item_id, items[-1].item_id)
    session.act("Anne", Wish("meme", items=parted), value=False)
    group = session.state.groups[bus]
    assert group.title == BUS
    assert 0 < group.n_items < len(items)
    others = {session.state.items[item.item_id].group_id for item in items} - {bus}
    assert len(others) == 1
    assert group.n_true is None  # of whom its title is true was not read again


def test_a_group_that_an_answer_makes_is_called_by_the_words_of_one(session: Session) -> None:
    session.act("Anne", Wish("move", items=ids(session, CAR)))
    session.act("Anne", Wish("meme", items=ids(session, COLD, CAR)), value=True)
    made = session.state.groups[str(session.state.items[ids(session, COLD)[0]].group_id)]
    assert (made.n_items, made.n_true, made.title) == (2, 1, COLD)


def test_a_group_is_hers_once_she_decided_about_it_or_put_words_in_it(session: Session) -> None:
    bus, temps = group_named(session.state, BUS), group_named(session.state, TEMPS)
    assert not is_decided(session.state, session.state.groups[bus])
    session.act("Anne", Wish("move", items=ids(session, COLD)), group_id=temps)
    session.act("Anne", Wish("accept", groups=(bus,)))
    assert is_decided(session.state, session.state.groups[bus])
    assert is_decided(session.state, session.state.groups[temps])
    papers = session.state.items[ids(session, PHONE)[0]].group_id
    assert not is_decided(session.state, session.state.groups[str(papers)])


def test_groups_that_answers_change_are_to_be_named_again_unless_a_person_decided_about_them(session: Session) -> None:
    papers = session.state.groups[str(session.state.items[ids(session, PHONE)[0]].group_id)]
    title = papers.title
    assert to_name(session.state) == []
    session.act("Anne", Wish("meme", items=ids(session, COLD, PHONE)), value=True)
    assert [group.group_id for group in to_name(session.state)] == [papers.group_id]
    assert session.state.groups[papers.group_id].title == title
    session.act("Anne", Wish("accept", groups=(papers.group_id,)))
    assert to_name(session.state) == []


def test_a_group_is_called_by_the_shortest_of_its_central_words(session: Session) -> None:
    items = [session.state.items[key] for key in ids(session, PHONE, COLD)]
    assert words_for(session.state, items) == COLD


def asked(session: Session, one: str, other: str) -> Wish:
    return Wish("meme", items=tuple(session.state.by_text[text][0] for text in (one, other)))


def groups_of(session: Session, *texts: str) -> list[str | None]:
    return [session.state.items[session.state.by_text[text][0]].group_id for text in texts]


def test_yes_puts_both_in_one_group_at_once(session: Session) -> None:
    _, outcome = session.act("Anne", asked(session, CAR, MEETINGS), value=True)
    one, other = groups_of(session, CAR, MEETINGS)
    assert one == other is not None
    assert outcome.state == "rejouee"
    assert outcome.message in ("Un groupe réuni à un autre.", "Une idée changée de groupe.")
    assert session.state.groups[str(one)].decided_by is None
    assert session.state.groups[str(one)].n_items == len(session.state.members[str(one)])


def test_a_weak_signal_enters_a_group(session: Session) -> None:
    papers = groups_of(session, PHONE)[0]
    _, outcome = session.act("Anne", asked(session, COLD, PHONE), value=True)
    assert groups_of(session, COLD, PHONE) == [papers, papers]
    assert outcome.message == "Une idée rangée dans un groupe."
    assert session.state.answers.gains == {"placed": 1}


def test_what_was_said_to_be_the_same_is_on_one_stack_through_others(session: Session) -> None:
    papers = str(groups_of(session, PHONE)[0])
    cold, phone = (session.state.by_text[text][0] for text in (COLD, PHONE))
    before = session.state.items[phone].stack_id
    decision, _ = session.act("Anne", asked(session, COLD, PHONE), value=True)
    stack = session.state.items[cold].stack_id
    assert stack == session.state.items[phone].stack_id in session.state.members[papers]
    assert {item.stack_id for item in session.state.items_of(papers)} >= {stack}
    session.set_undone("Anne", decision.decision_id, True)
    assert (session.state.items[cold].stack_id, session.state.items[phone].stack_id) == (None, before)


def test_no_parts_a_group_and_holds_through_others(session: Session) -> None:
    one, other = (item.text for item in session.state.items_of(group_named(session.state, BUS))[:2])
    _, outcome = session.act("Anne", asked(session, one, other), value=False)
    assert outcome.message == "Un groupe séparé."
    first, second = groups_of(session, one, other)
    assert first != second


def test_not_knowing_is_kept_and_changes_nothing(session: Session) -> None:
    before = facts(session.state)["members"]
    _, outcome = session.act("Anne", asked(session, CAR, MEETINGS))
    assert (outcome.state, outcome.message) == ("rejouee", "")
    assert facts(session.state)["members"] == before
    assert len(session.state.answers.said) == 1


def test_a_group_that_she_accepted_changes_only_with_her_consent(session: Session) -> None:
    papers = str(groups_of(session, PHONE)[0])
    session.act("Odile", Wish("accept", groups=(papers,)))
    members = set(session.state.members[papers])
    decision, outcome = session.act("Anne", asked(session, COLD, PHONE), value=True)
    assert set(session.state.members[papers]) == members
    assert "reste comme vous l'avez décidé" in outcome.message
    session.set_undone("Anne", decision.decision_id, True)
    session.act("Anne", asked(session, COLD, PHONE), value=True, agreed=True)
    assert groups_of(session, COLD, PHONE) == [papers, papers]
    assert members < set(session.state.members[papers])
    assert session.state.groups[papers].state == "accepte"


def test_contradictions_are_told_and_change_nothing(session: Session) -> None:
    session.act("Anne", asked(session, COLD, PHONE), value=True)
    session.act("Marc", asked(session, PHONE, LOST), value=True)
    before = facts(session.state)
    _, outcome = session.act("Odile", asked(session, COLD, LOST), value=False)
    assert outcome.state == "conflit"
    assert "Anne a dit que" in outcome.message
    assert "Marc a dit que" in outcome.message
    assert facts(session.state) == before


def test_changing_ones_mind_replaces_the_answer_and_says_so(session: Session) -> None:
    session.act("Anne", asked(session, COLD, PHONE), value=True)
    _, outcome = session.act("Marc", asked(session, PHONE, COLD), value=False)
    assert outcome.message.startswith("Anne avait répondu oui : cette réponse la remplace.")
    assert groups_of(session, COLD) != groups_of(session, PHONE)


def test_words_of_two_axes_are_not_put_together(session: Session) -> None:
    _, outcome = session.act("Anne", asked(session, CAR, MINIBUS), value=True)
    assert outcome.state == "conflit"
    assert "axe" in outcome.message


def test_what_is_said_twice_is_not_parted(machine: MachineTables, session: Session) -> None:
    pair = pair_of(*(session.state.by_text[text][0] for text in (COLD, PHONE)))
    near = machine.near_pairs.copy()
    is_pair = near["one_item"].eq(pair[0]) & near["other_item"].eq(pair[1])
    tables = {name: getattr(machine, name) for name in MachineTables.__dataclass_fields__}
    tables["near_pairs"] = near.assign(chance=near["chance"].mask(is_pair, 1.0))
    other = Session(session.run, MachineTables(**tables))
    assert other.act("Anne", Wish("meme", items=pair), value=False)[1].state == "conflit"


def test_answers_are_replayed_and_undone(session: Session, machine: MachineTables) -> None:
    before = facts(session.state)
    done = [
        session.act("Anne", asked(session, *texts), value=value)[0]
        for texts, value in (((CAR, MEETINGS), True), ((COLD, PHONE), True), ((PHONE, LOST), False))
    ]
    assert facts(Session(session.run, machine).state) == facts(session.state)
    for decision in done:
        session.set_undone("Anne", decision.decision_id, True)
    assert facts(session.state) == before


def test_the_reviewed_tables_hold_the_groups_that_answers_made(session: Session, machine: MachineTables) -> None:
    session.act("Anne", asked(session, COLD, PHONE), value=True)
    found = review(machine, session.run.decisions.lines(), None)
    memberships = validate("reviewed_memberships", found.reviewed_memberships).set_index("item_id")
    cold = memberships.loc[session.state.by_text[COLD][0]]
    assert (cold["group_id"], cold["decided_by"]) == (groups_of(session, PHONE)[0], "Anne")
    assert machine.memberships.set_index("item_id")["group_id"].isna()[cold.name]
    validate("reviewed_groups", found.reviewed_groups)


def test_an_answer_about_words_that_are_gone_is_told(session: Session, machine: MachineTables) -> None:
    session.act("Anne", asked(session, COLD, PHONE), value=True)
    gone = session.state.by_text[COLD][0]
    tables = {name: getattr(machine, name) for name in MachineTables.__dataclass_fields__}
    for name in ("items", "tags", "memberships"):
        tables[name] = tables[name][tables[name]["item_id"] != gone].reset_index(drop=True)
    later = Session(session.run, MachineTables(**tables))
    (outcome,) = later.outcomes.values()
    assert outcome.state == "orpheline"


def test_a_title_that_was_read_again_is_true_of_those_it_was_read_with(session: Session) -> None:
    group = session.state.groups[group_named(session.state, BUS)]
    group.is_counted = False
    name_group(group, "Les bus du soir", None, 0.5)
    assert (group.title, group.n_true) == ("Les bus du soir", round(group.n_items / 2))
