"""What is lacking, turned into the question of how to get it: « pas de médecin » → « Comment trouver un médecin »."""

from __future__ import annotations

import re

from pipeline.language.lexicon.nouns import is_mass, is_person
from pipeline.language.syntax.clauses import split_clause
from pipeline.language.syntax.finite_verbs import has_verb_before_relative
from pipeline.language.syntax.noun_phrases import how_to_get, indefinite
from pipeline.language.text.lists import read_patterns
from pipeline.language.text.typography import elides, with_a, with_de, with_que

_SINCE = re.compile(r",? (?:depuis(?! .* jusqu)|voilà|ça fait) .*$", re.IGNORECASE)
_INFINITIVE = r"(?:se |s'|y |en )?[^\W\d]+(?:er|ir|re|oir)\b"
_THERE_IS_NOT = re.compile(
    r"^(?:il (?:n'y|ne|y) a|y'?a|n'y a|il nous manque|il manque|manquent?) (?=\S)", re.IGNORECASE
)
_WE_LACK = re.compile(
    r"^(?:on|les gens) manque(?:nt)? (?:cruellement |surtout |vraiment )?(?P<of>de |d'|du |des )(?P<x>.+)$", re.I
)
_THEY_LACK = re.compile(
    r"^(?P<x>(?:le |la |l'|les )[^,]+?) manque(?:nt)?(?P<rest>(?: (?!de |d'|toutefois|pas)[^,]+)?)$", re.IGNORECASE
)

_TO_DO = re.compile(
    r"^(?:pas|plus|aucune?) (?:aucune? |de |d'|assez de |assez d')?(?P<x>[^,]+?) pour "
    r"(?P<does>" + _INFINITIVE + r"[^,]*)$",
    re.IGNORECASE,
)
_NO_TIME = re.compile(
    r"^(?:pas|plus) une (?:minute|heure)(?: \S+)? pour (?P<does>" + _INFINITIVE + r"[^,]*)$", re.IGNORECASE
)
_ENOUGH = re.compile(r"^(?:pas|plus) (?:assez|suffisamment) (?P<x>(?:de |d').+)$", re.IGNORECASE)
_ONE = re.compile(r"^(?P<again>pas|plus) une? (?:seule? )?(?P<x>.+)$", re.IGNORECASE)
_NONE = re.compile(
    r"^(?:(?:pas|plus) (?:de |d')|(?:pas |plus )?aucune? (?!.*(?:\bne |\bn'))"
    r"|zéro (?!phyto|déchet|pesticide|carbone))(?P<x>.+)$",
    re.IGNORECASE,
)
_NOT_ONE = re.compile(r"^(?:pas |plus )?auc(?P<one>une?) (?!.*(?:\bne |\bn'))(?P<x>\S*[^sx\W]\b.*)$", re.IGNORECASE)
_FEW = re.compile(r"^(?:trop )?peu (?P<x>(?:de |d').+)$", re.IGNORECASE)
_TOO_MANY = re.compile(r"^(?:il y a |y'?a )?(?:beaucoup )?trop (?P<x>(?:de |d').+)$", re.IGNORECASE)
_NOTHING = re.compile(r"^rien (?:à|pour) (?P<does>" + _INFINITIVE + r".*)$", re.IGNORECASE)
_NOTHING_FOR = re.compile(r"^rien pour (?P<x>(?:les |la |le |l').+)$", re.IGNORECASE)
_NOBODY = re.compile(r"^(?:plus |pas )?personne (?P<x>(?:pour|à|sur|dans) .+)$", re.IGNORECASE)
_MONTHS_WITHOUT = re.compile(r"^\S+ (?:mois|ans|jours|semaines) sans (?P<x>.+)$", re.IGNORECASE)

_NOMINAL: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), question)
    for pattern, question in (
        (r"^(?:le |un )?manque (?P<of>de |d'|du |des )(?P<x>.+)$", "Comment remédier au manque {of}{x}"),
        (r"^(?:l'|une )?absence (?P<of>de |d'|du |des )(?P<x>.+)$", "Comment remédier à l'absence {of}{x}"),
        (r"^(?:la |une )?pénurie (?P<of>de |d'|du |des )(?P<x>.+)$", "Comment faire face à la pénurie {of}{x}"),
        (r"^(?:l')?insuffisance (?P<of>de |d'|du |des )(?P<x>.+)$", "Comment remédier à l'insuffisance {of}{x}"),
        (
            r"^(?:des |les |la |une )?difficultés? (?:(?:à|pour) |d'|de )(?P<of>)(?P<x>" + _INFINITIVE + r".*)$",
            "Comment {x}",
        ),
        (
            r"^(?:c'est )?(?:(?:impossible|difficile|compliqué|pas facile|pas évident|pas simple|pas moyen) (?:de |d')"
            r"|(?:on|les gens) (?:a|ont) (?:\S+ )?du mal à )(?P<of>)(?P<x>" + _INFINITIVE + r".*)$",
            "Comment {x}",
        ),
        (r"^(?:la )?peur (?P<of>de |d'|du |des )(?P<x>.+)$", "Comment dépasser la peur {of}{x}"),
    )
)


def as_lack(text: str) -> str | None:
    """The question, without its mark, about what a phrase says to be lacking; None when it says no lack."""
    text = re.sub(r" (?:à cause|faute) (?:de|d'|du|des)\b.*$", "", _THERE_IS_NOT.sub("", text))
    for pattern, question in _NOMINAL:
        match = pattern.match(text)
        if match is not None:
            return (
                None
                if has_verb_before_relative(f"un {match['x']}")
                else question.format(of=match["of"], x=match["x"].split(", ")[0])
            )
    short = _SINCE.sub("", text).split(", ")[0]
    return None if _GOES_ON.search(short) or _asks_for_more(short) else _of_people_and_things(short)


_GOES_ON = re.compile(
    r"(?<!où)(?<!quand)(?<!que)(?<!si)(?<!dont) (?:on|c'est|il|elle|ça|je|ils|elles|nous) \w|\b[jn]'\w", re.I
)
"""Another clause, without a comma."""
_MORE_OF = re.compile(r"^plus (?:de |d')(?P<what>\w+)", re.IGNORECASE)


def _asks_for_more(text: str) -> bool:
    """« plus de respect » asks for more; « plus de boulanger » tells that there is none left."""
    match = _MORE_OF.match(text)
    return match is not None and is_mass(match["what"])


_NO_TROUBLE = re.compile(
    r"^\S+ (?:de |d'|une? )?(?:problèmes?|soucis?|freins?|difficultés?|idées?|raisons?|doutes?|risques?|commentaire)\b",
    re.IGNORECASE,
)
_DONE = read_patterns(__name__, "question")["got"]
"""What is no thing to get: « pas de nouveaux patients acceptés »."""


def _of_people_and_things(text: str) -> str | None:
    short = re.sub(r" ni (?:de |d')(?=[^\s]+[sx]\b)", " et des ", _AWAY.sub("", text))
    if " ni " in short or _DONE.search(short) or _NO_TROUBLE.match(short):
        return None
    if (match := _NOBODY.match(short)) is not None:
        return f"Comment trouver quelqu'un {match['x']}"
    if (match := _NO_TIME.match(short)) is not None:
        return f"Comment trouver le temps {with_de(match['does'])}"
    if (match := _TO_DO.match(short)) is not None:
        return f"Comment {match['does']} sans {re.sub(r'^une? ', '', match['x'])}"
    if (match := _NOT_ONE.match(short)) is not None:
        return _getting(f"{match['one'].lower()} {match['x']}", match["x"])
    if (match := _MONTHS_WITHOUT.match(short) or _NONE.match(short)) is not None:
        return _getting(indefinite(match["x"]), match["x"])
    if (match := _ENOUGH.match(short)) is not None:
        verb = how_to_get(re.sub(r"^(?:de |d')", "", match["x"]))
        return f"Comment {verb} assez {match['x']}"
    if (match := _ONE.match(short)) is not None:
        article = "une" if re.match(r"^\S+ une ", short, re.IGNORECASE) else "un"
        return _getting(f"{article} {match['x']}", match["x"])
    if (match := _FEW.match(short)) is not None:
        return f"Comment avoir plus {match['x']}"
    if (match := _TOO_MANY.match(short)) is not None:
        return _of_too_many(f"trop {match['x']}") or f"Comment avoir moins {match['x']}"
    return _of_nothing(short) or _of_missing(short)


_AWAY = re.compile(
    r" à \d+ ?(?:km|kilomètres|bornes|minutes?|min|mn|heures?|h)\b(?: d'ici| à la ronde)?$", re.IGNORECASE
)
"""How far one has gone and found none: the question asks for it nearer."""


def _of_too_many(text: str) -> str | None:
    """« trop d'apprentis abandonnent » → « Comment éviter que trop d'apprentis abandonnent »."""
    clause = split_clause(text)
    if clause is None or clause.negation:
        return None
    does = f"{clause.clitics}{clause.verb.subjunctive} {clause.rest}".strip()
    return f"Comment éviter {with_que(clause.who)} {does}"


def _of_nothing(text: str) -> str | None:
    if (match := _NOTHING.match(text)) is not None:
        return f"Comment trouver {'' if match['does'].startswith('lou') else 'quelque chose '}à {match['does']}"
    if (match := _NOTHING_FOR.match(text)) is not None and is_person(re.split(r"[ ']", match["x"])[1]):
        return f"Que proposer {with_a(match['x'])}"
    return None


def _of_missing(text: str) -> str | None:
    if (match := _WE_LACK.match(text)) is not None:
        of, what = match["of"].lower(), match["x"]
        wanted = what if re.match(r"^une? ", what) else indefinite(what) if of in ("de ", "d'") else None
        return _getting(wanted, what) if wanted else f"Comment ne plus manquer {of}{what}"
    if (match := _THEY_LACK.match(text)) is not None:
        what = re.sub(r"^(?:le |la |l'|les )", "", match["x"])
        of = "d'" if elides(what) else "de "
        return f"Comment faire face au manque {of}{what}{match['rest']}"
    return None


def _getting(wanted: str | None, bare: str) -> str | None:
    if wanted is None:
        return f"Comment faire sans {bare}"
    return f"Comment {how_to_get(wanted)} {wanted}"
