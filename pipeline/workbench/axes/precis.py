"""Learning the `precis` model: fine-tune, export to 8 bits, fit the facet heads on what the exported encoder gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.classify.reading.encoders import GemmaEncoder, GemmaPieces, PieceReader, Pieces, PreciseEncoder
from pipeline.classify.reading.model import LINEAR, READERS, SECOND, encoder_readings, linear_scores, log_shares
from pipeline.classify.reading.store import (
    AXES_FILE,
    ENCODER_FILE,
    FACETS_FILE,
    FILES,
    MANIFEST,
    OUTPUT,
    SECOND_FOLDER,
    TOKENIZER_FILE,
    StoredModel,
    save_second,
)
from pipeline.language.models.encoders import Encoder
from pipeline.learned import Linear, packed
from pipeline.workbench.axes.examples import left_out, mixture
from pipeline.workbench.axes.finetune import (
    GEMMA_RECIPE,
    IdeaRecipe,
    Recipe,
    finetune,
    import_torch,
    learn_ideas,
    without_some_contexts,
)
from pipeline.workbench.axes.pooling import SURE_ALONE, Aim, Calibrated, calibrate, left_out_rows
from pipeline.workbench.axes.rapide import (
    Scores,
    Trained,
    axis_rows,
    facet_heads,
    fit_axis_head,
    kinds_counted,
    method_told,
    rapide_features,
)
from pipeline.workbench.idea_corpus import load_ideas

if TYPE_CHECKING:
    from pipeline.workbench.axes.networks import E5Network


@dataclass(frozen=True)
class TrainedSecond:
    """The second encoder: its files, what it reads of the sources left out, and how all readings are pooled."""

    contents: dict[str, bytes]
    readings: dict[str, Scores]
    found: Calibrated


def train_precise(
    examples: pd.DataFrame,
    tokenizer_path: Path,
    topics: Encoder,
    aim: Aim,
    recipe: Recipe | None = None,
    tell: Callable[[str], None] = lambda _: None,
    kept: Path | None = None,
) -> Trained:
    """Fine-tune on a mixture of the examples (`mixture`), a fifth of the sources left out to measure and calibrate.

    Both readings of `precis` are learnt, the fine-tuned one and the linear one over the vectors of `topics`; so is the
    branch of ideas. `kept` is where what the fine-tuning reaches is set down.
    """
    torch = import_torch()
    from pipeline.workbench.axes.networks import E5Network, IdeaBranch, pretrained_e5

    chosen, of_ideas = recipe if recipe is not None else Recipe(), IdeaRecipe()
    learnt, out = parts(examples, chosen)
    reader = PieceReader(tokenizer_path)
    torch.manual_seed(chosen.seed)
    network = E5Network(pretrained_e5(tokenizer_path, chosen.dropout), chosen.dropout)
    branch = IdeaBranch(network, of_ideas.n_layers, of_ideas.width)
    tell(f"{len(learnt)} idées apprises")
    seen, pairs = _seen(learnt, chosen)
    finetune(network, [Pieces(ids, 0) for ids in reader.pieces(pairs)], seen, chosen, tell, kept)
    ideas = load_ideas()
    learn_ideas(network, branch, ideas[~ideas["is_held_out"]].reset_index(drop=True), reader.pieces, of_ideas, tell)
    network.branch = branch
    head = fit_axis_head(learnt, rapide_features(learnt, topics))
    contents = {AXES_FILE: packed({OUTPUT: head}), **precise_contents(network, learnt, tokenizer_path)}
    return measured(contents, head, learnt, out, tokenizer_path, topics, aim)


def train_second(
    examples: pd.DataFrame,
    first: Trained,
    tokenizer: bytes,
    recipe: Recipe = GEMMA_RECIPE,
    tell: Callable[[str], None] = lambda _: None,
    kept: Path | None = None,
) -> TrainedSecond:
    """Fine-tune the second encoder on the same mixture, and pool it with the first on the sources left out."""
    torch = import_torch()
    from pipeline.workbench.axes.networks import GemmaNetwork, gemma_bytes, pretrained_gemma

    learnt, _ = parts(examples, recipe)
    seen, pairs = _seen(learnt, recipe)
    torch.manual_seed(recipe.seed)
    network = GemmaNetwork(pretrained_gemma(tokenizer), recipe.dropout)
    finetune(network, GemmaPieces(tokenizer).pieces(pairs), seen, recipe, tell, kept)
    return measured_second({ENCODER_FILE: gemma_bytes(network), TOKENIZER_FILE: tokenizer}, first)


def kept_encoders(
    stored: StoredModel, examples: pd.DataFrame, topics: Encoder, aim: Aim
) -> tuple[Trained, TrainedSecond | None]:
    """A model of the encoders and heads in place: only how their readings are put together is learnt again."""
    contents = {name: (stored.folder / name).read_bytes() for name in FILES["precis"]}
    learnt, out = parts(examples, Recipe())
    head = stored.open_heads(AXES_FILE)[OUTPUT]
    first = measured(contents, head, learnt, out, stored.folder / TOKENIZER_FILE, topics, aim)
    if stored.second is None:
        return first, None
    second = {name: (stored.second.folder / name).read_bytes() for name in FILES[SECOND_FOLDER]}
    return first, measured_second(second, first)


def parts(examples: pd.DataFrame, recipe: Recipe) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is learnt, and the texts of the sources left out."""
    out = left_out(examples)
    return mixture(examples[~out].reset_index(drop=True), recipe.n_written), examples[out].reset_index(drop=True)


def _seen(learnt: pd.DataFrame, recipe: Recipe) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """The examples as they are learnt, some without their heading, and their pairs of text and heading."""
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
    calibrated = calibrate(readings, left_out_rows(out, axis_rows(out)), aim)
    return Trained(contents, calibrated, out, readings, aim, method_told(out), kinds_counted(learnt))


def measured_second(contents: dict[str, bytes], first: Trained) -> TrainedSecond:
    """How both encoders read the sources left out."""
    rows = first.out_of_source
    encoder = GemmaEncoder(lambda: contents[ENCODER_FILE], contents[TOKENIZER_FILE])
    own = log_shares(encoder.scores(list(rows["text"]), list(rows["context"])))
    readings = {**first.readings, SECOND: own}
    return TrainedSecond(contents, readings, calibrate(readings, first.rows, first.aim, first.calibration))


def put_second(folder: Path, second: TrainedSecond | None, first_sha256: str) -> None:
    """Write the second encoder beside the model of `folder`, or take away what was learnt with another first."""
    if second is None:
        (folder / SECOND_FOLDER / MANIFEST).unlink(missing_ok=True)
        return
    save_second(folder, second.contents, SURE_ALONE, second.found.calibration, first_sha256)
