"""Documents in frames → entries: whose words each is, what it answers, what was voted; what the document is for."""

import re
from collections import Counter
from dataclasses import replace
from itertools import repeat, takewhile

from pipeline.contracts.labels import CONTEXT_JOINT
from pipeline.contracts.tables import DECISION, FRAMES, NEITHER, VOTE
from pipeline.ingest.formats.blocks import FRONT_MATTER, RESULT, STRUCK, Block, entries_of_blocks, title_level
from pipeline.ingest.formats.records import Entry, Position, Reading
from pipeline.ingest.formats.speakers import is_machine_name, without_animation
from pipeline.ingest.frames import FRAME_NAMES, SIGNED, TITLE, frame_blocks, unknown_corrections
from pipeline.ingest.headers import PUBLISHED, beside, day_of, header_told, people_told
from pipeline.ingest.segmentation.openings import PROPOSE_START
from pipeline.ingest.structure import bare_heading, context_of, point_of
from pipeline.ingest.votes import (
    LEFT_TO_COUNT,
    PROPOSED,
    PUTS,
    Result,
    act_in,
    calls_to_vote,
    decided_in,
    is_decision,
    put_by,
    result_of,
    results_in,
)
from pipeline.ingest.workshop import FileOverride
from pipeline.language.syntax.finite_verbs import has_main_verb
from pipeline.language.text.days import day_without_year
from pipeline.language.text.folding import fold
from pipeline.tables.columns import header_key

Reject = tuple[str, str, str]

# entries -----------------------------------------------------------------------------------------------------------

UNKNOWN = "atelier.toml nomme ce que ce document n'a pas"
"""What opens the note about corrections that a document does not hold."""
_SUBJECT_WORDS_MIN = 4
_OF_MEETINGS = ("presence", "ordre_du_jour", "resultat_de_vote", "motion")
"""Frames of a document that are those of the minutes of a meeting."""
_OF_MEETING = re.compile(
    r"(?:compte[- ]rendu|procès[- ]verbal|cr|pv|réunion|assemblée|séance|rencontre|comité|conseil)\b", re.IGNORECASE
)
"""`Réunion du 4 mai`: a title of minutes."""
_TALK_SHARE_MIN, _TALK_MIN = 0.6, 3
"""Share of the paragraphs from which labelled turns make a document a transcript, and how many there are at least."""


def read_minutes(form: str, blocks: list[Block], told: FileOverride | None = None) -> Reading:
    """Notes, minutes and written talks → one entry per paragraph, bullet or turn; the rest goes to the rejects."""
    struck = _struck(blocks)
    parts = frame_blocks(blocks, told)
    again = _take_quotations(blocks)
    written = entries_of_blocks(blocks)
    texts = {entry.locator: entry.text for entry in written}
    entries, rejects = without_animation(written)
    rejects += [*again, *zip(struck, repeat(STRUCK), repeat(FRAME_NAMES[STRUCK]))]
    texts |= struck
    is_thread = any(block.why == SIGNED for block in blocks)
    reading = Reading(form, "note", "ecrit" if is_thread else "note")
    if not is_thread and _is_talk(blocks):
        reading = Reading(f"transcription ({form})", "transcript", "transcription")
    reading.rejects, reading.frames, reading.parts = rejects, frames_told(blocks), parts
    if days := _days(entries, blocks):
        reading.told["date"] = ", ".join(days)
        rejects.append((_where_told(days, blocks), TITLE, FRAME_NAMES[TITLE] + beside(reading.told)))
    front = blocks[0].text if blocks and blocks[0].why == FRONT_MATTER else ""
    heads = (block.text for block in blocks[:1] if block.kind == "heading")
    is_meeting = any(block.frame in _OF_MEETINGS for block in blocks) or any(map(_OF_MEETING.match, heads))
    reading.entries = _set_aside(entries, rejects, reading.told, front, is_meeting)
    reading.aside = {place: texts[place] for place, *_ in rejects if place in texts}
    if title := _title(blocks):
        reading.told["titre"] = title
        if "date" not in reading.told and (day := day_without_year(title)):
            reading.told["date"] = day
    if unknown := unknown_corrections(blocks, told):
        reading.notes.append(f"{UNKNOWN}\u00a0: {', '.join(unknown)}")
    return reading


def _struck(blocks: list[Block]) -> dict[str, str]:
    """Where something is struck among other words → what."""
    return {f"{block.place} (barré)": block.struck for block in blocks if block.struck}


def _take_quotations(blocks: list[Block]) -> list[Reject]:
    """Take away the lines that quote a message above word for word, `> Il faudrait un bac`: whoever answers it does not
    say it again. The rejects."""
    said, kept, again = set[str](), list[Block](), list[Block]()
    for block in blocks:
        words = header_key(block.text.lstrip("> "))
        is_quoted = block.raw.startswith(">") and block.frame in FRAMES and words in said
        (again if is_quoted else kept).append(block)
        said.add(words)
    blocks[:] = kept
    return [(block.place, *_QUOTED) for block in again]


_QUOTED = "redite", "cite mot pour mot un message au-dessus"


def _days(entries: list[Entry], blocks: list[Block]) -> list[str]:
    """The days of messages, or of the meetings that headings tell: that of a title, or those under which most entries
    stand.

    Entries keep theirs where there are several; a heading may also name the day of another meeting, but not one that
    tells nothing else: `Dimanche 25 septembre 2022`.
    """
    counts = Counter(entry.date for entry in entries if entry.date)
    days = sorted(counts)
    if any(block.day for block in blocks) or (len(days) > 1 and 2 * counts.total() >= len(entries)):
        return days
    for entry in entries:
        entry.date = None
    first = next((block for block in blocks if block.why != FRONT_MATTER), None)
    title = day_of(first.text) if first is not None and first.kind == "heading" else ""
    alone = {day_of(block.text) for block in blocks if block.kind == "heading" and not bare_heading(block.text)}
    return [title] if title else [day for day in days if day in alone and 2 * counts[day] >= len(entries)]


def _where_told(days: list[str], blocks: list[Block]) -> str:
    """The place of the first heading that tells one of these days."""
    told = (block.place for block in blocks if block.kind == "heading" and day_of(block.text) in days)
    return next(told, blocks[0].place)


def _title(blocks: list[Block]) -> str:
    """The title of a document: that of its front matter, else the heading that stands over the whole; "" without."""
    first = next(iter(blocks), None)
    if first is not None and first.frame == "entete" and (named := _FRONT_TITLE.search(first.text)):
        return named[1].strip("\"' ")
    over = title_level([block.level for block in blocks if block.kind == "heading"])
    is_title = first is not None and first.kind == "heading" and first.level == over
    told = _LABEL.sub("", first.text) if first is not None and is_title else ""
    return told if len(told) <= _TITLE_MAX else ""


_FRONT_TITLE = re.compile(r"\b(?i:title|titre)\s*:\s*(\"[^\"]{3,120}\"|'[^']{3,120}'|.{3,120}?)(?=\s+[a-z_]+\s*:|$)")
_LABEL = re.compile(r"^(?:title|titre)\s*:\s*", re.IGNORECASE)
_TITLE_MAX = 120


def _is_talk(blocks: list[Block]) -> bool:
    """Whether most of a document is turns that a label opens, of two people at least, one of them twice.

    Minutes that hold a debate among other parts stay notes: their words are those of who took them.
    """
    written = [block for block in blocks if block.frame != TITLE]
    turns = [block for block in written if block.frame == "debat" and block.is_opening]
    rest = sum(block.is_rest for block in written)
    voices = Counter(block.voice for block in turns if block.voice)
    is_exchange = len(voices) > 1 or all(is_machine_name(voice or "") for voice in voices)
    is_enough = bool(turns) and len(turns) >= max(_TALK_MIN, _TALK_SHARE_MIN * (len(written) - rest))
    return is_enough and is_exchange and max(voices.values(), default=0) > 1


def frames_told(blocks: list[Block]) -> list[tuple[str, int, str, str]]:
    """(frame, paragraphs, what most were told by, where the first stands) of a document, in order."""
    found: dict[str, tuple[Counter[str], str]] = {}
    for block in blocks:
        if block.frame and block.frame != TITLE:
            found.setdefault(block.frame, (Counter(), block.place))[0][block.why] += 1
    return [
        (frame, whys.total(), max(whys, key=lambda why: (whys[why], why)), place)
        for frame, (whys, place) in found.items()
    ]


def _set_aside(
    entries: list[Entry], rejects: list[Reject], told: dict[str, str], front: str, is_meeting: bool
) -> list[Entry]:
    """The entries that are somebody's words; the result of a vote goes to what was voted on, what the header tells to
    `told`, the first line that tells a thing first; the day of the front matter is that of a publication."""
    kept, counted = list[Entry](), set[Result | None]()
    for entry in entries:
        _read_mark(entry)
        last = kept[-1] if kept else None
        _name_by_act(last, entry)
        is_after = last is not None and (last.aside, last.headings, last.voice) == (None, entry.headings, entry.voice)
        if last and is_after and entry.frame in FRAMES and is_decision(entry.text):
            last.text += "\n" + entry.text  # what was asked is never told without what was decided
            _tell_decisions(last, last, is_meeting)
            continue
        if entry.frame == "resultat_de_vote":
            result = None if entry.positions else result_of(entry.text)
            _count(
                None if result in counted else result, entry, kept
            )  # once, where the end of the minutes tells it again
            counted |= {result} if result is not None and result.subject else set()
            about = point_of(entry.headings)
            entry.positions = tuple(one if one.about else replace(one, about=about) for one in entry.positions)
        elif entry.frame in FRAMES:
            _count_within(entry)
            _forget_counts(entry, kept)
        _tell_decisions(entry, last, is_meeting)
        _name_referred(entry)
        if entry.frame in FRAMES:
            kept.append(entry)
        elif entry.positions:
            entry.aside = (entry.frame, FRAME_NAMES[entry.frame])
            kept.append(entry)
        else:
            found = _head_told(entry, is_first=not kept)
            rejects.append((entry.locator, entry.frame, FRAME_NAMES[entry.frame] + beside(found)))
            if entry.text == front and "date" in found:
                found[PUBLISHED] = found.pop("date")
            told |= found | told
    _tell_once(kept)
    _tell_points_apart(kept)
    return kept


def _name_by_act(last: Entry | None, entry: Entry) -> None:
    """Name what was voted on by the act that follows, where the heading names who votes: `# Conseil municipal`, then
    `Le conseil municipal, par 12 voix pour :`, then `- approuve la vente du quai`."""
    body = point_of(last.headings) if last is not None and last.text.rstrip().endswith(":") else ""
    act = act_in(entry.text) if body else ""
    if last is not None and act and re.match(rf"\W*(?:l[ae] |l['’])?{re.escape(fold(body))}\b", fold(last.text)):
        last.positions = tuple(replace(one, about=act) if one.about == body else one for one in last.positions)


_REFERS = re.compile(
    r"\b(?:sus-?(?:mentionn|vis|dit)|ci-dess[ou]|précit)|\bcette (?:proposition|demande|délibération)\W*$",
    re.IGNORECASE,
)
"""« adopte les propositions susmentionnées », « valide cette proposition »."""


def _name_referred(entry: Entry) -> None:
    """What was voted on is the point where its own words only refer to what stands elsewhere."""
    point = point_of(entry.headings)
    entry.positions = tuple(
        replace(one, about=point) if point and _REFERS.search(one.about) else one for one in entry.positions
    )


def _tell_once(kept: list[Entry]) -> None:
    """Take away the voices that a place above tells of the same, as many on each side: one vote told twice is one."""
    told: dict[str, list[dict[str, int]]] = {}
    for entry in kept:
        again = set[str]()
        for about in {one.about for one in entry.positions if one.evidence == VOTE}:
            sides = {one.side: one.n for one in entry.positions if one.evidence == VOTE and one.about == about}
            counted = told.setdefault(fold(about), [])
            again |= {about} if len(sides) > 1 and sides in counted else set()
            counted.append(sides)
        entry.positions = tuple(one for one in entry.positions if one.evidence != VOTE or one.about not in again)


def _forget_counts(said: Entry, kept: list[Entry]) -> None:
    """Take from what was voted on the voices that are no result, where it is said that they are still to be counted."""
    is_said = LEFT_TO_COUNT.search(said.text) is not None
    for entry in [one for one in kept if is_said and one.headings == said.headings]:
        if any(one.evidence == VOTE for one in entry.positions) or entry.votes_against is not None:
            entry.votes = entry.votes_against = None
        entry.positions = tuple(one for one in entry.positions if one.evidence != VOTE)


def _tell_points_apart(kept: list[Entry]) -> None:
    """Name the point beside what was voted on under several: `Le bilan (Exercice 2023)`."""
    points: dict[str, set[str]] = {}
    told = [(entry, point_of(entry.headings)) for entry in kept if entry.frame == RESULT]
    for entry, point in told:
        for one in entry.positions:
            points.setdefault(one.about, set()).add(point)
    for entry, point in told:
        entry.positions = tuple(
            replace(one, about=f"{one.about} ({point})") if len(points[one.about] - {one.about, ""}) > 1 else one
            for one in entry.positions
        )


_MARK = re.compile(
    r"(?:(?P<task>(?-i:ACTIONS?|TODO|À FAIRE))|(?-i:ISSUES?)"
    r"|(?:question|point)s? (?:ouverte?s?|en suspens))\s*:\s*\b",
    re.IGNORECASE,
)
"""`ACTION: Lucie écrit au port`, `ISSUE: le ponton`: what a line is, in minutes."""


_IS_WISHED = re.compile(r"^(?:il )?fau(?:t|dra|drait)\b|\b(?:devrait|pourrait|serait)\b|\?\s*$", re.IGNORECASE)
"""A task that nobody took yet: `TODO : il faudrait refaire le quai`."""


def _read_mark(entry: Entry) -> None:
    """Put a line under what its mark says that it is; of a task, that it was decided."""
    mark = _MARK.match(entry.text)
    if mark is None or entry.frame not in FRAMES or entry.voice:
        return
    entry.text = entry.text[mark.end() :]
    entry.context = context_of(entry.headings, "À faire" if mark["task"] else "Question ouverte")
    if mark["task"] and has_main_verb(entry.text) and not _IS_WISHED.search(entry.text):
        entry.positions = (*entry.positions, Position(NEITHER, DECISION, entry.text.strip(" .")))


def _tell_decisions(entry: Entry, last: Entry | None, is_meeting: bool) -> None:
    """Give an entry what it says was decided, or what the heading that opens on it does; « nous avons décidé » is of
    minutes, where no speaker says it."""
    if entry.frame not in FRAMES:
        return
    label = "" if entry.voice else entry.context.split(CONTEXT_JOINT)[-1]
    is_told = bool(entry.voice) or not is_meeting
    found = [*_decided_above(entry, last, label), *decided_in(entry.text, label, is_told)]
    counted = tuple(one.about for one in entry.positions)
    closing = tuple(f"{end}{about}" for end in _ENDS for about in counted)
    said = {one.answer for one in entry.positions} - {""}
    new = [
        one for one in found if not (one.about.startswith(counted) or one.about.endswith(closing) or one.answer in said)
    ]
    entry.positions = (*entry.positions, *new)


def _decided_above(entry: Entry, last: Entry | None, label: str) -> list[Position]:
    """What the headings and the label that open on an entry say was decided; nothing where somebody speaks."""
    before = () if last is None else (*last.headings, last.context.split(CONTEXT_JOINT)[-1], last.text.rstrip(" :"))
    above = [one for one in dict.fromkeys((*entry.headings, label)) if one.rstrip(" :") not in before]
    opened = [] if entry.voice else above
    counted = [one for heading in opened for about, result in results_in(heading) for one in result.positions(about)]
    return counted or [one for heading in opened for one in decided_in(heading)]


_ENDS = (". ", "! ", "? ", "… ", "\n")
"""What stands before the last sentence of a text."""


def _head_told(entry: Entry, is_first: bool) -> dict[str, str]:
    """What a line that is nobody's words tells of the workshop; a day alone only before anything is said."""
    found = header_told(entry.text) if entry.frame in ("entete", "titre") else {}
    if not found and is_first and entry.rank is None and (day := day_of(entry.text)):
        found = {"date": day}
    return found | (people_told(entry.text) if entry.frame in ("entete", "presence") else {})


def _voted_on(kept: list[Entry], entry: Entry) -> Entry | None:
    """What a lone result is about: the line that introduces it, else what stands just before it and says something."""
    said = [one for one in kept[-_NEAR:] if one.aside is None]
    label = entry.context.split(CONTEXT_JOINT)[-1]
    is_near = bool(said) and said[-1].headings == entry.headings
    is_introduced = label not in entry.headings or not is_near
    if entry.rank is not None and is_introduced and len(label.split()) >= _SUBJECT_WORDS_MIN:
        return said[-1] if said and said[-1].text == label else _introducing(label, entry, kept)
    last = kept[-2:]  # after a whole list, its last line is not what was voted
    is_list = entry.rank is None and len(last) > 1 and all(one.rank is not None and not one.aside for one in last)
    return said[-1] if is_near and not is_list and _may_be_put(said, entry) else None


def _introducing(label: str, entry: Entry, kept: list[Entry]) -> Entry:
    """The line that introduces results, made an entry."""
    above = tuple(heading for heading in entry.headings if heading != label)
    subject = Entry(f"{entry.locator} (ce qui est voté)", label, context_of(above), entry.voice, frame="notes")
    subject.headings, subject.table, subject.given_group = above, entry.table, entry.given_group
    subject.subject = entry.subject
    kept.append(subject)
    return subject


def _may_be_put(said: list[Entry], entry: Entry) -> bool:
    """Whether what stands before a result may be what was voted on: a proposal; nobody's words, where a heading that
    names the point has no other, for it may be a mere remark."""
    last = said[-1]
    if len(last.text.split()) < _SUBJECT_WORDS_MIN or calls_to_vote(last.text):
        return False
    if PROPOSE_START.match(last.text) or PUTS.search(last.text):
        return True
    is_alone = [one.headings for one in said].count(entry.headings) == 1
    is_sentence = last.rank is None and point_of(entry.headings) != "" and has_main_verb(last.text)
    return last.voice is None and (is_alone or not is_sentence)


_BEFORE_COUNTS = re.compile(r"(?<=\w)\s*:\s*\d[^:]*$")
_INTRODUCES = re.compile(r",\s*composée?s? d[eu]s?\W*$", re.IGNORECASE)
_NEAR = 8
"""How many entries back what was voted on may stand: results come line after line."""


def _count(result: Result | None, entry: Entry, kept: list[Entry]) -> None:
    """Give what was voted on its voices, which may come line after line, and what was decided."""
    if result is None:
        return
    point = point_of(entry.headings)
    is_of_point = result.is_of_point and bool(point)
    own = "" if _counted_above(entry, kept) else result.own
    is_named = bool(entry.asked or result.subject or own or is_of_point)
    subject = None if is_named else _voted_on(kept, entry)
    entry.context = point_of([entry.context])
    asked, said = "" if is_of_point else entry.asked, _put_in(subject) if subject is not None else ""
    named = asked or own or result.subject or said
    if not named and _is_of_session(entry):
        return  # of what, nothing tells
    about = named or point or entry.context or _proposed(kept)
    _name_above(result, own, entry, kept)
    counted = [] if is_named else _counted_above(entry, kept)
    entry.positions = _once(_uncounted(result, _INTRODUCES.sub("", about), counted), entry, kept)
    if subject is not None:
        _give_voices(result, subject)


def _is_of_session(entry: Entry) -> bool:
    """Whether all that stands over an entry is the title of the minutes of a meeting, among those of others."""
    return entry.date is not None and len(entry.headings) == 1 and _OF_MEETING.match(entry.headings[0]) is not None


def _counted_above(entry: Entry, kept: list[Entry]) -> list[Position]:
    """The voices that the entry before counts, under the same headings."""
    above = (last.positions for last in kept[-1:] if last.headings == entry.headings)
    return [one for one in next(above, ()) if one.evidence == VOTE]


def _uncounted(result: Result, about: str, counted: list[Position]) -> tuple[Position, ...]:
    """The positions of a result; where the line above counts as many voices on each side, it is told twice: they are of
    what that line is about, without these voices."""
    is_same = len(counted) > 1 and {(one.side, one.n) for one in counted} == {*result.counts}
    if not is_same or not counted[0].about:
        return result.positions(about)
    return tuple(one for one in result.positions(counted[0].about) if one.evidence != VOTE)


def _put_in(subject: Entry) -> str:
    """What an entry puts to the vote: all that it says before its counts, in the notes; what it proposes, in a turn."""
    said = _BEFORE_COUNTS.sub("", subject.text)
    return put_by(said) if subject.voice else said


def _proposed(kept: list[Entry]) -> str:
    """What an assembly was asked last, where nothing nearer tells what it voted on."""
    asked = (found.group() for one in reversed(kept) for found in reversed([*PROPOSED.finditer(one.text)]))
    return next((one for one in asked if not _PUTS_TO_VOTE.search(one)), "")


_CONCLUDES = re.compile(r"\W*(?:donc|ainsi|en conséquence)\b", re.IGNORECASE)
_PUTS_TO_VOTE = re.compile(r"\b(?:au vote|aux voix)\b", re.IGNORECASE)


def _name_above(result: Result, own: str, entry: Entry, kept: list[Entry]) -> None:
    """One vote told twice is one: what `Donc le bilan est approuvé.` names is that of `Unanimité.`, just above."""
    is_one = bool(own) and not result.counts and _CONCLUDES.match(entry.text) is not None
    beside = (one for one in kept[-1:] if is_one and one.aside is not None and one.headings == entry.headings)
    last = next(beside, None)
    above = result_of(last.text) if last is not None else None
    if last is not None and above and above.outcome == result.outcome and not (above.own or above.subject):
        last.positions = tuple(replace(one, about=own) for one in last.positions if one.evidence == VOTE)


def _once(told: tuple[Position, ...], entry: Entry, kept: list[Entry]) -> tuple[Position, ...]:
    """The positions of a line, without the voices that the lines just before it count of the same: who votes is named
    after how many do. Another vote on what was voted on before, under one heading, is told apart: its voices are not
    added."""
    under = [one for one in kept if one.headings == entry.headings]
    beside = [*takewhile(lambda one: one.aside is not None, reversed(under))]
    just_counted, counted_before = (
        {(one.side, one.about) for line in lines for one in line.positions if one.evidence == VOTE}
        for lines in (beside, under[: len(under) - len(beside)])
    )
    found: list[Position] = []
    for one in told:
        abouts = (one.about, *(f"{one.about} ({n}e vote)" for n in range(2, len(counted_before) + 3)))
        apart = next((about for about in abouts[1:] if about in {about for _, about in just_counted}), "")
        about = apart or next(about for about in abouts if (one.side, about) not in counted_before)
        if one.evidence != VOTE or (one.side, about) not in just_counted:
            found.append(replace(one, about=about))
    return tuple(found)


def _count_within(entry: Entry) -> None:
    """Give words their voices and what was decided on them, of each vote that they tell."""
    told = [] if entry.positions else results_in(entry.text)
    for about, result in told:
        put = entry.asked or _BEFORE_COUNTS.sub("", about).rstrip(".") or point_of(entry.headings)
        entry.positions = (*entry.positions, *result.positions(put))
    if len(told) == 1:
        _give_voices(told[0][1], entry)
    elif not told and entry.votes is None and (closing := _CLOSING_VOTES.search(entry.text)) and closing.start():
        entry.text, entry.votes = entry.text[: closing.start()], int(closing["n"] or closing["of"])


_CLOSING_VOTES = re.compile(
    r"\s*[(\[]\s*(?:(?:votes?|voix)\s*[=:]\s*(?P<n>\d{1,4})|(?P<of>\d{1,4})\s+(?:votes?|voix))\s*[)\]][\s.]*$",
    re.IGNORECASE,
)
"""`Un bac le dimanche (vote = 5)`: how many gave it their voice."""


def _give_voices(result: Result, subject: Entry) -> None:
    subject.votes = result.n_for if subject.votes is None else subject.votes
    subject.votes_against = result.n_against if subject.votes_against is None else subject.votes_against
    subject.attributes |= {"résultat du vote": result.outcome} if result.outcome else {}
