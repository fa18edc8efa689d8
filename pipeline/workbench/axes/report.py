"""The card of an axis model, in French: its figures, its charts, and its errors read one by one.

`erreurs.json` names the model that was read (`modele_sha256`, that of its `model.json`), the causes, and every error by
the id of its text, with the axis given by the annotators, their second reading, the axis of the model, whether it was
`sur`, its axis when the context is hidden, its cause, and whether the label itself is debatable. It holds no text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.axes import AXIS_CODES, compass
from pipeline.workbench import cards

Metrics = Mapping[str, Any]
ERRORS_FILE, ERRORS_MARK, FIGURES_FOLDER = "erreurs.json", "<!-- erreurs -->", "figures"
SETS = {
    "hors_source": "Hors source (textes réels)",
    "avec_gemma": "Hors source, avec la seconde lecture (Gemma)",
    "dev": "Textes réels, sources vues",
    "themes_mis_de_cote": "Thèmes mis de côté (textes écrits)",
}
WIDTH, HEIGHT = 340, 240
BLUE, GREY = "#3B5B92", "#8A8A85"


def write_report(folder: Path, metrics: Metrics) -> None:
    """Write `metrics.json`, the charts and `card.md` in the folder of a model."""
    charts = folder / FIGURES_FOLDER
    charts.mkdir(parents=True, exist_ok=True)
    read = metrics["hors_source"]
    risk_coverage(read["risk_coverage"]).save(charts / "erreur-et-part-gardee.svg")
    reliability_diagram(read["fiabilite"]).save(charts / "confiance.svg")
    cards.write_card(folder, metrics, axes_card(metrics, model_notes(folder, metrics)))


def axes_card(metrics: Metrics, notes: str) -> str:
    """Markdown of the card: figures from `metrics`, then `notes` (how it was made, limits, errors read one by one)."""
    sets = [(name, metrics[key]) for key, name in SETS.items() if key in metrics]
    axes = {code: compass()[code].name for code in AXIS_CODES}
    return cards.card("axes.md.j2", metrics=metrics, sets=sets, axes=axes, notes=notes.strip())


def model_notes(folder: Path, metrics: Metrics) -> str:
    """What people wrote of a model in its `notes.md`, with the table of its errors at its mark; "" without notes."""
    path = folder / cards.NOTES
    notes = path.read_text(encoding="utf-8") if path.is_file() else ""
    read = read_errors(folder)
    told = errors_section(read, metrics) if read else "Aucune erreur n'a été lue."
    return notes.replace(ERRORS_MARK, told)


def read_errors(folder: Path) -> Metrics | None:
    """What was read of the errors of a model; None if nothing was."""
    path = folder / ERRORS_FILE
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def errors_section(read: Metrics, metrics: Metrics) -> str:
    """Counts of the errors and a table of their causes, most outright errors first."""
    errors, causes = read["erreurs"], read["causes"]
    by_cause = [
        (cause, [error for error in errors if error["cause"] == name]) for name, cause in sorted(causes.items())
    ]
    told = [(cause, _counts(found), found) for cause, found in by_cause]
    n_wrong = None  # of another model
    if read["modele_sha256"] == metrics["modele_sha256"]:
        shown = metrics.get("avec_gemma") or metrics["hors_source"]
        n_wrong = round(shown["n"] * (1 - shown["accuracy"]))
    return cards.card(
        "axes_errors.md.j2",
        errors=errors,
        total=_counts(errors),
        n_sure=_counts([error for error in errors if error["sur"]])["franche"],
        n_wrong=n_wrong,
        by_cause=sorted(told, key=lambda row: (-row[1]["franche"], -row[1]["n"])),
    ).rstrip()


def _counts(errors: Sequence[Metrics]) -> dict[str, int]:
    """How many errors there are, and how many of each kind; one that is outright is none of the two others."""
    return {
        "n": len(errors),
        "sur": sum(error["sur"] for error in errors),
        "seconde": sum(error["lu"] == error["seconde"] for error in errors),
        "discutable": sum(error["discutable"] for error in errors),
        "franche": sum(error["lu"] != error["seconde"] and not error["discutable"] for error in errors),
        "sans_contexte": sum(error["sans_contexte"] == error["axe"] for error in errors),
    }


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
