"""Ideas on a plane: a group stands together, whatever the number of ideas, and always at the same place."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.restitution.exports import projection
from pipeline.restitution.exports.projection import positions


def subjects(n: int, n_subjects: int = 6) -> tuple[np.ndarray, list[str]]:
    """Ideas of some subjects, of which every fifth one is in no group."""
    lot = np.random.default_rng(3)
    centres = lot.normal(size=(n_subjects, 20))
    of = np.arange(n) % n_subjects
    points = centres[of] + lot.normal(scale=0.5, size=(n, 20))
    units = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
    return units, [f"g{subject}" if row % 5 else "" for row, subject in enumerate(of)]


def share_together(plane: np.ndarray, n_subjects: int = 6) -> float:
    """Of the three nearest of each idea, how many are of its subject."""
    far = np.linalg.norm(plane[:, None] - plane[None], axis=2)
    near = np.argsort(far, axis=1)[:, 1:4]
    of = np.arange(len(plane)) % n_subjects
    return float((of[near] == of[:, None]).mean())


@pytest.mark.parametrize("n_landmarks", [1_000, 60], ids=["all together", "among landmarks"])
def test_ideas_of_one_subject_stand_together(n_landmarks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "N_LANDMARKS", n_landmarks)
    plane = positions(*subjects(240))
    assert plane.shape == (240, 2)
    assert plane.min() >= 0 and plane.max() <= 1
    assert share_together(plane) > 0.9
    assert np.array_equal(positions(*subjects(240)), plane)


def test_a_group_draws_its_ideas_together() -> None:
    lot = np.random.default_rng(5).normal(size=(80, 20)).astype(np.float32)
    groups = ["a" if row % 8 == 0 else "" for row in range(80)]

    def width(of: list[str]) -> float:
        own = positions(lot, of)[::8]
        return float(np.linalg.norm(own - own.mean(axis=0), axis=1).mean())

    assert width(groups) < 0.5 * width([""] * 80)


def test_the_same_words_are_side_by_side_and_not_one_on_the_other() -> None:
    units, groups = subjects(60)
    units[30:] = units[0]
    plane = positions(units, groups[:30] + [groups[0]] * 30)
    assert len({tuple(place) for place in plane.round(6)}) == 60
    assert np.linalg.norm(plane[30:] - plane[30], axis=1).max() < 0.05


@pytest.mark.parametrize("n", [0, 1, 2, 3, 15])
def test_a_few_ideas_have_places_too(n: int) -> None:
    plane = positions(np.ones((n, 4), dtype=np.float32), [""] * n)
    assert plane.shape == (n, 2)
    assert np.isfinite(plane).all()
