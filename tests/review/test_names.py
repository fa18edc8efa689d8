"""Names masked in one place or everywhere; verdicts taken back; two writers of one log."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline.config import Config
from pipeline.contracts.checks import conform
from pipeline.folder.artifacts import RunFolder
from pipeline.review.exchange.own_words import masked, masked_names
from pipeline.review.log.decisions import ItemAnchor
from pipeline.review.log.masking import places_of
from pipeline.review.log.state import MachineTables, Source
from pipeline.review.session import Session, Wish
from pipeline.review.stage import review


@pytest.fixture
def session(tmp_path: Path, machine: MachineTables) -> Session:
    return Session(RunFolder.create(tmp_path / "r"), machine)


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
    assert session.log.undone_by()[session.log.decisions[0].decision_id].author == "Marc"


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
    assert masked(new) == "Le [nom] est froid hiver"
    assert "minibus" in masked_names(later.state)


def test_a_title_that_a_person_accepted_shows_no_masked_name(
    session: Session, machine: MachineTables, config: Config
) -> None:
    def title() -> str:
        reviewed = review(machine, session.run.decisions.lines(), None, config).reviewed_groups
        return str(reviewed.set_index("group_id")["title"][group])

    (group,) = [key for key, one in session.state.groups.items() if one.title == "Le minibus du centre social existe"]
    spans = places_of("minibus", session.state.sources.values())
    session.act("Anne", Wish("mask", spans=(spans[0],)), value=True, text="minibus")
    session.act("Anne", Wish("accept", groups=(group,)))
    assert title() == "Le […] du centre social existe"
    session.act("Anne", Wish("rename", groups=(group,)), title="Merci pour le minibus")
    assert title() == "Merci pour le minibus"


@pytest.fixture
def suspecting(machine: MachineTables) -> MachineTables:
    """The workshop where « minibus » was taken for a name in one contribution."""
    (found,) = machine.contributions[
        machine.contributions["text"] == "Le minibus est libre trois jours par semaine"
    ].itertuples()
    row = {"contribution_id": found.contribution_id, "start": 3, "end": 10, "text": "minibus", "reason": "prénom"}
    return replace(machine, name_suggestions=conform("name_suggestions", pd.DataFrame([row])))


@pytest.mark.parametrize(
    ("op", "after", "expected"),
    [
        ("accept", {}, "Le […] du centre social existe"),
        ("merge", {"title": "Le minibus du centre social existe"}, "Le […] du centre social existe"),
        ("rename", {"title": "Le minibus du centre social existe"}, "Le […] du centre social existe"),
        ("merge", {"title": "Le minibus et le café"}, "Le minibus et le café"),
    ],
    ids=["accepted", "merged, title left as it was", "renamed as it was", "merged under a person's title"],
)
def test_a_suspected_name_is_in_no_title_that_the_machine_wrote(
    tmp_path: Path, suspecting: MachineTables, config: Config, op: str, after: dict[str, str], expected: str
) -> None:
    session = Session(RunFolder.create(tmp_path / "r"), suspecting)
    groups = {one.title: key for key, one in session.state.groups.items()}
    kept = groups["Le minibus du centre social existe"]
    both = (kept, groups["Le café associatif rassemble"]) if op == "merge" else (kept,)
    assert session.act("Anne", Wish(op, groups=both), **after)[1].state == "rejouee"
    reviewed = review(suspecting, session.run.decisions.lines(), None, config).reviewed_groups
    assert reviewed.set_index("group_id")["title"][kept] == expected


@pytest.mark.parametrize(("op", "value"), [("mask", False), ("nommer", True)], ids=["no name", "named with consent"])
def test_a_word_that_may_be_shown_is_shown(
    tmp_path: Path, suspecting: MachineTables, config: Config, op: str, value: bool
) -> None:
    session = Session(RunFolder.create(tmp_path / "r"), suspecting)
    (kept,) = [key for key, one in session.state.groups.items() if one.title == "Le minibus du centre social existe"]
    (suggestion,) = suspecting.name_suggestions.drop(columns="reason").to_dict("records")
    session.act("Anne", Wish(op, spans=(ItemAnchor(**suggestion),)), value=value)
    session.act("Anne", Wish("accept", groups=(kept,)))
    reviewed = review(suspecting, session.run.decisions.lines(), None, config)
    assert reviewed.reviewed_groups.set_index("group_id")["title"][kept] == "Le minibus du centre social existe"
    shown = reviewed.reviewed_items.explode("named").dropna(subset="named")
    assert [list(span) for span in shown["named"]] == [[3, 10]]


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


def test_a_verdict_can_be_taken_back(session: Session) -> None:
    group = next(iter(session.state.groups))
    for op, state in (("accept", "accepte"), ("rouvrir", "machine"), ("reject", "rejete"), ("rouvrir", "machine")):
        session.act("Anne", Wish(op, groups=(group,)))
        assert session.state.groups[group].state == state


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
