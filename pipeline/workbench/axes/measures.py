"""How good readings of the axes are: every figure of `metrics.json`, and those of `rosace evaluate axes`.

Macro-F1 with its interval, each axis, calibration, what abstaining buys, facets.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.api.texts import read_axes
from pipeline.axes import AXIS_CODES, HORS_AXE, compass
from pipeline.classify.reading.calibration import read_chances
from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.execution import LocalExecutor
from pipeline.tables.columns import find_context_column, find_text_column
from pipeline.tables.frames import read_table
from pipeline.workbench.axes.rapide import Trained, TrainedSecond
from pipeline.workbench.examples import load_corpus, split_themes
from pipeline.workbench.reports import PROBLEMS_SHOWN, Card, Line

Labels = npt.NDArray[np.object_]
N_BOOTSTRAP = 1000
N_BINS = 10
SUREST = 0.6
LEAST_OF_SOURCE = 20
"""Rows of a source below which it is not told by itself."""

Reader = Callable[[Sequence[str], Sequence[str]], pd.DataFrame]
"""Texts and contexts → tags (columns p_*, axis, facet, confidence, status), rows in order."""


def model_metrics(
    trained: Trained, second: TrainedSecond | None, read: Reader, held_out: pd.DataFrame, seed: int
) -> dict[str, Any]:
    """The figures of a model, ready for json.

    Parameters
    ----------
    trained : the model and the scores of its siblings on sources that they had not seen.
    second : the second encoder of `precis`, pooled with the first, or None.
    read : the model itself.
    held_out : ideas of the held-out themes, columns of `examples.COLUMNS`.
    seed : of the bootstrap intervals.
    """
    tags = read(held_out["text"].tolist(), held_out["context"].tolist())
    found = {"calibration": trained.calibration.as_dict(), "hors_source": _out_of_source(trained, seed)}
    if second is not None:
        pooled = replace(trained, found=second.found)
        found["avec_gemma"] = {**_out_of_source(pooled, seed), "calibration": pooled.calibration.as_dict()}
    found["themes_mis_de_cote"] = measure(held_out["axis"].tolist(), tags, seed)
    return {**found, "facettes": facet_metrics(held_out, tags)}


def _out_of_source(trained: Trained, seed: int) -> dict[str, Any]:
    """What models of the same recipe score on the sources (or the themes) that each of them had not seen, pooled."""
    rows = trained.out_of_source
    tags = read_chances(trained.found.chances, trained.calibration, [""] * len(rows))
    truth, found = rows["axis"].to_numpy(dtype=object), tags["axis"].to_numpy(dtype=object)
    by_source = {
        str(name): {"n": len(here), "macro_f1": round(macro_f1(truth[here], found[here]), 4)}
        for name, here in sorted(rows.groupby("source").indices.items())
        if len(here) >= LEAST_OF_SOURCE
    }
    return {**measure(truth.tolist(), tags, seed), "par_source": by_source}


def facet_metrics(held_out: pd.DataFrame, tags: pd.DataFrame) -> dict[str, Any]:
    """Right facets among the ideas whose axis is right; facets given before `demande` existed are left aside."""
    is_ours = ~held_out["origin"].str.startswith("graines").to_numpy(dtype=bool)
    is_right = held_out["axis"].to_numpy() == tags["axis"].to_numpy()
    has_facet = (held_out["facet"] != "").to_numpy() & (held_out["axis"] != HORS_AXE).to_numpy()
    rows = np.flatnonzero(is_ours & is_right & has_facet)
    truth, found = held_out["facet"].to_numpy()[rows], tags["facet"].to_numpy()[rows]
    per_facet = {
        name: [int((truth == name).sum()), round(float((found[truth == name] == name).mean()), 3)]
        for name in sorted(set(truth))
    }
    accuracy = round(float((truth == found).mean()), 4) if len(rows) else 0.0
    return {"n": len(rows), "accuracy": accuracy, "par_facette": per_facet}


def macro_f1(truth: Labels, found: Labels) -> float:
    """Mean F1 over the axes that the truth holds."""
    return float(np.mean([score for axis, score in f1_by_axis(truth, found).items() if (truth == axis).any()]))


def f1_by_axis(truth: Labels, found: Labels) -> dict[str, float]:
    """F1 of each axis; 0 for one that is neither there nor found."""
    from sklearn.metrics import f1_score

    scores = f1_score(truth.astype(str), found.astype(str), labels=AXIS_CODES, average=None, zero_division=0)
    return dict(zip(AXIS_CODES, scores.tolist(), strict=True))


def measure(truth: Sequence[str], tags: pd.DataFrame, seed: int) -> dict[str, Any]:
    """Every figure of a reading against people's axes.

    Parameters
    ----------
    truth : axis codes, in the order of `tags`.
    tags : columns p_*, axis, confidence, status.
    seed : of the bootstrap (1,000 draws of rows with replacement; 95 % interval).

    Returns
    -------
    n, macro_f1, macro_f1_low, macro_f1_high, f1, accuracy, confusion (truth → found → n), ece (10 bins of equal
    width), accuracy_surest_60, share_to_reread, accuracy_sure.
    """
    gold = np.asarray(truth, dtype=object)
    found = tags["axis"].to_numpy(dtype=object)
    confidence = tags["confidence"].to_numpy(dtype=float)
    is_right = gold == found
    is_sure = (tags["status"] == "sur").to_numpy(dtype=bool)
    low, high = bootstrap_interval(gold, found, seed)
    order = np.argsort(-confidence, kind="stable")
    surest = is_right[order[: max(1, round(SUREST * len(gold)))]]
    return {
        "n": len(gold),
        "macro_f1": round(macro_f1(gold, found), 4),
        "macro_f1_low": round(low, 4),
        "macro_f1_high": round(high, 4),
        "f1": {axis: round(score, 4) for axis, score in f1_by_axis(gold, found).items()},
        "accuracy": round(float(is_right.mean()), 4),
        "confusion": {
            axis: {other: int(((gold == axis) & (found == other)).sum()) for other in AXIS_CODES} for axis in AXIS_CODES
        },
        "ece": round(expected_calibration_error(confidence, is_right), 4),
        "accuracy_surest_60": round(float(surest.mean()), 4),
        "share_to_reread": round(float(1 - is_sure.mean()), 4),
        "accuracy_sure": round(float(is_right[is_sure].mean()), 4) if is_sure.any() else None,
    }


def bootstrap_interval(truth: Labels, found: Labels, seed: int) -> tuple[float, float]:
    """95 % interval of the macro-F1."""
    random = np.random.default_rng(seed)
    scores = []
    for _ in range(N_BOOTSTRAP):
        rows = random.integers(0, len(truth), len(truth))
        scores.append(macro_f1(truth[rows], found[rows]))
    return float(np.quantile(scores, 0.025)), float(np.quantile(scores, 0.975))


def expected_calibration_error(confidence: npt.NDArray[np.float64], is_right: npt.NDArray[np.bool_]) -> float:
    """Mean distance between confidence and accuracy over bins of equal width, weighted by their rows."""
    bins = np.minimum((confidence * N_BINS).astype(int), N_BINS - 1)
    return float(
        sum(
            abs(confidence[bins == rank].mean() - is_right[bins == rank].mean()) * (bins == rank).mean()
            for rank in np.unique(bins)
        )
    )


def axes_lines(gold: Path | None, settings: Config) -> list[Line]:
    """Measure the shipped model of the profile against people's axes, or against the held-out themes of the corpus."""
    if gold is not None:
        texts, contexts, truth = _gold_axes(gold)
    else:
        _, held_out = split_themes(load_corpus())
        texts, contexts, truth = (held_out[name].tolist() for name in ("text", "context", "axis"))
    tags = read_axes(texts, contexts, settings, LocalExecutor(1))
    found = measure(truth, tags, settings.graine)
    floors = settings.evaluation["axes"]
    floor = floors["macro_f1_precis"] if settings.profil == "precis" else floors["macro_f1_rapide"]
    interval = f"{found['macro_f1_low']:.2f} à {found['macro_f1_high']:.2f}".replace(".", ",")
    return [
        Line(f"Macro-F1 ({settings.profil})", found["macro_f1"], floor, detail=f"{found['n']} textes, {interval}"),
        *(Line(f"F1 ({axis})", found["f1"][axis]) for axis in AXIS_CODES if axis in truth),
        Line("Justes parmi toutes", found["accuracy"]),
        Line("Justes parmi les 60 % les plus nettes", found["accuracy_surest_60"]),
        Line("Justes parmi les sûres", found["accuracy_sure"] or 0.0),
        Line("À relire", found["share_to_reread"]),
        Line("Écart de calibration (ECE)", found["ece"]),
    ]


def _gold_axes(path: Path) -> tuple[list[str], list[str], list[str]]:
    table = read_table(path)
    if "axis" not in table.columns:
        raise UsageError(
            f"{path} : aucune colonne « axis ». Attendu : l'axe que des personnes ont donné à chaque texte ; "
            f"trouvé : {', '.join(map(str, table.columns))}."
        )
    unknown = sorted(set(table["axis"]) - set(AXIS_CODES))
    if unknown or table.empty:
        raise UsageError(
            f"{path} : la colonne « axis » doit porter {', '.join(AXIS_CODES)} ; "
            f"trouvé aussi : {', '.join(map(repr, unknown[:PROBLEMS_SHOWN])) or 'aucune ligne'}."
        )
    context = find_context_column(table)
    contexts = table[context].tolist() if context is not None else [""] * len(table)
    return table[find_text_column(table)].tolist(), contexts, table["axis"].tolist()


SETS = {
    "hors_source": "Hors source (textes réels)",
    "avec_gemma": "Hors source, avec la seconde lecture (Gemma)",
    "themes_mis_de_cote": "Thèmes mis de côté (textes écrits)",
}


AXES_CARD = Card("axes.md.j2", {"axes": {code: compass()[code].name for code in AXIS_CODES}, "named": SETS})
