"""The title of a group as it enters a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.contracts.draft import NamedNode, NamedRef, Node, WordsNode
from pipeline.language.lexicon.verbs import third_person
from pipeline.language.syntax import phrases, workshop_lexicon
from pipeline.language.syntax.function_words import DETERMINER, of
from pipeline.language.syntax.phrases import Phrase
from pipeline.language.text.typography import with_de
from pipeline.restitution.quoting.quotes import plain_quotes, title_in_words
from pipeline.workshop.model import Group

LACK = "lack"
_LACKS = re.compile(
    r"(?:pas (?:assez )?(?:de |d['’]|une? )|plus (?:de |d['’]|une? )|rien (?:à|pour) |aucune? |trop (?:de |d['’]))",
    re.I,
)
_PROPOSES = re.compile(r"(?:proposer|suggérer|souhaiter)\b", re.IGNORECASE)
"""Verbs that our sentence says already."""
_ARTICLES = of("articles")
_PAIR = re.compile(r"\S+ (?:et|ou) ")
_COLON = re.compile(r"[ \u00a0\u202f]*:[ \u00a0\u202f]+")
_INDEFINITE = re.compile(r"(?:des|une?)\b", re.IGNORECASE)
_DISAGREES = re.compile(r"\b(?:des|les|ces) (?:\w+[sx] )+\w+ée?\b(?! \w)", re.IGNORECASE)
"""A participle without its plural: « des pistes cyclables sécurisé »."""
_THANKS = re.compile(r"(?:un (?:grand |immense )?)?(?:merci|bravo)\b", re.IGNORECASE)


def _number_of(text: str) -> str:
    """`s` or `p`, by the determiner that opens a noun phrase; "" without one."""
    if DETERMINER.match(text) is None:
        return ""
    return "p" if text.split(" ", 1)[0].lower() in of("plurals") else "s"


def _may_be_clause(text: str) -> bool:
    """Whether a verb may stand after the noun, with an article after it: « l’association finance du contenu »."""
    words = text.lower().replace("’", "' ").replace("'", "' ").split()
    return any(third_person(one) is not None and two in _ARTICLES for one, two in pairwise(words[1:]))


class Titles:
    """How titles enter a sentence, with what is known of the words of this workshop."""

    def __init__(self, lexicon: workshop_lexicon.Lexicon) -> None:
        self.lexicon = lexicon

    def phrase(self, group: Group) -> Phrase:
        """The title as a phrase; « pas de », « plus de », « trop de » make a `LACK`, which « il y a » introduces."""
        phrase = self.lexicon.phrase(group.title)
        if _LACKS.match(group.title) and phrase.kind in (phrases.FRAGMENT, phrases.NOUN):
            return replace(phrase, kind=LACK)
        if phrase.kind == phrases.INFINITIVE and _PROPOSES.match(group.title):
            return replace(phrase, kind=phrases.FRAGMENT)
        is_name = phrase.low[:1].isupper()
        if phrase.kind == phrases.CLAUSE and (is_name or phrases.SPEAKER.search(group.title)):
            return replace(phrase, kind=phrases.FRAGMENT)  # a noun that is no name may have been taken for one
        is_unsure = phrase.kind == phrases.NOUN and _may_be_clause(phrase.low)
        if is_unsure or _DISAGREES.search(group.title):
            return replace(phrase, kind=phrases.FRAGMENT)
        return phrase

    def form(self, group: Group) -> str:
        """The name of the form in the phrases: a noun whose number is not known stays behind a colon."""
        if _THANKS.match(group.title):
            return "thanks"
        phrase = self.phrase(group)
        if phrase.kind != phrases.NOUN:
            return phrase.kind
        if group.axis == "est" and _INDEFINITE.match(phrase.low):
            return phrases.FRAGMENT  # « des cars reviennent » would say something else
        number = phrase.number if phrase.noun else _number_of(phrase.low)
        return f"noun_{number}" if number else phrases.FRAGMENT

    def pieces(self, group: Group) -> dict[str, list[Node]]:
        """The title as it stands inside a sentence (`b`), with its article (`x`), after « de » (`of`)."""
        phrase = self.phrase(group)
        there_is = "il y a " if phrase.low.startswith("trop") else "il n’y a "
        low = f"{there_is if phrase.kind == LACK else ''}{phrase.low}"
        noun = phrases.with_article(phrase) if phrase.kind == phrases.NOUN else low
        return {name: self._nodes(text, group) for name, text in (("b", low), ("x", noun), ("of", with_de(low)))}

    def _nodes(self, text: str, group: Group) -> list[Node]:
        told = _COLON.sub(" – ", plain_quotes(text))  # in a sentence of ours, that may have a colon of its own
        return [NamedNode("title", told, NamedRef(group_id=group.group_id))]

    def quoted(self, group: Group) -> WordsNode | None:
        """A title that is no well-formed phrase, as the words of the idea that it was taken from."""
        if group.is_titled or self.form(group) != phrases.FRAGMENT:
            return None
        return title_in_words(group)

    def named(self, group: Group) -> list[Node]:
        """A group named inside another sentence, or in a list."""
        quoted = self.quoted(group)
        return [quoted] if quoted is not None else self.pieces(group)["b"]

    def with_article(self, group: Group) -> list[Node]:
        """A group named in a list of our sentence: a noun with its article."""
        quoted = self.quoted(group)
        phrase = self.phrase(group)
        is_pair = _PAIR.match(phrase.low) is not None  # an article would bear on its first half alone
        if quoted is None and (phrase.kind == LACK or is_pair):
            return self._nodes(phrase.low, group)
        return [quoted] if quoted is not None else self.pieces(group)["x"]

    def question(self, group: Group) -> list[Node]:
        """The question of a group, inside a sentence."""
        words = self.lexicon.lowered(group.question.strip())
        return [NamedNode("title", plain_quotes(words), NamedRef(group_id=group.group_id, field="question"))]
