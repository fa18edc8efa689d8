"""The log read and replayed: lines that are cut or strange are told, acts that stand are done in order."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import facts, group_named, link_of

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.checks import validate
from pipeline.folder.artifacts import RunFolder
from pipeline.review.log.decisions import NewTitle
from pipeline.review.log.ops import OPS, describe
from pipeline.review.log.replay import read_log
from pipeline.review.session import Session, Wish
from pipeline.review.stage import review
from pipeline.workshop.records import MachineTables


def test_a_line_of_another_program_is_told_in_french(session: Session, bus: str, machine: MachineTables) -> None:
    session.act("Anne", Wish("accept", groups=(bus,)))
    (line,) = session.run.decisions.lines()
    strange = line.replace('"accept"', '"acccept"').replace('"decision_id": "', '"decision_id": "x')
    result = review(machine, [line, strange], None)
    assert result.warnings == (
        "Relecture : une décision reprise.",
        "La ligne 2 de decisions.jsonl n'est pas un acte connu (op : « acccept ») : elle n'est pas appliquée. "
        "Mettez Rosace à jour, ou refaites cet acte.",
    )


def test_a_torn_line_is_told_and_loses_nothing(session: Session, bus: str, machine: MachineTables) -> None:
    session.act("Anne", Wish("rename", groups=(bus,)), title="Le bus « é »")
    with (session.run.path / "decisions.jsonl").open("ab") as file:
        file.write(session.run.decisions.lines()[0].encode()[:-9])
    session.act("Anne", Wish("accept", groups=(bus,)))
    result = review(machine, session.run.decisions.lines(), None)
    assert result.decision_states["state"].tolist() == ["rejouee", "rejouee", "orpheline"]
    assert "ligne 2" in result.decision_states["message"].iloc[2]
    assert [warning.split(" : ")[0] for warning in result.warnings] == [
        "Relecture",
        "La ligne 2 de decisions.jsonl est coupée ou abîmée",
    ]
    assert session.state.groups[bus].title == "Le bus « é »"


def test_two_processes_append_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    run = RunFolder.create(tmp_path / "r")
    with (run.path / "decisions.jsonl").open("wb") as file:
        file.write('{"torn": "é'.encode()[:-1])  # cut inside a character, by a computer that stopped
    script = (
        "import sys; from pathlib import Path; from pipeline.folder.artifacts import RunFolder\n"
        "run = RunFolder(Path(sys.argv[1]))\n"
        "for n in range(60): run.decisions.append([f'{sys.argv[2]}-{n}' + 'x' * 3000, 'fin'])\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", script, str(run.path), name]) for name in ("a", "b")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    torn, *lines = run.decisions.lines()
    assert torn.startswith('{"torn"')
    assert lines[1::2] == ["fin"] * 120
    for name in ("a", "b"):
        assert [line.rstrip("x") for line in lines if line.startswith(name)] == [f"{name}-{n}" for n in range(60)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"op": "rename", "target": {"groups": ["g"]}}, "il y manque title"),
        ({"op": "move", "target": {}}, "il y manque des idées"),
        ({"op": "order", "target": {"groups": ["g"]}, "after": {"position": -1}}, "after.position : « -1 »"),
        ({"op": "accept"}, "target"),
    ],
    ids=["no title", "no items", "below zero", "about nothing"],
)
def test_an_act_without_what_it_needs_is_no_line(line: dict[str, object], told: str) -> None:
    (bad,) = read_log([json.dumps({"decision_id": "d", "ts": "", "author": "A", **line})]).bad_lines
    assert told in bad.message


def test_a_line_nested_too_deep_is_told() -> None:
    (bad,) = read_log(["[" * 10_000 + "]" * 10_000]).bad_lines
    assert "coupée ou abîmée" in bad.message
    assert len(read_log(['{"op":' * 10_000]).bad_lines) == 1


def test_undo_redo_and_undo_in_the_middle(session: Session, bus: str) -> None:
    first, _ = session.act("Anne", Wish("rename", groups=(bus,)), title="Un")
    session.act("Marc", Wish("accept", groups=(bus,)))
    session.set_undone("Anne", first.decision_id, True)
    assert session.state.groups[bus].title == "Pas assez de bus le soir"
    assert session.state.groups[bus].state == "accepte"
    assert session.redoable() == first
    session.set_undone("Anne", first.decision_id, False)
    assert session.state.groups[bus].title == "Un"
    assert len(session.run.decisions.lines()) == 4


def test_an_act_that_undoes_what_nobody_did_is_told(session: Session) -> None:
    outcome = session.set_undone("Anne", "inconnu", True)
    assert outcome.state == "orpheline"
    assert "inconnu" in outcome.message


def test_another_writer_is_taken_in(session: Session, machine: MachineTables) -> None:
    other = Session(session.run, machine)
    bus = group_named(other.state, "Pas assez de bus le soir")
    other.act("Marc", Wish("rename", groups=(bus,)), title="Vu par Marc")
    session.act("Anne", Wish("accept", groups=(bus,)))
    other.sync()
    for each in (session, other):
        assert (each.state.groups[bus].title, each.state.groups[bus].state) == ("Vu par Marc", "accepte")


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
    on_groups = op in "confier merge rename revoir reject rouvrir problematique order texte set_theme".split()
    targets = pair if op == "merge" else pair[:1] if on_groups or op in ("accept", "hide") else ()
    wish = Wish(op, items=() if targets else picked, groups=targets)
    after: dict[str, Any] = {
        "rename": {"title": f"titre {a}"},
        "move": {"group_id": pair[0]},
        "create": {"title": "n", "axis": axis},
        "set_axis": {"axis": axis},
        "controle": {"axis": axis},
        "controle_titre": {"group_id": pair[0]},
        "set_stance": {"stance": "contre"},
        "set_theme": {"theme_id": sorted(state.themes)[0]},
        "order": {"position": a % 4},
        "hide": {"value": True},
        "ne_pas_citer": {"value": True},
        "pas_une_parole": {"text": "un titre"},
        "quote": {"state": "choisie"},
        "problematique": {"question": "Comment ?"},
        "texte": {"text": "x"},
        "commenter": {"text": "x"},
        "confier": {"text": "Marc"},
        "corriger_transcription": {"text": "y"},
    }.get(op, {})
    if op == "split":
        inside = tuple(sorted(state.members[pair[0]]))[:2]
        wish, after = Wish(op, items=inside, groups=pair[:1]), {"title": "à part"}
    if op == "meme":
        (one, near), *_ = list(state.near.near.items())[a % len(state.near.near) :]
        wish, after = Wish(op, items=(one, sorted(near)[b % len(near)])), {"value": bool(c % 2), "agreed": bool(a % 3)}
    if op == "ecrire":
        wish, after = Wish(op, part="fil_rouge"), {"text": f"fil {a}"}
    if op == "titres":
        wish, after = Wish(op), {"titles": (NewTitle(title=f"titre {a % 3}", axis=None if b % 2 else "sud"),)}
    if op == "axe_du_titre":
        keys = [*state.titled, *pair]
        wish, after = Wish(op, groups=(keys[b % len(keys)],)), {"axis": ("hors_axe", *COMPASS_CODES)[c % 5]}
    if op in ("prendre", "refuser"):
        keys = [*state.titled, *pair]
        wish = Wish(op, items=picked, groups=(keys[b % len(keys)],) if op == "refuser" else ())
        after = {"group_id": keys[b % len(keys)], "value": bool(c % 2)} if op == "prendre" else {}
    if op == "link":
        session.record([link_of(session, (picked[0], picked[-1]), "juste" if c % 2 else "faux")])
        return
    session.act("Anne", wish, **after)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(wishes(), min_size=1, max_size=12))
def test_whatever_is_done_can_be_undone_and_the_log_says_it_all(
    plan: list[tuple[str, int, int, int]], machine: MachineTables, tmp_path_factory: pytest.TempPathFactory
) -> None:
    session = Session(RunFolder.create(tmp_path_factory.mktemp("h")), machine)
    at_start = facts(session.state)
    for op, a, b, c in plan:
        perform(session, op, a, b, c)
    assert facts(session.state) == facts(Session(session.run, machine).state)
    result = review(machine, session.run.decisions.lines(), None)
    for name in ("reviewed_tags", "reviewed_groups", "reviewed_memberships", "reviewed_links", "reviewed_items"):
        validate(name, getattr(result, name))
    assert set(result.reviewed_memberships["group_id"].dropna()) == set(result.reviewed_groups["group_id"])
    for decision in session.log.decisions:
        assert describe(session.state, decision).startswith("a ")
        assert read_log([decision.to_line()]).decisions == (decision,)
    while (decision := session.undoable()) is not None:
        session.set_undone("Anne", decision.decision_id, True)
    assert facts(session.state) == at_start


def test_a_line_that_is_no_act_at_all_is_told_as_such() -> None:
    (bad,) = read_log(["3"]).bad_lines
    assert "(acte : « 3 »)" in bad.message
    assert "La ligne 1 de decisions.jsonl" in bad.message
