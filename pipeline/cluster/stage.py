"""The cluster stage: recurring ideas inside each axis, what they are about, what opposes or backs what."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES, COMPASS_CODES, HORS_AXE
from pipeline.cluster.corpus import (
    MEMBERSHIPS,
    READ,
    ClusterResult,
    Corpus,
    HeadingVectors,
    ReadTopics,
    checked,
    near_table,
    with_headings_read,
)
from pipeline.cluster.describing.describe import GivenTitle, describe_groups
from pipeline.cluster.describing.siding import STANCED, link_sides, objects_of, settled_sides, stances_of, with_answers
from pipeline.cluster.given import NONE, made_titles, reading_order
from pipeline.cluster.grouping.likeness import Likeness, Meaning
from pipeline.cluster.grouping.partition import Partition, drawn_rows, joined, partition
from pipeline.cluster.grouping.stacks import apart_stacks, complete_stacks, find_ties, group_id, stack_names
from pipeline.cluster.naming.titles import GroupTexts, Title, title_groups
from pipeline.cluster.pairs import Beside
from pipeline.config import ClusterConfig, Config
from pipeline.contracts.checks import conform, empty
from pipeline.contracts.tables import CLUSTERED, STANCES
from pipeline.contracts.titles import OF_PEOPLE, group_of_title
from pipeline.execution import Executor, Hands, LocalExecutor, one_thread, partition_bounds
from pipeline.folder.vectors import ChosenRows, Keys, rows_in_any_order, told_apart
from pipeline.language.models.encoders import Embeddings
from pipeline.stances.counting import OfCard, Sides, read_cards, told_sides
from pipeline.stances.evidence import answered_sides, known_sides

Part = TypeVar("Part")
Result = TypeVar("Result")
N_FOR_PROCESSES = 10_000, 250_000
"""Below, a process takes longer to start than the axes to be grouped; above, two axes at once take too much memory."""
_STANCED_TOGETHER = 20_000


def cluster(
    items: pd.DataFrame,
    contributions: pd.DataFrame,
    tags: pd.DataFrame,
    embeddings: Embeddings,
    workshop_tables: pd.DataFrame,
    config: Config,
    likeness: Likeness,
    ideas: npt.NDArray[np.float16] | None = None,
    executor: Executor = LocalExecutor(),  # noqa: B008  (immutable)
    read_topics: ReadTopics | None = None,
    titles: pd.DataFrame | None = None,
    placings: pd.DataFrame | None = None,
    positions: pd.DataFrame | None = None,
    read: npt.NDArray[np.void] | None = None,
    rule: str = "",
) -> ClusterResult:
    """Group every nord, est, sud and ouest item inside its axis; every one has a row in `memberships`.

    What is under a title is its group; what no title takes is grouped by the chances of pairs, as proposals.

    Parameters
    ----------
    likeness : what makes two texts say the same thing, above their vectors.
    ideas : vectors of what each item says, in the order of `items`, shape (n, d); none when d is 0.
    executor : where the axes of a large corpus are grouped, on processes or a cluster; it moves no digit.
    read_topics : the encoder that gave `embeddings`, for headings with what stands under them.
    titles, placings : tables of these names; None: no title is given. `tags` then has the axes of the placings.
    positions : table of that name, for the sides that files tell.
    read : the stances of the last run, see `READ`; what the same code and model read, by `rule`, is not read again.
    """
    sources, vectors, of_headings = _compass_items(items, contributions, tags, embeddings)
    answers = None
    if positions is not None:
        answers = answered_sides(positions)
        sides = known_sides(positions)
        told = [sides.get(one) for one in sources["contribution_id"].tolist()]
        sources["known"], sources["asked"] = (
            pd.array([one and one[at] for one in told], dtype="string[pyarrow]") for at in range(2)
        )
    if sources.empty:
        return checked(**{name: empty(name) for name in CLUSTERED})
    keys = _stance_keys(sources, embeddings, rule)
    if read is not None and read.dtype == READ:
        known = np.array([*STANCES, ""], dtype=object)
        sources["read"] = known[np.append(read["stance"], -1)[rows_in_any_order(read["key"], keys)]]
    said = None
    if ideas is not None and ideas.shape[1]:
        rows = pd.Series(np.arange(len(items)), index=items["item_id"])
        said = _rows_of(ideas, rows.loc[sources["item_id"]].to_numpy(dtype=np.int64))
    declared, subjects = _subjects(workshop_tables, config)
    corpus = Corpus(
        sources, vectors, of_headings, said, likeness, declared, subjects, config.cluster, config.graine, read_topics
    )
    given = {}
    if titles is not None and placings is not None:
        given = _under_titles(corpus.sources, titles, placings)
    with one_thread():
        found = grouped(corpus, executor, given, answers)
    links = empty("links")
    if answers is not None:
        links = link_sides(items.merge(tags[["item_id", "axis"]], on="item_id"), answers)
    stances = np.zeros(len(keys), dtype=READ)
    stances["key"], stances["stance"] = keys, found.sources["by_itself"].map(STANCES.index)
    tables = checked(
        groups=found.groups,
        memberships=found.sources[list(MEMBERSHIPS)],
        themes=found.themes,
        links=conform("links", links),
        near_pairs=found.near,
    )
    return replace(tables, stances=np.unique(stances[keys != 0]))


def _stance_keys(sources: pd.DataFrame, embeddings: Embeddings, rule: str) -> Keys:
    """A key of what the stance of each item is read of, see `STANCED`; 0 where the vectors came without keys."""
    if not len(embeddings.keys):
        return np.zeros(len(sources), dtype=np.uint64)
    rows = pd.Series(embeddings.text_rows, index=embeddings.item_ids).loc[sources["item_id"]].to_numpy()
    around = sources["axis"].astype(str)
    for name in ("known", "context", "headings"):
        if name in sources:
            told = ("" if one is pd.NA else one for one in sources[name].tolist())
            around = around + "\t" + [one if isinstance(one, str) else "\x1f".join(one) for one in told]
    codes, distinct = around.factorize()
    of_around = [int.from_bytes(hashlib.blake2b(one.encode(), digest_size=8).digest(), "little") for one in distinct]
    return told_apart(embeddings.keys[rows] ^ np.array(of_around, dtype=np.uint64)[codes], rule)


def _under_titles(sources: pd.DataFrame, titles: pd.DataFrame, placings: pd.DataFrame) -> dict[str, GivenTitle]:
    """Note, of each item, the group of the title that it is under (`placed`) and its chance; its titles by groups. A
    title without an axis is a theme, with a group an axis."""
    rows = titles.astype(object).where(titles.notna(), None)[["title_id", "title", "axis", "rubric", "origin"]]
    known = {title_id: row for title_id, *row in rows.itertuples(index=False)}
    under = placings[["item_id", "title_id", "chance"]]
    found = sources[["item_id", "axis"]].merge(under, on="item_id", how="left")
    given: dict[str, GivenTitle] = {}
    groups: list[str | None] = []
    for title_id, axis in zip(found["title_id"].tolist(), found["axis"].tolist(), strict=True):
        if pd.isna(title_id):
            groups.append(None)
            continue
        text, own_axis, rubric, origin = known[title_id]
        groups.append(group := group_of_title(title_id, own_axis, axis))
        given.setdefault(group, GivenTitle(text, origin, rubric or ("" if own_axis else text)))
    sources["placed"] = pd.array(groups, dtype="string[pyarrow]")
    sources["chance"] = found["chance"].fillna(0.0).to_numpy()
    return given


class Grouped(NamedTuple):
    """The sources of a corpus with the columns of `memberships`, and the tables `groups`, `themes`, `near_pairs`."""

    sources: pd.DataFrame
    groups: pd.DataFrame
    themes: pd.DataFrame
    near: pd.DataFrame


def grouped(
    corpus: Corpus,
    executor: Executor = LocalExecutor(),  # noqa: B008  (immutable)
    given: Mapping[str, GivenTitle] = MappingProxyType({}),
    answered: pd.DataFrame | None = None,
) -> Grouped:
    """The groups of a corpus inside each axis.

    `given` : group → the title that it is under. `answered` : see `pipeline.stances.evidence.answered_sides`.
    """
    sources, vectors = corpus.sources, corpus.vectors
    sources["tied_to"] = _ties(sources, vectors)
    meanings = corpus.likeness(vectors, corpus.said)
    drawn = _drawn(sources, {group for group, one in given.items() if one.origin not in OF_PEOPLE})
    with _apart(executor, sources["axis"]) as apart:
        sources["stance"] = sources["by_itself"] = _stances(executor, apart, sources)
        compared = _mapped(apart, group_axis, _batches(corpus, meanings, drawn))
        partitions = {
            axis: joined(found, drawn[axis].compared, meanings[drawn[axis].rows], drawn[axis].is_free)
            for axis, found in compared.items()
        }
        del meanings
        ids = {
            axis: [group_id(axis, sources["item_id"].iloc[row]) for row in drawn[axis].rows[found.medoids]]
            for axis, found in partitions.items()
        }
        sources = _labelled(sources, partitions, ids)
        sources["stance_on"] = objects_of(sources)
        if answered is not None:
            sources[["stance", "stance_on"]] = with_answers(sources, answered)
        sources["stance"] = settled_sides(sources, {group: one.text for group, one in given.items()})
        sources["stack_id"] = apart_stacks(sources)
        groups, themes = describe_groups(sources, corpus, partial(_titled, corpus, apart), given)
    near = near_table((sources.loc[sources["axis"] == axis, "item_id"], one.near) for axis, one in partitions.items())
    return Grouped(sources, groups, themes, near)


class _Axis(NamedTuple):
    """The rows of an axis in a corpus; of these, the places of those that are compared in pairs, and whether each may
    join a group: it is under no title."""

    rows: npt.NDArray[np.int64]
    compared: npt.NDArray[np.int64]
    is_free: npt.NDArray[np.bool_]


def _stances(executor: Executor, apart: Hands | Executor, sources: pd.DataFrame) -> pd.Series:
    """The stance of each item by itself, read axis by axis, or in parts where those would be too large."""
    read = sources[[name for name in STANCED if name in sources]]
    if len(read) <= N_FOR_PROCESSES[1]:
        parts = [(str(axis), part) for axis, part in read.groupby("axis")]
        found: Iterable[list[str]] = _mapped(apart, stances_of, parts).values()
    else:
        parts = [("", read.iloc[start:end]) for start, end in partition_bounds(len(read), _STANCED_TOGETHER)]
        found = executor.map(stances_of, (part for _, part in parts))
    return pd.concat([pd.Series(one, index=part.index) for one, (_, part) in zip(found, parts, strict=True)]).reindex(
        sources.index
    )


def _drawn(sources: pd.DataFrame, proposals: Collection[str]) -> dict[str, _Axis]:
    found = {}
    for axis in dict.fromkeys((*COMPASS_CODES, *sorted(set(sources["axis"].tolist())))):
        part = sources[sources["axis"] == axis]
        if len(part):
            placed = part["placed"] if "placed" in part else pd.Series(pd.NA, part.index)
            is_free, is_proposed = (one.to_numpy(dtype=bool) for one in (placed.isna(), placed.isin(proposals)))
            rows = drawn_rows(part["text"].tolist(), is_free, is_proposed)
            found[axis] = _Axis(part.index.to_numpy(), rows, is_free)
    return found


def _ties(sources: pd.DataFrame, vectors: np.ndarray) -> pd.Series:
    ties = sources["item_id"].map(find_ties(sources, vectors)).astype("string[pyarrow]")
    if "placed" not in sources:
        return ties
    own = sources["placed"].fillna("")
    leads = ties.map(dict(zip(sources["item_id"].tolist(), own.tolist(), strict=True)))
    return ties.where(leads.eq(own).fillna(False))


def _batches(
    corpus: Corpus, meanings: npt.NDArray[np.float16], drawn: dict[str, _Axis]
) -> Iterator[tuple[str, AxisTexts]]:
    for axis, one in drawn.items():
        rows = one.rows[one.compared]
        part = corpus.sources.iloc[rows]
        texts, reads = part["text"].tolist(), corpus.read_topics
        yield axis, AxisTexts(texts, meanings[rows], corpus.seed, _leads(part), corpus.near(rows), reads)


def _titled(corpus: Corpus, apart: Hands | Executor, groups: Sequence[GroupTexts]) -> list[Title]:
    titling = partial(title_groups, length_max=corpus.settings.titres.longueur_max)
    places: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        places.setdefault(group.axis, []).append(place)
    batches = ((axis, [groups[place] for place in mine]) for axis, mine in places.items())
    found = {
        place: title
        for axis, titles in _mapped(apart, titling, batches).items()
        for place, title in zip(places[axis], titles, strict=True)
    }
    return [found[place] for place in range(len(groups))]


def _mapped(
    apart: Hands | Executor, function: Callable[[Part], Result], parts: Iterable[tuple[str, Part]]
) -> dict[str, Result]:
    if isinstance(apart, Hands):
        return apart.map(function, parts)
    names, batches = zip(*parts, strict=True)
    return dict(zip(names, apart.map(function, batches), strict=True))


@contextmanager
def _apart(executor: Executor, axes: pd.Series) -> Iterator[Hands | Executor]:
    """Processes of this machine, when they are worth it, and where the axes are worked on: there, or on a cluster."""
    where = executor if N_FOR_PROCESSES[0] <= len(axes) <= N_FOR_PROCESSES[1] else LocalExecutor()
    local = where if isinstance(where, LocalExecutor) else LocalExecutor()
    with local.kept(Counter(axes.tolist())) as hands:
        yield hands if where is local else where


def _voted(items: pd.DataFrame, tags: pd.DataFrame, contributions: pd.DataFrame) -> list[str]:
    """The ideas that people voted for, one of each contribution that got votes."""
    cards = contributions.loc[contributions["votes"].fillna(0) > 0, ["contribution_id"]]
    joined = items.merge(cards, on="contribution_id").merge(tags[["item_id", "axis", "status"]], on="item_id")
    ordered = joined.sort_values(["contribution_id", "start"])
    leads = ordered["lead"].fillna("") if "lead" in ordered else [""] * len(ordered)
    ideas = list(map(OfCard, ordered["axis"], ordered["status"] == "sur", ordered["text"], leads))
    _, concludes = read_cards(ordered["contribution_id"].tolist(), ideas)
    return ordered.loc[concludes, "item_id"].tolist()


def _compass_items(
    items: pd.DataFrame, contributions: pd.DataFrame, tags: pd.DataFrame, embeddings: Embeddings
) -> tuple[pd.DataFrame, np.ndarray, HeadingVectors]:
    """The items of the four axes with their sources, sorted by id, and in that order their vectors, left on disk, and
    those of their headings."""
    where = ["contribution_id", "context", "source", "channel", "voice", "table", "workshop", "attributes"]
    where += [name for name in ("votes", "position", "given_group", "headings") if name in contributions]
    sources = (
        items[["item_id", "contribution_id", "start", "text"]]
        .merge(tags[["item_id", "axis", "facet", "status", *(f"p_{code}" for code in AXIS_CODES)]], on="item_id")
        .merge(contributions[where], on="contribution_id")
    )
    sources = sources[sources["axis"].isin(COMPASS_CODES)].sort_values("item_id").reset_index(drop=True)
    if "votes" in sources:
        sources["votes"] = sources["votes"].where(sources["item_id"].isin(_voted(items, tags, contributions)))
    rows = pd.Series(np.arange(len(embeddings.item_ids)), index=embeddings.item_ids)
    places = rows.loc[sources["item_id"]].to_numpy(dtype=np.int64)
    vectors = _rows_of(embeddings.vectors, embeddings.text_rows[places])
    return (
        sources.assign(place=reading_order(sources), made=made_titles(sources)),
        vectors,
        lambda chosen: embeddings.contexts(places[chosen]),
    )


def _rows_of(matrix: Any, rows: Any) -> np.ndarray:
    return cast(np.ndarray, ChosenRows(matrix, np.asarray(rows)))


def _subjects(workshop_tables: pd.DataFrame, config: Config) -> tuple[list[str], dict[tuple[str, str], str]]:
    if config.cluster.themes:
        return list(config.cluster.themes), {}
    named = workshop_tables.dropna(subset=["sujet"])
    subjects = {
        (str(row.workshop), str(row.table)): str(row.sujet) for row in named.itertuples() if str(row.sujet).strip()
    }
    return list(dict.fromkeys(subjects.values())), subjects


def _labelled(sources: pd.DataFrame, partitions: dict[str, Partition], ids: dict[str, list[str]]) -> pd.DataFrame:
    missing = pd.Series(pd.NA, index=sources.index, dtype="string[pyarrow]")
    labelled = sources.assign(group_id=missing, stack_id=missing, strength=0.0)
    for axis, found in partitions.items():
        rows = labelled.index[labelled["axis"] == axis]
        groups = [ids[axis][label] if label >= 0 else pd.NA for label in found.labels]
        names = stack_names(labelled.loc[rows, "item_id"], found.labels, found.stacks, found.strengths)
        labelled.loc[rows, "group_id"] = pd.array(groups, dtype="string[pyarrow]")
        labelled.loc[rows, "strength"] = found.strengths
        labelled.loc[rows, "stack_id"] = pd.array(names, dtype="string[pyarrow]")
    if "placed" in labelled:
        is_placed = labelled["placed"].notna()
        labelled["group_id"] = labelled["placed"].where(is_placed, labelled["group_id"])
        labelled["strength"] = labelled["chance"].where(is_placed, labelled["strength"])
    return labelled.assign(stack_id=complete_stacks(labelled))


class AxisTexts(NamedTuple):
    """What `partition` takes of the items of one axis, on their way to a process; `reads` : what reads topics,
    importable by name."""

    texts: Sequence[str]
    meanings: npt.NDArray[np.float16]
    seed: int
    leads: npt.NDArray[np.int64]
    beside: Beside
    reads: ReadTopics | None = None


def group_axis(batch: AxisTexts) -> Partition:
    """The groups of one axis."""
    beside = with_headings_read(batch.beside, batch.texts, batch.reads)
    return partition(batch.texts, batch.meanings, batch.seed, batch.leads, beside)


def _leads(rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    places = {item: place for place, item in enumerate(rows["item_id"].tolist())}
    leads = [place if pd.isna(lead) else places.get(lead, place) for place, lead in enumerate(rows["tied_to"].tolist())]
    return np.array(leads, dtype=np.int64)


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
    themes : titles asked for (see `pipeline.cluster.describing.describe.given_subjects`).
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
    by_group, of_rows = groups.set_index("group_id"), sources.set_index("row")
    named = of_rows["group_id"].fillna("")
    sides = by_group[["n_for", "n_against", "n_if", "n_without"]].itertuples(name=None)
    told_of = {group: told_sides(Sides(*n)) for group, *n in sides}
    of_themes = by_group["theme_id"].map(found_themes.set_index("theme_id")["title"])
    rows.loc[of_rows.index, "group"] = named
    rows.loc[of_rows.index, "group_title"] = named.map(by_group["title"]).fillna("")
    rows.loc[of_rows.index, "theme"] = named.map(of_themes).fillna("")
    rows.loc[of_rows.index, "stance"] = of_rows["stance"]
    rows.loc[of_rows.index, "group_sides"] = named.map(told_of).fillna("")
    return rows
