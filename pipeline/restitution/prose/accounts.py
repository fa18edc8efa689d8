"""What is told of a group: its most telling words, where they were said and how far they are shared, then others."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contracts.draft import Node, TextNode, WordsNode
from pipeline.language.syntax import sentence_forms
from pipeline.language.text.stems import words
from pipeline.restitution.material.finding import find_words
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.nodes import Piece
from pipeline.restitution.prose.details import detail
from pipeline.restitution.prose.frames import Frame
from pipeline.restitution.prose.phrases import Voice
from pipeline.restitution.prose.sayings import Part, Saying, taken
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.testimony import note_node, testimony
from pipeline.restitution.prose.titles import has_good_title, subject
from pipeline.restitution.quoting.joints import indefinite, joint_de, joint_que
from pipeline.restitution.quoting.quotes import fits, may_quote, quote, repeats


def account(telling: Telling, group: Group, voice: Voice, n_quotes: int) -> list[Part]:
    """What is told of a group, concrete words first; [] when nothing of it can be told as its title says."""
    found = statement(telling, group)
    if found is None:
        return list(titled(telling, group, voice))
    item, node = found
    named = detail(telling.titles, item, group) if voice.detail else None
    if named is not None:
        lead = _detailed(telling, group, voice, item, named)
        known = [node.text for node in lead.nodes if node.kind in ("title", "quote", "report")]
        return [lead, *testimony(telling, group, voice, n_quotes, known)]
    if not telling.kinship.is_shared(group):
        saying = taken(telling.memory, Saying(item, node, voice))
        return [saying, *testimony(telling, group, voice, n_quotes, [node.text], beside=item)]
    telling.memory.take(node)
    others = testimony(telling, group, voice, n_quotes, [group.title, node.text])
    shared = _shared(telling, group, voice, node)
    return [*others, shared] if voice.name == "est" and others else [shared, *others]


def _detailed(telling: Telling, group: Group, voice: Voice, item: Item, named: WordsNode) -> Frame:
    """A name and what was said of it."""
    is_shared = telling.kinship.is_shared(group)
    place = telling.places.where(group.group_id) if is_shared else telling.places.spot(item)
    sources = [member.item_id for member in (group.members if is_shared else (item,))]
    return telling.tell(voice.detail, sources, place=place, x=telling.titles.title(group, "article"), d=named)


def _shared(telling: Telling, group: Group, voice: Voice, node: WordsNode) -> Frame:
    """How far a matter is shared, in the words that tell it best: a quotation that adds to the title, or the title."""
    place, origin = telling.places.where(group.group_id), telling.places.where(group.group_id, "de")
    sources = [member.item_id for member in group.members]
    if voice.shared:
        is_titled = voice.name == "est" and has_good_title(group) and repeats(node.text, [group.title])
        words = telling.titles.named(group) if is_titled or node.kind == "report" else node
        if node.kind == "report" and not has_good_title(group):
            words = node
        return telling.tell(voice.shared, sources, place=place, of=origin, x=words)
    return phrased(telling, voice, node, sources, place)


def statement(telling: Telling, group: Group) -> tuple[Item, WordsNode] | None:
    """The words that tell a group best: those its title comes from, whole, else the most central that read well."""
    pool = [item for item in telling.kinship(group) if item.item_id not in telling.memory.said]
    order = {item.item_id: rank for rank, item in enumerate(pool)}

    def preference(item: Item) -> tuple[bool, bool, bool, bool, bool, int]:
        holds_title = find_words(item.text, group.title) is not None
        chosen = item.quote_choice == "choisie"
        is_bare = len(words(item.text)) <= len(words(group.title))
        says_so = telling.kinship.says_the_same(item, group)
        return (not chosen, not holds_title, not says_so, is_bare, item.provenance == "note", order[item.item_id])

    for item in sorted(pool, key=preference):
        node = _words_of(telling, item, group)
        if node is not None:
            return item, node
    return None


def _words_of(telling: Telling, item: Item, group: Group) -> WordsNode | None:
    if not may_quote(item):
        return note_node(telling.titles, item)
    matter = subject(group)
    node = quote(item, subject=matter)
    return node if node is not None and fits(item, node, matter) else None


def titled(telling: Telling, group: Group, voice: Voice) -> list[Frame]:
    """One sentence made with the title, when someone asked that words of it be not quoted."""
    found = telling.kinship(group)
    hidden = any(not item.is_quotable or item.quote_choice == "bannie" for item in found)
    if not hidden or not has_good_title(group):
        return []
    place = telling.places.where(group.group_id) if telling.kinship.is_shared(group) else telling.places.spot(found[0])
    sources = [item.item_id for item in found]
    return [phrased(telling, voice, telling.titles.title(group, "low"), sources, place)]


def phrased(telling: Telling, voice: Voice, node: Node, sources: Sequence[str], place: list[Node]) -> Frame:
    """A note or a title in a sentence that its form allows."""
    phrase = telling.titles.lexicon.phrase(node.text)
    form = phrase.kind if phrase.kind in voice.forms else sentence_forms.FRAGMENT
    joint = {
        sentence_forms.CLAUSE: joint_que(phrase.low),
        sentence_forms.INFINITIVE: joint_de(phrase.low),
        sentence_forms.NOUN: sentence_forms.article(phrase),
    }.get(form, "")
    x: Piece = [TextNode(joint), node]
    i: Piece = [TextNode(indefinite(phrase)), node]
    return telling.tell(voice.forms[form], sources, place=place, x=x, b=node, i=i)
