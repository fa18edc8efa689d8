"""Where one sentence carries two acts: positions, decided by surface cues."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.segmentation.contrasts import contrasts
from pipeline.ingest.segmentation.coordination import parallels
from pipeline.ingest.segmentation.juxtaposition import juxtaposed_cuts
from pipeline.ingest.segmentation.openings import ACTS, PROBLEM_START, THANK_START, act
from pipeline.ingest.segmentation.standalone import OPEN_LEFT, is_dependent, n_words
from pipeline.language.syntax.finite_verbs import has_verb

_JOINTS = r"(?:(?:et|donc|alors|du coup|mais|puis|or|par contre|en revanche|ou (?:alors|bien)|sinon|moi)\s+)"
_SIGN = r"(?:\s*(?:,|[-–—]|→|=>|->|:|\.\.\.|…)\s*)"
_ARROWS = ("→", "=>", "->")
_ACT = re.compile(
    rf"(?:(?P<sign>{_SIGN}){_JOINTS}*|\s+{_JOINTS}+)(?=(?P<propose>{act('propose')})|(?P<problem>{act('problem')})|"
    rf"(?P<thank>{act('thank')}))",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:si|s['’]ils?|quand|lorsqu\w*|puisqu\w*|dès qu\w*)\b(?!\s+bien)", re.IGNORECASE)
_RELATIVE_START = re.compile(r"\W*(?:ce qui|ce que|qui|dont|où|que|lequel|laquelle)\b", re.IGNORECASE)
_PURPOSE_START = re.compile(r"\W*(?:pour|afin)\b", re.IGNORECASE)
_SENTENCE_MAX = 3_000


def act_cuts(text: str, start: int, end: int, is_speech: bool = False) -> list[int]:
    """Positions, inside one sentence, where a second act begins.

    "on manque de gradins, il faudrait couvrir la piste" is cut at "il faudrait"; "pour les petits, il faut un
    bassin" is not: what stands before is no clause.
    """
    sentence = text[start:end]
    if not 24 <= len(sentence) <= _SENTENCE_MAX:
        return []
    cuts = {*_second_acts(sentence), *_bare_acts(sentence), *contrasts(sentence, is_speech), *_complaints(sentence)}
    cuts |= {*parallels(sentence, is_speech), *juxtaposed_cuts(sentence)}
    kept: list[int] = []
    for at in sorted(cuts):
        if n_words(sentence[kept[-1] if kept else 0 : at]) >= 2 and n_words(sentence[at:]) >= 2:
            kept.append(at)
    return [start + at for at in kept]


def _second_acts(sentence: str) -> Iterator[int]:
    for found in _ACT.finditer(sentence):
        if _is_second(found, sentence[: found.start()]):
            yield found.end("sign") if (found["sign"] or "").strip() else found.start() + 1


def _is_second(found: re.Match[str], left: str) -> bool:
    """Whether an act begins anew after `left`: what stands there is an act of its own."""
    sign = (found["sign"] or "").strip()
    part = re.split(r"[:;]\s", left)[-1]
    clause = re.split(r",\s", part)[-1] if is_dependent(part) else part
    if n_words(left) < 3 or not clause.strip() or _hangs(left, clause) or _is_labelled(found, sign, left, part):
        return False
    is_clause = bool(has_verb(clause) or PROBLEM_START.match(left) or THANK_START.match(left))
    if found["problem"]:
        is_clause = is_clause and sign not in ("", ":") and not PROBLEM_START.match(clause)
        return is_clause or sign in _ARROWS
    return is_clause or bool(found["thank"]) or sign in _ARROWS


def _hangs(left: str, clause: str) -> bool:
    return bool(is_dependent(clause) or _RELATIVE_START.match(clause)) and not THANK_START.match(left)


def _is_labelled(found: re.Match[str], sign: str, left: str, part: str) -> bool:
    """`Label : act`, or a purpose under a label ("trop de règles : pour ouvrir un gîte il faut…")."""
    if sign == ":" and (n_words(left) < 4 or not found["propose"]):
        return True
    return ":" in left and bool(_PURPOSE_START.match(part))


def _bare_acts(sentence: str) -> Iterator[int]:
    for found in ACTS["bare_proposal"].finditer(sentence):
        left = sentence[: found.start()].rstrip()
        if n_words(left) < 4 or left[-1:] in ',:;-–—(«"' or OPEN_LEFT.search(left):
            continue
        part = re.split(r"[:;]\s", left)[-1]
        clause = re.split(r",\s+(?:mais |et )?", part)[-1]
        if _CONDITION.search(clause):
            continue  # "je pense que si la ville y arrive on devrait y arriver"
        if is_dependent(part) or not (has_verb(clause) or PROBLEM_START.match(clause) or PROBLEM_START.match(left)):
            continue
        yield found.start()


def _complaints(sentence: str) -> Iterator[int]:
    """ "trop de réunions pas assez de décisions": lacks set side by side without a sign."""
    if "," not in sentence and ACTS["more"].match(sentence):
        for found in ACTS["next_lack"].finditer(sentence):
            if not OPEN_LEFT.search(sentence[max(0, found.start() - 20) : found.start()]):
                yield found.start() + 1
