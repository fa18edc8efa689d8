"""Decide which words may be quoted, and make their nodes: exact spans, masks cut out.

Words told without « » have their inner quotation marks as “ ”, and their colons as dashes after a colon of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from pipeline.contracts.draft import WordsNode, WordsRef
from pipeline.language.text.words import content_stems
from pipeline.restitution.quoting.spans import visible, with_cuts
from pipeline.workshop.model import Group, Item, Span, may_tell
from pipeline.workshop.records import MARK

CUT = MARK
NEW_MIN = 3
QUOTABLE = ("ecrit", "transcription")
MENTION_MAX = 4
"""Words of a note that may stand between « »: a term, a value, a name."""


def may_quote(item: Item) -> bool:
    """Whether the item's words may stand between « »: those of a note are told."""
    return may_tell(item) and item.provenance in QUOTABLE


def may_quote_part(item: Item, words: str) -> bool:
    """Whether some of the item's words may stand between « »: of a note, a term or two, or what it quotes itself."""
    if may_quote(item) or not may_tell(item):
        return may_quote(item)
    bare = words.rstrip(" .!?…")
    quoted = (one[1].translate(_PLAIN) for one in _CITED.finditer(item.source_text, *item.whole))
    return len(words.split()) <= MENTION_MAX or any(spelt(bare).search(one) for one in quoted)


def is_chosen(item: Item) -> bool:
    """Whether a person chose the item's words: they are shown, whatever the machine would rather show."""
    return item.quote_choice == "choisie" and may_tell(item)


def quote_node(
    item: Item, span: Span, kind: Literal["quote", "report"] = "quote", shows_cuts: bool = True
) -> WordsNode:
    """A node for one span of an item's words, masks and the rest of its sentence cut out and shown […].

    Parameters
    ----------
    shows_cuts : false when the sentence around tells what was cut before the quotation.
    """
    span, parts = with_cuts(item, span) if kind == "quote" and shows_cuts else (span, visible(item, span))
    ref = WordsRef(item.item_id, item.contribution_id, span, tuple(parts))
    return WordsNode(kind, shown(item.source_text, parts, span), ref)


def masked(item: Item) -> str:
    """The words of an item with its masks shown […]."""
    if item.is_corrected or not item.masks:
        return item.text
    return quote_node(item, (item.start, item.end), shows_cuts=False).text


def shown(source_text: str, parts: Sequence[Sequence[int]], span: Sequence[int]) -> str:
    """The characters of `parts` in order, with […] where `span` was cut, and the point of an initial with it."""
    told, at = "", span[0]
    for start, end in parts:
        if start > at:
            told += f"{' ' * _is_apart(told)}{CUT}{' ' * source_text[start].isalnum()}"
            start += _OF_INITIAL.match(source_text, start - 2) is not None
        told += source_text[start:end]
        at = end
    return told + f"{' ' * _is_apart(told)}{CUT}" if at < span[1] else told


def _is_apart(told: str) -> bool:
    """Whether a space parts a cut from the words before it: « d’[…] »."""
    return told[-1:] not in "'’(" and not told[-1:].isspace()


_OF_INITIAL = re.compile(r"\W[A-ZÀ-Þ]\.(?= [a-zà-ÿ])")
"""The end of a name that is cut, `Jeanne P.`, where its sentence goes on."""


def repeats(text: str, known: Sequence[str]) -> bool:
    """Whether a text brings (nearly) no content word that one of `known` lacks, or holds one of them whole."""
    stems = set(content_stems(text))
    if not stems or any(other in text for other in known):
        return True
    for other in known:
        theirs = set(content_stems(other))
        shared = len(stems & theirs)
        if shared >= 0.65 * len(stems) or (
            len(theirs) > 1 and shared >= 0.8 * len(theirs) and len(stems) - shared < NEW_MIN
        ):
            return True
    return False


def plain_quotes(text: str) -> str:
    """« » turned into “ ”: only exact spans stand between « »."""
    return re.sub(r"[ \u00a0\u202f]*»", "”", re.sub(r"«[ \u00a0\u202f]*", "“", text))


def report_node(item: Item, span: Span) -> WordsNode:
    """A span of an item's words, told."""
    node = quote_node(item, span, "report")
    return WordsNode("report", plain_quotes(node.text), node.ref)


def stretches_of(group: Group) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The paragraph that a person wrote, cut at the sentences that cite ideas: each stretch, and what it cites."""
    text, at = group.author_text, 0
    places = sorted((text.find(sentence), sentence) for sentence in group.author_cites if sentence in text)
    for start, sentence in places:
        if start >= at:
            yield from _stretch(text[at:start])
            yield sentence, group.author_cites[sentence]
            at = start + len(sentence)
    yield from _stretch(text[at:])


def _stretch(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if text := text.strip():
        yield text, ()


_BETWEEN = re.compile(r"«\s*([^«»]+?)\s*»")
_CITED = re.compile(r"[«“\"]\s*([^«»“”\"\n]+?)\s*[»”\"]")
"""What a note quotes of somebody."""
_TOLD = re.compile(r"[^\s.!?;…][^.!?;…]*")
_PLAIN = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "\n": " "})
TOLD_MIN = 4
"""Words from which what is told of a note is known by its letters alone."""


def words_in(text: str, items: Sequence[Item]) -> Iterator[tuple[int, int, WordsNode]]:
    """Words of some ideas that a text written by hand holds to the letter: between « », or told where they are those of
    a note, whole or a sentence of them; where each stands in the text."""
    for item in items:
        if not may_tell(item) or item.masks or item.is_corrected:
            continue
        source, (low, high) = item.source_text.translate(_PLAIN), item.whole
        for quote in _BETWEEN.finditer(text):
            cut = quote[1].removeprefix(CUT).removesuffix(CUT).strip()
            found = spelt(cut).search(source, low, high)
            if found is not None and any(map(str.isalnum, cut)) and may_quote_part(item, cut):
                node = quote_node(item, found.span(), shows_cuts=cut != quote[1])
                if spelt(node.text).fullmatch(quote[1].translate(_PLAIN)):
                    yield *quote.span(), node
        if item.provenance in QUOTABLE:
            continue
        spans = ((low, high), *(one.span() for one in _TOLD.finditer(item.source_text, low, high)))
        for span in dict.fromkeys(spans):
            node = report_node(item, span)
            if len(node.text.split()) >= TOLD_MIN and node.text[0].isalnum():
                for told in spelt(node.text).finditer(text.translate(_PLAIN)):
                    yield *told.span(), node


def spelt(words: str) -> re.Pattern[str]:
    """Words whatever their spaces, their apostrophes and the case of their first letter."""
    first, rest = words[:1], words[1:].translate(_PLAIN)
    spaced = r"\s+".join(map(re.escape, rest.split(" "))).replace("'", "['’]") if rest else ""
    return re.compile(rf"(?<!\w)(?i:{re.escape(first)}){spaced}(?!\w)")
