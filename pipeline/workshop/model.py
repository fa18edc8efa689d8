"""What may be shown of a workshop, which a restitution speaks of: items, groups and their members, themes in order.

How far around an idea its words may be shown: the sentence it was cut from, never words that nobody may show.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple

from pipeline.axes import COMPASS_CODES, EST, NORD, OUEST, SUD
from pipeline.contracts.labels import CONTEXT_JOINT, COUNTED_IN, ROW, ROW_VOICE
from pipeline.contracts.plan import TITLES
from pipeline.contracts.tables import AGAINST, FOR
from pipeline.contracts.titles import MACHINE, OF_PEOPLE
from pipeline.language.syntax.finite_verbs import has_main_verb
from pipeline.language.syntax.function_words import of
from pipeline.language.text.file_names import file_name
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_words
from pipeline.language.text.typography import capitalized
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.concepts import OTHERS, usual_subjects
from pipeline.language.vocabulary.cues import CON, UNKNOWN
from pipeline.language.vocabulary.meetings import tells_course
from pipeline.stances.counting import Heard, Sides, count_sides, told_sides
from pipeline.stances.objects import side_under
from pipeline.stances.reading import is_mocking, read_stances
from pipeline.workshop.questions import Question, says_otherwise
from pipeline.workshop.records import Item as ReviewedItem
from pipeline.workshop.records import Theme

Span = tuple[int, int]
WINDOW = 320
"""Characters looked at on each side: a longer sentence is not quoted whole anyway."""
WHOLE_WORDS_MAX = 60
WHOLE_CHARACTERS_MAX = 600
"""Looked at first: a book-length contribution is not cut into words for each of its ideas."""
_GOES_ON = r"(?!(?<=\betc)\.\s+[a-zà-ÿ])(?!(?:(?<=[:;/]\s\d)|(?<=\n\d))\.\s)"
"""No sentence ends after « etc. » and a small letter, nor after the number of a member of a list."""
_END = re.compile(rf"{_GOES_ON}[.!?…]+(?:[ \u00a0\u202f]*[»”])?(?=\s|$)|\n|$")
_STOP = re.compile(rf"{_GOES_ON}[.!?…]+(?:[ \u00a0\u202f]*[»”])?(?=\s)|\n")


def sentence_around(text: str, span: Span) -> Span:
    """The sentence, or run of sentences, that a span stands in; the span's own edge where none ends within reach."""
    start, end = span
    low = max(0, start - WINDOW)
    first = low if low == 0 else start
    for match in _STOP.finditer(text[low : start + 1]):
        if low + match.end() <= start:
            first = low + match.end()
    if text[start:end].rstrip()[-1:] in ".!?…»”\n" and _STOP.search(text[max(start, end - 2) : end + 2]):
        return _bare(text, first, end)
    after = _END.search(text, end, min(len(text), end + WINDOW))
    last = after.end() if after is not None and (after.group() or after.end() == len(text)) else end
    return _bare(text, first, last)


def _bare(text: str, low: int, high: int) -> Span:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return low, high


def reach(text: str, span: Span, blocked: Sequence[Span]) -> Span:
    """The sentence around an idea, cut short where an idea begins or ends that nobody may show."""
    low, high = sentence_around(text, span)
    low, high = min(low, span[0]), max(high, span[1])
    for start, end in blocked:
        if end <= span[0]:
            low = max(low, end)
        elif start >= span[1]:
            high = min(high, start)
        else:
            return span
    return low, high


@lru_cache(maxsize=65_536)
def reaches(text: str, span: Span, blocked: tuple[Span, ...]) -> tuple[Span, Span]:
    """The reach of an idea, and the whole contribution when it has at most `WHOLE_WORDS_MAX` words and nothing in it
    must stay hidden, else its reach: few of a large corpus are asked for, and those many times."""
    near = reach(text, span, blocked)
    is_long = len(text) > WHOLE_CHARACTERS_MAX or len(text.split()) > WHOLE_WORDS_MAX
    return near, near if blocked or is_long else _bare(text, 0, len(text))


_POSTIT = re.compile(r"post-?its?|couleur|colou?r|votes?|gommettes?|klaxoon|miro|mural", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:ville|commune|village|quartier|lieu)[sx]?(?: d(?:e|u|es)(?: la| l['’])? ?(?:atelier|rencontre|reunion)s?)?"
)
"""Columns that tell where people met, and not where each lives or was born, without case nor accents."""
SESSIONS = frozenset({"edition", "session", "seance", "rencontre", "reunion", "soiree", "journee"})
"""Columns that tell one session from another, without case nor accents."""
ORIGIN_WORDS = 5
PLACE_PEOPLE_MIN = 3
"""People of one place from which it is told beside what one of them says: alone in her village, she is known."""
_KEY = re.compile(r'"([^"]*)"\s*:')
"""The other columns of a row, as its attributes name them."""
_WORDS, _MASKED = re.compile(r"[^\W\d_]{2,}"), re.compile(r"\[…\]|(?<=[^\W\d_]{3})(?=\d{1,2}\b)")
"""Words of the name of a file; the names that are masked there, and where a number follows a word: `Table2 […]`."""
TITLE_WORDS_MAX = 8
"""Words of the title of a document that is said beside words of it."""
SPELT_MAX = 20_000
"""Ideas in which the spelling of the words of the names of files is looked for."""
UNREAD_WORTH = 0.6
"""Of an idea whose worth is not known."""


@dataclass(frozen=True, slots=True)
class Item:
    """One idea and where it comes from.

    Attributes
    ----------
    text : the words that may be shown, a span of `source_text` (a corrected transcription when a person corrected it).
    blocked : spans of other ideas of the contribution that are hidden or not to be quoted, sorted.
    masks : spans of the contribution that are not shown (personal data), in its coordinates, sorted.
    lead : words of the contribution before the idea that a reader needs; "" when none, or when they may not be shown.
    axis, facet, status, group, stance, strength : what the stages and the people decided; `group` is "" for a signal.
    worth : how gladly an author would quote it as it is, in [0, 1], as a model reads it.
    stack : ideas of the same stack of a group say the same thing.
    is_turned : the idea after it on its card points back to it, on another axis: it is not told without that.
    votes, votes_against : of its contribution, when the idea concludes it; 0 when nobody voted.
    date : the day that its file tells, in ISO form or in words.
    is_middling : whether the mark of its row is neither high nor low. is_sided : whether its file, or a person
        who placed it, says which side it takes. is_put : whether a person put it under its title.
    stance_on : what its side is on, in words; "" for what its group is about, or it says itself.
    company : how many other ideas go with it, as far as the pair model knows: the sum of their chances.
    """

    item_id: str
    contribution_id: str
    start: int
    end: int
    text: str
    source_text: str
    source: str
    locator: str
    channel: str
    provenance: str
    context: str
    voice: str
    table: str
    workshop: str
    attributes: str
    axis: str
    facet: str
    second_axis: str
    confidence: float
    status: str
    group: str
    stance: str
    strength: float
    tied_to: str
    is_hidden: bool
    is_quotable: bool
    quote_choice: str
    masks: tuple[Span, ...]
    named: tuple[Span, ...]
    is_corrected: bool
    blocked: tuple[Span, ...] = ()
    lead: str = ""
    is_turned: bool = False
    votes: int = 0
    votes_against: int = 0
    stack: str = ""
    worth: float = UNREAD_WORTH
    company: float = 0.0
    date: str = ""
    is_middling: bool = False
    is_sided: bool = False
    is_put: bool = False
    stance_on: str = ""

    @property
    def mark(self) -> str:
        """What its file calls its votes where they are none, `mention j’aime`; "" for votes."""
        return str(json.loads(self.attributes)[COUNTED_IN]) if f'"{COUNTED_IN}"' in self.attributes else ""

    @property
    def own(self) -> Span:
        """The span of `source_text` that its words are; a correction stands for them all."""
        return (0, len(self.text)) if self.is_corrected else (self.start, self.start + len(self.text))

    @property
    def reach(self) -> Span:
        """The span of `source_text` that a quotation may show: the sentence around the idea."""
        return self._reaches()[0]

    @property
    def whole(self) -> Span:
        """The same when all of a short contribution must be shown for the idea to be understood."""
        return self._reaches()[1]

    def _reaches(self) -> tuple[Span, Span]:
        if self.is_corrected:
            return (0, len(self.text)), (0, len(self.text))
        return reaches(self.source_text, (self.start, self.end), self.blocked)

    @property
    def place(self) -> str:
        """Where an idea comes from, as a column or a heading tells: `Ville`, `Commune`, `lieu`; "" for none."""
        told = json.loads(self.attributes) if self.attributes else {}
        return next((str(value) for name, value in told.items() if _PLACE.fullmatch(fold(name))), "")

    @property
    def is_of_other_side(self) -> bool:
        """Whether the side that an idea takes says that its axis is another: who is against, gives a middling mark or
        mocks praises nothing, who is content tells no obstacle."""
        if self.axis == NORD and (self.is_middling or is_mocking(self.source_text[slice(*self.reach)])):
            return True
        return not self.stance_on and self.stance in {NORD: ("contre", "nuance"), EST: ("pour",)}.get(self.axis, ())

    @property
    def is_postit(self) -> bool:
        """Whether it surely was on a post-it: a sheet of ideas without tables, colours or votes may hold anything."""
        told = " ".join((self.source, *_KEY.findall(self.attributes)))
        is_signed = bool(self.voice and self.date)  # a message of a thread
        return self.channel == "postit" and ((bool(self.table) and not is_signed) or _POSTIT.search(told) is not None)


def may_tell(item: Item | ReviewedItem) -> bool:
    """Whether the item's words may be shown at all, between « » or told: nobody hid them, nor set them aside."""
    return item.is_quotable and not item.is_hidden and item.quote_choice != "bannie"


class Where(NamedTuple):
    """A place where ideas were said: all "" for several places together."""

    workshop: str = ""
    table: str = ""
    is_survey: bool = False
    heading: str = ""
    origin: str = ""


HEADING_WORDS = (2, 18)
QUESTION_WORDS = (3, 16)
SHOUTED_SHARE = 0.6


def last_heading(context: str) -> str:
    """The nearest of the headings that something stands under."""
    return context.rsplit(CONTEXT_JOINT, 1)[-1].strip()


def without_aside(heading: str) -> str:
    """A heading without what is said to who answers, `(facultatif, 3-4 lignes)` after a question."""
    return _ASIDE.sub("", heading)


_ASIDE = re.compile(r"(?<=\?)\s*\([^()]*\)$")


@lru_cache(maxsize=4096)
def is_supposed(context: str) -> bool:
    """Whether what stands under a heading is imagined, feared or told on a condition, and no fact: `Pré-mortem`, `Si le
    bac revenait`."""
    heading = fold(last_heading(context))
    return _SUPPOSED.search(heading) is not None or _ON_CONDITION.match(heading) is not None


_OF_ACTS = re.compile(
    r"\bactions?\b|\bpistes?\b|\bpropositions?\b|\bsolutions?\b|\bà (?:faire|entreprendre|mener)\b", re.IGNORECASE
)
"""Headings of what is to be done: a reason or an obstacle beside is none."""
_SUPPOSED = re.compile(
    r"\bpre-?mortem\b|\bimagin(?:ez|ons)\b|\b(?:craintes?|peurs?|risques?|scenarios?|hypotheses?|cauchemars?)\b"
)
_ON_CONDITION = re.compile(r"si (?!oui\b|non\b)[^?]*$")


_NUMBERED = re.compile(
    r"(?:\w+ (?:n°|#)? ?\d+|\d+(?:[eè]re?|[eè]?me|nde?|[èe]) \w+)(?: : | ?[-–—] |\s*$)", re.IGNORECASE
)
"""What only numbers a heading: `Atelier 2`, `3e résolution : `."""


@lru_cache(maxsize=4096)
def tellable_heading(context: str) -> str:
    """A heading that says a subject in a sentence: a whole question or a few words, before their colon, or after a
    number (`Cas 1 : la page d'accueil`); else ""."""
    if is_supposed(context):
        return last_heading(context)
    heading = _NUMBERED.sub("", last_heading(context)).split(" : ", 1)[0].rstrip(" :…")
    low, high = QUESTION_WORDS if heading.endswith("?") else HEADING_WORDS
    letters = [letter for letter in heading if letter.isalpha()]
    is_shouted = sum(map(str.isupper, letters)) > SHOUTED_SHARE * len(letters)
    is_one = heading.count("?") < 2 and heading[:1].isalnum() and low <= len(heading.split()) <= high
    return heading if is_one and not is_shouted and _is_subject(heading) else ""


def _is_subject(heading: str) -> bool:
    """Whether a heading names what is spoken of: neither how the meeting went, nor a kind of idea (`Choses à ajouter`),
    nor a sentence, nor the opening of a list (`Les discussions ont porté sur`)."""
    if heading.endswith("?"):
        return True
    is_open = heading.rsplit(" ", 1)[-1].lower() in of("prepositions", "dangling", "relatives")
    is_bare = set(content_stems(heading)) <= set(content_stems(" ".join(OF_ANY_SUBJECT)))
    return not (is_open or is_bare or has_main_verb(heading) or tells_course(heading))


OF_ANY_SUBJECT = read_words(__name__, "of_any_subject")
"""Words of headings that say nothing of a subject."""


@dataclass(frozen=True)
class Group:
    """One recurring idea inside an axis, with its members in order of centrality.

    Attributes
    ----------
    is_titled, is_asked : whether a person gave the title, the question.
    author_cites : sentence of her own paragraph → ids of the items that it cites.
    origin : whose title it was before the review. is_put : whether people put all of its members there.
    """

    group_id: str
    axis: str
    theme_id: str
    title: str
    question: str
    recurrence: float
    position: int
    members: tuple[Item, ...]
    author_text: str
    is_accepted: bool
    is_titled: bool
    is_asked: bool = False
    origin: str = MACHINE
    is_put: bool = True
    author_cites: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def is_proposed(self) -> bool:
        """Whether its title is a proposal, that no person took."""
        return not (self.is_of_people or self.is_trusted)

    @property
    def is_of_people(self) -> bool:
        """Whether it was made under a title of theirs: the strength of its members is their chance."""
        return self.origin in OF_PEOPLE

    @property
    def is_counted(self) -> bool:
        """Whether people looked at it, as other modules say: they put all of its members together, or someone accepted
        the group. What a machine put under a title is told in its words, and never counted."""
        return self.is_accepted or (self.is_of_people and self.is_put)

    @cached_property
    def sides(self) -> Sides:
        """How many of its members are on each side of its object."""
        told = attrgetter(*Heard._fields)
        return count_sides([Heard(*told(item))._replace(stance=self.side_of(item)) for item in self.members])

    def side_of(self, item: Item) -> str:
        """The side that an idea takes on what the title says; `inconnu` where it is on something else."""
        return side_under(self.title, item.stance, item.stance_on)

    @cached_property
    def is_refusal(self) -> bool:
        """Whether its title refuses what it is about: it is in the words of those who are against, or reads so."""
        if self.sides.n_against <= self.sides.n_for:
            return False
        title = fold(" ".join(self.title.split()))
        saying = {self.side_of(item) for item in self.members if title and title in fold(" ".join(item.text.split()))}
        return saying == {CON} or read_stances([self.title]) == [CON]

    @cached_property
    def sides_told(self) -> str:
        """How many are on each side; "" where nobody tells them, and too few are read so: one reading may be wrong."""
        known = any(item.is_sided and self.side_of(item) != UNKNOWN for item in self.members)
        are_several = min(self.sides.n_for, self.sides.n_against) > 1
        return told_sides(self.sides) if known or are_several else ""

    @property
    def is_outnumbered(self) -> bool:
        """Whether more are against what it proposes than for it, be that on a condition."""
        return self.axis == SUD and self.sides.n_against > self.sides.n_for + self.sides.n_if

    @property
    def is_trusted(self) -> bool:
        """Whether a person says that its members belong together: she accepted the group, or gave it its title."""
        return self.is_accepted or self.is_titled

    @cached_property
    def is_unsure(self) -> bool:
        """Whether most members wait for someone to confirm their axis: such a group is named, not told."""
        waiting = sum(item.status == "a_relire" for item in self.members)
        return not self.is_trusted and 2 * waiting > len(self.members)


class Stand(NamedTuple):
    """A link from an idea that `answers` another, `objects` to it or `supports` it; `is_said` where a person linked
    them."""

    kind: str
    from_item: str
    to_item: str
    is_said: bool = True


@dataclass(frozen=True)
class Material:
    """Everything by id, in a fixed order; only what may be shown.

    Attributes
    ----------
    tables : (workshop, table) → subject ("" when none), declared tables first, in reading order.
    stands : ideas that object to a proposal or support it, or answer an obstacle, as a person said; both ends are
        shown.
    questions : what was answered by a side, a figure or a vote.
    respondents : (workshop, voice) of who answered a survey, by words or not.
    empty_titles : titles of a person under which no idea was put.
    axes_given : title of a person → the axis that she gave it, "" for none, in her order.
    rubrics_given : title of a person on no axis → the rubric of hers that it stands under.
    documents : file → the title that it gives itself.
    n_wordless : file → contributions given there that hold no word to read: blanks, « RAS ».
    parts : part of the text → what a person wrote of it. unplaced : titles of paragraphs that no group has.
    is_read : whether a person said where some idea goes. unnamed : shows what is no idea without masked names.
    """

    workshops: tuple[dict[str, Any], ...]
    tables: dict[tuple[str, str], str]
    declared_participants: int | None
    items: dict[str, Item]
    groups: dict[str, Group]
    themes: tuple[Theme, ...]
    stands: tuple[Stand, ...] = ()
    questions: tuple[Question, ...] = ()
    respondents: frozenset[tuple[str, str]] = frozenset()
    empty_titles: tuple[str, ...] = ()
    axes_given: Mapping[str, str] = field(default_factory=dict)
    rubrics_given: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    n_wordless: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    unplaced: tuple[str, ...] = ()
    is_read: bool = False
    unnamed: Callable[[str], str] = field(default=str, compare=False)

    @cached_property
    def is_on_axes(self) -> bool:
        """Whether titles are told axis by axis: those that a person gives without any are told in her order."""
        return not self.axes_given or any(self.axes_given.values())

    @cached_property
    def rubrics(self) -> dict[str, str]:
        """Section of a rubric that heads titles on no axis → the rubric, in a person's order."""
        names = dict.fromkeys(self.rubrics_given.values())
        return {f"{TITLES}-{rank}": name for rank, name in enumerate(names, 1)}

    def section_given(self, title: str) -> str:
        """The section of a title as a person gave it: that of its rubric, its axis; "" where she said neither."""
        rubric = self.rubrics_given.get(title)
        return next((key for key, name in self.rubrics.items() if name == rubric), self.axes_given.get(title, ""))

    def exceeds(self, vote: Question) -> bool:
        """Whether more people are counted in a vote than came."""
        return self.declared_participants is not None and vote.n > self.declared_participants

    def lead(self, vote: Question) -> int:
        """By how much more are for a point than against it; 0 where that does not say who won: more voted than came, or
        what was decided says otherwise."""
        more = vote.sides.get(FOR, 0) - vote.sides.get(AGAINST, 0)
        return 0 if self.exceeds(vote) or says_otherwise(vote.outcome, more) else more

    def in_column(self, item: Item) -> tuple[str, str, str]:
        """The key of the question that the row of an idea answers by a side, for or against, that side, and the answer;
        all "" for none."""
        question = self._in_columns.get((item.workshop, item.source))
        side, answer = question.rows.get((item.source, item.voice), ("", "")) if question is not None else ("", "")
        return (question.key, side, answer) if question is not None and side in (FOR, AGAINST) else ("", "", "")

    def is_marked_otherwise(self, item: Item) -> bool:
        """Whether the mark of its row says that an idea praises, or blames, one thing beside what the row thinks, or is
        read amiss: a good thing of a low one, an obstacle of a high one."""
        key, side, _ = self.in_column(item)
        return side == {NORD: AGAINST, EST: FOR}.get(item.axis, "-") and not self.asked[key].is_told_by_sides

    @cached_property
    def asked(self) -> dict[str, Question]:
        """The questions, by key."""
        return {one.key: one for one in self.questions}

    @cached_property
    def _in_columns(self) -> dict[tuple[str, str], Question]:
        """File → the question that its rows take both sides on in a column; of several, where rows take the same one on
        all, the first that is told by sides."""
        found: dict[tuple[str, str], list[Question]] = {}
        for one in self.questions:
            sides = {side for side, _ in one.rows.values()}
            if {FOR, AGAINST} <= sides and not (one.is_vote or one.is_listed or one.is_debate):
                for source in {source for source, _ in one.rows}:
                    found.setdefault((one.workshop, source), []).append(one)
        alike = {key: asked for key, asked in found.items() if _agree(asked)}
        return {key: min(asked, key=lambda one: not one.is_told_by_sides) for key, asked in alike.items()}

    @cached_property
    def row_noun(self) -> str:
        """What the rows of tables are, where they answer no survey and are all one thing: `contribution`; else ""."""
        told: set[str] = set()
        for item in self.items.values():
            if item.channel == "enquete" and len(told) < 2:
                told.add(json.loads(item.attributes or "{}").get(ROW, ""))
        return told.pop() if len(told) == 1 else ""

    @cached_property
    def row_counted(self) -> str:
        """What each row of a table is, where nobody signed them: people are counted where they are known."""
        rows = (item for item in self.items.values() if item.channel == "enquete")
        return self.row_noun if all(item.voice.startswith(ROW_VOICE) for item in rows) else ""

    @cached_property
    def shares(self) -> dict[str, dict[str, int]]:
        """Title of people → how many ideas stand under it on each of its axes, that of most of them first."""
        found: dict[str, dict[str, int]] = {}
        for group in self.groups.values():
            if group.members and not group.is_proposed:
                found.setdefault(group.title, {})[group.axis] = len(group.members)
        order = COMPASS_CODES.index
        return {
            title: dict(sorted(axes.items(), key=lambda pair: (-pair[1], order(pair[0]))))
            for title, axes in found.items()
        }

    def is_home(self, group: Group) -> bool:
        """Whether its axis is the one that holds most ideas under its title."""
        return group.axis == next(iter(self.shares.get(group.title, (group.axis,))))

    @cached_property
    def siblings(self) -> dict[str, list[Item]]:
        """Contribution → its ideas."""
        found: dict[str, list[Item]] = {}
        for item in self.items.values():
            found.setdefault(item.contribution_id, []).append(item)
        return found

    @cached_property
    def answers(self) -> dict[str, tuple[str, ...]]:
        """Obstacle, by its group or as an idea of none → what answers it, as people linked their ideas: most links
        first."""
        found: dict[str, Counter[str]] = {}
        for one in self.stands:
            answer, obstacle = self.items[one.from_item], self.items[one.to_item]
            if one.kind == "answers" and obstacle.axis == EST and answer.axis in (SUD, NORD):
                n = found.setdefault(obstacle.group or obstacle.item_id, Counter())
                n[answer.group or answer.item_id] += 1
        return {key: tuple(sorted(n, key=lambda one: (-n[one], one))) for key, n in sorted(found.items())}

    def groups_of(self, axis: str) -> list[Group]:
        """The groups of an axis that can be told, in order."""
        return self._by_axis.get(axis, [])

    @cached_property
    def _by_axis(self) -> dict[str, list[Group]]:
        found: dict[str, list[Group]] = {}
        for group in self.groups.values():
            if not group.is_unsure:
                found.setdefault(group.axis, []).append(group)
        return found

    def heading_of(self, item: Item) -> str:
        """The heading that an idea of no table stands under (`subject_of`)."""
        return "" if item.table else self.subject_of(item)

    def subject_of(self, item: Item) -> str:
        """The heading that an idea stands under, where several headings told ideas apart; of what somebody says whose
        place stands before her name, that place; "" for none."""
        if len(self._headings[item.workshop, item.channel]) < 2:
            return ""
        context = item.context
        while last_heading(context) in self.shared_headings or (context and not tellable_heading(context)):
            context = context.rpartition(CONTEXT_JOINT)[0]
        heading = (item.place if item.channel == "note" else "") or tellable_heading(context)
        is_aside = item.axis not in (SUD, OUEST) and _OF_ACTS.search(heading) is not None
        return "" if is_aside or heading in self.rubrics_of_files else heading

    @cached_property
    def shared_headings(self) -> frozenset[str]:
        """Headings that stand under several others: « Le positif » of each of three squares."""
        found: dict[str, set[str]] = {}
        for context in {item.context for item in self.items.values()}:
            above = ""
            for heading in map(str.strip, context.split(CONTEXT_JOINT)):
                found.setdefault(heading, set()).add(above)
                above = f"{above} > {heading}"
        return frozenset(last for last, parents in found.items() if len(parents - {""}) > 1)

    @cached_property
    def rubrics_of_files(self) -> frozenset[str]:
        """Headings that half of the files have, at least: parts of a form, of no subject."""
        found: dict[str, set[str]] = {}
        for item in self.items.values():
            found.setdefault(last_heading(item.context), set()).add(item.source)
        n_files = len(set().union(*found.values()))
        return frozenset(heading for heading, files in found.items() if len(files) > 1 and 2 * len(files) >= n_files)

    def place_of(self, item: Item) -> Where:
        """Where an idea was said."""
        is_survey = item.channel == "enquete"
        return Where(item.workshop, item.table, is_survey, self.heading_of(item), self.origin_of(item))

    @cached_property
    def document_names(self) -> dict[str, str]:
        """File → what a person calls it: the title that it gives itself, where it is short and that of no other; else
        its own name, each word spelt as the texts spell it."""
        titles = self._own_titles
        sources = dict.fromkeys((*(one.source for one in self.items.values()), *self.points))
        names = {source: file_name(source) for source in sources}
        spelt = self._spellings({fold(word) for name in names.values() for word in _WORDS.findall(name)})

        def respelt(match: re.Match[str]) -> str:
            word = match.group()
            return spelt.get(word.lower(), word) if word.islower() or word.istitle() else word

        bare = {source: " ".join(_MASKED.sub(" ", name).split()) or name for source, name in names.items()}
        return {source: titles.get(source) or capitalized(_WORDS.sub(respelt, name)) for source, name in bare.items()}

    @cached_property
    def _own_titles(self) -> dict[str, str]:
        """File → the title that it gives itself, after what it shares with others, `Ateliers : `."""
        before = Counter(fold(title.partition(" : ")[0]) for title in self.documents.values())
        titles: dict[str, str] = {}
        for source, title in self.documents.items():
            kind, joint, own = title.partition(" : ")
            titles[source] = capitalized(own) if joint and before[fold(kind)] > 1 else title
        met = Counter(map(fold, titles.values()))
        return {key: one for key, one in titles.items() if met[fold(one)] == 1 and len(one.split()) <= TITLE_WORDS_MAX}

    def day_of(self, source: str) -> str:
        """The day of all the ideas of a document; "" for none, or several."""
        return self._days.get(source, "")

    @cached_property
    def points(self) -> dict[str, list[Question]]:
        """File → the points that were put to the vote there, or decided; the first day first, where all have one."""
        found: dict[str, list[Question]] = {}
        for one in self.questions:
            if one.is_vote:
                found.setdefault(one.source, []).append(one)
        are_dated = all(map(self.day_of, found))
        return dict(sorted(found.items(), key=lambda pair: self.day_of(pair[0]))) if are_dated else found

    @cached_property
    def _days(self) -> dict[str, str]:
        found: dict[str, set[str]] = {}
        for item in self.items.values():
            found.setdefault(item.source, set()).add(item.date)
        return {source: next(iter(days)) for source, days in found.items() if len(days) == 1}

    def _spellings(self, words: AbstractSet[str]) -> dict[str, str]:
        """Words without their accents → as texts mostly spell them."""
        found: dict[str, Counter[str]] = {}
        for item in islice(self.items.values(), SPELT_MAX):
            for word in _WORDS.findall(item.text.lower()):
                if fold(word) in words:
                    found.setdefault(fold(word), Counter())[word] += 1
        return {word: max(sorted(forms), key=forms.__getitem__) for word, forms in found.items()}

    def origin_of(self, item: Item) -> str:
        """What the row of an idea of no table tells of where it was said, where rows differ: `Rouen`, `édition 2014`;
        under titles, the heading of its file above one that several have: `Rue des Remparts`, of « Constat »; "" for
        nothing, or a whole sentence."""
        if item.table:
            return ""
        is_above = self.has_titles and last_heading(item.context) in self.shared_headings
        return self._origins.get(item.attributes, "") or (self.subject_of(item) if is_above else "")

    @cached_property
    def has_titles(self) -> bool:
        """Whether people gave or took a title."""
        return any(not group.is_proposed for group in self.groups.values())

    @cached_property
    def origins(self) -> frozenset[str]:
        """What rows tell of where their ideas were said."""
        return frozenset(self._origins.values())

    @cached_property
    def _origins(self) -> dict[str, str]:
        """Attributes → the session, else the place of enough people, that they tell; nothing where all rows tell the
        same."""
        people: dict[str, set[str]] = {}
        for item in self.items.values():
            people.setdefault(item.attributes, set()).add(f"{item.workshop} {item.voice or item.contribution_id}")
        rows = {key: json.loads(key) for key in people if key}
        for names in (SESSIONS.__contains__, lambda name: _PLACE.fullmatch(name) is not None):
            found = {
                key: f"{name.lower()} {value}"
                if fold(name) in SESSIONS and not fold(str(value)).startswith(fold(name))
                else str(value)
                for key, told in rows.items()
                for name, value in told.items()
                if names(fold(name)) and 0 < len(str(value).split()) <= ORIGIN_WORDS
            }
            if len(set(found.values())) > 1:
                heard: dict[str, set[str]] = {}
                for key, value in found.items():
                    heard.setdefault(value, set()).update(people[key])
                least = 0 if names == SESSIONS.__contains__ else PLACE_PEOPLE_MIN
                return {key: value for key, value in found.items() if len(heard[value]) >= least}
        return {}

    @cached_property
    def _headings(self) -> dict[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = {}
        for item in self.items.values():
            found.setdefault((item.workshop, item.channel), set()).add(item.context)
        return found

    @cached_property
    def known_tables(self) -> frozenset[str]:
        """Names of tables, declared or met."""
        return frozenset(table for _, table in self.tables) | {item.table for item in self.items.values()}

    def theme_of(self, group: Group | None) -> str:
        """What people say that a group is about, beside its title; "" where a machine alone guessed it among the usual
        subjects: of fifteen such groups, seven were of another."""
        title = self.theme_titles.get(group.theme_id, "") if group is not None else ""
        if group is None or fold(title) == fold(group.title):
            return ""
        return "" if title in {OTHERS, *(one.title for one in usual_subjects())} and not group.is_trusted else title

    @cached_property
    def theme_titles(self) -> dict[str, str]:
        """Theme id → title."""
        return {theme.theme_id: theme.title for theme in self.themes}


def _agree(asked: Sequence[Question]) -> bool:
    """Whether rows that take a side on several questions take the same on nearly all: they say one thing of a row."""
    taken: dict[tuple[str, str], list[str]] = {}
    for row, (side, _) in (pair for one in asked for pair in one.rows.items()):
        if side in (FOR, AGAINST):
            taken.setdefault(row, []).append(side)
    several = [sides for sides in taken.values() if len(sides) > 1]
    return len(asked) == 1 or sum(len(set(sides)) == 1 for sides in several) >= AGREE_SHARE * len(several) > 0


AGREE_SHARE = 0.95
"""Of the rows that answer several questions, the share that take one side on all, from which these are one."""
