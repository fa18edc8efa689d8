"""Linear heads read from skops archives by hand: importing skops walks through all of scikit-learn, five seconds here.

An archive is a zip of `.npy` matrices and a `schema.json` that tells what they are. Only logistic regressions and
dictionaries of them are read, and of each its matrices alone: nothing of an archive is ever run.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt

_LEARNT = ("coef_", "intercept_", "classes_")


@dataclass(frozen=True)
class LinearHead:
    """A fitted logistic regression as far as reading goes: what scikit-learn's gives, to the bit.

    Attributes
    ----------
    coef_, intercept_ : shapes (n_scores, d) and (n_scores,); two classes have one score.
    classes_ : shape (n_classes,).
    """

    coef_: npt.NDArray[np.floating]
    intercept_: npt.NDArray[np.floating]
    classes_: npt.NDArray[Any]

    def decision_function(self, features: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
        """Scores, shape (n, n_classes), or (n,) for two classes."""
        scores = features @ self.coef_.T + self.intercept_
        return np.asarray(scores[:, 0] if scores.shape[1] == 1 else scores)

    def predict(self, features: npt.NDArray[np.float32]) -> npt.NDArray[Any]:
        """The class of each row."""
        scores = self.decision_function(features)
        best = (scores > 0).astype(int) if scores.ndim == 1 else scores.argmax(axis=1)
        return np.asarray(self.classes_[best])


@dataclass(frozen=True)
class Perceptron:
    """A linear head above the positive part of what another one gives."""

    hidden: LinearHead
    output: LinearHead

    @property
    def classes_(self) -> npt.NDArray[Any]:
        """Shape (n_classes,)."""
        return self.output.classes_

    def decision_function(self, features: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
        """Scores, shape (n, n_classes)."""
        return self.output.decision_function(np.maximum(self.hidden.decision_function(features), 0))


def read_heads(path: Path) -> Any:
    """The head of a skops archive, or its dictionary of heads.

    Raises
    ------
    ValueError : the archive holds something else, or no archive at all (`zipfile.BadZipFile` is not one of them).
    """
    with ZipFile(path) as archive:
        return _built(json.loads(archive.read("schema.json")), archive)


def _built(node: dict[str, Any], archive: ZipFile) -> Any:
    kind = f"{node['__module__']}.{node['__class__']}"
    if kind == "builtins.dict":
        return {name: _built(child, archive) for name, child in node["content"].items()}
    if kind != "sklearn.linear_model._logistic.LogisticRegression":
        raise ValueError(f"unexpected {kind}")
    learnt = node["content"]["content"]
    return LinearHead(*(_matrix(learnt[name], archive) for name in _LEARNT))


def _matrix(node: dict[str, Any], archive: ZipFile) -> npt.NDArray[Any]:
    if node["__class__"] != "ndarray" or node.get("type") != "numpy":
        raise ValueError(f"unexpected {node['__class__']} of type {node.get('type')}")
    found: npt.NDArray[Any] = np.load(io.BytesIO(archive.read(node["file"])), allow_pickle=False)
    return found
