"""Degrees of closed answers, ranked: `Très satisfait` above `Peu satisfait`, `Jamais` below `Souvent`, 5 above 4."""

import re
from collections.abc import Collection
from math import inf

from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either, read_lines

_LISTS = (line.split(" : ") for line in read_lines(__name__, "degrees"))
_DOES = {fold(words): does for does, listed in _LISTS for words in listed.split(", ")}
_DEGREE = re.compile(rf"\b({either(_DOES)})e?s?\b")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"(\d{1,3})(?:[.,]0+)?\s*(?:/\s*\d{1,3})?|(\d{1,2})\s*[-–:=.)(]\s*[^\W\d].*", re.DOTALL)
_ENDING = re.compile(r"(?<=\w[in]t)e?s?\b")
"""Of `satisfaites`, `contentes`: no name's."""


_MEASURES = {
    name: re.compile(rf"\b(?:{either(words.strip().split(', '))})")
    for name, words in (line.split(":") for line in read_lines(__name__, "measures"))
}


def measure_of(text: str) -> str:
    """What a text first measures: `peu`, `trop`, `juste`; "" for none."""
    found = ((name, words.search(fold(text))) for name, words in _MEASURES.items())
    return min(((at.start(), -len(at.group()), name) for name, at in found if at is not None), default=(0, 0, ""))[2]


def number_of(answer: str) -> int | None:
    """The number that an answer is, or bears a name for (`4/5`, `4 - plutôt`); its stars; None for any other."""
    found = _NUMBER.fullmatch(answer.strip())
    if found is None:
        return sum(sign in "★⭐" for sign in answer) if answer and set(answer) <= set("★⭐☆ \ufe0e\ufe0f") else None
    return int(found[1] or found[2])


def answer_key(answer: str) -> str:
    """What two writings of one answer share: `Satisfait·e` and `satisfaite.`, `4/5` and `4`."""
    bare = _ENDING.sub("", " ".join(fold(answer).split()).strip(" .!"))
    return bare if re.search(r"[a-z]", bare) else str(number_of(answer) or bare or answer)


def degrees_of(answers: Collection[str]) -> dict[str, float]:
    """Answer → its degree, -inf for one off the scale (`Ne sait pas`); none where two are alike, or they are degrees of
    no one thing."""
    found, things = dict[str, float](), set[str]()
    numbers = {one: n for one in answers if (n := number_of(one)) is not None}
    for answer in answers if len(numbers) < len(answers) else ():
        said = fold(answer)
        found[answer] = _degree("+".join(_DOES[one] for one in _DEGREE.findall(said)))
        if found[answer] > -inf:
            things |= {_ENDING.sub("", one) for one in _WORD.findall(_DEGREE.sub(" ", said))}
    found = found or {**numbers}
    return found if len(things) <= 1 and len(set(found.values())) == len(found) > 1 else {}


def has_degree(answer: str) -> bool:
    """Whether an answer holds a word of degree: `Peu utile`, `Souvent`."""
    return _DEGREE.search(fold(answer)) is not None


def in_order(answers: Collection[str]) -> list[str]:
    """Answers from one end of their scale to the other, numbers rising; as they come where they are none."""
    degrees = degrees_of(answers)
    is_rising = all(number_of(one) is not None for one in answers)
    return sorted(answers, key=lambda one: degrees.get(one, 0) * (1 if is_rising else -1))


def _degree(does: str) -> float:
    if "aucun" in does:
        return -inf
    size = 0 if "milieu" in does else 4 if "fort" in does else 1 if "faible" in does else 2
    return -size if "nie" in does else size
