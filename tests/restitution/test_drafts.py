"""A draft that holds has nothing to show; each lie put into it is found by its measure, and by that one alone."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from atelier import decided, workshop
from workshop_told import plan_of

from pipeline.config import load_config
from pipeline.contracts.checks import conform
from pipeline.contracts.draft import (
    Block,
    Draft,
    FactNode,
    FactRef,
    Node,
    Section,
    Sentence,
    TextNode,
    WordsNode,
    WordsRef,
)
from pipeline.contracts.draft_files import dump_draft, load_draft
from pipeline.contracts.plan import Plan
from pipeline.restitution.stage import RestitutionResult, write_restitution
from pipeline.workbench.drafts import DraftEvaluation, evaluate_drafts, read_rows, recount, share_line, synthesis
from pipeline.workbench.reports import Line
from pipeline.workshop.load import read_material
from pipeline.workshop.tables import RestitutionTables

FLOORS = load_config().evaluation["drafts"]
TRUTHS = ("phrases_sourcees", "citations_exactes", "notes_fideles", "chiffres_verifies")


def measured(draft: dict[str, Any], result: RestitutionResult, tables: RestitutionTables) -> DraftEvaluation:
    """What is found of a draft as json, which tests alter."""
    return evaluate_drafts(load_draft(draft), result.facts, result.plan, tables, FLOORS)


def nodes(draft: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    for section in draft["sections"]:
        for block in section["blocks"]:
            for sentence in block["sentences"]:
                yield from (node for node in sentence["nodes"] if node["kind"] == kind)


def sentences(draft: dict[str, Any]) -> list[dict[str, Any]]:
    return [s for section in draft["sections"] for block in section["blocks"] for s in block["sentences"]]


def test_what_we_write_can_be_signed(result: RestitutionResult, tables: RestitutionTables) -> None:
    found = measured(dump_draft(result.draft), result, tables)
    assert {name: found.measures[name].problems for name in TRUTHS} == dict.fromkeys(TRUTHS, ())
    assert not any(found.measures[name].detail.endswith(" sur 0") for name in TRUTHS)
    assert found.n_sentences == sum(len(section.sentences) for section in result.draft.sections)
    assert found.measures["tables_presentes"].detail.endswith(" sur 4")
    assert found.measures["voix_presentes"].detail.endswith(" sur 4")


def test_every_figure_of_the_facts_is_counted_again(result: RestitutionResult, tables: RestitutionTables) -> None:
    counts = recount(tables, read_rows(tables), result.plan)
    told = {name: fact for name, fact in result.facts.items() if fact.numerator is not None}
    assert len(told) > 20
    assert {name for name in told if name not in counts} == set()
    assert {name: (f.numerator, f.denominator) for name, f in told.items()} == {n: counts[n] for n in told}


def test_every_count_of_a_question_is_counted_again(tables: RestitutionTables) -> None:
    said = {
        "La salle ?": ["Satisfait", "Très satisfait", "satisfaite", None, "Peu satisfait"],
        "Le repas ?": ["Très satisfait", "Satisfait", "Satisfait", "Satisfait", "Satisfait"],
        "La durée ?": ["Bien", "Bien", "Trop courte", None, None],
    }
    rows = [
        (about, "sans", f"Voix {n}", given, "echelle", 1)
        for about, answers in said.items()
        for n, given in enumerate([*answers, answers[0]])
    ]
    rows += [
        ("La rue ?", side, f"Voix {n}", side, "colonne", 1) for n, side in ((1, "pour"), (1, "contre"), (2, "pour"))
    ]
    rows += [("Le bac", side, None, None, "vote", n) for side, n in (("pour", 9), ("contre", 2), ("abstention", 1))]
    rows += [("Le bac", "sans", None, "adopté", "decision", 1), ("Le quai", "pour", None, None, "vote", 3)]
    columns = ["about", "side", "voice", "answer", "evidence", "n"]
    frame = pd.DataFrame(rows, columns=columns).assign(
        position_id=[f"p{row}" for row in range(len(rows))], workshop="atelier", source="a.csv", locator="l. 2",
        target=None, contribution_id=None,
    )  # fmt: skip
    asked = replace(tables, positions=conform("positions", frame))
    result = write_restitution(asked, load_config())
    counts = recount(asked, read_rows(asked), result.plan)
    told = {name: fact for name, fact in result.facts.items() if name.startswith(("avis-", "scrutins."))}
    assert len(told) > 20
    assert {name: (f.numerator, f.denominator) for name, f in told.items()} == {n: counts.get(n) for n in told}
    rows_of = [
        row
        for part in result.draft.sections
        for block in part.blocks
        if block.kind == "table"
        for row in block.sentences
    ]
    assert [[node.text for node in row.nodes] for row in rows_of] == [
        ["Question", "Très satisfait", "Satisfait", "Peu satisfait", "Autre réponse", "Total"],
        ["La salle ?", "1", "3", "1", "1", "6"],
        ["Le repas ?", "2", "4", "–", "–", "6"],
    ]
    found = evaluate_drafts(result.draft, result.facts, result.plan, asked, FLOORS)
    assert {name: found.measures[name].problems for name in TRUTHS} == dict.fromkeys(TRUTHS, ())


def change(draft: dict[str, Any], kind: str, words: Callable[[str], str]) -> None:
    node = next(nodes(draft, kind))
    node["text"] = words(node["text"])


def first_of_tables(draft: dict[str, Any]) -> dict[str, Any]:
    return next(node for node in nodes(draft, "fact") if node["ref"]["form"].startswith("tables"))


MORE = "à la majorité des tables (trois sur quatre) au moins"
LIES: dict[str, tuple[str, Callable[[dict[str, Any]], None]]] = {
    "quote altered": ("citations_exactes", lambda d: change(d, "quote", lambda told: told[:-2] + "x" + told[-1])),
    "note quoted": ("citations_exactes", lambda d: next(nodes(d, "report")).update(kind="quote")),
    "guillemets": ("citations_exactes", lambda d: change(d, "text", lambda told: f"{told}«\u00a0jamais dit\u00a0» ")),
    "item invented": ("citations_exactes", lambda d: next(nodes(d, "quote"))["ref"].update(item_id="i-inconnu")),
    "note altered": ("notes_fideles", lambda d: change(d, "report", lambda told: told.replace("e", "a", 1))),
    "figure inflated": ("chiffres_verifies", lambda d: first_of_tables(d).update(text=MORE)),
    "fact invented": ("chiffres_verifies", lambda d: next(nodes(d, "fact"))["ref"].update(fact="g-inconnu.tables")),
    "number typed": ("chiffres_verifies", lambda d: change(d, "text", lambda told: f"{told}douze fois sur 20 ")),
    "no source": ("phrases_sourcees", lambda d: sentences(d)[0].update(sources=[])),
    "unknown source": ("phrases_sourcees", lambda d: sentences(d)[0].update(sources=["autre.csv"])),
}


@pytest.mark.parametrize(("name", "lie"), LIES.values(), ids=LIES)
def test_a_lie_is_found_by_its_measure(
    name: str, lie: Callable[[dict[str, Any]], None], result: RestitutionResult, tables: RestitutionTables
) -> None:
    draft = dump_draft(result.draft)
    lie(draft)
    found = measured(draft, result, tables)
    assert [other for other in TRUTHS if not found.measures[other].holds] == [name]
    assert found.measures[name].problems


def test_a_fact_that_the_tables_deny_is_found(result: RestitutionResult, tables: RestitutionTables) -> None:
    used = first_of_tables(dump_draft(result.draft))["ref"]["fact"]
    fact = result.facts[used]
    facts = {**result.facts, used: replace(fact, numerator=fact.part[0] + 1)}
    assert not evaluate_drafts(result.draft, facts, result.plan, tables, FLOORS).measures["chiffres_verifies"].holds


def test_a_table_that_is_not_told_is_named(result: RestitutionResult, tables: RestitutionTables) -> None:
    draft = dump_draft(result.draft)
    draft["sections"] = [section for section in draft["sections"] if section["key"] == "recueil"]
    found = measured(draft, result, tables)
    assert found.measures["tables_presentes"].problems == ("1 (a)", "2 (a)", "3 (a)", "4 (a)")
    assert not found.measures["tables_presentes"].holds


def test_repeats_are_counted_and_the_brief_is_compared_with_itself(
    result: RestitutionResult, tables: RestitutionTables
) -> None:
    before = measured(dump_draft(result.draft), result, tables).measures["redites"].value
    draft = dump_draft(result.draft)
    section = next(s for s in draft["sections"] if s["axis"] == "est")
    section["blocks"] += copy.deepcopy(section["blocks"])
    assert measured(draft, result, tables).measures["redites"].value > before


def test_what_may_not_be_quoted_is_found(result: RestitutionResult, tables: RestitutionTables) -> None:
    item_id = next(nodes(dump_draft(result.draft), "quote"))["ref"]["item_id"]
    found = measured(dump_draft(result.draft), result, decided(tables, item_id, is_quotable=False))
    assert not found.measures["citations_exactes"].holds


@pytest.mark.parametrize(
    ("measure", "share", "holds"),
    [
        (share_line("A", 0, 0, 1.0), 1.0, True),
        (share_line("A", 0, 0, 0.0, is_ceiling=True), 0.0, True),
        (share_line("A", 9, 10, 0.9), 0.9, True),
        (share_line("A", 8, 10, 0.9), 0.8, False),
        (share_line("A", 1, 20, 0.05, is_ceiling=True), 0.05, True),
        (share_line("A", 2, 20, 0.05, is_ceiling=True), 0.1, False),
        (share_line("A", 0, 10), 0.0, True),
    ],
)
def test_a_bound_is_kept_or_not(measure: Line, share: float, holds: bool) -> None:
    assert measure.value == pytest.approx(share)
    assert measure.holds is holds


def test_an_empty_draft_says_nothing_false(tables: RestitutionTables) -> None:
    empty = Draft("", "fr-FR", (), (), (), (), {})
    found = evaluate_drafts(empty, {}, Plan({}, (), {}, {}), tables, FLOORS)
    assert (found.n_sentences, found.n_words) == (0, 0)
    assert all(found.measures[name].holds for name in TRUTHS)
    assert found.measures["tables_presentes"].value == 0.0


def test_a_group_counts_no_idea_that_it_does_not_hold() -> None:
    tables = workshop()
    material = read_material(tables)
    plan = plan_of(material)
    stranger = material.groups["g-toit"].members[0].item_id
    unit = replace(plan.units["g-navette"], members=(*plan.units["g-navette"].members, stranger))
    widened = replace(plan, units={**plan.units, "g-navette": unit})
    counts = [recount(tables, read_rows(tables), one)["g-navette.idees"] for one in (plan, widened)]
    assert counts[0] == counts[1]


def said(text: str, *sources: str, role: str = "", counted: bool = False, quoted: bool = False) -> Sentence:
    nodes: tuple[Node, ...] = (TextNode(text),)
    if counted:
        nodes += (FactNode("deux tables", FactRef("g.tables", "tables")),)
    if quoted:
        nodes += (WordsNode("quote", "bien froid", WordsRef("i1", "c1", (0, 10), ((0, 10),))),)
    return Sentence(nodes, sources, role=role)


DRAFT = replace(
    Draft("Atelier", "fr-FR", (), (), (), (), {}),
    sections=(
        Section(
            "est",
            "Est",
            (
                Block(
                    "paragraph",
                    (
                        said("Le four est froid", "i1", "i2", "i3", role="spread", counted=True),
                        said("Le four est vide, mais on chauffe", "i1", "i2"),
                        said("On lit ceci", "i3", "i4", role="told"),
                        said("On lit cela", "i1", quoted=True),
                    ),
                ),
                Block("list", (said("On lit ceci", "i3"),)),
            ),
            "est",
        ),
        Section("recueil", "Recueil", (Block("paragraph", (said("On lit ceci", "i1"),)),)),
    ),
)


@pytest.mark.parametrize(("name", "told"), [("mots_cites", "2 sur 24"), ("mots_listes", "3 sur 24")])
def test_each_measure_counts_what_it_says(name: str, told: str) -> None:
    assert synthesis(DRAFT, FLOORS)[name].detail == told
