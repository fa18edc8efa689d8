"""How every writer reads a draft: blocks in order, sentences as runs of text with « » around quotations, and what each
mark of the text stands for, by place, then by file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from pipeline.contracts.draft import Draft, Sentence, Source, WordsNode, is_quoted
from pipeline.contracts.labels import ANNEXES_TITLE, CHANNEL_NAMES, SOURCES_TITLE, TEXT_TITLE, WRITTEN
from pipeline.language.text.typography import NO_BREAK, THIN, capitalized
from pipeline.restitution.material.quantifiers import one_of_rows
from pipeline.restitution.quoting.quotes import plain_quotes

_TWO_BRACKETS = re.compile(r"(?<=[( ])([A-Z](?:\d|&#\d+;|\.)+)\) \(")
LONG_WORDS = 2_400
"""Words of four pages of A4, its titles counted as `TITLE_WORDS`."""
TITLE_WORDS = 30
"""Words that the room of a title would hold."""


class Run(NamedTuple):
    """A stretch of text.

    Attributes
    ----------
    is_quoted : whether it stands between « », or is one of them.
    is_mark : whether it is the mark of the words before it. joint : what parts it from the mark before.
    """

    text: str
    strong: bool
    is_quoted: bool = False
    is_mark: bool = False
    joint: str = ""


def runs(sentence: Sentence, with_marks: bool = False) -> Iterator[Run]:
    """The runs of a sentence, quotations with their marks; and after words, `with_marks`, where they come from.

    Words of one source told in a row have its mark once, after the last. Where a language model wrote, or a person
    kept what it did, the marks of what all of it rests on stand before its full stop.
    """
    marks = list(_marks(sentence)) if with_marks else []
    if with_marks and (sentence.rewritten or sentence.cites) and sentence.marks:
        told = plain(sentence)
        yield Run(told.removesuffix("."), False)
        last = len(sentence.marks) - 1
        for rank, mark in enumerate(sentence.marks):
            joint = "" if not rank else NO_BREAK if rank in (1, last) else " "  # none stands alone on a line
            yield Run(mark, False, is_mark=True, joint=joint)
        yield Run("." * told.endswith("."), False)
        return
    for rank, node in enumerate(sentence.nodes):
        text = " ".join(node.text.split("\n"))
        if is_quoted(node):
            yield Run(f"«{NO_BREAK}", node.strong, True)
            yield Run(plain_quotes(text), node.strong, True)
            yield Run(f"{NO_BREAK}»", node.strong, True)
        else:
            yield Run(text, node.strong)
        if marks and marks[rank]:
            yield Run(marks[rank], False, is_mark=True)


def _marks(sentence: Sentence) -> Iterator[str]:
    """The mark that follows each node; "" after most."""
    given = iter(sentence.marks)
    found = [next(given, "") if isinstance(node, WordsNode) else "" for node in sentence.nodes]
    for rank, mark in enumerate(found):
        later = next((other for other in found[rank + 1 :] if other), "")
        yield "" if mark == later else mark


def stretches(
    sentence: Sentence, written: Callable[[Run], str], with_marks: bool = False
) -> Iterator[tuple[bool, str]]:
    """(is strong, text) of a sentence: bold runs in a row make one, each `written` as its format asks."""
    for strong, found in groupby(runs(sentence, with_marks), key=lambda run: run.strong):
        yield strong, "".join(written(run) for run in found)


def brackets_joined(text: str) -> str:
    """What stands in brackets after a mark in brackets, in the same ones: `(T3.4, table 3)`."""
    return _TWO_BRACKETS.sub(r"\1, ", text)


def is_long(draft: Draft) -> bool:
    """Whether a document goes over four pages, and needs its contents at the top."""
    words = sum(block.n_words for section in draft.sections for block in section.blocks)
    titles = sum(block.kind == "heading" for section in draft.sections for block in section.blocks)
    return words + TITLE_WORDS * (titles + len(draft.sections)) > LONG_WORDS


def plain(sentence: Sentence) -> str:
    """A sentence as plain text."""
    return "".join(run.text for run in runs(sentence))


def header_rows(draft: Draft) -> list[tuple[str, str]]:
    """(label, value) of the fields that somebody gave."""
    return [(field.label, field.value) for field in draft.header if field.value]


def field_title(draft: Draft) -> str:
    """The seed's last field, that holds the whole text."""
    return draft.body or TEXT_TITLE


TITLE, ANNEXES = SOURCES_TITLE, ANNEXES_TITLE
_MEANING = {
    "A": "{mark}, une contribution de l’atelier {table}",
    "T": "{mark}, une contribution de la table {table}",
    "E": "{mark}, une personne qui a répondu à l’enquête",
    "P": "{mark}, un post-it",
    "N": "{mark}, une note",
    "R": "{mark}, une prise de parole",
}


SURVEY = capitalized(CHANNEL_NAMES["enquete"].content)


class FromFile(NamedTuple):
    """The marks of one file at one place, in order."""

    file: str
    sources: tuple[Source, ...]


def by_place(draft: Draft) -> Iterator[tuple[str, list[FromFile]]]:
    """(place, its files), as the draft orders its sources; nothing when no words are told."""
    for place, found in groupby(draft.sources, key=lambda source: source.place):
        files: dict[str, list[Source]] = {}
        for source in found:
            files.setdefault(source.file, []).append(source)
        yield place, [FromFile(file, tuple(sources)) for file, sources in files.items()]


def explained(draft: Draft) -> str:
    """How to read a mark, with the first of each kind as its example: one sentence of ours; "" without marks."""
    first = {source.mark[0]: source for source in reversed(draft.sources)}
    rows = first["E"].place if "E" in first else SURVEY
    meanings = _MEANING if rows == SURVEY else _MEANING | {"E": f"{{mark}}, {one_of_rows(rows.lower())}"}
    if "P" in first and first["P"].place == capitalized(WRITTEN.content):
        meanings |= {"P": f"{{mark}}, un {WRITTEN.piece}"}
    parts = [
        text.format(mark=first[letter].mark, table=first[letter].mark[1:].partition(".")[0])
        for letter, text in meanings.items()
        if letter in first
    ]
    if not parts:
        return ""
    return f"Un repère dit de quelle parole viennent les mots{NO_BREAK}: {f'{THIN}; '.join(parts)}."


def anchor(mark: str) -> str:
    """Where a mark leads inside a document."""
    return f"source-{mark.replace('.', '-')}"


def said_at(source: Source) -> str:
    """A mark and where its words are, in one stretch: `T3.4 ligne 12`."""
    return f"{source.mark}{NO_BREAK}{source.locator}" if source.locator else source.mark


def source_lines(draft: Draft) -> Iterator[tuple[str, str]]:
    """(place, its files and marks in words), for formats without links."""
    for place, files in by_place(draft):
        yield (
            place,
            ". ".join(
                f"{file}{NO_BREAK}: {f'{THIN}; '.join(said_at(source) for source in sources)}"
                for file, sources in files
            ),
        )
