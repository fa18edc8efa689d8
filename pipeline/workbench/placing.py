"""Learning which titles are true of an idea, and measuring it on sources that were left out.

    rosace train --profile titres --murs DOSSIER --extra axes_train.csv --extra axes_train2.csv

reads the walls whose ideas `corpus/references_murs.csv` names (their texts in the `--extra` files, checked by sha256)
and, in the folder, what readers titled: the columns of walls (`titles_of_walls.csv`, and `issue_title` of
`wall_*.csv`), wider rubrics above those (`themes_of_walls.csv`), and titles typed before sorting, with the ideas that
each takes and those that oppose it (`typed_titles.csv`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES, COMPASS_CODES
from pipeline.classify.reading.features import rapide_matrix
from pipeline.errors import UsageError
from pipeline.language.models.encoders import Encoder
from pipeline.learned import Linear
from pipeline.place.features import Background, IdeaTexts, Sides, Vectors, features
from pipeline.place.model import SIDE_SIGNS, axis_shares, log_odds, side_signs
from pipeline.workbench.examples import WALLS, load_corpus
from pipeline.workbench.learning import fit_logistic, in_turn

STRENGTH = 0.05
"""Inverse of the penalty of the regression (scikit-learn's C)."""
N_BACKGROUND = 512
"""Texts of the background: with four times as many, no measure moves."""
N_FOLDS = 5
SEED = 20
LEAST_IDEAS = 2
"""Columns of fewer ideas have no title."""
COLUMNS, THEMES, TYPED = "colonnes", "rubriques", "tapés"
NONE, SAID, OPPOSED = 0, 1, 2
CUTS = (0.2, 0.3, 0.4, 0.5)
DECIMALS = 6
Read = Callable[[Sequence[str], Sequence[str]], Vectors]


@dataclass(frozen=True)
class Sheet:
    """The titles of one kind that a reader gave to a wall, and what she put under each.

    Attributes
    ----------
    source : where the wall comes from.
    ideas : columns `id`, `text`, `context`, `axis`; those on no axis are left out.
    titles, axes : shape (m,); the axis of each, None for any.
    sides : shape (n, m), `NONE`, `SAID` or `OPPOSED`.
    """

    wall: str
    source: str
    kind: str
    ideas: pd.DataFrame
    titles: tuple[str, ...]
    axes: tuple[str | None, ...]
    sides: npt.NDArray[np.int8]

    @property
    def asked(self) -> npt.NDArray[np.bool_]:
        """The pairs that a reader told about, shape (n, m): of a column or a rubric, those of its axis."""
        if self.kind == TYPED:
            return np.ones(self.sides.shape, dtype=bool)
        return self.on_axis

    @property
    def on_axis(self) -> npt.NDArray[np.bool_]:
        """Whether each idea is on the axis of each title, shape (n, m)."""
        given = self.ideas["axis"].to_numpy(dtype=object)[:, None]
        return np.asarray((given == np.array(self.axes, dtype=object)[None]) | (np.array(self.axes) == None)[None])  # noqa: E711


def load_sheets(folder: Path, texts: Sequence[Path], references: Path = WALLS) -> list[Sheet]:
    """Every sheet of a folder, by wall then kind.

    Raises
    ------
    UsageError : a file is missing, or a text of a wall is in none of those given.
    """
    ideas = _ideas(texts, references)
    walls = {str(name): part.reset_index(drop=True) for name, part in ideas.groupby("wall", sort=True)}
    rows = pd.concat([_columns(folder, walls), _themes(folder, walls), _typed(folder)], ignore_index=True)
    found = []
    for (wall, kind), part in rows.groupby(["wall", "kind"], sort=True):
        here = walls[str(wall)]
        here = here[here["axis"].isin(COMPASS_CODES)].reset_index(drop=True)
        place = {one: row for row, one in enumerate(here["id"])}
        titles = list(dict.fromkeys(zip(part["title"], part["axis"], strict=True)))
        column = {title: number for number, title in enumerate(titles)}
        sides = np.zeros((len(here), len(titles)), dtype=np.int8)
        for title, axis, one, side in part[["title", "axis", "id", "side"]].itertuples(index=False):
            if one in place:
                sides[place[one], column[title, axis]] = side
        names, axes = ([pair[at] for pair in titles] for at in (0, 1))
        source = str(here["repo"].iloc[0])
        found.append(Sheet(str(wall), source, str(kind), here, tuple(names), tuple(axes), sides))
    return found


def _table(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    except OSError as error:
        raise UsageError(f"{path} ne peut pas être lu ({error.strerror}).") from error


def _ideas(texts: Sequence[Path], references: Path) -> pd.DataFrame:
    """The ideas of the walls that are referenced, with their texts and headings."""
    known: dict[tuple[str, str, str], tuple[str, str]] = {}
    for path in texts:
        for text, context, repo, where in _table(path)[["text", "context", "repo", "path"]].itertuples(index=False):
            digest = sha256(text.encode()).hexdigest()
            for key in ((digest, repo, where), (digest, repo, ""), (digest, "", "")):
                known.setdefault(key, (text, context))
    rows = _table(references)
    found = [
        known.get((digest, repo, where)) or known.get((digest, repo, "")) or known.get((digest, "", ""))
        for digest, repo, where in rows[["sha256", "repo", "path"]].itertuples(index=False)
    ]
    if missing := [one for one, pair in zip(rows["id"], found, strict=True) if pair is None]:
        raise UsageError(
            f"{len(missing)} textes de {references.name} ne sont dans aucun fichier donné par --extra "
            f"({', '.join(missing[:5])}…)."
        )
    pairs = [pair or ("", "") for pair in found]
    return rows.assign(text=[pair[0] for pair in pairs], context=[pair[1] for pair in pairs])


def _columns(folder: Path, walls: dict[str, pd.DataFrame]) -> pd.DataFrame:
    titles = _table(folder / "titles_of_walls.csv")[["wall", "issue", "axis", "title"]]
    parts = [titles]
    for path in sorted(folder.glob("wall_*.csv")):
        told = _table(path)
        told = told[told["issue_title"].ne("") & told["axis"].isin(COMPASS_CODES)].drop_duplicates("issue")
        parts.append(told.assign(wall=path.stem.removeprefix("wall_"), title=told["issue_title"])[list(titles.columns)])
    every = pd.concat(parts, ignore_index=True)
    ids = pd.concat(walls.values(), ignore_index=True)[["wall", "issue", "id"]]
    return every.merge(ids, on=["wall", "issue"]).assign(kind=COLUMNS, side=SAID)


def _themes(folder: Path, walls: dict[str, pd.DataFrame]) -> pd.DataFrame:
    themes = _table(folder / "themes_of_walls.csv")
    themes = themes.assign(issue=themes["issues"].str.split()).explode("issue")
    ids = pd.concat(walls.values(), ignore_index=True)[["wall", "issue", "id"]]
    return themes.merge(ids, on=["wall", "issue"]).assign(kind=THEMES, side=SAID)


def _typed(folder: Path) -> pd.DataFrame:
    typed = _table(folder / "typed_titles.csv").rename(columns={"idea": "id"})
    axes = typed["axis"].where(typed["axis"].isin(COMPASS_CODES), None)
    return typed.assign(kind=TYPED, axis=axes, side=typed["side"].map({"dit": SAID, "s_oppose": OPPOSED}))


class Encoded:
    """Vectors of texts and titles, each encoded once: topics, and what is said under a heading (`read`, or None)."""

    def __init__(self, encoder: Encoder, read: Read | None, sheets: Sequence[Sheet]) -> None:
        texts = {text for sheet in sheets for name in ("text", "context") for text in sheet.ideas[name]}
        texts |= {title for sheet in sheets for title in sheet.titles}
        self._topics = _by_key(sorted(texts), lambda rows: encoder.encode(rows).astype(np.float16))
        self._said: dict[Any, Any] | None = None
        if read is not None:
            pairs = {pair for sheet in sheets for pair in zip(sheet.ideas["text"], sheet.ideas["context"], strict=True)}
            pairs |= {(title, "") for sheet in sheets for title in sheet.titles}
            self._said = _by_key(sorted(pairs), lambda rows: read([one for one, _ in rows], [two for _, two in rows]))

    def topics(self, texts: Sequence[str]) -> Vectors:
        return np.array([self._topics[text] for text in texts])

    def said(self, texts: Sequence[str], headings: Sequence[str]) -> Vectors:
        if self._said is None:
            return np.zeros((len(texts), 0), dtype=np.float16)
        return np.array([self._said[pair] for pair in zip(texts, headings, strict=True)])

    def ideas(self, sheet: Sheet) -> IdeaTexts:
        """The ideas of a sheet, as a run has them."""
        texts, headings = sheet.ideas["text"].tolist(), sheet.ideas["context"].tolist()
        return IdeaTexts(texts, headings, self.topics(texts), self.topics(headings), self.said(texts, headings))

    def titles(self, texts: Sequence[str]) -> Sides:
        return Sides(self.topics(texts), self.said(texts, [""] * len(texts)))


def _by_key(keys: Sequence[Any], encode: Callable[[Any], Any]) -> dict[Any, Any]:
    return dict(zip(keys, encode(keys), strict=True))


class Pairs(NamedTuple):
    """The pairs of a sheet: features, shape (n, m, d), and their names."""

    sheet: Sheet
    features: npt.NDArray[np.float32]
    names: tuple[str, ...]


def read_pairs(sheets: Sequence[Sheet], encoded: Encoded, background: Background) -> Iterator[Pairs]:
    """The features of every pair of each sheet."""
    for sheet in sheets:
        titles = background.titles(sheet.titles, encoded.titles(sheet.titles))
        names, columns = [], []
        for name, values in features(encoded.ideas(sheet), titles, background):
            names.append(name)
            columns.append(np.broadcast_to(values, sheet.sides.shape).astype(np.float32))
        yield Pairs(sheet, np.stack(columns, axis=-1), tuple(names))


def background_vectors(encoder: Encoder, read: Read) -> tuple[Vectors, Vectors]:
    """Topics and what is said of texts of `corpus/annotated`, drawn: of no other, since they are shipped."""
    drawn = load_corpus().sample(N_BACKGROUND, random_state=SEED)
    texts, headings = drawn["text"].tolist(), drawn["context"].tolist()
    return encoder.encode(texts).astype(np.float16), read(texts, headings)


def learn_head(pairs: Sequence[Pairs]) -> Linear:
    """The chance that a title is true of an idea, or speaks of what it opposes."""
    rows = np.concatenate([one.features[one.sheet.asked] for one in pairs])
    true = np.concatenate([one.sheet.sides[one.sheet.asked] != NONE for one in pairs])
    return fit_logistic(
        rows, true, STRENGTH, pairs[0].names, is_scaled=True, decimals=DECIMALS, solver="newton-cholesky"
    )


def learn_joint(pairs: Sequence[Pairs], head: Linear, axes: dict[str, npt.NDArray[np.float64]]) -> Linear:
    """That chance together with the share of the title's axis, from readings that never saw the source.

    Parameters
    ----------
    axes : id of an idea → its axes, shape (5,).
    """
    rows, true = [], []
    for one in pairs:
        if one.sheet.kind != THEMES:
            rows.append(joint_features(one, head, axes).reshape(-1, len(JOINT_NAMES)))
            true.append((one.sheet.sides != NONE).ravel())
    return fit_logistic(np.concatenate(rows), np.concatenate(true), 1.0, JOINT_NAMES, is_scaled=True, decimals=DECIMALS)


JOINT_NAMES = ("chance", "axis")


def joint_features(one: Pairs, head: Linear, axes: dict[str, npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
    """Log-odds of the chance and logarithm of the share of the axis, shape (n, m, 2)."""
    odds = log_odds(head.chances(one.features.astype(np.float64))[..., 0])
    shares = axis_shares(np.array([axes[one_id] for one_id in one.sheet.ideas["id"]]), one.sheet.axes)
    return np.stack([odds, np.log(shares)], axis=-1)


def axes_unseen(sheets: Sequence[Sheet], encoded: Encoded) -> dict[str, npt.NDArray[np.float64]]:
    """The axes of each idea by a linear reading that never saw its source: the models in place learnt from all of
    them."""
    from sklearn.linear_model import LogisticRegression

    every = pd.concat([sheet.ideas for sheet in sheets], ignore_index=True).drop_duplicates("id", ignore_index=True)
    texts, headings = every["text"].tolist(), every["context"].tolist()
    rows = rapide_matrix(texts, headings, encoded.topics(texts), encoded.topics(headings))
    rows = np.hstack([rows, encoded.said(texts, headings).astype(np.float32)])
    labels, repos = every["axis"].to_numpy(dtype=object), every["repo"].to_numpy(dtype=object)
    found = np.zeros((len(every), len(AXIS_CODES)))
    for aside in in_turn(repos, N_FOLDS):
        is_aside = np.isin(repos, sorted(aside))
        learner = LogisticRegression(C=1.0, max_iter=200).fit(rows[~is_aside], labels[~is_aside])
        columns = [AXIS_CODES.index(code) for code in learner.classes_]
        found[np.flatnonzero(is_aside)[:, None], columns] = learner.predict_proba(rows[is_aside])
    return dict(zip(every["id"], found, strict=True))


def learn_sides(sheets: Sequence[Sheet]) -> Linear:
    """Which side an idea takes about a title typed before sorting."""
    rows, sides = [], []
    for sheet in sheets:
        if sheet.kind == TYPED:
            for row, column in np.argwhere(sheet.sides != NONE).tolist():
                rows.append((sheet.ideas["text"].iloc[row], sheet.titles[column]))
                sides.append("dit" if sheet.sides[row, column] == SAID else "s_oppose")
    return fit_logistic(side_signs(rows), np.array(sides), 1.0, SIDE_SIGNS, decimals=DECIMALS)
