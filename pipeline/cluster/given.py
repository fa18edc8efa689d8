"""What participants gave besides their words: headings, the order in which they spoke, the groups that they made."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.language.text.words import content_stems

Labels = npt.NDArray[np.int64]


def under_headings(texts: Sequence[str], headings: Sequence[str]) -> list[str]:
    """Each text after its heading, as a person who reads a wall from the top has them in mind."""
    return [f"{heading} : {text}" if heading else text for text, heading in zip(texts, headings, strict=True)]


NONE = -1
EVERYTHING = 0.9
"""One group that holds that share of all items, alone, tells nothing apart: it is what the workshop was about."""


def made_titles(sources: pd.DataFrame) -> pd.Series:
    """The title of the group that participants put each item in, missing where they put it in none.

    `sources` : given_group, when it is known.
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
    return np.array([NONE if pd.isna(title) else known[title] for title in titles.tolist()], dtype=np.int64)


def themes_of_groups(sources: pd.DataFrame) -> dict[str, str]:
    """Group → the title of the participants' group that it is a part of, where that one has become several groups: on
    several axes, or too many ideas for one. A group is a part of what most of its items with such a title come from.

    `sources` : axis, group_id, and `made`, see `made_titles`.
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


ROWS = frozenset({"enquete", "postit", "saisie"})
"""Channels whose contributions come in any order."""
_GAP = 1_000
"""Places between two sources: nothing of one follows anything of the other."""


def reading_order(sources: pd.DataFrame) -> Labels:
    """The place of each item, shape (n,), counted through all documents; −1 for rows, whose order says nothing.

    `sources` : source, channel, and, when it is known, position and start; without them there is no order.
    """
    places = np.full(len(sources), NONE, dtype=np.int64)
    if "position" not in sources or sources.empty:
        return places
    rows = np.lexsort((sources["start"], sources["position"], sources["source"].to_numpy(dtype=object).astype(str)))
    names = sources["source"].to_numpy(dtype=object)[rows]
    channels = sources["channel"].to_numpy(dtype=object)[rows]
    starts = np.flatnonzero(np.append(True, names[1:] != names[:-1]))
    next_place = 0
    for part, channel in zip(np.split(rows, starts[1:]), channels[starts], strict=True):
        if channel not in ROWS:
            places[part] = next_place + np.arange(len(part))
            next_place += len(part) + _GAP
    return places
