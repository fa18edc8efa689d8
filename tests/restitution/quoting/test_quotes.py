"""Which words may be quoted."""

import pytest
from labelled import each
from workshop_told import item_of

from pipeline.restitution.quoting.quotes import (
    may_quote,
    may_quote_part,
    plain_quotes,
    quote_node,
    repeats,
    shown,
    words_in,
)
from pipeline.workshop.model import may_tell


@pytest.mark.parametrize(
    ("changes", "quoted", "told"),
    [
        ({}, True, True),
        ({"provenance": "note"}, False, True),
        ({"provenance": "transcription"}, True, True),
        ({"is_quotable": False}, False, False),
        ({"is_hidden": True}, False, False),
        ({"quote_choice": "bannie"}, False, False),
    ],
    ids=["written", "noted", "spoken", "not to quote", "hidden", "set aside"],
)
def test_what_may_be_quoted_or_told(changes: dict[str, object], quoted: bool, told: bool) -> None:
    item = item_of("La salle est froide en hiver", **changes)
    assert (may_quote(item), may_tell(item)) == (quoted, told)


@pytest.mark.parametrize("signs", ["« {} »", "“{}”", '"{}"'])
def test_what_a_note_quotes_may_be_quoted_and_nothing_else_of_it(signs: str) -> None:
    said = "Il n’y a plus une seule lampe au lavoir !"
    note = item_of(f"Une voisine dit {signs.format(said)} et le groupe en rit longtemps", provenance="note")
    assert may_quote_part(note, said)
    assert not may_quote_part(note, "et le groupe en rit longtemps")
    (found,) = words_in(f"Au lavoir, « {said} », dit-on.", [note])
    assert (found[2].kind, found[2].text) == ("quote", said)


def test_the_rest_of_a_sentence_is_shown_cut_unless_the_sentence_around_tells_it() -> None:
    text = "On repart tard parce que la salle est froide en hiver"
    item = item_of(text)
    at = text.index("la salle")
    assert quote_node(item, (at, len(text))).text == "[…] la salle est froide en hiver"
    assert quote_node(item, (at, len(text)), shows_cuts=False).text == "la salle est froide en hiver"
    assert quote_node(item, (at, len(text)), "report").text == "la salle est froide en hiver"


def test_what_was_cut_is_shown() -> None:
    text = "La salle est froide et Paul le dit"
    assert shown(text, [[0, 23], [27, 34]], [0, 34]) == "La salle est froide et […] le dit"
    assert shown(text, [[0, 19]], [0, 34]) == "La salle est froide […]"
    name = "Le four d’Odile P. fume ; Odile P. Il fume"
    assert shown(name, [[0, 10], [17, 42]], [0, 42]) == "Le four d’[…] fume ; Odile P. Il fume"
    assert shown(name, [[0, 26], [33, 42]], [0, 42]) == "Le four d’Odile P. fume ; […]. Il fume"


test_what_repeats = each(
    repeats,
    ("La salle est froide", ["La salle est froide en hiver"], True),
    ("La salle est froide", ["Le terrain est inondé"], False),
    ("Oui", [], True),
    names=["the same", "something else", "no content"],
)


def test_quotation_marks_of_others_are_not_ours() -> None:
    assert plain_quotes("on dit «\u00a0jamais\u00a0» ici") == "on dit “jamais” ici"
