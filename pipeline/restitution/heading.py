"""The header block: when, where, who, at which tables, then the fields of the form; an empty one stays visible."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.contracts.draft import HeaderField
from pipeline.contracts.facts import Facts
from pipeline.language.text.typography import NO_BREAK, Spaces, capitalized, counted, joined, typeset
from pipeline.restitution.material.model import Material
from pipeline.restitution.material.quantifiers import bare_name, said

FORM = (
    ("Format d’animation", "format_animation"),
    ("Animé par", "anime_par"),
    ("Auteur·e de la présente restitution", "auteur"),
)


def header(material: Material, facts: Facts, spaces: Spaces = "fine") -> tuple[HeaderField, ...]:
    """The fields in order; what nobody gave is an empty slot, but for tables, that a workshop may not have."""
    dates = (said(facts[name], "date") for row in material.workshops if (name := f"date.{row['workshop']}") in facts)
    tables = typeset(_tables(material, facts), spaces)
    return (
        _field("Date", dates),
        _field("Lieu", _declared(material, "lieu")),
        _field("Participation", [typeset(_attendance(facts), spaces)]),
        *([_field("Tables", [tables])] if tables else []),
        *(_field(label, _declared(material, key)) for label, key in FORM),
    )


def _declared(material: Material, key: str) -> list[str]:
    return [str(row[key]) for row in material.workshops if row[key]]


def _field(label: str, values: Iterable[str]) -> HeaderField:
    value = " ; ".join(dict.fromkeys(value for value in values if value))
    return HeaderField(label, value, "given" if value else "empty")


def _attendance(facts: Facts) -> str:
    """`62 personnes et 45 réponses à l’enquête`; "" when nobody said how many came, and no survey tells it."""
    people = [said(facts["participants"], "people")] if "participants" in facts else []
    answers = counted(facts["enquete"].n, "réponse", feminine=True) if "enquete" in facts else ""
    return capitalized(joined([*people, *([f"{answers} à l’enquête"] if answers else [])]))


def _tables(material: Material, facts: Facts) -> str:
    """`1. Mobilité ; 2. Santé`, or how many there were when they had no subjects; "" for fewer than two."""
    if facts["tables"].n < 2:
        return ""
    subjects = [f"{bare_name(table)}.{NO_BREAK}{subject}" for (_, table), subject in material.tables.items() if subject]
    if len(material.workshops) == 1 and len(subjects) == facts["tables"].n:
        return " ; ".join(subjects)
    return capitalized(said(facts["tables"], "table_count"))
