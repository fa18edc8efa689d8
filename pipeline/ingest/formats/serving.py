"""The process apart that reads: a question in, an answer out, until nobody asks.

Answers are `(True, what was read)` or `(False, (source, problem, advice))` for a file that is refused.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.confined import bound
from pipeline.ingest.formats.readers import read_kind
from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.workshop import ToldOfFile
from pipeline.tables.reading import guarded

N_TOGETHER = 1_024
"""Entries of one answer."""


class _Reader:
    """The file that is open, if any."""

    def __init__(self) -> None:
        self._source = self._expected = ""
        self._readings: list[Reading] = []
        self._entries: list[Iterator[Entry]] = []

    def open(
        self, path: str, source: str, kind: str, override: ToldOfFile | None, expected: str, limits: tuple[int, float]
    ) -> list[Reading]:
        """The readings of a file, without their entries; `limits` are bytes of memory and seconds."""
        bound(*limits)
        self._readings, self._entries = [], []
        self._source, self._expected = source, expected
        self._readings = guarded(source, lambda: read_kind(Path(path), source, kind, override), expected)
        self._entries = [iter(reading.entries) for reading in self._readings]
        return [replace(reading, entries=(), rejects=[]) for reading in self._readings]

    def more(self, rank: int) -> tuple[list[Any], list[Any], list[str], bool]:
        """The next entries of a reading, each with the rejects before it; rejects after, notes, whether it ends."""
        reading = self._readings[rank]

        def taken() -> list[Any]:
            return [(entry, _drained(reading)) for entry in islice(self._entries[rank], N_TOGETHER)]

        entries = guarded(self._source, taken, self._expected)
        return entries, _drained(reading), reading.notes, len(entries) < N_TOGETHER


def _drained(reading: Reading) -> list[Any]:
    found = list(reading.rejects)
    reading.rejects.clear()
    return found


def serve() -> None:
    """Answer questions on standard input until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asks answers Ctrl-C, and ends this one
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    reader = _Reader()
    pickle.dump((True, "ready"), answers)
    answers.flush()
    while True:
        try:
            name, *arguments = pickle.load(questions)  # noqa: S301  (from the process that started this one)
        except EOFError:
            return
        try:
            answer = (True, getattr(reader, name)(*arguments))
        except RefusedFileError as error:
            answer = (False, (error.source, error.problem, error.advice))
        pickle.dump(answer, answers)
        answers.flush()
