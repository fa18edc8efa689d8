"""What people wrote a document for, told by its entries, with the reason."""

from __future__ import annotations

from pipeline.ingest.formats.documents.reporting import REPORT_SHARE_MIN, reported_share
from pipeline.ingest.formats.records import Entry

_VOICED_SHARE_MIN = 0.5


def kind_of_notes(entries: list[Entry]) -> tuple[str, str]:
    """(kind, reason) in French: `rapport déjà rédigé`, `compte rendu par personne`, `notes de table`…"""
    share = reported_share(entry.text for entry in entries)
    if share >= REPORT_SHARE_MIN:
        return "rapport déjà rédigé", f"{round(100 * share)} % de phrases qui rapportent ce qui a été dit"
    n_voiced = sum(entry.voice is not None for entry in entries)
    if entries and n_voiced >= _VOICED_SHARE_MIN * len(entries):
        return "compte rendu par personne", f"{n_voiced} paroles sur {len(entries)} qui commencent par un nom"
    tables = {entry.table for entry in entries if entry.table}
    if tables:
        named = "une table" if len(tables) == 1 else f"{len(tables)} tables"
        return "notes de table", f"des titres qui nomment {named}"
    headings = {entry.headings for entry in entries if entry.headings}
    if headings:
        told = "un titre" if len(headings) == 1 else f"{len(headings)} titres"
        return "compte rendu par thème", f"{told} au-dessus des paroles"
    return "notes", "ni titre ni nom au-dessus des paroles"
