"""Whether a newly learnt model may replace the one in place: it must read no worse what neither has learnt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.store import METRICS_FILE
from pipeline.errors import UsageError
from pipeline.workbench.axes.evaluate import macro_f1
from pipeline.workbench.axes.train_rapide import Trained

OUT_OF_SOURCE, HELD_OUT = "hors source", "sur les thèmes mis de côté"


@dataclass(frozen=True)
class Comparison:
    """Macro-F1 of the model in place (None without one) and of the new one; `where` says on what, in French."""

    where: str
    before: float | None
    after: float

    def told(self) -> str:
        """The comparison in a line, in French."""
        before = "aucun" if self.before is None else f"{self.before:.3f}"
        return f"macro-F1 {self.where} : avant {before}, après {self.after:.3f}".replace(".", ",")


def out_of_source(trained: Trained, folder: Path) -> Comparison | None:
    """The new model and the one of `folder` on the sources that neither had seen, by models of the same recipe.

    None unless the model in place was measured on as many texts of the same sources.
    """
    known = _measured_out_of_source(folder)
    sources = trained.out_of_source["source"].value_counts().to_dict()
    if known is None or known["n"] != len(trained.out_of_source):
        return None
    if any(sources.get(name) != group["n"] for name, group in known["par_source"].items()):
        return None  # small sources are not told one by one
    codes = np.array(AXIS_CODES, dtype=object)
    found = codes[trained.found.chances.argmax(axis=1)]
    after = macro_f1(trained.out_of_source["axis"].to_numpy(dtype=object), found)
    return Comparison(OUT_OF_SOURCE, float(known["macro_f1"]), after)


def refuse_worse(comparisons: list[Comparison], max_loss: float) -> None:
    """Refuse a new model that loses more than `max_loss` on the first comparison, the one that decides.

    Raises
    ------
    UsageError : it does; the one in place is to be kept.
    """
    decisive = comparisons[0]
    if decisive.before is not None and decisive.after < decisive.before - max_loss:
        scores = f"{decisive.after:.3f} contre {decisive.before:.3f}".replace(".", ",")
        raise UsageError(
            f"Le nouveau modèle est moins bon {decisive.where} ({scores}) : "
            "l'ancien est gardé. Retirez les exemples ajoutés, ou relisez-les."
        )


def _measured_out_of_source(folder: Path) -> dict[str, Any] | None:
    path = folder / METRICS_FILE
    if not path.is_file():
        return None
    found: dict[str, Any] | None = json.loads(path.read_text(encoding="utf-8")).get("hors_source")
    return found
