"""Figures of a reading on small known cases, and the cards that tell them with the errors read one by one."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline.classify.reading.store import METRICS_FILE, model_folder
from pipeline.workbench.axes.measures import (
    ERRORS_MARK,
    axes_card,
    baselines,
    bootstrap_interval,
    by_group,
    errors_section,
    expected_calibration_error,
    f1_by_axis,
    length_group,
    macro_f1,
    measure,
    model_notes,
    read_errors,
    reliability,
)
from pipeline.workbench.cards import CARD, NOTES
from pipeline.workbench.examples import load_corpus, split_themes

GOLD = np.array(["est", "est", "sud", "nord"], dtype=object)
FOUND = np.array(["est", "sud", "sud", "nord"], dtype=object)
TAGS = pd.DataFrame({"axis": FOUND, "confidence": [0.9, 0.5, 0.7, 0.8], "status": ["sur", "a_relire", "sur", "sur"]})


def test_f1_counts_both_sides_and_the_mean_is_over_the_axes_that_are_there() -> None:
    scores = f1_by_axis(GOLD, FOUND)
    assert scores["est"] == pytest.approx(2 / 3)
    assert scores["sud"] == pytest.approx(2 / 3)
    assert scores["nord"] == 1.0
    assert scores["ouest"] == 0.0
    assert macro_f1(GOLD, FOUND) == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)


def test_abstaining_on_the_least_sure_removes_the_error() -> None:
    found = measure(GOLD.tolist(), TAGS, seed=1)
    assert found["accuracy"] == 0.75
    assert found["share_to_reread"] == 0.25
    assert found["accuracy_sure"] == 1.0
    assert found["confusion"]["est"] == {"nord": 0, "est": 1, "sud": 1, "ouest": 0, "hors_axe": 0}
    assert found["risk_coverage"]["1.0"] == 0.25
    assert found["risk_coverage"]["0.6"] == 0.0


def test_an_interval_holds_the_score_and_is_drawn_the_same_twice() -> None:
    truth, found = np.tile(GOLD, 30), np.tile(FOUND, 30)
    low, high = bootstrap_interval(truth, found, 3)
    assert low < macro_f1(truth, found) < high
    assert bootstrap_interval(truth, found, 3) == (low, high)


def test_calibration_error_is_the_distance_of_confidence_to_accuracy() -> None:
    assert expected_calibration_error(np.array([0.75] * 4), np.array([True, True, True, False])) == pytest.approx(0.0)
    assert expected_calibration_error(np.array([0.95] * 4), np.array([False] * 4)) == pytest.approx(0.95)
    assert reliability(GOLD.tolist(), TAGS)[0] == {"n": 1, "confiance": 0.5, "justes": 0.0}


def test_small_groups_are_not_measured() -> None:
    groups = ["a", "a", "a", "b"]
    assert by_group(GOLD.tolist(), TAGS, groups, minimum=2) == {
        "a": {"n": 3, "macro_f1": round((2 / 3 + 2 / 3) / 2, 4), "accuracy": 0.6667}
    }


@pytest.mark.parametrize(
    ("n", "group"), [(1, "1 à 5 mots"), (5, "1 à 5 mots"), (6, "6 à 12"), (13, "13 à 25"), (26, "26+")]
)
def test_lengths_are_told_in_four_classes(n: int, group: str) -> None:
    assert length_group("mot " * n) == group


def test_the_most_frequent_axis_and_key_words_are_baselines() -> None:
    found = baselines(["est", "est", "sud"], ["Il manque un banc", "Trop de bruit", "Il faudrait créer un lieu"])
    assert found["axe le plus fréquent"] == pytest.approx(0.8 / 2)
    assert found["mots clés"] == 1.0


def test_measures_of_a_perfect_and_of_a_wrong_reading() -> None:
    tags = pd.DataFrame({"axis": ["est", "sud"] * 20, "confidence": 1.0, "status": "sur"})
    perfect = measure(["est", "sud"] * 20, tags, 1)
    wrong = measure(["sud", "est"] * 20, tags, 1)
    assert (perfect["macro_f1"], perfect["ece"], perfect["accuracy_surest_60"]) == (1.0, 0.0, 1.0)
    assert (wrong["macro_f1"], wrong["ece"]) == (0.0, 1.0)
    assert by_group(["est", "sud"] * 20, tags, ["a", "b"] * 20) == {
        "a": {"n": 20, "macro_f1": 1.0, "accuracy": 1.0},
        "b": {"n": 20, "macro_f1": 1.0, "accuracy": 1.0},
    }


def test_baselines_stay_under_the_models() -> None:
    _, held_out = split_themes(load_corpus())
    scores = baselines(held_out["axis"].tolist(), held_out["text"].tolist())
    assert 0 < max(scores.values()) < 0.5
    assert macro_f1(held_out["axis"].to_numpy(dtype=object), held_out["axis"].to_numpy(dtype=object)) == 1.0
    assert expected_calibration_error(pd.Series([0.5, 0.5]).to_numpy(), pd.Series([True, False]).to_numpy()) == 0.0


def metrics_of(profile: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((model_folder(profile) / METRICS_FILE).read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("profile", ["rapide", "precis"])
def test_the_card_is_that_of_the_figures_and_of_the_errors_read(profile: str) -> None:
    folder, metrics = model_folder(profile), metrics_of(profile)
    assert (folder / CARD).read_text(encoding="utf-8") == axes_card(metrics, model_notes(folder, metrics))


def test_every_error_of_the_model_that_was_read_has_one_cause() -> None:
    read, metrics = read_errors(model_folder("precis")), metrics_of("precis")
    assert read is not None
    errors = read["erreurs"]
    assert len({error["id"] for error in errors}) == len(errors)
    assert {error["cause"] for error in errors} == set(read["causes"])
    counts = Counter((error["axe"], error["lu"]) for error in errors)
    assert all(axis != other for axis, other in counts)
    if read["modele_sha256"] == metrics["modele_sha256"]:
        confusion = metrics["avec_gemma"]["confusion"]
        assert all(n <= confusion[axis][other] for (axis, other), n in counts.items())


def error_of(name: str, **told: object) -> dict[str, object]:
    plain = {"axe": "est", "seconde": "", "lu": "sud", "sur": True, "sans_contexte": "sud", "discutable": False}
    return {"id": name, "cause": "refus", **plain, **told}


READ = {
    "modele_sha256": "abc",
    "causes": {"autre": {"nom": "Autre", "remede": "rien"}, "refus": {"nom": "Refus", "remede": "des refus"}},
    "erreurs": [
        error_of("t-1"),
        error_of("t-2", discutable=True, sans_contexte="est"),
        error_of("t-3", cause="autre", seconde="sud", sur=False),
    ],
}


def test_errors_are_counted_by_cause_with_the_outright_ones_first() -> None:
    told = errors_section(READ, {"modele_sha256": "abc", "hors_source": {"n": 40, "accuracy": 0.75}})
    assert "3 erreurs, tirées au sort parmi les 10 que le modèle fait hors source" in told
    assert "Restent 1 erreurs franches, ni l'un ni l'autre, dont 1 " in told
    rows = told.splitlines()[-3:]
    assert rows[0] == "| Refus | 2 | 2 | 0 | 1 | 1 | 1 | t-1 t-2* | des refus |"
    assert rows[1] == "| Autre | 1 | 0 | 1 | 0 | 0 | 0 | t-3 | rien |"
    assert rows[2].startswith("| **ensemble** | **3** | **2** | **1** | **1** | **1** | **1** |")


def test_errors_of_a_model_that_was_replaced_are_told_as_such() -> None:
    assert "3 erreurs d'un modèle précédent" in errors_section(READ, {"modele_sha256": "other"})


def test_notes_take_the_errors_at_their_mark_alone(tmp_path: Path) -> None:
    assert model_notes(tmp_path, {}) == ""
    (tmp_path / NOTES).write_text(f"## Limites\n{ERRORS_MARK}", encoding="utf-8")
    assert model_notes(tmp_path, {}) == "## Limites\nAucune erreur n'a été lue."
