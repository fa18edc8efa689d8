"""Ideas under titles as a page of a language model tells them: its choice, never above a person's, in one act."""

from typing import Any

import pytest

from pipeline.contracts.titles import PARTICIPANTS
from pipeline.folder.artifacts import RunFolder
from pipeline.review.log.decisions import NewTitle
from pipeline.review.log.on_titles import FOLLOWING, typed_title_id
from pipeline.review.log.replay import followed
from pipeline.review.log.state import ReviewState
from pipeline.review.session import ROSACE, Session, Wish, follow_page, open_session
from pipeline.review.stage import review
from pipeline.workshop.records import GivenTitle, MachineTables

NIGHT, WORK = "Rentrer la nuit", "Travailler ensemble"


def bytes_of(state: ReviewState) -> str:
    return repr((vars(state) | {"near": None, "sources": None}).items())


@pytest.fixture
def titles(run: RunFolder) -> dict[str, str]:
    """Two titles that a person typed, on Est and on Sud: their words → their ids."""
    new = (NewTitle(title=NIGHT, axis="est"), NewTitle(title=WORK, axis="sud"))
    decision, _ = open_session(run).act("Anne", Wish("titres"), titles=new)
    return {one.title: typed_title_id(decision.decision_id, rank) for rank, one in enumerate(new)}


def some(run: RunFolder, n: int = 3) -> list[str]:
    """Ideas that the machine put on Est."""
    items = open_session(run).state.items.values()
    return [item.item_id for item in items if item.axis == "est" and item.group_id][:n]


def state_of(run: RunFolder) -> ReviewState:
    return open_session(run).state


def under(run: RunFolder) -> dict[str, str]:
    """Idea → the words of the typed title that it is under, of those under one."""
    state = state_of(run)
    held = {key: state.titled[item.group_id].text for key, item in state.items.items() if item.group_id in state.titled}
    return {key: text for key, text in held.items() if text in (NIGHT, WORK)}


def test_ideas_go_where_the_page_tells_them_as_the_choice_of_a_model(run: RunFolder, titles: dict[str, str]) -> None:
    one, other, _ = some(run)
    follow_page(run, "a", {one: NIGHT, other: WORK, _: "Un titre qui n’est plus là"})
    session = open_session(run)
    state, (act, last) = session.state, session.log.decisions[-2:]
    assert act.op == "titres" and (last.op, last.author) == (FOLLOWING, ROSACE)
    assert under(run) == {one: NIGHT, other: WORK}
    assert state.chosen == {one: titles[NIGHT], other: titles[WORK]}
    assert state.items[other].axis == "sud" and state.items[other].axis_by is None
    assert state.items[one].membership_by is None and one not in state.placed
    assert {state.groups[titles[name]].state for name in (NIGHT, WORK)} == {"machine"}
    assert followed(state, session.log) == (2, "page-a")
    result = review(run.load(MachineTables), run.decisions.lines(), None)
    rows = result.reviewed_memberships.set_index("item_id").loc[[one, other]]
    assert rows["group_id"].tolist() == [titles[NIGHT], titles[WORK]] and rows["decided_by"].isna().all()
    tags = result.reviewed_tags.set_index("item_id").loc[other]
    assert tags["axis"] == "sud" and str(tags["decided_by"]) == "<NA>"
    assert any("deux idées rangées comme dans sa page" in line for line in result.warnings)
    assert any("une décision reprise" in line for line in result.warnings)  # the titles, and not what no person did


def test_one_undo_takes_it_back_to_the_byte_and_the_same_page_leaves_it_so(
    run: RunFolder, titles: dict[str, str]
) -> None:
    before = bytes_of(state_of(run))
    follow_page(run, "a", dict.fromkeys(some(run), NIGHT))
    session = open_session(run)
    assert bytes_of(session.state) != before
    done = bytes_of(session.state)
    session.set_undone("Anne", "page-a", True)
    assert bytes_of(session.state) == bytes_of(state_of(run)) == before
    n = len(run.decisions.lines())
    follow_page(run, "a", dict.fromkeys(some(run), NIGHT))
    assert len(run.decisions.lines()) == n and bytes_of(state_of(run)) == before
    session.sync()
    session.set_undone("Anne", "page-a", False)
    assert bytes_of(session.state) == done


def test_the_same_page_writes_nothing_twice_and_another_takes_its_place(run: RunFolder, titles: dict[str, str]) -> None:
    one, other, third = some(run)
    follow_page(run, "b", {other: NIGHT, third: WORK})
    alone = under(run)
    for line in run.decisions.lines()[1:]:
        assert '"op": "page"' in line
    run.decisions.replace(run.decisions.lines()[:1])
    for _ in range(2):
        follow_page(run, "a", {one: NIGHT, other: WORK})
    assert len(run.decisions.lines()) == 2
    follow_page(run, "b", {other: NIGHT, third: WORK})
    assert under(run) == alone == {other: NIGHT, third: WORK}
    follow_page(run, "", {})  # the text is given back: so is the wall
    assert under(run) == {}
    follow_page(run, "b", {other: NIGHT, third: WORK})
    assert under(run) == alone


def acts_on(session: Session, item: str, titles: dict[str, str]) -> dict[str, tuple[Wish, dict[str, Any]]]:
    """What a person may do of an idea, or of what it would join: the wish, and what comes after."""
    group = str(session.state.items[item].group_id)
    kept = next(one.item_id for one in session.state.items.values() if one.axis == "nord" and one.group_id)
    return {
        "put elsewhere": (Wish("prendre", items=(item,)), {"group_id": titles[WORK]}),
        "refused there": (Wish("refuser", items=(item,), groups=(titles[NIGHT],)), {}),
        "taken out": (Wish("move", items=(item,)), {}),
        "put on an axis": (Wish("set_axis", items=(item,)), {"axis": "nord"}),
        "its group accepted": (Wish("accept", groups=(group,)), {}),
        "the title closed": (Wish("prendre", items=(kept,)), {"group_id": titles[NIGHT], "value": True}),
    }


DONE = ("put elsewhere", "refused there", "taken out", "put on an axis", "its group accepted", "the title closed")


@pytest.mark.parametrize("act", DONE)
def test_what_a_person_did_stands(run: RunFolder, titles: dict[str, str], act: str) -> None:
    item, other, _ = some(run)
    session = open_session(run)
    wish, after = acts_on(session, item, titles)[act]
    session.act("Anne", wish, **after)
    before = session.state.items[item].group_id
    follow_page(run, "a", {item: NIGHT, other: WORK})
    now = state_of(run)
    assert now.items[item].group_id == before and item not in now.chosen
    assert (now.items[other].group_id == titles[WORK]) is (act not in ("its group accepted", "put elsewhere"))


def test_what_a_person_does_later_wins_and_is_counted_no_more(run: RunFolder, titles: dict[str, str]) -> None:
    one, other, third = some(run)
    follow_page(run, "a", dict.fromkeys((one, other, third), NIGHT))
    session = open_session(run)
    session.act("Anne", Wish("prendre", items=(one,)), group_id=titles[NIGHT])
    session.act("Anne", Wish("prendre", items=(other,)), group_id=titles[WORK])
    assert followed(session.state, session.log)[0] == 1
    assert under(run) == {one: NIGHT, other: WORK, third: NIGHT}
    follow_page(run, "b", dict.fromkeys((one, other, third), WORK))
    assert under(run) == {one: NIGHT, other: WORK}  # what she put under a title, and nothing else, she accepted


def test_a_title_that_holds_only_what_a_person_put_there_stays_accepted(run: RunFolder, titles: dict[str, str]) -> None:
    one, other, _ = some(run)
    session = open_session(run)
    session.act("Anne", Wish("prendre", items=(one,)), group_id=titles[NIGHT])
    assert session.state.groups[titles[NIGHT]].state == "accepte"
    follow_page(run, "a", {other: NIGHT})
    assert state_of(run).groups[titles[NIGHT]].state == "accepte"
    assert under(run) == {one: NIGHT}


def test_what_participants_put_in_their_column_stays(session: Session) -> None:
    state = session.state
    item = next(item for item in state.items.values() if item.group_id)
    column = str(item.group_id)
    state.titled[column] = GivenTitle("Notre colonne", item.axis, "", PARTICIPANTS, 0, column)
    decision, _ = session.act("Anne", Wish("titres"), titles=(NewTitle(title=NIGHT, axis="est"),))
    mine = session.propose("Anne", Wish(FOLLOWING, items=(item.item_id,)))
    anchors = tuple(
        one.model_copy(update={"under": typed_title_id(decision.decision_id, 0)}) for one in mine.target.items
    )
    session.record([mine.model_copy(update={"target": mine.target.model_copy(update={"items": anchors})})])
    assert state.items[item.item_id].group_id == column and state.chosen == {}
