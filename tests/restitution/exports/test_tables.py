"""Nodes, edges and figures in csv: which answers which, who objects, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from atelier import frame
from decided_workshop import said

from pipeline.restitution.exports import Contents, tables
from pipeline.restitution.figures.gallery import planned
from pipeline.workshop.load import read_material

LOOSE = 27
"""Rank of an idea of no group."""


def read(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode())))


def test_groups_and_what_links_them(contents: Contents) -> None:
    told = {"score": 0.9, "state": "juste"}
    stands = [
        {"from_item": said(LOOSE), "to_item": said(14), "kind": "objects", **told},
        {"from_item": said(12), "to_item": said(14), "kind": "supports", **told},
    ]
    links = [*contents.tables.reviewed_links.to_dict("records"), *stands]
    linked = replace(contents.tables, reviewed_links=frame("reviewed_links", links))
    files = tables.write(replace(contents, tables=linked))
    nodes = {row["Id"]: row for row in read(files, "noeuds.csv")}
    edges = {(row["lien"], row["Source"], row["Target"]): row for row in read(files, "liens.csv")}
    assert set(nodes) == {*contents.material.groups, said(LOOSE)}
    assert nodes["g-bus"]["Label"] == "Pas de car le soir pour les jeunes"
    assert (nodes["g-bus"]["genre"], nodes["g-bus"]["axe"], nodes["g-bus"]["idees"]) == ("groupe", "est", "5")
    assert nodes[said(LOOSE)]["genre"] == "idee"
    assert set(edges) == {
        ("answers", "g-navette", "g-bus"),
        ("answers", "g-region", "g-bus"),
        ("answers", "g-toit", "g-loyers"),
        ("objects", said(LOOSE), "g-region"),
        ("supports", "g-navette", "g-region"),
    }
    assert edges["answers", "g-navette", "g-bus"]["Weight"] == "2"
    assert edges["answers", "g-navette", "g-bus"]["dit"] == "répond à"


def test_each_figure_has_its_own_numbers(contents: Contents) -> None:
    files = tables.write(contents)
    figures = planned(contents.material, contents.config.restitution).figures
    assert list(files) == ["noeuds.csv", "liens.csv", *(f"{name}.csv" for name in figures)]
    assert list(figures) == ["rose"]
    for name, figure in figures.items():
        rows = list(csv.reader(io.StringIO(files[f"{name}.csv"].decode())))
        assert rows == [list(figure.columns), *map(list, figure.rows)]
    n_est = sum(item.axis == "est" for item in contents.material.items.values())
    assert [int(row["Idées"]) for row in read(files, "rose.csv") if row["Axe"] == "Est"] == [n_est]


def test_a_title_that_looks_like_a_formula_does_not_run(contents: Contents) -> None:
    groups = contents.tables.reviewed_groups
    named = groups.assign(title=groups["title"].where(groups["group_id"] != "g-bus", "=1+1"), decided_by="Awa")
    retitled = replace(contents.tables, reviewed_groups=named)
    assert read_material(retitled).groups["g-bus"].title == "=1+1"
    files = tables.write(replace(contents, tables=retitled))
    assert any("'=1+1," in line for line in files["noeuds.csv"].decode().splitlines())
    lines = [line for content in files.values() for line in content.decode().splitlines()]
    assert not any(line.startswith("=") or ",=" in line for line in lines)
