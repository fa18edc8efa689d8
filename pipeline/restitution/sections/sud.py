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
from pipeline.restitution.prose.frames import Frame
from pipeline.restitution.prose.phrases import Voice, voice, ways
from pipeline.restitution.prose.places import place_key
from pipeline.restitution.prose.sayings import Part, Saying, taken, words_of
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.testimony import testimony
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


def is_demand(telling: Telling, group: Group) -> bool:
    """Whether a group asks others to act: most of what is told of it does, or the title says so."""
    found = telling.kinship(group) or group.members
    asks = sum(item.facet == "demande" for item in found)
    is_asked = _ASKS.match(group.title) is not None
    if not addressee(found, group.title) and not (is_asked and heads(telling, group)):
        return False  # nobody is asked: it is proposed
    return 2 * asks > len(found) or (asks > 0 and is_asked)


def is_commitment(telling: Telling, group: Group) -> bool:
    """Whether most of what is told of a group says what the speaker will do, and its title no « if »."""
    found = telling.kinship(group) or group.members
    promises = 2 * sum(item.facet == "engagement" for item in found) > len(found)
    return promises and not is_demand(telling, group) and not _SUPPOSES.search(group.title)


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


def kind_of(telling: Telling, group: Group) -> str:
    """`demand`, `commitment` or `action`."""
    return "demand" if is_demand(telling, group) else "commitment" if is_commitment(telling, group) else "action"


def told_action(telling: Telling, group: Group, n_quotes: int) -> list[Part]:
    """A lead in bold, what was proposed and where, for and against, then what it would answer.

    A title that is no proposal (`on a les clés`) heads nothing: its words are told as they are.
    """
    if not telling.kinship(group) or points_back(group.title):
        return []
    manner = voice(kind_of(telling, group))
    if not heads(telling, group):
        return account(telling, group, manner, n_quotes)
    sources = [item.item_id for item in group.members]
    debated = [*rival(telling, group), *debate(telling, group)] if n_quotes else []
    said: list[Part] = list(_proposal(telling, group, manner)) if n_quotes else []
    is_placed = bool(said) and not telling.kinship.is_shared(group)
    known = [group.title, *words_of([*said, *debated])]
    said += testimony(telling, group, manner, n_quotes - len(said) - len(debated), known)
    form = telling.titles.form(group.title)
    if not said and not debated and form not in _LEADS_ALONE:
        return []  # a thing named and no more leads nowhere
    of = _from(telling, group)
    head = "{x}" if form == sentence_forms.QUESTION else "{x}."
    origins = ways(f"sud.origin_{manner.name}") if of and not is_placed else ("",)
    templates = [f"{head} {origin}".rstrip() for origin in origins]
    lead = telling.tell(templates, sources, x=telling.titles.title(group, "as_is", strong=True), of=of)
    return [lead, *said, *debated, *_told_obstacles(telling, group)]


_LEADS_ALONE = (sentence_forms.INFINITIVE, sentence_forms.WISH, sentence_forms.QUESTION)


def heads(telling: Telling, group: Group) -> bool:
    """Whether a title can stand in bold: an action, a thing to make, a wish or a debated question."""
    phrase = telling.titles.lexicon.phrase(group.title)
    if sentence_forms.SPEAKER.search(group.title):
        return False
    if phrase.kind == sentence_forms.FRAGMENT:
        return _VERBAL.search(group.title) is None
    return phrase.kind != sentence_forms.CLAUSE


_VERBAL = re.compile(r"\b(?:on|il|si|est|sont|a|ont|faut)\b|[!?;]", re.IGNORECASE)


def may_join(telling: Telling, group: Group) -> bool:
    """Whether an action that only its title tells may stand with others in one sentence: an infinitive of ours."""
    is_infinitive = telling.titles.lexicon.phrase(group.title).kind == sentence_forms.INFINITIVE
    return group.axis == "sud" and is_infinitive and not group.author_text and not is_demand(telling, group)


def also_proposed(telling: Telling, groups: Sequence[Group], is_first: bool) -> Sentence:
    """Actions that only their title tells, in one sentence, each with its place."""
    is_promise = is_commitment(telling, groups[0])
    nodes: list[Node] = []
    for rank, group in enumerate(groups):
        place = short_place(telling, group)
        title = telling.titles.title(group, "low" if is_promise else "de")
        nodes.append(TextNode(("" if not rank else " et " if rank == len(groups) - 1 else ", ") + "à " * is_promise))
        nodes += [title, *([TextNode(" ("), *place, TextNode(")")] if place else [])]
    sources = [item.item_id for group in groups for item in group.members]
    templates = ways(f"sud.{'promised' if is_promise else 'also'}{'_first' if is_first else ''}")
    return telling.say(templates, sources, x=nodes)


def short_place(telling: Telling, group: Group) -> list[Node]:
    """Where a group was said, as it stands between brackets; [] when several places share it."""
    if telling.kinship.is_shared(group):
        return []
    return telling.places.in_brackets(_own(telling, group))


def _proposal(telling: Telling, group: Group, manner: Voice) -> list[Saying]:
    """The proposal in the words of those who made it, when they add to the title."""
    found = statement(telling, group)
    if found is None or (repeats(found[1].text, [group.title]) and not adds(found[1].text, group.title)):
        return []
    return [taken(telling.memory, Saying(*found, manner))]


def _from(telling: Telling, group: Group) -> list[Node]:
    if telling.kinship.is_counted(group):
        return telling.places.where(group.group_id, "de")
    return _spots(telling, group)


def _spots(telling: Telling, group: Group) -> list[Node]:
    """Where the proposal was made, and the one other place that says the same: `de la table 1 et de l’enquête`."""
    own = _own(telling, group)
    same = [item for item in telling.kinship(group) if telling.kinship.says_the_same(item, group) and is_proposed(item)]
    places = {
        place_key(item): telling.places.spot(item, "de") for item in (own, *same) if telling.places.spot(item, "de")
    }
    if len(places) != 2:
        return telling.places.spot(own, "de")
    first, second = sorted(places, key=lambda key: (key[1] == "enquete", key))
    return [*places[first], TextNode(" et "), *places[second]]


def _own(telling: Telling, group: Group) -> Item:
    """The member that the title comes from, else the most central of its kin."""
    family = telling.kinship(group)
    return next((item for item in family if find_words(item.text, group.title) is not None), family[0])


def _told_obstacles(telling: Telling, group: Group) -> list[Frame]:
    """The obstacle that an action would answer, named once."""
    obstacles = [
        telling.material.groups[obstacle]
        for obstacle in telling.material.answered.get(group.group_id, ())
        if obstacle in telling.material.groups
        and not telling.material.groups[obstacle].is_unsure
        and telling.kinship.is_linked(telling.material.groups[obstacle], group)
    ]
    if not obstacles:
        return []
    best = min(obstacles, key=lambda obstacle: (obstacle.position, obstacle.group_id))
    sources = [item.item_id for item in (*group.members, *best.members)]
    return [telling.tell(ways("sud.answers"), sources, x=telling.titles.named(best))]
