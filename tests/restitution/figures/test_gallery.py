"""The pictures of a restitution tell the numbers of its facts."""

import io
from dataclasses import replace

import pytest
from atelier import workshop
from pypdf import PdfReader
from readable import texts
from workshop_told import draft_of, group_of, hand_made, plan_of

from pipeline.config import load_config
from pipeline.language.text.typography import typeset
from pipeline.restitution.figures.gallery import most_voted, planned, poster
from pipeline.restitution.figures.rose import petals_of
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.stage import RestitutionResult, write_restitution


def test_no_rose_is_drawn_of_titles_that_a_person_gave_without_axes() -> None:
    options = load_config().restitution
    drawn = [
        list(planned(replace(hand_made(), axes_given=given), options).figures)
        for given in ({}, {"Le four": ""}, {"Le four": "", "Le port": "sud"})
    ]
    assert drawn == [["rose"], [], ["rose"]]


def test_every_picture_tells_the_numbers_of_the_facts(result: RestitutionResult) -> None:
    material, made = hand_made(), result
    figures = planned(material, load_config().restitution).figures
    assert list(figures) == ["rose"]
    petals = [text.removesuffix(")").rpartition(" (") for text in texts(figures["rose"].svg) if text.endswith(")")]
    told = {
        typeset(one.title): (one.sides.n_against and one.sides_told) or str(made.facts[f"{key}.idees"].n)
        for key, one in material.groups.items()
        if f"{key}.idees" in made.facts
    }
    assert all(told.get(title) in (None, counted) for title, _, counted in petals)
    assert any(title in told for title, *_ in petals)


def test_a_poster_says_where_when_who_and_the_same_numbers_as_the_document(result: RestitutionResult) -> None:
    made = result
    drawing = made.files["affiche.svg"]
    shown = texts(drawing)
    assert shown[0] == made.draft.title
    given = {field.label: field.value for field in made.draft.header if field.value}
    assert all(given[label] in shown[1] for label in ("Date", "Lieu", "Participation") if label in given)
    for name, n in ((row[0], row[2]) for row in made.draft.figures["rose"].rows):
        assert f"{name} · {n} idée{'s' if int(n) > 1 else ''}" in shown


@pytest.mark.usefixtures("drawn_anew")
def test_a_poster_is_one_page_of_a3_the_same_each_time(result: RestitutionResult) -> None:
    pages = PdfReader(io.BytesIO(result.files["affiche.pdf"])).pages
    assert [[round(float(side)) for side in page.mediabox[2:]] for page in pages] == [[842, 1191]]
    again = write_restitution(workshop(), load_config())
    assert again.files["affiche.pdf"] == result.files["affiche.pdf"]


def test_the_poster_lists_what_the_section_of_votes_lists_in_its_order(result: RestitutionResult) -> None:
    votes = {"votes": [2, 9, 4], "votes_against": [6, 0, 0]}
    texts_of = ("Chauffer le four à pain le samedi", "Repeindre le lavoir avec les classes", "Planter des pommiers")
    material, _ = group_of("Le four", *texts_of, axis="sud", group="", **votes)
    material = replace(material, groups={})
    draft, facts = draft_of(material), compute_facts(material, plan_of(material).units)
    name, voted = most_voted(draft, facts)
    assert name == "Votes reçus"
    assert [(words.strip("«» \u00a0").split()[0].lower(), *counts) for words, *counts in voted] == [
        ("repeindre", 9, 0), ("chauffer", 2, 6), ("planter", 4, 0),
    ]  # fmt: skip
    drawn = poster(replace(draft, figures=result.draft.figures), facts, petals_of(facts, []))["affiche.svg"]
    assert "Votes reçus par idée" in texts(drawn)
    assert "9" in texts(drawn)


def test_a_title_that_is_code_stays_words(result: RestitutionResult) -> None:
    draft = replace(result.draft, title="<script>alert(1)</script>")
    drawn = poster(draft, result.facts, petals_of(result.facts, []))["affiche.svg"]
    assert b"<script" not in drawn
    assert texts(drawn)[0] == draft.title
