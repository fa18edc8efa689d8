"""The opening: how the words were gathered, how many people came, what the rose shows."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.contracts.draft import Block, NamedNode, NamedRef, Node, Sentence, Shown, TextNode
from pipeline.contracts.labels import MACHINE_VOICE
from pipeline.language.lexicon.nouns import is_noun
from pipeline.language.syntax import phrases
from pipeline.language.text.typography import decapitalized, with_a
from pipeline.restitution.material.facts import MONTHS, has_other_dates, is_of_several_days
from pipeline.restitution.nodes import listed, paragraph
from pipeline.restitution.prose.places import NUMBERED
from pipeline.restitution.prose.telling import Telling

DECLARED = ("atelier.toml",)
QUESTIONS_MAX = 3
_REMOTE = re.compile(r"visio\w*", re.IGNORECASE)
_TOWN = re.compile(r"(?!L[ae]s? )[A-ZÀ-Ý][\w’'-]+(?: (?:et )?[A-ZÀ-Ý][\w’'-]+)*")
"""Words with a capital and no article: the name of a town, or of several."""


def gathered(telling: Telling) -> list[Block]:
    """Two or three sentences: how people spoke, what this text keeps of it."""
    return paragraph([_how(telling), *_questions(telling), _promise(telling), _counting(telling)])


def who(telling: Telling) -> Sentence | None:
    """How many people came, when, where; else how many spoke."""
    facts, fact = telling.places.facts, telling.places.fact
    workshops = telling.material.workshops
    is_told, tables = "participants" in facts, facts["tables"].n > 1
    if not is_told and not tables:
        return _how_many(telling)
    if is_told and len(workshops) > 1:
        words = {"n": fact("ateliers", "workshop_count"), "people": fact("participants", "people")}
        return telling.say("{n} ont réuni {people}.", DECLARED, **words)
    start, where = _when(telling), _where(telling)
    seats = fact("tables", "table_count") if tables else ""
    if not is_told and is_of_several_days(telling.material):
        several = "Les échanges se sont tenus à plusieurs dates, autour de {around}{where}."
        return telling.say(several, DECLARED, around=seats, where=where)
    subject = "l’atelier a" if len(workshops) == 1 else "les ateliers ont"
    around = " autour de {around}" if is_told and tables else "{around}"
    return telling.say(
        f"{start}{subject} réuni {{people}}{around}{{where}}.",
        DECLARED,
        date=fact(f"date.{workshops[0]['workshop']}", "date") if start else "",
        people=fact("participants", "people") if is_told else "",
        around=seats,
        where=where,
    )


def _when(telling: Telling) -> str:
    """What opens a sentence on the day of the one workshop: `Le {date}, `; "" where it is of several, or not known."""
    facts, workshops = telling.places.facts, telling.material.workshops
    name = f"date.{workshops[0]['workshop']}"
    if len(workshops) > 1 or name not in facts or "seances" in facts or has_other_dates(telling.material):
        return ""
    told = str(facts[name].value).lower()
    if told.split(" ")[0] in MONTHS:
        return "En {date}, "
    return f"Le{'s' if ' et ' in told else ''} {{date}}, " if told[:1].isdecimal() else ""


def _where(telling: Telling) -> list[Node]:
    workshops = telling.material.workshops
    return _venue(telling, str(workshops[0]["lieu"])) if len(workshops) == 1 and workshops[0]["lieu"] else []


def _how_many(telling: Telling) -> Sentence | None:
    """How many spoke, where nobody declared who came, and people are known."""
    facts = telling.places.facts
    if "seances" in facts:
        return telling.say(
            "Ces paroles viennent des {x}.", sources_of(telling), x=telling.places.fact("seances", "date")
        )
    if "enquete" in facts:
        return telling.say("{n} ont répondu à l’enquête.", DECLARED, n=telling.places.fact("enquete", "people"))
    if "voix" in facts:
        way = "{n} prennent la parole."
        if any(item.voice.startswith(MACHINE_VOICE) for item in telling.material.items.values()):
            way = "La transcription automatique distingue {n}, qu’elle ne nomme pas."
        told = _parts(telling)
        way = way.replace("la parole.", "la parole, dont {l}.") if told else way
        return telling.say(way, sources_of(telling), n=telling.places.fact("voix", "people"), l=told)
    return None


def _parts(telling: Telling) -> list[Node]:
    """The parts of those who speak most, of those whom the files call by one: `le maire et l’adjointe à la voirie`."""
    items = telling.material.items.values()
    spoke = Counter(i.voice for i in items if (found := NUMBERED.fullmatch(i.voice)) and found["part"])
    of_part = {
        voice.partition(", ")[2].removeprefix("le ").removeprefix("la "): voice
        for voice, _ in reversed(spoke.most_common())
    }
    of_part.pop(PUBLIC, None)  # nobody in particular
    names = telling.places.speakers(voice for voice in spoke if voice in list(of_part.values())[-PARTS_MAX:])
    return listed(list(names.values()), " et ", ", ")


PARTS_MAX, PUBLIC = 4, "public"
"""Parts of speakers that are told at once."""


def _venue(telling: Telling, name: str) -> list[Node]:
    """`, à la halle de Montorsin`, `, à Poitiers`, `, en visioconférence`; between brackets when nothing is certain."""
    if _REMOTE.match(name):
        return [TextNode(", en "), NamedNode("given", decapitalized(name), NamedRef("lieu"))]
    phrase = telling.lexicon.phrase(decapitalized(name))
    if phrase.kind != phrases.NOUN or not phrase.noun or not is_noun(phrase.noun):
        if _TOWN.fullmatch(name):
            return [TextNode(", à "), NamedNode("given", name, NamedRef("lieu"))]
        return [TextNode(" ("), NamedNode("given", name, NamedRef("lieu")), TextNode(")")]
    told = f", {with_a(phrases.with_article(phrase))}"  # it takes in the article that the place begins with
    bare = phrase.low if told.endswith(phrase.low) else phrase.low.split(" ", 1)[1]
    return [TextNode(told.removesuffix(bare)), NamedNode("given", bare, NamedRef("lieu"))]


def _questions(telling: Telling) -> list[Sentence]:
    """What the survey asked, word for word, when it asked at most three questions."""
    asked = [item.context for item in telling.material.items.values() if item.channel == "enquete" and item.context]
    questions = list(dict.fromkeys(asked))
    if not 1 <= len(questions) <= QUESTIONS_MAX or not all(question.rstrip().endswith("?") for question in questions):
        return []
    nodes = [[NamedNode("given", question.strip(), NamedRef("contexte"))] for question in questions]
    return [telling.say("L’enquête demandait : {x}", sources_of(telling), x=listed(nodes, " et ", ", "))]


def _how(telling: Telling) -> Sentence:
    facts = telling.places.facts
    ways: list[list[Node]] = []
    if "contributions.postit" in facts:
        is_postit = any(item.is_postit for item in telling.material.items.values())
        ways.append([TextNode("sur des post-its" if is_postit else "par écrit")])
    if "contributions.saisie" in facts:
        ways.append([TextNode("par écrit, sur la page de l’atelier")])
    if "enquete" in facts:
        ways.append(
            [TextNode("dans une enquête ("), telling.places.fact("enquete", "people"), TextNode(" y ont répondu)")]
            if facts["enquete"].n > 1
            else [TextNode("dans une enquête")]
        )
    elif "contributions.enquete" in facts:
        ways.append([TextNode("dans une enquête")])
    if "contributions.note" in facts:
        ways.append([TextNode("dans les notes prises pendant les échanges")])
    if "contributions.transcript" in facts:
        ways.append([TextNode("dans des échanges notés parole après parole")])
    told = listed(ways, " et ", ", ")
    return telling.say("Les paroles ont été recueillies {ways}.", sources_of(telling), ways=told)


def sources_of(telling: Telling) -> tuple[str, ...]:
    """The files that the workshop came in."""
    return tuple(sorted({item.source for item in telling.material.items.values()})) or DECLARED


def _promise(telling: Telling) -> Sentence | None:
    noted = [item.provenance == "note" for item in telling.material.items.values()]
    if all(noted):
        return None
    words = f"Elles sont reprises à la lettre{' ; celles des notes ont les mots de qui les a prises' * any(noted)}."
    return telling.say(words, sources_of(telling))


def _counting(telling: Telling) -> Sentence:
    """Where every word is, and what the numbers are worth where people looked at some groups only."""
    groups = [telling.group(key) for key, unit in telling.plan.units.items() if unit.reason == "told"]
    read = {group.is_counted for group in groups if group is not None}
    least = " ; ce que personne n’a encore relu n’est pas compté ici" if len(read) > 1 else ""
    words = f"Le document des paroles les donne toutes{', sous les mêmes titres' * bool(groups)}{least}."
    return telling.say(words, ("elements.xlsx",))


def rose(telling: Telling) -> list[Block]:
    """The rose as a figure, which says its numbers."""
    return [Block("figure", value=Shown(figure="rose"))] if telling.places.facts["idees"].n else []
