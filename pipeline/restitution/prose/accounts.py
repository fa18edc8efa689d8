"""What is told of a group: its most telling words, where they were said and how far they are shared, then others."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contracts.draft import Node, Sentence, TextNode, WordsNode
from pipeline.language.syntax import sentence_forms
from pipeline.language.text.words import words
from pipeline.restitution.material.finding import find_words
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.nodes import Piece
from pipeline.restitution.prose.axis_templates import Voice
from pipeline.restitution.prose.details import detail
from pipeline.restitution.prose.sequence import Part, Saying
from pipeline.restitution.prose.teller import Teller
from pipeline.restitution.prose.testimony import note_node, taken, testimony
from pipeline.restitution.quoting.joints import indefinite, joint_de, joint_que
from pipeline.restitution.quoting.quotes import fits, may_quote, quote, repeats


def account(teller: Teller, group: Group, voice: Voice, n_quotes: int) -> list[Part]:
    """What is told of a group, concrete words first; [] when nothing of it can be told as its title says."""
    found = statement(teller, group)
    if found is None:
        return list(titled(teller, group, voice))
    item, node = found
    named = detail(teller, item, group) if voice.detail else None
    if named is not None:
        lead = _detailed(teller, group, voice, item, named)
        known = [n.text for n in lead.nodes if n.kind in ("title", "quote", "report")]
        return [lead, *testimony(teller, group, voice, n_quotes, known)]
    if not teller.is_shared(group):
        saying = taken(teller, Saying(item, node, voice))
        return [saying, *testimony(teller, group, voice, n_quotes, [node.text], beside=item)]
    teller.take(node)
    others = testimony(teller, group, voice, n_quotes, [group.title, node.text])
    shared = _shared(teller, group, voice, node)
    return [*others, shared] if voice.name == "est" and others else [shared, *others]


def _detailed(teller: Teller, group: Group, voice: Voice, item: Item, named: WordsNode) -> Sentence:
    """A name and what was said of it."""
    is_shared = teller.is_shared(group)
    place = teller.where(group.group_id) if is_shared else teller.spot(item)
    sources = [member.item_id for member in (group.members if is_shared else (item,))]
    template = teller.turn(f"{voice.name}_detail", voice.detail)
    return teller.say(template, sources, place=place, x=teller.title(group, "article"), d=named)


def _shared(teller: Teller, group: Group, voice: Voice, node: WordsNode) -> Sentence:
    """How far a matter is shared, in the words that tell it best: a quotation that adds to the title, or the title."""
    place, origin = teller.where(group.group_id), teller.where(group.group_id, "de")
    sources = [member.item_id for member in group.members]
    if voice.shared:
        is_titled = voice.name == "est" and teller.has_good_title(group) and repeats(node.text, [group.title])
        words = teller.named(group) if is_titled or node.kind == "report" else node
        if node.kind == "report" and not teller.has_good_title(group):
            words = node
        return teller.say(teller.turn(f"{voice.name}_shared", voice.shared), sources, place=place, of=origin, x=words)
    return phrased(teller, voice, node, sources, place)


def statement(teller: Teller, group: Group) -> tuple[Item, WordsNode] | None:
    """The words that tell a group best: those its title comes from, whole, else the most central that read well."""
    pool = [item for item in teller.kin(group) if item.item_id not in teller.told | teller.kept]
    order = {item.item_id: rank for rank, item in enumerate(pool)}

    def preference(item: Item) -> tuple[bool, bool, bool, bool, bool, int]:
        holds_title = find_words(item.text, group.title) is not None
        chosen = item.quote_choice == "choisie"
        is_bare = len(words(item.text)) <= len(words(group.title))
        says_so = teller.kinship.says_the_same(item, group)
        return (not chosen, not holds_title, not says_so, is_bare, item.provenance == "note", order[item.item_id])

    for item in sorted(pool, key=preference):
        node = _words_of(teller, item, group)
        if node is not None:
            return item, node
    return None


def _words_of(teller: Teller, item: Item, group: Group) -> WordsNode | None:
    if not may_quote(item):
        return note_node(teller, item)
    subject = teller.subject(group)
    node = quote(item, subject=subject)
    return node if node is not None and fits(item, node, subject) else None


def titled(teller: Teller, group: Group, voice: Voice) -> list[Sentence]:
    """One sentence made with the title, when someone asked that words of it be not quoted."""
    found = teller.kin(group)
    hidden = any(not item.is_quotable or item.quote_choice == "bannie" for item in found)
    if not hidden or not teller.has_good_title(group):
        return []
    place = teller.where(group.group_id) if teller.is_shared(group) else teller.spot(found[0])
    sources = [item.item_id for item in found]
    return [phrased(teller, voice, teller.title(group, "low"), sources, place)]


def phrased(teller: Teller, voice: Voice, node: Node, sources: Sequence[str], place: list[Node]) -> Sentence:
    """A note or a title in a sentence that its form allows."""
    phrase = teller.lexicon.phrase(node.text)
    form = phrase.form if phrase.form in voice.forms else sentence_forms.FRAGMENT
    joint = {
        sentence_forms.CLAUSE: joint_que(phrase.low),
        sentence_forms.INFINITIVE: joint_de(phrase.low),
        sentence_forms.NOUN: sentence_forms.article(phrase),
    }.get(form, "")
    x: Piece = [TextNode(joint), node]
    i: Piece = [TextNode(indefinite(phrase)), node]
    return teller.say(teller.turn(f"{voice.name}_{form}", voice.forms[form]), sources, place=place, x=x, b=node, i=i)
