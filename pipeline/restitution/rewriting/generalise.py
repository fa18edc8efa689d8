"""The sentence that tells a group in general, written from its members: where and how widely stays ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.assistant.asking import Answer, Assistant, Failure, Ids, Question, Text
from pipeline.axes import compass
from pipeline.contracts.draft import Block, Draft, Node, Section, Sentence, TextNode, TitleNode
from pipeline.contracts.plan import Unit
from pipeline.language.claims.support import Size, Support, refusal
from pipeline.language.syntax import function_words
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import decapitalized
from pipeline.language.text.words import STOP_WORDS
from pipeline.restitution.nodes import BLOCK_WORDS_MAX, compose
from pipeline.restitution.prose.places import Places
from pipeline.restitution.rewriting.outcomes import Desk, Outcome, is_brief, n_left, told_words

TASK = "phrase"
SPREAD = "{{etendue}}"
SIZE = Size(5, 34)
LEAST = 2
"""Contributions from which a group is told in general."""
NO_SPREAD = "l’étendue n’est pas dite une fois"
BADLY_PLACED = "l’étendue est mal placée"
UNKNOWN = "parole inconnue citée à l’appui"
_DANGLING = function_words.of("dangling")


class General(Answer):
    """A sentence that holds `{{etendue}}` once, and the ids of what it rests on."""

    texte: Text
    paroles: Ids


@dataclass(frozen=True)
class Asked:
    """A unit to tell, what a model is shown of it, and where it was said."""

    unit: Unit
    title: str
    texts: dict[str, str]
    at: list[Node]
    votes: list[Node]


def generalise(draft: Draft, desk: Desk, assistant: Assistant) -> tuple[Draft, list[Outcome]]:
    """The general sentences of the draft, each replaced where an answer holds."""
    places = Places(desk.material, desk.facts)
    asked = {key: found for key in _units(draft) if (found := _asked(key, desk, places)) is not None}
    answers = assistant.ask(_question(one) for one in asked.values())
    outcomes: list[Outcome] = []
    sentences: dict[str, Sentence] = {}
    for (key, one), answer in zip(asked.items(), answers, strict=True):
        sentence, reason = _written(one, answer, desk)
        theirs = "" if isinstance(answer, Failure) else answer.texte
        if sentence is not None:
            sentences[key] = sentence
        outcomes.append(Outcome(TASK, one.title, theirs, reason))
    return replace(draft, sections=tuple(_replaced(section, sentences) for section in draft.sections)), outcomes


def _units(draft: Draft) -> Iterator[str]:
    """The units that have a general sentence, each once."""
    yield from dict.fromkeys(
        key
        for section in draft.sections
        for block in section.blocks
        for sentence in block.sentences
        if (key := unit_of(sentence))
    )


def unit_of(sentence: Sentence) -> str:
    """The group that a general sentence tells; "" for another sentence."""
    if sentence.role != "general":
        return ""
    return next((node.ref.group_id for node in sentence.nodes if isinstance(node, TitleNode)), "")


def _asked(key: str, desk: Desk, places: Places) -> Asked | None:
    unit, group = desk.plan.units.get(key), desk.material.groups.get(key)
    if unit is None or group is None or group.is_titled or "?" in group.title:
        return None  # a person's own title stays; so does a question, which tells nothing to say again
    texts = told_words([desk.material.items[member] for member in unit.members])
    if len(texts) < LEAST:
        return None
    votes = places.votes(unit)
    brackets: list[Node] = [TextNode(" ("), *votes, TextNode(")")] if votes else []
    return Asked(unit, group.title, texts, places.spread(unit), brackets)


def _question(one: Asked) -> Question[General]:
    ids = {f"m{n}": text for n, text in enumerate(one.texts.values(), 1)}
    about = {
        "axe": compass()[one.unit.axis].name,
        "devise": compass()[one.unit.axis].motto,
        "titre": one.title,
        "etendue": "".join(node.text for node in one.at),
        "paroles": [{"id": key, "texte": text} for key, text in ids.items()],
    }
    return Question(TASK, about, General, tuple(one.unit.members))


def _written(one: Asked, answer: General | Failure, desk: Desk) -> tuple[Sentence | None, str]:
    if isinstance(answer, Failure):
        return None, answer.reason
    if not answer.paroles or not set(answer.paroles) <= {f"m{n}" for n in range(1, len(one.texts) + 1)}:
        return None, UNKNOWN
    text = _with_spread(" ".join(answer.texte.split()))
    if text.count(SPREAD) != 1:
        return None, NO_SPREAD
    before = text[: text.index(SPREAD)].split()
    if before and before[-1].lower() in _DANGLING:
        return None, BADLY_PLACED
    claim = text.replace(SPREAD, " ").replace(" ,", ",").strip(" ,")
    reason = refusal(claim, Support(tuple(one.texts.values())), SIZE, desk.vectors)
    if reason:
        return None, reason
    head = text.rstrip(" .")
    template = f"{head.replace(SPREAD, '{at}')}{{v}}."
    sentence = Sentence(
        compose(template, desk.spaces, at=one.at, v=one.votes), tuple(one.unit.members), rewritten=True, role="general"
    )
    reason = desk.flaw(None, sentence)
    return (None, reason) if reason else (sentence, "")


def _with_spread(text: str) -> str:
    """A sentence that forgot where it was said is told where first; it keeps its capital when that may be a name's."""
    first = text.split(" ")[0].split("’")[0].split("'")[0]
    if SPREAD in text or fold(first) not in STOP_WORDS:
        return text
    return f"{SPREAD}, {decapitalized(text)}"


def _replaced(section: Section, sentences: dict[str, Sentence]) -> Section:
    return replace(section, blocks=tuple(_in_block(block, section.key, sentences) for block in section.blocks))


def _in_block(block: Block, key: str, sentences: dict[str, Sentence]) -> Block:
    """The block with its general sentence replaced, unless the paragraph would grow too long."""
    found = list(block.sentences)
    for at, ours in enumerate(found):
        theirs = sentences.get(unit_of(ours))
        if theirs is None:
            continue
        lead = ours.nodes[:1] if isinstance(ours.nodes[0], TextNode) and ours.nodes[0].strong else ()
        room = 0 if is_brief(key) else n_left(block, BLOCK_WORDS_MAX)
        if theirs.n_words + sum(len(node.text.split()) for node in lead) <= ours.n_words + room:
            found[at] = replace(theirs, nodes=(*lead, *theirs.nodes))
    return replace(block, sentences=tuple(found))
