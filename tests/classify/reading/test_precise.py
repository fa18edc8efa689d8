"""The fine-tuned encoder at run time: what is not asked for is not computed, and threads move no digit."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from pipeline.classify.reading.precise import PreciseEncoder
from pipeline.classify.reading.pruning import pruned
from pipeline.classify.reading.store import ENCODER_FILE, TOKENIZER_FILE, model_folder
from pipeline.execution import n_threads_here

TEXTS = [f"Il manque {n} places {'au parking de la gare ' * (n % 7)}" for n in range(80)]


@pytest.fixture(scope="module")
def encoder() -> PreciseEncoder:
    return PreciseEncoder((model_folder("precis") / ENCODER_FILE).read_bytes, model_folder("precis") / TOKENIZER_FILE)


def test_scores_are_the_same_without_the_ideas_and_on_one_thread(encoder: PreciseEncoder) -> None:
    contexts = ["", "Mobilités"] * 40
    whole, bare = encoder.encode(TEXTS, contexts), encoder.encode(TEXTS, contexts, with_ideas=False)
    assert whole.ideas.shape == (80, encoder.n_idea_dimensions)
    assert bare.ideas.shape == (80, 0)
    assert np.array_equal(whole.scores, bare.scores)
    assert np.array_equal(whole.vectors, bare.vectors)
    elsewhere: list[np.ndarray] = []
    thread = threading.Thread(target=lambda: elsewhere.extend(encoder.encode(TEXTS, contexts)))
    thread.start()
    thread.join()
    assert all(np.array_equal(one, other) for one, other in zip(whole, elsewhere, strict=True))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 33])
def test_what_is_read_does_not_depend_on_what_is_read_with_it(encoder: PreciseEncoder, size: int) -> None:
    chosen = np.random.default_rng(size).permutation(len(TEXTS))[:size]
    whole, alone = encoder.encode(TEXTS, [""] * 80), encoder.encode([TEXTS[row] for row in chosen], [""] * size)
    for one, other in zip(whole, alone, strict=True):
        assert np.array_equal(one[chosen], other)


def test_a_pruned_graph_is_smaller_and_gives_its_outputs_only() -> None:
    import onnxruntime

    model = (model_folder("precis") / ENCODER_FILE).read_bytes()
    smaller = pruned(model, ("scores",))
    session = onnxruntime.InferenceSession(smaller, providers=["CPUExecutionProvider"])
    assert [output.name for output in session.get_outputs()] == ["scores"]
    assert smaller.count(b"MatMulIntegerToFloat") < model.count(b"MatMulIntegerToFloat")


@pytest.mark.parametrize("content", [b"\x0a\xff", b"\x0f", b"\x80"])
def test_bytes_that_are_no_model_are_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut short|wire type"):
        pruned(content, ("scores",))


def test_a_thread_among_others_takes_one_core() -> None:
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(n_threads_here()))
    thread.start()
    thread.join()
    assert found == [1]
    assert n_threads_here() >= 1
