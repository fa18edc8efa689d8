"""Readings set down on the way: found again by the same owner, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.folder.readings import KnownReadings, ReadingWriter, forget_interrupted_readings, interrupted_readings


def set_down(run: Path, owner: str, keys: list[int]) -> None:
    writer = ReadingWriter(run, owner)
    table = pd.DataFrame({"axis": [f"axis of {key}" for key in keys]})
    writer.add(np.array(keys, dtype=np.uint64), table, np.array([[key, key] for key in keys], dtype=np.float16))
    writer.flush()


def test_what_was_set_down_is_found_by_its_owner_alone(tmp_path: Path) -> None:
    set_down(tmp_path, "model", [7, 3])
    set_down(tmp_path, "model", [5])
    assert interrupted_readings(tmp_path, "another model") == []
    first, second = interrupted_readings(tmp_path, "model")
    assert first.keys.tolist() == [7, 3]
    assert first.tags["axis"].tolist() == ["axis of 7", "axis of 3"]
    assert np.asarray(second.ideas).tolist() == [[5, 5]]


def test_a_torn_part_is_left_out(tmp_path: Path) -> None:
    set_down(tmp_path, "model", [1])
    set_down(tmp_path, "model", [2])
    torn = sorted(tmp_path.glob(".readings-*/*.npy"))[0]
    torn.write_bytes(torn.read_bytes()[:20])
    (found,) = interrupted_readings(tmp_path, "model")
    assert found.keys.tolist() == [2]


def test_what_is_forgotten_is_gone_whoever_owned_it(tmp_path: Path) -> None:
    set_down(tmp_path, "one", [1])
    set_down(tmp_path, "two", [2])
    forget_interrupted_readings(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_rows_are_found_by_their_keys() -> None:
    known = KnownReadings(np.array([9, 2, 5], dtype=np.uint64), pd.DataFrame(index=range(3)), np.zeros((3, 1)))
    assert known.rows(np.array([5, 1, 9, 2], dtype=np.uint64)).tolist() == [2, -1, 0, 1]


@pytest.mark.parametrize("suffix", ["npy", "parquet"])
def test_a_part_in_which_one_bit_has_changed_is_left_out(tmp_path: Path, suffix: str) -> None:
    set_down(tmp_path, "model", [1])
    set_down(tmp_path, "model", [2])
    damaged = sorted(tmp_path.glob(f".readings-*/*.{suffix}"))[0]
    content = bytearray(damaged.read_bytes())
    at = len(content) - 1 if suffix == "npy" else content.index(b"axis of 1")
    content[at] ^= 1
    damaged.write_bytes(content)
    (found,) = interrupted_readings(tmp_path, "model")
    assert found.keys.tolist() == [2]
