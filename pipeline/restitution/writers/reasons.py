"""Why each group is told or is not, and the obstacles that no link answers: for the author, in the page on method."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.axes import compass
from pipeline.contracts.labels import REASON_NAMES
from pipeline.contracts.plan import Plan, Unit
from pipeline.language.text.typography import NO_BREAK, counted, joined, typeset
from pipeline.restitution.material.model import Material
from pipeline.restitution.writers.annex import table

ROWS_MAX = 400
COLUMNS = ["Groupe", "Axe", "Contributions", "Lieux", "Voix", "Poids", "Dit ?"]
INTRO = (
    "Un groupe est raconté quand plusieurs contributions disent ce que dit son titre, quand il fait débat ou quand une "
    "personne l’a relu, et quand il pèse assez pour la longueur demandée. Le poids additionne les idées, selon leur "
    "proximité, les lieux où elles ont été dites, les votes, les réponses et les objections, jamais le titre."
)
UNANSWERED = (
    "Pour ces obstacles, aucun lien assez sûr n’a été trouvé avec une proposition ou une ressource. Cela ne veut pas "
    "dire que personne n’y a répondu : c’est à vérifier."
)


def reasons(plan: Plan, material: Material) -> str:
    """Two parts in html: the groups by weight, and obstacles without an answer, when the workshop has links."""
    units = [unit for key, unit in plan.units.items() if key in material.groups]
    ranked = sorted(units, key=lambda unit: (-unit.weight, unit.unit_id))
    rows = [_row(unit, material) for unit in ranked[:ROWS_MAX]]
    told = table(COLUMNS, rows)
    parts = f"<h2>Pourquoi ceci est dit, et cela non</h2><p>{html.escape(typeset(INTRO))}</p>{told}" if rows else ""
    return parts + _unanswered(ranked, material)


def _row(unit: Unit, material: Material) -> list[str]:
    spread = unit.spread
    votes = f"{spread.votes} pour, {spread.votes_against} contre" if spread.votes_against else str(spread.votes or "")
    places = spread.tables + bool(spread.answers)
    cells = (
        material.groups[unit.unit_id].title, compass()[unit.axis].name, f"{spread.contributions}", str(places or ""),
        votes, f"{unit.weight:.1f}".replace(".", ","), REASON_NAMES[unit.reason],
    )  # fmt: skip
    return [typeset(cell) for cell in cells]


def _unanswered(ranked: list[Unit], material: Material) -> str:
    """Obstacles that are told, and that nothing answers."""
    alone = [
        material.groups[unit.unit_id].title
        for unit in ranked
        if unit.axis == "est" and unit.reason == "told" and unit.unit_id not in material.answers
    ]
    if not material.answers or not alone:
        return ""
    items = "".join(f"<li>{html.escape(typeset(title))}</li>" for title in alone)
    return f"<h2>Obstacles sans réponse reliée</h2><p>{html.escape(typeset(UNANSWERED))}</p><ul>{items}</ul>"


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
