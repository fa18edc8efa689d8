"""The numbers of each figure for Datawrapper: those of the figure itself, in a csv that it takes as it is."""

from __future__ import annotations

from pipeline.restitution.exports.contents import Contents
from pipeline.restitution.figures.figure import csv_bytes
from pipeline.restitution.figures.gallery import planned


def write(contents: Contents) -> dict[str, bytes]:
    """`<figure>.csv` for each figure of the restitution."""
    figures = planned(contents.material, contents.config.restitution).gallery.figures
    return {
        f"{name}.csv": csv_bytes([figure.columns, *figure.rows], is_for_a_spreadsheet=False)
        for name, figure in figures.items()
    }
