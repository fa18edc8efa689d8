"""The drawings beside the rose, each in a rectangle: bars, two linked columns, a grid, a list of what was voted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.restitution.figures.canvas import (
    SOFT,
    Block,
    Par,
    on,
    path,
    rect,
    set_in,
    tint,
)

TEXTS = (24, 22, 20, 18)
"""Sizes of words, the largest at which all that is to be shown holds."""
TEXT = TEXTS[-1]
GAP = 12
PAD = 9
CURVE = 2.5


@dataclass(frozen=True)
class Bar:
    """A length with its words: its title before it, its number and what it counts after it."""

    title: str
    n: int
    label: str
    color: str


@dataclass(frozen=True)
class Link:
    """An obstacle and one of its answers, each a text with its colour; `kind` says what the answer is."""

    left: str
    right: str
    left_color: str
    right_color: str
    kind: str


def n_bars(bars: Sequence[Bar], width: float, height: float, size: float = TEXT) -> int:
    """How many bars hold, whole, in a rectangle."""
    used, n = 0.0, 0
    for bar in bars:
        used += max(block.height for block in _around(bar, width, size)) + (GAP if n else 0)
        if used > height:
            break
        n += 1
    return n


def _around(bar: Bar, width: float, size: float) -> tuple[Block, Block]:
    return set_in(width * 0.5, Par(bar.title, size)), set_in(width * 0.27, Par(bar.label, size))


def _largest(count: Callable[[float], int], n: int) -> float:
    """The largest size at which all hold, by how many do."""
    return next((size for size in TEXTS if count(size) == n), TEXT)


def draw_bars(bars: Sequence[Bar], width: float, height: float) -> str:
    """Horizontal bars as long as the words on both sides allow, spread over the height as far as three gaps."""
    bars = bars[: n_bars(bars, width, height)]
    size = _largest(lambda size: n_bars(bars, width, height, size), len(bars))
    blocks = [_around(bar, width, size) for bar in bars]
    heights = [max(block.height for block in pair) for pair in blocks]
    spare = (height - sum(heights)) / max(len(bars), 1)
    start = max((title.width for title, _ in blocks), default=0) + GAP * 1.5
    longest = width - start - GAP - max((label.width for _, label in blocks), default=0)
    y, out, most = 0.0, [], max((bar.n for bar in bars), default=1)
    for bar, (title, label), tall in zip(bars, blocks, heights, strict=True):
        long = longest * bar.n / most
        out.append(title.at(0, y + (tall - title.height) / 2))
        out.append(rect(start, y + (tall - size * 1.3) / 2, long, size * 1.3, bar.color))
        out.append(label.at(start + long + GAP, y + (tall - label.height) / 2))
        y += tall + min(spare, 3 * GAP)
    return "".join(out)


def _boxes(links: Sequence[Link], width: float, size: float) -> tuple[dict[str, Block], dict[str, Block]]:
    """The texts of both columns, each once, in order; answers say what they are."""
    column = width * 0.4 - 2 * PAD
    left = {link.left: set_in(column, Par(link.left, size)) for link in links}
    right = {
        link.right: set_in(column, Par(link.kind, size * 0.83, bold=True, color=SOFT), Par(link.right, size))
        for link in links
    }
    return left, right


def _tall(blocks: dict[str, Block]) -> float:
    return sum(block.height + 2 * PAD + GAP for block in blocks.values()) - GAP


def n_links(links: Sequence[Link], width: float, height: float, size: float = TEXT) -> int:
    """How many links hold, with both their ends whole, in a rectangle."""
    n = 0
    while n < len(links) and max(_tall(column) for column in _boxes(links[: n + 1], width, size)) <= height:
        n += 1
    return n


def draw_links(links: Sequence[Link], width: float, height: float) -> str:
    """Two columns of boxes, obstacles at the left, and a line for each link."""
    links = links[: n_links(links, width, height)]
    columns = _boxes(links, width, _largest(lambda size: n_links(links, width, height, size), len(links)))
    edges = ({link.left: link.left_color for link in links}, {link.right: link.right_color for link in links})
    out: list[str] = []
    middles: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for side, (blocks, colors) in enumerate(zip(columns, edges, strict=True)):
        tallest = min(height, 1.6 * max((_tall(column) for column in columns), default=0))
        gap = GAP + (tallest - _tall(blocks)) / max(len(blocks), 1)
        x, y = side * width * 0.6, (gap - GAP) / 2
        for text, block in blocks.items():
            tall = block.height + 2 * PAD
            out += [rect(x, y, width * 0.4, tall, tint(colors[text]), colors[text]), block.at(x + PAD, y + PAD)]
            middles[side][text] = y + tall / 2
            y += tall + gap
    for link in links:
        start, end = middles[0][link.left], middles[1][link.right]
        bend = f"{width / 2:.1f} {start:.1f} {width / 2:.1f} {end:.1f}"
        curve = f"M{width * 0.4:.1f} {start:.1f}C{bend} {width * 0.6:.1f} {end:.1f}"
        out.append(path(curve, edge=link.right_color, thick=CURVE))
    return "".join(out)


def draw_grid(
    lines: Sequence[str],
    columns: Sequence[tuple[str, str]],
    counts: Sequence[Sequence[int]],
    width: float,
    height: float,
) -> str:
    """Numbers in cells, darker where there are more of them; a column is a name and its colour."""
    size = min(22.0, (height - 50) / len(lines) * 0.45)
    side, head = width * 0.34, 44.0
    wide, tall = (width - side) / len(columns), min(110.0, (height - head) / len(lines))
    most = max([n for row in counts for n in row] + [1])
    out = []
    for rank, (name, _) in enumerate(columns):
        out.append(set_in(wide, Par(name, 22, bold=True)).at(side + wide * (rank + 0.5), 4, "middle"))
    for line, (label, row) in enumerate(zip(lines, counts, strict=True)):
        y = head + line * tall
        title = set_in(side - GAP, Par(label, size))
        out.append(title.at(0, y + (tall - title.height) / 2))
        for rank, n in enumerate(row):
            fill = tint(columns[rank][1], 0.08 + 0.52 * n / most)
            number = set_in(wide, Par(str(n), size, bold=True, color=on(fill)))
            out.append(rect(side + wide * rank + 2, y + 2, wide - 4, tall - 4, fill))
            out.append(number.at(side + wide * (rank + 0.5), y + (tall - number.height) / 2, "middle"))
    return "".join(out)


def draw_voted(voted: Sequence[tuple[str, int]], width: float, height: float) -> str:
    """What received most votes, each with its number before it, as many as hold."""
    y, out = 0.0, []
    for words, n in voted:
        number = set_in(width, Par(str(n), TEXT * 1.7, bold=True))
        text = set_in(width - 62, Par(words, TEXT))
        tall = max(number.height, text.height)
        if y + tall > height:
            break
        out += [number.at(0, y + (tall - number.height) / 2), text.at(62, y + (tall - text.height) / 2)]
        y += tall + GAP * 1.3
    return "".join(out)
