"""Answers between the speakers of a debate: who says that she agrees or not with whom, in words that leave no doubt;
and what is said at once of what somebody has just proposed, as far as a model of such answers knows.
"""

import re
from collections.abc import Sequence
from functools import cache

from pipeline.contracts.tables import ABSTAINS, CONDITION, FOR, NEITHER, THREAD
from pipeline.ingest.formats.records import Entry, Position
from pipeline.ingest.formats.speakers import People
from pipeline.ingest.segmentation.openings import PROPOSE_START
from pipeline.ingest.structure import point_of
from pipeline.language.lexicon.nouns import CIVILITY
from pipeline.language.syntax.finite_verbs import has_verb
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either, read_lines, read_words
from pipeline.language.vocabulary.cues import UNKNOWN
from pipeline.stances.reading import IN_ANSWER, OPPOSITE, load_stances

_ABOUT_MAX = 200
_LINES = [tuple(map(str.strip, line.split(":", 1))) for line in read_lines(__name__, "agreement_openings")]
_SIDE_OF = {fold(words.rstrip("*! ")): side for side, words in _LINES}
_ALONE = frozenset(fold(words.rstrip("! ")) for _, words in _LINES if not words.endswith("*"))
_UNLESS_DENIED = frozenset(fold(words.rstrip("! ")) for _, words in _LINES if words.endswith("!"))
_WORDS = either(_SIDE_OF)
_BEFORE = r"(?:(?:avec|à|a|de)\s+)?"
_WHAT = (
    r"(?:ce\s+qu(?:e\s+|['’])(?:vien(?:t|nent)\s+de\s+dire|[a-z]+)\s+"
    r"|(?:l['’](?:avis|idée|idee|analyse|intervention|opinion)|la\s+(?:proposition|remarque|position)|les\s+propos)\s+d(?:e\s+|u\s+|['’]))?"
)
_NAME = (
    rf"(?P<name>(?:{CIVILITY}\s+)?(?:[A-ZÀ-Þ][\w’-]*(?:\s+[A-ZÀ-Þ][\w’-]*){{0,2}}"
    r"|(?:l[ae]\s+)?(?:maire|présidente?|directeur|directrice|adjointe?))\b)"
)
_TO_NAME = re.compile(rf"\b(?i:(?P<said>{_WORDS})\s+{_BEFORE}{_WHAT}){_NAME}")
_AT_HEAD = re.compile(
    rf"\W*(?P<said>{_WORDS})(?P<with>\s+avec\s+(?:toi|vous|ca|cela))?\s*(?P<after>[,.;:!…]|mais\b|(?(with)qu|$)|$)",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:ne|n['’])\b|\bn['’]", re.IGNORECASE)
_DENIED_WITHIN = 20
_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+(?=\s|$)|\n|$)")
_ASKS = re.compile(
    r"\W*(?:et (?!si\b)|ou\b|qu|com[mb]|pourquoi (?!pas)|a quoi|l[ae]quel|\w+ (?:d[eu]s?\b|d'))", re.IGNORECASE
)
"""What opens a question that proposes nothing: « Qui paie ? », « Durée du bail ? »."""
_INVERTED = re.compile(r"-(?:t-)?(?:ils?|elles?|on|ce|vous|tu|je)\b", re.IGNORECASE)
"""« Le prix augmente-t-il ? » asks, and proposes nothing."""
_THING_WORDS_MAX, _ANSWER_WORDS_MAX = 12, 14
_CONDITION = re.compile(r"\b(?:à condition|sous réserve|sauf si|seulement si)\b|^\W*mais\b", re.IGNORECASE)
_TEXT = r"(?:motion|délibération|résolution|vœu|texte|projet|proposition)\b"
_VOTED_IF = r"(?:(?:seulement\s+)?si|s['’]ils?|à\s+condition|sous\s+réserve|sauf)\b"
_GOES_ON = rf"\s*(?:$|[\n,.;:!?…](?!\w))|\s+(?:car|parce|puisque|pour|afin|sans|et\s+je|mais|{_VOTED_IF})"
_ABSTAINING = r"je\s+m['’]abstien(?:s|drai)|nous\s+nous\s+abst(?:enons|iendrons)"
_SAYS_VOTE = re.compile(
    rf"\b(?:(?:{either(read_lines(__name__, 'announced_votes'))})\s+(?:donc\s+)?(?P<side>pour|contre)"
    rf"(?:\s+(?:cette|ce|la)\s+{_TEXT})?|(?P<abstains>{_ABSTAINING}))(?={_GOES_ON})(?P<after>[^.!?…\n]*)(?P<end>.?)",
    re.IGNORECASE,
)
"""« Moi je vote contre, … », « Nous voterons pour cette motion parce que… »: what somebody will vote, in her words."""
_UNSAID = re.compile(rf"(?<!\w)(?:{either(read_words(__name__, 'unsaid_votes'))})(?:\b|(?<='))|[:«“”\"]", re.IGNORECASE)
"""What stands before words that are then no vote of who says them."""
_VOTES_IF = re.compile(rf"\W*{_VOTED_IF}", re.IGNORECASE)
_BUT = re.compile(r"\W*mais\b", re.IGNORECASE)
_READ = 200
"""Characters of a turn in which it says whom it answers."""


def tell_answers(entries: Sequence[Entry], source: str) -> None:
    """Give the turns that say so the position that they take on an earlier one, in place.

    A name is that of somebody who spoke before; without a name, the turn just before is answered, under one heading.
    Who agrees with an answer, or not, takes a side on what it answers. Who speaks after a question that somebody else
    asked answers it, and takes no side. Who says what she votes takes a side on what was just proposed, else on the
    motion or the point above.
    """
    turns = [entry for entry in entries if entry.voice and entry.aside is None]
    people = People(entry.voice for entry in turns if entry.voice)
    last: dict[str, Entry] = {}
    taken: dict[str, tuple[Entry, str]] = {}
    for at, entry in enumerate(turns):
        before = turns[at - 1] if at and _is_of_another(entry, turns[at - 1]) else None
        found = _said_to(entry, last, people) or _said_after(entry, before)
        answered = None if found is None else _on_what_is_answered(*found, taken.get(found[0].locator))
        if answered is not None and answered[0].voice != entry.voice:  # of her own proposal she is the author alone
            target, side = taken[entry.locator] = answered
            _answer(entry, target, Position(side, THREAD, _last_said(target.text)), source)
        elif answered is None and (vote := _vote_on_point(entry)) is not None:
            entry.positions = (*entry.positions, vote)
        elif answered is None and before is not None and _asks(before.text) and not _asks(entry.text):
            _answer(entry, before, Position(NEITHER, THREAD), source)
        last[people.one(entry.voice or "")] = entry


def _answer(entry: Entry, target: Entry, position: Position, source: str) -> None:
    target.own_name = target.own_name or f"{source}\x1f{target.locator}"
    entry.answers, entry.positions = (target.own_name,), (*entry.positions, position)


def _is_of_another(entry: Entry, before: Entry) -> bool:
    return before.voice != entry.voice and before.headings == entry.headings


def _vote_on_point(entry: Entry) -> Position | None:
    """The side that an entry says that it votes, on the motion or the point above; None where it says none."""
    side, put = _voted(entry.text), entry.asked or point_of(entry.headings)
    return Position(side, THREAD, put) if side and put else None


def _asks(text: str) -> bool:
    return text.rstrip().endswith("?")


def _on_what_is_answered(target: Entry, side: str, of_target: tuple[Entry, str] | None) -> tuple[Entry, str] | None:
    """The side that who takes one on an answer takes on what it answers: who is against an objection is for, and who
    sets a condition sets it there; who is for or against a condition may be so of either: None."""
    if of_target is not None and side == "nuance":
        return of_target[0], side
    if of_target is not None and of_target[1] == "nuance" and side in OPPOSITE:
        return None
    if of_target is None or side not in OPPOSITE or of_target[1] not in OPPOSITE:
        return target, side
    answered, first = of_target
    return answered, first if side == "pour" else OPPOSITE[first]


def _said_to(entry: Entry, last: dict[str, Entry], people: People) -> tuple[Entry, str] | None:
    """The last turn of the person whom an entry names, and the side that it takes on it; an agreement may be denied or
    asked: « je ne suis plus d'accord avec… », « qui est d'accord avec… ? »."""
    text = entry.text[:_READ]
    match = _TO_NAME.search(_spelt(text))
    if match is None:
        return None
    is_asked = re.match(r"[^.!?…]*\?", text[match.end() :]) is not None
    before = text[max(0, match.start() - _DENIED_WITHIN) : match.start()]
    is_denied = _SIDE_OF[fold(match["said"])] == "pour" and _DENIED.search(before) is not None
    target = last.get(people.one(text[slice(*match.span("name"))]))
    if is_asked or is_denied or target is None or target.voice == entry.voice:
        return None
    return target, _side(match["said"], text[match.end() :])


_ABOUT_A_PART = re.compile(
    r"\W*(?:[\w']+\s+){0,4}?(?:pas|plus)\s+(?:\w+\s+){0,2}?d'accord\s+(?:avec|sur|pour)\s+"
    rf"(?!(?:{either(read_words(__name__, 'of_the_whole'))})\b)",
    re.IGNORECASE,
)
"""« n'est pas d'accord avec le prix »: with a part of what was proposed, or with somebody else, as far as is said."""


def _said_after(entry: Entry, before: Entry | None) -> tuple[Entry, str] | None:
    if before is None or _ABOUT_A_PART.match(_spelt(entry.text[:_READ])):
        return None
    return _said_next(entry, before) or _said_of(entry, before)


def _said_next(entry: Entry, before: Entry) -> tuple[Entry, str] | None:
    """The turn just before, which an entry that opens with its agreement answers."""
    text = entry.text[:_READ]
    match = _AT_HEAD.match(_spelt(text))
    said = fold(match["said"]) if match is not None else ""
    if match is None or before.text.rstrip().endswith("?"):
        return None
    side = _side(match["said"], text[match.start("after") :])
    if said not in _ALONE and side != "nuance":
        return None
    is_unsure = side != "nuance" and (match["after"].lower() == "mais" or _DENIED.search(_sentences(before.text)[-1]))
    if said in _UNLESS_DENIED and is_unsure:  # « Non mais… »
        return None
    return before, side


def _said_of(entry: Entry, before: Entry) -> tuple[Entry, str] | None:
    """The turn just before where it ends on a proposal, and the side that the first words of an entry take on it."""
    first, side = _sentences(entry.text[:_READ])[0], _voted(entry.text)
    if side and _proposes(before.text):
        return before, side
    if not _proposes(before.text) or len(first.split()) > _ANSWER_WORDS_MAX:
        return None
    (found,) = load_stances(IN_ANSWER).read([first])
    return None if found.stance == UNKNOWN else (before, found.stance)


def _voted(text: str) -> str:
    """The side that somebody says that she votes, on a condition where she sets one; "" where she says none, or two."""
    told = [one for one in _SAYS_VOTE.finditer(text) if one["end"] != "?" and not _is_unsaid(text[: one.start()])]
    sides = {ABSTAINS if one["abstains"] else _side_voted(one["side"].lower(), one["after"]) for one in told}
    return sides.pop() if len(sides) == 1 else ""


def _is_unsaid(before: str) -> bool:
    """Whether the sentence that stands before an announced vote makes it that of a case, of others, or a quotation."""
    return _UNSAID.search(_spelt(re.split(r"[.!?…\n]", before[-_READ:])[-1])) is not None


def _side_voted(side: str, after: str) -> str:
    is_bounded = _VOTES_IF.match(after) or (side == FOR and _BUT.match(after))
    return CONDITION if is_bounded else side


def _proposes(text: str) -> bool:
    """Whether words end on a proposal: « Il faudrait une navette », « Une navette le soir ? »."""
    last = _sentences(text)[-1]
    if PROPOSE_START.match(last) or not last.endswith("?"):
        return PROPOSE_START.match(last) is not None
    asks = _INVERTED.search(last) is not None or _ASKS.match(_spelt(last)) is not None
    return len(last.split()) <= _THING_WORDS_MAX and not has_verb(last) and not asks


def _last_said(text: str) -> str:
    starts = [match.start() for match in _SENTENCE.finditer(text) if len(text) - match.start() <= _ABOUT_MAX]
    return text[starts[0] :].strip() if starts else text[:_ABOUT_MAX].rsplit(" ", 1)[0] + "…"


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in _SENTENCE.findall(text) if any(map(str.isalnum, one))] or [text]


def _side(said: str, rest: str) -> str:
    return "nuance" if _CONDITION.search(re.split(r"[.!?]", rest)[0] or rest) else _SIDE_OF[fold(said)]


def _spelt(text: str) -> str:
    """The same text with plain apostrophes and no accents in lower-case letters, character for character."""
    return "".join(map(_plain, text)).replace("’", "'")


@cache
def _plain(character: str) -> str:
    folded = fold(character) if character.islower() else ""
    return folded if len(folded) == 1 else character
