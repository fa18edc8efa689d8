"""Three small workshops as people hand them over: what `rosace inspect` says of them, and a ledger that adds up."""

from pathlib import Path

import pandas as pd
from click.testing import CliRunner

from pipeline.cli import app
from pipeline.config import load_config
from pipeline.contracts import checks
from pipeline.ingest.stage import IngestResult, ingest
from pipeline.run.stages import INGESTED
from tests.ingest.corpus_files import workbook_bytes, write_docx

WALL = (
    "Idée;Catégorie;Couleur;J'aime;Auteur\r\n"
    "La vase monte au quai neuf;😟 Ce qui coince;yellow;6;Nolwenn K.\r\n"
    "Pas d'échelle pour descendre;😟 Ce qui coince;yellow;;Iwan P.\r\n"
    "Draguer le chenal au printemps;💡 Pistes;pink;9;Nolwenn K.\r\n"
    ";💡 Pistes;pink;;Iwan P.\r\n"
)
VOTES: list[list[object]] = [
    ["🗳️ Les votes du port"],
    ["Problème", "Problématique", "# Points"],
    ["La vase", "Entrer et sortir", 12],
    ["Le vent d'est", "Entrer et sortir", 4],
    ["La glace", "Vendre le poisson", "trop"],
    ["La criée ferme tôt", "Vendre le poisson", 7],
]
SYSTEM = [
    '"Serial"',
    '"SID"',
    '"Submitted Time"',
    '"Completed Time"',
    '"Modified Time"',
    '"Draft"',
    '"IP Address"',
    '"UID"',
]


def survey(question: str, answers: list[str]) -> str:
    """A Framaforms export: title and caption, then one row an answer."""
    blank = ['""'] * len(SYSTEM)
    lines = [['"Le port et vous"', *blank], ['"Détails"', *blank], [*SYSTEM, f'"{question}"', '"Votre quartier"']]
    lines += [
        [f'"{n}"', f'"{40 + n}"', *['"01/03/2026"'] * 3, '""', '"192.0.2.9"', '"0"', f'"{answer}"', '"La Grève"']
        for n, answer in enumerate(answers, start=1)
    ]
    return "\n".join(";".join(line) for line in lines) + "\n"


COUNCIL = [
    ("Heading 1", "Conseil de port du jeudi 12 mars 2026"),
    ("Normal", "Présents : Nolwenn Kervella, Iwan Prat, Lucie Morin"),
    ("Normal", "Excusé : Paul Vidal"),
    ("Heading 2", "Ordre du jour"),
    ("List Bullet", "Le chenal"),
    ("List Bullet", "La criée"),
    ("Heading 2", "1. Groupe 1 – Le chenal"),
    ("Normal", "Lucie : la vase monte chaque hiver au quai neuf."),
    ("Normal", "Nolwenn : les vedettes n'entrent plus à marée basse."),
    ("Normal", "Draguer le chenal avant l'été avec les pêcheurs."),
    ("List Bullet", "9 pour"),
    ("List Bullet", "2 contre"),
    ("Normal", "Proposition adoptée."),
    ("Heading 2", "2. Groupe 2 – La criée"),
    ("Normal", "Animateur : Qu'est-ce qui empêche de vendre ici ?"),
    ("Normal", "Iwan : la glace manque dès le mois de juin."),
    ("Normal", "Nolwenn : on pourrait ouvrir le samedi."),
]


def read(folder: Path) -> IngestResult:
    result = ingest(folder, load_config())
    for name in INGESTED:
        checks.validate(name, getattr(result, name))
    ledger = result.ledger.set_index("source")
    for column, table in (("n_kept", result.contributions), ("n_rejected", result.rejects)):
        counts = table["source"].value_counts()
        assert (ledger[column] == ledger.index.map(counts).fillna(0)).all()
    return result


def rows(result: IngestResult, source: str, *columns: str) -> list[tuple[object, ...]]:
    found = result.contributions[result.contributions["source"] == source][list(columns)].astype(object)
    return [tuple(None if value is pd.NA or value is None else value for value in row) for row in found.to_numpy()]


def inspected(folder: Path) -> dict[str, str]:
    told = CliRunner().invoke(app, ["inspect", str(folder)])
    assert told.exit_code == 0
    return dict(part.split("\n", 1) for part in told.output.removeprefix("━━ ").split("\n\n━━ "))


def test_a_wall_and_its_votes_out_of_klaxoon(tmp_path: Path) -> None:
    (tmp_path / "mur.csv").write_text(WALL, encoding="utf-8-sig")
    (tmp_path / "votes.xlsx").write_bytes(workbook_bytes({"🗳️ Les votes": VOTES, "Listes": [["x"], [1]]}))
    result = read(tmp_path)
    assert rows(result, "mur.csv", "text", "context", "votes", "rank", "voice") == [
        ("La vase monte au quai neuf", "Ce qui coince", 6, 1, "Voix 1"),
        ("Pas d'échelle pour descendre", "Ce qui coince", None, 2, "Voix 2"),
        ("Draguer le chenal au printemps", "Pistes", 9, 1, "Voix 1"),
    ]
    assert rows(result, "votes.xlsx", "text", "given_group", "votes", "channel", "voice") == [
        ("La vase", "Entrer et sortir", 12, "postit", None),
        ("Le vent d'est", "Entrer et sortir", 4, "postit", None),
        ("La glace", "Vendre le poisson", None, "postit", None),
        ("La criée ferme tôt", "Vendre le poisson", 7, "postit", None),
    ]
    ledger = result.ledger.set_index("source")
    assert ledger.loc["mur.csv", ["n_read", "n_kept", "n_rejected"]].tolist() == [4, 3, 1]
    assert ledger.loc["votes.xlsx", ["n_read", "n_kept", "n_rejected"]].tolist() == [4, 4, 0]
    told = inspected(tmp_path)
    assert "un nombre de voix était attendu à la ligne 5 (" in told["votes.xlsx"]
    assert "feuille « Listes » passée" in told["votes.xlsx"]


def test_a_survey_with_a_file_a_question_out_of_framaforms(tmp_path: Path) -> None:
    freins = ["La vase monte au quai", "Pas assez de glace en juin"]
    (tmp_path / "q1.csv").write_text(survey("Q1. Qu'est-ce qui vous freine au port ?", freins), encoding="utf-8")
    (tmp_path / "q2.csv").write_text(
        survey("Q2. Que proposez-vous ?", ["Draguer le chenal au printemps", ""]), encoding="utf-8"
    )
    result = read(tmp_path)
    assert rows(result, "q1.csv", "text", "context", "voice", "list_id") == [
        ("La vase monte au quai", "Qu'est-ce qui vous freine au port ?", "Réponse 1", None),
        ("Pas assez de glace en juin", "Qu'est-ce qui vous freine au port ?", "Réponse 2", None),
    ]
    assert rows(result, "q2.csv", "text", "context") == [("Draguer le chenal au printemps", "Que proposez-vous ?")]
    assert set(result.contributions["attributes"]) == {'{"Votre quartier": "La Grève"}'}
    assert "192.0.2" not in result.contributions.to_csv()
    ledger = result.ledger.set_index("source")
    assert ledger.loc["q2.csv", ["n_read", "n_kept", "n_rejected"]].tolist() == [2, 1, 1]
    told = inspected(tmp_path)
    assert all("tableau CSV (Framaforms)" in told[name] for name in ("q1.csv", "q2.csv"))


def test_the_minutes_of_a_council(tmp_path: Path) -> None:
    write_docx(tmp_path / "conseil.docx", COUNCIL)
    result = read(tmp_path)
    columns = ("text", "context", "table", "voice", "votes", "votes_contre")
    assert rows(result, "conseil.docx", *columns) == [
        ("la vase monte chaque hiver au quai neuf.", "Le chenal", "Groupe 1", "Voix 1", None, None),
        ("les vedettes n'entrent plus à marée basse.", "Le chenal", "Groupe 1", "Voix 2", None, None),
        ("Draguer le chenal avant l'été avec les pêcheurs.", "Le chenal", "Groupe 1", None, 9, 2),
        (
            "la glace manque dès le mois de juin.",
            "La criée > Qu'est-ce qui empêche de vendre ici ?",
            "Groupe 2",
            "Voix 3",
            None,
            None,
        ),
        (
            "on pourrait ouvrir le samedi.",
            "La criée > Qu'est-ce qui empêche de vendre ici ?",
            "Groupe 2",
            "Voix 2",
            None,
            None,
        ),
    ]
    assert result.rejects["reason"].value_counts().to_dict() == {
        "resultat_de_vote": 3,
        "presence": 2,
        "ordre_du_jour": 2,
        "animation": 1,
        "titre": 1,
    }
    assert result.ledger.loc[0, ["n_read", "n_kept", "n_rejected"]].tolist() == [14, 5, 9]
    told = inspected(tmp_path)["conseil.docx"]
    assert "1 × parole de l'animation" in told
    assert "Kervella" not in result.contributions.to_csv()
