"""The figures of a model card: error against the share kept, and confidence against accuracy. SVG, by altair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 340, 240
BLUE, GREY = "#3B5B92", "#8A8A85"


def write_figures(folder: Path, metrics: Mapping[str, Any]) -> None:
    """Write `erreur-et-part-gardee.svg` and `confiance.svg` for the out-of-source scores of a model."""
    folder.mkdir(parents=True, exist_ok=True)
    found = metrics["hors_source"]
    risk_coverage(found["risk_coverage"]).save(folder / "erreur-et-part-gardee.svg")
    reliability_diagram(found["fiabilite"]).save(folder / "confiance.svg")


def _inline(rows: Sequence[Mapping[str, float]]) -> Any:
    import pandas as pd

    return pd.DataFrame([dict(row) for row in rows])


def risk_coverage(errors: Mapping[str, float]) -> Any:
    """Chart of the error among the surest ideas, by the share of ideas kept."""
    import altair as alt

    rows = [{"part": float(share), "erreur": error} for share, error in errors.items()]
    return (
        alt.Chart(_inline(rows), width=WIDTH, height=HEIGHT, title="Ce que gagne à s'abstenir, hors source")
        .mark_line(point=True, color=BLUE)
        .encode(
            x=alt.X("part:Q", title="part des idées gardées, les plus nettes d'abord", axis=alt.Axis(format="%")),
            y=alt.Y("erreur:Q", title="erreur parmi elles", axis=alt.Axis(format="%"), scale=alt.Scale(domainMin=0)),
        )
    )


def reliability_diagram(bins: Sequence[Mapping[str, float]]) -> Any:
    """Chart of the share of right axes by announced confidence, with the diagonal that a perfect model follows."""
    import altair as alt

    ends = [{"confiance": 0.2, "justes": 0.2}, {"confiance": 1.0, "justes": 1.0}]
    scale = alt.Scale(domain=[0.2, 1])
    x = alt.X("confiance:Q", title="confiance annoncée", axis=alt.Axis(format="%"), scale=scale)
    y = alt.Y("justes:Q", title="part d'axes justes", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
    diagonal = alt.Chart(_inline(ends)).mark_line(strokeDash=[4, 4], color=GREY).encode(x=x, y=y)
    points = alt.Chart(_inline(bins)).mark_circle(color=BLUE).encode(x=x, y=y, size=alt.Size("n:Q", legend=None))
    layers = alt.layer(diagonal, points)
    return layers.properties(width=WIDTH, height=HEIGHT, title="Confiance annoncée et justesse, hors source")
