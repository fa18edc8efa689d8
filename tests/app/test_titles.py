"""Titles while a person sorts: what goes where after each act, what moved, what a new wording would take away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from reading import group_named

from pipeline.app.titles import Sorter, Standing, deciding, since_refused
from pipeline.place.titles import Title
from pipeline.review.log.decisions import NewTitle
from pipeline.review.log.on_titles import typed_title_id
from pipeline.review.session import Session, Wish


@dataclass
class WordPlacing:
    """A title is true of the ideas that say its last word, and of those that say the last word of an example of it."""

    texts: list[str]
    model: Any = None

    def __post_init__(self) -> None:
        self.model = SimpleNamespace(cut=0.5)

    def chances(self, titles: Sequence[Title]) -> Any:
        def chance(text: str, title: Title) -> float:
            words = [title.text.split()[-1], *(one.split()[-1] for one in title.examples)]
            return (
                0.0
                if text in title.refused
                else 0.9
                if words[0] in text
                else 0.6
                if any(w in text for w in words)
                else 0.1
            )

        return np.array([[chance(text, title) for title in titles] for text in self.texts])


@pytest.fixture
def sorter(session: Session) -> Sorter:
    items = session.state.items
    return Sorter(WordPlacing([item.text for item in items.values()]), list(items), {})  # type: ignore[arg-type]


def typed(session: Session, *titles: str, axis: Any = None) -> list[str]:
    new = tuple(NewTitle(title=title, axis=axis) for title in titles)
    decision, _ = session.act("Anne", Wish("titres"), titles=new)
    return [typed_title_id(decision.decision_id, rank) for rank in range(len(titles))]


def shared_end(session: Session) -> tuple[str, str]:
    """An idea whose last word others say, and that word."""
    items = session.state.items
    words = {key: item.text.split()[-1] for key, item in items.items()}
    return next((key, word) for key, word in words.items() if sum(word in one.text for one in items.values()) in (2, 3))


def anew(sorter: Sorter) -> None:
    """As the wall is seen the first time."""
    sorter.recall({})
    sorter._last = None


def under(sorter: Sorter, session: Session, key: str) -> set[str]:
    return {one.item_id for one in sorter.sort(session.state, session.log).proposed.get(key, ())}


def test_a_title_takes_ideas_as_soon_as_it_is_typed(session: Session, sorter: Sorter) -> None:
    bus, coffee = typed(session, "Le bus", "Le café")
    said = {key for key, item in session.state.items.items() if "bus" in item.text}
    assert under(sorter, session, bus) == said
    sorting = sorter.sort(session.state, session.log)
    assert {one.next_id for one in sorting.proposed[bus]} == {""}  # no other title would take them
    assert not said & set(sorting.likeliest)
    assert len(said) + len(under(sorter, session, coffee)) + len(sorting.likeliest) == len(session.state.items)
    (again,) = typed(session, "Attendre le bus")
    anew(sorter)
    assert {one.next_id for one in sorter.sort(session.state, session.log).proposed[bus]} == {again}


def test_what_is_off_the_axes_is_proposed_or_left_as_the_rest(session: Session, sorter: Sorter) -> None:
    typed(session, "Le bus")
    sorting = sorter.sort(session.state, session.log)
    off = {key for key, item in session.state.items.items() if item.axis == "hors_axe"}
    seen = {one.item_id for some in sorting.proposed.values() for one in some} | set(sorting.likeliest)
    assert off and off <= seen


def test_what_is_taken_or_refused_teaches_the_title(session: Session, sorter: Sorter) -> None:
    (title,) = typed(session, "Le funiculaire")
    before = sorter.sort(session.state, session.log)
    assert under(sorter, session, title) == set()
    bus, word = shared_end(session)
    session.act("Anne", Wish("prendre", items=(bus,)), group_id=title)
    now = sorter.sort(session.state, session.log)
    assert (now.proposed, set(now.likeliest) | {bus}) == (before.proposed, set(before.likeliest))
    anew(sorter)
    after = sorter.sort(session.state, session.log)
    others = {key for key, item in session.state.items.items() if word in item.text} - {bus}
    assert under(sorter, session, title) == others
    assert others and bus in after.taken


def test_a_refusal_says_where_the_card_went_and_which_title_it_empties(session: Session, sorter: Sorter) -> None:
    (bus,) = typed(session, "Le bus")
    first, *others = sorted(under(sorter, session, bus))
    typed(session, "Attendre le bus")

    def told(*items: str) -> list[str]:
        session.act("Anne", Wish("refuser", items=items, groups=(bus,)))
        return since_refused(session.state, sorter.sort(session.state, session.log), items, [bus])

    assert told(first) == ["Elle est maintenant proposée sous «\u00a0Attendre le bus\u00a0»."]
    assert told(*others) == ["«\u00a0Le bus\u00a0» n’a plus aucune idée : le texte n’en dira rien."]


def test_what_was_shown_is_where_it_was_after_another_start(session: Session, sorter: Sorter) -> None:
    (title,) = typed(session, "Le funiculaire")
    sorter.sort(session.state, session.log)
    bus, _ = shared_end(session)
    session.act("Anne", Wish("prendre", items=(bus,)), group_id=title)
    before = sorter.sort(session.state, session.log)
    again = Sorter(sorter.live, sorter.item_ids, sorter.base)
    again.recall(json.loads(json.dumps(sorter.kept())))
    assert again.sort(session.state, session.log) == before
    assert not again.is_new
    for decision in session.log.decisions[:2]:
        session.set_undone("Anne", decision.decision_id, True)
    again.sort(session.state, session.log)
    assert again.is_new and again.kept()["shown"] == {}  # nothing is proposed: nothing is told at the next start


def test_what_is_written_of_the_wall_forgets_ideas_that_are_gone(session: Session, sorter: Sorter) -> None:
    typed(session, "Le funiculaire")
    order = [item.item_id for item in sorter.sort(session.state, session.log).left]
    kept = json.loads(json.dumps(sorter.kept()))
    gone = order[1]
    again = Sorter(sorter.live, sorter.item_ids, sorter.base)
    again.recall({**kept, "ranks": {"i-parti": 0, **{key: rank + 1 for key, rank in kept["ranks"].items()}}})
    again.shown["i-parti"] = {}
    del session.state.items[gone]
    session.state.members = {k: [i for i in ids if i != gone] for k, ids in session.state.members.items()}
    left = [item.item_id for item in again.sort(session.state, "plus tard").left]
    assert again.is_new and left == [key for key in order if key != gone]
    written = again.kept()
    assert {"i-parti", gone}.isdisjoint(written["ranks"].keys() | written["shown"].keys())
    assert sorted(written["ranks"].values()) == list(range(len(left)))


def test_a_title_that_she_accepted_keeps_its_cards_and_lets_none_in_until_she_opens_it(
    session: Session, sorter: Sorter
) -> None:
    tram, _ = typed(session, "Le funiculaire", "Le téléphérique")
    first, word = shared_end(session)
    rest = [key for key, item in session.state.items.items() if word in item.text and key != first]
    session.state.items[first].status = "a_relire"
    session.act("Anne", Wish("prendre", items=(first,)), group_id=tram, value=True)
    assert session.state.items[first].status == "sur"  # she settled it
    assert rest and not under(sorter, session, tram)
    left = sorter.sort(session.state, session.log)
    assert {left.likeliest[key][0][0] for key in rest} == {tram}  # told, not done
    other = next(key for key, item in session.state.items.items() if key not in (first, *rest))
    session.act("Anne", Wish("move", items=(other,)), group_id=tram)
    after = sorter.sort(session.state, session.log)
    assert {first, other} <= after.taken and not under(sorter, session, tram)
    group = str(session.state.items[first].group_id)
    session.act("Anne", Wish("rouvrir", groups=(group,)))
    anew(sorter)
    assert under(sorter, session, tram)
    session.act("Anne", Wish("accept", groups=(group,)))
    assert not under(sorter, session, tram)


def test_a_title_accepted_again_from_one_axis_keeps_what_was_accepted_on_the_others(session: Session) -> None:
    (title,) = typed(session, "Le bus")
    one = next(key for key, item in session.state.items.items() if item.axis == "est")
    other = next(key for key, item in session.state.items.items() if item.axis == "nord")
    session.act("Anne", Wish("prendre", items=(one, other)), group_id=title, value=True)
    held = session.state.items[other].group_id
    session.state.placed.discard(other)  # as one that a run had put there when its group was accepted
    session.act("Anne", Wish("prendre", items=(one,)), group_id=title, value=True)
    assert held and session.state.items[other].group_id == held


def test_each_act_says_how_many_ideas_stand_where_since(session: Session, sorter: Sorter) -> None:
    def standing() -> Standing:
        found = sorter.sort(session.state, session.log).standing
        assert sum(found) == len(session.state.items)
        return found

    start = standing()
    bus, night = typed(session, "Le bus", "La nuit")
    with_titles = standing()
    assert with_titles.left < len(session.state.items)  # what a title takes waits no more
    one, other, *_ = sorter.sort(session.state, session.log).proposed[bus]
    session.act("Anne", Wish("prendre", items=(one.item_id,)), group_id=bus)
    taken = standing()
    assert (taken.under, taken.under + taken.proposed + taken.left) == (with_titles.under + 1, len(session.state.items))
    assert taken.since(with_titles).startswith("1\u00a0rangée (+1), ")
    session.act("Anne", Wish("refuser", items=(other.item_id,), groups=(bus,)))
    refused = standing()
    assert refused.under == taken.under and refused.since(refused) == ""
    off = next(key for key, item in session.state.items.items() if item.axis == "hors_axe")
    session.act("Anne", Wish("move", items=(off,)))
    out = standing()
    assert (out.out, out.left + out.proposed) == (1, refused.left + refused.proposed - 1)
    assert "1\u00a0hors des titres (+1)" in out.since(refused) and "(−1)" in out.since(refused)
    session.act("Anne", Wish("move", items=(off,)), group_id=night)
    assert standing().out == 0
    for decision in session.log.decisions[:]:
        session.set_undone("Anne", decision.decision_id, True)
    assert standing() == start


def test_an_idea_that_was_refused_goes_elsewhere(session: Session, sorter: Sorter) -> None:
    bus, night = typed(session, "Le bus", "Trop de bus")
    first = sorter.sort(session.state, session.log)
    key = next(one for one in (bus, night) if first.proposed.get(one))
    item = first.proposed[key][0].item_id
    session.act("Anne", Wish("refuser", items=(item,), groups=(key,)))
    assert item not in under(sorter, session, key)
    assert item in under(sorter, session, night if key == bus else bus)


def test_what_is_proposed_stays_where_it_was_shown(session: Session, sorter: Sorter) -> None:
    """A new wording, an example, a no: only what it was said of moves."""

    def shown() -> dict[str, str]:
        sorting = sorter.sort(session.state, session.log)
        found = {one.item_id: key for key, some in sorting.proposed.items() for one in some}
        return dict.fromkeys(sorting.likeliest, "") | found

    bus, night = typed(session, "Le bus", "La nuit")
    start, first = shown(), sorter.sort(session.state, session.log)
    (item, *rest) = [key for key, at in start.items() if at == bus]
    session.act("Anne", Wish("rename", groups=(bus,)), title="Le funiculaire")
    assert shown() == start
    session.act("Anne", Wish("refuser", items=(item,), groups=(bus,)))
    assert shown() == start | {item: ""}
    left = [one.item_id for one in sorter.sort(session.state, session.log).left]
    assert left == [*(one.item_id for one in first.left), item]  # nothing to be placed moved either
    (coffee,) = typed(session, "Le café")
    came = {key for key, at in shown().items() if at == coffee}
    assert came and all(start[key] == "" for key in came)  # a title that is typed takes what was under none
    session.act("Anne", Wish("merge", groups=(night, coffee)))
    assert all(shown()[key] == night for key in came)
    for decision in session.log.decisions[:0:-1]:
        session.set_undone("Anne", decision.decision_id, True)
    assert shown() == start
    session.act("Anne", Wish("rename", groups=(bus,)), title="Le funiculaire")
    anew(sorter)
    assert {shown()[key] for key in (item, *rest)} == {""}


@pytest.mark.parametrize(
    ("rubrics", "is_apart"), [(("Postits", "L’enquête"), True), (("Postits", "Les soirées"), False)]
)
def test_titles_whose_rubrics_name_files_draw_the_ideas_of_their_file_alone(
    session: Session, sorter: Sorter, rubrics: tuple[str, str], is_apart: bool
) -> None:
    new = tuple(
        NewTitle(title=one, rubric=rubric) for one, rubric in zip(("Le bus", "Pas de bus"), rubrics, strict=True)
    )
    decision, _ = session.act("Anne", Wish("titres"), titles=new)
    first = typed_title_id(decision.decision_id, 0)
    sorting = sorter.sort(session.state, session.log)
    ideas = [key for key, near in sorting.likeliest.items() if dict(near)[first] > 0] + [*under(sorter, session, first)]
    files = {session.state.sources[session.state.items[key].contribution_id].source for key in ideas}
    assert files == ({"postits.csv"} if is_apart else {"postits.csv", "enquete.csv", "table2.vtt"})


def test_what_people_put_together_before_stays_taken(session: Session, sorter: Sorter) -> None:
    group = group_named(session.state, "Pas assez de bus le soir")
    session.act("Anne", Wish("accept", groups=(group,)))
    typed(session, "Le bus")
    taken = sorter.sort(session.state, session.log).taken
    assert set(session.state.members[group]) <= taken


def test_titles_are_in_their_order_once_each(session: Session) -> None:
    typed(session, "La nuit")
    typed(session, "Le bus", axis="est")
    assert [one.text for one in deciding(session.state).values()] == ["La nuit", "Le bus"]
