"""What must hold of a table across its columns."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pandas as pd

from pipeline.axes import AXIS_CODES


def spans_are_ordered(items: pd.DataFrame) -> bool:
    """No span is empty, nor begins before the end of the one before it in its contribution."""
    of, _ = pd.factorize(items["contribution_id"])
    starts, ends = (items[name].to_numpy(dtype=np.int64) for name in ("start", "end"))
    order = np.lexsort((starts, of))
    follows = starts[order][1:] >= ends[order][:-1]
    return bool((ends > starts).all() and follows[of[order][1:] == of[order][:-1]].all())


def ranks_are_in_lists(contributions: pd.DataFrame) -> bool:
    """A contribution has a rank where it is in a list, and only there."""
    return bool((contributions["rank"].notna() == contributions["list_id"].notna()).all())


def are_lists_of_words(contributions: pd.DataFrame) -> bool:
    """Headings are lists of texts that are not blank."""
    return all(isinstance(one, str) and one.strip() for one in chain.from_iterable(contributions["headings"]))


def probabilities_sum_to_one(tags: pd.DataFrame) -> bool:
    """The probabilities of the axes add up to one."""
    total = tags[[f"p_{code}" for code in AXIS_CODES]].sum(axis=1)
    return bool((total - 1).abs().max() < 1e-3) if len(tags) else True


def axis_is_argmax(tags: pd.DataFrame) -> bool:
    """The axis of each item is its most probable one."""
    if tags.empty:
        return True
    best = tags[[f"p_{code}" for code in AXIS_CODES]].to_numpy().argmax(axis=1)
    return bool((pd.Series(AXIS_CODES).to_numpy()[best] == tags["axis"].to_numpy(dtype=object)).all())


def doubts_are_of_doubtful_ones(tags: pd.DataFrame) -> bool:
    """No reason to doubt is told of an idea that is sure."""
    return not bool((tags["doubt"].notna() & (tags["status"] != "a_relire")).any())


def pairs_are_ordered(pairs: pd.DataFrame) -> bool:
    """The first id of a pair is the smaller one."""
    return bool((pairs["one_item"] < pairs["other_item"]).all())


def stacks_are_in_groups(memberships: pd.DataFrame) -> bool:
    """What is in a group is in a stack, and nothing else is."""
    return bool((memberships["stack_id"].notna() == memberships["group_id"].notna()).all())


def stacks_are_nested(memberships: pd.DataFrame) -> bool:
    """No stack is in two groups."""
    pairs = memberships[["stack_id", "group_id"]].dropna().drop_duplicates()
    return bool(pairs["stack_id"].is_unique)
