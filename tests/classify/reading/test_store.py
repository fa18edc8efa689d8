"""Model folders: a changed, missing or foreign file is refused before it is opened."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.classify.reading.calibration import Calibration
from pipeline.classify.reading.model import build_model
from pipeline.classify.reading.store import FILES, MANIFEST, StoredModel, model_folder, open_model
from pipeline.errors import ModelError


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "rapide"
    shutil.copytree(model_folder("rapide"), folder)
    return folder


def stored_with(folder: Path) -> StoredModel:
    return StoredModel(folder, "rapide", "", "", Calibration(1.0, 0.5, 0.2, 0.1, 0.3))


@pytest.mark.parametrize("profile", ["rapide", "precis"])
def test_the_shipped_models_are_whole(profile: str) -> None:
    assert len(open_model(profile).sha256) == 64


def test_a_copied_model_opens(copied: Path) -> None:
    assert build_model(open_model("rapide", copied)).sha256 == open_model("rapide").sha256


@pytest.mark.parametrize("name", FILES["rapide"])
def test_one_changed_byte_is_refused_with_what_to_do(copied: Path, name: str) -> None:
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(bytes(content))
    with pytest.raises(ModelError, match="git checkout"):
        open_model("rapide", copied)


@pytest.mark.parametrize("name", [*FILES["rapide"], MANIFEST])
def test_a_missing_file_is_refused(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError):
        open_model("rapide", copied)


def test_another_version_of_scikit_learn_is_refused(copied: Path) -> None:
    manifest = json.loads((copied / MANIFEST).read_text(encoding="utf-8"))
    manifest["versions"]["scikit-learn"] = "0.1.0"
    (copied / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match=r"0\.1\.0"):
        open_model("rapide", copied)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 99}'])
def test_a_broken_manifest_is_refused(copied: Path, content: str) -> None:
    (copied / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError):
        open_model("rapide", copied)
