"""An answer about two ideas: what it would do, what it does, what it leaves to people."""

from reading import facts, group_named

from pipeline.contracts.checks import validate
from pipeline.review.log.on_pairs import Effect, foresee, is_decided
from pipeline.review.log.op import quoted
from pipeline.review.log.state import Pair, pair_of
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
    car, meetings = (session.state.items[key] for key in ids(session, CAR, MEETINGS))
    assert {found.source, found.target} == {car.group_id, meetings.group_id}
    assert {item.group_id for item in found.moving} == {found.source}
    assert car in found.moving or meetings in found.moving
    assert facts(session.state) == before


def test_an_answer_that_says_what_is_moves_nothing(session: Session) -> None:
    assert foresee(session.state, pair(session, CAR, MEETINGS), False) == Effect()
    one, other = session.state.items_of(group_named(session.state, BUS))[:2]
    assert foresee(session.state, pair_of(one.item_id, other.item_id), True) == Effect()
    assert foresee(session.state, pair(session, CAR, MEETINGS), None) == Effect()


def test_what_it_does_is_told(session: Session) -> None:
    state = session.state
    cold, phone = (state.items[key] for key in ids(session, COLD, PHONE))
    papers, bus = str(phone.group_id), group_named(state, BUS)
    title = state.groups[papers].title
    assert Effect().told(state) == "ne change aucun groupe"
    assert Effect((cold, phone)).told(state) == "forme un groupe avec ces deux idées"
    assert Effect((cold,), None, papers).told(state) == f"range cette idée dans {quoted(title)}"
    assert Effect((cold, phone), bus, papers).told(state) == f"déplace 2 idées vers {quoted(title)}"
    assert Effect((phone,), papers).told(state) == f"sort cette idée de {quoted(title)}"


def test_no_takes_the_less_typical_out_and_leaves_the_rest(session: Session, bus: str) -> None:
    items = session.state.items_of(bus)
    title = session.state.groups[bus].title
    session.act("Anne", Wish("meme", items=pair_of(items[0].item_id, items[-1].item_id)), value=False)
    gone = {item.item_id for item in items} - set(session.state.members[bus])
    assert items[-1].item_id in gone
    assert {session.state.items[key].group_id for key in gone} == {None}
    assert items[0].item_id in session.state.members[bus]
    assert session.state.groups[bus].title == title
    assert session.state.groups[bus].n_true is None  # of whom its title is true was not read again


def test_of_one_stack_the_less_typical_leaves_alone(session: Session) -> None:
    papers = str(groups_of(session, PHONE)[0])
    session.act("Anne", asked(session, COLD, PHONE), value=True)
    session.act("Anne", asked(session, LOST, PHONE), value=True)
    members = set(session.state.members[papers])
    cold, phone, lost = (session.state.items[key] for key in ids(session, COLD, PHONE, LOST))
    assert cold.stack_id == phone.stack_id == lost.stack_id
    session.act("Anne", asked(session, COLD, PHONE), value=False)
    (gone,) = members - set(session.state.members[papers])
    assert gone in ids(session, COLD, PHONE)
    stays = next(key for key in ids(session, COLD, PHONE) if key != gone)
    assert session.state.items[stays].stack_id == session.state.items[lost.item_id].stack_id


def test_two_weak_signals_make_a_group_called_by_the_words_of_one(session: Session) -> None:
    session.act("Anne", Wish("move", items=ids(session, CAR)))
    session.act("Anne", Wish("meme", items=ids(session, COLD, CAR)), value=True)
    made = session.state.groups[str(session.state.items[ids(session, COLD)[0]].group_id)]
    assert (made.n_items, made.title) == (2, COLD)
    assert made.is_proposed


def test_what_was_told_apart_from_one_of_a_group_does_not_join_it(session: Session) -> None:
    cold, phone, lost = ids(session, COLD, PHONE, LOST)
    papers = session.state.items[lost].group_id
    session.act("Anne", Wish("meme", items=(cold, lost)), value=False)
    found = foresee(session.state, pair_of(cold, phone), True)
    assert (found.source, found.target) == (None, None)
    session.act("Anne", Wish("meme", items=(cold, phone)), value=True)
    made = {session.state.items[key].group_id for key in (cold, phone)}
    assert len(made) == 1
    assert made.isdisjoint({None, papers})


def test_a_group_is_hers_once_she_decided_about_it_or_put_words_in_it(session: Session) -> None:
    bus, temps = group_named(session.state, BUS), group_named(session.state, TEMPS)
    assert not is_decided(session.state, session.state.groups[bus])
    session.act("Anne", Wish("move", items=ids(session, COLD)), group_id=temps)
    session.act("Anne", Wish("accept", groups=(bus,)))
    assert is_decided(session.state, session.state.groups[bus])
    assert is_decided(session.state, session.state.groups[temps])
    papers = session.state.items[ids(session, PHONE)[0]].group_id
    assert not is_decided(session.state, session.state.groups[str(papers)])


def asked(session: Session, one: str, other: str) -> Wish:
    return Wish("meme", items=tuple(session.state.by_text[text][0] for text in (one, other)))


def groups_of(session: Session, *texts: str) -> list[str | None]:
    return [session.state.items[session.state.by_text[text][0]].group_id for text in texts]


def test_yes_puts_both_in_one_group_at_once(session: Session) -> None:
    _, outcome = session.act("Anne", asked(session, CAR, MEETINGS), value=True)
    one, other = groups_of(session, CAR, MEETINGS)
    assert one == other is not None
    assert outcome.state == "rejouee"
    assert outcome.message == f"Cette réponse déplace 2 idées vers {quoted(session.state.groups[str(one)].title)}."
    assert session.state.groups[str(one)].decided_by is None
    assert session.state.groups[str(one)].n_items == len(session.state.members[str(one)])


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


def test_not_knowing_is_kept_and_changes_nothing(session: Session) -> None:
    before = facts(session.state)["members"]
    _, outcome = session.act("Anne", asked(session, CAR, MEETINGS))
    assert (outcome.state, outcome.message) == ("rejouee", "")
    assert facts(session.state)["members"] == before
    assert len(session.state.answers) == 1


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


def test_changing_ones_mind_replaces_the_answer_and_says_so(session: Session) -> None:
    session.act("Anne", asked(session, COLD, PHONE), value=True)
    _, outcome = session.act("Marc", asked(session, PHONE, COLD), value=False)
    assert outcome.message.startswith("Anne avait répondu oui : cette réponse la remplace.")
    assert groups_of(session, COLD) != groups_of(session, PHONE)
    _, outcome = session.act("Anne", asked(session, COLD, PHONE), value=True)
    assert outcome.message.startswith("Marc avait répondu non : cette réponse la remplace.")


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
