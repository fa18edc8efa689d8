"""Frames of a document: what each of its paragraphs is, who says it, what was asked, and what tells so.

A document is a sequence of passages: header, people present, agenda, press, motion or question put, exposé, debate,
notes by speaker or by theme, lists, votes, thanks, links. Evidence is, from the surest: what a person corrected, the
shape of the line, the label of a turn, the heading that stands above, the words that open it, its neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain, groupby, pairwise, takewhile, zip_longest

from pipeline.contracts.tables import FRAMES
from pipeline.ingest.formats.blocks import (
    DAY_LEVEL,
    FRONT_MATTER,
    HEADING_WORDS_MAX,
    LOWEST,
    NAME_LEVEL,
    Block,
    join_blocks,
    lines_of,
    may_head,
    title_level,
)
from pipeline.ingest.formats.speakers import (
    INITIAL_FIRST,
    MARK,
    MESSAGE,
    Label,
    People,
    bare_name,
    in_small_letters,
    is_animation,
    is_first_name,
    is_heading_noun,
    is_person,
    is_role,
    is_surely_named,
    is_titled_role,
    leader_of,
    part_of,
    part_told,
    pseudonyms_among,
    question_in,
    speaker_name,
    speakers_among,
)
from pipeline.ingest.formats.turns import (
    ASKING,
    author_of,
    bold_lead,
    heads_of,
    label_of,
    label_of_head,
    marked,
    marked_block,
    may_speak,
    named_by_hand,
    set_off,
    turn_of_interview,
    turn_of_mark,
    turns_of,
    where_answered,
)
from pipeline.ingest.headers import day_of
from pipeline.ingest.segmentation.formulas import AGENDA, SALUTATION, may_sign, only_formulas
from pipeline.ingest.segmentation.reports import begins_with_saying, opens_report, says_besides, tells_of_many
from pipeline.ingest.segmentation.segment import held_together, is_free, sentences_of
from pipeline.ingest.structure import CLOCK, MONTH, bare_heading, frame_of_heading, named_table, tells_who_came
from pipeline.ingest.votes import (
    announces_vote,
    decided_in,
    is_in_roll,
    is_of_voters,
    is_side,
    result_closing,
    result_of,
    sides_named,
)
from pipeline.ingest.workshop import FileOverride
from pipeline.language.lexicon.nouns import CIVILITY, is_noun, role_kind
from pipeline.language.syntax.finite_verbs import has_verb
from pipeline.language.syntax.function_words import DETERMINERS, of
from pipeline.language.text.folding import fold_inclusive
from pipeline.language.text.lists import either, read_lines, read_words
from pipeline.language.text.words import content_stems
from pipeline.language.vocabulary.courtesies import takes_leave
from pipeline.language.vocabulary.meetings import tells_course, tells_of_somebody
from pipeline.tables.columns import header_key

SIGNED = "un nom, un jour et une heure sont devant"
SPOKEN = ("debat", "notes_par_personne")
"""Frames of turns, each with its speaker."""
TITLE = "titre"
FRAME_NAMES = {
    "titre": "titres",
    "entete": "en-tête et métadonnées",
    "presence": "personnes présentes",
    "ordre_du_jour": "ordre du jour et déroulé",
    "presse": "presse",
    "motion": "motion ou question posée",
    "expose": "exposé",
    "debat": "débat, tour par tour",
    "notes_par_personne": "notes par personne",
    "notes": "notes",
    "liste": "listes",
    "resultat_de_vote": "vote et résultat, compté avec ce qui était voté",
    "remerciements": "remerciements",
    "salutations": "salutations et signatures",
    "liens": "enregistrement et liens",
    "animation": "parole de l'animation",
    "barre": "du texte barré",
    "pas_une_parole": "écarté à la main",
    "document": "d'un document, dit ni paroles ni notes",
    "lecture": "lecture d'une ligne d'un autre tableau, déjà lue",
    "parole": "paroles",
}
"""What people read for each frame."""


def frame_blocks(blocks: list[Block], told: FileOverride | None = None) -> dict[str, str]:
    """Decide the frame of each block, and give turns their speaker, in place; labels leave the text.

    Speakers whose part or organisation the document tells → what it tells of them.

    `told` : what a person says of the document: what holds nobody's words, and who speaks in it.
    """
    document = _Document(blocks, told or FileOverride(nom="*"))
    document.decide()
    return document.parts()


def unknown_corrections(blocks: list[Block], told: FileOverride | None) -> list[str]:
    """What a person said of a document that is nowhere in it, in her words."""
    if told is None:
        return []
    texts = {header_key(text) for block in blocks for text in (block.place, block.text, bare_heading(block.text))}
    voices = {header_key(block.voice) for block in blocks if block.voice}
    voices |= {_name_key(one) for one in told.intervenants if any(named_by_hand(one, block.text) for block in blocks)}
    labels = {_name_key(label.name) for block in blocks if (label := label_of(block.text) or set_off(block.text))}
    lines = (*told.pas_une_parole, *told.paroles, *told.sans_voix)
    unknown = [one for one in lines if texts.isdisjoint(map(header_key, lines_of(one)))]
    unknown += [one for one in told.intervenants if _name_key(one) not in voices]
    return [*unknown, *(one for one in told.pas_intervenants if _name_key(one) not in labels)]


def _name_key(name: str) -> str:
    """How a name that a person writes is compared with those of labels."""
    return header_key(bare_name(speaker_name(name)))


# what the lines hold -----------------------------------------------------------------------------------------------

_URL = re.compile(r"(?:https?://|www\.)\S+|\[courriel\]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.\w+")
_LINK_ONLY = re.compile(r"^\W*!?\[[^\]]*\]\([^)]*\)\W*$|^\[\^[\w-]+\]:")
_FILE_SIZE = re.compile(r"\b(?:PDF|docx?|odt|zip)\b\W*\d+(?:[.,]\d+)?\s?[km]o\b", re.IGNORECASE)
"""`Compte rendu intégral (PDF - 1,2 Mo)`: a file to fetch."""
_HOUR = rf"(?:{CLOCK}|\d{{1,2}}\.\d{{2}}(?!\d))"
_TIMED_EVENT = re.compile(
    rf"^{_HOUR}(?:\s*(?:[-–—/]|à)\s*{_HOUR})?\s*(?:[-–—:,]\s*)?(?:{either(read_words(__name__, 'timed_events'))}"
    r"|(?:[^\s,]+\s){1,3}(?:quitte|rejoint|arrive|revient|part|sort)(?:nt)?)\b",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(rf"\b(?:\d{{1,2}}(?:er)?\s+(?:{MONTH})\b|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})", re.IGNORECASE)
_ABOUT = (
    r"(?:(?:environ|près de|plus de|quelque|une?)\s+)?(?:\d{1,4}|vingt|trente|cent|\w+ante|\w+aine)\s+(?:de\s+|d['’])?"
)
_CAME = r"\s+(?:étaient|sont|ont)\s+(?:été\s+)?(?:présent|venu|réuni|particip|assist)"
_HEADCOUNT = re.compile(
    rf"^\W*(?:(?:réunion|séance|rencontre|atelier|assemblée)\b[^.;:]{{0,40}}?\savec\s+)?{_ABOUT}"
    rf"(?:{either(read_words(__name__, 'attending_people'))})[\w·]*"
    rf"(?:\W*$|{_CAME}|(?P<there>\s+(?:connecté|présent)e?s?\b))",
    re.IGNORECASE,
)
"""« 22 présents », « Environ soixante personnes ont participé », « Réunion avec une dizaine de participants »."""
_APPOSITION = re.compile(r"^([^,:–—]{2,40})(?:,| [–—]) [^,:–—]{3,60}(?:,| [–—]) (?=[a-zà-ÿ])")
_SHE = re.compile(r"(?P<who>Il|Elle)\s+(?!y\b)")
_TITLE_OF = {"Il": re.compile(r"(?:Mme|Mlle|Madame)\b"), "Elle": re.compile(r"(?:M\.|Mr|Monsieur)")}
"""Titles of people for whom the pronoun does not stand."""
_OBJECTS = frozenset(("nous", "vous", "me", "te", "lui", "leur"))
_THINGS = frozenset(("le", "la", "les", "en", "y"))
"""What is said, before the verb: « Le maire le fait remarquer »."""
_THEN = of("openings_of_clauses")
_SOME = re.compile(r"(?:des|une?|deux|trois|quelques|plusieurs|\d{1,3})\s", re.IGNORECASE)
_BRACKETED = re.compile(r"^\[[^\[\]]+\]\.?$")
_BY_ACCOUNT = re.compile(r"^(?:Selon|Pour|D['’]après)\s+(?P<nom>[A-ZÀ-Þ][\w.’'-]*(?:\s+[A-ZÀ-Þ][\w’'-]*){0,3})\s*,\s")
_OPENER = re.compile(r"(?P<about>(?:[^\W\d_]+(?:['’-]|\s|$)|\d+\s){1,12}?[^\W_]+),\s+")
"""« Concernant le quai, M. Roux demande… », « À l'inverse, Lucie… »: what stands before somebody, and tells nothing."""
_BY_SPEECH = re.compile(
    rf"^(?:petite?\s+)?(?:{either(read_words(__name__, 'kinds_of_speech'))})\s+"
    r"(?:de\s+|d['’])(?P<nom>\S+(?:\s+\S+){0,3}?)(?=,?\s+(?:qui|sur|concernant|à propos|au sujet)\s)",
    re.IGNORECASE,
)
"""`Intervention de Lucie qui propose…`, `Petit rappel de Lucie sur le quai`."""
_BY_AGENT = re.compile(
    r"^Il\s+(?:est|était|a\s+été)\s+\w+\s+par\s+(?P<nom>[A-ZÀ-Þ][\w.’'-]*(?:\s+[A-ZÀ-Þ][\w’'-]*){0,3})(?!\w)"
)
"""« Il est demandé par Lucie de ne pas creuser »."""
_INVERTED = re.compile(
    r"(?:^(?P<before>(?:C['’]est\s+)?(?i:ce)\s+qu(?:e\s+|['’]))(?:(?:nous|leur|lui)\s+)?|[,»]\s+)(?P<verb>[a-zà-ÿ]+)\s+"
    rf"(?P<nom>(?:{CIVILITY}\s+)?[A-ZÀ-Þ][\w’'-]*(?:\s+[A-ZÀ-Þ][\w’'-]*){{0,3}}|(?:l[ea]\s|l['’])[\w-]+)(?P<is_end>\W*$)?"
)
"""« Ce que confirme Mme Vidal », « …, précise Lucie. »"""
_ACCOUNTS = (_BY_ACCOUNT, _BY_SPEECH, _BY_AGENT)
_MAKES_REMARKS = re.compile(
    r"(?:fait|a\s+fait|formule|émet|apporte)\s+(?:\w+\s+){1,2}(?:remarque|observation|proposition|suggestion|rappel)s?\b",
    re.IGNORECASE,
)
_GOES_INTO = re.compile(r"\s:\s+\S+(?:\s+\S+){3}")
"""« Mme Vidal présente le rapport : le toit a tenu… »: what she presents is told."""
_NEXT_CLAUSE = re.compile(r"(?<! que)(?<!\bqui)[,;]\s+(?:(?:et|mais|puis)\s+)?(?=\S)")
_GIVES_FLOOR = re.compile(r"\bla parole à (?P<nom>[^,:;()]{2,40}?)(?:,[^:]*)?\s*:$")
_NUMBERED = re.compile(r"^\(?(?P<n>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4})\s?(?P<sign>[.)°/]?\s*[-–—]?)\s+(?=[A-ZÀ-Þ«])")
_LABELLED = re.compile(r"^(?P<label>[^:]{1,60}?)\s*:\s*(?P<names>\S.*)$", re.DOTALL)
_BOLD_LINE = re.compile(r"^(?:\*\*|__)(?P<text>[^*_]+)(?:\*\*|__)\s*:?$")
_BRACKETS = re.compile(r"\([^()]*\)")
_INITIALED = re.compile(r"(?P<name>(?:[A-ZÀ-Þ][\w’'-]+\s+){2,4})\((?P<letters>[A-ZÀ-Þ]{2,4})\)")
_BETWEEN_NAMES = re.compile(rf"[\s,;&/+]+|\bet\b|\b{CIVILITY}(?!\w)")
_CIVILITIES = re.compile(rf"\b{CIVILITY}\s")
_PROPER = re.compile(r"^[A-ZÀ-Þ][\w.’'-]*$")
_STOPS, _STOPPED = tuple(".!?…"), re.compile(r"[.!?…]\s")
_KNOWN_MIN = 0.4
"""Share of usual first names in a list of people: `Lucie Morin, Paul Vidal` has half."""
_NAMES_MAX, _NAME_WORDS_MAX, _INTRODUCTION_WORDS_MAX = 60, 4, 14
_AGENDA_WORDS_MAX, _HEADER_WORDS_MAX, _ASIDE_WORDS_MAX = 12, 40, 60
_NUMBERED_WORDS_MAX = 20
"""Words of a heading with a number, as others have."""
_SENTENCE_WORDS_MIN, _SENTENCES_MIN, _ENDED_SHARE_MIN = 6, 2, 0.8
"""Paragraphs of so many words that end with a stop, from which a document is one of sentences, and their share."""
_HEADED_SHARE_MIN = 1 / 12
"""Share of the paragraphs of a document that are headings, where it has some that nothing marks."""
_ATTENDANCE = re.compile(rf"(?:{either(map(header_key, read_lines(__name__, 'attendance_openings')))})e?s?\b")
_ATTENDANCE_OPENING = re.compile(
    r"(?:(?:étaient|sont|ont)\s+)?(?:également\s+)?(?:présent|excusé|absent|représenté|particip)[\w·.]*\s+(?:par\s+)?",
    re.IGNORECASE,
)
"""`Étaient excusés Mme Roux et M. Prat`."""
_TOPICS = frozenset(map(header_key, read_lines(__name__, "topic_labels")))
"""Labels that name what is spoken of next."""
_SAYS_I = re.compile(r"\b(?:je\s|j['’]|m(?:on|a|es|oi|e)\s)", re.IGNORECASE)
_ADDRESSES, _SPOKEN_MIN = re.compile(rf"{_SAYS_I.pattern}|\b(?:nous|v(?:ous|otre|os))\b|\?", re.IGNORECASE), 4
"""What somebody who speaks says, and the turns that tell that a document is of what was said."""
_MEETING = read_words(__name__, "meeting_words")
_HEADER_LABELS = frozenset(map(header_key, read_lines(__name__, "header_labels")))
_OPENINGS = tuple(
    (frame.strip(), header_key(words), words.rstrip().endswith(":"))
    for frame, words in (line.split(":", 1) for line in read_lines(__name__, "frame_openings"))
)
_LABELS = {words: frame for frame, words, is_label in _OPENINGS if is_label}
_FIRST_WORDS = {words: frame for frame, words, is_label in _OPENINGS if not is_label}
_OPENING = re.compile(rf"(?:{either(_FIRST_WORDS)})(?:\b|$)")
_PRESENTS = frozenset(map(header_key, read_words(__name__, "presenting_verbs")))
_PRESENTED = frozenset(map(header_key, read_words(__name__, "presented_things")))
_ROSTER = "liste de personnes ou de fonctions"
_PAGE_NUMBER, _PAGE = "un numéro de page", re.compile(r"[(\[–—-]?\s*\d{1,3}(?:\s*/\s*\d{1,3})?\s*[)\]–—-]?")
_ASKED, _ANSWERED = "la marque d'une question est devant", "la marque d'une réponse est devant"
_OF_ONE, _OF_MANY = "ce que dit une personne connue, rapporté", "ce que plusieurs ont dit, rapporté"
_PLACE = re.compile(r"(?:au|à l['’a]|dans la|en)\s*(?:siège|salle|mairie|maison|école|foyer|visio)", re.IGNORECASE)
_SIGNED_BELOW = "--"
_CALLED = "annonce un vote"
_JOINED = "réuni à ce qui est au-dessus"
_HEAD_MAX = 200
"""Characters of a sentence in which it says who speaks."""
_THANKING = re.compile(r"\b(?:remercie(?:nt|e?s)?|tien(?:t|nent) a remercier)\b")
_ASIDE_HEADINGS = ("presse", "motion", "expose", "remerciements")
"""Headings all under which is nobody's words, turns and votes apart."""
_COURSE = re.compile(
    r"(?:.*\b(?:ordre du jour|oj)\b|(?:l[ea] )?(?:deroule(?:ment)?\b|programme$)"
    r"|(?:resume|rappel) des (?:thematique|theme))"
)
"""Headings over a list of how the meeting goes, wherever they stand."""
_OWN_LINES = ("presence", "ordre_du_jour", "liens", "entete")
"""Frames of lines, that may stand before anything is said: parts that have a heading of their own are not of them."""
_ASKED_MIN = 3
"""Questions from which a list is of what people ask."""
_TURN_SHARE_MIN = 0.5
_ENDS = 4
"""Blocks from either end of a document among which thanks stand."""
_NEAR = 40
"""Blocks back from which a heading or a motion is not looked for."""
_MARKS_MIN = 2
"""Marks of questions, and of answers, from which a document may be an interview."""
_OF_QUESTION = re.compile(r"\W*questions?\s+d(?:[eu]\s|['’])", re.IGNORECASE)
_CHEVRON, _INTERVIEW = re.compile(r"\w+\s?\d*\s?>"), re.compile(r"\b(?:entretien|interview)", re.IGNORECASE)


def is_attendance(label: str) -> bool:
    """Whether a label or a heading says who was there: `Présents`, `Secrétaire de séance`."""
    return bool(_ATTENDANCE.match(header_key(fold_inclusive(label)))) or tells_who_came(fold_inclusive(label))


def tells_who(text: str) -> bool:
    """Whether a line says who was there or who did what: `Absents : …`, `Animatrice : Odile`."""
    if (opened := _ATTENDANCE_OPENING.match(text)) and _are_names(text[opened.end() :], must_be_known=True):
        return True
    found = _LABELLED.match(text)
    return bool(found and (is_attendance(found["label"]) or _are_names(found["names"], must_be_known=True)))


def _are_names(text: str, must_be_known: bool = False) -> bool:
    """Whether a text is made of names of people; `must_be_known` asks for usual first names."""
    words = [word for word in _BETWEEN_NAMES.split(_BRACKETS.sub(" ", text[:1_000]).strip(" .,;:*")) if word]
    if not 0 < len(words) <= _NAMES_MAX or not all(map(_PROPER.match, words)):
        return False
    if 2 * len(_CIVILITIES.findall(text)) >= len(words):
        return True
    return not must_be_known or sum(map(is_first_name, words)) >= _KNOWN_MIN * len(words)


def _is_part_or_side(text: str) -> bool:
    """Whether all that stands beside a name is what she is, or how she voted: `présidente`, `pour`."""
    told = text.strip(" →>|*_-–—")
    if not told or told.endswith(_STOPS):
        return False
    return is_side(told) or (bool(role_kind(told)) and not has_verb(told))


def _introduces_somebody(text: str) -> bool:
    """`Odile, les Potiers du Port, association`: a name, then what the person is or does."""
    return _begins_with_a_name(text) and len(text.split()) <= _INTRODUCTION_WORDS_MAX and not has_verb(text)


def _is_one(text: str) -> bool:
    return _introduces_somebody(text) or (is_person(text) and not has_verb(text))


def _is_of_roll(block: Block) -> bool:
    """`Rémi - Ferme du port`, in a list of those who were there: a name, a dash, whom she is there for."""
    is_short = len(block.text.split()) <= _INTRODUCTION_WORDS_MAX and not block.text.endswith(_STOPS)
    heads = heads_of(marked(block.text)) if block.kind == "bullet" and is_short else ()
    return any(one.separator in ("tiret", "trait") and may_speak(one) for one in heads)


def _is_some(block: Block) -> bool:
    """« des élus », « une association », in a list of those who were there."""
    return block.kind == "bullet" and _SOME.match(block.text) is not None


def _is_listed(text: str) -> bool:
    """Whether a line of a list of people may be of one: a name, a nickname, with what may be said of her."""
    return len(text.split()) <= _INTRODUCTION_WORDS_MAX and not has_verb(text)


def _may_name(heading: str) -> bool:
    """Whether a heading may tell who says what is under it: `Lucie`, `L'intervention du maire :`."""
    return is_person(speaker_name(heading)) or bool(author_of(heading))


def _begins_with_a_name(text: str) -> bool:
    name, comma, _ = re.sub(r"\s[-–—]\s", ", ", text).partition(",")
    return bool(comma) and len(name.split()) <= _NAME_WORDS_MAX and (is_first_name(name) or is_person(name))


@lru_cache(maxsize=4_096)
def _opens(text: str) -> str:
    """The frame that the first words of a text tell; "" for none."""
    label = _LABELLED.match(text[:120])
    if label is not None and (frame := _LABELS.get(header_key(label["label"]))):
        return frame
    found = _OPENING.match(header_key(fold_inclusive(text[:120])))
    return _FIRST_WORDS[found.group()] if found else ""


def _tells_session(text: str) -> bool:
    """Whether a line says when, where or by whom a session was held or told: `Lieu : la halle`."""
    found = _LABELLED.match(text)
    if found is None or header_key(fold_inclusive(found["label"])) not in _HEADER_LABELS:
        return False
    is_said = found["names"].endswith("?") or (has_verb(found["names"]) and not _DATE_LINE.search(found["names"]))
    return not is_said and len(text.split()) <= _HEADER_WORDS_MAX


def _is_header_line(text: str) -> bool:
    return tells_who(text) or _tells_session(text)


def _is_linked(text: str, raw: str) -> bool:
    """Whether a line is but a link, an image, or a note at the foot of a page."""
    if _LINK_ONLY.match(raw) or (_FILE_SIZE.search(text) and not has_verb(text)):
        return True
    rest = _URL.sub(" ", text)
    return rest != text and len(re.findall(r"[^\W\d_]{2,}", rest)) <= _AGENDA_WORDS_MAX and not has_verb(rest)


# the document ------------------------------------------------------------------------------------------------------


class _Document:
    """The blocks of a document on their way to frames."""

    def __init__(self, blocks: list[Block], told: FileOverride) -> None:
        self.blocks, self.told = blocks, told
        self._part_results()
        self._join_voters()
        self._part_answers()
        self._not_words = frozenset(header_key(line) for one in told.pas_une_parole for line in lines_of(one))
        self._own_speakers = frozenset(map(_name_key, told.intervenants))
        self._not_speakers = frozenset(map(_name_key, told.pas_intervenants))
        title = title_level([block.level for block in blocks if block.kind == "heading"])
        parts = [at for at, block in enumerate(blocks) if block.kind == "heading" and block.level != title]
        self._first_part = parts[0] if len(parts) > 1 else 0
        self._mark_letters()
        self._is_interview = self._finds_interview()
        self._ends_sentences = self._find_stops()
        self._holds_answers = self._finds_answers()
        self._numbered_alone = self._find_numbered_alone()
        self._turns = turns_of([self._head_line(block) for block in blocks])
        self._raise_topics()
        self._raise_headings()
        self.above = self._frames_above()
        self._rolls, self._bullets = self._find_rolls(), self._find_bullets()
        self._rosters = self._find_rosters()
        self.attendees = self._attendees()
        self._in_first_person = {at for at, block in enumerate(blocks) if self._is_over_section(at, block)}
        self.labels = self._labels()
        self._marks = self._marked()
        self.speakers = self._speakers()
        self._opens_turn = self._opened()
        met = dict.fromkeys(label.name for label in self.labels if label)
        labelled = [name for name in met if name in self.speakers or not (is_heading_noun(name) or has_verb(name))]
        self._accounts: dict[str, list[str]] = {}
        self._played = self._parts()
        self.people = People([*told.intervenants, *labelled, *self._present()], self._played | self._initials())
        self._known = {self.people.one(name) for name in self.speakers}
        self._points, self._asked = self._find_points(), self._find_asked()
        self._is_early = True
        self._quoted = self._find_quoted()
        self._is_among_turns, self._is_spoken = self._among_turns(), self._finds_speech()

    @staticmethod
    def _head_line(block: Block) -> str:
        """What may be the head of a turn in a block; "" where it is known to be something else."""
        is_known = bool(block.frame) or _is_header_line(block.text) or bool(author_of(block.text))
        return "" if is_known else marked_block(block.text, block.raw)

    def _part_results(self) -> None:
        """Make a line of the result of a vote that closes a heading: `Motion pour le bac (adoptée à l'unanimité)`."""
        found: list[Block] = []
        for block in self.blocks:
            found.append(block)
            span = result_closing(block.text) if block.kind == "heading" and not block.frame else None
            if span is not None:
                said = block.text[span[1] :].strip(" )")
                found.append(
                    Block(
                        "paragraph", 1, said, block.place, raw=said, frame="resultat_de_vote", why="le titre au-dessus"
                    )
                )
                block.text = block.text[: span[0]]
        self.blocks[:] = found

    def _part_answers(self) -> None:
        """Make a line of the answer that stands in the line of its question: `Q : … ? R : …`."""
        found: list[Block] = []
        for block in self.blocks:
            at = where_answered(block.text) if block.kind != "heading" and not block.frame else 0
            asked, answer = block.text[:at].rstrip(), block.text[at:]
            found += [replace(block, text=asked), replace(block, text=answer, raw=answer)] if at else [block]
        self.blocks[:] = found

    def _join_voters(self) -> None:
        """Make one passage of a roll call, and of a side and the names of those who took it; counted beside it, they
        are of the vote."""
        found: list[Block] = []
        for is_roll, members in groupby(self.blocks, lambda one: is_in_roll(one.text) and not one.frame):
            run = list(members)
            found += [_of_vote(join_blocks(run))] if is_roll and len(run) > 1 else run
        self.blocks[:] = []
        for at, block in enumerate(found):
            if block.frame == _JOINED:
                continue
            sides, voters = sides_named(block.text), _voters_under(found, at)
            if voters and sides and not block.frame:
                text = "\n".join(chain.from_iterable(_in_columns(block.text.split(), sides, voters)))
                block = _of_vote(replace(join_blocks([block, *voters]), text=text))
                for one in voters:
                    one.frame = _JOINED
            elif voters and not block.frame and (result := result_of(block.text)) and result.is_bare and result.counts:
                for one in voters:
                    _of_vote(one)
            self.blocks.append(block)

    def _mark_letters(self) -> None:
        """Tell apart greetings, how letters and messages end, and the lines below that sign them."""
        is_left = False
        for block in self.blocks:
            if block.frame or (block.kind != "paragraph" and block.level != LOWEST):
                is_left = False
                continue
            if only_formulas(block.text) == SALUTATION or (is_left and may_sign(block.text)):
                block.frame, block.why, block.kind = SALUTATION, "une formule de courtoisie", "paragraph"
            is_left = block.text == _SIGNED_BELOW or (
                block.frame == SALUTATION and (is_left or takes_leave(block.text))
            )

    def _finds_interview(self) -> bool:
        """Whether questions and answers are marked as those of an interview: « Q> », or « Q. » under that title."""
        marked = [block for block in self.blocks if turn_of_interview(block.text)]
        kinds = Counter(turn.name for block in marked if (turn := turn_of_interview(block.text)))
        if len(kinds) < 2 or min(kinds.values()) < _MARKS_MIN:
            return False
        return any(_CHEVRON.match(block.text) for block in marked) or bool(_INTERVIEW.search(self.blocks[0].text))

    def _find_stops(self) -> bool:
        """Whether sentences end with stops; where most lines too long to be headings do, the short ones that do not are
        headings if they stand apart over sentences, rather than one over another as the lines of a list do."""
        written = [(at, block.text) for at, block in enumerate(self.blocks) if block.kind == "paragraph"]

        def are_most(n_ended: int, texts: list[str]) -> bool:
            return n_ended >= max(_SENTENCES_MIN, _ENDED_SHARE_MIN * len(texts))

        sentences, long = (
            [text for _, text in written if len(text.split()) >= least]
            for least in (_SENTENCE_WORDS_MIN, HEADING_WORDS_MAX + 1)
        )
        if are_most(sum(map(_is_ended, sentences)), sentences):
            return True
        heads = [at for at, text in written[1:] if not (_is_header_line(text) or _is_ended(text))]
        short = [at for at in heads if len(self.blocks[at].text.split()) <= HEADING_WORDS_MAX]
        over = [self._after(at) for at in short if self.blocks[at].is_apart and not has_verb(self.blocks[at].text)]
        n_over = sum(one is not None and one.is_apart and _is_ended(one.text) for one in over)
        return n_over >= _ENDED_SHARE_MIN * len(short) and are_most(sum(map(_is_ended, long)), long)

    def _finds_answers(self) -> bool:
        """Whether all paragraphs under marked headings end with stops but a few: answers, that head nothing."""
        written = [block for block in self.blocks if block.kind == "paragraph"]
        n_unstopped = sum(not block.text.endswith((*_STOPS, ":")) for block in written)
        is_marked = any(block.kind == "heading" for block in self.blocks)
        return is_marked and n_unstopped < _HEADED_SHARE_MIN * len(written)

    def _find_bullets(self) -> list[list[int]]:
        """Where the members of lists of two or more stand."""
        runs = groupby(range(len(self.blocks)), lambda at: self.blocks[at].kind == "bullet")
        return [run for is_list, members in runs if is_list and len(run := list(members)) > 1]

    def _find_asked(self) -> frozenset[int]:
        """The members of lists of which half or more ask something: subjects that people put, and no agenda."""
        asks = {at for at, block in enumerate(self.blocks) if block.text.endswith("?")}
        put = [run for run in self._bullets if len(asks.intersection(run)) >= max(_ASKED_MIN, len(run) / 2)]
        return frozenset(chain.from_iterable(put))

    def _find_points(self) -> frozenset[int]:
        """The members of lists that are all headings further on: what was to be spoken of."""
        stems = [frozenset(content_stems(bare_heading(block.text))) for block in self.blocks]
        heads = [at for at, block in enumerate(self.blocks) if block.kind == "heading" and stems[at]]
        found: set[int] = set()
        for run in self._bullets:
            own = [next((n for n in heads if n > at and stems[n] <= stems[at]), None) for at in run]
            found |= {*run} if None not in own and len({*own}) == len(run) else set()  # a heading for each
        return frozenset(found)

    def _find_quoted(self) -> frozenset[int]:
        """The paragraphs in which goes on, or ends, a quotation that one before them opened."""
        found: set[int] = set()
        start: int | None = None
        for at, block in enumerate(self.blocks):
            if block.kind == "heading" or block.frame:
                start = None
            opened, closed = block.text.rfind("«"), block.text.rfind("»")
            if start is not None and closed >= 0:
                found |= {*range(start + 1, at + 1)}
            if closed >= 0 or start is None:
                start = at if opened > closed else None
        return frozenset(found)

    def _after(self, at: int) -> Block | None:
        return self.blocks[at + 1] if at + 1 < len(self.blocks) else None

    # headings that the document does not mark as such

    def _raise_headings(self) -> None:
        """Make headings of the lines that stand as such, and paragraphs of those that say who does what."""
        told = [(at, one.text) for at, one in enumerate(self.blocks) if not (one.frame or _FILE_SIZE.search(one.text))]
        days = {at: day for at, text in told if (day := day_of(text))}
        self._days = frozenset(days if len(set(days.values())) > 1 else ())
        first = next((at for at, block in enumerate(self.blocks) if not block.frame), 0)
        for at, block in enumerate(self.blocks):
            following = self._after(at)
            if at in self._turns:
                continue
            if block.level == LOWEST and at - 1 in self._turns and not self._turns[at - 1].text:
                block.kind, block.level = "paragraph", 1  # « Où planter ? », under a name, over a list
            if block.kind == "heading" and block.level == LOWEST and _is_header_line(block.text):
                block.kind = "paragraph"  # « Animatrice : Odile » over a list
            elif block.kind != "heading" and not block.frame and following is not None:
                self._raise(at, block, following, at == first)

    def _raise_topics(self) -> None:
        """Make headings of labels that name what is spoken of next: `Sujet suivant : la halle`; `Titre : la halle` does
        where several do, and once is of the document."""
        labelled = [
            (block, header_key(found["label"]), found["names"])
            for block in self.blocks
            if not block.frame and (block.kind == "paragraph" or (block.kind == "heading" and block.level == LOWEST))
            if (found := _LABELLED.match(block.text)) is not None
        ]
        n_titles = sum(label == TITLE for _, label, _ in labelled)
        for block, label, named in labelled:
            if label in _TOPICS or (label == TITLE and n_titles > 1):
                block.kind, block.level, block.text = "heading", LOWEST, named

    def _raise(self, at: int, block: Block, following: Block, is_first: bool) -> None:
        """Make a line a heading where it is one: of a day, of the document, of a part."""
        if at in self._days and block.is_apart and following.is_apart and not _STOPPED.search(block.text):
            block.kind, block.level = "heading", DAY_LEVEL
        elif is_first and self._may_be_heading(at, block, True) and self._is_title(at, block, following):
            block.kind, block.level = "heading", 0
        elif self._may_be_heading(at, block) and self._stands_over(at, block, following):
            text = _NUMBERED.sub("", block.text) if at in self._numbered_alone else block.text
            block.kind, block.level, block.text = "heading", LOWEST, text.rstrip(":.\u00a0\u202f ")

    def _may_be_heading(self, at: int, block: Block, is_first: bool = False) -> bool:
        """Whether a line is short and ends as headings do; no name, no label but one that may be of a title."""
        text = block.text
        is_marked = at in self._numbered_alone or _BOLD_LINE.match(block.raw)
        is_set_off = text.endswith(".") and is_marked and not _opens(text)
        n_words_max = _NUMBERED_WORDS_MAX if at in self._numbered_alone else HEADING_WORDS_MAX
        told = text.rstrip(".") if is_set_off else text
        is_of_quotation = text.count("«") != text.count("»")
        is_whole = text[:1].isalnum() and not is_of_quotation
        if not is_whole or _is_linked(text, block.raw) or not may_head(told, n_words_max):
            return False
        label = self._label_of(text)
        is_label = label is not None and not text.endswith(":") and (not is_first or is_surely_named(label.name))
        return not (is_label or _is_header_line(text) or _tells_of_one(text))

    def _is_title(self, at: int, block: Block, following: Block) -> bool:
        """Whether a first line stands over a header, or over parts or sentences."""
        if at in self._numbered_alone:
            return False
        if _is_header_line(following.text) or _DATE_LINE.search(following.text):
            return not block.text.endswith(":")
        has_parts = self._ends_sentences or any(one.kind == "heading" for one in self.blocks)
        return (following.is_apart or at + 1 in self._numbered_alone) and has_parts and not has_verb(block.text)

    def _stands_over(self, at: int, block: Block, following: Block) -> bool:
        """Whether a line is a heading by its number, in bold, by its words, or over a turn or a sentence.

        Where sentences end with stops, a line that does not and stands apart over one is no sentence.
        """
        text, says = block.text, has_verb(block.text)
        if at in self._numbered_alone:
            return block.is_apart or text.endswith("?") or not says
        if block.kind == "bullet" or _DATE_LINE.search(text):
            return False
        if _BOLD_LINE.match(block.raw) or frame_of_heading(text):
            return not says and following.kind != "heading"
        if not block.is_apart or text.endswith(":") or not (text[:1].isupper() or _NUMBERED.match(text)):
            return False
        if label_of(following.text) is not None and not following.is_apart:
            return True
        return self._is_over(text, following) and (not says or (following.is_apart and not text.endswith("?")))

    def _is_over(self, text: str, following: Block) -> bool:
        """Whether a line that stands apart without a stop is followed by a sentence that has one."""
        if self._holds_answers and not text.endswith("?"):
            return False
        return self._ends_sentences and following.kind == "paragraph" and following.text.endswith(_STOPS)

    def _is_only_item(self, at: int) -> bool:
        """Whether a line with a number is all that stands under a heading of the document: another one follows."""
        following = self._after(at)
        return following is not None and following.kind == "heading" and following.level < LOWEST

    def _find_numbered_alone(self) -> frozenset[int]:
        """Lines with a number that no neighbour has, two at least: the items of a list stand together."""
        told = [_NUMBERED.match(block.raw.replace("*", "")) for block in self.blocks]
        are_counts = _are_counts([found for found in told if found and not found["sign"]])
        numbered = [found is not None and not (are_counts and not found["sign"]) for found in told]
        beside = [False, *numbered, False]
        alone = [at for at, found in enumerate(numbered) if found and not beside[at] and not beside[at + 2]]
        alone = sorted({*alone, *self._find_lone_bullets()})
        alone = [at for at in alone if not self._is_only_item(at)]
        return frozenset(alone) if len(alone) > 1 else frozenset()

    def _find_lone_bullets(self) -> list[int]:
        """Items of lists of one, short and without a verb, over a paragraph: Word numbers headings so."""
        kinds = ["", *(block.kind for block in self.blocks)]
        lone = ["bullet", "paragraph"]
        single = [
            (at, one.text)
            for at, one in enumerate(self.blocks)
            if kinds[at] != "bullet" and kinds[at + 1 : at + 3] == lone
        ]
        return [at for at, text in single if may_head(text.rstrip(".")) and not has_verb(text)]

    def _frames_above(self) -> list[str]:
        """For each block, the frame that the nearest heading announces, among those that stand above it."""
        found: list[str] = []
        stack: list[tuple[int, str]] = []
        for block in self.blocks:
            if block.kind == "heading":
                stack = [one for one in stack if one[0] < block.level]
                stack.append((block.level, frame_of_heading(block.text)))
                found.append("")
                continue
            if block.is_past_list:
                stack = [one for one in stack if one[0] < LOWEST]
            nearest = stack[-1][1] if stack else ""
            found.append(nearest or next((one for _, one in reversed(stack) if one and one not in _OWN_LINES), ""))
        return found

    # who speaks

    def _labels(self) -> list[Label | None]:
        """The label of a turn at the head of each block; those of lists of people are none.

        Names alone that follow one another are such a list; so is a name with nothing said after it, and that of a
        member of a list with nothing under it.
        """
        labels = [
            self._label(at, block)
            if block.kind != "heading" or block.level == LOWEST or at in self._turns or _may_name(block.text)
            else None
            for at, block in enumerate(self.blocks)
        ]
        alone = [label is not None and not label.text and label.form != MESSAGE for label in labels]
        members = frozenset(chain.from_iterable(self._bullets))
        own = {*self._turns, *_said_nothing(labels)}
        for at in [at for at, is_alone in enumerate(alone) if is_alone and at not in own]:
            is_listed = at in members and not self._is_over_words(at)
            after = self._after(at)
            is_of_roll = after is not None and _is_part_or_side(after.text)
            if is_listed or is_of_roll or (at and alone[at - 1]) or self._is_over_name(at, labels):
                labels[at] = None
        return labels

    def _is_over_words(self, at: int) -> bool:
        """Whether words stand under a member of a list."""
        following = self._after(at)
        return following is not None and following.kind != "heading" and following.level > self.blocks[at].level

    def _is_over_name(self, at: int, labels: Sequence[Label | None]) -> bool:
        """Whether the name of somebody stands under a name alone, or nothing does; a list of turns is hers."""
        after = self._after(at)
        following = labels[at] if after is None else labels[at + 1]
        is_over_list = self.blocks[at].kind != "bullet" and after is not None and after.kind == "bullet"
        return following is not None and not (is_over_list and following.text) and is_person(following.name)

    def _label_of(self, text: str) -> Label | None:
        return (turn_of_interview(text) if self._is_interview else None) or label_of(text)

    def _label(self, at: int, block: Block) -> Label | None:
        is_under = self.above[at] in ("presence", "ordre_du_jour") and _introduces_somebody(block.text)
        is_under |= self.above[at] == "presence" and _is_of_roll(block)
        is_listed = is_under or at in self._rosters or bool(block.frame)
        named = self._label_of(block.text)
        is_own = named is not None and header_key(bare_name(named.name)) in self._own_speakers
        by_hand = (named_by_hand(one, block.text) for one in self.told.intervenants)
        if not is_own and (told := next(filter(None, by_hand), None)) is not None:
            return told
        if at in self._turns and not is_listed:
            return _without_verb(label_of_head(self._turns[at]))
        if is_listed or block.raw.startswith("|") or (_is_header_line(block.text) and not is_own):
            return None
        label = self._label_alone(at, block, named)
        return None if label is not None and _is_part_or_side(label.text) else label

    def _label_alone(self, at: int, block: Block, named: Label | None) -> Label | None:
        """The label of a line by itself, whatever the others are."""
        if named_table(bare_heading(block.text))[0] is not None or _opens(block.text) in ("motion", "entete", "liens"):
            return None
        found = bold_lead(block.text, block.raw) or named
        if at in self._in_first_person and (found is None or not found.text):
            return set_off(block.text.rstrip(" .:\u00a0\u202f"))
        return _without_verb(found) if found is not None else set_off(block.text)

    def _is_over_section(self, at: int, block: Block) -> bool:
        """Whether what stands under a heading, or under a bullet alone, is said in the first person."""
        following = self._after(at)
        is_alone = following is not None and following.kind == "paragraph" and following.is_apart
        if not is_alone or (block.kind != "heading" and not (block.kind == "bullet" and block.is_apart)):
            return False
        level = block.level if block.kind == "heading" else NAME_LEVEL
        after = map(self.blocks.__getitem__, range(at + 1, len(self.blocks)))
        under = takewhile(lambda one: one.kind != "heading" or one.level > level, after)
        return any(one.kind == "paragraph" and _SAYS_I.search(one.text) for one in under)

    def _speakers(self) -> frozenset[str]:
        """The labels that are speakers': known names and parts, names that come back, and those of the same form."""
        listed = [label for label in self.labels if label]
        inline = [label for label in listed if label.form != "seul"]
        sure = set(speakers_among(inline))
        sure |= {label.name for label in inline if self._is_sure(label)} | in_small_letters(inline, self.attendees)
        sure |= {label.name for label in listed if header_key(bare_name(label.name)) in self._own_speakers}
        sure |= self._named_alone(listed, sure) | {label.name for at in self._turns if (label := self.labels[at])}
        self._of_sections = self._over_sections()
        sure |= self._of_sections
        found = sure
        if sum(label.name in found for label in inline) >= _TURN_SHARE_MIN * len(inline):
            found |= pseudonyms_among(inline, found)
        return frozenset(name for name in found if header_key(bare_name(name)) not in self._not_speakers)

    def _marked(self) -> dict[int, tuple[bool, str]]:
        """The lines that the marks of a question and of its answer open, whoever speaks, and their words: they have no
        label; none where but the one or the other is marked."""
        free = [(at, block.text) for at, block in enumerate(self.blocks) if not block.frame]
        found = {at: one for at, text in free if (one := turn_of_mark(text)) is not None}
        asking = {is_question for is_question, _ in found.values()}
        named = (block.text for block, label in zip(self.blocks, self.labels, strict=True) if label and label.is_told)
        asking |= {True for text in named if _OF_QUESTION.match(text)}
        if len(asking) < 2 or self._is_interview:
            return {}
        self.labels = [None if at in found else label for at, label in enumerate(self.labels)]
        return found

    def _opened(self) -> list[bool]:
        """For each block, whether it opens a turn."""
        named = (label is not None and label.name in self.speakers for label in self.labels)
        return [is_named or at in self._marks for at, is_named in enumerate(named)]

    def _over_sections(self) -> frozenset[str]:
        """Who says all of a section that she stands over, once: a name with a title, or a part, alone on a line."""
        rows = [(at, label) for at, label in enumerate(self.labels) if label and label.form == "seul"]
        once = Counter(label.name for label in self.labels if label)
        return frozenset(
            label.name
            for at, label in rows
            if once[label.name] == 1 and (label.is_told or _introduces_somebody(self.blocks[at].text))
            if at in self._in_first_person
        )

    def _is_sure(self, label: Label) -> bool:
        """Whether a label is a speaker's by itself: somebody who is said to be there, one told to speak, a part."""
        is_there = set() < _name_words(label.name) <= self.attendees
        return is_there or label.is_told or is_titled_role(label.name)

    @staticmethod
    def _named_alone(listed: Sequence[Label], sure: Iterable[str]) -> set[str]:
        """Those of lines that hold a name alone: one of them is a usual first name or comes back, as others do."""
        alone = [(label, header_key(bare_name(label.name))) for label in listed if label.form == "seul"]
        counts, known = Counter(key for _, key in alone), {header_key(bare_name(name)) for name in sure}
        trusted = {key for one, key in alone if is_first_name(bare_name(one.name)) or key in known or one.is_told}
        called = {key for one, key in alone if INITIAL_FIRST.match(one.name)}
        trusted |= called if any(counts[key] > 1 for key in called) else set()  # « A. Lannec », « B. Kerven » are parts
        likely = trusted | {key for key, n in counts.items() if n > 1}
        if len(likely) < 2 or not trusted:
            return set()
        return {one.name for one, key in alone if key in likely or bare_name(one.name) != one.name}

    def _find_rolls(self) -> dict[str, int]:
        """The lines of a list of people that goes on from line to line, each ended by a comma → where they stand."""
        found: dict[str, int] = {}
        is_open = False
        for at, block in enumerate(self.blocks):
            opened = _LABELLED.match(block.text)
            if is_open or (opened is not None and is_attendance(opened["label"])):
                found[block.text] = at
                is_open = block.text.rstrip().endswith(",")
        return found

    def _find_rosters(self) -> frozenset[int]:
        """The members of lists of which half at least are people, and the others may be."""
        found: set[int] = set()
        for run in self._bullets:
            listed = {at: (self.blocks[at].text, self.above[at] == "presence") for at in run}
            n_sure = sum(_is_one(text) if is_under else _are_names(text, True) for text, is_under in listed.values())
            may_be = all(_is_listed(text) if is_under else _are_names(text) for text, is_under in listed.values())
            found |= {*run} if may_be and 2 * n_sure >= len(run) else set()
        return frozenset(found)

    def _lists(self) -> list[str]:
        labelled = [found for block in self.blocks if (found := _LABELLED.match(block.text))]
        lists = [found["names"] for found in labelled if is_attendance(found["label"])]
        listed = (at in self._rosters or self.above[at] == "presence" for at in range(len(self.blocks)))
        return lists + [block.text for block, is_listed in zip(self.blocks, listed, strict=True) if is_listed]

    def _attendees(self) -> frozenset[str]:
        """The names in the lists of those who were there, and their initials."""
        lists = self._lists()
        nicknames = [name for text in self._rolls for name in re.findall(r"([\w.-]+)\s*\(", text)]
        initials = {name for text in lists for name in re.findall(r"\(([A-Z]{2,4}|[^\W\d_]+\d+)\)", text)}
        names = {
            word
            for text in lists
            if _are_names(text) or _introduces_somebody(text)
            for word in _BETWEEN_NAMES.split(_BRACKETS.sub(" ", text.split(" – ")[0]))
            if _PROPER.match(word)
        }
        return frozenset(names | initials | {spelt for name in nicknames for spelt in (name, name.capitalize())})

    def _present(self) -> list[str]:
        """The people of the lists of those who were there who are told by two names at least: `Lucie Morin`."""
        listed = (re.split(r"[,;&/\n]|\bet\b", _BRACKETS.sub(" ", text)) for text in self._lists())
        names = (_CIVILITIES.sub("", bare_name(one.strip(" .*_–—-"))) for one in chain.from_iterable(listed))
        return [name for name in names if len(name.split()) > 1 and is_first_name(name)]

    def _parts(self) -> dict[str, str]:
        """Parts that one alone of those present plays → who: `Présents : Mme Vidal, maire, M. Roux`."""
        lists = [[one.strip(" .)") for one in re.split(r"[,;(]", text)] for text in self._lists()]
        told = [pair for one in lists for pair in pairwise(one)]
        played = [(part, name) for name, part in told if is_role(part) and is_person(name) and not is_role(name)]
        counts = Counter(part for part, _ in played)
        return {part: name for part, name in played if counts[part] == 1}

    def _initials(self) -> dict[str, str]:
        """Initials that stand in brackets after one name alone of those present → whose: `Lucie Morin (LM)`."""
        told = [(one["letters"], one["name"].strip()) for text in self._lists() for one in _INITIALED.finditer(text)]
        own = [(letters, name) for letters, name in told if set(letters) <= set(name) and letters[0] == name[0]]
        counts = Counter(letters for letters, _ in own)
        return {letters: name for letters, name in own if counts[letters] == 1}

    def parts(self) -> dict[str, str]:
        """What labels, then the list of those present, tell of the speakers beside their names."""
        told = [(self._voice(one), part) for one in self.labels if one and (part := part_told(one))]
        told += [(self.people.one(name), part_of(f"{name}, {part}")) for part, name in self._played.items()]
        return {voice: part for voice, part in reversed(told) if part}

    # frames

    def decide(self) -> None:
        """Give each block its frame, its reason, its speaker; then what was asked of those who speak."""
        turn: _Turn | None = None
        for at, block in enumerate(self.blocks):
            if block.frame:
                block.why = block.why or FRONT_MATTER
                turn = turn if block.frame == SALUTATION else None  # a table is nobody's turn
                continue
            if self._not_words and self._is_refused(at):
                block.frame, block.why, turn = "pas_une_parole", "dit dans atelier.toml", None
                continue
            if (opened := self._turn_at(at, block, turn)) is not None:
                turn, self._is_early = opened, False
                continue
            if block.kind == "heading":
                turn = self._end_at(at, block, turn)
                continue
            block.frame, block.why = self._frame(at, block, turn)
            self._is_early = self._is_early and block.frame in _OWN_LINES
            if block.frame in SPOKEN and turn is not None and block.voice is None:
                self._go_on_with(turn, block, self.blocks[at - 1])
            turn = self._announced(at, block) or turn
            turn = turn.lasts(block) if turn and block.why != _CALLED else None
        self._name_leader()
        self._tell_animation()
        self._tell_notes_by_person()
        self._tell_apart()
        self._tell_procedure()
        self._read_what_is_left()
        self._take_back()
        self._lose_voices()
        self._ask()

    @staticmethod
    def _go_on_with(turn: _Turn, block: Block, before: Block) -> None:
        """Give a block its turn; what closes a list stands by itself, under what introduces the list."""
        block.voice, block.day, is_bullet = turn.voice, turn.day, block.kind == "bullet"
        closes_list = not is_bullet and before.kind == "bullet" and 1 < block.level <= before.level
        is_rest = turn.is_inline or not (is_bullet or (turn.heading and block.is_apart))
        block.is_rest = is_rest and not closes_list

    def _announced(self, at: int, block: Block) -> _Turn | None:
        """The turn that minutes announce: of who takes the floor, is given it, or is quoted over paragraphs."""
        goes_on = block.text.endswith(":") or at + 1 in self._quoted
        if block.why != _OF_ONE or not block.voice or not goes_on:
            return None
        given = _GIVES_FLOOR.search(block.text)
        return _Turn(self.people.one(given["nom"]) if given else block.voice, 0, False, is_told=True)

    def _is_refused(self, at: int) -> bool:
        """Whether a person said that a line, or all under a heading, is nobody's words."""
        block, level = self.blocks[at], NAME_LEVEL + 1
        told = [block.place, block.text]
        for one in reversed(self.blocks[:at]):
            if one.kind == "heading" and one.level < level:
                level = one.level
                told += [one.text, bare_heading(one.text)]
        return not self._not_words.isdisjoint(map(header_key, told))

    def _voice(self, label: Label) -> str:
        if label.form == MESSAGE:  # « lucie » and « Lucie » are two accounts
            alike = self._accounts.setdefault(header_key(label.name), [])
            alike += [label.name] if label.name not in alike else []
            rank = alike.index(label.name)
            return f"{label.name} ({rank + 1})" if rank else label.name
        return label.name if is_animation(label.name) else self.people.one(label.name)

    def _end_at(self, at: int, heading: Block, turn: _Turn | None) -> _Turn | None:
        """The turn that goes on after a heading: a message, that it is of unless another one follows it."""
        heading.frame, heading.why = TITLE, ""
        following = self.labels[at + 1] if at + 1 < len(self.blocks) else None
        is_of_thread = following is not None and following.form == MESSAGE
        if turn is not None and 0 < turn.heading < heading.level:
            return turn
        before = self.blocks[at - 1]
        if turn is not None and heading.level == LOWEST and before.is_opening and not before.text:
            return replace(turn, is_over_label=True)
        if turn is None or not turn.is_message or is_of_thread:
            return None
        heading.level += turn.level
        return turn

    def _open_turn(self, block: Block, label: Label) -> _Turn:
        voice = self._voice(label)
        is_inline, is_message = label.form not in ("seul", MESSAGE), label.form == MESSAGE
        block.level = MESSAGE_LEVEL if is_message and block.kind != "heading" else block.level
        level = block.level if block.kind == "bullet" or is_message else 0
        of_section = block.level if block.kind == "heading" else NAME_LEVEL
        heading = of_section if label.name in self._of_sections else 0
        turn = _Turn(voice, level, is_inline, is_message=is_message, heading=heading, day=label.day)
        block.voice, block.text, block.day = voice, label.text, label.day
        block.is_heading_of_turn = block.kind == "heading" or is_message
        block.kind = "paragraph" if block.kind == "heading" else block.kind
        block.frame, block.is_opening = "debat", True
        block.why = SIGNED if is_message else "un nom ou un rôle est devant"
        return turn

    def _turn_at(self, at: int, block: Block, turn: _Turn | None) -> _Turn | None:
        """The turn that a block opens, after another; None where it opens none."""
        if at in self._marks:
            return self._open_marked(block, *self._marks[at])
        label = self.labels[at]
        if label is None or label.name not in self.speakers or not (turn is None or turn.may_end_at(label)):
            return None
        block.is_past_list |= turn is not None and turn.is_over_label
        return self._open_turn(block, label)

    @staticmethod
    def _open_marked(block: Block, is_question: bool, words: str) -> _Turn:
        """The turn of somebody who is not named, that the mark of a question or of an answer opens."""
        block.text, block.kind, block.is_opening = words, "paragraph", True
        block.frame, block.why = "debat", _ASKED if is_question else _ANSWERED
        return _Turn(None, 0, True)

    def _frame(self, at: int, block: Block, turn: _Turn | None) -> tuple[str, str]:
        """The frame of a block that opens no turn, and what tells so."""
        found = self._by_shape(at, block, turn)
        if found is not None:
            return found
        if turn is not None and (turn.is_message or self._goes_on(at, turn)):
            return "debat", "suite du tour de parole"
        is_link = self.above[at] == "liens" and (_URL.search(block.text) or "](" in block.raw)
        if is_link or self.above[at] in _ASIDE_HEADINGS:
            is_debated = self.above[at] == "motion" and block.kind != "bullet"
            return (self._reported(block) if is_debated else None) or (self.above[at], "le titre au-dessus")
        return self._by_words(at, block) or self._as_notes(at, block)

    def _by_words(self, at: int, block: Block) -> tuple[str, str] | None:
        """The frame that the words of a block tell: how they open, thanks, what somebody is told to say."""
        opened = _opens(block.text)
        is_short = len(block.text.split()) <= _ASIDE_WORDS_MAX or opened not in (*_OWN_LINES, "remerciements")
        if opened and is_short and self._is_opened(at, opened):
            return opened, "ses premiers mots"
        if self._thanks(at, block.text):
            return "remerciements", "ses mots"
        return self._reported(block)

    def _as_notes(self, at: int, block: Block) -> tuple[str, str]:
        text = block.text
        if block.kind == "bullet":
            return "liste", "des puces"
        words = {header_key(word).split("'")[-1] for word in re.findall(r"[\w'’-]+", text)}
        if block.kind == "paragraph" and at < self._first_part and not words.isdisjoint(_MEETING) and has_verb(text):
            return "expose", "présente la rencontre, avant le premier titre"
        is_short = len(text.split()) <= _AGENDA_WORDS_MAX and text[-1:] not in "!?…"
        is_dated = bool(_DATE_LINE.search(text)) or (text[-1:] != "." and bool(re.search(r"\d", text)))
        is_dated = is_short and is_dated  # « Café citoyen du 22 novembre »
        is_placed = is_short and at < self._first_part and _PLACE.match(text) is not None
        if self._is_early and (is_dated or is_placed or day_of(text)) and not has_verb(text):
            return "entete", "sous le titre du document"
        return "notes", "du texte, sans nom devant"

    def _is_opened(self, at: int, frame: str) -> bool:
        """Whether first words are proof enough: a link is one, thanks close a document, lists hold ideas."""
        block = self.blocks[at]
        if frame == "liens":
            return bool(_URL.search(block.text) or "](" in block.raw) or block.text.endswith(":")
        if frame == "remerciements":
            return block.kind != "bullet" and self._is_at_an_end(at)
        return block.kind != "bullet" or frame == AGENDA

    def _by_shape(self, at: int, block: Block, turn: _Turn | None) -> tuple[str, str] | None:
        """The frame that a line says by itself: link, press, vote, people, header, course of the meeting."""
        if _is_linked(block.text, block.raw):
            return "liens", "un lien"
        if turn is not None and _PAGE.fullmatch(block.text):
            return "entete", _PAGE_NUMBER
        for told in (self._vote, self._people, self._course):
            found = told(at, block, turn)
            if found is not None:
                return found
        return None

    def _vote(self, at: int, block: Block, turn: _Turn | None) -> tuple[str, str] | None:
        before = self.blocks[at - 1] if at else None
        is_after = before is not None and before.frame == "resultat_de_vote"
        if is_after and (_ELECTED.search(block.text) or (block.kind == "bullet" and _COUNTED.match(block.text))):
            return "resultat_de_vote", "suit le compte d'un vote"
        if announces_vote(block.text) or len(sides_named(block.text)) > 1:
            return "resultat_de_vote", _CALLED
        if self._is_put(at):
            return "motion", "ce dont le vote suit"
        result = result_of(block.text)
        if result is None:
            return None
        is_put = any(one.frame == "motion" for one in self.blocks[max(0, at - _NEAR) : at])
        is_of_vote = self.above[at] == "resultat_de_vote" or is_put or (turn and turn.is_inline)
        is_said_only = bool(result.subject) and bool(is_of_vote) and block.kind != "bullet"
        return ("resultat_de_vote", "le compte ou l'issue d'un vote") if result.is_bare or is_said_only else None

    def _is_put(self, at: int) -> bool:
        """Whether the counts of a vote follow a line that names what is voted on: `Élection du bureau :`."""
        block, following = self.blocks[at], self._after(at)
        is_named = block.kind == "paragraph" and _BEFORE_VOTERS.search(block.text) is not None
        is_named = is_named and result_of(block.text) is None  # « Pour : 12 », over « Contre : 3 »
        result = result_of(following.text) if is_named and following is not None else None
        return result is not None and result.is_bare and bool(result.counts) and not has_verb(block.text)

    def _people(self, at: int, block: Block, turn: _Turn | None) -> tuple[str, str] | None:
        text = block.text
        if _tells_session(text):
            _, _, told = text.partition(":")
            return ("presence" if tells_who(text) or _are_names(told) else "entete"), "une ligne d'en-tête"
        is_told = tells_who(text) or text in self._rolls or _counts_people(text)
        is_signed = at >= len(self.blocks) - _ENDS and text.endswith(":") and _introduces_somebody(text)
        is_known = self.above[at] != "presence"
        is_named = is_signed or self._is_present(at, block) or _are_names(text, must_be_known=is_known)
        is_roster = at in self._rosters or (turn is None and is_named)
        return ("presence", _ROSTER) if is_told or is_roster else None

    def _is_present(self, at: int, block: Block) -> bool:
        """Whether a line under « Présents » is of one of them."""
        following = self._after(at)
        is_among = self.blocks[at - 1].frame == "presence" and following is not None and _is_one(following.text)
        is_some = (is_among or _is_some(block)) and not has_verb(block.text)
        return self.above[at] == "presence" and (_is_one(block.text) or _is_of_roll(block) or is_some)

    def _course(self, at: int, block: Block, turn: _Turn | None) -> tuple[str, str] | None:
        """What was to be spoken of, and how the meeting went."""
        text = block.text
        n_words = len(text.split())
        is_short = n_words <= _AGENDA_WORDS_MAX and not text.endswith(_STOPS)
        is_note = (is_short and bool(_BRACKETED.match(text))) or not bare_heading(text)
        if is_note or self._tells_course(text, n_words):
            return AGENDA, "déroulé de la séance"
        following = self._after(at)
        is_over_list = following is not None and following.kind == "bullet"
        is_label = block.kind == "paragraph" and text.endswith(":") and n_words <= HEADING_WORDS_MAX
        if is_label and turn is None and is_over_list:
            return TITLE, "introduit une liste"
        is_point = is_short or (n_words <= 2 * _AGENDA_WORDS_MAX and (text.endswith("?") or not has_verb(text)))
        return (AGENDA, "point de l'ordre du jour") if is_point and self._is_on_agenda(at, block) else None

    def _tells_course(self, text: str, n_words: int) -> bool:
        """Whether a line says by itself how the meeting goes."""
        is_said = _opens(text) == AGENDA or (tells_course(text) and not _STOPPED.search(text))
        if _TIMED_EVENT.search(text) or (n_words <= 2 * _AGENDA_WORDS_MAX and is_said):
            return True
        label = _LABELLED.match(text[:120]) if self._is_early else None  # « Accueil : les participants arrivent »
        return label is not None and _opens(label["names"]) == AGENDA

    def _is_on_agenda(self, at: int, block: Block) -> bool:
        """Whether a line is of an agenda: a list under its heading, with hours or before anything is said."""
        if at in self._points:
            return True
        before = reversed(self.blocks[max(0, at - _NEAR) : at])
        above = next((one.text for one in before if one.kind == "heading"), "")
        is_open = self._is_early or _COURSE.match(header_key(above)) is not None
        is_told = re.match(_HOUR, block.text) is not None or (block.kind == "bullet" and is_open)
        return self.above[at] == AGENDA and is_told and at not in self._asked

    def _goes_on(self, at: int, turn: _Turn) -> bool:
        """Whether a block is the rest of the turn before it."""
        block = self.blocks[at]
        if at in self._quoted:
            return True
        if not turn.is_inline:
            return not turn.is_told or (block.kind != "bullet" and self._reported(block) is None)
        before = self.blocks[at - 1]
        if block.kind == "bullet":
            is_next = before.is_rest and before.kind == "bullet" and before.level == block.level
            return block.level > turn.level or before.text.endswith(":") or is_next
        if 0 < turn.level < block.level:
            return True
        label = self.labels[at]
        is_own_line = (
            _opens(block.text) in ("motion", "remerciements", "ordre_du_jour", "liens")
            or (label is not None and is_heading_noun(label.name))  # « Constat : … », « Groupe 3 : … »
            or (block.text.endswith("?") and not has_verb(block.text))  # « Question autour du quai ? »
        )
        if is_own_line or self._reported(block) is not None or self._thanks(at, block.text):
            return False
        return self._is_among_turns[at] or self._is_said_on(block.text, before)

    def _is_said_on(self, text: str, before: Block) -> bool:
        """Whether a paragraph goes on with what somebody says word for word, and tells of nobody at its head."""
        is_spoken = self._is_spoken and (before.frame in SPOKEN or before.why == _PAGE_NUMBER)
        return is_spoken and _may_go_on(text) and not self._opens_with_somebody(text)

    def _opens_with_somebody(self, text: str) -> bool:
        """Whether a text begins with somebody, of whom it tells: « Le maire soumet le budget au vote. »."""
        words = text.split()
        return any(self._is_somebody(" ".join(words[:n])) for n in range(1, 5))

    def _finds_speech(self) -> bool:
        """Whether turns are what was said, word for word: most of them, four at least, say I, we or you."""
        opened = [label.text for at, label in enumerate(self.labels) if label and self._opens_turn[at] and label.text]
        n_spoken = sum(_ADDRESSES.search(text) is not None for text in opened)
        return len(opened) >= _SPOKEN_MIN and n_spoken > _TURN_SHARE_MIN * len(opened)

    def _among_turns(self) -> list[bool]:
        """For each block, whether a turn follows it before the next heading, or turns make most of its part."""
        found: list[bool] = []
        heads = [at for at, block in enumerate(self.blocks) if block.kind == "heading" and not self._opens_turn[at]]
        n_words = sum(block.kind != "heading" for block in self.blocks)
        are_most = sum(self._opens_turn) >= _TURN_SHARE_MIN * max(1, n_words)
        for start, stop in zip([0, *heads], [*heads, len(self.blocks)], strict=True):
            opened = [at for at in range(start, stop) if self._opens_turn[at]]
            is_part = are_most or len(opened) >= _TURN_SHARE_MIN * max(1, stop - start - (start in heads))
            found += [is_part or (bool(opened) and at < opened[-1]) for at in range(start, stop)]
        return found

    def _reported(self, block: Block) -> tuple[str, str] | None:
        """`Mme Vidal demande si…`: somebody who is known speaks, or presents what was prepared."""
        told = self._told_by(block.text)
        if told is None:
            return None
        block.voice, is_presented = told
        return ("expose", "présente ce qui a été préparé") if is_presented else ("debat", _OF_ONE)

    def _told_by(self, sentence: str, before: str | None = None) -> tuple[str | None, bool] | None:
        """Who is known and told to speak at the head of a sentence, and whether she only presents what was prepared.

        `before` : who spoke just before, whom « Elle ajoute que… » goes on with.
        """
        again = _SHE.match(sentence) if before is not None else None
        if again is not None and begins_with_saying(sentence[again.end() :]):
            return (None if _TITLE_OF[again["who"]].match(before or "") else before), False
        account = next(filter(None, (form.match(sentence) for form in _ACCOUNTS)), None)
        if account is not None and self._is_somebody(account["nom"]):
            return self.people.one(account["nom"]), False
        starts = dict.fromkeys((_opener(sentence), 0, _after_topic(sentence), *self._before_names(sentence)))
        told = (self._subject_told(sentence[at:]) for at in starts)
        return next(filter(None, told), None) or self._inverted(sentence)

    def _before_names(self, sentence: str) -> Iterator[int]:
        """Where somebody who is named may begin after words that no comma parts: « Avant de finir Lucie dit… »;
        after a noun, « Sur le quai Lucie dit… », who is known."""
        for found in _NAMED_WITHIN.finditer(sentence[:_HEAD_MAX]):
            before = sentence[: found.start()]
            words = before.lower().split()
            is_subject = words[0] in DETERMINERS or words[0].startswith(("l'", "l’"))
            if is_subject or len(words) > _OPENER_WORDS_MAX or has_verb(before):
                return
            is_free = not is_noun(words[-1]) or found["name"] in self._heard | self.attendees
            if words[-1] not in _BEFORE_COMPLEMENT and is_free:
                yield found.start()

    @cached_property
    def _heard(self) -> frozenset[str]:
        """The first words by which those are named who are told to speak at the head of a block."""
        told = (block.text for block in self.blocks if self._subject_told(block.text) is not None)
        return frozenset(text.split()[0] for text in told)

    def _inverted(self, sentence: str) -> tuple[str | None, bool] | None:
        """Who stands after the verb that says that she speaks, of a sentence alone."""
        if len(sentences_of(sentence)) > 1:
            return None
        told = (one for one in _INVERTED.finditer(sentence) if one["before"] or one["is_end"] is not None)
        name = next((one["nom"] for one in told if begins_with_saying(one["verb"])), "")
        return (self.people.one(name), False) if name and self._is_somebody(name) else None

    def _subject_told(self, sentence: str) -> tuple[str | None, bool] | None:
        """Who is the subject of a sentence whose verb says that she speaks, and whether she only presents something."""
        words = _APPOSITION.sub(r"\1 ", sentence[:_HEAD_MAX]).split()
        while words and words[0].lower() in _THEN:
            words = words[1:]
        if "qui" in words[1:5]:  # « Lucie Morin qui suit ce dossier indique que… »
            words = _without_relative(words)
        for n in range(min(5, len(words) - 1), 0, -1):
            if words[n - 1].lower() in _OBJECTS | _THINGS:
                continue  # « Le maire nous demande si… »
            rest = words[n + 1 :] if words[n].lower() in _OBJECTS else words[n:]
            name = " ".join(words[:n])
            says = _says(" ".join(rest)) or says_besides(sentence)
            if not rest or not (says or header_key(rest[0]) in _PRESENTS) or not self._is_somebody(name):
                continue
            about = {header_key(word).split("'")[-1] for word in rest[1:8]}
            is_presented = header_key(rest[0]) in _PRESENTS and not about.isdisjoint(_PRESENTED)
            if is_presented and not _GOES_INTO.search(sentence):
                return None, True
            if says or is_presented:  # « Lucie et Paul ajoutent… » is of two
                return (None if "et" in words[:n] else self.people.one(name)), False
        return None

    def _tell_apart(self) -> None:
        """Make a block of what each one is told to say in a paragraph: « Mme Vidal demande… M. Morin répond… »."""
        found: list[Block] = []
        for block in self.blocks:
            found.append(block)
            is_told = block.kind != "heading" and block.frame in ("notes", "liste", "debat")
            if not is_told or block.is_opening or block.is_rest:
                continue
            text = block.text
            if block.frame == "notes" and len(found) > 1 and found[-2].why == _OF_ONE:
                told = self._told_by(text, found[-2].voice)
                block.voice = told[0] if told is not None else None
                block.frame, block.why = ("debat", _OF_ONE) if block.voice else (block.frame, block.why)
            for start, end in pairwise([*self._sayings(text), len(text)]):
                told = self._told_by(text[start:end], found[-1].voice)
                voice = told[0] if told is not None else None
                is_same = voice == found[-1].voice if told is not None else not tells_of_many(text[start:end])
                if is_same or (told is not None and told[1]):
                    continue
                rest = text[start:]
                found[-1].text = found[-1].text[: len(found[-1].text) - len(rest)].rstrip()
                frame, why = ("debat", _OF_ONE) if voice else ("liste" if block.kind == "bullet" else "notes", _OF_MANY)
                found.append(replace(block, text=rest, raw=rest, voice=voice, frame=frame, why=why, is_apart=False))
        self.blocks[:] = found

    def _sayings(self, text: str) -> list[int]:
        """Where sentences begin, and clauses that somebody else says: « Le maire demande…, nous répondons que… »."""
        sentences, guard = sentences_of(text), held_together(text)
        told_in = [span for span in sentences if self._says_too(text[slice(*span)])]
        openers = {start + _opener(text[start:end]) for start, end in told_in}
        ends = {one.end() for start, end in told_in for one in _NEXT_CLAUSE.finditer(text, start, end)}
        clauses = sorted(at for at in ends - openers if is_free(at, guard))
        return sorted({*(start for start, _ in sentences[1:]), *(at for at in clauses if self._says_too(text[at:]))})

    def _tell_procedure(self) -> None:
        """Make blocks of their own of the sentences of notes that tell but how the meeting goes."""
        found: list[Block] = []
        for block in self.blocks:
            is_told = block.frame in (*SPOKEN, "notes") and block.kind == "paragraph"
            if not is_told or block.is_rest or block.is_opening:
                found.append(block)
                continue
            texts = [block.text[start:end].strip() for start, end in sentences_of(block.text)]
            runs = [(self._is_procedure(text), text) for text in texts]
            if not any(is_aside for is_aside, _ in runs):
                runs = [(False, block.text)]
            for is_aside, run in groupby(runs, lambda one: one[0]):
                part = replace(block, text=" ".join(text for _, text in run))
                if is_aside:
                    part.frame, part.why, part.voice = AGENDA, "déroulé de la séance", None
                found.append(part)
        self.blocks[:] = found

    def _is_procedure(self, sentence: str) -> bool:
        if tells_course(sentence):
            return True
        is_pronoun = sentence.split()[:1] in (["Il"], ["Elle"])
        return tells_of_somebody(sentence) and (is_pronoun or self._opens_with_somebody(sentence))

    def _says_too(self, clause: str) -> bool:
        """Whether somebody else is told to speak in a clause: « Le maire demande…, nous répondons que… »."""
        return self._told_by(clause) is not None or (tells_of_many(clause) and not opens_report(clause))

    def _is_somebody(self, name: str) -> bool:
        if self.people.one(name) in self._known:
            return True
        if is_titled_role(name) and not name.lower().startswith(("un ", "une ")):
            return True
        is_titled = re.match(rf"{CIVILITY}\s+[A-ZÀ-Þ]", name) is not None
        return (is_titled and not name.split()[-1][0].islower()) or (
            is_person(name)
            and ((is_surely_named(name) and not is_role(name)) or not _name_words(name).isdisjoint(self.attendees))
        )

    def _thanks(self, at: int, text: str) -> bool:
        """`L'équipe remercie les participants`, at an end of the document or of a part."""
        if len(text.split()) > _ASIDE_WORDS_MAX or not _THANKING.search(header_key(text)):
            return False
        return self._is_at_an_end(at)

    def _is_at_an_end(self, at: int) -> bool:
        following = self._after(at)
        return following is None or following.kind == "heading" or at <= _ENDS or at >= len(self.blocks) - _ENDS

    def _name_leader(self) -> None:
        """Make an interviewer of who but asks, in an exchange of two whom a tool set off by their marks."""
        turns = [block for block in self.blocks if block.frame in SPOKEN and block.voice]
        marked = {self._voice(label) for label in self.labels if label is not None and label.form == MARK}
        if marked and marked.issuperset(block.voice for block in turns):
            leader = leader_of([(block.voice or "", block.text) for block in turns if block.is_opening])
            for block in turns:
                block.voice = ASKING if block.voice == leader else block.voice

    def _tell_animation(self) -> None:
        """Turns of those who lead are no contribution, where others speak too."""
        turns = [block for block in self.blocks if block.frame in SPOKEN and block.voice]
        leading = [block for block in turns if is_animation(block.voice or "")]
        if len(leading) < len(turns):
            for block in leading:
                block.frame, block.why = "animation", "un rôle d'animation devant la parole"

    def _read_what_is_left(self) -> None:
        """A lone exposé is all that there is to read."""
        if not any(block.frame in FRAMES for block in self.blocks):
            for block in self.blocks:
                block.frame = "notes" if block.frame in _ASIDE_HEADINGS else block.frame

    def _take_back(self) -> None:
        """What a person says is somebody's words is read."""
        said = frozenset(line for one in self.told.paroles for line in lines_of(one))
        for block in self.blocks:
            if block.kind != "heading" and not said.isdisjoint(lines_of(block.place)):
                if block.frame not in FRAMES:
                    block.frame, block.why = "notes", "dit dans atelier.toml"
                if block.voice and is_animation(block.voice):
                    block.voice = None  # or it would be set aside as a turn of who leads

    def _lose_voices(self) -> None:
        """From where a person says that nobody knows who speaks, words have no voice, up to the next turn."""
        places = frozenset(header_key(line) for one in self.told.sans_voix for line in lines_of(one))
        is_lost, voice = False, None
        for block in self.blocks:
            voice = block.voice if block.is_opening else voice
            is_told = not places.isdisjoint(map(header_key, (block.text, *lines_of(block.place))))
            is_lost = is_told or (is_lost and not block.is_opening)
            if is_lost and block.voice == voice:
                block.voice, block.is_rest = None, block.is_rest and not is_told

    def _tell_notes_by_person(self) -> None:
        """Names alone, each with her notes, are no exchange: unless the same come back under one heading."""
        starts = [at for at, block in enumerate(self.blocks) if block.kind == "heading" or not at]
        for start, stop in pairwise([*starts, len(self.blocks)]):
            alone = [at for at in range(start, stop) if (label := self.labels[at]) and label.form == "seul"]
            opened = Counter(self.blocks[at].voice for at in alone if self.blocks[at].frame in SPOKEN)
            if not opened or max(opened.values()) > 1:
                continue
            for block in self.blocks[start:stop]:
                if block.frame == "debat":
                    block.frame = "notes_par_personne"

    def _ask(self) -> None:
        """Give those who speak the question or the motion that stands over them."""
        asked, put, level, above = "", "", NAME_LEVEL + 1, NAME_LEVEL + 1
        for before, block in pairwise([self.blocks[0], *self.blocks] if self.blocks else []):
            above = block.level if block.frame == TITLE else above
            if block.frame == TITLE and block.level <= level and frame_of_heading(block.text) not in _WITHIN:
                asked, level = "", NAME_LEVEL + 1
            if before.frame == "resultat_de_vote" and block.frame in ("notes", "liste", "motion"):
                asked = ""  # the vote is over
            if block.frame == "motion":
                level = min(level, above)
                asked = _put(block.text) or asked
            elif block.frame in (*SPOKEN, "resultat_de_vote", "notes", "liste"):
                block.asked = put if block.why == _ANSWERED else asked
            if block.is_opening and block.why != _ANSWERED:
                put = block.text if block.why == _ASKED else question_in(block.text)


def _without_relative(words: list[str]) -> list[str]:
    """The words of a sentence without the relative that stands after its subject, where a verb of saying follows it."""
    start = words.index("qui")
    ends = range(start + 3, min(len(words), start + _RELATIVE_WORDS_MAX))
    end = next((at for at in ends if _says(" ".join(words[at:]))), None)
    return words if end is None else [*words[:start], *words[end:]]


_RELATIVE_WORDS_MAX = 12


def _counts_people(text: str) -> bool:
    counted = _HEADCOUNT.match(text)
    return counted is not None and not (counted["there"] and has_verb(text))


def _is_ended(text: str) -> bool:
    return text.endswith((*_STOPS, ":", "»", ")"))


def _tells_of_one(text: str) -> bool:
    """Whether a line begins with somebody who says or presents something: « Mme Vidal présente le rapport »."""
    words = text.split()
    heads = ((" ".join(words[:n]), words[n:]) for n in range(1, min(5, len(words))))
    return any(
        (is_titled_role(name) or _TITLED.fullmatch(name))
        and (header_key(rest[0]) in _PRESENTS or _says(" ".join(rest)))
        for name, rest in heads
    )


_TITLED = re.compile(rf"{CIVILITY}(?:\s+[A-ZÀ-Þ][\w’'-]*){{1,3}}")


def _are_counts(numbered: Sequence[re.Match[str]]) -> bool:
    """Whether the numbers before lines count what these tell, « 2 NRE, que dalle ».

    They are in order neither from one nor, where no line has a comma, from another, « 3 Le rôle de chacun ».
    """
    numbers = [found["n"] for found in numbered]
    is_part = bool(numbers) and numbers[0].isdigit() and not any("," in found.string for found in numbered)
    first = int(numbers[0]) if is_part else 1
    return numbers != [str(first + n) for n in range(len(numbers))]


def _opener(sentence: str) -> int:
    """Where a sentence begins after what stands before its subject, without a verb; 0 where nothing does."""
    opener = _OPENER.match(sentence)
    return opener.end() if opener is not None and not has_verb(opener["about"]) else 0


_NAMED_WITHIN = re.compile(r"(?<=[a-zà-ÿ]\s)(?=(?P<name>[A-ZÀ-Þ][\w.’'-]*)\s)")
_OPENER_WORDS_MAX = 6
_BEFORE_COMPLEMENT = DETERMINERS | of("prepositions", "joins")


def _after_topic(sentence: str) -> int:
    """Where a sentence begins after what it is about, « Budget : M. Roux précise… »; 0 where nothing tells it."""
    topic = _TOPIC.match(sentence)
    return topic.end() if topic is not None and not has_verb(topic["about"]) else 0


_TOPIC = re.compile(r"(?P<about>[^:.!?()]{3,60}?)\s*:\s+(?=[A-ZÀ-Þ])")


def _may_go_on(text: str) -> bool:
    """Whether a paragraph may be the rest of what somebody says: a sentence, that tells neither what others say nor
    what was decided."""
    is_sentence = text.endswith((*_STOPS, "[…]", "[...]")) and len(text.split()) >= _SENTENCE_WORDS_MIN
    return is_sentence and not (tells_of_many(text) or opens_report(text) or decided_in(text, is_turn=True))


def _said_nothing(labels: Sequence[Label | None]) -> list[int]:
    """Where a name stands before a colon and nothing, `- Lucie :`, of who says something elsewhere."""
    told = {label.name for label in labels if label is not None and label.text}
    named = ((at, label) for at, label in enumerate(labels) if label is not None and label.name in told)
    return [at for at, label in named if not label.text and label.form == "deux-points"]


_WITHIN = ("debat", "resultat_de_vote", "expose", "motion", "presse")
_PUT = re.compile(r"^[^:]{3,60}?\s*:\s+(?=\S)")
_ELECTED = re.compile(r"^(?:\S+\s+){1,24}?(?:élue?s?|nommée?s?|adoptée?s?|approuvée?s?)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\d{1,3}\s?%?\s+\w")
_BEFORE_VOTERS = re.compile(r"\s*:\s*(?:\d[^:]*)?$")


def _voters_under(blocks: Sequence[Block], at: int) -> list[Block]:
    """The lines of people under what may be a side: all the members of a list, or lines that none stands apart of but
    the first of a column."""
    below = blocks[at + 1 :]
    listed = [*takewhile(lambda one: one.kind == "bullet", below)]
    if not listed:
        n_columns = len(sides_named(blocks[at].text))
        for one, after in zip_longest(below, below[1:]):
            n_apart = sum(row.is_apart for row in listed) + one.is_apart
            is_alone = after is None or after.is_apart or is_of_voters(after.text)
            if one.kind == "heading" or n_apart > max(0, n_columns - 1) or not (is_alone and is_of_voters(one.text)):
                break
            listed.append(one)
    is_told = all(is_of_voters(one.text) and not one.frame for one in listed)
    return listed if is_told and any(_are_names(_NUMBERS.sub(" ", one.text), True) for one in listed) else []


def _in_columns(titles: list[str], sides: list[str], rows: Sequence[Block]) -> list[list[str]]:
    """The lines of a table of voters, column by column, each under its title: a column begins with a line that is
    indented or stands apart; as they are written where that does not tell them."""
    starts = [n for n, row in enumerate(rows) if row.is_apart or (row.level > 1 and row.kind == "paragraph")]
    texts = [row.text for row in rows]
    if len(sides) == 1 or len(starts) != len(sides) - 1 or not all(starts):
        return [[" ".join(titles)], texts]
    spans = pairwise([0, *starts, len(rows)])
    return [[title, *texts[slice(*span)]] for title, span in zip(titles, spans, strict=True)]


_NUMBERS = re.compile(r"\(?\d+\)?")


def _of_vote(block: Block) -> Block:
    block.frame, block.why = "resultat_de_vote", "qui a voté ainsi"
    return block


def _put(text: str) -> str:
    """What a motion puts: its question, else its words without what announces them."""
    if question := question_in(text):
        return _PUT.sub("", question) if _opens(question) == "motion" else question
    return _PUT.sub("", text, count=1) if _opens(text) == "motion" else _BEFORE_VOTERS.sub("", text)


@dataclass(frozen=True)
class _Turn:
    """The turn that goes on: its voice, the level of its bullet or of its message (0 without), whether its words follow
    its label.

    `is_told` : minutes announce it (« Le Président reprend la parole : »), up to what another is told to say.
    `is_message` : it is all that she posted, with its headings.
    `heading` : the level of the heading that names her, up to the next one of which all that is under it is hers.
    `is_over_label` : all that she says stands under a label, just below her name alone. `day` : when she posted it.
    """

    voice: str | None
    level: int
    is_inline: bool
    is_told: bool = False
    is_message: bool = False
    heading: int = 0
    is_over_label: bool = False
    day: str = ""

    def may_end_at(self, label: Label) -> bool:
        """Whether another turn may open there: a message goes on to the next one."""
        return not self.is_message or label.form == MESSAGE

    def lasts(self, block: Block) -> _Turn | None:
        """The turn where it goes on after a passage; None where that ends it."""
        is_within = block.frame in (*SPOKEN, "resultat_de_vote") or block.why == _PAGE_NUMBER
        return self if self.is_message or self.heading or is_within else None


MESSAGE_LEVEL = 12
"""The level of a line over a message that is no heading: under all of them, over those that stand in a message."""


def _says(rest: str) -> bool:
    return begins_with_saying(rest) or _MAKES_REMARKS.match(rest) is not None


def _without_verb(label: Label) -> Label | None:
    """`M. Vidal répond :` and `M. Vidal fait deux remarques :` are `M. Vidal`; `M. Vidal présente le rapport :` opens
    no turn."""
    remarks = _MAKES_REMARKS.search(label.name)
    if remarks is not None and remarks.end() == len(label.name) and remarks.start():
        return replace(label, name=label.name[: remarks.start()].rstrip())
    *words, last = label.name.split()
    if any(header_key(word.rstrip(",;")) in _PRESENTS for word in (*words[1:], last)):
        return None
    return replace(label, name=" ".join(words)) if words and begins_with_saying(last) else label


def _name_words(name: str) -> frozenset[str]:
    return frozenset(bare_name(name).split())
