"""What people add to a name: `La Recyclerie : neuf réparateurs du samedi` → the repairers."""

from __future__ import annotations

from pipeline.contracts.draft import WordsNode
from pipeline.language.syntax import sentence_forms
from pipeline.restitution.material.finding import find_words
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.prose.titles import Titles
from pipeline.restitution.quoting.quotes import may_quote, quote_node
from pipeline.restitution.quoting.unfit import holds_personal_data

DETAIL_WORDS = (2, 22)
_BETWEEN = " \u00a0\u202f:,–—-("


def detail(titles: Titles, item: Item, group: Group) -> WordsNode | None:
    """What an item adds to the name that titles its group; None when it adds nothing that can be told."""
    phrase = titles.lexicon.phrase(group.title)
    at = find_words(item.text, group.title)
    if phrase.kind != sentence_forms.NOUN or at is None or at[0] > 2 or not item.is_quotable:
        return None
    rest = item.text[at[1] :]
    if rest.lstrip("» \u00a0\u202f")[:1] not in (":", ",", "–", "—", "("):
        return None
    start = at[1] + len(rest) - len(rest.lstrip(_BETWEEN + "»"))
    end = start + len(item.text[start:].rstrip(" .;,\u00a0\u202f"))
    said = item.text[start:end]
    low, high = DETAIL_WORDS
    if not low <= len(said.split()) <= high or "\n" in said or said.count("(") != said.count(")"):
        return None
    offset = 0 if item.is_corrected else item.start
    span = (offset + start, offset + end)
    if any(a < span[1] and b > span[0] for a, b in item.masks):
        return None
    if item.axis != "nord" and holds_personal_data(said):
        return None
    if may_quote(item):
        return quote_node(item, span, shows_cuts=False)
    return titles.report(item, span) if item.provenance == "note" else None
