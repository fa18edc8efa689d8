"""Learning what is worth quoting from what readers said of real texts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.classify.reading.beside import expected_worth, worth_features
from pipeline.errors import UsageError
from pipeline.workbench.examples import text_sha256
from pipeline.workbench.worth import COLUMNS, REFERENCES, learn, load_real


class Blank:
    """Vectors that tell nothing: only how texts are made is learnt from."""

    name, sha256, n_dimensions = "blank", "0", 2

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.zeros((len(texts), 2), dtype=np.float32)

    def forget(self) -> None: ...


def examples() -> pd.DataFrame:
    rows = []
    for number in range(60):
        repo = f"depot/{number % 6}"
        rows += [
            (repo, "", f"Les {number} bancs du parc manquent aux anciens du village.", "est", 2.0, np.nan),
            (repo, "", f"Des bancs, {number}", "est", np.nan, 1.0),
            (repo, "", f"et pour {number} de", "est", 0.0, 0.0),
        ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def test_what_the_make_of_a_text_tells_is_learnt_and_measured_out_of_source() -> None:
    found = learn(examples(), Blank())
    assert found.metrics["auc_acceptable"] == found.metrics["auc_gladly"] == 1.0
    assert found.metrics["overall"] == {"0": 0.5, "1": 0.25, "2": 0.25}  # each reading counts
    assert found.metrics["top"]["2"] == 1.0
    told = ("n_texts", "n_sources", "n_readings", "n_read_twice", "agreement")
    assert [found.metrics[name] for name in told] == [180, 6, 240, 60, 1.0]
    blank = np.zeros((2, 2), dtype=np.float16)
    features = worth_features(
        ["Les bus manquent aux anciens du bourg.", "et sans de"], ["", ""], ["est"] * 2, blank, blank
    )
    whole, piece = expected_worth(features, found.head)
    assert whole > 0.6 > 0.3 > piece


def test_real_texts_need_their_reference_an_axis_and_a_reading(tmp_path: Path) -> None:
    table, references = tmp_path / "t.csv", tmp_path / "r.csv"
    one = examples().head(1)
    one.to_csv(table, index=False)
    pd.DataFrame({"sha256": [text_sha256(one["text"].iloc[0])]}).to_csv(references, index=False)
    assert load_real(table, references)["first"].tolist() == [2.0]
    assert load_real(table, references)["second"].isna().all()
    bad: list[tuple[dict[str, object], str]] = [
        *(({"first": label}, "1 textes sans lecture") for label in (3, "", "deux")),
        ({"axis": "hors_axe"}, "axes inconnus"),
    ]
    for changed, told in bad:
        one.assign(**changed).to_csv(table, index=False)
        with pytest.raises(UsageError, match=told):
            load_real(table, references)
    one.to_csv(table, index=False)
    pd.DataFrame({"sha256": ["0"]}).to_csv(references, index=False)
    with pytest.raises(UsageError, match="1 textes ne sont pas"):
        load_real(table, references)


def test_references_hold_no_text() -> None:
    found = pd.read_csv(REFERENCES, dtype=str, keep_default_na=False)
    assert list(found.columns) == ["id", "repo", "commit", "path", "sha256", "first", "second"]
    assert found["sha256"].str.fullmatch("[0-9a-f]{64}").all()
    assert set(found["first"]) | set(found["second"]) <= {"", "0", "1", "2"}
