"""The groups of an earlier run, kept as they are, and the items that have come since.

What was grouped stays where it is, titles and themes included: new items join the nearest group, make groups among
themselves and with weak signals, or stay alone. The result depends on the order in which items came, and says so less
well than grouping everything again; but a review that is under way, and a corpus of a million ideas, lose nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.cluster.corpus import MEMBERSHIPS, ClusterResult, Corpus, EarlierGroups, Vectors, checked, still_near
from pipeline.cluster.describing.describe import (
    Described,
    central_first,
    counts_of,
    describe_groups,
    stances_of,
    with_proposals,
)
from pipeline.cluster.describing.themes import OTHERS, theme_id
from pipeline.cluster.grouping.partition import N_DIRECT, Partition, finish, is_thin, partition
from pipeline.cluster.grouping.space import (
    WEAK,
    AxisGroups,
    AxisSpace,
    Points,
    RunSpaces,
    blend,
    lexical_vectors,
    weak_keys,
)
from pipeline.cluster.grouping.stacks import complete_stacks, find_ties, group_ids, write_groups
from pipeline.cluster.linking.answers import add_links
from pipeline.cluster.linking.sides import add_sides, all_links, objections_elsewhere, with_sides
from pipeline.cluster.linking.signs import SIDES
from pipeline.cluster.rows import Matrix, alike_groups
from pipeline.contracts.checks import is_among
from pipeline.contracts.labels import uncounted
from pipeline.language.text.typography import counted
from pipeline.language.text.words import content_stems

Rows = npt.NDArray[np.int64]
N_ALL_COUNTED = 50_000
"""Items up to which every group is counted again: tables and voices may be told otherwise than before."""


def continue_groups(corpus: Corpus, earlier: EarlierGroups, spaces: RunSpaces) -> ClusterResult:
    """The groups of `earlier` with the items of `corpus`."""
    sources, is_new = _kept(corpus.sources, earlier, spaces)
    if len(rows := np.flatnonzero(is_new)):
        sources.loc[rows, "stance"] = pd.array(stances_of(sources.iloc[rows]), dtype="string[pyarrow]")
    sources["tied_to"] = _ties(sources, corpus.vectors, is_new)
    sources, found = _placed(replace(corpus, sources=sources), is_new, spaces)
    sizes = sources.loc[sources["tied_to"].isna(), "group_id"].value_counts()
    alive = set(sizes.index[sizes > 1])  # an item that the others of its group have left is a weak signal
    sources = sources.assign(group_id=sources["group_id"].where(sources["group_id"].isin(alive)))
    is_side = earlier.links["kind"].isin(SIDES)
    known = {item for chosen in earlier.groups["exemplars"] for item in chosen}
    sides = add_sides(earlier.links[is_side], sources, corpus.vectors, spaces.shared[0], is_new, known)
    sources = sources.assign(stack_id=complete_stacks(sources), stance=with_sides(sources, sides))
    sources = sources.assign(stance=with_proposals(sources))
    moved = _changed(sources, earlier, "group_id")
    changed = (moved | _changed(sources, earlier, "stance")) & alive
    new_groups = sorted(alive - set(earlier.groups["group_id"]))
    counts = objections_elsewhere(sides, sources)
    rows = np.flatnonzero(sources["group_id"].isin(new_groups).to_numpy(dtype=bool))
    described = describe_groups(
        sources.iloc[rows].reset_index(drop=True),
        corpus.vectors[rows],
        corpus.settings,
        corpus.declared,
        corpus.subjects,
        spaces.shared[0],
        counts,
        corpus.read_topics,
    )
    before = objections_elsewhere(earlier.links, sources)
    recounted = alive if len(sources) <= N_ALL_COUNTED else {g for g in alive if counts.get(g) != before.get(g)}
    groups = _refreshed(earlier.groups, sources, alive, changed | recounted, counts, corpus.settings.exemples)
    told = zip(groups["group_id"], groups["title_coverage"].astype(float), groups["n_items"], strict=True)
    groups["title_coverage"] = [  # nobody counted those whose members came or left
        uncounted(share, n) if share == share and group in moved else share for group, share, n in told
    ]
    groups, themes = _with_themes(groups, described, earlier.themes, corpus.settings.themes_max)
    exemplars = {item for chosen in groups["exemplars"] for item in chosen}
    limits, shared = corpus.settings.liens, spaces.shared[0]
    answers = add_links(
        earlier.links[~is_side], sources, corpus.vectors, shared, is_new, exemplars, limits, corpus.seed
    )
    return checked(
        groups,
        sources[list(MEMBERSHIPS)],
        themes,
        all_links(answers, sides),
        still_near(earlier.near_pairs, sources.set_index("item_id")["axis"]),
        replace(
            spaces,
            axes=_only(found, alive),
            weak=np.unique(weak_keys(sources[sources["group_id"].isna()])),
        ),
        (_told(sources, is_new, earlier, alive, new_groups),),
    )


def _kept(
    sources: pd.DataFrame, earlier: EarlierGroups, spaces: RunSpaces
) -> tuple[pd.DataFrame, npt.NDArray[np.bool_]]:
    """The items with what they were given, and which ones are new: not there before, or on another axis.

    What repeats an item that has gone, or is new, repeats none.
    """
    found = sources.merge(earlier.memberships, on="item_id", how="left")
    axes = found["group_id"].map(dict(zip(earlier.groups["group_id"], earlier.groups["axis"], strict=True)))
    stays = axes.eq(found["axis"]).fillna(False).to_numpy(dtype=bool)
    weak = np.flatnonzero((found["group_id"].isna() & found["stance"].notna()).to_numpy(dtype=bool))
    stays[weak] = np.isin(weak_keys(found.iloc[weak]), spaces.weak)
    found["group_id"] = found["group_id"].where(stays)
    found["stack_id"] = found["stack_id"].where(stays)
    found["strength"] = found["strength"].where(stays, 0.0)
    led = np.flatnonzero(found["tied_to"].notna().to_numpy(dtype=bool) & stays)
    places = pd.Index(found["item_id"]).get_indexer(found["tied_to"].iloc[led])
    leads = found["axis"].to_numpy(dtype=object)[places] == found["axis"].to_numpy(dtype=object)[led]
    is_led = np.zeros(len(found), dtype=bool)
    is_led[led] = (places >= 0) & stays[places] & leads
    found["tied_to"] = found["tied_to"].where(is_led)
    return found, ~stays


def _ties(sources: pd.DataFrame, vectors: Vectors, is_new: npt.NDArray[np.bool_]) -> pd.Series:
    """What new items repeat; an item that others repeat repeats none."""
    key = sources["workshop"] + "\t" + sources["table"]
    rows = np.flatnonzero(key.isin(key[is_new].dropna().unique()).to_numpy(dtype=bool))
    if not len(rows):
        return sources["tied_to"]
    new = set(sources["item_id"][is_new])
    known = sources.dropna(subset=["tied_to"])
    leads = dict(zip(known["item_id"], known["tied_to"], strict=True))
    followed = set(leads.values())
    part = sources.iloc[rows].reset_index(drop=True)
    for item, lead in sorted(find_ties(part, vectors[rows]).items()):
        one, other = (item, lead) if item in new else (lead, item)  # what was there leads
        if one in new and one not in leads and one not in followed and other not in leads:
            leads[one] = other
            followed.add(other)
    return sources["item_id"].map(leads).astype("string[pyarrow]")


def _placed(
    corpus: Corpus, is_new: npt.NDArray[np.bool_], spaces: RunSpaces
) -> tuple[pd.DataFrame, dict[str, AxisGroups]]:
    """The items with the groups that the new ones join or make, and where the groups of each axis stand."""
    sources, axes = corpus.sources, dict(spaces.axes)
    is_led = sources["tied_to"].notna().to_numpy(dtype=bool)
    alone = (sources["group_id"].isna() & ~is_led).to_numpy(dtype=bool)
    for axis in COMPASS_CODES:
        of_axis = (sources["axis"] == axis).to_numpy(dtype=bool)
        new = np.flatnonzero(of_axis & is_new & ~is_led)
        weak = np.flatnonzero(of_axis & alone & ~is_new)
        if not len(new):
            continue
        before = axes.get(axis)
        rows, done = (
            _grown(corpus, before, new, weak, spaces) if before is not None else _begun(corpus, new, weak, spaces)
        )
        made = group_ids(axis, sources["item_id"].iloc[rows], done.medoids)
        groups = (*(before.groups if before is not None else ()), *made)
        if done.space is not None:
            axes[axis] = AxisGroups(done.space, groups)
        write_groups(sources, rows, done.labels, done.strengths, done.stacks, groups)
    rows = np.flatnonzero(is_led & (is_new | sources["group_id"].isna().to_numpy(dtype=bool)))
    led_by = sources["tied_to"].iloc[rows]
    places = np.flatnonzero(is_among(sources["item_id"], led_by))
    leads = pd.Series(places, index=sources["item_id"].iloc[places]).loc[led_by].to_numpy()
    for name in ("group_id", "strength"):
        sources.loc[rows, name] = sources[name].iloc[leads].array
    return sources, axes


def _grown(corpus: Corpus, before: AxisGroups, new: Rows, weak: Rows, spaces: RunSpaces) -> tuple[Rows, Partition]:
    """The new items of an axis that has groups, and its weak signals unless they are too many to be compared."""
    weak = weak if len(new) + len(weak) <= N_DIRECT else weak[:0]
    rows, meanings = np.concatenate([new, weak]), [corpus.meanings(part, spaces.shared) for part in (new, weak)]
    texts = corpus.sources["text"].iloc[rows].tolist()
    return rows, place(before.space, texts, np.vstack(meanings), len(new), corpus.seed)


def _begun(corpus: Corpus, new: Rows, weak: Rows, spaces: RunSpaces) -> tuple[Rows, Partition]:
    """All the items of an axis that had no group yet."""
    rows = np.sort(np.concatenate([new, weak]))
    texts = corpus.sources["text"].iloc[rows].tolist()
    meanings = corpus.meanings(rows, spaces.shared)
    return rows, partition(texts, meanings, corpus.seed, beside=corpus.beside(rows))


def _changed(sources: pd.DataFrame, earlier: EarlierGroups, what: str) -> set[str]:
    """The groups some of whose items have another group (`group_id`), or another stance, than before."""
    columns = ["item_id", "group_id", "stance"]
    both = earlier.memberships[columns].merge(sources[columns], on="item_id", how="outer", suffixes=("", "_now"))
    touched = both[(both[what].fillna("") != both[f"{what}_now"].fillna("")).to_numpy(dtype=bool)]
    return set(touched["group_id"].dropna()) | set(touched["group_id_now"].dropna())


def _refreshed(
    groups: pd.DataFrame,
    sources: pd.DataFrame,
    alive: set[str],
    changed: set[str],
    objections: Mapping[str, int],
    n_exemplars: int,
) -> pd.DataFrame:
    """The groups that are still there, counted again where their members changed; words stay."""
    kept = groups[groups["group_id"].isin(alive)].reset_index(drop=True)
    members = central_first(sources[sources["group_id"].isin(changed & set(kept["group_id"]))])
    fresh = {
        str(group): counts_of(part, objections.get(str(group), 0), n_exemplars)
        for group, part in members.groupby("group_id", sort=True)
    }
    rows = [row | fresh.get(str(row["group_id"]), {}) for row in kept.astype(object).to_dict("records")]
    return pd.DataFrame(rows, columns=list(groups.columns))


def _with_themes(
    groups: pd.DataFrame, described: Described, themes: pd.DataFrame, n_max: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The groups with those that were made; a subject met for the first time is a theme more, while there is room."""
    rows = themes.astype(object).to_dict("records")
    others = theme_id(OTHERS)
    rows = [row for row in rows if row["theme_id"] in set(groups["theme_id"])]
    titled = [row for row in rows if row["theme_id"] != others]
    last = [row for row in rows if row["theme_id"] == others]
    known = {row["theme_id"] for row in titled}
    made = described.groups.copy()
    for row in described.themes.astype(object).to_dict("records"):
        if row["theme_id"] in known:
            continue
        if row["theme_id"] != others and len(titled) < n_max - 1:
            titled.append(row)
            continue
        made["theme_id"] = made["theme_id"].replace(row["theme_id"], others)
        last = last or [{**row, "theme_id": others, "title": OTHERS}]
    ordered = [{**row, "position": position} for position, row in enumerate([*titled, *last])]
    found = [part for part in (groups, made) if len(part)]
    together = pd.concat(found, ignore_index=True) if found else groups
    return together, pd.DataFrame(ordered, columns=list(themes.columns))


def _only(axes: Mapping[str, AxisGroups], alive: set[str]) -> dict[str, AxisGroups]:
    """Where the groups that are left stand."""
    found: dict[str, AxisGroups] = {}
    for axis, one in axes.items():
        kept = [place for place, group in enumerate(one.groups) if group in alive]
        if kept:
            space = replace(one.space, centres=one.space.centres[kept])
            found[axis] = AxisGroups(space, tuple(one.groups[place] for place in kept))
    return found


def _told(
    sources: pd.DataFrame,
    is_new: npt.NDArray[np.bool_],
    earlier: EarlierGroups,
    alive: set[str],
    new_groups: Sequence[str],
) -> str:
    """What became of the new items, and of the groups whose items have gone, in French."""
    before = set(earlier.groups["group_id"])
    n_gone = len(before - alive)
    kept = "Groupes gardés tels quels" if before & alive else "Aucun groupe n'est resté"
    gone = counted(n_gone, "groupe a disparu avec ses idées", "groupes ont disparu avec leurs idées")
    start = f"{kept}, mais {gone}. " if n_gone and before & alive else f"{kept}. "
    if not is_new.any():
        return f"{start}Aucune idée nouvelle."
    groups = sources["group_id"][is_new]
    n_joined = int(groups.isin(before).sum())
    n_made, n_weak = int(groups.isin(new_groups).sum()), int(groups.isna().sum())
    made = counted(len(new_groups), "groupe nouveau", "groupes nouveaux")
    parts = [
        counted(n, one, many, feminine=True)
        for n, one, many in (
            (n_joined, "a rejoint un groupe", "ont rejoint un groupe"),
            (n_made, f"est dans {made}", f"sont dans {made}"),
            (n_weak, "reste un signal faible", "restent des signaux faibles"),
        )
        if n
    ]
    come = counted(int(is_new.sum()), "idée nouvelle", "idées nouvelles", feminine=True)
    return f"{start}{come[:1].upper()}{come[1:]}\u00a0: {', '.join(parts)}."


Labels = npt.NDArray[np.int64]
_BLOCK = 8_192
SAME = 0.99
"""One word that tells no subject joins only those who say it too."""


def place(space: AxisSpace, texts: list[str], meanings: npt.NDArray[np.float16], n_new: int, seed: int) -> Partition:
    """Let the new texts join the groups of an axis; those that join none make groups, with weak signals if need be.

    Nothing that is in a group moves. A group that is made holds a new text at least, and its texts are as near each
    other as those of most groups of the axis.

    Parameters
    ----------
    texts, meanings : `n_new` new ones, then the weak signals so far, none when they are too many to be compared.

    Returns
    -------
    Of these texts: labels (groups made are numbered after those of the axis), strengths, stacks
    (not known: −1); medoids and centres of the groups made alone; the space with them.
    """
    labels, strengths = np.full(len(texts), WEAK, dtype=np.int64), np.zeros(len(texts))
    free, sides, points = [], [], []
    for start in range(0, len(texts), _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, len(texts)))
        here = space.fitted.place([texts[row] for row in rows], meanings[rows])
        labels[rows], strengths[rows] = space.nearest(here, space.least_coming)
        thin = np.array([is_thin(texts[row]) for row in rows], dtype=bool)
        wordless = np.array([not content_stems(texts[row]) for row in rows], dtype=bool)
        labels[rows[wordless | (thin & (strengths[rows] < SAME)) | (rows >= n_new)]] = WEAK
        is_free = (labels[rows] == WEAK) & ~wordless & ~thin
        free.append(rows[is_free])
        sides.append(here.meaning[is_free])
        points.append(blend(here)[is_free])
    alone = np.concatenate(free)
    made = _made(space, np.concatenate(sides), [texts[row] for row in alone], meanings[alone], seed)
    made = np.where(np.isin(made, np.unique(made[alone < n_new])), made, WEAK)
    found = finish(made, np.concatenate(points))
    taken = found.labels >= 0
    labels[alone[taken]] = found.labels[taken] + len(space.centres)
    strengths[alone[taken]] = found.strengths[taken]
    if found.n_groups:
        space = replace(space, centres=np.vstack([space.centres, found.centres]))
    unknown = np.full(len(labels), WEAK, dtype=np.int64)
    return Partition(labels, strengths, unknown, alone[found.medoids], found.centres, space)


def _made(space: AxisSpace, sides: Matrix, texts: list[str], meanings: npt.NDArray[np.float16], seed: int) -> Labels:
    """The group of each text that joined none, `WEAK` when it stays alone; they may have words that no other had."""
    n = len(texts)
    if n < 2:
        return np.full(n, WEAK, dtype=np.int64)
    if n > N_DIRECT:
        return partition(texts, meanings, seed).labels
    labels = alike_groups(blend(Points(sides, lexical_vectors(texts, seed)[0])), space.least_pair)
    return np.where(np.bincount(labels)[labels] > 1, labels, WEAK)
