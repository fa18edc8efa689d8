"""The answers of a language model in the run folder."""

from pathlib import Path

from pipeline.folder.kept import ANSWERED, AnswerFiles


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


def test_words_that_are_withdrawn_are_forgotten(tmp_path: Path) -> None:
    answers = AnswerFiles(tmp_path)
    answers.put("hers", {"idees": ["i1", "i2"], "reponse": "{}"})
    answers.put("echo", {"idees": ["i3"], "reponse": '{"texte": "Je m’appelle \\"Zoé\\"\\net je vis seule"}'})
    answers.put("others", {"idees": ["i3"], "reponse": "{}"})
    answers.put("old", {"reponse": "{}"})
    answers.forget(["i2"], 'Je m’appelle "Zoé"\net je vis seule')
    assert [path.stem for path in (tmp_path / ANSWERED).iterdir()] == ["others"]


def test_an_answer_that_shows_a_part_of_withdrawn_words_is_erased(tmp_path: Path) -> None:
    answers = AnswerFiles(tmp_path)
    words = "Le local prêté par la famille du moulin sert à tout le monde, et il faudrait le chauffer avant l’hiver"
    answers.put("a", {"idees": ["i1"], "messages": [{"content": f"sous : {words[40:]} – des bancs"}]})
    answers.put("b", {"idees": ["i1"], "messages": [{"content": "sous : le four du bourg – des bancs"}]})
    answers.forget(["i9"], words)
    assert (answers.get("a"), answers.get("b") is not None) == (None, True)
