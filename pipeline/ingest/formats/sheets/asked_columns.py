"""Columns that `atelier.toml` gives a role: it wins over any guess."""

from __future__ import annotations

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.sheets.cells import is_question
from pipeline.ingest.formats.sheets.mapping import ROLE_NAMES, SINGLE_ROLES, Mapping, Sheet
from pipeline.ingest.workshop import FileOverride
from pipeline.tables.columns import header_key


def asked_columns(mapping: Mapping, names: list[str], override: FileOverride | None, sheet: Sheet) -> set[int]:
    """The columns that `atelier.toml` gives a role, by position; those of another sheet are noted as missing."""
    if override is None:
        return set()
    found = {asked: at for asked in override.columns if (at := _place_of(asked, names)) is not None}
    for asked in override.columns:
        if asked not in found and asked not in sheet.may_lack:
            where = f"de la feuille « {sheet.name} »" if sheet.name else "du fichier"
            raise RefusedFileError(
                sheet.source,
                f"{sheet.place}atelier.toml y annonce une colonne « {asked} » qui n'existe pas",
                f"Colonnes {where} : {', '.join(names[:12])}.",
            )
    mapping.missing = [asked for asked in override.columns if asked not in found]
    texts = [found[asked] for asked in override.colonnes_texte if asked in found]
    mapping.text = [(at, names[at] if len(texts) > 1 or is_question(names[at]) else "") for at in texts]
    for asked, role in override.columns.items():
        if asked not in found:
            continue
        mapping.choose(names[found[asked]], ROLE_NAMES.get(role, role), "indiqué dans atelier.toml")
        if role in SINGLE_ROLES:
            mapping.single[role] = found[asked]
        if role in ("contexte", "groupe"):
            mapping.context.append(found[asked])
    return set(found.values())


def _place_of(asked: str, names: list[str]) -> int | None:
    return next((at for at, name in enumerate(names) if header_key(name) == header_key(asked)), None)
