"""An obstacle told in a clause, turned into the question to work on: « le local est fermé » → « Comment rouvrir … ».

A clause that no rule is sure of gives no question.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.cluster.naming.of_closing import of_closing
from pipeline.language.lexicon.verb_classes import reporting_verbs, transitive_verbs, unwelcome_verbs, welcome_verbs
from pipeline.language.syntax.clauses import NEGATIONS, Clause, split_clause
from pipeline.language.syntax.finite_verbs import has_verb_before_relative
from pipeline.language.syntax.noun_phrases import how_to_get, indefinite, is_people
from pipeline.language.text.lists import read_lines, read_patterns, read_words
from pipeline.language.text.typography import elides, with_a, with_de, with_que
from pipeline.language.vocabulary.cues import BAD_STATE, OBSTACLE

_PATTERNS = read_patterns(__name__, "question")
_OFTEN = re.compile(rf"^(?:{'|'.join(sorted(read_words(__name__, 'often')))}) (?!les )", re.IGNORECASE)
_MODAL = re.compile(
    rf"^(?:{'|'.join(read_lines(__name__, 'modal_verbs'))}) (?=(?:se |s'|y |en |l'|la |le |les )?\w+(?:er|ir|re|oir)\b)"
)


def as_clause(text: str) -> str | None:
    """The question, without its mark, about what a clause tells; None when none is certain to read well."""
    known = re.match(
        r"^(?:personne|on|les gens|les habitants) (?:ne |n')?(?:sait|savent) (?:pas |plus )?(?P<x>.+)$", text
    )
    if known is not None:
        return _of_knowledge(text, known["x"])
    must = re.match(
        r"^il faut (?P<does>(?:se |s')?\w+(?:er|ir|re|oir)\b[^,]+?) pour (?P<aim>\w+(?:er|ir|re|oir)\b.+)$", text
    )
    if must is not None:
        return f"Comment {must['aim']} sans {must['does']}"
    return _of_two(text) or _of_none(text) or _of_one(_PATTERNS["more"].sub("", text))


_PAIR = re.compile(r"^(?P<whole>on (?!ne |n').+?),? et (?P<denied>on (?:ne |n').+)$", re.IGNORECASE)
_PLACED = re.compile(
    r"^(?P<when>(?:en|au|aux|à|dans|sur|chez|le|la|l'|ici|hors) ?[^,]{2,24}?),? (?P<told>on (?:ne |n').+)$",
    re.IGNORECASE,
)
_NO_ONE = re.compile(
    r"^(?:aucune?|pas une?) (?P<who>(?!.*\b(?:où|qui|que|dont) )[^,]+?) (?:ne |n')(?P<does>[^,]+)$", re.IGNORECASE
)
_NOBODY = re.compile(r"^personne (?:ne |n')(?P<does>[^,]+)$", re.IGNORECASE)


def _of_two(text: str) -> str | None:
    """« on habite la même rue et on ne se connaît pas » → « Comment se connaître quand on habite la même rue »."""
    pair = _PAIR.match(text)
    denied = _of_one(pair["denied"]) if pair is not None else None
    if pair is not None and denied is not None:
        return f"{denied} quand {pair['whole']}"
    placed = _PLACED.match(text)
    told = _of_one(placed["told"]) if placed is not None else None
    return f"{told} {placed['when']}" if placed is not None and told is not None else None


def _of_none(text: str) -> str | None:
    """« aucun médecin ne prend de patients » → « Comment trouver un médecin qui prenne des patients »."""
    match = _NO_ONE.match(text)
    wanted = indefinite(match["who"]) if match is not None else "quelqu'un"
    match = match or _NOBODY.match(text)
    if match is None or wanted is None:
        return None
    clause = split_clause(f"chacun ne {match['does']}") or split_clause(f"chacun {match['does']}")
    if clause is None or clause.verb.infinitive in ("être", "avoir"):
        return None
    coming = clause.verb.infinitive == "venir" and wanted == "quelqu'un"
    if coming:
        return f"Comment faire venir du monde {clause.rest}".rstrip()
    rest = (
        clause.rest if re.match(r"^de (?:nouve|bon|vrai|gros|petit|grand)", clause.rest) else _with_object(clause.rest)
    )
    if rest is None:
        return None
    does = f"{clause.clitics}{clause.verb.subjunctive} {rest}".strip()
    return f"Comment {how_to_get(wanted)} {wanted} qui {does}"


def _of_one(short: str) -> str | None:
    clause = split_clause(short)
    if (
        clause is None
        or _PATTERNS["unnamed"].search(clause.who)
        or (clause.who.lower() != "on" and has_verb_before_relative(clause.who))
    ):
        return None
    first, et, other = clause.rest.partition(" et ")
    if et and (has_verb_before_relative(f"{other} .") or re.search(r"^pas |\bne |\bn'", other)):
        clause = replace(clause, rest=first)
    if clause.who.lower() == "on":
        return _of_us(clause)
    if clause.negation in NEGATIONS:
        return _of_denial(clause)
    return of_closing(clause) or _of_state(clause) or _of_fact(clause)


def _of_knowledge(text: str, what: str) -> str | None:
    what = re.sub(r"^(?:pas|plus|jamais) ", "", what)
    if not re.match(r"^(?:que |qu'|où |comment |quel|quand |à qui |qui |combien |pourquoi )", what):
        return None
    return f"Comment {'savoir' if text.startswith('on') else 'faire savoir'} {what}"


def _of_us(clause: Clause) -> str | None:
    """« on ne se connaît pas » → « Comment se connaître »; « on change d'école » → « Comment éviter de changer … »."""
    does = f"{clause.clitics}{clause.verb.infinitive}"
    if clause.negation in NEGATIONS:
        if clause.verb.infinitive == "avoir":
            return _of_having(clause)
        rest = _with_object(re.sub(r"^(?:bien|vraiment|trop|assez(?! de| d')) ", "", clause.rest))
        if rest is None:
            return None
        said = f"{does} {rest}".strip()
        return f"Comment {said if does == 'oser' else _MODAL.sub('', said)}"
    obliged = (
        re.match(r"^obligée?s? (?:de |d')(?P<does>.+)$", clause.rest) if clause.verb.infinitive == "être" else None
    )
    if obliged is not None and not clause.negation:
        return f"Comment éviter d'avoir à {obliged['does']}"
    if clause.negation == "que" or clause.verb.infinitive in ("avoir", "être", "pouvoir", "vouloir", "faire"):
        return None
    if clause.verb.infinitive == "aller":
        loses = re.match(r"^(?P<x>(?:fermer|perdre|supprimer|enlever|rater|manquer)\b.*)$", clause.rest)
        return f"Comment éviter {with_de(loses['x'])}" if loses else None
    if clause.verb.infinitive == "devoir":
        return f"Comment éviter d'avoir à {clause.rest}"
    if (
        not clause.rest
        or clause.verb.infinitive in welcome_verbs() | reporting_verbs()
        or re.match(r"^(?:rien|personne|aucun)", clause.rest)
    ):
        return None
    return f"Comment éviter {with_de(f'{does} {clause.rest}')}"


def _with_object(rest: str) -> str | None:
    """What followed a negation, with the article of the object that stood after `de`; None when it is not known."""
    match = re.match(r"^(?:assez |beaucoup )?(?P<of>de |d')(?P<x>.+)$", rest)
    if match is None:
        return None if re.match(r"^(?:(?:à )?rien|personne|qu)\b", rest) else rest
    if rest.startswith("assez ") or re.match(r"^(?:s')?\w+(?:er|ir|re|oir)\b", match["x"]):
        return rest
    return indefinite(match["x"])


_QUALITY = re.compile(r"^\w+(?:ables?|ibles?|aires?|iles?|ants?|antes?|eux|euses?)\b(?! (?:que|qu'))", re.IGNORECASE)


def _of_denial(clause: Clause) -> str | None:
    """« les parents ne viennent plus à l'école » → « Comment permettre aux parents de venir à nouveau à l'école »."""
    infinitive = clause.verb.infinitive
    rest = _with_object(re.sub(r" ni (?=(?:les|la|le|l'|des|aux|à) ?)", " et ", clause.rest))
    if infinitive == "avoir":
        return _of_having(clause)
    if rest is None:
        return None
    if infinitive == "être":
        return _of_not_being(clause, rest)
    if infinitive in ("croire", "penser", "estimer", "juger") or rest.startswith(("que ", "qu'")):
        return None
    if infinitive == "vouloir":
        wants = is_people(clause.who) and not clause.clitics and _TO_WISH.match(rest)
        return f"Comment donner {with_a(clause.who)} l'envie {with_de(rest)}" if wants else None
    again = "à nouveau " if clause.negation == "plus" and rest == clause.rest else ""
    if is_people(clause.who) and not _PATTERNS["providers"].search(clause.who):
        return _of_letting(clause, rest, again)
    does = f"{clause.clitics}{clause.verb.subjunctive} {again}{rest}".strip()
    return f"Comment faire pour {with_que(clause.who)} {does}"


def _of_not_being(clause: Clause, rest: str) -> str | None:
    """« les trottoirs ne sont pas larges » → what would make them so."""
    is_past = _PATTERNS["gone"].match(rest) is not None
    if not rest or is_past or _TO_DO.match(rest) or re.match(r"^(?:plus|moins|aussi|si|que|qu')\b", rest):
        return None
    if _QUALITY.match(rest):
        return f"Comment rendre {clause.who} {rest}"
    return f"Comment faire pour {with_que(clause.who)} {clause.verb.subjunctive} {rest}"


def _of_letting(clause: Clause, rest: str, again: str) -> str:
    """What people do not do, and would be let do."""
    does = _MODAL.sub("", f"{clause.clitics}{clause.verb.infinitive} {rest}".strip())
    verb, _, after = does.partition(" ")
    if again and verb not in ("se", "y", "en"):
        does = f"{verb} {again}{after}".strip()
    return f"Comment permettre {with_a(clause.who)} {with_de(does)}"


_TO_WISH = re.compile(r"^(?:se |s'|y |en |l'|les? |la )?\w+(?:er|ir|re|oir)\b")


def _of_having(clause: Clause) -> str | None:
    """« le centre n'a plus de directrice » → « Comment trouver une directrice pour le centre »."""
    match = re.match(r"^(?:assez )?(?:de |d')?(?P<x>[^,]+)$", clause.rest)
    wanted = indefinite(match["x"]) if match is not None else None
    if match is None or wanted is None or clause.rest.startswith(("le ", "la ", "les ", "l'")):
        return None
    if clause.who.lower() == "on":
        return f"Comment {how_to_get(wanted)} {wanted}"
    who = clause.who[:1].lower() + clause.who[1:]
    if how_to_get(wanted) == "trouver":
        if is_people(who):
            return f"Comment trouver {with_a(who)} {wanted}"
        if " " not in match["x"]:
            return f"Comment trouver {wanted} pour {who}"
    if not is_people(who):
        return f"Comment faire pour {with_que(who)} {clause.verb.subjunctive} {wanted}"
    aim = re.match(r"^(?P<what>.+?)(?P<aim> pour .+)?$", wanted)
    if aim is None or not is_people(clause.who) or not wanted.startswith(("du ", "de ")):
        return None
    return f"Comment donner {aim['what']} {with_a(who)}{aim['aim'] or ''}"


_TO_DO = re.compile(r"^(?:de |d')(?:se |s'|y |en |l'|les? |la )?\w+(?:er|ir|re|oir)\b")
"""« le problème n'est pas de financer »: the obstacle is elsewhere."""
PRICES = re.compile(r"\b(?:loyers?|prix|tarifs?|charges|impôts|cotisations|factures|coûts?)\b", re.IGNORECASE)


def _of_state(clause: Clause) -> str | None:
    """« la salle est trop chère » → « Comment rendre la salle moins chère »."""
    if clause.verb.infinitive != "être" or clause.negation:
        return None
    much = re.match(
        r"^(?:beaucoup )?trop (?P<x>(?!loin|tard|tôt|vieux|vieille|jeune|seul|peu|près)\w+.*)$", clause.rest
    )
    if much is not None and not re.search(r"\bpour (?:que|qu')", much["x"]):
        if re.match(r"(?:élevée?s?|ch[eè]re?s?)\b", much["x"]) and PRICES.search(clause.who):
            return f"Comment faire baisser {clause.who} {much['x'].partition(' ')[2]}".strip()
        return f"Comment rendre {clause.who} moins {much['x']}"
    if PRICES.search(clause.who) and re.match(r"^(?:délirant|exorbitant|hors de prix|élevé|cher)", clause.rest):
        return f"Comment faire baisser {clause.who}"
    is_agreed = not clause.verb.is_plural or not re.search(r"^\w+(?:é|ée|i|u)\b", clause.rest)
    if not is_agreed or clause.clitics or _PATTERNS["gone"].match(clause.rest) or not BAD_STATE.match(clause.rest):
        return None
    return f"Comment éviter {with_que(clause.who)} {clause.verb.subjunctive} {clause.rest}"


def _of_fact(clause: Clause) -> str | None:
    """« les invendus partent à la benne » → « Comment éviter que les invendus partent à la benne »."""
    infinitive = clause.verb.infinitive
    if infinitive in ("être", "avoir", "pouvoir", "vouloir", "savoir", "aller", "faire", "falloir", "dire"):
        return None
    if infinitive == "devoir":
        return f"Comment éviter {with_a(clause.who)} d'avoir à {clause.rest}" if is_people(clause.who) else None
    if infinitive in reporting_verbs() or (not clause.rest and not clause.clitics and infinitive in transitive_verbs()):
        return None
    if infinitive not in unwelcome_verbs() and not clause.negation and not OBSTACLE.search(clause.rest):
        return None
    rest = _OFTEN.sub("", clause.rest)
    ne = ("n'" if elides(clause.clitics or clause.verb.subjunctive) else "ne ") * (clause.negation == "que")
    does = f"{ne}{clause.clitics}{clause.verb.subjunctive} {rest}".strip()
    return f"Comment éviter {with_que(clause.who)} {does}"


def of_relative(who: str, does: str) -> str | None:
    """« des minibus qui ne roulent que le samedi » → « Comment éviter que des minibus ne roulent que le samedi »."""
    clause = split_clause(f"{who} {does}")
    if clause is None or clause.who != who:
        return None
    if clause.negation in ("pas", "jamais") and re.match(r"une? ", who):
        return None  # « un plan qui ne finit pas dans un tiroir » is wished for
    return _of_denial(clause) if clause.negation in NEGATIONS else _of_fact(clause)
