"""The stages in order: what each reads and writes, and how it is called."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.assistant.asking import Answering, Assistant, prompts_sha256
from pipeline.assistant.by_hand import ByHand, is_by_hand, pasted, wait_for
from pipeline.contracts.tables import CLUSTERED, INGESTED, PLACED, REVIEWED, TABLES
from pipeline.contracts.titles import placed_tags
from pipeline.execution import LocalExecutor
from pipeline.folder.artifacts import IDEAS, NAMES, PLACES, READINGS, STANCES, RunFolder
from pipeline.folder.files import file_sha256
from pipeline.folder.kept import AnswerFiles
from pipeline.folder.vectors import EMBEDDINGS, VECTORS
from pipeline.ingest.workshop import WORKSHOP_FILE
from pipeline.run.given_titles import (
    SUBJECTS,
    given_titles,
    in_columns,
    placing_acts,
    proposed_before,
    recorded,
    titles_held,
    wall_columns,
    with_acts,
    with_columns,
    with_typed,
)
from pipeline.run.jobs import Job, Output, Stage

if TYPE_CHECKING:
    from pipeline.config import IngestConfig
    from pipeline.ingest.assembly import KnownFiles

COMPARED = ("items", "reviewed_tags", "reviewed_groups", "reviewed_memberships")
"""Tables put aside before a run, as the state that its changes are told from."""
READ_TOLD = 500
"""Contributions after which a reader is told how far reading is."""
NOT_COMPARED = (
    "Ce qui a changé depuis les résultats précédents n'a pas pu être dit\u00a0: une autre version de Rosace les a "
    "écrits, ou ils sont abîmés. Vos décisions sont gardées."
)


def corpus_files(corpus: Path, config: IngestConfig, pattern: str = "*") -> list[tuple[str, str]]:
    """Names (private data marked) and sha256 of the corpus; files that cannot be read, and what is never followed,
    count by name."""
    from pipeline.ingest.corpus_files import list_files
    from pipeline.ingest.privacy.marks import private_name

    listing: list[tuple[str, str]] = []
    for source, path in list_files(corpus, lambda name, kind, _: listing.append((private_name(name, config), kind))):
        if path.match(pattern):
            try:
                sha = file_sha256(path) if path.is_file() else ""
            except OSError as error:
                sha = f"illisible {error.errno}"
            listing.append((private_name(source, config), sha))
    return sorted(listing)


def changed_files(
    run: RunFolder, corpus: Path, config: IngestConfig, pattern: str = "*", inputs: Sequence[tuple[str, str]] = ()
) -> tuple[set[str], set[str]]:
    """Names that came, went or changed since a corpus was read, among files called so: entry sheets, then the others;
    none where the corpus is there no more. `inputs` : what `corpus_files` gave, where it is known."""
    read = {(one["name"], one["sha256"]) for one in run.manifest.load().get("inputs", ())} if corpus.is_dir() else set()
    now = set(inputs or corpus_files(corpus, config, pattern)) if read else set()
    changed = {name for name, _ in read ^ now if Path(name).match(pattern)}
    sheets = {name for name in changed if Path(name).name == WORKSHOP_FILE}
    return sheets, changed - sheets


def assistant_of(job: Job) -> Assistant | None:
    """The model of a run, or a person who asks an assistant of hers by hand; None for neither. Its answers are kept in
    the run folder.

    Raises UsageError: its address cannot be used.
    """
    settings, kept = job.config.modele, AnswerFiles(job.run.path)
    server: Answering
    if settings.url:
        from pipeline.assistant.server import Server

        server = Server.of(settings, job.config.graine)
    elif is_by_hand(kept):
        server = ByHand(job.config.graine)
    else:
        return None
    return Assistant(settings, server, kept, lambda account: job.progress.tell(account.summary))


def with_account(output: Output, assistant: Assistant) -> Output:
    """`output` with what asking cost and what failed, for the person who ran it (what failed is worth another run), and
    the model and the prompts, for the manifest."""
    account = assistant.account
    names = ", ".join(sorted(name for name in account.models if name)) or assistant.config.nom
    return replace(
        output,
        warnings=(*output.warnings, f"{account.summary}.", *account.problems),
        models={**output.models, "consignes": prompts_sha256(), "modele de langue": names},
        is_whole=not account.failures,
    )


def _run_ingest(job: Job) -> Output:
    from pipeline.ingest.formats.apart import dismiss
    from pipeline.ingest.stage import ingest
    from pipeline.ingest.withdrawal.erasing import without
    from pipeline.ingest.withdrawal.fingerprints import Withdrawals

    job.progress.start("ingest", None)
    # files are on this machine, and so are those who cut their texts
    executor = job.executor if isinstance(job.executor, LocalExecutor) else LocalExecutor(os.cpu_count() or 1)

    def watch(n: int) -> None:
        if n and n % READ_TOLD == 0:
            job.progress.tell(f"{n}\u00a0paroles lues")

    withdrawals = Withdrawals.of(job.run)
    known = None if withdrawals.all else _known_files(job)
    result = without(ingest(job.corpus, job.config, executor, watch, known), withdrawals)
    dismiss()
    tables = {name: getattr(result, name) for name in INGESTED}
    names = result.names[:0] if withdrawals.all else result.names  # of what was withdrawn, not even where names stood
    return Output(tables=tables, matrices={NAMES: names}, warnings=result.warnings, alone=result.alone)


def _known_files(job: Job) -> KnownFiles | None:
    """What the last reading gave of files that are as they were; nothing under other code, settings or entry sheets."""
    from pipeline.ingest.assembly import GROWING, Alone, KnownFiles

    sheets, changed = changed_files(job.run, job.corpus, job.config.ingest, inputs=job.inputs)
    if sheets or not _is_kept(job, "ingest"):
        return None
    inputs = job.run.manifest.load()["inputs"]
    alone = {one["name"]: Alone(**one["alone"]) for one in inputs if "alone" in one and one["name"] not in changed}
    tables = {name: job.run.stored(name) for name in (*GROWING, "ledger", "privacy_report")}
    is_whole = all(table.column_names == TABLES[name].column_names for name, table in tables.items())
    return KnownFiles(alone, tables, np.asarray(job.run.load_matrix(NAMES))) if is_whole else None


def _is_kept(job: Job, stage: str) -> bool:
    """Whether what a stage gave stands as it was written, under the same code and settings as now."""
    rule = job.run.manifest.load()["stages"].get(stage, {}).get("rule")
    return rule == job.rule and job.run.holds(stage)


def _open(profile: str) -> None:
    """Open the encoders, the models of axes and the parser."""
    from pipeline.classify.stage import load_axis_model
    from pipeline.language.models.encoders import load_encoder
    from pipeline.language.models.parsing import load_parser

    load_encoder()
    load_axis_model(profile).open()
    load_parser()


def _run_embed(job: Job) -> Output:
    from pipeline.embed.stage import embed
    from pipeline.language.models.encoders import load_encoder

    items, contributions = job.run.load_table("items"), job.run.load_table("contributions")
    job.progress.start("embed", int(items["text"].nunique()))
    encoder = load_encoder()
    files = job.run.embeddings
    known = files.load() if job.run.holds("embed") and files.are_there() else None
    store = partial(files.store, encoder.n_dimensions)
    size = job.config.taille_partition
    embeddings = embed(items, contributions, encoder, size, job.executor, job.progress.advance, known, store)
    if len(items) > size:
        encoder.forget()  # the stages that follow need the room
    return Output(embeddings=embeddings, models={encoder.name: encoder.sha256})


def _run_classify(job: Job) -> Output:
    from pipeline.classify.reading.beside import WORTH
    from pipeline.classify.stage import KnownReadings, classify, load_axis_model

    items, contributions = job.run.load_table("items"), job.run.load_table("contributions")
    job.progress.start("classify", len(items))
    model = load_axis_model(job.config.profil)
    models = {f"axes/{job.config.profil}": model.sha256, WORTH.name: WORTH.sha256()}
    known = None
    if _is_kept(job, "classify") and job.run.manifest.load()["stages"]["classify"]["models"] == models:
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
    model.forget()  # the stages that follow need the room
    return Output(
        tables={"tags": found.tags},
        matrices={IDEAS: found.ideas, READINGS: found.keys},
        models=models,
    )


def _run_place(job: Job) -> Output:
    from pipeline.place.model import load_place
    from pipeline.place.stage import place

    load = job.run.load_table
    items, contributions, tags = load("items"), load("contributions"), load("tags")
    given, before = given_titles(job), proposed_before(job)
    columns = wall_columns(items, contributions, tags)
    named = before.identified(with_columns(given.titles, columns))
    titles = with_acts(named, job.run)
    if titles:
        job.progress.start("place", len(items))
    model = load_place(job.config.profil) if titles else None
    found = place(
        items,
        contributions,
        tags,
        job.run.embeddings.load(),
        job.run.load_matrix(IDEAS),
        titles,
        model,
        job.config,
        job.executor,
        job.progress.advance,
        before.kept,
        in_columns(columns, named),
        _placed_before(job),
    )
    told = (SUBJECTS,) if job.config.cluster.themes and not titles else ()
    return Output(
        tables={"titles": found.titles, "placings": found.placings},
        matrices={PLACES: found.found},
        warnings=(*given.told, *before.told, *told),
        models={f"place/{job.config.profil}": model.sha256} if model else {},
    )


def _placed_before(job: Job) -> Any:
    from pipeline.place.stage import Before

    read = job.run.manifest.load()["stages"]["classify"]
    rule = f"{job.code} {read['rule']} {read['models']}"
    return Before(_matrix_of(job, "place", PLACES), np.asarray(job.run.load_matrix(READINGS)), rule)


def _run_cluster(job: Job) -> Output:
    from pipeline.cluster.grouping.likeness import load_likeness, topic_vectors
    from pipeline.cluster.stage import cluster
    from pipeline.language.models.encoders import said
    from pipeline.stances.reading import STANCES_MODEL

    load = job.run.load_table
    items, placings = load("items"), load("placings")
    job.progress.start("cluster", len(items))
    result = cluster(
        items,
        load("contributions"),
        placed_tags(load("tags"), placings),
        job.run.embeddings.load(),
        load("workshop_tables"),
        job.config,
        load_likeness(),
        said(job.run.load_matrix(IDEAS)),
        job.executor,
        topic_vectors,
        load("titles"),
        placings,
        load("positions"),
        _matrix_of(job, "cluster", STANCES),
        f"{job.code} {STANCES_MODEL.sha256()}",
    )
    return Output(tables={name: getattr(result, name) for name in CLUSTERED}, matrices={STANCES: result.stances})


def _matrix_of(job: Job, stage: str, name: str) -> Any:
    """A matrix that a stage left in the last run; None where there is none, or what it left is damaged."""
    record = job.run.manifest.load()["stages"].get(stage, {})
    return job.run.load_matrix(name) if name in record.get("artefacts", ()) and job.run.holds(stage) else None


def run_review(job: Job) -> Output:
    """Replay the decisions of people."""
    from pipeline.review.stage import review
    from pipeline.workshop.records import MachineTables

    machine = job.run.load(MachineTables)
    previous = job.run.previous()
    is_second = all(map(previous.has_table, COMPARED))
    before = previous.earlier_tables(COMPARED) if is_second else None
    lost = (NOT_COMPARED,) if is_second and before is None else ()
    lines = job.run.decisions.lines()
    job.progress.start("review", len(lines))
    result = review(machine, lines, before)
    return Output(tables={name: getattr(result, name) for name in REVIEWED}, warnings=(*result.warnings, *lost))


def run_restitution(job: Job) -> Output:
    """Write the documents."""
    from pipeline.contracts.draft_files import dump_draft, dump_facts, dump_plan
    from pipeline.restitution.stage import write_restitution
    from pipeline.workshop.tables import RestitutionTables

    tables = with_typed(job.run.load(RestitutionTables), job.run)
    job.progress.start("restitution", None)
    assistant = assistant_of(job)
    result = write_restitution(tables, job.config, assistant)
    if assistant and isinstance(assistant.server, ByHand):
        wait_for(AnswerFiles(job.run.path), assistant.account)
    json = {"facts": dump_facts(result.facts), "plan": dump_plan(result.plan), "draft": dump_draft(result.draft)}
    page = (result.written.page, result.written.under or {})
    output = Output(json=json, files=result.files, warnings=result.warnings, page=page)
    return with_account(output, assistant) if assistant else output


def _axis_model(job: Job) -> Any:
    from pipeline.classify.reading.beside import WORTH
    from pipeline.classify.stage import load_axis_model

    return [load_axis_model(job.config.profil).sha256, WORTH.sha256()]


def _titles(job: Job) -> Any:
    from pipeline.place.model import PLACE

    given = given_titles(job)
    has_titles = bool(given.titles or titles_held(job.run))
    acts = placing_acts(job.run) if has_titles else []
    return [PLACE.sha256(), recorded(given), acts]


def _group_models(_: Job) -> Any:
    from pipeline.cluster.grouping.likeness import IDEAS as LIKENESS
    from pipeline.cluster.pairs import PAIRS
    from pipeline.language.syntax.standing import ALONE
    from pipeline.stances.reading import STANCES_MODEL

    return [model.sha256() for model in (ALONE, LIKENESS, PAIRS, STANCES_MODEL)]


def _told(job: Job) -> Any:
    from pipeline.language.syntax.standing import ALONE

    prompts = prompts_sha256() if job.config.modele.url else ""
    return [prompts, ALONE.sha256(), *pasted(AnswerFiles(job.run.path))]


STAGES: tuple[Stage, ...] = (
    Stage(
        "ingest",
        "Lecture des fichiers",
        (),
        (*INGESTED, NAMES),
        ("ingest",),
        _run_ingest,
        ("ingest", "stances", "tables", "workshop"),
        lambda job: corpus_files(job.corpus, job.config.ingest),
        opens=_open,
    ),
    Stage("embed", "Lecture du sens", ("items", "contributions"), (EMBEDDINGS, VECTORS), (), _run_embed, ("embed",)),
    Stage(
        "classify",
        "Lecture des axes",
        ("items", "contributions", EMBEDDINGS, VECTORS),
        ("tags", IDEAS, READINGS),
        ("profil",),
        _run_classify,
        ("classify", "stances"),
        _axis_model,
    ),
    Stage(
        "place",
        "Rangement sous les titres",
        ("items", "contributions", "tags", EMBEDDINGS, VECTORS, IDEAS, READINGS),
        (*PLACED, PLACES),
        ("profil", "place", "cluster"),
        _run_place,
        ("classify", "place", "stances", "tables"),
        _titles,
        lambda job: bool(titles_held(job.run)),
    ),
    Stage(
        "cluster",
        "Regroupement des idées",
        ("items", "contributions", "positions", "tags", *PLACED, "workshop_tables", EMBEDDINGS, VECTORS, IDEAS),
        (*CLUSTERED, STANCES),
        ("cluster", "graine"),
        _run_cluster,
        ("cluster", "stances"),
        _group_models,
    ),
    Stage(
        "review",
        "Décisions des personnes",
        ("contributions", "items", "positions", "name_suggestions", "tags", *PLACED, *CLUSTERED),
        REVIEWED,
        ("cluster",),
        run_review,
        ("assistant", "cluster", "review", "stances", "workshop"),
        lambda job: [job.run.decisions.lines(), job.run.previous_digests()],
    ),
    Stage(
        "restitution",
        "Rédaction",
        (*INGESTED, *REVIEWED, *PLACED),
        ("facts.json", "plan.json", "draft.json"),
        ("restitution", "graine", "modele"),
        run_restitution,
        ("assistant", "restitution", "stances", "workshop"),
        _told,
    ),
)
