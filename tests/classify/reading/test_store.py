"""Model folders: a changed, missing or foreign file is refused before it is opened."""

import json
import shutil
from pathlib import Path

import pytest
from labelled import each

from pipeline.classify.reading.calibration import Calibration
from pipeline.classify.reading.model import build_model
from pipeline.classify.reading.store import (
    AXES_FILE,
    FILES,
    MANIFEST,
    SECOND_FOLDER,
    TITLES_FOLDER,
    TOKENIZER_FILE,
    StoredModel,
    model_folder,
    open_model,
    save_branch,
)
from pipeline.errors import ModelError


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "rapide"
    shutil.copytree(model_folder("rapide"), folder)
    return folder


test_the_shipped_models_are_whole = each(
    lambda profile: len(open_model(profile).sha256), "rapide", "precis", is_told=64
)


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


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 99}'])
def test_a_broken_manifest_is_refused(copied: Path, content: str) -> None:
    (copied / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError):
        open_model("rapide", copied)


@pytest.fixture
def with_second(tmp_path: Path) -> Path:
    """The folder of `precis` with its second encoder, large files linked; what tests change is copied."""
    folder, shipped = tmp_path / "precis", model_folder("precis")
    for part in (SECOND_FOLDER, TITLES_FOLDER):
        (folder / part).mkdir(parents=True)
    for name in (
        *FILES["precis"],
        *(f"{part}/{name}" for part in (SECOND_FOLDER, TITLES_FOLDER) for name in FILES[part]),
    ):
        (folder / name).symlink_to(shipped / name)
    for name in (MANIFEST, f"{SECOND_FOLDER}/{MANIFEST}", f"{TITLES_FOLDER}/{MANIFEST}"):
        shutil.copy(shipped / name, folder / name)
    return folder


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / AXES_FILE).write_bytes(content)
    stored = StoredModel(tmp_path, "rapide", "", "", Calibration({}, {}, 0.5, 0.2, 0.1, 0.3))
    with pytest.raises(ModelError, match="make train"):
        stored.open_heads(AXES_FILE)


def test_the_second_encoder_can_be_taken_away(with_second: Path) -> None:
    both = open_model("precis", with_second)
    assert both.second is not None
    assert build_model(both).calibration == both.second.calibration != both.calibration
    assert both.sha256 == open_model("precis").sha256
    shutil.rmtree(with_second / SECOND_FOLDER)
    alone = open_model("precis", with_second)
    assert alone.second is None
    assert alone.sha256 != both.sha256
    assert build_model(alone).calibration == alone.calibration


def test_a_second_encoder_of_another_model_is_refused_with_what_to_do(with_second: Path) -> None:
    path = with_second / SECOND_FOLDER / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "first_sha256": "0" * 64}), encoding="utf-8")
    with pytest.raises(ModelError, match="supprimez le dossier"):
        open_model("precis", with_second)


def test_a_changed_second_encoder_is_refused(with_second: Path) -> None:
    path = with_second / SECOND_FOLDER / TOKENIZER_FILE
    path.unlink()
    path.write_bytes(b"{}")
    with pytest.raises(ModelError, match="a changé"):
        open_model("precis", with_second)


def test_the_branch_of_titles_decides_of_the_model_and_a_changed_one_is_refused(with_second: Path) -> None:
    with_second_alone = open_model("precis", with_second)
    shutil.rmtree(with_second / TITLES_FOLDER, ignore_errors=True)
    assert open_model("precis", with_second).branch is None
    save_branch(with_second, b"une branche", with_second / TOKENIZER_FILE)
    found = open_model("precis", with_second)
    assert found.branch is not None and found.branch.read_bytes() == b"une branche"
    assert found.sha256 != with_second_alone.sha256
    found.branch.write_bytes(b"une autre")
    with pytest.raises(ModelError, match="a changé"):
        open_model("precis", with_second)
    save_branch(with_second, b"une branche", with_second / MANIFEST)
    with pytest.raises(ModelError, match="morceaux de mots"):
        open_model("precis", with_second)


def test_the_terms_of_the_second_encoder_go_with_it() -> None:
    folder = model_folder("precis") / SECOND_FOLDER
    notice = (folder / "NOTICE.txt").read_text(encoding="utf-8")
    assert notice.startswith("Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev")
    assert "Section 3: DISTRIBUTION AND RESTRICTIONS" in (folder / "TERMS.txt").read_text(encoding="utf-8")
    assert "You may not use" in (folder / "PROHIBITED_USE_POLICY.txt").read_text(encoding="utf-8")
