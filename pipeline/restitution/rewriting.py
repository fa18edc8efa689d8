"""The paragraph of a title and L'essentiel, written by a language model, each sentence under lock for what it cites.

A model's answer is untrusted text, and so is what people said: it may bring a name, a number, a promise, an
instruction, or nothing at all. A sentence that does not hold is asked for once again, with why; then it is left out
alone, and what is left of ours stays. Without a model, or when nothing holds, the draft is as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Annotated

from pydantic import Field

from pipeline.assistant.asking import WAITING, Answer, Assistant, Failure, Ids, Question, Text
from pipeline.assistant.by_hand import ByHand
from pipeline.assistant.lock import Size, is_order, numbers, refusal
from pipeline.assistant.support import Support, content
from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.draft import Block, Draft, Node, Section, Sentence, TextNode
from pipeline.contracts.labels import PART_NAMES
from pipeline.contracts.plan import Kind
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either
from pipeline.restitution.nodes import compose
from pipeline.restitution.proofreading import faults
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.lock import FIGURE_WORDS, problem_of
from pipeline.restitution.quoting.quotes import is_chosen, masked, may_tell, report_node
from pipeline.workshop.model import Group, Item, Material

PARAGRAPH, ESSENTIAL = "paragraphe", "essentiel"
SIZE = Size(5, 40)
SENTENCES_MAX, GIVEN_MAX = 4, 16
IDEAS_MAX, WORDS_SHOWN_MAX, HEADING_MAX = 24, 50, 160
"""Ideas that a model is shown of a title, the surest first, words of each, characters of what stands around it."""
ENOUGH = 2
"""Sentences of a model from which ours that tell the same words go."""
PROOF_WORDS_MAX = 30
ROLES: Mapping[str, Kind] = {PARAGRAPH: "told", ESSENTIAL: "weighs"}
UNKNOWN = "parole inconnue citée à l’appui"
OTHER = "ne s’appuie sur rien de ce qui était à refaire"
FAULTY = "faute de langue ou de typographie"
BROKEN = "refusée par le verrou des citations"
NOBODY = "une personne que rien ne dit"
_PERSON = re.compile(r"\bune (?:seule |autre )?personne\b", re.IGNORECASE)
COPIED = "recopie une parole, qui serait une citation"
EMPTY = "ne dit rien de plus que le titre ou qu’une autre phrase"
_ENDS = re.compile(r"[\s.]+$")
_AFTER = re.compile(
    r"^(?:mais|du coup|pourtant|en revanche|cependant|toutefois|ainsi|donc|or|de plus),? ", re.IGNORECASE
)
"""What ties a sentence to the one before, which must be there."""
_FIGURE = re.compile(rf"\d+(?:\s?[.,:hH/]?\s?\d+)*(?:\s?[%€])?|\b(?:{either(FIGURE_WORDS)})\b", re.IGNORECASE)


class Told(Answer):
    """A sentence, and the ids of what it rests on."""

    texte: Text
    appuis: Ids


class Paragraph(Answer):
    """Sentences in order."""

    phrases: Annotated[list[Told], Field(max_length=GIVEN_MAX)]


@dataclass(frozen=True)
class Outcome:
    """One sentence of a model, or what else it gave, for the page on method.

    Attributes
    ----------
    about : what it was asked of, for people.
    theirs : what it gave, "" when it gave nothing.
    reason : why it was not taken, in French; "" when it was.
    """

    task: str
    about: str
    theirs: str
    reason: str


@dataclass
class _Asked:
    """What to tell, and what a model told of it.

    Attributes
    ----------
    shown : what a model is shown of it.
    cited : by id, the ideas that a sentence rests on when it cites it.
    blocks : of the draft, whose place it takes. below : sentences that stand there, and are not said again as they are.
    sentences : what was given, in order; None for what does not hold, whose `supports` a second answer must share.
    """

    task: str
    title: str
    shown: Mapping[str, object]
    cited: Mapping[str, tuple[Item, ...]]
    blocks: Sequence[Block] = ()
    below: frozenset[str] = frozenset()
    sentences: list[Sentence | None] = field(default_factory=list)
    supports: list[set[str]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def kept(self) -> list[Sentence]:
        """What holds."""
        return [one for one in self.sentences if one is not None]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every idea that it may cite."""
        return tuple(dict.fromkeys(chain.from_iterable(self.cited.values())))

    def question(self) -> Question[Paragraph]:
        """What is asked; again, with what was refused and why."""
        refused = [{"texte": one.theirs, "raison": one.reason} for one in self.outcomes if one.reason]
        shown = {**self.shown, "refusees": refused} if refused else self.shown
        return Question(self.task, shown, Paragraph, tuple(item.item_id for item in self.items))


def rewrite_draft(
    draft: Draft, telling: Telling, assistant: Assistant, words_max: int
) -> tuple[Draft, tuple[Outcome, ...]]:
    """The draft with what a model wrote of its titles (sentences marked `rewritten`) where it holds; every outcome. A
    server that fails raises nothing.

    `words_max` : of L'essentiel.
    """
    tasks = assistant.config.taches
    asked = [*_titled(draft, telling), *_untitled(draft, telling)] if tasks.paragraphe else []
    _tell(asked, telling, assistant)
    told = [one for one in asked if one.kept]
    texts = {id(one.blocks[0]): tuple(_together(one, telling)) for one in told}
    texts |= {id(block): () for one in told for block in one.blocks[1:]}
    draft = _without_emptied(_mapped(draft, lambda one: replace(one, sentences=texts.get(id(one), one.sentences))))
    if told:
        draft = _said_so(draft, telling)
    is_waiting = bool(assistant.account.waiting)  # L'essentiel tells what every title came to
    if told and tasks.essentiel and not is_waiting and ESSENTIAL not in telling.material.parts:
        asked.append(_essential(told))
        _tell(asked[-1:], telling, assistant)
        draft = _with_essential(draft, asked[-1].kept, words_max)
    return draft, tuple(chain.from_iterable(one.outcomes for one in asked))


def summary(outcomes: Sequence[Outcome]) -> str:
    """One sentence in French for the person who ran it."""
    n_taken = sum(not outcome.reason for outcome in outcomes)
    told = f"Modèle de langue : {n_taken} de ses {len(outcomes)} phrases retenues"
    refused = Counter(outcome.reason for outcome in outcomes if outcome.reason)
    reasons = ", ".join(f"{reason} ({n})" for reason, n in sorted(refused.items(), key=lambda r: (-r[1], r[0])))
    return f"{told} ; les autres sont laissées : {reasons}." if reasons else f"{told}."


def _mapped(draft: Draft, change: Callable[[Block], Block]) -> Draft:
    sections = (replace(section, blocks=tuple(map(change, section.blocks))) for section in draft.sections)
    return replace(draft, sections=tuple(sections))


def _without_emptied(draft: Draft) -> Draft:
    """The draft without paragraphs told elsewhere, the headings of nothing else, and the axes that have no more."""
    sections = []
    for section in draft.sections:
        blocks = [one for one in section.blocks if one.kind != "paragraph" or one.sentences]
        after = [*(one.kind for one in blocks[1:]), "heading"]
        blocks = [one for one, kind in zip(blocks, after, strict=bool(blocks)) if (one.kind, kind) != ("heading",) * 2]
        sections += [replace(section, blocks=tuple(blocks))] if len(blocks) > 1 or not section.axis else []
    return replace(draft, sections=tuple(sections))


def _tell(asked: Sequence[_Asked], telling: Telling, assistant: Assistant) -> None:
    """Ask, keep what holds, and ask once again for what does not, but of a person who copies and pastes."""
    for _ in range(1 if isinstance(assistant.server, ByHand) else 2):
        for one, answer in zip(asked, assistant.ask([one.question() for one in asked]), strict=True):
            _judge(one, answer, telling)
        asked = [one for one in asked if any(found.theirs and found.reason for found in one.outcomes)]


def _titled(draft: Draft, telling: Telling) -> Iterator[_Asked]:
    """The titles of the draft that nobody told in her own words, with what it tells under them, if anything."""
    material, units = telling.material, telling.plan.units
    titled: dict[str, tuple[str, list[Block]]] = {}
    for section in draft.sections:
        for block in section.blocks if section.axis else ():
            if block.groups and block.kind == "paragraph":
                titled.setdefault(material.groups[block.groups[0]].title, (section.axis, []))[1].append(block)
    for title, (axis, blocks) in titled.items():
        found = _groups_of(title, {key for block in blocks for key in block.groups}, material)
        first = [key for one in found if one.group_id in units for key in units[one.group_id].members]
        ideas = _shown(telling, (*first, *(item.item_id for one in found for item in one.members)))
        if ideas and not is_order(title) and not any(map(_is_not_its, found)):
            yield _paragraph(title, axis, ideas, blocks)


def _untitled(draft: Draft, telling: Telling) -> Iterator[_Asked]:
    """What the draft tells of several contributions under no title, under a heading of the files."""
    for section in (section for section in draft.sections if section.axis):
        heading = ""
        for block in section.blocks:
            heading = block.value.text if block.kind == "heading" else heading
            ideas = _shown(telling, [key for one in block.sentences for key in one.sources])
            if not block.groups and len({item.contribution_id for item in ideas}) > 1:
                yield _paragraph("" if is_order(heading) else heading, section.axis, ideas, [block])


def _groups_of(title: str, known: Collection[str], material: Material) -> list[Group]:
    """The groups of a title on all its axes, that of most ideas first."""
    groups = (one for axis in COMPASS_CODES for one in material.groups_of(axis) if one.title == title)
    found = [one for one in groups if one.group_id in known or not one.is_proposed]
    return sorted(found, key=lambda one: not material.is_home(one))


def _is_not_its(group: Group) -> bool:
    """Whether a model tells nothing of a group: a person wrote its text, or most are against, who are told with it."""
    return bool(group.author_text) or (group.is_outnumbered and not group.is_refusal)


def _shown(telling: Telling, keys: Iterable[str]) -> list[Item]:
    """The ideas that a model may be shown, each once."""
    items = telling.material.items
    found = (items[key] for key in dict.fromkeys(keys) if key in items)
    return list(islice((item for item in found if may_tell(item) and not is_order(item.text)), IDEAS_MAX))


def _around(item: Item) -> str:
    """What stands around an idea: its headings or its question, and the words that open its list; "" for an order."""
    told = " – ".join(filter(None, (item.context, item.lead)))[-HEADING_MAX:]
    return "" if is_order(told) else told


def _voice(item: Item) -> str:
    return item.voice or item.contribution_id


def _paragraph(title: str, axis: str, ideas: Sequence[Item], blocks: Sequence[Block]) -> _Asked:
    voices = {voice: n for n, voice in enumerate(dict.fromkeys(map(_voice, ideas)), 1)}
    cited = {f"m{n}": (item,) for n, item in enumerate(ideas, 1)}
    shown = [
        {
            "id": key,
            "texte": " ".join(masked(item).split()[:WORDS_SHOWN_MAX]),
            "axe": compass()[item.axis].name,
            "voix": voices[_voice(item)],
            **({"personne": "oui"} if item.voice else {}),
            **({"sous": around} if (around := _around(item)) else {}),
            **({"table": item.table} if item.table else {}),
            **({"position": item.stance} if item.stance in ("pour", "contre", "nuance") else {}),
        }
        for key, (item,) in cited.items()
    ]
    about = {"axe": compass()[axis].name, "devise": compass()[axis].motto, "titre": title, "paroles": shown}
    return _Asked(PARAGRAPH, title, about, cited, blocks)


def _essential(told: Sequence[_Asked]) -> _Asked:
    """L'essentiel, of the sentences that were kept, which stand for their ideas."""
    shown: list[Mapping[str, object]] = []
    cited: dict[str, tuple[Item, ...]] = {}
    for one in told:
        for sentence in one.kept[:SENTENCES_MAX]:
            key = f"p{len(cited) + 1}"
            cited[key] = tuple(item for item in one.items if item.item_id in sentence.sources)
            shown.append({"id": key, "axe": one.shown["axe"], "titre": one.title, "texte": sentence.text})
    below = frozenset(str(one["texte"]) for one in shown)
    return _Asked(ESSENTIAL, PART_NAMES[ESSENTIAL], {"phrases": shown}, cited, below=below)


def _judge(asked: _Asked, answer: Paragraph | Failure, telling: Telling) -> None:
    """Keep the sentences of an answer that hold, each of a second one in the place of what it was asked again for: what
    rested on some of the same ideas, or on none that is known."""
    if isinstance(answer, Failure):
        asked.outcomes += [Outcome(asked.task, asked.title, "", answer.reason)] * (answer.reason != WAITING)
        return
    places = [n for n, one in enumerate(asked.sentences) if one is None]
    is_second = bool(asked.sentences)
    known = [
        content(asked.title) | numbers(asked.title),
        *(content(one.text) | numbers(one.text) for one in asked.kept),
    ]
    for one in answer.phrases:
        keys = set(one.appuis) & asked.cited.keys()
        at = _place_of(keys, asked, places)
        is_other = is_second and at not in places
        is_after = at > 0 and asked.sentences[at - 1] is not None
        claim = " ".join(one.texte.split())
        claim = claim if is_after else _AFTER.sub("", claim)
        said = content(claim) | numbers(claim)
        sentence, reason = _written(claim, one.appuis, asked, telling)
        if sentence is not None and (sentence.text in asked.below or any(said <= other for other in known)):
            sentence, reason = None, EMPTY
        if is_other:
            sentence, reason = None, reason or OTHER
        else:
            asked.sentences[at : at + 1], asked.supports[at : at + 1] = [sentence], [keys]
            places = [n for n in places if n != at]
        known += [said] if sentence is not None else []
        asked.outcomes.append(Outcome(asked.task, asked.title, claim, reason))
    if not asked.outcomes:
        asked.outcomes.append(Outcome(asked.task, asked.title, "", "réponse vide"))


def _place_of(keys: set[str], asked: _Asked, places: Sequence[int]) -> int:
    """Of the places to fill again, the one of what rested on the same ideas, else on none; else the end."""
    own = [n for n in places if asked.supports[n] & keys] or [n for n in places if not asked.supports[n]]
    return min(own, key=lambda n: (len(asked.supports[n] ^ keys), n), default=len(asked.sentences))


def _written(claim: str, keys: Sequence[str], asked: _Asked, telling: Telling) -> tuple[Sentence | None, str]:
    """The sentence of a claim, or why it cannot be printed."""
    if not keys or not set(keys) <= set(asked.cited):
        return None, UNKNOWN
    claim = _ENDS.sub("", claim)
    items = list(dict.fromkeys(chain.from_iterable(asked.cited[key] for key in keys)))
    support = Support(
        tuple(map(masked, items)),
        said_by=1,
        about=(asked.title, *map(_around, items), *(f"table {item.table}" for item in items)),
        sides=tuple(item.stance for item in items),
        axes=tuple(item.axis for item in items),
        n_voices=len(set(map(_voice, items))),
        n_heard=len(set(map(_voice, asked.items))),
    )
    is_copied = any(fold(claim) in fold(masked(item)) for item in items)
    is_nobody = _PERSON.search(claim) and not any(item.voice or "personne" in fold(masked(item)) for item in items)
    if reason := COPIED if is_copied else NOBODY if is_nobody else refusal(claim, support, SIZE):
        return None, reason
    way = "{x}" if claim.endswith(("?", "!", "…")) else "{x}."
    nodes = compose(way, telling.spaces, x=_with_figures(claim, items))
    sentence = Sentence(nodes, tuple(item.item_id for item in items), rewritten=True, role=ROLES[asked.task])
    if faults(sentence, telling.spaces):
        return None, FAULTY
    return (None, BROKEN) if problem_of(sentence, telling.places.facts, telling.material) else (sentence, "")


def _with_figures(claim: str, items: Sequence[Item]) -> list[Node]:
    """A claim whose figures are words of those who said them."""
    nodes: list[Node] = []
    last = 0
    for found in _FIGURE.finditer(claim):
        word = re.compile(rf"(?<!\w){re.escape(found[0])}", re.IGNORECASE)
        said = ((item, at) for item in items if (at := word.search(item.source_text, *item.own)) is not None)
        if (first := next(said, None)) is not None:
            nodes += [TextNode(claim[last : found.start()]), report_node(first[0], first[1].span())]
            last = found.end()
    return [*nodes, TextNode(claim[last:])]


def _together(one: _Asked, telling: Telling) -> Iterator[Sentence]:
    """How widely a title is spoken of, what a model wrote, a quotation of what it tells as proof, and what of ours it
    does not tell: words that a person chose always stay."""
    items, theirs = telling.material.items, one.kept[:SENTENCES_MAX]
    cited = {key for sentence in theirs for key in sentence.sources}
    ours = [sentence for block in one.blocks for sentence in block.sentences]
    first = [sentence for sentence in ours if sentence.role in ("author", "spread")]
    proofs, left = list[Sentence](), list[Sentence]()
    for sentence in ours:
        words = sentence.quoted_items
        if sentence in first or sentence.role == "where":
            continue
        if not words or sentence.role != "told" or any(is_chosen(items[key]) for key in words):
            left.append(sentence)
        elif set(words) <= cited:
            is_quoted = any(node.kind == "quote" for node in sentence.nodes)
            proofs += [sentence] if is_quoted and sentence.n_words <= PROOF_WORDS_MAX else []
        elif len(theirs) < ENOUGH:
            left.append(sentence)
    yield from (*first, *theirs, *proofs[:1], *left)


DISCLOSED = (
    "Des phrases de ce texte ont été écrites par un modèle de langue ; hors de L’essentiel, chacune porte les repères "
    "des paroles sur lesquelles elle s’appuie, et dont elle garde les mots."
)


def _said_so(draft: Draft, telling: Telling) -> Draft:
    """The draft that says who wrote."""
    disclosed = Block("paragraph", (telling.say(DISCLOSED, ("atelier.toml",)),))
    sections = [
        replace(section, blocks=(*section.blocks, disclosed)) if section.key == "recueil" else section
        for section in draft.sections
    ]
    return replace(draft, sections=tuple(sections))


def _with_essential(draft: Draft, theirs: Sequence[Sentence], words_max: int) -> Draft:
    """The draft whose essential says what a model wrote instead of naming titles, as far as its length allows."""
    sections: list[Section] = []
    for section in draft.sections:
        if section.key == ESSENTIAL and theirs:
            ours = section.sentences
            are_titles = [one.role != "disputed" and any(node.kind == "title" for node in one.nodes) for one in ours]
            at = are_titles.index(True) if True in are_titles else 0
            first, rest = ours[:at], [one for one, named in zip(ours[at:], are_titles[at:], strict=True) if not named]
            kept, n = list[Sentence](), sum(one.n_words for one in (*first, *rest))
            for one in theirs:
                if n + one.n_words <= words_max:
                    kept.append(one)
                    n += one.n_words
            mottos = (block for block in section.blocks if not block.sentences)
            if kept:
                section = replace(section, blocks=(*mottos, Block("paragraph", (*first, *kept, *rest))))
        sections.append(section)
    return replace(draft, sections=tuple(sections))
