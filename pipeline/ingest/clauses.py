"""Where one sentence carries two acts, and where unpunctuated speech may be cut: positions, decided by surface cues."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from pipeline.ingest.grammar import has_main_verb, has_verb, opening_pronoun, subject_of
from pipeline.ingest.juxtaposed import juxtaposed_cuts
from pipeline.ingest.speech import DEPENDENT, PROBLEM, PROPOSE, THANK

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
_STARTS_DEPENDENT = re.compile(rf"\W*(?:(?:et|mais|donc|alors|oui|non|bon|euh)\s+)*{DEPENDENT}(?![\w-])", re.IGNORECASE)
_CONJUNCTION = re.compile(
    r"\W*(?:(?:et|mais|donc|alors|oui|non|bon|euh)\s+)*(?:si|s['’]il|quand|lorsqu\w*|comme|puisqu\w*|parce qu\w*|afin|tant qu\w*|"
    r"même si|bien que|étant donné qu\w*|sachant qu\w*|vu qu\w*|du fait qu\w*|alors qu\w*|pour (?:qu\w*|[a-zà-ÿ]+(?:er|ir|re))|dès qu\w*|avant qu\w*|depuis qu\w*)(?![\w-])",
    re.IGNORECASE,
)
_PROBLEM_START = re.compile(
    rf"\W*(?:{PROBLEM}|manque|pas|plus|trop|aucun|absence|difficultés?|problèmes?|beaucoup|peu|toujours)\b",
    re.IGNORECASE,
)
_PROPOSE_START = re.compile(rf"\W*(?:{PROPOSE})", re.IGNORECASE)
_PROPOSE_INSIDE = re.compile(rf"(?<![\w'’])(?:{PROPOSE})", re.IGNORECASE)
_THANK_START = re.compile(rf"\W*(?:{THANK})", re.IGNORECASE)
OPEN_LEFT = re.compile(
    r"(?:\b(?:que|qui|si|où|quand|dont|comme|et|ou|mais|donc|car|de|à|pour|parce|il|elle|on|pense|crois|trouve|dis|"
    r"dit|disent|ne|depuis|maintenant|désormais|puis|alors|aussi|surtout|"
    r"là|sinon|enfin|ensuite)|qu['’]|['’])\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_JOINT_PREFIX = re.compile(rf"^{_SIGN}?\s*", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*(?=[^\W\d])")
_AND = re.compile(r"\s+(?:et|&)\s+(?=\S)", re.IGNORECASE)
_CONSEQUENCE = re.compile(r"(?:du coup|donc|depuis|alors|résultat|c['’]est pourquoi)\b", re.IGNORECASE)
_NEXT_STEP = re.compile(r"(?:et )?(?:puis|ensuite|enfin|alors|donc|du coup)\b", re.IGNORECASE)
_LAST_SUBORDINATE = re.compile(r"\b(?:que|qu['’]|dont|où|lorsque|puisque)\s*(?!(?:on|il)\b)", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:si|s['’]ils?|quand|lorsqu\w*|puisqu\w*|dès qu\w*)\b(?!\s+bien)", re.IGNORECASE)
_RELATIVE_START = re.compile(r"\W*(?:ce qui|ce que|qui|dont|où|que|lequel|laquelle)\b", re.IGNORECASE)
_SPOKEN_SUBJECT = re.compile(r"(?:moi je|nous on|nous de|nous à)\b", re.IGNORECASE)
_INFINITIVE = re.compile(
    r"(?:(?:et|puis|ensuite|d['’]abord|ou|ne pas|mieux|se|y|en|re)\s+|s['’])*"
    r"(?!(?:ateliers?|quartiers?|métiers?|chantiers?|dossiers?|papiers?|courriers?|cahiers?|hivers?|premier|dernier|"
    r"foyers?|loyers?|goûter|déjeuner|"
    r"danger|étranger|boulanger|particulier|infirmier|calendrier|escalier|panier|potager|verger|ouvrier|cher|mer|"
    r"hier|loisirs?|avenir|plaisir|soir|noir|"
    r"trottoir|espoir|couloir|terroir|souvenir|désir)\b)"
    r"(?:[a-zà-ÿ]{2,}(?:er|ir)|(?:re|dé|dis|sur)?faire|[a-zà-ÿ]*(?:dire|lire|crire|uire|ettre|aître|attre|endre|"
    r"ondre|erdre|indre|oindre|clure)|être|(?:sur|re)?vivre|"
    r"(?:pour)?suivre|boire|croire)\b(?!\s+(?:est|sont|a)\b)",
    re.IGNORECASE,
)
_LACK = re.compile(
    r"(?:et )?(?:pas|plus|aucune?|trop|manque|peu|moins|toujours pas|zéro) (?:assez )?(?:d[eu]s?\b|d['’]|\w+)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:(?:plus|moins|davantage|pas|trop|assez|manque) (?:assez )?(?:de\b|d['’])|(?:stop|non|oui) (?:à|aux?)\b|"
    r"trop\b|aucune?\b)",
    re.IGNORECASE,
)
_NOUN_START = re.compile(r"(?:le|la|les|l['’]|un|une|des|du|\d+|pas|plus|[a-zà-ÿ]{4,})\b", re.IGNORECASE)
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
    cuts |= set(_parallels(sentence, is_speech)) | set(juxtaposed_cuts(sentence))
    kept: list[int] = []
    for at in sorted(cuts):
        if n_words(sentence[kept[-1] if kept else 0 : at]) >= 2 and n_words(sentence[at:]) >= 2:
            kept.append(at)
    return [start + at for at in kept]


def begins_act(text: str) -> bool:
    """Whether a text begins with what to do: an infinitive, "il faudrait…"."""
    return bool(_INFINITIVE.match(text) or _PROPOSE_START.match(text))


def n_words(text: str) -> int:
    """How many words a text holds, `l'école` counting for one."""
    return len(_WORD.findall(text))


def _is_dependent(clause: str) -> bool:
    """Whether a stretch hangs on what follows: a conjunction opens it, or a preposition and no verb comes."""
    return bool(_STARTS_DEPENDENT.match(clause)) and (bool(_CONJUNCTION.match(clause)) or not has_main_verb(clause))


def _second_acts(sentence: str) -> Iterator[int]:
    for found in _ACT.finditer(sentence):
        left, sign = sentence[: found.start()], (found["sign"] or "").strip()
        part = re.split(r"[:;]\s", left)[-1]
        last_clause = re.split(r",\s", part)[-1] if _is_dependent(part) else part
        if n_words(left) < 3 or not last_clause.strip():
            continue
        if (_is_dependent(last_clause) or _RELATIVE_START.match(last_clause)) and not _THANK_START.match(left):
            continue
        if sign == ":" and (n_words(left) < 4 or not found["propose"]):
            continue  # a label
        if re.match(r"\W*(?:pour|afin)\b", part, re.IGNORECASE) and ":" in left:
            continue  # "trop de règles : pour ouvrir un gîte il faut…"
        is_clause = bool(has_verb(last_clause) or _PROBLEM_START.match(left) or _THANK_START.match(left))
        if found["problem"]:
            is_clause = is_clause and bool(sign) and sign != ":" and not _PROBLEM_START.match(last_clause)
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
        if _is_dependent(part) or not (has_verb(clause) or _PROBLEM_START.match(clause) or _PROBLEM_START.match(left)):
            continue
        yield found.start()


def _complaints(sentence: str) -> Iterator[int]:
    """ "trop de réunions pas assez de décisions": lacks set side by side without a sign."""
    if "," not in sentence and _MORE.match(sentence):
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
        if is_speech and (_BACK_REFERENCE.match(after) or not (_brings_subject(after) or _PROPOSE_START.match(after))):
            continue
        first = " ".join(after.split()[:_ALL_FIRST_WORDS])
        has_act = (has_verb(first) and subject_of(after)) or _PROBLEM_START.match(after) or _PROPOSE_START.match(after)
        stands = has_verb(left) or _PROBLEM_START.match(left) or _THANK_START.match(left) or n_words(left) > 3
        if has_act and stands and not (_is_dependent(left) and "," not in left and n_words(left) < 5):
            yield found.end()


def _parallels(sentence: str, is_speech: bool) -> Iterator[int]:
    """Clauses or members side by side: "les toilettes sont fermées, la plage est sale", infinitives, a list."""
    if "," not in sentence and " et " not in sentence.lower() and "&" not in sentence:
        return
    marks = list(_COMMA.finditer(sentence))
    edges = [0, *(mark.end() for mark in marks), len(sentence)]
    members = [sentence[start:end].strip(" ,.!?…") for start, end in itertools.pairwise(edges)]
    is_labelled = not is_speech and _is_labelled(sentence)
    if len(members) > 1 and ":" not in sentence:
        if _are_alike(members):
            yield from edges[1:-1]
            return
        yield from edges[1 : _n_listed(members)]
    n_lacks = _n_leading_lacks(members)
    begins_infinitive = bool(_INFINITIVE.match(re.split(r"[:;]\s", members[0])[-1])) and "?" not in sentence
    for at, mark in enumerate(marks):
        left, right = sentence[: mark.start()], members[at + 1]
        before = re.split(r"[,:;]\s", left)[-1]
        if (begins_infinitive and _are_infinitives(before, right)) or at + 1 < n_lacks:
            yield mark.end()
        elif is_speech and _sets_beside(before, right):
            yield mark.end()
        elif not is_speech and not is_labelled and _stands_alone(right, before) and _can_stand(left):
            yield mark.end()
    for found in _AND.finditer(sentence):
        left, right = re.split(r"[:;]\s", sentence[: found.start()])[-1], sentence[found.end() :]
        if _goes_on(left, right) if is_speech else not is_labelled and _are_two(left, right):
            yield found.start() + 1


def _is_labelled(sentence: str) -> bool:
    """`Label : clauses`: what follows tells of one thing."""
    label, sign, _ = sentence.partition(": ")
    return bool(sign) and not has_verb(label) and not _PROBLEM_START.match(label)


def _n_listed(members: list[str]) -> int:
    """How many members, from the first, make an enumeration without a verb: three at least, else 0."""
    n_listed = 0
    for member in members:
        if not _is_list_member(member):
            break
        n_listed += 1
    return n_listed if n_listed > 2 and not _INFINITIVE.match(members[0]) else 0


def _n_leading_lacks(members: list[str]) -> int:
    """How many members, from the first, are lacks of a few words: "pas de travail, pas de crèche, mais…"."""
    return next((n for n, member in enumerate(members) if not _LACK.match(member) or n_words(member) < 3), len(members))


def _are_infinitives(left: str, right: str) -> bool:
    return bool(_INFINITIVE.match(left) and _INFINITIVE.match(right)) and n_words(left) > 1 and n_words(right) > 2


def _are_two(left: str, right: str) -> bool:
    """In writing, whether "et" joins two acts or two whole clauses."""
    if n_words(left) < 3 or n_words(right) < 3:
        return False
    if _are_infinitives(left, right) or (_MORE.match(left) and _MORE.match(right)):
        return True
    if n_words(left) < 4 or n_words(right) < 4 or _CONSEQUENCE.match(right) or _SPOKEN_SUBJECT.match(right):
        return False
    if re.match("on ", right) or _is_listing(left):
        return False
    return _stands_alone(right, left) and _can_stand(left)


def _is_listing(left: str) -> bool:
    """Whether the last member before an "et" has no verb: it lists ("les origines, les lieux et les opinions")."""
    head, comma, last = left.rpartition(", ")
    return bool(comma) and has_verb(head) and not has_verb(last)


def _goes_on(left: str, right: str) -> bool:
    """In speech, "et" opens a new idea when it brings a new subject ("… et le pain il est congelé")."""
    if not _can_stand(left) or n_words(left) < 5 or n_words(right) < 4 or _is_listing(left.rstrip(",")):
        return False
    if _SPOKEN_SUBJECT.match(right):
        return True
    pronoun = opening_pronoun(right)
    return _brings_subject(right) or (_stands_alone(right) and not _speaks_as(left, pronoun))


def _speaks_as(left: str, pronoun: str) -> bool:
    """Whether the same "je" or "on" spoke before: one story goes on."""
    return bool(re.search(rf"(?<!\w){pronoun[:1]}(?:{pronoun[1:]}\b|['’])", left, re.IGNORECASE))


def _are_alike(members: list[str]) -> bool:
    if all(_INFINITIVE.match(member) and n_words(member) > 1 for member in members):
        return True
    if all(_MORE.match(member) and n_words(member) > 1 for member in members):
        return True
    if len(members) > 1 and all(_LACK.match(member) and n_words(member) > 2 for member in members):
        return True
    return len(members) > 2 and _n_listed(members) == len(members)


def _is_list_member(member: str) -> bool:
    return (
        1 < len(re.findall(r"\w+", member)) < 10
        and bool(_NOUN_START.match(member))
        and not has_verb(member)
        and not _is_dependent(member)
        and not re.match(r"(?:et|ou|puis)\b", member)
    )


def _stands_alone(clause: str, left: str = "") -> bool:
    """Whether a clause has a subject of its own: no pronoun that points back, nor the "je" that spoke just before."""
    if n_words(clause) < 4 or subject_of(clause) not in ("noun", "person"):
        return False
    if _NEXT_STEP.match(clause) or _CONJUNCTION.match(left) or re.match(r"(?:car|parce)\b", left):
        return False
    pronoun = opening_pronoun(clause)
    return pronoun not in ("je", "j") or opening_pronoun(left) not in ("je", "j")


def _brings_subject(clause: str) -> bool:
    """Whether a clause opens with something new to speak of: a noun and its verb, or "il y a"."""
    return subject_of(clause) in ("noun", "there")


def _sets_beside(before: str, right: str) -> bool:
    """In speech, a comma parts two ideas when both sides bring their own subject ("le lait…, le gasoil a doublé")."""
    return n_words(before) > 3 and n_words(right) > 3 and _brings_subject(before) and _brings_subject(right)


def _can_stand(left: str) -> bool:
    if (
        _is_dependent(left)
        and re.match(r"\W*(?:quand|si|lorsqu|comme|puisqu)", left, re.IGNORECASE)
        and left.count(",") < 2
    ):
        return False
    part = re.split(r"[:;]\s", left)[-1]
    last = re.split(r",\s", part)[-1] if _is_dependent(part) else part
    if n_words(last) < 3 or _is_dependent(last) or OPEN_LEFT.search(left):
        return False
    hanging = _LAST_SUBORDINATE.split(last)[-1]
    if hanging != last and not has_verb(hanging):
        return False  # "… que les enfants | et les adultes ne sont pas formés"
    return bool(has_verb(last) or _PROBLEM_START.match(last) or _LACK.match(last))
