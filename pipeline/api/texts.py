"""Loose texts: their axes, the ideas that one holds, the titles that are true of them, their groups."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.features import Headed
from pipeline.classify.stage import Classified, classify, load_axis_model
from pipeline.cluster.describing.siding import objects_of, settled_sides, stances_of
from pipeline.cluster.grouping.likeness import Meaning, load_likeness
from pipeline.cluster.stage import group_texts
from pipeline.config import Config, Settings, load_config
from pipeline.embed.stage import embed
from pipeline.errors import UsageError
from pipeline.execution import Executor, LocalExecutor
from pipeline.language.models.encoders import Embeddings, Encoder, load_encoder, said
from pipeline.place.given import lines_of_table, lines_of_text, usable
from pipeline.place.model import load_place
from pipeline.place.stage import place as place_items
from pipeline.place.titles import Given, identified
from pipeline.run.given_titles import lines_of, table_of, titles_of_place

Texts: TypeAlias = Iterable[str | None]
"""Texts, in order: a list, a Series (its index is kept), an array, a generator. None, NaN and NA are empty texts."""
SHOWN = 5


def as_texts(given: Texts, name: str = "texts") -> pd.Series:
    """Texts as a Series of strings, with the index of a Series or 0, 1, 2…; a missing text is "".

    Raises UsageError: one text alone, a table, or something that is not a text.
    """
    if isinstance(given, str | bytes | Mapping | pd.DataFrame) or not isinstance(given, Iterable):
        raise UsageError(
            f"{name} : trouvé {_told(given)} ; attendu : plusieurs textes (liste, Series, générateur). "
            "Pour un seul texte, donnez une liste d'un élément ; pour un tableau, une de ses colonnes."
        )
    cells = given.astype(object) if isinstance(given, pd.Series) else pd.Series(list(given), dtype=object)
    texts = cells.where(~cells.isna(), "")
    wrong = [(row, cell) for row, cell in enumerate(texts) if not isinstance(cell, str)]
    if wrong:
        found = ", ".join(f"{cell!r} (rang {row})" for row, cell in wrong[:SHOWN])
        raise UsageError(
            f"{name} : {len(wrong)} valeur(s) ne sont pas des textes : {found}. "
            "Convertissez-les en chaînes de caractères, ou ôtez-les."
        )
    return texts.map(_whole)


def beside(given: str | Texts | None, texts: pd.Series, name: str, owner: Texts) -> list[str]:
    """What goes with each text: one value for all, one per text, or "" everywhere.

    Parameters
    ----------
    owner : the texts as they were handed over: the index of a Series must be that of what stands beside it.

    Raises
    ------
    UsageError : another number of values than of texts, or a Series whose index is not that of the texts.
    """
    if given is None or isinstance(given, str):
        return [given or ""] * len(texts)
    values = as_texts(given, name)
    if len(values) != len(texts):
        raise UsageError(
            f"{name} : {len(values)} valeur(s) pour {len(texts)} texte(s). Donnez-en une par texte, ou une pour tous."
        )
    if isinstance(given, pd.Series) and isinstance(owner, pd.Series) and not texts.index.equals(values.index):
        raise UsageError(
            f"{name} : l'index n'est pas celui des textes. Remettez-les dans le même ordre "
            f"({name}.reindex(texts.index)), ou donnez {name}.tolist()."
        )
    return [str(value) for value in values]


def _told(given: object) -> str:
    if isinstance(given, str):
        return "un texte seul"
    return "un tableau" if isinstance(given, pd.DataFrame) else f"un objet de type {type(given).__name__}"


def _whole(text: str) -> str:
    """A text whose half characters (what a wrong decoding leaves) are replaced: nothing can write them."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


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
    settings = load_config(config, profil=profile)
    tags = read_axes(given.tolist(), headings, settings, LocalExecutor.of(workers))
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
    embeddings = embed(items, contributions, load_encoder(), settings.taille_partition, executor)
    found = classify(items, contributions, embeddings, model, settings, executor, with_ideas=are_embedded)
    return Read(items, contributions, embeddings, found)


Titles: TypeAlias = str | os.PathLike[str] | Sequence[str] | pd.DataFrame | Given
"""Titles: the path of a file of titles, of a run or of a programme, a list of lines as in `themes.txt`, or a table with
`titre`; those that `as_titles` read stay as they are."""
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
        The titles: a file (`themes.txt`, a table with a column `titre`), the folder of a run or of a programme, lines
        as in `themes.txt` ("# Est" opens an axis), or a table with `titre` and, where they are, `axe`, `rubrique`,
        `exemples`, `pas`.
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
    DataFrame, shape (n, 11)
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
            What it says of that title, by its words and those that it stands under: `pour`, `contre`, `nuance` (on a
            condition) or `inconnu`; NA for what is to place.
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
    settings = load_config(config, profil=profile)
    titles = identified(as_titles(themes).titles)
    said = given.str.strip().ne("").to_numpy(dtype=bool)
    read = read_ideas(given.tolist(), headings, settings, LocalExecutor.of(workers))
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
        LocalExecutor.of(workers),
    ).placings
    names = {title.title_id: title.text for title in titles}
    rubrics = {title.title_id: title.rubric for title in titles if title.rubric}
    title_ids = found["title_id"].where(said)
    is_placed = title_ids.notna()
    also = [
        JOINT.join(names[one] for one in (others if placed else [likeliest] if told else []))
        for others, placed, likeliest, told in zip(found["also"], is_placed, found["likeliest"], said, strict=True)
    ]
    axes = found["axis"].where(is_placed, tags["axis"])
    sources = pd.DataFrame({"text": given.tolist(), "axis": axes, "context": headings, "group_id": title_ids})
    sources = sources[is_placed].assign(stance=stances_of, stance_on=objects_of)
    rows = pd.DataFrame(
        {
            "title": title_ids.map(names),
            "theme": title_ids.map(rubrics),
            "chance": found["chance"].where(said, 0.0),
            "side": settled_sides(sources, names, of_titles=True).reindex(found.index),
            "also": also,
            "second_title": found["second_title"].where(said).map(names),
            "second_chance": found["second_chance"].where(said, 0.0),
            "axis": axes,
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
    """Take the titles of a run or of a programme out, to be used again (`place`, `synthesize`).

    Parameters
    ----------
    run : path
        The folder of a run, or of a programme: the titles that people gave or took in its workshops.

    Returns
    -------
    DataFrame, shape (n_titles, 7)
        titre, axe, rubrique, exemples and pas (words that a person put under it or took away, one a line), origine
        (`personne`, `participants`, `programme`, or `machine` for a proposal), id; those of people first.

    Raises
    ------
    ArtifactError
        `run` is neither.
    """
    return table_of(lines_of(Path(run)))


def _known_axes(axes: Sequence[str]) -> list[str]:
    codes = [axis.strip().lower().replace("-", "_").replace(" ", "_") for axis in axes]
    unknown = sorted({axis for axis, code in zip(axes, codes, strict=True) if code and code not in AXIS_CODES})
    if unknown:
        raise UsageError(
            f"axis : « {unknown[0]} » n'est pas un axe. Attendu : {', '.join(AXIS_CODES)}, ou rien pour qu'il soit lu."
        )
    return codes


def _on_axes(tags: pd.DataFrame, axes: Sequence[str]) -> pd.DataFrame:
    found = tags.copy()
    told = np.array([bool(axis) for axis in axes], dtype=bool)
    for code in AXIS_CODES:
        found.loc[told, f"p_{code}"] = np.array([float(axis == code) for axis in axes])[told]
    found.loc[told, "axis"] = np.array(axes, dtype=object)[told]
    return found


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
    settings = load_config(config, profil=profile)
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
    return Meaning(topics, likeness, idea_reader(load_axis_model(settings.profil)))


def axis_reader(model: Any, topics: Encoder) -> Any:
    """An axis model: texts and their contexts → the columns of `tags` but item_id, rows in order."""

    def read(texts: Sequence[str], contexts: Sequence[str]) -> pd.DataFrame:
        vectors, headings = (topics.encode(given).astype(np.float16) for given in (texts, contexts))
        found: pd.DataFrame = model.predict(Headed(texts, contexts, vectors, headings), with_ideas=False).tags
        return found

    return read


def idea_reader(model: Any) -> Any:
    """The idea branch of an axis model: texts and their contexts → what they say, shape (n, e)."""

    def read(texts: Sequence[str], contexts: Sequence[str]) -> npt.NDArray[np.float16]:
        return np.asarray(said(model.encoder.encode(texts, contexts).ideas), dtype=np.float16)

    return read
