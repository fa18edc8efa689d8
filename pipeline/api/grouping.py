"""Groups of loose texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.api.given import Settings, Texts, as_config, as_texts, beside
from pipeline.classify.stage import load_axis_model
from pipeline.cluster.grouping.likeness import Meaning, load_likeness
from pipeline.cluster.table import group_texts
from pipeline.config import Config
from pipeline.language.models.encoders import Encoder, load_encoder, said


def group(
    texts: Texts,
    axis: str | Texts | None = None,
    contexts: str | Texts | None = None,
    *,
    themes: Sequence[str] = (),
    profile: str | None = None,
    config: Settings = None,
) -> pd.DataFrame:
    """Group the texts that say the same thing, inside each axis.

    Parameters
    ----------
    texts : iterable of str, shape (n,)
        French texts, one idea each. None and NaN are empty texts, which are in no group.
    axis : str or iterable of str, shape (n,), optional
        The axis of all, or of each, as `read` gives it (any other partition does): two axes never share a group,
        `hors_axe` and "" have none. None groups everything together.
    contexts : str or iterable of str, shape (n,), optional
        The question or heading under which each was said, which `precis` reads with it; one for all, or one per text.
    themes : sequence of str
        Subjects asked for, in order: "Mobilités", or "Mobilités : bus, vélo". Empty: the usual ones.
    profile : {"precis", "rapide"}, optional
        What vectors to group by, as in `read`.
    config : Config, path or None
        A TOML file laid over the default configuration.

    Returns
    -------
    DataFrame of shape (n, 6)
        One row per text, in order, with the index of `texts` when it is a Series. Its columns:

        text : str
            As given, "" when missing.
        group : str or NA
            The same id for texts of one group, whatever the order of rows; NA for a weak signal (a text that
            resembles no other) and for what is not grouped.
        group_title, theme : str or NA
            Of the group.
        stance : str or NA
            `pour`, `contre`, `nuance` or `inconnu`; NA for what is not grouped (empty texts, `hors_axe`).
        group_sides : str or NA
            How many of the group are on each side ("pour 3, contre 2, sans position 4"); NA where nobody takes one.

    Raises
    ------
    UsageError
        One text alone, values that are not texts, as many axes or contexts as texts not given, an unknown profile.

    Examples
    --------
    >>> import rosace
    >>> texts = ["Plus de car le soir", "Il n'y a plus de car le soir", "Le marché est trop cher"]
    >>> found = rosace.group(texts, axis="est", profile="rapide")
    >>> found["group"].nunique()
    1
    """
    given = as_texts(texts)
    axes = None if axis is None else [code.strip().lower() for code in beside(axis, given, "axis", texts)]
    settings = as_config(config, profil=profile)
    asked = list(themes) or list(settings.cluster.themes)
    headings = None if contexts is None else beside(contexts, given, "contexts", texts)
    rows = group_texts(
        given.tolist(), axes, meaning_of(settings), settings.cluster, settings.graine, asked, headings
    ).astype("string[pyarrow]")
    rows = rows.mask(rows == "").set_axis(given.index)
    rows.insert(0, "text", given.astype("string[pyarrow]"))
    return rows


def meaning_of(settings: Config) -> Meaning:
    """What the profile groups by: its encoders, and the projection learnt above them."""
    topics, likeness = load_encoder(), load_likeness()
    if settings.profil != "precis":
        return Meaning(topics, likeness)
    model: Any = load_axis_model(settings.profil)
    return Meaning(topics, likeness, idea_reader(model) if model.encoder.n_idea_dimensions else None)


def axis_reader(model: Any, topics: Encoder) -> Any:
    """An axis model: texts and their contexts → the columns of `tags` but item_id, rows in order."""

    def read(texts: Sequence[str], contexts: Sequence[str]) -> pd.DataFrame:
        vectors, headings = (topics.encode(given).astype(np.float16) for given in (texts, contexts))
        found: pd.DataFrame = model.predict(texts, contexts, vectors, headings, None, False).tags
        return found

    return read


def idea_reader(model: Any) -> Any:
    """The idea branch of an axis model: texts and their contexts → what they say, shape (n, e)."""

    def read(texts: Sequence[str], contexts: Sequence[str]) -> npt.NDArray[np.float16]:
        return np.asarray(said(model.encoder.encode(texts, contexts).ideas), dtype=np.float16)

    return read
