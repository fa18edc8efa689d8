"""The weights of the links, in `models/links`: written by `learn_links`, checked when they are read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from math import isfinite
from pathlib import Path

from pipeline.cluster.linking.answer_score import INTERCEPT, SIGNS
from pipeline.errors import ModelError, os_reason
from pipeline.folder.files import file_sha256
from pipeline.resources import models

FOLDER = models() / "links"
WEIGHTS_FILE = "weights.json"
FORMAT = 1
REINSTALL = (
    "Réinstallez le paquet, ou remettez les fichiers du dépôt (git checkout -- models/links), ou réapprenez : "
    "python -m pipeline.cluster.linking.learn_links."
)


@lru_cache(maxsize=1)
def load_weights(folder: Path = FOLDER) -> Mapping[str, float]:
    """The weight of `INTERCEPT` and of each of `SIGNS`.

    Raises
    ------
    ModelError : the file is missing, or holds something else.
    """
    path = folder / WEIGHTS_FILE
    try:
        content = json.loads(path.read_bytes())
        if content["format"] != FORMAT:
            raise ValueError(f"format {content['format']}")
        weights = {str(name): float(value) for name, value in content["weights"].items()}
        if set(weights) != {INTERCEPT, *SIGNS} or not all(map(isfinite, weights.values())):
            raise ValueError(f"poids attendus : {', '.join((INTERCEPT, *SIGNS))}")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path, error) from error
    return weights


def weights_sha256(folder: Path = FOLDER) -> str:
    """The sha256 of the weights.

    Raises
    ------
    ModelError : the file is missing.
    """
    path = folder / WEIGHTS_FILE
    try:
        return file_sha256(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def save_weights(folder: Path, weights: Mapping[str, float]) -> None:
    """Write the weights, as `load_weights` reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {"format": FORMAT, "weights": dict(weights)}
    (folder / WEIGHTS_FILE).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _unreadable(path: Path, error: Exception) -> ModelError:
    reason = os_reason(error) if isinstance(error, OSError) else error
    return ModelError(f"Les poids des liens n'ont pas pu être lus dans {path} ({reason}). {REINSTALL}")
