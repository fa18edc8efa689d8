"""The sections that the plan makes of each axis, group by group under their titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, groupby
from operator import attrgetter, itemgetter

from pipeline.axes import compass
from pipeline.contracts.draft import (
    Block,
    NamedNode,
    NamedRef,
    Node,
    Section,
    Sentence,
    Shown,
    TextNode,
    WordsNode,
)
from pipeline.contracts.plan import SectionPlan, Statement
from pipeline.language.text.typography import capitalized
from pipeline.restitution.nodes import listed
from pipeline.restitution.prose.forms import EXPLAINED, LONG, is_act, proposed, together
from pipeline.restitution.prose.places import NUMBERED, file_heading
from pipeline.restitution.prose.telling import Telling, ways
from pipeline.restitution.quoting.quotes import in_our_signs, plain_quotes, words_in
from pipeline.restitution.sections.essential import titles_told
from pipeline.workshop.model import Item, is_supposed, last_heading

BESIDE = "Dit par ailleurs"
"""Heading of what no title takes."""


def axis_section(telling: Telling, plan: SectionPlan) -> Section:
    """Everything that an axis tells: a heading and a paragraph for each group, then what no group tells."""
    blocks = [Block("motto", value=Shown(text=compass()[plan.axis].motto))]
    last: Statement | None = None
    title = ""
    for paragraph in (one for one in plan.paragraphs if one.statements):
        group = telling.group(paragraph.unit)
        if group is None and title and title != BESIDE:
            title = BESIDE
            blocks.append(Block("heading", level=1, value=Shown(text=title)))
        groups = (paragraph.unit,) if paragraph.unit else ()
        if group is not None and group.title != title:
            blocks.append(Block("heading", level=1, groups=groups, value=Shown(text=group.title)))
            title = group.title
        made: list[list[Sentence]] = []
        for statement in paragraph.statements:
            is_beside = statement.axis != plan.axis and not made and telling.unit(paragraph.unit).is_counted
            beside = ways(f"beside.{statement.axis}") if is_beside else ""
            made.append(write(telling, statement, last, beside))
            last = statement if statement.kind in ("told", "spread") else last
        is_headed = group is None and not title  # each place has its paragraph, after the heading of its file
        if is_headed and paragraph.statements[0].words:
            blocks += _by_heading(telling, paragraph.statements, made)
        else:
            blocks.append(Block("paragraph", tuple(chain.from_iterable(made)), groups=groups))
    return Section(plan.key, compass()[plan.axis].section, tuple(blocks) if len(blocks) > 1 else (), plan.axis)


def _by_heading(telling: Telling, statements: Sequence[Statement], made: Sequence[Sequence[Sentence]]) -> list[Block]:
    """The sentences of each place, those of no heading first."""
    blocks: dict[str, list[Block]] = {"": []}
    for statement, sentences in zip(statements, made, strict=True):
        named = telling.places.above(telling.material.items[statement.words[0].item_id])
        heading = capitalized("".join(node.text for node in named))
        shown = [Block("heading", level=1, value=Shown(text=heading))] if heading and heading not in blocks else []
        blocks.setdefault(heading, []).extend([*shown, Block("paragraph", tuple(sentences))])
    return list(chain.from_iterable(blocks.values()))


def write(telling: Telling, statement: Statement, after: Statement | None = None, beside: str = "") -> list[Sentence]:
    """The sentences of a statement.

    Parameters
    ----------
    after : the last statement of its section that tells words of a place.
    beside : what opens the first sentence of another axis than that of its section.
    """
    if statement.kind == "told":
        told = _told(telling, statement, after, beside)
    elif statement.kind == "weighs":
        told = titles_told(telling, [statement])
    elif statement.kind == "spread":
        told = [_spread(telling, statement, beside)]
    else:
        told = [_WRITERS[statement.kind](telling, statement)]
    return [replace(one, role=statement.kind) for one in told]


def _author(telling: Telling, statement: Statement) -> Sentence:
    """A person's own paragraph: the words of its group that stand in it to the letter keep where they come from."""
    group = telling.material.groups[statement.units[0]]
    text, ref, nodes, at = group.author_text, NamedRef("author_text", group.group_id), list[Node](), 0
    items = [telling.material.items[key] for key in statement.items]
    for start, end, words in sorted(words_in(text, items), key=itemgetter(0, 1)):
        if start >= at:
            nodes += [NamedNode("given", text[at:start], ref), words]
            at = end
    nodes.append(NamedNode("given", text[at:], ref))
    return Sentence(tuple(node for node in nodes if node.text), statement.items)


def _spread(telling: Telling, statement: Statement, beside: str) -> Sentence:
    """How widely the title above is spoken of, with its votes: who stands under a title may want it, lack it or ask."""
    unit = telling.unit(statement.units[0])
    subject, is_plural = telling.places.who(unit)
    votes = telling.in_brackets(telling.places.votes(unit))
    ask = all(telling.material.items[key].text.rstrip().endswith("?") for key in statement.items)
    way = ways(f"spread.{'asks' if ask else 'speaks'}.{'p' if is_plural else 's'}")
    way = f"{beside}, {way}" if beside else way
    return telling.say(way, statement.items, who=subject, v=votes)


def _told(telling: Telling, statement: Statement, after: Statement | None, beside: str) -> list[Sentence]:
    """Words of one place, with where they were said where that tells something: acts in our sentences, the others
    whole, and one person apart from another where they spoke in turn."""
    nodes = telling.words(statement)
    item = telling.material.items[nodes[0].ref.item_id]
    is_titled = telling.group(statement.units[0]) is not None
    at = _at(telling, item, after, statement)
    if at and not is_titled:
        at += _subject(telling, item)
    if beside:
        at = [TextNode(f"{beside}, "), *at] if at else [TextNode(beside)]
    persons = _persons(telling, nodes)
    if persons[0]:
        return _in_turn(telling, statement, at, persons, nodes)
    kinds = enumerate(_kinds(telling, nodes))
    return [_told_as(telling, statement, kind, () if n else at, words) for n, (kind, words) in kinds]


def _kinds(telling: Telling, nodes: Sequence[WordsNode]) -> list[tuple[str, list[Node]]]:
    """Words by what brings them: acts in enumerations, what is quoted after what is told, one by one."""
    items = telling.material.items
    acts = [node for node in nodes if is_act(node, items[node.ref.item_id].axis)]
    left = sorted((node for node in nodes if node not in acts), key=lambda one: one.kind == "quote")
    told = [("proposed", together([*map(proposed, some)])) for some in _few(acts)]
    return [*told, *(("bare", list[Node]([node])) for node in left)]


def _told_as(telling: Telling, statement: Statement, kind: str, at: Sequence[Node], words: Sequence[Node]) -> Sentence:
    """A sentence of words, after where they were said where it opens it."""
    if kind == "proposed":
        way = ways(kind)
        is_label = bool(at) and isinstance(at[-1], NamedNode) and at[-1].ref.field == "origine"
        way = f"{{at}}{' :' if is_label else ','} {way}" if at else way
    else:
        way = ways("told.here" if at else "told.bare")
    return telling.say(way, statement.items, at=at, q=words)


def _few(acts: Sequence[WordsNode]) -> list[list[WordsNode]]:
    """Acts that one sentence proposes: three, two where one is long, and by itself one that is explained."""
    most = 2 if any(len(one.text.split()) > LONG for one in acts) else 3
    short = [one for one in acts if EXPLAINED.search(one.text) is None]
    return [
        *(short[first : first + most] for first in range(0, len(short), most)),
        *([one] for one in acts if one not in short),
    ]


def _in_turn(
    telling: Telling,
    statement: Statement,
    at: Sequence[Node],
    persons: Sequence[Sequence[Node]],
    nodes: Sequence[WordsNode],
) -> list[Sentence]:
    """Words of people who spoke in turn, a sentence for each of them while she speaks."""
    runs: list[list[list[Node]]] = []
    for one, node in zip(persons, nodes, strict=True):
        if one or not runs:
            runs.append([])
        runs[-1].append([*one, node])
    sentences: list[Sentence] = []
    for run in runs:
        words = in_our_signs(telling.material, listed(run), True, telling.low)
        way = "said" if at and not sentences else "bare"
        sentences.append(telling.say(ways(f"told.{way}"), statement.items, at=at, q=words))
    return sentences


def _at(telling: Telling, item: Item, after: Statement | None, statement: Statement) -> list[Node]:
    """Where an idea was said: its table, or the survey, what its row tells of it; [] where the sentence before tells
    it."""
    if after is not None and after.kind == "spread":
        spread = telling.unit(after.units[0]).spread
        if item.table and spread.tables == 1 and not spread.answers:
            return []
    if is_supposed(item.context):
        return [TextNode("sous "), file_heading(last_heading(item.context))]
    parts = [telling.places.spot(item), telling.places.origin(item)]
    if after is not None and after.kind == "told" and after.units[0] == statement.units[0]:
        before = telling.material.items[after.words[-1].item_id]
        if parts == [telling.places.spot(before), telling.places.origin(before)]:
            return []
    return listed([one for one in parts if one], ", ", ", ")


def _persons(telling: Telling, nodes: Sequence[WordsNode]) -> list[list[Node]]:
    """Who says each of some words, and nobody again while she goes on; nobody at all where the files give none of
    them a name or a part."""
    items = [telling.material.items[node.ref.item_id] for node in nodes]
    voices = ["".join(node.text for node in telling.places.voice_of(item)) for item in items]
    if not any(found is None or found["part"] for found in map(NUMBERED.fullmatch, voices)) or not all(voices):
        return [[] for _ in nodes]
    told = telling.places.speakers(voices)
    names = {voice: "".join(node.text for node in found).lower() for voice, found in told.items()}
    rows = zip(nodes, ["", *voices], voices, strict=False)
    return [
        [*told[voice], TextNode(" : ")] if voice != before and not node.text.lower().startswith(names[voice]) else []
        for node, before, voice in rows
    ]


def _side(telling: Telling, statement: Statement) -> Sentence:
    """What is said of a group by all who take a side, with their number."""
    subject, is_plural = telling.places.who(telling.unit(statement.units[1]))
    is_of_sud = statement.axis == "sud" and not telling.material.groups[statement.units[0]].is_refusal
    kind = "contrary" if statement.kind == "objection" and not is_of_sud else statement.kind
    words = telling.words(statement)
    template = ways(f"{kind}.{'p' if is_plural else 's'}")
    told = listed([[node] for node in words])
    return telling.say(f"{template}{' : {q}' if words else ''}.", statement.items, who=subject, q=told)


def _answers(telling: Telling, statement: Statement) -> Sentence:
    """What would answer the first unit: the others, by name."""
    way = ways(f"{statement.kind}.{'p' if len(statement.units) > 2 else 's'}")
    return telling.say(way, statement.items, l=listed(telling.named(statement.units[1:])))


def _question(telling: Telling, statement: Statement) -> Sentence:
    group = telling.material.groups[statement.units[0]]
    words = plain_quotes(telling.lexicon.lowered(group.question.strip()))
    asked = NamedNode("title", words, NamedRef(group_id=group.group_id, field="question"))
    return telling.say(ways("question"), statement.items, b=asked)


def voted(telling: Telling) -> list[Sentence]:
    """The ideas that people voted on, those of as many votes together."""
    items = telling.material.items
    told = [one for one in telling.plan.statements if one.kind == "voted"]
    sentences = []
    for _, found in groupby(told, lambda one: attrgetter("mark", "votes", "votes_against")(items[one.items[0]])):
        alike = list(found)
        words = listed([telling.words(one) for one in alike])
        votes = telling.votes_of(items[alike[0].items[0]])
        sentences.append(telling.say(ways("voted.any"), [key for one in alike for key in one.items], q=words, v=votes))
    return [replace(one, role="voted") for one in sentences]


def _subject(telling: Telling, item: Item) -> list[Node]:
    """The subject of a table, between brackets; [] where tables had none."""
    subject = telling.material.tables.get((item.workshop, item.table), "")
    if "," in item.table or len(telling.material.workshops) > 1 or not 0 < len(subject.split()) <= 8:
        return []
    words = NamedNode("given", telling.lexicon.lowered(subject), NamedRef("sujet", table=item.table))
    return telling.in_brackets([words])


_WRITERS: dict[str, Callable[[Telling, Statement], Sentence]] = {
    "author": _author,
    "objection": _side,
    "condition": _side,
    "answer": _answers,
    "resource": _answers,
    "question": _question,
}
