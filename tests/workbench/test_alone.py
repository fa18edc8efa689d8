"""Learning what stands alone from what readers said of real texts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import UsageError
from pipeline.language.syntax.standing import INPUTS, LABELS, load_alone
from pipeline.workbench.alone import COLUMNS, REFERENCES, alone_card, learn, load_real, write_model
from pipeline.workbench.examples import text_sha256


def examples() -> pd.DataFrame:
    rows = []
    for number in range(60):
        repo = f"depot/{number % 6}"
        rows += [
            (repo, f"Les {number} bancs du parc manquent aux anciens du village", "a", "h"),
            (repo, f"Halle du marché et {number} étals couverts", "h", ""),
            (repo, f"Ils en voudraient {number} de plus", "s", "s"),
            (repo, "et pour de", "f", ""),
            (repo, f"Vote : {number} voix ?", "n", ""),
        ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def test_what_grammar_tells_is_learnt_and_measured_out_of_source(tmp_path: Path) -> None:
    found = learn(examples())
    assert found.metrics["auc"]["s"] == found.metrics["auc"]["f"] == 1.0
    assert found.metrics["overall"] == dict.fromkeys(LABELS, 0.2)
    assert found.metrics["trusted"]["0.8"]["s"] == 0
    told = ("n_texts", "n_sources", "n_read_twice", "agreement", "agreement_lost")
    assert [found.metrics[name] for name in told] == [300, 6, 120, 0.5, 1.0]
    folder = tmp_path / "alone"
    write_model(folder, found)
    assert (load_alone(folder).inputs, load_alone(folder).outputs) == (INPUTS, LABELS)
    assert "300 idées réelles de 6 dépôts" in alone_card(found.metrics)


def test_real_texts_need_their_reference_and_a_reading(tmp_path: Path) -> None:
    table, references = tmp_path / "t.csv", tmp_path / "r.csv"
    one = examples().head(1)
    one.to_csv(table, index=False)
    pd.DataFrame({"sha256": [text_sha256(one["text"].iloc[0])]}).to_csv(references, index=False)
    assert load_real(table, references)["first"].tolist() == ["a"]
    for changed in ({"first": ""}, {"first": "x"}, {"second": "x"}):
        one.assign(**changed).to_csv(table, index=False)
        with pytest.raises(UsageError, match="1 textes sans lecture"):
            load_real(table, references)
    one.to_csv(table, index=False)
    pd.DataFrame({"sha256": ["0"]}).to_csv(references, index=False)
    with pytest.raises(UsageError, match="1 textes ne sont pas"):
        load_real(table, references)


def test_references_hold_no_text() -> None:
    found = pd.read_csv(REFERENCES, dtype=str, keep_default_na=False)
    assert list(found.columns) == ["id", "repo", "commit", "path", "sha256", "first", "second"]
    assert found["sha256"].str.fullmatch("[0-9a-f]{64}").all()
    assert set(found["first"]) <= set(LABELS)
    assert set(found["second"]) <= {"", *LABELS}
