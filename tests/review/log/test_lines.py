"""Lines of the log: torn, unknown, incomplete, written by two programs at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from reading import group_named

from pipeline.config import Config
from pipeline.folder.artifacts import RunFolder
from pipeline.review.log.lines import read_log
from pipeline.review.log.state import MachineTables
from pipeline.review.session import Session, Wish
from pipeline.review.stage import review


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
        ({"op": "move", "target": {}}, "il y manque des paroles"),
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
