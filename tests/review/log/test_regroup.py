"""An answer about two ideas → groups formed again."""

from __future__ import annotations

from collections import Counter

from reading import facts, group_named

from pipeline.review.log.regroup import Formed, foresee, is_hers, to_name, words_for
from pipeline.review.pairs.graph import Pair, pair_of
from pipeline.review.session import Session, Wish

BUS, TEMPS = "Pas assez de bus le soir", "Le temps manque pour se coordonner"
CAR, MEETINGS = "Sans voiture on ne peut pas venir aux ateliers", "Les réunions se chevauchent, personne ne vient"
COLD, PHONE = "Le local est froid en hiver", "Personne ne répond au téléphone de la préfecture"


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
    assert foresee(session.state, pair(session, CAR, MEETINGS), False) == Formed({}, {})
    one, other = session.state.items_of(group_named(session.state, BUS))[:2]
    assert foresee(session.state, pair_of(one.item_id, other.item_id), True) == Formed({}, {})


def test_gains_are_counted() -> None:
    joined = Formed({"a": "X", "b": "X", "c": "Y", "d": "Y"}, dict.fromkeys("abcd", "X"))
    assert joined.gains(True) == Counter(joined=1)
    moved = Formed({"a": "X", "b": "X", "c": "Y", "d": "Y"}, {"a": "Y", "b": None, "c": "Y", "d": "Y"})
    assert moved.gains(True) == Counter(moved=1)
    placed = Formed({"a": None, "b": "X", "c": "X"}, dict.fromkeys("abc", "X"))
    assert placed.gains(True) == Counter(placed=1)
    assert Formed({"a": None, "b": None}, {"a": "N", "b": "N"}).gains(True) == Counter(formed=1)
    third = Formed({"a": "X", "b": "X", "c": "Y", "d": "Y"}, {"a": "N", "b": "X", "c": "N", "d": "Y"})
    assert third.gains(True) == Counter(formed=1)
    parted = Formed(dict.fromkeys("abc", "X"), {"a": "X", "b": "X", "c": None})
    assert parted.gains(False) == Counter(parted=1)
    assert Formed({}, {}).gains(True) == Formed({}, {}).gains(None) == Counter()


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
    assert not is_hers(session.state, session.state.groups[bus])
    session.act("Anne", Wish("move", items=ids(session, COLD)), group_id=temps)
    session.act("Anne", Wish("accept", groups=(bus,)))
    assert is_hers(session.state, session.state.groups[bus])
    assert is_hers(session.state, session.state.groups[temps])
    papers = session.state.items[ids(session, PHONE)[0]].group_id
    assert not is_hers(session.state, session.state.groups[str(papers)])


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
