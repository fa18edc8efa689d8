"""What a grouping leaves for the next one, so that texts may join its groups: an archive of arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.cluster.grouping.axis_space import Ground
from pipeline.cluster.rows import Matrix

FORMAT = 4


@dataclass(frozen=True)
class AxisGround:
    """Where the groups of one axis stand; `groups` are their ids, in the order of the centres."""

    ground: Ground
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Grounds:
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
    axes: dict[str, AxisGround]
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
            arrays |= {f"{axis}.{name}": array for name, array in found.ground.as_arrays().items()}
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Grounds | None:
        """What `as_arrays` gave; None when another version wrote it."""
        version, _, maker = str(arrays["maker"]).partition("\t") if "maker" in arrays else ("", "", "")
        if version != str(FORMAT):
            return None
        axes = {
            axis: AxisGround(Ground.from_arrays(_under(axis, arrays)), tuple(arrays[f"{axis}.groups"].tolist()))
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
