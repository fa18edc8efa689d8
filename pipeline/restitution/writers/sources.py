"""The annex of sources: what each mark of the text stands for, by place, then by file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from pipeline.contracts.draft import Draft, Source
from pipeline.contracts.labels import ANNEXES_TITLE, SOURCES_TITLE
from pipeline.language.text.typography import NO_BREAK, THIN

TITLE, ANNEXES = SOURCES_TITLE, ANNEXES_TITLE
_MEANING = {
    "A": "{mark}, une contribution de l’atelier {table}",
    "T": "{mark}, une contribution de la table {table}",
    "E": "{mark}, une personne qui a répondu à l’enquête",
    "P": "{mark}, un post-it",
    "N": "{mark}, une note",
    "R": "{mark}, un tour de parole enregistré",
}


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
    first = {source.mark[0]: source.mark for source in reversed(draft.sources)}
    parts = [
        text.format(mark=first[letter], table=first[letter][1:].partition(".")[0])
        for letter, text in _MEANING.items()
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
    return f"{source.mark}{NO_BREAK}{source.locator}"


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
