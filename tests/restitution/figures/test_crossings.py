"""The figures beside the rose: their names, and what is worth a bar."""

from __future__ import annotations

from dataclasses import replace

from atelier import workshop
from readable import texts

from pipeline.language.text.typography import typeset
from pipeline.restitution.figures.crossings import _first, by_recurrence, by_table, linked
from pipeline.restitution.figures.figure import subjects_of
from pipeline.restitution.material.kinship import Kinship
from pipeline.workshop.load import read_material
from pipeline.workshop.model import Material


def test_a_table_keeps_the_capital_of_its_letter_and_of_its_name() -> None:
    made = workshop()
    named = {"1": "D", "2": "Santé"}
    contributions = made.contributions.assign(table=made.contributions["table"].replace(named))
    tables = made.workshop_tables.assign(table=made.workshop_tables["table"].replace(named))
    figure = by_table(read_material(replace(made, contributions=contributions, workshop_tables=tables)))
    assert figure is not None
    assert {"Table\u00a0D", "Table\u00a0Santé"} <= {row[0] for row in figure.rows}


def test_what_one_contribution_said_gathers_nothing() -> None:
    material: Material = read_material(workshop())
    figure = by_recurrence(material, subjects_of(material, Kinship(material)))
    assert figure is not None
    counts = [int(row[2]) for row in figure.rows]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) > 1


def test_bars_say_their_numbers_and_titles_are_whole() -> None:
    material: Material = read_material(workshop())
    figure = by_recurrence(material, subjects_of(material, Kinship(material)))
    assert figure is not None
    assert figure.in_words.shows == "image"
    for drawing in (figure.svg, figure.square):
        for title, axis, n, where in figure.rows:
            assert f"{n} · {axis} · {where}" in texts(drawing)
            assert typeset(title) in texts(drawing)
            assert f"{title} ({axis}), {n}" in figure.alt


def test_a_document_shows_obstacles_once_each_with_their_answers() -> None:
    material: Material = read_material(workshop())
    figure = linked(material, Kinship(material), 1)
    assert figure is not None
    told = figure.in_words
    assert told.columns == ("Obstacle", "Ce qui y répond")
    obstacles = [row[0] for row in told.rows]
    assert len(obstacles) == len(set(obstacles))
    answers = {row[1] for row in figure.rows}
    assert set(obstacles) <= set(texts(figure.svg))
    assert any(answer in texts(figure.svg) for answer in answers)
    assert all(any(answer in row[1] for row in told.rows) for answer in answers)


def test_many_answers_are_counted_after_the_first_ones() -> None:
    assert _first(["a", "b", "c", "d", "e"]) == "a ; b ; c ; d ; e"
    assert _first(["a", "b", "c", "d", "e", "f"]) == "a ; b ; c ; d ; et deux autres"


def test_a_long_list_of_subjects_says_how_many_it_shows() -> None:
    material: Material = read_material(workshop())
    one = subjects_of(material, Kinship(material))[0]
    figure = by_recurrence(material, [one] * 40)
    assert figure is not None
    assert len(figure.rows) == 12
    assert any("les 12 premiers de 40 sujets" in text for text in texts(figure.svg))


def test_each_table_has_its_numbers_in_the_picture() -> None:
    figure = by_table(read_material(workshop()))
    assert figure is not None
    cells = [cell for row in figure.rows for cell in row]
    assert texts(figure.svg)[-len(cells) :] == [typeset(cell) for cell in cells]
