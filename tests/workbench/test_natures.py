"""Learning natures and objects from labelled ideas."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.errors import UsageError
from pipeline.workbench.examples import text_sha256
from pipeline.workbench.natures import COLUMNS, learn, load_real, load_written, stems_f1


class Blank:
    """Vectors that tell nothing: only words are learnt from."""

    name, sha256, n_dimensions = "blank", "0", 2

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.zeros((len(texts), 2), dtype=np.float32)

    def forget(self) -> None: ...


def examples() -> pd.DataFrame:
    rows = []
    for number in range(60):
        thing = ("banc", "arbre", "local")[number % 3]
        rows += [
            (f"depot/{number % 6}", f"il manque un {thing}", "est", "manque", "", thing),
            (f"depot/{number % 6}", f"le {thing} coûte cher", "est", "cout", "", thing),
            (f"depot/{number % 6}", f"créer un {thing}", "sud", "creer", "", thing),
            (f"depot/{number % 6}", f"réparer le {thing}", "sud", "amenager", "", thing),
        ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def test_natures_and_objects_that_words_tell_are_learnt_and_measured_out_of_source() -> None:
    found = learn(examples(), Blank())
    for axis in ("est", "sud"):
        assert found.metrics[axis]["natures"]["accuracy"] == 1.0
        assert found.metrics[axis]["objects"]["exact"] == 1.0
        assert found.metrics[axis]["n_sources"] == 6
    assert found.rankers["est"].choose("il manque un arbre") == "arbre"


def test_real_texts_need_their_reference_and_a_known_nature(tmp_path: Path) -> None:
    table, references = tmp_path / "t.csv", tmp_path / "r.csv"
    one = examples().head(1)
    one.to_csv(table, index=False)
    pd.DataFrame({"sha256": [text_sha256(one["text"].iloc[0])]}).to_csv(references, index=False)
    assert load_real(table, references)["nature"].tolist() == ["manque"]
    one.assign(nature="creer").to_csv(table, index=False)
    with pytest.raises(UsageError, match="natures inconnues"):
        load_real(table, references)
    pd.DataFrame({"sha256": ["0"]}).to_csv(references, index=False)
    with pytest.raises(UsageError, match="1 textes ne sont pas"):
        load_real(table, references)


def test_labels_of_the_corpus_name_its_ideas() -> None:
    found = load_written()
    assert (found["text"] != "").all()
    assert set(found["axis"]) <= {"est", "sud"}


def test_phrases_share_their_stems() -> None:
    assert stems_f1("places de stationnement", "place de stationnement") == 1.0
    assert stems_f1("bus", "école") == 0.0
    assert stems_f1("bus du soir", "bus") == pytest.approx(2 / 3)
