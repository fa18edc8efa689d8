"""The language model of a run, when its configuration names one: what stages ask, and what is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.assistant.asking import Assistant, failures_told, told
from pipeline.run.jobs import Job


def assistant_of(job: Job) -> Assistant | None:
    """The model of a run; its answers are kept in the run folder.

    Raises
    ------
    UsageError : its address cannot be used, or its client is not installed.
    """
    settings = job.config.modele
    if not settings.url:
        return None
    from pipeline.assistant.server import Server
    from pipeline.folder.answers import AnswerFiles

    server = Server.of(settings, job.config.graine)
    return Assistant(
        settings, server, AnswerFiles(job.run.path), lambda account: job.progress.tell(told(account, settings))
    )


def told_of(assistant: Assistant | None) -> Sequence[str]:
    """What asking cost, and what failed, for the person who ran it."""
    if assistant is None:
        return ()
    return (f"{told(assistant.account, assistant.config)}.", *failures_told(assistant.account))


def models_of(assistant: Assistant | None) -> dict[str, str]:
    """The prompts of a model that was asked, and what it says it is, for the manifest."""
    if assistant is None:
        return {}
    from pipeline.assistant.prompts import prompts_sha256

    names = sorted(name for name in assistant.account.models if name)
    return {"consignes": prompts_sha256(), "modele de langue": ", ".join(names) or assistant.config.nom}


def vectors_of(texts: Sequence[str]) -> Any:
    """Vectors of texts by the encoder of topics, which is loaded when they are first read; unit rows."""
    from pipeline.language.models.encoders import load_encoder

    return load_encoder().encode(texts)
