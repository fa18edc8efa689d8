"""What the ideas of a group say together, written by a language model after our own sentence, which says how widely.

A model's answer is untrusted text, and so is what people said: it may bring a name, a number, a promise, an
instruction, or nothing at all. Without a model, or when an answer does not hold, the draft is as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.assistant.asking import Answer, Assistant, Failure, Ids, Question, Text
from pipeline.assistant.lock import Size, Support, Vectors, refusal
from pipeline.axes import compass
from pipeline.contracts.draft import Block, Draft, Facts, Sentence
from pipeline.contracts.plan import Plan, Unit
from pipeline.language.text.typography import Spaces
from pipeline.restitution.nodes import BLOCK_WORDS_MAX, compose
from pipeline.restitution.proofreading import faults
from pipeline.restitution.quoting.lock import problem_of
from pipeline.restitution.quoting.quotes import masked, may_tell
from pipeline.workshop.model import Item, Material

TASK = "phrase"
SIZE = Size(5, 34)
LEAST = 2
"""Contributions from which a group is told in general."""
MEMBERS_MAX = 16
"""Contributions that a model is shown of a group, the most central first."""
WORDS_SHOWN_MAX = 60
UNKNOWN = "parole inconnue citée à l’appui"
FAULTY = "faute de langue ou de typographie"
BROKEN = "refusée par le verrou des citations"


class General(Answer):
    """A sentence, and the ids of what it rests on."""

    texte: Text
    paroles: Ids


@dataclass(frozen=True)
class Outcome:
    """One answer of a model, for the page on method.

    Attributes
    ----------
    about : what it was asked of, for people.
    theirs : what it gave, "" when it gave nothing.
    reason : why it was not taken, in French; "" when it was.
    """

    task: str
    about: str
    theirs: str
    reason: str


@dataclass(frozen=True)
class Workshop:
    """What sentences are written from and judged with; no `vectors` where none are at hand."""

    material: Material
    plan: Plan
    facts: Facts
    spaces: Spaces
    vectors: Vectors | None = None


@dataclass(frozen=True)
class _Asked:
    """A unit to tell, and what a model is shown of it."""

    unit: Unit
    title: str
    texts: dict[str, str]


def rewrite_draft(draft: Draft, workshop: Workshop, assistant: Assistant) -> tuple[Draft, tuple[Outcome, ...]]:
    """The draft with a sentence (marked `rewritten`) after those that say how widely, where an answer holds, and every
    outcome.

    The draft given is not changed; a server that fails raises nothing.
    """
    if not assistant.config.taches.phrase:
        return draft, ()
    blocks = [block for section in draft.sections for block in section.blocks]
    asked = {key: one for block in blocks if (key := unit_of(block)) and (one := _asked(key, workshop)) is not None}
    answers = assistant.ask(_question(one) for one in asked.values())
    outcomes: list[Outcome] = []
    taken: dict[str, Sentence] = {}
    for (key, one), answer in zip(asked.items(), answers, strict=True):
        sentence, reason = _written(one, answer, workshop)
        if sentence is not None:
            taken[key] = sentence
        outcomes.append(Outcome(TASK, one.title, "" if isinstance(answer, Failure) else answer.texte, reason))
    sections = tuple(
        replace(section, blocks=tuple(_in_block(block, taken) for block in section.blocks))
        for section in draft.sections
    )
    return replace(draft, sections=sections), tuple(outcomes)


def summary(outcomes: Sequence[Outcome]) -> str:
    """One sentence in French for the person who ran it."""
    n_taken = sum(not outcome.reason for outcome in outcomes)
    told = f"Modèle de langue : {n_taken} de ses {len(outcomes)} propositions de texte retenues"
    refused = Counter(outcome.reason for outcome in outcomes if outcome.reason)
    reasons = ", ".join(f"{reason} ({n})" for reason, n in sorted(refused.items(), key=lambda r: (-r[1], r[0])))
    return f"{told} ; ailleurs la nôtre est gardée : {reasons}." if reasons else f"{told}."


def unit_of(block: Block) -> str:
    """The group whose paragraph a block is; "" for another block."""
    is_paragraph = any(sentence.role == "spread" for sentence in block.sentences)
    return block.groups[0] if is_paragraph and block.groups else ""


def _asked(key: str, workshop: Workshop) -> _Asked | None:
    unit, group = workshop.plan.units.get(key), workshop.material.groups.get(key)
    if unit is None or group is None:
        return None
    texts = _shown([workshop.material.items[member] for member in unit.members])
    return _Asked(unit, group.title, texts) if len(texts) >= LEAST else None


def _shown(items: list[Item]) -> dict[str, str]:
    """What a model may be shown of some ideas: one text a contribution, names masked, by the id of the first of them.

    Words that are not to be told stay here.
    """
    texts: dict[str, str] = {}
    owner: dict[str, str] = {}
    for item in items:
        if not may_tell(item):
            continue
        first = owner.setdefault(item.contribution_id, item.item_id)
        if first not in texts and len(texts) == MEMBERS_MAX:
            break
        words = " ".join(masked(item).split()[:WORDS_SHOWN_MAX])
        texts[first] = f"{texts[first]} {words}" if first in texts else words
    return texts


def _question(one: _Asked) -> Question[General]:
    axis = compass()[one.unit.axis]
    about = {
        "axe": axis.name,
        "devise": axis.motto,
        "titre": one.title,
        "paroles": [{"id": f"m{n}", "texte": text} for n, text in enumerate(one.texts.values(), 1)],
    }
    return Question(TASK, about, General, tuple(one.unit.members))


def _written(one: _Asked, answer: General | Failure, workshop: Workshop) -> tuple[Sentence | None, str]:
    """The sentence of an answer, or why it cannot be printed."""
    if isinstance(answer, Failure):
        return None, answer.reason
    if not answer.paroles or not set(answer.paroles) <= {f"m{n}" for n in range(1, len(one.texts) + 1)}:
        return None, UNKNOWN
    claim = " ".join(answer.texte.split()).strip(" ,.")
    reason = refusal(claim, Support(tuple(one.texts.values())), SIZE, workshop.vectors)
    if reason:
        return None, reason
    nodes = compose("{x}.", workshop.spaces, x=claim)
    sentence = Sentence(nodes, tuple(one.unit.members), rewritten=True, role="told")
    if faults(sentence, workshop.spaces):
        return None, FAULTY
    return (None, BROKEN) if problem_of(sentence, workshop.facts, workshop.material) else (sentence, "")


def _in_block(block: Block, sentences: dict[str, Sentence]) -> Block:
    """The block with what a model wrote of its group after how widely it is said, unless it would grow too long."""
    theirs = sentences.get(unit_of(block))
    if theirs is None or block.n_words + theirs.n_words > BLOCK_WORDS_MAX:
        return block
    first, *others = block.sentences
    return replace(block, sentences=(first, theirs, *others))
