"""Axes of loose texts, and the ideas that one text holds."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from pipeline.api.given import Settings, Texts, as_config, as_texts, beside
from pipeline.axes import AXIS_CODES
from pipeline.classify.stage import Classified, classify, load_axis_model
from pipeline.config import Config
from pipeline.embed.stage import embed
from pipeline.errors import UsageError
from pipeline.execution import Executor, LocalExecutor
from pipeline.language.models.encoders import Embeddings, load_encoder

READ_COLUMNS = ("axis", "facet", "confidence", "second_axis", "status", *(f"p_{code}" for code in AXIS_CODES))
"""What `read` adds to each text."""


class Idea(NamedTuple):
    """One idea of a text: `text[start:end]`, `end` excluded."""

    start: int
    end: int
    text: str


def read(
    texts: Texts,
    contexts: str | Texts | None = None,
    *,
    profile: str | None = None,
    config: Settings = None,
    workers: int = 1,
) -> pd.DataFrame:
    """Read the axis of each text on the rose des vents.

    Parameters
    ----------
    texts : iterable of str, shape (n,)
        French texts, one idea each (see `cut`). None and NaN are read as empty texts.
    contexts : str or iterable of str, shape (n,), optional
        The question or heading under which each was said; one for all, or one per text.
    profile : {"precis", "rapide"}, optional
        `precis` (the default), a fine-tuned encoder; `rapide`, a small perceptron, for large corpora.
    config : Config, path or None
        A TOML file laid over the default configuration.
    workers : int
        Processes, 0 for as many as cores. They start only beyond some thousand texts, and a script then needs
        `if __name__ == "__main__":`. No figure depends on it.

    Returns
    -------
    DataFrame, shape (n, 11)
        One row per text, in order, with the index of `texts` when it is a Series:

        text : str
            As given, "" when missing.
        axis : str
            `nord`, `est`, `sud`, `ouest` or `hors_axe`: the most probable one.
        facet : str or NA
            The finer reading; NA on `hors_axe`.
        confidence : float in [0, 1]
            The probability of `axis`, calibrated.
        second_axis : str or NA
            Another axis that is nearly as probable.
        status : str
            `sur`, or `a_relire` when the model cannot decide.
        p_nord, p_est, p_sud, p_ouest, p_hors_axe : float in [0, 1]
            Probabilities, of sum 1.

    Raises
    ------
    UsageError
        One text alone, values that are not texts, as many contexts as texts not given, an unknown profile.
    ModelError
        The model is missing or altered.

    Examples
    --------
    >>> import rosace
    >>> tags = rosace.read(["Merci aux bénévoles du jardin", "Plus aucun car après 18 h"], profile="rapide")
    >>> tags["axis"].tolist()
    ['nord', 'est']
    >>> rosace.read([]).empty
    True
    """
    given = as_texts(texts)
    headings = beside(contexts, given, "contexts", texts)
    settings = as_config(config, profil=profile)
    tags = read_axes(given.tolist(), headings, settings, local(workers))
    found = tags[list(READ_COLUMNS)].set_axis(given.index)
    found.insert(0, "text", given.astype("string[pyarrow]"))
    return found


def cut(text: str, *, is_speech: bool = False) -> list[Idea]:
    """Cut a contribution into its ideas, as exact spans.

    Parameters
    ----------
    text : str
        What one person wrote or said at once: a post-it, a survey cell, a turn.
    is_speech : bool
        A transcript: hesitations at the edges are left out, long turns are cut at the words of speech.

    Returns
    -------
    list of Idea
        In order, without overlap, `idea.text == text[idea.start:idea.end]`; empty when the text holds no word.

    Raises
    ------
    UsageError
        Something else than a text.

    Examples
    --------
    >>> import rosace
    >>> [idea.text for idea in rosace.cut("Le marché revit. Il manque un abri pour les vélos.")]
    ['Le marché revit.', 'Il manque un abri pour les vélos.']
    """
    from pipeline.ingest.segmentation.segment import segment

    if not isinstance(text, str):
        raise UsageError(f"cut : trouvé un objet de type {type(text).__name__} ; attendu : un texte.")
    return [Idea(start, end, text[start:end]) for start, end in segment(text, is_speech)]


def read_axes(texts: Sequence[str], contexts: Sequence[str], settings: Config, executor: Executor) -> pd.DataFrame:
    """The table `tags` of loose texts, one row each, in order; `contexts` are "" where there is none."""
    return read_ideas(texts, contexts, settings, executor, are_embedded=False).found.tags


class Read(NamedTuple):
    """Loose texts as stages take them, and what classifying gave."""

    items: pd.DataFrame
    contributions: pd.DataFrame
    embeddings: Embeddings
    found: Classified


def read_ideas(
    texts: Sequence[str], contexts: Sequence[str], settings: Config, executor: Executor, are_embedded: bool = True
) -> Read:
    """Loose texts, their axes, and, when they are embedded, the vectors of their topics and of what they say."""
    ids = [f"i{row:09d}" for row in range(len(texts))]
    items = pd.DataFrame({"item_id": ids, "contribution_id": ids, "text": list(texts)}, dtype=object)
    contributions = pd.DataFrame({"contribution_id": ids, "context": list(contexts)}, dtype=object)
    model = load_axis_model(settings.profil)
    embeddings = _embeddings(items, contributions, model, settings, executor, are_embedded)
    found = classify(items, contributions, embeddings, model, settings, executor, with_ideas=are_embedded)
    return Read(items, contributions, embeddings, found)


def _embeddings(
    items: pd.DataFrame,
    contributions: pd.DataFrame,
    model: Any,
    settings: Config,
    executor: Executor,
    are_embedded: bool,
) -> Embeddings:
    if (model.encoder_sha256 or are_embedded) and len(items):
        encoder = load_encoder()
        return embed(items, contributions, encoder, settings.taille_partition, executor)
    # the model reads the texts themselves
    rows = np.arange(len(items), dtype=np.int32)
    ids = items["item_id"].to_numpy(dtype=str)
    nothing = np.zeros((len(items), 0), dtype=np.float16)
    return Embeddings(ids, nothing, rows, np.full_like(rows, -1), model.encoder_sha256)


def local(workers: int) -> LocalExecutor:
    """Processes on this machine; 0 for as many as cores.

    Raises
    ------
    UsageError : less than 0.
    """
    if workers < 0:
        raise UsageError(f"workers : valeur {workers} refusée ; attendu : 0 (autant que de cœurs) ou plus.")
    return LocalExecutor(workers or os.cpu_count() or 1)
