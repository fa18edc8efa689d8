"""The numbers of the figures: those of the figures, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from pipeline.restitution.exports import datawrapper
from pipeline.restitution.exports.contents import Contents
from pipeline.restitution.figures.gallery import planned
from pipeline.restitution.material.load import read_material


def test_each_figure_has_its_own_numbers(contents: Contents) -> None:
    files = datawrapper.write(contents)
    figures = planned(contents.material, contents.config.restitution).gallery.figures
    assert list(files) == [f"{name}.csv" for name in figures]
    for name, figure in figures.items():
        rows = list(csv.reader(io.StringIO(files[f"{name}.csv"].decode())))
        assert rows == [list(figure.columns), *map(list, figure.rows)]
    rose = list(csv.DictReader(io.StringIO(files["rose.csv"].decode())))
    n_est = sum(item.axis == "est" for item in contents.material.items.values())
    assert [int(row["Idées"]) for row in rose if row["Axe"] == "Est"] == [n_est]


def test_a_title_that_looks_like_a_formula_does_not_run(contents: Contents) -> None:
    groups = contents.tables.reviewed_groups
    named = groups.assign(title=groups["title"].where(groups["group_id"] != "g-bus", "=1+1"), decided_by="Awa")
    tables = replace(contents.tables, reviewed_groups=named)
    assert read_material(tables).groups["g-bus"].title == "=1+1"
    told = datawrapper.write(replace(contents, tables=tables))["groupes.csv"].decode().splitlines()
    assert any(line.startswith("'=1+1,") for line in told)
    assert not any(line.startswith("=") for line in told)
