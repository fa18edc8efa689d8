"""What a sentence must keep of the ideas that it cites: what bounds them, whether it is done or wished, and which of
them says what.

A claim whose words are all known may still say more than people did: without « peut-être », « certains » or « si la
mairie prête le local », of any time where they named one, as done what they only wished, or by a cause between two
ideas that nobody tied. Its words are looked for in the clauses of the ideas.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, takewhile
from typing import NamedTuple

from pipeline.assistant.support import GENERAL, VOICE, Support, are_kin, content, sentences_of, stems_of
from pipeline.axes import EST, NORD
from pipeline.language.lexicon.verbs import is_finite, is_infinitive
from pipeline.language.syntax.function_words import of
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import either, read_lines, read_words
from pipeline.language.text.words import STOP_WORDS, WORD

NEAR = 3
"""Words beside a phrase that it restricts."""
HELD_MIN = 0.5
"""Share of some words of an idea from which a claim takes them."""
TIED_MIN = 0.3
"""Share of the words of a cause, and of what it causes, that one idea must hold."""
_CONDITIONAL = re.compile(r"\w{2,}r(?:ais|ait|ions|iez|aient)")
_ASKS = re.compile(r"\W*(?:et |mais )?(?:comment|quel(?:le)?s?|est-ce|pourquoi(?! pas))\b.*\?", re.IGNORECASE)
_KINDS = (line.partition(": ") for line in read_lines(__name__, "joints"))
_JOINTS = {kind: rf"\b(?:{either(one.replace('_', ' ') for one in told.split())})" for kind, _, told in _KINDS}
_CLAUSE = re.compile(rf"[,;:()/.!?…]|{_JOINTS['clause']}\b", re.IGNORECASE)
_CAUSE = re.compile(_JOINTS["cause"], re.IGNORECASE)
_PROPOSED = re.compile(rf"{_JOINTS['proposed']}\b", re.IGNORECASE)
_HOLDER = re.compile(_JOINTS["holder"])
_JOINS = frozenset("et ou qui que qu dont où".split())
_WISHES = read_words(__name__, "wishes")
_HAVING = re.compile(_JOINTS["having"])
_PARTICIPLE = re.compile(r"\w{2,}(?:[éiu]e?|[ie]nte?|erte?|[iu]te?|ise?)s?")
_NO_SUBJECT = of("articles", "demonstratives", "possessives", "prepositions", "relatives") - {"qui"} | {"se", "s", "qu"}
"""Words after which no verb follows its subject: a noun does, a reflexive verb, or a subject after its verb."""


def unfaithful(claim: str, support: Support) -> str:
    """What a claim loses of the ideas that it cites, or adds to them, in French; "" when nothing."""
    checks = (
        ("cause que personne ne dit", _keeps_apart),
        ("souhait et fait confondus", _keeps_mood),
        ("réserve ou restriction perdue", _keeps_bounds),
        ("qui agit et qui subit échangés", _keeps_doers),
    )
    return next((reason for reason, holds in checks if not holds(claim, support)), "")


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def _content(found: Sequence[str]) -> list[str]:
    return [word for word in found if fold(word) not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


@lru_cache(maxsize=10_000)
def _stems(text: str) -> frozenset[str]:
    return stems_of(text) | frozenset(filter(str.isdigit, _words(text)))


@lru_cache(maxsize=50_000)
def _is_in(word: str, stems: frozenset[str]) -> bool:
    return any(are_kin(one, other) for one in _stems(word) for other in stems)


class _Bound(NamedTuple):
    """What bounds some words of an idea, `beside` it: a claim that takes them says one of `reserves`, or of the words
    `inside` the phrase that restricts them."""

    beside: list[str]
    reserves: frozenset[str]
    inside: list[str]


def _keeps_bounds(claim: str, support: Support) -> bool:
    told, stems = f" {fold(' '.join(_words(claim)))} ", _stems(claim)
    around = " ".join(support.about)
    told += "pourrait " * any(map(_is_conditional, _words(claim)))
    told += "proposer " * (claim.endswith("?") or is_infinitive(claim.split()[0]))
    for n, text in enumerate(support.texts):
        others = [other for m, other in enumerate(support.texts) if m != n]
        for bound in _bounds(text, around):
            taken = [word for word in bound.beside if _is_in(word, stems)]
            if not taken or len(taken) < HELD_MIN * len(bound.beside) or _holds(bound, told, stems):
                continue
            free = (one for one in others if all(_is_in(word, _stems(one)) for word in taken))
            if all(_holds(bound, f" {fold(' '.join(_words(one)))} ", _stems(one)) for one in free):
                return False  # no other idea says the same without it
    return True


def _holds(bound: _Bound, told: str, stems: frozenset[str]) -> bool:
    """Whether folded words, or their stems, keep what bounds an idea."""
    return any(f" {one} " in told for one in bound.reserves) or any(_is_in(word, stems) for word in bound.inside)


@lru_cache(maxsize=1000)
def _bounds(text: str, around: str) -> tuple[_Bound, ...]:
    """What bounds the words of a text, names that stand around it aside."""
    found = (word for sentence in sentences_of(text) for word in WORD.findall(sentence)[1:])
    named = {word.lower() for word in found if word[1:].islower() and word.istitle()}
    names = {word for word in named if not _is_in(word, _stems(around))}
    clauses = [clause for part in _CLAUSE.split(text) if (clause := _words(part))]
    beside = [
        (*before[-NEAR:], *after[:NEAR]) for before, after in zip([[], *clauses], [*clauses[1:], []], strict=False)
    ]
    both = zip(clauses, beside, strict=True)
    return tuple(chain.from_iterable((*_reserved(one), *_restricted(one, names, near)) for one, near in both))


@cache
def _reserves() -> list[tuple[str, list[str], frozenset[str]]]:
    """How far some words that bound reach, these words, and all that keep what they say."""
    found = []
    for line in read_lines(__name__, "reserves"):
        reach, _, told = line.replace("_", " ").partition(": ")
        own, others = (re.split(" *, *", one) for one in told.split(" = "))
        found.append((reach, own, frozenset({*own, *others})))
    return found


def _reserved(clause: list[str]) -> Iterator[_Bound]:
    folded = f" {fold(' '.join(clause))} "
    for at, word in enumerate(clause):  # what one wishes or fears « que », and does not tell
        if fold(word) in _WISHES and clause[at + 1 : at + 2] in (["que"], ["qu"]):
            yield _Bound(_content(clause[at + 2 :]), _WISHES | {"pourrait", "pourraient"}, [])
    for reach, own, all_told in _reserves():
        for one in own:
            if (at := folded.find(f" {one} ")) < 0:
                continue
            n = len(folded[:at].split())
            before, after = clause[:n], clause[n + len(one.split()) :]
            scope = [*before, *after] if reach == "tout" else _content(after)[:1] or _content(before)[-1:]
            if reach != "nié" or not {"pas", "jamais"}.isdisjoint(before[-2:]):
                yield _Bound(_content(scope), all_told, [])


@cache
def _openers() -> dict[str, str]:
    lines = (line.partition(":") for line in read_lines(__name__, "restrictors"))
    return {word: kind for kind, _, listed in lines for word in listed.split()}


def _restricted(clause: list[str], names: set[str], beside: Sequence[str]) -> Iterator[_Bound]:
    for at, word in enumerate(clause):
        rest = clause[at + 1 :]
        is_if = word == "s" and rest[:1] in (["il"], ["ils"])
        kind = _openers().get("si" if is_if else fold(word), "temps" if word in names else "")
        if not kind or (kind in ("qui", "lieu") and any(map(is_infinitive, rest[:1]))):
            continue
        phrase = list(takewhile(lambda one: one not in _JOINS and fold(one) not in _openers(), rest))
        phrase = {"condition": rest[:8], "temps": []}.get(kind, phrase)
        inside = [word] if kind == "temps" else _content(phrase)[: 1 if kind in ("degré", "lieu") else 4]
        inside = [one for one in inside if stems_of(one).isdisjoint(GENERAL)]
        before, after = _content(clause[:at]), _content(rest[len(phrase) :])
        if kind == "degré":
            after = [one for one in _content(rest) if one not in inside][:1]
            before, after = after, before[-1:]
        if inside:
            yield _Bound(before[-NEAR:] or after[:NEAR] or _content(beside), frozenset(), inside)


class _Act(NamedTuple):
    """The stems of a verb, the words of who does it, and those of the rest of its clause."""

    verb: frozenset[str]
    doers: list[str]
    others: list[str]


def _keeps_doers(claim: str, support: Support) -> bool:
    """Nobody does what an idea says that another does to her."""
    said = [act for text in support.texts for act in _acts(text)]
    for act in _acts(claim):
        same = [one for one in said if not one.verb.isdisjoint(act.verb) and one.doers]
        doers = _stems(" ".join(chain.from_iterable(one.doers for one in same)))
        others = _stems(" ".join(chain.from_iterable(one.others for one in same)))
        if any(_is_in(word, others) for word in act.doers) and not any(_is_in(word, doers) for word in act.doers):
            return not any(_is_in(word, doers | others) for word in act.others)
    return True


@lru_cache(maxsize=1000)
def _acts(text: str) -> tuple[_Act, ...]:
    found = []
    for clause in map(_words, _CLAUSE.split(text)):
        verbs = [at for at in range(len(clause)) if _is_act(clause, at)]
        for last, at, following in zip([-1, *verbs], verbs, [*verbs[1:], len(clause)], strict=False):
            sides = _content(clause[last + 1 : at]), _content(clause[at + 1 : following])
            found.append(_Act(_stems(clause[at]), *(sides[::-1] if clause[at + 1 : at + 2] == ["par"] else sides)))
    return tuple(found)


def _is_act(clause: Sequence[str], at: int) -> bool:
    """Whether a verb stands there with its subject before it, or `par` after it."""
    if clause[at + 1 : at + 2] == ["par"] or any(map(_HAVING.fullmatch, clause[max(0, at - 2) : at])):
        return _PARTICIPLE.fullmatch(clause[at]) is not None
    is_after = fold(clause[at - 1]) in _NO_SUBJECT if at else False
    return is_finite(clause[at]) and not is_after and _HOLDER.fullmatch(clause[at]) is None


def _keeps_mood(claim: str, support: Support) -> bool:
    """What is wished or asked is not told as done, nor what is as wished."""
    own, found = content(claim), _words(claim)
    axes = support.axes or ("",) * len(support.texts)
    said = [(one, axis) for text, axis in zip(support.texts, axes, strict=True) for one in sentences_of(text)]
    held = [sum(any(are_kin(one, other) for other in _stems(sentence)) for one in own) for sentence, _ in said]
    near = [pair for pair, n in zip(said, held, strict=True) if n and 3 * n >= max(held)]
    is_wish = any(map(_is_wish, found)) or claim.endswith("?") or is_infinitive(found[0])
    if near and not is_wish and not any(_tells(*one) for one in near):
        return False
    is_proposed = _PROPOSED.search(claim) is not None
    return not near or not is_proposed or any(_wishes(*one) and not _ASKS.match(one[0]) for one in near)


def _is_conditional(word: str) -> bool:
    return _CONDITIONAL.fullmatch(word) is not None and is_finite(word)


def _is_wish(word: str) -> bool:
    return fold(word) in _WISHES or _is_conditional(word)


def _has_verb(sentence: str) -> bool:
    return any((_HOLDER.fullmatch(word) or is_finite(word)) and not _is_wish(word) for word in _words(sentence))


def _wishes(sentence: str, axis: str) -> bool:
    """Whether a sentence of an idea asks, wishes or proposes."""
    found = _words(sentence)
    is_open = any(map(is_infinitive, found[:3])) or any(map(_is_wish, found)) or sentence.rstrip().endswith("?")
    return is_open or (axis not in (NORD, EST) and not _has_verb(sentence))


def _tells(sentence: str, axis: str) -> bool:
    """Whether a sentence of an idea says what is."""
    return not sentence.rstrip().endswith("?") and (_has_verb(sentence) or not _wishes(sentence, axis))


def _keeps_apart(claim: str, support: Support) -> bool:
    """No cause is told between two ideas that nobody tied."""
    tied = _CAUSE.search(claim)
    if tied is None:
        return True
    texts = list(map(_stems, support.texts))
    halves = [own for part in (claim[: tied.start()], claim[tied.end() :]) if (own := _own(part))]
    return len(halves) < 2 or any(all(_share(own, held) >= TIED_MIN for own in halves) for held in texts)


def _own(text: str) -> list[str]:
    """The words of a part that are neither general nor the reporter's."""
    return [word for word in _content(_words(text)) if stems_of(word).isdisjoint(GENERAL | VOICE)]


def _share(own: Sequence[str], held: frozenset[str]) -> float:
    return sum(_is_in(word, held) for word in own) / len(own)
