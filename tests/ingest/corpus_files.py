"""Small files as real tools write them, made in the tests."""

import io
import json
import zipfile
from pathlib import Path

import pandas as pd

LIMESURVEY = (
    '"id";"submitdate";"lastpage";"startlanguage";"seed";"ipaddr";"Q1. Qu\'est-ce qui vous freine ?";"Commune"\r\n'
    '"1";"2026-03-01 10:00:00";"3";"fr";"99";"192.0.2.1";'
    '"Le bus s\'arrête à 18 h.<br />Après, plus rien.";"Montbrac"\r\n'
    '"2";"2026-03-01 11:00:00";"3";"fr";"98";"192.0.2.2";"\'=rien ne marche ici pour les jeunes";"Lassaigne"\r\n'
    "\r\n"
)
FRAMAFORMS = (
    '"Enquête mobilité";"";"";"";"";"";"";"";""\n'
    '"Détails de la soumission";"";"";"";"";"";"";"";"Question"\n'
    '"Serial";"SID";"Submitted Time";"Completed Time";"Modified Time";"Draft";"IP Address";"UID";'
    '"Que proposez-vous pour se déplacer ?"\n'
    '"1";"44";"01/03/2026";"01/03/2026";"01/03/2026";"";"192.0.2.4";"0";"Une navette le samedi vers le marché"\n'
    '"2";"45";"01/03/2026";"01/03/2026";"01/03/2026";"";"192.0.2.5";"0";"Des vélos électriques à prêter en mairie"\n'
)
GOOGLE_FORMS = (
    "Horodateur,Adresse e-mail,Quelle est votre idée pour le village ?,Votre âge\n"
    '01/03/2026 10:00:00,paul@courrier.example,"Un café associatif, ouvert le soir",35\n'
    "01/03/2026 11:00:00,lea@courrier.example,Repeindre le préau avec les enfants,52\n"
)
KLAXOON = (
    "Texte,Catégorie,Couleur,Likes\nPlus de bancs à l'ombre,Aménagement,yellow,4\nUne fête des voisins,Lien,pink,\n"
)
YESWIKI = (
    "datetime_create,datetime_latest,Titre de l'idée *,Votre proposition *\n"
    "01/03/2026 10:00:00,02/03/2026 10:00:00,Jardin,Ouvrir un jardin partagé derrière la gare avec les écoles\n"
    "01/03/2026 12:00:00,02/03/2026 10:00:00,Troc,Organiser un troc de graines au printemps dans la salle des fêtes\n"
)
ETHERPAD = json.dumps(
    {
        "pad:atelier": {"atext": {"text": "Freins\n*Pas de local pour les ados\n*Bus trop rares le soir\n"}},
        "globalAuthor:a.x": {"name": "Jeanne"},
        "pad:atelier:chat:0": {"text": "coucou", "userId": "a.x"},
    }
)
WHISPER = json.dumps(
    {
        "text": "…",
        "segments": [
            {"start": 0.0, "end": 3.0, "text": " On manque de place à la crèche.", "speaker": "SPEAKER_00"},
            {
                "start": 3.0,
                "end": 6.0,
                "text": " Il faudrait une deuxième section.",
                "speaker": "SPEAKER_01",
                "words": [{}],
            },
        ],
    }
)
ZOOM_VTT = (
    "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nClaire Morin: Bonjour à tous, on commence.\n\n"
    "2\n00:00:04.000 --> 00:00:08.000\nPaul Vidal : Le marché ferme, c'est dommage.\n\n"
    "3\n00:00:08.000 --> 00:00:12.000\nPaul Vidal : Il faudrait un marché du soir.\n"
)
TEAMS_VTT = (
    "WEBVTT\n\n4f9a-11/12-0\n0:0:0.0 --> 0:0:5.320\n<v Claire Morin>Qui commence ?</v>\n\n"
    "4f9a-11/13-0\n-0:0:1.0 --> 0:0:9.0\n<v Paul Vidal>La maison de santé est vide.</v>\n"
)
SRT = "1\n00:00:01,000 --> 00:00:04,000\nLa place manque d'arbres.\n\n2\n00:00:05,000 --> 00:00:07,000\nEt de bancs.\n"
OTTER = (
    "Claire Morin  0:03\nBonjour, je vous laisse la parole.\n\n"
    "Paul Vidal  0:12\nLe bus ne passe plus.\nIl passait avant.\n\n"
    "Claire Morin  1:02:03\nMerci Paul.\n"
)
NAMED_TURNS = (
    "Animatrice : Qui veut commencer ce tour de table ?\nPaul : Moi, je trouve le village vide.\n"
    "Animatrice : Et pourquoi ?\nPaul : Les commerces ont fermé.\nLéa : Le marché reste vivant.\n"
)
NOTE = (
    "# Table 4 : logement\n\n## Freins\n\n- Loyers trop chers\n- Rien à louer l'hiver\n\n## Pistes\n\n"
    "Problème : les maisons vides.\n\n- Aller voir les propriétaires\n  - à deux, un élu et un voisin\n"
)


def write_docx(path: Path, lines: list[tuple[str, str]]) -> None:
    """Paragraphs as (style, text)."""
    import docx

    document = docx.Document()
    for style, text in lines:
        document.add_paragraph(text, style=style)
    document.save(str(path))


def write_docx_table(path: Path, rows: list[list[str]]) -> None:
    """A heading, then a table; line breaks inside a cell are paragraphs."""
    import docx

    document = docx.Document()
    document.add_heading("Relevé du groupe", 1)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            first, *others = text.split("\n")
            cell.text = first
            for other in others:
                cell.add_paragraph(other)
    document.save(str(path))


def html_table(rows: list[list[str]]) -> str:
    """The same, as a page."""
    cells = ("".join(f"<td><p>{text.replace(chr(10), '</p><p>')}</p></td>" for text in row) for row in rows)
    return f"<h1>Relevé du groupe</h1><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def write_zip(path: Path, members: dict[str, bytes]) -> None:
    """A zip of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def workbook_bytes(sheets: dict[str, list[list[object]]]) -> bytes:
    """An xlsx with these sheets."""
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="xlsxwriter") as writer:
        for name, rows in sheets.items():
            pd.DataFrame(rows).to_excel(writer, sheet_name=name, index=False, header=False)
    return buffer.getvalue()
