"""How a stretch of French opens: an act (`data/acts.toml`), or a word of one of the closed lists beside it."""

from __future__ import annotations

import re

from pipeline.language.text.lists import expression, read_lines, read_patterns, read_toml

ACTS = read_patterns(__name__, "acts")
_ASIDES = r"\W*(?:(?:et|mais|donc|alors|oui|non|bon|euh)\s+)*"


def alternatives(name: str) -> str:
    """The entries of `data/<name>.txt` as alternatives, longest first; an apostrophe is straight or curly, and what
    ends in `que` may be elided (`lorsqu'il`)."""
    entries = sorted(read_lines(__name__, name), key=len, reverse=True)
    return "|".join(_with_elision(re.escape(entry).replace("'", "['’]")) for entry in entries)


def _with_elision(entry: str) -> str:
    return entry[:-1] + r"(?:e|['’])" if entry.endswith("que") else entry


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
