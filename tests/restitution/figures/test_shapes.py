"""Bars, linked columns, the grid and what was voted: as much as holds, whole."""

from __future__ import annotations

import pytest
from readable import numbers, texts

from pipeline.restitution.figures.canvas import (
    Bar,
    Link,
    draw_bars,
    draw_grid,
    draw_links,
    draw_voted,
    n_bars,
    n_links,
)

LONG = "Les aides à domicile ne trouvent plus à se loger dans les communes où elles travaillent chaque jour"
RED, GREEN = "#B5472F", "#2F7D5B"


@pytest.mark.parametrize("n", [0, 1, 40])
def test_as_many_bars_as_hold_with_whole_titles(n: int) -> None:
    bars = [Bar(f"{LONG} {rank}", 40 - rank, f"{40 - rank} · Est · deux tables", RED) for rank in range(n)]
    drawing = draw_bars(bars, 1200, 560)
    held = n_bars(bars, 1200, 560)
    assert held == min(n, held) and held < 40
    assert texts(drawing) == [text for bar in bars[:held] for text in (bar.title, bar.label)]
    assert all(y <= 560 for y in numbers(drawing, "y"))


def test_the_longest_bar_is_of_the_largest_number() -> None:
    drawing = draw_bars([Bar("a", 10, "10", RED), Bar("b", 5, "5", GREEN)], 1000, 500)
    one, two = (float(part.split('"')[0]) for part in drawing.split(' width="')[1:])
    assert one == pytest.approx(2 * two, abs=0.1)


@pytest.mark.parametrize("n", [0, 1, 40])
def test_links_have_both_their_ends(n: int) -> None:
    links = [Link(f"{LONG} {rank // 2}", f"Réponse {rank}", RED, GREEN, "Sud") for rank in range(n)]
    drawing = draw_links(links, 1200, 560)
    held = n_links(links, 1200, 560)
    assert held == n if n < 40 else 0 < held < 40
    assert drawing.count('fill="none" stroke=') == held
    assert {link.right for link in links[:held]} <= set(texts(drawing))
    assert len([text for text in texts(drawing) if text.startswith(LONG)]) == len({link.left for link in links[:held]})
    assert all(y <= 560 for y in numbers(drawing, "y"))


def test_a_grid_says_every_number() -> None:
    drawing = draw_grid(["Table 1", "Enquête"], [("Nord", RED), ("Est", GREEN)], [[0, 12], [3, 4]], 1000, 400)
    assert texts(drawing) == ["Nord", "Est", "Table 1", "0", "12", "Enquête", "3", "4"]


def test_what_was_voted_is_shown_as_far_as_it_holds() -> None:
    voted = [(f"{LONG} {rank}", 40 - rank) for rank in range(40)]
    shown = texts(draw_voted(voted, 360, 500))
    assert shown[:2] == ["40", f"{LONG} 0"]
    assert 2 < len(shown) < 40
