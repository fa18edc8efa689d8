"""The gate of a newly learnt model: what it is compared on, and when it is refused."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.calibration import Calibration
from pipeline.errors import UsageError
from pipeline.workbench.axes.learn_axes import HELD_OUT, OUT_OF_SOURCE, Comparison, out_of_source, refuse_worse
from pipeline.workbench.axes.pooling import Aim, Calibrated
from pipeline.workbench.axes.rapide import Trained

AXES = ["nord", "est", "est", "sud"]
SOURCES = ["forum", "forum", "mairie", "mairie"]


def trained(found: list[str]) -> Trained:
    chances = np.array([[float(code == axis) for code in AXIS_CODES] for axis in found])
    rows = pd.DataFrame({"axis": AXES, "source": SOURCES})
    calibration = Calibration({}, {}, 0.5, 0.25, 0.2, 0.3)
    return Trained({}, Calibrated(calibration, chances), rows, {}, Aim(0.1, 0.25))


def folder_with(tmp_path: Path, n_forum: int) -> Path:
    groups = {"forum": {"n": n_forum, "macro_f1": 0.7}, "mairie": {"n": 2, "macro_f1": 0.5}}
    metrics = {"hors_source": {"n": 4, "macro_f1": 0.6, "par_source": groups}}
    (tmp_path / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    return tmp_path


def test_two_models_measured_on_the_same_sources_are_compared_there(tmp_path: Path) -> None:
    found = out_of_source(trained(["nord", "est", "est", "est"]), folder_with(tmp_path, 2))
    assert found is not None
    assert (found.where, found.before) == (OUT_OF_SOURCE, 0.6)
    assert found.after == pytest.approx((1 + 0.8 + 0) / 3)


def test_other_sources_or_no_measure_compare_nothing(tmp_path: Path) -> None:
    assert out_of_source(trained(AXES), tmp_path) is None
    assert out_of_source(trained(AXES), folder_with(tmp_path, 3)) is None


def test_the_first_comparison_decides() -> None:
    better, worse = Comparison(OUT_OF_SOURCE, 0.60, 0.62), Comparison(HELD_OUT, 0.81, 0.78)
    refuse_worse([better, worse], 0.01)
    with pytest.raises(UsageError, match=r"moins bon sur les thèmes mis de côté \(0,780 contre 0,810\)"):
        refuse_worse([worse, better], 0.01)


def test_a_small_loss_passes_and_so_does_a_first_model() -> None:
    refuse_worse([Comparison(HELD_OUT, 0.810, 0.801)], 0.01)
    refuse_worse([Comparison(HELD_OUT, None, 0.3)], 0.01)
