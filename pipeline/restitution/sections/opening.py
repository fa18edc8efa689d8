"""The opening: how the words were gathered, how many people came, what the rose shows."""

from __future__ import annotations

import re

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.draft import Block, FactNode, NamedNode, NamedRef, Node, Sentence, Shown, TextNode
from pipeline.language.lexicon.nouns import is_noun
from pipeline.language.syntax import phrases
from pipeline.language.text.typography import decapitalized, with_a
from pipeline.restitution.material.facts import MONTHS, has_other_dates, is_of_several_days
from pipeline.restitution.nodes import paragraph
from pipeline.restitution.prose.telling import Telling

DECLARED = ("atelier.toml",)
QUESTIONS_MAX = 3
_REMOTE = re.compile(r"visio\w*", re.IGNORECASE)
_TOWN = re.compile(r"(?!L[ae]s? )[A-ZÀ-Ý][\w’'-]+(?: (?:et )?[A-ZÀ-Ý][\w’'-]+)*")
"""Words with a capital and no article: the name of a town, or of several."""
DIRECTIONS = {"nord": "le Nord", "est": "l’Est", "sud": "le Sud", "ouest": "l’Ouest"}


def gathered(telling: Telling) -> list[Block]:
    """Two or three sentences: how people spoke, what this text keeps of it."""
    return paragraph([_how(telling), *_questions(telling), _promise(telling), _counting(telling)])


def who(telling: Telling) -> Sentence | None:
    """How many people came, when, where."""
    facts = telling.places.facts
    workshops = telling.material.workshops
    where: list[Node] = []
    start = ""
    if len(workshops) == 1:
        row = workshops[0]
        if f"date.{row['workshop']}" in facts and not has_other_dates(telling.material):
            start = _when(str(facts[f"date.{row['workshop']}"].value).lower())
        if row["lieu"]:
            where = _venue(telling, str(row["lieu"]))
    date = telling.places.fact(f"date.{workshops[0]['workshop']}", "date") if start else ""
    is_told = "participants" in facts
    tables = facts["tables"].n > 1
    subject = "l’atelier a" if len(workshops) == 1 else "les ateliers ont"
    if not is_told and not tables:
        return None
    template = f"{start}{subject} réuni {{people}}{{around}}{{where}}."
    if is_told and len(workshops) > 1:
        words = {
            "n": telling.places.fact("ateliers", "workshop_count"),
            "people": telling.places.fact("participants", "people"),
        }
        return telling.say("{n} ont réuni {people}.", DECLARED, **words)
    around: list[Node] | str = ""
    if tables:
        around = [TextNode(" autour de " if is_told else ""), telling.places.fact("tables", "table_count")]
    people: Node | str = telling.places.fact("participants", "people") if is_told else ""
    if not is_told and is_of_several_days(telling.material):
        around = [TextNode(", autour de "), *(node for node in around if isinstance(node, FactNode))]
        several = "Les échanges se sont tenus à plusieurs dates{around}{where}."
        return telling.say(several, DECLARED, around=around, where=where)
    return telling.say(template, DECLARED, date=date, people=people, around=around, where=where)


def _when(date: str) -> str:
    """The beginning of a sentence that is to hold a date, "" for what is none."""
    if date.split(" ")[0] in MONTHS:
        return "En {date}, "
    return ("Les {date}, " if " et " in date else "Le {date}, ") if date[:1].isdecimal() else ""


def _venue(telling: Telling, name: str) -> list[Node]:
    """`, à la halle de Montorsin`, `, à Poitiers`, `, en visioconférence`; between brackets when nothing is certain."""
    if _REMOTE.match(name):
        return [TextNode(", en "), NamedNode("given", decapitalized(name), NamedRef("lieu"))]
    phrase = telling.titles.lexicon.phrase(decapitalized(name))
    if phrase.kind != phrases.NOUN or not phrase.noun or not is_noun(phrase.noun):
        if _TOWN.fullmatch(name):
            return [TextNode(", à "), NamedNode("given", name, NamedRef("lieu"))]
        return [TextNode(" ("), NamedNode("given", name, NamedRef("lieu")), TextNode(")")]
    joint = with_a(phrases.with_article(phrase))[: -len(phrase.low)]
    return [TextNode(f", {joint}"), NamedNode("given", phrase.low, NamedRef("lieu"))]


def _questions(telling: Telling) -> list[Sentence]:
    """What the survey asked, word for word, when it asked at most three questions."""
    asked = [item.context for item in telling.material.items.values() if item.channel == "enquete" and item.context]
    questions = list(dict.fromkeys(asked))
    if not 1 <= len(questions) <= QUESTIONS_MAX or not all(question.rstrip().endswith("?") for question in questions):
        return []
    nodes: list[Node] = []
    for rank, question in enumerate(questions):
        joint = "" if not rank else " et " if rank == len(questions) - 1 else ", "
        nodes += [TextNode(joint), NamedNode("given", question.strip(), NamedRef("contexte"))]
    return [telling.say("L’enquête demandait : {x}", sources_of(telling), x=nodes)]


def _how(telling: Telling) -> Sentence:
    facts = telling.places.facts
    ways: list[list[Node]] = []
    if "contributions.postit" in facts:
        told = any(item.is_postit for item in telling.material.items.values())
        ways.append([TextNode("sur des post-its" if told else "par écrit")])
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
    nodes: list[Node] = []
    for index, way in enumerate(ways):
        nodes += [TextNode("" if index == 0 else " et " if index == len(ways) - 1 else ", "), *way]
    return telling.say("Les paroles ont été recueillies {ways}.", sources_of(telling), ways=nodes)


def sources_of(telling: Telling) -> tuple[str, ...]:
    """The files that the workshop came in."""
    return tuple(sorted({item.source for item in telling.material.items.values()})) or DECLARED


def _promise(telling: Telling) -> Sentence:
    quoted = any(item.provenance != "note" for item in telling.material.items.values())
    noted = any(item.provenance == "note" for item in telling.material.items.values())
    if quoted and noted:
        words = (
            "Les mots entre guillemets sont ceux des participantes et des participants, à la lettre ; "
            "le reste est rapporté, à commencer par ce qui vient des notes."
        )
    elif quoted:
        words = "Les mots entre guillemets sont ceux des participantes et des participants, à la lettre."
    else:
        words = "Ce texte rapporte ce que disent les notes : il ne cite personne mot pour mot."
    return telling.say(words, sources_of(telling))


def _counting(telling: Telling) -> Sentence:
    """Where every word is, and what the numbers are worth before people looked at the groups."""
    groups = [telling.group(key) for key, unit in telling.plan.units.items() if unit.reason == "told"]
    is_unread = any(group is not None and not group.is_counted for group in groups)
    words = "Toutes les paroles se lisent, sous les mêmes titres, dans le document des paroles"
    least = " ; ce que personne n’a encore relu est dit en paroles et n’est pas compté" if is_unread else ""
    return telling.say(f"{words}{least}.", ("elements.xlsx",))


def rose(telling: Telling) -> list[Block]:
    """The rose as a figure, its table, and one or two sentences that read it."""
    facts = telling.places.facts
    if not facts["idees"].n:
        return []
    order = sorted(COMPASS_CODES, key=lambda code: (-facts[f"axe.{code}"].n, COMPASS_CODES.index(code)))
    first, last = order[0], order[-1]
    sentences = []
    if facts[f"axe.{first}"].n > facts[f"axe.{order[1]}"].n:
        sentences.append(
            telling.say(
                "C’est {axis} qui rassemble le plus d’idées ({n}).",
                ("elements.xlsx",),
                axis=DIRECTIONS[first],
                n=telling.places.fact(f"axe.{first}", "share"),
            )
        )
    if facts[f"axe.{last}"].n < facts[f"axe.{order[-2]}"].n:
        sentences.append(
            telling.say(
                "{axis} est le moins fourni ({n}) : cela peut tenir aux questions posées autant qu’aux préoccupations.",
                ("elements.xlsx",),
                axis=DIRECTIONS[last],
                n=telling.places.fact(f"axe.{last}", "share"),
            )
        )
    figure = Block("figure", value=Shown(figure="rose"))
    return [figure, *paragraph(sentences)]
