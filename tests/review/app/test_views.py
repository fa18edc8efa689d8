"""What screens show: pages of a list, words looked for, links by groups, names to check."""

from __future__ import annotations

import pytest

from pipeline.review.app.desk import Desk, cut
from pipeline.review.app.linking import bundle_links, stances
from pipeline.review.app.screens import names_to_check
from pipeline.review.session import Wish


@pytest.mark.parametrize(
    ("number", "rows", "shown"),
    [(1, [0, 1, 2], 1), (3, [6], 3), (9, [6], 3), (0, [0, 1, 2], 1)],
    ids=["first", "last", "beyond", "before"],
)
def test_a_page_of_a_list(number: int, rows: list[int], shown: int) -> None:
    page = cut(range(7), number, 3)
    assert (list(page.rows), page.number, page.n_pages, page.total) == (rows, shown, 3, 7)


def test_an_empty_list_has_one_page() -> None:
    assert (cut([], 1, 3).n_pages, cut([], 1, 3).total) == (1, 0)


def test_links_come_by_groups_with_what_was_said_of_them(desk: Desk) -> None:
    session = desk.session
    bundles = bundle_links(session, desk.draft)
    assert sum(len(bundle.pairs) for bundle in bundles) == len(session.state.links)
    assert {bundle.state for bundle in bundles} == {"machine"}
    obstacle, answer, _ = bundles[0].pairs[0]
    session.act("Anne", Wish("link", links=((obstacle.item_id, answer.item_id),)), state="juste")
    judged = [bundle for bundle in bundle_links(session, desk.draft) if bundle.state != "machine"]
    assert [(bundle.state, bundle.decided_by) for bundle in judged] == [("juste", "Anne")]
    for bundle in bundles:
        assert {link.kind for _, _, link in bundle.pairs} == {bundle.kind}


def test_names_are_settled_once_something_was_decided_about_each(desk: Desk) -> None:
    session = desk.session
    (card,) = names_to_check(session, desk.names)
    assert (card.name, card.is_settled, card.places[0].reason) == ("Jeanne Morel", False, "prénom")
    session.act("Anne", Wish("mask", spans=(card.places[0].anchor,)), value=True)
    (card,) = names_to_check(session, desk.names)
    assert (card.is_settled, card.places[0].decided) == (True, "masqué")


def test_a_name_of_a_contribution_that_is_gone_is_not_asked_about(desk: Desk) -> None:
    gone = [{**row, "contribution_id": "c-gone"} for row in desk.names]
    assert names_to_check(desk.session, gone) == []


def test_groups_where_somebody_is_against(desk: Desk) -> None:
    session = desk.session
    assert stances(session) == []
    item = next(item for item in session.state.items.values() if item.group_id)
    session.act("Anne", Wish("set_stance", items=(item.item_id,)), stance="contre")
    ((group, items),) = stances(session)
    assert group.group_id == item.group_id
    assert item.item_id in [one.item_id for one in items]
