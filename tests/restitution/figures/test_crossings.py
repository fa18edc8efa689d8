"""The figures beside the rose: their names, and what is worth a bar."""

from __future__ import annotations

from dataclasses import replace

from atelier import workshop

from pipeline.restitution.figures.crossings import _first, answers_matrix, by_recurrence, by_table
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.load import read_material
from pipeline.restitution.material.model import Material


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
    figure = by_recurrence(material, Kinship(material))
    assert figure is not None
    counts = [int(row[2]) for row in figure.rows]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) > 1


def test_bars_say_their_numbers_and_titles_are_whole() -> None:
    material: Material = read_material(workshop())
    figure = by_recurrence(material, Kinship(material))
    assert figure is not None
    assert figure.in_words.shows == "image"
    svg = figure.svg.decode()
    for title, axis, n, where in figure.rows:
        assert f"{n} · {axis} · {where}" in svg
        assert all(word in svg for word in title.split())
        assert f"{title} ({axis}), {n}" in figure.alt


def test_a_document_shows_obstacles_once_each_with_their_answers() -> None:
    material: Material = read_material(workshop())
    figure = answers_matrix(material, Kinship(material), 1)
    assert figure is not None
    told = figure.in_words
    assert told.columns == ("Obstacle", "Ce qui y répond")
    obstacles = [row[0] for row in told.rows]
    assert len(obstacles) == len(set(obstacles))
    answers = {row[2] for row in figure.rows}
    assert all(any(answer in row[1] for row in told.rows) for answer in answers)


def test_many_answers_are_counted_after_the_first_ones() -> None:
    assert _first(["a", "b", "c", "d", "e"]) == "a ; b ; c ; d ; e"
    assert _first(["a", "b", "c", "d", "e", "f"]) == "a ; b ; c ; d ; et deux autres"
