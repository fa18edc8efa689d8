"""Retrouver ma parole: some words → the item, its axis, its group, the sentences that tell it, or why it has none; and
all of them as a file that leaves this computer."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from pipeline.axes import HORS_AXE, compass
from pipeline.contracts.draft import FactNode, NamedNode, Node, Section, Sentence, WordsNode
from pipeline.language.text.typography import NO_BREAK
from pipeline.review.log.anchors import anchor_of
from pipeline.review.log.decisions import ItemAnchor
from pipeline.review.log.state import ReviewState
from pipeline.workshop.records import MARK, Item, Source, masking

CITED, TOLD, COUNTED = "citee", "rapportee", "comptee"
_RANK = {CITED: 0, TOLD: 1, COUNTED: 2}
N_MENTIONS_MAX = 3
HIDDEN = "[nom]"
PAGE = Path(__file__).parents[2] / "app" / "static"
ALIKE_MIN = 0.75
"""Share of its signs that a sentence keeps which a person corrected, and that still cites what it did."""
_ENDS = re.compile(r"\n+|(?<=[.!?…])[ \u00a0\u202f]+(?=[A-ZÀÂÉÈÊÎÔÇ«])(?![^«]*»)")


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

    `unsaid` : items whose words are left out of the sentences.
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

    `fate` : one sentence: what became of these words, and why when they are not in the text. `places` : sentences of
    the text that quote, tell or count them, at most `N_MENTIONS_MAX`.
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
    telling = () if why_not else places.get(item.item_id, ())
    direct = tuple(place for place in telling if place.how != COUNTED) if item.is_quotable else ()
    # what counts it is told where nobody moved it since
    counting = tuple(place for place in telling if place.how == COUNTED) if item.membership_by is None else ()
    telling = (direct or counting)[:N_MENTIONS_MAX]
    return Trace(
        item.text, item.axis, compass()[item.axis].name, group.title if group else "",
        why_not or _fate(state, item, telling), telling, source.origin,
    )  # fmt: skip


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
    verb = {CITED: "Citée", TOLD: "Rapportée", COUNTED: "Comptée"}[place.how]
    return f"{verb} dans «{NO_BREAK}{place.section}{NO_BREAK}»"


def cited_in(state: ReviewState, text: str, told: Iterable[Sentence]) -> tuple[ItemAnchor, ...]:
    """The ideas that a text written by hand cites, each under the sentence of the text that does.

    `told` : the sentences of the draft that it was written from.
    """
    own = [one.strip() for one in _ENDS.split(text) if one.strip()]
    found: dict[tuple[str, str], ItemAnchor] = {}
    for sentence in told:
        keys = sentence.sources if sentence.rewritten else (*sentence.cites, *sentence.quoted_items)
        items = [state.items[key] for key in dict.fromkeys(keys) if key in state.items]
        for near in get_close_matches(as_text(sentence), own, 1, ALIKE_MIN) if items else ():
            for item in items:
                found.setdefault((near, item.item_id), anchor_of(item).model_copy(update={"under": near}))
    return tuple(found.values())


def participants_page(
    state: ReviewState, sections: Sequence[Section], rejects: pd.DataFrame, title: str, small_table: int
) -> str:
    """« Retrouver ma parole » in one file; recordings, hidden and unquotable items are not in it, nor in the sentences
    it shows.

    `sections` : of the draft. `rejects` : what was set aside when the files were read; told with its reason.
    `small_table` : a table with fewer contributions than this is not named; 0 names them all.
    """
    sizes = Counter((source.workshop, source.table) for source in state.sources.values())
    spoken = {source.source for source in state.sources.values() if source.channel == "transcript"}
    left_out = {
        item.item_id
        for item in state.items.values()
        if not item.is_quotable or item.is_hidden or state.sources[item.contribution_id].channel == "transcript"
    }
    places = read_mentions(sections, left_out)
    unnamed = masking(state.masked_names(), HIDDEN)  # titles may be older than the masks
    sentences: dict[tuple[str, str], int] = {}
    rows = []
    for item in state.items.values():
        if item.item_id in left_out:
            continue
        source, traced = state.sources[item.contribution_id], trace(state, item, places)
        is_small = source.table is None or sizes[(source.workshop, source.table)] < small_table
        told = ((how_told(place), unnamed(place.sentence)) for place in traced.places)
        ours = {
            "text": item.hiding(item.masks, HIDDEN),
            "group": unnamed(traced.group),
            "places": [sentences.setdefault(one, len(sentences)) for one in told],  # each is in the file once
            "source": "" if is_small else unnamed(traced.source),
        }
        rows.append(asdict(traced) | ours)
    left = [
        unnamed(f"{row['source']}, {row['locator']} : {row['detail']}")
        for row in rejects[rejects["reason"] != "vide"].to_dict("records")
        if row["source"] not in spoken
    ]
    value = {"rows": rows, "sentences": [list(pair) for pair in sentences], "rejects": left}
    data = json.dumps(value, ensure_ascii=False)
    colors = "".join(f".axe-{code}{{--axe:{axis.color}}}" for code, axis in compass().items())
    parts = {
        "@TITLE@": html.escape(title),
        "@STYLE@": (PAGE / "page.css").read_text(encoding="utf-8") + colors,
        "@SCRIPT@": (PAGE / "retrouver.js").read_text(encoding="utf-8"),
        "@DATA@": data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
    }
    page = (PAGE / "retrouver.html").read_text(encoding="utf-8")
    return re.sub("|".join(parts), lambda match: parts[match.group()], page)
