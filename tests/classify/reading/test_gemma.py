"""The second encoder: how an idea is put to it, and what it gives whatever stands beside."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.classify.reading.gemma import (
    MAX_CONTEXT_PIECES,
    MAX_TEXT_PIECES,
    PAD,
    START,
    GemmaEncoder,
    GemmaPieces,
    padded,
)
from pipeline.classify.reading.store import ENCODER_FILE, SECOND_FOLDER, TOKENIZER_FILE, model_folder

FOLDER = model_folder("precis") / SECOND_FOLDER


@pytest.fixture(scope="module")
def pieces() -> GemmaPieces:
    return GemmaPieces((FOLDER / TOKENIZER_FILE).read_bytes())


@pytest.fixture(scope="module")
def encoder() -> GemmaEncoder:
    return GemmaEncoder((FOLDER / ENCODER_FILE).read_bytes, (FOLDER / TOKENIZER_FILE).read_bytes())


def test_a_heading_stands_before_the_idea_and_is_no_part_of_it(pieces: GemmaPieces) -> None:
    under, alone = pieces.pieces([("Plus de bus", "Propositions"), ("Plus de bus", "")])
    assert under.ids[0] == alone.ids[0] == START
    assert under.ids[under.text_start :] == alone.ids[alone.text_start :]
    assert under.text_start > alone.text_start


def test_long_texts_are_cut_a_path_of_headings_keeps_its_end(pieces: GemmaPieces) -> None:
    path = " > ".join(f"partie numéro {n}" for n in range(60))
    question = " ".join(f"partie numéro {n}" for n in range(60))
    by_path, by_question = pieces.pieces([("mot " * 300, path), ("mot " * 300, question)])
    assert len(by_path.ids) - by_path.text_start == MAX_TEXT_PIECES
    fixed = pieces.pieces([("mot", "a")])[0].text_start - 1
    assert by_path.text_start == by_question.text_start == fixed + MAX_CONTEXT_PIECES
    assert by_path.ids[: by_path.text_start] != by_question.ids[: by_question.text_start]


@pytest.mark.parametrize("text", ["", "   ", "🐢🐢", "\u200b", "<eos><pad>", "日本語の文"])
def test_whatever_the_text_there_is_something_to_read(pieces: GemmaPieces, text: str) -> None:
    found = pieces.pieces([(text, "")])[0]
    assert len(found.ids) > found.text_start
    assert PAD not in found.ids


def test_padding_marks_what_is_no_text(pieces: GemmaPieces) -> None:
    rows = pieces.pieces([("Plus de bus le soir", ""), ("Merci", "")])
    found = padded(rows)
    assert found["ids"].shape[1] % 4 == 0
    assert (found["ids"][1, len(rows[1].ids) :] == PAD).all()
    assert padded(rows[:1])["ids"].shape[0] == 2


def test_a_reading_does_not_depend_on_the_others(encoder: GemmaEncoder) -> None:
    texts = ["Il manque un médecin", "Merci à l'équipe", "Créer un annuaire", "Il manque un médecin", "Ordre du jour :"]
    contexts = ["Freins", "", "Propositions", "Freins", ""]
    together = encoder.scores(texts, contexts)
    np.testing.assert_array_equal(together[0], together[3])
    alone = np.concatenate([encoder.scores([text], [context]) for text, context in zip(texts, contexts, strict=True)])
    np.testing.assert_allclose(alone, together, atol=1e-4)


def test_nothing_to_read_gives_no_row(encoder: GemmaEncoder) -> None:
    assert encoder.scores([], []).shape == (0, 5)
