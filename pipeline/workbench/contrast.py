"""Teaching the branch of titles: an idea comes near the titles that are true of it, far from the others of its wall.

It learns by contrast (InfoNCE, van den Oord et al. 2018) above the lower layers of multilingual-E5-small, which stay as
they were pretrained, from pairs of a title and an idea of a part of the sources (`taught`), and from the subjects of
the workshops of `corpus/ideas`. What reads its vectors is learnt and measured on the other sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.axes import COMPASS_CODES
from pipeline.classify.reading.encoders import PieceReader
from pipeline.extras import need
from pipeline.workbench.axes.finetune import fit_branch
from pipeline.workbench.examples import load_ideas, sorted_walls

if TYPE_CHECKING:
    from pipeline.workbench.placing import Sheet

Tell = Callable[[str], None]
Text = tuple[str, str]
"""A text and its heading, "" for none."""
TAUGHT_OF_TEN = 7
"""Of ten sources, those that the branch learns from."""
BATCH_MIN = 4
"""Pairs below which a batch is not learnt from."""


@dataclass(frozen=True)
class Recipe:
    """How the branch learns.

    Attributes
    ----------
    n_passes : over the pairs; more of them, or at higher rates, unlearn more than they teach.
    n_titles, n_elsewhere : titles of the wall, and of others, that each idea is compared with.
    n_written : pairs of a workshop of our own, at most, in a pass.
    """

    n_layers: int = 4
    width: int = 128
    n_passes: float = 0.9
    batch_size: int = 32
    n_titles: int = 24
    n_elsewhere: int = 6
    n_written: int = 12
    temperature: float = 0.05
    dropout: float = 0.1
    without_context: float = 0.4
    seed: int = 3


class List(NamedTuple):
    """The titles of one axis of a wall, with the ideas of which each is true."""

    titles: tuple[str, ...]
    ideas: tuple[tuple[Text, ...], ...]
    is_written: bool


class Batch(NamedTuple):
    """Ideas, titles, the title of each idea, and which others are true of it too."""

    ideas: list[Text]
    titles: list[str]
    own: list[int]
    also: list[tuple[int, int]]


def is_taught(source: str, aside: set[str]) -> bool:
    """Whether the branch learns from a source; never from those that the axes did not learn from."""
    return source not in aside and int(md5(source.encode(), usedforsecurity=False).hexdigest(), 16) % 10 < TAUGHT_OF_TEN


def taught(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Sheet]]:
    """The sheets that the branch learns from, and the others."""
    aside = sorted_walls()
    kept = [one for one in sheets if is_taught(one.source, aside)]
    return kept, [one for one in sheets if not is_taught(one.source, aside)]


def lists_of(sheets: Sequence[Sheet]) -> Iterator[List]:
    """The lists of sheets: by axis, but those typed before sorting, which are compared across axes."""
    for sheet in sheets:
        pairs = list(zip(sheet.ideas["text"], sheet.ideas["context"], strict=True))
        groups: dict[str | None, list[int]] = {}
        for column, axis in enumerate(sheet.axes):
            groups.setdefault(None if sheet.asked.all() else axis, []).append(column)
        for columns in groups.values():
            under = [tuple(pairs[row] for row in np.flatnonzero(sheet.sides[:, column])) for column in columns]
            yield List(tuple(sheet.titles[column] for column in columns), tuple(under), is_written=False)


def written_lists() -> Iterator[List]:
    """The subjects of the workshops that were written for the project, by axis."""
    ideas = load_ideas()
    ideas = ideas[ideas["axis"].isin(COMPASS_CODES) & ~ideas["family"].str.startswith("~")]
    for _, part in ideas.groupby(["world", "axis"], sort=True):
        families = {
            str(name).rsplit("/", 1)[-1]: tuple(zip(rows["text"], rows["context"], strict=True))
            for name, rows in part.groupby("family", sort=False)
        }
        yield List(tuple(families), tuple(families.values()), is_written=True)


def batches(lists: Sequence[List], recipe: Recipe, random: np.random.Generator) -> list[Batch]:
    """One pass: every pair of an idea and a title that has another idea, among titles of its list and a few others."""
    everything = [title for one in lists for title in one.titles]

    def batch(
        part: Sequence[tuple[int, Text]], one: List, usable: Sequence[int], of_idea: Mapping[Text, set[int]]
    ) -> Batch:
        own = list(dict.fromkeys(number for number, _ in part))
        more = [number for number in random.permutation(usable).tolist() if number not in own]
        numbers = own + more[: max(0, recipe.n_titles - len(own))]
        titles = [one.titles[number] for number in numbers]
        drawn = random.choice(len(everything), recipe.n_elsewhere, replace=False)
        titles += [title for title in (everything[at] for at in drawn) if title not in titles]
        also = [
            (row, place)
            for row, (true, idea) in enumerate(part)
            for place, number in enumerate(numbers)
            if number != true and number in of_idea[idea]
        ]
        told = [(text, "" if random.random() < recipe.without_context else heading) for _, (text, heading) in part]
        return Batch(told, titles, [numbers.index(number) for number, _ in part], also)

    found = []
    for one in lists:
        of_idea: dict[Text, set[int]] = {}
        for number, ideas in enumerate(one.ideas):
            for idea in ideas:
                of_idea.setdefault(idea, set()).add(number)
        usable = [number for number, ideas in enumerate(one.ideas) if len(ideas) > 1]
        pairs = [(number, idea) for idea, numbers in of_idea.items() for number in sorted(numbers) if number in usable]
        if len(usable) < 2:
            continue
        pairs = [pairs[at] for at in random.permutation(len(pairs))]
        pairs = pairs[: recipe.n_written] if one.is_written else pairs
        parts = [pairs[start : start + recipe.batch_size] for start in range(0, len(pairs), recipe.batch_size)]
        found += [batch(part, one, usable, of_idea) for part in parts if len(part) >= BATCH_MIN]
    return [found[at] for at in random.permutation(len(found))]


def learn_branch(sheets: Sequence[Sheet], tokenizer_path: Path, tell: Tell, recipe: Recipe) -> bytes:
    """The branch, to stand beside those of `branches_part`."""
    need("train", "Réapprendre la branche des titres (sans lui : rosace train --profile titres --garder-encodeurs)")
    import torch

    from pipeline.workbench.axes.networks import E5Network, IdeaBranch, branch_bytes, pretrained_e5

    torch.manual_seed(recipe.seed)
    network = E5Network(pretrained_e5(tokenizer_path, recipe.dropout), recipe.dropout)
    branch = IdeaBranch(network, recipe.n_layers, recipe.width)
    lists = [*lists_of(sheets), *written_lists()]
    random = np.random.default_rng(recipe.seed)
    every = batches(lists, recipe, random)
    n_steps = round(recipe.n_passes * len(every))
    while len(every) < n_steps:
        every += batches(lists, recipe, random)
    every = every[:n_steps]
    told = [[*one.ideas, *((title, "") for title in one.titles)] for one in every]
    texts = sorted({text for given in told for text in given})
    place = {text: row for row, text in enumerate(texts)}
    tell(f"{len(texts)} textes, {n_steps} pas")

    def loss_of(vectors: Any, one: Batch) -> Any:
        n = len(one.ideas)
        alike = vectors[:n] @ vectors[n:].T / recipe.temperature
        hide = torch.zeros_like(alike)
        for row, column in one.also:
            hide[row, column] = -1e4
        return torch.nn.functional.cross_entropy(alike + hide, torch.tensor(one.own, device=alike.device))

    steps = [([place[text] for text in given], one) for given, one in zip(told, every, strict=True)]
    fit_branch(network, branch, PieceReader(tokenizer_path).pieces(texts), steps, loss_of, tell)
    return branch_bytes(network, branch)
