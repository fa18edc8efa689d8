"""The whole plan: on each axis, under each title that people gave or took, words that say it; then those that no title
takes; what was voted; who counts for what; and why each group is told or is not.

What stands under a title reads its group, and no other: a person's act changes its own place only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, islice, pairwise, product

from pipeline.axes import COMPASS_CODES, EST
from pipeline.contracts.draft import WordsNode, WordsRef
from pipeline.contracts.plan import AT_LEAST, TITLES, WHOLE, Camp, Entry, Line, Plan, Reason, Unit
from pipeline.language.syntax.standing import judge
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import capitalized
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.cues import PRO
from pipeline.restitution.material.kinship import CROSSING, TRUE_MIN, Kinship, takes_a_side
from pipeline.restitution.plan.exchanges import TURNS, Said, Turns, best_exchange, is_split, short_words, speaks_in_turn
from pipeline.restitution.plan.reading import Reading, merit, spread_of, unit_of, unit_together
from pipeline.restitution.plan.showing import (
    WORDS_FEW,
    appeal,
    asks,
    bareness,
    divides,
    is_of_heading,
    may_stand,
    opening_words,
    own_words,
    says_title,
    shown_words,
)
from pipeline.restitution.quoting.hanging import is_borne
from pipeline.restitution.quoting.quotes import CUT, is_chosen, repeats
from pipeline.restitution.quoting.standing import is_understood, lead_of, standing_words
from pipeline.stances.reading import OPPOSITE, looks_ironic, read_stances
from pipeline.workshop.model import Group, Item, Material, Span, may_tell

VOTES = "votes"
"""The section of what was voted."""
SHOWN = {"essentiel": 1, "standard": 3, "complet": 6}
"""Ideas whose words make a title seen."""
UNSURE = {"essentiel": 0, "standard": 1, "complet": 2}
"""Those that come nearest to a title that none surely says."""
ALONE = {"essentiel": 2, "standard": 6, "complet": 12}
"""Ideas of an axis that are shown under no title; half as many beside titles."""
VOTED_WORDS = 26
VOTED_MAX = {"essentiel": 3, "standard": 8, "complet": 60}
VOTES_MIN = 3
"""Votes on one side from which an idea is told with them."""
LOOKED_AT_MAX, POOL_MAX = 60, 120
"""Ideas of a group, and of an axis, among which those to show are chosen."""
APPEAL_MIN, ALONE_MIN = 0.15, 0.5
"""Appeal from which words are shown under a title that nobody looked at; merit, less what makes them hard to read
alone, under no title."""
SURE_APPEAL_MIN = 0.12
"""The same of words that surely say a title of which nothing else can be shown."""
NEAR_MIN, NEAR_APPEAL_MIN = 0.5, 0.1
"""Chance to stand under a title, and to say it, from which words come near enough to be shown as such; their appeal."""
LIKELY_MIN = 0.65
"""Chance from which words may come near to a title of which they say no word: six in ten such are of it, as of those
that share a word, on folders that a reader placed by hand; of what is said aloud, cut anywhere, none was."""
SURE_MIN, SURE_SHARE = 3, 0.8
"""Who surely speaks of a title, from which it is told that at least so many do; the share of those that seem sure that
are, at least."""
REPORTED_MAX, REPORTED_WORDS = {"essentiel": 0, "standard": 5, "complet": 12}, 60
"""Passages that say that people did not think alike; words of one."""
UNHEARD_MAX = {"essentiel": 0, "standard": 10, "complet": 60}
UNHEARD_MIN, UNHEARD_LOST_MAX = 0.1, 0.15
"""Documents of which nothing is shown that are given a line more; under no title, the least merit that it has, and the
greatest chance that its subject is lost."""
CAMP_MAX = 12
"""Ideas of a side among which the words that say it are chosen."""


def make_plan(material: Material, length: str, kinship: Kinship | None = None) -> Plan:
    """What the document shows and counts.

    Parameters
    ----------
    length : `essentiel`, `standard` or `complet`.
    kinship : that of the material, when it is there.
    """
    choice = _Choice(Reading.of(material, kinship), length)
    axes = {axis: tuple(map(choice.entry, titles)) for axis, titles in choice.reading.titles.items()}
    axes = choice.with_unheard(axes)
    for key in axes:
        alone = (choice.alone(axis) for axis in (COMPASS_CODES if key == TITLES else (key,)))
        lines = tuple(chain.from_iterable(alone))
        axes[key] += (Entry((), lines),) * bool(lines)
    axes = choice.with_unheard(axes, is_last=True)
    voted = tuple(islice(choice.voted(), VOTED_MAX[length]))
    units = {**choice.reading.units, **choice.made}
    answers = dict(choice.reading.answered())
    explained = _explained(choice.reading, units, axes.values())
    divided = tuple(islice(choice.reported(), REPORTED_MAX[length]))
    return Plan(axes, voted, answers, explained, dict(choice.debated()), divided)


@dataclass
class _Choice:
    """What is chosen of a reading, and the units `made` beside those of groups; `shown`, the words so far."""

    reading: Reading
    length: str
    made: dict[str, Unit] = field(default_factory=dict)
    shown: list[WordsNode] = field(default_factory=list)
    left: dict[tuple[str, ...], list[tuple[Item, WordsNode]]] = field(default_factory=dict)
    """Units of a title → all the words that it may show, the likeliest to be signed first."""

    def entry(self, units: Sequence[Unit]) -> Entry:
        """What stands under a title: a person's own text alone, else words of its groups."""
        ids = tuple(unit.unit_id for unit in units)
        if any(self.reading.group(one).author_text for one in units):
            return Entry(ids, ())
        self._count(units)
        camps = self._camps(units)
        ranked = sorted((pair for unit in units for pair in self._candidates(unit)), key=lambda pair: pair[0])
        self.left[ids] = [pair[1:] for pair in ranked]
        exchange = self._exchange(units) if not camps else ()
        liked = _sides_first([pair[1:] for pair in ranked if not pair[0][1]])
        lines = exchange + self._lines(liked, SHOWN[self.length] - len(exchange), [])
        lines = lines or self._lines((pair[1:] for pair in ranked), not camps, [])
        unlooked = [] if lines or camps or self._is_hers(units) else [one for one in units if not one.is_counted]
        near = sorted((pair for unit in unlooked for pair in self._near(unit)), key=lambda pair: pair[0])
        return Entry(ids, lines, self._lines((pair[1:] for pair in near), UNSURE[self.length], []), camps)

    def _is_hers(self, units: Sequence[Unit]) -> bool:
        """Whether a person put an idea under a title."""
        return any(item.is_put for one in units for item in self.reading.group(one).members)

    def _camps(self, units: Sequence[Unit]) -> tuple[Camp, ...]:
        """Both sides that people surely take under a title, each with words of one who takes it; () where one has none
        that read alone, or where people looked at a title: who is against it is counted apart."""
        on, found = self.reading.camps(units)
        if not on and any(one.is_counted for one in units):
            return ()
        title = self.reading.group(units[0]).title
        ways = [
            [
                (appeal(one, node.text, title), node)
                for one in items[:CAMP_MAX]
                if (node := _camp_words(one, title, side, on)) and self._is_new(node)
            ]
            for side, items in found.items()
        ]
        pairs = [*product(*ways)] if ways else []
        if not pairs:
            return ()
        best = max(pairs, key=lambda pair: sum(score for score, _ in pair) + _together(*(node for _, node in pair)))
        self.shown += [node for _, node in best]
        self._count_camps(units, found)
        return tuple(
            Camp(side, f"{units[0].unit_id}.{side}", node.ref, on) for side, (_, node) in zip(found, best, strict=True)
        )

    def _count_camps(self, units: Sequence[Unit], found: Mapping[str, Sequence[Item]]) -> None:
        """Who takes each side, and all of them with those who surely speak of a title that nobody looked at."""
        least = self.made.get(f"{units[0].unit_id}{AT_LEAST}")
        speak = dict.fromkeys(least.members if least is not None else ())
        for side, items in found.items():
            self._make(units[0], f".{side}", items)
            speak |= dict.fromkeys(one.item_id for one in items)
        told = [self.reading.material.items[key] for key in speak]
        if not any(one.is_counted for one in units) and spread_of(told).n_heard >= SURE_MIN:
            self._make(units[0], AT_LEAST, told)

    def _exchange(self, units: Sequence[Unit]) -> tuple[Line, ...]:
        """What two speakers say in turn of the very thing that a title names, where people did not look at it."""
        groups = [self.reading.group(one) for one in units]
        if any(one.is_counted for one in units):
            return ()
        said = ((one, group) for group in groups for one in group.members if speaks_in_turn(one))
        near = {one.item_id: one for one, group in said if self.reading.is_sure(one, group)}
        if len(near) < 2:
            return ()
        items = sorted(near.values(), key=lambda one: self._places[one.item_id])
        about = frozenset(content_stems(groups[0].title))
        return self._told_in_turn(best_exchange(items, self._turns, groups[0].title, about))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self.reading.material.items)}

    @cached_property
    def _turns(self) -> Turns:
        return Turns.of(self.reading.material.items.values())

    def reported(self) -> Iterator[WordsRef]:
        """The passages of documents that say that people did not think alike, and that nothing above shows."""
        for item in self.reading.material.items.values():
            if item.channel in TURNS and may_tell(item) and divides(item.text) and not asks(item.text):
                low = (lead_of(item) or item.reach)[0]  # what is spoken of may be named just before
                spans = ((low, item.reach[1]), item.reach, item.own)
                told = (own_words(item, one) for one in spans if _n_words(item, one) <= REPORTED_WORDS)
                new = (one for one in told if one is not None and self._is_new(one))
                node = next((one for one in new if is_understood(capitalized(one.text))), None)
                if node is not None:
                    self.shown.append(node)
                    yield node.ref

    def debated(self) -> Iterator[tuple[str, Line]]:
        """Each vote that divides, with what two speakers said in turn under its heading, and nothing above shows."""
        for vote in filter(is_split, self.reading.material.questions):
            shown = [(one.ref.contribution_id, one.ref.span) for one in self.shown]
            under = self.reading.under(vote)
            items = [one for one in under if not any(_meet((one.contribution_id, one.own), two) for two in shown)]
            for line in self._told_in_turn(best_exchange(items, self._turns, vote.about, (), len(items))):
                yield vote.key, line

    def _told_in_turn(self, exchange: tuple[Said, Said] | None) -> tuple[Line, ...]:
        if exchange is None:
            return ()
        one, other = (said.words for said in exchange)
        if not (self._is_new(one) and self._is_new(other)):
            return ()
        self.shown += [one, other]
        return (Line(one.ref, other.ref),)

    def _count(self, units: Sequence[Unit]) -> None:
        """Who counts for a title beside its units: all of them together, with what a person put there on other axes,
        and those who take a side, where people looked; else, at least, those who surely speak of it."""
        counted = [one for one in units if one.is_counted and one.members]
        whole = [item for one in units for item in self.reading.items(one) if one.is_counted or item.is_put]
        if counted and len(whole) > len(counted[0].members):
            self._make(units[0], WHOLE, whole)
        for unit in units:
            group = self.reading.group(unit)
            for name, items in (self.reading.against(group) if unit.is_counted else {}).items():
                self._make(unit, f".{name}", items)
        if not counted:
            self._count_least(units)

    def _count_least(self, units: Sequence[Unit]) -> None:
        """At least how many surely speak of a title, or were put there by a person, copies of one text once."""
        truth, texts = self.reading.kinship.truth, dict[str, Item]()
        for group in map(self.reading.group, units):
            near = sorted(group.members, key=lambda one: -round(truth(one, group), 2))
            sure = (one for one in near if truth(one, group) >= TRUE_MIN and not takes_a_side(one, group))
            texts |= {fold(one.source_text): one for one in sure}
        hers = [one for one in texts.values() if one.is_put]
        found = [one for one in texts.values() if not one.is_put]
        least = hers + found[: int(SURE_SHARE * len(found))]
        if spread_of(least).n_heard >= SURE_MIN:
            self._make(units[0], AT_LEAST, least)

    def _make(self, unit: Unit, ending: str, items: Sequence[Item]) -> None:
        """Ideas that are counted beside a unit; nothing of none."""
        made = unit_together(f"{unit.unit_id}{ending}", unit.axis, items)
        self.made |= {made.unit_id: made} if items else {}

    def _candidates(self, unit: Unit) -> Iterator[tuple[tuple[bool, bool, float, int], Item, WordsNode]]:
        """The words that may be shown of a group, after what orders them: those that a person chose, then the likeliest
        to be signed under its title; of what nobody looked at, those that surely say it, and last those that are shown
        where nothing else is."""
        group = self.reading.group(unit)
        near = sorted(group.members, key=lambda one: (not is_chosen(one), not one.is_put, -round(one.strength, 2)))
        for rank, item in enumerate(near[:LOOKED_AT_MAX]):
            node = self._shown_words(item, group) if is_chosen(item) or self._may_show(item, unit) else None
            score = appeal(item, node.text, group.title) if node is not None else 0.0
            is_liked = is_chosen(item) or item.is_put or unit.is_counted or score >= APPEAL_MIN
            if node is not None and (is_liked or score >= SURE_APPEAL_MIN):
                yield (not is_chosen(item), not is_liked, -score, rank), item, node

    def _shown_words(self, item: Item, group: Group) -> WordsNode | None:
        """The words of an idea under the title of a group."""
        return shown_words(item, group.title, self.reading.material.is_on_axes)

    def _is_of_axis(self, item: Item, group: Group) -> bool:
        """Whether nothing says that an idea is of another axis than its group, where titles are told axis by axis."""
        if not self.reading.material.is_on_axes:
            return True
        return not self.reading.is_other(item) and is_of_heading(item, group.axis)

    def _near(self, unit: Unit) -> Iterator[tuple[tuple[float, int], Item, WordsNode]]:
        """The words of a group that nobody looked at, that read alone and more likely than not say its title, in its
        own words or in others: the likeliest to be signed first."""
        group = self.reading.group(unit)
        near = sorted(group.members, key=lambda one: -round(one.strength, 2))
        likely = [one for one in near[:LOOKED_AT_MAX] if one.strength >= NEAR_MIN]
        for rank, item in enumerate(() if group.is_outnumbered else likely):
            is_likely = item.strength >= LIKELY_MIN and item.channel != "transcript"
            says = is_likely or says_title(item, group, self.reading.kinship, NEAR_MIN)
            is_near = says and may_stand(item) and self._is_of_axis(item, group)
            node = self._shown_words(item, group) if is_near else None
            score = appeal(item, node.text, group.title) if node is not None else 0.0
            if node is not None and score >= NEAR_APPEAL_MIN:
                yield (-score, rank), item, node

    def _may_show(self, item: Item, unit: Unit) -> bool:
        """Whether the words of an idea go under a title: of its side, by its heading, and said by it."""
        group = self.reading.group(unit)
        if not may_stand(item) or (group.is_outnumbered and not unit.is_counted):
            return False
        if not item.is_put and self._is_of_vote(item):
            return False
        if item.is_put or (unit.is_counted and item.is_sided):
            return True
        if unit.is_counted:
            is_crossed = group.axis == EST and item.facet == CROSSING
            return item.item_id in unit.members and not (is_crossed or self.reading.is_other(item))
        return self._is_of_axis(item, group) and says_title(item, group, self.reading.kinship)

    def _lines(self, ranked: Iterable[tuple[Item, WordsNode]], most: int, known: list[str]) -> tuple[Line, ...]:
        """So many words of some, each of another contribution, and voice where known, and that says nothing heard
        twice; all that a person chose."""
        found: list[Line] = []
        whose: set[str] = set()
        for item, node in ranked:
            is_new = not {item.contribution_id, item.voice} & whose and not repeats(node.text, known)
            is_new = is_new and self._is_new(node)
            if not (is_chosen(item) or (is_new and len(found) < most)):
                continue
            answer = self._answer(item) if asks(node.text) and not is_chosen(item) else None
            reply = short_words(answer) if answer is not None else None
            if answer is not None and reply is None:
                continue  # a question is never shown without its answer
            found.append(Line(node.ref, reply.ref if reply is not None else None))
            known.append(node.text)
            self.shown += [node] if reply is None else [node, reply]
            whose |= {item.contribution_id, item.voice} - {""}
        return tuple(found)

    def _is_new(self, node: WordsNode) -> bool:
        return not any(_overlap(node.ref, one.ref) for one in self.shown)

    def _answer(self, item: Item) -> Item | None:
        """What somebody else, whom the file names, says just after what an idea asks; None where nothing answers."""
        after = self._following.get(item.item_id) if item.channel in TURNS else None
        if after is None or after.context != item.context or asks(after.text):
            return None
        return after if item.voice and after.voice and item.voice != after.voice else None

    @cached_property
    def _following(self) -> dict[str, Item]:
        items = [*self.reading.material.items.values()]
        return {one.item_id: two for one, two in pairwise(items) if one.source == two.source}

    def alone(self, axis: str) -> tuple[Line, ...]:
        """What no title takes, and nothing above says: what a person chose, and what was said best."""
        material = self.reading.material
        pool = [item for item in self.reading.alone(axis) if self._may_be_beside(item, axis)]
        pool = [item for item in pool if item.votes_against <= item.votes and not self.reading.is_other(item)]
        pool.sort(key=lambda one: (-one.votes, -merit(one), one.item_id))
        hers = [one for one in material.items.values() if one.axis == axis and is_chosen(one)]
        hers = [one for one in hers if one.group not in material.groups or material.groups[one.group].is_proposed]
        ranked: list[tuple[tuple[bool, int, float], Item, WordsNode]] = []
        for item in dict.fromkeys([*hers, *pool[:POOL_MAX]]):
            node = shown_words(item)
            if node is None:
                continue
            score = round(merit(item) - bareness(node.text), 2)
            if is_chosen(item) or item.votes or score >= ALONE_MIN:
                ranked.append(((not is_chosen(item), -item.votes, -score), item, node))
        most = ALONE[self.length] // (1 + any(self.reading.titles.values()))
        told = [one.text for one in self.shown]
        return self._lines((one[1:] for one in sorted(ranked, key=lambda one: one[0])), most, told)

    def with_unheard(
        self, axes: Mapping[str, tuple[Entry, ...]], is_last: bool = False
    ) -> dict[str, tuple[Entry, ...]]:
        """Sections where each document is heard, as long as one of its words may be shown: under its title, a line
        more; then, `is_last`, beside titles, the best of what reads alone."""
        found, told = dict(axes), [one.text for one in self.shown]
        sources = self._unheard()
        places = [*(self._beside(found, frozenset(sources)) if is_last else self._titled(found))]
        for source in sources[: UNHEARD_MAX[self.length]]:
            for key, at, ranked in places:
                lines = self._lines((pair for pair in ranked if pair[0].source == source), 1, told)
                if lines:
                    entries = list(found[key]) if at < len(found[key]) else [*found[key], Entry((), ())]
                    entries[at] = replace(entries[at], lines=entries[at].lines + lines)
                    found[key] = tuple(entries)
                    break
        return found

    def _unheard(self) -> list[str]:
        """The documents none of whose words are shown, in reading order."""
        items = self.reading.material.items
        heard = {items[one.ref.item_id].source for one in self.shown}
        return [*dict.fromkeys(one.source for one in items.values() if may_tell(one) and one.source not in heard)]

    def _titled(self, axes: Mapping[str, tuple[Entry, ...]]) -> Iterator[tuple[str, int, list[tuple[Item, WordsNode]]]]:
        for key, entries in axes.items():
            for at, entry in enumerate(entries):
                yield key, at, self.left.get(entry.units, [])

    def _beside(
        self, axes: Mapping[str, tuple[Entry, ...]], unheard: Collection[str]
    ) -> Iterator[tuple[str, int, list[tuple[Item, WordsNode]]]]:
        for key, entries in axes.items():
            own = [
                one
                for axis in (COMPASS_CODES if key == TITLES else (key,) if key in COMPASS_CODES else ())
                for one in self.reading.alone(axis)
                if one.source in unheard and self._may_be_beside(one, axis)
            ]
            told = ((one, node) for one in own if (node := shown_words(one)) is not None)
            surely = (pair for pair in told if judge(capitalized(pair[1].text)).lost <= UNHEARD_LOST_MAX)
            scored = sorted(surely, key=lambda pair: bareness(pair[1].text) - merit(pair[0]))
            ranked = [(one, node) for one, node in scored if merit(one) - bareness(node.text) >= UNHEARD_MIN]
            at = len(entries) - bool(entries and not entries[-1].units)
            yield key, at, ranked

    def _may_be_beside(self, item: Item, axis: str) -> bool:
        """Whether an idea of an axis may be told under no title."""
        return may_stand(item) and is_of_heading(item, axis) and not self._is_of_vote(item)

    @cached_property
    def _points(self) -> list[str]:
        return [one.about for one in self.reading.material.questions if one.is_vote]

    def _is_of_vote(self, item: Item) -> bool:
        """Whether an idea of minutes only says what was put to the vote, which is told with its result."""
        return item.provenance == "note" and bool(self._points) and repeats(item.text, self._points)

    def voted(self) -> Iterator[WordsRef]:
        """What people voted on, the most voted first, be it shown above or not: a card of several ideas by its opening
        words."""
        for item in self.reading.by_votes():
            if max(item.votes, item.votes_against) < VOTES_MIN:
                continue
            if any(repeats(point, [item.source_text]) for point in self._points):
                continue  # it was put to the vote, and its result is told
            first, *more = sorted(self.reading.material.siblings[item.contribution_id], key=lambda one: one.start)
            node = None if more else standing_words(item, VOTED_WORDS)
            node = node or opening_words(first, first.whole)
            if node is not None and not node.text.startswith(CUT):
                yield node.ref


def _n_words(item: Item, span: Span) -> int:
    return len(item.source_text[slice(*span)].split())


def _overlap(one: WordsRef, other: WordsRef) -> bool:
    return _meet((one.contribution_id, one.span), (other.contribution_id, other.span))


def _meet(one: tuple[str, Span], other: tuple[str, Span]) -> bool:
    (low, high), (start, end) = one[1], other[1]
    return one[0] == other[0] and low < end and start < high


def _camp_words(item: Item, title: str, side: str, on: str) -> WordsNode | None:
    """The words of one who takes a side, as a title shows words, else short ones that nothing bears on; none that read
    as the other side, but where a high mark says that praise is meant."""
    node = shown_words(item, title) or short_words(item) or short_words(item, item.own)
    if node is None or is_borne(item, node.ref.span) or len(node.text.split()) < WORDS_FEW:
        return None
    is_turned = not on and read_stances([node.text]) == [OPPOSITE[side]]
    return None if is_turned or (looks_ironic(node.text) and not (on and side == PRO)) else node


def _together(one: WordsNode, other: WordsNode) -> float:
    """How well two sides stand side by side, beside how each reads: by the words that both say, nothing cut off."""
    n_cut = sum(node.text.startswith(CUT) or node.text.endswith(CUT) for node in (one, other))
    return 0.2 * len(frozenset(content_stems(one.text)) & frozenset(content_stems(other.text))) - 0.5 * n_cut


def _sides_first(ranked: Sequence[tuple[Item, WordsNode]]) -> list[tuple[Item, WordsNode]]:
    """Words, the first ones of each side that their files or people tell before all others."""
    firsts: dict[str, tuple[Item, WordsNode]] = {}
    for item, node in ranked:
        firsts.setdefault(item.stance if item.is_sided else "", (item, node))
    return [*firsts.values(), *(one for one in ranked if one not in firsts.values())]


def _explained(reading: Reading, units: dict[str, Unit], told: Iterable[Sequence[Entry]]) -> dict[str, Unit]:
    """The units, each with why it is told or is not; groups that wait for a person are among them."""
    reasons: dict[str, Reason] = {}
    for entry in (one for entries in told for one in entries):
        own = [reading.units[key] for key in entry.units]
        is_told = bool(entry.lines or entry.camps) or any(
            one.is_counted or reading.group(one).author_text for one in own
        )
        reasons |= dict.fromkeys(entry.units, "told" if is_told else "named")
    waiting = {
        key: replace(unit_of(group, reading.kinship), reason="to_read_again")
        for key, group in reading.material.groups.items()
        if group.is_unsure
    }
    found = {key: replace(unit, reason=reasons.get(key) or _left_why(reading, unit)) for key, unit in units.items()}
    return dict(sorted((found | waiting).items()))


def _left_why(reading: Reading, unit: Unit) -> Reason:
    group = reading.material.groups.get(unit.unit_id)
    if group is None:
        return unit.reason
    return "no_words" if not unit.members or group.is_trusted else "said_once"
