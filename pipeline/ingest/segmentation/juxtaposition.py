"""Clauses set side by side without any sign, as on a post-it written in one breath: where the second one begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.segmentation.openings import tokens
from pipeline.language.syntax.finite_verbs import has_verb, is_conjugated, subject_of, words

_PLURAL, _PERSON = r"(?:les|mes|nos|des) ", r"(?:on|je|nous) |j['’]"
_SINGLE = r"(?:le|la|mon|ma|notre|un|une) |l['’](?!(?:a|as|ai|ont|est|avait|avaient|aura)\b)"
_THERE = r"(?<!\bil )y a |il y a |il n['’]y "
_NEXT_SUBJECT = re.compile(
    rf"(?<=[\w»)])\s+(?=(?:(?P<plural>{_PLURAL})|(?P<single>{_SINGLE})|{_PERSON}|{_THERE})\w)", re.IGNORECASE
)
_SUBORDINATE, _HOLDS_OPEN = tokens("subordinates"), tokens("open_tokens")
_TIME_AGO = re.compile(r"\b(?:y a|ça fait|ça faisait)\s[^,;:]{1,24}$", re.IGNORECASE)
_DURATION = re.compile(
    r"(?:il y a|il n['’]y a pas) "
    r"(?:(?:\w+ ){1,3}(?:ans?|mois|jours?|semaines?|temps|heures?|minutes?)|longtemps|peu)\b",
    re.IGNORECASE,
)
"""When something was: `une chronique il y a six mois` has no verb of its own."""
_LAST_STRETCH = re.compile(r"[,;:.!?…»]\s")
_COMMENT = re.compile(r"\sce qu(?:i|e|['’])")
"""`un détour ce qui décourage`: the verb that comes says something of the whole, not of the noun."""
_FIRST_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]*$")
_SURNAME = re.compile(r"L[ea] [A-ZÀ-Þ]")
"""`Tanguy Le Bihan l'a dit`: what follows a name is its other half."""
_HAVE = frozenset("a as ai ont avons avez avait avaient aura auront".split())
_ASKS_FOR_AN_OBJECT = tokens("participles_of_objects")
"""`On a perdu le médecin`: what was lost comes next; `l'école a fermé les gens partent` is whole before."""
_LEAST_WORDS = 3
_NEAR = 160


def juxtaposed_cuts(sentence: str) -> Iterator[int]:
    """Positions where a new subject and its verb follow a whole clause, nothing standing between the two."""
    last = 0
    for found in _NEXT_SUBJECT.finditer(sentence):
        left = _LAST_STRETCH.split(sentence[max(last, found.start() - _NEAR) : found.start()])[-1]
        right = sentence[found.end() : found.end() + _NEAR]
        is_name = _SURNAME.match(sentence, found.end()) and _FIRST_NAME.search(sentence[: found.start()])
        if not is_name and _is_whole(left) and _opens(right, found):
            yield found.end()
            last = found.end()


def _is_whole(left: str) -> bool:
    tokens = words(left)
    if (
        len(tokens) < _LEAST_WORDS
        or tokens[-1] in _HOLDS_OPEN
        or tokens[-1].endswith(("-même", "-mêmes"))
        or not _SUBORDINATE.isdisjoint(tokens)
    ):
        return False
    if tokens[-2:] == ["est", "quoi"] or (tokens[-2] in _HAVE and tokens[-1] in _ASKS_FOR_AN_OBJECT):
        return False
    if is_conjugated(tokens[-1]) or tokens[-1].endswith(("er", "ir", "re")) or _TIME_AGO.search(left):
        return False
    return subject_of(left) != "" and has_verb(left)


def _opens(right: str, found: re.Match[str]) -> bool:
    right = _COMMENT.split(_LAST_STRETCH.split(right)[0].split(",")[0])[0]
    if _DURATION.match(right):
        return False
    right = _DURATION.sub("", right)
    if len(words(right)) <= _LEAST_WORDS or subject_of(right) not in ("noun", "person", "there"):
        return False
    if not found["plural"] and not found["single"]:
        return True
    verb = next(
        (word for before, word in zip(words(right)[1:], words(right)[2:], strict=False) if _counts(word, before)), ""
    )
    is_plural = verb.endswith(("ent", "ont")) or verb == "ils" or verb == "elles"
    return verb in ("", "n'", "n’", "ne", "s'", "s’", "se") or is_plural == bool(found["plural"])


def _counts(word: str, before: str) -> bool:
    return word in ("il", "ils", "elle", "elles", "n'", "n’", "ne", "s'", "s’", "se") or is_conjugated(word, before)
