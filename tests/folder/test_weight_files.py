"""What was learnt and cannot be read is told: the failure, the file, the reason, what to do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import ModelError
from pipeline.folder.files import file_sha256
from pipeline.folder.weight_files import checked_array, reading_of


def test_a_missing_file_of_a_folder_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(ModelError, match=r"Rien lu dans .* \(.*a\.json : .*\)\. Réinstallez"),
        reading_of(tmp_path, "Rien lu", "Réinstallez."),
    ):
        (tmp_path / "a.json").read_bytes()


def test_a_missing_file_is_named_once(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with pytest.raises(ModelError) as told, reading_of(path, "Rien lu", "Réinstallez."):
        path.read_bytes()
    assert str(told.value).count("a.json") == 1


def test_an_altered_matrix_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.npy"
    np.save(path, np.ones((2, 2)))
    wanted = file_sha256(path)
    assert checked_array(path, wanted).tolist() == [[1.0, 1.0], [1.0, 1.0]]
    np.save(path, np.zeros((2, 2)))
    with pytest.raises(ValueError, match=r"a\.npy a changé"):
        checked_array(path, wanted)
