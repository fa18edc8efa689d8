"""Cuts inside one sentence: a second act, a contrast, clauses side by side, long unpunctuated speech."""

import itertools
import re
from collections.abc import Iterator

from pipeline.ingest.segmentation.lines_and_sentences import WAITING
from pipeline.ingest.segmentation.openings import (
    ACTS,
    OPEN_LEFT,
    PROBLEM_START,
    THANK_START,
    act,
    alternatives,
    begins_infinitive,
    brings_subject,
    can_stand,
    has_own_subject,
    is_dependent,
    n_words,
    points_back,
    tokens,
)
from pipeline.language.lexicon.verbs import is_infinitive
from pipeline.language.syntax.finite_verbs import has_verb, is_conjugated, opening_pronoun, subject_of, words
from pipeline.language.syntax.function_words import of
from pipeline.language.text.lists import read_lines

_WORDS = alternatives("contrasts")
_CONTRAST = re.compile(rf"(?:\s*,)?\s+(?=(?:{_WORDS})\s)", re.IGNORECASE)
_CONTRAST_WORD = re.compile(
    rf"(?:{_WORDS})[\s,]+(?:(?:par contre|en même temps|du coup|bon|euh|alors|là|après)[\s,]+)?", re.IGNORECASE
)
_NOT_ONLY = re.compile(r"non seulement|pas seulement|pas que\b|pas uniquement|non pas", re.IGNORECASE)
_COMPLEMENT = re.compile(r"(?:pas )?(?:assez|trop) pour\b", re.IGNORECASE)
"""`le trottoir est élargi, mais pas assez pour un fauteuil`: no lack of its own."""
_ALL_FIRST_WORDS = 8


def contrasts(sentence: str, is_speech: bool) -> Iterator[int]:
    """Positions where a clause that has its subject is set against what stands before."""
    for found in _CONTRAST.finditer(sentence):
        left, right = sentence[: found.start()], sentence[found.end() :]
        word = _CONTRAST_WORD.match(right)
        after = right[word.end() :] if word else right
        hangs = is_dependent(left) and "," not in left
        if n_words(left) < 3 or n_words(after) < 3 or hangs or _NOT_ONLY.search(left):
            continue
        if is_speech and not brings_subject(after):
            continue
        if points_back(after):
            continue  # "le four marche mais il fume": only what stands before tells of what
        says = subject_of(after) and has_verb(" ".join(after.split()[:_ALL_FIRST_WORDS]))
        if says or (PROBLEM_START.match(after) and not _COMPLEMENT.match(after)):
            yield found.end()


_COMMA = re.compile(r"\s*,\s*(?=[^\W\d])")
_AND = re.compile(r"\s+(?:et|&)\s+(?=\S)", re.IGNORECASE)
_EACH_DOES = re.compile(r"chacune? (?!a |est |n['’])", re.IGNORECASE)
"""What each of those does who were said before: "les voisins mangent ensemble, chacun apporte un plat"."""
_TOLD_OF_ALL = re.compile(
    rf"(?:(?!\b(?:{'|'.join(sorted(tokens('subordinates')))}|ils|elles)\b).)*"
    r"\b(?:sont|seraient|étaient|peuvent|pourraient)\b",
    re.IGNORECASE,
)
"""Whose subject is all that was listed: "prendre des nouvelles, faire une course… peuvent être des rôles"."""
_SPOKEN_SUBJECT = re.compile(r"(?:moi je|nous on|nous de|nous à)\b", re.IGNORECASE)
_NOUN_START = re.compile(r"(?:le|la|les|l['’]|un|une|des|du|\d+|pas|plus|[a-zà-ÿ]{4,})\b", re.IGNORECASE)


def parallels(sentence: str, is_speech: bool) -> Iterator[int]:
    """Clauses or members side by side: "les toilettes sont fermées, la plage est sale", infinitives, a list."""
    if "," not in sentence and " et " not in sentence.lower() and "&" not in sentence:
        return
    marks = list(_COMMA.finditer(sentence))
    edges = [0, *(mark.end() for mark in marks), len(sentence)]
    members = [sentence[start:end].strip(" ,.!?…") for start, end in itertools.pairwise(edges)]
    is_labelled = not is_speech and ": " in sentence
    if begins_infinitive(members[0]) and _TOLD_OF_ALL.match(members[-1]):
        return
    if len(members) > 1 and ":" not in sentence:
        if _are_alike(members):
            yield from edges[1:-1]
            return
        n_listed = len(list(itertools.takewhile(_is_list_member, members)))
        if n_listed > 2 and not begins_infinitive(members[0]):  # an enumeration without a verb
            yield from edges[1:n_listed]
    is_to_do = begins_infinitive(re.split(r"[:;]\s", members[0])[-1])
    for at, mark in enumerate(marks):
        left, right = sentence[: mark.start()], members[at + 1]
        before = re.split(r"[,:;]\s", left)[-1]
        are_acts = is_to_do and _are_infinitives(before, right)
        if are_acts or (not is_labelled and _are_clauses(left, before, right, is_speech)):
            yield mark.end()
    yield from _joined_by_and(sentence, is_speech, is_labelled)


def _are_clauses(left: str, before: str, right: str, is_speech: bool) -> bool:
    """Whether a comma stands between two clauses; `before` is the last member of all that is on its left."""
    if _EACH_DOES.match(right):
        return False
    if is_speech:  # both sides bring their own subject: "le lait…, le gasoil a doublé"
        return all(n_words(side) > 3 and brings_subject(side) for side in (before, right))
    return has_own_subject(right, before) and can_stand(left)


def _joined_by_and(sentence: str, is_speech: bool, is_labelled: bool) -> Iterator[int]:
    for found in _AND.finditer(sentence) if not is_labelled else ():
        left, right = re.split(r"[:;]\s", sentence[: found.start()])[-1], sentence[found.end() :]
        if _goes_on(left, right) if is_speech else _are_two(left, right):
            yield found.start() + 1


def _are_infinitives(left: str, right: str) -> bool:
    return bool(begins_infinitive(left) and begins_infinitive(right)) and n_words(left) > 1 and n_words(right) > 2


def _are_two(left: str, right: str) -> bool:
    """In writing, whether "et" joins two acts or two whole clauses."""
    if any(map(is_infinitive, words(left)[-1:])):
        return False  # "inviter un paysan pour montrer et expliquer les semis": one object for both
    if _are_infinitives(left, right) or (ACTS["more"].match(left) and ACTS["more"].match(right)):
        return True
    if n_words(left) < 4 or n_words(right) < 4 or _SPOKEN_SUBJECT.match(right) or _LAST_OF_LIST.match(right):
        return False
    if re.match("on ", right) or _is_listing(left):
        return False
    return has_own_subject(right, left) and can_stand(left)


_LAST_OF_LIST = re.compile(
    r"(?:les?\s|la\s|l['’]|des\s)[\w'’-]+(?:\s[\w'’-]+)?\s*,\s*(?:ça|cela|ce|c['’]|ils?|elles?)(?!\w)", re.IGNORECASE
)
"""`(dangereux pour les piétons et) les enfants, cela…`: what the sentence takes up again."""


def _is_listing(left: str) -> bool:
    """Whether the last member before an "et" has no verb: it lists ("les origines, les lieux et les opinions")."""
    head, _, last = left.rpartition(", ")
    return has_verb(head) and not has_verb(last)


def _goes_on(left: str, right: str) -> bool:
    """In speech, "et" opens a new idea when it brings a new subject ("… et le pain il est congelé")."""
    if not can_stand(left) or n_words(left) < 5 or n_words(right) < 4 or _is_listing(left.rstrip(",")):
        return False
    if _SPOKEN_SUBJECT.match(right):
        return True
    pronoun = opening_pronoun(right)
    same_speaker = re.search(rf"(?<!\w){pronoun[:1]}(?:{pronoun[1:]}\b|['’])", left, re.IGNORECASE)
    return brings_subject(right) or (has_own_subject(right) and same_speaker is None)


def _are_alike(members: list[str]) -> bool:
    kinds = (begins_infinitive, ACTS["more"].match, ACTS["lack"].match)
    return any(all(is_one(member) and n_words(member) > 1 for member in members) for is_one in kinds)


def _is_list_member(member: str) -> bool:
    return (
        1 < len(re.findall(r"\w+", member)) < 10
        and bool(_NOUN_START.match(member))
        and not has_verb(member)
        and not is_dependent(member)
    )


_NEXT_SPEAKER = re.compile(r"(?<=[\w»)])\s+(?=(?:(?:on|je) |j['’]|il y a |il n['’]y )\w)", re.IGNORECASE)
_SUBORDINATE, _HOLDS_OPEN = tokens("subordinates"), tokens("open_tokens")
_DURATION = re.compile(
    r"il (?:y a|n['’]y a pas) (?:(?:\w+ ){1,3}(?:ans?|mois|jours?|semaines?|temps|heures?|minutes?)|longtemps|peu)\b",
    re.IGNORECASE,
)
"""When something was: `une chronique il y a six mois` has no verb of its own."""
_LAST_STRETCH = re.compile(r"[,;:.!?…»]\s")
_LEAST_WORDS, _NEAR = 3, 160


def juxtaposed_cuts(sentence: str) -> Iterator[int]:
    """Positions where « on », « je » or « il y a » and a verb follow a whole clause, nothing standing between."""
    last = 0
    for found in _NEXT_SPEAKER.finditer(sentence):
        left = _LAST_STRETCH.split(sentence[max(last, found.start() - _NEAR) : found.start()])[-1]
        right = _LAST_STRETCH.split(sentence[found.end() : found.end() + _NEAR])[0]
        if _is_whole(left) and not _DURATION.match(right) and len(words(right)) > _LEAST_WORDS:
            yield found.end()
            last = found.end()


def _is_whole(left: str) -> bool:
    tokens = words(left)
    if len(tokens) < _LEAST_WORDS or tokens[-1] in _HOLDS_OPEN or not _SUBORDINATE.isdisjoint(tokens):
        return False
    if is_conjugated(tokens[-1]) or tokens[-1].endswith(("er", "ir", "re")):
        return False
    return subject_of(left) != "" and has_verb(left)


_RUN_ON = re.compile(
    rf"(?:\s*,)?\s+(?=(?:(?:{alternatives('goes_on_with')})[\s,]+)+(?:euh[\s,]+)?"
    rf"(?:{alternatives('spoken_subjects')})(?![\w-]))",
    re.IGNORECASE,
)
_LONG, _LEAST_LEFT, _LEAST_RIGHT, _LONGEST = 24, 9, 6, 36
_NEVER_LAST = WAITING | tokens("open_tokens") | tokens("subordinates") | of("said_before")
_GAP = re.compile(r"(?<=[\w,;»)])\s+(?=\w)")
_FAR = 400


def run_on_cuts(text: str, start: int, end: int) -> list[int]:
    """Positions where a long stretch of speech goes on to something else ("et puis on…", "donc il…").

    Stretches of more than 24 words only; at least nine words before a cut and six after. What is still of more than 36
    words is halved where a clause opens.
    """
    sentence = text[start:end]
    if n_words(sentence) <= _LONG:
        return []
    cuts = [0]
    for found in _RUN_ON.finditer(sentence):
        n_left = n_words(sentence[max(cuts[-1], found.start() - _FAR) : found.start()])
        n_right = n_words(sentence[found.end() : found.end() + _FAR])
        is_open = OPEN_LEFT.search(sentence[max(0, found.start() - 40) : found.start()])
        if n_left >= _LEAST_LEFT and n_right >= _LEAST_RIGHT and not is_open:
            cuts.append(found.end())
    halves = [at for low, high in itertools.pairwise([*cuts, len(sentence)]) for at in _halved(sentence, low, high)]
    return [start + at for at in sorted({*cuts[1:], *halves})]


def _halved(sentence: str, low: int, high: int) -> list[int]:
    """Positions of the clauses that open nearest to the middle of a stretch, until none is of more than 36 words."""
    gaps = [found.end() for found in _GAP.finditer(sentence, low, high)]
    if len(gaps) < _LONGEST:
        return []
    near = sorted(gaps[_LEAST_LEFT - 1 : -_LEAST_RIGHT], key=lambda at: abs(2 * at - low - high))
    ranks = [(_rank(sentence[low:at], sentence[at : min(high, at + _NEAR)]), at) for at in near]
    rank, cut = min(ranks, key=lambda one: one[0])
    return [] if rank == len(_OPENERS) else [*_halved(sentence, low, cut), cut, *_halved(sentence, cut, high)]


_OPENERS = (("person", "there"), ("back",), ("noun",))
"""Whose verb opens the clause after a cut, the surest first."""


def _rank(left: str, right: str) -> int:
    """How surely a clause opens between two stretches: the rank of its subject, `len(_OPENERS)` for no clause."""
    last, subject = words(left[-_NEAR:])[-1], subject_of(right)
    if last in _NEVER_LAST or OPEN_LEFT.search(left[-_NEAR:]) or _DURATION.match(right):
        return len(_OPENERS)
    is_object = subject == "noun" and (last.endswith(_PARTICIPLES) or right.startswith(("du ", "des ")))
    return next((rank for rank, kinds in enumerate(_OPENERS) if subject in kinds and not is_object), len(_OPENERS))


_PARTICIPLES = ("er", "ir", "re", "é", "is", "it", "u")
"""Ends of infinitives and participles, after which a noun is their object."""


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
_SENTENCE_MAX = 3_000


_HEDGED = re.compile(rf"\W*(?:{alternatives('hedges')})[^.!?]*?\bmais\b", re.IGNORECASE)
"""What is said after it is not sure: « Nous n'avons pas la confirmation, mais… »."""


_ACCOUNT = re.compile(rf"\W*(?:{'|'.join(read_lines(__name__, 'accounts'))})".replace("'", "['’]"), re.IGNORECASE)
"""« Selon eux, … », « À Nantes, ils ont… »: all that follows is what others say, or of elsewhere."""


def act_cuts(text: str, start: int, end: int, is_speech: bool = False) -> list[int]:
    """Positions, inside one sentence, where a second act begins.

    "on manque de gradins, il faudrait couvrir la piste" is cut at "il faudrait"; "pour les petits, il faut un
    bassin" is not: what stands before is no clause.
    """
    sentence = text[start:end]
    if not 24 <= len(sentence) <= _SENTENCE_MAX or _ACCOUNT.match(sentence):
        return []
    cuts = {*_bare_acts(sentence), *contrasts(sentence, is_speech), *_complaints(sentence)}
    for found in _ACT.finditer(sentence):
        if _is_second(found, sentence[: found.start()]) and not _COMPLEMENT.match(sentence, found.end()):
            cuts.add(found.end("sign") if (found["sign"] or "").strip() else found.start() + 1)
    cuts |= {*parallels(sentence, is_speech), *juxtaposed_cuts(sentence)}
    hedged = _HEDGED.match(sentence)
    kept: list[int] = []
    for at in sorted(at for at in cuts if hedged is None or at > hedged.end()):
        if n_words(sentence[kept[-1] if kept else 0 : at]) >= 2 and n_words(sentence[at:]) >= 2:
            kept.append(at)
    return [start + at for at in kept]


def _is_second(found: re.Match[str], left: str) -> bool:
    """Whether an act begins anew after `left`: what stands there is an act of its own."""
    sign = (found["sign"] or "").strip()
    part = re.split(r"[:;]\s", left)[-1]
    clause = re.split(r",\s", part)[-1] if is_dependent(part) else part
    if n_words(left) < 3 or is_dependent(clause) or _RELATIVE_START.match(clause):
        return False
    if sign == ":" and (n_words(left) < 4 or not found["propose"] or ACTS["says_what_comes"].search(left)):
        return False  # `Label : act`, `Une question reste ouverte : faut-il…`
    if sign in _ARROWS:
        return True
    is_clause = bool(has_verb(clause) or PROBLEM_START.match(left) or THANK_START.match(left))
    if found["problem"]:
        return is_clause and sign not in ("", ":") and not PROBLEM_START.match(clause)
    return is_clause or bool(found["thank"])


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
