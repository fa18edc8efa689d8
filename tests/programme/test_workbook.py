"""The workbook of a programme goes out and comes back: titles that are one, told apart, worded again, undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from territories import WORKSHOPS, write_run

from pipeline.api.programme import plan_import, record_import, undo_last
from pipeline.errors import RefusedFileError, UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.programme.stage import Compared, compare
from pipeline.programme.workbook import ONE, OTHER, PAIRS, TITLES, Plan, pair_rows, plan_workbook, write_workbook
from pipeline.programme.workshops import add_runs
from pipeline.review.exchange.workbook import SAME, TITLE

Cells = dict[str, str]
Change = tuple[str, Callable[[Cells], bool], str, str]


@pytest.fixture(scope="module")
def compared(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Compared:
    """A programme with its workbook alone; nothing may change it."""
    folder = RunFolder.create(tmp_path_factory.mktemp("p"))
    add_runs(folder.path, sorted(written.iterdir()))
    found = compare(folder)
    (folder.path / "programme.xlsx").write_bytes(write_workbook(found.reading, found.decided))
    return found


@pytest.fixture
def programme(written: Path, tmp_path: Path) -> Path:
    """Another of the same runs, whose log is its own."""
    folder = RunFolder.create(tmp_path / "p")
    add_runs(folder.path, sorted(written.iterdir()))
    return folder.path


def planned(compared: Compared, place: Path, *changes: Change) -> Plan:
    return plan_workbook(compared.reading, filled(compared.folder.path, place, *changes), "Anne")


def filled(programme: Path, place: Path, *changes: Change) -> Path:
    """The workbook as a person gives it back: (sheet, row, heading, what she wrote) each."""
    book = CalamineWorkbook.from_path(str(programme / "programme.xlsx"))
    grids = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    for sheet, is_row, heading, value in changes:
        head, *rows = grids[sheet]
        found = [row for row in rows if is_row(dict(zip(head, row, strict=False)))]
        assert found
        for row in found:
            row[head.index(heading)] = value
    path = place / "rendu.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as out:
        for name, grid in grids.items():
            sheet_out = out.add_worksheet(name)
            for number, row in enumerate(grid):
                sheet_out.write_row(number, 0, row)
    return path


def between(one: str, other: str) -> Callable[[Cells], bool]:
    return lambda row: {row[ONE], row[OTHER]} == {one, other}


def named(title: str) -> Callable[[Cells], bool]:
    return lambda row: row[TITLE] == title


def titles_of(compared: Compared) -> dict[str, tuple[str, set[str]]]:
    """Titles of several workshops: who worded them, and what each workshop calls them."""
    return {
        one.text: (one.titled_by, {part.group.title for part in one.parts if not part.is_placed})
        for one in compared.reading.common
    }


def test_nothing_changed_decides_nothing(compared: Compared, tmp_path: Path) -> None:
    plan = planned(compared, tmp_path)
    assert (plan.decisions, plan.conflicts) == ([], [])


def test_a_person_joins_parts_words_again_and_undoes(compared: Compared, programme: Path, tmp_path: Path) -> None:
    plan = planned(
        compared,
        tmp_path,
        (PAIRS, between("Une navette le soir", "La navette du soir"), SAME, "oui"),
        (PAIRS, between("L'entraide entre voisins", "L'entraide entre voisins"), SAME, "non"),
        (TITLES, named("Plus aucun commerce"), TITLE, "Le dernier commerce ferme"),
        (TITLES, named("Le médecin qui manque"), TITLE, "Se soigner"),
        (TITLES, named("Les médecins partent"), TITLE, "Se soigner"),
    )
    assert plan.conflicts == []
    assert "« Le médecin qui manque » devient « Se soigner »" in plan.lines
    record_import(programme, plan)
    again = compare(RunFolder(programme))
    found = titles_of(again)
    assert found == {
        "La navette du soir": ("", {"Une navette le soir", "La navette du soir"}),
        "Le dernier commerce ferme": ("Anne", {"Plus aucun commerce", "Le dernier commerce ferme"}),
        "Se soigner": ("Anne", {"Le médecin qui manque", "Les médecins partent"}),
    }
    rows = pair_rows(again.reading, again.decided)
    told = {row["Où on en est"] for row in rows if row[ONE] == row[OTHER] == "L'entraide entre voisins"}
    assert told == {"séparés par Anne"}
    undone = undo_last(programme, "Anne")
    assert undone is not None
    assert undone.after.title == "Se soigner"
    assert undo_last(programme, "Anne") is not None
    assert "Se soigner" not in {one for one, (who, _) in titles_of(compare(RunFolder(programme))).items() if who == ""}


def test_a_title_given_to_titles_that_no_question_brings_together_makes_them_one(
    compared: Compared, programme: Path, tmp_path: Path
) -> None:
    plan = planned(
        compared,
        tmp_path,
        (TITLES, named("La rivière inonde le bourg"), TITLE, "L’eau"),
        (TITLES, named("Les fuites du réseau d'eau"), TITLE, "L’eau"),
    )
    record_import(programme, plan)
    who, parts = titles_of(compare(RunFolder(programme)))["L’eau"]
    assert (who, len(parts)) == ("Anne", 2)


def test_decisions_are_found_again_by_what_groups_hold(compared: Compared, runs: list[Path], tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path / "p")
    add_runs(folder.path, runs)
    plan = planned(compared, tmp_path, (TITLES, named("L'entraide entre voisins"), TITLE, "S’entraider"))
    record_import(folder.path, plan)
    write_run(runs[0], WORKSHOPS[0], kept=lambda row: "services sans compter" not in row["texte"])
    assert titles_of(compare(folder))["S’entraider"][0] == "Anne"
    for place, name in zip(runs, WORKSHOPS, strict=True):
        write_run(place, name, kept=lambda row: row["revient"] != "voisins")
    again = compare(folder)
    assert "S’entraider" not in titles_of(again)
    assert any("ne décide plus rien" in told for told in again.warnings)


def test_a_log_of_the_last_version_is_replayed_with_a_word_for_what_means_nothing_any_more(
    compared: Compared, programme: Path
) -> None:
    parts = {part.group.title: part for part in compared.reading.parts.values() if not part.is_placed}
    one, two, far = (parts[name] for name in ("Le dernier commerce ferme", "Plus aucun commerce", "Un jardin partagé"))
    lone = far.items[0].item_id
    members = {part.part_id: [item.item_id for item in part.items] for part in (one, two)}
    acts = [
        ("meme", [one.part_id, two.part_id], members, {"value": True}),
        ("rename", [one.part_id, two.part_id], members, {"title": "Les commerces"}),
        ("meme", [one.part_id, lone], {lone: [lone]}, {"value": True}),
        ("link", [one.part_id, far.part_id], {}, {"state": "juste"}),
    ]
    RunFolder(programme).decisions.append(
        json.dumps(
            {
                "decision_id": f"d{number}",
                "ts": "2026-05-04T09:00:00+00:00",
                "author": "Luc",
                "op": op,
                "target": {"groups": groups},
                "before": {"members": held},
                "after": after,
            }
        )
        for number, (op, groups, held, after) in enumerate(acts)
    )
    again = compare(RunFolder(programme))
    assert titles_of(again)["Les commerces"] == ("Luc", {"Le dernier commerce ferme", "Plus aucun commerce"})
    assert [again.decided.outcomes[f"d{number}"].state for number in range(4)] == [
        "rejouee", "rejouee", "orpheline", "orpheline",
    ]  # fmt: skip
    assert sum("version 0.2.0" in told for told in again.warnings) == 1


def test_cells_that_decide_nothing_are_told(compared: Compared, tmp_path: Path) -> None:
    plan = planned(
        compared,
        tmp_path,
        (PAIRS, between("Une navette le soir", "La navette du soir"), SAME, "peut-être"),
        (TITLES, named("Le médecin qui manque"), TITLE, ""),
    )
    assert plan.decisions == []
    assert len(plan.conflicts) == 2
    for why in ("n'est pas un choix", "il faut un titre"):
        assert sum(why in conflict for conflict in plan.conflicts) == 1


def test_another_file_is_refused(programme: Path, tmp_path: Path) -> None:
    other = tmp_path / "autre.xlsx"
    with xlsxwriter.Workbook(other) as book:
        book.add_worksheet("Feuille")
    with pytest.raises(RefusedFileError, match="aucune feuille de relecture"):
        plan_import(programme, other, "Anne")
    with pytest.raises(UsageError, match="introuvable"):
        plan_import(programme, tmp_path / "absent.xlsx", "Anne")
    with pytest.raises(UsageError, match="n'est pas le dossier d'un programme"):
        plan_import(tmp_path, other, "Anne")


def test_a_folder_has_spaces_in_its_name(runs: list[Path], tmp_path: Path) -> None:
    places = [place.rename(place.with_name(f"Atelier  de {place.name}")) for place in runs]
    folder = RunFolder.create(tmp_path / "p")
    add_runs(folder.path, places)
    found = compare(folder)
    (folder.path / "programme.xlsx").write_bytes(write_workbook(found.reading, found.decided))
    plan = planned(
        found,
        tmp_path,
        (PAIRS, between("Une navette le soir", "La navette du soir"), SAME, "oui"),
        (TITLES, named("Le médecin qui manque"), TITLE, "Se soigner"),
    )
    assert plan.conflicts == []
    assert {decision.op for decision in plan.decisions} == {"meme", "rename"}
