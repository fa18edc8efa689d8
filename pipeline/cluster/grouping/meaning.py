"""What loose texts are grouped by: the vectors of topics and, with the profile `precis`, those of what is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.cluster.grouping.likeness import Likeness
from pipeline.cluster.rows import Matrix
from pipeline.language.models.encoders import Encoder, load_encoder

Vectors = npt.NDArray[np.float16]
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

    def said(self, texts: Sequence[str], contexts: Sequence[str] | None = None) -> Vectors | None:
        """Vectors of what texts say, shape (n, e), under their headings (none by default); None in `rapide`."""
        return None if self.read_ideas is None else self.read_ideas(texts, contexts or [""] * len(texts))

    def alike(
        self,
        texts: Sequence[str],
        vectors: Vectors,
        contexts: Sequence[str] | None = None,
        shared: Sequence[Matrix] | None = None,
    ) -> Vectors:
        """Unit rows, shape (n, k), whose dot products tell how near what texts say is; a whole corpus at once, unless
        `shared` tells what its vectors share (see `Likeness`).

        `contexts` are the headings under which texts were said; none by default.
        """
        return self.likeness(vectors, self.said(texts, contexts), shared)


def topics_by(encoder: str, texts: Sequence[str]) -> Vectors:
    """`Meaning.vectors` by the encoder of a name; other processes may call it."""
    return _read(load_encoder(encoder), texts)


def _read(topics: Encoder, texts: Sequence[str]) -> Vectors:
    distinct = sorted(set(texts))
    found = np.vstack(
        [topics.encode(distinct[start : start + _BATCH]) for start in range(0, len(distinct), _BATCH)]
    ).astype(np.float16)
    place = {text: index for index, text in enumerate(distinct)}
    return found[[place[text] for text in texts]]
