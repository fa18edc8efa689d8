"""What the tables of titles mean to every stage after them: the group of a title, who stands behind it, and the axis
that everything counts."""

import pandas as pd

from pipeline.contracts.tables import ORIGINS

PERSON, PARTICIPANTS, PROGRAMME, MODEL, MACHINE = ORIGINS
OF_PEOPLE = (PERSON, PARTICIPANTS, PROGRAMME)
"""Origins of titles that people gave; those of others are proposals."""
DECIDING = (PERSON, PROGRAMME)
"""Origins of titles that decide of the axis of what is under them, and take what a proposal held."""


def group_of_title(title_id: str, own_axis: str | None, axis: str) -> str:
    """The id of the group of a title on an axis: its own when it has one axis."""
    return title_id if own_axis is not None else f"{title_id}-{axis}"


def placed_tags(tags: pd.DataFrame, placings: pd.DataFrame) -> pd.DataFrame:
    """`tags` with the axis of the placings, sure where a title decides of it (the column of a wall does not); what was
    read on another axis is left out. The table `tags` itself is never edited."""
    if placings.empty:
        return tags
    axes = placings.set_index("item_id")["axis"].reindex(tags["item_id"]).to_numpy(dtype=object)
    moved = (axes != tags["axis"].to_numpy(dtype=object)) & ~pd.isna(axes)
    if not moved.any():
        return tags
    found = tags.copy()
    found.loc[moved, "axis"] = pd.array(axes[moved], dtype="string[pyarrow]")
    decided = placings.set_index("item_id")["placed_by"].reindex(tags["item_id"]).ne(PARTICIPANTS)
    found.loc[moved & decided.to_numpy(dtype=bool), "status"] = "sur"
    found.loc[moved, ["second_axis", "facet", "doubt"]] = pd.NA
    return found
