"""Whether a title is true of what an idea says."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.cluster.naming.coverage import (
    Coverage,
    ReadOnce,
    Topics,
    features,
    load_coverage,
    said,
    told_share,
)

TEXTS = ["Pas de ponton au port", "Le ponton est cassé", "Réparer le ponton du port", "La criée ferme"]


def coverage(texts: list[str] = TEXTS) -> Coverage:
    return Coverage(texts, Topics(None))


def test_a_phrase_is_true_of_the_texts_that_say_it() -> None:
    found = coverage()
    assert found.of_phrase("ponton", found.chances(["ponton"])[0]).tolist() == [True, True, True, False]
    assert found.of_phrase("criée", found.chances(["criée"])[0]).tolist() == [False, False, False, True]


def test_a_sentence_is_true_of_the_texts_that_say_most_of_it_and_one_word_of_none() -> None:
    assert coverage().of_sentence("réparer le ponton du port").tolist() == [False, False, True, False]
    assert coverage().of_sentence("le ponton du port").tolist() == [False, False, True, False]
    assert coverage().of_sentence("c'est le ponton").tolist() == [False] * 4


def test_a_word_is_true_of_the_texts_that_say_nothing_else() -> None:
    assert coverage(["Le ponton", "ponton !", "Le ponton cassé"]).of_sentence("ponton").tolist() == [True, True, False]


def test_a_sentence_is_not_true_of_a_text_that_denies_it() -> None:
    assert coverage().of_sentence("aucun ponton au port").tolist() == [True, False, False, False]


def test_a_text_that_shares_nothing_is_less_likely_covered_than_one_that_says_it() -> None:
    chances = coverage().chances(["le ponton du port"])[0]
    assert chances[0] > chances[1] > chances[3]


def test_a_vector_that_is_near_makes_a_title_likelier() -> None:
    near, far = (
        features(["un ponton"], ["La criée ferme"], np.array([[cosine]], dtype=np.float32)) for cosine in (0.9, 0.0)
    )
    assert load_coverage()(near)[0, 0] > load_coverage()(far)[0, 0]


def test_topics_are_read_once_and_are_usual_where_nobody_reads() -> None:
    asked: list[list[str]] = []

    def reads(texts: object) -> np.ndarray:
        asked.append(list(texts))  # type: ignore[call-overload]
        return np.eye(len(asked[-1]), 4, dtype=np.float16)

    topics = Topics(reads)
    topics.read(["a", "b"])
    topics.read(["b", "a"])
    assert asked == [["a", "b"]]
    assert topics.cosines(["a"], ["a", "b"], 0.5).tolist() == [[1.0, 0.0]]
    assert Topics(None).cosines(["a"], ["b"], 0.5).tolist() == [[0.5]]
    with topics.reading(["a", "c"]):
        assert topics.cosines(["c"], ["a"], 0.5).tolist() == [[1.0]]
    assert topics.cosines(["c"], ["a"], 0.5).tolist() == [[0.5]]
    asked.pop()
    once = ReadOnce(reads)
    assert once(["d", "c"])[:, :2].tolist() == [[0.0, 1.0], [1.0, 0.0]]
    assert len(once(["c", "d", "c"])) == 3
    assert asked[1:] == [["c", "d"]]


def test_vectors_are_kept_while_they_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def reads(texts: object) -> np.ndarray:
        asked.append(list(texts))  # type: ignore[call-overload]
        return np.eye(len(asked[-1]), 4, dtype=np.float16)

    monkeypatch.setattr("pipeline.cluster.naming.coverage.N_KEPT", 2)
    once = ReadOnce(reads)
    once(["a", "b"])
    assert once(["a", "c"])[:, :2].tolist() == [[1.0, 0.0], [1.0, 0.0]]
    once(["a", "b", "c"])
    assert asked == [["a", "b"], ["c"], ["c"]]


def test_a_word_of_the_same_concept_counts_for_less() -> None:
    title, text = said("le médecin"), said("Le docteur est parti")
    assert told_share(title, text) == 0.0
    assert told_share(title, text, 0.6) == pytest.approx(0.6)
