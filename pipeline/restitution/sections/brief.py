"""The short version, for the one field of the seed's form: one paragraph per direction, within a number of words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.contracts.draft import Block, GivenNode, Section, Sentence, TextNode, WordsNode
from pipeline.restitution.material.facts import n_ideas, n_places
from pipeline.restitution.material.model import Group
from pipeline.restitution.prose.sayings import Part
from pipeline.restitution.prose.sequence import chain
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.titles import has_good_title
from pipeline.restitution.sections.est import open_question, told_lead
from pipeline.restitution.sections.nord import facet_of, told_resource
from pipeline.restitution.sections.opening import gathered
from pipeline.restitution.sections.ouest import is_gesture, told_thought
from pipeline.restitution.sections.singles import named, singles
from pipeline.restitution.sections.sud import heads, is_demand

LEADS = {
    "nord": "Ce qui existe et compte. ",
    "est": "Ce qui freine. ",
    "sud": "Ce que nous ferions ensemble. ",
    "ouest": "Ce que nous cherchons à comprendre. ",
}
AXES = tuple(LEADS)
PER_AXIS = 6
LEADS_MAX = 4
ACTIONS_MAX = 5
SENTENCES_MIN = 2


def brief(telling: Telling, words_max: int) -> Section:
    """The essential in `words_max` words: each axis in turn gives its next sentence while there is room."""
    opening = [Block("paragraph", block.sentences[:1]) for block in gathered(telling)[:1]]
    left = words_max - sum(block.n_words for block in opening)
    queues = {axis: _sentences(telling, axis) for axis in AXES}
    for axis, queue in queues.items():
        if (len(queue) < SENTENCES_MIN and axis != "sud") or not queue:
            queue += singles(telling, axis, SENTENCES_MIN - len(queue))
    kept: dict[str, list[Sentence]] = {axis: [] for axis in AXES}
    while any(queues.values()):
        for axis in AXES:
            if queues[axis]:
                sentence = queues[axis].pop(0)
                cost = sentence.n_words + (0 if kept[axis] else len(LEADS[axis].split()))
                if cost <= left:
                    left -= cost
                    kept[axis].append(sentence)
    paragraphs = [
        Block("paragraph", (_headed(kept[axis][0], LEADS[axis]), *_question_last(kept[axis][1:])))
        for axis in AXES
        if kept[axis]
    ]
    return Section("essentiel", "L’essentiel", (*opening, *paragraphs))


def _question_last(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The same, what is asked at the end: it was only weighed before."""
    return sorted(sentences, key=lambda sentence: sentence.nodes[-1].text.rstrip().endswith("?"))


def _headed(sentence: Sentence, lead: str) -> Sentence:
    return Sentence((TextNode(lead, strong=True), *sentence.nodes), sentence.sources)


def _sentences(telling: Telling, axis: str) -> list[Sentence]:
    """The sentences of one direction, the most telling first."""
    groups = sorted(
        (group for group in telling.material.groups_of(axis) if telling.kinship(group)),
        key=lambda group: (*_reach(telling, group), group.position, group.group_id),
    )
    return _TOLD[axis](telling, groups)


def _nord(telling: Telling, groups: Sequence[Group]) -> list[Sentence]:
    """Thanks come after what they are about."""
    ordered = sorted(groups[:PER_AXIS], key=lambda group: facet_of(group) == "celebrer")
    return _first_of_each(telling, ordered, told_resource)


def _est(telling: Telling, groups: Sequence[Group]) -> list[Sentence]:
    leads = [sentence for group in groups[:LEADS_MAX] for sentence in told_lead(telling, group)]
    return [*leads[:2], *chain(telling, open_question(telling, groups[:1])), *leads[2:]]


def _sud(telling: Telling, groups: Sequence[Group]) -> list[Sentence]:
    titled = [group for group in groups if has_good_title(group) and heads(telling, group)]
    debated = [group for group in titled if group.title.endswith("?")]
    stated = [group for group in titled if not group.title.endswith("?")]
    ours = [group for group in stated if not is_demand(telling, group)]
    demands = [group for group in stated if is_demand(telling, group)][:2]
    others = named(telling, "sud", ACTIONS_MAX - len(ours)) if len(ours) < ACTIONS_MAX else []
    found = (_actions(telling, ours, others), _debated(telling, debated), _asked(telling, demands))
    return [sentence for sentence in found if sentence is not None]


def _ouest(telling: Telling, groups: Sequence[Group]) -> list[Sentence]:
    return _first_of_each(telling, [g for g in groups[:PER_AXIS] if not is_gesture(g)], told_thought)


_TOLD = {"nord": _nord, "est": _est, "sud": _sud, "ouest": _ouest}


def _first_of_each(
    telling: Telling, groups: Sequence[Group], tell: Callable[[Telling, Group, int], list[Part]]
) -> list[Sentence]:
    """What opens the account of each group."""
    told = (tell(telling, group, 0)[:1] for group in groups)
    return _answered_once([sentence for parts in told for sentence in chain(telling, parts)])


def _answered_once(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The same with one answer to each question of a survey that must be said with it: there is no room for more."""
    asked: set[str] = set()
    kept = []
    for sentence in sentences:
        questions = {node.text for node in sentence.nodes if isinstance(node, GivenNode) and node.is_question}
        if not questions & asked:
            kept.append(sentence)
        asked |= questions
    return kept


def _reach(telling: Telling, group: Group) -> tuple[int, int]:
    """In how many places, then in how many ideas, a group is said by its kin: the widest first."""
    family = telling.kinship(group)
    return -n_places(family), -n_ideas(family)


def _actions(telling: Telling, groups: Sequence[Group], others: Sequence[WordsNode]) -> Sentence | None:
    """The actions of groups by their titles, then single ones when groups are few."""
    chosen = groups[:ACTIONS_MAX]
    if not chosen and not others:
        return None
    template = "Des pistes ont été proposées : {x}."
    if len(chosen) + len(others) == 1:
        template = "Une piste a été proposée : {x}."
    nodes = telling.titles.named_list(chosen)
    for node in others:
        nodes += [TextNode(" ; ")] * bool(nodes) + [node]
    sources = [item.item_id for group in chosen for item in group.members]
    return telling.say(template, [*sources, *(node.ref.item_id for node in others)], x=nodes)


def _debated(telling: Telling, groups: Sequence[Group]) -> Sentence | None:
    """The widest proposal on which people are for and against: its title asks the question."""
    if not groups:
        return None
    sources = [item.item_id for item in groups[0].members]
    return telling.say("Une proposition fait débat : {x}", sources, x=telling.titles.named_list(groups[:1]))


def _asked(telling: Telling, groups: Sequence[Group]) -> Sentence | None:
    if not groups:
        return None
    template = (
        "Des demandes s’adressent à d’autres : {x}." if len(groups) > 1 else "Une demande s’adresse à d’autres : {x}."
    )
    sources = [item.item_id for group in groups for item in group.members]
    return telling.say(template, sources, x=telling.titles.named_list(groups))
