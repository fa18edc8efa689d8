"""What `rosace evaluate` measures, by kind."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.api.texts import meaning_of
from pipeline.cluster.linking.signs import load_weights
from pipeline.cluster.table import group_texts
from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.language.models.encoders import Encoder
from pipeline.tables.columns import find_text_column, header_key
from pipeline.tables.frames import read_table
from pipeline.workbench.axes.measures import axes_lines
from pipeline.workbench.benchmarks import frames_lines, ideas_lines
from pipeline.workbench.coding import coding_lines
from pipeline.workbench.drafts import draft_lines
from pipeline.workbench.links import judged_pairs, measure_links, read_pairs
from pipeline.workbench.pairs import scored, scores_of, singletons, wall_lines
from pipeline.workbench.placing import placing_lines
from pipeline.workbench.reports import Line, number
from pipeline.workbench.stances import positions_lines

LABEL_COLUMNS = ("label", "groupe", "group", "étiquette")


def groups_lines(gold: Path | None, settings: Config, walls: Path | None = None) -> list[Line]:
    """All that `rosace evaluate groups` tells.

    Parameters
    ----------
    gold : a table of texts and of the groups that people gave them, and perhaps their corpus.
    walls : a folder of walls to measure the pair model on; None: what was measured when it was learnt.

    Raises UsageError: the table has no column of groups, or the folder no walls.
    """
    meaning, lines = meaning_of(settings), wall_lines(settings, walls)
    for name, texts, people in [] if gold is None else _labelled(gold):
        found = group_texts(texts, None, meaning, settings.cluster, settings.graine)["group"]
        ours = singletons(pd.factorize(found.where(found != ""))[0])
        lines.append(scored(name, scores_of(pd.factorize(np.array(people, dtype=object))[0], ours)))
    return [*lines, *_link_lines(meaning.topics, settings)]


def _link_lines(encoder: Encoder, settings: Config) -> list[Line]:
    pairs = judged_pairs()
    found = measure_links(pairs, read_pairs(pairs, encoder), load_weights(), settings.cluster.liens.seuil)
    mean = f"précision moyenne {number(found['average_precision'])}"
    floor = settings.evaluation["groups"]["liens_premier"]
    return [Line("Liens, première réponse juste", found["precision_at_1"], floor, detail=mean)]


def _labelled(path: Path) -> list[tuple[str, list[str], list[str]]]:
    table = read_table(path)
    wanted = {header_key(name) for name in LABEL_COLUMNS}
    label = next((str(column) for column in table.columns if header_key(str(column)) in wanted), None)
    if label is None:
        raise UsageError(
            f"{path} : aucune colonne de groupes. Attendu : une colonne « label » ou « groupe » qui dit, pour chaque "
            f"texte, le groupe que des personnes lui ont donné ; trouvé : {', '.join(map(str, table.columns))}."
        )
    text = find_text_column(table)
    names = table["corpus"] if "corpus" in table.columns else pd.Series("table", index=table.index)
    return [
        (str(name), part[text].astype(str).tolist(), part[label].astype(str).tolist())
        for name, part in table.groupby(names, sort=True)
    ]


@dataclass(frozen=True)
class Given:
    """What is measured, as the command line names it; `target` is there where the kind needs one, and `tell` says how a
    long measure goes."""

    settings: Config
    target: Path
    gold: Path | None
    walls: Path | None
    tell: Callable[[str], None]


MEASURES: dict[str, Callable[[Given], list[Line]]] = {
    "axes": lambda given: axes_lines(given.gold, given.settings),
    "groups": lambda given: groups_lines(given.gold, given.settings, given.walls),
    "ideas": lambda given: ideas_lines(given.gold, given.settings.evaluation["ideas"]),
    "frames": lambda given: frames_lines(given.gold, given.settings.evaluation["frames"]),
    "positions": lambda given: positions_lines(given.settings.evaluation["positions"]),
    "drafts": lambda given: draft_lines(given.target, given.settings, given.tell),
    "placing": lambda given: placing_lines(given.settings),
    "themes": lambda given: coding_lines(given.target),
}
