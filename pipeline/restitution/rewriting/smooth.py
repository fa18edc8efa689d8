"""The sentences of a paragraph said again so that they follow one another.

The model sees our words and placeholders: neither figures, nor titles, nor the words of anyone.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.assistant.asking import Answer, Assistant, Failure, Question, Short, Text
from pipeline.contracts.draft import Block, Draft, Node, Section, Sentence
from pipeline.language.text.typography import decapitalized
from pipeline.language.text.words import words
from pipeline.restitution.nodes import BLOCK_WORDS_MAX, compose
from pipeline.restitution.rewriting.acceptance import PLACEHOLDER, kept_nodes, masked, own, refusal
from pipeline.restitution.rewriting.outcomes import Desk, Outcome, is_brief, n_left

TASK = "lissage"
OWN_WORDS_MIN = 3
FORGOTTEN = "phrase oubliée"
TOO_LONG = "paragraphe trop long"
_KINDS = {
    "fact": "un chiffre ou un lieu",
    "place": "un lieu",
    "title": "l'idée d'un groupe",
    "report": "ce qu'une note rapporte",
    "quote": "une citation",
    "given": "une valeur déclarée",
    "text": "un passage à garder",
}


class Said(Answer):
    """One sentence, by its id."""

    id: Short
    texte: Text


class Paragraph(Answer):
    """The sentences of a paragraph, in order."""

    phrases: list[Said]


def smooth(draft: Draft, desk: Desk, assistant: Assistant) -> tuple[Draft, list[Outcome]]:
    """The paragraphs of the brief and of the axes, each sentence said again where an answer holds."""
    asked = [block for section in draft.sections for block in section.blocks if _is_asked(section, block)]
    answers = assistant.ask(map(_question, asked))
    found = {id(block): answer for block, answer in zip(asked, answers, strict=True)}
    outcomes: list[Outcome] = []
    sections = tuple(_smoothed(section, found, desk, outcomes) for section in draft.sections)
    return replace(draft, sections=sections), outcomes


def _is_asked(section: Section, block: Block) -> bool:
    return (bool(section.axis) or is_brief(section.key)) and block.kind == "paragraph" and bool(_own(block))


def _own(block: Block) -> dict[str, Sentence]:
    """The sentences to say again, by the id that the model sees: those in our words, not yet in its."""
    return {
        f"p{n}": sentence
        for n, sentence in enumerate(block.sentences, 1)
        if not sentence.rewritten and len(words(own(masked(sentence)))) >= OWN_WORDS_MIN
    }


def _question(block: Block) -> Question[Paragraph]:
    shown = [
        {
            "id": key,
            "texte": masked(sentence),
            "reperes": {f"{{{{{n}}}}}": _KINDS[node.kind] for n, node in enumerate(kept_nodes(sentence), 1)},
        }
        for key, sentence in _own(block).items()
    ]
    return Question(TASK, {"phrases": shown}, Paragraph)


def _smoothed(section: Section, found: dict[int, Paragraph | Failure], desk: Desk, outcomes: list[Outcome]) -> Section:
    blocks = tuple(
        _in_block(block, is_brief(section.key), found[id(block)], desk, outcomes) if id(block) in found else block
        for block in section.blocks
    )
    return replace(section, blocks=blocks)


def _in_block(block: Block, brief: bool, answer: Paragraph | Failure, desk: Desk, outcomes: list[Outcome]) -> Block:
    for at, (key, ours) in ((int(key[1:]) - 1, (key, ours)) for key, ours in _own(block).items()):
        theirs, reason = None, answer.reason if isinstance(answer, Failure) else FORGOTTEN
        text = "" if isinstance(answer, Failure) else next((one.texte for one in answer.phrases if one.id == key), "")
        if text:
            theirs, reason = _accepted(ours, text, desk)
        if theirs is not None and theirs.n_words > ours.n_words + (0 if brief else n_left(block, BLOCK_WORDS_MAX)):
            theirs, reason = None, TOO_LONG
        outcomes.append(Outcome(TASK, masked(ours), text, reason))
        if theirs is not None:
            block = replace(block, sentences=(*block.sentences[:at], theirs, *block.sentences[at + 1 :]))
    return block


def _accepted(ours: Sentence, text: str, desk: Desk) -> tuple[Sentence | None, str]:
    reason = refusal(ours, text)
    if reason:
        return None, reason
    theirs = replace(ours, nodes=_filled(ours, text, desk), rewritten=True)
    reason = desk.flaw(ours, theirs)
    return (None, reason) if reason else (theirs, "")


def _filled(ours: Sentence, answer: str, desk: Desk) -> tuple[Node, ...]:
    """The nodes of an answer that passed `refusal`: what stood at the head loses its capital when it moves inside."""
    pieces: dict[str, Node] = {}
    for n, node in enumerate(kept_nodes(ours), 1):
        was_first = node is ours.nodes[0] and node.kind in ("fact", "place")
        pieces[f"p{n}"] = replace(node, text=decapitalized(node.text)) if was_first else node
    template = PLACEHOLDER.sub(lambda match: f"{{p{int(match.group(1))}}}", answer)
    return compose(template, desk.spaces, **pieces)
