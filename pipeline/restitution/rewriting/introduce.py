"""The sentence that opens an axis: what its groups have in common, or what they are about, without a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.assistant.asking import Answer, Assistant, Failure, Ids, Question, Text
from pipeline.axes import compass
from pipeline.contracts.draft import Block, Draft, Section, Sentence
from pipeline.contracts.plan import Unit
from pipeline.language.claims.support import Size, Support, refusal
from pipeline.language.text.words import content_stems
from pipeline.restitution.nodes import compose
from pipeline.restitution.rewriting.outcomes import Desk, Outcome, told_words

TASK = "introduction"
SIZE = Size(8, 45)
FEWEST, MOST = 3, 8
"""Groups of an axis from which it is opened, and how many a model is shown, in the order in which they are told."""
CITED_MIN = 2
SHOWN = 5
"""Contributions shown of each group."""
UNKNOWN = "groupe inconnu cité à l’appui"
UNSAID = "groupe cité sans être dit"


class Opening(Answer):
    """A sentence or two, and the ids of the groups that they speak of."""

    texte: Text
    groupes: Ids


Shown = dict[str, tuple[Unit, tuple[str, ...]]]
"""Id that the model sees → the unit, and texts of its contributions."""


def introduce(draft: Draft, desk: Desk, assistant: Assistant) -> tuple[Draft, list[Outcome]]:
    """The sections of the axes, each opened where an answer holds."""
    shown = {section.key: found for section in draft.sections if section.axis and (found := _shown(section, desk))}
    axes = {section.key: section.axis for section in draft.sections}
    answers = assistant.ask(_question(axes[key], found, desk) for key, found in shown.items())
    outcomes: list[Outcome] = []
    sentences: dict[str, Sentence] = {}
    for (key, found), answer in zip(shown.items(), answers, strict=True):
        sentence, reason = _written(found, answer, desk)
        if sentence is not None:
            sentences[key] = sentence
        theirs = "" if isinstance(answer, Failure) else answer.texte
        outcomes.append(Outcome(TASK, compass()[axes[key]].name, theirs, reason))
    return replace(draft, sections=tuple(_opened(section, sentences) for section in draft.sections)), outcomes


def _shown(section: Section, desk: Desk) -> Shown:
    keys = dict.fromkeys(key for block in section.blocks if len(block.groups) == 1 for key in block.groups)
    units = [desk.plan.units[key] for key in keys if key in desk.plan.units and desk.plan.units[key].is_titled]
    found: Shown = {}
    for unit in units:
        texts = told_words([desk.material.items[member] for member in unit.members])
        if len(texts) > 1 and len(found) < MOST:
            found[f"g{len(found) + 1}"] = (unit, tuple(texts.values()))
    return found if len(found) >= FEWEST else {}


def _question(axis: str, shown: Shown, desk: Desk) -> Question[Opening]:
    groups = [
        {"id": key, "titre": desk.material.groups[unit.unit_id].title, "paroles": list(texts[:SHOWN])}
        for key, (unit, texts) in shown.items()
    ]
    about = {"axe": compass()[axis].name, "devise": compass()[axis].motto, "groupes": groups}
    return Question(TASK, about, Opening, tuple(member for unit, _ in shown.values() for member in unit.members))


def _written(shown: Shown, answer: Opening | Failure, desk: Desk) -> tuple[Sentence | None, str]:
    if isinstance(answer, Failure):
        return None, answer.reason
    cited = tuple(dict.fromkeys(answer.groupes))
    if len(cited) < CITED_MIN or not set(cited) <= shown.keys():
        return None, UNKNOWN
    text = " ".join(answer.texte.split())
    texts = tuple(text for key in cited for text in shown[key][1])
    reason = refusal(text, Support(texts), SIZE, desk.vectors)
    if reason:
        return None, reason
    if not all(any(map(Support(shown[key][1]).holds, content_stems(text))) for key in cited):
        return None, UNSAID
    sources = tuple(dict.fromkeys(member for key in cited for member in shown[key][0].members))
    sentence = Sentence(compose(text, desk.spaces), sources, rewritten=True)
    reason = desk.flaw(None, sentence)
    return (None, reason) if reason else (sentence, "")


def _opened(section: Section, sentences: dict[str, Sentence]) -> Section:
    """The section with its opening before its first words, after its motto."""
    opening = sentences.get(section.key)
    if opening is None:
        return section
    at = next(n for n, block in enumerate(section.blocks) if block.kind != "motto")
    blocks: Sequence[Block] = (*section.blocks[:at], Block("paragraph", (opening,)), *section.blocks[at:])
    return replace(section, blocks=tuple(blocks))
