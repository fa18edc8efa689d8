"""The whole restitution of the hand-made workshop: what is told, how, in which files, and the same every time."""

import html
import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from atelier import with_group, workshop

from pipeline.config import Config, load_config
from pipeline.contracts.checks import empty
from pipeline.contracts.draft import NamedNode, NamedRef, Section
from pipeline.errors import UsageError
from pipeline.restitution.nodes import compose
from pipeline.restitution.stage import RestitutionResult, write_restitution
from pipeline.restitution.writers.reading import plain
from pipeline.restitution.writers.workbook import write_elements
from pipeline.workshop.load import read_material
from pipeline.workshop.questions import Question
from pipeline.workshop.tables import RestitutionTables

FILES = {
    "restitution.md", "restitution.html", "restitution.docx", "restitution.odt", "restitution.yeswiki",
    "restitution.txt", "index.html", "rose.svg", "rose.png", "rose.csv",
    "elements.xlsx", "registre.html", "methode.html",
    *(f"paroles.{kind}" for kind in ("md", "html", "docx", "odt", "yeswiki", "txt")),
}  # fmt: skip


def configured(**changes: Any) -> Config:
    config = load_config()
    return config.model_copy(update={"restitution": config.restitution.model_copy(update=changes)})


def section(result: RestitutionResult, key: str) -> Section:
    return next(part for part in result.draft.sections if part.key == key)


def words_of(part: Section) -> str:
    return "\n".join(" ".join(plain(s) for s in block.sentences) for block in part.blocks if block.sentences)


def test_every_file_is_there_and_says_something(result: RestitutionResult) -> None:
    assert set(result.files) >= FILES
    assert all(len(content) > 40 for content in result.files.values())
    assert result.warnings == ()


@pytest.mark.parametrize("is_titled", [True, False])
def test_a_group_is_told_under_the_name_that_a_person_gave_it_whatever_its_words(is_titled: bool) -> None:
    tables = workshop()
    coverage = None if is_titled else 0.5
    named = with_group(tables, "g-loyers", title="Des gens usés", is_titled=is_titled, title_coverage=coverage)
    members = tables.reviewed_memberships
    of_group = set(members.loc[members["group_id"] == "g-loyers", "item_id"])
    told = section(write_restitution(named, load_config()), "est")
    blocks = [block for block in told.blocks if "g-loyers" in block.groups]
    assert of_group & {source for block in blocks for s in block.sentences for source in s.sources}


def test_the_order_of_rows_changes_no_byte(result: RestitutionResult) -> None:
    made = workshop()
    shuffled = RestitutionTables(
        **{name: table.sample(frac=1, random_state=3).reset_index(drop=True) for name, table in vars(made).items()}
    )
    again = write_restitution(shuffled, load_config())
    assert {name: content == again.files[name] for name, content in result.files.items()} == dict.fromkeys(
        result.files, True
    )
    assert (again.facts, again.draft) == (result.facts, result.draft)


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("essentiel", "L’atelier a réuni 31 personnes autour de quatre tables."),
        (
            "est",
            "Trois tables sur quatre et une personne sur quatre à l’enquête en parlent. Ce qui est proposé en réponse "
            ": mettre en commun les minibus (tables 1 et 3, enquête) ; demander à la Région un car du soir (table 2, "
            "enquête).",
        ),
        ("est", "Enquête : « Sans voiture le soir, on ne sort plus »."),
        ("est", "Notes de la table 3 : les apprentis renoncent aux cours du soir faute de car."),
        ("sud", "Les tables 1 et 3 et une personne sur quatre à l’enquête en parlent."),
        ("sud", "Table 1 : « Mettre en commun les minibus du foot et du centre social »."),
    ],
)
def test_what_is_told(result: RestitutionResult, key: str, sentence: str) -> None:
    said = words_of(section(result, key)).replace("\u202f", " ").replace("\u00a0", " ")
    assert sentence in said


def test_no_sentence_reads_like_a_dashboard(result: RestitutionResult) -> None:
    said = result.files["restitution.txt"].decode()
    assert not re.search(r"\d+ (?:items?|voix|éléments?)\b|%", said)


def test_every_quotation_has_its_mark_and_every_mark_its_source(result: RestitutionResult) -> None:
    resolved = {source.mark for source in result.draft.sources}
    sentences = [s for part in result.draft.sections for s in part.sentences]
    quoting = [s for s in sentences if any(node.kind == "quote" for node in s.nodes)]
    assert quoting
    assert all(s.marks for s in quoting)
    assert {mark for s in sentences for mark in s.marks} == resolved


def test_the_author_s_part_stands_after_the_essential_and_figures_at_the_end(result: RestitutionResult) -> None:
    keys = [part.key for part in result.draft.sections]
    assert keys[:2] == ["essentiel", "recueil"]
    annexes = [part.key for part in result.draft.sections if part.is_annex]
    assert annexes == keys[-len(annexes) :] == ["rose"]
    figures = [b.value.figure for part in result.draft.sections for b in part.blocks if b.kind == "figure"]
    assert figures == ["rose"]


def test_what_people_have_to_complete_is_told_beside_the_document_and_never_in_it() -> None:
    result = write_restitution(workshop(anime_par=None, auteur=None), load_config())
    text = result.files["restitution.txt"].decode()
    assert "Animé par :" not in text
    assert not any(words in text for words in ("ompléter", "atelier.toml", "Auteur·e", "Remerciements"))
    assert "Animé par, Auteur·e de la présente restitution, Fil rouge" in result.files["index.html"].decode()
    assert result.warnings == (
        "En-tête à compléter dans atelier.toml : Animé par, Auteur·e de la présente restitution.",
    )


def test_a_workshop_without_words_is_still_a_document() -> None:
    made = workshop()
    kept = ("workshops", "workshop_tables", "ledger")
    bare = RestitutionTables(**{name: table if name in kept else empty(name) for name, table in vars(made).items()})
    result = write_restitution(bare, load_config())
    assert [part.key for part in result.draft.sections] == ["essentiel", "savoir_plus"]


def test_one_table_alone_is_no_common_culture_and_has_no_denominator() -> None:
    made = workshop()
    at = made.contributions["table"].notna()
    contributions = made.contributions.copy()
    contributions.loc[at, "table"] = "1"
    single = replace(made, contributions=contributions, workshop_tables=made.workshop_tables.iloc[:1])
    result = write_restitution(single, load_config())
    assert section(result, "ouest").title == "Ouest\u00a0: ce que l’on se demande"
    assert "sur une" not in result.files["restitution.txt"].decode()


def test_several_workshops_have_each_their_document_and_one_across() -> None:
    made = workshop()
    second = made.workshops.assign(workshop="b", titre="Atelier du soir", participants=12)
    contributions = made.contributions.copy()
    contributions.loc[contributions.index % 2 == 1, "workshop"] = "b"
    both = replace(
        made,
        workshops=pd.concat([made.workshops, second]),
        workshop_tables=pd.concat([made.workshop_tables, made.workshop_tables.assign(workshop="b")]),
        contributions=contributions,
    )
    result = write_restitution(both, load_config())
    assert {"restitution.docx", "ateliers/a/restitution.docx", "ateliers/b/restitution.odt"} <= set(result.files)
    said = result.files["restitution.txt"].decode()
    assert "Deux ateliers ont réuni 43 personnes." in said
    assert "Les deux ateliers en parlent" in said
    assert not re.search(r"\([^()]*\(", said)
    assert "Atelier du soir" in result.files["ateliers/b/restitution.txt"].decode()
    assert "les deux ateliers" not in result.files["ateliers/b/restitution.txt"].decode()


def test_a_length_can_be_chosen(result: RestitutionResult) -> None:
    brief = write_restitution(workshop(), configured(longueur="essentiel"))
    keys, usual = ([part.key for part in one.draft.sections] for one in (brief, result))
    assert keys[0] == "essentiel"
    assert set(keys) < set(usual)
    assert "est" not in keys


def test_a_paragraph_of_which_a_person_changed_a_sentence_keeps_the_sources_of_the_others() -> None:
    made = workshop()
    told = next(
        one
        for block in section(write_restitution(made, load_config()), "est").blocks
        for one in block.sentences
        if "g-bus" in block.groups and any(node.kind == "quote" for node in one.nodes)
    )
    (words, *_), (mark, *_) = (node.text for node in told.words), told.marks
    groups = made.reviewed_groups.copy()
    groups.loc[groups["group_id"] == "g-bus", "author_text"] = f"Tout part de là. « {words} »"
    result = write_restitution(replace(made, reviewed_groups=groups), load_config())
    (again,) = (one for one in section(result, "est").sentences if "Tout part de là" in one.text)
    assert ([node.text for node in again.words], again.marks) == ([words], (mark,))


def test_what_a_person_writes_is_to_the_letter_in_every_format() -> None:
    hers = "« pas de car après 18 h » : l'an dernier, « Cars verts » (un essai d’hiver) n'a rien fait ; suite => mai."
    tables = with_group(workshop(), "g-bus", author_text=hers, state="accepte")
    files = write_restitution(tables, load_config()).files
    office = {"docx": "word/document.xml", "odt": "content.xml"}
    read = {
        kind: zipfile.ZipFile(io.BytesIO(files[f"restitution.{kind}"])).read(name).decode()
        for kind, name in office.items()
    }
    read |= {kind: files[f"restitution.{kind}"].decode() for kind in ("txt", "md", "html", "yeswiki")}
    for kind, text in read.items():
        bare = re.sub(r"<sup.*?</sup>|<text:a .*?</text:a>|<w:hyperlink.*?</w:hyperlink>|<[^>]*>", "", text)
        shown = re.sub(r" \(T[\d.]+\)", "", html.unescape(bare).replace("\\", ""))
        assert "".join(hers.split()) in "".join(shown.split()), kind


def test_an_unsure_group_waits_instead_of_being_told() -> None:
    made = workshop()
    tags = made.reviewed_tags.copy()
    members = made.reviewed_memberships.loc[made.reviewed_memberships["group_id"] == "g-toit", "item_id"]
    tags.loc[tags["item_id"].isin(members), "status"] = "a_relire"
    result = write_restitution(replace(made, reviewed_tags=tags), load_config())
    assert "logements vides" not in words_of(section(result, "sud"))
    assert "logements vides" in result.files["paroles.txt"].decode()


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_missing_reference_document_is_said(kind: str) -> None:
    with pytest.raises(UsageError, match=f"modele_{kind}"):
        write_restitution(workshop(), configured(**{f"modele_{kind}": "/nowhere/modele"}))


def test_the_door_says_what_is_left_to_do(result: RestitutionResult) -> None:
    door = result.files["index.html"].decode()
    assert "un nom de personne masqué" in door
    assert "Fil rouge, Suites et Remerciements" in door
    assert "make review" in door
    assert "Retrouver ma parole" in door


def test_the_page_reaches_for_nothing_outside(result: RestitutionResult) -> None:
    for name in ("restitution.html", "paroles.html", "index.html", "registre.html", "methode.html"):
        page = result.files[name].decode()
        assert not re.search(r"(?:src|href)=[\"']https?:|@import|url\(https?:", page), name


def test_words_of_participants_are_text_in_every_format() -> None:
    hostile = "<img src=x onerror=alert(1)> **gras** {{7*7}} [lien](http://a) pas de car"
    from atelier import with_words

    result = write_restitution(with_words(workshop(), 1, hostile), configured(longueur="complet"))
    for name in ("restitution", "paroles"):
        assert "<img src=x" not in result.files[f"{name}.html"].decode()
        assert "{{7*7}}" not in result.files[f"{name}.yeswiki"].decode()
    assert "&lt;img src=x" in result.files["paroles.html"].decode()


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    import openpyxl
    from atelier import with_words

    result = write_restitution(with_words(workshop(), 1, "=1+1 le car"), load_config())
    sheet = openpyxl.load_workbook(io.BytesIO(result.files["elements.xlsx"])).active
    assert sheet is not None
    rows = list(sheet.iter_rows())
    assert len(rows) == 32
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    assert [cell.value for cell in rows[0]][:4] == ["fichier", "emplacement", "texte", "axe"]
    assert "commune" in [cell.value for cell in rows[0]]


def test_a_decision_that_nobody_voted_on_has_no_noughts_in_the_workbook() -> None:
    import openpyxl

    counted = Question("avis-1", "atelier", "Un bac", {"pour": 8}, {}, True, False, False, outcome="sans quorum")
    decided = Question("avis-2", "atelier", "Une fête en mai", {}, {}, True, False, True)
    material = replace(read_material(workshop()), questions=(counted, decided))
    book = openpyxl.load_workbook(io.BytesIO(write_elements(material)["elements.xlsx"]))
    rows = [[cell.value for cell in row] for row in book["Votes et avis"].iter_rows(min_row=2)]
    assert rows[0][4:] == [8, 0, 0, 0, 0, 8, "voix", "sans quorum"]
    assert [cell for cell in rows[1][4:] if cell] == ["décision"]


_FAULTS = {
    "a plain space before a sign": r"[^\S\u00a0\u202f][:;!?»]",
    "no space before a sign": r"[^\W\d_][;!?]|[^\W\d_]:(?!//)",
    "two spaces": r"[ \u00a0\u202f]{2}",
    "two stops": r"(?<!\.)\.\.(?!\.)|[!?]\.|[,;]\.|\s[.,](?!\w)",
    "a straight apostrophe": r"\w'\w",
    "no elision": r"(?i)\b(?:de|le|la|que|je|se|ne) (?=[aeiouéèê])(?!onz|oui\b|un\b|une\b)",
    "no contraction": r"\b(?:de|à) les?\b",
    "no capital": r"^(?!https?:)[a-zà-ÿ]",
}


def test_our_own_words_and_the_names_of_files_are_set_as_a_printer_would(result: RestitutionResult) -> None:
    told = [one for section in result.draft.sections for one in section.sentences if one.role != "author"]
    assert len(told) > 20
    for sentence in told:
        nodes = (node.text if node.kind not in ("quote", "report") else "Q" for node in sentence.nodes)
        found = "".join(nodes)
        assert {name for name, fault in _FAULTS.items() if re.search(fault, found)} == set(), found


def test_what_a_file_calls_something_is_set_and_begins_a_line_with_a_capital() -> None:
    of = {name: NamedNode("given", text, NamedRef(name)) for name, text in _NAMED.items()}
    found = "".join(node.text for node in compose("{o}, à {c} : {x}.", o=of["origine"], c=of["contexte"], x="oui"))
    assert found == "Édition 2014, à Qu’est-ce qu’on garde\u202f?\u00a0: oui."


_NAMED = {"origine": "édition 2014", "contexte": "Qu'est-ce qu'on garde ?"}
