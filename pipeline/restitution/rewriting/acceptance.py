"""Whether a model's answer may stand for a sentence of ours: same placeholders, same content, nothing added.

An answer is untrusted text. The checks are closed lists rather than guesses: a word that is neither grammar nor the
reporter's voice (`pipeline.language.claims.reporter_words`) must stand on both sides, or the answer is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from pipeline.contracts.draft import Node, Sentence
from pipeline.language.claims.reporter_words import acts, content, negations, numbers, weighty
from pipeline.language.claims.support import is_french, is_plain, sentences_of
from pipeline.language.text.folding import fold
from pipeline.language.text.words import STOP_WORDS, words

LENGTH_TOLERANCE = 0.4
PLACEHOLDER = re.compile(r"\{\{(\d{1,3})\}\}")
_END = re.compile(r"[.!?…](?=\s|$)")
_WORD = re.compile(r"\w+")


def masked(sentence: Sentence) -> str:
    """Our words, with {{1}}, {{2}}… for everything else."""
    pieces = []
    n = 0
    for node in sentence.nodes:
        if _is_ours(node):
            pieces.append(node.text)
        else:
            n += 1
            pieces.append(f"{{{{{n}}}}}")
    return "".join(pieces)


def _is_ours(node: Node) -> bool:
    return node.kind == "text" and not node.strong


def kept_nodes(sentence: Sentence) -> list[Node]:
    """The nodes that placeholders stand for, in order."""
    return [node for node in sentence.nodes if not _is_ours(node)]


def refusal(ours: Sentence, answer: str) -> str:
    """Why an answer cannot stand for a sentence of ours, in French; "" when it can, the quote lock aside."""
    for reason, holds in _CHECKS:
        if not holds(ours, answer):
            return reason
    return ""


def own(text: str) -> str:
    """A masked text without its placeholders."""
    return PLACEHOLDER.sub(" ", text)


def _same_placeholders(ours: Sentence, answer: str) -> bool:
    return sorted(PLACEHOLDER.findall(answer), key=int) == [str(n + 1) for n in range(len(kept_nodes(ours)))]


def _has_same_length(ours: Sentence, answer: str) -> bool:
    due, found = len(own(masked(ours))), len(own(answer))
    return abs(found - due) <= LENGTH_TOLERANCE * due


def _adds_no_number(ours: Sentence, answer: str) -> bool:
    return numbers(own(answer)) <= numbers(own(masked(ours)))


def _has_same_names(ours: Sentence, answer: str) -> bool:
    """The same words with a capital inside sentences; a first word must be grammar or one of ours."""
    ours_text = masked(ours)
    known = set(words(own(ours_text)))
    firsts_hold = all(fold(first) in known | STOP_WORDS or len(first) == 1 for first in _first_words(answer))
    return firsts_hold and set(_capitals(answer)) == set(_capitals(ours_text))


def _first_words(text: str) -> Iterator[str]:
    for sentence in sentences_of(text):
        match = _WORD.search(sentence.lstrip())
        if match is not None and not sentence.lstrip().startswith("{{"):
            yield match.group()


def _capitals(text: str) -> Iterator[str]:
    for sentence in sentences_of(text):
        bare = sentence.lstrip()
        match = None if bare.startswith("{{") else _WORD.search(bare)
        inside = bare if match is None else bare[match.end() :]
        yield from (word for word in _WORD.findall(own(inside)) if word[0].isupper())


def _says_the_same(ours: Sentence, answer: str) -> bool:
    due, found = own(masked(ours)), own(answer)
    return acts(found) == acts(due) and content(found) == content(due)


def _weighs_the_same(ours: Sentence, answer: str) -> bool:
    due, found = own(masked(ours)), own(answer)
    return negations(found) == negations(due) and weighty(found) <= weighty(due)


def _keeps_who_said_what(ours: Sentence, answer: str) -> bool:
    """Two places and two people's words must keep their order: swapped, a word would change hands.

    A title or a note told that opened the sentence still opens it: its capital may be its own.
    """
    kept = kept_nodes(ours)
    order = [int(n) for n in PLACEHOLDER.findall(answer)]
    counts = Counter("place" if node.kind in ("place", "fact", "given") else "words" for node in kept)
    if min(counts["place"], counts["words"]) > 0 and max(counts["place"], counts["words"]) > 1:
        return order == sorted(order)
    if kept and kept[0] is ours.nodes[0] and kept[0].kind in ("title", "report", "text"):
        return answer.lstrip().startswith("{{1}}")
    return True


def _ends_alike(ours: Sentence, answer: str) -> bool:
    """As many sentences as ours, and the same last mark."""
    due = masked(ours)
    return len(_END.findall(due)) == len(_END.findall(answer)) and due.rstrip()[-1] == answer.rstrip()[-1]


_CHECKS: tuple[tuple[str, Callable[[Sentence, str], bool]], ...] = (
    ("réponse vide", lambda _, answer: bool(answer.strip())),
    ("repère perdu, répété ou ajouté", _same_placeholders),
    ("mise en forme ou caractère étranger", lambda _, answer: is_plain(own(answer))),
    ("longueur", _has_same_length),
    ("pas en français", lambda _, answer: is_french(own(answer))),
    ("nombre ajouté", _adds_no_number),
    ("nom ajouté ou perdu", _has_same_names),
    ("négation ou nuance changée", _weighs_the_same),
    ("autre contenu", _says_the_same),
    ("paroles déplacées", _keeps_who_said_what),
    ("ponctuation finale", _ends_alike),
)
