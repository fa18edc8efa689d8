"""The sections of the axes: under each title who speaks of it, then words that say it, a line each with who says them
and where; and what was voted on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from operator import attrgetter, itemgetter

from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.draft import ON_DOCUMENT, Block, NamedNode, NamedRef, Node, Section, Sentence, Shown, TextNode
from pipeline.contracts.plan import TITLES, Entry, Line, Unit
from pipeline.contracts.tables import AGAINST, FOR
from pipeline.language.text.words import content_stems
from pipeline.restitution.nodes import listed, paragraph
from pipeline.restitution.plan.showing import asks
from pipeline.restitution.prose.places import file_heading
from pipeline.restitution.prose.telling import SIDES, Telling
from pipeline.restitution.quoting.quotes import plain_quotes, stretches_of, words_in
from pipeline.restitution.sections import positions
from pipeline.workshop.model import Group, Item, Material, may_tell

OTHER = (", une autre personne : {r}", " : {r}")
"""Before what one says whose name is not told, after what another says or asks."""
NAMED_MIN = 2
"""Words that a title and what was put to the vote both say, from which the vote is told under the title."""
BESIDE = "Dit par ailleurs"
"""Heading of what no title takes."""
NEAR = (
    "À relire : voici ce qui s’approche le plus de ce titre, sans que personne l’ait confirmé.",
    "À relire : voici ce qui s’approche le plus de ces titres, sans que personne l’ait confirmé.",
)
"""Before the words that come nearest to a title, or to several, of which nothing surer can be shown."""

UNSEEN = (
    "Titre donné, dont les paroles sont dans le document des paroles : {x}.",
    "Titres donnés, dont les paroles sont dans le document des paroles : {x}.",
)
UNHEARD = (
    "Rien n’est cité ici de {x} : aucune parole n’y est à la fois sûre d’être d’un titre et comprise sans ce qui "
    "l’entoure."
)
IN_WORDS = "Le document des paroles les donne toutes."
NAMED_MOST = 12
"""Before the titles of which no words are shown, and those under which nothing was put; of the documents of which
nothing is told, and how many are named."""
EMPTY = ("Titre donné, encore sans parole : {x}.", "Titres donnés, encore sans parole : {x}.")
"""Before the titles of which no words are shown, and those under which nothing was put."""


def section_of(telling: Telling, key: str) -> Section:
    """The section of an axis, of a person's rubric, or of titles that she gave without either, with nothing but its
    motto."""
    if key not in COMPASS_CODES:
        is_left = telling.material.rubrics and not any(one.units for one in telling.plan.axes[key])
        told = telling.material.rubrics.get(key, BESIDE if is_left else "Ce qui a été dit")
        return Section(key, plain_quotes(told), ())
    return Section(key, compass()[key].section, (Block("motto", value=Shown(text=compass()[key].motto)),), key)


def told_section(telling: Telling, key: str) -> Section:
    """Everything that an axis of the plan shows, or its titles in a person's order: its titles, then those of which no
    words are shown, by name, and what no title takes."""
    blocks: list[Block] = []
    beside: list[Block] = []
    unseen = list[Node]()
    empty: list[Node] = [NamedNode("given", plain_quotes(one), NamedRef("titre")) for one in _empty(telling, key)]
    near: dict[str, list[Sentence]] = {}
    for entry in telling.plan.axes[key]:
        made = [*_entry(telling, entry)]
        if not entry.units:
            beside = made
        elif not made:
            group = telling.material.groups[entry.units[0]]
            title = NamedNode("title", plain_quotes(group.title), NamedRef(group_id=group.group_id))
            if entry.unsure:
                items = (telling.material.items[one.words.item_id] for one in entry.unsure)
                labels = map(telling.places.label, items)
                near[group.title] = [_line(telling, *told, title) for told in zip(entry.unsure, labels, strict=True)]
            else:
                unseen.append(title)
        blocks += made if entry.units else []
    if near:
        lines = tuple(chain.from_iterable(near.values()))
        said = telling.say(NEAR[len(near) > 1], tuple(key for one in lines for key in one.sources))
        blocks += [Block("paragraph", (replace(said, role="weighs"),)), Block("list", lines)]
    for way, titles in ((UNSEEN, unseen), (EMPTY, empty)):
        if titles:
            said = telling.say(way[len(titles) > 1], ("elements.xlsx",), x=listed([[one] for one in titles]))
            blocks.append(Block("paragraph", (replace(said, role="weighs"),)))
    section = section_of(telling, key)
    if blocks and beside:
        blocks.append(Block("heading", level=1, value=Shown(text=BESIDE)))
    return replace(section, blocks=(*section.blocks, *blocks, *beside) if blocks or beside else ())


def with_unheard(telling: Telling, sections: Sequence[Section]) -> list[Section]:
    """Sections of titles, the last of which ends on the documents of which nothing is told, and why."""
    material, plan = telling.material, telling.plan
    refs = (one for entries in plan.axes.values() for entry in entries for one in _refs(telling, entry))
    heard = {material.items[key].source for key in refs} | material.points.keys()
    heard |= {material.items[one.item_id].source for one in (*plan.voted, *plan.divided)}
    left = [one for one in dict.fromkeys(one.source for one in material.items.values()) if one not in heard]
    if not left or len(left) == len({one.source for one in material.items.values()}):
        return [*sections]
    named = (NamedNode("given", plain_quotes(material.document_names[one]), NamedRef("fichier")) for one in left)
    names: list[list[Node]] = [[TextNode("“"), one, TextNode("”")] for one in named]
    more = [[TextNode("d’autres documents")]] if len(names) > NAMED_MOST else []
    told = listed([*names[:NAMED_MOST], *more], " ; ", " ; ")
    why, where = telling.say(UNHEARD, left, x=told), telling.say(IN_WORDS, left)
    said = Block("paragraph", (replace(why, role="weighs"), replace(where, role=ON_DOCUMENT)))
    return [*sections[:-1], replace(sections[-1], blocks=(*sections[-1].blocks, said))]


def _refs(telling: Telling, entry: Entry) -> Iterator[str]:
    """The ideas whose words stand under a title, those of a person's own text among them."""
    for line in (*entry.lines, *entry.unsure):
        yield from (one.item_id for one in (line.words, line.reply) if one is not None)
    yield from (one.words.item_id for one in entry.camps)
    for key in entry.units:
        group = telling.material.groups[key]
        yield from (one.item_id for one in group.members if group.author_text)


def _empty(telling: Telling, key: str) -> Iterator[str]:
    """The titles that a person gave in a section, under which nothing was put."""
    material = telling.material
    return (title for title in material.empty_titles if (material.section_given(title) or TITLES) == key)


def _entry(telling: Telling, entry: Entry) -> Iterator[Block]:
    """A title with its text, or its counts and words; nothing where it has none of these."""
    lead, lines = _lines(telling, entry.lines)
    if not entry.units:
        yield from (*paragraph([lead]), Block("list", lines))
        return
    groups = [telling.material.groups[key] for key in entry.units]
    texts = dict.fromkeys(one.author_text for one in groups if one.author_text)
    hers = [next(one for one in groups if one.author_text == text) for text in texts]
    told = [one for group in hers for one in _author(group, telling.material)] or [*_counted(telling, entry)]
    told += [lead] if lead is not None else []
    if told or lines:
        yield Block("heading", level=1, groups=entry.units[:1], value=Shown(text=groups[0].title))
    if told:
        yield Block("paragraph", tuple(told), groups=entry.units[:1])
    if lines:
        yield Block("list", lines, groups=entry.units[:1])


def _lines(telling: Telling, lines: Sequence[Line]) -> tuple[Sentence | None, tuple[Sentence, ...]]:
    """The lines of a title; before them, once, what all of their labels say."""
    items = [telling.material.items[one.words.item_id] for one in lines]
    shared, own = telling.places.labels(items)
    said = telling.say("{at} :", [one.item_id for one in items], at=shared) if shared else None
    lead = replace(said, role="weighs") if said is not None else None  # it goes with its lines
    return lead, tuple(_line(telling, line, label) for line, label in zip(lines, own, strict=True))


def _line(telling: Telling, line: Line, label: Sequence[Node], title: NamedNode | None = None) -> Sentence:
    """Words after their label, and what answered them, or what another one said then; below a title that they may say,
    after it."""
    item = telling.material.items[line.words.item_id]
    reply, by = list[Node](), list[Node]()
    way = "{at} : {q}" if label else "{q}"
    way = f"{{t}} – {way}" if title is not None else way
    if line.reply is not None:
        reply, by = [telling.words_at(line.reply)], telling.places.speaker(telling.material.items[line.reply.item_id])
        is_asked = asks(telling.words_at(line.words).text)
        way += (" – en réponse" if is_asked else " – puis") + (", {by} : {r}" if by else OTHER[is_asked])
    words, strong = [telling.words_at(line.words)], [replace(title, strong=True)] if title is not None else []
    return replace(telling.say(f"{way}.", (item.item_id,), at=label, q=words, r=reply, by=by, t=strong), role="told")


def _author(group: Group, material: Material) -> Iterator[Sentence]:
    """A person's own paragraph, cut at the sentences that cite ideas: these keep where they come from, and so do the
    words of its group that stand in it, as she spells them."""
    ref = NamedRef("author_text", group.group_id)
    for text, keys in stretches_of(group):
        nodes, at = list[Node](), 0
        for start, end, words in sorted(words_in(text, group.members), key=itemgetter(0, 1)):
            if start >= at:
                typed = replace(words, text=text[start:end].strip("«»").strip())
                nodes += [NamedNode("given", text[at:start], ref), typed]
                at = end
        nodes.append(NamedNode("given", text[at:], ref))
        cites = tuple(key for key in keys if key in material.items and may_tell(material.items[key]))
        sources = tuple(dict.fromkeys((*(item.item_id for item in group.members), *cites)))
        yield Sentence(tuple(node for node in nodes if node.text), sources, role="author", cites=cites)


def _counted(telling: Telling, entry: Entry) -> Iterator[Sentence]:
    """How widely a title is spoken of where people looked, at least how many speak of it where a machine alone put them
    there, and some is shown; then of each of its groups who is against it, what answers it, and the question that a
    person asks of it."""
    whole, least = telling.plan.whole(entry), telling.plan.at_least(entry)
    if least is not None and (entry.lines or entry.camps):
        said = telling.say("{n} en parlent.", least.members, n=telling.places.at_least(least))
        yield replace(said, role="spread")
    is_several = whole.spread.n_heard > 1 or bool(whole.spread.votes or whole.spread.votes_against)
    if whole.is_counted and whole.members and (is_several or not entry.lines):
        yield _spread(telling, whole)
    if entry.camps:
        yield _camps(telling, entry)
    yield from _split_votes(telling, entry)
    for key in entry.units:
        yield from _beside(telling, telling.unit(key))


def _camps(telling: Telling, entry: Entry) -> Sentence:
    """Both sides that people take under a title, or in a column of theirs, each with how many surely do where several
    do, and the words of one."""
    asked = telling.material.asked
    told: list[list[Node]] = []
    sources: list[str] = []
    for camp in entry.camps:
        unit, item = telling.unit(camp.unit), telling.material.items[camp.words.item_id]
        side = positions.side_in(asked[camp.on], camp.side) if camp.on else [TextNode(positions.SIDES[camp.side])]
        count = [TextNode(", "), *telling.places.at_least(unit)] if telling.places.is_wide(unit) else []
        by = telling.places.speaker(item)
        told.append([*side, *count, TextNode(" – "), *by, TextNode(" : " * bool(by)), telling.words_at(camp.words)])
        sources += unit.members
    on = next((asked[one.on].about for one in entry.camps if one.on), "")
    way = "Les avis s’opposent, selon {a} : {x}." if on else "Les avis s’opposent : {x}."
    said = telling.say(way, sources, a=file_heading(on) if on else "", x=listed(told))
    return replace(said, role="camps")


def _split_votes(telling: Telling, entry: Entry) -> Iterator[Sentence]:
    """The votes that divide people on what a title names."""
    named = frozenset(content_stems(telling.material.groups[entry.units[0]].title))
    for vote in chain.from_iterable(telling.material.points.values()):
        are_two = vote.sides.get(FOR) and vote.sides.get(AGAINST)
        if are_two and len(named & frozenset(content_stems(vote.about))) >= NAMED_MIN:
            told = positions.with_counts(telling, vote)
            sources = [one.item_id for key in entry.units for one in telling.material.groups[key].members]
            yield replace(telling.say("Au vote, les avis se partagent sur {q}.", sources, q=told), role="camps")


def _beside(telling: Telling, unit: Unit) -> Iterator[Sentence]:
    group = telling.material.groups[unit.unit_id]
    yield from _sides(telling, unit, group)
    for answers, way in zip(telling.plan.answers.get(unit.unit_id, ()), ANSWERS, strict=False):
        if answers:
            members = [key for one in answers for key in telling.unit(one).members]
            yield replace(telling.say(way, members, l=listed(telling.named(answers))), role="answer")
    if group.is_asked and group.members:
        words = plain_quotes(telling.lexicon.lowered(group.question.strip()))
        asked = NamedNode("title", words, NamedRef(group_id=group.group_id, field="question"))
        sources = [one.item_id for one in group.members]
        yield replace(telling.say("La question à reprendre ensemble : {b}", sources, b=asked), role="question")


def _spread(telling: Telling, unit: Unit) -> Sentence:
    who, is_plural = telling.places.who(unit)
    asks = all(telling.material.items[key].text.rstrip().endswith("?") for key in unit.members)
    verb = ("posent la question" if is_plural else "pose la question") if asks else "en parle" + "nt" * is_plural
    votes = telling.in_brackets(telling.places.votes(unit))
    return replace(telling.say(f"{{who}} {verb}{{v}}.", unit.members, who=who, v=votes), role="spread")


def _sides(telling: Telling, unit: Unit, group: Group) -> Iterator[Sentence]:
    """Those who are against a title, then those who set a condition, each counted apart."""
    for kind in ("objection", "condition"):
        if (side := telling.plan.units.get(f"{unit.unit_id}.{kind}")) is not None:
            who, is_plural = telling.places.who(side)
            is_denied = kind == "objection" and (unit.axis != "sud" or group.is_refusal)
            way = SIDES["contrary" if is_denied else kind][is_plural]
            yield replace(telling.say(f"{way}.", side.members, who=who), role=kind)


ANSWERS = ("Ce qui est proposé en réponse : {l}.", "Ce qui existe et y répond : {l}.")


def voted(telling: Telling) -> list[Sentence]:
    """The ideas that people voted on, those of as many votes together."""
    told = [(ref, voted_on(telling, ref.item_id)) for ref in telling.plan.voted]
    sentences: list[Sentence] = []
    for _, found in groupby(told, lambda pair: attrgetter("mark", "votes", "votes_against")(pair[1])):
        refs, items = zip(*found, strict=True)
        words, votes = listed([[telling.words_at(one)] for one in refs]), telling.votes_of(items[0])
        sources = [one.item_id for one in items]
        sentences.append(replace(telling.say("{v} : {q}.", sources, q=words, v=votes), role="voted"))
    return sentences


def voted_on(telling: Telling, item_id: str) -> Item:
    """The idea that holds the votes of the card of another."""
    item = telling.material.items[item_id]
    beside = telling.material.siblings[item.contribution_id]
    return max([item, *beside], key=lambda one: (one.votes + one.votes_against, one is item))
