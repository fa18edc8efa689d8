"""The figure beside the rose: axis × table."""

from __future__ import annotations

from collections import Counter

from pipeline.axes import COMPASS_CODES, compass
from pipeline.language.text.typography import capitalized
from pipeline.restitution.figures.canvas import draw_grid
from pipeline.restitution.figures.figure import Figure, both_shapes
from pipeline.restitution.material.quantifiers import bare_place
from pipeline.stances.counting import apart
from pipeline.workshop.model import Material


def by_table(material: Material) -> Figure | None:
    """How many ideas each table gave to each axis; the survey is a row of its own."""
    ideas = (material.items[key] for key in apart(one for one in material.items.values() if one.axis in COMPASS_CODES))
    places = Counter((item.channel == "enquete", item.table, item.axis) for item in ideas)
    counts: Counter[tuple[str, str]] = Counter()
    for (is_survey, table, axis), n in places.items():
        counts["Enquête" if is_survey else _table(table) if table else "Hors table", axis] += n
    declared = [_table(table) for _, table in material.tables]
    names = [name for name in dict.fromkeys([*declared, "Enquête", "Hors table"]) if any(n == name for n, _ in counts)]
    if len(names) < 2 or len(material.workshops) > 1:
        return None
    axes = compass()
    rows = [[counts[name, axis] for axis in COMPASS_CODES] for name in names]
    columns = [(axes[axis].name, axes[axis].color) for axis in COMPASS_CODES]
    total = sum(counts.values())
    title = f"Ce que chaque table a nourri : {total} idées"
    alt = f"Tableau ombré : le nombre d’idées par table et par axe, sur {total}. Les nombres sont dans le tableau."
    return Figure(
        "axes_par_table",
        title,
        alt,
        ("Table", *(axes[axis].name for axis in COMPASS_CODES)),
        tuple((name, *map(str, row)) for name, row in zip(names, rows, strict=True)),
        *both_shapes(
            title, "Chaque case dit un nombre d’idées.", alt, lambda *size: draw_grid(names, columns, rows, *size)
        ),
    )


def _table(label: str) -> str:
    return capitalized(bare_place(label))
