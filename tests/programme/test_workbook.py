"""The workbook of a programme goes out and comes back: what a person confirmed, refused, added, called or undid."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from territories import WORKSHOPS, write_run

from pipeline.api.programme import plan_import, record_import, undo_last
from pipeline.config import Config
from pipeline.contracts.draft import Section
from pipeline.errors import RefusedFileError, UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.programme.document import write_draft
from pipeline.programme.stage import Compared, compare
from pipeline.programme.workbook import (
    ANSWERS,
    GROUPS,
    PAIRS,
    THREAD,
    THREADS,
    Plan,
    pair_rows,
    plan_workbook,
    write_workbook,
)
from pipeline.programme.workshops import About, add_runs
from pipeline.review.exchange.workbook import SAME, TITLE, VERDICT

LONG_WAY = "S'il n'y a plus d'épicerie, il faudra faire vingt kilomètres pour une baguette."
Cells = dict[str, str]
Change = tuple[str, Callable[[Cells], bool], str, str]


@pytest.fixture(scope="module")
def compared(written: Path, tmp_path_factory: pytest.TempPathFactory, config: Config) -> Compared:
    """A programme with its workbook alone; nothing may change it."""
    folder = RunFolder.create(tmp_path_factory.mktemp("p"))
    add_runs(folder.path, sorted(written.iterdir()))
    found = compare(folder, config)
    (folder.path / "programme.xlsx").write_bytes(write_workbook(found.reading, found.decided))
    return found


@pytest.fixture
def programme(written: Path, tmp_path: Path) -> Path:
    """Another of the same runs, whose log is its own."""
    folder = RunFolder.create(tmp_path / "p")
    add_runs(folder.path, sorted(written.iterdir()))
    return folder.path


def planned(compared: Compared, place: Path, *changes: Change) -> Plan:
    return plan_workbook(compared.reading, compared.decided, filled(compared.folder.path, place, *changes), "Anne")


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


def sections_of(compared: Compared, config: Config) -> tuple[Section, ...]:
    return write_draft(compared.reading, About(), config)[0].sections


def titles_of(compared: Compared) -> dict[str, str]:
    """What comes back, by its title, and who called it."""
    return {thread.title: thread.titled_by for thread in compared.reading.woven.threads}


def test_nothing_changed_decides_nothing(compared: Compared, tmp_path: Path) -> None:
    plan = planned(compared, tmp_path)
    assert (plan.decisions, plan.conflicts) == ([], [])


def test_a_person_confirms_refuses_adds_calls_and_undoes(
    compared: Compared, programme: Path, tmp_path: Path, config: Config
) -> None:
    plan = planned(
        compared,
        tmp_path,
        (PAIRS, lambda row: row["Un groupe"] == "Une navette le soir", SAME, "oui"),
        (PAIRS, lambda row: row["Un groupe"] == "Le téléphone ne passe pas", SAME, "non"),
        (THREADS, lambda row: row[TITLE] == "Le médecin qui manque", TITLE, "Trouver un médecin"),
        (GROUPS, lambda row: row["Groupe"] == "Plus aucun commerce", THREAD, ""),
        (ANSWERS, lambda row: "épicerie" in row["Obstacle"], VERDICT, "faux"),
        (GROUPS, lambda row: row["Groupe"] == "La rivière inonde le bourg", THREAD, "L’eau"),
        (GROUPS, lambda row: row["Groupe"] == "Les fuites du réseau d'eau", THREAD, "L’eau"),
    )
    assert plan.conflicts == []
    assert "« Le médecin qui manque » devient « Trouver un médecin »" in plan.lines
    record_import(programme, plan)
    again = compare(RunFolder(programme), config)
    found = titles_of(again)
    assert (found["Trouver un médecin"], found["L’eau"]) == ("Anne", "Anne")
    assert {"Une navette le soir", "Pas de car le soir"} <= found.keys()
    assert "Le dernier commerce ferme" not in found
    rows = pair_rows(again.reading, again.decided)
    told = {row["Où on en est"] for row in rows if row["Un groupe"] == "Le téléphone ne passe pas"}
    assert told == {"séparés par Anne"}
    refused = [one for one in again.reading.elsewhere if one.said is False]
    assert {again.reading.material.items[one.obstacle_item].text for one in refused} == {LONG_WAY}
    told = " ".join(s.text for part in sections_of(again, config) for s in part.sentences)
    assert "covoiturage du soir" not in told.partition("Ces idées pourraient")[2].partition("Entre Vaux")[0]
    undone = undo_last(programme, "Anne")
    assert undone is not None
    assert undone.after.title == "L’eau"
    assert "L’eau" not in titles_of(compare(RunFolder(programme), config))


def test_decisions_are_found_again_by_what_groups_hold(
    compared: Compared, runs: list[Path], tmp_path: Path, config: Config
) -> None:
    folder = RunFolder.create(tmp_path / "p")
    add_runs(folder.path, runs)
    plan = planned(
        compared, tmp_path, (THREADS, lambda row: row[TITLE] == "Le médecin qui manque", TITLE, "Se soigner")
    )
    record_import(folder.path, plan)
    write_run(runs[0], WORKSHOPS[0], kept=lambda row: "trois semaines" not in row["texte"])
    assert titles_of(compare(folder, config))["Se soigner"] == "Anne"
    for place, name in zip(runs, WORKSHOPS, strict=True):
        write_run(place, name, kept=lambda row: row["revient"] != "médecin")
    again = compare(folder, config)
    assert "Se soigner" not in titles_of(again)
    assert any("ne décide plus rien" in told for told in again.warnings)


def test_cells_that_decide_nothing_are_told(compared: Compared, tmp_path: Path) -> None:
    plan = planned(
        compared,
        tmp_path,
        (PAIRS, lambda row: row["Un groupe"] == "Une navette le soir", SAME, "peut-être"),
        (THREADS, lambda row: row[TITLE] == "Le médecin qui manque", TITLE, ""),
        (GROUPS, lambda row: row["Groupe"] == "La classe de neige", THREAD, "Un titre que personne d’autre n’a"),
        (GROUPS, lambda row: row["Groupe"] == "Le marché du samedi", THREAD, "Le médecin qui manque"),
    )
    assert plan.decisions == []
    assert len(plan.conflicts) == 4
    for why in ("n'est pas un choix", "il faut un titre", "écrivez-le aussi à un autre", "sur un autre axe"):
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


def test_a_folder_has_spaces_in_its_name(runs: list[Path], tmp_path: Path, config: Config) -> None:
    places = [place.rename(place.with_name(f"Atelier  de {place.name}")) for place in runs]
    folder = RunFolder.create(tmp_path / "p")
    add_runs(folder.path, places)
    found = compare(folder, config)
    (folder.path / "programme.xlsx").write_bytes(write_workbook(found.reading, found.decided))
    plan = planned(
        found,
        tmp_path,
        (PAIRS, lambda row: row["Un groupe"] == "Une navette le soir", SAME, "oui"),
        (ANSWERS, lambda row: "épicerie" in row["Obstacle"], VERDICT, "faux"),
        (GROUPS, lambda row: row["Groupe"] == "Plus aucun commerce", THREAD, ""),
        (THREADS, lambda row: row[TITLE] == "Le médecin qui manque", TITLE, "Se soigner"),
    )
    assert plan.conflicts == []
    assert {decision.op for decision in plan.decisions} == {"meme", "link", "rename"}
