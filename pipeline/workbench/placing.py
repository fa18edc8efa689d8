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

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.api.texts import axis_reader, place
from pipeline.axes import AXIS_CODES, COMPASS_CODES
from pipeline.classify.reading.encoders import PreciseEncoder
from pipeline.classify.reading.features import Headed, rapide_matrix
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
from pipeline.learned import Linear, save
from pipeline.place.features import (
    EXAMPLES,
    NOTHING,
    Background,
    Beside,
    Examples,
    IdeaTexts,
    Sides,
    TitleTexts,
    Vectors,
    View,
    beside_examples,
    beside_others,
    common_of,
    features,
    headed,
)
from pipeline.place.model import (
    JOINT,
    ODDS,
    PLACE,
    PROFILES,
    SAID_BACKGROUND,
    TOPICS_BACKGROUND,
    draws,
    joint_inputs,
    log_odds,
)
from pipeline.workbench import contrast
from pipeline.workbench.examples import BENCHMARKS, WALLS, load_corpus, read_csv, read_jsonl, text_sha256
from pipeline.workbench.learning import Tally, fit_logistic, in_turn
from pipeline.workbench.reports import Card, Line

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
NONE, SAID, OPPOSED = 0, 1, 2
CUTS = (0.2, 0.3, 0.35, 0.4, 0.5, 0.7, 0.9, 0.95)
DECIMALS = 6
SHRINKAGE = 0.2
"""Of the covariances of the linear reading of axes."""
Axes = dict[str, npt.NDArray[np.float64]]
Odds = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
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
    def asked(self) -> Mask:
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
    def on_axis(self) -> Mask:
        """Whether each idea is on the axis of each title, shape (n, m)."""
        return np.array([[of in (None, axis) for of in self.axes] for axis in self.ideas["axis"]], dtype=np.bool_)


def load_sheets(folder: Path, texts: Sequence[Path], references: Path = WALLS) -> list[Sheet]:
    """Every sheet of a folder, by wall then kind.

    Raises UsageError: a file is missing, or a text of a wall is in none of those given.
    """
    ideas = _ideas(texts, references)
    walls = {str(name): part for name, part in ideas[ideas["axis"].isin(COMPASS_CODES)].groupby("wall", sort=True)}
    found = []
    for (wall, kind), part in _titled(folder, ideas).groupby(["wall", "kind"], sort=True):
        here = walls[str(wall)].reset_index(drop=True)
        rows = {one: row for row, one in enumerate(here["id"])}
        titles = list(dict.fromkeys(zip(part["title"], part["axis"], strict=True)))
        columns = {title: number for number, title in enumerate(titles)}
        sides = np.zeros((len(here), len(titles)), dtype=np.int8)
        for title, axis, one, side in part[["title", "axis", "id", "side"]].itertuples(index=False):
            if one in rows:
                sides[rows[one], columns[title, axis]] = side
        names, axes = zip(*titles, strict=True)
        found.append(Sheet(str(wall), str(here["repo"].iloc[0]), str(kind), here, names, axes, sides))
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
        titles, axes = (tuple(given[at] for at in columns) for given in (sheet.titles, sheet.axes))
        sides = np.zeros((len(rows) + len(others), len(columns)), dtype=np.int8)
        sides[: len(rows)] = sheet.sides[np.ix_(rows, columns)]
        ideas = pd.concat(parts, ignore_index=True)
        found.append(replace(sheet, kind=FEW, ideas=ideas, titles=titles, axes=axes, sides=sides))
    return found


def _ideas(texts: Sequence[Path], references: Path) -> pd.DataFrame:
    where = ["sha256", "repo", "path"]
    known = pd.concat([read_csv(path) for path in texts])
    known = known.assign(sha256=known["text"].map(text_sha256)).drop_duplicates(where)
    found = read_csv(references).merge(known[[*where, "text", "context"]], on=where, how="left")
    if missing := found.loc[found["text"].isna(), "id"].tolist():
        raise UsageError(
            f"{len(missing)} textes de {references.name} ne sont dans aucun fichier axes_train*.csv du dossier "
            f"({', '.join(missing[:5])}…)."
        )
    return found


def _titled(folder: Path, ideas: pd.DataFrame) -> pd.DataFrame:
    """Which ideas stand under which titles, on which side: columns `wall`, `kind`, `title`, `axis`, `id`, `side`."""
    columns = [read_csv(folder / "titles_of_walls.csv")]
    for path in sorted(folder.glob("wall_*.csv")):
        told = read_csv(path)
        told = told[told["issue_title"].ne("") & told["axis"].isin(COMPASS_CODES)].drop_duplicates("issue")
        columns.append(told.assign(wall=path.stem.removeprefix("wall_"), title=told["issue_title"]))
    themes = read_csv(folder / "themes_of_walls.csv")
    themes = themes.assign(issue=themes["issues"].str.split()).explode("issue")
    sorted_by_people = pd.concat([*(one.assign(kind=COLUMNS) for one in columns), themes.assign(kind=THEMES)])
    under = sorted_by_people[["wall", "issue", "axis", "title", "kind"]].merge(
        ideas[["wall", "issue", "id"]], on=["wall", "issue"]
    )
    typed = read_csv(folder / "typed_titles.csv").rename(columns={"idea": "id"})
    axes = typed["axis"].where(typed["axis"].isin(COMPASS_CODES), None)
    typed = typed.assign(kind=TYPED, axis=axes, side=typed["side"].map({"dit": SAID, "s_oppose": OPPOSED}))
    return pd.concat([under.assign(side=SAID), typed], ignore_index=True)


class Encoded:
    """Vectors of texts and titles, each encoded once: topics, and by the branches of `precis` under a heading (`read`,
    or None)."""

    def __init__(self, encoder: Encoder, read: Read | None, sheets: Sequence[Sheet]) -> None:
        pairs = {pair for sheet in sheets for pair in zip(sheet.ideas["text"], sheet.ideas["context"], strict=True)}
        alone = {text for text, _ in pairs} | {title for sheet in sheets for title in sheet.titles}
        texts = sorted(alone | {heading for _, heading in pairs})
        self._topics = dict(zip(texts, encoder.encode(texts).astype(np.float16), strict=True))
        self._branches: dict[tuple[str, str], Any] | None = None
        if read is not None:
            keys = sorted(pairs | {(text, "") for text in alone})
            self._branches = dict(zip(keys, read(*map(list, zip(*keys, strict=True))), strict=True))

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


def background_vectors(encoder: Encoder, read: Read) -> tuple[Vectors, Vectors]:
    """Topics and what is said of texts of `corpus/annotated`, drawn: of no other, since they are shipped."""
    drawn = load_corpus().sample(N_BACKGROUND, random_state=SEED)
    texts, headings = drawn["text"].tolist(), drawn["context"].tolist()
    return encoder.encode(texts).astype(np.float16), titled(read(texts, headings))


class Told(NamedTuple):
    """What a person would have told of the titles of a sheet.

    Attributes
    ----------
    pairs : those that she told, right or not, shape (n, m): they measure nothing.
    beside : by column, see `beside_others`.
    """

    pairs: Mask
    beside: dict[int, Odds]


@dataclass(frozen=True)
class Lesson:
    """A sheet, and what is read of it.

    Attributes
    ----------
    features, of_titles : of each pair, shape (n, m, d), by name; of titles taken for ideas, shape (m, m, d).
    taught, asked : what a person would have told, as it is learnt from and as it is measured.
    """

    sheet: Sheet
    names: tuple[str, ...]
    features: npt.NDArray[np.float32]
    of_titles: npt.NDArray[np.float32]
    taught: Told
    asked: Told

    @classmethod
    def of(cls, sheet: Sheet, encoded: Encoded, background: Background) -> Lesson:
        """A sheet against a background."""
        ideas = encoded.ideas(sheet)
        sides = encoded.titles(sheet.titles)
        titles = background.titles(sheet.titles, sides)
        read = dict(features(ideas, titles, background))
        of_titles = dict(features(IdeaTexts.of_titles(sheet.titles, sides), titles, background))
        own = Beside.of(ideas.texts, Sides(ideas.topics, ideas.said), background, ideas.headings)
        above = headed(ideas.texts, ideas.headings, set(ideas.texts))

        def beside(rows: Sequence[int]) -> Beside:
            texts = [ideas.texts[row] for row in rows]
            return Beside.of(texts, encoded.titles(texts), background) if texts else NOTHING

        def examples(under: Sequence[int], away: Sequence[int]) -> Examples:
            headings = dict(above[text] for row in under if (text := ideas.texts[row]) in above)
            return Examples(beside(under), beside(away), headings)

        def told(mixed: bool) -> Told:
            drawn = _drawn(sheet, np.asarray(read["both_topics"]), mixed)
            pairs = np.zeros(sheet.sides.shape, dtype=bool)
            for column, (under, away) in drawn.items():
                pairs[[*under, *away], column] = True
            each = {column: beside_examples(own, examples(*both)) for column, both in drawn.items()}
            return Told(pairs, beside_others(each))

        both = _stacked(read, len(ideas), titles), _stacked(of_titles, len(titles.texts), titles)
        return cls(sheet, tuple(read), *both, told(mixed=True), told(mixed=False))

    @property
    def is_true(self) -> Mask:
        """Whether each title is true of each idea, or speaks of what it opposes."""
        return np.asarray(self.sheet.sides != NONE)

    def odds(self, head: Linear) -> Odds:
        """Log-odds of each pair, shape (n, m)."""
        return np.asarray(head.scores(self.features.astype(np.float64))[..., 0])

    def drawn(self, head: Linear) -> Odds:
        """What each title draws of the others, shape (m,)."""
        return draws([(0, np.asarray(head.scores(self.of_titles.astype(np.float64))[..., 0], dtype=np.float64))])


def _stacked(read: Mapping[str, Any], n: int, titles: TitleTexts) -> npt.NDArray[np.float32]:
    every = [np.broadcast_to(one, (n, len(titles.texts))).astype(np.float32) for one in read.values()]
    return np.stack(every, axis=-1)


def _drawn(sheet: Sheet, near: Odds, mixed: bool) -> dict[int, tuple[list[int], list[int]]]:
    """By column, up to `N_EXAMPLES` of the ideas of a title, one at least being left, and none refused; when `mixed`,
    fewer for some, as many being left (as of titles in use, which have more), and the nearest wrong ideas as
    refused."""
    random = np.random.default_rng(SEED)
    found = {}
    for column in range(len(sheet.titles) if sheet.kind != FEW else 0):
        right = np.flatnonzero(sheet.sides[:, column] == SAID)
        most = (
            min(int(random.integers(0, N_EXAMPLES + 1)), len(right) // 2) if mixed else min(N_EXAMPLES, len(right) - 1)
        )
        under = random.permutation(right)[: max(0, most)].tolist()
        wrong = np.flatnonzero(sheet.asked[:, column] & (sheet.sides[:, column] == NONE))
        n_refused = int(random.integers(0, 3)) if mixed else 0
        away = wrong[np.argsort(-near[wrong, column], kind="stable")[:n_refused]].tolist()
        if under or away:
            found[column] = (under, away)
    return found


def read_lessons(sheets: Sequence[Sheet], encoded: Encoded, background: Background) -> list[Lesson]:
    """All that is learnt from and measured, read once."""
    return [Lesson.of(sheet, encoded, background) for sheet in with_few_titles(sheets)]


class Learnt(NamedTuple):
    """The heads of a profile."""

    head: Linear
    examples: Linear
    joint: Linear

    def odds(self, lesson: Lesson, told: Told | None = None) -> Odds:
        """Log-odds of each pair, with what a person told, shape (n, m)."""
        odds = lesson.odds(self.head)
        for column, beside in told.beside.items() if told else ():
            odds[:, column] = self.examples.scores(np.column_stack([odds[:, column], beside]))[:, 0]
        return odds


def _fitted(
    rows: Sequence[Any], true: Sequence[Mask], strength: float, inputs: tuple[str, ...], **given: Any
) -> Linear:
    given |= {"is_scaled": True, "decimals": DECIMALS}
    return fit_logistic(np.concatenate(rows), np.concatenate(true), strength, inputs, **given)


def learn(lessons: Sequence[Lesson], axes: Axes) -> Learnt:
    """All that some sheets teach."""
    given, is_true = ([getattr(one, of)[one.sheet.asked] for one in lessons] for of in ("features", "is_true"))
    head = _fitted(given, is_true, STRENGTH, lessons[0].names, solver="newton-cholesky")
    rows, true = [], []
    for one in lessons:
        odds, free = one.odds(head), one.sheet.asked & ~one.taught.pairs
        for column, beside in one.taught.beside.items():
            here = free[:, column]
            rows.append(np.column_stack([odds[here, column], beside[here]]))
            true.append(one.is_true[here, column])
    return Learnt(head, _fitted(rows, true, STRENGTH, (ODDS, *EXAMPLES)), learn_joint(lessons, head, axes))


def learn_joint(lessons: Sequence[Lesson], head: Linear, axes: Axes) -> Linear:
    """That chance together with the axis of the title, what is said around and what the title draws: of titles typed
    before sorting, which are those of use, and of the walls whose axes are read as in use. What only one of the two
    tells has a weight of its own, which is left out: what the axes are worth where they are read less well than in use,
    and how much likelier a title is on a wall where every idea has one.

    `axes` : id of an idea → its axes, shape (5,).
    """
    random = np.random.default_rng(SEED)
    rows, true = [], []
    for one in lessons:
        sheet = one.sheet
        if sheet.kind != TYPED and not (sheet.kind == COLUMNS and sheet.is_aside):
            continue
        for share in (0.0, ANY_AXIS):
            any_axis = random.random(len(sheet.axes)) < share
            asked = tuple(None if is_any else axis for is_any, axis in zip(any_axis, sheet.axes, strict=True))
            given = joint_rows(one.odds(head), replace(sheet, axes=asked), axes, one.drawn(head))
            odds, of_axis, *others = np.moveaxis(given, -1, 0)
            aside = float(sheet.is_aside)
            told = (odds, aside * of_axis, *others, (1 - aside) * of_axis, np.full_like(odds, aside), aside * odds)
            rows.append(np.stack(told, axis=-1).reshape(odds.size, -1))
            true.append(one.is_true.ravel())
    found = _fitted(rows, true, 1.0, ())
    return Linear(found.weights[:, : len(JOINT)], found.bias, JOINT)


def joint_rows(odds: npt.NDArray[np.floating], sheet: Sheet, axes: Axes, drawn: Odds) -> npt.NDArray[np.float64]:
    """`JOINT` of each pair of a sheet, shape (n, m, 6): ideas under one heading of one file stand in its order."""
    ideas = sheet.ideas
    kept = np.clip(odds, *(log_odds(np.array([0.0, 1.0]))))
    rank = ideas.groupby(["path", "context"]).cumcount() // MAX_TOGETHER
    parts = np.asarray(ideas.groupby([ideas["path"], ideas["context"], rank]).ngroup(), dtype=np.int64)
    shares = np.array([axes[one] for one in ideas["id"]])
    inputs = joint_inputs(kept, shares, sheet.axes, None if sheet.kind == FEW else parts, drawn)
    return np.stack(np.broadcast_arrays(*inputs), axis=-1)


def axes_unseen(sheets: Sequence[Sheet], encoded: Encoded) -> Axes:
    """The axes of each idea by a linear reading that never saw its source: the models in place learnt from all of
    them, and read better than this one."""
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    every = pd.concat([sheet.ideas for sheet in sheets], ignore_index=True).drop_duplicates("id", ignore_index=True)
    texts, headings = every["text"].tolist(), every["context"].tolist()
    rows = rapide_matrix(Headed(texts, headings, encoded.topics(texts), encoded.topics(headings)))
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


def counted(sheet: Sheet, chances: npt.NDArray[np.floating], cut: float, most: int | None, free: Mask) -> Tally:
    """What placing each idea under its likeliest title gives, of those that have a title: one that opposes it is wrong.

    Parameters
    ----------
    most : how many titles are given, those of the most ideas; None: all.
    free : the ideas that measure, shape (n,).
    """
    sizes = (sheet.sides == SAID).sum(axis=0)
    given = [column for column in np.argsort(-sizes, kind="stable").tolist() if sizes[column] >= LEAST_IDEAS][:most]
    if not given:
        return Tally()
    here, is_right = chances[:, given], sheet.sides[:, given] == SAID
    best, rows = here.argmax(axis=1), np.arange(len(here))
    is_placed = (here[rows, best] >= cut) & free
    right = int((is_placed & is_right[rows, best]).sum())
    return Tally(right, int(is_placed.sum()) - right, int((free & is_right.any(axis=1)).sum()) - right)


class Way(NamedTuple):
    """How placing is measured: under which titles, how many of them, with how many examples of each; axes are read,
    but given where there are examples."""

    told: str
    kind: str
    most: int | None = None
    examples: int = 0

    def is_of(self, sheet: Sheet) -> bool:
        """Whether a sheet is measured so: a large one, where few of its titles are given."""
        return self.kind == sheet.kind and (self.most is None or len(sheet.ideas) >= LARGE)


LARGE = 60
"""Ideas of the walls where twelve titles alone are measured."""
WAYS = {
    "colonnes": Way("colonnes de murs, axes lus", COLUMNS),
    "douze": Way("colonnes de murs, axes lus, les 12 plus grands titres", COLUMNS, most=12),
    "tapés": Way("titres tapés avant de trier, axes lus", TYPED),
    "exemples": Way("colonnes de murs, axes donnés, 3 exemples par titre", COLUMNS, examples=N_EXAMPLES),
}


def measure(lessons: Sequence[Lesson], axes: Axes) -> list[dict[str, Any]]:
    """What models that never saw a source make of its sheets: of each way and cut, `right`, the share of the ideas
    placed that are, and `found`, the share of those that have a title that are placed rightly."""
    totals = {(name, cut): Tally() for name in WAYS for cut in CUTS}
    n_ideas = dict.fromkeys(WAYS, 0)
    for aside in in_turn([one.sheet.source for one in lessons], N_FOLDS):
        learnt = learn([one for one in lessons if one.sheet.source not in aside], axes)
        for one in (one for one in lessons if one.sheet.source in aside):
            for name, way in ((name, way) for name, way in WAYS.items() if way.is_of(one.sheet)):
                odds = learnt.odds(one, one.asked if way.examples else None)
                chances: npt.NDArray[np.floating]
                free = np.ones(len(odds), dtype=np.bool_)
                if way.examples:
                    chances = one.sheet.on_axis / (1.0 + np.exp(-odds))
                    free[one.asked.pairs.any(axis=1)] = False
                else:
                    given = joint_rows(odds, one.sheet, axes, one.drawn(learnt.head))
                    chances = learnt.joint.chances(given)[..., 0]
                n_ideas[name] += len(free)
                for cut in CUTS:
                    told = counted(one.sheet, chances, cut, way.most, free)
                    totals[name, cut].count(told.right, told.wrong, told.missed)
    return [
        {"way": name, "cut": cut, "right": round(told.precision if told.right else 0.0, 3),
         "found": round(told.recall, 3), "n": n_ideas[name]}
        for (name, cut), told in totals.items()
    ]  # fmt: skip


ENOUGH = 0.75
"""Share of the ideas placed that are right, from which a title is proposed for an idea."""
SURE = 0.95
"""Share of the ideas placed that are right, from which a placing is told to be sure."""


def chosen_cut(measured: Sequence[dict[str, Any]]) -> float:
    """The lowest cut at which `ENOUGH` of the ideas placed under columns, axes read, are right; else the highest."""
    right = (row["cut"] for row in measured if row["way"] == "colonnes" and row["right"] >= ENOUGH)
    return float(min(right, default=max(CUTS)))


def sure_cut(measured: Sequence[dict[str, Any]]) -> float:
    """The lowest cut from which `SURE` of the ideas placed are right, axes read, under columns and typed titles taken
    together: few are placed so high under either; 1 for none."""
    placed, right = (dict.fromkeys(CUTS, 0.0) for _ in range(2))
    for row in measured:
        if row["way"] in ("colonnes", "tapés") and row["right"]:
            right[row["cut"]] += row["n"] * row["found"]
            placed[row["cut"]] += row["n"] * row["found"] / row["right"]
    return float(min((cut for cut in CUTS if placed[cut] and right[cut] >= SURE * placed[cut]), default=1.0))


PLACING_CARD = Card("placing.md.j2", {"ways": WAYS, "large": LARGE})


def branch_reader(branch: Path) -> Read:
    """The branches of ideas and titles: texts and their headings → both, side by side, see `said` and `titled`."""
    folder = model_folder(PROFILES[0])
    file = branch / TITLES_FOLDER / BRANCH_FILE
    encoder = PreciseEncoder((folder / ENCODER_FILE).read_bytes, folder / TOKENIZER_FILE, file.read_bytes)
    return lambda texts, headings: np.asarray(encoder.encode(texts, headings).ideas, dtype=np.float16)


def learn_placing(folder: Path, walls: Path, branch: Path, encoder: Encoder, tell: Tell, is_kept: bool) -> None:
    """Learn from the walls of a folder (see this module), measure on sources left out, and write the model: the weights
    of both profiles, `metrics.json` and the card.

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
    nothing = np.zeros(N_BACKGROUND, dtype=np.float32)
    heads = {TOPICS_BACKGROUND: Linear(topics, nothing), SAID_BACKGROUND: Linear(titles, nothing)}
    rows = {}
    for profile, view in zip(PROFILES, (View.of(titles), None), strict=True):
        axes = unseen | axes_in_use(sheets, profile, encoder)
        lessons = read_lessons(sheets if view is None else others, encoded, Background(View.of(topics), view))
        learnt, rows[profile] = learn(lessons, axes), measure(lessons, axes)
        heads |= {profile: learnt.head, f"{profile}_examples": learnt.examples, f"{profile}_joint": learnt.joint}
        tell(f"{profile} : appris et mesuré")
    cuts, sure = ({profile: choose(rows[profile]) for profile in rows} for choose in (chosen_cut, sure_cut))
    shas = {"topics_sha256": encoder.sha256, "said_sha256": open_branch(branch)}
    save(folder, heads, {**shas, "cuts": cuts, "sure": sure})
    told_of = {"taught": len({one.source for one in taught}), "recipe": asdict(contrast.Recipe())}
    metrics = {"profiles": rows, "cuts": cuts, "sure": sure, **told_of, **_learnt_from(sheets, unseen)}
    PLACING_CARD.write(folder, metrics)


def _learnt_from(sheets: Sequence[Sheet], axes: Axes) -> dict[str, Any]:
    every = {one: code for sheet in sheets for one, code in sheet.ideas[["id", "axis"]].itertuples(index=False)}
    right = [COMPASS_CODES[int(axes[one][: len(COMPASS_CODES)].argmax())] == code for one, code in every.items()]
    kinds = {kind: [sheet for sheet in sheets if sheet.kind == kind] for kind in (COLUMNS, THEMES, TYPED)}
    return {
        "sheets": {
            kind: {
                "sheets": len(these),
                "titles": sum(len(sheet.titles) for sheet in these),
                "pairs": int(sum((sheet.sides != NONE).sum() for sheet in these)),
            }
            for kind, these in kinds.items()
        },
        "sources": len({sheet.source for sheet in sheets}),
        "axes_read": round(float(np.mean(right)), 3),
    }


BENCHMARK = BENCHMARKS / "placing.jsonl"


def placing_lines(settings: Config) -> list[Line]:
    """What placing is worth: on walls of sources left out, when it was learnt, and on the benchmark."""
    metrics, floors = PLACE.metrics(), settings.evaluation["placing"]
    bounds = {"colonnes": "", "douze": "_douze", "exemples": "_exemples"}
    lines = []
    for row in metrics["profiles"][settings.profil]:
        if row["cut"] == metrics["cuts"][settings.profil]:
            way, end = WAYS[row["way"]].told, bounds.get(row["way"])
            right, found = (None if end is None else floors[name + end] for name in ("justes", "trouves"))
            lines.append(Line(f"Placées justes, {way}", row["right"], right))
            lines.append(Line(f"Trouvées, {way}", row["found"], found, detail=f"{row['n']} idées"))
    return [*lines, *_benchmark_lines(settings)]


def _benchmark_lines(settings: Config) -> list[Line]:
    placed = right = n_titled = 0
    for shop in read_jsonl(BENCHMARK):
        titles = pd.DataFrame([{"titre": one["title"], "axe": one["axis"]} for one in shop["titles"]])
        ideas = pd.DataFrame(shop["ideas"])
        found = place(ideas["text"], titles, ideas["axis"], ideas["heading"], config=settings)
        is_right = found["title"].fillna("").eq(ideas["title"]) & found["title"].notna()
        placed, right = placed + int(found["title"].notna().sum()), right + int(is_right.sum())
        n_titled += int(ideas["title"].ne("").sum())
    return [
        Line("Placées justes, ateliers imaginaires", right / max(1, placed), detail=f"{placed} placées"),
        Line("Trouvées, ateliers imaginaires", right / max(1, n_titled), detail=f"{n_titled} qui ont un titre"),
    ]
