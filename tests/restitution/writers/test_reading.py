"""How every writer reads a draft: « » around quotations and questions asked, “ ” inside, bold runs together."""

from __future__ import annotations

from draft_by_hand import ASKED, DRAFT, SENTENCE

from pipeline.restitution.writers.reading import header_rows, nested, plain, runs, stretches


def test_a_quotation_has_its_marks_and_its_own_become_the_inner_ones() -> None:
    assert plain(SENTENCE) == "Ce qui freine. On lit «\u00a0le #1 des *freins* “c'est” tout\u00a0»."
    assert nested("« oui »") == "“oui”"


def test_a_question_that_was_asked_stands_between_marks_too() -> None:
    assert plain(ASKED) == "À «\u00a0Que faire ?\u00a0», on se tait."


def test_people_s_words_are_known_from_ours() -> None:
    assert [run.text for run in runs(SENTENCE) if run.is_theirs] == ["le #1 des *freins* “c'est” tout"]


def test_what_is_bold_makes_one_stretch() -> None:
    assert [strong for strong, _ in stretches(SENTENCE, lambda run: run.text)] == [True, False]


def test_an_empty_field_of_the_header_is_marked() -> None:
    assert header_rows(DRAFT) == [("Animé par", "[à compléter]", True), ("Lieu", "La halle", False)]
