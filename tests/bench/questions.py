"""What answers to « Est-ce la même chose ? » bring: walls that people sorted, their reader answering.

    python tests/bench/questions.py DOSSIER [-o questions.json]

reads the `wall_*.csv` of a folder as `rosace train --profile groupes` does. Each large wall is grouped by a model that
never saw its source, its axes given; then its reader answers the questions that the page would ask, in that order, and
each answer does what it does in a review. Measured after so many answers an idea: agreement on columns (AMI), and
the precision and recall of pairs. Written beside: a reader who is wrong one time in ten, and one who is asked about
pairs at random.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.api.texts import meaning_of
from pipeline.cluster.pairs import average_tree, cut_tree, near_pairs
from pipeline.config import load_config
from pipeline.contracts.checks import conform, empty
from pipeline.review.log.anchors import anchor_of
from pipeline.review.log.decisions import Decision, Target
from pipeline.review.log.on_pairs import Question, best_question, questions, rank
from pipeline.review.log.replay import apply
from pipeline.review.log.state import ReviewState
from pipeline.stances.counting import Sides
from pipeline.workbench.pairs import PROFILES, Sorted, Way, agreement, load_walls, read_walls, sources_of, unseen
from pipeline.workshop.records import MachineTables

SEED = 20
STEPS = (0.0, 0.125, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
"""Answers an idea."""
WRONG = 0.1
SECONDS = 5
"""What a person takes to answer, about: two short sentences to read."""
Choose = Callable[[ReviewState, np.random.Generator], Question | None]


def best(state: ReviewState, _: np.random.Generator) -> Question | None:
    """The question that the page would ask."""
    return best_question(state)


def any_near(state: ReviewState, draw: np.random.Generator) -> Question | None:
    """Any pair of near ideas."""
    found = sorted(questions(state), key=rank)
    return found[int(draw.integers(len(found)))] if found else None


@dataclass
class Wall:
    """One wall under review: an item a row of each axis, named by its axis and row."""

    parts: Sequence[Sorted]
    state: ReviewState
    columns: dict[str, int]
    draw: np.random.Generator = field(default_factory=lambda: np.random.default_rng(SEED))

    def labels(self) -> list[np.ndarray]:
        """The group of each row of each axis; a weak signal is alone."""
        places = {key: item.group_id or key for key, item in self.state.items.items()}
        return [
            pd.factorize(np.array([places[_key(one.axis, row)] for row in range(one.pairs.n)]))[0] for one in self.parts
        ]

    def answer(self, question: Question, number: int, wrong: float) -> bool:
        """What her columns say, or its contrary one time in so many."""
        value = self.columns[question.one] == self.columns[question.other]
        value = value != bool(self.draw.random() < wrong)
        target = Target(items=tuple(anchor_of(self.state.items[key]) for key in (question.one, question.other)))
        act = {"decision_id": f"d{number}", "ts": "", "author": "A", "op": "meme", "target": target.model_dump()}
        apply(self.state, Decision.model_validate({**act, "after": {"value": value}}))
        return value


def _key(axis: str, row: int) -> str:
    return f"{axis}-{row:04d}"


def wall_of(parts: Sequence[Sorted], model: Any) -> Wall:
    """The tables of the machine for one wall, and the reader's columns."""
    rows, near, groups = [], [], []
    for one in parts:
        chances, cut = model.read(one.pairs).together, model.cut
        columns = cut_tree(average_tree(one.pairs, chances), cut) if one.pairs.n > 1 else np.zeros(1, int)
        sizes = np.bincount(columns)
        for row, column in enumerate(columns.tolist()):
            group = f"g-{one.axis}-{column}" if sizes[column] > 1 else None
            rows.append(
                {"item_id": _key(one.axis, row), "axis": one.axis, "group_id": group, "column": one.columns[row]}
            )
        found = near_pairs(one.pairs, chances)
        ends = zip(found.one.tolist(), found.other.tolist(), found.chances.tolist(), strict=True)
        near += [(_key(one.axis, a), _key(one.axis, b), chance) for a, b, chance in ends]
        groups += [{"group_id": f"g-{one.axis}-{column}", "axis": one.axis} for column in np.flatnonzero(sizes > 1)]
    frame = pd.DataFrame(rows)
    columns_of = {
        key: hash((axis, int(column))) for key, axis, column in frame[["item_id", "axis", "column"]].to_numpy()
    }
    return Wall(parts, ReviewState.from_machine(_machine(frame, groups, near)), columns_of)


def _machine(frame: pd.DataFrame, groups: list[dict[str, Any]], near: list[tuple[Any, ...]]) -> MachineTables:
    names = ("n_items", "n_ideas", "votes", "n_tables", "n_channels")
    counts = dict.fromkeys((*names, *Sides._fields), 0)
    told = {
        "theme_id": "t",
        "title": "",
        "title_coverage": np.nan,
        "question": pd.NA,
        "n_people": pd.NA,
        "recurrence": 0.0,
        "origin": "machine",
    }
    table = pd.DataFrame(groups).assign(**counts, **told)
    n = len(frame)
    said = {
        "contribution_id": frame["item_id"], "source": "mur", "locator": "", "position": range(n), "text": "mot",
        "channel": "postit", "provenance": "ecrit", "context": "", "headings": [[] for _ in range(n)], "list_id": pd.NA,
        "rank": pd.NA, "given_group": pd.NA, "voice": pd.NA, "table": pd.NA, "workshop": "mur", "votes": pd.NA,
        "votes_contre": pd.NA, "attributes": "{}", "date": pd.NA, "start_s": np.nan, "frame": "parole",
    }  # fmt: skip
    items = frame.assign(contribution_id=frame["item_id"], start=0, end=3, text="mot", lead=pd.NA, own_provenance=pd.NA)
    tags = frame.assign(facet=pd.NA, second_axis=pd.NA, confidence=1.0, status="sur", worth=0.5, doubt=pd.NA)
    memberships = frame.assign(stack_id=frame["item_id"].where(frame["group_id"].notna()), strength=0.0)
    return MachineTables(
        contributions=conform("contributions", pd.DataFrame(said)),
        items=conform("items", items),
        tags=tags,
        groups=table,
        memberships=conform("memberships", memberships.assign(stance="inconnu", tied_to=pd.NA)),
        themes=empty("themes"),
        links=empty("links"),
        near_pairs=pd.DataFrame(near, columns=["one_item", "other_item", "chance"]),
        name_suggestions=empty("name_suggestions"),
    )


def curve(wall: Wall, choose: Choose, wrong: float) -> list[dict[str, float]]:
    """What is measured after each number of answers."""
    n_ideas, n_said, n_yes = len(wall.state.items), 0, 0
    found = []
    for step in STEPS:
        while n_said < round(step * n_ideas):
            question = choose(wall.state, wall.draw)
            if question is None:
                break
            n_yes += wall.answer(question, n_said, wrong)
            n_said += 1
        scores = agreement(wall.parts, wall.labels())
        found.append({"answers": n_said / n_ideas, "yes": n_yes / max(1, n_said), "n_ideas": n_ideas, **scores})
    return found


def measure(examples: Sequence[Sorted], sources: dict[str, str]) -> tuple[int, list[dict[str, Any]]]:
    """How many walls were measured, and the mean curves over them, each with a model that never saw its source."""
    kinds = (
        ("questions de la page", best, 0.0),
        ("une réponse fausse sur dix", best, WRONG),
        ("paires au hasard", any_near, 0.0),
    )
    rows = []
    n_walls = 0
    for name, model in unseen(examples, sources):
        n_walls += 1
        for profile in PROFILES:
            for headings in (True, False):
                way = Way(headings, headings, False, profile)
                parts = [one for one in examples if one.wall == name and one.way == way]
                for kind, choose, wrong in kinds:
                    for step, row in zip(STEPS, curve(wall_of(parts, model), choose, wrong), strict=True):
                        rows.append({"profile": profile, "headings": headings, "who": kind, "step": step, **row})
    keys = ["profile", "headings", "who", "step"]
    means = pd.DataFrame(rows).groupby(keys, sort=False).mean(numeric_only=True).round(3).reset_index()
    return n_walls, list(means.to_dict("records"))


def main() -> None:
    """Read the walls, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--out", type=Path, default=Path(__file__).with_suffix(".json"))
    given = parser.parse_args()
    walls = load_walls(given.folder)
    meanings = [meaning_of(load_config(None, profil=profile)) for profile in PROFILES]
    n_walls, curves = measure(read_walls(walls, meanings), sources_of(walls))
    found = {"seconds_an_answer": SECONDS, "n_walls": n_walls, "curve": curves}
    given.out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for row in found["curve"]:
        print(" ".join(f"{key}={value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
