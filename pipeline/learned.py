"""Small linear models that were learned, and the folders of `models/` that hold them: `model.json`, a manifest of plain
facts and sha256, and `weights.npz`, matrices and names alone, opened only once their sha256 was checked; nothing of a
model is ever run."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.errors import BROKEN_ARCHIVE, ModelError, os_reason
from pipeline.resources import models

FORMAT = 1
MANIFEST, WEIGHTS, METRICS = "model.json", "weights.npz", "metrics.json"
_PARTS = ("weights", "bias", "inputs", "outputs")


@dataclass(frozen=True)
class Linear:
    """A linear model: scores = features · weightsᵀ + bias.

    `weights, bias` : shapes (n_outputs, d) and (n_outputs,), in the precision in which features are scored.
    `inputs, outputs` : names of the features and of what is scored; () where they have none.
    """

    weights: npt.NDArray[np.floating]
    bias: npt.NDArray[np.floating]
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()

    def scores(self, features: Any) -> npt.NDArray[np.floating]:
        """Scores of features of shape (…, d), which may be sparse: shape (…, n_outputs)."""
        return np.asarray(np.asarray(features @ self.weights.T) + self.bias)

    def chances(self, features: Any) -> npt.NDArray[np.floating]:
        """The logistic chance of each output by itself, shape (…, n_outputs)."""
        return np.asarray(1.0 / (1.0 + np.exp(-self.scores(features))))

    def shares(self, features: Any) -> npt.NDArray[np.floating]:
        """Chances of the outputs that sum to one (softmax), in double precision, shape (n, n_outputs)."""
        scores = self.scores(features).astype(np.float64)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))

    def best(self, features: Any) -> npt.NDArray[np.object_]:
        """The name of the output of the highest score of each row, shape (n,)."""
        return np.asarray(np.array(self.outputs, dtype=object)[self.scores(features).argmax(axis=1)])

    def halved(self) -> Linear:
        """The same model in half precision, for a smaller file; the bias stays wide enough to be added as it is."""
        return replace(self, weights=self.weights.astype(np.float16), bias=self.bias.astype(np.float16).astype(float))


@dataclass(frozen=True)
class Perceptron:
    """A linear model above the positive part of what another one gives."""

    hidden: Linear
    output: Linear

    def scores(self, features: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
        """Scores of features of shape (n, d): shape (n, n_outputs)."""
        return self.output.scores(np.maximum(self.hidden.scores(features), 0))


@dataclass(frozen=True)
class Learned:
    """What a folder of `models/` holds: linear models by name, what its manifest says of them, and its sha256."""

    sha256: str
    heads: Mapping[str, Linear]
    facts: Mapping[str, Any]

    def head(self, name: str, inputs: tuple[str, ...]) -> Linear:
        """A linear model that was learned from these features, in this order.

        Raises ValueError: it was learned from others.
        """
        if self.heads[name].inputs != inputs:
            raise ValueError(f"{name} : d'autres indices")
        return self.heads[name]


@dataclass(frozen=True)
class ModelFolder:
    """A folder of `models/`, and what is said in French when it cannot be read.

    `name` : of the folder. `subject` : « des paires », as it follows « le modèle ». `relearn` : the command that learns
    it again.
    """

    name: str
    subject: str
    relearn: str

    @property
    def path(self) -> Path:
        """Where the shipped model stands."""
        return models() / self.name

    @contextmanager
    def reading(self, folder: Path) -> Iterator[Learned]:
        """The model of a folder, checked; what the body finds wrong with it is told in the same words.

        Raises ModelError: a file is missing or altered, or holds something else.
        """
        with self._telling(folder):
            raw = (folder / MANIFEST).read_bytes()
            manifest = json.loads(raw)
            if manifest["format"] != FORMAT:
                raise ValueError(f"format {manifest['format']}")
            content = (folder / WEIGHTS).read_bytes()
            if (found := hashlib.sha256(content).hexdigest()) != (wanted := str(manifest["sha256"])):
                raise ValueError(f"{WEIGHTS} a changé : empreinte {found[:12]}…, attendue {wanted[:12]}…")
            yield Learned(hashlib.sha256(raw).hexdigest(), unpacked(content), manifest["facts"])

    def sha256(self, folder: Path | None = None) -> str:
        """The sha256 of the manifest, which names that of the weights. Raises ModelError: the file is missing."""
        where = folder or self.path
        with self._telling(where):
            return hashlib.sha256((where / MANIFEST).read_bytes()).hexdigest()

    def metrics(self, folder: Path | None = None) -> dict[str, Any]:
        """What was measured when the model was learned. Raises ModelError: the file is missing or altered."""
        where = folder or self.path
        with self._telling(where):
            return dict(json.loads((where / METRICS).read_bytes()))

    @contextmanager
    def _telling(self, folder: Path) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"{error.filename} : {os_reason(error)}" if isinstance(error, OSError) else f"{error}"
            raise ModelError(
                f"Le modèle {self.subject} n'a pas pu être lu dans {folder} ({reason}). Réinstallez le paquet, ou "
                f"remettez les fichiers du dépôt (git checkout -- models/{self.name}), ou réapprenez : {self.relearn}."
            ) from error


def check_same(name: str, here: str, wanted: str) -> None:
    """A `ModelError` when the model of this machine is not the one that the run names."""
    if here != wanted:
        raise ModelError(
            f"Le modèle « {name} » de cette machine ({here[:12]}…) n'est pas celui de l'exécution "
            f"({wanted[:12]}…). Installez partout la même version de Rosace."
        )


def save(folder: Path, heads: Mapping[str, Linear], facts: Mapping[str, Any]) -> None:
    """Write the weights, and the manifest that names their sha256."""
    folder.mkdir(parents=True, exist_ok=True)
    content = packed(heads)
    (folder / WEIGHTS).write_bytes(content)
    manifest = {"format": FORMAT, "sha256": hashlib.sha256(content).hexdigest(), "facts": facts}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def packed(heads: Mapping[str, Linear]) -> bytes:
    """Linear models as an npz archive, the same bytes for the same models."""
    arrays: dict[str, Any] = {
        f"{name}.{part}": np.array(value)
        for name, head in heads.items()
        for part in _PARTS
        if len(value := getattr(head, part))
    }
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def unpacked(content: bytes) -> dict[str, Linear]:
    """The linear models of an npz archive; weights in half precision, which halves a file, are read in single one.

    Raises ValueError, TypeError: the archive holds something else, or is none.
    """
    parts: dict[str, dict[str, npt.NDArray[Any]]] = {}
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            for key in archive.files:
                name, _, part = key.rpartition(".")
                parts.setdefault(name, {})[part] = archive[key]
    except BROKEN_ARCHIVE as error:
        raise ValueError(f"ce n'est pas une archive : {error}") from error
    return {name: _head(**found) for name, found in parts.items()}


def _head(
    weights: npt.NDArray[np.floating],
    bias: npt.NDArray[np.floating],
    inputs: npt.NDArray[np.str_] | tuple[()] = (),
    outputs: npt.NDArray[np.str_] | tuple[()] = (),
) -> Linear:
    single = weights.astype(np.float32) if weights.dtype == np.float16 else weights
    return Linear(single, bias, tuple(map(str, inputs)), tuple(map(str, outputs)))
