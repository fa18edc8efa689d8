"""The models of the axes learnt again, kept where they read no worse, with their metrics and cards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipeline.classify.reading.model import Prediction
from pipeline.classify.reading.store import (
    MANIFEST,
    SECOND_FOLDER,
    TOKENIZER_FILE,
    model_folder,
    open_model,
    save_model,
)
from pipeline.classify.stage import load_axis_model
from pipeline.config import Config
from pipeline.extras import need
from pipeline.language.models.encoders import load_encoder
from pipeline.workbench.axes.card import write_card
from pipeline.workbench.axes.evaluate import baselines, macro_f1
from pipeline.workbench.axes.examples import load_measured, split_themes
from pipeline.workbench.axes.metrics import idea_metrics, model_metrics
from pipeline.workbench.axes.pooling import Aim
from pipeline.workbench.axes.replacement import HELD_OUT, Comparison, out_of_source, refuse_worse
from pipeline.workbench.axes.train_precise import (
    TrainedSecond,
    kept_encoders,
    put_second,
    train_precise,
    train_second,
)
from pipeline.workbench.axes.train_rapide import Trained, train_rapide

CHECKPOINTS = ".reprise"
"""Beside the model that is learnt, until it is: what fine-tunings have reached, from which they go on after a kill."""


class AxisTexts(NamedTuple):
    """What a model learns from and is measured on.

    Attributes
    ----------
    corpus, examples : the ideas written for the project, and all that may be learnt, columns `examples.COLUMNS`.
    measured : csv of labelled texts that serve for measuring only, or None.
    """

    corpus: pd.DataFrame
    examples: pd.DataFrame
    measured: Path | None = None


class Ways(NamedTuple):
    """Whether the encoders of the `precis` in place are kept, and whether a second one is learnt."""

    keep_encoders: bool = False
    with_second: bool = True


def learn_axes(texts: AxisTexts, settings: Config, ways: Ways, folder: Path, tell: Callable[[str], None]) -> None:
    """Learn the model of the profile of the settings, and write it into `folder` with its metrics and its card.

    Raises
    ------
    UsageError : it reads worse than the one in place, which is kept; or texts are missing.
    MissingExtraError : packages are missing.
    """
    need("mesures", "La fiche d’un modèle")
    profile = settings.profil
    to_measure = load_measured(texts.measured) if texts.measured is not None else None
    trained, second, encoder_sha256 = _learnt(texts.examples, settings, ways, folder / CHECKPOINTS, tell)
    _, held_out = split_themes(texts.corpus)
    before = _score(settings, None, held_out) if (model_folder(profile) / MANIFEST).is_file() else None
    unseen = out_of_source(trained, model_folder(profile))
    after = _score_of_new(settings, trained, second, encoder_sha256, held_out)
    comparisons = [*([] if unseen is None else [unseen]), Comparison(HELD_OUT, before, after)]
    for comparison in comparisons:
        tell(comparison.told())
    refuse_worse(comparisons, settings.classify.perte_max)
    sha256 = save_model(folder, profile, trained.contents, encoder_sha256, trained.calibration)
    if profile == "precis":
        put_second(folder, second, sha256)
        shutil.rmtree(folder / CHECKPOINTS, ignore_errors=True)
    topics, predict = load_encoder(), _reader(settings, folder)
    simple = partial(baselines, encoder=topics)
    figures = model_metrics(
        trained, second, lambda *parts: predict(*parts).tags, held_out, to_measure, simple, settings.graine
    )
    if profile == "precis":
        figures["idees"] = idea_metrics(lambda *parts: predict(*parts).ideas, topics)
    write_card(folder, {"profil": profile, "modele_sha256": sha256, "appris": trained.n_learnt, **figures})


def _learnt(
    examples: pd.DataFrame, settings: Config, ways: Ways, kept: Path, tell: Callable[[str], None]
) -> tuple[Trained, TrainedSecond | None, str]:
    """A model, its second encoder, and the sha256 of the encoder of topics that it reads above."""
    encoder = load_encoder()
    aim = Aim(settings.classify.erreur_max, settings.classify.second_min)
    if settings.profil == "rapide":
        return train_rapide(examples, encoder, aim, tell), None, encoder.sha256
    if ways.keep_encoders:
        return *kept_encoders(open_model("precis"), examples, encoder, aim), encoder.sha256
    folder = model_folder("precis")
    pieces, reached = folder / TOKENIZER_FILE, kept / "encodeur.pt"
    first = train_precise(examples, pieces, encoder, aim, tell=tell, kept=reached)
    if not ways.with_second:
        return first, None, encoder.sha256
    second = (folder / SECOND_FOLDER / TOKENIZER_FILE).read_bytes()
    return first, train_second(examples, first, second, tell=tell, kept=kept / "gemma.pt"), encoder.sha256


def _score_of_new(
    settings: Config, trained: Trained, second: TrainedSecond | None, encoder_sha256: str, held_out: pd.DataFrame
) -> float:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sha256 = save_model(folder, settings.profil, trained.contents, encoder_sha256, trained.calibration)
        put_second(folder, second, sha256)
        return _score(settings, folder, held_out)


def _score(settings: Config, folder: Path | None, held_out: pd.DataFrame) -> float:
    tags = _reader(settings, folder)(held_out["text"].tolist(), held_out["context"].tolist()).tags
    return macro_f1(held_out["axis"].to_numpy(dtype=object), np.asarray(tags["axis"], dtype=object))


def _reader(settings: Config, folder: Path | None) -> Callable[[Sequence[str], Sequence[str]], Prediction]:
    model, encoder = load_axis_model(settings.profil, folder), load_encoder()

    def read(texts: Sequence[str], contexts: Sequence[str]) -> Prediction:
        of_texts, of_contexts = (encoder.encode(part).astype(np.float16) for part in (texts, contexts))
        return model.predict(texts, contexts, of_texts, of_contexts)

    return read
