"""How far placings can be trusted: a blind check of some drawn at random, and their agreement with what a person coded.

Shares come with the interval that holds the true one nineteen times out of twenty (Wilson's), κ with that of a
bootstrap: twenty placings tell little, and the page says how little.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.review.agreement import wilson_interval

N_CHECKED = 20
"""Placings of a blind check: some three minutes of a person."""
N_BOOTSTRAPS = 1_000
SEED = 20
LEAST_CODED = 4
"""Rows of a title below which nothing is said of its wording."""
GOOD = 0.6
"""Precision or recall below which a title is worth rewording."""


@dataclass(frozen=True)
class Share:
    """A share of some cases, with the interval of the true one: 0 to 1 when there is no case."""

    right: int
    n: int

    @property
    def value(self) -> float | None:
        """None of no case."""
        return self.right / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval."""
        return wilson_interval(self.right / self.n, self.n) if self.n else (0.0, 1.0)


def drawn_placings(ids: Iterable[str], n: int = N_CHECKED, seed: int = SEED) -> list[str]:
    """Placings to check, drawn at random whatever their order; a late one moves few of those drawn.

    Parameters
    ----------
    ids : of the ideas that the machine placed.
    """
    return sorted(set(ids), key=lambda one: hashlib.sha256(f"{seed}\t{one}".encode()).digest())[:n]


def checked(chosen: Sequence[Hashable], placed: Sequence[Hashable]) -> Share:
    """The share of placings that a person, who did not see them, put under the same title.

    Parameters
    ----------
    chosen : the title that she chose, None where she chose none; placed : that of the machine, None where it chose
        none, which counts on neither side.
    """
    pairs = [(one, other) for one, other in zip(chosen, placed, strict=True) if other is not None]
    return Share(sum(one == other for one, other in pairs), len(pairs))


class Kappa(NamedTuple):
    """Cohen's κ, its interval, and the share of rows on which both agree."""

    value: float
    low: float
    high: float
    agreement: Share


def kappa(one: Sequence[Hashable], other: Sequence[Hashable]) -> Kappa:
    """The agreement of two codings of the same rows, beyond chance; None is a code too (no title).

    Raises
    ------
    ValueError : no row, or not as many on both sides.
    """
    if not one or len(one) != len(other):
        raise ValueError(f"{len(one)} rows and {len(other)}")
    names = {name: place for place, name in enumerate(dict.fromkeys([*one, *other]))}
    first, second = (np.array([names[name] for name in side], dtype=np.int64) for side in (one, other))
    random = np.random.default_rng(SEED)
    again = [random.integers(0, len(first), len(first)) for _ in range(N_BOOTSTRAPS)]
    found = np.array([_kappa(first[rows], second[rows], len(names)) for rows in again])
    low, high = np.percentile(found, [2.5, 97.5]).tolist()
    same = int((first == second).sum())
    return Kappa(_kappa(first, second, len(names)), low, high, Share(same, len(first)))


def _kappa(first: npt.NDArray[np.int64], second: npt.NDArray[np.int64], n_names: int) -> float:
    n = len(first)
    by_chance = float(np.bincount(first, minlength=n_names) @ np.bincount(second, minlength=n_names)) / n**2
    observed = float((first == second).mean())
    return 1.0 if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


@dataclass(frozen=True)
class TitleAgreement:
    """How a title is placed beside how a person codes it.

    Attributes
    ----------
    precision : of the rows placed under it, those that she coded so. recall : of those that she coded so, those placed.
    taken_by, takes_from : the title with which it is confused most, and how often: rows that she gave to this one and
        the machine to the other, and the reverse; ("", 0) for none.
    """

    title: str
    precision: Share
    recall: Share
    taken_by: tuple[str, int]
    takes_from: tuple[str, int]

    @property
    def is_to_reword(self) -> bool:
        """Whether enough rows say that its words do not tell what is meant."""
        told = [share for share in (self.precision, self.recall) if share.n >= LEAST_CODED]
        return any(share.value is not None and share.value < GOOD for share in told)


def by_title(coded: Sequence[Sequence[str]], placed: Sequence[str]) -> list[TitleAgreement]:
    """Each title that a person used or the machine placed under, in the order of its first row.

    Parameters
    ----------
    coded : the titles that she gave to each row, none, one or several. placed : that of the machine, "" for none.
    """
    rows = list(zip(coded, placed, strict=True))
    titles = dict.fromkeys(title for codes, name in rows for title in (*codes, name) if title)
    found = []
    for title in titles:
        under = [codes for codes, name in rows if name == title]
        hers = [name for codes, name in rows if title in codes]
        takes = Counter(code for codes in under if title not in codes for code in codes)
        taken = Counter(name for codes, name in rows if title in codes and name and name not in codes)
        found.append(
            TitleAgreement(
                title,
                Share(sum(title in codes for codes in under), len(under)),
                Share(sum(name == title for name in hers), len(hers)),
                _most(taken),
                _most(takes),
            )
        )
    return found


def _most(counts: Counter[str]) -> tuple[str, int]:
    return min(counts.items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))


def with_one_code(coded: Sequence[Sequence[str]], placed: Sequence[str]) -> list[str]:
    """One code a row, to compare with the machine's: its own when it is among hers, else her first one, "" for none."""
    return [name if name in codes else next(iter(codes), "") for codes, name in zip(coded, placed, strict=True)]
