"""What two texts must share to say the same thing: a projection of their vectors that keeps the directions along which
ideas differ and gives up those along which the wordings of one idea differ, learnt by `pipeline.workbench.likeness`
(`models/ideas/card.md`)."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.cluster.grouping.space import centred_blocks
from pipeline.cluster.rows import Matrix, unit_rows
from pipeline.language.models.encoders import Encoder, load_encoder
from pipeline.learned import Linear, ModelFolder, save
from pipeline.resources import models

Vectors = npt.NDArray[np.float16]
IDEAS = ModelFolder("ideas", "de ce qui rapproche deux idées", "rosace train --profile groupes")
PRECIS = models() / "axes" / "precis" / "model.json"
"""What names the sha256 of the encoder of what is said, which is checked where it is read."""


@dataclass(frozen=True)
class Likeness:
    """The projections of both profiles.

    `topics` : shape (d, k), for the vectors of topics alone (`rapide`). `both` : shape (d + e, k), for the vectors of
    topics and of what is said side by side (`precis`). `topics_sha256` : of the encoder of topics whose vectors they
    were fitted on.
    """

    topics: Matrix
    both: Matrix
    topics_sha256: str

    def __call__(self, vectors: Vectors, ideas: Vectors | None = None) -> Vectors:
        """Unit rows, shape (n, k), whose dot products tell how near what texts say is.

        Each side is centred on the texts given: pass a whole corpus at once. Rows are read and projected in blocks.

        `vectors` : of topics, shape (n, d). `ideas` : of what is said, shape (n, e); None or e = 0 when the profile has
        none.
        """
        sides = [vectors] if ideas is None or ideas.shape[1] == 0 else [vectors, ideas]
        matrix = self.topics if len(sides) == 1 else self.both
        found = np.empty((len(vectors), matrix.shape[1]), dtype=np.float16)
        start = 0
        for blocks in zip(*map(centred_blocks, sides), strict=True):
            rows = np.hstack(blocks)
            found[start : start + len(rows)] = unit_rows(rows @ matrix)
            start += len(rows)
        return found


@lru_cache(maxsize=1)
def load_likeness(folder: Path = IDEAS.path) -> Likeness:
    """The projections of a folder, once their sha256 was checked.

    Raises ModelError: a file is missing or altered, or the encoder of what is said is another one.
    """
    with IDEAS.reading(folder) as learned:
        topics, both = (np.ascontiguousarray(learned.heads[name].weights.T) for name in ("topics", "both"))
        if _encoder_sha256() != learned.facts["ideas_sha256"]:
            raise ValueError(f"{PRECIS.parent} n'a pas l'encodeur dont les vecteurs ont servi")
        return Likeness(topics, both, str(learned.facts["topics_sha256"]))


def save_likeness(folder: Path, found: Likeness) -> None:
    """Write the projections, and the sha256 of the encoders that they were fitted above."""
    projections = {"topics": found.topics, "both": found.both}
    heads = {
        name: Linear(matrix.T.astype(np.float32), np.zeros(matrix.shape[1], dtype=np.float32))
        for name, matrix in projections.items()
    }
    save(folder, heads, {"topics_sha256": found.topics_sha256, "ideas_sha256": _encoder_sha256()})


def _encoder_sha256() -> str:
    return str(json.loads(PRECIS.read_bytes())["files"]["encoder.onnx"])


_BATCH = 4_096


@dataclass(frozen=True)
class Meaning:
    """The encoder of topics, the projection learnt above it, and the idea branch of an axis model (None in `rapide`).

    `read_ideas` takes texts and their contexts, and gives vectors of shape (n, e).
    """

    topics: Encoder
    likeness: Likeness
    read_ideas: Callable[[Sequence[str], Sequence[str]], Vectors] | None = None

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Vectors of topics, shape (n, d); each distinct text is embedded once, in batches of fixed size."""
        return _read(self.topics, texts)

    def said(self, texts: Sequence[str], contexts: Sequence[str]) -> Vectors | None:
        """Vectors of what texts say, shape (n, e), under their headings; None in `rapide`."""
        return None if self.read_ideas is None else self.read_ideas(texts, contexts)


def topic_vectors(texts: Sequence[str]) -> Vectors:
    """`Meaning.vectors` by the encoder of topics; other processes may call it."""
    return _read(load_encoder(), texts)


def _read(topics: Encoder, texts: Sequence[str]) -> Vectors:
    distinct = sorted(set(texts))
    found = np.vstack(
        [topics.encode(distinct[start : start + _BATCH]) for start in range(0, len(distinct), _BATCH)]
    ).astype(np.float16)
    place = {text: index for index, text in enumerate(distinct)}
    return found[[place[text] for text in texts]]
