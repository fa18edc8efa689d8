"""How often two groups of two workshops that are said to be one are one.

    python tests/bench/programme.py DOSSIER_DE_MURS

Walls that a person sorted are cut in two, as if they were two workshops: each column goes to one side, to the
other, or is shared between both, by lot, so that two thirds have no counterpart. Walls are whole or drawn down to
30 or 50 ideas; axes are given; headings and order are not told. The pair model never saw the source of a wall.
Groups are those of the person, then those that the machine makes on each side: a match is right when most of both is
of one column. The worlds of `corpus/ideas`, written, are cut likewise: what makes texts alike learnt most of them.
Results go to `models/pairs/across.json`, which the document of a programme and the docs read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipeline.api.grouping import idea_reader
from pipeline.axes import COMPASS_CODES
from pipeline.classify.stage import load_axis_model
from pipeline.cluster.grouping.likeness import Meaning, load_likeness
from pipeline.cluster.grouping.space import blend, represent
from pipeline.cluster.pairs import Ideas, PairModel, grouped, load_pairs
from pipeline.language.models.encoders import load_encoder
from pipeline.programme.columns import ACROSS, ASKED, N_READ, SAID, SEED, Pool, is_asked, is_match, near_columns
from pipeline.workbench.examples import IDEAS_FOLDER
from pipeline.workbench.pairs import load_walls, read_walls, sources_of, unseen

SIZES, DRAWS, DRAWS_WRITTEN = (30, 50, 0), 12, 1
"""Ideas of a wall that are drawn, 0 for all; times that each is cut in two."""
WORLD_MIN = 40
PEOPLE, MACHINE = "groupes d’une personne", "groupes de la machine"


class Cut(NamedTuple):
    """The ideas of one axis of a wall cut in two: side, column of the person, vectors."""

    texts: list[str]
    sides: np.ndarray
    issues: np.ndarray
    topics: np.ndarray
    meanings: np.ndarray
    axis: str


def cuts(wall: pd.DataFrame, topics: np.ndarray, meanings: np.ndarray, seed: int, size: int) -> Iterator[Cut]:
    """A wall cut in two by lot, axis by axis."""
    lot = np.random.default_rng(seed)
    names = sorted(wall["issue"].unique())
    home = {name: lot.choice(["A", "B", "AB"]) for name in names}
    sides = np.array([lot.choice(["A", "B"]) if home[name] == "AB" else home[name] for name in wall["issue"]])
    kept, n = set(), 0
    for name in lot.permutation(names) if size else names:
        here = int((wall["issue"] == name).sum())
        if not size or n + here <= size:
            kept.add(name)
            n += here
    for axis in COMPASS_CODES:
        rows = np.flatnonzero((wall["axis"] == axis) & wall["issue"].isin(kept))
        if len(rows) > 3:
            texts = wall["text"].iloc[rows].tolist()
            issues = wall["issue"].to_numpy(dtype=object)[rows]
            yield Cut(texts, sides[rows], issues, topics[rows], meanings[rows], axis)


def by_machine(cut: Cut, model: PairModel) -> list[str]:
    """The group of each idea, made on each side alone."""
    found = [""] * len(cut.texts)
    for side in "AB":
        rows = np.flatnonzero(cut.sides == side)
        if len(rows) < 2:
            for row in rows:
                found[row] = f"{side} {row}"
            continue
        texts, nothing = [cut.texts[row] for row in rows], np.zeros_like(cut.topics[rows])
        points = blend(represent(texts, cut.meanings[rows], SEED)[0])
        ideas = Ideas(texts, [""] * len(rows), cut.topics[rows], nothing, cut.meanings[rows], points, axis=cut.axis)
        for row, label in zip(rows, grouped(ideas, model).groups, strict=True):
            found[row] = f"{side} {label}"
    return found


def count(cut: Cut, columns: Sequence[str], model: PairModel) -> Counter[str]:
    """Pairs of columns of two ideas or more that are one, those said and asked, and how many of them are right."""
    taken: Counter[str] = Counter()
    rows = [row for row, name in enumerate(columns) if (taken.update([name]) or taken[name]) <= N_READ]
    pool = Pool(
        cut.axis,
        [cut.texts[row] for row in rows],
        [columns[row] for row in rows],
        [str(cut.sides[row]) for row in rows],
        cut.topics[rows],
        cut.meanings[rows],
    )
    members: dict[str, list[int]] = {}
    for row, name in enumerate(columns):
        members.setdefault(name, []).append(row)
    alone = {name: len(held) == 1 for name, held in members.items()}
    most = {name: Counter(cut.issues[held]).most_common(1)[0] for name, held in members.items()}
    found: Counter[str] = Counter()
    for near in near_columns(pool, model):
        (one, n), (other, m) = most[near.one], most[near.other]
        is_one = one == other and 2 * n > len(members[near.one]) and 2 * m > len(members[near.other])
        if is_match(near, {name: not one for name, one in alone.items()}):
            found.update(said=1, said_right=is_one)
        elif is_asked(near, alone):
            found.update(asked=1, asked_right=is_one)
    wide = [(name, most[name][0]) for name, is_alone in alone.items() if not is_alone]
    a, b = ({issue for name, issue in wide if name.startswith(side)} for side in "AB")
    found["one"] += len(a & b)
    return found


def measured(wall: pd.DataFrame, meaning: Meaning, model: PairModel, draws: int) -> dict[tuple[str, int], Counter[str]]:
    """Counts by kind of groups and size."""
    texts = wall["text"].tolist()
    topics = meaning.vectors(texts)
    meanings = meaning.alike(texts, topics, [""] * len(texts))
    found: dict[tuple[str, int], Counter[str]] = {}
    for size in SIZES:
        for seed in range(draws):
            for cut in cuts(wall, topics, meanings, seed, size):
                people = [f"{side} {issue}" for side, issue in zip(cut.sides, cut.issues, strict=True)]
                for kind, columns in ((PEOPLE, people), (MACHINE, by_machine(cut, model))):
                    found.setdefault((kind, size), Counter()).update(count(cut, columns, model))
    return found


def main(folder: Path) -> None:
    """Measure, and write what was found."""
    topics, likeness, read = load_encoder(), load_likeness(), idea_reader(load_axis_model("precis"))
    meaning = Meaning(topics, likeness, read)
    walls = load_walls(folder)
    examples = read_walls(walls, [meaning, Meaning(topics, likeness)])
    real: dict[tuple[str, int], Counter[str]] = {}
    for name, model in unseen(examples, sources_of(walls)):
        wall = walls[name]
        given = wall[wall["axis"].isin(COMPASS_CODES)].reset_index(drop=True)
        for key, counts in measured(given, meaning, model, DRAWS).items():
            real.setdefault(key, Counter()).update(counts)
    rows = [
        json.loads(line)
        for path in sorted(IDEAS_FOLDER.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    written: dict[tuple[str, int], Counter[str]] = {}
    worlds = pd.DataFrame(rows).rename(columns={"key": "issue"})
    for _, world in worlds[worlds["axis"].isin(COMPASS_CODES)].groupby("world"):
        if len(world) >= WORLD_MIN:
            for key, counts in measured(world.reset_index(drop=True), meaning, load_pairs(), DRAWS_WRITTEN).items():
                written.setdefault(key, Counter()).update(counts)
    table = [
        {"material": material, "groups": kind, "size": size, **{name: int(n) for name, n in sorted(counts.items())}}
        for material, found in (("murs réels", real), ("mondes écrits", written))
        for (kind, size), counts in sorted(found.items())
    ]
    sure = [row for row in table if row["material"] == "murs réels" and row["groups"] == PEOPLE]
    result = {
        "said": SAID,
        "asked": ASKED,
        "told": sum(row.get("said", 0) for row in sure),
        "right": sum(row.get("said_right", 0) for row in sure),
        "rows": table,
    }
    ACROSS.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
