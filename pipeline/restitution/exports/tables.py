"""The groups and what links them as two tables, nodes and edges, and the numbers of each figure: csv for any tool.

Nodes are the groups, and ideas of no group that are linked. An edge `answers` goes from what answers to the obstacle,
`objects` and `supports` from what is said to the proposal; its weight is how many pairs of ideas it stands on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.axes import compass
from pipeline.contracts.labels import LINK_KIND_NAMES
from pipeline.restitution.exports import Contents
from pipeline.restitution.figures.gallery import planned
from pipeline.restitution.figures.rose import csv_bytes
from pipeline.restitution.quoting.quotes import masked
from pipeline.workshop.model import Material

NODES = ("Id", "Label", "genre", "axe", "theme", "idees", "pour", "contre", "a_condition", "sans_position", "couleur")
EDGES = ("Source", "Target", "Weight", "lien", "dit", "confirme")
"""Those with a capital are the names that Gephi, Cytoscape and networkx look for."""


def write(contents: Contents) -> dict[str, bytes]:
    """`noeuds.csv`, `liens.csv`, and `<figure>.csv` for each figure of the restitution."""
    material = contents.material
    edges = list(_edges(material))
    ends = {end for source, target, *_ in edges for end in (source, target)}
    loose = [item_id for item_id in material.items if item_id in ends]
    figures = planned(material, contents.config.restitution).figures
    tables: dict[str, list[tuple[str, ...]]] = {
        "noeuds": [NODES, *(_node(name, material) for name in (*material.groups, *loose))],
        "liens": [EDGES, *edges],
        **{name: [figure.columns, *figure.rows] for name, figure in figures.items()},
    }
    return {f"{name}.csv": csv_bytes(rows, is_for_a_spreadsheet=False) for name, rows in tables.items()}


def _node(name: str, material: Material) -> tuple[str, ...]:
    group = material.groups.get(name)
    if group is not None:
        color, theme = compass()[group.axis].color, material.theme_of(group)
        return (
            name,
            group.title,
            "groupe",
            group.axis,
            theme,
            str(len(group.members)),
            *map(str, group.sides),
            color,
        )
    item = material.items[name]
    return name, masked(item), "idee", item.axis, "", "1", "", "", "", "", compass()[item.axis].color


def _edges(material: Material) -> Iterator[tuple[str, ...]]:
    """Answers, then what objects or supports."""
    of = {item_id: item.group or item_id for item_id, item in material.items.items()}
    stands = [((one.kind, of[one.from_item], of[one.to_item]), one.is_said) for one in material.stands]
    counts, said = Counter(ends for ends, _ in stands), {ends for ends, is_said in stands if is_said}
    for (kind, source, target), n in sorted(counts.items()):
        yield source, target, str(n), kind, LINK_KIND_NAMES[kind], "oui" if (kind, source, target) in said else "non"
