"""The sheet as a form: what is typed is what the engine reads; what is refused is told field by field."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.datastructures import FormData

from pipeline.app.sheet import (
    as_toml,
    asked_of_people,
    blank_rows,
    checked,
    odd_files,
    told_of_all,
    typed,
    with_people,
)
from pipeline.ingest.inspection import Inspection
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
            "participants": "tous",
            "table-2-numero": "7",
            "table-2-participants": "-1",
            "table-3-sujet": "x",
        }
    )
    sheet, problems = checked(told, Sheet(atelier=Header(participants=20, participants_environ=True)))
    expected = "n’est pas un nombre. Écrivez « 20 »"
    assert problems == {
        "participants": f"Nombre de participants : « tous » {expected} ou « environ 20 », ou rien si vous l’ignorez.",
        "table-0-participants": f"Table 7 : « -1 » {expected}, ou rien si vous l’ignorez.",
        "table-1-numero": "Table n° 2 : donnez-lui un numéro ou un nom.",
    }
    assert (sheet.atelier.lieu, sheet.atelier.participants, sheet.atelier.participants_environ) == ("Gap", 20, True)
    assert [(table.numero, table.participants) for table in sheet.tables] == [("7", None)]


@pytest.mark.parametrize(
    ("said", "n", "is_about"),
    [
        ("une vingtaine", 20, True),
        ("Environ 45", 45, True),
        ("une soixantaine de personnes", 60, True),
        ("une trentaine d’habitants du quartier", 30, True),
        ("environ quarante-cinq", 45, True),
        ("12 environ", 12, True),
        ("trente", 30, False),
        ("vingt-deux personnes", 22, False),
        ("17 élus", 17, False),
    ],
)
def test_a_number_that_nobody_counted_stays_about(said: str, n: int, is_about: bool, tmp_path: Path) -> None:
    (tmp_path / "atelier.toml").write_text(
        as_toml(checked(typed({"participants": said}), Sheet())[0]), encoding="utf-8"
    )
    read = read_sheet(tmp_path / "atelier.toml").atelier
    assert (read.participants, read.participants_environ) == (n, is_about)


@pytest.mark.parametrize("said", ["20 ou 30", "trente habitants et deux élus", "tous"])
def test_what_is_not_one_number_is_refused(said: str) -> None:
    assert list(checked(typed({"participants": said}), Sheet())[1]) == ["participants"]


def test_what_files_tell_of_a_field_stays_theirs_until_it_is_corrected() -> None:
    form = {"date": "3 mai 2024", "lu-date": "3 mai 2024", "lieu": "Gap", "lu-lieu": "Tulle"}
    assert typed(form)["atelier"] == {"lieu": "Gap"}


def read_of(source: str, text: str, **told: str) -> Inspection:
    return Inspection(source, "texte", None, n_kept=1, rows=(("ligne 1", "", "", text, (text,)),), told=told)


def test_the_day_and_the_people_that_files_tell_are_told_as_a_sheet_says_them() -> None:
    one = read_of("a.md", "Il pleut.", date="2024-05-03", lieu="Gap", participants="environ 30", titre="Le bief")
    assert told_of_all([one]) == {
        "titre": "Le bief", "date": "3 mai 2024", "lieu": "Gap", "participants": "environ 30"
    }  # fmt: skip
    days = {"titre": "Ateliers des 3 et 4 mai 2024", "date": "3 et 4 mai 2024", "lieu": "Gap"}
    assert told_of_all([one, read_of("b_4_mai_2024.txt", "Il vente.")]) == days
    assert told_of_all([read_of("a.md", "Il pleut."), read_of("b.md", "Il vente.")]) == {}
    years = [read_of("a.md", "Il pleut.", date="2023-10-22"), read_of("b.md", "Il vente.", date="2025-03-09")]
    assert told_of_all(years)["titre"] == "Ateliers de 2023 à 2025"
    assert told_of_all([read_of("le_port_3_mai_2024.txt", "Il pleut.")]) == {"date": "3 mai 2024"}


def test_files_that_a_person_may_want_to_leave_out_are_told() -> None:
    found = [
        read_of("a.md", "Il pleut.", date="2024-05-03"),
        read_of("b.docx", "Il pleut.", date="2024-05-03"),
        read_of("c.md", "Il vente.", date="2024-05-04"),
        read_of("d.md", "Il neige.", date="2019-05-04"),
        Inspection("e.csv", "table", None, rejects=(("texte en anglais", 3, ()), ("texte vide", 1, ()))),
        Inspection("f.csv", "table", None, rejects=(("aucun mot à lire", 3, ()),)),
        Inspection("g.md", "texte", "il est vide. Remplissez-le."),
        Inspection("titres.txt", "titres donnés", None, "des titres"),
        Inspection("mur.jpg", "photo", "c’est une photo"),
    ]
    assert odd_files(found) == {
        "b.docx": "dit la même chose que «\u00a0a.md\u00a0»",
        "d.md": "de 2019, quand les autres sont de 2024",
        "e.csv": "texte en anglais",
        "f.csv": "rien n’y est lu comme une parole",
        "g.md": "ne peut pas être lu\u00a0: il est vide. Remplissez-le.",
    }
    late = read_of("d.md", "Il neige.", date="2025-02-04")  # the same season
    assert "d.md" not in odd_files([*found[:3], late])
    years = [read_of(f"{n}.md", f"Dit {n}.", date=f"{n}-05-03") for n in (2019, 2020, 2021)]
    assert odd_files(years) == odd_files(years[:2]) == {}


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
