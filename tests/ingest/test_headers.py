"""What the header of a document tells of its workshop."""

from pathlib import Path

import pandas as pd
import pytest
from labelled import each

from pipeline.config import load_config
from pipeline.ingest.headers import (
    PUBLISHED,
    beside,
    day_of,
    day_of_file,
    days_apart,
    header_told,
    iso_day,
    meetings_told,
    told_by_headers,
)
from pipeline.ingest.stage import ingest

test_a_header_tells_one_date_and_one_place = each(
    lambda text: beside(header_told(text)),
    (
        "Date : 3 mars 2024\nLieu : salle des fêtes de Vermont",
        " (date : 2024-03-03) (lieu : salle des fêtes de Vermont)",
    ),
    ("Compte rendu de la réunion du jeudi 1er février 2024", " (date : 2024-02-01)"),
    ("**Date :** 03/12/2023", " (date : 2023-12-03)"),
    ("**Date:** 03.12.23", " (date : 2023-12-03)"),
    ("Date : version 1.12.23", ""),
    ("Publié : 7 mai 2024 à 7h16", " (mise en ligne : 2024-05-07)"),
    ("Mis en ligne le 7 mai 2024\nDate : 3 mars 2024", " (mise en ligne : 2024-05-07) (date : 2024-03-03)"),
    ('title: Assemblée\ndate: "2017-10-19T18:00"', " (date : 2017-10-19)"),
    ("Du 3 mars 2024 au 5 mars 2024", ""),
    ("Compte rendu du week-end du 3, 4 et 5 mars 2024", ""),
    ("Réunion du 3-4 mars 2024", ""),
    ("Date : 31 février 2024", ""),
    ("Date : à fixer", ""),
    ("Lieu : chez [personne]", ""),
    ("Présents : Léa, Omar", ""),
)

NOTES = "Date : {day} mars 2024\nLieu : salle de Vermont\n\n# Freins\n\n- Le car ne passe plus le soir\n"


def read(folder: Path, *days: int, sheet: str = "") -> tuple[str | None, str | None]:
    for day in days:
        (folder / f"notes{day}.md").write_text(NOTES.format(day=day), encoding="utf-8")
    if sheet:
        (folder / "atelier.toml").write_text(sheet, encoding="utf-8")
    (row,) = ingest(folder, load_config()).workshops.astype(object).where(lambda one: one.notna(), None).itertuples()
    return row.date, row.lieu


def test_it_completes_the_entry_sheet_and_never_contradicts_it(tmp_path: Path) -> None:
    assert read(tmp_path, 3) == ("2024-03-03", "salle de Vermont")
    assert read(tmp_path, 3, sheet="[atelier]\ndate = 2024-06-01\n") == ("2024-06-01", "salle de Vermont")


def test_places_of_all_documents_are_told(tmp_path: Path) -> None:
    (tmp_path / "bourg.md").write_text(NOTES.format(day=4).replace("salle de Vermont", "la halle"), encoding="utf-8")
    assert read(tmp_path, 3) == ("2024-03-03, 2024-03-04", "la halle ; salle de Vermont")


def test_documents_of_several_days_tell_each(tmp_path: Path) -> None:
    assert read(tmp_path, 3, 4) == ("2024-03-03, 2024-03-04", "salle de Vermont")
    (tmp_path / "sans-date.md").write_text("# Freins\n\n- Le car ne passe plus le soir\n", encoding="utf-8")
    assert read(tmp_path, 3, 4) == ("2024-03-03, 2024-03-04", "salle de Vermont")


def test_a_front_matter_tells_the_place_and_the_day_whatever_else_it_dates(tmp_path: Path) -> None:
    front = (
        "---\nlastmod: 2024-06-28T12:22:10+02:00\ndate: 2023-10-22\nlocation: Vermont\nevent: http://exemple.fr\n---\n"
    )
    (tmp_path / "notes.md").write_text(f"{front}# Freins\n\n- Le car ne passe plus le soir\n", encoding="utf-8")
    assert read(tmp_path) == ("2023-10-22", "Vermont")


@pytest.mark.parametrize(
    ("name", "day"), [("2023-10-22-pv.md", "2023-10-22"), ("pv.md", "22 octobre"), ("2023-11-30-pv.md", "22 octobre")]
)
def test_a_day_without_its_year_takes_that_of_the_same_day_elsewhere(name: str, day: str) -> None:
    assert day_of_file({"date": "22 octobre"}, name) == day


test_a_first_line_tells_the_day_of_its_meeting_only = each(
    day_of,
    ("16 juin 2021", "2021-06-16"),
    ("Mercredi 16 juin 2021 à 18 h", "2021-06-16"),
    ("Réunion du 16 sept. 2021", "2021-09-16"),
    ("Compte-rendu de la journée du port le 11/10/21", "2021-10-11"),
    ("Compte rendu du conseil de quartier du 16 juin 2021", "2021-06-16"),
    ("Rencontre des conseils - 16 juin 2021", "2021-06-16"),
    ("Réunion à la salle du port, mercredi 16 juin 2021", "2021-06-16"),
    ("Commission des quais : 16/06/21", "2021-06-16"),
    ("Pour un quai ouvert le 1er janvier 2022", ""),
    ("Bilan des travaux du 3 mars 2021", ""),
    ("Du 3 mars 2024 au 5 mars 2024", ""),
)


test_a_day_alone_is_told_in_iso_form = each(
    iso_day,
    ("26/02/2023", "2023-02-26"),
    ("2021.06.16", "2021-06-16"),
    ("2023-02-26 18:30:00", "2023-02-26"),
    ("2023/02/26 6:30:12 PM UTC+1", "2023-02-26"),
    ("26/02/2023 à 18 h 30", "2023-02-26"),
    ("26/02/2023 ou plus tard", "26/02/2023 ou plus tard"),
    ("printemps", "printemps"),
)


@pytest.mark.parametrize("end", ["txt", "md"])
@pytest.mark.parametrize(
    "head", ["Réunion publique\n\n16 juin 2021", "Conseil de quartier du 16 juin 2021", "16/06/2021"]
)
def test_minutes_tell_their_day_in_their_first_lines(tmp_path: Path, head: str, end: str) -> None:
    sign = "# " * (end == "md")
    body = "\n\nQuai\n\n- Le car ne passe plus le soir\n- Fête du 3 mars 2022 à préparer avec les écoles\n"
    (tmp_path / f"notes.{end}").write_text(f"{sign}{head}{body}", encoding="utf-8")
    assert list(ingest(tmp_path, load_config()).workshops["date"]) == ["2021-06-16"]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("---\ntitle: Le quai\ndate: 2022-10-02\n---\n\n## Dimanche 25 septembre 2022", "2022-09-25"),
        ("---\ntitle: Le quai\n---\n\n# Compte rendu\n\n## Samedi 6 mai 2023", "2023-05-06"),
        ("# Rencontre du quai\n\nRendez-vous le 5 juin 2023 pour la fête.", None),
        ("# Rencontre du quai\n\nLa fête se tiendra le 22 octobre 2022.", None),
    ],
)
def test_a_heading_that_is_but_a_day_dates_a_document_and_what_is_to_come_does_not(
    tmp_path: Path, head: str, day: str | None
) -> None:
    said = "- Le quai glisse en hiver\n- Il faudrait un bac\n"
    (tmp_path / "notes.md").write_text(f"{head}\n\n{said}", encoding="utf-8")
    told = ingest(tmp_path, load_config())
    assert told.workshops["date"].fillna("").tolist() == [day or ""]
    assert set(told.contributions["date"].fillna("")) == {day or ""}


HEADS = [
    ("notes.md", "# Réunion du port, 28 juillet", "Depuis 2016, le car ne passe plus.", None, None),
    ("port_2019.md", "# Réunion du port, 28 juillet", "Le car ne passe plus.", "2019-07-28", None),
    ("2016-07-28-port.md", "# Réunion du port", "Le car ne passe plus.", "2016-07-28", None),
    ("cr_port_28_juillet_2016.md", "# Réunion du port", "Le car ne passe plus.", "2016-07-28", None),
    ("port.md", "# Réunion du port, 28 juillet", "De 2016 à 2019, le car passait.", None, None),
    ("port.md", "# Réunion du port\n\nParticipants : 3 élus, 8 habitants", "Le car ne passe plus.", None, 11),
    ("port.md", "# Réunion du port\n\nParticipants : environ 8 habitants", "Le car ne passe plus.", None, 8),
    ("port.md", "# Réunion du port\n\nParticipants : une trentaine", "Le car ne passe plus.", None, 30),
    ("port.md", "# Réunion du port\n\nUne quarantaine d’habitants", "Le car ne passe plus.", None, 40),
    ("port.md", "# Réunion du port\n\n**Durée de la réunion :** 2 heures", "Le car ne passe plus.", None, None),
    ("port.md", "---\ntitle: Réunion du port\nlayout: post\n---", "Le car ne passe plus.", None, None),
    (
        "2020-06-27-port.md",
        "---\ntitle: Réunion du port\ndate: 2020-07-12\n---",
        "Le car ne passe plus.",
        "2020-06-27",
        None,
    ),
    ("port.md", "---\ntitle: Réunion du port\ndate: 2020-07-12\n---", "Le car ne passe plus.", "2020-07-12", None),
    ("port.md", "# Réunion du port\n\nPrésent.e.s : Odile, Paul", "Le car ne passe plus.", None, 2),
    ("port.md", "# Réunion du port\n\nPrésents : Odile, M. Morin (élu) et Paul", "Le car ne passe plus.", None, 3),
]


@pytest.mark.parametrize(("name", "head", "said", "date", "people"), HEADS)
def test_the_head_of_one_document_names_its_workshop(
    tmp_path: Path, name: str, head: str, said: str, date: str | None, people: int | None
) -> None:
    (tmp_path / name).write_text(f"{head}\n\n## Le car\n\n{said}\n\n## Le quai\n\nIl pleut.\n", encoding="utf-8")
    told = ingest(tmp_path, load_config()).workshops.astype(object)
    (row,) = told.where(told.notna(), None).itertuples()
    assert (row.date, row.participants) == (date, people)
    assert row.titre.startswith("Réunion du port")


def test_one_document_among_others_tells_of_its_table_only(tmp_path: Path) -> None:
    for table in (1, 2):
        text = f"# Table {table}\n\nParticipants : 8 habitants\n\nLe car ne passe plus le soir.\n"
        (tmp_path / f"table{table}.md").write_text(text, encoding="utf-8")
    (row,) = ingest(tmp_path, load_config()).workshops.itertuples()
    assert not row.titre.startswith("Table")
    assert pd.isna(row.participants)


def test_files_that_tell_each_its_place_are_meetings() -> None:
    tulle = {"date": "2022-03-04", "lieu": "Tulle", "participants": "12", "titre": "Le quai"}
    brive = {PUBLISHED: "2022-05-06", "lieu": "Brive"}
    assert meetings_told({"a.md": tulle, "b.md": brive, "c.md": {}}) == {
        "a.md": {"date": "2022-03-04", "lieu": "Tulle", "participants": "12"},
        "b.md": {"date": "2022-05-06", "lieu": "Brive"},
    }
    for others in ((tulle,), (tulle, {**brive, "lieu": "Tulle"}), (tulle, {"lieu": "Brive"})):
        assert meetings_told({f"{n}.md": one for n, one in enumerate(others)}) == {}


def test_a_meeting_whose_head_tells_no_place_is_called_as_its_file_is() -> None:
    told = {"2022-03-04_Egletons.md": {"date": "2022-03-04", "titre": "Retour de la réunion d’Égletons du 4 mars"},
            "Le-Bourg_2022-05-06.txt": {}, "2022-05-07.txt": {}, "notes.txt": {"date": "2022-05-09"}}  # fmt: skip
    assert meetings_told(told) == {
        "2022-03-04_Egletons.md": {"date": "2022-03-04", "lieu": "Égletons"},
        "Le-Bourg_2022-05-06.txt": {"date": "2022-05-06", "lieu": "Le Bourg"},
    }


def test_the_day_that_a_person_chose_is_asked_no_more(tmp_path: Path) -> None:
    text = "# Réunion du 10 octobre 2024\n\nLe car ne passe plus le soir.\n"
    (tmp_path / "2024-10-11_notes.md").write_text(text, encoding="utf-8")
    sheet = '[[fichiers]]\nnom = "2024-10-11_notes.md"\njour = {}\n'
    for day in ("2024-10-10", "2024-10-11"):
        (tmp_path / "atelier.toml").write_text(sheet.format(day), encoding="utf-8")
        made = ingest(tmp_path, load_config())
        assert set(made.contributions["date"]) == {day}
        assert not any("vérifiez sa date" in note for note in made.ledger["detail"].dropna())


def test_the_day_of_one_meeting_is_not_that_of_files_named_after_others() -> None:
    first, second = "Le Port 13 septembre.docx", "le_bourg_27_septembre.md"
    told = {first: {"date": "2025-09-13"}}
    assert told_by_headers(told, dict.fromkeys((first, second), "w")) == {"w": {"date": ""}}
    assert told_by_headers(told, dict.fromkeys((first, "notes.md"), "w")) == {"w": {"date": "2025-09-13"}}
    assert told_by_headers(told, dict.fromkeys((first, "un.md", "deux.md"), "w")) == {"w": {"date": ""}}


def test_each_contribution_has_the_day_of_its_document(tmp_path: Path) -> None:
    (tmp_path / "quai_3_mai.md").write_text("# Le quai\n\nLe quai glisse.\n", encoding="utf-8")
    (tmp_path / "quai_8_octobre.md").write_text("# Le quai\n\nLe quai est refait.\n", encoding="utf-8")
    (tmp_path / "notes.md").write_text("# Le quai\n\nLe bac ne passe plus.\n", encoding="utf-8")
    rows = ingest(tmp_path, load_config()).contributions
    days = dict(zip(rows["text"], rows["date"].fillna(""), strict=True))
    assert days == {"Le quai glisse.": "3 mai", "Le quai est refait.": "8 octobre", "Le bac ne passe plus.": ""}


def test_the_end_of_a_range_is_not_the_day() -> None:
    assert header_told("Rencontres du 28 février au 2 mars 2024") == {}
    assert header_told("Rencontre du 2 mars 2024") == {"date": "2024-03-02"}


def test_a_day_that_the_name_of_the_file_contradicts_is_told() -> None:
    day, said = days_apart({"date": "2024-10-10"}, "quai/2024-10-11_notes.md")
    assert day == "2024-10-10"
    assert said.replace("\u00a0", " ") == "il dit le 10 octobre 2024, et son nom le 11 octobre 2024 : vérifiez sa date"
    assert days_apart({"date": "2024-10-10"}, "2024-10-10_notes.md") == ("", "")
    assert days_apart({"date": "2024-10-10"}, "notes.md") == ("", "")


@pytest.mark.parametrize("told", ["20 janvier 2024", "20 février 2025"])
def test_where_but_the_year_or_the_month_differs_that_of_the_name_is_the_day(told: str, tmp_path: Path) -> None:
    (tmp_path / "2025-01-20_quai.md").write_text(f"# Réunion du {told}\n\nLa vase monte.\n", encoding="utf-8")
    found = ingest(tmp_path, load_config())
    assert list(found.contributions["date"]) == list(found.workshops["date"]) == ["2025-01-20"]


def test_the_days_are_all_those_of_what_the_files_hold(tmp_path: Path) -> None:
    """Answers by their hour, and the meetings of one document."""
    rows = "".join(f"2026/03/{day:02} 9:12:00 PM UTC+1;Le quai manque de bancs {day}\n" for day in (3, 5, 14))
    (tmp_path / "enquete.csv").write_text(f"Horodateur;Que manque-t-il au port ?\n{rows}", encoding="utf-8")
    assert ingest(tmp_path, load_config()).workshops["date"][0] == "2026-03-03, 2026-03-05, 2026-03-14"
    notes = "# Réunion du port - {}\n\nLe quai manque de bancs.\n\n"
    days = ("30 mars 2025", "7 décembre 2025")
    (tmp_path / "notes.md").write_text("".join(map(notes.format, days)), encoding="utf-8")
    told = ingest(tmp_path, load_config()).workshops["date"][0]
    assert told == "2025-03-30, 2025-12-07, 2026-03-03, 2026-03-05, 2026-03-14"


def test_the_day_of_a_publication_is_that_of_no_meeting_even_in_the_name_of_its_file() -> None:
    posted = {"mise en ligne": "2024-05-07"}
    assert day_of_file(posted, "2024-05-07_quartier.txt") == ""
    assert day_of_file(posted, "quartier 7 mai.txt") == ""
    assert day_of_file(posted, "quartier 3 mars 2024.txt") == "2024-03-03"
    assert day_of_file({}, "2024-05-07_quartier.txt") == "2024-05-07"
    assert told_by_headers({"2024-05-07_quartier.txt": posted}, {"2024-05-07_quartier.txt": "w"}) == {"w": {"date": ""}}
    assert day_of_file({}, "groupe-6_06-12-22.md") == "2022-12-06"
    assert day_of_file({}, "groupe_21-12-22.md") == ""  # of 2022, or of 2021


@pytest.mark.parametrize(
    ("source", "published", "day"),
    [
        ("27Septembre.md", "2025-09-28", "2025-09-27"),
        ("cr 20 décembre.md", "2025-01-08", "2024-12-20"),
        ("12Juillet2024.md", "2025-09-28", "2024-07-12"),
        ("27Septembre.md", "", "27 septembre"),
        ("quartier.md", "2025-09-28", ""),
    ],
)
def test_the_publication_tells_the_year_of_a_day_that_a_name_tells_without_it(
    source: str, published: str, day: str
) -> None:
    assert day_of_file({PUBLISHED: published} if published else {}, source) == day


def test_a_day_in_brackets_after_a_meeting_is_its_day() -> None:
    assert day_of("Réunion du port (26 septembre 2023)") == "2023-09-26"
    assert day_of("Bancs du port (26 septembre 2023)") == ""
