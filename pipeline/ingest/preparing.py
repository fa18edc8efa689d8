"""What each text becomes by itself: frozen, privacy marks put, set aside with its reason or cut into ideas.

By processes when texts are many. "Merci" is no reject.
"""

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice, pairwise
from typing import NamedTuple

from pipeline.config import IngestConfig
from pipeline.execution import Executor
from pipeline.ingest.formats.records import NO_ANSWER, Entry, Reading
from pipeline.ingest.frames import FRAME_NAMES
from pipeline.ingest.privacy.marks import INVISIBLE, MARK, private
from pipeline.ingest.segmentation.formulas import only_formulas
from pipeline.ingest.segmentation.joining import Idea
from pipeline.ingest.segmentation.lines_and_sentences import cut_width, is_cut
from pipeline.ingest.segmentation.reports import is_report
from pipeline.ingest.segmentation.segment import ideas_of
from pipeline.language.syntax.finite_verbs import holds_word
from pipeline.language.text.languages import foreign_language, is_surely_french, words_of_language
from pipeline.language.text.lists import either, read_lines
from pipeline.language.vocabulary.courtesies import says_nothing

_TRIED = either(read_lines(__name__, "test_rows"))
_OF_TRIAL = r"(?: (?:d[eu]\s?\w+|d['’]\w+|ok|technique|\d+|tests?|essais?))*"
_TEST = re.compile(
    rf"^\W*(?:(?:ceci est |c['’]est )?(?:un |1 )?(?:petit )?(?:tests?|essais?){_OF_TRIAL}|(?:{_TRIED})\W*\d*|"
    r"qsdf\w*|bla(?: bla)+|lorem ipsum.*|x{3,}|a{3,}|z{3,})\W*$",
    re.IGNORECASE | re.DOTALL,
)
_UNFILLED = either(read_lines(__name__, "unfilled_texts"))
_THINGS = (
    "ici|here|an?|une?|d[eu]s?|l[ae]s?|the|textes?|text|(?:sous-)?titres?|(?:sub)?titles?|master|styles?|notes?|"
    "images?|photos?|icônes?|contenus?|légendes?|commentaires?|masque|diapositive|slide"
)
_EXTENSIONS = "csv|docx?|gif|heic|html?|jpe?g|m4a|md|mov|mp[34]|od[pst]|pdf|png|pptx?|txt|wav|webp|xlsx?|zip"
_OF_TOOL = re.compile(
    rf"\W*(?:(?:slide|diapo(?:sitive)?|page|feuille|planche|p\.)\s*(?:n[°o]\s*)?\d+(?:\s*(?:/|sur|of)\s*\d+)?"
    rf"|(?:{_UNFILLED})(?:\s+(?:{_THINGS}))*"
    rf"|(?:https?://|www\.)\S+|[a-z]:\\[^\n]+|[\w./\\~-]+\.(?:{_EXTENSIONS})|~?(?:/[\w.-]+){{2,}}/?)\W*",
    re.IGNORECASE,
)
"""`Page 4/12`, `Cliquez pour ajouter du texte`, `IMG_2034.jpg`, `C:\\bilan.pptx`: a whole text of it."""
_ADVERTISING = either(read_lines(__name__, "advertising"))
_SPAM_WORDS = re.compile(rf"{_ADVERTISING}|gagne[rz] \d+ ?€|taux de \d+ ?%".replace("'", "['’]"), re.IGNORECASE)
_CONTACT = re.compile(r"https?://|www\.|\[courriel\]|\[téléphone\]|\[lien personnel\]", re.IGNORECASE)
_VOWELS = frozenset("aeiouyàâäéèêëîïôöùûüœæ")


FOREIGN = "texte en "
"""What the detail of a text of another language begins with, before its name."""


def reject_reason(text: str) -> tuple[str, str] | None:
    """(reason, detail in French) when a text is set aside, None when it is a contribution."""
    if len(text) <= 60 and _TEST.match(text):
        return "ligne_de_test", "ligne d'essai"
    if not holds_word(text) or ("[" in text and not holds_word(MARK.sub("", text))):
        return ("sans_mot", "aucun mot à lire") if text.strip() else ("vide", "texte vide")
    if len(text) <= 200 and _OF_TOOL.fullmatch(text):
        return "sans_mot", "ligne d'un logiciel\u00a0: page, fichier ou texte à remplacer"
    n_lost = text.count("\ufffd")
    if n_lost and n_lost * 20 >= len(text):
        return "illisible", "caractères perdus : encodage abîmé"
    if _CONTACT.search(text) and len(_SPAM_WORDS.findall(text)) >= (1 if text.count("http") > 1 else 2):
        return "spam", "message publicitaire"
    return _strange(text)


def _strange(text: str) -> tuple[str, str] | None:
    """Another language, or keys struck at random."""
    words = words_of_language(text)
    if is_surely_french(words):
        return None
    if (name := foreign_language(text)) is not None:
        return "autre_langue", f"{FOREIGN}{name}"
    words = [word for word in words if len(word) > 1]
    if words and all(map(_is_struck, words)):
        return "illisible", "touches frappées au hasard"
    return None


def _is_struck(word: str) -> bool:
    if len(word) < 6:
        return False
    n_vowels = sum(c in _VOWELS for c in word)
    return n_vowels == 0 or len(set(word)) <= 2 or (len(word) > 9 and n_vowels * 8 < len(word))


N_TOGETHER = 1_024
"""Entries that are cut into ideas at once, by one process when there are many."""
TEXT_MAX = 200_000
"""Characters of one entry, three hours of speech: more is a whole file in a cell, which nobody said at once."""
_MOJIBAKE = re.compile(r"Ã[\u0080-\u00bf©¨ªª«´®¯¹»¢§ ]|â€[™œ“”¦\u009d]")
_SPACES_AT_LINE_END = re.compile(r"[ \t]+(?=\n)|\n{3,}")

Reject = tuple[str, str, str]
"""Locator, reason, detail of what a reader set aside."""


def freeze(text: str) -> str:
    """Decoded text in its final form: NFC, plain newlines, nothing invisible, no double encoding, no edge blanks."""
    if not text.isascii():
        if _MOJIBAKE.search(text):  # UTF-8 once read as cp1252 (`Ã©`), put right when the whole text can be
            with suppress(UnicodeError):
                text = text.encode("cp1252").decode("utf-8")
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = INVISIBLE.sub(
            "", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
        )
        text = _SPACES_AT_LINE_END.sub(lambda found: "\n\n" if "\n" in found.group() else "", text)
        text = _unwrapped(text)
    return text.strip()


def _unwrapped(text: str) -> str:
    """A text without the ends of the lines that its editor cut at one width, where a sentence goes on after them."""
    lines = text.split("\n")
    width = cut_width(lines)
    parts = ((" " if is_cut(line, other, width) else "\n") + other for line, other in pairwise(lines))
    return lines[0] + "".join(parts) if width else text


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
    return [prepared(text, is_speech, is_reported, config) for text in texts]


def prepared(frozen: str, is_speech: bool, is_reported: bool, config: IngestConfig) -> Prepared:
    """What one frozen text becomes."""
    marks: Counter[str] = Counter()
    text = private(frozen, config, marks)
    reason = reject_reason(text) or _formulas(text)
    if reason is None and not is_speech and says_nothing(text):
        reason = NO_ANSWER
    return Prepared(text, marks, reason, ideas_of(text, is_speech, is_reported) if reason is None else [], is_reported)


def _formulas(text: str) -> tuple[str, str] | None:
    """Why a text that holds but formulas is set aside: « La séance est levée. », « Bonjour, »."""
    frame = only_formulas(text)
    return (frame, FRAME_NAMES[frame]) if frame else None


def prepared_entries(
    reading: Reading, config: IngestConfig, executor: Executor
) -> Iterator[tuple[Entry, Prepared, list[Reject]]]:
    """The entries of a reading with what their texts become, and what the reader set aside meanwhile."""
    waiting: deque[list[tuple[Entry, list[Reject]]]] = deque()

    def batches() -> Iterator[tuple[list[str], bool, bool, IngestConfig]]:
        entries = iter(reading.entries)
        while True:
            waiting.append([(entry, reading.drained()) for entry in islice(entries, N_TOGETHER)])
            if not waiting[-1]:
                return
            texts = [entry.text if len(entry.text) <= TEXT_MAX else "" for entry, _ in waiting[-1]]
            yield texts, reading.channel == "transcript", reading.provenance == "note", config

    for answers in executor.map(prepare, batches()):
        for (entry, rejects), prepared in zip(waiting.popleft(), answers, strict=True):
            yield entry, prepared, rejects
