"""An obstacle turned into the question to work on: « Comment … ? », and a disagreement into « Faut-il … ? »."""

from __future__ import annotations

import re

from pipeline.cluster.phrases import CLAUSE, FRAGMENT, INFINITIVE, LACK, NOUN, QUESTION, Phrase
from pipeline.language.typography import decapitalized, elides, with_a, with_que
from pipeline.language.verbs import GENDERS, gender_of

FIRST_PERSON = re.compile(r"\b(?:je|moi|mon|ma|mes|me)\b|\b[jm]'", re.IGNORECASE)
OURS = re.compile(r"\b(?:nous|notre|nos|tu|toi|vous|votre|vos)\b", re.IGNORECASE)
PAST = re.compile(
    r"\b(?!fait\b|sait\b|parait\b|extrait|portrait|retrait|souhait|lait|trait)\w+(?<!r)(?:ait|aient)\b"
    r"|\b(?:a|ai|as|ont|avons|avez) (?:déjà |bien |pas |jamais |tout )?"
    r"(?:été|eu|pris|mis|dit|fait|fini|choisi|réussi|vu|vendu|attendu|perdu|voulu|pu|dû|su|\w+ées?|\w{2,}és?)\b",
    re.IGNORECASE,
)
"""A tale of the past: imperfect, or a compound past with « avoir »."""
OBSTACLE = re.compile(
    r"\b(?:ne|pas|plus aucune?|plus (?:de|une?)|jamais|aucune?|rien|personne|sans(?! rdv| rendez-vous)|faute|manqu\w+"
    r"|absen\w+|insuffi\w+|trop|peu|seul\w*|peurs?|hontes?|crain\w+|difficil\w+|difficult\w+|impossible\w*"
    r"|inadapt\w+|inaccess\w+|refus\w+|renonc\w+|ratent|rate|attentes?|interdi\w+|cher|chers|chères?|loin"
    r"|(?<!la )(?<!une )ferme|ferm(?:ent|é|és|ée|ées|eture|etures)|arrêtent?|complexe\w*|complexité|compliqu\w+"
    r"|isol\w+|vides?|vacants?|perd\w*|épuis\w+|satur\w+|débord\w+|retards?|concurren\w+|précari\w+|fractures?|cloison\w+|barrières?"
    r"|freins?|obstacles?|problèmes?|non pourvus?|paravent|pénurie|surcharge\w*|dépend\w+|mauvais\w*|mal(?!-)"
    r"|dort|dorment)\b"
    r"|\bn'",
    re.IGNORECASE,
)
"""What says that something lacks or stands in the way."""
_GOOD = re.compile(
    r"\b(?:ça roule|levée?s?|grâce|sont ouvert\w+|est ouvert\w*|d'accord|réussi\w*|solution|merci|heureu\w+|bravo"
    r"|fonctionn\w+ bien|marchent? bien|repèr\w+|fait le lien)\b",
    re.IGNORECASE,
)
_SOUGHT = re.compile(
    r"^(?:trouver|obtenir|joindre|accéder|faire venir|recruter|toucher|mobiliser|garder|attirer|se déplacer|se loger"
    r"|se soigner|financer|impliquer|faire connaître|savoir)\b",
    re.IGNORECASE,
)
"""What one wants and does not manage: « comment faire pour » says it, and not « courir après les signatures »."""
_INVARIABLE = frozenset("accès temps prix refus procès parcours cours corps poids choix recours discours".split())
"""Nouns with one form for both numbers."""
_DEFINITE = re.compile(r"^\S+(?: \S+)? (?:des |du |de la |de l'|de nos |de notre |de cette )")

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), question)
    for pattern, question in (
        (r"^(?:le |un )?manque (?P<of>de |d'|du |des )(?P<x>.+)$", "Comment remédier au manque {of}{x}"),
        (r"^(?:l')?absence (?P<of>de |d'|du |des )(?P<x>.+)$", "Comment remédier à l'absence {of}{x}"),
        (
            r"^(?:des |les |la )?difficultés? (?P<of>à |pour |d'|de )(?P<x>.+)$",
            "Comment surmonter la difficulté {of}{x}",
        ),
        (r"^(?:l')?insuffisance (?P<of>de |d'|du |des )(?P<x>.+)$", "Comment remédier à l'insuffisance {of}{x}"),
        (r"^(?:\S+ )(?:mois|ans|jours|semaines) (?P<of>sans) (?P<x>.+)$", "Comment faire {of} {x}"),
        (r"^(?:la )?peur (?P<of>de |d'|du |des )(?P<x>.+)$", "Comment dépasser la peur {of}{x}"),
        (
            r"^(?:pas|plus|aucune?) (?:de |d'|assez de |assez d')?(?P<of>[^,]+?) pour "
            r"(?P<x>(?:se |s')?\w+(?:er|ir|re|oir)\b[^,]*)$",
            "Comment {x} sans {of}",
        ),
        (r"^(?P<of>pas |plus )(?:de |d')(?P<x>[^,]+)$", "Comment faire sans {x}"),
        (r"^(?P<of>aucune? )(?P<x>[^,]+)$", "Comment faire sans {x}"),
        (r"^(?P<of>pas|plus|aucune?|peu|trop peu) (?P<x>.+)$", "Comment faire alors qu'il n'y a {of} {x}"),
        (r"^trop (?P<of>de |d')(?P<x>.+)$", "Comment faire alors qu'il y a trop {of}{x}"),
        (r"^(?P<of>rien|personne) (?P<x>(?:pour|à) .+)$", "Comment faire alors qu'il n'y a {of} {x}"),
        (r"^zéro(?P<of>) (?P<x>.+)$", "Comment faire sans {of}{x}"),
    )
)

_N_NOMINAL = 6
"""The first rules hold for noun phrases too, the others for a lack only."""


def as_problem(phrase: Phrase) -> str | None:
    """« Comment … ? » for an obstacle, or None when no grammatical question is certain."""
    text = decapitalized(phrase.text).rstrip(" ?")
    if FIRST_PERSON.search(text) or "(" in text or (phrase.kind == CLAUSE and "«" in text):
        return None
    if text.lower().startswith("comment ") or (
        phrase.kind == QUESTION and re.match(r"^qui |^où |^quel|^que faire|^à qui ", text, re.IGNORECASE)
    ):
        return _close(text[0].upper() + text[1:])
    if text.count(",") > 1 or "=" in text or (phrase.kind == NOUN and re.search(r",(?! et)", text)):
        return None
    if phrase.kind in (QUESTION, FRAGMENT) or OURS.search(text) or PAST.search(text) or _GOOD.search(text):
        return None
    return _from_rule(phrase, text) or _from_clause(text) or _from_kind(phrase, text)


def _from_rule(phrase: Phrase, text: str) -> str | None:
    for pattern, question in _RULES[: len(_RULES) if phrase.kind == LACK else _N_NOMINAL]:
        match = pattern.match(text)
        if match is not None:
            about = match["x"]
            if question.startswith("Comment faire alors qu'il n'y a"):
                about = about.split(", ")[0]
            return _close(question.format(of=match["of"], x=about))
    return None


def _from_kind(phrase: Phrase, text: str) -> str | None:
    if phrase.kind == CLAUSE:
        is_anaphoric = re.match(
            r"^(?:il|elle|ils|elles)\b(?! (?:y a|n'y a|faut|manque))|^(?:ça|cela)\b", text, re.IGNORECASE
        )
        return None if is_anaphoric else _close(f"Comment faire alors {with_que(phrase.text)}")
    if phrase.kind == INFINITIVE:
        return _close(f"Comment faire pour {text}") if _SOUGHT.match(text) else None
    if phrase.kind != NOUN or not OBSTACLE.search(text):
        return None
    relative = re.match(r"^(?P<who>[^,]+?) qui (?P<does>(?!.*\bqui\b).+)$", text)
    determined = _determined(relative["who"] if relative is not None else text)
    if determined is None:
        return None
    if relative is not None:
        return _close(f"Comment faire alors {with_que(f'{determined} ' + relative['does'])}")
    return _close(f"Comment faire face {with_a(determined)}")


def _from_clause(text: str) -> str | None:
    """« on ne trouve plus de médecins » → « Comment trouver des médecins ? »."""
    known = re.match(r"^personne ne sait (?P<what>qu[e'].+)$", text, re.IGNORECASE)
    if known is not None:
        return _close(f"Comment faire savoir {known['what']}")
    sought = re.match(r"^on (?:ne|n'y) trouve (?:plus|pas) (?:de |d')(?P<what>[^,]+)$", text, re.IGNORECASE)
    wanted = _determined(sought["what"]) if sought is not None else None
    return None if wanted is None else _close(f"Comment trouver {wanted}")


def as_debate(phrase: Phrase) -> str | None:
    """A disagreement as a question: « Faut-il … ? », or « … : pour ou contre ? »."""
    text = decapitalized(phrase.text).rstrip(" ?")
    if phrase.kind == QUESTION:
        return _close(text[0].upper() + text[1:])
    if phrase.kind == INFINITIVE:
        return _close(f"Faut-il {text}")
    if phrase.kind == NOUN:
        return _close(f"{text[0].upper()}{text[1:]} : pour ou contre")
    return None


def _determined(text: str) -> str | None:
    """A noun phrase with its article: `horaires inadaptés` → `des horaires inadaptés`."""
    if re.match(
        r"^(?:le |la |les |l'|un |une |des |du |ce |cet |cette |ces |nos |notre |leurs? |\d+ |deux |trois |quatre "
        r"|cinq |six |sept |huit )",
        text,
        re.IGNORECASE,
    ):
        return text
    noun = re.split(r"[\s',]", text)[0]
    is_definite = _DEFINITE.match(text) is not None
    if noun.lower() in _INVARIABLE:
        return None
    if noun.endswith(("s", "x")) and not noun.isupper() and noun.lower() not in GENDERS:
        return f"{'les' if is_definite else 'des'} {text}"
    gender = gender_of(noun) or ""
    if is_definite and gender:
        return f"l'{text}" if elides(text) else f"{'la' if gender == 'Fem' else 'le'} {text}"
    article = {"Fem": "une", "Masc": "un"}.get(gender)
    return f"{article} {text}" if article else None


def _close(question: str) -> str:
    return f"{question.strip()} ?"
