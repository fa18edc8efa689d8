"""Model folders, read only once the sha256 that `model.json` gives of each file that decides were checked. That of
`precis` may hold two others: `gemma`, a second encoder, and the calibration of both readings pooled; `titles`, the
branch whose vectors titles are compared with."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pipeline.axes import AXIS_CODES
from pipeline.classify.reading.calibration import Calibration
from pipeline.errors import ModelError
from pipeline.learned import Linear, unpacked
from pipeline.resources import models

FORMAT = 4
_T = TypeVar("_T")
MANIFEST = "model.json"
SECOND_FOLDER, TITLES_FOLDER = "gemma", "titles"
METRICS_FILE = "metrics.json"
"""What was measured of a model: it decides nothing, and `model.json` does not name it."""
HIDDEN, OUTPUT = "cachee", "sortie"
"""Layers of the axis head in its archive; that of `precis` has the second alone."""
AXES_FILE, FACETS_FILE = "axes.npz", "facets.npz"
ENCODER_FILE, TOKENIZER_FILE, BRANCH_FILE = "encoder.onnx", "tokenizer.json", "branch.onnx"
FILES = {
    "rapide": (AXES_FILE, FACETS_FILE),
    "precis": (ENCODER_FILE, TOKENIZER_FILE, AXES_FILE, FACETS_FILE),
    "gemma": (ENCODER_FILE, TOKENIZER_FILE),
    "titles": (BRANCH_FILE,),
}

REINSTALL = (
    "Réinstallez le paquet, ou remettez les fichiers du dépôt (git checkout -- models/axes), ou réapprenez le modèle : "
    "make train."
)


def model_folder(profile: str) -> Path:
    """Where the shipped model of a profile stands."""
    return models() / "axes" / profile


@dataclass(frozen=True)
class StoredSecond:
    """The second encoder of a `precis` folder, checked.

    `calibration` is that of all readings pooled; `sure_alone` is the probability from which it is not asked.
    """

    folder: Path
    sha256: str
    sure_alone: float
    calibration: Calibration


@dataclass(frozen=True)
class StoredModel:
    """A model folder whose sha256 were checked.

    `sha256` is that of `model.json` (of all of them, with other parts), hence of every file that decides; `calibration`
    is that of what reads without a second encoder; `branch` the file of the branch of titles, None without it.
    """

    folder: Path
    profile: str
    sha256: str
    encoder_sha256: str
    calibration: Calibration
    second: StoredSecond | None = None
    branch: Path | None = None

    def open_heads(self, name: str) -> dict[str, Linear]:
        """The linear models of an archive of the folder, by name."""
        try:
            return unpacked((self.folder / name).read_bytes())
        except (OSError, ValueError, TypeError) as error:
            raise ModelError(f"{self.folder / name} n'a pas pu être ouvert ({error}). {REINSTALL}") from error


def open_model(profile: str, folder: Path | None = None) -> StoredModel:
    """Check a model folder and read its manifest.

    Raises ModelError: a file is missing, altered, or of another version.
    """
    where = folder if folder is not None else model_folder(profile)
    if not (where / MANIFEST).is_file():
        raise ModelError(f"Le modèle « {profile} » manque : {where / MANIFEST} est introuvable. {REINSTALL}")

    def read(manifest: dict[str, Any]) -> tuple[Calibration, str, str]:
        if manifest["format"] != FORMAT or manifest["profile"] != profile or manifest["axes"] != list(AXIS_CODES):
            raise ValueError(f"format {manifest['format']}, profil {manifest['profile']}")
        pieces = manifest["files"].get(TOKENIZER_FILE, "")
        return Calibration(**manifest["calibration"]), manifest["encoder_sha256"], pieces

    (calibration, encoder, pieces), own = _opened(where, profile, f"un modèle « {profile} » de format {FORMAT}", read)
    second = _open_second(where, own) if profile == "precis" else None
    branch = open_branch(where, pieces) if profile == "precis" else None
    shas = [sha for sha in (own, second and second.sha256, branch) if sha]
    whole = own if len(shas) == 1 else sha256(" ".join(shas).encode()).hexdigest()
    path = None if branch is None else where / TITLES_FOLDER / BRANCH_FILE
    return StoredModel(where, profile, whole, encoder, calibration, second, path)


def open_branch(where: Path, tokenizer_sha256: str | None = None) -> str | None:
    """The sha256 of the manifest of the branch of titles of a folder of `precis`, its file checked; None without one.

    Raises ModelError: a file is missing or altered, or it learnt from other pieces.
    """

    def read(manifest: dict[str, Any]) -> None:
        if tokenizer_sha256 not in (None, manifest["tokenizer_sha256"]):
            raise ValueError("apprise sur d'autres morceaux de mots")

    folder = where / TITLES_FOLDER
    if not (folder / MANIFEST).is_file():
        return None
    return _opened(folder, TITLES_FOLDER, "la lecture des titres de ce modèle", read)[1]


def _open_second(where: Path, first_sha256: str) -> StoredSecond | None:
    def read(manifest: dict[str, Any]) -> tuple[float, Calibration]:
        if manifest["first_sha256"] != first_sha256:
            raise ValueError("appris avec un autre premier encodeur")
        return float(manifest["sure_alone"]), Calibration(**manifest["calibration"])

    folder = where / SECOND_FOLDER
    if not (folder / MANIFEST).is_file():
        return None
    advice = f" Rosace lit aussi sans elle : supprimez le dossier {folder}."
    told, own = _opened(folder, SECOND_FOLDER, "la seconde lecture de ce modèle", read, advice)
    return StoredSecond(folder, own, *told)


def _opened(
    folder: Path, part: str, is_one: str, read: Callable[[dict[str, Any]], _T], advice: str = ""
) -> tuple[_T, str]:
    path = folder / MANIFEST
    try:
        content = path.read_bytes()
        manifest = json.loads(content)
        told, expected = read(manifest), dict(manifest["files"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} n'est pas {is_one} ({error}). {REINSTALL}{advice}") from error
    if set(expected) != set(FILES[part]):
        raise ModelError(f"{path} ne nomme pas les fichiers attendus {FILES[part]}. {REINSTALL}")
    for name, wanted in expected.items():
        if not (folder / name).is_file():
            raise ModelError(f"Un fichier du modèle manque : {folder / name}. {REINSTALL}")
        found = sha256((folder / name).read_bytes()).hexdigest()
        if found != wanted:
            raise ModelError(
                f"Le fichier {folder / name} a changé : empreinte {found[:12]}…, attendue {wanted[:12]}…. "
                f"Il n'est pas ouvert. {REINSTALL}"
            )
    return told, sha256(content).hexdigest()


def save_branch(folder: Path, content: bytes, tokenizer: Path) -> None:
    """Write the branch of titles of a folder, learnt from the pieces of a tokenizer file."""
    pieces = sha256(tokenizer.read_bytes()).hexdigest()
    _written(folder / TITLES_FOLDER, {BRANCH_FILE: content}, {"tokenizer_sha256": pieces})


def save_model(
    folder: Path, profile: str, contents: dict[str, bytes], encoder_sha256: str, calibration: Calibration
) -> str:
    """Write the files of a model, then its manifest; returns the sha256 of the manifest."""
    if set(contents) != set(FILES[profile]):
        raise ValueError(f"a {profile} model has the files {FILES[profile]}, got {sorted(contents)}")
    known = {"format": FORMAT, "profile": profile, "axes": list(AXIS_CODES)}
    learned = {"encoder_sha256": encoder_sha256, "calibration": calibration.as_dict()}
    return _written(folder, contents, known | learned)


def save_second(
    folder: Path, contents: dict[str, bytes], sure_alone: float, calibration: Calibration, first_sha256: str
) -> None:
    """Write the second encoder of the model of `folder`, whose own manifest has the sha256 `first_sha256`."""
    manifest = {"first_sha256": first_sha256, "sure_alone": sure_alone, "calibration": calibration.as_dict()}
    _written(folder / SECOND_FOLDER, contents, manifest)


def _written(folder: Path, contents: dict[str, bytes], manifest: dict[str, Any]) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    files = {name: sha256(content).hexdigest() for name, content in sorted(contents.items())}
    told = (json.dumps({**manifest, "files": files}, ensure_ascii=False, indent=2) + "\n").encode()
    (folder / MANIFEST).write_bytes(told)
    return sha256(told).hexdigest()
