"""A sentence around one whole quotation: who says it, how, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.contracts.draft import Node, TextNode, WordsNode
from pipeline.language.syntax import own_words, sentence_forms
from pipeline.restitution.material.model import Item
from pipeline.restitution.prose.embed import proposes
from pipeline.restitution.prose.frames import Frame
from pipeline.restitution.prose.phrases import WHOLE, Ways, forms, rank_of, ways
from pipeline.restitution.prose.sayings import Saying
from pipeline.restitution.prose.telling import Telling

NAME_WORDS_MAX = 6
STATED_MIN = 5
_QUESTION = re.compile(
    r"\W*(?:comment|pourquoi|combien|où|(?:à |de )?qu(?!elqu)|est-ce|et si|\w+-(?:on|il|t))",
    re.IGNORECASE,
)
_ME = re.compile(r"\b(?:je|j['’]|me|m['’]|moi|mon|ma|mes)(?=\W|\b)", re.IGNORECASE)
"""Someone who speaks of herself: « nous » may be a service, « vous » anyone."""


@dataclass(frozen=True)
class _Manner:
    """How a quotation is brought in: the ways of saying, by name in the phrases, and the verbs."""

    name: str
    verbs: Ways

    @property
    def ways(self) -> Ways:
        return ways(f"quoted.{self.name}")

    @property
    def may_follow_its_place(self) -> bool:
        """Whether it may stand in a sentence made for the place just named."""
        return self.name not in ("asked", "named", "proposed")


def quoted(telling: Telling, saying: Saying, bare: bool, is_first: bool) -> Frame:
    """One whole quotation; its place is not said when it was just named (`bare`)."""
    item, node, places = saying.item, saying.node, telling.places
    manner = _manner(telling.titles.lexicon, saying, is_first)
    templates = forms("same_place")[WHOLE] if bare and manner.may_follow_its_place else manner.ways
    if not places.spot(item):
        templates = tuple(way for way in templates if "{of}" not in way)
    is_heard = item.channel == "transcript"
    is_survey_witness = manner.name == "testified" and item.channel == "enquete"
    return telling.tell(
        templates,
        [item.item_id],
        x=node,
        place=[] if bare else places.spot(item),
        of=[] if bare else places.spot(item, "de"),
        v=telling.hand.pick(manner.verbs, item.item_id),
        who=_person(telling, item) if is_survey_witness else _who(telling, item, bare),
        lit="entend" if is_heard else "lit",
        ecrit="dit" if is_heard else "écrit",
    )


def _manner(lexicon: own_words.Lexicon, saying: Saying, is_first: bool) -> _Manner:
    text, voice = saying.node.text, saying.voice
    verbs = voice.first if is_first else voice.again
    if asks(text):
        return _Manner("asked", ways("verbs.asking"))
    if proposes(text):
        return _Manner("said" if is_first else "said_again", verbs)
    if len(text.split()) <= NAME_WORDS_MAX and lexicon.phrase(text).kind == sentence_forms.NOUN:
        return _Manner("named", ways(f"verbs.naming_{saying.item.axis}"))
    if speaks_of_oneself(saying.node):
        return _Manner("testified", ways("verbs.testifying") if voice.testifies else verbs)
    return _Manner("quoted" if voice.kind in ("constat", "thanks") else "proposed", verbs)


def asks(text: str) -> bool:
    """Whether words ask: `on ne sait pas qui appeler : la poste ?` only gives examples."""
    head, colon, tail = text.partition(" : ")
    states = bool(colon) and "?" not in head and len(head.split()) >= STATED_MIN and _QUESTION.match(tail) is None
    return text.endswith("?") and not states


def speaks_of_oneself(node: WordsNode) -> bool:
    """Whether words say « je »."""
    return _ME.search(node.text) is not None


def _person(telling: Telling, item: Item) -> list[Node]:
    """`une personne interrogée` or `quelqu’un dans l’enquête`: an answer does not confide."""
    return [TextNode(telling.hand.pick(ways("told.person"), item.item_id))]


def _who(telling: Telling, item: Item, bare: bool) -> list[Node]:
    """`un post-it de la table 4`, `quelqu’un à la table 4`, `une réponse à l’enquête`, `une voix`…"""
    if item.channel == "enquete":
        return [TextNode(telling.hand.pick(ways("told.survey_bare" if bare else "told.survey"), item.item_id))]
    of = [] if bare else telling.places.table_of(item, "de")
    is_heard = item.channel == "transcript"
    thing = "une voix" if is_heard else "un post-it" if item.is_postit else "une contribution"
    if rank_of(item.item_id, 2) or (is_heard and not of):
        return [TextNode("quelqu’un "), *telling.places.table_of(item)] if of else [TextNode("quelqu’un")]
    return [TextNode(f"{thing} "), *of] if of else [TextNode(thing)]
