"""Language model of a run, when its configuration names one: what stages ask, and what is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pipeline.assistant.asking import Assistant, prompts_sha256
from pipeline.run.jobs import Job, Output


def assistant_of(job: Job) -> Assistant | None:
    """The model of a run, None when its configuration names none; its answers are kept in the run folder.

    Raises
    ------
    UsageError : its address cannot be used.
    """
    settings = job.config.modele
    if not settings.url:
        return None
    from pipeline.assistant.server import Server
    from pipeline.folder.answers import AnswerFiles

    server = Server.of(settings, job.config.graine)
    return Assistant(settings, server, AnswerFiles(job.run.path), lambda account: job.progress.tell(account.summary))


def with_account(output: Output, assistant: Assistant) -> Output:
    """`output` with what asking cost and what failed, for the person who ran it (what failed is worth another run), and
    the model and the prompts, for the manifest."""
    account = assistant.account
    names = ", ".join(sorted(name for name in account.models if name)) or assistant.config.nom
    return replace(
        output,
        warnings=(*output.warnings, f"{account.summary}.", *account.problems),
        models={"consignes": prompts_sha256(), "modele de langue": names},
        is_whole=not account.failures,
    )


def vectors_of(texts: Sequence[str]) -> Any:
    """Vectors of texts by the encoder of topics, which is loaded when they are first read; unit rows."""
    from pipeline.language.models.encoders import load_encoder

    return load_encoder().encode(texts)
