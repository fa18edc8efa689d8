"""Sud: what we would do together, what people commit to, then what is asked, and of whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.contracts.draft import Node, Sentence, TextNode
from pipeline.language.syntax import sentence_forms
from pipeline.restitution.material.finding import find_words
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.prose.accounts import account, statement
from pipeline.restitution.prose.axis_templates import SUD, Voice
from pipeline.restitution.prose.sequence import Part, Saying, place_key
from pipeline.restitution.prose.teller import Teller
from pipeline.restitution.prose.testimony import taken, testimony
from pipeline.restitution.quoting.quotes import adds, repeats
from pipeline.restitution.quoting.unfit import points_back
from pipeline.restitution.sections.debates import debate, is_proposed, rival

ADDRESSEES = (
    ("l’État", r"\bl['’]état\b|\bgouvernement\b|\bministère\b|\bpréfe(?:t|cture)\b"),
    ("la Région", r"\brégion\b"),
    ("le Département", r"\bdépartement\b|\bconseil départemental\b"),
    ("le rectorat", r"\brectorat\b|\bacadémie\b|\béducation nationale\b"),
    ("l’agence régionale de santé", r"\bARS\b|\bagence régionale de santé\b"),
    ("la CAF", r"\bCAF\b"),
    ("la MSA", r"\bMSA\b"),
    ("la caisse de retraite", r"\bcaisses? de retraite\b|\bCARSAT\b"),
    ("l’assurance maladie", r"\bassurance maladie\b|\bCPAM\b"),
    ("la communauté de communes", r"\bcom[ -]?com\b|\bcommunauté de communes\b|\bintercommunalité\b|\bagglo\b"),
    ("les communes", r"\bmairies?\b|\bcommunes?\b|\bmaires?\b"),
)
"""Whom demands are made to in workshops of territories, as people name them (first match wins)."""
_ADDRESSEES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in ADDRESSEES)
_ASKS = re.compile(
    r"^(?:demander|exiger|obtenir|réclamer|faire en sorte que|que l['’ ]|obliger|imposer)", re.IGNORECASE
)


def is_demand(teller: Teller, group: Group) -> bool:
    """Whether a group asks others to act: most of what is told of it does, or the title says so."""
    found = teller.kin(group) or group.members
    asks = sum(item.facet == "demande" for item in found)
    is_asked = _ASKS.match(group.title) is not None
    if not addressee(found, group.title) and not (is_asked and heads(teller, group)):
        return False  # nobody is asked: it is proposed
    return 2 * asks > len(found) or (asks > 0 and is_asked)


def is_commitment(teller: Teller, group: Group) -> bool:
    """Whether most of what is told of a group says what the speaker will do, and its title no « if »."""
    found = teller.kin(group) or group.members
    promises = 2 * sum(item.facet == "engagement" for item in found) > len(found)
    return promises and not is_demand(teller, group) and not _SUPPOSES.search(group.title)


_SUPPOSES = re.compile(r"\bsi\b|\bs['’]ils?\b", re.IGNORECASE)


def addressee(members: Sequence[Item], title: str = "") -> str:
    """`l’État`, `la Région`…, the one that the title asks, else most members; "" when none is asked."""
    named = _asked_of(title)
    if named:
        return named
    votes = Counter(name for item in members if (name := _asked_of(item.text)))
    order = [name for name, _ in _ADDRESSEES]
    return min(votes, key=lambda name: (-votes[name], order.index(name))) if votes else ""


def _asked_of(text: str) -> str:
    """The first one that a text names, unless it is only waited for or done without."""
    text = _WITHOUT.sub(" ", text)
    return next((name for name, pattern in _ADDRESSEES if pattern.search(text)), "")


_WITHOUT = re.compile(r"\b(?:en attendant|sans|à la place de|au lieu de)\s+(?:que\s+)?[^,.;:]*", re.IGNORECASE)


def kind_of(teller: Teller, group: Group) -> str:
    """`demand`, `commitment` or `action`."""
    return "demand" if is_demand(teller, group) else "commitment" if is_commitment(teller, group) else "action"


def told_action(teller: Teller, group: Group, n_quotes: int) -> list[Part]:
    """A lead in bold, what was proposed and where, for and against, then what it would answer.

    A title that is no proposal (`on a les clés`) heads nothing: its words are told as they are.
    """
    if not teller.kin(group) or points_back(group.title):
        return []
    voice = SUD[kind_of(teller, group)]
    if not heads(teller, group):
        return account(teller, group, voice, n_quotes)
    phrase_form = teller.lexicon.phrase(group.title).form
    stop = "" if phrase_form == sentence_forms.QUESTION else "."
    title = teller.title(group, "as_is", strong=True)
    sources = [item.item_id for item in group.members]
    debated = [*rival(teller, group), *debate(teller, group)] if n_quotes else []
    said: list[Part] = list(_proposal(teller, group, voice)) if n_quotes else []
    is_placed = bool(said) and not teller.is_shared(group)
    known = [group.title, *(part.node.text for part in said if isinstance(part, Saying)), *_quoted(debated)]
    said += testimony(teller, group, voice, n_quotes - len(said) - len(debated), known)
    if (
        not said
        and not debated
        and phrase_form not in (sentence_forms.INFINITIVE, sentence_forms.WISH, sentence_forms.QUESTION)
    ):
        return []  # a thing named and no more leads nowhere
    of = _from(teller, group)
    origin = "" if is_placed or not of else teller.turn(f"sud_{voice.name}", ORIGINS[voice.name])
    lead = teller.say(f"{{title}}{stop} {origin}".rstrip(), sources, title=title, of=of)
    return [lead, *said, *debated, *_told_obstacles(teller, group)]


def heads(teller: Teller, group: Group) -> bool:
    """Whether a title can stand in bold: an action, a thing to make, a wish or a debated question."""
    phrase = teller.lexicon.phrase(group.title)
    if sentence_forms.SPEAKER.search(group.title):
        return False
    if phrase.form == sentence_forms.FRAGMENT:
        return _VERBAL.search(group.title) is None
    return phrase.form != sentence_forms.CLAUSE


_VERBAL = re.compile(r"\b(?:on|il|si|est|sont|a|ont|faut)\b|[!?;]", re.IGNORECASE)


def _quoted(sentences: Sequence[Sentence]) -> list[str]:
    return [node.text for sentence in sentences for node in sentence.nodes if node.kind in ("quote", "report")]


def may_join(teller: Teller, group: Group) -> bool:
    """Whether an action that only its title tells may stand with others in one sentence: an infinitive of ours."""
    is_infinitive = teller.lexicon.phrase(group.title).form == sentence_forms.INFINITIVE
    return group.axis == "sud" and is_infinitive and not group.author_text and not is_demand(teller, group)


def also_proposed(teller: Teller, groups: Sequence[Group], is_first: bool) -> Sentence:
    """Actions that only their title tells, in one sentence, each with its place."""
    is_promise = is_commitment(teller, groups[0])
    nodes: list[Node] = []
    for rank, group in enumerate(groups):
        place = short_place(teller, group)
        title = teller.title(group, "low" if is_promise else "de")
        nodes.append(TextNode(("" if not rank else " et " if rank == len(groups) - 1 else ", ") + "à " * is_promise))
        nodes += [title, *([TextNode(" ("), *place, TextNode(")")] if place else [])]
    sources = [item.item_id for group in groups for item in group.members]
    template = teller.turn(f"also_{is_promise}_{is_first}", ALSO[is_promise, is_first])
    return teller.say(template, sources, x=nodes)


ALSO = {
    (False, True): ("Il a été proposé {x}.", "Il a été suggéré {x}.", "L’idée est venue {x}."),
    (False, False): ("Il a aussi été proposé {x}.", "Il a également été suggéré {x}.", "L’idée est venue aussi {x}."),
    (True, True): ("On s’est engagé {x}.",),
    (True, False): ("On s’est aussi engagé {x}.",),
}


def short_place(teller: Teller, group: Group) -> list[Node]:
    """Where a group was said, as it stands between brackets; [] when several places share it."""
    if teller.is_shared(group):
        return []
    return teller.in_brackets(_own(teller, group))


def _proposal(teller: Teller, group: Group, voice: Voice) -> list[Saying]:
    """The proposal in the words of those who made it, when they add to the title."""
    found = statement(teller, group)
    if found is None or (repeats(found[1].text, [group.title]) and not adds(found[1].text, group.title)):
        return []
    return [taken(teller, Saying(*found, voice))]


def _from(teller: Teller, group: Group) -> list[Node]:
    if teller.is_counted(group):
        return teller.where(group.group_id, "de")
    return _spots(teller, group)


def _spots(teller: Teller, group: Group) -> list[Node]:
    """Where the proposal was made, and the one other place that says the same: `de la table 1 et de l’enquête`."""
    own = _own(teller, group)
    same = [item for item in teller.kin(group) if teller.kinship.says_the_same(item, group) and is_proposed(item)]
    places = {place_key(item): teller.spot(item, "de") for item in (own, *same) if teller.spot(item, "de")}
    if len(places) != 2:
        return teller.spot(own, "de")
    first, second = sorted(places, key=lambda key: (key[1] == "enquete", key))
    return [*places[first], TextNode(" et "), *places[second]]


def _own(teller: Teller, group: Group) -> Item:
    """The member that the title comes from, else the most central of its kin."""
    family = teller.kin(group)
    return next((item for item in family if find_words(item.text, group.title) is not None), family[0])


ORIGINS: dict[str, Sequence[str]] = {
    "action": ("La proposition vient {of}.", "Cette piste est venue {of}.", "L’idée est partie {of}."),
    "demand": ("La demande vient {of}.", "Cette attente est venue {of}."),
    "commitment": ("L’engagement vient {of}.", "Cette offre est venue {of}."),
}
"""Where a title in bold comes from; where that says nothing, the title says enough: that it was proposed is known."""


def _told_obstacles(teller: Teller, group: Group) -> list[Sentence]:
    """The obstacle that an action would answer, named once."""
    obstacles = [
        teller.material.groups[obstacle]
        for obstacle in teller.material.answered.get(group.group_id, ())
        if obstacle in teller.material.groups
        and not teller.material.groups[obstacle].is_unsure
        and teller.kinship.is_linked(teller.material.groups[obstacle], group)
    ]
    if not obstacles:
        return []
    best = min(obstacles, key=lambda obstacle: (obstacle.position, obstacle.group_id))
    sources = [item.item_id for item in (*best.members, *group.members)]
    return [teller.say(teller.turn("sud_answers", _ANSWERS), sources, x=teller.named(best))]


_ANSWERS = (
    "Cela répondrait à un frein déjà nommé : {x}.",
    "Ce serait une réponse à ce constat : {x}.",
    "Un obstacle pourrait être levé ainsi : {x}.",
)
