"""The list of exports: one a place, forgotten when they are gone, empty when it was altered."""

from pathlib import Path

from pipeline.folder.kept import EXPORTS, Export, Exports


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
