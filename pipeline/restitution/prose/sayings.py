"""One thing to tell, and how its words enter a sentence of the voice that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.contracts.draft import WordsNode
from pipeline.language.syntax import own_words, sentence_forms
from pipeline.restitution.material.model import Item
from pipeline.restitution.prose.embed import Woven, woven
from pipeline.restitution.prose.frames import Frame
from pipeline.restitution.prose.memory import Memory
from pipeline.restitution.prose.phrases import THANKS, WHOLE, Voice


@dataclass(frozen=True)
class Saying:
    """One thing to tell: whose words, and in which voice; `is_detail` when they add to a name already given."""

    item: Item
    node: WordsNode
    voice: Voice
    is_detail: bool = False


Part = Saying | Frame


def taken(memory: Memory, saying: Saying) -> Saying:
    """The same saying, its words marked as told from now on."""
    memory.take(saying.node)
    return saying


def words_of(parts: Sequence[Part]) -> list[str]:
    """The words of people that some parts hold."""
    return [node.text for part in parts for node in ((part.node,) if isinstance(part, Saying) else part.words)]


def enter(lexicon: own_words.Lexicon, saying: Saying) -> Woven:
    """The words as this voice lets them enter a sentence."""
    is_told = saying.node.kind == "report"
    alone = Woven(sentence_forms.FRAGMENT if is_told else WHOLE, (saying.node,))
    if saying.is_detail:
        return alone
    found = woven(lexicon, saying.item, saying.node)
    return found if found.form == THANKS or found.form in saying.voice.forms else alone
