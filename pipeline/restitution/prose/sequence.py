"""Sayings made into sentences that follow one another: two of one kind share a sentence, a place is named once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.contracts.draft import Block, Node, Sentence, TextNode, WordsNode
from pipeline.language.syntax import sentence_forms
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.model import Item
from pipeline.restitution.nodes import BLOCK_WORDS_MAX, Piece, paragraph
from pipeline.restitution.prose.answering import answered, hangs_on_its_question
from pipeline.restitution.prose.axis_templates import Voice
from pipeline.restitution.prose.embed import WHOLE, Woven, proposes, woven
from pipeline.restitution.prose.shared_templates import (
    AGAIN,
    ASKED,
    NAMED,
    NAMING,
    PAIRED,
    PAIRED_BARE,
    PAIRED_SAME,
    PROPOSED,
    QUOTED,
    SAID_AGAIN,
    SAID_ALREADY,
    SAME_PLACE,
    TESTIFIED,
    TESTIFYING,
    THANKED,
    THANKS,
    TWO_BARE,
    TWO_PLACES,
    TWO_SAME,
)
from pipeline.restitution.prose.teller import Teller
from pipeline.restitution.quoting.joints import indefinite

PlaceKey = tuple[str, str]
PAIR_WORDS_MAX = 40
WHOLE_WORDS_MAX = 34
NAME_WORDS_MAX = 6
STATED_MIN = 5
FRAME_WORDS = 9
"""Words of ours around a saying, at most."""


@dataclass(frozen=True)
class Saying:
    """One thing to tell: whose words, and in which voice; `is_detail` when they add to a name already given."""

    item: Item
    node: WordsNode
    voice: Voice
    is_detail: bool = False


Part = Saying | Sentence


def place_key(item: Item) -> PlaceKey:
    """What tells two places apart: the survey is one, a table another."""
    return item.workshop, "enquete" if item.channel == "enquete" else item.table


def chain(teller: Teller, parts: Sequence[Part], related: bool = True) -> list[Sentence]:
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
        if isinstance(part, Sentence):
            sentences.append(part)
            near = _near(teller, part)
            is_first = is_first and part.nodes[0].strong and not part.quoted_items
            continue
        other = queue[0] if queue and isinstance(queue[0], Saying) else None
        pair = _pair(teller, part, other, near, related) if other is not None else None
        if pair is not None and other is not None:
            queue.pop(0)
            near = place_key(other.item) if place_key(other.item) == place_key(part.item) else None
        else:
            here = place_key(part.item)
            if hangs_on_its_question(part.item, part.node.text):
                pair = answered(teller, part.item, part.node, before)
            else:
                pair = _alone(teller, part, near, is_first, related)
            near = here if near == here or _names_a_place(pair) else None
        sentences.append(pair)
        before = part.item
        is_first = False
    return sentences


def paragraphs(
    teller: Teller, parts: Sequence[Part], groups: Sequence[str], theme: str, related: bool = True
) -> list[Block]:
    """The sentences of these parts in paragraphs, none of which opens on what the one before has named."""
    chunks: list[list[Part]] = [[]]
    n_words = 0
    for part in parts:
        cost = part.n_words if isinstance(part, Sentence) else len(part.node.text.split()) + FRAME_WORDS
        if chunks[-1] and n_words + cost > BLOCK_WORDS_MAX:
            chunks.append([])
            n_words = 0
        chunks[-1].append(part)
        n_words += cost
    return [block for chunk in chunks for block in paragraph(chain(teller, chunk, related), groups, theme)]


def _near(teller: Teller, sentence: Sentence) -> PlaceKey | None:
    """The one place that a sentence names, when all its words come from it."""
    keys = {place_key(teller.material.items[item_id]) for item_id in sentence.quoted_items}
    n_named = sum(node.kind == "place" for node in sentence.nodes)
    told = "".join(node.text for node in sentence.nodes if node.kind == "text")
    names = n_named == 1 if "enquête" not in told else n_named == 0
    return keys.pop() if len(keys) == 1 and names else None


def _names_a_place(sentence: Sentence) -> bool:
    """Whether a sentence says where: after `une personne interrogée`, « y » would stand for nothing."""
    return any(node.kind == "place" or (node.kind == "text" and "l’enquête" in node.text) for node in sentence.nodes)


def _enter(teller: Teller, saying: Saying) -> Woven:
    """The words as this voice lets them enter a sentence."""
    if saying.is_detail:
        return Woven(sentence_forms.FRAGMENT if saying.node.kind == "report" else WHOLE, (saying.node,))
    found = woven(teller.lexicon, saying.item, saying.node)
    if found.form == THANKS:
        return found
    if saying.node.kind == "report":
        return found if found.form in saying.voice.forms else Woven(sentence_forms.FRAGMENT, (saying.node,))
    return found if found.form in saying.voice.forms else Woven(WHOLE, (saying.node,))


def _alone(teller: Teller, saying: Saying, near: PlaceKey | None, is_first: bool, related: bool) -> Sentence:
    """One sentence around one saying."""
    entered = _enter(teller, saying)
    place = teller.spot(saying.item)
    bare = near == place_key(saying.item) and bool(place)
    if entered.form == WHOLE:
        return quoted(teller, saying, bare, is_first or not related)
    form, name = entered.form, saying.voice.name
    if form == THANKS:
        return _said(teller, teller.turn("thanked", THANKED), saying, entered, place)
    if bare:
        templates: Sequence[str] = saying.voice.same_place.get(form, SAME_PLACE[form])
        key = f"{saying.voice.kind}_same_{form}"
    elif is_first or form not in saying.voice.again_forms | AGAIN.keys():
        templates, key = saying.voice.forms[form], f"{name}_{form}"
    else:
        templates, key = saying.voice.again_forms.get(form, AGAIN.get(form, ())), f"{saying.voice.kind}_again_{form}"
    template = teller.turn(key, _not_said_twice(templates, entered))
    return _said(teller, template, saying, entered, [] if bare else place)


def _not_said_twice(templates: Sequence[str], *entered: Woven) -> Sequence[str]:
    """The templates that do not say « on » before words that do: « on a relevé qu’on… » reads badly."""
    if not any("".join(node.text for node in words.nodes).startswith("qu’on ") for words in entered):
        return templates
    return [template for template in templates if _ON.search(template) is None] or templates


_ON = re.compile(r"\bon (?:y )?(?:a|constate)\b", re.IGNORECASE)


def _said(teller: Teller, template: str, saying: Saying, entered: Woven, place: list[Node]) -> Sentence:
    phrase = teller.lexicon.phrase(saying.node.text)
    is_bare_noun = entered.form == sentence_forms.NOUN and saying.node.kind == "report" and bool(phrase.noun)
    i: Piece = [TextNode(indefinite(phrase)), saying.node] if is_bare_noun else list(entered.nodes)
    return teller.say(template, [saying.item.item_id], place=place, x=list(entered.nodes), b=list(entered.bare), i=i)


def _pair(teller: Teller, one: Saying, two: Saying, near: PlaceKey | None, related: bool) -> Sentence | None:
    """Two sayings of the same kind in one sentence, or None when they do not go together.

    Two quotations about two matters each have their sentence, and so have two clauses: « et » would tie what nobody
    tied.
    """
    if one.voice.kind != two.voice.kind or any(hangs_on_its_question(each.item, each.node.text) for each in (one, two)):
        return None
    first, second = _enter(teller, one), _enter(teller, two)
    if first.form != second.form or first.form == sentence_forms.QUESTION or (first.form == WHOLE and not related):
        return None
    if first.n_words + second.n_words > (WHOLE_WORDS_MAX if first.form == WHOLE else PAIR_WORDS_MAX):
        return None
    where1, where2 = teller.spot(one.item), teller.spot(two.item)
    is_same = [node.text for node in where1] == [node.text for node in where2]
    bare = bool(where1) and near == place_key(one.item)
    is_torn = first.form == sentence_forms.CLAUSE and not related and not _share_a_word(one, two)
    if is_torn or (bare and not is_same):
        return None
    if first.form == WHOLE:
        return _two_quotes(teller, one, two, [] if bare else where1, where2, is_same)
    kind = one.voice.kind
    templates = (PAIRED_BARE if bare else PAIRED_SAME if is_same else PAIRED).get(kind, {}).get(first.form, ())
    if not templates:
        return None
    sources = [one.item.item_id, two.item.item_id]
    template = teller.turn(f"pair_{kind}_{first.form}_{is_same}_{bare}", _not_said_twice(templates, first, second))
    return teller.say(
        template, sources, place=[] if bare else where1, at=where2, x=list(first.nodes), y=list(second.nodes)
    )


def _share_a_word(one: Saying, two: Saying) -> bool:
    return bool(set(content_stems(one.node.text)) & set(content_stems(two.node.text)))


def _two_quotes(
    teller: Teller, one: Saying, two: Saying, where1: list[Node], where2: list[Node], is_same: bool
) -> Sentence | None:
    """One sentence for two quotations, from two places when there are two."""
    if one.item.contribution_id == two.item.contribution_id:  # one who goes on, or corrects herself, is not two
        return None
    speaks = [_ME.search(saying.node.text) is not None for saying in (one, two)]
    if speaks[0] != speaks[1] or any(saying.node.text.endswith("?") for saying in (one, two)):
        return None
    verb = "entend" if one.item.channel == "transcript" else "lit"
    templates: Sequence[str] = TWO_BARE if not where1 else TWO_SAME if is_same else TWO_PLACES
    template = teller.turn(f"two_{bool(where1)}_{is_same}", templates, one.node)
    pieces: dict[str, Piece] = {"q1": one.node, "q2": two.node, "w1": where1, "w2": where2}
    ids = [one.item.item_id, two.item.item_id]
    return teller.say(template, ids, v1=f"on {verb}", i1=f"{verb}-on", **pieces)


def quoted(teller: Teller, saying: Saying, bare: bool, is_first: bool) -> Sentence:
    """A sentence around one whole quotation: who says it, how, and where unless that was just named (`bare`)."""
    item, node, voice = saying.item, saying.node, saying.voice
    verbs: Sequence[str] = voice.first if is_first else voice.again
    templates: Sequence[str]
    key, templates = ("quoted", QUOTED) if voice.kind in ("constat", "thanks") else ("proposed", PROPOSED)
    if asks(node.text):
        key, templates, verbs = "asked", ASKED, ("demande", "se demande")
    elif proposes(node.text):
        key, templates = ("said", SAID_ALREADY) if is_first else ("said_again", SAID_AGAIN)
    elif teller.lexicon.phrase(node.text).form == sentence_forms.NOUN and len(node.text.split()) <= NAME_WORDS_MAX:
        verbs = NAMING.get(item.axis, NAMING["nord"])
        key, templates = "named", NAMED
    elif _ME.search(node.text) is not None:
        key, templates = "testified", TESTIFIED
        verbs = TESTIFYING if voice.testifies else verbs
    if bare and key not in ("asked", "named", "proposed"):
        key, templates = "quoted_same", SAME_PLACE[WHOLE]
    if not teller.spot(item):
        templates = [template for template in templates if "{of}" not in template]
    verb = teller.turn(f"verb_{voice.name}_{is_first}", verbs)
    template = teller.turn(key, templates, node)
    place = [] if bare else teller.spot(item)
    is_heard = item.channel == "transcript"
    return teller.say(
        template,
        [item.item_id],
        x=node,
        place=place,
        of=[] if bare else teller.spot(item, "de"),
        v=verb,
        who=_person(teller) if key == "testified" and item.channel == "enquete" else who(teller, item, bare),
        lit="entend" if is_heard else "lit",
        ecrit="dit" if is_heard else "écrit",
    )


def asks(text: str) -> bool:
    """Whether words ask: `à quelle porte frapper : mairie ?` after a statement only gives examples."""
    head, colon, tail = text.partition(" : ")
    states = bool(colon) and "?" not in head and len(head.split()) >= STATED_MIN and _QUESTION.match(tail) is None
    return text.endswith("?") and not states


_QUESTION = re.compile(
    r"\W*(?:comment|pourquoi|quoi|quand|combien|où|qui|que|qu['’]|quel|à qui|de qui|est-ce|jusqu|et si|"
    r"\w+-(?:on|il|t))",
    re.IGNORECASE,
)
_ME = re.compile(r"\b(?:je|j['’]|me|m['’]|moi|mon|ma|mes)(?=\W|\b)", re.IGNORECASE)
"""Someone who speaks of herself: « nous » may be a service, « vous » anyone."""


def _person(teller: Teller) -> list[Node]:
    """`une personne interrogée` or `quelqu’un dans l’enquête`: an answer does not confide."""
    return [TextNode(teller.turn("person", ("une personne interrogée", "quelqu’un dans l’enquête")))]


def who(teller: Teller, item: Item, bare: bool) -> list[Node]:
    """`un post-it de la table 4`, `quelqu’un à la table 4`, `une réponse à l’enquête`, `une voix`… in turn."""
    if item.channel == "enquete":
        words = ("une réponse à l’enquête", "une personne interrogée") if not bare else ("quelqu’un", "une réponse")
        return [TextNode(teller.turn(f"who_survey_{bare}", words))]
    of = [] if bare else teller.place_of(item, "de")
    thing = {"transcript": "une voix", "postit": "un post-it"}.get(item.channel, "une contribution")
    if item.channel == "postit" and not item.is_postit:
        thing = "une contribution"
    is_person = teller.turn("who", ("no", "yes")) == "yes"
    if is_person or (item.channel == "transcript" and not of):
        return [TextNode("quelqu’un "), *teller.place_of(item)] if of else [TextNode("quelqu’un")]
    return [TextNode(f"{thing} "), *of] if of else [TextNode(thing)]
