"""What a run folder keeps beside its tables: answers of a language model, exports, the log of decisions."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ArtifactError
from pipeline.folder.kept import ANSWERED, EXPORTS, AnswerFiles, DecisionFile, Export, Exports


def test_an_answer_comes_back_and_is_a_file_that_people_can_read(tmp_path: Path) -> None:
    answers = AnswerFiles(tmp_path)
    answers.put("a1", {"reponse": "L’été", "idees": ["i1"]})
    assert answers.get("a1") == {"reponse": "L’été", "idees": ["i1"]}
    assert answers.get("a2") is None
    assert "L’été" in (tmp_path / ANSWERED / "a1.json").read_text(encoding="utf-8")


def test_a_torn_answer_is_no_answer(tmp_path: Path) -> None:
    answers = AnswerFiles(tmp_path)
    answers.put("a1", {"reponse": "oui"})
    (tmp_path / ANSWERED / "a1.json").write_text('{"reponse": "ou', encoding="utf-8")
    assert answers.get("a1") is None


def test_all_are_removed_when_words_are_withdrawn(tmp_path: Path) -> None:
    answers = AnswerFiles(tmp_path)
    answers.put("a", {"idees": ["i1"], "reponse": "{}"})
    (tmp_path / ANSWERED / "b.json").write_text('{"reponse": "ou', encoding="utf-8")
    answers.remove(lambda _: True)
    assert not list((tmp_path / ANSWERED).iterdir())


def test_one_a_place_and_forgotten_when_gone(tmp_path: Path) -> None:
    exports = Exports(tmp_path)
    exports.forget([tmp_path / "rien.xlsx"])
    assert not (tmp_path / EXPORTS).exists()
    first, again = (Export(str(tmp_path / "revue.xlsx"), sha, "01/02/2026") for sha in ("a", "b"))
    saved = Export("relecture.html", "c", "02/02/2026", is_download=True)
    for one in (first, saved, again):
        exports.note(one)
    assert exports.all() == [saved, again]
    exports.forget([tmp_path / "revue.xlsx"])
    assert exports.all() == [saved]
    assert saved.told == "relecture.html, téléchargé depuis la page de relecture le 02/02/2026"


def test_an_altered_list_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / EXPORTS).write_text('[{"a": 1}]', encoding="utf-8")
    assert Exports(tmp_path).all() == []


def test_those_inside_follow_a_run_that_moves(tmp_path: Path) -> None:
    run = tmp_path / "essai"
    run.mkdir()
    beside, inside = (Export(str(place / "revue.xlsx"), "a", "01/02/2026") for place in (tmp_path, run))
    Exports(run).note(beside, inside)
    moved = run.rename(tmp_path / "atelier")
    assert [one.place for one in Exports(moved).all()] == [beside.place, str(moved / "revue.xlsx")]


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
