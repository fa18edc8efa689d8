"""Groups of any table of texts, inside each value of its column `axis` when it has one."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pipeline.axes import HORS_AXE
from pipeline.cluster.corpus import Corpus
from pipeline.cluster.given import NONE
from pipeline.cluster.grouping.likeness import Meaning
from pipeline.cluster.stage import grouped
from pipeline.config import ClusterConfig
from pipeline.execution import one_thread
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
    kept, headings = sources["text"].tolist(), sources["context"].tolist()
    missing = pd.Series(pd.NA, index=sources.index, dtype="string[pyarrow]")
    ids = sources["text"] + "\t" + sources.groupby("text").cumcount().astype(str)
    unknown: dict[str, Any] = {"voice": missing, "table": missing, "workshop": "", "channel": "", "place": NONE,
                               "source": ""}  # fmt: skip
    vectors, above = meaning.vectors(kept), meaning.vectors(headings)
    corpus = Corpus(
        sources.assign(item_id=ids, **unknown), vectors, lambda chosen: above[chosen], meaning.said(kept, headings),
        meaning.likeness, themes, {}, settings, seed, meaning.vectors,
    )  # fmt: skip
    with one_thread():
        sources, groups, found_themes, _ = grouped(corpus)
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
