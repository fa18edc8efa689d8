"""The groups and what links them, as a graph: for Gephi, yEd, Cytoscape and networkx.

Nodes are the groups, and ideas of no group that are linked. An edge `answers` goes from what answers to the obstacle,
`objects` and `supports` from what is said to the proposal; its weight is how many pairs of ideas it stands on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pipeline.axes import compass
from pipeline.contracts.labels import LINK_KIND_NAMES
from pipeline.restitution.exports.contents import Contents
from pipeline.restitution.exports.markup import element, written
from pipeline.restitution.material.model import Material
from pipeline.restitution.quoting.quotes import masked

NODE = {"label": "string", "genre": "string", "axe": "string", "theme": "string", "idees": "int", "couleur": "string"}
EDGE = {"lien": "string", "dit": "string", "weight": "double", "confirme": "boolean"}


class Link(NamedTuple):
    """A link between two nodes, from the one that answers, objects or supports."""

    kind: str
    source: str
    target: str
    n_pairs: int
    is_confirmed: bool = False


def write(contents: Contents) -> dict[str, bytes]:
    """`<run>.graphml`."""
    material = contents.material
    links = list(links_of(material))
    ends = {end for link in links for end in (link.source, link.target)}
    loose = [item_id for item_id in material.items if item_id in ends]
    keys = [
        element("key", **{"id": name, "for": kind, "attr.name": name, "attr.type": types})
        for kind, names in (("node", NODE), ("edge", EDGE))
        for name, types in names.items()
    ]
    graph = element(
        "graph",
        *(_node(name, material) for name in (*material.groups, *loose)),
        *(_edge(rank, link) for rank, link in enumerate(links)),
        id="rosace",
        edgedefault="directed",
    )
    root = element("graphml", *keys, graph, xmlns="http://graphml.graphdrawing.org/xmlns")
    return {f"{contents.name}.graphml": written(root)}


def links_of(material: Material) -> Iterator[Link]:
    """Links between groups, and ideas of no group: answers, then what objects or supports."""
    for obstacle, answers in material.answers.items():
        for answer in answers:
            pairs = material.pairs[obstacle, answer]
            yield Link("answers", answer, obstacle, len(pairs), any(is_confirmed for *_, is_confirmed in pairs))
    of = {item_id: item.group or item_id for item_id, item in material.items.items()}
    counted = Counter((stand.kind, of[stand.from_item], of[stand.to_item]) for stand in material.stands)
    yield from (Link(*link, n) for link, n in sorted(counted.items()))


def _node(name: str, material: Material) -> ET.Element:
    group = material.groups.get(name)
    if group is not None:
        theme = material.theme_titles.get(group.theme_id, "")
        values = (group.title, "groupe", group.axis, theme, len(group.members))
    else:
        item = material.items[name]
        values = (masked(item), "idee", item.axis, "", 1)
    color = compass()[values[2]].color
    return element("node", *_data(dict(zip(NODE, (*values, color), strict=True))), id=name)


def _edge(rank: int, link: Link) -> ET.Element:
    confirmed = "true" if link.is_confirmed else "false"
    values = (link.kind, LINK_KIND_NAMES[link.kind], float(link.n_pairs), confirmed)
    told = _data(dict(zip(EDGE, values, strict=True)))
    return element("edge", *told, id=f"e{rank}", source=link.source, target=link.target)


def _data(values: dict[str, object]) -> Iterator[ET.Element]:
    yield from (element("data", text=str(value), key=name) for name, value in values.items())
