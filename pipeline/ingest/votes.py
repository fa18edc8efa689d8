"""Votes and decisions in the words of minutes: how many were for, against, abstained, and what was decided."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
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
from pipeline.language.text.lists import either, read_lines, read_words
from pipeline.tables.columns import matches_alias

_NUMBERS = {word: int(n) for *same, n in map(str.split, read_lines(__name__, "numbers_in_words")) for word in same}
_N = rf"(?P<n>\d{{1,5}}|{either(_NUMBERS)})"
_FOR, _AGAINST = r"pour|oui|d'accord|accords?|favorables?", r"contre|non|désaccords?|oppositions?|défavorables?"
_ABSTAINED = r"abstentions?|abst?(?=\.|$)|s['’]abstien(?:nen)?t|s['’]est abstenue?|se sont abstenu·?e?·?s|blancs?|nuls?"
_WITHOUT = r"sans avis|sans opinion|ne se prononcent pas|(?:ne (?:prend|prennent) )?pas part au vote|nppv"
_SIDE = rf"(?P<pour>{_FOR})|(?P<contre>{_AGAINST})|(?P<abstention>{_ABSTAINED})|(?P<sans>{_WITHOUT})"
_ONE_SIDE = re.compile(rf"\b(?:{_SIDE})\b", re.IGNORECASE)
_OTHERS = r"présent[\w·.]*|votants?|votes? en anticipé|exprimés?"
_VOTERS = r"(?:voix|votes?|avis|personnes?|membres?|mains?|élus?|élues?|habitants?|participants?)"
_ARE = r"(?:(?:sont|étaient|votent|ont voté|se disent|se sont prononcée?s)\s+)?"
_OF_SOMETHING = rf"[^\S\n]+\d+\b(?!\s*{_VOTERS}?\s*{_ARE}(?:{_FOR}|{_AGAINST}|{_ABSTAINED}|{_WITHOUT}|{_OTHERS})\b)"
"""A number after a side that counts nobody: `2 pour 1`, not `12 pour 3 contre`."""
_NUMBER_FIRST = re.compile(
    rf"(?<![\w-])(?<!\d/){_N}\s*(?P<voters>{_VOTERS})?\s*{_ARE}(?:[«“\"]\s*)?(?:d['’])?(?:{_SIDE}|{_OTHERS})(?![\w'’]|-\w)(?:\s*[»”\"])?"
    rf"(?(voters)|(?(pour)(?!\s+(?!et\b|contre\b)[^\W\d]|{_OF_SOMETHING})"
    rf"|(?(contre)(?!\s+(?!et\b)[^\W\d]|{_OF_SOMETHING}))))",
    re.IGNORECASE,
)
"""`12 pour`, `3 voix contre`; neither `2 pour les enfants` nor `le covid-19 pour`."""
_VERSUS = re.compile(
    rf"(?<![\w-]){_N}\s+voix\s+contre\s+(?P<against>\d{{1,5}}|{either(_NUMBERS)})\b"
    r"(?!\s+voix\s+pour\b)(?!\s*(?:voix\s+)?(?:abst|blanc|nul|sans))(?:\s+voix\b)?",
    re.IGNORECASE,
)
"""`adopté par 12 voix contre 3`: the first number is of those for it, or against what they reject."""
_BY_VOICES_ALONE = re.compile(
    rf"(?<=\bpar\s){_N}\s+(?:voix|votes?)(?!\s+(?:pour|contre|favorables?|défavorables?|d['’]abst)\b)", re.IGNORECASE
)
_CAME = re.compile(
    rf"^(?!.*(?:anticip|pouvoir|procuration|représenté)).*?(?<!\w){_N}\s*(?:présent|votant)", re.I | re.S
)
"""Those who came, where nobody votes for one who did not."""


def _decided(*stems: str) -> str:
    """The participles of verbs that decide; in capitals, with or without their accent: `adoptée`, `ADOPTE`."""
    small, capital = "|".join(stems), "|".join(map(str.upper, stems))
    return rf"(?:(?:{small})ée?s?|(?-i:(?:{capital})EE?S?))"


_MOST = (
    r"[àa]\s+(?:l['’]unanimit[ée]|la\s+majorit[ée])(?:\s+(?:absolue|relative|qualifiée))?"
    r"(?:\s+des\s+(?:voix|(?:\w+\s+)?(?:présent|votant)[\w·.]*(?:\s+(?:et|ou)\s+représent[\w·.]*)?"
    r"|suffrages exprimés|votes? exprimés?))?"
    r"(?:\s+moins\s+[\w-]+\s+(?:voix|abstentions?)(?:\s+contre)?)?"
)
_YES, _NO = _decided("adopt", "approuv", "accept"), _decided("rejet", "refus")
_ALONE = rf"(?=\s*(?:voix|votes?)?\s*(?:[.,;/|)–-]|$|\b(?:{_FOR}|{_AGAINST}|{_ABSTAINED}|{_YES}|{_NO})\b))"
_NUMBER_LAST = re.compile(
    rf"\b(?:votes?\s+|voix\s+)?(?:{_SIDE})\s*(?:[:=?]\s*|\((?=\s*[\w-]+\s*(?:voix|votes?)?\s*\)))\s*"
    rf"(?P<n>\d{{1,5}}\b(?!\s*(?:pr|vot))|(?:{either(_NUMBERS)}){_ALONE})"
    rf"(?:\s+voix\b(?!\s+(?:{_FOR}|{_AGAINST}|{_ABSTAINED}|d)))?\)?",
    re.IGNORECASE,
)
"""`Pour : 12`, `Abstentions (2)`, `Contre : aucun`, `Qui est contre ? 3`."""
_VOTERS_LAST = re.compile(
    r"\b(?:votants?|(?:suffrages\s+)?exprimés?)\s*[:=]?\s*\d{1,5}\b"
    rf"(?!\s*{_VOTERS}?\s*{_ARE}(?:{_FOR}|{_AGAINST}|{_ABSTAINED})\b(?!\s*[:=(?]))",
    re.IGNORECASE,
)
"""`Votants : 17, exprimés : 15`."""
_PROPER = r"(?-i:[A-ZÀ-Þ][\w’'-]*\.?)"
_PERSON = rf"(?:{CIVILITY}\s+)?{_PROPER}(?:\s+{_PROPER}){{0,3}}(?:\s*\([^()]*\))?"
_JOINT = r"(?:\s*[,&\n]\s*|\s+[–—-]\s+|\s+et\s+)"
_PERSONS = rf"{_PERSON}(?:{_JOINT}{_PERSON})*"
_BETWEEN_PERSONS = re.compile(_JOINT)
_VOTED_FOR = r"(?:(?:ont|a)\s+voté|vot(?:ent|e))\s+"
_COUNTED_BEFORE = re.compile(rf"(?<![\w-]){_N}\s*(?:{_VOTERS}\s*)?$", re.IGNORECASE)
_SIDE_THEN_NAMES = re.compile(
    rf"(?<![\w-])(?P<vote>{_VOTED_FOR}|votes?\s+|voix\s+)?(?P<side>{_FOR}|{_AGAINST}|{_ABSTAINED})\s*[:\n]\s*"
    rf"(?P<names>{_PERSONS})(?=\s*(?:[.;/|]|\s[–-]\s|$))",
    re.IGNORECASE | re.MULTILINE,
)
"""`Ont voté contre : MM. Roux et Prat`."""
_NAMES_THEN_SIDE = re.compile(
    rf"(?:^|(?<=[.;]\s))(?P<names>{_PERSONS})\s+(?P<vote>{_VOTED_FOR}(?=pour|contre))?"
    rf"(?P<side>(?<=\s)(?:pour|contre)(?=\W*$|\W*;)|s['’]abstien(?:nen)?t|s['’]est abstenue?|se sont abstenu·?e?·?s)"
    r"(?=\W*$|\W*;)",
    re.IGNORECASE | re.MULTILINE,
)
"""`MM. Roux et Prat votent contre.`"""
_IN_ROLL = re.compile(
    rf"{_PERSON}(?:\s*[:–—]\s*|\s-\s+|\s+)(?:{_VOTED_FOR})?"
    rf"(?P<side>pour|contre|(?:dé)?favorable|{_ABSTAINED}|nppv)\W*",
    re.IGNORECASE,
)
"""`Mme Roux : contre`, one of a roll call: « Mme Roux : oui » may answer anything."""
_DELIBERATED = re.compile(
    r"\W*(?P<before>l\S{1,3}\s?(?:\S+\s){1,9}?)?après (?:en )?avoir (?:délibéré|débattu)\b(?P<how>[^:]*)",
    re.IGNORECASE,
)
"""`Le conseil municipal, après en avoir délibéré, à l'unanimité :`: over what is decided, or before it."""
_MAY_TELL = re.compile(
    rf"\d|\b(?:{either(_NUMBERS)})\b|{_YES}|{_NO}|\bvot(?:é|e|ent|es)\b|unanim|majorit|abst|(?:contre|pour)\s*[:\n]",
    re.IGNORECASE,
)
_SIDE_THEN_NUMBER = re.compile(rf"\b(?:{_SIDE})\s+(?P<n>\d{{1,5}})\b", re.IGNORECASE)
"""`pour 18, contre 2`: read where both sides are told, for `pour 18 personnes` counts nothing."""
_OUTCOME = re.compile(
    r"\b(?P<not>(?:(?:n['’](?:est|a|ont)|ne\s+sont)\s+)?pas\s+(?:été\s+)?|non[\s-]+)?(?<!lu et )"
    rf"(?P<said>(?P<yes>{_YES})|{_NO})\b(?:\s+{_MOST})?",
    re.IGNORECASE,
)
_BY_ALL = re.compile(
    rf"(?:(?:{either(read_words(__name__, 'vote_words'))}|voté|décision|pour|accord|favorable)\b\W*)*"
    rf"(?P<how>{_MOST}|unanim(?:ité|es?|ement)|100\s?%\s+(?:(?:de\s+)?(?:votes?|voix)\s+)?"
    r"(?:d['’]approbation|pour|favorables?))\W*",
    re.IGNORECASE,
)
"""`Vote à main levée : unanimité`, where nothing else is said."""
_AROUND = re.compile(rf"\b(?:{either(read_words(__name__, 'vote_words'))})\b", re.IGNORECASE)
_VOTED = re.compile(r"\b(?:amendement|proposition|motion|résolution|délibération|vote|vœu|scrutin)s?\b", re.IGNORECASE)
_DECIDED_ONLY = re.compile(rf"^\W*(?:{_YES}|{_NO})\b", re.IGNORECASE)
_OF_ANYBODY = re.compile(rf"\b{_decided('accept', 'refus')}\b", re.IGNORECASE)
"""What anybody does, where an assembly adopts and rejects."""
_HOW = (
    r"[àa]\s+(?:hauteur|concurrence|condition|l['’]unanimit|la\s+(?:majorit|prochaine|s[ée]ance))|[àa]\s+\d+\s?(?:€|k€|euros?|%)|"
    r"au\s+prochain|"
    r"sous\s+r[ée]serve|avec\s+(?:r[ée]serve|amendement|modification)|en\s+(?:partie|l['’][ée]tat)|partiellement|"
    r"pour\s+\d|jusqu['’]"
)
"""What may follow a decision, and qualifies it."""
_QUALIFIED = re.compile(rf"\b(?:{_YES}|{_NO})\s+(?:{_HOW}).*", re.IGNORECASE | re.DOTALL)
_BY_MOST = re.compile(_MOST, re.IGNORECASE)
_TURNS_DOWN = re.compile(r"\b(?:rejet(?:te|er)|refuse[rz]?|repouss(?:e|er)|désapprouve[r]?|défavorable|s['’]oppose)\b")
_BY_VOICES = re.compile(
    r"\S+\s+[àa]\s+(?:l['’]unanimit[ée]|la\s+majorit[ée])(?:\s+des\s+(?:[\w·.]+\s*){1,4})?", re.IGNORECASE
)
_OTHERWISE = _decided("valid", "vot", "amend", "report", "ajourn", "retir", "accord", "écart")
_DECISION = re.compile(
    r"(?:^|[:.;!?…(\[→⇒>–—-])[\W_]*(?P<said>(?:(?:non|pas|c['’]est|est|projet|proposition|demande|subvention)\s+)*"
    rf"(?:{_YES}|{_NO}|{_OTHERWISE}|retenue?s?)\b"
    rf"(?:[\s,]+(?:{_HOW})[^.!?…\n]*|\s+\w+)?)[\W_]*$",
    re.IGNORECASE,
)
_AS_ASKED = re.compile(
    rf"\W*(?:{_YES})\b(?:\W+[àa]\s+(?:l['’]|la\s+)(?:unanimit|majorit)(?!.*\b(?:r[ée]serve|condition|hauteur|amend)).*)?\W*",
    re.IGNORECASE | re.DOTALL,
)
_DECIDED_LABEL = re.compile(
    r"\W*(?:(?:relevé de\s+)?décisions?(?:\s+prises?)?\s*:\s*(?P<what>\S.{2,})"
    r"|(?:option|choix|proposition|solution|projet)s?\s+retenue?s?\s*:\s*\S.{2,})",
    re.IGNORECASE | re.DOTALL,
)
_LISTS_DECISIONS = re.compile(
    r"\W*(?:relevé de )?décisions?(?:$|\s+(?!d[eu]s?\b|d['’]|sur\b|concernant\b|relatives?\b|quant\b))", re.IGNORECASE
)
"""`Décisions prises`, not `Décision sur l'éclairage`, which is a point."""
_SURELY = [one for one in read_lines(__name__, "decisions") if one[0] != "+"]
_TOLD = [one[1:] for one in read_lines(__name__, "decisions") if one[0] == "+"]
_DECIDES = re.compile(rf"\W*(?:(?:{'|'.join(_SURELY)})|(?P<told>{'|'.join(_TOLD)}))", re.IGNORECASE)
_DECIDED_WORDS_MAX, _CAPITALS = 40, 3
_MARKS = " .:;!?…()[]→⇒>=–—-\u00a0\u202f"
_AMOUNT = re.compile(r"\d\s*(?:€|k€|euros?\b)", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_BALLOT = re.compile(r"\d+\s+votants?(?:,\s+[^,:]{2,80}\s:\s\d+)+", re.IGNORECASE)
"""`22 votants, blancs : 2, Lucie Morin : 12, Paul Vidal : 8`: each candidate has her voices."""
_OTHER_WORDS_MAX, _SUBJECT_WORDS_MAX = 1, 2
_WORD = re.compile(r"[^\W\d_]{2,}")
_OPEN_BRACKET = re.compile(r"\s*\([^()]*$")
_LABEL = re.compile(r"^(?P<subject>[^:\n]{3,120}?)\s*:\s")
_OF_RESULTS = (_NUMBER_LAST, _VOTERS_LAST, _NUMBER_FIRST, _OUTCOME, _AROUND)
SIDES = ("pour", "contre", "abstention", "sans")
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
        return (*voices, Position(NEITHER, DECISION, put, answer=self.words)) if self.words else voices


def decision_in(text: str) -> int | None:
    """Where the decision that closes a text begins, on what stands before it: `ADOPTE A HAUTEUR DE 500€`; else None."""
    found = _DECISION.search(text, max(0, len(text) - CLOSING_MAX))
    return found.start("said") if found else None


def decided_in(text: str, label: str = "", is_turn: bool = False) -> tuple[Position, ...]:
    """What a line of minutes says was decided: `Panneau mobile : [RETENU]`, `Décision : …`, `Il est décidé que…`.

    `label` : what the line stands under: `Décisions`. `is_turn` : somebody speaks, who may tell what others decided.
    """
    labelled = _DECIDED_LABEL.match(text)
    if labelled is not None:
        return (Position(NEITHER, DECISION, (labelled["what"] or text).strip(" .")),)
    if label and _LISTS_DECISIONS.match(label) and _is_set(text):
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


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"(?<=[.!?…])\s+(?!\()|\n+", text) if one.strip()]


def results_in(text: str) -> list[tuple[str, Result]]:
    """The results that a text tells, each with what was voted on: its sentence, or the one before a mere count. What
    says but that it is approved, after nothing that may be, tells nothing."""
    groups: list[tuple[str, str]] = []  # what stands before, the words of a result
    before, is_open = "", False
    for sentence in _sentences(text):
        result = result_of(sentence)
        if is_open and _goes_on(groups[-1][1], sentence, result):
            groups[-1] = (groups[-1][0], f"{groups[-1][1]} {sentence}")
        elif result is None:
            is_call = calls_to_vote(sentence)  # on what was put before it, never on a mere remark
            before, is_open = (before if PUTS.search(before) else "") if is_call else sentence, False
        else:
            groups.append(("" if is_open else before, sentence))
            is_open = True
    told = [(above, said, result) for above, said in groups if (result := result_of(said)) is not None]
    return [
        (("" if result.counts else result.own) or (above if result.is_bare and above else said), result)
        for above, said, result in told
        if above or result.own or result.subject or result.counts or not result.is_bare
    ]


def calls_to_vote(text: str) -> bool:
    """Whether words but ask who is for or against, or say who takes no part: `Quels sont ceux qui sont pour ?`."""
    return _TAKES_NO_PART.search(text) is not None or (
        len(text.split()) <= _CALL_WORDS_MAX and _CALLS.search(text) is not None
    )


_CALLS = re.compile(rf"\b(?:{_SIDE})\s*\?\W*$", re.IGNORECASE)
_TAKES_NO_PART = re.compile(r"\bne\s+(?:participe|pren[dn])\w*\s[^.;:]{0,40}\bvote\b\W*$", re.IGNORECASE)
_CALL_WORDS_MAX = 10
LEFT_TO_COUNT = re.compile(r"\b(?:reste|restent|resterait)\s+à\s+(?:re|dé)?compter\b", re.IGNORECASE)
"""Voices that were not counted yet, where the heads that were told are no result."""
_IS_PROPOSED = r"\bil\s+(?:vous\s+|nous\s+)?est\s+(?:donc\s+)?proposé\b"
PROPOSED = re.compile(rf"{_IS_PROPOSED}\s+(?:de\s|d['’]|que\s|qu['’])(?:(?!{_IS_PROPOSED})[^.!?\n])+", re.IGNORECASE)
"""What an assembly is asked to vote on: `il vous est proposé d'ouvrir le bac`."""
PUTS = re.compile(r"\b(?:propos|soum|demand|suggèr|décid|approuv|autoris|amend|motion|résolution)\w*", re.IGNORECASE)
"""Words that put something to others."""


def _goes_on(said: str, sentence: str, result: Result | None) -> bool:
    """Whether a sentence tells more of the vote that was said, `12 pour. 3 contre. Adopté.`: it names nothing of its
    own, and says nothing that was said already."""
    first, outcome = result_of(said), _OUTCOME.search(sentence)
    if first is None or (outcome is not None and _own(sentence[: outcome.start()], bool(outcome["not"]))):
        return False
    if outcome is not None and is_decision(sentence) and (result is None or not result.counts):
        return not first.outcome or (result is not None and result.outcome == first.outcome)
    if result is None or not result.is_bare or result.subject:
        return False
    sides = {side for side, _ in first.counts}
    return not (first.outcome and result.outcome) and sides.isdisjoint(side for side, _ in result.counts)


def result_closing(text: str) -> tuple[int, int] | None:
    """Where what was voted on ends and the result that closes a heading begins: `Motion pour le bac (adoptée)`."""
    whole = result_of(text)
    if whole is not None and whole.is_bare:
        return None
    for found in _SETS_OFF.finditer(text):
        result = result_of(text[found.end() :].strip(" ).")) if _WORD.search(text, 0, found.start()) else None
        if result is not None and result.is_bare and not (result.subject or result.own):
            return found.span()
    return None


_SETS_OFF = re.compile(r"\s*[(–—:]\s*|\s-\s|,\s")


def _is_set(text: str) -> bool:
    """Whether a line of a list of decisions is one: a thing to do or that is settled, not what somebody does, tells or
    announces."""
    first, second, *_ = (*_BRACKETS.sub(" ", text).split(), "", "")
    is_of_somebody = (
        not is_noun(first.lower()) and not is_infinitive(first.lower()) and third_person(second) is not None
    )
    says_more = is_of_somebody or has_main_verb(text)
    return not _ANNOUNCES.search(text) and (_SETS.search(text) is not None or not says_more)


_ANNOUNCES = re.compile(
    r"\b(?:[àa]|ont|aura|auront)\s+lieu\b|\?\W*$|https?://|^\W*(?:idem|rappel|info|nb|ps)\b", re.IGNORECASE
)
_SETS = re.compile(
    r"\b(?:est|sont|a été|ont été|reste(?:nt)?)\s+(?:\w+\s+)?"
    rf"(?:{either(read_words(__name__, 'settled'))})"
    r"|\b(?:on|nous)\s+\w|\b\w{2,}r(?:a|ont|ons)\b",
    re.IGNORECASE,
)


def is_decision(text: str) -> bool:
    """Whether a text is a decision, on what was said before it, and nothing else."""
    at = decision_in(text)
    return at is not None and not _WORD.search(text, 0, at)


def changes_what_was_asked(text: str) -> bool:
    """Whether a text decides otherwise than was asked, wholly or in part; for a sum, whether it may."""
    at = decision_in(text)
    return at is not None and not _AS_ASKED.fullmatch(text, at)


def has_amount(text: str) -> bool:
    """Whether a text names a sum of money."""
    return _AMOUNT.search(text) is not None


@lru_cache(maxsize=4_096)
def result_of(text: str) -> Result | None:
    """The result that a text tells; None when it tells none: one number alone proves nothing.

    Kept, for a line is asked as a block, then as what somebody says.
    """
    if not _MAY_TELL.search(text):
        return None
    by_all = _BY_ALL.fullmatch(text.strip())
    if by_all is not None:
        return Result(None, None, "adoptée", True, words=by_all["how"])
    text = _in_one_way(_BEFORE_OBJECT.sub("", text.strip()))
    deliberated = _DELIBERATED.match(text)
    if deliberated is not None:
        return _deliberated(f"{deliberated['before'] or ''}{deliberated['how']}")
    found, patterns = _counted(text)
    outcome = _OUTCOME.search(text)
    counts = _by_side(found)
    n_sides = sum(n is not None for n in counts.values())
    if _exceeds(text, counts):
        return None
    is_between_names = counts["pour"] is counts["contre"] is None and _BALLOT.fullmatch(text.strip()) is not None
    if is_between_names:
        counts = dict.fromkeys(SIDES)  # who abstained says nothing without the voices of each
    own = _own(text[: outcome.start()], bool(outcome["not"])) if outcome is not None else ""
    is_whole = is_between_names or _is_of_own(text, own, patterns)
    is_bare = is_whole or _says_nothing_else(text, bool(found), outcome is not None, patterns)
    if not is_bare and (not n_sides or (n_sides < 2 and outcome is None)):
        return None  # « 2 pour les enfants, 3 pour les grands »
    words = _words_of(text, outcome) if outcome else ""
    return Result(
        counts["pour"],
        counts["contre"],
        _told(words, outcome) if outcome else "",
        is_bare,
        counts["abstention"],
        counts["sans"],
        _labelled(text),
        words,
        own,
    )


def _labelled(text: str) -> str:
    """What a label before the counts says that they are of; "" without."""
    found = _LABEL.match(text)
    subject = _OPEN_BRACKET.sub("", found["subject"]).strip() if found is not None else ""
    return subject if subject and _says_what(subject) else ""


def _is_of_own(text: str, own: str, patterns: tuple[re.Pattern[str], ...]) -> bool:
    """Whether a text says but that its subject is adopted, by how many: `Le bilan de 2023 est adopté à l'unanimité`."""
    is_told = own != "" and _BY_MOST.search(text) is not None and not has_main_verb(own)
    return is_told and not _others(text.replace(own, "", 1), patterns)


def _in_one_way(text: str) -> str:
    """A text whose numbers stand each with its side: of voices against others, of voices alone, of those named."""
    roll = [_IN_ROLL.fullmatch(line.strip()) for line in text.split("\n")]
    if len(roll) > 1 and (sides := [one["side"] for one in roll if one is not None])[len(roll) - 1 :]:
        return ", ".join(f"{side} : 1" for side in sides)
    outcome = _OUTCOME.search(text)
    is_refused = _TURNS_DOWN.search(text) is not None if outcome is None else _is_refused(outcome)
    winners, others = ("contre", "pour") if is_refused else ("pour", "contre")
    text = _VERSUS.sub(rf"\g<n> {winners}, \g<against> {others}", text)
    text = _BY_VOICES_ALONE.sub(rf"\g<n> voix {winners}", text) if outcome is not None else text
    return _NAMES_THEN_SIDE.sub(_number_of, _SIDE_THEN_NAMES.sub(_number_of, text))


def _exceeds(text: str, counts: dict[str, int | None]) -> bool:
    """Whether a text counts more votes than people who came: words, and no vote."""
    n_voices = sum(n or 0 for n in counts.values())
    came = _CAME.search(text) if n_voices else None
    return came is not None and n_voices > (_sum([came["n"]]) or 0)


_DECIDING = re.compile(
    r"\b(?:décide|approuve|adopte|autorise|valide|rejette)(?:nt)?\s+[^\W\d].{9,}", re.IGNORECASE | re.DOTALL
)
"""`décide d'attribuer 500 € au club`: what was decided, after how."""
_TALK = r"(?:discussion|débat|échange|amendement)s?"
_BEFORE_OBJECT = re.compile(
    rf"^(?:(?:donc|ainsi|en conséquence|au final|finalement)[\s,]+|votes?\s*:\s*"
    rf"|après\s+{_TALK}(?:,?\s+(?:et\s+)?{_TALK})*,\s+)+",
    re.IGNORECASE,
)
"""`Donc le budget…`, `Après discussion, le budget…`."""
_IS = re.compile(r"\s+(?:n['’]\s?)?(?:est|sont|a été|ont été|était|étaient)$", re.IGNORECASE)


def _own(before: str, is_told: bool = False) -> str:
    """What the words before an outcome say that it is of: `Le budget est` → `Le budget`; "" when they do not.

    `is_told` : the outcome holds the verb: `n'est pas adopté`.
    """
    before = before.strip()
    subject = _IS.sub("", before).rstrip(" ,")
    return subject if (is_told or subject != before) and _says_what(subject) else ""


def _deliberated(how: str) -> Result | None:
    """The vote of an assembly, told over or before what it decides; None when nothing says how it voted."""
    counted, by_most = _by_side([*_NUMBER_FIRST.finditer(how)]), _BY_MOST.search(how)
    act = _DECIDING.search(how)
    own = act.group().strip(" .") if act is not None else ""
    if counted["pour"] is None and by_most is None:
        return None
    words = "" if by_most is None else by_most.group()
    refuses = _TURNS_DOWN.search(how, by_most.end()) if by_most is not None else None
    if by_most is not None and refuses is not None:
        words = how[by_most.start() : refuses.end()]
    return Result(
        counted["pour"], counted["contre"], "rejetée" if refuses else "adoptée" if by_most else "", True,
        counted["abstention"], counted["sans"], words=words, own=own, is_of_point=True,
    )  # fmt: skip


def _told(words: str, outcome: re.Match[str]) -> str:
    """What was decided, in the words of the text where they qualify it: `adopté sous réserve` is not `adoptée`."""
    if words == outcome.group() or _BY_VOICES.fullmatch(words):
        return "rejetée" if _is_refused(outcome) else "adoptée"
    return words


def _is_refused(outcome: re.Match[str]) -> bool:
    return bool(outcome["yes"]) == bool(outcome["not"])


def _number_of(found: re.Match[str]) -> str:
    """The side of a list of those who took it, and how many they are; what is no list of people as it stands."""
    if _COUNTED_BEFORE.search(found.string, 0, found.start()):
        return found["side"]  # « 2 voix contre : Mme Roux, M. Prat »
    people = _BETWEEN_PERSONS.split(_BRACKETS.sub("", found["names"]))
    n_sure = sum(map(is_surely_named, people))
    is_told = bool(found["vote"]) or not found["side"].lower().startswith(("pour", "contre"))
    is_of_people = is_surely_named(people[0]) if not is_told else True
    return (
        f"{found['side']} : {len(people)}" if is_of_people and (is_told or 2 * n_sure >= len(people)) else found.group()
    )


def _words_of(text: str, outcome: re.Match[str]) -> str:
    how = _QUALIFIED.search(_BRACKETS.sub("", text))
    return how.group().strip(" .") if how is not None else outcome.group()


def _counted(text: str) -> tuple[list[re.Match[str]], tuple[re.Pattern[str], ...]]:
    """The counts that a text tells, each number of one side, and the patterns of what tells them."""
    last, end = list[re.Match[str]](), 0
    told = chain(_NUMBER_LAST.finditer(text), _VOTERS_LAST.finditer(text))
    for found in sorted(told, key=lambda one: one.start()):
        if _COUNTED_BEFORE.search(text, end, found.start()) is None:  # « 12 pour (3 pouvoirs) »
            last.append(found)
            end = found.end()
    both = [] if last else list(_SIDE_THEN_NUMBER.finditer(text))
    are_sides = any(match["pour"] for match in both) and any(match["contre"] for match in both)
    if are_sides and _COUNTED_BEFORE.search(text, 0, both[0].start()) is None:
        return both, (_SIDE_THEN_NUMBER, *_OF_RESULTS)
    rest = list(text)
    for found in last:
        rest[slice(*found.span())] = ";" * len(found.group())
    return [*last, *_NUMBER_FIRST.finditer("".join(rest))], _OF_RESULTS


def _by_side(found: list[re.Match[str]]) -> dict[str, int | None]:
    """How many people are counted on each side, None for one that is not told."""
    told = [match.groupdict() for match in found]
    return {side: _sum(one["n"] for one in told if one.get(side)) for side in SIDES}


def _says_nothing_else(text: str, has_counts: bool, has_outcome: bool, patterns: tuple[re.Pattern[str], ...]) -> bool:
    """Whether a text is but the result of a vote: `Rapport moral approuvé.`, `Pour : 4, contre : 2`."""
    n_others = len(_others(text, patterns))
    if has_counts or not has_outcome:
        return has_counts and n_others <= _OTHER_WORDS_MAX
    if _OF_ANYBODY.search(text) and not (_BY_MOST.search(text) or _VOTED.search(text)):
        return False  # « Retard accepté »
    is_decided = bool(_DECIDED_ONLY.match(text) and _BY_MOST.search(text))
    return (
        n_others <= _SUBJECT_WORDS_MAX and not has_amount(text) and bool(n_others or _VOTED.search(text) or is_decided)
    )


def _others(text: str, patterns: tuple[re.Pattern[str], ...]) -> list[str]:
    """The words of a text beside those of results and brackets."""
    for pattern in (_BRACKETS, *patterns):
        text = pattern.sub(" ", text)
    return _WORD.findall(text)


def _says_what(label: str) -> bool:
    """Whether a label before the counts is what was voted on: not `Vote`, `Pour` nor `Adopté à la majorité`."""
    beside = label
    for pattern in (*_OF_RESULTS[:-1], _ONE_SIDE, _AROUND):
        beside = pattern.sub(" ", beside)
    return bool(_WORD.search(beside))


def _sum(numbers: Iterable[str]) -> int | None:
    listed = [_NUMBERS.get(number.lower(), 0) if number.isalpha() else int(number) for number in numbers]
    return sum(listed) if listed else None


def is_in_roll(line: str) -> bool:
    """Whether a line says what somebody voted, and nothing else: `Mme Roux : contre`."""
    return _IN_ROLL.fullmatch(line.strip()) is not None


def is_side(text: str) -> bool:
    """Whether a line is but the name of a side, over those who took it: `Ont voté contre :`."""
    return _SIDE_TITLE.fullmatch(_VOTE_VERB.sub("", text.strip(_END))) is not None


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
    counts = ((_VOTE_VERB.sub("", row[0]), row[1]) for row in rows if len(row) > 1)
    joined = ", ".join(f"{n} votants" if _OF_VOTERS.search(label) else f"{label} : {n}" for label, n in counts)
    result = result_of(joined) if all(len(row) == _VOTE_ROWS_MIN for row in rows) else None
    if result is not None and result.is_bare:
        return [Counted(0, joined)]
    head = [_SIDE_TITLE.fullmatch(cell) for cell in rows[0]]
    sides = {at: str(found.lastgroup) for at, found in enumerate(head) if found is not None}
    if len({*sides.values()}) > 1:
        return _by_column(rows, sides)
    at = next((at for at, cell in enumerate(rows[0]) if matches_alias(cell, "votes") or cell.lower() == "voix"), None)
    return _by_choice(rows[1:], at) if at is not None and len(rows[0]) > 1 else []


_VOTE_ROWS_MIN = 2
_OF_VOTERS = re.compile(r"\b(?:votants?|présents?|inscrits?)\b", re.IGNORECASE)
_VOTE_VERB = re.compile(r"^(?:ont\s+)?vot(?:ent|é|es?)\s+", re.IGNORECASE)
_SIDE_TITLE = re.compile(rf"(?:(?:nombre de\s+)?(?:votes?|voix)\s+)?(?:{_SIDE})\.?", re.IGNORECASE)
_VOICES, _SHARE = re.compile(r"(\d{1,5})(?:\s*(?:voix|votes?))?"), re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%")
_IN_RESULT = {"sans": "sans avis"}


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
    taken = zip((side.side if side is not None else NEITHER for side in sides), told, strict=True)
    text = "; ".join(f"{choice} : {n}" for choice, n in told)
    return [Counted(0, text, tuple(Position(side, VOTE, n=n, answer=choice) for side, (choice, n) in taken))]


def _beside(row: Sequence[str], at: int) -> list[str]:
    """What is said beside a choice and its voices."""
    return [cell for n, cell in enumerate(row) if n not in (at, at == 0) and _WORD.search(cell)]
