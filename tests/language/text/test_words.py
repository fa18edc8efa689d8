"""Words that carry a subject, as labelled texts."""

from __future__ import annotations

from pipeline.language.text.words import STOP_WORDS, content_stems, content_surfaces, content_words


def test_what_carries_no_subject_is_left_out() -> None:
    assert {"falloir", "manque", "dans", "euh"} <= STOP_WORDS
    assert content_words("Il faut 2 bancs sur la digue") == ["bancs", "digue"]
    assert content_stems("Il faut 2 bancs sur la digue") == ["banc", "digu"]
    assert content_surfaces("Les pêcheur·euse·s de la jetée") == ("pêcheurs", "jetée")
