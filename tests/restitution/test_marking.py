"""Short marks: one for each contribution, or each person who answered; nothing told elsewhere changes them."""

from dataclasses import replace

import pandas as pd
import pytest
from atelier import workshop
from labelled import each

from pipeline.config import load_config
from pipeline.restitution.marking import marks_of, reading_order
from pipeline.restitution.stage import RestitutionResult, write_restitution


def rows(*told: tuple[str, str, str, str | None, str | None]) -> pd.DataFrame:
    """Contributions from (source, channel, workshop, table, voice), in order."""
    frame = pd.DataFrame(told, columns=["source", "channel", "workshop", "table", "voice"])
    return frame.assign(
        contribution_id=[f"c{n}" for n in range(len(frame))],
        position=range(len(frame)),
        context="",
        attributes="{}",
        date=None,
    )


def test_a_contribution_of_a_table_has_its_number_there_whatever_its_file() -> None:
    found = rows(
        ("b.csv", "postit", "a", "3", None),
        ("a.docx", "note", "a", "3", None),
        ("b.csv", "postit", "a", "12", None),
        ("b.csv", "postit", "a", "3", None),
    )
    assert marks_of(found, list(found["contribution_id"])) == {"c1": "T3.1", "c0": "T3.2", "c3": "T3.3", "c2": "T12.1"}


test_a_person_who_answered_twice_or_in_two_files_has_one_mark = each(
    lambda *given: list(marks_of(found := rows(*given), list(found["contribution_id"])).values()),
    (
        ("e.csv", "enquete", "a", "3", "Réponse 1"),
        ("e.csv", "enquete", "a", None, "Réponse 2"),
        ("e.csv", "enquete", "a", "3", "Réponse 1"),
        ["E1", "E2", "E1"],
    ),
    (
        ("carte_1.csv", "enquete", "a", None, "Voix 1"),
        ("carte_2.csv", "enquete", "a", None, "Voix 1"),
        ("carte_2.csv", "enquete", "a", None, "Voix 2"),
        ["E1", "E1", "E2"],
    ),
    names=["twice", "in two files"],
)


def test_without_a_numbered_table_the_letter_is_that_of_the_kind() -> None:
    found = rows(
        ("a.csv", "postit", "a", "Santé", None),
        ("a.csv", "postit", "a", None, None),
        ("b.docx", "note", "a", None, None),
        ("c.vtt", "transcript", "a", None, "Voix 1"),
    )
    assert list(marks_of(found, list(found["contribution_id"])).values()) == ["P1", "P2", "N1", "R1"]


def test_tables_of_several_workshops_are_not_mixed() -> None:
    found = rows(("a/p.csv", "postit", "a", "1", None), ("b/p.csv", "postit", "b", "1", None))
    assert list(marks_of(found, list(found["contribution_id"])).values()) == ["P1", "P2"]


def test_a_document_without_marks_has_neither_marks_nor_annexes_nor_what_speaks_of_them() -> None:
    config = load_config(None)
    bare = config.model_copy(update={"restitution": config.restitution.model_copy(update={"reperes": False})})
    with_marks, without = (write_restitution(workshop(), one) for one in (config, bare))
    assert with_marks.draft == without.draft
    mark = with_marks.draft.sources[0].mark
    told = [str(one.files["restitution.md"], "utf-8") for one in (with_marks, without)]
    assert [f"({mark}" in text or f" {mark})" in text for text in told] == [True, False]
    assert ["document des paroles" in text for text in told] == [True, False]
    assert [any(name in text for name in ("## Sources", "rose", "Annexe")) for text in told] == [True, False]


def test_only_what_is_wanted_is_given_and_all_is_counted() -> None:
    found = rows(*[("a.csv", "postit", "a", "1", None)] * 5)
    assert marks_of(found, ["c4"]) == {"c4": "T1.5"}
    assert marks_of(found, []) == {}


def test_the_annex_is_in_the_order_of_people() -> None:
    marks = ["R1", "E2", "T10.1", "T2.11", "T2.3", "P1", "N1", "E1"]
    assert sorted(marks, key=reading_order) == ["T2.3", "T2.11", "T10.1", "E1", "E2", "P1", "N1", "R1"]


@pytest.mark.parametrize("hidden", ["i000", "i003"])
def test_a_mark_stays_when_another_contribution_is_hidden(hidden: str, result: RestitutionResult) -> None:
    made = workshop()
    items = made.items["item_id"]
    decided = made.reviewed_items
    told = pd.DataFrame([dict.fromkeys(decided.columns)]).assign(item_id=items.iloc[int(hidden[1:])], is_hidden=True)
    kept = decided[decided["item_id"] != told["item_id"].iloc[0]]
    changed = replace(made, reviewed_items=pd.concat([kept, told], ignore_index=True).astype(decided.dtypes.to_dict()))
    before = result.draft
    after = write_restitution(changed, load_config()).draft
    by_words = {(s.text, s.marks) for part in before.sections for s in part.sentences if s.marks}
    again = {(s.text, s.marks) for part in after.sections for s in part.sentences if s.marks}
    assert {text for text, _ in by_words & again} == {text for text, _ in by_words} & {text for text, _ in again}
    places = {source.mark: source for source in before.sources}
    assert all(places.get(source.mark, source) == source for source in after.sources)


def test_a_row_of_a_table_is_no_line_of_its_file() -> None:
    made = workshop()
    rows = made.contributions
    typed = rows.assign(source=rows["source"].str.replace(".csv", ".md")).astype(rows.dtypes.to_dict())
    told = {
        word: {word in source.locator for source in write_restitution(read, load_config()).draft.sources}
        for word, read in (("rangée", made), ("ligne", replace(made, contributions=typed)))
    }
    assert told == {"rangée": {True}, "ligne": {True}}
