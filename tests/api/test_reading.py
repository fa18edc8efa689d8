"""Axes of loose texts with the shipped models, and the ideas of one text."""

import itertools

import pandas as pd
import pytest

import rosace
from pipeline.axes import AXIS_CODES

KNOWN = {
    "Merci aux bénévoles du jardin": "nord",
    "Plus aucun car après 18 h": "est",
    "Il faudrait partager nos minibus": "sud",
    "Bonjour à tous": "hors_axe",
}
PROFILES = ("rapide", "precis")


def test_columns_are_those_of_the_documentation() -> None:
    tags = rosace.read([*KNOWN, "", None], profile="rapide")
    assert list(tags) == [
        "text", "axis", "facet", "confidence", "second_axis", "status", "p_nord", "p_est", "p_sud", "p_ouest",
        "p_hors_axe",
    ]  # fmt: skip
    shares = tags[[f"p_{code}" for code in AXIS_CODES]]
    assert ((shares.sum(axis=1) - 1).abs() < 1e-3).all()
    assert shares.max(axis=1).tolist() == tags["confidence"].tolist()
    assert tags.loc[tags["axis"] == "hors_axe", "facet"].isna().all()
    assert tags["axis"].tolist()[-2:] == ["hors_axe", "hors_axe"]
    assert tags["status"].isin(["sur", "a_relire"]).all()


@pytest.mark.parametrize("profile", PROFILES)
def test_no_text_gives_a_frame_of_the_same_types(profile: str) -> None:
    empty = rosace.read([], profile=profile)
    assert empty.shape == (0, 11)
    assert empty.dtypes.equals(rosace.read(["Bonjour"], profile=profile).dtypes)
    assert rosace.read([None, " "], profile=profile)["axis"].tolist() == ["hors_axe", "hors_axe"]


def test_rows_keep_their_order_and_the_index_of_a_series() -> None:
    texts = pd.Series(list(KNOWN), index=[9, 9, "x", None])
    tags = rosace.read(texts, profile="rapide")
    assert tags.index.equals(texts.index)
    assert tags["axis"].tolist() == list(KNOWN.values())


@pytest.mark.parametrize("profile", PROFILES)
def test_a_text_is_read_the_same_alone_or_among_others(profile: str) -> None:
    together = rosace.read(list(KNOWN) * 3, profile=profile)
    for row, text in enumerate(KNOWN):
        alone = rosace.read((text,), profile=profile)
        pd.testing.assert_frame_equal(alone, together.iloc[[row]].reset_index(drop=True))


def test_the_context_counts() -> None:
    alone, under = rosace.read(["Le gymnase"]), rosace.read(["Le gymnase"], "Ce qui manque le plus à la commune")
    assert under["p_est"][0] > alone["p_est"][0]
    each = rosace.read(["Le gymnase"] * 2, ["", "Ce qui manque le plus à la commune"])
    assert each["p_est"].tolist() == [alone["p_est"][0], under["p_est"][0]]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"profile": "lent"}, "profil"),
        ({"workers": -1}, "workers"),
        ({"contexts": ["a", "b"]}, "contexts : 2"),
        ({"config": "absent.toml"}, "introuvable"),
    ],
    ids=str,
)
def test_a_wrong_call_says_what_was_expected(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(rosace.UsageError, match=said):
        rosace.read(["Bonjour"], **wrong)  # type: ignore[arg-type]


def test_ideas_are_exact_spans() -> None:
    text = "  Le marché revit. Il manque un abri pour les vélos ; merci."
    ideas = rosace.cut(text)
    assert [idea.text for idea in ideas[:1]] == ["Le marché revit."]
    assert len(ideas) > 1
    assert all(text[idea.start : idea.end] == idea.text for idea in ideas)
    assert all(before.end <= after.start for before, after in itertools.pairwise(ideas))
    assert rosace.cut("") == rosace.cut(" … ") == []


def test_speech_leaves_hesitations_out() -> None:
    assert rosace.cut("Mmh mmh.", is_speech=True) == []
    with pytest.raises(rosace.UsageError, match="list"):
        rosace.cut(["Bonjour"])  # type: ignore[arg-type]
