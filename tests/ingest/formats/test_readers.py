"""Every format of the field, one file each as its tool writes it, read to the row, and one folder of them all."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest

from pipeline.config import load_config
from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.readers import read_kind
from pipeline.ingest.stage import IngestResult, ingest
from tests.ingest import corpus_files as made

CONFIG = load_config()
OFFICE = Path(__file__).parent / "files"  # saved by LibreOffice 25.2 out of one workbook and one note of ours
HEADINGS = "\ufeff" + '"id";"submitdate";"lastpage";"startlanguage";"seed";'
FULL_HEADINGS = (
    '\ufeff"ID de la réponse";"Date de soumission";"Dernière page";"Langue de départ";"Tête de série";'
    '"Date de lancement";"Date de la dernière action";"Adresse IP";"URL de référence";'
)
DONE = "2026-03-01 10:00:00"
Row = tuple[str, str, str | None, str | None, int | None]


@dataclass(frozen=True)
class Case:
    """A file and what must come out of it: (text, context, voice, table, votes) of each contribution, and rejects."""

    name: str
    content: str | bytes | Path
    channel: str
    rows: list[Row]
    kind: str
    rejects: list[str] = field(default_factory=list)
    provenance: str = "ecrit"


def said(
    text: str, context: str = "", voice: str | None = None, table: str | None = None, votes: int | None = None
) -> Row:
    """One expected contribution."""
    return text, context, voice, table, votes


WORKBOOK_ROWS = [
    said("Plus de bus le soir, même l’été", table="1", votes=3),
    said("=rien ne va", table="1"),
    said("Déjà vu : « ça »\nà la ligne", table="1", votes=1),
    said("Un marché du soir devant la gare", "Pistes", table="2"),
    said("La poste ferme à midi", "Freins", table="2"),
]
LOYERS = (
    "Les loyers doublent en cinq ans, et les propriétaires préfèrent louer à la semaine, même en hiver, ce qui vide "
    "la rue Haute de ses habitants."
)
NOTE_ROWS = [
    said(LOYERS, "Freins"),
    said("Rien à louer l’hiver", "Freins"),
    said("Maisons vides rue Haute", "Freins"),
    said("Aller voir les propriétaires", "Pistes"),
    said("Bail rural communal", "Pistes"),
    said("Chantier-école avec le lycée", "Pistes"),
]
TURNS = [
    said("Qui commence ce tour ?", voice="Voix 1"),
    said("Le bus ne passe plus. Il passait avant.", voice="Voix 2"),
    said("Merci Paul.", voice="Voix 1"),
]

CASES = [
    Case("lime_codes.csv",
        HEADINGS + f'"Q1";"Q2[SQ001]";"G1"\r\n"1";"{DONE}";"3";"fr";"9";"Le bus s\'arrête à 18 h et après plus rien";'
        '"Il faut une navette le soir";"Montbrac"\r\n"2";"";"1";"fr";"8";"Rien pour les jeunes le soir";"";""\r\n\r\n',
        "enquete",
        [
            said("Le bus s'arrête à 18 h et après plus rien", "Q1", "Réponse 1"),
            said("Il faut une navette le soir", "Q2[SQ001]", "Réponse 1"),
            said("Rien pour les jeunes le soir", "Q1", "Réponse 2"),
        ], "LimeSurvey", ["cellule vide"]),
    Case("lime_abregees.csv",
        HEADINGS + f'"Qu\'est-ce qui..";"Que propo..[Idée 1]"\r\n"1";"{DONE}";"3";"fr";"9";'
        '"Le marché ferme trop tôt pour nous";"Un marché du soir en été"\r\n\r\n', "enquete",
        [
            said("Le marché ferme trop tôt pour nous", "Qu'est-ce qui", "Réponse 1"),
            said("Un marché du soir en été", "Que propo..[Idée 1]", "Réponse 1"),
        ], "LimeSurvey"),
    Case("lime_entieres.csv",
        FULL_HEADINGS + f'"Qu\'est-ce qui vous freine ?";"Que proposez-vous ? [Première '
        f'idée]"\r\n"1";"{DONE}";"3";"fr";'
        f'"99";"{DONE}";"{DONE}";"192.0.2.1";"https://mairie.example/enquete?token=abc";'
        '"Plus de médecin &amp; plus d\'infirmière<br />depuis deux ans";"Ouvrir une maison de santé"\r\n\r\n',
        "enquete",
        [
            said("Plus de médecin & plus d'infirmière\ndepuis deux ans", "Qu'est-ce qui vous freine ?", "Réponse 1"),
            said("Ouvrir une maison de santé", "Que proposez-vous ? [Première idée]", "Réponse 1"),
        ], "LimeSurvey"),
    Case("lime_code_et_texte.csv", "\ufeff" + made.LIMESURVEY, "enquete",
        [
            said("Le bus s'arrête à 18 h.\nAprès, plus rien.", "Qu'est-ce qui vous freine ?", "Réponse 1"),
            said("=rien ne marche ici pour les jeunes", "Qu'est-ce qui vous freine ?", "Réponse 2"),
        ], "LimeSurvey"),
    Case("framaforms.csv",
        made.FRAMAFORMS,
        "enquete",
        [
            said("Une navette le samedi vers le marché", "Que proposez-vous pour se déplacer ?", "Réponse 1"),
            said("Des vélos électriques à prêter en mairie", "Que proposez-vous pour se déplacer ?", "Réponse 2"),
        ],
        "Framaforms",
        ["au-dessus des titres du tableau"] * 2,  # the name of the form, and a line of the tool
    ),
    Case("google.csv", made.GOOGLE_FORMS, "enquete",
        [
            said("Un café associatif, ouvert le soir", "Quelle est votre idée pour le village ?", "Réponse 1"),
            said("Repeindre le préau avec les enfants", "Quelle est votre idée pour le village ?", "Réponse 2"),
        ], "Google Forms"),
    Case("klaxoon.csv",
        "Idée;Catégorie;Couleur;Dimension 1;Dimension 2;J'aime;Auteur\r\n"
        "Plus de bus le soir;Mobilité;Freins;court terme;;4;Jeanne M.\r\nUn café associatif;Lien;Pistes;;;;Paul V.\r\n",
        "postit",
        [
            said("Plus de bus le soir", "Mobilité > Freins > court terme", "Voix 1", votes=4),
            said("Un café associatif", "Lien > Pistes", "Voix 2"),
        ], "tableau CSV"),
    Case("miro.csv",
        'Freins\r\n"Pas de bus le dimanche, ni le soir"\r\nTrop de paperasse\r\n"La salle est fermée\nles clés '
        'aussi"\r\n', "postit",
        [
            said("Pas de bus le dimanche, ni le soir", "Freins"),
            said("Trop de paperasse", "Freins"),
            said("La salle est fermée\nles clés aussi", "Freins"),
        ], "tableau CSV"),
    Case("mural.csv",
        "ID,Text,BG Color,Position X,Position Y,Last Updated By,Last Updated,Area,Tags\r\n"
        "0-1,Plus de bancs à l'ombre,#FCF281,10,20,Jeanne Morin,2026-03-01,Pistes,\r\n"
        "0-2,La boîte à idées est vide,#FCB6D4,10,20,Paul Vidal,2026-03-01,Freins,\r\n", "postit",
        [said("Plus de bancs à l'ombre", "Pistes"), said("La boîte à idées est vide", "Freins")], "tableau CSV"),
    Case("yeswiki.csv", made.YESWIKI, "enquete",
        [
            said("Ouvrir un jardin partagé derrière la gare avec les écoles", "Votre proposition", "Réponse 1"),
            said(
                "Organiser un troc de graines au printemps dans la salle des fêtes", "Votre proposition", "Réponse 2"
            ),
        ], "YesWiki"),
    Case("yeswiki.json",
        '{"Jardin": {"id_fiche": "Jardin", "bf_titre": "Jardin partagé", "bf_description": "Ouvrir un jardin partagé '
        'derrière la gare", "date_creation_fiche": "2026-03-01 10:00:00", "statut_fiche": "1", "createur": "JeanneM", '
        '"url": "https://wiki.example/?Jardin"}}', "enquete",
        [said("Ouvrir un jardin partagé derrière la gare", voice="Réponse 1")], "YesWiki"),
    Case("pad.etherpad", made.ETHERPAD, "note",
        [said("Pas de local pour les ados", "Freins"), said("Bus trop rares le soir", "Freins")], "Etherpad",
        provenance="note"),
    Case("classeur.xlsx", OFFICE / "classeur.xlsx", "postit", WORKBOOK_ROWS, "classeur"),
    Case("classeur.ods", OFFICE / "classeur.ods", "postit", WORKBOOK_ROWS, "classeur"),
    Case("classeur.xls", OFFICE / "classeur.xls", "postit", WORKBOOK_ROWS, "classeur"),
    Case("note.odt", OFFICE / "note.odt", "note", NOTE_ROWS, "OpenDocument", provenance="note"),
    Case("note.pdf", OFFICE / "note.pdf", "note",
        [*NOTE_ROWS[:4], said("Bail rural communal Chantier-école avec le lycée", "Pistes")], "PDF", provenance="note"),
    Case("note.html", "<html><body><h2>Freins</h2><ul><li>Bus rares</li><li>Rien le soir</li></ul></body></html>",
        "note", [said("Bus rares", "Freins"), said("Rien le soir", "Freins")], "HTML", provenance="note"),
    Case("note.txt", "FREINS\n- Bus rares le soir\n- Rien pour les ados\n", "note",
        [said("Bus rares le soir", "FREINS"), said("Rien pour les ados", "FREINS")], "texte", provenance="note"),
    Case("tours.txt", made.NAMED_TURNS, "transcript",
        [
            said("Moi, je trouve le village vide.", "Qui veut commencer ce tour de table ?", "Voix 1"),
            said("Les commerces ont fermé.", "Qui veut commencer ce tour de table ?", "Voix 1"),
            said("Le marché reste vivant.", "Qui veut commencer ce tour de table ?", "Voix 2"),
        ], "transcription", ["parole de l'animation", "parole de l'animation"], provenance="transcription"),
    Case("teams.vtt", made.TEAMS_VTT, "transcript",
        [said("Qui commence ?", voice="Voix 1"), said("La maison de santé est vide.", voice="Voix 2")], "WebVTT",
        provenance="transcription"),
    Case("zoom.vtt", made.ZOOM_VTT, "transcript",
        [
            said("Bonjour à tous, on commence.", voice="Voix 1"),
            said("Le marché ferme, c'est dommage. Il faudrait un marché du soir.", voice="Voix 2"),
        ], "WebVTT", provenance="transcription"),
    Case("zoom_enregistre.txt",
        "[Claire Morin] 10:00:03\nQui commence ce tour ?\n\n[Paul Vidal] 10:00:12\nLe bus ne passe plus.\nIl "
        "passait avant.\n\n"
        "[Claire Morin] 10:00:20\nMerci Paul.\n", "transcript", TURNS, "transcription", provenance="transcription"),
    Case("film.srt", made.SRT, "transcript", [said("La place manque d'arbres."), said("Et de bancs.")], "SubRip",
        provenance="transcription"),
    Case("whisper.json",
        '{"text": "…", "language": "fr", "segments": [{"id": 0, "seek": 0, "start": 0.0, "end": 3.0, "text": " '
        'Le bus ne '
        'passe plus.", "tokens": [1], "temperature": 0.0, "avg_logprob": -0.2}, {"id": 1, "start": 3.0, "end": 5.0, '
        '"text": " Il passait avant."}]}', "transcript", [said("Le bus ne passe plus."), said("Il passait avant.")],
        "Whisper", provenance="transcription"),
    Case("whisperx.json",
        '{"segments": [{"start": 0.031, "end": 4.1, "text": " On manque de place à la crèche.", "words": '
        '[{"word": "On", '
        '"start": 0.03, "end": 0.2, "score": 0.9, "speaker": "SPEAKER_01"}, {"word": "8"}], "speaker": "SPEAKER_01"}, '
        '{"start": 4.2, "end": 6.0, "text": " Il faudrait une section.", "words": [], "speaker": "SPEAKER_00"}, '
        '{"start": 6.0, "end": 8.0, "text": " Et un relais.", "words": []}], "word_segments": [{"word": "On"}]}',
        "transcript",
        [
            said("On manque de place à la crèche.", voice="Locuteur 1"),
            said("Il faudrait une section.", voice="Locuteur 0"),
            said("Et un relais."),
        ], "Whisper", provenance="transcription"),
    Case("otter.txt",
        "Claire Morin  0:03\nQui commence ce tour ?\n\nPaul Vidal  0:12\nLe bus ne passe plus.\nIl passait avant.\n\n"
        "Claire Morin  1:02:03\nMerci Paul.\n", "transcript", TURNS, "transcription", provenance="transcription"),
    Case("heures.txt",
        "00:00:03 Claire Morin\nQui commence ce tour ?\n\n00:00:12 Paul Vidal\nLe bus ne passe plus.\nIl "
        "passait avant.\n\n"
        "00:01:02 Claire Morin\nMerci Paul.\n", "transcript", TURNS, "transcription", provenance="transcription"),
]  # fmt: skip
DOCX_NOTE = [("Heading 1", "Freins"), ("List Bullet", "Bus rares le soir"), ("Normal", "Le maire écoute peu.")]
DOCX_TEAMS = ["Claire Morin  0:03", "Qui commence ce tour ?", "Paul Vidal  0:12", "Le bus ne passe plus. Il passait "
              "avant.", "Claire Morin  1:02", "Merci Paul."]  # fmt: skip


def put(case: Case, folder: Path) -> None:
    """The file of a case, in a folder."""
    target = folder / case.name
    if isinstance(case.content, Path):
        shutil.copy(case.content, target)
    else:
        target.write_bytes(case.content.encode() if isinstance(case.content, str) else case.content)


def rows_of(result: IngestResult, source: str | None = None) -> list[tuple[object, ...]]:
    """(text, context, voice, table, votes) of the contributions, in order."""
    rows = result.contributions
    rows = rows if source is None else rows[rows["source"] == source]
    kept = rows[["text", "context", "voice", "table", "votes"]].astype(object)
    return [tuple(None if pd.isna(value) else value for value in row) for row in kept.itertuples(index=False)]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_read_to_the_row(tmp_path: Path, case: Case) -> None:
    put(case, tmp_path)
    result = ingest(tmp_path, CONFIG)
    assert rows_of(result) == case.rows
    assert set(result.contributions["channel"]) == {case.channel}
    assert set(result.contributions["provenance"]) == {case.provenance}
    assert case.kind in result.ledger["format"].iloc[0]
    assert result.rejects["detail"].tolist() == case.rejects
    everything = result.contributions.to_csv() + result.items.to_csv()
    assert not any(name in everything for name in ("192.0.2", "Claire Morin", "Jeanne", "courrier.example", "token="))


def test_a_folder_of_one_file_of_each_kind_adds_up_to_the_row(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for case in CASES:
        put(case, corpus)
    made.write_docx(corpus / "note.docx", DOCX_NOTE)
    made.write_docx(corpus / "teams.docx", [("Normal", line) for line in DOCX_TEAMS])
    (corpus / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 50)

    result = ingest(corpus, CONFIG)

    ledger = result.ledger.set_index("source")
    for case in CASES:
        assert ledger.loc[case.name, "n_kept"] == len(case.rows), case.name
        assert ledger.loc[case.name, "n_rejected"] == len(case.rejects), case.name
    assert ledger.loc["note.docx", "n_kept"] == 2
    assert ledger.loc["teams.docx", "n_kept"] == 3
    assert ledger["state"].value_counts().to_dict() == {"lu": len(CASES) + 2, "refuse": 1}
    assert (ledger["n_read"] == ledger["n_kept"] + ledger["n_rejected"] + ledger["n_positions"]).all()
    for column, table in (("n_kept", result.contributions), ("n_rejected", result.rejects)):
        counts = table["source"].value_counts()
        assert (ledger[column] == ledger.index.map(counts).fillna(0)).all()
    n_items = result.items.merge(result.contributions, on="contribution_id")["source"].value_counts()
    assert (ledger["n_items"] == ledger.index.map(n_items).fillna(0)).all()


def test_a_table_of_one_contribution_without_a_header_is_read(tmp_path: Path) -> None:
    words = "Les cars du matin passent toujours bien avant la sortie des classes"
    (tmp_path / "une_carte.csv").write_text(words + "\n", encoding="utf-8")
    found = ingest(tmp_path, CONFIG)
    assert found.contributions["text"].tolist() == [words]
    assert found.rejects.empty


@pytest.mark.parametrize(
    ("kind", "text", "form"),
    [
        ("txt", "Texte;Votes\nPlus de bus le soir;3\nUn préau repeint;1\n", "tableau CSV"),
        ("txt", "Plus de bus le soir ; un préau\n\nUne fête des voisins\n", "texte"),
        ("json", made.WHISPER, "transcription Whisper"),
        ("json", made.ETHERPAD, "pad Etherpad"),
        ("json", '{"page": 1, "lignes": [{"texte": "Plus de bus le soir"}, {"texte": "Un préau"}]}', "table JSON"),
    ],
)
def test_kind(tmp_path: Path, kind: str, text: str, form: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    (reading,) = read_kind(path, "a.txt", kind, None)
    assert reading.format == form
    assert list(reading.entries)


@pytest.mark.parametrize(
    ("content", "problem"), [('{"a": 1}', "aucun outil connu"), ("{", "JSON lisible"), ("[" * 100_000, "JSON lisible")],
    ids=["no tool", "torn", "too deep"],
)  # fmt: skip
def test_a_json_that_is_not_read_is_told(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RefusedFileError, match=problem):
        read_kind(path, "a.json", "json", None)
