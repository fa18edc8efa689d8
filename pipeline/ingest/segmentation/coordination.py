"""Clauses or members side by side in one sentence: clauses with their own subjects, infinitives, lacks, a list."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from pipeline.ingest.segmentation.openings import ACTS, PROBLEM_START, begins_infinitive
from pipeline.ingest.segmentation.standalone import (
    brings_subject,
    can_stand,
    is_dependent,
    n_words,
    stands_alone,
)
from pipeline.language.syntax.finite_verbs import has_verb, opening_pronoun

_COMMA = re.compile(r"\s*,\s*(?=[^\W\d])")
_AND = re.compile(r"\s+(?:et|&)\s+(?=\S)", re.IGNORECASE)
_CONSEQUENCE = re.compile(r"(?:du coup|donc|depuis|alors|résultat|c['’]est pourquoi)\b", re.IGNORECASE)
_COLON = re.compile(r"\S\s*:\s")
"""Clauses joined after it explain together what stands before: "il laisse sa grange : on y dort, et nul ne paie"."""
_EACH_DOES = re.compile(r"chacune? (?!a |est |n['’])", re.IGNORECASE)
"""What each of those does who were said before: "les voisins mangent ensemble, chacun apporte un plat"."""
_SPOKEN_SUBJECT = re.compile(r"(?:moi je|nous on|nous de|nous à)\b", re.IGNORECASE)
_NOUN_START = re.compile(r"(?:le|la|les|l['’]|un|une|des|du|\d+|pas|plus|[a-zà-ÿ]{4,})\b", re.IGNORECASE)


def parallels(sentence: str, is_speech: bool) -> Iterator[int]:
    """Clauses or members side by side: "les toilettes sont fermées, la plage est sale", infinitives, a list."""
    if "," not in sentence and " et " not in sentence.lower() and "&" not in sentence:
        return
    marks = list(_COMMA.finditer(sentence))
    edges = [0, *(mark.end() for mark in marks), len(sentence)]
    members = [sentence[start:end].strip(" ,.!?…") for start, end in itertools.pairwise(edges)]
    is_labelled = not is_speech and _is_labelled(sentence)
    if len(members) > 1 and ":" not in sentence:
        if _are_alike(members):
            yield from edges[1:-1]
            return
        yield from edges[1 : _n_listed(members)]
    n_lacks = _n_leading_lacks(members)
    is_to_do = begins_infinitive(re.split(r"[:;]\s", members[0])[-1]) and "?" not in sentence
    for at, mark in enumerate(marks):
        left, right = sentence[: mark.start()], members[at + 1]
        before = re.split(r"[,:;]\s", left)[-1]
        if (is_to_do and _are_infinitives(before, right)) or at + 1 < n_lacks:
            yield mark.end()
            continue
        is_own = _sets_beside(before, right) if is_speech else _is_clause_of_its_own(left, before, right)
        if is_own and not is_labelled and not _EACH_DOES.match(right):
            yield mark.end()
    yield from _joined_by_and(sentence, is_speech, is_labelled)


def _joined_by_and(sentence: str, is_speech: bool, is_labelled: bool) -> Iterator[int]:
    for found in _AND.finditer(sentence):
        left_of_all = sentence[: found.start()]
        left, right = re.split(r"[:;]\s", left_of_all)[-1], sentence[found.end() :]
        is_explained = is_labelled or _COLON.search(left_of_all) is not None
        if _goes_on(left, right) if is_speech else not is_explained and _are_two(left, right):
            yield found.start() + 1


def _is_clause_of_its_own(left: str, before: str, right: str) -> bool:
    """In writing, whether a comma parts two clauses; an "et" goes on with what a colon opened."""
    if _COLON.search(left) and re.match(r"et\b", right, re.IGNORECASE):
        return False
    return stands_alone(right, before) and can_stand(left)


def _is_labelled(sentence: str) -> bool:
    """`Label : clauses`: what follows tells of one thing."""
    label, sign, _ = sentence.partition(": ")
    return bool(sign) and not has_verb(label) and not PROBLEM_START.match(label)


def _n_listed(members: list[str]) -> int:
    """How many members, from the first, make an enumeration without a verb: three at least, else 0."""
    n_listed = 0
    for member in members:
        if not _is_list_member(member):
            break
        n_listed += 1
    return n_listed if n_listed > 2 and not begins_infinitive(members[0]) else 0


def _n_leading_lacks(members: list[str]) -> int:
    """How many members, from the first, are lacks of a few words: "pas de travail, pas de crèche, mais…"."""
    return next(
        (n for n, member in enumerate(members) if not ACTS["lack"].match(member) or n_words(member) < 3), len(members)
    )


def _are_infinitives(left: str, right: str) -> bool:
    return bool(begins_infinitive(left) and begins_infinitive(right)) and n_words(left) > 1 and n_words(right) > 2


def _are_two(left: str, right: str) -> bool:
    """In writing, whether "et" joins two acts or two whole clauses."""
    if n_words(left) < 3 or n_words(right) < 3:
        return False
    if _are_infinitives(left, right) or (ACTS["more"].match(left) and ACTS["more"].match(right)):
        return True
    if n_words(left) < 4 or n_words(right) < 4 or _CONSEQUENCE.match(right) or _SPOKEN_SUBJECT.match(right):
        return False
    if re.match("on ", right) or _is_listing(left):
        return False
    return stands_alone(right, left) and can_stand(left)


def _is_listing(left: str) -> bool:
    """Whether the last member before an "et" has no verb: it lists ("les origines, les lieux et les opinions")."""
    head, comma, last = left.rpartition(", ")
    return bool(comma) and has_verb(head) and not has_verb(last)


def _goes_on(left: str, right: str) -> bool:
    """In speech, "et" opens a new idea when it brings a new subject ("… et le pain il est congelé")."""
    if not can_stand(left) or n_words(left) < 5 or n_words(right) < 4 or _is_listing(left.rstrip(",")):
        return False
    if _SPOKEN_SUBJECT.match(right):
        return True
    pronoun = opening_pronoun(right)
    return brings_subject(right) or (stands_alone(right) and not _speaks_as(left, pronoun))


def _speaks_as(left: str, pronoun: str) -> bool:
    """Whether the same "je" or "on" spoke before: one story goes on."""
    return bool(re.search(rf"(?<!\w){pronoun[:1]}(?:{pronoun[1:]}\b|['’])", left, re.IGNORECASE))


def _are_alike(members: list[str]) -> bool:
    if all(begins_infinitive(member) and n_words(member) > 1 for member in members):
        return True
    if all(ACTS["more"].match(member) and n_words(member) > 1 for member in members):
        return True
    if len(members) > 1 and all(ACTS["lack"].match(member) and n_words(member) > 2 for member in members):
        return True
    return len(members) > 2 and _n_listed(members) == len(members)


def _is_list_member(member: str) -> bool:
    return (
        1 < len(re.findall(r"\w+", member)) < 10
        and bool(_NOUN_START.match(member))
        and not has_verb(member)
        and not is_dependent(member)
        and not re.match(r"(?:et|ou|puis)\b", member)
    )


def _sets_beside(before: str, right: str) -> bool:
    """In speech, a comma parts two ideas when both sides bring their own subject ("le lait…, le gasoil a doublé")."""
    return n_words(before) > 3 and n_words(right) > 3 and brings_subject(before) and brings_subject(right)
