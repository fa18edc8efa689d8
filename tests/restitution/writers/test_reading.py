"""How every writer reads a draft: « » around quotations and questions asked, “ ” inside, bold runs together."""

from dataclasses import replace

from draft_by_hand import ASKED, DRAFT, SENTENCE

from pipeline.contracts.draft import Sentence, Source, TextNode, WordsNode, WordsRef
from pipeline.language.text.typography import NO_BREAK
from pipeline.restitution.quoting.quotes import plain_quotes
from pipeline.restitution.writers.reading import (
    brackets_joined,
    by_place,
    explained,
    header_rows,
    plain,
    runs,
    source_lines,
    stretches,
)


def test_a_quotation_has_its_marks_and_its_own_become_the_inner_ones() -> None:
    assert plain(SENTENCE) == "Ce qui freine. On lit «\u00a0le #1 des *freins* “c'est” tout\u00a0»."
    assert plain_quotes("« oui »") == "“oui”"


def test_a_question_that_was_asked_stands_between_marks_too() -> None:
    assert plain(ASKED) == "À «\u00a0Que faire ?\u00a0», on se tait."


def test_what_is_bold_makes_one_stretch() -> None:
    assert [strong for strong, _ in stretches(SENTENCE, lambda run: run.text)] == [True, False]


def words(text: str, key: str) -> WordsNode:
    return WordsNode("quote", text, WordsRef(key, key, (0, len(text)), ((0, len(text)),)))


def told(sentence: Sentence) -> str:
    return "".join(f"[{run.text}]" if run.is_mark else run.text for run in runs(sentence, with_marks=True))


def test_each_words_have_their_mark_after_them() -> None:
    nodes = (words("un", "a"), TextNode(" et "), words("deux", "b"), TextNode(" (table 3)."))
    assert (
        told(Sentence(nodes, ("a", "b"), ("T1.1", "E2")))
        == "«\u00a0un\u00a0»[T1.1] et «\u00a0deux\u00a0»[E2] (table 3)."
    )


def test_words_of_one_source_in_a_row_have_its_mark_once() -> None:
    nodes = (words("un", "a"), TextNode(", "), words("deux", "a"), TextNode(", "), words("trois", "b"), words("x", "a"))
    marked = Sentence(nodes, ("a", "b"), ("T1.1", "T1.1", "E2", "T1.1"))
    assert [run.text for run in runs(marked, with_marks=True) if run.is_mark] == ["T1.1", "E2", "T1.1"]
    assert not any(run.is_mark for run in runs(marked))


def test_brackets_after_a_mark_are_one_with_it() -> None:
    assert brackets_joined("« oui » (T3.4) (table 3).") == "« oui » (T3.4, table 3)."
    assert brackets_joined("« oui » (E&#49;4) (enquête).") == "« oui » (E&#49;4, enquête)."
    assert brackets_joined("un (deux) (trois)") == "un (deux) (trois)"


def test_an_empty_field_of_the_header_is_not_shown() -> None:
    assert header_rows(DRAFT) == [("Lieu", "La halle")]


TWO_FILES = (
    Source("T2.4", "Table 2", "Post-it, murs.csv", "ligne 5"),
    Source("T2.6", "Table 2", "Note de table, table2.docx", "paragraphe 3"),
    Source("T2.9", "Table 2", "Post-it, murs.csv", "ligne 8"),
    Source("E3", "Enquête", "enquete.csv", "ligne 4"),
)


def test_no_mark_stands_alone_at_the_beginning_or_the_end_of_a_line() -> None:
    for n, joints in ((1, [""]), (2, ["", NO_BREAK]), (4, ["", NO_BREAK, " ", NO_BREAK])):
        told = Sentence((TextNode("On marche."),), ("x",), tuple(f"N{one}" for one in range(n)), rewritten=True)
        assert [run.joint for run in runs(told, with_marks=True) if run.is_mark] == joints


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
