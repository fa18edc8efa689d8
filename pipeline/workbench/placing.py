"""Learning which titles are true of an idea, and measuring it on sources that were left out.

    rosace train --profile titres --murs DOSSIER

reads the walls whose ideas `corpus/references_murs.csv` names (their texts in the folder's `axes_train*.csv`, found by
their sha256) and what readers titled: the columns of walls (`titles_of_walls.csv`, and `issue_title` of
`wall_*.csv`), wider rubrics above those (`themes_of_walls.csv`), and titles typed before sorting, with the ideas that
each takes and those that oppose it (`typed_titles.csv`).

The branch of titles of `precis` is learnt first, from seven sources out of ten (`pipeline.workbench.contrast`), unless
it is kept (`--garder-encodeurs`); what reads it is learnt and measured on the other sources alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.api.texts import axis_reader, place
from pipeline.axes import AXIS_CODES, COMPASS_CODES
from pipeline.classify.reading.encoders import PreciseEncoder
from pipeline.classify.reading.features import rapide_matrix
from pipeline.classify.reading.store import (
    BRANCH_FILE,
    ENCODER_FILE,
    TITLES_FOLDER,
    TOKENIZER_FILE,
    model_folder,
    open_branch,
    save_branch,
)
from pipeline.classify.stage import MAX_TOGETHER, load_axis_model
from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.language.models.encoders import Encoder, said, titled
from pipeline.learned import Linear
from pipeline.place.features import (
    EXAMPLES,
    NOTHING,
    Background,
    Beside,
    IdeaTexts,
    Sides,
    Vectors,
    View,
    beside_examples,
    common_of,
    features,
)
from pipeline.place.model import (
    JOINT,
    ODDS,
    OPPOSED_FROM,
    PLACE,
    PROFILES,
    SAID_BACKGROUND,
    TOPICS_BACKGROUND,
    joint_inputs,
    log_odds,
    save_place,
)
from pipeline.workbench import contrast
from pipeline.workbench.examples import BENCHMARKS, WALLS, load_corpus, read_jsonl
from pipeline.workbench.learning import fit_logistic, in_turn, precision_recall
from pipeline.workbench.reports import Card, Line, number

STRENGTH = 0.05
"""Inverse of the penalty of the regression (scikit-learn's C)."""
N_BACKGROUND = 512
"""Texts of the background: with four times as many, no measure moves."""
N_FOLDS = 5
SEED = 20
N_EXAMPLES = 3
"""Ideas that a person puts under a title before the machine does."""
LEAST_IDEAS = 2
"""Columns of fewer ideas have no title."""
FEW = "peu"
"""Kind of the sheets where a person gave few titles, among ideas of which most have none: learnt from alone."""
N_FEW, N_IDEAS_FEW, N_ELSEWHERE = 4, 30, 12
"""Titles of such a sheet, ideas drawn from its own, and from another source."""
COLUMNS, THEMES, TYPED = "colonnes", "rubriques", "tapés"
ANY_AXIS = 0.3
"""Share of the titles whose axis is not told, in the second of two readings: what a title of any axis is worth."""
ASIDE = "mis de côté"
"""Columns of the walls whose sources the axes did not learn from: their axes are read as in use."""
NONE, SAID, OPPOSED = 0, 1, 2
CUTS = (0.2, 0.3, 0.35, 0.4, 0.5, 0.7, 0.9, 0.95)
DECIMALS = 6
SHRINKAGE = 0.2
"""Of the covariances of the linear reading of axes."""
Axes = dict[str, npt.NDArray[np.float64]]
Tell = Callable[[str], None]
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
        if "is_from_elsewhere" in self.ideas:
            return np.asarray(self.on_axis | self.ideas["is_from_elsewhere"].to_numpy(dtype=bool)[:, None])
        return self.on_axis

    @property
    def is_aside(self) -> bool:
        """Whether the axes learnt from none of its ideas."""
        return "aside" in self.ideas and bool((self.ideas["aside"] == "1").all())

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


def with_few_titles(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets, then of columns and typed lists a few titles, with ideas of their own and of another source: what no
    title takes is learnt so."""
    random = np.random.default_rng(SEED)
    found = list(sheets)
    for sheet in sheets:
        elsewhere = sheets[int(random.integers(0, len(sheets)))]
        if sheet.kind == THEMES or elsewhere.source == sheet.source:
            continue
        columns = np.sort(random.permutation(len(sheet.titles))[: random.integers(1, N_FEW + 1)])
        rows, others = (random.permutation(len(one.ideas)) for one in (sheet, elsewhere))
        rows, others = np.sort(rows[:N_IDEAS_FEW]), np.sort(others[:N_ELSEWHERE])
        parts = [sheet.ideas.iloc[rows].assign(is_from_elsewhere=sheet.kind == TYPED)]
        parts.append(elsewhere.ideas.iloc[others].assign(is_from_elsewhere=True))
        nothing = np.full((len(others), len(columns)), NONE, dtype=np.int8)
        found.append(
            Sheet(
                sheet.wall,
                sheet.source,
                FEW,
                pd.concat(parts, ignore_index=True),
                tuple(sheet.titles[at] for at in columns),
                tuple(sheet.axes[at] for at in columns),
                np.vstack([sheet.sides[np.ix_(rows, columns)], nothing]),
            )
        )
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
            f"{len(missing)} textes de {references.name} ne sont dans aucun fichier axes_train*.csv du dossier "
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
    """Vectors of texts and titles, each encoded once: topics, and by the branches of `precis` under a heading (`read`,
    or None)."""

    def __init__(self, encoder: Encoder, read: Read | None, sheets: Sequence[Sheet]) -> None:
        texts = {text for sheet in sheets for name in ("text", "context") for text in sheet.ideas[name]}
        texts |= {title for sheet in sheets for title in sheet.titles}
        self._topics = _by_key(sorted(texts), lambda rows: encoder.encode(rows).astype(np.float16))
        self._branches: dict[Any, Any] | None = None
        if read is not None:
            pairs = {pair for sheet in sheets for pair in zip(sheet.ideas["text"], sheet.ideas["context"], strict=True)}
            pairs |= {(text, "") for text, _ in pairs} | {(title, "") for sheet in sheets for title in sheet.titles}
            self._branches = _by_key(
                sorted(pairs), lambda rows: read([one for one, _ in rows], [two for _, two in rows])
            )

    def topics(self, texts: Sequence[str]) -> Vectors:
        return np.array([self._topics[text] for text in texts])

    def branches(self, texts: Sequence[str], headings: Sequence[str]) -> Vectors:
        if self._branches is None:
            return np.zeros((len(texts), 0), dtype=np.float16)
        return np.array([self._branches[pair] for pair in zip(texts, headings, strict=True)])

    def ideas(self, sheet: Sheet) -> IdeaTexts:
        """The ideas of a sheet, as a run has them."""
        texts, headings = sheet.ideas["text"].tolist(), sheet.ideas["context"].tolist()
        read = titled(self.branches(texts, headings))
        return IdeaTexts(
            texts, headings, self.topics(texts), self.topics(headings), read, common=common_of(texts, headings)
        )

    def titles(self, texts: Sequence[str]) -> Sides:
        """Titles, or ideas that a person put under one, without a heading."""
        return Sides(self.topics(texts), titled(self.branches(texts, [""] * len(texts))))


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
    return encoder.encode(texts).astype(np.float16), titled(read(texts, headings))


def learn_head(pairs: Sequence[Pairs]) -> Linear:
    """The chance that a title is true of an idea, or speaks of what it opposes."""
    rows = np.concatenate([one.features[one.sheet.asked] for one in pairs])
    true = np.concatenate([one.sheet.sides[one.sheet.asked] != NONE for one in pairs])
    return fit_logistic(
        rows, true, STRENGTH, pairs[0].names, is_scaled=True, decimals=DECIMALS, solver="newton-cholesky"
    )


class Drawn(NamedTuple):
    """What a person would have told of the titles of a sheet.

    Attributes
    ----------
    pairs : of the sheet.
    examples, refused : by column, rows of ideas put under the title, and taken away from it.
    beside : by column, see `beside_examples`.
    """

    pairs: Pairs
    examples: dict[int, list[int]]
    refused: dict[int, list[int]]
    beside: dict[int, npt.NDArray[np.float64]]

    @property
    def is_told(self) -> npt.NDArray[np.bool_]:
        """The ideas that are an example of a title, or refused under one, shape (n,): they measure nothing."""
        rows = [row for told in (self.examples, self.refused) for one in told.values() for row in one]
        found = np.zeros(len(self.pairs.sheet.ideas), dtype=bool)
        found[rows] = True
        return found


def drawn(one: Pairs, encoded: Encoded, background: Background, mixed: bool) -> Drawn:
    """Up to `N_EXAMPLES` of the ideas of each title, one at least being left; when `mixed`, fewer for some, and the
    nearest wrong ideas as refused."""
    near = one.features[..., one.names.index("both_topics")]
    random = np.random.default_rng(SEED)
    sheet, ideas = one.sheet, encoded.ideas(one.sheet)
    examples: dict[int, list[int]] = {}
    refused: dict[int, list[int]] = {}
    beside = {}
    own = Beside.of(ideas.texts, Sides(ideas.topics, ideas.said), background)
    for column in range(len(sheet.titles) if sheet.kind != FEW else 0):
        right = np.flatnonzero(sheet.sides[:, column] == SAID)
        most = min(int(random.integers(0, N_EXAMPLES + 1)) if mixed else N_EXAMPLES, len(right) - 1)
        told = random.permutation(right)[: max(0, most)].tolist()
        wrong = np.flatnonzero(sheet.asked[:, column] & (sheet.sides[:, column] == NONE))
        n_refused = int(random.integers(0, 3)) if mixed else 0
        away = wrong[np.argsort(-near[wrong, column], kind="stable")[:n_refused]].tolist()
        if told or away:
            examples[column], refused[column] = told, away
            sides = [
                Beside.of(
                    [ideas.texts[row] for row in rows], encoded.titles([ideas.texts[row] for row in rows]), background
                )
                if rows
                else NOTHING
                for rows in (told, away)
            ]
            beside[column] = beside_examples(own, sides[0], sides[1])
    return Drawn(one, examples, refused, beside)


def learn_examples(told: Sequence[Drawn], head: Linear) -> Linear:
    """The chance that a title is true of an idea, when a person said so of others."""
    rows, true = [], []
    for one in told:
        odds = head.scores(one.pairs.features.astype(np.float64))[..., 0]
        for column, beside in one.beside.items():
            kept = one.pairs.sheet.asked[:, column].copy()
            kept[[*one.examples[column], *one.refused[column]]] = False
            rows.append(np.column_stack([odds[kept, column], beside[kept]]))
            true.append(one.pairs.sheet.sides[kept, column] != NONE)
    return fit_logistic(
        np.concatenate(rows), np.concatenate(true), STRENGTH, (ODDS, *EXAMPLES), is_scaled=True, decimals=DECIMALS
    )


def odds_with(told: Drawn, head: Linear, examples_head: Linear) -> npt.NDArray[np.float64]:
    """Log-odds of each pair, with what a person told, shape (n, m)."""
    odds = np.asarray(head.scores(told.pairs.features.astype(np.float64))[..., 0])
    for column, beside in told.beside.items():
        odds[:, column] = examples_head.scores(np.column_stack([odds[:, column], beside]))[:, 0]
    return odds


def learn_joint(pairs: Sequence[Pairs], head: Linear, axes: Axes) -> Linear:
    """That chance together with the axis of the title and what is said around: of titles typed before sorting, which
    are those of use, and of the walls whose axes are read as in use. What only one of the two tells has a weight of its
    own, which is left out: what the axes are worth where they are read less well than in use, and how much likelier a
    title is on a wall where every idea has one.

    Parameters
    ----------
    axes : id of an idea → its axes, shape (5,).
    """
    random = np.random.default_rng(SEED)
    kept = [one for one in pairs if one.sheet.kind == TYPED or (one.sheet.kind == COLUMNS and one.sheet.is_aside)]
    rows, true = [], []
    for one in kept:
        odds = head.scores(one.features.astype(np.float64))[..., 0]
        for share in (0.0, ANY_AXIS):
            any_axis = random.random(len(one.sheet.axes)) < share
            asked = tuple(None if is_any else axis for is_any, axis in zip(any_axis, one.sheet.axes, strict=True))
            inputs = joint_rows(odds, replace(one.sheet, axes=asked), axes)
            is_aside = np.full(odds.shape, float(one.sheet.is_aside))
            of_axis, is_told = inputs[..., 1].copy(), is_aside > 0
            inputs[..., 1] = np.where(is_told, of_axis, 0.0)
            left_out = (np.where(is_told, 0.0, of_axis), is_aside, is_aside * inputs[..., 0])
            rows.append(np.concatenate([inputs, np.stack(left_out, axis=-1)], axis=-1).reshape(odds.size, -1))
            true.append((one.sheet.sides != NONE).ravel())
    found = fit_logistic(np.concatenate(rows), np.concatenate(true), 1.0, is_scaled=True, decimals=DECIMALS)
    return Linear(found.weights[:, : len(JOINT)], found.bias, JOINT)


def joint_rows(odds: npt.NDArray[np.floating], sheet: Sheet, axes: Axes) -> npt.NDArray[np.float64]:
    """`JOINT` of each pair of a sheet, shape (n, m, 4): ideas under one heading of one file stand in its order."""
    ideas = sheet.ideas
    kept = np.clip(odds, *(log_odds(np.array([0.0, 1.0]))))
    rank = ideas.groupby(["path", "context"]).cumcount() // MAX_TOGETHER
    parts = np.asarray(ideas.groupby([ideas["path"], ideas["context"], rank]).ngroup(), dtype=np.int64)
    shares = np.array([axes[one] for one in ideas["id"]])
    inputs = joint_inputs(kept, shares, sheet.axes, None if sheet.kind == FEW else parts)
    return np.stack(np.broadcast_arrays(*inputs), axis=-1)


def axes_unseen(sheets: Sequence[Sheet], encoded: Encoded) -> Axes:
    """The axes of each idea by a linear reading that never saw its source: the models in place learnt from all of
    them, and read better than this one."""
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    every = pd.concat([sheet.ideas for sheet in sheets], ignore_index=True).drop_duplicates("id", ignore_index=True)
    texts, headings = every["text"].tolist(), every["context"].tolist()
    rows = rapide_matrix(texts, headings, encoded.topics(texts), encoded.topics(headings))
    rows = np.hstack([rows, said(encoded.branches(texts, headings)).astype(np.float32)])
    labels, repos = every["axis"].to_numpy(dtype=object), every["repo"].to_numpy(dtype=object)
    found = np.zeros((len(every), len(AXIS_CODES)))
    for aside in in_turn(repos, N_FOLDS):
        is_aside = np.isin(repos, sorted(aside))
        learner = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=SHRINKAGE).fit(rows[~is_aside], labels[~is_aside])
        columns = [AXIS_CODES.index(code) for code in learner.classes_]
        shares = np.sqrt(learner.predict_proba(rows[is_aside]))  # it is twice as sure as it should be
        found[np.flatnonzero(is_aside)[:, None], columns] = shares / shares.sum(axis=1, keepdims=True)
    return dict(zip(every["id"], found, strict=True))


def axes_in_use(sheets: Sequence[Sheet], profile: str, encoder: Encoder) -> Axes:
    """The axes of the ideas of walls set aside, by the model in place, which learnt from none of their sources."""
    ideas = pd.concat([one.ideas for one in sheets if one.is_aside], ignore_index=True).drop_duplicates("id")
    tags = axis_reader(load_axis_model(profile), encoder)(ideas["text"].tolist(), ideas["context"].tolist())
    return dict(zip(ideas["id"], tags[[f"p_{code}" for code in AXIS_CODES]].to_numpy(dtype=np.float64), strict=True))


def learn_sides(sheets: Sequence[Sheet]) -> Linear:
    """By axis of a title typed before sorting, the share of the ideas of each axis under it that oppose it."""
    said, opposed = (np.ones((len(COMPASS_CODES), len(AXIS_CODES))) * few for few in (1.0, 0.1))
    for sheet in sheets:
        if sheet.kind == TYPED:
            for row, column in np.argwhere(sheet.sides != NONE).tolist():
                if (axis := sheet.axes[column]) is not None:
                    place = COMPASS_CODES.index(axis), AXIS_CODES.index(sheet.ideas["axis"].iloc[row])
                    said[place] += sheet.sides[row, column] == SAID
                    opposed[place] += sheet.sides[row, column] == OPPOSED
    shares = np.round(opposed / (said + opposed), 3)
    return Linear(shares, np.zeros(len(COMPASS_CODES)), AXIS_CODES, COMPASS_CODES)


def measure_sides(sheets: Sequence[Sheet], axes: Axes) -> dict[str, float]:
    """Of ideas under titles typed before sorting: precision and recall of those that are told to oppose theirs, by
    shares learnt from other sources, axes read by who never saw them and as a reader gave them."""
    found: dict[str, list[bool]] = {"given": [], "read": []}
    true: list[bool] = []
    for aside in in_turn([sheet.source for sheet in sheets], N_FOLDS):
        head = learn_sides([sheet for sheet in sheets if sheet.source not in aside])
        for sheet in (sheet for sheet in sheets if sheet.source in aside and sheet.kind == TYPED):
            for row, column in np.argwhere(sheet.sides != NONE).tolist():
                if (axis := sheet.axes[column]) is None:
                    continue
                idea, shares = sheet.ideas.iloc[row], head.weights[COMPASS_CODES.index(axis)]
                true.append(sheet.sides[row, column] == OPPOSED)
                found["given"].append(shares[AXIS_CODES.index(idea["axis"])] >= OPPOSED_FROM)
                found["read"].append(float(axes[idea["id"]] @ shares) >= OPPOSED_FROM)
    told = {
        name: precision_recall(np.array(rows, dtype=np.bool_), np.array(true, dtype=np.bool_))
        for name, rows in found.items()
    }
    return {f"{name}_{measure}": value for name, row in told.items() for measure, value in row.items()}


class Counts(NamedTuple):
    """How many ideas were placed, rightly, have a title, and are read on the right axis, of how many."""

    placed: int
    right: int
    titled: int
    on_axis: int
    n: int

    @property
    def told(self) -> dict[str, float]:
        """`right`: of those placed; `found`: placed rightly, of those that have a title; `axis`: on the right one."""
        return {
            "right": round(self.right / max(1, self.placed), 3),
            "found": round(self.right / max(1, self.titled), 3),
            "axis": round(self.on_axis / max(1, self.n), 3),
        }


def counted(
    sheet: Sheet, chances: npt.NDArray[np.floating], cut: float, axes: Axes, most: int, free: npt.NDArray[np.bool_]
) -> Counts:
    """What placing each idea under its likeliest title gives: an idea that opposes it is wrong.

    Parameters
    ----------
    most : how many titles are given, those of the most ideas.
    free : the ideas that measure, shape (n,).
    """
    sizes = (sheet.sides == SAID).sum(axis=0)
    given = [column for column in np.argsort(-sizes, kind="stable").tolist() if sizes[column] >= LEAST_IDEAS][:most]
    if not given:
        return Counts(0, 0, 0, 0, 0)
    here, is_right = chances[:, given], sheet.sides[:, given] == SAID
    best = here.argmax(axis=1)
    rows = np.arange(len(best))
    is_placed = (here[rows, best] >= cut) & free
    read = np.array([axes[one][: len(COMPASS_CODES)].argmax() for one in sheet.ideas["id"]])
    of_titles = np.array([COMPASS_CODES.index(code) if code else -1 for code in (sheet.axes[at] for at in given)])
    told = np.where(is_placed & (of_titles[best] >= 0), of_titles[best], read)
    true = np.array([COMPASS_CODES.index(code) for code in sheet.ideas["axis"]])
    return Counts(
        int(is_placed.sum()),
        int((is_placed & is_right[rows, best]).sum()),
        int((free & is_right.any(axis=1)).sum()),
        int((told == true).sum()),
        len(true),
    )


N_TITLES_ALL = 10_000
WAYS = (
    (COLUMNS, False, N_TITLES_ALL, 0),
    (COLUMNS, True, N_TITLES_ALL, 0),
    (COLUMNS, True, 12, 0),
    (ASIDE, True, N_TITLES_ALL, 0),
    (ASIDE, True, 12, 0),
    (TYPED, True, N_TITLES_ALL, 0),
    (COLUMNS, False, N_TITLES_ALL, N_EXAMPLES),
    (COLUMNS, True, N_TITLES_ALL, N_EXAMPLES),
    (TYPED, True, N_TITLES_ALL, N_EXAMPLES),
)
"""Which titles are measured, whether axes are read (else given), how many are given, and examples of each."""
LARGE = 60
"""Ideas of the walls where twelve titles alone are measured."""


class Learnt(NamedTuple):
    """The heads of a profile."""

    head: Linear
    examples: Linear
    joint: Linear


class Told(NamedTuple):
    """A sheet, and what a person would have told of it: as it is learnt from, and as it is measured."""

    pairs: Pairs
    taught: Drawn
    asked: Drawn


def read_told(sheets: Sequence[Sheet], encoded: Encoded, background: Background) -> list[Told]:
    """All that is learnt from and measured, read once."""
    return [
        Told(one, drawn(one, encoded, background, mixed=True), drawn(one, encoded, background, mixed=False))
        for one in read_pairs(with_few_titles(sheets), encoded, background)
    ]


def learn(told: Sequence[Told], axes: Axes) -> Learnt:
    """All that some sheets teach."""
    pairs = [one.pairs for one in told]
    head = learn_head(pairs)
    return Learnt(head, learn_examples([one.taught for one in told], head), learn_joint(pairs, head, axes))


def measure(told: Sequence[Told], axes: Axes) -> list[dict[str, Any]]:
    """What models that never saw a source make of its sheets: a row a way (`WAYS`) and a cut, with `Counts.told`."""
    totals: dict[tuple[Any, ...], npt.NDArray[np.int64]] = {}
    for aside in in_turn([one.pairs.sheet.source for one in told], N_FOLDS):
        learnt = learn([one for one in told if one.pairs.sheet.source not in aside], axes)
        for one in told:
            if one.pairs.sheet.source in aside and one.pairs.sheet.kind != THEMES:
                _measure_sheet(one, learnt, axes, totals)
    rows = []
    for (kind, is_read, most, n_examples, cut), total in totals.items():
        way = {"kind": kind, "read": is_read, "titles": most, "examples": n_examples, "cut": cut}
        rows.append({**way, **Counts(*total.tolist()).told, "n": int(total[-1])})
    return rows


def _measure_sheet(one: Told, learnt: Learnt, axes: Axes, totals: dict[tuple[Any, ...], npt.NDArray[np.int64]]) -> None:
    """Add what one sheet counts to the totals of each way and cut."""
    sheet = one.pairs.sheet
    plain = learnt.head.scores(one.pairs.features.astype(np.float64))[..., 0]
    odds = {0: plain, N_EXAMPLES: odds_with(one.asked, learnt.head, learnt.examples)}
    for way in WAYS:
        kind, is_read, most, n_examples = way
        if kind not in (sheet.kind, ASIDE if sheet.is_aside else "") or (
            most < N_TITLES_ALL and len(sheet.ideas) < LARGE
        ):
            continue
        free = ~one.asked.is_told if n_examples else np.ones(len(sheet.ideas), dtype=bool)
        if is_read:
            chances = learnt.joint.chances(joint_rows(odds[n_examples], sheet, axes))[..., 0]
        else:
            chances = sheet.on_axis / (1.0 + np.exp(-odds[n_examples]))
        for cut in CUTS:
            counts = np.array(counted(sheet, chances, cut, axes, most, free), dtype=np.int64)
            totals[*way, cut] = totals.get((*way, cut), 0) + counts


BENCHMARK = BENCHMARKS / "placing.jsonl"
WAY_TOLD = {
    COLUMNS: "colonnes de murs",
    ASIDE: "colonnes des murs dont les axes n'ont rien appris",
    TYPED: "titres tapés avant de trier",
}
ENOUGH = 0.74
"""Share of the ideas placed that are right, from which a title is proposed for an idea."""


SURE = 0.95
"""Share of the ideas placed that are right, from which a placing is told to be sure."""


def chosen_cut(rows: Sequence[dict[str, Any]]) -> float:
    """The lowest cut at which `ENOUGH` of the ideas placed under titles, axes read, are right: of columns, all titles;
    else the highest that is measured."""
    held = [row["cut"] for row in rows if _is(row, COLUMNS, True, N_TITLES_ALL, 0) and row["right"] >= ENOUGH]
    return float(min(held, default=max(CUTS)))


def sure_cut(rows: Sequence[dict[str, Any]]) -> float:
    """The lowest cut from which `SURE` of the ideas placed are right, axes read, under columns and typed titles taken
    together: few are placed so high under either; 1 for none."""
    ways = ((COLUMNS, True, N_TITLES_ALL, 0), (TYPED, True, N_TITLES_ALL, 0))
    placed, right = (dict.fromkeys(CUTS, 0.0) for _ in range(2))
    for row in rows:
        if any(_is(row, *way) for way in ways) and row["right"]:
            right[row["cut"]] += row["n"] * row["found"]
            placed[row["cut"]] += row["n"] * row["found"] / row["right"]
    return float(min((cut for cut in CUTS if placed[cut] and right[cut] >= SURE * placed[cut]), default=1.0))


def _is(row: dict[str, Any], *way: Any) -> bool:
    return (row["kind"], row["read"], row["titles"], row["examples"]) == way


def write_model(
    folder: Path,
    learnt: dict[str, Learnt],
    sides: Linear,
    background: tuple[Vectors, Vectors],
    shas: dict[str, str | None],
    metrics: dict[str, Any],
) -> None:
    """The weights of both profiles, `metrics.json` and the card.

    Parameters
    ----------
    background : topics, and what is said, see `background_vectors`.
    shas : `topics_sha256` and `said_sha256`, of what gave the vectors.
    """
    nothing = np.zeros(N_BACKGROUND, dtype=np.float32)
    heads = {
        TOPICS_BACKGROUND: Linear(background[0].astype(np.float16), nothing),
        SAID_BACKGROUND: Linear(background[1].astype(np.float16), nothing),
        "sides": sides,
    }
    for profile, one in learnt.items():
        heads |= {profile: one.head, f"{profile}_examples": one.examples, f"{profile}_joint": one.joint}
    metrics |= {
        "cuts": {profile: chosen_cut(metrics["profiles"][profile]) for profile in learnt},
        "sure": {profile: sure_cut(metrics["profiles"][profile]) for profile in learnt},
    }
    save_place(folder, heads, {**shas, "cuts": metrics["cuts"], "sure": metrics["sure"]})
    PLACING_CARD.write(folder, metrics)


def way_told(kind: str, is_read: bool, most: int, n_examples: int) -> str:
    """How a row of measures was made."""
    given = "axes lus" if is_read else "axes donnés"
    few = "" if most >= N_TITLES_ALL else f", les {most} plus grands titres"
    beside = "" if not n_examples else f", {n_examples} exemples par titre"
    return f"{WAY_TOLD[kind]}, {given}{few}{beside}"


PLACING_CARD = Card("placing.md.j2", {"ways": WAYS, "way_told": way_told, "is_way": _is, "large": LARGE})


def branch_reader(branch: Path) -> Read:
    """The branches of ideas and titles: texts and their headings → both, side by side, see `said` and `titled`."""
    folder = model_folder(PROFILES[0])
    file = branch / TITLES_FOLDER / BRANCH_FILE
    encoder = PreciseEncoder((folder / ENCODER_FILE).read_bytes, folder / TOKENIZER_FILE, file.read_bytes)
    return lambda texts, headings: np.asarray(encoder.encode(texts, headings).ideas, dtype=np.float16)


def learn_placing(folder: Path, walls: Path, branch: Path, encoder: Encoder, tell: Tell, is_kept: bool) -> None:
    """Learn from the walls of a folder (see this module), measure on sources left out, and write the model.

    Parameters
    ----------
    branch : where the branch of titles stands or is written, see `save_branch`. is_kept : whether it is not learnt.
    """
    sheets = load_sheets(walls, sorted(walls.glob("axes_train*.csv")))
    tell(f"{len(sheets)} listes de titres")
    taught, others = contrast.taught(sheets)
    tokenizer = model_folder(PROFILES[0]) / TOKENIZER_FILE
    if not is_kept:
        save_branch(branch, contrast.learn_branch(taught, tokenizer, tell, contrast.Recipe()), tokenizer)
    read = branch_reader(branch)
    encoded = Encoded(encoder, read, sheets)
    unseen = axes_unseen(sheets, encoded)
    topics, titles = background_vectors(encoder, read)
    backgrounds = {PROFILES[0]: Background(View.of(topics), View.of(titles)), PROFILES[1]: Background(View.of(topics))}
    learnt, rows = {}, {}
    for profile, background in backgrounds.items():
        axes = unseen | axes_in_use(sheets, profile, encoder)
        told = read_told(others if background.said is not None else sheets, encoded, background)
        learnt[profile], rows[profile] = learn(told, axes), measure(told, axes)
        tell(f"{profile} : appris et mesuré")
    metrics = {
        "profiles": rows,
        "taught": len({one.source for one in taught}),
        "recipe": asdict(contrast.Recipe()),
        **told_of(sheets, unseen),
    }
    shas = {"topics_sha256": encoder.sha256, "said_sha256": open_branch(branch)}
    write_model(folder, learnt, learn_sides(sheets), (topics, titles), shas, metrics)


def told_of(sheets: Sequence[Sheet], axes: Axes) -> dict[str, Any]:
    """What was learnt from: sheets and titles by kind, sources, pairs of each side, and how well axes were read."""
    typed = [sheet for sheet in sheets if sheet.kind == TYPED]
    every = {one: code for sheet in sheets for one, code in sheet.ideas[["id", "axis"]].itertuples(index=False)}
    right = [COMPASS_CODES[int(axes[one][: len(COMPASS_CODES)].argmax())] == code for one, code in every.items()]
    return {
        "sheets": {
            kind: {
                "sheets": sum(sheet.kind == kind for sheet in sheets),
                "titles": sum(len(sheet.titles) for sheet in sheets if sheet.kind == kind),
                "pairs": int(sum((sheet.sides != NONE).sum() for sheet in sheets if sheet.kind == kind)),
            }
            for kind in (COLUMNS, THEMES, TYPED)
        },
        "sources": len({sheet.source for sheet in sheets}),
        "sides": {
            "dit": int(sum((sheet.sides == SAID).sum() for sheet in typed)),
            "s_oppose": int(sum((sheet.sides == OPPOSED).sum() for sheet in typed)),
            **measure_sides(sheets, axes),
        },
        "axes_read": round(float(np.mean(right)), 3),
    }


def placing_lines(settings: Config) -> list[Line]:
    """What placing is worth: on walls of sources left out, when it was learnt, and on the benchmark."""
    metrics, floors = PLACE.metrics(), settings.evaluation["placing"]
    rows, cut = metrics["profiles"][settings.profil], metrics["cuts"][settings.profil]
    bounds = {
        (COLUMNS, True, N_TITLES_ALL, 0): (floors["justes"], floors["trouves"]),
        (COLUMNS, True, 12, 0): (floors["justes_douze"], floors["trouves_douze"]),
        (COLUMNS, False, N_TITLES_ALL, N_EXAMPLES): (floors["justes_exemples"], floors["trouves_exemples"]),
    }
    lines = []
    for way in WAYS:
        row = next(one for one in rows if _is(one, *way) and one["cut"] == cut)
        told, (right, found) = way_told(*way), bounds.get(way, (None, None))
        detail = f"axe juste {number(row['axis'])}" if row["read"] else ""
        lines.append(Line(f"Placées justes, {told}", row["right"], right, detail=detail))
        lines.append(Line(f"Trouvées, {told}", row["found"], found, detail=f"{row['n']} idées"))
    return [*lines, *_benchmark_lines(settings)]


def _benchmark_lines(settings: Config) -> list[Line]:
    """The imaginary workshops, axes given."""
    placed = right = n_titled = sided = 0
    for shop in read_jsonl(BENCHMARK):
        titles = pd.DataFrame([{"titre": one["title"], "axe": one["axis"]} for one in shop["titles"]])
        ideas = pd.DataFrame(shop["ideas"])
        found = place(ideas["text"], titles, ideas["axis"], ideas["heading"], config=settings)
        is_right = found["title"].fillna("").eq(ideas["title"]) & found["title"].notna()
        placed, right = placed + int(found["title"].notna().sum()), right + int(is_right.sum())
        n_titled += int(ideas["title"].ne("").sum())
        sided += int((is_right & found["side"].eq(ideas["side"])).sum())
    return [
        Line("Placées justes, ateliers imaginaires", right / max(1, placed), detail=f"{placed} placées"),
        Line("Trouvées, ateliers imaginaires", right / max(1, n_titled), detail=f"{n_titled} qui ont un titre"),
        Line("Côté juste, de celles qui sont bien placées", sided / max(1, right)),
    ]
