"""Learning the `precis` model: fine-tune, export to 8 bits, fit the facet heads on what the exported encoder gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.calibration import fit_calibration
from pipeline.classify.reading.model import linear_scores, pooled_scores
from pipeline.classify.reading.precise import PieceReader, PreciseEncoder, padded
from pipeline.classify.reading.store import AXES_FILE, ENCODER_FILE, FACETS_FILE, TOKENIZER_FILE
from pipeline.classify.training.examples import WRITTEN, source_groups
from pipeline.classify.training.export import encoder_bytes, measured_ranges
from pipeline.classify.training.finetune import Recipe
from pipeline.classify.training.idea_branch import learn_ideas
from pipeline.classify.training.integers import Arrays
from pipeline.classify.training.pretrained import N_LAYERS, pretrained_arrays
from pipeline.classify.training.train_linear import Trained, dumped, facet_heads, fit_axis_head, rapide_features
from pipeline.classify.training.weight_averaging import finetuned_soup
from pipeline.language.idea_corpus import load_ideas
from pipeline.language.models.encoders import Encoder

N_FOLDS = 2
"""Folds of sources rather than one per source: each costs a fine-tuning."""

RANGE_EXAMPLES = 250
RANGE_BATCH = 16


def train_precise(
    examples: pd.DataFrame,
    tokenizer_path: Path,
    topics: Encoder,
    max_error: float,
    min_second: float,
    recipe: Recipe | None = None,
    measured: pd.DataFrame | None = None,
    ideas: Arrays | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Fine-tune on all examples, after each fold of the sources was scored by a model that had not seen it.

    Both readings of `precis` are learnt, the fine-tuned one and the linear one over the vectors of `topics`.
    `measured` holds texts that are never learnt from; those of a source that was left out are scored with it.
    `ideas` is the idea branch of another model (`coded_branch`), to keep as it is; without, it is learnt too.
    """
    chosen = recipe if recipe is not None else Recipe()
    start = pretrained_arrays(tokenizer_path)
    features = rapide_features(examples, topics)
    read, scores, names = [], [], []
    for name, out in source_folds(examples):
        left_out = with_same_sources(examples[out], measured)
        tell(f"sans {name} : {len(left_out)} idées à lire")
        kept = examples[~out].reset_index(drop=True)
        encoder = exported_encoder(finetuned_soup(start, kept, tokenizer_path, chosen, tell), kept, tokenizer_path)
        linear = linear_scores(fit_axis_head(kept, features[~out]), rapide_features(left_out, topics))
        scores.append(pooled_scores(encoder.encode(list(left_out["text"]), list(left_out["context"])).scores, linear))
        read.append(left_out)
        names.append(name)
    out_of_source, all_scores = pd.concat(read, ignore_index=True), np.concatenate(scores)
    truth = out_of_source["axis"].map(AXIS_CODES.index).to_numpy()
    calibration = fit_calibration(all_scores, truth, max_error, min_second)
    tell(f"modèle final : {len(examples)} idées")
    arrays = finetuned_soup(start, examples, tokenizer_path, chosen, tell)
    arrays |= ideas or _idea_branch(start, tokenizer_path, tell)
    contents = {
        AXES_FILE: dumped(fit_axis_head(examples, features)),
        **precise_contents(arrays, examples, tokenizer_path),
    }
    method = f"des modèles de même recette lisent chacun ce qu'ils n'ont pas appris : {' ; puis '.join(names)}"
    return Trained(contents, calibration, out_of_source, all_scores, max_error, method)


def with_same_sources(rows: pd.DataFrame, measured: pd.DataFrame | None) -> pd.DataFrame:
    """Rows that were left out, and the texts kept for measuring that come from the same real sources."""
    if measured is None:
        return rows
    sources = set(rows["source"]) - {WRITTEN}
    return pd.concat([rows, measured[measured["source"].isin(sources)]], ignore_index=True)


def source_folds(examples: pd.DataFrame) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    """Folds of whole sources (of themes, without real texts), of about the same number of rows."""
    masks = [(name, mask.to_numpy(dtype=bool)) for name, mask in source_groups(examples)]
    if not masks:
        sizes = examples["theme"].map(len).to_numpy()
        return [(f"thèmes {fold + 1}/{N_FOLDS}", sizes % N_FOLDS == fold) for fold in range(N_FOLDS)]
    folds: list[tuple[list[str], npt.NDArray[np.bool_]]] = [
        ([], np.zeros(len(examples), dtype=bool)) for _ in range(N_FOLDS)
    ]
    for name, mask in sorted(masks, key=lambda pair: (-int(pair[1].sum()), pair[0])):
        names, rows = min(folds, key=lambda fold: int(fold[1].sum()))
        names.append(name)
        rows |= mask
    return [(", ".join(names), rows) for names, rows in folds]


def precise_contents(arrays: Arrays, examples: pd.DataFrame, tokenizer_path: Path) -> dict[str, bytes]:
    """The files of a `precis` model: encoder in 8 bits, pieces, facet heads."""
    content = quantised_encoder(arrays, examples, tokenizer_path)
    encoder = PreciseEncoder(lambda: content, tokenizer_path)
    with_facet = examples[examples["facet"] != ""].reset_index(drop=True)
    vectors = encoder.encode(list(with_facet["text"]), list(with_facet["context"]), with_ideas=False).vectors
    return {
        ENCODER_FILE: content,
        TOKENIZER_FILE: tokenizer_path.read_bytes(),
        FACETS_FILE: dumped(facet_heads(with_facet, vectors)),
    }


def exported_encoder(arrays: Arrays, examples: pd.DataFrame, tokenizer_path: Path) -> PreciseEncoder:
    """The encoder as it will run, in 8 bits."""
    content = quantised_encoder(arrays, examples, tokenizer_path)
    return PreciseEncoder(lambda: content, tokenizer_path)


def quantised_encoder(arrays: Arrays, examples: pd.DataFrame, tokenizer_path: Path) -> bytes:
    """The ONNX file, its activation ranges measured on some written examples (no real text decides them)."""
    float_graph = encoder_bytes(arrays, N_LAYERS)
    written = examples[examples["source"] == WRITTEN]
    some = written.iloc[:: max(1, len(written) // RANGE_EXAMPLES)]
    pieces = sorted(PieceReader(tokenizer_path).pieces(list(zip(some["text"], some["context"], strict=True))), key=len)
    batches = [padded(pieces[start : start + RANGE_BATCH]) for start in range(0, len(pieces), RANGE_BATCH)]
    return encoder_bytes(arrays, N_LAYERS, measured_ranges(float_graph, batches))


def _idea_branch(start: Arrays, tokenizer_path: Path, tell: Callable[[str], None]) -> Arrays:
    ideas = load_ideas()
    learnt = ideas[~ideas["is_held_out"]].reset_index(drop=True)
    return learn_ideas(start, learnt, PieceReader(tokenizer_path).pieces, tell=tell)
