"""The fine-tuned encoders at run time: pieces, batches, graphs."""

import threading

import numpy as np
import pytest

from pipeline.classify.reading.encoders import (
    GEMMA_MAX_CONTEXT_PIECES,
    GEMMA_MAX_TEXT_PIECES,
    GEMMA_PAD,
    GEMMA_START,
    GemmaEncoder,
    GemmaPieces,
    PreciseEncoder,
    axes_part,
    branches_part,
    gemma_inputs,
    one_thread_session,
)
from pipeline.classify.reading.store import ENCODER_FILE, SECOND_FOLDER, TOKENIZER_FILE, model_folder, open_model
from pipeline.language.models.encoders import n_threads_here, said, titled

TEXTS = [f"Il manque {n} places {'au parking de la gare ' * (n % 7)}" for n in range(80)]


@pytest.fixture(scope="module")
def encoder() -> PreciseEncoder:
    branch, folder = open_model("precis").branch, model_folder("precis")
    assert branch is not None
    return PreciseEncoder((folder / ENCODER_FILE).read_bytes, folder / TOKENIZER_FILE, branch.read_bytes)


def test_scores_are_the_same_without_the_ideas_and_on_one_thread(encoder: PreciseEncoder) -> None:
    contexts = ["", "Mobilités"] * 40
    whole, bare = encoder.encode(TEXTS, contexts), encoder.encode(TEXTS, contexts, with_ideas=False)
    assert whole.ideas.shape == (80, 2 * 128)
    assert bare.ideas.shape == (80, 0)
    assert np.array_equal(whole.scores, bare.scores)
    assert np.array_equal(whole.vectors, bare.vectors)
    elsewhere: list[np.ndarray] = []
    thread = threading.Thread(target=lambda: elsewhere.extend(encoder.encode(TEXTS, contexts)))
    thread.start()
    thread.join()
    assert all(np.array_equal(one, other) for one, other in zip(whole, elsewhere, strict=True))


def test_the_branch_of_titles_moves_no_digit_of_the_others(encoder: PreciseEncoder) -> None:
    folder = model_folder("precis")
    without = PreciseEncoder((folder / ENCODER_FILE).read_bytes, folder / TOKENIZER_FILE)
    one, other = encoder.encode(TEXTS, [""] * 80), without.encode(TEXTS, [""] * 80)
    assert np.array_equal(one.scores, other.scores) and np.array_equal(said(one.ideas), said(other.ideas))
    assert not titled(other.ideas).any()
    np.testing.assert_allclose(np.linalg.norm(titled(one.ideas), axis=1), 1, atol=1e-5)


def test_a_title_is_nearer_to_what_says_it_in_other_words(encoder: PreciseEncoder) -> None:
    titles = ["Un marché plus vivant", "On ne sait pas à qui parler", "Le loyer est trop cher"]
    ideas = [
        "remettre des producteurs sur la place le samedi",
        "personne ne répond quand on appelle la mairie",
        "720 euros pour un deux-pièces humide",
    ]
    near = titled(encoder.encode(ideas, [""] * 3).ideas) @ titled(encoder.encode(titles, [""] * 3).ideas).T
    assert near.argmax(axis=1).tolist() == [0, 1, 2]


def test_a_branch_above_more_layers_than_there_are_is_refused() -> None:
    model = (model_folder("precis") / ENCODER_FILE).read_bytes()
    with pytest.raises(ValueError, match="normalisations"):
        axes_part(model, n_layers=40)


@pytest.mark.parametrize("size", [1, 7])
def test_what_is_read_does_not_depend_on_what_is_read_with_it(encoder: PreciseEncoder, size: int) -> None:
    chosen = np.random.default_rng(size).permutation(len(TEXTS))[:size]
    whole, alone = encoder.encode(TEXTS, [""] * 80), encoder.encode([TEXTS[row] for row in chosen], [""] * size)
    assert len(alone) > 0
    for one, other in zip(whole, alone, strict=True):
        assert np.array_equal(one[chosen], other)


def test_a_model_in_two_parts_reads_as_the_whole_one_and_weighs_no_more() -> None:
    model = (model_folder("precis") / ENCODER_FILE).read_bytes()
    parts = axes_part(model), branches_part(model)
    assert sum(map(len, parts)) < 1.01 * len(model)
    whole, axes, branches = map(one_thread_session, (model, *parts))
    ids = np.random.default_rng(0).integers(5, 9_000, (2, 12))
    scores, states = axes.run(["scores", "trunk"], {"ids": ids})
    wanted = whole.run(["scores", "ideas"], {"ids": ids})
    assert np.array_equal(scores, wanted[0])
    assert np.array_equal(branches.run(["ideas"], {"ids": ids, "trunk": states})[0], wanted[1])


@pytest.mark.parametrize("content", [b"\x0a\xff", b"\x0f", b"\x80"])
def test_bytes_that_are_no_model_are_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="ONNX model"):
        axes_part(content)


def test_a_thread_among_others_takes_one_core() -> None:
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(n_threads_here()))
    thread.start()
    thread.join()
    assert found == [1]
    assert n_threads_here() >= 1


FOLDER = model_folder("precis") / SECOND_FOLDER


@pytest.fixture(scope="module")
def pieces() -> GemmaPieces:
    return GemmaPieces((FOLDER / TOKENIZER_FILE).read_bytes())


@pytest.fixture(scope="module")
def second() -> GemmaEncoder:
    return GemmaEncoder((FOLDER / ENCODER_FILE).read_bytes, (FOLDER / TOKENIZER_FILE).read_bytes())


def test_a_heading_stands_before_the_idea_and_is_no_part_of_it(pieces: GemmaPieces) -> None:
    under, alone = pieces.pieces([("Plus de bus", "Propositions"), ("Plus de bus", "")])
    assert under.ids[0] == alone.ids[0] == GEMMA_START
    assert under.ids[under.text_start :] == alone.ids[alone.text_start :]
    assert under.text_start > alone.text_start


def test_long_texts_are_cut_a_path_of_headings_keeps_its_end(pieces: GemmaPieces) -> None:
    path = " > ".join(f"partie numéro {n}" for n in range(60))
    question = " ".join(f"partie numéro {n}" for n in range(60))
    by_path, by_question = pieces.pieces([("mot " * 300, path), ("mot " * 300, question)])
    assert len(by_path.ids) - by_path.text_start == GEMMA_MAX_TEXT_PIECES
    fixed = pieces.pieces([("mot", "a")])[0].text_start - 1
    assert by_path.text_start == by_question.text_start == fixed + GEMMA_MAX_CONTEXT_PIECES
    assert by_path.ids[: by_path.text_start] != by_question.ids[: by_question.text_start]


@pytest.mark.parametrize("text", ["", "   ", "🐢🐢", "\u200b", "<eos><pad>", "日本語の文"])
def test_whatever_the_text_there_is_something_to_read(pieces: GemmaPieces, text: str) -> None:
    found = pieces.pieces([(text, "")])[0]
    assert len(found.ids) > found.text_start
    assert GEMMA_PAD not in found.ids


def test_padding_marks_what_is_no_text(pieces: GemmaPieces) -> None:
    rows = pieces.pieces([("Plus de bus le soir", ""), ("Merci", "")])
    found = gemma_inputs(rows)
    assert found["ids"].shape[1] % 4 == 0
    assert (found["ids"][1, len(rows[1].ids) :] == GEMMA_PAD).all()
    assert gemma_inputs(rows[:1])["ids"].shape[0] == 2


def test_a_reading_does_not_depend_on_the_others(second: GemmaEncoder) -> None:
    texts = ["Il manque un médecin", "Merci à l'équipe", "Créer un annuaire", "Il manque un médecin", "Ordre du jour :"]
    contexts = ["Freins", "", "Propositions", "Freins", ""]
    together = second.scores(texts, contexts)
    np.testing.assert_array_equal(together[0], together[3])
    alone = np.concatenate([second.scores([text], [context]) for text, context in zip(texts, contexts, strict=True)])
    np.testing.assert_allclose(alone, together, atol=1e-4)
