"""Votes and decisions in the words of minutes: how many were for, against, abstained, and what was decided.

A text is read as the kinds of its words, a letter each (`data/votes.toml`): `12 voix pour, 3 contre` is `nvF,nC`. What
tells a count or an outcome is an expression of such letters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from pipeline.contracts.tables import DECISION, NEITHER, VOTE
from pipeline.ingest.formats.positions import side_of
from pipeline.ingest.formats.records import Position
from pipeline.ingest.formats.speakers import is_surely_named
from pipeline.ingest.structure import bare_heading
from pipeline.language.lexicon.nouns import CIVILITY, is_noun
from pipeline.language.lexicon.verbs import is_infinitive, third_person
from pipeline.language.syntax.finite_verbs import has_main_verb
from pipeline.language.text.lists import either, read_lines, read_toml, read_words
from pipeline.tables.columns import matches_alias

# words and their kinds ---------------------------------------------------------------------------------------------

_FIGURES = {word: int(n) for *same, n in map(str.split, read_lines(__name__, "numbers_in_words")) for word in same}
_TENS = r"(?:vingt|trente|quarante|cinquante|soixante(?:[ -]dix)?|quatre[ -]vingts?(?:[ -]dix)?)"
_IN_WORDS = rf"{_TENS}(?:[ -](?:et[ -])?(?:{either(_FIGURES)}))?|{either(_FIGURES)}"
_N = rf"\d{{1,3}}(?:[\u00a0\u202f ]\d{{3}})+|\d{{1,5}}|(?:{_IN_WORDS})\b"
_PROPER, _JOINT = r"(?-i:[A-ZÀ-Þ][\w’'-]*\.?)", r"(?:\s*[,&\n]\s*|\s+[–—-]\s+|\s+et\s+)"
_ONE = rf"(?:{CIVILITY}\s+)?{_PROPER}(?:\s+(?!{CIVILITY}\s){_PROPER}){{0,3}}"
_PERSON = rf"{_ONE}(?:\s*\([^()]*\))?"
_PARTS = {"n": _N, "in_words": _IN_WORDS, "one": _ONE, "between": _JOINT, "person": _PERSON}
_PARTS["persons"] = rf"{_PERSON}(?:{_JOINT}{_PERSON})*"
"""What a name in the expressions stands for, beside kinds of words and expressions."""
_TOLD_BY = read_toml(__name__, "votes")
_STEMS = _TOLD_BY["stems"]


def _decided(*kinds: str) -> str:
    """The participles of verbs that decide; in capitals, with or without their accent: `adoptée`, `ADOPTE`. « VOTE » is
    but the noun."""
    stems = [stem for kind in kinds for stem in _STEMS[kind]]
    small = "|".join(f"{stem}e?s?" if stem.endswith("nu") else f"{stem}ée?s?" for stem in stems)
    return rf"(?:{small}|(?-i:(?!VOTES?\b)(?:{'|'.join(stems).upper()})EE?S?))\b"


def _filled(told: str) -> str:
    """An expression whose names in braces are what they stand for."""
    return re.sub(r"\{([a-z_]{2,}|[a-zA-Z])\}", lambda one: _named(one[1]), told.replace("\n", ""))


def _named(name: str) -> str:
    if name in _PARTS:
        return _PARTS[name]
    if name in _STEMS or name == "decided":
        return _decided(*(_STEMS if name == "decided" else [name]))
    return _filled(_TOLD_BY["expressions" if name in _TOLD_BY["expressions"] else "words"][name])


@cache
def _like(name: str) -> re.Pattern[str]:
    return re.compile(_filled(_TOLD_BY["expressions"][name]), re.IGNORECASE)


_IN_ORDER = (
    r"(?P<c>\d+(?:[.,]\d+)? ?%(?! (?:pour|(?:de )?v|d['’]app|favor)))",
    *(rf"(?P<{one}>\b(?:{_named(one)})(?![\w’]|-\w))" for one in "wqziukodErxyeSACF"),
    rf"(?P<n>(?<![\w/%-])(?<!\d[.,])(?:{_N})(?![\w’]|[.,]\d| ?[€°]| ?k€|/\d| h\b|-\w))",
    *(rf"(?P<{one}>\b(?:{_named(one)})(?!\w))" for one in "tTvhGp"),
    rf"(?P<and>\bet\b)|(?P<g>\b(?:{either(read_words(__name__, 'vote_words'))})\b)",
    r"(?P<W>[^\W\d_]{2,})|(?P<mark>[():;,/=?.–—-])",
)
_WORDS = re.compile("|".join(_IN_ORDER), re.IGNORECASE)
_NAMES = {"and": ",", "W": "w", "–": "-", "—": "-"}
_SIDE = f"(?P<pour>{_named('F')})|(?P<contre>{_named('C')})|(?P<abstention>{_named('A')})|(?P<sans>{_named('S')})"
SIDES = ("pour", "contre", "abstention", "sans")
_SIDE_OF = dict(zip("FCAS", SIDES, strict=True))

# the grammar of counts and outcomes ---------------------------------------------------------------------------------

_VERSUS = re.compile(r"nvCnv?(?![FAS])|(?<=p)nCn(?![wvh])")
"""`12 voix contre 3`, `à 12 contre 3`: the first number is of those for it, or against what they reject."""
_LAST = re.compile(r"[FCAS](?:[:=?]|\((?=n[vh]?\)))n(?![wtT]|v[FCAS])")
"""`Pour : 12`, `Abstentions (2)`, `Contre : aucun`, `Qui est contre ? 3`."""
_FIRST = r"n(?:[vh](?:gn)?e?|(?:gn)?e)[FCAS](?!n(?![vh]?e?[FCAS]))|n[AS]|n[FC](?!g*w|n(?![vh]?e?[FCAS]))|(?<=F[g,])nC"
"""`12 pour`, `3 voix contre`, `11 personnes sur 15 sont pour`; not `2 pour les enfants`."""
_VOTERS = r"n[vh]?[tT]|t[:=]?n(?![vh]?e?[FCAS])"
_COUNT = re.compile(rf"{_VERSUS.pattern}|{_VOTERS}|{_LAST.pattern}|{_FIRST}|(?<=p)nv(?![FCAS])")
_ROW = re.compile(r"[FCA]n(?![wtThv])")
"""`pour 18, contre 2`: read where both sides are told, for `pour 18 personnes` counts nothing."""
_STATUS = re.compile(r"q|z|i|r(?!.*[yx])")
"""Without quorum, void, impossible, put off."""
_PARTLY = re.compile(r"n[^nFC:;.]{0,4}F")
_DONE = re.compile(r"d?[yx](?:g{0,3}[ukq])?")
_BY_ALL = re.compile(r"[gGFephvo:.,]*(?P<how>[uk])[F.,]*")
"""`Vote à main levée : unanimité`, where nothing else is said."""
_QUALIFIES = re.compile(rf"\s+(?:{_like('how').pattern})[^.!?;\n]*", re.IGNORECASE)
_NOT_HERE = re.compile("|".join(read_lines(__name__, "votes_elsewhere")), re.IGNORECASE)
"""What says that a vote is a rule, a case, to come, a survey, or one of others or of another day."""
_ADOPTS = re.compile(r"adopt|approuv|rejet", re.IGNORECASE)
"""What an assembly does, where anybody accepts, refuses and keeps."""
_OTHER_WORDS_MAX, _SUBJECT_WORDS_MAX = 1, 2
_BRACKETS, _OPEN_BRACKET = re.compile(r"\([^()]*\)"), re.compile(r"\s*\([^()]*$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_AMOUNT = re.compile(r"\d\s*(?:€|k€|euros?\b)", re.IGNORECASE)
_END = " :\u00a0\u202f"
CLOSING_MAX = 600
"""Signs of the end of a text among which a decision is looked for, so that a huge line takes no longer than another."""


@dataclass(frozen=True)
class Result:
    """A result: voices for, against, abstaining and without side (None when not told), what was decided ("" likewise).

    `is_bare` : the text says nothing else. `subject` : the words before the counts that say what was voted on. `words`
    : what was decided, as the text says it. `own` : of what, where it says so before: `Le budget est adopté`.
    `is_of_point` : an assembly votes on the point that stands above.
    """

    n_for: int | None
    n_against: int | None
    outcome: str
    is_bare: bool
    n_abstained: int | None = None
    n_without: int | None = None
    subject: str = ""
    words: str = field(default="", compare=False)
    own: str = field(default="", compare=False)
    is_of_point: bool = False

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """(side, people) of those that are told and not nought."""
        told = (self.n_for, self.n_against, self.n_abstained, self.n_without)
        return tuple((side, n) for side, n in zip(SIDES, told, strict=True) if n)

    def positions(self, about: str) -> tuple[Position, ...]:
        """Those of the people who were counted, on what was put to them."""
        put = about.rstrip(_END)
        voices = tuple(Position(side, VOTE, put, n) for side, n in self.counts)
        return (*voices, Position(NEITHER, DECISION, put, answer=self.words)) if self.words or self.outcome else voices


class _Said:
    """A text, the kinds of its words, and what they tell of a vote."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [*_WORDS.finditer(re.sub(r"\s", " ", text))]
        self.spans = [one.span() for one in found]
        kinds = (one.group() if one.lastgroup == "mark" else str(one.lastgroup) for one in found)
        self.kinds = re.sub("(?<!n)h", "w", "".join(_NAMES.get(kind, kind) for kind in kinds))

    @cached_property
    def outcome(self) -> re.Match[str] | None:
        """What was decided: a status, else what is adopted or turned down."""
        return next(filter(self._is_put, _STATUS.finditer(self.kinds)), _DONE.search(self.kinds))

    def _is_put(self, status: re.Match[str]) -> bool:
        """Whether a status is that of a vote: « ce n'est pas possible » may be of anything."""
        if status.group() == "i":
            return _like("of_vote").fullmatch(self.text[: self.span(status)[0]]) is not None
        is_of_vote = status.group() == "z" or "G" in self.kinds[: status.start()]
        return is_of_vote or re.search("n[vh]?e?[FCAS]|[FCA][:(]n", self.kinds) is not None

    @cached_property
    def own(self) -> str:
        """What it says before the outcome that it is of: `Le budget est adopté` → `Le budget`; "" where it does not."""
        if self.outcome is None:
            return ""
        before = re.split(r"[.!?…:;]\s", self.text[: self.span(self.outcome)[0]].strip())[-1]
        subject = _like("is").sub("", before)
        is_told = self.outcome.group()[0] in "di" or subject != before
        if not is_told or not _says_what(subject):
            return ""
        is_whole = self.outcome.group() == "i"  # « Le vote des comptes n'est pas possible »
        return self.text[: self.span(self.outcome)[1]] if is_whole else _OPEN_BRACKET.sub("", subject).rstrip(" ,")

    @property
    def is_by(self) -> bool:
        """Whether it says how it was decided, or the status of the vote, and not only what was decided."""
        return self.outcome is not None and re.search("[ukqzri]", self.outcome.group()) is not None

    @cached_property
    def is_refused(self) -> bool:
        told = self.outcome.group() if self.outcome is not None else ""
        return ("x" in told) != ("d" in told) or (not told and _like("turns_down").search(self.text) is not None)

    @cached_property
    def counts(self) -> list[tuple[re.Match[str], tuple[tuple[str, int], ...]]]:
        """What tells a number, and the side of each; none where it is of voters."""
        rows = [*_ROW.finditer(self.kinds)]
        is_row = {"F", "C"} <= {one.group()[0] for one in rows} and not _LAST.search(self.kinds)
        if is_row and not self.kinds[: rows[0].start()].rstrip("vh").endswith("n"):
            return [(one, self._sides(one)) for one in rows]
        found = _COUNT.finditer(self.kinds)
        return [(one, self._sides(one)) for one in found if self.outcome or one.group() != "nv"]

    def _sides(self, found: re.Match[str]) -> tuple[tuple[str, int], ...]:
        numbers = [_number(self.word(at)) for at in range(*found.span()) if self.kinds[at] == "n"]
        side = next((_SIDE_OF[one] for one in found.group() if one in _SIDE_OF), "")
        if re.fullmatch("nv?Cnv?", found.group()) or not (side or "t" in found.group().lower()):
            winners = ("contre", "pour") if self.is_refused else ("pour", "contre")
            return tuple(zip(winners, numbers, strict=False))
        return ((side, numbers[0]),) if side else ()

    def word(self, at: int) -> str:
        """The word of a place among the kinds."""
        return self.text[slice(*self.spans[at])]

    def span(self, found: re.Match[str]) -> tuple[int, int]:
        """Where in the text the words stand that a match of kinds is of."""
        return self.spans[found.start()][0], self.spans[found.end() - 1][1]

    @cached_property
    def by_side(self) -> dict[str, int]:
        """How many people are counted on each side that is told."""
        told = [*chain.from_iterable(sides for _, sides in self.counts)]
        return {side: sum(n for one, n in told if one == side) for side, _ in told}

    @property
    def rest(self) -> str:
        """The kinds of its words, a dot for those that a count is told by."""
        told = {at for found, _ in self.counts for at in range(*found.span())}
        return "".join("." if at in told else kind for at, kind in enumerate(self.kinds))

    @cached_property
    def told(self) -> str:
        """What was decided, in one word where nothing qualifies it: `adopté sous réserve` is not `adoptée`."""
        at = self.span(self.outcome) if self.outcome is not None else (0, 0)
        if self.outcome is None or _QUALIFIES.match(self.text, at[1]) or self.outcome.group()[0] in "qzir":
            return self.words or self.own
        return "rejetée" if self.is_refused else "adoptée"

    @cached_property
    def words(self) -> str:
        """What was decided, as the text says it, with what qualifies it; "" where nothing says it."""
        if self.outcome is None:
            return ""
        start, end = self.span(self.outcome)
        how = _QUALIFIES.match(self.text, end)
        told = self.text[start : how.end() if how is not None else end].strip(" .")
        if self.outcome.group() == "i":
            return "" if self.own else self.text[:end]
        return _like("denied").sub("non ", told) if self.outcome.group()[0] in "dq" else told

    @cached_property
    def result_span(self) -> tuple[int, int]:
        """Where in the text its counts and its outcome stand."""
        found = [self.span(one) for one in filter(None, (self.outcome, *(one for one, _ in self.counts)))]
        return min(start for start, _ in found), max(end for _, end in found)

    def n_others(self, own: str = "") -> int:
        """How many words say something else, those in brackets and those of what it is on apart."""
        at_own = self.text.find(own) if own else 0
        n_open = n_others = 0
        for at, kind in enumerate(self.rest):
            n_open = max(0, n_open + (kind == "(") - (kind == ")"))
            is_own = at_own <= self.spans[at][0] < at_own + len(own)
            is_word = kind == "w" or (kind in "nFC" and self.word(at).isalpha())
            n_others += is_word and not n_open and not is_own
        return n_others


def _number(word: str) -> int:
    if word[0].isdigit():
        return int(re.sub(r"\D", "", word))
    parts = [_FIGURES[part] for part in re.split(r"[ -](?:et[ -])?", word.lower())]
    return sum(parts) if parts[:2] != [4, 20] else 80 + sum(parts[2:])


@lru_cache(maxsize=4_096)
def result_of(text: str) -> Result | None:
    """The result that a text tells; None when it tells none: one number alone proves nothing.

    Kept, for a line is asked as a block, then as what somebody says.
    """
    if not _like("may_tell").search(text):
        return None
    text = _each_with_its_side(_like("before_object").sub("", text.strip()))
    deliberated = _like("deliberated").match(text)
    if deliberated is not None:
        return _deliberated(f"{deliberated['before'] or ''}{deliberated['how']}")
    said = _Said(text)
    by_all, acts = _BY_ALL.fullmatch(said.kinds), _like("acts").fullmatch(text)
    if acts is not None:
        told = "rejetée" if _like("turns_down").search(acts["own"]) else "adoptée"
        n_for = _number(acts["n"]) if acts["n"] else None
        return Result(n_for, None, told, True, words=acts["how"], own=acts["own"])
    if by_all is not None:
        is_sentence = text.endswith(".") or len(said.kinds) > 1 or "onsensus" not in text
        return Result(None, None, "adoptée", True, words=said.word(by_all.start("how"))) if is_sentence else None
    if not (said.counts or said.outcome) or _is_elsewhere(said):
        return None
    is_between_names = not {"pour", "contre"} & said.by_side.keys() and _like("ballot").fullmatch(text)
    return Result(None, None, "", True) if is_between_names else _result(said)


def _result(said: _Said) -> Result | None:
    """The result that a text tells that counts somebody or says what was decided."""
    text, counts = said.text, dict.fromkeys(SIDES, None) | said.by_side
    n_sides, outcome = len(said.by_side), said.outcome
    if _is_unsure(said):
        return None
    own, subject = said.own, _labelled(said)
    if not (own or n_sides) and outcome is not None and (put := _like("put_after").match(text)) is not None:
        own = put["own"].strip(" .")
    is_whole = own != "" and said.is_by and not has_main_verb(own) and not said.n_others(own)
    is_closing = bool(subject) and said.is_by and not n_sides and not said.n_others(text[: said.result_span[0]])
    is_bare = is_whole or (_says_nothing_else(said) and not is_closing)
    if not (is_bare or is_closing) and (not n_sides or (n_sides < 2 and outcome is None)):
        return None  # « 2 pour les enfants, 3 pour les grands »
    return Result(
        counts["pour"], counts["contre"], said.told, is_bare, counts["abstention"], counts["sans"],
        subject, said.words, own,
    )  # fmt: skip


def _is_unsure(said: _Said) -> bool:
    """Whether it counts more votes than people who came, or not those who are for: `9 sont plutôt pour, 3 contre`."""
    came = _like("came").search(said.text) if said.by_side else None
    is_more = came is not None and sum(said.by_side.values()) > _number(came["n"])
    return is_more or _PARTLY.search(said.rest) is not None


def _is_elsewhere(said: _Said) -> bool:
    """Whether the clause of a result says that it is that of no vote held here: a rule, a case, another day."""
    if "E" in said.kinds:
        return True
    start, end = said.result_span
    clause = re.split(r"[:;(]\s", said.text[:start])[-1]
    return _NOT_HERE.search(clause + said.text[start:end] + re.split(r"[.;:!]", said.text[end:])[0]) is not None


def _labelled(said: _Said) -> str:
    """What a label before the result, or words after the side, say that it is of: `Le bac : 12 pour`, `Le bac (12
    pour)`, `12 voix pour le bac, 3 contre`; "" without."""
    label = _like("label").fullmatch(said.text[: said.result_span[0]].split("\n")[-1])
    if label is not None and len(label[1]) > 2 and _says_what(label[1]) and not _says_what(label["glue"]):
        return label[1]
    put = _like("voted_on").search(said.text)
    return put["own"] if put is not None and len(said.by_side) > 1 else ""


def _says_nothing_else(said: _Said) -> bool:
    """Whether a text is but the result of a vote: `Rapport moral approuvé.`, `Pour : 4, contre : 2`."""
    n_others = said.n_others()
    if said.counts or said.outcome is None:
        return bool(said.counts) and n_others <= _OTHER_WORDS_MAX
    is_by = said.is_by or "o" in said.kinds
    is_named = (
        n_others > 0 and said.outcome is not None and _ADOPTS.match(said.word(said.outcome.end() - 1)) is not None
    )
    is_vote = is_by or is_named or re.search("[Gv]", said.kinds) is not None
    return is_vote and n_others <= _SUBJECT_WORDS_MAX and not has_amount(said.text)


def _says_what(label: str) -> bool:
    """Whether a label before the counts is what was voted on: not `Vote`, `Pour` nor `Adopté à la majorité`."""
    return "w" in _Said(label).kinds


def act_in(text: str) -> str:
    """The act of an assembly that opens a text, as it stands, its verb with it, for what is turned down is voted on
    too: `rejette la vente du quai ;` → `rejette la vente du quai`; "" for none."""
    act = _like("deciding").match(text)
    return act.group().strip(" .:;,") if act is not None else ""


def _deliberated(how: str) -> Result | None:
    """The vote of an assembly, told over or before what it decides; None when nothing says how it voted."""
    said, act = _Said(how), _like("deciding").search(how)
    at = said.kinds.find("u")
    if "pour" not in said.by_side and at < 0:
        return None
    words = said.word(at) if at >= 0 else ""
    refuses = _like("turns_down").search(how, said.spans[at][1]) if words else None
    if refuses is not None:
        words = how[said.spans[at][0] : refuses.end()]
    counts = dict.fromkeys(SIDES) | said.by_side
    own = act.group().strip(" .") if act is not None else ""
    told = "rejetée" if refuses else "adoptée" if words else ""
    return Result(
        counts["pour"], counts["contre"], told, True, counts["abstention"], counts["sans"],
        words=words, own=own, is_of_point=True,
    )  # fmt: skip


def _each_with_its_side(text: str) -> str:
    """A text whose lists of people and of numbers are counts, each with its side."""
    if (columns := _summed(text)) is not None:
        return columns
    roll = [_like("in_roll").fullmatch(line.strip()) for line in text.split("\n")]
    if len(roll) > 1 and (sides := [one["side"] for one in roll if one is not None])[len(roll) - 1 :]:
        return ", ".join(f"{side} : 1" for side in sides)
    text = _like("slashed").sub(lambda one: f"pour : {one[1]}, contre : {one[2]}, abstention : {one[3] or 0}", text)
    return _like("names_then_side").sub(_number_of, _like("side_then_names").sub(_number_of, text))


def _number_of(found: re.Match[str]) -> str:
    """The side of a list of those who took it, and how many they are; what is no list of people as it stands."""
    if _like("counted_before").search(found.string, 0, found.start()):
        return found["side"]  # « 2 voix contre : Mme Roux, M. Prat »
    if (counted := re.search(r"\((\d+)\)$", found["names"])) is not None:
        return f"{found['side']} : {counted[1]}"
    people = re.split(_JOINT, _BRACKETS.sub("", found["names"]))
    n_sure = sum(map(is_surely_named, people))
    is_told = bool(found["vote"]) or not found["side"].lower().startswith(("pour", "contre"))
    is_of_people = is_surely_named(people[0]) if not is_told else True
    return (
        f"{found['side']} : {len(people)}" if is_of_people and (is_told or 2 * n_sure >= len(people)) else found.group()
    )


class _Voters(NamedTuple):
    """A line of those who took a side: how many people, the voices that it counts beside them (0 without), whether
    these are surely theirs alone."""

    people: int
    voices: int
    is_own: bool


def _summed(text: str) -> str | None:
    """Lines of voters under their side, « POUR », « 24 Majorité », « M. Roux (2) », as counts; "" where they cannot be
    told; None for another text."""
    sides: dict[str, list[_Voters]] = {}
    rows: list[_Voters] | None = None
    for line in text.split("\n"):
        if named := sides_named(line):
            if len(named) > 1:
                return ""
            rows = sides.setdefault(named[0], [])
            continue
        voters = _voters_in(line)
        if rows is None or voters is None:
            return None
        rows.append(voters)
    if not any(sides.values()):
        return None
    if any(map(_may_be_total, sides.values())):
        return ""
    return ", ".join(f"{side} : {sum(one.voices or one.people for one in rows)}" for side, rows in sides.items())


def _may_be_total(rows: Sequence[_Voters]) -> bool:
    """Whether the only number of a list, beside its last name, may be of all of it: « Mme Roux », « M. Prat 2 »."""
    is_last_alone = len(rows) > 1 and not rows[-1].is_own and not any(one.voices for one in rows[:-1])
    return is_last_alone and rows[-1].voices == sum(one.people for one in rows)


def _voters_in(line: str) -> _Voters | None:
    """Those of a line who took the side above: `M. Roux`, `Mme Prat (2)`, `24 Majorité`; None for another."""
    found = _like("voters").fullmatch(line.strip())
    if found is None or (found["before"] and found["after"]):
        return None
    voices = int(found["before"] or found["after"] or 0)
    if found["group"]:
        return _Voters(1, voices, True) if voices else None
    people = re.split(rf"{_JOINT}|\s+(?={CIVILITY}\s)", found["who"])
    return _Voters(len(people), voices, line.rstrip().endswith(")"))


def is_of_voters(line: str) -> bool:
    """Whether a line holds but people, or a group and how many they are, who may have taken the side above."""
    return _voters_in(line) is not None


def sides_named(line: str) -> list[str]:
    """The sides that a line names, and nothing else: `POUR   ABSTENTION`, `Ont voté contre :`; none for another."""
    bare = line.strip(_END)
    whole = _SIDE_TITLE.fullmatch(_VOTE_VERB.sub("", bare))
    found = [whole] if whole is not None else [*map(_SIDE_TITLE.fullmatch, bare.split())]
    sides = [one.lastgroup or "" for one in found if one is not None]
    return sides if len(set(sides)) == len(found) else []


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"(?<=[.!?…])(?<!\bM\.)(?<!\bMM\.)\s+(?!\()|\n+", text) if one.strip()]


def results_in(text: str) -> list[tuple[str, Result]]:
    """The results that a text tells, each with what was voted on: its sentence, or the one before a mere count. What
    says but that it is approved, after nothing that may be, tells nothing."""
    groups: list[tuple[str, str]] = []  # what stands before, the words of a result
    before, is_open = "", False
    for sentence in _sentences(text):
        result = result_of(sentence)
        if is_open and _goes_on(groups[-1][1], sentence, result):
            groups[-1] = (groups[-1][0], f"{groups[-1][1]} {sentence}")
        elif result is None and not _like("moved_by").match(sentence):
            is_call = calls_to_vote(sentence)  # on what was put before it, never on a mere remark
            before, is_open = (before if PUTS.search(before) else "") if is_call else sentence, False
        elif result is not None:
            groups.append(("" if is_open else before, sentence))
            is_open = True
    told = ((above, said, result_of(said)) for above, said in groups)
    return [
        (_object_of(above, said, one), one)
        for above, said, one in told
        if one is not None and (above or one.own or one.subject or one.counts or not one.is_bare or " " in one.words)
    ]


def _object_of(above: str, text: str, result: Result) -> str:
    """What a result is on: what it names, else what stands above a mere one, else its sentence without the result that
    opens or closes it: `Odile est élue`, not `Odile est élue par 9 voix`."""
    said = _Said(text)
    named = result.own or result.subject or (above if result.is_bare else "")
    if named or not (said.counts or said.outcome):
        return named or text
    start, end = said.result_span
    before, after = _like("joint").sub("", text[:start]), text[end:].strip(" ,.;)")
    return text if _WORD.search(after) and _WORD.search(before) else before or after


def calls_to_vote(text: str) -> bool:
    """Whether words but ask who is for or against, or say who takes no part: `Quels sont ceux qui sont pour ?`."""
    return _like("takes_no_part").search(text) is not None or (
        len(text.split()) <= _CALL_WORDS_MAX and _like("calls").search(text) is not None
    )


_CALL_WORDS_MAX = 10
LEFT_TO_COUNT, PROPOSED, PUTS = map(_like, ("left_to_count", "proposed", "puts"))


def put_by(words: str) -> str:
    """What somebody puts to the vote, in her words: what she proposes last, else what she asks remarks on, else all."""
    proposed, asked = [*PROPOSED.finditer(words)], _like("asks_about").search(words)
    return proposed[-1].group() if proposed else asked["own"] if asked is not None else words


def _goes_on(said: str, sentence: str, result: Result | None) -> bool:
    """Whether a sentence tells more of the vote that was said, `12 pour. 3 contre. Adopté.`: it names nothing of its
    own, and says nothing that was said already."""
    first, rest = result_of(said), _Said(sentence)
    if first is None or rest.own:
        return False
    if rest.outcome is not None and is_decision(sentence) and (result is None or not result.counts):
        return not first.outcome or (result is not None and result.outcome == first.outcome)
    if result is None or not result.is_bare or result.subject:
        return False
    sides = {side for side, _ in first.counts}
    return not (first.outcome and result.outcome) and sides.isdisjoint(side for side, _ in result.counts)


def result_closing(text: str) -> tuple[int, int] | None:
    """Where what was voted on ends and the result that closes a heading begins: `Motion pour le bac (adoptée)`."""
    whole = result_of(text)
    for found in re.finditer(r"\s*[(–—:]\s*|\s-\s|,\s", text if whole is None or not whole.is_bare else ""):
        result = result_of(text[found.end() :].strip(" ).")) if _WORD.search(text, 0, found.start()) else None
        if result is not None and result.is_bare and not (result.subject or result.own):
            return found.span()
    return None


def is_in_roll(line: str) -> bool:
    """Whether a line says what somebody voted, and nothing else: `Mme Roux : contre`."""
    return _like("in_roll").fullmatch(line.strip()) is not None


def is_side(text: str) -> bool:
    """Whether a line is but the name of a side, over those who took it: `Ont voté contre :`."""
    return len(sides_named(text)) == 1


def announces_vote(text: str) -> bool:
    """Whether a line says but that there is a vote, and nothing of its result: `VOTE`."""
    return _VOTE_ALONE.fullmatch(text.strip()) is not None


_VOTE_ALONE = re.compile(r"votes?|au vote|mise aux voix", re.IGNORECASE)


# decisions ---------------------------------------------------------------------------------------------------------

_BY_MOST = re.compile(_named("u") + "|" + _named("k"), re.IGNORECASE)
_DEFINED = dict(one[1:].split(" ", 1) for one in read_lines(__name__, "decisions") if one[0] == "=")
_READ = (one for one in read_lines(__name__, "decisions") if one[0] != "=")
_LINES = [re.sub(r"<(\w+)>", lambda name: _DEFINED[name[1]], one) for one in _READ]
_SURELY, _TOLD = [one for one in _LINES if one[0] != "+"], [one[1:] for one in _LINES if one[0] == "+"]
_DECIDES = re.compile(rf"\W*(?:(?:{'|'.join(_SURELY)})|(?P<told>{'|'.join(_TOLD)}))", re.IGNORECASE)
_DECIDED_WORDS_MAX, _CAPITALS = 40, 3
_MARKS = " .:;!?…()[]→⇒>=–—-\u00a0\u202f"


def decision_in(text: str) -> int | None:
    """Where the decision that closes a text begins, on what stands before it: `ADOPTE A HAUTEUR DE 500€`; else None."""
    found = _like("decision").search(text, max(0, len(text) - CLOSING_MAX))
    return found.start("said") if found else None


def decided_in(text: str, label: str = "", is_turn: bool = False) -> tuple[Position, ...]:
    """What a line of minutes says was decided: `Panneau mobile : [RETENU]`, `Décision : …`, `Il est décidé que…`.

    `label` : what the line stands under: `Décisions`. `is_turn` : somebody speaks, who may tell what others decided.
    """
    labelled = _like("decided_label").match(text)
    if labelled is not None:
        return (Position(NEITHER, DECISION, (labelled["what"] or text).strip(" .")),)
    if label and _like("lists_decisions").match(label) and _is_set(text):
        return (Position(NEITHER, DECISION, text.strip(" .")),)
    at = decision_in(text)
    before = text[:at].rstrip()
    is_marked = at is not None and (
        text[at : at + _CAPITALS].isupper() or before[-1:] in tuple("([→⇒>") or _BY_MOST.search(text, at) is not None
    )
    if is_marked and len(_WORD.findall(before)) in range(1, _DECIDED_WORDS_MAX):  # « Un local : refusé » complains
        return (Position(NEITHER, DECISION, before.rstrip(_MARKS), answer=text[at:].strip(_MARKS)),)
    said = [(one, _DECIDES.match(one)) for one in _sentences(text) if len(one) <= CLOSING_MAX and one[-1] != "?"]
    return tuple(
        Position(NEITHER, DECISION, one.strip(" ."))
        for one, found in said
        if found is not None and not (is_turn and found["told"])
    )


def _is_set(text: str) -> bool:
    """Whether a line of a list of decisions is one: a thing to do or that is settled, not what somebody does, tells or
    announces."""
    first, second, *_ = (*_BRACKETS.sub(" ", text).split(), "", "")
    is_of_somebody = (
        not is_noun(first.lower()) and not is_infinitive(first.lower()) and third_person(second) is not None
    )
    says_more = is_of_somebody or has_main_verb(text)
    return not _like("announces").search(text) and (_like("sets").search(text) is not None or not says_more)


def is_decision(text: str) -> bool:
    """Whether a text is a decision, on what was said before it, and nothing else."""
    at = decision_in(text)
    return at is not None and not _WORD.search(text, 0, at)


def changes_what_was_asked(text: str) -> bool:
    """Whether a text decides otherwise than was asked, wholly or in part; for a sum, whether it may."""
    at = decision_in(text)
    return at is not None and not _like("as_asked").fullmatch(text, at)


def has_amount(text: str) -> bool:
    """Whether a text names a sum of money."""
    return _AMOUNT.search(text) is not None


# tables ------------------------------------------------------------------------------------------------------------


class Counted(NamedTuple):
    """What a table of votes counts: the place of its row, its words, the voices of a choice, those for a mere idea."""

    row: int
    text: str
    voices: tuple[Position, ...] = ()
    votes: int | None = None


def votes_of_table(rows: Sequence[Sequence[str]]) -> list[Counted]:
    """The votes that a table counts: its sides, one a row (`Pour | 12`) or one a column, row by row; the choices that
    were put to the vote; the ideas that votes were given to. None of another table."""
    if len(rows) < _VOTE_ROWS_MIN:
        return []
    if all(len(row) == _VOTE_ROWS_MIN for row in rows) and (counted := _by_row(rows)):
        return counted
    head = [_SIDE_TITLE.fullmatch(cell) for cell in rows[0]]
    sides = {at: str(found.lastgroup) for at, found in enumerate(head) if found is not None}
    if len({*sides.values()}) > 1:
        return _by_column(rows, sides)
    at = next((at for at, cell in enumerate(rows[0]) if matches_alias(cell, "votes") or cell.lower() == "voix"), None)
    return _by_choice(rows[1:], at) if at is not None and len(rows[0]) > 1 else []


_VOTE_ROWS_MIN = _CHOICES_MIN = 2
_OF_VOTERS = re.compile(r"\b(?:votants?|présents?|inscrits?)\b", re.IGNORECASE)
_VOTE_VERB = re.compile(r"^(?:ont\s+)?vot(?:ent|é|es?)\s+", re.IGNORECASE)
_SIDE_TITLE = re.compile(rf"(?:(?:nombre de\s+)?(?:votes?|voix)\s+)?(?:{_SIDE})\.?", re.IGNORECASE)
_VOICES, _SHARE = re.compile(r"(\d{1,5})(?:\s*(?:voix|votes?))?"), re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%")
_IN_RESULT = {"sans": "sans avis"}


def _by_row(rows: Sequence[Sequence[str]]) -> list[Counted]:
    """The vote whose sides, or whose choices under how many voted, stand each in a row; none of another table."""
    counts = [(_VOTE_VERB.sub("", label), n) for label, n in rows if not _OF_VOTERS.search(label)]
    came = [f"{n} votants" for label, n in rows if _OF_VOTERS.search(label)]
    joined = ", ".join([*came, *(f"{label} : {n}" for label, n in counts)])
    result, voices = result_of(joined), _ballot(counts) if came else ()
    return [Counted(0, joined, voices)] if voices or (result is not None and result.is_bare) else []


def _ballot(counts: Sequence[tuple[str, str]]) -> tuple[Position, ...]:
    """The voices of several choices that were put to the vote together, and who abstained; none of another table."""
    sides = [found.lastgroup if (found := _SIDE_TITLE.fullmatch(choice)) else "" for choice, _ in counts]
    choices = [choice for (choice, _), side in zip(counts, sides, strict=True) if not side]
    are_people = all(re.fullmatch(_PERSON, choice) for choice in choices)  # who stood and lost is named nowhere
    is_other = are_people or len(choices) < _CHOICES_MIN or bool({"pour", "contre"} & {*sides})
    if is_other or not all(n.isdigit() for _, n in counts):
        return ()
    return _voices(sides, [(choice, int(n)) for choice, n in counts])


def _voices(sides: Sequence[str | None], counts: Sequence[tuple[str, int]]) -> tuple[Position, ...]:
    """The voices of choices that were put to the vote together, each with its side; none of what nobody chose."""
    told = zip(sides, counts, strict=True)
    return tuple(Position(side or NEITHER, VOTE, n=n, answer=choice) for side, (choice, n) in told if n)


def _by_column(rows: Sequence[Sequence[str]], sides: dict[int, str]) -> list[Counted]:
    """Votes whose sides stand each in a column, in words: `Rapport moral : 15 pour, 0 contre, approuvé`."""
    found: list[Counted] = []
    for at, row in enumerate(rows[1:], 1):
        cells = {n: _VOICES.fullmatch(row[n]) for n in sides if n < len(row) and row[n].strip(" –-")}
        if None in cells.values():
            return []
        told = [f"{n[1]} {_IN_RESULT.get(sides[one], sides[one])}" for one, n in cells.items() if n is not None]
        subject, *others = [cell.strip(_MARKS) for n, cell in enumerate(row) if n not in sides] or [""]
        text = ", ".join(filter(None, (*told, *others)))
        found += [Counted(at, f"{bare_heading(subject)} : {text}" if subject else text)] if told else []
    return found


def _by_choice(rows: Sequence[Sequence[str]], at: int) -> list[Counted]:
    """The voices of each choice, where a share or what takes a side says that one excludes the others; else those of
    each idea, with what is said beside it."""
    voices = [_VOICES.fullmatch(row[at]) if at < len(row) else None for row in rows]
    told = [(row[at == 0], int(n[1])) for row, n in zip(rows, voices, strict=True) if n is not None]
    if len(told) < len(rows) or not all(_WORD.search(choice) for choice, _ in told):
        return []
    sides = [side_of(choice, in_column=True) for choice, _ in told]
    beside = [_beside(row, at) for row in rows]
    if any(beside) or not (any(sides) or any(map(_SHARE.fullmatch, chain.from_iterable(rows)))):
        rest = (f" : {', '.join(more)}" if more else "" for more in beside)
        return [Counted(n, one + more, votes=v) for n, ((one, v), more) in enumerate(zip(told, rest, strict=True), 1)]
    text = "; ".join(f"{choice} : {n}" for choice, n in told)
    return [Counted(0, text, _voices([side.side if side is not None else "" for side in sides], told))]


def _beside(row: Sequence[str], at: int) -> list[str]:
    return [cell for n, cell in enumerate(row) if n not in (at, at == 0) and _WORD.search(cell)]
