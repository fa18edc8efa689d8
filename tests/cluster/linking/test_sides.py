"""Objections and supports go to the proposal that they are about; what stands of them when items come and go, and what
they say of stances, groups and answers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.axes import AXIS_CODES
from pipeline.cluster.grouping.space import shared_direction
from pipeline.cluster.linking.sides import (
    all_links,
    choose_sides,
    find_sides,
    objections_elsewhere,
    order_of,
    side_pairs,
    with_sides,
)
from pipeline.cluster.linking.signs import (
    PAIR_SIGNS,
    TEXT_SIGNS,
    Order,
    Proposals,
    load_weights,
    pair_signs,
    read_said,
    text_signs,
)
from pipeline.cluster.rows import Matrix, centred
from pipeline.contracts.checks import empty, validate
from pipeline.language.models.encoders import load_encoder

PROPOSALS = [
    "Ouvrir la piscine le dimanche matin",
    "Planter des haies le long de la départementale",
    "Une maison de santé dans l'ancienne gare",
    "Acheter une broyeuse à plusieurs communes",
    "Un car de nuit après les concerts",
]


def workshop(said: list[tuple[str, str]], channel: str = "postit") -> tuple[pd.DataFrame, Matrix]:
    """Proposals, then (axis, text) of what is said of them, each read as surely of its axis."""
    told = [("sud", text) for text in PROPOSALS] + said
    ids = [f"i{row:02d}" for row in range(len(told))]
    rows = pd.DataFrame(
        {
            "item_id": ids, "contribution_id": ids, "text": [text for _, text in told],
            "axis": [axis for axis, _ in told], "facet": ["tension" if axis == "est" else None for axis, _ in told],
            "channel": channel, "source": "a.txt", "position": range(len(told)), "start": 0, "voice": None,
        }
    )  # fmt: skip
    for code in AXIS_CODES:
        rows[f"p_{code}"] = np.where(rows["axis"] == code, 0.92, 0.02)
    return rows, centred(load_encoder().encode(rows["text"].tolist()))


def signs_of(text: str, facet: str | None = None) -> dict[str, float]:
    rows = pd.DataFrame({"text": [text], "facet": [facet], **{f"p_{code}": [0.2] for code in AXIS_CODES}})
    return dict(zip(TEXT_SIGNS, text_signs(rows)[0].tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Je suis contre la broyeuse", {"against", "objection"}),
        ("Oui, je suis favorable à la broyeuse !", {"for", "says_yes", "likes", "exclaims"}),
        ("Non à la broyeuse", {"against", "says_no"}),
        ("La broyeuse, on l'a déjà essayée", {"objection"}),
        ("Une broyeuse à huit heures ?", {"asks", "asks_inside"}),
    ],
)
def test_turns_of_phrase(text: str, said: set[str]) -> None:
    names = {"against", "for", "says_yes", "says_no", "likes", "objection", "asks", "asks_inside", "exclaims"}
    found = signs_of(text)
    assert {name for name in names if found[name]} == said


def test_the_facet_and_the_axes_are_read() -> None:
    assert signs_of("Broyeuse", "tension")["tension"] == 1.0
    assert signs_of("Broyeuse", None)["tension"] == 0.0
    assert signs_of("Broyeuse")["est"] == pytest.approx(np.log(0.2))


def test_what_a_pair_shares() -> None:
    proposals = [read_said(text) for text in ("Acheter une broyeuse", "Ouvrir la piscine", "Vider la piscine")]
    among = Proposals.of(proposals)
    one = read_said("Je suis contre la broyeuse du canton")
    told = dict(zip(PAIR_SIGNS, pair_signs(one, proposals[0], 0.4, 0, True, 0.9, among), strict=True))
    assert (told["aimed"], told["aimed_elsewhere"], told["no_word"], told["last"]) == (1, 0, 0, 1)
    other = dict(zip(PAIR_SIGNS, pair_signs(one, proposals[1], 0.1, 1, False, 0.9, among), strict=True))
    assert (other["aimed"], other["aimed_elsewhere"], other["no_word"], other["last"]) == (0, 1, 1, 0)
    assert among.share(next(iter(read_said("broyeuse").stems))) > among.share(next(iter(read_said("piscine").stems)))


def test_order_is_told_inside_a_source() -> None:
    order = Order(np.array([0, 0, 1, -1]), np.array([0, 1, 2, 0]))
    assert order.last_before(np.array([0, 1])).tolist() == [-1, 0, -1, -1]


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


OBJECTION = "La piscine le dimanche, on l'a déjà essayé et il n'y avait personne"
SOURCES, _ = workshop([("est", OBJECTION), ("est", "Le marché n'a plus de fromager")])
VECTORS = load_encoder().encode(SOURCES["text"].tolist()).astype(np.float16)
SHARED = shared_direction(VECTORS)


def link(one: str, two: str, kind: str = "objects", is_told: bool = True) -> pd.DataFrame:
    row = {"from_item": [one], "to_item": [two], "kind": [kind], "score": [0.9], "is_told": [is_told]}
    return pd.DataFrame(row)


def test_the_sides_of_a_corpus() -> None:
    found = find_sides(SOURCES, VECTORS, SHARED)
    assert found[["from_item", "to_item", "kind"]].to_numpy().tolist() == [["i05", "i00", "objects"]]
    assert find_sides(SOURCES[SOURCES["axis"] == "est"].reset_index(drop=True), VECTORS[5:], SHARED).empty


def test_who_objects_inside_a_group_is_against() -> None:
    grouped = SOURCES.assign(group_id=["g", *[None] * 4, "g", "g"], stance="inconnu")
    grouped["group_id"], grouped["stance"] = (
        grouped[name].astype("string[pyarrow]") for name in ("group_id", "stance")
    )
    assert with_sides(grouped, link("i05", "i00")).tolist() == [*["inconnu"] * 5, "contre", "inconnu"]
    assert with_sides(grouped, link("i05", "i00", "supports"))[5] == "pour"
    assert with_sides(grouped, link("i05", "i01")).tolist() == ["inconnu"] * 7
    assert with_sides(grouped, link("i05", "i00", is_told=False)).tolist() == ["inconnu"] * 7
    said = grouped.assign(stance=grouped["stance"].where(grouped["item_id"] != "i05", "nuance"))
    assert with_sides(said, link("i05", "i00"))[5] == "nuance"


def test_a_group_counts_the_obstacles_that_object_to_it() -> None:
    grouped = SOURCES.assign(group_id=["g", "g", *[None] * 5])
    assert objections_elsewhere(pd.concat([link("i05", "i00"), link("i06", "i01", is_told=False)]), grouped) == {"g": 1}
    assert objections_elsewhere(link("i04", "i00"), grouped) == {}
    assert objections_elsewhere(link("i05", "i03"), grouped) == {}


def test_an_objection_asks_for_no_answer() -> None:
    answers = pd.concat([link("i00", "i05", "answers"), link("i00", "i06", "answers")])
    found = all_links(answers, link("i05", "i00"))
    assert found[["from_item", "to_item"]].to_numpy().tolist() == [["i00", "i06"], ["i05", "i00"]]
    assert all_links(empty("links"), empty("links")).empty
