"""The tables joined: what may be shown, in which order."""

from dataclasses import replace

import pandas as pd
from atelier import frame, with_group, workshop

from pipeline.workshop.load import read_material


def test_members_come_from_the_most_central() -> None:
    members = read_material(workshop()).groups["g-bus"].members
    assert [item.strength for item in members] == sorted((item.strength for item in members), reverse=True)


def test_a_rejected_or_hidden_group_is_no_group_and_its_ideas_are_of_none() -> None:
    for changes in ({"state": "rejete"}, {"is_hidden": True}):
        material = read_material(with_group(workshop(), "g-bus", **changes))
        assert "g-bus" not in material.groups
        assert any(item.text == "Pas de car après 18 h" and not item.group for item in material.items.values())


def test_a_masked_name_leaves_the_machine_s_title_but_not_a_person_s() -> None:
    title = "Merci à Martine Quéhan"
    machine = read_material(with_group(workshop(), "g-merci", title=title))
    assert machine.groups["g-merci"].title == "Merci"
    longer = read_material(with_group(workshop(), "g-merci", title="Martine Quéhant et Martine Quéhan ici"))
    assert longer.groups["g-merci"].title == "Martine Quéhant et […] ici"
    person = read_material(with_group(workshop(), "g-merci", title=title, decided_by="Anne"))
    assert person.groups["g-merci"].title == title
    typed = read_material(with_group(workshop(), "g-merci", title=title, is_titled=True))
    assert typed.groups["g-merci"].title == title


def test_a_title_of_a_person_is_counted_once_she_put_all_its_ideas_there() -> None:
    tables = with_group(workshop(), "g-bus", origin="personne", is_titled=True, state="machine")
    placed = tables.reviewed_memberships.copy()
    own = placed.index[placed["group_id"] == "g-bus"]
    for n_put in (0, 1, len(own)):
        placed.loc[own[:n_put], "decided_by"] = "Anne"
        group = read_material(replace(tables, reviewed_memberships=placed)).groups["g-bus"]
        assert sum(item.is_put for item in group.members) == n_put
        assert group.is_counted == (n_put == len(own))


def test_a_link_judged_false_or_an_objection_is_no_answer() -> None:
    tables = workshop()
    assert read_material(tables).answers["g-loyers"] == ("g-toit",)
    links = tables.reviewed_links.assign(state="faux")
    assert read_material(replace(tables, reviewed_links=links)).answers == {}
    objections = tables.reviewed_links.assign(kind="objects")
    assert read_material(replace(tables, reviewed_links=objections)).answers == {}


def test_the_answer_that_a_person_linked_most_often_comes_first_and_no_guess_is_kept() -> None:
    tables = workshop()
    first, second = read_material(tables).answers["g-bus"]
    groups = tables.reviewed_memberships.set_index("item_id")["group_id"]
    of_first = tables.reviewed_links["from_item"].map(groups) == first
    fewer = tables.reviewed_links.drop(tables.reviewed_links.index[of_first][0])
    assert read_material(replace(tables, reviewed_links=fewer)).answers["g-bus"] == (second, first)
    guessed = tables.reviewed_links.assign(state="machine")
    assert read_material(replace(tables, reviewed_links=guessed)).answers == {}
    objections = read_material(replace(tables, reviewed_links=guessed.assign(kind="objects"))).stands
    assert {one.is_said for one in objections} == {False}  # what a thread tells is kept


def test_tables_are_in_the_order_of_people() -> None:
    rows = [{"workshop": "a", "table": name, "sujet": "", "is_declared": True} for name in ("10", "2", "Nord")]
    material = read_material(replace(workshop(), workshop_tables=frame("workshop_tables", rows)))
    assert [table for _, table in material.tables] == ["2", "10", "Nord"]


def test_participants_are_unknown_when_one_workshop_does_not_say() -> None:
    assert read_material(workshop()).declared_participants == 31
    tables = workshop(participants=pd.NA)
    assert read_material(tables).declared_participants == 32  # of the tables that were declared


def test_a_workshop_keeps_its_own_and_a_group_of_one_becomes_a_signal() -> None:
    whole = read_material(workshop())
    moved = {whole.groups["g-bus"].members[0].item_id, *(item.item_id for item in whole.groups["g-toit"].members)}
    tables = workshop()
    contributions = {whole.items[key].contribution_id for key in moved}
    moved = {key for key, item in whole.items.items() if item.contribution_id in contributions}
    is_moved = tables.contributions["contribution_id"].isin(contributions)
    first = tables.workshops["workshop"].iloc[0]
    tables = replace(
        tables,
        contributions=tables.contributions.assign(
            workshop=tables.contributions["workshop"].mask(is_moved, "b").astype("string[pyarrow]")
        ),
        workshops=pd.concat([tables.workshops, tables.workshops.assign(workshop="b", participants=12)]),
    )
    own = read_material(tables.of("b"), least=2)
    assert set(own.items) == moved
    assert set(own.groups) == {"g-toit"}
    assert own.declared_participants == 12
    assert own.items[whole.groups["g-bus"].members[0].item_id].group == ""
    rest = read_material(tables.of(first), least=2)
    assert len(rest.groups["g-bus"].members) == len(whole.groups["g-bus"].members) - 1
    assert rest.answers["g-bus"] == whole.answers["g-bus"]
    assert "g-loyers" not in rest.answers  # its answer was told by the other workshop


def test_what_was_decided_names_nobody_whose_name_waits_and_follows_words_that_are_kept_back() -> None:
    tables = workshop()
    thanks = tables.contributions[tables.contributions["text"].str.contains("Martine")].iloc[0]
    row = {
        "position_id": "p1", "workshop": "a", "source": "cr.md", "locator": "ligne 9", "side": "sans", "n": 1,
        "about": "Un vestiaire tenu par Martine Quéhan : 500 €", "answer": "ADOPTÉ", "evidence": "decision",
        "contribution_id": thanks["contribution_id"],
    }  # fmt: skip
    decided = replace(tables, positions=frame("positions", [row]))
    assert [one.about for one in read_material(decided).questions] == ["Un vestiaire tenu par […] : 500 €"]
    item_id = tables.items.set_index("contribution_id")["item_id"][thanks["contribution_id"]]
    hidden = frame("reviewed_items", [{"item_id": item_id, "is_hidden": True, "decided_by": "Awa"}])
    assert read_material(replace(decided, reviewed_items=hidden)).questions == ()


def test_who_answered_a_survey_without_a_word_is_one_of_those_who_answered() -> None:
    tables = workshop()
    told = tables.contributions.assign(channel="enquete", source="enquete.csv", voice=None)
    told["locator"] = [f"ligne {2 + n}, colonne « avis »" for n in range(len(told))]
    told["voice"] = [f"Réponse {1 + n}" for n in range(len(told))]
    empty = [
        {"source": "enquete.csv", "locator": f"ligne {line}, colonne « {column} »", "reason": reason, "detail": ""}
        for line, column, reason in (
            (2, "idées", "vide"), (900, "avis", "vide"), (900, "idées", "vide"), (901, "avis", "spam"),
        )
    ]  # fmt: skip
    read = read_material(replace(tables, contributions=told, rejects=frame("rejects", empty)))
    before = read_material(replace(tables, contributions=told, rejects=tables.rejects[:0]))
    assert {who for _, who in read.respondents - before.respondents} == {"enquete.csv, ligne 900"}


def test_a_workshop_of_which_nothing_is_left_is_read() -> None:
    tables = workshop()
    alone = tables.contributions.assign(workshop="autre")
    read = read_material(replace(tables, contributions=alone[:0]))
    assert read.items == {}
