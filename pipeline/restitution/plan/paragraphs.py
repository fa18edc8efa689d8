"""The paragraph of a group: how widely its title is said, what it covers, one proof, why, what is held against it, and
what answers it. It reads the group and what hangs on it, and no other paragraph: a person's act changes its own place
only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice
from zlib import crc32

from pipeline.contracts.draft import WordsNode
from pipeline.contracts.plan import Kind, Paragraph, Statement, Unit
from pipeline.contracts.titles import OF_PEOPLE
from pipeline.language.syntax import phrases
from pipeline.language.text.lists import read_patterns
from pipeline.language.text.words import content_stems
from pipeline.restitution.material.kinship import CROSSING, QUALIFIERS, find_words, got_past, is_sure
from pipeline.restitution.plan.pieces import (
    fits,
    form_of,
    is_of_heading,
    is_plain,
    node_of,
    pieces_of,
    points_back,
    richest,
)
from pipeline.restitution.plan.reading import Reading, unit_together
from pipeline.restitution.quoting.quotes import may_quote, may_tell, quote_node, repeats, report_node
from pipeline.restitution.quoting.spans import balanced, trimmed, visible
from pipeline.restitution.quoting.standing import QUOTE_WORDS_MAX, standing_words, stands
from pipeline.workshop.model import Group, Item, Span

COVERED = {"essentiel": 2, "standard": 3, "complet": 5}
"""Pieces of ideas that say what a title covers."""
LONG = 6
"""Words from which a piece says more than a title whose words it has."""
WIDE = 6
"""Contributions from which what a group covers is told in two sentences."""
PIECE_MIN = {False: 1.4, True: 1.1}
"""Score below which a piece tells nothing of its title; where people put it there, it is of its matter."""
PROOF_WORDS_MAX, PROOF_STEMS_MIN, ENOUGH = 20, 3, 2
NOTED_WORDS_MAX = 32
"""Words of a note that is told alone, where nothing shorter is, or of a claim with its reason."""
REASON_WORDS = (2, 18)
ASKED_MIN = 6
LOOKED_AT_MAX = 24
"""Ideas of a group that are read for words to show."""
NAMES_IT = 0.5
"""What an idea that has a word of the title gains, beside its chance to be under it and its worth."""
PLACED_MIN, NAMING_MIN, SAID_HALF = 0.75, 0.6, 0.5
"""Chance to be under a person's title from which the words of an idea that nobody placed are shown there."""
_OPENING = re.compile(r"(?:\S+[^\S\n]+){,25}\S+")
SHOWN_MIN = 0.25
"""Worth below which the words of an idea make nothing seen, unless people voted for it or chose it."""
_PATTERNS = read_patterns(__name__, "reasons")


@dataclass
class Section:
    """A section as it is planned: the length asked for, and the units `made` beside those of groups."""

    reading: Reading
    length: str
    made: dict[str, Unit] = field(default_factory=dict)

    def state(
        self,
        kind: Kind,
        axis: str,
        units: Sequence[str],
        items: Sequence[str],
        nodes: Sequence[WordsNode] = (),
        rank: int = 0,
    ) -> Statement:
        """A statement, whose words are those of `nodes`."""
        held = tuple(dict.fromkeys((*items, *(node.ref.item_id for node in nodes))))
        if units and units[0] in self.reading.units:
            rank = crc32(units[0].encode())  # its own way of saying, which no other group moves
        refs, manners = tuple(node.ref for node in nodes), tuple(node.kind for node in nodes)
        return Statement(kind, axis, tuple(units), held, refs, manners, rank)

    def tell(self, kind: Kind, unit: Unit, items: Sequence[str] = (), nodes: Sequence[WordsNode] = ()) -> Statement:
        """A statement about one unit."""
        return self.state(kind, unit.axis, [unit.unit_id], items, nodes)


def group_paragraph(section: Section, unit: Unit) -> Paragraph | None:
    """What is told of a group; None when nothing of it can be told as it stands."""
    group = section.reading.group(unit)
    if group.author_text:
        return Paragraph((section.tell("author", unit, unit.members),), unit.unit_id)
    if not unit.is_titled:
        return None
    words = Words(section, unit)
    covers = words.covers() or [[]]
    statements: list[Statement] = []
    if unit.is_counted:  # after a count, only words that all of it say: what some say has its own sentence
        all_say = covers.pop(0) if len(covers[0]) == unit.spread.contributions else []
        statements = [section.tell("spread", unit, unit.members, all_say)]
    statements += [section.tell("covers", unit, (), nodes) for nodes in covers if nodes]
    is_shown = not unit.is_counted and len(words.heard) > ENOUGH  # several say it in our sentence already
    proof = [] if is_shown else words.proof(not any(words.heard[1:]))
    statements += [section.tell("proof", unit, (), [node]) for node in proof]
    statements += words.reasons()
    if unit.is_counted and not any(one.words for one in statements):  # a count says nothing of what was said
        statements += [section.tell("proof", unit, (), [node]) for node in words.first_card()]
    if not statements:
        return None
    statements += _sides(section, unit, words)
    if group.axis == "est":
        statements += _passed(section, unit, words)
        statements += _answers(section, unit)
    statements += _question(section, unit)
    return Paragraph(tuple(statements), unit.unit_id)


class Words:
    """The words that make a group seen; none twice, none that its title or what was told before says already."""

    def __init__(self, section: Section, unit: Unit) -> None:
        self._section, self._unit = section, unit
        reading, group = section.reading, section.reading.group(unit)
        self.heard = [group.title]
        self._shown: dict[str, list[tuple[int, int]]] = {}
        self._items = _in_turn(reading, unit)
        self._titled = frozenset(content_stems(group.title)) - QUALIFIERS
        self._wanted = reading.kinship.shares(self._titled)
        self._axis = "" if unit.is_counted else unit.axis
        self._is_proposed = group.is_proposed
        counts = Counter(stem for item in self._items for stem in reading.kinship.stems(item))
        self._common = frozenset(stem for stem, n in counts.items() if n > 1) - QUALIFIERS

    def take(self, node: WordsNode) -> WordsNode:
        """These words, told from now on."""
        self.heard.append(node.text)
        self._shown.setdefault(node.ref.contribution_id, []).append(node.ref.span)
        return node

    def is_new(self, node: WordsNode, heard: Sequence[str] | None = None) -> bool:
        """Whether words overlap none that were told, and say what none of them says, nor the title."""
        low, high = node.ref.span
        spans = self._shown.get(node.ref.contribution_id, ())
        known = self.heard if heard is None else heard
        return not any(a < high and b > low for a, b in spans) and not repeats(node.text, known)

    def covers(self) -> list[list[WordsNode]]:
        """What a title covers, in the words of several: pieces of one form, then of another where the group is wide."""
        most = COVERED[self._section.length]
        items = [item for item in self._items if item.quote_choice != "choisie"]
        least = PIECE_MIN[self._unit.is_counted]
        pieces = [piece for piece in pieces_of(items, self._wanted, self._common, self._axis) if piece.score >= least]
        forms = richest(pieces, most)
        found: list[list[WordsNode]] = []
        for rank, same in enumerate(forms[: 1 + (self._unit.spread.contributions >= WIDE)]):
            nodes: list[WordsNode] = []
            for piece in same:
                node = node_of(piece)
                is_other = piece.item.contribution_id not in {one.ref.contribution_id for one in nodes}
                stems = set(content_stems(node.text)) - QUALIFIERS
                says_more = not stems <= self._titled or (stems < self._titled and len(node.text.split()) >= LONG)
                if len(nodes) < most - rank and is_other and says_more and self.is_new(node, self.heard[1:]):
                    nodes.append(self.take(node))
            is_act = bool(nodes) and form_of(nodes[0].text) == phrases.INFINITIVE
            if len(nodes) > (1 if rank else 0) and not (rank and is_act and self._unit.axis == "est"):
                found.append(nodes)
        return found

    def first_card(self) -> list[WordsNode]:
        """The opening words of the first idea that may be shown; none where all are masked or banned."""
        near = self._section.reading.items(self._unit)[:LOOKED_AT_MAX]
        own = ((one, (0, len(one.text)) if one.is_corrected else (one.start, one.end)) for one in near)
        cards = (node for one, span in own if (node := opening_words(one, span)) is not None)
        return [self.take(node) for node in islice(cards, 1)]

    def proof(self, is_bare: bool) -> list[WordsNode]:
        """One quotation that stands alone and is of the title; where nothing was told yet, else what a note says."""
        for item in self._items:
            if item.quote_choice == "choisie" and may_quote(item):  # whoever chose it has read it where it stands
                return [self.take(standing_words(item, QUOTE_WORDS_MAX) or quote_node(item, item.whole))]
            is_note = not may_quote(item)
            if is_note and not is_bare:
                continue
            most = QUOTE_WORDS_MAX if is_bare else PROOF_WORDS_MAX
            node = plain_words(item, NOTED_WORDS_MAX) if is_note else standing_words(item, most)
            stems = set(content_stems(node.text)) if node is not None else set[str]()
            is_near = (is_bare and not self._axis) or bool(stems & (self._titled | self._common))
            if node is None or not is_near or len(stems) < PROOF_STEMS_MIN or points_back(node.text):
                continue
            is_title = self._is_proposed and find_words(node.text, self.heard[0]) is not None  # its heading says it
            if is_title or not fits(node.text, self._axis):
                continue
            if self.is_new(node):
                return [self.take(node)]
        return []

    def reasons(self) -> list[Statement]:
        """Why, and what follows, as members say it of the matter of the title: their claim with what comes after its
        « parce que », its « du coup »…"""
        found: list[Statement] = []
        kinds: tuple[Kind, ...] = ("cause", "consequence")
        for kind in kinds:
            for item in self._items:
                after = _after(item, kind, self._titled)
                node = plain_words(item, NOTED_WORDS_MAX, after.ref.span[1]) if after is not None else None
                if node is not None and self.is_new(node):
                    found.append(self._section.tell(kind, self._unit, (), [self.take(node)]))
                    break
        return found

    def side(self, item: Item) -> WordsNode | None:
        """The words of an idea that takes a side: it may name its subject in a word."""
        node = standing_words(item, QUOTE_WORDS_MAX, 1)
        if node is None and may_quote(item):
            node = quote_node(item, item.whole, shows_cuts=False) if stands(item, item.whole) else None
        if node is None or node.text in self.heard:
            return None
        least = ASKED_MIN if node.text.rstrip().endswith("?") else 1  # a bare question says no side
        return self.take(node) if least <= len(node.text.split()) <= QUOTE_WORDS_MAX else None


def _in_turn(reading: Reading, unit: Unit) -> list[Item]:
    """Chosen quotations, then the worthiest of each stack, tables that speak little first; never what was banned."""
    heads = {stack[0] for stack in unit.stacks}
    ranks = {member: rank for rank, member in enumerate(unit.members)}
    items = [reading.material.items[member] for member in unit.members]
    near = items[:LOOKED_AT_MAX] + [item for item in items[LOOKED_AT_MAX:] if item.quote_choice == "choisie"]
    group = reading.group(unit)
    sure = [item for item in near if (group.is_trusted or is_sure(item)) and may_stand(item)]
    pool = [item for item in sure if item.facet != CROSSING or group.axis != "est"]
    if not unit.is_counted:
        wanted = reading.kinship.shares(frozenset(content_stems(group.title)) - QUALIFIERS)
        shared = {item.item_id: sum(wanted.get(stem, 0.0) for stem in reading.kinship.stems(item)) for item in pool}
        pool = [i for i in pool if i.quote_choice == "choisie" or _surely_goes(i, group, shared[i.item_id])]
    titled = frozenset(content_stems(group.title))

    def preference(item: Item) -> tuple[bool, bool, int, float, int]:
        votes = item.votes - item.votes_against
        is_near = bool(titled & reading.kinship.stems(item))
        return (
            item.quote_choice != "choisie",
            item.item_id not in heads,
            -votes,
            -round(item.strength + item.worth + NAMES_IT * is_near, 1),
            ranks[item.item_id],
        )

    return sorted(pool, key=preference)


def _surely_goes(item: Item, group: Group, shared: float) -> bool:
    """Whether an idea that nobody looked at goes under a title: a person's, by its chance, and less of one for an idea
    that says half of the title; and on its axis, by the list that it was written in."""
    least = 0.0 if group.origin not in OF_PEOPLE else NAMING_MIN if shared >= SAID_HALF else PLACED_MIN
    return item.strength >= least and is_of_heading(item, group.axis)


def may_stand(item: Item) -> bool:
    """Whether the words of an idea may be shown without what follows: worth it, and not turned by a « mais » after
    them, or by the idea that goes on from them."""
    if item.quote_choice == "choisie":
        return True
    is_turned = item.is_turned or _PATTERNS["turned"].match(item.source_text, item.end) is not None
    return (item.is_corrected or not is_turned) and (item.worth >= SHOWN_MIN or bool(item.votes))


def plain_words(item: Item, words_max: int, end: int = 0) -> WordsNode | None:
    """The words of an idea, whole or up to an `end`, that our own sentence may hold: understood alone, of no one in
    particular."""
    if not may_tell(item) or item.quote_choice == "bannie" or item.masks:
        return None
    start = 0 if item.is_corrected else item.start
    span = trimmed(item.source_text, (start, end or start + len(item.text)))
    text = item.source_text[span[0] : span[1]]
    if "\n" in text or not is_plain(text, 2, words_max) or not stands(item, span):
        return None
    return report_node(item, span)


def opening_words(item: Item, span: Span) -> WordsNode | None:
    """The words of a span as they stand, or its opening ones; None where nobody may read them."""
    opening = _OPENING.match(item.source_text, *trimmed(item.source_text, span))
    if opening is None or not may_tell(item):
        return None
    span = trimmed(item.source_text, opening.span())
    if not any(item.source_text[start:end].strip() for start, end in visible(item, span)):
        return None
    return quote_node(item, span) if may_quote(item) else report_node(item, span)


def _after(item: Item, kind: Kind, titled: AbstractSet[str] | None = None) -> WordsNode | None:
    """What an idea says after the words that open a cause, or a consequence; None without, or where what stands before
    them is not of the matter of the title."""
    if not may_tell(item) or item.masks or item.is_corrected or item.quote_choice == "bannie":
        return None
    match = _PATTERNS[kind].search(item.text)
    before = item.text[: match.start()].strip(" ,;:") if match is not None else ""
    if match is None or not before:  # what opens a sentence takes its end with it
        return None
    if titled is not None and not titled & set(content_stems(before)):
        return None
    start = item.start + (match.end() if match.lastgroup == "dropped" else match.start(match.lastgroup or 0))
    stop = _PATTERNS["ends"].search(item.text, match.end())
    end = item.start + (stop.start() if stop is not None else len(item.text))
    low, high = trimmed(item.source_text, (start, end))
    text = item.source_text[low:high]
    is_kept = match.lastgroup != "dropped"
    core = item.source_text[item.start + match.end() : high] if is_kept else text
    is_whole = len(visible(item, (low, high))) == 1
    wanted = phrases.NOUN if is_kept else phrases.CLAUSE
    return report_node(item, (low, high)) if is_whole and _is_a_reason(text, core, wanted) else None


def _is_a_reason(text: str, core: str, wanted: str) -> bool:
    """Whether words say by themselves why, or what follows: a claim, or after « faute de » a thing, the `core`."""
    least, most = REASON_WORDS
    if not least <= len(text.split()) <= most or len(set(content_stems(text))) < least or not balanced(text):
        return False
    return "\n" not in text and is_plain(text, 2, most) and phrases.analyse(core).kind in (wanted, phrases.LACK)


def _sides(section: Section, unit: Unit, words: Words) -> list[Statement]:
    """What is held against a group, by all who say it."""
    if not unit.is_counted:  # what a machine put there and read as against is nobody's objection yet
        return []
    held = section.reading.links.told(section.reading.group(unit))
    kinds: tuple[tuple[Kind, Sequence[Item]], ...] = (("objection", held.objection), ("condition", held.condition))
    found: list[Statement] = []
    for kind, items in kinds:
        node = next(filter(None, map(words.side, items[:LOOKED_AT_MAX])), None)
        if items:
            side = unit_together(f"{unit.unit_id}.{kind}", unit.axis, unit.theme, items)
            section.made[side.unit_id] = side
            ids = [item.item_id for item in items]
            found.append(section.state(kind, unit.axis, [unit.unit_id, side.unit_id], ids, [node] if node else []))
    return found


def _passed(section: Section, unit: Unit, words: Words) -> list[Statement]:
    """How someone left the obstacle behind."""
    group = section.reading.group(unit)
    past = (item for item in group.members if item.facet == CROSSING and item.status == "sur" and got_past(item.text))
    node = next(filter(None, map(words.side, past)), None)
    return [section.tell("passed", unit, (), [node])] if node is not None else []


def _answers(section: Section, unit: Unit) -> list[Statement]:
    """What was said elsewhere that would answer an obstacle: proposals, then resources."""
    if not unit.is_counted:  # what nobody looked at is said to be answered by nobody yet
        return []
    reading = section.reading
    answers = reading.links.answers(reading.group(unit), reading.units)
    kinds: tuple[tuple[str, Kind], ...] = (("sud", "answer"), ("nord", "resource"))
    looked_at = {axis: [one for one in found if one.is_counted] for axis, found in answers.items()}
    return [
        section.state(kind, unit.axis, [unit.unit_id, *(one.unit_id for one in found)], _members(found))
        for axis, kind in kinds
        if (found := looked_at[axis])
    ]


def _members(units: Iterable[Unit]) -> list[str]:
    return [member for unit in units for member in unit.members]


def _question(section: Section, unit: Unit) -> list[Statement]:
    """The question that a person gave to a group."""
    is_asked = section.reading.group(unit).is_asked
    return [section.tell("question", unit, unit.members)] if is_asked else []
