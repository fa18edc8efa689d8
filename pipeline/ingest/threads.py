"""What answers what, from file to file: a comment is read under the title of the proposal that it comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.ingest.formats.records import Entry, Reading

_TITLE_WORDS_MAX = 12


class Threads:
    """Context and headings of what may be answered in one workshop, by its tool's name; files that answer come last."""

    def __init__(self) -> None:
        self._above: dict[str, tuple[str, tuple[str, ...]]] = {}

    def follow(self, reading: Reading) -> None:
        """Put the entries that answer another one under its headings, as they are read; those of none are told."""
        reading.entries = self._followed(reading.entries, reading)

    def _followed(self, entries: Iterable[Entry], reading: Reading) -> Iterator[Entry]:
        n_lost = 0
        for entry in entries:
            if entry.own_name:
                told = entry.context or _opening(entry.text)
                self._above[entry.own_name] = told, entry.headings or (told,)
            above = next((self._above[name] for name in entry.answers if name in self._above), None)
            if above is not None:
                entry.context, headings = above
                entry.headings = tuple(dict.fromkeys((*entry.headings, *headings)))
            n_lost += bool(entry.answers) and above is None
            yield entry
        if n_lost:
            told = "1 ligne répond" if n_lost == 1 else f"{n_lost} lignes répondent"
            reading.notes.append(
                f"{told} à une proposition retirée, ou absente du dossier\u00a0: déposez aussi leur export"
            )


def _opening(text: str) -> str:
    words = text.split()
    return " ".join(words[:_TITLE_WORDS_MAX]) + ("…" if len(words) > _TITLE_WORDS_MAX else "")
