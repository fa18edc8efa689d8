"""What `rosace train` learns, by profile: the axes, groups, links, what is worth quoting and stands alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.api.grouping import axis_reader, idea_reader
from pipeline.classify.reading import beside
from pipeline.classify.reading.store import model_folder
from pipeline.classify.stage import load_axis_model
from pipeline.cluster.grouping.likeness import IDEAS, Meaning, save_likeness
from pipeline.cluster.linking.signs import LINKS as LINKS_MODEL
from pipeline.cluster.naming.coverage import TITLES
from pipeline.cluster.pairs import PAIRS
from pipeline.config import Config, load_config
from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.language.models.encoders import load_encoder
from pipeline.language.syntax.standing import ALONE as STANDING
from pipeline.place.model import PLACE
from pipeline.review.questions import decided_pairs
from pipeline.review.session import open_session
from pipeline.stances.reading import STANCES_MODEL
from pipeline.workbench import alone, likeness, links, pairs, placing, stances, titles, worth
from pipeline.workbench.axes.learn_axes import learn_axes
from pipeline.workbench.cards import write_card
from pipeline.workbench.examples import (
    IDEAS_FOLDER,
    PROJECTION_FOLDER,
    REFERENCES,
    corrected_examples,
    load_corpus,
    load_extra,
    split_themes,
)
from pipeline.workbench.pairs import load_walls, read_decided, read_walls, sources_of

AXES = ("rapide", "precis")
GROUPS, LINKS, WORTH, ALONE = "groupes", "liens", "valeur", "seules"
POSITIONS = "positions"
PLACING = "titres"
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What is asked of `rosace train`.

    Attributes
    ----------
    extra : csv of real texts to learn from too.
    runs : folders of results whose decisions are examples.
    measured : csv of texts that serve for measuring only.
    keep_encoders, with_second : see `pipeline.workbench.axes.learn_axes.learn_axes`.
    walls : folder of sorted walls, for the groups.
    out : where the model is written; in the place of the one that serves, when None.
    config : file of configuration.
    """

    profile: str
    extra: Sequence[Path] = ()
    runs: Sequence[Path] = ()
    measured: Path | None = None
    keep_encoders: bool = False
    with_second: bool = True
    walls: Path | None = None
    out: Path | None = None
    config: Path | None = None


def train(request: Request, tell: Tell) -> list[Path]:
    """Learn what is asked; returns the folders that were written.

    Raises
    ------
    UsageError : options that do not go together, texts that are missing, or a new model that reads worse.
    """
    if request.profile in AXES:
        return _learn_axes(request, tell)
    settings = load_config(request.config)
    if request.profile == GROUPS:
        if request.runs and request.walls is None:
            raise UsageError(f"Les décisions s'ajoutent à des murs : rosace train --profile {GROUPS} --murs DOSSIER …")
        return _learn_groups(request.out, request.walls, request.runs, tell)
    if request.profile == LINKS:
        return [_learn_links(request.out, settings)]
    if request.profile == ALONE:
        return [_learn_alone(request, tell)]
    if request.profile == PLACING:
        return [_learn_placing(request, tell)]
    if request.profile == WORTH:
        return [_learn_worth(request, tell)]
    if request.profile == POSITIONS:
        return [_learn_stances(request, tell)]
    raise UsageError(
        f"Profil inconnu : {request.profile}. Attendu : {', '.join(AXES)}, {GROUPS}, {LINKS}, {WORTH}, "
        f"{ALONE}, {POSITIONS} ou {PLACING}."
    )


def _learn_axes(request: Request, tell: Tell) -> list[Path]:
    """Learn the model of a profile; what reads the vectors of a new encoder is learnt after it."""
    if request.walls is not None:
        raise UsageError(
            f"--murs ne sert qu'aux groupes et aux titres : rosace train --profile {GROUPS} --murs {request.walls}"
        )
    settings = load_config(request.config, profil=request.profile)
    examples = _examples(request.extra, request.runs, tell)
    folder = request.out if request.out is not None else model_folder(request.profile)
    learn_axes(examples, settings, folder, tell, request.measured, request.keep_encoders, request.with_second)
    if request.profile == "precis" and request.out is None and not request.keep_encoders:
        return [folder, *_learn_groups(None, None, [], tell), _learn_links(None, settings)]
    return [folder]


def _learn_groups(out: Path | None, walls: Path | None, runs: Sequence[Path], tell: Tell) -> list[Path]:
    """Learn what makes two texts say the same thing above the encoders in place; with walls, pairs and titles too."""
    sorted_walls = None if walls is None else load_walls(walls)
    folders = [out or IDEAS.path]
    read, topics = idea_reader(load_axis_model("precis")), load_encoder()
    found, metrics = likeness.learn_likeness(
        topics, lambda texts: read(texts, [""] * len(texts)), (IDEAS_FOLDER, PROJECTION_FOLDER)
    )
    if sorted_walls is not None:
        meanings = [Meaning(topics, found, read), Meaning(topics, found)]
        folders.append(_learn_pairs(out, sorted_walls, runs, meanings, tell))
        folders += _learn_titles(out, sorted_walls, Meaning(topics, found))
    save_likeness(folders[0], found)
    write_card(folders[0], metrics, likeness.likeness_card(metrics))
    return folders


def _learn_pairs(
    out: Path | None, walls: dict[str, pd.DataFrame], runs: Sequence[Path], meanings: Sequence[Meaning], tell: Tell
) -> Path:
    folder = out / "pairs" if out is not None else PAIRS.path
    examples = read_walls(walls, meanings)
    tell(f"{len(walls)} murs lus")
    for run in runs:
        decided = read_decided(str(run), *decided_pairs(open_session(RunFolder.open(run)).state), meanings)
        n_pairs = sum(int(one.told.sum()) for one in decided if one.told is not None and one.way == decided[0].way)
        tell(f"{run} : {n_pairs} paires d'idées sur lesquelles des personnes ont décidé")
        examples += decided
    pairs.write_model(folder, pairs.learn(examples), pairs.measure(examples, sources_of(walls)))
    return folder


def _learn_titles(out: Path | None, walls: dict[str, pd.DataFrame], meaning: Meaning) -> list[Path]:
    """Learn whether a title is true of an idea, from the titles of columns, when walls have some."""
    titled = {name: wall for name, wall in walls.items() if "issue_title" in wall}
    if not titled:
        return []
    read = titles.read_titles(titled, sources_of(walls), meaning.vectors)
    folder = out / "titles" if out is not None else TITLES.path
    titles.write_model(folder, titles.learn(read), titles.measure(read))
    return [folder]


def _learn_links(out: Path | None, settings: Config) -> Path:
    folder, topics = out or LINKS_MODEL.path, load_encoder()
    links.learn_links(axis_reader(load_axis_model("precis"), topics), topics, settings.cluster.liens.seuil, folder)
    return folder


def _learn_placing(request: Request, tell: Tell) -> Path:
    """Learn which titles are true of an idea, from walls that readers titled."""
    if request.walls is None:
        raise UsageError(f"Les titres s'apprennent de murs titrés : rosace train --profile {PLACING} --murs DOSSIER")
    folder, branch = request.out or PLACE.path, request.out or model_folder("precis")
    if request.keep_encoders:
        branch = model_folder("precis")
    placing.learn_placing(folder, request.walls, branch, load_encoder(), tell, request.keep_encoders)
    return folder


def _learn_worth(request: Request, tell: Tell) -> Path:
    """Learn whether an idea is worth quoting as it is."""
    _need_real(request, worth.COLUMNS, worth.REFERENCES)
    examples = pd.concat(map(worth.load_real, request.extra), ignore_index=True)
    tell(f"{len(examples)} idées lues")
    folder, topics = request.out or beside.WORTH.path, load_encoder()
    worth.write_model(folder, worth.learn(examples, topics), topics.sha256)
    return folder


def _learn_alone(request: Request, tell: Tell) -> Path:
    """Learn whether an idea stands alone."""
    _need_real(request, alone.COLUMNS, alone.REFERENCES)
    examples = pd.concat(map(alone.load_real, request.extra), ignore_index=True)
    tell(f"{len(examples)} idées lues")
    folder = request.out or STANDING.path
    alone.write_model(folder, alone.learn(examples))
    return folder


def _need_real(request: Request, columns: Sequence[str], references: Path) -> None:
    if not request.extra:
        raise UsageError(
            f"« {request.profile} » s'apprend de textes réels : rosace train --profile {request.profile} --extra "
            f"TEXTES.csv (colonnes {', '.join(columns)} ; chacun dans corpus/{references.name})."
        )


def _learn_stances(request: Request, tell: Tell) -> Path:
    """Learn which side an idea takes by its words; real ideas say how few take one."""
    _need_real(request, stances.COLUMNS, REFERENCES)
    real = pd.concat(map(stances.load_real, request.extra), ignore_index=True)
    tell(f"{len(real)} idées réelles lues")
    folder = request.out or STANCES_MODEL.path
    stances.write_model(folder, stances.learn(real))
    return folder


def _examples(extra: Sequence[Path], runs: Sequence[Path], tell: Tell) -> pd.DataFrame:
    parts = [split_themes(load_corpus())[0]]
    tell(f"corpus/annotated : {len(parts[0])} idées apprises")
    for path in extra:
        parts.append(load_extra(path))
        tell(f"{path} : {len(parts[-1])} textes réels, tous référencés")
    for run in runs:
        folder = RunFolder.open(run)
        tables = (folder.load_table(name) for name in ("reviewed_tags", "items", "contributions"))
        parts.append(corrected_examples(*tables))
        tell(f"{run} : {len(parts[-1])} corrections")
    return pd.concat(parts, ignore_index=True)
