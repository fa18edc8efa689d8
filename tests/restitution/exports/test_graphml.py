"""The graph of groups: which answers which, who objects and who supports."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from atelier import frame
from decided_workshop import said

from pipeline.restitution.exports import graphml
from pipeline.restitution.exports.contents import Contents

NAMES = {"g": "http://graphml.graphdrawing.org/xmlns"}
LOOSE = 27
"""Rank of an idea of no group."""


def read(content: bytes) -> tuple[dict[str, dict[str, str]], dict[tuple[str, str, str], dict[str, str]]]:
    """Nodes by id, edges by kind and ends, as a reader of GraphML takes them."""
    root = ET.fromstring(content)
    types = {key.get("id"): key.get("attr.type") for key in root.iterfind("g:key", NAMES)}

    def values(element: ET.Element) -> dict[str, str]:
        found = {data.get("key", ""): data.text or "" for data in element.iterfind("g:data", NAMES)}
        assert set(found) <= set(types)
        return found

    nodes = {node.get("id", ""): values(node) for node in root.iterfind("g:graph/g:node", NAMES)}
    edges = [(values(edge), edge) for edge in root.iterfind("g:graph/g:edge", NAMES)]
    assert {edge.get(end) for _, edge in edges for end in ("source", "target")} <= set(nodes)
    return nodes, {(told["lien"], edge.get("source", ""), edge.get("target", "")): told for told, edge in edges}


def test_groups_and_what_links_them(contents: Contents) -> None:
    told = {"score": 0.9, "is_told": True, "state": "juste"}
    stands = [
        {"from_item": said(LOOSE), "to_item": said(14), "kind": "objects", **told},
        {"from_item": said(12), "to_item": said(14), "kind": "supports", **told},
    ]
    links = [*contents.tables.reviewed_links.to_dict("records"), *stands]
    tables = replace(contents.tables, reviewed_links=frame("reviewed_links", links))
    nodes, edges = read(graphml.write(replace(contents, tables=tables))["atelier.graphml"])
    assert set(nodes) == {*contents.material.groups, said(LOOSE)}
    assert nodes["g-bus"]["label"] == "Pas de car le soir pour les jeunes"
    assert (nodes["g-bus"]["genre"], nodes["g-bus"]["axe"], nodes["g-bus"]["idees"]) == ("groupe", "est", "5")
    assert nodes[said(LOOSE)]["genre"] == "idee"
    assert set(edges) == {
        ("answers", "g-navette", "g-bus"),
        ("answers", "g-region", "g-bus"),
        ("answers", "g-toit", "g-loyers"),
        ("objects", said(LOOSE), "g-region"),
        ("supports", "g-navette", "g-region"),
    }
    assert edges["answers", "g-navette", "g-bus"]["weight"] == "2.0"
    assert edges["answers", "g-navette", "g-bus"]["dit"] == "répond à"
