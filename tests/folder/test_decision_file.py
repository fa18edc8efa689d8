"""The log of decisions: it only grows, whatever interrupts it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ArtifactError
from pipeline.folder.kept import DecisionFile


@pytest.fixture
def decisions(tmp_path: Path) -> DecisionFile:
    return DecisionFile(tmp_path / "decisions.jsonl")


def test_a_torn_last_line_does_not_swallow_the_next_decision(decisions: DecisionFile) -> None:
    decisions.append(['{"a": 1}'])
    with decisions.path.open("ab") as file:
        file.write(b'{"coup')
    decisions.append(['{"b": 2}'])
    assert decisions.lines() == ['{"a": 1}', '{"coup', '{"b": 2}']


@given(lines=st.lists(st.from_regex(r"\A[a-zé«» 0-9]{1,20}\Z"), max_size=8))
def test_the_log_keeps_every_line_in_order(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    decisions = DecisionFile(tmp_path_factory.mktemp("log") / "decisions.jsonl")
    for line in lines:
        decisions.append([line])
    assert decisions.lines() == lines


def test_lines_end_at_a_newline_and_nowhere_else(decisions: DecisionFile) -> None:
    assert decisions.lines() == []
    decisions.append(["un\u2028mot", "deux\x0cmots"])
    assert decisions.lines() == ["un\u2028mot", "deux\x0cmots"]


def test_the_whole_log_can_be_written_again(decisions: DecisionFile) -> None:
    decisions.append(["a", "b"])
    decisions.replace(["b"])
    decisions.append(["c"])
    assert decisions.lines() == ["b", "c"]


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="Rien de ce qui précède n'est perdu"):
        DecisionFile(tmp_path / "nowhere" / "decisions.jsonl").append(["a"])
