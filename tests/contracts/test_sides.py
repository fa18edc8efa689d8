"""Who is for a proposal and who is against, from links and stances."""

from __future__ import annotations

import pandas as pd

from pipeline.contracts.sides import Sides, sides_of

MEMBERSHIPS = pd.DataFrame(
    {
        "item_id": ["a", "b", "c", "d", "e", "f"],
        "group_id": ["g", "g", "g", "h", None, None],
        "stance": ["pour", "contre", "inconnu", "inconnu", "inconnu", "inconnu"],
    }
)


def links(*rows: tuple[str, str, str, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["from_item", "to_item", "kind", "is_told"])


def test_stances_inside_and_links_from_elsewhere_are_told_together() -> None:
    found = sides_of(links(("d", "c", "objects", True), ("e", "a", "supports", True)), MEMBERSHIPS)
    assert found == {"g": Sides(("a", "e"), ("b", "d"))}


def test_a_proposal_in_no_group_stands_for_itself() -> None:
    assert sides_of(links(("d", "f", "objects", True)), MEMBERSHIPS)["f"] == Sides((), ("d",))


def test_weak_links_answers_and_links_inside_a_group_say_nothing() -> None:
    told = links(("d", "c", "objects", False), ("e", "a", "answers", True), ("c", "a", "objects", True))
    assert sides_of(told, MEMBERSHIPS) == {"g": Sides(("a",), ("b",))}
    assert sides_of(links(), MEMBERSHIPS.iloc[2:]) == {}


def test_nobody_is_on_both_sides() -> None:
    both = links(("d", "a", "supports", True), ("d", "c", "objects", True))
    assert sides_of(both, MEMBERSHIPS)["g"] == Sides(("a",), ("b", "d"))
