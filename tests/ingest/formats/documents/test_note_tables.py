"""Which cells of a table of a document are titles."""

from __future__ import annotations

import pytest

from pipeline.ingest.formats.documents.note_tables import titles_of

QUESTIONS = [["Que garder ?", "Que changer ?"], ["Le four", "Les horaires"]]
SIDE = [["Freins", "Le four ferme"], ["Pistes", "Un bal"]]
CORNER = [["", "Freins", "Pistes"], ["Table 1", "Le four ferme", "Un bal"]]
WALL = [["Le four ferme", "Un bal"], ["Un banc", "Une fontaine"]]


@pytest.mark.parametrize(
    ("cells", "columns", "rows"),
    [
        (QUESTIONS, ("Que garder ?", "Que changer ?"), ()),
        (SIDE, (), ("Freins", "Pistes")),
        (CORNER, ("", "Freins", "Pistes"), ()),
        (WALL, (), ()),
        ([["Freins", "Freins"], ["Le four", "Un bal"]], (), ()),
        ([["Freins", "Pistes"]], (), ()),
        ([["Freins"], ["Le four"]], (), ()),
        ([["Freins", ""], ["Le four", "Un bal"]], (), ()),
    ],
    ids=["questions", "beside", "a blank corner", "post-its", "twice the same", "one row", "one column", "a blank"],
)
def test_titles(cells: list[list[str]], columns: tuple[str, ...], rows: tuple[str, ...]) -> None:
    found = titles_of(cells)
    assert (found.of_columns, found.of_rows) == (columns, rows)


def test_a_row_that_the_document_marks_needs_no_usual_words() -> None:
    assert titles_of(WALL, is_marked=True).of_columns == ("Le four ferme", "Un bal")
    long = ["Le four ferme trop tôt le soir et le dimanche aussi depuis mai", "Un bal"]
    assert titles_of([long, WALL[1]], is_marked=True).of_columns == ()


def test_a_cell_stands_under_a_title_or_beside_one() -> None:
    above, beside = titles_of(QUESTIONS), titles_of(SIDE)
    assert above.over(1, 1) == "Que changer ?"
    assert above.holds(0, 1)
    assert not above.holds(1, 0)
    assert beside.over(1, 1) == "Pistes"
    assert beside.holds(1, 0)
    assert not beside.holds(0, 1)
