"""What learning `precis` makes of its weights: an encoder that reads at once, and the files of a model."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pipeline.classify.reading.precise import PieceReader, PreciseEncoder
from pipeline.classify.reading.store import TOKENIZER_FILE, model_folder
from pipeline.workbench.axes.examples import WRITTEN
from pipeline.workbench.axes.pretrained import N_LAYERS
from pipeline.workbench.axes.train_precise import quantised_encoder
from tests.workbench.axes.test_export import N_IDEAS, model

EXAMPLES = pd.DataFrame(
    {
        "text": [f"Il manque {n} places au parking" for n in range(6)],
        "context": ["", "Mobilités"] * 3,
        "source": [WRITTEN] * 6,
    }
)


def test_an_encoder_that_was_just_learnt_reads_without_any_file_of_its_own() -> None:
    tokenizer: Path = model_folder("precis") / TOKENIZER_FILE
    n_pieces = 1 + max(
        max(ids) for ids in PieceReader(tokenizer).pieces([*zip(EXAMPLES["text"], EXAMPLES["context"], strict=True)])
    )
    content = quantised_encoder(model(1, N_LAYERS, n_pieces), EXAMPLES, tokenizer)
    encoder = PreciseEncoder(lambda: content, tokenizer)
    found = encoder.encode(EXAMPLES["text"].tolist(), EXAMPLES["context"].tolist())
    assert found.scores.shape == (6, 5)
    assert found.ideas.shape == (6, N_IDEAS)
    assert len({tuple(row) for row in found.scores}) == 6
