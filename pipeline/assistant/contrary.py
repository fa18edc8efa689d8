"""Whether a sentence says the contrary of what it rests on: it denies what nobody denies, or no more what is denied;
it tells a word by its opposite; it wants what is set aside; it turns a vote.

What it says is compared with the clauses that say it, those that share most of its words. A clause that denies, lacks,
refuses or blames something, whatever it is, may be told as one that does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise, takewhile

from pipeline.assistant.support import Support, are_kin, by_kind
from pipeline.assistant.votes import told_otherwise, without_counts
from pipeline.language.lexicon.verbs import is_finite
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines, read_words
from pipeline.language.text.words import STOP_WORDS, stem
from pipeline.language.vocabulary.cues import CON, PRO

_LINKS = "|".join(sorted(read_words(__name__, "links")))
_PART = re.compile(rf"[,;:.!…\n|>→]|(?<=\?)|\b(?:{_LINKS})\b", re.IGNORECASE)
_WORD = re.compile(r"non(?=-)|[^\W_]+(?:-[^\W_]+)*|\?", re.IGNORECASE)
_MINUS = re.compile(r"(?<![\w,.])[-−]\s?1\b")
"""« -1 », by which one is against."""
_NOBODY = frozenset({"personne", "nul", "nulle"})
_KNOWS = frozenset({"sait", "savent", "savons", "sais"})
_NE, _THAN = frozenset({"ne", "n"}), frozenset({"que", "qu"})
_NO = (read_words(__name__, "negations") - _NE) | {"guere", "manque", "manquent", "absence", "faute"}
_OF_NOUNS = frozenset({"non", "sans", "ni", "aucun", "aucune"})
"""Negations that bear on what just follows, and on no verb: « le non-paiement est suivi », « rangé sans ordre »."""
_ONLY = frozenset({"seulement", "uniquement", "simplement"})
_SIDES = [
    [frozenset(stem(fold(word)) for word in side.split()) for side in line.split(" : ")]
    for line in read_lines(__name__, "opposites")
]
_SIGNED = {one: (n, 1 - 2 * side) for n, sides in enumerate(_SIDES) for side in (0, 1) for one in sides[side]}
"""Stem → the line of opposites that it is of, and its side there, 1 or -1."""
_REFUSED, _WANTED, _ATTITUDES = (0, -1), (0, 1), (0, 1)
"""To refuse; to want; the lines of what is wanted or not, and liked or not."""
_LACKING = by_kind("lacks")["absent"]
_BAD = frozenset[str]().union(*by_kind("lacks").values(), *(refusing for _, refusing in _SIDES))
_NEAR, _HEADS = 5, 3
"""Words before and just after one, among which one tells that it is denied; how many words a negation bears on."""
_CAMPS = re.compile(
    r"\bles une?s\b.*\b(?:les|d')\s?autres\b|\bcertaine?s\b.*\bd'autres\b|\bl'une?\b.*\bl'autre\b"
    r"|\bune?\b.*\bune? autre\b"
)
"""Two camps that a sentence tells, on folded text: who wants a thing is not who refuses it."""
_ABSENT = frozenset({"aucun", "aucune", "rien", "manque", "manquent", "absence", "faute"})
"""What tells that a thing lacks, rather than that nobody wants it."""
_PARTICIPLES = ("e", "ee", "es", "ees", "u", "ue", "us", "ues")
_TALLY = re.compile(r"\|\s*(\d+)\s*(?=\||$)|\((\d+) votes? pour\)")


@dataclass(frozen=True)
class _Clause:
    """The words of a clause, folded; `is_against` : whether who says it is."""

    words: tuple[str, ...]
    is_against: bool = False

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Its words without their endings, but for « opposants », a camp whose words may want anything."""
        return tuple(word if word.startswith("opposant") else stem(word) for word in self.words)

    @cached_property
    def signs(self) -> dict[int, tuple[int, int]]:
        """Where words stand that have opposites → their line and side, turned where they are denied; « se demander »
        asks for nothing."""
        found: dict[int, tuple[int, int]] = {}
        for at, one in enumerate(self.stems):
            if one in _SIGNED and not (one == "demand" and self.words[max(0, at - 1)] in ("se", "s")):
                line, side = _SIGNED[one]
                found[at] = line, -side if self.is_denied(at) else side
        return found

    @cached_property
    def denials(self) -> tuple[int, ...]:
        """Where what it denies begins, by negation; « ne … que » and questions deny nothing."""
        found = (at + 1 for at, word in enumerate(self.words) if self._is_negation(at, word))
        return () if {"?", "pourquoi"} & set(self.words) else tuple(found)

    def _is_negation(self, at: int, word: str) -> bool:
        if word not in _NE:
            return word in _NO and _NE.isdisjoint(self.words[:at])
        if at and self.words[at - 1] in _NOBODY:
            return True
        after = self.words[at + 1 : at + 8]
        first, then = next(
            (pair for pair in pairwise((*after, "")) if pair[0] in _NO | _THAN or pair[0] == "plus"), ("", "")
        )
        return bool(first) and first not in _THAN and then not in _ONLY  # « pas seulement un café » is one

    @cached_property
    def has_verb(self) -> bool:
        return any(is_finite(word) for word in self.words if word != "a")  # « à », folded

    @property
    def refusals(self) -> tuple[int, ...]:
        """Where what it refuses begins."""
        return tuple(
            at + 1 for at, one in enumerate(self.stems) if _SIGNED.get(one) == _REFUSED and not self.is_denied(at)
        )

    def heads(self, start: int) -> list[str]:
        """The words of substance from a place."""
        return list(filter(_may_qualify, self.words[start:]))

    def denied_from(self, start: int) -> "_Clause":
        """What a negation just before a place bears on."""
        words = self.words[start:]
        if start and self.words[start - 1] in _OF_NOUNS:
            first = next((at for at, one in enumerate(words) if _is_of_substance(one)), 0)
            words = (*words[: first + 1], *takewhile(_may_qualify, words[first + 1 :]))
        return _Clause(words)

    def is_supposed(self, start: int) -> bool:
        """Whether what is denied from a place is only supposed, or asked: « si on n’a pas de quai », « dur sans quai »,
        « on ne sait pas si le quai tient »."""
        before, after = self.words[: start - 1], self.words[start : start + 4]
        is_asked = not _KNOWS.isdisjoint(after[:1]) and "si" in after
        return is_asked or "si" in before or (self.words[start - 1] == "sans" and _Clause(before).is_bad())

    def is_denied(self, at: int) -> bool:
        return any(start <= at for start in self.denials)

    def is_bad(self, end: int | None = None) -> bool:
        """Whether it, or what stands of it before a place, denies, lacks, refuses or blames anything."""
        pairs = zip(self.words[:end], self.stems[:end], strict=True)
        return any(word in _NO | _NE or one in _BAD for word, one in pairs)

    def may_deny(self, at: int) -> bool:
        return self.is_against or "?" in self.words or self.is_bad(at + _NEAR)

    def what_bears(self, at: int) -> "_Clause":
        """What a word for an attitude may be about: what follows it, and all before it of a participle: « la loi est
        rejetée », no « la loi pour un abandon »."""
        return self if self.words[at].endswith(_PARTICIPLES) else _Clause(self.words[at:])

    def holds(self, one: str) -> bool:
        return any(are_kin(one, other) for other in self.stems)

    def shared(self, other: "_Clause") -> int:
        """How many of its words of substance another holds."""
        return sum(map(other.holds, {stem(word) for word in self.words if _is_of_substance(word)}))


def _is_of_substance(word: str) -> bool:
    is_plain = len(word) > 2 and not word.isdigit() and word not in STOP_WORDS and word not in _NO
    return is_plain or stem(word) in _SIGNED


def _may_qualify(word: str) -> bool:
    """Whether a word may go on with the noun before it: an adjective does, an adverb or grammar does not."""
    return _is_of_substance(word) and not word.endswith("ment")


def _clauses(text: str, is_against: bool = False) -> list[_Clause]:
    parts = _PART.split(_MINUS.sub(" contre ", text.replace("’", "'")))
    found = (tuple(map(fold, _WORD.findall(part or ""))) for part in parts)
    return [_Clause(words, is_against) for words in found if words]


def contrary(claim: str, support: Support) -> str:
    """The word by which a sentence seems to say the contrary of what it rests on; "" for none."""
    told, sides = _clauses(without_counts(claim)), support.sides or ("",) * len(support.texts)
    rows = _rows(support.texts)
    lost = set() if re.search(r"\d", claim) else {text for text, n in rows.items() if n < max(rows.values())}
    pairs = zip(support.texts, sides, strict=True)
    said = [one for text, side in pairs if text not in lost for one in _clauses(text, side == CON)]
    around = list(chain.from_iterable(map(_clauses, support.about)))
    is_denied = any(one.is_bad() or one.is_against or "?" in one.words for one in (*said, *around))
    tells_camps = len(support.texts) > 1 and _CAMPS.search(fold(claim.replace("’", "'"))) is not None
    checks = (_denied_anew(told, said, is_denied), _denied_no_more(told, said), _opposed(told, said, tells_camps))
    return turned(claim, support) or next(chain.from_iterable(checks), "")


def turned(claim: str, support: Support) -> str:
    """The word by which a sentence turns a vote, or the side that all who say what it rests on are known to take; ""
    for none. That is sure, where the rest of `contrary` reads words, and may be wrong."""
    told, said = _clauses(without_counts(claim)), [one for text in support.texts for one in _clauses(text)]
    found = _sided(told, said, frozenset(support.sides or ("",) * len(support.texts)))
    return next(chain(found, told_otherwise(claim, support.texts)), "")


def _where(words: Sequence[str], clauses: Sequence[_Clause]) -> list[tuple[_Clause, int]]:
    """Where words are, in one of their forms."""
    stems = [*map(stem, words)]
    found = ((clause, at, one) for clause in clauses for at, one in enumerate(clause.stems))
    return [(clause, at) for clause, at, one in found if any(are_kin(one, other) for other in stems)]


def _denied_anew(told: Sequence[_Clause], said: Sequence[_Clause], is_denied: bool) -> Iterator[str]:
    """Words that it denies or refuses where nobody does: where they are said, else anywhere."""
    for clause in told:
        for start in (*clause.denials, *clause.refusals):
            scope = clause.denied_from(start)
            if not (heads := scope.heads(0)) or _are_refused_twice(heads, said):
                continue
            found = _where(heads[:_HEADS], said)
            denied = max((scope.shared(one) for one, at in found if one.may_deny(at)), default=0)
            affirmed = max((scope.shared(one) for one, at in found if not one.may_deny(at)), default=0)
            same = [one.is_denied(at) for one, at in _where(heads[:1], said)]
            if (affirmed > denied and not (same and all(same))) or not (found or is_denied):
                yield heads[0]


def _are_refused_twice(heads: Sequence[str], said: Sequence[_Clause]) -> bool:
    """Whether what is denied or refused is a refusal, or the opposite of what is said: « nul ne s'oppose au bac »."""
    line, side = _SIGNED.get(stem(heads[0]), (0, 0))
    signs = {sign for one in said for sign in one.signs.values()}
    return (line, side) not in signs and ((line, side) == _REFUSED or (line, -side) in signs)


def _denied_no_more(told: Sequence[_Clause], said: Sequence[_Clause]) -> Iterator[str]:
    """Words that are denied where they are said, and not in it."""
    for clause in said:
        starts = (start for start in clause.denials if not clause.is_supposed(start))
        for head in (heads[0] for start in starts if (heads := clause.heads(start))):
            found = [told.index(one) for one, _ in _where([head], told)]
            if not found or any(_may_still_deny(told, at, clause) for at in found):
                continue
            nearest = max(told[at].shared(clause) for at in found)
            others = (one for one, at in _where([head], said) if not (one.is_bad(at) or one.is_denied(at)))
            if all(told[at].shared(one) < nearest for one in others for at in found):
                yield head


def _may_still_deny(told: Sequence[_Clause], at: int, said: _Clause) -> bool:
    """Whether a clause, or the enumeration that it is of, denies, says something bad that is not said there, or wants
    what is said to lack; or one beside it opens on « non »."""
    own, beside = _enumerated(told, at), [*told[max(0, at - 1) : at], *told[at + 1 : at + 2]]
    words = [word for one in own for word in one.words]
    if any(word in _NO | _NE for word in (*words, *(word for one in beside for word in one.words[:2]))):
        return True
    stems = [stem for one in own for stem in one.stems]
    is_lacking = not _ABSENT.isdisjoint(said.words)
    if is_lacking and any(one in _LACKING or _SIGNED.get(one) == _WANTED for one in stems):
        return True
    return any(one in _BAD and not said.holds(one) for one in stems)


def _enumerated(told: Sequence[_Clause], at: int) -> Sequence[_Clause]:
    """A clause with those beside it, up to the verbs that they share: « l'eau, les haies et le sol sont absents »."""
    first, last = at, at
    while first and not told[first].has_verb:
        first -= 1
    while last + 1 < len(told) and not told[last].has_verb:
        last += 1
    return told[first : last + 1]


def _turned(clause: _Clause) -> list[tuple[int, tuple[int, int]]]:
    """The signs of a clause, turned by what refuses: « la suppression du bac est refusée » wants to keep it."""
    sign = -1 if _REFUSED in map(_SIGNED.get, clause.stems) else 1
    return [(at, (line, side if line in _ATTITUDES else sign * side)) for at, (line, side) in clause.signs.items()]


def _opposed(told: Sequence[_Clause], said: Sequence[_Clause], tells_camps: bool) -> Iterator[str]:
    """Words that nobody says, whose opposite is said; of an attitude, of the same thing, and not told of a camp where
    the other one's is."""
    asserted = [one for one in said if "?" not in one.words]
    known = {sign for one in asserted for sign in one.signs.values()}
    known |= {_REFUSED} if any(one.denials for one in said) else set()  # not to do is to refuse
    whole = {sign for clause in told for sign in clause.signs.values() if tells_camps and sign[0] in _ATTITUDES}
    for clause in told:
        own = {*clause.signs.values(), *whole}
        for at, (line, side) in _turned(clause):
            is_said = (line, side) in known or any(one.holds(clause.stems[at]) for one in said)
            if (
                not is_said
                and not {(line, 1), (line, -1)} <= own
                and _says_opposite(clause, at, (line, side), asserted)
            ):
                yield clause.words[at]


def _says_opposite(clause: _Clause, at: int, sign: tuple[int, int], asserted: Sequence[_Clause]) -> bool:
    """Whether the opposite of a word is said; of an attitude, of the same thing."""
    line, side = sign
    opposite = [(one, n) for one in asserted for n, other in one.signs.items() if other == (line, -side)]
    about = _Clause(tuple(clause.heads(at + 1))) if line in _ATTITUDES else None
    return any(about is None or about.shared(one.what_bears(n)) for one, n in opposite)


def _sided(told: Sequence[_Clause], said: Sequence[_Clause], sides: frozenset[str]) -> Iterator[str]:
    """What all are against is told as nothing that anybody sets aside, or what all are for as something that is."""
    words = [(word, one) for clause in told for word, one in zip(clause.words, clause.stems, strict=True)]
    refused = [word for word, one in words if word == CON or _SIGNED.get(one) == _REFUSED]
    is_wanted = any(_SIGNED.get(one) == _WANTED for _, one in words)
    blamed = [one for _, one in words if one in _BAD and not (is_wanted and any(clause.holds(one) for clause in said))]
    if sides == {CON} and not (refused or blamed or any(word in _NO | _NE for word, _ in words)):
        yield CON
    if sides == {PRO}:
        yield from refused


def _rows(texts: Sequence[str]) -> dict[str, int]:
    """The texts that tell how many votes something had, rows of tables among them, with it."""
    found = ((text, _TALLY.search(text)) for text in texts)
    return {text: int(tally[1] or tally[2]) for text, tally in found if tally}
