"""The models of the axes learnt again, kept where they read no worse, with their metrics and cards."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.model import Prediction
from pipeline.classify.reading.store import (
    MANIFEST,
    METRICS_FILE,
    SECOND_FOLDER,
    TOKENIZER_FILE,
    model_folder,
    open_model,
    save_model,
)
from pipeline.classify.stage import load_axis_model
from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.extras import need
from pipeline.language.models.encoders import load_encoder
from pipeline.workbench.axes.examples import load_measured, split_themes
from pipeline.workbench.axes.measures import baselines, idea_metrics, macro_f1, model_metrics
from pipeline.workbench.axes.pooling import Aim
from pipeline.workbench.axes.precis import TrainedSecond, kept_encoders, put_second, train_precise, train_second
from pipeline.workbench.axes.rapide import Trained, train_rapide
from pipeline.workbench.axes.report import write_report

CHECKPOINTS = ".reprise"
"""Beside the model that is learnt, until it is: what fine-tunings have reached, from which they go on after a kill."""
OUT_OF_SOURCE, HELD_OUT = "hors source", "sur les thèmes mis de côté"


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
    write_report(folder, {"profil": profile, "modele_sha256": sha256, "appris": trained.n_learnt, **figures})


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


@dataclass(frozen=True)
class Comparison:
    """Macro-F1 of the model in place (None without one) and of the new one; `where` says on what, in French."""

    where: str
    before: float | None
    after: float

    def told(self) -> str:
        """The comparison in a line, in French."""
        before = "aucun" if self.before is None else f"{self.before:.3f}"
        return f"macro-F1 {self.where} : avant {before}, après {self.after:.3f}".replace(".", ",")


def out_of_source(trained: Trained, folder: Path) -> Comparison | None:
    """The new model and the one of `folder` on the sources that neither had seen, by models of the same recipe.

    None unless the model in place was measured on as many texts of the same sources.
    """
    path = folder / METRICS_FILE
    known = json.loads(path.read_text(encoding="utf-8")).get("hors_source") if path.is_file() else None
    sources = trained.out_of_source["source"].value_counts().to_dict()
    if known is None or known["n"] != len(trained.out_of_source):
        return None
    if any(sources.get(name) != group["n"] for name, group in known["par_source"].items()):
        return None  # small sources are not told one by one
    codes = np.array(AXIS_CODES, dtype=object)
    found = codes[trained.found.chances.argmax(axis=1)]
    after = macro_f1(trained.out_of_source["axis"].to_numpy(dtype=object), found)
    return Comparison(OUT_OF_SOURCE, float(known["macro_f1"]), after)


def refuse_worse(comparisons: list[Comparison], max_loss: float) -> None:
    """Refuse a new model that loses more than `max_loss` on the first comparison, the one that decides.

    Raises
    ------
    UsageError : it does; the one in place is to be kept.
    """
    decisive = comparisons[0]
    if decisive.before is not None and decisive.after < decisive.before - max_loss:
        scores = f"{decisive.after:.3f} contre {decisive.before:.3f}".replace(".", ",")
        raise UsageError(
            f"Le nouveau modèle est moins bon {decisive.where} ({scores}) : "
            "l'ancien est gardé. Retirez les exemples ajoutés, ou relisez-les."
        )
