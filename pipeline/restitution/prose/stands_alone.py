"""Words that stand alone: read without what was said before and after, they still say something."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.contracts.draft import WordsNode
from pipeline.language.syntax.predicates import tagged
from pipeline.language.text.lists import read_words
from pipeline.language.text.typography import capitalized
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.model import Item
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.testimony import note_node
from pipeline.restitution.quoting.quotes import CUT, may_quote, quote, quote_node
from pipeline.restitution.quoting.unfit import holds_personal_data, points_back, speaks

if TYPE_CHECKING:
    from spacy.tokens import Token

WORDS_MIN = 5
PART_WORDS_MIN = 8
SHOUTED_SHARE = 0.35
STEMS_MIN = 2
ASKED_STEMS_MIN = 3
WHOLE_GOOD = 30
_THIRD = read_words(__name__, "pronouns")
_IMPERSONAL = re.compile(
    r"il (?:faut|faudrait|manque|reste|y|n['’]y|s['’]agit|suffi\w+|est (?:temps|possible|difficile)|vaut)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?:pour moi\b|c['’](?!est quoi)|ce (?:sont|serait|n['’])|voilà|là|ici,|comme (?:ça|ci))", re.IGNORECASE
)
_NO_NOUN = frozenset(("personne", "rien", "tout", "fois"))


def stands_alone(text: str) -> bool:
    """Whether words can be understood alone: long enough to say something, and clear."""
    bare = text.strip(" .…")
    due = ASKED_STEMS_MIN if bare.endswith("?") else STEMS_MIN
    if sum(any(map(str.isalnum, word)) for word in bare.split()) < WORDS_MIN or len(set(content_stems(bare))) < due:
        return False
    return is_understood(text)


@lru_cache(maxsize=20_000)
def is_understood(text: str) -> bool:
    """Whether nothing in words points elsewhere: no pronoun without its noun, no end of a sentence, no shouting."""
    bare = text.strip(" .…")
    if bare.count(CUT) > 1 or sum(map(str.isupper, bare)) > SHOUTED_SHARE * len(bare):
        return False
    if bare.startswith((CUT, "(")) or points_back(bare) or speaks(bare) or _POINTS.match(bare) or bare[:1].islower():
        return False
    doc = tagged(bare)
    first = next((token.i for token in doc if _is_noun(token)), len(doc))
    return not any(_is_orphan(token, text) for token in doc[:first])


def is_clear(title: str) -> bool:
    """Whether a title names its matter, rather than pointing to what was said before it."""
    return not points_back(title) and not speaks(title) and _POINTS.match(title) is None


def _is_noun(token: Token) -> bool:
    if token.lower_ in _NO_NOUN:  # `la personne` is a noun, `personne ne` is not
        return token.i > 0 and token.nbor(-1).pos_ == "DET"
    return token.pos_ in ("NOUN", "PROPN")


def _is_orphan(token: Token, text: str) -> bool:
    """Whether a pronoun stands for something that was not named."""
    if token.lower_ == "il":
        return _IMPERSONAL.search(text) is None
    return token.pos_ == "PRON" and token.lower_ in _THIRD


def standing_words(telling: Telling, item: Item) -> WordsNode | None:
    """The words of an idea that stand alone: all of a short contribution, else a sentence of it; None when none do."""
    node = quote(item) or note_node(telling.titles, item)
    whole = _whole(telling, item)
    if whole is not None and (node is None or len(whole.text.split()) <= WHOLE_GOOD or not _stands(node)):
        return whole
    if node is None or holds_personal_data(node.text) or not _stands(node):
        return None
    if node.kind == "report" and item.source_text[node.ref.span[0]].islower():  # the end of a sentence
        return None
    is_part = len(telling.material.siblings.get(item.contribution_id, ())) > 1
    return None if is_part and len(node.text.split()) < PART_WORDS_MIN else node


def _stands(node: WordsNode) -> bool:
    """Whether a quotation, or a note whose first letter our sentence has lowered, stands alone."""
    return stands_alone(capitalized(node.text) if node.kind == "report" else node.text)


def _whole(telling: Telling, item: Item) -> WordsNode | None:
    """All of a short contribution, when none of its ideas was told and all are of one axis."""
    siblings = telling.material.siblings.get(item.contribution_id, [])
    if any(one.item_id in telling.memory.told or not may_quote(one) or one.axis != item.axis for one in siblings):
        return None
    low, high = item.whole
    high = low + len(item.source_text[low:high].rstrip(" .;,\u00a0\u202f"))
    node = quote_node(item, (low, high), shows_cuts=False)
    return node if stands_alone(node.text) and not holds_personal_data(node.text) else None
