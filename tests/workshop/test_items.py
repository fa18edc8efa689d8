"""The ideas of a run: masks, corrections, what may not be shown."""

import dataclasses
from dataclasses import replace

import pandas as pd
import pytest
from atelier import decided, frame, workshop

from pipeline.workshop.items import read_items, with_one_voice_a_person
from pipeline.workshop.load import read_material
from pipeline.workshop.model import Item
from pipeline.workshop.tables import RestitutionTables


def reviewed(tables: RestitutionTables, **changes: object) -> tuple[RestitutionTables, str]:
    """The workshop where one decision was taken about the idea that names someone."""
    item_id = tables.items.loc[tables.items["text"].str.contains("Martine"), "item_id"].iloc[0]
    return decided(tables, item_id, **changes), str(item_id)


def the_item(**changes: object) -> Item | None:
    tables, item_id = reviewed(workshop(), **changes)
    return read_items(tables).get(item_id)


def hidden_words(item: Item) -> list[str]:
    return [item.source_text[low:high] for low, high in item.masks]


def test_a_suspected_name_is_masked_until_someone_says_that_it_may_be_shown() -> None:
    item = the_item()
    assert item is not None
    assert hidden_words(item) == ["Martine Quéhan"]
    start = item.source_text.index("Martine")
    shown = the_item(named=[[start, start + len("Martine Quéhan")]])
    assert shown is not None
    assert hidden_words(shown) == []


def test_an_idea_is_worth_what_was_read_and_a_little_more_than_half_when_nothing_was() -> None:
    tables = workshop()
    read = [0.9, None, *([0.2] * (len(tables.reviewed_tags) - 2))]
    items = read_items(replace(tables, reviewed_tags=tables.reviewed_tags.assign(worth=read)))
    one, other = tables.reviewed_tags["item_id"].iloc[:2]
    assert (items[one].worth, items[other].worth) == (0.9, 0.6)


def test_a_mask_of_a_person_is_kept() -> None:
    item = the_item(masks=[[0, 5]])
    assert item is not None
    assert hidden_words(item) == ["Merci", "Martine Quéhan"]


def test_a_correction_stands_for_the_words() -> None:
    item = the_item(shown_text="Merci pour le vestiaire")
    assert item is not None
    assert (item.text, item.source_text, item.is_corrected) == (
        "Merci pour le vestiaire", "Merci pour le vestiaire", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "is_there", "is_quotable"),
    [({"is_hidden": True}, False, False), ({"is_quotable": False}, True, False), ({}, True, True)],
    ids=["hidden", "not to quote", "plain"],
)
def test_what_a_person_hid_is_not_there(changes: dict[str, object], is_there: bool, is_quotable: bool) -> None:
    item = the_item(**changes)
    assert (item is not None) is is_there
    if item is not None:
        assert item.is_quotable is is_quotable


@pytest.mark.parametrize("cut", [0, 4])
@pytest.mark.parametrize("is_hidden", [True, False])
def test_the_words_of_another_are_shown_under_it_as_they_are_elsewhere(is_hidden: bool, cut: int) -> None:
    tables = workshop()
    row = tables.items[tables.items["text"].str.contains("Martine")].iloc[0]
    words = str(row["text"]).strip()
    part = " ".join(words.split()[:-1]) + "…" if cut else words
    above = tables.contributions["contribution_id"] == row["contribution_id"]
    contexts = tables.contributions["context"].where(above, f"Pistes > {part}")
    tables = replace(tables, contributions=tables.contributions.assign(context=contexts))
    tables = decided(tables, row["item_id"], is_hidden=is_hidden)
    told = {item.context for item in read_material(tables).items.values()} - {""}
    masked = part.replace("Martine Quéhan", "[…]").replace("Martine…", "[…]…")
    assert "Martine" not in masked
    assert told == ({"Pistes"} if is_hidden else {f"Pistes > {masked}"})


def test_a_name_that_is_masked_in_what_was_said_is_masked_in_headings_that_nobody_said() -> None:
    tables = workshop()
    row = tables.items[tables.items["text"].str.contains("Martine")].iloc[0]
    above = tables.contributions["contribution_id"] == row["contribution_id"]
    contexts = tables.contributions["context"].where(above, "Séance du soir > Martine Quéhan demande qui vient")
    tables = replace(tables, contributions=tables.contributions.assign(context=contexts))
    told = {item.context for item in read_material(tables).items.values()} - {""}
    assert told == {"Séance du soir > […] demande qui vient"}


def answers(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    columns = ["source", "voice", "attributes", "date"]
    told = pd.DataFrame(rows, columns=columns).assign(channel="enquete", workshop="a")
    return told.assign(context=told["source"])


def test_a_form_that_was_filled_in_twice_is_of_other_people() -> None:
    ticks = [f'{{"Rythme": "{pace}", "Accueil": "{care}"}}' for pace in ("bon", "lent") for care in ("oui", "non")]
    later = [*ticks[:2], *(tick.replace("lent", "vif") for tick in ticks[2:])]  # half of them as before
    rows = [(f"{n // 4}.csv", f"R{n}", tick, None) for n, tick in enumerate(ticks + later)]
    other_questions = answers(*rows)
    assert with_one_voice_a_person(other_questions)["voice"].tolist()[4:] == ["R0", "R1", "R6", "R7"]
    asked_again = other_questions.assign(context="Vos remarques")
    assert with_one_voice_a_person(asked_again)["voice"].tolist() == [voice for _, voice, _, _ in rows]


@pytest.mark.parametrize(
    ("attributes", "dates", "voices"),
    [
        (('{"N": "1", "Port": "Kervan"}', '{"N": "2", "Port": "Lannig"}') * 2, [None] * 4, ["R1", "R2", "R1", "R2"]),
        (('{"N": "1"}', '{"N": "2"}') * 2, ["3 mai", "4 mai"] * 2, ["R1", "R2", "R1", "R2"]),
        (('{"N": "1"}', '{"N": "2"}') * 2, ["3 mai", "4 mai", "8 mai", "9 mai"], ["R1", "R2", "R3", "R4"]),
        (('{"N": "1"}', '{"N": "2"}') * 2, [None] * 4, ["R1", "R2", "R3", "R4"]),
        (('{"Port": "Kervan", "Bac": "oui"}',) * 4, [None] * 4, ["R1", "R2", "R3", "R4"]),
    ],
    ids=["columns", "a number and a date", "other dates", "a number alone", "rows that say the same"],
)
def test_files_of_one_survey(attributes: tuple[str, ...], dates: list[str | None], voices: list[str]) -> None:
    rows = zip(["q1.csv", "q1.csv", "q2.csv", "q2.csv"], ["R1", "R2", "R3", "R4"], attributes, dates, strict=True)
    assert with_one_voice_a_person(answers(*rows))["voice"].tolist() == voices


def test_the_order_of_rows_changes_no_voice() -> None:
    rows = [(f"q{q}.csv", f"R{3 * q + n}", f'{{"N": "{n}", "Port": "Kervan"}}', None) for q in (0, 1) for n in range(3)]
    turned = with_one_voice_a_person(answers(*rows[::-1]))
    assert turned["voice"].tolist()[::-1] == with_one_voice_a_person(answers(*rows))["voice"].tolist()


def test_who_speaks_at_a_table_is_left_alone() -> None:
    rows = answers(
        ("a.csv", "Voix 1", '{"N": "1", "Port": "K"}', None), ("b.csv", "Voix 2", '{"N": "1", "Port": "K"}', None)
    )
    assert with_one_voice_a_person(rows.assign(channel="postit"))["voice"].tolist() == ["Voix 1", "Voix 2"]


REPORT = "Il a été rappelé que la salle est froide."
QUOTATION = "Une mère a lancé : « on manque de lits » hier."


def with_words(text: str, idea: str, lead: str | None, provenance: str, own: str | None = None) -> RestitutionTables:
    """The tables of the workshop, the first contribution and its idea made these."""
    tables = workshop()
    items, contributions = tables.items.copy(), tables.contributions.copy()
    contribution_id = items.loc[0, "contribution_id"]
    start = text.index(idea)
    items.loc[0, ["start", "end", "text", "lead", "own_provenance"]] = [start, start + len(idea), idea, lead, own]
    of_it = contributions["contribution_id"] == contribution_id
    contributions.loc[of_it, ["text", "provenance"]] = [text, provenance]
    return dataclasses.replace(tables, items=items, contributions=contributions)


def first(tables: RestitutionTables) -> Item:
    return read_items(tables)[str(tables.items.loc[0, "item_id"])]


def test_what_reports_is_not_shown_with_what_is_reported() -> None:
    item = first(with_words(REPORT, "la salle est froide.", "Il a été rappelé que", "note"))
    assert item.source_text[slice(*item.reach)] == "la salle est froide."
    assert item.lead == "Il a été rappelé que"


def test_words_quoted_by_a_report_are_a_participants() -> None:
    item = first(with_words(QUOTATION, "on manque de lits", "Une mère a lancé", "note", "transcription"))
    assert item.provenance == "transcription"
    assert item.source_text[slice(*item.reach)] == "on manque de lits"


@pytest.mark.parametrize("is_suspected", [True, False])
def test_a_lead_with_a_name_that_may_not_be_shown_is_not_shown(is_suspected: bool) -> None:
    text = "Martine est partie. Elle reviendra en juin."
    tables = with_words(text, "Elle reviendra en juin.", "Martine est partie.", "ecrit")
    row = {"contribution_id": tables.items.loc[0, "contribution_id"], "start": 0, "end": 7, "text": "Martine"}
    names = pd.DataFrame([row | {"reason": "prénom"}] * is_suspected, columns=tables.name_suggestions.columns)
    item = first(dataclasses.replace(tables, name_suggestions=names))
    assert item.lead == ("" if is_suspected else "Martine est partie.")


def test_a_lead_is_not_shown_with_a_name_that_a_person_masked_in_it() -> None:
    text = "Le four de Martine est froid. Il pourrait servir."
    tables = with_words(text, "Il pourrait servir.", "Le four de Martine est froid.", "ecrit")
    items = tables.items.copy()
    items.loc[1, ["contribution_id", "start", "end", "text"]] = [items.loc[0, "contribution_id"], 0, 29, text[:29]]
    masked = decided(dataclasses.replace(tables, items=items), items.loc[1, "item_id"], masks=[[11, 18]])
    assert first(tables).lead == "Le four de Martine est froid."
    assert first(masked).lead == ""


CARDS = [
    ("one idea", [("est", "sur", "")], [3], [False]),
    ("an obstacle, and what is proposed", [("est", "sur", ""), ("sud", "sur", "")], [0, 3], [False, False]),
    ("an obstacle got past", [("est", "sur", ""), ("nord", "sur", "idée 0")], [0, 3], [True, False]),
    ("a good thing that fails", [("nord", "sur", ""), ("est", "sur", "idée 0")], [0, 3], [True, False]),
    ("a thing, and a word about it", [("sud", "sur", ""), ("est", "sur", "")], [3, 0], [False, False]),
    ("an obstacle, and an unsure proposal", [("est", "sur", ""), ("sud", "a_relire", "")], [3, 0], [False, False]),
    ("a greeting after", [("est", "sur", ""), ("hors_axe", "sur", "idée 0")], [3, 0], [False, False]),
    (
        "three steps",
        [("nord", "sur", ""), ("est", "sur", "idée 0"), ("sud", "sur", "")],
        [0, 0, 3],
        [True, False, False],
    ),
    ("a proposal and its reason", [("sud", "sur", ""), ("est", "sur", "idée 0")], [3, 0], [False, False]),
    ("a lack, and another", [("est", "sur", ""), ("est", "sur", "idée 0")], [3, 0], [False, False]),
]


@pytest.mark.parametrize(("said", "votes", "turned"), [card[1:] for card in CARDS], ids=[card[0] for card in CARDS])
def test_votes_are_those_of_what_a_card_comes_to(
    said: list[tuple[str, str, str]], votes: list[int], turned: list[bool]
) -> None:
    tables = workshop()
    n, first = len(said), tables.items.iloc[0]
    words = [f"idée {rank}" for rank in range(n)]
    items = [
        {**first.to_dict(), "item_id": f"i{rank}", "text": words[rank], "start": 10 * rank, "end": 10 * rank + 6,
         "lead": lead or None} for rank, (_, _, lead) in enumerate(said)
    ]  # fmt: skip
    like = tables.reviewed_tags.iloc[0].to_dict()
    tags = [
        {**like, "item_id": f"i{rank}", "axis": axis, "status": status} for rank, (axis, status, _) in enumerate(said)
    ]
    card = tables.contributions["contribution_id"] == first["contribution_id"]
    contributions = tables.contributions.assign(votes=tables.contributions["votes"].where(~card, 3))
    contributions["text"] = contributions["text"].where(~card, "    ".join(words))
    changed = replace(
        tables, items=frame("items", items), reviewed_tags=frame("reviewed_tags", tags), contributions=contributions
    )
    found = read_items(changed)
    assert [(found[f"i{rank}"].votes, found[f"i{rank}"].is_turned) for rank in range(n)] == list(
        zip(votes, turned, strict=True)
    )
