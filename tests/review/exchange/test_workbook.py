"""The workbook: what goes out, what comes back, cell by cell."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from workshop_words import HOSTILE

from pipeline.cli import app
from pipeline.errors import RefusedFileError
from pipeline.folder.artifacts import RunFolder
from pipeline.review.exchange import workbook as book
from pipeline.review.exchange.workbook import (
    GROUP_ID,
    ITEM_ID,
    LINE,
    TRUE_OF,
    WorkbookReader,
    fold,
    plan_import,
    read_sheets,
    write_workbook,
)
from pipeline.review.session import ImportPlan, Session, Wish, open_session
from pipeline.workshop.records import Item
from tests.outputs import saved_by_libre_office

Sheet = list[dict[str, Any]]


@pytest.fixture
def session(run: RunFolder) -> Session:
    return open_session(run)


@pytest.fixture
def exported(session: Session, tmp_path: Path) -> Path:
    path = tmp_path / "relecture.xlsx"
    path.write_bytes(write_workbook(session.state))
    return path


def change(path: Path, sheet: str, edit: Callable[[Sheet], Sheet]) -> Path:
    """Edit the rows of a sheet as a person would, saved by another program."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    grid = [[cell.value for cell in row] for row in page.iter_rows()]
    rows = edit([dict(zip(grid[0], row, strict=True)) for row in grid[1:]])
    headings = list(dict.fromkeys(key for row in rows for key in row))
    page.delete_rows(1, page.max_row)
    for number, row in enumerate([dict(zip(headings, headings, strict=True)), *rows], start=1):
        for column, heading in enumerate(headings, start=1):
            cell = page.cell(number, column)
            cell.value = row.get(heading)
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    book.save(path)
    return path


def decided(plan: ImportPlan) -> list[tuple[str, dict[str, Any]]]:
    return [(d.op, d.after.model_dump(exclude_defaults=True)) for d in plan.decisions]


def test_what_is_to_re_read_says_why_beside_its_mark(session: Session, exported: Path) -> None:
    page = openpyxl.load_workbook(exported)["Éléments"]
    heading, *rows = page.iter_rows(values_only=True)
    marks = {row[heading.index(ITEM_ID)]: row[heading.index("À relire")] for row in rows}
    told = {item_id: mark for item_id, mark in marks.items() if mark}
    assert set(told) == {item.item_id for item in session.state.items.values() if item.status == "a_relire"}
    assert all(str(mark).startswith("entre ") and str(mark).endswith(", presque à égalité") for mark in told.values())


def test_an_untouched_workbook_decides_nothing(session: Session, exported: Path) -> None:
    plan = plan_import(session, exported, "Marc")
    assert (plan.decisions, plan.lines, plan.conflicts) == ([], [], [])
    plan = plan_import(session, change(exported, "Éléments", lambda rows: rows), "Marc")
    assert (plan.decisions, plan.conflicts) == ([], [])


def test_a_sheet_says_of_how_many_a_title_is_true(session: Session, exported: Path) -> None:
    group = next(iter(session.state.groups.values()))
    told = {row["group"]: row["told"] for row in _truths(exported)}
    assert told[group.group_id] == f"{group.n_items} sur {group.n_items}"
    session.act("Anne", Wish("rename", groups=(group.group_id,)), title="À elle")
    exported.write_bytes(write_workbook(session.state))
    told = {row["group"]: row["told"] for row in _truths(exported)}
    assert [key for key, words in told.items() if not words] == [group.group_id]


def _truths(path: Path) -> Sheet:
    heading, *rows = openpyxl.load_workbook(path)["Groupes"].iter_rows(values_only=True)
    places = {"group": heading.index(GROUP_ID), "told": heading.index(TRUE_OF)}
    return [{name: row[place] for name, place in places.items()} for row in rows]


def test_words_that_look_like_formulas_stay_words(exported: Path) -> None:
    cells = [cell for row in openpyxl.load_workbook(exported)["Éléments"].iter_rows() for cell in row]
    (formula,) = [cell for cell in cells if cell.value == HOSTILE[2]]
    assert formula.data_type == "s"


def setting(column: str, words: str, **cells: Any) -> Callable[[Sheet], Sheet]:
    """In the row whose column begins with some words, other cells (`_` for a space of their headings)."""
    new = {name.replace("_", " "): value for name, value in cells.items()}
    return lambda rows: [row | (new if str(row[column] or "").startswith(words) else {}) for row in rows]


def test_what_was_changed_is_decided_whatever_the_order(session: Session, exported: Path) -> None:
    def edit(rows: Sheet) -> Sheet:
        rows = [row for row in rows if row["Parole"] != "Bonjour à toutes et tous"]  # deleted: decides nothing
        for words, cells in {
            "": {"Ma_colonne": "note"},
            "Le local est froid": {"Axe": " OUEST "},
            "Planter une haie": {"Groupe": "Des arbres"},
            "On pourrait covoiturer": {"Groupe": "tenir un agenda partage", "Citation": "À citer"},
            "Chacun court": {"Axe": "Zénith"},
        }.items():
            rows = setting("Parole", words, **cells)(rows)
        return sorted(rows, key=lambda row: row["Parole"], reverse=True)

    plan = plan_import(session, change(exported, "Éléments", edit), "Marc")
    found = decided(plan)
    assert ("set_axis", {"axis": "ouest"}) in found
    assert ("quote", {"state": "choisie"}) in found
    assert sorted(op for op, _ in found) == ["create", "move", "quote", "set_axis"]
    (conflict,) = plan.conflicts
    assert "Zénith" in conflict and "ligne" in conflict
    assert {outcome.state for outcome in session.record(plan.decisions)} == {"rejouee"}
    assert any(group.title == "Des arbres" for group in session.state.groups.values())


def test_a_cell_that_says_neither_yes_nor_no_and_a_blank_title_are_told(session: Session, exported: Path) -> None:
    cells = setting("Parole", "Le local est froid", Masquer="peut-être", Ne_pas_citer="Oui")
    change(change(exported, "Éléments", cells), "Groupes", setting("Titre", "Pas assez de bus", Titre=" "))
    plan = plan_import(session, exported, "Marc")
    assert decided(plan) == [("ne_pas_citer", {"value": True})]
    titles, told = plan.conflicts
    assert "colonne « Titre »" in titles
    assert "« Pas assez de bus le soir » est gardé" in titles
    assert "colonne « Masquer » : « peut-être » n'est pas un choix (oui, ou rien)" in told


@pytest.mark.parametrize(
    ("name", "said"),
    [("relecture.html", "rosace review export"), ("notes.csv", "rosace review export")],
    ids=["the page instead of its decisions", "another file"],
)
def test_a_file_that_is_no_workbook_is_refused_in_french(
    session: Session, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / name).write_text("<html></html>", encoding="utf-8")
    with pytest.raises(RefusedFileError, match=said) as refusal:
        plan_import(session, tmp_path / name, "Marc")
    assert "detect" not in str(refusal.value)


def test_groups(session: Session, exported: Path) -> None:
    new = {"Titre": "Le bus manque", "État": "Accepté", "Question_à_travailler": "Comment venir ?"}
    plan = plan_import(session, change(exported, "Groupes", setting("Titre", "Pas assez de bus", **new)), "Marc")
    assert [op for op, _ in decided(plan)] == ["rename", "accept", "problematique"]
    assert plan.decisions[0].author == "Marc"


def test_a_verdict_goes_back_to_be_re_read(session: Session, tmp_path: Path) -> None:
    bus = group_of(session, "Pas assez de bus le soir")
    session.act("Anne", Wish("accept", groups=(bus,)))
    exported = tmp_path / "relecture.xlsx"
    exported.write_bytes(write_workbook(session.state))
    plan = plan_import(session, change(exported, "Groupes", setting("État", "accepté", État="à relire")), "Marc")
    assert [op for op, _ in decided(plan)] == ["rouvrir"]
    session.record(plan.decisions)
    assert session.state.groups[bus].state == "machine"


def test_a_cell_that_the_page_changed_since_is_a_conflict(session: Session, exported: Path) -> None:
    bus = group_of(session, "Pas assez de bus le soir")
    session.act("Anne", Wish("rename", groups=(bus,)), title="Vu sur la page")
    assert plan_import(session, exported, "Marc").decisions == []
    edit = setting("Titre", "Pas assez de bus", Titre="Vu dans le classeur")
    plan = plan_import(session, change(exported, "Groupes", edit), "Marc")
    assert plan.decisions == []
    (conflict,) = plan.conflicts
    assert "Vu dans le classeur" in conflict and "Vu sur la page" in conflict


def test_what_is_no_workbook_is_refused_in_words(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "autre.xlsx"
    path.write_bytes(b"rien")
    with pytest.raises(RefusedFileError, match="classeur"):
        plan_import(session, path, "Marc")
    book = openpyxl.Workbook()
    book.save(path)
    with pytest.raises(RefusedFileError, match="feuille"):
        plan_import(session, path, "Marc")


def test_the_command_shows_before_it_does(run: RunFolder, tmp_path: Path) -> None:
    path, call = tmp_path / "r.xlsx", CliRunner().invoke
    assert call(app, ["review", "export", str(run.path), str(path)]).exit_code == 0

    def edit(rows: Sheet) -> Sheet:
        rows[0]["État"] = "rejeté"
        return rows

    change(path, "Groupes", edit)
    dry = call(app, ["review", "import", str(run.path), str(path), "--dry-run"])
    assert "rejeté" in dry.stdout
    assert run.decisions.lines() == []
    done = call(app, ["review", "import", str(run.path), str(path), "--nom", "Marc"])
    assert done.exit_code == 0
    assert "Une décision enregistrée." in done.stdout
    assert len(run.decisions.lines()) == 1
    again = call(app, ["review", "import", str(run.path), str(path)])
    assert "Rien à faire" in again.stdout


@pytest.mark.office
def test_through_libreoffice_and_back(session: Session, exported: Path, tmp_path: Path) -> None:
    change(exported, "Éléments", setting("Parole", "Le local est froid", Axe="Ouest"))
    change(exported, "Éléments", lambda rows: sorted(rows, key=lambda row: row["Identifiant"]))
    for kind in ("ods", "xlsx"):
        (saved,) = saved_by_libre_office([exported], kind, tmp_path)
        plan = plan_import(session, saved, "Marc")
        assert decided(plan) == [("set_axis", {"axis": "ouest"})]
        assert plan.conflicts == []


def test_a_sheet_of_answers_of_an_earlier_version_is_told(session: Session, exported: Path) -> None:
    workbook = openpyxl.load_workbook(exported)
    workbook.create_sheet("La même chose").append(["Une parole", "La même chose ?"])
    workbook.save(exported)
    (told,) = plan_import(session, exported, "Marc").conflicts
    assert told.startswith("La même chose : cette feuille n'est plus lue")


def group_of(session: Session, title: str) -> str:
    (found,) = [key for key, group in session.state.groups.items() if group.title == title]
    return found


def titles_of(session: Session, axis: str) -> list[str]:
    return [group.title for group in session.state.ordered_groups(axis)]


def retitled(new: dict[str, str]) -> Callable[[Sheet], Sheet]:
    return lambda rows: [row | ({"Titre": new[row["Titre"]]} if row["Titre"] in new else {}) for row in rows]


def test_two_groups_that_are_given_one_title_become_one(session: Session, exported: Path) -> None:
    one, two = titles_of(session, "est")[:2]
    ids = (group_of(session, one), group_of(session, two))
    n = sum(session.state.groups[key].n_items for key in ids)
    plan = plan_import(session, change(exported, "Groupes", retitled({two: one.upper()})), "Marc")
    assert [(d.op, d.target.groups) for d in plan.decisions] == [("merge", ids)]
    assert plan.lines == [f"Marc a réuni «\u00a0{one}\u00a0» et «\u00a0{two}\u00a0»"]
    assert {outcome.state for outcome in session.record(plan.decisions)} == {"rejouee"}
    assert session.state.groups[ids[0]].n_items == n


def test_two_groups_that_are_given_one_new_title_become_one_of_that_title(session: Session, exported: Path) -> None:
    one, two = titles_of(session, "est")[:2]
    change(exported, "Groupes", retitled({one: "Se déplacer", two: "se deplacer"}))
    plan = plan_import(session, exported, "Marc")
    assert [d.op for d in plan.decisions] == ["rename", "merge"]
    assert {outcome.state for outcome in session.record(plan.decisions)} == {"rejouee"}
    assert "Se déplacer" in titles_of(session, "est")
    assert not {one, two} & set(titles_of(session, "est"))


def test_two_groups_that_exchange_their_titles_stay_two(session: Session, exported: Path) -> None:
    one, two = titles_of(session, "est")[:2]
    plan = plan_import(session, change(exported, "Groupes", retitled({one: two, two: one})), "Marc")
    assert [d.op for d in plan.decisions] == ["rename", "rename"]


def test_one_title_on_two_axes_is_two_groups(session: Session, exported: Path) -> None:
    here, there = titles_of(session, "est")[0], titles_of(session, "sud")[0]
    plan = plan_import(session, change(exported, "Groupes", retitled({there: here})), "Marc")
    assert [d.op for d in plan.decisions] == ["rename"]


def test_the_title_of_another_axis_s_group_takes_the_idea_there(session: Session, exported: Path) -> None:
    there = titles_of(session, "sud")[0]
    (item,) = [item for item in session.state.items.values() if item.text.startswith("Le local est froid")]
    assert item.axis != "sud"
    plan = plan_import(session, change(exported, "Éléments", setting("Parole", item.text, Groupe=there)), "Marc")
    assert decided(plan) == [("move", {"group_id": group_of(session, there)})]
    assert plan.lines[0].endswith(f"vers «\u00a0{there}\u00a0», axe Sud")
    session.record(plan.decisions)
    moved = session.state.items[item.item_id]
    assert (moved.axis, moved.group_id) == ("sud", group_of(session, there))


def test_a_row_whose_columns_came_apart_decides_nothing(session: Session, exported: Path) -> None:
    def edit(rows: Sheet) -> Sheet:  # one column sorted without the others
        ids = sorted((row["Identifiant"] for row in rows), reverse=True)
        return [row | {"Identifiant": key, "Masquer": "oui"} for row, key in zip(rows, ids, strict=True)]

    plan = plan_import(session, change(exported, "Éléments", edit), "Marc")
    moved = sum("ne sont plus celles d'une même ligne" in conflict for conflict in plan.conflicts)
    assert moved + len(plan.decisions) == len(session.state.items)
    assert len(plan.decisions) <= 1  # the one in the middle may have kept its place


def test_nothing_is_locked_and_titles_are_picked_from_the_sheet_of_groups(exported: Path) -> None:
    book = openpyxl.load_workbook(exported)
    assert not any(sheet.protection.sheet for sheet in book)
    page = book["Éléments"]
    column = next(cell.column_letter for cell in page[1] if cell.value == "Groupe")
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    rule = rules[f"{column}2"]
    sheet, _, cells = rule.formula1.partition("!")
    assert sheet.strip("'") == "Groupes"
    first, last = cells.replace("$", "").split(":")
    listed = [row[0].value for row in book["Groupes"][first:last]]
    assert listed == [row[1].value for row in book["Groupes"].iter_rows(min_row=2)]
    assert not rule.showErrorMessage


@pytest.fixture
def reader(session: Session) -> WorkbookReader:
    return WorkbookReader(session, "Marc", ImportPlan())


def item_of(reader: WorkbookReader) -> Item:
    return next(item for item in reader.state.items.values() if item.axis == "est")


@pytest.mark.parametrize(
    ("given", "code"), [("SUD", "sud"), (" sud ", "sud"), ("hors_axe", "hors_axe"), ("zénith", "est"), ("", "est")]
)
def test_a_choice_is_found_by_its_name_or_its_code(reader: WorkbookReader, given: str, code: str) -> None:
    item, axis = item_of(reader), book.CHOICES[book.ITEMS][0]
    wanted, target = {book.AXIS: given}, {"items": (item.item_id,)}
    assert reader.choose(book.ITEMS, {LINE: "4"}, wanted, axis, item, target) == code
    assert [one.after.axis for one in reader.plan.decisions] == ([code] if code != "est" else [])
    assert len(reader.plan.conflicts) == (given == "zénith")


@pytest.mark.parametrize(("given", "said"), [("oui", True), ("X", True), ("non", False), ("", False), ("bof", True)])
def test_what_is_neither_yes_nor_no_leaves_things_as_they_are(reader: WorkbookReader, given: str, said: bool) -> None:
    item = item_of(reader)
    item.is_hidden = True
    target = {"items": (item.item_id,)}
    assert reader.choose(book.ITEMS, {LINE: "4"}, {book.HIDE: given}, book.HIDDEN, item, target) is said


def test_spaces_that_another_program_changed_leave_a_row_whole(reader: WorkbookReader) -> None:
    cells = ["i1", "Le  car,\nle soir", "{}"]
    row = {"identifiant": "i1", "parole": "Le car, le soir", fold(book.BEFORE): "{}", LINE: "2"}
    whole = row | {fold(book.CHECK): book.checksum(cells)}
    other = whole | {"parole": "Le car du matin"}
    assert reader.whole(book.ITEMS, [whole, row]) == [whole, row]
    assert reader.whole(book.ITEMS, [other]) == []
    assert reader.plan.conflicts[0].startswith("Éléments, ligne 2, colonne « Identifiant »")


def test_cells_are_texts_and_empty_rows_are_left_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "GROUPES"
    for row in (["Titre", "Masquer", "Paroles", None], [None] * 4, ["La  salle", True, 3.0, "perdu"]):
        sheet.append(row)
    path = tmp_path / "relecture.xlsx"
    book.save(path)
    (row,) = read_sheets(path)["groupes"]
    assert row == {"titre": "La salle", "masquer": "VRAI", "paroles": "3", LINE: "3"}
