"""Answers to the question of a survey that say nothing without it: « à quoi sert… ? », « à apprendre à écouter »."""

from __future__ import annotations

import re

from pipeline.contracts.draft import GivenNode, GivenRef, WordsNode
from pipeline.language.syntax import sentence_forms
from pipeline.restitution.material.model import Item
from pipeline.restitution.prose.embed import defines
from pipeline.restitution.prose.frames import Frame
from pipeline.restitution.prose.phrases import ways
from pipeline.restitution.prose.telling import Telling

_TO_DO = re.compile(r"[àa] (?:se |s['’])?[\w-]+(?:er|ir|re|oir)\b", re.IGNORECASE)


def hangs_on_its_question(item: Item, text: str) -> bool:
    """Whether words answer the question of a survey by what one does: nobody said it of anything else."""
    if item.axis != "ouest" or item.channel != "enquete" or not item.context.rstrip().endswith("?"):
        return False
    if defines(text):
        return False
    return _TO_DO.match(text) is not None or sentence_forms.analyse(text).kind == sentence_forms.INFINITIVE


def answered(telling: Telling, item: Item, node: WordsNode, before: Item | None) -> Frame:
    """The answer after its question, which is not said again when the answer told just before was to the same one."""
    if before is not None and before.context == item.context and hangs_on_its_question(before, before.text):
        return telling.tell(ways("told.answered_too"), [item.item_id], x=node)
    asked = GivenNode(item.context.strip(), GivenRef("contexte"))
    return telling.tell(ways("told.answered"), [item.item_id], c=asked, x=node)
