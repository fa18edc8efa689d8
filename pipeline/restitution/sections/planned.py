"""The sections that the plan makes: the essential in prose, and each axis, group by group under their titles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.axes import SUD, compass
from pipeline.contracts.draft import Block, NamedNode, NamedRef, Node, Section, Sentence, Shown, TextNode
from pipeline.contracts.plan import SectionPlan, Statement
from pipeline.language.syntax.function_words import DETERMINER
from pipeline.language.syntax.phrases import INFINITIVE, NOUN, QUESTION
from pipeline.restitution.nodes import listed
from pipeline.restitution.prose.telling import Telling, ways
from pipeline.restitution.quoting.quotes import plain_quotes
from pipeline.restitution.sections.closing import invitation, notice, written
from pipeline.restitution.sections.opening import weights, who
from pipeline.restitution.sections.positions import ballots, disputes, scales
from pipeline.workshop.model import Item

TITLES = {
    "nord": "Nord : ce qui existe et mérite d’être connu",
    "est": "Est : ce qui freine, et comment le traverser",
    "sud": "Sud : ce que nous ferons ensemble et mettons en commun",
    "ouest": "Ouest : faire culture commune",
}
PROPOSED = "Titres proposés par la machine, à relire : personne ne les a encore pris."
"""What stands above the first group of an axis whose title is a proposal, when people gave titles."""
ELSEWHERE = "Dit par ailleurs, sous aucun de ces titres"
_CONTRASTS = {"est": "nord", "sud": "est", "ouest": "sud"}
"""The axis after which another one is told by contrast, or as what goes on from it."""


def axis_section(telling: Telling, plan: SectionPlan) -> Section:
    """Everything that an axis tells: a heading and a paragraph for each group, then what no group tells."""
    blocks = [Block("motto", value=Shown(text=compass()[plan.axis].motto))]
    is_told = not any(group.is_titled for group in telling.material.groups.values())
    for paragraph in plan.paragraphs:
        group = telling.group(paragraph.unit)
        if group is None and len(blocks) > 1 and paragraph.statements[0].kind != "silent":
            blocks.append(Block("heading", level=1, value=Shown(text=ELSEWHERE)))
        groups = (paragraph.unit,) if paragraph.unit else ()
        if group is not None and group.is_proposed and not is_told:
            is_told = True
            blocks.append(Block("motto", value=Shown(text=PROPOSED)))
        if group is not None:
            blocks.append(Block("heading", level=1, groups=groups, value=Shown(text=group.title)))
        sentences = [
            write(telling if not rank else telling.after(paragraph.statements[rank - 1]), statement)
            for rank, statement in enumerate(paragraph.statements)
        ]
        while sentences and sentences[0].role == "place":  # each place has its paragraph
            blocks.append(Block("paragraph", (sentences.pop(0),)))
        if sentences:
            blocks.append(Block("paragraph", tuple(sentences), groups=groups))
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
    told = [one for one in (who(telling), weights(telling)) if one is not None]
    last = ""
    for paragraph in plan.paragraphs:
        for one in paragraph.statements:
            told += [replace(sentence, role=one.kind) for sentence in _essential(telling, one, last)]
            last = one.axis or last
    told += [*_most_voted(telling), *ballots(telling), *scales(telling), *disputes(telling)]
    while sum(one.n_words for one in told) > words_max and len(told) > 2:
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


def _essential(telling: Telling, statement: Statement, last: str) -> list[Sentence]:
    """What a statement says in the essential: one sentence, or two."""
    if statement.kind == "notable":
        form, words = telling.covered(statement)
        at = telling.in_brackets(telling.places.in_brackets(telling.material.items[statement.items[0]]))
        return [telling.say(ways(f"notable.{statement.axis}.{form}"), statement.items, q=words, v=at)]
    if statement.kind == "disputed":
        names = [telling.titles.named(telling.material.groups[key]) for key in statement.units]
        return [telling.say(ways("disputed.any"), statement.items, l=listed(names))]
    if not statement.axis:
        pieces = [telling.titles.named(telling.material.groups[key]) for key in statement.units]
        return [telling.say(ways("weighs.several.any"), statement.items, l=listed(pieces, " ; "))]
    is_counted = all(telling.unit(key).is_counted for key in statement.units)
    but = ".but" if last and _CONTRASTS.get(statement.axis) == last else ""
    if not is_counted:
        pieces = telling.named(statement.units)
        return [telling.say(ways(f"weighs.uncounted{but}.{statement.axis}"), statement.items, l=listed(pieces, " ; "))]
    first, *others = statement.units
    subject, is_plural = telling.places.who(telling.unit(first))
    group = telling.material.groups[first]
    votes = telling.in_brackets(telling.places.votes(telling.unit(first)))
    form = telling.titles.form(group).partition("_")[0]
    kind = "asks" if form == QUESTION else "act" if form == INFINITIVE and statement.axis == SUD else "first"
    title = telling.titles.pieces(group)["of"] if kind == "act" else telling.titles.with_article(group)
    if form == NOUN and statement.axis != "est" and DETERMINER.match(title[0].text):
        kind = "thing"
    template = ways(f"weighs.{kind}{but}.{statement.axis}.{'p' if is_plural else 's'}")
    sentences = [telling.say(template, statement.items, who=subject, v=votes, l=title)]
    if others:
        then = ways(f"weighs.then.{statement.axis}")
        sentences.append(telling.say(then, statement.items, l=listed(telling.named(others), " ; ")))
    return sentences


def _silent(telling: Telling, statement: Statement) -> Sentence:
    """The titles whose words stand in the other document alone, as they were given."""
    way = ways(f"silent.{'p' if len(statement.units) > 1 else 's'}")
    titles: list[list[Node]] = [
        [NamedNode("title", plain_quotes(telling.material.groups[key].title), NamedRef(group_id=key))]
        for key in statement.units
    ]
    return telling.say(way, statement.items, l=listed(titles, " ; "))


def write(telling: Telling, statement: Statement) -> Sentence:
    """The sentence of a statement."""
    return replace(_WRITERS[statement.kind](telling, statement), role=statement.kind)


def _author(telling: Telling, statement: Statement) -> Sentence:
    group = telling.material.groups[statement.units[0]]
    words = NamedNode("given", group.author_text, NamedRef("author_text", group.group_id))
    return telling.say("{x}", statement.items, x=words)


def _spread(telling: Telling, statement: Statement) -> Sentence:
    """How widely the title above is said, with its votes; after a colon, what all who say it cover."""
    unit, group = telling.unit(statement.units[0]), telling.material.groups[statement.units[0]]
    subject, is_plural = telling.places.who(unit, is_known=True)
    form = telling.titles.form(group).partition("_")[0] if "?" not in group.title[:-1] else "claim"
    where = "several" if telling.material.is_spread(group) else f"{statement.axis}.{form}"
    where = "refusal" if group.is_refusal else where
    templates = ways(f"spread.{where}.{'p' if is_plural else 's'}")
    template = templates[statement.rank % len(templates)]
    votes = telling.in_brackets(telling.places.votes(unit))
    if not statement.words:
        return telling.say(f"{template}.", statement.items, who=subject, v=votes)
    form, words = telling.covered(statement)
    covers = ways(f"told.{statement.axis}.{form}")
    told = covers[statement.rank % len(covers)]
    return telling.say(f"{template} : {told}.", statement.items, who=subject, v=votes, q=words)


def _proof(telling: Telling, statement: Statement) -> Sentence:
    node = telling.words(statement)[0]
    item = telling.material.items[node.ref.item_id]
    manner = "report" if node.kind == "report" else "heard" if item.channel == "transcript" else "quote"
    manner = "asked" if manner != "report" and node.text.rstrip().endswith("?") else manner
    at = telling.spot(item)
    return telling.say(ways(f"proof.{manner}"), statement.items, statement.rank if at else 1, at=at, q=node)


def _covers(telling: Telling, statement: Statement) -> Sentence:
    """What a title covers, in a sentence of its own: what one contribution says, with who says it."""
    form, words = telling.covered(statement)
    unit, items = telling.unit(statement.units[0]), telling.material.items
    who, at = statement.axis, [] if unit.is_counted else _one_place(telling, statement)
    if len(statement.words) == 1:
        item = items[statement.words[0].item_id]
        is_elsewhere = len({telling.material.place_of(items[key]) for key in unit.members}) > 1
        who = "notes" if item.channel == "note" else "one"
        at = telling.spot(item) if is_elsewhere or not unit.is_counted else []
    templates = ways(f"told.{who}.{form}")
    told = templates[(statement.rank + 1) % len(templates)]
    return telling.say(f"{{at}}, {told}." if at else f"{told[:1].upper()}{told[1:]}.", statement.items, at=at, q=words)


def _one_place(telling: Telling, statement: Statement) -> list[Node]:
    """Where the words of a statement were said, when that is one place, or tables that can be named."""
    items = [telling.material.items[ref.item_id] for ref in statement.words]
    if len({telling.material.place_of(item) for item in items}) == 1:
        return telling.spot(items[0])
    return telling.places.tables_of(items)


def _reason(telling: Telling, statement: Statement) -> Sentence:
    node = telling.words(statement)[0]
    at = telling.spot(telling.material.items[node.ref.item_id])
    return telling.say(ways(f"{statement.kind}.any"), statement.items, statement.rank if at else 0, at=at, q=node)


def _side(telling: Telling, statement: Statement) -> Sentence:
    """What is said of a group by all who take a side, with their number."""
    subject, is_plural = telling.places.who(telling.unit(statement.units[1]), is_known=True)
    is_of_sud = statement.axis == "sud" and not telling.material.groups[statement.units[0]].is_refusal
    kind = "contrary" if statement.kind == "objection" and not is_of_sud else statement.kind
    words = telling.words(statement)
    template = ways(f"{kind}.{'p' if is_plural else 's'}")[0]
    return telling.say(f"{template}{' : {q}' if words else ''}.", statement.items, who=subject, q=words)


def _answers(telling: Telling, statement: Statement) -> Sentence:
    """What would answer the first unit: the others, by name."""
    groups = [telling.material.groups[key] for key in statement.units[1:]]
    is_act = statement.kind == "answer" and all(telling.titles.form(group) == INFINITIVE for group in groups)
    pieces = telling.named(statement.units[1:], "of" if is_act else "")
    form = "act" if is_act else "several" if len(pieces) > 1 else "one"
    return telling.say(ways(f"{statement.kind}.{form}"), statement.items, l=listed(pieces, " et " if is_act else " ; "))


def _passed(telling: Telling, statement: Statement) -> Sentence:
    return telling.say(ways("passed.any"), statement.items, statement.rank, q=telling.words(statement))


def _question(telling: Telling, statement: Statement) -> Sentence:
    asked = telling.titles.question(telling.material.groups[statement.units[0]])
    return telling.say(ways("question.any"), statement.items, statement.rank, b=asked)


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
    place = telling.in_brackets(telling.places.in_brackets(item))
    return telling.say(ways("voted.any"), statement.items, q=node, at=place, v=telling.votes_of(item))


def _place(telling: Telling, statement: Statement) -> Sentence:
    """What one place said, with the subject of its table."""
    form, words = telling.covered(statement)
    if statement.manners[0] == "quote" or form == "colon":
        return _proof(telling, statement)
    item = telling.material.items[statement.words[0].item_id]
    at = telling.spot(item)
    templates = ways(f"told.{statement.axis}.{form}")
    told = templates[statement.rank % len(templates)]
    if not at or statement.rank % 2:  # two places one after the other do not open alike
        where = telling.in_brackets(telling.places.in_brackets(item)) if at else []
        return telling.say(f"{told[:1].upper()}{told[1:]}{{v}}.", statement.items, q=words, v=where)
    return telling.say(f"{{at}}, {told}.", statement.items, at=[*at, *_subject(telling, item)], q=words)


def _subject(telling: Telling, item: Item) -> list[Node]:
    """The subject of a table, between brackets; [] where tables had none."""
    subject = telling.material.tables.get((item.workshop, item.table), "")
    if not subject or len(telling.material.workshops) > 1 or len(subject.split()) > SUBJECT_WORDS_MAX:
        return []
    words = NamedNode("given", telling.titles.lexicon.lowered(subject), NamedRef("sujet", table=item.table))
    return telling.in_brackets([words])


SUBJECT_WORDS_MAX = 8


_WRITERS: dict[str, Callable[[Telling, Statement], Sentence]] = {
    "author": _author,
    "spread": _spread,
    "covers": _covers,
    "proof": _proof,
    "cause": _reason,
    "consequence": _reason,
    "objection": _side,
    "condition": _side,
    "passed": _passed,
    "answer": _answers,
    "resource": _answers,
    "question": _question,
    "silent": _silent,
    "voted": _voted,
    "place": _place,
}
