"""Which column is which, by its heading."""

import pandas as pd
import pytest

from pipeline.errors import UsageError
from pipeline.tables.columns import (
    alias_rank,
    find_context_column,
    find_text_column,
    header_key,
    is_usual_title,
    matches_alias,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Réponses :", "reponses"),
        ("  POST-IT  ", "post-it"),
        ("Texte (2)", "texte"),
        ("L’idée *", "l'idee"),
        ("💡 Idée", "idée"),
    ],
    ids=["accents", "capitals", "a rank", "an apostrophe", "an emoji"],
)
def test_two_headings_are_the_same(one: str, other: str) -> None:
    assert header_key(one) == header_key(other)


def test_headings_differ() -> None:
    assert header_key("Idée 1") != header_key("Idée 2")


def test_names_of_a_role() -> None:
    assert matches_alias("Réponses", "texte")
    assert not matches_alias("Réponses", "votes")
    assert alias_rank("zzz", "texte") > alias_rank("Réponses", "texte")
    assert is_usual_title("FREINS :")
    assert not is_usual_title("Le four à pain")


def test_the_only_column_is_that_of_the_texts() -> None:
    assert find_text_column(pd.DataFrame(columns=["zzz"])) == "zzz"
    assert find_context_column(pd.DataFrame(columns=["zzz"])) is None


def test_columns_are_found_by_their_names() -> None:
    frame = pd.DataFrame(columns=["id", "Question", "Réponses :"])
    assert find_text_column(frame) == "Réponses :"
    assert find_context_column(frame) == "Question"
    assert find_text_column(frame, "reponses") == "Réponses :"
    with pytest.raises(UsageError, match="--text-column"):
        find_text_column(pd.DataFrame(columns=["a", "b"]))
    with pytest.raises(UsageError, match="« zzz »"):
        find_text_column(frame, "zzz")
