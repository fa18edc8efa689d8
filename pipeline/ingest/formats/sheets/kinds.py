"""What people made a sheet for, told by its columns, with the reason."""

from __future__ import annotations

from pipeline.ingest.formats.sheets.cells import is_question
from pipeline.ingest.formats.sheets.mapping import Mapping


def kind_of_sheet(names: list[str], mapping: Mapping, channel: str) -> tuple[str, str]:
    """(kind, reason) in French: `votes`, `enquête`, `notes de table`, `mur de post-its`."""
    votes = mapping.single.get("votes", mapping.single.get("votes_contre"))
    questions = [names[at] for at, _ in mapping.text if is_question(names[at])]
    if mapping.dialect is not None:
        return mapping.dialect.nature, f"colonnes de {mapping.tool}"
    if votes is not None and "voix" in mapping.single:
        return "mur de post-its", f"des paroles signées, avec leurs votes, « {names[votes]} »"
    if votes is not None:
        return "votes", f"une colonne de votes, « {names[votes]} »"
    if questions and mapping.is_survey:
        return "enquête", f"une question en titre, « {questions[0]} »"
    if mapping.is_survey:
        return "enquête", "des lignes qui réunissent chacune les réponses d'une personne"
    if mapping.has_one_table_a_row:
        return "notes de table", "une ligne par table, plusieurs colonnes de texte"
    if channel == "note":
        return "notes de table", "une colonne de notes"
    if channel == "enquete":
        return "enquête", "une colonne de réponses"
    if "groupe" in mapping.single:
        return "mur de post-its", f"des groupes donnés, « {names[mapping.single['groupe']]} »"
    return "mur de post-its", f"une parole par case, « {names[mapping.text[0][0]]} »"
