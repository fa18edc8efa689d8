"""The stages in order, what each reads and writes, and the run that skips the fresh ones."""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from pipeline.artifacts import EMBEDDINGS, RunFolder, code_sha256, file_sha256
from pipeline.config import Config
from pipeline.execution import Executor

REVIEWED = (
    "reviewed_tags",
    "reviewed_groups",
    "reviewed_memberships",
    "reviewed_links",
    "reviewed_themes",
    "reviewed_items",
    "decision_states",
    "changes",
)
INGESTED = (
    "workshops",
    "workshop_tables",
    "contributions",
    "rejects",
    "items",
    "ledger",
    "privacy_report",
    "name_suggestions",
)
CLUSTERED = ("groups", "memberships", "themes", "links")
COMPARED = ("items", "reviewed_tags", "reviewed_groups", "reviewed_memberships")


class Progress(Protocol):
    """Where a run tells how far it is; the command line draws it on stderr."""

    def start(self, stage: str, total: int | None) -> None:
        """A stage begins; `total` is its number of rows when known."""

    def advance(self, n: int) -> None:
        """`n` more rows of the current stage are done."""

    def finish(self, stage: str, is_fresh: bool, seconds: float) -> None:
        """The stage is done, or was skipped because nothing changed."""


@dataclass(frozen=True)
class Job:
    """What a run works on."""

    corpus: Path
    run: RunFolder
    config: Config
    executor: Executor
    progress: Progress


@dataclass(frozen=True)
class Output:
    """What a stage hands back to be saved."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    json: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    embeddings: Any = None
    warnings: tuple[str, ...] = ()
    models: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stage:
    """One stage: what it reads and writes (artefact names), the code and config that decide, and how to run it."""

    name: str
    label: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    code: tuple[str, ...]
    config_keys: tuple[str, ...]
    run: Callable[[Job], Output]
    inputs: Callable[[Job], Any] = lambda _: None


@dataclass(frozen=True)
class RunSummary:
    """How a run went: stages that ran, stages that were fresh, sentences for people, names of the files written."""

    ran: tuple[str, ...]
    fresh: tuple[str, ...]
    warnings: tuple[str, ...]
    files: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def _corpus_files(job: Job) -> list[tuple[str, str]]:
    """Names and sha256 of the corpus; unreadable files count by name, and are refused by ingest."""
    listing: list[tuple[str, str]] = []
    for path in sorted(job.corpus.rglob("*")):
        if path.is_file():
            try:
                listing.append((path.relative_to(job.corpus).as_posix(), file_sha256(path)))
            except OSError as error:
                listing.append((path.relative_to(job.corpus).as_posix(), f"illisible {error.errno}"))
    return listing


def _run_ingest(job: Job) -> Output:
    from pipeline.ingest.stage import ingest

    job.progress.start("ingest", None)
    result = ingest(job.corpus, job.config)
    return Output(tables={name: getattr(result, name) for name in INGESTED}, warnings=result.warnings)


def _run_embed(job: Job) -> Output:
    from pipeline.embed.stage import embed
    from pipeline.language.encoders import load_encoder

    items, contributions = job.run.load_table("items"), job.run.load_table("contributions")
    job.progress.start("embed", int(items["text"].nunique()))
    encoder = load_encoder(job.config.embed.encodeur)
    size = job.config.taille_partition
    embeddings = embed(items, contributions, encoder, size, job.executor, job.progress.advance)
    return Output(embeddings=embeddings, models={encoder.name: encoder.sha256})


def _run_classify(job: Job) -> Output:
    from pipeline.classify.stage import classify, load_axis_model

    items, contributions = job.run.load_table("items"), job.run.load_table("contributions")
    job.progress.start("classify", len(items))
    model = load_axis_model(job.config.profil)
    tags = classify(items, contributions, job.run.load_embeddings(), model, job.config, job.progress.advance)
    return Output(tables={"tags": tags}, models={f"axes/{job.config.profil}": model.sha256})


def _run_cluster(job: Job) -> Output:
    from pipeline.cluster.stage import cluster

    load = job.run.load_table
    items = load("items")
    job.progress.start("cluster", len(items))
    result = cluster(
        items,
        load("contributions"),
        load("tags"),
        job.run.load_embeddings(),
        load("workshop_tables"),
        job.config,
    )
    return Output(tables={name: getattr(result, name) for name in CLUSTERED}, warnings=result.warnings)


def _run_review(job: Job) -> Output:
    from pipeline.review.stage import MachineTables, PreviousTables, review

    load = job.run.load_table
    machine = MachineTables(
        **{name: load(name) for name in ("contributions", "items", "tags", "groups", "memberships", "themes", "links")}
    )
    previous = None
    if all(job.run.has_table(name, previous=True) for name in COMPARED):
        previous = PreviousTables(**{name: load(name, previous=True) for name in COMPARED})
    lines = job.run.read_decision_lines()
    job.progress.start("review", len(lines))
    result = review(machine, lines, previous, job.config)
    return Output(tables={name: getattr(result, name) for name in REVIEWED}, warnings=result.warnings)


def _run_restitution(job: Job) -> Output:
    from pipeline.restitution.stage import RestitutionTables, write_restitution

    names = RestitutionTables.__dataclass_fields__
    job.progress.start("restitution", None)
    result = write_restitution(RestitutionTables(**{name: job.run.load_table(name) for name in names}), job.config)
    return Output(json={"facts": result.facts, "draft": result.draft}, files=result.files, warnings=result.warnings)


def _decisions(job: Job) -> Any:
    previous = [
        file_sha256(path) if path.is_file() else ""
        for path in (job.run.path / "precedent" / f"{name}.parquet" for name in COMPARED)
    ]
    return [job.run.read_decision_lines(), previous]


def _models(job: Job) -> Any:
    from pipeline.classify.stage import load_axis_model

    return load_axis_model(job.config.profil).sha256


_SHARED = ("schemas.py", "columns.py", "axes.py", "config.py", "../configs/axes.toml")

STAGES: tuple[Stage, ...] = (
    Stage(
        "ingest",
        "Lecture des fichiers",
        (),
        INGESTED,
        ("ingest", "language", "tables", "../configs/sources.toml"),
        ("ingest",),
        _run_ingest,
        _corpus_files,
    ),
    Stage(
        "embed",
        "Vecteurs des phrases",
        ("items", "contributions"),
        (EMBEDDINGS,),
        ("embed", "execution", "language/encoders.py"),
        ("embed",),
        _run_embed,
    ),
    Stage(
        "classify",
        "Lecture des axes",
        ("items", "contributions", EMBEDDINGS),
        ("tags",),
        ("classify", "execution", "language"),
        ("classify", "profil"),
        _run_classify,
        _models,
    ),
    Stage(
        "cluster",
        "Regroupement des idées",
        ("items", "contributions", "tags", "workshop_tables", EMBEDDINGS),
        CLUSTERED,
        ("cluster", "language"),
        ("cluster", "profil"),
        _run_cluster,
    ),
    Stage(
        "review",
        "Décisions des personnes",
        ("contributions", "items", "tags", *CLUSTERED),
        REVIEWED,
        ("review",),
        ("review",),
        _run_review,
        _decisions,
    ),
    Stage(
        "restitution",
        "Rédaction",
        (*INGESTED, *REVIEWED),
        ("facts.json", "draft.json"),
        ("restitution", "language"),
        ("restitution",),
        _run_restitution,
    ),
)


def synthesize(job: Job, from_stage: str | None = None) -> RunSummary:
    """Run every stale stage in order and save what it gives.

    Parameters
    ----------
    from_stage : skip the stages before this one, taking their artefacts as they are (`rosace draft`).

    Notes
    -----
    A stage is fresh when its inputs, its part of the configuration, its code and its artefacts are those of its last
    run. The manifest is written after each stage, so that an interrupted run resumes at the first stale one.
    """
    manifest = job.run.load_manifest()
    ran: list[str] = []
    fresh: list[str] = []
    names = [stage.name for stage in STAGES]
    first = 0 if from_stage is None else names.index(from_stage)
    for stage in STAGES[first:]:
        started = time.perf_counter()
        fingerprint = _fingerprint(stage, job, manifest)
        if job.run.is_fresh(manifest, stage.name, fingerprint):
            fresh.append(stage.name)
            job.progress.finish(stage.name, True, 0.0)
            continue
        if stage.name == "cluster":
            job.run.keep_as_previous(COMPARED[1:])
        if stage.name == "ingest":
            job.run.keep_as_previous(COMPARED[:1])
        output = stage.run(job)
        seconds = time.perf_counter() - started
        _save(stage, output, fingerprint, seconds, job, manifest)
        ran.append(stage.name)
        job.progress.finish(stage.name, False, seconds)
    return _summary(ran, fresh, job, manifest)


def _fingerprint(stage: Stage, job: Job, manifest: dict[str, Any]) -> str:
    known = {name: sha for record in manifest["stages"].values() for name, sha in record["artefacts"].items()}
    config = job.config.model_dump(mode="json")
    keys = (*stage.config_keys, "graine", "taille_partition")
    value = {
        "reads": {name: known.get(_file_name(name)) for name in stage.reads},
        "inputs": stage.inputs(job),
        "config": {key: config[key] for key in keys},
        "code": code_sha256(*stage.code, *_SHARED),
        "python": platform.python_version_tuple()[:2],
    }
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _file_name(artefact: str) -> str:
    return artefact if "." in artefact else f"{artefact}.parquet"


def _save(stage: Stage, output: Output, fingerprint: str, seconds: float, job: Job, manifest: dict[str, Any]) -> None:
    artefacts = {f"{name}.parquet": job.run.save_table(name, table) for name, table in output.tables.items()}
    artefacts |= {f"{name}.json": job.run.save_json(name, value) for name, value in output.json.items()}
    if output.embeddings is not None:
        artefacts[EMBEDDINGS] = job.run.save_embeddings(output.embeddings)
    files: dict[str, str] = {}
    warnings = list(output.warnings)
    for name, content in sorted(output.files.items()):
        written, sha = job.run.write_for_people(name, content, manifest["files"].get(name))
        files[written] = sha
        if written != name:
            warnings.append(f"{name} a été modifié à la main : il est gardé, la nouvelle version est dans {written}.")
    manifest["files"] |= files
    manifest["stages"][stage.name] = {
        "fingerprint": fingerprint,
        "artefacts": artefacts,
        "files": sorted(files),
        "seconds": round(seconds, 3),
        "peak_memory_mib": _peak_memory_mib(),
        "rows": {name: len(table) for name, table in output.tables.items()},
        "warnings": warnings,
        "models": output.models,
    }
    if stage.name == "ingest":
        manifest["inputs"] = [{"name": name, "sha256": sha} for name, sha in _corpus_files(job)]
        manifest["corpus"] = str(job.corpus)
    manifest["config"] = job.config.model_dump(mode="json")
    manifest["versions"] = _versions()
    job.run.save_manifest(manifest)


def _peak_memory_mib() -> float | None:
    """The most memory this process or one of its finished children has held, where the system tells."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return round(max(peaks) / (2**20 if platform.system() == "Darwin" else 2**10), 1)


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    packages = ("rosace", "numpy", "scikit-learn", "bertopic", "spacy", "pandas", "pyarrow")
    return {"python": platform.python_version(), **{package: version(package) for package in packages}}


def _summary(ran: list[str], fresh: list[str], job: Job, manifest: dict[str, Any]) -> RunSummary:
    records = [manifest["stages"][stage.name] for stage in STAGES if stage.name in manifest["stages"]]
    ledger = job.run.load_table("ledger")
    refused = ledger[ledger["state"] == "refuse"]
    return RunSummary(
        ran=tuple(ran),
        fresh=tuple(fresh),
        warnings=tuple(warning for record in records for warning in record["warnings"]),
        files=tuple(name for record in records for name in record["files"]),
        refused=tuple(zip(refused["source"], refused["detail"], strict=True)),
    )
