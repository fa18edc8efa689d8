"""What tells that an idea is for or against a proposal, one sign at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.axes import AXIS_CODES
from pipeline.cluster.linking.side_signs import (
    PAIR_SIGNS,
    TEXT_SIGNS,
    Order,
    Proposals,
    pair_signs,
    read_said,
    text_signs,
)


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
