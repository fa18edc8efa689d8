"""Columns where people wrote."""

from __future__ import annotations

import pytest

from pipeline.ingest.formats.sheets.cells import content_of
from pipeline.ingest.formats.sheets.mapping import Mapping
from pipeline.ingest.formats.sheets.text_columns import choose_texts

PLACES = ["le four ferme trop tôt le dimanche", "il manque la clé du lavoir", "personne ne répare la voûte du four"]
WORDS = ["Nord", "Sud", "Nord"]


def chosen(columns: dict[str, list[str]], by_name: tuple[str, ...] = (), context: tuple[str, ...] = ()) -> Mapping:
    names = list(columns)
    sample = [list(row) for row in zip(*columns.values(), strict=True)]
    left = [at for at, name in enumerate(names) if name not in (*by_name, *context)]
    mapping = Mapping(attributes=left, context=[names.index(name) for name in context])
    content = [content_of(sample, at) for at in range(len(names))]
    choose_texts(mapping, names, content, [(0, names.index(name)) for name in by_name])
    return mapping


def test_a_known_name_is_that_of_the_text() -> None:
    mapping = chosen({"Texte": PLACES, "Quartier": WORDS}, by_name=("Texte",))
    assert mapping.text == [(0, "")]
    assert mapping.attributes == [1]
    assert [(choice.name, choice.reason) for choice in mapping.choices] == [("Texte", "son titre")]


def test_sentences_make_a_column_of_text_that_nothing_else_points_to() -> None:
    mapping = chosen({"Divers": PLACES, "Quartier": WORDS})
    assert mapping.text == [(0, "")]
    assert mapping.assumed == ["Divers"]


def test_a_question_is_what_its_cells_answer() -> None:
    mapping = chosen({"Que changer au four ?": PLACES, "Quartier": WORDS})
    assert mapping.text == [(0, "Que changer au four ?")]
    assert mapping.assumed == []


def test_the_sentences_of_a_context_are_the_text_where_there_is_no_other() -> None:
    mapping = chosen({"Rubrique": PLACES, "Quartier": WORDS}, context=("Rubrique",))
    assert mapping.text == [(0, "")]
    assert mapping.context == []


@pytest.mark.parametrize(("name", "context"), [("Texte", ""), ("zzz", "zzz")])
def test_the_only_column(name: str, context: str) -> None:
    assert chosen({name: WORDS}).text == [(0, context)]


def test_words_alone_are_no_text() -> None:
    assert chosen({"Quartier": WORDS, "Côté": WORDS}).text == []
