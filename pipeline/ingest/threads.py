"""What answers what, from file to file: a comment is read under the title of the proposal that it comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.structure import context_of

_TITLE_WORDS_MAX = 12


class Threads:
    """The titles of what may be answered, by the name that its tool gives it; files that answer are read last."""

    def __init__(self) -> None:
        self._titles: dict[str, tuple[str, ...]] = {}

    def follow(self, reading: Reading) -> None:
        """Put the entries that answer another one under its headings, as they are read; those of none are told."""
        reading.entries = self._followed(reading.entries, reading)

    def _followed(self, entries: Iterable[Entry], reading: Reading) -> Iterator[Entry]:
        n_lost = 0
        for entry in entries:
            if entry.own_name:
                self._titles[entry.own_name] = entry.headings or (_opening(entry.text),)
            above = next((self._titles[name] for name in entry.answers if name in self._titles), ())
            if above:
                entry.headings = tuple(dict.fromkeys((*above, *entry.headings)))
                entry.context = context_of(entry.headings)
            n_lost += bool(entry.answers) and not above
            yield entry
        if n_lost:
            told = "1 ligne répond" if n_lost == 1 else f"{n_lost} lignes répondent"
            reading.notes.append(
                f"{told} à une proposition qui n'est pas dans le dossier\u00a0: déposez aussi l'export des propositions"
            )


def _opening(text: str) -> str:
    words = text.split()
    return " ".join(words[:_TITLE_WORDS_MAX]) + ("…" if len(words) > _TITLE_WORDS_MAX else "")
