"""« À placer »: what no title takes, with its two likeliest titles, one of which a person chooses."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pipeline.app.screens import items_to_place
from pipeline.place.titles import Title, title_table
from pipeline.review.log.replay import Log, read_log, replay
from pipeline.review.log.state import MachineTables, ReviewState
from pipeline.review.session import Session, Wish


@pytest.fixture
def titled(machine: MachineTables) -> MachineTables:
    """The workshop with two titles that take nothing: every idea is to be placed."""
    titles = (
        Title("Des cars trop rares", "est", "Se déplacer", title_id="g-cars"),
        Title("La nuit", title_id="g-nuit", order=1),
    )
    tags = machine.tags
    placings = pd.DataFrame(
        {
            "item_id": tags["item_id"], "title_id": None, "likeliest": "g-cars", "chance": 0.2, "side": "dit",
            "also": [[]] * len(tags), "second_title": "g-nuit", "second_chance": 0.1, "axis": tags["axis"],
            "placed_by": "machine",
        }
    )  # fmt: skip
    return replace(machine, titles=title_table(titles), placings=placings)


def test_every_idea_of_an_axis_is_shown_with_its_two_likeliest_titles(titled: MachineTables) -> None:
    state = ReviewState.from_machine(titled)
    shown = items_to_place(state)
    assert {item.item_id for item in shown} == {i.item_id for i in state.items.values() if i.axis != "hors_axe"}
    assert state.likeliest[shown[0].item_id] == (("g-cars", 0.2), (f"g-nuit-{shown[0].axis}", 0.1))
    groups = [item.group_id for item in shown if item.group_id]
    assert groups == sorted(groups, key=groups.index)  # what goes together follows


def test_without_titles_nothing_is_to_be_placed(machine: MachineTables) -> None:
    assert items_to_place(ReviewState.from_machine(machine)) == []


def test_a_title_that_held_nothing_opens_when_an_idea_is_put_there_and_the_act_replays(
    session: Session, titled: MachineTables
) -> None:
    titled_session = Session(session.run, titled)
    item = items_to_place(titled_session.state)[0]
    decision, outcome = titled_session.act("Anne", Wish("move", items=(item.item_id,)), group_id="g-cars")
    assert outcome.state == "rejouee"
    group = titled_session.state.groups["g-cars"]
    assert (group.title, group.axis, group.origin, group.n_items) == ("Des cars trop rares", "est", "personne", 1)
    assert item.item_id not in {one.item_id for one in items_to_place(titled_session.state)}
    again = replay(ReviewState.from_machine(titled), read_log([decision.to_line()]))
    assert again.outcomes[decision.decision_id].state == "rejouee"
    assert list(again.state.members["g-cars"]) == [item.item_id]


def test_an_act_on_a_title_stands_whatever_its_ideas(session: Session, titled: MachineTables) -> None:
    titled_session = Session(session.run, titled)
    one, other = items_to_place(titled_session.state)[:2]
    titled_session.act("Anne", Wish("move", items=(one.item_id,)), group_id="g-cars")
    decision, _ = titled_session.act("Anne", Wish("rename", groups=("g-cars",)), title="Trop peu de cars")
    placings = titled.placings.copy()
    placings.loc[placings["item_id"] == other.item_id, "title_id"] = "g-cars"
    memberships = titled.memberships.copy()
    memberships.loc[memberships["item_id"] == other.item_id, "group_id"] = "g-cars"
    model = titled.groups.iloc[:1].assign(group_id="g-cars", axis="est", title="Des cars trop rares", origin="personne")
    later = replace(titled, placings=placings, memberships=memberships, groups=pd.concat([titled.groups, model]))
    again = replay(ReviewState.from_machine(later), Log((decision,), ()))
    assert again.outcomes[decision.decision_id].state == "rejouee"
    assert again.state.groups["g-cars"].title == "Trop peu de cars"
