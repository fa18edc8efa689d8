"""The stages in order: what each reads and writes, and how it is called."""

from __future__ import annotations

import os
from dataclasses import asdict
from functools import partial
from typing import Any

import numpy as np

from pipeline.execution import LocalExecutor
from pipeline.folder.artifacts import EMBEDDINGS, IDEAS, PREVIOUS, READINGS, SPACES, VECTORS, file_sha256
from pipeline.run.earlier import earlier_tables
from pipeline.run.jobs import Job, Output, Stage
from pipeline.run.last_stages import REVIEWED, run_advise, run_restitution, run_review

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
CLUSTERED = ("groups", "memberships", "themes", "links", "near_pairs")


def corpus_files(job: Job) -> list[tuple[str, str]]:
    """Names (private data marked) and sha256 of the corpus; unreadable files count by name, ingest refuses them."""
    from pipeline.ingest.preparing import private_name

    listing: list[tuple[str, str]] = []
    for path in sorted(job.corpus.rglob("*")):
        if path.is_file():
            name = private_name(path.relative_to(job.corpus).as_posix(), job.config.ingest)
            try:
                listing.append((name, file_sha256(path)))
            except OSError as error:
                listing.append((name, f"illisible {error.errno}"))
    return listing


def _run_ingest(job: Job) -> Output:
    from pipeline.ingest.reused_files import TABLES, Earlier, FileRecord
    from pipeline.ingest.stage import ingest
    from pipeline.ingest.withdrawal.erasing import without
    from pipeline.ingest.withdrawal.fingerprints import Withdrawals

    job.progress.start("ingest", None)
    # files are on this machine, and so are those who cut their texts
    executor = job.executor if isinstance(job.executor, LocalExecutor) else LocalExecutor(os.cpu_count() or 1)
    known = job.run.known_record("ingest", job.method)
    records = {source: FileRecord(**values) for source, values in known.get("files_read", {}).items()}
    tables = earlier_tables(job.run, TABLES) if records else None
    earlier = Earlier(tables, records) if tables else Earlier()
    result = without(ingest(job.corpus, job.config, executor, earlier), Withdrawals.of(job.run))
    return Output(
        tables={name: getattr(result, name) for name in INGESTED},
        warnings=result.warnings,
        record={"files_read": {source: asdict(record) for source, record in result.records.items()}},
    )


def _run_embed(job: Job) -> Output:
    from pipeline.embed.stage import embed
    from pipeline.language.models.encoders import load_encoder

    items, contributions = job.run.load_table("items"), job.run.load_table("contributions")
    job.progress.start("embed", int(items["text"].nunique()))
    encoder = load_encoder(job.config.embed.encodeur)
    files = job.run.embeddings
    known = files.load() if job.run.holds("embed") and files.are_there() else None
    store = partial(files.store, encoder.n_dimensions)
    size = job.config.taille_partition
    embeddings = embed(items, contributions, encoder, size, job.executor, job.progress.advance, known, store)
    encoder.forget()  # the stages that follow need the room
    return Output(embeddings=embeddings, models={encoder.name: encoder.sha256})


def _run_classify(job: Job) -> Output:
    from pipeline.classify.reading.beside.columns import beside_sha256
    from pipeline.classify.reading.reading_keys import KnownReadings
    from pipeline.classify.stage import classify, load_axis_model

    items, contributions = job.run.load_table("items"), job.run.load_table("contributions")
    job.progress.start("classify", len(items))
    model = load_axis_model(job.config.profil)
    known = None
    if job.run.load_manifest()["stages"].get("classify", {}).get("rule") == job.rule and job.run.holds("classify"):
        tags = job.run.load_table("tags").drop(columns="item_id")
        known = KnownReadings(np.asarray(job.run.load_matrix(READINGS)), tags, job.run.load_matrix(IDEAS))
    found = classify(
        items,
        contributions,
        job.run.embeddings.load(),
        model,
        job.config,
        job.executor,
        job.progress.advance,
        known=known,
    )
    return Output(
        tables={"tags": found.tags},
        matrices={IDEAS: found.ideas, READINGS: found.keys},
        models={f"axes/{job.config.profil}": model.sha256, **beside_sha256()},
    )


def _run_cluster(job: Job) -> Output:
    from pipeline.cluster.corpus import EarlierGroups
    from pipeline.cluster.grouping.likeness import load_likeness
    from pipeline.cluster.grouping.meaning import topics_by
    from pipeline.cluster.stage import REGROUPED, cluster

    load = job.run.load_table
    items = load("items")
    earlier: EarlierGroups | None = None
    lost: tuple[str, ...] = ()
    if job.config.cluster.garder_groupes and "cluster" in job.run.load_manifest()["stages"]:
        tables = earlier_tables(job.run, CLUSTERED) if job.run.holds("cluster") else None
        if tables:
            earlier = EarlierGroups(**tables, spaces=job.run.load_arrays(SPACES))
        else:
            lost = (REGROUPED,)
    job.progress.start("cluster", len(items))
    result = cluster(
        items,
        load("contributions"),
        load("tags"),
        job.run.embeddings.load(),
        load("workshop_tables"),
        job.config,
        load_likeness(),
        job.run.load_matrix(IDEAS),
        job.executor,
        earlier,
        partial(topics_by, job.config.embed.encodeur),
    )
    return Output(
        tables={name: getattr(result, name) for name in CLUSTERED},
        arrays={SPACES: result.spaces},
        warnings=(*result.warnings, *lost),
    )


def _decisions(job: Job) -> Any:
    return [job.run.decisions.lines(), job.run.load_manifest().get(PREVIOUS, {})]


def _axis_model(job: Job) -> Any:
    from pipeline.classify.reading.beside.columns import beside_sha256
    from pipeline.classify.stage import load_axis_model

    return [load_axis_model(job.config.profil).sha256, beside_sha256()]


def _group_models(_: Job) -> Any:
    from pipeline.cluster.grouping.likeness import IDEAS as LIKENESS
    from pipeline.cluster.linking.weights import LINKS
    from pipeline.cluster.naming.coverage import TITLES
    from pipeline.cluster.pairs.model import PAIRS

    return [model.sha256() for model in (LIKENESS, LINKS, PAIRS, TITLES)]


def _prompts(job: Job) -> Any:
    from pipeline.assistant.prompts import prompts_sha256

    return prompts_sha256() if job.config.modele.url else ""


STAGES: tuple[Stage, ...] = (
    Stage(
        "ingest",
        "Lecture des fichiers",
        (),
        INGESTED,
        ("ingest",),
        _run_ingest,
        ("ingest", "tables"),
        corpus_files,
    ),
    Stage(
        "embed",
        "Vecteurs des phrases",
        ("items", "contributions"),
        (EMBEDDINGS, VECTORS),
        ("embed",),
        _run_embed,
        ("embed",),
    ),
    Stage(
        "classify",
        "Lecture des axes",
        ("items", "contributions", EMBEDDINGS, VECTORS),
        ("tags", IDEAS, READINGS),
        ("profil",),
        _run_classify,
        ("classify",),
        _axis_model,
    ),
    Stage(
        "cluster",
        "Regroupement des idées",
        ("items", "contributions", "tags", "workshop_tables", EMBEDDINGS, VECTORS, IDEAS),
        (*CLUSTERED, SPACES),
        ("cluster", "embed", "graine"),
        _run_cluster,
        ("cluster",),
        _group_models,
    ),
    Stage(
        "advise",
        "Avis d’un modèle de langue",
        ("contributions", "items", "name_suggestions", "tags", *CLUSTERED),
        ("advice",),
        ("modele", "graine", "cluster"),
        run_advise,
        ("assistant", "cluster", "review"),
        lambda job: [_prompts(job), job.run.decisions.lines() if job.config.modele.url else []],
        lambda job: bool(job.config.modele.url),
    ),
    Stage(
        "review",
        "Décisions des personnes",
        ("contributions", "items", "name_suggestions", "tags", *CLUSTERED, "advice"),
        REVIEWED,
        ("cluster",),
        run_review,
        ("cluster", "review"),
        _decisions,
    ),
    Stage(
        "restitution",
        "Rédaction",
        (*INGESTED, *REVIEWED, "advice"),
        ("facts.json", "plan.json", "draft.json"),
        ("restitution", "graine", "modele"),
        run_restitution,
        ("assistant", "restitution"),
        _prompts,
    ),
)
