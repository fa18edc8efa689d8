"""The sentences of a page, each under lock for what it cites: refused, doubted or kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from pipeline.assistant.lock import Size, doubt, numbers, refusal
from pipeline.assistant.support import Support, content
from pipeline.contracts.draft import FactNode, Node, Sentence, TextNode
from pipeline.restitution.nodes import compose
from pipeline.restitution.proofreading import faults
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.lock import problem_of
from pipeline.restitution.quoting.quotes import masked, words_in
from pipeline.restitution.rewriting.request import Asked, Page, Told, around
from pipeline.workshop.model import Item

ESSENTIAL = "essentiel"
SIZE = Size(5, 50)
OF_COUNTS = 3
"""Voices that a count stands for, at least."""
UNKNOWN = "parole inconnue citée à l’appui"
FAULTY = "faute de langue ou de typographie"
BROKEN = "refusée par le verrou des citations"
NOBODY = "une personne que rien ne dit"
EMPTY = "ne dit rien de plus que le titre ou qu’une autre phrase"
_PERSON = re.compile(r"\bune (?:seule |autre )?personne\b", re.IGNORECASE)
_ENDS = re.compile(r"[\s.]+$")
_AFTER = re.compile(
    r"^(?:mais|du coup|pourtant|en revanche|cependant|toutefois|ainsi|donc|or|de plus),? ", re.IGNORECASE
)
"""What ties a sentence to the one before, which must be there."""
_UNIT = re.compile(r"(?<=\d)(?=%|€|(?:[kcm]?m²?|ha|kg|kWh|min)\b|h(?:\b|\d\d))|(?<=\dh)(?=\d\d)")
"""Where a unit is glued to its number, hours to their minutes."""
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*(?:\s?%)?")
_QUOTED = re.compile(r"[«“\"]\s*([^«»“”\"]+?)\s*[»”\"]")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…]) +(?=[A-ZÀÂÉÈÊÎÔÇ«])(?![^«]*»)")
"""Where a sentence ends and another begins, outside « »."""
_JOINT = re.compile(r"(?<=\w)_(?=\w)")
"""Inside a name of a field, `acces_libre`."""
_SIGNS = re.compile(r"[«“]\s*|\s*[»”]|\"")


@dataclass
class Claim:
    """A sentence of an answer: where it goes, what it rests on, and what became of it."""

    under: str
    heading: str
    text: str
    keys: frozenset[str]
    sentence: Sentence | None = None
    reason: str = ""

    @property
    def doubt(self) -> str:
        """Why somebody should look at it, in French; "" when nothing shows it."""
        return self.sentence.doubt if self.sentence is not None else ""


def claims_of(page: Page) -> list[Claim]:
    """The sentences of a page, one by one."""
    return [claim for part in page.parties for told in part.phrases for claim in claims_in(told, part.sous, part.titre)]


def claims_in(told: Told, under: str, heading: str) -> Iterator[Claim]:
    """The sentences of what an answer tells in one go."""
    for text in _SENTENCE_ENDS.split(told.texte.strip()):
        yield Claim(under.lower(), " ".join(heading.split()), " ".join(text.split()), frozenset(told.appuis))


def judge_all(claims: Iterable[Claim], page: Sequence[Claim], asked: Asked, telling: Telling) -> None:
    """Judge some claims of a page, each beside those that hold before it in its part."""
    known: dict[str, list[frozenset[str]]] = {}
    for claim in page:
        before = known.setdefault(f"{claim.under} {claim.heading}", [_said(asked.titles.get(claim.under, ""))])
        if claim in claims:
            claim.text = claim.text if len(before) > 1 else _AFTER.sub("", claim.text)
            claim.sentence, claim.reason = _written(claim, asked, telling)
            if claim.sentence is not None and any(_said(claim.text) <= other for other in before):
                claim.sentence, claim.reason = None, EMPTY
        before += [_said(claim.text)] if claim.sentence is not None else []
    below = {one.sentence.text for one in page if one.sentence is not None and one.under != ESSENTIAL}
    for claim in page:
        if claim.under == ESSENTIAL and claim.sentence is not None and claim.sentence.text in below:
            claim.sentence, claim.reason = None, EMPTY


def _said(text: str) -> frozenset[str]:
    return content(text) | numbers(text)


def _written(claim: Claim, asked: Asked, telling: Telling) -> tuple[Sentence | None, str]:
    """The sentence of a claim, or why it cannot be printed."""
    items = [asked.items[key] for key in sorted(claim.keys & asked.items.keys(), key=number_of)]
    counts = [asked.counts[key] for key in sorted(claim.keys & asked.counts.keys(), key=number_of)]
    if not claim.keys or len(items) + len(counts) < len(claim.keys):
        return None, UNKNOWN
    text = _UNIT.sub(" ", _ENDS.sub("", claim.text))
    plain, support = _SIGNS.sub("", text), _support(claim, items, counts, asked)
    is_nobody = _PERSON.search(plain) and not any(item.voice or "personne" in masked(item).lower() for item in items)
    if reason := NOBODY if is_nobody else refusal(_JOINT.sub(" ", plain), support, SIZE):
        return None, reason
    way = "{x}" if plain.endswith(("?", "!", "…")) else "{x}."
    nodes = compose(way, telling.spaces, x=list(_nodes(text, items, counts, telling)))
    sources = tuple(dict.fromkeys((*(item.item_id for item in items), *chain.from_iterable(c.sources for c in counts))))
    role: Any = "weighs" if claim.under == ESSENTIAL else "told"
    sentence = Sentence(nodes, sources, rewritten=True, role=role, doubt=doubt(plain, support, SIZE))
    if found := faults(sentence, telling.spaces):
        return None, f"{FAULTY} : {found[0].rule}"
    problem = problem_of(sentence, telling.places.facts, telling.material)
    return (None, f"{BROKEN} : {problem}") if problem else (sentence, "")


def _support(claim: Claim, items: Sequence[Item], counts: Sequence[Sentence], asked: Asked) -> Support:
    return Support(
        (*map(masked, items), *(one.text for one in counts)),
        said_by=1,
        about=(asked.titles.get(claim.under, ""), *asked.meeting, *chain.from_iterable(map(around, items))),
        sides=(*(item.stance for item in items), *[""] * len(counts)),
        axes=(*(item.axis for item in items), *[""] * len(counts)),
        heard=asked.heard,
        n_voices=len(set(map(_voice, items))) + OF_COUNTS * len(counts),
        n_heard=len(set(map(_voice, asked.items.values()))),
    )


def _voice(item: Item) -> str:
    return item.voice or item.contribution_id


def number_of(mark: str) -> tuple[str, int]:
    return mark[:1], int(mark[1:]) if mark[1:].isdigit() else 0


def _nodes(text: str, items: Sequence[Item], counts: Sequence[Sentence], telling: Telling) -> Iterator[Node]:
    """A claim: what stands in it between « » and was said to the letter is quoted, what we counted is a fact."""
    at = 0
    quoted = re.sub(_QUOTED, lambda found: f"« {found[1]} »", text.replace("'", "’"))
    spans = (one for one in words_in(quoted, items) if one[2].kind == "quote")
    for start, end, node in sorted(spans, key=lambda one: one[:2]):
        if start >= at:
            yield from _with_facts(_SIGNS.sub("", quoted[at:start]), counts, telling)
            yield node
            at = end
    yield from _with_facts(_SIGNS.sub("", quoted[at:]), counts, telling)


def _with_facts(claim: str, counts: Sequence[Sentence], telling: Telling) -> Iterator[Node]:
    """A text of a claim with the figures that we counted as facts; others are checked where they were said."""
    found = (node.ref.fact for one in counts for node in one.nodes if isinstance(node, FactNode))
    facts = {node.text: node for node in (telling.places.fact(name, "digits") for name in found)}
    last = 0
    for figure in _FIGURE.finditer(claim):
        if figure[0] in facts:
            yield TextNode(claim[last : figure.start()])
            yield facts[figure[0]]
            last = figure.end()
    yield TextNode(claim[last:])


def kept(claims: Iterable[Claim]) -> list[tuple[Sentence, Claim]]:
    """The sentences that hold, with the claims that they are of."""
    return [(one.sentence, one) for one in claims if one.sentence is not None]
