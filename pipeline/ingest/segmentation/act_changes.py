"""Where one sentence carries two acts: positions, decided by surface cues."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingest.segmentation.coordination import INFINITIVE, MORE, parallels
from pipeline.ingest.segmentation.juxtaposition import juxtaposed_cuts
from pipeline.ingest.segmentation.standalone import (
    OPEN_LEFT,
    PROBLEM_START,
    PROPOSE_START,
    THANK_START,
    brings_subject,
    is_dependent,
    n_words,
)
from pipeline.language.syntax.finite_verbs import has_verb, subject_of
from pipeline.language.vocabulary.spoken_forms import PROBLEM, PROPOSE, THANK

_JOINTS = (
    r"(?:(?:et|donc|alors|du coup|mais|puis|or|et donc|et du coup|par contre|en revanche|ou alors|ou bien|sinon)\s+)"
)
_SIGN = r"(?:\s*(?:,|[-–—]|→|=>|->|:|\.\.\.|…)\s*)"
_ACT = re.compile(
    rf"(?:(?P<sign>{_SIGN}){_JOINTS}*|\s+{_JOINTS}+)(?=(?P<propose>{PROPOSE})|(?P<problem>{PROBLEM})|"
    rf"(?P<thank>{THANK}))",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?:il faut|il faudrait|faudrait|on devrait|on pourrait|pourquoi (?:ne )?pas|et si on|je propose|"
    r"(?:ce|ça) serait (?:bien|mieux|bon)|il manque|on manque|il suffirait)\b",
    re.IGNORECASE,
)
_ACT_SIGN = re.compile(
    r"fau[td]|serait|pour[rq]|dev[ro]|propos|demand|souhait|aim|voudr|quoi |si |quand|besoin|manque|y a |pas |plus |"
    r"trop |personne|impossible|existe|doit|peut|convien|aurait|merci|bravo|chapeau|félicit|gèr|que l|qu['’]on",
    re.IGNORECASE,
)
_CONTRAST_SIGN = re.compile(r"mais|contre|revanche|sauf|pourtant|cependant|\bor\b|toutefois|néanmoins", re.IGNORECASE)
_CONTRAST = re.compile(
    r"(?:\s*,)?\s+(?=(?:mais|par contre|en revanche|sauf que|pourtant|cependant|or|toutefois|néanmoins)\s)",
    re.IGNORECASE,
)
_CONTRAST_WORD = re.compile(
    r"(?:mais|par contre|en revanche|sauf que|pourtant|cependant|or|toutefois|néanmoins)[\s,]+(?:(?:par contre|"
    r"en même temps|du coup|bon|euh|alors|là|après)[\s,]+)?",
    re.IGNORECASE,
)
_NOT_A_CONTRAST = re.compile(
    r"(?:aussi|surtout|plutôt|également|pas|sans|non|pour|avec|de|d['’]\w+|à|en|que|qui|encore|parfois|souvent|très|"
    r"trop|bien|toujours|jamais|peu)\b",
    re.IGNORECASE,
)
_BACK_REFERENCE = re.compile(
    r"(?:maintenant )?(?:elles?|ils?(?! (?:faut|faudrait|y a|manque))|c['’]est|c['’]était|ça)\b", re.IGNORECASE
)
_NEXT_LACK = re.compile(
    r"\s(?=(?:pas assez|pas d[e']|trop d[e']|plus d[e'] |moins de|aucune? |manque de|toujours les mêmes)\b)",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"non seulement|pas seulement|pas que\b|pas uniquement|non pas", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:si|s['’]ils?|quand|lorsqu\w*|puisqu\w*|dès qu\w*)\b(?!\s+bien)", re.IGNORECASE)
_RELATIVE_START = re.compile(r"\W*(?:ce qui|ce que|qui|dont|où|que|lequel|laquelle)\b", re.IGNORECASE)
_SENTENCE_MAX = 3_000
_ALL_FIRST_WORDS = 8


def act_cuts(text: str, start: int, end: int, is_speech: bool = False) -> list[int]:
    """Positions, inside one sentence, where a second act begins.

    "on manque de salles, il faudrait ouvrir l'école le soir" is cut at "il faudrait"; "pour les jeunes, il faudrait un
    local" is not: what stands before is no clause.
    """
    sentence = text[start:end]
    if not 24 <= len(sentence) <= _SENTENCE_MAX:
        return []
    cuts = {*_second_acts(sentence), *_bare_acts(sentence)} if _ACT_SIGN.search(sentence) else set()
    cuts |= set(_contrasts(sentence, is_speech)) | set(_complaints(sentence))
    cuts |= set(parallels(sentence, is_speech)) | set(juxtaposed_cuts(sentence))
    kept: list[int] = []
    for at in sorted(cuts):
        if n_words(sentence[kept[-1] if kept else 0 : at]) >= 2 and n_words(sentence[at:]) >= 2:
            kept.append(at)
    return [start + at for at in kept]


def begins_act(text: str) -> bool:
    """Whether a text begins with what to do: an infinitive, "il faudrait…"."""
    return bool(INFINITIVE.match(text) or PROPOSE_START.match(text))


def _second_acts(sentence: str) -> Iterator[int]:
    for found in _ACT.finditer(sentence):
        left, sign = sentence[: found.start()], (found["sign"] or "").strip()
        part = re.split(r"[:;]\s", left)[-1]
        last_clause = re.split(r",\s", part)[-1] if is_dependent(part) else part
        if n_words(left) < 3 or not last_clause.strip():
            continue
        if (is_dependent(last_clause) or _RELATIVE_START.match(last_clause)) and not THANK_START.match(left):
            continue
        if sign == ":" and (n_words(left) < 4 or not found["propose"]):
            continue  # a label
        if re.match(r"\W*(?:pour|afin)\b", part, re.IGNORECASE) and ":" in left:
            continue  # "trop de règles : pour ouvrir un gîte il faut…"
        is_clause = bool(has_verb(last_clause) or PROBLEM_START.match(left) or THANK_START.match(left))
        if found["problem"]:
            is_clause = is_clause and bool(sign) and sign != ":" and not PROBLEM_START.match(last_clause)
        elif not is_clause and not (found["thank"] or (sign in ("→", "=>", "->") and n_words(left) > 2)):
            continue
        if is_clause or found["thank"] or sign in ("→", "=>", "->"):
            yield found.end("sign") if sign else found.start() + 1


def _bare_acts(sentence: str) -> Iterator[int]:
    for found in _BARE.finditer(sentence):
        left = sentence[: found.start()].rstrip()
        if n_words(left) < 4 or left.rstrip()[-1:] in ',:;-–—(«"' or OPEN_LEFT.search(left):
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
    if "," not in sentence and MORE.match(sentence):
        for found in _NEXT_LACK.finditer(sentence):
            if not OPEN_LEFT.search(sentence[max(0, found.start() - 20) : found.start()]):
                yield found.start() + 1


def _contrasts(sentence: str, is_speech: bool) -> Iterator[int]:
    if not _CONTRAST_SIGN.search(sentence):
        return
    for found in _CONTRAST.finditer(sentence):
        left, right = sentence[: found.start()], sentence[found.end() :]
        word = _CONTRAST_WORD.match(right)
        after = right[word.end() :] if word else right
        if n_words(left) < 3 or n_words(after) < 3 or _NOT_ONLY.search(left) or _NOT_A_CONTRAST.match(after):
            continue
        if is_speech and (_BACK_REFERENCE.match(after) or not (brings_subject(after) or PROPOSE_START.match(after))):
            continue
        first = " ".join(after.split()[:_ALL_FIRST_WORDS])
        has_act = (has_verb(first) and subject_of(after)) or PROBLEM_START.match(after) or PROPOSE_START.match(after)
        stands = has_verb(left) or PROBLEM_START.match(left) or THANK_START.match(left) or n_words(left) > 3
        if has_act and stands and not (is_dependent(left) and "," not in left and n_words(left) < 5):
            yield found.end()
