"""The page that a language model writes from what was said, title by title, each sentence under lock for what it cites.

It is shown the titles, the ideas in the order of their files with what stands around them, and what was counted, and
asked once for the whole page. Its answer is untrusted text, and so is what people said: it may bring a name, a number,
a promise, an instruction, or nothing at all. A sentence that does not hold is asked for once again, with why, then left
out alone; where nothing holds, what stands there is ours.

The page that was answered stands through what people do next: its sentences are judged again on what is known now, and
follow ideas that a person moved. Only ideas or titles that it was not shown make it asked for again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, chain, groupby, islice
from typing import Annotated, Any

from pydantic import Field

from pipeline.assistant.asking import WAITING, Answer, Assistant, Failure, Ids, Question, Short, Text, prompt_of
from pipeline.assistant.lock import Size, doubt, is_order, numbers, refusal
from pipeline.assistant.support import Support, content
from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.draft import Block, Draft, FactNode, Node, Section, Sentence, Shown, TextNode
from pipeline.contracts.labels import PART_NAMES
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either
from pipeline.restitution.material.facts import french_date
from pipeline.restitution.nodes import compose
from pipeline.restitution.proofreading import faults
from pipeline.restitution.prose.places import NUMBERED
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.lock import FIGURE_WORDS, problem_of
from pipeline.restitution.quoting.quotes import is_chosen, masked, report_node, words_in
from pipeline.restitution.sections.planned import BESIDE, axis_title
from pipeline.workshop.model import Group, Item, Material, may_tell

PAGE, WHOLE = "page", "la page"
"""The task, and the name under which what was asked of it is kept."""
ESSENTIAL = "essentiel"
COUNTED = ("votes", "avis")
"""Sections of ours whose counts a model is shown."""
SIZE, HEADING = Size(5, 50), Size(2, 12, is_title=True)
PARTS_MAX, SENTENCES_MAX, UNDER_MAX = 320, 24, 8
"""Parts of a page, sentences of a part, and of all that is written under a title."""
WORDS_SHOWN_MAX, HEADING_MAX = 80, 160
"""Words of an idea that a model is shown, characters of what stands around it."""
ENOUGH = 3
"""Sentences of an axis from which ours, under no title, go."""
OF_COUNTS = 3
"""Voices that a count stands for, at least."""
UNKNOWN = "parole inconnue citée à l’appui"
OTHER = "ne s’appuie sur rien de ce qui était à refaire"
FAULTY = "faute de langue ou de typographie"
BROKEN = "refusée par le verrou des citations"
NOBODY = "une personne que rien ne dit"
WITHDRAWN = "retirée à la relecture"
EMPTY = "ne dit rien de plus que le titre ou qu’une autre phrase"
_PERSON = re.compile(r"\bune (?:seule |autre )?personne\b", re.IGNORECASE)
_ENDS = re.compile(r"[\s.]+$")
_AFTER = re.compile(
    r"^(?:mais|du coup|pourtant|en revanche|cependant|toutefois|ainsi|donc|or|de plus),? ", re.IGNORECASE
)
"""What ties a sentence to the one before, which must be there."""
_FIGURE = re.compile(rf"\d+(?:[.,:]\d+)*(?:\s?%)?|\b(?:{either(FIGURE_WORDS)})\b", re.IGNORECASE)
_QUOTED = re.compile(r"[«“\"]\s*([^«»“”\"]+?)\s*[»”\"]")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…]) +(?=[A-ZÀÂÉÈÊÎÔÇ«])(?![^«]*»)")
"""Where a sentence ends and another begins, outside « »."""
_SIGNS = re.compile(r"[«“\"]\s*|\s*[»”\"]")


class Told(Answer):
    """A sentence or a few, and the marks of what they rest on."""

    texte: Text
    appuis: Ids


class Part(Answer):
    """What is told under a title, an axis or in L'essentiel."""

    sous: Annotated[str, Field(max_length=12)]
    titre: Short = ""
    phrases: Annotated[list[Told], Field(max_length=SENTENCES_MAX)]


class Page(Answer):
    """Parts in any order."""

    parties: Annotated[list[Part], Field(max_length=PARTS_MAX)]


class Again(Told):
    """Another sentence in the place of one that was refused, by its number."""

    n: int


class Mended(Answer):
    """Sentences in the place of refused ones."""

    phrases: Annotated[list[Again], Field(max_length=PARTS_MAX)]


@dataclass(frozen=True)
class Outcome:
    """One sentence of a model, or what else it gave, for the page on method.

    Attributes
    ----------
    about : what it was asked of, for people.
    theirs : what it gave, "" when it gave nothing.
    reason : why it was not taken, in French; "" when it was. doubt : why somebody should look at it, when it was.
    """

    task: str
    about: str
    theirs: str
    reason: str
    doubt: str = ""


@dataclass
class _Claim:
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


@dataclass(frozen=True)
class _Asked:
    """What a page rests on, as it was shown, found again in what is known now.

    Attributes
    ----------
    titles : mark → title. groups : title → the group of most of its ideas; None for a title of none.
    items, counts : mark → an idea that may still be told, or a count that is still true.
    """

    titles: Mapping[str, str]
    groups: Mapping[str, Group | None]
    items: Mapping[str, Item]
    counts: Mapping[str, Sentence]

    @cached_property
    def heard(self) -> tuple[str, ...]:
        """All that was shown."""
        shown = chain.from_iterable((masked(item), *_around(item)) for item in self.items.values())
        return tuple(dict.fromkeys((*self.titles.values(), *shown, *(one.text for one in self.counts.values()))))

    def name_of(self, under: str) -> str:
        """A part of the page, for people."""
        axes = {code: compass()[code].name for code in COMPASS_CODES}
        return {**PART_NAMES, **axes, **self.titles}.get(under, under)


def rewrite_draft(
    draft: Draft, telling: Telling, assistant: Assistant, words_max: int
) -> tuple[Draft, tuple[Outcome, ...]]:
    """The draft with what a model wrote (sentences marked `rewritten`) where it holds; every outcome. A server that
    fails raises nothing.

    `words_max` : of L'essentiel.
    """
    if not assistant.config.taches.page:
        return draft, ()
    record, answer = _page(draft, telling, assistant)
    if isinstance(answer, Failure):
        failed = [Outcome(PAGE, WHOLE, "", answer.reason)] * (answer.reason != WAITING)
        return draft, tuple(failed)
    asked = _found_again(record, draft, telling)
    claims = [
        _Claim(part.sous.lower(), " ".join(part.titre.split()), " ".join(text.split()), frozenset(told.appuis))
        for part in answer.parties
        for told in part.phrases
        for text in _SENTENCE_ENDS.split(told.texte.strip())
    ]
    _judge_all(claims, claims, asked, telling)
    _mend(claims, record, asked, telling, assistant)
    outcomes = [Outcome(PAGE, asked.name_of(one.under), one.text, one.reason, one.doubt) for one in claims]
    if not any(one.sentence for one in claims):
        return draft, tuple(outcomes or [Outcome(PAGE, WHOLE, "", "réponse vide")])
    written = _Writing(telling, asked, claims).draft(draft)
    if ESSENTIAL not in telling.material.parts:
        written = _with_essential(written, [told for told, one in _kept(claims) if one.under == ESSENTIAL], words_max)
    return _said_so(written, telling), tuple(outcomes)


def summary(outcomes: Sequence[Outcome]) -> str:
    """One sentence in French for the person who ran it."""
    n_taken = sum(not outcome.reason for outcome in outcomes)
    told = f"Modèle de langue : {n_taken} de ses {len(outcomes)} phrases retenues"
    refused = Counter(outcome.reason for outcome in outcomes if outcome.reason)
    reasons = ", ".join(f"{reason} ({n})" for reason, n in sorted(refused.items(), key=lambda r: (-r[1], r[0])))
    return f"{told} ; les autres sont laissées : {reasons}." if reasons else f"{told}."


def _page(draft: Draft, telling: Telling, assistant: Assistant) -> tuple[Mapping[str, Any], Page | Failure]:
    """What was shown of the page that stands, and what was answered; of a new one, where there is something that it was
    not shown, and until that one is answered, of the last one that was."""
    question, record = _question(draft, telling, assistant)
    last = assistant.kept.get(PAGE) or {}
    answered = [
        (one, answer)
        for one in (last, last.get("avant"))
        if one and (answer := assistant.recall(one["cle"], Page)) is not None
    ]
    is_fresh = all(set(record[name]) <= set(last.get(name, ())) for name in ("consigne", "idees", "connus"))
    if is_fresh and answered and answered[0][0] is last:
        return answered[0]
    found: Page | Failure = Failure(WAITING)
    if not (is_fresh and assistant.wait(last["cle"])):
        (found,) = assistant.ask([question])
        if isinstance(found, Page) or found.reason == WAITING:
            before = answered[0][0] if answered and isinstance(found, Failure) else {}
            last = {**record, "avant": before}
            assistant.kept.put(PAGE, last)
    return answered[0] if answered and isinstance(found, Failure) else (last, found)


def _question(draft: Draft, telling: Telling, assistant: Assistant) -> tuple[Question[Page], dict[str, Any]]:
    """The question of a page, and what it shows, by its marks."""
    titles, counts = _titles(telling.material), _counts(draft)
    told = [item for item in telling.material.items.values() if may_tell(item) and not is_order(item.text)]
    marked = {f"p{n}": item for n, item in enumerate(_fitting(told, assistant.config.caracteres_max), 1)}
    named = {f"t{n}": title for n, title in enumerate(titles, 1)}
    counted = {f"c{n}": text for n, text in enumerate(counts, 1)}
    about = {
        "titres": [
            {"id": mark, "titre": title, **({"axe": compass()[group.axis].name} if (group := titles[title]) else {})}
            for mark, title in named.items()
        ],
        "paroles": list(_shown(marked, {title: mark for mark, title in named.items()}, telling)),
        "comptes": [{"id": mark, "texte": text} for mark, text in counted.items()],
    }
    items = tuple(item.item_id for item in told)
    question = Question(PAGE, about, Page, items)
    record = {
        "consigne": [prompt_of(PAGE).sha256],
        "cle": assistant.key_of(question),
        "idees": list(items),
        "connus": [title if group is None else group.group_id for title, group in titles.items()],
        "titres": {mark: [title, group.group_id if (group := titles[title]) else ""] for mark, title in named.items()},
        "reperes": {mark: item.item_id for mark, item in marked.items()},
        "comptes": counted,
    }
    return question, record


def _titles(material: Material) -> dict[str, Group | None]:
    """The titles of people that nobody told in her own words, with the group of most of their ideas, if any."""
    groups = [one for axis in COMPASS_CODES for one in material.groups_of(axis) if not one.is_proposed]
    hers = {one.title for one in groups if one.author_text}
    homes = {one.title: one for one in sorted(groups, key=material.is_home)}
    order: dict[str, Group | None] = {one.title: homes[one.title] for one in groups if one.title not in hers}
    order |= dict.fromkeys(title for title in material.empty_titles if title not in order)
    return {title: group for title, group in order.items() if not is_order(title)}


def _fitting(ideas: Sequence[Item], characters_max: int) -> list[Item]:
    """As many ideas as there is room for, in order: what people chose or voted on, then some of each group, the surest
    first, and of what stands in none, the best worded."""
    ranks = Counter[str]()
    ranked: list[tuple[bool, int, float, int]] = []
    for at in sorted(range(len(ideas)), key=lambda at: (-round(ideas[at].strength, 2), at)):
        item = ideas[at]
        ranked.append((not (is_chosen(item) or item.votes), ranks[item.group] // UNDER_MAX, -item.worth, at))
        ranks[item.group] += bool(item.group)
    room, kept = characters_max, list[int]()
    for *_, at in sorted(ranked):
        room -= len(ideas[at].text) + len(ideas[at].context) // 4 + 12
        if room < 0:
            break
        kept.append(at)
    return [ideas[at] for at in sorted(kept)]


def _shown(marked: Mapping[str, Item], marks: Mapping[str, str], telling: Telling) -> Iterator[dict[str, Any]]:
    """Ideas in order, a line each, those of one place and of one speaker together."""
    material = telling.material
    are_many = len({item.source for item in marked.values()}) > 1
    voices = {
        voice: n for n, voice in enumerate(dict.fromkeys(item.voice for item in marked.values() if item.voice), 1)
    }
    last = ""

    def place(pair: tuple[str, Item]) -> tuple[str, str]:
        item = pair[1]
        where = [item.source if are_many else "", item.date, item.context[-HEADING_MAX:], item.table]
        told = " – ".join(filter(None, where))
        return ("" if is_order(told) else told), _who(item, telling)

    for (where, who), some in groupby(marked.items(), key=place):
        lines = []
        for mark, item in some:
            group = material.groups.get(item.group)
            under = marks.get(group.title, "") if group is not None else ""
            head = [mark, f"[{under}]" * bool(under), f"v{voices.get(item.voice)}" * bool(item.voice)]
            head += [item.stance] if item.stance in ("pour", "contre", "nuance") else []
            votes = {"pour": item.votes, "contre": item.votes_against}
            head += [f"({n} votes {side})" for side, n in votes.items() if n]
            lead = item.lead if item.contribution_id != last and not is_order(item.lead) else ""
            words = " ".join(f"{lead} {masked(item)}".split()[:WORDS_SHOWN_MAX])
            lines.append(f"{' '.join(filter(None, head))} : {words}")
            last = item.contribution_id
        yield {**({"ou": where} if where else {}), **({"qui": who} if who else {}), "paroles": lines}


def _who(item: Item, telling: Telling) -> str:
    """Who says an idea, by her name where it may be told, or by her part; "" where the files give neither."""
    voice = "".join(node.text for node in telling.places.voice_of(item))
    numbered = NUMBERED.fullmatch(voice)
    return voice if not numbered else numbered["part"] or ""


def _counts(draft: Draft) -> dict[str, Sentence]:
    """What our sections count, in words → the sentence, or the row of a table, that says it."""
    found: dict[str, Sentence] = {}
    for block in (block for section in draft.sections if section.key in COUNTED for block in section.blocks):
        head = block.sentences[0].nodes if block.kind == "table" else ()
        for sentence in block.sentences[1 if head else 0 :]:
            if not any(isinstance(node, FactNode) for node in sentence.nodes):
                continue
            cells = zip(head[1:], sentence.nodes[1:], strict=False)
            row = f"{sentence.nodes[0].text} : {', '.join(f'{name.text} {cell.text}' for name, cell in cells)}"
            found[row if head else sentence.text] = sentence
    return found


def _found_again(record: Mapping[str, Any], draft: Draft, telling: Telling) -> _Asked:
    material, titles, counts = telling.material, _titles(telling.material), _counts(draft)
    found: dict[str, str] = {}
    for mark, (title, group_id) in record["titres"].items():
        group = material.groups.get(group_id)
        now = group.title if group is not None else title
        found |= {mark: now} if now in titles else {}
    items = {mark: material.items[key] for mark, key in record["reperes"].items() if key in material.items}
    return _Asked(
        found,
        titles,
        {mark: item for mark, item in items.items() if may_tell(item) and not is_order(item.text)},
        {mark: counts[text] for mark, text in record["comptes"].items() if text in counts},
    )


def _judge_all(claims: Iterable[_Claim], page: Sequence[_Claim], asked: _Asked, telling: Telling) -> None:
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


def _mend(
    claims: list[_Claim], record: Mapping[str, Any], asked: _Asked, telling: Telling, assistant: Assistant
) -> None:
    """Have what is refused or doubted read again: what comes back and holds takes its place, what comes back empty
    goes."""
    key = record.get("relecture")
    found: Mended | Failure | None = None
    if key is not None:
        found = assistant.recall(key, Mended)
        if found is None:
            assistant.wait(key)
    elif any(map(_is_to_read, claims)):
        question = _question_again(claims, asked, telling)
        (found,) = assistant.ask([question])
        if not isinstance(found, Failure) or found.reason == WAITING:
            assistant.kept.put(PAGE, {**record, "relecture": assistant.key_of(question)})
    if not isinstance(found, Mended):
        return
    again = {one.n: one for one in found.phrases}
    for n, old in enumerate(claims):
        if (one := again.get(n)) is None or not _is_to_read(old):
            continue
        if not one.texte.strip():
            old.sentence, old.reason = None, old.reason or WITHDRAWN
            continue
        new = _Claim(old.under, old.heading, " ".join(one.texte.split()), frozenset(one.appuis))
        _judge_all([new], [*claims[:n], new, *claims[n + 1 :]], asked, telling)
        if old.keys & asked.items.keys() and not old.keys & new.keys:
            new.sentence, new.reason = None, OTHER
        claims[n] = new if new.sentence is not None or old.reason else old


def _is_to_read(claim: _Claim) -> bool:
    """Whether a claim is refused or doubted, by what it rests on that is still there."""
    return claim.reason not in ("", UNKNOWN) or bool(claim.doubt)


def _question_again(claims: Sequence[_Claim], asked: _Asked, telling: Telling) -> Question[Mended]:
    doubted = [(n, one) for n, one in enumerate(claims) if _is_to_read(one)]
    cited = set(chain.from_iterable(one.keys for _, one in doubted))
    marked = {mark: item for mark, item in asked.items.items() if mark in cited}
    about = {
        "a_relire": [
            {
                "n": n,
                "texte": one.text,
                "raison": f"refusée : {one.reason}" if one.reason else f"doute : {one.doubt}",
                "appuis": sorted(one.keys, key=_number),
            }
            for n, one in doubted
        ],
        "paroles": list(_shown(marked, {}, telling)),
        "comptes": [{"id": mark, "texte": one.text} for mark, one in asked.counts.items() if mark in cited],
    }
    return Question(PAGE, about, Mended, tuple(item.item_id for item in marked.values()))


def _written(claim: _Claim, asked: _Asked, telling: Telling) -> tuple[Sentence | None, str]:
    """The sentence of a claim, or why it cannot be printed."""
    items = [asked.items[key] for key in sorted(claim.keys & asked.items.keys(), key=_number)]
    counts = [asked.counts[key] for key in sorted(claim.keys & asked.counts.keys(), key=_number)]
    if not claim.keys or len(items) + len(counts) < len(claim.keys):
        return None, UNKNOWN
    text = _ENDS.sub("", claim.text)
    plain, support = _SIGNS.sub("", text), _support(claim, items, counts, asked)
    is_nobody = _PERSON.search(plain) and not any(item.voice or "personne" in masked(item).lower() for item in items)
    if reason := NOBODY if is_nobody else refusal(plain, support, SIZE):
        return None, reason
    way = "{x}" if plain.endswith(("?", "!", "…")) else "{x}."
    nodes = compose(way, telling.spaces, x=list(_nodes(text, items, counts, telling)))
    sources = tuple(dict.fromkeys((*(item.item_id for item in items), *chain.from_iterable(c.sources for c in counts))))
    role: Any = "weighs" if claim.under == ESSENTIAL else "told"
    sentence = Sentence(nodes, sources, rewritten=True, role=role, doubt=doubt(plain, support, SIZE))
    if faults(sentence, telling.spaces):
        return None, FAULTY
    return (None, BROKEN) if problem_of(sentence, telling.places.facts, telling.material) else (sentence, "")


def _support(claim: _Claim, items: Sequence[Item], counts: Sequence[Sentence], asked: _Asked) -> Support:
    return Support(
        (*map(masked, items), *(one.text for one in counts)),
        said_by=1,
        about=(asked.titles.get(claim.under, ""), *dict.fromkeys(chain.from_iterable(map(_around, items)))),
        sides=(*(item.stance for item in items), *[""] * len(counts)),
        axes=(*(item.axis for item in items), *[""] * len(counts)),
        heard=asked.heard,
        n_voices=len(set(map(_voice, items))) + OF_COUNTS * len(counts),
        n_heard=len(set(map(_voice, asked.items.values()))),
    )


def _voice(item: Item) -> str:
    return item.voice or item.contribution_id


def _number(mark: str) -> tuple[str, int]:
    return mark[:1], int(mark[1:]) if mark[1:].isdigit() else 0


def _around(item: Item) -> tuple[str, ...]:
    """What stands around an idea, and says no more of it than where, when, to what question and by whom."""
    told = (item.context, item.lead, f"table {item.table}", item.date, french_date(item.date), item.source, item.voice)
    return tuple(one for one in told if not is_order(one))


def _nodes(text: str, items: Sequence[Item], counts: Sequence[Sentence], telling: Telling) -> Iterator[Node]:
    """A claim: what stands in it between « » and was said to the letter is quoted, figures are words or counts of those
    who gave them."""
    at = 0
    quoted = re.sub(_QUOTED, lambda found: f"« {found[1]} »", text.replace("'", "’"))
    spans = (one for one in words_in(quoted, items) if one[2].kind == "quote")
    for start, end, node in sorted(spans, key=lambda one: one[:2]):
        if start >= at:
            yield from _with_figures(_unquoted(quoted[at:start], items), items, counts, telling)
            yield node
            at = end
    yield from _with_figures(_unquoted(quoted[at:], items), items, counts, telling)


def _unquoted(text: str, items: Sequence[Item]) -> str:
    """A text where only words that some ideas hold keep their marks, those of words in words of ours."""
    said = [fold(" ".join(masked(item).split())) for item in items]

    def told(found: re.Match[str]) -> str:
        return f"“{found[1]}”" if any(fold(found[1]) in one for one in said) else found[1]

    return re.sub('[«»"]', "", _QUOTED.sub(told, text))


def _with_figures(claim: str, items: Sequence[Item], counts: Sequence[Sentence], telling: Telling) -> Iterator[Node]:
    found = (node.ref.fact for one in counts for node in one.nodes if isinstance(node, FactNode))
    facts = {node.text: node for node in (telling.places.fact(name, "digits") for name in found)}
    last = 0
    for figure in _FIGURE.finditer(claim):
        node: Node | None = facts.get(figure[0])
        if node is None:
            spelt = r"\s*".join(map(re.escape, re.split(r"\s|(?=%)", figure[0])))
            word = re.compile(rf"(?<!\d){spelt}", re.IGNORECASE)
            said = ((item, at) for item in items if (at := word.search(item.source_text, *item.own)) is not None)
            first = next(said, None)
            node = report_node(first[0], first[1].span()) if first is not None else None
        if node is not None:
            yield TextNode(claim[last : figure.start()])
            yield node
            last = figure.end()
    yield TextNode(claim[last:])


def _kept(claims: Iterable[_Claim]) -> list[tuple[Sentence, _Claim]]:
    """The sentences that hold, with the claims that they are of."""
    return [(one.sentence, one) for one in claims if one.sentence is not None]


@dataclass
class _Writing:
    """Puts the sentences that hold into a draft: under titles on the axis that they have there, or that of most of what
    they tell; under axes, what no title takes. Where they stand, of ours stay what a person chose or wrote, how widely
    something is said, and what answers or opposes it.

    Attributes
    ----------
    under : title → its sentences. beside : axis → heading, "" for none → sentences.
    cited : ideas that some sentence of the page tells.
    """

    telling: Telling
    asked: _Asked
    claims: Sequence[_Claim]
    under: dict[str, list[Sentence]] = field(default_factory=dict)
    beside: dict[str, dict[str, list[Sentence]]] = field(default_factory=dict)
    cited: set[str] = field(default_factory=set)

    def draft(self, draft: Draft) -> Draft:
        """The draft with them."""
        for sentence, claim in _kept(self.claims):
            if claim.under != ESSENTIAL:
                self._place(claim, sentence)
        left = dict(self.under)
        sections: list[Section] = []
        homes = {title: self._axis_of(title, draft) for title in self.under}
        codes = [code for code in COMPASS_CODES if code in homes.values() or code in self.beside]
        for section in _with_axes(draft.sections, codes, self.telling):
            if section.axis:
                own = {title: left.pop(title) for title, code in homes.items() if code == section.axis}
                section = replace(section, blocks=tuple(self._blocks(section, own)))
            sections += [section] if len(section.blocks) > 1 or not section.axis else []
        return replace(draft, sections=tuple(sections))

    def _place(self, claim: _Claim, sentence: Sentence) -> None:
        """Where a sentence goes: with its ideas, where people put all of them under one other title."""
        material = self.telling.material
        self.cited |= set(sentence.sources)
        items = [material.items[key] for key in sentence.sources if key in material.items]
        groups = [material.groups.get(item.group) for item in items]
        put = {one.title if one is not None and one.is_counted else "" for one in groups}
        title = self.asked.titles.get(claim.under, "")
        if len(put) == 1 and (now := put.copy().pop()) in self.asked.groups and title not in ("", now):
            title = now
        if title:
            self.under.setdefault(title, []).append(sentence)
            return
        axes = Counter(item.axis for item in items if item.axis in COMPASS_CODES)
        axis = claim.under if claim.under in COMPASS_CODES else max(axes, key=axes.__getitem__, default="")
        if axis:
            heading = claim.heading if not self.asked.titles and self._is_heading(claim) else ""
            self.beside.setdefault(axis, {}).setdefault(heading, []).append(sentence)

    def _is_heading(self, claim: _Claim) -> bool:
        """Whether the words of a heading are those of what stands under it."""
        own = [one for _, one in _kept(self.claims) if (one.under, one.heading) == (claim.under, claim.heading)]
        keys = sorted(frozenset[str]().union(*(one.keys for one in own)), key=_number)
        texts = tuple(masked(self.asked.items[key]) for key in keys if key in self.asked.items)
        return bool(texts) and not refusal(claim.heading, Support(texts, 1), HEADING)

    def _axis_of(self, title: str, draft: Draft) -> str:
        """The axis of the draft that tells a title, else the one that it has, else that of most of its ideas."""
        for section in (section for section in draft.sections if section.axis):
            if any(self._title_of(block) == title for block in section.blocks):
                return section.axis
        if (group := self.asked.groups.get(title)) is not None:
            return group.axis
        items = self.telling.material.items
        told = (items[key].axis for one in self.under[title] for key in one.sources if key in items)
        axes = Counter(axis for axis in told if axis in COMPASS_CODES)
        return max(axes, key=axes.__getitem__, default=COMPASS_CODES[0])

    def _title_of(self, block: Block) -> str:
        """The title that a block tells; "" for none."""
        group = self.telling.material.groups.get(block.groups[0]) if block.groups else None
        return group.title if group is not None and group.title in self.asked.groups else ""

    def _blocks(self, section: Section, own: dict[str, list[Sentence]]) -> Iterator[Block]:
        """The blocks of an axis: our titles with what is told of each, then titles that were under none, then what no
        title takes."""
        motto, *blocks = section.blocks
        yield motto
        rest: list[Block] = []
        for title, some in groupby(blocks, key=self._title_of):
            found = list(some)
            if title not in self.under:
                rest += [] if title else self._left(found, section.axis)
                yield from found if title else ()
                continue
            ours = [sentence for block in found for sentence in block.sentences]
            told = self._together(ours, own.pop(title, []))
            if told:
                yield from (block for block in found if block.kind == "heading")
                yield Block("paragraph", tuple(told), groups=found[-1].groups)
        for title, told in own.items():
            group = self.asked.groups.get(title)
            groups = (group.group_id,) if group is not None else ()
            yield Block("heading", level=1, groups=groups, value=Shown(text=title))
            yield Block("paragraph", tuple(told), groups=groups)
        yield from self._beside(section.axis, rest)

    def _left(self, blocks: Sequence[Block], axis: str) -> list[Block]:
        """What stays of ours under no title: what the page does not tell, or all that a person chose."""
        n_theirs = sum(map(len, self.beside.get(axis, {}).values()))
        kept = [
            replace(block, sentences=tuple(one for one in block.sentences if self._stays(one, n_theirs >= ENOUGH)))
            for block in blocks
        ]
        return [one for one in kept if one.sentences]

    def _stays(self, sentence: Sentence, is_told: bool) -> bool:
        """Whether a sentence of ours stays beside theirs."""
        if sentence.role not in ("told", "where"):
            return True
        words, items = sentence.quoted_items, self.telling.material.items
        if any(is_chosen(items[key]) for key in words):
            return True
        return not is_told and not (set(words) <= self.cited)

    def _beside(self, axis: str, rest: Sequence[Block]) -> Iterator[Block]:
        theirs = self.beside.get(axis, {})
        if self.asked.titles and (theirs or rest):
            yield Block("heading", level=1, value=Shown(text=BESIDE))
        for heading, told in sorted(theirs.items(), key=lambda pair: pair[0] != ""):
            if heading:
                yield Block("heading", level=1, value=Shown(text=heading))
            yield Block("paragraph", tuple(told))
        yield from rest

    def _together(self, ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> list[Sentence]:
        """How widely a title is spoken of, what a model wrote of it, and what of ours it does not replace."""
        first = [one for one in ours if one.role in ("author", "spread")]
        left = [one for one in ours if one not in first and self._stays(one, bool(theirs))]
        return [*first, *theirs[:UNDER_MAX], *left]


def _with_axes(sections: Iterable[Section], codes: Sequence[str], telling: Telling) -> Iterator[Section]:
    """Sections with those of some axes that were missing, each before what follows its axis."""
    found = list(sections)
    for code in codes:
        if any(section.axis == code for section in found):
            continue
        before = COMPASS_CODES[: COMPASS_CODES.index(code)]
        at = max((n for n, one in enumerate(found) if one.axis in before or one.key == "recueil"), default=0)
        motto = Block("motto", value=Shown(text=compass()[code].motto))
        found.insert(at + 1, Section(code, axis_title(telling, code), (motto,), code))
    yield from found


DISCLOSED = (
    "Des phrases de ce texte ont été écrites par un modèle de langue. Rosace n’a gardé que celles dont elle retrouve "
    "les chiffres, les noms, le sens et la plus grande part des mots dans les paroles citées ; hors de L’essentiel, "
    "chacune en porte les repères."
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
    sections = [_essential(one, theirs, words_max) if one.key == ESSENTIAL else one for one in draft.sections]
    return replace(draft, sections=tuple(sections)) if theirs else draft


def _essential(section: Section, theirs: Sequence[Sentence], words_max: int) -> Section:
    """Our first sentences, theirs, then those of ours that name no title and tell what theirs do not."""
    are_titles = [
        one.role != "disputed" and any(node.kind == "title" for node in one.nodes) for one in section.sentences
    ]
    cited = {key for one in theirs for key in one.sources}
    at = are_titles.index(True) if True in are_titles else 0
    first, rest = section.sentences[:at], zip(section.sentences[at:], are_titles[at:], strict=True)
    left = [one for one, is_title in rest if not is_title and not set(one.sources) <= cited]
    lengths = accumulate((one.n_words for one in theirs), initial=sum(one.n_words for one in (*first, *left)))
    kept = [one for one, length in zip(theirs, islice(lengths, 1, None), strict=True) if length <= words_max]
    mottos = (block for block in section.blocks if not block.sentences)
    return replace(section, blocks=(*mottos, Block("paragraph", (*first, *kept, *left)))) if kept else section
