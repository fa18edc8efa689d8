"""How good the axes of a profile are, against people's or against the held-out themes of the corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.api.reading import read_axes
from pipeline.axes import AXIS_CODES
from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.execution import LocalExecutor
from pipeline.tables import find_context_column, find_text_column, read_table
from pipeline.workbench.axes.examples import load_corpus, split_themes
from pipeline.workbench.axes.measures import baselines, measure
from pipeline.workbench.scoreboard import PROBLEMS_SHOWN, Line


def axes_lines(gold: Path | None, settings: Config) -> list[Line]:
    """Measure the shipped model of the profile against people's axes, or against the held-out themes of the corpus."""
    texts, contexts, truth = _gold_axes(gold) if gold is not None else _held_out_axes()
    tags = read_axes(texts, contexts, settings, LocalExecutor(1))
    found = measure(truth, tags, settings.graine)
    metrics = {"profil": settings.profil, **found, "reperes": baselines(truth, texts)}
    _save_metrics(metrics, "gold" if gold is not None else "themes", settings.profil)
    floors = settings.evaluation.axes
    floor = floors.macro_f1_precis if settings.profil == "precis" else floors.macro_f1_rapide
    interval = f"{found['macro_f1_low']:.2f} à {found['macro_f1_high']:.2f}".replace(".", ",")
    return [
        Line(f"Macro-F1 ({settings.profil})", found["macro_f1"], floor, detail=f"{found['n']} textes, {interval}"),
        *(Line(f"F1 ({axis})", found["f1"][axis]) for axis in AXIS_CODES if axis in truth),
        *(Line(f"Repère : {name}", score) for name, score in metrics["reperes"].items()),
        Line("Justes parmi toutes", found["accuracy"]),
        Line("Justes parmi les 60 % les plus nettes", found["accuracy_surest_60"]),
        Line("Justes parmi les sûres", found["accuracy_sure"] or 0.0),
        Line("À relire", found["share_to_reread"]),
        Line("Écart de calibration (ECE)", found["ece"]),
    ]


def _held_out_axes() -> tuple[list[str], list[str], list[str]]:
    _, held_out = split_themes(load_corpus())
    return held_out["text"].tolist(), held_out["context"].tolist(), held_out["axis"].tolist()


def _save_metrics(metrics: dict[str, Any], what: str, profile: str) -> None:
    folder = Path("runs") / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"axes-{profile}-{what}.json"
    path.write_text(json.dumps(metrics, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


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
