"""A withdrawn contribution is known again without its words, wherever its file goes."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import ArtifactError
from pipeline.folder.artifacts import RunFolder
from pipeline.ingest.withdrawal.fingerprints import Withdrawals

ROWS = [
    ("c1", "a.csv", "ligne 2", "Plus de bus le soir", "postit"),
    ("c2", "a.csv", "ligne 3", "Un banc devant la poste", "postit"),
    ("c3", "b.csv", "ligne 2", "plus de bus, le soir !", "postit"),
    ("c4", "c.vtt", "0:01", "Plus de bus le soir", "transcript"),
]


def table(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["contribution_id", "source", "locator", "text", "channel"])


def moved(*ids: str, new: str = "x") -> pd.DataFrame:
    """The table once the files of these contributions have other names."""
    rows = [(f"{new}{row[0]}", f"{new}{row[1]}", *row[2:]) if row[0] in ids else row for row in ROWS]
    return table(*rows)


def withdrawn(*ids: str) -> Withdrawals:
    kept, left = Withdrawals(), table(*ROWS)
    for one in ids:
        kept = kept.with_one(one, left)
        left = left[left["contribution_id"] != one]
    return Withdrawals.read(json.loads(json.dumps(kept.saved())))


def test_no_word_is_kept_and_the_salt_hides_them() -> None:
    saved = json.dumps(withdrawn("c2").saved())
    assert "banc" not in saved
    assert withdrawn("c2").all[0].print_ != withdrawn("c2").all[0].print_


def test_known_by_its_id_in_silence() -> None:
    assert withdrawn("c2").met_in(table(*ROWS)) == (frozenset({"c2"}), ())
    assert withdrawn("c1").met_in(table(*ROWS)) == (frozenset({"c1"}), ())
    assert withdrawn("c1").met_in(table(*ROWS[1:])) == (frozenset(), ())


def test_known_by_its_words_once_its_file_is_renamed_and_told() -> None:
    gone, (told,) = withdrawn("c2").met_in(moved("c1", "c2"))
    assert gone == {"xc2"}
    assert "xa.csv, ligne 3" in told
    assert "banc" not in told


def test_of_two_who_wrote_the_same_the_one_who_stayed_is_not_taken() -> None:
    gone, (told,) = withdrawn("c1").met_in(moved("c1"))
    assert gone == {"xc1"}
    assert "revenue" in told
    gone, (told,) = withdrawn("c3").met_in(moved("c1", "c3"))
    assert gone == {"xc3"}
    assert "D'après son rang" in told
    assert "xa.csv, ligne 2" in told


def test_the_channel_counts() -> None:
    assert withdrawn("c4").met_in(moved("c4"))[0] == {"xc4"}
    assert withdrawn("c1", "c3").met_in(moved("c1", "c3"))[0] == {"xc1", "xc3"}


def test_one_that_was_deleted_from_its_file_is_not_looked_for_in_another() -> None:
    gone, (told,) = withdrawn("c1").met_in(table(("xc3", "xb.csv", *ROWS[2][2:])))
    assert gone == frozenset()
    assert "il en manque" in told


def test_ids_of_an_earlier_version_still_count() -> None:
    assert Withdrawals.read(["c2"]).met_in(table(*ROWS)) == (frozenset({"c2"}), ())
    assert Withdrawals.read(None).met_in(table(*ROWS)) == (frozenset(), ())


@pytest.mark.parametrize("content", ["", "{", '{"sel": "a"}', '{"sel": "a", "retraits": [{}]}', "3"])
def test_a_damaged_file_is_never_none_withdrawn(tmp_path: Path, content: str) -> None:
    (tmp_path / "retraits.json").write_text(content, encoding="utf-8")
    with pytest.raises(ArtifactError, match="Ne l'effacez pas"):
        Withdrawals.of(RunFolder.create(tmp_path))
