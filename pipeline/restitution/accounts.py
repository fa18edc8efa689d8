"""What is told of a group: its most telling words, where they were said and how far they are shared, then others."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language.words import words
from pipeline.restitution import grammar
from pipeline.restitution.facts import n_ideas
from pipeline.restitution.material import Group, Item
from pipeline.restitution.nodes import Node, Piece, Sentence
from pipeline.restitution.quotes import fits, may_quote, quote, quote_node, repeats
from pipeline.restitution.telling import Teller
from pipeline.restitution.testimony import attributed, note_node, place_key, testimony
from pipeline.restitution.unfit import holds_personal_data
from pipeline.restitution.voices import Voice
from pipeline.restitution.wording import find_words, indefinite, joint_de, joint_que

DETAIL_WORDS = (2, 22)
_BETWEEN = " \u00a0\u202f:,–—-("


def account(teller: Teller, group: Group, voice: Voice, n_quotes: int) -> list[Sentence]:
    """The sentences of a group; [] when nothing of it can be told as its title says."""
    found = statement(teller, group)
    if found is None:
        return titled(teller, group, voice)
    item, node = found
    at = find_words(node.text, group.title)
    begins = at is not None and at[0] < 3 and not repeats(node.text, [group.title])  # the bold would say it twice
    is_headed = teller.is_shared(group) or not begins
    if n_quotes and voice.headed and is_headed and n_ideas(teller.kin(group)) > 1 and teller.has_good_title(group):
        return _headed(teller, group, voice, item, node, n_quotes)
    lead = _lead(teller, group, voice, item, node)
    known = [text for text in (node.text, *(n.text for n in lead.nodes if n.kind in ("title", "quote"))) if text]
    return [lead, *testimony(teller, group, voice, n_quotes, known, near=place_key(item))]


def statement(teller: Teller, group: Group) -> tuple[Item, Node] | None:
    """The words that tell a group best: those its title comes from, whole, else the most central that read well."""
    pool = [item for item in teller.kin(group) if item.item_id not in teller.told | teller.kept]
    order = {item.item_id: rank for rank, item in enumerate(pool)}

    def preference(item: Item) -> tuple[bool, bool, bool, bool, int]:
        holds_title = find_words(item.text, group.title) is not None
        chosen = item.quote_choice == "choisie"
        is_bare = len(words(item.text)) <= len(words(group.title))
        return (not chosen, not holds_title, is_bare, item.provenance == "note", order[item.item_id])

    for item in sorted(pool, key=preference):
        node = _words_of(teller, item, group)
        if node is not None:
            return item, node
    return None


def _words_of(teller: Teller, item: Item, group: Group) -> Node | None:
    if not may_quote(item):
        return note_node(teller, item)
    subject = teller.subject(group)
    node = quote(item, subject=subject)
    return node if node is not None and fits(item, node, subject) else None


def _lead(teller: Teller, group: Group, voice: Voice, item: Item, node: Node) -> Sentence:
    is_shared = teller.is_shared(group)
    place = teller.where(group.group_id) if is_shared else teller.spot(item)
    sources = [member.item_id for member in (group.members if is_shared else (item,))]
    named = detail(teller, item, group) if voice.detail else None
    if named is not None:
        template = teller.turn(f"{voice.name}_detail", voice.detail)
        return teller.say(template, sources, place=place, x=teller.title(group, "article"), d=named)
    if node.kind == "report":
        return phrased(teller, voice, node, sources, place)
    if is_shared and voice.shared:
        origin = teller.where(group.group_id, "de")
        template = teller.turn(f"{voice.name}_shared", voice.shared, node)
        return teller.say(template, sources, place=place, of=origin, x=node)
    return attributed(teller, item, node, voice.name, voice.first)


def _headed(teller: Teller, group: Group, voice: Voice, item: Item, node: Node, n_quotes: int) -> list[Sentence]:
    """The matter in bold, how far it is shared, then the words of some, each with its place."""
    is_shared = teller.is_shared(group)
    adds = not repeats(node.text, [group.title])
    place = teller.where(group.group_id) if is_shared else teller.spot(item)
    sources = [member.item_id for member in (group.members if is_shared else teller.kin(group))]
    title = teller.title(group, "as_is", strong=True)
    stop = "" if title.text.endswith("?") else "."
    kind = "headed" if is_shared and adds else "spread" if is_shared else "" if adds else "alone"
    rest = teller.turn(f"{voice.name}_{kind}", getattr(voice, kind)) if kind and place else ""
    said = [teller.say(f"{{title}}{stop} {rest}".rstrip(), sources, title=title, place=place, x=node)]
    if adds and not is_shared:
        said.append(_lead(teller, group, voice, item, node))
    return [*said, *testimony(teller, group, voice, n_quotes, [group.title, node.text], near=place_key(item))]


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
    form = phrase.form if phrase.form in voice.forms else grammar.FRAGMENT
    joint = {
        grammar.CLAUSE: joint_que(phrase.low),
        grammar.INFINITIVE: joint_de(phrase.low),
        grammar.NOUN: grammar.article(phrase),
    }.get(form, "")
    x: Piece = [Node("text", joint), node]
    i: Piece = [Node("text", indefinite(phrase)), node]
    return teller.say(teller.turn(f"{voice.name}_{form}", voice.forms[form]), sources, place=place, x=x, b=node, i=i)


def detail(teller: Teller, item: Item, group: Group) -> Node | None:
    """What an item adds to the name that titles its group: `Les Volants : 14 chauffeurs bénévoles` → the drivers."""
    phrase = teller.lexicon.phrase(group.title)
    at = find_words(item.text, group.title)
    if phrase.form != grammar.NOUN or at is None or at[0] > 2 or not item.is_quotable:
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
    return teller.report(item, span) if item.provenance == "note" else None
