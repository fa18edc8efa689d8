"""How every writer reads a draft: blocks in order, sentences as runs of text with « » around quotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from pipeline.contracts.draft import Draft, Sentence, TextNode, is_quoted
from pipeline.language.text.typography import NO_BREAK

_OPENING = re.compile("«[ \u00a0\u202f]*")
_CLOSING = re.compile("[ \u00a0\u202f]*»")
SLOT = "à compléter"
LONG_WORDS = 1_500
"""Words of four pages of A4, with room for the figures."""
TITLE_WORDS = 30
"""Words that the room of a title would hold."""


class Run(NamedTuple):
    """A stretch of text: `is_theirs` when it holds people's words, which no format may interpret."""

    text: str
    strong: bool
    is_theirs: bool
    is_quoted: bool = False


def runs(sentence: Sentence) -> Iterator[Run]:
    """The runs of a sentence, quotations with their marks."""
    for node in sentence.nodes:
        text = " ".join(node.text.split("\n"))
        if is_quoted(node):
            yield Run(f"«{NO_BREAK}", node.strong, False, True)
            yield Run(nested(text), node.strong, True, True)
            yield Run(f"{NO_BREAK}»", node.strong, False, True)
        else:
            yield Run(text, node.strong, node.kind != "text")


def stretches(sentence: Sentence, written: Callable[[Run], str]) -> Iterator[tuple[bool, str]]:
    """(is strong, text) of a sentence: bold runs in a row make one, each `written` as its format asks."""
    for strong, found in groupby(runs(sentence), key=lambda run: run.strong):
        yield strong, "".join(written(run) for run in found)


def before_stop(sentence: Sentence) -> tuple[Sentence, str]:
    """The sentence without its full stop, and the stop: the marks of sources stand before it, when it is ours."""
    last = sentence.nodes[-1] if sentence.nodes else None
    if not isinstance(last, TextNode) or not last.text.endswith(".") or last.text.endswith(".."):
        return sentence, ""
    kept = (replace(last, text=last.text[:-1]),) if len(last.text) > 1 else ()
    return replace(sentence, nodes=(*sentence.nodes[:-1], *kept)), "."


def with_marks(body: str, marks: str, stop: str) -> str:
    """A sentence and its marks between brackets, in those that end it when there are some: `(table 3, T3.4).`"""
    if not marks:
        return body + stop
    return f"{body[:-1]}, {marks}){stop}" if body.endswith(")") else f"{body} ({marks}){stop}"


def is_long(draft: Draft) -> bool:
    """Whether a document goes over four pages, and needs its contents at the top."""
    words = sum(block.n_words for section in draft.sections for block in section.blocks)
    titles = sum(block.kind == "heading" for section in draft.sections for block in section.blocks)
    return words + TITLE_WORDS * (titles + len(draft.sections)) > LONG_WORDS


def nested(text: str) -> str:
    """Quotation marks inside a quotation, as “ ”: the only thing about someone's words that the page sets."""
    return _CLOSING.sub("”", _OPENING.sub("“", text))


def plain(sentence: Sentence) -> str:
    """A sentence as plain text."""
    return "".join(run.text for run in runs(sentence))


def header_rows(draft: Draft) -> list[tuple[str, str, bool]]:
    """(label, value, is empty) of the seed's fields."""
    return [(field.label, field.value or f"[{SLOT}]", field.state == "empty") for field in draft.header]


def field_title() -> str:
    """The seed's last field, that holds the whole text."""
    return "Compte-rendus ou éléments saillants de l’atelier"
