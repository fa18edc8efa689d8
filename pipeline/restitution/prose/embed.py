"""People's words woven into our sentence: what introduces them is told, the rest stands between « », to the letter.

`Un long banc devant la poste` → `un « long banc devant la poste »`; `Repeindre les volets du préau` → `de repeindre
« les volets du préau »`; `Les gens n'osent plus` → `que les gens « n'osent plus »`. What cannot be cut surely is quoted
whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.contracts.draft import Node, TextNode, WordsNode, WordsRef
from pipeline.language.syntax import own_words, sentence_forms
from pipeline.language.syntax.predicates import predicate
from pipeline.language.text.lists import read_words
from pipeline.restitution.material.model import Item
from pipeline.restitution.material.sentence_bounds import Span
from pipeline.restitution.prose.phrases import THANKS, WHOLE
from pipeline.restitution.quoting.joints import joint_de, joint_que, plain_quotes
from pipeline.restitution.quoting.quotes import shown
from pipeline.restitution.quoting.reported_words import report_node

JOINED = (sentence_forms.CLAUSE, sentence_forms.INFINITIVE, sentence_forms.WISH)
LACK_WORDS_MAX = 16
REST_WORDS_MIN = 3
_DETERMINER = re.compile(r"(?:une?|des|les?|la|ce|cet|cette|ces|du)\s+(?=[a-zà-ÿ0-9])", re.IGNORECASE)
_ADVERBS, _FINITE, _PREPOSITIONS = (
    "|".join(sorted(read_words(__name__, name))) for name in ("verb_adverbs", "finite_verbs", "prepositions")
)
_VERB_HEAD = r"(?:ne\s+(?:pas|plus|jamais)\s+)?(?:se\s+|s['’]|y\s+|en\s+)?[\w-]+\s+"
_VERB_TAIL = rf"(?:(?:en|à|au)\s+[\w-]+|{_ADVERBS}|\w+(?:er|ir|oir|dre|tre|ire))\s+"
_INFINITIVE = re.compile(rf"{_VERB_HEAD}(?:{_VERB_TAIL})?(?=\S)", re.IGNORECASE)
"""An infinitive with what makes one verb of it: `mettre en commun`, `aller voir`."""
_THANKS = re.compile(r"(?:un (?:grand |immense )?)?merci (à|aux?) (?=\S)", re.IGNORECASE)
_ARTICLES = {"à": "", "au": "le ", "aux": "les "}
_WISH = re.compile(r"qu(?:e\s+|['’])(?=\S)", re.IGNORECASE)
_LACK = re.compile(r"(?:pas (?:de |d['’]|une? )|plus (?:de |d['’]|une? )|rien (?:à|pour) |aucune? )", re.IGNORECASE)
_VERB = re.compile(rf"[:;!?()–—]|\b(?:{_FINITE}|n['’]\w+)\b", re.IGNORECASE)
_DEFINES = re.compile(r"\b(?:c['’]|ce n['’]|n['’])?(?:est|était|sont)\b", re.IGNORECASE)
"""An infinitive that is the subject of a verb: `Aider, c’est…`."""
_HIDES_A_VERB = re.compile(rf"\S+\s+\S+\s+(?!(?:{_PREPOSITIONS})\b)\S+\s+(?:des|une?|les?|la)\s")
"""`La poste garde des colis`: after a noun, a word followed by an article may well be the verb."""
_PROPOSES = re.compile(r"(?:demander|proposer|suggérer|souhaiter|réclamer|exiger)\b", re.IGNORECASE)
"""Verbs that our sentence says already."""
_PHRASE_END = re.compile(r"\s*[:;()–—]|\s*,(?!\d)")


@dataclass(frozen=True)
class Woven:
    """Words as they enter a sentence.

    Attributes
    ----------
    form : the form of the phrase (see `grammar`), or `WHOLE` for a quotation that stands on its own.
    nodes : what follows the verb of saying: `que…`, `de…`, a noun phrase with its article, or the words alone.
    """

    form: str
    nodes: tuple[Node, ...]

    @property
    def n_words(self) -> int:
        """Words of all nodes."""
        return sum(len(node.text.split()) for node in self.nodes)

    @property
    def bare(self) -> tuple[Node, ...]:
        """The same without the joint: what may follow a colon."""
        return self.nodes[1:] if self.form in JOINED and self.nodes[0].kind == "text" else self.nodes


def proposes(text: str) -> bool:
    """Whether words open on a verb of asking or proposing."""
    return _PROPOSES.match(text) is not None


def defines(text: str) -> bool:
    """Whether an infinitive is what the words define, or whose worth they tell: `Chanter, c’est…`."""
    return _DEFINES.search(text) is not None


def woven(lexicon: own_words.Lexicon, item: Item, node: WordsNode) -> Woven:
    """A quotation (or the words of a note) as they best enter a sentence of ours."""
    if node.kind == "report":
        return _told(lexicon, item, node)
    found = None if _stands_alone(node) else _cut(lexicon, item, node)
    return found or Woven(WHOLE, (node,))


def _stands_alone(node: WordsNode) -> bool:
    """Whether a quotation must stay whole: it asks, calls out, speaks of oneself, or was already cut."""
    (start, _), *others = node.ref.parts
    is_cut = bool(others) or start != node.ref.span[0] or node.ref.parts[-1][1] != node.ref.span[1]
    asks = re.search(r"[?!…\n]|\.\s", node.text.rstrip(" .")) is not None
    return is_cut or asks or sentence_forms.SPEAKER.search(node.text) is not None or node.text[:2].isupper()


def _cut(lexicon: own_words.Lexicon, item: Item, node: WordsNode) -> Woven | None:
    text = node.text
    thanks = _THANKS.match(text)
    if thanks is not None and item.axis == "nord" and len(text.split()) > REST_WORDS_MIN:
        return _thanked(thanks[1], _rest(item, node, thanks.end()))
    wish = _WISH.match(text)
    if wish is not None:
        joint = "qu’" if wish.group()[-1] in "'’" else "que "
        return Woven(sentence_forms.WISH, (TextNode(joint), _rest(item, node, wish.end())))
    if _LACK.match(text) and item.axis == "est":
        return _lack(item, node)
    phrase = sentence_forms.analyse(text)
    if phrase.kind == sentence_forms.INFINITIVE:  # `Être utile, c’est…` defines, and proposes nothing
        return None if _DEFINES.search(text) or _PROPOSES.match(text) else _infinitive(item, node)
    determiner = _DETERMINER.match(text)
    end = _PHRASE_END.search(text)
    head = text[: end.start()] if end is not None else text
    is_named = determiner is not None and _is_noun_phrase(head) and _HIDES_A_VERB.match(text) is None
    if determiner is not None and is_named and len(text.split()) > REST_WORDS_MIN:
        rest = _rest(item, node, determiner.end())
        return Woven(sentence_forms.NOUN, (TextNode(determiner.group().lower()), rest))
    if phrase.kind == sentence_forms.CLAUSE and ":" not in text and item.axis != "sud":
        return _clause(lexicon, item, node)
    return None


def _is_noun_phrase(head: str) -> bool:
    phrase = sentence_forms.analyse(head)
    return phrase.kind == sentence_forms.NOUN or (phrase.kind == sentence_forms.FRAGMENT and not _is_verbal(head))


def _is_verbal(text: str) -> bool:
    return "," in text or _VERB.search(text) is not None


def _lack(item: Item, node: WordsNode) -> Woven | None:
    """`Pas de car le soir` → `qu’il n’y a pas de car le soir`."""
    if _is_verbal(node.text) or len(node.text.split()) > LACK_WORDS_MAX:
        return None
    return Woven(sentence_forms.CLAUSE, (TextNode("qu’il n’y a "), _opening(item, node, len(node.text))))


def _infinitive(item: Item, node: WordsNode) -> Woven | None:
    """`Repeindre les volets du préau` → `de repeindre « les volets du préau »`."""
    match = _INFINITIVE.match(node.text)
    if match is None or len(node.text[match.end() :].split()) < REST_WORDS_MIN:
        return Woven(sentence_forms.INFINITIVE, (TextNode(joint_de(node.text)), _opening(item, node, len(node.text))))
    first = _opening(item, node, match.end())
    return Woven(
        sentence_forms.INFINITIVE,
        (TextNode(joint_de(first.text)), first, TextNode(" "), _rest(item, node, match.end())),
    )


def _clause(lexicon: own_words.Lexicon, item: Item, node: WordsNode) -> Woven | None:
    at = predicate(node.text)
    if at is None or node.text[:at].strip().lower() == "on":  # « on a relevé qu’on… » reads badly
        return None
    first = _opening(item, node, at, lexicon)
    return Woven(sentence_forms.CLAUSE, (TextNode(joint_que(first.text)), first, TextNode(" "), _rest(item, node, at)))


def _thanked(joint: str, rest: WordsNode) -> Woven:
    """`Merci aux bénévoles` → (on a remercié) `les « bénévoles »`."""
    article = _ARTICLES[joint.lower()]
    return Woven(THANKS, (TextNode(article), rest) if article else (rest,))


def _told(lexicon: own_words.Lexicon, item: Item, node: WordsNode) -> Woven:
    """A note, told without « », by its form."""
    thanks = _THANKS.match(node.text)
    if thanks is not None and item.axis == "nord":
        low, high = node.ref.span
        return _thanked(thanks[1], report_node(item, (low + thanks.end(), high)))
    phrase = lexicon.phrase(node.text)
    if phrase.kind == sentence_forms.INFINITIVE and (_DEFINES.search(node.text) or _PROPOSES.match(node.text)):
        return Woven(sentence_forms.FRAGMENT, (node,))
    joint = {
        sentence_forms.CLAUSE: joint_que(phrase.low),
        sentence_forms.INFINITIVE: joint_de(phrase.low),
        sentence_forms.NOUN: sentence_forms.article(phrase),
    }.get(phrase.kind, "")
    if _LACK.match(node.text) and not _VERB.search(node.text):
        return Woven(sentence_forms.CLAUSE, (TextNode("qu’il n’y a "), node))
    return Woven(phrase.kind, (TextNode(joint), node) if joint else (node,))


def _opening(item: Item, node: WordsNode, length: int, lexicon: own_words.Lexicon | None = None) -> WordsNode:
    """The first characters of a quotation, told: no « », its first letter as the sentence asks."""
    low = node.ref.parts[0][0]
    span = (low, low + len(node.text[:length].rstrip()))
    text = plain_quotes(item.source_text[span[0] : span[1]])
    lowered = lexicon.lowered(text) if lexicon is not None else text[:1].lower() + text[1:]
    return WordsNode("report", lowered, _ref(node, span))


def _rest(item: Item, node: WordsNode, start: int) -> WordsNode:
    """What follows, still a quotation."""
    low, high = node.ref.parts[0]
    span = (low + start, high)
    return WordsNode("quote", shown(item.source_text, [span], span), _ref(node, span))


def _ref(node: WordsNode, span: Span) -> WordsRef:
    return replace(node.ref, span=span, parts=(span,))
