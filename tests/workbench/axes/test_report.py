"""The cards of the axis models: written from their figures, with the errors read one by one."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.classify.reading.store import METRICS_FILE, model_folder
from pipeline.workbench.axes.measures import ERRORS_MARK, axes_card, errors_section, model_notes, read_errors
from pipeline.workbench.cards import CARD, NOTES


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
