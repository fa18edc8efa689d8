"""What answers, objects and supports, learnt again above the axis model in place."""

from __future__ import annotations

from pathlib import Path

from pipeline.api.grouping import axis_reader
from pipeline.classify.stage import load_axis_model
from pipeline.cluster.linking import learn_links as learning
from pipeline.cluster.linking.weights import FOLDER
from pipeline.config import Config
from pipeline.language.models.encoders import load_encoder


def learn_links(settings: Config, out: Path | None = None) -> Path:
    """Learn the links, write their weights and card into `out`, that of the project by default, and give the folder."""
    folder, topics = out if out is not None else FOLDER, load_encoder(settings.embed.encodeur)
    read_axes = axis_reader(load_axis_model("precis"), topics)
    learning.learn_links(read_axes, topics, settings.cluster.liens.seuil, folder)
    return folder
