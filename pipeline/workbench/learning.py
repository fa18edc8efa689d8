"""The one learner of small models, a logistic regression, and how what they say is measured."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from pipeline.learned import Linear

Rows = npt.NDArray[np.int64]
Fold = tuple[Rows, Rows]
"""Rows to learn from, and rows to measure."""
Model = TypeVar("Model")
SPREAD_MIN = 1e-3
"""A feature that varies less is not blown up."""


class Learnt(NamedTuple):
    """A model, and what was measured of it on sources left out."""

    head: Linear
    metrics: dict[str, Any]


def fit_logistic(
    features: Any,
    answers: npt.NDArray[Any],
    strength: float,
    inputs: tuple[str, ...] = (),
    *,
    is_scaled: bool = False,
    decimals: int | None = None,
    weights: npt.NDArray[np.floating] | None = None,
    max_iterations: int = 2_000,
    solver: str = "lbfgs",
) -> Linear:
    """Fit a logistic regression (scikit-learn's).

    Parameters
    ----------
    features : shape (n, d), dense or sparse.
    answers : shape (n,); booleans give one output, names one output each.
    strength : inverse of the penalty (scikit-learn's C).
    is_scaled : whether it is fitted where each feature has the same spread; the model reads them as they are all the
        same.
    decimals : of the weights and of the bias; None: all.
    weights : of the examples, shape (n,).
    """
    from sklearn.linear_model import LogisticRegression

    learner = LogisticRegression(C=strength, max_iter=max_iterations, solver=solver)
    if not is_scaled:
        fitted = learner.fit(features, answers, sample_weight=weights)
        head = Linear(fitted.coef_, fitted.intercept_, inputs) if answers.dtype == bool else as_linear(fitted, inputs)
    else:
        rows = np.asarray(features, dtype=np.float64)
        mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), SPREAD_MIN)
        fitted = learner.fit((rows - mean) / spread, answers, sample_weight=weights)
        learnt = fitted.coef_ / spread
        head = Linear(learnt, fitted.intercept_ - learnt @ mean, inputs)
    return head if decimals is None else rounded(head, decimals)


def as_linear(fitted: Any, inputs: tuple[str, ...] = ()) -> Linear:
    """A fitted logistic regression of scikit-learn; one of two classes, which has one score, is given one for each."""
    weights, bias = np.asarray(fitted.coef_), np.asarray(fitted.intercept_)
    if len(bias) == 1:
        weights, bias = np.vstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])
    return Linear(weights, bias, inputs, tuple(map(str, fitted.classes_)))


def rounded(head: Linear, decimals: int) -> Linear:
    """The same model with fewer digits."""
    return Linear(np.round(head.weights, decimals), np.round(head.bias, decimals), head.inputs, head.outputs)


def left_out(sources: npt.NDArray[Any], n_folds: int) -> Iterator[Fold]:
    """Folds of whole sources, of about as many rows each; shape (n,) of the source of each row."""
    from sklearn.model_selection import GroupKFold

    yield from GroupKFold(n_folds).split(sources, groups=sources)


def unseen(
    folds: Iterable[Fold], learn: Callable[[Rows], Model], read: Callable[[Model, Rows], npt.NDArray[Any]]
) -> npt.NDArray[Any]:
    """What is read of every row by a model that learnt from the others of its fold, in the order of rows."""
    parts = [(out, read(learn(kept), out)) for kept, out in folds]
    order = np.argsort(np.concatenate([out for out, _ in parts]), kind="stable")
    return np.concatenate([found for _, found in parts])[order]


def in_turn(names: Iterable[str], n_folds: int) -> list[set[str]]:
    """Names to set aside together, one set after the other: one out of `n_folds` in their order."""
    order = sorted(set(names))
    return [set(order[fold::n_folds]) for fold in range(min(n_folds, len(order)))]


def share(mask: npt.NDArray[np.bool_]) -> float:
    """Share of the rows, to three decimals; 0 of none."""
    return round(float(np.mean(mask)), 3) if len(mask) else 0.0


def precision_recall(found: npt.NDArray[np.bool_], true: npt.NDArray[np.bool_]) -> dict[str, float]:
    """Share of what was found that is true, and of what is true that was found."""
    right = int((found & true).sum())
    return {
        "precision": round(right / max(1, int(found.sum())), 3),
        "recall": round(right / max(1, int(true.sum())), 3),
    }


@dataclass
class Tally:
    """Counts of what was found right, found wrong and missed; shares are 1.0 when nothing was due.

    `problems` : what was found instead of what was expected, where.
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    problems: list[str] = field(default_factory=list, compare=False)

    def count(self, right: int, wrong: int = 0, missed: int = 0, problem: str = "") -> None:
        """Add to the counts."""
        self.right, self.wrong, self.missed = self.right + right, self.wrong + wrong, self.missed + missed
        self.problems += [problem] * bool(problem)

    def case(self, is_right: bool, problem: str) -> None:
        """Count one case; the problem is told when it is not right."""
        self.count(int(is_right), 0, int(not is_right), "" if is_right else problem)

    def compare(self, due: set[Any], found: set[Any]) -> None:
        """Count what was found of what was due."""
        self.count(len(due & found), len(found - due), len(due - found))

    @property
    def n(self) -> int:
        """What was due."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was due that was found."""
        return self.right / self.n if self.n else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def shares(self) -> dict[str, float]:
        """Each share by its French name; cases are right or missed."""
        return {"précision": self.precision, "rappel": self.recall, "justes": self.recall, "F1": self.f1}

    @property
    def told(self) -> str:
        """What the shares are of."""
        return f"{self.right} sur {self.n}" + (f", {self.wrong} de trop" if self.wrong else "")
