"""What each text becomes by itself: frozen, privacy marks put, set aside or cut into ideas; by processes when many."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pipeline.config import IngestConfig
from pipeline.execution import Executor
from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.privacy.marks import mask
from pipeline.ingest.screening import reject_reason
from pipeline.ingest.segmentation.joining import Idea
from pipeline.ingest.segmentation.reports import is_report
from pipeline.ingest.segmentation.segment import ideas_of

N_TOGETHER = 1_024
"""Entries that are cut into ideas at once, by one process when there are many."""
TEXT_MAX = 200_000
"""Characters of one entry, three hours of speech: more is a whole file in a cell, which nobody said at once."""
_SUFFIX_MAX, _LONG_SUFFIXES = 5, (".jsonl", ".ndjson", ".parquet", ".etherpad", ".markdown")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_MOJIBAKE = re.compile(r"Ã[\u0080-\u00bf©¨ªª«´®¯¹»¢§ ]|â€[™œ“”¦\u009d]")
_SPACES_AT_LINE_END = re.compile(r"[ \t]+(?=\n)|\n{3,}")

Reject = tuple[str, str, str]
"""Locator, reason, detail of what a reader set aside."""


def freeze(text: str) -> str:
    """Decoded text in its final form: NFC, plain newlines, nothing invisible, no double encoding, no edge blanks."""
    if not text.isascii():
        if _MOJIBAKE.search(text):
            text = _repaired(text)
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = _INVISIBLE.sub(
            "", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
        )
        text = _SPACES_AT_LINE_END.sub(lambda found: "\n\n" if "\n" in found.group() else "", text)
    return text.strip()


def _repaired(text: str) -> str:
    """UTF-8 once read as cp1252 (`Ã©`), put right when the whole text can be."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


class Prepared(NamedTuple):
    """What one text becomes, whatever stands around it: frozen and marked, set aside or cut into ideas."""

    text: str
    marks: Counter[str]
    reason: tuple[str, str] | None
    ideas: list[Idea]
    is_reported: bool


def prepare(batch: tuple[list[str], bool, bool, IngestConfig]) -> list[Prepared]:
    """Row-stage function: `(texts, are they speech, are they notes, configuration)` → what each becomes.

    Texts whose sentences report what was said are notes, whoever they were given as.
    """
    raws, is_speech, is_note, config = batch
    texts = [freeze(raw) for raw in raws]
    is_reported = not is_speech and (is_note or is_report(texts))
    found = []
    for frozen in texts:
        marks: Counter[str] = Counter()
        text = private(frozen, config, marks)
        reason = reject_reason(text)
        ideas = ideas_of(text, is_speech, is_reported) if reason is None else []
        found.append(Prepared(text, marks, reason, ideas, is_reported))
    return found


def private(text: str, config: IngestConfig, marks: Counter[str]) -> str:
    """`text` with marks instead of personal data, unless the configuration keeps them; `marks` counts them."""
    if not config.pseudonymiser:
        return text
    return mask(text if text.isprintable() else _INVISIBLE.sub("", text), config.garder_contacts_publics, marks)


def private_name(name: str, config: IngestConfig) -> str:
    """The name of a file or folder, private data marked in each of its parts; what ends a file name stays."""
    *folders, file = name.split("/")
    suffix = Path(file).suffix
    suffix = suffix if len(suffix) <= _SUFFIX_MAX or suffix.lower() in _LONG_SUFFIXES else ""
    told = [private(part, config, Counter()) for part in (*folders, file.removesuffix(suffix))]
    whole = private(file, config, Counter())
    is_cut = told[-1] == file.removesuffix(suffix) != file and whole != file  # the suffix was the end of an address
    return "/".join([*told[:-1], whole if is_cut else told[-1] + suffix])


def prepared_entries(
    reading: Reading, config: IngestConfig, executor: Executor
) -> Iterator[tuple[Entry, Prepared, list[Reject]]]:
    """The entries of a reading with what their texts become, and what the reader set aside meanwhile."""
    waiting: deque[list[tuple[Entry, list[Reject]]]] = deque()

    def batches() -> Iterator[tuple[list[str], bool, bool, IngestConfig]]:
        entries = iter(reading.entries)
        while True:
            waiting.append([(entry, drained(reading)) for entry in islice(entries, N_TOGETHER)])
            if not waiting[-1]:
                return
            texts = [entry.text if len(entry.text) <= TEXT_MAX else "" for entry, _ in waiting[-1]]
            yield texts, reading.channel == "transcript", reading.provenance == "note", config

    for answers in executor.map(prepare, batches()):
        for (entry, rejects), prepared in zip(waiting.popleft(), answers, strict=True):
            yield entry, prepared, rejects


def drained(reading: Reading) -> list[Reject]:
    """What the reader set aside since the last time."""
    found = list(reading.rejects)
    reading.rejects.clear()
    return found
