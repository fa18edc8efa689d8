"""Labels at the head of lines (`Lucie :`, `Animatrice :`): whose they are, which are nobody's, and who leads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.ingest.formats.records import Entry
from pipeline.ingest.structure import context_of
from pipeline.language.lexicon.nouns import ambiguous_names, first_names
from pipeline.language.text.lists import read_lines, read_words
from pipeline.language.text.words import stem, words
from pipeline.language.vocabulary.rarity import background
from pipeline.tables.columns import header_key, matches_alias, sources

_WORDS_MAX = 5
_REPEATED = 2
_INITIALS = re.compile(r"^(?:[A-Z]\.? ?-?){1,3}$")
_PROPER = re.compile(r"^[A-ZÀ-Þ][\w.’'-]*$")
_PARTICLES = frozenset(("de", "du", "des", "la", "le", "van", "von", "ben", "el", "et"))
_TURN = re.compile(
    r"^(?:question|réponse|remarque|intervention|réaction|commentaire|témoignage|avis|expression)s?\s+"
    r"(?:de\s+|d['’])?(?=[A-ZÀ-Þ])",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:M\.|Mr|Mme|Mlle|Monsieur|Madame)\s+[A-ZÀ-Þ]")
_NAME_AND_STOP = re.compile(
    r"^(?P<nom>(?:[^\W\d_]+\s+(?:de\s+)?)?[A-ZÀ-Þ][\w’-]+)\s?\.\s+(?P<texte>[A-ZÀ-Þ«].*)$", re.DOTALL
)
_COMMON_MIN = 3
_ROLE_WORDS_MAX = 3
_RANK = re.compile(r"[\s_-]*\d+$")


@dataclass(frozen=True)
class Label:
    """A label at the head of a line, and what is said after it; `is_told` when the label says that someone speaks."""

    name: str
    text: str
    is_told: bool = False


@cache
def named_turn() -> re.Pattern[str]:
    """`Nom : texte`, the rule of `[[tours]]` in sources.toml that has no time."""
    rules = (rule["motif"] for rule in sources()["tours"])
    return next(re.compile(rule, re.DOTALL) for rule in rules if "<temps>" not in rule)


def label_of(text: str) -> Label | None:
    """The label at the head of a text; None without. Whether it is a speaker's is another matter."""
    found = named_turn().match(text.strip())
    if found is None:
        return _before_a_stop(text.strip())
    name = speaker_name(found["nom"])
    if not name or len(name.split()) > _WORDS_MAX:
        return None
    return Label(
        name, (found["texte"] or "").strip(), bool(_TURN.match(found["nom"].strip(" *_")) or _TITLE.match(name))
    )


def _before_a_stop(text: str) -> Label | None:
    """`Lucie. Il y aurait mille choses à dire`: a usual first name alone before a full stop."""
    found = _NAME_AND_STOP.match(text)
    name = speaker_name(found["nom"]) if found else ""
    return Label(name, found["texte"]) if found and name in first_names() else None


def speaker_name(raw: str) -> str:
    """The name in a label: `Question de Lucie` is `Lucie`; signs of markup are left out."""
    return _TURN.sub("", " ".join(raw.strip(" *_").split()))


def speakers_among(labels: Iterable[Label]) -> frozenset[str]:
    """Which labels of a document are speakers': first names, roles, and what comes back as a name does."""
    listed = list(labels)
    counts = Counter(label.name for label in listed)
    told = {label.name for label in listed if label.is_told}
    sure = told | {name for name in counts if is_known_speaker(name)}
    parts = {name for name in sure if is_role(name) and not name[-1].isdigit() and counts[name] < _REPEATED}
    if sure == parts:
        sure = set()  # « Habitants : … », once, is no talk
    again = {name for name, n in counts.items() if n >= _REPEATED}
    sure |= {name for name in again if _first_name(name) in ambiguous_names()}
    likely = {name for name in again if looks_like_name(name)}
    return frozenset(sure | likely if len(sure | likely) >= 2 else sure)


def is_known_speaker(name: str) -> bool:
    """Whether a label is somebody's by itself: a first name, or a role."""
    return is_role(name) or is_animation(name) or is_first_name(name)


def is_first_name(word: str) -> bool:
    """Whether a word is a usual first name."""
    return _first_name(word) in first_names()


def _first_name(name: str) -> str:
    """The first word of a name, capitalised; "" for what is written otherwise."""
    words = name.replace("-", " ").split()
    return words[0].rstrip(".,").capitalize() if words and _are_proper(words) else ""


def _are_proper(words: list[str]) -> bool:
    return all(_PROPER.match(word) or word.lower() in _PARTICLES for word in words)


def looks_like_name(name: str) -> bool:
    """Whether a label that comes back is written as a name, and is no heading."""
    words = name.split()
    if _INITIALS.match(name):
        return True
    if not words or not _are_proper(words):
        return False
    return not any(map(_is_heading, {name, words[0]})) and not (len(words) == 1 and _is_common(name))


@cache
def _is_common(word: str) -> bool:
    """Whether people say this word in workshops: `Associations`, which is nobody's name."""
    _, counts = background()
    return any(counts.get(stem(part), 0) >= _COMMON_MIN for part in words(word))


@cache
def _is_heading(name: str) -> bool:
    key = header_key(name)
    return key.rstrip("s") in _headings() or any(matches_alias(name, role) for role in ("texte", "contexte"))


@cache
def _headings() -> frozenset[str]:
    told = [*read_words(__name__, "no_speakers"), *sources()["notes"]["titres"]]
    return frozenset(header_key(word).rstrip("s") for word in told)


@cache
def is_animation(name: str) -> bool:
    """Whether a label is that of someone who leads: `Enquêtrice`, `Animateur 2`, `Lucie (animatrice)`."""
    return any(_RANK.sub("", part) in _roles("animation_roles") for part in _parts(name))


@cache
def is_role(name: str) -> bool:
    """Whether a label names no person but a part: `audience6`, `SPEAKER_00`, `Habitante 2`."""
    return _RANK.sub("", header_key(name.replace("_", " "))) in _roles("speaker_roles")


@cache
def is_nobody(name: str) -> bool:
    """Whether a label stands for nobody in particular: `public`, `la salle`."""
    key = re.sub(r"^(?:l[ae]s? |l')", "", header_key(name))
    return key in _roles("collective_roles")


def _parts(name: str) -> list[str]:
    whole = header_key(name)
    inside = re.split(r"[(),/–—]| - ", name)
    words = name.split()
    around = [words[0], words[-1]] if 0 < len(words) <= _ROLE_WORDS_MAX else []
    return [whole, *map(header_key, [*inside, *around])]


@cache
def _roles(name: str) -> frozenset[str]:
    return frozenset(header_key(line) for line in read_lines(__name__, name))


# turns of those who lead: they say what is asked, and are no contribution ------------------------------------------

_QUESTION_WORDS_MIN = 4
_QUESTION = re.compile(r"[^.!…?\n]+\?")
REJECT = ("animation", "parole de l'animation, qui donne le contexte")


def without_animation(entries: list[Entry]) -> tuple[list[Entry], list[tuple[str, str, str]]]:
    """The turns of those who take part, each with the question that it answers, and the rejects.

    Where nobody but the animation speaks, its turns are all there is to read: they stay.
    """
    leads = [entry.voice is not None and is_animation(entry.voice) for entry in entries]
    if not any(leads) or all(leads):
        return [_told_by_nobody(entry) for entry in entries], []
    kept: list[Entry] = []
    rejects: list[tuple[str, str, str]] = []
    asked, above = "", entries[0].headings
    for entry, is_leading in zip(entries, leads, strict=True):
        if entry.headings != above:
            asked, above = "", entry.headings
        if is_leading:
            asked = question_in(entry.text) or asked
            rejects.append((entry.locator, *REJECT))
            continue
        if asked:
            entry.context = context_of((*entry.headings[-1:], asked))
        kept.append(_told_by_nobody(entry))
    return kept, rejects


def question_in(text: str) -> str:
    """The last question of a turn: `Et qu'est-ce qui manque le soir ?`; "" without a question mark."""
    asked = [found.group().strip() for found in _QUESTION.finditer(text)]
    return next((one for one in reversed(asked) if len(one.split()) >= _QUESTION_WORDS_MIN), "")


def _told_by_nobody(entry: Entry) -> Entry:
    """`Public :` is nobody in particular: two such turns are not one person's."""
    if entry.voice is not None and is_nobody(entry.voice):
        entry.voice = None
    return entry
