"""The draft: a person's act changes what tells its group and what names it; no sentence stands twice; its header."""

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from atelier import GROUPS, decided, frame, with_group, workshop
from workshop_told import draft_of, group_of, hand_made, plan_of, seen

from pipeline.config import load_config
from pipeline.contracts.draft import Block, Draft, Fact, HeaderField, Section, Shown
from pipeline.contracts.labels import UNNAMED
from pipeline.restitution.draft import as_drawn, header
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.quoting.lock import check
from pipeline.restitution.sections.essential import FIRST, KEY
from pipeline.restitution.stage import RestitutionResult
from pipeline.workshop.load import read_material
from pipeline.workshop.tables import RestitutionTables

ACTS = ("rename", "oppose", "hide", "choose")
CHOSEN = {"g-isolement": 2}
"""Which member is chosen to be quoted, where it is not the first one."""


def acted(act: str, group_id: str) -> RestitutionTables:
    """The workshop once a person renamed a group, found one of its members against it, hid one, or chose its words."""
    made = workshop()
    items = made.reviewed_memberships.loc[made.reviewed_memberships["group_id"] == group_id, "item_id"].tolist()
    if act == "rename":
        return with_group(made, group_id, title="Un tout autre titre pour voir", is_titled=True)
    if act == "oppose":
        members = made.reviewed_memberships.copy()
        members.loc[members["item_id"] == items[0], "stance"] = "contre"
        return replace(made, reviewed_memberships=members)
    if act == "hide":
        return decided(made, items[0], is_hidden=True)
    return decided(made, items[CHOSEN.get(group_id, 0)], quote_choice="choisie")


Blocks = dict[str, list[str]]


def blocks_of(draft: Draft) -> Blocks:
    """What stands under each name: `est g-bus`, `sud told 2`, `essentiel`; what says whose the titles are is left
    aside."""
    found: Blocks = {}
    for section in draft.sections:
        for block in (block for block in section.blocks if block.kind != "motto"):
            tables = [node.ref.table for s in block.sentences[:1] for node in s.nodes[:2] if node.kind == "place"]
            role = block.sentences[0].role if block.sentences else ""
            name = " ".join([section.key, *(block.groups or (role, *tables))]).strip()
            found.setdefault(name, []).append("".join(map(seen, block.sentences)) or block.value.text)
    return found


BEFORE: list[Blocks] = []


def changed(act: str, group_id: str) -> list[str]:
    """The names of the blocks that an act changes, brings or takes away."""
    if not BEFORE:
        BEFORE.append(blocks_of(draft_of(hand_made())))
    before, after = BEFORE[0], blocks_of(draft_of(read_material(acted(act, group_id))))
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


CHANGED: dict[str, tuple[str, str, str, str]] = {
    "g-bus": ("essentiel, est g-bus", "", "", "est g-bus"),
    "g-loyers": ("est g-loyers", "", "", "est g-loyers"),
    "g-isolement": (*["essentiel, est g-isolement"] * 3, ""),
    "g-navette": (*["essentiel, est g-bus, sud g-navette"] * 3, ""),
    "g-region": (*["est g-bus, sud g-region"] * 3, "sud g-region"),
    "g-toit": (*["est g-loyers, sud g-toit"] * 3, ""),
    "g-volants": (*["essentiel, nord g-volants"] * 3, ""),
    "g-merci": (*["nord g-merci"] * 3, ""),
    "g-accueil": (*["essentiel, ouest g-accueil"] * 3, "ouest g-accueil"),
    "g-gestes": ("ouest g-gestes",) * 4,
}
"""By group: what changes when it is renamed, when a member opposes it, is hidden, is chosen (nothing where its words
are shown already). Beside its paragraph, the essential, and an obstacle that it answers."""


@pytest.mark.parametrize("group_id", GROUPS)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_changes_what_tells_its_group_and_what_names_it(act: str, group_id: str) -> None:
    assert ", ".join(changed(act, group_id)) == CHANGED[group_id][ACTS.index(act)]


def test_no_sentence_stands_twice_and_no_words_stand_twice_on_an_axis(result: RestitutionResult) -> None:
    body = [section for section in result.draft.sections if section.key not in ("essentiel", "recueil")]
    sentences = [sentence for section in body for sentence in section.sentences]
    told = Counter(seen(one) for one in sentences if one.role != "spread")  # two titles may be said as widely
    assert [text for text, n in told.items() if n > 1] == []
    for section in body:
        words = Counter((node.ref.contribution_id, node.ref.span) for s in section.sentences for node in s.words)
        assert [at for at, n in words.items() if n > 1] == []


@pytest.mark.parametrize(("spaces", "space"), [("fine", "\u00a0"), ("insecable", "\u00a0"), ("aucune", " ")])
def test_what_a_first_state_says_of_itself_is_typeset(result: RestitutionResult, spaces: Any, space: str) -> None:
    motto = Block("motto", value=Shown(text=FIRST))
    unread = replace(result.draft, sections=(Section(KEY, "L’essentiel", (motto,)),))
    (section,) = as_drawn(unread, spaces).sections
    assert section.blocks[0].value.text.endswith(
        f"avec un assistant{space}: «{space}Faire écrire la page par votre assistant{space}»."
    )


def test_the_essential_repeats_no_sentence_of_the_sections_and_keeps_its_words(result: RestitutionResult) -> None:
    essential, *others = result.draft.sections
    assert sum(sentence.n_words for sentence in essential.sentences) <= load_config().restitution.mots_essentiel
    later = {seen(s) for section in others if section.key != "recueil" for s in section.sentences}
    assert not {seen(sentence) for sentence in essential.sentences} & later


def text_of(draft: Draft, key: str) -> list[str]:
    """The paragraphs of a section; [] where there is none."""
    found = [section for section in draft.sections if section.key == key]
    return ["".join(node.text for one in block.sentences for node in one.nodes) for s in found for block in s.blocks]


def test_what_people_write_of_the_text_is_kept() -> None:
    bare = draft_of(hand_made())
    assert [text_of(bare, key) for key in ("fil_rouge", "suites", "remerciements")] == [[], [], []]
    suites = "Une réunion.\n\nPuis :\n- une autre ;\n- un café."
    sheet = {"fil_rouge": "De la fiche.", "suites": suites, "Merci aux bénévoles": "Merci."}
    tables = workshop(textes=json.dumps(sheet))
    rows = [{"part": "fil_rouge", "text": "De la page.", "decided_by": "Anne"}]
    material = read_material(replace(tables, reviewed_parts=frame("reviewed_parts", rows)))
    draft = draft_of(material)
    assert text_of(draft, "fil_rouge") == ["De la page."]
    assert text_of(draft, "suites") == ["Une réunion.", "Puis :", "une autre ;un café."]
    (section,) = [one for one in draft.sections if one.key == "suites"]
    assert [block.kind for block in section.blocks] == ["paragraph", "paragraph", "list"]  # two points, no dash
    assert material.unplaced == ("merci aux benevoles",)
    check(draft, compute_facts(material, plan_of(material).units), material)


def test_a_paragraph_of_the_sheet_stands_under_its_title() -> None:
    title = next(iter(hand_made().groups.values())).title
    material = read_material(workshop(textes=json.dumps({title.upper(): "Un paragraphe de sa main."})))
    draft = draft_of(material)
    told = [text for section in draft.sections for text in text_of(draft, section.key)]
    assert "Un paragraphe de sa main." in told


def fields(tables: RestitutionTables) -> dict[str, HeaderField]:
    material = read_material(tables)
    return {field.label: field for field in header(material, compute_facts(material, {}))}


def test_the_block_says_when_where_who_and_at_which_tables() -> None:
    found = fields(workshop())
    assert list(found)[:4] == ["Date", "Lieu", "Territoire", "Participation"]
    assert found["Date"].value == "1er mars 2026"
    assert found["Lieu"].value == "Mairie de Tull"
    assert found["Participation"].value.replace("\u00a0", " ") == "31 personnes et quatre réponses à l’enquête"
    assert found["Tables"].value.replace("\u00a0", " ").startswith("1. Se déplacer\u202f; 2. Vieillir ici")


@pytest.mark.parametrize(
    ("came", "n_notes", "told"),
    [(46, 0, "46 réponses"), (60, 0, "60 personnes et 46 réponses"), (46, 3, "46 personnes et 46 réponses")],
    ids=["a survey alone", "who was asked", "a meeting beside"],
)
def test_who_answered_a_survey_alone_is_told_once(came: int, n_notes: int, told: str) -> None:
    material = hand_made()
    counts = {"participants": came, "enquete": 46, "contributions.enquete": 90, "contributions": 90 + n_notes}
    facts = compute_facts(material, {}) | {name: Fact(n, n, None, "") for name, n in counts.items()}
    (found,) = (one.value for one in header(material, facts) if one.label == "Participation")
    assert found.replace("\u00a0", " ") == f"{told} à l’enquête"


def test_rows_that_hold_a_mark_without_words_are_told_beside_those_that_do() -> None:
    counts = {"enquete": 58, "enquete.toutes": 82, "contributions.enquete": 58, "contributions": 58}
    named = {name: Fact(n, n, None, "", ("avis",)) for name, n in counts.items()}
    facts = {**compute_facts(hand_made(), {}), **named}
    facts.pop("participants", None)
    (found,) = (one.value for one in header(hand_made(), facts) if one.label == "Participation")
    assert found.replace("\u00a0", " ") == "82 avis, dont 58 avec des mots"


@pytest.mark.parametrize(("label", "given"), [("Date", {"date": None}), ("Lieu", {"lieu": None})])
def test_what_nobody_gave_is_an_empty_slot(label: str, given: dict[str, Any]) -> None:
    assert fields(workshop(**given))[label] == HeaderField(label, "", "empty")


def test_tables_without_subjects_are_counted_and_one_table_alone_is_no_field() -> None:
    made = workshop()
    bare = made.workshop_tables.assign(sujet=None).astype(made.workshop_tables.dtypes.to_dict())
    tables = fields(RestitutionTables(**(vars(made) | {"workshop_tables": bare})))["Tables"]
    assert tables.value.replace("\u00a0", " ") == "Quatre tables"
    seated = made.contributions["table"].notna()
    one = made.contributions.copy()
    one.loc[seated, "table"] = "1"
    alone = RestitutionTables(**(vars(made) | {"contributions": one, "workshop_tables": made.workshop_tables.iloc[:1]}))
    assert "Tables" not in fields(alone)


def test_tables_of_one_meeting_among_others_are_of_its_day() -> None:
    made = workshop()
    bare = made.workshop_tables.assign(sujet=None).astype(made.workshop_tables.dtypes.to_dict())
    dated = made.contributions.copy()
    dated["date"] = dated["table"].map(lambda table: "2025-02-02" if pd.isna(table) else "2026-03-01")
    dated = dated.astype(made.contributions.dtypes.to_dict())
    told = fields(RestitutionTables(**(vars(made) | {"workshop_tables": bare, "contributions": dated})))["Tables"]
    assert told.value.replace("\u00a0", " ") == "Quatre tables (le 1er mars 2026)"


@pytest.mark.parametrize(
    ("given", "titles", "dates", "told"),
    [
        (UNNAMED, ("Assemblée générale d’avril", "Assemblée générale de mai"), ("2025-04-02", "2025-05-03"),
         "Restitution des assemblées générales"),
        (UNNAMED, ("Atelier : l’eau", "Le point"), ("2025-04-02", "2025-05-03"), "Restitution des rencontres"),
        (UNNAMED, ("Atelier : l’eau", "Atelier : l’air"), ("2025-04-02", "2025-04-02"), "Restitution de l’atelier"),
        ("Le quai", ("Atelier : l’eau", "Atelier : l’air"), ("2025-04-02", "2025-05-03"), "Le quai"),
    ],
)  # fmt: skip
def test_a_document_that_nobody_named_is_called_by_the_meetings_that_it_tells(
    given: str, titles: tuple[str, str], dates: tuple[str, str], told: str
) -> None:
    notes = {"channel": "note", "provenance": "note", "source": ["a.md", "b.md"], "date": [*dates]}
    material, _ = group_of("Le four", "Le four est froid", "Le four fume", **notes)
    workshops = tuple(row | {"titre": given} for row in material.workshops)
    made = replace(material, workshops=workshops, documents=dict(zip(("a.md", "b.md"), titles, strict=True)))
    assert draft_of(made).title == told
