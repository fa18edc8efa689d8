"""The sheet as a form: what is typed is what the engine reads; what is refused is told field by field."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.datastructures import FormData

from pipeline.app.sheet import as_toml, asked_of_people, blank_rows, checked, typed, with_people
from pipeline.ingest.workshop import Header, Sheet, read_sheet

FORM = {
    "titre": 'Le « bourg » d\'en haut, "ici" \\ là',
    "lieu": " ",
    "participants": "40",
    "table-0-numero": "Table 03",
    "table-0-sujet": "Se\ndéplacer",
    "table-4-numero": "b",
    "table-4-participants": "8",
}


def test_what_is_typed_is_what_is_read(tmp_path: Path) -> None:
    file = tmp_path / "atelier.toml"
    file.write_text(as_toml(checked(typed(FORM), Sheet())[0]), encoding="utf-8")
    read = read_sheet(file)
    assert (read.atelier.titre, read.atelier.lieu, read.atelier.participants) == (FORM["titre"], None, 40)
    assert [(t.numero, t.sujet, t.participants) for t in read.tables] == [("3", "Se déplacer", None), ("B", None, 8)]


def test_what_the_form_does_not_show_stays(tmp_path: Path) -> None:
    file = tmp_path / "atelier.toml"
    file.write_text('[[fichiers]]\nnom = "a.csv"\ncolonnes_texte = ["Idée"]\nignorer = true\n', encoding="utf-8")
    before = read_sheet(file)
    file.write_text(as_toml(checked(typed(FORM), before)[0]), encoding="utf-8")
    assert read_sheet(file).fichiers == before.fichiers


@pytest.mark.parametrize(
    "themes", [["La nuit", "Le jour"], {"est": ['Des "cars"'], "sud": {"Se déplacer": ["À pied"]}}]
)
def test_titles_of_the_sheet_stay(tmp_path: Path, themes: object) -> None:
    file = tmp_path / "atelier.toml"
    file.write_text(
        as_toml(checked(typed(FORM), Sheet(themes=themes, textes={"suites": "Se revoir."}))[0]), encoding="utf-8"
    )
    assert (read_sheet(file).themes, read_sheet(file).textes) == (themes, {"suites": "Se revoir."})
    assert read_sheet(file).atelier.participants == 40


def test_a_field_that_is_no_number_is_named_as_the_form_names_it_and_the_others_are_kept() -> None:
    told = typed(
        {
            "lieu": "Gap",
            "participants": "dix",
            "table-2-numero": "7",
            "table-2-participants": "-1",
            "table-3-sujet": "x",
        }
    )
    sheet, problems = checked(told, Sheet(atelier=Header(participants=20, participants_environ=True)))
    expected = "n’est pas un nombre. Écrivez « 20 »"
    assert problems == {
        "participants": f"Nombre de participants : « dix » {expected} ou « environ 20 », ou rien si vous l’ignorez.",
        "table-0-participants": f"Table 7 : « -1 » {expected}, ou rien si vous l’ignorez.",
        "table-1-numero": "Table n° 2 : donnez-lui un numéro ou un nom.",
    }
    assert (sheet.atelier.lieu, sheet.atelier.participants, sheet.atelier.participants_environ) == ("Gap", 20, True)
    assert [(table.numero, table.participants) for table in sheet.tables] == [("7", None)]


@pytest.mark.parametrize(
    ("said", "n"), [("une vingtaine", 20), ("Environ 45", 45), ("une soixantaine de personnes", 60), ("environ 7", 7)]
)
def test_a_number_that_nobody_counted_stays_about(said: str, n: int, tmp_path: Path) -> None:
    (tmp_path / "atelier.toml").write_text(
        as_toml(checked(typed({"participants": said}), Sheet())[0]), encoding="utf-8"
    )
    read = read_sheet(tmp_path / "atelier.toml").atelier
    assert (read.participants, read.participants_environ) == (n, True)


def test_there_is_always_room_for_one_more_table() -> None:
    assert len(blank_rows(())) == 6
    assert blank_rows([{"numero": str(n)} for n in range(9)])[8:] == [{"numero": "8"}, {}, {}, {}]


def test_who_is_one_person_is_said_taken_back_and_asked_once(tmp_path: Path) -> None:
    def said(sheet: Sheet, **form: str) -> Sheet:
        changed = with_people(sheet, FormData(list(form.items())))
        assert changed is not None
        file = tmp_path / "atelier.toml"
        file.write_text(as_toml(changed), encoding="utf-8")
        return read_sheet(file)

    names = ["Viviane", "Laurence", "Laurenne", "Vivianne", "JP", "Jean-Philippe", "Vivi"]
    asked = [("Vivianne", "Viviane"), ("Laurenne", "Laurence"), ("Jean-Philippe", "JP")]
    assert asked_of_people(Sheet(), names) == asked
    sheet = said(said(Sheet(), meme="Vivianne|Viviane"), autre="Laurenne|Laurence")
    assert sheet.personnes == {"Vivianne": "Viviane", "Laurenne": "Laurenne"}
    assert asked_of_people(sheet, names) == asked[2:]
    assert said(sheet, meme="|", nom="Viviane", que="Vivi").personnes["Vivianne"] == "Vivi"
    assert said(sheet, separer="Vivianne|").personnes == {"Laurenne": "Laurenne"}
    assert with_people(sheet, FormData([("meme", "|")])) is None
    assert said(sheet, personne="Viviane|").personnes == {"Vivianne": "", "Laurenne": "Laurenne", "Viviane": ""}
    assert asked_of_people(sheet, ["Animateur", "Animatrice"]) == []
