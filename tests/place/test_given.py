"""Titles that people give, from wherever they have them; bad ones are told, and the rest serves."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from labelled import each

from pipeline.errors import UsageError
from pipeline.place.given import lines_of_table, lines_of_text, lines_of_toml, read_titles, titles_of_corpus, usable
from pipeline.place.titles import Line, Title, axis_of, checked, identified, title_table, titles_of
from pipeline.tables.columns import is_titles_file
from tests.outputs import write_table


def told(text: str) -> list[tuple[str, str | None, str]]:
    return [(one.text, one.axis, one.rubric) for one in checked(lines_of_text(text, "themes.txt")).titles]


def test_a_title_a_line_under_its_axis() -> None:
    text = "# Est\nDes cars trop rares\n\n- Le marché est cher\nSud :\n2) Un lieu pour les jeunes\n"
    assert told(text) == [
        ("Des cars trop rares", "est", ""),
        ("Le marché est cher", "est", ""),
        ("Un lieu pour les jeunes", "sud", ""),
    ]


test_a_text_without_a_title_has_none = each(told, "", "\n \n", "# Est\n", "Est :", is_told=[])


def test_titles_without_an_axis_have_none() -> None:
    assert told("Des cars trop rares\nOuest\nQue veut dire accueillir ?") == [
        ("Des cars trop rares", None, ""),
        ("Que veut dire accueillir ?", "ouest", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Est\nSe déplacer\n  Des cars trop rares\n  Le permis coûte cher",
        "# Est\n## Se déplacer\nDes cars trop rares\nLe permis coûte cher",
        "# Est\nSe déplacer > Des cars trop rares\nSe déplacer › Le permis coûte cher",
        "Est > Se déplacer > Des cars trop rares\nEst > Se déplacer > Le permis coûte cher",
        "Est :\n- Se déplacer\n\t- Des cars trop rares\n\t- Le permis coûte cher",
        "# Loger\n# Se déplacer\n## Est\nDes cars trop rares\nLe permis coûte cher",
        "# Titres de la soirée\n## Est\n### Se déplacer\nDes cars trop rares\nLe permis coûte cher",
    ],
)
def test_two_levels_however_they_are_written(text: str) -> None:
    under = [one for one in told(text) if one[0] != "Loger"]
    assert under == [("Des cars trop rares", "est", "Se déplacer"), ("Le permis coûte cher", "est", "Se déplacer")]


def test_a_heading_with_nothing_under_it_is_a_title() -> None:
    assert told("Comment faire :\nEst :\nDes cars trop rares") == [
        ("Comment faire", None, ""),
        ("Des cars trop rares", "est", ""),
    ]
    assert told("Un four\n# Une halle\n") == [("Un four", None, ""), ("Une halle", None, "")]


def test_bad_titles_are_told_with_file_and_line_and_the_rest_serves() -> None:
    text = "# Est\nDes cars trop rares\nDIVERS\nDes cars trop rares.\n---\n" + "mot " * 90 + "\n# Sudd\nUn jardin\n"
    found = checked(lines_of_text(text, "themes.txt"))
    assert [(one.text, one.axis) for one in found.titles] == [("Des cars trop rares", "est"), ("Un jardin", None)]
    assert [one.split("\u00a0:")[0] for one in found.told] == [f"themes.txt, ligne {n}" for n in (3, 4, 5, 6, 7)]
    assert "toutes les idées" in found.told[0]
    assert "déjà donné (themes.txt, ligne 2)" in found.told[1]
    assert "pas un titre" in found.told[3]
    assert "« Sudd » n'est pas un axe" in found.told[4]


def test_one_title_may_be_of_two_axes() -> None:
    assert told("# Est\nLes cars\n# Sud\nLes cars\n") == [("Les cars", "est", ""), ("Les cars", "sud", "")]
    assert len(told("Les cars\n# Sud\nLes cars\n")) == 1


def test_more_than_three_hundred_titles_are_too_many() -> None:
    found = checked(Line(f"ligne {n}", f"Le quartier numéro {n}") for n in range(350))
    assert len(found.titles) == 300
    assert len(found.told) == 1


def test_a_table_says_more_of_each_title() -> None:
    frame = pd.DataFrame(
        {
            "Titre": ["Des cars trop rares", "", "Le marché", "La nuit"],
            "Axe": ["Est", "", "nord", "Zénith"],
            "Rubrique": ["Se déplacer", "", "", ""],
            "Exemples": ["Plus de car après 18 h | Le dernier passe à midi", "", "", ""],
            "Pas": ["Le car est cher", "", "", ""],
        }
    )
    found = checked(lines_of_table(frame, "themes.csv"))
    first, market, night = found.titles
    assert first == Title(
        "Des cars trop rares",
        "est",
        "Se déplacer",
        ("Plus de car après 18 h", "Le dernier passe à midi"),
        ("Le car est cher",),
    )
    assert (market.axis, night.axis) == ("nord", None)
    assert found.told[0].startswith("themes.csv, ligne 5\u00a0: « Zénith » n'est pas un axe")


def test_a_table_of_one_column_is_a_list(tmp_path: Path) -> None:
    (tmp_path / "themes.csv").write_text("Est :\nDes cars trop rares\n", encoding="utf-8")
    assert [line.axis for line in read_titles(tmp_path / "themes.csv")] == ["est"]


def test_titles_of_an_entry_sheet_by_axis_and_rubric() -> None:
    themes = {"est": ["Des cars trop rares"], "sud": {"Accueillir": ["Un lieu pour les jeunes"]}, "titres": ["La nuit"]}
    found = [(one.text, one.axis, one.rubric) for one in checked(lines_of_toml(themes, "atelier.toml")).titles]
    assert found == [
        ("Des cars trop rares", "est", ""),
        ("Un lieu pour les jeunes", "sud", "Accueillir"),
        ("La nuit", None, ""),
    ]
    assert [one.text for one in checked(lines_of_toml(["La nuit", "Le jour"], "atelier.toml")).titles] == [
        "La nuit",
        "Le jour",
    ]
    assert "4" in checked(lines_of_toml({"est": [4]}, "atelier.toml")).told[0]


def test_a_workshop_gives_its_files_and_its_sheet_and_tells_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "atelier.toml").write_text('[themes]\nest = ["Des cars trop rares"]\n', encoding="utf-8")
    write_table(pd.DataFrame({"Nom": ["a"], "Texte": ["b"]}), tmp_path / "Thèmes.xlsx")
    (tmp_path / "themes.txt").write_bytes("Le marché\n".encode("cp1252"))
    files = [(path.name, path) for path in sorted(tmp_path.iterdir())]
    found = titles_of_corpus(files)
    assert [one.text for one in found.titles] == ["Des cars trop rares", "Le marché"]
    (refused,) = found.told
    assert refused.startswith("Thèmes.xlsx\u00a0: aucune colonne ne porte de titres (colonnes\u00a0: Nom, Texte)")


def test_a_file_that_a_person_names_must_hold_titles(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="introuvable"):
        read_titles(tmp_path / "themes.txt")
    with pytest.raises(UsageError, match="un titre par ligne"):
        (tmp_path / "titres.pdf").write_bytes(b"%PDF")
        read_titles(tmp_path / "titres.pdf")
    with pytest.raises(UsageError, match="aucun titre à lire"):
        usable(list(lines_of_text("# Est\nDivers\n", "titres.txt")), "titres.txt")


test_files_of_titles_are_known_by_their_name = each(
    is_titles_file,
    ("themes.txt", True),
    ("Thèmes.XLSX", True),
    ("atelier-1/themes.csv", True),
    ("themes.docx", False),
    ("mes themes.txt", False),
    ("themes", False),
)

test_names_of_axes = each(
    axis_of,
    ("Est", "est"),
    ("# NORD", "nord"),
    ("axe Sud", "sud"),
    ("L'Ouest", "ouest"),
    ("Estrade", None),
    ("hors axe", None),
)


def test_a_title_keeps_its_id_when_it_is_reworded() -> None:
    first = identified((Title("Des cars trop rares", "est"), Title("Le marché du samedi", "nord"), Title("La nuit")))
    again = identified(
        (Title("Le marché du samedi.", "nord"), Title("Des cars bien trop rares", "est"), Title("Le jour")), first
    )
    assert [one.title_id for one in again[:2]] == [first[1].title_id, first[0].title_id]
    assert again[2].title_id not in {one.title_id for one in first}
    assert identified((Title("Autrement dit", title_id=first[0].title_id),), first)[0].title_id == first[0].title_id
    reworded = (Title("Un bal au lavoir", "sud", title_id="g-ancien"),)  # its id is of the words that it had at first
    assert identified((Title("Un bal au lavoir !", "sud"),), reworded)[0].title_id == "g-ancien"


LABELS = st.text(st.sampled_from("abcdé ' -"), max_size=14)


@drawn(
    st.lists(st.tuples(LABELS, st.sampled_from((None, "est", "sud"))), max_size=12), st.randoms(use_true_random=False)
)
def test_ids_are_distinct_and_do_not_depend_on_the_order(labels: list[tuple[str, str | None]], random) -> None:  # type: ignore[no-untyped-def]
    titles = checked(Line(str(n), text, axis or "") for n, (text, axis) in enumerate(labels)).titles
    known = {(one.text, one.axis): one.title_id for one in identified(titles)}
    assert len(set(known.values())) == len(titles)
    shuffled = list(titles)
    random.shuffle(shuffled)
    assert {(one.text, one.axis): one.title_id for one in identified(shuffled)} == known


def test_titles_go_through_their_table() -> None:
    titles = identified(
        (Title("Des cars trop rares", "est", "Se déplacer", ("a",), ("b",)), Title("La nuit", origin="programme"))
    )
    assert titles_of(title_table(titles)) == titles
    assert titles_of(title_table(())) == ()
