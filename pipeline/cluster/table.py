"""Groups of any table of texts, inside each value of its column `axis` when it has one."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from pipeline.axes import HORS_AXE
from pipeline.cluster.describing.describe import describe_groups
from pipeline.cluster.describing.siding import settled_sides, stances_of
from pipeline.cluster.given import under_headings
from pipeline.cluster.grouping.likeness import Meaning
from pipeline.cluster.grouping.partition import drawn_rows, joined, partition
from pipeline.cluster.grouping.stacks import complete_stacks, group_ids, write_groups
from pipeline.cluster.pairs import Beside, nothing_beside
from pipeline.config import ClusterConfig
from pipeline.stances.counting import Sides, told_sides

ADDED_COLUMNS = ("group", "group_title", "theme", "stance", "group_sides")


def group_texts(
    texts: Sequence[str],
    axes: Sequence[str] | None,
    meaning: Meaning,
    settings: ClusterConfig,
    seed: int,
    themes: Sequence[str] = (),
    contexts: Sequence[str] | None = None,
) -> pd.DataFrame:
    """`ADDED_COLUMNS` of each text, in order, "" for none; the same texts give the same groups, whatever their order.

    Parameters
    ----------
    axes : the axis of each text, or None to group them all together; `hors_axe` and empty axes have no group.
    settings : how long a title.
    themes : titles asked for (see `pipeline.cluster.describing.themes.given_subjects`).
    contexts : the heading under which each was said, "" where there is none.
    """
    codes = ["" if axes is None else axis.strip().lower() for axis in axes or [""] * len(texts)]
    headings = list(contexts) if contexts is not None else [""] * len(texts)
    sources = pd.DataFrame({"text": list(texts), "axis": codes, "context": headings}, dtype=object)
    sources["row"] = range(len(texts))
    is_grouped = sources["text"].str.strip().ne("") & sources["axis"].ne(HORS_AXE)
    if axes is not None:
        is_grouped &= sources["axis"].ne("")
    rows = pd.DataFrame("", index=range(len(texts)), columns=list(ADDED_COLUMNS))
    sources = sources[is_grouped].sort_values(["axis", "text", "context", "row"]).reset_index(drop=True)
    if sources.empty:
        return rows
    kept = sources["text"].tolist()
    vectors = meaning.vectors(kept)
    contexts = sources["context"].tolist()
    under = meaning.vectors(under_headings(kept, contexts)) if any(contexts) else vectors
    beside = replace(nothing_beside(vectors), headings=contexts, of_headings=meaning.vectors(contexts), under=under)
    said = meaning.said(kept, contexts)
    sources = _grouped(sources, meaning.likeness(vectors, said), beside, seed)
    groups, found_themes = describe_groups(sources, vectors, settings, themes)
    titles = dict(zip(groups["group_id"], groups["title"], strict=True))
    theme_titles = dict(zip(found_themes["theme_id"], found_themes["title"], strict=True))
    theme_of = {group: theme_titles[theme] for group, theme in zip(groups["group_id"], groups["theme_id"], strict=True)}
    of_rows = sources.set_index("row")
    named = of_rows["group_id"].fillna("")
    rows.loc[of_rows.index, "group"] = named
    rows.loc[of_rows.index, "group_title"] = named.map(titles).fillna("")
    rows.loc[of_rows.index, "theme"] = named.map(theme_of).fillna("")
    rows.loc[of_rows.index, "stance"] = of_rows["stance"]
    columns = ["n_for", "n_against", "n_if", "n_without"]
    sides = {group: told_sides(Sides(*n)) for group, *n in groups[["group_id", *columns]].itertuples(index=False)}
    rows.loc[of_rows.index, "group_sides"] = named.map(sides).fillna("")
    return rows


def _grouped(sources: pd.DataFrame, vectors: np.ndarray, beside: Beside, seed: int) -> pd.DataFrame:
    missing = pd.Series(pd.NA, index=sources.index, dtype="string[pyarrow]")
    grouped = sources.assign(
        item_id=sources["text"] + "\t" + sources.groupby("text").cumcount().astype(str),
        group_id=missing, stack_id=missing, strength=0.0, stance=stances_of(sources),
        tied_to=missing, voice=missing, table=missing, workshop="", channel="",
    )  # fmt: skip
    for axis, part in grouped.groupby("axis", sort=True):
        rows, texts, is_free = part.index.to_numpy(), part["text"].tolist(), np.ones(len(part), dtype=bool)
        drawn = drawn_rows(texts, is_free)
        near = replace(beside.take(rows[drawn]), axis=str(axis))
        found = partition([texts[row] for row in drawn], vectors[rows[drawn]], seed, beside=near)
        found = joined(found, drawn, vectors[rows], is_free)
        ids = group_ids(str(axis), part["item_id"], found.medoids)
        write_groups(grouped, part.index, found.labels, found.strengths, found.stacks, ids)
    return grouped.assign(stack_id=complete_stacks(grouped), stance=settled_sides(grouped))
