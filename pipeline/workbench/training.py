"""What `rosace train` learns, by profile, and where each model is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.api.texts import idea_reader
from pipeline.classify.reading.beside import WORTH, save_worth
from pipeline.classify.reading.store import model_folder
from pipeline.classify.stage import load_axis_model
from pipeline.cluster.grouping.likeness import IDEAS, Meaning, save_likeness
from pipeline.cluster.pairs import PAIRS, save_pairs
from pipeline.config import load_config
from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.language.models.encoders import load_encoder
from pipeline.language.syntax.standing import ALONE, save_alone
from pipeline.place.model import PLACE
from pipeline.stances.reading import STANCES_MODEL, save_stances
from pipeline.workbench import likeness, pairs, placing, quoting, stances
from pipeline.workbench.axes.learn_axes import learn_axes
from pipeline.workbench.examples import (
    IDEAS_FOLDER,
    PROJECTION_FOLDER,
    REFERENCES,
    corrected_examples,
    load_corpus,
    load_extra,
    referenced_texts,
    split_themes,
)

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What is asked of `rosace train`.

    Attributes
    ----------
    extra : csv of real texts to learn from too.
    runs : folders of results whose decisions are examples.
    keep_encoders : see `pipeline.workbench.axes.learn_axes.learn_axes`.
    walls : folder of sorted walls.
    out : where the model is written; in the place of the one that serves, when None.
    config : file of configuration.
    """

    profile: str
    extra: Sequence[Path] = ()
    runs: Sequence[Path] = ()
    keep_encoders: bool = False
    walls: Path | None = None
    out: Path | None = None
    config: Path | None = None

    def real(self, columns: Sequence[str], references: Path) -> Sequence[Path]:
        """The csv of real texts that this profile is learnt from. Raises UsageError: there is none."""
        if not self.extra:
            raise UsageError(
                f"« {self.profile} » s'apprend de textes réels : rosace train --profile {self.profile} --extra "
                f"TEXTES.csv (colonnes {', '.join(columns)} ; chacun dans corpus/{references.name})."
            )
        return self.extra


def train(request: Request, tell: Tell) -> list[Path]:
    """Learn what is asked; returns the folders that were written.

    Raises UsageError: options that do not go together, texts that are missing, or a new model that reads worse.
    """
    if request.profile not in PROFILES:
        raise UsageError(f"Profil inconnu : {request.profile}. Attendu : {', '.join(PROFILES)}.")
    if request.walls is not None and request.profile not in WITH_WALLS:
        raise UsageError(
            f"--murs ne sert qu'aux groupes et aux titres : rosace train --profile groupes --murs {request.walls}"
        )
    return PROFILES[request.profile](request, tell)


def _learn_axes(request: Request, tell: Tell) -> list[Path]:
    """Learn the model of a profile; what reads the vectors of a new encoder is learnt after it."""
    examples = [split_themes(load_corpus())[0]]
    tell(f"corpus/annotated : {len(examples[0])} idées apprises")
    for path in request.extra:
        examples.append(load_extra(path))
        tell(f"{path} : {len(examples[-1])} textes réels, tous référencés")
    for run in request.runs:
        folder = RunFolder.open(run)
        tables = (folder.load_table(name) for name in ("reviewed_tags", "items", "contributions"))
        examples.append(corrected_examples(*tables))
        tell(f"{run} : {len(examples[-1])} corrections")
    settings = load_config(request.config, profil=request.profile)
    place = request.out or model_folder(request.profile)
    learnt = pd.concat(examples, ignore_index=True)
    learn_axes(learnt, settings, place, tell, request.keep_encoders)
    if request.profile == "precis" and request.out is None and not request.keep_encoders:
        then = Request("groupes", config=request.config)
        return [place, *_learn_groups(then, tell)]
    return [place]


def _learn_groups(request: Request, tell: Tell) -> list[Path]:
    walls = None if request.walls is None else pairs.load_walls(request.walls)
    folder = request.out or IDEAS.path
    read, topics = idea_reader(load_axis_model("precis")), load_encoder()
    found, metrics = likeness.learn_likeness(
        topics, lambda texts: read(texts, [""] * len(texts)), (IDEAS_FOLDER, PROJECTION_FOLDER)
    )
    folders = [folder]
    if walls is not None:
        tell(f"{len(walls)} murs lus")
        by_topics, sources = Meaning(topics, found), pairs.sources_of(walls)
        sorted_pairs = pairs.read_walls(walls, [Meaning(topics, found, read), by_topics])
        folders.append(request.out / "pairs" if request.out else PAIRS.path)
        save_pairs(folders[-1], pairs.learn(sorted_pairs))
        pairs.PAIRS_CARD.write(folders[-1], pairs.measure(sorted_pairs, sources))
    save_likeness(folder, found)
    likeness.LIKENESS_CARD.write(folder, metrics)
    return folders


def _learn_placing(request: Request, tell: Tell) -> list[Path]:
    if request.walls is None:
        raise UsageError("Les titres s'apprennent de murs titrés : rosace train --profile titres --murs DOSSIER")
    folder, branch = request.out or PLACE.path, request.out or model_folder("precis")
    if request.keep_encoders:
        branch = model_folder("precis")
    placing.learn_placing(folder, request.walls, branch, load_encoder(), tell, request.keep_encoders)
    return [folder]


def _learn_worth(request: Request, tell: Tell) -> list[Path]:
    texts, topics = quoting.WORTH, load_encoder()
    learnt = quoting.learn_worth(_read_texts(request, texts, tell), topics)
    folder = request.out or WORTH.path
    save_worth(folder, learnt.head, topics.sha256)
    quoting.WORTH_CARD.write(folder, learnt.metrics)
    return [folder]


def _learn_alone(request: Request, tell: Tell) -> list[Path]:
    learnt, folder = quoting.learn_alone(_read_texts(request, quoting.ALONE, tell)), request.out or ALONE.path
    save_alone(folder, learnt.head)
    quoting.ALONE_CARD.write(folder, learnt.metrics)
    return [folder]


def _read_texts(request: Request, texts: quoting.ReadTexts, tell: Tell) -> pd.DataFrame:
    examples = texts.load(request.real((*texts.columns, *quoting.READERS), texts.references))
    tell(f"{len(examples)} idées lues")
    return examples


def _learn_stances(request: Request, tell: Tell) -> list[Path]:
    paths = request.real(stances.COLUMNS, REFERENCES)
    real = pd.concat([referenced_texts(path, stances.COLUMNS, REFERENCES) for path in paths], ignore_index=True)
    tell(f"{len(real)} idées réelles lues")
    folder = request.out or STANCES_MODEL.path
    models, metrics = stances.learn(real)
    save_stances(folder, models)
    stances.STANCES_CARD.write(folder, metrics)
    return [folder]


WITH_WALLS = ("groupes", "titres")
PROFILES: dict[str, Callable[[Request, Tell], list[Path]]] = {
    "rapide": _learn_axes,
    "precis": _learn_axes,
    "groupes": _learn_groups,
    "valeur": _learn_worth,
    "seules": _learn_alone,
    "positions": _learn_stances,
    "titres": _learn_placing,
}
"""What each profile of `rosace train` learns."""
