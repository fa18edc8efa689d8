"""Both texts side by side: in bounded time, whatever came back."""

from __future__ import annotations

import random
import time

from pipeline.review.exchange.document.alignment import aligned, in_common, is_too_long
from pipeline.review.exchange.document.delivered import Line, tokens_of
from pipeline.review.exchange.document.office_text import Paragraph

SENTENCE = "Le bus du soir part trop tôt, et la navette ne passe plus par le bourg"


def line(text: str) -> Line:
    return Line(tuple(token.word for token in tokens_of(text)), text, "")


def came(text: str) -> Paragraph:
    return Paragraph(text)


def test_a_text_of_two_words_takes_no_time() -> None:
    draw = random.Random(1)
    one, other = (" ".join(draw.choices(["oui", "non"], k=n)) for n in (2_000, 3_000))
    start = time.perf_counter()
    found = aligned([line(one)], [came(other)])
    assert time.perf_counter() - start < 2
    assert found.kept == 0


def test_a_long_text_whose_every_line_changed_is_aligned_line_by_line() -> None:
    lines = [line(f"{SENTENCE} {number}") for number in range(400)]
    found = aligned(lines, [came(f"{SENTENCE} {number} aussi") for number in range(400)])
    assert found.kept == 1
    assert found.home(399) == 399


def test_another_text_and_one_that_is_far_longer_are_told_before_they_are_aligned() -> None:
    lines = [line(SENTENCE)] * 200
    assert in_common(lines, [came(SENTENCE)] * 100) == 0.5
    assert in_common(lines, [came("oui non " * 300)]) == 0
    assert not is_too_long(lines, [came(SENTENCE)] * 300)
    assert is_too_long(lines, [came(SENTENCE)] * 700)
