"""A corpus folder: every format read right, every bad file refused in words while the others go on."""

import os
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from pipeline.config import load_config
from pipeline.contracts import checks
from pipeline.errors import RefusedFileError, UsageError
from pipeline.ingest.stage import IngestResult, ingest
from pipeline.run.stages import INGESTED
from tests.ingest import corpus_files as made

CONFIG = load_config()
TABLES = INGESTED


def read(folder: Path) -> IngestResult:
    """Ingest, then check every table against its contract and the ledger against the tables."""
    result = ingest(folder, CONFIG)
    for name in TABLES:
        checks.validate(name, getattr(result, name))
    ledger = result.ledger.set_index("source")
    assert ledger["n_kept"].sum() == len(result.contributions)
    assert ledger["n_rejected"].sum() == len(result.rejects)
    assert ledger["n_items"].sum() == len(result.items)
    texts = result.contributions.set_index("contribution_id")["text"]
    for item in result.items.itertuples():
        assert texts[item.contribution_id][item.start : item.end] == item.text
    return result


def read_one(folder: Path, name: str, content: str | bytes) -> IngestResult:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(folder)


def told(result: IngestResult, source: str) -> tuple[str, str]:
    row = result.ledger.set_index("source").loc[source]
    return str(row["state"]), str(row["detail"])


WALL = "Ce qu'on veut garder;Ce qui coince\nLe café du mercredi;Plus personne le soir\nLes archives de 1983;\n"
BY_TABLE = (
    "Table;Freins;Envies\n1;Le loyer a encore doublé;Ouvrir le studio le soir\n2;Il manque trois micros;Un relais\n"
)


@pytest.mark.parametrize(
    ("content", "channel", "voices"),
    [
        (WALL, "postit", 0),
        (WALL.replace("Ce qui coince", "Qu'est-ce qui coince ?"), "enquete", 2),
        ("Commune;" + WALL.replace("\nL", "\nMornoy;L"), "enquete", 2),
        (BY_TABLE, "note", 0),
        (BY_TABLE.replace("\n2", "\n1"), "postit", 0),
    ],
    ids=["a wall typed column by column", "questions", "a row tells of someone", "one row a table", "a table twice"],
)
def test_a_row_is_a_person_only_where_something_says_so(
    tmp_path: Path, content: str, channel: str, voices: int
) -> None:
    rows = read_one(tmp_path, "mur.csv", content).contributions
    assert set(rows["channel"]) == {channel}
    assert set(rows["provenance"]) == {"note" if channel == "note" else "ecrit"}
    assert rows["voice"].nunique() == voices
    assert len(set(rows["context"])) == 2


def test_a_signature_is_a_voice_and_nobody_is_none(tmp_path: Path) -> None:
    signed = ["Paul", "anonyme", "Anonyme", "-", "", "N.R.", "paul", "Mme Renard"]
    lines = [f"On entend mal la radio au col {n};{name}" for n, name in enumerate(signed)]
    rows = read_one(tmp_path, "or.csv", "Votre message;Signature\n" + "\n".join(lines)).contributions
    assert rows["voice"].fillna("").tolist() == ["Voix 1", "", "", "", "", "", "Voix 1", "Voix 2"]
    assert not rows.drop(columns="text").to_csv().lower().count("paul")
    assert "Renard" not in rows.to_csv()


def test_a_column_of_text_where_nothing_is_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError, match="rien n'est écrit dans la colonne « Post-it »"):
        read_one(tmp_path, "a.csv", "Table;Post-it\n1;\n2;\n;\n")


def test_tags_in_a_cell_are_no_words(tmp_path: Path) -> None:
    result = read_one(
        tmp_path, "a.csv", "Avis\n<p>Le four est <b>froid</b> &amp; vide.</p><p>On le rallume à <soir>.</p>\n"
    )
    assert list(result.contributions["text"]) == ["Le four est froid & vide.\nOn le rallume à <soir>."]


def test_headings_are_context_and_give_the_table(tmp_path: Path) -> None:
    rows = read_one(tmp_path, "note.md", made.NOTE).contributions
    assert rows["table"].unique().tolist() == ["4"]
    assert rows["context"].tolist()[0].endswith("Freins")
    assert rows["context"].tolist()[-1].endswith("Pistes > Aller voir les propriétaires")
    assert "Problème : les maisons vides." in rows["text"].tolist()


NOTE_TABLES = [
    (
        "titles of columns",
        [["Freins", "Envies"], ["Le loyer a doublé\nTrois micros sont cassés", "Ouvrir le soir"]],
        [("Le loyer a doublé", "Freins"), ("Trois micros sont cassés", "Freins"), ("Ouvrir le soir", "Envies")],
    ),
    (
        "questions",
        [["Qu'est-ce qui freine ?", "Que faire ?"], ["Le loyer a doublé", "Ouvrir le soir"]],
        [("Le loyer a doublé", "Qu'est-ce qui freine ?"), ("Ouvrir le soir", "Que faire ?")],
    ),
    (
        "titles of rows",
        [["Freins :", "Le loyer a doublé"], ["Pistes :", "Ouvrir le soir"]],
        [("Le loyer a doublé", "Freins"), ("Ouvrir le soir", "Pistes")],
    ),
    (
        "who and when",
        [["Action", "Qui", "Quand"], ["Relancer les mairies", "les bénévoles", "en juillet"]],
        [("Relancer les mairies", "Action"), ("les bénévoles", "Qui"), ("en juillet", "Quand")],
    ),
    (
        "post-its set in a table",
        [["Plus de bus", "Une crèche"], ["Un marché le soir", "Des bancs"]],
        [("Plus de bus", ""), ("Une crèche", ""), ("Un marché le soir", ""), ("Des bancs", "")],
    ),
]


@pytest.mark.parametrize("kind", ["docx", "html"])
@pytest.mark.parametrize(
    ("rows", "expected"), [case[1:] for case in NOTE_TABLES], ids=[case[0] for case in NOTE_TABLES]
)
def test_titles_of_a_table_of_notes_are_the_context_of_its_cells(
    tmp_path: Path, kind: str, rows: list[list[str]], expected: list[tuple[str, str]]
) -> None:
    if kind == "docx":
        made.write_docx_table(tmp_path / "a.docx", rows)
    else:
        (tmp_path / "a.html").write_text(made.html_table(rows), encoding="utf-8")
    found = read(tmp_path).contributions
    contexts = [f"Relevé du groupe > {title}" if title else "Relevé du groupe" for _, title in expected]
    assert found["text"].tolist() == [text for text, _ in expected]
    assert found["context"].tolist() == contexts


def test_every_sheet_of_a_workbook_is_read(tmp_path: Path) -> None:
    sheets = {
        "Table 1": [["Texte"], ["Plus de bus"], ["Une salle pour les jeunes"]],
        "Table 2": [["Texte", "Votes"], ["Un marché du soir", 3]],
        "Listes": [["x"], [1]],
    }
    result = read_one(tmp_path, "a.xlsx", made.workbook_bytes(sheets))
    assert len(result.contributions) == 3
    assert result.contributions["votes"].iloc[2] == 3
    assert "« Listes »" in told(result, "a.xlsx")[1]


NUMBERED = "no;contribution\nA1;Un banc devant la mairie\nA2;RAS\nA3;Non\nA4;/\nA5;Une fontaine sur la place\n"
READ = """contribution_no;synthese_du_lecteur
A1;On demande des bancs devant la mairie
A1;Il faut du mobilier pour les anciens
A5;On demande de l'eau sur la place
"""


def test_who_has_nothing_to_say_says_nothing(tmp_path: Path) -> None:
    """Neither a contribution nor a position: a row that is told aside."""
    result = read_one(tmp_path, "a.csv", NUMBERED)
    assert list(result.contributions["text"]) == ["Un banc devant la mairie", "Une fontaine sur la place"]
    assert not len(result.positions)
    assert list(result.rejects["reason"]) == ["sans_mot"] * 3


def test_a_cell_without_an_answer_is_neither_words_nor_a_side(tmp_path: Path) -> None:
    said = ["Un quai plus large pour les anciens;Oui", "Des bancs à la halle du marché;Oui", "Un bac le dimanche;Non"]
    rows = "\n".join([*said, "N/A;n.a.", "na;Non", "NC;Oui"])
    result = read_one(tmp_path, "a.csv", f"Que changer au port ?;Êtes-vous d'accord avec le projet ?\n{rows}")
    assert [text.split()[1] for text in result.contributions["text"]] == ["quai", "bancs", "bac"]
    assert list(result.positions["answer"]) == ["Oui", "Oui", "Non", "Non", "Oui"]
    assert list(result.rejects["reason"]) == ["sans_mot"] * 4


def test_a_no_is_an_answer_where_others_say_yes(tmp_path: Path) -> None:
    rows = "Non;Oui;Le mercredi seulement;Avec ma fille, une fois;Parfois, le soir".split(";")
    result = read_one(tmp_path, "a.csv", "Prénom;Venez-vous au marché ?\n" + "".join(f"A;{one}\n" for one in rows))
    assert list(result.positions["answer"]) == ["Non", "Oui"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("projet.md", "# Projet\n\nLa halle accueillera un four.\n\n- Un banc devant la mairie\n"),
     ("projet.csv", "no;contribution;avis\nA1;Un banc devant la mairie;pour\nA2;La halle aura un four;contre\n")],
)  # fmt: skip
def test_of_a_document_nothing_is_what_people_said_but_what_a_person_takes_back(
    tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / "dits.txt").write_text("- Le marché ferme trop tôt\n", encoding="utf-8")
    told_of = f'[[fichiers]]\nnom = "{name}"\ncanal = "document"\n'
    (tmp_path / "atelier.toml").write_text(told_of, encoding="utf-8")
    result = read_one(tmp_path, name, content)
    assert set(result.contributions["source"]) == {"dits.txt"} and not len(result.positions)
    assert told(result, name)[0] == "lu"
    aside = result.rejects[result.rejects["reason"] == "document"]
    assert set(aside["source"]) == {name} and len(aside) == 2
    place = aside["locator"].iloc[-1]
    (tmp_path / "atelier.toml").write_text(f'{told_of}paroles = ["{place}"]\n', encoding="utf-8")
    assert sorted(read(tmp_path).contributions["source"]) == ["dits.txt", name]


@pytest.mark.parametrize("before", ["a_lectures", "z_lectures"])
def test_a_reader_who_tells_the_rows_of_another_table_again_adds_none(tmp_path: Path, before: str) -> None:
    (tmp_path / "contributions.csv").write_text(NUMBERED, encoding="utf-8")
    result = read_one(tmp_path, f"{before}.csv", READ)
    assert set(result.contributions["source"]) == {"contributions.csv"}
    assert list(result.rejects["reason"]).count("lecture") == 3
    state, detail = told(result, f"{before}.csv")
    assert state == "lu"
    assert "« contributions.csv »".replace(" ", "\u00a0") in detail


@pytest.mark.parametrize(
    ("case", "content", "more"),
    [
        ("a comment on another's row is one's own", READ.replace("synthese_du_lecteur", "commentaire"), ""),
        ("rows of no table that is there", READ.replace("A5", "B9"), ""),
        ("a person says that these are words", READ, 'colonnes_texte = "synthese_du_lecteur"'),
        ("a person says that these rows are", READ, 'paroles = ["ligne 2", "ligne 3", "ligne 4"]'),
    ],
)
def test_what_a_reader_does_not_tell_again_is_kept(tmp_path: Path, case: str, content: str, more: str) -> None:
    (tmp_path / "contributions.csv").write_text(NUMBERED, encoding="utf-8")
    (tmp_path / "atelier.toml").write_text(f'[[fichiers]]\nnom = "lectures.csv"\n{more}\n', encoding="utf-8")
    result = read_one(tmp_path, "lectures.csv", content)
    assert list(result.contributions["source"]).count("lectures.csv") == 3, case


def test_inserting_a_row_moves_no_id_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Texte\nUn\xa0bus le soir\nmerci\nUne salle\nmerci\n", encoding="utf-8")
    before = read(tmp_path).contributions
    (tmp_path / "a.csv").write_text("Texte\nUn\xa0bus le soir\nUn parc\nmerci\nUne salle\nmerci\n", encoding="utf-8")
    after = read(tmp_path).contributions
    assert before["contribution_id"].is_unique
    assert set(before["contribution_id"]) < set(after["contribution_id"])


def test_several_workshops_one_folder_each(tmp_path: Path) -> None:
    for name in ("nord", "sud"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "atelier.toml").write_text(f'[atelier]\ntitre = "Atelier {name}"\n', encoding="utf-8")
        (tmp_path / name / "table2.txt").write_text("- Plus de bus\n- Une salle\n", encoding="utf-8")
    result = read(tmp_path)
    assert result.workshops["titre"].tolist() == ["Atelier nord", "Atelier sud"]
    assert result.contributions["workshop"].value_counts().to_dict() == {"nord": 2, "sud": 2}
    assert result.workshop_tables["table"].tolist() == ["2", "2"]


def test_atelier_toml_wins_over_any_guess(tmp_path: Path) -> None:
    (tmp_path / "atelier.toml").write_text(
        '[[fichiers]]\nnom = "*.csv"\ncolonnes_texte = "B"\ncolonne_table = "A"\n'
        'provenance = "note"\ncontexte = "Freins"\n',
        encoding="utf-8",
    )
    rows = read_one(tmp_path, "a.csv", "A;B;Texte\nTable 03;Plus de bus;zzz zz\n").contributions
    assert rows[["text", "table", "provenance", "context"]].to_numpy().tolist() == [
        ["Plus de bus", "3", "note", "Freins"]
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[atelier]\ntitle = 'x'\n", r"atelier\.title : clé inconnue \(vouliez-vous dire « titre » \?\)"),
        ("titre = 'x'\n", r"titre : clé connue, mais d'une autre section : déplacez-la"),
        ("[[table]]\nnumero = 1\n", r"table : clé inconnue \(vouliez-vous dire « tables » \?\)"),
        ("[[fichiers]]\nnom = 'a'\ncanal = 'oral'", "valeur « oral » refusée ; attendu : postit, note, enquete, trans"),
        ("[atelier]\ndate = 14/06/2025", "ligne 2 : « date = 14/06/2025 » .* une date s'écrit"),
    ],
)
def test_a_mistake_in_atelier_toml_is_told(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "atelier.toml").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_one(tmp_path, "a.txt", "Plus de bus\n")


# what cannot be read ---------------------------------------------------------------------------------------------


BAD = [
    ("binaire.csv", bytes(range(256)) * 40, "binaire"),
    ("nombres.csv", b"a;b\n1;2\n3;4\n", "aucune colonne de texte"),
    ("tronque.xlsx", made.workbook_bytes({"A": [["Texte"], ["x y"]]})[:900], "incomplet ou abîmé"),
    ("sans.vtt", b"WEBVTT\n\nNOTE rien\n", "aucune réplique"),
    ("blancs.csv", b"Texte\n" + b";\n" * 100_000, "lignes vides"),
    ("abime.pdf", b"%PDF-1.4\nrien", "PDF"),
    ("profond.json", b"[" * 200_000, "JSON"),
]


@pytest.mark.parametrize(("name", "content", "problem"), BAD, ids=[case[0] for case in BAD])
def test_bad_file_is_refused_and_the_others_go_on(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    (tmp_path / "bon.txt").write_text("- Plus de bus\n", encoding="utf-8")
    result = read_one(tmp_path, name, content)
    state, detail = told(result, name)
    assert state == "refuse"
    assert problem in detail
    assert len(result.contributions) == 1


def test_docx_that_is_a_renamed_zip(tmp_path: Path) -> None:
    (tmp_path / "bon.txt").write_text("- Plus de bus\n", encoding="utf-8")
    made.write_zip(tmp_path / "a.docx", {"a.txt": b"- Une salle\n"})
    assert "archive zip" in told(read(tmp_path), "a.docx")[1]


def test_empty_folder_and_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError, match="aucun fichier"):
        ingest(tmp_path, CONFIG)
    with pytest.raises(UsageError, match="introuvable"):
        ingest(tmp_path / "rien", CONFIG)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_folder_without_permission(tmp_path: Path) -> None:
    (tmp_path / "bon.txt").write_text("- Plus de bus\n", encoding="utf-8")
    (tmp_path / "clos").mkdir(mode=0)
    assert told(read(tmp_path), "clos")[0] == "refuse"


def test_blank_rows_in_the_middle_are_rejects_and_trailing_ones_are_nothing(tmp_path: Path) -> None:
    result = read_one(tmp_path, "a.csv", "Texte;N\nPlus de bus;1\n;\nUne salle;2\n" + ";\n" * 500)
    assert result.rejects["locator"].tolist() == ["ligne 3"]


# hostile -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bombe.docx", "bombe.xlsx"])
def test_zip_bomb(tmp_path: Path, name: str) -> None:
    (tmp_path / "bon.txt").write_text("- Plus de bus\n", encoding="utf-8")
    inner = {"bombe.docx": "word/document.xml", "bombe.xlsx": "xl/workbook.xml"}[name]
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(inner, "w") as member:
        for _ in range(80):
            member.write(b"0" * (1 << 20))
    assert "démesurément" in told(read(tmp_path), name)[1]


def test_xml_entity_bomb_in_a_docx(tmp_path: Path) -> None:
    (tmp_path / "bon.txt").write_text("- Plus de bus\n", encoding="utf-8")
    made.write_docx(tmp_path / "vrai.docx", [("Normal", "Une salle")])
    with zipfile.ZipFile(tmp_path / "vrai.docx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    entities = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))
    document = members["word/document.xml"].split(b"?>", 1)
    bomb = b'<!DOCTYPE x [<!ENTITY e0 "lol">' + entities + b"]>"
    members["word/document.xml"] = document[0] + b"?>" + bomb + document[1].replace(b"Une salle", b"&e11;")
    made.write_zip(tmp_path / "a.docx", members)
    assert told(read(tmp_path), "a.docx")[0] == "refuse"


def test_names_that_could_fool_a_reader(tmp_path: Path) -> None:
    (tmp_path / "a\nb\u202egpj.txt").write_text("- Plus de bus\n", encoding="utf-8")
    (tmp_path / "a·b·gpj.txt").write_text("- Une salle\n", encoding="utf-8")
    assert sorted(read(tmp_path).contributions["source"]) == ["a·b·gpj.txt", "a·b·gpj.txt (2)"]


def test_row_order_decides_nothing_but_positions(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Texte\nUn bus\nUn parc\nUne salle\n", encoding="utf-8")
    one = read(tmp_path)
    (tmp_path / "a.csv").write_text("Texte\nUne salle\nUn bus\nUn parc\n", encoding="utf-8")
    two = read(tmp_path)
    pd.testing.assert_frame_equal(
        one.items.sort_values("item_id", ignore_index=True), two.items.sort_values("item_id", ignore_index=True)
    )


@pytest.mark.parametrize(("header", "voices"), [("", ["Voix 1", "Voix 2"]), ("intervenants_nommes = true", None)])
def test_speakers_are_named_only_where_the_sheet_says_that_they_are_public(
    tmp_path: Path, header: str, voices: list[str] | None
) -> None:
    (tmp_path / "atelier.toml").write_text(f'[atelier]\ntitre = "Conseil"\n{header}\n', encoding="utf-8")
    said = "Odile Lavandier : La halle est froide.\n\nBruno Testenoire : Mme Lavandier a raison, chauffons-la.\n"
    (tmp_path / "debat.txt").write_text(said + said.replace("halle", "cale"), encoding="utf-8")
    found = read(tmp_path)
    told = list(dict.fromkeys(found.contributions["voice"].dropna()))
    assert told == (voices or ["Odile Lavandier", "Bruno Testenoire"])
    assert ("Lavandier" in set(found.name_suggestions["text"])) is (voices is not None)


COUNCIL = """\
# Conseil du port

Jeanne Prat, adjointe à la voirie : La vase monte chaque hiver.

M. Vidal (CCI) : Le quai glisse.

Les élus de l'opposition : Rien n'a été fait.

Jeanne Prat : On draguera au printemps.
"""


def test_speakers_keep_the_part_that_their_label_tells_without_their_name(tmp_path: Path) -> None:
    (tmp_path / "conseil.md").write_text(COUNCIL, encoding="utf-8")
    found = read(tmp_path).contributions
    voices = ["Voix 1, adjointe à la voirie", "Voix 2, CCI", "Voix 3, les élus de l'opposition"]
    assert found["voice"].tolist() == [*voices, voices[0]]


@pytest.mark.parametrize(
    ("people", "n"),
    [
        *(("", 3), ('"Vivianne" = "Viviane"', 2), ('"vivianne" = "Viviane"', 2), ('"Vivianne" = "Vivianne"', 3)),
        *(('"Bruno" = ""', 2), ('"Bruno" = ""\n"Vivianne" = "Viviane"', 1)),
    ],
)
def test_one_person_whose_name_is_typed_in_two_ways_is_one_voice_where_the_sheet_says_so(
    tmp_path: Path, people: str, n: int
) -> None:
    (tmp_path / "atelier.toml").write_text(f'[atelier]\ntitre = "Port"\n\n[personnes]\n{people}\n', encoding="utf-8")
    said = "{} : La cale est froide.\n\nBruno : Vivianne a raison, chauffons-la.\n\n{} : Et le quai aussi.\n\n"
    (tmp_path / "debat.txt").write_text(said.format("Viviane", "Vivianne") * 2, encoding="utf-8")
    found = read(tmp_path)
    assert found.contributions["voice"].nunique() == n
    assert len(found.contributions) == 6  # the words of nobody stay
    assert "Vivianne" in set(found.name_suggestions["text"])


def test_names_around_ideas_are_suspected_but_in_a_public_meeting(tmp_path: Path) -> None:
    (tmp_path / "notes-odile-kerbrad.md").write_text("# Le port\n\n## Ce que dit Odile Kerbrad\n\n- Un banc\n", "utf-8")
    assert set(read(tmp_path).name_suggestions["text"]) == {"Odile Kerbrad", "odile", "kerbrad"}
    (tmp_path / "atelier.toml").write_text('[atelier]\ntitre = "Port"\nintervenants_nommes = true\n', "utf-8")
    assert read(tmp_path).name_suggestions.empty
