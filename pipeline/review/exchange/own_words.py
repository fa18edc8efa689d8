"""Retrouver ma parole: some words → the item, its axis, its group, the sentences that tell it, or why it has none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.axes import HORS_AXE, compass
from pipeline.contracts.draft import FactNode, NamedNode, Node, Section, Sentence, WordsNode
from pipeline.language.text.typography import NO_BREAK
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import MARK, Item, Source

CITED, TOLD, COUNTED = "citee", "rapportee", "comptee"
_RANK = {CITED: 0, TOLD: 1, COUNTED: 2}


N_MENTIONS_MAX = 3
HIDDEN = "[nom]"


@dataclass(frozen=True)
class Mention:
    """One sentence of the text, and what it does with the words: `citee`, `rapportee`, `comptee`."""

    section: str
    sentence: str
    how: str


Mentions = Mapping[str, tuple[Mention, ...]]
"""Item id → places in the text, the most telling first."""


def read_mentions(sections: Sequence[Section], unsaid: Collection[str] = ()) -> Mentions:
    """Mentions of every item that the sections of a draft cite.

    Parameters
    ----------
    unsaid : items whose words are left out of the sentences.
    """
    items: dict[str, list[Mention]] = {}
    for section, sentence in sentences_of(sections):
        text = as_text(sentence, unsaid)
        named = {node.ref.item_id: node.kind for node in sentence.words}
        for item_id, kind in (dict.fromkeys(sentence.sources, "source") | named).items():
            how = CITED if kind == "quote" else TOLD if kind == "report" or sentence.rewritten else COUNTED
            items.setdefault(item_id, []).append(Mention(section.title, text, how))
    return {key: tuple(sorted(places, key=lambda place: _RANK[place.how])) for key, places in items.items()}


def sentences_of(sections: Sequence[Section]) -> Iterator[tuple[Section, Sentence]]:
    """Every sentence of the text with its section, in order."""
    for section in sections:
        yield from ((section, sentence) for sentence in section.sentences)


def item_of(node: Node) -> str | None:
    """The item whose words a node quotes or tells."""
    return node.ref.item_id if isinstance(node, WordsNode) else None


def group_of(node: Node) -> str | None:
    """The group that a node speaks of: a title names it, a figure is a fact of its (`<group>.tables`)."""
    if isinstance(node, FactNode):
        return node.ref.fact.partition(".")[0]
    return (node.ref.group_id or None) if isinstance(node, NamedNode) else None


def as_text(sentence: Sentence, unsaid: Collection[str] = ()) -> str:
    """A sentence as it is read, the words of some items left out."""
    texts = (MARK if item_of(node) in unsaid else node.text for node in sentence.nodes)
    shown = (
        f"«{NO_BREAK}{text}{NO_BREAK}»" if node.kind == "quote" else text
        for node, text in zip(sentence.nodes, texts, strict=True)
    )
    return "".join(shown).strip()


@dataclass(frozen=True)
class Trace:
    """Where the words of one item went, for the person who said them.

    Attributes
    ----------
    fate : one sentence: what became of these words, and why when they are not in the text.
    places : sentences of the text that quote, tell or count them, at most `N_MENTIONS_MAX`.
    """

    text: str
    axis: str
    axis_name: str
    group: str
    fate: str
    places: tuple[Mention, ...]
    source: str


def asked_as(source: Source) -> str:
    """What a contribution was written under, "" when nothing is known: what it means often hangs on it."""
    if not source.context:
        return ""
    heading = "En réponse à" if source.channel == "enquete" else "Sous le titre"
    return f"{heading}{NO_BREAK}: {source.context}"


def trace(state: ReviewState, item: Item, places: Mentions) -> Trace:
    """Where one item went."""
    source = state.sources[item.contribution_id]
    group = state.groups.get(item.group_id or "")
    why_not = _left_out(state, item)
    telling = () if why_not else _told(item, places)
    return Trace(
        item.text, item.axis, compass()[item.axis].name, group.title if group else "",
        why_not or _fate(state, item, telling), telling, source.origin,
    )  # fmt: skip


def _told(item: Item, places: Mentions) -> tuple[Mention, ...]:
    """Sentences that cite the item, or count it where nobody moved it since."""
    telling = places.get(item.item_id, ())
    if not item.is_quotable:
        telling = tuple(place for place in telling if place.how == COUNTED)
    direct = [place for place in telling if place.how != COUNTED]
    if not direct and item.membership_by is None:
        direct = list(telling)
    return tuple(direct[:N_MENTIONS_MAX])


def _left_out(state: ReviewState, item: Item) -> str:
    """Why people's decisions keep an item out of the text, "" when they do not."""
    if item.aside:
        return f"Elle a été mise de côté à la relecture, comme n’étant pas une parole : {item.aside}."
    group = state.groups.get(item.group_id or "")
    if item.is_hidden or (group is not None and group.is_hidden):
        return "Elle a été retirée de la restitution à la relecture."
    if group is not None and group.state == "rejete":
        return "Son groupe n’a pas été retenu à la relecture : elle est gardée dans le document des paroles."
    return ""


def _fate(state: ReviewState, item: Item, telling: Sequence[Mention]) -> str:
    group = state.groups.get(item.group_id or "")
    if telling and telling[0].how != COUNTED:
        return "Elle est dans le texte."
    if telling:
        return f"Elle n’est pas citée, mais elle compte dans {'ces phrases' if len(telling) > 1 else 'cette phrase'}."
    if item.axis == HORS_AXE:
        return "Elle est hors des quatre axes : gardée dans le document des paroles."
    if not item.is_quotable:
        return "Elle compte, mais n’est pas citée : c’est ce qui a été demandé."
    if group is None:
        return "Personne d’autre n’a dit la même chose : elle est dans le document des paroles, « Dit une fois »."
    if group.n_items > 1:
        return f"Elle compte parmi les {group.n_items} idées de ce groupe, qui est dans le document des paroles."
    return "Son groupe n’a qu’elle, et la restitution n’en parle pas : elle est dans le document des paroles."


def how_told(place: Mention) -> str:
    """What a sentence does with the words, as a heading before it."""
    verb = {"citee": "Citée", "rapportee": "Rapportée", "comptee": "Comptée"}[place.how]
    return f"{verb} dans «{NO_BREAK}{place.section}{NO_BREAK}»"
