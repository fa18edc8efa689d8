"""Why each group is told or is not, and the obstacles that no link answers: for the author, in the page on method."""

from __future__ import annotations

import html

from pipeline.axes import compass
from pipeline.contracts.labels import REASON_NAMES
from pipeline.contracts.plan import Plan, Unit
from pipeline.language.text.typography import typeset
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
