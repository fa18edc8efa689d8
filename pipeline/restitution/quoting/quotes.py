"""Which words may be quoted, and where: exact spans, short, readable, central, from different tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from pipeline.contracts.draft import WordsNode, WordsRef
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.model import Item
from pipeline.restitution.material.sentence_bounds import Span, sentence_around
from pipeline.restitution.quoting.unfit import MARK, PROCEDURE, SPOKEN, STUTTER, TYPED_MARK, VAGUE

CUT = "[…]"
WORDS_MAX = 26
WORDS_GOOD = (5, 17)
FIT_MIN = 0.4
RANK_COST = 0.03
READABLE_MAX = 1.15
RANK_MAX = int((READABLE_MAX - FIT_MIN) / RANK_COST) + 1
"""From this place on, the words that read best are too far from the centre of their group to be quoted."""
ALONE_MIN = 0.66
NEW_MIN = 3
NEW_IN_TITLE = 2
TAIL_WORDS_MAX = 6
QUOTABLE = ("ecrit", "transcription")
_SENTENCE = re.compile(
    r"[^.!?…\n]+(?:[?…]+(?=\s+[a-zà-ÿ])[^.!?…\n]*|[.!?…]+(?=\s|$)|[.!?…]+(?=\S)[^.!?…\n]*)*[!?…]*"
    r"(?:[ \u00a0\u202f]*[»”](?:[ \u00a0\u202f]*[.!?…]+)?)*"
)
"""A sentence, with the closing quotation mark that its own end stands in; `mairie ? com com ?` goes on."""
_CLAUSE = re.compile(r"[^,;:()\n]+")
_TERM = re.compile(
    r"\s*(?:(?:et|ou)\s+)?(?:les?|la|l['’]|des|du|une?|nos|leurs)\s?[\w’'-]+(?:\s[\w’'-]+){0,2}\s*$", re.IGNORECASE
)
"""A term of a list: a short noun phrase between two commas."""
_EDGES = " \t\r\n-–—•*·,;:.\u00a0\u202f"
_FILLERS = re.compile(r"^(?:(?:alors|moi|euh|hein|bah|ben|donc|voilà|bon|enfin|et puis|et|ah)\b[ ,]*)+", re.I)


def may_quote(item: Item) -> bool:
    """Whether the item's words may stand between « »."""
    return item.provenance in QUOTABLE and item.is_quotable and not item.is_hidden and item.quote_choice != "bannie"


def may_tell(item: Item) -> bool:
    """Whether the item's words may be told without « »: those of a note, or words that might as well be quoted."""
    return may_quote(item) or (item.provenance == "note" and item.is_quotable and not item.is_hidden)


def quote(item: Item, words_max: int = WORDS_MAX, subject: AbstractSet[str] = frozenset()) -> WordsNode | None:
    """The best short quotation of an item, or None when nothing of it can stand between « ».

    Parameters
    ----------
    subject : stems of what is spoken of; a span that holds one of them is preferred.
    """
    if not may_quote(item):
        return None
    spans = candidates(item, words_max)
    if not spans:
        return None
    best = max(spans, key=lambda span: (round(fitness(item, span, subject), 4), -span[0], span[1]))
    return quote_node(item, best)


def quote_node(
    item: Item, span: Span, kind: Literal["quote", "report"] = "quote", shows_cuts: bool = True
) -> WordsNode:
    """A node for one span of an item's words, masks and the rest of its sentence cut out and shown […].

    Parameters
    ----------
    shows_cuts : false when the sentence around tells what was cut before the quotation.
    """
    span, parts = _with_cuts(item, span) if kind == "quote" and shows_cuts else (span, _visible(item, span))
    ref = WordsRef(item.item_id, item.contribution_id, span, tuple(parts))
    return WordsNode(kind, shown(item.source_text, parts, span), ref)


def _with_cuts(item: Item, span: Span) -> tuple[Span, list[Span]]:
    """A span widened to the sentence that it was cut from, and the parts of it that are shown."""
    low, high = _sentence_around(item, span)
    text = item.source_text
    parts = _visible(item, span)
    if parts and any(character.isalnum() for character in _FILLERS.sub("", text[low : span[0]].strip(_EDGES))):
        span = (low, span[1])
    if parts and any(character.isalnum() for character in text[span[1] : high]):
        span = (span[0], high)
    return span, parts


def _sentence_around(item: Item, span: Span) -> Span:
    """The sentence of the contribution that a span stands in."""
    low, high = sentence_around(item.source_text, span)
    return _trimmed(item.source_text, (min(low, span[0]), max(high, span[1])))


def shown(source_text: str, parts: Sequence[Sequence[int]], span: Sequence[int]) -> str:
    """The characters of `parts` in order, with […] where `span` was cut."""
    pieces: list[str] = []
    at = span[0]
    for start, end in parts:
        if start > at:
            is_glued = bool(pieces) and not pieces[-1][-1:].isspace()
            pieces.append(f"{' ' * is_glued}{CUT}{' ' * source_text[start].isalnum()}")
        pieces.append(source_text[start:end])
        at = end
    if at < span[1]:
        pieces.append(f"{' ' * (not pieces[-1][-1:].isspace() if pieces else False)}{CUT}")
    return "".join(pieces)


def candidates(item: Item, words_max: int = WORDS_MAX) -> list[Span]:
    """Spans that can be quoted: the sentence that the idea was cut from, the idea, its sentences, else the clauses of
    a long sentence; each within limits.
    """
    offset = 0 if item.is_corrected else item.start
    text = item.source_text
    found: list[Span] = []
    end = offset + len(item.text)
    spans = [item.reach, (offset, end)]
    if not item.is_corrected and len(text[end : item.whole[1]].split()) <= TAIL_WORDS_MAX and item.text[-1:] == "?":
        spans.append((item.reach[0], item.whole[1]))  # `à quelle porte frapper : mairie ? sous-préfecture ?`
    for span in spans:
        whole = _trimmed(text, span)
        if "\n" not in text[whole[0] : whole[1]]:
            found.append(whole)
    for match in _SENTENCE.finditer(item.text):
        sentence = _trimmed(text, (offset + match.start(), offset + match.end()))
        found.append(sentence)
        if _n_words(item, sentence) > words_max:
            found.extend(_clauses(item, sentence, words_max))
    return [
        span
        for span in dict.fromkeys(found)
        if 2 <= _n_words(item, span) <= words_max and _balanced(text[span[0] : span[1]])
    ]


def _clauses(item: Item, sentence: Span, words_max: int) -> list[Span]:
    pieces = [
        (sentence[0] + match.start(), sentence[0] + match.end())
        for match in _CLAUSE.finditer(item.source_text[sentence[0] : sentence[1]])
    ]
    terms = [_TERM.match(item.source_text[start:end]) is not None for start, end in pieces]
    found: list[Span] = []
    for first in range(len(pieces)):
        for last in range(first, min(first + 3, len(pieces))):
            if _cuts_a_list(terms, first, last):
                continue
            span = _trimmed(item.source_text, (pieces[first][0], pieces[last][1]))
            if 4 <= _n_words(item, span) <= words_max and _balanced(item.source_text[span[0] : span[1]]):
                found.append(span)
    return found


def _cuts_a_list(terms: Sequence[bool], first: int, last: int) -> bool:
    """Whether these pieces would open on a term of a list, its first ones left out, or stop before its last ones."""
    opens = first > 0 and terms[first]
    return opens or (terms[last] and last + 1 < len(terms) and terms[last + 1])


def _balanced(text: str) -> bool:
    pairs = (("(", ")"), ("«", "»"), ("“", "”"))
    return all(text.count(one) == text.count(two) for one, two in pairs) and text.count('"') % 2 == 0


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    if end - start > 2 and text[start] == "«" and text[end - 1] == "»" and text[start + 1 : end - 1].count("«") == 0:
        return _trimmed(text, (start + 1, end - 1))
    filler = _FILLERS.match(text[start:end])
    if filler and end - start - filler.end() > 12 and filler.end() > 0:
        return start + filler.end(), end
    return start, end


def _n_words(item: Item, span: Span) -> int:
    return len(item.source_text[span[0] : span[1]].split())


def _visible(item: Item, span: Span) -> list[Span]:
    parts: list[Span] = []
    at = span[0]
    for start, end in () if item.is_corrected else item.masks:
        if end <= at or start >= span[1]:
            continue
        if start > at:
            parts.append((at, start))
        at = max(at, end)
    if at < span[1]:
        parts.append((at, span[1]))
    return parts


def _readability(item: Item, span: Span) -> float:
    text = item.source_text[span[0] : span[1]]
    n = len(text.split())
    low, high = WORDS_GOOD
    score = 1.0 - 0.06 * max(0, low - n) - 0.04 * max(0, n - high)
    letters = [c for c in text if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > 0.5 * len(letters):
        score -= 1.0
    score -= (
        0.8 * bool((TYPED_MARK if item.axis == "nord" else MARK).search(text))
        + 0.25 * len(SPOKEN.findall(text))
        + 0.6 * bool(STUTTER.search(text))
    )
    score -= 0.6 * bool(VAGUE.match(text)) + 1.0 * bool(PROCEDURE.search(item.text))
    score -= 0.5 * (len(set(content_stems(text))) < 2)
    score -= 0.4 * bool(_visible(item, span) != [span]) + 0.35 * _n_cuts(item, span)
    starts_clean = span[0] in (item.start, item.reach[0]) or text[:1].isupper()
    return score + 0.15 * starts_clean


def _n_cuts(item: Item, span: Span) -> int:
    (low, high), _ = _with_cuts(item, span)
    return (low != span[0]) + (high != span[1])


def fitness(item: Item, span: Span, subject: AbstractSet[str]) -> float:
    """How well a span reads and speaks of the subject; below `FIT_MIN` it is not worth quoting."""
    score = _readability(item, span)
    if subject and not subject & set(content_stems(item.source_text[span[0] : span[1]])):
        score -= 0.45
    return score


def fits(item: Item, node: WordsNode, subject: AbstractSet[str]) -> bool:
    """Whether a quotation reads well enough to stand alone."""
    low, high = node.ref.parts[0][0], node.ref.parts[-1][1]
    return fitness(item, (low, high), subject) > ALONE_MIN


def ranked(
    items: Iterable[Item], taken: AbstractSet[str], known: Sequence[str] = (), subject: AbstractSet[str] = frozenset()
) -> list[tuple[Item, WordsNode]]:
    """Items that can be quoted with their quotation: the chosen first, then central and readable, tables in turn.

    Parameters
    ----------
    taken : item ids already told.
    known : texts already on the page; a quotation that adds no word to them is left out.
    """
    pool: list[tuple[float, Item, WordsNode]] = []
    for rank, item in enumerate(items):
        if item.item_id in taken or (item.tied_to and item.tied_to in taken):
            continue
        if rank > RANK_MAX and item.quote_choice != "choisie":
            continue
        node = quote(item, subject=subject)
        if node is None or repeats(node.text, known):
            continue
        span = (node.ref.span[0], node.ref.span[1])
        score = fitness(item, span, subject) - RANK_COST * rank + (2.0 if item.quote_choice == "choisie" else 0.0)
        pool.append((round(score - 0.5 * (item.status == "a_relire"), 4), item, node))
    pool.sort(key=lambda row: (-row[0], row[1].item_id))
    return _in_turn([row for row in pool if row[0] > FIT_MIN])


def _in_turn(pool: list[tuple[float, Item, WordsNode]]) -> list[tuple[Item, WordsNode]]:
    """Tables one after the other, the best first."""
    by_place: dict[tuple[str, str, str], list[tuple[Item, WordsNode]]] = {}
    for _, item, node in pool:
        by_place.setdefault((item.workshop, item.table, item.voice if not item.table else ""), []).append((item, node))
    queues = list(by_place.values())
    out: list[tuple[Item, WordsNode]] = []
    depth = 0
    while len(out) < len(pool):
        out.extend(queue[depth] for queue in queues if depth < len(queue))
        depth += 1
    return out


def repeats(text: str, known: Sequence[str]) -> bool:
    """Whether a text brings (nearly) no content word that one of `known` lacks."""
    stems = set(content_stems(text))
    if not stems:
        return True
    for other in known:
        theirs = set(content_stems(other))
        shared = len(stems & theirs)
        if shared >= 0.65 * len(stems) or (
            len(theirs) > 1 and shared >= 0.8 * len(theirs) and len(stems) - shared < NEW_MIN
        ):
            return True
    return False


def adds(text: str, title: str) -> bool:
    """Whether words say as much again as a title that they hold: `un dossier unique, accepté par les associations`."""
    named = set(content_stems(title))
    return len(set(content_stems(text)) - named) >= max(NEW_IN_TITLE, len(named))
