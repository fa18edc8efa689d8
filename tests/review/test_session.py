"""A review under way: an act is written before it counts, and says what it replaced."""

from pathlib import Path

import pytest

from pipeline.errors import ArtifactError
from pipeline.review.session import Session, Wish

BUS = "Pas assez de bus le soir"


def test_an_act_keeps_what_it_replaces(session: Session, bus: str) -> None:
    decision, outcome = session.act("Anne", Wish("rename", groups=(bus,)), title="Le bus du soir")
    assert outcome.state == "rejouee"
    assert decision.before.value == BUS
    assert decision.before.members == {bus: tuple(session.state.members[bus])}
    assert (decision.author, decision.ts, decision.decision_id) == ("Anne", "2026-05-04T09:00:00+00:00", "d0001")
    assert session.run.decisions.lines() == [decision.to_line()]
    assert session.title_of(bus) == "Le bus du soir"


def test_a_wish_is_not_yet_an_act(session: Session, bus: str) -> None:
    session.propose("Anne", Wish("rename", groups=(bus,)), title="Le bus du soir")
    assert session.run.decisions.lines() == []
    assert session.title_of(bus) == BUS


def test_an_act_that_lacks_something_writes_nothing(session: Session, bus: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        session.act("Anne", Wish("rename", groups=(bus,)))
    with pytest.raises(KeyError):
        session.act("Anne", Wish("rename", groups=("g-absent",)), title="x")
    assert session.run.decisions.lines() == []


def test_what_the_disk_refuses_is_not_done(session: Session, bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (Path(session.run.path) / "decisions.jsonl").mkdir()
    monkeypatch.setattr(Session, "sync", lambda _: None)
    with pytest.raises(ArtifactError):
        session.act("Anne", Wish("rename", groups=(bus,)), title="Le bus du soir")
    assert session.title_of(bus) == BUS


def test_what_was_undone_last_is_redone_until_something_else_is_done(session: Session, bus: str) -> None:
    first, _ = session.act("Anne", Wish("rename", groups=(bus,)), title="Un")
    second, _ = session.act("Marc", Wish("accept", groups=(bus,)))
    assert (session.undoable(), session.redoable()) == (second, None)
    session.set_undone("Anne", first.decision_id, True)
    assert (session.undoable(), session.redoable()) == (second, first)
    third, _ = session.act("Marc", Wish("revoir", groups=(bus,)))
    assert (session.undoable(), session.redoable()) == (third, None)
