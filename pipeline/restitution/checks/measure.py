"""What was measured of a draft: shares, their bounds, and what was found."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.restitution.proofreading import Fault


@dataclass(frozen=True)
class Measure:
    """A share, what it is of, and the bound that it must keep.

    Attributes
    ----------
    n_good, n : the share is n_good / n; 1.0 (0.0 for a ceiling) when there is nothing to count.
    bound : None when it is only reported.
    is_ceiling : the share must stay at or below the bound, rather than at or above.
    problems : what was found, one short French sentence each.
    """

    name: str
    label: str
    n_good: int
    n: int
    bound: float | None = None
    is_ceiling: bool = False
    problems: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The share, in [0, 1] (faults per sentence may pass 1)."""
        return self.n_good / self.n if self.n else float(not self.is_ceiling)

    @property
    def holds(self) -> bool:
        """Whether the bound is kept, to nine decimals."""
        if self.bound is None:
            return True
        gap = round(self.share - self.bound, 9)
        return gap <= 0 if self.is_ceiling else gap >= 0


@dataclass(frozen=True)
class DraftEvaluation:
    """What was measured; `is_spelling_checked` is false when hunspell or its French dictionary is not installed."""

    n_sentences: int
    n_words: int
    measures: tuple[Measure, ...]
    typography: tuple[Fault, ...]
    misspelt: tuple[str, ...]
    is_spelling_checked: bool

    @property
    def holds(self) -> bool:
        """Whether every bound is kept."""
        return all(measure.holds for measure in self.measures)

    def __getitem__(self, name: str) -> Measure:
        return next(measure for measure in self.measures if measure.name == name)
