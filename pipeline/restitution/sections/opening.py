"""The opening: how the words were gathered, how many people came."""

from __future__ import annotations

from dataclasses import replace

from pipeline.contracts.draft import ON_DOCUMENT, Block, Node, Sentence, TextNode
from pipeline.contracts.labels import MACHINE_VOICE
from pipeline.contracts.plan import AT_LEAST
from pipeline.restitution.material.quantifiers import MEETING, place_noun
from pipeline.restitution.nodes import listed, paragraph
from pipeline.restitution.prose.telling import Telling

DECLARED = ("atelier.toml",)


def gathered(telling: Telling) -> list[Block]:
    """Two to four sentences: how people spoke and what this text keeps of it."""
    return paragraph([_how(telling), _promise(telling), *_counting(telling)])


def who(telling: Telling) -> Sentence | None:
    """How many people came, as it was declared; else how many spoke, where people are known."""
    facts, fact = telling.places.facts, telling.places.fact
    workshops = telling.material.workshops
    is_asked = "enquete" in facts and not telling.places.has_more_than_a_survey  # who answers meets nobody
    if is_asked or "participants" not in facts:  # tables may be teams, met at each of their sprints
        return _how_many(telling)
    if len(workshops) > 1:
        words = {"n": fact("ateliers", "workshop_count"), "people": fact("participants", "people")}
        return telling.say("{n} ont réuni {people}.", DECLARED, **words)
    is_around = facts["tables"].n > 1
    way = "l’atelier a réuni {people} autour de {around}." if is_around else "la rencontre a réuni {people}."
    return telling.say(
        "{around} ont réuni {people}." if place_noun(facts["tables"].labels).singular == MEETING and is_around else way,
        DECLARED,
        people=fact("participants", "people"),
        around=fact("tables", "table_count") if is_around else "",
    )


def _how_many(telling: Telling) -> Sentence | None:
    """How many spoke, where nobody declared who came, and people are known."""
    facts, fact = telling.places.facts, telling.places.fact
    if "enquete" in facts:
        if telling.material.row_noun and telling.places.has_more_than_a_survey:
            return None  # the other files hold words too
        way = "Ces paroles viennent de {n}." if facts["enquete"].labels else "L’enquête a reçu {n}."
        return telling.say(way, DECLARED, n=fact("enquete", "reply_count"))
    if "voix" in facts:
        way = "{n} prennent la parole."
        if any(item.voice.startswith(MACHINE_VOICE) for item in telling.material.items.values()):
            way = "La transcription automatique distingue {n}, qu’elle ne nomme pas."
        return telling.say(way, sources_of(telling), n=fact("voix", "people"))
    return None


def read_in(telling: Telling) -> Sentence | None:
    """How many contributions people wrote, in how many files or at how many tables, and how many documents were read;
    None where none holds an idea."""
    facts, fact = telling.places.facts, telling.places.fact
    if not facts["contributions.axes"].n:
        return None
    tables = fact("tables", "table_count") if facts["tables"].n > 1 else None
    told: list[list[Node]] = []
    if n := facts["recueillies"].n:
        n_all = facts["recueillies.toutes"].n
        where: list[Node] = [TextNode(" ont été recueillies, " if n_all > 1 else " a été recueillie, ")]
        if n < n_all:
            where += [TextNode("dont "), fact("recueillies", "number"), TextNode(" avec des mots, ")]
        where += [TextNode("à "), tables] if tables else [TextNode("dans "), fact("fichiers.recueillies", "file_count")]
        told.append([fact("recueillies.toutes", "contribution_count"), *where])
    if tables and not told:
        are_spoken = "contributions.transcript" in facts
        said = ("Les échanges de ", " ont été lus") if are_spoken else ("Les notes de ", " ont été lues")
        told.append([TextNode(said[0]), tables, TextNode(said[1])])
    elif n := facts["documents"].n:
        told.append([fact("documents", "document_count"), TextNode(" ont été lus" if n > 1 else " a été lu")])
    return telling.say("{x}.", sources_of(telling), x=listed(told, " ; ", " ; "))


def _how(telling: Telling) -> Sentence | None:
    facts = telling.places.facts
    ways: list[list[Node]] = []
    if "contributions.postit" in facts:
        is_postit = any(item.is_postit for item in telling.material.items.values())
        ways.append([TextNode("sur des post-its" if is_postit else "par écrit")])
    if "contributions.saisie" in facts:
        ways.append([TextNode("par écrit, sur la page de l’atelier")])
    if telling.material.row_noun:
        ways.append([TextNode("dans "), telling.places.fact("enquete", "reply_count")])
    elif "enquete" in facts:
        ways.append(
            [TextNode("dans une enquête ("), telling.places.fact("enquete", "reply_count"), TextNode(")")]
            if facts["enquete"].n > 1
            else [TextNode("dans une enquête")]
        )
    elif "contributions.enquete" in facts:
        ways.append([TextNode("dans une enquête")])
    if ways and "contributions.note" in facts:  # a letter, a leaflet are read as notes are
        ways.append([TextNode("dans d’autres documents")])
    if "contributions.transcript" in facts:
        ways.append([TextNode("dans des échanges notés parole après parole")])
    if not ways:
        return None
    told = listed(ways, " et ", ", ")
    return telling.say("Les paroles ont été recueillies {ways}.", sources_of(telling), ways=told)


def sources_of(telling: Telling) -> tuple[str, ...]:
    """The files that the workshop came in."""
    return tuple(sorted({item.source for item in telling.material.items.values()})) or DECLARED


def _promise(telling: Telling) -> Sentence | None:
    if all(item.provenance == "note" for item in telling.material.items.values()):
        return None
    return telling.say("Ce qui est entre guillemets est cité mot pour mot.", sources_of(telling))


ALL = "Le document des paroles donne toutes les idées retenues."
LEAST = "Sous un titre que personne n’a encore relu, d’autres paroles s’ajoutent peut-être à celles que l’on compte."


def _counting(telling: Telling) -> list[Sentence]:
    """Where every word is, and what the numbers are worth where people looked at some groups only."""
    told = [replace(telling.say(ALL, ("elements.xlsx",)), role=ON_DOCUMENT)]
    is_least = any(key.endswith(AT_LEAST) for key in telling.plan.units)
    return [*told, telling.say(LEAST, ("elements.xlsx",))] if is_least else told
