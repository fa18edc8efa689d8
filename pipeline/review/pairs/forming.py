"""Ideas of one or two groups and what people answered → groups: average linkage under constraints.

What was said to go together is one block, what was told apart is never joined. Ideas that stand in one group are taken
to go together as far as the cut asks, so that a group comes apart only where answers ask for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.review.pairs.answers import Answers, joined_by
from pipeline.review.pairs.graph import NearGraph, Pair

N_COMPARED = 600
"""Ideas that are compared one by one; in more, those of a group that no answer is about stay together."""
Labels = npt.NDArray[np.int64]
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Pool:
    """Ideas to form into groups.

    Attributes
    ----------
    groups : idea → the group in which it stands, None for a weak signal; in the order of the ids.
    whole : groups whose ideas stay together.
    """

    groups: Mapping[str, str | None]
    whole: frozenset[str] = frozenset()


@dataclass
class Blocks:
    """Blocks of ideas that are joined step by step; a block that another one took in keeps its row and is in `into`.

    Attributes
    ----------
    sums : shape (k, k), sums of the chances of the pairs between two blocks.
    sizes : shape (k,), how many ideas each holds, those that repeat another one left out.
    apart : shape (k, k), which blocks may not be joined.
    into : shape (k,), the block that each is now part of.
    """

    sums: Matrix
    sizes: Matrix
    apart: npt.NDArray[np.bool_]
    into: Labels

    def means(self, block: int) -> Matrix:
        """Mean chance of the pairs of a block with each other one, shape (k,); −1 where they may not be joined."""
        means = np.round(self.sums[block] / (self.sizes[block] * self.sizes), 6)
        means[self.apart[block] | (self.into != np.arange(len(self.into)))] = -1.0
        means[block] = -1.0
        return np.asarray(means, dtype=np.float64)

    def join(self, kept: int, taken: int) -> None:
        """Join two blocks."""
        self.sums[kept] += self.sums[taken]
        self.sums[:, kept] += self.sums[:, taken]
        self.sizes[kept] += self.sizes[taken]
        self.apart[kept] |= self.apart[taken]
        self.apart[:, kept] |= self.apart[:, taken]
        self.into[self.into == taken] = kept


def form(pool: Pool, graph: NearGraph, answers: Answers, asked: Pair) -> list[list[str]]:
    """The ideas of a pool, group by group, a weak signal alone; in the order of the ids.

    Parameters
    ----------
    asked : the pair that was just answered. When both go together and nothing goes with them, they join the nearest
        of the two groups: an answer never makes a third group out of two.
    """
    items = list(pool.groups)
    rows = _rows(pool, graph, answers, asked)
    blocks = _blocks(pool, rows, graph, answers)
    _link(blocks, graph.cut_of(items))
    here = int(blocks.into[rows[asked[0]]])
    if answers.known(*asked) and (blocks.into == here).sum() == 1:
        means = blocks.means(here)
        if means.max() >= 0:
            blocks.join(int(means.argmax()), here)
    found: dict[int, list[str]] = {}
    for item in items:
        found.setdefault(int(blocks.into[rows[item]]), []).append(item)
    return list(found.values())


def _rows(pool: Pool, graph: NearGraph, answers: Answers, asked: Pair) -> dict[str, int]:
    """Idea → the number of its block: what was said together, what is said twice, the ideas of a whole group."""
    roots = answers.roots
    told = {*asked, *(end for pair, one in answers.said.items() if one.value is not None for end in pair)}
    is_large = len(pool.groups) > N_COMPARED
    first: dict[str, str] = {}
    pairs: list[Pair] = []
    for item, group in pool.groups.items():
        ties = [f"root\t{roots[item]}"] if item in roots else []
        if group is not None and (group in pool.whole or (is_large and item not in told)):
            ties.append(f"group\t{group}")
        pairs += [(item, first.setdefault(tie, item)) for tie in ties]
        pairs += [(item, other) for other in graph.repeats(item) if other in pool.groups]
    joined = joined_by(pairs)
    numbers: dict[str, int] = {}
    return {item: numbers.setdefault(joined.get(item, item), len(numbers)) for item in pool.groups}


def _blocks(pool: Pool, rows: Mapping[str, int], graph: NearGraph, answers: Answers) -> Blocks:
    k = max(rows.values()) + 1
    led = {other for item in rows for other in graph.repeats(item) if other in rows and other > item}
    points = [item for item in rows if item not in led]
    sums, sizes = np.zeros((k, k)), np.zeros(k)
    cut = graph.cut_of(rows)
    held: dict[str, Counter[int]] = {}
    for item in points:
        sizes[rows[item]] += 1
        if (group := pool.groups[item]) is not None:
            held.setdefault(group, Counter())[rows[item]] += 1
    for counts in held.values():
        numbers, n = np.array(list(counts)), np.array(list(counts.values()), dtype=np.float64)
        sums[np.ix_(numbers, numbers)] += cut * np.outer(n, n)
    for item in points:
        for other in graph.around(item):
            if other in rows and other not in led:
                chance = answers.chance(graph, item, other)
                is_floored = pool.groups[item] is not None and pool.groups[item] == pool.groups[other]
                sums[rows[item], rows[other]] += max(chance - cut, 0.0) if is_floored else chance
    return Blocks(sums, np.maximum(sizes, 1.0), _apart(rows, k, answers), np.arange(k))


def _apart(rows: Mapping[str, int], k: int, answers: Answers) -> npt.NDArray[np.bool_]:
    apart = np.zeros((k, k), dtype=bool)
    blocks_of: dict[str, set[int]] = {}
    for item, block in rows.items():
        blocks_of.setdefault(answers.roots.get(item, item), set()).add(block)
    for one, other in answers.apart:
        for a in blocks_of.get(one, ()):
            for b in blocks_of.get(other, ()):
                apart[a, b] = apart[b, a] = a != b
    return apart


def _link(blocks: Blocks, cut: float) -> None:
    """Join the blocks whose pairs have the highest mean chance, down to the cut."""
    means = np.array([blocks.means(block) for block in range(len(blocks.into))])
    while means.max() >= round(cut, 6):
        one, other = divmod(int(means.argmax()), len(means))
        kept, taken = min(one, other), max(one, other)
        blocks.join(kept, taken)
        row = blocks.means(kept)
        means[kept], means[:, kept] = row, row
        means[taken], means[:, taken] = -1.0, -1.0
