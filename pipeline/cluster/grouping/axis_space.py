"""The space of an axis and its groups in it, so that texts may join them without any being made again; its archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.grouping.representation import Lexicon, Points, Space, blend
from pipeline.cluster.rows import Matrix

WEAK = -1
JOINING = 0.05
"""A text of the corpus that the groups were made of joins the nearest one when it is as near as all but this share of
their members."""
COMING = 0.3
"""The same of a text that comes later: it may speak of what no group spoke of. Set on one workshop, where those below
were wrong."""
LIKE_OTHERS = 0.5
"""Texts make a group when they are as near each other as those of all but this share of the groups."""


@dataclass(frozen=True)
class AxisSpace:
    """The space of an axis and its groups in it.

    Attributes
    ----------
    fitted : what places texts.
    centres : shape (n_groups, d), unit rows, see `blend`.
    least : likeness to the centre of its group from which a text of the same corpus joins it.
    least_coming : the same of a text that comes later.
    least_pair : mean likeness of two members from which texts make a group.
    """

    fitted: Space
    centres: Matrix
    least: float
    least_coming: float
    least_pair: float

    def join(
        self, texts: Sequence[str], vectors: npt.NDArray[np.float16]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """The group that each text joins, `WEAK` for none, and its likeness to the nearest one: shapes (n,).

        A text without a known word joins none.
        """
        sides = self.fitted.place(texts, vectors)
        labels, strengths = self.nearest(sides, self.least)
        return np.where(sides.have_words, labels, WEAK), strengths

    def nearest(self, sides: Points, least: float) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """The same of texts that were placed, whether they have words or not."""
        likeness = np.round(blend(sides) @ self.centres.T, 4)
        strengths = np.clip(likeness.max(axis=1), 0.0, 1.0).astype(np.float64)
        return np.where(strengths >= least, likeness.argmax(axis=1), WEAK), np.round(strengths, 4)

    def as_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Everything, as arrays that `from_arrays` reads."""
        lexicon, concepts = self.fitted.lexicon, self.fitted.concept_weights
        arrays = {
            "shared": self.fitted.shared,
            "stems": np.array(list(lexicon.weights), dtype=np.str_),
            "stem_weights": np.array(list(lexicon.weights.values()), dtype=np.float64),
            "concepts": np.array(list(concepts), dtype=np.int64),
            "concept_weights": np.array(list(concepts.values()), dtype=np.float64),
            "n_subjects": np.array(self.fitted.n_subjects),
            "centres": self.centres,
            "bounds": np.array([self.least, self.least_coming, self.least_pair]),
        }
        return arrays if lexicon.components is None else arrays | {"components": lexicon.components}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> AxisSpace:
        """What `as_arrays` gave."""
        stems, weights = arrays["stems"].tolist(), arrays["stem_weights"].tolist()
        lexicon = Lexicon(dict(zip(stems, weights, strict=True)), arrays.get("components"))
        concepts = dict(zip(arrays["concepts"].tolist(), arrays["concept_weights"].tolist(), strict=True))
        fitted = Space(arrays["shared"], lexicon, concepts, int(arrays["n_subjects"]))
        return cls(fitted, arrays["centres"], *arrays["bounds"].tolist())


def bounds(labels: npt.NDArray[np.int64], strengths: npt.NDArray[np.float64]) -> tuple[float, float, float]:
    """`least`, `least_coming` and `least_pair` of groups of two or more.

    Parameters
    ----------
    labels, strengths : shape (n,), see `pipeline.cluster.grouping.partition.Partition`.
    """
    grouped = labels >= 0
    sizes = np.bincount(labels[grouped])
    lengths = np.bincount(labels[grouped], weights=strengths[grouped])  # of the sums of unit rows
    pairs = (lengths**2 - sizes) / (sizes * (sizes - 1))
    own, length = strengths[grouped], lengths[labels[grouped]]
    # a text that comes is no part of the centre: members are measured against the others of their group
    others = (own * length - 1) / np.sqrt(np.maximum(length**2 - 2 * own * length + 1, 1e-9))
    least, coming = (round(float(np.quantile(others, share)), 4) for share in (JOINING, COMING))
    return least, coming, round(float(np.quantile(pairs, LIKE_OTHERS)), 4)


FORMAT = 4
"""Of the archive of a run."""


@dataclass(frozen=True)
class AxisGroups:
    """Where the groups of one axis stand; `groups` are their ids, in the order of the centres."""

    space: AxisSpace
    groups: tuple[str, ...]


@dataclass(frozen=True)
class RunSpaces:
    """All the axes of a run.

    Attributes
    ----------
    maker : what decides of the points: another profile or another projection places texts elsewhere.
    shared : what the vectors of topics share, and those of what is said when the profile has some.
    axes : axis → its groups; an axis without any is not there.
    weak : of the weak signals, `weak_keys`, sorted.
    """

    maker: str
    shared: tuple[Matrix, ...]
    axes: dict[str, AxisGroups]
    weak: npt.NDArray[np.uint64]

    def as_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Everything, as arrays that `from_arrays` reads."""
        arrays = {
            "maker": np.array(f"{FORMAT}\t{self.maker}"),
            "weak": self.weak,
            **{f"shared.{side}": matrix for side, matrix in enumerate(self.shared)},
        }
        for axis, found in self.axes.items():
            arrays[f"{axis}.groups"] = np.array(found.groups, dtype=np.str_)
            arrays |= {f"{axis}.{name}": array for name, array in found.space.as_arrays().items()}
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> RunSpaces | None:
        """What `as_arrays` gave; None when another version wrote it."""
        version, _, maker = str(arrays["maker"]).partition("\t") if "maker" in arrays else ("", "", "")
        if version != str(FORMAT):
            return None
        axes = {
            axis: AxisGroups(AxisSpace.from_arrays(_under(axis, arrays)), tuple(arrays[f"{axis}.groups"].tolist()))
            for axis in (name.removesuffix(".centres") for name in arrays if name.endswith(".centres"))
        }
        return cls(maker, tuple(_under("shared", arrays).values()), axes, arrays["weak"])


def weak_keys(sources: pd.DataFrame) -> npt.NDArray[np.uint64]:
    """A key of each item and its axis, shape (n,): what was a weak signal of one axis may be new on another."""
    told = sources["item_id"] + "\t" + sources["axis"]
    return np.asarray(pd.util.hash_array(told.to_numpy(dtype=object), categorize=False), dtype=np.uint64)


def _under(prefix: str, arrays: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    head = f"{prefix}."
    return {name.removeprefix(head): array for name, array in arrays.items() if name.startswith(head)}
