"""draft.json and facts.json: what is written is read back the same, and what is not ours is refused in French."""

import copy
import json
from typing import Any

import pytest

from pipeline.contracts.draft import (
    Block,
    Draft,
    Fact,
    FactNode,
    FactRef,
    FigureText,
    HeaderField,
    NamedNode,
    NamedRef,
    Section,
    Sentence,
    Shown,
    Source,
    TextNode,
    WordsNode,
    WordsRef,
    is_quoted,
)
from pipeline.contracts.draft_files import dump_draft, dump_facts, load_draft, load_facts
from pipeline.errors import ArtifactError

QUOTE = WordsNode("quote", "la halle ferme tôt", WordsRef("i1", "c1", (0, 18), ((0, 18),)))
SENTENCE = Sentence(
    (
        TextNode("On lit "),
        NamedNode("place", "à la table 2", NamedRef(table="2")),
        TextNode(" "),
        QUOTE,
        TextNode(", dit-on "),
        FactNode("à deux tables sur six", FactRef("g1.tables", "tables", "a")),
        NamedNode("title", "Ouvrir la halle", NamedRef(group_id="g1"), strong=True),
        NamedNode("given", "Que manque-t-il ?", NamedRef("contexte")),
    ),
    ("i1",),
    marks=("T2.4",),
)
BLOCKS = (
    Block("motto", value=Shown("Dire ce qui freine.")),
    Block("heading", level=1, theme="t1", value=Shown("Se retrouver", axis="est")),
    Block("paragraph", (SENTENCE,), groups=("g1",)),
    Block("figure", value=Shown(figure="rose")),
)
DRAFT = Draft(
    "Atelier de la halle",
    "fr-FR",
    (HeaderField("Animé par", "", "empty"),),
    (Section("est", "Est", BLOCKS, "est", is_annex=True),),
    (Source("T2.4", "Table 2", "Post-it, notes.csv", "ligne 4"),),
    (),
    {"rose": FigureText("La rose", "Quatre secteurs.", ("Axe", "Idées"), (("Est", "3"),), "image")},
)
FACTS = {
    "idees": Fact(3, 3, None, "elements.xlsx"),
    "date.a": Fact("12 mars 2026", None, None, "atelier.toml"),
    "g1.tables": Fact(2, 2, 6, "elements.xlsx", ("2", "3")),
}


def as_read(value: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(value))
    return found


def test_a_draft_is_read_back_as_it_was_written() -> None:
    assert load_draft(as_read(dump_draft(DRAFT))) == DRAFT


def test_facts_are_read_back_as_they_were_written() -> None:
    assert load_facts(as_read(dump_facts(FACTS))) == FACTS
    assert (FACTS["g1.tables"].n, FACTS["g1.tables"].part) == (2, (2, 6))
    assert (FACTS["date.a"].n, FACTS["date.a"].part) == (0, (0, 0))


def test_what_holds_its_default_is_left_out_of_the_file() -> None:
    section = dump_draft(DRAFT)["sections"][0]
    assert section["blocks"][0] == {"kind": "motto", "sentences": [], "value": {"text": "Dire ce qui freine."}}
    nodes = section["blocks"][2]["sentences"][0]["nodes"]
    assert nodes[0] == {"kind": "text", "text": "On lit "}
    assert nodes[1]["ref"] == {"table": "2"}
    assert nodes[6]["strong"] is True


def test_words_and_questions_stand_between_quotation_marks() -> None:
    assert [node.text for node in SENTENCE.nodes if is_quoted(node)] == ["la halle ferme tôt", "Que manque-t-il ?"]
    assert SENTENCE.quoted_items == ("i1",)


def sentence_of(value: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = value["sections"][0]["blocks"][2]["sentences"][0]
    return found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda value: value.pop("version"), "ne dit pas sa version"),
        (lambda value: value.update(version=99), "version 99"),
        (
            lambda value: sentence_of(value)["nodes"][0].update(kind="image"),
            r"sections\.0\.blocks\.2\.sentences\.0\.nodes\.0",
        ),
        (lambda value: sentence_of(value).pop("sources"), r"sources manque"),
        (lambda value: value.update(title=3), "title : un texte"),
    ],
    ids=["older", "newer", "foreign kind", "without sources", "title of another type"],
)
def test_another_draft_is_refused_and_the_reader_is_told_what_to_run(change: Any, said: str) -> None:
    value = copy.deepcopy(dump_draft(DRAFT))
    change(value)
    with pytest.raises(ArtifactError, match=said) as caught:
        load_draft(value)
    assert "rosace draft" in str(caught.value)


@pytest.mark.parametrize("value", [None, [], {"version": 1}, {"version": 1, "facts": {"idees": {"value": 3}}}])
def test_other_facts_are_refused(value: Any) -> None:
    with pytest.raises(ArtifactError, match=r"facts\.json"):
        load_facts(value)
