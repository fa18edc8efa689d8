"""Est: each obstacle as it was told, what was tried, what would get past it, the question to work on; tensions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.restitution import grammar
from pipeline.restitution.material import Group, Item
from pipeline.restitution.nodes import Node, Sentence
from pipeline.restitution.telling import Teller
from pipeline.restitution.testimony import first_quote, tension, testimony, told_note

_TRIED = re.compile(
    r"\bdéjà (?:été )?(?:essayé|tenté|testé|demandé)|\bon a (?:déjà )?essayé|\bavai(?:t|ent) (?:essayé|tenté)|"
    r"\bça existait\b",
    re.IGNORECASE,
)
_PASSED = re.compile(
    r"\b(?:depuis|on est passés?|on a (?:mis|pris|fait|acheté|trouvé|monté)|a fini par|a tenu)\b", re.IGNORECASE
)

LEADS = {
    "said": (
        "{place}, une difficulté a été dite ainsi : {x}.",
        "{x}, regrette-t-on {place}.",
        "{x} : le constat a été posé en peu de mots {place}.",
        "Un frein est décrit {place} : {x}.",
        "{x}, constate-t-on {place}.",
    ),
    "said_again": (
        "Un même constat est revenu {place}, dit par exemple ainsi : {x}.",
        "{place}, une même difficulté s’est fait entendre ; quelqu’un la dit en ces mots : {x}.",
        "L’obstacle se retrouve {place}, avec des mots comme ceux-ci : {x}.",
        "Une difficulté est partagée {place} ; elle a été formulée ainsi, entre autres : {x}.",
    ),
    "clause": (
        "Il a été souligné {place} {x}.",
        "{place}, on a relevé {x}.",
        "Les échanges ont fait ressortir {place} {x}.",
        "{place}, on constate {x}.",
        "On a expliqué {place} {x}.",
    ),
    "noun": (
        "{place}, les échanges ont mis en avant {x}.",
        "On a pointé {place} {x}.",
        "{place}, on est revenu sur {x}.",
        "On a décrit {place} {x}.",
    ),
    "question": ("{place}, on s’est demandé : {x}", "Une difficulté a pris la forme d’une question {place} : {x}"),
    "colon": (
        "{place}, une difficulté a été relevée : {x}.",
        "Un frein a été nommé {place} : {x}.",
        "{place}, le constat est le suivant : {x}.",
        "Un obstacle se dessine {place} : {x}.",
    ),
}


def told_obstacle(teller: Teller, group: Group, n_quotes: int) -> list[Sentence]:
    """The sentences of one obstacle, the most telling first."""
    teller.kept.update(item.item_id for item in group.members if _asks(item))
    lead = told_lead(teller, group)
    sides = tension(teller, group) if n_quotes else []
    sentences = [lead, *(sides or testimony(teller, group, n_quotes, [group.title]))]
    sentences += [*_tried(teller, group), *_crossed(teller, group)]
    return [*sentences, *told_answers(teller, group.group_id)]


def told_lead(teller: Teller, group: Group) -> Sentence:
    """The obstacle in one sentence, in the participants' words where the title is theirs."""
    return teller.lead("est", group, LEADS)


def _asks(item: Item) -> bool:
    return item.facet == "problematique" and item.text.rstrip().endswith("?")


def _tried(teller: Teller, group: Group) -> list[Sentence]:
    found = first_quote(teller, [item for item in group.members if _TRIED.search(item.text)])
    if found is None:
        return []
    template = teller.turn("tried", ("Une tentative a déjà eu lieu : {q}.", "Cela a déjà été essayé : {q}."))
    return [teller.say(template, [found[0].item_id], q=found[1])]


def _crossed(teller: Teller, group: Group) -> list[Sentence]:
    """What got, or would get, past the obstacle: only members read as `traversee`."""
    crossings = [item for item in group.members if item.facet == "traversee" and item.item_id not in teller.told]
    found = first_quote(teller, crossings)
    if found is None:
        return [told for item in crossings[:1] if (told := told_note(teller, item)) is not None]
    if _PASSED.search(found[0].text):
        template = teller.turn("passed", ("Un passage a été trouvé : {q}.", "Ce frein a déjà été levé : {q}."))
    else:
        template = teller.turn("passing", ("Un passage se dessine : {q}.", "Une prise existe : {q}."))
    return [teller.say(template, [found[0].item_id], q=found[1])]


def told_answers(teller: Teller, obstacle: str, n_max: int = 2) -> list[Sentence]:
    """What was said elsewhere that answers this obstacle: actions (Sud), then resources (Nord)."""
    answers = teller.material.answers.get(obstacle, ())
    groups = [teller.material.groups[answer] for answer in answers if answer in teller.material.groups]
    sentences: list[Sentence] = []
    for axis in ("sud", "nord"):
        chosen = [group for group in groups if group.axis == axis and not group.is_unsure][:n_max]
        if chosen:
            sources = [item.item_id for group in chosen for item in group.members]
            several = len(chosen) > 1
            template = teller.turn(f"answer_{axis}_{several}", ANSWERED[axis][several])
            sentences.append(teller.say(template, sources, x=teller.named_list(chosen)))
    return sentences


ANSWERED: dict[str, dict[bool, Sequence[str]]] = {
    "sud": {
        False: (
            "Une piste y répond : {x}.",
            "Pour le lever, une proposition a été faite : {x}.",
            "Une action irait dans ce sens : {x}.",
        ),
        True: ("Des pistes y répondent : {x}.", "Pour le lever, des propositions ont été faites : {x}."),
    },
    "nord": {
        False: ("Une ressource existe déjà : {x}.", "On pourrait s’appuyer sur ce qui existe : {x}."),
        True: ("Des ressources existent déjà : {x}.", "On pourrait s’appuyer sur ce qui existe : {x}."),
    },
}


def open_question(teller: Teller, groups: Sequence[Group]) -> list[Sentence]:
    """One question to end a theme: one that someone asked, else that of its first obstacle."""
    asked = [item for group in groups for item in group.members if _asks(item) and item.item_id not in teller.told]
    for item in asked:
        found = first_quote(teller, [item])
        if found is not None and found[1].text.endswith("?"):
            return [teller.say(teller.turn("asked", _ASKED), [item.item_id], q=found[1])]
    for group in groups:
        if group.question and not grammar.SPEAKER.search(group.question):
            words = teller.lexicon.lowered(group.question.strip())
            node = Node("title", words, {"group_id": group.group_id, "field": "question"})
            sources = [item.item_id for item in group.members]
            return [teller.say(teller.turn("question", _QUESTIONS), sources, x=node)]
    return []


_ASKED = ("Une question a été posée : {q}.", "D’où cette question : {q}.", "Reste une question : {q}.")
_QUESTIONS = (
    "Une question reste ouverte : {x}",
    "Reste à travailler ensemble : {x}",
    "D’où cette question, à reprendre ensemble : {x}",
)
