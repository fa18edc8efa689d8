"""Groups of loose texts with the shipped models."""

import random

import pandas as pd
import pytest

import rosace

BUSES = ["Plus de car le soir", "Il n'y a plus de car le soir", "Plus aucun car le soir", "Le car du soir a disparu"]
DOCTORS = ["Pas assez de médecins", "Il manque des médecins", "On manque de médecins", "Trop peu de médecins ici"]
PROFILES = ("rapide", "precis")


@pytest.mark.parametrize("profile", PROFILES)
def test_what_says_the_same_goes_together(profile: str) -> None:
    found = rosace.group(BUSES + DOCTORS, "est", profile=profile)
    buses, doctors = set(found["group"][:4].dropna()), set(found["group"][4:].dropna())
    assert buses and doctors and not buses & doctors
    assert found["group"].notna().sum() >= 6
    titled = found.dropna(subset="group").groupby("group")["group_title"].nunique()
    assert (titled == 1).all()


def test_columns_and_what_is_not_grouped() -> None:
    found = rosace.group([*BUSES, "Bonjour", "", None], ["est"] * 4 + ["hors_axe", "est", "est"], profile="rapide")
    assert list(found) == ["text", "group", "group_title", "theme", "stance", "group_sides"]
    assert found["text"].tolist() == [*BUSES, "Bonjour", "", ""]
    assert found.iloc[4:, 1:].isna().all(axis=None)
    assert found["stance"][:4].isin(["pour", "contre", "nuance", "inconnu"]).all()


def test_two_axes_never_share_a_group() -> None:
    found = rosace.group(BUSES * 2, ["est"] * 4 + ["sud"] * 4, profile="rapide")
    assert not set(found["group"][:4].dropna()) & set(found["group"][4:].dropna())


@pytest.mark.parametrize("given", [[], [None, ""], pd.Series([], dtype=object)], ids=["none", "blank", "Series"])
def test_nothing_to_group(given: object) -> None:
    found = rosace.group(given, profile="rapide")  # type: ignore[arg-type]
    assert list(found) == ["text", "group", "group_title", "theme", "stance", "group_sides"]
    assert found["group"].isna().all()
    assert found.dtypes.equals(rosace.group(BUSES, profile="rapide").dtypes)


def test_the_order_of_rows_moves_nothing() -> None:
    texts = pd.Series(BUSES + DOCTORS, index=list("abcdefgh"))
    found = rosace.group(texts, "est", profile="rapide")
    shuffled = texts.loc[random.Random(3).sample(list(texts.index), len(texts))]
    again = rosace.group(shuffled, "est", profile="rapide")
    assert again.index.equals(shuffled.index)
    pd.testing.assert_frame_equal(again.loc[texts.index], found)


def test_themes_are_those_asked_for() -> None:
    found = rosace.group(BUSES, "est", themes=["Mobilités : car, bus", "Soins : médecins"], profile="rapide")
    assert set(found["theme"].dropna()) == {"Mobilités"}


def test_contexts_are_read_with_the_texts() -> None:
    """The same words under two headings may part; without headings, they stand together."""
    texts, headings = (
        ["Le gymnase", "Les horaires", "La salle"] * 2,
        ["Ce qui nous manque"] * 3 + ["Ce que nous aimons"] * 3,
    )
    under = rosace.group(texts, "est", headings)
    assert list(under) == ["text", "group", "group_title", "theme", "stance", "group_sides"]
    order = [5, 0, 3, 1, 4, 2]
    shuffled = rosace.group([texts[row] for row in order], "est", [headings[row] for row in order])
    assert shuffled["group"].fillna("").tolist() == under["group"].iloc[order].fillna("").tolist()
    pd.testing.assert_frame_equal(rosace.group(texts, "est", ""), rosace.group(texts, "est"))
    with pytest.raises(rosace.UsageError, match="contexts : 1"):
        rosace.group(texts, "est", ["Freins"])
