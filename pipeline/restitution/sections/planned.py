"""The sections that the plan makes: the essential in prose, and each axis, group by group under their titles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.axes import SUD, compass
from pipeline.contracts.draft import Block, NamedNode, NamedRef, Node, Section, Sentence, Shown, TextNode, WordsNode
from pipeline.contracts.plan import SectionPlan, Statement
from pipeline.language.syntax.phrases import CLAUSE, FRAGMENT, NOUN, QUESTION
from pipeline.restitution.nodes import listed
from pipeline.restitution.prose.telling import Telling, ways
from pipeline.restitution.quoting.quotes import plain_quotes
from pipeline.restitution.sections.closing import invitation, notice, written
from pipeline.restitution.sections.opening import points, who
from pipeline.restitution.sections.positions import ballots, disputes, scales
from pipeline.workshop.model import Group, Item

TITLES = {
    "nord": "Nord : ce qui existe et mérite d’être connu",
    "est": "Est : ce qui freine, et comment le traverser",
    "sud": "Sud : ce que nous ferons ensemble et mettons en commun",
    "ouest": "Ouest : faire culture commune",
}
PROPOSED = "Titres proposés par la machine, à relire : personne ne les a encore pris."
"""What stands above the first group of an axis whose title is a proposal, when people gave titles."""
ELSEWHERE = "Dit par ailleurs"


def axis_section(telling: Telling, plan: SectionPlan) -> Section:
    """Everything that an axis tells: a heading and a paragraph for each group, then what no group tells."""
    blocks = [Block("motto", value=Shown(text=compass()[plan.axis].motto))]
    is_told = not any(group.is_titled for group in telling.material.groups.values())
    for paragraph in plan.paragraphs:
        group = telling.group(paragraph.unit)
        if group is None and len(blocks) > 1:
            blocks.append(Block("heading", level=1, value=Shown(text=ELSEWHERE)))
        groups = (paragraph.unit,) if paragraph.unit else ()
        if group is not None and group.is_proposed and not is_told:
            is_told = True
            blocks.append(Block("motto", value=Shown(text=PROPOSED)))
        if group is not None:
            blocks.append(Block("heading", level=1, groups=groups, value=Shown(text=group.title)))
        sentences = tuple(write(telling, statement) for statement in paragraph.statements)
        if group is None:  # each place has its paragraph
            blocks += [Block("paragraph", (sentence,)) for sentence in sentences]
        else:
            blocks.append(Block("paragraph", sentences, groups=groups))
    return Section(plan.key, axis_title(telling, plan.axis), tuple(blocks) if len(blocks) > 1 else (), plan.axis)


def axis_title(telling: Telling, axis: str) -> str:
    """The title of an axis; a culture is common only where two tables at least spoke."""
    return "Ouest : à explorer" if axis == "ouest" and telling.places.facts["tables"].n < 2 else TITLES[axis]


def essential_section(telling: Telling, plan: SectionPlan, words_max: int) -> Section:
    """The essential, in prose and in `words_max` words: who spoke, what weighs on each axis and against what, what was
    decided; before it, what a person has left to do for it to be hers."""
    by_hand = written(telling, plan.key)
    if by_hand is not None:
        return replace(by_hand, blocks=(*by_hand.blocks, *invitation(telling)))
    told = [one for one in (who(telling), points(telling)) if one is not None]
    last = ""
    for paragraph in plan.paragraphs:
        for one in paragraph.statements:
            way = "weighs.but" if one.axis == "est" and last == "nord" else f"{one.kind}.{one.axis or 'several'}"
            told.append(replace(telling.say(ways(way), one.items, l=listed(telling.named(one.units))), role=one.kind))
            last = one.axis
    told += [*_most_voted(telling), *ballots(telling), *scales(telling), *disputes(telling)]
    while sum(one.n_words for one in told) > words_max and len(told) > 1:
        told.pop()
    blocks = [Block("paragraph", tuple(told))] if told else []
    return Section(plan.key, "L’essentiel", (*notice(telling), *blocks, *invitation(telling)))


def _most_voted(telling: Telling) -> list[Sentence]:
    """What people voted most for, of all that they voted on."""
    items = telling.material.items
    most = max((item.votes for item in items.values()), default=0)
    voted = [one for one in telling.plan.statements if one.kind == "voted" and one.words]
    first = next((one for one in voted if items[one.items[0]].votes == most), None)
    if first is None:
        return []
    votes = telling.in_brackets(telling.votes_of(items[first.items[0]]))
    return [telling.say("Ce qui a le plus de voix : {q}{v}.", first.items, q=telling.words(first), v=votes)]


def write(telling: Telling, statement: Statement) -> Sentence:
    """The sentence of a statement."""
    return replace(_WRITERS[statement.kind](telling, statement), role=statement.kind)


def _author(telling: Telling, statement: Statement) -> Sentence:
    group = telling.material.groups[statement.units[0]]
    words = NamedNode("given", group.author_text, NamedRef("author_text", group.group_id))
    return telling.say("{x}", statement.items, x=words)


def _spread(telling: Telling, statement: Statement) -> Sentence:
    """How widely the title above is said, with its votes."""
    unit, group = telling.unit(statement.units[0]), telling.material.groups[statement.units[0]]
    subject, is_plural = telling.places.who(unit)
    votes = telling.in_brackets(telling.places.votes(unit))
    way = ways(f"spread.{_verb(telling, group)}.{'p' if is_plural else 's'}")
    return telling.say(way, statement.items, who=subject, v=votes)


def _verb(telling: Telling, group: Group) -> str:
    """What those who say a title do: ask a question, propose an act or a thing, say a claim, speak of a thing."""
    kind = telling.lexicon.phrase(group.title).kind
    if kind == QUESTION and "?" not in group.title[:-1]:
        return "asks"
    if telling.material.is_spread(group) or (kind == NOUN and group.axis != SUD):
        return "speaks"
    is_act = group.axis == SUD and kind not in (CLAUSE, FRAGMENT) and not group.is_refusal
    return "proposes" if is_act else "says"


def _told(telling: Telling, statement: Statement) -> Sentence:
    """Words of one place, each whole, with where they were said, else what they are."""
    nodes = telling.words(statement)
    item = telling.material.items[nodes[0].ref.item_id]
    at = telling.places.spot(item)
    if at and telling.group(statement.units[0]) is None:
        at += _subject(telling, item)
    kind = "here" if at else "postit" if item.is_postit else item.channel
    told = [[*_speaker(telling, node), node] for node in nodes]
    return telling.say(ways(f"told.{kind}"), statement.items, at=at, q=listed(told))


def _speaker(telling: Telling, node: WordsNode) -> list[Node]:
    """Whose turn of speech words are, as the files call them."""
    voice = telling.places.voice_of(telling.material.items[node.ref.item_id])
    return [*voice, TextNode(", ")] if voice else []


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
    return telling.say(ways(statement.kind), statement.items, l=listed(telling.named(statement.units[1:])))


def _question(telling: Telling, statement: Statement) -> Sentence:
    group = telling.material.groups[statement.units[0]]
    words = plain_quotes(telling.lexicon.lowered(group.question.strip()))
    asked = NamedNode("title", words, NamedRef(group_id=group.group_id, field="question"))
    return telling.say(ways("question"), statement.items, b=asked)


def _voted(telling: Telling, statement: Statement) -> Sentence:
    """An idea that people voted on, with where it was said, and its votes; without words, how many others there are."""
    item = telling.material.items[statement.items[0]]
    if not statement.words:
        n = telling.places.fact(f"{statement.units[0]}.contributions", "contribution_count")
        others = [telling.material.items[key] for key in statement.items]
        most = [max(others, key=lambda one: one.votes), max(others, key=lambda one: one.votes_against)]
        told: list[list[Node]] = [
            [telling.places.fact(f"{one.item_id}.{name}", "votes"), TextNode(f" {side}")]
            for one, n_votes, name, side in (
                (most[0], most[0].votes, "votes", "pour"),
                (most[1], most[1].votes_against, "votes_contre", "contre"),
            )
            if n_votes
        ]
        return telling.say(ways("voted.others"), statement.items, who=n, v=listed(told, ", ", ", "))
    (node,) = telling.words(statement)
    return telling.say(ways("voted.any"), statement.items, q=node, v=telling.votes_of(item))


def _subject(telling: Telling, item: Item) -> list[Node]:
    """The subject of a table, between brackets; [] where tables had none."""
    subject = telling.material.tables.get((item.workshop, item.table), "")
    if not subject or len(telling.material.workshops) > 1 or len(subject.split()) > SUBJECT_WORDS_MAX:
        return []
    words = NamedNode("given", telling.lexicon.lowered(subject), NamedRef("sujet", table=item.table))
    return telling.in_brackets([words])


SUBJECT_WORDS_MAX = 8


_WRITERS: dict[str, Callable[[Telling, Statement], Sentence]] = {
    "author": _author,
    "spread": _spread,
    "told": _told,
    "objection": _side,
    "condition": _side,
    "answer": _answers,
    "resource": _answers,
    "question": _question,
    "voted": _voted,
}
