"""Objections and supports go to the proposal that they are about, whatever their axis, and to no other."""

from __future__ import annotations

import pytest
from said_of_proposals import workshop

from pipeline.cluster.linking.sides import choose_sides, order_of, side_pairs
from pipeline.cluster.linking.weights import load_weights
from pipeline.contracts.checks import validate


def sides(said: list[tuple[str, str]], channel: str = "postit") -> dict[str, tuple[str, str]]:
    found = choose_sides(*workshop(said, channel))
    validate("links", found)
    return {one: (kind, two) for one, two, kind in found[["from_item", "to_item", "kind"]].itertuples(index=False)}


def test_an_objection_goes_to_the_proposal_that_it_names() -> None:
    said = [
        ("est", "La piscine le dimanche, on l'a déjà essayé et il n'y avait personne"),
        ("est", "Je suis contre le car de nuit, ça ne servira à rien"),
    ]
    assert sides(said) == {"i05": ("objects", "i00"), "i06": ("objects", "i04")}


def test_a_support_is_no_objection() -> None:
    assert sides([("sud", "D'accord avec la broyeuse, excellente idée !")]) == {"i05": ("supports", "i03")}


@pytest.mark.parametrize(
    "text",
    ["Le marché n'a plus de fromager", "Je suis contre le parking souterrain du stade"],
    ids=["a lack", "another"],
)
def test_what_is_about_no_proposal_is_told_of_none(text: str) -> None:
    rows, points = workshop([("est", text)])
    assert not choose_sides(rows, points)["is_told"].any()


def test_nobody_objects_to_herself() -> None:
    rows, points = workshop([("est", "La piscine le dimanche, on l'a déjà essayé et il n'y avait personne")])
    own = rows.assign(contribution_id=["i05", *rows["contribution_id"][1:]])
    assert "i00" not in set(choose_sides(own, points)["to_item"])
    voiced = rows.assign(voice=["v1", None, None, None, None, "v1"])
    assert "i00" not in set(choose_sides(voiced, points)["to_item"])


def test_what_was_just_proposed_counts_where_order_tells_something() -> None:
    said = [("est", "oui mais qui va payer ?")]
    rows, points = workshop(said, "transcript")
    pairs = side_pairs(rows, points, rows["axis"].eq("sud").to_numpy())
    scores = load_weights()["objects"].probabilities(pairs.signs)
    of_last = {int(two): score for one, two, score in zip(pairs.one, pairs.other, scores, strict=True) if one == 5}
    assert max(of_last, key=lambda two: of_last[two]) == 4
    assert (order_of(workshop(said)[0]).source == -1).all()


def test_few_proposals_or_none() -> None:
    rows, points = workshop([("est", "Je suis contre")])
    assert choose_sides(rows.iloc[5:].reset_index(drop=True), points[5:]).empty
    assert choose_sides(rows.iloc[:0], points[:0]).empty
    two = choose_sides(rows.iloc[[0, 5]].reset_index(drop=True), points[[0, 5]])
    assert len(two) <= 1
