"""Groups as a BERTopic user asks for them: her names of columns and of methods, −1 for what stands alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import rosace

BUSES = ["Plus de car le soir", "Il n'y a plus de car le soir", "Plus aucun car le soir", "Le car du soir a disparu"]
DOCTORS = ["Pas assez de médecins", "Il manque des médecins", "On manque de médecins"]
TEXTS = [*DOCTORS, *BUSES, "Le marché est trop cher", ""]
TOPICS = [1] * 3 + [0] * 4 + [-1] * 2


@pytest.fixture(scope="module")
def groups() -> rosace.Groups:
    return rosace.group(pd.Series(TEXTS, index=list("abcdefghi")), "est", profile="rapide")


def test_topics_are_numbered_by_size_and_what_is_alone_is_minus_one(groups: rosace.Groups) -> None:
    assert groups.topics_ == TOPICS
    assert groups.get_topic_freq().to_numpy().tolist() == [[0, 4], [1, 3], [-1, 2]]
    near = groups.probabilities_
    assert near.shape == (9,)
    assert (near[:7] > 0.5).all() and near[7:].tolist() == [0.0, 0.0]


def test_one_row_per_topic_under_the_columns_of_bertopic(groups: rosace.Groups) -> None:
    info = groups.get_topic_info()
    assert list(info) == [
        "Topic", "Count", "Name", "Representation", "Representative_Docs", "Title", "Theme", "Axis", "Group",
    ]  # fmt: skip
    assert info[["Topic", "Count"]].to_numpy().tolist() == [[-1, 2], [0, 4], [1, 3]]
    assert info["Axis"].tolist()[1:] == ["est", "est"]
    assert info["Title"].tolist()[1:] == groups["group_title"].dropna().unique().tolist()[::-1]
    assert all(set(docs) <= set(TEXTS) and docs for docs in info["Representative_Docs"].iloc[1:])
    assert info["Name"].iloc[2] == "1_médecins"
    assert groups.get_topic_info(1)["Count"].tolist() == [3]


def test_words_of_a_topic_weigh_the_share_of_its_texts_that_say_them(groups: rosace.Groups) -> None:
    assert groups.get_topic(1) == [("médecins", 1.0)]
    assert dict(groups.get_topic(0) or ())["disparu"] == 0.25
    assert groups.get_topic(-1) == []
    assert groups.get_topic(99) is False
    assert set(groups.get_topics()) == {-1, 0, 1}


def test_one_row_per_text_with_its_index(groups: rosace.Groups) -> None:
    told = groups.get_document_info(TEXTS)
    assert list(told)[:8] == [
        "Document", "Topic", "Name", "Representation", "Representative_Docs", "Top_n_words", "Probability",
        "Representative_document",
    ]  # fmt: skip
    assert told.index.tolist() == list("abcdefghi")
    assert told["Document"].tolist() == TEXTS
    assert told["Topic"].tolist() == TOPICS
    central = told[told["Representative_document"]]
    assert all(row.Document in row.Representative_Docs for row in central.itertuples()) and len(central) > 1
    assert told.loc["h", ["Title", "Group"]].isna().all()
    with pytest.raises(rosace.UsageError, match="transform"):
        groups.get_document_info(BUSES)
    assert groups.get_representative_docs(1) == told.loc["a", "Representative_Docs"]


def test_other_texts_join_a_topic_or_none(groups: rosace.Groups) -> None:
    others = ["On manque encore de médecins", "Plus de car ce soir", "Le pain est cher", "", "Plus de car ce soir"]
    topics, near = groups.transform(others, ["est"] * 4 + ["sud"])
    assert topics == [1, 0, -1, -1, -1]
    assert (near[:2] > 0.8).all() and (near[2:] == 0).all()
    assert groups.topics_ == TOPICS


def test_it_stays_a_frame_and_a_part_of_it_tells_of_its_rows(groups: rosace.Groups) -> None:
    part = groups.loc[["a", "d", "e"]]
    assert part.topics_ == [1, 0, 0]
    assert part.get_topic_info()["Count"].tolist() == [2, 1]
    assert groups.transform(lambda column: column.str.len())["text"].tolist() == [len(text) for text in TEXTS]  # type: ignore[arg-type, call-overload]
    merged = groups.merge(groups, on="text")
    with pytest.raises(rosace.UsageError, match=r"rosace\.group"):
        merged.get_topic_info()


def test_nothing_has_no_topic() -> None:
    empty = rosace.group([], profile="rapide")
    assert empty.topics_ == [] and empty.get_topic_info().empty and empty.get_document_info().empty
    topics, near = empty.transform(["Plus de car"])
    assert topics == [-1] and np.array_equal(near, [0.0])
