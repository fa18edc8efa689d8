"""The run folder, which nothing else touches: its tables, vectors, json, files for people, decisions and manifest."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import chain, count
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.contracts import checks
from pipeline.errors import ArtifactError, os_reason
from pipeline.folder.files import file_sha256, remove, write_inside
from pipeline.folder.integrity import MANIFEST, Manifest, state_of
from pipeline.folder.kept import DecisionFile, Exports
from pipeline.folder.locks import LOCKS
from pipeline.folder.vectors import EmbeddingFiles
from pipeline.metering import N_LONG, trim_memory

Kind = TypeVar("Kind")
DECISIONS = "decisions.jsonl"
PREVIOUS = "precedent"
"""The folder of the state that the next run is compared with."""
IDEAS = "ideas.npy"
READINGS = "readings.npy"
NAMES, PLACES, STANCES = "names.npy", "places.npy", "stances.npy"


@dataclass(frozen=True)
class RunFolder:
    """One run: its tables, json artefacts, files for people, decision log and manifest."""

    path: Path
    _checked: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def create(cls, path: Path) -> RunFolder:
        """The run at `path`, made when missing; `ArtifactError` when it cannot be."""
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArtifactError(
                f"Impossible de créer le dossier {path} ({os_reason(error)}). "
                "Choisissez avec --out un dossier où vous avez le droit d'écrire."
            ) from error
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        """An existing run; `ArtifactError` when `path` holds none."""
        if not (path / MANIFEST).is_file():
            raise ArtifactError(
                f"{path} n'est pas un dossier de résultats de Rosace (il y manque {MANIFEST}). "
                "Lancez d'abord « rosace synthesize », ou donnez le dossier qu'il a indiqué."
            )
        return cls(path)

    def is_ours(self) -> bool:
        """Whether it is a run, even under a damaged manifest: other programs call files `manifest.json` too."""
        try:
            self.manifest.load()
        except ArtifactError:
            return self.has_table("contributions")
        return (self.path / MANIFEST).is_file()

    # tables ------------------------------------------------------------------------------------------------

    def save_table(self, name: str, table: pd.DataFrame) -> str:
        """Check `table` against its schema and write it; returns the sha256 of the file."""
        checked = checks.validate(name, table)
        sha = self._write(
            f"{name}.parquet", lambda file: checked.to_parquet(file, index=False, compression="zstd", engine="pyarrow")
        )
        self._checked[name] = state_of(self.path / f"{name}.parquet")
        return sha

    def load_table(self, name: str) -> pd.DataFrame:
        """A table of this run, checked against its schema unless this object wrote it; `ArtifactError` when it is
        missing or damaged."""
        path = self.path / f"{name}.parquet"
        if not path.is_file():
            raise ArtifactError(f"Il manque la table {name} dans {self.path}. Relancez « rosace synthesize ».")
        is_checked = self._checked.get(name) == state_of(path)
        try:
            if not is_checked:
                self.manifest.check(path)
            table = checks.read_parquet(path)
            table = checks.conform(name, table) if is_checked else checks.validate(name, table)
        except (ValueError, TypeError, OSError) as error:
            raise ArtifactError(
                f"La table {path} a été modifiée ou abîmée. Relancez « rosace synthesize » pour la refaire : vos "
                "décisions sont gardées."
            ) from error
        if len(table) > N_LONG:  # what reading it took beside it is given back
            trim_memory()
        return table

    def stored(self, name: str) -> Any:
        """A table of a stage that the run `holds`, in Arrow as it was written."""
        return checks.read_arrow(self.path / f"{name}.parquet")

    def load(self, kind: type[Kind], **given: pd.DataFrame) -> Kind:
        """Tables as the fields of a dataclass; those that are given are not read; raises like `load_table`."""
        read = {one.name: self.load_table(one.name) for one in fields(cast(Any, kind)) if one.name not in given}
        return kind(**read, **given)

    def earlier_tables(self, names: Iterable[str]) -> dict[str, pd.DataFrame] | None:
        """Tables that an earlier run wrote; None when one is missing, or is no longer what its contract asks for."""
        try:
            return {name: self.load_table(name) for name in names}
        except ArtifactError:
            return None

    def has_table(self, name: str) -> bool:
        """Whether the table was written."""
        return (self.path / f"{name}.parquet").is_file()

    def keep_as_previous(self, names: Iterable[str]) -> None:
        """Copy tables aside, as the state that the next run is compared with."""
        for name in names:
            if (content := self.read_file(f"{name}.parquet")) is not None:
                self.write_bytes(f"{PREVIOUS}/{name}.parquet", content)

    def previous_digests(self) -> dict[str, str | None]:
        """The files of the state that the next run is compared with → their sha256."""
        return {path.name: self.manifest.digest(path) for path in sorted((self.path / PREVIOUS).glob("*.parquet"))}

    def forget_previous(self) -> None:
        """Remove the state that the next run would be compared with."""
        for name in self.previous_digests():
            remove(self.path / PREVIOUS / name)

    # vectors -----------------------------------------------------------------------------------------------

    @property
    def embeddings(self) -> EmbeddingFiles:
        """The sentence vectors of the run."""
        return EmbeddingFiles(self.path)

    def save_matrix(self, name: str, matrix: npt.NDArray[Any]) -> str:
        """Write a matrix whose rows are those of a table; returns the sha256 of the file."""
        return self._write(name, lambda file: np.save(file, matrix, allow_pickle=False))

    def load_matrix(self, name: str) -> npt.NDArray[Any]:
        """A matrix of this run, which stays on disk; `ArtifactError` when it is missing or damaged."""
        try:
            self.manifest.check(self.path / name)
            found: npt.NDArray[Any] = np.load(self.path / name, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError) as error:
            raise ArtifactError(f"Il manque {name} dans {self.path}. Relancez « rosace synthesize ».") from error
        return found

    # stages -----------------------------------------------------------------------------------------------

    def holds(self, stage: str) -> bool:
        """Whether a stage has run, and its artefacts are what it wrote."""
        record = self.manifest.load()["stages"].get(stage)
        return record is not None and not self.manifest.damaged(record["artefacts"])

    # json, files for people --------------------------------------------------------------------------------

    def save_json(self, name: str, value: Any) -> str:
        """Write `<name>.json`, keys sorted; returns its sha256."""
        text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
        return self.write_bytes(f"{name}.json", (text + "\n").encode())

    def load_json(self, name: str) -> Any:
        """The content of `<name>.json`; `ArtifactError` when it is missing or damaged."""
        try:
            self.manifest.check(self.path / f"{name}.json")
            return json.loads((self.path / f"{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise ArtifactError(
                f"{self.path / name}.json manque ou est abîmé. Effacez-le s'il est là, et relancez « rosace "
                "synthesize » pour le refaire : vos décisions sont gardées."
            ) from error

    def read_file(self, name: str) -> bytes | None:
        """The content of a file of the run, None when it was not written yet."""
        path = self.path / name
        return path.read_bytes() if path.is_file() else None

    def write_for_people(self, name: str, content: bytes, written_before: str | None) -> tuple[str, str]:
        """Write a file that a person may edit; ours goes beside an edited one.

        Parameters
        ----------
        written_before : sha256 of what we last wrote under `name`, None when we never did.

        Returns
        -------
        The name written (`name`, or `<stem>.nouveau<suffix>` when a person has changed the file, and so on), and its
        sha256.
        """
        known, path = self.manifest.load()["files"], Path(name)
        known |= {} if written_before is None else {name: written_before}
        ranks = chain([""], (f"-{rank}" for rank in count(2)))
        others = (path.with_name(f"{path.stem}.nouveau{rank}{path.suffix}").as_posix() for rank in ranks)
        free = next(one for one in chain([name], others) if self._may_write(one, content, known))
        return free, self.write_bytes(free, content)

    def _may_write(self, name: str, content: bytes, known: Mapping[str, str]) -> bool:
        target = self.path / name
        if not target.is_file() or not target.stat().st_size or file_sha256(target) == known.get(name):
            return True
        return target.read_bytes() == content

    def documents(self, names: Iterable[str]) -> tuple[list[str], list[str]]:
        """Of documents of the last run: those that are gone or empty, then those that are no longer as we wrote them,
        which are somebody's."""
        known, lost, changed = self.manifest.load()["files"], list[str](), list[str]()
        for name in names:
            path = self.path / name
            if not path.is_file() or not path.stat().st_size:
                lost.append(name)
            elif self.manifest.digest(path) != known.get(name):
                changed.append(name)
        return lost, changed

    def write_bytes(self, name: str, content: bytes) -> str:
        """Atomic write of one file of the run; returns the sha256 of the content."""
        return self._write(name, lambda file: file.write(content))

    def _write(self, name: str, fill: Callable[[BinaryIO], Any]) -> str:
        sha = write_inside(self.path / name, fill)
        self.manifest.note(self.path / name, sha)
        return sha

    def remove_computed(self) -> list[str]:
        """Remove every file that a run wrote and that nobody changed since; returns the names of what stays."""
        manifest = self.manifest.load()
        written = dict(manifest["files"])
        for record in manifest["stages"].values():
            written |= record["artefacts"]
        for name, sha in written.items():
            path = self.path / name
            if path.is_file() and file_sha256(path) == sha:
                path.unlink()
        self.forget_previous()
        (self.path / MANIFEST).unlink()
        self.exports.forget_lost()  # a withdrawal still reaches the others
        for folder in sorted((path for path in self.path.rglob("*") if path.is_dir()), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()
        kept = self.files()
        if not kept:
            shutil.rmtree(self.path)
        return kept

    # decisions, withdrawals --------------------------------------------------------------------------------

    @property
    def decisions(self) -> DecisionFile:
        """The log of what people decided."""
        return DecisionFile(self.path / DECISIONS)

    @property
    def exports(self) -> Exports:
        """The files that were exported from the run."""
        return Exports(self.path)

    def previous(self) -> RunFolder:
        """The tables of the run before, as a folder of its own."""
        return RunFolder(self.path / PREVIOUS)

    def files(self) -> list[str]:
        """Names of every file of the run, in order."""
        found = (path.relative_to(self.path).as_posix() for path in self.path.rglob("*") if path.is_file())
        return sorted(name for name in found if name not in LOCKS)

    # manifest ----------------------------------------------------------------------------------------------

    @cached_property
    def manifest(self) -> Manifest:
        """What the run says of itself, and whether its files are still what was written."""
        return Manifest(self.path)
