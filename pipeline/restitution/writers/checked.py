"""What people checked, for the note on method: who re-read which groups, and the machine judged blind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.axes import compass
from pipeline.language.text.typography import NO_BREAK, counted, joined, typeset

if TYPE_CHECKING:
    from pipeline.restitution.tables import RestitutionTables


def checked_by_people(tables: RestitutionTables) -> tuple[tuple[str, str], ...]:
    """Titles and texts of two parts; the second is missing when nobody answered the blind control."""
    parts = [("Ce que des personnes ont relu", _reviewed(tables.reviewed_groups, tables.reviewed_tags))]
    if len(tables.control):
        parts.append(("Ce que vaut la lecture de la machine", _judged(tables.control)))
    return tuple((title, typeset(text)) for title, text in parts)


def _reviewed(groups: pd.DataFrame, tags: pd.DataFrame) -> str:
    """Only a group that someone accepted or rejected was re-read; a rename alone does not say so."""
    judged = groups[groups["state"].isin(["accepte", "rejete"])]
    n_axes = int(tags["decided_by"].notna().sum())
    if judged.empty and not n_axes:
        return "Personne n’a encore relu les groupes ni les axes : tout ce qui est dit ici vient de la machine."
    people = joined(sorted({str(name) for name in judged["decided_by"].dropna()} | set(tags["decided_by"].dropna())))
    n_left = len(groups) - len(judged)
    told = f"Relu par {people} : {counted(len(judged), 'groupe')} sur {len(groups)}"
    told += f", et l’axe de {counted(n_axes, 'idée', feminine=True)}." if n_axes else "."
    if n_left:
        told += f" {counted(n_left, 'autre groupe', 'autres groupes').capitalize()} et tous les autres axes viennent "
        told += "de la machine."
    return told


def _judged(control: pd.DataFrame) -> str:
    """How often people found the axis of the machine, with the interval of its precision."""
    people = counted(int(control["n_people"].max()), "personne", feminine=True)
    found = " ; ".join(_found(row) for row in control.to_dict("records"))
    return (
        f"Un échantillon tiré au sort a été relu par {people}, sans voir l’axe de la machine. "
        f"Le même axe a été trouvé : {found}. Entre parenthèses, l’intervalle à 95{NO_BREAK}%."
    )


def _found(row: dict[Any, Any]) -> str:
    bounds = f"entre {round(100 * row['low'])} et {round(100 * row['high'])}{NO_BREAK}%"
    return f"{compass()[row['axis']].name}, {round(row['share'] * row['n'])} fois sur {row['n']} ({bounds})"
