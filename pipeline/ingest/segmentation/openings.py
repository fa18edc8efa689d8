"""How a stretch of French opens (an act of `data/acts.toml`, a word of a closed list), and whether it stands alone."""

import re

from pipeline.language.syntax.finite_verbs import BARE_A, has_main_verb, has_verb, opening_pronoun, subject_of
from pipeline.language.text.lists import expression, read_lines, read_patterns, read_toml

ACTS = read_patterns(__name__, "acts")
_ASIDES = r"\W*(?:(?:et|mais|donc|alors|oui|non|bon|euh)\s+)*"


def alternatives(name: str) -> str:
    """The entries of `data/<name>.txt` as alternatives, longest first; an apostrophe is straight or curly, and what
    ends in `que` may be elided (`lorsqu'il`)."""
    entries = sorted(read_lines(__name__, name), key=len, reverse=True)
    told = (re.escape(entry).replace("'", "['’]") for entry in entries)
    return "|".join(entry[:-1] + r"(?:e|['’])" if entry.endswith("que") else entry for entry in told)


def opener(name: str, more: str = "") -> re.Pattern[str]:
    """Matches a stretch that a word of a list opens, asides ("et", "bon"…) left apart."""
    listed = alternatives(name) + (f"|{more}" if more else "")
    return re.compile(rf"{_ASIDES}(?:(?:{listed})(?<=['’])|(?:{listed})(?![\w-]))", re.IGNORECASE)


def tokens(name: str) -> frozenset[str]:
    """The words of `data/<name>.txt`, elided ones with either apostrophe."""
    words = frozenset(word for line in read_lines(__name__, name) for word in line.split())
    return words | {word.replace("'", "’") for word in words}


def act(name: str) -> str:
    """The expression of an act, to set into a larger one."""
    return expression(read_toml(__name__, "acts")[name])


_LIKE_INFINITIVES = tokens("infinitive_lookalikes")
PROPOSE_START, THANK_START = (re.compile(rf"\W*{act(name)}", re.IGNORECASE) for name in ("propose", "thank"))
PROBLEM_START = re.compile(rf"\W*{act('problem')}|{act('complaint_opening')}", re.IGNORECASE)


def begins_infinitive(text: str) -> bool:
    """Whether an infinitive opens a text: "relancer le marché", "ne pas fermer"; no "chantier", no "loyer"."""
    found = ACTS["infinitive"].match(text)
    return found is not None and found["verb"].lower() not in _LIKE_INFINITIVES


def begins_act(text: str) -> bool:
    """Whether a text begins with what to do: an infinitive, "il faudrait…"."""
    return bool(begins_infinitive(text) or PROPOSE_START.match(text))


_STARTS_DEPENDENT = opener("hanging", rf"à mon avis|{BARE_A}")
_CONJUNCTION = opener("conjunctions", r"pour [a-zà-ÿ]+(?:er|ir|re)")
OPEN_LEFT = re.compile(rf"(?:\b(?:{alternatives('open_ends')}|qu['’])|['’])\s*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NEXT_STEP = re.compile(r"(?:et )?(?:puis|ensuite|enfin|alors|donc|du coup)\b", re.IGNORECASE)
_LAST_SUBORDINATE = re.compile(r"\b(?:que|qu['’]|dont|où|lorsque|puisque)\s*(?!(?:on|il)\b)", re.IGNORECASE)


def n_words(text: str) -> int:
    """How many words a text holds, `l'école` counting for one."""
    return len(_WORD.findall(text))


def is_dependent(clause: str) -> bool:
    """Whether a stretch hangs on what follows: a conjunction opens it, or a preposition and no verb comes."""
    return bool(_STARTS_DEPENDENT.match(clause)) and (bool(_CONJUNCTION.match(clause)) or not has_main_verb(clause))


def can_stand(left: str) -> bool:
    if (
        is_dependent(left)
        and re.match(r"\W*(?:quand|si|lorsqu|comme|puisqu)", left, re.IGNORECASE)
        and left.count(",") < 2
    ):
        return False
    part = re.split(r"[:;]\s", left)[-1]
    last = re.split(r",\s", part)[-1] if is_dependent(part) else part
    if n_words(last) < 3 or is_dependent(last) or OPEN_LEFT.search(left):
        return False
    hanging = _LAST_SUBORDINATE.split(last)[-1]
    if hanging != last and (is_dependent(hanging) or not has_verb(hanging)):
        return False  # "… que les enfants | et les adultes ne sont pas formés", "… que quand il pleut, | la halle…"
    return bool(has_verb(last) or PROBLEM_START.match(last) or ACTS["lack"].match(last))


def has_own_subject(clause: str, left: str = "") -> bool:
    """Whether a clause has a subject of its own: no pronoun that points back, nor the "je" that spoke just before."""
    if n_words(clause) < 4 or subject_of(clause) not in ("noun", "person"):
        return False
    if _NEXT_STEP.match(clause) or _CONJUNCTION.match(left):
        return False
    pronoun = opening_pronoun(clause)
    return pronoun not in ("je", "j") or opening_pronoun(left) not in ("je", "j")


_OF_NOBODY = re.compile(
    r"(?:ils? reste|(?:il|ce|c['’])\s?(?:(?:ne|n['’])\s?)?(?:est|sera|serait|était|reste)\s"
    r"(?:[^\s,;]+\s){1,3}(?:d|qu)(?:e\s|['’]))",
    re.IGNORECASE,
)
"""`il est dangereux de rejoindre le bourg`: the pronoun stands for nothing that was said."""


def points_back(clause: str) -> bool:
    """Whether the subject of a clause is what was said before, « elle fume », and it proposes nothing."""
    return subject_of(clause) == "back" and not (PROPOSE_START.match(clause) or _OF_NOBODY.match(clause))


def brings_subject(clause: str) -> bool:
    """Whether a clause opens with something new to speak of: a noun and its verb, or "il y a"."""
    return subject_of(clause) in ("noun", "there")
