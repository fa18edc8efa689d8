"""Acts, undo, re-anchoring, conflicts, counts: what the log does to the tables."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.config import Config
from pipeline.contracts.checks import validate
from pipeline.folder.artifacts import RunFolder
from pipeline.review.log.decisions import OPS, Decision, ItemAnchor, read_log
from pipeline.review.log.history import describe
from pipeline.review.log.replay import replay
from pipeline.review.log.spread import count_again
from pipeline.review.log.state import MachineTables, ReviewState
from pipeline.review.session import Session, Wish
from pipeline.review.stage import review


def counter() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"d{number:04d}"


@pytest.fixture
def session(tmp_path: Path, machine: MachineTables) -> Session:
    ids = counter()
    return Session(RunFolder.create(tmp_path / "r"), machine, lambda: "2026-05-04T09:00:00+00:00", lambda: next(ids))


def group_named(state: ReviewState, title: str) -> str:
    (found,) = [key for key, group in state.groups.items() if group.title == title]
    return found


def facts(state: ReviewState) -> dict[str, Any]:
    """Everything that an act can change, ready to compare."""
    return {
        "items": {key: dataclasses.astuple(item) for key, item in state.items.items()},
        "groups": {key: dataclasses.astuple(group) for key, group in state.groups.items()},
        "members": {key: frozenset(ids) for key, ids in state.members.items()},
        "links": {key: dataclasses.astuple(link) for key, link in state.links.items()},
        "themes": {key: dataclasses.astuple(theme) for key, theme in state.themes.items()},
        "pins": dict(state.pins),
    }


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

    weak = tuple(item.item_id for item in session.state.weak_signals() if item.axis == "sud")
    decision, _ = session.act("Anne", Wish("create", items=weak), title="Du commun", axis="sud")
    assert session.state.groups[str(decision.after.group_id)].n_items == len(weak)


def test_an_item_that_changes_axis_leaves_its_group(session: Session, machine: MachineTables, config: Config) -> None:
    bus = group_named(session.state, "Pas assez de bus le soir")
    item = session.state.items_of(bus)[0]
    session.act("Anne", Wish("set_axis", items=(item.item_id,)), axis="hors_axe")
    result = review(machine, session.run.decisions.lines(), None, config)
    assert item.item_id not in set(result.reviewed_memberships["item_id"])
    row = result.reviewed_tags.set_index("item_id").loc[item.item_id]
    assert (row["axis"], row["status"], row["decided_by"]) == ("hors_axe", "sur", "Anne")
    for name in ("reviewed_tags", "reviewed_groups", "reviewed_memberships", "reviewed_items", "decision_states"):
        validate(name, getattr(result, name))


def test_counts_are_made_as_the_grouping_stage_makes_them(machine: MachineTables) -> None:
    state = ReviewState.from_machine(machine)
    expected = {key: dataclasses.astuple(group) for key, group in state.groups.items()}
    state.touched = set(state.groups)
    count_again(state)
    assert {key: dataclasses.astuple(group) for key, group in state.groups.items()} == expected


def test_undo_redo_and_undo_in_the_middle(session: Session) -> None:
    bus = group_named(session.state, "Pas assez de bus le soir")
    first, _ = session.act("Anne", Wish("rename", groups=(bus,)), title="Un")
    session.act("Marc", Wish("accept", groups=(bus,)))
    session.set_undone("Anne", first.decision_id, True)
    assert session.state.groups[bus].title == "Pas assez de bus le soir"
    assert session.state.groups[bus].state == "accepte"
    assert session.redoable() == first
    session.set_undone("Anne", first.decision_id, False)
    assert session.state.groups[bus].title == "Un"
    assert len(session.run.decisions.lines()) == 4


def test_a_line_of_another_program_is_told_in_french(session: Session, machine: MachineTables, config: Config) -> None:
    bus = group_named(session.state, "Pas assez de bus le soir")
    session.act("Anne", Wish("accept", groups=(bus,)))
    (line,) = session.run.decisions.lines()
    strange = line.replace('"accept"', '"acccept"').replace('"decision_id": "', '"decision_id": "x')
    result = review(machine, [line, strange], None, config)
    assert result.warnings == (
        "Relecture : une décision rejouée.",
        "La ligne 2 de decisions.jsonl n'est pas un acte connu (op : « acccept ») : elle n'est pas appliquée. "
        "Mettez Rosace à jour, ou refaites cet acte.",
    )


def test_another_writer_is_taken_in(session: Session, machine: MachineTables) -> None:
    other = Session(session.run, machine)
    bus = group_named(other.state, "Pas assez de bus le soir")
    other.act("Marc", Wish("rename", groups=(bus,)), title="Vu par Marc")
    session.act("Anne", Wish("accept", groups=(bus,)))
    other.sync()
    for each in (session, other):
        assert (each.state.groups[bus].title, each.state.groups[bus].state) == ("Vu par Marc", "accepte")


def test_a_torn_line_is_told_and_loses_nothing(session: Session, machine: MachineTables, config: Config) -> None:
    bus = group_named(session.state, "Pas assez de bus le soir")
    session.act("Anne", Wish("rename", groups=(bus,)), title="Le bus « é »")
    with (session.run.path / "decisions.jsonl").open("ab") as file:
        file.write(session.run.decisions.lines()[0].encode()[:-9])
    session.act("Anne", Wish("accept", groups=(bus,)))
    result = review(machine, session.run.decisions.lines(), None, config)
    assert result.decision_states["state"].tolist() == ["rejouee", "rejouee", "orpheline"]
    assert "ligne 2" in result.decision_states["message"].iloc[2]
    assert [warning.split(" : ")[0] for warning in result.warnings] == [
        "Relecture",
        "La ligne 2 de decisions.jsonl est coupée ou abîmée",
    ]
    assert session.state.groups[bus].title == "Le bus « é »"


def test_line_separators_inside_words_do_not_cut_a_line(session: Session) -> None:
    bus = group_named(session.state, "Pas assez de bus le soir")
    session.act("Anne", Wish("texte", groups=(bus,)), text="un\u2028deux\x85trois\nquatre")
    session.sync()
    assert not session.log.bad_lines
    assert session.state.groups[bus].author_text == "un\u2028deux\x85trois\nquatre"


def regrouped(machine: MachineTables, ids: dict[str, str]) -> MachineTables:
    """The same workshop after a run that gave other ids to some groups."""
    groups, memberships = machine.groups.copy(), machine.memberships.copy()
    groups["group_id"] = groups["group_id"].replace(ids)
    memberships["group_id"] = memberships["group_id"].replace(ids)
    return dataclasses.replace(machine, groups=groups, memberships=memberships)


def test_a_group_is_found_again_by_its_members(session: Session, machine: MachineTables, config: Config) -> None:
    bus = group_named(session.state, "Pas assez de bus le soir")
    session.act("Anne", Wish("rename", groups=(bus,)), title="Le bus manque")
    result = review(regrouped(machine, {bus: "g-nouveau"}), session.run.decisions.lines(), None, config)
    renamed = result.reviewed_groups.set_index("group_id").loc["g-nouveau"]
    assert renamed["title"] == "Le bus manque"
    assert result.decision_states["state"].tolist() == ["rejouee"]


def test_a_group_that_is_gone_leaves_an_orphan_with_what_to_do(
    session: Session, machine: MachineTables, config: Config
) -> None:
    bus = group_named(session.state, "Pas assez de bus le soir")
    session.act("Anne", Wish("accept", groups=(bus,)))
    without = machine.memberships["group_id"] == bus
    gone = dataclasses.replace(
        machine,
        groups=machine.groups[machine.groups["group_id"] != bus],
        memberships=machine.memberships.assign(group_id=machine.memberships["group_id"].mask(without)),
    )
    result = review(gone, session.run.decisions.lines(), None, config)
    assert result.decision_states["state"].tolist() == ["orpheline"]
    assert "signaux faibles" in result.decision_states["message"].iloc[0]
    assert "refaites" in result.decision_states["message"].iloc[0]
    assert any("orpheline" in warning for warning in result.warnings)


def test_an_item_is_found_again_after_another_segmentation(
    session: Session, machine: MachineTables, config: Config
) -> None:
    item = next(item for item in session.state.items.values() if item.text.startswith("Le local est froid"))
    session.act("Anne", Wish("set_axis", items=(item.item_id,)), axis="ouest")
    items = machine.items.copy()
    row = items["item_id"] == item.item_id
    items.loc[row, ["item_id", "end", "text"]] = ["i-autre", item.end - 9, item.text[:-9]]
    rename = {item.item_id: "i-autre"}
    other = dataclasses.replace(
        machine,
        items=items,
        tags=machine.tags.assign(item_id=machine.tags["item_id"].replace(rename)),
        memberships=machine.memberships.assign(item_id=machine.memberships["item_id"].replace(rename)),
    )
    result = review(other, session.run.decisions.lines(), None, config)
    assert result.reviewed_tags.set_index("item_id").loc["i-autre", "axis"] == "ouest"


def test_a_renamed_file_keeps_its_decisions(session: Session, machine: MachineTables, config: Config) -> None:
    item = next(item for item in session.state.items.values() if item.text.startswith("Planter une haie"))
    session.act("Anne", Wish("set_axis", items=(item.item_id,)), axis="nord")
    moved = {item.contribution_id: "c-autre-fichier"}
    other = dataclasses.replace(
        machine,
        contributions=machine.contributions.assign(
            contribution_id=machine.contributions["contribution_id"].replace(moved)
        ),
        items=machine.items.assign(contribution_id=machine.items["contribution_id"].replace(moved)),
    )
    result = review(other, session.run.decisions.lines(), None, config)
    assert result.reviewed_tags.set_index("item_id").loc[item.item_id, "axis"] == "nord"


def test_merging_groups_of_two_axes_is_a_conflict(session: Session) -> None:
    groups = tuple(group_named(session.state, t) for t in ("Pas assez de bus le soir", "Tenir un agenda partagé"))
    _, outcome = session.act("Anne", Wish("merge", groups=groups))
    assert outcome.state == "conflit"
    assert "axe" in outcome.message
    assert set(groups) <= set(session.state.groups)


def test_a_paragraph_is_flagged_when_its_figures_change(session: Session) -> None:
    bus = group_named(session.state, "Pas assez de bus le soir")
    moved = session.state.items_of(bus)[0].item_id
    text, _ = session.act("Anne", Wish("texte", groups=(bus,)), text="Six personnes parlent du bus.")
    assert session.outcomes[text.decision_id].message == ""
    state = session.start.copy()
    state.members[bus].pop(moved)
    state.items[moved].group_id = None
    state.touched.add(bus)
    count_again(state)
    replayed = replay(state, session.log)
    assert "chiffres" in replayed.outcomes[text.decision_id].message
    assert replayed.state.groups[bus].author_text == "Six personnes parlent du bus."


def test_names_are_masked_named_or_kept(session: Session, machine: MachineTables, config: Config) -> None:
    item = next(item for item in session.state.items.values() if "Jeanne Morel" in item.text)
    start = item.text.index("Jeanne")
    span = ItemAnchor(contribution_id=item.contribution_id, start=start, end=start + 12, text="Jeanne Morel")
    session.act("Anne", Wish("mask", spans=(span,)), value=True)
    assert session.state.items[item.item_id].masks == ((start, start + 12),)
    session.act("Anne", Wish("nommer", spans=(span,)), value=True)
    result = review(machine, session.run.decisions.lines(), None, config)
    row = result.reviewed_items.set_index("item_id").loc[item.item_id]
    assert list(row["masks"]) == []
    assert [list(pair) for pair in row["named"]] == [[start, start + 12]]


def test_changes_since_the_previous_run(machine: MachineTables, session: Session, config: Config) -> None:
    from pipeline.review.stage import PreviousTables

    before = review(machine, [], None, config)
    previous = PreviousTables(machine.items, before.reviewed_tags, before.reviewed_groups, before.reviewed_memberships)
    assert review(machine, [], previous, config).changes.empty
    bus = group_named(session.state, "Pas assez de bus le soir")
    session.act("Anne", Wish("rename", groups=(bus,)), title="Le bus manque")
    after = review(machine, session.run.decisions.lines(), previous, config)
    (change,) = after.changes.to_dict("records")
    assert (change["kind"], change["before"], change["after"]) == (
        "groupe_modifie", "Pas assez de bus le soir", "Le bus manque",
    )  # fmt: skip


@st.composite
def wishes(draw: st.DrawFn) -> tuple[str, int, int, int]:
    """An op and three numbers that choose its targets."""
    ops = [op for op in OPS if op not in ("mask", "nommer")]
    return (draw(st.sampled_from(ops)), *(draw(st.integers(0, 1000)) for _ in range(3)))  # type: ignore[return-value]


def perform(session: Session, op: str, a: int, b: int, c: int) -> None:
    state = session.state
    items, groups = sorted(state.items), sorted(state.groups)
    picked = tuple(dict.fromkeys(items[n % len(items)] for n in (a, b, c)))
    pair = tuple(dict.fromkeys(groups[n % len(groups)] for n in (a, b)))
    axis = ("nord", "est", "sud", "ouest", "hors_axe")[c % 5]
    if op in ("undo", "redo"):
        decision = session.undoable() if op == "undo" else session.redoable()
        if decision is not None:
            session.set_undone("Anne", decision.decision_id, op == "undo")
        return
    if op == "merge" and len(pair) < 2:
        return
    on_groups = op in ("merge", "rename", "revoir", "reject", "rouvrir", "problematique", "order", "texte", "set_theme")
    targets = pair if op == "merge" else pair[:1] if on_groups or op in ("accept", "hide") else ()
    wish = Wish(op, items=() if targets else picked, groups=targets)
    after: dict[str, Any] = {
        "rename": {"title": f"titre {a}"},
        "move": {"group_id": pair[0]},
        "create": {"title": "n", "axis": axis},
        "set_axis": {"axis": axis},
        "controle": {"axis": axis},
        "set_stance": {"stance": "contre"},
        "set_theme": {"theme_id": sorted(state.themes)[0]},
        "order": {"position": a % 4},
        "hide": {"value": True},
        "ne_pas_citer": {"value": True},
        "quote": {"state": "choisie"},
        "problematique": {"question": "Comment ?"},
        "texte": {"text": "x"},
        "corriger_transcription": {"text": "y"},
    }.get(op, {})
    if op == "split":
        inside = tuple(sorted(state.members[pair[0]]))[:2]
        wish, after = Wish(op, items=inside, groups=pair[:1]), {"title": "à part"}
    if op == "link":
        wish, after = Wish(op, links=((picked[0], picked[-1]),)), {"state": "faux"}
    session.act("Anne", wish, **after)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(wishes(), min_size=1, max_size=12))
def test_whatever_is_done_can_be_undone_and_the_log_says_it_all(
    plan: list[tuple[str, int, int, int]],
    machine: MachineTables,
    tmp_path_factory: pytest.TempPathFactory,
    config: Config,
) -> None:
    session = Session(RunFolder.create(tmp_path_factory.mktemp("h")), machine)
    at_start = facts(session.state)
    for op, a, b, c in plan:
        perform(session, op, a, b, c)
    assert facts(session.state) == facts(Session(session.run, machine).state)
    result = review(machine, session.run.decisions.lines(), None, config)
    for name in ("reviewed_tags", "reviewed_groups", "reviewed_memberships", "reviewed_links", "reviewed_items"):
        validate(name, getattr(result, name))
    assert set(result.reviewed_memberships["group_id"].dropna()) == set(result.reviewed_groups["group_id"])
    for decision in session.log.decisions:
        assert describe(session.state, decision).startswith("a ")
        assert read_log([decision.to_line()]).decisions == (decision,)
    while (decision := session.undoable()) is not None:
        session.set_undone("Anne", decision.decision_id, True)
    assert facts(session.state) == at_start


def test_an_act_without_its_value_is_no_line(session: Session) -> None:
    line = json.dumps({"decision_id": "d", "ts": "", "author": "A", "op": "rename", "target": {"groups": ["g"]}})
    (bad,) = read_log([line]).bad_lines
    assert "title" in bad.message
    with pytest.raises(ValueError, match="items"):
        Decision.model_validate({"decision_id": "d", "ts": "", "author": "A", "op": "move", "target": {}})
