"""Whether a piece stands without the one before it: it points back, answers, prolongs, or says what a bare head is."""

from __future__ import annotations

import re

from pipeline.ingest.segmentation.openings import (
    ACTS,
    PROBLEM_START,
    PROPOSE_START,
    THANK_START,
    begins_infinitive,
    opener,
)
from pipeline.ingest.segmentation.reports import opens_report
from pipeline.ingest.segmentation.standalone import n_words
from pipeline.language.syntax.finite_verbs import has_verb, opening_pronoun, subject_of

FREE, LED, JOINED = "free", "led", "joined"
"""A piece that stands alone; that is another act, to be read after the one before; that is one idea with it."""
_HEAD_WORDS_MAX, _FRAGMENT_WORDS_MAX, _QUESTION_WORDS_MAX, _LED_WORDS_MIN = 3, 9, 4, 4
_SECOND_QUESTION_WORDS_MAX = 5
_SPEAKS_FOR_ONESELF = ("je", "j")
_HEAD = opener("determiners", r"d[e'’]|rien|tout")
_HANGING = opener("hanging")
_POSSESSIVE = re.compile(r"\W*(?:son|sa|ses|leurs?)\s", re.IGNORECASE)
_SAYS_OF_IT = re.compile(r"\b(?:l['’]|les? |la |y |en )(?P<verb>[a-zà-ÿ]+(?:er|ir|re))\b", re.IGNORECASE)
_OBJECTS = re.compile(r"\W*(?:et|mais)\s", re.IGNORECASE)
_FOLLOWS = re.compile(r"\W*(?:et )?(?:du coup|par conséquent|c['’]est pourquoi|de même que|résultat)\b", re.IGNORECASE)
"""What comes of it, or what is like it: "Du coup j'y vais à pied.", "De même que les vestiaires."."""
_NEAR = 60


def bond(before: str, piece: str) -> str:
    """How a piece is bound to the sentence before it: `FREE`, `LED` or `JOINED`."""
    if _is_answer(before, piece) or _tells_of_head(before, piece) or _is_fragment(piece):
        return JOINED
    if ACTS["tail"].match(piece.lstrip()):
        return JOINED
    if not leans(piece):
        return LED if refers(piece) else FREE
    is_answer = before.rstrip().endswith("?")
    is_led = not is_answer and _is_other_act(before, piece) and n_words(piece) >= _LED_WORDS_MIN
    return LED if is_led else JOINED


def leans(piece: str) -> bool:
    """Whether a piece points back: a demonstrative, a pronoun for its subject, a possessive, "s'en", "n'y"."""
    words = piece.lstrip()
    if opens_report(words):
        return False
    if ACTS["anaphora"].match(words) or ACTS["points_back"].match(words):
        return True
    return (
        bool(_POSSESSIVE.match(words)) or subject_of(words) == "back" or bool(ACTS["back_clitic"].search(words[:_NEAR]))
    )


def refers(piece: str) -> bool:
    """Whether a reader needs what was said before: the piece leans, or does something to "it" ("la rouvrir")."""
    of_it = _SAYS_OF_IT.search(piece[:_NEAR])
    return leans(piece) or _FOLLOWS.match(piece) is not None or (of_it is not None and begins_infinitive(of_it["verb"]))


def _is_answer(before: str, piece: str) -> bool:
    """A question, and what answers it or objects to it."""
    is_question = piece.rstrip().endswith("?")
    is_act = begins_infinitive(piece.lstrip())
    if not before.rstrip().endswith("?"):
        return is_question and not is_act and n_words(piece) <= _QUESTION_WORDS_MAX and not has_verb(piece)
    if is_question and (n_words(piece) <= _SECOND_QUESTION_WORDS_MAX or _OBJECTS.match(piece)):
        return True
    is_bare = not PROPOSE_START.match(before) and (begins_infinitive(before.lstrip()) or not has_verb(before))
    if is_question or (is_bare and opening_pronoun(piece) not in _SPEAKS_FOR_ONESELF):
        return is_bare and not is_question
    return bool(ACTS["answers"].match(piece)) or not (has_verb(piece) or is_act)


def _tells_of_head(before: str, piece: str) -> bool:
    """ "L'irrigation. La retenue n'a jamais été faite.": a bare head, and what there is to say of it."""
    is_head = n_words(before) <= _HEAD_WORDS_MAX and not has_verb(before) and ":" not in before
    if not is_head or THANK_START.match(before) or PROBLEM_START.match(before) or before.rstrip().endswith(("!", ";")):
        return False
    return bool(_HEAD.match(before)) and has_verb(piece) and not PROPOSE_START.match(piece)


def _is_fragment(piece: str) -> bool:
    """ "Surtout les filles.", "À mi-temps.", "Son cabinet aussi.": no verb, and a word that only prolongs."""
    if n_words(piece) > _FRAGMENT_WORDS_MAX or has_verb(piece) or begins_infinitive(piece.lstrip()):
        return False
    if ":" in piece:
        return False
    return bool(ACTS["prolongs"].match(piece) or ACTS["adjunct"].match(piece) or _POSSESSIVE.match(piece))


def _is_other_act(before: str, piece: str) -> bool:
    is_new_proposal = _is_proposal(piece) and not _is_proposal(before)
    return is_new_proposal or bool(THANK_START.match(before)) or _turns(piece)


def _is_proposal(text: str) -> bool:
    words = text.lstrip()
    return bool(begins_infinitive(words) or PROPOSE_START.match(words) or ACTS["asks"].search(words[:_NEAR]))


def _turns(piece: str) -> bool:
    return re.search(r"\b(?:en revanche|par contre)\b", piece[:_NEAR], re.IGNORECASE) is not None
