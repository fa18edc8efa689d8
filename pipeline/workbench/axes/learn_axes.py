"""The models of the axes learnt again, kept where they read no worse, with their metrics and cards."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from pipeline.api.texts import axis_reader
from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.encoders import GemmaEncoder, GemmaPieces, PieceReader, Pieces, PreciseEncoder
from pipeline.classify.reading.model import LINEAR, READERS, SECOND, encoder_readings, linear_scores, log_shares
from pipeline.classify.reading.store import (
    AXES_FILE,
    ENCODER_FILE,
    FACETS_FILE,
    FILES,
    MANIFEST,
    METRICS_FILE,
    OUTPUT,
    SECOND_FOLDER,
    TOKENIZER_FILE,
    StoredModel,
    model_folder,
    open_model,
    save_model,
    save_second,
)
from pipeline.classify.stage import load_axis_model
from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.language.models.encoders import Encoder, load_encoder
from pipeline.learned import Linear, packed
from pipeline.workbench.axes.finetune import (
    GEMMA_RECIPE,
    IdeaRecipe,
    Recipe,
    finetune,
    import_torch,
    learn_ideas,
    without_some_contexts,
)
from pipeline.workbench.axes.measures import AXES_CARD, macro_f1, model_metrics
from pipeline.workbench.axes.pooling import SURE_ALONE, Aim, calibrate
from pipeline.workbench.axes.rapide import (
    Trained,
    TrainedSecond,
    facet_heads,
    fit_axis_head,
    rapide_features,
    train_rapide,
)
from pipeline.workbench.examples import load_corpus, load_ideas, parts, split_themes

if TYPE_CHECKING:
    from pipeline.workbench.axes.networks import E5Network

OUT_OF_SOURCE, HELD_OUT = "hors source", "sur les thèmes mis de côté"


def learn_axes(
    examples: pd.DataFrame,
    settings: Config,
    folder: Path,
    tell: Callable[[str], None],
    keep_encoders: bool = False,
) -> None:
    """Learn the model of the profile of the settings, and write it into `folder` with its metrics and its card.

    Parameters
    ----------
    examples : all that may be learnt, columns `examples.COLUMNS`.
    keep_encoders : whether the encoders of the `precis` in place are kept; a second one is learnt where there is one.

    Raises UsageError: it reads worse than the one in place, which is kept; or texts are missing.
    """
    profile = settings.profil
    encoder, aim = load_encoder(), Aim(settings.classify.erreur_max, settings.classify.second_min)
    second = None
    if profile == "rapide":
        trained = train_rapide(examples, encoder, aim, tell)
    elif keep_encoders:
        trained, second = kept_encoders(open_model("precis"), examples, encoder, aim)
    else:
        pieces = model_folder("precis")
        trained = train_precise(examples, pieces / TOKENIZER_FILE, encoder, aim, tell)
        if (tokenizer := pieces / SECOND_FOLDER / TOKENIZER_FILE).is_file():
            second = train_second(examples, trained, tokenizer.read_bytes(), tell)
    _, held_out = split_themes(load_corpus())
    known = _score(settings, None, held_out) if (model_folder(profile) / MANIFEST).is_file() else None
    unseen = out_of_source(trained, model_folder(profile))
    with tempfile.TemporaryDirectory() as place:
        made = save_model(Path(place), profile, trained.contents, encoder.sha256, trained.calibration)
        put_second(Path(place), second, made)
        after = _score(settings, Path(place), held_out)
    comparisons = [*([] if unseen is None else [unseen]), Comparison(HELD_OUT, known, after)]
    for comparison in comparisons:
        before = "aucun" if comparison.before is None else f"{comparison.before:.3f}"
        tell(f"macro-F1 {comparison.where} : avant {before}, après {comparison.after:.3f}".replace(".", ","))
    refuse_worse(comparisons, settings.classify.perte_max)
    sha256 = save_model(folder, profile, trained.contents, encoder.sha256, trained.calibration)
    if profile == "precis":
        put_second(folder, second, sha256)
    read = axis_reader(load_axis_model(profile, folder), encoder)
    figures = model_metrics(trained, second, read, held_out, settings.graine)
    AXES_CARD.write(folder, {"profil": profile, "modele_sha256": sha256, "appris": trained.n_learnt, **figures})


def _score(settings: Config, folder: Path | None, held_out: pd.DataFrame) -> float:
    read = axis_reader(load_axis_model(settings.profil, folder), load_encoder())
    tags = read(held_out["text"].tolist(), held_out["context"].tolist())
    return macro_f1(held_out["axis"].to_numpy(dtype=object), tags["axis"].to_numpy(dtype=object))


class Comparison(NamedTuple):
    """Macro-F1 of the model in place (None without one) and of the new one; `where` says on what, in French."""

    where: str
    before: float | None
    after: float


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

    Raises UsageError: it does; the one in place is to be kept.
    """
    decisive = comparisons[0]
    if decisive.before is not None and decisive.after < decisive.before - max_loss:
        scores = f"{decisive.after:.3f} contre {decisive.before:.3f}".replace(".", ",")
        raise UsageError(
            f"Le nouveau modèle est moins bon {decisive.where} ({scores}) : "
            "l'ancien est gardé. Retirez les exemples ajoutés, ou relisez-les."
        )


def train_precise(
    examples: pd.DataFrame, tokenizer_path: Path, topics: Encoder, aim: Aim, tell: Callable[[str], None]
) -> Trained:
    """Fine-tune on a mixture of the examples (`mixture`), a fifth of the sources left out to measure and calibrate.

    Both readings of `precis` are learnt, the fine-tuned one and the linear one over the vectors of `topics`; so is the
    branch of ideas.
    """
    torch = import_torch()
    from pipeline.workbench.axes.networks import E5Network, IdeaBranch, pretrained_e5

    chosen, of_ideas = Recipe(), IdeaRecipe()
    learnt, out = parts(examples, chosen.n_written)
    reader = PieceReader(tokenizer_path)
    torch.manual_seed(chosen.seed)
    network = E5Network(pretrained_e5(tokenizer_path, chosen.dropout), chosen.dropout)
    branch = IdeaBranch(network, of_ideas.n_layers, of_ideas.width)
    tell(f"{len(learnt)} idées apprises")
    seen, pairs = _seen(learnt, chosen)
    finetune(network, [Pieces(ids, 0) for ids in reader.pieces(pairs)], seen, chosen, tell)
    ideas = load_ideas()
    learn_ideas(network, branch, ideas[~ideas["is_held_out"]].reset_index(drop=True), reader.pieces, of_ideas, tell)
    network.branch = branch
    head = fit_axis_head(learnt, rapide_features(learnt, topics))
    contents = {AXES_FILE: packed({OUTPUT: head}), **precise_contents(network, learnt, tokenizer_path)}
    return measured(contents, head, learnt, out, tokenizer_path, topics, aim)


def train_second(
    examples: pd.DataFrame, first: Trained, tokenizer: bytes, tell: Callable[[str], None]
) -> TrainedSecond:
    """Fine-tune the second encoder on the same mixture, and pool it with the first on the sources left out."""
    torch = import_torch()
    from pipeline.workbench.axes.networks import GemmaNetwork, gemma_bytes, pretrained_gemma

    recipe = GEMMA_RECIPE
    learnt, _ = parts(examples, recipe.n_written)
    seen, pairs = _seen(learnt, recipe)
    torch.manual_seed(recipe.seed)
    network = GemmaNetwork(pretrained_gemma(tokenizer), recipe.dropout)
    finetune(network, GemmaPieces(tokenizer).pieces(pairs), seen, recipe, tell)
    return measured_second({ENCODER_FILE: gemma_bytes(network), TOKENIZER_FILE: tokenizer}, first)


def kept_encoders(
    stored: StoredModel, examples: pd.DataFrame, topics: Encoder, aim: Aim
) -> tuple[Trained, TrainedSecond | None]:
    """A model of the encoders and heads in place: only how their readings are put together is learnt again."""
    contents = {name: (stored.folder / name).read_bytes() for name in FILES["precis"]}
    learnt, out = parts(examples, Recipe().n_written)
    head = stored.open_heads(AXES_FILE)[OUTPUT]
    first = measured(contents, head, learnt, out, stored.folder / TOKENIZER_FILE, topics, aim)
    if stored.second is None:
        return first, None
    second = {name: (stored.second.folder / name).read_bytes() for name in FILES[SECOND_FOLDER]}
    return first, measured_second(second, first)


def _seen(learnt: pd.DataFrame, recipe: Recipe) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    seen = without_some_contexts(learnt, recipe.context_dropout, recipe.seed)
    return seen, list(zip(seen["text"], seen["context"], strict=True))


def precise_contents(network: E5Network, examples: pd.DataFrame, tokenizer_path: Path) -> dict[str, bytes]:
    """The files of a `precis` model: encoder in 8 bits, pieces, facet heads."""
    from pipeline.workbench.axes.networks import e5_bytes

    content = e5_bytes(network)
    encoder = PreciseEncoder(lambda: content, tokenizer_path)
    with_facet = examples[examples["facet"] != ""].reset_index(drop=True)
    vectors = encoder.encode(list(with_facet["text"]), list(with_facet["context"]), with_ideas=False).vectors
    return {
        ENCODER_FILE: content,
        TOKENIZER_FILE: tokenizer_path.read_bytes(),
        FACETS_FILE: packed(facet_heads(with_facet, vectors)),
    }


def measured(
    contents: dict[str, bytes],
    head: Linear,
    learnt: pd.DataFrame,
    out: pd.DataFrame,
    tokenizer_path: Path,
    topics: Encoder,
    aim: Aim,
) -> Trained:
    """How the files of a model read the sources left out, its readings put together at best."""
    encoder = PreciseEncoder(lambda: contents[ENCODER_FILE], tokenizer_path)
    found, _ = encoder_readings(encoder, list(out["text"]), list(out["context"]), with_ideas=False)
    found[LINEAR] = log_shares(linear_scores(head, rapide_features(out, topics)))
    readings = {name: found[name] for name in READERS["precis"]}
    return Trained.of(contents, readings, learnt, out, aim)


def measured_second(contents: dict[str, bytes], first: Trained) -> TrainedSecond:
    """How both encoders read the sources left out."""
    rows = first.out_of_source
    encoder = GemmaEncoder(lambda: contents[ENCODER_FILE], contents[TOKENIZER_FILE])
    own = log_shares(encoder.scores(list(rows["text"]), list(rows["context"])))
    readings = {**first.readings, SECOND: own}
    return TrainedSecond(contents, calibrate(readings, first.rows, first.aim, first.calibration))


def put_second(folder: Path, second: TrainedSecond | None, first_sha256: str) -> None:
    """Write the second encoder beside the model of `folder`, or take away what was learnt with another first."""
    if second is None:
        (folder / SECOND_FOLDER / MANIFEST).unlink(missing_ok=True)
        return
    save_second(folder, second.contents, SURE_ALONE, second.found.calibration, first_sha256)
