"""The paragraph of a title and L'essentiel, written by a language model, each sentence under lock for what it cites.

A model's answer is untrusted text, and so is what people said: it may bring a name, a number, a promise, an
instruction, or nothing at all. A sentence that does not hold is left out alone; what is left of ours stays. Without a
model, or when nothing holds, the draft is as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, takewhile
from typing import Annotated, NamedTuple

from pydantic import Field

from pipeline.assistant.asking import WAITING, Answer, Assistant, Failure, Ids, Question, Text
from pipeline.assistant.lock import Size, Support, Vectors, content, is_order, numbers, refusal
from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.draft import Block, Draft, Node, Section, Sentence, Shown, TextNode
from pipeline.contracts.labels import PART_NAMES
from pipeline.contracts.plan import Kind
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either
from pipeline.language.text.typography import typeset
from pipeline.language.text.words import content_words
from pipeline.restitution.nodes import compose
from pipeline.restitution.proofreading import faults
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.lock import FIGURE_WORDS, problem_of
from pipeline.restitution.quoting.quotes import is_chosen, masked, may_tell, report_node
from pipeline.restitution.sections.closing import SILENT, silent_titles
from pipeline.restitution.sections.planned import axis_title
from pipeline.workshop.model import Group, Item

PARAGRAPH, ESSENTIAL = "paragraphe", "essentiel"
SIZE = Size(5, 40)
SENTENCES_MAX, GIVEN_MAX = 4, 16
IDEAS_MAX, WORDS_SHOWN_MAX, HEADING_MAX = 24, 50, 160
"""Ideas that a model is shown of a title, the surest first, words of each, characters of what stands around it."""
ENOUGH = 2
"""Sentences of a model from which ours that tell the same words go."""
PROOF_WORDS_MAX = 30
COMMON_MIN, COMMON_SHARE = 3, 0.05
"""Contributions, and the share of all, that say a word from which it is the workshop's, and any sentence may use it."""
ROLES: Mapping[str, Kind] = {PARAGRAPH: "told", ESSENTIAL: "weighs"}
UNKNOWN = "parole inconnue citée à l’appui"
FAULTY = "faute de langue ou de typographie"
BROKEN = "refusée par le verrou des citations"
COPIED = "recopie une parole, qui serait une citation"
EMPTY = "ne dit rien de plus que le titre ou qu’une autre phrase"
ASIDE = "à revoir par vous"
"""What becomes of words that a model says do not speak of their title: nothing, until a person moves them."""
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
    """Sentences in order, and the ids of what does not speak of the title."""

    phrases: Annotated[list[Told], Field(max_length=GIVEN_MAX)]
    ailleurs: Ids = Field(default_factory=list)


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


@dataclass(frozen=True)
class _Asked:
    """What to tell: a title and its groups, that of most ideas first, or a block that no title heads, under a heading
    of the files; and the ideas that a model is shown, by id."""

    title: str
    axis: str
    ideas: Mapping[str, Item]
    groups: tuple[Group, ...] = ()
    block: Block | None = None


def rewrite_draft(
    draft: Draft, telling: Telling, assistant: Assistant, words_max: int, vectors: Vectors | None = None
) -> tuple[Draft, tuple[Outcome, ...]]:
    """The draft with what a model wrote of its titles (sentences marked `rewritten`) where it holds; every outcome.

    The draft given is not changed; a server that fails raises nothing.

    Parameters
    ----------
    words_max : of L'essentiel.
    vectors : our own sentence vectors; None where none are at hand.
    """
    tasks = assistant.config.taches
    lock = _Lock(telling, vectors, _common(telling))
    asked = [*_titled(draft, telling), *_untitled(draft, telling)] if tasks.paragraphe else []
    outcomes: list[Outcome] = []
    told: list[tuple[_Asked, list[Sentence]]] = []
    for one, answer in zip(asked, assistant.ask(map(_question, asked)), strict=True):
        cited = {key: _Cited((one.title, _around(item)), (item,)) for key, item in one.ideas.items()}
        sentences, found = lock.kept(PARAGRAPH, one.title, answer, cited)
        outcomes += found
        if sentences:
            told.append((one, sentences[:SENTENCES_MAX]))
    for one, sentences in told:
        draft = _with_paragraph(_with_all_axes(draft, telling), telling, one, sentences)
    draft = _said_so(draft, telling, {one.title for one, _ in told}) if told else draft
    if told and tasks.essentiel and ESSENTIAL not in telling.material.parts:
        answer = assistant.ask([_about_all(told)])[0]
        cited = {
            f"p{n}": _Cited((one.title,), _items(telling, found), tuple(sentence.text for sentence in found))
            for n, (one, found) in enumerate(told, 1)
        }
        sentences, found = lock.kept(ESSENTIAL, PART_NAMES[ESSENTIAL], answer, cited)
        outcomes += found
        draft = _with_essential(draft, sentences, words_max)
    return draft, tuple(outcomes)


def summary(outcomes: Sequence[Outcome]) -> str:
    """One sentence in French for the person who ran it."""
    own = [outcome for outcome in outcomes if outcome.reason != ASIDE]
    n_taken = sum(not outcome.reason for outcome in own)
    told = f"Modèle de langue : {n_taken} de ses {len(own)} phrases retenues"
    refused = Counter(outcome.reason for outcome in own if outcome.reason)
    reasons = ", ".join(f"{reason} ({n})" for reason, n in sorted(refused.items(), key=lambda r: (-r[1], r[0])))
    return f"{told} ; les autres sont laissées : {reasons}." if reasons else f"{told}."


def _titled(draft: Draft, telling: Telling) -> Iterator[_Asked]:
    """The titles of people and those that the draft tells, that nobody told in her own words."""
    material = telling.material
    axes = [section for section in draft.sections if section.axis]
    headed = {key for section in axes for block in section.blocks for key in block.groups}
    together: dict[str, list[Group]] = {}
    for group in chain.from_iterable(map(material.groups_of, COMPASS_CODES if axes else ())):
        if group.group_id in headed or not group.is_proposed:
            together.setdefault(group.title, []).append(group)
    for title, groups in together.items():
        groups.sort(key=lambda group: not material.is_home(group))
        first = [key for group in groups if (unit := telling.plan.units.get(group.group_id)) for key in unit.members]
        ideas = _shown(telling, (*first, *(item.item_id for group in groups for item in group.members)))
        if ideas and not is_order(title) and not any(map(_is_not_its, groups)):
            yield _Asked(title, groups[0].axis, ideas, tuple(groups))


def _is_not_its(group: Group) -> bool:
    """Whether a model tells nothing of a group: a person wrote its text, or most are against, who are told with it."""
    return bool(group.author_text) or (group.is_outnumbered and not group.is_refusal)


def _untitled(draft: Draft, telling: Telling) -> Iterator[_Asked]:
    """What the draft tells of several contributions under no title."""
    for section in (section for section in draft.sections if section.axis):
        heading = ""
        for block in section.blocks:
            heading = block.value.text if block.kind == "heading" else heading
            ideas = _shown(telling, [key for one in block.sentences for key in one.sources])
            if not block.groups and len({item.contribution_id for item in ideas.values()}) > 1:
                yield _Asked("" if is_order(heading) else heading, section.axis, ideas, block=block)


def _shown(telling: Telling, keys: Iterable[str]) -> dict[str, Item]:
    """The ideas that a model may be shown, each once, by their ids in the question."""
    items = telling.material.items
    found = (items[key] for key in dict.fromkeys(keys) if key in items)
    shown = (item for item in found if may_tell(item) and not is_order(item.text))
    return {f"m{n}": item for n, item in enumerate(islice(shown, IDEAS_MAX), 1)}


def _around(item: Item) -> str:
    """What stands around an idea: its headings or its question, and the words that open its list; "" for an order."""
    told = " – ".join(filter(None, (item.context, item.lead)))[-HEADING_MAX:]
    return "" if is_order(told) else told


def _voice(item: Item) -> str:
    return item.voice or item.contribution_id


def _question(one: _Asked) -> Question[Paragraph]:
    voices = {voice: n for n, voice in enumerate(dict.fromkeys(map(_voice, one.ideas.values())), 1)}
    shown = [
        {
            "id": key,
            "texte": " ".join(masked(item).split()[:WORDS_SHOWN_MAX]),
            "axe": compass()[item.axis].name,
            "voix": voices[_voice(item)],
            **({"sous": around} if (around := _around(item)) else {}),
            **({"table": item.table} if item.table else {}),
            **({"position": item.stance} if item.stance in ("pour", "contre", "nuance") else {}),
        }
        for key, item in one.ideas.items()
    ]
    about = {"axe": compass()[one.axis].name, "devise": compass()[one.axis].motto, "titre": one.title, "paroles": shown}
    return Question(PARAGRAPH, about, Paragraph, tuple(item.item_id for item in one.ideas.values()))


def _about_all(told: Sequence[tuple[_Asked, Sequence[Sentence]]]) -> Question[Paragraph]:
    shown = [
        {"id": f"p{n}", "axe": compass()[one.axis].name, "titre": one.title, "texte": " ".join(s.text for s in found)}
        for n, (one, found) in enumerate(told, 1)
    ]
    sources = dict.fromkeys(key for _, found in told for sentence in found for key in sentence.sources)
    return Question(ESSENTIAL, {"paragraphes": shown}, Paragraph, tuple(sources))


def _items(telling: Telling, sentences: Sequence[Sentence]) -> tuple[Item, ...]:
    return tuple(telling.material.items[key] for key in dict.fromkeys(chain(*(one.sources for one in sentences))))


class _Cited(NamedTuple):
    """What a sentence cites by an id: ideas, what stands around them, and what was written of them."""

    around: tuple[str, ...]
    items: tuple[Item, ...]
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Lock:
    """What sentences are judged with; `common` : what the workshop is about, in the words that many say."""

    telling: Telling
    vectors: Vectors | None
    common: str

    def kept(
        self, task: str, title: str, answer: Paragraph | Failure, cited: Mapping[str, _Cited]
    ) -> tuple[list[Sentence], list[Outcome]]:
        """The sentences of an answer that hold, and what became of each."""
        if isinstance(answer, Failure):
            return [], [Outcome(task, title, "", answer.reason)] * (answer.reason != WAITING)
        heard = len({_voice(item) for one in cited.values() for item in one.items})
        below = {text for one in cited.values() for text in one.sentences}
        sentences, outcomes = list[Sentence](), list[Outcome]()
        known, is_after = [content(title) | numbers(title)], False
        for one in answer.phrases:
            claim = " ".join(one.texte.split())
            claim = claim if is_after else _AFTER.sub("", claim)
            told = [cited[key] for key in one.appuis if key in cited]
            is_known = told and len(told) == len(one.appuis)
            sentence, reason = self._written(claim, told, heard, ROLES[task]) if is_known else (None, UNKNOWN)
            said = content(claim) | numbers(claim)
            if sentence is not None and (sentence.text in below or any(said <= other for other in known)):
                sentence, reason = None, EMPTY
            sentences += [sentence] if sentence is not None else []
            known += [said] if sentence is not None else []
            is_after = sentence is not None
            outcomes.append(Outcome(task, title, claim, reason))
        outcomes = outcomes or [Outcome(task, title, "", "réponse vide")]
        return sentences, [*outcomes, *_aside(title, answer, cited)]

    def _written(self, claim: str, told: Sequence[_Cited], heard: int, role: Kind) -> tuple[Sentence | None, str]:
        """The sentence of a claim, or why it cannot be printed."""
        claim = _ENDS.sub("", claim)
        items = list(dict.fromkeys(item for one in told for item in one.items))
        texts = [text for one in told for text in one.sentences]
        around = [text for one in told for text in one.around]
        support = Support(
            (*map(masked, items), *texts),
            said_by=1,
            about=(*around, *map(_around, items), *(f"table {item.table}" for item in items), self.common),
            sides=(*(item.stance for item in items), *("" for _ in texts)),
            axes=tuple(item.axis for item in items),
            n_voices=len(set(map(_voice, items))),
            n_heard=heard,
        )
        is_copied = any(fold(claim) in fold(masked(item)) for item in items)
        reason = COPIED if is_copied else refusal(claim, support, SIZE, self.vectors)
        if reason:
            return None, reason
        way = "{x}" if claim.endswith(("?", "!", "…")) else "{x}."
        nodes = compose(way, self.telling.spaces, x=_with_figures(claim, items))
        sentence = Sentence(nodes, tuple(item.item_id for item in items), rewritten=True, role=role)
        if faults(sentence, self.telling.spaces):
            return None, FAULTY
        broken = problem_of(sentence, self.telling.places.facts, self.telling.material)
        return (None, BROKEN) if broken else (sentence, "")


def _aside(title: str, answer: Paragraph, cited: Mapping[str, _Cited]) -> list[Outcome]:
    """The words that a model says do not speak of their title, for a person to look at."""
    items = [item for key in answer.ailleurs if key in cited for item in cited[key].items]
    return [Outcome("ailleurs", title, masked(item), ASIDE) for item in items]


def _common(telling: Telling) -> str:
    """The title of the workshop, and the words that many contributions say."""
    said: dict[str, set[str]] = {}
    for item in telling.material.items.values():
        if may_tell(item):
            said.setdefault(item.contribution_id, set()).update(content_words(masked(item)))
    counts = Counter(chain.from_iterable(said.values()))
    least = max(COMMON_MIN, COMMON_SHARE * len(said))
    titles = (title for row in telling.material.workshops if not is_order(title := str(row["titre"])))
    return " ".join((*titles, *sorted(word for word, n in counts.items() if n >= least)))


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


def _with_all_axes(draft: Draft, telling: Telling) -> Draft:
    """The draft with a section for each axis, where it has one at all."""
    known = {section.axis: section for section in draft.sections if section.axis}
    if not known:
        return draft
    first = list(takewhile(lambda section: not section.axis, draft.sections))
    last = [section for section in draft.sections[len(first) :] if not section.axis]
    made = [known.get(axis) or _empty(axis, telling) for axis in COMPASS_CODES]
    return replace(draft, sections=(*first, *made, *last))


def _empty(axis: str, telling: Telling) -> Section:
    motto = Block("motto", value=Shown(text=typeset(compass()[axis].motto, telling.spaces)))
    return Section(axis, typeset(axis_title(telling, axis), telling.spaces), (motto,), axis)


def _with_paragraph(draft: Draft, telling: Telling, one: _Asked, theirs: Sequence[Sentence]) -> Draft:
    """The draft with what a model wrote under a title, which gets its heading where it had none."""
    keys = tuple(group.group_id for group in one.groups)
    in_place = {
        id(block)
        for section in draft.sections
        for block in section.blocks
        if section.axis and block.sentences and (block == one.block or not {*keys}.isdisjoint(block.groups))
    }
    ours = [s for section in draft.sections for b in section.blocks if id(b) in in_place for s in b.sentences]
    whole: list[Block] = [Block("paragraph", tuple(_together(ours, theirs, telling)), groups=keys)]
    sections = []
    for section in draft.sections:
        blocks: list[Block] = []
        for block in section.blocks:
            blocks += [block] if id(block) not in in_place else whole
            whole = [] if id(block) in in_place else whole
        if not in_place and section.axis == one.axis:
            heading = Shown(text=typeset(one.title, telling.spaces))
            at = next((n for n, block in enumerate(blocks) if _is_after(block, one, telling)), len(blocks))
            blocks[at:at] = [Block("heading", level=1, groups=keys[:1], value=heading), *whole]
        sections.append(replace(section, blocks=tuple(blocks)))
    return replace(draft, sections=tuple(sections))


def _is_after(block: Block, one: _Asked, telling: Telling) -> bool:
    """Whether a heading comes after that of a title: of another that stands later, or of none."""
    groups = telling.material.groups
    is_later = not block.groups or groups[block.groups[0]].position > one.groups[0].position
    return block.kind == "heading" and is_later


def _together(ours: Sequence[Sentence], theirs: Sequence[Sentence], telling: Telling) -> Iterator[Sentence]:
    """How widely a title is spoken of, what a model wrote, a quotation of what it tells as proof, and what of ours it
    does not tell: words that a person chose always stay."""
    items = telling.material.items
    cited = {key for one in theirs for key in one.sources}
    first = [one for one in ours if one.role in ("author", "spread")]
    proofs, left = list[Sentence](), list[Sentence]()
    for one in ours:
        words = one.quoted_items
        if one in first:
            continue
        if not words or one.role != "told" or any(is_chosen(items[key]) for key in words):
            left.append(one)
        elif set(words) <= cited:
            is_quoted = any(node.kind == "quote" for node in one.nodes)
            proofs += [one] if is_quoted and one.n_words <= PROOF_WORDS_MAX else []
        elif len(theirs) < ENOUGH:
            left.append(one)
    yield from (*first, *theirs, *proofs[:1], *left)


DISCLOSED = (
    "Des phrases de ce texte ont été écrites par un modèle de langue ; hors de L’essentiel, chacune porte les repères "
    "des paroles sur lesquelles elle s’appuie, et dont elle garde les mots."
)


def _said_so(draft: Draft, telling: Telling, told: Collection[str]) -> Draft:
    """The draft that says who wrote, and no longer says of titles that are told that only the other document tells
    them."""
    disclosed = Block("paragraph", (telling.say(DISCLOSED, ("atelier.toml",)),))
    left = [title for title in silent_titles(telling) if title not in told]
    line = Shown(text=typeset(f"{SILENT} : {' ; '.join(left)}.", telling.spaces))
    sections = []
    for section in draft.sections:
        blocks = [
            replace(block, value=line) if block.value.text.startswith(SILENT) else block
            for block in section.blocks
            if left or not block.value.text.startswith(SILENT)
        ]
        blocks += [disclosed] if section.key == "recueil" else []
        is_left = len(blocks) > 1 if section.axis else blocks or not section.blocks
        sections += [replace(section, blocks=tuple(blocks))] if is_left else []
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
