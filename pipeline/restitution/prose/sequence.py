"""Parts made into sentences that follow one another: two of one kind share a sentence, a place is named once."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contracts.draft import Block, Node, Sentence, TextNode
from pipeline.language.syntax import sentence_forms
from pipeline.restitution.material.model import Item
from pipeline.restitution.nodes import BLOCK_WORDS_MAX, Piece, paragraph
from pipeline.restitution.prose.answering import answered, hangs_on_its_question
from pipeline.restitution.prose.embed import Woven
from pipeline.restitution.prose.frames import Frame
from pipeline.restitution.prose.pairs import not_said_twice, paired
from pipeline.restitution.prose.phrases import THANKS, WHOLE, forms, ways
from pipeline.restitution.prose.places import PlaceKey, place_key
from pipeline.restitution.prose.quoted import quoted
from pipeline.restitution.prose.sayings import Part, Saying, enter
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.joints import indefinite

FRAME_WORDS = 9
"""Words of ours around a saying, at most."""


def chain(telling: Telling, parts: Sequence[Part], related: bool = True) -> list[Sentence]:
    """Sentences in order; the first words told open, the next go on, and a place just named is not named again.

    Parameters
    ----------
    related : whether all tell one matter: who then goes on « précise »; else each only says.
    """
    sentences: list[Sentence] = []
    queue = list(parts)
    near: PlaceKey | None = None
    before: Item | None = None
    is_first = True
    while queue:
        part = queue.pop(0)
        if isinstance(part, Frame):
            sentences.append(telling.hand.write(part))
            near = _near(telling, sentences[-1])
            is_first = is_first and sentences[-1].nodes[0].strong and not part.words
            continue
        other = queue[0] if queue and isinstance(queue[0], Saying) else None
        frame = paired(telling, part, other, near, related) if other is not None else None
        here = place_key(part.item)
        if frame is not None and other is not None:
            queue.pop(0)
            sentences.append(telling.hand.write(frame))
            near = here if place_key(other.item) == here else None
        else:
            sentences.append(telling.hand.write(_one(telling, part, near, before, is_first, related)))
            near = here if near == here or _names_a_place(sentences[-1]) else None
        before = part.item
        is_first = False
    return sentences


def paragraphs(
    telling: Telling, parts: Sequence[Part], groups: Sequence[str], theme: str, related: bool = True
) -> list[Block]:
    """The sentences of these parts in paragraphs, none of which opens on what the one before has named."""
    chunks: list[list[Part]] = [[]]
    n_words = 0
    for part in parts:
        cost = part.n_words if isinstance(part, Frame) else len(part.node.text.split()) + FRAME_WORDS
        if chunks[-1] and n_words + cost > BLOCK_WORDS_MAX:
            chunks.append([])
            n_words = 0
        chunks[-1].append(part)
        n_words += cost
    blocks: list[Block] = []
    for chunk in chunks:
        telling.hand.open_paragraph()
        blocks += paragraph(chain(telling, chunk, related), groups, theme)
    return blocks


def _near(telling: Telling, sentence: Sentence) -> PlaceKey | None:
    """The one place that a sentence names, when all its words come from it."""
    keys = {place_key(telling.material.items[item_id]) for item_id in sentence.quoted_items}
    n_named = sum(node.kind == "place" for node in sentence.nodes)
    told = "".join(node.text for node in sentence.nodes if node.kind == "text")
    names = n_named == 1 if "enquête" not in told else n_named == 0
    return keys.pop() if len(keys) == 1 and names else None


def _names_a_place(sentence: Sentence) -> bool:
    """Whether a sentence says where: after `une personne interrogée`, « y » would stand for nothing."""
    return any(node.kind == "place" or (node.kind == "text" and "l’enquête" in node.text) for node in sentence.nodes)


def _one(
    telling: Telling, saying: Saying, near: PlaceKey | None, before: Item | None, is_first: bool, related: bool
) -> Frame:
    """One sentence around one saying."""
    if hangs_on_its_question(saying.item, saying.node.text):
        return answered(telling, saying.item, saying.node, before)
    entered = enter(telling.titles.lexicon, saying)
    place = telling.places.spot(saying.item)
    bare = near == place_key(saying.item) and bool(place)
    if entered.form == WHOLE:
        return quoted(telling, saying, bare, is_first or not related)
    if entered.form == THANKS:
        return _said(telling, ways("told.thanked"), saying, entered, place)
    templates = not_said_twice(_ways(saying, entered.form, bare, is_first), entered)
    return _said(telling, templates, saying, entered, [] if bare else place)


def _ways(saying: Saying, form: str, bare: bool, is_first: bool) -> Sequence[str]:
    voice, again = saying.voice, forms("again")
    if bare:
        return voice.same_place.get(form) or forms("same_place")[form]
    if is_first or form not in (*voice.again_forms, *again):
        return voice.forms[form]
    return voice.again_forms.get(form) or again[form]


def _said(telling: Telling, templates: Sequence[str], saying: Saying, entered: Woven, place: Sequence[Node]) -> Frame:
    phrase = telling.titles.lexicon.phrase(saying.node.text)
    is_bare_noun = entered.form == sentence_forms.NOUN and saying.node.kind == "report" and bool(phrase.noun)
    i: Piece = [TextNode(indefinite(phrase)), saying.node] if is_bare_noun else list(entered.nodes)
    pieces: dict[str, Piece] = {"x": list(entered.nodes), "b": list(entered.bare), "i": i}
    return telling.tell(templates, [saying.item.item_id], place=list(place), **pieces)
