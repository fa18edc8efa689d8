"""A run as other tools open it."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from pipeline.api.runs import Place, corpus_of, settings_of
from pipeline.errors import ArtifactError, UsageError
from pipeline.execution import LocalExecutor, one_thread
from pipeline.folder.artifacts import IDEAS, RunFolder
from pipeline.folder.files import write_outside
from pipeline.folder.kept import EXPORTED, Export
from pipeline.folder.locks import working
from pipeline.language.models.encoders import said
from pipeline.run.jobs import Job

if TYPE_CHECKING:
    from pipeline.restitution.exports import Contents

UNKNOWN = (
    "{0} n'accepte aucune écriture\u00a0: l'export est écrit, mais n'y est pas noté. Si une contribution est retirée "
    "un jour, effacez cet export vous-même."
)


def export(run: Place, to: str, out: Place | None = None) -> tuple[Path, ...]:
    """Write a run in the format of another tool, with the decisions of people as they stand now.

    Parameters
    ----------
    run : path
        The folder of a run.
    to : str
        The name of a format, as « rosace export --help » lists them.
    out : path, optional
        A folder; or a file, of which the suffix says which one of the format is wanted. By default, `exports/<to>` in
        the folder of the run, where a file that a person has changed is kept.

    Returns
    -------
    tuple of Path
        The files that were written.

    Raises
    ------
    ArtifactError
        `run` is not the folder of a run, or the disk refuses a file.
    UsageError
        No such format, or none of its files ends as `out` does.
    BusyError
        Another one works in `run`.

    Warns
    -----
    UserWarning
        `run` cannot be written in, and does not know of what was written elsewhere.
    """
    from pipeline.restitution.exports.formats import FORMATS

    if to not in FORMATS:
        raise UsageError(f"« {to} » n'est pas un format. Attendu : {', '.join(FORMATS)}.")
    folder = RunFolder.open(Path(run))
    with working(folder.path, "« rosace export »"):
        with one_thread():  # the same bytes on any number of cores
            files = FORMATS[to](contents_of(folder))
        if out is not None:
            return _outside(folder, Path(out), files)
        try:
            return _inside(folder, to, files)
        except ArtifactError as error:
            raise ArtifactError(f"{error} Ou exportez ailleurs\u00a0: --out DOSSIER.") from error


def contents_of(folder: RunFolder) -> Contents:
    """What a format is written from; decisions are replayed, since some may have come after the last draft."""
    from pipeline.restitution.exports import Contents
    from pipeline.run.stages import run_review
    from pipeline.workshop.tables import RestitutionTables

    settings = settings_of(folder, None)
    reviewed = run_review(Job(Path(corpus_of(folder)), folder, settings, LocalExecutor())).tables
    tables = folder.load(RestitutionTables, **reviewed)

    def meanings(item_ids: Sequence[str]) -> npt.NDArray[Any]:
        from pipeline.cluster.grouping.likeness import load_likeness

        embeddings = folder.embeddings.load()
        meant = load_likeness()(embeddings.texts(), np.asarray(said(folder.load_matrix(IDEAS))))
        order = np.argsort(embeddings.item_ids)
        return meant[order[np.searchsorted(embeddings.item_ids, np.asarray(item_ids), sorter=order)]]

    name = re.sub(r"[^\w.-]+", "-", folder.path.resolve().name).strip(".-") or "rosace"
    return Contents(name, tables, settings, meanings)


def _inside(folder: RunFolder, to: str, files: dict[str, bytes]) -> tuple[Path, ...]:
    manifest = folder.manifest.load()
    written = {}
    for name, content in files.items():
        place = f"{EXPORTED}/{to}/{name}"
        name, written[name] = folder.write_for_people(place, content, manifest["files"].get(place))
    folder.manifest.save(manifest | {"files": manifest["files"] | written})
    return tuple(folder.path / name for name in written)


def _outside(folder: RunFolder, out: Path, files: dict[str, bytes]) -> tuple[Path, ...]:
    """Write where a person said, and note it in the run: a withdrawal reaches it there."""
    is_file = bool(out.suffix) and not out.is_dir()
    wanted = [name for name in files if not is_file or Path(name).suffix == out.suffix]
    if is_file and len(wanted) != 1:
        raise UsageError(f"{out} : ce format écrit {', '.join(files)}. Donnez un dossier, ou la fin de l'un d'eux.")
    written = {out if is_file else out / name: files[name] for name in wanted}
    if told := write_beside(folder, written):
        warnings.warn(told, stacklevel=3)
    return tuple(written)


def write_beside(folder: RunFolder, files: Mapping[Path, bytes]) -> str:
    """Write files where a person said, each noted in the run first, so that a withdrawal reaches it there.

    Returns
    -------
    What people must know when the run cannot be written in, and does not know of them; "" else.

    Raises
    ------
    ArtifactError : the disk refuses one of them.
    """
    told = ""
    for path, content in files.items():
        known = folder.exports.all()
        try:
            folder.exports.note(
                Export(str(path.resolve()), hashlib.sha256(content).hexdigest(), f"{datetime.now():%d/%m/%Y}")
            )
        except ArtifactError:
            told = UNKNOWN.format(folder.path)
            known = []
        try:
            write_outside(path, content)
        except ArtifactError:
            if not told:
                folder.exports.write(known)
            raise
    return told
