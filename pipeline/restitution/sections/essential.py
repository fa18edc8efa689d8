"""The essential, in prose: who spoke, what weighs on each axis and against what, what is open, what was decided. In a
sentence, a title takes the place that its form allows; one of no sure form follows a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.axes import EST, NORD, OUEST, SUD
from pipeline.contracts.draft import Block, Node, Section, Sentence, Shown, TextNode
from pipeline.contracts.plan import SectionPlan, Statement, Unit
from pipeline.language.lexicon.nouns import gender_of
from pipeline.language.text.lists import either, read_words
from pipeline.restitution.material.quantifiers import rows_named
from pipeline.restitution.nodes import listed
from pipeline.restitution.prose.clauses import Named, together
from pipeline.restitution.prose.forms import ACT, CLAIM, LACK, QUESTION, THING, WORDS, form_of
from pipeline.restitution.prose.telling import Telling, ways
from pipeline.restitution.sections.closing import notice, written
from pipeline.restitution.sections.opening import who
from pipeline.restitution.sections.positions import answered, ballots, decided, disputes, scales
from pipeline.workshop.model import Group


def essential_section(telling: Telling, plan: SectionPlan, words_max: int) -> Section:
    """The essential, in `words_max` words at most; before it, that nobody read it yet."""
    by_hand = written(telling, plan.key)
    if by_hand is not None:
        return by_hand
    statements = [one for paragraph in plan.paragraphs for one in paragraph.statements]
    others = [
        *_most_voted(telling),
        *ballots(telling),
        *decided(telling),
        *scales(telling),
        *answered(telling),
        *disputes(telling),
    ]
    told = [*_titles(telling, statements), *others]
    while sum(one.n_words for one in told) > words_max:  # the last titles of the longest axis, then the last things
        longest = max(statements, key=lambda one: len(one.units) if one.axis else 0, default=None)
        if longest is None or not longest.axis or len(longest.units) <= NAMED_MIN:
            break
        statements[statements.index(longest)] = replace(longest, units=longest.units[:-1])
        told = [*_titles(telling, statements), *others]
    while sum(one.n_words for one in told) > words_max and len(told) > 1:
        told.pop()
    asked = notice(telling)
    state = FIRST if told else f"{FIRST} {asked}."  # without titles, nothing is told for all
    first = [Block("motto", value=Shown(text=state))] if asked else []
    return Section(plan.key, "L’essentiel", (*first, *([Block("paragraph", tuple(told))] if told else [])))


NAMED_MIN = 4
"""Titles of an axis that stay when there are too many words."""


def _titles(telling: Telling, statements: Sequence[Statement]) -> list[Sentence]:
    """Who spoke, and the titles that weigh."""
    told, is_after = list(filter(None, [who(telling)])), False
    n_first = len(told)
    for statement in statements:
        if not statement.axis:
            told.append(replace(_across(telling, statement), role=statement.kind))
            continue
        found = _named(telling, statement.units, statement.axis)
        verb = _verb_of(telling, found, statement.axis)
        if (made := _weighing(telling, statement, found, verb, is_after)) is not None:
            told.append(replace(made, role=statement.kind))
            is_after = bool(verb) and statement.axis != OUEST
    return [*told, *_topics(telling, statements, "also" if len(told) > n_first else "only")]


FIRST = "Premier état, que personne n’a encore relu."


def _named(telling: Telling, units: Sequence[str], axis: str) -> list[Named]:
    found = []
    for unit in map(telling.unit, units):
        group = telling.material.groups[unit.unit_id]
        if axis == SUD and DONE.search(group.title):  # what was voted or done is no more proposed
            continue
        form, article = form_of(telling.lexicon, group.title, axis)
        if not (axis and _is_topic(telling, group, form, article)):
            found.append(Named(form, article, telling.title(group), tuple(_beside(telling, unit, group))))
    return found


def _beside(telling: Telling, unit: Unit, group: Group) -> list[Node]:
    return [] if group.author_text else telling.in_brackets(_spread(telling, unit))  # her text says how widely


def _is_topic(telling: Telling, group: Group, form: str, article: str) -> bool:
    """Whether a title that nobody looked at is told as a matter, which is neither proposed nor hinders: a machine alone
    gave it an axis, or it is a bare noun, or a thing that a machine read on several axes."""
    if group.is_counted or form == QUESTION:
        return False
    is_wide = len(telling.material.shares.get(group.title, ())) > 1
    return group.title in telling.material.axisless or (form in (THING, WORDS) and (is_wide or bool(article)))


def _topics(telling: Telling, statements: Sequence[Statement], kind: str) -> list[Sentence]:
    """The matters that titles name, whatever is said of them."""
    told = (one for one in statements if one.axis)
    held = [(telling.unit(key), telling.material.groups[key], one.axis) for one in told for key in one.units]
    found = [
        (unit, group)
        for unit, group, axis in held
        if _is_topic(telling, group, *form_of(telling.lexicon, group.title, axis))
    ]
    if not found:
        return []
    found.sort(key=lambda one: -one[0].spread.n_heard)
    named = [[telling.title(group), *_beside(telling, unit, group)] for unit, group in found]
    way = ways(f"essential.topics.{kind}")
    return [telling.say(way, [key for unit, _ in found for key in unit.members], x=listed(named))]


def _spread(telling: Telling, unit: Unit) -> list[Node]:
    """How widely a title is said where people looked, and who objects to it."""
    against = telling.plan.units.get(f"{unit.unit_id}.objection")
    parts = [telling.places.brief(unit)]
    parts += [[TextNode("contre : "), *telling.places.brief(against)]] if against is not None else []
    return listed([one for one in parts if one], " ; ")


def _weighing(
    telling: Telling, statement: Statement, found: Sequence[Named], verb: str, is_after: bool
) -> Sentence | None:
    """What weighs most on an axis: what is named or claimed there, after a verb where one takes all of it, then the
    questions that it leaves; None where nothing is."""
    axis = statement.axis
    said = [one for one in found if one.form != QUESTION]
    asked = [[one.node, *one.spread] for one in found if one.form == QUESTION]
    parts: list[list[Node]] = []
    if verb:
        subject = "" if axis == OUEST else f"{_subject(telling, is_after)} "
        lead = ways(f"essential.{axis}.after") if is_after else ""
        told = together([one.after("l’idée" if axis == OUEST else "") for one in said])
        parts.append([TextNode(f"{lead}{subject}{verb} "), *told])
    elif said:
        parts.append([TextNode(ways(f"essential.{axis}.only")), *listed([[one.node, *one.spread] for one in said])])
    if asked:
        parts.append([TextNode(ways(f"essential.open.{'p' if len(asked) > 1 else 's'}")), *listed(asked)])
    return telling.say("{x}.", statement.items, x=listed(parts)) if parts else None


def _verb_of(telling: Telling, found: Sequence[Named], axis: str) -> str:
    """The verb that takes all titles of an axis that ask nothing, each of one piece; "" where a colon must bring
    them."""
    said = [one for one in found if one.form != QUESTION]
    is_nobodys = axis != OUEST and _is_debate(telling)
    if not said or is_nobodys or any(_PIECES.search(one.node.text) for one in said):
        return ""
    forms = {one.form for one in said}
    return next((ways(f"essential.{axis}.{name}") for name, taken in VERBS[axis] if forms <= taken), "")


VERBS = {
    NORD: (("things", {THING}), ("claims", {CLAIM, LACK})),
    EST: (("things", {THING}), ("claims", {CLAIM, LACK})),
    SUD: (("acts", {ACT}), ("things", {THING}), ("claims", {CLAIM, LACK})),
    OUEST: (("things", {THING, ACT, CLAIM, LACK}),),
}
"""What is done with titles of each form on an axis, as `essential.<axis>` says it."""
_PIECES = re.compile(r"[,;–]| et | ou |^(?:de l['’]|de la |du )", re.IGNORECASE)
"""What makes a title of several pieces, or of part of a thing, which a verb would not take: « pointent du bruit »."""


DONE = re.compile(rf"\b(?:{either(read_words(__name__, 'done'))})ée?s?\b|\bdéjà\b|\bretenue?s?\b", re.IGNORECASE)


def _is_debate(telling: Telling) -> bool:
    """Whether people spoke in turn, each for herself, round no table: what some of them say is said by no « ils »."""
    facts = telling.places.facts
    return ("voix" in facts and facts["tables"].n < 2) or any(one.said for one in telling.material.questions)


def _subject(telling: Telling, is_after: bool) -> str:
    """Who says it: what the workshop was made of, then a pronoun."""
    is_survey = not telling.places.has_more_than_a_survey
    is_postit = all(item.is_postit for item in telling.material.items.values())
    facts = telling.places.facts
    is_met = facts["tables"].n > 0 or "voix" in facts or "participants" in facts
    row = telling.material.row_noun or "réponse"
    noun = row if is_survey else "post-it" if is_postit else "échange" if is_met else "contribution"
    return f"les {rows_named(noun)}" if not is_after else "ils" if gender_of(noun) == "m" else "elles"


def _across(telling: Telling, statement: Statement) -> Sentence:
    """What people take both sides on: after a verb where all may be nouns, else after a colon."""
    found = _named(telling, statement.units, "")
    is_sure = all(one.form not in (WORDS, QUESTION) for one in found)
    parts = [one.after("l’idée") if is_sure else [one.node, *one.spread] for one in found]
    way = ways(f"essential.disputed.{'nouns' if is_sure else 'any'}")
    return telling.say(way, statement.items, l=together(parts) if is_sure else listed(parts))


def _most_voted(telling: Telling) -> list[Sentence]:
    """What people voted most for, of all that they voted on."""
    items = telling.material.items
    voted = [one for one in telling.plan.statements if one.kind == "voted"]
    mark = items[voted[0].items[0]].mark if voted else ""
    most = max((item.votes for item in items.values() if item.votes and item.mark == mark), default=0)
    first = next((one for one in voted if items[one.items[0]].votes == most), None)
    if first is None:
        return []
    votes = telling.votes_of(items[first.items[0]])
    return [
        telling.say(ways(f"essential.{'liked' if mark else 'voted'}"), first.items, q=telling.words(first), v=votes)
    ]
