"""Several workshops of one programme, compared: what a notebook calls, and the command line too."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pipeline.config import Settings, load_config
from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.locks import working
from pipeline.programme.workshops import PROGRAMME_FILE, add_runs, is_programme

Place: TypeAlias = str | os.PathLike[str]
FOLDER = Path("runs") / "programme"


@dataclass(frozen=True)
class Comparison:
    """A programme that is written.

    Attributes
    ----------
    path : its folder.
    n_common : titles that come back from one workshop to another.
    files : what was written for people.
    warnings : sentences for people, in French.
    """

    path: Path
    n_common: int
    files: tuple[Path, ...]
    warnings: tuple[str, ...]


def compare(runs: Sequence[Place], out: Place | None = None, *, config: Settings = None) -> Comparison:
    """Compare the runs of several workshops, or write the programme of a folder again.

    Parameters
    ----------
    runs : sequence of path
        Folders of results; or one folder that holds a `programme.toml`.
    out : path, optional
        Where the programme goes, `runs/programme` by default; runs given are added to those that it names.
    config : Config, path or None
        As in `synthesize`.

    Returns
    -------
    Comparison
        Where it is, what comes back, the files written and the warnings.

    Raises
    ------
    UsageError
        Fewer than two workshops, or two folders of one.
    ArtifactError
        A run that is missing, damaged or of another version.
    BusyError
        Another one works in the programme.
    """
    from pipeline.programme.stage import compare as compared_of
    from pipeline.programme.stage import write

    settings, folder = load_config(config), _folder(runs, out)
    with working(folder.path, "« rosace compare »"):
        compared = compared_of(folder)
        files, told = write(compared, settings)
    paths = tuple(folder.path / name for name in files)
    return Comparison(folder.path, len(compared.common), paths, (*compared.warnings, *told))


def _folder(runs: Sequence[Place], out: Place | None) -> RunFolder:
    given = [Path(run) for run in runs]
    if len(given) == 1 and is_programme(given[0]) and out is None:
        return RunFolder(given[0])
    place = Path(out) if out is not None else FOLDER
    resolved = {run.resolve() for run in given}
    if len(resolved) < 2 and not is_programme(place):
        raise UsageError(
            "Donnez les dossiers de résultats d'au moins deux ateliers (rosace compare runs/un runs/autre), "
            f"ou le dossier d'un programme, qui contient {PROGRAMME_FILE}."
        )
    for run in given:
        RunFolder.open(run)
    if place.resolve() in resolved:
        raise UsageError(f"{place} est le dossier d'un atelier. Choisissez un autre --out pour le programme.")
    folder = RunFolder.create(place)
    add_runs(place, given)
    return folder
