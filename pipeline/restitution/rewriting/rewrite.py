"""What a language model may write again in a draft, task by task. Without one, or when an answer does not hold, the
draft is as it was.

A model's answer is untrusted text, and so is what people said: it may bring a name, a number, a promise, an
instruction, or nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.assistant.asking import Assistant
from pipeline.config import TasksConfig
from pipeline.contracts.draft import Draft
from pipeline.restitution.rewriting import generalise, introduce, smooth
from pipeline.restitution.rewriting.outcomes import Desk, Outcome, RewriteResult

Task = Callable[[Draft, Desk, Assistant], tuple[Draft, list[Outcome]]]
TASKS: tuple[tuple[Callable[[TasksConfig], bool], Task], ...] = (
    (lambda may: may.phrase, generalise.generalise),
    (lambda may: may.introduction, introduce.introduce),
    (lambda may: may.lissage, smooth.smooth),
)
"""Each with the key of the configuration that turns it on, in the order in which they are done."""


def rewrite_draft(draft: Draft, desk: Desk, assistant: Assistant) -> RewriteResult:
    """Ask the model what the configuration lets it do, and take what passes every check; a server that fails raises
    nothing."""
    outcomes: list[Outcome] = []
    for is_on, task in TASKS:
        if is_on(assistant.config.taches):
            draft, found = task(draft, desk, assistant)
            outcomes += found
    return RewriteResult(draft, tuple(outcomes))
