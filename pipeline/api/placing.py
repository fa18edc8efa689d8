"""Titles that are true of loose texts, and the titles of a run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd

from pipeline.api.given import Settings, Texts, as_config, as_texts, beside
from pipeline.api.reading import local, read_ideas
from pipeline.axes import AXIS_CODES
from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.place.given import lines_of_table, lines_of_text, usable
from pipeline.place.model import load_place
from pipeline.place.stage import place as place_items
from pipeline.place.titles import Given, identified
from pipeline.run.given_titles import table_of, titles_of_place, titles_of_run

Titles: TypeAlias = str | os.PathLike[str] | Sequence[str] | pd.DataFrame | Given
"""Titles: the path of a file of titles or of a run, a list of lines as in `themes.txt`, or a table with `titre`; those
that `as_titles` read stay as they are."""
JOINT = " | "
PLACED_COLUMNS = (
    "title", "theme", "chance", "side", "also", "second_title", "second_chance", "axis", "placed_by",
)  # fmt: skip
"""What `place` adds to each text."""


def place(
    texts: Texts,
    themes: Titles,
    axis: str | Texts | None = None,
    context: str | Texts | None = None,
    *,
    profile: str | None = None,
    config: Settings = None,
    workers: int = 1,
) -> pd.DataFrame:
    """Put each text under the title that is true of it.

    Parameters
    ----------
    texts : iterable of str, shape (n,)
        French texts, one idea each (see `cut`). None and NaN are empty texts, which go under no title.
    themes : path, sequence of str or DataFrame
        The titles: a file (`themes.txt`, a table with a column `titre`), the folder of a run, lines as in `themes.txt`
        ("# Est" opens an axis), or a table with `titre` and, where they are, `axe`, `rubrique`, `exemples`, `pas`.
    axis : str or iterable of str, shape (n,), optional
        The axis of all, or of each; None or "": it is read, together with the titles.
    context : str or iterable of str, shape (n,), optional
        The question or heading under which each was said; one for all, or one per text.
    profile : {"precis", "rapide"}, optional
        As in `read`.
    config : Config, path or None
        A TOML file laid over the default configuration.
    workers : int
        As in `read`. No figure depends on it.

    Returns
    -------
    DataFrame, shape (n, 10)
        One row per text, in order, with the index of `texts` when it is a Series:

        text : str
            As given, "" when missing.
        title : str or NA
            The title that it is under; NA: to place, by a person.
        theme : str or NA
            The rubric of that title.
        chance : float in [0, 1]
            That the likeliest title is true of it, and its axis that of the title.
        side : str or NA
            `dit`, `s_oppose` or `condition`, about the title that it is under.
        also : str
            Other titles that are true of it, between " | ".
        second_title : str or NA
            The next likeliest title; of a text to place, the likeliest one is in `also`.
        second_chance : float in [0, 1]
            Its chance.
        axis : str
            Its axis, by the title that it is under; as read for what is to place.
        placed_by : str or NA
            `machine`; NA for what is to place.

    Raises
    ------
    UsageError
        No title can be used, one text alone, as many axes or contexts as texts not given, an unknown profile or axis.
    ModelError
        The model is missing or altered.

    Examples
    --------
    >>> import rosace
    >>> texts = ["Les cars sont trop rares", "Bonjour à tous"]
    >>> rosace.place(texts, ["# Est", "Des cars trop rares"], profile="rapide")["title"].isna().tolist()
    [False, True]
    """
    given = as_texts(texts)
    headings = beside(context, given, "context", texts)
    asked = None if axis is None else _known_axes(beside(axis, given, "axis", texts))
    settings = as_config(config, profil=profile)
    titles = identified(as_titles(themes).titles)
    said = given.str.strip().ne("").to_numpy(dtype=bool)
    read = read_ideas(given.tolist(), headings, settings, local(workers))
    tags = read.found.tags if asked is None else _on_axes(read.found.tags, asked)
    found = place_items(
        read.items,
        read.contributions,
        tags,
        read.embeddings,
        read.found.ideas,
        titles,
        load_place(settings.profil),
        settings,
        local(workers),
    ).placings
    names = {title.title_id: title.text for title in titles}
    rubrics = {title.title_id: title.rubric for title in titles if title.rubric}
    title_ids = found["title_id"].where(said)
    is_placed = title_ids.notna()
    also = [
        JOINT.join(names[one] for one in (others if placed else [likeliest] if told else []))
        for others, placed, likeliest, told in zip(found["also"], is_placed, found["likeliest"], said, strict=True)
    ]
    rows = pd.DataFrame(
        {
            "title": title_ids.map(names),
            "theme": title_ids.map(rubrics),
            "chance": found["chance"].where(said, 0.0),
            "side": found["side"].where(is_placed),
            "also": also,
            "second_title": found["second_title"].where(said).map(names),
            "second_chance": found["second_chance"].where(said, 0.0),
            "axis": found["axis"].where(is_placed, tags["axis"]),
            "placed_by": found["placed_by"].where(is_placed),
        }
    )
    rows = rows.astype({name: "string[pyarrow]" for name in PLACED_COLUMNS if "chance" not in name})
    rows = rows.set_axis(given.index)
    rows.insert(0, "text", given.astype("string[pyarrow]"))
    return rows


def as_titles(given: Titles) -> Given:
    """Titles as they are handed over: see `place`.

    Raises
    ------
    UsageError : none can be used. RefusedFileError : a file that cannot be read.
    """
    if isinstance(given, Given):
        return given
    if isinstance(given, pd.DataFrame):
        return usable(lines_of_table(given.astype("string").fillna(""), "themes"), "themes")
    if isinstance(given, str | os.PathLike):
        return titles_of_place(Path(given))
    return usable(list(lines_of_text("\n".join(given), "themes")), "themes")


def themes(run: str | os.PathLike[str]) -> pd.DataFrame:
    """Take the titles of a run out, to be used again (`place`, `synthesize`).

    Parameters
    ----------
    run : path
        The folder of a run.

    Returns
    -------
    DataFrame, shape (n_titles, 7)
        titre, axe, rubrique, exemples and pas (words that a person put under it or took away, one a line), origine
        (`personne`, `participants`, `programme`, or `machine` for a proposal), id; those of people first.

    Raises
    ------
    ArtifactError
        `run` is not the folder of a run.
    """
    return table_of(titles_of_run(RunFolder.open(Path(run))))


def _known_axes(axes: Sequence[str]) -> list[str]:
    codes = [axis.strip().lower().replace("-", "_").replace(" ", "_") for axis in axes]
    unknown = sorted({axis for axis, code in zip(axes, codes, strict=True) if code and code not in AXIS_CODES})
    if unknown:
        raise UsageError(
            f"axis : « {unknown[0]} » n'est pas un axe. Attendu : {', '.join(AXIS_CODES)}, ou rien pour qu'il soit lu."
        )
    return codes


def _on_axes(tags: pd.DataFrame, axes: Sequence[str]) -> pd.DataFrame:
    """The tags of texts whose axes were given, certain where they were."""
    found = tags.copy()
    told = np.array([bool(axis) for axis in axes], dtype=bool)
    for code in AXIS_CODES:
        found.loc[told, f"p_{code}"] = np.array([float(axis == code) for axis in axes])[told]
    found.loc[told, "axis"] = np.array(axes, dtype=object)[told]
    return found
