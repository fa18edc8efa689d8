"""Decisions about items and the names in them."""

import re
from dataclasses import replace

import pytest
from reading import link_of

from pipeline.axes import compass
from pipeline.contracts.checks import validate
from pipeline.review.exchange.own_words import HIDDEN
from pipeline.review.log.decisions import ItemAnchor
from pipeline.review.log.membership import count_again
from pipeline.review.log.on_items import places_of
from pipeline.review.log.ops import describe
from pipeline.review.log.replay import Outcome, apply
from pipeline.review.log.state import ReviewState
from pipeline.review.session import Session, Wish
from pipeline.review.stage import review
from pipeline.workshop.records import MachineTables, Source


def test_an_item_that_changes_axis_leaves_its_group(session: Session, bus: str, machine: MachineTables) -> None:
    item = session.state.items_of(bus)[0]
    session.act("Anne", Wish("set_axis", items=(item.item_id,)), axis="hors_axe")
    result = review(machine, session.run.decisions.lines(), None)
    assert item.item_id not in set(result.reviewed_memberships["item_id"])
    assert session.state.items[item.item_id].membership_by == "Anne"
    row = result.reviewed_tags.set_index("item_id").loc[item.item_id]
    assert (row["axis"], row["status"], row["decided_by"]) == ("hors_axe", "sur", "Anne")
    for name in ("reviewed_tags", "reviewed_groups", "reviewed_memberships", "reviewed_items", "decision_states"):
        validate(name, getattr(result, name))


def test_a_group_changes_axis_with_its_items_and_outside_the_axes_it_holds_none(session: Session, bus: str) -> None:
    members = list(session.state.members[bus])
    facet = compass()["sud"].facets[0]
    session.act("Anne", Wish("set_axis", groups=(bus,)), axis="sud", facet=facet)
    assert session.state.groups[bus].axis == "sud"
    assert list(session.state.members[bus]) == members
    assert {(session.state.items[one].axis, session.state.items[one].facet) for one in members} == {("sud", facet)}
    session.act("Anne", Wish("set_axis", items=(members[0],)), axis="est", facet=facet)  # of another axis
    assert (session.state.items[members[0]].axis, session.state.items[members[0]].facet) == ("est", None)
    session.act("Anne", Wish("set_axis", groups=(bus,)), axis="hors_axe")
    assert bus not in session.state.groups or not session.state.members[bus]
    assert {session.state.items[one].axis for one in members[1:]} == {"hors_axe"}


def test_a_link_of_a_thread_is_judged(session: Session) -> None:
    pair = next(iter(session.state.links))
    refused = link_of(session, pair, "faux", "objects")
    session.record([refused])
    assert (session.state.links[pair].state, session.state.links[pair].kind) == ("faux", "objects")
    told = link_of(session, pair, "juste", "objects")
    session.record([told])
    assert session.state.links[pair].state == "juste"
    assert describe(session.state, told).startswith("a jugé juste ")
    session.set_undone("Anne", told.decision_id, is_undone=True)
    assert session.state.links[pair].state == "faux"


def test_a_link_that_only_a_person_made_is_kept_and_undone(session: Session) -> None:
    linked = {item for pair in session.state.links for item in pair}
    one, two = [item for item in session.state.items if item not in linked][:2]
    made = link_of(session, (one, two), "juste")
    session.record([made])
    assert describe(session.state, made).startswith("a relié ")
    assert (session.state.links[one, two].kind, session.state.links[one, two].state) == ("answers", "juste")
    session.set_undone("Anne", made.decision_id, is_undone=True)
    assert (one, two) not in session.state.links


def test_a_guess_of_an_earlier_version_is_no_link_until_a_person_says_so(
    session: Session, machine: MachineTables
) -> None:
    guessed = replace(machine, links=machine.links.assign(kind="answers"))
    state = ReviewState.from_machine(guessed)
    assert not state.links
    pair = next(iter(session.state.links))
    session.state.links.clear()
    refused = link_of(session, pair, "faux")
    assert apply(state, refused) == Outcome("rejouee", "Rosace ne propose plus ce lien.")
    assert not state.links
    confirmed = link_of(session, pair, "juste")
    assert apply(state, confirmed) == Outcome("rejouee")
    assert (state.links[pair].kind, state.links[pair].state) == ("answers", "juste")
    assert apply(state, refused) == Outcome("rejouee")
    assert state.links[pair].state == "faux"


def test_a_name_is_masked_everywhere_but_where_someone_says(session: Session) -> None:
    (bus, *_) = [item for item in session.state.items.values() if "bus" in item.text]
    spans = places_of("BUS", session.state.sources.values())
    assert spans == []  # written with a capital, it is found where it has one
    spans = places_of("bus", session.state.sources.values())
    assert len(spans) > 4
    assert all(span.text.lower() == "bus" for span in spans)
    _, outcome = session.act("Anne", Wish("mask", spans=(spans[0],)), value=True, text="bus")
    assert outcome.state == "rejouee"
    hidden = {item.item_id for item in session.state.items.values() if item.masks}
    assert hidden == {item.item_id for item in session.state.items.values() if re.search(r"\bbus\b", item.text)}
    where = session.state.items[bus.item_id].masks[0]
    assert session.state.sources[bus.contribution_id].text[slice(*where)] == "bus"
    exception = ItemAnchor(contribution_id=bus.contribution_id, start=where[0], end=where[1], text="bus")
    session.act("Marc", Wish("mask", spans=(exception,)), value=False)
    assert session.state.items[bus.item_id].masks == ()
    session.set_undone("Marc", session.log.decisions[0].decision_id, True)
    assert not any(item.masks for item in session.state.items.values())
    assert session.log.undone()[session.log.decisions[0].decision_id].author == "Marc"


def test_a_masked_name_is_masked_in_what_a_later_run_reads(session: Session, machine: MachineTables) -> None:
    spans = places_of("minibus", session.state.sources.values())
    session.act("Anne", Wish("mask", spans=(spans[0],)), value=True, text="minibus")
    tables = {}
    for name in ("contributions", "items"):
        table = getattr(machine, name).copy()
        table.loc[table["text"] == "Le local est froid en hiver", "text"] = "Le minibus est froid hiver"
        tables[name] = table
    tables["items"]["end"] = tables["items"]["start"] + tables["items"]["text"].str.len()
    later = Session(session.run, replace(machine, **tables))
    (new,) = [item for item in later.state.items.values() if item.text == "Le minibus est froid hiver"]
    assert new.masks == ((3, 10),)
    assert new.hiding(new.masks, HIDDEN) == "Le [nom] est froid hiver"
    assert "minibus" in later.state.masked_names()


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("rémi", "Remi, RÉMI et rémi", ["Remi", "RÉMI", "rémi"]),
        ("Claire", "Claire a une voix claire", ["Claire"]),
        ("Jeanne Morel", "Jeanne  Morel, Jeanne Morelle", ["Jeanne  Morel"]),
        ("d’Arc", "Jeanne D'Arc", ["D'Arc"]),
        ("(", "rien (du tout)", []),
        (" ", "rien", []),
        ("İ", "İstanbul, İ 🎺", ["İ"]),
    ],
)
def test_where_words_stand(words: str, text: str, expected: list[str]) -> None:
    source = Source("c", "f", "l", text, "postit", "ecrit", "", None, None, "a")
    found = places_of(words, [source])
    assert [anchor.text for anchor in found] == expected
    assert [text[anchor.start : anchor.end] for anchor in found] == expected


def test_each_span_of_an_item_is_hidden_named_or_no_name_and_they_stand_in_order(session: Session) -> None:
    key, item = next((key, one) for key, one in session.state.items.items() if "Jeanne Morel" in one.text)
    start = item.start + item.text.index("Jeanne")
    first, last = (
        ItemAnchor(contribution_id=item.contribution_id, start=start + at, end=start + at + len(text), text=text)
        for at, text in ((0, "Jeanne"), (7, "Morel"))
    )
    spans = [(one.start, one.end) for one in (first, last)]
    for one in (last, first):
        session.act("Marc", Wish("mask", spans=(one,)), value=True)
    now = session.state.items[key]
    assert (list(now.masks), now.named, now.not_names, now.display_by) == (spans, (), (), "Marc")
    session.act("Anne", Wish("mask", spans=(first,)), value=False)
    session.act("Anne", Wish("nommer", spans=(last,)), value=True)
    now = session.state.items[key]
    assert (now.masks, list(now.named), list(now.not_names), now.display_by) == ((), spans[1:], spans[:1], "Anne")
    session.act("Anne", Wish("nommer", spans=(last,)), value=False)
    now = session.state.items[key]
    assert (now.masks, now.named, list(now.not_names)) == ((), (), spans[:1])


def test_what_is_no_longer_written_there_is_not_masked(session: Session) -> None:
    (bus, *_) = [item for item in session.state.items.values() if "bus" in item.text]
    at = session.state.sources[bus.contribution_id].text.index("bus")
    gone = ItemAnchor(contribution_id=bus.contribution_id, start=at, end=at + 3, text="car")
    _, outcome = session.act("Anne", Wish("mask", spans=(gone,)), value=True)
    assert outcome.state == "orpheline"
    assert "n'est plus à cet endroit" in outcome.message
    assert session.state.items[bus.item_id].masks == ()


def test_a_correction_that_says_the_same_is_none(session: Session) -> None:
    item = next(iter(session.state.items.values()))
    session.act("Anne", Wish("corriger_transcription", items=(item.item_id,)), text=item.text)
    assert session.state.items[item.item_id].shown_text is None
    session.act("Anne", Wish("corriger_transcription", items=(item.item_id,)), text="Autre chose")
    assert session.state.items[item.item_id].shown_text == "Autre chose"


def test_a_changed_side_is_counted_where_it_is_on_the_title_and_undoing_gives_back_every_byte(
    session: Session, bus: str, machine: MachineTables
) -> None:
    first, second = session.state.items_of(bus)[:2]
    lines = session.run.decisions.lines()
    before = review(machine, lines, None)
    decision, _ = session.act("Anne", Wish("set_stance", items=(first.item_id, second.item_id)), stance="contre")
    session.state.items[second.item_id].stance_on = "Faut-il une gare ?"
    session.state.sided.add(bus)
    count_again(session.state)
    assert session.state.groups[bus].n_against == 1
    told = review(machine, session.run.decisions.lines(), None).reviewed_groups.set_index("group_id").loc[bus]
    assert told["n_against"] == len({one.item_id for one in (first, second)})
    session.set_undone("Anne", decision.decision_id, True)
    after = review(machine, session.run.decisions.lines(), None)
    for name in ("reviewed_groups", "reviewed_memberships"):
        old, new = (getattr(one, name).to_csv(index=False) for one in (before, after))
        assert old == new
