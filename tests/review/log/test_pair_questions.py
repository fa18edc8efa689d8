"""The pairs to ask about."""

from reading import group_named

from pipeline.review.log.on_pairs import LEAST, TOGETHER, Question, best_question, questions, rank
from pipeline.review.session import Session, Wish

CAR, MEETINGS = "Sans voiture on ne peut pas venir aux ateliers", "Les réunions se chevauchent, personne ne vient"
COLD, PHONE = "Le local est froid en hiver", "Personne ne répond au téléphone de la préfecture"
BUS, TEMPS = "Pas assez de bus le soir", "Le temps manque pour se coordonner"


def in_order(session: Session, axis: str = "") -> list[Question]:
    return sorted(questions(session.state, axis), key=rank)


def is_one_group(session: Session, *keys: str) -> bool:
    groups = {session.state.items[key].group_id for key in keys}
    return len(groups) == 1 and None not in groups


def is_together(session: Session, one: Question) -> bool:
    return is_one_group(session, one.one, one.other)


def texts(session: Session, axis: str = "") -> list[set[str]]:
    items = session.state.items
    return [{items[one.one].text, items[one.other].text} for one in in_order(session, axis)]


def test_the_likeliest_pairs_that_are_apart_come_first(session: Session) -> None:
    found = in_order(session)
    assert texts(session)[0] == {CAR, MEETINGS}
    assert [one.chance for one in found if not is_together(session, one)][:3] == [0.35, 0.3, 0.2]
    assert [one.worth for one in found] == sorted((one.worth for one in found), reverse=True)
    assert min(one.worth for one in found) >= LEAST


def test_a_pair_of_one_group_is_asked_about_when_no_likelier_one_is_left(session: Session) -> None:
    inside = [one for one in in_order(session) if is_together(session, one)]
    assert inside
    assert {one.worth for one in inside} == {round(TOGETHER * (1 - 0.4), 6)}


def test_what_was_answered_is_not_asked_again(session: Session) -> None:
    items = session.state.items
    first, second = in_order(session)[:2]
    session.act("Anne", Wish("meme", items=(first.one, first.other)))
    assert {items[first.one].text, items[first.other].text} not in texts(session)
    session.act("Anne", Wish("meme", items=(second.one, second.other)), value=True)
    assert {items[second.one].text, items[second.other].text} not in texts(session)


def test_what_is_on_one_stack_is_not_asked(session: Session) -> None:
    one, other = next(pair for *pair, _ in session.state.near.pairs if is_one_group(session, *pair))
    session.act("Anne", Wish("meme", items=(one, other)), value=True)
    third = next(
        key for key in session.state.members[session.state.items[one].group_id or ""] if key not in (one, other)
    )
    session.act("Anne", Wish("meme", items=(one, third)), value=True)
    assert {other, third} not in [{found.one, found.other} for found in questions(session.state)]


def test_the_best_question_is_the_first_of_all(session: Session) -> None:
    for value in (True, False, False, True, False, True, False, False):
        best = best_question(session.state)
        assert best == in_order(session)[0]
        session.act("Anne", Wish("meme", items=(best.one, best.other)), value=value)
    assert best_question(session.state, "hors_axe") is None


def test_one_axis_alone_can_be_asked_about(session: Session) -> None:
    axes = {session.state.items[one.one].axis for one in in_order(session, "sud")}
    assert axes == {"sud"}


def test_groups_that_people_settled_are_not_asked_about(session: Session) -> None:
    bus, temps = group_named(session.state, BUS), group_named(session.state, TEMPS)
    session.act("Anne", Wish("accept", groups=(bus,)))
    assert {CAR, MEETINGS} in texts(session)  # the other group may still come to it
    session.act("Anne", Wish("accept", groups=(temps,)))
    assert {CAR, MEETINGS} not in texts(session)
    papers = str(session.state.items[session.state.by_text[PHONE][0]].group_id)
    session.act("Anne", Wish("reject", groups=(papers,)))
    assert {COLD, PHONE} not in texts(session)


def test_ideas_of_a_hidden_group_are_not_asked_about(session: Session) -> None:
    papers = str(session.state.items[session.state.by_text[PHONE][0]].group_id)
    assert {COLD, PHONE} in texts(session)
    session.act("Anne", Wish("hide", groups=(papers,)), value=True)
    assert {COLD, PHONE} not in texts(session)


def test_what_is_hidden_or_moved_to_another_axis_is_not_asked_about(session: Session) -> None:
    session.act("Anne", Wish("hide", items=(session.state.by_text[COLD][0],)), value=True)
    assert {COLD, PHONE} not in texts(session)
    session.act("Anne", Wish("set_axis", items=(session.state.by_text[CAR][0],)), axis="ouest")
    assert {CAR, MEETINGS} not in texts(session)
