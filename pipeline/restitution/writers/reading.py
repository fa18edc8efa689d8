"""How every writer reads a draft: blocks in order, sentences as runs of text with « » around quotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from pipeline.contracts.draft import Draft, Sentence, is_quoted
from pipeline.language.text.typography import NO_BREAK

_OPENING = re.compile("«[ \u00a0\u202f]*")
_CLOSING = re.compile("[ \u00a0\u202f]*»")
SLOT = "à compléter"


class Run(NamedTuple):
    """A stretch of text: `is_theirs` when it holds people's words, which no format may interpret."""

    text: str
    strong: bool
    is_theirs: bool


def runs(sentence: Sentence) -> Iterator[Run]:
    """The runs of a sentence, quotations with their marks."""
    for node in sentence.nodes:
        text = " ".join(node.text.split("\n"))
        if is_quoted(node):
            yield Run(f"«{NO_BREAK}", node.strong, False)
            yield Run(nested(text), node.strong, True)
            yield Run(f"{NO_BREAK}»", node.strong, False)
        else:
            yield Run(text, node.strong, node.kind != "text")


def stretches(sentence: Sentence, written: Callable[[Run], str]) -> Iterator[tuple[bool, str]]:
    """(is strong, text) of a sentence: bold runs in a row make one, each `written` as its format asks."""
    for strong, found in groupby(runs(sentence), key=lambda run: run.strong):
        yield strong, "".join(written(run) for run in found)


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
