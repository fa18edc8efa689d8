"""The groups that participants made themselves: a column of their wall, a « problématique » that they wrote."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.language.text.words import content_stems

Labels = npt.NDArray[np.int64]
NONE = -1
EVERYTHING = 0.9
"""One group that holds that share of all items, alone, tells nothing apart: it is what the workshop was about."""


def made_titles(sources: pd.DataFrame) -> pd.Series:
    """The title of the group that participants put each item in, missing where they put it in none.

    Parameters
    ----------
    sources : given_group, when it is known.
    """
    none = pd.Series(pd.NA, index=sources.index, dtype="string[pyarrow]")
    if "given_group" not in sources:
        return none
    given = sources["given_group"].astype("string[pyarrow]")
    says_nothing = [title for title in given.dropna().unique() if not content_stems(title)]
    given = given.mask(given.isin(says_nothing))
    is_everything = given.nunique() == 1 and given.notna().mean() >= EVERYTHING
    return none if is_everything else given


def numbered(titles: pd.Series) -> Labels:
    """A number for each title, shape (n,), −1 for none; the same whatever the order of the rows."""
    known = {title: number for number, title in enumerate(sorted(titles.dropna().unique()))}
    return np.array([NONE if pd.isna(title) else known[title] for title in titles], dtype=np.int64)


def with_held(labels: Labels, held: Labels, weights: Labels) -> Labels:
    """The groups of texts, −1 for none, where each set of them that is held together is a group of its own.

    Parameters
    ----------
    held : shape (n,), the number of the set, −1 for none. weights : how often each text is said.
    """
    found = np.where(held >= 0, labels.max(initial=NONE) + 1 + held, labels)
    alone = np.bincount(np.maximum(found, 0), weights=weights)[np.maximum(found, 0)] < 2
    return np.where((found >= 0) & ~alone, found, NONE)


def titles_of_groups(sources: pd.DataFrame) -> dict[str, str]:
    """Group → its title by the participants: of what they put, on an axis, in one group of theirs, it holds two ideas
    and half of them at least, and no other group holds any.

    Parameters
    ----------
    sources : axis, group_id, and `made`, see `made_titles`.
    """
    if "made" not in sources:
        return {}
    found: dict[str, str] = {}
    for (_, title), part in sources.dropna(subset=["made"]).groupby(["axis", "made"], sort=True):
        groups = part["group_id"].dropna()
        if groups.nunique() == 1 and len(groups) > 1 and 2 * len(groups) >= len(part):
            found[str(groups.iloc[0])] = str(title)
    return found


def themes_of_groups(sources: pd.DataFrame) -> dict[str, str]:
    """Group → the title of the participants' group that it is a part of, where that one has become several groups: on
    several axes, or too many ideas for one. A group is a part of what most of its items with such a title come from.

    Parameters
    ----------
    sources : axis, group_id, and `made`, see `made_titles`.
    """
    if "made" not in sources:
        return {}
    counts = sources.dropna(subset=["group_id", "made"]).groupby(["group_id", "made"], sort=True).size()
    found: dict[str, str] = {}
    sizes = sources["group_id"].value_counts()
    best = counts.reset_index(name="n").sort_values(["n", "made"], ascending=[False, True]).drop_duplicates("group_id")
    for group, title, n in best.sort_values("group_id").itertuples(index=False):
        if 2 * n >= sizes[group]:
            found[str(group)] = str(title)
    n_groups = pd.Series(list(found.values())).value_counts()
    return {group: title for group, title in found.items() if n_groups[title] > 1}
