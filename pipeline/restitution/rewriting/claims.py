"""The sentences of a page, each under lock for what it cites: refused, doubted or kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Any

from pipeline.assistant.lock import NUMBER, ODD, Size, held, is_order, numbers, refusal
from pipeline.assistant.support import Support, content
from pipeline.contracts.draft import (
    FactNode,
    NamedNode,
    NamedRef,
    Node,
    Refused,
    Sentence,
    TextNode,
    WordsNode,
)
from pipeline.contracts.labels import CONTEXT_JOINT
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import number_word
from pipeline.restitution.nodes import compose
from pipeline.restitution.proofreading import faults
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.lock import problem_of
from pipeline.restitution.quoting.quotes import masked, words_in
from pipeline.restitution.rewriting.request import OF_SHEET, Asked, Page, Told, around, number_of, votes_of
from pipeline.workshop.model import Item

ESSENTIAL = "essentiel"
SIZE = Size(5, 50)
OF_COUNTS = 3
"""Voices that a count stands for, at least."""
UNFOUNDED = "ne s’appuie sur aucune parole"
UNKNOWN = "s’appuie sur une parole masquée depuis, ou qui ne lui a pas été montrée"
OF_HEAD = "ne dit que la fiche : sa place est dans L’essentiel"
FAULTY = "faute de langue ou de typographie"
BROKEN = "ne tient pas aux paroles citées"
NOBODY = "parle d’« une personne » là où rien ne dit qui parle"
EMPTY = "ne dit rien de plus que le titre ou qu’une autre phrase"
_PERSON = re.compile(r"\bune (?:seule |autre )?personne\b", re.IGNORECASE)
_ONESELF = re.compile(r"\b(?:je\b|j['’]|moi\b)", re.IGNORECASE)
_ENDS = re.compile(r"[\s.]+$")
_AFTER = re.compile(
    r"^(?:mais|du coup|pourtant|en revanche|cependant|toutefois|ainsi|donc|or|de plus),? ", re.IGNORECASE
)
"""What ties a sentence to the one before, which must be there."""
_UNIT = re.compile(r"(?<=\d)(?=%|€|(?:[kcm]?m²?|ha|kg|kWh|min)\b|h(?:\b|\d\d))|(?<=\dh)(?=\d\d)")
"""Where a unit is glued to its number, hours to their minutes."""
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*(?:\s?%)?")
_QUOTED = re.compile(r"[«“\"]\s*([^«»“”\"]+?)\s*[»”\"]")
_ENDED = re.compile(r"[.!?…]+(?=\s)")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…]) +(?=[A-ZÀÂÉÈÊÎÔÇ«])(?![^«]*»)(?![^“]*”)")
"""Where a sentence ends and another begins, outside « » and “ ”."""
_JOINT = re.compile(r"(?<=\w)_(?=\w)|~(?=\d)")
"""Inside a name of a field, `acces_libre`, and before about how many, `~50`."""
_CITED = re.compile(
    r"\b(\w+(?:-\w+)*) (?=(?:autres? )?(?:(personnes?|participante?s)|ateliers|r[ée]unions"
    r"|(notes|avis|r[ée]ponses|contributions|commentaires))\b)",
    re.IGNORECASE,
)
"""How many people, notes or meetings, of those that a sentence cites."""
_SIGNS = re.compile(r"[«“]\s*|\s*[»”]|\"")


@dataclass(eq=False)
class Claim:
    """A sentence of an answer: where it goes, what it rests on, and why it does not stand, if so; where there is one
    all the same, it does once a person finds it right; what stands in its place."""

    under: str
    heading: str
    text: str
    keys: frozenset[str]
    sentence: Sentence | None = None
    reason: str = ""
    instead: str = ""

    @property
    def stands(self) -> bool:
        return self.sentence is not None and not self.reason


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
        before += [_said(claim.text)] * claim.stands


def _said(text: str) -> frozenset[str]:
    return content(text) | numbers(text)


def _written(claim: Claim, asked: Asked, telling: Telling) -> tuple[Sentence | None, str]:
    """The sentence of a claim, or why it cannot be printed."""
    items, counts = _cited(claim, asked)
    if len(items) + len(counts) < len(claim.keys) or not claim.keys:
        return None, UNKNOWN if claim.keys else UNFOUNDED
    if claim.under != ESSENTIAL and _sources(items, counts) == OF_SHEET:
        return None, OF_HEAD
    text = _UNIT.sub(" ", _ENDS.sub("", claim.text))
    text = _QUOTED.sub(lambda found: f"« {found[1]} »", text.replace("'", "’"))
    exact, support = _exact(text, items, asked), _support(claim, items, counts, asked)
    plain = _SIGNS.sub("", text)
    checked, told = (
        _JOINT.sub(" ", _CITED.sub(lambda found: "" if _is_counted(found, items) else found[0], _SIGNS.sub("", one)))
        for one in (_put(text, exact, _evened), _put(text, exact, _said_there))
    )
    is_nobody = _PERSON.search(plain) and not any(map(_tells_somebody, items))
    said = numbers(" ".join((*map(masked, items), *(one.text for one in counts))))
    counted = (found[1] for found in _CITED.finditer(plain) if not _is_counted(found, items))
    is_wrong = any(not numbers(number) <= said for number in counted)
    if reason := NOBODY if is_nobody else NUMBER if is_wrong else refusal(checked, support, SIZE):
        return None, reason
    way = "{x}" if plain.endswith(("?", "!", "…")) else "{x}."
    nodes = compose(way, telling.spaces, x=list(_nodes(text, exact, counts, telling)))
    role: Any = "weighs" if claim.under == ESSENTIAL else "told"
    sentence = Sentence(nodes, _sources(items, counts), rewritten=True, role=role)
    if found := faults(sentence, telling.spaces):
        return None, f"{FAULTY} : {found[0].rule}"
    problem = problem_of(sentence, telling.places.facts, telling.material)
    return (None, f"{BROKEN} : {problem}") if problem else (sentence, held(told, support))


def _cited(claim: Claim, asked: Asked) -> tuple[list[Item], list[Sentence]]:
    """The ideas and the counts that a claim rests on, of those that are known, in order."""
    keys = sorted(claim.keys, key=number_of)
    items = [asked.items[key] for key in keys if key in asked.items]
    return items, [asked.counts[key] for key in keys if key in asked.counts]


def _sources(items: Sequence[Item], counts: Sequence[Sentence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(item.item_id for item in items), *chain.from_iterable(c.sources for c in counts))))


def _tells_somebody(item: Item) -> bool:
    """Whether an idea is of somebody, who may say « je », or tells of one, whose name may be masked."""
    text = masked(item)
    return bool(item.voice or _ONESELF.search(text)) or "personne" in text.lower() or "[" in text


def _is_counted(found: re.Match[str], items: Sequence[Item]) -> bool:
    """Whether so many people are cited, all known, or so many contributions, or files."""
    people, written = found[2], found[3]
    told = {item.voice if people else item.contribution_id if written else item.source for item in items}
    n = str(len(told))
    return all(told) and (fold(found[1]) == number_word(len(told)) or numbers(found[1]) == {n})


def _support(claim: Claim, items: Sequence[Item], counts: Sequence[Sentence], asked: Asked) -> Support:
    return Support(
        (*map(_told, items), *(one.text for one in counts)),
        about=(
            asked.titles.get(claim.under, ""),
            *asked.meeting,
            *chain.from_iterable(map(around, items)),
            *(asked.counted[key] for key in claim.keys if key in asked.counts),
        ),
        sides=(*(item.stance * item.is_sided for item in items), *[""] * len(counts)),
        heard=asked.heard,
        n_voices=len({item.voice or item.contribution_id for item in items})
        + OF_COUNTS * sum(one.sources != OF_SHEET for one in counts),
    )


def _told(item: Item) -> str:
    """The words of an idea, below what they need before them, with its votes."""
    lead = "" if is_order(item.lead) else item.lead
    return "\n".join(filter(None, [lead, " ".join([masked(item), *votes_of(item)])]))


Exact = tuple[int, int, NamedNode | WordsNode]
"""Where something between « » begins and ends in a claim, and what it is."""


def _exact(text: str, items: Sequence[Item], asked: Asked) -> list[Exact]:
    """What stands in a claim between « » and was said to the letter, or is the name of a title or of what an idea
    stands under; in order, none over another."""
    said = (one for one in words_in(text, items) if one[2].kind == "quote")
    spans = {(start, end): node for start, end, node in (*said, *_named(text, items, asked))}
    return [(*span, node) for span, node in sorted(spans.items(), key=itemgetter(0))]


def _named(text: str, items: Sequence[Item], asked: Asked) -> Iterator[Exact]:
    names = {_key(name) for item in items for name in (item.context, *item.context.split(CONTEXT_JOINT))}
    groups = {_key(title): group for title, group in asked.groups.items()}
    for found in _QUOTED.finditer(text):
        group = groups.get(key := _key(found[1]))
        if group is not None:
            yield *found.span(), NamedNode("title", found[1], NamedRef("cite", group.group_id))
        elif key in names or key in groups:
            yield *found.span(), NamedNode("given", found[1], NamedRef("contexte"))


def _key(name: str) -> str:
    return fold(name.replace("’", "'").strip())


def _put(text: str, exact: Sequence[Exact], way: Callable[[str, Node], str]) -> str:
    """A claim where its exact words and names are written in some `way`."""
    for start, end, node in reversed(exact):
        text = f"{text[:start]}{way(text[start:end], node)}{text[end:]}"
    return text


def _evened(words: str, _: Node) -> str:
    """Exact words without any sign of their own, of one sentence."""
    return _ENDED.sub(",", ODD.sub(" ", words))


def _said_there(words: str, node: Node) -> str:
    """Exact words; of a name, nothing: it says what is spoken of, not what is said."""
    return words if isinstance(node, WordsNode) else ""


def _nodes(text: str, exact: Sequence[Exact], counts: Sequence[Sentence], telling: Telling) -> Iterator[Node]:
    """A claim: exact words and names stand between « », what we counted is a fact."""
    at = 0
    for start, end, node in exact:
        yield from _with_facts(_SIGNS.sub("", text[at:start]), counts, telling)
        yield node
        at = end
    yield from _with_facts(_SIGNS.sub("", text[at:]), counts, telling)


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
    """The sentences that stand, with the claims that they are of."""
    return [(one.sentence, one) for one in claims if one.sentence is not None and not one.reason]


def refused(claims: Iterable[Claim], asked: Asked) -> Iterator[Refused]:
    """The others, as the draft tells them."""
    for one in claims:
        if one.reason:
            text, sources = one.text if one.sentence is None else one.sentence.text, _sources(*_cited(one, asked))
            yield Refused(text, asked.name_of(one.under), one.reason, sources, one.sentence is not None, one.instead)
