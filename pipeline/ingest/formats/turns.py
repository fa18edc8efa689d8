"""How a document writes the heads of its turns (`**00:12:03 Lucie** — …`, `Lucie (mairie) : …`), found in the document.

A head is marks around a name. What stands at the start of a line is reduced to its shape, the marks with a slot for the
name; a shape is how this document writes turns where names come back in it, and words that are said follow them.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.ingest.formats.speakers import (
    INITIAL_FIRST,
    MARK,
    MESSAGE,
    Label,
    bare_name,
    is_animation,
    is_machine_name,
    is_person,
    is_surely_named,
    is_titled_role,
    is_told,
    marks_among,
    speaker_name,
)
from pipeline.ingest.structure import MONTH
from pipeline.language.lexicon.nouns import first_names, role_kind
from pipeline.language.syntax.finite_verbs import has_sure_main_verb, has_verb
from pipeline.language.text.days import one_day
from pipeline.tables.columns import header_key

_END = "\x02"
"""Where an emphasis ends."""
_TIME = (
    r"(?:(?:\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?\s+(?:à\s+)?)?"
    r"(?:(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?|\d{1,2}\s?h\s?\d{2}(?!\w))"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})"
)
"""`00:12:03`, `14h05`, `14/03/2024, 12:03`, `2024-03-14`."""
_GAP = r"[ \t\u00a0\u202f]"
_GAPS, _SPACES = rf"{_GAP}{{0,9}}", rf"{_GAP}{{1,9}}"
_LEAD = re.compile(rf"^(?:(?:#{{1,6}}|[-–—•▪>|]|\*(?!\*)|\d{{1,3}}[.)])(?:{_SPACES}|(?=[*_]))|>)*")
_EMPHASIS = re.compile(r"(?<![\w*])(?P<mark>\*\*|__|\*|_)(?=\S)(?P<words>[^*\n]{1,90}?)(?<=\S)(?P=mark)(?!\w)")
_BEFORE = rf"(?:[\[(]?(?P<before>{_TIME})[\])]?{_END}?{_GAPS}(?:[-–—|·,]{_GAPS})?)?"
_BRACKETS = r"\((?!\d)[^()]{1,60}\)"
_BESIDE = rf"(?:{_GAPS}{_BRACKETS}|(?:,|{_GAP}[–—-]){_GAP}(?!\d)[^:|\[\]\n]{{2,60}}?)?"
_NAME = rf"(?P<open>[\[(]{_GAP}?)?(?P<name>[^\W\d_](?:[\w.…«»’'·/&, {_END}–—-]|{_BRACKETS}){{0,80}}?)"
_NAME += rf"(?(open){_GAP}?[\])]{_END}?(?P<beside>{_BESIDE}))"
_AFTER = rf"{_END}?(?:{_GAPS}(?:[-–—|·,]{_GAPS})?[\[(]?(?P<after>{_TIME})[\])]?)?{_END}?"
_SEPARATORS = {
    "deux-points": rf"{_GAPS}:{_END}?(?:\s+(?:[—–-]\s+)?(?=\S)|\s*$)",
    "point-tiret": rf"{_GAPS}\.{_END}?{_GAPS}[-–—]+{_GAPS}",
    "tiret": rf"{_SPACES}[—–]{_END}?{_SPACES}(?=\S)",
    "trait": rf"{_SPACES}-{_END}?{_SPACES}(?=\S)",
    "chevron": rf"{_GAPS}>{{1,2}}{_GAPS}:?{_SPACES}(?=\S)",
    "flèche": rf"{_GAPS}(?:→|⇒|[-=]>){_GAPS}(?=\S)",
    "barre": rf"{_GAPS}\|{_GAPS}(?=\S)",
    "tabulation": rf"(?:\t+|{_GAP}{{3,80}})(?=\S)",
    "emphase": rf"(?<={_END}){_SPACES}(?=[^\sa-zà-ÿ,;.:!?|>–—-])",
    "crochet": rf"(?<=[\])]){_SPACES}(?=[^\sa-zà-ÿ,;.:!?|>(–—-])",
    "heure": rf"(?<=\d){_SPACES}(?=[^\sa-zà-ÿ,;.:!?|>(\d–—-])",
    "point": rf"{_GAP}?\.{_END}?{_SPACES}(?=[A-ZÀ-Þ«])",
    "seul": rf"{_GAPS}$",
}
"""What ends a head, by its name."""
_HEADS = {
    name: re.compile(rf"{_BEFORE}{_NAME}{_AFTER}{separator}(?P<text>.*)$", re.DOTALL)
    for name, separator in _SEPARATORS.items()
}
_DAY_ALONE = re.compile(r"[\d/-]+")
_CODE = re.compile(r"[A-ZÀ-Þ]{1,3}[ _-]?\d{1,2}|[A-ZÀ-Þ]{2,3}")
_WORDS_MAX, _LABEL_WORDS_MAX, _TURNS_MIN, _TIMED_MIN, _VOICES_MIN, _SHARE_MIN = 8, 5, 4, 2, 2, 0.5
_DAY = re.compile(rf"\d\s+(?:{MONTH})\b", re.IGNORECASE)
_PARTING = ("deux-points", "point-tiret", "chevron", "flèche", "barre", "crochet", "heure")
ALONE = "seul"


@dataclass(frozen=True)
class Head:
    """The head of a turn, as one way to read the start of a line.

    Attributes
    ----------
    raw : what the line holds of her. name : whom it names, with what stands after her name.
    text : what is said after it.
    shape : its marks: where a time stands, whether the name is in brackets, what ends it.
    time : as it is written, "" without. body : whom she is there for, where turns tell it after a dash.
    """

    raw: str
    name: str
    text: str
    shape: tuple[str, str, str]
    time: str
    body: str = ""

    @property
    def separator(self) -> str:
        """The name of what ends it."""
        return self.shape[-1]

    @property
    def key(self) -> str:
        """Whose turn it opens, however she is told."""
        return header_key(bare_name(self.name))


def marked(raw: str) -> str:
    """The start of a line without marks of lists, headings and quotations; a sign stands where an emphasis ends."""
    return _EMPHASIS.sub(rf"\g<words>{_END}", _LEAD.sub("", raw.strip(), count=1), count=3)


def marked_block(text: str, raw: str) -> str:
    """The text of a block with the signs of `marked`, which its first line tells.

    `raw` : that line with its signs of markup.
    """
    strong, end, _ = marked(raw).rpartition(_END)
    bare = strong.replace(_END, "")
    return f"{strong}{end}{text[len(bare) :]}" if end and text.startswith(bare) else marked(text)


@lru_cache(maxsize=4_096)
def heads_of(line: str) -> tuple[Head, ...]:
    """The ways to read the start of a line (`marked`) as the head of a turn, the longest head first; a line is asked
    for alone, then among those of its document."""
    found: list[Head] = []
    for separator, pattern in _HEADS.items():
        one = pattern.match(line)
        if one is None or (separator == "crochet" and not one["open"]):
            continue
        raw = " ".join(f"{one['name']}{one['beside'] or ''}".replace(_END, "").split())
        name = speaker_name(raw).rstrip(" ,–—-" if separator == "deux-points" else " .,–—-")
        where = "avant" if one["before"] else "après" if one["after"] else ""
        is_one = {"heure": where == "après", "point": name in first_names(), "emphase": raw[-1:] not in (",", ";")}
        if not is_one.get(separator, True):
            continue
        beside = name[len(bare_name(name)) :]
        is_said = separator != "deux-points" or _BESIDE_DASH.match(beside)
        is_told = _DAY.search(beside) or (is_said and has_verb(beside))
        if name and len(bare_name(name).split()) <= _WORDS_MAX and not is_told:
            shape = (where, one["open"] or "", separator)
            text = one["text"].replace(_END, "").strip().rstrip("|").strip()
            found.append(Head(raw, name, text, shape, one["before"] or one["after"] or ""))
    return tuple(sorted(found, key=lambda head: len(head.text)))


def turns_of(lines: Sequence[str], is_timed: bool = False) -> dict[int, Head]:
    """The heads of the turns of a document, by the number of their line (`marked`); none where it holds no debate.

    `is_timed` : each line is of a recording, with its time apart.
    """
    ways: dict[tuple[str, str, str], dict[int, Head]] = {}
    for at, line in enumerate(lines):
        for head in heads_of(line):
            ways.setdefault(head.shape, {}).setdefault(at, head)
    told = {shape: found for shape, rows in ways.items() if (found := _turns(rows, lines, is_timed))}
    turns: dict[int, Head] = {}
    for shape in sorted(told, key=lambda one: (len(told[one]), -sum(len(h.text) for h in told[one].values()))):
        turns |= told[shape]  # the shape of most turns is read last, and stands
    return turns | _with_bodies(turns)


def _with_bodies(turns: Mapping[int, Head]) -> dict[int, Head]:
    """The turns that tell, between a dash and a colon, whom their speaker is there for, `Lucie - Les Amis du port : …`,
    where that is a way of this document: speakers who come back have one each. Who has two is two people."""
    found: dict[int, Head] = {}
    bodies: dict[str, Counter[str]] = {}
    for at, head in turns.items():
        told = _BODY.match(head.text) if head.separator in ("tiret", "trait") else None
        if told is not None and len(told["body"].split()) <= _WORDS_MAX and not has_sure_main_verb(told["body"]):
            found[at] = replace(head, text=told["text"], body=told["body"].strip())
            bodies.setdefault(head.key, Counter())[header_key(told["body"])] += 1
    again = [len(told) == 1 for told in bodies.values() if told.total() > 1]
    is_a_way = sum(again) >= _VOICES_MIN and sum(again) > len(again) / 2
    return {at: head for at, head in found.items() if is_a_way and len(bodies[head.key]) == 1}


_BODY = re.compile(rf"(?P<body>[^:.!?]{{2,60}}?){_GAPS}:\s+(?P<text>\S.*)", re.DOTALL)


def _turns(rows: Mapping[int, Head], lines: Sequence[str], is_timed: bool) -> dict[int, Head]:
    """The heads of one shape that are those of turns, where it is a way of this document to write them: names come
    back, and words that are said follow; beside times, one of the two is enough, and any label may be a name."""
    is_timed = is_timed or any(head.time for head in rows.values())
    marks = marks_among(head.name for head in rows.values())
    rows = {at: head for at, head in rows.items() if head.name not in marks}
    labels = {at: head for at, head in rows.items() if is_timed and _is_label(head)}
    met = Counter(head.key for head in rows.values())
    likely = {at: one for at, one in rows.items() if may_speak(one) or (at in labels and met[one.key] > 1)}
    said = sum(_is_said(head.text or _below(at, rows, lines)) for at, head in likely.items())
    return likely | labels if _are_turns([*likely.values()], said, is_timed) else {}


def _are_turns(heads: Sequence[Head], said: int, is_timed: bool) -> bool:
    """Whether heads of one shape are those of turns; `said` : after how many of them words are said."""
    counts = Counter(head.key for head in heads)
    again = sum(counts[head.key] > 1 and may_speak(head) for head in heads)
    is_dated = bool(heads) and all(_DAY_ALONE.fullmatch(head.time) for head in heads)
    if is_dated and max(counts.values()) == 1:
        return False  # « Nantes, 2024-03-14 », « Rezé, 2024-03-15 »
    least, voices = (_TIMED_MIN, 1) if is_timed and not is_dated else (_TURNS_MIN, _VOICES_MIN)
    proof = max(again, said) if is_timed else min(again, said)
    return len(heads) >= least and len(counts) >= voices and proof >= _SHARE_MIN * len(heads)


def _is_label(head: Head) -> bool:
    """Whether a head with a time may name somebody whose name is not told as one."""
    bare = bare_name(head.name)
    is_dated = _DAY_ALONE.fullmatch(head.time) is not None and " " not in bare  # « lucie-k, 2024-03-14 »
    is_name = head.separator == "deux-points" or bare[0].isupper() or bare[-1].isdecimal() or is_dated
    return is_name and len(bare.split()) <= _LABEL_WORDS_MAX and not has_verb(bare)


def _below(at: int, rows: Mapping[int, Head], lines: Sequence[str]) -> str:
    """What stands under a head that is alone on its line."""
    return next((line for n, line in enumerate(lines[at + 1 : at + 3], at + 1) if line and n not in rows), "")


def _is_said(text: str) -> bool:
    return "?" in text or has_verb(text)


def opens_turn(raw: str) -> bool:
    """Whether a line opens with somebody's name and a mark that parts it from words: no rest of the line before."""
    return any(head.separator in _PARTING and may_speak(head) for head in heads_of(marked(raw)))


def is_name_alone(head: Head) -> bool:
    """Whether a line holds but a name."""
    return head.separator == ALONE and not head.time and may_speak(head)


def may_speak(head: Head) -> bool:
    """Whether a head names somebody, by her name, her part, or what a machine calls her."""
    bare = bare_name(head.name)
    is_called = _CODE.fullmatch(bare) or INITIAL_FIRST.fullmatch(bare) or is_machine_name(bare)
    return bool(is_called) or is_person(head.name) or is_surely_named(head.name)


# labels of one line alone -------------------------------------------------------------------------------------------

ASKING, _ANSWERING = "Enquêteur", "Témoin"
_OF_INTERVIEW = re.compile(
    r"^(?:(?P<q>Q|Question)|A|R|Réponse)\s?\d{0,2}\s?(?:>{1,2}|[.:)]|\s[-–—])\s+(?P<texte>\S.*)$", re.DOTALL
)
_POSTED = re.compile(
    r"^(?P<nom>[^\W\d_][^\d:,(]{1,60}?),?\s*(?:[-–—|·(]|posted this\b|a écrit\b|\ble\b)"
    r"[^:]{4,40}?\d{1,2}[:h]\d{2}(?:\s?[AP]M)?\)?$",
    re.IGNORECASE,
)
"""`Lucie - 12 mars 2020 à 10:30`, over a message of a thread."""
_LONG_MAX, _SHORT_MAX = 5, 4
"""Words of a name before a colon, and before other marks."""
_BESIDE_DASH = re.compile(r"\s?[-–—]\s+|\s[-–—]\s?")
_ASIDE = re.compile(r"[^.!?:]{3,120}?\s[—–]\s+(?=[a-zà-ÿ])")


def label_of_head(head: Head) -> Label:
    """The label that a head is."""
    day = one_day(head.time)
    marked_form = MESSAGE if day and head.separator == ALONE else head.separator
    form = MARK if head.separator in ("chevron", "crochet") else marked_form
    return Label(head.name, head.text, is_told(head.raw), form, head.body, day)


def label_of(text: str) -> Label | None:
    """The label at the head of a text; None without. Whether it is a speaker's is another matter."""
    ways = _untimed(marked(text))
    for head in filter(None, map(ways.get, ("crochet", "chevron", "deux-points"))):
        if (label := _named(head)) is not None:
            return label
    return label_of_head(ways["point"]) if "point" in ways else None


def _untimed(line: str) -> dict[str, Head]:
    """The ways to read the head of a line, by what ends it; none where a time stands beside the name."""
    heads = heads_of(line)
    return {} if any(head.time for head in heads) else {head.separator: head for head in heads}


def _named(head: Head) -> Label | None:
    """The label of a head that marks end by themselves: of whom, for whom, how short."""
    bare, label = bare_name(head.name), label_of_head(head)
    if label.form == MARK:
        is_somebody = head.separator == "chevron" or _CODE.fullmatch(head.name) or is_surely_named(head.name)
        return label if is_somebody and len(head.name.split()) <= _SHORT_MAX else None
    first, dash, body = _split(head.name)
    if dash and is_surely_named(first) and is_organisation(body) and not is_animation(head.name):
        return Label(first, head.text, True, body=body)
    is_short = len(bare.split()) <= (_WORDS_MAX if is_titled_role(head.name) else _LONG_MAX)
    return label if is_short and not re.search(r"\s[–—]\s", head.name) else None


def _split(name: str) -> tuple[str, str, str]:
    """A name, a dash, and whom she is there for."""
    found = _BESIDE_DASH.search(name)
    return (name[: found.start()], found.group(), name[found.end() :].rstrip(' …)."»')) if found else (name, "", "")


def set_off(text: str) -> Label | None:
    """The label of a turn that no colon ends: `Lucie — …`, or a line that holds a name alone."""
    if author := author_of(text):
        return Label(author, "", True, MESSAGE, day=one_day(text))
    ways = _untimed(marked_block(text, text))
    for separator in ("tiret", ALONE):
        head = ways.get(separator)
        if head is None or not is_person(head.name) or len(bare_name(head.name).split()) > _LONG_MAX:
            continue
        if separator == ALONE:
            is_name = INITIAL_FIRST.match(head.name) or not has_verb(head.name)
            return label_of_head(head) if is_name and text[-1:] not in ".!?;:,…" else None
        if (aside := _ASIDE.match(head.text)) and not has_verb(aside.group()):
            continue  # « Le trésorier – Paul Vidal – présente… »
        is_of_turn = not head.raw.startswith(head.name)  # « Question de Lucie – présidente du port »
        is_beside = is_organisation(head.text) or (head.shape[1] == "(" and head.text[:1].islower())
        is_beside |= is_of_turn and bool(role_kind(head.text))
        if not is_beside:  # « (Lucie) – arrivée en cours de séance »
            return label_of_head(head)
    return None


def bold_lead(text: str, raw: str) -> Label | None:
    """The label in bold at the head of a line, whatever follows it but the rest of a sentence: `**Lucie** 1. Un banc`.

    `raw` : the line with its signs of markup.
    """
    told = _untimed(marked_block(text, raw)).get("emphase")
    is_short = told is not None and len(bare_name(told.name).split()) <= _SHORT_MAX
    return label_of_head(told) if told is not None and is_short and is_surely_named(told.name) else None


def author_of(text: str) -> str:
    """Who posted what stands under a line that holds her name, a day and an hour, as she signs; "" for another line."""
    posted = _POSTED.match(text)
    name = speaker_name(posted["nom"]) if posted is not None else ""
    return name if name and is_person(name.title()) else ""


def is_organisation(text: str) -> bool:
    """`Les Amis du port`, after a name and a dash: no sentence."""
    is_short = len(text.split()) <= _WORDS_MAX and text[-1:].isalnum()
    return is_short and text[:1].isupper() and not has_verb(text)


def turn_of_interview(text: str) -> Label | None:
    """The turn that the mark of a question or of an answer opens, `Q. …`, `R : …`: who asks leads."""
    found = _OF_INTERVIEW.match(text)
    return Label(ASKING if found["q"] else _ANSWERING, found["texte"], True, MARK) if found else None


_OF_MARK = re.compile(
    rf"^(?:(?P<q>Q|Questions?)|R|Réponses?)\s?(?:n°\s?)?\d{{0,2}}{_GAPS}:{_END}?\s+(?P<texte>\S.*)$", re.DOTALL
)
_ANSWERED_BELOW = re.compile(
    r"^(?:Q|Questions?)\s?\d{0,2}\b[^:\n]{0,60}:.*?[?.!…»]\s+(?=(?:R\d{0,2}|Réponse(?:\s+d(?:[eu]\s|['’])[^:\n]{2,60})?)\s?:\s)",
    re.DOTALL,
)


def turn_of_mark(text: str) -> tuple[bool, str] | None:
    """Whether a line asks, and its words, where a mark alone opens it, that of a question or of an answer: `R : …`."""
    found = _OF_MARK.match(marked(text))
    return (found["q"] is not None, found["texte"].replace(_END, "")) if found is not None else None


def where_answered(text: str) -> int:
    """Where the answer to a question begins in a text that holds both, `Q : … ? R : …`; 0 for another text."""
    found = _ANSWERED_BELOW.match(text)
    return found.end() if found is not None else 0


def named_by_hand(name: str, text: str) -> Label | None:
    """The label at the head of a text that a person says is a speaker's, whatever signs are around it:
    `**Question de Lucie**. Pour le port…`; None where the text does not open with it."""
    name_words = r"\W+".join(map(re.escape, re.findall(r"\w+", name)))
    found = re.match(rf"[\W_]*{name_words}\s*[.:*_–—-][\W_]*(?P<texte>.*)", text, re.IGNORECASE | re.DOTALL)
    return Label(speaker_name(name), found["texte"], True) if found and name_words else None
