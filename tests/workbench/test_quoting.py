"""Learning what stands alone, and what is worth quoting, from what readers said of real texts."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.classify.reading import beside
from pipeline.classify.reading.beside import expected_worth, worth_features
from pipeline.classify.reading.features import Headed
from pipeline.errors import UsageError
from pipeline.language.syntax import standing
from pipeline.language.syntax.standing import INPUTS, LABELS
from pipeline.workbench.examples import text_sha256
from pipeline.workbench.quoting import ALONE, ALONE_CARD, READERS, WORTH, ReadTexts, learn_alone, learn_worth


class Blank:
    """Vectors that tell nothing: only how texts are made is learnt from."""

    name, sha256, n_dimensions = "blank", "0", 2

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.zeros((len(texts), 2), dtype=np.float32)

    def forget(self) -> None: ...


def standing_alone() -> pd.DataFrame:
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
    return pd.DataFrame(rows, columns=[*ALONE.columns, *READERS])


def worth_quoting() -> pd.DataFrame:
    rows = []
    for number in range(60):
        repo = f"depot/{number % 6}"
        rows += [
            (repo, "", f"Les {number} bancs du parc manquent aux anciens du village.", "est", "2", ""),
            (repo, "", f"Des bancs, {number}", "est", "", "1"),
            (repo, "", f"et pour {number} de", "est", "0", "0"),
        ]
    return pd.DataFrame(rows, columns=[*WORTH.columns, *READERS])


def test_what_grammar_tells_is_learnt_and_measured_out_of_source(tmp_path: Path) -> None:
    found = learn_alone(standing_alone())
    assert found.metrics["auc"]["s"] == found.metrics["auc"]["f"] == 1.0
    assert found.metrics["overall"] == dict.fromkeys(LABELS, 0.2)
    assert found.metrics["trusted"]["0.8"]["s"] == 0
    told = ("n_texts", "n_sources", "n_read_twice", "agreement", "agreement_lost")
    assert [found.metrics[name] for name in told] == [300, 6, 120, 0.5, 1.0]
    assert (found.head.inputs, found.head.outputs) == (INPUTS, LABELS)
    assert "300 idées réelles de 6 dépôts" in ALONE_CARD.told(tmp_path, found.metrics)
    assert found.metrics.keys() == standing.ALONE.metrics().keys()  # what is published is what is measured


def test_what_the_make_of_a_text_tells_is_learnt_and_measured_out_of_source() -> None:
    found = learn_worth(worth_quoting(), Blank())
    assert found.metrics["auc_acceptable"] == found.metrics["auc_gladly"] == 1.0
    assert found.metrics["overall"] == {"0": 0.5, "1": 0.25, "2": 0.25}  # each reading counts
    assert found.metrics["top"]["2"] == 1.0
    told = ("n_texts", "n_sources", "n_readings", "n_read_twice", "agreement")
    assert [found.metrics[name] for name in told] == [180, 6, 240, 60, 1.0]
    blank = np.zeros((2, 2), dtype=np.float16)
    texts = ["Les bus manquent aux anciens du bourg.", "et sans de"]
    features = worth_features(Headed(texts, ["", ""], blank, blank), ["est"] * 2)
    assert found.metrics.keys() == beside.WORTH.metrics().keys()
    whole, piece = expected_worth(features, found.head)
    assert whole > 0.6 > 0.3 > piece


@pytest.mark.parametrize(
    ("texts", "rows", "bad"),
    [
        (ALONE, standing_alone(), [{"first": ""}, {"first": "x"}, {"second": "x"}]),
        (WORTH, worth_quoting(), [{"first": "3"}, {"first": ""}, {"first": "deux"}, {"axis": "hors_axe"}]),
    ],
    ids=["alone", "worth"],
)
def test_real_texts_need_their_reference_and_a_reading(
    texts: ReadTexts, rows: pd.DataFrame, bad: list[dict[str, str]], tmp_path: Path
) -> None:
    table, references = tmp_path / "t.csv", tmp_path / "r.csv"
    texts, one = replace(texts, references=references), rows.head(1)
    pd.DataFrame({"sha256": [text_sha256(one["text"].iloc[0])]}).to_csv(references, index=False)
    one.to_csv(table, index=False)
    assert texts.load([table])["first"].tolist() == one["first"].tolist()
    for changed in bad:
        one.assign(**changed).to_csv(table, index=False)
        with pytest.raises(UsageError, match=r"axes inconnus" if "axis" in changed else "1 textes sans lecture"):
            texts.load([table])
    one.to_csv(table, index=False)
    pd.DataFrame({"sha256": ["0"]}).to_csv(references, index=False)
    with pytest.raises(UsageError, match="1 textes ne sont pas"):
        texts.load([table])


@pytest.mark.parametrize(("texts"), [ALONE, WORTH], ids=["alone", "worth"])
def test_references_hold_no_text(texts: ReadTexts) -> None:
    found = pd.read_csv(texts.references, dtype=str, keep_default_na=False)
    assert list(found.columns) == ["id", "repo", "commit", "path", "sha256", "first", "second"]
    assert found["sha256"].str.fullmatch("[0-9a-f]{64}").all()
    assert set(found["first"]) | set(found["second"]) <= {"", *texts.labels}
