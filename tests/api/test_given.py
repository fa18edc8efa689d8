"""What callers may hand over, and what they are told when they may not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from labelled import each

from pipeline.api.texts import as_texts, beside
from pipeline.config import load_config
from pipeline.errors import UsageError

TWO = ["Le lavoir est beau", ""]


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(lambda: ["Le lavoir est beau", None], id="list with None"),
        pytest.param(lambda: ("Le lavoir est beau", float("nan")), id="tuple with NaN"),
        pytest.param(lambda: pd.Series(["Le lavoir est beau", None]), id="Series"),
        pytest.param(lambda: pd.Series(["Le lavoir est beau", None], dtype="string[pyarrow]"), id="Series of strings"),
        pytest.param(lambda: pd.Series(["Le lavoir est beau", ""], dtype="category"), id="categories"),
        pytest.param(lambda: np.array(["Le lavoir est beau", ""]), id="array"),
        pytest.param(lambda: (text for text in TWO), id="generator"),
        pytest.param(lambda: pd.Index(TWO), id="Index"),
        pytest.param(lambda: dict.fromkeys(TWO, 1).keys(), id="keys"),
    ],
)
def test_texts_come_in_any_shape(given: Callable[[], Any]) -> None:
    texts = as_texts(given())
    assert texts.tolist() == TWO
    assert texts.index.tolist() == [0, 1]


def test_the_index_of_a_series_is_kept() -> None:
    assert as_texts(pd.Series(TWO, index=["b", "a"])).index.tolist() == ["b", "a"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Le lavoir", "un texte seul"),
        (b"Le lavoir", "bytes"),
        (pd.DataFrame({"text": TWO}), "un tableau"),
        ({"text": TWO}, "dict"),
        (3, "int"),
        (None, "NoneType"),
        (["Le lavoir", 3], "3 (rang 1)"),
        ([["Le lavoir"]], "['Le lavoir'] (rang 0)"),
        (pd.Series([1, 2]), "1 (rang 0), 2 (rang 1)"),
        (range(9), "4 (rang 4)."),
    ],
    ids=["str", "bytes", "frame", "dict", "int", "None", "number inside", "list inside", "Series of numbers", "many"],
)
def test_what_is_no_list_of_texts_is_refused(given: Any, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        as_texts(given)
    assert said in str(refused.value)
    assert "(rang 5)" not in str(refused.value)  # five examples are enough


def test_half_characters_are_replaced() -> None:
    assert as_texts(["d\udce9sert"]).tolist() == ["d?sert"]


test_a_context_goes_with_each_text = each(
    lambda given: beside(given, as_texts(TWO), "contexts", TWO),
    (None, ["", ""]),
    ("Freins", ["Freins", "Freins"]),
    (["a", None], ["a", ""]),
    (iter("ab"), ["a", "b"]),
    names=["none", "one for all", "list", "iterator"],
)


def test_as_many_as_texts() -> None:
    with pytest.raises(UsageError, match=r"contexts : 3 valeur\(s\) pour 2 texte\(s\)"):
        beside(["a", "b", "c"], as_texts(TWO), "contexts", TWO)


def test_two_series_have_the_same_index() -> None:
    """Rows that pandas would align must not be joined by rank."""
    texts = pd.Series(TWO, index=["b", "a"])
    contexts = pd.Series(["de a", "de b"], index=["a", "b"])
    with pytest.raises(UsageError, match="reindex"):
        beside(contexts, as_texts(texts), "contexts", texts)
    assert beside(contexts.reindex(texts.index), as_texts(texts), "contexts", texts) == ["de b", "de a"]
    assert beside(contexts, as_texts(TWO), "contexts", TWO) == ["de a", "de b"]


def test_a_configuration_by_value_by_path_or_by_default(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('profil = "rapide"\n[cluster]\nthemes = ["Eau"]\n', encoding="utf-8")
    assert load_config(None) == load_config()
    assert load_config(str(file)).cluster.themes == ("Eau",)
    assert load_config(file, profil="precis").profil == "precis"
    assert load_config(load_config(file), profil="precis") == load_config(file, profil="precis")
    with pytest.raises(UsageError, match="lent"):
        load_config(load_config(), profil="lent")
    with pytest.raises(UsageError, match="introuvable"):
        load_config(tmp_path / "absent.toml")
