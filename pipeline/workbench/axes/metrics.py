"""Every figure of a learnt model: `metrics.json`, from which its card and its figures are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES, HORS_AXE
from pipeline.classify.reading.calibration import read_chances
from pipeline.language.models.encoders import Encoder
from pipeline.workbench.axes.evaluate import by_group, length_group, measure, reliability
from pipeline.workbench.axes.mixture import sorted_walls
from pipeline.workbench.axes.pooling import fitted_threshold, told
from pipeline.workbench.axes.train_precise import TrainedSecond
from pipeline.workbench.axes.train_rapide import Trained, axis_rows
from pipeline.workbench.idea_corpus import load_ideas, retrieval

Reader = Callable[[Sequence[str], Sequence[str]], pd.DataFrame]
"""Texts and contexts → tags (columns p_*, axis, facet, confidence, status), rows in order."""

IdeaReader = Callable[[Sequence[str], Sequence[str]], npt.NDArray[np.float16]]
"""Texts and contexts → vectors of what is said, shape (n, d), rows in order."""

Baselines = Callable[[Sequence[str], Sequence[str]], dict[str, float]]
"""True axes and texts → macro-F1 of each simple method."""


def model_metrics(
    trained: Trained,
    second: TrainedSecond | None,
    read: Reader,
    held_out: pd.DataFrame,
    measured: pd.DataFrame | None,
    baselines: Baselines,
    seed: int,
) -> dict[str, Any]:
    """The figures of a model, ready for json.

    Parameters
    ----------
    trained : the model and the scores of its siblings on sources that they had not seen.
    second : the second encoder of `precis`, pooled with the first, or None.
    read : the model itself.
    held_out : ideas of the held-out themes, columns of `examples.COLUMNS`.
    measured : labelled texts that serve for measuring only, of sources that the model has seen, or None.
    seed : of the bootstrap intervals.
    """
    found: dict[str, Any] = {"calibration": trained.calibration.as_dict()}
    found["hors_source"] = out_of_source_metrics(trained, baselines, seed)
    if second is not None:
        trained = replace(trained, found=second.found)
        found["avec_gemma"] = out_of_source_metrics(trained, baselines, seed)
        found["avec_gemma"]["calibration"] = second.found.calibration.as_dict()
    found["lues_ensemble"] = read_together(trained)
    found["calibration_croisee"] = crossed_calibration(trained)
    if measured is not None:
        tags = read(measured["text"].tolist(), measured["context"].tolist())
        found["dev"] = _measured(measured, tags, baselines, seed, "source")
        bare = read(measured["text"].tolist(), [""] * len(measured))
        without = measure(measured["axis"].tolist(), bare, seed)
        found["dev_sans_contexte"] = {"macro_f1": without["macro_f1"], "f1": without["f1"]}
    tags = read(held_out["text"].tolist(), held_out["context"].tolist())
    found["themes_mis_de_cote"] = _measured(held_out, tags, baselines, seed, "register")
    found["facettes"] = facet_metrics(held_out, tags)
    return found


def out_of_source_metrics(trained: Trained, baselines: Baselines, seed: int) -> dict[str, Any]:
    """What models of the same recipe score on the sources (or the themes) that each of them had not seen, pooled."""
    rows = trained.out_of_source
    tags = told(trained.found, [""] * len(rows))
    found = _measured(rows, tags, baselines, seed, "source")
    return {"methode": trained.method, **found}


def read_together(trained: Trained) -> dict[str, Any]:
    """What reading the ideas of a document together changes, out of source and on whole sorted walls."""
    rows, found = trained.out_of_source, trained.found
    of_walls = rows["source"].isin(sorted_walls()).to_numpy(dtype=bool)
    kept = ("n", "macro_f1", "accuracy", "accuracy_surest_60")
    measured: dict[str, Any] = {}
    for name, where in (("hors_source", np.ones(len(rows), dtype=bool)), ("murs", of_walls)):
        truth = rows["axis"][where].tolist()
        for way, chances in (("seules", found.alone), ("ensemble", found.chances)):
            if truth:
                figures = measure(truth, read_chances(chances[where], found.calibration, [""] * len(truth)), 0)
                measured.setdefault(name, {})[way] = {key: figures[key] for key in kept}
    return measured


def idea_metrics(read: IdeaReader, topics: Encoder) -> dict[str, dict[str, float]]:
    """How well ideas find their likes in workshops that were never learnt: by the branch, by the encoder of topics."""
    ideas = load_ideas()
    held_out = ideas[ideas["is_held_out"]].reset_index(drop=True)
    texts, contexts = held_out["text"].tolist(), held_out["context"].tolist()
    return {
        "branche": retrieval(read(texts, contexts), held_out),
        topics.name: retrieval(topics.encode(texts), held_out),
    }


def _measured(rows: pd.DataFrame, tags: pd.DataFrame, baselines: Baselines, seed: int, group: str) -> dict[str, Any]:
    truth, texts = rows["axis"].tolist(), rows["text"].tolist()
    names = {"source": "par_source", "register": "par_registre"}
    return {
        **measure(truth, tags, seed),
        "accuracy_with_second": with_second_reading(rows, tags),
        "fiabilite": reliability(truth, tags),
        "par_longueur": by_group(truth, tags, [length_group(text) for text in texts]),
        names[group]: by_group(truth, tags, rows[group].tolist()),
        "reperes": baselines(truth, texts),
    }


def with_second_reading(rows: pd.DataFrame, tags: pd.DataFrame) -> float:
    """Share of axes that are the reading of people, or their second defensible one."""
    found = tags["axis"].to_numpy()
    is_right = (rows["axis"].to_numpy() == found) | (rows["secondary"].to_numpy() == found)
    return round(float(is_right.mean()), 4)


def crossed_calibration(trained: Trained) -> dict[str, float]:
    """The threshold fitted on one half of the out-of-source rows, measured on the other, both ways."""
    chances, truth = trained.found.chances, axis_rows(trained.out_of_source)
    half = np.arange(len(truth)) % 2 == 0
    parts = []
    for fitted_on in (half, ~half):
        there = ~fitted_on
        threshold, *_ = fitted_threshold(chances[fitted_on], truth[fitted_on], trained.aim.max_error)
        calibration = replace(trained.calibration, min_confidence=threshold)
        tags = read_chances(chances[there], calibration, [""] * int(there.sum()))
        parts.append(measure([AXIS_CODES[row] for row in truth[there]], tags, 0))
    names = {"ece": "ece", "a_relire": "share_to_reread", "justes_parmi_sures": "accuracy_sure"}
    return {ours: round(float(np.mean([part[theirs] or 0.0 for part in parts])), 4) for ours, theirs in names.items()}


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
