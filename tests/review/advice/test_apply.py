"""The machine tables once advice is followed: what moves, what stays, and that nobody signs it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pipeline.contracts.checks import conform, empty
from pipeline.review.advice.apply import with_advice
from pipeline.review.log.state import MachineTables
from pipeline.review.stage import review


def advised(machine: MachineTables, *rows: tuple[str, str, str, str], refusal: str = "") -> MachineTables:
    """The workshop with pieces of advice: task, target, other, value."""
    table = pd.DataFrame(rows, columns=["task", "target", "other", "value"])
    return replace(machine, advice=conform("advice", table.assign(about="", theirs="", refusal=refusal)))


def item_of(machine: MachineTables, text: str) -> str:
    return str(machine.items.loc[machine.items["text"] == text, "item_id"].iloc[0])


def group_of(machine: MachineTables, item: str) -> str | None:
    found = machine.memberships.loc[machine.memberships["item_id"] == item, "group_id"]
    return None if found.empty or pd.isna(found.iloc[0]) else str(found.iloc[0])


BUS, WEEK_END = "Il n'y a plus de bus après 18 h", "Pas de bus le dimanche, les jeunes restent chez eux"
TIME = "Chacun court, on ne se croise jamais"


def test_without_advice_the_tables_are_the_very_same(machine: MachineTables) -> None:
    assert with_advice(machine) is machine


def test_advice_that_was_refused_does_nothing(machine: MachineTables) -> None:
    found = advised(
        machine, ("axe", item_of(machine, BUS), "", "nord"), refusal="axe que notre modèle tient pour improbable"
    )
    assert with_advice(found) is found


def test_an_idea_changes_axis_and_still_waits_for_a_person(machine: MachineTables) -> None:
    item = item_of(machine, BUS)
    found = with_advice(advised(machine, ("axe", item, "", "sud")))
    row = found.tags.set_index("item_id").loc[item]
    before = machine.tags.set_index("item_id").loc[item]
    assert (row["axis"], row["status"]) == ("sud", before["status"])
    assert group_of(found, item) is None
    assert len(found.memberships) == len(machine.memberships)
    others = machine.tags["item_id"] != item
    assert found.tags[others.to_numpy()].equals(machine.tags[others])


def test_two_ideas_go_together_or_apart(machine: MachineTables) -> None:
    bus, week_end = sorted((item_of(machine, BUS), item_of(machine, WEEK_END)))
    assert group_of(machine, bus) == group_of(machine, week_end)
    apart = with_advice(advised(machine, ("meme_idee", bus, week_end, "non")))
    assert group_of(apart, bus) != group_of(apart, week_end)


def test_a_title_a_question_and_a_link_are_given(machine: MachineTables) -> None:
    bus, time = item_of(machine, BUS), item_of(machine, TIME)
    group = group_of(machine, bus)
    assert group is not None
    rows = (("titre", group, "0.8000", "Manque de bus"), ("question", group, "", "Comment venir sans bus ?"))
    found = with_advice(advised(machine, *rows, ("reponse", bus, time, "")))
    row = found.groups.set_index("group_id").loc[group]
    assert (row["title"], row["title_coverage"], row["question"]) == ("Manque de bus", 0.8, "Comment venir sans bus ?")
    of_nobody_s = with_advice(advised(machine, ("titre", group, "", "Manque de bus"))).groups.set_index("group_id")
    assert pd.isna(
        of_nobody_s.loc[group, "title_coverage"]
    )  # what the other title was true of says nothing of this one
    link = found.links[(found.links["to_item"] == bus) & (found.links["from_item"] == time)]
    assert link[["kind", "is_told"]].to_numpy().tolist() == [["answers", True]]


def test_advice_about_what_is_no_longer_there_does_nothing(machine: MachineTables) -> None:
    rows = (("axe", "i-gone", "", "sud"), ("titre", "g-gone", "", "Titre"), ("reponse", "i-gone", "i-too", ""))
    found = with_advice(advised(machine, *rows, ("meme_idee", "i-gone", "i-too", "oui")))
    for name in ("tags", "groups", "memberships", "links"):
        assert len(getattr(found, name)) == len(getattr(machine, name))


def test_what_is_advised_is_signed_by_nobody(machine: MachineTables) -> None:
    item = item_of(machine, BUS)
    result = review(advised(machine, ("axe", item, "", "sud")), [], None)
    assert result.reviewed_tags.set_index("item_id").loc[item, "axis"] == "sud"
    assert result.reviewed_tags["decided_by"].isna().all()
    assert result.reviewed_memberships["decided_by"].isna().all()


@pytest.mark.parametrize("task", ["axe", "meme_idee", "titre"])
def test_a_table_without_advice_is_that_of_no_model(machine: MachineTables, task: str) -> None:
    assert machine.advice.empty
    assert task in {"axe", "meme_idee", "titre"}
    assert empty("advice").columns.tolist() == machine.advice.columns.tolist()
