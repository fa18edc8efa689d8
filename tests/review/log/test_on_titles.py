"""Titles typed during the review: ideas go under them, leave them, and everything replays and is undone."""

from pathlib import Path

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.titles import PERSON
from pipeline.review.log.decisions import NewTitle
from pipeline.review.log.on_titles import TITLE_OPS, groups_under, typed_title_id
from pipeline.review.log.ops import describe
from pipeline.review.log.replay import read_log, replay
from pipeline.review.log.state import ReviewState
from pipeline.review.session import Session, Wish


def bytes_of(state: ReviewState) -> str:
    return repr((state.items, state.groups, state.members, state.titled, state.refused, state.placed))


def typed(session: Session, *titles: NewTitle) -> list[str]:
    decision, outcome = session.act("Anne", Wish("titres"), titles=titles)
    assert outcome.state == "rejouee"
    return [typed_title_id(decision.decision_id, rank) for rank in range(len(titles))]


def first_items(state: ReviewState, axis: str, n: int) -> tuple[str, ...]:
    return tuple([key for key, item in state.items.items() if item.axis == axis][:n])


def test_a_column_is_there_before_any_card_and_is_taken_back_to_the_byte(session: Session) -> None:
    before = bytes_of(session.state)
    wide, est = typed(session, NewTitle(title="La nuit"), NewTitle(title="Des cars trop rares", axis="est"))
    assert session.state.titled[est].axis == "est"
    assert {session.state.titled[f"{wide}-{axis}"].axis for axis in COMPASS_CODES} == set(COMPASS_CODES)
    assert est not in session.state.groups
    undo = session.undoable()
    assert undo is not None
    session.set_undone("Anne", undo.decision_id, True)
    assert bytes_of(session.state) == before


def test_the_same_title_is_not_added_twice_and_is_told(session: Session) -> None:
    typed(session, NewTitle(title="Des cars trop rares", axis="est"))
    _, outcome = session.act("Marc", Wish("titres"), titles=(NewTitle(title="des cars trop rares", axis="est"),))
    assert "déjà là" in outcome.message
    assert len(session.state.titled) == 1
    typed(session, NewTitle(title="La nuit"))
    _, outcome = session.act("Marc", Wish("titres"), titles=(NewTitle(title="LA NUIT"),))
    assert outcome.message == "«\u00a0LA NUIT\u00a0» : déjà là."


def test_titles_come_after_those_that_were_there_and_say_nothing_when_all_are_new(session: Session) -> None:
    typed(session, NewTitle(title="Un", axis="est"), NewTitle(title="Deux", axis="sud"))
    _, outcome = session.act("Anne", Wish("titres"), titles=(NewTitle(title="Trois", axis="est"),))
    assert outcome.message == ""
    assert [(one.text, one.order, one.theme) for one in session.state.titled.values()] == [
        ("Un", 0, ""), ("Deux", 1, ""), ("Trois", 2, ""),
    ]  # fmt: skip


def test_a_title_that_was_reworded_is_there_whatever_another_is_called_since(session: Session) -> None:
    decision, _ = session.act("Anne", Wish("titres"), titles=(NewTitle(title="Des cars trop rares", axis="est"),))
    session.act("Anne", Wish("rename", groups=(typed_title_id(decision.decision_id, 0),)), title="Des cars le soir")
    typed(session, NewTitle(title="Des cars trop rares", axis="est"))
    assert TITLE_OPS[0].apply(session.state, decision) == ""
    assert [one.text for one in session.state.titled.values()] == ["Des cars le soir", "Des cars trop rares"]


def test_the_groups_of_a_title_are_those_that_hold_ideas(session: Session) -> None:
    wide, est = typed(session, NewTitle(title="La nuit"), NewTitle(title="Des cars trop rares", axis="est"))
    items = first_items(session.state, "est", 2)
    session.act("Anne", Wish("prendre", items=items[:1]), group_id=wide)
    session.act("Anne", Wish("prendre", items=items[1:]), group_id=est)
    assert [group.group_id for group in groups_under(session.state, wide)] == [f"{wide}-est"]
    assert [group.group_id for group in groups_under(session.state, est)] == [est]


def test_a_title_on_all_axes_keeps_the_axis_of_each_idea(session: Session) -> None:
    (wide,) = typed(session, NewTitle(title="La nuit"))
    state = session.state
    items = (*first_items(state, "est", 2), *first_items(state, "sud", 1))
    _, outcome = session.act("Anne", Wish("prendre", items=items), group_id=wide, value=True)
    assert outcome.message == ""
    assert sorted(group.axis for key, group in state.groups.items() if key.startswith(wide)) == ["est", "sud"]
    assert [session.state.items[key].axis for key in items] == ["est", "est", "sud"]


def test_an_idea_under_a_title_of_another_axis_changes_axis_in_one_act_that_says_so(session: Session) -> None:
    (est,) = typed(session, NewTitle(title="Des cars trop rares", axis="est"))
    (item,) = first_items(session.state, "sud", 1)
    before = bytes_of(session.state)
    decision, outcome = session.act("Anne", Wish("move", items=(item,)), group_id=est)
    assert outcome.message == "Une idée change d'axe : Sud → Est."
    assert session.state.items[item].axis == "est"
    items = tuple(first_items(session.state, axis, 1)[0] for axis in ("sud", "ouest", "nord"))
    _, outcome = session.act("Anne", Wish("move", items=items), group_id=est)
    assert outcome.message == "Trois idées changent d'axe : Nord, Ouest et Sud → Est."
    session.set_undone("Anne", session.log.decisions[-1].decision_id, True)
    session.set_undone("Anne", decision.decision_id, True)
    assert bytes_of(session.state) == before


def test_only_what_a_person_looked_at_is_under_a_title_that_was_accepted(session: Session) -> None:
    group = next(key for key, one in session.state.groups.items() if one.n_items > 2)
    seen, *unseen = session.state.members[group]
    session.act("Anne", Wish("prendre", items=(seen,)), group_id=group, value=True)
    assert list(session.state.members[group]) == [seen]
    assert session.state.groups[group].state == "accepte"
    assert {session.state.items[key].group_id for key in unseen} == {None}
    assert {session.state.items[key].membership_by for key in unseen} == {"Anne"}


def test_what_a_person_put_alone_under_a_title_was_looked_at(session: Session) -> None:
    (est,) = typed(session, NewTitle(title="Des cars trop rares", axis="est"))
    items = first_items(session.state, "est", 2)
    session.act("Anne", Wish("prendre", items=items[:1]), group_id=est)
    assert (session.state.groups[est].state, session.state.groups[est].origin) == ("accepte", PERSON)


def test_an_idea_that_is_refused_leaves_and_is_not_proposed_there_again(session: Session) -> None:
    (est,) = typed(session, NewTitle(title="Des cars trop rares", axis="est"))
    items = first_items(session.state, "est", 2)
    session.act("Anne", Wish("prendre", items=items), group_id=est)
    session.act("Anne", Wish("refuser", items=items[:1], groups=(est,)))
    assert list(session.state.members[est]) == list(items[1:])
    assert session.state.refused[items[0]] == frozenset({est})
    assert items[0] not in session.state.placed
    session.act("Anne", Wish("prendre", items=items[:1]), group_id=typed(session, NewTitle(title="Tôt", axis="est"))[0])
    kept = session.state.items[items[0]].group_id
    session.act("Anne", Wish("refuser", items=items[:1], groups=(est,)))
    assert session.state.items[items[0]].group_id == kept


def test_a_title_is_reworded_before_it_holds_anything(session: Session) -> None:
    (wide,) = typed(session, NewTitle(title="La nuit"))
    session.act("Anne", Wish("rename", groups=(wide,)), title="Sortir le soir")
    assert session.title_of(wide) == session.title_of(f"{wide}-est") == "Sortir le soir"


def test_all_of_it_replays(session: Session, tmp_path: Path) -> None:
    wide, est = typed(session, NewTitle(title="La nuit"), NewTitle(title="Des cars trop rares", axis="est"))
    items = first_items(session.state, "est", 4)
    session.act("Anne", Wish("prendre", items=items[:2]), group_id=est, value=True)
    session.act("Anne", Wish("prendre", items=items[2:]), group_id=wide)
    session.act("Anne", Wish("refuser", items=items[3:], groups=(wide,)))
    session.act("Anne", Wish("rename", groups=(wide,)), title="Sortir le soir")
    again = replay(session.start, read_log(session.run.decisions.lines()))
    assert {outcome.state for outcome in again.outcomes.values()} == {"rejouee"}
    assert bytes_of(again.state) == bytes_of(session.state)


def test_an_idea_of_no_axis_goes_to_the_first_under_a_title_of_all(session: Session) -> None:
    (wide,) = typed(session, NewTitle(title="La nuit", rubric="Les horaires"))
    assert session.state.titled[wide].theme == "Les horaires"
    (item,) = first_items(session.state, "hors_axe", 1)
    session.state.items[item].second_axis = None
    session.act("Anne", Wish("prendre", items=(item,)), group_id=wide)
    assert session.state.items[item].group_id == f"{wide}-{COMPASS_CODES[0]}"


def test_a_title_goes_to_another_axis_or_to_none_with_all_that_is_under_it_and_back(session: Session) -> None:
    (wide,) = typed(session, NewTitle(title="La nuit"))
    ids = (*first_items(session.state, "est", 3), *first_items(session.state, "sud", 2))
    session.act("Anne", Wish("move", items=ids), group_id=wide)
    session.act("Anne", Wish("texte", groups=(f"{wide}-sud",)), text="On le dit.")
    before = bytes_of(session.state)

    def put_on(key: str, axis: str) -> str:
        decision, outcome = session.act("Anne", Wish("axe_du_titre", groups=(key,)), axis=axis)
        assert outcome.state == "rejouee"
        return describe(session.state, decision)

    assert put_on(f"{wide}-est", "sud") == "a mis «\u00a0La nuit\u00a0» sur l’axe Sud"
    (group,) = groups_under(session.state, wide)
    assert (group.group_id, group.axis, group.author_text, group.state) == (wide, "sud", "On le dit.", "accepte")
    assert set(session.state.members[wide]) == set(ids)
    assert {session.state.items[key].axis for key in ids} == {"sud"}
    assert [one.axis for one in session.state.titled.values() if one.title_id == wide] == ["sud"]
    assert put_on(wide, "hors_axe") == "a mis «\u00a0La nuit\u00a0» sur tous les axes"
    (group,) = groups_under(session.state, wide)
    assert (group.group_id, group.n_items, session.state.titled[wide].axis) == (f"{wide}-sud", len(ids), "")
    session.act("Marc", Wish("prendre", items=first_items(session.state, "nord", 1)), group_id=wide)
    assert {one.axis for one in groups_under(session.state, wide)} == {"nord", "sud"}
    for _ in range(3):
        undo = session.undoable()
        assert undo is not None
        session.set_undone("Anne", undo.decision_id, True)
    assert bytes_of(session.state) == before


def test_a_title_put_elsewhere_keeps_what_was_read_of_one_axis_alone(session: Session) -> None:
    (wide,) = typed(session, NewTitle(title="La nuit"))
    est, sud = first_items(session.state, "est", 3), first_items(session.state, "sud", 2)
    session.act("Anne", Wish("move", items=(*est, *sud)), group_id=wide)
    session.act("Anne", Wish("revoir", groups=(f"{wide}-sud",)))
    session.act("Anne", Wish("axe_du_titre", groups=(wide,)), axis="nord")
    (group,) = groups_under(session.state, wide)
    assert group.state == "machine" and session.state.placed.issuperset({*est, *sud})
