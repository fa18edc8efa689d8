"""From the state back to tables."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline.contracts.checks import conform
from pipeline.folder.artifacts import RunFolder
from pipeline.review.log.decisions import ItemAnchor
from pipeline.review.log.on_items import places_of
from pipeline.review.session import Session, Wish
from pipeline.review.stage import review
from pipeline.workshop.labels import label_id
from pipeline.workshop.records import MachineTables


def test_a_title_that_a_person_accepted_shows_no_masked_name(session: Session, machine: MachineTables) -> None:
    def title() -> str:
        reviewed = review(machine, session.run.decisions.lines(), None).reviewed_groups
        return str(reviewed.set_index("group_id")["title"][group])

    (group,) = [key for key, one in session.state.groups.items() if one.title == "Le minibus du centre social existe"]
    spans = places_of("minibus", session.state.sources.values())
    session.act("Anne", Wish("mask", spans=(spans[0],)), value=True, text="minibus")
    session.act("Anne", Wish("accept", groups=(group,)))
    assert title() == "Le […] du centre social existe"
    session.act("Anne", Wish("rename", groups=(group,)), title="Merci pour le minibus")
    assert title() == "Merci pour le minibus"


def test_what_a_person_decided_has_no_doubt_left(session: Session, machine: MachineTables) -> None:
    tags = machine.tags.set_index("item_id")
    doubtful = next(item for item in session.state.items.values() if item.doubt is not None)
    assert tags["doubt"][doubtful.item_id] == doubtful.doubt
    session.act("Anne", Wish("set_axis", items=(doubtful.item_id,)), axis=doubtful.axis)
    reviewed = review(machine, session.run.decisions.lines(), None).reviewed_tags.set_index("item_id")
    assert pd.isna(reviewed["doubt"][doubtful.item_id])
    assert reviewed["doubt"].notna().sum() == tags["doubt"].notna().sum() - 1


@pytest.fixture
def suspecting(machine: MachineTables) -> MachineTables:
    """The workshop where « minibus » was taken for a name in one contribution."""
    (found,) = machine.contributions[
        machine.contributions["text"] == "Le minibus est libre trois jours par semaine"
    ].itertuples()
    row = {"contribution_id": found.contribution_id, "start": 3, "end": 10, "text": "minibus", "reason": "prénom"}
    return replace(machine, name_suggestions=conform("name_suggestions", pd.DataFrame([row])))


MINIBUS = "Le minibus du centre social existe"


def titled(machine: MachineTables, session: Session, op: str, *others: str, **after: str) -> str:
    """The title of the group of the minibus in the tables, once somebody acted on it (and on others)."""
    groups = {one.title: key for key, one in session.state.groups.items()}
    kept = groups[MINIBUS]
    assert session.act("Anne", Wish(op, groups=(kept, *map(groups.get, others))), **after)[1].state == "rejouee"
    reviewed = review(machine, session.run.decisions.lines(), None).reviewed_groups
    return str(reviewed.set_index("group_id")["title"][kept])


@pytest.mark.parametrize(
    ("op", "after", "expected"),
    [
        ("accept", {}, "Le […] du centre social existe"),
        ("merge", {"title": MINIBUS}, "Le […] du centre social existe"),
        ("rename", {"title": MINIBUS}, "Le […] du centre social existe"),
        ("merge", {"title": "Le minibus et le café"}, "Le minibus et le café"),
    ],
    ids=["accepted", "merged, title left as it was", "renamed as it was", "merged under a person's title"],
)
def test_a_suspected_name_is_in_no_title_that_the_machine_wrote(
    tmp_path: Path, suspecting: MachineTables, op: str, after: dict[str, str], expected: str
) -> None:
    session = Session(RunFolder.create(tmp_path / "r"), suspecting)
    others = ("Le café associatif rassemble",) if op == "merge" else ()
    assert titled(suspecting, session, op, *others, **after) == expected


@pytest.mark.parametrize(("origin", "is_whole"), [("personne", True), ("programme", True), ("machine", False)])
def test_a_title_that_a_person_typed_before_the_review_keeps_its_name_when_it_is_accepted(
    tmp_path: Path, suspecting: MachineTables, origin: str, is_whole: bool
) -> None:
    groups = suspecting.groups.copy()
    groups.loc[groups["title"] == MINIBUS, "origin"] = origin
    machine = replace(suspecting, groups=groups)
    session = Session(RunFolder.create(tmp_path / "r"), machine)
    assert (titled(machine, session, "accept") == MINIBUS) is is_whole


@pytest.mark.parametrize(("op", "value"), [("mask", False), ("nommer", True)], ids=["no name", "named with consent"])
def test_a_word_that_may_be_shown_is_shown(tmp_path: Path, suspecting: MachineTables, op: str, value: bool) -> None:
    session = Session(RunFolder.create(tmp_path / "r"), suspecting)
    (suggestion,) = suspecting.name_suggestions.drop(columns="reason").to_dict("records")
    session.act("Anne", Wish(op, spans=(ItemAnchor(**suggestion),)), value=value)
    assert titled(suspecting, session, "accept") == MINIBUS
    items = review(suspecting, session.run.decisions.lines(), None).reviewed_items
    shown = items.explode("named").dropna(subset="named")
    assert [list(span) for span in shown["named"]] == [[3, 10]]


def test_what_an_idea_is_worth_stays_when_its_axis_changes(tmp_path: Path, machine: MachineTables) -> None:
    session = Session(RunFolder.create(tmp_path / "r"), machine)
    obstacles = machine.tags.loc[machine.tags["axis"] == "est", "item_id"].tolist()
    session.act("Anne", Wish("set_axis", items=(obstacles[0],)), axis="sud")
    found = review(machine, session.run.decisions.lines(), None).reviewed_tags.set_index("item_id")
    assert found["axis"][obstacles[0]] == "sud" and found["worth"][obstacles[0]] == 0.5


@pytest.mark.parametrize(
    ("op", "after", "is_asked"),
    [
        ("accept", {}, False),
        ("problematique", {"question": "Comment faire passer les bus ?"}, True),
        ("problematique", {"question": ""}, False),
    ],
)
def test_a_question_is_asked_when_a_person_wrote_it_not_when_she_accepts_the_group(
    tmp_path: Path, machine: MachineTables, op: str, after: dict[str, str], is_asked: bool
) -> None:
    session = Session(RunFolder.create(tmp_path / "r"), machine)
    group = next(iter(session.state.groups))
    machine.groups.loc[machine.groups["group_id"] == group, "question"] = "Comment faire passer les bus ?"
    session.act("Anne", Wish(op, groups=(group,)), **after)
    reviewed = review(machine, session.run.decisions.lines(), None).reviewed_groups.set_index("group_id")
    assert bool(reviewed["is_asked"][group]) is is_asked


def test_an_idea_without_axis_is_not_reviewed(machine: MachineTables) -> None:
    unread, tables = machine.items["item_id"].iloc[0], ("tags", "memberships")
    kept = {name: getattr(machine, name)[lambda table: table["item_id"] != unread] for name in tables}
    fewer = replace(machine, **{name: table.reset_index(drop=True) for name, table in kept.items()})
    assert len(review(fewer, [], None).reviewed_items) == len(machine.items) - 1


def headed(machine: MachineTables, heading: str) -> MachineTables:
    """The workshop under one heading, from one file."""
    told = machine.contributions.assign(context=heading, source="notes-odile-vasseur.csv")
    return replace(machine, contributions=told)


def masked_around(session: Session, machine: MachineTables) -> dict[str, list[str]]:
    """Text around ideas → what is masked of it."""
    rows = review(machine, session.run.decisions.lines(), None).reviewed_items
    texts = {key: one.text for key, one in session.state.labels.items()}
    told = dict(zip(rows["item_id"], rows["masks"], strict=True))
    return {text: [text[slice(*span)] for span in told[key]] for key, text in texts.items() if key in told}


def test_a_name_that_stands_only_around_ideas_is_found_masked_and_shown_again(
    tmp_path: Path, machine: MachineTables
) -> None:
    machine = headed(machine, "Ce que dit Odile Vasseur > La rue Odile Vasseur")
    session = Session(RunFolder.create(tmp_path / "r"), machine)
    found = places_of("Odile Vasseur", session.state.texts.values())
    assert {session.state.texts[one.contribution_id].text for one in found} == {
        "Ce que dit Odile Vasseur", "La rue Odile Vasseur",
    }  # fmt: skip
    session.act("Anne", Wish("mask", spans=(found[0],)), value=True, text="Odile Vasseur")
    street = next(one for one in found if "rue" in session.state.texts[one.contribution_id].text)
    session.act("Anne", Wish("mask", spans=(street,)), value=False)
    assert masked_around(session, machine) == {
        "Ce que dit Odile Vasseur": ["Odile Vasseur"],
        "La rue Odile Vasseur": [],
    }
    assert "Odile Vasseur" in session.state.masked_names()
    session.act("Anne", Wish("mask", spans=places_of("vasseur", session.state.texts.values())[:1]), value=True)
    assert masked_around(session, machine)["notes-odile-vasseur.csv"] == ["vasseur"]


def test_a_suspected_name_around_ideas_is_masked_until_somebody_says_that_it_may_be_shown(
    tmp_path: Path, machine: MachineTables
) -> None:
    heading = "Ce que dit Odile"
    row = {"contribution_id": label_id(heading), "start": 11, "end": 16, "text": "Odile", "reason": "prénom"}
    machine = replace(headed(machine, heading), name_suggestions=conform("name_suggestions", pd.DataFrame([row])))
    session = Session(RunFolder.create(tmp_path / "r"), machine)
    assert masked_around(session, machine) == {heading: ["Odile"]}
    anchor = ItemAnchor(**{name: row[name] for name in ("contribution_id", "start", "end", "text")})
    session.act("Anne", Wish("nommer", spans=(anchor,)), value=True)
    assert masked_around(session, machine) == {}
