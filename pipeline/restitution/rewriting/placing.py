"""Where the sentences of a page stand in the draft, and what of ours stays beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.assistant.by_hand import MOVED
from pipeline.assistant.lock import Size, refusal
from pipeline.assistant.support import Support
from pipeline.axes import COMPASS_CODES
from pipeline.contracts.draft import ON_DOCUMENT, Block, Draft, Refused, Section, Sentence, Shown
from pipeline.contracts.plan import TITLES
from pipeline.language.text.typography import typeset
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.quotes import is_chosen, masked
from pipeline.restitution.rewriting.claims import ESSENTIAL, Claim, kept
from pipeline.restitution.rewriting.request import COUNTED, Asked, axis_of, is_count, number_of
from pipeline.restitution.sections.titled import BESIDE, section_of
from pipeline.workshop.model import Item

HEADING = Size(2, 12, is_title=True)


@dataclass
class Writing:
    """Puts the sentences that hold into a draft: under titles on the axis that they have there, or that of most of what
    they tell; under axes, what no title takes. Where they stand, of ours stay what a person chose or wrote, how widely
    something is said, and what answers or opposes it.

    Attributes
    ----------
    under : title → its sentences. beside : axis → heading, "" for none → sentences.
    cited : what we counted, in words, that some sentence of the page tells. titles : idea → the titles under which one
        does.
    moved : sentences that went with their ideas under another title than their writer's.
    """

    telling: Telling
    asked: Asked
    claims: Sequence[Claim]
    under: dict[str, list[Sentence]] = field(default_factory=dict)
    beside: dict[str, dict[str, list[Sentence]]] = field(default_factory=dict)
    cited: set[str] = field(default_factory=set)
    titles: dict[str, set[str]] = field(default_factory=dict)
    moved: list[Refused] = field(default_factory=list)

    def draft(self, draft: Draft) -> Draft:
        """The draft with them."""
        for sentence, claim in kept(self.claims):
            if claim.under != ESSENTIAL and claim.under not in self.asked.told:
                self._place(claim, sentence)
        sections: list[Section] = []
        homes = {title: self._axis_of(title, draft) for title in self.under}
        axes = self.telling.plan.axes
        codes = [code for code in axes if code in homes.values() or code in self.beside]
        for section in self._with_axes(draft.sections, codes):
            if section.key in axes:
                own = {title: self.under[title] for title, code in homes.items() if code == section.key}
                section = replace(section, blocks=tuple(self._blocks(section, own)))
            elif section.key in COUNTED:
                section = replace(section, blocks=tuple(self._untold(section.blocks)))
            is_empty = (section.key in axes or section.key in COUNTED) and not section.sentences
            sections += [] if is_empty else [section]
        return replace(draft, sections=tuple(sections))

    def _with_axes(self, sections: Iterable[Section], keys: Sequence[str]) -> Iterator[Section]:
        """Sections with those of the plan that were missing, each before what follows it."""
        found, order = list(sections), list(self.telling.plan.axes)
        for key in keys:
            if any(section.key == key for section in found):
                continue
            before = {"recueil", *order[: order.index(key)]}
            at = max((n for n, one in enumerate(found) if one.key in before), default=0)
            found.insert(at + 1, section_of(self.telling, key))
        yield from found

    def _untold(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Tables, and what was counted or decided that no sentence of the page tells, below its headings: quotations
        stand among the words."""
        above: list[Block] = []
        for block in blocks:
            if block.kind == "heading":
                above = [one for one in above if one.level < block.level] + [block]
                continue
            left = tuple(one for one in block.sentences if block.kind == "table" or self._is_untold(one))
            if left or not block.sentences:
                yield from above
                above = []
                yield replace(block, sentences=left)

    def _is_untold(self, sentence: Sentence) -> bool:
        """Whether a person chose its words, or it says what we counted, or a decision, that the page does not."""
        if any(is_chosen(self.telling.material.items[key]) for key in sentence.quoted_items):
            return True
        return is_count(sentence) and sentence.text not in self.cited

    def _place(self, claim: Claim, sentence: Sentence) -> None:
        """Where a sentence goes: under its title, or on an axis."""
        material = self.telling.material
        self.cited |= {self.asked.counts[key].text for key in claim.keys if key in self.asked.counts}
        items = [material.items[key] for key in sentence.sources if key in material.items]
        if title := self._title_for(claim, sentence, items):
            self.under.setdefault(title, []).append(sentence)
            return
        axes = Counter(item.axis for item in items if item.axis in COMPASS_CODES)
        axis = claim.under if claim.under in COMPASS_CODES else max(axes, key=axes.__getitem__, default="")
        if axis:
            heading = claim.heading if self._is_heading(claim) else ""
            key = axis if material.is_on_axes else TITLES
            self.beside.setdefault(key, {}).setdefault(heading, []).append(sentence)

    def _title_for(self, claim: Claim, sentence: Sentence, items: Sequence[Item]) -> str:
        """The title that a sentence was written for, "" for none; the one other under which people put all its ideas
        since: its writer saw where they stood before."""
        title = self.asked.titles.get(claim.under, "")
        if not title:
            return ""
        marks = claim.keys & self.asked.items.keys()
        for mark in marks:
            self.titles.setdefault(self.asked.items[mark].item_id, set()).add(title)
        groups = [self.telling.material.groups.get(item.group) for item in items]
        put = {one.title if one is not None and one.is_counted else "" for one in groups}
        now, before = next(iter(put), ""), {self.asked.stood.get(mark) for mark in marks}
        if len(put) > 1 or now == title or now not in self.asked.groups or now in before:
            return title
        self.moved.append(Refused(sentence.text, title, MOVED, sentence.sources, instead=now))
        return now

    def _is_heading(self, claim: Claim) -> bool:
        """Whether the words of a heading are those of what stands under it."""
        own = [one for _, one in kept(self.claims) if (one.under, one.heading) == (claim.under, claim.heading)]
        keys = sorted(frozenset[str]().union(*(one.keys for one in own)), key=number_of)
        texts = tuple(masked(self.asked.items[key]) for key in keys if key in self.asked.items)
        return bool(texts) and not refusal(claim.heading, Support(texts), HEADING)

    def _axis_of(self, title: str, draft: Draft) -> str:
        """The rubric or the axis that a person gave a title, else that of the section that tells it, else that of most
        of its ideas; where she gave titles without axes, their section."""
        home = self.telling.material.section_given(title)
        if home in self.telling.material.rubrics or not self.telling.material.is_on_axes:
            return home or TITLES
        told = [one for one in draft.sections if any(self._title_of(block) == title for block in one.blocks)]
        material = self.telling.material
        own = home or (told[0].axis if told else axis_of(title, self.asked.groups, material))
        if own:
            return own
        items = material.items
        found = (items[key].axis for one in self.under[title] for key in one.sources if key in items)
        axes = Counter(axis for axis in found if axis in COMPASS_CODES)
        return max(axes, key=axes.__getitem__, default=COMPASS_CODES[0])

    def _title_of(self, block: Block) -> str:
        group = self.telling.material.groups.get(block.groups[0]) if block.groups else None
        return group.title if group is not None and (group.author_text or group.title in self.asked.groups) else ""

    def _blocks(self, section: Section, own: dict[str, list[Sentence]]) -> Iterator[Block]:
        """The blocks of an axis: titles in the order of the plan with what is told of each, be there words of ours or
        not, then titles that were under none, then what no title takes."""
        yield from (block for block in section.blocks if block.kind == "motto")
        ours: dict[str, list[Block]] = {}
        for block in (block for block in section.blocks if block.kind != "motto"):
            ours.setdefault(self._title_of(block), []).append(block)
        groups, entries = self.telling.material.groups, self.telling.plan.axes[section.key]
        planned = [groups[one.units[0]].title for one in entries if one.units]
        for title in dict.fromkeys([*planned, *ours, *own]):
            if title:
                yield from self._titled(title, ours.get(title, []), own.get(title, []))
        yield from self._beside(section, self._left(ours.get("", [])))

    def _titled(self, title: str, ours: Sequence[Block], theirs: Sequence[Sentence]) -> Iterator[Block]:
        """A title with what is told of it: ours where they wrote nothing, theirs and what stays of ours elsewhere."""
        if title not in self.under:
            yield from ours
            return
        group = self.asked.groups.get(title)
        groups = ours[-1].groups if ours else (group.group_id,) if group is not None else ()
        told = self._together([one for block in ours for one in block.sentences], theirs)
        if told:
            text = typeset(title, self.telling.spaces)
            yield next(iter(ours), Block("heading", level=1, groups=groups, value=Shown(text=text)))
            yield Block("paragraph", tuple(told), groups=groups)

    def _left(self, blocks: Sequence[Block]) -> list[Block]:
        """What stays of ours under no title: what a person chose."""
        kept = [replace(block, sentences=tuple(self._staying(block.sentences))) for block in blocks]
        return [one for one in kept if one.sentences]

    def _staying(self, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
        """The sentences of ours that stay beside theirs: those that count, oppose or answer; of one that tells words
        that a person chose, these alone."""
        for one in sentences:
            hers = [node for node in one.words if is_chosen(self.telling.material.items[node.ref.item_id])]
            if one.role not in ("told", "weighs") or (hers and len(hers) == len(one.quoted_items)):
                yield one
            else:
                yield from (replace(self.telling.say("{x}.", (), x=node), role=one.role) for node in hers)

    def _beside(self, section: Section, rest: Sequence[Block]) -> Iterator[Block]:
        theirs = self.beside.get(section.key, {})
        if self.asked.titles and (theirs or rest) and section.title != BESIDE:
            yield Block("heading", level=1, value=Shown(text=BESIDE))
        for heading, told in sorted(theirs.items(), key=lambda pair: pair[0] != ""):
            if heading:
                yield Block("heading", level=1 + bool(self.asked.titles), value=Shown(text=heading))
            yield Block("paragraph", tuple(told))
        yield from rest

    def _together(self, ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> list[Sentence]:
        """What a person wrote, what a model wrote, and what of ours it does not replace: after sentences that were
        checked, a count or a side that the machine alone read would contradict them."""
        first = [one for one in ours if one.role == "author"]
        left = self._staying(one for one in ours if one.role not in ("author", "spread", "objection", "condition"))
        return [*first, *theirs, *left]


DISCLOSED = (
    "Des phrases de ce texte ont été écrites par un assistant, un modèle de langue. Rosace n’a gardé que celles dont "
    "elle retrouve les chiffres, les noms et la plus grande part des mots dans les paroles citées."
)
CHECKED = "Là où des repères suivent une phrase, son sens s’y vérifie."


def said_so(draft: Draft, telling: Telling) -> Draft:
    """The draft that says who wrote."""
    said, checked = (telling.say(text, ("atelier.toml",)) for text in (DISCLOSED, CHECKED))
    disclosed = Block("paragraph", (said, replace(checked, role=ON_DOCUMENT)))
    sections = [
        replace(section, blocks=(*section.blocks, disclosed)) if section.key == "recueil" else section
        for section in draft.sections
    ]
    return replace(draft, sections=tuple(sections))


def with_essential(draft: Draft, theirs: Sequence[Sentence]) -> Draft:
    """The draft whose essential says what a model wrote instead of naming titles."""
    sections = [_essential(one, theirs) if one.key == ESSENTIAL else one for one in draft.sections]
    return replace(draft, sections=tuple(sections)) if theirs else draft


def _essential(section: Section, theirs: Sequence[Sentence]) -> Section:
    mottos = (block for block in section.blocks if not block.sentences)
    return replace(section, blocks=(*mottos, Block("paragraph", tuple(theirs))))
