"""Formulas, which are no idea: how a meeting goes, what is heard there, greetings, ends of letters and who signs."""

from functools import lru_cache
from itertools import pairwise

from pipeline.ingest.segmentation.lines_and_sentences import WORD, cut_sentences
from pipeline.language.syntax.finite_verbs import has_verb
from pipeline.language.vocabulary.courtesies import greeting_at, greets, only_thanks, takes_leave
from pipeline.language.vocabulary.meetings import is_noted_aside, tells_course

SALUTATION = "salutations"
"""The frame of greetings, of ends of letters, of signatures."""
AGENDA = "ordre_du_jour"
"""The frame of how a meeting goes."""
_SIGNATURE_WORDS_MAX, _FORMULA_WORDS_MAX = 9, 40


@lru_cache(maxsize=1024)  # a text is asked for as a whole, then piece by piece
def formula_of(piece: str) -> str:
    """The frame of a sentence or a line that is a formula; "" for words."""
    if greets(piece) or takes_leave(piece) or only_thanks(piece):
        return SALUTATION
    said = piece[greeting_at(piece) :].strip()  # « Bonjour à tous, on va commencer par un tour de table. »
    is_course = len(said.split()) <= _FORMULA_WORDS_MAX and tells_course(said)
    return AGENDA if is_course or is_noted_aside(said) else ""


def may_sign(line: str) -> bool:
    """Whether a line below the end of a letter may be who signs it: few words, no verb, no question, no label."""
    return len(WORD.findall(line)) <= _SIGNATURE_WORDS_MAX and line.rstrip()[-1:] not in "?!:" and not has_verb(line)


def only_formulas(text: str) -> str:
    """The frame of a text that holds formulas and nothing else; "" for words, and for thanks, which may answer."""
    cuts: dict[int, int] = {}
    found: set[str] = set()
    is_signed = False
    for line in text.split("\n"):
        cuts.clear()
        cut_sentences(line, cuts)
        for start, end in pairwise([0, *sorted(cuts), len(line)]):
            piece = line[start:end]
            told = formula_of(piece) or (SALUTATION if is_signed and may_sign(piece) else "")
            if piece.strip() and (not told or only_thanks(piece)):
                return ""
            is_signed |= takes_leave(piece)
            found |= {told} if piece.strip() else set()
    return AGENDA if AGENDA in found else min(found, default="")
