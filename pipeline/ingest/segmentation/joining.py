"""Join the pieces of a contribution to ideas: what cannot be read alone goes with a neighbour, headings are left out.

Below stand what that rests on: the edges of an idea (without white space, list marks, stray signs and, in speech,
fillers), and whether a piece stands without the one before it (it points back, answers, prolongs, says what a bare head
is).
"""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.ingest.segmentation.formulas import formula_of, may_sign
from pipeline.ingest.segmentation.lines_and_sentences import (
    BULLET_START,
    CLAUSE,
    LINE,
    QUANTITY,
    SENTENCE,
    WORD,
    is_rest_of_pair,
)
from pipeline.ingest.segmentation.openings import (
    ACTS,
    PROBLEM_START,
    PROPOSE_START,
    THANK_START,
    begins_infinitive,
    n_words,
    opener,
    points_back,
)
from pipeline.ingest.segmentation.reports import opens_report, says_what_was_said
from pipeline.ingest.votes import changes_what_was_asked, decision_in, has_amount, is_decision
from pipeline.language.lexicon.verbs import is_imperfect
from pipeline.language.syntax.finite_verbs import has_verb, holds_word, opening_pronoun, subject_of, words
from pipeline.language.syntax.standing import LEAD_MIN, judge
from pipeline.language.text.lists import either, read_lines
from pipeline.language.vocabulary.courtesies import greeting_at, takes_leave

Span = tuple[int, int]

FILLERS = tuple(dict.fromkeys(form for one in read_lines(__name__, "fillers") for form in (one, one.replace("'", "’"))))
"""What may stand uncovered at the edges of an idea."""
EDGE_FILLERS = frozenset(FILLERS) - {
    "là", "quand même", "et", "donc", "après", "puis", "alors", "du coup", "enfin", "quoi",
}  # fmt: skip
"""Fillers that are one wherever they stand at an edge: the others may be the first word of the idea."""

_REAL_WORD = re.compile(r"[^\W\d_]{2,}")
_EDGE = re.compile(
    rf"^(?:(?!{QUANTITY})(?:"
    r"[\s,;:.!?…»”)\]–—*•●○▪■◦‣⁃·►➢➤→⇒✓✔☐☑/=\U0001f300-\U0001faff\u2600-\u27bf\ufe0f]|[+−-](?!\d)|>(?=>|\s*[^\W\d])))+"
)
_TAIL = " \t\n\u00a0\u202f,;:«“([−–—•/+>=-"
_TAIL_LENGTH = 160  # as far back as closing fillers are looked for
_FILLERS, _EDGE_FILLERS = either(FILLERS), either(EDGE_FILLERS)
_ONLY_FILLERS = re.compile(rf"^[\W_]*+(?:(?:{_FILLERS})(?![\w'’-])[\W_]*+)*+$", re.IGNORECASE)
_LEADING_FILLERS = re.compile(rf"^(?:(?:{_EDGE_FILLERS})(?![\w'’-])[\s,.…;–—-]*)+", re.IGNORECASE)
_TRAILING_FILLERS = re.compile(
    rf"(?<!\bpas)(?<!\best)(?<!\bsuis)(?<!\bsont)(?<!\bsommes)(?:[\s,…–—-]++(?:{_EDGE_FILLERS}|quoi))++(?=[\s.!?…]*+$)",
    re.IGNORECASE,
)
_LINKING_WORDS = re.compile(
    r"^(?:(?:et|puis|donc|alors|du coup|et puis|et donc|et du coup|et alors)\b[\s,]+)+(?=\S)", re.IGNORECASE
)
_QUANTITY, _LIST_NUMBER = re.compile(rf"[-+]\d|\d|{QUANTITY}"), re.compile(r"\(?\d{1,2}\s?[.)°/-]+\s")


def is_only_fillers(text: str) -> bool:
    """Whether a text holds nothing but fillers ("D'accord.", "Mmh mmh."): somebody listens."""
    return _ONLY_FILLERS.match(text) is not None


def trim(text: str, start: int, end: int, is_speech: bool) -> Span:
    """Edges without white space, list marks, stray punctuation and (in speech) fillers."""
    start += _list_mark(text[start:end])
    stray = _EDGE.match(text[start:end])
    start += stray.end() if stray else 0
    head = greeting_at(text[start:end])
    start += head if _REAL_WORD.search(text, start + head, end) else 0
    start += _kept_if_word_left(_LINKING_WORDS.match(text[start:end]), text[start:end]) if start else 0
    if is_speech:
        start += _kept_if_word_left(_LEADING_FILLERS.match(text[start:end]), text[start:end])
    end = start + len(text[start:end].rstrip(_TAIL))
    if is_speech:
        near = max(start, end - _TAIL_LENGTH)
        trailing = _TRAILING_FILLERS.search(text[near:end])
        if trailing and _REAL_WORD.search(text, start, near + trailing.start()):
            end = near + trailing.start()
    found = text[start:end]
    return start + len(found) - len(found.lstrip()), start + len(found.rstrip())


def _list_mark(piece: str) -> int:
    """Length of the bullet, number or letter that opens a member of a list; `-5 %` opens with none."""
    words = piece.lstrip()
    bullet = BULLET_START.match(words)
    if bullet is None:
        return 0
    is_mark = not _QUANTITY.match(words) or _LIST_NUMBER.match(words)
    return len(piece) - len(words) + bullet.end() if is_mark else 0


def _kept_if_word_left(found: re.Match[str] | None, piece: str) -> int:
    """How much may be cut off in front: nothing when no word would be left."""
    return len(found.group()) if found and _REAL_WORD.search(piece, found.end()) else 0


FREE, LED, JOINED = "free", "led", "joined"
"""A piece that stands alone; that is another act, to be read after the one before; that is one idea with it."""
_HEAD_WORDS_MAX, _FRAGMENT_WORDS_MAX, _QUESTION_WORDS_MAX = 3, 9, 4
_SPEAKS_FOR_ONESELF = ("je", "j")
_BARE_HEAD = opener("determiners", r"d[e'’]|rien|tout")
_ASIDES = re.compile(rf"^\W*(?:(?:{'|'.join(read_lines(__name__, 'asides'))})[\s,]+)*", re.IGNORECASE)
_PLEASE = re.compile(r"\W*s['’]il (?:vous|te) pla[iî]t\W*$", re.IGNORECASE)
_ASKS_WHAT_COMES = re.compile(
    r"\b(?:pose(?:nt)? (?:la )?question|pose problème|(?:la )?question se pose)\W*$", re.IGNORECASE
)
"""`Le jour pose question.`: the next sentence asks it."""
_OR = re.compile(r"(?:^\W*|, )(?:ou|en lien|avec|pour|chez|dans)\b", re.IGNORECASE)
_SOME_OF_IT = re.compile(r"il (?:y )?en\s", re.IGNORECASE)
"""`Il en existe déjà`: of what stands before."""
_BUT = re.compile(r"\W*(?:mais|or)\s", re.IGNORECASE)
_ALSO = re.compile(r"\W*et\s", re.IGNORECASE)
_TURNS = re.compile(r"\b(?:en revanche|par contre)\b", re.IGNORECASE)
_NEAR = 60
JOIN_MIN = 0.4
"""Chance of a lost subject above which a piece is one idea with the sentence before it, unless it is another act."""


def bond(before: str, piece: str) -> str:
    """How a piece is bound to the sentence before it: `FREE`, `LED` or `JOINED`."""
    if _is_answer(before, piece) or _tells_of_head(before, piece) or _is_fragment(piece):
        return JOINED
    if (but := _BUT.match(piece)) and points_back(piece[but.end() :]) and not _is_other_act(before, piece):
        return JOINED
    if ACTS["tail"].match(piece.lstrip()) or says_what_was_said(piece) or _goes_on_from(before, piece):
        return JOINED
    if not leans(piece):
        return LED if refers(piece) else FREE
    return LED if _is_other_act(before, piece) else JOINED


def leans(piece: str) -> bool:
    """Whether a piece, its first « et » or « mais » left aside, has its subject in what was said before it."""
    words = _ASIDES.sub("", piece.strip(), count=1)
    if _SOME_OF_IT.match(words):
        return True
    is_of_nobody = subject_of(words) == "there" or opens_report(words)  # « il faut », « il y a », « il a été dit »
    return not is_of_nobody and judge(words).lost > JOIN_MIN


def refers(piece: str) -> bool:
    """Whether a reader may need what was said before a piece."""
    words = piece.strip()
    return not opens_report(words) and judge(words).lost > LEAD_MIN


def _is_answer(before: str, piece: str) -> bool:
    """A question and what answers it, or a few words that ask on."""
    if piece.rstrip().endswith("?"):
        if _PLEASE.match(piece) or _ASKS_WHAT_COMES.search(before):
            return True
        is_same = before.rstrip().endswith("?") and _OR.search(piece)
        most = _FRAGMENT_WORDS_MAX if is_same else _QUESTION_WORDS_MAX
        return n_words(piece) <= most and not begins_infinitive(piece.lstrip()) and not has_verb(piece)
    if not before.rstrip().endswith("?"):
        return False
    is_bare = not (PROPOSE_START.match(before) or has_verb(before))
    if is_bare and opening_pronoun(piece) not in _SPEAKS_FOR_ONESELF:
        return True
    return bool(ACTS["answers"].match(piece)) or not has_verb(piece)


def _tells_of_head(before: str, piece: str) -> bool:
    """ "L'irrigation. La retenue n'a jamais été faite.": a bare head, and what there is to say of it."""
    is_head = n_words(before) <= _HEAD_WORDS_MAX and not has_verb(before)
    if not is_head or PROBLEM_START.match(before) or before.rstrip().endswith(("!", ";")):
        return False
    return bool(_BARE_HEAD.match(before)) and has_verb(piece) and not PROPOSE_START.match(piece)


def _is_fragment(piece: str) -> bool:
    """ "Surtout les filles.", "À mi-temps.": no verb, and a word that only prolongs."""
    if n_words(piece) > _FRAGMENT_WORDS_MAX or ":" in piece or has_verb(piece):
        return False
    return bool(ACTS["prolongs"].match(piece) or ACTS["adjunct"].match(piece) or _is_added(piece))


def _is_added(piece: str) -> bool:
    """ "Et des tables.": what is put beside the sentence before; « Et planter des arbres » is another act."""
    return _ALSO.match(piece) is not None and not begins_infinitive(piece.lstrip())


def _goes_on_from(before: str, piece: str) -> bool:
    """Whether a piece tells what became of what was set: « Le maire refusait la salle. On l'a eue par le diocèse »,
    « Pas de local. Le club nous prête le sien, et ça tient »."""
    is_told = _is_past(before) and not _is_past(piece) and ACTS["done"].search(piece)
    return bool(is_told or ACTS["outcome"].search(piece)) and not piece.rstrip().endswith("?")


def _is_past(sentence: str) -> bool:
    return any(map(is_imperfect, words(sentence)))


def _is_other_act(before: str, piece: str) -> bool:
    is_new_proposal = _is_proposal(piece) and not _is_proposal(before)
    return is_new_proposal or bool(THANK_START.match(before) or _TURNS.search(piece[:_NEAR]))


def _is_proposal(text: str) -> bool:
    words = text.lstrip()
    return bool(begins_infinitive(words) or PROPOSE_START.match(words) or ACTS["asks"].search(words[:_NEAR]))


_KEEP, _JOIN, _WAIT, _HEAD, _LEAVE = "keep", "join", "wait", "head", "leave"
_TOKEN = re.compile(r"[^\W_]+")
_HEADING_WORDS_MAX, _LIST_HEAD_WORDS_MAX = 4, 12
_SENTENCE_SIGNS = tuple(".!?…;»”)")
_LIST_MARKS = " \t\n\u00a0-−–—*•▪◦>→/+"
_ARTICLE = opener("determiners")
_ONLY_ADDRESS = re.compile(r"^\W*(?:https?://|www\.)\S+\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class _Piece:
    """A stretch between two cuts.

    Attributes
    ----------
    kind, next_kind : what cut it off on the left and on the right; None for the end of the text.
    words : `text[start:end]`.
    """

    text: str
    start: int
    end: int
    kind: int
    next_kind: int | None
    words: str

    @property
    def n_words(self) -> int:
        return len(_TOKEN.findall(self.words))

    @property
    def is_bullet(self) -> bool:
        return self.kind == LINE and bool(BULLET_START.match(self.words.lstrip()))

    @property
    def is_last(self) -> bool:
        return self.end >= len(self.text)


class Idea(NamedTuple):
    """One idea: `text[start:end]`, and the span of the words before it that a reader needs, if any.

    `is_quoted` : words of a participant that a report quotes.
    """

    start: int
    end: int
    lead: Span | None
    is_quoted: bool = False


@dataclass
class _Joined:
    """The ideas so far, and what the next piece must know.

    Attributes
    ----------
    pending : start of a label or a stub that waits for what follows.
    head : the line over the pieces that come, left out of them.
    opening : the sentence that opens the list that comes, of which it is an idea: `On manque :`.
    before : words of the piece before.
    is_left : the end of a letter was read, and who signs it may follow.
    since : rank of the first idea that the next decision may be about: of its line, and after the decision before.
    """

    text: str
    ideas: list[Idea] = field(default_factory=list)
    pending: int | None = None
    head: Span | None = None
    opening: Span | None = None
    before: str = ""
    is_left: bool = False
    since: int = 0

    @property
    def can_join(self) -> bool:
        return bool(self.ideas) and self.pending is None

    def put(self, piece: _Piece, fate: str, bound: str) -> None:
        if piece.kind == LINE and not is_decision(piece.words):
            self.since = len(self.ideas)
        if fate == _JOIN:
            last = self.ideas[-1]
            self.ideas[-1] = last._replace(end=piece.end)
        elif fate == _WAIT:
            self.pending = piece.start if self.pending is None else self.pending
        elif fate == _HEAD:
            self.head = piece.start, piece.end
        elif fate == _KEEP:
            self._keep(piece, bound)
        self.is_left = takes_leave(piece.words) or (self.is_left and fate == _LEAVE)
        if fate != _LEAVE:
            self.before = piece.words
        if not piece.is_bullet:
            is_over = fate in (_KEEP, _JOIN, _WAIT) and piece.words.rstrip().endswith(":")
            self.opening = (piece.start, piece.end) if is_over else None

    def _keep(self, piece: _Piece, bound: str) -> None:
        last = self.ideas[-1] if self.ideas else None
        over = self.opening if piece.is_bullet and self.opening else self.head if piece.kind == LINE else None
        lead = (last.start, last.end) if bound == LED and last else over
        self.ideas.append(Idea(piece.start if self.pending is None else self.pending, piece.end, lead))
        self.pending = None

    def decide(self, piece: _Piece) -> None:
        """Make one idea of what was asked and what was decided: a sum that is asked is never told without it."""
        at = decision_in(piece.words)
        if at is None:
            return
        about, is_alone = self.ideas[self.since : -1], is_decision(piece.words)
        asked = [one for one in about if has_amount(self.text[one.start : one.end])]
        if not asked and is_alone and changes_what_was_asked(piece.words):
            asked = about[-1:]
        is_of_asked = is_alone or has_amount(piece.words[at:]) or piece.words[at:].isupper()
        if asked and is_of_asked and not has_amount(piece.words[:at]):
            self.ideas[self.ideas.index(asked[0]) :] = [asked[0]._replace(end=self.ideas[-1].end)]
        self.since = len(self.ideas)

    def close(self) -> None:
        """What still waits at the end of the text goes with the last idea, or is one."""
        if self.pending is not None:
            last = self.ideas.pop() if self.ideas else Idea(self.pending, 0, None)
            self.ideas.append(last._replace(end=len(self.text)))


def join(text: str, cuts: Mapping[int, int], is_speech: bool) -> list[Idea]:
    """The ideas between cuts (position → kind): pieces that cannot be read alone go with a neighbour."""
    joined = _Joined(text)
    for start, end in itertools.pairwise([0, *sorted(cuts), len(text)]):
        piece = _Piece(text, start, end, cuts.get(start, LINE), cuts.get(end), text[start:end])
        bound = _bond(piece, joined)
        joined.put(piece, _fate(piece, is_speech, joined, bound), bound)
        if not is_speech:
            joined.decide(piece)
    joined.close()
    return [idea for idea in (_trimmed(text, idea, is_speech) for idea in joined.ideas) if idea is not None]


def _trimmed(text: str, idea: Idea, is_speech: bool) -> Idea | None:
    start, end = trim(text, idea.start, idea.end, is_speech)
    if start >= end or not holds_word(text[start:end]):
        return None
    if idea.lead is None:
        return Idea(start, end, None)
    low, high = idea.lead
    low += len(text[low:high]) - len(text[low:high].lstrip(_LIST_MARKS))
    high = low + len(text[low:high].rstrip())
    return Idea(start, end, (low, high) if low < high <= start else None)


_DENIES = re.compile(rf"\b(?:{'|'.join(read_lines(__name__, 'denying'))})\b[^.!?\n]*:\s*$", re.IGNORECASE)
_COMPLETES = re.compile(r"[^\w«]*(?:(?:d['’]|de\s)(?:\w+(?:er|ir|re)\b)|qu['’]|(?:que|qui)\b)")
"""What opens a list and says the reverse of its members, `Il est impossible :`, and one that ends it: `- d'entrer`."""


_GOES_ON_BELOW = re.compile(r"(?:(?:qui|que|dont)\s|qu['’])(?![^\n]*\?)")


def _is_rest_of_line(before: str, piece: _Piece) -> bool:
    """Whether a line goes on with the one above: « un écart entre les hommes », then « et les femmes »."""
    if piece.kind != LINE or before.rstrip()[-1:] in ".!?…:;":
        return False
    words = piece.words[_list_mark(piece.words) :].lstrip()
    return is_rest_of_pair(before, words) or (not piece.is_bullet and _GOES_ON_BELOW.match(words) is not None)


def _bond(piece: _Piece, joined: _Joined) -> str:
    if joined.can_join and _is_rest_of_line(joined.before, piece):
        return JOINED
    if not joined.can_join or piece.is_bullet:
        denies = joined.can_join and joined.opening and _DENIES.search(piece.text, *joined.opening)
        return JOINED if denies and _COMPLETES.match(piece.words) else FREE
    if piece.kind == SENTENCE:
        sign_before = piece.text[max(0, piece.start - 2) : piece.start].strip()
        if sign_before[-1:] in _SENTENCE_SIGNS:
            return JOINED if sign_before == ";" and piece.n_words <= 2 else bond(joined.before, piece.words)
    if piece.kind != CLAUSE and ACTS["tail"].match(piece.words.lstrip()):
        return JOINED
    return LED if refers(piece.words) else FREE


def _fate(piece: _Piece, is_speech: bool, joined: _Joined, bound: str) -> str:
    """What becomes of a piece: an idea, joined to the one before, made to wait for the next, a head, or left out."""
    if not holds_word(piece.words):  # lone signs are left out; a number or a letter goes with a neighbour
        return _LEAVE if not any(map(str.isalnum, piece.words)) else _JOIN if joined.can_join else _WAIT
    if joined.can_join and _ONLY_ADDRESS.match(piece.words):
        return _JOIN
    if is_only_fillers(piece.words) and (is_speech or piece.kind != LINE):
        return _LEAVE
    if piece.kind == LINE and not piece.is_bullet and _is_heading(piece):
        return _HEAD
    if _is_formula(piece, joined):
        return _LEAVE
    if _awaits_next(piece):
        return _WAIT
    if bound == JOINED:
        return _JOIN
    is_stub = piece.n_words < (3 if is_speech else 2)
    if joined.pending is not None or piece.is_bullet or not is_stub:
        return _KEEP
    return _fate_of_stub(piece, joined)


def _is_formula(piece: _Piece, joined: _Joined) -> bool:
    """Whether a sentence or a line is a formula, or signs a letter; « Merci à tous, il faudrait… » says more."""
    is_whole = CLAUSE not in (piece.kind, piece.next_kind)
    return is_whole and bool(formula_of(piece.words) or (joined.is_left and may_sign(piece.words)))


def _fate_of_stub(piece: _Piece, joined: _Joined) -> str:
    """On a line of its own it is an idea, but for one word that opens the text; else it goes with a neighbour."""
    if piece.kind == LINE:
        opens_text = not joined.ideas and piece.next_kind == SENTENCE and piece.n_words < 2
        return _WAIT if opens_text else _KEEP
    if joined.ideas:
        return _JOIN
    return _KEEP if piece.is_last else _WAIT


def _awaits_next(piece: _Piece) -> bool:
    """An announcement ("il y a deux choses"): its meaning comes after."""
    return not piece.is_last and ACTS["announces"].match(piece.words) is not None


def _is_heading(piece: _Piece) -> bool:
    """A line over others (`Propositions :`, `Constats`, "Qu'avez-vous retenu ?"): context, no idea of its own."""
    text, line = piece.text, piece.words.strip()
    if piece.next_kind != LINE:
        return False
    is_over_list = bool(BULLET_START.match(text, piece.end))
    if is_over_list and _DENIES.search(line) and _COMPLETES.match(text, piece.end):
        return False
    n_words = len(WORD.findall(line))
    if line[-1] == ":" and n_words <= (_LIST_HEAD_WORDS_MAX if is_over_list else _HEADING_WORDS_MAX):
        return True
    if "\n" not in text[piece.start + len(line) : piece.end]:
        return False
    if line[-1] == "?":
        return ACTS["asked_of_all"].match(line) is not None
    if n_words > _HEADING_WORDS_MAX or not (line[-1].isalpha() and line[0].isupper()) or _ARTICLE.match(line):
        return False
    return is_over_list or (piece.start == 0 and text.count("\n", piece.end) > 1)
