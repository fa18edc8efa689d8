"""The title of a group, and its own words, as they enter a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.contracts.draft import Node, TextNode, TitleNode, TitleRef, WordsNode
from pipeline.language.syntax import own_words, sentence_forms
from pipeline.language.text.typography import with_que
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.finding import find_words
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.material.sentence_bounds import Span
from pipeline.restitution.quoting.joints import plain_quotes
from pipeline.restitution.quoting.quotes import may_quote, quote, quote_node
from pipeline.restitution.quoting.reported_words import report_node
from pipeline.restitution.quoting.unfit import points_back, speaks

CUT_MAX = 6
KEYWORDS_MAX = 4
_AS_WRITTEN = re.compile(f"{sentence_forms.SPEAKER.pattern}|=", sentence_forms.SPEAKER.flags)
_LACKS = re.compile(r"(?:pas (?:de |d['’]|une? )|plus une? |rien (?:à|pour) |aucune? )", re.IGNORECASE)
_CUT = re.compile(r"\s*(?:\[…\]|…)\s*$")


def subject(group: Group) -> frozenset[str]:
    """The stems of what a group speaks of."""
    return frozenset(content_stems(" ".join((group.title, *group.keywords[:KEYWORDS_MAX]))))


def has_good_title(group: Group) -> bool:
    """Whether a title says something by itself: two words of subject, and nothing that points elsewhere."""
    title = group.title
    if title.startswith("[…]") or len(set(content_stems(title))) < 2 or points_back(title) or speaks(title):
        return False
    own = [item for item in group.members if find_words(item.text, title) is not None]
    return not own or any(item.reach[0] + CUT_MAX >= item.start for item in own)  # else the end of a sentence


class Titles:
    """How titles and notes enter a sentence, with what is known of the words of this workshop."""

    def __init__(self, lexicon: own_words.Lexicon) -> None:
        self.lexicon = lexicon

    def form(self, text: str) -> str:
        """The form of a phrase."""
        return self.lexicon.phrase(text).kind

    def title(self, group: Group, form: str = "low", strong: bool = False) -> TitleNode:
        """The title of a group as it enters a sentence: `low`, `article`, `de`, `que`, or `as_is`."""
        phrase = self.lexicon.phrase(group.title)
        forms = {
            "low": lambda: phrase.low,
            "article": lambda: sentence_forms.with_article(phrase),
            "de": lambda: sentence_forms.of_phrase(phrase),
            "que": lambda: phrase.low if phrase.kind == sentence_forms.WISH else with_que(phrase.low),
            "as_is": lambda: phrase.text,
        }
        return TitleNode(plain_quotes(forms[form]()), TitleRef(group.group_id), strong)

    def named(self, group: Group) -> TitleNode | WordsNode:
        """A group named inside another sentence: its title, quoted where it says « je » or « nous », or has a sign."""
        own = self.own_words(group) if _AS_WRITTEN.search(group.title) else None
        if own is not None and own[1].kind == "quote":
            return own[1]
        node = self.title(group)
        return replace(node, text=f"il n’y a {node.text}") if _LACKS.match(node.text) else node

    def named_list(self, groups: Sequence[Group]) -> list[Node]:
        """Several groups named one after the other, between semicolons."""
        nodes: list[Node] = []
        for index, group in enumerate(groups):
            nodes += [TextNode("" if index == 0 else " ; "), self.named(group)]
        return nodes

    def own_words(self, group: Group) -> tuple[Item, WordsNode] | None:
        """The member whose words the title repeats, as a quotation or a report; None for a title of ours."""
        found: list[tuple[Item, WordsNode]] = []
        wanted, is_cut = _CUT.subn("", group.title)
        for item in group.members:
            span = _span_of(item, wanted)
            if span is None or not item.is_quotable or len(group.title.split()) < 2:
                continue
            if may_quote(item):
                whole = quote(item, subject=subject(group)) if is_cut else None
                return item, whole or quote_node(item, span)
            if item.provenance == "note":
                found.append((item, self.report(item, span)))
        return found[0] if found else None

    def report(self, item: Item, span: Span, lower: bool = True) -> WordsNode:
        """Words told without « »; `lower` for inside a sentence."""
        node = report_node(item, span)
        return replace(node, text=self.lexicon.lowered(node.text)) if lower else node


def _span_of(item: Item, words: str) -> Span | None:
    """Where an item holds these words, in its contribution; None when it does not, or hides some of them."""
    at = find_words(item.text, words)
    if at is None:
        return None
    offset = 0 if item.is_corrected else item.start
    span = (offset + at[0], offset + at[1])
    return None if any(start < span[1] and end > span[0] for start, end in item.masks) else span
