"""Minutes: whose words each note reports, and what in them is nobody's words (attendance, agenda, results of votes)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.ingest.formats.blocks import LOWEST, Block, entries_of_blocks, is_agenda
from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.formats.speakers import Label, is_first_name, label_of, speakers_among, without_animation
from pipeline.ingest.structure import CONTEXT_JOINT, context_of
from pipeline.language.syntax.finite_verbs import has_verb
from pipeline.language.text.lists import read_lines, read_words
from pipeline.tables.columns import header_key

# reports already written (`Il a été évoqué que…`) ------------------------------------------------------------------

_VERBS = "|".join(sorted(read_words(__name__, "reporting_verbs")))
_SUBJECTS = "|".join(map(re.escape, read_lines(__name__, "reporting_subjects")))
_REPORTED = re.compile(
    rf"\b(?:a|ont) (?:également |aussi |ensuite |notamment )?été (?:\w+ment )?(?:{_VERBS})(?:e|s|es)?\b"
    rf"|\b(?:{_SUBJECTS})\b[^.!?\n]{{0,60}}\b(?:a|ont) (?:\w+ment |également |aussi )?(?:{_VERBS})\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_WORDS_MIN = 4
REPORT_SHARE_MIN = 0.3
"""Share of the sentences of a document above which it is a report: notes have one here and there."""


def is_reported(sentence: str) -> bool:
    """Whether a sentence tells what others said, in the third person."""
    return bool(_REPORTED.search(sentence))


def reported_share(texts: Iterable[str]) -> float:
    """Share of the sentences of some texts that tell what others said; 0.0 without sentence."""
    sentences = [one for text in texts for one in _SENTENCE.findall(text) if len(one.split()) >= _WORDS_MIN]
    return sum(map(is_reported, sentences)) / len(sentences) if sentences else 0.0


# results of votes --------------------------------------------------------------------------------------------------

_FOR, _AGAINST = r"pour|d'accord|accords?|favorables?", r"contre|désaccords?|oppositions?|défavorables?"
_SIDE = rf"(?P<for>{_FOR})|(?P<against>{_AGAINST})|abstentions?|blancs?|nuls?"
_OTHERS = r"présent[\w·.]*|votants?|votes? en anticipé|exprimés?"
_NUMBER_FIRST = re.compile(
    rf"\b(?P<n>\d{{1,4}})\s*(?:voix|votes?|avis|personnes)?\s*(?:{_SIDE}|{_OTHERS})\b", re.IGNORECASE
)
_NUMBER_LAST = re.compile(rf"\b(?:votes?\s+|voix\s+)?(?:{_SIDE})\s*[:=]\s*(?P<n>\d{{1,4}})\b", re.IGNORECASE)
_OUTCOME = re.compile(
    r"\b(?P<said>(?P<yes>adoptée?s?|approuvée?s?|acceptée?s?)|rejetée?s?|refusée?s?)\b(?:\s+à\s+l['’]unanimité)?",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\b(?:vot(?:es?|é)|voix|résultats?|(?:proposi|mo|résolu|délibéra)tions?|l[ea]?|est|du|unanimité)\b", re.IGNORECASE
)
_VOTED = re.compile(r"\b(?:proposition|motion|résolution|délibération|vote)s?\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_OTHER_WORDS_MAX, _SUBJECT_WORDS_MAX = 1, 2
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Result:
    """A result: voices for and against (None when not told), what was decided ("" when not told).

    `is_bare` : the text says nothing else.
    """

    n_for: int | None
    n_against: int | None
    outcome: str
    is_bare: bool


def result_of(text: str) -> Result | None:
    """The result that a text tells; None when it tells none: one number alone proves nothing."""
    found = [*_NUMBER_FIRST.finditer(text), *_NUMBER_LAST.finditer(text)]
    sides = [match for match in found if match["for"] or match["against"]]
    outcome = _OUTCOME.search(text)
    beside = text
    for pattern in (_BRACKETS, _NUMBER_FIRST, _NUMBER_LAST, _OUTCOME, _AROUND):
        beside = pattern.sub(" ", beside)
    n_others = len(_WORD.findall(beside))
    is_bare = bool(found) and n_others <= _OTHER_WORDS_MAX
    if not found and outcome:  # « Rapport moral approuvé. », « Proposition rejetée. »
        is_bare = n_others <= _SUBJECT_WORDS_MAX and bool(n_others or _VOTED.search(text))
    if not is_bare and (not sides or (len(found) < 2 and outcome is None)):
        return None
    return Result(
        _sum(match["n"] for match in sides if match["for"]),
        _sum(match["n"] for match in sides if match["against"]),
        ("adoptée" if outcome["yes"] else "rejetée") if outcome else "",
        is_bare,
    )


def _sum(numbers: Iterable[str]) -> int | None:
    listed = list(map(int, numbers))
    return sum(listed) if listed else None


# what a document was written for -----------------------------------------------------------------------------------

_VOICED_SHARE_MIN = 0.5


def kind_of_notes(entries: list[Entry]) -> tuple[str, str]:
    """(kind, reason) in French: `rapport déjà rédigé`, `compte rendu par personne`, `notes de table`…"""
    share = reported_share(entry.text for entry in entries)
    if share >= REPORT_SHARE_MIN:
        return "rapport déjà rédigé", f"{round(100 * share)} % de phrases qui rapportent ce qui a été dit"
    n_voiced = sum(entry.voice is not None for entry in entries)
    if entries and n_voiced >= _VOICED_SHARE_MIN * len(entries):
        return "compte rendu par personne", f"{n_voiced} paroles sur {len(entries)} qui commencent par un nom"
    tables = {entry.table for entry in entries if entry.table}
    if tables:
        named = "une table" if len(tables) == 1 else f"{len(tables)} tables"
        return "notes de table", f"des titres qui nomment {named}"
    headings = {entry.headings for entry in entries if entry.headings}
    if headings:
        told = "un titre" if len(headings) == 1 else f"{len(headings)} titres"
        return "compte rendu par thème", f"{told} au-dessus des paroles"
    return "notes", "ni titre ni nom au-dessus des paroles"


# whose words -------------------------------------------------------------------------------------------------------

_VOTE_COUNTED = ("resultat_de_vote", "résultat d'un vote, compté avec ce qui était voté")
_LEVELS_MAX = 7
"""A title, then six levels of headings."""
_KNOWN_MIN = 0.4
"""Share of usual first names in a list of people: `Lucie Morin, Paul Vidal` has half."""
_SUBJECT_WORDS_MIN = 4
_NAME_WORDS_MAX = 3
_NAMES_MAX, _AGENDA_WORDS_MAX = 60, 12
_BETWEEN_NAMES = re.compile(r"[\s,;&/+]+|\bet\b|\bMM?\.|\bMmes?\b|\bMlles?\b")
_PROPER = re.compile(r"^[A-ZÀ-Þ][\w.’'-]*$")
_LABELLED = re.compile(r"^(?P<label>[^:]{1,60}?)\s*:\s*(?P<names>\S.*)$", re.DOTALL)
_INCLUSIVE = re.compile(r"[·.‧•-](?:e|s|es|e[·.‧•-]s)\b")
_PRESENTATIONS, _ATTENDANCE_OPENINGS, _PROCEDURE_OPENINGS = (
    tuple(map(header_key, read_lines(__name__, name)))
    for name in ("presentation_headings", "attendance_openings", "procedure_openings")
)
_ATTENDANCE = re.compile(rf"(?:{'|'.join(map(re.escape, _ATTENDANCE_OPENINGS))})e?s?\b")
_PROCEDURE = re.compile(rf"(?:{'|'.join(map(re.escape, _PROCEDURE_OPENINGS))})\b")
Reject = tuple[str, str, str]


def read_minutes(form: str, blocks: list[Block]) -> Reading:
    """Notes and minutes → one entry per paragraph or bullet; what is nobody's words goes to the rejects."""
    entries, rejects = without_animation(entries_of_blocks(list(_with_voices(blocks))))
    reading = Reading(form, "note", "note", rejects=rejects)
    kept = _set_aside(entries, rejects)
    reading.entries, (reading.kind, reading.why) = kept, kind_of_notes(kept)
    deep = [block.place for block in blocks if block.kind == "heading" and _LEVELS_MAX < block.level < _LEVELS_MAX + 6]
    if deep:
        reading.notes.append(f"titres de plus de six niveaux, rattachés à ceux du dessus\u00a0: {', '.join(deep[:3])}")
    return reading


def _with_voices(blocks: list[Block]) -> Iterator[Block]:
    """The same blocks, without the labels of speakers: a label alone gives its voice to what follows."""
    for block in blocks:
        if block.kind == "heading" and block.level == LOWEST and _tells_who(block.text):
            block.kind = "paragraph"
    labels = [None if _are_names(block.text.rpartition(":")[2]) else label_of(block.text) for block in blocks]
    speakers = _speakers(blocks, [label for label in labels if label])
    speaker: str | None = None
    level = 0
    for block, label in zip(blocks, labels, strict=True):
        if label is not None and label.name in speakers:
            speaker, level = label.name, block.level if block.kind == "bullet" else 0
            if not label.text:
                continue
            block.text, block.voice = label.text, speaker
            block.kind = "paragraph" if block.kind == "heading" else block.kind
        elif block.kind == "bullet" and speaker is not None and block.level > level:
            block.voice = speaker
        else:
            speaker = None
        yield block


def _speakers(blocks: list[Block], labels: list[Label]) -> frozenset[str]:
    """The labels that are speakers': by themselves, or because a list of who was there has their first word."""
    there = _attendees(blocks)
    return speakers_among(labels) | {label.name for label in labels if label.name.split()[0] in there}


def _attendees(blocks: list[Block]) -> frozenset[str]:
    """The names in the lists of those who were there."""
    labelled = [found for block in blocks if (found := _LABELLED.match(block.text))]
    lists = [found["names"] for found in labelled if _is_attendance(found["label"]) and _are_names(found["names"])]
    return frozenset(word for names in lists for word in _BETWEEN_NAMES.split(_BRACKETS.sub(" ", names)) if word)


def _set_aside(entries: list[Entry], rejects: list[Reject]) -> list[Entry]:
    """The entries that are somebody's words; the result of a vote goes to what was voted on."""
    kept: list[Entry] = []
    for entry in entries:
        reason = _reason(entry)
        result = result_of(entry.text)
        if reason is None and result is not None:
            _count(result, _voted_on(kept, entry) if result.is_bare else entry)
            reason = _VOTE_COUNTED if result.is_bare else None
        if reason is None:
            kept.append(entry)
        else:
            rejects.append((entry.locator, *reason))
    return kept


def _voted_on(kept: list[Entry], entry: Entry) -> Entry | None:
    """What a lone result is about: the line that introduces it, else what stands just before it and says something."""
    label = entry.context.split(CONTEXT_JOINT)[-1]
    is_near = bool(kept) and kept[-1].headings == entry.headings
    is_introduced = label not in entry.headings or not is_near
    if entry.rank is not None and is_introduced and len(label.split()) >= _SUBJECT_WORDS_MIN:
        if not kept or kept[-1].text != label:
            above = tuple(heading for heading in entry.headings if heading != label)
            subject = Entry(f"{entry.locator} (ce qui est voté)", label, context_of(above), entry.voice)
            subject.headings, subject.table, subject.given_group = above, entry.table, entry.given_group
            kept.append(subject)
        return kept[-1]
    return kept[-1] if is_near and len(kept[-1].text.split()) >= _SUBJECT_WORDS_MIN else None


def _count(result: Result, subject: Entry | None) -> None:
    """Give what was voted on its voices, which may come line after line, and what was decided."""
    if subject is None:
        return
    subject.votes = result.n_for if subject.votes is None else subject.votes
    subject.votes_against = result.n_against if subject.votes_against is None else subject.votes_against
    subject.attributes |= {"résultat du vote": result.outcome} if result.outcome else {}


def _reason(entry: Entry) -> tuple[str, str] | None:
    """Why an entry is nobody's words; None when it is somebody's."""
    above = [*entry.headings[-1:], *entry.context.split(CONTEXT_JOINT)[-1:]]
    is_presentation = any(header_key(heading).startswith(_PRESENTATIONS) for heading in above)
    if _tells_who(entry.text) or (is_presentation and _introduces_somebody(entry.text)):
        return "presence", "liste de personnes ou de fonctions"
    if _PROCEDURE.match(header_key(entry.text)) and len(entry.text.split()) <= _AGENDA_WORDS_MAX:
        return "ordre_du_jour", "déroulé de la séance"
    if _are_names(entry.text, must_be_known=not any(map(_is_attendance, above))):
        return "presence", "liste de personnes ou de fonctions"
    is_short = len(entry.text.split()) <= _AGENDA_WORDS_MAX and entry.text[-1:] not in ".!?…"
    if is_short and entry.rank is not None and any(map(is_agenda, above)):
        return "ordre_du_jour", "point de l'ordre du jour"
    return None


def _tells_who(text: str) -> bool:
    """Whether a line says who was there or who did what: `Absents : …`, `Animatrice : Odile`."""
    found = _LABELLED.match(text)
    return bool(found and (_is_attendance(found["label"]) or _are_names(found["names"], must_be_known=True)))


def _introduces_somebody(text: str) -> bool:
    """`Odile, les Potiers du Port, association`: a name, then what the person is or does."""
    name, comma, _ = text.partition(",")
    words = name.split()
    return bool(comma) and 0 < len(words) <= _NAME_WORDS_MAX and is_first_name(words[0]) and not has_verb(text)


def _is_attendance(heading: str) -> bool:
    return bool(_ATTENDANCE.match(header_key(_INCLUSIVE.sub("", heading))))


def _are_names(text: str, must_be_known: bool = False) -> bool:
    """Whether a text is made of names of people; `must_be_known` asks for usual first names."""
    words = [word for word in _BETWEEN_NAMES.split(_BRACKETS.sub(" ", text[:1_000]).strip(" .")) if word]
    if not 0 < len(words) <= _NAMES_MAX or not all(map(_PROPER.match, words)):
        return False
    return not must_be_known or sum(map(is_first_name, words)) >= _KNOWN_MIN * len(words)
