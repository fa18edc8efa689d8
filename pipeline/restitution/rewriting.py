"""General sentences of groups, written again by a language model: where and how widely stays ours.

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
from pipeline.contracts.draft import Block, Draft, Node, Sentence, TextNode
from pipeline.contracts.facts import Facts
from pipeline.contracts.plan import Plan, Unit
from pipeline.language.syntax import function_words
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import Spaces, decapitalized
from pipeline.language.text.words import STOP_WORDS
from pipeline.restitution.material.model import Item, Material
from pipeline.restitution.nodes import BLOCK_WORDS_MAX, compose
from pipeline.restitution.proofreading import faults
from pipeline.restitution.prose.places import Places
from pipeline.restitution.quoting.lock import problem_of
from pipeline.restitution.quoting.quotes import masked, may_tell

TASK = "phrase"
SPREAD = "{{etendue}}"
SIZE = Size(5, 34)
LEAST = 2
"""Contributions from which a group is told in general."""
MEMBERS_MAX = 16
"""Contributions that a model is shown of a group, the most central first."""
WORDS_SHOWN_MAX = 60
NO_SPREAD = "l’étendue n’est pas dite une fois"
BADLY_PLACED = "l’étendue est mal placée"
UNKNOWN = "parole inconnue citée à l’appui"
FAULTY = "faute de langue ou de typographie"
BROKEN = "refusée par le verrou des citations"
_DANGLING = function_words.of("dangling")


class General(Answer):
    """A sentence that holds `{{etendue}}` once, and the ids of what it rests on."""

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
    """A unit to tell, what a model is shown of it, where it was said, and its votes."""

    unit: Unit
    title: str
    texts: dict[str, str]
    at: list[Node]
    votes: list[Node]


def rewrite_draft(draft: Draft, workshop: Workshop, assistant: Assistant) -> tuple[Draft, tuple[Outcome, ...]]:
    """The draft with its general sentences replaced where an answer holds (marked `rewritten`), and every outcome.

    The draft given is not changed; a server that fails raises nothing.
    """
    if not assistant.config.taches.phrase:
        return draft, ()
    sentences = [sentence for section in draft.sections for sentence in section.sentences]
    places = Places(workshop.material, workshop.facts)
    asked = {
        key: one
        for key in dict.fromkeys(filter(None, map(unit_of, sentences)))
        if (one := _asked(key, workshop, places)) is not None
    }
    answers = assistant.ask(_question(one) for one in asked.values())
    outcomes: list[Outcome] = []
    taken: dict[str, Sentence] = {}
    for (key, one), answer in zip(asked.items(), answers, strict=True):
        sentence, reason = _written(one, answer, workshop)
        if sentence is not None:
            taken[key] = sentence
        outcomes.append(Outcome(TASK, one.title, "" if isinstance(answer, Failure) else answer.texte, reason))
    sections = tuple(
        replace(section, blocks=tuple(_in_block(block, section.key, taken) for block in section.blocks))
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


def unit_of(sentence: Sentence) -> str:
    """The group that a general sentence tells; "" for another sentence."""
    if sentence.role != "general":
        return ""
    return next((node.ref.group_id for node in sentence.nodes if node.kind == "title"), "")


def _asked(key: str, workshop: Workshop, places: Places) -> _Asked | None:
    unit, group = workshop.plan.units.get(key), workshop.material.groups.get(key)
    if unit is None or group is None or group.is_titled or "?" in group.title:
        return None  # a person's own title stays; so does a question, which tells nothing to say again
    texts = _shown([workshop.material.items[member] for member in unit.members])
    if len(texts) < LEAST:
        return None
    votes = places.votes(unit)
    brackets: list[Node] = [TextNode(" ("), *votes, TextNode(")")] if votes else []
    return _Asked(unit, group.title, texts, places.spread(unit), brackets)


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
        "etendue": "".join(node.text for node in one.at),
        "paroles": [{"id": f"m{n}", "texte": text} for n, text in enumerate(one.texts.values(), 1)],
    }
    return Question(TASK, about, General, tuple(one.unit.members))


def _written(one: _Asked, answer: General | Failure, workshop: Workshop) -> tuple[Sentence | None, str]:
    """The sentence of an answer, or why it cannot be printed."""
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
    reason = refusal(claim, Support(tuple(one.texts.values())), SIZE, workshop.vectors)
    if reason:
        return None, reason
    template = f"{text.rstrip(' .').replace(SPREAD, '{at}')}{{v}}."
    nodes = compose(template, workshop.spaces, at=one.at, v=one.votes)
    sentence = Sentence(nodes, tuple(one.unit.members), rewritten=True, role="general")
    if faults(sentence, workshop.spaces):
        return None, FAULTY
    return (None, BROKEN) if problem_of(sentence, workshop.facts, workshop.material) else (sentence, "")


def _with_spread(text: str) -> str:
    """A sentence that forgot where it was said is told where first; it keeps its capital when that may be a name's."""
    first = text.split(" ")[0].split("’")[0].split("'")[0]
    if SPREAD in text or fold(first) not in STOP_WORDS:
        return text
    return f"{SPREAD}, {decapitalized(text)}"


def _in_block(block: Block, key: str, sentences: dict[str, Sentence]) -> Block:
    """The block with its general sentence replaced, unless the paragraph would grow too long."""
    told = list(block.sentences)
    room = 0 if key == "essentiel" else max(0, BLOCK_WORDS_MAX - block.n_words)
    for at, ours in enumerate(told):
        theirs = sentences.get(unit_of(ours))
        if theirs is None:
            continue
        lead = ours.nodes[:1] if isinstance(ours.nodes[0], TextNode) and ours.nodes[0].strong else ()
        if theirs.n_words + sum(len(node.text.split()) for node in lead) <= ours.n_words + room:
            told[at] = replace(theirs, nodes=(*lead, *theirs.nodes))
    return replace(block, sentences=tuple(told))
