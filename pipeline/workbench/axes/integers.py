"""Linear layers computed in integers: the codes of their weights and of their inputs.

Weights are signed 7-bit integers with a scale per output (8 bits would overflow the 16-bit sums of processors without
VNNI). Activations are quantised with ranges measured once on texts of ours, so that what one text gets does not depend
on the texts beside it. The inputs of the second matrix of each perceptron spread too widely for that (5 % of the
readings changed): the 64 widest of its 1,536 inputs compute in float32, as in LLM.int8() (Dettmers et al. 2022), and
under 2 % change, as with the whole matrix in float32.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

WEIGHT_LIMIT = 63
"""Largest code of a weight: 7 bits, a sign among them."""
SMOOTHING = 0.6
"""Share of the spread that weights take over from inputs (the alpha of SmoothQuant)."""
N_WIDE, WIDE_SMOOTHING = 64, 0.4
"""Inputs left to floats where they spread too widely, and the share for the others."""
TIGHT = 1e-3
"""Range of an input that is left to floats, in the integers."""

Arrays = dict[str, npt.NDArray[Any]]
Ranges = dict[str, tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]]
"""Per linear layer, the smallest and largest value of each of its inputs."""


def coded_linear(
    weight: npt.NDArray[np.float32],
    low: npt.NDArray[np.float32],
    high: npt.NDArray[np.float32],
    share: float = SMOOTHING,
) -> Arrays:
    """What a linear layer (n_out, n_in) computed in integers needs beside its bias, for inputs that lie in [low, high].

    Gives `codes` int8 (n_in, n_out), at most `WEIGHT_LIMIT`, with their `scales` (n_out,); `smooth` (n_in,), by which
    inputs are multiplied; `step` and `middle` of their own codes. `share`: see `smoothing`.
    """
    factors = smoothing(weight, low, high, share)
    step, middle = activation_step(low / factors, high / factors)
    balanced = weight * factors
    scales = np.abs(balanced).max(axis=1) / WEIGHT_LIMIT
    codes = np.round(balanced / np.where(scales == 0, 1, scales)[:, None]).astype(np.int8)
    return {
        "smooth": (1 / factors).astype(np.float32),
        "step": np.array(step, dtype=np.float32),
        "middle": np.array(middle, dtype=np.uint8),
        "codes": codes.T,
        "scales": scales.astype(np.float32),
    }


def coded_wide(weight: npt.NDArray[np.float32], low: npt.NDArray[np.float32], high: npt.NDArray[np.float32]) -> Arrays:
    """The same for a layer whose inputs spread too widely: the `N_WIDE` widest of them are left to floats.

    Adds `wide` int64 (N_WIDE,), their places, and `wide_weight` float32 (N_WIDE, n_out); their codes are 0.
    """
    wide = np.sort(np.argsort(-np.maximum(-low, high), kind="stable")[:N_WIDE])
    is_wide = np.zeros(len(low), dtype=bool)
    is_wide[wide] = True
    tight_low, tight_high = np.where(is_wide, np.float32(-TIGHT), low), np.where(is_wide, np.float32(TIGHT), high)
    return {
        **coded_linear(np.where(is_wide, np.float32(0), weight), tight_low, tight_high, WIDE_SMOOTHING),
        "wide": wide.astype(np.int64),
        "wide_weight": np.ascontiguousarray(weight[:, wide].T, dtype=np.float32),
    }


def smoothing(
    weight: npt.NDArray[np.float32],
    low: npt.NDArray[np.float32],
    high: npt.NDArray[np.float32],
    share: float = SMOOTHING,
) -> npt.NDArray[np.float32]:
    """What each input is divided by, and its weights multiplied by, so that a few wide inputs do not take all the codes
    (SmoothQuant, Xiao et al. 2023; their alpha is `share`)."""
    widths = np.maximum(np.maximum(-low, high), 1e-3)
    factors = widths**share / np.maximum(np.abs(weight).max(axis=0), 1e-4) ** (1 - share)
    return np.asarray(factors / np.exp(np.log(factors).mean()), dtype=np.float32)


def activation_step(low: npt.NDArray[np.float32], high: npt.NDArray[np.float32]) -> tuple[float, int]:
    """Step and zero point of unsigned 8-bit activations whose inputs lie in [low, high]; zero is exact."""
    lowest, highest = min(float(low.min()), 0.0), max(float(high.max()), 1e-6)
    step = (highest - lowest) / 255
    return step, round(-lowest / step)
