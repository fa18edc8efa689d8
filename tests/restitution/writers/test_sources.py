"""The annex of sources: by place, then by file, and one sentence that says how to read a mark."""

from __future__ import annotations

from dataclasses import replace

from draft_by_hand import DRAFT

from pipeline.contracts.draft import Source
from pipeline.restitution.writers.sources import anchor, by_place, explained, source_lines

TWO_FILES = (
    Source("T2.4", "Table 2", "Post-it, murs.csv", "ligne 5"),
    Source("T2.6", "Table 2", "Note de table, table2.docx", "paragraphe 3"),
    Source("T2.9", "Table 2", "Post-it, murs.csv", "ligne 8"),
    Source("E3", "Enquête", "enquete.csv", "ligne 4"),
)


def test_marks_of_one_place_are_together_by_file() -> None:
    draft = replace(DRAFT, sources=TWO_FILES)
    assert [(place, [(f.file, [s.mark for s in f.sources]) for f in files]) for place, files in by_place(draft)] == [
        ("Table 2", [("Post-it, murs.csv", ["T2.4", "T2.9"]), ("Note de table, table2.docx", ["T2.6"])]),
        ("Enquête", [("enquete.csv", ["E3"])]),
    ]
    assert dict(source_lines(draft))["Table 2"] == (
        "Post-it, murs.csv\u00a0: T2.4\u00a0ligne 5\u202f; T2.9\u00a0ligne 8. "
        "Note de table, table2.docx\u00a0: T2.6\u00a0paragraphe 3"
    )


def test_the_first_mark_of_each_kind_is_explained_and_nothing_when_there_is_none() -> None:
    assert explained(replace(DRAFT, sources=TWO_FILES)).endswith(
        "T2.4, une contribution de la table 2\u202f; E3, une personne qui a répondu à l’enquête."
    )
    assert explained(replace(DRAFT, sources=())) == ""


def test_a_mark_is_a_place_that_documents_can_name() -> None:
    assert anchor("T12.3") == "source-T12-3"
