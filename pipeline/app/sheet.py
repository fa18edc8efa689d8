"""The sheet of a workshop as a form: what is typed → `atelier.toml`, or what is wrong with it, field by field."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from pipeline.errors import UsageError
from pipeline.ingest.workshop import FileOverride, Sheet
from pipeline.toml_files import refused_keys

FIELDS = {
    "titre": "Titre",
    "date": "Date",
    "lieu": "Lieu",
    "territoire": "Territoire",
    "format_animation": "Format d’animation",
    "anime_par": "Animé par",
    "auteur": "Auteur ou autrice de la restitution",
    "participants": "Nombre de participants",
    "pour_en_savoir_plus": "Pour en savoir plus (une adresse, un contact)",
}
TABLE_FIELDS = {"numero": "Numéro ou nom", "sujet": "Sujet", "participants": "Participants"}
N_TABLES_MAX = 200
_TITLE = "# Fiche de l'atelier, écrite par la page d'accueil de Rosace. Elle peut être modifiée à la main.\n"


def typed(form: Mapping[str, Any]) -> dict[str, Any]:
    """What the form holds, empty fields left out."""
    header = {name: value for name in FIELDS if (value := one_line(form.get(name)))}
    rows = [
        {name: value for name in TABLE_FIELDS if (value := one_line(form.get(f"table-{rank}-{name}")))}
        for rank in range(N_TABLES_MAX)
    ]
    return {"atelier": header, "tables": [row for row in rows if row]}


def checked(values: Mapping[str, Any], before: Sheet) -> Sheet:
    """The sheet of what was typed; what the form does not show (`[[fichiers]]`, `[themes]`, named speakers) stays.

    Raises
    ------
    UsageError : one line per field that was refused.
    """
    try:
        sheet = Sheet.model_validate(values)
    except ValidationError as error:
        lines = zip(error.errors(), refused_keys(error, ()), strict=False)
        raise UsageError("\n".join(_refusal(item["loc"], line, values) for item, line in lines)) from error
    kept = {"fichiers": before.fichiers, "themes": before.themes}
    if before.atelier.intervenants_nommes:
        kept["atelier"] = sheet.atelier.model_copy(update={"intervenants_nommes": True})
    return sheet.model_copy(update=kept)


def _refusal(place: tuple[int | str, ...], line: str, values: Mapping[str, Any]) -> str:
    """A refused field, as the form calls it."""
    problem = line.split(" : ", 1)[1]
    if place[0] == "atelier":
        return f"{FIELDS[str(place[1])]} : {problem}."
    row = values["tables"][int(place[1])]
    number = row.get("numero") or f"n° {int(place[1]) + 1}"
    return f"Table {number}, {TABLE_FIELDS[str(place[2])].lower()} : {problem}."


def corrected(sheet: Sheet, source: str, not_words: str, speaker: str) -> Sheet:
    """The sheet with what a person says of a document: what in it is nobody's words, and who speaks in it."""
    name = re.sub(r"[\[*?]", "?", source)
    matching = [one for one in sheet.fichiers if one.feuille is None and fnmatch.fnmatchcase(source, one.nom)]
    before = matching[0] if matching else FileOverride(nom=name)
    changed = {
        "nom": name,
        "pas_une_parole": tuple(dict.fromkeys((*before.pas_une_parole, *filter(None, (not_words,))))),
        "intervenants": tuple(dict.fromkeys((*before.intervenants, *filter(None, (speaker,))))),
    }
    told = {key: value for key, value in changed.items() if value}
    own = FileOverride.model_validate({**before.model_dump(exclude_unset=True), **told})
    others = tuple(one for one in sheet.fichiers if one.nom != name or one.feuille is not None)
    return sheet.model_copy(update={"fichiers": (own, *others)})


def as_toml(sheet: Sheet) -> str:
    """The text of `atelier.toml`."""
    listed = isinstance(sheet.themes, list)
    parts = [_TITLE, *([f"themes = {_value(sheet.themes)}\n"] if listed else []), _section("[atelier]", sheet.atelier)]
    parts += [_section("[[tables]]", table) for table in sheet.tables]
    parts += [_section("[[fichiers]]", file) for file in sheet.fichiers]
    if isinstance(sheet.themes, dict) and sheet.themes:
        parts.append("\n".join(["[themes]", *(f"{_value(k)} = {_value(v)}" for k, v in sheet.themes.items()), ""]))
    return "\n".join(parts)


def as_form(sheet: Sheet) -> dict[str, Any]:
    """What the form shows of a sheet, in the shape of what is typed in it."""
    return sheet.model_dump(include={"atelier", "tables"}, exclude_none=True)


def blank_rows(tables: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The tables as rows of the form, and some more to fill."""
    return [*tables, *({} for _ in range(max(3, 6 - len(tables))))]


def _section(title: str, model: BaseModel) -> str:
    values = model.model_dump(exclude_unset=True, exclude_none=True)
    return "\n".join([title, *(f"{name} = {_value(value)}" for name, value in values.items()), ""])


def _value(value: Any) -> str:
    """A value in TOML, whose strings are those of JSON."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_value(key)} = {_value(below)}' for key, below in value.items())} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)


def one_line(value: Any) -> str:
    """What was typed in a field, on one line, its invisible signs left out."""
    return "".join(sign for sign in " ".join(str(value or "").split())[:500] if sign.isprintable())
