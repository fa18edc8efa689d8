"""The quote lock: what a draft may not say."""

from dataclasses import replace
from typing import Any

import pytest
from atelier import decided, with_group, with_words, workshop
from workshop_told import hand_made

from pipeline.config import load_config
from pipeline.contracts.draft import Block, NamedNode, NamedRef, Sentence, Shown, TextNode
from pipeline.contracts.draft_files import dump_draft, load_draft
from pipeline.restitution.quoting.lock import BrokenDraftError, check, leave_out_broken, problem_of
from pipeline.restitution.quoting.quotes import may_quote, quote_node
from pipeline.restitution.stage import RestitutionResult, write_restitution
from pipeline.workshop.load import read_material
from pipeline.workshop.questions import Question
from pipeline.workshop.tables import RestitutionTables


def sentences(draft: dict[str, Any]) -> list[dict[str, Any]]:
    """Of a draft as json, which tests alter."""
    return [s for section in draft["sections"] for block in section["blocks"] for s in block["sentences"]]


def first(draft: dict[str, Any], kind: str) -> dict[str, Any]:
    nodes = (node for s in sentences(draft) for node in s["nodes"])
    if kind == "note":
        return next(node for node in nodes if "faute de car" in node["text"])
    return next(node for node in nodes if node["kind"] == kind)


@pytest.fixture
def draft(result: RestitutionResult) -> dict[str, Any]:
    return dump_draft(result.draft)


def test_the_draft_as_written_holds(result: RestitutionResult, tables: RestitutionTables) -> None:
    assert check(result.draft, result.facts, read_material(tables)) > 15


def test_a_source_altered_by_one_letter_is_refused(draft: dict[str, Any], result: RestitutionResult) -> None:
    altered = with_words(workshop(), 2, "Sans voiture le noir, on ne sort plus")
    with pytest.raises(BrokenDraftError, match="citation altérée"):
        check(load_draft(draft), result.facts, read_material(altered))


@pytest.mark.parametrize(
    ("kind", "change", "problem"),
    [
        ("quote", lambda node: node.update(text=node["text"] + " !"), "citation altérée"),
        ("quote", lambda node: node["ref"].update(span=[0, 10_000]), "hors de l’idée"),
        ("quote", lambda node: node["ref"].update(item_id="i-nobody"), "idée inconnue"),
        ("note", lambda node: node.update(kind="quote"), "ne peuvent pas être citées"),
        ("report", lambda node: node.update(text="tout va bien ici"), "note altérée"),
        ("quote", lambda node: node["ref"].update(contribution_id="c-nobody"), "hors de l’idée"),
        ("quote", lambda node: node.update(text=node["text"].swapcase()), "citation altérée"),
        ("quote", lambda node: node["ref"].update(span=[node["ref"]["span"][0] + 1, 10]), "hors de l’idée"),
        ("quote", lambda node: node["ref"].update(parts=[node["ref"]["parts"][0][::-1]]), "hors de l’idée"),
        ("fact", lambda node: node.update(text="toutes les tables"), "fait mal dit"),
        ("fact", lambda node: node.update(text=f"{node['text']} sur cent"), "fait mal dit"),
        ("fact", lambda node: node["ref"].update(fact="personne"), "fait inconnu"),
        ("title", lambda node: node.update(text="tout va bien"), "titre altéré"),
        ("text", lambda node: node.update(text="la plupart des gens"), "nombre que ces paroles ne disent pas"),
        ("text", lambda node: node.update(text="42 personnes"), "nombre que ces paroles ne disent pas"),
        ("text", lambda node: node.update(text="« oui »"), "guillemets dans nos mots"),
        ("text", lambda node: node.update(text="« oui"), "guillemets dans nos mots"),
        ("text", lambda node: node.update(text="oui »"), "guillemets dans nos mots"),
        ("place", lambda node: node["ref"].update(table="9"), "table inconnue"),
        ("place", lambda node: node.update(text="table 9", ref=node["ref"] | {"table": "9"}), "table inconnue"),
        ("title", lambda node: node.update(text=""), "titre altéré"),
        ("given", lambda node: node.update(text="Paris"), "fichier ou jour inconnu"),
    ],
)
def test_what_no_source_says_is_refused(
    draft: dict[str, Any], result: RestitutionResult, tables: RestitutionTables, kind: str, change: Any, problem: str
) -> None:
    change(first(draft, kind))
    with pytest.raises(BrokenDraftError, match=problem):
        check(load_draft(draft), result.facts, read_material(tables))


@pytest.mark.parametrize(
    ("text", "field", "problem"),
    [
        ("Un thème inventé", "theme", "thème inconnu : Un thème inventé"),
        ("On a bien ri.", "essentiel", "texte d’auteur altéré"),
        ("Tout part de la route.", "essentiel", ""),
    ],
)
def test_what_people_gave_is_told_as_they_gave_it(
    tables: RestitutionTables, text: str, field: str, problem: str
) -> None:
    material = replace(read_material(tables), parts={"essentiel": "Tout part de la route."})
    sentence = Sentence((NamedNode("given", text, NamedRef(field)),), ("atelier.toml",))
    assert problem_of(sentence, {}, material) == problem
    for title in material.theme_titles.values():
        known = Sentence((NamedNode("given", title, NamedRef("theme")),), ("atelier.toml",))
        assert problem_of(known, {}, material) == ""


@pytest.mark.parametrize(("text", "is_figure"), [("La famille du bourg", False), ("Mille raisons", True)])
def test_a_figure_is_a_whole_word(tables: RestitutionTables, text: str, is_figure: bool) -> None:
    problem = problem_of(Sentence((TextNode(text),), ("x",)), {}, read_material(tables))
    assert bool(problem) is is_figure


@pytest.mark.parametrize(("n", "is_about", "is_known"), [(30, True, True), (30, False, False), (40, True, False)])
def test_how_many_came_is_told_as_the_sheet_tells_it(
    tables: RestitutionTables, n: int, is_about: bool, is_known: bool
) -> None:
    material = read_material(tables)
    rows = [{**row, "participants": n, "participants_environ": is_about} for row in material.workshops]
    told = Sentence((TextNode("Une trentaine de personnes se sont réunies."),), ("atelier.toml",), rewritten=True)
    assert (problem_of(told, {}, replace(material, workshops=tuple(rows))) == "") is is_known


def test_a_sentence_without_a_source_is_refused(
    draft: dict[str, Any], result: RestitutionResult, tables: RestitutionTables
) -> None:
    sentences(draft)[0]["sources"] = []
    with pytest.raises(BrokenDraftError, match="sans source"):
        check(load_draft(draft), result.facts, read_material(tables))


def test_a_sentence_that_quotes_whom_it_does_not_name_is_refused(
    draft: dict[str, Any], result: RestitutionResult, tables: RestitutionTables
) -> None:
    quoting = next(s for s in sentences(draft) if any(node["kind"] == "quote" for node in s["nodes"]))
    quoting["sources"] = ["i-another"]
    with pytest.raises(BrokenDraftError, match="pas dans les sources"):
        check(load_draft(draft), result.facts, read_material(tables))


def test_a_title_of_no_letter_proves_nothing(
    draft: dict[str, Any], result: RestitutionResult, tables: RestitutionTables
) -> None:
    untitled = with_group(tables, first(draft, "title")["ref"]["group_id"], title="…")
    with pytest.raises(BrokenDraftError, match="titre altéré"):
        check(load_draft(draft), result.facts, read_material(untitled))


def test_words_of_an_author_are_hers_to_the_letter(tables: RestitutionTables) -> None:
    hers, others = (
        with_group(tables, "g-bus", author_text=text) for text in ("Le soir, on reste chez soi.", "Le soir, on sort.")
    )
    result = write_restitution(hers, load_config())
    assert check(result.draft, result.facts, read_material(hers))
    with pytest.raises(BrokenDraftError, match="texte d’auteur altéré"):
        check(result.draft, result.facts, read_material(others))


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        (lambda nodes: nodes, True),
        (lambda nodes: nodes[:2], False),
        (lambda nodes: nodes[1:], False),
        (lambda nodes: [*nodes, nodes[0]], False),
        (lambda nodes: [replace(nodes[0], text="Tout part de là"), *nodes[1:]], False),
    ],
    ids=["whole", "its end is gone", "its beginning is gone", "said twice", "a sign is gone"],
)
def test_an_author_s_text_is_judged_whole_with_the_words_that_stand_in_it(
    tables: RestitutionTables, change: Any, holds: bool
) -> None:
    material = read_material(tables)
    item = next(one for one in material.groups["g-bus"].members if may_quote(one) and not one.masks)
    words = quote_node(item, item.own)
    text = f"Tout part de là. « {words.text} », dit-on, et l'on n'y peut rien."
    group = replace(material.groups["g-bus"], author_text=text)
    material = replace(material, groups={**material.groups, "g-bus": group})
    ref = NamedRef("author_text", "g-bus")
    before, after = "Tout part de là. ", ", dit-on, et l'on n'y peut rien."
    nodes = [NamedNode("given", before, ref), words, NamedNode("given", after, ref)]
    problem = problem_of(Sentence(tuple(change(nodes)), (item.item_id,)), {}, material)
    assert problem == ("" if holds else "texte d’auteur altéré")


@pytest.mark.parametrize(("start", "end"), [(0, 3), (4, 7), (-3, None)])
def test_a_mask_put_since_the_draft_was_written_is_not_undone(
    draft: dict[str, Any], result: RestitutionResult, tables: RestitutionTables, start: int, end: int | None
) -> None:
    node = first(draft, "quote")
    low, high = node["ref"]["span"]
    mask = [range(low, high)[start], high if end is None else low + end]
    with pytest.raises(BrokenDraftError, match="découvre un masque"):
        check(load_draft(draft), result.facts, read_material(decided(tables, node["ref"]["item_id"], masks=[mask])))


def first_decided(**row: Any) -> RestitutionResult:
    """The restitution where a person decided of the first idea."""
    made = workshop()
    return write_restitution(decided(made, made.items["item_id"].iloc[0], **row), load_config())


def quotes(result: RestitutionResult) -> list[str]:
    found = (node for section in result.draft.sections for s in section.sentences for node in s.words)
    return [node.text for node in found if node.kind == "quote"]


def test_words_not_to_quote_are_counted_but_never_shown_between_quotation_marks() -> None:
    result = first_decided(is_quotable=False)
    assert not any("Pas de car" in words for words in quotes(result))
    assert result.facts["g-bus.tables"].value == 3


def test_a_hidden_item_is_nowhere() -> None:
    result = first_decided(is_hidden=True)
    assert result.facts["g-bus.idees"].value == 4
    assert not any(words == "Pas de car après 18 h" for words in quotes(result))


def test_a_suggested_name_is_masked_until_someone_consents(result: RestitutionResult) -> None:
    for name, content in result.files.items():
        if not name.endswith((".png", ".docx", ".odt", ".xlsx")):
            assert b"Martine" not in content, name
    made = workshop()
    at = made.name_suggestions.iloc[0]
    item = made.items.loc[made.items["contribution_id"] == at["contribution_id"], "item_id"].iloc[0]
    named = decided(made, item, quote_choice="choisie", named=[[int(at["start"]), int(at["end"])]])
    shown = write_restitution(named, load_config())
    assert "Martine Quéhan" in shown.files["paroles.html"].decode()


def test_a_sentence_that_does_not_hold_is_left_out_and_the_rest_stays(
    result: RestitutionResult,
) -> None:
    altered = read_material(with_words(workshop(), 2, "Sans voiture le noir, on ne sort plus"))
    n_before = sum(len(section.sentences) for section in result.draft.sections)
    kept, reasons = leave_out_broken(result.draft.sections, result.facts, altered)
    assert any("citation altérée" in reason for reason in reasons)
    assert check(replace(result.draft, sections=kept), result.facts, altered) == n_before - len(reasons) > 0


def test_a_section_that_loses_all_its_sentences_goes_with_its_heading(result: RestitutionResult) -> None:
    section = next(one for one in result.draft.sections if one.sentences)
    block = next(one for one in section.blocks if one.sentences)
    lost = [replace(one, sources=()) for one in block.sentences]
    gone, heading = replace(block, sentences=tuple(lost)), Block("heading", level=1, value=Shown(text="Le lavoir"))
    motto, other = Block("motto", value=Shown(text="Résoudre")), replace(heading, value=Shown(text="Le four"))
    empty = replace(section, blocks=())
    material = hand_made()
    only = replace(section, blocks=(motto, heading, gone))
    kept, reasons = leave_out_broken([only, empty], result.facts, material)
    assert kept == (empty,)
    assert len(reasons) == len(lost)
    half = replace(section, blocks=(motto, heading, gone, other, block))
    assert leave_out_broken([half], result.facts, material)[0][0].blocks == (motto, other, block)


def test_a_question_that_is_typeset_is_the_one_that_was_asked() -> None:
    asked = Question("avis-1", "atelier", "Le four du bourg?", {}, {}, False, False, False)
    material = replace(hand_made(), questions=(asked,))
    for text, is_known in (("Le four du bourg\u202f?", True), ("Le four du haut\u202f?", False)):
        said = Sentence((NamedNode("given", text, NamedRef("contexte")),), ("x",))
        assert (problem_of(said, {}, material) == "") is is_known
