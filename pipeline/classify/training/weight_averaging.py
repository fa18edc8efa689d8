"""Several fine-tunings of one start, averaged weight by weight: a soup (Wortsman et al., 2022).

Models fine-tuned from the same weights stay close enough for the mean of their weights to be a model, which reads
unseen sources better than each, at the cost of one. They differ by the order of the examples and by the headings that
are hidden from each.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.precise import PieceReader
from pipeline.classify.training.finetune import Arrays, Recipe, finetune, import_torch, without_some_contexts

HEAD_DEVIATION = 0.02
"""Standard deviation of the weights of the head before it learns, as of those of the encoder (BERT's)."""


def finetuned_soup(
    start: Arrays,
    examples: pd.DataFrame,
    tokenizer_path: Path,
    recipe: Recipe,
    tell: Callable[[str], None] = lambda _: None,
) -> Arrays:
    """Mean of `recipe.n_members` fine-tunings, each in a process of one thread: on two cores, two of them learn from
    half as many more texts per second as one that has both."""
    import_torch()
    start = with_head(start, recipe.seed)
    n_processes = min(recipe.n_members, os.cpu_count() or 1)
    with ProcessPoolExecutor(n_processes, mp_context=get_context("spawn")) as pool:
        waiting = {
            pool.submit(finetuned_member, start, examples, tokenizer_path, recipe, member): member
            for member in range(recipe.n_members)
        }
        found: dict[int, Arrays] = {}
        for n_done, future in enumerate(as_completed(waiting), start=1):
            found[waiting[future]], told = future.result()
            tell(f"apprentissage {n_done}/{recipe.n_members} : {' ; '.join(told)}")
    return mean_weights([found[member] for member in range(recipe.n_members)])


def finetuned_member(
    start: Arrays, examples: pd.DataFrame, tokenizer_path: Path, recipe: Recipe, member: int
) -> tuple[Arrays, list[str]]:
    """The weights of one member, and what its learning told."""
    import_torch().set_num_threads(1)
    own = replace(recipe, seed=recipe.seed + member)
    seen = without_some_contexts(examples, own.context_dropout, own.seed)
    pieces = PieceReader(tokenizer_path).pieces(list(zip(seen["text"], seen["context"], strict=True)))
    told: list[str] = []
    return finetune(start, pieces, seen, own, told.append), told


def with_head(start: Arrays, seed: int) -> Arrays:
    """The weights with an axis head, unless they have one: all members start from the same."""
    if "head.weight" in start:
        return start
    width = start["pos.weight"].shape[1]
    weight = np.random.default_rng(seed).normal(0, HEAD_DEVIATION, (len(AXIS_CODES), width))
    return {
        **start,
        "head.weight": weight.astype(np.float32),
        "head.bias": np.zeros(len(AXIS_CODES), dtype=np.float32),
    }


def mean_weights(members: list[Arrays]) -> Arrays:
    """Mean of each weight, in double precision, in the order of the members."""
    found: Arrays = {}
    for name in members[0]:
        mean = np.stack([member[name] for member in members]).mean(axis=0, dtype=np.float64)
        found[name] = np.asarray(mean, dtype=np.float32)
    return found
